"""What is read from an address alone."""

from __future__ import annotations

import pytest

from wpmigrate.model import Site
from wpmigrate.normalizer.links import link_kind, resolve

SITE = Site(hosts=frozenset({"old.example"}), entries_by_id={"7": "post/hello"})


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("#top", "anchor"),
        ("mailto:a@b.example", "mail"),
        ("foo:bar", "other"),
        ("/about/", "internal"),
        ("http://www.old.example/", "internal"),
        ("http://new.example/", "external"),
        ("//new.example/a:b", "external"),
        ("/a.pdf", "file"),
        ("/a.PDF#page=2", "file"),
        ("/a.pdf?download=1", "file"),
        ("/page?file=a.pdf", "internal"),
    ],
)
def test_kinds_of_links(url: str, kind: str) -> None:
    assert link_kind(url, SITE) == kind


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/?p=7", "/post/hello"),
        ("http://old.example/?page_id=7#more", "/post/hello#more"),
        ("http://new.example/?p=7", "http://new.example/?p=7"),
        ("/?p=8", "/?p=8"),
        ("/?q=7", "/?q=7"),
    ],
)
def test_addresses_by_number(url: str, path: str) -> None:
    assert resolve(url, SITE) == path
