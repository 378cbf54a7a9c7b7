"""Where the addresses of the old site lead now.

The site's mappings are asked by keys that two readers make of an address: first one of the proof's own, over Python's
``urllib``, then the converter's, for what the first one leaves alone. An address that both understand otherwise shows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from wpmigrate.model import Site
from wpmigrate.verifier.tokens import IMAGE, LINK, Beside, Token
from wpmigrate.verifier.urls import canonical_url
from wpmigrate.wordpress.urls import address_key, entry_key, original_key, upload_key

__all__ = ["NOT_MOVED", "Addresses", "has_facts", "own_key"]

_OTHER_SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.\-]*:", re.I)
_CANDIDATE = re.compile(r"[^\s,](?:\S*[^\s,])?")
"""A file of a ``srcset``, or its width (https://html.spec.whatwg.org/#parse-a-srcset-attribute)."""
_REPEATED_SLASHES = re.compile("//+")
_IDS: Final = frozenset({"p", "page_id", "attachment_id"})
_VIEWS: Final = frozenset({"share", "replytocom", "preview", "fbclid", "gclid", "amp", "noamp", "like_comment", "nb"})
"""Query variables that show the same page otherwise."""
NOT_MOVED: Final = "not moved: "
"""What stands before the address of a link that should lead to the new place and does not."""
_IN_ELEMENTS: Final = frozenset({"href", "src", "data", "poster"})


def has_facts(site: Site) -> bool:
    """Whether ``site`` knows where addresses lead. Asks no mapping for its length: it may be an index on disk."""
    return bool(site.base_url) or not _is_empty(site.addresses) or not _is_empty(site.files)


def _is_empty(mapping: Mapping[Any, Any]) -> bool:
    return type(mapping) is dict and not mapping


class Addresses:
    """The answers of a site, each asked for once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.known: dict[str, str] = {}
        """Old address of a link, in the one spelling -> where it leads now, or an empty text."""
        self.files: dict[str, str] = {}
        """Old address of an image or another file, likewise."""

    def answers(self) -> set[str]:
        """Return where the addresses are now that have been asked for."""
        return {new for new in (*self.known.values(), *self.files.values()) if new}

    def moved(self, url: str) -> str:
        """Return where a link to ``url`` leads now; empty when that is not of the site or not in the output."""
        url = canonical_url(url)
        new = self.known.get(url)
        if new is None:
            new = self.known[url] = self._find(url)
        return new

    def file(self, url: str) -> str:
        """Return where the file at ``url`` is now; empty when it is not one of the site's uploads or not in the output."""
        url = canonical_url(url)
        new = self.files.get(url)
        if new is None:
            new = self.files[url] = canonical_url(self._place(url))
        return new

    def _place(self, url: str) -> str:
        key = upload_key(url, self.site.hosts)
        return (self.site.files.get(key) or self.site.files.get(original_key(key)) or "") if key else ""

    def is_lost(self, url: str) -> bool:
        """Whether a link of the source leads to a page of the site that is not in the output."""
        if self.known[url] or not url or url[0] == "#" or upload_key(url, self.site.hosts):
            return False
        return bool(address_key(url, self.site.hosts, self.site.base_url))

    def _find(self, url: str) -> str:
        if not url or url[0] == "#" or _OTHER_SCHEME.match(url):
            return ""
        if upload_key(url, self.site.hosts):
            return self.file(url)
        site = self.site
        new = self._entry(own_key(url, site)) or self._entry(address_key(url, site.hosts, site.base_url))
        _, mark, fragment = url.partition("#")
        return canonical_url(new + mark + fragment) if new else ""

    def _entry(self, key: str) -> str:
        """Return where the entry with this key is; of a part or a view of an entry, where that is."""
        if not key:
            return ""
        return self.site.addresses.get(key) or self.site.addresses.get(entry_key(key)) or ""

    def resolve(self, tokens: list[Token]) -> list[Token]:
        """Return ``tokens`` with all addresses as they are now."""
        return [self._resolved(token) if type(token) is tuple and len(token) > 1 else token for token in tokens]

    def beside(self, row: Beside) -> Beside:
        """Return what is said beside the Markdown with the addresses as they are now, those in a ``srcset`` too."""
        kind, address, what = row
        new = self.moved(address) if kind == LINK else self.file(address)
        return kind, new or address, tuple((name, self._candidates(said) if name == "srcset" else said) for name, said in what)

    def _candidates(self, srcset: str) -> str:
        return _CANDIDATE.sub(lambda found: self._place(canonical_url(found[0])) or found[0], srcset)

    def _resolved(self, token: tuple[object, ...]) -> Token:
        kind, url = token[0], token[1]
        if kind == "element":
            return (kind, url, *(self._attribute(part) for part in token[2:]))
        if kind not in (LINK, IMAGE) or not isinstance(url, str):
            return token
        new = self.moved(url) if kind == LINK else self.file(url)
        return (kind, new, *token[2:]) if new else token

    def _attribute(self, part: object) -> object:
        if not isinstance(part, tuple) or part[0] not in _IN_ELEMENTS:
            return part
        new = self.moved(str(part[1])) if part[0] == "href" else self.file(str(part[1]))
        return (part[0], new) if new else part

    def bare(self, tokens: list[Token]) -> list[Token]:
        """Return ``tokens`` of an output with each link whose text is its old address leading there.

        An address alone on its line may be a link or not: they are compared by their text, which is the old address. And whether
        a player or a frame follows an entry to its new place is left open.
        """
        out = list(tokens)
        for index, token in enumerate(tokens[:-1]):
            if type(token) is not tuple or len(token) < 2:
                continue
            if token[0] == LINK:
                out[index] = self._bare(token, tokens[index + 2] if type(tokens[index + 1]) is int else tokens[index + 1])
            elif token[0] == "element":
                out[index] = (*token[:2], *map(self._anywhere, token[2:]))
        return out

    def _bare(self, link: tuple[object, ...], text: Token) -> Token:
        if type(text) is not str or text.lstrip()[:4] != "http":
            return link
        old = canonical_url(text.strip())
        new = self.moved(old)
        if new and new == link[1]:
            return (LINK, old, *link[2:])
        return (LINK, NOT_MOVED + old, *link[2:]) if new and old == link[1] else link

    def _anywhere(self, part: object) -> object:
        """Return an attribute with its address as a link's would be: a frame may show an entry."""
        if isinstance(part, tuple) and part[0] in _IN_ELEMENTS and (new := self.moved(str(part[1]))):
            return (part[0], new)
        return part


def own_key(url: str, site: Site) -> str:
    """Return the key in ``site.addresses`` of an address that leads to an entry by its id or by its path; else nothing.

    The path is that below the site's home, decoded, in small letters and NFC, without ``index.php`` and a last slash.
    """
    try:
        parts, home = urlsplit(url.replace("&amp;", "&").replace("&#038;", "&")), urlsplit(site.base_url)
        host, ours = (parts.hostname or "").removeprefix("www."), (home.hostname or "").removeprefix("www.")
        names = parse_qsl(parts.query)
        if parts.port not in (None, 80, 443, home.port):
            return ""
    except ValueError:
        return ""
    if (host and host not in site.hosts and host != ours) or (not host and (parts.scheme or url.startswith("//"))):
        return ""
    if parts.scheme not in ("", "http", "https"):
        return ""
    if not host and parts.path.startswith("."):  # it depends on the page that it stands in
        return ""
    for name, value in names:
        if name in _IDS and value.isdecimal() and int(value):
            return f"?p={int(value)}"
    path = unicodedata.normalize("NFC", unquote(parts.path)).lower()
    if not path.startswith("/") or "/." in path or "\\" in path or "\ufffd" in path or not {name for name, _ in names} <= _VIEWS:
        return ""
    return _below_home(_REPEATED_SLASHES.sub("/", path), home.path.rstrip("/").lower(), not host or host == ours)


def _below_home(path: str, home: str, strict: bool) -> str:
    if home and (path + "/").startswith(home + "/"):
        path = path[len(home) :]
    elif home and strict:
        return ""
    path = "/" + path.strip("/")
    if path == "/index.php" or path.startswith("/index.php/"):
        path = path[len("/index.php") :] or "/"
    return path
