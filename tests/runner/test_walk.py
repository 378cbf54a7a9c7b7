"""What a walk finds, and what it will not open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wpmigrate.errors import InputError
from wpmigrate.runner import walk
from wpmigrate.runner.walk import find_sources

EXPORT = (Path(__file__).parents[1] / "fixtures" / "wxr" / "garden.xml").read_bytes()


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "in"
    for name in (
        "b.html",
        "a/z.MD",
        "a/y.markdown",
        "c.txt",
        "d.htm",
        "pic.jpg",
        ".hidden",
        ".git/x.html",
        "README",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return root


def test_pages_are_found_below_and_others_are_counted(tree):
    found = find_sources(str(tree))
    assert sorted(found.paths) == ["a/y.markdown", "a/z.MD", "b.html", "c.txt", "d.htm"]
    assert found.ignored == {".jpg": 1, "": 1, "hidden": 2}
    assert found.refused == []


def test_exports_are_recognised_by_their_bytes_and_pages_by_their_names(tree):
    for name in ("e.xml", "e.txt", "e.jpg", "a/e"):
        (tree / name).write_bytes(EXPORT)
    (tree / "quote.html").write_bytes(b"---\ntitle: x\n---\n" + EXPORT)
    (tree / "feed.xml").write_text("<rss version='2.0'><channel></channel></rss>")
    (tree / "p.gz").write_bytes(b"\x1f\x8b\x08 and more")
    (tree / "p.data").write_bytes(b"PK\x03\x04 and more")
    found = find_sources(str(tree))
    assert {packed.path: packed.packing for packed in found.exports} == {
        "a/e": "plain",
        "e.jpg": "plain",
        "e.txt": "plain",
        "e.xml": "plain",
        "p.data": "zip",
        "p.gz": "gzip",
    }
    assert "quote.html" in found.paths
    assert "e.txt" not in found.paths
    assert found.ignored == {".jpg": 1, "": 1, ".xml": 1, "hidden": 2}


def test_an_export_that_cannot_be_read_fails(tree, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    (tree / "e.xml").write_bytes(EXPORT)
    monkeypatch.setattr(walk, "packing_of", refuse)
    found = find_sources(str(tree))
    assert [(row.path, row.status) for row in found.refused] == [("e.xml", "failed")]
    assert "b.html" in found.paths, "the page's own conversion says it"


@pytest.mark.parametrize("name", ["e.xml", "e.bin"])
def test_a_single_export(tree, name):
    (tree / name).write_bytes(EXPORT)
    found = find_sources(str(tree / name))
    assert (found.root, [packed.path for packed in found.exports], found.paths) == (str(tree), [name], [])


def test_a_hidden_page_is_reported(tree):
    (tree / "a" / ".page.html").write_text("x")
    assert [(row.path, row.status) for row in find_sources(str(tree)).refused] == [
        ("a/.page.html", "skipped")
    ]


def test_the_order_does_not_depend_on_the_disk(tree):
    assert find_sources(str(tree)).paths == find_sources(str(tree)).paths


def test_a_single_file(tree):
    found = find_sources(str(tree / "b.html"))
    assert (found.root, found.paths) == (str(tree), ["b.html"])


def test_the_output_inside_the_input_is_passed_over(tree):
    (tree / "out").mkdir()
    (tree / "out" / "b.md").write_text("x")
    assert "out/b.md" not in find_sources(str(tree), str(tree / "out")).paths


def test_links_out_of_the_tree_are_refused(tree, tmp_path):
    (tmp_path / "secret.html").write_text("x")
    (tmp_path / "outside").mkdir()
    (tree / "leak.html").symlink_to(tmp_path / "secret.html")
    (tree / "folder").symlink_to(tmp_path / "outside")
    found = find_sources(str(tree))
    assert {row.path: row.status for row in found.refused} == {"leak.html": "skipped", "folder": "skipped"}
    assert all("out of the input folder" in row.reason for row in found.refused)
    assert "leak.html" not in found.paths


def test_loops_of_links_end(tree):
    (tree / "a" / "up").symlink_to(tree)
    (tree / "self.html").symlink_to("self.html")
    found = find_sources(str(tree))
    assert sorted(found.paths) == ["a/y.markdown", "a/z.MD", "b.html", "c.txt", "d.htm"]
    assert {row.path: row.status for row in found.refused} == {"a/up": "skipped", "self.html": "failed"}


def test_a_link_inside_the_tree_is_a_page(tree):
    (tree / "alias.html").symlink_to("b.html")
    assert "alias.html" in find_sources(str(tree)).paths


def test_a_link_to_nothing_fails(tree):
    (tree / "gone.html").symlink_to("nowhere.html")
    assert [(row.path, row.status) for row in find_sources(str(tree)).refused] == [("gone.html", "failed")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_opened(tree):
    os.mkfifo(tree / "pipe.html")
    found = find_sources(str(tree))
    assert [(row.path, row.status) for row in found.refused] == [("pipe.html", "skipped")]
    assert "named pipe" in found.refused[0].reason
    with pytest.raises(InputError, match="is not a page but a named pipe: save what it gives"):
        find_sources(str(tree / "pipe.html"))


@pytest.mark.parametrize("name", ["nothing", "in/pic.jpg"])
def test_what_cannot_be_an_input(tree, tmp_path, name):
    with pytest.raises(InputError, match=name):
        find_sources(str(tmp_path / name))


def test_folders_deeper_than_any_stack(tmp_path):
    path = "/".join(["d"] * 400)
    (tmp_path / path).mkdir(parents=True)
    (tmp_path / path / "x.html").write_text("x")
    assert find_sources(str(tmp_path)).paths == [f"{path}/x.html"]
