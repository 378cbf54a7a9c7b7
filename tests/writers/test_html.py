"""HTML as Markdown's fallback: its spelling in cases/html.txt, and that a Markdown engine takes it for one block."""

from __future__ import annotations

from typing import Any

import cmarkgfm
import msgspec
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import nodes
from wpmigrate.writers.html import html_block, write_html

texts = st.text(
    st.sampled_from([*"ab <>&\"'*_`[]()!#-+.~|\\\n\t", "\u00a0", "é", "漢"]), min_size=1, max_size=12
)
words = texts.map(lambda text: text.replace("\n", " "))
leaves = st.one_of(
    st.builds(nodes.Text, words),
    st.builds(nodes.InlineCode, words),
    st.builds(nodes.Break),
    st.builds(nodes.Image, url=words, title=st.none() | texts, alt=texts),
    st.sampled_from([nodes.Html("<sub>"), nodes.Html("</sub>"), nodes.Html("<!-- a\n\nb -->")]),
)


def spans(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    children = st.lists(inner, min_size=1, max_size=3)
    kinds = [nodes.Emphasis, nodes.Strong, nodes.Delete]
    return st.one_of(*(st.builds(kind, children) for kind in kinds), st.builds(nodes.Link, words, children))


inlines = st.lists(st.recursive(leaves, spans, max_leaves=6), max_size=4)
rows = st.lists(
    st.builds(nodes.TableRow, st.lists(st.builds(nodes.TableCell, inlines), max_size=3)), max_size=3
)
simple_blocks = st.one_of(
    st.builds(nodes.Paragraph, inlines),
    st.builds(nodes.Heading, st.integers(1, 6), inlines),
    st.builds(nodes.Code, texts, st.none() | words),
    st.builds(nodes.Table, rows),
    st.builds(nodes.ThematicBreak),
)
raw = st.sampled_from(
    [nodes.Html("<dl>\n\n<dt>a\n</dl>\n"), nodes.Html("\n<pre>\n\na\n\n\n</pre>\n"), nodes.Html("<b>")]
)


def containers(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    children = st.lists(inner | raw, max_size=3)
    items = st.lists(st.builds(nodes.ListItem, children, st.booleans()), max_size=3)
    return st.builds(nodes.Blockquote, children) | st.builds(nodes.List, items, st.booleans())


blocks = st.recursive(simple_blocks, containers, max_leaves=8)


@pytest.mark.cases("cases/html.txt")
def test_spelling(case: Any) -> None:
    block = msgspec.json.decode(case.input, type=nodes.Block)
    assert write_html(block) == case.expected


@given(st.lists(blocks, min_size=1, max_size=3))
def test_each_block_is_one_html_block_to_a_markdown_engine(page: list[Any]) -> None:
    written = [write_html(block) for block in page]
    rendered = cmarkgfm.github_flavored_markdown_to_html(
        "\n\n".join([*written, "*end*"]), Options.CMARK_OPT_UNSAFE
    )
    assert rendered == "\n".join([*written, "<p><em>end</em></p>", ""])


def test_html_block_leaves_raw_html_alone() -> None:
    block = nodes.Html("<script>\n\na()\n</script>")
    assert html_block(block) is block
    assert html_block(nodes.ThematicBreak()) == nodes.Html("<hr>")


def test_several_nodes_in_a_row() -> None:
    assert write_html([nodes.Text("a"), nodes.Break(), nodes.Text("b")]) == "a<br>b"
    assert (
        write_html(nodes.Root([nodes.ThematicBreak(), nodes.Paragraph([nodes.Text("c")])])) == "<hr><p>c</p>"
    )
    assert write_html([]) == ""


def test_depth_does_not_matter() -> None:
    quote: nodes.Block = nodes.Paragraph([nodes.Text("a")])
    span: nodes.Inline = nodes.Text("a")
    for _ in range(20_000):
        quote, span = nodes.Blockquote([quote]), nodes.Emphasis([span])
    assert write_html(quote) == "<blockquote>" * 20_000 + "<p>a</p>" + "</blockquote>" * 20_000
    assert write_html(span).count("<em>") == 20_000
