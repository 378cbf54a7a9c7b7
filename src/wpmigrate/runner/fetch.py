"""INPUTs at addresses, brought to the local disk: an export is read twice and in pieces, which a copy on disk is best at.

Of files that are neither pages nor exports only the first bytes are fetched, so that the walk sees (and counts) the same as on
a disk, and the uploads of a whole site may lie beside its export.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import msgspec

from wpmigrate.errors import InputError, UsageError, WpmigrateError
from wpmigrate.runner.convert_run import refuse_overlap
from wpmigrate.runner.storage import check_address, clear_errors, connect, is_url, local_form
from wpmigrate.runner.walk import LONG_HEAD, SUFFIXES, packing_of
from wpmigrate.runner.workspace import workspace

__all__ = ["Places", "local_places"]

_AT_ONCE = 16
"""Files that are fetched at a time: most of the time is waiting."""


class Places(msgspec.Struct, frozen=True):
    """INPUTs and OUTPUT as a run takes them."""

    inputs: tuple[str, ...]
    """Paths on disk."""
    output: str
    """A path on disk, or an address."""
    names: dict[str, str]
    """Folder on disk -> the address that it was fetched from."""

    def shown(self, text: str) -> str:
        """Return ``text`` with addresses in the place of folders that a person does not know."""
        for folder, url in self.names.items():
            text = text.replace(folder, url)
        return text


@contextlib.contextmanager
def local_places(inputs: Sequence[str], output: str = "") -> Iterator[Places]:
    """Give ``inputs`` as paths on disk, fetched where they are addresses, and ``output`` without ``file://``.

    The copies go at the end. Raises InputError when nothing is at an address, UsageError when it is none that can be used or lies
    in another one, OSError when it cannot be read or the disk is full.
    """
    inputs, output = [local_form(path) for path in inputs], local_form(output)
    urls = [path for path in inputs if is_url(path)]
    if is_url(output):
        check_address(output)
    if not urls:
        yield Places(tuple(inputs), output, {})
        return
    refuse_overlap(inputs)
    if output in urls:
        raise UsageError(f"OUTPUT {output} is also an INPUT: name another folder for the output")
    with workspace() as folder:
        names: dict[str, str] = {}
        found = [
            _fetch(path, os.path.join(folder, str(number)), output, names) if is_url(path) else path
            for number, path in enumerate(inputs)
        ]
        places = Places(tuple(found), output, names)
        try:
            yield places
        except WpmigrateError as error:
            error.args = (places.shown(str(error)),)
            raise


def _fetch(url: str, folder: str, output: str, names: dict[str, str]) -> str:
    """Bring what is at ``url`` into the new ``folder`` and return its path on disk."""
    files, path = connect(url)
    os.mkdir(folder)
    with clear_errors(url):
        if files.isfile(path):
            name = path.rpartition("/")[2]
            names[folder] = url.rpartition("/")[0]
            files.get_file(path, os.path.join(folder, name))
            return os.path.join(folder, name)
        listed = files.find(path)
    names[folder] = url
    wanted = [(name, _relative(name, path, url)) for name in listed]
    wanted = [pair for pair in wanted if not f"{url}/{pair[1]}".startswith(f"{output}/")]
    if not wanted:
        raise InputError(f"{url}: nothing is there: check the address of INPUT")
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        try:
            for _ in threads.map(partial(_fetch_file, files, folder), wanted):
                pass
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise
    files.invalidate_cache()
    return folder


def _relative(name: str, path: str, url: str) -> str:
    """Return the file ``name`` of a file system relative to ``path``; it must be a path on disk too."""
    relative = name[len(path.rstrip("/")) + 1 :]
    parts = relative.split("/")
    if "\0" in relative or "\\" in relative or any(part in ("", ".", "..") for part in parts):
        raise InputError(f"{url}/{relative} has a name that no file on a disk can have: rename it")
    return relative


def _fetch_file(files: Any, folder: str, wanted: tuple[str, str]) -> None:
    name, relative = wanted
    full = os.path.join(folder, *relative.split("/"))
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with clear_errors(name):
        hidden = any(part.startswith(".") for part in relative.split("/"))
        if not hidden and os.path.splitext(relative)[1].lower() in SUFFIXES:
            files.get_file(name, full)
            return
        with open(full, "wb") as file, files.open(name, "rb", cache_type="none") as stream:
            file.write(b"" if hidden else stream.read(LONG_HEAD))
        if packing_of(full) is not None:
            files.get_file(name, full)
