"""Jekyll, which reads kramdown and runs Liquid first."""

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["JEKYLL"]

JEKYLL = Target(
    name="jekyll",
    place=Place(
        patterns={"post": "_posts/{year}-{month}-{day}-{slug}"},
        address="/{stem}/",
        data="_data",
        records="records",
        data_forms=("yaml",),
        redirects="front:redirect_from",
        taken_names=frozenset({"index"}),
    ),
    front=Front(),
    dialect=Dialect(),
    built=Built(folder="_site"),
)
