"""Markdown pages with HTML in them, as converters and people make them: each is proven whole, as it is and tidied."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import FORMATS, NormalizeOptions, RunOptions
from wpmigrate.runner.job import convert_entry, read_source
from wpmigrate.targets import COMMONMARK, TARGETS, Target
from wpmigrate.verifier import verify
from wpmigrate.wordpress.dialect_signs import TRANSLATORS
from wpmigrate.writers import write

AS_MARKDOWN = NormalizeOptions(body="markdown")
PAGES = {
    name: body
    for case in Path(__file__).with_name("markdown_pages.txt").read_text(encoding="utf-8").split("=====\n")
    for name, _, body in [case.partition("\n")]
}


def untouched(body: str) -> tuple[SourceEntry, list[OutputFile]]:
    """Return the files of a page whose body stays as it is."""
    options = RunOptions(normalize=AS_MARKDOWN)
    source = read_source("page.md", f"---\ntitle: T\n---\n{body}\n".encode(), options)
    entry = normalize(source, Site(), AS_MARKDOWN)
    verbatim = (entry.content.data or {}).pop("markdown")
    entry.content.data = None
    return source, list(write(entry, "page", FORMATS, COMMONMARK, verbatim))


def findings(source: SourceEntry, files: list[OutputFile]) -> tuple[Finding, ...]:
    return verify(source, files, COMMONMARK, AS_MARKDOWN, (), Site())


def record(body: str) -> dict[str, Any]:
    source, files = untouched(body)
    assert findings(source, files) == ()
    data: dict[str, Any] = json.loads(next(file.data for file in files if file.format == "json"))
    return data


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_proven(name: str) -> None:
    source, files = untouched(PAGES[name])
    assert findings(source, files) == ()
    for form in FORMATS:
        assert findings(source, [file for file in files if file.format == form]) == ()
    tidied = convert_entry("page.md", source.raw, "page", RunOptions(normalize=AS_MARKDOWN))
    assert tidied.record.findings == () and tidied.record.status == "written"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("part", ["links", "media", "sections"])
def test_a_record_without_one_of_its_rows_is_noticed(name: str, part: str) -> None:
    source, files = untouched(PAGES[name])
    (form,) = (file for file in files if file.format == "json")
    data = json.loads(form.data)
    for place, row in enumerate(data[part]):
        if (part == "media" and row["kind"] != "image") or (part == "links" and not row["text"]):
            continue  # the addresses of films are proven with their elements, links without words with those beside them
        less = {**data, part: [*data[part][:place], *data[part][place + 1 :]]}
        text = json.dumps(less, ensure_ascii=False, indent=2).encode() + b"\n"
        assert findings(source, [msgspec.structs.replace(form, data=text)]) != (), row


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda data: data["links"][1].update(text="other"), "the record's text of the link"),
        (lambda data: data["links"][1].update(url="http://other.example/"), "does not come next"),
        (lambda data: data["links"][1].update(context="no such line"), "the page has no line"),
        (lambda data: data["media"][0].update(alt="other"), "the record's texts of the image"),
        (lambda data: data["sections"][0].update(title="Other"), "no heading of the page"),
        (lambda data: data["sections"][0].update(depth=5), "no heading of the page"),
    ],
)
def test_a_record_that_says_otherwise_is_noticed(change: Callable[[Any], None], what: str) -> None:
    body = 'A <a href="http://a.example/">link with <b>strength</a>, [another](/b) </b><img src="/i.png" alt="An image">\n\n<h3>Part <i>one</i></h3>\n\ntext\n'
    source, files = untouched(body)
    (form,) = (file for file in files if file.format == "json")
    data = json.loads(form.data)
    change(data)
    text = json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"
    assert any(what in finding.message for finding in findings(source, [msgspec.structs.replace(form, data=text)]))


def test_a_link_that_nobody_closed_goes_on_as_in_a_browser() -> None:
    links = record('See <a href="http://a.example/">the *link\n\nand* [more](/b) text\n')["links"]
    assert [(row["text"], row["url"]) for row in links if row["text"]] == [
        ("the *link", "http://a.example/"),
        ("and*", "http://a.example/"),
        ("more", "/b"),
    ]


@pytest.mark.parametrize(
    ("body", "sections"),
    [
        ("# A\n\n<h3>B <i>c</i></h3>\n\nd\n\n<h2 id='own'>E</h2>\n", [("a", 1, "A"), ("b-c", 3, "B c"), ("own", 2, "E")]),
        ("<h2>\nA\n</h2>\n\n#\n\n<h3></h3>\n\n## B <br> C\n", [("a", 2, "A"), ("b-c", 2, "B C")]),
        ("## A\n\n<h3>B</h3>\ntext *of* the block\n\n## C\n", [("a", 2, "A"), ("c", 2, "C")]),
        ("## A\n\ntext <pre> never closed\n\n## B\n", [("a", 2, "A")]),
        ("## ![](/i.png)\n\n## <img src='/j.png'>\n\n## <b></b>\n\n<h2><img src='/k.png'></h2>\n", [("section-1", 2, ""), ("section-2", 2, ""), ("section-3", 2, "")]),
    ],
)
def test_sections_are_the_headings_that_a_browser_shows(body: str, sections: list[tuple[str, int, str]]) -> None:
    assert [(row["id"], row["depth"], row["title"]) for row in record(body)["sections"]] == sections


def test_a_heading_that_an_open_pre_swallows_is_no_section_though_another_says_the_same() -> None:
    body = "a <pre>\n\n## B\n\n</pre>\n\n## B\n\n[c](/d)\n"
    assert [row["markdown"] for row in record(body)["sections"]] == ["[c](/d)\n"]
    source, files = untouched(body)
    (form,) = (file for file in files if file.format == "json")
    data = json.loads(form.data)
    data["sections"].clear()
    del data["content"]["children"][3]["data"]
    text = json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"
    assert any("sections" in finding.message for finding in findings(source, [msgspec.structs.replace(form, data=text)]))


def test_a_section_may_say_what_stands_before_its_heading_too() -> None:
    body = "<strong>a\nDay|Where\n-|:-:\n1|Rome\n# n\nDay|Where\n--|:-:\n1|Rome\n"
    assert [row["title"] for row in record(body)["sections"]] == ["n"]
    source, files = untouched(body)
    (form,) = (file for file in files if file.format == "json")
    data = json.loads(form.data)
    data["sections"][0]["markdown"] = data["sections"][0]["markdown"].replace("Rome", "Pisa")
    wrong = json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n"
    assert any("the text of the section" in finding.message for finding in findings(source, [msgspec.structs.replace(form, data=wrong)]))


def test_headings_of_a_link_of_nothing_are_shown() -> None:
    sections = record('# [](/a)\n\n## <a href="/b"></a>\n\n## <a name="c"></a>\n\n## [](javascript:d)\n\n[e](/f)\n')["sections"]
    assert [row["depth"] for row in sections] == [1, 2]


def test_lines_of_code_are_no_words_of_a_link_that_nobody_closed() -> None:
    links = record('See <a href="/a">text\n\n<pre>raw <b>code</b></pre>\n\nmore [b](/c)\n')["links"]
    assert [(row["text"], row["url"]) for row in links if row["text"]] == [("text", "/a"), ("more", "/a"), ("b", "/c")]


@pytest.mark.parametrize("body", ["[a](/b)\n\n<pre>\nc\n \n\n", "[a](/b)\n\n```\nc\n\n \n"])
def test_blank_lines_at_the_end_say_nothing(body: str) -> None:
    source, files = untouched(body)
    assert findings(source, files) == ()


def test_links_of_nothing_are_links() -> None:
    rows = [(row["text"], row["url"]) for row in record("a [](/b) c [*d*](/e) [![](/f)](/g) [![h](/f)](/i)\n")["links"]]
    assert rows == [("", "/b"), ("d", "/e"), ("", "/g"), ("h", "/i")]


def test_scripts_and_nothing_are_no_addresses() -> None:
    data = record("[a](javascript:b) ![c]() [d]() ![e](/f)\n\n[g](/h)\n")
    assert [row["url"] for row in data["links"]] == ["", "/h"]
    assert [row["url"] for row in data["media"]] == ["/f"]


def test_a_line_of_code_with_a_link_has_its_words_as_context() -> None:
    (link,) = record('<pre>a <a href="/b">c</a> <img src="/d.png" alt="e"> f</pre>\n')["links"]
    assert link["context"] == "a c f"


def test_lines_of_code_are_lines_wherever_somebody_closed_it() -> None:
    assert record("<pre>a <e</pre>\n\nb\nc [d](/e)\n")["links"]
    assert record("[d](/e)\n\n<code>a <code>b</code>\nc</code>\nd\n")["links"]


def test_an_html_block_in_a_tight_item_leaves_it_tight() -> None:
    source, files = untouched("[a](/b)\n\n* c\n  <div>d</div>\n* e\n")
    assert findings(source, files) == ()
    (form,) = (file for file in files if file.format == "json")
    loose = json.loads(form.data)
    loose["content"]["children"][1]["spread"] = True
    text = json.dumps(loose, ensure_ascii=False, indent=2).encode() + b"\n"
    changed = [msgspec.structs.replace(file, data=text) if file is form else file for file in files if file.format != "yaml"]
    assert any("loose" in finding.message for finding in findings(source, changed))


def test_raw_html_may_reach_over_the_edge_of_a_section() -> None:
    sections = record("[a](/b) <em>c\n\n## D\n\ne\n*f*\ng\n\n## H\n\ni\n")["sections"]
    assert [row["markdown"] for row in sections] == ["e\n*f*\ng\n", "i\n"]


ENGINES_DIFFER = ["* a\n</p>\nb\n", "`a\n  b` c\n", "<http://a.example/?b=1&amp;c=2>\n", "<!doctype html>\n\na\n"]
"""What cmark-gfm reads otherwise than newer engines."""


@pytest.mark.parametrize("body", ENGINES_DIFFER)
def test_what_two_engines_read_otherwise_is_proven(body: str) -> None:
    assert record(f"{body}\n[l](/m) ![n](/o.png)\n")["links"][-1]["url"] == "/m"


@pytest.mark.parametrize("body", ENGINES_DIFFER)
@pytest.mark.parametrize(
    ("old", "new"), [('"m"', '"x"'), ('"/l"', '"/x"'), ('"/n.png"', '"/x.png"'), ('"depth": 2', '"depth": 3'), ('"word"', '"ward"')]
)
def test_a_change_is_noticed_also_where_two_engines_differ(body: str, old: str, new: str) -> None:
    source, files = untouched(f"{body}\n## word\n\n[m](/l) ![n](/n.png)\n")
    changed = [
        msgspec.structs.replace(file, data=file.data.replace(old.encode(), new.encode())) if file.format == "json" else file for file in files
    ]
    assert changed != files
    assert findings(source, changed) != ()


@pytest.mark.parametrize("has", [has for has, _, _ in TRANSLATORS])
def test_converter_and_proof_know_the_same_exporters(has: frozenset[str]) -> None:
    """The converter has fewer keys: title, date, author and their like are fields of an entry."""
    front = "".join(f"{key}: publish\n" for key in sorted(has))
    page = f"---\ntitle: T\ndate: 2020-01-02\nauthor: A\n{front}---\nPress the _Hat_ button.\n"
    result = convert_entry("page.md", page.encode(), "page")
    assert result.record.status == "written"
    assert b"_Hat_" in result.files[0].data


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_one_tilde_is_a_character_for_every_builder(target: Target) -> None:
    body = "Yarn ~~not~~ ~twice~ over, ~**two** rows~, H~2~O and ~~a ~b~ c~~"
    source = read_source("page.md", f"---\ntitle: T\n---\n{body}\n".encode(), RunOptions(normalize=AS_MARKDOWN))
    result = convert_entry("page.md", source.raw, "page", RunOptions(normalize=AS_MARKDOWN, target=target.name))
    assert (result.record.findings, result.record.status) == ((), "written")
    for old in (b"not", b"twice", b"2", b"rows"):
        changed = [msgspec.structs.replace(file, data=file.data.replace(old, b"")) for file in result.files if file.format == "markdown"]
        assert verify(source, changed, target, AS_MARKDOWN, (), Site()) != (), old
    bare = [
        msgspec.structs.replace(file, data=file.data.replace(b"~~", b"").replace(b"&#126;", b"").replace(b"<del>", b"").replace(b"</del>", b""))
        for file in result.files
        if file.format == "markdown"
    ]
    assert verify(source, bare, target, AS_MARKDOWN, (), Site()) != ()


def test_a_drawing_that_decorates_does_not_go_in_silence() -> None:
    source = read_source("page.html", b'---\ntitle: T\n---\n<p>See <svg aria-hidden="true"><path/></svg> there</p>\n', RunOptions())
    result = convert_entry("page.html", source.raw, "page")
    assert result.record.status == "written"
    (finding,) = verify(source, result.files, COMMONMARK, NormalizeOptions(), (Notice("kept", "x"),), Site())
    assert (finding.what, "drawing" in finding.message) == ("notice", True)


@pytest.mark.parametrize(
    ("html", "thing"),
    [
        ("<button>hats</button>", "button"),
        ("<fb:like>hats</fb:like>", "widget"),
        ('<script src="//platform.twitter.com/widgets.js"></script>', "widget script"),
    ],
)
def test_a_control_without_use_does_not_go_in_silence(html: str, thing: str) -> None:
    source = read_source("page.html", f"---\ntitle: T\n---\n<p>See {html} there</p>\n".encode(), RunOptions())
    result = convert_entry("page.html", source.raw, "page")
    assert result.record.status == "written"
    (finding,) = verify(source, result.files, COMMONMARK, NormalizeOptions(), (Notice("kept", "x"),), Site())
    assert (finding.what, f"a {thing} of" in finding.message) == ("notice", True)


def test_a_byte_order_mark_where_the_body_begins_stays() -> None:
    source, files = untouched("\ufeffOne *two*\n\n# Three\n\n- four\n")
    assert findings(source, files) == ()
    assert "\ufeffOne" in next(file.data.decode() for file in files if file.format == "markdown")
    cut = [msgspec.structs.replace(file, data=file.data.replace(b"*two*", b"two")) for file in files]
    assert findings(source, cut)
