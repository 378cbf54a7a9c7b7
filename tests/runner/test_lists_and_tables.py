"""Lists, tables and headings as people typed them: each page is written, proven, and says what a visitor saw."""

from __future__ import annotations

import json

import pytest

from helpers.pages import markdown, page
from wpmigrate import EntryResult
from wpmigrate.extractors import extract
from wpmigrate.model import OutputFile
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify


def record(result: EntryResult) -> dict:
    return json.loads(next(file.data for file in result.files if file.format == "json"))


def is_seen(body: str, form: str, old: str, new: str) -> None:
    """``old`` replaced by ``new`` in one of the files must be found."""
    source = next(iter(extract(f"---\ntitle: T\n---\n{body}\n".encode(), "page.html", ExtractOptions())))
    files = page(body).files
    changed = [OutputFile(file.path, file.format, file.data.replace(old.encode(), new.encode())) if file.format == form else file for file in files]
    assert changed != [*files]
    assert verify(source, changed, COMMONMARK, NormalizeOptions())


def is_written(body: str, written: str) -> EntryResult:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written
    return result


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<ul><li><p>only</p></li></ul>", "- only"),
        ("<ul>\n<li>\n\nonly\n\n</li>\n</ul>", "- only"),
        ("<li>only\n<p>", "- only"),
        ("<li><div>only", "- only"),
        ("<li>\nonly", "- only"),
        ("<ul><li><p>a</p></li><li></li></ul>", "- a\n\n-"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<li><p>a</p><p>b</p>", "- a\n\n  b"),
        ("<h2>T<li><div></div>a</li></h2>", "## T\n\n- a"),
    ],
)
def test_an_item_alone_is_loose_only_with_two_blocks(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h2>a<br>\n<br>b</h2>", "a b"),
        ("<h1>a<p><a>\nb", "a b"),
        ("<h2>a\n<em>\nb", "a b"),
        ("<h2>Push <button>Go &amp; run</button> now</h2>", "Push Go & run now"),
        ("<h2>One of <select><option>a</option></select></h2>", "One of a"),
    ],
)
def test_the_title_of_a_section_is_what_its_heading_says(body: str, title: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert [section["title"] for section in record(result)["sections"]] == [title]


@pytest.mark.parametrize(
    ("body", "form", "old", "new"),
    [
        ("<ul><li><p>a</p></li></ul>", "json", '"type": "list",', '"type": "list", "spread": true,'),
        ("<h2>a<br><br>b</h2>", "json", '"title": "a b"', '"title": "ab"'),
        ("<h2>a <button>b</button></h2>", "json", '"title": "a b"', '"title": "a"'),
        ("<table><tr><td>a<p>b</td></tr></table>", "markdown", "a\n\nb", "a  \nb"),
        ("<b>a<dl><dt>b</dt></dl></b>", "markdown", "<strong>\n<dl>", "<em>\n<dl>"),
        ("<form>a<input><div></form><form>b<input></form></div>", "markdown", "</form><form>b", "b"),
        ("<b>a<form>b<input></form></b>", "markdown", "<strong>\n<form>b<input></form></strong>", "<form>b<input></form>"),
        ('<table><tr id="x"><td>a</td><td>b</td></tr></table><a href="#x">l</a>', "markdown", '<a id="x"></a>a | b', 'a | <a id="x"></a>b'),
    ],
)
def test_a_change_of_these_is_seen(body: str, form: str, old: str, new: str) -> None:
    is_seen(body, form, old, new)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        ("<table><tr><td>a<br><br>b</td></tr></table>", "a\n\nb"),
        ("<table><tr><td><p>a</p>b</td><td></td></tr><tr><td>c</td><td>&nbsp;</td></tr></table>", "a\n\nb\n\nc"),
        ("<table><td>a<p>b", "a\n\nb"),
        ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "|  |\n| --- |\n| a |\n| b |"),
        ("<table><tr><th>a</th></tr><tr><td>b<p>c</td></tr></table>", "| a |\n| --- |\n| b<br><br>c |"),
        ("<table><tr><td>a<p>b</td><td>c</td></tr></table>", "|  |  |\n| --- | --- |\n| a<br><br>b | c |"),
        ('<table><tr><td>a<p>b</td><td><img src="/i"></td></tr></table>', "|  |  |\n| --- | --- |\n| a<br><br>b | ![](/i) |"),
        ("<p>a</td><table>b<tr><td>c</td><td>d</td></tr></table>", "a\n\nb\n\n|  |  |\n| --- | --- |\n| c | d |"),
    ],
)
def test_paragraphs_in_a_table_of_one_column_are_paragraphs(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize(
    ("table", "written"),
    [
        ('<tr style="font-weight:bold"><td>a</td><td>b</td></tr>', "|  |  |\n| --- | --- |\n| **a** | **b** |"),
        ('<tbody style="font-style:italic"><tr><td>a</td><td>b</td></tr></tbody>', "|  |  |\n| --- | --- |\n| *a* | *b* |"),
        ('<tr><th style="font-weight:bold">a</th><th style="font-style:italic">b</th></tr>', "| a | *b* |\n| --- | --- |"),
        ('<thead style="font-weight:bold"><tr><td>a</td><td>b</td></tr></thead>', "| a | b |\n| --- | --- |"),
        ('<caption style="font-weight:bold">c</caption><tr><td>a</td><td>b</td></tr>', "**c**\n\n|  |  |\n| --- | --- |\n| a | b |"),
    ],
)
def test_the_styles_of_rows_and_parts_are_those_of_their_cells(table: str, written: str) -> None:
    is_written(f"<table>{table}</table>", written)


@pytest.mark.parametrize(
    ("table", "written"),
    [
        ('<tr id="x"><td>a</td><td>b</td></tr>', '|  |  |\n| --- | --- |\n| <a id="x"></a>a | b |'),
        ('<tr id="x"></tr><tr><td>a</td><td>b</td></tr>', '|  |  |\n| --- | --- |\n| <a id="x"></a>a | b |'),
        ('<tfoot id="x"><tr><td>a</td><td>b</td></tr></tfoot>', '|  |  |\n| --- | --- |\n| <a id="x"></a>a | b |'),
        ('<caption id="x">c</caption><tr><td>a</td><td>b</td></tr>', '<a id="x"></a>c\n\n|  |  |\n| --- | --- |\n| a | b |'),
    ],
)
def test_a_link_to_a_part_of_a_table_leads_there(table: str, written: str) -> None:
    is_written(f'<table>{table}</table>\n<a href="#x">l</a>', f"{written}\n\n[l](#x)")


def test_the_anchor_of_an_empty_row_at_the_end_stands_after_the_table() -> None:
    body = '<a href="#x">l</a><table><tr><td>a</td><td>b</td></tr><tr id="x"></tr></table>c'
    is_written(body, '[l](#x)\n\n|  |  |\n| --- | --- |\n| a | b |\n\n<a id="x"></a>c')


@pytest.mark.parametrize(("between", "notice"), [("<style>td{}</style>", "<style>"), ("<!-- c -->", "comment <!--c-->")])
def test_what_is_left_out_between_cells_is_named(between: str, notice: str) -> None:
    result = page(f"<table>{between}<tr><td>a</td>{between}<td>b</td></tr></table>")
    assert result.record.findings == ()
    assert [row.count for row in result.record.notices if row.what.startswith(notice)] == [2]


def test_a_head_with_a_list_in_it_is_no_layout() -> None:
    result = page("<table><thead><tr><td><ul><li>a</li></ul></td></tr></thead></table>")
    assert result.record.findings == ()


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<strong><dt>a</dt></strong>", "<strong>\n<dt>a</dt></strong>"),
        ("<em><dt>a", "<em>\n<dt>a\n</dt></em>"),
        ("<b>a<dl><dt>b</dt></dl></b>", "**a**\n\n<strong>\n<dl>\n<dt>b</dt>\n</dl></strong>"),
        ("<u><form>a<input></form></u>", "<u>\n<form>a<input></form></u>"),
        ("<code><form>a<input></form></code>", "<code>\n<form>a<input></form></code>"),
        ('<em>a<video src="/v">b</video></em>', '*a*\n\n<em>\n<video src="/v">\nb</video></em>'),
        ('<em>a<iframe src="/v">b</iframe></em>', '*a*\n\n<iframe src="/v">b</iframe>'),
    ],
)
def test_what_stays_html_keeps_the_styles_round_it(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<form>a<input><div></form><form>b</form></div>", "<form>a<input>\n<div>\n</form><form>b</form>\n</div>"),
        ("<form><input><a></form><form>", "<form><input><a>\n</form><form>\n</form></a>"),
        ("<div><form><input></div>a</form>b", "<form><input></form>\n\na\n\nb"),
        (
            "<table><form><tr><td><input></td><td>a</td></tr></form></table>",
            "<table>\n<form>\n<tr>\n<td><input></td>\n<td>a</td>\n</tr>\n</form></table>",
        ),
        (
            "<table><tr><form id=f><td><input></td><td>a</td></form></tr><tr><form><td>b</td></form></tr></table>",
            '<table>\n<tr>\n<form id="f">\n<td><input></td>\n<td>a</td>\n</form></tr>\n<tr>\n<form>\n<td>b</td>\n</form></tr>\n</table>',
        ),
    ],
)
def test_a_form_ends_where_it_ended(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<form><input><p></p>\n</form>", "<form><input>\n</form>"),
        ("<form><input><p> <p>\n</p></form>", "<form><input>\n</form>"),
        ("<form><input>a<p></p>b</form>", "<form>\n\n<input>a\n\nb\n\n</form>"),
        ("<!-- wp:html --><form><input>a<p></p>b</form><!-- /wp:html -->", "<form>\n\n<input>a\n\nb\n\n</form>"),
        ("<form><input><p>&nbsp;</p></form>", "<form><input>\n<p>&nbsp;</p>\n</form>"),
        ('<form><input><p id="x"></p></form>', '<form><input>\n<p id="x">\n</p></form>'),
        ("<form><input><p><img src='/i.png' alt=''></p></form>", '<form><input>\n<p><img src="/i.png" alt=""></p>\n</form>'),
    ],
)
def test_an_empty_paragraph_where_a_line_ends_goes(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize("said", ["<?xml ? >", "a <!-- ?php b ? --> c"])
def test_an_instruction_with_blanks_at_its_edges_is_one(said: str) -> None:
    assert page(said).record.findings == ()


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ('<img src="/i" alt size-thumbnail wp-image-3>', ["size-thumbnail", "wp-image-3"]),
        ('<a href="/u" title nofollow>a</a>', ["nofollow"]),
        ('<a href>a</a><img src="/i" title="b">', []),
    ],
)
def test_attributes_without_a_value_are_named(tag: str, names: list[str]) -> None:
    notices = page(tag).record.notices
    assert [row.what for row in notices if row.kind == "dropped"] == [f"attribute {name}: without a value, not kept" for name in names]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ('<ul><li><input type="checkbox"></li><li>b</li></ul>', '- <input type="checkbox">\n- b'),
        ("<ul><li><textarea>a</textarea></li><li>b</li></ul>", "- <textarea>a</textarea>\n- b"),
        ("<ol start=4><li>a</li><form><li>b</li></form></ol>", '<ol start="4">\n<li>a</li>\n<form>\n<li>b</li>\n</form>\n</ol>'),
        ("<dt><li>a</dt><li>b", "<dt>\n<li>a</li></dt>\n\n- b"),
        ("<table><tr><td><li>a</li></td></tr><tr><td><li>b</li></td></tr></table>", "- a\n\n<!-- -->\n\n- b"),
        ('<iframe src="/f"></iframe><table><tr><td><p>a</p><p>b</p></td></tr></table>', '<iframe src="/f"></iframe>\n\na\n\nb'),
    ],
)
def test_items_and_what_stands_beside_them(body: str, written: str) -> None:
    is_written(body, written)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<li><m>", "- <m><br></m>"),
        ('<ul><li><input type="radio"><br>a</li><li>b</li></ul>', '- <input type="radio"><br>a\n- b'),
        ("a<blockquote><table></table></blockquote>b", "a\n\nb"),
        ('<dl class="wp-caption"><dt><img src="/i"><dl><dt>a</dl></dl>', "![](/i)\n\n<dl>\n<dt>a</dt></dl>"),
        ("<em>a<noembed>b</noembed></em>", "*a*\n\n<noembed>\nb</noembed>"),
        ("<em>a<template>b</template></em>", "*a*\n\n<template>\nb</template>"),
        ("<form><input><template>a</template></form>", "<form><input><template>a</template></form>"),
        ("<code><canvas>a</canvas></code>", "<code>\n<canvas>a</canvas></code>"),
        ('<h3><dl class="wp-caption">a</dl></h3>', "### a"),
        ("<h3><code>a<th>", "### `a`"),
        ("<ul><li><input></li>a</ul>", "- <p><input></p>\n\n  a"),
        ("<ul><li><input></li><li>a<p>b</p></li></ul>", "- <p><input></p>\n\n- a\n\n  b"),
        ("<ul><li>a</li><table><td><li>b</table></ul>", "- a\n  - b"),
        ("<form><object id=x>a</object></form>", '<form><object id="x">a</object></form>'),
        ("a</body><!--?php b ?--></html><!-- c -->", "a\n\n<p><!--?php b ?--></p>"),
        ('<abbr title="t">a\n<br>b</abbr>', '<abbr title="t">a</abbr>\n\n<abbr title="t">b</abbr>'),
        ("<ul><li>Map<String,Integer> a</li><li>b</li></ul>", "- <div>Map<string,integer> a</string,integer></div>\n- b"),
    ],
)
def test_elements_that_are_seldom_seen(body: str, written: str) -> None:
    is_written(body, written)


def test_words_in_a_drawing_are_no_code() -> None:
    assert page("<code>a <map>b</map></code>").record.findings == ()


def test_a_captioned_image_of_the_old_editor_in_a_table_that_stays_html() -> None:
    caption = '<dl class="wp-caption alignleft"><dt class="wp-caption-dt"><img src="/i"></dt><dd class="wp-caption-dd">C</dd></dl>'
    result = page(f'<table><tr><td colspan="2">{caption}</td></tr><tr><td>a</td><td>b</td></tr></table>')
    assert result.record.findings == ()
    assert '<dl class="wp-caption">' in markdown(result)


def test_a_long_row_over_many_short_ones_is_not_filled_up() -> None:
    long, short = f"<tr>{'<td>a</td>' * 400}</tr>", "<tr><td>b</td></tr>"
    result = page(f"<table>{long}{short * 400}</table>")
    assert result.record.status == "written"
    assert len(markdown(result)) < 20_000
    assert "| b | |" in " ".join(markdown(page(f"<table><tr><td>a</td><td>a</td></tr>{short * 400}</table>")).split())
