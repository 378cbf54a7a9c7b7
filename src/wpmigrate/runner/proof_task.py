"""One task of ``wpmigrate verify``: what is there for an entry, read in one place and proven in another. Never raises for a bad page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from wpmigrate.model import Finding, OutputFile, Site, SourceEntry
from wpmigrate.options import FORMATS
from wpmigrate.runner.files import below, read_bytes
from wpmigrate.runner.job import comments_stem, read_source
from wpmigrate.runner.records import Done, Loaded, Previous, Record, Setup, SourceRef, Task
from wpmigrate.runner.routes import route
from wpmigrate.runner.state import parse_previous
from wpmigrate.runner.target import is_draft, target_of
from wpmigrate.runner.work import done, failed, guard, place_of, read_job
from wpmigrate.targets import Target
from wpmigrate.targets.paths import data_forms, data_path, output_path
from wpmigrate.verifier import verify
from wpmigrate.writers import COMMENT_FORMATS

__all__ = ["Check", "load_proof", "prove_part", "prove_task"]


class Check(msgspec.Struct, frozen=True):
    """What is the same for every task of a verify run."""

    setup: Setup
    """Options, site and output folder."""
    formats: tuple[str, ...]
    """The formats that a page must have; empty: those that it was written in."""
    usual: tuple[str, ...]
    """The formats of a page that neither state nor report knows."""


def prove_task(check: Check, task: Task) -> Done:
    """Prove one entry: :func:`load_proof` and :func:`prove_part` together."""
    return prove_part(check, load_proof(check, task))


def load_proof(check: Check, task: Task) -> Loaded | Done:
    """Read the source and the outputs of one entry; when there is nothing to prove, return what became of it."""
    return guard(partial(_load, check, task), task.job, check.setup.options.entry_megabytes)


def prove_part(check: Check, part: Loaded | Done) -> Done:
    """Prove what was loaded, on whatever computer."""
    if isinstance(part, Done):
        return part
    return guard(partial(_verify, check, part), part.job, check.setup.options.entry_megabytes)


def _load(check: Check, task: Task) -> Loaded | Done:
    job = task.job
    if job.same_as:
        return done(job, Record(SourceRef(job.label, job.item), "skipped", f"the same as {job.same_as}"))
    data = read_job(job)
    if data is None:
        return failed(job, "the file went away or was changed while wpmigrate ran: run again")
    target = target_of(check.setup.options)
    stems = [stem for stem in dict.fromkeys((job.stem, job.draft_stem)) if stem]
    pairs = [(stem, f"comments/{stem}" if job.item is not None else "") for stem in stems]
    paths = (
        path
        for pair in pairs
        for path, _ in _paths(pair, FORMATS, target, is_draft(pair[0], check.setup.options))
    )
    files = {path: _look(check.setup.output, path) for path in paths}
    return Loaded(job, data, "", parse_previous(task.previous), files)


def _look(folder: str, path: str) -> bytes | str | None:
    """Return the bytes of an output, why they cannot be read, or None when it is missing."""
    try:
        return read_bytes(below(folder, path))
    except OSError as error:
        return error.strerror or str(error)


def _verify(check: Check, part: Loaded) -> Done:
    job, options = part.job, check.setup.options
    where = SourceRef(job.label, job.item)
    source = read_source(job.label, part.data, options, place_of(job))
    how, reason = route(source.fields, options.routes, in_export=source.format == "wxr")
    if how == "skip":
        return _skipped(part, where, reason)
    stem = job.draft_stem if how == "draft" else job.stem
    comments = comments_stem(source, how, stem)
    findings = _prove(check, source, (stem, comments), part, check.setup.site_of(job), how == "draft")
    if findings:
        return done(job, Record(where, "failed", findings[0].message, (), (), findings))
    return done(job, Record(where, "written"))


def _prove(
    check: Check, source: SourceEntry, stems: tuple[str, str], part: Loaded, site: Site, draft: bool
) -> tuple[Finding, ...]:
    options, previous = check.setup.options, part.previous
    target = target_of(options)
    files, findings = [], []
    forms = check.formats or _written_formats(previous) or check.usual
    for path, form in _paths(stems, forms, target, draft):
        file, problem = _read(part.files, path, form)
        files += [file] if file else []
        findings += [Finding("file", f"{path} {problem}", path)] if problem else []
    notices = previous.record.notices if previous is not None else ()
    normal, emails = options.normalize, options.extract.emails
    return (*findings, *verify(source, files, target, normal, notices, site, emails, stems[0], draft))


def _paths(
    stems: tuple[str, str], forms: Sequence[str], target: Target, draft: bool
) -> Iterator[tuple[str, str]]:
    """Yield path and format of the files that an entry must have; ``stems`` are its own and that of its comments."""
    stem, comments = stems
    for form in forms:
        yield output_path(target, stem, form, draft=draft), form
    for form, (name, _) in COMMENT_FORMATS.items():
        if comments and form in data_forms(target, forms):
            yield f"{data_path(target, comments)}.{form}", name


def _read(files: Mapping[str, bytes | str | None], path: str, form: str) -> tuple[OutputFile | None, str]:
    """Return the file, or why there is none that can be looked at."""
    data = files.get(path)
    if isinstance(data, str):
        return None, f"cannot be read: {data}"
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


def _skipped(part: Loaded, where: SourceRef, reason: str) -> Done:
    """A page that is not to be written must not lie in the output folder either."""
    there = [path for path, data in part.files.items() if data is not None]
    if not there:
        return done(part.job, Record(where, "skipped", reason))
    message = f"is there, though its source is not to be published ({reason}): remove it"
    findings = tuple(Finding("file", f"{path} {message}", path) for path in there)
    return done(part.job, Record(where, "failed", findings[0].message, (), (), findings))
