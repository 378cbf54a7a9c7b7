"""Astro builds what ``convert --target astro --scaffold`` writes, and nothing is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from harness import CASES, BuiltSite
from liquid_sites import again, check_built, check_moved

BUILDER = "astro"
export = pytest.mark.parametrize("built", [case for case in CASES if case.name == "export"], indirect=True)

# What the scaffold's README says of data, with an id.
READ = """import { path, site } from "../site.mjs";
const comments = import.meta.glob("/src/data/comments/**/*.json", { import: "default" });
const records = import.meta.glob("/records/**/*.json", { import: "default" });
const stem = path(Astro.url.pathname);
const talk = await comments[`/src/data/comments/${stem}.json`]?.();
const record = await records[`/records/${stem}.json`]?.();
"""
SHOW = """<p id="data">{site.authors?.[0].name};
{talk?.comments.map(({ author, content }) => <span>{author.name}: <Fragment set:html={content} /></span>)}; {record?.title}</p>
"""


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
    page = built.page("/")
    menu = unescape(page.partition("<nav")[2].partition("</nav>")[0])
    assert re.search(r'<a href="/page/about/">About us</a>\s*<ul>\s*<li><a href="/page/about/team/">The team</a>', menu)
    assert '<a href="http://elsewhere.example/?a=b&c=d">Elsewhere & "more" {{ x }}</a>' in menu
    assert "<p>The words of home.</p>" in page.partition('<main id="content">')[2]
    listed = re.findall(r'<li>\s*<a href="([^"]*)"', page.partition("</main>")[2])
    assert listed.index("/post/to-come/") < listed.index("/post/hello/") < listed.index("/category/c-c/")
    assert "/author/ada/" in listed
    assert len(listed) == len(set(listed))


@export
def test_pages_read_site_data_comments_and_records(built: BuiltSite) -> None:
    """And a page of the user's own at an old address stays."""
    layout = built.project / "src/layouts/Page.astro"
    text = layout.read_text(encoding="utf-8")
    changed = text.replace('import { language, site,', 'import { language,', 1).replace("const {", READ + "const {", 1)
    layout.write_text(changed.replace("<slot />", "<slot />" + SHOW), encoding="utf-8")
    mine = built.project / "src/content/mine.md"
    mine.write_text("---\ntitle: Mine\npermalink: /about/\n---\nMy own words.\n", encoding="utf-8")
    again(built)
    layout.write_text(text, encoding="utf-8")
    mine.unlink()
    said = built.page("/post/hello/").partition('<p id="data">')[2].partition("</p>")[0]
    assert "Ada O'Brien" in said.replace("&#39;", "'")
    assert "Bo {{ x }}: First {{ comment }} with <b>bold</b> and `code`" in said
    assert "Hello from the orchard" in said
    assert "My own words." in built.page("/about/")


def test_pages_without_an_export(build) -> None:
    site = build(
        {
            "a.html": "---\ntitle: One\n---\n<p>Words {x} {{ y }}.</p>",
            "b/a:c.html": "<p>Other words.</p>",
            "b/%e4%b8%ad.html": "<p>Encoded words.</p>",
            "same.html": "---\nslug: twin\n---\n<p>First twin.</p>",
            "other.html": "---\nslug: twin\n---\n<p>Second twin.</p>",
        }
    )
    assert "<p>Words {x} {{ y }}.</p>" in site.page("/a/")
    assert "Other words." in site.page("/b/a:c/")
    assert "Encoded words." in site.page("/b/中/")
    assert "First twin." in site.page("/same/")
    assert "Second twin." in site.page("/other/")
    assert site.losses() == ""
