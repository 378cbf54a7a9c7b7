"""Escaping of text, link destinations, titles and code, from the table of :mod:`unsafe`."""

from __future__ import annotations

import re
from typing import Final

from wpmigrate.writers.markdown.unsafe import LINE_START, UNSAFE, Place, Unsafe

__all__ = ["autolink", "code_span", "destination", "escape_line_start", "escape_text", "heading_end", "longest_run", "title"]


def _compile(*places: Place) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row.pattern})" for row in UNSAFE if row.where in places))


_TEXT: Final = _compile("text")
_TEXT_TILDE: Final = _compile("text", "tilde")
_LABEL: Final = _compile("text", "label")
_LABEL_TILDE: Final = _compile("text", "tilde", "label")
_PATTERNS: Final = {(False, False): _TEXT, (False, True): _TEXT_TILDE, (True, False): _LABEL, (True, True): _LABEL_TILDE}

_SUSPECT: Final = re.compile(r"[\\`*_~<&\[\]]")
_SUSPECT_START: Final = re.compile(r"[#>+\-*\d=_~\[|:]")
_LINE: Final = tuple(re.compile(row.pattern) for row in LINE_START if row.where == "line")
_ITEM: Final = tuple(re.compile(row.pattern) for row in LINE_START)


def _spell(match: re.Match[str]) -> str:
    found = match[0]
    if found == "&":
        return "&amp;"
    return "\\" + found if len(found) == 1 else "".join("\\" + char for char in found)


def escape_text(text: str, *, label: bool = False, tildes: bool = True) -> str:
    """Return ``text`` such that inline parsing gives it back.

    ``label``: inside a link text or alt. ``tildes``: whether the block has more than one ``~``.
    """
    if not _SUSPECT.search(text):
        return text
    return _PATTERNS[label, tildes].sub(_spell, text)


def escape_line_start(text: str, *, item: bool = False) -> str:
    """Return ``text``, which begins a line, such that it begins no block."""
    if not _SUSPECT_START.match(text):
        return text
    for pattern in _ITEM if item else _LINE:
        match = pattern.match(text)
        if match is not None:
            place = match.start(1)
            return text[:place] + "\\" + text[place:]
    return text


_HEADING_END = re.compile(r"(?:(?<=\s)|\A)(#+)\s*\Z")


def heading_end(text: str) -> str:
    """Return the text of a heading such that a ``#`` at its end is no closing sequence."""
    match = _HEADING_END.search(text)
    return text if match is None else text[: match.start(1)] + "\\" + text[match.start(1) :]


_PLAIN_URL = re.compile(r"[^\x00-\x20\x7f<>()\\`&*_\[\]]+\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_URL_UNSAFE = re.compile(r"[<>`]|\\(?=[!-/:-@\[-`{-~]|\Z)")
_ENTITY = re.compile(next(row.pattern for row in UNSAFE if row.write == "entity"))


def destination(url: str) -> str:
    """Return ``url`` as a link destination: bare where it can be, else in angle brackets.

    A destination cannot hold control characters; they are percent-encoded, as the URL standard's parser does.
    """
    if _PLAIN_URL.match(url):
        return url
    url = _CONTROL.sub(lambda match: f"%{ord(match[0]):02X}", url)
    text = _ENTITY.sub("&amp;", _URL_UNSAFE.sub(lambda match: "\\" + match[0], url))
    if not text or " " in text:
        return f"<{text}>"
    return text if _balanced(text) else text.replace("(", "\\(").replace(")", "\\)")


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


_TITLE_UNSAFE = re.compile(r"\"|`|\\(?=[!-/:-@\[-`{-~]|\Z)|<(?=[A-Za-z/!?])")


def title(text: str) -> str:
    """Return a link title in double quotes; line ends are blanks."""
    text = " ".join(text.split("\n"))
    return '"' + _ENTITY.sub("&amp;", _TITLE_UNSAFE.sub(lambda match: "\\" + match[0], text)) + '"'


_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\x00-\x20\x7f<>\\`]*\Z")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%'*+/=?^_{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\Z")


def autolink(url: str, text: str) -> str | None:
    """Return ``<url>`` where an autolink says the same as a link with this text, else None."""
    if url == text and _URI.match(url) and not _ENTITY.search(url):
        return f"<{url}>"
    if url == "mailto:" + text and _EMAIL.match(text):
        return f"<{text}>"
    return None


def longest_run(text: str, char: str) -> int:
    """Return the length of the longest run of ``char`` in ``text``."""
    return max((len(run) for run in re.findall(re.escape(char) + "+", text)), default=0)


def code_span(value: str) -> str:
    """Return a code span of ``value``; empty code has no span and becomes a tag pair."""
    value = value.replace("\n", " ")
    if not value:
        return "<code></code>"
    runs = {len(run) for run in re.findall("`+", value)} if "`" in value else frozenset[int]()
    size = next(size for size in range(1, len(value) + 2) if size not in runs)
    pad = value[0] == "`" or value[-1] == "`" or (value[0] == " " and value[-1] == " " and value.strip(" ") != "")
    return f"{'`' * size}{' ' if pad else ''}{value}{' ' if pad else ''}{'`' * size}"


def reasons() -> tuple[Unsafe, ...]:
    """Return every row of the escaping tables, for the documents."""
    return (*UNSAFE, *LINE_START)
