"""The one spelling of links: those in which nothing shows, and bare addresses."""

from __future__ import annotations

from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.placed import (
    INLINE,
    LINE_EDGES,
    ONE_PARAGRAPH,
    Placed,
    ends_line,
    kind_of,
    token_at,
)
from wpmigrate.verifier.tokens import Token
from wpmigrate.verifier.urls import canonical_url

__all__ = ["bare_addresses", "wordless_links"]

_LONGEST_LINK: Final = 500
"""So many tokens back the beginning of a link is looked for: no quadratic time."""

_LINK_EDGES: Final = frozenset({t.LINK, "end of link"})


def wordless_links(rows: list[Placed]) -> list[Placed]:
    """Say links in which nothing shows once each, before all else, unless words are in another link that is the same."""
    links = [index for index, row in enumerate(rows) if kind_of(row[0]) == t.LINK]
    empty = [index for index in links if _shows_nothing(rows, index)]
    if not empty:
        return rows
    left = {rows[index][0]: rows[index] for index in empty}
    for index in set(links).difference(empty):
        left.pop(rows[index][0], None)
    out: list[Placed] = []
    start = 0
    for index in empty:
        out += rows[start:index]
        inside = _is_in_link(out)
        start = _after_link(rows, index, out)
        if inside and _goes_on(token_at(rows, start)):
            out.append((t.END_LINK, *rows[index][1:]))
    return [*sorted(left.values(), key=_link_key), *_without_first_blanks(out + rows[start:])]


def _link_key(row: Placed) -> str:
    return repr(row[0])


def _shows_nothing(rows: list[Placed], index: int) -> bool:
    token = token_at(rows, index + 1)
    return isinstance(token, tuple) and (token[0] not in INLINE or token[0] in _LINK_EDGES or ends_line(token))


def _is_in_link(out: list[Placed]) -> bool:
    """Whether a link is open at the end of ``out``, in the line that has begun there."""
    for token, _, _ in reversed(out[-_LONGEST_LINK:]):
        kind = kind_of(token)
        if kind in _LINK_EDGES:
            return kind == t.LINK
        if isinstance(token, tuple) and kind != "break" and (kind not in INLINE or ends_line(token)):
            return False
    return False


def _goes_on(token: Token) -> bool:
    """Whether ``token`` stands in the paragraph that has begun."""
    return isinstance(token, str) or kind_of(token) == "break" or (kind_of(token) in INLINE - {t.LINK} and not ends_line(token))


def _after_link(rows: list[Placed], index: int, out: list[Placed]) -> int:
    """Return where the tokens after the link at ``index`` begin; take away from ``out`` the line that it stood alone on."""
    end = index + 1 + (token_at(rows, index + 1) == t.END_LINK)
    after = token_at(rows, end)
    if not out or kind_of(out[-1][0]) not in LINE_EDGES:
        return end
    if after == t.BREAK:
        edge = out.pop()
        if out and out[-1][0] == t.END_LINK:
            out.pop()
        out.append((t.PARAGRAPH, *edge[1:]))  # no line is left before the break, or none between two
        return end + 1
    if isinstance(after, tuple) and (after[0] not in INLINE or ends_line(after)):
        out.pop()
        if out and out[-1][0] == t.END_LINK:
            out.pop()
    return end


def _without_first_blanks(rows: list[Placed]) -> list[Placed]:
    """Take away the blanks at the beginning of lines."""
    out: list[Placed] = []
    fresh = True
    for token, place, bits in rows:
        if isinstance(token, str):
            token = token.lstrip(" \xa0") if fresh else token
            fresh = fresh and not token
            if not token:
                continue
        elif kind_of(token) not in _LINK_EDGES:
            fresh = kind_of(token) not in INLINE or ends_line(token)
        out.append((token, place, bits))
    return out


def bare_addresses(rows: list[Placed]) -> list[Placed]:
    """Return ``rows`` with addresses alone on their lines as text."""
    out: list[Placed] = []
    skip = -1
    for index, row in enumerate(rows):
        if kind_of(row[0]) == t.LINK and (end := _end_of_bare_link(rows, index)):
            skip = end
        elif index != skip or row[0] != t.END_LINK:
            out.append(row)
    return out


def _end_of_bare_link(rows: list[Placed], index: int) -> int:
    """Return where the link at ``index`` ends if it has its own address as text and its line for itself; else 0."""
    link, text = rows[index][0], token_at(rows, index + 1)
    if not isinstance(text, str) or not isinstance(link, tuple) or canonical_url(text.strip()) != link[1]:
        return 0
    end = index + 2
    after = token_at(rows, end + (token_at(rows, end) == t.END_LINK))
    before = token_at(rows, index - 1)
    alone = (ends_line(before) or kind_of(before) in ONE_PARAGRAPH) and isinstance(after, tuple) and (after[0] not in INLINE or ends_line(after))
    return end if alone else 0
