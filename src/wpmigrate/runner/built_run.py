"""``wpmigrate verify --built``: the source against the pages that a site builder made. One page at a time is in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

import msgspec

from wpmigrate.errors import InputError, UsageError
from wpmigrate.model import Fields, Finding
from wpmigrate.options import Route, RunOptions
from wpmigrate.runner.batch import Batch, open_batch, refused_record
from wpmigrate.runner.built_links import Around, broken_links
from wpmigrate.runner.built_secrets import Secrets
from wpmigrate.runner.files import below, read_bytes
from wpmigrate.runner.job import read_source
from wpmigrate.runner.plan import Plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Job, Observer, Record, Setup, SourceRef, Task
from wpmigrate.runner.routes import holds_personal_data, route
from wpmigrate.runner.storage import is_url
from wpmigrate.runner.work import done, failed, give_up, guard, place_of, read_job
from wpmigrate.targets import Target
from wpmigrate.targets.derive import target_named
from wpmigrate.targets.paths import address_of
from wpmigrate.verifier.built import BuiltProof, Selector, parse_selector, prints_of, read_built
from wpmigrate.verifier.built.main_element import BuiltPage

__all__ = ["BuiltSite", "built_folder", "prove_built", "verify_built"]

_BODY = parse_selector("body")


class BuiltSite(msgspec.Struct, frozen=True):
    """A built site on disk."""

    folder: str
    """Where it is."""
    page: str
    """The file of an address (``Built.page``)."""

    def file(self, address: str) -> str:
        """Return the path of the page at ``address``, relative to the folder: the first that is there, else where it should be."""
        usual = self.page.replace("{address}", address).lstrip("/")
        names = (usual, unquote(usual), address.strip("/") + ".html", unquote(address).strip("/") + ".html")
        return next((name for name in names if self._is_file(name)), usual)

    def read(self, path: str) -> str | None:
        """Return the page ``path``; None when it is missing. Raises OSError."""
        data = read_bytes(os.path.join(self.folder, path))
        return None if data is None else data.decode("utf-8", "replace")

    def has(self, path: str) -> bool:
        """Tell whether something is at the address ``path`` of the site."""
        name = path.lstrip("/")
        if not name or name.endswith("/"):
            return self._is_file(name + "index.html")
        return any(map(self._is_file, (name, f"{name}/index.html", f"{name}.html")))

    def _is_file(self, name: str) -> bool:
        return os.path.isfile(os.path.join(self.folder, name))

    def pages(self) -> Iterator[str]:
        """Yield the paths of all HTML files, relative to the folder, in order."""
        for folder, folders, names in os.walk(self.folder):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith((".html", ".htm")):
                    yield os.path.relpath(os.path.join(folder, name), self.folder).replace(os.sep, "/")


class _Check(msgspec.Struct, frozen=True):
    """What is the same for every entry."""

    setup: Setup
    """Options, site and output folder."""
    target: Target
    """Whose builder it was."""
    site: BuiltSite
    """What it made."""
    main: Selector
    """Which element of a page holds the entry."""
    shown: str
    """The folder of the built site as findings name it: relative to the output folder where it lies in that."""


class _Proven(msgspec.Struct, frozen=True):
    """What a worker gives back."""

    done: Done
    """What became of the entry."""
    pages: tuple[str, ...] = ()
    """The page of a public entry; or where that of an entry that is not public would be."""
    prints: tuple[bytes, ...] = ()
    """The fingerprints of its text."""
    why: str = ""
    """Why it must not be public; empty when it may."""
    around: tuple[str, ...] = ()
    """Broken links that stand on its page, outside of the element that holds the entry."""


def built_folder(output: str, target: Target, folder: str) -> str:
    """Return the folder of the built site: ``folder``, or where the target's builder puts it. Raises UsageError and InputError."""
    if not folder and not target.built.folder:
        raise UsageError(
            f"--built: target {target.name} is no site builder's: say --built FOLDER, or --target"
        )
    if not folder and is_url(output):
        raise UsageError("--built: OUTPUT is an address: name a folder on this computer, --built FOLDER")
    place = folder or below(output, target.built.folder)
    if not os.path.isdir(place):
        raise InputError(f"--built: {place} is not a folder: build the site first, or name its folder")
    return place


def verify_built(plan: Plan, observer: Observer, folder: str = "", main: str = "") -> Iterator[Record]:
    """Prove the built site in ``folder`` (empty: the one that the target's builder makes in the output folder of ``plan``).

    ``main`` says which element of a page holds the entry; empty: that of the target. Yield a record for each entry, in input
    order, then one for each page that shows what must not be public. A record is ``written`` when its page is proven,
    ``skipped`` when the entry has none, else ``failed``. Raises UsageError and InputError.
    """
    options = plan.options
    if options.scheduler:
        raise UsageError("--built: the built site is on this computer: leave --scheduler out")
    target = target_named(options.target, options.targets)
    place = built_folder(plan.output, target, folder)
    try:
        selector = parse_selector(main or target.built.main)
    except ValueError as error:
        raise UsageError(f"--main: {error}") from error
    shown = os.path.relpath(place, plan.output).replace(os.sep, "/") if not is_url(plan.output) else place
    with open_batch(plan) as batch:
        if batch.index is not None:
            from wpmigrate.runner.media.library import show_media

            show_media(batch.index, plan.output)
        setup = Setup(options, batch.site, plan.output, "", batch.index)
        check = _Check(setup, target, BuiltSite(place, target.built.page), selector, shown)
        yield from _records(check, batch, observer)


def _records(check: _Check, batch: Batch, observer: Observer) -> Iterator[Record]:
    observer.begin(batch.total)
    secrets, around = Secrets(), Around(batch.index)
    try:
        for refused in batch.refused:
            observer.entry(refused_record(refused), False)
            yield refused_record(refused)
        for proven in _entries(check, batch, secrets):
            observer.entry(proven.done.record, False)
            yield proven.done.record
            yield from around.told(f"{check.shown}/{''.join(proven.pages[:1])}", proven.around)
        for file in batch.files():
            for problem in file.problems:
                yield Record(SourceRef(file.path), "failed", problem)
        yield from _other_pages(check, secrets, around)
    finally:
        around.close()
        secrets.close()
        observer.end()


def _entries(check: _Check, batch: Batch, secrets: Secrets) -> Iterator[_Proven]:
    options = check.setup.options
    limits = Limits(options.entry_seconds, options.entry_megabytes)
    workers = worker_count(options.jobs, batch.count)
    tasks = map(Task, batch.jobs())
    for proven in run_tasks(partial(prove_built, check), tasks, workers, limits, _given_up):
        record = proven.done.record
        if proven.why:
            secrets.add(_label(record), proven.why, proven.pages, proven.prints)
        elif proven.pages:
            secrets.release(proven.pages, proven.prints)
        batch.count_entry(record)
        yield proven


def _given_up(task: Task, reason: str) -> _Proven:
    return _Proven(give_up(task, reason))


def _label(record: Record) -> str:
    source = record.source
    return source.path if source.item is None else f"{source.path} (item {source.item})"


def prove_built(check: _Check, task: Task) -> _Proven:
    """Prove one entry. Never raises for a bad page."""
    result = guard(partial(_prove, check, task.job), task.job, check.setup.options.entry_megabytes)
    return _Proven(result) if isinstance(result, Done) else result


def _prove(check: _Check, job: Job) -> _Proven:
    where, options = SourceRef(job.label, job.item), check.setup.options
    if job.same_as:
        return _Proven(done(job, Record(where, "skipped", f"the same as {job.same_as}")))
    data = read_job(job)
    if data is None:
        return _Proven(failed(job, "the file went away or was changed while wpmigrate ran: run again"))
    source = read_source(job.label, data, options, place_of(job))
    how, reason = route(source.fields, options.routes, in_export=source.format == "wxr")
    if how != "write" and not _is_private(source.fields, how):
        return _Proven(done(job, Record(where, "skipped", reason)))
    proof = BuiltProof(source, options.normalize, check.setup.site_of(job), check.target)
    prints = prints_of(proof.text)
    if how != "write":
        pages = tuple(check.site.file(address_of(check.target, stem)) for stem in _stems(job, options))
        return _Proven(done(job, Record(where, "skipped", reason)), pages, prints, reason or "a draft")
    path = check.site.file(address_of(check.target, job.stem))
    findings = tuple(_findings(check, proof, job, path))
    if findings:
        record = Record(where, "failed", findings[0].message, (), (), findings)
    else:
        record = Record(where, "written", "", (f"{check.shown}/{path}",))
    around = broken_links(proof.around, address_of(check.target, job.stem), check.site.has)
    return _Proven(done(job, record), (path,), prints, "", around)


def _findings(check: _Check, proof: BuiltProof, job: Job, path: str) -> Iterator[Finding]:
    html, file = check.site.read(path), f"{check.shown}/{path}"
    if html is None:
        yield Finding("page", f"{file} was not built", file)
        return
    yield from proof.check(html, check.main, address_of(check.target, job.stem), file, check.site.has)


def _is_private(fields: Fields, how: Route) -> bool:
    """Whether an entry that is not written as public must not be seen; the others are parts of public ones."""
    public = fields.status.strip().lower() in ("publish", "inherit")
    return how == "draft" or fields.protected or not public or holds_personal_data(fields.type)


def _stems(job: Job, options: RunOptions) -> tuple[str, ...]:
    """Return the stems under which a builder that builds drafts would put the entry."""
    drafts = options.routes.drafts_folder.strip("/") + "/"
    stems = (job.stem, job.draft_stem, job.draft_stem.removeprefix(drafts))
    return tuple(dict.fromkeys(stem for stem in stems if stem))


def _other_pages(check: _Check, secrets: Secrets, around: Around) -> Iterator[Record]:
    """Yield what is wrong with the pages that are no public entry's: what must not be public, links that lead to nothing."""
    for path in check.site.pages():
        if secrets.is_public(path):
            continue
        file, page = f"{check.shown}/{path}", read_built(check.site.read(path) or "", _BODY)
        label, why = ("", "") if page.redirects or not secrets else secrets.at(path) or secrets.shown_in(page)
        if label:
            message = f"{file} shows {label}, which must not be public ({why}): remove it and build again"
            yield Record(SourceRef(file), "failed", message, (), (), (Finding("page", message, file),))
        yield from around.told(file, broken_links(_links(page), f"/{path}", check.site.has))


def _links(page: BuiltPage) -> Iterator[str]:
    for event in page.events:
        if event[:2] == ("start", "a"):
            yield from (value or "" for name, value in event[2] if name == "href")
