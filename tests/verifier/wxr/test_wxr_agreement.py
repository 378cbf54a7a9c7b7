"""Whatever an item's values are, what the converter makes of it raises no alarm: both read it alike."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wpmigrate.extractors.wxr import read_item
from wpmigrate.options import ExtractOptions

WORDS = st.sampled_from(
    ["a", "Bé", "&amp;", "&", "<b>x</b>", "  ", "\n", "0", "]]>", "春", "%E6%98%A5", "%zz", "/", "..", "\xa0", "&nbsp;", "'", '"', "T<U>", "Ã©", "\u2028"]
)
TEXT = st.lists(WORDS, max_size=5).map("".join)
PHP = st.sampled_from(['a:1:{i:0;s:1:"x";}', "i:7;", "b:1;", "N;", 's:3:"a";', "a:0:{}", 'a:1:{s:8:"password";s:1:"x";}', "12", "", " "])
DATE = st.sampled_from(
    ["2019-04-04 10:00:00", "2019-04-04 08:00:00", "0000-00-00 00:00:00", "1901-01-01 00:00:00", "2999-12-31 23:59:59", "", "soon", "2019-02-30 00:00:00", "2019-04-04 09:59:30", "2019/4/4"]
)
NUMBER = st.sampled_from(["0", "1", "2", "3", "", " 2 ", "x", "-4"])
META_KEY = st.sampled_from(["a", " a ", "_thumbnail_id", "_wp_page_template", "_yoast_wpseo_title", "rank_math_robots", "_aioseo_title", "post_password", "_a", "b", "footnotes"])
META_VALUE = TEXT | PHP | st.sampled_from(["31", "default", "field_1", 'a:1:{i:0;s:7:"noindex";}', '[{"id":"x","content":"y"}]'])


def element(name: str, text: str) -> str:
    return f"<{name}><![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"


def rows(name: str, pairs) -> str:
    return "".join(f"<wp:{name}>{element('wp:meta_key', key)}{element('wp:meta_value', value)}</wp:{name}>" for key, value in pairs)


META = st.lists(st.tuples(META_KEY, META_VALUE), max_size=5)
COMMENT = st.fixed_dictionaries(
    {
        "id": NUMBER,
        "author": TEXT,
        "author_email": st.sampled_from(["", "who@mail.example"]),
        "author_url": TEXT,
        "author_IP": st.sampled_from(["", "203.0.113.9", "::1"]),
        "date": DATE,
        "date_gmt": DATE,
        "content": TEXT,
        "approved": st.sampled_from(["1", "0", "spam", "trash", "post-trashed", "", "hold", "2"]),
        "type": st.sampled_from(["", "comment", "pingback", "review"]),
        "parent": NUMBER,
        "user_id": NUMBER,
    }
)
FIELDS = {
    "title": TEXT,
    "link": TEXT,
    "pubDate": DATE,
    "dc:creator": st.sampled_from(["ann", "bob", "nobody", "", " ann "]),
    "guid": TEXT,
    "description": TEXT,
    "content:encoded": TEXT,
    "excerpt:encoded": TEXT,
    "wp:post_id": st.sampled_from(["11", "12", "0", ""]),
    "wp:post_date": DATE,
    "wp:post_date_gmt": DATE,
    "wp:post_modified": DATE,
    "wp:post_modified_gmt": DATE,
    "wp:comment_status": TEXT,
    "wp:post_name": TEXT,
    "wp:status": st.sampled_from(["publish", "draft", "Private", "", "inherit"]),
    "wp:post_parent": NUMBER,
    "wp:menu_order": NUMBER,
    "wp:post_type": st.sampled_from(["post", "page", "Book", ""]),
    "wp:post_password": st.sampled_from(["", "", "Sesame42!", "a"]),
    "wp:is_sticky": NUMBER,
    "x:color": TEXT,
    "x:password": TEXT,
}
TERM = st.tuples(st.sampled_from(["", "category", "tag", "post_tag", "genre", "post_format", "language"]), TEXT, TEXT)


def attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("\n", "&#10;")


def item_of(values, terms, meta, comments) -> bytes:
    """Return an item as WordPress writes it."""
    parts = [element(name, text) for name, text in values.items()]
    parts += [
        f'<category domain="{domain}" nicename="{attribute(slug)}"><![CDATA[{name.replace("]]>", "")}]]></category>' for domain, slug, name in terms
    ]
    parts.append(rows("postmeta", meta))
    for comment, pairs in comments:
        inner = "".join(element(f"wp:comment_{name}", text) for name, text in comment.items())
        parts.append(f"<wp:comment>{inner}{rows('commentmeta', pairs)}</wp:comment>")
    return f"<item>{''.join(parts)}</item>".encode("utf-8", "replace")


PUBLIC = {"wp:post_id": "11", "wp:status": "publish", "wp:post_type": "post"}


def answer(id: str, parent: str, type: str = "") -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return a comment; ids need not be one's own, nor there."""
    return {"id": id, "parent": parent, "approved": "1", "type": type, "content": f"{id} to {parent}"}, []


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({}, optional=FIELDS),
    st.lists(TERM, max_size=4),
    META,
    st.lists(st.tuples(COMMENT, META), max_size=4),
    st.sampled_from([("markdown", "json", "yaml"), ("markdown",), ("yaml",)]),
    st.booleans(),
)
@example({"title": "Ã©"}, [("", "", "A"), ("category", "a", "A")], [], [], ("markdown",), False)
@example(PUBLIC, [], [], [answer("", "1"), answer("0", "2"), answer("1", "3")], ("json",), False)
@example(PUBLIC, [], [], [answer("2", "0"), answer("3", "2", type="pingback"), answer("", "3")], ("json",), False)
def test_no_alarm_on_random_items(sample, sample_with_emails, values, terms, meta, comments, to, emails):
    chosen = sample_with_emails if emails else sample
    raw = item_of(values, terms, meta, comments)
    source = read_item(raw, "f.xml", "1", ExtractOptions(emails=emails))
    files = chosen.files(source, to)
    assert chosen.findings(source, files) == (), raw.decode()


def test_the_prefix_is_the_files_own_choice(sample):
    raw = item_of({"wp:post_id": "1", "wp:status": "publish", "wp:post_type": "post"}, [], [("color", "red")], [({"id": "7", "content": "Hi"}, [])])
    raw = raw.replace(b"<wp:", b"<wordpress:").replace(b"</wp:", b"</wordpress:")
    source = read_item(raw, "f.xml", "1", ExtractOptions())
    files = sample.files(source, ("markdown", "json"))
    assert sample.findings(source, files) == ()
    assert b'"color":"red"' in files[1].data.replace(b'": "', b'":"')
