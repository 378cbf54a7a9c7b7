"""Lines for people: who watches a run on which kind of terminal, and what is said of a file."""

from __future__ import annotations

import sys

import pytest

from wpmigrate.cli.media import _file_line
from wpmigrate.cli.progress import Bar, Lines, make_observer
from wpmigrate.cli.summary import Summary
from wpmigrate.runner.media.download_records import FileResult
from wpmigrate.runner.records import Record, SourceRef, Totals


class Stream:
    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal


@pytest.mark.parametrize(
    ("terminal", "quiet", "verbose", "kind"),
    [(True, False, False, Bar), (True, True, False, Lines), (True, False, True, Lines), (False, False, False, Lines)],
)
def test_a_bar_only_where_nothing_else_is_printed(monkeypatch, terminal, quiet, verbose, kind) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(terminal))
    monkeypatch.setenv("TERM", "xterm")
    assert type(make_observer(Summary(), quiet, verbose)) is kind


@pytest.mark.parametrize(("kinds", "end"), [(3, "(1)"), (4, "and 1 kind more"), (5, "and 2 kinds more")])
def test_kinds_are_counted_as_people_do(kinds, end) -> None:
    summary = Summary()
    for number in range(kinds):
        summary.add(Record(SourceRef("a.html"), "skipped", f"reason {number}"), False)
    assert summary.lines(Totals())[-3].endswith(end)


def test_no_bar_on_a_terminal_that_cannot_draw(monkeypatch) -> None:
    monkeypatch.setattr(sys, "stderr", Stream(True))
    monkeypatch.setenv("TERM", "dumb")
    assert type(make_observer(Summary(), False, False)) is Lines


def test_doubles_are_one_kind_of_skipped_entries() -> None:
    summary = Summary()
    for number in range(3):
        summary.add(Record(SourceRef("b.xml", str(number)), "skipped", f"the same as item {number} of a.xml"), False)
    summary.add(Record(SourceRef("c.html"), "skipped", "status draft: not public"), False)
    assert "the same as another entry (3), status draft: not public (1)" in "\n".join(summary.lines(Totals()))


@pytest.mark.parametrize(
    ("used_by", "end"),
    [((), ""), (("post/a",), " (used by post/a)"), (("post/a", "b", "c"), " (used by post/a and 2 more)")],
)
def test_a_file_and_who_misses_it(used_by, end) -> None:
    result = FileResult("a.jpg", "old.example", "http://old.example/a.jpg", "media/a.jpg", "failed", "404", used_by=used_by)
    assert _file_line(result) == f"failed: media/a.jpg: 404{end}"
