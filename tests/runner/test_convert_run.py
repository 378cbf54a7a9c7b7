"""A whole run on a disk, with a converter of three lines in the middle."""

from __future__ import annotations

import json
import os

import pytest

from wpmigrate.errors import InputError, UsageError
from wpmigrate.options import RouteOptions, RunOptions
from wpmigrate.runner.convert_run import plan_run, run

pytestmark = pytest.mark.usefixtures("fake_convert")


@pytest.fixture
def pages(tmp_path):
    """A function that puts pages into the input folder."""
    folder = tmp_path / "in"
    folder.mkdir()

    def put(**bodies):
        for name, body in bodies.items():
            (folder / f"{name}.html").write_text(body)
        return folder

    return put


@pytest.fixture
def convert(tmp_path, watcher):
    """A function that converts the input folder and returns the report."""

    def go(**options):
        defaults = {"to": ("markdown", "json"), "jobs": 1} | options
        plan = plan_run([str(tmp_path / "in")], str(tmp_path / "out"), RunOptions(**defaults))
        watcher.totals = run(plan, watcher)
        return json.loads((tmp_path / "out" / "report.json").read_bytes())

    return go


def outputs(tmp_path):
    out = tmp_path / "out"
    return {
        path.relative_to(out).as_posix(): path.read_text(errors="replace")
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def statuses(report):
    return {entry["source"]["path"]: entry["status"] for entry in report["entries"]}


def reason(report, path):
    return next(entry["reason"] for entry in report["entries"] if entry["source"]["path"] == path)


def test_pages_become_files_and_a_report(pages, convert, tmp_path, watcher):
    pages(a="one", b="two, private")
    report = convert()
    assert statuses(report) == {"a.html": "written", "b.html": "skipped"}
    assert set(outputs(tmp_path)) == {"a.md", "a.json", "report.json", ".wpmigrate.sqlite"}
    assert report["totals"]["entries"] == 2
    assert (watcher.total, len(watcher.records), watcher.ended) == (2, 2, True)


def test_a_second_run_changes_nothing(pages, convert, tmp_path, watcher):
    pages(a="one", b="two, colour", c="private")
    convert()
    before = {path: path.stat() for path in (tmp_path / "out").rglob("*")}
    watcher.unchanged = 0
    convert()
    after = {path: path.stat() for path in (tmp_path / "out").rglob("*")}
    assert {path: (s.st_ino, s.st_mtime_ns) for path, s in before.items() if path.is_file()} == {
        path: (s.st_ino, s.st_mtime_ns) for path, s in after.items() if path.is_file()
    }
    assert watcher.unchanged == 2


def test_a_changed_page_is_converted_again(pages, convert, tmp_path):
    pages(a="one", b="two")
    convert()
    pages(a="other")
    convert()
    assert outputs(tmp_path)["a.md"] == "other"


def test_a_removed_output_is_written_again(pages, convert, tmp_path):
    pages(a="one")
    convert()
    (tmp_path / "out" / "a.json").unlink()
    convert()
    assert outputs(tmp_path)["a.json"] == "one"


def test_other_options_convert_again(pages, convert, tmp_path):
    pages(a="one")
    convert(to=("markdown",))
    assert "a.json" not in outputs(tmp_path)
    convert()
    assert "a.json" in outputs(tmp_path)


@pytest.mark.parametrize("source", ["one", "changed as well"])
def test_a_persons_edit_is_not_overwritten(pages, convert, tmp_path, source):
    pages(a="one")
    convert()
    (tmp_path / "out" / "a.md").write_text("my words")
    pages(a=source)
    report = convert()
    assert statuses(report) == {"a.html": "failed"}
    assert "a.md was edited" in reason(report, "a.html")
    assert outputs(tmp_path)["a.md"] == "my words"
    assert outputs(tmp_path)["a.json"] == "one", "all of a page or nothing"
    assert statuses(convert(force=True)) == {"a.html": "written"}
    assert outputs(tmp_path)["a.md"] == source


def test_a_strangers_file_is_not_overwritten(pages, convert, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.json").write_text("{}")
    pages(a="one", b="two")
    report = convert()
    assert statuses(report) == {"a.html": "failed", "b.html": "written"}
    assert "not written by wpmigrate" in reason(report, "a.html")
    assert outputs(tmp_path)["a.json"] == "{}"
    assert "a.md" not in outputs(tmp_path)


def test_files_of_a_run_that_was_killed_are_its_own(pages, convert, tmp_path):
    pages(a="one")
    convert()
    (tmp_path / "out" / ".wpmigrate.sqlite").unlink()
    assert statuses(convert()) == {"a.html": "written"}


def test_a_page_that_became_private_does_not_stay_public(pages, convert, tmp_path):
    pages(a="one")
    convert()
    pages(a="private now")
    assert statuses(convert()) == {"a.html": "skipped"}
    assert set(outputs(tmp_path)) == {"report.json", ".wpmigrate.sqlite"}


def test_an_edited_page_that_became_private_is_told(pages, convert, tmp_path):
    pages(a="one")
    convert()
    (tmp_path / "out" / "a.md").write_text("mine")
    pages(a="private now")
    assert "remove it by hand" in reason(convert(), "a.html")
    assert outputs(tmp_path)["a.md"] == "mine"


def test_a_page_that_became_a_draft_moves(pages, convert, tmp_path):
    pages(a="one")
    convert()
    pages(a="draft")
    convert()
    assert {"_drafts/a.md", "_drafts/a.json"} < set(outputs(tmp_path))
    assert "a.md" not in outputs(tmp_path)


def test_fewer_formats_remove_nothing(pages, convert, tmp_path):
    pages(a="one")
    convert()
    convert(to=("markdown",))
    assert "a.json" in outputs(tmp_path)


def test_a_dry_run_writes_nothing(pages, convert, tmp_path, watcher):
    pages(a="one", b="bad")
    with pytest.raises(FileNotFoundError):
        convert(dry_run=True)
    assert (watcher.totals.written, watcher.totals.failed) == (1, 1)
    assert not (tmp_path / "out").exists()


def test_a_dry_run_can_report(pages, tmp_path, watcher):
    pages(a="one")
    options = RunOptions(dry_run=True, report=str(tmp_path / "r.json"))
    run(plan_run([str(tmp_path / "in")], str(tmp_path / "out"), options), watcher)
    assert json.loads((tmp_path / "r.json").read_bytes())["totals"]["written"] == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("bad", "a bad page"),
        ("bug", "this is our bug: ValueError: what a bug"),
        ("crash", "worker process ended (exit code 7)"),
        ("hang", "longer than 0.5 seconds"),
        ("hog", "more than 1024 MB"),
    ],
)
def test_one_page_fails_and_the_rest_goes_on(pages, convert, body, word, jobs):
    pages(a="one", b=body, c="three", d="four")
    report = convert(jobs=jobs, entry_seconds=0.5, entry_megabytes=1024)
    assert statuses(report) == {
        "a.html": "written",
        "b.html": "failed",
        "c.html": "written",
        "d.html": "written",
    }
    assert word in reason(report, "b.html")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_page_fails(pages, convert):
    pages(a="one", b="two").joinpath("b.html").chmod(0)
    report = convert()
    assert statuses(report) == {"a.html": "written", "b.html": "failed"}


def test_a_folder_in_the_place_of_a_file(pages, convert, tmp_path):
    pages(a="one")
    (tmp_path / "out" / "a.md").mkdir(parents=True)
    report = convert()
    assert statuses(report) == {"a.html": "failed"}
    assert "a.md" in reason(report, "a.html")


def test_refused_links_are_entries(pages, convert, tmp_path):
    (tmp_path / "secret.html").write_text("secret")
    (pages(a="one") / "leak.html").symlink_to(tmp_path / "secret.html")
    report = convert()
    assert statuses(report) == {"leak.html": "skipped", "a.html": "written"}
    assert report["totals"]["entries"] == 2


def test_two_sources_of_one_name_are_both_written_and_told(pages, convert, tmp_path):
    (pages(b="one") / "b.md").write_text("two")
    report = convert()
    assert (outputs(tmp_path)["b.md"], outputs(tmp_path)["b-md.md"]) == ("one", "two")
    notices = [notice["what"] for entry in report["entries"] for notice in entry["notices"]]
    assert any("b-md" in what for what in notices)


def test_a_page_called_report(pages, convert, tmp_path):
    pages(report="mine")
    assert convert()["totals"]["written"] == 1
    assert outputs(tmp_path)["report-html.md"] == "mine"


def test_a_strangers_report_is_not_overwritten(pages, convert, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.json").write_text("[1, 2]")
    pages(a="one")
    with pytest.raises(UsageError, match="report"):
        convert()
    assert convert(force=True)["totals"]["written"] == 1


def test_an_interruption_leaves_a_state_to_go_on_from(pages, convert, tmp_path, watcher, monkeypatch):
    pages(a="one", b="two", c="three")

    def interrupt(record, unchanged):
        if record.source.path == "b.html":
            raise KeyboardInterrupt

    monkeypatch.setattr(watcher, "entry", interrupt)
    with pytest.raises(KeyboardInterrupt):
        convert()
    assert watcher.ended
    assert not (tmp_path / "out" / "report.json").exists()
    monkeypatch.setattr(watcher, "entry", lambda record, unchanged: None)
    assert convert()["totals"]["written"] == 3
    assert not [*(tmp_path / "out").glob("*.tmp")]


def test_the_output_may_lie_in_the_input(pages, tmp_path, watcher):
    folder = pages(a="one")
    for _ in range(2):
        totals = run(plan_run([str(folder)], str(folder / "out"), RunOptions(jobs=1)), watcher)
        assert totals.entries == 1


def test_what_cannot_be_an_output(pages, tmp_path):
    folder = pages(a="one")
    with pytest.raises(UsageError, match="also an INPUT"):
        plan_run([str(folder)], str(folder), RunOptions())
    with pytest.raises(UsageError, match="not a folder"):
        plan_run([str(folder)], str(folder / "a.html"), RunOptions())
    with pytest.raises(InputError):
        plan_run([str(tmp_path / "no")], str(tmp_path / "out"), RunOptions())


def test_drafts_go_where_the_options_say(pages, convert, tmp_path):
    pages(a="draft")
    convert(routes=RouteOptions(drafts_folder="later"))
    assert "later/a.md" in outputs(tmp_path)


def test_the_bar_ends_also_when_the_state_cannot_be_closed(tmp_path, watcher, monkeypatch):
    """Else a terminal would lose its cursor."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("words")
    ended = []

    def full(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wpmigrate.runner.convert_run.State.close", full)
    monkeypatch.setattr(type(watcher), "end", lambda self: ended.append(True))
    with pytest.raises(OSError, match="No space"):
        run(plan_run([str(tmp_path / "in")], str(tmp_path / "out"), RunOptions(jobs=1)), watcher)
    assert ended
