"""The beginning of a WXR file: its encoding, its namespaces, and whether it is one at all."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from wpmigrate.errors import ExtractError

__all__ = [
    "Units",
    "declared_encoding",
    "find_units",
    "is_wxr",
    "namespaces",
    "not_wxr",
    "refuse_declarations",
    "usable_encoding",
]

_HEAD = 1 << 15
_ROOT = re.compile(rb"<(?:rss|channel|item|rdf:RDF)[\s>]")
_MARK = re.compile(rb"wordpress\.org/export/|WordPress eXtended RSS|<(?:[\w.\-]+:)?wxr_version[\s>]")
WP_ELEMENT = re.compile(
    rb"<(?:[\w.\-]+:)?(?:post_id|post_type|post_date|wxr_version|base_blog_url|base_site_url)[\s>/]"
)
"""The start tag of an element that only WordPress's exports have."""

_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z][\w.\-]*)")
_NAMESPACE = re.compile(rb"\sxmlns(?::([\w.\-]+))?\s*=\s*[\"']([^\"'<>]*)[\"']")
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)\b([^\[>]*)(\[?)", re.IGNORECASE)
_LONGEST_TYPE = 1024
_SYNTAX = b'<item a="b">&!?/[]#x0;</item>'


class Units(NamedTuple):
    """How a file's bytes make characters."""

    encoding: str
    """Empty when a byte order mark or the bytes themselves do not tell."""
    width: int
    """Bytes for each unit."""
    low: int
    """Which of these is the lowest."""


# first row that fits; UTF-32 before UTF-16, whose mark it begins with
_MARKS = (
    (re.compile(rb"\xef\xbb\xbf"), Units("utf-8", 1, 0)),
    (re.compile(rb"\xff\xfe\0\0|[^\0]\0\0\0"), Units("utf-32-le", 4, 0)),
    (re.compile(rb"\0\0\xfe\xff|\0\0\0[^\0]"), Units("utf-32-be", 4, 3)),
    (re.compile(rb"\xff\xfe|[^\0]\0[^\0]\0"), Units("utf-16-le", 2, 0)),
    (re.compile(rb"\xfe\xff|\0[^\0]\0[^\0]"), Units("utf-16-be", 2, 1)),
)
_STATEFUL = re.compile(r"(?:cs)?iso-?2022|hz|utf-?7", re.IGNORECASE)
_UTF_8 = frozenset(("utf-8", "utf-8-sig", "ascii"))
_BYTES = Units("", 1, 0)
# what is no export, by what it begins with
_OTHERS = (
    (re.compile(rb"<feed[\s>]"), "an Atom feed"),
    (re.compile(rb"<(?:!DOCTYPE\s+html|html)[\s>]", re.IGNORECASE), "an HTML page"),
    (re.compile(rb"<(?:rss|rdf:RDF)[\s>]"), "an RSS feed"),
    (re.compile(rb"<\?xml\s"), "some other XML"),
)
_HINT = "; export the site with Tools > Export in WordPress"


def find_units(head: bytes) -> Units:
    """Return how the bytes of a file make characters, by its byte order mark or its NUL bytes."""
    return next((units for pattern, units in _MARKS if pattern.match(head)), _BYTES)


def is_wxr(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` (some kilobytes are enough) is a WordPress export.

    By its words, wherever they stand in the beginning: there may be junk before the root, or no root.
    """
    units = find_units(head)
    head = head[: _HEAD * units.width][units.low :: units.width] if units.width > 1 else head[:_HEAD]
    if _ROOT.search(head) is None:
        return False
    return _MARK.search(head) is not None or WP_ELEMENT.search(head) is not None


def has_mark(header: bytes) -> bool:
    """Tell whether the header says that the file is a WordPress export."""
    return _MARK.search(header) is not None


def not_wxr(header: bytes) -> ExtractError:
    """Return the error for a file that is no WordPress export."""
    if not header.strip():
        return ExtractError("the file is empty" + _HINT)
    kind = next((name for pattern, name in _OTHERS if pattern.search(header[:_HEAD])), "no XML")
    return ExtractError(f"the file is no WordPress export (WXR) but {kind}{_HINT}")


def declared_encoding(header: bytes) -> str:
    """Return the encoding that the XML declaration names, in lower case; UTF-8 when it names none that can be used.

    Raises :class:`~wpmigrate.errors.ExtractError` for encodings whose bytes mean different things at different places.
    """
    found = _DECLARATION.search(header[:4096])
    name = found[1].decode("ascii").lower() if found else "utf-8"
    if _STATEFUL.match(name):
        raise ExtractError(f"the file is in {name}, which cannot be read in parts; save it as UTF-8")
    return usable_encoding(name) or "utf-8"


def usable_encoding(name: str) -> str:
    """Return the name that an encoding has here; empty when Python has none or XML's own characters are not ASCII's in it."""
    try:
        if _SYNTAX.decode(name) != _SYNTAX.decode("ascii"):
            return ""
        return "utf-8" if codecs.lookup(name).name in _UTF_8 else name
    except (LookupError, UnicodeError):
        return ""


def namespaces(header: bytes) -> dict[str, str]:
    """Return prefix -> URI of every namespace that the header declares; the default one is ``""``."""
    return {
        prefix.decode("ascii", "replace"): uri.decode("utf-8", "replace")
        for prefix, uri in _NAMESPACE.findall(header)
    }


def refuse_declarations(view: bytes, start: int) -> None:
    """Raise :class:`~wpmigrate.errors.ExtractError` when the document type at ``start`` declares entities.

    No export has an internal subset; one can make a small file as large as it likes, or read other files.
    """
    found = _DOCTYPE.match(view, start, start + _LONGEST_TYPE)
    if found is not None and (found[3] or found[1].upper() == b"ENTITY"):
        raise ExtractError(
            "the file declares XML entities, which no WordPress export does: it was made to attack its reader, "
            "or is something else; remove the <!DOCTYPE …> and check what the entities stand for"
        )
