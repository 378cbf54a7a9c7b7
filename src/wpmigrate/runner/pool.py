"""A pool of worker processes that outlives its tasks: a crash, a hang or a memory hog costs one task, not the run.

Each worker gets a few tasks at a time over a pipe and answers after every one, so that the parent always knows which task
a worker died of. ``multiprocessing.Pool`` and ``ProcessPoolExecutor`` cannot say that.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import msgspec

from wpmigrate.runner.heap import settle_heap

__all__ = ["Limits", "give_up_reason", "no_memory_reason", "run_tasks", "worker_count"]

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 8
"""Tasks a worker has at hand: enough to hide the pipe, few enough to share out the end of the work."""

_AHEAD = 4096
"""How many results may wait for an earlier one: bounds the memory while one task hangs."""

_TASKS_PER_WORKER = 256
"""After so many tasks a worker makes room for a new one, since native parsers leak (cmarkgfm never frees its tree)."""

_GLANCE = 1.0
"""Seconds after which the parent looks up even when no worker has anything to say."""

_PAUSE = 5.0
"""When it has not looked up for so long, it was stopped."""

_NO_MEMORY = 77
"""Exit code of a worker whose answer had no room in its memory."""

_FAREWELL = 0.5
"""Seconds in which workers may end by themselves when the run is broken off."""

_LINUX = sys.platform.startswith("linux")
_PRELOADED = ["wpmigrate.runner.work"]
"""What the server of processes imports once, so that its children begin at once."""


class Limits(msgspec.Struct, frozen=True):
    """What one task may use."""

    seconds: float = 60.0
    """Time, from when the worker begins it."""
    megabytes: int = 2048
    """Address space of a worker; 0: no limit."""


def worker_count(jobs: int, tasks: int) -> int:
    """Return how many workers to start for so many ``tasks`` when ``--jobs`` says ``jobs`` (0: as fits)."""
    if jobs > 0:
        return min(jobs, max(tasks, 1))
    return 1 if tasks <= 64 else min(_processors(), tasks // 32)


def give_up_reason(kind: str, limits: Limits) -> str:
    """Return the sentence for a task that was given up; ``kind`` is ``time`` or how the worker ended."""
    if kind == "time":
        return f"took longer than {limits.seconds:g} seconds and was given up: split it, or give it more entry_seconds in a --config file"
    if kind == _how_it_ended(_NO_MEMORY):
        return no_memory_reason(limits.megabytes)
    return f"the worker process ended ({kind}); this is our bug: please report it with this page"


def no_memory_reason(megabytes: int) -> str:
    """Return the sentence for a task that needs more memory than a worker may take."""
    return f"needs more than {megabytes} MB of memory and was given up: split it, or give it more entry_megabytes in a --config file"


def run_tasks(
    function: Callable[[T], R],
    tasks: Iterable[T],
    workers: int,
    limits: Limits,
    give_up: Callable[[T, str], R],
    threads: bool = False,
) -> Iterator[R]:
    """Yield ``function(task)`` for each of ``tasks``, in their order.

    ``threads``: this process has some, so that it must not be forked (a lock that a thread holds stays locked in the child).
    ``function`` must be picklable then, and where processes are spawned (macOS, Windows). A task that ends its worker or takes too
    long yields ``give_up(task, reason)`` instead. Closing the iterator ends the workers.
    """
    crew = _Crew(function, tasks, workers, limits, give_up, _start_method(threads))
    try:
        yield from crew.results()
    finally:
        crew.dismiss()


def _start_method(threads: bool) -> str:
    if not _LINUX:
        return "spawn"
    return "forkserver" if threads else "fork"


class _Worker(Generic[T]):
    """One process, the tasks it has, and when it began the first of them."""

    def __init__(
        self, function: Callable[[T], Any], megabytes: int, others: list[Connection], method: str
    ) -> None:
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload(_PRELOADED)
        self.pipe, theirs = context.Pipe()
        ours = [*others, self.pipe] if method == "fork" else []
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, ours, function, megabytes), daemon=True
        )
        self.process.start()
        theirs.close()
        self.todo: deque[tuple[int, T]] = deque()
        self.given = 0
        self.began = time.monotonic()

    def give(self, chunk: list[tuple[int, T]]) -> None:
        """Hand over tasks. A dead worker is noticed when its pipe is read."""
        self.todo.extend(chunk)
        self.given += len(chunk)
        self.began = time.monotonic()
        with contextlib.suppress(OSError):
            self.pipe.send([task for _, task in chunk])

    def end(self) -> str:
        """Kill the process and say how it had ended."""
        self.process.join(0.2)
        alive = self.process.is_alive()
        if alive:
            self.process.kill()
            self.process.join()
        self.pipe.close()
        return "killed" if alive else _how_it_ended(self.process.exitcode)


class _Crew(Generic[T, R]):
    """The workers, what is left to do, and the results that wait for their turn."""

    def __init__(
        self,
        function: Callable[[T], R],
        tasks: Iterable[T],
        workers: int,
        limits: Limits,
        give_up: Callable[[T, str], R],
        method: str,
    ) -> None:
        self._function = function
        self._method = method
        self._tasks = enumerate(tasks)
        self._again: deque[tuple[int, T]] = deque()
        self._limits = limits
        self._give_up = give_up
        self._ready: dict[int, R] = {}
        self._next = 0
        self._given = 0
        self._looked = time.monotonic()
        self._workers: list[_Worker[T]] = []
        for _ in range(workers):
            self._workers.append(self._hire())

    def results(self) -> Iterator[R]:
        """Yield the results in order until there are none left."""
        while True:
            self._feed()
            busy = [worker for worker in self._workers if worker.todo]
            if not busy and not self._ready:
                return
            if busy:
                self._listen(busy)
            while self._next in self._ready:
                yield self._ready.pop(self._next)
                self._next += 1

    def dismiss(self) -> None:
        """End all workers; one that is in the middle of a task has a moment to finish it."""
        for worker in self._workers:
            worker.pipe.close()
        last = time.monotonic() + _FAREWELL
        for worker in self._workers:
            worker.process.join(max(0.0, last - time.monotonic()))
            worker.process.kill()
            worker.process.join()

    def _hire(self) -> _Worker[T]:
        others = [worker.pipe for worker in self._workers]
        return _Worker(self._function, self._limits.megabytes, others, self._method)

    def _feed(self) -> None:
        for worker in [worker for worker in self._workers if not worker.todo]:
            chunk = self._take()
            if chunk:
                fresh = worker.given < _TASKS_PER_WORKER
                (worker if fresh else self._relieve(worker)).give(chunk)

    def _take(self) -> list[tuple[int, T]]:
        chunk = [self._again.popleft() for _ in range(min(_CHUNK, len(self._again)))]
        while len(chunk) < _CHUNK and self._given - self._next < _AHEAD:
            one = next(self._tasks, None)
            if one is None:
                break
            self._given += 1
            chunk.append(one)
        return chunk

    def _listen(self, busy: list[_Worker[T]]) -> None:
        """Wait until a worker answers, dies, or has used up its time."""
        self._forgive_pauses()
        oldest = min(worker.began for worker in busy)
        patience = max(0.0, oldest + self._limits.seconds - time.monotonic())
        heard = wait([worker.pipe for worker in busy], min(patience, _GLANCE))
        self._forgive_pauses()
        now = time.monotonic()
        for worker in busy:
            if worker.pipe in heard:
                self._hear(worker, now)
            elif now - worker.began >= self._limits.seconds:
                self._replace(worker, "time")

    def _forgive_pauses(self) -> None:
        """Give workers the time back in which this process was stopped (Ctrl-Z), and they with it."""
        away = time.monotonic() - self._looked
        if away > _PAUSE:
            for worker in self._workers:
                worker.began += away
        self._looked = time.monotonic()

    def _hear(self, worker: _Worker[T], now: float) -> None:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker, "")
            return
        number, _ = worker.todo.popleft()
        worker.began = now
        self._ready[number] = result

    def _replace(self, worker: _Worker[T], kind: str) -> None:
        """Give up the task that ``worker`` was at, put its other tasks back, and start another worker."""
        ended = worker.end()
        number, task = worker.todo.popleft()
        self._ready[number] = self._give_up(task, give_up_reason(kind or ended, self._limits))
        self._again.extend(worker.todo)
        self._relieve(worker)

    def _relieve(self, worker: _Worker[T]) -> _Worker[T]:
        """Return a new worker in the place of ``worker``, which has nothing to do any more."""
        worker.pipe.close()
        worker.process.join()
        self._workers.remove(worker)
        self._workers.append(self._hire())
        return self._workers[-1]


def _serve(pipe: Connection, ours: list[Connection], function: Callable[[Any], Any], megabytes: int) -> None:
    """The life of a worker: read tasks, answer each, end when the parent has gone.

    ``ours`` are the parent's ends of the pipes, which a forked worker has too: a pipe ends only when nobody holds it.
    """
    _leave_signals_to_the_parent()
    for end in ours:
        end.close()
    _limit_memory(megabytes)
    settle_heap()
    try:
        while True:
            for task in pipe.recv():
                pipe.send(function(task))
    except (EOFError, OSError):
        return
    except MemoryError:
        os._exit(_NO_MEMORY)  # not even the answer had room


def _leave_signals_to_the_parent() -> None:
    """A terminal sends its signals to all processes: the parent tells its workers to end, by closing their pipes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _limit_memory(megabytes: int) -> None:
    if not megabytes:
        return
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    except (ImportError, ValueError, OverflowError, OSError):
        pass  # Windows, or a system with a lower limit of its own


def _how_it_ended(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
