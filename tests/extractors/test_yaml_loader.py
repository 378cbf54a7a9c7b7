"""YAML to JSON values."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors.yaml_loader import ALIAS_BUDGET, MAX_DEPTH, YamlProblem, load_yaml
from wpmigrate.model import NoticeLog


def load(text: str) -> Any:
    return load_yaml(text, NoticeLog()).value


def whats(text: str) -> list[str]:
    log = NoticeLog()
    load_yaml(text, log)
    return [notice.what for notice in log.notices()]


@pytest.mark.cases("cases/yaml.txt")
def test_cases(case: Any) -> None:
    value = load(case.input + "\n")
    assert json.dumps(value, ensure_ascii=False) == case.expected


TEXT = st.text(alphabet="abcXYZ 0123-:#'\"{}[]&*!|>%@`,?~=.\n中文€ŷ", max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, JSON, max_size=5), st.booleans())
def test_what_pyyaml_writes_is_read_back(value: dict[str, Any], flow: bool) -> None:
    assert load(yaml.safe_dump(value, default_flow_style=flow)) == value


@given(st.text(alphabet="ab:- \n'\"[]{}&*!|>#,?\t1.~<é\x85", max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        json.dumps(load(text), allow_nan=False)
    except YamlProblem as problem:
        assert problem.line >= 1
        assert problem.column >= 1


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: c: d\n", 2, 5),
        ("a: 1\n\tb: 2\n", 2, 1),
        ("a: 'x\n", 2, 1),
        ("a: \x00", 1, 1),
        ("a: 1\n--- b\n", 2, 1),
    ],
)
def test_a_problem_has_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(YamlProblem) as caught:
        load(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_the_place_is_one_of_the_file() -> None:
    with pytest.raises(YamlProblem) as caught:
        load_yaml("a: b: c\n", NoticeLog(), first_line=7)
    assert caught.value.line == 7


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    with pytest.raises(YamlProblem):
        load("a: " + opening * 100_000)


def test_nesting_up_to_the_limit_is_read() -> None:
    value = load("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    for _ in range(MAX_DEPTH - 1):
        (value,) = value
    assert value == []


def test_an_alias_bomb_does_not_go_off() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    text = "\n".join(lines)
    assert len(json.dumps(load(text))) < 12 * ALIAS_BUDGET
    assert any("alias" in what for what in whats(text))


@pytest.mark.parametrize("depth", [20, 60])
def test_keys_of_keys_do_not_grow_with_each_level(depth: int) -> None:
    with pytest.raises(YamlProblem, match="a key of more than 1024 characters"):
        load("a: " + "{" * depth + "b" + ": c}" * depth)


def test_a_key_that_is_no_text_is_json() -> None:
    assert load("{{[a, é]: b}: c}") == {'{"[\\"a\\", \\"é\\"]": "b"}': "c"}
    assert load("? {a: b}\n: c\n") == {'{"a": "b"}': "c"}


def test_a_long_text_behind_many_aliases_does_not_go_off() -> None:
    text = f"a: &a {'x' * 10_000}\nb: [{', '.join(['*a'] * 5_000)}]\n"
    assert len(json.dumps(load(text))) < 3 * ALIAS_BUDGET


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: !ruby/object:Foo {x: 1}", "YAML tag !ruby/object:Foo: not executed"),
        ("a: !!python/name:os.system ''", "YAML tag !!python/name:os.system: not executed"),
        ("a: !binary MjA=", "YAML !binary: base64 read as text"),
        ("a: !binary //79", "YAML !binary that holds no text"),
        ("a: *b", "YAML alias of an unknown anchor"),
        ('a: "\\xC3\\xAD"', "front matter: UTF-8 read as Windows-1252"),
    ],
)
def test_what_is_not_plain_is_noted(text: str, what: str) -> None:
    (found,) = whats(text)
    assert found.startswith(what)


@pytest.mark.parametrize("text", ["a: 1", "a: ! 'b'", "a: &x 1\nb: *x", "a: !!set {b}", "a: Ã"])
def test_what_is_plain_is_not_noted(text: str) -> None:
    assert whats(text) == []


def test_keys_that_stand_twice_are_named_with_their_place() -> None:
    loaded = load_yaml("a: 1\nb:\n  c: x\n  c: y\na: 2\n", NoticeLog(), first_line=2)
    assert [(d.key, d.line, d.column, d.value, d.again) for d in loaded.duplicates] == [
        ("c", 5, 3, "x", "y"),
        ("a", 6, 1, 1, 2),
    ]
