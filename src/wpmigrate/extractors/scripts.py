"""The encodings of before UTF-8: which one bytes are in, where the script that they give leaves no doubt.

Western text is Windows-1252. In Cyrillic, Greek, Hebrew, Arabic, Thai, Chinese, Japanese and Korean text the bytes above 127
come in runs, and only the right encoding makes of them the letters that the language uses most.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import Final, NamedTuple

__all__ = ["guess_encoding"]

_RUN = re.compile(rb"[\x80-\xff]{3,}")
_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff]++[A-Za-z]*")
_LATIN_WORD = re.compile(rb"[A-Za-z]+[\x80-\xff]++[A-Za-z]*|[\x80-\xff]++[A-Za-z]+")
_NOT_HIGH: Final = bytes(range(0x80))
_ENOUGH: Final = 6
"""How many different bytes above 127 a text has at least that is worth a guess."""
_FEW: Final = 8
"""How many different letters a text in a script of letters has at least."""
_KNOWN: Final = 0.9
"""The share of letters and marks in a text in a script of letters, at least."""
_USUAL: Final = 0.55
"""The share of the ten letters that its languages use most."""
_SAMPLE: Final = 200_000
_BROKEN: Final = 0.005
"""The share of bytes that an encoding may have no character for: a page has a few that were typed in another one."""

_MARKS: Final = frozenset("　、。，．；：？！（）「」『』《》〈〉【】・…—–“”‘’„«»№\xa0ー～")
_KANA = re.compile("[ぁ-ヶ]")
_HANGUL = re.compile("[가-힣]")


@cache
def _first_level(codec: str, first: int, last: int) -> frozenset[str]:
    """Return the characters of the level of a double-byte set that holds the usual ones."""
    tails = (*range(0x40, 0x7F), *range(0x80, 0xFF))
    pairs = (bytes((lead, tail)) for lead in range(first, last + 1) for tail in tails)
    return frozenset(char for pair in pairs if len(char := pair.decode(codec, "ignore")) == 1)


def _korean(text: str) -> float:
    return (len(_HANGUL.findall(text)) + sum(char in _MARKS for char in text)) / len(text)


def _japanese(text: str) -> float:
    kana = len(_KANA.findall(text))
    if kana * 6 < len(text):
        return 0.0
    usual = _first_level("euc_jp", 0xB0, 0xCF)
    return (kana + sum(char in usual or char in _MARKS for char in text)) / len(text)


# The hundred characters that every Chinese text is full of; other bytes read as Chinese have them by chance.
_COMMON = {
    "gb2312": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
    "家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实请字新名站文",
    "big5": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然"
    "家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實請字新名站文",
}


def _chinese(codec: str, first: int, last: int) -> Callable[[str], float]:
    def share(text: str) -> float:
        if sum(map(text.count, _COMMON[codec])) * 12 < len(text):
            return 0.0
        usual = _first_level(codec, first, last)
        return sum(char in usual or char in _MARKS for char in text) / len(text)

    return share


def _letters(script: str, most_used: str) -> Callable[[str], float]:
    """Return a measure for a script of letters: 1 for a text of nothing else, with the usual share of the most used ones."""
    pattern = re.compile(f"[{script}]")

    def share(text: str) -> float:
        known = (len(pattern.findall(text)) + sum(char in _MARKS for char in text)) / len(text)
        if known < _KNOWN or len(set(text)) < _FEW:
            return 0.0
        return known * known * sum(map(text.count, most_used)) / len(text) / _USUAL

    return share


class _Row(NamedTuple):
    codec: str
    share: Callable[[str], float]
    """How much of a text is what the languages of this encoding use most."""
    at_least: float
    why: str


_GREEK: Final = ("α-ωά-ώΑ-ΩΆΈ-Ώϊϋΐΰ·", "αοιετσνηυρ")
_ARABIC: Final = ("ء-ْپچژگکڈڑںےہ،؛؟\u200c", "اليمونرتبه")
_RUSSIAN: Final = ("а-яА-ЯёЁіїєґІЇЄҐўЎ", "оеаинтсрвл")
_ROWS: Final[tuple[tuple[_Row, ...], ...]] = (
    (
        _Row("euc_jp", _japanese, 0.85, "kana, and kanji of the first level"),
        _Row("cp932", _japanese, 0.85, "the same on Windows and the Mac (Shift_JIS)"),
    ),
    (_Row("cp949", _korean, 0.9, "before Chinese, in whose first half all of its syllables lie"),),
    (
        _Row(
            "gb18030",
            _chinese("gb2312", 0xB0, 0xD7),
            0.8,
            "simplified characters of the first level (GB2312, GBK)",
        ),
        _Row("big5hkscs", _chinese("big5", 0xA4, 0xC6), 0.8, "traditional characters of the first level"),
    ),
    (
        _Row("cp1251", _letters(*_RUSSIAN), 0.65, "Cyrillic of Windows"),
        _Row("koi8_u", _letters(*_RUSSIAN), 0.65, "Cyrillic of Unix; capitals and small letters trade places"),
        _Row("iso8859_5", _letters(*_RUSSIAN), 0.65, "Cyrillic of the standard"),
        _Row("cp866", _letters(*_RUSSIAN), 0.65, "Cyrillic of DOS"),
        _Row("cp1253", _letters(*_GREEK), 0.65, "Greek of Windows"),
        _Row("iso8859_7", _letters(*_GREEK), 0.65, "Greek of the standard, with another Ά"),
        _Row("cp1255", _letters("א-תְ-ׂ", "יוהלארתשמב"), 0.65, "Hebrew"),
        _Row("cp1256", _letters(*_ARABIC), 0.65, "Arabic, Persian, Urdu of Windows"),
        _Row("iso8859_6", _letters(*_ARABIC), 0.65, "Arabic of the standard"),
        _Row("cp874", _letters("ก-๛", "นรกาอทม่้ง"), 0.55, "Thai"),
    ),
)
"""Groups of encodings, in this order; of the first group with a row that fits, the best one is the encoding.

The last group is that of the scripts of letters, which do not mix with Latin ones within a word.
"""


def guess_encoding(data: bytes) -> str:
    """Return the encoding of ``data``, which is not UTF-8, when its script leaves no doubt; else an empty text."""
    sample = data[:_SAMPLE]
    high = sample.translate(None, _NOT_HIGH)
    if len(set(high)) < _ENOUGH or sum(map(len, _RUN.findall(sample))) * 2 < len(high):
        return ""
    for group in _ROWS[:-1] if _is_latin(sample) else _ROWS:
        found = [(share, row.codec) for row in group if (share := _measure(row, sample)) >= row.at_least]
        if found:
            return max(found, key=itemgetter(0))[1]
    return ""


def _is_latin(sample: bytes) -> bool:
    """Whether most words with bytes above 127 have Latin letters too."""
    return len(_LATIN_WORD.findall(sample)) * 2 > len(_WORD.findall(sample))


def _measure(row: _Row, sample: bytes) -> float:
    text = "".join(char for char in sample.decode(row.codec, "replace") if char > "\x7f")
    return row.share(text) if text and text.count("\ufffd") <= 1 + _BROKEN * len(text) else 0.0
