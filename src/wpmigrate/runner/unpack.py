"""Copying out of an archive, with limits against those that are made to fill a disk."""

from __future__ import annotations

from typing import IO, Protocol

__all__ = ["Bomb", "Readable", "Room", "copy_out"]

_BLOCK = 1 << 18
_FREE = 256 << 20
"""Bytes that any archive may unpack to."""
_RATIO = 200
"""More than that, an archive may have so many times its own size. XML shrinks to a tenth; 1,032 is what DEFLATE can do at most."""
_MOST = 64 << 30
"""Bytes that no archive may unpack to."""


class Bomb(Exception):
    """An archive unpacks to more than an export would."""


class Room:
    """How much an archive may still unpack to, over all its members."""

    def __init__(self, packed: int, most: int = _MOST) -> None:
        """``packed`` is the size of the whole archive, ``most`` what none may unpack to."""
        self._limit = min(most, max(_FREE, packed * _RATIO))
        self._used = 0

    def take(self, size: int) -> None:
        """Use ``size`` bytes. Raises Bomb when there is no room for them."""
        self._used += size
        if self._used > self._limit:
            raise Bomb(
                f"it unpacks to more than {self._limit >> 20:,} MB, far more than an export of its size: not read; "
                "unpack it by hand if you trust it"
            )


class Readable(Protocol):
    """What is read in blocks."""

    def read1(self, size: int, /) -> bytes:
        """Return at most ``size`` bytes, what is there without waiting for more; none at the end."""


def copy_out(stream: Readable, file: IO[bytes], room: Room, broken: tuple[type[Exception], ...]) -> str:
    """Copy ``stream`` to ``file``; return what was wrong with it: empty when it came out whole.

    ``broken`` are the errors of a damaged archive: what came before is kept. Raises Bomb, and OSError when the disk is full.
    """
    size = 0
    while True:
        try:
            block = stream.read1(_BLOCK)
        except broken as error:
            return f"the archive is damaged after {size:,} unpacked bytes ({error}): what follows is not read"
        if not block:
            return ""
        room.take(len(block))
        size += len(block)
        file.write(block)
