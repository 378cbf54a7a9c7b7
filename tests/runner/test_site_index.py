"""The first look: what one page must know of the others, without parsing any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.records import Job
from wpmigrate.runner.site_index import build_site, glance

PAGE = b"""---
title: x
wordpress_id: 17
wordpress_url: http://www.Example.org/?p=17
---
<a href="/about#team">x</a> <a href='#here'>y</a> <A HREF="http://example.org/?p=4&amp;x=1">z</A>
<a href="http:&#47;&#47;example.org&#47;a#caf%C3%A9">w</a> [m](/other#part) <a href="?page_id=9">v</a>
"""


def test_a_page_at_a_glance():
    post_id, host, fragments, refers = glance(PAGE)
    assert (post_id, host) == ("17", "example.org")
    assert fragments == {"team", "caf%C3%A9", "café", "part"}
    assert refers == {"4", "9"}


def test_the_front_matters_own_address_is_no_link():
    assert "17" not in glance(PAGE)[3]


def test_line_ends_of_windows():
    assert glance(PAGE.replace(b"\n", b"\r\n"))[:2] == ("17", "example.org")


@given(st.binary(max_size=300))
def test_no_bytes_crash_it(data):
    glance(b"---\n" + data + b"\n---\nhref='" + data)


@pytest.fixture
def jobs(tmp_path):
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(b"---\nwordpress_id: 4\n---\n<a href='/?p=17'>x</a>")
    (tmp_path / "c.html").write_bytes("---\nwordpress_id: 9\n---\n".encode("utf-16"))
    (tmp_path / "big.html").write_bytes(
        b"---\nwordpress_id: 5\n---\n" + b"x" * (2 << 20) + b"<a href='/z#end'>"
    )
    names = ["a", "b", "big", "c", "gone"]
    return [Job(str(tmp_path), f"{name}.html", f"{name}.html", name, name) for name in names]


def test_a_site(jobs):
    asked = []

    def written_stem(job):
        asked.append(job.stem)
        return {"a": ("17", "a"), "b": ("4", "b"), "c": ("9", "")}[job.stem]

    site = build_site(jobs, written_stem)
    assert site.entries_by_id == {"17": "a", "4": "b"}
    assert site.hosts == frozenset({"example.org"})
    assert "end" in site.linked_fragments
    assert sorted(asked) == ["a", "b", "c"], "only pages that something links to are read whole"
