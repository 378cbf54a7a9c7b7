"""The rules of a download, without a network."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.media.download_content import content_problem
from wpmigrate.runner.media.download_rules import (
    at_origin,
    back_off,
    candidates,
    content_range,
    retry_after,
    status_reason,
    validator,
)

DATE = "Mon, 23 Nov 2026 12:00:00 GMT"


def test_the_wait_doubles_and_ends():
    assert [back_off(attempt, 0) for attempt in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert back_off(10**6, 0) == 60


@given(st.integers(1, 1000), st.floats(0, 1))
def test_chance_shortens_a_wait_by_up_to_a_half(attempt, chance):
    assert back_off(attempt, 0) / 2 <= back_off(attempt, chance) <= back_off(attempt, 0) <= 60


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": "9" * 400}, 999999999),
        ({"Retry-After": "Mon, 23 Nov 2026 12:01:30 GMT", "Date": DATE}, 90),
        ({"Retry-After": "Mon, 23 Nov 2026 11:00:00 GMT", "Date": DATE}, 0),
        ({"Retry-After": "Mon, 23 Nov 2026 12:01:30 GMT"}, None),
        ({"Retry-After": "Mon, 23 Nov 2026 12:01:30", "Date": DATE}, None),
        ({"Retry-After": "soon", "Date": DATE}, None),
        ({"Retry-After": "-5", "Date": DATE}, None),
        ({"Retry-After": "٣", "Date": DATE}, None),
        ({}, None),
    ],
)
def test_retry_after(headers, seconds):
    assert retry_after(headers) == seconds


@given(st.text(), st.text())
def test_no_header_is_too_odd(one, other):
    retry_after({"Retry-After": one, "Date": other})
    content_range(one)
    validator({"ETag": one, "Last-Modified": other})


@pytest.mark.parametrize(
    ("headers", "valid"),
    [
        ({"ETag": '"abc"'}, '"abc"'),
        ({"ETag": '"abc"', "Last-Modified": "x"}, '"abc"'),
        ({"ETag": 'W/"abc"'}, ""),
        ({"ETag": 'W/"abc"', "Last-Modified": "Sun, 22 Nov 2026 12:00:00 GMT"}, "Sun, 22 Nov 2026 12:00:00 GMT"),
        ({"Last-Modified": DATE, "Date": DATE}, ""),
        ({"ETag": '"abc"', "Content-Encoding": "gzip"}, ""),
        ({}, ""),
    ],
)
def test_what_may_be_resumed(headers, valid):
    assert validator(headers) == valid


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("bytes 100-199/200", (100, 200)),
        ("bytes 0-0/*", (0, None)),
        ("bytes */200", None),
        ("items 1-2/3", None),
        ("", None),
    ],
)
def test_content_range(value, place):
    assert content_range(value) == place


def test_the_largest_variant_comes_first_after_the_original():
    url = "http://old.example/up/a.jpg"
    seen = ["/up/a-300x200.jpg", "http://old.example/up/a-1024x768.jpg", "//old.example/up/a-150x150.jpg", url, "/up/a.pdf", "http://[/a.jpg"]
    assert candidates(url, seen) == [
        url,
        "http://old.example/up/a-1024x768.jpg",
        "http://old.example/up/a-300x200.jpg",
        "http://old.example/up/a-150x150.jpg",
    ]
    assert candidates("http://[/a.jpg", ["b.jpg"])[0] == "http://[/a.jpg"


@pytest.mark.parametrize(
    ("url", "origin", "now"),
    [
        ("http://old.example/up/a.jpg?x=1", "https://copy.example", "https://copy.example/up/a.jpg?x=1"),
        ("//old.example/a.jpg", "http://10.0.0.1:8080/old/", "http://10.0.0.1:8080/old/a.jpg"),
        ("/up/a.jpg", "https://copy.example/", "https://copy.example/up/a.jpg"),
        ("http://old.example", "https://copy.example", "https://copy.example/"),
        ("http://old.example/a.jpg", "", "http://old.example/a.jpg"),
    ],
)
def test_a_site_that_has_moved(url, origin, now):
    assert at_origin(url, origin) == now


def test_a_status_has_a_reason():
    assert status_reason(404) == "404: it is not there any more"
    assert "trouble" in status_reason(599)
    assert "refuses" in status_reason(418)


JPEG, PNG, PDF, ZIP = b"\xff\xd8\xff\xe0..", b"\x89PNG\r\n\x1a\n", b"junk\n%PDF-1.4", b"PK\x03\x04"
PAGE = b"\xef\xbb\xbf \n<!-- theme --><!DOCTYPE HTML><title>Not found"


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("a.jpg", "image/jpeg", JPEG),
        ("a.jpg", "text/html; charset=utf-8", JPEG),
        ("a.jpg", "image/webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("A.JPG", "image/png", PNG),
        ("a.jpg", "image/jpeg", b"\x01\x02damaged as it always was"),
        ("a.jpg", "", b"\x01\x02"),
        ("a.pdf", "application/pdf", PDF),
        ("a.docx", "application/octet-stream", ZIP),
        ("a.svg", "image/svg+xml", b'<?xml version="1.0"?><svg>'),
        ("a.svg", "text/plain", b"<svg xmlns="),
        ("a.html", "text/html", PAGE),
        ("a.txt", "text/plain", b"words"),
        ("a.txt", "text/plain", PAGE),
        ("a.csv", "text/csv", b"a,b"),
        ("a", "application/octet-stream", b"x"),
    ],
)
def test_files_that_pass(name, kind, head):
    assert content_problem(name, kind, head) == ""


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("a.jpg", "text/html", PAGE),
        ("a.jpg", "image/jpeg", PAGE),
        ("a.jpg", "text/html", b"Warning: file not found in line 7"),
        ("a.mp3", "text/html; charset=utf-8", b"Go away"),
        ("a.pdf", "application/json", b'{"error": 404}'),
        ("a.mp4", "text/plain", b"the free one is gone"),
        ("a.txt", "text/html", PAGE),
        ("a.svg", "text/html", PAGE),
        ("a.jpg", "image/jpeg", b""),
    ],
)
def test_files_that_do_not(name, kind, head):
    assert content_problem(name, kind, head)


@given(st.text(max_size=20), st.text(max_size=20), st.binary(max_size=100))
def test_any_beginning_can_be_looked_at(name, kind, head):
    content_problem(name, kind, head)
