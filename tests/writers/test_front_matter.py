"""Front matter: its keys, their order, and that every value of the entry is in it."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import SCHEMA_VERSION, Author, Comment, Entry, SourceInfo, Term
from wpmigrate.model.nodes import Root
from wpmigrate.writers.front_matter import front_matter
from wpmigrate.writers.yaml import Plain, emit

SOURCE = SourceInfo("a.html", None, "0" * 64, "front-matter", "utf-8", "html")
EMPTY = Entry(
    schema_version=SCHEMA_VERSION, source=SOURCE, id="", type="post", status="publish", slug="", title="", url="",
    author=Author(), date="", modified="", parent="", order=0, excerpt="", terms=[], comments=[], metadata={},
    sections=[], links=[], media=[], content=Root([]), notices=[],
)  # fmt: skip


def entry(**fields: Any) -> Entry:
    return msgspec.structs.replace(EMPTY, **fields)


def test_canonical_keys_come_first_then_the_source_s_own() -> None:
    page = entry(
        title="A",
        slug="a",
        date="2012-04-19T11:55:16+00:00",
        author=Author("Ann"),
        excerpt="x",
        status="draft",
        terms=[Term("post_tag", "t", "T"), Term("category", "c", "C"), Term("category", "d", "D")],
        metadata={"layout": "page", "wordpress_id": 12},
        comments=[Comment("1")],
    )
    keys = front_matter(page)
    assert list(keys) == [
        *("title", "slug", "date", "author", "categories", "tags", "excerpt", "draft"),
        *("layout", "wordpress_id", "comments"),
    ]
    assert keys["categories"] == ["C", "D"]
    assert keys["tags"] == ["T"]
    assert keys["draft"] is True
    assert keys["author"] == "Ann"


def test_an_empty_entry_has_only_its_lists() -> None:
    assert front_matter(EMPTY) == {"categories": [], "tags": []}


@pytest.mark.parametrize("status", ["draft", "pending", "private", "future", "trash", "inherit"])
def test_only_what_is_published_is_no_draft(status: str) -> None:
    assert front_matter(entry(status=status))["draft"] is True
    assert "draft" not in front_matter(entry(status="publish"))


def test_a_key_that_is_taken_gets_a_prefix() -> None:
    metadata = {"title": "<b>A</b>", "raw_title": "z", "slug": "a", "draft": False}
    keys = front_matter(entry(title="A", slug="a", status="draft", metadata=metadata))
    assert keys["title"] == "A"
    assert keys["raw_title"] == "<b>A</b>"
    assert keys["raw_raw_title"] == "z"
    assert "raw_slug" not in keys
    assert keys["draft"] is True
    assert keys["raw_draft"] is False


def test_equal_values_of_unlike_types_are_two_values() -> None:
    assert front_matter(entry(status="draft", metadata={"draft": 1}))["raw_draft"] == 1


def test_the_author_s_other_fields() -> None:
    author = Author("Ann", "ann", "ann@example.org", "http://example.org/")
    assert list(front_matter(entry(author=author)).items())[-3:] == [
        ("author_login", "ann"),
        ("author_email", "ann@example.org"),
        ("author_url", "http://example.org/"),
    ]
    metadata = {"author": {"login": "ann", "email": "ann@example.org"}, "author_url": "x"}
    keys = front_matter(entry(author=author, metadata=metadata))
    assert keys["raw_author"] == metadata["author"]
    assert keys["author_url"] == "x"
    assert "author_login" not in keys
    assert "author_email" not in keys


def test_terms_of_other_taxonomies() -> None:
    terms = [
        Term("language", "en", "English"),
        Term("language", "fr", "French"),
        Term("post_format", "l", "Link"),
    ]
    keys = front_matter(entry(terms=terms, metadata={"post_format": "link"}))
    assert keys["language"] == ["English", "French"]
    assert keys["post_format"] == "link"
    assert front_matter(entry(terms=[Term("tags", "x", "X")]))["raw_tags"] == ["X"]


def test_comments() -> None:
    author = Author("Ann", "", "ann@example.org", "http://example.org/")
    comment = Comment(
        "7", "5", author, "2012-04-19T11:55:16+00:00", "<p>Yes</p>", {"date_gmt": "x", "content": "y"}
    )
    keys = front_matter(entry(comments=[comment], metadata={"comments": True}))
    assert keys["comments"] is True
    assert keys["raw_comments"] == [
        {
            "id": "7",
            "parent": "5",
            "author": "Ann",
            "author_email": "ann@example.org",
            "author_url": "http://example.org/",
            "date": "2012-04-19T11:55:16+00:00",
            "content": "<p>Yes</p>",
            "date_gmt": "x",
            "raw_content": "y",
        }
    ]


@pytest.mark.parametrize(
    "date", ["2012-04-19T11:55:16+00:00", "2012-04-19T11:55:16.5-04:00", "2012-04-19", "2012-04-19T11:55:16Z"]
)
def test_a_date_is_a_date_to_site_builders(date: str) -> None:
    keys = front_matter(entry(date=date, metadata={"modified": date, "other": date}))
    assert type(keys["date"]) is type(keys["modified"]) is Plain
    read = yaml.safe_load(emit(keys))
    assert isinstance(read["date"], datetime.date)
    assert read["modified"] == read["date"]
    assert read["other"] == date


@pytest.mark.parametrize(
    "date",
    [
        *(
            "soon",
            "2012-13-01",
            "0000-00-00T00:00:00+00:00",
            "2012-02-30T00:00:00",
            "2012-04-19T11:55:16+25:00",
        ),
        *("2012-04-19T11:55", "2012-04-19T11:55:16.000000001Z", "2012-04-19 ", "２０１２-04-19"),
    ],
)
def test_what_is_no_date_stays_text(date: str) -> None:
    assert yaml.safe_load(emit(front_matter(entry(date=date))))["date"] == date


values = st.one_of(
    st.text(max_size=5), st.integers(), st.none(), st.booleans(), st.lists(st.text(max_size=3))
)
names = st.sampled_from(
    ["title", "raw_title", "slug", "author", "author_url", "tags", "draft", "comments", "x"]
)


@given(
    st.dictionaries(names, values),
    st.text(max_size=3),
    st.text(max_size=3),
    st.sampled_from(["publish", "draft"]),
)
def test_no_value_is_lost(metadata: dict[str, Any], title: str, url: str, status: str) -> None:
    comments = [Comment("1", content="c")]
    page = entry(metadata=metadata, title=title, status=status, author=Author(url=url), comments=comments)
    keys = front_matter(page)
    assert not title or keys["title"] == title
    assert ("draft" in keys and keys["draft"] is True) or status == "publish"
    assert not url or url in keys.values() or "author_url" in metadata
    for key, value in metadata.items():
        assert any(name.endswith(key) and keys[name] == value for name in keys)


ITEM = SourceInfo("site.xml", "1", "0" * 64, "wxr", "utf-8", "html")
WHOLE = entry(
    source=ITEM, id="7", type="book", title="A", slug="a", parent="3", order=2, url="http://x.example/a/",
    date="2012-04-19T11:55:16+02:00", modified="2013-01-01T00:00:00+01:00", author=Author("Ann", "ann"), comments=[Comment("1")],
    terms=[Term("genre", "n", "Noir"), Term("language", "en", "English"), Term("post_format", "aside", "Aside"), Term("category", "c", "C")],
    metadata={"guid": "http://x.example/?p=7", "date_gmt": "2012-04-19T09:55:16Z", "sticky": True, "language": "en",
              "meta": {"views": "5"}, "seo": {"title": "S"}, "unknown": {"a:b": "c"}},
)  # fmt: skip


def test_the_front_matter_of_an_item_is_short() -> None:
    keys = front_matter(WHOLE, alone=False)
    assert list(keys) == [
        *("title", "slug", "date", "author", "categories", "tags"),
        *("type", "parent", "order", "url", "sticky", "seo", "language", "genre"),
    ]
    assert keys["genre"] == ["Noir"] and keys["language"] == "en"
    assert "type" not in front_matter(entry(source=ITEM), alone=False)


def test_it_holds_everything_when_it_stands_alone() -> None:
    short, whole = front_matter(WHOLE, alone=False), front_matter(WHOLE)
    assert list(whole)[: len(short)] == list(short)
    assert list(whole)[len(short) :] == [
        *("id", "modified", "author_login", "guid", "date_gmt", "meta", "unknown"),
        *("raw_language", "post_format", "comments"),
    ]
    assert whole["raw_language"] == ["English"]
    assert front_matter(entry(source=ITEM, status="private"))["status"] == "private"
