"""The proof of an entry as a whole."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from wpmigrate.model import (
    Entry,
    LinkRecord,
    MediaRecord,
    Notice,
    OutputFile,
    Section,
    Site,
    SourceEntry,
    SourceInfo,
)
from wpmigrate.model.entry import Author, Fields
from wpmigrate.model.nodes import (
    Block,
    Blockquote,
    Heading,
    Html,
    Image,
    Link,
    List,
    ListItem,
    Paragraph,
    Root,
    Table,
    TableCell,
    TableRow,
    Text,
)
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.verifier.body import BodyProof
from wpmigrate.verifier.content import read_content
from wpmigrate.verifier.dropped import unnamed_losses
from wpmigrate.verifier.inventory import read_html
from wpmigrate.verifier.output import render
from wpmigrate.verifier.records import _check_sizes
from wpmigrate.verifier.source import read_source, split_front_matter

RAW = b"---\ntitle: T\nviews: 3\n---\n<div id=\"1\"><h2>One</h2></div>\n\ntext<!-- x -->\n"
PAGE = "---\ntitle: T\ncategories: []\ntags: []\nviews: 3\n---\n\n## One\n\ntext\n"
COMMENT = Notice("dropped", "comment <!-- x -->: invisible")
ANCHOR = Notice("mapped", "anchor 1: the section's slug #one")


def source() -> SourceEntry:
    return SourceEntry("t.html", RAW, "front-matter", "utf-8", Fields(title="T"), {"views": 3}, "", 5)


def entry() -> Entry:
    heading = Heading(2, [Text("One")], {"hProperties": {"id": "one"}, "legacyIds": ["1"]})
    info = SourceInfo("t.html", None, hashlib.sha256(RAW).hexdigest(), "front-matter", "utf-8", "classic")
    return Entry(
        schema_version=1, source=info, id="", type="post", status="publish", slug="", title="T", url="", author=Author(),
        date="", modified="", parent="", order=0, excerpt="", terms=[], comments=[], metadata={"views": 3},
        sections=[Section("one", ["1"], 2, "One", "text\n")], links=[], media=[],
        content=Root([heading, Paragraph([Text("text")])]), notices=[COMMENT, ANCHOR],
    )  # fmt: skip


def file(form: str, data: bytes) -> OutputFile:
    return OutputFile(f"t.{form}", form, data)


def record_files(record: Entry) -> list[OutputFile]:
    return [file("markdown", PAGE.encode()), file("json", msgspec.json.encode(record) + b"\n")]


def check(files, notices=()):
    return [finding.what for finding in verify(source(), files, COMMONMARK, NormalizeOptions(), notices, Site())]


def test_nothing_is_lost():
    assert check(record_files(entry())) == []
    assert check(record_files(entry())[1:]) == []


@pytest.mark.parametrize(
    "data",
    [b"", b"\n", b"\xff\n", b"no fence\n", b"---\ntitle: T\n", PAGE.encode()[:-5], b"---\na: [\n---\n\nx\n"],
    ids=["empty", "blank", "not UTF-8", "no fence", "no second fence", "cut", "no YAML"],
)
def test_a_broken_file_is_a_finding(data):
    assert check([file("markdown", data)])
    assert check([file("json", data)])
    assert check([file("yaml", data)])


@pytest.mark.parametrize(
    "edited",
    [
        PAGE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + PAGE.encode(),
        PAGE.replace("---\n", "--- \n", 1).encode(),
        PAGE.replace("\n---\n", "\n---\t\n").encode(),
        PAGE.encode() + b"\n",
    ],
    ids=["line ends", "byte order mark", "blanks after the fence", "blanks after the second fence", "an empty line"],
)
def test_what_an_editor_leaves_raises_no_alarm(edited):
    assert check([file("markdown", edited), record_files(entry())[1]]) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "U"),
        ("metadata", {}),
        ("metadata", {"views": 4}),
        ("sections", []),
        ("sections", [Section("two", ["1"], 2, "One", "text\n")]),
        ("sections", [Section("one", [], 2, "One", "text\n")]),
        ("sections", [Section("one", ["1"], 3, "One", "text\n")]),
        ("sections", [Section("one", ["1"], 2, "One", "")]),
        ("sections", [Section("one", ["1"], 2, "One", "text and more\n")]),
        ("content", Root([])),
        ("status", "draft"),
    ],
)
def test_a_record_that_says_something_else(field, value):
    assert check(record_files(msgspec.structs.replace(entry(), **{field: value})))


def test_an_old_id_must_lead_to_its_section():
    heading = Heading(2, [Text("One")], {"hProperties": {"id": "one"}, "legacyIds": ["9"]})
    section = Section("one", ["9"], 2, "One", "text\n")
    wrong = msgspec.structs.replace(entry(), sections=[section], content=Root([heading, Paragraph([Text("text")])]))
    assert "metadata" in check(record_files(wrong))


def test_a_heading_as_html_is_a_section_too():
    page = PAGE.replace("## One", "<h2>One</h2>").encode()
    record = msgspec.structs.replace(entry(), content=Root([Html("<h2>One</h2>"), Paragraph([Text("text")])]))
    assert check([file("markdown", page), record_files(record)[1]]) == []


def test_the_size_of_an_image_is_that_of_the_content():
    raw = b"---\ntitle: T\n---\n<img src='/a.png' width='30' height='20'>\n"
    image = Image("/a.png", data={"hProperties": {"width": "30", "height": "20"}})
    info = msgspec.structs.replace(entry().source, sha256=hashlib.sha256(raw).hexdigest())
    picture = MediaRecord("/a.png", "image", width=30, height=20)
    record = msgspec.structs.replace(
        entry(), source=info, metadata={}, sections=[], media=[picture], content=Root([Paragraph([image])]), notices=[]
    )
    there = SourceEntry("t.html", raw, "front-matter", "utf-8", Fields(title="T"), {}, "", 4)

    def proof(changed: Entry):
        data = msgspec.json.encode(changed) + b"\n"
        return verify(there, [file("json", data)], COMMONMARK, NormalizeOptions())

    assert proof(record) == ()
    image.data = None
    assert [finding.what for finding in proof(record)] == ["image", "metadata"]


@pytest.mark.parametrize(
    ("data", "whats"),
    [({"hProperties": {"target": "_blank"}}, []), (None, ["link"]), ({"hProperties": {"target": "_top"}}, ["link"])],
)
def test_a_link_of_the_record_opens_where_the_source_says(data, whats):
    raw = b"---\ntitle: T\n---\n<a href='/a' target='_blank'>a</a> <a href='/b'>b</a>\n"
    there = SourceEntry("t.html", raw, "front-matter", "utf-8", Fields(title="T"), {}, "", 4)
    info = msgspec.structs.replace(entry().source, sha256=hashlib.sha256(raw).hexdigest())
    links = [LinkRecord("a", "/a", "internal", "", "a b"), LinkRecord("b", "/b", "internal", "", "a b")]
    line = Paragraph([Link("/a", [Text("a")], data=data), Text(" "), Link("/b", [Text("b")])])
    record = msgspec.structs.replace(
        entry(), source=info, metadata={}, sections=[], links=links, content=Root([line]), notices=[]
    )
    found = verify(there, [file("json", msgspec.json.encode(record) + b"\n")], COMMONMARK, NormalizeOptions())
    assert [finding.what for finding in found] == whats


A, B, C = (LinkRecord(text, url, "internal", "", "a") for text, url in (("a", "/a"), ("", "/b"), ("", "/c")))


@pytest.mark.parametrize(
    ("links", "whats"),
    [
        ([A, B], []),
        ([B, A], []),  # a link in which nothing shows has no place
        ([A], ["metadata"]),
        ([B], ["metadata"]),
        ([A, C], ["metadata"]),
        ([A, B, C], ["metadata"]),
    ],
)
def test_links_in_which_nothing_shows_are_in_the_record(links, whats):
    raw = b"---\ntitle: T\n---\n<a href='/a'>a</a> <a href='/b'></a>\n"
    there = SourceEntry("t.html", raw, "front-matter", "utf-8", Fields(title="T"), {}, "", 4)
    info = msgspec.structs.replace(entry().source, sha256=hashlib.sha256(raw).hexdigest())
    line = Paragraph([Link("/a", [Text("a")]), Text(" "), Link("/b", [])])
    record = msgspec.structs.replace(entry(), source=info, metadata={}, sections=[], links=links, content=Root([line]), notices=[])
    found = verify(there, [file("json", msgspec.json.encode(record) + b"\n")], COMMONMARK, NormalizeOptions())
    assert [finding.what for finding in found] == whats


def test_what_is_left_out_must_be_named():
    page = [file("markdown", PAGE.encode())]
    assert check(page, (COMMENT, ANCHOR)) == []
    assert check(page, (ANCHOR,)) == ["notice"]
    assert check(page, (COMMENT,)) == ["anchor"]


def test_a_record_without_any_notice_names_nothing():
    """With the record at hand it is known that there are none."""
    assert check(record_files(msgspec.structs.replace(entry(), notices=[]))) == ["notice", "anchor"]


@pytest.mark.parametrize(
    "markdown",
    [
        "a *b* **c** ~~d~~ `e` [f](g \"h\") ![i](j)\n",
        "# a\n\n> b\n>\n> c\n\n---\n\n- d\n- e\n  - f\n\n1. g\n\n   h\n\n2. i\n",
        "```py\na  <b>\n```\n\n| a | b |\n| --- | :-: |\n| c<br>d | e |\n",
        "a  \nb\n\n<div>\nc\n</div>\n\n***d** e* [é](<a b>)\n",
    ],
)
def test_the_tree_is_written_as_cmark_writes_it(markdown):
    markdown_tree = pytest.importorskip("wpmigrate.normalizer.markdown_body").markdown_tree
    content = read_content(markdown_tree(markdown))
    assert content.html == render(markdown)
    assert content.inventory in (None, read_html(content.html))


def test_a_deep_tree_is_written_without_recursion():
    node: Block = Paragraph([Text("a")])
    for _ in range(20_000):
        node = Blockquote([node])
    assert read_content(Root([node])).html.count("<blockquote>") == 20_000


@pytest.mark.parametrize(
    ("markdown", "node"),
    [
        ("- a\n- b\n", List([ListItem([Paragraph([Text("a")])]), ListItem([Paragraph([Text("b")])])], spread=True)),
        ("| a |\n| --- |\n", Table([TableRow([TableCell([Text("a")])])], ["right"])),
    ],
)
def test_looks_of_the_content_are_those_of_the_markdown(markdown, node):
    page = read_source(SourceEntry("t", render(markdown).encode(), "front-matter", "utf-8", Fields(), {}, ""), NormalizeOptions())
    proof = BodyProof(page, NormalizeOptions(), Site())
    assert proof.check_markdown(markdown, "t.md", 1) == ()
    assert [finding.what for finding in proof.check_content(read_content(Root([node])), "t.json")] == ["content"]


def test_a_body_that_is_markdown_keeps_its_comments_without_a_notice():
    body = "Go [there](/x).\n\n<!-- one -->\n\nand\n\n<!-- two -->\n"
    page = SourceEntry("t.md", b"---\n---\n" + body.encode(), "front-matter", "utf-8", Fields(), {}, body, 3)
    notice = Notice("kept", "Liquid {{ … }}: an instruction to a template")

    def found(text):
        output = [file("markdown", f"---\ncategories: []\ntags: []\n---\n\n{text}".encode())]
        return [finding.what for finding in verify(page, output, COMMONMARK, NormalizeOptions(), [notice], Site())]

    assert found(body) == []
    assert found(body.replace("<!-- one -->", "")) == ["notice"]


def test_keys_without_a_fence_before_them_are_front_matter():
    keys = "title: T\ntags:\n- a\n"
    assert split_front_matter(f"{keys}---\nbody\n\n---\n") == (keys, "body\n\n---\n")
    assert split_front_matter(f"{keys}---") == (keys, "")
    for text in ("title: T\nand words\n---\nbody", "date: T\n---\nbody", "a: T\n---\nbody", keys):
        assert split_front_matter(text) == ("", text)


def test_a_picture_in_a_style_that_stays_html_has_no_size():
    html = '<div style="background-image:url(/c.jpg)">'
    content = read_content(Root([Html(html), Paragraph([Image("/i.png", None, "", {"hProperties": {"width": "9"}})]), Html("</div>")]))
    row = {"kind": "image", "url": "/c.jpg", "width": None, "height": None, "alignment": ""}
    other = {"kind": "image", "url": "/i.png", "width": 9, "height": None, "alignment": ""}
    assert list(_check_sizes([row, other], content)) == []
    assert len(list(_check_sizes([{**row, "width": 3}, {**other, "width": 8}], content))) == 2


def test_of_a_record_alone_nobody_knows_which_players_stay():
    player = "http://www.youtube.com/v/dYB8xokkWjg"
    source = read_html(f'<object data="{player}"></object>')
    assert list(unnamed_losses(source, None, [ANCHOR])) == []
    assert [finding.what for finding in unnamed_losses(source, read_html("<p>a</p>"), [ANCHOR])] == ["notice"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("<pre>10<sup>2</sup></pre>", "<sup> inside <pre>"),
        ("<pre>$ <kbd>ls</kbd></pre>", "<kbd> inside <pre>"),
        ("<pre><code>if <b>x</b></code></pre>", "<b> inside <pre>"),
        ('<pre><span style="font-weight:bold">if</span> x</pre>', "style inside <pre>"),
        ("<b><pre>x</pre></b>", "emphasis round <pre>"),
        ("<pre style='font-style:italic'>x</pre>", "emphasis round <pre>"),
    ],
)
def test_marks_that_a_code_block_loses_are_named(code, name):
    plain = read_html("<pre><code>x</code></pre>")
    source = read_html(code)
    assert list(unnamed_losses(source, read_html(code), [])) == []
    assert [finding.what for finding in unnamed_losses(source, plain, [])] == ["notice"]
    assert list(unnamed_losses(source, plain, [Notice("dropped", f"{name}: its text stays")])) == []
    assert [finding.what for finding in unnamed_losses(source, plain, [Notice("dropped", "<u> inside <pre>: gone")])] == ["notice"]
