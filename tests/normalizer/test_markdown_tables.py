"""Tables that begin under a line of text: the whole page is proven, so that the tree is what GFM says."""

from __future__ import annotations

import json

import pytest

import wpmigrate
from wpmigrate.normalizer.markdown_tables import part_tables

PAGE = "---\ntitle: A\n---\n# Title\n\n## Part\n\n{}\n\nSee [this](u) and [that](v) **now**.\n"
GRID = "a | b\n--|:-:\n1 | 2"


def converted(body: str):
    result = wpmigrate.convert("a.md", PAGE.format(body).encode(), "a")
    assert result.record.status == "written", result.record.reason
    markdown = next(file.data.decode() for file in result.files if file.format == "markdown")
    assert body in markdown
    record = next(file.data.decode() for file in result.files if file.format == "json")
    assert "wpm-table" not in markdown + record
    return json.loads(record)["content"]


def kinds(node) -> list[str]:
    return [node["type"], *(kind for child in node.get("children", ()) for kind in kinds(child))]


@pytest.mark.parametrize(
    "body",
    [
        f"The values:\n{GRID}",
        "> The values:\n> " + GRID.replace("\n", "\n> "),
        "- The values:\n  " + GRID.replace("\n", "\n  ") + "\n- more",
        f"One\n\n{GRID}\n--|--\n3 | 4",
        "The values:\n|a\\|b|\n|-|\n|1|",
    ],
)
def test_a_table(body):
    assert kinds(converted(body)).count("table") == 1


@pytest.mark.parametrize(
    "body",
    [
        f"```\nx\n{GRID}\n```",
        "x\n\n    y\n    " + GRID.replace("\n", "\n    "),
        "The values:\na | b | c\n--|--\n1 | 2",
        "1. x\n2. a\n--\n",
    ],
)
def test_no_table(body):
    assert "table" not in kinds(converted(body))


def test_a_tight_list_stays_tight():
    (items,) = (node for node in converted(f"- x\n  {GRID.replace(chr(10), chr(10) + '  ')}\n- y")["children"] if node["type"] == "list")
    assert not items.get("spread")


@pytest.mark.parametrize("text", ["|" + " " * 200_000, "|" + "-" * 200_000 + "x", "a|b\n-|-\n" * 20_000, "> " * 50_000 + "|\n-|-"])
def test_what_would_take_long_is_left_alone(text):
    """How the time grows is measured by ``benchmarks.scaling``."""
    assert part_tables(text) == text
