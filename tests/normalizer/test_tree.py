"""HTML (after paragraphs and shortcodes) to mdast: each quirk is a case in a text file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import NoticeLog, Site
from wpmigrate.model.nodes import Emphasis, Html, Image, Link, Paragraph, Root, Strong, Text, plain_text, walk
from wpmigrate.normalizer.anchors import (
    linked_fragments,
    name_headings,
    part_elements,
    part_from_slugs,
    relink,
)
from wpmigrate.normalizer.parse import parse
from wpmigrate.normalizer.tree import TreeBuilder

_SPEC = importlib.util.spec_from_file_location("outline", Path(__file__).parent / "outline.py")
_OUTLINE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_OUTLINE)


def read(html: str, keep_ids: bool = False) -> tuple[Root, TreeBuilder]:
    linked = linked_fragments(html)
    builder = TreeBuilder(Site(), NoticeLog(), linked, [], keep_ids)
    root = Root(builder.build(parse(html).body))
    sections, moved = name_headings(builder.headings, linked, Site(), keep_ids, builder.log)
    ids = frozenset(heading.data["hProperties"]["id"] for heading, _, _ in builder.headings)
    part_from_slugs(builder.anchors.nodes, ids, moved)
    part_elements(root, ids, linked, moved)
    relink(root, builder.records.links, moved)
    builder.records.finish([section.id for section in sections])
    return root, builder


@pytest.mark.cases("cases/tree.txt")
def test_each_quirk(case):
    root, _ = read(case.input)
    assert _OUTLINE.outline(root) == case.expected


def test_decoration_is_counted():
    _, builder = read('<p><span style="color:red">a</span><span style="COLOR: blue" class="x">b</span></p>')
    rows = {(notice.kind, notice.what): notice.count for notice in builder.log.notices()}
    assert rows[("dropped", "style color: decoration")] == 2
    assert sum(count for (kind, what), count in rows.items() if "attribute class" in what) == 1


def test_an_anchor_that_nothing_links_to_is_named():
    _, builder = read('<p>a <a id="x"></a>b</p>')
    assert ("dropped", "anchor x: nothing links to it") in {(row.kind, row.what) for row in builder.log.notices()}


@pytest.mark.parametrize(("attributes", "named"), [('title="A\ntip"', True), ('title=""', False), ('href="/x" title="A tip"', False)])
def test_the_title_of_a_link_without_address_is_named(attributes, named):
    _, builder = read(f"<p><a {attributes}>word</a></p>")
    told = [(row.kind, row.what) for row in builder.log.notices()]
    assert told == ([("dropped", "title of a link without address: A tip")] if named else [])


def test_the_title_of_a_link_to_a_script_is_named():
    _, builder = read('<p><a href="javascript:void(0)" title="A tip">word</a></p>')
    assert ("dropped", "title of a link without address: A tip") in {(row.kind, row.what) for row in builder.log.notices()}


def test_the_title_of_an_abbreviation_without_a_word_is_named():
    _, builder = read('<p>a<abbr title="A tip"></abbr>b</p>')
    assert [(row.kind, row.what) for row in builder.log.notices()] == [("dropped", "title of an empty <abbr>: A tip")]


@pytest.mark.parametrize(("item", "named"), [('<li value="7">', 1), ('<li value="2">', 0), ('<li value="">', 0), ("<li>", 0)])
def test_a_number_that_markdown_cannot_give_is_named(item, named):
    _, builder = read(f"<ol><li>a</li>{item}b</li></ol>")
    told = [row for row in builder.log.notices() if row.kind == "dropped" and " of a list item (<li value>)" in row.what]
    assert len(told) == named


@pytest.mark.parametrize("html", ["<p>if a<b and c<d. e</p>", "<p>if a<p and c>d</p>"])
def test_words_that_a_tag_has_swallowed_are_named(html):
    _, builder = read(html)
    assert ("dropped", "attribute and: without a value, not kept") in {(row.kind, row.what) for row in builder.log.notices()}


SAID = [
    ('<p title="Tip">a</p>', "title of <p>: Tip"),
    (f'<span title="rft.title={"Duck+" * 80}Pond">a</span>', f"title of <span>: rft.title={'Duck+' * 80}Pond"),
    (f'<span title="{"tip " * 300}">a</span>', f"title of <span>: {('tip ' * 300)[:1000]}…"),
    ('<div dir="rtl"><p>a</p></div>', "attribute dir of <div>: rtl"),
    ('<p><span lang="de">Wort</span></p>', "attribute lang of <span>: de"),
    ('<ul><li title="A\ntip">a</li></ul>', "title of <li>: A tip"),
    ('<p>a <del datetime="2008-05-01T10:00:00+00:00">b</del></p>', "attribute datetime of <del>: 2008-05-01T10:00:00+00:00"),
    ('<table summary="Ducks by year"><tr><td>a</td><td>b</td></tr></table>', "summary of <table>: Ducks by year"),
    ('<table><tr><td title="Tip">a</td><td>b</td></tr></table>', "title of <td>: Tip"),
    ('<p><a href="/b.jpg" onclick="return big(this)">a</a></p>', "attribute onclick of <a>: return big(this)"),
    ('<p><img src="a.jpg" onmouseover="swap()"></p>', "attribute onmouseover of <img>: swap()"),
    ('<blockquote data-permalink="http://e.example/p" id="">a</blockquote>', "data-permalink of <blockquote>: http://e.example/p"),
    ('<p>a <span aria-label="four of five">****</span></p>', "aria-label of <span>: four of five"),
    ('<pre title="duck.py" lang="python">x = 1</pre>', "title of <pre>: duck.py"),
    ("<p><duck 오리>a</duck></p>", "word 오리 in <duck>: a name that HTML in Markdown cannot have"),
]


@pytest.mark.parametrize(("html", "named"), SAID)
def test_what_an_attribute_says_is_named_where_it_goes(html, named):
    _, builder = read(html)
    assert [row.what for row in builder.log.notices() if row.kind == "dropped"] == [named]


def test_what_a_script_fills_is_named_with_what_it_is_filled_from():
    _, builder = read('<div data-tweet-id="12"></div>')
    assert "<div> that a script fills: data-tweet-id=12" in [row.what for row in builder.log.notices()]


@pytest.mark.parametrize(
    "html",
    [
     '<p lang="de" dir="ltr" title="">a</p>', '<p><a href="/x" title="T">a</a><img src="i" title="T"></p>', '<p><abbr title="T">a</abbr></p>',
     '<blockquote cite="/x"><p>a</p></blockquote>', '<pre title="">a</pre>', '<p>a <h:plusone size="small" class="x"></h:plusone></p>', '<pre title="T"><a href="/x">a</a></pre>', '<table summary="S"><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'],
)  # fmt: skip
def test_what_is_kept_is_not_named_as_dropped(html):
    _, builder = read(html)
    assert [row.what for row in builder.log.notices() if row.kind == "dropped"] == []


@pytest.mark.parametrize(
    ("tag", "named"),
    [('<ol type="a">', ['<ol type="a">: numbered 1, 2, 3']), ("<ol reversed>", ["<ol reversed>: numbered forwards"]), ('<ol type="1">', []), ('<ul type="a">', [])],
)  # fmt: skip
def test_a_numbering_that_markdown_has_not_is_named(tag, named):
    _, builder = read(f"{tag}<li>a</li></ol>")
    assert [row.what for row in builder.log.notices()] == named


def test_the_source_of_a_quotation_is_kept():
    root, _ = read('<blockquote cite=" http://a.example/x\n"><p>a</p></blockquote>')
    assert root.children[0].data == {"hProperties": {"cite": "http://a.example/x"}}


def test_legacy_anchors_can_be_kept():
    root, _ = read('<div id="1"><h2>T</h2></div><p>a <a id="x"></a>b</p>', keep_ids=True)
    assert [node.value for node in walk(root) if isinstance(node, Html)] == ['<a id="1"></a>', '<a id="x"></a>']


def test_links_are_records_with_the_line_they_stand_in():
    html = '<p>Intro</p><h2>Board</h2><p><a href="http://a/">Stacy</a>, Director<br /><a href="http://b/">Dave</a>, Author</p>'
    _, builder = read(html)
    rows = [(row.text, row.url, row.kind, row.section, row.context) for row in builder.records.links]
    assert rows == [
        ("Stacy", "http://a/", "external", "board", "Stacy, Director"),
        ("Dave", "http://b/", "external", "board", "Dave, Author"),
    ]


def test_media_records_have_caption_size_and_alignment():
    html = '<figure class="alignright"><img src="a.png" alt="A" width="30px"><figcaption>Cap</figcaption></figure><iframe src="e"></iframe>'
    _, builder = read(html)
    image, embed = builder.records.media
    assert (image.url, image.alt, image.caption, image.width, image.alignment) == ("a.png", "A", "Cap", 30, "right")
    assert (embed.url, embed.kind) == ("e", "embed")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<a href="u">Mill Lane<br>Leeds</a>', "Mill Lane Leeds"),
        ('<a href="u"><b>Mill Lane</b><br><i>Leeds</i> city</a>', "Mill Lane Leeds city"),
        ('<a href="u"><img src="i" alt="The mill"><br>at night</a>', "The mill at night"),
        ('<table><tr><td rowspan=2><a href="u">Mill Lane<br>Leeds</a></td></tr></table>', "Mill Lane Leeds"),
    ],
)
def test_a_link_over_two_lines_has_a_blank_between_them_in_its_record(html, text):
    _, builder = read(html)
    assert [row.text for row in builder.records.links] == [text]


def test_a_caption_of_two_lines_has_a_blank_between_them_in_the_record():
    _, builder = read('<figure><img src="a.png"><figcaption>The mill<br>at night</figcaption></figure>')
    assert builder.records.media[0].caption == "The mill at night"


@pytest.mark.parametrize("html", ["<span>" * 20_000, "<b><i><sub>" * 7_000, "<blockquote>" * 3_000, "<ul><li>" * 3_000, "<font><p>" * 5_000])
def test_depth_does_not_matter(html):
    root, _ = read(html + "end")
    assert [node.value for node in walk(root) if isinstance(node, Text)] == ["end"]


_MARKUP = st.sampled_from(
    ["a", "b c", " ", "\n", "&nbsp;", "<b>", "</b>", "<em>", "</em>", '<a href="u">', "</a>", "<br>", "<p>", "</p>", "<div>", "</div>",
     "<h2>", "</h2>", "<ul>", "<li>", "</ul>", "<blockquote>", "</blockquote>", '<img src="i">', "<span style='font-weight:bold'>",
     "</span>", "<code>", "</code>", "<sub>", "</sub>", '<i id="x">', "</i>", "<td>", "<foo>", "</foo>"]
)  # fmt: skip


@given(st.lists(_MARKUP, max_size=30).map("".join))
def test_no_word_is_lost_and_the_tree_keeps_its_promises(html):
    root, _ = read(html)
    source = parse(html).body.text()
    assert "".join(plain_text(root).split()) == "".join(source.split())
    for node in walk(root):
        if isinstance(node, Emphasis | Strong | Paragraph):
            assert node.children
        if isinstance(node, Emphasis | Strong):
            first, last = node.children[0], node.children[-1]
            assert not (isinstance(first, Text) and first.value[0].isspace())
            assert not (isinstance(last, Text) and last.value[-1].isspace())
        if isinstance(node, Link):
            assert not any(isinstance(child, Link) for child in walk(node) if child is not node)
    images = html.count("<img")
    assert sum(isinstance(node, Image) for node in walk(root)) == images
