"""The target of a run."""

from __future__ import annotations

from wpmigrate.options import RunOptions
from wpmigrate.targets import Target
from wpmigrate.targets.derive import target_named

__all__ = ["is_draft", "target_of"]


def target_of(options: RunOptions) -> Target:
    """Return the target that ``options`` name: one of ours, or one of the user's (``options.targets``)."""
    return target_named(options.target, options.targets)


def is_draft(stem: str, options: RunOptions) -> bool:
    """Whether the entry ``stem`` lies in the folder for drafts."""
    return stem.startswith(options.routes.drafts_folder.strip("/") + "/")
