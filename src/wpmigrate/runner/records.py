"""What the parts of a run hand to each other, and what the report holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import msgspec

from wpmigrate.model import Finding, Notice, Site, drops_content
from wpmigrate.options import RunOptions

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = [
    "Done",
    "ExportFile",
    "FileRecord",
    "Job",
    "Leftover",
    "Loaded",
    "Observer",
    "Previous",
    "Record",
    "Refused",
    "Setup",
    "SiteFile",
    "SourceRef",
    "Status",
    "Task",
    "Totals",
]

Status: TypeAlias = Literal["written", "skipped", "failed"]
"""Every entry is exactly one of these."""


class Refused(msgspec.Struct, frozen=True, gc=False):
    """Something in the input that is not even opened."""

    path: str
    """Relative to the input folder, with ``/``."""
    status: Status
    """skipped or failed."""
    reason: str
    """Why, and what to do."""


class Job(msgspec.Struct, frozen=True, gc=False):
    """One source file and where it goes."""

    root: str
    """The input folder on disk."""
    path: str
    """The file, relative to ``root``, as the file system spells it."""
    label: str
    """The same as the report spells it."""
    stem: str
    """Output path without ending."""
    draft_stem: str
    """The same when the entry is a draft."""
    note: str = ""
    """Why the stem is not the source's own; empty when it is."""
    item: str | None = None
    """Which item of an export file, its number as text; None for a page."""
    offset: int = 0
    """Where the item begins in ``plain``."""
    length: int = 0
    """How many bytes it has."""
    line: int = 1
    """Its first line in ``plain``."""
    encoding: str = "utf-8"
    """The encoding of the export file."""
    site: int = 0
    """The number of its site in the index."""
    plain: str = ""
    """The export file on disk, unpacked; empty for a page."""
    same_as: str = ""
    """Where the very same item stands already (``item 3 of part1.xml``): this one is skipped; empty when it is the first."""


class ExportFile(msgspec.Struct, frozen=True):
    """One WXR file of the input, plain on disk."""

    label: str
    """As the report spells it; a member of an archive is ``export.zip/part1.xml``."""
    plain: str
    """Where its plain bytes are on disk."""
    problem: str = ""
    """What was wrong with the archive that it came from; empty when nothing."""


class FileRecord(msgspec.Struct, frozen=True):
    """One export file in the report."""

    path: str
    """Its label."""
    format: str
    """``wxr``."""
    items_in_bytes: int
    """How many items begin in its bytes."""
    entries: int
    """How many entries of the report are its items."""
    problems: tuple[str, ...] = ()
    """What is wrong with the file as a whole, with the place; any problem fails the run."""


class SiteFile(msgspec.Struct, frozen=True):
    """One file of the whole site in the report, such as ``site.json``."""

    path: str
    """Relative to the output folder."""
    status: Status
    """written or failed."""
    reason: str = ""
    """Why it was not written."""


class Leftover(msgspec.Struct, frozen=True):
    """A file of an earlier run that a person edited and whose entry is gone, moved, or not public any more."""

    path: str
    """Relative to the output folder."""
    reason: str
    """Why it should go."""


class Setup(msgspec.Struct, frozen=True):
    """What is the same for every entry of a run; a worker gets it once."""

    options: RunOptions
    """How to convert."""
    site: Site
    """What the first look at all sources found."""
    output: str
    """The output folder on disk."""
    fingerprint: str
    """Changes when the same source might give other bytes."""
    index: Any = None  # an Index: its module needs this one
    """What the whole site knows, when there are exports in the input; ``site`` is empty then."""

    def site_of(self, job: Job) -> Site:
        """Return the site that ``job`` is of."""
        if self.index is None:
            return self.site
        index: Index = self.index
        return index.site(job.site)


class SourceRef(msgspec.Struct, frozen=True):
    """Which source an entry is."""

    path: str
    """Relative to the input folder, with ``/``."""
    item: str | None = None
    """Which item of the file; None when the file is one entry."""


class Record(msgspec.Struct, frozen=True):
    """One entry in the report."""

    source: SourceRef
    """Where it comes from."""
    status: Status
    """What became of it."""
    reason: str = ""
    """Why it was skipped or failed; empty for a written one."""
    outputs: tuple[str, ...] = ()
    """The files written, relative to the output folder."""
    notices: tuple[Notice, ...] = ()
    """What happened on the way."""
    findings: tuple[Finding, ...] = ()
    """What was lost, or could not be read."""


class Previous(msgspec.Struct, frozen=True):
    """What an earlier run wrote for a stem; one line of the state file."""

    stem: str
    """The plan's stem: the key."""
    source: str
    """SHA-256 of the source bytes."""
    fingerprint: str
    """:attr:`Setup.fingerprint` of that run."""
    outputs: dict[str, str]
    """Output path -> SHA-256 of the bytes written."""
    record: Record
    """The line of the report."""


class Task(msgspec.Struct, frozen=True):
    """One entry for a worker."""

    job: Job
    """What to convert."""
    previous: bytes | None = None
    """The state line (:class:`Previous` as JSON) of an earlier run."""


class Loaded(msgspec.Struct, frozen=True):
    """A task with what it needs from disk or storage: all of it travels to the worker."""

    job: Job
    """What to convert."""
    data: bytes
    """Its source bytes."""
    source: str = ""
    """Their SHA-256."""
    previous: Previous | None = None
    """What an earlier run wrote."""
    files: dict[str, bytes | str | None] = {}
    """For verify: the outputs that it may look at, by path; text: why one cannot be read; None: it does not exist."""


class Done(msgspec.Struct, frozen=True):
    """What a worker gives back."""

    record: Record
    """For the report."""
    state: bytes | None = None
    """The new state line; None when the old one stays."""
    unchanged: bool = False
    """Whether everything was there already."""
    forget: bool = False
    """Whether the old state line has nothing left to say."""
    stem: str = ""
    """The key of the state line; empty when the entry has none."""
    site: int | None = None
    """The number of the entry's site; None for a page."""


class Totals(msgspec.Struct):
    """The counts at the end of the report."""

    entries: int = 0
    """Entries in: always written + skipped + failed."""
    written: int = 0
    """Proven and on disk."""
    skipped: int = 0
    """Left out by rule."""
    failed: int = 0
    """Not written."""
    findings: int = 0
    """Things lost or unreadable, over all entries."""
    notices: dict[str, int] = msgspec.field(
        default_factory=lambda: {"dropped": 0, "repaired": 0, "mapped": 0, "kept": 0}
    )
    """Notices by kind, each counted as often as it happened."""
    dropped_content: int = 0
    """Of those dropped, what was more than looks; ``--strict`` fails on it."""
    problems: int = 0
    """What is wrong with export files as a whole, and files of the site that could not be written; any fails the run."""
    leftovers: int = 0
    """Edited files of earlier runs that should go."""
    removed: int = 0
    """Files of earlier runs that were removed, since their entry is gone, moved, or not public any more."""
    media: dict[str, int] = msgspec.field(default_factory=dict)
    """The site's files that public entries use: how many are ``there`` and ``missing``, and how many are of other places (``external``);
    empty when there are none."""
    ignored: dict[str, int] = msgspec.field(default_factory=dict)
    """Files of the input that are no entries, by ending."""

    def add(self, record: Record) -> None:
        """Count one entry."""
        self.entries += 1
        setattr(self, record.status, getattr(self, record.status) + 1)
        self.findings += len(record.findings)
        for notice in record.notices:
            self.notices[notice.kind] += notice.count
            self.dropped_content += notice.count if drops_content(notice) else 0


class Observer(Protocol):
    """Who watches a run: a progress bar, plain lines, a test."""

    def begin(self, total: int) -> None:
        """Called once with the number of entries."""

    def entry(self, record: Record, unchanged: bool) -> None:
        """Called for every entry, in input order."""

    def problem(self, place: str, message: str) -> None:
        """Called for what is wrong with a file as a whole, after the last entry."""

    def end(self) -> None:
        """Called once, also when the run is broken off."""
