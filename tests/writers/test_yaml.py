"""The YAML emitter: its spelling in cases/yaml.txt, and that two unlike readers read the same values back."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
import yaml12
from hypothesis import example, given
from hypothesis import strategies as st

from wpmigrate.errors import WriteError
from wpmigrate.writers.yaml import MAX_DEPTH, Plain, emit

NASTY = (
    *"- ? : , [ ] { } # & * ! | > ' \" % @ ` ~ = < + . / \\ \t \n \r _ 0 1 9 a y".split(" "),
    *("yes", "No", "on", "OFF", "true", "False", "null", "Null", "NULL", "y", "n", "~", "=", "<<"),
    *(
        "0x1F",
        "0o17",
        "017",
        "0b101",
        "1_000",
        "1,000",
        "12:30:45",
        "1:30",
        "1e3",
        "1.5",
        "-1",
        "+1",
        ".5",
        "5.",
    ),
    *(".inf", "-.inf", ".NaN", "2012-04-19", "2012-04-19T11:55:16+00:00", "2012-04-19 11:55:16 +0000"),
    *(
        "- a",
        "a: b",
        "a #b",
        "a:",
        "--- a",
        "---",
        "...",
        "|",
        "|-",
        ">+",
        "!!str a",
        "&a b",
        "*a",
        "%YAML 1.2",
    ),
    *(" ", "  ", "\n", "\n\n", " \n", "\n ", "a \nb", "a\n \nb", "a\n\t\nb", "\ta\nb", " a\nb", "a\n"),
    *(
        "\u00a0",
        "\u0085",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x9f",
        "\ufffe",
        "\uffff",
    ),
    *(
        "\u00ad",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u3000",
        "漢字",
        "한국어",
        "é",
        "e\u0301",
        "😀",
        "👩‍👩‍👧",
        "مرحبا",
    ),
    *("\r", "\r\n", "\t", "\x0b", "\x0c", "\U0010ffff", "\U0001fffe"),
)
characters = st.characters(exclude_categories=("Cs",))
texts = st.one_of(
    st.text(characters, max_size=20),
    st.lists(st.sampled_from(NASTY), max_size=5).map("".join),
    st.lists(st.sampled_from(NASTY), max_size=4).map(" ".join),
    st.text(st.sampled_from("0123456789+-_.,:eExobTZ "), max_size=12),
)
numbers = st.one_of(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False))
scalars = st.one_of(texts, numbers, st.booleans(), st.none())
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def same(left: Any, right: Any) -> bool:
    """Say whether two values are equal and of the same types all the way down."""
    return repr(left) == repr(right) or repr(left) == repr(right).replace("-0.0", "0.0")


@pytest.mark.cases("cases/yaml.txt")
def test_spelling(case: Any) -> None:
    value = json.loads(case.input)
    assert emit(value) == case.expected + "\n"
    assert same(yaml.safe_load(case.expected + "\n"), value)


@given(values)
@example({"a": [{"b": " \n"}]})
@example([["\n a"]])
@example("...")
@example({"k" * 2000: {"k" * 2000: ["v"]}})
def test_two_readers_read_the_value_back(value: Any) -> None:
    written = emit(value)
    assert same(yaml.safe_load(written), value)
    assert same(yaml12.parse_yaml(written), value)


@pytest.mark.parametrize("text", NASTY)
def test_every_nasty_text_in_every_place(text: str) -> None:
    for value in (
        text,
        [text],
        {"a": text},
        {text: "a"},
        {"a": [{"b": text, "c": text}, text]},
        [[text, text]],
    ):
        written = emit(value)
        assert same(yaml.safe_load(written), value)
        assert same(yaml12.parse_yaml(written), value)


@given(texts)
def test_one_line_of_output_for_one_line_of_text(text: str) -> None:
    """What other readers may take for a line end is escaped, so a document never has more lines than are meant."""
    assert len(emit([text]).splitlines()) == 1 or "\n" in text


def test_no_blank_begins_or_ends_an_unquoted_line() -> None:
    for text in NASTY:
        line = emit({"a": text}).split("\n")[0]
        assert line == line.rstrip(" ")


def test_a_lone_surrogate_is_escaped() -> None:
    assert emit(["a\ud800b"]) == '- "a\\ud800b"\n'
    assert yaml.safe_load(emit(["a\ud800b"])) == ["a\ud800b"]


def test_plain_text_is_written_as_it_is() -> None:
    written = emit({"date": Plain("2012-04-19T11:55:16+00:00"), "dates": [Plain("2012-04-19")]})
    assert written == "date: 2012-04-19T11:55:16+00:00\ndates:\n  - 2012-04-19\n"


@pytest.mark.parametrize(
    ("number", "spelling"), [(float("inf"), ".inf"), (float("-inf"), "-.inf"), (float("nan"), ".nan")]
)
def test_numbers_that_json_does_not_have(number: float, spelling: str) -> None:
    assert emit(number) == spelling + "\n"


def nested(depth: int) -> list[Any]:
    value: list[Any] = ["end"]
    for _ in range(depth):
        value = [value]
    return value


def test_depth() -> None:
    assert yaml.safe_load(emit(nested(MAX_DEPTH - 2))) == nested(MAX_DEPTH - 2)
    with pytest.raises(WriteError, match="nested"):
        emit(nested(20_000))
    with pytest.raises(WriteError, match="nested"):
        emit({"a": nested(20_000)})


@pytest.mark.parametrize("value", [[object()], {"a": b"bytes"}, {1: "a"}, {None: "a"}, {True: "a"}])
def test_what_is_no_json_value_is_refused(value: Any) -> None:
    with pytest.raises(WriteError):
        emit(value)
