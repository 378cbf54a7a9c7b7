"""A dialect made ready for use: its tables as compiled patterns. Dialects that spell as CommonMark does have none."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

from wpmigrate.targets import COMMONMARK
from wpmigrate.targets.dialect import Dialect, Hazard
from wpmigrate.writers.markdown.escape import has_pairs, to_escape
from wpmigrate.writers.markdown.unsafe import LINE_START, UNSAFE, Place

__all__ = ["PLAIN", "Spelling", "spell_edges", "spelling_of"]

PLAIN: Final = COMMONMARK.dialect
"""CommonMark's own spelling, by its identity: the quick answer for most."""

Search: TypeAlias = Callable[[str], object]

_EDGE: Final = r"\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WIDE_EDGES: Final = re.compile(rf"(?m)^[{_EDGE}]+|[{_EDGE}]+(?= *$)")
_INSTRUCTION: Final = re.compile(r"<(\?[^<>]*\?)>")
_WIDE_ENDS: Final = re.compile(rf"\A[{_EDGE}]+|[{_EDGE}]\Z")
_PRE: Final = re.compile(r"<pre[\s>]", re.IGNORECASE)


def spell_edges(text: str) -> str:
    """Return a whole body such that no wide blank is its first or last character."""
    return _WIDE_ENDS.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), text)


@lru_cache(maxsize=32)
def spelling_of(dialect: Dialect) -> Spelling | None:
    """Return how ``dialect`` spells; None when it is all as in CommonMark."""
    return None if dialect == Dialect() else Spelling(dialect)


class Spelling:
    """One dialect's tables."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.plain = frozenset(dialect.backslashes)
        """What a backslash may stand before; empty: all punctuation."""
        self.code_tags = _search(dialect.code_tags)
        self.nested_code_tags = _search("|".join(filter(None, (dialect.code_tags, dialect.nested_code_tags))))
        self.span_tags = _search(dialect.span_tags)
        self.url_tags = _search(dialect.url_tags)
        self.image_tags = _search("|".join(filter(None, (dialect.url_tags, dialect.image_tags))))
        self.heading_tags = _search(dialect.heading_tags)
        self.html_begins = re.compile(dialect.html_begins, re.IGNORECASE).match
        self.brace_ids = re.compile(dialect.brace_ids)
        self._html = _Rewriting(dialect.hazards, "html")
        self._pre = _Rewriting(dialect.hazards, "pre")
        self._text = _Rewriting(dialect.hazards, "text")
        self._starts = _Rewriting(dialect.hazards, "line")
        self._patterns: dict[tuple[str, bool, bool], re.Pattern[str]] = {}
        self._line_patterns: dict[tuple[bool, bool], re.Pattern[str]] = {}

    def escape_text(self, text: str, delimiters: str, *, label: bool = False, cell: bool = False) -> str:
        """Return ``text`` such that inline parsing gives it back; as :func:`escape.escape_text`, for this dialect.

        ``cell``: in the cell of a table, where a pipe is spelled when the cell is done.
        """
        key = (delimiters, label and not has_pairs(text), cell)
        pattern = self._patterns.get(key)
        if pattern is None:
            pattern = self._patterns[key] = self._pattern(*key)
        return pattern.sub(self._spell, text)

    def _pattern(self, delimiters: str, label: bool, cell: bool) -> re.Pattern[str]:
        places = ("text", "label") if label else ("text",)
        rows = [row.pattern for row in UNSAFE if row.where in places and (not row.delimiter or row.delimiter in delimiters)]
        named = [
            f"(?P<h{number}>{hazard.pattern})"
            for number, hazard in enumerate(self._text.hazards)
            if not (cell and hazard.pattern == r"\|")
        ]
        return re.compile("|".join([*named, *(f"(?:{row})" for row in rows)]))

    def _spell(self, match: re.Match[str]) -> str:
        if match.lastgroup:
            return self._text.hazards[int(match.lastgroup[1:])].write
        return "".join(map(self.escape, match[0]))

    def escape(self, char: str) -> str:
        """Return one character such that it is nothing but itself."""
        if char == "&":
            return "&amp;"
        if not self.plain or char in self.plain:
            return "\\" + char
        return "&lt;" if char == "<" else f"&#{ord(char)};"

    def escape_line_start(self, text: str, *, first: bool, item: bool, ends: bool) -> str:
        """Return ``text``, escaped and at the beginning of a line, such that it begins no block."""
        match = self._line_pattern(first, item).match(text if ends else text + "x")
        if match is not None:
            place = match.start(match.lastindex or 0)
            size = to_escape(text, place)
            return text[:place] + "".join(map(self.escape, text[place : place + size])) + text[place + size :]
        hazard = self._starts.match(text)
        if hazard is not None:
            return self._starts.spell(hazard) + text[hazard.end() :]
        return text

    def _line_pattern(self, first: bool, item: bool) -> re.Pattern[str]:
        key = (first, item)
        pattern = self._line_patterns.get(key)
        if pattern is None:
            places: set[Place] = {"line", "first" if first else "next"}
            if item:
                places.add("item")
            if self.dialect.definitions == "any":
                places.add("first")
            rows = [row.pattern for row in LINE_START if row.where in places]
            pattern = self._line_patterns[key] = re.compile("|".join(f"(?:{row})" for row in rows))
        return pattern

    def edges(self, text: str) -> str:
        """Return a block's ``text`` with blanks at the edges of its lines that the engine keeps."""
        if self.dialect.unicode_edges or text.isascii():
            return text
        return _WIDE_EDGES.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), text)

    def in_html(self, html: str) -> str:
        """Return raw HTML without what the builder takes for something else."""
        html = self._html.sub(html)
        if "<?" in html and "<script" not in html.lower():
            html = _INSTRUCTION.sub(_as_comment, html)
        return self._pre.sub(html) if self._pre.hazards and _PRE.search(html) else html


def _as_comment(instruction: re.Match[str]) -> str:
    """Return ``<?php … ?>`` as the comment that a browser makes of it: kramdown shows it, Astro leaves it out.

    https://html.spec.whatwg.org/#parse-error-unexpected-question-mark-instead-of-tag-name
    """
    return instruction[0] if "--" in instruction[1] else f"<!--{instruction[1]}-->"


class _Rewriting:
    """The hazards of one place."""

    def __init__(self, hazards: tuple[Hazard, ...], where: str) -> None:
        self.hazards = [hazard for hazard in hazards if hazard.where == where]
        self._pattern = re.compile("|".join(f"({hazard.pattern})" for hazard in self.hazards) or r"(?!)")
        self.search = self._pattern.search
        self.match = self._pattern.match

    def spell(self, match: re.Match[str]) -> str:
        """Return how what was found is written."""
        return self.hazards[(match.lastindex or 1) - 1].write

    def sub(self, text: str) -> str:
        """Return ``text`` with all of them written so."""
        return self._pattern.sub(self.spell, text) if self.hazards else text


def _search(pattern: str) -> Search:
    """Return a function that finds ``pattern``; of an empty one, nothing."""
    return re.compile(pattern).search if pattern else _nothing


def _nothing(text: str) -> None:
    return None
