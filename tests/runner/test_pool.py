"""A worker may die, hang or eat; the others' results come anyway, in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpmigrate.runner.pool import Limits, run_tasks, worker_count


def misbehave(task):
    if task == "exit":
        os._exit(3)
    if task == "signal":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "hang":
        time.sleep(600)
    if task == "memory":
        try:
            return len(bytearray(8 << 30))
        except MemoryError:
            return "no memory"
    return task


def lost(task, reason):
    return (task, reason)


def run(tasks, workers=2, seconds=60.0, megabytes=1024):
    return list(run_tasks(misbehave, tasks, workers, Limits(seconds, megabytes), lost))


@pytest.mark.parametrize("workers", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_results_are_in_the_order_of_the_tasks(workers, count):
    assert run(range(count), workers) == list(range(count))


@pytest.mark.parametrize(("task", "word"), [("exit", "exit code 3"), ("signal", "SIGKILL")])
def test_a_crash_costs_one_task(task, word):
    results = run([*range(10), task, *range(10, 30)])
    culprit = results.pop(10)
    assert results == list(range(30))
    assert culprit[0] == task
    assert word in culprit[1]


def test_many_crashes():
    results = run(["exit", 1, "exit", 2, "exit"])
    assert [result if isinstance(result, int) else result[0] for result in results] == [
        "exit",
        1,
        "exit",
        2,
        "exit",
    ]


def test_a_hang_is_ended():
    results = run([1, "hang", 2], seconds=0.3)
    assert (results[0], results[2]) == (1, 2)
    assert "longer than 0.3 seconds" in results[1][1]


def test_memory_is_limited():
    assert run(["memory", 1]) == ["no memory", 1]


def test_tasks_are_read_as_they_are_needed():
    read = []

    def tasks():
        for number in range(100_000):
            read.append(number)
            yield number

    results = run_tasks(misbehave, tasks(), 2, Limits(), lost)
    assert next(results) == 0
    results.close()
    assert len(read) < 10_000


def pid(task):
    return os.getpid()


def test_workers_are_relieved_before_their_leaks_count():
    pids = list(run_tasks(pid, range(2000), 2, Limits(), lost))
    assert len(pids) == 2000
    assert max(pids.count(one) for one in set(pids)) < 300


def test_closing_leaves_no_process():
    import multiprocessing

    results = run_tasks(misbehave, range(1000), 3, Limits(), lost)
    next(results)
    results.close()
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs forked workers")
def test_workers_end_when_the_parent_is_killed():
    code = (
        "import os, signal, time\n"
        "from wpmigrate.runner.pool import Limits, run_tasks\n"
        "results = run_tasks(lambda task: os.getpid(), range(100_000), 3, Limits(), None)\n"
        "print(*{next(results) for _ in range(500)}, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # The pipe of stdout ends when the last process that holds it has ended; a worker left over would time out here.
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    assert done.stdout.split()


def test_workers_give_what_this_process_would():
    assert run(range(5)) == [misbehave(task) for task in range(5)]


@pytest.mark.parametrize(("jobs", "tasks", "expected"), [(3, 100, 3), (8, 2, 2), (0, 10, 1), (4, 0, 1)])
def test_how_many_workers(jobs, tasks, expected):
    assert worker_count(jobs, tasks) == expected


def test_many_tasks_use_the_processors(monkeypatch):
    monkeypatch.setattr("wpmigrate.runner.pool._processors", lambda: 6)
    assert worker_count(0, 1000) == 6
    assert worker_count(0, 100) == 3


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from([1, 2, "exit"]), max_size=12), st.integers(1, 3))
def test_every_task_has_one_result(tasks, workers):
    results = run(tasks, workers)
    assert [result if isinstance(result, int) else result[0] for result in results] == tasks
