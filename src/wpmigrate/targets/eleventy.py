"""Eleventy, which reads markdown-it and runs Liquid first."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
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
    dialect=Dialect(),
    built=Built(folder="_site"),
)
