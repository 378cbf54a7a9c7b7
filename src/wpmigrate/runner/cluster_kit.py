"""What every task of a cluster run needs, as two files: the function with all that is the same for a run, and the site index."""

from __future__ import annotations

import io
import os
import pickle
import secrets
from collections.abc import Iterator
from typing import Any

from wpmigrate.runner.index import Index

__all__ = ["FUNCTION", "INDEX", "Kit", "load_function"]

FUNCTION = "function.pickle"
"""The function; it comes last: where it is, the kit is whole."""
INDEX = "index.sqlite"
"""The index, when there is one."""


class Kit:
    """The files of a run, to be sent."""

    def __init__(self, function: Any) -> None:
        """``function`` must be picklable; an Index in it travels as its file."""
        self.name = f"wpmigrate-{secrets.token_hex(8)}"
        buffer = io.BytesIO()
        pickler = _Pickler(buffer, protocol=5)
        pickler.dump(function)
        self._function = buffer.getvalue()
        self._index = pickler.index

    def blocks(self, size: int) -> Iterator[tuple[str, bytes, int, bool]]:
        """Yield file name, bytes, offset, and whether they are the file's last, for blocks of ``size`` bytes."""
        if self._index:
            with open(self._index, "rb") as file:
                yield from _blocks(INDEX, file, os.path.getsize(self._index), size)
        yield from _blocks(FUNCTION, io.BytesIO(self._function), len(self._function), size)


def _blocks(name: str, file: Any, total: int, size: int) -> Iterator[tuple[str, bytes, int, bool]]:
    offset = 0
    while offset < total:
        data = file.read(size)
        yield name, data, offset, offset + len(data) >= total
        offset += len(data)


def load_function(folder: str) -> Any:
    """Return the function of the kit in ``folder``; None when it is not (all) there."""
    try:
        with open(os.path.join(folder, FUNCTION), "rb") as file:
            return _Unpickler(file, os.path.join(folder, INDEX)).load()
    except FileNotFoundError:
        return None


class _Pickler(pickle.Pickler):
    """Leaves the path of the index out: it is another one on each worker."""

    index = ""

    def persistent_id(self, thing: Any) -> str | None:
        if not isinstance(thing, Index):
            return None
        self.index = thing.path
        return INDEX


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: Any, index: str) -> None:
        super().__init__(file)
        self._index = index

    def persistent_load(self, name: Any) -> Index:
        return Index(self._index)
