"""A run that is killed again and again, at whatever it is, with all its processes: nothing is half, and the next one goes on."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

GARDEN = (Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml").read_text(encoding="utf-8")
COUNT = 70
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")


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


def start(export, out):
    words = ["convert", "-q", "--jobs", "2", str(export), str(out)]
    return subprocess.Popen(
        [sys.executable, "-c", "from wpmigrate.cli import main; main()", *words],
        start_new_session=True,
        env={**os.environ, "TMPDIR": str(export.parent)},
    )


def check_whole(out):
    """No file that a reader would take for one of ours is half."""
    for path in out.rglob("[!.]*.*"):
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        assert path.suffix != ".md" or path.read_text().startswith("---\n"), path


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_again_and_again(export, tmp_path, seed):
    out, draw = tmp_path / "out", random.Random(seed)
    for files in [0, *sorted(draw.sample(range(1, 5 * COUNT), 2)), 5 * COUNT + draw.randrange(1, 12)]:
        process = start(export, out)
        while process.poll() is None and len([*out.rglob("[!.]*.*")]) < files:
            time.sleep(0.002)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        check_whole(out)
    done = {path: path.stat().st_mtime_ns for path in out.glob("post/*.md")}
    assert start(export, out).wait() == 0
    report = json.loads((out / "report.json").read_bytes())
    assert report["totals"]["written"] == COUNT
    check_whole(out)
    assert len([path for path in done if path.stat().st_mtime_ns == done[path]]) == len(done), "nothing is written twice"
    assert not [path for path in out.rglob("*") if path.name.endswith((".tmp", "-wal", "-shm"))]
