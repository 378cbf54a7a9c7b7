"""Text that was damaged by reading bytes in the wrong encoding, and control characters that no page needs.

Three accidents are common in WordPress databases:

* A byte of Windows-1252 was stored as if it were Latin-1: ``’`` became U+0092. Such a control character has no other use.
* UTF-8 was read as the Mac's Roman set: ``’`` became ``‚Äô``. Only this row of punctuation is put together again: nothing else has ``‚Ä``.
* UTF-8 was read as Windows-1252 or Latin-1: ``é`` became ``Ã©``, ``’`` became ``â€™``. The two to four characters
  that came of one character are put together again, where nobody can have meant them. ``«está»…`` and ``MANHû`` are
  also such sequences (of ``ễ`` and ``Ô``), but they are good Spanish and Portuguese: see :func:`_verdict`.

Zero-width and bidirectional characters are text and stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import Literal, TypeAlias

from wpmigrate.wordpress.slashes import SLASH, unescape_slashes

__all__ = ["CONTROL", "MAC_MOJIBAKE", "MOJIBAKE", "RETURN", "WINDOWS_CONTROL", "damaged_words", "repair_metadata_text", "repair_text"]

Repairs: TypeAlias = tuple[tuple[str, int], ...]
"""What was repaired, and how often."""

MOJIBAKE = "UTF-8 read as Windows-1252"
"""What rows call ``Ã©`` for ``é``."""
MAC_MOJIBAKE = "UTF-8 read as Mac Roman"
"""What rows call ``‚Äô`` for ``’``."""
WINDOWS_CONTROL = "control character that was Windows-1252 text"
"""What rows call U+0092 for ``’``."""
CONTROL = "control character"
"""What rows call NUL and its like."""
RETURN = "line end written as &#13;"
"""What rows call the half of a Windows line end that went through XML; in code a browser would show it as a blank."""

_ROUNDS = 3
"""How often text may have gone through the mill: ``Ã¢â‚¬â„¢`` took two rounds to come of ``’``."""

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_WINDOWS = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if byte not in _UNDEFINED}
_BYTES = {ord(char): byte for byte, char in _WINDOWS.items()}
_TAILS = "".join(_WINDOWS.values())

# Office's line break (VT) and the page break (FF) part words; the others are nothing.
_CONTROLS = dict.fromkeys((*range(9), *range(0x0E, 0x20), 0x7F), "") | {0x0B: " ", 0x0C: " "}

_TAIL = rf"[\x80-\xbf{_TAILS}]"
# Sound pages are the rule, so that this question must cost little: bytes are looked at faster than text.
_ODD_CONTROL_BYTES = bytes(_CONTROLS)
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_LEAD_AND_TAIL_BYTES = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
_ODD_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_RETURN = re.compile(r"&#13;(?=\r?\n|\Z)")
_WINDOWS_CONTROL = re.compile(f"[{''.join(map(chr, _WINDOWS))}]")
# One class of leads first: a search skips to the next of its characters.
_SEQUENCE = re.compile(
    rf"[\xc2-\xf4](?:(?<=[\xc2-\xdf]){_TAIL}|(?<=[\xe0-\xef]){_TAIL}{{2}}|(?<=[\xf0-\xf4]){_TAIL}{{3}})"
)

# The general punctuation of UTF-8 is E2 80 XX; the last byte is one of the dashes, quotation marks, the bullet or the ellipsis.
_MAC_TAILS = bytes((0x93, 0x94, 0x98, 0x99, 0x9C, 0x9D, 0x9E, 0xA2, 0xA6))
_MAC = re.compile(f"\u201a\xc4([{_MAC_TAILS.decode('mac_roman')}])")

_WORD = re.compile(r'[^ \t\r\n<>"]+')
_MANY = 2_000
"""So many characters of damaged words are shown."""

_FOLLOWERS = frozenset("\xa0«»‹›‘’“”…–—™")
"""What may stand straight after a word. A sequence that ends in these only may be a word's last letter and these."""

_PLAIN_RANGES = (
    (0x0080, 0x017F, "Latin letters and signs; controls, which are repaired in turn"),
    (0x0192, 0x0192, "florin"),
    (0x0218, 0x021B, "Romanian"),
    (0x02C6, 0x02DC, "accents of Windows-1252"),
    (0x1E00, 0x1EFF, "Vietnamese, Welsh"),
    (0x2000, 0x206F, "dashes, quotation marks, invisible marks"),
    (0x20A0, 0x20BF, "currencies"),
    (0x2100, 0x214F, "letterlike signs such as trademark"),
    (0x2190, 0x27BF, "arrows, mathematics, boxes, stars, ticks"),
    (0x2B00, 0x2BFF, "more arrows and stars"),
    (0xFB00, 0xFB06, "ligatures"),
    (0xFE0E, 0xFE0F, "text or picture"),
    (0xFEFF, 0xFEFF, "byte order mark"),
    (0xFFFC, 0xFFFD, "replacement characters"),
    (0x1F000, 0x1FAFF, "pictures"),
)
"""What one character alone may come back as; other scripts come in words, so at least two in a row."""
_PLAIN_STARTS = [start for start, _, _ in _PLAIN_RANGES]

_Verdict: TypeAlias = Literal["sure", "doubtful", "no"]


@lru_cache(maxsize=4)  # a page is read twice: by the converter, then by its proof
def repair_text(text: str) -> tuple[str, Repairs]:
    """Return ``text`` without damage, and rows that say what was repaired and how often (none: the text was sound)."""
    text, slashes = unescape_slashes(text) if "&#47;" in text else (text, 0)
    text, returns = _RETURN.subn("", text) if "&#13;" in text else (text, 0)
    data = text.encode("utf-8", "surrogatepass")
    odd = len(data.translate(None, _ODD_CONTROL_BYTES)) < len(data)
    foreign = len(data) > len(text)
    mojibake = windows = controls = mac = 0
    if foreign and "\u201a\xc4" in text:
        text, mac = _MAC.subn(_mac_character, text)
    if foreign and _LEAD_AND_TAIL_BYTES.search(data):
        text, mojibake = _undo_mojibake(text)
    if odd:
        text, controls = _ODD_CONTROL.subn(_plain_control, text)
    if foreign and (mojibake or _C1_BYTES.search(data)):
        text, windows = _WINDOWS_CONTROL.subn(_windows_character, text)
    rows = (
        (SLASH, slashes),
        (RETURN, returns),
        (MOJIBAKE, mojibake),
        (MAC_MOJIBAKE, mac),
        (WINDOWS_CONTROL, windows),
        (CONTROL, controls),
    )
    return text, tuple(row for row in rows if row[1])


def damaged_words(what: str, before: str, after: str) -> str:
    """Return the words of ``before`` in which letters were put together again for ``after``, as they stood; shortened when they are many.

    ``what`` is the row of :func:`repair_text`; the other repairs are of no words.
    """
    damage = {MOJIBAKE: _SEQUENCE, MAC_MOJIBAKE: _MAC}.get(what)
    if damage is None:
        return ""
    sound = set(_WORD.findall(after))
    words = [word for word in dict.fromkeys(_WORD.findall(before)) if word not in sound and damage.search(word)]
    shown = " ".join("".join(char if char.isprintable() else " " for char in word) for word in words)
    return shown if len(shown) <= _MANY else shown[:_MANY].rpartition(" ")[0] + " …"


def _plain_control(found: re.Match[str]) -> str:
    return _CONTROLS[ord(found[0])]


def _windows_character(found: re.Match[str]) -> str:
    return _WINDOWS[ord(found[0])]


def _mac_character(found: re.Match[str]) -> str:
    return found[0].encode("mac_roman").decode("utf-8")


def repair_metadata_text(text: str) -> tuple[str, Repairs]:
    """Return a front-matter value without damage, and rows as :func:`repair_text` does.

    Ruby's old YAML writer (Syck) wrote each byte of UTF-8 as an escape of its own (``"descr\\xC3\\xADben"``), so that a
    whole value reads as Latin-1. A value with nothing above U+00FF whose characters are the bytes of valid UTF-8 was
    written so.
    """
    if text.isascii() and text.isprintable() and "&#" not in text:
        return text, ()  # nearly all
    if text.isascii() or not (whole := _latin1_as_utf8(text)):
        return repair_text(text)
    repaired, rows = repair_text(whole)
    return repaired, ((MOJIBAKE, sum(1 for char in whole if char > "\x7f")), *rows)


def _latin1_as_utf8(text: str) -> str:
    """Return ``text`` read again as UTF-8; empty when it is not that."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""


def _undo_mojibake(text: str) -> tuple[str, int]:
    """Put characters together again; return the text and how many."""
    total = 0
    for _ in range(_ROUNDS):
        text, count = _undo_once(text)
        total += count
        if not count:
            break
    return text, total


def _undo_once(text: str) -> tuple[str, int]:
    sequences = list(_SEQUENCE.finditer(text))
    verdicts = [_verdict(text, sequences, i) for i in range(len(sequences))]
    # In a doubtful case the same letter decides that has surely been damaged elsewhere in the text.
    sure = {found[0][0] for found, verdict in zip(sequences, verdicts, strict=True) if verdict == "sure"}
    out: list[str] = []
    done = count = 0
    for found, verdict in zip(sequences, verdicts, strict=True):
        if verdict == "sure" or (verdict == "doubtful" and found[0][0] in sure):
            out += (text[done : found.start()], _decode(found[0]))
            done = found.end()
            count += 1
    out.append(text[done:])
    return "".join(out), count


@lru_cache(4096)
def _decode(sequence: str) -> str:
    """Return the one character whose UTF-8 was read as ``sequence``; empty when there is none."""
    try:
        return bytes(_BYTES.get(ord(char), ord(char)) for char in sequence).decode("utf-8")
    except UnicodeError:
        return ""


def _verdict(text: str, sequences: list[re.Match[str]], i: int) -> _Verdict:
    """Say whether a sequence is damage. In order:

    * not UTF-8: no;
    * it comes back as a character of another script, and no other sequence stands beside it: no (``passé…”``);
    * something in it cannot stand after a word: sure (``Ã©``, ``â€™``, ``25Â°``);
    * a capital after a small letter, or before a letter at the beginning of a word: sure (``voilÃ\xa0``, ``Ã–l``);
    * ``Â`` and a blank, but for the end of a word in capitals: sure (``end.Â\xa0``);
    * else doubtful (``MANHû``, ``KÃ–LN``).
    """
    found = sequences[i]
    sequence = found[0]
    char = _decode(sequence)
    if not char or not (_is_plain(char) or _has_neighbour(sequences, i)):
        return "no"
    if not all(_as_windows(tail) in _FOLLOWERS for tail in sequence[1:]):
        return "sure"
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if sequence[0] == "Â" and sequence[1] == "\xa0" and not before.isupper():
        return "sure"
    if sequence[0].isupper() and (before.islower() or (after.isalpha() and not before.isalpha())):
        return "sure"
    return "doubtful"


def _is_plain(char: str) -> bool:
    row = bisect_right(_PLAIN_STARTS, ord(char)) - 1
    return row >= 0 and ord(char) <= _PLAIN_RANGES[row][1]


def _has_neighbour(sequences: list[re.Match[str]], i: int) -> bool:
    here = sequences[i]
    before = i > 0 and sequences[i - 1].end() == here.start()
    return before or (i + 1 < len(sequences) and sequences[i + 1].start() == here.end())


def _as_windows(char: str) -> str:
    return _WINDOWS.get(ord(char), char)
