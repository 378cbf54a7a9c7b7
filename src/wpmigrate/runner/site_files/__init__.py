"""The files that the whole site makes: site data, archives, redirects. Pure functions over the index."""

from __future__ import annotations

from collections.abc import Iterator

from wpmigrate.model import OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import Index

__all__ = ["site_files"]


def site_files(index: Index, options: RunOptions) -> Iterator[OutputFile]:
    """Yield the files of the whole site, one after another."""
    yield from ()
