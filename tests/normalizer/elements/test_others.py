"""No attribute goes in silence: it stands in the tree, in raw HTML, or in a notice."""

from __future__ import annotations

import pytest

from wpmigrate.model import Site
from wpmigrate.normalizer.elements.others import OTHERS
from wpmigrate.options import RunOptions
from wpmigrate.runner.job import convert_entry

PLACES = dict(line.split(" ", 1) for line in """\
p <p @>text</p>
div <div @>text</div>
span <p>a <span @>text</span></p>
strong <p>a <strong @>text</strong></p>
a <p>a <a href="http://x.example/" @>text</a></p>
img <p>a <img src="a.png" @> b</p>
h2 <h2 @>text</h2>
ul <ul @><li>text</li></ul>
ol <ol @><li>text</li></ol>
li <ul><li @>text</li></ul>
table <table @><tr><th>a</th></tr><tr><td>text</td></tr></table>
layout <table @><tr><td><p>text</p><p>more</p></td></tr></table>
tr <table><tr><th>a</th></tr><tr @><td>text</td></tr></table>
td <table><tr><th>a</th></tr><tr><td @>text</td></tr></table>
blockquote <blockquote @><p>text</p></blockquote>
pre <pre @>text</pre>
code <p>a <code @>text</code></p>
hr <p>a</p><hr @><p>b</p>
br <p>a<br @>b</p>
font <p>a <font @>text</font></p>
center <center @>text</center>
del <p>a <del @>text</del></p>
sub <p>a <sub @>text</sub></p>
figure <figure @><img src="a.png"><figcaption>text</figcaption></figure>
dl <dl @><dt>a</dt><dd>text</dd></dl>
iframe <iframe src="http://x.example/" @></iframe>
section <section @><p>text</p></section>
label <p><label @>text</label></p>""".splitlines())
"""Element, or a use of it, -> a page with room for an attribute."""
ATTRIBUTES = "onload onfocus foo itemprop role tabindex accesskey longdesc media ping aria-hidden data-foo data-url sizes loading contenteditable coords background rules clear about".split()


def convert(html: str):
    """Return the notices of a page with the body ``html``, and its files as one text."""
    result = convert_entry("p.html", f"---\ntitle: x\n---\n{html}".encode(), "page", RunOptions(), Site())
    assert result.record.status == "written"
    return [row.what for row in result.record.notices for _ in range(row.count)], "".join(file.data.decode() for file in result.files)


@pytest.mark.parametrize("attribute", ATTRIBUTES)
@pytest.mark.parametrize("name", PLACES)
def test_every_attribute_is_in_the_output_or_in_a_notice(name, attribute):
    value = "http://zq1.example/" if attribute == "data-url" else "zq1"
    notices, files = convert(PLACES[name].replace("@", f'{attribute}="{value}"'))
    assert "zq1" in files or any(attribute in what for what in notices)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p><img src="a.jpg" onload="show(&quot;http://film.example/v/1&quot;)"></p>', 'attribute onload of <img>: show("http://film.example/v/1")'),
        ('<p><a href="b.jpg" data-title="Ducks on the pond">a</a></p>', "attribute data-title of <a>: Ducks on the pond"),
        ('<p about="http://cc.example/by">a</p>', "attribute about of <p>: http://cc.example/by"),
        ('<p><img src="a.jpg" longdesc="http://x.example/long"></p>', "attribute longdesc of <img>: http://x.example/long"),
        ('<div data-settings=\'{"a b":"two words"}\'>a</div>', "attribute data-settings: nothing in Markdown says it"),
        ('<p><img src="a.jpg" alt="the "red" duck"></p>', "attribute red\": without a value, not kept"),
        ('<p><img src="a.jpg" data-orig-file="http://x.example/a.jpg"></p>', f"attribute data-orig-file: {OTHERS['data-orig-file']}"),
    ],
)
def test_an_attribute_that_speaks_is_named_with_what_it_says(html, said):
    assert said in convert(html)[0]


def test_what_stays_is_not_named():
    html = '<p>a <a href="/x" title="T" target="_blank" rel="nofollow">b</a> <img src="i.png" alt="A" width="1" height="2"> <sub data-x="1">c</sub></p>'
    assert [what for what in convert(html)[0] if what.startswith("attribute")] == []


def test_attributes_are_counted_once_each():
    assert convert('<p data-x="1">a</p>' * 3)[0] == ["attribute data-x: nothing in Markdown says it"] * 3


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<title>Ducks of 1999</title><p>a</p>", "<title> Ducks of 1999: belongs into a page's head"),
        ('<div>a <meta itemprop="cookTime" content="PT30M"></div>', "<meta> cookTime PT30M: belongs into a page's head"),
        ('<div>a <link rel="canonical" href="http://x.example/"></div>', "<link> canonical http://x.example/: belongs into a page's head"),
        ("<style>p { color: red }</style><p>a</p>", "<style>: rules for a theme that stays behind"),
    ],
)
def test_what_belongs_into_a_head_is_named_with_what_it_says(html, said):
    assert said in convert(html)[0]
