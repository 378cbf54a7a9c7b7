"""Which delimiters emphasis is written with, found by pairing them as an engine would.

A style (emphasis, strong, deleted text) has spellings in order of preference, the last one a pair of HTML tags, which always
works. What stands round a style decides: a run of delimiters must be able to open or close there, and where several runs
touch (``***a** b*``) they must pair up as meant. So the pairing of the specification is played through
(https://spec.commonmark.org/0.31.2/#phase-2-inline-structure), and a style that comes out otherwise takes its next spelling.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from wpmigrate.writers.markdown.flanking import Flanks, flanks

__all__ = ["Style", "choose_spellings"]

_ROUNDS: Final = 12
"""So often is a block tried before all that touch are taken to be wrong; a real one takes one or two."""

_Pair = tuple[str, str]


class Style:
    """One emphasis in a block: where its two marks stand and how they may be spelled."""

    __slots__ = ("close", "open", "spellings")

    def __init__(self, spellings: Sequence[_Pair]) -> None:
        self.spellings = spellings
        """What may be written, the best first; the last one is tags."""
        self.open = 0
        """The place of its beginning among the pieces."""
        self.close = 0
        """The place of its end."""

    def fail(self) -> None:
        """Take the next spelling."""
        self.spellings = self.spellings[1:] or self.spellings


class _Run:
    """Delimiters of one character in a row."""

    __slots__ = ("char", "first", "flanks", "last", "left", "length", "marks")

    def __init__(self, char: str, place: int) -> None:
        self.char = char
        """``*``, ``_`` or ``~``."""
        self.first = self.last = place
        """The places of its first and its last mark among the pieces."""
        self.marks: list[tuple[Style, bool]] = []
        """The marks, each with whether it is a beginning."""
        self.length = 0
        """How many characters they are."""
        self.flanks: Flanks = ()
        """Whether it can open and can close, for each way to read its neighbours."""
        self.left: list[Style] = []
        """While pairing: the style of each character that has no partner yet."""


def choose_spellings(pieces: list[str], styles: list[Style]) -> None:
    """Fill the places of ``styles`` in ``pieces``, the parts of a block's text, with what begins and ends each of them."""
    for number in range(2 * _ROUNDS):
        runs = _runs(pieces, styles)
        wrong = {style for run in runs for style, opens in run.marks if not _can(run, opens)} or _misread(runs)
        if not wrong:
            return
        if number >= _ROUNDS:
            wrong.update(style for run in runs if len(run.marks) > 1 for style, _ in run.marks)
        for style in wrong:
            style.fail()
    for style in styles:
        style.spellings = style.spellings[-1:]
    _runs(pieces, styles)


def _runs(pieces: list[str], styles: list[Style]) -> list[_Run]:
    """Write the marks into ``pieces`` and return the delimiter runs that they make."""
    marks: dict[int, tuple[Style, bool]] = {}
    for style in styles:
        marks[style.open], marks[style.close] = (style, True), (style, False)
        pieces[style.open], pieces[style.close] = style.spellings[0]
    runs: list[_Run] = []
    current: _Run | None = None
    for place, piece in enumerate(pieces):
        if not piece:
            continue
        mark = marks.get(place)
        if mark is None or piece[0] == "<":
            current = None
            continue
        if current is None or current.char != piece[0]:
            current = _Run(piece[0], place)
            runs.append(current)
        current.marks.append(mark)
        current.length += len(piece)
        current.last = place
    for run in runs:
        run.flanks = _flanks(pieces, run)
    return runs


def _flanks(pieces: list[str], run: _Run) -> Flanks:
    before, after = _neighbour(pieces, run.first, -1), _neighbour(pieces, run.last, 1)
    ways = flanks(run.char, before, after)
    if "~" not in (before, after) or run.char == "~":
        return ways
    # cmark-gfm looks through tildes for the neighbours of other delimiters, other engines do not
    through = flanks(run.char, _neighbour(pieces, run.first, -1, "~"), _neighbour(pieces, run.last, 1, "~"))
    return (ways[0], ways[-1], through[0], through[-1])


def _neighbour(pieces: list[str], place: int, step: int, skip: str = "") -> str:
    """Return the character before (``step`` -1) or after (1) the piece at ``place``, empty at the edge of the block."""
    place += step
    while 0 <= place < len(pieces):
        piece = pieces[place]
        if skip:
            piece = piece.rstrip(skip) if step < 0 else piece.lstrip(skip)
        if piece:
            return piece[-1] if step < 0 else piece[0]
        place += step
    return ""


def _can(run: _Run, opens: bool) -> bool:
    """Whether a mark of ``run`` can do its part; of deleted texts that touch, the second cannot begin."""
    if run.char == "~" and run.length > 2 and opens:
        return False
    place = 0 if opens else 1
    return all(pair[place] for pair in run.flanks)


def _misread(runs: list[_Run]) -> set[Style]:
    """Return a style that pairing would not give back; nothing when all is well."""
    if all(len(run.marks) == 1 for run in runs):
        return set()  # runs that do not touch, each of which can do its part, pair up as they are nested
    ways = max(len(run.flanks) for run in runs)
    for way in range(ways):
        wrong = _pair_up(runs, way)
        if wrong is not None:
            return {wrong}
    return set()


def _pair_up(runs: list[_Run], way: int) -> Style | None:
    """Play the pairing of delimiters through; return the first style that comes out wrong."""
    waiting: list[_Run] = []
    for run in runs:
        run.left = [style for style, _ in run.marks for _ in style.spellings[0][0]]
        opens, closes = run.flanks[way % len(run.flanks)]
        while closes and run.left:
            opener = next((other for other in reversed(waiting) if _fits(other, run, way)), None)
            if opener is None:
                break
            wrong = _match(opener, run)
            if wrong is not None:
                return wrong
            if waiting[-1] is not opener:
                return waiting[-1].left[0]  # what stands between would be passed over
            if not opener.left:
                waiting.pop()
        if run.left and not opens:
            return run.left[0]
        if run.left:
            waiting.append(run)
    return waiting[0].left[0] if waiting else None


def _fits(opener: _Run, closer: _Run, way: int) -> bool:
    """Whether two runs may pair: one character, and the rule of three."""
    if opener.char != closer.char:
        return False
    if not (_both(opener, way) or _both(closer, way)):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _both(run: _Run, way: int) -> bool:
    return all(run.flanks[way % len(run.flanks)])


def _match(opener: _Run, closer: _Run) -> Style | None:
    """Pair the inner ends of two runs; return the style that is not what they make."""
    size = 2 if len(opener.left) > 1 and len(closer.left) > 1 else 1
    meant = closer.left[0]
    taken = {*opener.left[-size:], *closer.left[:size]}
    if taken != {meant} or len(meant.spellings[0][0]) != size:
        return meant
    del opener.left[-size:]
    del closer.left[:size]
    return None
