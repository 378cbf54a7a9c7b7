"""Latin text of before UTF-8: in which encoding its letters are those of one language.

Read as Windows-1252, Turkish shows ``ð ý þ`` beside ``ç ö ü`` and Polish ``³ ¹ ¿`` within words: letters that no language of
Western Europe has together. Where one encoding makes of all these bytes the alphabet of one language, and Windows-1252 that of
none, there is no doubt. A page in several languages, or with few such letters, stays Windows-1252.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

__all__ = ["guess_latin"]

_FITS: Final = 0.97
"""The share of a text's letters that are the language's, at least; the rest may be names and quotations."""
_BETTER: Final = 0.02
"""By how much it must be more than the share of any Western language."""
_ENOUGH: Final = 8
"""How many letters above 127 a text has at least that is worth a guess."""
_TELLING: Final = 4
"""How many of them, and at least two different ones, are other letters in Windows-1252; or else :data:`_ENOUGH` of one."""

_MARKS: Final = frozenset("\xa0«»‹›„“”‘’‚–—…•·°§€©®™×´")
"""What all languages write between words."""

_CENTRAL: Final = ("cp1250", "iso8859_2")


class _Language(NamedTuple):
    name: str
    codecs: tuple[str, ...]
    """The encodings that its sites were written in, the more usual one first."""
    letters: str
    """Its small letters that are not ASCII, and its own signs (https://www.unicode.org/cldr/charts/latest/summary/root.html)."""
    usual: str = ""
    """Those of them that no text of some length is without."""


_OTHERS: Final = (
    _Language("Polish", _CENTRAL, "ąćęłńóśźż", "łęą"),
    _Language("Czech", _CENTRAL, "áčďéěíňóřšťúůýž", "ěř"),
    _Language("Slovak", _CENTRAL, "áäčďéíĺľňóôŕšťúýž", "šž"),
    _Language("Hungarian", _CENTRAL, "áéíóöőúüű", "ő"),
    _Language("Romanian", _CENTRAL, "ăâîşţ", "ăţ"),
    _Language("Croatian, Bosnian, Serbian", _CENTRAL, "čćđšž", "čšž"),
    _Language("Slovene", _CENTRAL, "čšž", "čšž"),
    _Language("Turkish", ("cp1254", "iso8859_9"), "çğıöşüâîûİ", "ış"),
    _Language("Lithuanian", ("cp1257", "iso8859_13"), "ąčęėįšųūž", "šė"),
    _Language("Latvian", ("cp1257", "iso8859_13"), "āčēģīķļņōŗšūž", "āī"),
    _Language("Vietnamese", ("cp1258",), "àáâăèéêíóôơùúưđ\u0300\u0301\u0303\u0309\u0323₫", "đư"),
)
_WEST: Final = (
    _Language("French", ("cp1252",), "àâæçèéêëîïôùûüÿœ"),
    _Language("German", ("cp1252",), "äöüß"),
    _Language("Spanish, Galician, Basque", ("cp1252",), "áéíïñóúü¡¿ªº"),
    _Language("Portuguese", ("cp1252",), "áâãàçéêíóôõúüªº"),
    _Language("Italian", ("cp1252",), "àèéìíîòóùúªº"),
    _Language("Catalan", ("cp1252",), "àçèéíïòóúü¡¿ªº"),
    _Language("Swedish, Finnish", ("cp1252",), "åäöéàü"),
    _Language("Danish, Norwegian", ("cp1252",), "æøåéèòôóä"),
    _Language("Icelandic, Faroese", ("cp1252",), "áðéíóúýþæöø"),
    _Language("Dutch, Afrikaans", ("cp1252",), "áâäçèéêëíîïóôöúûü"),
    _Language("Irish, Scottish, Welsh", ("cp1252",), "áàâéèêëíìîïóòôöúùûüŵŷ"),
    _Language("Estonian", ("cp1252",), "äõöüšž"),
    _Language("Albanian", ("cp1252",), "çëâ"),
    _Language("Breton, Walloon", ("cp1252",), "âåçèéêîñôùû"),
    _Language("Malay, Filipino", ("cp1252",), "éñèàáíóú"),
)


@cache
def _bytes_of(language: _Language, codec: str) -> frozenset[int]:
    """Return the bytes above 127 that are letters of a language, or marks, in an encoding."""
    known = {*language.letters, *language.letters.upper(), *_MARKS}
    return frozenset(byte for byte in range(0x80, 0x100) if bytes([byte]).decode(codec, "ignore") in known)


@cache
def _signs(codec: str) -> frozenset[int]:
    """Return the bytes that are no letters: the marks, and those that Windows-1252 reads in the same way."""
    same = (byte for byte in range(0x80, 0x100) if _char(byte, codec) == _char(byte, "cp1252"))
    return frozenset((*same, *(byte for byte in range(0x80, 0x100) if _char(byte, codec) in _MARKS)))


def _char(byte: int, codec: str) -> str:
    return bytes([byte]).decode(codec, "ignore")


def guess_latin(data: bytes) -> str:
    """Return the encoding of Latin text, which is not UTF-8, when its letters leave no doubt; else an empty text."""
    counts = {byte: count for byte in range(0x80, 0x100) if (count := data.count(byte))}
    total = sum(counts.values())
    if total < _ENOUGH:
        return ""
    west = max(_share(counts, total, row, "cp1252") for row in _WEST)
    found = [
        (share, -place, codec)
        for place, (row, codec) in enumerate((row, codec) for row in _OTHERS for codec in row.codecs)
        if (share := _share(counts, total, row, codec)) >= max(_FITS, west + _BETTER)
        and _tells(counts, codec)
        and all(letter.encode(codec)[0] in counts for letter in row.usual)
    ]
    return max(found)[2] if found else ""


def _share(counts: dict[int, int], total: int, language: _Language, codec: str) -> float:
    """Return which share of the bytes above 127 is what the language writes."""
    known = _bytes_of(language, codec)
    return sum(count for byte, count in counts.items() if byte in known) / total


def _tells(counts: dict[int, int], codec: str) -> bool:
    """Whether enough of the letters would be others in Windows-1252."""
    telling = [count for byte, count in counts.items() if byte not in _signs(codec)]
    return sum(telling) >= (_TELLING if len(telling) > 1 else _ENOUGH)
