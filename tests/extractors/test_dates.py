"""Dates as exports write them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors.dates import iso_date, iso_timestamp

DATES = [
    ("2012-04-19 11:55:16.000000000 +00:00", "2012-04-19T11:55:16+00:00"),
    ("2013-04-27 21:38:53 -0400", "2013-04-27T21:38:53-04:00"),
    ("2010-01-26 20:06:06 +0800", "2010-01-26T20:06:06+08:00"),
    ("2011-06-02 21:42:11 +02:00", "2011-06-02T21:42:11+02:00"),
    ("2012-04-19T11:55:16Z", "2012-04-19T11:55:16+00:00"),
    ("2012-04-19 11:55:16 UTC", "2012-04-19T11:55:16+00:00"),
    ("2012-04-19 11:55:16", "2012-04-19T11:55:16"),
    ("2012-04-19 11:55", "2012-04-19T11:55:00"),
    ("2012-04-19 1:05:16 -5", "2012-04-19T01:05:16-05:00"),
    ("2012-04-19 11:55:16.250 +00:00", "2012-04-19T11:55:16.25+00:00"),
    ("2012-04-19 11:55:16.123456789", "2012-04-19T11:55:16.123456789"),
    ("2012-04-19", "2012-04-19"),
    ("2012-4-9", "2012-04-09"),
    ("2012/04/19 11:55:16", "2012-04-19T11:55:16"),
    ("  2012-04-19\n", "2012-04-19"),
    ("Thu, 19 Apr 2012 11:55:16 +0000", "2012-04-19T11:55:16+00:00"),
    ("9 Apr 2012 11:55 GMT", "2012-04-09T11:55:00+00:00"),
    ("2012-02-29", "2012-02-29"),
]
NO_DATES = [
    "",
    "   ",
    "0000-00-00 00:00:00",
    "-0001-11-30 00:00:00",
    "2013-02-29",
    "2012-13-01",
    "2012-04-31 00:00:00 +0000",
    "2012-04-19 24:00:00",
    "2012-04-19 11:60:00",
    "2012-04-19 11:55:16 +9900",
    "2012-04/19",
    "19 Foo 2012 11:55:16",
    "April 2012",
    "2012",
    "٢٠١٢-٠٤-١٩",
    "2012-04-19 and more",
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_a_date_becomes_iso(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert iso_date(text) == ""


@pytest.mark.parametrize(("_", "iso"), DATES)
def test_iso_stays_as_it_is(_: str, iso: str) -> None:
    assert iso_date(iso) == iso


@given(st.datetimes(), st.integers(-23 * 60, 23 * 60), st.booleans())
def test_no_moment_is_changed(moment: datetime, offset: int, colon: bool) -> None:
    hours, minutes = divmod(abs(offset), 60)
    sign = "-" if offset < 0 else "+"
    text = (
        moment.strftime(f"{moment.year:04}-%m-%d %H:%M:%S.%f000 ")
        + f"{sign}{hours:02}{':' if colon else ''}{minutes:02}"
    )
    read = datetime.fromisoformat(iso_date(text))
    assert read.replace(tzinfo=None) == moment
    assert read.utcoffset().total_seconds() == offset * 60  # type: ignore[union-attr]


@given(st.text(alphabet="0123456789-/: .TZ+GMTaprAPR,", max_size=40))
def test_any_text_gives_a_date_or_nothing(text: str) -> None:
    iso = iso_date(text)
    assert iso == "" or datetime.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-04-19", "2012-04-19"),
        ("2012-04-19 11:55:16 -0400", "2012-04-19T11:55:16-04:00"),
        ("2012-4-19", ""),
        ("2012-04-19 11:55", ""),
        ("2012/04/19", ""),
        ("Thu, 19 Apr 2012 11:55:16 +0000", ""),
    ],
)
def test_an_unquoted_scalar_is_a_date_by_the_yaml_rule_only(text: str, expected: str) -> None:
    assert iso_timestamp(text) == expected
