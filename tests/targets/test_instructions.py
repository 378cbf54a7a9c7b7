"""``<?php … ?>`` in the builders' files: the comment that a browser makes of it, since some show it and some lose it."""

from __future__ import annotations

import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import Site
from wpmigrate.normalizer import normalize
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import TARGETS
from wpmigrate.verifier import check_markdown
from wpmigrate.writers.markdown.blocks import write_block

COMMENT = "a <!--?php b(1); ?--> c"


@pytest.mark.parametrize(
    ("target", "php", "written"),
    [
        ("commonmark", "b(1);", "a <?php b(1); ?> c"),
        ("jekyll", "b(1);", COMMENT),
        ("astro", "b(1);", COMMENT),
        ("hugo", "b(1);", COMMENT),
        ("pelican", "b(1);", COMMENT),
        ("jekyll", "$i--;", "a <?php $i--; ?> c"),
    ],
)
def test_an_instruction(target: str, php: str, written: str) -> None:
    (source,) = extract(f"---\ntitle: T\n---\n<p>a <?php {php} ?> c</p>\n".encode(), "p.html", ExtractOptions())
    entry = normalize(source, Site(), NormalizeOptions())
    (block,) = entry.content.children
    assert write_block(block, TARGETS[target]) == written
    assert check_markdown(source, written) == ()
    assert check_markdown(source, "a c")
