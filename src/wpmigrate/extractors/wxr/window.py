"""A stream as a window of bytes that moves forward, whatever the width of its characters."""

from __future__ import annotations

from bisect import bisect_left
from typing import BinaryIO

__all__ = ["AFTER_NAME", "Window"]

AFTER_NAME = frozenset((b" ", b"\t", b"\n", b"\r", b"\f", b"\v", b"/", b">"))
_LONGEST = 6
_NOT_ZERO = bytes([0]) + bytes([255]) * 255


class Window:
    """The part of a stream that is in memory.

    ``view`` has one byte for each unit of the encoding: the byte itself where units are bytes, and for UTF-16 and UTF-32
    the ASCII character or 0xFF for all others. So one search works for all, and positions times ``width`` are bytes.
    """

    def __init__(self, stream: BinaryIO, block: int) -> None:
        self._stream = stream
        self._block = block
        self.width = 1
        """Bytes for each unit."""
        self._low = 0
        self.raw = b""
        """The bytes of the file in memory."""
        self.view = b""
        """Them as units."""
        self.whole = False
        """Whether the stream has no more."""
        self.base = 0
        """The position in the file of the first byte in memory."""
        self.starts = 0
        """How many ``<item`` the file has so far, wherever they stand."""
        self.places: list[int] = []
        """Where those in memory stand, in the view."""
        self._line = 1
        self._counted = 0
        self._read(block)
        self.view = self.raw

    def set_units(self, width: int, low: int) -> None:
        """Say that characters have ``width`` bytes, the lowest of which is number ``low``; counts what is there."""
        self.width, self._low = width, low
        self.view = self._units(self.raw)
        self._count_starts(0)

    def more(self, keep: int) -> int:
        """Forget what is before ``keep`` and read at least as much as stays; return how many units were forgotten."""
        self.line_at(keep)
        self._counted = 0
        self.raw = self.raw[keep * self.width :]
        self.base += keep * self.width
        old = len(self.view) - keep
        self.places = [place - keep for place in self.places[bisect_left(self.places, keep) :]]
        added = self._read(max(self._block, len(self.raw)))
        self.view = self.view[keep:] + self._units(added) if added else self.view[keep:]
        self._count_starts(max(old - _LONGEST + 1, 0))
        return keep

    def line_at(self, position: int) -> int:
        """Return the 1-based line of ``position``, which must not be before the one of the last call."""
        self._line += self.view.count(b"\n", self._counted, position)
        self._counted = position
        return self._line

    def _count_starts(self, start: int) -> None:
        """Find the starts of items from ``start`` on; one that the view cuts is found when more of it is there."""
        view, places = self.view, self.places
        at = view.find(b"<item", start)
        while at >= 0:
            if view[at + 5 : at + 6] in AFTER_NAME:
                places.append(at)
                self.starts += 1
            at = view.find(b"<item", at + 5)

    def _read(self, size: int) -> bytes:
        """Append ``size`` bytes, or what is left; return those whose units are complete."""
        size += -(len(self.raw) + size) % self.width
        parts = []
        missing = size
        while missing > 0 and (part := self._stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        added = b"".join(parts)
        self.raw += added
        self.whole = missing > 0
        return added

    def _units(self, data: bytes) -> bytes:
        """Return one byte for each unit of ``data``."""
        if self.width == 1:
            return data
        size = len(data) // self.width
        result = int.from_bytes(data[self._low :: self.width][:size], "big")
        for place in range(self.width):
            if place != self._low:
                other = data[place :: self.width][:size].translate(_NOT_ZERO)
                result |= int.from_bytes(other, "big")
        return result.to_bytes(size, "big")
