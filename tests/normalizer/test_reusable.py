"""Reusable blocks put in where a page refers to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer import reusable
from wpmigrate.normalizer.reusable import put_in_blocks


def put_in(text, blocks):
    log = NoticeLog()
    said = put_in_blocks(text, blocks, log)
    return said, [f"{notice.kind} {notice.what}" for notice in log.notices()]


def reference(number):
    return f'<!-- wp:block {{"ref":{number}}} /-->'


@pytest.mark.parametrize("comment", ['<!-- wp:block {"ref":7} /-->', '<!-- wp:core/block {"ref": 7,"align":"wide"} /-->', '<!-- wp:block {"ref":"7"} --><!-- /wp:block -->'])
def test_a_reference_becomes_the_block(comment):
    said, notices = put_in(f"a{comment}b", {"7": "<p>x</p>"})
    assert said == "a<p>x</p>b"
    assert notices == ["mapped reusable block 7: its text stands in the page"]


def test_blocks_in_blocks_are_put_in_too():
    blocks = {"1": f"1{reference(2)}1", "2": f"2{reference(3)}2", "3": "3"}
    assert put_in(reference(1) + reference(3), blocks)[0] == "123213"


def test_a_missing_block_stays_named():
    said, notices = put_in(f"a{reference(7)}b", {})
    assert said == 'a<!--wp:block {"ref":7} /-->b'
    assert notices == ["kept reusable block 7: not in the export, or not published; the reference stays as a comment"]


def test_a_block_inside_itself_stays_named():
    said, notices = put_in(reference(1), {"1": f"1{reference(2)}", "2": f"2{reference(1)}"})
    assert said == '12<!--wp:block {"ref":1} /-->'
    assert notices[-1].startswith("kept reusable block 1: it stands inside itself")


def test_what_a_page_says_otherwise_is_told():
    _, notices = put_in('<!-- wp:block {"ref":7,"content":{"Title":{"content":"Mine"}}} /-->', {"7": "x"})
    assert notices[0].startswith("dropped reusable block 7") and '"Mine"' in notices[0]


def test_a_bomb_of_blocks_has_a_limit(monkeypatch):
    monkeypatch.setattr(reusable, "MOST_PUT_IN", 10_000)
    blocks = {str(number): reference(number + 1) * 10 + "word " for number in range(12)}
    said, notices = put_in(reference(0), {**blocks, "12": "word "})
    assert len(said) < 40_000
    assert any("10,000 characters" in notice for notice in notices)


def test_a_long_chain_needs_no_recursion():
    blocks = {str(number): reference(number + 1) for number in range(5_000)}
    assert put_in(reference(0), {**blocks, "5000": "end"})[0] == "end"


@given(st.text(alphabet="<!-wp:block {}\"ref/>a\n"))
def test_other_texts_stay_to_the_byte(text):
    text = text.replace("wp:block", "wp:b")
    assert put_in(text, {"1": "x"})[0] == text
