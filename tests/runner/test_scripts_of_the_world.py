"""Pages in all scripts and of old age: converted and proven whole, and a loss in them is seen."""

from __future__ import annotations

import pytest

from helpers.pages import markdown
from wpmigrate import EntryResult, convert
from wpmigrate.extractors import extract
from wpmigrate.model import Finding, OutputFile, Site, SourceEntry
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify


def source_bytes(body: str) -> bytes:
    return f"---\ntitle: T\n---\n{body}\n".encode()


def page(body: str) -> EntryResult:
    return convert("page.html", source_bytes(body), "page")


def proof_of(body: str, old: str, new: str) -> tuple[Finding, ...]:
    """Return what the proof says when ``old`` of all files of the page is ``new``."""
    result = page(body)
    assert old in markdown(result)
    files = tuple(OutputFile(f.path, f.format, f.data.decode().replace(old, new).encode()) for f in result.files)
    source: SourceEntry = next(iter(extract(source_bytes(body), "page.html", ExtractOptions())))
    return verify(source, files, COMMONMARK, NormalizeOptions(), result.record.notices, Site())


@pytest.mark.cases("cases/scripts_of_the_world.txt")
def test_page(case):
    result = page(case.input)
    assert result.record.findings == ()
    assert not [notice.what for notice in result.record.notices if "written as HTML" in notice.what]
    assert markdown(result) == case.expected


@pytest.mark.parametrize(
    "body",
    [
        "* [書](#書)\n* [b](#b)\n\n## 書\n\n本 **x**\n\n## <a name=\"書\"></a>書 2\n\n## b",
        "* [w](#w)\n\n## w\n\n**x**\n\n<h2 id=\"w\">z</h2>",
        "**x**\n\n文です![^1]と\n\n[^1]: 脚注です。\n\u3000\u3000次",
        "**表**\n\n文字：\n 名称|值\n---|---\n a|b",
    ],
)
def test_markdown_stays_as_it_is(body: str) -> None:
    result = page(body)
    assert (result.record.findings, markdown(result)) == ((), body)


@pytest.mark.parametrize(
    ("body", "old", "new"),
    [
        ("* [書](#書)\n* [b](#b)\n\n## 書\n\n本 **x**\n\n## b", "(#書)", "(#b)"),
        ("* [書](#書)\n* [b](#b)\n\n## 書\n\n本 **x**\n\n## b", "(#書)", "(#c)"),
        ("* [書](#書)\n\n## 書\n\n本 **x**\n\n## <a name=\"b\"></a>b", "(#書)", "(#b)"),
        ('<a href="#価格">a</a>\n<h2 id="%E4%BE%A1%E6%A0%BC">安い</h2>\n<h2>高い</h2>', "(#安い)", "(#高い)"),
    ],
)
def test_a_change_is_seen(body: str, old: str, new: str) -> None:
    assert proof_of(body, old, new)
