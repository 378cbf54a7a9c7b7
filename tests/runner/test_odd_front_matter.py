"""Front matter that is odd, read by two readers who must not quarrel: no false alarm, and nothing lost."""

from __future__ import annotations

import json

import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import OutputFile, Site
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.runner.job import convert_entry
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

ODD = {
    "stray bytes": b"title: Caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xe9t\xe9\nexcerpt: \xc3\xa9\xc3\xa9\xc3\xa9 \x93q\x94",
    "alias bomb": b"a0: &a0 [x]\n"
    + b"\n".join(b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)),
    "thirty aliases": b"base: &b {x: 1}\nlist: [" + b", ".join([b"*b"] * 30) + b"]",
    "merge keys": b"base: &b {x: 1, y: two}\nchild:\n  <<: *b\n  y: own\nmany:\n  <<: [*b, {z: 3}]",
    "merge at the top": b"base: &b {title: Merged, x: 1}\n<<: *b",
    "keys that are no text": b"~: a\nm: {null: b, true: c, 2.5: d}\n1e3: e\n? [p, q]\n: f\n? {r: s}\n: g",
    "empty keys": b'"": a\n? \n: b',
    "tags as text": b"tags: 'a, b c'\ncategories: one two",
    "numbers": b"a: 01234\nb: 12:30\nc: 1e3\nd: 0x1F\ne: 1_000\nf: 0o17\ng: -.inf\nh: .nan\ni: 1.50\nj: 12345678901234567890123",
    "numbers as text": b"title: 1e3\nslug: 010\ntags: [yes, 1.0, 01234, null, 12:30, 2010-01-01]\nauthor: 007",
    "words": b"title: false\nexcerpt: 1e3\ntags: [true, ~]\nauthor: yes",
    "no text in binary": b'a: !binary |\n  /9j/4AAQSkZJRgABAQ==\nb: !!binary "gIGC"\nc: !binary "not*base64"',
    "title of tags and entities": b"title: 'Vector<T> &amp; <foo>x</foo> <b>y</b> &lt;br&gt; 3 < 4 <br>z <!-- c --> w'",
    "title that is no text": b"title: [a, b]\nexcerpt: {a: 1}\nslug: [x]\ndate: [1]\nauthor: [Ann, {name: Bo}]",
    "keys that stand twice": b"title: A\ntitle: B\ntags: [a]\ntags: [b]\nmeta: {a: 1, a: 2}",
    "comments": b'comments:\n- id: 0\n  parent: "0"\n  content: "a\\r\\nb"\n- just text\n- null\n- {id: null, author: {name: X}}',
    "controls": b'title: C\x01D\nfoo: "a\\x00b\\x07c"',
    "dates": b'date: 2013/04/27\nmodified: "Thu, 19 Apr 2012 11:55:16 +0000"\ndate_gmt: 2013-04-27t21:38:53.5z',
    "a date without seconds": b"date: 2013-04-27 21:38 UTC",
    "draft: false": b"draft: false\nraw_title: mine\nsource: x\ncontent: y",
    "terms with slugs of their own": b"categories:\n- {title: News, slug: the-news}\ntags: 'R&amp;B, Jazz'",
    "damaged keys": 'title: x\ncatÃ©gorie: a\nmeta:\n  Ã©tÃ©: 1\n  l: [{dÃ©jÃ\xa0: vu}]'.encode(),
    "damaged keys as escapes": b'"cat\\xC3\\xA9gorie": a\nmeta: {"\\xC3\\xA9": 01234}',
    "unquoted colons": b"title: Foo: bar: baz\ntags:\n- a",
}


def page(block: bytes) -> bytes:
    return b"---\n" + block + b"\n---\n\nHello <b>there</b>.\n"


def convert(data: bytes):
    return convert_entry("a/b.html", data, "a/b")


@pytest.mark.parametrize("data", [*map(page, ODD.values())], ids=[*ODD])
def test_no_false_alarm(data):
    record = convert(data).record
    assert (record.status, record.reason) == ("written", "")
    assert [finding for finding in record.findings if finding.file] == []


@pytest.mark.parametrize("end", [b"\r", b"\r\n"])
def test_line_ends_of_old_machines(end):
    data = b"---\ntitle: T\ntags:\n- a\n---\nOne.\n\nTwo.\n".replace(b"\n", end)
    result = convert(data)
    assert result.record.status == "written"
    assert result.files[0].data.endswith(b"\n\nOne.\n\nTwo.\n")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf"])
def test_byte_order_marks(mark):
    assert convert(mark + page(b"title: T")).record.status == "written"


def test_both_values_of_a_key_are_there():
    kept = json.loads(convert(page(ODD["keys that stand twice"])).files[1].data)["metadata"]["duplicate_keys"]
    assert [row["value"] for row in kept] == ["A", ["a"], 1]


def test_comments_and_excerpts_are_blocks_in_yaml():
    block = b'excerpt: "a\\r\\nb"\ncomments:\n- content: "c\\r\\nd"'
    written = convert(page(block)).files[2].data
    assert b"excerpt: |-\n  a\n  b\n" in written
    assert b"content: |-\n      c\n      d\n" in written


def test_damaged_keys_are_whole_and_their_loss_is_seen():
    result = convert(page(ODD["damaged keys"]))
    assert json.loads(result.files[1].data)["metadata"]["catégorie"] == "a"
    assert json.loads(result.files[1].data)["metadata"]["meta"] == {"été": 1, "l": [{"déjà": "vu"}]}
    source = next(iter(extract(page(ODD["damaged keys"]), "a/b.html", ExtractOptions())))
    for old, new in (("catégorie", "categorie"), ("été", "ete"), ("déjà", "deja")):
        files = tuple(OutputFile(f.path, f.format, f.data.decode().replace(old, new).encode()) for f in result.files)
        assert verify(source, files, COMMONMARK, NormalizeOptions(), result.record.notices, Site())
