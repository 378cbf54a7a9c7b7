"""What a run works on: pages and the items of exports as one stream of jobs, and what the whole site knows."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from wpmigrate.errors import InputError
from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.job import read_source
from wpmigrate.runner.names import site_label
from wpmigrate.runner.plan import Plan, sum_counts
from wpmigrate.runner.records import FileRecord, Job, Record, Refused, SourceRef
from wpmigrate.runner.routes import route
from wpmigrate.runner.site_index import build_site
from wpmigrate.runner.spool import Spooled, spool
from wpmigrate.runner.target import target_of
from wpmigrate.runner.workspace import workspace
from wpmigrate.targets.paths import address_of

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = ["Batch", "open_batch", "refused_record"]


class Batch:
    """The jobs of a run, streamed, and the site that they are of."""

    def __init__(self, plan: Plan, spooled: Spooled, site: Site, index: Index | None) -> None:
        self.site = site
        self.index = index
        self.refused = [*plan.refused, *spooled.refused]
        self.ignored = sum_counts((plan.ignored, spooled.ignored))
        self._pages = plan.jobs
        self._exports = {file.label: file for file in spooled.files}
        self._stamps = {file.label: _stamp(file.plain) for file in spooled.files}
        self._entries: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many jobs there are."""
        return len(self._pages) + (self.index.count() if self.index is not None else 0)

    @property
    def total(self) -> int:
        """How many entries the report will have."""
        return self.count + len(self.refused)

    @property
    def digest(self) -> str:
        """The digest of the index; empty when there is none."""
        return self.index.digest if self.index is not None else ""

    def jobs(self) -> Iterator[Job]:
        """Yield the pages, then the items of the exports, file by file."""
        return iter(self._pages) if self.index is None else self.index.jobs(self._pages)

    def sites(self) -> dict[int, str]:
        """Return the number of each site that has an export, and the key that the state knows it by."""
        rows = self.index.sites() if self.index is not None else ()
        return {row.number: site_label(row.base_url) for row in rows}

    def count_entry(self, record: Record) -> None:
        """Count an entry of the report for its export file."""
        if record.source.item is not None:
            self._entries[record.source.path] += 1

    def files(self) -> Iterator[FileRecord]:
        """Yield the export files with what is wrong with them; call it when every entry was counted."""
        if self.index is None:
            return
        for file in self.index.files():
            yield self._file(file.label, file.items_in_bytes, file.problems)

    def _file(self, label: str, items: int, problems: tuple[str, ...]) -> FileRecord:
        export, entries = self._exports[label], self._entries[label]
        told = [*([export.problem] if export.problem else []), *problems]
        if items != entries:
            told.append(
                f"{items:,} items begin in its bytes, but {entries:,} became entries: {abs(items - entries):,} "
                f"{'are missing' if entries < items else 'too many'}"
            )
        if _stamp(export.plain) != self._stamps[label]:
            told.append("the file was changed while wpmigrate read it: run again")
        return FileRecord(label, "wxr", items, entries, tuple(dict.fromkeys(told)))


@contextlib.contextmanager
def open_batch(plan: Plan) -> Iterator[Batch]:
    """Unpack the archives of ``plan``, look at all sources once, and give the :class:`Batch`.

    What is unpacked, and the index, lie in a temporary folder that goes with it. Never raises for a bad page, item or file.
    Raises UsageError for a path pattern that is none, InputError when there is nothing but archives without exports, OSError
    when the temporary folder is full.
    """
    if not plan.has_exports:
        yield Batch(plan, Spooled(), _look(plan), None)
        return
    with workspace() as folder:
        spooled = spool(plan.found, folder)
        if not spooled.files:
            _check_anything(plan, spooled)
            yield Batch(plan, spooled, _look(plan), None)
            return
        from wpmigrate.runner.index import build_index

        index = build_index(spooled.files, plan.jobs, plan.options, os.path.join(folder, "index.sqlite"))
        yield Batch(plan, spooled, Site(), index)


def _check_anything(plan: Plan, spooled: Spooled) -> None:
    if not (plan.jobs or plan.refused or spooled.refused):
        names = ", ".join(packed.path for one in plan.found for packed in one.exports)
        raise InputError(
            f"no WordPress export (WXR) is in {names}: check that it is what the site's Export page gave"
        )


def _look(plan: Plan) -> Site:
    return build_site(plan.jobs, partial(_written_stem, plan.options))


def _written_stem(options: RunOptions, job: Job) -> tuple[str, str]:
    try:
        with open(os.path.join(job.root, job.path), "rb") as file:
            source = read_source(job.label, file.read(), options)
    except Exception:  # the page's own conversion reports it
        return "", ""
    how, _ = route(source.fields, options.routes)
    return source.fields.id, address_of(target_of(options), job.stem)[1:] if how == "write" else ""


def refused_record(refused: Refused) -> Record:
    """Return the report's entry for something that is not opened."""
    return Record(SourceRef(refused.path), refused.status, refused.reason)


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
