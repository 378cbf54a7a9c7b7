"""``wpmigrate inspect``: the census of a whole input."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import chain

import msgspec

from wpmigrate.errors import EntryError, ExtractError, InputError
from wpmigrate.extractors.wxr import Piece, scan
from wpmigrate.options import RunOptions
from wpmigrate.runner.census import Census, page_census
from wpmigrate.runner.job import read_source
from wpmigrate.runner.plan import make_plan, sum_counts
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import ExportFile, Job, Observer, Record, SourceRef
from wpmigrate.runner.spool import spool
from wpmigrate.runner.walk import find_sources
from wpmigrate.runner.work import place_of, read_job
from wpmigrate.runner.workspace import workspace

__all__ = ["inspect_run"]

_ITEM_BYTES = 4096
"""A usual item's size: how many there are is not known before the end."""


class _Counted(msgspec.Struct, frozen=True):
    """What a worker gives back."""

    path: str
    """The page, or the export file."""
    item: str | None
    """Which item of the file; None for a page."""
    counts: dict[str, dict[str, int]]
    """What is in it."""
    problem: str = ""
    """Why it could not be read."""


def inspect_run(path: str, options: RunOptions, observer: Observer, threads: bool = False) -> Census:
    """Return what is in the pages of ``path``, the most frequent first; ``threads`` as in ``run_tasks``.

    Raises InputError when there are none.
    """
    plan = make_plan([find_sources(path)], "", options)
    if not plan.jobs and not plan.has_exports:
        raise InputError(
            f"{path} has nothing but links that are not followed: name the folder that they lead to"
        )
    with workspace() as folder:
        spooled = spool(plan.found, folder)
        refused = [*plan.refused, *spooled.refused]
        census = Census(refused=len(refused), ignored=sum_counts((plan.ignored, spooled.ignored)))
        census.problems = [f"{one.path}: {one.reason}" for one in refused if one.status == "failed"]
        census.problems += [f"{file.label}: {file.problem}" for file in spooled.files if file.problem]
        _count_all(plan.jobs, spooled.files, options, census, observer, threads)
    census.sort()
    return census


def _count_all(
    pages: list[Job],
    files: list[ExportFile],
    options: RunOptions,
    census: Census,
    observer: Observer,
    threads: bool,
) -> None:
    """Count the pages and the items of export files, which stream out of their first reading."""
    jobs = chain(pages, (job for file in files for job in _items(file, census)))
    limits = Limits(options.entry_seconds, options.entry_megabytes)
    size = sum(os.path.getsize(file.plain) for file in files)
    expected = len(pages) + size // _ITEM_BYTES
    observer.begin(expected)
    try:
        work = partial(_count, options)
        workers = worker_count(options.jobs, expected)
        for counted in run_tasks(work, jobs, workers, limits, _give_up, threads):
            _add(census, counted)
            observer.entry(_record(counted), False)
    finally:
        observer.end()


def _items(file: ExportFile, census: Census) -> Iterator[Job]:
    """Yield the items of an export file; what is wrong with it goes into ``census``."""
    try:
        with open(file.plain, "rb") as stream:
            scanning = scan(stream)
            for piece in scanning:
                if piece.problem:
                    census.problems.append(f"{file.label}, line {piece.line}: {piece.problem}")
                if piece.kind == "item":
                    yield _job(file, piece, scanning.encoding)
    except (ExtractError, OSError) as error:
        census.problems.append(f"{file.label}: {error}")


def _job(file: ExportFile, piece: Piece, encoding: str) -> Job:
    return Job(
        "",
        "",
        file.label,
        "",
        "",
        item=str(piece.number),
        offset=piece.offset,
        length=piece.length,
        line=piece.line,
        encoding=encoding,
        plain=file.plain,
    )


def _add(census: Census, counted: _Counted) -> None:
    if counted.problem:
        census.failed += 1
    else:
        place = counted.path if counted.item is None else f"{counted.path} item {counted.item}"
        census.add(place, counted.counts)


def _record(counted: _Counted) -> Record:
    status = "failed" if counted.problem else "written"
    return Record(SourceRef(counted.path, counted.item), status, counted.problem)  # type: ignore[arg-type]


def _count(options: RunOptions, job: Job) -> _Counted:
    try:
        source = read_source(job.label, read_job(job) or b"", options, place_of(job))
        return _Counted(job.label, job.item, page_census(source, options.routes))
    except EntryError as error:
        return _give_up(job, str(error))
    except OSError as error:
        return _give_up(job, f"cannot be read: {error.strerror}")
    except Exception as error:
        return _give_up(job, f"this is our bug, please report it with this page: {error!r}")


def _give_up(job: Job, reason: str) -> _Counted:
    return _Counted(job.label, job.item, {}, reason)
