"""The files of a run: what is used, what is there, what is taken; then media.json, and what earlier runs left."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from wpmigrate.model import Finding
from wpmigrate.runner.index import Index
from wpmigrate.runner.leftovers import Swept
from wpmigrate.runner.media.manifest import place_in, site_labels
from wpmigrate.runner.media.settle import settle_media
from wpmigrate.runner.media.state import MediaFile, MediaState, stamp_of
from wpmigrate.runner.media.take import Problems, Target, digest_of, list_uploads, pair_uploads, take_uploads
from wpmigrate.runner.records import Leftover

__all__ = ["check_media", "prepare_media", "show_media", "sweep_media"]

_EDITED = "nothing public uses the file any more, but it was edited: remove it, or keep it as your own"


def prepare_media(
    index: Index, output: str, copies: Sequence[str] = (), *, force: bool = False, dry_run: bool = False
) -> Problems:
    """Take the used files out of the ``copies`` of the uploads, and make ``Site.files`` answer for all that are there.

    There are those that this run or an earlier one put into the output folder. A dry run takes nothing and counts on what it would
    take. Call it before the workers start. Raises UsageError for a copy that is none, OSError when the disk is full.
    """
    labels, problems = site_labels(index), Problems()
    with MediaState(output) as state, index.changing() as connection:
        if not dry_run:
            _forget_missing(state, output)
        list_uploads(connection, copies, problems)
        settle_media(connection, _known(state, labels, connection))
        if copies and dry_run:
            pair_uploads(connection)
            connection.execute(_WOULD_BE)
        elif copies:
            take_uploads(connection, copies, Target(output, labels, force, state), problems)
        _show(connection, _known(state, labels, connection))
        problems.counts = {name: count for name, count in connection.execute(_COUNTS) if count}
    return problems


def _forget_missing(state: MediaState, output: str) -> None:
    """Forget the files that somebody took away: what refers to them goes back to the old address."""
    for file in state.files():
        if not stamp_of(os.path.join(output, file.place)):
            state.forget(file.place)


def show_media(index: Index, output: str) -> None:
    """Make ``Site.files`` answer for all that runs put into the output folder, though it be gone: verify names what is missing."""
    labels = site_labels(index)
    with MediaState(output) as state, index.changing() as connection:
        list_uploads(connection, (), Problems())
        settle_media(connection, _known(state, labels, connection))
        _show(connection, _known(state, labels, connection))


def _known(
    state: MediaState, labels: Mapping[int, str], connection: sqlite3.Connection
) -> Iterator[tuple[int, str, str]]:
    """Yield site, key and place of the files that runs put into the media folder, of the sites of this input."""
    (folder,) = connection.execute("SELECT media_folder()").fetchone()
    numbers = {label: number for number, label in labels.items()}
    for file in state.files():
        if file.site in numbers and _is_safe(file.place) and file.place.startswith(f"{folder}/"):
            yield numbers[file.site], file.key, file.place


def _is_safe(place: str) -> bool:
    """Whether ``place`` is one of ours: a state file may be damaged."""
    return "/" in place and not {"", ".", ".."}.intersection(place.replace("\\", "/").split("/"))


def _show(connection: sqlite3.Connection, rows: Iterator[tuple[int, str, str]]) -> None:
    connection.execute(
        "CREATE TEMP TABLE placed (site INTEGER, key TEXT, place TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID"
    )
    connection.executemany("INSERT OR IGNORE INTO placed VALUES (?, ?, ?)", rows)
    connection.execute(_PLACED)


_PLACED = """
INSERT OR IGNORE INTO upload SELECT spelling.site, spelling.key, media_address(media.place) FROM spelling
JOIN media ON media.number = spelling.media
JOIN placed ON placed.site = media.site AND placed.key = media.key AND placed.place = media.place
"""
_COUNTS = """
SELECT CASE WHEN external THEN 'external' WHEN EXISTS (SELECT 1 FROM upload WHERE upload.site = media.site AND upload.key = media.key)
    THEN 'there' ELSE 'missing' END AS state, count(*)
FROM media WHERE EXISTS (SELECT 1 FROM media_use WHERE media_use.media = number) GROUP BY state ORDER BY state
"""
_WOULD_BE = """
INSERT OR IGNORE INTO upload SELECT spelling.site, spelling.key, media_address(media.place) FROM spelling
JOIN media ON media.number = spelling.media JOIN wanted ON wanted.media = media.number
"""


def sweep_media(index: Index, output: str) -> Swept:
    """Remove the files of earlier runs that media.json does not have any more; name those that a person edited.

    So what only a page used that is private now does not stay public. Files of sites that have no export in the input stay.
    Raises OSError.
    """
    labels = site_labels(index)
    swept = Swept()
    with MediaState(output) as state:
        for file in state.files():
            if (
                file.site not in labels.values()
                or _is_listed(index, labels, file)
                or not _is_safe(file.place)
            ):
                continue
            path = os.path.join(output, file.place)
            there = stamp_of(path)
            if there and there != file.stamp and digest_of(path) != file.sha256:
                swept.edited.append(Leftover(file.place, _EDITED))
                continue
            if there:
                os.unlink(path)
                swept.removed += 1
            state.forget(file.place)
    return swept


def _is_listed(index: Index, labels: Mapping[int, str], file: MediaFile) -> bool:
    number = next(number for number, label in labels.items() if label == file.site)
    return place_in(index, number, file.key) == file.place


def check_media(index: Index, output: str) -> Iterator[Finding]:
    """Yield a finding for each file that runs put into the output folder and that is missing or not as it was. Reads them all."""
    labels = site_labels(index)
    with MediaState(output) as state:
        for file in state.files():
            if file.site not in labels.values() or not _is_listed(index, labels, file):
                continue
            digest = digest_of(os.path.join(output, file.place))
            if not digest:
                yield Finding("file", f"{file.place} is missing: run wpmigrate convert again", file.place)
            elif digest != file.sha256:
                message = f"{file.place} is not the file that was put there: restore it, or remove it and convert again"
                yield Finding("file", message, file.place)
