"""How a body is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.dialect import recognise, says_markdown, translates
from wpmigrate.wordpress.dialect_signs import (
    CONFIRMING_SIGNS,
    LEADING_SIGNS,
    MARKUP_SIGNS,
    TRANSLATORS,
)

DIALECTS = {"classic", "html", "blocks", "markdown", "text", "empty"}


@pytest.mark.cases("cases/dialects.txt")
def test_dialects(case):
    assert recognise(case.input) == case.expected


@pytest.mark.cases("cases/dialects.txt")
def test_line_ends_do_not_matter(case):
    assert recognise(case.input.replace("\n", "\r\n")) == case.expected


@given(st.text(alphabet="<>/p abr\n*#`[]()-_&;!=1.é"))
def test_every_text_has_a_dialect(text):
    assert recognise(text) in DIALECTS
    assert (recognise(text) == "empty") == (not text.strip())


@given(st.lists(st.text(alphabet="abc é,.", min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_words_in_paragraphs_are_html_and_without_them_text(paragraphs):
    assert recognise("\n\n".join(f"<p>{text}</p>" for text in paragraphs)) == "html"
    assert recognise("\n\n".join(paragraphs)) == "text"


@pytest.mark.parametrize(
    "text", ["[", "[a", "<pre>", "<", "<p", "*", " _a", "](", "<!--", "<div>a\n", "\n\n# a", "```\n"]
)
def test_long_repetitions_are_read_to_the_end(text):
    assert recognise(text * 20_000) in DIALECTS


def test_every_sign_says_why():
    assert all(sign[-1] and sign[2] <= sign[3] for sign in (*LEADING_SIGNS, *CONFIRMING_SIGNS))
    assert all(sign[-1] for sign in MARKUP_SIGNS)


@pytest.mark.corpus
def test_real_pages(legacy_pages):
    """One page that somebody looked at for each dialect and site."""
    looked_at = {
        "2012-04-19-international.markdown": "classic",
        "2006-02-16-smooth-scrolling-image-list.md": "markdown",
        "2006-07-12-tape-drives-are-obsolete.md": "classic",
        "2011-08-30-ruby-timeout-woes-part-1.markdown": "markdown",
        "2005-12-14-oh-oh-oh-oh-im-still-alive.markdown": "classic",
        "2007-03-05-links-for-2007-03-05.markdown": "html",
        "2015-03-17-Raspberry_pi.md": "markdown",
        "2007-05-17-elias-torres-on-operator-rdfa-open-data.html": "html",
        "2008-06-28-teamcity-cvs-maven-release-on-server.md": "html",
        "2013-10-10-27027.markdown": "empty",
    }
    found = {}
    for page in legacy_pages:
        if page.name in looked_at:
            body = page.read_text(encoding="utf-8").split("\n---", 2)[-1]
            found[page.name] = recognise(body)
    assert found == looked_at


NOTES = "Notes\n\n# one\n\n## two\n\nsee [a](http://a.example/b), **c** and `d`"


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("# one\n\ntwo", "text"),
        (NOTES, "text"),
        (f"{NOTES}\n\n<pre># x</pre>", "classic"),
        (NOTES + "\n\n[e](http://e.example) [f](http://f.example)", "markdown"),
        (NOTES + "\n\n[e](http://e.example) [f](http://f.example) <em>g</em>", "classic"),
        (NOTES + "\n\n[e](http://e.example) [f](http://f.example) `<em>` <http://h.example>", "markdown"),
        ("```\na\n```", "text"),
    ],
)
def test_what_was_typed_into_wordpress_is_what_wordpress_shows(body, typed):
    assert recognise(body, True) == typed


def test_the_meta_that_says_markdown():
    assert says_markdown([("a", "b"), (" _wpcom_is_markdown", "1")])
    assert not says_markdown([("_wpcom_is_markdown", "0"), ("_wpcom_is_markdown", "")])
    assert recognise(NOTES) == "markdown"


TRANSLATED = (
    'Some *words*.\n\n<p style="text-align: center">\n  a <strong>b</strong><br />\n</p>\n\n'
    "<blockquote>\n  <p>\n    c\n  </p>\n</blockquote>\n"
)


@pytest.mark.parametrize("has", [has for has, _, _ in TRANSLATORS])
def test_a_sign_of_markdown_is_enough_where_an_exporter_translates(has):
    assert translates({*has, "title", "tags"})
    assert recognise(TRANSLATED, False, True) == "markdown"
    assert recognise(TRANSLATED) != "markdown"


@pytest.mark.parametrize(
    "keys",
    [
        "layout status published title author author_login author_email wordpress_id wordpress_url date categories tags comments",
        "layout title date type parent_id published password status categories tags meta author permalink",
        "layout title guid permalink wordpress_id wordpress_url date",
        "title type url author date status",
        "wordpress_id layout slug status title",
        "title date",
    ],
)
def test_other_importers_translate_nothing(keys):
    assert not translates(set(keys.split()))


def test_a_translated_body_may_have_no_markdown_in_it():
    assert recognise("<p>A *star*</p>", False, True) == "html"
    assert recognise("Plain words.", False, True) == "text"


@pytest.mark.parametrize(
    "body",
    [
        '[caption id="a"]<img src="a.jpg" /> One[/caption][caption width="2"]<img src="b.jpg" />[/caption]',
        '<strong>Cake</strong>\n1 egg\n\n* see *note*\n\nBy <em>me</em>\nand you',
        '[row][column]One <b>day</b> in May\nand one in June[/column][/row]',
        'See <a href="/a/">this</a>\n\n- one\n- two',
    ],
)
def test_what_every_translator_would_have_translated_is_no_markdown(body):
    assert recognise(body, False, True) == "classic"


@pytest.mark.parametrize(
    "body",
    [
        "A [link](/a/) and <b>one</b> that somebody typed later",
        'A *star*\n\n<div class="a">\n  one <b>kept</b>\n  <em>line</em> and <i>another</i>\n</div>',
        "A *star* and `<b>code</b>`",
        "See [this][1] and <b>that</b>",
    ],
)
def test_what_a_translator_left_or_somebody_typed_later_is_in_markdown(body):
    assert recognise(body, False, True) == "markdown"


def test_numbered_links_are_a_translators():
    assert recognise(TRANSLATED + "\n\nSee [it][1].\n\n [1]: http://example.org/\n") == "markdown"


def test_numbered_links_say_more_than_a_paragraph_of_html():
    links = "See [it][1].\n\n [1]: http://example.org/\n"
    assert recognise(f"<p>\n  One\n</p>\n\n{links}") == "markdown"
    assert recognise(f"<p>One</p>\n<pre>\n{links}</pre>") == "html"
