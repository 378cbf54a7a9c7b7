"""Links that nobody closed, links round blocks, links in what stays HTML: converted and proven whole."""

from __future__ import annotations

import msgspec
import pytest

from helpers.pages import markdown, page
from wpmigrate import EntryResult


def file(result: EntryResult, form: str) -> bytes:
    return next(file.data for file in result.files if file.format == form)


def links(result: EntryResult) -> list[tuple[str, str]]:
    return [(link["url"], link["text"].strip()) for link in msgspec.json.decode(file(result, "json"))["links"]]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ('<a href="/u">\nhttp://v.example/w\nmore</a>\nhttp://v.example/x', "[http://v.example/w  \nmore](/u)  \n<http://v.example/x>"),
        ('<a href="/u" name="n">a</a>\nhttp://v.example/w', "[a](/u)  \n<http://v.example/w>"),
        ('<h2><a href="/u">one\n\ntwo', "## [one<br>two](/u)"),
        ('<h2><a href="/u">one</a>\n\ntwo', "## [one](/u)<br>two"),
        ('<h2><a href="/u">one<div>two</a> three</div></h2>', "## [one](/u)<br>[two](/u) three"),
        ('<a href="/u"><h2>one</li>two', "## [one<br>two](/u)"),
    ],
)
def test_a_link_over_several_lines(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<a href="/u"><button>Buy</button> now</a>', [("/u", "Buy now")]),
        ('<button>Buy</button> or <a href="/u">read</a>', [("/u", "read")]),
        ('<a href="/u"><select><option>B</option></select></a>', [("/u", "B")]),
        ('<dl><dt><a href="">a</a> <a href="javascript:b()">b</a></dt></dl>', [("", "a")]),
        ('<a href="/u">a<table>b<a href="/v">c</a><tr></tr></table>', [("/u", "a"), ("/u", "b"), ("/v", "c")]),
        ('<a href="/u"><table>a<a href="/v"></a><a name="b">c', [("/u", "a"), ("/v", ""), ("/u", "c")]),
        ('<dl><dt><a href="/u">a<script>b()</script></a></dt></dl>', [("/u", "a")]),
        ('<a href="/u"><svg><path d="M0"/></svg></a>', [("/u", "")]),
        ('<div><a href="/u">a<div><x', [("/u", "a")]),
    ],
)
def test_the_words_of_a_link_in_the_record(body: str, found: list[tuple[str, str]]) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert links(result) == found


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ('<a href="/u"><div><div><h3>T</h3>', "### [T](/u)"),
        ('<a href="/u">\n\nfoo', "[foo](/u)"),
        ('<a href="/u">foo\n\n</a>\n\nbar', "[foo](/u)\n\nbar"),
        ('<a href="/u"><h3>T</h3><p>x <img src="/i"></p></a>', "### [T](/u)\n\n[x ![](/i)](/u)"),
        ('<a href="/u"></a> a <a href="/u"></a>', "a [](/u)"),
        ('a <a href="/u"></a> b <a href="/v"></a>', "a [](/u) b [](/v)"),
        ('<a href="/u"><hr></a> a', "---\n\n[](/u) a"),
        ('<li><a href="/u">a</li>\n<li><a href="/v">b</li>', "- [a](/u)\n- [b](/v)"),
        ('<span><a href="/u">a</span>\n<a href="javascript:b()">\nc', "[a](/u)\n\nc"),
        ('<a href="#n"></a><p><a href="#n">x</a>', "[](#n)\n\n[x](#n)"),
    ],
)
def test_a_link_that_nobody_closed_is_not_written_where_nothing_shows(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/u" target="_blank" rel="nofollow">a<form><input name="b"></form></a>',
        '<a href="/u" target="_blank"><dl><dt>a</dt></dl></a>',
        '<a href="/u" target="_blank"><video src="/v.mp4"></video></a>',
    ],
)
def test_a_link_round_raw_html_keeps_its_target(body: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert '<a href="/u" target="_blank"' in markdown(result)


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ('[caption width="1"]a\n\nb[/caption]', "a\n\nb"),
        ('[caption width="1"]\n<img src="/i">\n\na\n\nb\n[/caption]', "![](/i)\n\na  \nb"),
        ('[caption width="1"]<a href="/u"><img src="/i"> a[/caption] b', "[![](/i)](/u)\n\n[a](/u)\n\n[b](/u)"),
    ],
)
def test_paragraphs_and_links_in_captions(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


@pytest.mark.parametrize(
    "body",
    [
        '<h3><a href="/u">a<a href="/v"></a><a name="n"><div>b</div></h3>',
        '<p><a href="/u">a<a href="/u"></a>b</p>',
        '<pre><a href="/u"><pre>a</pre></a></pre>',
        '<a href="/u"><table><tr><td>a <pre>b</pre></td><td>c</td></tr></table></a>',
        '<a href="/u"><object data="/o.swf"><a href="/v">a</a></object></a>',
        '<abbr title="t"><p>a</p><p>b</p></abbr><abbr title="v">c<br><br>d</abbr>',
    ],
)
def test_odd_places_of_links_and_titles_raise_no_alarm(body: str) -> None:
    assert page(body).record.findings == ()


def test_of_two_anchors_of_one_name_the_first_counts() -> None:
    result = page('<h2 id="a">A</h2><form id="a"><input id="c"></form><h2 id="c">B</h2><a href="#c">x</a> <a href="#a">y</a>')
    assert result.record.findings == ()
    assert [section["legacy_ids"] for section in msgspec.json.decode(file(result, "json"))["sections"]] == [["a"], []]
    assert links(result) == [("#c", "x"), ("#a", "y")]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ('<a href="/u">[vimeo 12345] more</a> x', "<https://vimeo.com/12345> [more](/u) x"),
        ('<a href="/u"><div><div><div><div><div><div><div><p></a>\nhttp://v.example/w', "[http://v.example/w](/u)"),
        ('<a name="n">\nhttp://v.example/w\n', "<http://v.example/w>"),
        (
            '<dl><dt><a href="/u">a [vimeo 12345] b</a></dt></dl>',
            '<dl>\n<dt><a href="/u">a <a href="https://vimeo.com/12345">https://vimeo.com/12345</a><a href="/u"> b</a></dt>\n</dl>',
        ),
    ],
)
def test_what_wordpress_shows_in_a_link_does_not_end_it(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == written


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            '<table><tr><td colspan="2"><a href="/u">a<table><tr><td><a href="/v">b</a></td></tr></table>c</a></td><td>d</td></tr></table>',
            [("/u", "a"), ("/v", "b"), ("/u", "c")],
        ),
        ('<dl><dt><a href="/u">[vimeo 12345]</a></dt></dl>', [("https://vimeo.com/12345", "https://vimeo.com/12345"), ("/u", "")]),
    ],
)
def test_links_in_links_are_recorded_piece_by_piece(body: str, found: list[tuple[str, str]]) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert links(result) == found
