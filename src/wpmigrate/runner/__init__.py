"""The only effects: the disk, the clock, processes. Plans a run, does it, and reports."""

from __future__ import annotations

from typing import Any

__all__ = ["convert_entry", "plan_run", "run"]

_HOMES = {"convert_entry": "job", "plan_run": "convert_run", "run": "convert_run"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the parsers take a while to load."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
