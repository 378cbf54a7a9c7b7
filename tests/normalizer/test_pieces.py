"""A page in pieces: any of them may stay HTML, and nothing goes with it."""

from __future__ import annotations

import pytest

from wpmigrate.model import Fields, Site, SourceEntry
from wpmigrate.normalizer.pieces import Pieces
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write


def source(body: str) -> SourceEntry:
    return SourceEntry("p.html", body.encode(), "front-matter", "utf-8", Fields(), {}, body)


def pieces(body: str, **more: bool) -> Pieces:
    return Pieces(source(body), Site(), NormalizeOptions(), **more)


def markdown(body: str, raw: set[int], sections: bool = True, **more: bool) -> str:
    """Return the page, proven, without its front matter."""
    entry = pieces(body, **more).entry(raw, sections=sections)
    files = write(entry, "p", ("markdown",), COMMONMARK)
    assert verify(source(body), files, COMMONMARK, NormalizeOptions(), tuple(entry.notices)) == ()
    return files[0].data.decode().partition("\n---\n")[2].strip("\n")


BODY = "<p>One <b>two</b></p>\n<ul><li>three</li></ul>\n<p>four</p>"


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        (set(), "One **two**\n\n- three\n\nfour"),
        ({0}, "<p>One <b>two</b></p>\n\n- three\n\nfour"),
        ({1}, "One **two**\n\n<ul>\n<li>three</li>\n</ul>\n\nfour"),
        ({0, 1, 2}, "<p>One <b>two</b></p>\n\n<ul>\n<li>three</li>\n</ul>\n\n<p>four</p>"),
    ],
)
def test_pieces_are_the_blocks_at_the_top(raw, written):
    assert len(pieces(BODY)) == 3
    assert markdown(BODY, raw) == written


def test_text_between_blocks_is_one_piece():
    body = "<!-- wp:html --><p>a</p>b <i>c</i> d<hr>e<!-- /wp:html -->"
    assert len(pieces(body)) == 4
    assert markdown(body, {1}) == "a\n\n<div>b <i>c</i> d</div>\n\n---\n\ne"


def test_markdown_and_empty_pages_have_none():
    assert len(pieces("# A\n\n- b\n- c\n\n[d](http://e)\n")) == 0
    assert len(pieces("")) == 0


def test_code_comes_back_byte_for_byte():
    body = "<p>a</p>\n[code]\n\n  if x < 1:\n\n    y\n[/code]\n<p>b</p>"
    written = markdown(body, set(range(9)))
    assert "x &lt; 1" in written
    assert "\n\n  if" not in written, "a blank line would end the block"


def test_what_no_page_shows_is_dropped_with_a_notice():
    body = "<!-- wp:html --><div><!-- secret --><style>p {}</style><img alt='x'>words</div><!-- /wp:html -->"
    entry = pieces(body).entry({0})
    assert [block.value for block in entry.content.children] == ["<div>words</div>"]
    assert [notice.what for notice in entry.notices if notice.kind == "dropped"] == [
        "comment <!--secret-->: invisible",
        "<style>: rules for a theme that stays behind",
        "<img> without src: no image (alt: x)",
    ]


def test_a_heading_that_stays_html_begins_a_section():
    body = '<h2 id="old">A &amp; <kbd>b</kbd></h2><p>c <a href="#old">d</a></p>'
    entry = pieces(body).entry({0})
    assert [(section.id, section.title, section.legacy_ids) for section in entry.sections] == [("a--b", "A & b", ["old"])]
    assert markdown(body, {0}) == '<h2 id="a--b">A &amp; <kbd>b</kbd></h2>\n\nc [d](#a--b)'


def test_or_none_when_that_is_not_wanted():
    body = "<h2>A</h2><p>c</p>"
    assert pieces(body).entry({0}, sections=False).sections == []
    assert markdown(body, {0}, sections=False) == "<div><h2>A</h2></div>\n\nc"


def test_addresses_alone_on_their_line_stay_text_when_that_is_wanted():
    body = "<p>http://example.com/film</p>"
    assert markdown(body, set(), links_addresses=True) == "<http://example.com/film>"
    assert "<http" not in markdown(body, set(), links_addresses=False)


def test_entries_do_not_change_each_other():
    read = pieces('<h2 id="x">A</h2><p>b <a href="#x">c</a></p><!-- d -->')
    first = read.entry(set())
    read.entry({0, 1, 2})
    again = read.entry(set())
    assert (first.content, first.notices, first.sections) == (again.content, again.notices, again.sections)


def test_depth_does_not_matter():
    read = pieces("<div>" * 20_000 + "<p>x</p>")
    assert "x" in read.entry({0}).content.children[0].value
