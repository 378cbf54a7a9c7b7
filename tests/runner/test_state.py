"""The state survives interruptions and says the same after the same run."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from wpmigrate.errors import UsageError
from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.fingerprint import fingerprint
from wpmigrate.runner.plan import STATE_NAME
from wpmigrate.runner.records import Previous, Record, SourceRef
from wpmigrate.runner.state import (
    Seen,
    State,
    encode_line,
    parse_previous,
    record_options,
    recorded_inputs,
    recorded_options,
)
from wpmigrate.runner.state_file import OLD_NAME


def line(stem, source="s"):
    return encode_line(
        Previous(stem, source, "f", {f"{stem}.md": "h"}, Record(SourceRef(f"{stem}.html"), "written"))
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / STATE_NAME


@pytest.fixture
def old(tmp_path):
    return tmp_path / OLD_NAME


def kept(tmp_path, *stems):
    """Return those of ``stems`` that the state has, as a later run sees it."""
    state = State(str(tmp_path))
    try:
        return [stem for stem in stems if state.get(stem) == line(stem)]
    finally:
        state.close()


def test_lines_come_back(tmp_path):
    state = State(str(tmp_path))
    state.put("a", line("a"))
    assert state.get("a") == line("a")
    state.close()
    assert parse_previous(State(str(tmp_path)).get("a")).outputs == {"a.md": "h"}
    assert State(str(tmp_path)).get("b") is None


def test_a_killed_process_has_lost_nothing_and_the_next_one_goes_on(tmp_path):
    words = f"""
        import os
        from wpmigrate.runner.state import State
        state = State({str(tmp_path)!r})
        for number in range(100):
            state.put(f"s{{number}}", b"line", "site")
        os.kill(os.getpid(), 9)
    """
    assert subprocess.run([sys.executable, "-c", textwrap.dedent(words)]).returncode == -9
    reader = State(str(tmp_path))
    assert len(reader) == 100
    reader.close()
    state = State(str(tmp_path))
    state.put("a", line("a"))
    assert [stem for stem, _ in state.entries("site")] == sorted(f"s{number}" for number in range(100))
    state.close()
    assert [path.name for path in tmp_path.iterdir()] == [STATE_NAME]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_a_killed_process_left_is_taken_in_also_by_one_that_has_nothing_to_say(tmp_path):
    words = f"""
        import os
        from wpmigrate.runner.state import State
        State({str(tmp_path)!r}).put("a", b"line")
        os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(words)])
    State(str(tmp_path)).close()
    assert (tmp_path / f"{STATE_NAME}-wal").exists(), "who only reads changes nothing"
    state = State(str(tmp_path))
    state.settle()
    state.close()
    assert [path.name for path in tmp_path.iterdir()] == [STATE_NAME]
    assert State(str(tmp_path)).get("a") == b"line"


def test_two_runs_at_once_are_told(tmp_path):
    first = State(str(tmp_path))
    first.put("a", line("a"))
    second = [sys.executable, "-c", f"from wpmigrate.runner.state import State; State({str(tmp_path)!r})"]
    told = subprocess.run(second, capture_output=True, text=True)
    assert "another run is writing" in told.stderr
    first.close()
    assert subprocess.run(second).returncode == 0


def test_nothing_new_touches_nothing(tmp_path, file):
    state = State(str(tmp_path))
    state.put("a", line("a"))
    state.put_file("site.json", "d")
    state.close()
    before = file.stat()
    state = State(str(tmp_path))
    state.forget("unknown")
    state.put_file("site.json", "d")
    assert state.get("a") == line("a")
    state.close()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir()] == [STATE_NAME]


def test_nothing_to_say_makes_no_file(tmp_path, file):
    State(str(tmp_path)).close()
    assert not file.exists()


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + bytes(100)])
def test_a_damaged_file_is_one_that_was_never_written(tmp_path, file, damage):
    file.write_bytes(damage)
    assert len(State(str(tmp_path))) == 0
    state = State(str(tmp_path))
    state.put("a", line("a"))
    state.close()
    assert kept(tmp_path, "a") == ["a"]


def test_forgotten_lines_go(tmp_path):
    state = State(str(tmp_path))
    for stem in "ab":
        state.put(stem, line(stem))
    state.forget("a")
    state.close()
    assert kept(tmp_path, "a", "b") == ["b"]


def test_entries_of_a_site_may_be_forgotten_while_they_are_walked(tmp_path):
    state = State(str(tmp_path))
    stems = [f"s{number:04}" for number in range(1200)]
    for stem in stems:
        state.put(stem, b"x", "one" if stem < "s1100" else "other")
    walked = []
    for stem, _ in state.entries("one"):
        walked.append(stem)
        state.forget(stem)
    assert walked == stems[:1100]
    assert len(state) == 100


def test_the_files_of_the_site(tmp_path):
    state = State(str(tmp_path))
    state.put_file("site.json", "one")
    state.put_file("site.json", "two")
    state.put_file("b", "three")
    assert (state.file("site.json"), state.file("c")) == ("two", "")
    assert [*state.files()] == [("b", "three"), ("site.json", "two")]
    state.forget_file("b")
    assert [*state.files()] == [("site.json", "two")]


def test_an_older_versions_state_is_read_and_taken_over_once(tmp_path, file, old):
    old.write_bytes(line("a", "old") + b"\n" + line("a") + b"\n" + line("b") + b"\n")
    assert kept(tmp_path, "a", "b") == ["a", "b"]
    assert old.exists() and not file.exists(), "reading writes nothing"
    state = State(str(tmp_path))
    state.put("c", line("c"))
    state.close()
    assert kept(tmp_path, "a", "b", "c") == ["a", "b", "c"]
    assert not old.exists()


@pytest.mark.parametrize("cut", range(1, 40, 5))
def test_an_older_versions_line_cut_off_is_a_line_not_written(tmp_path, old, cut):
    old.write_bytes(line("a") + b"\n" + line("b")[:-cut])
    assert kept(tmp_path, "a", "b") == ["a"]


def test_an_older_versions_damage_is_passed_over(tmp_path, old):
    old.write_bytes(b"\xff\xfe not json\n" + line("a") + b"\n[]\n{}\n")
    assert kept(tmp_path, "a") == ["a"]
    assert parse_previous(b'{"stem": "a"}') is None


def test_stems_that_were_seen():
    seen = Seen()
    seen.add("a")
    seen.add("a")
    assert ("a" in seen, "b" in seen) == (True, False)
    seen.close()


def test_how_convert_ran_is_remembered(tmp_path):
    options = RunOptions(to=("markdown",), jobs=7, force=True)
    state = State(str(tmp_path))
    assert recorded_options(state) is None
    record_options(state, options)
    state.close()
    found = recorded_options(State(str(tmp_path)))
    assert found.to == ("markdown",)
    assert (found.jobs, found.force) == (0, False), "how it ran, not what it made"


def test_the_fingerprint_follows_what_the_bytes_depend_on():
    base = fingerprint(RunOptions(), Site())
    assert fingerprint(RunOptions(jobs=3, force=True, strict=True), Site()) == base
    assert fingerprint(RunOptions(to=("json",)), Site()) != base
    assert fingerprint(RunOptions(), Site(linked_fragments=frozenset("a"))) != base
    assert fingerprint(RunOptions(), Site(hosts=frozenset("ab"))) == fingerprint(
        RunOptions(), Site(hosts=frozenset("ba"))
    )


def test_a_state_that_breaks_in_the_middle_says_what_to_do(tmp_path, file):
    state = State(str(tmp_path))
    for number in range(400):
        state.put(f"a{number:03}", line(f"a{number:03}"))
    state.close()
    data = bytearray(file.read_bytes())
    data[-12288:] = b"\xff" * 12288
    file.write_bytes(data)
    state = State(str(tmp_path))
    with pytest.raises(UsageError, match=r"wpmigrate\.sqlite is damaged .* remove it and run again"):
        [state.get(f"a{number:03}") for number in range(400)]


def test_who_reads_is_told_of_a_run_that_begins(tmp_path):
    """On a file system without locks of folders."""
    first = State(str(tmp_path))
    first.put("a", line("a"))
    first.close()
    reader = State(str(tmp_path))
    reader._database.execute("PRAGMA busy_timeout = 10")
    words = f"""
        import sys
        from wpmigrate.runner.state import State
        state = State({str(tmp_path)!r})
        state.put("b", b"line")
        print("ready", flush=True)
        sys.stdin.read()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(words)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        with pytest.raises(UsageError, match="another run is writing"):
            reader.get("a")
        writer.stdin.close()


def test_paths_that_are_not_utf_8_come_back(tmp_path):
    state = State(str(tmp_path))
    inputs, uploads = ("/tmp/caf\udce9", "/tmp/café"), ("/up\udcff",)
    record_options(state, RunOptions(uploads=uploads), inputs, "/r\udce9.json")
    state.close()
    state = State(str(tmp_path))
    assert recorded_inputs(state) == (inputs, "/r\udce9.json")
    assert recorded_options(state).uploads == uploads
    state.close()
