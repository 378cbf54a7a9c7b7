"""The files of the whole site on disk: written like an entry's, never over what is not ours."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from wpmigrate.model import Finding, OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.files import below, open_binary, write_atomic
from wpmigrate.runner.records import SiteFile
from wpmigrate.runner.site_files.records import SiteOutput
from wpmigrate.runner.site_proof import prove_site
from wpmigrate.runner.state import Seen, State

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = ["check_site", "prove_files", "site_outputs", "write_site"]

_BLOCK = 1 << 16


def site_outputs(index: Index, options: RunOptions, output: str) -> Iterator[SiteOutput | OutputFile]:
    """Yield the files of the whole site, one after another: who makes them are functions over the index."""
    from wpmigrate.runner.media.manifest import MANIFEST, has_files, manifest
    from wpmigrate.runner.site_files import site_files

    yield from site_files(index, options)
    if has_files(index):
        yield SiteOutput(MANIFEST, "media", partial(manifest, index, output))


def write_site(
    index: Index, options: RunOptions, state: State, seen: Seen, output: str
) -> Iterator[SiteFile]:
    """Write the files of the whole site and yield what became of each. Raises OSError when the disk is full."""
    for file in site_outputs(index, options, output):
        seen.add(f"/{file.path}")
        yield _write(file, options, state, output)


def prove_files(index: Index, options: RunOptions, output: str, complete: bool) -> Iterator[SiteFile]:
    """Prove the files of the site that were written; yield one that failed for each thing that is not as the exports say.

    ``complete``: no entry failed.
    """
    for finding in prove_site(index, options, output, complete):
        yield SiteFile(finding.file, "failed", finding.message.removeprefix(f"{finding.file}: "))


def check_site(index: Index, options: RunOptions, output: str) -> Iterator[Finding]:
    """Yield a finding for each file of the site that is missing, or lacks a line that it must have; then the proof's.

    Lines that a person added are no loss, and neither is another order. The proof reads the exports with another parser.
    """
    for file in site_outputs(index, options, output):
        path = below(output, file.path)
        same = _has(path, _Hashed(file))
        if same is None:
            yield Finding("file", f"{file.path} is missing: run wpmigrate convert again", file.path)
        elif not same:
            yield from _missing_line(file, path)
    yield from prove_site(index, options, output)


def _missing_line(file: SiteOutput | OutputFile, path: str) -> Iterator[Finding]:
    lines = Seen()
    try:
        with open_binary(path) as there:
            for line in there:
                lines.add(_bare(line))
        for line in _lines(_parts(file)):
            if _bare(line) not in lines:
                yield Finding(
                    "site",
                    f"{file.path} lacks a line that the export gives",
                    file.path,
                    context=_bare(line)[:200],
                )
                return
    finally:
        lines.close()


def _bare(line: bytes) -> str:
    return line.strip().rstrip(b",").decode("utf-8", "replace")


def _lines(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of what ``parts`` are together."""
    rest = b""
    for part in parts:
        *whole, rest = (rest + part).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _write(file: SiteOutput | OutputFile, options: RunOptions, state: State, output: str) -> SiteFile:
    path, hashed = below(output, file.path), _Hashed(file)
    try:
        same = _has(path, hashed)
        reason = _refusal(file.path, path, state) if same is False and not options.force else ""
    except OSError as error:
        return SiteFile(file.path, "failed", f"{error.strerror}: check its permissions and the disk")
    if reason:
        return SiteFile(file.path, "failed", reason)
    if not same:
        hashed = _Hashed(file)
        write_atomic(path, hashed)
    state.put_file(file.path, hashed.digest)
    return SiteFile(file.path, "written")


def _refusal(name: str, path: str, state: State) -> str:
    """Return why the file that is at ``path`` must not be replaced; empty when an earlier run wrote it."""
    known = state.file(name)
    if not known:
        return f"{name} exists and was not written by wpmigrate: move it away, or use --force to replace it"
    with open_binary(path) as there:
        if hashlib.file_digest(there, "sha256").hexdigest() != known:
            return f"{name} was edited since wpmigrate wrote it: keep your changes elsewhere, or use --force to replace it"
    return ""


class _Hashed:
    """The pieces of a file in blocks, and their SHA-256 when they have been gone through."""

    def __init__(self, file: SiteOutput | OutputFile) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[bytes]:
        block = bytearray()
        for part in _parts(self._file):
            block += part
            if len(block) >= _BLOCK:
                yield self._take(block)
        yield self._take(block)

    def _take(self, block: bytearray) -> bytes:
        data = bytes(block)
        block.clear()
        self._hash.update(data)
        return data


def _parts(file: SiteOutput | OutputFile) -> Iterable[bytes]:
    return file.parts() if isinstance(file, SiteOutput) else (file.data,)


def _has(path: str, parts: Iterable[bytes]) -> bool | None:
    """Tell whether the file at ``path`` holds just ``parts``; None when there is none. Raises OSError."""
    try:
        there = open_binary(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with there:
        return all(there.read(len(part)) == part for part in parts) and not there.read(1)
