"""Pelican, which reads Python-Markdown below its own headers."""

from wpmigrate.targets.front import USUAL_TYPES, Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import PYTHON
from wpmigrate.targets.target import Target

__all__ = ["PELICAN"]

PELICAN = Target(
    name="pelican",
    place=Place(
        content="content/{stem}",
        content_spelling={r"\Amedia/": "media-pages/"},  # Pelican reads no entry among the media files
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("json",),
        media="content/media",
        static="content/extra",
        redirects="builder",
    ),
    front=Front(
        format="headers",
        keys={
            "title": "Title",
            "date": "Date",
            "modified": "Modified",
            "categories": "Category",
            "tags": "Tags",
            "author": "Author",
            "excerpt": "Summary",
            "language": "Lang",
        },
        types={**USUAL_TYPES, "language": "text"},
        header_forms={"title": "html", "excerpt": "markdown", "categories": "first", "tags": "list"},
        constant={"Status": "published"},
        draft={"Status": "draft"},
        address_keys={"Slug": "{path}", "URL": "{path}/", "Save_as": "{path}/index.html"},
        required=("title", "date"),
        rest="Wordpress",
    ),
    dialect=PYTHON,
    built=Built(folder="output"),
)
