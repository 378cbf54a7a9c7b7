"""Hugo, which reads goldmark."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["HUGO"]

HUGO = Target(
    name="hugo",
    place=Place(
        content="content/{stem}",
        address="/{stem}/",
        data="data",
        records="records",
        data_forms=("yaml",),
        media="static/media",
        static="static",
        redirects="front:aliases",
        taken_names=frozenset(
            {"index", "_index"}
        ),  # index.md makes a leaf bundle of its folder: its siblings vanish
    ),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="public"),
)
