"""A real cluster on this computer: a scheduler, and workers that are processes of their own and may be killed."""

from __future__ import annotations

import os
import shutil
import signal
from functools import partial
from pathlib import Path
from unittest.mock import ANY

import dask
import msgspec
import pytest
from distributed import LocalCluster

import wpmigrate
from wpmigrate.errors import UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner import cluster as cluster_module
from wpmigrate.runner.cluster import connect_cluster, open_cluster
from wpmigrate.runner.cluster_kit import FUNCTION, INDEX, Kit, load_function
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.records import Done, Job, Loaded, Record, SourceRef
from wpmigrate.runner.verify_run import options_of, verify_run

FIXTURES = Path(__file__).parents[1] / "fixtures"


class Code:
    """A function that can be sent to a process which does not know this file."""

    def __init__(self, text):
        self.text = text

    def __reduce__(self):
        return eval, (self.text,)


ECHO = Code("lambda part: part.data.decode()")
MOODY = Code(
    "lambda part: __import__('os')._exit(7) if b'crash' in part.data else "
    "__import__('time').sleep(60) if b'hang' in part.data else part.data.decode()"
)


@pytest.fixture(scope="module")
def local():
    """A scheduler that gives a task up when two workers died of it, and two workers that are started again."""
    with (
        dask.config.set(
            {
                "distributed.scheduler.allowed-failures": 1,
                "distributed.deploy.lost-worker-timeout": "1h",  # else it takes one that dies twice for lost
            }
        ),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def cluster(local, monkeypatch):
    """A connection to it. That the code is the same everywhere is not looked at, since somebody may edit it meanwhile."""
    monkeypatch.setattr(cluster_module, "code_digest", lambda: ANY)
    local.scale(2)
    with open_cluster(local.scheduler_address) as connected:
        yield connected


def part(data, number=0):
    return Loaded(Job("", "", f"p{number}", f"p{number}", f"p{number}"), data)


def parts(*texts):
    return [part(text.encode(), number) for number, text in enumerate(texts)]


def gave_up(part, reason):
    return f"{part.job.label}: {reason}"


def done(text):
    return Done(Record(SourceRef(text), "skipped"))


def test_results_come_in_order(cluster):
    texts = [str(number) for number in range(100)]
    assert [*cluster.run(ECHO, parts(*texts), gave_up, 60)] == texts


def test_what_is_done_passes_by(cluster):
    given = [done("a"), *parts("1", "2"), done("b"), done("c"), *parts("3")]
    results = [*cluster.run(ECHO, given, gave_up, 60)]
    assert results == [given[0], "1", "2", given[3], given[4], "3"]
    assert [*cluster.run(ECHO, [done(str(n)) for n in range(3000)], gave_up, 60)][-1] == done("2999")
    assert [*cluster.run(ECHO, [], gave_up, 60)] == []


def test_parts_are_taken_as_they_are_needed(cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "_AHEAD", 24)
    taken = []

    def stream():
        for number in range(200):
            taken.append(number)
            yield part(b"x", number)

    results = cluster.run(ECHO, stream(), gave_up, 60)
    for seen, _ in enumerate(results, start=1):
        assert len(taken) <= seen + 24 + 2 * 8


def test_large_entries_are_not_gathered(cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "_AHEAD_BYTES", 1 << 20)
    large = "x" * (1 << 20)
    assert [len(text) for text in cluster.run(ECHO, parts(*[large] * 6), gave_up, 60)] == [1 << 20] * 6


def test_who_crashes_is_given_up_and_its_neighbours_are_not(cluster):
    texts = [*map(str, range(10)), "crash", *map(str, range(10, 20))]
    results = [*cluster.run(MOODY, parts(*texts), gave_up, 60)]
    bad = results.pop(10)
    assert bad.startswith("p10: its worker ended again and again (KilledWorker)")
    assert results == [*map(str, range(20))]


def test_who_takes_too_long_is_given_up(cluster):
    results = [*cluster.run(MOODY, parts("1", "hang", "2"), gave_up, 1)]
    assert results[0] == "1" and results[2] == "2"
    assert "longer than 1 seconds" in results[1]


def test_an_error_of_the_function_is_told(cluster):
    results = [*cluster.run(Code("lambda part: 1 // 0"), parts("1"), gave_up, 60)]
    assert results == [
        "p0: the cluster could not do it (ZeroDivisionError: integer division or modulo by zero)"
    ]


def test_a_worker_that_comes_later_is_sent_the_kit(cluster, local):
    results = cluster.run(
        Code("lambda part: __import__('os').getpid()"), (part(b"x") for _ in range(3000)), gave_up, 60
    )
    seen = {next(results)}
    local.scale(3)
    seen.update(results)
    assert len(seen) >= 2
    assert all(isinstance(pid, int) for pid in seen)


def test_nothing_stays_on_the_workers(cluster):
    assert [*cluster.run(ECHO, parts("1"), gave_up, 60)] == ["1"]
    kits = cluster._client.run(
        lambda dask_worker: [
            name for name in os.listdir(dask_worker.local_directory) if name.startswith("wpmigrate-")
        ]
    )
    assert not any(kits.values())


def test_a_run_that_is_broken_off_cancels_its_tasks(cluster):
    results = cluster.run(ECHO, parts(*"abcdefgh" * 9), gave_up, 60)
    assert next(results) == "a"
    results.close()
    assert [*cluster.run(ECHO, parts("1"), gave_up, 60)] == ["1"]


def test_another_version_on_a_worker_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(wpmigrate, "__version__", "9.9.9")
    with pytest.raises(UsageError, match=r"has wpmigrate [\d.]+, and here is 9\.9\.9"):
        [*cluster.run(ECHO, parts("1"), gave_up, 60)]


def test_another_build_on_a_worker_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "code_digest", lambda: "other")
    with pytest.raises(UsageError, match="another build"):
        [*cluster.run(ECHO, parts("1"), gave_up, 60)]


def test_a_worker_without_wpmigrate_is_refused(cluster, monkeypatch):
    from importlib.metadata import version

    monkeypatch.setattr("wpmigrate.runner.cluster_checks.version", lambda name: version("no-such-package"))
    with pytest.raises(UsageError, match="has no wpmigrate: pip install"):
        [*cluster.run(ECHO, parts("1"), gave_up, 60)]


def test_nobody_answers(monkeypatch):
    monkeypatch.setattr(cluster_module, "_ANSWER", 0.5)
    with pytest.raises(UsageError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        connect_cluster("tcp://127.0.0.1:9")


@pytest.mark.parametrize("address", ["nonsense", "tcp://host", "host:", ":8786", "tcp://host:port"])
def test_an_address_without_a_port_is_none(address):
    with pytest.raises(UsageError, match="such as tcp://host:8786"):
        connect_cluster(address)


def test_no_worker(monkeypatch):
    monkeypatch.setattr(cluster_module, "_PATIENCE", 0.3)
    with LocalCluster(n_workers=0, dashboard_address=":0", silence_logs=50) as empty:
        address = empty.scheduler_address
        with pytest.raises(UsageError, match=f"the scheduler {address} has no worker"):
            connect_cluster(address)


def test_all_workers_go(monkeypatch):
    monkeypatch.setattr(cluster_module, "_PATIENCE", 0.5)
    monkeypatch.setattr(cluster_module, "_LOOK_EVERY", 0.1)
    with LocalCluster(n_workers=1, dashboard_address=":0", silence_logs=50) as small:
        monkeypatch.setattr(cluster_module, "_PATIENCE", 20)
        connected = connect_cluster(small.scheduler_address)
        results = connected.run(ECHO, (part(b"x", number) for number in range(50_000)), gave_up, 60)
        assert next(results) == "x"
        monkeypatch.setattr(cluster_module, "_PATIENCE", 0.5)
        small.scale(0)
        with pytest.raises(OSError, match="all workers are gone"):
            list(results)
        connected.close()


def test_dask_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'wpmigrate\[cluster\]'"):
        connect_cluster("tcp://127.0.0.1:9")


def test_the_kit_has_no_path_of_the_parent(tmp_path):
    from wpmigrate.runner.index import Index

    (tmp_path / "ours").write_bytes(b"0123456789")
    kit = Kit(partial(print, Index(str(tmp_path / "ours"))))
    folder = tmp_path / "theirs"
    folder.mkdir()
    for name, data, offset, last in kit.blocks(4):
        with open(folder / name, "ab") as file:
            assert file.tell() == offset
            file.write(data)
        assert last == (name == INDEX and offset == 8) or name == FUNCTION
    assert (folder / INDEX).read_bytes() == b"0123456789"
    assert load_function(str(folder)).args[0].path == str(folder / INDEX)
    assert load_function(str(tmp_path)) is None


@pytest.fixture
def source(tmp_path):
    """An export and pages."""
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(FIXTURES / "wxr" / "garden.xml", folder)
    for number in range(80):
        text = f"---\ntitle: Page {number}\nid: {number + 900}\n---\n<p>Words of {number}, <a href='/?p={900}'>on</a></p>\n"
        (folder / f"p{number}.html").write_text(text)
    (folder / "bad.html").write_text("no front matter")
    return folder


def convert(source, output, watcher, **options):
    return run(plan_run([str(source)], str(output), RunOptions(**options)), watcher)


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".wpmigrate.sqlite"
    }


def test_the_tree_is_that_of_a_local_run(source, tmp_path, watcher, local, cluster):
    scheduler = local.scheduler_address
    alone = convert(source, tmp_path / "a", watcher, jobs=1)
    assert convert(source, tmp_path / "b", watcher, scheduler=scheduler) == alone
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    before = watcher.unchanged
    convert(source, tmp_path / "b", watcher, jobs=1)  # what a cluster wrote is known to a local run
    assert watcher.unchanged - before == alone.written


def test_verify_on_a_cluster(source, tmp_path, watcher, local, cluster):
    convert(source, tmp_path / "out", watcher, jobs=1)
    (tmp_path / "out" / "p7.md").write_text("---\ntitle: Page 7\n---\n\nWords are gone\n")
    records = {}
    for scheduler in ("", local.scheduler_address):
        options = options_of(str(tmp_path / "out"), 1)
        plan = plan_run(
            [str(source)], str(tmp_path / "out"), msgspec.structs.replace(options, scheduler=scheduler)
        )
        records[scheduler] = [*verify_run(plan, watcher)]
    here, there = records.values()
    assert here == there
    assert {r.source.path for r in here if r.status == "failed"} == {"p7.html"}


def test_from_memory_to_memory(source, tmp_path, watcher, local, cluster):
    from fsspec.implementations.memory import MemoryFileSystem

    from wpmigrate.runner.fetch import local_places

    files = MemoryFileSystem()
    files.store.clear()
    for path in source.iterdir():
        files.pipe_file(f"/in/{path.name}", path.read_bytes())
    with local_places(["memory://in"], "memory://out") as places:
        options = RunOptions(scheduler=local.scheduler_address)
        run(plan_run(places.inputs, places.output, options), watcher)
    convert(source, tmp_path / "out", watcher, jobs=1)
    made = {name.removeprefix("/out/"): files.cat_file(name) for name in files.find("/out")}
    del made[".wpmigrate.sqlite"]
    assert made == tree(tmp_path / "out")
    files.store.clear()


class Killer:
    """Watches a run, and kills a worker in its midst."""

    def __init__(self, watcher, pids):
        self._watcher = watcher
        self._pids = pids

    def __getattr__(self, name):
        return getattr(self._watcher, name)

    def entry(self, record, unchanged):
        self._watcher.entry(record, unchanged)
        if self._pids and len(self._watcher.records) >= 5:
            os.kill(self._pids.pop(), signal.SIGKILL)


def test_a_worker_that_is_killed_costs_nothing(source, tmp_path, watcher, local, cluster, monkeypatch):
    monkeypatch.setattr(cluster_module, "_CHUNK", 2)
    alone = convert(source, tmp_path / "a", watcher, jobs=1)
    watcher.records.clear()
    killer = Killer(watcher, [*cluster._client.run(os.getpid).values()][:1])
    assert convert(source, tmp_path / "b", killer, scheduler=local.scheduler_address) == alone
    assert not killer._pids
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
