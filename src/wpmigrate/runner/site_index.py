"""The first, cheap look at all sources: what one page must know of the others.

Regular expressions over the bytes, no parsing; nothing of a page's text is kept, so the memory does not grow with the pages'
size. Only the few pages that a ``?p=N`` link leads to are extracted, to learn their route.
"""

from __future__ import annotations

import html
import mmap
import os
import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from wpmigrate.model import Site
from wpmigrate.runner.records import Job

__all__ = ["Glance", "build_site", "glance"]

# Links with a fragment or a query; the literal start makes the search fast.
_HREF = re.compile(rb"""href[ \t\r\n]{0,9}=[ \t\r\n]{0,9}["']?([^\s"'<>#=]{0,2000}[#=][^"'<>]{0,2000})""")
_HREF_UPPER = re.compile(_HREF.pattern.replace(b"href", b"HREF"))
_MARKDOWN_LINK = re.compile(rb"\]\(([^()\s#=]{0,2000}[#=][^()\s]{0,2000})\)")
_REFERS = re.compile(r"[?&](?:p|page_id)=(\d+)")
_ID = re.compile(rb"\n(?:wordpress_id|post_id|ID|id):[ \t]*['\"]?(\d{1,18})")
_HOST = re.compile(
    rb"\n(?:wordpress_url|guid|permalink|original_url|link|url):[ \t]*['\"]?https?://([^/'\"\s:?#]+)"
)
_FENCE = re.compile(rb"\n(?:---|\.\.\.)[ \t]*\r?(?=\n)")
_LARGE = 1 << 20

Glance = tuple[str, str, set[str], set[str]]
"""One page: WordPress id, host, fragments that it leads to in other pages, ids that it links to."""


def glance(data: bytes | mmap.mmap) -> Glance:
    """Return what one source says about the site. Never raises; linear in the size of ``data``."""
    head = _head(data)
    post_id = _ID.search(head)
    host = _HOST.search(head)
    fragments: set[str] = set()
    refers: set[str] = set()
    for raw in _links(data):
        _note_link(raw.decode("utf-8", "replace"), fragments, refers)
    return (
        post_id[1].decode("ascii") if post_id else "",
        _plain_host(host[1].decode("utf-8", "replace")) if host else "",
        fragments,
        refers,
    )


def build_site(jobs: Sequence[Job], written_stem: Callable[[Job], tuple[str, str]]) -> Site:
    """Return what is true of all ``jobs`` together.

    ``written_stem(job)`` gives a job's WordPress id and the stem it will be written under (empty when it is not written, or
    not public). Files that cannot be read are passed over here; converting them says why.
    """
    hosts: set[str] = set()
    fragments: set[str] = set()
    refers: set[str] = set()
    owners: dict[str, int] = {}
    for number, job in enumerate(jobs):
        post_id, host, page_fragments, page_refers = _glance_at(job)
        hosts.add(host)
        fragments |= page_fragments
        refers |= page_refers
        if post_id:
            owners.setdefault(post_id, number)
    return Site(_resolve(jobs, owners, refers, written_stem), frozenset(hosts - {""}), frozenset(fragments))


def _resolve(
    jobs: Sequence[Job],
    owners: dict[str, int],
    refers: set[str],
    written_stem: Callable[[Job], tuple[str, str]],
) -> dict[str, str]:
    entries: dict[str, str] = {}
    for post_id in sorted(refers & owners.keys(), key=int):
        real_id, stem = written_stem(jobs[owners[post_id]])
        if stem and real_id == post_id:
            entries[post_id] = stem
    return entries


def _glance_at(job: Job) -> Glance:
    path = os.path.join(job.root, job.path)
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size > _LARGE:
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                    return glance(data)
            return glance(_as_utf8(file.read()))
    except (OSError, ValueError):
        return "", "", set(), set()


def _as_utf8(data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data


def _head(data: bytes | mmap.mmap) -> bytes:
    """Return the front matter: from the first fence to the next one, at most 1 MB."""
    closing = _FENCE.search(data, 3)
    return data[: closing.start()] if closing and closing.start() < _LARGE else data[:_LARGE]


def _links(data: bytes | mmap.mmap) -> list[bytes]:
    links: list[bytes] = _HREF.findall(data)
    if data.find(b"HREF") >= 0:
        links += _HREF_UPPER.findall(data)
    return links + _MARKDOWN_LINK.findall(data)


def _note_link(link: str, fragments: set[str], refers: set[str]) -> None:
    url, _, fragment = html.unescape(link).strip().partition("#")
    if fragment and url:
        fragments.add(fragment)
        fragments.add(unquote(fragment))
    if "=" in url:
        refers.update(_REFERS.findall(url))


def _plain_host(host: str) -> str:
    return host.lower().removeprefix("www.")
