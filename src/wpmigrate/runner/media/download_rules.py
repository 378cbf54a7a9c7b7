"""How a download behaves: what is tried again and when, what may be resumed, which variant stands in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

__all__ = [
    "REDIRECTS",
    "TRY_AGAIN",
    "at_origin",
    "back_off",
    "candidates",
    "content_range",
    "file_name",
    "retry_after",
    "status_reason",
    "validator",
]

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
"""Statuses that send to another address."""

TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses of a server that may answer better later; those from 520 on are Cloudflare's for its origin."""

_REASONS: Final = {
    401: "the site wants a password for it",
    403: "the site does not give it out",
    404: "it is not there any more",
    410: "it is not there any more",
    416: "the site lost count of it",
    429: "the site asks for fewer requests: use a lower --rate",
}
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_SIZE = re.compile(r"-([0-9]{1,5})x([0-9]{1,5})\.[A-Za-z0-9]+$")
_CONTENT_RANGE = re.compile(r"bytes ([0-9]{1,18})-([0-9]{1,18})/(?:([0-9]{1,18})|\*)", re.IGNORECASE)


def status_reason(status: int) -> str:
    """Return what an HTTP ``status`` means for a person."""
    reason = _REASONS.get(status) or ("the site has trouble" if status >= 500 else "the site refuses it")
    return f"{status}: {reason}"


def back_off(attempt: int, chance: float) -> float:
    """Return the seconds to wait after failed ``attempt`` (1 for the first): 1, 2, 4 … 60, less up to a half by ``chance`` (0 to 1).

    The part left to chance keeps several workers from coming back all at once.
    """
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** min(attempt - 1, 10))
    return wait * (1 - chance / 2)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that an answer's ``Retry-After`` asks for; None when it does not, or not in a way one can read.

    A number of seconds, or a date (RFC 9110, 10.2.3), counted from the answer's own ``Date``: clocks differ.
    """
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        then, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):  # no date, or only one of them with a zone
        return None


def validator(headers: Mapping[str, str]) -> str:
    """Return what ``If-Range`` may say to get the rest of the same bytes; empty when the answer cannot be resumed.

    A strong ETag, or a Last-Modified that is older than the answer (RFC 9110, 8.8.2.2 and 13.1.5).
    """
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        return ""
    etag = headers.get("ETag", "").strip()
    if etag.startswith('"') and etag.endswith('"') and len(etag) > 2:
        return etag
    modified = headers.get("Last-Modified", "").strip()
    return "" if modified == headers.get("Date", "").strip() else modified


def content_range(value: str) -> tuple[int, int | None] | None:
    """Return the first byte and the length of the whole file that a ``Content-Range`` names; None when it is none."""
    found = _CONTENT_RANGE.fullmatch(value.strip())
    if found is None:
        return None
    return int(found[1]), int(found[3]) if found[3] else None


def candidates(url: str, variants: Iterable[str]) -> list[str]:
    """Return the addresses that may give a file: ``url``, then its ``variants``, the largest image first.

    A variant with another ending is another kind of file and left out.
    """
    others = {_joined(url, variant) for variant in variants} - {url, ""}
    alike = [other for other in others if _ending(other) == _ending(url)]
    return [url, *sorted(alike, key=lambda other: (-_pixels(other), other))]


def _joined(url: str, variant: str) -> str:
    try:
        return urljoin(url, variant)
    except ValueError:  # a bad IPv6 host
        return ""


def at_origin(url: str, origin: str) -> str:
    """Return ``url`` at another ``origin`` (``https://copy.example``, or with a path before that of the url); empty: as it is."""
    if not origin:
        return url
    rest = url.partition("//")[2].partition("/")[2] if "//" in url else url.lstrip("/")
    return f"{origin.rstrip('/')}/{rest}"


def file_name(url: str) -> str:
    """Return ``url`` up to the end of its path."""
    return url.partition("#")[0].partition("?")[0]


def _ending(url: str) -> str:
    return file_name(url).rpartition(".")[2].lower()


def _pixels(url: str) -> int:
    """Return the area that the name of a variant tells, as WordPress names them (``photo-300x200.jpg``); without one it is whole."""
    found = _SIZE.search(file_name(url))
    return int(found[1]) * int(found[2]) if found else 10**12
