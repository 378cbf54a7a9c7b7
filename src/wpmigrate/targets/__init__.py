"""A new site's conventions, as data."""

from wpmigrate.targets.astro import ASTRO
from wpmigrate.targets.commonmark import COMMONMARK
from wpmigrate.targets.dialect import Dialect, Hazard
from wpmigrate.targets.eleventy import ELEVENTY
from wpmigrate.targets.front import Front
from wpmigrate.targets.hugo import HUGO
from wpmigrate.targets.jekyll import JEKYLL
from wpmigrate.targets.mkdocs import MKDOCS
from wpmigrate.targets.nikola import NIKOLA
from wpmigrate.targets.pelican import PELICAN
from wpmigrate.targets.place import Built, Place
from wpmigrate.targets.target import Target

__all__ = ["COMMONMARK", "TARGETS", "Built", "Dialect", "Front", "Hazard", "Place", "Target"]

TARGETS: dict[str, Target] = {
    target.name: target for target in (COMMONMARK, ASTRO, ELEVENTY, HUGO, JEKYLL, MKDOCS, NIKOLA, PELICAN)
}
"""Every built-in target by its name."""
