"""Reading and writing, atomically, never over what is not ours: on disk, or at an address (:mod:`~wpmigrate.runner.storage`)."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from wpmigrate.model import OutputFile
from wpmigrate.runner import storage

__all__ = [
    "below",
    "exists",
    "open_binary",
    "read_bytes",
    "read_outputs",
    "read_range",
    "refusal",
    "remove",
    "remove_stale",
    "same_bytes",
    "sha256",
    "write_atomic",
    "write_outputs",
]

_BLOCK = 1 << 20


def below(folder: str, path: str) -> str:
    """Return the file ``path`` (with ``/``) of ``folder``, which may be an address."""
    return f"{folder}/{path}" if storage.is_url(folder) else os.path.join(folder, path)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of ``data`` in hex."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(path: str) -> bytes | None:
    """Return the bytes of the file ``path``; None when there is none. Raises OSError when it cannot be read."""
    if storage.is_url(path):
        return storage.read(path)
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


def exists(path: str) -> bool:
    """Tell whether something is at ``path``, be it a broken link. Raises OSError."""
    return storage.exists(path) if storage.is_url(path) else os.path.lexists(path)


def remove(path: str) -> None:
    """Remove the file ``path``. Raises OSError."""
    if storage.is_url(path):
        storage.remove(path)
    else:
        os.unlink(path)


def open_binary(path: str) -> io.BufferedIOBase:
    """Open the file ``path`` for reading. Raises OSError."""
    return storage.open_read(path) if storage.is_url(path) else open(path, "rb")


def read_range(path: str, offset: int, length: int) -> bytes | None:
    """Return ``length`` bytes of the file ``path`` from ``offset`` on, None when it has not so many. Raises OSError."""
    try:
        with open(path, "rb", buffering=0) as file:
            file.seek(offset)
            data = file.read(length)
    except FileNotFoundError:
        return None
    return data if len(data) == length else None


def same_bytes(one: str, other: str) -> bool:
    """Tell whether the files ``one`` and ``other`` have the same bytes; False when one is missing. Raises OSError."""
    try:
        with open_binary(one) as first, open_binary(other) as second:
            while True:
                block = first.read(_BLOCK)
                if block != second.read(_BLOCK):
                    return False
                if not block:
                    return True
    except (FileNotFoundError, NotADirectoryError):
        return False


def read_outputs(folder: str, paths: Sequence[str]) -> dict[str, bytes | None]:
    """Return the bytes of each of ``paths`` (relative to ``folder``); None for those that do not exist."""
    return {path: read_bytes(below(folder, path)) for path in paths}


def refusal(
    files: Sequence[OutputFile], present: Mapping[str, bytes | None], known: Mapping[str, str]
) -> str:
    """Return why ``files`` must not be written over what is ``present``; empty when they may.

    A file may be replaced when it has the very bytes that are to be written, or those that an earlier run wrote
    (``known``: path -> SHA-256).
    """
    for file in files:
        there = present.get(file.path)
        if there is None or there == file.data:
            continue
        if file.path not in known:
            return f"{file.path} exists and was not written by wpmigrate: move it away, or use --force to replace it"
        if known[file.path] != sha256(there):
            return f"{file.path} was edited since wpmigrate wrote it: keep your changes elsewhere, or use --force to replace it"
    return ""


def write_outputs(folder: str, files: Sequence[OutputFile], present: Mapping[str, bytes | None]) -> None:
    """Write ``files`` below ``folder``; one that is there already with the same bytes is left alone. Raises OSError."""
    for file in files:
        if present.get(file.path) != file.data:
            write_atomic(below(folder, file.path), (file.data,))


def write_atomic(path: str, parts: Iterable[bytes], after_each: bytes = b"") -> None:
    """Put ``parts`` at ``path`` whole or not at all: under a temporary name first, then renamed.

    The temporary name follows from the final one, so what an interrupted run leaves is replaced by the next. Raises OSError.
    """
    if storage.is_url(path):
        storage.write_parts(path, (part + after_each for part in parts))
        return
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".wpmigrate-{sha256(os.fsencode(name))[:16]}.tmp")
    try:
        with _open_new(temporary) as file:
            for part in parts:
                file.write(part)
                if after_each:
                    file.write(after_each)
        os.replace(temporary, path)
    except OSError as error:
        error.filename = path  # where there is no room on the disk, the error does not say of what
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _open_new(path: str) -> IO[bytes]:
    try:
        return open(path, "wb")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return open(path, "wb")


def remove_stale(
    folder: str, known: Mapping[str, str], current: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Remove the files that an earlier run wrote (``known``) and that are not ``current`` ones.

    Returns the removed paths and the ones left because a person edited them. Raises OSError.
    """
    removed, edited = [], []
    for path in filter(_is_below, known.keys() - set(current)):
        full = below(folder, path)
        there = read_bytes(full)
        if there is None:
            continue
        if sha256(there) == known[path]:
            remove(full)
            removed.append(path)
        else:
            edited.append(path)
    return sorted(removed), sorted(edited)


def _is_below(path: str) -> bool:
    """Whether ``path`` stays in the folder that it is relative to, on every system: a state file may be damaged."""
    parts = path.replace("\\", "/").split("/")
    return not os.path.isabs(path) and bool(parts[0]) and ".." not in parts
