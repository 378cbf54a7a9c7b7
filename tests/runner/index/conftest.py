"""A writer of small WXR files, and the index of them."""

from __future__ import annotations

import html
from typing import Any

import pytest

from wpmigrate.options import RunOptions
from wpmigrate.runner.index import build_index
from wpmigrate.runner.records import ExportFile

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
