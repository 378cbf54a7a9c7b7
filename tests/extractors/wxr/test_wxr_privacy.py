"""What must not leave an export, and what only does when it was asked for."""

from __future__ import annotations

import msgspec
import pytest

from wpmigrate.extractors.wxr import item_fields, parse_item, read_item
from wpmigrate.options import ExtractOptions

DEFAULTS = ExtractOptions()
COMMENT = """<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_author>Ann</wp:comment_author>
<wp:comment_author_email>ann@example.org</wp:comment_author_email><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP>
<wp:comment_approved>1</wp:comment_approved><wp:commentmeta><wp:meta_key>akismet_as_submitted</wp:meta_key>
<wp:meta_value>ann@example.org 192.0.2.1</wp:meta_value></wp:commentmeta></wp:comment>"""
ITEM = f"""<item><title>T</title><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:post_password>hidden-word</wp:post_password>{COMMENT}</item>"""


def text_of(item: str, options: ExtractOptions = DEFAULTS) -> str:
    entry = read_item(item.encode(), "x.xml", "1", options)
    return msgspec.json.encode((entry.fields, entry.metadata, entry.body)).decode()


def test_addresses_of_commenters_stay_behind() -> None:
    assert "ann@" not in text_of(ITEM)
    assert "192.0.2" not in text_of(ITEM)


def test_addresses_of_commenters_when_asked_for() -> None:
    found = text_of(ITEM, ExtractOptions(emails=True))
    assert "ann@" in found
    assert "192.0.2.1" in found


def test_a_password_stays_behind() -> None:
    entry = read_item(ITEM.encode(), "x.xml", "1")
    assert entry.fields.protected
    assert "hidden-word" not in text_of(ITEM)


NAMES = ["wp:status", "wp:post_type", "wp:post_password"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", ["<{}>", "</{}>"])
@pytest.mark.parametrize("new", ["", "<wp:x>", "\0", "<<", "]]>"])
def test_an_item_whose_guards_are_damaged_is_not_public(name: str, tag: str, new: str) -> None:
    """Whatever happens to one tag of what says that an item is not public, it is not public after that."""
    item = ITEM.replace(tag.format(name), new)
    entry = read_item(item.encode(), "x.xml", "1")
    assert entry.fields.status != "publish" or entry.fields.protected
    assert "hidden-word" not in text_of(item)


@pytest.mark.parametrize("cut", range(0, len(ITEM), 7))
def test_a_cut_item_is_not_public_before_its_password_was_read(cut: int) -> None:
    entry = read_item(ITEM[:cut].encode(), "x.xml", "1")
    assert entry.findings
    assert entry.fields.status != "publish" or entry.fields.protected
    assert "hidden-word" not in text_of(ITEM[:cut])


def test_elements_that_may_be_a_password_are_left_out() -> None:
    assert "word-two" not in text_of(
        ITEM.replace("</item>", "<wp:old_password>word-two</wp:old_password></item>")
    )


def test_a_password_of_a_plugin_stays_behind_but_guards_nothing() -> None:
    meta = '<wp:postmeta><wp:meta_key>f</wp:meta_key><wp:meta_value>a:1:{s:8:"Password";s:8:"word-two";}</wp:meta_value></wp:postmeta>'
    item = ITEM.replace("hidden-word", "").replace("</item>", meta + "</item>")
    entry = read_item(item.encode(), "x.xml", "1")
    assert (entry.fields.status, entry.fields.protected) == ("publish", False)
    assert "word-two" not in text_of(item)


def test_the_light_fields_are_those_of_the_entry() -> None:
    for item in (ITEM, ITEM.replace("</wp:status>", ""), ITEM[:200]):
        fields = read_item(item.encode(), "x.xml", "1").fields
        fields.comments = []
        assert item_fields(parse_item(item.encode())) == fields
