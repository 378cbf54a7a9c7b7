"""The index of small WXR files."""

from __future__ import annotations

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.index import build_index
from wpmigrate.runner.records import ExportFile


@pytest.fixture
def index_of(tmp_path):
    """Return a function: texts of export files (and options) -> their index."""

    def build(*texts, pages=(), name="index.sqlite", **options):
        files = []
        for number, text in enumerate(texts, start=1):
            path = tmp_path / f"part{number}.xml"
            path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
            files.append(ExportFile(path.name, str(path)))
        return build_index(files, pages, RunOptions(**options), str(tmp_path / name))

    return build


@pytest.fixture
def stems(index_of, export):
    """Return a function: items (and options) -> the stem of each."""

    def give(*items, **options):
        return [job.stem for job in index_of(export(*items), **options).jobs()]

    return give
