"""Attributes that no handler keeps and no other table names: each goes with a notice, and those that speak with what they say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from wpmigrate.model import NoticeLog
from wpmigrate.normalizer.elements import ElementKind, element_of
from wpmigrate.normalizer.elements.attributes import Attributes
from wpmigrate.normalizer.elements.sayings import SAYINGS, cut
from wpmigrate.normalizer.styles import PRESENTATIONAL

__all__ = ["BEGINNINGS", "OTHERS", "held_of", "note_others"]


def _rows(why: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), why)


OTHERS: Final[dict[str, str]] = {
    **_rows("layout", "width height nowrap clear compact noshade frame rules cols type hidefocus frameborder scrolling marginwidth marginheight"),
    **_rows("decoration", "bordercolor bordercolordark bordercolorlight background-color text link vlink alink galleryimg"),
    **_rows("which cells belong together, for those who do not see the table", "scope headers abbr axis char charoff span"),
    **_rows("how a browser fetches and draws it", "sizes loading decoding fetchpriority referrerpolicy crossorigin integrity media"),
    **_rows("where the keyboard leads", "tabindex accesskey"),
    **_rows("an order to an editor or a browser", "contenteditable spellcheck translate draggable unselectable autocomplete"),
    **_rows("what a part is, for those who do not see", "role"),
    **_rows("a name for machines", "xmlns xml:lang typeof property itemprop itemscope itemtype itemref vocab prefix datatype"),
    **_rows("an editor's copy of the address", "mce_href mce_src _mce_href _mce_src _fcksavedurl data-mce-href data-mce-src data-cke-saved-href data-cke-saved-src"),
    **_rows("an editor's copy of the look", "mce_style _mce_style mce_bogus data-mce-style data-mce-selected data-mce-bogus _moz_dirty _moz_resizing"),
    **_rows("the way by which a mail program warns of it", "data-saferedirecturl"),
    **_rows("another size of the same picture, or its place in the old library", "data-orig-file data-medium-file data-large-file data-permalink"),
}  # fmt: skip
"""Attribute -> why nobody misses it; its notice counts it."""

BEGINNINGS: Final = (
    ("aria-", "what a part is, for those who do not see"),
    ("xmlns:", "a name for machines"),
    ("data-mce-", "an editor's note to itself"),
    ("data-cke-", "an editor's note to itself"),
)
"""How attributes begin of which the same is true."""

_NO_PLACE: Final = "nothing in Markdown says it"
_HELD: Final[dict[ElementKind, frozenset[str]]] = {
    "link": frozenset({"href", "title", "target", "rel", "hreflang", "download", "name", "data-fn"}),
    "image": frozenset({"src", "alt", "title", "width", "height", "srcset", "usemap"}),
    "quote": frozenset({"cite"}),
    "list": frozenset({"start", "reversed", "type"}),
    "item": frozenset({"value"}),
    "cell": frozenset({"colspan", "rowspan"}),
    "figure": frozenset({"data-align", "data-width"}),
    "code": frozenset({"lang", "data-language", "data-lang", "syntax"}),
}
"""Kind of element -> what its handler reads, and keeps or names itself."""
_STAY: Final = frozenset({"tag", "unknown", "raw", "drop", "void", "pre", "table"})
"""Kinds whose tags stay as they are, that go as a whole, or whose handler names what it leaves."""
_COMMON: Final = frozenset({"id", "style", "data-wp-block", *PRESENTATIONAL, *SAYINGS})
"""What every element may have, and other tables name."""
_OURS: Final = "data-wp"
_LEADS: Final = frozenset({"link", "image"})
"""Kinds that have an address of their own."""

_ADDRESS = re.compile(r"""(?:https?:)?//[^\s"'\\<>]+""")
_SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")


@lru_cache(1024)  # names of elements that nobody knows are without number
def held_of(name: str) -> frozenset[str] | None:
    """Return the attributes of which the element ``name`` needs no notice from here; None when it needs none at all."""
    kind = element_of(name).kind
    if name == "ul":
        return frozenset({"type"})
    return None if kind in _STAY else _HELD.get(kind, frozenset()) | ({"for"} if name == "label" else frozenset())


def note_others(log: NoticeLog, name: str, attributes: Attributes, held: frozenset[str]) -> None:
    """Name in ``log`` the attributes of the element ``name`` that are in no table and not ``held``."""
    for key, value in attributes.items():
        if key not in held and key not in _COMMON and key[:7] != _OURS:
            log.add("dropped", _said(name, key, value))


def _said(name: str, key: str, value: str | None) -> str:
    """Return the notice of one attribute: with its value where that runs, is an address or a sentence.

    An address in the data of what has none of its own is where a script finds what it shows: content, also for ``--strict``.
    """
    line = " ".join((value or "").split())
    if key.startswith("data-") and _ADDRESS.match(line) and element_of(name).kind not in _LEADS:
        return f"{key[:60]} of <{name}>: {cut(line)}"
    why = OTHERS.get(key) or next((why for start, why in BEGINNINGS if key.startswith(start)), "")
    if why:
        return f"attribute {key}: {why}"
    if value is None:
        return f"attribute {key[:60]}: without a value, not kept"
    if key.startswith("on") or (line[:1] not in ("{", "[") and (_ADDRESS.match(line) or _SENTENCE.search(line))):
        return f"attribute {key[:60]} of <{name}>: {cut(line)}"
    return f"attribute {key[:60]}: {_NO_PLACE}"
