"""Gutenberg bodies as plain HTML."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.block_comments import BLOCKS, read_blocks


def read(text):
    log = NoticeLog()
    return read_blocks(text, log), [f"{notice.kind} {notice.what}" for notice in log.notices()]


@pytest.mark.cases("cases/blocks.txt")
def test_cases(case):
    """Blank lines between blocks mean nothing."""
    assert read(case.input)[0].split() == case.expected.split()


def test_attributes_come_back():
    attributes = {"a": "\"<&'--", "b": [1, {"c": None}]}
    source = json.dumps(attributes).replace("--", "\\u002d\\u002d")
    text, _ = read(f"<!-- wp:x/y {source} --><div><p>z</p></div><!-- /wp:x/y -->")
    (said,) = re.findall(r'<div data-wp-block="([^"]*)">', text)
    assert json.loads(html.unescape(said)) == {"name": "x/y", "attrs": attributes}


def test_unknown_blocks_are_told():
    assert read("<!-- wp:x/y --><p>z</p><!-- /wp:x/y -->") == (
        "<p>z</p>",
        ["kept block x/y: its HTML is read, its attributes stand in data.wp"],
    )


def test_blocks_without_html_are_left_out_by_name():
    text, notices = read('<p>a</p><!-- wp:search {"label":"Find","style":{}} /--><!-- wp:archives /-->')
    assert text == "<p>a</p>\n"
    assert notices == [
        'dropped block core/search {"label":"Find"} and style: the old site made its content when it showed the page',
        "dropped block core/archives: the old site made its content when it showed the page",
    ]


def test_attributes_of_blocks_without_an_element_of_their_own():
    _, notices = read(
        '<!-- wp:x/y {"a":1} --><!-- wp:paragraph {"b":2} --><p>z</p><!-- /wp:paragraph --><!-- /wp:x/y -->'
    )
    assert 'dropped block x/y {"a":1}: no element could take these attributes' in notices
    _, notices = read('<!-- wp:x/y {"a":1} -->text<!-- /wp:x/y -->')
    assert 'dropped block x/y {"a":1}: no element could take these attributes' in notices


def test_broken_comments_are_told():
    _, notices = read("<!-- wp:group --><!-- /wp:columns --><!-- wp:a {x} -->")
    assert [notice.split(":")[0] for notice in notices] == [
        "dropped block core/a",
        "repaired block core/columns",
        "repaired block core/group",
        "repaired block core/a",
    ]


PIECES = st.sampled_from(["<!-- wp:group -->", "<!-- /wp:group -->", "<!-- wp:a/b {\"c\":1} -->", "<!-- /wp:a/b -->", "<p>word</p>", "word\n\n", "<!-- wp:search /-->"])  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_words_do_not_vanish_and_comments_do(text):
    said, _ = read(text)
    assert said.count("word") == text.count("word") and "wp:" not in said


@pytest.mark.parametrize(
    "piece", ["<!-- wp:a -->", "<!-- /wp:a -->", '<!-- wp:a {"b":1} -->', "<!-- wp:a --><!-- wp:b -->"]
)
def test_twenty_thousand_blocks(piece):
    assert read(piece * 20_000 + "<p>x</p>")[0].endswith("x</p>") or "/wp" in piece


def test_the_table_says_what_becomes_of_each():
    assert all(BLOCKS.values())
