"""One entry: its source bytes against all of its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK, Target
from wpmigrate.verifier.beside import foreign_ids, nodes_with_data, unknown_data
from wpmigrate.verifier.body import BodyProof
from wpmigrate.verifier.content import Content, read_content
from wpmigrate.verifier.dropped import unnamed_losses
from wpmigrate.verifier.front import OURS, PageFacts, read_front
from wpmigrate.verifier.gutenberg import block_data, blocks_of, foreign_block_data, unsaid_blocks
from wpmigrate.verifier.metadata import compare_source
from wpmigrate.verifier.output import split_page
from wpmigrate.verifier.players import foreign_players, unrecorded_movies
from wpmigrate.verifier.records import (
    check_fields,
    check_parts,
    check_record,
    check_source_info,
    decode_json,
    records_differ,
)
from wpmigrate.verifier.sections import check_legacy_ids, check_section_texts
from wpmigrate.verifier.source import read_source, source_text
from wpmigrate.verifier.tokens import Inventory
from wpmigrate.verifier.values import repaired
from wpmigrate.verifier.views import (
    View,
    likely_front_matter,
    view_difference,
    view_of_front_matter,
    view_of_record,
)
from wpmigrate.verifier.wxr.proof import ItemProof
from wpmigrate.verifier.wxr.values import OneOf
from wpmigrate.verifier.yaml_source import read_yaml
from wpmigrate.verifier.yaml_spelling import spell_yaml

__all__ = ["verify"]


def verify(
    source: SourceEntry,
    files: Sequence[OutputFile],
    target: Target,
    options: NormalizeOptions,
    notices: Sequence[Notice] = (),
    site: Site | None = None,
    emails: bool = False,
    stem: str = "",
    draft: bool = False,
) -> tuple[Finding, ...]:
    """Return all that ``files`` lack, or say otherwise, of ``source``; empty when nothing is lost.

    The source is read from its bytes. ``files`` are the outputs that were asked for, of any of the three formats; they are
    also compared with each other. What is dropped must be named in ``notices`` (or in the record's own). ``emails``: whether the
    addresses of those who wrote comments of a WXR item were asked for; else they must not be there. ``stem`` and ``draft`` are as for
    :func:`wpmigrate.writers.write`: the front matter must state the address that belongs to them (empty: the stem is the path
    of the Markdown file). No input makes this raise: a file that cannot be read is a finding.
    """
    proof = _Proof(source, files, target, options, notices, site or Site(), emails)
    proof.target, proof.stem, proof.draft = target, stem, draft
    for file in files:
        if file.format == "json":
            proof.read_record(file)  # first, as a Markdown file that says the same is read with it
    for file in files:
        proof.check(file)
    return tuple(proof.findings())


class _Proof:
    """The checks of one entry, file by file; what they need of each other is kept here."""

    def __init__(
        self,
        source: SourceEntry,
        files: Sequence[OutputFile],
        target: Target,
        options: NormalizeOptions,
        notices: Sequence[Notice],
        site: Site,
        emails: bool,
    ) -> None:
        self.source = source
        self.files = files
        self.target = COMMONMARK
        self.stem = ""
        self.draft = False
        self.options = options
        self.notices = notices
        self.item = ItemProof(source, site, emails) if source.format == "wxr" else None
        self.page = read_source(source, options, self.item)
        self.body = BodyProof(self.page, options, site, target.dialect)
        self.found: list[Finding] = []
        self.front: View | None = None
        self.fields = {**msgspec.to_builtins(source.fields), "metadata": source.metadata}
        self.record: dict[str, Any] | None = None
        self.content: Content | None = None
        self.wrong: Finding | None = None
        """The record and the content of the JSON file; or what keeps it from being read."""

    def read_record(self, file: OutputFile) -> None:
        """Read the JSON file."""
        try:
            record, tree = decode_json(file.data)
        except UnicodeDecodeError as error:
            self.wrong = _not_utf8(file, error)
            return
        except (ValueError, RecursionError) as error:
            self.wrong = Finding("record", f"not the JSON of an entry: {error}", file.path)
            return
        try:
            self.content = read_content(tree, parsed=self.page.dialect == "markdown")
        except (TypeError, ValueError) as error:
            self.wrong = Finding("content", f"not an mdast tree: {error}", file.path)
        else:
            self.record = record

    def check(self, file: OutputFile) -> None:
        """Check one file; what cannot be read at all is one finding."""
        data = file.data
        if not data or data.isspace():
            self.add(file, "file", "the file is empty")
        elif not data.endswith(b"\n"):
            self.add(file, "file", "the file does not end in a line end: it may be truncated")
        elif file.format == "json":
            self.check_json(file)
        elif file.format.startswith("comments-"):
            self.check_comments(file)
        else:
            self.check_text(file)

    def check_text(self, file: OutputFile) -> None:
        """Check a file that is no JSON; an editor may have put a byte order mark before it, or other line ends into it."""
        try:
            text = file.data.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            self.found.append(_not_utf8(file, error))
            return
        if file.format == "markdown":
            self.check_markdown(file, text.replace("\r\n", "\n"))
        else:
            self.check_yaml(file, text)

    def add(self, file: OutputFile, what: str, message: str) -> None:
        self.found.append(Finding(what, message, file.path))

    def add_all(self, file: OutputFile, rows: Iterable[tuple[str, str]]) -> None:
        for key, message in rows:
            self.add(file, "metadata", f"{key}: {message}")

    def check_comments(self, file: OutputFile) -> None:
        """Check a data file of comments."""
        try:
            data = msgspec.json.decode(file.data) if file.format == "comments-json" else read_yaml(file.data.decode("utf-8"))
        except ValueError as error:
            self.add(file, "comments", f"the file cannot be read: {error}")
        else:
            if self.item is None:
                self.add(file, "comments", "only an item of a WXR file has its comments in a file of their own")
            else:
                self.add_all(file, self.item.check_comments_file(data))

    def check_front_matter(self, file: OutputFile, front: dict[str, Any], view: View | None) -> None:
        """Check the front matter of a Markdown file against the source, that of a page against the ``view`` of its fields too."""
        if self.item is not None:
            alone = not any(other.format in ("json", "yaml") for other in self.files)
            self.add_all(file, self.item.check_front_matter(front, alone))
            return
        self.front = view_of_front_matter(front)
        self.add_all(file, compare_source(self.page.metadata, self.front, self.page.front))
        if view is not None:
            self.add_all(file, view_difference(self.front, view))

    def facts(self, file: OutputFile) -> PageFacts:
        """Return what the source says of the page that the target's own keys state; nothing for a target without such keys."""
        if self.target.front == OURS:
            return PageFacts("")
        fields = self.item.expected.fields if self.item is not None else self.fields
        days = tuple(text[:10] for text in _texts(fields["modified"]))
        return PageFacts(self.stem or file.path.removesuffix(self.target.extension), _texts(fields["url"]), days, self.draft)

    def check_markdown(self, file: OutputFile, text: str) -> None:
        parts = split_page(text, self.target.front.format)
        if parts is None:
            self.add(file, "file", "the front matter has no closing fence, or none that opens it")
            return
        view = view_of_record(self.fields) if self.item is None else None
        likely = likely_front_matter(view) if view is not None else None
        try:
            front, wrong = read_front(parts[0], self.target, self.facts(file), likely)
        except ValueError as error:
            self.add(file, "front matter", f"cannot be read: {error}")
        else:
            self.add_all(file, wrong)
            self.check_front_matter(file, front, view)
        self.found += self.body.check_markdown(parts[1], file.path, parts[2], self.content)

    def check_json(self, file: OutputFile) -> None:
        if self.wrong is not None:
            self.found.append(self.wrong)
        if self.record is None or self.content is None:
            return
        self.found += self.body.check_content(self.content, file.path)
        self.found += self.body.check_beside(self.content, file.path)
        self.check_record(file, self.record)
        nodes = nodes_with_data(self.content.tree) if b'"data":' in file.data else []
        if nodes:
            self.check_data(file, nodes)
        if self.page.dialect == "blocks":
            self.check_blocks(file, nodes)

    def check_data(self, file: OutputFile, nodes: list[Any]) -> None:
        """Check the data of the ``nodes`` that have any."""
        sections = {section["id"] for section in self.record["sections"]} if self.record else set()
        known = self.item.galleries if self.item is not None else []
        source = self.body.source
        wrong = (unknown_data(nodes, self.item is not None), foreign_ids(nodes, source, sections), foreign_players(nodes, source))
        for message in chain.from_iterable(wrong):
            self.add(file, "content", message)
        for data in foreign_block_data(self.page.body, block_data(nodes)):
            if data not in known:
                self.add(file, "content", f"the source has no block {data!r:.80}")

    def check_blocks(self, file: OutputFile, nodes: list[Any]) -> None:
        """Check that what comments of the block editor say is in the data of the ``nodes``, or in a notice."""
        notices = self.notices or _notices(self.record)
        for message in unsaid_blocks(source_text(self.page, self.options), block_data(nodes), notices):
            self.add(file, "content", message)

    def check_yaml(self, file: OutputFile, text: str) -> None:
        if self.record is not None and text == spell_yaml(self.record):
            return
        try:
            record = read_yaml(text)
        except ValueError as error:
            self.add(file, "record", f"not YAML: {error}")
            return
        wrong = None if self.record is not None else check_record(record)
        if wrong:
            self.add(file, "record", wrong)
        elif self.record is None:
            self.record = record
            self.check_record(file, record)
        elif isinstance(record, dict):
            self.add_all(file, records_differ(self.record, record))
        else:
            self.add(file, "record", "the file holds no record")

    def check_record(self, file: OutputFile, record: dict[str, Any]) -> None:
        """Check a record that has the right shape, against the source, the page and the front matter."""
        self.add_all(file, check_source_info(record, self.source))
        if self.item is not None:
            self.add_all(file, self.item.check_record(record))
            self.add_all(file, self.item.check_moved(record, self.content.tree if self.content else None))
        else:
            self.add_all(file, check_fields(record, self.fields))
        if self.item is None and self.front is None:
            view = view_of_record(record)
            self.add_all(file, compare_source(self.page.metadata, view, self.page.front))
        page = self.body.output or self.body.content
        listed = self.body.listed(self.options)
        if page is None:
            self.add_all(file, self.unlike_source(record, listed))
        else:
            self.add_all(file, check_parts(record, listed, self.content))
            notes = self.item is not None and bool(self.item.notes)
            shown = listed if notes else page
            self.add_all(file, check_section_texts(record, self.body, shown, notes))
        self.add_all(file, check_legacy_ids(record, self.body.source))
        self.add_all(file, unrecorded_movies(record["media"], self.body.source, page))

    def unlike_source(self, record: dict[str, Any], source: Inventory) -> list[tuple[str, str]]:
        """Return where the parts of a ``record`` without a page beside it are not those of the ``source``, whichever engine reads it."""
        found = [*check_parts(record, source, None, is_source=True)]
        again = self.body.source_again() if found else None
        return found if again is None else [*check_parts(record, again, None, is_source=True)]

    def findings(self) -> Iterator[Finding]:
        yield from self.found
        notices = self.notices or _notices(self.record)
        known = bool(notices) or self.record is not None  # no notices at all may be the fault to find
        if known:
            yield from unnamed_losses(self.body.source, self.body.written(), notices)
            if self.page.dialect == "markdown" and self.body.markdown:
                yield from self.unsaid_beside_markdown(notices)
        if self.item is not None:
            yield from self.item.check_privacy(self.files, notices if known else None)

    def unsaid_beside_markdown(self, notices: Sequence[Notice]) -> Iterator[Finding]:
        """Yield what comments of the block editor say round Markdown, where they are gone and no notice tells it."""
        if "<!-- wp:" in self.page.body:
            for message in unsaid_blocks(self.page.body, blocks_of(self.body.markdown), notices, markdown=True):
                yield Finding("notice", message)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the texts that ``value`` may be, damaged and repaired; nothing for none."""
    values = value.values if isinstance(value, OneOf) else (value,)
    texts = [text if isinstance(text, str) else "" for text in values]
    return tuple(dict.fromkeys((*texts, *(repaired(text).strip() for text in texts))))


def _not_utf8(file: OutputFile, error: UnicodeDecodeError) -> Finding:
    return Finding("file", f"the file is not UTF-8: {error.reason} at byte {error.start}", file.path)


def _notices(record: dict[str, Any] | None) -> list[Notice]:
    if record is None:
        return []
    return [Notice(row["kind"], row["what"], row["count"], row["where"]) for row in record["notices"]]
