"""Gutenberg bodies as plain HTML."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors import extract
from wpmigrate.model import NoticeLog, Site
from wpmigrate.model.nodes import walk
from wpmigrate.normalizer import normalize
from wpmigrate.normalizer.block_comments import BLOCKS, read_blocks
from wpmigrate.options import ExtractOptions, NormalizeOptions


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


def metas(body):
    """Return what the nodes of the page ``body`` have of its blocks, and the notices of blocks that were dropped."""
    source = next(iter(extract(b"---\ntitle: T\n---\n" + body.encode(), "page.html", ExtractOptions())))
    entry = normalize(source, Site(), NormalizeOptions())
    found = [(type(node).__name__, node.data) for node in walk(entry.content) if node.data and "wp" in node.data]
    return found, [notice.what for notice in entry.notices if notice.kind == "dropped" and notice.what.startswith("block ")]


def test_attributes_of_blocks_round_a_block_stand_beside_its_own():
    body = (
        '<!-- wp:columns {"a":1} --><div><!-- wp:column {"b":2} --><div><!-- wp:quote {"c":3} --><blockquote>'
        '<!-- wp:paragraph {"d":4} --><p>x</p><!-- /wp:paragraph --></blockquote><!-- /wp:quote --></div><!-- /wp:column --></div>'
        "<!-- /wp:columns -->"
    )
    more = [{"name": "core/columns", "attrs": {"a": 1}}, {"name": "core/column", "attrs": {"b": 2}}]
    quote = {"wp": {"name": "core/quote", "attrs": {"c": 3}}, "wpMore": more}
    assert metas(body) == ([("Blockquote", quote), ("Paragraph", {"wp": {"name": "core/paragraph", "attrs": {"d": 4}}})], [])


def test_attributes_of_a_block_without_a_node_stand_at_the_next():
    body = '<!-- wp:paragraph {"a":1} --><p></p><!-- /wp:paragraph -->\n<!-- wp:paragraph {"b":2} --><p>x</p><!-- /wp:paragraph -->'
    own, before = ({"name": "core/paragraph", "attrs": attributes} for attributes in ({"b": 2}, {"a": 1}))
    assert metas(body) == ([("Paragraph", {"wp": own, "wpMore": [before]})], [])


def test_attributes_that_find_no_node_are_named():
    body = '<p>x</p><!-- wp:paragraph {"a":"last"} --><p></p><!-- /wp:paragraph -->'
    assert metas(body) == ([], ['block core/paragraph {"a":"last"}: no element could take these attributes'])
    inside = '<form><fieldset><input name="q"><!-- wp:paragraph {"a":"in it"} --><p>x</p><!-- /wp:paragraph --></fieldset></form>'
    assert metas(inside) == ([], ['block core/paragraph {"a":"in it"}: no element could take these attributes'])
