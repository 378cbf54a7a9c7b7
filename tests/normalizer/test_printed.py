"""A page of which a part stays the text that WordPress prints: one HTML block, which says what it said."""

from __future__ import annotations

import pytest

from wpmigrate.model import Fields, Site, SourceEntry
from wpmigrate.normalizer.printed import Printed
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write


def source(body: str) -> SourceEntry:
    return SourceEntry("p.html", body.encode(), "front-matter", "utf-8", Fields(), {}, body)


def printed(body: str) -> Printed:
    return Printed(source(body), Site(), NormalizeOptions())


def markdown(body: str, raw: range | None = None) -> str:
    """Return the page, proven, without its front matter; the parts ``raw`` (all) as HTML."""
    page = printed(body)
    entry = page.entry(range(len(page)) if raw is None else raw)
    files = write(entry, "p", ("markdown",), COMMONMARK)
    assert verify(source(body), files, COMMONMARK, NormalizeOptions(), tuple(entry.notices)) == ()
    return files[0].data.decode().partition("\n---\n")[2].strip("\n")


HTML = "<!-- wp:html -->{}<!-- /wp:html -->"
"""Nobody makes paragraphs of the lines in it."""


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        (HTML.format("<div>a<form>b<div>c<form>d</div>"), "<div>a<form>b<div>c<form>d</div>"),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
        ("<p>a</p><style>p {}\n\nb {}</style><p>c</p>", "<p>a</p>\n<p>c</p>"),
        ("<p>a <img alt='x'> b</p>", "<p>a  b</p>"),
        ("<p>a <img alt='=\"x' src='/i'> b</p>", "<p>a <img alt='=\"x' src='/i'> b</p>"),
        ("<pre>\n\na\n\n\nb</pre>\n<p>c</p>", "<pre>\n&#10;a\n&#10;&#10;b</pre>\n<p>c</p>"),
        ("<pre>a\n<i></i>\n\n<img src=/i></pre>", "<pre>a\n<i></i>\n&#10;<img src=/i></pre>"),
        (HTML.format("<p><textarea>a\n  \nb</textarea></p>"), "<p><textarea>a\n  &#10;b</textarea></p>"),
        ("<p title='a\n\nb'>c</p>", "<p title='a\nb'>c</p>"),
        ("[code]\na <b\n\nc[/code]", "<pre>\na &lt;b\n&#10;c</pre>"),
    ],
)
def test_the_whole_page(body, written):
    assert markdown(body) == f"<div></div>\n{written}"


BODY = "<p>a <b>b</b></p>\n<p>c</p>\n<ul>\n<li>d</li>\n</ul>\n<p>e</p>"


def test_parts_end_between_two_blocks():
    assert len(printed(BODY)) == 4
    assert markdown(BODY, range(0)) == "a **b**\n\nc\n\n- d\n\ne"
    assert markdown(BODY, range(1, 3)) == "a **b**\n\n<div></div>\n<p>c</p>\n<ul>\n<li>d</li>\n</ul>\n\ne"


def test_parts_in_a_row_are_one_text():
    body = "<div>\n<p>a</p>\n<p>b</p>\n</div>\n<p>c</p>"
    assert len(printed(body)) == 4
    assert markdown(body, range(3, 4)) == "a\n\nb\n\n<div></div>\n<p>c</p>"


def test_what_is_dropped_has_a_notice():
    notices = printed("<p>a<!-- b --><img></p><style>c</style>").entry(range(9)).notices
    assert [notice.what for notice in notices if notice.kind == "dropped"] == [
        "comment <!--b-->: invisible",
        "<img> without src: no image",
        "<style>: rules for a theme that stays behind",
    ]


def test_the_mark_of_the_teaser_stays():
    assert "<!--more-->" in markdown("<p>a</p>\n<!--more-->\n<p>b</p>")


@pytest.mark.parametrize(
    "body", ["# A\n\n- b\n- c\n\n[d](http://e)\n", "", "<p>a <img data-src='/late.png'></p>"]
)
def test_pages_without_parts(body):
    assert len(printed(body)) == 0


@pytest.mark.parametrize(
    "body", ["<script>" * 50_000, "<!--" * 50_000, "<a =\"" * 50_000, "<p>\n" * 50_000, "<" * 200_000, "<a =" + " =" * 100_000]
)
def test_odd_markup_takes_linear_time(body):
    page = printed(body)
    page.entry(range(len(page)))
