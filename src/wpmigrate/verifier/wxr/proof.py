"""The proof of what an item says beside its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.model.nodes import Image, Link, Root, walk
from wpmigrate.options import ShortcodeRule
from wpmigrate.verifier.players import page_of
from wpmigrate.verifier.tokens import Token
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.verifier.values import has_secrets, leaves
from wpmigrate.verifier.wxr.addresses import Addresses, has_facts
from wpmigrate.verifier.wxr.comments import check_comments, check_data_file
from wpmigrate.verifier.wxr.expected import Expected, expect
from wpmigrate.verifier.wxr.facts import put_in_blocks, put_in_galleries
from wpmigrate.verifier.wxr.front import check_front_matter, unflattened
from wpmigrate.verifier.wxr.item import Item, read_item
from wpmigrate.verifier.wxr.meta import check_acf, read_meta
from wpmigrate.verifier.wxr.notes import read_notes
from wpmigrate.verifier.wxr.privacy import has_password, leaked_addresses, unnamed_omissions
from wpmigrate.verifier.wxr.values import wrong

__all__ = ["ItemProof"]

_OWN_RULES: Final = frozenset({"acf", "acf_keys", "unknown"})
"""Metadata that is looked up in the source rather than worked out."""


class ItemProof:
    """One item of a WXR file: what it says, and the checks of what is made of it."""

    def __init__(self, source: SourceEntry, site: Site, emails: bool = False) -> None:
        self.raw = source.raw
        self.item: Item = read_item(source.raw, source.encoding)
        self.site = site
        self.emails = emails
        self.addresses = Addresses(site)
        self.knows_addresses = has_facts(site)
        self.linked: tuple[str, ...] = ()
        """Where links of the source lead."""
        self.named: frozenset[str] = frozenset()
        """Where links, images and elements of the source lead."""
        self.meta, self.repeated = read_meta(self.item.meta)
        self.notes = read_notes(self.item.values.get("content:encoded", ""), self.meta)
        """The footnotes that the page shows, by id."""
        self.galleries: list[dict[str, Any]] = []
        """What the record says of each gallery, beside its first image."""
        self._expected: Expected | None = None

    @property
    def id(self) -> str:
        """The item's WordPress id."""
        return self.item.values.get("post_id", "").strip()

    @property
    def body(self) -> str:
        """The body with the reusable blocks that it refers to."""
        return put_in_blocks(self.item.values.get("content:encoded", ""), self.site)

    @property
    def expected(self) -> Expected:
        """What the output must say."""
        if self._expected is None:
            self._expected = expect(self.item, self.meta, self.repeated, self.site, self.addresses, self.emails)
        return self._expected

    def check_record(self, record: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield (key, sentence) for each value of ``record`` that is not the item's."""
        expected = self.expected
        got = {key: record[key] for key in expected.fields}
        if got != expected.fields:
            for key, value in expected.fields.items():
                if key == "author":
                    yield from wrong(value, record[key], "author.")
                elif key == "terms":
                    yield from _check_terms(value, record[key])
                else:
                    yield from wrong({key: value}, {key: record[key]})
        if self.item.comments or record["comments"]:
            yield from check_comments(self.item, record["comments"], self.emails)
        yield from self._check_metadata(record["metadata"])
        if has_password(self.item, self.raw, [got, record["metadata"], record["comments"]]):
            yield "password", "the password must not be in the output"

    def check_moved(self, record: dict[str, Any], content: Root | None) -> Iterator[tuple[str, str]]:
        """Yield the links, media and nodes whose old address is none of the page's, or leads elsewhere now."""
        rows = [(row["url"], row.get("source_url")) for row in (*record["links"], *record["media"])]
        answers = self.addresses.answers()
        if content is not None and answers:
            rows += [(node.url, (node.data or {}).get("sourceUrl")) for node in walk(content) if isinstance(node, Link | Image)]
        for url, old in rows:
            if old is not None and page_of(old) == url:
                continue  # a Flash player, and what it played
            if old is not None:
                if canonical_url(url) not in (self.addresses.moved(old), self.addresses.file(old)) or not self._names(old):
                    yield "source_url", f"the old address {old!r} does not lead to {url!r} now"
            elif url[:1] == "/" and canonical_url(url) in answers and url not in self.addresses.known:
                yield "source_url", f"the old address of {url!r} is missing"

    def resolve(self, tokens: list[Token]) -> list[Token]:
        """Return the ``tokens`` of the source with all addresses as they are now; what they were is remembered."""
        resolved = self.addresses.resolve(tokens)
        self.linked = tuple(self.addresses.known)
        self.named = frozenset((*self.addresses.known, *self.addresses.files))
        return resolved

    def _names(self, url: str) -> bool:
        """Whether the source names ``url``: where something leads, or as text."""
        return canonical_url(url) in self.named or url in self.body

    def show_library(self, text: str, rules: Mapping[str, ShortcodeRule]) -> str:
        """Return the HTML ``text`` with its galleries as what they show, but for those that the user's ``rules`` say otherwise."""
        if rules.keys() & {"gallery", "playlist"}:
            return text
        text, self.galleries = put_in_galleries(text, self.site, self.id)
        return text

    def _check_metadata(self, metadata: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the metadata of a record."""
        yield from wrong(self.expected.metadata, {key: metadata[key] for key in metadata if key not in _OWN_RULES})
        yield from self._check_looked_up(metadata)

    def _check_looked_up(self, metadata: dict[str, Any]) -> Iterator[tuple[str, str]]:
        yield from check_acf(metadata.get("acf"), metadata.get("acf_keys"), self.meta)
        yield from self._check_unknown(metadata.get("unknown"))
        if has_secrets(metadata):
            yield "password", "a password must not be in the output"

    def _check_unknown(self, kept: Any) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the elements that WordPress does not write."""
        named = [row for row in self.item.unknown if "passw" not in row[0].lower()]
        rows = [(name, text.strip()) for name, text in (*named, *self._again()) if text.strip()]
        texts = {str(leaf).strip() for leaf in leaves(kept)}
        for name, text in rows:
            if text not in texts:
                yield f"unknown.{name}", "this element of the source is missing"
        if kept is not None and (not isinstance(kept, dict) or not (self.item.again or kept.keys() == {row[0] for row in named})):
            yield "unknown", "not the elements of the source"
        if texts - {text for _, text in rows} - {""}:
            yield "unknown", "the source has no such element"

    def _again(self) -> list[tuple[str, str]]:
        """Return the elements that say another thing than the first of their name, but for those that say what is public."""
        return [row for row in self.item.again if row[0] not in ("status", "post_password", "content:encoded", "excerpt:encoded")]

    def check_front_matter(self, front: dict[str, Any], alone: bool) -> Iterator[tuple[str, str]]:
        """Yield (key, sentence) for each value of a Markdown file's ``front`` matter that is missing, wrong or made up."""
        expected = self.expected
        looked_up = {key: front[key] for key in _OWN_RULES if key in front}
        yield from check_front_matter(front, expected.fields, {**expected.metadata, **looked_up}, alone)
        if alone:
            yield from self._check_looked_up(looked_up)
            try:
                comments = [unflattened(comment) for comment in front.get("comments", [])]
            except TypeError:
                yield "comments", "no list of comments"
            else:
                yield from check_comments(self.item, comments, self.emails)
        if has_password(self.item, self.raw, front):
            yield "password", "the password must not be in the output"

    def check_comments_file(self, data: Any) -> Iterator[tuple[str, str]]:
        """Yield what is wrong in a data file of the item's comments."""
        fields = self.expected.fields
        return check_data_file(data, self.item, self.emails, fields["id"], fields["type"])

    def check_privacy(self, files: Sequence[OutputFile], notices: Sequence[Notice] | None) -> Iterator[Finding]:
        """Yield what must not be in the ``files``, and what is left out with no notice; None: these are not known."""
        if self.item.comments and not self.emails:
            yield from leaked_addresses(self.item, self.raw, files)
        if notices is not None:
            yield from self._unnamed_links(notices)
            yield from unnamed_omissions(self.item, notices, self.emails)

    def _unnamed_links(self, notices: Sequence[Notice]) -> Iterator[Finding]:
        """Yield the links to pages of the site that are not in the output and that no notice names."""
        lost = [url for url in self.linked if self.addresses.is_lost(url)]
        said = {canonical_url(notice.what.removeprefix(_LOST[0]).removesuffix(_LOST[1])) for notice in notices} if lost else set()
        for url in lost:
            if url not in said and not any(each and url.startswith(each) for each in said if len(each) >= _LONG):
                yield Finding("link", f"{url} is not in the output, and no notice says so")


_LOST: Final = ("link to ", " is not in the output")
_LONG: Final = 200
"""Addresses in notices are cut here."""


def _check_terms(wanted: list[dict[str, Any]], got: Any) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the terms, which must be those of the source in its order."""
    if not isinstance(got, list) or len(got) != len(wanted):
        yield "terms", f"the source has {len(wanted)} terms, the output {len(got)}"
        return
    for number, (own, term) in enumerate(zip(wanted, got, strict=True), 1):
        yield from wrong(own, term, f"terms.{number}.")
