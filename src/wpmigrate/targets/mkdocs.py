"""MkDocs, which reads Python-Markdown."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["MKDOCS"]

MKDOCS = Target(
    name="mkdocs",
    place=Place(),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="site"),
)
