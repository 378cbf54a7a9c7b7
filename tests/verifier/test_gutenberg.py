"""What comments of the block editor say stands in the output, or in a notice: the proof asks for it."""

from __future__ import annotations

import pytest

from wpmigrate import convert
from wpmigrate.extractors import extract
from wpmigrate.model import Notice
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

OTHER = Notice("kept", "something else")


def _page(body: str) -> bytes:
    return f"---\ntitle: T\n---\n{body}\n".encode()


def _without_notice(body: str, beginning: str):
    """Return the findings of the proof when the notices that begin so are not there."""
    result = convert("page.html", _page(body), "page")
    assert (result.record.status, result.record.findings) == ("written", ())
    kept = [notice for notice in result.record.notices if not notice.what.startswith(beginning)]
    assert len(kept) < len(result.record.notices)
    source = next(iter(extract(_page(body), "page.html", ExtractOptions())))
    return verify(source, result.files, COMMONMARK, NormalizeOptions(), [*kept, OTHER])


@pytest.mark.parametrize(
    ("body", "notice"),
    [
        ('<!-- wp:latest-posts {"postsToShow":3} /-->\n<p>a</p>', 'block core/latest-posts {"postsToShow":3}'),
        ('<!-- wp:search {"label":"Find","align":"left"} /-->\n<p>a</p>', 'block core/search {"label":"Find"} and align'),
        ('<!-- wp:hats/b {"a":} /-->\n<p>a</p>', "block hats/b: attributes that are no JSON"),
        ('<!-- wp:hats/b {"a":NaN} -->\n<p>a</p>\n<!-- /wp:hats/b -->', "block hats/b: attributes that are no JSON"),
        ('<!-- wp:spacer {"height":3} -->\n\n<!-- /wp:spacer -->\n<p>a</p>', 'block core/spacer {"height":3}'),
    ],
)
def test_attributes_that_nothing_tells_are_missed(body: str, notice: str) -> None:
    assert any("no notice says so" in finding.message for finding in _without_notice(body, notice))


@pytest.mark.parametrize(
    "body",
    [
        '<!-- wp:social-link {"url":"https://example.org/a","service":"github"} /-->\n<p>a</p>',
        '<!-- wp:more {"noTeaser":true} /-->\n<p>a</p>',
        "<!-- wp:archives /-->\n<p>a</p>",
        '<!-- wp:archives {"a":1} /-->\n<!-- wp:archives {"a":1} /-->\n<p>a</p>',
        f'<!-- wp:archives {{"a":"{"b" * 400}"}} /-->\n<p>a</p>',
        '<!-- wp:block {"ref":7} /-->\n<p>a</p>',
    ],
)
def test_what_is_told_is_not_missed(body: str) -> None:
    result = convert("page.html", _page(body), "page")
    assert (result.record.status, result.record.findings) == ("written", ())
