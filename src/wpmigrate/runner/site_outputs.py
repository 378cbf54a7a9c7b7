"""The files of the whole site on disk: written like an entry's, never over what is not ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wpmigrate.model import Finding, OutputFile
from wpmigrate.options import RunOptions
from wpmigrate.runner.files import read_bytes, refusal, sha256, write_outputs
from wpmigrate.runner.records import SiteFile
from wpmigrate.runner.state import Seen, State

if TYPE_CHECKING:
    from wpmigrate.runner.index import Index

__all__ = ["check_site", "site_outputs", "write_site"]


def site_outputs(index: Index, options: RunOptions) -> Iterator[OutputFile]:
    """Yield the files of the whole site, one after another: who makes them are pure functions over the index."""
    from wpmigrate.runner.site_files import site_files

    yield from site_files(index, options)


def write_site(
    index: Index, options: RunOptions, state: State, seen: Seen, output: str
) -> Iterator[SiteFile]:
    """Write the files of the whole site and yield what became of each. Raises OSError when the disk is full."""
    for file in site_outputs(index, options):
        seen.add(f"/{file.path}")
        yield _write(file, options, state, output)


def check_site(index: Index, options: RunOptions, output: str) -> Iterator[Finding]:
    """Yield a finding for each file of the site that is missing, or lacks a line that it must have.

    Lines that a person added are no loss, and neither is another order.
    """
    for file in site_outputs(index, options):
        there = read_bytes(os.path.join(output, file.path))
        if there is None:
            yield Finding("file", f"{file.path} is missing: run wpmigrate convert again", file.path)
        elif there != file.data:
            yield from _missing_line(file, there)


def _missing_line(file: OutputFile, there: bytes) -> Iterator[Finding]:
    lines = {line.strip().rstrip(b",") for line in there.splitlines()}
    for line in file.data.splitlines():
        if line.strip().rstrip(b",") not in lines:
            text = line.decode("utf-8", "replace").strip()
            yield Finding(
                "site", f"{file.path} lacks a line that the export gives", file.path, context=text[:200]
            )
            return


def _write(file: OutputFile, options: RunOptions, state: State, output: str) -> SiteFile:
    known = {file.path: digest} if (digest := state.file(file.path)) else {}
    try:
        present = {file.path: read_bytes(os.path.join(output, file.path))}
    except OSError as error:
        return SiteFile(file.path, "failed", f"{error.strerror}: check its permissions and the disk")
    reason = "" if options.force else refusal([file], present, known)
    if reason:
        return SiteFile(file.path, "failed", reason)
    write_outputs(output, [file], present)
    state.put_file(file.path, sha256(file.data))
    return SiteFile(file.path, "written")
