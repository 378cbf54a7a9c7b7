"""Escaping of text, link destinations, titles and code, from the tables of :mod:`unsafe`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from wpmigrate.writers.markdown.unsafe import LINE_START, UNSAFE, Place, Unsafe

__all__ = [
    "ALL_DELIMITERS",
    "autolink",
    "code_span",
    "dangerous_delimiters",
    "destination",
    "escape_line_start",
    "escape_text",
    "fence_size",
    "has_pairs",
    "heading_end",
    "is_definition",
    "is_suspect",
    "reasons",
    "title",
    "to_escape",
]

ALL_DELIMITERS: Final = "*_`~"

_BRACKETS: Final = re.compile(r"[\[\]]")


@lru_cache(maxsize=64)
def _pattern(delimiters: str, label: bool) -> re.Pattern[str]:
    """Return the rows of UNSAFE as one pattern: those of ``delimiters``, and those of link texts when it is one."""
    places = ("text", "label") if label else ("text",)
    rows = [row for row in UNSAFE if row.where in places and (not row.delimiter or row.delimiter in delimiters)]
    return re.compile("|".join(f"(?:{row.pattern})" for row in rows))


def _spell(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) == 1:
        return "&amp;" if found == "&" else "\\" + found
    return "\\" + "\\".join(found)


def is_suspect(text: str) -> bool:
    """Whether ``text`` holds a character that may be markup, so that :func:`escape_text` has to look closer."""
    # One character at a time: each search goes over the text in a few nanoseconds, a class of characters would not.
    return (
        "&" in text or "_" in text or "[" in text or "*" in text or "<" in text
        or "]" in text or "`" in text or "\\" in text or "~" in text
    )  # fmt: skip


def escape_text(text: str, delimiters: str = ALL_DELIMITERS, *, label: bool = False) -> str:
    """Return ``text`` such that inline parsing gives it back.

    ``delimiters``: those that have a possible partner in the block. ``label``: inside a link text or alt.
    """
    return _pattern(delimiters, label and not has_pairs(text)).sub(_spell, text)


def has_pairs(text: str) -> bool:
    """Whether the brackets of ``text`` come in pairs and none of them is the end of an inline link."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth += 1 if match[0] == "[" else -1
        if depth < 0:
            return False
    return depth == 0 and "](" not in text


_RUNS: Final = re.compile(r"\*++|_++|~++|`++")
_BLANK: Final = " \t\n"


def dangerous_delimiters(texts: Iterable[tuple[str, bool, bool]]) -> str:
    """Return which delimiters in a block's ``texts`` might pair up: one that can open stands before one that can close.

    Each text comes with whether it begins a line and whether it ends one. It knows only ASCII blanks and word characters
    for what they are; with other neighbours a delimiter may do both.
    """
    opened: set[str] = set()
    dangerous: set[str] = set()
    for text, begins, ends in texts:
        if not ("*" in text or "_" in text or "~" in text or "`" in text):
            continue
        for run in _RUNS.finditer(text):
            char = run[0][0]
            before = text[run.start() - 1] if run.start() else " " if begins else "."
            after = text[run.end()] if run.end() < len(text) else " " if ends else "."
            opens, closes = _can_pair(char, before, after)
            if closes and char in opened:
                dangerous.add(char)
            if opens:
                opened.add(char)
    return "".join(sorted(dangerous))


def _can_pair(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Return whether a run may open and may close something."""
    if char == "`":
        return True, True
    opens, closes = after not in _BLANK, before not in _BLANK
    if char == "_":
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes


_SUSPECT_START: Final = re.compile(r"[#>+\-*0-9=_~`\[|:]")


@lru_cache(maxsize=8)
def _line_pattern(first: bool, item: bool) -> re.Pattern[str]:
    places: set[Place] = {"line", "first" if first else "next"}
    if item:
        places.add("item")
    return re.compile("|".join(f"(?:{row.pattern})" for row in LINE_START if row.where in places))


def escape_line_start(text: str, *, first: bool = True, item: bool = False, ends: bool = True) -> str:
    """Return ``text``, escaped and at the beginning of a line, such that it begins no block.

    ``first``: the first line of its block; ``item``: and of a list item; ``ends``: nothing follows on the line.
    """
    if not _SUSPECT_START.match(text):
        return text
    match = _line_pattern(first, item).match(text if ends else text + "x")
    if match is None:
        return text
    place = match.start(match.lastindex or 0)
    size = to_escape(text, place)
    return text[:place] + "\\" + "\\".join(text[place : place + size]) + text[place + size :]


def to_escape(text: str, place: int) -> int:
    """Return how many characters of ``text`` are to be escaped where it would begin a block: of ``~~~x`` all three, as two begin deleted text."""
    if text[place] != "~":
        return 1
    size = len(text) - place - len(text[place:].lstrip("~"))
    return size if text[place + size : place + size + 1].strip() else 1


_DEFINITION: Final = re.compile(next(row.pattern for row in LINE_START if row.where == "first"))


def is_definition(block: str) -> bool:
    """Whether a finished block would be read as a link definition; it may end inside a code span or a tag."""
    return _DEFINITION.match(block) is not None


def heading_end(text: str) -> str:
    """Return the text of a heading such that a ``#`` at its end is no closing sequence."""
    if not text.endswith("#"):
        return text
    base = text.rstrip("#")
    return text if base and base[-1] not in " \t" else base + "\\" + text[len(base) :]


_PLAIN_URL: Final = re.compile(r"[^\x00-\x20\x7f<>()\\`&]+\Z")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")
_URL_UNSAFE: Final = re.compile(r"[<>`]|\\(?=[!-/:-@\[-`{-~]|\Z)")
_ENTITY: Final = re.compile(next(row.pattern for row in UNSAFE if row.write == "entity"))


def destination(url: str) -> str:
    """Return ``url`` as a link destination: bare where it can be, else in angle brackets.

    A destination cannot hold control characters; they are percent-encoded, as the URL standard's parser does.
    """
    if _is_plain(url) or _PLAIN_URL.match(url):
        return url
    url = _CONTROL.sub(lambda match: f"%{ord(match[0]):02X}", url)
    text = _ENTITY.sub("&amp;", _URL_UNSAFE.sub(r"\\\g<0>", url))
    if not text or " " in text:
        return f"<{text}>"
    return text if _balanced(text) else text.replace("(", "\\(").replace(")", "\\)")


def _is_plain(url: str) -> bool:
    """Whether ``url`` is surely one for :data:`_PLAIN_URL`: the quick way for most."""
    return url.isprintable() and not (
        not url or "(" in url or "&" in url or " " in url or "<" in url or ">" in url
        or ")" in url or "\\" in url or "`" in url
    )  # fmt: skip


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        if not 0 <= depth < 30:
            return False
    return depth == 0


_TITLE_UNSAFE: Final = re.compile(r"\"|`|\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])")


def title(text: str) -> str:
    """Return a link title in double quotes; line ends are blanks."""
    text = _ENTITY.sub("&amp;", _TITLE_UNSAFE.sub(r"\\\g<0>", " ".join(text.split("\n"))))
    if text.endswith("\\"):
        text = text[:-1] + "&#92;"  # cmark looks for the longest title and takes \\" for one more quote inside
    return f'"{text}"'


_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\x00-\x20\x7f<>\\`%]*\Z")
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$'*+/=?^_{|}~-]+@[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*\Z")


def autolink(url: str, text: str) -> str | None:
    """Return ``<url>`` where an autolink says the same as a link with this text, else None.

    Engines show percent-encoded and international addresses decoded in autolinks, so these are never one.
    """
    if url == text and _URI.match(url) and "xn--" not in url and not _ENTITY.search(url):
        return f"<{url}>"
    if url == "mailto:" + text and _EMAIL.match(text):
        return f"<{text}>"
    return None


def fence_size(code: str, char: str) -> int:
    """Return how many of ``char`` make a fence that no run in ``code`` closes."""
    if char * 3 not in code:
        return 3
    return 1 + max(map(len, re.findall(re.escape(char) + "++", code)))


def code_span(value: str) -> str:
    """Return a code span of ``value``, which is not empty."""
    if "`" not in value:
        mark = "`"
    else:
        runs = set(map(len, re.findall("`+", value)))
        mark = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    ends = value[0] + value[-1]
    pad = " " if "`" in ends or (ends == "  " and value.strip(" ")) else ""
    return f"{mark}{pad}{value}{pad}{mark}"


def reasons() -> tuple[Unsafe, ...]:
    """Return every row of the escaping tables, for the documents."""
    return (*UNSAFE, *LINE_START)
