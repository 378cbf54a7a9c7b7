"""What counts as the same: the few spellings of one meaning, each a row with its reason.

Only pages whose inventories are not equal at once come here. Every row rewrites both sides to one spelling, in linear time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.placed import (
    INLINE,
    LEAVE_PARAGRAPH,
    ONE_PARAGRAPH,
    Placed,
    ends_line,
    is_blank,
    kind_of,
    token_at,
)
from wpmigrate.verifier.settle_links import bare_addresses, wordless_links
from wpmigrate.verifier.settle_players import parameters
from wpmigrate.verifier.settle_tables import captions, layout_tables, tables
from wpmigrate.verifier.tokens import Token
from wpmigrate.wordpress.code import trim_code

__all__ = ["RULES", "Settled", "settle", "settle_both"]


class Settled(msgspec.Struct):
    """An inventory in the one spelling that equal pages share."""

    tokens: list[Token]
    """The tokens."""
    places: list[int]
    """For each token its index in the inventory that it came from."""


def settle(tokens: list[Token]) -> Settled:
    """Return ``tokens`` in the one spelling that equal pages share."""
    rows = _with_styles(tokens)
    kinds = _kinds(tokens)
    for _, needs, rewrite, _ in RULES:
        if not needs or not kinds.isdisjoint(needs):
            rows = rewrite(rows)
    return _settled(rows)


def settle_both(tokens: list[Token], others: list[Token]) -> tuple[Settled, Settled] | None:
    """Return both settled; None when they say the same, which may show before the last rule."""
    left, right = _with_styles(tokens), _with_styles(others)
    kinds = _kinds(tokens) | _kinds(others)
    for _, needs, rewrite, _ in RULES:
        if not needs or not kinds.isdisjoint(needs):
            left, right = rewrite(left), rewrite(right)
            if len(left) == len(right) and _say_the_same(left, right):
                return None
    return _settled(left), _settled(right)


def _say_the_same(left: list[Placed], right: list[Placed]) -> bool:
    return all(row[0] == other[0] and row[2] == other[2] for row, other in zip(left, right, strict=True))


def _settled(rows: list[Placed]) -> Settled:
    return Settled([row[0] for row in rows], [row[1] for row in rows])


def _kinds(tokens: list[Token]) -> set[object]:
    return {token[0] for token in tokens if type(token) is tuple}


def _with_styles(tokens: list[Token]) -> list[Placed]:
    rows: list[Placed] = []
    bits = 0
    for place, token in enumerate(tokens):
        if isinstance(token, int):
            bits = token
        else:
            rows.append((token, place, bits))
    return rows


def _beside_elements(rows: list[Placed]) -> list[Placed]:
    """Take away edges and blanks beside elements that stand for themselves."""
    out: list[Placed] = []
    after_element = False
    for token, place, bits in rows:
        if kind_of(token) == "element" and ends_line(token):
            while out and (kind_of(out[-1][0]) in _EDGES_OF_ELEMENTS or is_blank(out[-1][0])):
                out.pop()
            if out and isinstance(out[-1][0], str):
                out[-1] = (out[-1][0].rstrip(" \xa0"), *out[-1][1:])
            after_element = True
        elif after_element and (kind_of(token) in _EDGES_OF_ELEMENTS or is_blank(token)):
            continue
        elif after_element and isinstance(token, str):
            token, after_element = token.lstrip(" \xa0"), False
        elif kind_of(token) != t.LINK:
            after_element = False
        out.append((token, place, bits))
    return out


_FIELDS: Final = frozenset("button input isindex keygen meter object output progress select textarea".split())


def _bare_forms(rows: list[Placed]) -> list[Placed]:
    """Take away forms after which no field comes before the next one: nobody sees them."""
    out: list[Placed] = []
    has_field = False
    for row in reversed(rows):
        name = str(row[0][1]) if isinstance(row[0], tuple) and row[0][0] == "element" else ""
        if name == "form" and not has_field:
            continue
        has_field = name != "form" and (has_field or name in _FIELDS)
        out.append(row)
    out.reverse()
    return out


def _indentation(rows: list[Placed]) -> list[Placed]:
    """Take away each ``dl`` without a ``dt`` of its own, and its ``dd``: nobody sees more than their edges."""
    gone: set[int] = set()
    open_lists: list[list[int]] = []
    for at, row in enumerate(rows):
        token = row[0]
        name = token[1] if isinstance(token, tuple) and token[0] == "element" else ""
        if name == "dl":
            open_lists.append([])
        if name in _LIST_TAGS and open_lists:
            open_lists[-1].append(at)
        if name == "/dl" and open_lists:
            pieces = open_lists.pop()
            if all(rows[piece][0][1] != "dt" for piece in pieces):  # type: ignore[index]
                gone.update(pieces)
    return [row for at, row in enumerate(rows) if at not in gone] if gone else rows


_LIST_TAGS: Final = frozenset({"dl", "dt", "dd", "/dl", "/dt", "/dd"})


def _empty_quotes(rows: list[Placed]) -> list[Placed]:
    """Take away quotations of nothing."""
    out: list[Placed] = []
    for row in rows:
        if row[0] == t.END_QUOTE and out and out[-1][0] == t.QUOTE:
            out.pop()
        else:
            out.append(row)
    return out


def _lines_not_paragraphs(rows: list[Placed]) -> list[Placed]:
    """Say a paragraph's edge inside a heading or a cell as a line break; a link over several lines is one on each."""
    out: list[Placed] = []
    inside = False
    link: Placed | None = None
    for token, place, bits in rows:
        kind = kind_of(token)
        if inside and kind in _ENDS_LINK and out[-1][0] == t.END_LINK:
            out.pop()
        if kind in ONE_PARAGRAPH or kind in LEAVE_PARAGRAPH:
            inside, link = kind in ONE_PARAGRAPH, None
        elif kind == t.LINK:
            link = (token, place, bits)
        elif token == t.END_LINK:
            link = None
        elif inside and token == t.PARAGRAPH:
            link = None
            kind_before = kind_of(out[-1][0])
            if kind_before not in ("cell", "head cell"):
                token = t.PARAGRAPH if kind_before in LEAVE_PARAGRAPH else t.BREAK
        out.append((token, place, bits))
        if inside and link is not None and token == t.BREAK:
            out.append(link)
    return out


def _lines_of_code(rows: list[Placed]) -> list[Placed]:
    """Say several lines of code, with nothing else on them, as a code block."""
    out: list[Placed] = []
    index = 0
    while index < len(rows):
        end, code = _lines_at(rows, index)
        if not code:
            out.append(rows[index])
            index += 1
            continue
        if kind_of(rows[index][0]) == "element":
            out.append(rows[index])
        out.append(((t.CODE_BLOCK, code), *rows[index][1:]))
        index = end
        if index < len(rows) and not (kind_of(rows[index][0]) and (kind_of(rows[index][0]) not in INLINE or ends_line(rows[index][0]))):
            out.append((t.PARAGRAPH, *rows[index][1:]))
    return out


def _lines_at(rows: list[Placed], index: int) -> tuple[int, str]:
    """Return where the lines of code that begin at ``index`` end, and the code; none when something else is on them, or they are bold …"""
    if not ends_line(rows[index][0]) or not _is_code(token_at(rows, index + 1)):
        return index, ""
    parts: list[str] = []
    place = index + 1
    broken = False
    while place < len(rows):
        token = rows[place][0]
        if isinstance(token, tuple) and token[0] == t.SPAN:
            if rows[place][2] & ~t.CODE:
                return index, ""
            parts.append(str(token[1]).removeprefix("\n") if broken else str(token[1]))
            broken = False
        elif token == t.BREAK:
            if not broken:
                parts[-1] = parts[-1].rstrip()  # nobody sees blanks before a break
            parts.append("\n")
            broken = True
        else:
            break
        place += 1
    following = rows[place][0] if place < len(rows) else t.PARAGRAPH
    inline = isinstance(following, str) or (kind_of(following) in INLINE and not ends_line(following))
    code = trim_code("".join(parts)).rstrip()
    return (index, "") if (inline and not broken) or "\n" not in code else (place, code)


def _is_code(token: Token) -> bool:
    return kind_of(token) == t.SPAN


def _code_spans(rows: list[Placed]) -> list[Placed]:
    return [
        ((t.SPAN, str(row[0][1]).replace("\n", " ")), *row[1:])
        if isinstance(row[0], tuple) and row[0][0] == t.SPAN
        else row
        for row in rows
    ]


def _join(rows: list[Placed]) -> list[Placed]:
    """Join split runs of text and code, and say each style once, before the first text under it."""
    out: list[Placed] = []
    texts: list[str] = []
    kind = ""
    shown = 0

    def end() -> None:
        if texts:
            value = "".join(texts)
            out[-1] = ((t.SPAN, value) if kind == t.SPAN else value, *out[-1][1:])
            texts.clear()

    for token, place, bits in rows:
        new = _kind_of_run(token)
        changes = bool(new) and bits != shown and not is_blank(token)
        if new != kind or not new or changes:
            end()
            kind = new
            if changes:
                shown = bits
                out.append((bits, place, bits))
            out.append((token, place, bits))
        if new:
            texts.append(str(token[1]) if isinstance(token, tuple) else str(token))
    end()
    return out


def _kind_of_run(token: Token) -> str:
    return "text" if isinstance(token, str) else t.SPAN if kind_of(token) == t.SPAN else ""


_ENDS_LINK: Final = LEAVE_PARAGRAPH | ONE_PARAGRAPH | {"paragraph", "break", t.LINK}
"""Before these it says nothing that a link ends."""
_EDGES_OF_ELEMENTS: Final = frozenset({"paragraph", "break", "end of link"})

_TABLE: Final = frozenset({"table"})
_CODE: Final = frozenset({t.SPAN})

RULES: Final[tuple[tuple[str, frozenset[str], Callable[[list[Placed]], list[Placed]], str], ...]] = (
    ("wordless links", frozenset({t.LINK}), wordless_links, "nobody sees them; a parser begins a link that nobody closed again in each block, also in empty ones"),
    ("bare addresses", frozenset({t.LINK}), bare_addresses, "WordPress makes an address alone on its line the thing itself; it may be a link"),
    ("captions", _TABLE, captions, "the words of a table's caption stand before the table in Markdown"),
    ("tables", _TABLE, tables, "GFM tables always have a head row and rows of equal length"),
    ("layout", _TABLE, layout_tables, "a table without a head that has one cell a row, or one row with blocks in it, is a box for layout"),
    ("empty quotes", frozenset({"quote"}), _empty_quotes, "a quotation of nothing shows nothing"),
    ("indentation", frozenset({"element"}), _indentation, "a list of explanations without a word that they explain is a box that indents"),
    ("parameters", frozenset({"element"}), parameters, "a player's parameters stood beside its embed, with the same words, for one browser long gone"),
    ("bare forms", frozenset({"element"}), _bare_forms, "a form without a field is a box for layout"),
    ("embedded elements", frozenset({"element"}), _beside_elements, "whether a film or form stands in a paragraph of its own does not show"),
    ("empty quotes", frozenset({"quote"}), _empty_quotes, "a quotation of nothing shows nothing"),
    ("lines", ONE_PARAGRAPH, _lines_not_paragraphs, "Markdown's headings and cells hold lines, not paragraphs"),
    ("lines of code", _CODE, _lines_of_code, "Markdown's code spans have no lines; code blocks do"),
    ("code spans", _CODE, _code_spans, "a line end in a code span reads as a blank in HTML and in Markdown"),
    ("runs", frozenset(), _join, "where a run of text is split does not show"),
)
"""(name, kinds of tokens without which it does nothing, rewriting, reason), in order."""
