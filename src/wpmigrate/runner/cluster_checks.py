"""Whether a worker of a cluster is there, and has the same wpmigrate."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import wpmigrate
from wpmigrate.errors import UsageError

__all__ = ["check_versions", "is_lost"]


def check_versions(client: Any, worker: str) -> None:
    """Raise UsageError when ``worker`` has no wpmigrate, or another version of it."""
    ours = wpmigrate.__version__
    theirs = client.run(version, "wpmigrate", workers=[worker], on_error="return").get(worker, ours)
    if isinstance(theirs, Exception):
        if is_lost(theirs):
            return
        raise UsageError(f"worker {worker} has no wpmigrate: pip install wpmigrate=={ours} there") from theirs
    if theirs != ours:
        raise UsageError(
            f"worker {worker} has wpmigrate {theirs}, and here is {ours}: install the same version everywhere"
        )


def is_lost(error: Exception) -> bool:
    """Whether ``error`` says that a worker is gone."""
    from distributed.comm.core import CommClosedError

    if isinstance(error, (CommClosedError, TimeoutError, ConnectionError)):
        return True
    return isinstance(error, OSError) and error.errno is None  # as dask says that it could not connect
