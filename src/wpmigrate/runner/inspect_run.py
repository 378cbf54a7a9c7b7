"""``wpmigrate inspect``: the census of a whole input."""

from __future__ import annotations

import os
from functools import partial

import msgspec

from wpmigrate.errors import EntryError, InputError
from wpmigrate.extractors import extract
from wpmigrate.options import RunOptions
from wpmigrate.runner.census import Census, page_census
from wpmigrate.runner.files import read_bytes
from wpmigrate.runner.plan import make_plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Job, Observer, Record, SourceRef
from wpmigrate.runner.walk import find_sources

__all__ = ["inspect_run"]


class _Counted(msgspec.Struct, frozen=True):
    """What a worker gives back."""

    path: str
    """The page."""
    counts: dict[str, dict[str, int]]
    """What is in it."""
    problem: str = ""
    """Why it could not be read."""


def inspect_run(path: str, options: RunOptions, observer: Observer) -> Census:
    """Return what is in the pages of ``path``, the most frequent first. Raises InputError when there are none."""
    plan = make_plan([find_sources(path)], "", options)
    if not plan.jobs:
        raise InputError(
            f"{path} has nothing but links that are not followed: name the folder that they lead to"
        )
    census = Census(refused=len(plan.refused), ignored=plan.ignored)
    limits = Limits(options.entry_seconds, options.entry_megabytes)
    workers = worker_count(options.jobs, len(plan.jobs))
    observer.begin(len(plan.jobs))
    try:
        for counted in run_tasks(partial(_count, options), plan.jobs, workers, limits, _give_up):
            _add(census, counted)
            observer.entry(_record(counted), False)
    finally:
        observer.end()
    census.sort()
    return census


def _add(census: Census, counted: _Counted) -> None:
    if counted.problem:
        census.failed += 1
    else:
        census.add(counted.path, counted.counts)


def _record(counted: _Counted) -> Record:
    status = "failed" if counted.problem else "written"
    return Record(SourceRef(counted.path), status, counted.problem)  # type: ignore[arg-type]


def _count(options: RunOptions, job: Job) -> _Counted:
    try:
        data = read_bytes(os.path.join(job.root, job.path)) or b""
        counts: dict[str, dict[str, int]] = {}
        for source in extract(data, job.label, options.extract):
            counts = page_census(source, options.routes)
        return _Counted(job.label, counts)
    except EntryError as error:
        return _Counted(job.label, {}, str(error))
    except OSError as error:
        return _Counted(job.label, {}, f"cannot be read: {error.strerror}")
    except Exception as error:
        return _Counted(job.label, {}, f"this is our bug, please report it with this page: {error!r}")


def _give_up(job: Job, reason: str) -> _Counted:
    return _Counted(job.label, {}, reason)
