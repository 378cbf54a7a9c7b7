"""Quotation marks of attributes that nobody closed."""

from __future__ import annotations

import pytest

from wpmigrate.wordpress.code import find_code
from wpmigrate.wordpress.open_values import join_zones, open_values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a <a href="u>b</a> c "d" e> f', ['<a href="u>b</a> c "d" e>']),
        ("<img src='u alt=\"x\"> it's > y", ["<img src='u alt=\"x\"> it's >"]),
        ('<a title="t" href= "u>b "c="d>e"> f', ['<a title="t" href= "u>b "c="d>e">']),
        ('<a href="u>b', ['<a href="u>b']),
        ('<a href="u>b "c', ['<a href="u>b "c']),
        ('<a href="u"><a href="v>w"> <b x="y>z">', ['<a href="v>w">', '<b x="y>z">']),
        ('<a href="u" title=\'it "is"\'>b</a> a="b>c" <a title="x=" href="u">', []),
        ('x < y="a>b"', []),
    ],
)
def test_where_a_browser_ends_such_a_tag(text, expected):
    assert [text[start:end] for start, end in open_values(text)] == expected


def test_code_in_an_attribute_is_none():
    assert list(find_code('<a href="u>b</a> [code]c[/code] "d" [php]')) == []
    assert [code.value for code in find_code('<a href="u>b</a> "> [code]c[/code]')] == ["c"]


def test_zones_in_zones_go():
    assert join_zones([(0, 3), (4, 6), (9, 12)], [(4, 10), (10, 30)]) == [(0, 3), (4, 10), (10, 30)]


@pytest.mark.parametrize("piece", ['<a href="u>', "<a b='>", '="', '="<', "<a ", '<a b="c"="d>" '])
def test_time_is_linear(piece):
    assert len(open_values(piece * 30_000)) <= 30_000
