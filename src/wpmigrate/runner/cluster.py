"""The same work on a Dask cluster (https://distributed.dask.org), which is imported when ``--scheduler`` names one.

The parent reads and writes, workers convert (:mod:`~wpmigrate.runner.apart`). Sources travel in the tasks. What is the same for
all of them, the function and the index of the site, is the *kit* (:mod:`~wpmigrate.runner.cluster_kit`): a worker that lacks it
asks for it and is sent it once, in blocks; so workers may come, die and be started again at any time. Dask runs the tasks of a
lost worker again.
"""

from __future__ import annotations

import contextlib
import errno
import queue
import re
import time
import warnings
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

import wpmigrate
from wpmigrate.errors import UsageError
from wpmigrate.runner.cluster_checks import check_versions, is_lost
from wpmigrate.runner.cluster_kit import Kit
from wpmigrate.runner.cluster_worker import do_tasks, receive, remove_kit
from wpmigrate.runner.fingerprint import code_digest
from wpmigrate.runner.records import Done, Loaded

__all__ = ["Cluster", "connect_cluster", "open_cluster"]

R = TypeVar("R")

_ADDRESS = re.compile(r"(?:[a-z]+://)?[^/\s]+:[0-9]{1,5}/?|inproc://\S+")
_CHUNK = 8
"""Entries in a task: a task costs the scheduler about as much as half an entry takes."""
_CHUNK_BYTES = 1 << 20
"""A task of more source bytes than these gets no further entry."""
_PER_THREAD = 2
"""Tasks under way for each thread of the cluster: one at work, one at hand."""
_AHEAD = 1024
"""How many entries may wait for an earlier one."""
_AHEAD_BYTES = 32 << 20
"""Source bytes of all entries under way."""
_BLOCK = 4 << 20
"""The kit is sent in blocks of so many bytes."""
_PATIENCE = 60.0
"""Seconds without any worker after which the run is broken off."""
_ANSWER = 10.0
"""Seconds in which the scheduler must answer."""
_SOON = 1.0
"""Seconds in which a result that is there must arrive."""
_LOOK_EVERY = 2.0
"""Seconds between two looks at how many workers there are."""

_KILLED = (
    "its worker ended again and again (KilledWorker): it crashes, takes longer than {:g} seconds, or needs too much memory; "
    "split it, or give it more entry_seconds in a --config file"
)


@contextlib.contextmanager
def open_cluster(address: str) -> Iterator[Cluster | None]:
    """Give the cluster whose scheduler is at ``address``, None when that is empty. Raises as :func:`connect_cluster` does."""
    if not address:
        yield None
        return
    cluster = connect_cluster(address)
    try:
        yield cluster
    finally:
        cluster.close()


def connect_cluster(address: str) -> Cluster:
    """Return the cluster whose scheduler is at ``address``; close it when done.

    Raises UsageError when dask.distributed is missing, nobody answers, there is no worker, or a worker has another wpmigrate.
    """
    if not _ADDRESS.fullmatch(address):  # distributed would leave a client behind that complains when it is taken away
        raise UsageError(f"--scheduler {address}: say its address with a port, such as tcp://host:8786")
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            f"--scheduler needs dask.distributed: pip install 'wpmigrate[cluster]' ({error})"
        ) from error
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=_ANSWER, set_as_default=False, name="wpmigrate"
        )
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError(
            f"no scheduler answers at {address} ({error}): start one with dask scheduler, and name its address"
        ) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()
        raise UsageError(
            f"the scheduler {address} has no worker: start some with dask worker {address}"
        ) from error
    return Cluster(client, address)


class Cluster:
    """A connection to a scheduler."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address

    def run(
        self,
        function: Callable[[Any], R],
        parts: Iterable[Loaded | Done],
        give_up: Callable[[Loaded | Done, str], R],
        seconds: float,
    ) -> Iterator[R | Done]:
        """Yield ``function(part)`` for each of ``parts``, in their order; what is done already is passed on.

        ``function`` must be picklable. What ends its worker again and again, or takes longer than ``seconds`` on workers that a
        nanny starts anew, yields ``give_up(part, reason)``. Raises OSError when the scheduler, or every worker, is gone.
        """
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")
            crew = _Crew(self._client, self._address, Kit(function), parts, give_up, seconds)
            try:
                yield from crew.results()
            finally:
                crew.dismiss()

    def close(self) -> None:
        """End the connection; the cluster goes on."""
        self._client.close()


class _Chunk(Generic[R]):
    """Some entries that follow one another, and the results that are there."""

    def __init__(self, parts: list[Loaded | Done]) -> None:
        self.parts = parts
        self.results: dict[int, Any] = {n: part for n, part in enumerate(parts) if isinstance(part, Done)}
        self.size = sum(len(part.data) for part in parts if isinstance(part, Loaded))
        self.suspect = False

    @property
    def is_done(self) -> bool:
        return len(self.results) == len(self.parts)

    def left(self) -> list[int]:
        """Return the numbers of the entries that have no result."""
        return [n for n in range(len(self.parts)) if n not in self.results]


class _Crew(Generic[R]):
    """What is under way on the cluster, and the results that wait for their turn."""

    def __init__(
        self,
        client: Any,
        address: str,
        kit: Kit,
        parts: Iterable[Loaded | Done],
        give_up: Callable[[Loaded | Done, str], R],
        seconds: float,
    ) -> None:
        self._client, self._address, self._kit = client, address, kit
        self._parts = iter(parts)
        self._give_up = give_up
        self._seconds = seconds
        self._order: deque[_Chunk[R]] = deque()
        self._entries = self._bytes = 0
        self._futures: dict[str, Any] = {}
        self._running: dict[str, tuple[_Chunk[R], list[int]]] = {}
        self._suspects: deque[tuple[_Chunk[R], int]] = deque()
        self._news: queue.SimpleQueue[Any] = queue.SimpleQueue()  # futures that are done, workers that ask
        self._equipped: set[str] = set()
        self._trying = False  # a suspect is under way, alone
        self._threads, self._workers = 0, set[str]()
        self._looked = self._seen_worker = time.monotonic()
        self._look()
        client.subscribe_topic(kit.name, lambda event: self._news.put(event[1]))

    def results(self) -> Iterator[Any]:
        """Yield the results in order until there are none left."""
        while True:
            self._feed()
            while self._order and self._order[0].is_done:
                chunk = self._order.popleft()
                self._entries -= len(chunk.parts)
                self._bytes -= chunk.size
                yield from (chunk.results[number] for number in range(len(chunk.parts)))
                self._feed()
            if not self._order:
                return
            self._wait()

    def dismiss(self) -> None:
        """Drop what is under way, and the kit on the workers."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            self._client.unsubscribe_topic(self._kit.name)
            if self._running:
                self._client.cancel([*self._futures.values()])
            self._client.run(remove_kit, self._kit.name, on_error="ignore")

    def _feed(self) -> None:
        """Give out tasks: as many as the cluster has use for; one that may end its worker alone."""
        self._trying = self._trying and bool(self._running)
        if self._suspects and not self._running:
            self._trying = True
            chunk, number = self._suspects.popleft()
            self._submit(chunk, [number])
        if self._suspects or self._trying:
            return
        while (
            len(self._running) < max(1, self._threads * _PER_THREAD)
            and self._entries < _AHEAD
            and self._bytes < _AHEAD_BYTES
        ):
            chunk = self._take()
            if not chunk.parts:
                return
            self._order.append(chunk)
            self._entries += len(chunk.parts)
            self._bytes += chunk.size
            if not chunk.is_done:
                self._submit(chunk, chunk.left())

    def _take(self) -> _Chunk[R]:
        parts: list[Loaded | Done] = []
        size = 0
        while len(parts) < _CHUNK and size < _CHUNK_BYTES:
            part = next(self._parts, None)
            if part is None:
                break
            parts.append(part)
            size += len(part.data) if isinstance(part, Loaded) else 0
        return _Chunk(parts)

    def _submit(self, chunk: _Chunk[R], numbers: list[int]) -> None:
        parts = [chunk.parts[number] for number in numbers]
        future = self._client.submit(do_tasks, self._kit.name, parts, self._seconds, pure=False)
        self._running[future.key] = (chunk, numbers)
        self._futures[future.key] = future
        future.add_done_callback(self._news.put)

    def _wait(self) -> None:
        """Wait until a task is finished, or a worker asks for the kit, and see to it."""
        try:
            news = self._news.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            self._look()
            return
        if isinstance(news, str):
            self._equip(news)
        else:
            self._take_in(news)
        if time.monotonic() - self._looked > _LOOK_EVERY:
            self._look()

    def _take_in(self, future: Any) -> None:
        from distributed.scheduler import KilledWorker

        chunk, numbers = self._running[future.key]
        try:
            answer = future.result(timeout=_SOON)
        except KilledWorker:
            self._suspect(chunk, numbers)
        except (Exception, CancelledError) as error:
            if isinstance(error, TimeoutError) and future.status != "error":
                self._news.put(
                    future
                )  # the worker died before it gave the result: another makes it again, and may ask for the kit
                return
            if future.status in ("cancelled", "lost"):
                raise self._gone() from error
            self._fail(chunk, numbers, f"the cluster could not do it ({type(error).__name__}: {error})")
        else:
            chunk.results.update(zip(numbers, answer, strict=True))
        del self._running[future.key]
        self._futures.pop(future.key).release()

    def _suspect(self, chunk: _Chunk[R], numbers: list[int]) -> None:
        """Workers died of these entries, or of what they did besides: each is tried once more, with nothing else under way."""
        if chunk.suspect:
            self._fail(chunk, numbers, _KILLED.format(self._seconds))
            return
        chunk.suspect = True
        self._suspects.extend((chunk, number) for number in numbers)

    def _fail(self, chunk: _Chunk[R], numbers: list[int], reason: str) -> None:
        chunk.results.update((number, self._give_up(chunk.parts[number], reason)) for number in numbers)

    def _gone(self) -> OSError:
        return OSError(errno.ECONNRESET, "the scheduler is gone: run again to go on", self._address)

    def _look(self) -> None:
        """See how many workers there are. Raises OSError when there has been none for a while, or no scheduler."""
        try:
            threads = self._client.nthreads()
        except Exception as error:
            raise self._gone() from error
        self._threads, self._workers = sum(threads.values()), set(threads)
        self._looked = time.monotonic()
        if threads:
            self._seen_worker = self._looked
        elif self._looked - self._seen_worker > _PATIENCE:
            raise OSError(
                errno.ECONNRESET, "all workers are gone: start some, and run again to go on", self._address
            )

    def _equip(self, worker: str) -> None:
        """Send the kit to ``worker``, unless it has got it in the meantime."""
        self._look()
        if worker in self._equipped or worker not in self._workers:
            return
        check_versions(self._client, worker)
        for name, data, offset, last in self._kit.blocks(_BLOCK):
            answers = self._client.run(
                receive, self._kit.name, name, offset, data, last, workers=[worker], on_error="return"
            )
            answer = answers.get(worker)
            if isinstance(answer, Exception) and not is_lost(answer):
                raise OSError(
                    errno.EIO, f"worker {worker} cannot keep the site index: {answer}", self._address
                )
            if answer is None or isinstance(answer, Exception):
                return  # it is gone: the task runs elsewhere
            if answer != code_digest():
                raise UsageError(
                    f"worker {worker} has another build of wpmigrate {wpmigrate.__version__}: install the same one everywhere"
                )
        self._equipped.add(worker)
