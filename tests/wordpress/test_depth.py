"""Tags nested too deep go, text never does."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.depth import DEPTH, limit_depth


def test_a_page_stays_as_it_is():
    html = "<div><p>a<p>b<ul><li>c<li>d</ul></div>" * 300
    assert limit_depth(html) == (html, 0)


def test_surplus_tags_go_with_their_ends():
    html = "<div>" * (DEPTH + 3) + "x" + "</div>" * (DEPTH + 3) + "<b>y</b>"
    limited, dropped = limit_depth(html)
    assert dropped == 3
    assert limited == "<div>" * DEPTH + "x" + "</div>" * DEPTH + "<b>y</b>"


def test_comments_and_scripts_are_not_tags():
    html = "<!-- " + "<div>" * 500 + " --><script>" + "<div>" * 500 + "</script>"
    assert limit_depth(html) == (html, 0)


@given(st.lists(st.sampled_from(["<div>", "</div>", "<b>", "</b>", "<p>", "<li>", "t ", "<ul>", "</ul>"]), max_size=900))
def test_text_is_never_touched(parts):
    html = "".join(parts)
    limited, _ = limit_depth(html)
    assert re.sub("<[^>]*>", "", limited) == re.sub("<[^>]*>", "", html)
