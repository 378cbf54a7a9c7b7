"""Fetching one file: its addresses one after another, each tried again where that may help, until the bytes are whole."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from wpmigrate.runner.media.download_client import Answer, Client, Trouble
from wpmigrate.runner.media.download_content import HEAD_BYTES, content_problem
from wpmigrate.runner.media.download_hosts import Hosts
from wpmigrate.runner.media.download_part import Part, digest_of, inflated
from wpmigrate.runner.media.download_records import DownloadLimits, Fetched, FileResult, Wanted
from wpmigrate.runner.media.download_rules import (
    TRY_AGAIN,
    back_off,
    candidates,
    content_range,
    file_name,
    retry_after,
    status_reason,
)

__all__ = ["Fetcher", "is_fatal"]

_LONGEST_PAUSE = 300.0
"""Seconds that a host may ask to wait; when it asks for more, the file is left to the next run."""

_WORTH_A_TRY = 1 << 20
"""A try that brought so many bytes more does not count: large files come over poor lines, too."""

_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE})
"""Errors of the disk that the next file would meet too."""


class Fetcher:
    """Fetches files, one after another. For one thread."""

    def __init__(
        self,
        output: str,
        client: Client,
        hosts: Hosts,
        limits: DownloadLimits,
        sleep: Callable[[float], None],
        chance: Callable[[], float],
    ) -> None:
        """Fetch into the output folder ``output``; ``chance`` gives numbers from 0 to 1."""
        self._output = output
        self._client = client
        self._hosts = hosts
        self._limits = limits
        self._sleep = sleep
        self._chance = chance

    def __call__(self, wanted: Wanted) -> Fetched:
        """Fetch ``wanted`` into its part. Raises OSError when the disk is full or broken; all else is in the result."""
        try:
            return self._any_of(wanted)
        except OSError as error:
            if is_fatal(error):
                raise
            return _failed(wanted, f"it cannot be written: {error.strerror or error}")
        except Exception as error:  # one file never stops the others
            return _failed(
                wanted, f"this is a bug of wpmigrate, please report it: {type(error).__name__}: {error}"
            )

    def _any_of(self, wanted: Wanted) -> Fetched:
        """Try the original, then the variants that are used; the first trouble is the one to tell."""
        part = Part(self._output, wanted.site, wanted.key)
        told = ""
        for url in candidates(wanted.url, wanted.variants):
            try:
                answer = self._patiently(url, part)
            except Trouble as trouble:
                told = told or trouble.reason
                if trouble.again or trouble.silent:
                    break  # the host has trouble: its other files are not better off
                continue
            digest, size = digest_of(part.path)
            reason = f"{told}; {url} came in its place" if told else ""
            result = FileResult(
                wanted.key,
                wanted.site,
                wanted.url,
                wanted.place,
                "downloaded",
                reason,
                answer.url,
                digest,
                size,
            )
            return Fetched(wanted, result, answer.headers.get("ETag", ""))
        return _failed(wanted, told)

    def _patiently(self, url: str, part: Part) -> Answer:
        """Return the answer whose body, with what was there, is the whole file in ``part``. Raises Trouble, OSError."""
        tries, size = 0, part.size()
        while True:
            try:
                return self._once(url, part)
            except Trouble as trouble:
                grown = part.size()
                tries, size = (0, grown) if grown >= size + _WORTH_A_TRY else (tries + 1, size)
                if not trouble.again or tries >= self._limits.tries:
                    if trouble.silent:
                        self._hosts.silent(trouble.host)
                    raise
                self._rest(trouble, max(1, tries))

    def _rest(self, trouble: Trouble, tries: int) -> None:
        """Wait before the next try: as long as the host asks, else a while that grows. Raises Trouble when it asks for too long."""
        if trouble.wait is None:
            self._sleep(back_off(tries, self._chance()))
        elif trouble.wait <= _LONGEST_PAUSE:
            self._hosts.pause(trouble.host, trouble.wait)
        else:
            raise Trouble(
                f"{trouble.reason}; it asks to come back in {trouble.wait:,.0f} seconds", again=True
            ) from trouble

    def _once(self, url: str, part: Part) -> Answer:
        answer = self._client.get(url, part.headers(url))
        more = part.continues(answer.status, answer.headers)
        if answer.status != 200 and not more:
            raise _refused(answer, part)
        self._take(url, answer, part, more)
        kind = answer.headers.get("Content-Type", "")
        problem = content_problem(file_name(url), kind, part.head(HEAD_BYTES))
        if problem:
            part.drop()
            raise Trouble(problem)
        return answer

    def _take(self, url: str, answer: Answer, part: Part, more: bool) -> None:
        """Put the body of ``answer`` into ``part``. Raises Trouble, OSError."""
        try:
            if answer.length is not None:
                self._check_size(answer.length + (part.size() if more else 0))
            blocks = inflated(answer.blocks(), answer.headers.get("Content-Encoding", ""))
            part.write(url, answer.headers, blocks, more, self._check_size)
        except (ValueError, _TooLarge) as error:
            raise self._useless(part, str(error)) from error
        place = content_range(answer.headers.get("Content-Range", "")) if more else None
        if place is not None and place[1] is not None and part.size() != place[1]:
            raise Trouble(f"{part.size():,} of {place[1]:,} bytes came", again=True)

    def _useless(self, part: Part, reason: str) -> Trouble:
        """Drop what came, and the connection on which more would come."""
        self._client.close()
        part.drop()
        return Trouble(reason)

    def _check_size(self, size: int) -> None:
        most = self._limits.bytes
        if most and size > most:
            raise _TooLarge(f"it is larger than {most:,} bytes: use a higher --max-size")


def is_fatal(error: OSError) -> bool:
    """Say whether ``error`` is one of the disk, which the next file would meet too."""
    return error.errno in _DISK


class _TooLarge(Exception):
    """More bytes than the limit."""


def _refused(answer: Answer, part: Part) -> Trouble:
    """Return what is wrong with an answer that is no file."""
    answer.drop()
    if answer.status in (206, 416):  # it is not the part that was asked for: begin anew
        part.drop()
        return Trouble(status_reason(416), again=True)
    host = urlsplit(answer.url).hostname or ""
    again, wait = answer.status in TRY_AGAIN, retry_after(answer.headers)
    return Trouble(status_reason(answer.status), again=again, host=host, wait=wait)


def _failed(wanted: Wanted, reason: str) -> Fetched:
    key, site, url, place = wanted.key, wanted.site, wanted.url, wanted.place
    return Fetched(wanted, FileResult(key, site, url, place, "failed", reason, used_by=wanted.used_by))
