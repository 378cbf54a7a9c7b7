"""Nikola, which reads Python-Markdown."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["NIKOLA"]

NIKOLA = Target(
    name="nikola",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("json",),
        media="files/media",
        static="files",
        redirects="builder",
    ),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="output"),
)
