"""The body: source and output, read and compared."""

from __future__ import annotations

from wpmigrate.model import Finding, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.verifier.compare import Difference, compare
from wpmigrate.verifier.inventory import read_html
from wpmigrate.verifier.output import line_at, lines_of, render
from wpmigrate.verifier.source import SourcePage, read_source, source_html
from wpmigrate.verifier.tokens import Inventory, Token

__all__ = ["check_markdown", "source_inventory"]

_NEAR = 20_000
"""How far ahead a word is looked for; keeps the search for a place linear."""


def source_inventory(page: SourcePage, options: NormalizeOptions) -> Inventory:
    """Return what the source of ``page`` says."""
    if page.dialect == "markdown":
        return read_html(render(page.body))
    return read_html(source_html(page, options))


def check_markdown(
    source: SourceEntry, markdown: str, options: NormalizeOptions | None = None, file: str = "", first_line: int = 1
) -> tuple[Finding, ...]:
    """Return what the Markdown body ``markdown`` says otherwise than the body of ``source``; empty when nothing.

    A finding's line counts from ``first_line``, the line of the file where the body begins.
    """
    chosen = options or NormalizeOptions()
    page = read_source(source, chosen)
    return compare_body(page, source_inventory(page, chosen), markdown, file, first_line)


def compare_body(
    page: SourcePage, inventory: Inventory, markdown: str, file: str, first_line: int
) -> tuple[Finding, ...]:
    """Return the first difference of ``markdown`` from the source's ``inventory`` as a finding with both places."""
    difference = compare(inventory, read_html(render(markdown)))
    if difference is None:
        return ()
    line = first_line - 1 + line_at(lines_of(markdown), difference.output_index)
    return (_finding(difference, page, inventory.tokens, file, line),)


def _finding(
    difference: Difference, page: SourcePage, tokens: list[Token], file: str, line: int | None
) -> Finding:
    source_line, column = source_place(page, tokens, difference.source_index)
    return Finding(
        difference.what, difference.message, file, line, source_line, column, difference.context
    )


def source_place(page: SourcePage, tokens: list[Token], index: int) -> tuple[int, int]:
    """Return line and column of the source file near token ``index``: its words are looked for in order."""
    place = 0
    for token in tokens[: index + 1]:
        if isinstance(token, str) and (words := token.split()):
            found = page.body.find(words[0], place, place + _NEAR)
            place = found if found >= 0 else place
    line_start = page.body.rfind("\n", 0, place) + 1
    return page.body_line + page.body.count("\n", 0, place), place - line_start + 1
