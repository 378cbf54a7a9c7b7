"""What scan() accepts, refuses and counts."""

from __future__ import annotations

import io

import pytest

from wpmigrate.errors import ExtractError
from wpmigrate.extractors import extract
from wpmigrate.extractors.wxr import Scan, is_wxr, read_item, scan
from wpmigrate.options import ExtractOptions

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>\n'
FOOT = "</channel></rss>"
PUBLIC = (
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:post_password></wp:post_password>"
)


def item(body: str = "", extra: str = "") -> str:
    return f"<item><content:encoded><![CDATA[{body}]]></content:encoded>{PUBLIC}{extra}</item>\n"


def bodies(data: bytes, options: ExtractOptions | None = None) -> list[str]:
    return [entry.body for entry in extract(data, "x.xml", options or ExtractOptions())]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        (" \n", "empty"),
        (
            '<rss version="2.0"><channel><title>x</title><item><title>a</title></item></channel></rss>',
            "RSS feed",
        ),
        ('<rss version="2.0"><channel><title>x</title></channel></rss>', "RSS feed"),
        ('<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>', "Atom"),
        ("<!DOCTYPE html><html><body>wp</body></html>", "HTML"),
        ('<?xml version="1.0"?><catalog/>', "other XML"),
        ("just words", "no XML"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]>' + HEAD + item() + FOOT, "entities"),
        ('<!DOCTYPE rss SYSTEM "a"\n [ ]>' + HEAD + item() + FOOT, "entities"),
        ('<!ENTITY a SYSTEM "file:///etc/hosts">' + HEAD + item() + FOOT, "entities"),
        (HEAD.replace("UTF-8", "ISO-2022-JP") + item() + FOOT, "iso-2022-jp"),
    ],
)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(ExtractError, match=said):
        list(scan(io.BytesIO(text.encode())))


def test_a_document_type_alone_is_harmless() -> None:
    text = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://example.org/rss.dtd">' + HEAD + item("a") + FOOT
    assert bodies(text.encode()) == ["a"]


def test_entities_of_an_item_are_not_expanded() -> None:
    text = HEAD + item().replace("<item>", '<item><!DOCTYPE x [<!ENTITY a "boom">]><title>&a;</title>') + FOOT
    with pytest.raises(ExtractError, match="entities"):
        list(scan(io.BytesIO(text.replace("<item>", "").encode())))
    (found,) = extract(text.encode(), "x.xml")
    assert "boom" not in found.fields.title


@pytest.mark.parametrize(
    ("encoding", "declared", "read_as"),
    [
        ("utf-8", "UTF-8", "utf-8"),
        ("utf-8-sig", "UTF-8", "utf-8"),
        ("utf-8", "no-such-encoding", "utf-8"),
        ("utf-8", "utf8", "utf-8"),
        ("utf-8", "US-ASCII", "utf-8"),
        ("utf-16-le", "UTF-16", "utf-16-le"),
        ("utf-16-be", "UTF-16", "utf-16-be"),
        ("utf-16", "UTF-16", "utf-16-le"),
        ("utf-32-be", "UTF-32", "utf-32-be"),
        ("shift_jis", "Shift_JIS", "shift_jis"),
        ("gb18030", "GB18030", "gb18030"),
        ("euc-jp", "EUC-JP", "euc-jp"),
    ],
)
def test_encodings(encoding: str, declared: str, read_as: str) -> None:
    text = HEAD.replace("UTF-8", declared) + item("日本 ソ表 㰼 <item>") + item("2") + FOOT
    text = text.replace("㰼", "") if "jis" in encoding or "euc" in encoding else text
    pieces = scan(io.BytesIO(text.encode(encoding)))
    items = [piece for piece in pieces if piece.kind == "item"]
    assert (pieces.encoding, pieces.items, pieces.hidden, pieces.starts) == (read_as, 2, 1, 3)
    found = read_item(items[0].data, "x.xml", "1", encoding=pieces.encoding)
    assert found.body == ("日本 ソ表 㰼 <item>" if "㰼" in text else "日本 ソ表  <item>")
    assert not found.findings


def test_declared_latin_1() -> None:
    text = HEAD.replace("UTF-8", "ISO-8859-1") + item("café") + FOOT
    assert bodies(text.encode("latin-1")) == ["café"]


def test_bytes_that_are_not_utf_8() -> None:
    text = HEAD + item("café ’s") + FOOT
    (found,) = extract(text.encode("cp1252"), "x.xml")
    assert found.body == "café ’s"
    assert "windows-1252" in found.notices[0].what


def test_a_forced_encoding() -> None:
    text = HEAD + item("цена") + FOOT
    assert bodies(text.encode("koi8-r"), ExtractOptions(encoding="koi8-r")) == ["цена"]


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "cp037"])
def test_a_forced_encoding_that_cannot_be(encoding: str) -> None:
    with pytest.raises(ExtractError, match=encoding):
        bodies((HEAD + item() + FOOT).encode(), ExtractOptions(encoding=encoding))


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (HEAD, True),
        ("\ufeff" + HEAD, True),
        ("<br />\nWarning: x\n" + HEAD, True),
        ("<rss><channel><item><wp:post_id>1</wp:post_id>", True),
        ('<rss version="2.0"><channel><title>x</title>', False),
        ("---\ntitle: x\n---\n<p>about WXR</p>", False),
        ("<p>http://wordpress.org/export/1.2/</p>", False),
    ],
)
def test_is_wxr(head: str, answer: bool) -> None:
    assert is_wxr(head.encode()) is answer
    assert is_wxr(head.encode("utf-16-le")) is answer


def test_positions_of_pieces() -> None:
    data = (HEAD + item("a") + item("b") + FOOT).encode()
    kinds = [(piece.kind, piece.line, piece.number) for piece in scan(io.BytesIO(data))]
    assert kinds == [("header", 1, 0), ("item", 3, 1), ("item", 4, 2), ("trailer", 4, 0)]


class Endless(io.RawIOBase):
    """A file of ``count`` items that is never in memory as a whole; it gives short reads."""

    def __init__(self, count: int) -> None:
        self.parts = iter([HEAD, *([item("text " * 500)] * count), FOOT])
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self.rest:
            self.rest = next(self.parts, "").encode()
        part, self.rest = self.rest[:size], self.rest[size:]
        return part


def test_memory_does_not_grow_with_the_file() -> None:
    pieces = Scan(Endless(2000), block=1 << 14)  # type: ignore[arg-type]
    largest = 0
    for _ in pieces:
        largest = max(largest, len(pieces._window.raw))
    assert pieces.items == 2000
    assert largest < 5 * (1 << 14)


MANY = 20_000
HOSTILE = {
    "ends of sections": HEAD + item("x]]> y " * MANY) + FOOT,
    "sections in unknown elements": HEAD + item(extra="<a><![CDATA[x]]> <b> " * MANY) + FOOT,
    "comments that do not end": HEAD + item(extra="<!-- " * MANY) + item() + FOOT,
    "comments that do not end, at the top": HEAD + "<!-- " * MANY + item() + FOOT,
    "sections that do not end": HEAD + item(extra="<![CDATA[" * MANY),
    "elements that do not end": HEAD + item(extra="<a>" * MANY) + FOOT,
    "elements of many names that do not end": HEAD
    + item(extra="".join(f"<a{n}>" for n in range(MANY)))
    + FOOT,
    "elements that do not end, at the top": HEAD + "".join(f"<a{n}>" for n in range(MANY)) + item() + FOOT,
    "metadata that does not end": HEAD + item(extra="<wp:postmeta><wp:meta_key>" * MANY) + FOOT,
    "elements in one another": HEAD + item(extra="<a>" * MANY + "</a>" * MANY) + FOOT,
    "end tags": HEAD + item(extra="</a>" * MANY) + FOOT,
    "ampersands": HEAD + item(extra="<a>" + "& " * MANY + "</a>") + FOOT,
    "tags that do not end": HEAD + item(extra="<a " * MANY) + FOOT,
    "document types": HEAD + "<!DOCTYPE " * MANY + item() + FOOT,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_take_linear_time(text: str) -> None:
    entries = list(extract(text.encode(), "x.xml"))
    assert 1 <= len(entries) <= 2
    assert all(entry.findings or entry.fields.status == "publish" for entry in entries)


@pytest.mark.corpus
def test_real_files(corpus_dir) -> None:  # type: ignore[no-untyped-def]
    paths = sorted((corpus_dir / "wxr").rglob("*.xml"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        pieces = scan(io.BytesIO(data))
        items = [piece for piece in pieces if piece.kind == "item"]
        assert len(items) == pieces.starts == data.count(b"<item>")
        assert pieces.damaged == pieces.orphans == pieces.hidden == 0
        for piece in items:
            assert not read_item(piece.data, path.name, str(piece.number), encoding=pieces.encoding).findings


def test_parts_put_into_one_file_have_headers_and_no_items_beside_their_own() -> None:
    head = HEAD + "<title>Site</title><link>http://old.example</link><description>x</description>"
    text = head + item("a") + FOOT + "\n" + head + item("b") + FOOT
    found = list(reader := scan(io.BytesIO(text.encode())))
    assert [piece.problem for piece in found if piece.kind == "item"] == ["", ""]
    assert (reader.items, reader.orphans, reader.starts) == (2, 0, 2)
    assert bodies(text.encode()) == ["a", "b"]
