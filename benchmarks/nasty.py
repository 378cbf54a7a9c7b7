"""Inputs that make careless code quadratic, or crash it: each grows with one number."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["NASTY", "page"]

NASTY: dict[str, tuple[int, Callable[[int], str]]] = {
    "nested div": (20_000, lambda n: "<div>" * n + "x" + "</div>" * n),
    "nested span, unclosed": (20_000, lambda n: "<span>" * n + "x"),
    "nested em, unclosed": (20_000, lambda n: "<em>x" * n),
    "nested b i, misnested": (20_000, lambda n: "<b><i>x</b></i>" * n),
    "nested font, unclosed": (20_000, lambda n: "<font color=red>x" * n),
    "nested blockquote": (20_000, lambda n: "<blockquote>" * n + "x"),
    "nested lists": (20_000, lambda n: "<ul><li>x" * n),
    "nested tables": (5_000, lambda n: "<table><tr><td>x" * n),
    "<": (100_000, lambda n: "<" * n),
    "&": (100_000, lambda n: "&" * n),
    "[": (100_000, lambda n: "[" * n),
    "![": (100_000, lambda n: "![" * n),
    "`": (100_000, lambda n: "a`" * n),
    "* in one line": (1_000_000, lambda n: "*" * n),
    "*a in one line": (100_000, lambda n: "*a " * n),
    "_a_ in one line": (100_000, lambda n: "_a_b" * n),
    "~~ in one line": (100_000, lambda n: "~~a " * n),
    "backslashes": (1_000_000, lambda n: "\\" * n),
    "one text": (10_000_000, lambda n: "word " * (n // 5)),
    "one word": (10_000_000, lambda n: "x" * n),
    "non-breaking spaces": (1_000_000, lambda n: "a" + "\u00a0 " * (n // 2) + "b"),
    "line ends": (1_000_000, lambda n: "\n" * n + "x"),
    "one-word lines": (200_000, lambda n: "x\n" * n),
    "one-word paragraphs": (50_000, lambda n: "x\n\n" * n),
    "br": (100_000, lambda n: "x<br>" * n),
    "unclosed comments": (100_000, lambda n: "<!-- x " * n),
    "unclosed CDATA": (100_000, lambda n: "<![CDATA[ x " * n),
    "unclosed pre": (20_000, lambda n: "<pre>x\n\n" * n),
    "unclosed php": (100_000, lambda n: "<?php x " * n),
    "unclosed tag": (100_000, lambda n: "<a href=' " * n),
    "unclosed [caption]": (100_000, lambda n: "[caption] x " * n),
    "nested [caption]": (20_000, lambda n: "[caption]" * n + "x" + "[/caption]" * n),
    "unclosed [code]": (100_000, lambda n: "[code] x " * n),
    "many shortcodes": (50_000, lambda n: '[foo a="b"] ' * n),
    "unclosed highlight": (50_000, lambda n: "{% highlight x %} y " * n),
    "unclosed blocks": (20_000, lambda n: "<!-- wp:group --><div>x\n" * n),
    "many blocks": (20_000, lambda n: "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->\n" * n),
    "blocks without nodes": (10_000, lambda n: "".join(f'<!-- wp:paragraph {{"a":{i}}} --><p></p><!-- /wp:paragraph -->\n' for i in range(n))),
    "nested details": (20_000, lambda n: "<details>" * n + "x"),
    "definitions": (10_000, lambda n: "<dl>" + "<dt>x</dt><dd><p>a</p><p>b</p></dd>" * n + "</dl>"),
    "fields of a form": (10_000, lambda n: "<form>" + "<p>x <input name=a></p>" * n + "</form>"),
    "table rows of blocks": (5_000, lambda n: "<table>" + "<tr><td>a</td><td><p>b</p><p>c</p></td></tr>" * n + "</table>"),
    "equal headings": (20_000, lambda n: "<h2>Same</h2>\nx\n" * n),
    "anchors and links": (10_000, lambda n: "".join(f'<a name="{i}"></a><a href="#{n - i}">x</a>\n' for i in range(n))),
    "links in one line": (20_000, lambda n: '<a href="http://example.org/">x</a> ' * n),
    "images": (20_000, lambda n: '<img src="a.png" alt="x">\n\n' * n),
    "table rows": (10_000, lambda n: "<table>" + "<tr><td>a</td><td>b|c</td></tr>" * n + "</table>"),
    "table columns": (10_000, lambda n: "<table><tr>" + "<td>a</td>" * n + "</tr></table>"),
    "list items": (20_000, lambda n: "<ul>" + "<li>x</li>" * n + "</ul>"),
    "attributes": (20_000, lambda n: "<p " + " ".join(f"a{i}=b" for i in range(n)) + ">x</p>"),
    "mojibake": (200_000, lambda n: "Ã©" * n),
    "markdown lists": (5_000, lambda n: "# T\n\n[a](b) **c**\n\n" + "- x\n" * n),
    "markdown tables under text": (10_000, lambda n: "# T\n\n[a](b) **c**\n\n" + "x\na|b\n-|-\n" * n),
    "markdown tildes": (20_000, lambda n: "# T\n\n[a](b) **c**\n\n" + "~a " * n + "b~ " * n),
    "markdown quotes": (20_000, lambda n: "# T\n\n[a](b) **c**\n\n" + ">" * n + " x\n"),
}
"""By name: the largest size, and the body of that size."""


def page(body: str) -> bytes:
    """Return a page with a small front matter round ``body``."""
    return f"---\nlayout: post\ntitle: Nasty\nstatus: publish\n---\n{body}\n".encode()
