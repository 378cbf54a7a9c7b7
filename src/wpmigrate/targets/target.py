"""What a target is."""

from __future__ import annotations

import msgspec

from wpmigrate.targets.dialect import Dialect
from wpmigrate.targets.front import Front
from wpmigrate.targets.place import Built, Place

__all__ = ["Target"]


class Target(msgspec.Struct, frozen=True):
    """A site builder's conventions. Every value is a fact that was built and looked at."""

    name: str
    """What ``--target`` and the documents call it."""
    extension: str = ".md"
    """The ending of content files."""
    place: Place = Place()
    """Where things go."""
    front: Front = Front()
    """The front matter."""
    dialect: Dialect = Dialect()
    """How Markdown is spelled."""
    built: Built = Built()
    """What the builder makes of it."""
