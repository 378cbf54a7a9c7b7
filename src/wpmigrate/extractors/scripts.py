"""The encodings of before UTF-8: which one bytes are in, where the script that they give leaves no doubt.

Western text is Windows-1252. In Cyrillic, Greek, Hebrew, Arabic, Thai, Chinese, Japanese and Korean text the bytes above 127
come in runs, and only the right encoding makes of them the letters that the language uses most.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

__all__ = ["guess_encoding"]

_RUN = re.compile(rb"[\x80-\xff]{3,}")
_NOT_HIGH: Final = bytes(range(0x80))
_ENOUGH: Final = 6
"""How many different bytes above 127 a text has at least that is worth a guess."""
_FEW: Final = 8
"""How many different letters a text in a script of letters has at least."""
_SAMPLE: Final = 200_000

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


def _chinese(codec: str, first: int, last: int) -> Callable[[str], float]:
    def share(text: str) -> float:
        usual = _first_level(codec, first, last)
        return sum(char in usual or char in _MARKS for char in text) / len(text)

    return share


def _letters(script: str, most_used: str) -> Callable[[str], float]:
    """Return a measure for a script of letters: 1 for the share of the most used ones that its languages have."""
    pattern = re.compile(f"[{script}]")

    def share(text: str) -> float:
        known = len(pattern.findall(text)) + sum(char in _MARKS for char in text)
        if known * 10 < len(text) * 9 or len(set(text)) < _FEW:
            return 0.0
        return sum(map(text.count, most_used)) / len(text) / 0.55

    return share


class _Row(NamedTuple):
    codec: str
    share: Callable[[str], float]
    """How much of a text is what the languages of this encoding use most."""
    at_least: float
    why: str


_RUSSIAN: Final = ("а-яА-ЯёЁіїєґІЇЄҐўЎ", "оеаинтсрвл")
_ROWS: Final[tuple[tuple[_Row, ...], ...]] = (
    (_Row("cp949", _korean, 0.9, "before Chinese, in whose first half all of its syllables lie"),),
    (
        _Row("euc_jp", _japanese, 0.85, "kana, and kanji of the first level"),
        _Row("cp932", _japanese, 0.85, "the same on Windows and the Mac (Shift_JIS)"),
    ),
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
        _Row("cp1251", _letters(*_RUSSIAN), 0.7, "Cyrillic of Windows"),
        _Row(
            "koi8_u",
            _letters(*_RUSSIAN),
            0.7,
            "Cyrillic of Unix, capitals and small letters the other way round",
        ),
        _Row("cp1253", _letters("α-ωά-ώΑ-ΩΆΈ-Ώϊϋΐΰ", "αοιετσνηυρ"), 0.7, "Greek"),
        _Row("cp1255", _letters("א-תְ-ׂ", "יוהלארתשמב"), 0.7, "Hebrew"),
        _Row("cp1256", _letters("ء-ْپچژگکڈڑںےہ،؛؟\u200c", "اليمونرتبه"), 0.7, "Arabic, Persian, Urdu"),
        _Row("tis_620", _letters("ก-๛", "นรกาอทม่้ง"), 0.7, "Thai"),
    ),
)
"""Groups of encodings, in this order; of the first group with a row that fits, the best one is the encoding."""


def guess_encoding(data: bytes) -> str:
    """Return the encoding of ``data``, which is not UTF-8, when its script leaves no doubt; else an empty text."""
    sample = data[:_SAMPLE]
    high = sample.translate(None, _NOT_HIGH)
    if len(set(high)) < _ENOUGH or sum(map(len, _RUN.findall(sample))) * 2 < len(high):
        return ""
    for group in _ROWS:
        found = [(share, row.codec) for row in group if (share := _measure(row, sample)) >= row.at_least]
        if found:
            return max(found)[1]
    return ""


def _measure(row: _Row, sample: bytes) -> float:
    text = "".join(char for char in sample.decode(row.codec, "replace") if char > "\x7f")
    return row.share(text) if text else 0.0
