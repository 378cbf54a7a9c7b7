"""The same posts as pages and as items of an export give the same records, apart from what the page exporter left out."""

from __future__ import annotations

import json
import re

import pytest

import wpmigrate
from wpmigrate.extractors.wxr import scan
from wpmigrate.runner.job import ItemPlace

pytestmark = pytest.mark.corpus

_DATED = re.compile(r"^\d{4}-\d\d-\d\d-")
_SLUG = re.compile(rb"<wp:post_name>(?:<!\[CDATA\[)?([^<\]]*)")
_SAME = ("title", "slug", "status", "type", "author", "content", "sections", "links", "media")
"""What must be equal; addresses, ids, excerpts, comments and metadata only the export has."""


@pytest.fixture(scope="module")
def twins(corpus_dir):
    """Pairs of records: of the page, of the item."""
    pages = {_DATED.sub("", page.stem): page for page in (corpus_dir / "legacy" / "cc-archive+labs").rglob("*.html")}
    with open(corpus_dir / "wxr" / "cc-archive+labs" / "wordpress.xml", "rb") as stream:
        pieces = [piece for piece in scan(stream) if piece.kind == "item"]
    pairs = {}
    for piece in pieces:
        found = _SLUG.search(piece.data)
        page = pages.get(found[1].decode()) if found else None
        if page is not None:
            item = wpmigrate.convert("site.xml", piece.data, "a", place=ItemPlace(str(piece.number)))
            pairs[page.stem] = (record(wpmigrate.convert(page.name, page.read_bytes(), "a")), record(item))
    return pairs


def record(result):
    [data] = [file.data for file in result.files if file.path == "a.json"]
    return json.loads(data)


def local(name, value):
    """Return ``value`` with only the file names of images: the page exporter had moved them to a folder ``img``."""
    if isinstance(value, list):
        return [local(name, one) for one in value]
    if not isinstance(value, dict):
        return value
    image = value.get("type") == "image" or (name == "media" and value.get("kind") == "image")
    return {
        key: one.rpartition("/")[2] if image and key in ("url", "src") else local(name, one)
        for key, one in value.items()
        if (name, key) != ("sections", "markdown")  # the content has it too, as a tree
    }


def test_there_are_twins(twins):
    assert len(twins) == 22


@pytest.mark.parametrize("name", _SAME)
def test_what_both_have_is_equal(twins, name):
    for stem, (page, item) in twins.items():
        assert local(name, page.get(name)) == local(name, item.get(name)), stem


def test_dates_are_of_the_same_hour_on_the_wall(twins):
    assert {stem: page["date"][:19] for stem, (page, _) in twins.items()} == {
        stem: item["date"][:19] for stem, (_, item) in twins.items()
    }


def test_terms_are_the_same_but_for_the_one_that_says_nothing(twins):
    for stem, both in twins.items():
        page, item = ({(term["taxonomy"], term["name"]) for term in one["terms"]} for one in both)
        assert page == item - {("category", "Uncategorized")}, stem
