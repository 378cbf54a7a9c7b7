"""Heading ids by GitHub's rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model.slugs import Slugger, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What We Believe", "what-we-believe"),
        ("It’s “ok”, isn't it?", "its-ok-isnt-it"),
        ("C++ & C#", "c--c"),
        ("日本 語", "日本-語"),
        ("snake_case - dash", "snake_case---dash"),
        ("!?", ""),
    ],
)
def test_slugs(text, expected):
    assert slug(text) == expected


def test_the_second_of_a_name_gets_a_number():
    slugger = Slugger()
    assert [slugger.unique(text) for text in ("a", "a", "a-1", "a")] == ["a", "a-1", "a-1-1", "a-2"]


@given(st.lists(st.text(max_size=5), max_size=12))
def test_no_two_headings_share_an_id(texts):
    slugger = Slugger()
    ids = [slugger.unique(text) for text in texts]
    assert len(set(ids)) == len(ids)
