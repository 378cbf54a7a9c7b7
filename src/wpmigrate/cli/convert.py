"""``wpmigrate convert``."""

from __future__ import annotations

import os
from typing import Any

import click

from wpmigrate.cli.common import load_config, need_inputs, options, say_reading, split_formats, split_patterns

__all__ = ["DRAFTS", "convert"]

DRAFTS = ("skip", "separate")
"""What ``--drafts`` can say; the same as in ``options.py``, which is too heavy to load for ``--help``."""


@click.command(
    short_help="Convert exports and pages, and prove every entry.",
    epilog="Exit codes: 0 all proven; 1 something lost, failed or (--strict) dropped; 2 wrong usage.",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=click.Path())
@click.argument("output", type=click.Path())
@options("to", "jobs", "scheduler", "body", "legacy_anchors", "target")
@click.option(
    "--scaffold", is_flag=True, default=None, help="Also write the smallest site that builds (with --target)."
)
@click.option(
    "--strict",
    is_flag=True,
    default=None,
    help="Fail when content was dropped (looks, such as a colour, do not count).",
)
@click.option("--dry-run", is_flag=True, default=None, help="Do everything but write.")
@click.option("--force", is_flag=True, default=None, help="Replace files that wpmigrate did not write.")
@click.option(
    "--drafts",
    type=click.Choice(DRAFTS),
    help="separate: write drafts, pending and scheduled entries into _drafts (default: skip).",
)
@click.option(
    "--emails", is_flag=True, default=None, help="Keep e-mail addresses and commenters' IP addresses (WXR)."
)
@click.option(
    "--path-pattern",
    "paths",
    multiple=True,
    metavar="TYPE=PATTERN",
    help="Where entries of a type go (WXR), such as post={year}/{slug}; may be repeated.",
)
@click.option(
    "--no-archives",
    "archives",
    flag_value=False,
    default=None,
    type=bool,
    help="Write no pages for terms and authors (WXR).",
)
@click.option(
    "--uploads",
    multiple=True,
    type=click.Path(exists=True),
    metavar="PATH",
    help="A copy of wp-content/uploads: a folder, .zip or .tar; may be repeated (WXR).",
)
@options("config")
@click.option(
    "--report", type=click.Path(dir_okay=False), metavar="FILE", help="Default: report.json in OUTPUT."
)
@options("quiet", "verbose")
def convert(inputs: tuple[str, ...], output: str, **given: Any) -> None:
    """Convert the exports and pages in INPUT (files or folders) to OUTPUT and prove every entry.

    A WordPress export (WXR: .xml of any name, .gz, .zip) becomes a file for each of its entries, such as post/hello.md, .json
    and .yaml; a page a/b.html becomes a/b.md, .json and .yaml. OUTPUT/report.json tells what became of each. Run it again at
    any time: what is unchanged is passed over, and files that you edited are left alone.
    """
    from wpmigrate.cli.progress import make_observer
    from wpmigrate.cli.summary import Summary, closing_line
    from wpmigrate.config import build_options
    from wpmigrate.runner.convert_run import plan_run, report_path, run
    from wpmigrate.runner.fetch import local_places

    need_inputs(inputs, output)
    quiet, verbose, config = given.pop("quiet"), given.pop("verbose"), load_config(given.pop("config"))
    given["to"] = split_formats(given["to"])
    given["paths"] = split_patterns(given["paths"])
    given["uploads"] = [os.path.abspath(path) for path in given["uploads"]] or None
    chosen = build_options(config, given)
    summary = Summary()
    with local_places(inputs, output) as places:
        plan = plan_run(places.inputs, places.output, chosen, inputs)
        say_reading(plan, quiet)
        totals = run(plan, make_observer(summary, quiet, verbose))
    if not quiet:
        click.echo("\n".join(summary.lines(totals)), err=True)
    bad = totals.failed + totals.findings + totals.problems + (totals.dropped_content if chosen.strict else 0)
    click.echo(closing_line(totals, chosen.strict, chosen.dry_run, report_path(plan)))
    click.get_current_context().exit(1 if bad else 0)
