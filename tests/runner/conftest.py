"""A converter of three lines for tests of what surrounds it. Workers are forked, so they see it too."""

from __future__ import annotations

import os
import time

import pytest

from wpmigrate.errors import NormalizeError
from wpmigrate.model import Notice, OutputFile
from wpmigrate.runner.job import EntryResult
from wpmigrate.runner.records import Record, SourceRef


def _convert(path, data, stem, options, site, *, draft_stem="", note=""):
    """Write the body as it is; its words say how to misbehave."""
    words = data.decode().replace(",", " ").split()
    where = SourceRef(path)
    if "crash" in words:
        os._exit(7)
    if "hang" in words:
        time.sleep(600)
    if "hog" in words:
        bytearray(64 << 30)
    if "bug" in words:
        raise ValueError("what a bug")
    if "bad" in words:
        raise NormalizeError(f"{path}: a bad page")
    if "private" in words:
        return EntryResult(Record(where, "skipped", "private"))
    if "draft" in words:
        stem = draft_stem
    notices = [Notice("dropped", "style color: decoration", 2)] if "colour" in words else []
    notices += [Notice("mapped", note)] if note else []
    endings = {"markdown": "md", "json": "json", "yaml": "yaml"}
    files = tuple(OutputFile(f"{stem}.{endings[form]}", form, data) for form in options.to)
    return EntryResult(Record(where, "written", "", tuple(f.path for f in files), tuple(notices)), files)


@pytest.fixture
def fake_convert(monkeypatch):
    """Put the small converter in the place of the real one."""
    monkeypatch.setattr("wpmigrate.runner.work.convert_entry", _convert)
    monkeypatch.setattr("wpmigrate.runner.batch.build_site", lambda jobs, written_stem: _no_site())


def _no_site():
    from wpmigrate.model import Site

    return Site()


class Watcher:
    """Remembers what a run told."""

    def __init__(self):
        self.total = None
        self.records = []
        self.unchanged = 0
        self.ended = False
        self.problems = []

    def begin(self, total):
        self.total = total

    def entry(self, record, unchanged):
        self.records.append(record)
        self.unchanged += unchanged

    def problem(self, place, message):
        self.problems.append((place, message))

    def end(self):
        self.ended = True


@pytest.fixture
def watcher():
    """Someone who watches a run."""
    return Watcher()
