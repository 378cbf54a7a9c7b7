"""``wpmigrate media download`` and ``wpmigrate media list``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from wpmigrate.cli.common import options

if TYPE_CHECKING:
    from wpmigrate.runner.media.download_records import DownloadTotals, FileResult

__all__ = ["STATES", "media"]

STATES = ("missing", "external", "taken", "downloaded", "all")
"""What ``--state`` can say."""


@click.group(short_help="Fetch the site's files, or list them.")
def media() -> None:
    """Fetch the pictures and other files that the entries use from the old site, or list them."""


@media.command(
    short_help="Fetch missing files from the old site.",
    epilog="Exit codes: 0 nothing is missing; 1 some files are still missing; 2 wrong usage.",
)
@click.argument("output", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), default=4, metavar="N", help="Files at a time (default: 4)."
)
@click.option(
    "--rate",
    type=click.FloatRange(0),
    default=8.0,
    metavar="N",
    help="Requests a second to one host (default: 8); 0: any number.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=30.0,
    metavar="SECONDS",
    help="How long a server may be silent (default: 30).",
)
@click.option(
    "--tries",
    type=click.IntRange(1),
    default=4,
    metavar="N",
    help="How often one file is asked for (default: 4).",
)
@click.option(
    "--max-size",
    type=click.IntRange(0),
    default=2048,
    metavar="MB",
    help="How large a file may be (default: 2048); 0: any size.",
)
@click.option(
    "--from",
    "origin",
    default="",
    metavar="URL",
    help="Where the old site is now, such as https://copy.example, when its address has moved.",
)
@click.option("--external", is_flag=True, help="Fetch files on other hosts than the site's, too.")
@click.option("--unused", is_flag=True, help="Fetch files of the media library that no entry uses, too.")
@click.option(
    "--allow-private", is_flag=True, help="Connect to addresses in private networks and on this machine, too."
)
@click.option(
    "--no-convert", is_flag=True, help="Leave the outputs; the next convert lets them refer to the files."
)
@options("quiet", "verbose")
def download(output: str, **given: Any) -> None:
    """Fetch the files that OUTPUT/media.json calls missing from the old site into OUTPUT/media, then convert again.

    Each file is checked and gets its name only when it is whole; OUTPUT/media-report.json tells what became of it. Run it again
    at any time: it goes on where it ended. The conversion that follows takes the inputs and options of the last one, and makes
    all outputs refer to the new places.
    """
    from wpmigrate.runner.media.download import DownloadOptions
    from wpmigrate.runner.media.download import download as fetch
    from wpmigrate.runner.media.download_records import DownloadLimits

    quiet, verbose = given.pop("quiet"), given.pop("verbose")
    no_convert, limits = (
        given.pop("no_convert"),
        DownloadLimits(given.pop("tries"), given.pop("max_size") << 20),
    )
    watch = _Lines(quiet, verbose)
    totals = fetch(output, DownloadOptions(limits=limits, **given), watch)
    for line in watch.end():
        click.echo(line, err=True)
    click.echo(_closing_line(totals, output))
    bad = totals.failed
    if totals.downloaded + totals.present and not no_convert:
        bad += _convert_again(output, quiet, verbose)
    click.get_current_context().exit(1 if bad else 0)


@media.command(
    "list", short_help="List the files that the entries use.", epilog="Exit codes: 0; 2 wrong usage."
)
@click.argument("output", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--state", type=click.Choice(STATES), default="missing", help="Which files are listed (default: missing)."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How they are printed."
)
def list_files(output: str, state: str, form: str) -> None:
    """List the files of OUTPUT/media.json: state, place, address, and how many entries use each.

    --format json prints one JSON object a line.
    """
    from wpmigrate.cli.summary import one_line
    from wpmigrate.runner.media.download import manifest_lines, read_line

    for line in manifest_lines(output):
        file = read_line(output, line)
        if state not in (file.state, "all"):
            continue
        if form == "json":
            click.echo(line)
        else:
            count = len(file.used_by)
            users = f"used by {count:,}" if count else "not used"
            click.echo(one_line(f"{file.state}: {file.place}: {file.url} ({users})"))


class _Lines:
    """Says what a person should know of each file."""

    _EVERY = 100
    _SHOWN = 8

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self._quiet = quiet
        self._verbose = verbose
        self._seen = 0
        self._failed = 0

    def __call__(self, result: FileResult) -> None:
        """Say it of one."""
        self._seen += 1
        self._failed += result.status == "failed"
        if self._verbose or (result.status == "failed" and self._failed <= self._SHOWN):
            click.echo(_file_line(result), err=True)
        elif not self._quiet and self._seen % self._EVERY == 0:
            click.echo(f"{self._seen:,} files", err=True)

    def end(self) -> list[str]:
        """Return what is left to say."""
        more = self._failed - self._SHOWN
        return [f"… and {more:,} more failed: see the report"] if more > 0 and not self._verbose else []


def _file_line(result: FileResult) -> str:
    from wpmigrate.cli.summary import one_line

    reason = f": {result.reason}" if result.reason else ""
    return one_line(f"{result.status}: {result.place}{reason}{_users(result.used_by)}")


def _users(entries: Sequence[str]) -> str:
    """Return which entries miss a file."""
    if not entries:
        return ""
    more = f" and {len(entries) - 1:,} more" if len(entries) > 1 else ""
    return f" (used by {entries[0]}{more})"


def _closing_line(totals: DownloadTotals, output: str) -> str:
    counts = (
        f"{totals.downloaded:,} downloaded ({totals.bytes / 1e6:,.1f} MB), {totals.present:,} there already"
    )
    smaller = f", {totals.variants:,} in a smaller size" if totals.variants else ""
    if not totals.failed:
        return f"{counts}{smaller}: nothing is missing"
    return f"{counts}{smaller}: {totals.failed:,} still missing; see {output}/media-report.json"


def _convert_again(output: str, quiet: bool, verbose: bool) -> int:
    """Run the conversion again and return how much was wrong."""
    from wpmigrate.cli.progress import make_observer
    from wpmigrate.cli.summary import Summary, closing_line
    from wpmigrate.runner.media.again import reconvert

    if not quiet:
        click.echo("converting again, so that the outputs refer to the new files …", err=True)
    totals = reconvert(output, make_observer(Summary(), quiet, verbose))
    click.echo(closing_line(totals, False, False, f"{output}/report.json"))
    return totals.failed + totals.findings + totals.problems
