"""Writing is whole or not at all, and never over what is not ours."""

from __future__ import annotations

import os

import pytest

from wpmigrate.model import OutputFile
from wpmigrate.runner.files import (
    read_bytes,
    read_outputs,
    refusal,
    remove_stale,
    sha256,
    write_atomic,
    write_outputs,
)


def page(data=b"new", path="a/b.md"):
    return OutputFile(path, "markdown", data)


def test_folders_are_made_and_nothing_else_is_left(tmp_path):
    write_outputs(str(tmp_path), [page()], {})
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()] == [
        "a/b.md"
    ]
    assert (tmp_path / "a/b.md").read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file(tmp_path):
    target = tmp_path / "x"
    target.write_bytes(b"old")

    def parts():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_atomic(str(target), parts())
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["x"]


def test_what_an_interrupted_run_left_is_cleaned_up_by_the_next(tmp_path):
    class Killed(BaseException):
        pass

    def parts():
        yield b"half"
        raise Killed

    with pytest.raises(Killed):
        write_atomic(str(tmp_path / "x"), parts())
    write_atomic(str(tmp_path / "x"), [b"whole"])
    assert os.listdir(tmp_path) == ["x"]


def test_an_equal_file_is_not_touched(tmp_path):
    write_outputs(str(tmp_path), [page()], {})
    before = os.stat(tmp_path / "a/b.md")
    write_outputs(str(tmp_path), [page()], read_outputs(str(tmp_path), ["a/b.md"]))
    after = os.stat(tmp_path / "a/b.md")
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize(
    ("there", "known", "word"),
    [
        (None, {}, ""),
        (b"new", {}, ""),
        (b"old", {"a/b.md": sha256(b"old")}, ""),
        (b"old", {}, "not written by wpmigrate"),
        (b"edited", {"a/b.md": sha256(b"old")}, "was edited since"),
    ],
    ids=["nothing there", "the same bytes", "ours", "somebody's", "edited"],
)
def test_what_may_be_replaced(there, known, word):
    reason = refusal([page()], {"a/b.md": there}, known)
    assert word in reason
    assert bool(word) == bool(reason)
    assert not reason or ("a/b.md" in reason and "--force" in reason)


def test_stale_files_go_but_edited_ones_stay(tmp_path):
    for name in ("ours.md", "edited.md", "current.md"):
        (tmp_path / name).write_bytes(b"x")
    known = {name: sha256(b"x") for name in ("ours.md", "edited.md", "current.md", "gone.md")}
    (tmp_path / "edited.md").write_bytes(b"y")
    assert remove_stale(str(tmp_path), known, ["current.md"]) == (["ours.md"], ["edited.md"])
    assert sorted(os.listdir(tmp_path)) == ["current.md", "edited.md"]


@pytest.mark.parametrize("path", ["../victim", "/etc/victim", "a/../../victim", "a\\..\\..\\victim"])
def test_a_damaged_state_cannot_remove_files_elsewhere(tmp_path, path):
    output = tmp_path / "out"
    (output / "a").mkdir(parents=True)
    (tmp_path / "victim").write_bytes(b"x")
    assert remove_stale(str(output), {path: sha256(b"x")}, []) == ([], [])
    assert (tmp_path / "victim").exists()


def test_a_missing_file_reads_as_none(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert read_bytes(str(tmp_path / "no")) is None
    assert read_bytes(str(tmp_path / "file" / "below")) is None
