"""Things that words do not show, and that a converter once could lose without the proof seeing it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from wpmigrate.extractors import extract
from wpmigrate.model import Finding, Notice, OutputFile, Site, SourceEntry
from wpmigrate.normalizer import normalize
from wpmigrate.options import ExtractOptions, NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

FORMS = ("markdown", "json", "yaml")


def converted(
    body: str, front: str = "title: Garden", forms: tuple[str, ...] = FORMS
) -> tuple[SourceEntry, list[OutputFile], list[Notice]]:
    source = next(
        iter(extract(f"---\n{front}\n---\n{body}\n".encode(), "2011-05-06-garden.html", ExtractOptions()))
    )
    entry = normalize(source, Site(), NormalizeOptions())
    return source, list(write(entry, "garden", forms, COMMONMARK, None)), list(entry.notices)


def found(source: SourceEntry, files: list[OutputFile], notices: list[Notice]) -> list[Finding]:
    return list(verify(source, files, COMMONMARK, NormalizeOptions(), notices))


def changed(files: list[OutputFile], change: Callable[[str], str]) -> list[OutputFile]:
    """Return ``files`` as a converter would have written them that made the same ``change`` in each."""
    new = [msgspec.structs.replace(file, data=change(file.data.decode()).encode()) for file in files]
    assert any(file.data != before.data for file, before in zip(new, files, strict=True))
    return new


NAMED = {
    "a tooltip": ('<p><span title="grows in shade">fern</span></p>', "title of <span>"),
    "a tooltip of a cell": (
        "<table><tr><td title='in kilos'>12</td><td>a</td></tr><tr><td>1</td><td>b</td></tr></table>",
        "title of <td>",
    ),
    "what a table is about": (
        "<table summary='the yield'><tr><td>1</td><td>2</td></tr></table>",
        "summary of <table>",
    ),
    "a tooltip of code": ('<pre title="beds.py">dig\ndeep</pre>', "title of <pre>"),
    "a name of code for those who hear": (
        '<pre aria-label="how to dig">dig\ndeep</pre>',
        "aria-label of <pre>",
    ),
    "a name in code for those who hear": (
        '<pre>dig <span aria-label="far">deep</span></pre>',
        "aria-label of <span>",
    ),
    "a tooltip of no link": ('<p><a title="see there">fern</a></p>', "title of a link"),
    "a table without a row": ('<table summary="nothing grew"></table><p>x</p>', "summary of <table>"),
    "a script of a link": ('<p><a href="javascript:dig()">fern</a></p>', "link "),
    "a script of a link on two lines": ('<p><a href="java\nscript:dig()">fern</a></p>', "link "),
    "letters for numbers": ('<ol type="a"><li>fern</li></ol>', "<ol type"),
    "numbers that go down": ("<ol reversed><li>fern</li></ol>", "<ol reversed>"),
}


@pytest.mark.parametrize(("body", "named"), NAMED.values(), ids=NAMED)
def test_what_goes_must_be_named(body, named):
    source, files, notices = converted(body)
    assert found(source, files, notices) == []
    assert found(source, files, [notice for notice in notices if not notice.what.startswith(named)])


def test_another_words_notice_names_nothing():
    source, files, notices = converted(NAMED["a tooltip"][0])
    others = [msgspec.structs.replace(notice, what=notice.what.replace("shade", "sun")) for notice in notices]
    assert found(source, files, others)


FORM = '<form action="/f"><p>Words</p><p><label for="mail">Mail</label> <input id="mail" name="m"></p></form>'


@pytest.mark.parametrize(("old", "new"), [("label", "span"), ("for=", "data-for=")])
@pytest.mark.parametrize("forms", [FORMS, ("markdown",), ("json",)])
def test_a_label_stays_at_its_field(old, new, forms):
    source, files, notices = converted(FORM, forms=forms)
    assert found(source, files, notices) == []
    assert found(source, changed(files, lambda text: text.replace(old, new)), notices)


@pytest.mark.parametrize(
    "body",
    [
        '<form action="/f"><label></label> <input> words</form>',
        '<form action="/f"><label>words</label></form>',
        '<form action="/f"><pre><label>x</label></pre><input></form>',
        "<p><label>words</label> <input></p>",
    ],
)
def test_a_label_of_nothing_is_none(body):
    assert found(*converted(body)) == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<p dir="rtl"><b>fern</b> grows</p>', '"dir": "rtl"'),
        ('<p lang="he">fern</p>', '"lang": "he"'),
        ('<blockquote cite="/said"><p>fern</p></blockquote>', '"cite": "/said"'),
    ],
)
def test_what_a_block_says_stays(body, said):
    source, files, notices = converted(body, forms=("markdown", "json"))
    assert found(source, files, notices) == []
    assert found(source, changed(files, lambda text: text.replace(said, "")), notices)


CODE = {
    "class": '<pre class="brush: php; gutter: false">dig();\ndeep();</pre>',
    "attribute": '<pre lang="php">dig();\ndeep();</pre>',
    "code": '<pre><code class="language-php">dig();\ndeep();</code></pre>',
    "shortcode": "[php]\ndig();\ndeep();\n[/php]",
    "Liquid": "{% highlight php %}\ndig();\ndeep();\n{% endhighlight %}",
}


@pytest.mark.parametrize("forms", [FORMS, ("markdown",), ("json",)])
@pytest.mark.parametrize("body", CODE.values(), ids=CODE)
@pytest.mark.parametrize("other", ["", "perl"])
def test_the_language_of_code_is_the_sources(body, forms, other):
    source, files, notices = converted(f"{body}\n\n<pre>none</pre>", forms=forms)
    assert found(source, files, notices) == []
    lost = changed(
        files,
        lambda text: text.replace("```php", f"```{other}").replace('"lang": "php"', f'"lang": "{other}"'),
    )
    assert found(source, lost, notices)


@pytest.mark.parametrize(
    "body",
    [
        '<pre class="language-ruby"><code class="php">dig\ndeep</code></pre>',
        '<pre class="brush: php">dig <img src="/i.png"> deep</pre>',
        '<pre class="language-none">dig</pre>',
        '<table><tr><td><pre class="brush: php">dig</pre></td><td>b</td></tr></table>',
        '<pre class="language-f&#35;">dig</pre>',
    ],
)
def test_a_language_that_nobody_can_be_sure_of_raises_no_alarm(body):
    assert found(*converted(body)) == []
