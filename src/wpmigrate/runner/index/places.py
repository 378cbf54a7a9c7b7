"""Where every entry goes: page hierarchy to folders, a name for each, none twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wpmigrate.options import RunOptions
from wpmigrate.runner.index.batches import Batches
from wpmigrate.runner.index.paths import ENTRY_PATTERN, parse_pattern, stem_of
from wpmigrate.runner.names import collision_key, short_enough
from wpmigrate.runner.records import Job
from wpmigrate.runner.target import target_of
from wpmigrate.targets import Place
from wpmigrate.wordpress.urls import home_of

__all__ = [
    "RESERVED_FOLDERS",
    "RESERVED_STEMS",
    "Names",
    "find_branches",
    "find_same",
    "give_places",
    "list_public",
]

RESERVED_STEMS: Final = ("report", "site", "redirects", "_redirects", "media", "media-report", "archives")
"""Names of files that the run itself writes, in the output folder and in that of each site."""

RESERVED_FOLDERS: Final = ("comments", "media")
"""Folders that the run itself fills, likewise."""

_DEEPEST = 32
"""So many ancestors make folders; WordPress's own screens end long before."""


def find_same(connection: sqlite3.Connection) -> None:
    """Find items that stand in the input twice: of one site, with one id and the very same bytes. The first counts."""
    connection.execute("CREATE INDEX entry_id ON entry (site, id)")
    connection.execute(
        "INSERT INTO same SELECT number, first FROM (SELECT number, min(number) OVER (PARTITION BY site, id, sha) AS first "
        "FROM entry WHERE file > 0 AND id <> '') WHERE first < number"
    )


def find_branches(connection: sqlite3.Connection) -> None:
    """Find the folders of nested entries, a level of ancestors at a time.

    An entry lies below its parent when that is a public entry of the same type. Where ancestors go in a circle, or are more than
    32, the entry counts as one without a parent. The name of a parent that is not public is nobody's folder.
    """
    execute = connection.execute
    execute(_PARENTS)
    execute("CREATE UNIQUE INDEX temp.parent_id ON parent (site, id, type)")
    execute("CREATE TEMP TABLE child (entry INTEGER PRIMARY KEY, parent INTEGER)")
    execute(_CHILDREN)
    execute("CREATE INDEX temp.child_parent ON child (parent)")
    execute(
        "INSERT INTO branch SELECT DISTINCT parent, 0, '' FROM child WHERE parent NOT IN (SELECT entry FROM child)"
    )
    execute("CREATE INDEX branch_level ON branch (level)")
    for level in range(_DEEPEST):
        if not execute(_NEXT_LEVEL, (level,)).rowcount:
            break


_PARENTS = """
CREATE TEMP TABLE parent AS SELECT site, id, type, min(number) AS entry FROM entry
WHERE how = 'write' AND id <> '' AND (site, id) IN (SELECT site, parent FROM entry WHERE parent <> '' AND how <> 'skip')
GROUP BY site, id, type
"""
_CHILDREN = """
INSERT INTO child SELECT entry.number, parent.entry FROM entry
JOIN parent ON parent.site = entry.site AND parent.id = entry.parent AND parent.type = entry.type
WHERE entry.how <> 'skip' AND parent.entry <> entry.number
"""
_NEXT_LEVEL = """
INSERT OR IGNORE INTO branch SELECT child.entry, branch.level + 1, branch.folder || entry.name || '/'
FROM branch JOIN child ON child.parent = branch.entry JOIN entry ON entry.number = branch.entry WHERE branch.level = ?
"""


class Names:
    """Gives out output names, none twice, none that a file system takes for another."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def reserve(self, stems: Iterator[str]) -> None:
        """Take ``stems``: nobody gets them."""
        rows = ((collision_key(stem),) for stem in stems)
        self._connection.executemany("INSERT OR IGNORE INTO taken VALUES (?, 1)", rows)

    def claim(self, stem: str) -> str:
        """Take and return ``stem``, or when it is gone the first free one of ``stem-2``, ``stem-3`` …"""
        if self._take(stem):
            return stem
        key = collision_key(stem)
        ((number,),) = self._connection.execute("SELECT last FROM taken WHERE key = ?", (key,))
        while True:
            number += 1
            name = short_enough(f"{stem}-{number}")
            if self._take(name):
                self._connection.execute("UPDATE taken SET last = ? WHERE key = ?", (number, key))
                return name

    def _take(self, stem: str) -> bool:
        return (
            self._connection.execute(
                "INSERT OR IGNORE INTO taken VALUES (?, 1)", (collision_key(stem),)
            ).rowcount
            == 1
        )


def reserved_names(folders: Sequence[str], pages: Sequence[Job]) -> Iterator[str]:
    """Yield the stems that no entry of an export gets: the run's own files, the pages', and names that are pages' folders."""
    for folder in ("", *folders):
        yield from (folder + stem for stem in RESERVED_STEMS)
    for job in pages:
        yield job.stem
        yield job.draft_stem
        folder = job.stem.rpartition("/")[0]
        while folder.endswith((".md", ".json", ".yaml")):
            yield folder.rpartition(".")[0]
            folder = folder.rpartition("/")[0]


def give_places(connection: sqlite3.Connection, options: RunOptions, pages: Sequence[Job]) -> None:
    """Give every entry that is not skipped its place: pages keep theirs, then public entries in input order, then drafts.

    Raises UsageError for a bad pattern.
    """
    sites = {number: (folder, home_of(base)[0]) for number, folder, base in connection.execute(_SITES)}
    names = Names(connection)
    names.reserve(reserved_names([folder for folder, _ in sites.values() if folder], pages))
    drafts = options.routes.drafts_folder.strip("/")
    batches = Batches(connection)
    place = target_of(options).place
    fixed = _fixed_folders(place, drafts)
    for how in ("write", "draft"):
        for number, file, item, site, *facts in connection.execute(_WANTED, (how,)):
            if not file:
                stem = pages[item].stem if how == "write" else pages[item].draft_stem
                batches.add("place", (number, int(how == "write"), stem, ""))
                continue
            folder, host = sites[site]
            wanted = folder + _free_folder(_wanted(facts, host, options.paths, place.patterns), fixed)
            wanted = wanted if how == "write" else f"{drafts}/{wanted}"
            stem = names.claim(wanted)
            note = (
                ""
                if stem == wanted
                else f"file name: {wanted} is the name of another entry, so this one is written as {stem}"
            )
            batches.add("place", (number, int(how == "write"), stem, note))
    batches.flush()


_SITES = "SELECT number, folder, base_url FROM site"
_WANTED = """
SELECT number, file, item, site, id, type, name, date, author, category, coalesce(branch.folder, '')
FROM entry LEFT JOIN branch ON branch.entry = number
WHERE how = ? AND number NOT IN (SELECT entry FROM same) ORDER BY number
"""


def _wanted(facts: Sequence[Any], host: str, paths: Mapping[str, str], own: Mapping[str, str]) -> str:
    post_id, kind, name, date, author, category, folder = facts
    text = paths.get(kind) or paths.get("default") or own.get(kind, "")
    if not text or (text == own.get(kind) and not date and "{year}" in text):  # the target's name needs a date
        text = ENTRY_PATTERN
    pattern = parse_pattern(text)
    year, month, day = date[:4], date[5:7], date[8:10]
    values = {
        "type": kind,
        "slug": name,
        "path": folder + name,
        "id": post_id,
        "year": year,
        "month": month,
        "day": day,
        "author": author.partition("@")[0],
        "category": category,
        "site": host,
    }
    return stem_of(pattern, values, f"{kind}-{post_id}")


def _fixed_folders(place: Place, drafts: str) -> frozenset[str]:
    """Return the folders that no entry goes to, as collision keys."""
    own = (place.records, place.data, place.media, place.static) if place.content == "{stem}" else ()
    return frozenset(collision_key(path.partition("/")[0]) for path in (*RESERVED_FOLDERS, drafts, *own) if path)


def _free_folder(stem: str, fixed: frozenset[str]) -> str:
    """Return ``stem`` outside the folders that the run itself fills."""
    top, slash, rest = stem.partition("/")
    if slash and collision_key(top) in fixed:
        return f"{top}-2/{rest}"
    return stem


def list_public(connection: sqlite3.Connection) -> None:
    """List the public entries by id; of two with one id the first counts, and an item before a page."""
    connection.execute(
        "INSERT OR IGNORE INTO public SELECT site, id, entry.number, stem FROM entry JOIN place ON place.entry = entry.number "
        "WHERE public AND id <> '' ORDER BY site, id, file = 0, entry.number"
    )
