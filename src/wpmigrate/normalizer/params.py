"""The ``param`` elements of a Flash player that its ``embed`` says again: each browser read one of the two."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

__all__ = ["is_said_again"]

_SAME: Final = {"movie": "src", "src": "src", "flashvars": "flashvars", "allowfullscreen": "allowfullscreen", "loop": "loop"}
"""Name of a parameter -> the attribute of ``embed`` that says it."""
_LOOKS: Final = frozenset("allowscriptaccess bgcolor menu quality salign scale swliveconnect wmode".split())
"""Parameters that say how Flash drew a movie, and what it might ask of its page."""
_FEW: Final = 30
"""How many siblings further on the ``embed`` is looked for; players have a handful of parameters."""


def is_said_again(param: LexborNode) -> bool:
    """Whether ``param`` says nothing beside the ``embed`` behind it in the same ``object``."""
    embed = _embed_behind(param)
    if embed is None:
        return False
    attributes = param.attributes
    name = (attributes.get("name") or "").lower()
    if name in _LOOKS:
        return True
    said = embed.attributes.get(_SAME.get(name, ""))
    return said is not None and said == attributes.get("value")


def _embed_behind(param: LexborNode) -> LexborNode | None:
    if param.parent is None or param.parent.tag != "object":
        return None
    node = param.next
    for _ in range(_FEW):
        if node is None or node.tag == "embed":
            return node
        if node.tag != "param" and not (node.tag == "-text" and not (node.text_content or "").strip(" \t\n\r\f")):
            return None
        node = node.next
    return None
