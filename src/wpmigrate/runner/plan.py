"""What a run will do: which source becomes which output. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from wpmigrate.errors import InputError
from wpmigrate.options import RunOptions
from wpmigrate.runner.names import give_names, printable
from wpmigrate.runner.records import Job, Refused

__all__ = ["STATE_NAME", "Found", "Packed", "Plan", "make_plan", "sum_counts"]

STATE_NAME = ".wpmigrate.sqlite"
"""The state file in the output folder: what wpmigrate wrote there."""

_OWN_STEMS = ("report",)
"""Names that the run needs itself."""
_SITE_STEMS = ("site", "redirects", "_redirects", "media", "media-report", "archives", "comments")
"""More of them when there are exports."""


class Packed(msgspec.Struct, frozen=True):
    """A file that is an export, or an archive that may hold some."""

    path: str
    """Relative to the input folder, with ``/``, as the file system spells it."""
    packing: Literal["plain", "gzip", "zip"]
    """How it lies there."""


class Found(msgspec.Struct):
    """What a walk over one INPUT found."""

    root: str
    """The folder on disk."""
    paths: list[str] = msgspec.field(default_factory=list)
    """Pages to convert, relative to ``root``, with ``/``."""
    exports: list[Packed] = msgspec.field(default_factory=list)
    """WXR files, and archives that are yet to be opened."""
    refused: list[Refused] = msgspec.field(default_factory=list)
    """What is not opened, with the reason."""
    ignored: dict[str, int] = msgspec.field(default_factory=dict)
    """Other files, counted by ending."""


class Plan(msgspec.Struct):
    """A run to be; ``runner.run`` does it."""

    jobs: list[Job]
    """Every page, in order of path. The items of exports are not here: there may be any number of them."""
    found: list[Found]
    """What the walks found: the exports are in it."""
    refused: list[Refused]
    """What is reported without being opened."""
    ignored: dict[str, int]
    """Files of the input that are no entries, by ending."""
    output: str
    """The output folder on disk."""
    options: RunOptions
    """How to convert."""
    inputs: tuple[str, ...] = ()
    """Whole paths or addresses of what the user named."""

    @property
    def remote(self) -> bool:
        """Whether an input was fetched from an address: what fetched it left threads."""
        return any("://" in path for path in self.inputs)

    @property
    def has_exports(self) -> bool:
        """Whether there are files that are exports, or may hold some."""
        return any(one.exports for one in self.found)


def make_plan(found: Sequence[Found], output: str, options: RunOptions) -> Plan:
    """Return the plan for what was found in the inputs.

    Raises InputError when there is neither a page nor an export in them.
    """
    sources = sorted(
        ((path, number) for number, one in enumerate(found) for path in one.paths),
        key=lambda pair: (pair[0].split("/"), pair[1]),
    )
    refused = [row for one in found for row in one.refused]
    if not sources and not refused and not any(one.exports for one in found):
        raise InputError(_nothing(found))
    own = (*_OWN_STEMS, *_SITE_STEMS) if any(one.exports for one in found) else _OWN_STEMS
    names = give_names([path for path, _ in sources], options.routes.drafts_folder, own)
    jobs = [
        Job(found[number].root, path, printable(path), name.stem, name.draft, name.note)
        for (path, number), name in zip(sources, names, strict=True)
    ]
    return Plan(jobs, list(found), refused, sum_counts(one.ignored for one in found), output, options)


def _nothing(found: Sequence[Found]) -> str:
    where = ", ".join(one.root for one in found)
    other = sum_counts(one.ignored for one in found)
    there = ", ".join(f"{ending or 'no ending'} ({count:,})" for ending, count in [*other.items()][:6])
    return (
        f"nothing to convert in {where}: looked for WordPress exports (WXR files of any name, also in .gz and .zip) and for "
        ".html .htm .md .markdown .txt pages, in it and below; name the folder that holds them; Tools → Export in WordPress gives an export"
        + (f" (what is there: {there})" if there else "")
    )


def sum_counts(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return all of ``counts`` as one, sorted by key."""
    total: dict[str, int] = {}
    for one in counts:
        for key, count in one.items():
            total[key] = total.get(key, 0) + count
    return dict(sorted(total.items()))
