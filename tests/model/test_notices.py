"""Notices are counted by kind and thing, and told in the order of what matters."""

from __future__ import annotations

import pytest

from wpmigrate.model import Notice, NoticeLog, drops_content


def test_the_same_thing_is_counted_and_keeps_its_first_place():
    log = NoticeLog()
    log.add("kept", "a", "line 2")
    log.add("kept", "a", "line 9", 3)
    assert log.notices() == (Notice("kept", "a", 4, "line 2"),)


def test_what_was_dropped_comes_first():
    log = NoticeLog()
    for kind in ("kept", "mapped", "repaired", "dropped"):
        log.add(kind, "a")
    assert [notice.kind for notice in log.notices()] == ["dropped", "repaired", "mapped", "kept"]


@pytest.mark.parametrize(
    ("kind", "what", "content"),
    [
        ("dropped", "style color: decoration", False),
        ("dropped", "attribute class: names for a style sheet that stays behind", False),
        ("dropped", "anchor x: nothing links to it", True),
        ("dropped", "comment <!--a-->: invisible", True),
        ("kept", "shortcode [a]", False),
    ],
)
def test_looks_are_no_content(kind, what, content):
    assert drops_content(Notice(kind, what)) is content
