"""Which key of ours stands where in a builder's front matter, and that the rows of the targets fit together."""

from __future__ import annotations

from typing import Any

import pytest

from wpmigrate.targets import TARGETS
from wpmigrate.targets.front import USUAL_TYPES, builder_key, own_names, redirect_key

SITES = sorted(set(TARGETS) - {"commonmark"})


def place(name: str, key: str, value: Any = "x") -> str:
    target = TARGETS[name]
    return builder_key(target.front, own_names(target), key, value)


@pytest.mark.parametrize(
    ("name", "key", "value", "where", "why"),
    [
        ("hugo", "excerpt", "x", "summary", "renamed"),
        ("hugo", "summary", "x", "", "the name of another key"),
        ("hugo", "Title", "x", "", "Hugo does not tell it from title"),
        ("hugo", "date", "March 4", "", "not a parsable date: the build fails"),
        ("hugo", "date", "2012-13-01", "", "no such month"),
        ("hugo", "date", "2012-04-19", "date", ""),
        ("hugo", "draft", "maybe", "", "no truth value"),
        ("hugo", "type", "page", "", "chooses a template"),
        ("hugo", "weight", 3, "", "orders lists"),
        ("hugo", "rating", 3, "rating", ""),
        ("hugo", "slug", "404", "slug", "harmless beside url"),
        ("hugo", "slug", "Index", "", "links lead to the folder above"),
        ("jekyll", "tags", ["a", 1], "", "Jekyll joins names"),
        ("jekyll", "permalink", "/x/", "", "the target's own"),
        ("jekyll", "redirect_from", "/x/", "", "the target's own"),
        ("jekyll", "published", False, "", "the page would not be built"),
        ("eleventy", "eleventyComputed", {}, "", "a name that begins so is Eleventy's"),
        ("eleventy", "override:tags", [], "", "likewise"),
        ("eleventy", "page", 1, "", "the build fails"),
        ("astro", "slug", "x", "", "two equal ones lose a page"),
        ("mkdocs", "template", "x.html", "", "the build fails"),
        ("mkdocs", "modified", "2012-04-19", "modified", ""),
        ("nikola", "status", "publish", "", "Nikola knows published only"),
        ("nikola", "data", "x.json", "", "Nikola opens the file"),
        ("pelican", "title", "x", "Title", ""),
        ("pelican", "rating", 3, "", "a header without a row"),
        ("pelican", "date", "soon", "", "no date"),
        ("commonmark", "layout", "x", "layout", "nothing is reserved"),
    ],
)
def test_where_a_key_stands(name: str, key: str, value: Any, where: str, why: str) -> None:
    assert place(name, key, value) == where, why


@pytest.mark.parametrize("name", SITES)
def test_no_key_of_the_source_takes_the_targets_own(name: str) -> None:
    target = TARGETS[name]
    for key in {
        *target.front.constant,
        *target.front.draft,
        *target.front.address_keys,
        redirect_key(target),
        target.front.rest,
    }:
        if key:
            assert place(name, key) == place(name, key.upper()) == ""


@pytest.mark.parametrize("name", SITES)
def test_the_rows_fit_together(name: str) -> None:
    front = TARGETS[name].front
    assert front.types.keys() >= USUAL_TYPES.keys()
    assert all(
        key == key.lower() for key in (*front.reserved, *front.reserved_prefixes) if key != "override:"
    )
    assert len(set(front.keys.values())) == len(front.keys)
    assert not set(front.keys.values()) & {*front.constant, *front.draft, *front.address_keys}
    if front.format == "headers":
        assert front.keys.keys() >= {*front.header_forms, *front.required}
