"""A whole run: plan, first look, workers, state, report. The only place where they come together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from wpmigrate.errors import UsageError
from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.job import read_source
from wpmigrate.runner.plan import Plan, make_plan
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Job, Observer, Record, Refused, Setup, SourceRef, Task, Totals
from wpmigrate.runner.report import ReportFile, check_replaceable
from wpmigrate.runner.routes import route
from wpmigrate.runner.site_index import build_site
from wpmigrate.runner.state import State, fingerprint, record_options
from wpmigrate.runner.walk import find_sources
from wpmigrate.runner.work import convert_task, give_up

__all__ = ["look", "plan_run", "refused_record", "report_path", "run"]


def plan_run(inputs: Sequence[str], output: str, options: RunOptions) -> Plan:
    """Look at the disk and return what to do. Raises UsageError and InputError."""
    for path in inputs:
        if os.path.realpath(path) == os.path.realpath(output):
            raise UsageError(f"OUTPUT {output} is also an INPUT: name another folder for the output")
    _refuse_overlap(inputs)
    if os.path.lexists(output) and not os.path.isdir(output):
        raise UsageError(f"OUTPUT {output} is not a folder: name a folder, it is made when it does not exist")
    return make_plan([find_sources(path, output) for path in inputs], output, options)


def _refuse_overlap(inputs: Sequence[str]) -> None:
    """Raise UsageError when one INPUT is, or lies in, another: its pages would be written twice."""
    places = sorted((os.path.join(os.path.realpath(path), ""), path) for path in inputs)
    for (outer, name), (inner, other) in pairwise(places):
        if inner == outer:
            raise UsageError(f"INPUT {name} is given twice: name it once")
        if inner.startswith(outer):
            raise UsageError(f"INPUT {other} lies in INPUT {name}: leave it out, its pages are found there")


def run(plan: Plan, observer: Observer) -> Totals:
    """Do what ``plan`` says and return the totals; the report tells the rest.

    Raises UsageError when the report's place is taken, OSError when the output folder cannot be written.
    """
    options = plan.options
    path = report_path(plan)
    if path and not options.force:
        check_replaceable(path)
    site = look(plan.jobs, options)
    setup = Setup(options, site, plan.output, fingerprint(options, site))
    state = State(plan.output)
    report = ReportFile(path)
    observer.begin(plan.total)
    try:
        if not options.dry_run:
            record_options(state, options)
        for done, job in _results(plan, setup, state):
            if job is not None:
                _remember(state, job, done)
            report.add(done.record)
            observer.entry(done.record, done.unchanged)
        return report.finish(plan.ignored)
    except OSError as error:
        error.filename = (
            error.filename or path
        )  # a full disk has no name; what a page writes is told of the page
        raise
    finally:
        report.abandon()
        state.close()
        observer.end()


def report_path(plan: Plan) -> str:
    """Return where the report goes; empty when a dry run was not asked for one."""
    if plan.options.report or plan.options.dry_run:
        return plan.options.report
    return os.path.join(plan.output, "report.json")


def look(jobs: Sequence[Job], options: RunOptions) -> Site:
    """Take the first look at all sources. Never raises for a bad page."""
    return build_site(jobs, partial(_written_stem, options))


def refused_record(refused: Refused) -> Record:
    """Return the report's entry for something that is not opened."""
    return Record(SourceRef(refused.path), refused.status, refused.reason)


def _written_stem(options: RunOptions, job: Job) -> tuple[str, str]:
    try:
        with open(os.path.join(job.root, job.path), "rb") as file:
            source = read_source(job.label, file.read(), options)
    except Exception:  # the page's own conversion reports it
        return "", ""
    how, _ = route(source.fields, options.routes)
    return source.fields.id, job.stem if how == "write" else ""


def _results(plan: Plan, setup: Setup, state: State) -> Iterator[tuple[Done, Job | None]]:
    for refused in plan.refused:
        yield Done(refused_record(refused)), None
    tasks = (Task(job, state.get(job.stem)) for job in plan.jobs)
    limits = Limits(plan.options.entry_seconds, plan.options.entry_megabytes)
    workers = worker_count(plan.options.jobs, len(plan.jobs))
    done = run_tasks(partial(convert_task, setup), tasks, workers, limits, give_up)
    yield from zip(done, plan.jobs, strict=True)


def _remember(state: State, job: Job, done: Done) -> None:
    if done.state is not None:
        state.put(job.stem, done.state)
    elif done.forget:
        state.forget(job.stem)
