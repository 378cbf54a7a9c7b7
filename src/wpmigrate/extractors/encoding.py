"""Bytes to text: which encoding a file is in, and what had to be guessed."""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from wpmigrate.errors import ExtractError
from wpmigrate.extractors.alphabets import guess_latin
from wpmigrate.extractors.scripts import guess_encoding
from wpmigrate.model import Notice

__all__ = ["Decoded", "decode"]


class Decoded(NamedTuple):
    """A file as text."""

    text: str
    """The characters, without a byte order mark; line ends as in the file."""
    encoding: str
    """How the bytes were read: ``utf-8``, ``utf-16-le``, ``windows-1252`` …"""
    notices: tuple[Notice, ...] = ()
    """What was guessed or repaired."""


# first row that fits; UTF-32 before UTF-16, whose mark it begins with
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# a file that begins with two ASCII characters and has no mark
_NULS = ((re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"), (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"))
# The tag itself, not one that is shown as code; a browser takes it for what it is too.
_META = re.compile(rb"""<meta\s[^<>]{0,200}\bcharset\s*=\s*["']?\s*([A-Za-z][\w:.-]{1,30})""", re.IGNORECASE)
_HEAD: Final = 20_000
_WESTERN: Final = frozenset({"iso8859-1", "cp1252", "ascii", "utf-8", "utf-16", "utf-7", "idna", "punycode"})
"""What a page says without thinking, or what the bytes are not (https://encoding.spec.whatwg.org/#names-and-labels)."""
_ASCII: Final = rb"<p class='x'>\x41 \u0041</p>"
"""What every encoding of a page reads as ASCII: UTF-16, EBCDIC and Python's own escapes do not, whatever a page says."""
_STRAY = re.compile("[\udc80-\udcff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return ``data`` as text.

    ``encoding`` forces one; else a byte order mark decides, else NUL bytes (UTF-16), else the bytes are UTF-8 when they
    are valid UTF-8, else they are in the encoding that a ``<meta>`` of the page names, else in the one that their script
    or their letters tell (:mod:`~wpmigrate.extractors.scripts`, :mod:`~wpmigrate.extractors.alphabets`), else they are Windows-1252, which WordPress sites of before 2.2 wrote. A UTF-8 file with a few stray bytes stays UTF-8 and only
    these are read as Windows-1252. Every guess is a notice; no byte is left out.

    Raises :class:`~wpmigrate.errors.ExtractError` when a forced encoding is unknown or does not fit.
    """
    if encoding:
        return _decode_as(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_marked(data) or _decode_guessed(data)
    if text.startswith("\ufeff"):
        return Decoded(text.lstrip("\ufeff"), "utf-8")
    if "\0" in text[:4]:
        return _decode_marked(data) or Decoded(text, "utf-8")
    return Decoded(text, "utf-8")


def _decode_as(data: bytes, encoding: str) -> Decoded:
    """Return ``data`` read in the encoding that the user named."""
    try:
        text = data.decode(encoding)
        text.encode()
    except LookupError:
        raise ExtractError(f"no encoding is called {encoding!r}; try utf-8, windows-1252 or utf-16") from None
    except UnicodeError as error:
        raise ExtractError(
            f"the file is not {encoding}: {error}; leave out the encoding to have it recognised"
        ) from None
    return Decoded(text.removeprefix("\ufeff"), encoding.lower())


def _decode_marked(data: bytes) -> Decoded | None:
    """Return the text of a file with a byte order mark or with UTF-16's NUL bytes, or None."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_loosely(data[len(mark) :], encoding)
    for pattern, encoding in _NULS:
        if pattern.match(data):
            return _decode_loosely(data, encoding)
    return None


def _decode_loosely(data: bytes, encoding: str) -> Decoded:
    """Return the text of ``data``; what does not fit becomes U+FFFD (or Windows-1252 in UTF-8), with a notice."""
    if encoding == "utf-8":
        return _decode_mostly_utf8(data.decode("utf-8", "surrogateescape"))
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        what = f"bytes that are not {encoding}: read as U+FFFD"
        return Decoded(text, encoding, (Notice("repaired", what, text.count("\ufffd"), "file"),))


def _decode_guessed(data: bytes) -> Decoded:
    """Return the text of a file that is not UTF-8: UTF-8 with stray bytes, an encoding of its script, or Windows-1252."""
    text = data.decode("utf-8", "surrogateescape")
    strays = sum(len(run) for run in _STRAY.findall(text))
    valid = len(_NOT_ASCII.findall(text)) - strays
    if valid > strays:
        return _decode_mostly_utf8(text)
    declared = _declared(data)
    guessed = declared or guess_encoding(data) or guess_latin(data)
    found = _decode_loosely(data, guessed) if guessed else Decoded(_from_windows_1252(data), "windows-1252")
    why = ", as the page says of itself" if declared else ""
    what = f"encoding: the bytes are not UTF-8 and were read as {found.encoding}{why}"
    return found._replace(notices=(Notice("mapped", what, 1, "file"), *found.notices))


def _declared(data: bytes) -> str:
    """Return the encoding that a ``<meta charset>`` in the page names; empty without one, or when the bytes are not in it."""
    found = _META.search(data, 0, _HEAD)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
        fits = name and name not in _WESTERN and _ASCII.decode(name) == _ASCII.decode() and data.decode(name)
        return name if fits else ""
    except (LookupError, UnicodeError):
        return ""


def _decode_mostly_utf8(text: str) -> Decoded:
    """Return ``text`` with its escaped bytes read as Windows-1252."""
    count = len(_SURROGATE.findall(text))
    text = _STRAY.sub(lambda run: _from_windows_1252(run[0].encode("ascii", "surrogateescape")), text)
    what = "bytes that are not utf-8: read as windows-1252"
    return Decoded(text, "utf-8", (Notice("repaired", what, count, "file"),) if count else ())


def _from_windows_1252(data: bytes) -> str:
    """Decode as browsers do: the five bytes without a character are C1 controls (WHATWG Encoding, windows-1252)."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_WINDOWS_1252[byte] for byte in data)


_WINDOWS_1252 = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
