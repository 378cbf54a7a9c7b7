"""CommonMark with GitHub's tables and strikethrough: what most builders read."""

from wpmigrate.targets.target import Target

__all__ = ["COMMONMARK"]

COMMONMARK = Target(name="commonmark")
