"""Patterns and names: whatever a source says, the path is safe and stays in the folder."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.errors import UsageError
from wpmigrate.runner.index.paths import (
    ENTRY_FIELDS,
    check_patterns,
    decode_slug,
    entry_name,
    parse_pattern,
    safe_segment,
    stem_of,
)

VALUES = dict.fromkeys(ENTRY_FIELDS, "x") | {
    "type": "post",
    "slug": "hello",
    "path": "about/hello",
    "year": "2012",
    "month": "04",
}


@pytest.mark.parametrize(
    ("pattern", "stem"),
    [
        ("{type}/{path}", "post/about/hello"),
        ("/{year}//{month}/{slug}/", "2012/04/hello"),
        ("blog/{year}-{month}-{slug}", "blog/2012-04-hello"),
        ("{category}/{slug}", "x/hello"),
    ],
)
def test_a_pattern(pattern, stem):
    assert stem_of(parse_pattern(pattern), VALUES, "post-1") == stem


def test_empty_parts_are_left_out():
    assert stem_of(parse_pattern("{category}/{slug}"), VALUES | {"category": ""}, "post-1") == "hello"
    assert stem_of(parse_pattern("{slug}"), VALUES | {"slug": ".."}, "post-1") == "post-1"
    assert stem_of(parse_pattern("{slug}"), VALUES | {"slug": ".."}, "///") == "x"


@pytest.mark.parametrize("pattern", ["{nothing}", "{slug", "slug}", "posts", "", "{}", "{slug}{"])
def test_a_bad_pattern(pattern):
    with pytest.raises(UsageError, match="path pattern"):
        check_patterns({"post": pattern})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hello", "hello"),
        ("Hello World", "Hello-World"),
        ("..", ""),
        (".htaccess", "htaccess"),
        ("a. ", "a"),
        ("con", "con_"),
        ("NUL.txt", "NUL_.txt"),
        ("com1", "com1_"),
        ("com", "com"),
        ("a/b\\c:d", "a-b-c-d"),
        ("50% #1?", "50-1"),
        ("日本", "日本"),
        ("cafe\u0301", "café"),
        ("\u202etxt", "txt"),
        ("a\0b\x9fc", "a-b-c"),
        ("\ud800", ""),
        ("😀", "😀"),
    ],
)
def test_a_safe_name(text, name):
    assert safe_segment(text) == name


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("hello", "hello"),
        ("%e6%97%a5%e6%9c%ac", "日本"),
        ("%E6%97%A5", "日"),
        ("%e6%97%a5%e6%9c", "日"),
        ("%e6%97%a5%e", "日"),
        ("%e6%97%a5%", "日"),
        ("%ff%fea", "%ff%fea"),
        ("a+b", "a+b"),
        (" x ", "x"),
    ],
)
def test_a_slug_that_wordpress_cut(text, slug):
    assert decode_slug(text) == slug


def test_the_name_of_an_entry():
    assert entry_name("a-slug", "A title", "post", "7") == "a-slug"
    assert entry_name("", "A title!", "post", "7") == "a-title"
    assert entry_name("", "!!!", "post", "7") == "post-7"
    assert entry_name("..", "", "", "") == "entry"


_odd = st.one_of(
    st.text(max_size=400),
    st.sampled_from(
        [
            "..",
            ".",
            "CON",
            "con.md",
            "a" * 300,
            "日" * 100,
            "😀" * 80,
            "\u05d0\u05d1",
            "%e6%97",
            "%2e%2e%2f",
            "a/../../b",
            "x. ",
        ]
    ),
)


@given(_odd, _odd, _odd, st.sampled_from(["{type}/{path}", "{slug}", "{year}/{author}/{path}-{id}"]))
def test_whatever_comes_in_the_path_is_safe(slug, title, parent, pattern):
    name = entry_name(slug, title, "post", "7")
    values = VALUES | {"slug": name, "path": f"{parent}/{name}", "author": title}
    stem = stem_of(parse_pattern(pattern), values, "post-7")
    assert len(stem.encode("utf-8")) <= 900
    for part in stem.split("/"):
        assert part
        assert len(part.encode()) <= 250
        assert part[0] not in ". " and part[-1] not in ". "
        assert part.partition(".")[0].lower() not in {"con", "nul", "com1"}
        assert not set(part) & set('<>:"\\|?*#%\0 ')
    assert stem == stem_of(parse_pattern(pattern), values, "post-7")
