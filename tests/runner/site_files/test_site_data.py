"""Site data and archives: what they say, what they never say, and that both shapes say the same."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import cmarkgfm
import jsonschema
import msgspec
import pytest
import yaml
import yaml12
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import ArchiveRow, EntryRow, TermRow
from wpmigrate.runner.site_files.archives import archive_parts, description_markdown
from wpmigrate.runner.site_files.site_data import _meta, term_trees
from wpmigrate.targets import COMMONMARK

CANARY = "Zebrafish"
CORPUS = os.environ.get("WPMIGRATE_CORPUS", "")
OPTIONS = RunOptions()


def test_site_json_says_what_the_export_does(reef) -> None:
    site = json.loads(reef.text("site.json"))
    assert (site["title"], site["home"], site["front_page"]) == (
        "Reef & Rock",
        "https://reef.example",
        "/page/home",
    )
    (author,) = site["authors"]
    assert (author["first_name"], author["last_name"], author["url"]) == ("Coral", "O'Brien", "/author/coral")
    dives, nothing = site["taxonomies"]["category"]
    assert (dives["count"], dives["meta"], nothing["count"]) == (2, {"colour": ["blue"]}, 0)
    assert "url" not in nothing
    assert dives["children"][0]["parent"] == "dives"
    assert site["translations"] == [{"de": "/post/wrack", "en": "/post/wreck"}]
    assert {"type": "post", "status": "draft", "route": "skip", "count": 1} in site["entries"]


@pytest.fixture(scope="module")
def schema():
    found = json.loads((Path(__file__).parents[3] / "docs" / "schema" / "site.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def test_site_json_is_as_its_schema_says(reef, schema) -> None:
    schema.validate(json.loads(reef.text("site.json")))


def test_every_field_of_the_schema_has_a_description(schema) -> None:
    for name, definition in schema.schema["$defs"].items():
        assert definition["description"]
        assert not [
            field for field, said in definition["properties"].items() if not said.get("description")
        ], name


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.pop("title"),
        lambda site: site.update(more=1),
        lambda site: site.update(schema_version=0),
        lambda site: site["authors"][0].pop("login"),
        lambda site: site["taxonomies"]["category"][0]["children"][0].update(count="1"),
        lambda site: site["menus"][1]["items"][0].pop("url"),
        lambda site: site["translations"].append("x"),
    ],
)
def test_what_is_no_site_does_not_validate(reef, schema, change) -> None:
    site = json.loads(reef.text("site.json"))
    change(site)
    with pytest.raises(jsonschema.ValidationError):
        schema.validate(site)


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS, reason="WPMIGRATE_CORPUS is not set")
def test_the_site_data_of_real_exports_are_as_the_schema_says(trip, schema) -> None:
    for export in sorted(Path(CORPUS, "wxr").rglob("*.xml")):
        (trip.input / export.name).write_bytes(export.read_bytes())
    assert trip.convert() == []
    sites = [*trip.out.glob("*/site.json")]
    assert len(sites) == 7
    for path in sites:
        site = json.loads(path.read_bytes())
        schema.validate(site)
        assert yaml12.parse_yaml(path.with_suffix(".yaml").read_text(encoding="utf-8")) == site
    assert trip.verify() == []


def test_menus_are_trees_and_private_items_are_only_counted(reef) -> None:
    bottom, top = json.loads(reef.text("site.json"))["menus"]
    assert (bottom["items"], top["left_out"]) == ([], 1)
    assert [item["title"] for item in top["items"]] == ["Shop"]
    assert top["items"][0]["children"][0]["url"] == "/page/home"


def test_yaml_says_the_same(reef) -> None:
    site = json.loads(reef.text("site.json"))
    assert yaml.safe_load(reef.text("site.yaml")) == site
    assert yaml12.parse_yaml(reef.text("site.yaml")) == site


def test_nothing_private_and_no_address_is_in_the_files_of_the_site(reef) -> None:
    names = {path.relative_to(reef.out).as_posix(): path for path in reef.out.rglob("*") if path.is_file()}
    made = {
        name: path.read_bytes()
        for name, path in names.items()
        if name not in ("report.json", ".wpmigrate.sqlite")
    }
    assert not [name for name, data in made.items() if CANARY.lower().encode() in data.lower()]
    assert not [name for name, data in made.items() if b"@reef.example" in data]
    assert not [name for name in made if "secret" in name or "board" in name]


def test_addresses_are_kept_when_asked_for(trip, reef_export) -> None:
    from wpmigrate.options import ExtractOptions

    assert trip.convert(reef_export, extract=ExtractOptions(emails=True)) == []
    assert "coral@reef.example" in trip.text("site.json")
    assert "admin@reef.example" in trip.text("site.json")
    assert trip.verify() == []


def test_a_site_with_nothing_public_has_site_data_only(trip, reef_export) -> None:
    assert trip.convert(reef_export.replace("<wp:status>publish", "<wp:status>private")) == []
    files = {path.name for path in trip.out.rglob("*") if path.is_file()}
    assert files == {"site.json", "site.yaml", "report.json", ".wpmigrate.sqlite"}
    site = json.loads(trip.text("site.json"))
    assert (site["translations"], site["front_page"]) == ([], "")
    assert trip.verify() == []


def test_pages_alone_have_no_files_of_a_site(trip) -> None:
    (trip.input / "page.html").write_text("---\ntitle: A page\n---\n<p>words</p>\n")
    assert trip.convert() == []
    assert not (trip.out / "site.json").exists()


def test_two_sites_have_a_folder_each_and_parts_of_one_are_merged(trip, reef_export) -> None:
    other = reef_export.replace("reef.example", "atoll.example")
    assert trip.convert(reef_export, other, reef_export) == []
    assert not (trip.out / "site.json").exists()
    assert json.loads(trip.text("atoll.example/site.json"))["front_page"] == "/atoll.example/page/home"
    assert "(/reef.example/post/wreck)" in trip.text("reef.example/category/dives.md")
    assert trip.verify() == []
    trip.replace("atoll.example/category/dives.md", "post/wreck)", "post/wrack)")
    assert [told for told in trip.verify() if told.startswith("atoll.example/site.json: the page of dives")]


def test_an_archive_shows_its_description_and_links_each_entry(reef) -> None:
    text = reef.text("category/dives.md")
    head, body = text.removeprefix("---\n").split("---\n", 1)
    assert yaml.safe_load(head) == {
        "title": "Dives", "slug": "dives", "type": "archive", "taxonomy": "category", "children": ["night"],
    }  # fmt: skip
    html = cmarkgfm.markdown_to_html(body)
    assert "Every <strong>dive</strong> since 1999." in html
    assert re.findall(r'<a href="(.*?)">(.*?)</a>', html) == [
        ("/post/wrack", "(post 11)"),
        ("/post/wreck", "The *wreck* &lt;of&gt; [1912]"),
    ]


def row(**changes) -> ArchiveRow:
    return msgspec.structs.replace(ArchiveRow(1, "category", "a", "A", "", "", "category/a", 1), **changes)


def page(entries, description="", **changes) -> str:
    return b"".join(archive_parts(row(**changes), (), description, entries, COMMONMARK)).decode()


def test_a_long_archive_is_one_list_in_order() -> None:
    entries = [
        EntryRow(str(number), "post", f"Entry {number}", "2020-01-01", f"/post/{number}")
        for number in range(1203)
    ]
    html = cmarkgfm.markdown_to_html(page(iter(entries)).split("---\n", 2)[2])
    assert html.count("<ul>") == 1
    assert re.findall(r'href="/post/(\d+)"', html) == [str(number) for number in range(1203)]


def test_the_login_of_an_author_is_no_address_in_the_front_matter() -> None:
    text = page([], taxonomy="author", slug="ann@example.org", name="Ann")
    assert "slug: ann\n" in text
    assert "example.org" not in text


@pytest.mark.parametrize("date", ["", "0000-00-00 00:00:00"])
def test_an_entry_without_date_and_title_is_still_linked(date: str) -> None:
    assert "- [(post 7)](/post/7)\n" in page([EntryRow("7", "post", " \n", date, "/post/7")])


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_title_is_one_link(title: str) -> None:
    html = cmarkgfm.markdown_to_html(
        page([EntryRow("7", "post", title, "2020-01-01", "/post/7")]).split("---\n", 2)[2]
    )
    assert html.count("<li>") == html.count('<a href="/post/7">') == 1


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("plain", "<p>plain</p>"),
        ("one\n\ntwo & *three*", "<p>one</p>\n<p>two &amp; *three*</p>"),
        ("<em>so</em> <a href='/x'>y</a>", '<p><em>so</em> <a href="/x">y</a></p>'),
        ("# no heading", "<p># no heading</p>"),
        ("", ""),
    ],
)
def test_descriptions_read_as_wordpress_shows_them(source: str, html: str) -> None:
    assert cmarkgfm.markdown_to_html(description_markdown(source, Site(), OPTIONS)).strip() == html


def test_a_description_that_ends_in_a_list_does_not_swallow_the_entries() -> None:
    text = page(
        [EntryRow("7", "post", "x", "", "/post/7")],
        description_markdown("<ul><li>a</li></ul>", Site(), OPTIONS),
    )
    assert cmarkgfm.markdown_to_html(text.split("---\n", 2)[2]).count("<ul>") == 2


def a_row(slug: str, parent: str = "", name: str = "x") -> TermRow:
    return TermRow("category", slug, "", name, parent, "", 0, "")


def shape(terms) -> dict:
    return {term.slug: shape(term.children) for term in terms}


def test_circles_and_lost_parents_end_at_the_top() -> None:
    rows = [
        a_row("a", "b"),
        a_row("b", "a"),
        a_row("c", "gone"),
        a_row("d", "d"),
        a_row("e", "c"),
        a_row("", ""),
    ]
    trees = term_trees(rows)["category"]
    assert shape(trees) == {"b": {"a": {}}, "c": {"e": {}}, "d": {}, "": {}}
    assert {term.slug: term.parent for term in trees}["c"] == "gone"


def test_a_chain_of_20000_terms_is_cut_and_loses_none() -> None:
    rows = [a_row(f"{number:05}", f"{number - 1:05}" if number else "") for number in range(20_000)]
    trees = term_trees(rows)["category"]
    assert len(msgspec.json.decode(msgspec.json.encode(trees))) == 1
    assert msgspec.json.encode(trees).count(b'"slug"') == 20_000


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(-1, 12)), max_size=13, unique_by=lambda pair: pair[0])
)
def test_every_term_stands_once_in_the_trees(pairs) -> None:
    rows = [a_row(str(slug), "" if parent < 0 else str(parent)) for slug, parent in sorted(pairs)]
    text = msgspec.json.encode(term_trees(rows))
    assert sorted(re.findall(rb'"slug":"(\d+)"', text)) == sorted(row.slug.encode() for row in rows)


def test_a_term_without_a_name_has_its_slug() -> None:
    assert term_trees([a_row("news", name="")])["category"][0].name == "news"


def test_term_meta() -> None:
    assert _meta([("a", "1"), ("a", "2"), ("b", 'a:1:{s:8:"password";s:1:"x";}'), ("c", "a:9:{broken"), ("Password", "x")]) == {
        "a": ["1", "2"], "b": {}, "c": "a:9:{broken",
    }  # fmt: skip
