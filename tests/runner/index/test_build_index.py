"""The index of small sites: places, names, parts, damage."""

from __future__ import annotations

import errno
import pickle
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.extractors.wxr import item_fields, parse_item, read_item
from wpmigrate.model import Author
from wpmigrate.options import ExtractOptions, RouteOptions
from wpmigrate.runner.index import schema
from wpmigrate.runner.names import collision_key
from wpmigrate.runner.records import Job
from wpmigrate.runner.routes import route

AUTHOR = (
    "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>ann</wp:author_login>"
    "<wp:author_email>ann@example.org</wp:author_email><wp:author_display_name>Ann O.</wp:author_display_name></wp:author>"
)


def test_pages_nest_and_posts_do_not(stems, item):
    found = stems(
        item(1, type="page", slug="about"),
        item(2, type="page", slug="team", parent=1),
        item(3, type="page", slug="ann", parent=2),
        item(4, slug="hello", parent=1),
        item(5, type="page", slug="lost", parent=99),
    )
    assert found == ["page/about", "page/about/team", "page/about/team/ann", "post/hello", "page/lost"]


def test_circles_and_great_depth_end(stems, item):
    assert stems(
        item(1, type="page", slug="a", parent=2),
        item(2, type="page", slug="b", parent=1),
        item(3, type="page", slug="c", parent=3),
    ) == ["page/a", "page/b", "page/c"]
    deep = stems(*(item(n, type="page", slug=f"s{n}", parent=n - 1) for n in range(1, 60)))
    assert deep[32].count("/") == 33
    assert deep[33] == "page/s34"
    assert len(set(deep)) == 59


def test_a_private_parent_lends_no_folder(stems, item):
    assert stems(
        item(1, type="page", slug="secret", status="private", title="Secret"),
        item(2, type="page", slug="open", parent=1),
    ) == ["", "page/open"]


def test_names_that_a_file_system_takes_for_one(stems, item):
    assert stems(
        item(1, slug="hello"), item(2, slug="Hello"), item(3, slug="hello"), item(4, slug="hello-2")
    ) == [
        "post/hello",
        "post/Hello-2",
        "post/hello-3",
        "post/hello-2-2",
    ]


def test_the_later_of_two_says_so(index_of, export, item):
    first, second = index_of(export(item(1, slug="x"), item(2, slug="x"))).jobs()
    assert (first.note, second.note) == (
        "",
        "file name: post/x is the name of another entry, so this one is written as post/x-2",
    )


def test_without_a_slug_the_title_names(stems, item):
    assert stems(item(1, title="Über uns!"), item(2, title="…"), item(3, slug="%e6%97%a5%e6")) == [
        "post/über-uns",
        "post/post-2",
        "post/日",
    ]


def test_drafts_have_their_own_folder_and_no_name_of_the_public_ones(index_of, export, item):
    routes = RouteOptions(statuses={"draft": "draft"})
    index = index_of(
        export(item(1, slug="x", status="draft"), item(2, slug="x"), item(3, status="private")), routes=routes
    )
    assert [job.stem for job in index.jobs()] == ["_drafts/post/x", "post/x", ""]
    assert dict(index.site(1).entries_by_id) == {"2": "post/x"}


def test_the_runs_own_names_are_nobodys(stems, item):
    assert stems(item(1, slug="report"), item(2, slug="site"), paths={"default": "{path}"}) == [
        "report-2",
        "site-2",
    ]
    assert stems(item(1, type="comments", slug="x"), item(2, type="_drafts", slug="x")) == [
        "comments-2/x",
        "_drafts-2/x",
    ]
    assert stems(item(1, type="media", slug="x")) == ["media-2/x"]


def test_patterns(stems, item):
    terms = [("category", "news", "News")]
    one = item(7, slug="x", author="ann", terms=terms)
    assert stems(one, paths={"post": "{category}/{year}/{month}/{day}/{author}-{id}-{slug}"}) == [
        "news/2012/04/19/ann-7-x"
    ]
    assert stems(one, paths={"default": "{site}/{slug}"}) == ["example.org/x"]


def test_several_sites_have_a_folder_each(index_of, export, item):
    index = index_of(
        export(item(1, slug="x")),
        export(item(1, slug="x"), home="http://other.example/blog"),
        export(item(2, slug="y"), home="http://www.example.org"),
    )
    assert [(job.site, job.stem) for job in index.jobs()] == [
        (1, "example.org/post/x"),
        (2, "other.example-blog/post/x"),
        (1, "example.org/post/y"),
    ]
    assert [site.folder for site in index.sites()] == ["example.org/", "other.example-blog/"]


def test_parts_that_overlap(index_of, export, item):
    one, other = item(1, slug="x"), item(2, slug="y")
    index = index_of(export(one, other), export(other, item(1, slug="x", title="new")))
    assert [(job.stem, job.same_as) for job in index.jobs()] == [
        ("post/x", ""),
        ("post/y", ""),
        ("", "item 2 of part1.xml"),
        ("post/x-2", ""),
    ]
    assert index.count() == 4


def test_a_site_whose_home_is_only_in_its_links(index_of, export, item):
    index = index_of(export(item(1, slug="x"), home=""), export(item(2, slug="y")))
    assert [site.base_url for site in index.sites()] == ["https://example.org"]
    assert len({job.site for job in index.jobs()}) == 1
    alone = index_of(export(item(1, slug="x"), home=""))
    assert alone.site(1).addresses["/x"] == "/post/x"
    assert [site.title for site in alone.sites()] == ["A site"]


def test_files_and_what_is_wrong_with_them(index_of, export, item, tmp_path):
    good = export(item(1, slug="x"))
    cut = export(item(1, slug="x"), item(2, slug="y"))
    index = index_of(good, cut[: cut.index("<wp:post_name><![CDATA[y")], "no export at all", "")
    rows = list(index.files())
    assert [(row.items_in_bytes, row.entries) for row in rows] == [(1, 1), (2, 2), (0, 0), (0, 0)]
    assert rows[0].problems == ()
    assert "ends inside this item" in rows[1].problems[0]
    assert "byte " in rows[1].problems[0] and "line " in rows[1].problems[0]
    assert "no WordPress export" in rows[2].problems[0]
    assert [job.stem for job in index.jobs()] == ["post/x", "", ""], (
        "the same again, and one whose status may be lost"
    )


def test_a_job_has_the_place_of_its_bytes(index_of, export, item):
    text = export(item(1, slug="ü"), item(2, slug="y"))
    for job, number in zip(index_of(text).jobs(), "12", strict=True):
        with open(job.plain, "rb") as file:
            file.seek(job.offset)
            data = file.read(job.length)
        assert data.startswith(b"<item>") and data.endswith(b"</item>")
        assert f"<wp:post_id>{number}<".encode() in data
        assert (job.item, job.encoding, job.label) == (number, "utf-8", "part1.xml")
        assert text.encode()[: job.offset].count(b"\n") + 1 == job.line


def test_the_digest_is_that_of_what_outputs_depend_on(index_of, export, item):
    text = export(AUTHOR, item(1, slug="x"), item(2, slug="y", type="page"))
    digest = index_of(text).digest
    assert index_of(text, name="other.sqlite").digest == digest
    assert index_of(text.replace("words", "word")).digest == digest, "the tagline is in no entry"
    assert index_of(text.replace("[y]", "[z]")).digest != digest
    assert index_of(text.replace("Ann O.", "Ann P.")).digest != digest
    assert index_of(text, paths={"post": "{slug}"}).digest != digest


def test_authors_keep_their_address_only_when_asked(index_of, export, item):
    text = export(AUTHOR, item(1, slug="x", author="ann"))
    assert index_of(text).site(1).authors["ann"] == Author("Ann O.", "ann", "")
    kept = index_of(text, extract=ExtractOptions(emails=True))
    assert kept.site(1).authors["ann"].email == "ann@example.org"
    assert b"ann@example.org" not in Path(index_of(text).path).read_bytes()


def test_nothing_private_is_in_the_index(index_of, export, item):
    words = {
        "title": "Hushhush",
        "content": "Hushhush <a href='/x#hushhush'>x</a>",
        "excerpt": "Hushhush",
        "slug": "hushhush",
    }
    items = [
        item(n, status=status, **words)
        for n, status in enumerate(["draft", "private", "trash", "pending", "future"], 1)
    ]
    guarded = [item(9, password="Hushhush", **words), item(10, type="wp_block", status="draft", **words)]
    index = index_of(export(*items, *guarded, item(11, slug="open")))
    assert b"ushhush" not in Path(index.path).read_bytes()
    assert [job.stem for job in index.jobs()] == [""] * 7 + ["post/open"]


@pytest.mark.parametrize(
    "one",
    [
        {"status": ""},
        {"type": ""},
        {
            "status": " Publish ",
            "title": " <b>A</b> &amp; B",
            "slug": " %e6%97%a5 ",
            "author": " ann ",
            "parent": " 3 ",
        },
        {"password": "x"},
        {"meta": [("_password", "x"), ("password", "y")]},
        {"meta": [("form", 'a:1:{s:8:"password";s:1:"x";}')]},
        {"meta": [("form", 'a:1:{s:8:"password";s:0:"";}')]},
        {"meta": [("note", "what a password is")]},
        {"terms": [("", "", "News"), ("tag", "x", "X"), ("category", "%e6%97%a5", "日")]},
    ],
)
@pytest.mark.parametrize("damage", ["", "wp:status", "wp:post_password"])
def test_the_first_look_agrees_with_the_reader(item, one, damage):
    data = item(**{"id": 7, **one}).replace(f"</{damage}>" if damage else "\0", "").encode()
    look, whole = item_fields(parse_item(data)), read_item(data, "x.xml", "1").fields
    assert route(look) == route(whole)
    for name in (
        "id",
        "type",
        "status",
        "slug",
        "title",
        "url",
        "author",
        "parent",
        "order",
        "terms",
        "protected",
    ):
        assert getattr(look, name) == getattr(whole, name)


def test_a_full_disk_is_an_error_with_a_path(index_of, export, item, monkeypatch):
    monkeypatch.setattr(schema, "FAST", schema.FAST + "PRAGMA max_page_count = 60;")
    with pytest.raises(OSError) as caught:
        index_of(export(*(item(n, slug=f"s{n}", title="x" * 500) for n in range(1, 600))))
    assert caught.value.errno == errno.ENOSPC
    assert caught.value.filename.endswith("index.sqlite")


def test_an_index_travels_by_its_path(index_of, export, item):
    index = index_of(export(item(1, slug="x")))
    site = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(index)).site(1)))
    assert site.addresses["/x"] == "/post/x"
    index.close()
    assert site.entries_by_id["1"] == "post/x"
    with pytest.raises(sqlite3.OperationalError):
        schema.reading(index.path).execute("DELETE FROM public")


def test_an_index_that_is_gone(index_of, export, item, tmp_path):
    index = index_of(export(item(1, slug="x")))
    index.close()
    (tmp_path / "index.sqlite").unlink()
    with pytest.raises(FileNotFoundError, match="run again"):
        index.count()


@pytest.fixture
def pages(tmp_path):
    texts = {
        "a.html": "---\ntitle: A\nwordpress_id: 50\nwordpress_url: http://www.example.org/old/a/\n---\n<a href='/x#part'>x</a>",
        "b.html": "---\ntitle: B\nwordpress_id: 51\nwordpress_url: http://elsewhere.example/b/\n---\ntext",
        "c.html": "---\ntitle: C\n---\ntext",
        "d.html": "---\ntitle: D\nwordpress_id: 52\nstatus: draft\nwordpress_url: http://example.org/d/\n---\ntext",
        "post/x.html": "---\ntitle: X\nwordpress_id: 1\nwordpress_url: http://example.org/x/\n---\ntext",
    }
    (tmp_path / "post").mkdir()
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return [Job(str(tmp_path), name, name, name[:-5], name[:-5]) for name in [*texts, "gone.html"]]


def test_pages_beside_an_export_are_entries_too(index_of, export, item, pages):
    index = index_of(export(item(1, slug="x"), item(2, slug="y")), pages=pages)
    jobs = list(index.jobs(pages))
    assert [(job.path, job.site) for job in jobs[:6]] == [
        ("a.html", 1),
        ("b.html", 0),
        ("c.html", 1),
        ("d.html", 1),
        ("post/x.html", 1),
        ("gone.html", 1),
    ]
    assert [job.stem for job in jobs[6:]] == ["post/x-2", "post/y"], "a page keeps its place"
    site = index.site(1)
    assert site.addresses["/old/a"] == "/a"
    assert site.addresses["?p=50"] == "/a"
    assert site.addresses["?p=1"] == "/post/x-2", "of two with one id the item counts"
    assert "?p=52" not in site.addresses
    assert "part" in site.linked_fragments
    assert dict(index.site(0).entries_by_id) == {"51": "b"}
    assert not index.site(0).addresses
    assert index.site(0).hosts == frozenset({"elsewhere.example"})


_slugs = st.sampled_from(
    ["", "a", "A", "a-2", "..", "con", "%e6%97", "é", "e\u0301", "x" * 300, "b/c", "report", "\u202e", "😀"]
)
_things = st.lists(
    st.tuples(
        st.integers(0, 6),
        st.sampled_from(["post", "page", "media", "nav"]),
        _slugs,
        st.sampled_from(["", "A title", "…", "a"]),
        st.integers(0, 8),
        st.sampled_from(["publish", "publish", "draft", "private"]),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_things)
def test_every_entry_has_a_safe_place_of_its_own(index_of, export, item, things):
    items = [
        item(n, type=kind, slug=slug, title=title, parent=parent, status=status)
        for n, kind, slug, title, parent, status in things
    ]
    routes = RouteOptions(statuses={"draft": "draft"})
    index = index_of(export(*items), routes=routes)
    jobs = list(index.jobs())
    stems = [job.stem for job in jobs if job.stem]
    assert len(jobs) == len(things) == index.count()
    assert len({collision_key(stem) for stem in stems}) == len(stems)
    for (_, _, _, _, _, status), job in zip(things, jobs, strict=True):
        assert bool(job.stem) == (status != "private" and not job.same_as)
        assert job.stem.startswith("_drafts/") == (status == "draft" and not job.same_as)
        assert ".." not in job.stem.split("/") and not job.stem.startswith("/")
    folders = {collision_key(stem.rpartition("/")[0]) for stem in stems}
    assert not {collision_key(stem) + end for stem in stems for end in (".md", ".json", ".yaml")} & folders
    assert index_of(export(*items), routes=routes, name="again.sqlite").digest == index.digest


def test_a_refused_file_counts_all_items_in_its_bytes(index_of, export, item):
    many = [item(number, slug=f"s{number}", content="word " * 4_000) for number in range(1, 120)]
    attack = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///x">]>' + export(*many)
    (file,) = index_of(attack).files()
    assert (file.items_in_bytes, file.entries) == (119, 0)
    assert "entities" in file.problems[0]
