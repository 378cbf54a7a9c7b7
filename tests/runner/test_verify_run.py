"""The proof of a folder: what is there, what is missing, what should not be there."""

from __future__ import annotations

import os

import pytest

from wpmigrate.errors import InputError
from wpmigrate.model import Finding
from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.verify_run import options_of, verify_run

PAGE = "---\ntitle: {}\nstatus: {}\n---\n<p>words of {}</p>\n"


@pytest.fixture
def site(tmp_path, watcher, monkeypatch):
    """An input of three pages and its output; the proof says a file is bad when a person wrote ``bad`` into it."""

    def verify(source, files, target, options, notices=(), site=None, emails=False, stem="", draft=False):
        return tuple(Finding("word", "it is bad", file.path, 1) for file in files if b"bad" in file.data)

    monkeypatch.setattr("wpmigrate.runner.proof_task.verify", verify)
    monkeypatch.setattr("wpmigrate.runner.job.verify", verify)
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    for name, status in (("a", "publish"), ("sub/b", "publish"), ("c", "private")):
        (folder / f"{name}.html").write_text(PAGE.format(name, status, name))
    options = RunOptions(to=("markdown", "json"), jobs=1)
    run(plan_run([str(folder)], str(tmp_path / "out"), options), watcher)
    return tmp_path


def verify(site, watcher, formats=(), **options):
    out = str(site / "out")
    plan = plan_run([str(site / "in")], out, RunOptions(jobs=1, **options))
    return {record.source.path: record for record in verify_run(plan, watcher, formats)}


def lost(records):
    return {finding.file for record in records.values() for finding in record.findings}


def test_an_untouched_output_is_proven(site, watcher):
    records = verify(site, watcher)
    assert {path: record.status for path, record in records.items()} == {
        "a.html": "written",
        "c.html": "skipped",
        "sub/b.html": "written",
    }


@pytest.mark.parametrize("spoil", [os.unlink, lambda path: open(path, "w").close()], ids=["missing", "empty"])
@pytest.mark.parametrize("name", ["a.md", "sub/b.json"])
@pytest.mark.parametrize(
    "memory", [(), (".wpmigrate.sqlite",), (".wpmigrate.sqlite", "report.json")], ids=len
)
def test_a_missing_or_empty_file_is_a_finding(site, watcher, spoil, name, memory):
    for file in memory:
        (site / "out" / file).unlink()
    spoil(site / "out" / name)
    assert lost(verify(site, watcher)) == {name}


def test_a_changed_file_is_a_finding(site, watcher):
    (site / "out" / "a.md").write_text("bad")
    records = verify(site, watcher)
    assert records["a.html"].status == "failed"
    assert records["a.html"].findings == (Finding("word", "it is bad", "a.md", 1),)


def test_bytes_that_are_no_text_are_a_finding(site, watcher):
    (site / "out" / "a.md").write_bytes(b"\xff\xfe")
    assert lost(verify(site, watcher)) == {"a.md"}


@pytest.mark.parametrize("name", ["c.md", "_drafts/c.json"])
def test_a_private_page_must_not_be_there(site, watcher, name):
    (site / "out" / "_drafts").mkdir()
    (site / "out" / name).write_text("secret")
    records = verify(site, watcher)
    assert records["c.html"].status == "failed"
    assert "not to be published" in records["c.html"].reason


def test_the_formats_that_are_asked_for(site, watcher):
    assert lost(verify(site, watcher, ("yaml",))) == {"a.yaml", "sub/b.yaml"}
    assert lost(verify(site, watcher, ("markdown",))) == set()


def test_a_new_page_that_was_never_converted_is_missing(site, watcher):
    (site / "in" / "new.html").write_text(PAGE.format("n", "publish", "n"))
    assert "new.md" in lost(verify(site, watcher))


def test_an_output_with_nothing_in_it_misses_all(site, watcher):
    for path in [*(site / "out").rglob("*")]:
        if path.is_file():
            path.unlink()
    assert lost(verify(site, watcher)) == {
        f"{stem}.{ending}" for stem in ("a", "sub/b") for ending in ("md", "json", "yaml")
    }


def test_no_output_at_all_is_wrong_usage(site, watcher):
    plan = plan_run([str(site / "in")], str(site / "nowhere"), RunOptions())
    with pytest.raises(InputError, match="nowhere"):
        [*verify_run(plan, watcher)]


def test_the_options_of_the_conversion_are_remembered(site):
    assert options_of(str(site / "out"), 3) == RunOptions(to=("markdown", "json"), jobs=3)
    assert options_of(str(site / "nowhere"), 0) == RunOptions()


def test_verify_writes_nothing(site, watcher):
    before = {path: path.stat().st_mtime_ns for path in (site / "out").rglob("*")}
    verify(site, watcher)
    assert {path: path.stat().st_mtime_ns for path in (site / "out").rglob("*")} == before
