"""The quick look for pictures that no ``<img src>`` shows."""

from __future__ import annotations

import pytest

from wpmigrate.wordpress.pictures import late_address, may_have_pictures


@pytest.mark.parametrize(
    "html",
    ['<p style="background: URL(a.jpg)">', '<img data-src="a.jpg">', "<img DATA-LAZY-src=a.jpg>", "<iframe data-Original=a>é", "<img data-orig-SRC=a>", "<img data-echo=a>"],
)
def test_pages_with_late_or_hidden_pictures_are_looked_at(html: str) -> None:
    assert may_have_pictures(html)


def test_other_pages_are_not() -> None:
    assert not may_have_pictures('<p data-id="1" style="color: red">late \ud800 (data) é</p>')


@pytest.mark.parametrize(
    ("attributes", "url"),
    [
        ({"src": "data:,", "data-src-fg": "/a.jpg"}, "/a.jpg"),
        ({"data-lazy": "true", "data-original": "a.jpg"}, "a.jpg"),
        ({"data-lazy": "true"}, ""),
        ({"src": "data:,", "data-source": "/b.html", "data-poster-src": "/c.jpg"}, ""),
        ({"src": "data:,", "data-srcset": " /a.jpg 1x, /b.jpg 2x"}, "/a.jpg"),
        ({"data-lazy-srcset": "", "data-bgsrcset": "https://x.example/a,b.jpg 300w,"}, "https://x.example/a,b.jpg"),
        ({"srcset": "/a.jpg 1x"}, ""),
        ({"src": "data:,", "data-foo-src": "/a.jpg", "data-src": "/b.jpg"}, "/b.jpg"),
        ({"src": "/own.jpg", "data-src": "/b.jpg"}, ""),
        ({"src": None, "data-src": None, "data-x-src": "  https://x.example/a "}, "https://x.example/a"),
    ],
)
def test_the_address_that_comes_late(attributes: dict[str, str | None], url: str) -> None:
    assert late_address(attributes) == url
