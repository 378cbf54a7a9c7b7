"""WordPress's pairs of dates: local time and GMT give the offset."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

from wpmigrate.extractors.dates import iso_date

__all__ = ["gmt_date", "local_date"]

_USUAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
_ZERO = re.compile(r"0000-00-00|-0001-")
_MINUTE = timedelta(minutes=1)
_WEST, _EAST = -12 * 60, 14 * 60
"""The clocks of the world, in minutes from GMT."""


def local_date(local: str, gmt: str) -> str:
    """Return ``local`` as ISO 8601, with the offset that ``gmt`` gives when it is a date not too far away.

    Empty when ``local`` is no date, such as WordPress's ``0000-00-00 00:00:00`` for *never*.
    """
    here = _read(local)
    if here is None:
        return iso_date(local.strip())
    there = _read(gmt)
    return local.strip().replace(" ", "T") + (_offset(here, there) if there is not None else "")


def gmt_date(text: str) -> str:
    """Return a date of GMT as ISO 8601 with ``Z``; the text itself when it is no date; empty for *never*."""
    text = text.strip()
    if _read(text) is not None:
        return text.replace(" ", "T") + "Z"
    return "" if is_never(text) else text


def is_never(text: str) -> bool:
    """Tell whether ``text`` is WordPress's mark for a date that is not there."""
    return not text.strip() or _ZERO.match(text.strip()) is not None


@lru_cache(maxsize=64)
def _read(text: str) -> datetime | None:
    """Return the date that a database column holds, or None."""
    if len(text) != 19:
        text = text.strip()
    if _USUAL.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _offset(here: datetime, there: datetime) -> str:
    """Return ``+HH:MM``; empty when no clock of the world differs so much from GMT, or by seconds."""
    minutes, rest = divmod(here - there, _MINUTE)
    if rest or not _WEST <= minutes <= _EAST:
        return ""
    hours, minutes_left = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{minutes_left:02}"
