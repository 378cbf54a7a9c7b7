"""``wpmigrate verify``: the proof again, later, on files that people may have edited."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.model import Finding, OutputFile, Site, SourceEntry
from wpmigrate.options import FORMATS, RunOptions
from wpmigrate.runner.batch import Batch, open_batch, refused_record
from wpmigrate.runner.files import read_bytes
from wpmigrate.runner.job import comments_stem, read_source
from wpmigrate.runner.leftovers import leftover_files
from wpmigrate.runner.plan import Plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Job, Observer, Previous, Record, Setup, SourceRef, Task
from wpmigrate.runner.report import Reported
from wpmigrate.runner.routes import route
from wpmigrate.runner.site_outputs import check_site
from wpmigrate.runner.state import Seen, State, encode_line, parse_previous, recorded_options
from wpmigrate.runner.work import done, failed, give_up, guard, key_of, place_of, read_job
from wpmigrate.targets import TARGETS, Target
from wpmigrate.verifier import verify
from wpmigrate.writers import COMMENT_FORMATS, extension

__all__ = ["options_of", "verify_run"]

_FIRST = 2000
"""So many entries are looked at to learn which formats an output folder has, when no state says so."""


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
    with open_batch(plan) as batch:
        yield from _Proving(plan, batch, observer, tuple(formats)).records()


class _Proving:
    """A verify run under way."""

    def __init__(self, plan: Plan, batch: Batch, observer: Observer, formats: tuple[str, ...]) -> None:
        self._plan = plan
        self._batch = batch
        self._observer = observer
        self._state = State(plan.output)
        self._seen = Seen()
        self._report = Reported("" if len(self._state) else os.path.join(plan.output, "report.json"))
        setup = Setup(plan.options, batch.site, plan.output, "", batch.index)
        self._check = _Check(setup, formats, _usual_formats(plan, batch))

    def records(self) -> Iterator[Record]:
        """Yield a record for each entry, then for what is wrong with the site as a whole."""
        self._observer.begin(self._batch.total)
        try:
            for refused in self._batch.refused:
                yield self._told(refused_record(refused))
            for done in self._proofs():
                if done.stem and done.site is not None and done.record.status != "skipped":
                    self._seen.add(done.stem)
                self._batch.count_entry(done.record)
                yield self._told(done.record)
            yield from self._site_records()
        finally:
            self._seen.close()
            self._report.close()
            self._state.close()
            self._observer.end()

    def _told(self, record: Record) -> Record:
        self._observer.entry(record, False)
        return record

    def _proofs(self) -> Iterator[Done]:
        options = self._plan.options
        tasks = (Task(job, self._previous(job)) for job in self._batch.jobs())
        limits = Limits(options.entry_seconds, options.entry_megabytes)
        workers = worker_count(options.jobs, self._batch.count)
        return run_tasks(partial(_verify_task, self._check), tasks, workers, limits, give_up)

    def _previous(self, job: Job) -> bytes | None:
        """Return what the state, or else the report, says of ``job`` as a state line."""
        key = key_of(job)
        line = self._state.get(key) if key else None
        if line is not None:
            return line
        record = self._report.get(SourceRef(job.label, job.item))
        if record is None:
            return None
        return encode_line(Previous(key, "", "", dict.fromkeys(record.outputs, ""), record))

    def _site_records(self) -> Iterator[Record]:
        """Yield what is wrong with export files, with the files of the site, and what lies there without an entry."""
        index, output = self._batch.index, self._plan.output
        for file in self._batch.files():
            for problem in file.problems:
                yield Record(SourceRef(file.path), "failed", problem)
        if index is None:
            return
        for finding in check_site(index, self._plan.options, output):
            yield Record(SourceRef(finding.file), "failed", finding.message, (), (), (finding,))
        for path in leftover_files(self._state, self._seen, self._batch.sites().values(), output):
            message = f"{path} is there, though its entry is gone, moved or not to be published: remove it"
            yield Record(SourceRef(path), "failed", message, (), (), (Finding("file", message, path),))


def _usual_formats(plan: Plan, batch: Batch) -> tuple[str, ...]:
    """Return the formats that some of the first entries have in the output folder; all when there is none at all."""
    target = TARGETS[plan.options.target]
    stems = {stem for job in islice(batch.jobs(), _FIRST) for stem in (job.stem, job.draft_stem) if stem}
    there = tuple(
        form
        for form in FORMATS
        if any(os.path.isfile(os.path.join(plan.output, stem + extension(form, target))) for stem in stems)
    )
    return there or FORMATS


def _verify_task(check: _Check, task: Task) -> Done:
    return guard(partial(_verify, check, task), task.job, check.setup.options.entry_megabytes)


def _verify(check: _Check, task: Task) -> Done:
    job, options = task.job, check.setup.options
    where = SourceRef(job.label, job.item)
    if job.same_as:
        return done(job, Record(where, "skipped", f"the same as {job.same_as}"))
    data = read_job(job)
    if data is None:
        return failed(job, "the file went away or was changed while wpmigrate ran: run again")
    source = read_source(job.label, data, options, place_of(job))
    how, reason = route(source.fields, options.routes, in_export=source.format == "wxr")
    if how == "skip":
        return _skipped(check, job, where, reason)
    previous = parse_previous(task.previous)
    stem = job.draft_stem if how == "draft" else job.stem
    comments = comments_stem(source, how, stem)
    findings = _prove(check, source, (stem, comments), previous, check.setup.site_of(job))
    if findings:
        return done(job, Record(where, "failed", findings[0].message, (), (), findings))
    return done(job, Record(where, "written"))


def _prove(
    check: _Check, source: SourceEntry, stems: tuple[str, str], previous: Previous | None, site: Site
) -> tuple[Finding, ...]:
    options = check.setup.options
    target = TARGETS[options.target]
    files, findings = [], []
    forms = check.formats or _written_formats(previous) or check.usual
    for path, form in _paths(stems, forms, target):
        file, problem = _read(check.setup.output, path, form)
        files += [file] if file else []
        findings += [Finding("file", f"{path} {problem}", path)] if problem else []
    notices = previous.record.notices if previous is not None else ()
    normal, emails = options.normalize, options.extract.emails
    return (*findings, *verify(source, files, target, normal, notices, site, emails))


def _paths(stems: tuple[str, str], forms: Sequence[str], target: Target) -> Iterator[tuple[str, str]]:
    """Yield path and format of the files that an entry must have; ``stems`` are its own and that of its comments."""
    stem, comments = stems
    for form in forms:
        yield stem + extension(form, target), form
    for form, (name, _) in COMMENT_FORMATS.items():
        if comments and form in forms:
            yield f"{comments}.{form}", name


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
    stems = [stem for stem in dict.fromkeys((job.stem, job.draft_stem)) if stem]
    paths = [stem + extension(form, target) for stem in stems for form in FORMATS]
    there = [path for path in paths if os.path.lexists(os.path.join(check.setup.output, path))]
    if not there:
        return done(job, Record(where, "skipped", reason))
    message = f"is there, though its source is not to be published ({reason}): remove it"
    findings = tuple(Finding("file", f"{path} {message}", path) for path in there)
    return done(job, Record(where, "failed", findings[0].message, (), (), findings))
