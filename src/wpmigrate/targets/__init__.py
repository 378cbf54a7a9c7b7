"""A new site's conventions, as data."""

from wpmigrate.targets.commonmark import COMMONMARK
from wpmigrate.targets.target import Target

__all__ = ["COMMONMARK", "TARGETS", "Target"]

TARGETS: dict[str, Target] = {COMMONMARK.name: COMMONMARK}
"""Every target by its name."""
