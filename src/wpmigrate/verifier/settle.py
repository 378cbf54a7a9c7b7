"""What counts as the same: the few spellings of one meaning, each a row with its reason."""

from __future__ import annotations

import msgspec

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.tokens import Token

__all__ = ["Settled", "settle"]


class Settled(msgspec.Struct):
    """An inventory in the one spelling that equal pages share."""

    tokens: list[Token]
    """The tokens."""
    places: list[int]
    """For each token its index in the inventory that it came from."""


def settle(tokens: list[Token]) -> Settled:
    """Return ``tokens`` with split runs of text joined and idle styles dropped."""
    out: list[Token] = []
    places: list[int] = []
    parts: list[str] = []
    shown = 0
    bits = 0
    for index, token in enumerate(tokens):
        if isinstance(token, int):
            bits = token
            continue
        if isinstance(token, str) or token[0] == t.SPAN:
            if bits != shown:
                _end(parts, out)
                shown = bits
                out.append(bits)
                places.append(index)
        if isinstance(token, str):
            if not parts:
                places.append(index)
            parts.append(token)
            continue
        _end(parts, out)
        last = out[-1] if out else None
        if token[0] == t.SPAN and isinstance(last, tuple) and last[0] == t.SPAN:
            out[-1] = (t.SPAN, f"{last[1]}{token[1]}")
            continue
        out.append(token)
        places.append(index)
    _end(parts, out)
    return Settled(out, places)


def _end(parts: list[str], out: list[Token]) -> None:
    if parts:
        out.append("".join(parts))
        parts.clear()
