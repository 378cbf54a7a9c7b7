"""The Markdown file as a whole, the sections' Markdown, and the table of writers."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import yaml
import yaml12

from wpmigrate.errors import WriteError
from wpmigrate.model import SCHEMA_VERSION, Author, Comment, Entry, Section, SourceInfo
from wpmigrate.model.nodes import Block, Blockquote, Heading, Paragraph, Root, Text
from wpmigrate.options import FORMATS
from wpmigrate.targets import COMMONMARK, TARGETS
from wpmigrate.writers import WRITERS, extension, html_block, write, write_yaml
from wpmigrate.writers.page import fill_sections, write_page

SOURCE = SourceInfo("a/b.html", None, "0" * 64, "front-matter", "utf-8", "html")


def heading(text: str, depth: int = 2) -> Heading:
    return Heading(depth, [Text(text)])


def paragraph(text: str) -> Paragraph:
    return Paragraph([Text(text)])


def entry(*blocks: Block, **fields: Any) -> Entry:
    sections = [
        Section(block.children[0].value.lower(), [], block.depth, block.children[0].value)  # type: ignore[union-attr]
        for block in blocks
        if isinstance(block, Heading)
    ]
    page = Entry(
        schema_version=SCHEMA_VERSION, source=SOURCE, id="1", type="post", status="publish", slug="b", title="B",
        url="", author=Author(), date="2012-04-19T11:55:16+00:00", modified="", parent="", order=0, excerpt="",
        terms=[], comments=[], metadata={"yes": "no"}, sections=sections, links=[], media=[],
        content=Root([*blocks]), notices=[],
    )  # fmt: skip
    return msgspec.structs.replace(page, **fields)


HEAD = "---\ntitle: B\nslug: b\ndate: 2012-04-19T11:55:16+00:00\ncategories: []\ntags: []\n'yes': 'no'\n---\n"


def markdown(page: Entry, **more: Any) -> str:
    (file,) = write(page, "a/b", ["markdown"], COMMONMARK, **more)
    return file.data.decode()


def test_a_page() -> None:
    assert markdown(entry(heading("One"), paragraph("Two"))) == f"{HEAD}\n## One\n\nTwo\n"


def test_an_empty_page_is_its_front_matter() -> None:
    assert markdown(entry()) == HEAD
    assert write_page(entry(), "b", "", COMMONMARK) == write_page(entry(), "b", "\n", COMMONMARK) == HEAD


def test_a_verbatim_body_is_not_touched_and_sections_come_from_the_tree() -> None:
    body = "One\n===\n\n* Two  \n\n\n"
    page = entry(heading("One", 1), paragraph("Two"))
    assert markdown(page, verbatim=body) == f"{HEAD}\n{body}"
    (file,) = write(page, "a/b", ["json"], COMMONMARK, verbatim=body)
    assert json.loads(file.data)["sections"][0]["markdown"].strip() == "Two"


def test_a_last_line_end_is_added() -> None:
    assert markdown(entry(), verbatim="One").endswith("\n\nOne\n")


def test_sections_end_at_the_next_heading_of_the_page() -> None:
    quoted = Blockquote([heading("Inner")])
    page = entry(
        paragraph("Lead"), heading("One"), heading("Two", 3), paragraph("a"), quoted, heading("Three", 1)
    )
    texts = ["Lead", "## One", "### Two", "a", "> ## Inner", "# Three"]
    filled = fill_sections(page, texts, COMMONMARK)
    assert [section.markdown.strip() for section in filled.sections] == ["", "a\n\n> ## Inner", ""]
    assert [section.markdown for section in page.sections] == ["", "", ""]


def test_headings_and_sections_that_do_not_agree_are_an_error() -> None:
    page = entry(Heading(2, [Text("One")], {"hProperties": {"id": "one"}}), sections=[])
    with pytest.raises(WriteError, match="1 headings but 0 sections"):
        write(page, "b", FORMATS, COMMONMARK)


def test_a_heading_without_an_id_begins_no_section_where_others_have_one() -> None:
    named = Heading(2, [Text("One")], {"hProperties": {"id": "one"}})
    page = entry(named, paragraph("a"), Heading(3, [Text("")]), paragraph("b"), sections=[Section("one", [], 2, "One")])
    _, record = write(page, "b", ["markdown", "json"], COMMONMARK)
    assert [section["markdown"].split() for section in json.loads(record.data)["sections"]] == [["a", "###", "b"]]


def test_a_heading_written_as_html_still_begins_its_section() -> None:
    first = Heading(2, [Text("One")], {"hProperties": {"id": "one"}, "legacyIds": ["1"]})
    page = entry(first, paragraph("a"), heading("Two"), paragraph("b"))
    fallback = Root([html_block(block) for block in page.content.children[:2]] + page.content.children[2:])
    page = msgspec.structs.replace(page, content=fallback)
    _, record = write(page, "b", ["markdown", "json"], COMMONMARK)
    sections = json.loads(record.data)["sections"]
    assert [section["markdown"].strip() for section in sections] == ["<p>a</p>", "b"]


def test_files_have_the_order_of_the_table_and_the_ending_of_their_format() -> None:
    assert tuple(WRITERS) == FORMATS
    files = write(entry(paragraph("é")), "a/b", ["yaml", "json", "markdown"], COMMONMARK)
    assert [(file.path, file.format) for file in files] == [
        ("a/b.md", "markdown"),
        ("a/b.json", "json"),
        ("a/b.yaml", "yaml"),
    ]
    assert all(file.data.endswith(b"\n") and b"\r" not in file.data for file in files)
    assert write(entry(), "a/b", [], COMMONMARK) == ()
    assert extension("markdown", msgspec.structs.replace(COMMONMARK, extension=".mdx")) == ".mdx"


def test_the_yaml_record_is_the_json_record_without_content() -> None:
    page = entry(
        heading("One"), paragraph("Two\u00a0x"), metadata={"n": 1.5, "list": [{"a": None, "b": "a\n b\n"}]}
    )
    _, record, written = write(page, "b", FORMATS, COMMONMARK)
    expected = json.loads(record.data)
    del expected["content"]
    assert yaml.safe_load(written.data) == yaml12.parse_yaml(written.data.decode()) == expected
    assert list(yaml.safe_load(written.data)) == list(expected)
    assert b"date: '2012-04-19T11:55:16+00:00'\n" in written.data


def test_what_no_file_can_hold_is_an_error_of_the_entry() -> None:
    with pytest.raises(WriteError, match="UTF-8"):
        write(entry(title="\ud800"), "b", ["json"], COMMONMARK)
    deep: list[Any] = []
    for _ in range(20_000):
        deep = [deep]
    for form in FORMATS:
        with pytest.raises(WriteError, match="deep"):
            write(entry(metadata={"a": deep}), "b", [form], COMMONMARK)


def test_a_record_may_be_written_before_its_sections_are_filled() -> None:
    assert yaml.safe_load(write_yaml(entry(heading("One"))))["sections"][0]["markdown"] == ""


def test_files_go_where_the_target_wants_them():
    page = entry(comments=[Comment(id="1", author=Author(name="A"), content="x")])
    files = write(page, "a/index", ["markdown", "json", "yaml"], TARGETS["hugo"], comments="comments/a/index")
    assert [file.path for file in files] == [
        "content/a/index-page.md",
        "records/a/index.json",
        "records/a/index.yaml",
        "data/comments/a/index.yaml",
    ]
    drafts = write(page, "_drafts/a", ["markdown", "json"], TARGETS["hugo"], draft=True)
    assert [file.path for file in drafts] == ["_drafts/a.md", "records/_drafts/a.json"]
