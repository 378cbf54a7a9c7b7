"""One task of a worker: read, convert, compare with what is on disk, write. Never raises for a bad page.

``convert_task`` does it all; ``load_task``, ``convert_part`` and ``store_part`` are its steps, for when the first and the last are
done by the parent (:mod:`~wpmigrate.runner.apart`).
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

from wpmigrate.errors import EntryError
from wpmigrate.model import source_digest
from wpmigrate.runner.files import (
    read_bytes,
    read_outputs,
    read_range,
    refusal,
    remove_stale,
    sha256,
    write_outputs,
)
from wpmigrate.runner.job import EntryResult, ItemPlace, convert_entry
from wpmigrate.runner.pool import no_memory_reason
from wpmigrate.runner.records import Done, Job, Loaded, Previous, Record, Setup, SourceRef, Task
from wpmigrate.runner.state import encode_line, parse_previous

__all__ = [
    "convert_part",
    "convert_task",
    "failed",
    "give_up",
    "guard",
    "key_of",
    "load_task",
    "place_of",
    "read_job",
    "store_part",
]

R = TypeVar("R")


def convert_task(setup: Setup, task: Task) -> Done:
    """Convert one page or item and write its outputs, unless they are there already."""
    return guard(partial(_convert, setup, task), task.job, setup.options.entry_megabytes)


def load_task(setup: Setup, task: Task) -> Loaded | Done:
    """Read what ``task`` converts; when there is nothing to convert, return what became of it."""
    return guard(partial(_load, setup, task), task.job, setup.options.entry_megabytes)


def convert_part(setup: Setup, part: Loaded | Done) -> EntryResult | Done:
    """Convert what was loaded, on whatever computer; what is done already comes back as it is."""
    if isinstance(part, Done):
        return part
    return guard(partial(_converted, setup, part), part.job, setup.options.entry_megabytes)


def store_part(setup: Setup, part: Loaded | Done, result: EntryResult | Done) -> Done:
    """Write the ``result`` of ``part``, unless there is nothing to write."""
    if isinstance(part, Done):
        return part
    if isinstance(result, Done):
        return result
    return guard(partial(_store, setup, part, result), part.job, setup.options.entry_megabytes)


def give_up(task: Task | Loaded | Done, reason: str) -> Done:
    """Return what stands for a task that a worker did not survive."""
    return task if isinstance(task, Done) else failed(task.job, reason)


def failed(job: Job, reason: str) -> Done:
    """Return a failed entry."""
    return done(job, Record(SourceRef(job.label, job.item), "failed", reason))


def done(job: Job, record: Record, **facts: Any) -> Done:
    """Return what became of ``job``; ``facts`` are the other fields of Done."""
    return Done(record, stem=key_of(job), site=None if job.item is None else job.site, **facts)


def key_of(job: Job) -> str:
    """Return the key of the state line of ``job``; empty when it can have none."""
    return job.stem or job.draft_stem


def place_of(job: Job) -> ItemPlace | None:
    """Return which item ``job`` is; None for a page."""
    return None if job.item is None else ItemPlace(job.item, job.encoding, job.offset, job.line)


def read_job(job: Job) -> bytes | None:
    """Return the source bytes of ``job``; None when they are gone. Raises OSError."""
    if job.item is None:
        return read_bytes(os.path.join(job.root, job.path))
    return read_range(job.plain, job.offset, job.length)


def guard(work: Callable[[], R], job: Job, megabytes: int) -> R | Done:
    """Do ``work``; what it raises becomes a failed entry that says what to do."""
    try:
        return work()
    except EntryError as error:
        return failed(job, str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return failed(job, f"{where}{error.strerror or error}: check its permissions and the disk")
    except MemoryError:
        return failed(job, no_memory_reason(megabytes))
    except Exception as error:
        return failed(job, _our_bug(error))


def _convert(setup: Setup, task: Task) -> Done:
    loaded = _load(setup, task)
    return loaded if isinstance(loaded, Done) else _store(setup, loaded, _converted(setup, loaded))


def _load(setup: Setup, task: Task) -> Loaded | Done:
    job = task.job
    if job.same_as:
        reason = f"the same as {job.same_as}"
        return done(job, Record(SourceRef(job.label, job.item), "skipped", reason))
    data = read_job(job)
    if data is None:
        return failed(job, "the file went away or was changed while wpmigrate ran: run again")
    source = source_digest(data)
    previous = parse_previous(task.previous)
    if previous is not None and _is_unchanged(setup, job, previous, source):
        return done(job, previous.record, unchanged=True)
    return Loaded(job, data, source, previous)


def _converted(setup: Setup, loaded: Loaded) -> EntryResult:
    job = loaded.job
    facts = {"place": place_of(job)} if job.item is not None else {}
    return convert_entry(
        job.label,
        loaded.data,
        job.stem,
        setup.options,
        setup.site_of(job),
        draft_stem=job.draft_stem,
        note=job.note,
        **facts,
    )


def _is_unchanged(setup: Setup, job: Job, previous: Previous, source: str) -> bool:
    if previous.record.source != SourceRef(job.label, job.item):
        return False  # another name of the export, or another number of the item: the record says it
    if previous.source != source or previous.fingerprint != setup.fingerprint or not previous.outputs:
        return False
    there = read_outputs(setup.output, tuple(previous.outputs))
    return all(data is not None and sha256(data) == previous.outputs[path] for path, data in there.items())


def _store(setup: Setup, loaded: Loaded, result: EntryResult) -> Done:
    job, previous = loaded.job, loaded.previous
    record = result.record
    known = previous.outputs if previous is not None else {}
    paths = tuple(file.path for file in result.files)
    if record.status == "failed":
        return done(job, record)
    present = read_outputs(setup.output, paths)
    reason = "" if setup.options.force else refusal(result.files, present, known)
    if reason:
        return done(job, msgspec.structs.replace(record, status="failed", reason=reason, outputs=()))
    if setup.options.dry_run:
        return done(job, record)
    write_outputs(setup.output, result.files, present)
    kept = _clear_stale(setup.output, known, record)
    if not paths:
        return done(job, kept, forget=previous is not None)
    outputs = {file.path: sha256(file.data) for file in result.files}
    line = Previous(key_of(job), loaded.source, setup.fingerprint, outputs, kept)
    return done(job, kept, state=encode_line(line))


def _clear_stale(output: str, known: dict[str, str], record: Record) -> Record:
    """Remove what an earlier run wrote for a page that is now private, or a draft: it must not stay public."""
    moved = {
        path: digest for path, digest in known.items() if _stem(path) not in {*map(_stem, record.outputs)}
    }
    _, edited = remove_stale(output, moved, record.outputs)
    if not edited:
        return record
    reason = f"{', '.join(edited)} of an earlier run was edited and is still there: remove it by hand"
    return msgspec.structs.replace(record, reason=f"{record.reason}; {reason}" if record.reason else reason)


def _stem(path: str) -> str:
    return path.rpartition(".")[0]


def _our_bug(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    name = "/".join(place.filename.replace(os.sep, "/").split("/")[-2:])
    return (
        f"this is our bug: {type(error).__name__}: {error} ({name}, line {place.lineno}); "
        "please report it, with this page, in the project's issue tracker"
    )
