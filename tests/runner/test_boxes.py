"""Forms, details, definitions and tables of blocks: their tags are HTML, what is in them is Markdown, and no loss of either goes unseen."""

from __future__ import annotations

import json

import pytest

from helpers.pages import markdown, page
from wpmigrate.extractors import extract
from wpmigrate.model import OutputFile
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

FORM = '<form action="/x" method="post"><h3>Who</h3><p><label for="a">Name</label> <input id="a" name="n"></p><ul><li><input type="radio" name="r" value="1"> <a href="http://x.example/">one</a></li></ul></form>'
DETAILS = "<details><summary>Sum <b>m</b></summary><p>in <em>it</em></p><pre>a\n\nb</pre></details>"
CELLS = '<form action="/t"><table><tr><td>Mail</td><td><input name="m"></td></tr></table></form>'
LIST = "<dl><dt>T</dt><dd>plain</dd><dt>U</dt><dd>see <a href='http://y.example/'>y</a></dd></dl>"
TABLE = "<table><tr><th colspan='2'>H</th></tr><tr><td>a</td><td><p>b</p><ul><li>c</li></ul></td></tr></table>"


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (
            FORM,
            '<form action="/x" method="post">\n\n### Who\n\n<label for="a">Name</label> <input id="a" name="n">\n\n'
            '- <input type="radio" name="r" value="1"> [one](http://x.example/)\n\n</form>',
        ),
        (DETAILS, "<details>\n<summary>Sum <b>m</b></summary>\n\nin *it*\n\n```\na\n\nb\n```\n\n</details>"),
        (LIST, "<dl>\n<dt>T</dt>\n<dd>plain</dd>\n<dt>U</dt>\n<dd>\n\nsee [y](http://y.example/)\n\n</dd>\n</dl>"),
        (
            TABLE,
            '<table>\n<tr>\n<th colspan="2">H</th>\n</tr>\n<tr>\n<td>a</td>\n<td>\n\nb\n\n- c\n\n</td>\n</tr>\n</table>',
        ),
        # what is no better to read as Markdown stays whole
        ("<form><input> <input></form>", "<form><input> <input></form>"),
        ("<dl><dt>T</dt><dd>plain</dd></dl>", "<dl>\n<dt>T</dt>\n<dd>plain</dd>\n</dl>"),
        ("<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>", '<table>\n<tr>\n<td colspan="2">a</td>\n</tr>\n<tr>\n<td>b</td>\n<td>c</td>\n</tr>\n</table>'),
        # and what Markdown between tags could not say
        ("<form>a <input><fieldset><legend>L</legend><input></fieldset></form>", "<form>a <input><p></p>\n<fieldset>\n<legend>L</legend>\n<p><input></p></fieldset>\n</form>"),
        ("<ul><li><details><summary>S</summary><p>b</p></details></li></ul>", "- <details>\n  <summary>S</summary>\n  <p>b</p>\n  </details>"),
        ('<details style="font-weight:bold"><summary>S</summary>b</details>', None),
        ("<b>x<details><summary>S</summary>b</details></b>", None),
        ("<table><tr><td>a</td><td><h2>T</h2></td></tr><tr><td colspan=2><!--more-->b</td></tr></table>", None),
        ("<table><form><tr><td><p>a</p><p>b</p></td><td><input></td></tr></form><tr><td>c</td><td><h2>d</h2></td></tr></table>", None),
        ("<form>a<input><div></form><form>b<input></form></div>", None),
        # fields stand in the cells of a plain table; between its parts, or alone in its rows, they do not
        (
            '<form action="/t"><table><tr><td>Mail</td><td><input name="m" title="a|b"></td></tr><tr><td>Kind</td><td><select name="k"><option>x</option></select></td></tr></table></form>',
            '<form action="/t">\n\n|  |  |\n| --- | --- |\n| Mail | <input name="m" title="a\\|b"> |\n| Kind | <select name="k"><option>x</option></select> |\n\n</form>',
        ),
        (
            "<table><input type=hidden name=h><tr><td>a</td><td>b</td></tr></table>",
            '<table><input type="hidden" name="h">\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>',
        ),
        ("<table><tr><td>a <input name=b></td></tr><tr><td>c</td></tr></table>", 'a <input name="b">\n\nc'),
        # boxes in boxes, a table in a cell
        (
            "<details><summary>S</summary><details><summary>S2</summary>x</details></details>",
            "<details>\n<summary>S</summary>\n<details>\n<summary>S2</summary>\n\nx\n\n</details>\n</details>",
        ),
        (
            "<table><tr><td>a</td><td><h2>T</h2><table><tr><td>b</td></tr></table></td></tr><tr><td>c</td><td>d</td></tr></table>",
            "<table>\n<tr>\n<td>a</td>\n<td>\n\n## T\n\n|  |\n| --- |\n| b |\n\n</td>\n</tr>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr>\n</table>",
        ),
        (
            '<p><a href="#y">y</a></p><table><tr id="x"><td id="y">a</td><td><h2>T</h2></td></tr><tr><td>c</td><td>d</td></tr></table>',
            '[y](#y)\n\n<table>\n<tr id="x">\n<td id="y">a</td>\n<td>\n\n## T\n\n</td>\n</tr>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr>\n</table>',
        ),
    ],
)
def test_boxes(body: str, written: str | None) -> None:
    result = page(body)
    assert result.record.status == "written"
    assert result.record.findings == ()
    assert written is None or markdown(result) == written


def test_two_boxes_in_a_row_are_two_blocks() -> None:
    text = markdown(page(DETAILS + LIST))
    assert "</details>\n\n<dl>" in text


def test_a_heading_in_a_box_begins_no_section() -> None:
    result = page(f"<h2>A</h2>{FORM}<p>b</p><h2>C</h2>{TABLE.replace('<p>b</p>', '<h4>In</h4>')}")
    record = json.loads(next(file.data for file in result.files if file.format == "json"))
    assert [section["title"] for section in record["sections"]] == ["A", "C"]
    assert record["sections"][0]["markdown"].startswith("<form") and record["sections"][0]["markdown"].endswith("</form>\n\nb\n")
    assert [(link["url"], link["section"]) for link in record["links"]] == [("http://x.example/", "a")]


@pytest.mark.parametrize(
    ("body", "form", "old", "new"),
    [
        (DETAILS + "<p>after</p>", "markdown", "\n</details>\n", ""),
        (DETAILS + "<p>after</p>", "markdown", "\n</details>\n\nafter", "\nafter\n\n</details>\n"),
        (DETAILS + "<p>after</p>", "json", '"</details>"', '""'),
        (DETAILS, "markdown", "<details>", "<details open>"),
        (DETAILS, "markdown", "<summary>Sum <b>m</b></summary>\n", ""),
        (DETAILS, "markdown", "<summary>Sum <b>m</b></summary>\n\nin *it*", "<summary>Sum <b>m</b>\n\nin *it*\n\n</summary>"),
        (FORM, "markdown", "\n- <input", "\n</form>\n\n- <input"),
        (FORM.replace("<ul>", "<button>b</button><ul>"), "markdown", "<button>", "</form>\n\n<button>"),
        (FORM, "markdown", '<form action="/x" method="post">\n', ""),
        (FORM, "markdown", ' method="post"', ""),
        (FORM, "markdown", ' <input id="a" name="n">', ""),
        (FORM, "markdown", "### Who", "Who"),
        (FORM, "markdown", "[one](http://x.example/)", "one"),
        (CELLS, "markdown", ' <input name="m">', ""),
        (CELLS, "markdown", '| Mail | <input name="m"> |', '| Mail <input name="m"> |  |'),
        (LIST, "markdown", "<dd>\n\nsee", "see"),
        (LIST, "markdown", "<dt>U</dt>\n<dd>\n", "U\n"),
        (LIST + "<p>after</p>", "markdown", "</dd>\n</dl>\n\nafter", "\nafter\n\n</dd>\n</dl>"),
        (TABLE, "markdown", "<td>\n\nb", "\nb"),
        (TABLE, "markdown", "\n- c\n\n</td>", "\n</td>\n<td>\n\n- c\n\n</td>"),
        (TABLE, "markdown", ' colspan="2"', ""),
        (TABLE + "<p>after</p>", "markdown", "</table>\n\nafter", "after\n\n</table>"),
    ],
)
def test_every_loss_is_seen(body: str, form: str, old: str, new: str) -> None:
    source = next(iter(extract(f"---\ntitle: T\n---\n{body}\n".encode(), "page.html", ExtractOptions())))
    files = page(body).files
    changed = [OutputFile(file.path, file.format, file.data.replace(old.encode(), new.encode())) if file.format == form else file for file in files]
    assert changed != [*files]
    assert verify(source, changed, COMMONMARK, NormalizeOptions())


@pytest.mark.parametrize(
    "body",
    [
        "<details>" * 20_000 + "a",
        "<dl><dd>" * 10_000 + "<p>a</p><p>b</p>",
        "<table>" + "<tr><td>a</td><td><p>b</p><p>c</p></td></tr>" * 3_000 + "</table>",
        "<form><input>a" + "<label>b" * 5_000,
        "<details><summary>" * 5_000,
    ],
)
def test_many_boxes(body: str) -> None:
    """How their time grows is measured by ``benchmarks.scaling``."""
    assert page(body).record.status == "written"
