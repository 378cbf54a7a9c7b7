"""Rows on their way into the index: gathered, and written many at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Final

__all__ = ["Batches"]

_TERM = (
    "INSERT INTO term VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name, "
    "parent = excluded.parent, description = excluded.description, declared = 1, meta = excluded.meta "
    "WHERE excluded.declared > declared"
)
_HOST = "INSERT INTO host VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
_AUTHOR = (
    "INSERT INTO author VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name, "
    "email = excluded.email, first_name = excluded.first_name, last_name = excluded.last_name WHERE id = '' AND name = ''"
)

_STATEMENTS: Final = {
    "alias": "INSERT INTO alias VALUES (?, ?, ?, ?)",
    "attachment": "INSERT OR IGNORE INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "author": _AUTHOR,
    "block": "INSERT OR IGNORE INTO block VALUES (?, ?, ?)",
    "claim": "INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?)",
    "entry": "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "entry_term": "INSERT INTO entry_term VALUES (?, ?, ?)",
    "fragment": "INSERT OR IGNORE INTO fragment VALUES (?)",
    "host": _HOST,
    "menu_item": "INSERT INTO menu_item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "navigation": "INSERT OR IGNORE INTO navigation VALUES (?, ?, ?, ?, ?)",
    "place": "INSERT INTO place VALUES (?, ?, ?, ?)",
    "problem": "INSERT INTO problem VALUES (?, ?, ?, ?)",
    "public": "INSERT OR IGNORE INTO public VALUES (?, ?, ?, ?)",
    "term": _TERM,
    "translation": "INSERT OR IGNORE INTO translation VALUES (?, ?, ?, ?)",
    "upload": "INSERT OR IGNORE INTO upload VALUES (?, ?, ?)",
    "use": "INSERT INTO use VALUES (?, ?)",
}
"""Table -> how a row goes in. Of two rows with one key the first stays, but for what the next one knows better."""

_ROWS = 500
_CHARACTERS = 2_000_000


class Batches:
    """Gathers rows; writes them when there are many or when they are large."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _STATEMENTS}
        self._count = 0
        self._size = 0

    def add(self, table: str, row: tuple[Any, ...]) -> None:
        """Add ``row`` to ``table``; it is written at the latest by :meth:`flush`."""
        self._rows[table].append(row)
        self._count += 1
        if self._count >= _ROWS:
            self.flush()

    def add_all(self, rows: Iterable[tuple[str, tuple[Any, ...]]], size: int = 0) -> None:
        """Add (table, row) pairs that hold about ``size`` characters."""
        self._size += size
        for table, row in rows:
            self.add(table, row)
        if self._size > _CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write what is gathered."""
        for table, rows in self._rows.items():
            if rows:
                _write(self.connection, _STATEMENTS[table], rows)
                rows.clear()
        self._count = self._size = 0


def _write(connection: sqlite3.Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Write ``rows``. Halves of surrogate pairs, which UTF-8 has no place for, become ``?``."""
    done = 0

    def counted() -> Iterator[tuple[Any, ...]]:
        nonlocal done
        for done, row in enumerate(rows):  # noqa: B007 (says where it stopped)
            yield row

    try:
        connection.executemany(statement, counted())
    except UnicodeEncodeError:
        for row in rows[done:]:
            connection.execute(statement, tuple(map(_storable, row)))


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
