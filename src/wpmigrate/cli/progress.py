"""Who watches a run for a person: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from wpmigrate.cli.summary import Summary, item_name, loss_lines, one_line, visible
from wpmigrate.runner.records import Observer, Record

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Bar", "Lines", "make_observer"]

_EVERY = 1000
"""Pages between two plain lines of progress."""


def make_observer(summary: Summary, quiet: bool, verbose: bool, losses: bool = True) -> Observer:
    """Return what fits the terminal: a bar when stderr is one, plain lines when it is not or ``verbose`` wants them.

    ``losses`` is False for commands that print them on stdout.
    """
    if not quiet and not verbose and _can_draw():
        return Bar(summary)
    return Lines(summary, quiet, verbose, losses)


def _can_draw() -> bool:
    """Whether stderr is a terminal that can go back in its line."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


class Lines:
    """A line for what is wrong, for every thousand pages, and with ``verbose`` for every page."""

    def __init__(self, summary: Summary, quiet: bool, verbose: bool, losses: bool) -> None:
        self._summary = summary
        self._losses = losses and (quiet or verbose)
        self._quiet = quiet
        self._verbose = verbose
        self._total = 0
        self._seen = 0

    def begin(self, total: int) -> None:
        """Remember how many there will be."""
        self._total = total

    def entry(self, record: Record, unchanged: bool) -> None:
        """Say what a person should know about one entry."""
        self._summary.add(record, unchanged)
        self._seen += 1
        if self._verbose and record.status != "failed":
            self._say(_page_line(record, unchanged))
        if self._losses:
            for line in loss_lines(record):
                self._say(line)
        if not self._quiet and self._seen % _EVERY == 0:
            self._say(f"{self._seen:,} of {self._total:,} pages")

    def problem(self, place: str, message: str) -> None:
        """Say what is wrong with a file as a whole."""
        line = self._summary.add_problem(place, message)
        if self._losses:
            self._say(line)

    def end(self) -> None:
        """Nothing to clean up."""

    def _say(self, line: str) -> None:
        click.echo(line, err=True)


class Bar:
    """A progress bar with rate and remaining time. Drawn by hand: a drawing thread and forked workers do not mix."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._progress: Progress | None = None
        self._waiting = 0
        self._step = 1

    def begin(self, total: int) -> None:
        """Show the bar."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        rate = TextColumn("{task.fields[rate]}")
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            rate,
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._step = max(1, total // 200)
        self._progress.add_task("pages", total=total, rate="")
        self._progress.start()

    def entry(self, record: Record, unchanged: bool) -> None:
        """Move the bar, now and then."""
        self._summary.add(record, unchanged)
        self._waiting += 1
        if self._waiting >= self._step:
            self._move()

    def problem(self, place: str, message: str) -> None:
        """Count what is wrong with a file as a whole."""
        self._summary.add_problem(place, message)

    def end(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._move()
            self._progress.stop()

    def _move(self) -> None:
        assert self._progress is not None
        task = self._progress.tasks[0]
        rate = f"{task.speed:,.0f} pages/s" if task.speed else ""
        self._progress.update(task.id, advance=self._waiting, rate=rate, refresh=True)
        self._waiting = 0


def _page_line(record: Record, unchanged: bool) -> str:
    what = "unchanged" if unchanged else record.status
    reason = f": {one_line(record.reason)}" if record.reason else ""
    return f"{what}: {visible(item_name(record))}{reason}"
