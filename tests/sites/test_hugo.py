"""Hugo builds what ``convert --target hugo --scaffold`` writes, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from harness import CASES, BuiltSite
from liquid_sites import again, check_built, check_menu, check_moved

BUILDER = "hugo"
export = pytest.mark.parametrize("built", [case for case in CASES if case.name == "export"], indirect=True)

# The template of the scaffold's README, with an id.
DATA = """
{{ $stem := strings.Trim (urls.Parse .RelPermalink).Path "/" }}
<p id="data">{{ (index hugo.Data.site.authors 0).name }};
{{ with index hugo.Data "comments" }}{{ with index . (split $stem "/") }}
{{ range .comments }}{{ .author.name }}: {{ .content | safeHTML }}{{ end }};
{{ end }}{{ end }}
{{ with os.ReadFile (printf "records/%s.json" $stem) | transform.Unmarshal }}{{ .title }}{{ end }}</p>
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
    check_menu(page)
    assert "<p>The words of home.</p>" in page.partition('<main id="content">')[2]
    listed = re.findall(r'<li><a href="([^"]*)"', page.partition("</main>")[2])
    assert listed.index("/post/to-come/") < listed.index("/post/hello/") < listed.index("/category/c-c/")
    assert "/author/ada/" in listed
    assert len(listed) == len(set(listed))


@export
def test_layouts_read_site_data_comments_and_records(built: BuiltSite) -> None:
    path = built.project / "layouts/_default/single.html"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</main>", "</main>" + DATA), encoding="utf-8")
    again(built)
    said = built.page("/post/hello/").partition('<p id="data">')[2].partition("</p>")[0]
    path.write_text(text, encoding="utf-8")
    assert "Ada O&#39;Brien" in said
    assert "Bo {{ x }}: First {{ comment }} with <b>bold</b> and `code`" in said
    assert "Hello from the orchard" in said


@export
def test_a_page_at_an_old_address_stays(built: BuiltSite) -> None:
    page = built.project / "content/mine.md"
    page.write_text("---\ntitle: Mine\nurl: /about/\n---\nMy own words.\n", encoding="utf-8")
    again(built)
    page.unlink()
    assert "My own words." in built.page("/about/")


def test_pages_without_an_export(build) -> None:
    site = build(
        {
            "a.html": "---\ntitle: One\nwordpress_url: http://old.example/2012/one/\n---\n<p>Words {{< y >}}.</p>",
            "b/#c.html": "<p>Other words.</p>",
            "b/%e4%b8%ad.html": "<p>Encoded words.</p>",
            "b/d.html": "---\nslug: index\ntitle: Named index\n---\n<p>A slug.</p>",
        }
    )
    assert "Words {{&lt; y >}}." in site.page("/a/").replace("&gt;", ">")
    assert "url=/a/" in site.page("/2012/one/")
    assert "Other words." in site.page("/b/#c/")
    assert "Encoded words." in site.page("/b/中/")
    assert '<a href="/b/d/">Named index</a>' in site.page("/")
    assert site.losses() == ""
