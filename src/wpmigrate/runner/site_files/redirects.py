"""Every old address and where it leads now: as data, and in the words of the servers that will answer. Pure.

Sources of the servers' rules: nginx's ``map`` (its strings match whatever the case, ``$`` in a value is a variable),
Apache's ``mod_rewrite`` (patterns see the decoded path, ``%N`` in a substitution is a back-reference), Netlify's and
Cloudflare's ``_redirects`` (fields parted by blanks, ``:`` and ``*`` are placeholders, ``#`` begins a comment).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias
from urllib.parse import quote, unquote_to_bytes

import msgspec

from wpmigrate.runner.index import RedirectRow
from wpmigrate.runner.state import Seen

__all__ = ["REDIRECT_FILES", "Redirect", "Write", "redirect_rows"]

STATUS: Final = 301
"""Moved for good: https://www.rfc-editor.org/rfc/rfc9110#name-301-moved-permanently"""

_SAFE: Final = "/!$&'()*+,;=:@~-._%"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Redirect(msgspec.Struct, frozen=True):
    """One row of the redirect map."""

    old: str
    """The old address: root-relative, percent-encoded, with its query."""
    new: str
    """The new one: root-relative, percent-encoded."""
    status: int
    """The HTTP status to answer with."""
    kind: str
    """Which address of the entry it was: permalink, id, guid, old-slug, old-date, attachment, archive."""


def redirect_rows(rows: Iterable[RedirectRow]) -> Iterator[Redirect]:
    """Yield the redirects of the index's ``rows``, in their order, addresses percent-encoded.

    An address that would lead to itself is left out, and so is one that a server would not tell from the row before it.
    """
    seen = ""
    for row in rows:
        if not row.old.startswith("/"):
            continue
        old, new = _encoded(f"/{row.old.lstrip('/')}"), _encoded(row.new)  # //a would be the host a
        if old == seen or _plain(old) == _plain(new):
            continue
        seen = old
        yield Redirect(old, new, STATUS, row.kind)


def _encoded(address: str) -> str:
    """Return ``address`` with every character percent-encoded that must be; what is encoded already stays."""
    path, mark, query = address.partition("?")
    return quote(_BARE_PERCENT.sub("%25", path), safe=_SAFE) + mark + quote(query, safe=_SAFE + "?")


def _plain(address: str) -> bytes:
    """Return what is equal for two spellings of one address."""
    return unquote_to_bytes(address.rstrip("/"))


def write_json(redirects: Iterable[Redirect]) -> Iterator[bytes]:
    """Yield a JSON list, one redirect a line."""
    encoder = msgspec.json.Encoder()
    before = b"[\n"
    for redirect in redirects:
        yield before + encoder.encode(redirect)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def write_csv(redirects: Iterable[Redirect]) -> Iterator[bytes]:
    """Yield RFC 4180's CSV with a header line, line ends ``\\n``."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(Redirect.__struct_fields__)
    for redirect in redirects:
        writer.writerow((redirect.old, redirect.new, redirect.status, redirect.kind))
        yield _taken(line)
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    data = line.getvalue().encode()
    line.seek(0)
    line.truncate()
    return data


_NETLIFY_HEAD: Final = """\
# Old addresses of the WordPress site. For Netlify and for Cloudflare Pages; put this file into the folder that is published.
# Lines with a query (/ p=17 …) are Netlify's; Cloudflare passes over them and takes at most 2,000 lines.
"""


def write_netlify(redirects: Iterable[Redirect]) -> Iterator[bytes]:
    """Yield ``_redirects``: ``old [name=value …] new status`` a line. An old path that is a placeholder's is encoded."""
    yield _NETLIFY_HEAD.encode()
    for redirect in redirects:
        path, _, query = redirect.old.partition("?")
        fields = [_no_placeholder(path), *filter(None, query.split("&")), _no_placeholder(redirect.new)]
        yield f"{' '.join(fields)} {redirect.status}\n".encode()


def _no_placeholder(path: str) -> str:
    return path.replace(":", "%3A").replace("*", "%2A")


_NGINX_HEAD: Final = """\
# Old addresses of the WordPress site, for nginx. Include this file in the http block:
#     include redirects.nginx.conf;
# and in the server block say:
#     if ($wpmigrate_new) { return 301 $wpmigrate_new; }
map_hash_max_size 262144;
map_hash_bucket_size 1024;
map $request_uri $wpmigrate_new {
    default "";
"""


def write_nginx(redirects: Iterable[Redirect]) -> Iterator[bytes]:
    """Yield a ``map`` from ``$request_uri`` to the new address, with and without the last ``/``.

    nginx matches strings whatever their case and refuses one that comes twice: those that differ in nothing else come once.
    """
    yield _NGINX_HEAD.encode()
    taken = Seen()
    try:
        for redirect in redirects:
            spellings = {redirect.old: None, _other_slash(redirect.old): None}
            for old in spellings:
                name = old.lower()
                if name not in taken:
                    taken.add(name)
                    yield f'    "{_nginx_quoted(old)}" "{_nginx_quoted(redirect.new)}";\n'.encode()
    finally:
        taken.close()
    yield b"}\n"


def _other_slash(old: str) -> str:
    """Return ``old`` without its last ``/``, or with one; the same where a query follows, and for the home."""
    if "?" in old or old == "/":
        return old
    return old[:-1] if old.endswith("/") else old if "." in old.rpartition("/")[2] else f"{old}/"


def _nginx_quoted(text: str) -> str:
    return text.replace("\\", "%5C").replace('"', "%22").replace("$", "%24")


_APACHE_HEAD: Final = """\
# Old addresses of the WordPress site, for Apache 2.4 with mod_rewrite: in .htaccess of the site's root, or in its
# <Directory> block.
RewriteEngine On
"""


def write_apache(redirects: Iterable[Redirect]) -> Iterator[bytes]:
    """Yield a rule of ``mod_rewrite`` for each redirect, for the context of a folder (no ``/`` before the path).

    The pattern sees the path decoded; a query is a condition of its own. ``QSD`` drops it from the answer.
    """
    yield _APACHE_HEAD.encode()
    for redirect in redirects:
        path, _, query = redirect.old.partition("?")
        if query:
            yield f"RewriteCond %{{QUERY_STRING}} ^{_apache_pattern(query.encode())}$\n".encode()
        pattern = _apache_pattern(unquote_to_bytes(path[1:].rstrip("/")))
        slash = "/?" if path != "/" else ""
        new = redirect.new.replace("%", r"\%").replace("$", r"\$")
        if not query and path == "/":
            yield b"RewriteCond %{QUERY_STRING} ^$\n"
        yield f'RewriteRule "^{pattern}{slash}$" "{new}" [R={redirect.status},L,NE,QSD]\n'.encode()


_APACHE_SPECIAL = re.compile(rb'[\\.^$|?*+()\[\]{}"% ]|[\x00-\x1f\x7f-\xff]')


def _apache_pattern(data: bytes) -> str:
    """Return a regular expression for exactly ``data``; bytes beyond ASCII as ``\\xNN``, since the pattern is matched bytewise."""
    return _APACHE_SPECIAL.sub(_apache_escape, data).decode("ascii")


def _apache_escape(match: re.Match[bytes]) -> bytes:
    byte = match[0]
    return b"\\" + byte if 0x20 < byte[0] < 0x7F and byte != b'"' else b"\\x%02x" % byte[0]


Write: TypeAlias = Callable[[Iterable[Redirect]], Iterator[bytes]]

REDIRECT_FILES: Final[dict[str, Write]] = {
    "redirects.json": write_json,
    "redirects.csv": write_csv,
    "_redirects": write_netlify,
    "redirects.nginx.conf": write_nginx,
    "redirects.apache.conf": write_apache,
}
"""File name -> who writes it; each gets all redirects of one site, sorted by the old address."""
