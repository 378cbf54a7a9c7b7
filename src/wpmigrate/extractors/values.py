"""Small readings of single values: text, ids, plain titles, slugs."""

from __future__ import annotations

import contextlib
import html
import re
import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from wpmigrate.model import NoticeLog
from wpmigrate.wordpress import looks_serialized, unserialize

__all__ = [
    "as_id",
    "as_text",
    "as_whole_number",
    "decode_entities",
    "decode_php",
    "name_parts",
    "one_line_ends",
    "plain_title",
    "safe_slug",
    "slug_of_url",
]

# Elements that old titles have; anything else in angle brackets (``Land<Code>``, ``Vector<T>``) is text.
_TITLE_ELEMENTS = (
    "a abbr acronym b bdi bdo big center cite code del dfn div em font h1 h2 h3 h4 h5 h6 i img ins kbd mark nobr p pre q s "
    "samp small span strike strong sub sup tt u var wbr"
).split()
_TITLE_TAG = re.compile(
    rf"</?(?:{'|'.join([*_TITLE_ELEMENTS, *map(str.upper, _TITLE_ELEMENTS)])})(?=[\s/>])[^<>]*>"
)
_TITLE_BREAK = re.compile(r"</?(?:br|hr|BR|HR)(?=[\s/>])[^<>]*>")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DATED_NAME = re.compile(r"(\d{4}-\d\d?-\d\d?)-(?=.)")
_DATE_ONLY = re.compile(r"\d{4}-\d\d?-\d\d?")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f/\\]+")
_INDEX = re.compile(r"index\.(?:html?|php)")
_PAGE_ENDING = re.compile(r"\.(?:html?|php|md|markdown|aspx?)$", re.IGNORECASE)


def as_text(value: Any) -> str:
    """Return a scalar as text, as YAML 1.2 writes it; nothing for null, a mapping or a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else ""


def decode_php(value: str, log: NoticeLog, where: str) -> Any:
    """Return what a PHP-serialized text holds; other text, and such that cannot be read, as it is. Both are noted."""
    if not looks_serialized(value):
        return value
    try:
        decoded = unserialize(value)
    except ValueError:
        log.add("kept", "PHP-serialized text that cannot be read: kept as text", where)
        return value
    log.add("mapped", "PHP-serialized text: decoded", where)
    return decoded


def as_id(value: Any) -> str:
    """Return a WordPress id as text; ``false``, null and 0 are no id."""
    if value is None or isinstance(value, bool):
        return ""
    text = as_text(value).strip()
    return "" if text == "0" else text


def as_whole_number(value: Any) -> int:
    """Return ``menu_order`` as a number; 0 when it is none."""
    text = as_text(value).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else 0


def one_line_ends(text: str) -> str:
    """Return ``text`` with every line end as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode_entities(text: str) -> str:
    """Return ``text`` with HTML's character references decoded once."""
    return html.unescape(text) if "&" in text else text


def plain_title(text: str) -> str:
    """Return a title as plain text: tags removed, entities decoded, blanks folded as HTML folds them.

    Only the elements that WordPress allows in titles are tags; ``Vector<T>`` and ``3 < 4`` are text.
    """
    if "<" in text:
        text = _TITLE_TAG.sub("", _TITLE_BREAK.sub(" ", _without_comments(text)))
    return _BLANKS.sub(" ", decode_entities(text)).strip()


def _without_comments(text: str) -> str:
    """Return ``text`` without HTML comments; one that does not end is text."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join(parts) + text[position:]


def name_parts(path: str) -> tuple[str, str]:
    """Return the date (or an empty text) and the rest of a file name such as ``2010-05-28-a-slug.html``."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    match = _DATED_NAME.match(stem)
    if match:
        return match[1], stem[match.end() :]
    return (stem, "") if _DATE_ONLY.fullmatch(stem) else ("", stem)


def safe_slug(text: str) -> str:
    """Return ``text`` percent-decoded, in NFC, as one part of a path; empty when nothing is left.

    WordPress cuts long slugs at 200 bytes, sometimes inside a character; such ones stay percent-encoded.
    """
    if "%" in text:
        with contextlib.suppress(UnicodeDecodeError):
            text = unquote(text, errors="strict")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    text = _UNSAFE.sub("-", text.strip().strip("/"))
    return "" if text in {".", ".."} else text


def slug_of_url(url: str) -> str:
    """Return the slug in a permalink: its last part without ``index.html`` and endings; empty when it has none.

    ``/2012/04/a-slug/``, ``/a-slug.html`` and ``/a-slug/index.html`` give ``a-slug``; ``/?p=12`` and the patterns of
    Jekyll (``/:year/:title/``, ``pretty``) give nothing.
    """
    if "/" not in url or "/:" in url:
        return ""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    parts = [part for part in path.split("/") if part and not _INDEX.fullmatch(part)]
    return safe_slug(_PAGE_ENDING.sub("", parts[-1])) if parts else ""
