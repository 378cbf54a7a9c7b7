"""The threads of a download, and its manners."""

from __future__ import annotations

import threading

import pytest

from wpmigrate.runner.media.download_hosts import Hosts
from wpmigrate.runner.media.download_pool import in_threads


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("count", [0, 1, 50])
def test_each_item_is_worked_on_once(jobs, count):
    assert sorted(in_threads(range(count), lambda: lambda item: item * 2, jobs)) == [2 * item for item in range(count)]


def test_little_is_taken_ahead():
    taken = []
    results = in_threads((taken.append(item) or item for item in range(1000)), lambda: lambda item: item, 2)
    next(results)
    assert len(taken) <= 5
    results.close()


def test_an_error_of_a_worker_is_raised():
    with pytest.raises(ZeroDivisionError):
        list(in_threads([1, 0, 2], lambda: lambda item: 1 / item, 1))


def test_an_error_in_making_a_worker_is_raised():
    def make():
        raise OSError("no certificates")

    with pytest.raises(OSError, match="no certificates"):
        list(in_threads([1], make, 1))


def test_the_threads_end():
    before = threading.active_count()
    made = [*in_threads(range(9), lambda: lambda item: item, 4)]
    assert len(made) == 9
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon and "_work" in thread.name:
            thread.join(5)
    assert threading.active_count() <= before + 1


def test_a_slow_one_does_not_hold_up_the_others():
    held = threading.Event()
    results = in_threads(range(20), lambda: lambda item: held.wait(20) if item == 0 else item, 2)
    assert sorted(next(results) for _ in range(19)) == list(range(1, 20))
    held.set()
    assert len(list(results)) == 1


def test_a_rate_for_each_host(still_time):
    hosts = Hosts(4, still_time.clock, still_time.sleep)
    for host in ("a", "a", "b", "a"):
        hosts.wait(host)
    assert still_time.slept == [0.25, 0.25]


def test_no_rate_no_wait(still_time):
    hosts = Hosts(0, still_time.clock, still_time.sleep)
    for _ in range(5):
        hosts.wait("a")
    assert still_time.slept == []


def test_a_pause_is_for_everybody(still_time):
    hosts = Hosts(1, still_time.clock, still_time.sleep)
    hosts.pause("a", 30)
    hosts.pause("a", 10)
    hosts.wait("b")
    hosts.wait("a")
    assert still_time.slept == [30]


def test_a_host_is_dead_after_many_silent_files_in_a_row(still_time):
    hosts = Hosts(1, still_time.clock, still_time.sleep)
    for number in range(20):
        hosts.silent("a")
        if number % 5 == 0:
            hosts.answered("a")
    assert not hosts.is_dead("a")
    for _ in range(8):
        hosts.silent("a")
    assert hosts.is_dead("a") and not hosts.is_dead("b")
