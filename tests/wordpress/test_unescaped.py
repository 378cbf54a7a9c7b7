"""Code with its own angle brackets, and markup that is only markup."""

import pytest

from wpmigrate.wordpress.unescaped import escape_addresses, holds_bare_code, names_tags


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("List<String> x", None),
        ("#include <stdio.h>", None),
        ("Jo <jo@x.example>", None),
        ("<config><name>x</name></config>", None),
        ("a<b && c<d", None),
        ("a<b", None),
        ("i<b; i++", "c"),
        ("<?php x ?>", None),
        ("<%= x %>", None),
        ("<html><b>x</b></html>", None),
        ("<!DOCTYPE html><title>x</title>", None),
        ("<div>x</div>", "java"),
        ("<b>x</b>", "xml"),
    ],
)
def test_code(content, language):
    assert holds_bare_code(content, language)


@pytest.mark.parametrize(
    ("content", "language"),
    [
        ("a b", None),
        ("a < b", None),
        ("<b>x</b>", None),
        ('<span class="k">new</span> List<T>', None),
        ("List<T><br />x", None),
        ("<b>x</b> a<b", None),
        ("List<T> <img src='i.png'>", None),
        ("x <o:p></o:p>", None),
        ("<div>x</div>", None),
        ("&lt;html&gt; <title>x</title>", None),
        ("<span>x</span>", "xml"),
        ("<b>x</b>", "ruby"),
    ],
)
def test_markup(content, language):
    assert not holds_bare_code(content, language)


@pytest.mark.parametrize("content", ["<form>", "</td>", "<ul><li>", '<input type="text" />', "<h2></h2>", "<select> <option>"])
def test_tags_that_are_named(content):
    assert names_tags(content)


@pytest.mark.parametrize("content", ["", "<b></b>", "<br />", "<form> x", "<li>a</li>", '<iframe src="u"></iframe>', '<img src="i">', "<div>", "<ul" + "<li>" * 100])
def test_tags_that_are_meant(content):
    assert not names_tags(content)


@pytest.mark.parametrize(
    ("text", "expected", "count"),
    [
        ("Ann <ann@example.org> wrote", "Ann &lt;ann@example.org&gt; wrote", 1),
        ("<Ann@Example.org><bob@host>", "&lt;Ann@Example.org&gt;&lt;bob@host&gt;", 2),
        ("see <http://example.org/a?b=1&c> and <https://example.org>", "see &lt;http://example.org/a?b=1&c&gt; and &lt;https://example.org&gt;", 2),
        ("<b><www.example.org></b>", "<b>&lt;www.example.org&gt;</b>", 1),
        ("<script>'<a@b>'</script><a@b>", "<script>'<a@b>'</script>&lt;a@b&gt;", 1),
        ("<!-- <a@b> <script> --><a@b>", "<!-- <a@b> <script> -->&lt;a@b&gt;", 1),
    ],
)
def test_addresses_between_angle_brackets_are_text(text, expected, count):
    assert escape_addresses(text) == (expected, count)


@pytest.mark.parametrize(
    "text",
    [
        '<a href="mailto:ann@example.org">a@b</a>',
        "<a href=mailto:a@b>x</a>",
        "<g:plusone @x='1'>",
        "<http: x@y>",
        "<textarea><a@b></textarea>",
        "<style><a@b>",
        "<!-- <a@b>",
        "a < b@c > d",
    ],
)
def test_other_angle_brackets_stay(text):
    assert escape_addresses(text) == (text, 0)


@pytest.mark.parametrize("piece", ["<!--@", "<script @", "<a@", "<http://", "@<", "-->@", "<www."])
def test_long_repetitions_are_read_in_linear_time(piece):
    assert escape_addresses(piece * 50_000) == (piece * 50_000, 0)
