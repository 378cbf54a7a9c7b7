"""Whole pages to SourceEntry."""

import contextlib
import json
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.errors import ExtractError
from wpmigrate.extractors import EXTRACTORS, extract
from wpmigrate.extractors.front_matter import _split_any, split
from wpmigrate.model import Fields, SourceEntry
from wpmigrate.options import ExtractOptions


def entry(page: str | bytes, path: str = "page.html") -> SourceEntry:
    (found,) = extract(page if isinstance(page, bytes) else page.encode(), path, ExtractOptions())
    return found


def shown(found: SourceEntry) -> dict[str, Any]:
    """Return all of an entry that is not the default, as the cases write it."""
    fields = msgspec.to_builtins(found.fields)
    fields["terms"] = [f"{term.taxonomy} {term.slug} {term.name}" for term in found.fields.terms]
    defaults = msgspec.to_builtins(Fields())
    return {
        "format": found.format,
        "body": f"{found.body_line} {found.body}".removesuffix("\n"),
        **{key: value for key, value in fields.items() if value != defaults[key]},
        **({"metadata": found.metadata} if found.metadata else {}),
        **({"notices": [f"{n.kind} {n.what}" for n in found.notices]} if found.notices else {}),
        **(
            {"findings": [f"{f.source_line}:{f.source_column} {f.message}" for f in found.findings]}
            if found.findings
            else {}
        ),
    }


@pytest.mark.cases("cases/pages.txt")
def test_pages(case: Any) -> None:
    expected = yaml.load(case.expected, yaml.BaseLoader)
    assert _texts(shown(entry(case.input + "\n"))) == _texts(expected)


def _texts(value: Any) -> Any:
    """Make every scalar text, since the cases are read without types (test_yaml_loader has the types)."""
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_texts(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


BODIES = ["", "a", "a\r\nb\rc\nd", "\n\n<p>a</p>\n", "---\ntitle: x\n---\n", "\u00a0x\u2028\x85y\x0b"]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_body_is_not_touched(body: str, end: str) -> None:
    if end == "\r" and body.startswith("\n"):
        body = "x" + body
    found = entry(end.join(["---", "title: T", "tags: [a]", "---", ""]) + body)
    assert found.body == body
    assert found.body_line == 5
    assert found.fields.title == "T"
    assert found.findings == ()


@given(st.lists(st.sampled_from(["---", "...", "--- ", "\n", "\n", "\r", "\r\n", "a: b", " ", "\u2028"]), max_size=14))
def test_usual_fences_are_split_as_any_others_are(parts: list[str]) -> None:
    text = "---\n" + "".join(parts)
    assert split(text) == _split_any(text)


@given(st.text(max_size=80), st.sampled_from(["\n", "\r\n"]))
def test_any_body_is_not_touched(body: str, end: str) -> None:
    found = entry(f"---{end}title: T{end}---{end}{body}")
    assert found.body == body
    assert found.body_line == 4


@given(
    st.lists(
        st.sampled_from(["---", "...", "--- ", "title: x", "- a", "", "a: &b [*b]", "\ttab", "a: 'b", "é"])
    )
)
def test_no_line_is_lost_between_block_and_body(lines: list[str]) -> None:
    text = "\n".join(lines)
    parts = split(text)
    assert text.endswith(parts.body)
    assert parts.block in text
    assert "\n".join(lines[parts.body_line - 1 :]) == parts.body or parts.body == ""
    json.dumps(msgspec.to_builtins(entry(text)))


@given(st.binary(max_size=120))
def test_no_bytes_crash_it(data: bytes) -> None:
    with contextlib.suppress(ExtractError):
        msgspec.json.encode(entry(b"---\n" + data))


@pytest.mark.parametrize(
    "data",
    [
        "---\ntitle: Café\n---\nbody ü\n".encode("utf-8-sig"),
        "---\ntitle: Café\n---\nbody ü\n".encode("utf-16"),
        "---\ntitle: Café\n---\nbody ü\n".encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    found = entry(data)
    assert (found.fields.title, found.body, found.raw) == ("Café", "body ü\n", data)


@pytest.mark.parametrize(
    ("path", "date", "slug"),
    [
        ("a/2010-05-28-todos-os-artigos.html", "2010-05-28", "todos-os-artigos"),
        ("2013-05-03-%e4%b8%ad%e6%96%87.markdown", "2013-05-03", "中文"),
        ("2013-05-03-%e4%b8%ad%e6%9.markdown", "2013-05-03", "%e4%b8%ad%e6%9"),
        ("2013-07-28-ipv6-spike.broken.markdown", "2013-07-28", "ipv6-spike.broken"),
        ("cafe\u0301.md", "", "café"),
        ("a%2f..%2fb.md", "", "a-..-b"),
        ("2013-45-03-x.md", "", "x"),
        ("2013-05-03.md", "2013-05-03", ""),
        ("README", "", "README"),
    ],
)
def test_the_file_name_tells_date_and_slug(path: str, date: str, slug: str) -> None:
    fields = entry("---\ntitle: T\n---\n", path).fields
    assert (fields.date, fields.slug) == (date, slug)


def test_a_page_in_the_drafts_folder_is_a_draft() -> None:
    assert entry("---\ntitle: T\n---\n", "x/_drafts/a.md").fields.status == "draft"
    assert entry("---\nstatus: publish\n---\n", "x/_drafts/a.md").fields.status == "publish"


def test_a_password_is_nowhere() -> None:
    page = "---\ntitle: a: b\npost_password: geheim\nother: 1\n---\nbody"
    found = entry(page)
    found.raw = b""
    assert found.fields.protected
    assert b"geheim" not in msgspec.json.encode(found)


def test_php_in_post_meta_is_decoded() -> None:
    found = entry("""---\nmeta:\n  a: 'a:1:{s:1:"k";i:5;}'\n  b: 'a:9:{broken'\n  c: ['b:1;', x]\n---\n""")
    assert found.metadata["meta"] == {"a": {"k": 5}, "b": "a:9:{broken", "c": [True, "x"]}


def test_php_among_the_keys_is_decoded() -> None:
    found = entry("""---\nopen_id:\n- 'a:1:{i:0;s:1:"7";}'\nb: 's: no'\nc: 'a:1:{s:8:"password";s:1:"x";}'\n---\n""")
    assert found.metadata["open_id"] == [["7"]]
    assert found.metadata["b"] == "s: no"
    assert found.metadata["c"] == {}
    assert found.fields.protected


def test_a_long_broken_block_takes_linear_time() -> None:
    found = entry("---\n" + "key: [\n" * 5_000 + "---\n")
    assert found.metadata["key"] == "["


def test_an_export_file_is_not_taken_for_a_page() -> None:
    wxr = b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'
    assert list(extract(wxr, "page.html", ExtractOptions())) == []


def test_a_picture_is_not_taken_for_a_page() -> None:
    with pytest.raises(ExtractError, match="PNG"):
        entry(b"\x89PNG\r\n\x1a\n")


def test_the_last_row_recognises_everything() -> None:
    assert EXTRACTORS[-1].recognises(b"")


@pytest.mark.corpus
def test_real_pages_are_read_whole(legacy_pages: Any) -> None:
    for path in legacy_pages:
        data = path.read_bytes()
        found = entry(data, path.name)
        lines = data.decode().replace("\r\n", "\n").split("\n")
        assert "\n".join(lines[found.body_line - 1 :]) == found.body.replace("\r\n", "\n"), path.name
        assert found.findings == (), path.name
        assert found.fields.date, path.name
        assert found.format != "front-matter", path.name
        msgspec.json.encode(found)


def test_a_block_without_any_key_stands_in_the_body():
    found = entry("---\n[\n---\nbody\n")
    assert found.body == "---\n[\n---\nbody\n"
    assert "raw_front_matter" not in found.metadata
    assert found.findings[0].message.endswith("until then the block stands in the body")


@pytest.mark.parametrize(
    ("block", "metadata"),
    [
        ("title: %E4 中文\nкатегория: новости\nтеги:\n- а\n- б", {"категория": "новости", "теги": ["а", "б"]}),
        ("title: @x\nकुंजी: मान\nที่มา: ไทย", {"कुंजी": "मान", "ที่มา": "ไทย"}),
        ("title: [a] b\ncafe\u0301: 1\nکتاب‌خانه: x", {"cafe\u0301": 1, "کتاب‌خانه": "x"}),
        ('title: a: b\nother: "\\ud83d\\ude00\\u4e2d"', {"other": "😀中"}),
    ],
)
def test_keys_in_all_scripts_are_recovered_one_by_one(block: str, metadata: dict[str, Any]) -> None:
    found = entry(f"---\n{block}\n---\nbody\n")
    assert {**found.metadata, "raw_front_matter": ""} == {**metadata, "raw_front_matter": ""}
    assert len(found.findings) == 1


@pytest.mark.parametrize(
    ("block", "count"),
    [
        ("title: one #two\ntags: [a, b] # mine\nx: 'a #b'\ny: \"a #b\"\nz: C#\nw: a#b", 2),
        ("title: #3 in the row", 1),
        ("title: x\nexcerpt: |\n  a #b\n- c: d #e", 0),
        ("title: L'an #1", 1),
        ("tags: ['a #b', c]", 0),
        ("title: ! 'a #b'\nx: ! \"a #b\"\ny: !binary |\n  YQ==\nz: &id 'a #b'", 0),
        ("title: ! a #b\nx: !str c # d", 2),
    ],
)
def test_what_yaml_takes_for_a_comment_is_named(block: str, count: int) -> None:
    notices = entry(f"---\n{block}\n---\nbody\n").notices
    assert sum(n.count for n in notices if "end of a line" in n.what) == count
