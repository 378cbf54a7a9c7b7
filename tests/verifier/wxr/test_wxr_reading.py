"""The proof's two readers of items: libxml2, and one that follows the tags of what is no XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import SourceEntry
from wpmigrate.verifier.wxr.broken import read_elements
from wpmigrate.verifier.wxr.dates import gmt_dates, local_dates
from wpmigrate.verifier.wxr.item import Item, read_item, sort_elements


def stripped(item: Item) -> dict[str, object]:
    """Return what an item says, without the blanks that a file's layout puts round its texts."""
    values = {key: value.strip() for key, value in item.values.items()}
    return {"values": values, "terms": item.terms, "meta": item.meta, "comments": item.comments, "unknown": item.unknown}


def test_both_readers_agree_on_sound_items(sample):
    for source in sample.sources[:3]:
        whole = read_item(source.raw, "utf-8")
        assert whole.well_formed
        assert stripped(sort_elements(read_elements(source.raw.decode()))) == stripped(whole)


def one(xml: str) -> Item:
    return read_item(f"<item>{xml}</item>".encode(), "utf-8")


@pytest.mark.parametrize(
    ("xml", "name", "text"),
    [
        ("<title>Fish & chips</title>", "title", "Fish & chips"),
        ("<title>Fish&nbsp;&amp; chips</title>", "title", "Fish\xa0& chips"),
        ("<title>2 < 3</title>", "title", "2 < 3"),
        ("<title>a\x08b\x0bc</title>", "title", "ab c"),
        ("<title><![CDATA[a]]]]><![CDATA[>b]]></title>", "title", "a]]>b"),
        ("<content:encoded><![CDATA[// <![CDATA[\nx\n// ]]>\n]]></content:encoded>", "content:encoded", "// <![CDATA[\nx\n// ]]>\n"),
        ("<content:encoded><![CDATA[a</content:encoded> b]]></content:encoded>", "content:encoded", "a</content:encoded> b"),
        ("<content:encoded><p>a</p></content:encoded>", "content:encoded", "<p>a</p>"),
        ("<x:encoded>a</x:encoded>", "content:encoded", "a"),
        ("<w:post_id>7</w:post_id>", "post_id", "7"),
        ("<post_id>7</post_id>", "post_id", "7"),
        ("<wp:post_id>7<wp:status>draft</wp:status>", "status", "draft"),
        ("<wp:post_name><![CDATA[a]]><wp:status>draft</wp:status>", "post_name", "a"),
        ("<wp:post_id>7</wp:post_id><content:encoded><![CDATA[cut", "post_id", "7"),
    ],
)
def test_odd_items(xml, name, text):
    assert one(xml).values[name] == text


def test_an_element_that_stands_twice_is_noticed():
    assert one("<wp:status>publish</wp:status><wp:status>private</wp:status>").again == [("status", "private")]


def test_entities_and_files_of_others_are_never_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden")
    item = one(f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><title>&e;</title>')
    assert "hidden" not in str(item)


def test_other_encodings():
    raw = "<item><title>Grüße</title></item>"
    assert read_item(raw.encode("utf-16-le"), "utf-16-le").values["title"] == "Grüße"
    assert read_item(raw.encode("cp1252"), "windows-1252").values["title"] == "Grüße"
    assert read_item(raw.encode("cp1252"), "utf-8").values["title"] == "Grüße"


@given(st.lists(st.sampled_from(["<a", "<wp:comment>", "<![CDATA[", "]]>", "</item>", "</wp:comment>", "&", "&x;", '"', "'", "x", " ", "<wp:meta_key>", "</wp:meta_key>", "<item>", "<wp:postmeta>", "\x00"])))  # fmt: skip
def test_no_bytes_make_the_readers_raise(parts):
    read_item("".join(parts).encode(), "utf-8")


@given(place=st.integers(0, 100_000), byte=st.integers(0, 255), cut=st.booleans())
def test_no_damage_makes_the_proof_raise(sample, place, byte, cut):
    source = sample.sources[place % 2]
    raw, at = source.raw, place % len(source.raw)
    damaged = raw[:at] if cut else raw[:at] + bytes([byte]) + raw[at + 1 :]
    other = SourceEntry(source.path, damaged, "wxr", "utf-8", source.fields, source.metadata, source.body)
    sample.findings(other, sample.files(source, ("json",)))


def test_time_is_linear():
    for part in ("<wp:comment>", "<![CDATA[", "]]>", "<wp:post_id>", "<a ", "</wp:comment", "<x>", "<content:encoded><![CDATA[</content:encoded>"):
        read_elements("<item>" + part * 20_000)


@pytest.mark.parametrize(
    ("local", "gmt", "wanted"),
    [
        ("2019-04-04 10:00:00", "2019-04-04 08:00:00", ("2019-04-04T10:00:00+02:00",)),
        ("1969-12-31 23:30:00", "1970-01-01 09:00:00", ("1969-12-31T23:30:00-09:30",)),
        ("2039-01-01 00:00:00", "0000-00-00 00:00:00", ("2039-01-01T00:00:00",)),
        ("2019-04-04 10:00:00", "2019-04-01 08:00:00", ("2019-04-04T10:00:00",)),
        ("2019-04-04 10:00:07", "2019-04-04 08:00:00", ("2019-04-04T10:00:07+02:00", "2019-04-04T10:00:07")),
        ("0000-00-00 00:00:00", "2019-04-04 08:00:00", ("",)),
        ("2019-02-30 10:00:00", "", ("",)),
        ("2019/4/4", "", ("2019-04-04", "")),
    ],
)
def test_local_dates(local, gmt, wanted):
    assert local_dates(local, gmt) == wanted


def test_dates_in_gmt():
    assert gmt_dates("2019-04-04 08:00:00") == ("2019-04-04T08:00:00Z",)
    assert gmt_dates("-0001-11-30 00:00:00")[0] is None
    assert gmt_dates("yesterday") == ("yesterday",)
