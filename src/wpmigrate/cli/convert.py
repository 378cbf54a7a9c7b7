"""``wpmigrate convert``."""

from __future__ import annotations

from typing import Any

import click

from wpmigrate.cli.common import load_config, options, split_formats

__all__ = ["convert"]


@click.command(
    short_help="Convert pages and prove every one.",
    epilog="Exit codes: 0 all proven; 1 something lost, failed or (--strict) dropped; 2 wrong usage.",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path())
@click.argument("output", type=click.Path())
@options("to", "jobs", "body", "legacy_anchors")
@click.option(
    "--strict",
    is_flag=True,
    default=None,
    help="Fail when content was dropped (looks, such as a colour, do not count).",
)
@click.option("--dry-run", is_flag=True, default=None, help="Do everything but write.")
@click.option("--force", is_flag=True, default=None, help="Replace files that wpmigrate did not write.")
@options("config")
@click.option(
    "--report", type=click.Path(dir_okay=False), metavar="FILE", help="Default: report.json in OUTPUT."
)
@options("quiet", "verbose")
def convert(inputs: tuple[str, ...], output: str, **given: Any) -> None:
    """Convert the pages in INPUT (files or folders) to OUTPUT and prove every one.

    Every a/b.html becomes a/b.md, a/b.json and a/b.yaml. OUTPUT/report.json tells what became of each page. Run it again at
    any time: unchanged pages are passed over, and files that you edited are left alone.
    """
    from wpmigrate.cli.progress import make_observer
    from wpmigrate.cli.summary import Summary, closing_line
    from wpmigrate.config import build_options
    from wpmigrate.runner.convert_run import plan_run, report_path, run

    quiet, verbose, config = given.pop("quiet"), given.pop("verbose"), load_config(given.pop("config"))
    given["to"] = split_formats(given["to"])
    chosen = build_options(config, given)
    plan = plan_run(inputs, output, chosen)
    summary = Summary()
    totals = run(plan, make_observer(summary, quiet, verbose))
    if not quiet:
        click.echo("\n".join(summary.lines(totals)), err=True)
    bad = totals.failed + totals.findings + (totals.dropped_content if chosen.strict else 0)
    click.echo(closing_line(totals, chosen.strict, chosen.dry_run, report_path(plan)))
    click.get_current_context().exit(1 if bad else 0)
