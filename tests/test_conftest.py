"""The reader of text-file cases says what it reads and where it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

WANTED = {
    "Two lines and a rule of four": ("one\n----\ntwo", "<p>one</p>"),
    "Characters that nobody sees": ("a\u00a0b ", ""),
    "An empty line at the end belongs to the text": ("a\n", "b"),
}


@pytest.mark.cases("test_cases.txt")
def test_a_case_is_read(case):
    assert (case.input, case.expected) == WANTED[case.title]


def test_every_case_is_read(read_cases):
    path = Path(__file__).with_name("test_cases.txt")
    assert [case.title for case in read_cases(path)] == list(WANTED)


@pytest.mark.parametrize("text", ["Title\ninput\n", "Title\na\n-----\nb\n-----\nc\n"])
def test_a_broken_case_is_refused(read_cases, tmp_path, text):
    path = tmp_path / "broken.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.txt:1"):
        read_cases(path)
