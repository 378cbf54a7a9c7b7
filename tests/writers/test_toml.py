"""TOML: read back by the standard library, dates as they are spelled."""

from __future__ import annotations

import datetime
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.errors import WriteError
from wpmigrate.writers.toml import emit_toml, fits_toml
from wpmigrate.writers.yaml import Plain

texts = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)


@given(st.dictionaries(texts, values, max_size=5))
def test_every_value_reads_back(keys: dict[str, Any]) -> None:
    text = emit_toml(keys)
    assert fits_toml(keys) and tomllib.loads(text) == keys
    assert text.count("\n") == len(keys)


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2012-04-19", "date = 2012-04-19\n"),
        ("2012-04-19T11:55:16+09:00", "date = 2012-04-19T11:55:16+09:00\n"),
        ("2012-04-19T11:55:16", "date = 2012-04-19T11:55:16\n"),
        ("2012-04-19T11:55:16Z", 'date = "2012-04-19T11:55:16Z"\n'),
        ("2012-04-19T11:55:16.5+00:00", 'date = "2012-04-19T11:55:16.5+00:00"\n'),
    ],
)
def test_a_date_that_has_one_spelling_is_a_date(date: str, line: str) -> None:
    assert emit_toml({"date": Plain(date)}) == line
    value = tomllib.loads(line)["date"]
    assert (value if isinstance(value, str) else value.isoformat()) == date


def test_a_text_that_looks_like_a_date_stays_text() -> None:
    assert emit_toml({"title": "2012-04-19"}) == 'title = "2012-04-19"\n'
    assert isinstance(tomllib.loads("title = 2012-04-19")["title"], datetime.date)


@pytest.mark.parametrize("value", [None, [1, None], {"a": {"b": None}}, 2**63, [-(2**63) - 1]])
def test_what_toml_has_no_word_for(value: Any) -> None:
    assert not fits_toml(value)


def test_deep_values_are_refused() -> None:
    deep: list[Any] = []
    for _ in range(20_000):
        deep = [deep]
    assert fits_toml(deep)
    with pytest.raises(WriteError, match="deep"):
        emit_toml({"a": deep})
