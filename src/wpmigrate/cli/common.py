"""Options that several commands share, and how they become ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from wpmigrate.config import Config
    from wpmigrate.runner.plan import Plan

__all__ = [
    "BODIES",
    "LEGACY_ANCHORS",
    "TARGET_NAMES",
    "load_config",
    "need_inputs",
    "options",
    "say_reading",
    "split_formats",
    "split_patterns",
]

F = TypeVar("F", bound=Callable[..., Any])

BODIES = ("auto", "classic", "html", "blocks", "markdown", "text")
"""What ``--body`` can say; the same as in ``options.py``, which is too heavy to load for ``--help``."""

LEGACY_ANCHORS = ("drop", "keep")
"""What ``--legacy-anchors`` can say."""

TARGET_NAMES = ("commonmark", "jekyll", "hugo", "eleventy", "astro", "pelican", "mkdocs", "nikola")
"""What ``--target`` can say; the same as in ``targets/``, which is too heavy to load for ``--help``."""

_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "to": click.option(
        "--to", metavar="LIST", help="Formats, with commas: markdown,json,yaml (the default)."
    ),
    "body": click.option(
        "--body",
        type=click.Choice(BODIES),
        help="Dialect of the bodies; auto (the default) recognises each page.",
    ),
    "legacy_anchors": click.option(
        "--legacy-anchors", type=click.Choice(LEGACY_ANCHORS), help="keep: write the old ids as <a id> too."
    ),
    "jobs": click.option(
        "--jobs",
        "-j",
        type=click.IntRange(0),
        metavar="N",
        help="Worker processes; 0 (the default): as many as fit.",
    ),
    "scheduler": click.option(
        "--scheduler", metavar="URL", help="Convert on a Dask cluster: its scheduler, such as tcp://host:8786."
    ),
    "target": click.option(
        "--target", metavar="NAME", help=f"The new site's builder: {', '.join(TARGET_NAMES)} (the first is the default), or one of yours."
    ),
    "config": click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        metavar="FILE",
        help="A configuration file (TOML).",
    ),
    "quiet": click.option("--quiet", "-q", is_flag=True, help="Say only what is wrong, and the result."),
    "verbose": click.option("--verbose", "-v", is_flag=True, help="Say a line for every page."),
}


def options(*names: str) -> Callable[[F], F]:
    """Return a decorator that gives a command the named shared options, in this order."""

    def decorate(command: F) -> F:
        for name in reversed(names):
            command = _OPTIONS[name](command)
        return command

    return decorate


def need_inputs(inputs: tuple[str, ...], output: str) -> None:
    """Raise UsageError unless there is an INPUT beside OUTPUT, which takes the only path that is named."""
    if not inputs:
        raise click.UsageError(f"one path is not enough: name what to read and where the output is, INPUT OUTPUT, not only {output}")


def load_config(path: str | None) -> Config:
    """Return what the configuration file says; an empty one for None. Raises ConfigError."""
    from wpmigrate.config import Config, parse_config
    from wpmigrate.errors import ConfigError

    if path is None:
        return Config()
    try:
        with open(path, encoding="utf-8-sig") as file:  # Notepad writes a mark
            return parse_config(file.read(), path)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}: check its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8, which TOML has to be: save it as that ({error})") from error


def say_reading(plan: Plan, quiet: bool) -> None:
    """Say that exports are looked through, before the first entry: that takes a while."""
    count = sum(len(one.exports) for one in plan.found)
    if count and not quiet:
        click.echo(f"reading {count:,} {'export' if count == 1 else 'exports'} …", err=True)


def split_patterns(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return post type -> pattern from what ``--path-pattern`` says. Raises UsageError."""
    from wpmigrate.errors import UsageError

    for pair in pairs:
        if not all(pair.partition("=")[::2]):
            raise UsageError(f"--path-pattern {pair}: say TYPE=PATTERN, such as post={{year}}/{{slug}}")
    return {name: pattern for name, _, pattern in (pair.partition("=") for pair in pairs)}


def split_formats(names: str | None) -> tuple[str, ...] | None:
    """Return the formats that ``--to`` names. Raises UsageError."""
    from wpmigrate.config import parse_formats

    return None if names is None else parse_formats(names.split(","))
