"""The parent reads and writes, workers only convert: for workers that share no disk with it, and for outputs at addresses.

Sources travel to the worker and outputs travel back, so that there is one writer, and the state is in one place.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from wpmigrate.options import RunOptions
from wpmigrate.runner.pool import Limits, run_tasks, worker_count
from wpmigrate.runner.records import Done, Loaded, Task
from wpmigrate.runner.storage import is_url
from wpmigrate.runner.work import give_up

if TYPE_CHECKING:
    from wpmigrate.runner.cluster import Cluster

__all__ = ["in_order", "run_apart", "threads_for", "worker_pool"]

A = TypeVar("A")
B = TypeVar("B")

_THREADS = 16
"""Files at an address that are read or written at a time: most of the time is waiting."""


def threads_for(output: str) -> int:
    """Return how many files of ``output`` are read or written at a time."""
    return _THREADS if is_url(output) else 1


def run_apart(
    load: Callable[[Task], Loaded | Done],
    work: Callable[[Iterable[Loaded | Done]], Iterator[B]],
    store: Callable[[Loaded | Done, B], Done],
    tasks: Iterable[Task],
    threads: int,
) -> Iterator[Done]:
    """Yield what becomes of ``tasks``, in their order: ``load`` and ``store`` happen here, ``work`` gives results in order.

    ``work`` gets a Done where there is nothing to do, and passes it on. ``threads`` is how many files are read or written at a
    time; 1 for those on disk.
    """
    waiting: deque[Loaded | Done] = deque()

    def parts() -> Iterator[Loaded | Done]:
        for part in in_order(load, tasks, threads):
            waiting.append(_without_bytes(part))
            yield part

    def stored(pair: tuple[Loaded | Done, B]) -> Done:
        return store(*pair)

    pairs = ((waiting.popleft(), result) for result in work(parts()))
    yield from in_order(stored, pairs, threads)


def worker_pool(
    function: Callable[[Any], B], options: RunOptions, cluster: Cluster | None, count: int
) -> Callable[[Iterable[Loaded | Done]], Iterator[B | Done]]:
    """Return what does ``function`` for a stream of parts, ``count`` at most: the ``cluster``, else processes of this computer."""
    limits = Limits(options.entry_seconds, options.entry_megabytes)

    def work(parts: Iterable[Loaded | Done]) -> Iterator[B | Done]:
        if cluster is not None:
            return cluster.run(function, parts, give_up, limits.seconds)
        workers = worker_count(options.jobs, count)
        return run_tasks(function, parts, workers, limits, give_up, threads=True)

    return work


def in_order(function: Callable[[A], B], items: Iterable[A], threads: int) -> Iterator[B]:
    """Yield ``function(item)`` for ``items`` in their order, from several threads; no more than twice as many are under way."""
    if threads < 2:
        yield from map(function, items)
        return
    pool = ThreadPoolExecutor(threads)
    ahead: deque[Future[B]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(function, item))
            if len(ahead) > 2 * threads:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _without_bytes(part: Loaded | Done) -> Loaded | Done:
    return part if isinstance(part, Done) else msgspec.structs.replace(part, data=b"", files={})
