"""A whole run over exports: every item is an entry, nothing private is public, what is gone goes."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import wpmigrate
from wpmigrate.errors import InputError
from wpmigrate.options import ExtractOptions, RouteOptions, RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.job import ItemPlace
from wpmigrate.runner.verify_run import options_of, verify_run

FIXTURES = Path(__file__).parents[1] / "fixtures" / "wxr"
GARDEN = (FIXTURES / "garden.xml").read_text(encoding="utf-8")
SECRETS = [
    "Words of a draft",
    "Words that wait",
    "Words of the future",
    "Words for the board",
    "Words for members",
    "Words in the trash",
    "Words of a plugin",
    "sesame",
    "basil@herb.example",
    "192.0.2.7",
]


@pytest.fixture
def site(tmp_path):
    """The input folder."""
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def convert(site, tmp_path, watcher):
    """A function that converts the input folder and returns the report."""

    def go(**options):
        plan = plan_run([str(site)], str(tmp_path / "out"), RunOptions(**({"jobs": 1} | options)))
        watcher.totals = run(plan, watcher)
        return json.loads((tmp_path / "out" / "report.json").read_bytes())

    return go


@pytest.fixture
def verify(site, tmp_path, watcher):
    """A function that verifies the output and returns the sources of what failed."""

    def go():
        out = str(tmp_path / "out")
        records = verify_run(plan_run([str(site)], out, options_of(out, 1)), watcher)
        return [(r.source.path, r.source.item) for r in records if r.status == "failed"]

    return go


def made(tmp_path):
    """Return the texts that the output folder has, by path, without the state and the report."""
    out = tmp_path / "out"
    return {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in (".wpmigrate.sqlite", "report.json")
    }


def stems(tmp_path):
    return {path.removesuffix(".md") for path in made(tmp_path) if path.endswith(".md")}


PUBLIC = {"post/digging-the-beds", "page/about", "page/about/team", "plant/tulip"}


def entries(tmp_path):
    """Return the stems of entries, leaving out the pages of the site."""
    return {stem for stem in stems(tmp_path) if stem.split("/")[0] in {"post", "page", "plant", "_drafts"}}


def test_every_item_is_an_entry_in_order(site, convert, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    report = convert()
    assert [(row["source"]["path"], row["source"]["item"]) for row in report["entries"]] == [
        ("site.xml", str(number)) for number in range(1, 15)
    ]
    assert report["files"] == [
        {"path": "site.xml", "format": "wxr", "items_in_bytes": 14, "entries": 14, "problems": []}
    ]
    assert report["totals"]["problems"] == report["totals"]["failed"] == 0
    assert entries(tmp_path) == PUBLIC


def test_nothing_private_is_in_the_output(site, convert, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    report = convert()
    for path, text in {**made(tmp_path), "report": json.dumps(report)}.items():
        assert not [secret for secret in SECRETS if secret in text], path


def test_what_is_skipped_says_where_it_is(site, convert):
    (site / "site.xml").write_text(GARDEN)
    reasons = {row["source"]["item"]: row["reason"] for row in convert()["entries"]}
    assert "in site data: menus" in reasons["12"]
    assert "in media.json" in reasons["11"]
    assert "unknown" in reasons["14"]


def test_drafts_go_apart(site, convert, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert(routes=RouteOptions(statuses=dict.fromkeys(("draft", "pending", "future"), "draft")))
    drafts = {stem for stem in entries(tmp_path) if stem.startswith("_drafts/")}
    assert len(drafts) == 3
    assert entries(tmp_path) - drafts == PUBLIC


def test_addresses_are_kept_when_asked_for(site, convert, verify, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert(extract=ExtractOptions(emails=True))
    assert "basil@herb.example" in made(tmp_path)["post/digging-the-beds.json"]
    assert verify() == []


def test_patterns_place_entries(site, convert, verify, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert(paths={"post": "blog/{year}/{slug}"})
    assert "blog/2020/digging-the-beds.md" in made(tmp_path)
    assert verify() == []


def test_a_second_run_changes_nothing(site, convert, verify, tmp_path, watcher):
    (site / "site.xml").write_text(GARDEN)
    convert()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    convert()
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before
    assert watcher.unchanged == 4
    assert verify() == []
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_in_an_archive_pages_and_plain_exports_together(site, convert, verify, tmp_path, jobs):
    head, *items = GARDEN.split("\t<item>")
    tail = "</channel>\n</rss>\n"
    with zipfile.ZipFile(site / "export.zip", "w") as archive:
        archive.writestr("part1.xml", head + "\t<item>" + items[0] + tail)
        archive.writestr("part2.xml", head + "".join("\t<item>" + item for item in items[:4]) + tail)
    (site / "page.html").write_text("---\ntitle: A page\n---\n<p>words</p>\n")
    report = convert(jobs=jobs)
    assert [(row["source"]["path"], row["source"]["item"], row["status"]) for row in report["entries"]] == [
        ("page.html", None, "written"),
        ("export.zip/part1.xml", "1", "written"),
        ("export.zip/part2.xml", "1", "skipped"),
        ("export.zip/part2.xml", "2", "written"),
        ("export.zip/part2.xml", "3", "written"),
        ("export.zip/part2.xml", "4", "written"),
    ]
    assert report["entries"][2]["reason"] == "the same as item 1 of export.zip/part1.xml"
    assert entries(tmp_path) == {*PUBLIC, "page"}
    assert verify() == []


def test_an_entry_that_is_gone_goes_and_an_edited_one_is_named(site, convert, verify, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert()
    (tmp_path / "out" / "page" / "about" / "team.md").write_text("my words")
    head, *items = GARDEN.split("\t<item>")
    left = [item for item in items if "Tulip" not in item and "Our team" not in item]
    (site / "site.xml").rename(site / "site.2.xml")
    (site / "site.2.xml").write_text(head + "".join("\t<item>" + item for item in left))
    report = convert()
    assert entries(tmp_path) == PUBLIC - {"plant/tulip"}
    assert [row["path"] for row in report["leftovers"]] == ["page/about/team.md"]
    assert not (tmp_path / "out" / "page" / "about" / "team.json").exists()
    assert (report["totals"]["removed"], report["totals"]["leftovers"]) == (5, 1)
    assert verify() == [("page/about/team.md", None)]
    again = convert()
    assert [row["path"] for row in again["leftovers"]] == ["page/about/team.md"], "as long as it is there"


def test_an_entry_that_became_private_goes(site, convert, verify, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert()
    number = GARDEN.index("Tulip")
    (site / "site.xml").write_text(GARDEN[:number] + GARDEN[number:].replace("[publish]", "[private]", 1))
    assert verify() != [], "it is still there"
    convert()
    assert entries(tmp_path) == PUBLIC - {"plant/tulip"}
    assert verify() == []


def test_an_entry_that_moved_leaves_nothing_behind(site, convert, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert()
    convert(paths={"plant": "flowers/{slug}"})
    assert "plant/tulip.md" not in made(tmp_path)
    assert "flowers/tulip.md" in made(tmp_path)


def test_another_name_of_the_export_is_another_source(site, convert, verify, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert()
    (site / "site.xml").rename(site / "renamed.xml")
    report = convert()
    assert report["totals"]["problems"] == report["totals"]["removed"] == 0
    assert {row["source"]["path"] for row in report["entries"]} == {"renamed.xml"}
    assert json.loads(made(tmp_path)["plant/tulip.json"])["source"]["path"] == "renamed.xml"
    assert verify() == []


def test_a_damaged_export_removes_nothing(site, convert, tmp_path):
    (site / "site.xml").write_text(GARDEN)
    convert()
    (site / "site.xml").write_text(GARDEN[: GARDEN.index("Tulip")])
    report = convert()
    assert entries(tmp_path) == PUBLIC
    assert {row["path"] for row in report["leftovers"]} == {
        f"plant/tulip.{ending}" for ending in ("md", "json", "yaml")
    }
    assert report["totals"]["problems"] > 0


def test_an_archive_without_an_export_is_no_input(site, convert):
    with zipfile.ZipFile(site / "photos.zip", "w") as archive:
        archive.writestr("a.jpg", b"\xff\xd8\xff")
    with pytest.raises(InputError, match=r"photos\.zip"):
        convert()


def test_one_item_through_the_library():
    head, first, *_ = GARDEN.split("\t<item>")
    whole = (head + "\t<item>" + first + "</channel>\n</rss>\n").encode()
    result = wpmigrate.convert("site.xml", whole, "a/b")
    assert result.record.status == "written"
    assert [file.path for file in result.files][:3] == ["a/b.md", "a/b.json", "a/b.yaml"]
    item = ("<item>" + first).strip().encode()
    again = wpmigrate.convert("site.xml", item, "a/b", place=ItemPlace("1"))
    assert again.files[0].data == result.files[0].data


def test_pages_of_another_run_stay(site, convert, tmp_path):
    (site / "page.html").write_text("---\ntitle: A page\n---\n<p>words</p>\n")
    convert()
    (site / "page.html").unlink()
    (site / "site.xml").write_text(GARDEN)
    convert()
    assert "page.md" in made(tmp_path)


def test_a_truncated_export_fails_and_says_where(site, convert, verify, watcher):
    (site / "cut.xml").write_bytes((FIXTURES / "cut-off.xml").read_bytes())
    report = convert()
    [file] = report["files"]
    assert file["items_in_bytes"] == file["entries"] == 3
    assert any("line 78" in problem and "byte 5538" in problem for problem in file["problems"])
    assert report["totals"]["problems"] == len(file["problems"]) == len(watcher.problems)
    statuses = [row["status"] for row in report["entries"]]
    assert statuses[:2] == ["written", "written"]
    assert statuses[2] != "written", "nobody knows whether it was public"
    assert ("cut.xml", None) in verify()


def test_broken_xml_is_repaired_with_notices(site, convert, verify, tmp_path):
    (site / "b.xml").write_bytes((FIXTURES / "control-and-ampersand.xml").read_bytes())
    report = convert()
    assert [row["status"] for row in report["entries"]] == ["written"] * 3
    assert [
        notice["what"]
        for row in report["entries"]
        for notice in row["notices"]
        if notice["kind"] == "repaired"
    ]
    assert verify() == []


def test_a_file_of_the_site_that_was_edited_is_kept(site, convert, tmp_path, monkeypatch):
    from wpmigrate.model import OutputFile

    name, files = "wpmigrate.runner.site_files.site_files", [OutputFile("x/site.json", "json", b"{}\n")]
    monkeypatch.setattr(name, lambda index, options: iter(files))
    (site / "site.xml").write_text(GARDEN)
    assert {"path": "x/site.json", "status": "written", "reason": ""} in convert()["site"]
    files[0] = OutputFile("x/site.json", "json", b"{1}\n")
    assert convert()["totals"]["problems"] == 0
    (tmp_path / "out" / "x" / "site.json").write_text("mine")
    files[0] = OutputFile("x/site.json", "json", b"{2}\n")
    report = convert()
    assert report["site"][0]["status"] == "failed"
    assert report["totals"]["problems"] == 1
    files.clear()
    assert [row["path"] for row in convert()["leftovers"]] == ["x/site.json"]
    (tmp_path / "out" / "x" / "site.json").unlink()
    assert convert()["leftovers"] == []


def test_a_file_of_the_site_is_verified_line_by_line(site, convert, verify, tmp_path, monkeypatch):
    from wpmigrate.model import OutputFile

    name, file = "wpmigrate.runner.site_files.site_files", OutputFile("r.csv", "csv", b"a,b\nc,d\n")
    monkeypatch.setattr(name, lambda index, options: iter([file]))
    (site / "site.xml").write_text(GARDEN)
    convert()
    (tmp_path / "out" / "r.csv").write_text("mine\nc,d\na,b\n")
    assert verify() == []
    (tmp_path / "out" / "r.csv").write_text("a,b\n")
    assert verify() == [("r.csv", None)]
    (tmp_path / "out" / "r.csv").unlink()
    assert verify() == [("r.csv", None)]
