"""Random trees for Hypothesis: every node, nasty texts."""

from __future__ import annotations

from hypothesis import strategies as st

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
    ListItem,
    Paragraph,
    Root,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
)

_PIECES = [
    *"*_~`#>+-=|[]()!<&\\:.1x\"'/^{}$", *"  ab", "a", "word", "10", "1.", "2)", "- ", "# ", "> ", "**", "__", "~~", "```",
    "---", "===", "](", "]:", "![", "[x]", "[ ]", "<b>", "</p>", "<!--", "-->", "&copy;", "&#35;", "&amp", "http://a.b/c_d_e",
    "a@b.c", "https://", "これ", "「", "」", "。", "、", "é", "€", "©", "“", "”", "—", "\u00ad", "\u200b", "\u2028", "한글",
    "a\u00a0b", "😀", "\\\\", "\\*", "<http://x>", "| - |", "|-|", ":-:", "{% raw %}", "$a$", "…", "snake_case", "2 * 3",
]  # fmt: skip


def _clean(text: str) -> str:
    return text.strip(" \u00a0\u2028")


texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join).map(_clean).filter(bool)
loose_texts = st.tuples(st.sampled_from(["", " "]), texts, st.sampled_from(["", " "])).map("".join)
codes = st.lists(st.sampled_from([*_PIECES, "`", "``", " "]), min_size=1, max_size=6).map("".join)
lines = st.lists(st.sampled_from([*_PIECES, "\n", "\n\n", "    ", "\t", "~~~", "````"]), max_size=10).map("".join)
urls = st.one_of(
    st.sampled_from(["", "u", "http://a.b/c", "#x", "mailto:a@b.c", "/a(b)c", "?a=1&copy=2", "?a=1&lt;2", "http://a/(b", "a b"]),
    st.lists(st.sampled_from(list("ab()<>\\&;#?=*_[]`'\"/.!|~é ")), max_size=8).map("".join).map(str.strip),
)
titles = st.one_of(st.none(), texts)


def _inlines(children):
    content = st.lists(children, min_size=1, max_size=3)
    linked = content.map(_without_links)
    return st.one_of(
        loose_texts.map(Text),
        content.map(Emphasis),
        content.map(Strong),
        content.map(Delete),
        st.builds(Link, urls, linked, titles),
    )


def _without_links(inlines):
    """Links hold no links."""
    found = []
    for node in inlines:
        if isinstance(node, Link):
            found.extend(node.children)
        elif isinstance(node, Emphasis | Strong | Delete):
            found.append(type(node)(_without_links(node.children)))
        else:
            found.append(node)
    return found or [Text("t")]


_leaves = st.one_of(
    loose_texts.map(Text),
    loose_texts.map(Text),
    codes.map(InlineCode),
    st.builds(Image, urls, titles, texts),
    st.just(Break()),
    st.sampled_from([Html("<sub>x</sub>"), Html('<a id="x"></a>'), Html("<u>"), Html("</u>"), Html('<q cite="a`b|c">'), Html("<fb:x></fb:x>")]),
    st.builds(Link, urls, st.lists(loose_texts.map(Text), max_size=2), titles),
    texts.map(lambda text: Link(text, [Text(text)])),
)
inlines = st.recursive(_leaves, _inlines, max_leaves=6)


def _framed(found):
    """Paragraphs neither begin nor end with a blank or a break."""
    while found and isinstance(found[0], Break):
        found = found[1:]
    while found and isinstance(found[-1], Break):
        found = found[:-1]
    return found or [Text("t")]


contents = st.lists(inlines, min_size=1, max_size=5).map(_framed)
cells = st.lists(inlines, max_size=3).map(_framed).map(TableCell)


@st.composite
def tables(draw):
    """Two rows at least: cmark-gfm makes a tight list loose after a table that is only a head."""
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width).map(TableRow), min_size=2, max_size=3))
    return Table(rows, draw(st.lists(st.sampled_from([None, "left", "right", "center"]), min_size=width, max_size=width)))


leaf_blocks = st.one_of(
    contents.map(Paragraph),
    contents.map(Paragraph),
    st.builds(Heading, st.integers(1, 6), contents),
    st.builds(Code, lines, st.sampled_from([None, "php", "c++"])),
    st.just(ThematicBreak()),
    tables(),
    st.sampled_from([Html("<div>*x*</div>"), Html("<pre>a\n\n    b</pre>"), Html("<!--more-->"), Html("<object a='b'>*x*</object>")]),
)


def _item(content, spread):
    """An item without a rule: cmark does not see the blank line after one, and takes a loose list for a tight one."""
    return ListItem([block for block in content if not isinstance(block, ThematicBreak)], spread)


def _nested(blocks):
    content = st.lists(blocks, max_size=3)
    items = st.lists(st.builds(_item, content, st.booleans()), min_size=1, max_size=3)
    starts = st.sampled_from([None, 0, 1, 2, 9, 10, 2011])
    return st.one_of(
        content.map(Blockquote),
        st.builds(List, items, st.just(False), st.none(), st.booleans()),
        st.builds(List, items, st.just(True), starts, st.booleans()),
    )


blocks = st.recursive(leaf_blocks, _nested, max_leaves=6)
roots = st.lists(blocks, max_size=4).map(Root)
inline_roots = contents.map(lambda content: Root([Paragraph(content)]))
