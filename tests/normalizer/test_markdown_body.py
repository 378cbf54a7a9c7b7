"""Bodies that are Markdown already."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wpmigrate.model import Site
from wpmigrate.model.nodes import (
    Blockquote,
    Break,
    Code,
    Delete,
    Emphasis,
    Heading,
    Html,
    Image,
    InlineCode,
    Link,
    List,
    Paragraph,
    Root,
    Strong,
    Table,
    Text,
    ThematicBreak,
    plain_text,
)
from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.markdown_page import read_markdown_page


def blocks(text):
    return markdown_tree(text).children


def inlines(text):
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.children


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("*a*", Emphasis([Text("a")])),
        ("**a**", Strong([Text("a")])),
        ("`a  b`", InlineCode("a  b")),
        ("[a](b&amp;c 'd')", Link("b&c", [Text("a")], "d")),
        ("[a](javascript:b)", Link("javascript:b", [Text("a")])),
        ("[a](http://x/é)", Link("http://x/é", [Text("a")])),
        ('![a *b*](c "d")', Image("c", "d", "a b")),
        ("<http://a.b>", Link("http://a.b", [Text("http://a.b")])),
        ("<a@b.c>", Link("mailto:a@b.c", [Text("a@b.c")])),
        ("~~a~~", Delete([Text("a")])),
        ("~a~", Text("~a~")),
        ("H~2~O ~~b~", Text("H~2~O ~~b~")),
        ("~~é ~b~~", Delete([Text("é ~b")])),
        ("![a ![b](c)](d)", Image("d", None, "a ")),
        ("a\\*&amp;\nb", Text("a*& b")),
    ],
)
def test_inlines(text, node):
    assert inlines(text) == [node]


def test_breaks_and_tags():
    assert inlines("a  \nb<sub>c</sub>") == [
        Text("a"),
        Break(),
        Text("b"),
        Html("<sub>"),
        Text("c"),
        Html("</sub>"),
    ]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("## a", Heading(2, [Text("a")])),
        ("a\n---", Heading(2, [Text("a")])),
        ("# a\t", Heading(1, [Text("a")])),
        ("***", ThematicBreak()),
        ("```c  x y\na\n\nb\n```", Code("a\n\nb", "c", "x y")),
        ("    a\n    b", Code("a\nb")),
        ("> a", Blockquote([Paragraph([Text("a")])])),
        ("<div>\na\n</div>", Html("<div>\na\n</div>")),
    ],
)
def test_blocks(text, node):
    assert blocks(text) == [node]


def test_lists():
    (tight,) = blocks("3. a\n4. b\n   - c")
    assert isinstance(tight, List) and tight.ordered and tight.start == 3 and not tight.spread
    assert isinstance(tight.children[1].children[1], List) and not tight.children[1].children[1].ordered
    (loose,) = blocks("- a\n\n- b")
    assert loose.spread and all(item.spread for item in loose.children)


def test_tight_items_hold_paragraphs():
    (tight,) = blocks("- a *b*\n  > c\n- # d\n- <b>e</b>\n  ***\n  `f`\n-")
    assert not tight.spread
    assert [[type(block) for block in item.children] for item in tight.children] == [
        [Paragraph, Blockquote],
        [Heading],
        [Paragraph, ThematicBreak, Paragraph],
        [],
    ]


def test_text_that_is_no_unicode_is_not_lost():
    assert blocks("\ud800 a\n") == [Code("\ud800 a", "markdown")]


def test_tables():
    (table,) = blocks("| a | b | c |\n|:--|--:|---|\n| *d* | e |  |")
    assert isinstance(table, Table) and table.align == ["left", "right", None]
    assert [[plain_text(cell) for cell in row.children] for row in table.children] == [
        ["a", "b", "c"],
        ["d", "e", ""],
    ]


@pytest.mark.parametrize("depth", [20, 21, 60, 150, 5_000, 50_000])
def test_deep_text_is_not_lost(depth):
    for text in (">" * depth + " deep", "- " * min(depth, 5_000) + "deep", "[" * depth + "deep"):
        assert "deep" in plain_text(markdown_tree(text))


@given(st.text(alphabet="ab *_`[]()<>!#-+|\n\\&;~:.1é"))
@example("- \\\n1")
def test_every_text_has_a_tree_that_encodes(text):
    root = markdown_tree(text)
    assert msgspec.json.decode(msgspec.json.encode(root), type=Root) == root


@given(st.lists(st.text(alphabet="abcé", min_size=1), min_size=1))
def test_words_stay_in_order(words):
    assert plain_text(markdown_tree(" ".join(words))).split() == words


def test_records():
    text = "see [a](http://x/) *b*\n\n# One\n\n- ![alt](i.png)  \n  [c](#d), `e` ![]() [f](javascript:g)\n\n#\n\n> # Two"
    sections, records = read_markdown_page(markdown_tree(text), Site(), text)
    assert [(section.id, section.depth, section.title) for section in sections] == [("one", 1, "One")]
    assert [(link.text, link.url, link.section, link.context) for link in records.links] == [
        ("a", "http://x/", "", "see a b"),
        ("c", "#d", "one", "c, e  f"),
    ]
    assert [(media.url, media.alt, media.section) for media in records.media] == [("i.png", "alt", "one")]


def test_records_of_raw_html():
    text = (
        "see [a](http://x/) *b*\n\n# One\n\n- ![alt](i.png)  \n  [c](#d), <a href='http://y/'>e</a>\n\n"
        "<p><a href='http://z/'>f</a></p>\n\n> # Two\n\n<h2>Three</h2>\n\n<a href='http://u/'>never\n\nclosed <img src='j.png' width='7'>"
    )
    sections, records = read_markdown_page(markdown_tree(text), Site(), text)
    assert [(section.id, section.depth, section.title) for section in sections] == [("one", 1, "One"), ("three", 2, "Three")]
    assert [(link.text, link.url, link.section, link.context) for link in records.links] == [
        ("a", "http://x/", "", "see a b"),
        ("c", "#d", "one", "c, e"),
        ("e", "http://y/", "one", "c, e"),
        ("f", "http://z/", "one", "f"),
        ("never", "http://u/", "three", "never"),
        ("closed ", "http://u/", "three", "closed"),
    ]
    assert [(media.url, media.alt, media.width, media.section) for media in records.media] == [
        ("i.png", "alt", None, "one"),
        ("j.png", "", 7, "three"),
    ]


@pytest.mark.parametrize("text", ["<a href='b'>" * 5_000, "<div>" * 20_000 + "\n\n# a", "> " * 300 + "<b>c", "- <p>" * 300])
def test_deep_html_has_records(text):
    sections, records = read_markdown_page(markdown_tree(text), Site(), text)
    assert len(sections) <= 1 and len(records.links) <= 5_000
