"""What a value of the record may be, and whether it is."""

from __future__ import annotations

from typing import Any, Final

from wpmigrate.verifier.values import EQUAL, same
from wpmigrate.verifier.views import shorten

__all__ = ["ABSENT", "OneOf", "agrees", "one_of", "wrong"]


_ROWS: Final = tuple(row for row in EQUAL if row[0] == "text")
"""The values of a WXR file are texts: only damage, line ends and outer blanks may differ."""


class OneOf:
    """Several values that are all right; :data:`ABSENT` among them says that the key may be missing."""

    __slots__ = ("values",)

    def __init__(self, *values: Any) -> None:
        self.values = values


class _Absent:
    """No value."""


ABSENT = _Absent()
"""Stands for a key that is not there."""


def one_of(*values: Any) -> Any:
    """Return the only one of ``values``, or all as :class:`OneOf`; None stands for :data:`ABSENT`."""
    if len(values) == 1 and values[0] is not None:
        return values[0]
    return OneOf(*(ABSENT if value is None else value for value in values))


def agrees(wanted: Any, got: Any) -> bool:
    """Whether the record's ``got`` is ``wanted``, mappings and lists in depth, spellings of one value being the same."""
    if type(wanted) is type(got) and wanted == got:
        return True
    if isinstance(wanted, OneOf):
        return any(value is got or (value is not ABSENT and got is not ABSENT and agrees(value, got)) for value in wanted.values)
    return type(wanted) is type(got) and same(wanted, got, _ROWS)


def wrong(wanted: dict[str, Any], got: dict[str, Any], name: str = "") -> list[tuple[str, str]]:
    """Return (key, sentence) for each key in which ``got`` is not as ``wanted``, or that only one of them has."""
    if wanted == got:
        return []
    found: list[tuple[str, str]] = []
    for key, value in wanted.items():
        there = got.get(key, ABSENT)
        if (type(there) is type(value) and there == value) or agrees(value, there):
            continue
        if there is ABSENT:
            found.append((name + key, f"{shorten(_shown(value))} of the source is missing"))
        else:
            found.append((name + key, f"the source says {shorten(_shown(value))}, the output {shorten(there)}"))
    found += [(name + key, f"the source has no such value: {shorten(got[key])}") for key in got.keys() - wanted.keys()]
    return found


def _shown(value: Any) -> Any:
    return value.values[0] if isinstance(value, OneOf) else value
