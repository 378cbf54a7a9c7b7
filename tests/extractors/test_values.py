"""Single values."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors.parts import read_terms
from wpmigrate.extractors.values import as_id, as_text, as_whole_number, plain_title, safe_slug, slug_of_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A &amp; B", "A & B"),
        ("php con el m&oacute;dulo", "php con el módulo"),
        (" Implicit commit<br>", "Implicit commit"),
        ("One<br />two", "One two"),
        ("<b>Bold</b>er", "Bolder"),
        ("Land<Code> and Vector<T>", "Land<Code> and Vector<T>"),
        ("3 < 4 > 2", "3 < 4 > 2"),
        ("&lt;b&gt; is bold", "<b> is bold"),
        ("&amp;amp;", "&amp;"),
        ("a<!-- b <!-- c -->d", "ad"),
        ("a <!-- b", "a <!-- b"),
        ("a\u00a0b", "a\u00a0b"),
        ("a \n b", "a b"),
        ("<p>x</p>", "x"),
        ("<pre", "<pre"),
    ],
)
def test_titles(text: str, expected: str) -> None:
    assert plain_title(text) == expected


@given(st.text(max_size=40))
def test_an_escaped_title_reads_as_it_was(text: str) -> None:
    assert plain_title(html.escape(text)).split() == text.split()


@pytest.mark.parametrize(
    "text", ["<!--" * 50_000, "<b " * 50_000, "<" * 100_000, "&" * 100_000, " " * 100_000]
)
def test_long_titles(text: str) -> None:
    assert len(plain_title(text)) <= len(text)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, ""), (True, "true"), (False, "false"), (7, "7"), (1.5, "1.5"), ("x", "x"), ([1], ""), ({}, "")],
)
def test_text_of_scalars(value: object, expected: str) -> None:
    assert as_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(12, "12"), (" 12 ", "12"), (0, ""), ("0", ""), (False, ""), (None, ""), ([], "")]
)
def test_ids(value: object, expected: str) -> None:
    assert as_id(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(3, 3), ("-2", -2), ("x", 0), ("٣", 0), ("9" * 30, 0), (None, 0), (1.5, 0)]
)
def test_whole_numbers(value: object, expected: int) -> None:
    assert as_whole_number(value) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/2012/04/a-slug/", "a-slug"),
        ("http://example.org/a-slug.html", "a-slug"),
        ("/a-slug/index.html", "a-slug"),
        ("/%e4%b8%ad/", "中"),
        ("http://example.org/?p=12", ""),
        ("http://example.org/", ""),
        ("/:year/:title/", ""),
        ("pretty", ""),
        ("http://[broken/x", ""),
        ("/a/../", ""),
    ],
)
def test_the_slug_of_a_permalink(url: str, expected: str) -> None:
    assert slug_of_url(url) == expected


@given(st.text(max_size=30))
def test_a_slug_is_one_part_of_a_path(text: str) -> None:
    slug = safe_slug(text)
    assert "/" not in slug and "\\" not in slug and slug not in {".", ".."}
    assert not any(ord(char) < 32 for char in slug)
    slug.encode()


@given(st.lists(st.text(alphabet="abcé &;", max_size=8), max_size=5))
def test_exact_terms_are_the_names(names: list[str]) -> None:
    terms, exact = read_terms(names, "category")
    if exact:
        assert [term.name for term in terms] == [name for name in names if name]
