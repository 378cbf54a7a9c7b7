"""Whether what a server gave is the file that was asked for: a page that says "not found" comes with 200 and .jpg, too. Pure."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HEAD_BYTES", "content_problem"]

HEAD_BYTES = 1024
"""How much of the beginning :func:`content_problem` wants to see; PDF allows that much before its mark."""

_ANY = re.DOTALL | re.IGNORECASE
_SIGNATURES: Final = tuple(
    (frozenset(endings.split()), re.compile(signature, re.DOTALL))
    for endings, signature in (
        ("jpg jpeg jpe jfif", rb"\xff\xd8\xff"),
        ("png apng", rb"\x89PNG\r\n"),
        ("gif", rb"GIF8[79]a"),
        ("webp", rb"RIFF....WEBP"),
        ("bmp", rb"BM.{4}\x00{4}"),
        ("ico cur", rb"\x00\x00[\x01\x02]\x00"),
        ("tif tiff", rb"II\*\x00|MM\x00\*|II\+\x00|MM\x00\+"),
        ("avif heic heif mp4 m4v m4a mov 3gp 3g2 f4v", rb"\x00...(?:ftyp|moov|mdat|free|wide|skip)"),
        ("svg", rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!DOCTYPE svg|!--|svg\b|\w+:svg\b)"),
        ("svgz gz tgz", rb"\x1f\x8b"),
        ("pdf ai", rb".{0,1019}%PDF-"),
        ("ps eps", rb"%!PS|\xc5\xd0\xd3\xc6"),
        (
            "zip docx xlsx pptx docm xlsm pptm odt ods odp odg epub key pages numbers apk jar",
            rb"PK(?:\x03\x04|\x05\x06|\x07\x08)",
        ),
        ("doc xls ppt pps pot msi", rb"\xd0\xcf\x11\xe0"),
        ("rar", rb"Rar!\x1a\x07"),
        ("7z", rb"7z\xbc\xaf"),
        ("mp3 mpga mp2", rb"ID3[\x02-\x04]|\xff[\xe0-\xff]|\x00{4}"),
        ("aac", rb"\xff[\xf0-\xff]|ID3[\x02-\x04]|ADIF"),
        ("ogg oga ogv opus", rb"OggS"),
        ("flac", rb"fLaC|ID3[\x02-\x04]"),
        ("wav", rb"RIFF....WAVE|RF64"),
        ("avi", rb"RIFF....AVI "),
        ("webm mkv mka", rb"\x1a\x45\xdf\xa3"),
        ("flv", rb"FLV\x01"),
        ("swf", rb"[FCZ]WS[\x01-\x40]"),
        ("wmv wma asf", rb"\x30\x26\xb2\x75"),
        ("mpg mpeg mpe", rb"\x00\x00\x01|\x47.{187}\x47"),
        ("mid midi", rb"MThd"),
        ("rtf", rb"\{\\rtf"),
        ("psd", rb"8BPS\x00"),
        ("woff", rb"wOFF"),
        ("woff2", rb"wOF2"),
        ("ttf otf", rb"\x00\x01\x00\x00|OTTO\x00|true\x00|ttcf\x00"),
    )
)
"""How files begin, by their endings (the formats' own specifications)."""

_KNOWN: Final = frozenset().union(*(endings for endings, _ in _SIGNATURES))
_PAGES: Final = frozenset({"html", "htm", "xhtml", "shtml", "php", "asp", "aspx"})
_TEXT_TYPES: Final = ("text/", "application/json", "application/xml", "application/xhtml")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|title)\b", _ANY
)


def content_problem(name: str, content_type: str, head: bytes) -> str:
    """Return why the beginning ``head`` of an answer cannot be the file ``name``; empty when it can.

    What begins as a file of any kind that we know passes: pictures are often of another kind than their name says.
    """
    if not head:
        return "the file is empty"
    ending = name.rpartition(".")[2].lower()
    kind = content_type.partition(";")[0].strip().lower()
    if ending in _PAGES:
        return ""
    if _PAGE.match(head) and (ending in _KNOWN or kind in ("text/html", "application/xhtml+xml")):
        return "a web page came in its place"
    if ending not in _KNOWN or any(signature.match(head) for _, signature in _SIGNATURES):
        return ""
    if kind.startswith(_TEXT_TYPES):
        return f"text ({kind}) came in its place"
    return ""
