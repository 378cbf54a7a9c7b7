"""PHP's serialized values: what PHP writes, and what exports make of it."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress import looks_serialized, unserialize


def serialize(value: Any, shift: int = 0) -> str:
    """Write as PHP does, with string lengths that are off by ``shift``."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{int(value)};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{value!r};"
        case str():
            return f's:{max(0, len(value.encode()) + shift)}:"{value}";'
        case list():
            items = "".join(f"i:{i};{serialize(item, shift)}" for i, item in enumerate(value))
            return f"a:{len(value)}:{{{items}}}"
        case _:
            items = "".join(serialize(key, shift) + serialize(item, shift) for key, item in value.items())
            return f"a:{len(value)}:{{{items}}}"


WRITTEN = [
    ("N;", None),
    ("b:1;", True),
    ("i:-5;", -5),
    ("d:0.5;", 0.5),
    ("d:1.0E+25;", 1e25),
    ("d:-INF;", "-INF"),
    ("i:9223372036854775807;", 9223372036854775807),
    ("i:-9223372036854775809;", "-9223372036854775809"),
    ("a:1:{i:0;i:99999999999999999999;}", ["99999999999999999999"]),
    ('s:5:"café";', "café"),
    ('s:0:"";', ""),
    ("a:0:{}", []),
    ('a:2:{i:0;s:3:"abc";i:1;N;}', ["abc", None]),
    ('a:2:{i:1;s:1:"b";i:0;s:1:"a";}', {"1": "b", "0": "a"}),
    ('a:1:{s:1:"k";a:1:{i:7;b:0;}}', {"k": {"7": False}}),
    ('s:16:"a:1:{i:0;s:1:"";}";', 'a:1:{i:0;s:1:"";}'),
    ('a:1:{i:0;s:9:"say "hi";";}', ['say "hi";']),
    ('O:8:"stdClass":1:{s:1:"a";i:1;}', {"__class__": "stdClass", "a": 1}),
    ('O:1:"T":2:{s:4:"\0*\0p";i:1;s:4:"\0T\0q";i:2;}', {"__class__": "T", "p": 1, "q": 2}),
    ('E:11:"Suit:Hearts";', {"__class__": "Suit", "case": "Hearts"}),
    ('C:3:"Foo":5:{a}b{c}', {"__class__": "Foo", "data": "a}b{c"}),
    ('a:2:{i:0;s:2:"hi";i:1;R:2;}', ["hi", "hi"]),
    ("a:2:{i:0;a:1:{i:0;i:1;}i:1;r:2;}", [[1], {"__reference__": 2}]),
    ("  a:1:{i:0;i:1;}\n", [1]),
]

DAMAGED = [
    ("the length counts characters", 'a:1:{i:0;s:4:"café";}', ["café"]),
    ("line ends were folded", 'a:1:{s:1:"k";s:4:"a\nb";}', {"k": "a\nb"}),
    (
        "an address was replaced",
        'a:1:{s:3:"url";s:11:"https://example.org/";}',
        {"url": "https://example.org/"},
    ),
    ("a quotation mark inside", 'a:1:{i:0;s:99:"say "hi"; now";}', ['say "hi"; now']),
    ("a serialized value inside", 's:99:"a:1:{i:0;s:3:"abc";}";', 'a:1:{i:0;s:3:"abc";}'),
    ("a key", 'a:1:{s:9:"ключ";i:1;}', {"ключ": 1}),
    ("the last string of many", 'a:2:{i:0;s:1:"abc";i:1;s:1:"def";}', ["abc", "def"]),
]

HOPELESS = [
    *(
        "",
        "text",
        "}",
        "a:1:{",
        "a:1:{i:0;",
        'a:1:{i:0;s:3:"abc',
        "a:1:{i:0;}",
        "a:2:{i:0;i:1;}",
        "a:1:{b:1;i:1;}",
    ),
    *("a:1:{a:0:{}i:1;}", "i:5;i:6;", "R:1;", "i:1" + "0" * 5000 + ";", 'C:1:"X":9:{a}', "a:1:{i:0;" * 5000),
]


@pytest.mark.parametrize(("text", "value"), WRITTEN)
def test_what_php_writes(text: str, value: Any) -> None:
    assert looks_serialized(text)
    assert unserialize(text) == value


@pytest.mark.parametrize(("text", "value"), [case[1:] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_damaged_lengths(text: str, value: Any) -> None:
    assert unserialize(text) == value


@pytest.mark.parametrize("text", HOPELESS)
def test_the_hopeless_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        unserialize(text)


def test_the_error_says_where() -> None:
    with pytest.raises(ValueError, match=r"no PHP value at byte 9: 'x;\}'"):
        unserialize("a:1:{i:0;x;}")


def test_not_a_number_is_text() -> None:
    value = unserialize("d:NAN;")
    assert value == "NAN" and not isinstance(value, float | type(math.nan))


def test_a_long_text_is_not_repeated_by_references() -> None:
    text = "x" * 5000
    assert unserialize(f'a:2:{{i:0;s:5000:"{text}";i:1;R:2;}}') == [text, {"__reference__": 2}]


@pytest.mark.parametrize(
    "text", ["", "N", "a:1", "Note: this;", "a: b;", "s:5:hello;", "i:x;", "{}", "https://x;"]
)
def test_what_is_not_serialized(text: str) -> None:
    assert not looks_serialized(text)


# No text in here holds what ends a string.
words = st.text(st.characters(exclude_characters='";', exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(words.map(lambda key: "k" + key), inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@given(values, st.integers(-3, 3))
def test_read_gives_what_was_written(value: Any, shift: int) -> None:
    assert unserialize(serialize(value, shift)) == value


@given(st.text(st.sampled_from('aOsidNbrRCE:;{}"0123 x'), max_size=60))
def test_any_text_is_a_value_or_an_error(text: str) -> None:
    try:
        unserialize(text)
    except ValueError as error:
        assert str(error)


NESTED_STARTS = "".join(f'i:{i};s:999999:"a:1:{{x";' for i in range(20_000))
HEAVY = {
    "strings": 's:5:"' * 100_000,
    "classes": 'O:1:"' * 100_000,
    "ends": 's:5:"' + '";' * 300_000,
    "nested starts": f"a:20000:{{{NESTED_STARTS}}}",
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_a_heavy_text_has_an_answer(text: str) -> None:
    try:
        unserialize(text)
    except ValueError as error:
        assert "byte" in str(error)
