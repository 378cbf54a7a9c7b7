"""From an entry's stem, which names it everywhere, to the places where a target wants its files. Pure.

The stem is the entry's identity and never changes with the target: it is in the state, the report and the records.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from wpmigrate.targets.target import Target

__all__ = [
    "address_of",
    "content_path",
    "data_forms",
    "data_path",
    "output_path",
    "site_path",
    "static_path",
    "stems_at",
]

_JEKYLL_POST = re.compile(r"(.*/)?_posts/(.*/)?([0-9]{4})-([0-9]{2})-([0-9]{2})-([^/]+)")
_POST_ADDRESS = re.compile(r"(.*/)?([0-9]{4})/([0-9]{2})/([0-9]{2})/([^/]+)")
_RECORDS: Final = frozenset({"json", "yaml"})


def address_of(target: Target, stem: str) -> str:
    """Return the address of the entry ``stem`` in the new site, from its root: ``/post/hello``, or ``/post/hello/``.

    A post in Jekyll's way to name files (``_posts/2012-04-01-hello``) is at ``2012/04/01/hello``, as Jekyll has it, unless
    the target keeps stems as they are.
    """
    place = target.place
    if place.address == "/{stem}":
        return "/" + stem
    post = _JEKYLL_POST.fullmatch(stem)
    if post:
        outer, inner, year, month, day, name = post.groups("")
        stem = f"{outer}{inner}{year}/{month}/{day}/{name}"
    if "%" in stem:  # a page whose file name is a slug as WordPress keeps it: servers decode what they are asked for
        stem = _decoded(stem)
    if place.address_from_path:
        stem = _free(target, stem)
    return place.address.replace("{stem}", stem)


def _decoded(stem: str) -> str:
    """Return ``stem`` percent-decoded, unless that gives no name of the same shape."""
    text = unquote(stem, errors="replace")
    odd = "\ufffd" in text or not text.isprintable() or any(sign in text for sign in "%?#\\")
    return stem if odd or text.count("/") != stem.count("/") else text


def stems_at(target: Target, address: str) -> Iterator[str]:
    """Yield the stems that may be at ``address`` (percent-decoded): the inverse of :func:`address_of`."""
    before, _, after = target.place.address.partition("{stem}")
    if (
        not address.startswith(before)
        or not address.endswith(after)
        or len(address) < len(before) + len(after)
    ):
        return
    stem = address[len(before) : len(address) - len(after)]
    stems = [stem]
    if target.place.address_from_path and stem.endswith("-page"):
        stems.append(stem.removesuffix("-page"))
    for stem in stems:
        yield stem
        post = _POST_ADDRESS.fullmatch(stem)
        if post and target.place.address != "/{stem}":
            outer, year, month, day, name = post.groups("")
            yield f"{outer}_posts/{year}-{month}-{day}-{name}"


def content_path(target: Target, stem: str) -> str:
    """Return the path of the content file of the public entry ``stem``, without its ending."""
    place = target.place
    if place.content == "{stem}" and not place.taken_names:
        return stem
    if place.address_from_path:
        stem = address_of(target, stem).strip("/")
    for pattern, written in place.content_spelling.items():
        stem = re.sub(pattern, written, stem)
    return place.content.replace("{stem}", _free(target, stem))


def data_path(target: Target, name: str) -> str:
    """Return the path of the data file ``name`` (``site.yaml``, ``comments/post/hello.json``)."""
    return f"{target.place.data}/{name}" if target.place.data else name


def site_path(target: Target, folder: str, form: str) -> str:
    """Return the path of ``site.json`` or ``site.yaml`` of the site whose folder is ``folder`` (ends in ``/``, or is empty).

    The form that the builder does not read lies with the records: builders let one hide the other.
    """
    name = f"{folder}site.{form}"
    if form in target.place.data_forms or not target.place.records:
        return data_path(target, name)
    return f"{target.place.records}/{name}"


def static_path(target: Target, name: str) -> str:
    """Return the path of a file that is served as it is (``_redirects``)."""
    return f"{target.place.static}/{name}" if target.place.static else name


def data_forms(target: Target, to: Sequence[str]) -> tuple[str, ...]:
    """Return which of the formats ``to`` the data folder gets: those that the builder reads, or all when it reads none of them."""
    forms = tuple(form for form in to if form in _RECORDS)
    return tuple(form for form in forms if form in target.place.data_forms) or forms


def output_path(target: Target, stem: str, form: str, *, draft: bool = False) -> str:
    """Return the path of one file of the entry ``stem``, with its ending.

    ``form`` is ``markdown``, ``json`` or ``yaml``. Drafts (``draft``) keep their stem: they stay out of what the builder reads.
    """
    if form in _RECORDS:
        folder = target.place.records
        return f"{folder}/{stem}.{form}" if folder else f"{stem}.{form}"
    return (stem if draft else content_path(target, stem)) + target.extension


def _free(target: Target, stem: str) -> str:
    """Return ``stem`` with another last segment when the builder takes that for something else."""
    taken = target.place.taken_names
    return stem + "-page" if taken and stem.rpartition("/")[2].lower() in taken else stem
