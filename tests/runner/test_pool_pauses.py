"""A run that is stopped (Ctrl-Z) and goes on later has lost no time: what it is at is not given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

RUN = """
import time
from wpmigrate.runner import pool
pool._PAUSE = 0.5
def slow(task):
    print(task, flush=True)
    time.sleep(0.2)
    return task
print([*pool.run_tasks(slow, range(10), 2, pool.Limits(seconds=1.5), lambda task, reason: reason)])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_stopped_run_goes_on():
    run = subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout is not None
    run.stdout.readline()
    os.killpg(run.pid, signal.SIGSTOP)
    time.sleep(2.5)
    os.killpg(run.pid, signal.SIGCONT)
    said, _ = run.communicate(timeout=60)
    assert said.splitlines()[-1] == str([*range(10)])
