"""The index of real exports: nothing lost, every public permalink found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wpmigrate.extractors.wxr import item_fields, parse_item, read_item
from wpmigrate.options import RunOptions
from wpmigrate.runner.index import build_index
from wpmigrate.runner.names import collision_key
from wpmigrate.runner.records import ExportFile
from wpmigrate.runner.routes import route
from wpmigrate.wordpress.urls import address_key

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif("WPMIGRATE_CORPUS" not in os.environ, reason="WPMIGRATE_CORPUS names no folder"),
]
FILES = (
    sorted(Path(os.environ.get("WPMIGRATE_CORPUS", "."), "wxr").rglob("*.xml"))
    if "WPMIGRATE_CORPUS" in os.environ
    else []
)


def check(index):
    for file in index.files():
        assert file.entries == file.items_in_bytes > 0
        assert file.problems == ()
    stems = []
    for job in index.jobs():
        with open(job.plain, "rb") as stream:
            stream.seek(job.offset)
            data = stream.read(job.length)
        source = read_item(data, job.label, job.item, encoding=job.encoding, offset=job.offset, line=job.line)
        how, _ = route(source.fields)
        look = item_fields(parse_item(data, job.encoding))
        for name in (
            "id",
            "type",
            "status",
            "slug",
            "title",
            "url",
            "author",
            "parent",
            "order",
            "terms",
            "protected",
        ):
            assert getattr(look, name) == getattr(source.fields, name)
        assert bool(job.stem) == (how == "write" and not job.same_as)
        stems += [job.stem] if job.stem else []
        site = index.site(job.site)
        key = address_key(source.fields.url, site.hosts, site.base_url)
        if job.stem and key and site.entries_by_id.get(source.fields.id) == job.stem:
            assert site.addresses[f"?p={source.fields.id}"] == "/" + job.stem
            assert key in site.addresses
    assert len({collision_key(stem) for stem in stems}) == len(stems) > 0


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_one_export(path, tmp_path):
    check(build_index([ExportFile(path.name, str(path))], [], RunOptions(), str(tmp_path / "i.sqlite")))


def test_all_of_them(tmp_path):
    files = [ExportFile(path.name, str(path)) for path in FILES]
    index = build_index(files, [], RunOptions(), str(tmp_path / "i.sqlite"))
    check(index)
    assert len(list(index.sites())) == 7
