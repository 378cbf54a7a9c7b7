"""One entry, from its source bytes to proven files. Pure and picklable: a pool, a cluster and a test call the same function."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import msgspec

from wpmigrate.errors import ExtractError
from wpmigrate.extractors import extract
from wpmigrate.extractors.wxr import read_item
from wpmigrate.model import Entry, Finding, Notice, NoticeLog, OutputFile, Site, SourceEntry
from wpmigrate.model.nodes import Block, Root
from wpmigrate.normalizer import normalize
from wpmigrate.options import Route, RunOptions
from wpmigrate.runner.narrow import Fallback, smallest_fallback
from wpmigrate.runner.records import Record, SourceRef
from wpmigrate.runner.routes import route
from wpmigrate.runner.target import target_of
from wpmigrate.runner.tidy import tidy_markdown
from wpmigrate.targets import Target
from wpmigrate.verifier import verify
from wpmigrate.writers import write

__all__ = ["EntryResult", "ItemPlace", "comments_stem", "convert_entry", "read_source"]


class ItemPlace(msgspec.Struct, frozen=True):
    """Which item of an export some bytes are, and where they stand in its file."""

    item: str
    """Its number as text: ``17``."""
    encoding: str = "utf-8"
    """The encoding of the file."""
    offset: int = 0
    """Where it begins, in bytes."""
    line: int = 1
    """Its first line."""


class EntryResult(msgspec.Struct, frozen=True):
    """What became of one entry; nothing is on disk yet."""

    record: Record
    """For the report; its outputs are the paths of ``files``."""
    files: tuple[OutputFile, ...] = ()
    """What to write; empty unless the status is ``written``."""


def read_source(path: str, data: bytes, options: RunOptions, place: ItemPlace | None = None) -> SourceEntry:
    """Return the entry ``data`` of the file ``path``: the whole file, or its item at ``place``.

    Raises ExtractError unless there is exactly one.
    """
    if place is not None:
        return read_item(
            data,
            path,
            place.item,
            options.extract,
            encoding=place.encoding,
            offset=place.offset,
            line=place.line,
        )
    sources = [*islice(extract(data, path, options.extract), 2)]
    if not sources:
        raise ExtractError(f"{path}: nothing in it is recognised as an entry")
    if len(sources) > 1:
        raise ExtractError(f"{path}: it holds several entries: convert the file with wpmigrate convert")
    return sources[0]


def convert_entry(
    path: str,
    data: bytes,
    stem: str,
    options: RunOptions = RunOptions(),  # noqa: B008 (frozen)
    site: Site = Site(),  # noqa: B008 (nobody changes it)
    *,
    draft_stem: str = "",
    note: str = "",
    place: ItemPlace | None = None,
) -> EntryResult:
    """Convert and prove the entry ``data`` of the source file ``path``: all of it, or the item of an export at ``place``.

    ``stem`` is the output path without ending, ``draft_stem`` the one for drafts (``stem`` when empty), ``note`` a word about
    the name for the notices. When the proof fails, the blocks that differ are written as HTML and proven again; an entry that
    still differs is ``failed`` and has no files. Raises EntryError for an entry that cannot be read, normalized or written.
    """
    source = read_source(path, data, options, place)
    where = SourceRef(path, source.item)
    how, reason = route(source.fields, options.routes, in_export=source.format == "wxr")
    if how == "skip":
        return EntryResult(Record(where, "skipped", reason, (), source.notices, source.findings))
    place_out = (draft_stem or stem) if how == "draft" else stem
    comments = comments_stem(source, how, stem)
    for tidy in (tidy_markdown, None):
        entry = normalize(source, site, options.normalize, tidy)
        if note:
            entry.notices = [*entry.notices, Notice("mapped", note)]
        page = _Page(source, entry, place_out, comments, options, site, how == "draft")
        files, findings = page.proven()
        if not findings or entry.source.body != "markdown":
            break  # else once more as its author wrote it
    return _result(where, page, files, findings, reason if how == "draft" else "")


def comments_stem(source: SourceEntry, how: Route, stem: str) -> str:
    """Return the path without ending of the data files of an entry's comments; empty when it has none.

    The comments of pages, and of drafts, are in their records only.
    """
    public = source.format == "wxr" and how == "write"
    return f"comments/{stem}" if public and source.fields.comments else ""


def _result(
    where: SourceRef, page: _Page, files: tuple[OutputFile, ...], lost: Sequence[Finding], draft: str
) -> EntryResult:
    notices = tuple(page.entry.notices)
    findings = (*page.source.findings, *lost)
    if lost:
        reason = f"not written, since it would lose something: {_short(lost[0].message)}"
        return EntryResult(Record(where, "failed", reason, (), notices, findings))
    outputs = tuple(file.path for file in files)
    return EntryResult(Record(where, "written", draft, outputs, notices, findings), files)


class _Page:
    """A page on its way to a proof."""

    def __init__(
        self,
        source: SourceEntry,
        entry: Entry,
        stem: str,
        comments: str,
        options: RunOptions,
        site: Site,
        draft: bool,
    ) -> None:
        self.source = source
        self.entry = entry
        self._stem = stem
        self._comments = comments
        self._draft = draft
        self._options = options
        self._site = site
        self._target: Target = target_of(options)
        self._verbatim = _take_verbatim(entry)

    def proven(self) -> tuple[tuple[OutputFile, ...], tuple[Finding, ...]]:
        """Return the files and what they lose: nothing, or else the page cannot be saved."""
        files, findings = self._attempt(self.entry)
        if not findings or not any(finding.file.endswith(self._target.extension) for finding in findings):
            return files, findings
        blocks = self.entry.content.children
        kept = smallest_fallback(blocks, self._is_proven)
        if kept is None:
            return files, findings
        self._verbatim = None
        self.entry = self._with_blocks(kept.blocks, [*self.entry.notices, *_kept(kept, findings)])
        return self._attempt(self.entry)

    def _attempt(self, entry: Entry) -> tuple[tuple[OutputFile, ...], tuple[Finding, ...]]:
        options = self._options
        files = write(
            entry, self._stem, options.to, self._target, self._verbatim, self._comments, draft=self._draft
        )
        return files, self._findings(files, tuple(entry.notices))

    def _findings(self, files: tuple[OutputFile, ...], notices: tuple[Notice, ...]) -> tuple[Finding, ...]:
        normal, emails = self._options.normalize, self._options.extract.emails
        place = (self._stem, self._draft)
        return verify(self.source, files, self._target, normal, notices, self._site, emails, *place)

    def _is_proven(self, blocks: list[Block]) -> bool:
        entry = self._with_blocks(blocks, self.entry.notices)
        files = write(entry, self._stem, ("markdown",), self._target, draft=self._draft)
        return not self._findings(files, tuple(entry.notices))

    def _with_blocks(self, blocks: list[Block], notices: list[Notice]) -> Entry:
        return msgspec.structs.replace(
            self.entry, content=Root(blocks, self.entry.content.data), notices=notices
        )


def _take_verbatim(entry: Entry) -> str | None:
    """Take the text of a body that is Markdown already out of its tree, where the normalizer leaves it."""
    data = entry.content.data
    if not data or "markdown" not in data:
        return None
    text: str = data["markdown"]
    entry.content.data = {key: value for key, value in data.items() if key != "markdown"} or None
    return text


def _short(message: str) -> str:
    message = " ".join(message.split())
    return message if len(message) <= 200 else message[:199] + "…"


def _kept(fallback: Fallback, findings: Sequence[Finding]) -> tuple[Notice, ...]:
    log = NoticeLog()
    for place in fallback.places:
        part = "part of " if place in fallback.partly else ""
        log.add("kept", f"{part}block {place + 1} written as HTML: {_short(findings[0].message)}")
    return log.notices()
