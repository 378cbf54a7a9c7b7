"""Source bodies and Markdown that say the same, or that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import Fields, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.verifier import check_markdown


def source_of(body: str) -> SourceEntry:
    raw = f"---\ntitle: T\n---\n{body}".encode()
    return SourceEntry("t.html", raw, "front-matter", "utf-8", Fields(), {}, body, 4)


@pytest.mark.cases("cases/same.txt")
def test_same(case):
    assert check_markdown(source_of(case.input), case.expected + "\n") == ()


@pytest.mark.cases("cases/differ.txt")
def test_differ(case):
    what = case.title.partition(":")[0]
    found = check_markdown(source_of(case.input), case.expected + "\n")
    assert [finding.what for finding in found] == [what], found


def test_a_finding_says_where():
    found = check_markdown(source_of("one\n\ntwo\n\nthree words here"), "one\n\ntwo\n\nthree works here\n", first_line=9)
    assert (found[0].line, found[0].source_line, found[0].context) == (13, 8, "onetwothree words here")


def test_crlf_bodies_read_like_others():
    assert check_markdown(source_of("one\r\ntwo\r\n\r\nthree"), "one  \ntwo\n\nthree\n") == ()


def test_a_markdown_body_is_compared_as_markdown():
    body = "## Title\n\nSome [link](http://a.example) and *stress*.\n\n* one\n* two\n"
    assert check_markdown(source_of(body), body, NormalizeOptions(body="markdown")) == ()
    assert check_markdown(source_of(body), body.replace("* two", "* too"), NormalizeOptions(body="markdown"))


def test_a_link_to_a_post_by_number_may_be_its_path():
    site = Site({"12": "_posts/2011-01-01-hello"}, frozenset({"blog.example"}))
    source = source_of('<a href="http://www.blog.example/?p=12#c">x</a>')
    assert check_markdown(source, "[x](/_posts/2011-01-01-hello#c)\n", site=site) == ()
    assert check_markdown(source, "[x](http://www.blog.example/?p=12#c)\n", site=site) == ()
    assert check_markdown(source, "[x](/_posts/2011-01-01-hallo#c)\n", site=site)


def test_anchors_that_are_asked_for_must_be_there():
    source = source_of('text <a name="n"></a>more')
    keep = NormalizeOptions(legacy_anchors="keep")
    linked = Site(linked_fragments=frozenset({"n"}))
    assert check_markdown(source, "text more\n") == ()
    assert check_markdown(source, "text more\n", keep)[0].what == "anchor"
    assert check_markdown(source, "text more\n", site=linked)[0].what == "anchor"
    assert check_markdown(source, 'text <a id="n"></a>more\n', keep, linked) == ()
    assert check_markdown(source, '<a id="n"></a>text more\n', keep)[0].what == "anchor"


@pytest.mark.parametrize(
    "body",
    ["<div>" * 20_000 + "x", "<b>" * 20_000 + "x", "<ul><li>" * 20_000 + "x", "<" * 100_000, "<!--" * 10_000, "[caption]" * 9_000],
    ids=["div", "b", "li", "lt", "comment", "caption"],
)
def test_no_input_crashes(body):
    check_markdown(source_of(body), "x\n", NormalizeOptions(body="html"))


_TAGS = "p b em ul li table td br pre code h2 dl style foo".split()
_PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in _TAGS),
        *(f"</{tag}>" for tag in _TAGS),
        *("<a href='#x'>", "</a>", "<h2 id=x>", "<img src=a>", "[caption]", "[/caption]", "<?php x ?>", "<!--more-->"),
        *("text ", "\n\n", "\n", "&nbsp;", "\xa0", " ", "http://a.example/b", "日本", "`", "*"),
    ]
)


@given(st.lists(_PIECES, max_size=30))
def test_a_body_says_the_same_as_itself(pieces):
    """Raw HTML in Markdown is HTML: one block of it, whatever is in it, has no difference from itself."""
    from wpmigrate.verifier.compare import compare
    from wpmigrate.verifier.inventory import read_html

    body = "".join(pieces)
    assert compare(read_html(body), read_html(body)) is None
    check_markdown(source_of(body), body)
