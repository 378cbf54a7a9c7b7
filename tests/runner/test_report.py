"""The report has every entry, the sums add up, and equal runs give equal bytes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.errors import UsageError
from wpmigrate.model import Finding, Notice
from wpmigrate.runner.records import FileRecord, Leftover, Record, SiteFile, SourceRef, Totals
from wpmigrate.runner.report import Reported, ReportFile, check_replaceable

RECORDS = [
    Record(SourceRef("a.html"), "written", "", ("a.md",), (Notice("dropped", "style", 3, "line 4"),)),
    Record(SourceRef("b.html", "12"), "failed", "why", (), (), (Finding("word", "lost"),)),
]


def write(path, records, ignored=()):
    report = ReportFile(str(path))
    for record in records:
        report.add(record)
    return report.finish(dict(ignored))


def test_its_shape(tmp_path):
    write(tmp_path / "report.json", RECORDS, {".jpg": 2}.items())
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert [*report] == ["entries", "totals"]
    assert report["entries"][0] == {
        "source": {"path": "a.html", "item": None},
        "status": "written",
        "reason": "",
        "outputs": ["a.md"],
        "notices": [{"kind": "dropped", "what": "style", "count": 3, "where": "line 4"}],
        "findings": [],
    }
    assert report["entries"][1]["source"] == {"path": "b.html", "item": "12"}
    assert report["totals"] == {
        "entries": 2,
        "written": 1,
        "skipped": 0,
        "failed": 1,
        "findings": 1,
        "notices": {"dropped": 3, "repaired": 0, "mapped": 0, "kept": 0},
        "dropped_content": 3,
        "problems": 0,
        "leftovers": 0,
        "removed": 0,
        "media": {},
        "ignored": {".jpg": 2},
    }


def test_the_sections_after_the_entries(tmp_path):
    report = ReportFile(str(tmp_path / "r.json"))
    report.add(RECORDS[0])
    files = [FileRecord("e.xml", "wxr", 2, 1, ("one is missing",)), FileRecord("f.xml", "wxr", 0, 0)]
    assert [*report.add_files(files)] == [("e.xml", "one is missing")]
    site = [SiteFile("site.json", "written"), SiteFile("site.yaml", "failed", "was edited")]
    assert [*report.add_site(site)] == [("site.yaml", "was edited")]
    assert [*report.add_leftovers([Leftover("old.md", "was edited")])] == [("old.md", "was edited")]
    totals = report.finish({})
    assert (totals.problems, totals.leftovers) == (2, 1)
    made = json.loads((tmp_path / "r.json").read_bytes())
    assert [*made] == ["entries", "files", "site", "leftovers", "totals"]
    assert made["files"][0] == {
        "path": "e.xml",
        "format": "wxr",
        "items_in_bytes": 2,
        "entries": 1,
        "problems": ["one is missing"],
    }
    assert [row["status"] for row in made["site"]] == ["written", "failed"]
    assert Reported(str(tmp_path / "r.json")).get(SourceRef("a.html")) == RECORDS[0]


def test_no_entries(tmp_path):
    write(tmp_path / "r.json", [])
    assert json.loads((tmp_path / "r.json").read_bytes())["entries"] == []


def test_the_same_again_touches_nothing(tmp_path):
    write(tmp_path / "r.json", RECORDS)
    before = (tmp_path / "r.json").stat()
    write(tmp_path / "r.json", RECORDS)
    after = (tmp_path / "r.json").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


def test_a_broken_off_report_leaves_the_old_one(tmp_path):
    write(tmp_path / "r.json", RECORDS)
    before = (tmp_path / "r.json").read_bytes()
    report = ReportFile(str(tmp_path / "r.json"))
    report.add(RECORDS[0])
    report.abandon()
    assert (tmp_path / "r.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


def test_without_a_path_it_only_counts(tmp_path):
    report = ReportFile("")
    report.add(RECORDS[0])
    assert report.finish({}).written == 1


def test_it_reads_back(tmp_path):
    write(tmp_path / "r.json", RECORDS)
    reported = Reported(str(tmp_path / "r.json"))
    assert [reported.get(record.source) for record in RECORDS] == RECORDS
    assert reported.get(SourceRef("b.html")) is None


@pytest.mark.parametrize("data", [b"", b"{}", b"nonsense", b'{"entries": 3}'])
def test_what_is_no_report_reads_as_none(tmp_path, data):
    (tmp_path / "r.json").write_bytes(data)
    assert Reported(str(tmp_path / "r.json")).get(SourceRef("a.html")) is None
    assert Reported(str(tmp_path / "missing.json")).get(SourceRef("a.html")) is None


def test_only_a_report_may_be_replaced(tmp_path):
    path = tmp_path / "r.json"
    check_replaceable(str(path))
    write(path, RECORDS)
    check_replaceable(str(path))
    path.write_text('{"my": "data"}')
    with pytest.raises(UsageError, match=r"r\.json.*--report"):
        check_replaceable(str(path))


class _Full:
    """A file on a full disk."""

    closed = False

    def write(self, data):
        raise OSError(28, "No space left on device")

    def close(self):
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_no_half_report(tmp_path):
    report = ReportFile(str(tmp_path / "r.json"))
    report._file.close()
    report._file = _Full()
    with pytest.raises(OSError, match="No space"):
        report.add(RECORDS[0])
    report.abandon()
    assert [*tmp_path.iterdir()] == []


@given(st.lists(st.sampled_from(["written", "skipped", "failed"])))
def test_entries_in_are_entries_out(statuses):
    totals = Totals()
    for status in statuses:
        totals.add(Record(SourceRef("x"), status))
    assert totals.entries == len(statuses) == totals.written + totals.skipped + totals.failed


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError) as caught:
        ReportFile(str(tmp_path / "file" / "r.json"))
    assert caught.value.filename == str(tmp_path / "file" / "r.json")
