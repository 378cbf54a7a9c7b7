"""Gives the proof of the site's files what it reads: the files as they are on disk, and the exports."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from wpmigrate.model import Fields, Finding
from wpmigrate.options import RunOptions
from wpmigrate.runner.files import below, exists, open_binary, read_range
from wpmigrate.runner.routes import route
from wpmigrate.runner.storage import is_url
from wpmigrate.runner.target import target_of
from wpmigrate.targets import Target
from wpmigrate.targets.paths import output_path, site_path, stems_at

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index, SiteRow
    from wpmigrate.runner.index.facts import Export
    from wpmigrate.verifier.site_data import SiteProof
    from wpmigrate.verifier.site_rules import SiteRules
    from wpmigrate.verifier.wxr.export import Part

__all__ = ["prove_site"]

_MOST = 50
"""So many findings of a site are told."""
_HEAD = 4096
_ID = re.compile(rb"""^\s*"?id"?: ["']?([^"'\r\n,]*)""", re.MULTILINE)


def prove_site(index: Index, options: RunOptions, output: str, complete: bool = True) -> Iterator[Finding]:
    """Yield what the site data, archives and redirects in ``output`` do not say as the exports do; 50 for each site.

    Not ``complete``: entries failed, so that their files may be missing.
    """
    for site in index.sites():
        known = _Known()
        try:
            findings = _prove(index, site, options, output, known, complete)
            yield from islice(findings, _MOST)
            more = sum(1 for _ in findings)
            if more:
                name = site_path(target_of(options), site.folder, "json")
                yield Finding("site", f"{name}: {more:,} more things are not as the export says", name)
        finally:
            known.close()


def _prove(
    index: Index, site: SiteRow, options: RunOptions, output: str, known: _Known, complete: bool
) -> Iterator[Finding]:
    """Yield the findings of one site. A file that is missing is told by others."""
    from wpmigrate.verifier.site_data import SiteProof
    from wpmigrate.verifier.site_rules import site_values

    name = site_path(target_of(options), site.folder, "json")
    try:
        with open_binary(below(output, name)) as lines:
            proof = SiteProof(site_values(lines), known, _rules(index, site, options, output, complete))
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Finding("site", f"{name} cannot be read: {error or type(error).__name__}", name)
        return
    yield from _read_files(proof, site, options, output)
    for part in _parts(index, site):
        yield from proof.check(part)
    yield from proof.finish()


def _read_files(proof: SiteProof, site: SiteRow, options: RunOptions, output: str) -> Iterator[Finding]:
    path = below(output, f"{site.folder}redirects.json")
    if exists(path):
        with open_binary(path) as lines:
            yield from proof.add_redirects(lines)
    if not _has_archives(options):
        return
    target = target_of(options)
    for address in proof.archives():
        paths = (_place(output, target, stem, "markdown") for stem in stems_at(target, unquote(address)))
        path = next((path for path in paths if path and exists(path)), "")
        if path:
            with open_binary(path) as lines:
                proof.add_archive(address, lines)


def _has_archives(options: RunOptions) -> bool:
    return options.archives and "markdown" in options.to


def _rules(index: Index, site: SiteRow, options: RunOptions, output: str, complete: bool) -> SiteRules:
    from wpmigrate.runner.index.archives import WITHOUT_ARCHIVE
    from wpmigrate.verifier.site_rules import SiteRules

    return SiteRules(
        is_public=partial(_is_public, options),
        written_id=partial(_written_id, output, target_of(options), _forms(options), complete),
        hosts=index.site(site.number).hosts,
        archives=_has_archives(options),
        without_archive=WITHOUT_ARCHIVE,
        emails=options.extract.emails,
        folder=site.folder,
        ending=target_of(options).place.address.partition("{stem}")[2],
    )


def _is_public(options: RunOptions, kind: str, status: str, protected: bool) -> bool:
    fields = Fields(type=kind, status=status, protected=protected)
    return route(fields, options.routes, in_export=True)[0] == "write"


def _forms(options: RunOptions) -> Sequence[str]:
    """Return the formats of the two files of an entry that are looked for: the page, and the one that says the id best."""
    forms = tuple(form for form in ("markdown", "yaml", "json") if form in options.to)
    return forms[:: max(1, len(forms) - 1)]


def _written_id(output: str, target: Target, forms: Sequence[str], complete: bool, address: str) -> str | None:
    """Return the id that the files at ``address`` say; empty when they do not, None when one is missing.

    Where each look is a journey, the proof of each entry has to do.
    """
    if is_url(output):
        return ""
    for stem in stems_at(target, unquote(address)):
        page, other = (_place(output, target, stem, form) for form in (forms[0], forms[-1]))
        with contextlib.suppress(OSError):
            if page == other or os.path.isfile(page):
                with open(other, "rb", buffering=0) as file:
                    said = _ID.search(file.read(_HEAD))
                return said[1].decode("utf-8", "replace") if said else ""
    return None if complete else ""


def _place(output: str, target: Target, stem: str, form: str) -> str:
    """Return the file of a public entry, or of an archive; empty when that lies elsewhere."""
    path = output_path(target, stem, form)
    return "" if ".." in path.split("/") or "\0" in path else below(output, path)


def _parts(index: Index, site: SiteRow) -> Iterator[Part]:
    """Yield the authors, terms and items of the site's exports. Those of a damaged file are read one by one."""
    from wpmigrate.runner.index.facts import exports
    from wpmigrate.verifier.wxr.export import BrokenExport, read_export

    for export in exports(index, site.number):
        try:
            with open(export.plain, "rb") as stream:
                yield from read_export(stream)
        except BrokenExport:
            yield from _items(index, export)


def _items(index: Index, export: Export) -> Iterator[Part]:
    from wpmigrate.runner.index.facts import item_places
    from wpmigrate.verifier.wxr.item import read_item

    for offset, length in item_places(index, export):
        data = read_range(export.plain, offset, length)
        if data is not None:
            yield read_item(data, export.encoding)


_PUT = "INSERT INTO known VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"


class _Known:
    """What the proof has seen, in a temporary file of SQLite's own: it grows with the site."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            "CREATE TABLE known (kind TEXT, key TEXT, value TEXT, count INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )

    def put(self, kind: str, key: str, value: str) -> None:
        """See :class:`~wpmigrate.verifier.site_data.Known`."""
        self._database.execute(_PUT, (kind, key, value))

    def put_all(self, kind: str, rows: Iterable[tuple[str, str]]) -> None:
        """See :class:`~wpmigrate.verifier.site_data.Known`."""
        self._database.executemany(_PUT, ((kind, *row) for row in rows))

    def get(self, kind: str, key: str) -> str | None:
        """See :class:`~wpmigrate.verifier.site_data.Known`."""
        row = self._row("value", kind, key)
        return None if row is None else row[0]

    def count(self, kind: str, key: str) -> int:
        """See :class:`~wpmigrate.verifier.site_data.Known`."""
        row = self._row("count", kind, key)
        return 0 if row is None else row[0]

    def _row(self, column: str, kind: str, key: str) -> tuple[Any] | None:
        query = f"SELECT {column} FROM known WHERE kind = ? AND key = ?"
        row: tuple[Any] | None = self._database.execute(query, (kind, key)).fetchone()
        return row

    def close(self) -> None:
        """Drop the temporary file."""
        self._database.close()
