"""What a person is told when a run ends otherwise than it should: one line that says what to do, never a traceback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from wpmigrate.cli.trouble import Ended, explain
from wpmigrate.errors import InputError

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
PAGE = "---\ntitle: A\nstatus: publish\n---\nWords.\n"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (InputError("no pages: name a folder"), 2, "Error: no pages: name a folder"),
        (KeyboardInterrupt(), 130, "run the same command again"),
        (Ended(15), 143, "run the same command again"),
        (OSError(28, "No space left on device", "out/x"), 2, "out/x: No space left on device: check"),
        (sqlite3.OperationalError("database or disk is full"), 2, "TMPDIR"),
        (MemoryError(), 2, "--jobs 1"),
        (ZeroDivisionError("x"), 1, "this is our bug: ZeroDivisionError: x"),
    ],
)
def test_each_end_is_a_line(error, code, words) -> None:
    line, found = explain(error)
    assert found == code
    assert words in line
    assert "\n" not in line


def test_our_bug_says_where() -> None:
    try:
        raise LookupError("no such thing")
    except LookupError as error:
        assert "cli/test_trouble.py line" in explain(error)[0]


@pytest.fixture
def command(tmp_path):
    """Start wpmigrate with some words in an empty folder, where ``in/`` has one page."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE)

    def start(*words, **environment):
        return subprocess.Popen(
            [sys.executable, "-m", "wpmigrate", *words],
            cwd=tmp_path,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            preexec_fn=_hear_signals if os.name == "posix" else None,
        )

    return start


def _hear_signals() -> None:
    """Also where the tests run under nohup or in the background, and ignore them."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_who_is_told_to_end_tidies_up(command, tmp_path, number) -> None:
    for each in range(400):
        (tmp_path / "in" / f"b{each}.html").write_text(PAGE)
    run = command("convert", "in", "out", "--jobs", "1")
    while not any((tmp_path / "out").glob("*.md")) and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert b"run the same command again" in said
    assert b"Traceback" not in said
    assert not [path.name for path in (tmp_path / "out").iterdir() if path.name.endswith(".tmp")]
    assert command("convert", "in", "out").wait() == 0


@posix
def test_what_is_ignored_stays_so(command, tmp_path) -> None:
    """Under nohup a closed terminal ends nothing."""
    words = "import signal, os; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(*__import__('sys').argv[1:2], __import__('sys').argv[1:])"
    for each in range(40):
        (tmp_path / "in" / f"b{each}.html").write_text(PAGE)
    run = subprocess.Popen(
        [sys.executable, "-c", words, sys.executable, "-m", "wpmigrate", "convert", "-q", "in", "out"], cwd=tmp_path
    )
    while not (tmp_path / "out").exists() and run.poll() is None:
        time.sleep(0.01)
    run.send_signal(signal.SIGHUP)
    assert run.wait(60) == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="file names are text there")
def test_names_that_are_not_utf_8(command, tmp_path) -> None:
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)
    with open(folder + b"/a.html", "w") as file:
        file.write(PAGE)
    for words in (["convert", b"caf\xe9", b"o\xe9"], ["convert", b"caf\xe9", b"o\xe9"], ["verify", b"caf\xe9", b"o\xe9"]):
        run = command(*words, PYTHONIOENCODING="utf-8:strict")
        out, said = run.communicate()
        assert (run.returncode, b"Traceback" in said) == (0, False), said
        assert b"nothing was lost" in out
    run = command("inspect", b"gone\xe9", PYTHONIOENCODING="latin-1:strict")
    _, said = run.communicate()
    assert run.returncode == 2
    assert b"does not exist" in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")
def test_the_exit_code_stays_where_nothing_can_be_said(tmp_path) -> None:
    with open("/dev/full", "w") as full:
        for words, code in (["nope"], 2), (["convert", "gone", "out"], 2):
            assert subprocess.run([sys.executable, "-m", "wpmigrate", *words], stderr=full, cwd=tmp_path).returncode == code
