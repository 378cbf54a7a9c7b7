"""How builders are installed, with commands that stand in for them."""

from __future__ import annotations

import sys

import install
import pytest
import run
from builders import BUILDERS, Builder

WORKS, FAILS = (sys.executable, "-c", ""), (sys.executable, "-c", "print('no such wheel'); raise SystemExit(3)")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "SITES", tmp_path)
    return tmp_path


def test_every_builder_is_pinned_and_builds_as_the_target_says():
    loose = [name for row in BUILDERS.values() for name in row.pip + row.npm if not name.rpartition("==")[2][:1].isdigit()]
    assert [name for name in loose if name.count("@") != 1 + name.startswith("@")] == []
    assert all(needed in BUILDERS for row in BUILDERS.values() for needed in row.needs)


def test_what_is_there_is_kept_and_another_version_is_installed_again(elsewhere, monkeypatch):
    steps = []
    monkeypatch.setattr(install, "_step", lambda command, home: steps.append(command))
    monkeypatch.setitem(BUILDERS, "toy", Builder(pip=("toy==1",), probe=WORKS))
    install.install("toy")
    assert steps[1][-1] == "toy==1" and install.installed("toy")
    steps.clear()
    install.install("toy")
    assert steps == []
    monkeypatch.setitem(BUILDERS, "toy", Builder(pip=("toy==2",), probe=WORKS))
    assert not install.installed("toy")
    install.install("toy")
    assert steps[1][-1] == "toy==2"


def test_a_step_that_fails_says_which_and_what_it_printed(monkeypatch):
    monkeypatch.setitem(BUILDERS, "toy", Builder(probe=FAILS))
    with pytest.raises(install.InstallError, match=r"(?s)ended with 3:.*no such wheel"):
        install.install("toy")
    assert not install.installed("toy")


@pytest.mark.parametrize(("apt", "words"), [(None, "no apt-get here: install toy by hand"), ("/bin/apt-get", "run `apt-get install .*toy` as root")])
def test_without_apt_or_root_it_says_what_to_install_by_hand(monkeypatch, apt, words):
    monkeypatch.setitem(BUILDERS, "toy", Builder(apt=("toy",), probe=FAILS))
    monkeypatch.setattr(install.shutil, "which", lambda name: apt)
    monkeypatch.setattr(install.os, "geteuid", lambda: 1000)
    with pytest.raises(install.InstallError, match=words):
        install.install("toy")


def test_the_others_run_on_and_the_end_says_what_could_not_be_installed(monkeypatch, capsys):
    monkeypatch.setitem(BUILDERS, "toy", Builder(probe=FAILS))
    monkeypatch.setitem(BUILDERS, "doll", Builder(probe=WORKS))
    assert run.main(["toy", "doll"]) == 1
    said = capsys.readouterr().out
    assert "--- doll: installed" in said  # it has no tests, which is a failure as well
    assert said.index("--- doll") < said.index("COULD NOT INSTALL TOY") < said.index("doll: tests failed")


def test_a_name_that_is_no_builder_is_refused():
    with pytest.raises(SystemExit, match="zola: no such builder"):
        run.main(["zola"])
