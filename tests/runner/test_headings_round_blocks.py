"""A heading round a list, a table, code …: it ends where that begins, and the page is written whatever it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.pages import markdown, page


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<h2 id=x>T<ol start=3><li>a</ol></h2>", "## T\n\n3. a"),
        ("<h2>T<pre>a\nb</pre>U</h2>", "## T\n\n```\na\nb\n```\n\nU"),
        ("<h2><blockquote>q</blockquote></h2><p>z</p>", "> q\n\nz"),
        ("<h2><table><tr><td>a</td><td>b</td></tr></table></h2>", "|  |  |\n| --- | --- |\n| a | b |"),
        ("<h2>T<hr>U</h2>", "## T\n\n---\n\nU"),
        ("<h2>T<iframe src=/x></iframe></h2>", '## T\n\n<iframe src="/x"></iframe>'),
        ("<h2><div>T<h3>U</h3></div></h2>", "## T\n\n### U"),
        ("<h2>T<!--more-->U</h2>", "## T\n\n<!--more-->\n\nU"),
        ("<h2><p>a</p><p>b</p></h2>", "## a<br>b"),
    ],
)
def test_a_heading_ends_before_a_block(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


def test_the_id_of_a_heading_without_words_is_named() -> None:
    result = page('<p class="x">a</p><h2 id="y"><img src="/i.png"></h2>')
    assert result.record.findings == ()
    assert any(notice.what.startswith("anchor y: ") for notice in result.record.notices)


def test_a_heading_before_the_first_item_of_a_list_is_a_section() -> None:
    assert page("<ul><h2>T</h2><li>a</li></ul>").record.findings == ()


def test_an_empty_heading_in_raw_html_stays_there() -> None:
    assert page('<p class="x">a</p><dl><dt>b</dt><dd><h2></h2></dd></dl>').record.findings == ()


def test_the_first_line_end_of_code_that_stays_html() -> None:
    result = page("<pre><b>\na</b><img src='/i.png'></pre><pre></ul>\na<img src='/i.png'></pre>")
    assert result.record.findings == ()


HOLDERS = "p em strong blockquote table pre h2 h3 span details".split()  # lists stand in the cases above


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(HOLDERS), st.lists(inner, max_size=3))


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.sampled_from(["a", "b c", "<br>", "<hr>", '<img src="/i">', "<!--more-->"]), element, max_leaves=6))
def test_any_heading_is_written(inner: str) -> None:
    result = page(f"<h2>T{inner}</h2><p>z</p>")
    assert result.record.status == "written", (inner, result.record.findings)
