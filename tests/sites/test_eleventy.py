"""Eleventy builds everything that ``convert --target eleventy --scaffold`` writes."""

BUILDER = "eleventy"


def test_nothing_is_lost(built):
    assert built.losses() == ""
