"""Inputs and outputs at addresses: the tree is that of a local run, and nothing is there by half."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from wpmigrate.errors import InputError, UsageError
from wpmigrate.options import RunOptions
from wpmigrate.runner import state as state_module
from wpmigrate.runner.convert_run import plan_run, run
from wpmigrate.runner.fetch import local_places
from wpmigrate.runner.files import exists, read_bytes, remove_stale, sha256, write_atomic
from wpmigrate.runner.state import State, recorded_options
from wpmigrate.runner.storage import connect, is_url, local_form
from wpmigrate.runner.verify_run import options_of, verify_run

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGE = "---\ntitle: {0}\n---\n<p>Words of {0}</p>\n"


class MovingFileSystem(MemoryFileSystem):
    """A file system whose puts are not whole: it keeps a list of what it was told."""

    protocol = "moving"
    store: dict = {}  # noqa: RUF012 (fsspec's own way)
    pseudo_dirs = [""]  # noqa: RUF012
    told: list = []  # noqa: RUF012
    broken = ""

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.removeprefix("moving:/"))

    def pipe_file(self, path, value, mode="overwrite", **kwargs):
        self.told.append(("put", path))
        super().pipe_file(path, value[: len(value) // 2] if self.broken else value)
        if self.broken == "put":
            raise RuntimeError("the line was cut")

    def mv(self, path1, path2, **kwargs):
        self.told.append(("move", path1, path2))
        super().mv(path1, path2, **kwargs)


fsspec.register_implementation("moving", MovingFileSystem, clobber=True)


@pytest.fixture(autouse=True)
def empty():
    """Nothing is in memory before a test."""
    for files in (MemoryFileSystem, MovingFileSystem):
        files.store.clear()
        files.pseudo_dirs[:] = [""]
    MovingFileSystem.told.clear()
    MovingFileSystem.broken = ""


@pytest.fixture
def source(tmp_path):
    """A folder with an export, pages, and what is neither."""
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    shutil.copy(FIXTURES / "wxr" / "garden.xml", folder / "garden.xml")
    for name in ("a.html", "more/b.md", "more/ünder.html"):
        (folder / name).write_text(PAGE.format(name))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8" * 40_000)
    (folder / ".hidden.html").write_text("secret")
    return folder


def convert(inputs, output, watcher, **options):
    with local_places(inputs, output) as places:
        plan = plan_run(places.inputs, places.output, RunOptions(**({"jobs": 1} | options)))
        return run(plan, watcher)


def verify(inputs, output, watcher):
    with local_places(inputs, output) as places:
        plan = plan_run(places.inputs, places.output, options_of(places.output, 1))
        return [(r.source.path, r.reason) for r in verify_run(plan, watcher) if r.status == "failed"]


def upload(folder, url):
    files, path = connect(url)
    for file in folder.rglob("*"):
        if file.is_file():
            files.pipe_file(f"{path}/{file.relative_to(folder).as_posix()}", file.read_bytes())


def tree(url):
    """Return path -> bytes of what is below ``url``, the state as what it says."""
    files, path = connect(url)
    found = {name[len(path) + 1 :]: files.cat_file(name) for name in files.find(path)}
    found[".wpmigrate.sqlite"] = states(url)
    return found


def states(url):
    state = State(local_form(url))
    try:
        rows = [*state.entries(""), *state.files()]
        return [*rows, *state.entries("garden.example"), recorded_options(state)]
    finally:
        state.close()


def test_what_is_an_address():
    assert is_url("s3://bucket/a") and is_url("gs://b") and is_url("memory://x")
    assert not is_url("C://x") and not is_url("a/b:c") and not is_url("://x") and not is_url("1a://x")


def test_a_file_address_is_a_path():
    assert local_form("file:///a/b c%20") == "/a/b c%20"
    assert local_form("file://localhost/a") == local_form("local:///a") == "/a"
    assert local_form("memory://a/b/") == "memory://a/b"
    assert local_form("a/") == "a/"
    with pytest.raises(UsageError, match="absolute"):
        local_form("file://other/a")


def test_an_address_that_nothing_can_use_is_a_usage_error():
    with pytest.raises(UsageError, match="nonsense"), local_places(["in"], "nonsense://a"):
        pass


def test_a_missing_package_is_named(monkeypatch):
    def missing(url):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(UsageError, match=r"pip install 'wpmigrate\[s3\]'"):
        connect("s3://bucket/a")
    with pytest.raises(UsageError, match=r"pip install 'wpmigrate\[gcs\]'"):
        connect("gs://bucket/a")


@pytest.mark.parametrize("scheme", ["memory://out", "moving://out", "file"])
def test_the_tree_is_that_of_a_local_run(source, tmp_path, watcher, scheme):
    local = convert([str(source)], str(tmp_path / "out"), watcher)
    output = f"file://{tmp_path}/other" if scheme == "file" else scheme
    assert convert([str(source)], output, watcher) == local
    made = tree(output)
    assert made == tree(f"file://{tmp_path}/out")
    assert "report.json" in made and "site.json" in made and "a.md" in made
    assert not [name for name in made if name.endswith(".tmp")]
    assert verify([str(source)], output, watcher) == []


def test_an_input_at_an_address_gives_the_tree_of_a_local_one(source, tmp_path, watcher):
    upload(source, "memory://bucket/in")
    local = convert([str(source)], str(tmp_path / "out"), watcher)
    assert convert(["memory://bucket/in/"], "memory://bucket/out", watcher) == local
    assert tree("memory://bucket/out") == tree(f"file://{tmp_path}/out")
    assert verify(["memory://bucket/in"], "memory://bucket/out", watcher) == []


def test_a_single_file_at_an_address(source, tmp_path, watcher):
    upload(source, "memory://bucket/in")
    totals = convert(["memory://bucket/in/garden.xml"], str(tmp_path / "out"), watcher)
    assert totals.written and not totals.failed
    assert watcher.records[0].source.path == "garden.xml"


def test_of_other_files_only_the_beginning_is_fetched(source, watcher):
    upload(source, "memory://in")
    with local_places(["memory://in"]) as places:
        (root,) = places.inputs
        sizes = {p.relative_to(root).as_posix(): p.stat().st_size for p in Path(root).rglob("*") if p.is_file()}
        assert places.shown(f"{root}/a.html") == "memory://in/a.html"
    assert sizes["photo.jpg"] == 1 << 15
    assert sizes["garden.xml"] == (source / "garden.xml").stat().st_size
    assert sizes[".hidden.html"] == 0
    assert not Path(root).exists()


def test_an_output_inside_an_input_is_not_read(source, watcher):
    upload(source, "memory://in")
    first = convert(["memory://in"], "memory://in/out", watcher)
    assert convert(["memory://in"], "memory://in/out", watcher) == first


@pytest.mark.parametrize(
    ("inputs", "output"),
    [(["memory://in"], "memory://in"), (["memory://in", "memory://in/more"], "memory://out")],
)
def test_places_inside_one_another_are_refused(source, watcher, inputs, output):
    upload(source, "memory://in")
    with pytest.raises(UsageError, match="memory://in"):
        convert(inputs, output, watcher)


def test_nothing_at_an_address(tmp_path, watcher):
    with pytest.raises(InputError, match="memory://nowhere"):
        convert(["memory://nowhere"], str(tmp_path / "out"), watcher)
    upload_names = {"memory://in/notes.doc": b"x"}
    for name, data in upload_names.items():
        write_atomic(name, (data,))
    with pytest.raises(InputError, match="nothing to convert in memory://in"):
        convert(["memory://in"], str(tmp_path / "out"), watcher)


@pytest.mark.parametrize("name", ["a//b.html", "../b.html", "a\\b.html"])
def test_a_name_that_no_disk_has_is_told(name, tmp_path, watcher):
    MemoryFileSystem.store[f"/in/{name}"] = MemoryFileSystem().open("/x", "wb")
    with pytest.raises(InputError, match="no file on a disk"):
        convert(["memory://in"], str(tmp_path / "out"), watcher)


def test_a_second_run_knows_its_own_files(source, watcher):
    convert([str(source)], "memory://out", watcher)
    before = dict(MemoryFileSystem.store)
    totals = convert([str(source)], "memory://out", watcher)
    assert watcher.unchanged and totals.failed == 0
    assert {name: id(file) for name, file in MemoryFileSystem.store.items()} == {
        name: id(file) for name, file in before.items()
    }


def test_an_edited_file_stays(source, watcher):
    convert([str(source)], "memory://out", watcher)
    write_atomic("memory://out/a.md", (b"mine",))
    (source / "a.html").write_text(PAGE.format("other words"))
    totals = convert([str(source)], "memory://out", watcher)
    assert totals.failed == 1
    assert read_bytes("memory://out/a.md") == b"mine"
    assert verify([str(source)], "memory://out", watcher)


def test_what_is_gone_from_the_export_goes(source, watcher):
    convert([str(source)], "memory://out", watcher)
    assert exists("memory://out/page/about.md")
    text = (source / "garden.xml").read_text()
    (source / "garden.xml").write_text(text.replace("publish", "private"))
    totals = convert([str(source)], "memory://out", watcher)
    assert totals.removed
    assert not exists("memory://out/page/about.md")


def test_a_strangers_file_is_not_written_over(source, watcher):
    write_atomic("memory://out/a.md", (b"a stranger's",))
    write_atomic("memory://out/report.json", (b"a stranger's",))
    with pytest.raises(UsageError, match="not a report"):
        convert([str(source)], "memory://out", watcher)
    fsspec.filesystem("memory").rm_file("/out/report.json")
    assert convert([str(source)], "memory://out", watcher).failed == 1
    assert read_bytes("memory://out/a.md") == b"a stranger's"


def test_a_dry_run_writes_nothing(source, watcher):
    convert([str(source)], "memory://out", watcher, dry_run=True)
    assert not MemoryFileSystem.store


def test_a_put_that_is_not_whole_is_moved_when_it_is(watcher):
    write_atomic("moving://out/a/b.md", (b"one ", b"two"))
    assert MovingFileSystem.told == [
        ("put", "/out/a/.wpmigrate-b.md.tmp"),
        ("move", "/out/a/.wpmigrate-b.md.tmp", "/out/a/b.md"),
    ]
    assert read_bytes("moving://out/a/b.md") == b"one two"
    assert [*MovingFileSystem.store] == ["/out/a/b.md"]


def test_a_put_that_breaks_leaves_no_half_file(source, watcher):
    MovingFileSystem.broken = "put"
    with pytest.raises(OSError, match="the line was cut") as error:
        write_atomic("moving://out/a.md", (b"words",))
    assert error.value.filename == "moving://out/a.md"
    assert not MovingFileSystem.store


def test_a_large_file_streams(monkeypatch):
    monkeypatch.setattr("wpmigrate.runner.storage._IN_MEMORY", 10)
    write_atomic("memory://out/big", (b"0123456789" for _ in range(9)), b"\n")
    assert read_bytes("memory://out/big") == b"0123456789\n" * 9


def test_remove_stale(watcher):
    write_atomic("memory://out/a.md", (b"a",))
    write_atomic("memory://out/b.md", (b"edited",))
    known = {"a.md": sha256(b"a"), "b.md": sha256(b"b"), "c.md": sha256(b"c")}
    assert remove_stale("memory://out", known, ()) == (["a.md"], ["b.md"])
    assert not exists("memory://out/a.md")


def test_the_state_is_saved_while_a_run_goes_on(monkeypatch):
    monkeypatch.setattr(state_module, "_SAVED_EVERY", 3)
    running = State("memory://out")
    for number in range(3):
        running.put(f"p{number}", b"{}")
    killed = State("memory://out")  # what the next run finds
    assert len(killed) == 3
    killed.close()
    running.put("p3", b"{}")
    running.close()
    again = State("memory://out")
    assert len(again) == 4
    again.close()


def test_a_damaged_state_is_none(watcher):
    write_atomic("memory://out/.wpmigrate.sqlite", (b"no database",))
    state = State("memory://out")
    assert len(state) == 0
    state.close()
    with pytest.raises(sqlite3.ProgrammingError):
        len(state)
