"""What counts as the same of players: parameters that only the one browser read for which they were, and all others as an attribute."""

from __future__ import annotations

from typing import Any, Final

from wpmigrate.verifier.placed import Placed
from wpmigrate.verifier.tokens import Token
from wpmigrate.verifier.urls import canonical_url

__all__ = ["parameters"]

_AN_ADDRESS: Final = frozenset({"movie", "src"})
_IN_EMBED: Final = _AN_ADDRESS | {"flashvars", "allowfullscreen", "loop"}
_HOW_FLASH_DREW: Final = frozenset("allowscriptaccess bgcolor menu quality salign scale swliveconnect wmode".split())


def parameters(rows: list[Placed]) -> list[Placed]:
    """Take away each parameter of an ``object`` that the ``embed`` straight behind its parameters says too, or that says how Flash drew it."""
    out: list[Placed] = []
    embed: dict[str, str] | None = None
    for row in reversed(rows):
        name = _element(row[0])
        if name == "embed":
            embed = _attributes(row[0])
        elif name != "param":
            embed = None
        elif embed is not None and _says_nothing_new(_attributes(row[0]), embed):
            continue
        out.append(row)
    out.reverse()
    return out


def _says_nothing_new(param: dict[str, str], embed: dict[str, str]) -> bool:
    name, value = param.get("name", "").lower(), param.get("value", "")
    if name in _HOW_FLASH_DREW:
        return True
    if name in _AN_ADDRESS:
        return embed.get("src") == canonical_url(value)
    return name in _IN_EMBED and embed.get(name) == value


def _element(token: Token) -> str:
    return str(token[1]) if isinstance(token, tuple) and token[0] == "element" else ""


def _attributes(token: Any) -> dict[str, str]:
    return dict(token[2:])
