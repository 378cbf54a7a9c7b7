"""What a record's tree says beside the Markdown: the window of a link, the size of an image, a direction, a heading's id.

Markdown has no spelling for it, so that only the source can tell whether it is right. The nodes have nothing else than this: what
else stood there would be shown by those who render the tree (``hName``, ``style`` …), and nobody would have proven it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from wpmigrate.model import nodes as n
from wpmigrate.model.slugs import slug
from wpmigrate.verifier.tokens import IMAGE, IMAGE_SAYS, LINK, LINK_SAYS, Beside, Inventory

__all__ = ["foreign_ids", "nodes_with_data", "unknown_data", "unlike"]

_BLOCK: Final = {"wp", "wpMore"}
"""What comments of the block editor say of the block that made a node, and of those round it that made none."""
_ANY: Final = (_BLOCK, frozenset[str]())
_HEADING: Final = ({"hProperties", "legacyIds", *_BLOCK}, frozenset({"id"}))
_DATA: Final[dict[type, tuple[set[str], frozenset[str]]]] = {
    n.Heading: _HEADING,
    n.Html: _HEADING,
    n.Paragraph: ({"hProperties", *_BLOCK}, frozenset({"dir", "lang"})),
    n.Blockquote: ({"hProperties", *_BLOCK}, frozenset({"cite"})),
    n.Image: ({"hProperties", "sourceUrl", *_BLOCK}, IMAGE_SAYS | {"align"}),
    n.Link: ({"hProperties", "sourceUrl", "player"}, LINK_SAYS),
}
"""Kind of node -> the fields of its data, and what may be in its ``hProperties``."""


def nodes_with_data(root: n.Root) -> list[Any]:
    """Return the nodes of a tree that have data, in document order."""
    found: list[Any] = []
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node.data is not None:
            found.append(node)
        children = getattr(node, "children", None)
        if children:
            stack += [child for child in reversed(children) if type(child) is not n.Text or child.data is not None]
    return found


def unknown_data(nodes: Iterable[Any], has_moved: bool) -> Iterator[str]:
    """Yield a sentence for each of the ``nodes`` whose data has a field that no node of its kind has.

    ``has_moved``: there may be old addresses.
    """
    for node in nodes:
        fields, names = _DATA.get(type(node), _ANY)
        if not has_moved and "sourceUrl" in node.data:
            yield f"nothing has moved: the old address {node.data['sourceUrl']!r:.80} is made up"
        properties = node.data.get("hProperties", {})
        if not node.data.keys() <= fields or not isinstance(properties, dict) or not properties.keys() <= names:
            yield f"a node {node.__struct_config__.tag} cannot have the data {node.data!r:.80}"
        elif not all(isinstance(value, str) for value in properties.values()):
            yield f"a property of a node {node.__struct_config__.tag} is no text: {properties!r:.80}"


def unlike(source: Inventory, there: set[Beside], page: Inventory, more: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for each link, image or block of which only one of the ``source`` and a record (``there``) says a thing.

    ``page``: what the output shows. ``more``: only what the record says more than the source is asked for.
    """
    for _, _, said in sorted(source.owed - there) if not more else ():
        yield "content", f"the source says {dict(said)!r:.80} of a block, the record nothing"
    known = _addresses(source) & _addresses(page)
    told = set()
    for row in sorted(there - source.beside if more else source.beside ^ there):
        kind, address, what = row
        if more and not what:
            continue
        if address and (kind, address) in told:
            continue
        if (kind, address) in known or (not kind and row in there):  # a block without words has no node
            told.add((kind, address))
            which = "the source" if row in source.beside else "the record"
            yield kind or "content", f"only {which} says {dict(what)!r:.80} of the {kind or 'block'} {address!r:.80}"


def _addresses(page: Inventory) -> set[tuple[object, object]]:
    return {(token[0], token[1]) for token in page.tokens if type(token) is tuple and token[0] in (LINK, IMAGE)}


def foreign_ids(nodes: Iterable[Any], source: Inventory, sections: Collection[str]) -> Iterator[str]:
    """Yield the ids of headings among ``nodes`` that are neither their slug nor an id of the source, nor one of the ``sections``."""
    for node in nodes:
        if type(node) not in (n.Heading, n.Html):
            continue
        new, own = node.data.get("hProperties", {}).get("id"), slug(" ".join(n.plain_text(node).split()))
        for name in (*([] if new is None else [new]), *node.data.get("legacyIds", ())):
            if name not in source.anchors and not (name == new and (name in sections or _is_numbered(name, own))):
                yield f"the id {name!r} of the heading {own!r} is none of the source"


def _is_numbered(name: str, own: str) -> bool:
    """Whether ``name`` is the slug ``own``, or its second, third …; ``section-3`` where there is none."""
    return name == own or re.fullmatch(rf"{re.escape(own or 'section')}-\d+", name) is not None
