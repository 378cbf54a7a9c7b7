"""Blocks whose attributes are all they show."""

import pytest

from wpmigrate.wordpress.dynamic import shown_html


@pytest.mark.parametrize(
    ("name", "attributes", "expected"),
    [
        ("core/social-link", {"url": "https://a.example/?b&c", "service": "github"}, '<li><a href="https://a.example/?b&amp;c">GitHub</a></li>'),
        ("core/social-link", {"url": "a.example/x", "service": "x", "label": " My <b> "}, '<li><a href="https://a.example/x">My &lt;b&gt;</a></li>'),
        ("core/social-link", {"url": "a@b.example", "service": "mail"}, '<li><a href="mailto:a@b.example">Mail</a></li>'),
        ("core/social-link", {"url": "//a.example", "service": "newone"}, '<li><a href="//a.example">newone</a></li>'),
        ("core/social-link", {"url": "#", "service": "fivehundredpx"}, '<li><a href="#">500px</a></li>'),
        ("core/social-link", {"service": "github"}, ""),
        ("core/navigation-link", {"label": "A <em>b</em>", "url": "/a/"}, '<li><a href="/a/">A <em>b</em></a></li>'),
        ("core/navigation-link", {"label": "A"}, "<li>A</li>"),
        ("core/navigation-link", {"url": "/a/"}, ""),
        ("core/latest-posts", {"postsToShow": 3}, ""),
    ],
)
def test_what_wordpress_shows(name, attributes, expected):
    assert shown_html(name, attributes) == expected
