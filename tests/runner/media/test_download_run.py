"""A whole download: media.json in, files and media-report.json out."""

from __future__ import annotations

import hashlib
import json
import signal
import socket
import subprocess
import sys
import threading

import pytest

from wpmigrate.errors import InputError, UsageError
from wpmigrate.runner.media.download import DownloadOptions, Machine, download, listed_files
from wpmigrate.runner.media.download_part import PARTS_NAME, Part
from wpmigrate.runner.media.download_records import DownloadLimits, Wanted
from wpmigrate.runner.media.state import MediaState

SITE = "old.example"


@pytest.fixture
def output(tmp_path):
    """An output folder."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def want(output, old_site):
    """Write a media.json whose files are the keys given."""

    def write(*keys, state="missing", used_by=("post/a",), **more):
        rows = [
            {"key": key, "site": SITE, "url": f"{old_site.url}/{key}", "variants": [], "kind": "image", "place": f"media/{key}",
             "used_by": list(used_by), "state": state, "attachment": {"id": "7"}, **more}
            for key in keys
        ]  # fmt: skip
        lines = ",\n".join(json.dumps(row) for row in rows)
        (output / "media.json").write_text(f'{{"schema_version": 1, "files": [\n{lines}\n],\n"totals": {{}}}}\n')

    return write


@pytest.fixture
def run(output, still_time):
    """Download; gives the results by key, and the totals."""

    def download_now(**options):
        told = {}
        given = {"allow_private": True, "rate": 0, "jobs": 3, "limits": DownloadLimits(2)} | options
        machine = Machine(still_time.clock, still_time.sleep, lambda: 0.0, socket.getaddrinfo)
        totals = download(str(output), DownloadOptions(**given), lambda one: told.update({one.key: one}), machine)
        return told, totals

    return download_now


def test_files_come_to_their_places(want, run, output, old_site, pages):
    keys = [f"2012/04/{number}.jpg" for number in range(20)]
    want(*keys)
    for key in keys:
        old_site.put(f"/{key}", pages.good(key=key))
    told, totals = run()
    assert (totals.files, totals.downloaded, totals.failed) == (20, 20, 0)
    assert (output / "media" / "2012" / "04" / "7.jpg").read_bytes() == pages.JPEG
    with MediaState(str(output)) as state:
        rows = [*state.files()]
    assert [(row.key, row.how) for row in rows] == [(key, "downloaded") for key in sorted(keys)]
    assert rows[0].sha256 == told[rows[0].key].sha256 == hashlib.sha256(pages.JPEG).hexdigest()
    assert not (output / PARTS_NAME).exists()


def test_one_dead_file_stops_no_other(want, run, output, old_site, pages):
    want("a.jpg", "b.jpg", "c.jpg")
    for name in ("/a.jpg", "/c.jpg"):
        old_site.put(name, pages.good())
    _, totals = run()
    assert (totals.downloaded, totals.failed) == (2, 1)
    report = json.loads((output / "media-report.json").read_bytes())
    assert [row["key"] for row in report["files"]] == ["a.jpg", "b.jpg", "c.jpg"]
    assert report["files"][1]["reason"] == "404: it is not there any more"
    assert report["files"][1]["used_by"] == ["post/a"]
    assert report["totals"]["failed"] == 1
    assert not (output / "media" / "b.jpg").exists()


def test_a_second_run_asks_only_for_what_is_missing(want, run, output, old_site, pages):
    want("a.jpg", "b.jpg")
    old_site.put("/a.jpg", pages.good())
    run()
    old_site.put("/b.jpg", pages.good())
    old_site.asked.clear()
    told, totals = run()
    assert old_site.asked == ["/b.jpg"]
    assert (totals.present, totals.downloaded) == (1, 1)
    assert told["a.jpg"].sha256 == told["b.jpg"].sha256


def test_equal_runs_give_equal_reports(want, run, output, old_site, pages):
    want(*(f"{number}.jpg" for number in range(30)))
    for number in range(30):
        old_site.put(f"/{number}.jpg", pages.good())
    run()
    run()
    first = (output / "media-report.json").read_bytes()
    run()
    assert (output / "media-report.json").read_bytes() == first


@pytest.mark.parametrize(
    ("state", "used_by", "options", "asked"),
    [
        ("missing", ["a"], {}, 1),
        ("missing", [], {}, 0),
        ("missing", [], {"unused": True}, 1),
        ("external", ["a"], {}, 0),
        ("external", ["a"], {"external": True}, 1),
        ("external", [], {"external": True}, 0),
        ("taken", ["a"], {"external": True, "unused": True}, 0),
        ("downloaded", ["a"], {}, 0),
    ],
)
def test_what_is_fetched(want, run, old_site, pages, state, used_by, options, asked):
    want("a.jpg", state=state, used_by=used_by)
    old_site.put("/a.jpg", pages.good())
    run(**options)
    assert len(old_site.asked) == asked


def test_a_site_that_has_moved_is_asked_where_it_is_now(want, run, old_site, pages):
    want("a.jpg", url="http://gone.example/up/a.jpg", variants=["http://gone.example/up/a-300x200.jpg"])
    old_site.put("/up/a-300x200.jpg", pages.good())
    told, totals = run(origin=old_site.url)
    assert old_site.asked == ["/up/a.jpg", "/up/a-300x200.jpg"]
    assert totals.variants == 1
    assert told["a.jpg"].fetched == old_site.url + "/up/a-300x200.jpg"


def test_a_strangers_file_is_left_alone(want, run, output, old_site):
    want("a.jpg")
    (output / "media").mkdir()
    (output / "media" / "a.jpg").write_bytes(b"mine")
    told, _ = run()
    assert "media/a.jpg exists and is another file" in told["a.jpg"].reason
    assert (output / "media" / "a.jpg").read_bytes() == b"mine"
    assert old_site.asked == []


def test_a_run_killed_between_the_move_and_the_note_is_made_good(want, run, output, old_site, pages):
    want("a.jpg")
    part = Part(str(output), SITE, "a.jpg")
    part.write("u", {}, [pages.JPEG], False, lambda size: None)
    part.move_to(str(output / "media" / "a.jpg"), hashlib.sha256(pages.JPEG).hexdigest())
    _, totals = run()
    assert (totals.present, old_site.asked) == (1, [])
    with MediaState(str(output)) as state:
        assert state.get("media/a.jpg").bytes == len(pages.JPEG)


@pytest.mark.parametrize(
    "place", ["../a.jpg", "media/../../a.jpg", "/etc/a.jpg", "media", "", "media//a.jpg", "media/./a.jpg", "media/..\\a.jpg", "post/a.md"]
)
def test_no_place_leads_out_of_the_folder(want, run, old_site, pages, place):
    want("a.jpg", place=place)
    old_site.put("/a.jpg", pages.good())
    _, totals = run()
    assert totals.failed == 1
    assert old_site.asked == []


@pytest.mark.parametrize("key", ["2012/04/shell.php", "2012/.htaccess", "a.php.jpg"])
def test_programs_are_not_fetched(want, run, old_site, key):
    want(key)
    told, _ = run()
    assert "program" in told[key].reason
    assert old_site.asked == []


def test_a_place_that_cannot_be_made_is_a_line_of_the_report(want, run, output, old_site, pages):
    want("a/b.jpg", "c.jpg")
    (output / "media").mkdir()
    (output / "media" / "a").write_bytes(b"a file, no folder")
    for name in ("/a/b.jpg", "/c.jpg"):
        old_site.put(name, pages.good())
    told, _ = run()
    assert (told["a/b.jpg"].status, told["c.jpg"].status) == ("failed", "downloaded")


def test_without_a_list_nothing_is_done(run, output):
    with pytest.raises(InputError, match="convert"):
        run()


@pytest.mark.parametrize(
    "text", ["", "{}", '{"files": [\n{"key": 1}\n]}', '{"files": [\nnonsense\n', '{"schema_version": 1, "entries": [\n]}']
)
def test_a_damaged_list_is_told(run, output, text):
    (output / "media.json").write_text(text)
    with pytest.raises(InputError, match="not as wpmigrate wrote it"):
        run()


def test_an_empty_list_is_fine(run, output):
    (output / "media.json").write_text('{"schema_version":1,"files":[\n],\n"totals":{}}\n')
    assert run()[1].files == 0


def test_a_strangers_report_is_left_alone(want, run, output):
    want("a.jpg")
    (output / "media-report.json").write_text("my notes")
    with pytest.raises(UsageError, match="not a report of wpmigrate"):
        run()


def test_an_address_is_no_folder():
    with pytest.raises(UsageError):
        listed_files("s3://bucket/out")


@pytest.mark.skipif(sys.platform == "win32", reason="no such locks")
def test_two_at_a_time_are_one_too_many(want, run, output, old_site, pages):
    want("a.jpg")
    meanwhile = []

    def page(request):
        try:
            run()
        except UsageError as error:
            meanwhile.append(str(error))
        pages.send(request, 200, pages.JPEG, "image/jpeg")

    old_site.put("/a.jpg", page)
    assert run()[1].downloaded == 1
    assert "another download is at work" in meanwhile[0]


def test_a_full_disk_ends_it(want, run, old_site, pages, monkeypatch):
    import errno

    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    want("a.jpg", "b.jpg")
    old_site.put("/a.jpg", pages.good())
    monkeypatch.setattr(Part, "write", full)
    with pytest.raises(OSError, match="No space"):
        run()


KILLED = """
import sys
from wpmigrate.runner.media.download import DownloadOptions, download
download(sys.argv[1], DownloadOptions(jobs=2, rate=0, allow_private=True), lambda one: None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_killed_run_is_gone_on_with(want, run, output, old_site, pages):
    """The process is killed while one file is done and another is half there."""
    want("a.jpg", "b.jpg")
    half, go_on = threading.Event(), threading.Event()

    def stuck(request):
        pages.send(request, 200, pages.JPEG[:1000], "image/jpeg", Content_Length=len(pages.JPEG), ETag='"one"')
        request.wfile.flush()
        half.set()
        go_on.wait(30)

    old_site.put("/a.jpg", pages.good())
    old_site.put("/b.jpg", stuck)
    child = subprocess.Popen([sys.executable, "-c", KILLED, str(output)])
    try:
        assert half.wait(60)
        part = Part(str(output), SITE, "b.jpg")
        for _ in range(6000):
            if (output / "media" / "a.jpg").exists() and part.size() == 1000:
                break
            threading.Event().wait(0.01)
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        go_on.set()
    assert [path.name for path in (output / "media").rglob("*.*")] == ["a.jpg"]
    old_site.put("/b.jpg", pages.ranged())
    _, totals = run()
    assert totals.failed == 0
    assert old_site.headers[-1]["Range"] == "bytes=1000-"
    assert (output / "media" / "b.jpg").read_bytes() == pages.JPEG


def test_little_is_held_of_a_long_list(tmp_path):
    """The list is read as it is asked for."""
    row = json.dumps({"key": "a", "site": "s", "url": "u", "used_by": []})
    with open(tmp_path / "media.json", "w") as file:
        file.write('{"schema_version":1,"files":[\n')
        file.writelines(f"{row},\n" for _ in range(1000))
        file.write("broken\n")
    rows = listed_files(str(tmp_path))
    assert next(rows) == Wanted("a", "s", "u")
    with pytest.raises(InputError):
        list(rows)
