"""Bodies that a real WordPress held: each is converted and proven whole, and says in Markdown what a visitor saw."""

from __future__ import annotations

import re

import pytest

from helpers.pages import page
from wpmigrate import EntryResult


def markdown(result: EntryResult) -> str:
    return next(file.data for file in result.files if file.format == "markdown").decode().split("\n---\n", 1)[1]


@pytest.mark.parametrize(
    "inner",
    [
        '<ol start="4"><li>b</li></ol>',
        "<hr>",
        "<details>b</details>",
        "<table><tr><th>h</th></tr><tr><td>b</td></tr></table>",
        "<ul><li></li></ul>",
        "<ul><li>b</li></ul><ol><li>c</li></ol>",
        "<pre>b</pre>c",
        "<blockquote>b</blockquote>",
    ],
)
def test_a_list_is_proven_whatever_its_items_hold(inner: str) -> None:
    result = page(f"<ul><li>first</li><li>a{inner}</li></ul>")
    assert result.record.findings == ()
    assert result.record.status == "written"


def test_the_second_part_of_a_classic_block_stays() -> None:
    body = "<!-- wp:freeform --><p>One</p>\n\ntwo\n\nthree\n<!-- /wp:freeform -->"
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result) == "\nOne\n\ntwo\n\nthree\n"


def test_no_teaser_is_a_comment_that_stays() -> None:
    result = page("Tea<!--more--><!--noteaser-->ser")
    assert result.record.findings == ()
    assert "<!--noteaser-->" in markdown(result)


def test_media_are_recorded_in_reading_order() -> None:
    result = page('<p><img src="/a.jpg"> <button type="button" name="b"><img src="/b.jpg"></button> <img src="/c.jpg"></p>')
    assert result.record.findings == ()
    assert '<button type="button" name="b"><img src="/b.jpg"></button>' in markdown(result)


def test_lines_of_code_in_a_markdown_page_are_lines_in_its_record() -> None:
    result = page("<code>a\nb</code>\n\n[c](http://c.example/d) _e_")
    assert result.record.findings == ()


def test_players_without_an_end_tag_do_not_swallow_the_next() -> None:
    result = page('[audio src="http://x.example/a.mp3"]\n\nbetween\n\n[audio mp3="http://x.example/b.mp3"][/audio]')
    assert markdown(result) == "\n<http://x.example/a.mp3>\n\nbetween\n\n<http://x.example/b.mp3>\n"


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<p>a <?php b(1); ?> c</p>", "a <?php b(1); ?> c"),
        ("<p>a <!--?php b(1); ?--> c</p>", "a <!--?php b(1); ?--> c"),
        ("<pre><?php b(1); ?></pre>", "```\n<?php b(1); ?>\n```"),
        ('<p class="x">y</p><pre><!-- c -->a<!--?php d ?--></pre>', "y\n\n```\na\n```"),
        ("<dl><dt>a</dt><dd><!--?php b(1); ?--></dd></dl>", "<dl>\n<dt>a</dt>\n<dd><!--?php b(1); ?--></dd>\n</dl>"),
    ],
)
def test_instructions_and_what_browsers_save_of_them_stay(body: str, written: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == written


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p><code>a\n  b\n</code></p>", "```\na\n  b\n```"),
        ("<ul><li><code>a\nb</code></li></ul>", "- ```\n  a\n  b\n  ```"),
        ("<p>x <code>a\nb</code></p>", "x `a b`"),
        ("<xre><code>a\nb</code></xre>", "<xre>`a b`</xre>"),
        ('<p><a href="/x"><code>a\nb</code></a></p>', "[`a b`](/x)"),
    ],
)
def test_lines_of_code_without_breaks_are_lines_where_they_stand_alone(html: str, written: str) -> None:
    result = page(f"<!-- wp:html -->{html}<!-- /wp:html -->")
    assert result.record.findings == ()
    assert markdown(result).strip() == written


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p>See <svg><path d="M0 0"/></svg> there</p>', 'See <svg><path d="M0 0"></path></svg> there'),
        (
            '<ul><li><a href="tel:+123"><span><svg><path d="M0 0"/></svg></span><span>Call</span></a></li></ul>',
            '- [<svg><path d="M0 0"></path></svg>Call](tel:+123)',
        ),
        ('<p><svg><rect width="9%" height="5"/></svg></p>', '<svg><rect width="9%" height="5"></rect></svg>'),
        ('<h2><svg><path d="M0 0"/></svg> Head</h2>', '## <svg><path d="M0 0"></path></svg> Head'),
        ("<p>Let <math><mi>x</mi></math> be</p>", "Let <math><mi>x</mi></math> be"),
    ],
    ids=["sentence", "link", "sizes in it", "heading", "formula"],
)
def test_drawings_and_formulas_stand_in_their_line(body: str, expected: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == expected


@pytest.mark.parametrize(
    "said",
    [
        'aria-hidden="true"',
        'role="presentation"',
        'preserveAspectRatio="none"',
        'width="24" height="24px"',
        'width="1em" height="1.5em"',
        'style="display: none" width="900"',
    ],
)
def test_a_drawing_that_only_decorates_goes(said: str) -> None:
    result = page(f'<ul><li><a href="/x"><svg {said} viewBox="0 0 9 9"><g><path d="M0"/></g></svg><span>Call</span></a></li></ul>')
    assert result.record.findings == ()
    assert markdown(result).strip() == "- [Call](/x)"
    assert "<svg>: a drawing without words that only decorates" in {notice.what for notice in result.record.notices}


@pytest.mark.parametrize(
    "box", ["0 0 24 24", "-2,-2,28.5,28.5", "0 0 320 512", "0 0 640 512", "0 0 1000 1000", " 0 0 1024 1024 "]
)
def test_an_icon_that_only_the_old_theme_gave_a_size_goes(box: str) -> None:
    result = page(f'<p><a href="/x"><svg class="icon" viewBox="{box}"><path d="M0"/></svg> Call</a></p>')
    assert result.record.findings == ()
    assert markdown(result).strip() == "[Call](/x)"


def test_the_anchors_in_a_drawing_that_goes_are_anchors_of_the_page() -> None:
    icon = '<svg aria-hidden="true"><defs><linearGradient id="g"><stop/></linearGradient></defs><path id="p" fill="url(#g)"/></svg>'
    result = page(f'<p>See {icon} there, <a href="#p">again</a></p>')
    assert result.record.findings == ()
    assert markdown(result).strip() == 'See <a id="p"></a> there, [again](#p)'
    assert "anchor g: nothing links to it" in {notice.what for notice in result.record.notices}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<h3><button type='button' data-toggle='collapse'>\n  Can I park?\n</button></h3>",
            "### Can I park?",
        ),
        ('<a class="btn" href="/gift"><button>Give <b>now</b></button></a>', "[Give **now**](/gift)"),
        ("one <button><p>two</p><p>three</p></button> four", "one\n\ntwo\n\nthree\n\nfour"),
        ("<ul><li><button aria-label='Open'><img src='/a.png' alt='A'></button></li></ul>", "- ![A](/a.png)"),
        ("<code>a <button>b</button></code>", "`a b`"),
    ],
    ids=["panel", "link", "blocks", "picture", "code"],
)
def test_a_button_that_does_nothing_is_its_words(body: str, expected: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == expected
    assert any(
        notice.kind == "dropped" and notice.what.startswith("<button>: ") for notice in result.record.notices
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<dl><dd>One</dd><dd><p>two</p><p>three</p></dd></dl>", "One\n\ntwo\n\nthree"),
        ("<dl><dd>One<dl><dd>two</dd></dl>three</dd></dl>", "One\n\ntwo\n\nthree"),
        ("<dl><dd><table><tr><td>1</td><td>2</td></tr></table></dd></dl>", "|  |  |\n| --- | --- |\n| 1 | 2 |"),
        ("<p>One</p><dd>two<dd><b>three</b>", "One\n\ntwo\n\n**three**"),
        ("<h2>One<dl><dd>two</dd></dl>three</h2>", "## One\n\ntwo\n\nthree"),
        ('<dl id="k"><dd>One</dd></dl><a href="#k">k</a>', '<a id="k"></a>One\n\n[k](#k)'),
    ],
    ids=["pieces", "nested", "table", "of no list", "heading", "anchor"],
)
def test_a_list_of_explanations_that_explains_no_word_only_indents(body: str, expected: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == expected


def test_a_list_that_explains_words_stays_beside_one_that_does_not() -> None:
    result = page("<dl><dt>hat</dt><dd>felt</dd></dl><dl><dd>One</dd></dl><dd>two</dd>")
    assert result.record.findings == ()
    assert markdown(result).strip() == "<dl>\n<dt>hat</dt>\n<dd>felt</dd>\n</dl>\n\nOne\n\ntwo"


@pytest.mark.parametrize(
    "body",
    [
        '<button onclick="join()">Join</button>',
        '<button form="f">Join</button>',
        '<button name="who" value="me">Join</button>',
        '<form action="/join"><p><button>Join</button></p></form>',
        "<form><button>Join</button></form>",
    ],
)
def test_a_button_that_may_do_something_stays(body: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert "<button" in markdown(result)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'Call <skype:span class="x">555 *0100*</skype:span> or <a href="/m">write</a>.',
            "Call 555 \\*0100\\* or [write](/m).",
        ),
        (
            '<p>Like us: <fb:like href="http://x.example" send="true"></fb:like> <g:plusone size="tall"></g:plusone></p>',
            "Like us:",
        ),
        ('<fb:comments href="/p"/>\n\nThe end', "The end"),
    ],
)
def test_a_widget_that_a_script_filled_is_what_stands_in_it(body: str, expected: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == expected
    assert any(
        notice.kind == "dropped" and "a widget that a script filled" in notice.what
        for notice in result.record.notices
    )


def loader(address: str) -> str:
    """Return a script that loads another one, as social networks ask people to put it into their pages."""
    return f"<script>{_LOADER % address}</script>"


_LOADER = """(function(d,s,id){var js=d.createElement(s);js.id=id;js.src=%s;d.body.appendChild(js);}(document,"script","w"));"""


@pytest.mark.parametrize(
    "script",
    [
        '<script async src="//platform.twitter.com/widgets.js" charset="utf-8"></script>',
        '<script src="https://www.instagram.com/embed.js"></script>',
        '<script src="http://connect.facebook.net/en_US/all.js#appId=1&amp;xfbml=1"></script>',
        loader('p+"://platform.twitter.com/widgets.js"'),
        loader("'https://apis.google.com/js/plusone.js'"),
    ],
)
def test_a_script_that_finds_nothing_to_fill_goes(script: str) -> None:
    result = page(f'<blockquote class="twitter-tweet"><p>New <b>hats</b></p></blockquote>\n{script}\nThe end')
    assert result.record.findings == ()
    assert markdown(result).strip() == "> New **hats**\n\nThe end"
    assert any(notice.kind == "dropped" and notice.what.startswith("<script> ") for notice in result.record.notices)


@pytest.mark.parametrize(
    "script",
    [
        '<script src="https://x.example/?//platform.twitter.com/widgets.js"></script>',
        '<script src="https://connect.facebook.net/en_US/all.js"></script>',
        loader('"//platform.twitter.com/other.js"'),
        '<script>FB.init(d.createElement("//connect.facebook.net/x/all.js#xfbml=1"))</script>',
        loader('"//platform.twitter.com/widgets.js"').replace("(function", "a();" * 300 + "(function", 1),
    ],
)
def test_other_scripts_stay(script: str) -> None:
    result = page(f"One\n\n{script}\n\nTwo")
    assert result.record.findings == ()
    assert markdown(result).strip() == f"One\n\n{script}\n\nTwo"


@pytest.mark.parametrize(
    ("said", "inner"),
    [
        ('viewBox="0 0 700 512"', "<path/>"),
        ('viewBox="0 0 24 24" width="400"', "<path/>"),
        ('viewBox="0 0 24 24" style="width:400px"', "<path/>"),
        ('viewBox="0 0 24 24"', "<text>hat</text>"),
        ('viewBox="0 0 24"', "<path/>"),
        ('style="display:none"', '<a href="/hat"><path d="M0"/></a>'),
        ('aria-hidden="true"', "<text>hat</text>"),
        ('width="24" height="24"', "<title>hat</title>"),
        ('width="24" height="24"', '<image href="/hat.png"/>'),
        ('aria-hidden="true"', '<a href="/hat"><path d="M0"/></a>'),
        ('width="240" height="24"', "<path/>"),
        ('width="24"', "<path/>"),
        ('width="100%" height="24"', "<path/>"),
    ],
)
def test_a_drawing_that_may_say_something_stays(said: str, inner: str) -> None:
    result = page(f"<p>See <svg {said}>{inner}</svg> there</p>")
    assert result.record.findings == ()
    assert f"<svg {said}>" in markdown(result)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p>a <picture><source srcset="/a.webp 1x"><img src="/a.jpg" alt="A"></picture> b</p>', "a ![A](/a.jpg) b"),
        ('<a href="/x"><picture><source srcset="/a.webp"><source srcset="/a.avif"><img src="/a.jpg" alt=""></picture></a>', "[![](/a.jpg)](/x)"),
        ('<h2><picture><source srcset="/a.webp"><img src="/a.jpg" alt="T"></picture> Hats</h2>', "## ![T](/a.jpg) Hats"),
        ('<video><source src="/v.mp4"></video>', '<video>\n<source src="/v.mp4"></video>'),
    ],
)
def test_a_picture_in_several_formats_is_its_image(body: str, expected: str) -> None:
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == expected
    named = any("<source> of a picture: /a.webp" in notice.what for notice in result.record.notices)
    assert named == ("<picture>" in body)


def test_what_one_hears_is_no_film() -> None:
    result = page('<audio controls><source src="/a.mp3?_=1" type="audio/mpeg"></audio><audio><source src="/b.ogg"></audio><video><source src="/c.mp4"></video>')
    assert re.findall(rb'"kind": "(audio|video)"', result.files[1].data) == [b"audio", b"audio", b"video"]


def test_a_block_names_the_language_of_its_code() -> None:
    body = '<!-- wp:syntaxhighlighter/code {"language":"Python"} -->\n<pre class="wp-block-syntaxhighlighter-code">x = 1</pre>\n<!-- /wp:syntaxhighlighter/code -->'
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == "```python\nx = 1\n```"


def test_markdown_in_the_boxes_of_pictures_is_markdown() -> None:
    body = 'Some [text](/x) **here**.\n\n<div class="wp-block-image"><figure>![a](/u.png)<figcaption>c</figcaption></figure></div>More <http://e.org/x>\n'
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == "Some [text](/x) **here**.\n\n![a](/u.png)\n\nc\n\nMore <http://e.org/x>"
    assert "repaired" in {notice.kind for notice in result.record.notices}


def test_code_of_no_language_names_none() -> None:
    result = page('<pre class="lang:default decode:true">x</pre>')
    assert markdown(result).strip() == "```\nx\n```"


def test_markdown_behind_the_tags_of_open_boxes_is_markdown() -> None:
    body = 'Some [text](/x) **here**.\n\n<div class="wp-block-columns"><div class="wp-block-column">### Head\n\nOne  \ntwo.\n\n</div></div>\n\nEnd.\n'
    result = page(body)
    assert result.record.findings == ()
    assert markdown(result).strip() == "Some [text](/x) **here**.\n\n### Head\n\nOne  \ntwo.\n\n\nEnd."


def test_addresses_between_angle_brackets_are_text() -> None:
    result = page("From: Ann <Ann@Example.org>\nsee <http://example.org/a>\n\nThe <b>rest</b>.")
    assert result.record.findings == ()
    assert markdown(result) == "\nFrom: Ann \\<Ann@Example.org>  \nsee \\<http://example.org/a>\n\nThe **rest**.\n"
    assert ("repaired", 2) in {(notice.kind, notice.count) for notice in result.record.notices}
