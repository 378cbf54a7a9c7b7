"""Unquoted scalars, held against two YAML readers."""

import pytest
import yaml
import yaml12
from hypothesis import given, settings
from hypothesis import strategies as st

from wpmigrate.extractors.scalars import plain_value

NUMBERS = [
    "0",
    "-0",
    "+7",
    "12",
    "-12",
    "1.",
    "1.5",
    "1.50",
    "-1.5",
    "+1.5",
    ".5",
    "1.5e+3",
    "1.5E-3",
    "0x1F",
    "00.5",
    "0.0",
]


@pytest.mark.parametrize("text", NUMBERS)
def test_both_versions_of_yaml_give_this_number(text: str) -> None:
    value = plain_value(text, False)
    assert isinstance(value, int | float)
    assert yaml.safe_load(text) == value == yaml12.parse_yaml(text)


@settings(max_examples=300)
@given(st.text(alphabet="0123456789-+.eExoabF_:", min_size=1, max_size=8))
def test_a_number_is_never_read_otherwise(text: str) -> None:
    value = plain_value(text, False)
    if isinstance(value, int | float):
        assert yaml.safe_load(text) == value == yaml12.parse_yaml(text)
    else:
        assert value == text


@pytest.mark.parametrize("text", [*NUMBERS, "yes", "2012-04-19", "12:30"])
def test_text_stays_text(text: str) -> None:
    assert plain_value(text, True) == text


@pytest.mark.parametrize("text", ["yes", "No", "TRUE", "off", "~", "null", "", "y", "tRUE", "none"])
def test_words_are_what_pyyaml_reads(text: str) -> None:
    assert plain_value(text, False) == yaml.safe_load(text)
