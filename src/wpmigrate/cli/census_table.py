"""The census as text or JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wpmigrate.cli.summary import visible
from wpmigrate.runner.census import Census, Row
from wpmigrate.runner.hazards import HAZARDS

__all__ = ["json_lines", "text_lines"]

_NOTES = {hazard.name: hazard.note for hazard in HAZARDS}


def text_lines(census: Census, limit: int) -> Iterator[str]:
    """Yield the tables, at most ``limit`` rows each, hazards with what wpmigrate does about them."""
    yield f"{census.pages:,} {'page' if census.pages == 1 else 'pages'}"
    if census.failed:
        yield f"{census.failed:,} could not be read"
    for problem in census.problems:
        yield f"problem: {problem}"
    for part, rows in census.parts.items():
        if rows:
            yield ""
            yield from _table(part, rows, limit)
    if census.ignored:
        yield ""
        yield "files that are no pages: " + ", ".join(
            f"{count:,} {ending or 'without ending'}" for ending, count in census.ignored.items()
        )


def _table(part: str, rows: dict[str, Row], limit: int) -> Iterator[str]:
    shown = [*rows.items()][:limit]
    width = min(48, max(len(name) for name, _ in shown))
    yield f"{part.upper():<{width}}  {'pages':>8} {'count':>9}  example"
    for name, row in shown:
        yield f"{_cut(name, width):<{width}}  {row.pages:>8,} {row.count:>9,}  {visible(row.example)}"
        if name in _NOTES:
            yield f"    {_NOTES[name]}"
    if len(rows) > limit:
        yield f"… and {len(rows) - limit:,} more (--limit, or --format json)"


def json_lines(census: Census) -> Iterator[str]:
    """Yield the whole census as one JSON document."""
    yield msgspec.json.format(msgspec.json.encode(census), indent=2).decode()


def _cut(name: str, width: int) -> str:
    name = "".join(char if char.isprintable() else "?" for char in name)
    return name if len(name) <= width else name[: width - 1] + "…"
