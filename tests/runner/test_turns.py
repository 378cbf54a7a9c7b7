"""One run at a time in an output folder: two that know nothing of each other must not share a report, or a page."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from wpmigrate.errors import UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.turns import reading_turn, writing_turn
from wpmigrate.runner.verify_run import verify_run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such locks")


@pytest.fixture
def site(tmp_path, watcher):
    """An input of one page, and where it goes."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text("---\ntitle: A\nstatus: publish\n---\nWords.\n")
    out = str(tmp_path / "out")

    def plan(**options):
        return plan_run([str(tmp_path / "in")], out, RunOptions(jobs=1, **options))

    return plan, out


def test_a_second_run_waits_for_its_turn_and_touches_nothing(site, watcher):
    plan, out = site
    with writing_turn(out):
        half = os.path.join(out, ".wpmigrate-report.json.tmp")
        with open(half, "wb") as file:
            file.write(b"the first run's")
        with pytest.raises(UsageError, match="another run is at work in"):
            run(plan(), watcher)
        with open(half, "rb") as file:
            assert file.read() == b"the first run's"
    assert run(plan(), watcher).written == 1


def test_nobody_writes_while_somebody_verifies(site, watcher):
    plan, out = site
    run(plan(), watcher)
    with reading_turn(out):
        with pytest.raises(UsageError, match="another run"):
            run(plan(), watcher)
        assert [record.status for record in verify_run(plan(), watcher)] == ["written"]
        assert run(plan(dry_run=True), watcher).written == 1
    with writing_turn(out), pytest.raises(UsageError, match="another run"):
        [*verify_run(plan(), watcher)]


def test_a_folder_that_stays_empty_goes_again(tmp_path):
    with writing_turn(str(tmp_path / "new")):
        pass
    assert not (tmp_path / "new").exists()
    (tmp_path / "old").mkdir()
    with writing_turn(str(tmp_path / "old")):
        pass
    assert (tmp_path / "old").exists()


def test_the_turn_ends_with_the_run_and_not_with_its_workers(tmp_path):
    """A killed run may leave a worker that is at its last page."""
    words = (
        "import os, time\n"
        "from wpmigrate.runner.turns import writing_turn\n"
        f"with writing_turn({str(tmp_path)!r}):\n"
        "    if not os.fork():\n"
        "        time.sleep(5)\n"
        "        os._exit(0)\n"
        "    time.sleep(0.5)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", words], check=False)
    with writing_turn(str(tmp_path)):
        pass
