"""What is there of a file that is not whole yet: its bytes, and beside them what is needed to go on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from wpmigrate.runner.files import sha256
from wpmigrate.runner.media.download_rules import content_range, validator

__all__ = ["PARTS_NAME", "Part", "digest_of", "inflated"]

PARTS_NAME = ".wpmigrate-parts"
"""The folder in the output folder for what is not whole: never in ``media/``, which may be published at any time."""

_BLOCK = 1 << 20


class _Meta(msgspec.Struct, frozen=True):
    url: str
    """The address asked."""
    validator: str
    """What ``If-Range`` must say."""
    sha256: str = ""
    """Of the whole file, once it is whole."""


class Part:
    """One file on its way."""

    def __init__(self, output: str, site: str, key: str) -> None:
        """The part of file ``key`` of ``site``, in the output folder ``output``."""
        self.path = os.path.join(
            output, PARTS_NAME, sha256(f"{site}\0{key}".encode("utf-8", "surrogatepass"))
        )
        """Where its bytes are."""
        self._meta = self.path + ".json"

    def size(self) -> int:
        """Return how many bytes are there."""
        try:
            return os.stat(self.path).st_size
        except FileNotFoundError:
            return 0

    def headers(self, url: str) -> dict[str, str]:
        """Return the request headers that ask for the rest of ``url``; none when it must begin anew."""
        size, meta = self.size(), self._read_meta()
        if not size or meta is None or not meta.validator or meta.url != url:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": meta.validator}

    def continues(self, status: int, headers: Mapping[str, str]) -> bool:
        """Say whether an answer is the rest of what is there, and not the whole again, or another part."""
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            return False
        place = content_range(headers.get("Content-Range", ""))
        return status == 206 and place is not None and place[0] == self.size()

    def write(
        self,
        url: str,
        headers: Mapping[str, str],
        blocks: Iterable[bytes],
        more: bool,
        check: Callable[[int], None],
    ) -> None:
        """Add ``blocks``, to what is there when ``more``, else from the start.

        ``check`` gets the size that each block leads to, before it is written, and may raise. Raises OSError.
        """
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "ab" if more else "wb") as file:
            if not more:  # nothing is there now, whatever was noted of it
                self._write_meta(_Meta(url, validator(headers)))
            size = file.tell()
            for block in blocks:
                size += len(block)
                check(size)
                file.write(block)
                file.flush()  # what came is there for the next run, whatever ends this one

    def head(self, size: int) -> bytes:
        """Return the first ``size`` bytes. Raises OSError."""
        with open(self.path, "rb") as file:
            return file.read(size)

    def move_to(self, path: str, sha256: str) -> None:
        """Give the whole file, whose digest is ``sha256``, its place. Raises OSError.

        What it is stays noted until :meth:`drop`: a run that is killed right after this has not told anybody else yet.
        """
        os.makedirs(os.path.dirname(path), exist_ok=True)
        self._write_meta(_Meta("", "", sha256))
        os.replace(self.path, path)

    def moved(self) -> str:
        """Return the digest of the file that was given its place last, and not noted elsewhere; empty when there is none."""
        meta = self._read_meta()
        return "" if meta is None else meta.sha256

    def drop(self) -> None:
        """Remove all that is there."""
        for path in (self.path, self._meta):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(path)

    def _read_meta(self) -> _Meta | None:
        with contextlib.suppress(OSError, msgspec.DecodeError), open(self._meta, "rb") as file:
            return msgspec.json.decode(file.read(), type=_Meta)
        return None

    def _write_meta(self, meta: _Meta) -> None:
        with open(self._meta, "wb") as file:
            file.write(msgspec.json.encode(meta))


def digest_of(path: str) -> tuple[str, int]:
    """Return SHA-256 (hex) and size of the file ``path``. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def inflated(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield ``blocks`` without their ``Content-Encoding``: some servers compress whatever one asks for.

    Raises ValueError for an encoding other than gzip and deflate, and for damage.
    """
    kind = encoding.strip().lower()
    if kind in ("", "identity"):
        yield from blocks
        return
    if kind not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"the site sends it in an encoding nobody asked for ({kind})")
    machine = zlib.decompressobj(47)  # gzip or zlib, by their first bytes
    try:
        for block in blocks:
            while block:
                yield machine.decompress(block, _BLOCK)
                block = machine.unconsumed_tail
        yield machine.flush()
    except zlib.error as error:
        raise ValueError(f"what the site compressed is damaged: {error}") from error
    if not machine.eof:
        raise ValueError("what the site compressed ends too early")
