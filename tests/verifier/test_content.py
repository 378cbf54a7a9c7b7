"""What a walk of the content tree reads is what turbohtml reads in the tree's HTML."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from wpmigrate.model import nodes as n
from wpmigrate.verifier.content import read_content
from wpmigrate.verifier.inventory import read_html

WORDS = st.one_of(
    st.sampled_from(["a", "b c", " ", "", " a", "a ", "\xa0", "a\xa0", "\xa0 b", "<b>", "&amp;", '"', "  a  b", "\n", "a\nb", "\t", "é「"]),
    st.text(max_size=5),
)
URLS = st.one_of(st.sampled_from(["http://a/b?c=d&e='f'", "#x", "", "javascript:a()", " a b ", "a\nb", "é"]), st.text(max_size=4))
TITLES = st.one_of(st.none(), WORDS)


def inlines(inner: st.SearchStrategy[n.Inline]) -> st.SearchStrategy[n.Inline]:
    children = st.lists(inner, max_size=4)
    return st.one_of(
        st.builds(n.Emphasis, children), st.builds(n.Strong, children), st.builds(n.Delete, children), st.builds(n.Link, URLS, children, TITLES)
    )


LEAVES = st.one_of(
    st.builds(n.Text, WORDS), st.builds(n.InlineCode, WORDS), st.builds(n.Break), st.builds(n.Image, URLS, TITLES, WORDS)
)
ANCHORS = st.just([n.Html('<a id="n">'), n.Html("</a>")])
LINE = st.lists(st.recursive(LEAVES, inlines, max_leaves=6), max_size=4) | st.tuples(
    st.lists(LEAVES, max_size=2), ANCHORS, st.lists(LEAVES, max_size=2)
).map(lambda parts: [node for part in parts for node in part])
TABLES = st.builds(
    n.Table,
    st.lists(st.builds(n.TableRow, st.lists(st.builds(n.TableCell, LINE), max_size=3)), min_size=1, max_size=3),
    st.lists(st.sampled_from([None, "left", "right"]), max_size=3),
).filter(lambda table: len(table.align) <= len(table.children[0].children))
SIMPLE = st.one_of(
    st.builds(n.Paragraph, LINE),
    st.builds(n.Heading, st.integers(1, 6), LINE),
    st.builds(n.Code, WORDS, st.sampled_from([None, "py"])),
    st.builds(n.ThematicBreak),
    TABLES,
)


def blocks(inner: st.SearchStrategy[n.Block]) -> st.SearchStrategy[n.Block]:
    children = st.lists(inner, max_size=3)
    items = st.lists(st.builds(n.ListItem, children, st.booleans()), max_size=3)
    return st.builds(n.Blockquote, children) | st.builds(n.List, items, st.just(True), st.sampled_from([None, 1, 3]), st.booleans()) | st.builds(n.List, items)


MARKUP = st.lists(
    st.sampled_from(
        """<div> </div> <p> </p> <b> </b> <form> </form> <a&href="#x"> </a> <a&id="y"></a> <table> <td> <select> <option> <svg> </svg>
        <iframe&src="a"></iframe> <script> </script> <!-- --> <pre> </pre> <ul><li> </ul> <h2&id="x"> </h2> <body&id="z"> x &nbsp; <br>
        <style> </style> <blockquote> </blockquote>""".replace("\n", " ").split()
    ).map(lambda word: word.replace("&", " ", 1) if word.startswith("<") else word),
    min_size=1,
    max_size=8,
).map(" ".join).filter(lambda markup: markup[0] == "<")
HTML = st.builds(n.Html, st.one_of(MARKUP, st.sampled_from(["<div>a</div>", '<a id="q"></a>', "<sub>", "</sub>"])))
ROOTS = st.builds(n.Root, st.lists(st.one_of(st.recursive(SIMPLE, blocks, max_leaves=6), HTML), max_size=5))


@settings(max_examples=300)
@given(ROOTS)
@example(n.Root([n.Paragraph([n.Link("javascript:a()", [])])]))
@example(n.Root([n.Paragraph([n.Text("a"), n.Break(), n.Link("#x", [n.Text("b "), n.Strong([n.Text("c")])])])]))
@example(n.Root([n.Code("\na\n\n", "py"), n.Paragraph([n.InlineCode(""), n.InlineCode(" a "), n.Break(), n.InlineCode("\nb")])]))
def test_the_walk_reads_what_the_html_says(root: n.Root) -> None:
    content = read_content(root)
    assert content.inventory in (None, read_html(content.html))


def test_quotations_a_hundred_deep_are_read_alike() -> None:
    block: n.Block = n.Paragraph([n.Text("a")])
    for _ in range(100):
        block = n.Blockquote([block])
    content = read_content(n.Root([block]))
    assert content.inventory == read_html(content.html)


def test_raw_html_that_stands_for_itself_is_read_in_the_walk() -> None:
    root = n.Root([n.Html("<div><b>a</b></div>"), n.Paragraph([n.Text("b"), n.Html('<a id="x">'), n.Html("</a>")])])
    content = read_content(root)
    assert content.inventory == read_html(content.html)


def test_only_a_parser_reads_raw_html() -> None:
    assert read_content(n.Root([n.Html("<div>a")])).inventory is None
    assert read_content(n.Root([n.Html("<i>a<table>")])).inventory is None
    assert read_content(n.Root([n.Blockquote([n.Html("<i>a</blockquote>")])])).inventory is None
    assert read_content(n.Root([n.Paragraph([n.Html("<sub>")])])).inventory is None
    assert read_content(n.Root([n.Paragraph([n.Text("a\0b")])])).inventory is None
