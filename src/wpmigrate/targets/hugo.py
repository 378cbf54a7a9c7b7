"""Hugo, which reads goldmark."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["HUGO"]

HUGO = Target(
    name="hugo",
    place=Place(),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="public"),
)
