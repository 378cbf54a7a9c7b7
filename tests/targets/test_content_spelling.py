"""Names that a builder passes over are spelled otherwise."""

import pytest

from wpmigrate.errors import ConfigError
from wpmigrate.targets import TARGETS
from wpmigrate.targets.derive import derive
from wpmigrate.targets.paths import address_of, content_path

JEKYLL = TARGETS["jekyll"]


@pytest.mark.parametrize(
    ("stem", "path"),
    [
        ("about", "about"),
        ("_about", "x_about"),
        ("a/_pages/about", "a/x_pages/about"),
        ("a~/b", "a~x/b"),
        ("#1/~b", "x#1/x~b"),
        ("_posts/2012-04-01-a", "_posts/2012-04-01-a"),
        ("_posts/2012-04-01-_a", "_posts/2012-04-01-_a"),
        ("blog/_posts/2012/2012-04-01-a", "blog/_posts/2012/2012-04-01-a"),
        ("_posts/a", "x_posts/a"),  # Jekyll reads dated posts only …
        ("_posts/2012-13-01-a", "x_posts/2012-13-01-a"),  # … and ends at a month that is none
        ("index", "index-page"),
    ],
)
def test_jekyll_builds_every_page(stem, path):
    assert content_path(JEKYLL, stem) == path


def test_the_address_stays():
    assert address_of(JEKYLL, "_pages/about") == "/_pages/about/"


def test_other_targets_keep_names():
    assert content_path(TARGETS["eleventy"], "_pages/_about") == "content/_pages/_about"


@pytest.mark.parametrize(("part", "key"), [("place", "content_spelling"), ("front", "address_spelling")])
def test_a_broken_expression_of_the_user_is_named(part, key):
    with pytest.raises(ConfigError, match=f"targets.mine.{part}.{key}: .* is no regular expression"):
        derive("mine", JEKYLL, {part: {key: {"(": "x"}}})
