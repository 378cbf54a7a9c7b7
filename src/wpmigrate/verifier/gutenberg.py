"""Gutenberg bodies as the HTML that WordPress shows: block comments vanish, text between blocks gets its paragraphs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from wpmigrate.model import Notice
from wpmigrate.verifier.values import identical
from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.blocks import parse_blocks
from wpmigrate.wordpress.dynamic import SHOWN_ROUND, shown_close, shown_html, shown_open
from wpmigrate.wordpress.pictures import background_html

__all__ = ["block_data", "blocks_html", "blocks_of", "foreign_block_data", "unsaid_blocks"]


_CLASSIC = frozenset({"core/freeform", "core/shortcode"})
"""Blocks whose text is that of the classic editor (WordPress: ``render_block_core_shortcode`` calls wpautop)."""


def blocks_html(text: str) -> str:
    """Return ``text`` without its block comments; what stands outside all blocks and in classic ones as WordPress's paragraphs.

    Blocks that a server fills (latest posts, a search box) have no HTML and nothing to compare, but for those that hold all
    they show in their attributes.
    """
    parts: list[str] = []
    nest = _Nest()
    for token in parse_blocks(text):
        if token.kind == "html":
            classic = nest.innermost in _CLASSIC and token.text.strip()
            parts.append(autop(token.text) if classic else token.text)
        elif token.kind == "open":
            nest.open(token.name)
            parts.append(shown_open(token.name, token.attributes) or background_html(token.attributes))
        elif token.kind == "close":
            parts += map(shown_close, nest.close(token.name))
        else:
            parts.append(shown_html(token.name, token.attributes))
    return "".join(parts)


class _Nest:
    """Which blocks are open."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._counts: dict[str, int] = {}

    @property
    def innermost(self) -> str:
        """The name of the block that text stands in now; the classic editor's outside all blocks."""
        return self._names[-1] if self._names else "core/freeform"

    def open(self, name: str) -> None:
        """Begin a block."""
        self._names.append(name)
        self._counts[name] = self._counts.get(name, 0) + 1

    def close(self, name: str) -> Iterator[str]:
        """End the innermost block of this name and all that it holds, and yield their names; without one it means nothing."""
        while self._counts.get(name):
            last = self._names.pop()
            self._counts[last] -= 1
            yield last
            if last == name:
                return


class BlockData(NamedTuple):
    """What the nodes of a tree have of blocks, in order."""

    own: list[Any]
    """``data.wp``: of the block that made the node."""
    more: list[Any]
    """``data.wpMore``: of those that made none."""


def block_data(nodes: Iterable[Any]) -> BlockData:
    """Return what the ``nodes`` have of blocks."""
    found = BlockData([], [])
    for node in nodes:
        if "wp" in node.data:
            found.own.append(node.data["wp"])
        more = node.data.get("wpMore", [])
        found.more.extend(more if isinstance(more, list) else [more])
    return found


def blocks_of(markdown: str) -> BlockData:
    """Return what comments of the block editor say that stand in ``markdown``."""
    opened = (token for token in parse_blocks(markdown) if token.kind == "open")
    return BlockData([], [{"name": token.name, "attrs": token.attributes} for token in opened])


def foreign_block_data(text: str, found: BlockData) -> Iterator[Any]:
    """Yield what was ``found`` and is not the name and attributes of a block of ``text``; nodes stand in the order of their blocks."""
    if not found.own and not found.more:
        return
    blocks = [(token.name, token.attributes) for token in parse_blocks(text) if token.kind in ("open", "void")]
    place = 0
    for data in found.own:
        at = next((at for at in range(place, len(blocks)) if _is_of(data, *blocks[at])), None)
        if at is None:
            yield data
        else:
            place = at
    known = {_spelled({"name": name, "attrs": attributes}) for name, attributes in blocks} if found.more else set()
    yield from (data for data in found.more if _spelled(data) not in known)


_SHOWN_AS_IT_IS: Final = frozenset({"core/footnotes", "core/block"})
"""Blocks without HTML that are in the output: as footnotes, as what they refer to."""


def unsaid_blocks(text: str, found: BlockData, notices: Iterable[Notice], markdown: bool = False) -> Iterator[str]:
    """Yield a sentence for each block of ``text`` whose attributes were neither ``found`` nor are in a notice.

    Blocks that a server fills count too: their attributes are all that there is of them. In ``markdown`` such comments stay as they are.
    """
    there = Counter(map(_spelled, (*found.own, *found.more)))
    told = _Told(notices)
    for token in parse_blocks(text):
        if token.broken and not markdown and not told.take_broken(token.name):
            yield f"the attributes of the block {token.name} are no JSON, and no notice says so"
        if not token.attributes or token.kind == "close" or token.name in SHOWN_ROUND:
            continue
        if token.kind == "void" and (markdown or token.name in _SHOWN_AS_IT_IS or shown_html(token.name, token.attributes)):
            continue
        spelled = _spelled({"name": token.name, "attrs": token.attributes})
        if there[spelled]:
            there[spelled] -= 1
        elif not told.take(token.name, token.attributes):
            yield f"the attributes of the block {token.name} {token.attributes!r:.80} are gone, and no notice says so"


_decoder: Final = json.JSONDecoder()
_LONG: Final = "…"
"""Where a notice cuts attributes off."""


class _Told:
    """The blocks that notices name: ``block NAME {"key":value} and key, key: reason``."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self._whole: dict[tuple[str, frozenset[str]], dict[frozenset[str], Counter[str]]] = {}
        """By name and all keys, then by the keys without a value: how often which values are told."""
        self._cut: Counter[str] = Counter()
        """How many notices of each name end before their attributes do."""
        self._broken: Counter[str] = Counter()
        """How many blocks of each name are told whose attributes are no JSON."""
        for notice in notices:
            if notice.kind == "dropped" and notice.what.startswith("block "):
                name, broken, _ = notice.what.removeprefix("block ").partition(": attributes that are no JSON: ")
                if broken and " " not in name:
                    self._broken[name] += notice.count
                else:
                    self._add(notice)

    def _add(self, notice: Notice) -> None:
        name, _, rest = notice.what.removeprefix("block ").partition(" ")
        values: dict[str, Any] = {}
        if rest.startswith("{"):
            try:
                values, end = _decoder.raw_decode(rest)
            except ValueError:
                self._cut[name] += notice.count * (_LONG in rest)
                return
            rest = rest[end:]
        look = frozenset(rest.partition(": ")[0].strip().removeprefix("and ").split(", ")) - {""}
        group = self._whole.setdefault((name, look.union(values)), {})
        group.setdefault(look, Counter())[_folded(values)] += notice.count

    def take(self, name: str, attributes: dict[str, Any]) -> bool:
        """Whether a notice names a block; it names no other."""
        for look, told in self._whole.get((name, frozenset(attributes)), {}).items():
            values = _folded({key: value for key, value in attributes.items() if key not in look})
            if told[values]:
                told[values] -= 1
                return True
        self._cut[name] -= 1
        return self._cut[name] >= 0

    def take_broken(self, name: str) -> bool:
        """Whether a notice names a block whose attributes are no JSON; it names no other."""
        self._broken[name] -= 1
        return self._broken[name] >= 0


def _folded(data: dict[str, Any]) -> str:
    return " ".join(_spelled(data).split())


def _spelled(data: Any) -> str:
    return json.dumps(data, sort_keys=True)


def _is_of(data: Any, name: str, attributes: dict[str, Any]) -> bool:
    return isinstance(data, dict) and data.get("name") == name and identical(data.get("attrs", {}), attributes)
