"""The proof's own keys of addresses, beside the converter's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import Site
from wpmigrate.verifier.wxr.addresses import Addresses, has_facts, own_key
from wpmigrate.wordpress.urls import address_key

HOSTS = frozenset({"garden.example"})
HOME = "https://garden.example/blog"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Garden.example/blog/?p=17", "?p=17"),
        ("/blog/?page_id=017&preview=true", "?p=17"),
        ("http://garden.example/blog/index.php/2012/04/Hello/#x", "/2012/04/hello"),
        ("/blog/%E6%98%A5/?utm_source=x", ""),
        ("/blog/%e6%98%a5/", "/春"),
        ("https://garden.example/shop/", ""),
        ("https://elsewhere.example/blog/", ""),
        ("../x", ""),
        ("..?p=7", ""),
        ("mailto:a@garden.example", ""),
        ("http://[", ""),
    ],
)
def test_own_keys(url, key):
    assert own_key(url, Site(hosts=HOSTS, base_url=HOME)) == key


PARTS = ["https:", "//", "garden.example", "www.", "/blog", "/", "?p=7", "&amp;", "index.php", "a%20b", "é", "%C3%A9", "..", "#f", "2/", ":80", "@", "?x=1", "A"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.sampled_from(["", HOME, "http://garden.example"]))
def test_where_both_have_a_key_it_is_the_same(url, home):
    own = own_key(url, Site(hosts=HOSTS, base_url=home))
    assert own in ("", address_key(url, HOSTS, home))


def test_a_site_without_facts_is_not_asked():
    assert not has_facts(Site(hosts=HOSTS))
    assert has_facts(Site(base_url=HOME))


def test_fragments_and_views_lead_to_the_entry():
    addresses = Addresses(Site(hosts=HOSTS, base_url=HOME, addresses={"/hello": "/post/hello"}))
    assert addresses.moved("/blog/hello/#top") == "/post/hello#top"
    assert addresses.moved("/blog/hello/comment-page-2/") == "/post/hello"
    assert addresses.moved("/blog/hello/feed/") == ""
