"""The index as the mappings of :class:`~wpmigrate.model.Site`. Picklable: each process opens the file for itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from wpmigrate.model import Attachment, Author
from wpmigrate.runner.index.schema import reading
from wpmigrate.wordpress.urls import entry_key, original_key

__all__ = [
    "Addresses",
    "Attached",
    "Attachments",
    "Authors",
    "Blocks",
    "EntriesById",
    "Files",
    "Fragments",
    "Translations",
    "View",
]

V = TypeVar("V")

_REMEMBERED = 1024
_LONGEST_KEY = 500
"""A longer key is looked up each time."""
_ABSENT: Any = object()


class View(Mapping[str, V], Generic[V]):
    """A mapping of one site; looks up what is asked for, and remembers the last answers."""

    TABLE: ClassVar[str]
    """Table of the keys."""
    KEY: ClassVar[str]
    """Its column with the keys."""
    REMEMBERED: ClassVar[int] = _REMEMBERED
    """So many answers are at hand; fewer where one may be long."""

    def __init__(self, path: str, site: int) -> None:
        self._path = path
        self._site = site
        self._known: dict[str, Any] = {}
        self._any: bool | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._path, self._site)

    def find(self, key: str) -> V | None:
        """Return the value of ``key``; None when there is none."""
        raise NotImplementedError

    def row(self, query: str, *values: Any) -> tuple[Any, ...] | None:
        """Return the first row of ``query``."""
        found: tuple[Any, ...] | None = self.rows(query, *values).fetchone()
        return found

    def rows(self, query: str, *values: Any) -> sqlite3.Cursor:
        """Return the rows of ``query``."""
        return reading(self._path).execute(query, values)

    def __getitem__(self, key: str) -> V:
        value = self.get(key, _ABSENT)
        if value is _ABSENT:
            raise KeyError(key)
        found: V = value
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key``, or ``default``."""
        value = self._known.get(key, _ABSENT)
        if value is _ABSENT:
            value = self._remember(key)
        return default if value is None else value

    def _remember(self, key: str) -> V | None:
        try:
            value = self.find(key)
        except UnicodeEncodeError:  # no text of any source
            return None
        if len(self._known) >= self.REMEMBERED:
            self._known.clear()
        if len(key) <= _LONGEST_KEY:
            self._known[key] = value
        return value

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Walk over the keys, for tests and tools: a site may have very many."""
        query = f"SELECT DISTINCT {self.KEY} FROM {self.TABLE} WHERE site = ? ORDER BY 1"
        for (key,) in self.rows(query, self._site):
            if self.get(key) is not None:
                yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Whether there may be anything at all; cheap."""
        if self._any is None:
            self._any = self.row(f"SELECT 1 FROM {self.TABLE} WHERE site = ? LIMIT 1", self._site) is not None
        return self._any


class EntriesById(View[str]):
    """Post id -> new address of a public entry, without its first slash."""

    TABLE, KEY = "public", "id"

    def find(self, key: str) -> str | None:
        row = self.row(
            "SELECT substr(address(stem), 2) FROM public WHERE site = ? AND id = ?", self._site, key
        )
        return row[0] if row else None


class Files(View[str]):
    """Upload key -> new address; a variant finds its original."""

    TABLE, KEY = "upload", "key"

    def find(self, key: str) -> str | None:
        row = self._at(key)
        if row is None:
            original = original_key(key)
            row = self._at(original) if original != key else None
        return row[0] if row else None

    def _at(self, key: str) -> tuple[Any, ...] | None:
        return self.row("SELECT address FROM upload WHERE site = ? AND key = ?", self._site, key)


class Addresses(View[str]):
    """Address key -> new address; a view of an entry (``/hello/2``) leads to the entry, an attachment's page to its file."""

    TABLE, KEY = "address", "key"

    def __init__(self, path: str, site: int) -> None:
        super().__init__(path, site)
        self._files = Files(path, site)

    def find(self, key: str) -> str | None:
        row = self._at(key)
        if row is None:
            whole = entry_key(key)
            row = self._at(whole) if whole else None
        if row is None:
            return None
        target: str | None = row[0] or self._files.get(row[1])
        return target

    def _at(self, key: str) -> tuple[Any, ...] | None:
        return self.row("SELECT target, upload FROM address WHERE site = ? AND key = ?", self._site, key)


class Authors(View[Author]):
    """Login -> author."""

    TABLE, KEY = "author", "login"

    def find(self, key: str) -> Author | None:
        row = self.row("SELECT name, email FROM author WHERE site = ? AND login = ?", self._site, key)
        return Author(row[0], key, row[1]) if row else None


class Attachments(View[Attachment]):
    """Attachment id -> what the library says."""

    TABLE, KEY = "attachment", "id"
    REMEMBERED = 256

    def find(self, key: str) -> Attachment | None:
        row = self.row(_ATTACHMENT, self._site, key)
        return Attachment(*row) if row else None


_ATTACHMENT = """
SELECT id, url, title, alt, caption, description, parent, page, width, height FROM attachment WHERE site = ? AND id = ?
"""


class Attached(View[tuple[str, ...]]):
    """Post id -> ids of the images that were uploaded to it."""

    TABLE, KEY = "attachment", "parent"
    REMEMBERED = 64

    def find(self, key: str) -> tuple[str, ...] | None:
        ids = tuple(post_id for (post_id,) in self.rows(_ATTACHED, self._site, key)) if key else ()
        return ids or None


_ATTACHED = """
SELECT id FROM attachment INDEXED BY attachment_parent WHERE site = ? AND parent = ? AND image = 1
ORDER BY position, CAST(id AS INTEGER), id
"""


class Blocks(View[str]):
    """Id of a published reusable block -> its body."""

    TABLE, KEY = "block", "id"
    REMEMBERED = 16

    def find(self, key: str) -> str | None:
        row = self.row("SELECT body FROM block WHERE site = ? AND id = ?", self._site, key)
        return row[0] if row else None


class Translations(View[Mapping[str, str]]):
    """Post id -> language -> post id."""

    TABLE, KEY = "translation", "id"

    def find(self, key: str) -> Mapping[str, str] | None:
        return dict(self.rows(_FAMILY, self._site, key)) or None


_FAMILY = """
SELECT other.language, other.id FROM translation AS own
JOIN translation AS other ON other.site = own.site AND other.family = own.family
WHERE own.site = ? AND own.id = ? ORDER BY other.language, own.family
"""


class Fragments:
    """The fragments that some link of the input leads to, of any site."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: dict[str, bool] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._path,)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        if len(name) > _LONGEST_KEY:
            return self._is_there(name)
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[name] = self._is_there(name)
        return known

    def _is_there(self, name: str) -> bool:
        try:
            return (
                reading(self._path).execute("SELECT 1 FROM fragment WHERE name = ?", (name,)).fetchone()
                is not None
            )
        except UnicodeEncodeError:
            return False
