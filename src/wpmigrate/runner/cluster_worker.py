"""What runs on the workers of a cluster: takes in the kit, and does tasks."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import shutil
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from wpmigrate.runner.cluster_kit import INDEX, load_function
from wpmigrate.runner.fingerprint import code_digest
from wpmigrate.runner.index.schema import forget_connections

__all__ = ["do_tasks", "receive", "remove_kit"]

_one_at_a_time = threading.Lock()
"""Threads of one process only wait for each other, and the watch over time is one for a process."""
_PATIENCE = 60.0
"""Seconds that a task waits for the next block of the kit: the parent may have been killed."""
_PAUSE = 0.05
"""Seconds between two looks whether it is there."""
_ASK_EVERY = 100
"""Looks after which it is asked for once more."""
_arrived: dict[str, float] = {}
"""Name of a kit -> when its last block came."""
_gone: set[str] = set()
"""Kits of runs that are over: nobody sends them any more."""
_functions: dict[str, Any] = {}
"""Name of a kit -> its function, once it is loaded."""


def do_tasks(kit: str, parts: Sequence[Any], seconds: float) -> list[Any]:
    """Return what the function of ``kit`` gives for each of ``parts``; each may take so many ``seconds``.

    A worker without the kit asks for it, and waits. It must not answer instead: the scheduler would forget how many workers
    this task has ended. Raises TimeoutError when nobody sends it.
    """
    from distributed import get_worker

    worker = get_worker()
    function = _functions.get(kit)
    if function is None:
        function = _functions[kit] = _wait_for(worker, kit)
    with _one_at_a_time:
        results = []
        for part in parts:
            with _watched(seconds if worker.nanny else 0):
                results.append(function(part))
        return results


def _wait_for(worker: Any, kit: str) -> Any:
    last = time.monotonic()
    for number in count():
        function = load_function(_folder(worker, kit))
        if function is not None:
            return function
        if kit in _gone or time.monotonic() - max(last, _arrived.get(kit, 0)) > _PATIENCE:
            raise TimeoutError("what the task needs did not arrive")
        if number % _ASK_EVERY == 0:
            worker.log_event(kit, worker.address)
        time.sleep(_PAUSE)


def receive(kit: str, name: str, offset: int, data: bytes, last: bool, dask_worker: Any = None) -> str:
    """Keep a block of the file ``name`` of ``kit`` and return the digest of our code. Raises OSError when the disk is full."""
    folder = _folder(dask_worker, kit)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    part = os.path.join(folder, name + ".part")
    with open(part, "r+b" if offset else "wb") as file:
        file.seek(offset)
        file.write(data)
    _arrived[kit] = time.monotonic()
    if last:
        os.replace(part, os.path.join(folder, name))
    return code_digest()


def remove_kit(kit: str, dask_worker: Any = None) -> None:
    """Remove what :func:`receive` kept."""
    folder = _folder(dask_worker, kit)
    _gone.add(kit)
    _arrived.pop(kit, None)
    _functions.pop(kit, None)
    forget_connections(os.path.join(folder, INDEX))
    shutil.rmtree(folder, ignore_errors=True)


def _folder(worker: Any, kit: str) -> str:
    return os.path.join(worker.local_directory, kit)


@contextlib.contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """End this process when the block takes longer, also in the middle of a native parser; its nanny starts another."""
    if not seconds:
        yield
        return
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
