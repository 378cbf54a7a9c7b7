"""WordPress's shortcode grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.shortcodes import find_shortcodes, is_plausible, parse_attributes

ANY = None


def only(text, names=ANY):
    found = list(find_shortcodes(text, names))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "named", "positional"),
    [
        (" a=\"1\" B='2' c=3", {"a": "1", "b": "2", "c": "3"}, []),
        (" one 'two words' \"three\"", {}, ["one", "two words", "three"]),
        (' a = "x y" ', {"a": "x y"}, []),
        (' a="x > y\nz"', {"a": "x > y\nz"}, []),
        (' a="it\'s"', {"a": "it's"}, []),
        (" a=&#8221;x y&#8221; b=&quot;z&quot;", {"a": "x y", "b": "z"}, []),
        (" a=\u201cx y\u201d b=&#8217;z&#8217;", {"a": "x y", "b": "z"}, []),
        (' a="say &quot;x&quot;"', {"a": "say &quot;x&quot;"}, []),
        ("\u00a0a=1\u200bb=2", {"a": "1", "b": "2"}, []),
        ("=http://example.org/?a=b&c=d", {}, ["=http://example.org/?a=b&c=d"]),
        (" http://example.org/?v=x&h=1 w=4", {"w": "4"}, ["http://example.org/?v=x&h=1"]),
        (' a="x"b', {}, ['a="x"b']),
        (' a=""', {"a": ""}, []),
        ("", {}, []),
    ],
)
def test_attributes(text, named, positional):
    assert parse_attributes(text) == (named, positional)


def test_a_shortcode_with_content():
    found = only('x [caption id="a"]<b>y</b>[/caption] z')
    assert (found.name, found.attributes, found.content) == ("caption", {"id": "a"}, "<b>y</b>")
    assert (found.start, found.end, found.content_start) == (2, 36, 18)


@pytest.mark.parametrize(
    "text", ["[gallery]", "[gallery /]", "[gallery/]", '[gallery ids="1,2"]', '[gallery ids="1,2" /]']
)
def test_a_shortcode_without_content(text):
    found = only(text)
    assert found.name == "gallery" and found.content is None and (found.start, found.end) == (0, len(text))


def test_what_closes_itself_has_no_content():
    assert only("[a /]x[/a]", {"a"}).content is None


def test_content_ends_at_the_first_end_tag_of_the_same_name():
    found = only("[a][b]x[/b][a]y[/a]z[/a]", {"a"})
    assert found.content == "[b]x[/b][a]y"


def test_nested_ones_are_found_when_asked_for():
    text = "[a][b]x[/b][/a]"
    assert [found.name for found in find_shortcodes(text, ANY)] == ["a"]
    assert [found.name for found in find_shortcodes(text, ANY, nested=True)] == ["a", "b"]


def test_an_end_tag_with_its_slash_as_an_entity():
    assert only("[code]x[&#47;code]").content == "x"


@pytest.mark.parametrize("text", ["[[gallery]]", '[[gallery ids="1"]]', "[[code]x[/code]]"])
def test_escaped(text):
    found = only(text)
    assert found.escaped and (found.start, found.end) == (0, len(text))


def test_two_brackets_on_one_side_only_are_not_an_escape():
    found = only("[[gallery] x")
    assert not found.escaped and found.start == 1


@pytest.mark.parametrize(
    "text",
    [
        "[Code for America's]",
        "[\u2026]",
        "[@]",
        "[more +]",
        "[1]",
        "[a b]",
        "[]",
        "[ a]",
        "[A]",
        "[/a]",
        "[a",
        "a]",
        "[a [b",
    ],
)
def test_text_in_brackets_is_text(text):
    assert list(find_shortcodes(text, ANY)) == []


@pytest.mark.parametrize(
    "text",
    [
        "[toc]",
        '[x y="1"]',
        "[en]Hello[/en]",
        "[contact-form 1 2]",
        "[pe2 http://example.org/a]",
        "[you=http://a.b]",
    ],
)
def test_plausible_shortcodes_of_unknown_plugins(text):
    only(text)


def test_only_the_names_that_are_asked_for():
    assert [found.name for found in find_shortcodes("[a] [ab] [a-b] [A]", {"a"})] == ["a"]


def test_none_begins_in_a_range_to_skip():
    text = "<i>[a]</i>[b][a]"
    assert [found.start for found in find_shortcodes(text, {"a", "b"}, skip=[(0, 10)])] == [10, 13]


def test_plausible_wants_a_name_that_a_programmer_writes():
    assert (
        is_plausible("a_b", " c", False)
        and not is_plausible("a", " c", False)
        and not is_plausible("Ab", "", True)
    )


PIECES = st.sampled_from(
    ["[", "]", "[[", "[/a]", "[a]", "[b x=1]", "[a", "/", '"', "'", "=", " ", "x", "\n", "&#8221;", "\u00e9"]
)


@given(st.lists(PIECES).map("".join), st.sampled_from([None, {"a"}, {"a", "b"}]))
def test_what_is_found_stands_where_it_says(text, names):
    end = 0
    for found in find_shortcodes(text, names):
        assert end <= found.start < found.content_start <= found.end <= len(text)
        source = text[found.start : found.end]
        assert source.startswith(("[[" if found.escaped else "[") + found.name)
        if found.content is not None:
            assert text.startswith(found.content, found.content_start)
        end = found.end


@pytest.mark.parametrize("piece", ["[", "[a", "[caption]", "[[a]", '[a x="', "[a ", "[/a]", "[a]", "[a]["])
def test_long_repetitions_are_read_to_the_end(piece):
    for names in (None, {"a", "caption"}):
        assert len(list(find_shortcodes(piece * 20_000, names))) <= 20_001
