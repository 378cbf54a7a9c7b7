"""``wpmigrate verify``: the proof again, later, on files that people may have edited."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.model import Finding, OutputFile, SourceEntry
from wpmigrate.options import FORMATS, RunOptions
from wpmigrate.runner.convert_run import look, refused_record
from wpmigrate.runner.files import read_bytes
from wpmigrate.runner.job import read_source
from wpmigrate.runner.plan import Plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Job, Observer, Previous, Record, Setup, SourceRef, Task
from wpmigrate.runner.report import read_report
from wpmigrate.runner.routes import route
from wpmigrate.runner.state import State, encode_line, parse_previous, recorded_options
from wpmigrate.runner.work import failed, give_up, guard
from wpmigrate.targets import TARGETS
from wpmigrate.verifier import verify
from wpmigrate.writers import extension

__all__ = ["options_of", "verify_run"]


class _Check(msgspec.Struct, frozen=True):
    """What is the same for every task of a verify run."""

    setup: Setup
    """Options, site and output folder."""
    formats: tuple[str, ...]
    """The formats that a page must have; empty: those that it was written in."""
    usual: tuple[str, ...]
    """The formats of a page that neither state nor report knows."""


def options_of(output: str, jobs: int) -> RunOptions:
    """Return the options that convert ran with in the folder ``output`` (the defaults when it left no state), and ``jobs``."""
    state = State(output)
    try:
        return msgspec.structs.replace(recorded_options(state) or RunOptions(), jobs=jobs)
    finally:
        state.close()


def verify_run(plan: Plan, observer: Observer, formats: Sequence[str] = ()) -> Iterator[Record]:
    """Prove what is in the output folder of ``plan``; yield a record for each entry, in input order.

    ``formats`` are those that every page must have; empty: those that convert wrote, by its state or its report, else those
    that are there. A record is ``written`` when it is proven, ``skipped`` when convert does not write it, else ``failed``
    with findings or a reason. Raises InputError when there is no output folder.
    """
    if not os.path.isdir(plan.output):
        raise InputError(
            f"OUTPUT {plan.output} is not a folder: run wpmigrate convert first, or check the path"
        )
    state = State(plan.output)
    report = {} if len(state) else read_report(os.path.join(plan.output, "report.json"))
    setup = Setup(plan.options, look(plan.jobs, plan.options), plan.output, "")
    check = _Check(setup, tuple(formats), _usual_formats(plan))
    observer.begin(plan.total)
    try:
        for refused in plan.refused:
            yield _seen(observer, refused_record(refused))
        tasks = (Task(job, state.get(job.stem) or _reported(job, report)) for job in plan.jobs)
        for done in _proofs(plan, check, tasks):
            yield _seen(observer, done.record)
    finally:
        state.close()
        observer.end()


def _seen(observer: Observer, record: Record) -> Record:
    observer.entry(record, False)
    return record


def _proofs(plan: Plan, check: _Check, tasks: Iterator[Task]) -> Iterator[Done]:
    limits = Limits(plan.options.entry_seconds, plan.options.entry_megabytes)
    workers = worker_count(plan.options.jobs, len(plan.jobs))
    return run_tasks(partial(_verify_task, check), tasks, workers, limits, give_up)


def _reported(job: Job, report: dict[tuple[str, str | None], Record]) -> bytes | None:
    """Return what the report says of ``job`` in the shape of a state line."""
    record = report.get((job.label, None))
    if record is None:
        return None
    return encode_line(Previous(job.stem, "", "", dict.fromkeys(record.outputs, ""), record))


def _usual_formats(plan: Plan) -> tuple[str, ...]:
    """Return the formats that some page of the output folder has; all when there is none at all."""
    target = TARGETS[plan.options.target]
    there = tuple(
        form
        for form in FORMATS
        if any(
            os.path.isfile(os.path.join(plan.output, stem + extension(form, target)))
            for job in plan.jobs
            for stem in (job.stem, job.draft_stem)
        )
    )
    return there or FORMATS


def _verify_task(check: _Check, task: Task) -> Done:
    return guard(partial(_verify, check, task), task.job.label, check.setup.options.entry_megabytes)


def _verify(check: _Check, task: Task) -> Done:
    job, options = task.job, check.setup.options
    data = read_bytes(os.path.join(job.root, job.path))
    if data is None:
        return failed(job.label, "the file went away while wpmigrate ran: run again")
    source = read_source(job.label, data, options)
    how, reason = route(source.fields, options.routes)
    where = SourceRef(job.label, source.item)
    if how == "skip":
        return _skipped(check, job, where, reason)
    previous = parse_previous(task.previous)
    stem = job.draft_stem if how == "draft" else job.stem
    findings = _prove(check, source, stem, previous)
    status, why = ("failed", findings[0].message) if findings else ("written", "")
    return Done(Record(where, status, why, (), (), findings))  # type: ignore[arg-type]


def _prove(check: _Check, source: SourceEntry, stem: str, previous: Previous | None) -> tuple[Finding, ...]:
    target = TARGETS[check.setup.options.target]
    files, findings = [], []
    for form in check.formats or _written_formats(previous) or check.usual:
        path = stem + extension(form, target)
        file, problem = _read(check.setup.output, path, form)
        files += [file] if file else []
        findings += [Finding("file", f"{path} {problem}", path)] if problem else []
    notices = previous.record.notices if previous is not None else ()
    options = check.setup.options.normalize
    return (*findings, *verify(source, files, target, options, notices, check.setup.site))


def _read(folder: str, path: str, form: str) -> tuple[OutputFile | None, str]:
    """Return the file, or why there is none that can be looked at."""
    try:
        data = read_bytes(os.path.join(folder, path))
    except OSError as error:
        return None, f"cannot be read: {error.strerror}"
    if data is None:
        return None, "is missing: run wpmigrate convert again"
    if not data.strip():
        return None, "is empty: remove it and run wpmigrate convert again"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, f"is not UTF-8 (byte {error.start})"
    return OutputFile(path, form, data), ""


def _written_formats(previous: Previous | None) -> tuple[str, ...]:
    endings = {path.rpartition(".")[2] for path in previous.outputs} if previous is not None else set()
    return tuple(
        form for form in FORMATS if form in endings or (form == "markdown" and endings - {"json", "yaml"})
    )


def _skipped(check: _Check, job: Job, where: SourceRef, reason: str) -> Done:
    """A page that is not to be written must not lie in the output folder either."""
    target = TARGETS[check.setup.options.target]
    stems = dict.fromkeys((job.stem, job.draft_stem))
    paths = [stem + extension(form, target) for stem in stems for form in FORMATS]
    there = [path for path in paths if os.path.lexists(os.path.join(check.setup.output, path))]
    if not there:
        return Done(Record(where, "skipped", reason))
    message = f"is there, though its source is not to be published ({reason}): remove it"
    findings = tuple(Finding("file", f"{path} {message}", path) for path in there)
    return Done(Record(where, "failed", findings[0].message, (), (), findings))
