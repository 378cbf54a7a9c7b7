"""Exports come out of their archives; tricks and bombs do not."""

from __future__ import annotations

import gzip
import io
import os
import stat
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wpmigrate.runner import unpack
from wpmigrate.runner.plan import Found, Packed
from wpmigrate.runner.spool import spool
from wpmigrate.runner.walk import find_sources

EXPORT = (Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml").read_bytes()
PAGE = b"---\ntitle: A\n---\nwords\n"


@pytest.fixture
def spooled(tmp_path):
    """A function that spools what lies in the input folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "spool").mkdir()
    return lambda: spool([find_sources(str(tmp_path / "in"))], str(tmp_path / "spool"))


def put_zip(tmp_path, name, *members):
    """Write a ZIP archive; a member is (name or ZipInfo, bytes)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a name is there twice
        with zipfile.ZipFile(tmp_path / "in" / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members:
                archive.writestr(member, data)


def contents(into):
    return {file.label: Path(file.plain).read_bytes() for file in into.files}


def reasons(into):
    return {row.path: row.reason for row in into.refused}


@pytest.mark.parametrize("name", ["export.xml", "feed.rss", "site.txt", "site.html", "noending"])
def test_an_export_is_one_under_any_name(tmp_path, spooled, name):
    (tmp_path / "in" / name).write_bytes(EXPORT)
    into = spooled()
    assert [(file.label, file.plain) for file in into.files] == [(name, str(tmp_path / "in" / name))]


def test_compressed_exports_come_out(tmp_path, spooled):
    (tmp_path / "in" / "a.xml.gz").write_bytes(gzip.compress(EXPORT))
    put_zip(tmp_path, "b.data", ("two.xml", EXPORT), ("sub/one.xml", EXPORT), ("readme.txt", b"hello"))
    into = spooled()
    assert contents(into) == dict.fromkeys(["a.xml.gz", "b.data/sub/one.xml", "b.data/two.xml"], EXPORT)
    assert into.ignored == {".txt": 1}
    assert not into.refused


def test_parts_come_in_order_of_their_names(tmp_path, spooled):
    names = [f"site.{number:03}.xml" for number in range(12)]
    put_zip(tmp_path, "parts.zip", *[(name, EXPORT) for name in reversed(names)])
    assert [file.label for file in spooled().files] == [f"parts.zip/{name}" for name in names]


def test_files_of_one_name_are_told_apart(tmp_path):
    found = []
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.xml").write_bytes(EXPORT)
        found.append(find_sources(str(tmp_path / folder)))
    assert [file.label for file in spool(found, str(tmp_path)).files] == ["x.xml", "x.xml (2)"]


def test_archives_without_exports_are_counted(tmp_path, spooled):
    put_zip(tmp_path, "uploads.zip", ("a.jpg", b"\xff\xd8\xff"))
    (tmp_path / "in" / "log.gz").write_bytes(gzip.compress(b"a log"))
    into = spooled()
    assert (into.files, into.refused, into.ignored) == ([], [], {".gz": 1, ".zip": 1})


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../evil.xml", "leads out"),
        ("a/../../evil.xml", "leads out"),
        ("..\\evil.xml", "leads out"),
        ("/etc/evil.xml", "absolute"),
        ("\\evil.xml", "absolute"),
        ("C:\\evil.xml", "absolute"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, spooled, name, word):
    put_zip(tmp_path, "e.zip", (name, EXPORT), ("good.xml", EXPORT))
    into = spooled()
    assert [file.label for file in into.files] == ["e.zip/good.xml"]
    [reason] = reasons(into).values()
    assert word in reason
    assert [row.status for row in into.refused] == ["failed"]


def test_links_and_second_members_of_a_name_are_refused(tmp_path, spooled):
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    put_zip(tmp_path, "e.zip", (link, b"/etc/passwd"), ("a.xml", EXPORT), ("a.xml", EXPORT))
    into = spooled()
    assert [file.label for file in into.files] == ["e.zip/a.xml"]
    assert "link" in reasons(into)["e.zip/link.xml"]
    assert "two members" in reasons(into)["e.zip/a.xml"]


def test_archives_in_archives_are_refused(tmp_path, spooled):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.xml", EXPORT)
    put_zip(tmp_path, "o.zip", ("inner.zip", inner.getvalue()), ("x.xml.gz", gzip.compress(EXPORT)))
    assert all("inside an archive" in reason for reason in reasons(spooled()).values())
    assert len(reasons(spooled())) == 2


def test_encrypted_members_are_refused(tmp_path, spooled):
    put_zip(tmp_path, "s.zip", ("a.xml", EXPORT))
    path = tmp_path / "in" / "s.zip"
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in reasons(spooled())["s.zip/a.xml"]


def test_pages_in_an_archive_are_named(tmp_path, spooled):
    put_zip(tmp_path, "p.zip", ("a.html", PAGE))
    assert "unpack it" in reasons(spooled())["p.zip/a.html"]


@pytest.mark.parametrize("packing", ["gzip", "zip"])
def test_a_bomb_is_refused(tmp_path, spooled, monkeypatch, packing):
    monkeypatch.setattr(unpack, "_FREE", 1 << 20)
    data = EXPORT + bytes(8 << 20)
    if packing == "gzip":
        (tmp_path / "in" / "bomb").write_bytes(gzip.compress(data))
    else:
        put_zip(tmp_path, "bomb", ("x.xml", data))
    into = spooled()
    assert not into.files
    assert "unpacks to more than" in reasons(into)["bomb"]
    assert os.listdir(tmp_path / "spool") == [], "what was unpacked is gone"


def test_many_members_share_the_room(tmp_path, spooled, monkeypatch):
    monkeypatch.setattr(unpack, "_FREE", 1 << 20)
    monkeypatch.setattr(unpack, "_RATIO", 1)
    put_zip(tmp_path, "bomb.zip", *[(f"{n}.xml", EXPORT + bytes(1 << 19)) for n in range(4)])
    assert "unpacks to more than" in reasons(spooled())["bomb.zip"]


def test_a_cut_off_gzip_gives_what_it_has(tmp_path, spooled):
    packed = gzip.compress(EXPORT + os.urandom(1 << 16))
    (tmp_path / "in" / "a.gz").write_bytes(packed[:-3000])
    [file] = spooled().files
    assert Path(file.plain).read_bytes().startswith(EXPORT[:4096])
    assert "damaged after" in file.problem


def test_a_gzip_with_nothing_to_read_is_refused(tmp_path, spooled):
    (tmp_path / "in" / "a.xml.gz").write_bytes(gzip.compress(EXPORT)[:12])
    assert "damaged" in reasons(spooled())["a.xml.gz"]


def test_a_damaged_zip_is_refused(tmp_path, spooled):
    put_zip(tmp_path, "d.zip", ("a.xml", EXPORT))
    path = tmp_path / "in" / "d.zip"
    path.write_bytes(path.read_bytes()[:-40])
    assert "damaged" in reasons(spooled())["d.zip"]


def test_a_member_whose_bytes_are_damaged_gives_what_it_has(tmp_path, spooled):
    put_zip(tmp_path, "d.zip", ("a.xml", EXPORT + os.urandom(1 << 16)))
    path = tmp_path / "in" / "d.zip"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    into = spooled()
    assert into.files[0].problem or into.refused


def test_what_is_not_there_any_more_is_an_error(tmp_path):
    with pytest.raises(OSError, match=r"gone"):
        spool([Found(str(tmp_path), exports=[Packed("gone.gz", "gzip")])], str(tmp_path))


def archives():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", EXPORT)
        archive.writestr("b/c.xml", EXPORT)
    return [packed.getvalue(), gzip.compress(EXPORT)]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(archives()),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6),
    st.floats(0.2, 1),
)
def test_no_damage_makes_it_raise_or_lose_in_silence(tmp_path, data, changes, cut):
    damaged = bytearray(data)
    for place, byte in changes:
        damaged[3 + int(place * (len(damaged) - 4))] = byte
    (tmp_path / "x").write_bytes(damaged[: int(cut * len(damaged))])
    into = spool(
        [Found(str(tmp_path), exports=[Packed("x", "zip" if data[:1] == b"P" else "gzip")])], str(tmp_path)
    )
    assert into.files or into.refused or into.ignored
