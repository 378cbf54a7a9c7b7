"""Which output name each source gets: distinct, stable, and short enough for a disk. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

import msgspec

__all__ = ["Name", "collision_key", "give_names", "printable", "short_enough", "site_label"]

_OUTPUT_ENDINGS = (".md", ".json", ".yaml")
_LONGEST_NAME = 255 - max(len(ending) for ending in _OUTPUT_ENDINGS)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CUT_ESCAPE = re.compile(r"%[0-9A-Fa-f]?$")


class Name(msgspec.Struct, frozen=True, gc=False):
    """The output name of one source."""

    stem: str
    """Output path without ending, with ``/``."""
    draft: str
    """The same for an entry that is a draft."""
    note: str = ""
    """Why the stem is not the source's own; empty when it is."""


def printable(path: str) -> str:
    """Return ``path`` with bytes that are not UTF-8 (surrogates, PEP 383) written ``%xx``."""
    if path.isascii():
        return path
    return _SURROGATE.sub(lambda match: f"%{ord(match[0]) & 0xFF:02x}", path)


def collision_key(path: str) -> str:
    """Return what is equal for two paths that some file system takes for one: case and NFC/NFD folded away."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def short_enough(stem: str) -> str:
    """Return ``stem`` with its last part cut to what a file name may hold (255 bytes with the longest ending).

    The cut name ends in eight hex digits of the whole name's SHA-256, so that two long names stay two.
    """
    folder, slash, name = stem.rpartition("/")
    data = name.encode("utf-8")
    if len(data) <= _LONGEST_NAME:
        return stem
    cut = data[: _LONGEST_NAME - 9].decode("utf-8", "ignore")
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"{folder}{slash}{_CUT_ESCAPE.sub('', cut)}-{digest}"


def site_label(base_url: str) -> str:
    """Return what stays of a site's home when it moves from http to https, or drops its www: ``old.example/blog``; ``-`` for none."""
    return base_url.partition("://")[2].lower().removeprefix("www.") or "-"


def give_names(paths: Sequence[str], drafts_folder: str, reserved: Iterable[str] = ()) -> list[Name]:
    """Return a name for each of ``paths`` (relative, ``/``, in sorted order).

    The first source of a name gets it; each later one gets its own ending appended (``b-html``), then a number.
    ``reserved`` are stems that the run needs itself. No name is a folder of another, and no two names are equal
    on a file system that ignores case or Unicode normalization.
    """
    taken = _Taken(reserved, paths)
    stems = [short_enough(printable(path.rpartition(".")[0])) for path in paths]
    winners = [taken.claim(stem) for stem in stems]
    final = [
        stem if won else taken.claim_another(stem, _ending(path))
        for path, stem, won in zip(paths, stems, winners, strict=True)
    ]
    return [
        Name(name, taken.draft(name, drafts_folder), _note(path, stem, name))
        for path, stem, name in zip(paths, stems, final, strict=True)
    ]


class _Taken:
    """The names that are gone."""

    def __init__(self, reserved: Iterable[str], paths: Iterable[str]) -> None:
        self._names = {collision_key(stem) for stem in reserved}
        self._folders = {collision_key(printable(folder)) for folder in _folders(paths)}
        self._numbers: dict[str, int] = {}

    def claim(self, stem: str) -> bool:
        """Take ``stem`` when it is free and say whether it was."""
        key = collision_key(stem)
        if key in self._names or self._is_folder(key):
            return False
        self._names.add(key)
        return True

    def claim_another(self, stem: str, ending: str) -> str:
        """Take and return a free name like ``stem``: with ``-ending``, then with a number too."""
        base = f"{stem}-{ending}"
        number = self._numbers.get(base, 0)
        while True:
            number += 1
            name = short_enough(base if number == 1 else f"{base}-{number}")
            if self.claim(name):
                self._numbers[base] = number
                return name

    def draft(self, stem: str, folder: str) -> str:
        """Return the name of ``stem`` as a draft."""
        if stem.startswith(f"{folder}/"):
            return stem
        name = f"{folder}/{stem}"
        if collision_key(name) in self._names or self._is_folder(collision_key(name)):
            return self.claim_another(name, "draft")
        return name

    def _is_folder(self, key: str) -> bool:
        return any(key + ending in self._folders for ending in _OUTPUT_ENDINGS)


def _folders(paths: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _note(path: str, stem: str, name: str) -> str:
    if name != stem:
        return f"file name: {stem} is the name of another page, so this one is written as {name}"
    if stem != printable(path.rpartition(".")[0]):
        return f"file name: shortened to 255 bytes, written as {name}"
    return ""
