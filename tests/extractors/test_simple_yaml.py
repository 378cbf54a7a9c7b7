"""The short cut gives what the YAML loader gives."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wpmigrate.extractors.encoding import decode
from wpmigrate.extractors.front_matter import split
from wpmigrate.extractors.simple_yaml import load_simple
from wpmigrate.extractors.yaml_loader import YamlProblem, load_yaml
from wpmigrate.model import NoticeLog

VALUES = (
    "word,two words,2012,007,1.50,1.5,-1,yes,Off,null,~,2012-04-19,2012-04-19 11:55:16.000000000 +00:00,12:30,"
    "http://a.example/?p=1#x,a: b,a #c,a#c,a:,:a,#a,'q','q' x,'it''s','a''''b','''','''a''',/a/b/,/,/a: b,/a #c,\"d\",\"d\\n\",\"d'd\",! 'e',! e,!binary YQ==,[],{},"
    "[a],{a: b},&a b,*a,|,>-,- x,-,--- x,%a,@a,`a,a 'b' [c] {d},0,0x1F,é,descrÃ­ben,ção,中文,한글: x,=,<<,a\tb,a\x85b,a\u2028b,"
    "a\xa0b, lead,trail  ,a'b,a\",it's: x,\ufeffa,a\\b,\x7f,_a,12:30:45,a,a&#47;b,b".split(",")
)
STARTS = [
    "a:",
    "b:",
    "title:",
    "tags:",
    "author:",
    "date:",
    "- ",
    "-",
    "  - ",
    " - ",
    "  a:",
    "  b:",
    "    c:",
    "",
    "  ",
    "# ",
    "#",
    "<<:",
    "a b:",
]
LINES = st.tuples(
    st.sampled_from(STARTS),
    st.sampled_from(["", " ", "  "]),
    st.sampled_from(["", *VALUES]) | st.text(max_size=6),
).map("".join)


def same(block: str) -> bool:
    """Compare both readings; tell whether the short cut was taken."""
    simple = load_simple(block)
    if simple is None:
        return False
    log = NoticeLog()
    try:
        loaded = load_yaml(block, log)
    except YamlProblem as problem:
        raise AssertionError(f"only the short cut reads {block!r}: {problem}") from None
    assert repr(simple) == repr(loaded.value)  # repr: types and order count too
    assert loaded.duplicates == ()
    assert log.notices() == ()
    return True


@settings(max_examples=1000)
@given(st.lists(LINES, min_size=1, max_size=6).map(lambda lines: "\n".join(lines) + "\n"))
@example("a:\n- a\n  - b\n")
@example("a: b\n  c: d\n")
@example("a: b\n- c\n")
@example("a:\n  b: c\n- d\n")
@example("a: b\n\n  c\n")
@example("a:\n- b\n\n- c\n\nd: e\n")
def test_any_lines(block: str) -> None:
    same(block)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("start", ["key: ", "title: ", "tags:\n- ", "tags:\n  - ", "author:\n  login: "])
def test_every_value_in_every_place(start: str, value: str) -> None:
    same(f"x: 1\n{start}{value}\ny: 2\n")


SIMPLE = """\
layout: page
status: publish
published: true
title: 'A: title'
author:
  login: ann
  email: ''
wordpress_id: 12554
wordpress_url: http://example.org/?page_id=12554
permalink: /it/is/here/
# a line for people: 'here'
excerpt: 'It''s here'
date: 2012-04-19 11:55:16.000000000 +00:00
categories:
- News
- Ünïcode
tags: []
meta: {}
"""


def test_a_usual_block_takes_the_short_cut() -> None:
    assert same(SIMPLE)


@pytest.mark.parametrize(
    "line", ["tab:\tx", "alias: *a", 'esc: "\\x41"', "fold: >-", "bin: !binary YQ==", "a: b: c"]
)
def test_what_is_not_usual_does_not(line: str) -> None:
    assert load_simple(f"{SIMPLE}{line}\n") is None


@pytest.mark.corpus
def test_real_pages(legacy_pages: Any) -> None:
    taken = [same(split(decode(path.read_bytes()).text).block) for path in legacy_pages]
    assert sum(taken) > len(taken) // 3
