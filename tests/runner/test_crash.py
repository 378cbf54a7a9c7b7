"""A run that is killed leaves no half file, and the next one finishes the rest without doing the done part again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner import fingerprint
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.state import State

GARDEN = (Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml").read_text(encoding="utf-8")
COUNT = 120
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
sys.argv = ["wpmigrate", "convert", "--jobs", "1", "--quiet", "--to", "markdown", *{paths!r}]
from wpmigrate.cli import main
main()
"""


@pytest.fixture
def export(tmp_path):
    """A site of many posts."""
    head, first, *_ = GARDEN.split("\t<item>")
    items = [
        first.replace("digging-the-beds", f"post-{number}").replace("_id>10<", f"_id>{1000 + number}<")
        for number in range(COUNT)
    ]
    path = tmp_path / "site.xml"
    path.write_text(head + "".join("\t<item>" + item for item in items) + "</channel>\n</rss>\n")
    return path


def finish(export, out, watcher):
    """Run to the end in this process and return the report."""
    fingerprint.code_digest.cache_clear()  # that of the process that was killed, also while somebody edits the code
    run(plan_run([str(export)], str(out), RunOptions(jobs=1, to=("markdown",))), watcher)
    return json.loads((out / "report.json").read_bytes())


def known(out):
    """Return the output paths that the state knows."""
    state = State(str(out))
    lines = [line for _, line in state.entries("garden.example")]
    state.close()
    return [path for line in lines for path in json.loads(line)["outputs"]]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("after", [1, 30, 90])
def test_killed_at_any_moment(export, tmp_path, watcher, after):
    out = tmp_path / "out"
    words = ["convert", "-q", "--jobs", "1", "--to", "markdown", str(export), str(out)]
    process = subprocess.Popen([sys.executable, "-c", "from wpmigrate.cli import main; main()", *words])
    while process.poll() is None and len([*out.glob("post/*.md")]) < after:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.2)  # the worker is at its last task
    assert not (out / "report.json").exists()
    done = known(out)
    assert len(done) >= after - 10, "what is written is remembered"
    written = {path: path.stat().st_mtime_ns for path in out.glob("post/*.md")}
    assert all(path.read_text().startswith("---\n") for path in written)
    report = finish(export, out, watcher)
    assert report["totals"]["written"] == COUNT
    assert watcher.unchanged >= len(done)
    assert {path: path.stat().st_mtime_ns for path in written} == written, "nothing is written twice"
    names = {path.name for path in out.iterdir()}
    assert {".wpmigrate.sqlite", "report.json"} <= names
    assert not [name for name in names if name.endswith((".tmp", "-wal", "-shm"))]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_when_all_was_written(export, tmp_path, watcher):
    out = tmp_path / "out"
    finish(export, out, watcher)
    words = "import os, sys; from wpmigrate.runner.state import State; state = State(sys.argv[1])"
    words += "; state.put('', state.get('')); os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", words, str(out)])
    assert (out / ".wpmigrate.sqlite-wal").exists()
    finish(export, out, watcher)
    assert not [path for path in out.iterdir() if path.name.endswith(("-wal", "-shm"))]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits")
@pytest.mark.parametrize("size", [2_000, 30_000, 90_000])
def test_a_disk_without_room(export, tmp_path, watcher, size):
    out = tmp_path / "out"
    code = LIMITED.format(size=size, paths=[str(export), str(out)])
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert not (out / "report.json").exists()
    assert all(path.read_text().startswith("---\n") for path in out.glob("**/*.md"))
    assert finish(export, out, watcher)["totals"]["written"] == COUNT
