"""The links that stand round the entries of a built site: menus, lists of pages, redirects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from wpmigrate.model import Finding
from wpmigrate.runner.records import Record, SourceRef
from wpmigrate.runner.state import Seen
from wpmigrate.verifier.built import local_path

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index
    from wpmigrate.runner.index.menus import MenuItem

__all__ = ["Around", "broken_links"]


def broken_links(links: Iterable[str], address: str, has: Callable[[str], bool]) -> tuple[str, ...]:
    """Return those of the ``links`` of the page at ``address`` that lead to a place of the site where nothing is."""
    paths = {local_path(link.strip(), address): link.strip() for link in links}
    return tuple(link for path, link in paths.items() if path and not has(path))


class Around:
    """Broken links, each told once, since a menu stands on every page."""

    def __init__(self, index: Index | None) -> None:
        self._index = index
        self._told = Seen()
        self._custom: frozenset[str] | None = None
        """What people typed into the menus of the old site: it may have led nowhere there too."""

    def told(self, file: str, links: Iterable[str]) -> Iterator[Record]:
        """Yield a record for each of the broken ``links`` of the page ``file`` that is new."""
        for link in links:
            if link in self._told or link in self._typed():
                continue
            self._told.add(link)
            message = f"{link}, a link of {file}, is not in the built site"
            yield Record(SourceRef(file), "failed", message, (), (), (Finding("link", message, file),))

    def _typed(self) -> frozenset[str]:
        if self._custom is None:
            self._custom = frozenset(_typed_addresses(self._index) if self._index is not None else ())
        return self._custom

    def close(self) -> None:
        """Drop what was remembered."""
        self._told.close()


def _typed_addresses(index: Index) -> Iterator[str]:
    items: list[MenuItem] = [
        item for site in index.sites() for menu in index.menus(site.number) for item in menu.items
    ]
    while items:
        item = items.pop()
        items += item.children
        if item.kind == "custom":
            yield item.url
