"""The command line: one short file a command. Imports nothing heavy but click, so that ``--help`` is there at once."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from wpmigrate import __version__
from wpmigrate.cli.convert import convert
from wpmigrate.cli.inspect import inspect
from wpmigrate.cli.media import media
from wpmigrate.cli.trouble import explain, polite_end, printable_streams
from wpmigrate.cli.verify import verify

__all__ = ["EXIT_CODES", "cli", "main"]

EXIT_CODES = {
    0: "Everything is proven: nothing was lost.",
    1: "Something was lost, failed or unreadable; with --strict also: dropped.",
    2: "Wrong usage, wrong configuration, an input that cannot be read at all, or an output that cannot be written.",
    130: "Interrupted; run the same command again to go on (143: told to end by SIGTERM, 129: its terminal was closed).",
}
"""What each exit code means; printed by ``--help``."""

_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in EXIT_CODES.items())


@click.group(
    epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="wpmigrate", message="%(prog)s %(version)s")
def cli() -> None:
    """Move WordPress exports to Markdown, JSON and YAML, and prove that nothing was lost."""


cli.add_command(convert)
cli.add_command(verify)
cli.add_command(inspect)
cli.add_command(media)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line with ``args`` (those of the process when None) and exit with its code."""
    printable_streams()
    code: object = 0
    try:
        with polite_end():
            code = cli.main(args, prog_name="wpmigrate", standalone_mode=False)
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        code = error.exit_code
    except click.Abort as error:
        cause = error.__cause__
        code = _tell(cause if isinstance(cause, KeyboardInterrupt) else KeyboardInterrupt())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except (Exception, KeyboardInterrupt) as error:
        code = _tell(error)
    sys.exit(code if isinstance(code, int) else 0)


def _tell(error: BaseException) -> int:
    """Say what went wrong, unless the terminal is gone, and return the exit code."""
    line, code = explain(error)
    with contextlib.suppress(OSError):
        click.echo(line, err=True)
    return code
