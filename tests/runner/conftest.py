"""A converter of three lines for tests of what surrounds it (workers are forked, so they see it too), and a writer of small WXR files."""

from __future__ import annotations

import html
import os
import time
from typing import Any

import pytest

from helpers import pages
from wpmigrate.errors import NormalizeError
from wpmigrate.model import Notice, OutputFile
from wpmigrate.runner.job import EntryResult
from wpmigrate.runner.records import Record, SourceRef


def _convert(path, data, stem, options, site, *, draft_stem="", note=""):
    """Write the body as it is; its words say how to misbehave."""
    words = data.decode().replace(",", " ").split()
    where = SourceRef(path)
    if "crash" in words:
        os._exit(7)
    if "hang" in words:
        time.sleep(600)
    if "hog" in words:
        bytearray(64 << 30)
    if "bug" in words:
        raise ValueError("what a bug")
    if "bad" in words:
        raise NormalizeError(f"{path}: a bad page")
    if "private" in words:
        return EntryResult(Record(where, "skipped", "private"))
    if "draft" in words:
        stem = draft_stem
    notices = [Notice("dropped", "style color: decoration", 2)] if "colour" in words else []
    notices += [Notice("mapped", note)] if note else []
    endings = {"markdown": "md", "json": "json", "yaml": "yaml"}
    files = tuple(OutputFile(f"{stem}.{endings[form]}", form, data) for form in options.to)
    return EntryResult(Record(where, "written", "", tuple(f.path for f in files), tuple(notices)), files)


@pytest.fixture
def fake_convert(monkeypatch):
    """Put the small converter in the place of the real one."""
    monkeypatch.setattr("wpmigrate.runner.work.convert_entry", _convert)
    monkeypatch.setattr("wpmigrate.runner.batch.build_site", lambda jobs, written_stem: _no_site())


def _no_site():
    from wpmigrate.model import Site

    return Site()


class Whole:
    """Pages converted and proven whole, with the real converter."""

    page = staticmethod(pages.page)
    markdown = staticmethod(pages.markdown)

    @staticmethod
    def file(result: EntryResult, form: str) -> OutputFile:
        return next(file for file in result.files if file.format == form)


@pytest.fixture
def whole():
    return Whole


class Watcher:
    """Remembers what a run told."""

    def __init__(self):
        self.total = None
        self.records = []
        self.unchanged = 0
        self.ended = False
        self.problems = []

    def begin(self, total):
        self.total = total

    def entry(self, record, unchanged):
        self.records.append(record)
        self.unchanged += unchanged

    def problem(self, place, message):
        self.problems.append((place, message))

    def end(self):
        self.ended = True


@pytest.fixture
def watcher():
    """Someone who watches a run."""
    return Watcher()


HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""


def cdata(text: Any) -> str:
    return "<![CDATA[" + str(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def an_item(
    id: Any = "", *, type: str = "post", slug: str = "", status: str = "publish", title: str = "", **more: Any
) -> str:
    """Return an ``<item>``; ``meta`` is pairs, ``terms`` is (taxonomy, slug, name)."""
    link = more.get("link", f"https://example.org/{slug}/" if slug else f"https://example.org/?p={id}")
    rows = {
        "title": cdata(title),
        "link": html.escape(link),
        "dc:creator": cdata(more.get("author", "")),
        "guid": html.escape(more.get("guid", "")),
        "content:encoded": cdata(more.get("content", "")),
        "excerpt:encoded": cdata(more.get("excerpt", "")),
        "wp:post_id": id,
        "wp:post_date": more.get("date", "2012-04-19 11:55:16"),
        "wp:post_date_gmt": more.get("date", "2012-04-19 11:55:16"),
        "wp:post_name": cdata(slug),
        "wp:status": status,
        "wp:post_parent": more.get("parent", 0),
        "wp:menu_order": more.get("order", 0),
        "wp:post_type": type,
        "wp:post_password": cdata(more.get("password", "")),
    }
    if "file" in more:
        rows["wp:attachment_url"] = cdata(more["file"])
    text = "".join(f"<{name}>{value}</{name}>\n" for name, value in rows.items())
    for taxonomy, term, name in more.get("terms", ()):
        text += f'<category domain="{taxonomy}" nicename="{html.escape(term)}">{cdata(name)}</category>\n'
    for key, value in more.get("meta", ()):
        text += f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>\n"
    return f"<item>\n{text}</item>\n"


def an_export(*parts: str, home: str = "https://example.org", more: str = "") -> str:
    """Return a WXR file with ``parts`` after the channel's own elements."""
    channel = (
        f"<title>A site</title><link>{home}</link><description>words</description><language>en-US</language>"
    )
    bases = (
        f"<wp:base_site_url>{home}</wp:base_site_url><wp:base_blog_url>{home}</wp:base_blog_url>"
        if home
        else ""
    )
    return f"{HEAD}{channel}{bases}{more}{''.join(parts)}</channel></rss>\n"


@pytest.fixture
def item():
    return an_item


@pytest.fixture
def export():
    return an_export
