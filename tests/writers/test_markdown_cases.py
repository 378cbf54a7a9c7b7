"""What the Markdown writer writes, case by case; the input is a tree in short names, and rendering must give it back."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from wpmigrate.model import nodes
from wpmigrate.model.nodes import Root, Text
from wpmigrate.targets import COMMONMARK, Dialect, Target
from wpmigrate.targets.jekyll import JEKYLL
from wpmigrate.targets.mkdocs import MKDOCS
from wpmigrate.writers.markdown import join_blocks, write_blocks, write_markdown

_SPEC = importlib.util.spec_from_file_location("markdown_html", Path(__file__).parent / "markdown_html.py")
READ = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(READ)


def _inlines(children):
    return [Text(child) if isinstance(child, str) else child for child in children]


def _cell(content):
    return nodes.TableCell(_inlines([content] if content != "" else []))


SHORT = {
    "p": lambda *children: nodes.Paragraph(_inlines(children)),
    "h": lambda depth, *children: nodes.Heading(depth, _inlines(children)),
    "em": lambda *children: nodes.Emphasis(_inlines(children)),
    "strong": lambda *children: nodes.Strong(_inlines(children)),
    "dele": lambda *children: nodes.Delete(_inlines(children)),
    "a": lambda url, *children, title=None: nodes.Link(url, _inlines(children), title),
    "img": lambda url, alt="": nodes.Image(url, None, alt),
    "code": nodes.InlineCode,
    "br": nodes.Break,
    "tag": nodes.Html,
    "raw": nodes.Html,
    "hr": nodes.ThematicBreak,
    "pre": nodes.Code,
    "quote": lambda *children: nodes.Blockquote([*children]),
    "li": lambda *children, checked=None: nodes.ListItem([*children], False, checked),
    "ul": lambda *items, spread=False: nodes.List([*items], False, None, spread),
    "ol": lambda *items, start=1: nodes.List([*items], True, start),
    "table": lambda rows, align=None: nodes.Table([nodes.TableRow([*map(_cell, row)]) for row in rows], align),
}


def read(text: str) -> Root:
    found = eval(text, {"__builtins__": {}}, SHORT)
    return Root([*found] if isinstance(found, tuple) else [found])


@pytest.mark.cases("cases/markdown_inlines.txt", "cases/markdown_blocks.txt")
def test_case(case):
    root = read(case.input)
    markdown = write_markdown(root, COMMONMARK)
    assert markdown == case.expected + "\n", case.where
    if "checked" in case.input or "<div>a\n" in case.expected:
        return  # the engines here know no check boxes; folded blank lines are another text
    for name, render in READ.ENGINES.items():
        assert READ.of_html(render(markdown)) == READ.of_tree(root), f"{name}, {case.where}"


def test_nothing_is_empty():
    assert write_markdown(Root([]), COMMONMARK) == ""


def test_blocks_are_apart():
    root = read('p("a"), p("b")')
    texts = write_blocks(root, COMMONMARK)
    assert texts == ["a", "b"]
    assert join_blocks(root, texts, COMMONMARK) == "a\n\nb\n"
    assert join_blocks(root, ["", "b"], COMMONMARK) == "b\n"


@pytest.mark.parametrize(("way", "text"), [("spaces", "a  \nb\n"), ("backslash", "a\\\nb\n"), ("br", "a<br>\nb\n")])
def test_the_target_says_how_a_line_breaks(way, text):
    assert write_markdown(read('p("a", br(), "b")'), Target("x", dialect=Dialect(line_break=way))) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [("<?php a ?>", "<!--?php a ?-->\n"), ("<?php a-- ?>", "<div>\n<?php a-- ?>\n</div>\n"), ("<script>a</script><?php b ?>", "<script>a</script><?php b ?>\n")],
)
def test_instructions_are_comments_for_builders_that_would_show_them(html, text):
    assert write_markdown(Root([nodes.Html(html)]), JEKYLL) == text
    assert write_markdown(Root([nodes.Html(html)]), COMMONMARK) == html + "\n"


@pytest.mark.parametrize(("count", "begins"), [(99, "1.  a\n"), (100, "<ol>")])
def test_numbers_wider_than_a_column_of_four_are_html(count, begins):
    items = [nodes.ListItem([nodes.Paragraph([Text("a")])]) for _ in range(count)]
    assert write_markdown(Root([nodes.List(items, True, 1)]), MKDOCS).startswith(begins)


def _nest(wrap, depth=20_000):
    node = Text("a")
    for _ in range(depth):
        node = wrap(node)
    return node


@pytest.mark.parametrize("wrap", [lambda x: nodes.Emphasis([x]), lambda x: nodes.Link("u", [x]), lambda x: nodes.Strong([Text("b"), x])])
def test_deep_inlines(wrap):
    assert "a" in write_markdown(Root([nodes.Paragraph([_nest(wrap)])]), COMMONMARK)


@pytest.mark.parametrize("wrap", [lambda x: nodes.Blockquote([x]), lambda x: nodes.List([nodes.ListItem([x])])])
def test_deep_blocks(wrap):
    assert "a" in write_markdown(Root([_nest(lambda x: wrap(nodes.Paragraph([x]) if type(x) is Text else x))]), COMMONMARK)


@pytest.mark.parametrize("char", ["*", "_", "~", "`", "[", "]", "<", "&", " ", "*a", "- ", "(", "|"])
def test_much_markup(char):
    text = char * (200_000 // len(char))
    root = Root([nodes.Paragraph([Text(f"a {text} b"), nodes.Link(text, [Text(text + "x")])])])
    assert write_markdown(root, COMMONMARK)


@pytest.mark.corpus
def test_no_real_page_says_less(legacy_pages):
    """Every body as HTML, read by the normalizer, written and rendered."""
    from wpmigrate.extractors import extract
    from wpmigrate.model import Site
    from wpmigrate.normalizer import normalize
    from wpmigrate.options import ExtractOptions, NormalizeOptions

    for path in legacy_pages:
        for source in extract(path.read_bytes(), path.name, ExtractOptions()):
            for block in normalize(source, Site(), NormalizeOptions()).content.children:
                root = Root([block])
                if not any(isinstance(node, nodes.Html) for node in nodes.walk(root)):
                    html = READ.cmark(write_markdown(root, COMMONMARK))
                    assert READ.of_html(html) == READ.of_tree(root), path
