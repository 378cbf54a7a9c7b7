"""WordPress's paragraphs: own cases, WordPress's own answers, and what must hold for any text."""

from __future__ import annotations

import importlib
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress import autop

module = importlib.import_module("wpmigrate.wordpress.autop")

PIECES = [
    *(
        "<p>",
        "</p>",
        "<p class='x'>",
        "<P>",
        "<div>",
        "</div>",
        "<div",
        "<ul>",
        "</ul>",
        "<li>",
        "</li>",
        "<h2>",
        "</h2>",
    ),
    *(
        "<blockquote>",
        "</blockquote>",
        "<BLOCKQUOTE>",
        "<table><tr><td>",
        "</td>",
        "<hr>",
        "<form>",
        "</form>",
    ),
    *(
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<pre>\n\n",
        "</pre>",
        "<br>",
        "<br />",
        "<br/>",
    ),
    *(
        "<b>",
        "</b>",
        "<a\nhref='x'>",
        "</a>",
        "<link>",
        "<picture>",
        "<param>",
        "<object>",
        "</object>",
        "<option>",
    ),
    *(
        "[audio]",
        "<source>",
        "<!--x-->",
        "<!--\n",
        "-->",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "</p",
        "</p<br>",
        "<",
        ">",
    ),
    *("\n", "\n\n", "\r\n", " ", "\t", "\u00a0", "word", "two words"),
]
odd_html = st.lists(st.sampled_from(PIECES), max_size=16).map("".join)


def read_cases(name: str) -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8")
    cases = []
    for case in text.split("====\n"):
        title, rest = case.removeprefix("# ").split("\n", 1)
        source, expected = rest.split("\n----\n", 1)
        cases.append((title, source, expected))
    return cases


CASES = read_cases("paragraphs.txt")


@pytest.mark.parametrize(
    ("source", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_case(source: str, expected: str) -> None:
    assert autop(source) == expected


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\r\n", "\0\v"])
def test_nothing_is_no_paragraph(text: str) -> None:
    assert autop(text) == ""


def test_a_literal_non_breaking_space_is_text() -> None:
    assert autop("One\n\n\u00a0\n\nTwo") == "<p>One</p>\n<p>\u00a0</p>\n<p>Two</p>\n"


def test_line_ends_of_any_kind() -> None:
    assert autop("One\r\ntwo\r\n\r\nThree\rfour") == autop("One\ntwo\n\nThree\nfour")


def test_line_ends_in_pre_are_bytes() -> None:
    assert autop("<pre>a\r\nb</pre>") == "<pre>a\r\nb</pre>\n"


def test_without_breaks() -> None:
    assert autop("One\ntwo<br>three\n\nFour", br=False) == "<p>One\ntwo<br>three</p>\n<p>Four</p>\n"


def test_white_space_after_a_break_is_a_line_end_of_its_own() -> None:
    assert autop("One<br /> \ntwo") == "<p>One<br /> <br />\ntwo</p>\n"


@given(odd_html)
def test_the_short_way_is_the_long_way(source: str) -> None:
    parts = module._paragraphs(source)
    if parts:
        assert module._settle_apart(parts) == module._settle(module._wrap(parts), True)


@given(odd_html)
def test_the_line_ends_do_not_matter(source: str) -> None:
    plain = source.replace("\r\n", "\n")
    assert autop(plain.replace("\n", "\r\n")).replace("\r\n", "\n") == autop(plain)


@given(st.text(st.sampled_from("ab &;é漢\n\t []"), max_size=60))
def test_no_word_is_lost(text: str) -> None:
    assert re.sub(r"</?p>|<br />", " ", autop(text)).split() == text.split()


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(autop(text), str)


# Each took quadratic time, or recursion, in some converter. A regression makes the suite hang rather than fail.
HEAVY = {
    "angles": "<" * 100_000,
    "one line": "word " * 200_000,
    "blanks": "a<br>" + " " * 500_000 + "b",
    "unclosed comments": "<!-- a\n\n" * 50_000,
    "unclosed pre": "<pre>\n" * 100_000,
    "nested blocks": "<div>" * 20_000,
    "nested inlines": "<b>" * 20_000 + "</b>" * 20_000,
    "blocks in a tag": "<div " * 50_000 + ">",
    "objects": "<object><param " * 30_000 + "</object>",
    "captions": "<figcaption " * 50_000,
    "items on a line": "<option></option><p><lix" * 20_000,
    "scripts": "<script " * 50_000,
    "line ends": "\n" * 500_000 + "x",
}


@pytest.mark.parametrize("source", HEAVY.values(), ids=HEAVY)
def test_a_heavy_text_has_an_answer(source: str) -> None:
    assert autop(source)


@pytest.mark.corpus
def test_wordpress_answers_the_same() -> None:
    corpus = os.environ.get("WPMIGRATE_CORPUS")
    if not corpus:
        pytest.skip("WPMIGRATE_CORPUS names no folder")
    lines = (Path(corpus).parent / "golden" / "autop.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) > 1000
    assert [row["raw"] for row in rows if autop(row["raw"]) != row["wpautop"]] == []
