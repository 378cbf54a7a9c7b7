"""Whatever is spelled as YAML, yaml12 reads back as the same values; so a file with these bytes says them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
import yaml12
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wpmigrate.verifier.yaml_spelling import Stamp, spell_yaml

ODD = st.sampled_from(
    """null Null NULL ~ true True y no 0 1 01 -1 +1 0x1F 0o7 1e3 1.5 .5 .inf 1_000 1:30 2010-01-02 << = -- --- ... - ? : # | >
    & * ! % @ ` ' " \\ [] {} [a] {a} a: a:b #a a#""".split()
)
PIECES = st.sampled_from([": ", " #", "\n", "\n\n", " ", "  ", "\t", "\r", "\xa0", "\x85", "\u2028", "\ufeff", "\x00", "\x7f", "'", '"'])
TEXTS = st.one_of(st.text(), st.lists(st.one_of(ODD, PIECES, st.text(max_size=3)), max_size=6).map("".join))
ATOMS = st.one_of(TEXTS, st.integers(), st.booleans(), st.none(), st.floats())
KEYS = st.one_of(st.from_regex(r"[a-z_]{1,6}", fullmatch=True), ODD, TEXTS)
VALUES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def typed(value: Any) -> Any:
    """Return ``value`` so that equal means equal in type too: True is not 1."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    return (type(value), value)


@settings(max_examples=300)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
@example({"a": "x\n", "b": "x\n\n", "c": "x\ny", "d": "\n", "e": "x\n\n\ny"})
@example({"rows": [{"a": 1, "b": True}, {"a": True, "b": 1}, {"a": "1", "b": "true"}]})
@example({"a": ["x\ny\n", {"b": "x\n"}], "b": [], "c": {}, "d": [[], {}]})
def test_what_is_spelled_reads_back(record: dict[str, Any]) -> None:
    text = spell_yaml(record)
    if text is not None:
        assert typed(yaml12.parse_yaml(text)) == typed(record)


@settings(max_examples=100)
@given(TEXTS)
@example("a\n\tb\t\n\n\t\tc")
@example("a\n\t\nb")
def test_a_text_reads_back_wherever_it_stands(text: str) -> None:
    record = {"a": text, "b": {"c": text, "d": [text, {"e": text}]}}
    spelled = spell_yaml(record)
    if spelled is not None:
        assert yaml12.parse_yaml(spelled) == record
        assert yaml.safe_load(spelled) == record


@pytest.mark.parametrize("record", [{"a": {"b": "1"}}, {"terms": [{"name": "A", "slug": "a"}]}, {"a": "x: y", "count": 3}])
def test_common_records_have_a_spelling(record: dict[str, Any]) -> None:
    assert spell_yaml(record)


@pytest.mark.parametrize("text", ["2010-01-02", "2010-01-02T03:04:05", "2010-01-02T03:04:05.5-04:00", "2010-13-40T25:61:61Z"])
def test_dates_without_quotes_are_text(text: str) -> None:
    spelled = spell_yaml({"date": Stamp(text)})
    assert spelled == f"date: {text}\n"
    assert yaml12.parse_yaml(spelled) == {"date": text}


@pytest.mark.parametrize("text", ["", "2010", "2010-01", "x: y", "2010-01-02\na: b", "\u0661\u0660\u0661\u0660-01-02", "2010-01-02 #"])
def test_what_is_no_date_is_not_spelled_as_one(text: str) -> None:
    assert spell_yaml({"date": Stamp(text)}) is None
