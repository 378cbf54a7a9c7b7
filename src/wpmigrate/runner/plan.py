"""What a run will do: which source becomes which output. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.options import RunOptions
from wpmigrate.runner.names import give_names, printable
from wpmigrate.runner.records import Job, Refused

__all__ = ["STATE_NAME", "Found", "Plan", "make_plan"]

STATE_NAME = ".wpmigrate.jsonl"
"""The state file in the output folder: what wpmigrate wrote there, one JSON line per source."""

_REPORT_STEM = "report"


class Found(msgspec.Struct):
    """What a walk over one INPUT found."""

    root: str
    """The folder on disk."""
    paths: list[str] = msgspec.field(default_factory=list)
    """Files to convert, relative to ``root``, with ``/``."""
    refused: list[Refused] = msgspec.field(default_factory=list)
    """What is not opened, with the reason."""
    ignored: dict[str, int] = msgspec.field(default_factory=dict)
    """Other files, counted by ending."""


class Plan(msgspec.Struct):
    """A run to be; ``runner.run`` does it."""

    jobs: list[Job]
    """Every source, in order of path."""
    refused: list[Refused]
    """What is reported without being opened."""
    ignored: dict[str, int]
    """Files of the input that are no entries, by ending."""
    output: str
    """The output folder on disk."""
    options: RunOptions
    """How to convert."""

    @property
    def total(self) -> int:
        """How many entries the report will have."""
        return len(self.jobs) + len(self.refused)


def make_plan(found: Sequence[Found], output: str, options: RunOptions) -> Plan:
    """Return the plan for what was found in the inputs.

    Raises InputError when there is no page at all in them.
    """
    sources = sorted(
        ((path, number) for number, one in enumerate(found) for path in one.paths),
        key=lambda pair: (pair[0].split("/"), pair[1]),
    )
    refused = [row for one in found for row in one.refused]
    if not sources and not refused:
        raise InputError(_nothing(found))
    names = give_names([path for path, _ in sources], options.routes.drafts_folder, [_REPORT_STEM])
    jobs = [
        Job(found[number].root, path, printable(path), name.stem, name.draft, name.note)
        for (path, number), name in zip(sources, names, strict=True)
    ]
    return Plan(jobs, refused, _sum_ignored(found), output, options)


def _nothing(found: Sequence[Found]) -> str:
    where = ", ".join(one.root for one in found)
    return (
        f"no page to convert in {where}: looked for .html .htm .md .markdown .txt files in it and below; "
        "name the folder that holds the exported pages"
    )


def _sum_ignored(found: Sequence[Found]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in found:
        for ending, count in one.ignored.items():
            total[ending] = total.get(ending, 0) + count
    return dict(sorted(total.items()))
