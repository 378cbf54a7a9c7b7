"""From the pieces of export files to rows of the index."""

from __future__ import annotations

import hashlib
import re
import sqlite3

from wpmigrate.errors import ExtractError
from wpmigrate.extractors.wxr import (
    AuthorRow,
    Piece,
    Scan,
    TermRow,
    item_fields,
    parse_item,
    read_channel_piece,
    scan,
)
from wpmigrate.options import RunOptions
from wpmigrate.runner.index.batches import Batches
from wpmigrate.runner.index.rows import author_row, entry_facts, hosts_of, item_rows, term_rows
from wpmigrate.runner.index.sites import find_site, join_namesake, site_key, update_site
from wpmigrate.runner.records import ExportFile
from wpmigrate.runner.routes import route

__all__ = ["Feed"]

_ITEM = re.compile(rb"<item[\s/>]")
_BLOCK = 1 << 20


class Feed:
    """Fills the first tables, a file at a time. Memory does not grow with the files."""

    def __init__(self, connection: sqlite3.Connection, options: RunOptions) -> None:
        self._connection = connection
        self._batches = Batches(connection)
        self._options = options
        self._numbers = 0
        self._file = 0
        self._site = 0
        self._entries = 0
        self._encoding = ""
        self._channel: dict[str, str] = {}

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return self._numbers

    def file(self, number: int, file: ExportFile) -> None:
        """Read one file. What is wrong with it becomes a problem; raises sqlite3.Error only."""
        self._file, self._site, self._entries, self._channel = number, 0, 0, {}
        pieces: Scan | None = None
        if file.problem:
            self._problem(0, 0, file.problem)
        try:
            with open(file.plain, "rb", buffering=0) as stream:
                pieces = scan(stream, self._options.extract.encoding)
                for piece in pieces:
                    self._encoding = pieces.encoding
                    self._piece(piece)
        except OSError as error:
            self._problem(0, 0, f"it cannot be read: {error.strerror or error}")
        except ExtractError as error:
            self._problem(0, 0, str(error))
            self._end(file, _count_items(file.plain))
            return
        self._end(file, pieces.starts - pieces.hidden + pieces.orphans if pieces is not None else 0)

    def _piece(self, piece: Piece) -> None:
        if piece.kind == "item":
            self._item(piece)
        else:
            if piece.problem:
                self._problem(piece.offset, piece.line, piece.problem)
            if piece.kind != "trailer":
                self._channel_piece(piece)

    def _channel_piece(self, piece: Piece) -> None:
        row = read_channel_piece(piece, self._encoding)
        if isinstance(row, AuthorRow):
            self._batches.add("author", author_row(row, self._known_site(), self._options.extract.emails))
        elif isinstance(row, TermRow):
            self._batches.add_all(term_rows(row, self._known_site()), piece.length)
        else:
            for name, text in row.items():
                if text:
                    self._channel.setdefault(name, text)

    def _known_site(self) -> int:
        """Return the number of the file's site: by what the channel has said when it is asked for first."""
        if not self._site:
            self._site = find_site(self._connection, site_key(self._channel))
        return self._site

    def _item(self, piece: Piece) -> None:
        site = self._known_site()
        self._numbers += 1
        self._entries += 1
        if piece.problem:
            self._problem(piece.offset, piece.line, f"item {piece.number}: {piece.problem}")
        raw = parse_item(piece.data, self._encoding, piece.offset, piece.line)
        fields = item_fields(raw)
        how, _ = route(fields, self._options.routes)
        place = (self._numbers, site, self._file, piece.number, piece.offset, piece.length, piece.line)
        digest = hashlib.sha256(piece.data).digest()[:16]
        self._batches.add("entry", (*place, digest, *entry_facts(fields, raw, how)))
        self._batches.add_all(item_rows(fields, raw, how, site, self._numbers), piece.length)
        for host in hosts_of(fields, raw):
            self._batches.add("host", (site, host))

    def _problem(self, offset: int, line: int, message: str) -> None:
        self._batches.add("problem", (self._file, offset, line, message))

    def _end(self, file: ExportFile, counted: int) -> None:
        """Note the counts (``counted``: items in the bytes), and what the channel said after its first items."""
        self._batches.flush()
        site = self._settled_site() if self._site or self._channel else 0
        row = (self._file, site, file.label, file.plain, self._encoding or "utf-8", counted, self._entries)
        self._connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if site:
            update_site(self._connection, site, self._channel)

    def _settled_site(self) -> int:
        site, key = self._known_site(), site_key(self._channel)
        ((known,),) = self._connection.execute("SELECT key FROM site WHERE number = ?", (site,))
        if key and not known:
            return join_namesake(self._connection, site, self._channel)
        return site


def _count_items(path: str) -> int:
    """Return how many items begin in the bytes of a file that is not read on: those that are missing must all be named."""
    count, rest = 0, b""
    try:
        with open(path, "rb", buffering=0) as stream:
            while block := stream.read(_BLOCK):
                view = rest + block
                count += sum(1 for _ in _ITEM.finditer(view))
                rest = view[-5:]  # shorter than what is counted
    except OSError:
        return count
    return count
