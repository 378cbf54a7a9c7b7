"""docs/site-data.md shows what is true: its examples are those of the fixture, its tables name every file and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wpmigrate.runner.site_files.records import SiteRecord
from wpmigrate.runner.site_files.redirects import REDIRECT_FILES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "site-data.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"From\s`([^`]+)`:\n\n```\w*\n(.*?)```", TEXT, re.DOTALL)


def test_every_example_is_in_the_file_that_it_is_from(trip) -> None:
    assert (
        trip.convert((ROOT / "tests" / "fixtures" / "wxr" / "garden.xml").read_text(encoding="utf-8")) == []
    )
    assert len(EXAMPLES) == 8
    for name, example in EXAMPLES:
        there = [line.rstrip(",") for line in trip.text(name).splitlines()]
        missing = [line for line in example.splitlines() if line.rstrip(",") not in there]
        assert not missing, name


@pytest.mark.parametrize("name", ["site.json", "site.yaml", *REDIRECT_FILES])
def test_every_file_is_named(name: str) -> None:
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize("key", [key for key in SiteRecord.__struct_fields__ if key != "schema_version"])
def test_every_key_is_named(key: str) -> None:
    assert f"`{key}`" in TEXT


def test_its_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:|/)([^)#]+)", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL))
    assert targets
    assert not [target for target in targets if not (ROOT / "docs" / target).exists()]
