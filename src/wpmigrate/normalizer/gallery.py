"""Shortcodes that name attachments by number, said with what the site's library knows of them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from typing import Final

from wpmigrate.model import Attachment, NoticeLog, Site
from wpmigrate.normalizer.shortcode_rules import Said
from wpmigrate.wordpress.embeds import decode_url
from wpmigrate.wordpress.shortcodes import Shortcode

__all__ = ["LIBRARY", "Library", "gallery_order"]

_NUMBER = re.compile(r"0*([1-9][0-9]{0,18})(?![0-9])")
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})(?:[?#]|\Z)")
_AS_LISTED: Final = frozenset({"post__in", "rand", "none"})
_FILMS: Final = frozenset({"mp4", "m4v", "webm", "ogv", "wmv", "flv", "mov", "avi", "mpg"})
_SOUNDS: Final = frozenset({"mp3", "m4a", "ogg", "oga", "wav", "wma", "flac", "aac"})
_NO_IMAGES: Final = _FILMS | _SOUNDS | {"pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "zip", "txt", "csv"}


class Library:
    """The attachments that one page can name."""

    def __init__(self, site: Site, page: str, log: NoticeLog) -> None:
        """Take the site, the id of the page, and where attachments that are missing are named."""
        self.site = site
        self.page = page
        self.log = log

    def say(self, shortcode: Shortcode) -> Said | None:
        """Return ``shortcode`` said in HTML; None when it is none of :data:`LIBRARY`, or names nothing that is in the library."""
        row = LIBRARY.get(shortcode.name)
        said = row(self, shortcode) if row else None
        if said is not None:
            self.log.add("mapped", f"shortcode [{shortcode.name}]: its files, from the library")
        return said

    def found(self, numbers: Sequence[str], shortcode: str, wanted: Callable[[str], bool]) -> list[Attachment]:
        """Return the attachments of these ids whose file is ``wanted``; the others are named."""
        kept = []
        for number in dict.fromkeys(numbers):
            attachment = self.site.attachments.get(number)
            if attachment is None:
                self.log.add("kept", f"shortcode [{shortcode}]: attachment {number} is not in the library")
            elif not wanted(_ending(attachment.url)):
                self.log.add("kept", f"shortcode [{shortcode}]: attachment {number} is no file that it shows")
            else:
                kept.append(attachment)
        return kept


def _gallery(library: Library, shortcode: Shortcode) -> Said | None:
    """Say ``[gallery]`` as ``gallery_shortcode`` chooses and orders its images: each a figure with its caption.

    ``columns``, ``size`` and all other attributes are kept with the first one, and how many images there are.
    """
    attributes = shortcode.attributes
    listed = _numbers(attributes.get("ids")) or _numbers(attributes.get("include"))
    if not listed:
        owner = next(iter(_numbers(attributes.get("id"))), library.page)
        left_out = set(_numbers(attributes.get("exclude")))
        of_page = [number for number in library.site.attached.get(owner, ()) if number not in left_out]
    images = library.found(listed or of_page, "gallery", lambda ending: ending not in _NO_IMAGES)
    if not images:
        return None
    images = gallery_order(images, attributes, bool(listed))
    data = {"name": "gallery", "attrs": attributes, "images": len(images)}
    note = f' data-wp-block="{html.escape(json.dumps(data, ensure_ascii=False, separators=(",", ":")))}"'
    link = attributes.get("link", "").strip().lower()
    figures = [_figure(image, link, "" if place else note) for place, image in enumerate(images)]
    return Said("\n".join(figures), block=True)


def gallery_order(images: list[Attachment], attributes: dict[str, str], listed: bool) -> list[Attachment]:
    """Return ``images`` in the order that ``orderby`` and ``order`` ask for.

    ``listed``: they are named one by one (``ids``, ``include``). ``ids`` keep their order unless told otherwise; files uploaded
    to a page come in its own order. Dates and ``menu_order`` of named files are not known: their ids grow with the dates.
    """
    by = attributes.get("orderby", "").split()
    if not by and _numbers(attributes.get("ids")):
        return images
    if by and by[0].lower() in _AS_LISTED:
        return images
    if by and by[0].lower() in ("title", "post_title"):
        images = sorted(images, key=lambda image: (image.title.lower(), int(image.id)))
    elif listed or (by and by[0].lower() != "menu_order"):
        images = sorted(images, key=lambda image: int(image.id))
    return images[::-1] if attributes.get("order", "").strip().upper() == "DESC" else images


def _figure(image: Attachment, link: str, note: str) -> str:
    """Return the image in its link, and its caption; ``note`` is one more attribute of the image."""
    size = "".join(f' {name}="{value}"' for name, value in (("width", image.width), ("height", image.height)) if value)
    shown = f'<img src="{html.escape(image.url)}" alt="{html.escape(image.alt)}"{size}{note} />'
    target = "" if link == "none" else image.url if link == "file" else image.page
    if target:
        shown = f'<a href="{html.escape(target)}">{shown}</a>'
    caption = image.caption.strip()
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>{shown}{below}</figure>"


def _playlist(library: Library, shortcode: Shortcode) -> Said | None:
    """Say ``[playlist ids="…"]``: a link to each file under its title, as the player shows it."""
    endings, kind = (_FILMS, "video") if shortcode.attributes.get("type") == "video" else (_SOUNDS, "audio")
    listed = _numbers(shortcode.attributes.get("ids")) or _numbers(shortcode.attributes.get("include"))
    files = library.found(listed, "playlist", endings.__contains__)
    if not files:
        return None
    links = [_link(kind, file) for file in gallery_order(files, shortcode.attributes, True)]
    return Said("".join(f"<p>{link}</p>" for link in links), block=True)


def _link(kind: str, file: Attachment) -> str:
    return f'<a data-wpm="{kind}" href="{html.escape(file.url)}">{html.escape(file.title or file.url)}</a>'


LIBRARY: Final[dict[str, Callable[[Library, Shortcode], Said | None]]] = {"gallery": _gallery, "playlist": _playlist}
"""Shortcode -> what says it with the library."""


def _numbers(value: str | None) -> list[str]:
    """Return the ids in a list such as ``1, 2 3`` (``wp_parse_id_list``)."""
    return _NUMBER.findall(decode_url(value)) if value else []


def _ending(url: str) -> str:
    match = _ENDING.search(url)
    return match[1].lower() if match else ""
