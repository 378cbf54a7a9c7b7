"""A whole run: plan, first look, workers, state, report. The only place where they come together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, pairwise

from wpmigrate.errors import UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner.apart import run_apart, threads_for, worker_pool
from wpmigrate.runner.batch import Batch, open_batch, refused_record
from wpmigrate.runner.cluster import Cluster, open_cluster
from wpmigrate.runner.files import below
from wpmigrate.runner.fingerprint import fingerprint
from wpmigrate.runner.index.paths import check_patterns
from wpmigrate.runner.leftovers import Swept, name_entries, sweep_entries, sweep_files
from wpmigrate.runner.media.steps import check_copies, clear_media, take_media
from wpmigrate.runner.plan import Plan, make_plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Observer, Setup, SiteFile, Task, Totals
from wpmigrate.runner.report import ReportFile, check_replaceable
from wpmigrate.runner.site_files.scaffold import has_scaffold, write_scaffold
from wpmigrate.runner.site_outputs import prove_files, write_site
from wpmigrate.runner.state import Seen, State, record_options
from wpmigrate.runner.storage import is_url, local_form
from wpmigrate.runner.turns import reading_turn, writing_turn
from wpmigrate.runner.walk import find_sources
from wpmigrate.runner.work import convert_part, convert_task, give_up, key_of, load_task, store_part

__all__ = ["plan_run", "refuse_overlap", "report_path", "run"]


def plan_run(inputs: Sequence[str], output: str, options: RunOptions, named: Sequence[str] = ()) -> Plan:
    """Look at the disk and return what to do. Raises UsageError and InputError.

    ``named`` are the inputs as the user named them, where ``inputs`` are copies of what lies at addresses.
    """
    if not output:
        raise UsageError("OUTPUT is an empty text: name a folder (. for this one)")
    for path in inputs:
        if os.path.realpath(path) == os.path.realpath(output):
            raise UsageError(f"OUTPUT {output} is also an INPUT: name another folder for the output")
    refuse_overlap(inputs)
    check_patterns(options.paths)
    if not is_url(output) and os.path.lexists(output) and not os.path.isdir(output):
        raise UsageError(f"OUTPUT {output} is not a folder: name a folder, it is made when it does not exist")
    plan = make_plan([find_sources(path, output) for path in inputs], output, options)
    plan.inputs = tuple(path if is_url(path) else os.path.abspath(path) for path in named or inputs)
    return plan


def refuse_overlap(inputs: Sequence[str]) -> None:
    """Raise UsageError when one INPUT is, or lies in, another: its pages would be written twice."""
    places = sorted((_whole(path), path) for path in inputs)
    for (outer, name), (inner, other) in pairwise(places):
        if inner == outer:
            raise UsageError(f"INPUT {name} is given twice: name it once")
        if inner.startswith(outer):
            raise UsageError(f"INPUT {other} lies in INPUT {name}: leave it out, its pages are found there")


def _whole(path: str) -> str:
    return f"{path}/" if is_url(path) else os.path.join(os.path.realpath(path), "")


def run(plan: Plan, observer: Observer) -> Totals:
    """Do what ``plan`` says and return the totals; the report tells the rest.

    Raises UsageError when the report's place is taken, another run is at work in the output folder or the cluster cannot be used,
    OSError when the output cannot be written.
    """
    path = report_path(plan)
    if path and not plan.options.force:
        check_replaceable(path)
    check_copies(plan)
    if plan.options.scaffold and not has_scaffold(plan.options):
        raise UsageError("--scaffold needs a builder: name one with --target, such as --target hugo")
    turn = reading_turn if plan.options.dry_run else writing_turn
    with turn(plan.output), open_cluster(plan.options.scheduler) as cluster, open_batch(plan) as batch:
        return _Run(plan, batch, observer, path, cluster).totals()


def report_path(plan: Plan) -> str:
    """Return where the report goes; empty when a dry run was not asked for one."""
    if plan.options.report or plan.options.dry_run:
        return local_form(plan.options.report)
    return below(plan.output, "report.json")


class _Run:
    """A run under way."""

    def __init__(
        self, plan: Plan, batch: Batch, observer: Observer, path: str, cluster: Cluster | None
    ) -> None:
        self._plan = plan
        self._options = plan.options
        self._batch = batch
        self._observer = observer
        self._path = path
        self._cluster = cluster
        self._sites = batch.sites()
        self._state = State(plan.output)
        self._report = ReportFile(path)
        self._seen = Seen()
        self._media: list[SiteFile] = []

    def totals(self) -> Totals:
        """Do everything. Raises OSError."""
        self._observer.begin(self._batch.total)
        try:
            if not self._options.dry_run:
                self._state.settle()
                report = self._options.report and os.path.abspath(self._options.report)
                record_options(self._state, self._options, self._plan.inputs, report)
            self._media = take_media(self._batch.index, self._plan, self._report.totals)
            self._entries()
            self._rest()
            if self._path and not self._options.force:
                check_replaceable(self._path)  # an entry of this run may have got that name
            return self._report.finish(self._batch.ignored)
        except OSError as error:
            if not error.filename:  # a full disk has no name; what a page writes is told of the page
                error.filename = self._path
            raise
        finally:
            self._observer.end()  # first: what follows may fail, and a terminal must get its cursor back
            self._report.abandon()
            self._seen.close()
            self._state.close()

    def _entries(self) -> None:
        """Refused things, pages and items, each into the report as it is done."""
        for refused in self._batch.refused:
            self._tell(Done(refused_record(refused)))
        setup = Setup(
            self._options,
            self._batch.site,
            self._plan.output,
            fingerprint(self._options, self._batch.site, self._batch.digest),
            self._batch.index,
        )
        for done in self._done(setup):
            self._remember(done)
            self._tell(done)

    def _done(self, setup: Setup) -> Iterator[Done]:
        """Yield what becomes of the tasks, in order."""
        options, count = self._options, self._batch.count
        if self._cluster is None and not is_url(setup.output):
            limits = Limits(options.entry_seconds, options.entry_megabytes)
            workers = worker_count(options.jobs, count)
            return run_tasks(partial(convert_task, setup), self._tasks(), workers, limits, give_up, threads=self._plan.remote)
        work = worker_pool(partial(convert_part, setup), options, self._cluster, count)
        load, store = partial(load_task, setup), partial(store_part, setup)
        return run_apart(load, work, store, self._tasks(), threads_for(setup.output))

    def _tasks(self) -> Iterator[Task]:
        for job in self._batch.jobs():
            key = key_of(job)
            yield Task(job, self._state.get(key) if key else None)

    def _remember(self, done: Done) -> None:
        if done.state is not None:
            self._state.put(
                done.stem, done.state, "" if done.site is None else self._sites.get(done.site, "-")
            )
        elif done.forget:
            self._state.forget(done.stem)
        if done.site is not None and done.stem and done.record.status != "skipped":
            self._seen.add(done.stem)

    def _tell(self, done: Done) -> None:
        self._batch.count_entry(done.record)
        self._report.add(done.record)
        self._observer.entry(done.record, done.unchanged)

    def _rest(self) -> None:
        """What is left when the entries are done: the export files, the site's own files, and what earlier runs left."""
        report, index, output = self._report, self._batch.index, self._plan.output
        damaged = self._problems(report.add_files(self._batch.files()))
        if self._options.dry_run:
            return
        scaffold = write_scaffold(index, self._options, output) if self._options.scaffold else iter(())
        if index is None:
            if self._options.scaffold:
                self._problems(report.add_site(scaffold))
            return
        known = (self._state, self._seen, [*self._sites.values()], output)
        swept = Swept() if damaged else sweep_entries(*known)
        left = name_entries(*known) if damaged else swept.edited
        written = write_site(index, self._options, self._state, self._seen, output)
        proven = prove_files(index, self._options, output, not report.totals.failed)
        self._problems(report.add_site(chain(self._media, written, proven, scaffold)))
        kept = sweep_files(self._state, self._seen, output)
        media = clear_media(index, self._plan, damaged)
        self._problems(report.add_leftovers(chain(left, kept.edited, media.edited)))
        report.totals.removed = swept.removed + kept.removed + media.removed

    def _problems(self, told: Iterator[tuple[str, str]]) -> bool:
        """Pass on what is wrong with files, and say whether anything is."""
        count = 0
        for count, (place, message) in enumerate(told, start=1):  # noqa: B007
            self._observer.problem(place, message)
        return count > 0
