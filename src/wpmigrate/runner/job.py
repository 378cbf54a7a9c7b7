"""One entry, from its source bytes to proven files. Pure and picklable: a pool, a cluster and a test call the same function."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import msgspec

from wpmigrate.errors import ExtractError, WriteError
from wpmigrate.extractors import extract
from wpmigrate.extractors.wxr import read_item
from wpmigrate.model import Entry, Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import NormalizeOptions, Route, RunOptions
from wpmigrate.runner.records import Record, SourceRef
from wpmigrate.runner.rescue import RUNGS, TIDY_RUNGS, Attempt, Proof, Rung, rescued, short
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
    the name for the notices. When the proof fails, other ways to write the page are proven (:mod:`~wpmigrate.runner.rescue`);
    an entry that still differs is ``failed`` and has no files. Raises EntryError for an entry that cannot be read, normalized or written.
    """
    source = read_source(path, data, options, place)
    where = SourceRef(path, source.item)
    how, reason = route(source.fields, options.routes, in_export=source.format == "wxr")
    if how == "skip":
        return EntryResult(Record(where, "skipped", reason, (), source.notices, source.findings))
    place_out = (draft_stem or stem) if how == "draft" else stem
    comments = comments_stem(source, how, stem)
    notes = [Notice("mapped", note)] if note else []
    for tidy in (tidy_markdown, None):
        entry = normalize(source, site, options.normalize, tidy)
        page = _Page(source, entry, place_out, comments, options, site, how == "draft", notes)
        again = tidy is not None and entry.source.body == "markdown"
        files, findings = page.proven(TIDY_RUNGS if again else RUNGS)
        if not findings or not again:
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
        reason = f"not written, since it would lose something: {short(lost[0].message)}"
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
        notes: Sequence[Notice] = (),
    ) -> None:
        if notes:
            entry.notices = [*entry.notices, *notes]
        self.source = source
        self.entry = entry
        self.first = Attempt(entry, _take_verbatim(entry))
        self.site = site
        self.notes = notes
        self._stem = stem
        self._comments = comments
        self._draft = draft
        self._options = options
        self._target: Target = target_of(options)
        self.extension = self._target.extension

    @property
    def normal(self) -> NormalizeOptions:
        """How the page is to be normalized."""
        return self._options.normalize

    def proven(self, rungs: Sequence[Rung] = RUNGS) -> Proof:
        """Return the files and what they lose: nothing, or else none of the ``rungs`` saves the page.

        Raises WriteError for an entry that cannot be written, when that is so on every rung.
        """
        try:
            proof = self.attempt(self.first)
        except WriteError as error:
            saved = self._saved((Finding("file", str(error)),), rungs)
            if saved is None:
                raise
            return saved
        return self._saved(proof[1], rungs) or proof if proof[1] else proof

    def _saved(self, lost: Sequence[Finding], rungs: Sequence[Rung]) -> Proof | None:
        """Return the files of the first of the ``rungs`` that saves the page; its entry is the page's from now on."""
        saved = rescued(self, lost, rungs)
        if saved is None:
            return None
        self.entry = saved[0].entry
        return saved[1]

    def attempt(self, attempt: Attempt, to: Sequence[str] = ()) -> Proof:
        """Write and prove an attempt, in all its formats or only in those of ``to``."""
        entry, options = attempt.entry, self._options
        wanted, comments = (to, "") if to else (options.to, self._comments)
        files = write(
            entry, self._stem, wanted, self._target, attempt.verbatim, comments, draft=self._draft
        )
        place = (self._stem, self._draft)
        emails = options.extract.emails
        notices = tuple(entry.notices)
        return files, verify(self.source, files, self._target, self.normal, notices, self.site, emails, *place)


def _take_verbatim(entry: Entry) -> str | None:
    """Take the text of a body that is Markdown already out of its tree, where the normalizer leaves it."""
    data = entry.content.data
    if not data or "markdown" not in data:
        return None
    text: str = data["markdown"]
    entry.content.data = {key: value for key, value in data.items() if key != "markdown"} or None
    return text
