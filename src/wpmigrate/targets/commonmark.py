"""CommonMark with GitHub's tables and strikethrough: what most builders read."""

from wpmigrate.targets.place import Built
from wpmigrate.targets.target import Target

__all__ = ["COMMONMARK"]

COMMONMARK = Target(
    name="commonmark",
    built=Built(page="{address}/index.html", rules=("addresses", "linked addresses", "more", "task boxes")),
)
