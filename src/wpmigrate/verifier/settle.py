"""What counts as the same: the few spellings of one meaning, each a row with its reason.

Only pages whose inventories are not equal at once come here. Every row rewrites both sides to one spelling, in linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.tokens import Token
from wpmigrate.verifier.urls import canonical_url

__all__ = ["RULES", "Settled", "settle"]

Placed: TypeAlias = tuple[Token, int]
"""A token and its index in the inventory that it came from."""


class Settled(msgspec.Struct):
    """An inventory in the one spelling that equal pages share."""

    tokens: list[Token]
    """The tokens."""
    places: list[int]
    """For each token its index in the inventory that it came from."""


def settle(tokens: list[Token]) -> Settled:
    """Return ``tokens`` in the one spelling that equal pages share."""
    rows: list[Placed] = [(token, place) for place, token in enumerate(tokens)]
    for _, rewrite, _ in RULES:
        rows = rewrite(rows)
    return Settled([token for token, _ in rows], [place for _, place in rows])


def _kind(token: Token | None) -> str:
    return str(token[0]) if isinstance(token, tuple) else ""


def _bare_addresses(rows: list[Placed]) -> list[Placed]:
    out: list[Placed] = []
    for index, row in enumerate(rows):
        token = row[0]
        if _kind(token) == t.LINK and index + 1 < len(rows) and _is_alone(rows, index):
            continue
        if token == t.END_LINK and out and isinstance(out[-1][0], str) and rows[index - 2][0] != out[-2][0]:
            continue
        out.append(row)
    return out


def _is_alone(rows: list[Placed], index: int) -> bool:
    """Whether the link at ``index`` has its own address as text and nothing else on its line."""
    token, text = rows[index][0], rows[index + 1][0]
    if not isinstance(text, str) or not isinstance(token, tuple) or canonical_url(text.strip()) != token[1]:
        return False
    before = rows[index - 1][0] if index else t.PARAGRAPH
    place = index + 2 + (index + 2 < len(rows) and rows[index + 2][0] == t.END_LINK)
    after = rows[place][0] if place < len(rows) else t.PARAGRAPH
    return _kind(before) in _LINE_EDGES and isinstance(after, tuple) and after[0] not in _INLINE


def _beside_elements(rows: list[Placed]) -> list[Placed]:
    if not any(_kind(token) == "element" for token, _ in rows):
        return rows
    out: list[Placed] = []
    after_element = False
    for token, place in rows:
        if _kind(token) == "element":
            while out and (_kind(out[-1][0]) in _EDGES_OF_ELEMENTS or _is_blank(out[-1][0])):
                out.pop()
            after_element = True
        elif after_element and (_kind(token) in _EDGES_OF_ELEMENTS or _is_blank(token)):
            continue
        elif after_element and isinstance(token, str):
            token, after_element = token.lstrip(" \xa0"), False
        elif not isinstance(token, int):
            after_element = False
        out.append((token, place))
    return out


def _is_blank(token: Token) -> bool:
    return isinstance(token, str) and not token.strip(" \xa0")


def _tables(rows: list[Placed]) -> list[Placed]:
    """Say all tables as GFM can: one head row at most, no empty one, rows without empty cells at their end."""
    if not any(token == t.TABLE for token, _ in rows):
        return rows
    out: list[Placed] = []
    for row in _table_rows(rows):
        if row[0][0] == t.ROW:
            heads = sum(_kind(token) == "head cell" for token, _ in row)
            cells = sum(_kind(token) == "cell" for token, _ in row)
            if len(row) == 1 + heads + cells:
                continue
            while _kind(row[-1][0]) in ("cell", "head cell") and len(row[-1][0]) == 1:  # type: ignore[arg-type]
                row.pop()
            if cells or (out and out[-1][0] != t.TABLE):
                row = [(("cell", *token[1:]) if _kind(token) == "head cell" else token, place) for token, place in row]  # type: ignore[index]
        out += row
    return out


def _table_rows(rows: list[Placed]) -> Iterator[list[Placed]]:
    """Yield the tokens in groups; a row of a table, from its beginning to the next row or table edge, is one."""
    group: list[Placed] = []
    for row in rows:
        if row[0] in (t.ROW, t.TABLE, t.END_TABLE):
            if group:
                yield group
            group = []
            if row[0] != t.ROW:
                yield [row]
                continue
        group.append(row)
    if group:
        yield group


def _lines_of_code(rows: list[Placed]) -> list[Placed]:
    """Say a paragraph that is nothing but several lines of code as a code block."""
    out: list[Placed] = []
    index = 0
    while index < len(rows):
        end, code = _code_paragraph(rows, index)
        if "\n" in code:
            out.append(((t.CODE_BLOCK, code), rows[index][1]))
            index = end
        else:
            out.append(rows[index])
            index += 1
    return out


def _code_paragraph(rows: list[Placed], index: int) -> tuple[int, str]:
    """Return where the paragraph at ``index`` ends and its code; no code when something else is in it."""
    if rows[index][0] != t.PARAGRAPH:
        return index, ""
    parts: list[str] = []
    place = index + 1
    while place < len(rows):
        token = rows[place][0]
        if _kind(token) == t.SPAN:
            parts.append(str(token[1]))  # type: ignore[index]
        elif token == t.BREAK:
            parts.append("\n")
        elif not isinstance(token, int):
            break
        place += 1
    if place < len(rows) and (isinstance(rows[place][0], str) or _kind(rows[place][0]) in _INLINE):
        return index, ""
    return place, "".join(parts).replace("\n\n", "\n").strip("\n")


def _code_spans(rows: list[Placed]) -> list[Placed]:
    return [
        ((t.SPAN, str(token[1]).replace("\n", " ")), place) if _kind(token) == t.SPAN else (token, place)  # type: ignore[index]
        for token, place in rows
    ]


def _join(rows: list[Placed]) -> list[Placed]:
    """Join split runs of text and code, and drop styles under which nothing stands."""
    out: list[Placed] = []
    texts: list[str] = []
    kind = ""
    shown = bits = 0

    def end() -> None:
        if texts:
            value = "".join(texts)
            out[-1] = ((t.SPAN, value) if kind == t.SPAN else value, out[-1][1])
            texts.clear()

    for token, place in rows:
        if isinstance(token, int):
            bits = token
            continue
        new = t.SPAN if _kind(token) == t.SPAN else "text" if isinstance(token, str) else ""
        if new != kind or not new or (bits != shown and not _is_blank(token)):
            end()
            kind = new
            if new and bits != shown and not _is_blank(token):
                shown = bits
                out.append((bits, place))
            out.append((token, place))
        if new:
            texts.append(str(token[1]) if isinstance(token, tuple) else str(token))
    end()
    return out


_INLINE: Final = frozenset({t.LINK, t.IMAGE, t.SPAN, "end of link", "title", "dir", "datetime", "instruction", "element"})
_LINE_EDGES: Final = frozenset({"paragraph", "break"})
_EDGES_OF_ELEMENTS: Final = frozenset({"paragraph", "break", "end of link"})

RULES: Final[tuple[tuple[str, Callable[[list[Placed]], list[Placed]], str], ...]] = (
    ("bare addresses", _bare_addresses, "WordPress makes an address alone on its line the thing itself; it may be a link"),
    ("embedded elements", _beside_elements, "whether a film or form stands in a paragraph of its own does not show"),
    ("tables", _tables, "GFM tables always have a head row and rows of equal length"),
    ("lines of code", _lines_of_code, "Markdown's code spans have no lines; code blocks do"),
    ("code spans", _code_spans, "a line end in a code span reads as a blank in HTML and in Markdown"),
    ("runs", _join, "where a run of text is split does not show"),
)
"""(name, rewriting, reason), in order."""
