"""The table of elements and the table of their handlers."""

from __future__ import annotations

from typing import get_args

import pytest

from wpmigrate.normalizer.elements import ELEMENTS, UNKNOWN, ElementKind, element_of
from wpmigrate.normalizer.elements.attributes import one_line, pick
from wpmigrate.normalizer.elements.handlers import HANDLERS, handler_of
from wpmigrate.normalizer.elements.inlines import open_transparent, open_unknown


def test_every_kind_has_a_handler_and_a_row():
    assert set(HANDLERS) == set(get_args(ElementKind))
    assert {row.kind for row in ELEMENTS.values()} | {UNKNOWN.kind} == set(HANDLERS)


def test_every_row_says_what_becomes_of_it_and_why():
    assert all(row.fate and row.reason for row in ELEMENTS.values())


@pytest.mark.parametrize(
    ("name", "kind"),
    [("p", "paragraph"), ("h12", "heading"), ("o:p", "transparent"), ("x:p", "unknown"), ("hx", "unknown"), ("blink2", "unknown")],
)
def test_an_element_without_a_row_has_one_all_the_same(name, kind):
    assert element_of(name).kind == kind
    assert handler_of(name) is HANDLERS[kind]


def test_word_s_notes_are_read_through_and_the_unknown_is_kept():
    assert handler_of("st1:place") is open_transparent
    assert handler_of("fb2:like") is open_unknown


def test_attributes_without_a_value_are_not_picked():
    attributes = {"rel": "me", "download": None, "target": "", "x": "y"}
    assert pick(attributes, ("target", "rel", "download", "hreflang")) == {"rel": "me"}
    assert list(pick({"b": "1", "a": "2"}, ("a", "b"))) == ["a", "b"]


def test_an_attribute_stands_on_one_line():
    assert one_line({"alt": " a\n\tb "}, "alt") == "a b"
    assert one_line({"alt": None}, "alt") == one_line({}, "alt") == ""
