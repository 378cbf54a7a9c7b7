"""A whole download: what ``media.json`` calls missing is fetched from the old site, checked, and put into its place."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import msgspec
from msgspec.structs import replace

from wpmigrate import __version__
from wpmigrate.errors import InputError, UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner.media.download_client import Client, Network
from wpmigrate.runner.media.download_fetch import Fetcher, is_fatal
from wpmigrate.runner.media.download_hosts import Hosts
from wpmigrate.runner.media.download_part import PARTS_NAME, Part, digest_of
from wpmigrate.runner.media.download_pool import in_threads
from wpmigrate.runner.media.download_records import (
    DownloadLimits,
    DownloadTotals,
    Fetched,
    FileResult,
    Wanted,
)
from wpmigrate.runner.media.download_report import DownloadReport
from wpmigrate.runner.media.download_rules import at_origin
from wpmigrate.runner.media.place import refused_name
from wpmigrate.runner.media.state import MediaState
from wpmigrate.runner.state import State, recorded_options
from wpmigrate.runner.target import target_of
from wpmigrate.runner.workspace import take_lock

__all__ = [
    "USER_AGENT",
    "DownloadOptions",
    "Machine",
    "download",
    "is_wanted",
    "listed_files",
    "manifest_lines",
    "read_line",
]

MANIFEST_NAME = "media.json"
USER_AGENT = f"wpmigrate/{__version__} (WordPress migration, media download)"
"""Who asks, as the old site's log shows it."""

Watch: TypeAlias = Callable[[FileResult], None]
"""Is told of each file as it is done."""

_wanted_decoder = msgspec.json.Decoder(Wanted)


class DownloadOptions(msgspec.Struct, frozen=True):
    """How to download; every default of ``wpmigrate media download``."""

    jobs: int = 4
    """Files fetched at a time."""
    rate: float = 8.0
    """Requests a second to one host; 0: any number."""
    timeout: float = 30.0
    """Seconds without a byte until a server counts as silent."""
    limits: DownloadLimits = DownloadLimits()
    """When to stop trying."""
    external: bool = False
    """Whether files on other hosts than the site's are fetched too."""
    unused: bool = False
    """Whether files of the library that nothing uses are fetched too."""
    allow_private: bool = False
    """Whether addresses that are not public may be connected to."""
    origin: str = ""
    """Where the site is now (``https://copy.example``), in place of its old address; empty: where it was."""


class Machine(msgspec.Struct, frozen=True):
    """What a download takes from the machine; tests give their own."""

    clock: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    sleep: Callable[[float], None] = time.sleep
    """Waits so many seconds."""
    chance: Callable[[], float] = random.random
    """A number from 0 to 1."""
    resolve: Callable[..., list[Any]] = socket.getaddrinfo
    """Looks a host name up."""


_THIS_MACHINE = Machine()


def download(
    output: str, options: DownloadOptions, watch: Watch, machine: Machine = _THIS_MACHINE
) -> DownloadTotals:
    """Fetch what is missing into the output folder ``output``, write ``media-report.json`` and return its totals.

    Raises InputError without a ``media.json``, UsageError when another download is at work there, OSError when the disk is full.
    Whatever ends it: what is done stays done, and the next one goes on with the rest.
    """
    files = listed_files(output)
    report = DownloadReport(output)
    with contextlib.closing(report), _parts_folder(output), MediaState(output) as state:

        def tell(result: FileResult) -> None:
            report.add(result)
            watch(result)

        run = _Run(output, options, machine, state, tell)
        run.fetch_all(one for one in files if is_wanted(one, options))
        totals = report.finish()
    if not totals.failed:
        shutil.rmtree(os.path.join(output, PARTS_NAME), ignore_errors=True)
    return totals


def listed_files(output: str) -> Iterator[Wanted]:
    """Return the files of ``media.json`` in the output folder ``output``, read as they are asked for.

    Raises UsageError when ``output`` is not on this machine, InputError without a ``media.json`` that wpmigrate wrote.
    """
    return (read_line(output, line) for line in manifest_lines(output))


def manifest_lines(output: str) -> Iterator[bytes]:
    """Return the lines of ``media.json``, a JSON object for each file. Raises as :func:`listed_files` does."""
    if "://" in output:
        raise UsageError(f"{output} is not a folder on this machine: copy it here first")
    path = os.path.join(output, MANIFEST_NAME)
    if not os.path.isfile(path):
        raise InputError(
            f"{path} does not exist: run `wpmigrate convert` on an export first, which writes it"
        )
    with open(path, "rb") as file:
        if b'"files"' not in file.readline(1000):
            raise _damaged(output, "no list of files")
    return _lines(path)


def read_line(output: str, line: bytes) -> Wanted:
    """Return the file that a line of ``media.json`` is of. Raises InputError."""
    try:
        return _wanted_decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(output, str(error)) from error


def _lines(path: str) -> Iterator[bytes]:
    with open(path, "rb") as file:
        file.readline()
        for line in file:
            row = line.strip().rstrip(b",")
            if row.startswith(b"]"):
                return
            yield row


def _damaged(output: str, why: str) -> InputError:
    path = os.path.join(output, MANIFEST_NAME)
    return InputError(f"{path} is not as wpmigrate wrote it ({why}): run `wpmigrate convert` again")


def is_wanted(file: Wanted, options: DownloadOptions) -> bool:
    """Say whether ``file`` is one that a download with ``options`` fetches."""
    if file.state != "missing" and not (options.external and file.state == "external"):
        return False
    return bool(file.used_by) or options.unused


class _Run:
    """A download under way."""

    def __init__(
        self, output: str, options: DownloadOptions, machine: Machine, state: MediaState, tell: Watch
    ) -> None:
        self._output = output
        self._folder = _media_folder(output)
        self._options = options
        self._machine = machine
        self._state = state
        self._tell = tell
        self._hosts = Hosts(options.rate, machine.clock, machine.sleep)

    def fetch_all(self, wanted: Iterable[Wanted]) -> None:
        """Fetch the ``wanted`` files and tell what becomes of each, as they are done. Raises OSError."""
        for fetched in in_threads(self._absent(wanted), self._worker, self._options.jobs):
            self._tell(self._settled(fetched))

    def _absent(self, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
        """Yield the files that must be fetched, and tell of the others."""
        for file in wanted:
            result = self._known(file)
            if result is None:
                yield self._now_at(file)
            else:
                self._tell(result)

    def _now_at(self, file: Wanted) -> Wanted:
        """Return ``file`` with the addresses that it has now. The site may have moved; files on other hosts have not."""
        origin = self._options.origin
        if not origin or file.state == "external":
            return file
        variants = tuple(at_origin(variant, origin) for variant in file.variants)
        return replace(file, url=at_origin(file.url, origin), variants=variants)

    def _worker(self) -> Callable[[Wanted], Fetched]:
        options, machine = self._options, self._machine
        network = Network(USER_AGENT, options.timeout, options.allow_private, machine.resolve)
        client = Client(network, self._hosts, machine.clock)
        return Fetcher(self._output, client, self._hosts, options.limits, machine.sleep, machine.chance)

    def _known(self, file: Wanted) -> FileResult | None:
        """Return what is to say of a file without fetching it; None when it must be fetched."""
        problem = _place_problem(file.place, self._folder) or refused_name(file.key)
        if problem:
            return _result(file, "failed", problem)
        path = os.path.join(self._output, file.place)
        if not os.path.lexists(path):
            return None
        row = self._state.get(file.place)
        if row is not None and (row.site, row.key) == (file.site, file.key):
            return replace(_result(file, "present"), sha256=row.sha256, bytes=row.bytes)
        if row is not None or not self._was_just_moved(file, path):
            return _result(file, "failed", f"{file.place} exists and is another file: move it away")
        return self._recorded(_result(file, "present"), path, "")

    def _was_just_moved(self, file: Wanted, path: str) -> bool:
        """Whether a run that was killed put the file there and had no time to say so."""
        digest = Part(self._output, file.site, file.key).moved()
        with contextlib.suppress(OSError):
            return bool(digest) and digest_of(path)[0] == digest
        return False

    def _settled(self, fetched: Fetched) -> FileResult:
        """Put what was fetched into its place. Raises OSError when no other file would fare better."""
        file, result = fetched.wanted, fetched.result
        if result.status != "downloaded":
            return result
        path = os.path.join(self._output, file.place)
        try:
            Part(self._output, file.site, file.key).move_to(path, result.sha256)
        except OSError as error:
            if is_fatal(error):
                raise
            return _result(file, "failed", f"it cannot be written: {error.strerror or error}")
        return self._recorded(result, path, fetched.etag)

    def _recorded(self, result: FileResult, path: str, etag: str) -> FileResult:
        if not result.sha256:
            digest, size = digest_of(path)
            result = replace(result, sha256=digest, bytes=size)
        source = result.fetched or result.url
        self._state.record(
            result.place, result.site, result.key, result.sha256, result.bytes, source=source, etag=etag
        )
        Part(self._output, result.site, result.key).drop()
        return result


def _result(file: Wanted, status: Any, reason: str = "") -> FileResult:
    users = file.used_by if status == "failed" else ()
    return FileResult(file.key, file.site, file.url, file.place, status, reason, used_by=users)


def _media_folder(output: str) -> str:
    """Return the folder of the media files, which the target of the conversion says."""
    state = State(output)
    try:
        return target_of(recorded_options(state) or RunOptions()).place.media
    finally:
        state.close()


def _place_problem(place: str, folder: str) -> str:
    """Return why nothing may be put at ``place``: a damaged ``media.json`` must not lead out of the media folder."""
    parts = place.split("/")
    if not place.startswith(f"{folder}/") or "\\" in place or {"", ".", ".."} & {*parts} or "\0" in place:
        return f"{place or 'an empty text'} is no place below {folder}/: run `wpmigrate convert` again"
    return ""


@contextlib.contextmanager
def _parts_folder(output: str) -> Iterator[None]:
    """Make the folder of what is not whole, for this run alone. Raises UsageError when another run has it, OSError."""
    folder = os.path.join(output, PARTS_NAME)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "lock"), "wb") as file:
        if not take_lock(file.fileno()) and sys.platform != "win32":
            raise UsageError(f"another download is at work in {output}: wait for its end, then run again")
        yield
