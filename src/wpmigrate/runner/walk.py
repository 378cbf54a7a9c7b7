"""The walk over an INPUT on disk: what is there, and what must not be opened.

Export files and archives are recognised by their first bytes, whatever they are called; pages by their names.
"""

from __future__ import annotations

import os
import stat

from wpmigrate.errors import InputError
from wpmigrate.runner.names import printable
from wpmigrate.runner.plan import Found, Packed
from wpmigrate.runner.records import Refused, Status
from wpmigrate.runner.sniff import HEAD, Packing, kind_of

__all__ = ["LONG_HEAD", "SUFFIXES", "find_sources", "packing_of"]

SUFFIXES = frozenset({".html", ".htm", ".md", ".markdown", ".txt"})
"""Endings of files that may be pages."""

_EXPORT_NAMES = (".xml", ".rss", ".wxr")
_PACKED_NAMES = (*_EXPORT_NAMES, ".gz", ".zip")
LONG_HEAD = 1 << 15
"""No more bytes than these are looked at."""

_NAMED = SUFFIXES.union(_PACKED_NAMES)
"""Endings of files that are named when a link to them is not followed."""


def find_sources(root: str, exclude: str = "") -> Found:
    """Walk ``root`` (a folder or one file) and return what is in it, in sorted order.

    The folder ``exclude`` (the output, when it lies inside) is passed over; what else is hidden is counted. Hidden pages,
    links that lead out of the folder, links to folders (they would be read twice or without end) and devices are refused
    with a reason.
    Raises InputError when ``root`` does not exist or cannot be listed.
    """
    if not os.path.lexists(root):
        raise InputError(f"{root} does not exist: check the path of INPUT")
    if not os.path.isdir(root):
        return _single_file(root)
    found = Found(root)
    inside = os.path.realpath(root)
    hidden = os.path.realpath(exclude) if exclude else ""
    folders = [""]
    while folders:
        folders.extend(reversed(_look_into(found, folders.pop(), inside, hidden)))
    return found


def _single_file(path: str) -> Found:
    folder, name = os.path.split(path)
    found = Found(folder or ".")
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):
        raise InputError(f"{path} is {_kind(mode)}: save what it gives as a file, and name that")
    if _is_export(found, path, name):
        return found
    if os.path.splitext(name)[1].lower() not in SUFFIXES:
        raise InputError(
            f"{path} is neither a WordPress export (WXR, also as .gz or .zip) nor a page, whose name must end in one of "
            + " ".join(sorted(SUFFIXES))
            + "; Tools → Export in WordPress gives an export"
        )
    found.paths.append(name)
    return found


def _is_export(found: Found, full: str, path: str) -> bool:
    """Put the file ``full`` into ``found`` when its first bytes are those of an export or an archive, and say so.

    One that cannot be read is refused when its name is an export's; a page is reported when it is converted.
    """
    try:
        packing = packing_of(full)
    except OSError as error:
        if not full.lower().endswith(_PACKED_NAMES):
            return False
        _refuse(found, path, "failed", f"cannot be read ({error.strerror}): check its permissions")
        return True
    if packing is None:
        return False
    found.exports.append(Packed(path, packing))
    return True


def packing_of(full: str) -> Packing | None:
    """Return how the export lies in the file ``full``; None when it is none. Raises OSError."""
    with open(full, "rb", buffering=0) as file:
        packing = kind_of(file.read(HEAD))
        if packing is None and full.lower().endswith(_EXPORT_NAMES):
            file.seek(0)
            packing = kind_of(file.read(LONG_HEAD))  # junk before the root may be long
    return packing


def _look_into(found: Found, folder: str, inside: str, hidden: str) -> list[str]:
    """Sort the things in ``folder`` into ``found``; return its folders."""
    try:
        with os.scandir(os.path.join(found.root, folder) if folder else found.root) as listing:
            things = sorted(listing, key=lambda thing: thing.name)
    except OSError as error:
        if not folder:
            raise InputError(f"{found.root} cannot be listed: {error.strerror}") from error
        _refuse(found, folder, "failed", f"folder cannot be listed: {error.strerror}: check its permissions")
        return []
    below = []
    for thing in things:
        path = f"{folder}/{thing.name}" if folder else thing.name
        if thing.name.startswith("."):
            _pass_over(found, thing, path)
        elif thing.is_dir(follow_symlinks=False):
            if not hidden or os.path.realpath(thing.path) != hidden:
                below.append(path)
        else:
            _sort_file(found, thing, path, inside)
    return below


def _pass_over(found: Found, thing: os.DirEntry[str], path: str) -> None:
    """Say what becomes of something hidden: editors' and systems' own things are counted, pages are reported."""
    ending = os.path.splitext(thing.name.lstrip("."))[1].lower()
    if ending in _NAMED and not thing.is_dir(follow_symlinks=False):
        _refuse(found, path, "skipped", "hidden file (its name begins with a dot): rename it to convert it")
    else:
        found.ignored["hidden"] = found.ignored.get("hidden", 0) + 1


def _sort_file(found: Found, thing: os.DirEntry[str], path: str, inside: str) -> None:
    ending = os.path.splitext(thing.name)[1].lower()
    refusal = _link_refusal(thing, inside) if thing.is_symlink() else None
    if refusal:
        if ending in _NAMED or os.path.isdir(thing.path):
            _refuse(found, path, *refusal)
        else:
            _ignore(found, ending)
        return
    is_file = os.path.isfile(thing.path) if thing.is_symlink() else thing.is_file()
    if is_file and _is_export(found, thing.path, path):
        return
    if ending not in SUFFIXES:
        _ignore(found, ending)
    elif is_file:
        found.paths.append(path)
    else:
        _refuse(found, path, "skipped", _kind(thing.stat(follow_symlinks=True).st_mode))


def _ignore(found: Found, ending: str) -> None:
    found.ignored[printable(ending)] = found.ignored.get(printable(ending), 0) + 1


def _link_refusal(thing: os.DirEntry[str], inside: str) -> tuple[Status, str] | None:
    try:
        target = os.path.realpath(thing.path, strict=True)
    except OSError as error:
        return "failed", f"link cannot be followed ({error.strerror}): remove it or restore what it leads to"
    if target != inside and not target.startswith(inside.rstrip(os.sep) + os.sep):
        return "skipped", "link leads out of the input folder: copy the page into the folder to convert it"
    if os.path.isdir(target):
        return "skipped", "link to a folder of the same input, whose pages are converted where they are"
    return None


def _kind(mode: int) -> str:
    """Return what something is that is no regular file."""
    return "not a page but a " + (
        "named pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device or folder"
    )


def _refuse(found: Found, path: str, status: Status, reason: str) -> None:
    found.refused.append(Refused(printable(path), status, reason))
