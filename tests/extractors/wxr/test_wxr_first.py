"""A small file from end to end."""

from wpmigrate.extractors import extract

FILE = b"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A</title>
<item><title>One</title><wp:post_id>7</wp:post_id><wp:status>publish</wp:status><wp:post_type>page</wp:post_type>
<content:encoded><![CDATA[<p>Text</p>]]></content:encoded></item>
</channel></rss>
"""


def test_a_small_file() -> None:
    (found,) = extract(FILE, "site.xml")
    assert (found.fields.id, found.fields.type, found.fields.title, found.body) == ("7", "page", "One", "<p>Text</p>")
    assert (found.item, found.format, found.body_line, found.findings) == ("1", "wxr", 4, ())
