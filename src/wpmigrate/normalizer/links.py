"""Addresses: cleaned, resolved within the batch, and told apart."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from wpmigrate.model import Site

__all__ = ["clean_url", "host_of", "is_script", "link_kind", "names_of", "resolve"]

_SCRIPT_STARTS: Final = frozenset("jJvV")
_LINE_BREAK = re.compile(r"[\t\n\r\f]+[ ]*")
_ODD = re.compile(r"[\s\x00-\x1f]")
_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*:)?//(?:[^/?#@]*@)?([^/?#:]+)")
_KEPT: Final = "!#$%&'()*+,-./:;=?@[\\]^_{|}~"
"""What a fragment keeps besides letters and digits (https://url.spec.whatwg.org/#fragment-percent-encode-set)."""
_SCHEMES: Final = {"http": "", "https": "", "mailto": "mail", "tel": "tel"}
"""Scheme -> kind of the link; for pages, host and ending say more."""
_POST_ID = re.compile(r"[?&](?:p|page_id)=(\d+)(?=$|[&#])")
_FILES: Final = frozenset(
    """pdf doc docx xls xlsx ppt pptx odt ods odp zip gz tgz rar 7z mp3 m4a ogg wav mp4 m4v mov avi epub csv""".split()
)


def clean_url(url: str) -> str:
    """Return ``url`` without blanks round it and line breaks in it; inner blanks are ``%20``.

    So does the URL standard's basic parser: https://url.spec.whatwg.org/#concept-basic-url-parser
    """
    if (url.isprintable() and " " not in url) or not _ODD.search(url):
        return url
    if "{{" in url or "{%" in url:
        return url.strip()  # an instruction to a template engine, which reads it before any browser does
    return _LINE_BREAK.sub("", url.strip(" \t\n\r\f\x00")).replace(" ", "%20")


def is_script(url: str) -> bool:
    """Whether ``url`` runs a script instead of leading somewhere."""
    return url[:1] in _SCRIPT_STARTS and (url[:11].lower() == "javascript:" or url[:9].lower() == "vbscript:")


def names_of(fragment: str) -> tuple[str, str]:
    """Return the two names that a fragment may lead to, in a browser's order: as it stands in the address, then decoded.

    An address holds no letters but ASCII's: ``#é`` leads to ``id="%C3%A9"`` first
    (https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element).
    """
    return quote(fragment, _KEPT, errors="replace"), unquote(fragment)


def host_of(url: str) -> str:
    """Return the host in lower case without ``www.``, or an empty string."""
    match = _HOST.match(url)
    return match[1].lower().removeprefix("www.") if match else ""


def resolve(url: str, site: Site) -> str:
    """Return the output path of the entry that ``?p=N`` or ``?page_id=N`` names, or ``url`` itself.

    Only on the hosts of the site (or without a host), and only when the entry is written. The path is relative to the root
    of the output, with a leading ``/`` and without ending; the fragment stays.
    """
    if "=" not in url or not site.entries_by_id:
        return url
    match = _POST_ID.search(url)
    if match is None:
        return url
    path = site.entries_by_id.get(match[1])
    host = host_of(url)
    if path is None or (host and host not in site.hosts):
        return url
    return "/" + path + url[match.end() :].partition("#")[1] + url[match.end() :].partition("#")[2]


def link_kind(url: str, site: Site) -> str:
    """Return which kind of link this is; see :class:`wpmigrate.model.LinkRecord`."""
    if url[:1] == "#":
        return "anchor"
    scheme, colon, _ = url.partition(":")
    kind = _SCHEMES.get(scheme.lower(), "other") if colon and scheme and url[:2] != "//" else ""
    if kind:
        return kind
    path = url.partition("?")[0].partition("#")[0] if "?" in url or "#" in url else url
    _, dot, ending = path.rpartition(".")
    if dot and ending.lower() in _FILES:
        return "file"
    host = host_of(url)
    return "internal" if not host or host in site.hosts else "external"
