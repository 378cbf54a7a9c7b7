"""The reference of the commands, as Markdown: what ``docs/cli.md`` is made from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from wpmigrate.cli import EXIT_CODES, cli

__all__ = ["cli_reference"]


def cli_reference() -> str:
    """Return the reference of all commands, printed from what click knows."""
    lines = ["# The command line", "", _sentence(cli), ""]
    lines += ["`-h` and `--help` explain a command; `wpmigrate --version` says which version this is."]
    parent = click.Context(cli, info_name="wpmigrate", **cli.context_settings)
    for name in cli.list_commands(parent):
        lines += _command(cli.commands[name], parent)
    lines += ["", "## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, parent: click.Context) -> Iterator[str]:
    """Yield the lines of one command; those of a group are the lines of its commands."""
    context = click.Context(command, parent, info_name=command.name)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            yield from _command(command.commands[name], context)
        return
    usage = " ".join(command.collect_usage_pieces(context)).replace("[OPTIONS]", "[OPTION]…")
    yield from ("", f"## `{context.command_path}`", "", "```", f"{context.command_path} {usage}", "```")
    for paragraph in (command.help or "").split("\n\n"):
        yield from ("", " ".join(paragraph.split()))
    yield from ("", "| option | meaning |", "|---|---|")
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            record = parameter.get_help_record(context)
            if record:
                yield f"| `{_cell(record[0])}` | {_cell(record[1])} |"


def _sentence(command: click.Command) -> str:
    return " ".join((command.help or "").split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<")
