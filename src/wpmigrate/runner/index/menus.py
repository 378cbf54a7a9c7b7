"""Menus as trees: those of the old editor (``nav_menu_item``) and those of the block editor (``wp_navigation``).

Nothing of an entry that is not public shows, nor of one that is not in the export: it may be private.
"""

from __future__ import annotations

import html
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from wpmigrate.extractors.values import plain_title
from wpmigrate.model import Site
from wpmigrate.wordpress.blocks import BlockToken, parse_blocks
from wpmigrate.wordpress.urls import address_key

__all__ = ["Menu", "MenuItem", "read_menus"]

_DEEPEST = 32
"""So many levels a menu has; what is deeper stands beside its parent."""


class MenuItem(msgspec.Struct):
    """One line of a menu."""

    title: str
    """What it shows, plain text."""
    url: str
    """The new address (``/page/about``) when it leads into the output, else the old one; empty when it has none."""
    kind: str = ""
    """``post_type``, ``taxonomy``, ``custom``, ``post_type_archive``, or ``page_list`` (all pages, in their order)."""
    object: str = ""
    """The post type or taxonomy that it leads to."""
    object_id: str = ""
    """The id of the entry or term that it leads to."""
    target: str = ""
    """``_blank`` when it opens a window of its own."""
    description: str = ""
    """The description that the user gave it."""
    tip: str = ""
    """The ``title`` attribute of its link."""
    rel: str = ""
    """Its link relation (``nofollow``, XFN's ``friend``)."""
    classes: list[str] = msgspec.field(default_factory=list)
    """CSS classes that the user gave it."""
    children: list[MenuItem] = msgspec.field(default_factory=list)
    """What stands below it."""


class Menu(msgspec.Struct):
    """One menu of the old site."""

    slug: str
    """Its slug."""
    name: str
    """Its name."""
    items: list[MenuItem]
    """Its top, in order."""
    left_out: int = 0
    """Items that lead to entries that are not public, or not in the export: nothing of them is shown."""


def read_menus(connection: sqlite3.Connection, site: int, facts: Site) -> Iterator[Menu]:
    """Yield the menus of ``site`` by slug, then its blocks of navigation. One menu at a time is in memory."""
    menus = connection.execute(_MENUS, {"site": site}).fetchall()
    for (slug,) in menus:
        name = connection.execute(_NAME, (site, slug)).fetchone()
        menu = Menu(slug, name[0] if name and name[0] else slug, [])
        rows = connection.execute(_ITEMS, (site, slug)).fetchall()
        _plant(menu, [_Row(connection, site, facts, row) for row in rows])
        yield menu
    for slug, title, body in connection.execute(_NAVIGATION, (site,)):
        yield _Blocks(connection, site, facts).menu(slug, title, body)


_MENUS = """
SELECT menu FROM menu_item WHERE site = :site UNION SELECT slug FROM term WHERE site = :site AND taxonomy = 'nav_menu' ORDER BY 1
"""
_NAME = "SELECT name FROM term WHERE site = ? AND taxonomy = 'nav_menu' AND slug = ?"
_NAVIGATION = "SELECT slug, title, body FROM navigation WHERE site = ? ORDER BY slug, id"
_ITEMS = """
SELECT id, parent, kind, object, object_id, url, title, target, description, tip, rel, classes FROM menu_item
WHERE site = ? AND menu = ? ORDER BY position, rowid
"""


class _Row:
    """An item of a menu with its place; ``item`` is None when it must not show."""

    def __init__(self, connection: sqlite3.Connection, site: int, facts: Site, row: tuple[str, ...]) -> None:
        self.id, self.parent = row[:2]
        self.item = _menu_item(connection, site, facts, row[2:])
        self.depth = 0


def _menu_item(
    connection: sqlite3.Connection, site: int, facts: Site, row: tuple[str, ...]
) -> MenuItem | None:
    kind, object_, object_id, url, title, target, description, tip, rel, classes = row
    own, found = title, None
    if kind == "post_type":
        found = _entry(connection, site, object_id)
    elif kind == "taxonomy":
        found = _term(connection, site, object_, object_id)
    if kind == "post_type" and found is None:
        return None
    new = found[1] if found else _moved(facts, url)
    title = own or (found[0] if found else "")
    details = (
        kind,
        object_,
        object_id,
        target,
        plain_title(description),
        plain_title(tip),
        rel,
        classes.split(),
    )
    return MenuItem(title, new, *details)


def _entry(connection: sqlite3.Connection, site: int, post_id: str) -> tuple[str, str] | None:
    """Return title and new address of a public entry."""
    query = "SELECT title, address(stem) FROM public JOIN entry ON entry.number = public.entry WHERE public.site = ? AND public.id = ?"
    found: tuple[str, str] | None = connection.execute(query, (site, post_id)).fetchone()
    return found


def _term(connection: sqlite3.Connection, site: int, taxonomy: str, term_id: str) -> tuple[str, str] | None:
    """Return name and address (empty when it has no page) of a term."""
    found: tuple[str, str] | None = connection.execute(_TERM, (site, taxonomy, term_id)).fetchone()
    return found


_TERM = """
SELECT term.name, coalesce(address(stem), '') FROM term
LEFT JOIN archive ON archive.site = term.site AND archive.taxonomy = term.taxonomy AND archive.slug = term.slug
WHERE term.site = ? AND term.taxonomy = ? AND term.id = ? AND term.id <> ''
"""


def _moved(facts: Site, url: str) -> str:
    """Return the new address of ``url`` with its fragment when it leads into the output, else ``url``."""
    url = html.unescape(url.strip())
    key = address_key(url, facts.hosts, facts.base_url)
    new = facts.addresses.get(key) if key else None
    return f"{new}{url[url.find('#') :] if '#' in url else ''}" if new else url


def _plant(menu: Menu, rows: list[_Row]) -> None:
    """Make a tree of ``rows``: below the nearest ancestor that shows; circles and lost parents end at the top."""
    by_id = {row.id: row for row in rows}
    above: dict[str, _Row | None] = {}
    for row in rows:
        _find_above(row, by_id, above)
    for row in rows:
        if row.item is None:
            menu.left_out += 1
            continue
        parent = above[row.id] if by_id[row.id] is row else None
        target = parent.item.children if parent is not None and parent.item is not None else menu.items
        target.append(row.item)


def _find_above(row: _Row, by_id: dict[str, _Row], above: dict[str, _Row | None]) -> None:
    """Note in ``above`` for ``row`` and its ancestors under which row that shows each stands. Linear over all rows."""
    chain: list[_Row] = []
    going: set[str] = set()
    current: _Row | None = row
    while current is not None and current.id not in above and current.id not in going:
        chain.append(current)
        going.add(current.id)
        current = by_id.get(current.parent)
    if current is not None and current.id in going:
        current = None  # a circle: its first item stands at the top
    for one in reversed(chain):
        parent = by_id.get(one.parent) if current is not None else None
        shown = parent if parent is None or parent.item is not None else above.get(parent.id)
        if shown is not None and shown.depth + 1 >= _DEEPEST:
            shown = above.get(shown.id)
        above[one.id] = shown
        one.depth = shown.depth + 1 if shown is not None else 0
        current = one


_LINKS: Final = {
    "core/navigation-link": "custom",
    "core/navigation-submenu": "custom",
    "core/home-link": "custom",
    "core/page-list": "page_list",
    "core/social-link": "custom",
}
"""Blocks that are a line of a menu, and the kind of it when the block does not say."""

_KINDS: Final = {
    "post-type": "post_type",
    "taxonomy": "taxonomy",
    "custom": "custom",
    "post-type-archive": "post_type_archive",
}


class _Blocks:
    """Reads one ``wp_navigation``."""

    def __init__(self, connection: sqlite3.Connection, site: int, facts: Site) -> None:
        self._connection = connection
        self._site = site
        self._facts = facts

    def menu(self, slug: str, title: str, body: str) -> Menu:
        """Return the menu that the blocks of ``body`` make."""
        menu = Menu(slug, title or slug, [])
        open_items: list[tuple[str, list[MenuItem]]] = []
        for token in parse_blocks(body):
            if token.kind == "close":
                if any(name == token.name for name, _ in open_items[-_DEEPEST:]):
                    while open_items.pop()[0] != token.name:
                        pass
            elif token.kind in ("open", "void") and token.name in _LINKS:
                here = open_items[-1][1] if open_items else menu.items
                below = self._add(menu, here, token)
                if token.kind == "open":
                    open_items.append((token.name, below if len(open_items) < _DEEPEST else here))
        return menu

    def _add(self, menu: Menu, here: list[MenuItem], token: BlockToken) -> list[MenuItem]:
        """Add the line of a block and return where those below it go."""
        item = self._item(token)
        if item is None:
            menu.left_out += 1
            return here
        here.append(item)
        return item.children

    def _item(self, token: BlockToken) -> MenuItem | None:
        said = token.attributes
        get: Any = lambda name: str(said.get(name) or "")  # noqa: E731
        kind = _KINDS.get(get("kind")) or (
            "post_type" if get("id") and get("type") in ("page", "post") else _LINKS[token.name]
        )
        row = (
            kind,
            get("type"),
            get("id"),
            get("url"),
            plain_title(get("label") or get("service")),
            get("opensInNewTab") and "_blank",
        )
        url = self._facts.base_url if token.name == "core/home-link" and not get("url") else row[3]
        return _menu_item(
            self._connection,
            self._site,
            self._facts,
            (*row[:3], url, *row[4:], get("description"), get("title"), get("rel"), get("className")),
        )
