"""What the tests of Pelican, MkDocs and Nikola ask of the site of ``export/orchard.xml``, built once for each of them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from builders import BUILDERS
from harness import CASES, BuiltSite, case_inputs, case_options, run_site
from install import environment, fill

__all__ = ["check_data", "check_home", "check_old_addresses", "check_what_is_built", "orchard"]

_MOVED = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]*)">')


def orchard(builder: str, project: Path) -> BuiltSite:
    """Convert and build ``export/orchard.xml``."""
    case = next(case for case in CASES if case.name == "export")
    return run_site(builder, case_inputs(case), project, case_options(case))


def check_data(site: BuiltSite, file: str, template: str) -> None:
    """Put ``template`` into ``file``, build again: it says the first author, the id of the comments, and the record's title."""
    (site.project / file).write_text(template)
    command = fill(BUILDERS[site.builder].build, site.builder)
    subprocess.run(command, cwd=site.project, env=environment(site.builder), check=True, capture_output=True)
    said = re.findall(r'<p id="data">(.*?);\s(.*?);\s(.*?)</p>', site.page("/post/hello/"))
    assert said == [('Ada O\'Brien, "Jr."', "10", "Hello from the orchard")]


def check_old_addresses(site: BuiltSite) -> None:
    """Follow every redirect without a query: the page at the old address leads to a page of the site."""
    rows = json.loads((site.project / "redirects.json").read_text())
    followed = [row for row in rows if "?" not in row["old"] and row["old"] != "/"]
    assert len(followed) > 20
    for row in followed:
        assert _MOVED.findall(site.page(row["old"])) == [row["new"]]
        assert not _MOVED.search(site.page(row["new"]))


def check_what_is_built(site: BuiltSite) -> None:
    """A public entry dated in the future is built, what is no public entry is not; media files are where pages lead."""
    assert "to-come" in {path.parent.name for path in site.folder.rglob("index.html")}
    assert not [
        path
        for path in site.folder.rglob("*")
        if path.name in ("_drafts", "records", "report.json", "site.json")
    ]
    sources = re.findall(r'src="(/media/[^"]*)"', site.page("/post/hello/"))
    assert sources
    assert all((site.folder / source.lstrip("/")).is_file() for source in sources)


def check_home(site: BuiltSite) -> None:
    """The page at ``/`` shows the old front page, the menu as a tree, the entries newest first, and the terms."""
    page = site.page("/")
    assert "The words of home." in page
    menu, _, rest = page.partition("</nav>")
    assert re.search(
        r'/page/about/">About us</a>\s*<ul>\s*<li>\s*<a href="/page/about/team/">The team</a>', menu
    )
    assert 'href="http://elsewhere.example/?a=b&amp;c=d"' in menu
    assert "{{ site }}" in menu
    entries, _, terms = rest.partition("</ul>")
    assert entries.index("/post/to-come/") < entries.index("/post/hello-2/") < entries.index("/page/about/")
    assert "C++ / C#" in terms
    assert re.search(r'href="/category/c-c/gr(ö|%C3%B6)sse/"', terms)
