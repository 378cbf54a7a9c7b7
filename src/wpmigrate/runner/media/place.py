"""Where a file of the old site goes in the output folder. Pure."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from wpmigrate.runner.index.paths import safe_segment

__all__ = ["FOLDER", "apart", "place_of", "refused_name"]

FOLDER: Final = "media"
"""The folder below the output folder."""

# What has a meaning in srcset, in Markdown's and CSS's addresses, or for a shell
_AWKWARD = re.compile(r"[,;&!$@=+^`~'()\[\]{}-]+")
_LONGEST_NAME = 120
_LONGEST_ENDING = 12
_LONGEST_PLACE = 400
_PROGRAM = re.compile(
    r"\.(?:php\d?|phtml|phar|pht|cgi|pl|py|rb|asp|aspx|jsp|sh|exe|bat|cmd|com|dll)(?:\.|\Z)|(?:\A|/)\.",
    re.IGNORECASE,
)


def place_of(folder: str, key: str, top: str = FOLDER) -> str:
    """Return where the file ``key`` of a site goes, relative to the output folder: ``media/2012/04/photo.jpg``.

    ``top`` is the folder of all files, ``folder`` the site's own (``old.example/``), empty for the only one. Every part is a name that file systems, web servers, Markdown
    and ``srcset`` take; the ending of the name stays. A key of another place (``//host/path``) lies in ``external/``.
    """
    parts = key.lstrip("/").split("/")
    names = [safe for part in parts[:-1] if (safe := _safe(part)[:_LONGEST_NAME])]
    path = "/".join((*names, _file_name(parts[-1])))
    if len(path.encode()) > _LONGEST_PLACE:
        path = _file_name(f"{_digest(key)}-{parts[-1]}")
    return f"{top}/{folder}{'external/' if key[:2] == '//' else ''}{path}"


def apart(place: str, key: str) -> str:
    """Return another place for ``key``, whose own is that of another file."""
    stem, dot, ending = place.rpartition(".")
    digest = _digest(key)
    return f"{stem}-{digest}.{ending}" if dot and "/" not in ending else f"{place}-{digest}"


def refused_name(key: str) -> str:
    """Return why the file ``key`` is not taken over, whatever is in it; empty when it may be."""
    if _PROGRAM.search(key.partition("?")[0] if key[:2] == "//" else key):
        return "a program or a hidden file, which a web server may run or obey: not taken"
    return ""


def _file_name(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, ending = name, ""
    short, end = _safe(stem), _safe(ending)
    if len(short) > _LONGEST_NAME or len(short.encode()) > 2 * _LONGEST_NAME:
        short = f"{short[: _LONGEST_NAME // 2]}-{_digest(name)}"
    return f"{short or 'file'}.{end}" if end else short or "file"


def _safe(text: str) -> str:
    return safe_segment(_AWKWARD.sub("-", text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
