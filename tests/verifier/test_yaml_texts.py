"""Front matter as the proof reads it when YAML 1.2 refuses it: every scalar a text."""

from __future__ import annotations

import pytest

from wpmigrate.verifier.yaml_texts import read_texts


def test_a_key_that_is_no_text_is_json():
    found = read_texts("a: &a [1, é]\n? *a\n: b\n? {c: d}\n: e\n")
    assert found is not None and found.values == {"a": ["1", "é"], '["1", "é"]': "b", '{"c": "d"}': "e"}


@pytest.mark.parametrize("depth", [20, 60])
def test_keys_of_keys_do_not_grow_with_each_level(depth):
    assert read_texts("a: " + "{" * depth + "b" + ": c}" * depth) is None


def test_a_key_of_many_aliases_does_not_go_off():
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    text = "\n".join(lines)
    assert read_texts(text) is not None
    assert read_texts(f"{text}\n? *a11\n: b\n") is None
    assert read_texts(f"{text}\n? [*a11]\n: b\n") is None
