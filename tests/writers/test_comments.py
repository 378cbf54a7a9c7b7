"""Comments as data files: threads, and what stands apart from them."""

from __future__ import annotations

import json

import yaml
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import SCHEMA_VERSION, Author, Comment, Entry, SourceInfo
from wpmigrate.model.nodes import Root
from wpmigrate.targets import COMMONMARK
from wpmigrate.writers import write
from wpmigrate.writers.comments import DEEPEST, comment_data, threads

ITEM = SourceInfo("site.xml", "1", "0" * 64, "wxr", "utf-8", "html")


def entry(*comments: Comment) -> Entry:
    return Entry(
        schema_version=SCHEMA_VERSION, source=ITEM, id="12", type="post", status="publish", slug="hello", title="Hello", url="",
        author=Author(), date="", modified="", parent="", order=0, excerpt="", terms=[], comments=[*comments], metadata={},
        sections=[], links=[], media=[], content=Root([]), notices=[],
    )  # fmt: skip


def comment(number, parent="", **metadata):
    return Comment(str(number), str(parent), Author("Ann"), "2012-04-19", f"<p>{number}</p>", metadata)


def shape(records):
    """Return the ids as nested lists: ``[id, [replies]]``."""
    return [[record["id"], shape(record.get("replies", []))] for record in records]


def flat(records):
    stack, found = [*records], []
    while stack:
        record = stack.pop()
        found.append(record["id"])
        stack.extend(record.get("replies", []))
    return found


def test_replies_nest_in_the_order_of_the_source():
    found = threads([comment(1), comment(3, 2), comment(2, 1), comment(4), comment(5, 1)])
    assert shape(found) == [["1", [["2", [["3", []]]], ["5", []]]], ["4", []]]


def test_a_missing_parent_is_named_and_the_comment_is_at_the_top():
    assert shape(threads([comment(1, 99)])) == [["1", []]]
    assert threads([comment(1, 99)])[0]["parent"] == "99"


def test_a_ring_of_comments_loses_none():
    assert shape(threads([comment(1, 3), comment(2, 1), comment(3, 2), comment(4, 4)])) == [["1", [["2", [["3", []]]]]], ["4", []]]


def test_deep_replies_stand_beside_the_last_that_nests():
    records = threads([comment(number, number - 1) for number in range(1, 20_001)])
    depth = 0
    while len(records) == 1:
        records, depth = records[0].get("replies", []), depth + 1
    assert depth == DEEPEST and len(records) == 20_000 - DEEPEST and records[-1]["parent"] == "19999"


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12))))
def test_every_comment_stands_once(rows):
    comments = [comment(number, parent or "") for number, parent in rows]
    assert sorted(flat(threads(comments))) == sorted(str(number) for number, _ in rows)


def test_what_waits_and_pings_stand_apart():
    rows = [comment(1), comment(2, 1, status="pending"), comment(3, type="pingback", status="approved"), comment(4, 2)]
    data = comment_data(entry(*rows), "post/hello")
    assert (data["path"], data["id"], data["type"]) == ("post/hello", "12", "post")
    assert shape(data["comments"]) == [["1", []], ["4", []]]
    assert [row["id"] for row in data["pending"]] == ["2"] and [row["id"] for row in data["pings"]] == ["3"]


def test_both_files_say_the_same():
    page = entry(comment(1), comment(2, 1, meta={"rating": ["5"]}))
    files = write(page, "post/hello", ("markdown", "json", "yaml"), COMMONMARK, comments="comments/post/hello")[3:]
    assert [(file.path, file.format) for file in files] == [
        ("comments/post/hello.json", "comments-json"),
        ("comments/post/hello.yaml", "comments-yaml"),
    ]
    assert json.loads(files[0].data) == yaml.safe_load(files[1].data) == comment_data(page, "post/hello")


def test_there_are_none_without_comments_or_records():
    def formats(page, to, comments):
        return [file.format for file in write(page, "a", to, COMMONMARK, comments=comments)]

    assert formats(entry(), ("json",), "comments/a") == ["json"]
    assert formats(entry(comment(1)), ("json",), "") == ["json"]
    assert formats(entry(comment(1)), ("markdown",), "comments/a") == ["markdown"]
    assert formats(entry(comment(1)), ("markdown", "yaml"), "comments/a") == ["markdown", "yaml", "comments-yaml"]
