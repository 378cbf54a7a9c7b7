"""What the site knows and the body shows: reusable blocks and galleries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from wpmigrate.model import Attachment, Site
from wpmigrate.verifier.expand import opaque_zones
from wpmigrate.wordpress.blocks import BlockToken, parse_blocks
from wpmigrate.wordpress.shortcodes import Shortcode, find_shortcodes

__all__ = ["library_files", "put_in_blocks", "put_in_galleries"]

_MOST: Final = 5_000_000
"""Characters that a page may get from reusable blocks."""
_IDS = re.compile(r"\d+")


def put_in_blocks(text: str, site: Site) -> str:
    """Return ``text`` with the reusable blocks that it refers to in their place; those that are not there vanish.

    As ``render_block_core_block`` does, a block inside itself shows nothing.
    """
    if "wp:block" not in text and "wp:core/block" not in text:
        return text
    parts: list[str] = []
    left = _MOST
    stack: list[tuple[str, Iterator[BlockToken]]] = [("", parse_blocks(text))]
    opened: set[str] = set()
    while stack:
        token = next(stack[-1][1], None)
        if token is None:
            opened.discard(stack.pop()[0])
        elif token.name != "core/block":
            parts.append(token.text)
        elif token.kind != "close":
            ref = str(token.attributes.get("ref", ""))
            body = None if ref in opened else site.blocks.get(ref)
            if body is not None and len(body) <= left:
                left -= len(body)
                opened.add(ref)
                stack.append((ref, parse_blocks(body)))
    return "".join(parts)


def put_in_galleries(text: str, site: Site, id: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the HTML ``text`` of entry ``id`` with each ``[gallery]`` and ``[playlist]`` as what it shows of the library.

    And what the record says of each gallery: its attributes as written, and how many images it shows.
    """
    galleries: list[dict[str, Any]] = []
    if "[gallery" not in text and "[playlist" not in text:
        return text, galleries
    parts: list[str] = []
    at = 0
    for shortcode in find_shortcodes(text, _NAMES, opaque_zones(text)):
        if shortcode.escaped:
            continue
        files = library_files(shortcode, site, id)
        shown = _show(shortcode, files)
        if shown:
            galleries.append({"name": shortcode.name, "attrs": shortcode.attributes, "images": len(files)})
            parts += (text[at : shortcode.start], shown)
            at = shortcode.end
    return "".join((*parts, text[at:])), galleries


_NAMES: Final = frozenset({"gallery", "playlist"})
_FILMS: Final = frozenset("mp4 m4v webm ogv wmv flv mov avi mpg".split())
_SOUNDS: Final = frozenset("mp3 m4a ogg oga wav wma flac aac".split())
_PAPERS: Final = frozenset("pdf doc docx xls xlsx ppt pptx odt zip txt csv".split())


def _show(shortcode: Shortcode, files: list[Attachment]) -> str:
    if shortcode.name == "gallery":
        link = shortcode.attributes.get("link", "").strip().lower()
        return "".join(_figure(file, link) for file in files)
    return "".join(f'<p><a href="{html.escape(file.url)}">{html.escape(file.title or file.url)}</a></p>' for file in files)


def _is_shown(shortcode: Shortcode, file: Attachment) -> bool:
    ending = file.url.partition("?")[0].partition("#")[0].rpartition(".")[2].lower()
    if shortcode.name == "gallery":
        return ending not in _FILMS and ending not in _SOUNDS and ending not in _PAPERS
    return ending in (_FILMS if shortcode.attributes.get("type") == "video" else _SOUNDS)


def library_files(shortcode: Shortcode, site: Site, id: str) -> list[Attachment]:
    """Return what a shortcode shows (``gallery_shortcode``): the files that it names, else those that its entry has."""
    get = shortcode.attributes.get
    ids = _numbers(get("ids"))
    named = ids or _numbers(get("include"))
    chosen = named
    if not named and shortcode.name == "gallery":
        without = _numbers(get("exclude"))
        chosen = [each for each in site.attached.get((_numbers(get("id")) or [id])[0], ()) if each not in without]
    found = [file for file in map(site.attachments.get, dict.fromkeys(chosen)) if file is not None]
    order = (get("orderby", "").lower().split() or [""])[0]
    shown = [file for file in found if _is_shown(shortcode, file)]
    if order in ("post__in", "rand", "none") or (not order and ids):
        return shown
    if order in ("title", "post_title"):
        shown.sort(key=lambda file: (file.title.lower(), int(file.id)))
    elif named or order not in ("", "menu_order"):
        shown.sort(key=lambda file: int(file.id))
    return shown[::-1] if get("order", "").strip().upper() == "DESC" else shown


def _numbers(text: str | None) -> list[str]:
    """Return the ids of a list such as ``1, 2 3``, whatever stands for its quotes."""
    return [number.lstrip("0") for number in _IDS.findall(html.unescape(text or "")) if number.strip("0")]


def _figure(image: Attachment, link: str) -> str:
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value)
    shown = f'<img src="{html.escape(image.url)}" alt="{html.escape(image.alt)}"{size}>'
    target = "" if link == "none" else image.url if link == "file" else image.page
    if target:
        shown = f'<a href="{html.escape(target)}">{shown}</a>'
    return f"<figure>{shown}<figcaption>{image.caption}</figcaption></figure>"
