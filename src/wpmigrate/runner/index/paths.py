"""From a pattern and an entry's facts to an output path that every file system takes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

import msgspec

from wpmigrate.errors import UsageError
from wpmigrate.model.slugs import slug
from wpmigrate.runner.names import short_enough

__all__ = [
    "ARCHIVE_FIELDS",
    "ARCHIVE_PATTERNS",
    "ENTRY_FIELDS",
    "ENTRY_PATTERN",
    "Pattern",
    "check_patterns",
    "decode_slug",
    "entry_name",
    "parse_pattern",
    "safe_segment",
    "stem_of",
]

ENTRY_PATTERN: Final = "{type}/{path}"
"""Where an entry goes unless ``paths`` says otherwise."""

ENTRY_FIELDS: Final = ("type", "slug", "path", "id", "year", "month", "day", "author", "category", "site")
"""What a pattern for entries can name; ``path`` is the slugs of the ancestors and the entry's own."""

ARCHIVE_FIELDS: Final = ("taxonomy", "slug", "path", "id", "site")
"""What a pattern for archives can name; for authors the taxonomy is ``author`` and the slug the login."""

ARCHIVE_PATTERNS: Final = {"category": "category/{path}", "post_tag": "tag/{slug}", "author": "author/{slug}"}
"""Taxonomy -> where its archives go: where WordPress has them. Others: ``{taxonomy}/{path}``."""

_FIELD = re.compile(r"\{([^{}]*)\}")
_LONGEST_PATH = 900
"""Bytes of a whole path: systems take 1,024 (macOS) to 4,096 (Linux), and the output folder comes before it."""

_LONGEST_KNOWN = 300

# Not in file names: Windows' characters, what has a meaning in URLs, controls, marks that turn the writing direction.
_UNSAFE = re.compile(
    '[\\x00-\\x20\\x7f-\\x9f\\xa0<>:"/\\\\|?*#%\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff\ud800-\udfff]+'
)
_EDGES: Final = ". -"
_PLAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{name}{digit}" for name in ("com", "lpt") for digit in "0123456789¹²³"]
)
"""Names that Windows takes for devices, with any ending."""

_OUTPUT_ENDING = re.compile(r"\.(md|json|yaml)$", re.IGNORECASE)
_CUT = re.compile(r"%[0-9A-Fa-f]?$")


class Pattern(msgspec.Struct, frozen=True):
    """A path pattern, taken apart at its slashes."""

    text: str
    """As the user wrote it."""
    segments: tuple[str, ...]
    """What stands between the slashes, with ``{field}`` places; no empty ones."""


@lru_cache(64)
def parse_pattern(text: str, fields: tuple[str, ...] = ENTRY_FIELDS) -> Pattern:
    """Return ``text`` as a pattern. Raises UsageError for an unknown field, a stray brace, or a pattern without any field."""
    names, known = _FIELD.findall(text), ", ".join(dict.fromkeys(fields))
    for name in names:
        if name not in fields:
            raise UsageError(f"path pattern {text!r}: unknown field {{{name}}}; known are {known}")
    if not names or re.search(r"[{}]", _FIELD.sub("", text)):
        raise UsageError(f"path pattern {text!r}: write fields as {{name}}, at least one of {known}")
    return Pattern(text, tuple(part for part in text.split("/") if part))


def check_patterns(paths: Mapping[str, str]) -> None:
    """Raise UsageError when a pattern is not one, for an entry or for an archive."""
    for name, text in paths.items():
        both = (*ENTRY_FIELDS, *ARCHIVE_FIELDS) if name != "default" else ENTRY_FIELDS
        parse_pattern(text, both)


def stem_of(pattern: Pattern, values: Mapping[str, str], fallback: str) -> str:
    """Return the output path (without ending) that ``pattern`` gives for ``values``.

    Every part is safe on every file system (:func:`safe_segment`); only ``{path}`` may hold slashes. A part that is empty is
    left out; when nothing is left it is ``fallback``. The result never begins with ``/`` and has no ``..``.
    """
    parts: list[str] = []
    for segment in pattern.segments:
        if segment == "{path}":
            parts += values["path"].split("/")
        elif segment[0] == "{" and segment.find("}") == len(segment) - 1:
            parts.append(values[segment[1:-1]].replace("/", "-"))
        else:
            parts.append(_FIELD.sub(lambda match: values[match[1]].replace("/", "-"), segment))
    return _joined(
        [safe for part in parts if (safe := safe_segment(part))] or [safe_segment(fallback) or "x"]
    )


def _joined(parts: list[str]) -> str:
    """Join ``parts``; a path that no disk takes loses its middle."""
    for number in range(len(parts) - 1):
        if "." in parts[number]:  # a folder ``a.md`` would be where the page ``a`` must go
            parts[number] = _OUTPUT_ENDING.sub(r"-\1", parts[number])
    stem = "/".join(parts)
    if len(stem) * 4 > _LONGEST_PATH and len(stem.encode()) > _LONGEST_PATH:
        stem = "/".join((parts[0], parts[-1])) if len(parts) > 1 else stem
    return stem


def safe_segment(text: str) -> str:
    """Return ``text`` as one part of a path that every file system and web server takes; empty when nothing is left.

    In NFC; blanks, controls, direction marks, Windows' forbidden characters, ``#`` and ``%`` become ``-``; no dot or blank
    at its edges (so neither ``..`` nor hidden files); Windows' device names get a ``_``; at most 250 bytes, the rest as digest.
    """
    return _safe(text) if len(text) <= _LONGEST_KNOWN else _safe.__wrapped__(text)


@lru_cache(4096)
def _safe(text: str) -> str:
    if not _PLAIN.fullmatch(text):
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        text = _UNSAFE.sub("-", text).strip(_EDGES)
    if text.partition(".")[0].rstrip().lower() in _DEVICES:
        name, dot, rest = text.partition(".")
        text = f"{name}_{dot}{rest}"
    return short_enough(text).rstrip(_EDGES) if len(text) > 60 else text


def decode_slug(text: str) -> str:
    """Return ``wp:post_name`` percent-decoded, in NFC.

    WordPress cuts slugs at 200 bytes, sometimes inside an escape or a character: such a rest is left out. Other bytes that
    are not UTF-8 leave the whole as it is.
    """
    text = text.strip()
    if "%" in text:
        data = unquote_to_bytes(_CUT.sub("", text).encode("utf-8", "replace"))
        try:
            text = _whole(data).decode("utf-8")
        except UnicodeDecodeError:
            return text
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _whole(data: bytes) -> bytes:
    """Return ``data`` without a character at its end that is cut."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte >= 0xC0:  # a first byte: does it ask for more than there is?
            wanted = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return data if wanted <= back else data[:-back]
        if byte < 0x80:
            break
    return data


def entry_name(post_name: str, title: str, kind: str, post_id: str) -> str:
    """Return the name of an entry: its slug, else the slug of its title, else ``{type}-{id}``; never empty."""
    return (
        safe_segment(decode_slug(post_name))
        or safe_segment(slug(title[:300]))
        or safe_segment(f"{kind}-{post_id}")
        or "entry"
    )
