"""Dates as exports write them, made ISO 8601."""

from __future__ import annotations

import re

__all__ = ["iso_date", "iso_timestamp"]

_DATE = re.compile(
    r"""\s*
    (?P<year>\d{4}) (?P<sep>[-/]) (?P<month>\d\d?) (?P=sep) (?P<day>\d\d?)
    (?: (?:[Tt]|\s+) (?P<hour>\d\d?) : (?P<minute>\d\d) (?: : (?P<second>\d\d) (?:\.(?P<fraction>\d*))? )?
        (?: \s* (?P<zone>Z|z|UTC|GMT|[-+]\d\d?(?::?\d\d)?) )?
    )? \s*""",
    re.VERBOSE,
)
_MAIL_DATE = re.compile(
    r"""\s* (?:[A-Za-z]{3},\s+)? (?P<day>\d\d?) \s+ (?P<month>[A-Za-z]{3}) \s+ (?P<year>\d{4}) \s+
    (?P<hour>\d\d?) : (?P<minute>\d\d) (?: : (?P<second>\d\d) )?
    (?: \s+ (?P<zone>UTC|GMT|[-+]\d{4}) )? \s*""",
    re.VERBOSE,
)
# https://yaml.org/type/timestamp.html, and Ruby's Psych, which reads an offset without colon as well
_TIMESTAMP = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?"
)
_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_UTC = frozenset({"Z", "UTC", "GMT"})


def iso_date(text: str) -> str:
    """Return ``text`` as ISO 8601 with the offset that it has, or an empty text when it is no date.

    Reads ``2012-04-19 11:55:16.000000000 +00:00``, ``2013-04-27 21:38:53 -0400``, ``2012-04-19T11:55:16Z``,
    ``2012/04/19``, and the dates of RFC 5322 (``Thu, 19 Apr 2012 11:55:16 +0000``). A date without a time stays
    without one; a time without an offset stays without one. ``0000-00-00 00:00:00``, WordPress's mark for *never*,
    is no date.
    """
    match = _DATE.fullmatch(text)
    if match:
        return _iso(match.groupdict())
    match = _MAIL_DATE.fullmatch(text)
    if match:
        parts = match.groupdict()
        parts["month"] = _MONTHS.get(match["month"].lower(), "0")
        return _iso(parts)
    return ""


def iso_timestamp(text: str) -> str:
    """Return ``text`` as ISO 8601 when an unquoted YAML scalar with this text is a date, else an empty text."""
    return iso_date(text) if _TIMESTAMP.fullmatch(text) else ""


def _iso(parts: dict[str, str | None]) -> str:
    """Return the ISO form of the named parts; empty when a part is out of its range."""
    year, month, day = int(parts["year"] or 0), int(parts["month"] or 0), int(parts["day"] or 0)
    if not _is_day(year, month, day):
        return ""
    date = f"{year:04}-{month:02}-{day:02}"
    if parts["hour"] is None:
        return date
    hour, minute, second = int(parts["hour"]), int(parts["minute"] or 0), int(parts["second"] or 0)
    zone = _offset(parts["zone"])
    if hour > 23 or minute > 59 or second > 59 or zone is None:
        return ""
    fraction = (parts.get("fraction") or "").rstrip("0")
    return f"{date}T{hour:02}:{minute:02}:{second:02}{'.' if fraction else ''}{fraction}{zone}"


def _is_day(year: int, month: int, day: int) -> bool:
    """Tell whether the calendar has this day."""
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    return month != 2 or day < 29 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))


def _offset(zone: str | None) -> str | None:
    """Return ``+HH:MM``, an empty text when there is no zone, or None when the zone cannot be."""
    if not zone:
        return ""
    if zone.upper() in _UTC:
        return "+00:00"
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    if int(hours) > 23 or int(minutes) > 59:
        return None
    return f"{zone[0]}{int(hours):02}:{int(minutes):02}"
