"""The state survives interruptions and says the same after the same run."""

from __future__ import annotations

import pytest

from wpmigrate.model import Site
from wpmigrate.options import RunOptions
from wpmigrate.runner.plan import STATE_NAME
from wpmigrate.runner.records import Previous, Record, SourceRef
from wpmigrate.runner.state import (
    State,
    encode_line,
    fingerprint,
    parse_previous,
    record_options,
    recorded_options,
)


def line(stem, source="s"):
    return encode_line(
        Previous(stem, source, "f", {f"{stem}.md": "h"}, Record(SourceRef(f"{stem}.html"), "written"))
    )


@pytest.fixture
def file(tmp_path):
    return tmp_path / STATE_NAME


def test_lines_come_back(tmp_path):
    state = State(str(tmp_path))
    state.put("a", line("a"))
    assert state.get("a") == line("a")
    state.close()
    assert parse_previous(State(str(tmp_path)).get("a")).outputs == {"a.md": "h"}
    assert State(str(tmp_path)).get("b") is None


def test_lines_are_on_disk_before_the_run_ends(tmp_path, file):
    State(str(tmp_path)).put("a", line("a"))
    assert file.read_bytes() == line("a") + b"\n"


def test_the_last_line_of_a_stem_counts(tmp_path, file):
    file.write_bytes(line("a", "old") + b"\n" + line("a", "new") + b"\n")
    assert parse_previous(State(str(tmp_path)).get("a")).source == "new"


def test_the_order_of_work_does_not_show(tmp_path, file):
    for stems in (["b", "a"], ["a", "b"]):
        file.unlink(missing_ok=True)
        state = State(str(tmp_path))
        for stem in stems:
            state.put(stem, line(stem))
        state.close()
        assert file.read_bytes() == line("a") + b"\n" + line("b") + b"\n"


def test_nothing_new_touches_nothing(tmp_path, file):
    file.write_bytes(line("a") + b"\n")
    before = file.stat()
    state = State(str(tmp_path))
    state.forget("unknown")
    state.close()
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("cut", range(1, 40, 5))
def test_a_line_cut_off_is_a_line_not_written(tmp_path, file, cut):
    file.write_bytes(line("a") + b"\n" + line("b")[:-cut])
    state = State(str(tmp_path))
    assert (state.get("a"), state.get("b")) == (line("a"), None)
    state.put("c", line("c"))
    assert state.get("c") == line("c")
    state.close()
    assert file.read_bytes() == line("a") + b"\n" + line("c") + b"\n"


def test_damage_is_passed_over(tmp_path, file):
    file.write_bytes(b"\xff\xfe not json\n" + line("a") + b"\n[]\n{}\n")
    assert State(str(tmp_path)).get("a") == line("a")
    assert parse_previous(b'{"stem": "a"}') is None


def test_forgotten_lines_go(tmp_path, file):
    file.write_bytes(line("a") + b"\n" + line("b") + b"\n")
    state = State(str(tmp_path))
    state.forget("a")
    state.close()
    assert file.read_bytes() == line("b") + b"\n"


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
