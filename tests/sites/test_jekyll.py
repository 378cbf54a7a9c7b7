"""Jekyll builds what ``convert --target jekyll --scaffold`` writes, and nothing is lost."""

import pytest
from harness import CASES, BuiltSite
from liquid_sites import check_built, check_data, check_home, check_moved, check_taken

BUILDER = "jekyll"
export = pytest.mark.parametrize("built", [case for case in CASES if case.name == "export"], indirect=True)


def test_nothing_is_lost(built: BuiltSite) -> None:
    assert built.losses() == ""


@export
def test_old_addresses_lead_to_the_new_ones(built: BuiltSite) -> None:
    check_moved(built)


@export
def test_what_is_public_is_built_and_no_more(built: BuiltSite) -> None:
    check_built(built)


@export
def test_home(built: BuiltSite) -> None:
    check_home(built, "/2099/02/01/to-come/", "/2020/03/11/hello/")


@export
def test_layouts_read_site_data_comments_and_records(built: BuiltSite) -> None:
    check_data(built, "_layouts/default.html", "site.data.site", "/2020/03/11/hello/")


@export
def test_a_page_at_an_old_address_stays(built: BuiltSite) -> None:
    check_taken(built, "mine.md", "/about/")


def test_pages_without_an_export(build) -> None:
    site = build({"a.html": "---\ntitle: One {{ x }}\n---\n<p>Words {% y %}.</p>", "_b/c.html": "<p>Other words.</p>"})
    assert "<p>Words {% y %}.</p>" in site.page("/a/")
    assert "Other words." in site.page("/_b/c/")
    assert "One {{ x }}" in site.page("/")
    assert site.losses() == ""
