"""The generated documents are current, and the schema says what the records are."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from wpmigrate.model import (
    SCHEMA_VERSION,
    Author,
    Comment,
    Entry,
    LinkRecord,
    MediaRecord,
    Notice,
    Section,
    SourceInfo,
    Term,
    nodes,
)
from wpmigrate.writers.json import write_json

PROJECT = Path(__file__).parents[1]
TOOL = runpy.run_path(str(PROJECT / "tools" / "make_docs.py"))
SCHEMA = PROJECT / "docs" / "schema" / "entry.schema.json"


def every_node() -> nodes.Root:
    """A tree with each node at least once, with and without what may be left out."""
    text = nodes.Text("a")
    inlines: list[nodes.Inline] = [
        *(text, nodes.Emphasis([text]), nodes.Strong([text]), nodes.Delete([text])),
        *(nodes.InlineCode("b"), nodes.Break(), nodes.Link("/", [text], "t"), nodes.Html("<sub>")),
        *(nodes.Image("a.png", None, "alt", {"hProperties": {"width": 1}}), nodes.FootnoteReference("1")),
    ]
    table = nodes.Table([nodes.TableRow([nodes.TableCell(inlines)])], ["left"])
    items = nodes.List([nodes.ListItem([nodes.Paragraph([text])], checked=True)], ordered=True, start=2)
    return nodes.Root(
        [
            *(nodes.Paragraph(inlines), nodes.Heading(2, inlines, {"hProperties": {"id": "a"}})),
            *(
                nodes.ThematicBreak(),
                nodes.Blockquote([items]),
                items,
                nodes.Code("x", "py"),
                nodes.Html("<dl>"),
            ),
            *(table, nodes.FootnoteDefinition("1", [nodes.Paragraph([text])])),
        ]
    )


def full_entry() -> Entry:
    """An entry with something in every field."""
    author = Author("Ann", "ann", "ann@example.org", "http://example.org/")
    return Entry(
        schema_version=SCHEMA_VERSION,
        source=SourceInfo("a.html", None, "0" * 64, "front-matter", "utf-8", "html"),
        id="1", type="post", status="publish", slug="a", title="A", url="/a", author=author, date="2012-04-19",
        modified="", parent="", order=1, excerpt="x", terms=[Term("category", "c", "C")],
        comments=[Comment("1", author=author)], metadata={"a": [1, None]}, sections=[Section("a", ["1"], 2, "A")],
        links=[LinkRecord("a", "/", "internal", "a", "a")], media=[MediaRecord("a.png", "image", width=1)],
        content=every_node(), notices=[Notice("dropped", "style color: decoration")],
    )  # fmt: skip


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize(("name", "make"), TOOL["DOCUMENTS"], ids=[name for name, _ in TOOL["DOCUMENTS"]])
def test_generated_documents_are_current(name: str, make: Any) -> None:
    assert (PROJECT / name).read_text(encoding="utf-8") == make(), "run `make docs`"


def test_a_full_record_validates(validator: Any) -> None:
    validator.validate(json.loads(write_json(full_entry())))


def test_every_node_of_the_schema_is_in_the_full_record() -> None:
    written = write_json(full_entry()).decode()
    for definition in json.loads(SCHEMA.read_bytes())["$defs"].values():
        for name in definition.get("properties", {}).get("type", {}).get("enum", ()):
            assert f'"type": "{name}"' in written


def test_every_field_has_a_description() -> None:
    for name, definition in json.loads(SCHEMA.read_bytes())["$defs"].items():
        for field, schema in definition.get("properties", {}).items():
            assert (field == "type" and name != "Entry") or "description" in schema, f"{name}.{field}"


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("title"),
        lambda record: record.update(more=1),
        lambda record: record.update(schema_version=0),
        lambda record: record.update(order="1"),
        lambda record: record["author"].pop("login"),
        lambda record: record["terms"][0].update(more=1),
        lambda record: record["notices"][0].update(kind="lost"),
        lambda record: record["content"]["children"][0].update(type="text"),
        lambda record: record["content"]["children"][0]["children"][0].pop("value"),
    ],
)
def test_what_is_no_record_does_not_validate(validator: Any, change: Any) -> None:
    record = msgspec.to_builtins(full_entry())
    change(record)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(record)


def test_check_says_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main = TOOL["main"]
    monkeypatch.setitem(main.__globals__, "PROJECT", tmp_path)
    schema = tmp_path / "docs" / "schema" / "entry.schema.json"
    assert main(["--check"]) == 1
    assert "docs/schema/entry.schema.json: stale" in capsys.readouterr().err
    assert not schema.exists()
    assert main([]) == 0
    assert main(["--check"]) == 0
    schema.write_text("{}")
    assert main(["--check"]) == 1
