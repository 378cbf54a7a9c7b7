"""Links and media read from a written page: in the order of a browser's tree, each with its words and its line."""

from __future__ import annotations

import pytest

from wpmigrate.model import LinkRecord, MediaRecord, Site
from wpmigrate.normalizer.page_records import page_records


def links(html: str) -> list[tuple[str, str, str]]:
    found, _ = page_records(html, [], Site(), [], [])
    return [(link.url, link.text, link.context) for link in found]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>One <a href="/a">two</a> three.</p>', [("/a", "two", "One two three.")]),
        ('<p>One<br>and <a href="/a">two</a></p>', [("/a", "two", "and two")]),
        ("<ul><li><a href=/a>x</a> y<li>z</ul>", [("/a", "x", "x y")]),
        ('<p>x <a href="/a"></a> y</p>', [("/a", "", "x y")]),
        ('<p>x <a href=" ">y</a></p>', [("", "y", "x y")]),
        ('<p><a name="n">x</a> <a href="javascript:go()">y</a></p>', []),
        ('<p><a href="/a"><img src="/i" alt="Sea"> blue</a></p>', [("/a", "Sea blue", "Sea blue")]),
        ('<p><a href="/a"><img src="/i"></a></p>', [("/a", "", "")]),
        ('<p>x <a href="/a">y<script>z</script></a></p>', [("/a", "y", "x y")]),
    ],
)
def test_a_link_with_its_words_and_its_line(html, expected):
    assert links(html) == expected


def test_a_link_that_is_never_closed_is_one_in_each_block_that_it_reaches():
    assert links('<p>x <a href="/a">one<p>two</p>') == [("/a", "one", "x one"), ("/a", "two", "two")]


def test_a_link_round_blocks_has_a_record_for_each():
    html = '<a href="/a"><h3>one</h3><p>two<br>three</p></a>'
    assert links(html) == [("/a", "one", "one"), ("/a", "two three", "two")]


def test_a_link_round_lines_of_code_is_one():
    assert links('<pre>x <a href="/a">one<p>two</p></a></pre>') == [("/a", "one two", "x one")]


def test_code_in_a_link_stands_for_itself():
    assert links('<a href="/a">x<pre>y</pre>z</a>') == [("/a", "x", "x"), ("/a", "z", "z")]


def test_a_link_in_a_table_in_a_link_parts_the_outer_one():
    html = '<a href="/a">x<table><tr><td><a href="/b">y</a></td></tr></table>z</a>'
    assert [link[:2] for link in links(html)] == [("/a", "x"), ("/b", "y"), ("/a", "z")]


def test_an_outer_link_without_words_comes_after_the_one_in_it():
    html = '<a href="/a"><table><tr><td><a href="/b">y</a></td></tr></table></a>'
    assert [link[:2] for link in links(html)] == [("/b", "y"), ("/a", "")]


def test_media_of_all_kinds():
    html = '<p><img src="/i.png" alt="A" title="T" width="30px" height=40></p><iframe src="/f">x</iframe><audio src="/s"></audio>'
    _, media = page_records(html, [], Site(), [], [])
    assert [(medium.kind, medium.url) for medium in media] == [("image", "/i.png"), ("embed", "/f"), ("audio", "/s")]
    assert (media[0].alt, media[0].title, media[0].width, media[0].height) == ("A", "T", 30, 40)


def test_pictures_that_a_script_loads_late():
    _, media = page_records('<img data-src="/late.png"><noscript><img src="/late.png"></noscript>', [], Site(), [], [])
    assert [medium.url for medium in media] == ["/late.png"]


def test_sections_are_the_headings_at_the_top():
    html = '<a href="/0">x</a><h2>A</h2><p><a href="/1">x</a></p><blockquote><h2>B</h2></blockquote><p><a href="/2">x</a></p><h3>C</h3><img src="/3">'
    found, media = page_records(html, ["a", "c"], Site(), [], [])
    assert [link.section for link in found] == ["", "a", "a"]
    assert media[0].section == "c"


def test_what_html_does_not_say_comes_from_the_older_records():
    old_links = [LinkRecord("x", "/new", "internal", "", "", "http://old/1"), LinkRecord("x", "/new", "internal", "", "")]
    old_media = [
        MediaRecord("/i.png", "image", caption="Words", alignment="left", source_url="http://old/i.png"),
        MediaRecord("/film", "video"),
    ]
    html = '<p><a href="/new">x</a> <a href="/new">x</a></p><img src="/i.png"><p><a href="/film">/film</a></p>'
    found, media = page_records(html, [], Site(), old_links, old_media)
    assert [link.source_url for link in found[:2]] == ["http://old/1", old_links[1].source_url]
    assert (media[0].caption, media[0].alignment, media[0].source_url) == ("Words", "left", "http://old/i.png")
    assert [(medium.kind, medium.url) for medium in media[1:]] == [("video", "/film")], "a link that stands for a film"


def test_many_links_in_one_line_take_linear_time():
    found, _ = page_records("<p>" + '<a href="/a">word</a> ' * 20_000, [], Site(), [], [])
    assert len(found) == 20_000
    assert {len(link.context) for link in found} == {1000}


def test_depth_does_not_matter():
    found, _ = page_records('<a href="/a">x</a>' + "<div>" * 20_000, [], Site(), [], [])
    assert [link.text for link in found] == ["x"]
