"""Raw HTML in Markdown bodies becomes Markdown; what cannot, and what nobody has to change, stays."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpmigrate import EntryResult
from wpmigrate.model import Entry
from wpmigrate.normalizer import Tidied
from wpmigrate.options import NormalizeOptions, RunOptions
from wpmigrate.runner import job
from wpmigrate.runner.tidy import tidy_markdown
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

OPTIONS = RunOptions(normalize=NormalizeOptions(body="markdown"))


def page(body: str) -> EntryResult:
    return job.convert_entry("page.md", f"---\ntitle: T\n---\n{body}\n".encode(), "page", OPTIONS)


def markdown(result: EntryResult) -> str:
    return result.files[0].data.decode().split("\n---\n", 1)[1].strip("\n")


def record(result: EntryResult) -> Entry:
    return msgspec.json.decode(result.files[1].data, type=Entry)


@pytest.mark.cases("tidy.txt")
def test_cases(case):
    assert tidy_markdown(case.input).text.strip("\n") == case.expected
    result = page(case.input)
    assert result.record.status == "written"
    assert markdown(result) == case.expected


def test_what_html_says_of_an_image_stays_in_the_record():
    result = page('<img src="/a.png" alt="A" width="30" height="20" class="alignright"> <a href="/x" target="_blank">x</a>')
    (image,) = record(result).media
    assert (image.width, image.height, image.alignment) == (30, 20, "right")
    assert b'"target": "_blank"' in result.files[1].data
    assert markdown(result) == "![A](/a.png) [x](/x)"


def test_the_data_goes_to_the_right_one_of_equal_images():
    media = record(page('![A](/a.png) `x`\n\n<img src="/a.png" alt="" width="3"> b\n\n![A](/a.png)')).media
    assert [image.width for image in media] == [None, 3, None]


def test_what_is_dropped_is_named():
    notices = {notice.what for notice in page('<span style="color: red">a</span> b').record.notices}
    assert "style color: decoration" in notices
    assert "HTML in a Markdown body written as Markdown" in notices


def test_what_comments_of_blocks_say_round_markdown_is_named():
    body = '<!-- wp:image {"id":85} -->\n![A spade](/a.png)\n<!-- /wp:image -->\n\n<!-- wp:paragraph -->\n**Dig** [deep](/b).\n<!-- /wp:paragraph -->'
    result = page(body)
    assert result.record.status == "written"
    told = [notice for notice in result.record.notices if notice.what.startswith("block ")]
    assert [notice.what for notice in told] == ['block core/image {"id":85}: its comment stood round Markdown']
    source = job.read_source("page.md", f"---\ntitle: T\n---\n{body}\n".encode(), OPTIONS)
    kept = [notice for notice in result.record.notices if notice not in told]
    findings = verify(source, result.files[:1], COMMONMARK, OPTIONS.normalize, kept)
    assert [finding.what for finding in findings] == ["notice"]


def test_a_page_that_is_not_proven_stays_as_its_author_wrote_it(monkeypatch):
    monkeypatch.setattr(job, "tidy_markdown", lambda text: Tidied(text.replace("<b>lost</b> ", "")))
    result = page("a <b>lost</b> word")
    assert result.record.status == "written"
    assert markdown(result) == "a <b>lost</b> word"


PIECES = st.sampled_from(
    ["<b>", "</b>", "<ul>\n", "</ul>\n", "<li>", "</li>", '<a href="/x">', "</a>", '<img src="/i">', "a", "- b\n", "\n\n", "\n", "> ", "`", "*c*",
     "# d\n", "<div>\n", "</div>\n", "[e](/e)", "<p>", "    ", "<br>", "|f|g|\n|-|-|\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_it_never_makes_a_page_fail(body):
    assert (page(body).record.status == "written") >= (_untouched(body) == "written")


def _untouched(body: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(job, "tidy_markdown", lambda text: Tidied(text))
        return page(body).record.status
