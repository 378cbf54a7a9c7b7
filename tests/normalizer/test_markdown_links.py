"""Addresses in bodies that are Markdown already."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wpmigrate.model import NoticeLog, Site
from wpmigrate.model.nodes import Html, Image, Link, plain_text, walk
from wpmigrate.normalizer.markdown_body import markdown_tree
from wpmigrate.normalizer.markdown_links import move_markdown
from wpmigrate.normalizer.site_facts import SiteFacts

SITE = Site(
    hosts=frozenset({"old.example"}),
    base_url="http://old.example",
    addresses={"/2012/04/hello": "/post/hello", "?p=1": "/post/hello", "?p=2": "/page/about", "/odd": "/post/a (b) <c>"},
    files={name: "/media/" + name for name in ("2012/04/photo.jpg", "clip.mp4")},
)


def move(text: str) -> tuple[str, dict[str, str]]:
    return move_markdown(text, SiteFacts(SITE, NoticeLog()))


def addresses(text: str) -> list[str]:
    found = []
    for node in walk(markdown_tree(text)):
        if isinstance(node, Link | Image):
            found.append(node.url)
        elif isinstance(node, Html):
            found += re.findall('<a href="(.*?)">', node.value)
    return found


@pytest.mark.cases("cases/markdown_links.txt")
def test_only_addresses_change(case):
    assert move(case.input)[0] == case.expected


def test_old_addresses_are_told():
    assert move("[a](/?p=1) <a href='/?page_id=2'>")[1] == {"/post/hello": "/?p=1", "/page/about": "/?page_id=2"}


def test_an_odd_new_address_stands_in_brackets():
    assert move("[a](/odd)")[0] == "[a](</post/a (b) %3Cc%3E>)"


PIECES = ["[a](/?p=1)", "![i](/wp-content/uploads/clip.mp4 't')", "[r]", "\n[r]: /?p=2\n", "<http://old.example/?p=1>", "`", "[", "](", ")", "\n\n", "> ", "- ", "é ", "*", "<b>", "\\", "[a](</?p=2>)", "\n```\n", "    "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("[<http://old.example/?p=1>]()")
@example("[a <http://old.example/?p=1> b](/x)")
def test_words_and_links_stay(text):
    moved, _ = move(text)
    assert plain_text(markdown_tree(moved)) == plain_text(markdown_tree(text))
    facts = SiteFacts(SITE, NoticeLog())
    assert addresses(moved) == [facts.link(url) or url for url in addresses(text)]


@given(st.text(max_size=60))
def test_texts_of_no_site_stay_to_the_byte(text):
    assert move_markdown(text, SiteFacts(Site(), NoticeLog())) == (text, {})


@pytest.mark.parametrize("piece", ["![", "[![a](", "[a](/?p=1)", "<a href='", '<a href="', "[r]: /?p=1\n", "](", "<http://a"])
def test_long_repetitions_are_read_to_the_end(piece):
    assert move(piece * 20_000)[0]
