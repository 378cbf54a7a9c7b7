"""The temporary folder goes, also that of a run that was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from wpmigrate.runner.workspace import workspace


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_private_and_goes(place):
    with workspace() as folder:
        assert os.path.dirname(folder) == str(place)
        assert os.stat(folder).st_mode & 0o077 == 0
    assert [*place.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no locks that end with their process")
def test_what_a_killed_run_left_goes_and_what_a_live_one_uses_stays(place):
    words = "import os; from wpmigrate.runner.workspace import workspace\nwith workspace(): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", words], env={**os.environ, "TMPDIR": str(place)})
    assert len([*place.iterdir()]) == 1
    with workspace() as live, workspace():
        assert os.path.isdir(live)
        assert len([*place.iterdir()]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no locks that end with their process")
def test_a_run_that_begins_leaves_one_that_has_just_begun(place, monkeypatch):
    from wpmigrate.runner import workspace as module

    real = module.take_lock

    def late(handle):
        monkeypatch.setattr(module, "take_lock", real)
        module._sweep(str(place))  # another run begins between the making of the file and its lock
        return real(handle)

    monkeypatch.setattr(module, "take_lock", late)
    with workspace() as folder:
        module._sweep(str(place))
        assert os.path.isdir(folder)
