"""A process with threads is not forked: a lock that one of them holds would stay locked in the worker, for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.pool import Limits, give_up_reason, run_tasks


def number(task):
    return task + 1


def no_room(task):
    if task == 3:
        raise MemoryError
    return task


def lost(task, reason):
    return task, reason


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_beside_threads(workers):
    with ThreadPoolExecutor(1) as pool, warnings.catch_warnings():
        warnings.simplefilter("error")
        pool.submit(os.getpid).result()
        results = run_tasks(number, range(700), workers, Limits(), lost, threads=True)
        assert list(results) == list(range(1, 701))


def test_an_output_at_an_address_needs_no_fork(tmp_path, monkeypatch, watcher):
    pytest.importorskip("fsspec")

    def forbidden():
        raise AssertionError("the parent was forked")

    monkeypatch.setattr(os, "fork", forbidden)
    for each in range(3):
        (tmp_path / f"{each}.html").write_text("---\ntitle: A\nstatus: publish\n---\nWords.\n")
    plan = plan_run([str(tmp_path)], "memory://threads", RunOptions(jobs=1))
    assert run(plan, watcher).written == 3


def test_a_worker_whose_answer_has_no_room_costs_one_task():
    results = list(run_tasks(no_room, range(6), 1, Limits(megabytes=1000), lost))
    task, reason = results.pop(3)
    assert (task, results) == (3, [0, 1, 2, 4, 5])
    assert "needs more than 1000 MB of memory" in reason


def test_the_reasons_are_sentences():
    assert "SIGKILL" in give_up_reason("SIGKILL", Limits())


@pytest.mark.skipif(sys.version_info < (3, 12), reason="older Pythons do not warn")
def test_no_warning_reaches_a_terminal(tmp_path):
    for each in range(3):
        (tmp_path / f"{each}.html").write_text("---\ntitle: A\nstatus: publish\n---\nWords.\n")
    words = [sys.executable, "-W", "error", "-m", "wpmigrate", "convert", "-q", str(tmp_path), "memory://out"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
