"""Random sites written as WXR are read back equal; random damage loses nothing in silence."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wpmigrate.errors import ExtractError
from wpmigrate.extractors import extract
from wpmigrate.extractors.wxr import Piece, Scan, parse_item, read_channel_piece, read_item, scan


def _helper(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SITES = _helper("wxr_sites")
PUBLIC = {"publish"}

_PROFILE = settings(
    max_examples=int(os.environ.get("WPMIGRATE_EXAMPLES", "100")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


def raw_of(post: Any) -> tuple[Any, ...]:
    return (
        str(post.id),
        post.title,
        post.content,
        post.excerpt,
        post.slug,
        post.status,
        post.type,
        post.password,
        [tuple(row) for row in post.categories],
        post.meta,
        [
            (str(number), str(parent), approved, content)
            for number, parent, approved, content in post.comments
        ],
    )


def raw_read(data: bytes, encoding: str = "utf-8") -> tuple[Any, ...]:
    item = parse_item(data, encoding)
    assert not item.notices and not item.findings
    return (
        item.post_id,
        item.title,
        item.content,
        item.excerpt,
        item.post_name,
        item.status,
        item.post_type,
        item.post_password,
        [(row.domain, row.nicename, row.name) for row in item.categories],
        item.postmeta,
        [
            (row.comment_id, row.comment_parent, row.comment_approved, row.comment_content)
            for row in item.comments
        ],
    )


def pieces_of(data: bytes, block: int = 1 << 18) -> tuple[list[Piece], Scan]:
    """Scan a file; check what holds for every file."""
    pieces = Scan(io.BytesIO(data), block=block)
    found = list(pieces)
    assert pieces.starts == pieces.items - pieces.orphans + pieces.hidden
    end = 0
    for piece in found:
        assert piece.data == data[piece.offset : piece.offset + piece.length]
        assert piece.offset >= end
        end = piece.offset + piece.length
    assert [piece.number for piece in found if piece.kind == "item"] == list(range(1, pieces.items + 1))
    return found, pieces


@given(
    SITES.posts(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]), st.sampled_from([64, 300, 1 << 18])
)
@example([SITES.Post(1, content="]]>"), SITES.Post(2, content="<item></item>")], "utf-8", 64)
@_PROFILE
def test_what_was_written_is_read(posts: list[Any], encoding: str, block: int) -> None:
    text = SITES.site(posts)
    data = (text if encoding == "utf-8" else "\ufeff" + text).encode(encoding)
    found, pieces = pieces_of(data, block)
    assert pieces.encoding == encoding
    assert not any(piece.problem for piece in found)
    items = [raw_read(piece.data, pieces.encoding) for piece in found if piece.kind == "item"]
    assert items == [raw_of(post) for post in posts]


@given(SITES.posts())
@_PROFILE
def test_lines_are_those_of_the_file(posts: list[Any]) -> None:
    data = SITES.site(posts).encode()
    found, _ = pieces_of(data)
    assert [piece.line for piece in found] == [data.count(b"\n", 0, piece.offset) + 1 for piece in found]


@given(SITES.posts())
@_PROFILE
def test_the_lenient_reading_is_the_strict_one(posts: list[Any]) -> None:
    """A stray entity makes the item not well-formed; nothing else may change."""
    for post in posts:
        broken = SITES.item(post).replace("<description></description>", "<description>&nope;</description>")
        item = parse_item(broken.encode())
        assert [notice.what for notice in item.notices] == ["& that is not escaped: read as it stands"]
        assert not item.findings
        strict = parse_item(SITES.item(post).encode())
        assert (item.content, item.title, item.excerpt) == (strict.content, strict.title, strict.excerpt)
        assert (item.postmeta, item.comments, item.categories) == (
            strict.postmeta,
            strict.comments,
            strict.categories,
        )


@given(SITES.posts(), st.data())
@_PROFILE
def test_a_cut_loses_nothing_in_silence(posts: list[Any], data: st.DataObject) -> None:
    text = SITES.site(posts).encode()
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        found, _ = pieces_of(cut)
    except ExtractError:
        assert b"<item" not in cut
        return
    items = [piece for piece in found if piece.kind == "item"]
    whole = [piece for piece in items if not piece.problem]
    for piece, post in zip(whole, posts, strict=False):
        assert raw_read(piece.data) == raw_of(post)
    if b"</channel" not in cut.rpartition(b"\t</item>\n")[2]:
        assert any(piece.problem for piece in found)
    for piece in items[len(whole) :]:
        check_cut(read_item(piece.data, "cut.xml", str(piece.number)), posts[piece.number - 1])


def check_cut(entry: Any, post: Any) -> None:
    """An item that is cut off has a finding, and is public only when all that could say otherwise is there."""
    assert entry.findings
    if entry.fields.status in PUBLIC:
        assert post.status in PUBLIC
        assert entry.fields.protected == bool(post.password)


DAMAGE = st.sampled_from(
    [b"\0", b"\x01", b"<", b">", b"&", b"]", b"\xff", b"x", b"", b"/", b'"', b"]]>", b"<![CDATA[", b"<!--"]
)


@given(SITES.posts(), st.lists(st.tuples(st.floats(0, 0.999), DAMAGE), min_size=1, max_size=4))
@_PROFILE
def test_damage_raises_nothing_and_publishes_nothing(
    posts: list[Any], damage: list[tuple[float, bytes]]
) -> None:
    text = SITES.site(posts).encode()
    start = len(SITES.HEAD)
    for place, new in damage:
        at = start + int(place * (len(text) - start))
        text = text[:at] + new + text[at + 1 :]
    found, _ = pieces_of(text)
    for piece in found:
        if piece.kind == "item":
            read_item(piece.data, "x.xml", str(piece.number), offset=piece.offset, line=piece.line)
        else:
            read_channel_piece(piece)
    items = sum(piece.kind == "item" for piece in found)
    said = any(piece.problem for piece in found) or any(entry.findings for entry in extract(text, "x.xml"))
    assert items >= len(posts) or said or any(b"<item" in piece.data[6:] for piece in found)


@given(st.binary(max_size=300), st.binary(max_size=300))
@_PROFILE
def test_any_bytes(before: bytes, inside: bytes) -> None:
    data = before + b"<rss><channel><item><wp:post_id>1</wp:post_id>" + inside + b"</item></channel></rss>"
    try:
        entries = list(extract(data, "x.xml"))
    except ExtractError:
        return
    assert all(entry.raw in data for entry in entries)


@given(st.binary(max_size=400))
@_PROFILE
def test_no_bytes_raise_anything_but_extract_error(data: bytes) -> None:
    parse_item(data)
    with contextlib.suppress(ExtractError):
        list(scan(io.BytesIO(data)))
