"""What must not be in a built site, and which of its pages are public: in a temporary file of SQLite's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from wpmigrate.verifier.built import prints_in
from wpmigrate.verifier.built.main_element import BuiltPage, words_of

__all__ = ["Secrets"]

_TABLES = """
CREATE TABLE public (name PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE secret (name PRIMARY KEY, label TEXT, why TEXT) WITHOUT ROWID;
"""


class Secrets:
    """Paths of pages (text) and fingerprints of texts (bytes) that are public or must not be."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(_TABLES)
        self._any = False

    def __bool__(self) -> bool:
        """Whether anything must not be public."""
        return self._any

    def add(self, label: str, why: str, pages: Iterable[str], prints: Iterable[bytes]) -> None:
        """Note an entry that must not be public."""
        self._any = True
        rows = [(name, label, why) for name in (*pages, *prints)]
        self._database.executemany("INSERT OR IGNORE INTO secret VALUES (?, ?, ?)", rows)

    def release(self, pages: Iterable[str], prints: Iterable[bytes]) -> None:
        """Note what is public, whatever else says the same."""
        rows = [(name,) for name in (*pages, *prints)]
        self._database.executemany("INSERT OR IGNORE INTO public VALUES (?)", rows)

    def is_public(self, name: str | bytes) -> bool:
        """Whether a page or a text is a public entry's."""
        return self._database.execute("SELECT 1 FROM public WHERE name = ?", (name,)).fetchone() is not None

    def at(self, name: str | bytes) -> tuple[str, str] | None:
        """Return whose page or text it is, and why it must not be public; None when it may be."""
        row = self._database.execute("SELECT label, why FROM secret WHERE name = ?", (name,)).fetchone()
        return None if row is None or self.is_public(name) else (row[0], row[1])

    def shown_in(self, page: BuiltPage) -> tuple[str, str]:
        """Return what a page shows that must not be public, and why; empty texts for nothing."""
        for name in prints_in(words_of(page.events)):
            found = self.at(name)
            if found is not None:
                return found
        return "", ""

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()
