"""Nikola builds what ``convert --target nikola --scaffold`` writes, and nothing is lost."""

import pytest
from harness import BuiltSite
from python_sites import check_data, check_home, check_old_addresses, check_what_is_built, orchard

BUILDER = "nikola"

TEMPLATE = """<% path = post.permalink().strip("/") %>
<p id="data">${data["site"]["authors"][0]["name"]}; ${data.get("comments/" + path, {}).get("id")};
${(read_json(f"records/{path}.json") or {}).get("title")}</p>
"""
"""The first author's name, the id that the comments belong to, and the title in the record."""


def test_nothing_is_lost(built: BuiltSite) -> None:
    assert built.losses() == ""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    return orchard(BUILDER, tmp_path_factory.mktemp("orchard") / "site")


def test_old_addresses_lead_to_the_new_ones(site: BuiltSite) -> None:
    check_old_addresses(site)


def test_what_is_public_is_built_and_no_more(site: BuiltSite) -> None:
    check_what_is_built(site)


def test_home(site: BuiltSite) -> None:
    check_home(site)


def test_templates_read_site_data_comments_and_records(site: BuiltSite) -> None:
    check_data(site, "themes/plain/templates/post.tmpl", TEMPLATE)
