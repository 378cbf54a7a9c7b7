"""Every entry under every target: the front matter is proven, drafts have no address, public pages are not drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from wpmigrate.extractors.wxr import scan
from wpmigrate.options import RouteOptions, RunOptions
from wpmigrate.runner.job import ItemPlace, convert_entry
from wpmigrate.targets import TARGETS
from wpmigrate.verifier.output import split_page

GARDEN = Path(__file__).parents[1] / "fixtures/wxr/garden.xml"
PAGE = b"---\ntitle: T\npermalink: /old/t/\nstatus: pending\ndate: someday\nlayout: wide\n---\n<p>words</p>\n"


@pytest.mark.parametrize("to", [("markdown",), ("markdown", "json")])
@pytest.mark.parametrize("name", TARGETS)
def test_the_items_of_an_export(name: str, to: tuple[str, ...]) -> None:
    options, statuses = RunOptions(target=name, to=to), []
    with GARDEN.open("rb") as stream:
        items = [piece for piece in scan(stream) if piece.kind == "item"]
    for number, item in enumerate(items, 1):
        stem, draft = f"post/{number}", f"_drafts/{number}"
        done = convert_entry(
            "garden.xml", item.data, stem, options, draft_stem=draft, place=ItemPlace(str(number))
        )
        statuses.append(done.record.status)
        assert done.record.status != "failed", done.record.findings
        for file in done.files if name != "commonmark" else ():
            if file.path == f"{draft}.md":
                assert f"/{draft}" not in file.data.decode()
    assert statuses.count("written") == 4


@pytest.mark.parametrize("name", TARGETS)
def test_a_status_that_the_user_publishes(name: str) -> None:
    options = RunOptions(target=name, to=("markdown",), routes=RouteOptions(statuses={"pending": "write"}))
    done = convert_entry("p.html", PAGE, "p", options)
    assert done.record.status == "written", done.record.findings
    top = split_page(done.files[0].data.decode(), TARGETS[name].front.format)
    assert top is not None and (name == "commonmark") is ("\ndraft: true" in top[0])
    assert "Status: draft" not in top[0]
