"""Workers that wait for servers: threads, each with a connection of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["in_threads"]

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 2
"""Items handed out for each worker: enough that none waits, and nothing is held of a long list."""


def in_threads(items: Iterable[T], make_worker: Callable[[], Callable[[T], R]], jobs: int) -> Iterator[R]:
    """Yield what the workers make of ``items``, as it comes.

    Each of the ``jobs`` threads makes a worker of its own. An error of a worker is raised here, and ends all. The threads are
    daemons: who breaks off does not wait for a server.
    """
    todo: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[R] | BaseException] = queue.SimpleQueue()
    threads = [threading.Thread(target=_work, args=(todo, done, make_worker), daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    flying = 0
    try:
        for item in items:
            if flying == jobs * _AHEAD:
                yield _result(done)
                flying -= 1
            todo.put((item,))
            flying += 1
        while flying:
            yield _result(done)
            flying -= 1
    finally:
        _clear(todo)
        for _ in range(jobs):
            todo.put(None)
    for thread in threads:  # nothing is left to do: none is at work when the caller forks
        thread.join()


def _work(
    todo: queue.SimpleQueue[tuple[T] | None],
    done: queue.SimpleQueue[tuple[R] | BaseException],
    make_worker: Callable[[], Callable[[T], R]],
) -> None:
    try:
        work = make_worker()
        while (item := todo.get()) is not None:
            done.put((work(item[0]),))
    except BaseException as error:
        done.put(error)


def _result(done: queue.SimpleQueue[tuple[R] | BaseException]) -> R:
    result = done.get()
    if isinstance(result, BaseException):
        raise result
    return result[0]


def _clear(todo: queue.SimpleQueue[tuple[T] | None]) -> None:
    try:
        while True:
            todo.get_nowait()
    except queue.Empty:
        pass
