"""Files at addresses (``s3://``, ``gs://``, ``memory://`` …) through fsspec, which is imported when the first one is used.

A path is an address when it has a scheme; ``file://`` is a path on disk and treated as one. Every function raises UsageError
when the package for a scheme is missing, and OSError with the address when something goes wrong there.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from wpmigrate.errors import UsageError
from wpmigrate.runner.workspace import workspace

__all__ = [
    "LocalCopy",
    "check_address",
    "clear_errors",
    "connect",
    "exists",
    "is_folder",
    "is_url",
    "local_form",
    "open_read",
    "read",
    "remove",
    "upload",
    "write",
    "write_parts",
]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_DRIVE = re.compile("/[A-Za-z]:/")

_WHOLE_PUTS = frozenset(
    {"memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oci", "oss", "http", "https"}
)
"""Where a file is there whole or not at all when it is put: object stores. Elsewhere it is put under another name and moved."""

_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
"""Scheme -> the extra of wpmigrate that brings its package."""

_IN_MEMORY = 1 << 23
"""A larger file is put from disk."""


def is_url(path: str) -> bool:
    """Tell whether ``path`` is an address."""
    return "://" in path and _SCHEME.match(path) is not None


def local_form(path: str) -> str:
    """Return the path on disk that ``file://`` or ``local://`` means; any other ``path`` as it is, without a last ``/``.

    What follows ``file://`` is a path as it is, as in fsspec: nothing in it is percent-encoded. Raises UsageError for one that
    names another computer.
    """
    if not is_url(path):
        return path
    scheme, _, rest = path.partition("://")
    if scheme.lower() not in ("file", "local"):
        return path.rstrip("/") if rest.strip("/") else path
    rest = rest.removeprefix("localhost")
    if not rest.startswith("/"):
        raise UsageError(f"{path} is not an absolute path: write file:///folder, or leave file:// out")
    return rest[1:] if _DRIVE.match(rest) else rest


def check_address(url: str) -> None:
    """Raise UsageError when ``url`` is of a scheme that is not known, or whose package is missing."""
    connect(url)


def connect(url: str) -> tuple[Any, str]:
    """Return the file system of ``url`` and the path in it. Raises UsageError."""
    try:
        from fsspec.core import url_to_fs

        found: tuple[Any, str] = url_to_fs(url)
    except ImportError as error:
        scheme = url.partition("://")[0].lower()
        extra = _EXTRAS.get(scheme)
        other = "pip install fsspec, and what it names next" if error.name == "fsspec" else str(error)
        hint = f"pip install 'wpmigrate[{extra}]'" if extra else other
        raise UsageError(f"{url} needs a package that is not installed: {hint}") from error
    except ValueError as error:
        raise UsageError(f"{url} is no address that wpmigrate can use: {error}") from error
    return found


def read(url: str) -> bytes | None:
    """Return the bytes at ``url``; None when nothing is there."""
    files, path = connect(url)
    try:
        with clear_errors(url):
            data: bytes = files.cat_file(path)
            return data
    except (FileNotFoundError, NotADirectoryError):
        return None


def open_read(url: str) -> io.BufferedIOBase:
    """Return the stream of what is at ``url``. Raises FileNotFoundError when nothing is there."""
    files, path = connect(url)
    with clear_errors(url):
        stream: io.BufferedIOBase = files.open(path, "rb")
        return stream


def exists(url: str) -> bool:
    """Tell whether a file is at ``url``."""
    files, path = connect(url)
    with clear_errors(url):
        return bool(files.isfile(path))


def is_folder(url: str) -> bool:
    """Tell whether files are below ``url``."""
    files, path = connect(url)
    with clear_errors(url):
        return bool(files.isdir(path))


def remove(url: str) -> None:
    """Remove the file at ``url``."""
    files, path = connect(url)
    with clear_errors(url):
        files.rm_file(path)


def write(url: str, data: bytes) -> None:
    """Put ``data`` at ``url``, whole or not at all."""
    with _placed(url) as (files, path):
        files.pipe_file(path, data)


def write_parts(url: str, parts: Iterable[bytes]) -> None:
    """Put ``parts``, one after another, at ``url``, whole or not at all; what is large goes by way of the local disk."""
    parts = iter(parts)
    held, size = [], 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > _IN_MEMORY:
            break
    else:
        write(url, b"".join(held))
        return
    copy = LocalCopy(url, fetch=False)
    try:
        with open(copy.path, "wb") as file:
            file.writelines(chain(held, parts))
        copy.push()
    finally:
        copy.close()


def upload(url: str, local: str) -> None:
    """Put the file ``local`` at ``url``, whole or not at all; it streams."""
    with _placed(url) as (files, path):
        files.put_file(local, path)


@contextlib.contextmanager
def _placed(url: str) -> Iterator[tuple[Any, str]]:
    """Give the file system and the path to put a file at, which gets its name at the end."""
    files, path = connect(url)
    schemes = {files.protocol} if isinstance(files.protocol, str) else set(files.protocol)
    with clear_errors(url):
        if schemes & _WHOLE_PUTS:
            yield files, path
            return
        folder, _, name = path.rpartition("/")
        files.makedirs(folder, exist_ok=True)
        temporary = f"{folder}/.wpmigrate-{name}.tmp"
        try:
            yield files, temporary
            files.mv(temporary, path)
        except BaseException:
            with contextlib.suppress(Exception):
                files.rm_file(temporary)
            raise


@contextlib.contextmanager
def clear_errors(url: str) -> Iterator[None]:
    """Turn what a file system raises into OSError with the address. Clients of clouds have errors of their own."""
    try:
        yield
    except OSError as error:
        error.filename = url
        if error.errno is None:
            error.errno, error.strerror = errno.EIO, str(error) or type(error).__name__
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{type(error).__name__}: {error}", url) from error


class LocalCopy:
    """A file at an address, worked on as a copy on disk: fetched first, put back by :meth:`push`."""

    def __init__(self, url: str, fetch: bool = True) -> None:
        """Fetch ``url`` when it is there and ``fetch`` says so. Raises OSError."""
        self._url = url
        self._stack = contextlib.ExitStack()
        self.path = os.path.join(self._stack.enter_context(workspace()), url.rpartition("/")[2])
        """The copy; it does not exist when nothing was at the address."""
        if fetch:
            try:
                self._fetch()
            except BaseException:
                self._stack.close()
                raise

    def _fetch(self) -> None:
        files, path = connect(self._url)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), clear_errors(self._url):
            files.get_file(path, self.path)
            return
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)  # some file systems make it before they look

    def push(self, other: str = "") -> None:
        """Put the copy, or the file ``other``, at the address. Raises OSError."""
        upload(self._url, other or self.path)

    def close(self) -> None:
        """Remove the copy."""
        self._stack.close()
