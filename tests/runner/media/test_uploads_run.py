"""A whole run over an export with copies of its uploads: what is used is taken, and all refers to it."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from pathlib import Path

import jsonschema
import pytest

from wpmigrate.errors import UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.media.again import reconvert
from wpmigrate.runner.verify_run import options_of, verify_run

OLD = "https://example.org/wp-content/uploads"


@pytest.fixture
def world(tmp_path, watcher, item, export):
    """An input folder, a folder of uploads, an output folder, and what is done with them."""

    class World:
        into, uploads, out = tmp_path / "in", tmp_path / "up", tmp_path / "out"
        problems = watcher.problems

        def __init__(self):
            self.into.mkdir()
            self.uploads.mkdir()

        def put(self, *parts, **more):
            (self.into / "site.xml").write_text(export(*parts, **more))

        def upload(self, path, data=b"data"):
            (self.uploads / path).parent.mkdir(parents=True, exist_ok=True)
            (self.uploads / path).write_bytes(data)

        def convert(self, *copies, **more):
            copies = [str(copy) for copy in copies or (self.uploads,)]
            options = RunOptions(jobs=1, uploads=tuple(copies), **more)
            watcher.problems.clear()
            watcher.totals = run(plan_run([str(self.into)], str(self.out), options), watcher)
            return watcher.totals

        def verify(self):
            out = str(self.out)
            records = verify_run(plan_run([str(self.into)], out, options_of(out, 1)), watcher)
            return [record.reason for record in records if record.status == "failed"]

        def media(self):
            rows = json.loads((self.out / "media.json").read_bytes())["files"]
            return {row["key"]: row for row in rows}

        def files(self):
            folder = self.out / "media"
            return {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }

        def page(self, stem):
            return (self.out / f"{stem}.md").read_text()

    world = World()
    world.item = item
    return world


def test_used_files_are_taken_and_referred_to(world):
    body = f'<p><a href="{OLD}/2020/01/a.jpg"><img src="{OLD}/2020/01/a-300x200.jpg" alt="A"></a> <a href="{OLD}/2020/01/b.pdf">b</a></p>'
    world.put(world.item(1, slug="one", content=body))
    for name in ("a.jpg", "a-300x200.jpg", "b.pdf", "unused.jpg"):
        world.upload(f"2020/01/{name}", name.encode())
    totals = world.convert()
    assert (totals.problems, totals.media) == (0, {"there": 2})
    assert world.files() == {"2020/01/a.jpg": b"a.jpg", "2020/01/b.pdf": b"b.pdf"}
    assert "[![A](/media/2020/01/a.jpg)](/media/2020/01/a.jpg)" in world.page("post/one")
    assert "[b](/media/2020/01/b.pdf)" in world.page("post/one")
    row = world.media()["2020/01/a.jpg"]
    assert (row["state"], row["kind"], row["used_by"]) == ("taken", "image", ["post/one"])
    assert row["variants"] == [f"{OLD}/2020/01/a-300x200.jpg", f"{OLD}/2020/01/a.jpg"]
    assert world.verify() == []


def test_what_is_missing_keeps_its_old_address(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    assert world.convert().media == {"missing": 1}
    assert f"]({OLD}/2020/01/a.jpg)" in world.page("post/one")
    assert world.media()["2020/01/a.jpg"]["state"] == "missing"
    assert world.verify() == []


def test_a_second_run_changes_nothing_and_needs_no_uploads(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg")
    world.convert()
    before = {path: path.stat().st_mtime_ns for path in world.out.rglob("*") if path.is_file()}
    run(plan_run([str(world.into)], str(world.out), RunOptions(jobs=1)), _Nobody())
    after = {path: path.stat().st_mtime_ns for path in world.out.rglob("*") if path.is_file()}
    changed = {path.name for path in before if before[path] != after.get(path)}
    assert changed <= {".wpmigrate.sqlite"}  # it notes that no uploads were named


class _Nobody:
    def begin(self, total):
        pass

    entry = problem = lambda self, *facts: None

    def end(self):
        pass


def test_the_conversion_runs_again_by_itself(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.convert(archives=False)
    world.upload("2020/01/a.jpg")
    assert reconvert(str(world.out), _Nobody()).problems == 0
    assert "](/media/2020/01/a.jpg)" in world.page("post/one")
    assert not (world.out / "author").exists()


def test_a_file_of_a_page_that_is_private_now_goes(world):
    body = f'<img src="{OLD}/2020/01/a.jpg">'
    picture = world.item(2, type="attachment", status="inherit", parent=1, file=f"{OLD}/2020/01/a.jpg")
    world.put(world.item(1, slug="one", content=body), picture)
    world.upload("2020/01/a.jpg")
    world.convert()
    assert world.files()
    world.put(world.item(1, slug="one", content=body, status="private"), picture)
    world.convert()
    assert world.files() == {}
    assert not (world.out / "media.json").exists()
    assert world.verify() == []


def test_an_edited_file_is_left_alone_and_named(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg")
    world.convert()
    (world.out / "media/2020/01/a.jpg").write_bytes(b"optimised")
    world.upload("2020/01/a.jpg", b"newer")
    world.convert()
    assert world.files() == {"2020/01/a.jpg": b"optimised"}
    assert "restore it" in world.verify()[0]
    world.put(world.item(1, slug="one", content="<p>no picture</p>"))
    assert world.convert().leftovers == 1
    assert world.files() == {"2020/01/a.jpg": b"optimised"}


def test_a_changed_upload_is_taken_again(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg", b"old")
    world.convert()
    world.upload("2020/01/a.jpg", b"newer")
    world.convert()
    assert world.files() == {"2020/01/a.jpg": b"newer"}
    assert world.verify() == []


def test_a_strangers_file_is_not_replaced(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg")
    (world.out / "media/2020/01").mkdir(parents=True)
    (world.out / "media/2020/01/a.jpg").write_bytes(b"mine")
    assert world.convert().problems == 1
    assert world.files() == {"2020/01/a.jpg": b"mine"}
    assert f"]({OLD}/2020/01/a.jpg)" in world.page("post/one")
    assert "not put there by wpmigrate" in world.media()["2020/01/a.jpg"]["reason"]
    assert world.convert(force=True).problems == 0
    assert world.files() == {"2020/01/a.jpg": b"data"}


def test_the_same_bytes_are_adopted(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg")
    (world.out / "media/2020/01").mkdir(parents=True)
    (world.out / "media/2020/01/a.jpg").write_bytes(b"data")
    assert world.convert().problems == 0
    assert "](/media/2020/01/a.jpg)" in world.page("post/one")


def test_a_dry_run_takes_nothing(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg">'))
    world.upload("2020/01/a.jpg")
    assert world.convert(dry_run=True).written == 1
    assert not world.out.exists()


def test_uploads_need_an_export(world):
    (world.into / "page.html").write_text("---\ntitle: x\n---\nx\n")
    with pytest.raises(UsageError, match="needs a WordPress export"):
        world.convert()


def _zip(path, *names):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, name.rpartition("/")[2])


def _tar(path, *names):
    with tarfile.open(path, "w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            data = name.rpartition("/")[2].encode()
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


@pytest.mark.parametrize("pack", [_zip, _tar])
@pytest.mark.parametrize("top", ["", "uploads/", "site/wp-content/uploads/", "backup/"])
def test_archives_give_the_same_files(world, tmp_path, pack, top):
    world.put(
        world.item(1, slug="one", content=f'<img src="{OLD}/2020/01/a.jpg"><img src="{OLD}/2020/02/b.jpg">')
    )
    pack(tmp_path / "copy", *(f"{top}2020/{name}" for name in ("01/a.jpg", "02/b.jpg", "02/c.jpg")))
    assert world.convert(tmp_path / "copy").problems == 0
    assert world.files() == {"2020/01/a.jpg": b"a.jpg", "2020/02/b.jpg": b"b.jpg"}
    assert world.verify() == []


def test_media_json_is_as_its_schema_says(world):
    schema = json.loads((Path(__file__).parents[3] / "docs" / "schema" / "media.schema.json").read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    picture = world.item(2, type="attachment", status="inherit", title="A", file=f"{OLD}/2020/01/a.jpg")
    body = f'<img src="{OLD}/2020/01/a.jpg"><img src="{OLD}/2020/01/b.jpg"><img src="https://cdn.example.net/c.png">'
    world.put(world.item(1, slug="one", content=body), picture)
    world.upload("2020/01/a.jpg")
    world.convert()
    jsonschema.Draft202012Validator(schema).validate(json.loads((world.out / "media.json").read_bytes()))


def test_a_used_file_that_is_refused_is_a_problem(world, tmp_path):
    (tmp_path / "secret").write_text("s")
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/2020/a.jpg"><img src="{OLD}/2020/b.jpg">'))
    world.upload("2020/b.jpg")
    (world.uploads / "2020/a.jpg").symlink_to(tmp_path / "secret")
    (world.uploads / "2020/unused.jpg").symlink_to(tmp_path / "secret")
    assert world.convert().problems == 1
    assert world.files() == {"2020/b.jpg": b"data"}
    assert "leads out" in world.media()["2020/a.jpg"]["reason"]


def test_a_damaged_archive_gives_what_it_has(world, tmp_path):
    import random

    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/0.jpg"><img src="{OLD}/19.jpg">'))
    with tarfile.open(tmp_path / "t", "w:gz") as archive:
        for number in range(20):
            member = tarfile.TarInfo(f"{number}.jpg")
            member.size = 5000
            archive.addfile(member, io.BytesIO(random.Random(number).randbytes(5000)))
    data = (tmp_path / "t").read_bytes()
    (tmp_path / "t").write_bytes(data[: len(data) // 2])
    assert world.convert(tmp_path / "t").problems >= 1
    assert [*world.files()] == ["0.jpg"]
    assert world.media()["19.jpg"]["state"] == "missing"
    assert world.verify() == []


def test_no_temporary_file_is_left(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/a.jpg">'))
    world.upload("a.jpg")
    world.convert()
    assert not [
        path for path in world.out.rglob("*") if path.name.endswith((".tmp", "-wal", "-shm", "-journal"))
    ]


def test_files_that_somebody_took_away_give_back_the_old_address(world):
    world.put(world.item(1, slug="one", content=f'<img src="{OLD}/a.jpg">'))
    world.upload("a.jpg")
    world.convert()
    (world.out / "media/a.jpg").unlink()
    assert "is missing" in world.verify()[0]
    (world.uploads / "a.jpg").unlink()
    world.convert()
    assert f"]({OLD}/a.jpg)" in world.page("post/one")
    assert world.verify() == []


BODIES = {
    "srcset": f'<p><img src="{OLD}/a-300x200.jpg" srcset="{OLD}/a-300x200.jpg 300w, {OLD}/a.jpg 900w" alt="A"></p>',
    "video": f'<video poster="{OLD}/a.jpg" src="{OLD}/v.mp4" controls></video>',
    "audio": f'[audio mp3="{OLD}/s.mp3"]',
    "gallery": '[gallery ids="20,21"]',
    "bare gallery": "[gallery]",
    "file": f'<!-- wp:file {{"href":"{OLD}/d.pdf"}} --><div class="wp-block-file"><a href="{OLD}/d.pdf">d</a>'
    f'<object data="{OLD}/d.pdf" type="application/pdf"></object></div><!-- /wp:file -->',
    "attachment page": '<p><a href="https://example.org/?attachment_id=20">see</a></p>',
    "relative": '<p><img src="/wp-content/uploads/a.jpg"> <a href="/wp-content/uploads/d.pdf">d</a></p>',
    "odd names": f'<p><img src="{OLD}/2020/p%C3%A9 (1),x.jpg"> <a href="{OLD}/2020/p%C3%A9%20(1),x.jpg">x</a></p>',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=[*BODIES])
@pytest.mark.parametrize("taken", [True, False])
def test_every_reference_moves_and_is_proven(world, body, taken):
    pictures = [
        world.item(20 + number, type="attachment", status="inherit", file=f"{OLD}/{name}.jpg", parent=1)
        for number, name in enumerate("ab")
    ]
    world.put(world.item(1, slug="one", content=body), *pictures)
    for name in ("a.jpg", "b.jpg", "v.mp4", "s.mp3", "d.pdf", "2020/p\u00e9 (1),x.jpg"):
        if taken:
            world.upload(name, name.encode())
    totals = world.convert()
    assert (totals.failed, totals.findings, totals.problems) == (0, 0, 0)
    assert ("there" in totals.media) == taken
    assert ("/media/" in world.page("post/one")) == taken
    assert world.verify() == []
