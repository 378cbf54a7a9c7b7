"""What the tests of Jekyll and Eleventy ask of the site of ``export/orchard.xml``, built once for each of them."""

from __future__ import annotations

import json
import re
import subprocess

from builders import BUILDERS
from harness import BuiltSite
from install import environment, fill

__all__ = ["again", "check_built", "check_data", "check_home", "check_menu", "check_moved", "check_taken"]

_MOVED = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')
DATA = """
{% assign entry = page | record %}{% assign answers = page | comments %}
<p id="data">{{ site_data.authors[0].name }}; {{ answers.comments.size }} {{ answers.comments[0].author.name }}; {{ entry.title }}</p>
"""
"""A template that says what it reads: the first author's name, the comments, and the record's title."""


def again(site: BuiltSite) -> None:
    """Build ``site`` again, after a change of its files."""
    command = fill(BUILDERS[site.builder].build, site.builder)
    subprocess.run(command, cwd=site.project, env=environment(site.builder), check=True, capture_output=True)


def check_moved(site: BuiltSite) -> None:
    """Follow every redirect without a query: the page at the old address leads to a page of the site."""
    rows = json.loads((site.project / "redirects.json").read_text(encoding="utf-8"))
    followed = [row for row in rows if "?" not in row["old"] and row["old"] != "/"]
    assert len(followed) > 20
    for row in followed:
        assert _MOVED.findall(site.page(row["old"])) == [row["new"]]
        assert not _MOVED.search(site.page(row["new"]))


def check_taken(site: BuiltSite, file: str, address: str) -> None:
    """A page of the user's own at an old address stays; ``file`` is where the builder reads pages."""
    assert _MOVED.search(site.page(address))
    page = site.project / file
    page.write_text(f"---\npermalink: {address}index.html\n---\nMy own words.\n", encoding="utf-8")
    again(site)
    assert "My own words." in site.page(address)
    assert not _MOVED.search(site.page(address))
    page.unlink()


def check_menu(page: str) -> None:
    """The menu is a tree, with titles as they are."""
    menu = page.partition("<nav")[2].partition("</nav>")[0]
    assert re.search(r'<a href="/page/about/">About us</a>\s*<ul>\s*<li><a href="/page/about/team/">The team</a>', menu)
    assert re.search(r'<a href="http://elsewhere.example/\?a=b&amp;c=d">Elsewhere &amp; (&quot;|&#34;)more\1 {{ x }}</a>', menu)
    assert "日本語の題名" in menu


def check_home(site: BuiltSite, newest: str, older: str) -> None:
    """The page at ``/`` leads to the old front page and lists the entries, newest first, and the terms."""
    page = site.page("/")
    check_menu(page)
    assert _MOVED.findall(page) == ["/page/home/"]
    assert "{{ site }}" in page
    listed = re.findall(r'<li><a href="([^"]*)"', page.partition("<main")[2])
    assert listed.index(newest) < listed.index(older)
    assert {"/page/home/", "/category/c-c/", "/author/ada/"} <= set(listed)
    assert len(listed) == len(set(listed))


def check_built(site: BuiltSite) -> None:
    """What is dated in the future is built, what is no public entry is not, and media files are where pages lead."""
    built = {str(path.relative_to(site.folder)) for path in site.folder.rglob("*") if path.is_file()}
    assert any("to-come/index.html" in path for path in built)
    odd = {path for path in built if not path.startswith("media/") and not path.endswith("/index.html")}
    assert odd == {"index.html", "_redirects"}
    assert not any("half-an-idea" in path or "waiting" in path for path in built)
    sources = re.findall(r'src="/(media/[^"]*)"', "".join(path.read_text("utf-8") for path in site.folder.rglob("*.html")))
    assert len(set(sources)) > 1
    assert set(sources) & built


def check_data(site: BuiltSite, layout: str, data: str, address: str) -> None:
    """A layout reads the site's data (called ``data`` there), an entry's record and its comments."""
    path = site.project / layout
    text = path.read_text(encoding="utf-8")
    path.write_text(text + DATA.replace("site_data", data), encoding="utf-8")
    again(site)
    said = re.findall(r'<p id="data">(.*?); (.*?); (.*?)</p>', site.page(address))
    assert said == [('Ada O\'Brien, "Jr."', "1 Bo {{ x }}", "Hello from the orchard")]
    path.write_text(text, encoding="utf-8")
