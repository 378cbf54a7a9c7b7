"""What counts as the same: the few spellings of one meaning, each a row with its reason.

Only pages whose inventories are not equal at once come here. Every row rewrites both sides to one spelling, in linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.elements import BLOCK_OTHERS
from wpmigrate.verifier.tokens import Token
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.code import trim_code

__all__ = ["RULES", "Settled", "settle", "settle_both"]

Placed: TypeAlias = tuple[Token, int, int]
"""A token, its index in the inventory that it came from, and the styles that it stands under."""


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


def _kind(token: Token | None) -> str:
    return token[0] if type(token) is tuple else ""  # type: ignore[return-value]


def _wordless_links(rows: list[Placed]) -> list[Placed]:
    """Say links in which nothing shows once each, before all else, unless words are in another link that is the same."""
    links = [index for index, row in enumerate(rows) if _kind(row[0]) == t.LINK]
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
        if inside and _goes_on(_token(rows, start)):
            out.append((t.END_LINK, *rows[index][1:]))
    return [*sorted(left.values(), key=_link_key), *_without_first_blanks(out + rows[start:])]


def _link_key(row: Placed) -> str:
    return repr(row[0])


def _shows_nothing(rows: list[Placed], index: int) -> bool:
    token = _token(rows, index + 1)
    return isinstance(token, tuple) and (token[0] not in _INLINE or token[0] in _LINK_EDGES or _ends_line(token))


def _is_in_link(out: list[Placed]) -> bool:
    """Whether a link is open at the end of ``out``, in the line that has begun there."""
    for token, _, _ in reversed(out[-_LONGEST_LINK:]):
        kind = _kind(token)
        if kind in _LINK_EDGES:
            return kind == t.LINK
        if isinstance(token, tuple) and kind != "break" and (kind not in _INLINE or _ends_line(token)):
            return False
    return False


def _goes_on(token: Token) -> bool:
    """Whether ``token`` stands in the paragraph that has begun."""
    return isinstance(token, str) or _kind(token) == "break" or (_kind(token) in _INLINE - {t.LINK} and not _ends_line(token))


def _after_link(rows: list[Placed], index: int, out: list[Placed]) -> int:
    """Return where the tokens after the link at ``index`` begin; take away from ``out`` the line that it stood alone on."""
    end = index + 1 + (_token(rows, index + 1) == t.END_LINK)
    after = _token(rows, end)
    if not out or _kind(out[-1][0]) not in _LINE_EDGES:
        return end
    if after == t.BREAK:
        edge = out.pop()
        if out and out[-1][0] == t.END_LINK:
            out.pop()
        out.append((t.PARAGRAPH, *edge[1:]))  # no line is left before the break, or none between two
        return end + 1
    if isinstance(after, tuple) and (after[0] not in _INLINE or _ends_line(after)):
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
        elif _kind(token) not in _LINK_EDGES:
            fresh = _kind(token) not in _INLINE or _ends_line(token)
        out.append((token, place, bits))
    return out


def _bare_addresses(rows: list[Placed]) -> list[Placed]:
    out: list[Placed] = []
    skip = -1
    for index, row in enumerate(rows):
        if _kind(row[0]) == t.LINK and (end := _end_of_bare_link(rows, index)):
            skip = end
        elif index != skip or row[0] != t.END_LINK:
            out.append(row)
    return out


def _end_of_bare_link(rows: list[Placed], index: int) -> int:
    """Return where the link at ``index`` ends if it has its own address as text and its line for itself; else 0."""
    link, text = rows[index][0], _token(rows, index + 1)
    if not isinstance(text, str) or not isinstance(link, tuple) or canonical_url(text.strip()) != link[1]:
        return 0
    end = index + 2
    after = _token(rows, end + (_token(rows, end) == t.END_LINK))
    before = _token(rows, index - 1)
    alone = (_ends_line(before) or _kind(before) in _ONE_PARAGRAPH) and isinstance(after, tuple) and (after[0] not in _INLINE or _ends_line(after))
    return end if alone else 0


def _ends_line(token: Token) -> bool:
    """Whether ``token`` is the edge of a line: of a paragraph, a break, or an element that stands for itself."""
    return _kind(token) in _LINE_EDGES or (_kind(token) == "element" and isinstance(token, tuple) and token[1] in BLOCK_OTHERS)


def _token(rows: list[Placed], index: int) -> Token:
    """Return the token at ``index``; before and after the page it is the edge of a paragraph."""
    return rows[index][0] if 0 <= index < len(rows) else t.PARAGRAPH


def _beside_elements(rows: list[Placed]) -> list[Placed]:
    """Take away edges and blanks beside elements that stand for themselves."""
    out: list[Placed] = []
    after_element = False
    for token, place, bits in rows:
        if _kind(token) == "element" and _ends_line(token):
            while out and (_kind(out[-1][0]) in _EDGES_OF_ELEMENTS or _is_blank(out[-1][0])):
                out.pop()
            if out and isinstance(out[-1][0], str):
                out[-1] = (out[-1][0].rstrip(" \xa0"), *out[-1][1:])
            after_element = True
        elif after_element and (_kind(token) in _EDGES_OF_ELEMENTS or _is_blank(token)):
            continue
        elif after_element and isinstance(token, str):
            token, after_element = token.lstrip(" \xa0"), False
        elif _kind(token) != t.LINK:
            after_element = False
        out.append((token, place, bits))
    return out


def _is_blank(token: Token) -> bool:
    return isinstance(token, str) and not token.strip(" \xa0")


def _tables(rows: list[Placed]) -> list[Placed]:
    """Say all tables as GFM can: one head row at most, no empty one, rows without empty cells at their end."""
    out: list[Placed] = []
    for row in _table_rows(rows):
        if row[0][0] == t.ROW:
            kinds = [_kind(item[0]) for item in row]
            heads, cells = kinds.count("head cell"), kinds.count("cell")
            if len(row) == 1 + heads + cells:
                continue
            while _kind(row[-1][0]) in ("cell", "head cell") and len(row[-1][0]) == 1:  # type: ignore[arg-type]
                row.pop()
            if cells or (out and out[-1][0] != t.TABLE):
                row = [_plain_cell(item) for item in row]
        out += row
    return out


def _captions(rows: list[Placed]) -> list[Placed]:
    """Put what stands in a table before its first row (a caption) before the table; a table without rows is none."""
    out: list[Placed] = []
    waiting: list[Placed] = []
    for row in rows:
        token = row[0]
        if token == t.TABLE:
            waiting.append(row)
        elif waiting and token == t.ROW:
            out += waiting
            waiting = []
            out.append(row)
        elif waiting and token == t.END_TABLE:
            waiting.pop()
        else:
            out.append(row)
    return out


def _empty_quotes(rows: list[Placed]) -> list[Placed]:
    """Take away quotations of nothing."""
    out: list[Placed] = []
    for row in rows:
        if row[0] == t.END_QUOTE and out and out[-1][0] == t.QUOTE:
            out.pop()
        else:
            out.append(row)
    return out


def _layout_tables(rows: list[Placed]) -> list[Placed]:
    """Take away tables that have one cell in each row and no head: boxes for layout, whose content is what counts."""
    layouts = _layout_places(rows)
    if not layouts:
        return rows
    return [row for index, row in enumerate(rows) if index not in layouts]


def _layout_places(rows: list[Placed]) -> set[int]:
    """Return the indices of the table, row, cell and end tokens of all layout tables."""
    places: set[int] = set()
    opened: list[tuple[list[int], list[int]]] = []  # for each open table: its tokens, the cells of each row
    for index, (token, _, _) in enumerate(rows):
        kind = _kind(token)
        if token == t.TABLE:
            opened.append(([index], []))
        elif opened and token == t.ROW:
            opened[-1][0].append(index)
            opened[-1][1].append(0)
        elif opened and kind in ("cell", "head cell"):
            tokens, cells = opened[-1]
            tokens.append(index)
            if cells:
                cells[-1] += 1 if kind == "cell" else 2
        elif opened and token == t.END_TABLE:
            tokens, cells = opened.pop()
            if all(count <= 1 for count in cells):
                places.update(tokens, (index,))
    return places


def _plain_cell(row: Placed) -> Placed:
    token = row[0]
    return (("cell", *token[1:]), *row[1:]) if isinstance(token, tuple) and token[0] == "head cell" else row


def _lines_not_paragraphs(rows: list[Placed]) -> list[Placed]:
    """Say a paragraph's edge inside a heading or a cell as a line break; a link over several lines is one on each."""
    out: list[Placed] = []
    inside = False
    link: Placed | None = None
    for token, place, bits in rows:
        kind = _kind(token)
        if inside and kind in _ENDS_LINK and out[-1][0] == t.END_LINK:
            out.pop()
        if kind in _ONE_PARAGRAPH or kind in _LEAVE_PARAGRAPH:
            inside, link = kind in _ONE_PARAGRAPH, None
        elif kind == t.LINK:
            link = (token, place, bits)
        elif token == t.END_LINK:
            link = None
        elif inside and token == t.PARAGRAPH:
            link = None
            kind_before = _kind(out[-1][0])
            if kind_before not in ("cell", "head cell"):
                token = t.PARAGRAPH if kind_before in _LEAVE_PARAGRAPH else t.BREAK
        out.append((token, place, bits))
        if inside and link is not None and token == t.BREAK:
            out.append(link)
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
    """Say several lines of code, with nothing else on them, as a code block."""
    out: list[Placed] = []
    index = 0
    while index < len(rows):
        end, code = _lines_at(rows, index)
        if not code:
            out.append(rows[index])
            index += 1
            continue
        if _kind(rows[index][0]) == "element":
            out.append(rows[index])
        out.append(((t.CODE_BLOCK, code), *rows[index][1:]))
        index = end
        if index < len(rows) and not (_kind(rows[index][0]) and (_kind(rows[index][0]) not in _INLINE or _ends_line(rows[index][0]))):
            out.append((t.PARAGRAPH, *rows[index][1:]))
    return out


def _lines_at(rows: list[Placed], index: int) -> tuple[int, str]:
    """Return where the lines of code that begin at ``index`` end, and the code; none when something else is on them."""
    if not _ends_line(rows[index][0]) or not _is_code(_token(rows, index + 1)):
        return index, ""
    parts: list[str] = []
    place = index + 1
    broken = False
    while place < len(rows):
        token = rows[place][0]
        if isinstance(token, tuple) and token[0] == t.SPAN:
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
    inline = isinstance(following, str) or (_kind(following) in _INLINE and not _ends_line(following))
    code = trim_code("".join(parts)).rstrip()
    return (index, "") if (inline and not broken) or "\n" not in code else (place, code)


def _is_code(token: Token) -> bool:
    return _kind(token) == t.SPAN


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
        changes = bool(new) and bits != shown and not _is_blank(token)
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
    return "text" if isinstance(token, str) else t.SPAN if _kind(token) == t.SPAN else ""


_INLINE: Final = frozenset({t.LINK, t.IMAGE, t.SPAN, "end of link", "title", "lang", "dir", "cite", "datetime", "instruction", "element"})
_ONE_PARAGRAPH: Final = frozenset({"heading", "cell", "head cell"})
_LEAVE_PARAGRAPH: Final = frozenset({"end of heading", "end of table", "row", "list", "ordered list", "quote", "table"})
_ENDS_LINK: Final = _LEAVE_PARAGRAPH | _ONE_PARAGRAPH | {"paragraph", "break", t.LINK}
"""Before these it says nothing that a link ends."""
_LINE_EDGES: Final = frozenset({"paragraph", "break"})
_LONGEST_LINK: Final = 500
"""So many tokens back the beginning of a link is looked for: no quadratic time."""
_LINK_EDGES: Final = frozenset({t.LINK, "end of link"})
_EDGES_OF_ELEMENTS: Final = frozenset({"paragraph", "break", "end of link"})

_TABLE: Final = frozenset({"table"})
_CODE: Final = frozenset({t.SPAN})

RULES: Final[tuple[tuple[str, frozenset[str], Callable[[list[Placed]], list[Placed]], str], ...]] = (
    ("wordless links", frozenset({t.LINK}), _wordless_links, "nobody sees them; a parser begins a link that nobody closed again in each block, also in empty ones"),
    ("bare addresses", frozenset({t.LINK}), _bare_addresses, "WordPress makes an address alone on its line the thing itself; it may be a link"),
    ("captions", _TABLE, _captions, "the words of a table's caption stand before the table in Markdown"),
    ("tables", _TABLE, _tables, "GFM tables always have a head row and rows of equal length"),
    ("layout", _TABLE, _layout_tables, "a table with one cell a row and no head is a box for layout"),
    ("empty quotes", frozenset({"quote"}), _empty_quotes, "a quotation of nothing shows nothing"),
    ("embedded elements", frozenset({"element"}), _beside_elements, "whether a film or form stands in a paragraph of its own does not show"),
    ("empty quotes", frozenset({"quote"}), _empty_quotes, "a quotation of nothing shows nothing"),
    ("lines", _ONE_PARAGRAPH, _lines_not_paragraphs, "Markdown's headings and cells hold lines, not paragraphs"),
    ("lines of code", _CODE, _lines_of_code, "Markdown's code spans have no lines; code blocks do"),
    ("code spans", _CODE, _code_spans, "a line end in a code span reads as a blank in HTML and in Markdown"),
    ("runs", frozenset(), _join, "where a run of text is split does not show"),
)
"""(name, kinds of tokens without which it does nothing, rewriting, reason), in order."""
