"""Archives to plain files: the exports in ``.gz`` and ``.zip`` are unpacked into a temporary folder, with limits.

Nothing is unpacked under a name from an archive, so a name can lead nowhere; names that try are refused all the same, since
whoever made such an archive did not use WordPress.
"""

from __future__ import annotations

import errno
import gzip
import lzma
import os
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable
from typing import cast

import msgspec

from wpmigrate.runner.names import printable
from wpmigrate.runner.plan import Found, Packed
from wpmigrate.runner.records import ExportFile, Refused
from wpmigrate.runner.sniff import HEAD, kind_of
from wpmigrate.runner.unpack import Bomb, Readable, Room, copy_out

__all__ = ["Spooled", "spool"]

_DRIVE = re.compile(r"^[A-Za-z]:")
_PAGE = re.compile(r"\.(?:html?|md|markdown|txt)$", re.I)
_MOST_MEMBERS = 100_000
"""Members of an archive; an export has one for every few MB."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    LookupError,
    ValueError,
    RuntimeError,
)
"""What the standard library raises for an archive that is damaged, or packed in a way that it does not know."""


class Spooled(msgspec.Struct):
    """What came out of the archives and plain files of one INPUT."""

    files: list[ExportFile] = msgspec.field(default_factory=list)
    """The exports, plain on disk."""
    refused: list[Refused] = msgspec.field(default_factory=list)
    """What was not unpacked, with the reason."""
    ignored: dict[str, int] = msgspec.field(default_factory=dict)
    """Archives without any export, and other members, by ending."""


def spool(found: Iterable[Found], folder: str) -> Spooled:
    """Return the exports in ``found``, in order of their labels; archives are unpacked into ``folder``.

    An archive that is cut off gives what could be read of it, with a problem. Raises OSError when ``folder`` is full.
    """
    into = Spooled()
    for one in found:
        for packed in one.exports:
            _spool(packed, one.root, folder, into)
    into.files = _named_apart(sorted(into.files, key=lambda file: file.label.split("/")))
    return into


def _named_apart(files: list[ExportFile]) -> list[ExportFile]:
    """Return ``files`` with a number where two INPUTs have files of one name: the report tells files by their labels."""
    numbers: dict[str, int] = {}
    named = []
    for file in files:
        number = numbers[file.label] = numbers.get(file.label, 0) + 1
        label = file.label if number == 1 else f"{file.label} ({number})"
        named.append(msgspec.structs.replace(file, label=label))
    return named


def _spool(packed: Packed, root: str, folder: str, into: Spooled) -> None:
    path = os.path.join(root, packed.path)
    label = printable(packed.path)
    if packed.packing == "plain":
        into.files.append(ExportFile(label, path))
        return
    try:
        (_gunzip if packed.packing == "gzip" else _unzip)(path, label, folder, into)
    except Bomb as error:
        _refuse(into, label, str(error))
    except _BROKEN as error:
        _refuse(into, label, f"the archive is damaged ({error}): get it again from the old site")
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):  # what a wrong number in an archive leads to
            raise
        _refuse(into, label, f"the archive is damaged ({error}): get it again from the old site")


def _gunzip(path: str, label: str, folder: str, into: Spooled) -> None:
    try:
        with gzip.open(path) as stream:
            packing = kind_of(stream.read1(HEAD))
    except (*_BROKEN, gzip.BadGzipFile) as error:
        _refuse(into, label, f"the archive is damaged ({error}): get it again from the old site")
        return
    if packing != "plain":
        _ignore(into, path)
        return
    with gzip.open(path) as stream:
        into.files.append(_copied(stream, label, folder, Room(os.path.getsize(path))))


def _unzip(path: str, label: str, folder: str, into: Spooled) -> None:
    room = Room(os.path.getsize(path))
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            _refuse(into, label, f"the archive has {len(members):,} members: no export has so many")
            return
        own = Spooled()
        seen: set[str] = set()
        for member in sorted(members, key=lambda member: member.filename):
            _member(archive, member, label, folder, own, seen, room)
    if own.files or own.refused:
        into.files += own.files
        into.refused += own.refused
        _add(into.ignored, own.ignored)
    else:
        _ignore(into, path)


def _member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    label: str,
    folder: str,
    own: Spooled,
    seen: set[str],
    room: Room,
) -> None:
    """Sort one member of an archive into ``own``."""
    if member.is_dir() or member.filename.startswith("__MACOSX/"):
        return
    name = f"{label}/{_shown(member.filename)}"
    reason = _refusal(member, seen)
    seen.add(member.filename)
    if reason:
        _refuse(own, name, reason)
        return
    try:
        with archive.open(member) as stream:
            head = stream.read(HEAD)
        packing = kind_of(head)
        if packing == "plain":
            with archive.open(member) as stream:
                own.files.append(_copied(cast(Readable, stream), name, folder, room))
        elif packing is not None:
            _refuse(own, name, "an archive inside an archive is not opened: unpack the outer one")
        elif _PAGE.search(member.filename) and head.startswith(b"---"):
            _refuse(own, name, "pages are not read from an archive: unpack it into a folder")
        else:
            _ignore(own, member.filename)
    except _BROKEN as error:
        _refuse(own, name, f"this member cannot be unpacked ({error}): get the archive again, or unpack it")


def _copied(stream: Readable, label: str, folder: str, room: Room) -> ExportFile:
    """Return the export in ``stream`` as a plain file below ``folder``."""
    handle, plain = tempfile.mkstemp(".xml", dir=folder)
    try:
        with open(handle, "wb") as file:
            problem = copy_out(stream, file, room, (*_BROKEN, OSError))
    except BaseException as error:
        os.unlink(plain)
        if isinstance(error, OSError) and not error.filename:
            error.filename = folder  # a full disk does not say where
        raise
    return ExportFile(label, plain, problem)


def _refusal(member: zipfile.ZipInfo, seen: set[str]) -> str:
    """Return why ``member`` is not opened; empty when it may be."""
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name):
        return "its name is an absolute path, which no export has: the archive is not trusted"
    if ".." in name.split("/"):
        return "its name leads out of the folder (..), which no export's does: the archive is not trusted"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link, not a file: the archive is not trusted"
    if member.filename in seen:
        return "the archive has two members of this name: the later one is not read"
    if member.flag_bits & 1:
        return "it is encrypted: unpack the archive with its password first"
    return ""


def _shown(name: str) -> str:
    """Return a member's name for people: nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else "?" for char in printable(name))


def _refuse(into: Spooled, label: str, reason: str) -> None:
    into.refused.append(Refused(label, "failed", reason))


def _ignore(into: Spooled, path: str) -> None:
    _add(into.ignored, {printable(os.path.splitext(path)[1].lower()): 1})


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for ending, count in more.items():
        total[ending] = total.get(ending, 0) + count
