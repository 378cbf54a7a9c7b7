"""Shortcodes said in HTML."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.model import NoticeLog
from wpmigrate.model.nodes import Code
from wpmigrate.normalizer.shortcodes import SHORTCODES, expand, protect_code
from wpmigrate.options import ShortcodeRule
from wpmigrate.wordpress import autop
from wpmigrate.wordpress.code import trim_code


def say(text, rules=None):
    """Return what ``text`` becomes, and the notices as ``kind what`` -> count."""
    log = NoticeLog()
    said = expand(text, rules or {}, log)
    return said, {f"{notice.kind} {notice.what}": notice.count for notice in log.notices()}


def protect(text, rules=None):
    log, codes = NoticeLog(), []
    return protect_code(text, rules or {}, codes, log), codes, [f"{n.kind} {n.what}" for n in log.notices()]


@pytest.mark.cases("cases/shortcodes.txt")
def test_cases(case):
    assert say(autop(case.input))[0].strip() == case.expected


def test_what_is_kept_is_counted():
    _, notices = say(
        '[gallery] [gallery ids="1"] [toc] [es]x [en]y[/en][/es] [Code for America\'s] [open source] [1]'
    )
    assert notices == {
        "kept shortcode [gallery]": 2,
        "kept shortcode [toc]": 1,
        "kept shortcode [es]": 1,
        "kept shortcode [en]": 1,
    }


def test_what_is_left_out_is_named():
    _, notices = say("[vimeo 12345 w=400]")
    assert [what for what in notices if "[vimeo]" in what and "(left out: w=400)" in what]
    _, notices = say('[caption align="alignleft" width="3" caption="a b"]<img src="x">[/caption]')
    assert not [what for what in notices if "left out" in what]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (ShortcodeRule("keep"), '[x a="1"]y[/x]', '[x a="1"]y[/x]'),
        (
            ShortcodeRule("unwrap"),
            "[x]y [vimeo 12345][/x]",
            'y <wpm-link data-wpm="embed" href="https://vimeo.com/12345">https://vimeo.com/12345</wpm-link>',
        ),
        (ShortcodeRule("unwrap"), "a[x]b", "ab"),
        (ShortcodeRule("drop", reason="an advert"), "a[x]y[/x]b", "ab"),
        (
            ShortcodeRule("link", url="{u}", text="{content}"),
            '[x u="http://a.b?c&amp;d"]y[/x]',
            '<a href="http://a.b?c&amp;d">y</a>',
        ),
        (ShortcodeRule("link", url="/p/{0}"), "[x 7]", '<a href="/p/7">/p/7</a>'),
        (
            ShortcodeRule("image", url="{src}", text="a {alt}"),
            '[x src="i.png" alt="b"]',
            '<img src="i.png" alt="a b" />',
        ),
        (ShortcodeRule("quote"), "<p>[x]a</p>\n<p>b[/x]</p>", "<blockquote><p>a</p>\n<p>b</p></blockquote>"),
    ],
)
def test_a_users_rules(rule, text, expected):
    assert say(text, {"x": rule})[0] == expected


def test_a_rule_wins_over_the_table():
    assert say(
        "[gallery] [embed]http://a.b[/embed]",
        {"gallery": ShortcodeRule("drop"), "embed": ShortcodeRule("keep")},
    )[0] == (" [embed]http://a.b[/embed]")


def test_what_a_rule_drops_is_told():
    assert say("[x]", {"x": ShortcodeRule("drop", reason="an advert")})[1] == {
        "dropped shortcode [x]: an advert": 1
    }


def test_code_becomes_a_placeholder():
    text, codes, notices = protect('a\n[code lang="php" firstline="3"]\n$a &lt; <b>\n[/code]\nb')
    assert text == 'a\n\n\n<pre data-wpm-code="0">\n$a &lt; &lt;b&gt;</pre>\n\n\nb'
    assert codes == [Code("$a < <b>", "php")]
    assert notices == [
        "mapped shortcode [code]: a code block; inline code in a sentence (left out: firstline=3)"
    ]


def test_code_in_a_sentence_is_escaped():
    assert protect("run [code]a<b[/code] now")[0] == "run <code>a&lt;b</code> now"
    assert protect("run <code><?php x ?></code> now")[0] == "run <code>&lt;?php x ?&gt;</code> now"


def test_a_title_goes_into_the_info_string():
    assert protect('[code title="A `b`"]x[/code]')[1] == [Code("x", "text", "title=\"A 'b'\"")]


def test_rules_say_what_is_code():
    rules = {"mine": ShortcodeRule("code", lang="{l}"), "code": ShortcodeRule("keep")}
    text, codes, _ = protect("[mine l=Ruby]x[/mine][code]y[/code]", rules)
    assert text.endswith("[code]y[/code]") and codes == [Code("x", "ruby")]


@given(
    st.text(alphabet="ab <>&;[]/=\"'{}()#*\n\t").filter(lambda code: "[/" not in code and "<br" not in code)
)
def test_code_comes_back_to_the_byte(code):
    _, codes, _ = protect(f"[code]{html.escape(code)}[/code]")
    assert [node.value for node in codes] == [trim_code(code)]


PIECES = st.sampled_from(["[caption]", "[/caption]", "[embed]", "[/embed]", "[es]", "[/es]", "<p>", "</p>", "<img src=x>", "word ", "<", "[[", "]]", "<pre>", "http://a.b ", "<br />", "\n"])  # fmt: skip


@given(st.lists(PIECES).map("".join))
def test_words_do_not_vanish(text):
    said, _ = say(text)
    assert said.count("word") == text.count("word") and said.count("<img") == text.count("<img")


@pytest.mark.parametrize(
    "piece",
    [
        "[caption]",
        "[es]",
        "<a [",
        "<p>http://a",
        "[es][caption][embed]",
        "[caption]<br /></caption>",
        "<pre>[x]",
    ],
)
def test_long_repetitions_are_read_to_the_end(piece):
    text = piece * 5_000
    assert say(text)[0].count("caption") == text.count("caption")


def test_every_row_says_what_and_why():
    assert all(row.fate in ("mapped", "kept") and row.reason for row in SHORTCODES.values())
