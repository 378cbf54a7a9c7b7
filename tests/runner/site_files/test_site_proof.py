"""The proof of the site's files: it is silent on a good site, and notices whatever is changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures" / "wxr"

MUTATIONS = {
    "an author is gone": ("site.json", '"login": "coral"', '"login": "kelp"', "the author coral is missing"),
    "an author is renamed": (
        "site.json",
        '"name": "Coral O\'Brien"',
        '"name": "Kelp"',
        "the name of the author coral",
    ),
    "a first name is lost": (
        "site.json",
        '"first_name": "Coral"',
        '"first_name": ""',
        "the first name of the author coral",
    ),
    "an address is shown": (
        "site.json",
        '"count": 3,',
        '"count": 3, "email": "coral@reef.example",',
        "e-mail address",
    ),
    "a term is gone": (
        "site.json",
        '"slug": "nothing"',
        '"slug": "something"',
        "the term nothing of category is missing",
    ),
    "a used term is gone": (
        "site.json",
        '"slug": "unnamed"',
        '"slug": "named"',
        "the term unnamed of post_tag is missing",
    ),
    "a description is changed": (
        "site.json",
        "Every <b>dive</b>",
        "Each <b>dive</b>",
        "the description of the term dives",
    ),
    "a parent is lost": ("site.json", '"parent": "dives"', '"parent": ""', "the parent of the term night"),
    "a term's name is lost": (
        "site.json",
        '"name": "Night dives"',
        '"name": ""',
        "the name of the term night",
    ),
    "a term has no page": ("site.json", '"url": "/tag/unnamed"', '"url": ""', "unnamed has no page"),
    "a menu item is gone": (
        "site.json",
        '"object_id": "12"',
        '"object_id": "10"',
        "the menu top lacks an item",
    ),
    "a menu item lost its title": (
        "site.json",
        '"title": "Shop"',
        '"title": "Hop"',
        "without its title: Shop",
    ),
    "a menu item leads elsewhere": (
        "site.json",
        "https://shop.example/",
        "https://hop.example/",
        "lacks the address",
    ),
    "a menu shows what is private": (
        "site.json",
        '"object_id": "12"',
        '"object_id": "14"',
        "that is not public: 14",
    ),
    "the site data are no JSON": ("site.json", '"title"', "title", "cannot be read"),
    "the site data have no authors": ("site.json", '"authors"', '"writers"', "cannot be read"),
    "an archive lost an entry": (
        "category/dives.md",
        "(/post/wreck)",
        "(/post/wrack)",
        "does not list /post/wreck",
    ),
    "an archive lists one twice": (
        "tag/unnamed.md",
        "\n- [",
        "\n- [x](/post/wrack)\n- [",
        "lists /post/wrack 2 times",
    ),
    "an author's page lost an entry": (
        "author/coral.md",
        "(/post/wrack)",
        "(/post/wreck)",
        "does not list /post/wrack",
    ),
    "a redirect is gone": ("redirects.json", '"/2020/wreck/"', '"/2021/wreck/"', "leads nowhere"),
    "a redirect leads to no file": (
        "redirects.json",
        '"/2020/wreck/","new":"/post/wreck"',
        '"/2020/wreck/","new":"/post/w"',
        "no file",
    ),
    "a redirect leads to another": (
        "redirects.json",
        '"/2020/wreck/","new":"/post/wreck"',
        '"/2020/wreck/","new":"/post/wrack"',
        "another entry",
    ),
    "a redirect leads out of the folder": (
        "redirects.json",
        '"new":"/post/wreck"',
        '"new":"/../post/wreck"',
        "no file",
    ),
    "a line is no redirect": (
        "redirects.json",
        '{"old":"/2020/wreck/"',
        '"old":"/2020/wreck/"',
        "is no redirect",
    ),
    "a written entry is gone": ("post/wreck.md", None, None, "where no file is"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_changed_is_noticed(reef, name: str) -> None:
    file, old, new, message = MUTATIONS[name]
    if old is None:
        (reef.out / file).unlink()
    else:
        reef.replace(file, old, new)
    assert [told for told in reef.verify() if message in told], reef.verify()


def test_what_people_add_is_no_loss(reef) -> None:
    reef.replace("category/dives.md", "\n- [", "\nMy words about [the wreck](/post/wreck).\n\n- [")
    with (reef.out / "redirects.json").open("r+") as file:
        text = file.read().replace(
            "\n]", ',\n{"old":"/mine/","new":"/post/wreck","status":301,"kind":"mine"}\n]'
        )
        file.seek(0)
        file.write(text)
    assert reef.verify() == []


@pytest.mark.parametrize("damage", ["a \x0b b", "a & b</p", "<![CDATA[x]]>"], ids=repr)
def test_items_of_an_export_that_is_no_xml_are_proven_too(trip, reef_export, damage: str) -> None:
    assert trip.convert(reef_export.replace("<title><![CDATA[Home", f"<title>{damage}<![CDATA[Home")) == []
    assert trip.verify() == []
    trip.replace("redirects.json", '"/2020/wreck/"', '"/2021/wreck/"')
    assert [told for told in trip.verify() if "leads nowhere" in told]


@pytest.mark.parametrize("name", ["garden.xml", "control-and-ampersand.xml"])
def test_the_proof_is_silent_on_the_fixtures(trip, name: str) -> None:
    assert trip.convert((FIXTURES / name).read_text(encoding="utf-8")) == []
    assert trip.verify() == []


def test_findings_are_counted_after_the_first_fifty(trip, reef_export, make_item) -> None:
    items = "".join(make_item(number, "post", f"p{number}", f"Post {number}") for number in range(100, 170))
    assert trip.convert(reef_export.replace("</channel>", f"{items}</channel>")) == []
    (trip.out / "redirects.json").write_text("[]\n")
    told = trip.verify()
    assert len([one for one in told if "leads nowhere" in one]) == 50
    assert [one for one in told if one.endswith("more things are not as the export says")]


def test_convert_fails_when_the_proof_does(reef_export, trip, monkeypatch) -> None:
    monkeypatch.setattr(
        "wpmigrate.runner.site_files.redirects._encoded",
        lambda address: address.replace("/2020/wreck/", "/2021/wreck/"),
    )
    problems = trip.convert(reef_export)
    assert problems == [("redirects.json", "the old address https://reef.example/2020/wreck/ leads nowhere")]
    report = json.loads(trip.text("report.json"))
    assert report["totals"]["problems"] == 1
    assert {"path": "redirects.json", "status": "failed", "reason": problems[0][1]} in report["site"]
