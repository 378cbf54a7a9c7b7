"""What the whole site says of one page: where its links and files are now, who wrote it, its image and translations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from selectolax.lexbor import LexborNode

from wpmigrate.model import Author, NoticeLog, Site, SourceEntry
from wpmigrate.normalizer.links import clean_url
from wpmigrate.wordpress.urls import address_key, entry_key, home_of, original_key, upload_key

__all__ = ["MOVED", "SOURCE", "SiteFacts", "complete_author", "complete_metadata", "is_known", "meta_pairs"]

SOURCE: Final = "data-wpm-source"
"""Attribute with the old address of an element whose address is another now: a note to the tree builder."""

MOVED: Final[dict[str, str]] = {
    "href": "link",
    "src": "file",
    "data": "file",
    "poster": "file",
    "data-src": "file",
    "data-full-url": "file",
    "data-orig-file": "file",
    "data-medium-file": "file",
    "data-large-file": "file",
    "srcset": "set",
    "data-srcset": "set",
}
"""Attribute -> what its addresses lead to: a link goes to an entry or to a file, a set has several files with their sizes.
The ``data-`` ones are those of WordPress's galleries, of Jetpack, and of plugins that load images late."""

_MAIN: Final = frozenset({"href", "src", "data"})
_HOLDERS: Final = "[href],[src],[data-src],[srcset],[data],[poster]"
"""What the elements with such attributes have; the rarer ones never stand alone."""
_ABROAD = re.compile(r"https?://(?![^/]*(?:wordpress|wp)\.com[:/])([a-z0-9.-]+)(?=[/?#]|\Z)")
"""An absolute address in its usual spelling, not on a host that serves the files of others."""
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]|[^\s,]")
_SIZE = re.compile(r"[\d.]+[wxh]\Z")
_LONGEST: Final = 200


def is_known(site: Site) -> bool:
    """Whether anything is known of the site's addresses, files or library: not so for pages without an export."""
    return bool(site.base_url or site.addresses or site.files or site.attachments or site.blocks)


class SiteFacts:
    """Looks up where the addresses of one page lead in the new site."""

    def __init__(self, site: Site, log: NoticeLog) -> None:
        """Take the site, and where links that lead to nothing are named."""
        self._site = site
        self._log = log
        self._hosts = site.hosts | {home_of(site.base_url)[0]}

    def _is_abroad(self, url: str) -> bool:
        """Whether ``url`` is one of the many whose host says at once that they lead to another site."""
        match = _ABROAD.match(url)
        return match is not None and match[1].removeprefix("www.").rstrip(".") not in self._hosts

    def file(self, url: str) -> str:
        """Return where the file ``url`` is now; an empty string when it is not the site's or not there."""
        key = "" if self._is_abroad(url) else upload_key(url, self._site.hosts)
        if not key:
            return ""
        files = self._site.files
        return files.get(key) or files.get(original_key(key)) or ""

    def link(self, url: str) -> str:
        """Return where a link to ``url`` leads now, with its fragment; an empty string when it stays as it is.

        A link of the site whose entry is not in the output stays, with a notice; files that are missing are named in the
        report on media.
        """
        if not url or url[0] == "#" or self._is_abroad(url):
            return ""
        if upload_key(url, self._site.hosts):
            return self.file(url)
        key = address_key(url, self._site.hosts, self._site.base_url)
        if not key:
            return ""
        new = self._site.addresses.get(key) or self._site.addresses.get(entry_key(key))
        if not new:
            self._log.add("kept", f"link to {url[:_LONGEST]} is not in the output")
            return ""
        _, sharp, fragment = url.partition("#")
        return new + sharp + fragment

    def files(self, value: str) -> str:
        """Return a ``srcset`` with each of its files where it is now."""

        def moved(candidate: re.Match[str]) -> str:
            return candidate[0] if _SIZE.match(candidate[0]) else self.file(candidate[0]) or candidate[0]

        return _CANDIDATE.sub(moved, value)

    @property
    def lookups(self) -> dict[str, Callable[[str], str]]:
        """What looks up the addresses of each kind of :data:`MOVED`."""
        return {"link": self.link, "file": self.file, "set": self.files}

    def move(self, top: LexborNode) -> None:
        """Write the new addresses into the elements of the parsed page ``top``; :data:`SOURCE` keeps the main old one."""
        lookups = self.lookups
        for node in top.css(_HOLDERS):
            for name, old in node.attributes.items():
                kind = MOVED.get(name)
                if kind is None or not old:
                    continue
                url = old if kind == "set" else clean_url(old)
                new = lookups[kind](url)
                if new and new != url:
                    node.attrs[name] = new
                    if name in _MAIN:
                        node.attrs[SOURCE] = url


def meta_pairs(metadata: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the post meta of an item as (key, value); a key with several values comes as often."""
    meta = metadata.get("meta")
    if not isinstance(meta, dict):
        return []
    return [(key, str(one)) for key, value in meta.items() for one in (value if isinstance(value, list) else [value])]


def complete_author(author: Author, authors: Mapping[str, Author]) -> Author:
    """Return ``author`` with what the site knows of its login; the login is the name of one that nobody knows."""
    if author.name or not author.login:
        return author
    known = authors.get(author.login)
    if known is None:
        return Author(author.login, author.login, author.email, author.url)
    return Author(known.name or author.login, author.login, author.email or known.email, author.url or known.url)


def complete_metadata(source: SourceEntry, site: Site, log: NoticeLog) -> dict[str, Any]:
    """Return the metadata of ``source`` and, after it, its featured image, language and translations, when it has any."""
    added = {
        "featured_image": _featured_image(source, site, log),
        "language": _language(source, site),
        "translations": _translations(source, site),
    }
    return {**source.metadata, **{key: value for key, value in added.items() if value}}


def _featured_image(source: SourceEntry, site: Site, log: NoticeLog) -> dict[str, str] | None:
    """Return the image that ``_thumbnail_id`` names; None with a notice when the library does not have it."""
    meta = source.metadata.get("meta")
    number = meta.get("_thumbnail_id") if isinstance(meta, dict) else None
    number = str(number[-1] if isinstance(number, list) and number else number or "").strip()
    if not number.isdecimal() or not number.strip("0"):
        return None
    image = site.attachments.get(number)
    if image is None:
        log.add("kept", f"featured image {number}: not in the library of the export")
        return None
    new = SiteFacts(site, log).file(image.url)
    found = {"id": number, "url": new or image.url, "alt": image.alt, "caption": image.caption, "title": image.title}
    return {**found, "source_url": image.url} if new else found


def _language(source: SourceEntry, site: Site) -> str:
    """Return the code of the entry's language: Polylang's term, or the one under which the entry is its own translation."""
    for term in source.fields.terms:
        if term.taxonomy == "language":
            return term.slug
    group = site.translations.get(source.fields.id) or {}
    return next((code for code, number in group.items() if number == source.fields.id), "")


def _translations(source: SourceEntry, site: Site) -> dict[str, dict[str, str]]:
    """Return language -> id and, when it is in the output, path of each translation, the entry itself included."""
    found: dict[str, dict[str, str]] = {}
    for code, number in (site.translations.get(source.fields.id) or {}).items():
        path = site.entries_by_id.get(number)
        found[code] = {"id": number, "path": "/" + path} if path else {"id": number}
    return found
