"""Astro, which reads remark."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["ASTRO"]

ASTRO = Target(
    name="astro",
    place=Place(
        content="src/content/{stem}",
        address="/{stem}/",
        data="src/data",
        records="records",
        data_forms=("json",),
        media="public/media",
        static="public",
        redirects="builder",
        taken_names=frozenset({"index"}),
    ),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="dist"),
)
