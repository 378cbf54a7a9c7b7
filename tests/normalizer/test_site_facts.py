"""What the whole site says of a page: links, files, galleries, reusable blocks, footnotes, authors, languages."""

from __future__ import annotations

import msgspec
import pytest
from cmarkgfm import cmark
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import Attachment, Author, Entry, Fields, NoticeLog, Site, SourceEntry, Term
from wpmigrate.model.nodes import Image, Link, walk
from wpmigrate.normalizer import normalize
from wpmigrate.normalizer.gallery import gallery_order
from wpmigrate.normalizer.site_facts import SiteFacts, complete_author
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.wordpress.urls import address_key, upload_key
from wpmigrate.writers import write

UPLOADS = "http://old.example/wp-content/uploads/"
SITE = Site(
    entries_by_id={"1": "post/hello", "2": "page/about"},
    hosts=frozenset({"old.example"}),
    base_url="http://old.example",
    addresses={
        "/2012/04/hello": "/post/hello",
        "?p=1": "/post/hello",
        "?p=2": "/page/about",
        "/photo": "/media/2012/04/photo.jpg",
    },
    files={name: "/media/" + name for name in ("2012/04/photo.jpg", "2012/04/beach.jpg", "clip.mp4", "song.mp3")},
    authors={"ann": Author("Ann Lee", "ann", "", "http://ann.example/")},
    attachments={
        "10": Attachment("10", UPLOADS + "2012/04/photo.jpg", "Photo", page="http://old.example/photo/", width=800, height=600),
        "11": Attachment("11", UPLOADS + "2012/04/beach.jpg", "A beach", "Beach", "Sun <em>and</em> sea", page="http://old.example/beach/"),
        "12": Attachment("12", UPLOADS + "paper.pdf", "Paper"),
        "13": Attachment("13", UPLOADS + "song.mp3", "A song"),
    },
    attached={"5": ("10", "11"), "7": ("10",)},
    blocks={"30": '<!-- wp:paragraph --><p><a href="/?p=1">in block</a></p><!-- /wp:paragraph --><!-- wp:shortcode -->[gallery ids="11" link="none"]<!-- /wp:shortcode -->'},
    translations={"5": {"en": "5", "de": "1", "fr": "77"}},
)  # fmt: skip


def page(body: str, site: Site = SITE, terms: tuple[Term, ...] = (), **metadata: object) -> Entry:
    fields = Fields(id="5", author=Author(login="ann"), terms=[*terms])
    source = SourceEntry("site.xml", body.encode(), "wxr", "utf-8", fields, metadata, body, item="1")
    return normalize(source, site, NormalizeOptions())


def markdown(entry: Entry) -> str:
    (file,) = write(entry, "a", ("markdown",), COMMONMARK)
    return file.data.decode().partition("\n---\n")[2].strip("\n")


def notices(entry: Entry) -> list[str]:
    return [f"{notice.kind} {notice.what}" for notice in entry.notices]


@pytest.mark.cases("cases/site.txt")
def test_what_the_site_knows(case):
    assert markdown(page(case.input)) == case.expected


@pytest.mark.cases("cases/footnotes.txt")
def test_footnotes(case):
    body, _, saved = case.input.rpartition("\n")
    assert markdown(page(body, meta={"footnotes": saved})) == case.expected


def test_what_leads_nowhere_is_named_with_its_line():
    entry = page('<p>a</p>\n<p><a href="http://old.example/gone/?p=99">a</a> <a href="/gone">b</a> <a href="/wp-content/uploads/no.pdf">c</a></p>')
    rows = [(row.kind, row.what, row.where) for row in entry.notices if row.what.startswith("link to")]
    assert rows == [
        ("kept", "link to http://old.example/gone/?p=99 is not in the output", "line 2"),
        ("kept", "link to /gone is not in the output", "line 2"),
    ]
    assert [link.kind for link in entry.links] == ["internal", "internal", "file"]


def test_records_know_the_old_addresses():
    body = f'<p><a href="/?p=1" title="T">a</a> <a href="http://b.example/">b</a> <img src="{UPLOADS}2012/04/photo-20x10.jpg" /></p><audio src="{UPLOADS}song.mp3"></audio><details><a href="/?p=2">d</a></details>'
    entry = page(body)
    assert [(link.url, link.source_url, link.kind) for link in entry.links] == [
        ("/post/hello", "/?p=1", "internal"),
        ("http://b.example/", msgspec.UNSET, "external"),
        ("/page/about", "/?p=2", "internal"),
    ]
    assert [(media.url, media.source_url) for media in entry.media] == [
        ("/media/2012/04/photo.jpg", UPLOADS + "2012/04/photo-20x10.jpg"),
        ("/media/song.mp3", UPLOADS + "song.mp3"),
    ]
    old = [node.data["sourceUrl"] for node in walk(entry.content) if isinstance(node, Link | Image) and "sourceUrl" in (node.data or {})]
    assert old == ["/?p=1", UPLOADS + "2012/04/photo-20x10.jpg", "/?p=2"]


def test_a_gallery_keeps_its_attributes_and_names_what_is_missing():
    entry = page('[gallery ids="11,99,12,11" columns="2" size="large"]')
    (block, _caption) = entry.content.children
    assert block.data["wp"] == {"name": "gallery", "attrs": {"ids": "11,99,12,11", "columns": "2", "size": "large"}, "images": 1}
    assert entry.media[0].caption == "Sun and sea" and entry.media[0].alt == "Beach"
    assert [what for what in notices(entry) if "gallery" in what] == [
        "mapped shortcode [gallery]: its files, from the library",
        "kept shortcode [gallery]: attachment 99 is not in the library",
        "kept shortcode [gallery]: attachment 12 is no file that it shows",
    ]
    assert page('[gallery ids="10"]').media[0].width == 800


@pytest.mark.parametrize(
    ("attributes", "listed", "expected"),
    [
        ({"ids": "3,1,2"}, True, "312"),
        ({"ids": "3,1,2", "order": "DESC"}, True, "312"),
        ({"ids": "3,1,2", "orderby": "rand"}, True, "312"),
        ({"ids": "3,1,2", "orderby": "ID", "order": "desc"}, True, "321"),
        ({"include": "3,1,2"}, True, "123"),
        ({"include": "3,1,2", "orderby": "post__in"}, True, "312"),
        ({}, False, "312"),
        ({"order": "DESC"}, False, "213"),
        ({"orderby": "title"}, False, "321"),
        ({"orderby": "post_date"}, False, "123"),
        ({"orderby": "menu_order ID", "order": "DESC"}, False, "213"),
    ],
)
def test_the_order_of_a_gallery(attributes, listed, expected):
    images = [Attachment(number, "a.jpg", title) for number, title in (("3", "a"), ("1", "C"), ("2", "b"))]
    assert "".join(image.id for image in gallery_order(images, attributes, listed)) == expected


def test_the_featured_image():
    entry = page("<p>a</p>", meta={"_thumbnail_id": "11"}, guid="g")
    assert entry.metadata["featured_image"] == {
        "id": "11", "url": "/media/2012/04/beach.jpg", "alt": "Beach", "caption": "Sun <em>and</em> sea", "title": "A beach",
        "source_url": UPLOADS + "2012/04/beach.jpg",
    }  # fmt: skip
    assert list(entry.metadata) == ["meta", "guid", "featured_image", "language", "translations"]
    missing = page("<p>a</p>", meta={"_thumbnail_id": ["0", "99"]})
    assert "featured_image" not in missing.metadata
    assert "kept featured image 99: not in the library of the export" in notices(missing)
    assert "featured_image" not in page("", meta={"_thumbnail_id": "0"}).metadata


def test_languages_and_translations():
    metadata = page("").metadata
    assert metadata["language"] == "en"
    assert metadata["translations"] == {"en": {"id": "5"}, "de": {"id": "1", "path": "/post/hello"}, "fr": {"id": "77"}}
    assert page("", terms=(Term("language", "de-at", "Deutsch"),)).metadata["language"] == "de-at"
    assert page("", Site()).metadata == {}


def test_authors_are_completed():
    assert page("").author == Author("Ann Lee", "ann", "", "http://ann.example/")
    assert complete_author(Author(login="bob"), SITE.authors) == Author("bob", "bob")
    assert complete_author(Author("Bob", "ann"), SITE.authors) == Author("Bob", "ann")
    assert complete_author(Author(), SITE.authors) == Author()


def test_footnotes_render_with_their_links():
    body, _, saved = (
        '<!-- wp:paragraph --><p>a<sup data-fn="x"><a href="#x">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->',
        "",
        '[{"id":"x","content":"N <em>o</em>"}]',
    )
    html = cmark.markdown_to_html(markdown(page(body, meta={"footnotes": saved})), options=cmark.Options.CMARK_OPT_FOOTNOTES)
    assert 'a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1"' in html
    assert '<li id="fn-1">' in html and "N <em>o</em>" in html


def test_footnotes_that_are_not_shown_are_told():
    mark = '<!-- wp:paragraph --><p>a<sup data-fn="x"><a href="#x">1</a></sup></p><!-- /wp:paragraph -->'
    assert "kept footnotes: the page does not show them; they stay in the metadata" in notices(page(mark, meta={"footnotes": '[{"id":"x","content":"N"}]'}))
    assert "kept footnotes: their texts cannot be read; they stay in the metadata" in notices(page(mark + "<!-- wp:footnotes /-->", meta={"footnotes": "[oops"}))
    told = notices(page(mark + "<!-- wp:footnotes /-->", meta={"footnotes": '[{"id":"y","content":"N"}]'}))
    assert "kept footnote x: its text is not in the export" in told
    assert "mapped footnote without a mark in the text: a numbered item at the end" in told


def test_without_a_site_nothing_is_looked_up():
    body = '<p><a href="/2012/04/hello/">a</a></p>[gallery ids="11"]<!-- wp:x /-->'
    assert "/2012/04/hello/" in markdown(page(body, Site())) and '[gallery ids="11"]' in markdown(page(body, Site()))
    assert not [what for what in notices(page(body, Site())) if "not in the output" in what]


URLS = st.text(alphabet="htp:/.oldexam2014#?&=%-_ ,wuploads\u00e9{\\", max_size=60)


@given(URLS)
def test_a_link_moves_only_to_an_answer_of_the_site(url):
    facts = SiteFacts(SITE, NoticeLog())
    answers = {*SITE.addresses.values(), *SITE.files.values(), ""}
    assert facts.link(url).partition("#")[0] in answers
    assert facts.file(url) in answers


HOSTS = st.sampled_from(["old.example", "www.OLD.example:80", "old.example.", "a.files.wordpress.com", "i0.wp.com/old.example", "x.example", "old.example@x.example", ""])


@given(st.sampled_from(["http://", "https://", "HTTP://", "//", "ftp://"]), HOSTS, st.sampled_from(["", "/", "/?p=1", "/2012/04/hello", "/wp-content/uploads/clip.mp4", "/2012/04/hello#x"]))
def test_the_quick_look_at_a_host_says_what_the_slow_one_says(scheme, host, path):
    site = msgspec.structs.replace(SITE, hosts=frozenset({"a.wordpress.com"}))
    url = scheme + host + path
    upload = upload_key(url, site.hosts)
    slow = site.files.get(upload, "") if upload else site.addresses.get(address_key(url, site.hosts, site.base_url), "")
    assert SiteFacts(site, NoticeLog()).link(url).partition("#")[0] == slow


@given(st.lists(st.tuples(URLS.filter(lambda url: url.strip(" ,") == url and url and not set(url) & set(" ,")), st.sampled_from(["", " 2x", " 300w"]))))
def test_a_set_of_files_keeps_its_parts(rows):
    value = ", ".join(url + size for url, size in rows)
    moved = SiteFacts(SITE, NoticeLog()).files(value)
    assert len(moved.split(", ")) == len(value.split(", "))


@pytest.mark.parametrize("piece", ['<a href="/?p=1">', '<sup data-fn="x">', "[gallery ids=10]", '<!-- wp:block {"ref":30} /-->'])
def test_long_repetitions_are_read_to_the_end(piece):
    entry = page(f"<!-- wp:paragraph -->{piece * 2_000}end<!-- wp:footnotes /-->", meta={"footnotes": '[{"id":"x","content":"N"}]'})
    assert "end" in markdown(entry)
