"""Inline styles and presentational attributes: what means something, and what is decoration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.marks import DELETE, EMPHASIS, STRONG, Mark, Marks

__all__ = [
    "ALIGNMENTS",
    "ENDS",
    "PRESENTATIONAL",
    "STYLES",
    "class_alignment",
    "ends_mark",
    "meaningful",
    "stands_alone",
    "style_marks",
    "style_value",
    "text_alignment",
]

_BOLD: Final = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_SLANTED: Final = frozenset({"italic", "oblique"})
_FONT_WORDS: Final = _BOLD | _SLANTED | {"normal", "lighter", "small-caps", "100", "200", "300", "400", "500"}

STYLES: Final[dict[str, tuple[frozenset[str], Mark, str]]] = {
    "font-weight": (_BOLD, STRONG, "bold is strong"),
    "font-style": (_SLANTED, EMPHASIS, "italic is emphasis"),
    "text-decoration": (frozenset({"line-through"}), DELETE, "struck text is deleted text"),
    "text-decoration-line": (frozenset({"line-through"}), DELETE, "struck text is deleted text"),
}
"""Property -> (values that mean something, what they mean, why). Every other declaration is decoration."""

ENDS: Final[dict[str, tuple[frozenset[str], Mark, str]]] = {
    "font-weight": (frozenset({"normal", "lighter", "100", "200", "300", "400", "500"}), STRONG, "it ends the bold round it"),
    "font-style": (frozenset({"normal"}), EMPHASIS, "it ends the italics round it"),
}
"""Property -> (values that end what is open, what they end, why). Editors paste ``<b style="font-weight:normal">`` round whole pages."""

PRESENTATIONAL: Final[dict[str, str]] = {
    "align": "layout",
    "bgcolor": "decoration",
    "border": "decoration",
    "cellpadding": "layout",
    "cellspacing": "layout",
    "class": "names for a style sheet that stays behind",
    "color": "decoration",
    "face": "decoration",
    "hspace": "layout",
    "markdown": "an order to read the content as Markdown, which WordPress never did and some builders do",
    "size": "decoration",
    "valign": "layout",
    "vspace": "layout",
}
"""Attributes that say how something looks; dropped with a notice where no row of ELEMENTS keeps them."""

_OWN_LINES: Final = frozenset({"block", "flex", "grid", "list-item", "table"})
"""Values of ``display`` with which an element in a line begins and ends one."""

ALIGNMENTS: Final[dict[str, str]] = {
    "alignleft": "left",
    "alignright": "right",
    "aligncenter": "center",
    "alignnone": "none",
    "alignwide": "wide",
    "alignfull": "full",
    "left": "left",
    "right": "right",
    "center": "center",
    "middle": "center",
}
"""WordPress's alignment classes and HTML's ``align`` values -> what the record says."""


def _declarations(style: str) -> list[tuple[str, str]]:
    rows = []
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            rows.append((name.strip().lower(), value.strip().lower()))
            if rows[-1][0] == "font":
                rows += _in_font(value.lower())
    return rows


def _in_font(value: str) -> Iterator[tuple[str, str]]:
    """Yield what the ``value`` of ``font: italic bold 12px Arial`` says of weight and style: words before the size."""
    for word in value.split():
        if word not in _FONT_WORDS:
            return
        if word in _BOLD or word in _SLANTED:
            yield "font-style" if word in _SLANTED else "font-weight", word


def style_value(style: str, name: str) -> str:
    """Return the value of the property ``name`` in ``style`` in lower case, or an empty string."""
    return next((value for key, value in reversed(_declarations(style)) if key == name), "")


def text_alignment(attributes: dict[str, str | None]) -> str:
    """Return how the text of an element is aligned, in its own word in lower case; empty when nothing says it."""
    return style_value(attributes.get("style") or "", "text-align") or (attributes.get("align") or "").lower()


def class_alignment(attributes: dict[str, str | None]) -> str:
    """Return the first class that is in ALIGNMENTS, or an empty string."""
    classes = (attributes.get("class") or "").split()
    return next((name for name in classes if name in ALIGNMENTS), "")


def meaningful(style: str) -> str:
    """Return only those declarations of ``style`` that mean something."""
    rows = (
        f"{name}:{value}"
        for name, value in _declarations(style)
        if name in STYLES and (_word_of(STYLES[name], value) or (name in ENDS and _word_of(ENDS[name], value)))
    )
    return ";".join(rows)


def _word_of(row: tuple[frozenset[str], Mark, str], value: str) -> str:
    """Return the word of ``value`` that the ``row`` names; empty when there is none."""
    return next((word for word in value.replace("!important", "").split() if word in row[0]), "")


def ends_mark(style: str, mark: Mark) -> bool:
    """Return whether ``style`` says that its element is not what its name says: ``<b style="font-weight:normal">``."""
    if "normal" not in style and "font-weight" not in style:
        return False
    return any(row[1] is mark and _word_of(row, style_value(style, name)) for name, row in ENDS.items())


def stands_alone(style: str) -> bool:
    """Return whether ``style`` says that its element stands on lines of its own."""
    return "display" in style.lower() and style_value(style, "display").removesuffix("!important").rstrip() in _OWN_LINES


def style_marks(style: str, marks: Marks, log: NoticeLog) -> Marks:
    """Return ``marks`` with those that ``style`` means added, and without those that it ends; count what is decoration."""
    for name, value in _declarations(style):
        row, end = STYLES.get(name), ENDS.get(name)
        if row and (meaning := _word_of(row, value)):
            if row[1] not in marks:
                marks = (*marks, row[1])
            log.add("mapped", f"style {name}: {meaning}: {row[2]}")
        elif end and end[1] in marks and (meaning := _word_of(end, value)):
            marks = tuple(mark for mark in marks if mark is not end[1])
            log.add("mapped", f"style {name}: {meaning}: {end[2]}")
        else:
            log.add("dropped", f"style {name}: decoration")
    return marks
