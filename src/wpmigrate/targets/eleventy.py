"""Eleventy, which reads markdown-it and runs Liquid first."""

from msgspec.structs import replace

from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import CAREFUL
from wpmigrate.targets.target import Target

__all__ = ["ELEVENTY"]

ELEVENTY = Target(
    name="eleventy",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="_data",
        records="records",
        data_forms=("json",),
        static="static",
        redirects="builder",
        taken_names=frozenset({"index"}),
    ),
    front=Front(),
    dialect=replace(CAREFUL, heading_ids="html", footnotes="html", task_items="text"),
    built=Built(folder="_site"),
)
