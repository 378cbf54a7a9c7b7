"""Copies of uploads: what is in them, and what is not touched."""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import unicodedata
import zipfile

import pytest

from wpmigrate.errors import UsageError
from wpmigrate.runner.media import take
from wpmigrate.runner.media.uploads import BROKEN, check_uploads, walk_uploads


def read(path):
    """Return path -> bytes, or the reason, of a copy."""
    found = {}
    for upload, opener in walk_uploads(str(path)):
        if upload.reason:
            found[upload.path] = upload.reason
        else:
            with opener() as stream:
                found[upload.path] = stream.read()
    return found


def tar(path, *members, mode="w:gz"):
    with tarfile.open(path, mode) as archive:
        for name, data, kind in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = (
                kind,
                "/etc/passwd" if kind != tarfile.REGTYPE else "",
                len(data),
            )
            archive.addfile(member, io.BytesIO(data))
    return path


@pytest.mark.parametrize("top", ["", "uploads/", "wp-content/uploads/", "site/wp-content/uploads/"])
def test_a_folder_is_walked_below_its_uploads(tmp_path, top):
    for name in ("2020/01/a.jpg", "2020/02/b.jpg"):
        (tmp_path / top / name).parent.mkdir(parents=True)
        (tmp_path / top / name).write_text(name)
    assert read(tmp_path) == {"2020/01/a.jpg": b"2020/01/a.jpg", "2020/02/b.jpg": b"2020/02/b.jpg"}


def test_links_out_of_the_folder_are_refused(tmp_path):
    (tmp_path / "secret").write_text("s")
    up = tmp_path / "up"
    up.mkdir()
    (up / "a.jpg").write_text("a")
    (up / "in.jpg").symlink_to("a.jpg")
    (up / "out.jpg").symlink_to(tmp_path / "secret")
    (up / "gone.jpg").symlink_to("nowhere")
    (up / "loop").symlink_to(up)
    os.mkfifo(up / "pipe.jpg")
    found = read(up)
    assert found["a.jpg"] == found["in.jpg"] == b"a"
    assert "leads out" in found["out.jpg"]
    assert "cannot be read" in found["gone.jpg"]
    assert found["pipe.jpg"] == "not a file"
    assert "loop/a.jpg" not in found


def test_names_that_lead_elsewhere_are_refused(tmp_path):
    names = ["../../a.jpg", "/etc/a.jpg", "C:\\a.jpg", "ok/../../a.jpg", "ok.jpg"]
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    tar(tmp_path / "t", *((name, b"x", tarfile.REGTYPE) for name in names))
    for found in (read(tmp_path / "z"), read(tmp_path / "t")):
        assert [path for path, data in found.items() if data == b"x"] == ["ok.jpg"]
        assert len(found) == len(names)


def test_links_in_archives_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        member = zipfile.ZipInfo("a.jpg")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    tar(
        tmp_path / "t",
        ("a.jpg", b"", tarfile.SYMTYPE),
        ("b.jpg", b"", tarfile.LNKTYPE),
        ("c.jpg", b"", tarfile.CHRTYPE),
    )
    assert read(tmp_path / "z") == {"a.jpg": "a link, not a file"}
    assert set(read(tmp_path / "t").values()) == {"a link, not a file", "not a file"}


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_in_every_packing(tmp_path, mode):
    tar(
        tmp_path / "t",
        *((f"2020/{number}.jpg", b"x" * number, tarfile.REGTYPE) for number in range(50)),
        mode=mode,
    )
    assert read(tmp_path / "t") == {f"2020/{number}.jpg": b"x" * number for number in range(50)}


def test_names_are_in_one_spelling(tmp_path):
    name = unicodedata.normalize("NFD", "2020/ä.jpg")
    tar(tmp_path / "t", (name, b"x", tarfile.REGTYPE))
    with zipfile.ZipFile(tmp_path / "z", "w") as archive:
        member = zipfile.ZipInfo("2020/ä.jpg")
        archive.writestr(member, "x")
    data = (tmp_path / "z").read_bytes()  # without the flag that says that names are UTF-8
    (tmp_path / "z").write_bytes(data.replace(b"\x00\x08\x00\x00", b"\x00\x00\x00\x00"))
    assert [*read(tmp_path / "t")] == [*read(tmp_path / "z")] == ["2020/ä.jpg"]


@pytest.mark.parametrize("data", [b"plain words", b"\x28\xb5\x2f\xfd" + b"x" * 100, b""])
def test_what_is_no_copy_is_told(tmp_path, data):
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(UsageError):
        check_uploads(str(tmp_path / "x"))


def test_what_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        check_uploads(str(tmp_path / "x"))


def test_a_damaged_archive_gives_what_comes_before(tmp_path):
    tar(tmp_path / "t", *((f"{number}.jpg", os.urandom(5000), tarfile.REGTYPE) for number in range(20)))
    data = (tmp_path / "t").read_bytes()
    (tmp_path / "t").write_bytes(data[: len(data) // 2])
    found = []
    with pytest.raises(BROKEN):
        found += (upload.path for upload, _ in walk_uploads(str(tmp_path / "t")))
    assert found[0] == "0.jpg"


def test_many_members_are_not_remembered(tmp_path, monkeypatch):
    tar(tmp_path / "t", *((f"{number}.jpg", b"", tarfile.REGTYPE) for number in range(300)), mode="w")
    archives = []
    real = tarfile.open
    monkeypatch.setattr(
        tarfile, "open", lambda *args, **more: archives.append(real(*args, **more)) or archives[-1]
    )
    assert sum(1 for _ in walk_uploads(str(tmp_path / "t"))) == 300
    assert len(archives[-1].members) < 3


def test_a_source_that_is_cut_off_is_no_file():
    source = take._Source(io.BytesIO(b"half"), 8, None)
    with pytest.raises(OSError, match="cut off"):
        source.digest()


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path):
    from wpmigrate.runner.unpack import Bomb, Room

    source = take._Source(io.BytesIO(bytes(3 << 20)), 3 << 20, Room(1, 1 << 20))
    with pytest.raises(Bomb):
        source.digest()


def test_a_gzip_of_something_else_is_no_copy(tmp_path):
    (tmp_path / "x.gz").write_bytes(gzip.compress(b"words" * 1000))
    with pytest.raises(UsageError):
        check_uploads(str(tmp_path / "x.gz"))
