"""The strict reading of one element: expat, and names as the file spells them.

An element is parsed alone, so that it can hold no document type; prefixes count by their name, not by the address that a header
may have declared for them (real files have none, or ``https``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError, XMLParser

__all__ = ["local_name", "qualified_name", "read_strict"]

_USUAL = ("wp", "content", "excerpt", "dc", "wfw")
_PREFIX = re.compile(rb"</?([A-Za-z_][\w.\-]*):|\s([A-Za-z_][\w.\-]*):[\w.\-]+\s*=")
_TAG = re.compile(r"\{([^}]*)\}(.*)")
_CLOSE = b"</wpmigrate>"


def _wrapper(prefixes: tuple[str, ...]) -> bytes:
    """Return a start tag that declares ``prefixes``, each as its own name."""
    declared = " ".join([f'xmlns:{prefix}="{prefix}"' for prefix in prefixes])
    return f"<wpmigrate {declared}>".encode()


_USUAL_WRAPPER = _wrapper(_USUAL)


def read_strict(data: bytes) -> Element | None:
    """Return the one element that ``data`` (UTF-8) is, or None when it is not well-formed."""
    root = _parse(_USUAL_WRAPPER, data)
    if root is None:
        found = {(a or b).decode("ascii") for a, b in _PREFIX.findall(data)} - {"xml", "xmlns"}
        if not found <= set(_USUAL):
            root = _parse(_wrapper((*_USUAL, *sorted(found - set(_USUAL)))), data)
    if root is None or len(root) != 1 or (root[0].tail or "").strip() or (root.text or "").strip():
        return None
    return root[0]


def _parse(wrapper: bytes, data: bytes) -> Element | None:
    parser = XMLParser(encoding="utf-8")
    try:
        parser.feed(b"".join((wrapper, data, _CLOSE)))
        result = parser.close()
    except (ParseError, ValueError):
        return None
    return result if isinstance(result, Element) else None


@lru_cache(maxsize=1024)
def qualified_name(tag: str) -> str:
    """Return ``wp:post_id`` for ``{wp}post_id``."""
    found = _TAG.fullmatch(tag)
    return f"{found[1]}:{found[2]}" if found else tag


def local_name(name: str) -> str:
    """Return the name without its prefix."""
    return name.rpartition(":")[2]
