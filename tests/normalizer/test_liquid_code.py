"""Liquid: its code becomes code, the rest stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from wpmigrate.model import NoticeLog
from wpmigrate.model.nodes import Code
from wpmigrate.normalizer.liquid import liquid_to_fences, protect_liquid
from wpmigrate.wordpress.code import trim_code


def fences(text):
    return liquid_to_fences(text, NoticeLog())


def test_code_becomes_a_placeholder_and_the_rest_is_counted():
    log, codes = NoticeLog(), []
    text = protect_liquid(
        "a {% highlight ruby %}\nx\n{% endhighlight %} {% for a in b %} {{ a }} {{ b }}", codes, log
    )
    assert text == 'a \n\n<pre data-wpm-code="0">\nx</pre>\n\n {% for a in b %} {{ a }} {{ b }}'
    assert codes == [Code("x", "ruby")]
    assert [(n.kind, n.what, n.count) for n in log.notices()] == [
        ("mapped", "Liquid {% highlight %}: a code block", 1),
        ("kept", "Liquid {% for %}: an instruction to a template", 1),
        ("kept", "Liquid {{ … }}: an instruction to a template", 2),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n{% highlight js %}\nx\n{% endhighlight %}\n\nb", "a\n\n```js\nx\n```\n\nb"),
        ("{% highlight js %}\nx\n{% endhighlight %}", "```js\nx\n```"),
        ("a {% highlight js %}x{% endhighlight %} b", "a \n\n```js\nx\n```\n b"),
        ("{% codeblock T lang:c %}\n```\n{% endcodeblock %}\n", '````c title="T"\n```\n````\n'),
        (
            "- a\n\n  {% highlight js %}\nx\n\ny\n  {% endhighlight %}\n",
            "- a\n\n  ```js\n  x\n\n  y\n  ```\n",
        ),
        ("- a\n\n  {% highlight js %}\n  x\n  {% endhighlight %}\n", "- a\n\n  ```js\n  x\n  ```\n"),
        (
            "```\n{% highlight js %}\nx\n{% endhighlight %}\n```\n",
            "```\n{% highlight js %}\nx\n{% endhighlight %}\n```\n",
        ),
        (
            "b\n<ul>\n<li>a</li>\n</ul>\nc:\n{% highlight js %}\nx\n{% endhighlight %}\n",
            "b\n<ul>\n<li>a</li>\n</ul>\nc:\n\n```js\nx\n```\n",
        ),
        (
            "<p>b</p>\n\nc:\n{% highlight js %}\nx\n{% endhighlight %}\n",
            "<p>b</p>\n\nc:\n```js\nx\n```\n",
        ),
        ("{{ x }} {% raw %}a{% endraw %}", "{{ x }} {% raw %}a{% endraw %}"),
        ("no liquid", "no liquid"),
    ],
)
def test_fences(text, expected):
    assert fences(text) == expected


@given(st.text(alphabet="ab`~ \n<>&*_{}#é"))
def test_code_in_a_fence_comes_back_to_the_byte(code):
    source = code.replace("{%", "")
    tokens = MarkdownIt().parse(fences(f"a\n\n{{% highlight x %}}\n{source}\n{{% endhighlight %}}\n\nb"))
    assert [token.content.removesuffix("\n") for token in tokens if token.type == "fence"] == [
        trim_code(source)
    ]
