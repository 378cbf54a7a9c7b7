"""Nikola, which reads Python-Markdown."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["NIKOLA"]

NIKOLA = Target(
    name="nikola",
    place=Place(),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="output"),
)
