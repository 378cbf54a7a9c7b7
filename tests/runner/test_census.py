"""What a page is counted as."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import Fields, SourceEntry
from wpmigrate.options import RouteOptions, RunOptions
from wpmigrate.runner.census import PARTS, Census, page_census
from wpmigrate.runner.hazards import HAZARDS
from wpmigrate.runner.inspect_run import inspect_run


def census(body, metadata=None, head="---\ntitle: x\nmeta:\n  a: 1\n---\n", **fields):
    raw = (head + body).encode()
    source = SourceEntry("p.html", raw, "front-matter", "utf-8", Fields(**fields), metadata or {}, body)
    return page_census(source, RouteOptions())


def test_elements_styles_and_classes():
    found = census('<p style="color: red; text-align:left"><EM class="a wp-image-17">x</EM></p><br>')
    assert found["elements"] == {"p": 1, "em": 1, "br": 1}
    assert found["styles"] == {"color": 1, "text-align": 1}
    assert found["classes"] == {"a": 1, "wp-image-N": 1}


def test_shortcodes_blocks_and_keys():
    found = census(
        '<!-- wp:paragraph {"x":1} --><p>x</p><!-- /wp:paragraph -->[gallery ids="1"] [caption]y[/caption] [sic]',
        metadata={"meta": {"_edit_last": "1"}},
    )
    assert found["blocks"] == {"paragraph": 1}
    assert {"gallery", "caption"} <= found["shortcodes"].keys()
    assert found["meta keys"] == {"_edit_last": 1}
    assert found["front-matter keys"] == {"title": 1, "meta": 1}


def test_the_route_is_told_with_its_reason():
    assert next(iter(census("x", status="private")["routes"])).startswith("skip: ")


HAZARDOUS = {
    "links by id (?p=, ?page_id=)": '<a href="http://x.example/?p=12">x</a>',
    "javascript: links": '<a href="javascript:void(0)">x</a>',
    "links without an address": '<a href="">x</a>',
    "line breaks or blanks in addresses": '<a href="http://x.example/\n a">x</a>',
    "images inside the page (data:)": '<img src="data:image/png;base64,AAAA">',
    "raw PHP": "<?php echo 1; ?>",
    "ASP or ERB tags": "<% x %>",
    "Liquid": "{% include x %}",
    "cells that span (colspan, rowspan)": "<td colspan=2>x</td>",
    "iframe, object, embed": "<iframe src=x></iframe>",
    "forms": "<form></form>",
    "scripts": "<script>1</script>",
    "event handlers (onclick …)": '<a onclick="x()">x</a>',
    "style sheets": "<style>a{}</style>",
    "<!--nextpage-->": "<!--nextpage-->",
    "conditional comments of Internet Explorer": "<!--[if IE]>x<![endif]-->",
    "Word's markup": '<p class="MsoNormal">x</p>',
    "mathematics": "$latex x^2$",
    "control characters of Windows-1252": "it\x92s",
    "UTF-8 read as Latin-1 (Ã©)": "cafÃ©",
    "invisible characters": "a\u200bb",
    "lost characters (U+FFFD)": "a\ufffdb",
}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name)
def test_every_hazard_is_seen_and_plain_text_is_none(hazard):
    assert census(HAZARDOUS[hazard.name])["hazards"].get(hazard.name)
    assert hazard.name not in census("<p>Plain text, and <a href='/x'>a link</a>.</p>").get("hazards", {})


def test_other_hazards():
    found = census("<div><em>x</div>", protected=True)["hazards"]
    assert found["tags without their end tag"] == 1
    assert found["password-protected"] == 1


def test_sums_over_pages():
    total = Census()
    total.add("a.html", {"elements": {"p": 3}})
    total.add("b.html", {"elements": {"p": 1, "a": 1}})
    total.sort()
    row = total.parts["elements"]["p"]
    assert (row.count, row.pages, row.example) == (4, 2, "a.html")
    assert [*total.parts["elements"]] == ["p", "a"]


@given(st.text(max_size=200))
def test_no_text_crashes_it(body):
    assert census(body).keys() <= set(PARTS)


class Nobody:
    def begin(self, total): ...
    def problem(self, place, message): ...
    def entry(self, record, unchanged): ...
    def end(self): ...


def test_a_whole_folder(tmp_path):
    (tmp_path / "a.html").write_text("---\ntitle: x\n---\n<p>x</p>")
    (tmp_path / "b.jpg").write_text("x")
    found = inspect_run(str(tmp_path), RunOptions(), Nobody())
    assert (found.pages, found.failed, found.ignored) == (1, 0, {".jpg": 1})
    assert found.parts["elements"]["p"].example == "a.html"


def test_items_of_an_export_are_counted_one_by_one(watcher):
    folder = Path(__file__).parents[1] / "fixtures" / "wxr"
    found = inspect_run(str(folder / "garden.xml"), RunOptions(jobs=1), watcher)
    assert (found.pages, found.failed, found.problems) == (14, 0, [])
    assert found.parts["types"]["post"].count == 8
    assert found.parts["types"]["plant"].example == "garden.xml item 4"
    assert {name: row.count for name, row in found.parts["taxonomies"].items()} == {
        "category": 1,
        "nav_menu": 1,
        "post_tag": 1,
    }
    assert found.parts["comment types"]["comment"].count == 1
    assert "_thumbnail_id" in found.parts["meta keys"]
    assert len(watcher.records) == 14


def test_what_is_wrong_with_an_export_is_in_the_census(watcher, tmp_path):
    folder = Path(__file__).parents[1] / "fixtures" / "wxr"
    found = inspect_run(str(folder / "cut-off.xml"), RunOptions(jobs=1), watcher)
    assert found.pages == 3
    assert any("line 78" in problem for problem in found.problems)
    (tmp_path / "a.html").write_text("---\ntitle: x\n---\n")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 damaged")
    assert "bad.zip" in inspect_run(str(tmp_path), RunOptions(jobs=1), watcher).problems[0]
