"""What a record's tree says beside the Markdown is the source's, and nothing else is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

BODY = """<h2 id="3">Tools</h2>
<p dir="ltr">See <a href="/a" target="_blank" rel="nofollow">one</a> and <a href="/b">two</a>.</p>
<img class="alignleft" src="/i.png" alt="A spade" width="40" height="30">
<blockquote cite="/said"><p>Dig.</p></blockquote>
<ol start="3"><li>Earth</li><li>Water</li></ol>
<pre><code class="language-sh">dig  deep</code></pre>
<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>
"""
HEADING, SAYING, PICTURE, QUOTE, LIST, CODE, TABLE = range(7)


def converted(body: str = BODY) -> tuple[SourceEntry, list[OutputFile]]:
    data = f"---\ntitle: Garden\nbeds: 3\n---\n{body}".encode()
    source = next(iter(extract(data, "garden.html", ExtractOptions())))
    entry = normalize(source, Site(), NormalizeOptions())
    return source, list(write(entry, "garden", ("markdown", "json", "yaml"), COMMONMARK, None))


SOURCE, FILES = converted()


def found(change: Any) -> list[str]:
    """Return what is found when the tree of the record is changed."""
    record = msgspec.json.decode(FILES[1].data)
    change(record["content"]["children"])
    changed = msgspec.structs.replace(FILES[1], data=msgspec.json.encode(record) + b"\n")
    return [finding.what for finding in verify(SOURCE, [FILES[0], changed, FILES[2]], COMMONMARK, NormalizeOptions())]


def properties(node: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = node.setdefault("data", {}).setdefault("hProperties", {})
    return result


def test_the_output_itself_raises_no_alarm():
    assert found(lambda tree: None) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: properties(tree[SAYING]).update(dir="rtl"),
        lambda tree: properties(tree[SAYING]).update(style="display:none"),
        lambda tree: properties(tree[SAYING]["children"][1]).update(target="_top"),
        lambda tree: properties(tree[SAYING]["children"][1]).pop("target"),
        lambda tree: properties(tree[SAYING]["children"][1]).update(rel="author"),
        lambda tree: properties(tree[SAYING]["children"][1]).update(href="/elsewhere"),
        lambda tree: properties(tree[SAYING]["children"][3]).update(target="_blank"),
        lambda tree: properties(tree[PICTURE]["children"][0]).update(width="41"),
        lambda tree: properties(tree[PICTURE]["children"][0]).update(align="right"),
        lambda tree: properties(tree[PICTURE]["children"][0]).pop("height"),
        lambda tree: properties(tree[PICTURE]["children"][0]).update(src="/other.png"),
        lambda tree: properties(tree[QUOTE]).update(cite="/unsaid"),
        lambda tree: properties(tree[HEADING]).update(id="else"),
        lambda tree: tree[HEADING]["data"].update(legacyIds=["4"]),
        lambda tree: tree[SAYING]["data"].update(hName="script"),
        lambda tree: tree[SAYING]["data"].update(hChildren=[{"type": "text", "value": "more"}]),
        lambda tree: tree[SAYING]["data"].update(wp={"name": "core/paragraph"}),
        lambda tree: tree[PICTURE]["children"][0]["data"].update(sourceUrl="/old.png"),
        lambda tree: tree[LIST].update(start=4),
        lambda tree: tree[LIST].update(start=None),
        lambda tree: tree[LIST].update(ordered=False),
        lambda tree: tree[LIST]["children"][0].update(checked=True),
        lambda tree: tree[CODE].update(lang="py"),
        lambda tree: tree[CODE].update(meta="more"),
        lambda tree: tree[CODE].update(meta="two"),
        lambda tree: tree[TABLE].update(align=["left", None]),
        lambda tree: tree[TABLE].update(align=[None, None, "left"]),
        lambda tree: tree[SAYING]["children"].append({"type": "html", "value": "no tag"}),
        lambda tree: tree.append({"type": "html", "value": "no element"}),
        lambda tree: tree[SAYING]["children"].insert(0, {"type": "html", "value": "<span style='display:none'>"}),
        lambda tree: tree.append({"type": "html", "value": "<style>p{color:red}</style>"}),
    ],
)
def test_what_is_changed_in_the_tree_alone_is_noticed(change):
    assert found(change)


def test_old_ids_and_numbers_of_headings_below_the_top():
    source, files = converted("<blockquote><h3 id='x'>Soil</h3><p>a</p></blockquote><blockquote><h3>Soil</h3></blockquote>")
    assert verify(source, files, COMMONMARK, NormalizeOptions()) == ()
    for old, new in ((b'"soil-1"', b'"soil-x"'), (b'"x"', b'"y"')):
        assert old in files[1].data
        changed = msgspec.structs.replace(files[1], data=files[1].data.replace(old, new))
        assert verify(source, [files[0], changed], COMMONMARK, NormalizeOptions())


def test_a_block_without_words_has_no_node():
    source, files = converted('<p dir="ltr"></p>\n<p>Words</p>')
    assert verify(source, files, COMMONMARK, NormalizeOptions()) == ()


BLOCKS = """<!-- wp:group {"layout":{"type":"flex"},"tone":"warm"} --><div><!-- wp:heading {"level":3} --><h3>Beds</h3><!-- /wp:heading -->
<!-- wp:list {"ordered":true,"start":2} --><ol start="2"><!-- wp:list-item {"mark":"x"} --><li>Dig</li><!-- /wp:list-item --></ol>
<!-- /wp:list --></div><!-- /wp:group --><!-- wp:paragraph {"fontSize":"large"} --><p></p><!-- /wp:paragraph -->"""


def test_attributes_of_blocks_raise_no_alarm():
    source, files = converted(BLOCKS)
    assert verify(source, files, COMMONMARK, NormalizeOptions()) == ()


def test_a_notice_that_names_lost_attributes_is_missed():
    source, files = converted(BLOCKS)
    record = msgspec.json.decode(files[1].data)
    assert [notice["what"] for notice in record["notices"] if notice["kind"] == "dropped"] == [
        "block core/paragraph and fontSize: no element could take these attributes"
    ]
    record["notices"] = [notice for notice in record["notices"] if notice["kind"] != "dropped"]
    changed = [files[0], msgspec.structs.replace(files[1], data=msgspec.json.encode(record) + b"\n")]
    assert verify(source, changed, COMMONMARK, NormalizeOptions())


@pytest.mark.parametrize("field", ["wp", "wpMore"])
def test_data_of_blocks_that_are_taken_away_are_missed(field):
    source, files = converted(BLOCKS)
    record = msgspec.json.decode(files[1].data)
    nodes = [node for node in every_node(record["content"]) if field in node.get("data", {})]
    assert len(nodes) == {"wp": 3, "wpMore": 1}[field]
    for node in nodes:
        kept = node["data"].pop(field)
        changed = [files[0], msgspec.structs.replace(files[1], data=msgspec.json.encode(record) + b"\n")]
        messages = [finding.message for finding in verify(source, changed, COMMONMARK, NormalizeOptions())]
        assert any("are gone, and no notice says so" in message for message in messages)
        node["data"][field] = kept


def test_attributes_that_end_in_dots_are_not_cut_off():
    shown = '<!-- wp:paragraph {"hint":"Title…"} --><p></p><!-- /wp:paragraph --><!-- wp:paragraph {"hint":"a  b","align":"left"} --><p></p><!-- /wp:paragraph -->'
    source, files = converted(f"<p>x</p>{shown}")
    assert verify(source, files, COMMONMARK, NormalizeOptions()) == ()


def every_node(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", ()):
        yield from every_node(child)
