"""Which files a text uses: addresses, as it spells them, and ids of the library. Pure.

It is read by patterns, not by a parser: what is found is rather too much than too little, in HTML, in the attributes of blocks, in
shortcodes, in Markdown and in the values of plugins alike. Every pattern begins with fixed characters and takes at most 4,000,
so that the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

__all__ = ["ENDINGS", "ends_like_a_file", "kind_of", "meta_uses", "uses_of"]

ENDINGS: Final[dict[str, str]] = {
    **dict.fromkeys("jpg jpeg jpe png gif webp avif bmp svg tif tiff ico heic heif".split(), "image"),
    **dict.fromkeys("mp3 m4a ogg oga opus wav flac aac wma mid midi".split(), "audio"),
    **dict.fromkeys("mp4 m4v mov webm ogv avi wmv mpg mpeg mkv 3gp 3g2 flv swf".split(), "video"),
    **dict.fromkeys(
        "pdf doc docx xls xlsx ppt pptx pps ppsx odt ods odp rtf txt csv epub mobi vtt srt".split(),
        "document",
    ),
    **dict.fromkeys("zip gz tgz tar rar 7z psd ai eps ttf otf woff woff2 gpx kml".split(), "other"),
}
"""Ending of a file's name -> kind. What WordPress lets people upload (``wp_get_mime_types``), and a few of plugins."""

_DOUBLE = re.compile(r'=[ \t\r\n]{0,9}"([^"<>]{1,4000})"')
_SINGLE = re.compile(r"=[ \t\r\n]{0,9}'([^'<>]{1,4000})'")
_UNQUOTED = re.compile(r"=(/[^\s\"'<>]{1,4000})")
_STYLE = re.compile(r"""url\([ \t\r\n]{0,9}["']?([^\s"'()<>]{1,4000})""", re.IGNORECASE)
_MARKDOWN = re.compile(r"\]\([ \t]{0,9}<?([^\s()<>]{1,4000})|\]: {0,9}<?([^\s<>]{1,4000})")
_ABSOLUTE = re.compile(r"//[^\s\"'<>()\[\]{}|`\\]{1,4000}")
_CANDIDATE = re.compile(r"[^\s,]\S{0,4000}[^\s,]")
_IS_SET = re.compile(r"\s[0-9.]{1,9}[wx](?:\s*,|\s*\Z)")
_ENDING = re.compile(r"\.([a-z0-9]{2,5})/?(?:[?#]|\Z)", re.IGNORECASE)
_UPLOADS = re.compile(
    r"wp-content/(?:uploads|blogs\.dir)/|\.files\.wordpress\.com/|/files/[0-9]{4}/[0-9]{2}/"
)
_JSON_ESCAPE = re.compile(r"\\u00([0-7][0-9a-fA-F])")
_PROGRAMS: Final = frozenset({"php", "html", "htm", "js", "css"})

_SHOWN_IDS = re.compile(r"(?:wp-att-|[?;&]attachment_id=)([0-9]{1,19})(?![0-9])")
_GALLERY = re.compile(r"\[(?:gallery|playlist)(?=[\s\]/])([^\[\]]{0,4000})\]")
_NAMED_IDS = re.compile(r"""(?:\s|\A)(?:ids|include)[ \t]{0,9}=[ \t]{0,9}["'“”″]?([0-9, ]{1,4000})""")
_PARENT_ID = re.compile(r"""(?:\s|\A)id[ \t]{0,9}=[ \t]{0,9}["'“”″]?([0-9]{1,19})""")
_BLOCK_IDS = re.compile(r'"ids":[ ]{0,9}\[([0-9, "]{1,4000})\]')
_REFERENCE = re.compile(r'<!--[ \t]{0,9}wp:block[ \t]{1,9}\{"ref":[ ]{0,9}"?([0-9]{1,19})')
_NUMBER = re.compile(r"[0-9]{1,19}")
_ID_KEYS: Final = frozenset({"_thumbnail_id", "_product_image_gallery"})
"""Meta with ids of the library: the featured image, and WooCommerce's pictures of a product."""
_LONGEST = 20_000


def uses_of(text: str) -> Iterator[str]:
    """Yield what ``text`` uses, each once.

    Addresses of files as the text spells them, with HTML's and JSON's escapes undone: those below the uploads, and others whose
    name ends like a file's. ``#17`` is a file of the library by its id, ``@`` the files that were uploaded to the entry
    itself, ``@17`` those of another, ``^17`` a reusable block.
    """
    if "\\" in text:
        text = _JSON_ESCAPE.sub(_plain, text.replace("\\/", "/"))
    yield from _ids(text)
    found: dict[str, str] = {}
    if "." in text:
        for url in _addresses(text.replace("&quot;", '"') if "&quot;" in text else text):
            found.setdefault(url.partition(":")[2] if url[:4] == "http" else url, url)
    yield from found.values()


def meta_uses(postmeta: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what the meta of an entry uses: its featured image, and the files whose addresses stand in any value."""
    for key, value in postmeta:
        if key.strip() in _ID_KEYS:
            yield from (
                f"#{number}" for one in _NUMBER.findall(value[:_LONGEST]) if (number := one.lstrip("0"))
            )
        elif "/" in value:
            whole = value.strip()
            yield from (whole,) if _is_file(whole) else uses_of(value)


def kind_of(url: str) -> str:
    """Return what kind of file ``url`` is by the ending of its name: image, audio, video, document or other."""
    match = _ENDING.search(url)
    return ENDINGS.get(match[1].lower(), "other") if match else "other"


def ends_like_a_file(url: str) -> bool:
    """Whether the last part of the path of ``url`` has an ending that files of a library have."""
    match = _ENDING.search(url)
    return match is not None and match[1].lower() in ENDINGS


def _addresses(text: str) -> Iterator[str]:
    for value in _values(text):
        if "/" in value:  # an alternative text such as IMG_0123.jpg has none
            yield from _in_value(value)
    for token in _ABSOLUTE.findall(text):
        url = _unescaped(token).rstrip(".,;:!?*_")
        if _is_file(url):
            yield url


def _values(text: str) -> Iterator[str]:
    """Yield what may be addresses by where it stands."""
    yield from _DOUBLE.findall(text)
    yield from _SINGLE.findall(text)
    if "=/" in text:
        yield from _UNQUOTED.findall(text)
    if "url(" in text or "URL(" in text:
        yield from _STYLE.findall(text)
    if "](" in text or "]:" in text:
        for inline, defined in _MARKDOWN.findall(text):
            yield inline or defined


def _in_value(value: str) -> Iterator[str]:
    """Yield the files that an attribute's value names: it is an address, or a set of them."""
    value = _unescaped(value).strip()
    if " " in value and _IS_SET.search(value):
        yield from filter(_is_file, _CANDIDATE.findall(value))
    elif _is_file(value) and value[:5] != "data:":
        yield value


def _is_file(url: str) -> bool:
    match = _ENDING.search(url)
    if match is None or "/" not in url or "\n" in url:
        return False
    ending = match[1].lower()
    return ending in ENDINGS or (ending not in _PROGRAMS and _UPLOADS.search(url) is not None)


def _unescaped(value: str) -> str:
    return html.unescape(value) if "&" in value else value


def _plain(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char.isprintable() else " "


def _ids(text: str) -> Iterator[str]:
    found: dict[str, None] = {}
    if "wp-att-" in text or "attachment_id=" in text:
        found.update((f"#{number}", None) for number in _SHOWN_IDS.findall(text))
    if "[gallery" in text or "[playlist" in text:
        for attributes in _GALLERY.findall(text):
            found.update(dict.fromkeys(_in_gallery(attributes)))
    if '"ids":' in text:
        found.update(
            (f"#{number}", None) for ids in _BLOCK_IDS.findall(text) for number in _NUMBER.findall(ids)
        )
    if "wp:block" in text:
        found.update((f"^{number}", None) for number in _REFERENCE.findall(text))
    yield from found


def _in_gallery(attributes: str) -> Iterator[str]:
    attributes = _unescaped(attributes)
    named = _NAMED_IDS.search(attributes)
    if named:
        yield from (f"#{number}" for number in _NUMBER.findall(named[1]))
        return
    parent = _PARENT_ID.search(attributes)
    yield f"@{parent[1]}" if parent else "@"
