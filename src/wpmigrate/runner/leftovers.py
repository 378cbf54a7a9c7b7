"""What earlier runs wrote for a site and this run did not: removed when it is as it was written, else named.

Only sites that have an export in the input are looked at: their whole content is known, so what is not in it is gone. Pages
that are no more in the input keep their files, since another run may have had another folder of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from wpmigrate.runner.files import below, exists, remove_stale
from wpmigrate.runner.records import Leftover
from wpmigrate.runner.state import Seen, State, encode_line, parse_previous

__all__ = ["Swept", "leftover_files", "name_entries", "sweep_entries", "sweep_files"]

_GONE = "its entry is gone, moved or not public any more, but the file was edited: remove it, or keep it as your own"
_DAMAGED = (
    "its entry is gone, moved or not public any more, but the export is damaged, so nothing was removed: "
    "get a whole export, or remove the file"
)
_OLD = "this run does not make the file any more, but it was edited: remove it, or keep it as your own"


class Swept(msgspec.Struct):
    """What was swept."""

    removed: int = 0
    """Files that are gone now."""
    edited: list[Leftover] = msgspec.field(default_factory=list)
    """Files that are still there, since a person edited them."""


def sweep_entries(state: State, seen: Seen, sites: Iterable[str], output: str) -> Swept:
    """Remove what ``state`` has for entries of ``sites`` whose stems are not ``seen``. Raises OSError."""
    swept = Swept()
    for site in sites:
        for stem, line in state.entries(site):
            if stem not in seen:
                _sweep(state, stem, line, site, output, swept)
    return swept


def name_entries(state: State, seen: Seen, sites: Iterable[str], output: str) -> Iterator[Leftover]:
    """Yield what :func:`sweep_entries` would remove: the export is damaged, so what is not in it may not be gone."""
    for path in leftover_files(state, seen, sites, output):
        yield Leftover(path, _DAMAGED)


def sweep_files(state: State, seen: Seen, output: str) -> Swept:
    """Remove the files of the whole site that are not ``seen`` (by their path, with a ``/`` before it). Raises OSError."""
    swept = Swept()
    for path, digest in state.files():
        if f"/{path}" in seen:
            continue
        removed, edited = remove_stale(output, {path: digest}, ())
        swept.removed += len(removed)
        swept.edited += [Leftover(path, _OLD) for path in edited]
        if not edited:
            state.forget_file(path)
    return swept


def leftover_files(state: State, seen: Seen, sites: Iterable[str], output: str) -> Iterator[str]:
    """Yield the files that are there though their entry is not ``seen``: nothing is removed. Raises OSError."""
    for site in sites:
        for stem, line in state.entries(site):
            previous = parse_previous(line) if stem not in seen else None
            for path in previous.outputs if previous is not None else ():
                if exists(below(output, path)):
                    yield path


def _sweep(state: State, stem: str, line: bytes, site: str, output: str, swept: Swept) -> None:
    """Remove the files of one entry; an edited one stays known, so that it is named again next time."""
    previous = parse_previous(line)
    removed, edited = remove_stale(output, previous.outputs if previous is not None else {}, ())
    swept.removed += len(removed)
    swept.edited += [Leftover(path, _GONE) for path in edited]
    if not edited or previous is None:
        state.forget(stem)
    elif len(edited) < len(previous.outputs):
        left = {path: previous.outputs[path] for path in edited}
        state.put(stem, encode_line(msgspec.structs.replace(previous, outputs=left)), site)
