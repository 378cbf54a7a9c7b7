"""What is tried when a page fails its proof: one rung after the other, from the least HTML to the most. Pure.

A rung proposes another entry for the same source. The proof knows nothing of rungs: each proposal is written and proven whole,
like any page, and what does not pass is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple, Protocol, TypeAlias

import msgspec

from wpmigrate.errors import WriteError
from wpmigrate.model import Entry, Finding, Notice, NoticeLog, OutputFile, Site, SourceEntry
from wpmigrate.model.nodes import Block, Root
from wpmigrate.normalizer.page_records import page_records
from wpmigrate.normalizer.pieces import Pieces
from wpmigrate.normalizer.printed import Printed
from wpmigrate.options import NormalizeOptions
from wpmigrate.runner.narrow import Fallback, Tries, fewest, shortest_run, smallest_fallback
from wpmigrate.writers.html import write_html

__all__ = ["RUNGS", "TIDY_RUNGS", "Attempt", "Page", "Proof", "Rung", "rescued", "short"]

Proof: TypeAlias = tuple[tuple[OutputFile, ...], tuple[Finding, ...]]
"""The files of an entry, and what they lose."""

_MOST_PROOFS: Final = 120
"""Proofs that a page is worth in the searches of all rungs."""
_MOST_BYTES: Final = 8_000_000
"""Bytes of source that are read for them: of a large page more stays HTML."""
_FEWEST_PROOFS: Final = 12
"""Enough to reach the last rung."""


class Attempt(NamedTuple):
    """What a rung proposes."""

    entry: Entry
    """The record."""
    verbatim: str | None = None
    """The body, where it stays the source's own Markdown."""


class Page(Protocol):
    """A page that has failed its proof."""

    source: SourceEntry
    """Where it comes from."""
    first: Attempt
    """What has failed."""
    site: Site
    """What is true of the whole export."""
    notes: Sequence[Notice]
    """What is to be told of the page beside what the normalizer tells."""
    extension: str
    """The ending of its Markdown file."""

    @property
    def normal(self) -> NormalizeOptions:
        """The user's wishes."""

    def attempt(self, attempt: Attempt, to: Sequence[str] = ()) -> Proof:
        """Write and prove an attempt, in all its formats or only in those of ``to``."""


class Rescue:
    """The search for an entry that passes."""

    def __init__(self, page: Page, findings: Sequence[Finding]) -> None:
        self.page = page
        self.findings = findings
        size = max(len(page.source.raw), 1)
        self.tries = Tries(max(_FEWEST_PROOFS, min(_MOST_PROOFS, _MOST_BYTES // size)))

    @property
    def why(self) -> str:
        """What was wrong with the page, for the notices."""
        return short(self.findings[0].message)

    @property
    def is_in_page(self) -> bool:
        """Whether the Markdown file was wrong, not only the record."""
        return any(finding.file.endswith(self.page.extension) for finding in self.findings)

    def passes(self, entry: Entry, verbatim: str | None = None, to: Sequence[str] = ()) -> bool:
        """Whether ``entry`` is proven in all formats (or those of ``to``)."""
        return self.proof(Attempt(entry, verbatim), to) is not None

    def proof(self, attempt: Attempt, to: Sequence[str] = ()) -> Proof | None:
        """Return the files of an attempt that is proven; None for one that is not, or that cannot be written."""
        try:
            proof = self.page.attempt(attempt, to)
        except WriteError:
            return None
        return None if proof[1] else proof

    def passes_part(self, entry: Callable[[], Entry], is_all: bool) -> bool:
        """Whether ``entry`` is proven, for a search of parts that must be HTML: all of them in all formats.

        With fewer, the Markdown file alone is asked where that was what was wrong: it is quicker, and the result is proven whole.
        """
        if is_all or not self.is_in_page:
            return self.passes(self.recorded(entry()))
        return self.passes(entry(), to=("markdown",))

    def with_blocks(self, blocks: list[Block]) -> Entry:
        """Return the page's entry with other ``blocks``."""
        entry = self.page.first.entry
        return msgspec.structs.replace(entry, content=Root(blocks, entry.content.data))

    def recorded(self, entry: Entry) -> Entry:
        """Return ``entry`` with the links and media that its own HTML shows."""
        ids = [section.id for section in entry.sections]
        links, media = page_records(write_html(entry.content), ids, self.page.site, entry.links, entry.media)
        return msgspec.structs.replace(entry, links=links, media=media)


def rescued(page: Page, findings: Sequence[Finding], rungs: Sequence[Rung]) -> tuple[Attempt, Proof] | None:
    """Return the first attempt of the ``rungs`` that is proven, with its files; or None."""
    rescue = Rescue(page, findings)
    for rung in rungs:
        for attempt in rung.attempts(rescue):
            proof = rescue.proof(attempt)
            if proof is not None:
                return attempt, proof
    return None


def _blocks(rescue: Rescue) -> Iterator[Attempt]:
    """Have the blocks that say something else in the Markdown file written as HTML."""
    if not rescue.is_in_page:
        return
    kept = smallest_fallback(
        rescue.page.first.entry.content.children,
        lambda blocks: rescue.passes(rescue.with_blocks(blocks), to=("markdown",)),
        rescue.tries,
    )
    if kept is not None:
        entry = _told(rescue.with_blocks(kept.blocks), _kept_blocks(kept, rescue.why))
        yield Attempt(entry)
        yield Attempt(rescue.recorded(entry))


def _records(rescue: Rescue) -> Iterator[Attempt]:
    """Leave the page as it is, with the records of what it shows."""
    first = rescue.page.first
    yield Attempt(rescue.recorded(first.entry), first.verbatim)


def _blocks_and_records(rescue: Rescue) -> Iterator[Attempt]:
    """Have the blocks written as HTML that the page or its record say otherwise, with the records of what it shows.

    A body that is Markdown already and was not wrong stays as it is; the blocks are HTML in the record alone.
    """
    first = rescue.page.first
    verbatim = None if rescue.is_in_page else first.verbatim

    def entry(blocks: list[Block]) -> Entry:
        return rescue.recorded(rescue.with_blocks(blocks))

    kept = smallest_fallback(
        first.entry.content.children, lambda blocks: rescue.passes(entry(blocks), verbatim), rescue.tries
    )
    if kept is not None:
        notices = _kept_blocks(kept, rescue.why, "in the record" if verbatim is not None else "written")
        yield Attempt(_told(entry(kept.blocks), notices), verbatim)


_READINGS: Final = (
    (True, True, "as usual"),
    (False, True, "addresses alone on their lines are left as they are: some stand where no link can"),
    (False, False, "headings are no sections: a browser sees other words in one of them"),
)
"""Whether bare addresses become links, whether headings that stay HTML begin sections, why."""


def _pieces(rescue: Rescue) -> Iterator[Attempt]:
    """Read the page in the pieces that a browser sees, and have few of them stay HTML."""
    page = rescue.page
    for links_addresses, sections, _ in _READINGS:
        pieces = Pieces(page.source, page.site, page.normal, links_addresses=links_addresses)
        count = len(pieces)

        def entry(raw: Collection[int], pieces: Pieces = pieces, sections: bool = sections) -> Entry:
            return pieces.entry(raw, sections=sections)

        def holds(raw: Collection[int], count: int = count, entry: Callable[[Collection[int]], Entry] = entry) -> bool:
            return rescue.passes_part(lambda: entry(raw), len(raw) == count)

        raw = fewest(count, holds, rescue.tries) if count else None
        if raw is not None:
            yield from _parts(rescue, entry, raw, count, "as a browser reads them")
            return


def _printed(rescue: Rescue) -> Iterator[Attempt]:
    """Have a part of the page stay as the very text that WordPress prints."""
    page = rescue.page
    printed = Printed(page.source, page.site, page.normal)
    count = len(printed)

    def holds(raw: Collection[int]) -> bool:
        return rescue.passes_part(lambda: printed.entry(raw), len(raw) == count)

    raw = shortest_run(count, holds, rescue.tries) if count else None
    if raw is not None:
        yield from _parts(rescue, printed.entry, raw, count, "as WordPress prints them")


def _parts(
    rescue: Rescue, entry: Callable[[Collection[int]], Entry], raw: Collection[int], count: int, how: str
) -> Iterator[Attempt]:
    """Propose the ``entry`` with the parts ``raw`` as HTML; with all of them when the record is wrong then."""
    for parts in (raw, range(count))[: 1 + (len(raw) < count)]:
        notices = [*rescue.page.notes, *_kept_pieces(parts, count, how, rescue.why)]
        yield Attempt(_told(rescue.recorded(entry(parts)), notices))


class Rung(NamedTuple):
    """One way to save a page."""

    name: str
    """What it is called."""
    attempts: Callable[[Rescue], Iterator[Attempt]]
    """Proposes entries, the best first."""
    why: str
    """What it is for."""


RUNGS: Final = (
    Rung("blocks", _blocks, "Markdown cannot say some block, or the writer's Markdown is read otherwise"),
    Rung("records", _records, "the page is right, and its record lists the links of broken markup otherwise"),
    Rung("blocks and records", _blocks_and_records, "both at once"),
    Rung("pieces", _pieces, "the tree itself differs from what a browser makes of misnested markup"),
    Rung("printed", _printed, "no well-formed HTML says what a browser makes of it: its very text does"),
)
"""The rungs in order: as little HTML as can be."""

TIDY_RUNGS: Final = RUNGS[:2]
"""Those of a Markdown body whose HTML was written as Markdown: after them comes the body as its author wrote it."""


def _told(entry: Entry, notices: Sequence[Notice]) -> Entry:
    return msgspec.structs.replace(entry, notices=[*entry.notices, *notices])


def _kept_blocks(fallback: Fallback, why: str, where: str = "written") -> tuple[Notice, ...]:
    log = NoticeLog()
    for place in fallback.places:
        part = "part of " if place in fallback.partly else ""
        log.add("kept", f"{part}block {place + 1} {where} as HTML: {why}")
    return log.notices()


def _kept_pieces(raw: Collection[int], count: int, how: str, why: str) -> list[Notice]:
    """Return what is to be told of ``raw``, the blocks out of ``count`` that are HTML."""
    if not raw:
        return [Notice("kept", f"addresses alone on their lines stay text: {why}")]
    if len(raw) == count:
        said = "the whole page"
    elif len(raw) == 1:
        said = f"block {min(raw) + 1} of {count}"
    else:
        said = f"{len(raw)} of {count} blocks, the first of them block {min(raw) + 1},"
    return [Notice("kept", f"{said} written as HTML, {how}: {why}")]


def short(message: str) -> str:
    """Return ``message`` on one line of at most 200 characters."""
    message = " ".join(message.split())
    return message if len(message) <= 200 else message[:199] + "…"
