"""One entry, with stand-ins for the parts round it: what is proven is written, what is not becomes HTML or fails."""

from __future__ import annotations

import msgspec
import pytest

from wpmigrate.errors import ExtractError, NormalizeError
from wpmigrate.model import (
    SCHEMA_VERSION,
    Author,
    Entry,
    Fields,
    Finding,
    Notice,
    OutputFile,
    Site,
    SourceEntry,
    SourceInfo,
)
from wpmigrate.model.nodes import Html, Paragraph, Root, Text, plain_text
from wpmigrate.options import RouteOptions, RunOptions
from wpmigrate.runner import job
from wpmigrate.runner.job import convert_entry


def source(data, path):
    fields = Fields(status="private" if b"private" in data else "draft" if b"draft" in data else "publish")
    return SourceEntry(path, data, "front-matter", "utf-8", fields, {}, data.decode())


def entry(page):
    fields = page.fields
    blocks = [Paragraph([Text(line)]) for line in page.body.split("\n")]
    return Entry(
        schema_version=SCHEMA_VERSION,
        source=SourceInfo(page.path, None, "", page.format, page.encoding, "html"),
        metadata={}, sections=[], links=[], media=[], content=Root(blocks), notices=[Notice("dropped", "x")],
        **{name: getattr(fields, name) for name in Fields.__struct_fields__ if name != "protected"},
    )  # fmt: skip


def markdown(block):
    return block.value if isinstance(block, Html) else plain_text(block)


def write(page, stem, to, target, verbatim=None, comments="", draft=False):
    body = verbatim if verbatim is not None else "\n".join(map(markdown, page.content.children))
    endings = {"markdown": "md", "json": "json", "yaml": "yaml"}
    return tuple(OutputFile(f"{stem}.{endings[form]}", form, body.encode()) for form in to)


def verify(page, files, target, options, notices=(), site=None, emails=False, stem="", draft=False):
    """A block ``weak`` is only right as HTML, ``wrong`` never; ``odd`` is wrong in the JSON alone."""
    found = []
    for file in files:
        lines = file.data.decode().split("\n")
        if "weak" in lines or any("wrong" in line for line in lines):
            found.append(Finding("word", "a word is\nmissing", file.path, 1))
        if file.format == "json" and any("odd" in line for line in lines):
            found.append(Finding("metadata", "odd", file.path))
    return tuple(found)


@pytest.fixture(autouse=True)
def parts(monkeypatch):
    monkeypatch.setattr(
        job, "extract", lambda data, path, options: iter([source(data, path)] if data else [])
    )
    monkeypatch.setattr(job, "normalize", lambda page, site, options, tidy=None: entry(page))
    monkeypatch.setattr(job, "write", write)
    monkeypatch.setattr(job, "verify", verify)


def convert(body, **options):
    return convert_entry(
        "a/b.html", body.encode(), "a/b", RunOptions(**options), Site(), draft_stem="_drafts/a/b"
    )


def test_a_proven_page():
    result = convert("one\ntwo")
    assert result.record.status == "written"
    assert result.record.outputs == ("a/b.md", "a/b.json", "a/b.yaml")
    assert [file.path for file in result.files] == [*result.record.outputs]
    assert result.record.notices == (Notice("dropped", "x"),)
    assert result.record.findings == ()


def test_only_the_formats_that_are_wanted():
    assert convert("one", to=("json",)).record.outputs == ("a/b.json",)


def test_the_block_at_fault_is_written_as_html_and_told():
    result = convert("one\nweak\nthree")
    assert result.record.status == "written"
    assert result.files[0].data == b"one\n<p>weak</p>\nthree"
    assert result.files[1].data == result.files[0].data, "the record holds what the page holds"
    assert result.record.notices[-1] == Notice("kept", "block 2 written as HTML: a word is missing")


def test_a_page_that_html_does_not_help_fails_with_its_findings():
    result = convert("one\nwrong")
    assert (result.record.status, result.files) == ("failed", ())
    assert result.record.outputs == ()
    assert "a word is missing" in result.record.reason
    assert {finding.file for finding in result.record.findings} == {"a/b.md", "a/b.json", "a/b.yaml"}


def test_a_loss_that_is_not_in_the_page_is_not_searched_there():
    result = convert("odd")
    assert result.record.status == "failed"
    assert [finding.message for finding in result.record.findings] == ["odd"]


def test_a_skipped_entry_has_a_reason_and_no_files():
    result = convert("private")
    assert (result.record.status, result.files) == ("skipped", ())
    assert "private" in result.record.reason


def test_a_draft_goes_to_its_own_place_when_asked_for():
    result = convert("draft", routes=RouteOptions(statuses={"draft": "draft"}))
    assert result.record.outputs[0] == "_drafts/a/b.md"


def test_the_names_note_is_a_notice_of_the_page():
    result = convert_entry("a", b"one", "a", RunOptions(), Site(), note="file name: taken")
    assert Notice("mapped", "file name: taken") in result.record.notices


def test_what_the_extractor_could_not_read_is_told_but_the_page_is_written(monkeypatch):
    finding = Finding("metadata", "not YAML", source_line=3)
    page = msgspec.structs.replace(source(b"one", "p"), findings=(finding,))
    monkeypatch.setattr(job, "extract", lambda data, path, options: iter([page]))
    result = convert("one")
    assert (result.record.status, result.record.findings) == ("written", (finding,))


def test_a_body_that_is_markdown_stays_as_it_is(monkeypatch):
    def normalize(page, site, options, tidy=None):
        made = entry(page)
        made.content.data = {"markdown": "as *it* was", "other": 1}
        return made

    monkeypatch.setattr(job, "normalize", normalize)
    assert convert("x").files[0].data == b"as *it* was"


def test_an_empty_source_is_an_error_of_the_entry():
    with pytest.raises(ExtractError, match=r"a/b\.html"):
        convert("")


def test_errors_of_the_parts_pass(monkeypatch):
    def normalize(page, site, options, tidy=None):
        raise NormalizeError("no tree")

    monkeypatch.setattr(job, "normalize", normalize)
    with pytest.raises(NormalizeError):
        convert("x")


def test_the_same_page_gives_the_same_bytes():
    assert convert("one\nweak") == convert("one\nweak")
    assert entry(source(b"x", "p")).author == Author()
