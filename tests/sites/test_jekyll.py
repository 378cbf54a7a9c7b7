"""Jekyll builds everything that ``convert --target jekyll --scaffold`` writes."""

BUILDER = "jekyll"


def test_nothing_is_lost(built):
    assert built.losses() == ""
