"""Every source has an output name of its own, on every file system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.names import collision_key, give_names, printable, short_enough


def stems(*paths, reserved=()):
    return [name.stem for name in give_names(paths, "_drafts", reserved)]


def test_a_name_is_the_source_path_without_its_ending():
    assert stems("a/b.html", "c.md") == ["a/b", "c"]
    assert give_names(["a/b.html"], "_drafts")[0].note == ""


def test_two_sources_of_one_name_keep_apart_and_say_so():
    first, second = give_names(["a/b.html", "a/b.md"], "_drafts")
    assert (first.stem, second.stem) == ("a/b", "a/b-md")
    assert not first.note
    assert "a/b-md" in second.note


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["B.html", "b.html"], ["B", "b-html"]),
        (["é.html", "e\u0301.html"], ["é", "e\u0301-html"]),
        (["b-md.html", "b.html", "b.md"], ["b-md", "b", "b-md-2"]),
        (["x.html", "x.html", "x.html"], ["x", "x-html", "x-html-2"]),
        (["a.html", "a.md/b.html"], ["a-html", "a.md/b"]),
    ],
    ids=["case", "unicode form", "the ending is taken too", "three inputs", "a folder called a.md"],
)
def test_collisions(paths, expected):
    assert stems(*paths) == expected


def test_a_reserved_name_is_not_given():
    assert stems("report.html", "a/report.html", reserved=["report"]) == ["report-html", "a/report"]


def test_a_later_file_of_another_name_changes_nothing():
    before = dict(zip(["b.html", "b.md"], stems("b.html", "b.md"), strict=True))
    after = dict(
        zip(["a.html", "b.html", "b.md", "b.txt"], stems("a.html", "b.html", "b.md", "b.txt"), strict=True)
    )
    assert before.items() <= after.items()


def test_drafts_go_below_their_folder_once():
    names = give_names(["_drafts/x.html", "x.html", "y.html"], "_drafts")
    assert [name.draft for name in names] == ["_drafts/x", "_drafts/x-draft", "_drafts/y"]


def test_a_long_name_is_cut_at_a_character_and_stays_distinct():
    long = "é" * 125 + "ab"
    one, other = stems(f"d/{long}c.md", f"d/{long}d.md")
    assert one != other
    for stem in (one, other):
        assert len((stem.removeprefix("d/") + ".json").encode()) <= 255


def test_a_cut_does_not_split_a_percent_escape():
    cut = short_enough("%e4%b8%ad" * 28)
    escapes = cut.rpartition("-")[0]
    assert len(escapes) % 3 == 0


def test_bytes_that_are_not_utf8_are_written_percent():
    assert printable("caf\udce9.html") == "caf%e9.html"


NAMES = st.text(st.sampled_from("aAbé\u0301ß-2.%/"), min_size=1, max_size=6).filter(
    lambda name: not name.startswith("/") and not name.endswith("/") and "//" not in name
)


@given(
    st.lists(st.builds("{}{}".format, NAMES, st.sampled_from([".html", ".md", ".HTML", ".txt"])), max_size=12)
)
def test_no_two_outputs_are_one_file_anywhere(paths):
    paths = sorted(paths)
    names = give_names(paths, "_drafts", ["report"])
    keys = [collision_key(name.stem) for name in names]
    assert len(set(keys)) == len(keys) == len(paths)
    outputs = {key + ending for key in keys for ending in (".md", ".json", ".yaml")}
    folders = {collision_key(path.rpartition("/")[0]) for path in paths}
    assert not outputs & folders
    drafts = [collision_key(name.draft) for name in names]
    assert len(set(drafts)) == len(drafts)
    assert not (set(drafts) & set(keys)) - {
        key for key, draft in zip(keys, drafts, strict=True) if key == draft
    }


@given(st.text(max_size=8))
def test_the_key_is_the_same_for_every_unicode_form(text):
    assert collision_key(unicodedata.normalize("NFD", text)) == collision_key(
        unicodedata.normalize("NFC", text)
    )
