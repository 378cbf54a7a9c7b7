"""Runs over real exports: entries = items, the second run changes nothing, verify agrees."""

from __future__ import annotations

import json
import re

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.verify_run import options_of, verify_run

pytestmark = pytest.mark.corpus

_ITEM = re.compile(rb"<item[\s>]")


class Watcher:
    unchanged = 0

    def begin(self, total): ...
    def problem(self, place, message): ...

    def entry(self, record, unchanged):
        self.unchanged += unchanged

    def end(self): ...


def convert(source, out):
    watcher = Watcher()
    run(plan_run([str(source)], str(out), RunOptions()), watcher)
    return json.loads((out / "report.json").read_bytes()), watcher


@pytest.fixture(scope="module")
def whole(corpus_dir, tmp_path_factory):
    """All exports in one run: source, output, report."""
    source, out = corpus_dir / "wxr", tmp_path_factory.mktemp("wxr") / "out"
    return source, out, convert(source, out)[0]


def test_every_item_is_an_entry(whole):
    source, _, report = whole
    assert len(report["files"]) == 8
    for file in report["files"]:
        items = len(_ITEM.findall((source / file["path"]).read_bytes()))
        assert (file["items_in_bytes"], file["entries"], file["problems"]) == (items, items, []), file["path"]
    assert report["totals"]["entries"] == sum(file["entries"] for file in report["files"])
    assert not [entry for entry in report["entries"] if "our bug" in entry["reason"]]


def test_nothing_fails(whole):
    failed = [entry for entry in whole[2]["entries"] if entry["status"] == "failed" or entry["findings"]]
    assert failed == []


def test_no_two_entries_share_a_file(whole):
    outputs = [path.lower() for entry in whole[2]["entries"] for path in entry["outputs"]]
    assert len(outputs) == len({*outputs})


def test_a_second_run_changes_nothing(whole):
    source, out, report = whole
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    again, watcher = convert(source, out)
    assert again == report
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert watcher.unchanged == report["totals"]["written"]


def test_what_was_written_is_proven_later_too(whole):
    source, out, _ = whole
    records = verify_run(plan_run([str(source)], str(out), options_of(str(out), 0)), Watcher())
    assert [(record.source, record.reason) for record in records if record.status == "failed"] == []
