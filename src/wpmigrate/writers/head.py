"""What stands above a page's body, with its fences."""

from __future__ import annotations

from typing import Any, Final

from wpmigrate.targets import Front, Target
from wpmigrate.writers.headers import write_headers
from wpmigrate.writers.target_front import PageFacts, target_front
from wpmigrate.writers.toml import emit_toml, fits_toml
from wpmigrate.writers.yaml import emit

__all__ = ["write_head"]

_OURS: Final = Front()


def write_head(keys: dict[str, Any], page: PageFacts, target: Target) -> str:
    """Return the head of a Markdown file for the canonical ``keys``, in the format of ``target``; it ends in a line end.

    Raises :class:`~wpmigrate.errors.WriteError` for values that the format cannot hold, and for more than 100 levels.
    """
    front = target.front
    if front == _OURS:
        return f"---\n{emit(keys)}---\n"
    if front.format == "headers":
        return write_headers(keys, page, target)
    if front.format == "yaml":
        return f"---\n{emit(target_front(keys, page, target))}---\n"
    return f"+++\n{_toml(keys, page, target)}+++\n"


def _toml(keys: dict[str, Any], page: PageFacts, target: Target) -> str:
    """Return the lines between the fences; keys with a null, which TOML does not have, are YAML in a text."""
    fitting = {key: value for key, value in keys.items() if fits_toml(value)}
    values = target_front(fitting, page, target)
    if len(fitting) < len(keys):
        others = {key: value for key, value in keys.items() if key not in fitting}
        values[f"{target.front.rest}_yaml"] = emit(others)
    return emit_toml(values)
