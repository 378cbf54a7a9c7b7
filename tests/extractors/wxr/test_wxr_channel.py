"""The site, its authors and its terms."""

from __future__ import annotations

import io

import pytest

from wpmigrate.extractors.wxr import AuthorRow, Channel, TermRow, add_to_channel, read_channel_piece, scan

HEAD = '<?xml version="1.0"?>\n<rss xmlns:wp="http://wordpress.org/export/1.2/"\n xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'


def read(channel: str) -> tuple[Channel, list[AuthorRow | TermRow]]:
    pieces = scan(io.BytesIO(f"{HEAD}{channel}\n</channel></rss>".encode()))
    found, rows = Channel(), []
    for piece in pieces:
        part = read_channel_piece(piece, pieces.encoding)
        add_to_channel(found, part)
        if not isinstance(part, dict):
            rows.append(part)
    return found, rows


def test_fields() -> None:
    channel, _ = read(
        """<title>Tom &#38;amp; Jerry</title><link> https://example.org </link><description>It&#8217;s</description>
        <pubDate>Fri, 21 Nov 2014 15:01:17 +0000</pubDate><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
        <wp:base_site_url>https://example.com</wp:base_site_url><wp:base_blog_url>https://example.org</wp:base_blog_url>
        <generator>https://wordpress.org/?v=6.4</generator><image><url>https://example.org/i.png</url><title>x</title></image>
        <title>another</title>"""
    )
    assert (channel.title, channel.link, channel.tagline) == ("Tom & Jerry", "https://example.org", "It’s")
    assert (channel.language, channel.wxr_version, channel.generator) == (
        "en-US",
        "1.2",
        "https://wordpress.org/?v=6.4",
    )
    assert (channel.base_site_url, channel.base_blog_url) == ("https://example.com", "https://example.org")
    assert channel.namespaces["wp"] == "http://wordpress.org/export/1.2/"
    assert list(channel.other) == ["image"]


@pytest.mark.parametrize(
    ("xml", "row"),
    [
        (
            "<wp:author><wp:author_id>2</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login><wp:author_email>a@example.org"
            "</wp:author_email><wp:author_display_name><![CDATA[Ann O&#039;Hara]]></wp:author_display_name></wp:author>",
            AuthorRow("2", "ann", "a@example.org", "Ann O'Hara"),
        ),
        (
            "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>a-b</wp:category_nicename><wp:category_parent>a"
            "</wp:category_parent><wp:cat_name><![CDATA[A &amp; B]]></wp:cat_name>"
            "<wp:category_description><![CDATA[<b>x</b>]]></wp:category_description></wp:category>",
            TermRow("3", "category", "a-b", "A & B", "a", "<b>x</b>"),
        ),
        (
            "<wp:tag><wp:tag_slug>%e6%97%a5</wp:tag_slug><wp:tag_name><![CDATA[日]]></wp:tag_name></wp:tag>",
            TermRow("", "post_tag", "日", "日"),
        ),
        (
            "<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>genre</wp:term_taxonomy><wp:term_slug>jazz</wp:term_slug>"
            "<wp:term_parent>music</wp:term_parent><wp:term_name><![CDATA[Jazz]]></wp:term_name>"
            "<wp:termmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value></wp:termmeta></wp:term>",
            TermRow("9", "genre", "jazz", "Jazz", "music", "", [("k", "v")]),
        ),
        (
            "<author><author_login>bob</author_login><author_display_name>Bob & Co</author_display_name></author>",
            AuthorRow("", "bob", "", "Bob & Co"),
        ),
    ],
)
def test_rows(xml: str, row: AuthorRow | TermRow) -> None:
    assert read(xml)[1] == [row]


def test_rss_categories_are_no_terms() -> None:
    channel, rows = read("<category>Blogs</category><author>ann@example.org</author>")
    assert rows == []
    assert channel.other == {"category": "Blogs", "author": "ann@example.org"}


def test_damage_in_the_channel_costs_one_element() -> None:
    channel, rows = read(
        "<title>A & B</title><link>x\n<language>de</language><wp:tag><wp:tag_slug>a</wp:tag_slug><wp:tag_name>A</wp:tag></wp:tag>"
    )
    assert (channel.title, channel.language) == ("A & B", "de")
    assert [row.slug for row in rows if isinstance(row, TermRow)] == ["a"]
