"""Notices say in which line of the file their thing stands first."""

from __future__ import annotations

import pytest

from wpmigrate.model import Notice
from wpmigrate.normalizer.places import with_places

BODY = '1\n<p style="color: red">a</p>\n<div id="1"></div>\n[gallery ids="1"]\n<iframe src="x"></iframe>\n'


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("style color: decoration", 11),
        ("anchor 1: the section's slug #a", 12),
        ("shortcode [gallery]", 13),
        ("<iframe>: Markdown has no way to say it (raw HTML)", 14),
        ("link to x is not in the output", 14),
    ],
)
def test_the_first_place_is_found(what, line):
    (notice,) = with_places([Notice("dropped", what)], BODY, 10)
    assert notice.where == f"line {line}"


def test_a_place_that_is_known_stays_and_one_that_is_not_stays_empty():
    rows = [Notice("dropped", "style color: decoration", where="line 3"), Notice("kept", "something else")]
    assert with_places(rows, BODY, 10) == rows
