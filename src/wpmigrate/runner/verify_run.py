"""``wpmigrate verify``: the proof again, later, on files that people may have edited."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.model import Finding
from wpmigrate.options import FORMATS, RunOptions
from wpmigrate.runner.apart import run_apart, threads_for, worker_pool
from wpmigrate.runner.batch import Batch, open_batch, refused_record
from wpmigrate.runner.cluster import Cluster, open_cluster
from wpmigrate.runner.files import below, exists
from wpmigrate.runner.leftovers import leftover_files
from wpmigrate.runner.plan import Plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.proof_task import Check, load_proof, prove_part, prove_task
from wpmigrate.runner.records import Done, Job, Loaded, Observer, Previous, Record, Setup, SourceRef, Task
from wpmigrate.runner.report import Reported
from wpmigrate.runner.site_outputs import check_site
from wpmigrate.runner.state import Seen, State, encode_line, recorded_options
from wpmigrate.runner.storage import is_folder, is_url
from wpmigrate.runner.target import is_draft, target_of
from wpmigrate.runner.turns import reading_turn
from wpmigrate.runner.work import give_up, key_of
from wpmigrate.targets.paths import output_path

__all__ = ["options_of", "verify_run"]

_FIRST = 2000
"""So many entries are looked at to learn which formats an output folder has, when no state says so."""


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
    with findings or a reason. Raises InputError when there is no output folder,
    UsageError when another run writes there.
    """
    if not (is_folder(plan.output) if is_url(plan.output) else os.path.isdir(plan.output)):
        raise InputError(
            f"OUTPUT {plan.output} is not a folder: run wpmigrate convert first, or check the path"
        )
    turn = reading_turn(plan.output)
    with turn, open_cluster(plan.options.scheduler) as cluster, open_batch(plan) as batch:
        if batch.index is not None:
            from wpmigrate.runner.media.library import show_media

            show_media(batch.index, plan.output)
        yield from _Proving(plan, batch, observer, tuple(formats), cluster).records()


def _proven(_: Loaded | Done, result: Done) -> Done:
    """There is nothing to write."""
    return result


class _Proving:
    """A verify run under way."""

    def __init__(
        self, plan: Plan, batch: Batch, observer: Observer, formats: tuple[str, ...], cluster: Cluster | None
    ) -> None:
        self._plan = plan
        self._cluster = cluster
        self._batch = batch
        self._observer = observer
        self._state = State(plan.output)
        self._seen = Seen()
        self._report = Reported("" if len(self._state) else below(plan.output, "report.json"))
        setup = Setup(plan.options, batch.site, plan.output, "", batch.index)
        self._check = Check(setup, formats, _usual_formats(plan, batch))

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
        if self._cluster is None and not is_url(self._plan.output):
            limits = Limits(options.entry_seconds, options.entry_megabytes)
            workers = worker_count(options.jobs, self._batch.count)
            return run_tasks(partial(prove_task, self._check), tasks, workers, limits, give_up, threads=self._plan.remote)
        work = worker_pool(partial(prove_part, self._check), options, self._cluster, self._batch.count)
        return run_apart(
            partial(load_proof, self._check), work, _proven, tasks, threads_for(self._plan.output)
        )

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
        from wpmigrate.runner.media.library import check_media

        for finding in chain(check_site(index, self._plan.options, output), check_media(index, output)):
            yield Record(SourceRef(finding.file), "failed", finding.message, (), (), (finding,))
        for path in leftover_files(self._state, self._seen, self._batch.sites().values(), output):
            message = f"{path} is there, though its entry is gone, moved or not to be published: remove it"
            yield Record(SourceRef(path), "failed", message, (), (), (Finding("file", message, path),))


def _usual_formats(plan: Plan, batch: Batch) -> tuple[str, ...]:
    """Return the formats that some of the first entries have in the output folder; all when there is none at all."""
    target = target_of(plan.options)
    stems = {stem for job in islice(batch.jobs(), _FIRST) for stem in (job.stem, job.draft_stem) if stem}
    there = tuple(
        form
        for form in FORMATS
        if any(
            exists(below(plan.output, output_path(target, stem, form, draft=is_draft(stem, plan.options))))
            for stem in stems
        )
    )
    return there or FORMATS
