"""wpmigrate moves WordPress exports to Markdown, JSON and YAML, and proves that nothing was lost.

::

    from wpmigrate import convert
    result = convert("page.html", data, "page")
    result.record.status, result.files
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wpmigrate.model import Entry, Finding, Notice, OutputFile, Site, SourceEntry
    from wpmigrate.options import RunOptions
    from wpmigrate.runner.job import EntryResult
    from wpmigrate.runner.job import convert_entry as convert
    from wpmigrate.verifier import verify

__all__ = [
    "Entry",
    "EntryResult",
    "Finding",
    "Notice",
    "OutputFile",
    "RunOptions",
    "Site",
    "SourceEntry",
    "convert",
    "verify",
]

__version__ = "0.1.0"

_HOMES = {
    "EntryResult": ("wpmigrate.runner.job", "EntryResult"),
    "RunOptions": ("wpmigrate.options", "RunOptions"),
    "convert": ("wpmigrate.runner.job", "convert_entry"),
    "verify": ("wpmigrate.verifier", "verify"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``wpmigrate --help`` starts at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    home, real = _HOMES.get(name, ("wpmigrate.model", name))
    return getattr(import_module(home), real)
