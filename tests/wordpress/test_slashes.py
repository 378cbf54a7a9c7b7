"""Slashes of the database importer are slashes again, also in tags and shortcodes."""

from __future__ import annotations

import pytest

from wpmigrate.wordpress.repair import repair_text
from wpmigrate.wordpress.slashes import SLASH, unescape_slashes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a<&#47;p>", "<p>a</p>"),
        ('<a href="http:&#47;&#47;x&#47;">b<&#47;a><br &#47;>', '<a href="http://x/">b</a><br />'),
        ("[caption]x[&#47;caption]", "[caption]x[/caption]"),
        ("<bean>1<&#47;bean>", "<bean>1</bean>"),
        ("a <&#47;nothing> b", "a <&#47;nothing> b"),
        ("and&#47;or", "and/or"),
    ],
)
def test_slashes_come_back(text, expected):
    assert unescape_slashes(text) == (expected, text.count("&#47;") - expected.count("&#47;"))


def test_the_repair_is_told():
    assert repair_text("<p>a<&#47;p>") == ("<p>a</p>", ((SLASH, 1),))
