"""What stands above the body: which keys, in which format."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

if TYPE_CHECKING:
    from wpmigrate.targets.target import Target

__all__ = ["USUAL_TYPES", "Front", "builder_key", "own_names", "redirect_key"]

Kind = Literal["text", "texts", "date", "flag", "segment"]

USUAL_TYPES: Final[dict[str, Kind]] = {
    "title": "text",
    "slug": "text",
    "date": "date",
    "modified": "date",
    "author": "text",
    "categories": "texts",
    "tags": "texts",
    "excerpt": "text",
    "draft": "flag",
}
"""Our key -> what builders take it for. One ``date: soon`` ends the build of a whole site in most of them."""


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """The front matter of a builder."""

    format: Literal["yaml", "toml", "headers"] = "yaml"
    """YAML between ``---``, TOML between ``+++``, or lines ``Key: value``, which have a place for the keys of ``keys`` only."""
    keys: dict[str, str] = {}
    """Our key -> the builder's; keys without a row keep their name."""
    types: dict[str, Kind] = {}
    """Our key -> what its value must be: text, list of texts, ISO 8601 date, truth value, text but ``index``. Another value goes into the map ``rest``."""
    header_forms: dict[str, Literal["html", "markdown", "list", "first"]] = {}
    """For ``headers``: our key -> how its line says it, unless as it is: as HTML, as Markdown, as a list with commas, or only
    the first of a list. What a line cannot say exactly is in the map too."""
    constant: dict[str, Any] = {}
    """Keys that every page gets."""
    draft: dict[str, Any] = {}
    """Keys that a draft gets, besides or instead of ``constant``; it has neither an address nor redirects."""
    address_keys: dict[str, str] = {}
    """Key -> what it says of where the page goes: ``{address}`` (``/post/hello/``), ``{path}`` (``post/hello``) and ``{name}``
    (``hello``) are filled in."""
    address_decoded: bool = False
    """Whether the address is written percent-decoded, since the builder makes a folder of that very name."""
    address_spelling: dict[str, str] = {}
    """Regular expression -> how a match in the address is written there, since the builder takes it for something else."""
    required: tuple[str, ...] = ()
    """Our keys (title, date) without which the builder skips the page or fails. Where the source has none, the page gets the
    last segment of its address, the day of its last change or 1970-01-01, and ``wordpress_added`` names the key."""
    reserved: frozenset[str] = frozenset()
    """Keys (small letters) that mean something to the builder: a key of the source with such a name goes into the map ``rest``."""
    reserved_prefixes: tuple[str, ...] = ()
    """What such keys begin with."""
    rest: str = "wordpress"
    """The key of the map for what has no place of its own. In ``headers`` it is one line of JSON."""


def own_names(target: Target) -> frozenset[str]:
    """Return the keys (small letters) that the target's own rows write: no key of the source may stand under them."""
    front = target.front
    names = {front.rest, f"{front.rest}_added", f"{front.rest}_yaml", redirect_key(target)}
    names.update(front.keys.values(), front.constant, front.draft, front.address_keys)
    return frozenset(map(str.lower, names))


def redirect_key(target: Target) -> str:
    """Return the key that lists a page's old addresses; empty when front matter has none."""
    where, _, key = target.place.redirects.partition(":")
    return key if where == "front" else ""


def builder_key(front: Front, own: frozenset[str], key: str, value: Any) -> str:
    """Return the builder's name of our ``key`` with this ``value``; empty: it goes into the map. ``own``: :func:`own_names`.

    Names are compared in small letters, since Hugo and Pelican do not tell ``Title`` from ``title``.
    """
    kind = front.types.get(key)
    if kind is not None and not _FITS[kind](value):
        return ""
    name = front.keys.get(key, "")
    if name or front.format == "headers":
        return name
    if kind is not None and key not in front.reserved and key not in own:
        return key
    small = key.lower()
    if (
        small in own
        or small in front.reserved
        or small in front.types
        or small.startswith(front.reserved_prefixes)
    ):
        return ""
    return key


_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?)?", re.ASCII)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_FITS: Final[dict[Kind, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "texts": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "date": _is_date,
    "flag": lambda value: isinstance(value, bool),
    "segment": lambda value: isinstance(value, str) and value.lower() != "index",
}
