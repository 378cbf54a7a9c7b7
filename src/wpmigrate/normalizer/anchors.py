"""Anchors: ids that name a section become its slug, and every in-page link still lands where it landed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from html import escape, unescape
from typing import Final

from wpmigrate.model import LinkRecord, NoticeLog, Section, Site
from wpmigrate.model.nodes import Break, Heading, Html, Link, Root, plain_text, walk
from wpmigrate.model.slugs import Slugger, slug
from wpmigrate.normalizer.links import names_of
from wpmigrate.normalizer.marks import ANCHOR, NODE, Leaf
from wpmigrate.normalizer.raw_html import open_tag

__all__ = ["Anchors", "linked_fragments", "name_headings", "part_elements", "part_from_slugs", "relink"]

# Begins with "=" because one character is found ten times as fast as a word in any case.
_IN_PAGE = re.compile(
    r"""=(?:(?<=[hH][rR][eE][fF]=)|(?<=\s=))\s*(?:"\s*#([^"]+)"|'\s*#([^']+)'|#([^\s>"']+))"""
)
_LONGEST_GAP: Final = 40
_BLANKS: Final = re.compile(r"[ \t\n\r\f]+")
_RAW_HREF: Final = re.compile(r'href="#([^"]*)"')


def linked_fragments(html: str) -> frozenset[str]:
    """Return the names that in-page links of ``html`` lead to."""
    if "#" not in html:
        return frozenset()
    found: set[str] = set()
    for match in _IN_PAGE.finditer(html):
        start = match.start()
        if html[max(0, start - _LONGEST_GAP) : start].rstrip()[-4:].lower() == "href":
            name = unescape(match[1] or match[2] or match[3]).strip()
            found.update((name, *names_of(name)))
    return frozenset(found)


class Anchors:
    """The anchors of a page while its tree is built: of each name the first counts, as in a browser."""

    nodes: dict[str, Html]
    """The anchors of no heading that are kept, by name."""

    def __init__(self, linked: Collection[str], site: Site, keep_ids: bool, log: NoticeLog) -> None:
        """Take the names that links of the page lead to, and whether every other is to be kept too."""
        self.nodes = {}
        self._linked = linked
        self._site = site
        self._keep_ids = keep_ids
        self._log = log
        self._taken: set[str] = set()

    def claim(self, names: Iterable[str]) -> list[str]:
        """Return those of ``names`` that are free, each once; from now on they are a heading's."""
        free = [name for name in dict.fromkeys(names) if name not in self._taken]
        self._taken.update(free)
        return free

    def keep(self, name: str) -> Html | None:
        """Return the node that keeps the anchor ``name``; None when it is taken or, with a notice, when nothing leads to it."""
        if name in self._taken:
            return None
        self._taken.add(name)
        if not (self._keep_ids or name in self._linked or name in self._site.linked_fragments):
            self._log.add("dropped", f"anchor {name}: nothing links to it")
            return None
        node = self.nodes[name] = _anchor(name)
        return node

    def keep_linked(self, leaves: list[Leaf]) -> list[Leaf]:
        """Return ``leaves`` with a node for each anchor that :meth:`keep` keeps, and without the others."""
        kept: list[Leaf] = []
        for leaf in leaves:
            if leaf[0] != ANCHOR:
                kept.append(leaf)
                continue
            node = self.keep(leaf[1])
            if node is not None:
                kept.append((NODE, node, leaf[2]))
        return kept


def _anchor(name: str) -> Html:
    return Html(open_tag("a", {"id": name}) + "</a>")


def name_headings(
    headings: list[tuple[Heading, list[str], bool]],
    linked: frozenset[str],
    site: Site,
    keep_ids: bool,
    log: NoticeLog,
) -> tuple[list[Section], dict[str, str]]:
    """Give each heading its slug; return the sections (root-level headings) and old id -> new id.

    ``headings`` are (heading, the source's ids of it, whether it is at root level) in document order. A heading whose slug
    is empty (only punctuation or an image) keeps its first id, as ``<a id>``.
    """
    slugger = Slugger()
    moved: dict[str, str] = {}
    sections: list[Section] = []
    for heading, names, top in headings:
        title = " ".join(plain_text(heading).split())
        own = slugger.unique(title)
        own = own if slug(title) else ""  # builders disagree on what follows the first heading without letters
        new = own or (names[0] if names else f"section-{len(sections) + 1}")
        heading.data = {**(heading.data or {}), "hProperties": {"id": new}}
        if names:
            heading.data["legacyIds"] = names
        written = _written_ids(names, own, linked, site, keep_ids)
        for name in written:
            heading.children.insert(0, _anchor(name))
        if own and not linked.isdisjoint(names) and not _is_plain(heading, title):
            heading.children.insert(0, _anchor(own))
        for name in names:
            target = name if name in written else new
            if moved.setdefault(name, target) == new and name != new:
                log.add("mapped", f"anchor {name}: the section's slug #{new}")
            elif not own and name not in written:
                log.add("mapped", f"anchor {name}: the section's id in the record; nothing links to it")
        if top:
            sections.append(Section(new, names, heading.depth, title))
    return sections, moved


def _is_plain(heading: Heading, title: str) -> bool:
    """Whether all builders make the same id of the heading.

    They count the blanks round an image, and may not count U+00A0 and line breaks.
    """
    if any(isinstance(node, Break) for node in walk(heading)):
        return False
    text = plain_text(heading, "\0")
    return "\xa0" not in text.strip() and ("\0" not in text or slug(_BLANKS.sub(" ", text).replace("\0", "")) == slug(title))


def _written_ids(names: list[str], own: str, linked: frozenset[str], site: Site, keep_ids: bool) -> list[str]:
    """Return the ids that must also stand as ``<a id>`` in the heading: asked for, linked from other pages, or no slug."""
    return [
        name
        for name in names
        if name != own and (keep_ids or name in site.linked_fragments or (not own and name in linked))
    ]


def part_from_slugs(anchors: dict[str, Html], sections_ids: frozenset[str], moved: dict[str, str]) -> None:
    """Rename kept anchors that have the id of a heading which they do not name; links follow through ``moved``."""
    taken = {*sections_ids, *anchors}
    for name, node in anchors.items():
        if name not in sections_ids or name in moved:
            continue
        moved[name] = new = _free(name, taken)
        taken.add(new)
        node.value = _anchor(new).value


def part_elements(root: Root, sections_ids: frozenset[str], linked: frozenset[str], moved: dict[str, str]) -> None:
    """Rename the ids of elements that stay HTML which links of the page lead to, where a heading before them has the same id now."""
    wanted = (sections_ids & linked) - moved.keys()
    if not wanted:
        return
    headings: set[str] = set()
    for node in walk(root):
        if isinstance(node, Heading):
            headings.add((node.data or {})["hProperties"]["id"])
        elif isinstance(node, Html) and ' id="' in node.value:
            for name in wanted & headings - moved.keys():
                _rename_id(node, name, _free(name, {*sections_ids, *moved.values()}), moved)


def _rename_id(node: Html, old: str, new: str, moved: dict[str, str]) -> None:
    markup = node.value.replace(f' id="{escape(old)}"', f' id="{escape(new)}"', 1)
    if markup != node.value:
        node.value = markup
        moved[old] = new


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        name += "-anchor"
    return name


def relink(root: Root, links: list[LinkRecord], moved: dict[str, str]) -> None:
    """Point every in-page link of the tree and of the records to the new ids, in place."""
    if not any(old != new for old, new in moved.items()):
        return
    for node in walk(root):
        if isinstance(node, Link):
            node.url = _moved(node.url, moved)
        elif isinstance(node, Html) and 'href="#' in node.value:
            node.value = _RAW_HREF.sub(lambda match: f'href="{escape(_moved("#" + unescape(match[1]), moved))}"', node.value)
    for record in links:
        record.url = _moved(record.url, moved)


def _moved(url: str, moved: dict[str, str]) -> str:
    if url[:1] != "#":
        return url
    raw, decoded = names_of(url[1:])
    new = moved.get(raw) or moved.get(decoded)
    return url if new is None else "#" + new
