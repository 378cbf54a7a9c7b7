"""From an export to files that are there: convert, download, and every output refers to the new place."""

from __future__ import annotations

import json

import pytest

from wpmigrate.cli import main

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Walks</title><link>{url}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{url}</wp:base_site_url><wp:base_blog_url>{url}</wp:base_blog_url>
<item><title>By the river</title><link>{url}/by-the-river/</link>
<content:encoded><![CDATA[<p>See <img src="{url}/wp-content/uploads/2012/04/river-300x200.jpg" alt="a river"> and
<a href="{url}/wp-content/uploads/2012/04/map.pdf">the map</a>.</p>]]></content:encoded>
<wp:post_id>1</wp:post_id><wp:post_name>by-the-river</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
</item>
<item><title>river</title><link>{url}/river/</link><wp:post_id>2</wp:post_id><wp:post_name>river</wp:post_name>
<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:post_parent>1</wp:post_parent>
<wp:attachment_url>{url}/wp-content/uploads/2012/04/river.jpg</wp:attachment_url></item>
</channel></rss>
"""


@pytest.fixture
def wp(capsys):
    """Run a command; gives exit code, stdout, stderr."""

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        streams = capsys.readouterr()
        return ended.value.code, streams.out, streams.err

    return run


def test_from_the_export_to_the_files(wp, tmp_path, old_site, pages):
    export, out = tmp_path / "site.xml", tmp_path / "out"
    export.write_text(EXPORT.format(url=old_site.url))
    assert wp("convert", export, out)[0] == 0
    page = out / "post" / "by-the-river.md"
    assert f"{old_site.url}/wp-content/uploads/2012/04/river-300x200.jpg" in page.read_text()
    assert len(wp("media", "list", out)[1].splitlines()) == 2

    old_site.put("/wp-content/uploads/2012/04/river.jpg", pages.good())
    code, said, _ = wp("media", "download", "--allow-private", "--rate", "0", out)
    assert code == 1, said
    text = page.read_text()
    assert "/media/2012/04/river.jpg" in text and "river-300x200" not in text
    assert f"{old_site.url}/wp-content/uploads/2012/04/map.pdf" in text
    assert len(wp("media", "list", out)[1].splitlines()) == 1
    assert wp("verify", export, out)[0] == 0

    old_site.put("/wp-content/uploads/2012/04/map.pdf", pages.good(b"%PDF-1.4 map", "application/pdf"))
    code, said, _ = wp("media", "download", "--allow-private", "--rate", "0", out)
    assert code == 0, said
    assert "/media/2012/04/map.pdf" in page.read_text()
    states = [row["state"] for row in json.loads((out / "media.json").read_bytes())["files"]]
    assert states == ["downloaded", "downloaded"]
    assert wp("verify", export, out)[0] == 0


def test_where_the_export_has_moved_it_says_what_to_do(wp, tmp_path, old_site, pages):
    export, out = tmp_path / "site.xml", tmp_path / "out"
    export.write_text(EXPORT.format(url=old_site.url))
    wp("convert", export, out)
    export.rename(tmp_path / "moved.xml")
    for name, body in (("river.jpg", pages.JPEG), ("map.pdf", b"%PDF-1.4")):
        old_site.put(f"/wp-content/uploads/2012/04/{name}", pages.good(body))
    code, said, told = wp("media", "download", "--allow-private", "--rate", "0", out)
    assert code == 2
    assert "nothing is missing" in said
    assert "wpmigrate convert" in told
    assert wp("convert", tmp_path / "moved.xml", out)[0] == 0
    assert "/media/2012/04/map.pdf" in (out / "post" / "by-the-river.md").read_text()
