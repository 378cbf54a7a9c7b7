"""Flash players, which no browser runs any more: a link to the page that shows the same, converted and proven whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import Site
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify

VIMEO = "http://vimeo.com/moogaloop.swf?clip_id=1234&amp;fullscreen=1"
MOVIE = "http://vimeo.com/moogaloop.swf?clip_id=1234&fullscreen=1"
PAGE = "https://vimeo.com/1234"
EMBED = f'<embed src="{VIMEO}" type="application/x-shockwave-flash" width="400" height="302">'
OBJECT = f'<object width="400" height="302"><param name="movie" value="{VIMEO}"></param><param name="wmode" value="x">{EMBED}</embed></object>'
TUBE = "http://www.youtube.com/v/a1B2c3D4e5F"


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (OBJECT, f"<{PAGE}>"),
        (EMBED, f"<{PAGE}>"),
        (f"a\n\n{OBJECT}\n\nb", f"a\n\n<{PAGE}>\n\nb"),
        (f"one {EMBED} two", f"one\n\n<{PAGE}>\n\ntwo"),
        (f'<p style="text-align:center"><em><b>{OBJECT}</b></em></p>', f"<{PAGE}>"),
        (f"<b>one {EMBED} two</b>", f"**one**\n\n<{PAGE}>\n\n**two**"),
        (f"<ul><li>one {EMBED}</li><li>two</li></ul>", f"- one\n\n  <{PAGE}>\n- two"),
        (f"<blockquote>{OBJECT}</blockquote>", f"> <{PAGE}>"),
        (f"<table><tr><td>{OBJECT}</td><td>b</td></tr></table>", f"|  |  |\n| --- | --- |\n| <{PAGE}> | b |"),
        (f"<table><tr><td>{OBJECT}</td></tr></table>", f"<{PAGE}>"),
        (f"<h2>one {EMBED} two</h2>", f"## one\n\n<{PAGE}>\n\ntwo"),
        (f"<code>one{EMBED}two</code>", f"`one`\n\n<{PAGE}>\n\n`two`"),
        (f'<a href="/u">one {EMBED}</a>', f"[one](/u)\n\n<{PAGE}>"),
        (f'<a href="/u">{EMBED}</a>', f"<{PAGE}>\n\n[](/u)"),
        (f'<a href="/u">never closed\n\n{EMBED}\n\nmore', f"[never closed](/u)\n\n<{PAGE}>\n\n[more](/u)"),
        (f'[caption width="9"]{EMBED} A film[/caption]', f"<{PAGE}>\n\nA film"),
        (f"<dl><dt>{EMBED}</dt></dl>", f'<dl>\n<dt><div><a href="{PAGE}">{PAGE}</a></div></dt>\n</dl>'),
        (f'<object data="{TUBE}"><!--[if !IE]>--><object data="{TUBE}"></object><!--<![endif]--></object>', "<https://www.youtube.com/watch?v=a1B2c3D4e5F>"),
        (f'<object data="{TUBE}"></object><object data="{TUBE}"></object>', "\n\n".join(["<https://www.youtube.com/watch?v=a1B2c3D4e5F>"] * 2)),
        ('<embed src="http://www.flickr.com/apps/video/stewart.swf?v=7" flashvars="photo_secret=a&photo_id=123">', "<https://www.flickr.com/photo.gne?id=123>"),
    ],
)  # fmt: skip
def test_a_player_is_a_link(whole: Any, body: str, written: str) -> None:
    result = whole.page(body)
    assert result.record.findings == ()
    assert whole.markdown(result) == written
    assert any(notice.what.startswith("Flash player http") for notice in result.record.notices)


@pytest.mark.parametrize(
    "body",
    [
        '<embed src="/player.swf">',
        '<embed src="http://www.youtube.com/v/short">',
        '<object data="https://www.youtube.com/embed/a1B2c3D4e5F"></object>',
        f'<embed src="{TUBE}" title="Words">',
        f'<object data="{TUBE}"><p>You need Flash</p></object>',
        f'<object data="{TUBE}"><img src="/still.png"></object>',
        f'<object data="{TUBE}"><embed src="/other.swf"></object>',
        f'<object data="{TUBE}"><embed src="{VIMEO}"></object>',
        f'<object data="{TUBE}"><a href="/get-flash"></a></object>',
        f'<pre><embed src="{TUBE}"></pre>',
        f'<iframe src="{TUBE}"></iframe>',
    ],
)
@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_others_stay_as_they_are(whole: Any, body: str, name: str) -> None:
    result = whole.page(body if name == "page.html" else f"# A *page*\n\n- [x](/y)\n\n{body}", name)
    assert result.record.findings == ()
    assert body.partition(" ")[0] in whole.markdown(result)
    assert not any("Flash player" in notice.what for notice in result.record.notices)


@pytest.mark.parametrize("body", [OBJECT, f"# A *page*\n\n- that is [Markdown](/y)\n\n{OBJECT}\n\n1. <sub>x</sub>", f"<dl><dt>{OBJECT}</dt></dl>"])
def test_the_record_keeps_the_movie_and_its_size(whole: Any, body: str) -> None:
    result = whole.page(body, "page.md")
    media = msgspec.json.decode(whole.file(result, "json").data)["media"]
    assert [(row["url"], row["kind"], row["width"], row["height"], row["source_url"]) for row in media] == [(PAGE, "embed", 400, 302, MOVIE)]


def test_a_player_in_markdown_is_a_link(whole: Any) -> None:
    result = whole.page(f"# A *page*\n\n- that is [Markdown](/y)\n\n{OBJECT}\n\nand *more*", "page.md")
    assert whole.markdown(result).endswith(f"\n\n<{PAGE}>\n\nand *more*")


@pytest.mark.parametrize(
    ("form", "change", "what"),
    [
        ("markdown", lambda text: text.replace("vimeo.com/1234", "vimeo.com/1235"), "word"),
        ("markdown", lambda text: text.replace(f"<{PAGE}>", ""), "paragraph"),
        ("markdown", lambda text: text.replace(f"<{PAGE}>", "<https://www.youtube.com/watch?v=1234>"), "word"),
        ("markdown", lambda text: text.replace(f"<{PAGE}>", f"[{PAGE}](https://vimeo.com/1235)"), "link"),
        ("json", lambda text: text.replace("clip_id=1234", "clip_id=1235"), "metadata"),
        ("json", lambda text: text.replace(f'"url": "{PAGE}"', '"url": "https://vimeo.com/1235"'), "content"),
        ("json", lambda text: text.replace('"width": "400"', '"width": "401"'), "content"),
        ("json", lambda text: text.replace('"width": "400",', ""), "content"),
        ("json", lambda text: text.replace('"player": {', '"player": {"x": "y",'), "content"),
        ("yaml", lambda text: text.replace("clip_id=1234", "clip_id=1235"), "metadata"),
    ],
)  # fmt: skip
def test_another_film_is_seen(whole: Any, form: str, change: Callable[[str], str], what: str) -> None:
    result = whole.page(f"a\n\n{OBJECT}\n\nb")
    source = next(iter(extract(f"---\ntitle: T\n---\na\n\n{OBJECT}\n\nb\n".encode(), "page.html", ExtractOptions())))
    files = list(result.files)
    assert verify(source, files, COMMONMARK, NormalizeOptions(), (), Site()) == ()
    changed = [
        msgspec.structs.replace(one, data=change(one.data.decode()).encode()) if one.format == form else one for one in files
    ]
    assert changed != files
    assert verify(source, changed, COMMONMARK, NormalizeOptions(), (), Site()) != ()


def test_a_player_that_no_notice_names_is_seen(whole: Any) -> None:
    result = whole.page(OBJECT)
    source = next(iter(extract(f"---\ntitle: T\n---\n{OBJECT}\n".encode(), "page.html", ExtractOptions())))
    only = [one for one in result.files if one.format == "markdown"]
    others = [notice for notice in result.record.notices if "Flash" not in notice.what]
    assert verify(source, only, COMMONMARK, NormalizeOptions(), result.record.notices, Site()) == ()
    found = verify(source, only, COMMONMARK, NormalizeOptions(), [*others, result.record.notices[0].__class__("mapped", "x")], Site())
    assert [finding.what for finding in found] == ["notice"]


def test_many_players_take_no_quadratic_time(whole: Any) -> None:
    result = whole.page("<object><p>" * 3000 + EMBED * 1000)
    assert result.record.status == "written"


@pytest.mark.parametrize("note", ["", "\n", "\n\n5", "x"])
def test_a_note_of_ours_in_a_source_harms_nothing(note, whole):
    assert whole.page(f'<p>a <a data-wpm-player="{note}" href="/b">c</a></p>').record.status == "written"
