"""A target's front matter, back as the canonical mapping; what the target itself adds to it is checked on the way."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from wpmigrate.targets import Front, Target
from wpmigrate.targets.front import builder_key, own_names, redirect_key
from wpmigrate.targets.paths import address_of
from wpmigrate.verifier.headers import read_headers, shortened
from wpmigrate.verifier.views import shorten
from wpmigrate.verifier.yaml_source import read_yaml
from wpmigrate.verifier.yaml_spelling import Stamp, spell_yaml

__all__ = ["OURS", "PageFacts", "read_front"]

OURS: Final = Front()
"""Front matter that is as the entry has it."""


class PageFacts(NamedTuple):
    """What the source says of a page that its front matter states for the builder."""

    stem: str
    """The output path without ending."""
    urls: tuple[str, ...] = ("",)
    """The old permalink; several where the source leaves it open."""
    days: tuple[str, ...] = ("",)
    """The day of the last change, or nothing; likewise."""
    draft: bool = False
    """Whether the page is written as a draft."""


def read_front(
    text: str, target: Target, page: PageFacts, likely: dict[str, Any] | None = None
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the canonical mapping of a head's ``text`` (without fences) and (key, sentence) for each line that is wrong.

    Wrong is what the target says of its own (constants, the address, old addresses, what is made up for lack of it), and a
    key that stands where the builder takes it for something else or does not see it. ``likely``: what a text in our own format may
    say; it is believed where it is spelled as the ``text`` is. Raises ``ValueError`` for a text that cannot be read.
    """
    front = target.front
    if front == OURS:
        if likely and text == _spelled(likely):
            return likely, []
        values = read_yaml(text)
        if not isinstance(values, dict):
            raise ValueError("holds no keys")
        return values, []
    reading = _Reading(target, page)
    if front.format == "headers":
        reading.headers(text)
    else:
        values = _read_toml(text) if front.format == "toml" else read_yaml(text)
        if not isinstance(values, dict):
            raise ValueError("holds no keys")
        reading.mapping(values)
    return reading.keys, reading.wrong


def _spelled(likely: dict[str, Any]) -> str | None:
    """Return the text that yaml12 reads as the keys of ``likely`` (:mod:`~wpmigrate.verifier.yaml_spelling`)."""
    dates = {key: Stamp(likely[key]) for key in ("date", "modified") if type(likely.get(key)) is str}
    return spell_yaml({**likely, **dates})


def _read_toml(text: str) -> dict[str, Any]:
    """Return the values of a TOML text, dates as ISO 8601 text."""
    values = tomllib.loads(text)
    return {
        key: value.isoformat() if isinstance(value, date | datetime | time) else value
        for key, value in values.items()
    }


class _Reading:
    """One front matter on its way back."""

    def __init__(self, target: Target, page: PageFacts) -> None:
        self.target = target
        self.front = target.front
        self.page = page
        self.own = own_names(target)
        self.address = address_of(target, page.stem)
        self.keys: dict[str, Any] = {}
        self.wrong: list[tuple[str, str]] = []

    def mapping(self, values: dict[str, Any]) -> None:
        """Read YAML or TOML."""
        rest = values.pop(self.front.rest, {})
        spelled = values.pop(f"{self.front.rest}_yaml", None)
        added = values.pop(f"{self.front.rest}_added", [])
        self.own_keys(values)
        self.made_up(values, added)
        names = {name: key for key, name in self.front.keys.items()}
        for name, value in values.items():
            key = names.get(name, name)
            if builder_key(self.front, self.own, key, value) != name:
                self.say(name, "the builder takes it for something else: it belongs into the map")
            self.put(key, value)
        self.rest(rest)
        if spelled is not None:
            self.nulls(spelled)

    def headers(self, text: str) -> None:
        """Read lines ``Key: value``."""
        lines, rest, added = read_headers(text, self.front)
        self.own_keys(lines)
        self.made_up(lines, added)
        names = {name: key for key, name in self.front.keys.items()}
        for name, value in lines.items():
            key = names.get(name)
            if key is None:
                self.say(name, "the target has no such header")
            elif key not in rest:
                self.put(key, value)
        for key, value in rest.items():
            name = builder_key(self.front, self.own, key, value)
            short = shortened(self.front.header_forms.get(key, ""), value) if name else None
            if name and lines.get(name) != short:
                self.say(name, f"says {shorten(lines.get(name))}, not {shorten(short)}")
            self.put(key, value)

    def rest(self, rest: Any) -> None:
        """Read the map of what has no key of its own."""
        if not isinstance(rest, dict):
            self.say(self.front.rest, "no map")
            return
        for key, value in rest.items():
            if builder_key(self.front, self.own, key, value) and not (key == "draft" and not self.page.draft):
                self.say(key, f"stands in the map {self.front.rest}, where the builder does not see it")
            self.put(key, value)

    def nulls(self, spelled: Any) -> None:
        """Read what TOML cannot hold."""
        values = read_yaml(spelled) if isinstance(spelled, str) else None
        for key, value in values.items() if isinstance(values, dict) else ():
            if not _is_for_yaml(value):
                self.say(key, "stands in a text, where the builder does not see it")
            self.put(key, value)

    def put(self, key: str, value: Any) -> None:
        if key in self.keys:
            self.say(key, "stands twice")
        self.keys[key] = value

    def say(self, key: str, message: str) -> None:
        self.wrong.append((key, message))

    def own_keys(self, values: dict[str, Any]) -> None:
        """Take the target's own keys out of ``values``; each must say what it has to."""
        front = self.front
        wanted: dict[str, tuple[Any, ...]] = {key: (value,) for key, value in front.constant.items()}
        addresses = {key: (row,) for key, row in self.addresses()}
        redirects = redirect_key(self.target)
        if self.page.draft:
            wanted |= {key: (value,) for key, value in front.draft.items()}
        else:
            wanted |= addresses
            if redirects:
                wanted[redirects] = tuple(dict.fromkeys(_old_paths(self.page.urls, self.address)))
        for key in {**front.constant, **front.draft, **addresses, **({redirects: ()} if redirects else {})}:
            self.check_own(key, values.pop(key, None), wanted.get(key, (None,)))

    def check_own(self, key: str, value: Any, wanted: tuple[Any, ...]) -> None:
        said = list(value) if isinstance(value, list) else value
        options = [[option] if key == redirect_key(self.target) and option else option for option in wanted]
        if not any(type(said) is type(option) and said == option for option in options):
            self.say(key, f"says {shorten(value)}, not {shorten(options[0])}")

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield what the target's address keys must say."""
        address = self.address
        if self.front.address_decoded:
            address = _as_folder(address)
        for pattern, spelled in self.front.address_spelling.items():
            address = re.compile(pattern).sub(spelled, address)
        parts = [part for part in address.split("/") if part]
        places = {"address": address, "path": "/".join(parts), "name": parts[-1] if parts else ""}
        for key, row in self.front.address_keys.items():
            yield key, re.sub(r"\{(address|path|name)\}", lambda field: places[field[1]], row)

    def made_up(self, values: dict[str, Any], added: Any) -> None:
        """Take out of ``values`` what stands there for lack of the source's; ``added`` names these keys."""
        for key in added if isinstance(added, list) else [""]:
            name = self.front.keys.get(key, key) if isinstance(key, str) else ""
            value = values.pop(name, None)
            if key not in self.front.required or value is None:
                self.say(f"{self.front.rest}_added", f"names {shorten(key)}, which the target does not need")
            elif key == "date":
                if value not in (*self.page.days, "1970-01-01"):
                    self.say(key, f"{shorten(value)} is made up")
            elif value != (self.address.strip("/").split("/")[-1] or self.page.stem):
                self.say(key, f"{shorten(value)} is made up")


def _as_folder(address: str) -> str:
    """Return the folder that a server opens for ``address``, or ``address`` when no folder has such a name."""
    data = unquote_to_bytes(address)
    if data.count(b"/") != address.count("/") or any(byte < 0x20 or byte == 0x7F for byte in data):
        return address
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return address


def _old_paths(urls: tuple[str, ...], address: str) -> Iterator[str | None]:
    """Yield the path that each permalink gives the builder for its redirects; None when it gives none."""
    for url in urls:
        try:
            parts = urlsplit(url)
            path = unquote_to_bytes(parts.path).decode("utf-8")
        except ValueError:
            yield None
            continue
        segments = path.split("/")
        inner = segments[1:-1] if path.endswith("/") else segments[1:]
        is_file = path[:1] == "/" and all(inner) and not {".", ".."}.intersection(inner)
        is_file = is_file and not _NOT_IN_PATHS.search(path)
        yield (
            path if is_file and not parts.query and path.strip("/") not in ("", address.strip("/")) else None
        )


_NOT_IN_PATHS = re.compile(r"""[^ -\x7e\x80-\U0010ffff]|[\\?#%<>:"|*]""")


def _is_for_yaml(value: Any) -> bool:
    """Whether a null or a number of more than 64 bits is in ``value``."""
    stack = [value]
    while stack:
        item = stack.pop()
        if item is None or (type(item) is int and abs(item) >= 2**63):
            return True
        stack.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
    return False
