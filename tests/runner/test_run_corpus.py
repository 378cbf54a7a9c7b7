"""A run over real exports: every page has one fate, and a second run changes nothing."""

from __future__ import annotations

import json

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.verify_run import options_of, verify_run

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def output(corpus_dir, tmp_path_factory):
    """The output folder of one conversion of all legacy pages."""
    out = tmp_path_factory.mktemp("corpus") / "out"
    run(plan(corpus_dir, out), Nobody())
    return out


class Nobody:
    def begin(self, total): ...
    def problem(self, place, message): ...
    def entry(self, record, unchanged): ...
    def end(self): ...


def plan(corpus_dir, out):
    return plan_run([str(corpus_dir / "legacy")], str(out), options_of(str(out), 0))


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_page_has_one_fate(output, legacy_pages):
    report = json.loads((output / "report.json").read_bytes())
    assert report["totals"]["entries"] == len(report["entries"]) == len(legacy_pages)
    written = {path for entry in report["entries"] for path in entry["outputs"]}
    assert written == {path.relative_to(output).as_posix() for path in contents(output)} - {
        "report.json",
        ".wpmigrate.sqlite",
    }
    assert all(entry["reason"] for entry in report["entries"] if entry["status"] != "written")
    assert not [entry for entry in report["entries"] if "our bug" in entry["reason"]]


def test_few_pages_fail(output):
    totals = json.loads((output / "report.json").read_bytes())["totals"]
    assert totals["failed"] <= totals["entries"] / 100


def test_a_second_run_changes_nothing(output, corpus_dir):
    before = contents(output)
    run(plan(corpus_dir, output), Nobody())
    assert contents(output) == before


def test_what_was_written_is_proven_later_too(output, corpus_dir):
    report = json.loads((output / "report.json").read_bytes())
    failed = {entry["source"]["path"] for entry in report["entries"] if entry["status"] == "failed"}
    records = [*verify_run(plan(corpus_dir, output), Nobody())]
    assert {record.source.path for record in records if record.status == "failed"} == failed


def test_other_workers_write_the_same(output, corpus_dir, tmp_path):
    out = tmp_path / "again"
    options = RunOptions(jobs=3)
    run(plan_run([str(corpus_dir / "legacy")], str(out), options), Nobody())
    assert {path.relative_to(out): data for path, data in contents(out).items()} == {
        path.relative_to(output): data for path, data in contents(output).items()
    }
