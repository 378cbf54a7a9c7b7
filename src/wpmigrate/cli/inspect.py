"""``wpmigrate inspect``."""

from __future__ import annotations

from typing import Any

import click

from wpmigrate.cli.common import options

__all__ = ["inspect"]


@click.command(
    short_help="Count what is in exports and pages.",
    epilog="Exit codes: 0 the census is complete; 1 a page could not be read; 2 wrong usage.",
)
@click.argument("input", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is printed."
)
@click.option(
    "--limit", type=click.IntRange(1), default=20, help="Rows of each table in text form (default: 20)."
)
@options("jobs", "quiet", "verbose")
def inspect(input: str, form: str, limit: int, **given: Any) -> None:
    """Count what is in the exports and pages of INPUT, before you migrate them.

    Dialects, formats, statuses, types, taxonomies, elements, styles, shortcodes, blocks, meta keys and hazards, with an example
    each.
    """
    from wpmigrate.cli.census_table import json_lines, text_lines
    from wpmigrate.cli.progress import make_observer
    from wpmigrate.cli.summary import Summary
    from wpmigrate.options import RunOptions
    from wpmigrate.runner.fetch import local_places
    from wpmigrate.runner.inspect_run import inspect_run

    observer = make_observer(Summary(), given["quiet"], given["verbose"])
    with local_places([input]) as places:
        fetched = bool(places.names)
        census = inspect_run(places.inputs[0], RunOptions(jobs=given["jobs"] or 0), observer, fetched)
    lines = json_lines(census) if form == "json" else text_lines(census, limit)
    for line in lines:
        click.echo(line)
    click.get_current_context().exit(1 if census.failed or census.problems else 0)
