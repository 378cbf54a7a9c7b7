"""MkDocs, which reads Python-Markdown."""

from msgspec.structs import replace

from wpmigrate.targets.dialect import Hazard
from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import PYTHON, PYTHON_MARKDOWN
from wpmigrate.targets.target import Target

__all__ = ["MKDOCS"]

_PAGE_FILE = r"\A(?![A-Za-z][\w+.-]*:|[/#?])[^?#]*\.md(?:[?#]|\Z)"
"""A relative link to a Markdown file leads to that page, once MkDocs has read it."""

MKDOCS = Target(
    name="mkdocs",
    place=Place(
        content="docs/{stem}",
        address="/{stem}/",
        address_from_path=True,
        data="data",
        records="records",
        data_forms=("json",),
        media="docs/media",
        static="docs",
        redirects="builder",
        taken_names=frozenset(
            {"index", "readme", "sitemap.xml"}
        ),  # the page of its folder; a file of MkDocs' own
    ),
    front=Front(
        keys={"excerpt": "description"},
        types=USUAL_TYPES,
        reserved=frozenset({"hide", "search", "template"}),
    ),
    dialect=replace(
        PYTHON,
        extensions=("toc", "tables", "fenced_code", "attr_list"),
        auto_ids="ascii",
        footnotes="html",
        url_tags=f"{PYTHON.url_tags}|{_PAGE_FILE}",
        hazards=(*PYTHON_MARKDOWN, Hazard(r"\[(?=TOC\])", "line", "\\[", "a table of contents")),
    ),
    built=Built(folder="site"),
)
