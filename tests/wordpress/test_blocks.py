"""Gutenberg's grammar."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.blocks import parse_blocks


def read(text):
    return [
        (token.kind, token.name, token.attributes) for token in parse_blocks(text) if token.kind != "html"
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name", "attributes"),
    [
        ("<!-- wp:paragraph -->", "open", "core/paragraph", {}),
        ("<!-- /wp:paragraph -->", "close", "core/paragraph", {}),
        ("<!-- wp:latest-posts /-->", "void", "core/latest-posts", {}),
        ('<!-- wp:search {"label":"x"} /-->', "void", "core/search", {"label": "x"}),
        (
            '<!-- wp:kadence/rowlayout {"a":{"b":[1,2]}} -->',
            "open",
            "kadence/rowlayout",
            {"a": {"b": [1, 2]}},
        ),
        ('<!-- wp:a {"b":"\\u002d\\u002d\\u003e"} -->', "open", "core/a", {"b": "-->"}),
        ('<!-- wp:a {"b":"} /"} -->', "open", "core/a", {"b": "} /"}),
        ('<!--  wp:a\n{"b":\n1}\n-->', "open", "core/a", {"b": 1}),
        ("<!-- wp:core-embed/youtube -->", "open", "core-embed/youtube", {}),
    ],
)
def test_comments(text, kind, name, attributes):
    assert read(f"<p>x</p>{text}y") == [(kind, name, attributes)]


@pytest.mark.parametrize(
    "text",
    ["<!-- wp: -->", "<!-- wp:A -->", "<!--wp:a -->", "<!-- wp:a {} b -->", "<!-- wp:a", "<!--more-->"],
)
def test_other_comments_are_html(text):
    assert [token.kind for token in parse_blocks(text)] == ["html"]


@pytest.mark.parametrize(
    "value", ["", "NaN", "Infinity", "-Infinity", "1e999", '"\\ud83d"', '"\\uDE00x"', '{"c":["\\ude00\\ud83d"]}']
)
def test_json_that_cannot_be_read(value):
    token = next(parse_blocks(f'<!-- wp:a {{"b":{value}}} -->'))
    assert token.broken and token.attributes == {} and f'{{"b":{value}}}' in token.text


def test_a_character_of_two_escapes_is_read():
    assert next(parse_blocks('<!-- wp:a {"b":"\\ud83d\\ude00"} -->')).attributes == {"b": "\U0001f600"}


@pytest.mark.parametrize(("depth", "broken"), [(400, False), (511, False), (512, True), (5000, True), (50_000, True)])
@pytest.mark.parametrize(("opening", "closing"), [('{"a":', "}"), ("[", "]")])
def test_json_is_read_as_deep_as_php_reads_it_on_every_python(depth, broken, opening, closing):
    token = next(parse_blocks('<!-- wp:a {"a":' + opening * depth + "1" + closing * depth + "} -->"))
    assert token.broken is broken


def test_brackets_in_strings_nest_nothing():
    token = next(parse_blocks('<!-- wp:a {"a":"' + "{[" * 600 + '\\"{","b":1} -->'))
    assert token.attributes == {"a": "{[" * 600 + '"{', "b": 1}


PIECES = st.sampled_from(
    [
        "<!-- wp:a -->",
        "<!-- /wp:a -->",
        "<!-- wp:b/c /-->",
        '<!-- wp:a {"x":1} -->',
        "<p>x</p>",
        "\n\n",
        "<!--",
        "-->",
        "<!-- wp:",
        "{",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_nothing_is_left_out(text):
    assert "".join(token.text for token in parse_blocks(text)) == text


VALUES = st.dictionaries(st.text(max_size=5), st.text(max_size=9) | st.integers() | st.booleans(), max_size=3)


@given(VALUES)
def test_attributes_come_back(values):
    source = (
        json.dumps(values).replace("--", "\\u002d\\u002d").replace("<", "\\u003c").replace(">", "\\u003e")
    )
    token = next(parse_blocks(f"<!-- wp:x/y {source} /-->"))
    assert (token.attributes, token.kind, token.broken) == (values, "void", False)


@pytest.mark.parametrize("piece", ["<!-- wp:a ", "<!-- wp:a -->", "<!--", "<!-- wp:a {", "<!-- /wp:a -->"])
def test_long_repetitions_are_read_to_the_end(piece):
    text = piece * 20_000
    assert "".join(token.text for token in parse_blocks(text)) == text
