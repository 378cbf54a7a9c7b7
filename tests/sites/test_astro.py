"""What Astro builds of the pages that wpmigrate writes for it."""

from __future__ import annotations

from harness import BuiltSite

BUILDER = "astro"


def test_nothing_is_lost(built: BuiltSite) -> None:
    assert built.losses() == ""
