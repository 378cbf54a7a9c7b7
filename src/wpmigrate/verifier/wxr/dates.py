"""The dates of an item: local time with the offset that WordPress's two columns give."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from wpmigrate.verifier.values import iso_date

__all__ = ["NEVER", "gmt_dates", "local_dates"]

_DATE = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)\s*", re.ASCII)
_LEAST: Final = timedelta(hours=-12)
_MOST: Final = timedelta(hours=14)
"""No place on earth has another offset (https://www.iana.org/time-zones)."""
NEVER: Final = ("0000-00-00", "-0001-")
_QUARTER: Final = timedelta(minutes=15)


def _read(text: str) -> datetime | None:
    """Return the time that ``text`` says; None when it says none (``0000-00-00 00:00:00``) or an impossible one."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime(*map(int, match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None


def _is_real(iso: str) -> bool:
    """Whether the calendar and the clock have a date."""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return False
    return True


def local_dates(local: str, gmt: str) -> tuple[str, ...]:
    """Return the ISO 8601 forms that may stand for a date: one, or none with offset where that is an odd one.

    WordPress writes the site's local time and GMT side by side; their difference is the offset.
    """
    time = _read(local)
    if time is None:
        other = None if local.strip().startswith(NEVER) else iso_date(local)
        return (other, "") if other is not None and _is_real(other) else ("",)
    bare, base = time.isoformat(), _read(gmt)
    if base is None:
        return (bare,)
    offset = time - base
    if not _LEAST <= offset <= _MOST:
        return (bare,)
    with_offset = bare + _spelled(offset)
    return (with_offset,) if offset % _QUARTER == timedelta(0) else (with_offset, bare)


def _spelled(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def gmt_dates(text: str) -> tuple[str | None, ...]:
    """Return the forms that may stand for a date in GMT; None where the key may be absent: a zero date says nothing."""
    time = _read(text)
    if time is not None:
        return (f"{time.isoformat()}Z",)
    stripped = text.strip()
    return (stripped,) if stripped and not stripped.startswith(NEVER) else (None, stripped)
