"""The front matter's keys as the builder of a target wants them."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from wpmigrate.targets import Front, Target
from wpmigrate.targets.front import builder_key, own_names, redirect_key
from wpmigrate.targets.paths import address_of
from wpmigrate.writers.yaml import Plain

__all__ = ["PageFacts", "added_keys", "own_keys", "target_front"]

_NO_DATE = "1970-01-01"


class PageFacts(NamedTuple):
    """What a page's front matter says beside the entry's own keys."""

    stem: str
    """The entry's output path without ending."""
    url: str = ""
    """Its permalink in the old site."""
    modified: str = ""
    """When it was last changed, ISO 8601."""
    draft: bool = False
    """Whether it is written as a draft."""


def target_front(keys: dict[str, Any], page: PageFacts, target: Target) -> dict[str, Any]:
    """Return ``keys`` (canonical, see :mod:`wpmigrate.writers.front_matter`) as a mapping for the builder of ``target``.

    Renamed by the target's ``keys``; what the builder would take for something else goes into the map ``rest`` under its
    canonical name; then the target's own keys. No value is lost: the proof makes the canonical mapping of it again.
    """
    front = target.front
    own = own_names(target)
    top: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for key, value in keys.items():
        name = builder_key(front, own, key, value)
        if name and not (key == "draft" and value is True and not page.draft):
            top[name] = value
        else:
            rest[key] = value
    added = added_keys(keys.keys() - rest.keys(), page, target)
    for key, value in added.items():
        top[front.keys.get(key, key)] = value
    top.update(own_keys(page, target))
    if added:
        top[f"{front.rest}_added"] = list(added)
    if rest:
        top[front.rest] = rest
    return top


def own_keys(page: PageFacts, target: Target) -> dict[str, Any]:
    """Return the target's constants and, but for drafts, the page's new address and its old ones."""
    front = target.front
    if page.draft:
        return {**front.constant, **front.draft}
    keys = dict(front.constant)
    address = address_of(target, page.stem)
    if front.address_keys:
        keys.update(_address(front, address))
    redirects = redirect_key(target)
    old = _old_path(page.url, address) if redirects else ""
    if old:
        keys[redirects] = [old]
    return keys


def _address(front: Front, address: str) -> dict[str, str]:
    if front.address_decoded and "%" in address:
        address = _decoded(address)
    for pattern, spelled in front.address_spelling.items():
        address = re.sub(pattern, spelled, address)
    path = address.strip("/")
    name = path.rpartition("/")[2]
    return {
        key: row.replace("{address}", address).replace("{path}", path).replace("{name}", name)
        for key, row in front.address_keys.items()
    }


def _decoded(address: str) -> str:
    """Return what a server looks for when it is asked for ``address``; the same where that is no text for a file's name."""
    try:
        path = unquote(address, errors="strict")
    except ValueError:
        return address
    return address if _NO_TEXT.search(path) or path.count("/") != address.count("/") else path


_NO_TEXT = re.compile(r"[\x00-\x1f\x7f]")


def _old_path(url: str, address: str) -> str:
    """Return the path of an old permalink for the builder's redirects, decoded; empty when it needs or bears none.

    An address with a query is none for a builder, which makes files; the home page is no redirect; a path that leads up, or
    that no file can have, is refused by the builders.
    """
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        return ""
    if parts.query or not path.startswith("/") or path.strip("/") in ("", address.strip("/")):
        return ""
    return "" if _NO_FILE.search(path) else path


_NO_FILE = re.compile(r"[\x00-\x1f\x7f\\?#%<>:\"|*]|//|(?:^|/)\.{1,2}(?:/|\Z)")


def added_keys(have: Any, page: PageFacts, target: Target) -> dict[str, Any]:
    """Return the keys that the builder cannot do without and that the page does not ``have``."""
    made = {}
    for key in target.front.required:
        if key not in have:
            made[key] = _made_up(key, page, target)
    return made


def _made_up(key: str, page: PageFacts, target: Target) -> str:
    if key == "date":
        day = page.modified[:10]
        return Plain(day if _DAY.fullmatch(day) else _NO_DATE)
    return address_of(target, page.stem).strip("/").rpartition("/")[2] or page.stem


_DAY = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII)
"""Days that every month has; others are not worth the look into a calendar."""
