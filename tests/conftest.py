"""What all tests share: cases in text files, and the folder of real exports.

**Cases in a text file.** A test that is a table of texts is a text file beside it::

    A title: what the case shows
    the input,
    on as many lines as it needs
    -----
    what is expected
    =====
    The next title
    …

A line of exactly five ``-`` parts the input from what is expected, a line of exactly five ``=`` parts the cases
(write four or six of them where the text itself needs such a line). The last line end of each part is not part of
the text. ``⟨00A0⟩`` is the character with that code, for characters that nobody sees. A test asks for its cases by
a path relative to its own file, and gets one :class:`Case` at a time::

    @pytest.mark.cases("cases/lists.txt")
    def test_lists(case):
        assert write(case.input) == case.expected

**Real exports.** A test marked ``corpus`` runs only when the environment variable ``WPMIGRATE_CORPUS`` names a
folder of exports (with ``legacy/`` and ``wxr/`` in it). It may ask for ``corpus_dir``, ``golden_dir`` (the folder
``golden`` beside it) and ``legacy_pages`` (all pages in ``legacy/``, sorted).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No test looks at the clock: on a busy machine drawing examples, or one of them, may take long.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

CORPUS_VARIABLE = "WPMIGRATE_CORPUS"
PAGE_SUFFIXES = {".html", ".htm", ".md", ".markdown", ".txt"}

_CASE_DIVIDER = "====="
_EXPECTED_DIVIDER = "-----"
_CHARACTER = re.compile("⟨([0-9A-Fa-f]{2,6})⟩")


@dataclass(frozen=True)
class Case:
    """One case of a text file."""

    title: str
    """Its first line."""
    input: str
    """The text above the divider."""
    expected: str
    """The text below the divider."""
    where: str
    """File and line, for a person who looks for it."""


def read_cases(path: Path) -> list[Case]:
    """Return the cases in ``path``; a case without its divider is a ``ValueError`` that says where."""
    cases, start, block = [], 1, []
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate([*lines, _CASE_DIVIDER], start=1):
        if line != _CASE_DIVIDER:
            block.append(line)
            continue
        if any(text.strip() for text in block):
            cases.append(_case(block, f"{path.name}:{start}"))
        start, block = number + 1, []
    return cases


def _case(block: list[str], where: str) -> Case:
    if block[-1] == "":  # the line end of the file's last line
        block = block[:-1]
    title, *rest = block
    if rest.count(_EXPECTED_DIVIDER) != 1:
        raise ValueError(f"{where}: case {title!r} needs exactly one line {_EXPECTED_DIVIDER!r}")
    middle = rest.index(_EXPECTED_DIVIDER)
    return Case(title, _text(rest[:middle]), _text(rest[middle + 1 :]), where)


def _text(lines: list[str]) -> str:
    return _CHARACTER.sub(lambda found: chr(int(found[1], 16)), "\n".join(lines))


@pytest.fixture(name="read_cases", scope="session")
def read_cases_fixture() -> Callable[[Path], list[Case]]:
    """:func:`read_cases`, for tests that read a file of their own choice."""
    return read_cases


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cases(path): one run for each case of a text file beside the test")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("cases")
    if marker is None:
        return
    folder = Path(metafunc.definition.path).parent
    cases = [case for name in marker.args for case in read_cases(folder / name)]
    if not cases:
        raise ValueError(f"{marker.args}: no case in it")
    metafunc.parametrize("case", cases, ids=[case.title for case in cases])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get(CORPUS_VARIABLE):
        return
    for item in items:
        if item.get_closest_marker("corpus"):
            item.add_marker(pytest.mark.skip(reason=f"{CORPUS_VARIABLE} names no folder of exports"))


@pytest.fixture(scope="session")
def corpus_dir() -> Path:
    """The folder of real exports; a wrong path fails rather than skips."""
    folder = Path(os.environ[CORPUS_VARIABLE])
    assert folder.is_dir(), f"{CORPUS_VARIABLE}={folder}: no such folder"
    return folder


@pytest.fixture(scope="session")
def golden_dir(corpus_dir: Path) -> Path:
    """WordPress's own answers: the folder ``golden`` beside the corpus."""
    return corpus_dir.parent / "golden"


@pytest.fixture(scope="session")
def legacy_pages(corpus_dir: Path) -> list[Path]:
    """Every page with front matter in the corpus, sorted."""
    pages = (path for path in (corpus_dir / "legacy").rglob("*") if path.suffix in PAGE_SUFFIXES)
    return sorted(pages)


@pytest.fixture(scope="session")
def sample_page() -> Path:
    """The page that the project began with."""
    return Path(__file__).parent / "fixtures" / "international-partnerships.html"
