"""The first pass: every export is read once, and what the whole site must know goes into the index."""

from __future__ import annotations

from collections.abc import Sequence

from wpmigrate.options import RunOptions
from wpmigrate.runner.index.reader import Index
from wpmigrate.runner.index.schema import ExportFile
from wpmigrate.runner.records import Job

__all__ = ["build_index"]


def build_index(files: Sequence[ExportFile], pages: Sequence[Job], options: RunOptions, path: str) -> Index:
    """Read ``files`` and ``pages`` and write the index to the new file ``path``.

    Never raises for a bad item or a bad file (:meth:`Index.problems` tells). Raises UsageError for a bad path pattern,
    OSError (with its file name) when the index cannot be written, for instance on a full disk.
    """
    raise NotImplementedError
