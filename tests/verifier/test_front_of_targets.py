"""The front matter of every target reads back as what was written, and no line of it can change unnoticed."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpmigrate.targets import TARGETS, Target
from wpmigrate.verifier.front import PageFacts, read_front
from wpmigrate.verifier.output import split_page
from wpmigrate.writers.head import write_head
from wpmigrate.writers.target_front import PageFacts as WrittenFacts
from wpmigrate.writers.yaml import Plain

STEM = "post/hello"
URL = "http://old.example/2012/04/caf%C3%A9/"
CHANGED = "2013-01-02T03:04:05+00:00"


def in_toml(target: Target) -> Target:
    return msgspec.structs.replace(target, front=msgspec.structs.replace(target.front, format="toml"))


ALL = {**TARGETS, "hugo in TOML": in_toml(TARGETS["hugo"])}

KEYS: dict[str, Any] = {
    "title": "A <b> & Ü: {{ x }}",
    "slug": "404",
    "date": Plain("2012-04-19T11:55:16+09:00"),
    "author": "yes",
    "categories": ["News", "C++ / C#"],
    "tags": ["C++ / C#", "2020", "R&D, x", "no;w"],
    "excerpt": "one *two*\n\nthree",
    "type": "page",
    "layout": "wide",
    "url": URL,
    "wordpress": "mine",
    "Title": "again",
    "none": None,
    "meta": {"a": [1, None, {"b": 1.5}]},
    "rating": 5,
}


def written(
    keys: dict[str, Any], target: Target, draft: bool = False, stem: str = STEM, url: str = URL
) -> str:
    return write_head(keys, WrittenFacts(stem, url, CHANGED, draft), target)


def read(
    head: str, target: Target, draft: bool = False, stem: str = STEM, url: str = URL
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    parts = split_page(f"{head}\nbody\n", target.front.format)
    if parts is None:
        raise ValueError("no fence")
    return read_front(parts[0], target, PageFacts(stem, (url,), (CHANGED[:10],), draft))


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_what_is_written_reads_back(name: str, draft: bool) -> None:
    assert read(written(KEYS, ALL[name], draft), ALL[name], draft) == (KEYS, [])


names = st.sampled_from(
    "title slug date modified author categories tags excerpt draft type url layout permalink aliases status Status id "
    "wordpress Wordpress wordpress_added wordpress_yaml description summary language template eleventyComputed Title a".split()
) | st.text(st.characters(codec="utf-8"), max_size=5)
texts = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "yes",
        "2020",
        "a, b",
        "a;b",
        "&amp;",
        "&#42;",
        "* x",
        "# y",
        "---",
        "+++",
        "2012-04-19",
        "a\n\nb",
        "a: b",
        "\u00a0x",
        "1.",
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
fronts = st.dictionaries(names, values | st.lists(texts, max_size=4), max_size=8)
stems = st.sampled_from(
    [
        "post/hello",
        "_posts/2012-04-19-x",
        "a",
        "page/100%",
        "x/a:b",
        "x/a..b",
        "x/e.",
        "index",
        "日本",
        "x/{{ y }}",
    ]
)
urls = st.sampled_from(
    [
        "",
        URL,
        "http://x/?p=1",
        "http://x/",
        "/a//b",
        "/../a",
        "/a%2Fb/c%",
        "/x%FFy",
        "http://x/hello",
        "/a\u00a0b/",
        "http://[x",
    ]
)


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=60, deadline=None)
@given(keys=fronts, stem=stems, url=urls, draft=st.booleans())
def test_any_keys_read_back(name: str, keys: dict[str, Any], stem: str, url: str, draft: bool) -> None:
    target = ALL[name]
    assert read(written(keys, target, draft, stem, url), target, draft, stem, url) == (keys, [])


@pytest.mark.parametrize("excerpt", ["Hats &#038; coats", "&#42; a", "&#00;"])
def test_references_in_an_excerpt_read_back(excerpt: str) -> None:
    keys = {"title": "T", "excerpt": excerpt}
    target = ALL["pelican"]
    assert read(written(keys, target, False, "post/hello", ""), target, False, "post/hello", "") == (keys, [])


@pytest.mark.parametrize("lacking", [["title"], ["date"], ["title", "date"]])
@pytest.mark.parametrize("name", ALL)
def test_what_a_builder_needs_is_made_up_and_named(name: str, lacking: list[str]) -> None:
    keys = {key: value for key, value in KEYS.items() if key not in lacking}
    head = written(keys, ALL[name])
    assert read(head, ALL[name]) == (keys, [])
    needed = [key for key in ALL[name].front.required if key in lacking]
    assert ("ordpress_added" in head) == bool(needed)


def is_noticed(head: str, target: Target, keys: dict[str, Any], draft: bool) -> bool:
    try:
        back, wrong = read(head, target, draft)
    except ValueError:
        return True
    return bool(wrong) or back != keys


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_every_line_counts(name: str, draft: bool) -> None:
    keys = {**KEYS, "draft": True} if draft else {key: value for key, value in KEYS.items() if key != "date"}
    lines = written(keys, ALL[name], draft).split("\n")[:-1]
    for place, line in enumerate(lines):
        without = lines[:place] + lines[place + 1 :]
        if line.strip():  # a blank line inside a text of several lines counts too, but not where it is
            assert is_noticed("\n".join(without) + "\n", ALL[name], keys, draft), f"without {line!r}"
        if line.rstrip("-+ ") and not line.endswith("|-"):
            changed = [*lines[:place], line[:-1] + ("1" if line[-1] != "1" else "2"), *lines[place + 1 :]]
            assert is_noticed("\n".join(changed) + "\n", ALL[name], keys, draft), f"another {line!r}"


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"commonmark", "mkdocs"}))
def test_the_address_of_another_page_is_noticed(name: str) -> None:
    back, wrong = read(written(KEYS, ALL[name], stem="post/other"), ALL[name])
    assert wrong and back == KEYS


@pytest.mark.parametrize("name", sorted(set(TARGETS) - {"commonmark", "pelican"}))
def test_a_key_in_the_wrong_place_is_noticed(name: str) -> None:
    target = ALL[name]
    head = written(
        {"title": "T", "search": "x", "layout": "y", "type": "z", "id": "1", "category": "c"}, target
    )
    hidden = head.replace("title: T\n", "").replace("wordpress:\n", "wordpress:\n  title: T\n")
    assert hidden != head and any(key == "title" for key, _ in read(hidden, target)[1])
    reserved = sorted(key for key in ("search", "layout", "type", "id", "category") if f"  {key}:" in head)[0]
    moved = head.replace("---\n", f"---\n{reserved}: w\n", 1)
    assert any(key == reserved for key, _ in read(moved, target)[1])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Title: a\nTitle: b\n", "twice"),
        ("Title: a\ntitle: b\n", "twice"),
        ("Title: a\n    b\n", "no header"),
        ("Title:a\n", "no header"),
        ("Title: a\nWordpress: [1]\n", "no map"),
        ("Title: a\nWordpress: {\n", "Expecting"),
    ],
)
def test_headers_that_the_builder_reads_otherwise(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read_front(text, TARGETS["pelican"], PageFacts(STEM))
