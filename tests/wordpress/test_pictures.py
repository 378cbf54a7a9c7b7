"""The quick look for pictures that no ``<img src>`` shows."""

from __future__ import annotations

import pytest

from wpmigrate.wordpress.pictures import may_have_pictures


@pytest.mark.parametrize(
    "html",
    ['<p style="background: URL(a.jpg)">', '<img data-src="a.jpg">', "<img DATA-LAZY-src=a.jpg>", "<iframe data-Original=a>é"],
)
def test_pages_with_late_or_hidden_pictures_are_looked_at(html: str) -> None:
    assert may_have_pictures(html)


def test_other_pages_are_not() -> None:
    assert not may_have_pictures('<p data-id="1" style="color: red">late \ud800 (data) é</p>')
