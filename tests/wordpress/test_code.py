"""Code that must be known as code before anything reads a body as markup."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.code import decode_code, find_code, find_liquid_code, trim_code


def only(text, find=find_code):
    found = list(find(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("[code]\nx\n[/code]", None, "x"),
        ('[code lang="php"]\n\n  $a &lt; <b>;\n\n[/code]', "php", "  $a < <b>;"),
        ("[sourcecode language='css']a{}[/sourcecode]", "css", "a{}"),
        ("[source:html]<p>[/source]", "html", "<p>"),
        ("[code=php]x[/code]", "php", "x"),
        ("[cc_ruby]x[/cc_ruby]", "ruby", "x"),
        ("[php]&amp;lt;[/php]", "php", "&lt;"),
        ("[code]a?b=1&copy=2[/code]", None, "a?b=1&copy=2"),
        ("[code][gallery] [x][/code]", None, "[gallery] [x]"),
        ("[code]x[&#47;code]", None, "x"),
        ('<pre lang="c">\n#include <stdio.h>\n</pre>', "c", "#include <stdio.h>"),
        ('<PRE lang="xml"><bean id="a"/></PRE>', "xml", '<bean id="a"/>'),
        ("<pre><?php\n\necho 1; ?></pre>", None, "<?php\n\necho 1; ?>"),
        ('<pre class="brush: php;"><?php x</pre>', "php", "<?php x"),
        ('<pre lang="html"><b>x</b></pre>', "html", "<b>x</b>"),
        ("[crayon lang='php' title='a.php']\n<?php [b]\n[/crayon]", "php", "<?php [b]"),
        ("[codesyntax lang='c']a<b[/codesyntax]", "c", "a<b"),
        ("[ccW_c]a<b[/ccW_c]", "c", "a<b"),
        ("[ccN]a<b[/ccN]", None, "a<b"),
        ("[latex]\n\\frac{1}{2}\n[/latex]", "latex", "\\frac{1}{2}"),
        ('<pre class="brush: js; gutter: false">var x = "<div>";</pre>', "js", 'var x = "<div>";'),
        ('<pre class="brush:xml"><a>\n <b c="d">t</b>\n</a></pre>', "xml", '<a>\n <b c="d">t</b>\n</a>'),
        ("<pre class='toolbar:2 lang:xhtml decode:true'><b>x</b></pre>", "xhtml", "<b>x</b>"),
    ],
)
def test_blocks(text, lang, value):
    found = only(f"before\n{text}\nafter")
    assert (found.lang, found.value, found.inline, found.start, found.end) == (
        lang,
        value,
        False,
        7,
        7 + len(text),
    )


@pytest.mark.parametrize(
    "text",
    [
        "<pre>[code]x[/code]</pre>",
        "<code>[code]x[/code]</code>",
        "<!-- [code]x[/code] -->",
        "[[code]x[/code]]",
        "[code] is never closed",
        "[text] [source] [c]",
        "[cctv]a<b[/cctv]",
        "[latex]\\frac{1}{2}[/latex]",
        '<pre lang="ruby">puts 1</pre>',
        '<pre lang="ruby">a <strong>b</strong></pre>',
        '<pre lang="php">&lt;?php<br />\nx</pre>',
        '<pre class="brush: xml">&lt;a&gt; <b>t</b></pre>',
        '<pre class="brush: js">a <strong>b</strong></pre>',
        "<pre>a <b>c</b></pre>",
        "<pre><?php is never closed",
    ],
)
def test_what_is_left_to_the_parser(text):
    assert list(find_code(text)) == []


def test_code_in_a_sentence():
    assert only("run [code]ls <a>[/code] now").inline
    assert not only("run\n[code]ls[/code]\nnow").inline
    assert not only("<p>[code]ls[/code]</p>").inline
    assert only("see <code><?php ?></code>").inline


def test_paragraphs_that_an_export_made_are_undone():
    found = only("[code]a<br />\nb</p>\n<p>c<br />\nd[/code]")
    assert found.unwrapped and found.value == "a\nb\n\nc\nd"
    assert only("[code lang=xml]<br />\n<a><br />\n</a><br />\n[/code]").value == "<a>\n</a>"
    assert not only("[html]a<br />\nb\nc\nd[/html]").unwrapped


def test_paragraphs_without_line_breaks_are_undone_where_they_are_not_the_codes_own():
    lines = "a;\n" * 9
    assert only(f"<p>[php]\n{lines}</p>\n<p>{lines}[/php]</p>").value == f"{lines}\n\n{lines}".strip()
    assert only(f"<p>{{% highlight awk %}}</p>\n<p>{lines}</p>\n<p>{{% endhighlight %}}</p>", find_liquid_code).value == lines.strip()
    assert not only(f"[php]<p>{lines}</p>\n<p>b</p>[/php]").unwrapped
    assert not only(f"{{% highlight html %}}{lines}<p>b</p>\n<p>c</p>{{% endhighlight %}}", find_liquid_code).unwrapped


def test_a_users_names():
    found = only("[mine]x[/mine][code]y[/code]", lambda text: find_code(text, also={"mine"}, other={"code"}))
    assert found.name == "mine"


def test_a_title_is_kept():
    assert only('[code title="a &amp; b"]x[/code]').title == "a & b"


@pytest.mark.parametrize(
    ("text", "lang", "value", "title"),
    [
        ("{% highlight ruby %}\nx\n{% endhighlight %}", "ruby", "x", ""),
        ("{%- highlight js linenos -%}x &lt;{%- endhighlight -%}", "js", "x &lt;", ""),
        ("{% highlight c %}\n{% raw %}\n{{ x }}\n{% endraw %}\n{% endhighlight %}", "c", "{{ x }}", ""),
        (
            "{% codeblock A title lang:js http://a.b %}\nx\n{% endcodeblock %}",
            "js",
            "x",
            "A title http://a.b",
        ),
        ("{% codeblock %}x{% endcodeblock %}", None, "x", ""),
    ],
)
def test_liquid(text, lang, value, title):
    found = only(f"a {text} b", find_liquid_code)
    assert (found.lang, found.value, found.title, found.start, found.end) == (
        lang,
        value,
        title,
        2,
        2 + len(text),
    )


def test_liquid_that_is_never_closed():
    assert list(find_liquid_code("{% highlight a %} {% endcodeblock %} {% raw %}x{% endraw %}")) == []


CODE = st.text(alphabet="ab <>&;=\"'{}()#*_`~.,\n\té")


@given(CODE)
def test_escaped_code_comes_back_to_the_byte(code):
    found = list(find_code(f"[php]{html.escape(code)}[/php]"))
    if "<br" not in code and "</p>" not in code:
        assert [piece.value for piece in found] == [trim_code(code)]


@given(CODE)
def test_liquid_code_comes_back_to_the_byte(code):
    source = code.replace("{%", "")
    assert only(f"{{% highlight x %}}\n{source}\n{{% endhighlight %}}", find_liquid_code).value == trim_code(
        source
    )


@given(st.text(alphabet=" \n\tab"))
def test_trimming_takes_blank_lines_only(text):
    trimmed = trim_code(text)
    assert trimmed.strip() == text.strip() and trim_code(trimmed) == trimmed
    assert not trimmed.startswith("\n") and not trimmed.endswith("\n")


@given(st.text())
def test_decoding_undoes_escaping(text):
    assert decode_code(html.escape(text)) == text


@pytest.mark.parametrize(
    "piece",
    ["<pre lang=a>", "<code>", "[code]", "[code]x[/code] ", "<!--", "<pre lang=x><a>", "{% highlight a %}"],
)
def test_long_repetitions_are_read_to_the_end(piece):
    text = piece * 20_000 + "<?"
    assert len(list(find_code(text))) <= 20_000 and not list(find_liquid_code(text))


@pytest.mark.parametrize(
    ("text", "value", "inline"),
    [
        ('<code>\n<pre lang="c">\n#include <stdio.h>\n</pre>\n</code>', "#include <stdio.h>", False),
        ("<pre><pre class='x'>List<String> y;</pre></pre>", "List<String> y;", False),
        ("a <tt>vector<int></tt> b", "vector<int>", True),
        ("a <TT><form></TT> b", "<form>", True),
    ],
)
def test_code_inside_code_and_typewriter_text(text, value, inline):
    found = only(text)
    assert (found.value, found.inline) == (value, inline)
