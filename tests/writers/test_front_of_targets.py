"""Front matter as the builders want it, case by case.

The spellings are those with which real sites were built (Jekyll 4.3, Hugo 0.168, Eleventy 3.1, Astro 5.18, Pelican 4.12, MkDocs 1.6,
Nikola 8.3) and every page came out at its address with title, date, names and tags as meant; what the titles say of a builder
is what it did with another spelling. A case is a title, a line ``target stem`` (``draft`` after it for one), the canonical keys
as YAML, and what is written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml12

from wpmigrate.targets import TARGETS
from wpmigrate.writers.head import write_head
from wpmigrate.writers.target_front import PageFacts
from wpmigrate.writers.yaml import Plain

CASES = [
    case.split("\n-----\n")
    for case in (Path(__file__).parent / "cases/front_of_targets.txt")
    .read_text(encoding="utf-8")
    .split("\n=====\n")
]
DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


def canonical(text: str) -> dict[str, Any]:
    keys: dict[str, Any] = yaml12.parse_yaml(text) or {}
    for key in ("date", "modified"):
        if DATE.fullmatch(str(keys.get(key))):
            keys[key] = Plain(keys[key])
    return keys


def head(source: str) -> str:
    _, where, keys_text = f"{source}\n".split("\n", 2)
    name, stem, *draft = where.split(" ")
    target = TARGETS[name.removesuffix("+toml")]
    if name.endswith("+toml"):
        target = msgspec.structs.replace(target, front=msgspec.structs.replace(target.front, format="toml"))
    keys = canonical(keys_text)
    page = PageFacts(
        stem.replace("_", " ") if stem.startswith("odd/") else stem,
        keys.get("url", ""),
        "2013-02-03T04:05:06",
        bool(draft),
    )
    return write_head(keys, page, target)


@pytest.mark.parametrize(("source", "expected"), CASES, ids=[case[0].split("\n")[0] for case in CASES])
def test_front_matter_of_a_target(source: str, expected: str) -> None:
    assert head(source).rstrip("\n") == expected.rstrip("\n")
