"""Pelican, which reads Python-Markdown below its own headers."""

from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.rows import PYTHON
from wpmigrate.targets.target import Target

__all__ = ["PELICAN"]

PELICAN = Target(
    name="pelican",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("json",),
        media="content/media",
        static="content/extra",
    ),
    front=Front(),
    dialect=PYTHON,
    built=Built(folder="output"),
)
