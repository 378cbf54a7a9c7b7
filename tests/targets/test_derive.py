"""A user's own target."""

from __future__ import annotations

import pytest

from wpmigrate.config import build_options, parse_config
from wpmigrate.errors import ConfigError
from wpmigrate.targets import COMMONMARK, TARGETS
from wpmigrate.targets.derive import derive, target_named


def test_values_take_the_place_of_the_base_s_and_tables_are_added():
    made = derive(
        "mine",
        TARGETS["hugo"],
        {"extension": ".markdown", "place": {"media": "assets", "patterns": {"book": "books/{slug}"}}},
    )
    assert (made.name, made.extension, made.place.media) == ("mine", ".markdown", "assets")
    assert made.place.patterns == {"book": "books/{slug}"}
    assert made.place.static == TARGETS["hugo"].place.static
    assert made.dialect == TARGETS["hugo"].dialect


def test_hazards_are_added():
    row = {"pattern": "%%", "where": "text", "write": "&#37;%", "why": "a comment"}
    made = derive("mine", COMMONMARK, {"dialect": {"hazards": [row], "list_holds": ["Paragraph"]}})
    assert [hazard.pattern for hazard in made.dialect.hazards] == [
        *(h.pattern for h in COMMONMARK.dialect.hazards),
        "%%",
    ]
    assert made.dialect.list_holds == frozenset({"Paragraph"})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"plaice": {}}, "unknown key targets.mine.plaice; did you mean place?"),
        ({"place": {"medias": "x"}}, "unknown key targets.mine.place.medias; did you mean media?"),
        ({"place": 3}, "targets.mine.place"),
        ({"place": {"media": 3}}, "targets.mine.place.media: Expected `str`, got `int`"),
        ({"dialect": {"line_break": "two"}}, "targets.mine.dialect.line_break: Invalid enum value"),
        ({"dialect": {"url_tags": "["}}, "is no regular expression"),
        ({"dialect": {"hazards": [{"pattern": "("}]}}, "targets.mine.dialect.hazards"),
        ({"extension": 1}, "targets.mine.extension"),
    ],
)
def test_mistakes_are_named(changes, message):
    with pytest.raises(ConfigError) as error:
        derive("mine", COMMONMARK, changes)
    assert message in str(error.value)


def test_a_configuration_file_has_targets_of_its_own():
    text = '[convert]\ntarget = "mine"\n[targets.mine]\nbase = "jekyll"\n[targets.mine.place]\nmedia = "assets"\n'
    options = build_options(parse_config(text, "wpmigrate.toml"), {})
    made = target_named(options.target, options.targets)
    assert (made.name, made.place.media, made.place.records) == ("mine", "assets", "records")
    assert target_named(options.target, options.targets) is made
    assert target_named("hugo", options.targets) is TARGETS["hugo"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[targets.hugo]\n", "x.toml: targets.hugo: wpmigrate has a target of that name"),
        (
            '[targets.mine]\nbase = "hugoo"\n',
            "x.toml: targets.mine.base: unknown target hugoo; did you mean hugo?",
        ),
        (
            "[targets.mine.place]\nmedias = 1\n",
            "x.toml: unknown key targets.mine.place.medias; did you mean media?",
        ),
        ("[targets]\nmine = 3\n", "x.toml: targets"),
    ],
)
def test_mistakes_in_a_configuration_file_are_named(text, message):
    with pytest.raises(ConfigError) as error:
        parse_config(text, "x.toml")
    assert message in str(error.value)
