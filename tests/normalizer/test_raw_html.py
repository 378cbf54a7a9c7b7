"""HTML that stays HTML: without blank lines, and without what only says how it looks."""

from __future__ import annotations

import pytest

from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.raw_html import raw_block, raw_html, raw_inline


def _first(text: str):
    return parse(text).body.first_child


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ('<dl class="x"><dt>a</dl>', "<dl><dt>a</dt></dl>"),
        ('<dl class="alignleft wp-caption"><dt>a</dl>', '<dl class="wp-caption"><dt>a</dt></dl>'),
        ('<div align="left" style="color: red; font-weight: bold">a</div>', '<div style="font-weight:bold">a</div>'),
        ("<div>a\n\n \n<p>b</div>", "<div>a\n<p>b</p></div>"),
        ("<div><pre>a\n\nb</pre></div>", "<div><pre>a&#10;\nb</pre></div>"),
        ("<textarea>\n\na</textarea>", "<textarea>&#10;&#10;a</textarea>"),
        ("<div>a<!-- b --><!--more--></div>", "<div>a<!--more--></div>"),
        ("<div><span>a</span><font size=1>b</font></div>", "<div>ab</div>"),
        ('<table width="9"><tr><td colspan="2">a</table>', '<table><tr><td colspan="2">a</td></tr></table>'),
        ("<xmp><b></xmp>", "<pre>&lt;b&gt;</pre>"),
        ('<div title="a&quot;b\nc">d</div>', '<div title="a&quot;b&#10;c">d</div>'),
    ],
)
def test_what_stays(source: str, kept: str) -> None:
    assert raw_html(_first(source)) == kept


def test_in_a_line_no_text_reads_as_markdown() -> None:
    assert raw_inline(_first("<kbd>*a*\n[b]</kbd>")) == "<kbd>&#42;a&#42; &#91;b&#93;</kbd>"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<iframe src=a></iframe>", '<iframe src="a"></iframe>'),
        ("<video src=a>b</video>", '<video src="a">\nb</video>'),
        ("<pre>a</pre>", "<pre>a</pre>"),
    ],
)
def test_a_block_begins_one_of_commonmark(source: str, kept: str) -> None:
    assert raw_block(_first(source)) == kept
