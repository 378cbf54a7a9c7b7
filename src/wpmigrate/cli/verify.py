"""``wpmigrate verify``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from wpmigrate.cli.common import load_config, need_inputs, options, say_reading, split_formats

if TYPE_CHECKING:
    from wpmigrate.runner.plan import Plan
    from wpmigrate.runner.records import Observer, Record

__all__ = ["FORMATS", "verify"]

FORMATS = ("text", "json", "junit", "github")
"""What ``--format`` can say; the rows are in formats.py, which is too heavy to load for ``--help``."""


@click.command(
    short_help="Prove again what convert wrote.",
    epilog="Exit codes: 0 nothing is lost; 1 something is lost or cannot be proven; 2 wrong usage.",
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, type=click.Path())
@click.argument("output", type=click.Path())
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are printed."
)
@click.option(
    "--built",
    metavar="FOLDER",
    is_flag=False,
    flag_value="",
    help="Prove the site that a builder made of OUTPUT: the HTML in FOLDER (without: the target's own, such as OUTPUT/public).",
)
@click.option(
    "--main",
    metavar="ELEMENT",
    default="",
    help="With --built: which element holds a page, as tag, tag#id or tag.class; main#content is that of our scaffolds.",
)
@click.option(
    "--target",
    metavar="NAME",
    help="With --built: whose builder made the site, when convert did not record it in OUTPUT.",
)
@options("to", "jobs", "scheduler", "body", "legacy_anchors", "config", "quiet", "verbose")
def verify(
    inputs: tuple[str, ...], output: str, form: str, built: str | None, main: str, **given: Any
) -> None:
    """Prove that OUTPUT still says all that the exports and pages in INPUT say, also after people edited it.

    With --built, the same of the pages that a site builder made of OUTPUT; `--built` alone comes after INPUT and OUTPUT.

    Prints (file, line, what is missing, source context) for everything that is lost. Options that are not given are those that
    convert ran with. Name the INPUTs that convert was given, all of them: the names of files depend on them.
    """
    from wpmigrate.cli.formats import FORMATTERS
    from wpmigrate.cli.progress import make_observer
    from wpmigrate.cli.summary import Summary
    from wpmigrate.config import build_options
    from wpmigrate.runner.convert_run import plan_run
    from wpmigrate.runner.fetch import local_places
    from wpmigrate.runner.verify_run import options_of

    need_inputs(inputs, output)
    if built is None and (main or given["target"]):
        raise click.UsageError("--main and --target go with --built")

    quiet, verbose = given.pop("quiet"), given.pop("verbose")
    formats = split_formats(given.pop("to"))
    config, jobs = load_config(given.pop("config")), given["jobs"]
    held: list[str] = []
    shared = sys.stdout is not None and sys.stdout.isatty()
    show = held.append if shared else click.echo  # lines and the bar must not share a terminal
    with local_places(inputs, output) as places:
        chosen = build_options(config, given, options_of(places.output, jobs or 0))
        plan = plan_run(places.inputs, places.output, chosen, inputs)
        say_reading(plan, quiet)
        observer = make_observer(Summary(), quiet, verbose, losses=False)
        root = plan.found[0].root
        roots = {job.label: places.shown(job.root) for job in plan.jobs if job.root != root}
        formatter = FORMATTERS[form](places.shown(root), places.output, roots)
        for record in _records(plan, observer, formats or (), built, main):
            for line in formatter.entry(record):
                show(line)
    for line in (*held, *formatter.end(plan.ignored)):
        click.echo(line)
    click.get_current_context().exit(1 if formatter.totals.failed else 0)


def _records(
    plan: Plan, observer: Observer, formats: tuple[str, ...], built: str | None, main: str
) -> Iterator[Record]:
    """Return the records of the proof of the files, or (``built``) of the built site."""
    if built is None:
        from wpmigrate.runner.verify_run import verify_run

        return verify_run(plan, observer, formats)
    from wpmigrate.runner.built_run import verify_built

    return verify_built(plan, observer, built, main)
