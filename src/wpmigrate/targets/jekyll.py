"""Jekyll, which reads kramdown and runs Liquid first."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["JEKYLL"]

JEKYLL = Target(
    name="jekyll",
    place=Place(),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="_site"),
)
