"""The addresses that WordPress answers, in one spelling each.

Rules from WordPress's own behaviour: ``WP::parse_request`` (which query variables name what), ``redirect_canonical`` (which
spellings lead to the same page) and ``wp_upload_dir`` (where files lie).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache
from typing import Final
from urllib.parse import unquote_to_bytes

__all__ = ["address_key", "entry_key", "home_of", "original_key", "plain_host", "upload_key"]

_SPLIT = re.compile(
    r"""(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*):)?
        (?://(?:[^/?\#@]*@)?(?P<host>\[[^\]/?\#]*\]|[^/?\#:]*)(?::(?P<port>[0-9]*))?)?
        (?P<path>[^?\#]*)(?:\?(?P<query>[^\#]*))?""",
    re.VERBOSE,
)
_AMPERSAND = re.compile(r"&(?:amp|#0?38|#[xX]26);")
_SLASHES = re.compile(r"//+")
_NUMBER = re.compile(r"[0-9]{1,19}")
_OUTER = " \t\n\r\f\0"

_ID_NAMES: Final = ("p", "page_id", "attachment_id")
"""Query variables that name an entry by its id, whatever the path says."""

_IGNORED: Final = frozenset(
    """amp noamp cpage embed fbclid gclid mc_cid mc_eid like_comment nb noredirect page paged post_type pl preview
    preview_id preview_nonce ref relatedposts replytocom share shared source unapproved moderation-hash ver _wpnonce""".split()
)
"""Query variables that choose a view of the same page, or that only count visitors (also all that begin with ``utm_``)."""

_OTHER_PLACE: Final = frozenset({"feed", "s"})
"""Query variables that make another document of any path: a feed, a search."""


def address_key(url: str, hosts: Container[str], base_url: str) -> str:
    """Return the canonical key of ``url`` within a site, or an empty text when it does not lead into the site.

    Keys are ``?p=17`` (also for ``page_id`` and ``attachment_id``), the path below the site's home without a last slash, in lower
    case, percent-decoded, in NFC (``/2012/04/hello``; home is ``/``), or for the home with another query variable of
    WordPress's ``?cat=3``, ``?tag=x``, ``?author=2``, ``?book=slug``. Gone are scheme, ``www.``, a default port, ``index.php``, the
    fragment, HTML's ``&amp;``, and query variables that name no document. A feed or a search keeps ``?feed=``, ``?s=``.

    ``hosts`` are the site's host names in lower case without ``www.``; ``base_url`` is its home without a last slash (may be
    empty). Addresses without a host count as the site's. Of the home's own host only what lies below the home is the site's.
    ``./`` and ``../`` depend on the page that they stand in and have no key. Never raises; linear in the length.
    """
    match = _SPLIT.match(_AMPERSAND.sub("&", url.strip(_OUTER)) if "&" in url else url.strip(_OUTER))
    if match is None:
        return ""
    scheme, host, port, path, query = match.groups()
    if scheme is not None and scheme.lower() not in ("http", "https"):
        return ""
    if host is None and (scheme is not None or (not path and query is None) or path[:1] == "."):
        return ""
    base = home_of(base_url)
    if host is not None and not _is_ours(host, port, hosts, base):
        return ""
    named = _query_key(query) if query else ""
    if named.startswith("?p="):
        return named
    outer = host is None and path[:1] != "/"  # neither host nor slash: relative to the home
    inner = _below(_clean_path(path), host, ("", "", "") if outer else base)
    if inner is None or not named:
        return inner or ""
    return named if inner == "/" else inner + named if named.startswith(("?feed=", "?s=")) else inner


@lru_cache(256)
def home_of(base_url: str) -> tuple[str, str, str]:
    """Return host (lower case, without ``www.``), port and path (cleaned, no last slash) of a site's home."""
    match = _SPLIT.match(base_url.strip(_OUTER))
    if match is None or match["host"] is None:
        return "", "", ""
    return plain_host(match["host"]), match["port"] or "", _clean_path(match["path"]).rstrip("/")


@lru_cache(1024)
def plain_host(host: str) -> str:
    """Return ``host`` in lower case, without ``www.`` and a last dot; international names as ``xn--``."""
    host = host.lower().rstrip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = host.encode("utf-8", "replace").decode()
    return host.removeprefix("www.")


def _is_ours(host: str, port: str | None, hosts: Container[str], base: tuple[str, str, str]) -> bool:
    plain = plain_host(host)
    if plain not in hosts and plain != base[0]:
        return False
    return not plain or not port or port in ("80", "443", base[1])


def _below(path: str, host: str | None, base: tuple[str, str, str]) -> str | None:
    """Return ``path`` below the home, ``index.php`` gone; None when it is not below."""
    home = base[2]
    if home:
        if path.startswith(home + "/") or path == home:
            path = path[len(home) :] or "/"
        elif host is None or plain_host(host) == base[0]:
            return None  # the same host, another part of it
    if path.startswith("/index.php") and path[10:11] in ("", "/"):
        path = path[10:] or "/"
    return path


def _clean_path(path: str) -> str:
    """Return ``path`` decoded, with one leading slash and without a last one."""
    if "\\" in path:
        path = path.replace("\\", "/")
    if "%" in path or not path.isascii():
        path = _decoded(path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if "/." in path:
        path = _without_dots(path)
    return "/" + path.strip("/").lower()


def _decoded(text: str) -> str:
    """Return ``text`` percent-decoded in NFC; bytes that are not UTF-8 become ``\\xNN``, so that two stay two."""
    data = unquote_to_bytes(text.encode("utf-8", "surrogatepass"))
    return unicodedata.normalize("NFC", data.decode("utf-8", "backslashreplace"))


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..``, as browsers do before they ask."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _query_key(query: str) -> str:
    """Return what a query names: ``?p=17``, ``?cat=3`` …; empty when nothing."""
    named = ""
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name in _ID_NAMES:
            if _NUMBER.fullmatch(value) and value.strip("0"):
                return f"?p={value.lstrip('0')}"
        elif name in _OTHER_PLACE or (not named and _names_something(name)):
            named = f"?{_query_text(name)}={_query_text(value)}"
    return named


def _names_something(name: str) -> bool:
    return bool(name) and name not in _IGNORED and not name.startswith("utm_")


def _query_text(text: str) -> str:
    if "+" in text:
        text = text.replace("+", " ")
    return (_decoded(text) if "%" in text or not text.isascii() else text).lower()


_VIEW = re.compile(r"(?:/comment-page-[0-9]+|/(?:page/)?[0-9]{1,6}|/amp|/embed)$")


def entry_key(key: str) -> str:
    """Return the key of the entry of which ``key`` is a part or a view; empty when it is none.

    ``/hello/2`` (a page of ``<!--nextpage-->``), ``/hello/page/2`` (also of an archive), ``/hello/comment-page-3``, ``/hello/amp`` and
    ``/hello/embed`` are ``/hello``: the new site has the entry whole. Ask for ``key`` itself first: ``/2012`` may be a page.
    Feeds (``/hello/feed``) and trackbacks have no place in the new site.
    """
    match = _VIEW.search(key)
    return key[: match.start()] if match and match.start() else ""


_UPLOADS = re.compile(
    r"/wp-content/(?:uploads/(?:sites/[0-9]+/)?|blogs\.dir/[0-9]+/files/)"
    r"|\A[a-z0-9\-]+\.files\.wordpress\.com/"
    r"|/files/(?=[0-9]{4}/[0-9]{2}/)",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"[0-9]{1,5}x[0-9]{1,5}|scaled|rotated|e[0-9]{10,13}")
_MOST_VARIANTS = 4
"""``photo-scaled-e1393389743-rotated-300x200.jpg``: WordPress itself makes no longer chain."""


def upload_key(url: str, hosts: Container[str] | None = None) -> str:
    """Return the path of an uploaded file below ``wp-content/uploads/`` (``2012/04/photo.jpg``); empty when it is no upload.

    Other spellings of the same place: ``/wp-content/uploads/sites/3/`` and ``/wp-content/blogs.dir/3/files/`` of a multisite,
    ``/files/2012/04/``, ``name.files.wordpress.com/``, and the image service ``i0.wp.com/host/…`` before any of them. Query
    and fragment are gone, percent-encoding is decoded, case stays. With ``hosts`` (lower case, without ``www.``), the uploads of
    other hosts are none; ``name.files.wordpress.com`` belongs to the host ``name.wordpress.com``. Never raises.
    """
    match = _SPLIT.match(url.strip(_OUTER))
    if match is None or (match["scheme"] or "http").lower() not in ("http", "https"):
        return ""
    host = plain_host(match["host"] or "")
    path = match["path"].replace("\\", "/")
    if host in _PHOTON:
        host, _, path = path.lstrip("/").partition("/")
        host, path = plain_host(host), "/" + path
    whole = host + (path if path[:1] == "/" else "/" + path)
    place = _UPLOADS.search(whole)
    if place is None or (hosts is not None and host and not _serves(host, hosts)):
        return ""
    rest = whole[place.end() :]
    if "%" in rest or not rest.isascii():
        rest = _decoded(rest)
    if "/." in rest or rest[:1] == ".":
        rest = _without_dots(rest)
    return _SLASHES.sub("/", rest).strip("/")


_PHOTON: Final = frozenset({"i0.wp.com", "i1.wp.com", "i2.wp.com", "i3.wp.com"})


def _serves(host: str, hosts: Container[str]) -> bool:
    if host in hosts:
        return True
    return host.endswith(".files.wordpress.com") and host.replace(".files.", ".", 1) in hosts


def original_key(key: str) -> str:
    """Return the key of the file that a variant was made from: without ``-300x200``, ``-scaled``, ``-rotated``, ``-e1393389743``.

    An original may itself have such a name: ask for ``key`` first.
    """
    name, dot, ending = key.rpartition(".")
    if not dot or "/" in ending:
        return key
    for _ in range(_MOST_VARIANTS):
        rest, dash, last = name.rpartition("-")
        if not dash or not _VARIANT.fullmatch(last):
            break
        name = rest
    return f"{name}.{ending}"
