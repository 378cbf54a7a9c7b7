"""What happened to the source on its way: typed, located, countable."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

__all__ = ["Finding", "Notice", "NoticeKind", "NoticeLog", "drops_content"]

NoticeKind: TypeAlias = Literal["kept", "mapped", "repaired", "dropped"]


class Notice(msgspec.Struct, frozen=True):
    """One thing that a person may want to know, with how often it happened on the page."""

    kind: NoticeKind
    """kept (verbatim, not understood), mapped (said another way), repaired (damage undone), dropped (left out)."""
    what: str
    """The thing and the reason, such as ``style color: decoration`` or ``shortcode [gallery]``."""
    count: int = 1
    """How often."""
    where: str = ""
    """The first place: ``line 12`` of the source file, or ``front matter: title``."""


_ORDER: Final[dict[NoticeKind, int]] = {"dropped": 0, "repaired": 1, "mapped": 2, "kept": 3}

_LOOKS = ("style ", "attribute ", "<style>")
"""How notices begin that speak of looks."""


def drops_content(notice: Notice) -> bool:
    """Whether something was dropped that is more than the looks of the old theme; ``--strict`` fails on it."""
    return notice.kind == "dropped" and not notice.what.startswith(_LOOKS)


class NoticeLog:
    """Collects notices; the same kind and thing are counted together and keep their first place."""

    def __init__(self) -> None:
        self._seen: dict[tuple[NoticeKind, str], tuple[int, str]] = {}

    def add(self, kind: NoticeKind, what: str, where: str = "", count: int = 1) -> None:
        """Count ``count`` more of ``what``."""
        key = (kind, what)
        old = self._seen.get(key)
        self._seen[key] = (count, where) if old is None else (old[0] + count, old[1] or where)

    def notices(self) -> tuple[Notice, ...]:
        """Return the notices: dropped first, then repaired, mapped and kept; each in order of appearance."""
        rows = [*self._seen.items()]
        if len(rows) > 1:
            rows.sort(key=lambda row: _ORDER[row[0][0]])
        return tuple([Notice(kind, what, count, where) for (kind, what), (count, where) in rows])


class Finding(msgspec.Struct, frozen=True):
    """One thing of the source that the output does not have, or has otherwise."""

    what: str
    """Which part: word, link, image, anchor, heading, list, cell, code, emphasis, break, metadata, file …"""
    message: str
    """A sentence: what is missing or different."""
    file: str = ""
    """The output file, relative to the output folder; empty when it is about the source."""
    line: int | None = None
    """1-based line in ``file`` near the place; None when unknown."""
    source_line: int | None = None
    """1-based line in the source file; None when unknown."""
    source_column: int | None = None
    """1-based column in the source file; None when unknown."""
    context: str = ""
    """The words of the source around the place."""
