"""What was repaired and what was lost in one piece, with its place in the file."""

from __future__ import annotations

from bisect import bisect_right

from wpmigrate.model import Finding, Notice

__all__ = ["Places"]

_MAX_FINDINGS = 20


class Places:
    """Collects repairs and losses; positions become bytes of the file only for the first of each kind."""

    def __init__(self, data: bytes, encoding: str, offset: int, line: int) -> None:
        self.text = ""
        """The decoded piece, when positions are of that."""
        self.lost: list[tuple[str, int]] = []
        """What may be missing, and where."""
        self._data, self._encoding, self._offset, self._line = data, encoding, offset, line
        self._repaired: dict[str, tuple[int, int]] = {}
        self._given: list[Notice] = []
        self._shifts: list[
            int
        ] = []  # positions, in the text as it is now, before which a character was taken out

    def log(self, kind: str, what: str, position: int) -> None:
        """Take what the lenient reader says."""
        position += bisect_right(self._shifts, position) if self._shifts else 0
        if kind == "lost":
            self.lost.append((what, position))
            return
        count, first = self._repaired.get(what, (0, position))
        self._repaired[what] = (count + 1, first)

    def lose(self, what: str) -> None:
        """Note a loss of the whole piece."""
        self.lost.append((what, 0))

    def drop(self, what: str) -> None:
        """Note that something was left out on purpose."""
        self._given.append(Notice("dropped", what, 1, self._where(0)))

    def add_notices(self, notices: tuple[Notice, ...]) -> None:
        """Take notices of the decoder."""
        where = self._where(0) if notices else ""
        self._given += [Notice(notice.kind, notice.what, notice.count, where) for notice in notices]

    def removed(self, positions: list[int], what: str) -> None:
        """Note that the characters at ``positions`` were taken out of the text."""
        if what and positions:
            self._repaired[what] = (len(positions), positions[0])
        gone = [position for position in positions if self.text[position] not in "\x0b\x0c"]
        old = [position - i for i, position in enumerate(gone)]
        self._shifts = sorted([*self._shifts, *old])

    def notices(self) -> tuple[Notice, ...]:
        """Return the repairs."""
        found = [
            Notice("repaired", what, count, self._where(first))
            for what, (count, first) in self._repaired.items()
        ]
        return (*self._given, *found)

    def findings(self) -> tuple[Finding, ...]:
        """Return the losses, the first of many."""
        return tuple(
            Finding("item", f"{what} (byte {self._byte(at)})", source_line=self._line_of(at))
            for what, at in self.lost[:_MAX_FINDINGS]
        )

    def _byte(self, position: int) -> int:
        """Return the byte of the file at a position of the text."""
        return self._offset + len(
            self.text[:position].encode(self._encoding, "surrogatepass" if self._utf else "replace")
        )

    @property
    def _utf(self) -> bool:
        return self._encoding.startswith("utf")

    def _line_of(self, position: int) -> int:
        return self._line + self.text.count("\n", 0, position)

    def _where(self, position: int) -> str:
        return f"line {self._line_of(position)}, byte {self._byte(position)}"
