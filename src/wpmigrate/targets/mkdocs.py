"""MkDocs, which reads Python-Markdown."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["MKDOCS"]

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
        taken_names=frozenset({"index", "readme"}),  # either becomes the page of its folder
    ),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="site"),
)
