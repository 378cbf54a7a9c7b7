"""The JSON file."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import SCHEMA_VERSION, Author, Entry, SourceInfo
from wpmigrate.model.nodes import Paragraph, Root, Text
from wpmigrate.writers.json import write_json

SOURCE = SourceInfo("a.html", None, "0" * 64, "front-matter", "utf-8", "html")


def entry(text: str, metadata: dict[str, Any]) -> Entry:
    return Entry(
        schema_version=SCHEMA_VERSION, source=SOURCE, id="1", type="post", status="publish", slug="a", title=text,
        url="", author=Author(), date="", modified="", parent="", order=0, excerpt="", terms=[], comments=[],
        metadata=metadata, sections=[], links=[], media=[], content=Root([Paragraph([Text(text)])]), notices=[],
    )  # fmt: skip


def test_shape() -> None:
    written = write_json(entry("é 漢 😀", {"z": 1, "a": [], "m": {"k": None}})).decode()
    assert written.startswith('{\n  "schema_version": 1,\n  "source": {\n    "path": "a.html",\n')
    assert written.endswith("}\n")
    assert "é 漢 😀" in written
    assert list(json.loads(written)) == list(Entry.__struct_fields__)
    assert list(json.loads(written)["metadata"]) == ["z", "a", "m"]
    assert json.loads(written)["content"]["children"][0]["type"] == "paragraph"


values = st.recursive(
    st.one_of(
        st.text(), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False, allow_infinity=False)
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.text(min_size=1), st.dictionaries(st.text(), values, max_size=3))
def test_reads_back(text: str, metadata: dict[str, Any]) -> None:
    page = entry(text, metadata)
    written = write_json(page)
    assert msgspec.json.decode(written, type=Entry) == page
    assert json.loads(written)["metadata"] == metadata
    assert write_json(msgspec.json.decode(written, type=Entry)) == written


def test_a_lone_surrogate_is_an_error() -> None:
    with pytest.raises(UnicodeEncodeError):
        write_json(entry("\ud800", {}))
