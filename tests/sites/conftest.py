"""Tests with real site builders. A file with ``BUILDER = "hugo"`` in it is one of them: its tests are marked ``sites``,
which plain pytest leaves out and ``make test-sites`` runs, and it may ask for ``built``: one built site for each case.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import CASES, BuiltSite, Case, case_inputs, case_options, run_site


def pytest_itemcollected(item: pytest.Item) -> None:
    if hasattr(getattr(item, "module", None), "BUILDER"):
        item.add_marker("sites")


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """Each case of :data:`harness.CASES`, built by the builder that the test file names; once a file."""
    case: Case = request.param
    if case.corpus and not os.environ.get("WPMIGRATE_CORPUS"):
        pytest.skip("WPMIGRATE_CORPUS names no folder of exports")
    project = tmp_path_factory.mktemp(case.name) / "site"
    return run_site(request.module.BUILDER, case_inputs(case), project, case_options(case))


@pytest.fixture(scope="module")
def build(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Return a function that builds a site of the test's own: ``build({"a.html": "<p>…"}, "--option") -> BuiltSite``."""

    def one(pages: dict[str, str], *options: str) -> BuiltSite:
        folder = tmp_path_factory.mktemp("own")
        for name, text in pages.items():
            path = folder / "source" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return run_site(request.module.BUILDER, (folder / "source",), folder / "site", options)

    return one
