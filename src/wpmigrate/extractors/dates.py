"""Dates as exports write them, made ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime

__all__ = ["iso_date", "iso_timestamp"]

# What nearly every export has: 2012-04-19 11:55:16.000000000 +00:00, or the same quoted, with +0000
_USUAL = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.0*)? ?([-+]\d\d):?(\d\d)")
_DATE = re.compile(
    r"""\s*
    (?P<year>\d{4}) (?P<sep>[-/]) (?P<month>\d\d?) (?P=sep) (?P<day>\d\d?)
    (?: (?:[Tt]|\s+) (?P<hour>\d\d?) : (?P<minute>\d\d) (?: : (?P<second>\d\d) (?:\.(?P<fraction>\d*))? )?
        (?: \s* (?P<zone>Z|z|UTC|GMT|[-+]\d\d?(?::?\d\d)?) )?
    )? \s*""",
    re.VERBOSE | re.ASCII,
)
_MAIL_DATE = re.compile(
    r"""\s* (?:[A-Za-z]{3},\s+)? (?P<day>\d\d?) \s+ (?P<month>[A-Za-z]{3}) \s+ (?P<year>\d{4}) \s+
    (?P<hour>\d\d?) : (?P<minute>\d\d) (?: : (?P<second>\d\d) )?
    (?: \s+ (?P<zone>UTC|GMT|[-+]\d{4}) )? \s*""",
    re.VERBOSE | re.ASCII,
)
# https://yaml.org/type/timestamp.html, and Ruby's Psych, which reads an offset without colon as well
_TIMESTAMP = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?",
    re.ASCII,
)
_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_UTC = frozenset({"Z", "UTC", "GMT"})


def iso_date(text: str) -> str:
    """Return ``text`` as ISO 8601 with the offset that it has, or an empty text when it is no date.

    Reads ``2012-04-19 11:55:16.000000000 +00:00``, ``2013-04-27 21:38:53 -0400``, ``2012-04-19T11:55:16Z``,
    ``2012/04/19``, and the dates of RFC 5322 (``Thu, 19 Apr 2012 11:55:16 +0000``). A date without a time stays
    without one; a time without an offset stays without one. ``0000-00-00 00:00:00``, WordPress's mark for *never*,
    is no date.
    """
    if not text:
        return ""
    usual = _USUAL.fullmatch(text)
    if usual:
        date, time, hours, minutes = usual.groups()
        return _checked(f"{date}T{time}{hours}:{minutes}")
    match = _DATE.fullmatch(text) or _MAIL_DATE.fullmatch(text)
    return _checked(_iso(match.groupdict())) if match else ""


def iso_timestamp(text: str) -> str:
    """Return ``text`` as ISO 8601 when an unquoted YAML scalar with this text is a date, else an empty text."""
    return iso_date(text) if _TIMESTAMP.fullmatch(text) else ""


def _checked(iso: str) -> str:
    """Return ``iso`` when the calendar and the clock have it, else an empty text."""
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return iso


def _iso(parts: dict[str, str | None]) -> str:
    """Return the ISO form of the named parts of a date."""
    month = parts["month"] or ""
    month = _MONTHS.get(month.lower(), month)
    date = f"{parts['year']}-{month:0>2}-{parts['day']:0>2}"
    if parts["hour"] is None:
        return date
    fraction = (parts.get("fraction") or "").rstrip("0")
    time = (
        f"{parts['hour']:0>2}:{parts['minute']}:{parts['second'] or '00'}{'.' if fraction else ''}{fraction}"
    )
    return f"{date}T{time}{_offset(parts['zone'])}"


def _offset(zone: str | None) -> str:
    """Return ``+HH:MM``, or an empty text when there is no zone."""
    if not zone:
        return ""
    if zone.upper() in _UTC:
        return "+00:00"
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{zone[0]}{hours:0>2}:{minutes}"
