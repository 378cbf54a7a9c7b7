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
LINE = st.lists(st.recursive(LEAVES, inlines, max_leaves=6), max_size=4)
TABLES = st.builds(
    n.Table,
    st.lists(st.builds(n.TableRow, st.lists(st.builds(n.TableCell, LINE), max_size=3)), min_size=1, max_size=3),
    st.lists(st.sampled_from([None, "left", "right"]), max_size=3),
)
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
    return st.builds(n.Blockquote, children) | st.builds(n.List, items, st.booleans(), st.sampled_from([None, 1, 3]), st.booleans())


ROOTS = st.builds(n.Root, st.lists(st.recursive(SIMPLE, blocks, max_leaves=6), max_size=4))


@settings(max_examples=300)
@given(ROOTS)
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


def test_only_a_parser_reads_raw_html() -> None:
    assert read_content(n.Root([n.Html("<p>a")])).inventory is None
    assert read_content(n.Root([n.Paragraph([n.Text("a\0b")])])).inventory is None
