"""What entries and site files are told of the whole site."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.model import Attachment
from wpmigrate.wordpress.urls import address_key

CATEGORY = (
    "<wp:category><wp:term_id>{id}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
    "<wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{name}</wp:cat_name></wp:category>"
)
NEWS = CATEGORY.format(id=3, slug="news", parent="", name="News")
LOCAL = CATEGORY.format(id=4, slug="local", parent="news", name="Local news")
EMPTY = CATEGORY.format(id=5, slug="empty", parent="", name="Nothing")


def add_uploads(index, rows):
    """Add files that are there, as the media step does: (site, key, new address)."""
    with index.changing() as connection:
        connection.executemany("INSERT OR IGNORE INTO upload VALUES (?, ?, ?)", rows)


def resolve(site, url):
    return site.addresses.get(address_key(url, site.hosts, site.base_url))


@pytest.fixture
def site(index_of, export, item):
    index = index_of(
        export(
            item(
                1, slug="hello", link="https://example.org/2012/04/hello/", guid="http://old.example.net/?p=1"
            ),
            item(2, type="page", slug="about", meta=[("_wp_old_slug", "about-us"), ("_wp_old_slug", "who")]),
            item(
                3,
                slug="moved",
                link="https://example.org/2012/05/06/moved/",
                meta=[("_wp_old_date", "2011-01-02")],
            ),
            item(4, slug="secret", status="private"),
            item(5, type="book", slug="a-book", link="https://example.org/books/a-book/"),
            item(6, type="page", slug="home", link="https://example.org/"),
            item(7, slug="%e6%97%a5", link="https://example.org/%e6%97%a5/"),
            item(8, slug="pear", link="https://elsewhere.example/pear"),
            item(9, slug="guid", guid="https://example.org/a/first/address/"),
            home="https://www.example.org",
        )
    )
    return index.site(1)


@pytest.mark.parametrize(
    ("url", "new"),
    [
        ("http://example.org/2012/04/hello", "/post/hello"),
        ("/index.php/2012/04/hello/#comment-3", "/post/hello"),
        ("http://old.example.net/2012/04/hello/", "/post/hello"),
        ("/2012/04/hello/2/", "/post/hello"),
        ("/2012/04/hello/comment-page-2/#comments", "/post/hello"),
        ("/2012/04/hello/?replytocom=3", "/post/hello"),
        ("/2012/04/hello/amp/", "/post/hello"),
        ("/?p=1", "/post/hello"),
        ("?page_id=2", "/page/about"),
        ("/about/", "/page/about"),
        ("/about-us", "/page/about"),
        ("/who/", "/page/about"),
        ("/2011/01/02/moved/", "/post/moved"),
        ("/?book=a-book", "/book/a-book"),
        ("/?post_type=book&p=5", "/book/a-book"),
        ("https://example.org", "/page/home"),
        ("/%E6%97%A5/", "/post/日"),
        ("/?p=8", "/post/pear"),
        ("/a/first/address", "/post/guid"),
        ("/2012/04/hello/feed/", None),
        ("/?feed=rss2", None),
        ("/secret/", None),
        ("/?p=4", None),
        ("/pear", None),
        ("https://elsewhere.example/pear", None),
        ("/2012/04/", None),
    ],
)
def test_an_old_address_finds_its_entry(site, url, new):
    assert resolve(site, url) == new


def test_the_hosts_of_a_site(index_of, export, item):
    index = index_of(
        export(
            item(1, guid="http://old.example.net/?p=1"),
            item(2, guid="http://elsewhere.example/?p=7", link="https://else.example/x"),
            item(3, type="attachment", file="https://some.files.wordpress.com/2012/a.jpg"),
            item(4, type="attachment", file="https://cdn.example.net/wp-content/uploads/a.jpg"),
            item(5, type="attachment", file="https://shared.example/some/wp-content/uploads/a.jpg"),
        )
    )
    assert index.site(1).hosts == {
        "example.org",
        "old.example.net",
        "some.files.wordpress.com",
        "cdn.example.net",
    }


_parts = st.sampled_from(["a", "B", "é", "日本", "x-1", "2012", "04"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(_parts, _parts), min_size=1, max_size=4, unique_by=lambda pair: "/".join(pair).lower()
    ),
    st.data(),
)
def test_every_spelling_of_a_permalink_finds_the_entry(index_of, export, item, paths, data):
    links = ["/".join(pair) for pair in paths]
    items = [item(n, slug=f"s{n}", link=f"https://example.org/{link}/") for n, link in enumerate(links, 1)]
    site = index_of(export(*items)).site(1)
    for number, link in enumerate(links, 1):
        head = data.draw(
            st.sampled_from(
                ["http://www.example.org/", "/", "//EXAMPLE.org/index.php/", "https://example.org:443/"]
            )
        )
        tail = data.draw(st.sampled_from(["", "/", "/#top", "/?utm_source=x", "/comment-page-2/"]))
        assert resolve(site, head + link + tail) == f"/post/s{number}"


def test_attachments(index_of, export, item):
    sizes = 'a:2:{s:5:"width";i:640;s:6:"height";i:480;}'
    url = "https://example.org/wp-content/uploads/2012/04/cat.jpg"
    words = {"title": "Cat", "excerpt": "A <b>cat</b>", "content": "More", "file": url, "parent": 1}
    meta = [("_wp_attachment_metadata", sizes), ("_wp_attachment_image_alt", "A cat &amp; more")]
    index = index_of(
        export(
            item(1, slug="x"),
            item(
                4,
                type="attachment",
                status="inherit",
                slug="cat",
                link="https://example.org/x/cat/",
                meta=meta,
                order=2,
                **words,
            ),
            item(10, type="attachment", status="inherit", file=url.replace("cat", "dog"), parent=1, order=1),
            item(11, type="attachment", status="inherit", file=url.replace("cat.jpg", "book.pdf"), parent=1),
            item(12, type="attachment", status="private", file=url.replace("cat", "no"), parent=1),
            item(13, slug="y", status="draft"),
            item(
                14, type="attachment", status="inherit", slug="hid", file=url.replace("cat", "hid"), parent=13
            ),
        )
    )
    site = index.site(1)
    assert site.attachments["4"] == Attachment(
        "4", url, "Cat", "A cat & more", "A <b>cat</b>", "More", "1", "https://example.org/x/cat/", 640, 480
    )
    assert site.attached["1"] == ("10", "4")
    assert "12" not in site.attachments
    assert resolve(site, "/x/cat/") is None, "its file is not there yet"
    assert not site.files
    add_uploads(
        index, [(1, "2012/04/cat.jpg", "/media/2012/04/cat.jpg"), (1, "2012/04/hid.jpg", "/media/2012/04/hid.jpg")]
    )
    site = index.site(1)
    assert resolve(site, "/x/cat/") == resolve(site, "/?attachment_id=4") == "/media/2012/04/cat.jpg"
    assert site.files["2012/04/cat-300x200.jpg"] == "/media/2012/04/cat.jpg"
    assert site.files
    assert resolve(site, "/hid/") is None, "it belongs to a draft"
    assert ("/x/cat/", "/media/2012/04/cat.jpg") in [(row.old, row.new) for row in index.redirects(1)]


def test_uploads_change_the_digest(index_of, export, item):
    index = index_of(
        export(
            item(1, type="attachment", status="inherit", file="https://example.org/wp-content/uploads/a.jpg")
        )
    )
    before = index.digest
    add_uploads(index, [(1, "a.jpg", "/media/a.jpg")])
    assert index.digest != before


def test_reusable_blocks(index_of, export, item):
    site = index_of(
        export(
            item(1, type="wp_block", content="<p>x</p>"),
            item(2, type="wp_block", status="draft", content="y"),
        )
    ).site(1)
    assert dict(site.blocks) == {"1": "<p>x</p>"}


def test_fragments(index_of, export, item):
    links = '<a href="/x#one">1</a> <A HREF=\'/y?a=1#tw%C3%B6\'>2</A> [m](/z#three) <a href="#own">4</a> <a href="/n">#none</a>'
    fragments = index_of(export(item(1, slug="x", content=links))).site(1).linked_fragments
    assert [name for name in ("one", "tw%C3%B6", "twö", "three", "own", "none") if name in fragments] == [
        "one",
        "tw%C3%B6",
        "twö",
        "three",
    ]


POLYLANG = (
    "<wp:term><wp:term_taxonomy>post_translations</wp:term_taxonomy><wp:term_slug>pll_1</wp:term_slug>"
    '<wp:term_description><![CDATA[a:3:{s:2:"en";i:1;s:2:"de";i:2;s:2:"fr";i:3;}]]></wp:term_description></wp:term>'
)


def test_translations_of_polylang(index_of, export, item):
    site = index_of(
        export(POLYLANG, item(1, slug="x"), item(2, slug="y"), item(3, slug="z", status="draft"))
    ).site(1)
    assert site.translations["1"] == site.translations["2"] == {"en": "1", "de": "2"}, (
        "the French one is not public"
    )
    assert "3" not in site.translations
    plain = [("language", language, language) for language in ("en", "de")]
    group = ("post_translations", "pll_2", "pll_2")
    site = index_of(
        export(item(1, slug="x", terms=[plain[0], group]), item(2, slug="y", terms=[plain[1], group]))
    ).site(1)
    assert site.translations["2"] == {"en": "1", "de": "2"}


def test_translations_of_wpml(index_of, export, item):
    def meta(language):
        return [("_wpml_import_translation_group", "8"), ("_wpml_import_language_code", language)]

    site = index_of(export(item(1, slug="x", meta=meta("en")), item(2, slug="y", meta=meta("de")))).site(1)
    assert site.translations["1"] == {"de": "2", "en": "1"}
    copy = item(2, slug="y", link="https://example.org/y/?lang=de", meta=[("_icl_lang_duplicate_of", "1")])
    assert index_of(export(item(1, slug="x"), copy)).site(1).translations["2"] == {"de": "2", "en": "1"}


@pytest.fixture
def archived(index_of, export, item):
    def index(**options):
        return index_of(
            export(
                NEWS + LOCAL + EMPTY,
                item(
                    1,
                    slug="a",
                    author="ann",
                    title="A",
                    date="2012-01-01 00:00:00",
                    terms=[("category", "local", "Local")],
                ),
                item(
                    2,
                    slug="b",
                    author="Bob@example.org",
                    title="B",
                    terms=[("category", "local", "x"), ("post_tag", "x", "X")],
                ),
                item(
                    3,
                    slug="c",
                    status="draft",
                    author="eve",
                    terms=[("category", "empty", "x"), ("post_tag", "y", "Y")],
                ),
                item(
                    4,
                    type="book",
                    slug="d",
                    terms=[("genre", "crime", "Crime"), ("post_format", "aside", "Aside")],
                ),
            ),
            **options,
        )

    return index


def test_archives_are_of_what_is_public(archived):
    index = archived()
    assert [(row.taxonomy, row.slug, row.name, row.stem, row.count) for row in index.archives(1)] == [
        ("author", "Bob@example.org", "Bob@example.org", "author/Bob", 1),
        ("author", "ann", "ann", "author/ann", 1),
        ("category", "local", "Local news", "category/news/local", 2),
        ("category", "news", "News", "category/news", 2),
        ("genre", "crime", "Crime", "genre/crime", 1),
        ("post_tag", "x", "X", "tag/x", 1),
    ]
    local = next(row for row in index.archives(1) if row.slug == "local")
    assert [(row.id, row.title, row.address) for row in index.listed(local)] == [
        ("2", "B", "/post/b"),
        ("1", "A", "/post/a"),
    ]
    assert {
        (row.taxonomy, row.slug, row.count, row.address)
        for row in index.terms(1)
        if row.taxonomy == "category"
    } == {
        ("category", "news", 2, "/category/news"),
        ("category", "local", 2, "/category/news/local"),
        ("category", "empty", 0, ""),
    }


@pytest.mark.parametrize(
    ("url", "new"),
    [
        ("/category/news/local/", "/category/news/local"),
        ("/category/local/page/3/", "/category/news/local"),
        ("/?cat=4", "/category/news/local"),
        ("/?category_name=news", "/category/news"),
        ("/tag/x/", "/tag/x"),
        ("/?tag=x", "/tag/x"),
        ("/genre/crime", "/genre/crime"),
        ("/?genre=crime", "/genre/crime"),
        ("/author/ann/", "/author/ann"),
        ("/?author_name=ann", "/author/ann"),
        ("/tag/x/feed/", None),
        ("/category/empty/", None),
        ("/tag/y/", None),
        ("/author/eve/", None),
    ],
)
def test_an_old_archive_finds_the_new_one(archived, url, new):
    assert resolve(archived().site(1), url) == new


def test_archives_can_go_elsewhere_or_away(archived):
    index = archived(paths={"category": "topics/{slug}", "genre": "{taxonomy}-{id}{slug}"})
    assert resolve(index.site(1), "/category/news/local/") == "/topics/local"
    without = archived(archives=False)
    assert list(without.archives(1)) == []
    assert resolve(without.site(1), "/category/news/") is None
    counts = {(row.taxonomy, row.slug): (row.count, row.address) for row in without.terms(1)}
    assert counts["category", "news"] == (2, ""), "how many there are does not depend on the pages"
    assert counts["post_format", "aside"] == (1, "")


def test_an_archive_yields_to_an_entry(index_of, export, item):
    terms = [("category", "x", "X")]
    index = index_of(export(item(1, type="category", slug="x", terms=terms), home="https://example.org"))
    assert [row.stem for row in index.archives(1)] == ["category/x-2"]


def test_what_the_channel_says_of_terms_and_authors(index_of, export, item):
    term = (
        "<wp:term><wp:term_id>3</wp:term_id><wp:term_taxonomy>genre</wp:term_taxonomy><wp:term_slug>crime</wp:term_slug>"
        "<wp:term_name>Crime</wp:term_name><wp:termmeta><wp:meta_key>colour</wp:meta_key><wp:meta_value>red</wp:meta_value>"
        "</wp:termmeta></wp:term>"
    )
    again = term.replace("Crime", "Another").replace("red", "blue")
    index = index_of(export(item(1, slug="x", terms=[("genre", "crime", "As the item says")]), term, again))
    (row,) = index.terms(1)
    assert (row.id, row.name, row.meta, row.count) == ("3", "Crime", (("colour", "red"),), 1)
    ann = "<wp:author><wp:author_login>ann</wp:author_login><wp:author_first_name>Ann</wp:author_first_name></wp:author>"
    assert index_of(export(ann)).site(1).authors["ann"].name == "Ann"


def test_terms_in_a_circle(index_of, export, item):
    circle = CATEGORY.format(id=1, slug="a", parent="b", name="A") + CATEGORY.format(
        id=2, slug="b", parent="a", name="B"
    )
    index = index_of(export(circle, item(1, slug="x", terms=[("category", "a", "A")])))
    assert {row.slug: row.count for row in index.archives(1)} == {"a": 1, "b": 1}


def test_redirects(index_of, export, item):
    index = index_of(
        export(
            item(
                1,
                slug="hello",
                link="https://example.org/blog/2012/04/hello/",
                guid="https://example.org/blog/?p=1",
            ),
            item(2, type="page", slug="日", link="https://example.org/blog/日/"),
            item(3, slug="no", status="draft", link="https://example.org/blog/no/"),
            item(4, slug="same", link="https://example.org/post/same/"),
            home="https://example.org/blog",
        )
    )
    assert [(row.old, row.new, row.kind) for row in index.redirects(1)] == [
        ("/blog/%E6%97%A5/", "/page/日", "permalink"),
        ("/blog/2012/04/hello/", "/post/hello", "permalink"),
        ("/blog/?p=1", "/post/hello", "id"),
        ("/blog/?p=4", "/post/same", "id"),
        ("/blog/?page_id=2", "/page/日", "id"),
    ]


def test_the_front_page_and_counts(index_of, export, item):
    index = index_of(
        export(
            item(1, type="page", slug="start", link="https://example.org/"),
            item(2, status="draft"),
            item(3, slug="x", guid="https://example.org/"),
        )
    )
    assert index.front_page(1) == "/page/start"
    assert index.counts(1) == {"page": {"publish": 1}, "post": {"draft": 1, "publish": 1}}


def test_a_forked_worker_opens_its_own(index_of, export, item):
    site = index_of(export(item(1, slug="x"))).site(1)
    assert site.entries_by_id["1"] == "post/x"
    site.entries_by_id.get("2")
    child = os.fork()
    if not child:
        os._exit(0 if site.addresses.get("/x") == "/post/x" and "3" not in site.entries_by_id else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_many_look_ups_are_not_all_remembered(index_of, export, item):
    site = index_of(export(item(1, slug="x"))).site(1)
    for number in range(3000):
        assert (str(number) in site.entries_by_id) == (number == 1)
    assert len(site.entries_by_id._known) <= 1024


def test_odd_keys_are_absent(index_of, export, item):
    site = index_of(export(item(1, slug="x"))).site(1)
    for key in ("", "\ud800", "\0", "x" * 100_000):
        assert (
            key not in site.entries_by_id and key not in site.addresses and key not in site.linked_fragments
        )
    with pytest.raises(KeyError):
        site.addresses["/nothing"]
    assert site.authors.get("nobody", 5) == 5
    assert len(site.entries_by_id) == 1
