"""A single change anywhere in what is made of a WXR item is noticed.

Beside the changes of ``tests/verifier/test_mutations.py`` those that only a site has: links to other entries, galleries, footnotes,
meta, terms and comments. A file in which a change finds nothing does not count.
"""

from __future__ import annotations

import importlib.util
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import cmarkgfm
import msgspec
import pytest
from cmarkgfm.cmark import Options

from wpmigrate.model import OutputFile

_spec = importlib.util.spec_from_file_location("page_mutations", Path(__file__).parents[1] / "test_mutations.py")
pages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(pages)

Mutator = Callable[[str, random.Random], str | None]
ROUNDS = 5


def in_json(path: str, change: Callable[[object, random.Random], object]) -> Mutator:
    """Return a mutator of the JSON value at ``path`` (keys parted by blanks; ``*`` is any of a list or mapping)."""

    def mutate(text: str, rng: random.Random) -> str | None:
        record = json.loads(text)
        places = [(holder, key) for holder, key in find(record, path.split()) if holder[key] not in ("", [], {}, None)]
        if not places:
            return None
        holder, key = rng.choice(places)
        holder[key] = change(holder[key], rng)
        return json.dumps(record, ensure_ascii=False, indent=2) + "\n"

    return mutate


def find(value, path: list[str]):
    """Yield (holder, key) of each place that ``path`` names."""
    *ways, last = path
    holders = [value]
    for way in ways:
        holders = [holder[key] for holder in holders for key in keys(holder, way)]
    for holder in holders:
        yield from ((holder, key) for key in keys(holder, last))


def keys(holder, way: str):
    if way == "*":
        return list(holder if isinstance(holder, dict) else range(len(holder))) if isinstance(holder, dict | list) else []
    return [way] if isinstance(holder, dict) and way in holder else []


def other(value, rng: random.Random):
    """Return another value of the same kind."""
    if isinstance(value, str):
        return pages.damage(value, rng)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return [other(value[0], rng), *value[1:]] if isinstance(value, list) else {**value, "new": 1}


def fewer(value, rng: random.Random):
    """Take one thing out of a list or a mapping."""
    if isinstance(value, list):
        place = rng.randrange(len(value))
        return value[:place] + value[place + 1 :]
    gone = rng.choice(sorted(value))
    return {key: item for key, item in value.items() if key != gone}


def again(value, rng: random.Random):
    """Say one thing of a list twice."""
    return [*value, value[rng.randrange(len(value))]]


def swapped(value, rng: random.Random):
    return value[1:] + value[:1] if len(value) > 1 else [*value, value[0]]


def to_top(text: str, rng: random.Random) -> str | None:
    """Take an answer out of its thread."""
    data = json.loads(text)
    for comment in data["comments"]:
        if comment.get("replies"):
            data["comments"] += comment.pop("replies")
            return json.dumps(data) + "\n"
    return None


def published(text: str, rng: random.Random) -> str | None:
    """Put a comment that waits among the approved ones."""
    data = json.loads(text)
    if not data["pending"]:
        return None
    data["comments"].append(data["pending"].pop())
    return json.dumps(data) + "\n"


swap = pages.swap
MUTATORS: tuple[tuple[str, str, Mutator], ...] = (
    ("a link to another entry", "markdown", swap(r"\]\(/post/beans\)", "](/page/frost)")),
    ("a link to no entry", "markdown", swap(r"\]\(/post/beans\)", "](/post/peas)")),
    ("a link to the old site", "markdown", swap(r"\]\(/page/frost\)", "](https://garden.example/blog/2019/05/frost/)")),
    ("a link by number", "markdown", swap(r"\]\(/post/beans\)", "](https://garden.example/blog/?p=11)")),
    ("a fragment goes", "markdown", swap(r"\]\(/page/frost#soil\)", "](/page/frost)")),
    ("a file of the old site", "markdown", swap(r"\(/media/", "(https://garden.example/blog/wp-content/uploads/")),
    ("another file", "markdown", swap(r"\(/media/2019/04/pods", "(/media/2019/04/row")),
    ("a dead link leads somewhere", "markdown", swap(r"\(https://garden\.example/blog/nowhere/\)", "(/post/beans)")),
    ("a gallery's caption", "markdown", swap(r"Pods in June", "Pods in July")),
    ("a gallery's caption goes", "markdown", swap(r"The \*first\* row\n\n", "")),
    ("a gallery's image goes", "markdown", swap(r"\[!\[A row of beans\].*\n\n", "")),
    ("a gallery's link goes", "markdown", swap(r"\[(!\[Pods\]\([^)]*\))\]\([^)]*\)", r"\1")),
    ("a footnote's text", "markdown", swap(r"(?<=\[\^1\]: )Below", "Above")),
    ("a footnote goes", "markdown", swap(r"\n\[\^2\]: .*\n", "\n")),
    ("footnotes swap", "markdown", lambda text, rng: swapped_notes(text)),
    ("a reference goes", "markdown", swap(r"\[\^1\](?!:)", "")),
    ("a reference leads elsewhere", "markdown", swap(r"\[\^1\](?!:)", "[^2]")),
    ("a reusable block's word", "markdown", swap(r"Newsletter", "News")),
    ("a reusable block goes", "markdown", swap(r"Newsletter.*\n\n", "")),
    ("a made-up key", "markdown", lambda text, rng: text.replace("---\n", "---\ninvented: 1\n", 1)),
    ("a key stands for another", "markdown", swap(r"^author: ", "writer: ", "front")),
    ("a taxonomy's term", "markdown", swap(r"^  - Early", "  - Late", "front")),
    *(
        (f"{field} is another", "json", in_json(field, other))
        for field in ("id", "type", "status", "slug", "title", "url", "date", "modified", "parent", "order", "excerpt")
    ),
    *((f"author {field}", "json", in_json(f"author {field}", other)) for field in ("name", "login", "url")),
    *((f"term {field}", "json", in_json(f"terms * {field}", other)) for field in ("taxonomy", "slug", "name")),
    ("a term goes", "json", in_json("terms", fewer)),
    ("a term comes", "json", in_json("terms", again)),
    ("terms change places", "json", in_json("terms", swapped)),
    ("metadata is another", "json", in_json("metadata *", other)),
    ("metadata goes", "json", in_json("metadata", fewer)),
    ("metadata comes", "json", in_json("metadata", other)),
    ("a meta value", "json", in_json("metadata meta *", other)),
    ("a meta key goes", "json", in_json("metadata meta", fewer)),
    ("one of several meta values", "json", in_json("metadata meta _wp_old_slug", fewer)),
    ("a value that PHP wrote", "json", in_json("metadata meta sizes *", other)),
    ("the featured image", "json", in_json("metadata featured_image *", other)),
    ("SEO", "json", in_json("metadata seo *", other)),
    ("SEO goes", "json", in_json("metadata seo", fewer)),
    ("ACF", "json", in_json("metadata acf *", other)),
    ("an ACF key", "json", in_json("metadata acf_keys *", other)),
    ("a translation", "json", in_json("metadata translations * *", other)),
    ("an unknown element", "json", in_json("metadata unknown *", other)),
    *((f"comment {field}", "json", in_json(f"comments * {field}", other)) for field in ("id", "parent", "date", "content")),
    *((f"commenter {field}", "json", in_json(f"comments * author {field}", other)) for field in ("name", "url")),
    ("a comment's metadata", "json", in_json("comments * metadata *", other)),
    ("a comment's meta", "json", in_json("comments * metadata meta *", other)),
    ("a comment goes", "json", in_json("comments", fewer)),
    ("a comment comes", "json", in_json("comments", again)),
    ("comments change places", "json", in_json("comments", swapped)),
    ("a link's old address", "json", in_json("links * source_url", other)),
    ("an image's old address", "json", in_json("media * source_url", other)),
    ("a link's new address", "json", in_json("links * url", other)),
    ("a notice goes", "json", in_json("notices", lambda value, rng: [row for row in value if "comment" not in row["what"]])),
    ("comment file: text", "comments-json", in_json("comments * content", other)),
    ("comment file: answer", "comments-json", in_json("comments * replies * content", other)),
    ("comment file: date", "comments-json", in_json("pings * date", other)),
    ("comment file: name", "comments-json", in_json("pending * author name", other)),
    ("comment file: status", "comments-json", in_json("pending * metadata status", lambda value, rng: "approved")),
    ("comment file: answers go", "comments-json", in_json("comments * replies", fewer)),
    ("comment file: a comment goes", "comments-json", in_json("pings", fewer)),
    ("comment file: a comment comes", "comments-json", in_json("comments", again)),
    ("comment file: id", "comments-json", in_json("id", other)),
    ("comment file: a group goes", "comments-json", lambda text, rng: json.dumps({**json.loads(text), "pings": []}) + "\n"),
    ("comment file: to the top", "comments-json", to_top),
    ("comment file: published", "comments-json", published),
    ("comment file: cut", "comments-json", pages.truncate),
    ("comment file: a YAML value", "comments-yaml", pages.change_line(r"^ *(?:- )?(?:content|date|name|status): ")),
    ("comment file: a YAML line goes", "comments-yaml", pages.drop_line(r"^ *(?:content|date|name|status): \S")),
)
"""(name, format, change)."""


def swapped_notes(text: str) -> str | None:
    """Let the two footnotes change their texts."""
    if "[^2]: " not in text:
        return None
    return text.replace("[^1]: ", "[^x]: ").replace("[^2]: ", "[^1]: ").replace("[^x]: ", "[^2]: ")


@pytest.fixture(scope="module")
def converted(sample):
    return [(source, sample.files(source)) for source in sample.sources]


def mutate(files: list[OutputFile], form: str, change: Mutator, rng: random.Random) -> list[OutputFile] | None:
    """Return ``files`` with the one of the format ``form`` changed; None when there was nothing to change."""
    file = next((file for file in files if file.format == form), None)
    if file is None:
        return None
    text = file.data.decode()
    changed = change(text, rng)
    if changed is None or changed == text or not is_a_change(file, text, changed):
        return None
    return [msgspec.structs.replace(each, data=changed.encode()) if each is file else each for each in files]


def is_a_change(file: OutputFile, text: str, changed: str) -> bool:
    """Whether a change shows; the pages' own test knows no footnotes."""
    if file.format != "markdown" or "[^1]" not in text or not changed.startswith(text[: pages.body_start(text)]):
        return pages.is_a_change(file, text, changed)
    return with_notes(text) != with_notes(changed)


def with_notes(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return cmarkgfm.github_flavored_markdown_to_html(text[pages.body_start(text) :], options)


def tries(converted, rows):
    """Yield (row, item, seed, source, changed files) for every change that can be made."""
    for row, form, change in rows:
        for source, files in converted:
            for seed in range(ROUNDS):
                changed = mutate(files, form, change, random.Random(f"{row} {source.item} {seed}"))
                if changed is not None:
                    yield row, source.item, seed, source, changed


def test_every_kind_of_change_can_be_made(converted):
    assert {row for row, *_ in tries(converted, MUTATORS)} == {row[0] for row in MUTATORS}


@pytest.mark.parametrize("rows", [MUTATORS, pages.MUTATORS], ids=["of sites", "of pages"])
def test_at_least_99_of_100_changes_are_noticed(sample, converted, rows):
    made, missed = 0, []
    for row, item, seed, source, changed in tries(converted, rows):
        made += 1
        if not sample.findings(source, changed):
            missed.append(f"{row}: item {item} ({seed})")
    assert made > 200
    assert len(missed) <= made / 100, f"{len(missed)} of {made} missed: {missed}"


def test_each_file_is_proven_alone(sample):
    """A Markdown file, a JSON or a YAML on its own cannot lose what only another one would have shown."""
    made, missed = 0, []
    for to in ("markdown", "json", "yaml"):
        alone = [(source, sample.files(source, (to,))) for source in sample.sources]
        rows = [row for row in (*MUTATORS, *(pages.MUTATORS if to == "markdown" else ())) if row[1] == to]
        for row, item, seed, source, changed in tries(alone, rows):
            made += 1
            if not sample.findings(source, changed):
                missed.append(f"{to}: {row}: item {item} ({seed})")
    assert len(missed) <= made / 100, f"{len(missed)} of {made} missed: {missed}"


def test_a_value_of_the_record_is_not_written_twice(converted):
    assert not any(re.search(rb'"url": "https://garden\.example/blog/wp-content', file.data) for file in converted[0][1])
