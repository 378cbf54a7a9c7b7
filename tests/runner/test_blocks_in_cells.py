"""Lists, quotations and rules in the cells of a table: a GFM table in which only their tags are HTML, proven whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import Site
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

HEAD = "|  |  |\n| --- | --- |\n"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("<ul>\n<li> one </li>\n<li>two</li>\n</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<ol><li><b>one</b></li></ol>", "<ol><li>**one**</li></ol>"),
        ('<ol start="3"><li>one</li></ol>', '<ol start="3"><li>one</li></ol>'),
        ('<ul><li>a <em>b</em> <a href="/u">c</a> <code>d</code> <img src="/i.png" alt="e"></li></ul>', "<ul><li>a *b* [c](/u) `d` ![e](/i.png)</li></ul>"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "<ul><li>a<ol><li>b</li></ol></li></ul>"),
        ("<ul><li>a<br>b</li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br><br>b</li></ul>"),
        ("<ul><li>a | b</li></ul>", "<ul><li>a \\| b</li></ul>"),
        ("<ul><li>a*b* &lt;c&gt;</li></ul>", "<ul><li>a\\*b\\* \\<c></li></ul>"),
        ("<ul><li></li></ul>", "<ul><li></li></ul>"),
        ("a<ul><li>b</li></ul>c", "a<ul><li>b</li></ul>c"),
        ("a<p>b</p><ul><li>c</li></ul><p>d</p><p>e</p>", "a<br><br>b<ul><li>c</li></ul>d<br><br>e"),
        ("<blockquote>a <p>b</p></blockquote>", "<blockquote>a<br><br>b</blockquote>"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "<blockquote><ul><li>a</li></ul></blockquote>"),
        ("a<hr>b", "a<hr>b"),
        ("<li>a</li><li>b</li>", "<ul><li>a</li><li>b</li></ul>"),
        ("<b>a<ul><li>b</li></ul></b>", "**a**<ul><li>**b**</li></ul>"),
        ('<a href="/u"><ul><li>a</li><li>b</li></ul></a>', "<ul><li>[a](/u)</li><li>[b](/u)</li></ul>"),
        ('<ul><li dir="rtl"><p dir="rtl">a</p></li></ul>', '<ul><li><p dir="rtl">a</p></li></ul>'),
        ("<ul><li><code>a<br>b</code></li></ul>", "<ul><li>`a`<br>`b`</li></ul>"),
    ],
)
def test_only_the_tags_are_html(whole: Any, cell: str, written: str) -> None:
    result = whole.page(f"<table><tr><td>{cell}</td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>")
    assert result.record.findings == ()
    assert whole.markdown(result) == f"{HEAD}| {written} | x |\n| y | z |"


@pytest.mark.parametrize(
    "cell",
    [
        "<ul><li>a<table><tr><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></table></li></ul>",
        "<ul><li>a</li></ul><pre>b</pre>",
        "<ul><li>a</li></ul><h3>b</h3>",
        "<ul><li>a<dl><dt>b</dt></dl></li></ul>",
    ],
)
def test_what_no_line_can_hold_stays_html(whole: Any, cell: str) -> None:
    result = whole.page(f"<table><tr><td>{cell}</td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>")
    assert result.record.findings == ()
    assert whole.markdown(result).startswith("<table>")


@pytest.mark.parametrize("span", ['colspan="2"', 'rowspan="2"'])
def test_cells_that_span_others_stay_html(whole: Any, span: str) -> None:
    result = whole.page(f"<table><tr><td {span}><ul><li>a</li></ul></td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>")
    assert result.record.findings == ()
    assert whole.markdown(result).startswith("<table>")


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<table><tr><td><ul><li>a</li></ul></td><td><ul><li>b</li></ul></td></tr></table>", "- a\n\n<!-- -->\n\n- b"),
        ("<table><tr><td><ul><li>a</li></ul></td><td></td></tr><tr><td>b</td><td></td></tr></table>", "- a\n\nb"),
        ("<table><caption>c <ul><li>d</li></ul></caption><tr><td>a</td><td>b</td></tr></table>", "<table>\n<caption>c <ul>\n<li>d</li>\n</ul>\n</caption>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr></table>"),
        ("<ul><li>o<table><tr><th>a</th><th>b</th></tr><tr><td><ul><li>c</li></ul></td><td>d</td></tr></table>p</li></ul>", "- o\n\n  | a | b |\n  | --- | --- |\n  | <ul><li>c</li></ul> | d |\n\n  p"),
    ],
)  # fmt: skip
def test_tables_of_another_kind(whole: Any, body: str, written: str) -> None:
    result = whole.page(body)
    assert result.record.findings == ()
    if not written.startswith("<table"):
        assert whole.markdown(result) == written


def test_links_and_anchors_in_such_cells_are_recorded(whole: Any) -> None:
    result = whole.page(
        '<table><tr><td id="here"><ul><li>a <a href="/u">b</a></li><li id="q">c</li></ul></td><td>x</td></tr><tr><td>y</td><td>z</td></tr></table>'
        '<p><a href="#q">to c</a> <a href="#here">to a</a></p>'
    )
    assert result.record.findings == ()
    first = msgspec.json.decode(whole.file(result, "json").data)["links"][0]
    assert (first["url"], first["context"]) == ("/u", "a b")
    assert '<li><a id="q"></a>c</li>' in whole.markdown(result)


def test_a_table_in_markdown_is_one(whole: Any) -> None:
    body = "# A *page*\n\n- that is [Markdown](/y)\n\n<table><tr><th>Name</th><th>Parts</th></tr><tr><td>one</td><td><ul><li>a</li></ul></td></tr><tr><td>y</td><td>z</td></tr></table>\n\nand *more*"
    assert "| one | <ul><li>a</li></ul> |" in whole.markdown(whole.page(body, "page.md"))


SOURCE = "<table><tr><td>w<ul><li>one <b>two</b></li><li>three</li></ul>v</td><td><ol start='4'><li>x</li></ol></td></tr><tr><td><blockquote>y</blockquote></td><td>z<hr>u</td></tr></table>"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("three", "four"),
        lambda text: text.replace("**two**", "two"),
        lambda text: text.replace("</li><li>", " "),
        lambda text: text.replace("<ul>", "<ol>").replace("</ul>", "</ol>"),
        lambda text: text.replace('start="4"', 'start="5"'),
        lambda text: text.replace("<ul><li>", "").replace("</li><li>", "<br>").replace("</li></ul>", ""),
        lambda text: text.replace("<blockquote>", "").replace("</blockquote>", ""),
        lambda text: text.replace("<hr>", "<br>"),
        lambda text: text.replace("w<ul>", "<ul>"),
        lambda text: text.replace("</ul>v |", "</ul> |"),
        lambda text: text.replace("<li>three</li></ul>", "</ul>three"),
    ],
)
@pytest.mark.parametrize("form", ["markdown", "json"])
def test_a_change_is_seen(whole: Any, form: str, change: Callable[[str], str]) -> None:
    result = whole.page(SOURCE)
    source = next(iter(extract(f"---\ntitle: T\n---\n{SOURCE}\n".encode(), "page.html", ExtractOptions())))
    assert verify(source, result.files, COMMONMARK, NormalizeOptions(), (), Site()) == ()
    files = [msgspec.structs.replace(one, data=change(one.data.decode()).encode()) if one.format == form else one for one in result.files]
    if files != list(result.files):
        assert verify(source, files, COMMONMARK, NormalizeOptions(), (), Site()) != ()


def test_deep_lists_take_no_quadratic_time(whole: Any) -> None:
    result = whole.page("<table><tr><td>" + "<ul><li>a" * 3000 + "</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    assert result.record.status == "written"
