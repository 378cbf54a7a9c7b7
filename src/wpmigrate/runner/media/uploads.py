"""Copies of ``wp-content/uploads``: a folder, a ZIP or a TAR file, read from the front to the end without unpacking.

Nothing is written here, and no name of an archive is ever a name on this disk: what is taken gets a name of ours.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, TypeAlias

import msgspec

from wpmigrate.errors import UsageError
from wpmigrate.runner.names import printable

__all__ = ["BROKEN", "Opener", "Upload", "check_uploads", "walk_uploads"]

BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    EOFError,
    RuntimeError,
    ValueError,
    NotImplementedError,
)
"""What the standard library raises for an archive that is damaged, or packed in a way that it does not know."""

_ROOT = re.compile(r"(?:\A|/)wp-content/uploads/|\A(?:\./)?uploads/")
_DRIVE = re.compile(r"\A[A-Za-z]:")
_ZSTD = b"\x28\xb5\x2f\xfd"


class Upload(msgspec.Struct, frozen=True):
    """One file of a copy."""

    path: str
    """Below ``uploads``, with ``/``, in NFC: ``2012/04/photo.jpg``."""
    size: int
    """In bytes."""
    stamp: str
    """Changes when the file does: size and time."""
    reason: str = ""
    """Why it is not taken; empty when it may be."""


Opener: TypeAlias = Callable[[], IO[bytes]]
"""Opens the file that the walk stands at; not to be called later."""


def check_uploads(path: str) -> None:
    """Raise UsageError unless ``path`` is a copy that can be read."""
    _walker(path)


def walk_uploads(path: str) -> Iterator[tuple[Upload, Opener]]:
    """Yield every file of the copy at ``path`` (folders: sorted, archives: in their own order) and how it is opened.

    What lies outside of ``wp-content/uploads`` has its own path, if the copy has more than the uploads; it fits no address. Files that
    must not be read (links out of the folder, names that lead elsewhere, encrypted ones) have a reason. Raises
    UsageError, OSError, and :data:`BROKEN` for a damaged archive, after what could be read of it.
    """
    return _walker(path)(path)


def _walker(path: str) -> Callable[[str], Iterator[tuple[Upload, Opener]]]:
    if os.path.isdir(path):
        return _walk_folder
    try:
        with open(path, "rb") as file:
            head = file.read(8)
        if head.startswith(_ZSTD):
            raise UsageError(
                f"{path} is packed with zstd, which is not read: unpack it into a folder and name that"
            )
        if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
            return _walk_zip
        if tarfile.is_tarfile(path):
            return _walk_tar
    except OSError as error:
        raise UsageError(f"uploads {path} cannot be read: {error.strerror}") from error
    except BROKEN as error:
        raise UsageError(f"uploads {path} cannot be read: {error}") from error
    raise UsageError(
        f"uploads {path} is neither a folder nor a ZIP or TAR file (.tar, .tar.gz, .tar.bz2, .tar.xz): name a copy of wp-content/uploads"
    )


def _below(path: str) -> str:
    """Return ``path`` below the uploads, in NFC."""
    path = path.replace("\\", "/").removeprefix("./")
    root = _ROOT.search(path)
    path = path[root.end() :] if root else path
    return path if path.isascii() else unicodedata.normalize("NFC", printable(path))


def _walk_folder(top: str) -> Iterator[tuple[Upload, Opener]]:
    inside = os.path.join(os.path.realpath(top), "")
    whole = os.path.realpath(top).replace(os.sep, "/")
    start = f"{whole}/" if whole.endswith("/wp-content") else ""  # then it holds uploads/
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(os.path.join(top, folder) if folder else top) as listing:
            things = sorted(listing, key=lambda thing: thing.name)
        below = []
        for thing in things:
            path = f"{folder}/{thing.name}" if folder else thing.name
            if thing.is_dir(follow_symlinks=False):
                below.append(path)
            else:
                yield _on_disk(thing, start + path, inside), _opener(thing.path)
        folders.extend(reversed(below))


def _opener(path: str) -> Opener:
    return lambda: open(path, "rb")


def _on_disk(thing: os.DirEntry[str], path: str, inside: str) -> Upload:
    name = _below(path)
    try:
        if thing.is_symlink() and not os.path.realpath(thing.path, strict=True).startswith(inside):
            return Upload(name, 0, "", "a link that leads out of the folder: copy the file itself there")
        found = thing.stat()
    except OSError as error:
        return Upload(name, 0, "", f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(found.st_mode):
        return Upload(name, 0, "", "not a file")
    return Upload(name, found.st_size, f"{found.st_size}:{found.st_mtime_ns}")


def _walk_zip(path: str) -> Iterator[tuple[Upload, Opener]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir() and not member.filename.startswith("__MACOSX/"):
                yield _in_zip(member), _zip_opener(archive, member)


def _zip_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Opener:
    return lambda: archive.open(member)


def _in_zip(member: zipfile.ZipInfo) -> Upload:
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():  # most tools write UTF-8 without saying so
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    reason = _bad_name(name)
    if not reason and stat.S_ISLNK(member.external_attr >> 16):
        reason = "a link, not a file"
    if not reason and member.flag_bits & 1:
        reason = "encrypted: unpack the archive with its password first"
    stamp = f"{member.file_size}:{member.CRC:08x}"
    return Upload(_below(name), member.file_size, stamp, reason)


def _walk_tar(path: str) -> Iterator[tuple[Upload, Opener]]:
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]  # it would remember each for ever
            if not member.isdir():
                yield _in_tar(member), _tar_opener(archive, member)


def _tar_opener(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Opener:
    return lambda: archive.extractfile(member) or io.BytesIO()


def _in_tar(member: tarfile.TarInfo) -> Upload:
    reason = _bad_name(member.name)
    if not reason and not member.isreg():
        reason = "a link, not a file" if member.issym() or member.islnk() else "not a file"
    return Upload(_below(member.name), member.size, f"{member.size}:{int(member.mtime)}", reason)


def _bad_name(name: str) -> str:
    name = name.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path: the archive is not trusted"
    if ".." in name.split("/"):
        return "its name leads out of the folder (..): the archive is not trusted"
    return ""
