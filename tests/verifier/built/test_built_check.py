"""What the proof says of built pages: the cases of cases.txt, and what is around the main element."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wpmigrate.extractors.wxr import read_item
from wpmigrate.model import Finding, Site
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import TARGETS
from wpmigrate.verifier.built import RULES, BuiltProof, parse_selector
from wpmigrate.verifier.built.rules import ALWAYS

CASE = re.compile(r"^#{8} (.+?) \[(\w+)\]( notes=yes)?\n(.*?)\n-{8}\n(.*?)\n-{8}\n(.*?)(?=\n#{8} |\Z)", re.M | re.S)
CASES = CASE.findall((Path(__file__).parent / "cases.txt").read_text(encoding="utf-8"))
NOTES = '[{"id":"a1","content":"All <em>summer<\\/em> long."}]'
ADDRESS = "/post/bees/"


def item(body: str, title: str = "Bees", notes: str = "") -> bytes:
    meta = f"<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[{notes}]]></wp:meta_value></wp:postmeta>"
    return (
        f"<item><title>{title}</title><wp:post_id>7</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>{meta if notes else ''}</item>"
    ).encode()


def findings(
    body: str,
    page: str,
    target: str = "eleventy",
    *,
    notes: str = "",
    site: Site = Site(),  # noqa: B008 (nobody changes it)
    has: object = lambda path: False,
    title: str = "Bees",
    main: str = "main#content",
) -> list[Finding]:
    source = read_item(item(body, title, notes), "a.xml", "1", ExtractOptions())
    proof = BuiltProof(source, NormalizeOptions(body="auto"), site, TARGETS[target])
    return [*proof.check(page, parse_selector(main), ADDRESS, "post/bees/index.html", has)]


def page(main: str, title: str = "Bees", more: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title} | My site</title></head><body><nav>Home</nav>{more}"
        f'<main id="content">{main}</main><footer>The end</footer></body></html>'
    )


def test_there_are_cases():
    assert len(CASES) == (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8").count("\n######## ") > 35


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[1]}")
def test_case(case):
    _, target, notes, body, built, expected = case
    found = findings(body, page(built), target, notes=NOTES if notes else "")
    assert [finding.what for finding in found] == expected.split(), found


def test_every_row_is_some_target_s_and_has_a_reason():
    used = {name for target in TARGETS.values() for name in target.built.rules}
    assert used | {*ALWAYS} == {*RULES}
    assert all(rule.reason and (rule.events or rule.tokens) for rule in RULES.values())


@pytest.mark.parametrize("name", RULES)
def test_every_row_is_needed(name, monkeypatch):
    """Without a row, one of the cases without a loss raises an alarm."""
    monkeypatch.setattr("wpmigrate.verifier.built.check.ALWAYS", tuple({*ALWAYS} - {name}))
    monkeypatch.setitem(RULES, name, RULES[name].__class__("nothing"))
    silent = [case for case in CASES if not case[5].strip()]
    assert any(findings(body, page(built), target, notes=NOTES if notes else "") for _, target, notes, body, built, _ in silent)


def test_the_title_must_be_on_the_page():
    assert not findings("<p>a</p>", page("<p>a</p>"))
    assert not findings("<p>a</p>", page("<p>a</p>", "Wasps", "<h1>All the\n <em>Bees</em></h1>"))
    assert [finding.what for finding in findings("<p>a</p>", page("<p>a</p>", "Wasps"))] == ["title"]
    assert [finding.what for finding in findings("<p>a</p>", page("<p>a</p>", "“Bees”"), title='"Bees"')] == ["title"]
    assert [finding.what for finding in findings("<p>a</p>", page("<p>a</p>", "a &amp;amp; b"), title="a &amp; b")] == ["title"]
    assert not findings("<p>a</p>", page("<p>a</p>", "whatever"), title="")


def test_damage_in_a_title_may_be_repaired_or_not():
    for shown in ("Caf\u00c3\u00a9", "Caf\u00e9"):
        assert not findings("<p>a</p>", page("<p>a</p>", shown), title="Caf\u00c3\u00a9")


def test_exactly_one_element_holds_the_page():
    assert "no element main#content" in findings("<p>a</p>", "<title>Bees</title><p>a</p>")[0].message
    twice = page("<p>a</p>") + '<main id="content">b</main>'
    assert "2 elements main#content" in findings("<p>a</p>", twice)[0].message
    nested = page('<main id="content"><p>a</p></main>')
    assert not findings("<p>a</p>", nested)


@pytest.mark.parametrize("selector", ["article", "article.post", ".post", "#p", "article#p"])
def test_selectors(selector):
    html = '<title>Bees</title><body><div><article class="x post y" id=p><p>a</p></article></div>'
    assert not findings("<p>a</p>", html, main=selector)


@pytest.mark.parametrize("selector", ["", "a b", "a.b.c", "a#b.c", "[x]", "#"])
def test_no_selectors(selector):
    with pytest.raises(ValueError, match="names no element"):
        parse_selector(selector)


SITE = Site(
    base_url="https://old.example",
    hosts=frozenset({"old.example"}),
    addresses={"/2012/honey": "/post/honey/", "/2012/gone": "/post/gone/"},
    files={"2012/01/bee.png": "/media/2012/01/bee.png"},
)
BODY = (
    '<p><a href="https://old.example/2012/honey/">honey</a> <a href="/never">never</a>'
    ' <img src="https://old.example/wp-content/uploads/2012/01/bee.png" alt="b"></p>'
)
BUILT = '<p><a href="/post/honey/">honey</a> <a href="/never">never</a> <img src="/media/2012/01/bee.png" alt="b"></p>'


def test_addresses_that_moved_must_be_there():
    there = {"/post/honey/", "/media/2012/01/bee.png"}
    assert not findings(BODY, page(BUILT), site=SITE, has=there.__contains__)
    found = findings(BODY, page(BUILT), site=SITE, has=lambda path: False)
    assert [(finding.what, finding.message) for finding in found] == [
        ("link", "/post/honey/ is not in the built site"),
        ("media", "/media/2012/01/bee.png is not in the built site"),
    ]


def test_an_address_that_did_not_move_is_noticed():
    built = BUILT.replace("/post/honey/", "https://old.example/2012/honey/")
    assert [finding.what for finding in findings(BODY, page(built), site=SITE, has=lambda path: True)] == ["link"]


def test_a_link_that_the_builder_broke_is_noticed():
    built = '<p><a href="/post/bees/https://a.example/">a</a></p>'
    found = findings('<p><a href="https://a.example/">a</a></p>', page(built))
    assert [finding.what for finding in found] == ["link", "link"]


def test_anchors_that_other_pages_link_to():
    site = Site(linked_fragments=frozenset({"wax"}))
    assert not findings('<p>a</p><p id="wax">b</p>', page('<p>a</p><p><a id="wax"></a>b</p>'), site=site)
    found = findings('<p>a</p><p id="wax">b</p>', page("<p>a</p><p>b</p>"), site=site)
    assert [finding.what for finding in found] == ["anchor"]


@pytest.mark.parametrize("piece", ["<div>", "<b>", "<li>", "<sup><a href=#fn-1>", "<h1>", "<a href=x>", "<ol class=footnotes>", "x<i>"])
def test_hostile_pages_neither_raise_nor_take_long(piece):
    assert findings("<p>a</p>", page(piece * 5000), "nikola", notes=NOTES)


def test_an_old_address_in_the_text_may_be_a_link_to_itself_where_the_builder_makes_one():
    site = Site(hosts=frozenset({"old.example"}), base_url="http://old.example", addresses={"/wax": "/post/wax/"})
    body = "<p>See http://old.example/wax/ now.</p>"
    linked = '<p>See <a href="http://old.example/wax/">http://old.example/wax/</a> now.</p>'
    assert findings(body, page(linked), "astro", site=site) == []
    assert findings(body, page(linked), "eleventy", site=site)
    link = '<p>See <a href="http://old.example/wax/">wax</a> now.</p>'
    assert findings(link, page(link), "astro", site=site), "a link must lead to the new place"
