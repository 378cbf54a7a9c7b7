"""The state file: what earlier runs wrote, so that the next one knows its own files and skips what is unchanged.

JSON lines: one :class:`Previous` per stem. A run appends a line per entry as it goes (so that a broken-off run has lost
nothing) and puts the file in order at its end. When a stem has several lines the last one counts.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from functools import cache
from typing import IO

import msgspec

import wpmigrate
from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.files import read_bytes, write_atomic
from wpmigrate.runner.plan import STATE_NAME
from wpmigrate.runner.records import Previous

__all__ = ["State", "encode_line", "fingerprint", "parse_previous", "record_options", "recorded_options"]

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Previous)


class _Key(msgspec.Struct):
    stem: str


class _Options(msgspec.Struct, frozen=True):
    """The first line of the file: how convert ran, for verify."""

    options: RunOptions
    stem: str = ""


_key_decoder = msgspec.json.Decoder(_Key)
_options_decoder = msgspec.json.Decoder(_Options)


class State:
    """The state of one output folder. Holds places in the file, not its lines: small however many pages there are."""

    def __init__(self, output: str) -> None:
        """Index the state of ``output``; a damaged line is one that was never written. Raises OSError."""
        self._path = os.path.join(output, STATE_NAME)
        self._places: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0
        self._changed = False
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._file = open(self._path, "rb")  # noqa: SIM115 (closed by close)
            self._index(self._file)

    def __len__(self) -> int:
        return len(self._places)

    def get(self, stem: str) -> bytes | None:
        """Return the line of ``stem``, or None. Raises OSError."""
        place = self._places.get(stem)
        if place is None or self._file is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1])

    def put(self, stem: str, line: bytes) -> None:
        """Append ``line`` for ``stem``. Raises OSError."""
        file = self._file if self._file is not None and self._file.writable() else self._open_for_writing()
        file.seek(self._end)
        file.write(line + b"\n")
        file.flush()
        self._places[stem] = (self._end, len(line))
        self._end += len(line) + 1
        self._changed = True

    def forget(self, stem: str) -> None:
        """Drop the line of ``stem``; the file follows when the run closes."""
        self._changed |= self._places.pop(stem, None) is not None

    def close(self) -> None:
        """Put the file in order (a line per stem, sorted) when anything changed. Raises OSError."""
        if self._changed:
            write_atomic(self._path, (self.get(stem) or b"" for stem in sorted(self._places)), b"\n")
        if self._file is not None:
            self._file.close()

    def _open_for_writing(self) -> IO[bytes]:
        if self._file is not None:
            self._file.close()
            self._file = open(self._path, "r+b")  # noqa: SIM115 (closed by close)
        else:
            os.makedirs(os.path.dirname(self._path) or ".", exist_ok=True)
            self._file = open(self._path, "w+b")  # noqa: SIM115
        return self._file

    def _index(self, file: IO[bytes]) -> None:
        for line in file:
            if not line.endswith(b"\n"):
                break  # cut off by an interruption; the next line is written over it
            with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
                self._places[_key_decoder.decode(line).stem] = (self._end, len(line) - 1)
            self._end += len(line)


def parse_previous(line: bytes | None) -> Previous | None:
    """Return the record of a state line; None when there is none or it is from a version with other fields."""
    if line is None:
        return None
    with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
        return _decoder.decode(line)
    return None


def encode_line(record: Previous | _Options) -> bytes:
    """Return a state line without its line end."""
    return _encoder.encode(record)


def record_options(state: State, options: RunOptions) -> None:
    """Note in ``state`` how convert ran. What says nothing about the bytes is left out. Raises OSError."""
    lasting = msgspec.structs.replace(options, jobs=0, dry_run=False, force=False, report="", strict=False)
    line = encode_line(_Options(lasting))
    if state.get("") != line:
        state.put("", line)


def recorded_options(state: State) -> RunOptions | None:
    """Return how convert ran; None when ``state`` does not say."""
    line = state.get("")
    if line is not None:
        with contextlib.suppress(msgspec.DecodeError, msgspec.ValidationError):
            return _options_decoder.decode(line).options
    return None


def fingerprint(options: RunOptions, site: Site) -> str:
    """Return a name for everything but the source that an entry's bytes depend on: options, site, and our code."""
    parts = (
        options.to,
        options.extract,
        options.normalize,
        options.routes,
        options.target,
        site.entries_by_id,
        sorted(site.hosts),
        sorted(site.linked_fragments) if isinstance(site.linked_fragments, frozenset) else (),
        _code_digest(),
    )
    return hashlib.sha256(_encoder.encode(parts)).hexdigest()[:32]


@cache
def _code_digest() -> str:
    """Return a digest of the package's own files: another version of wpmigrate may write other bytes."""
    digest = hashlib.sha256(wpmigrate.__version__.encode())
    for folder, folders, names in os.walk(os.path.dirname(wpmigrate.__file__)):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                digest.update(read_bytes(os.path.join(folder, name)) or b"")
    return digest.hexdigest()
