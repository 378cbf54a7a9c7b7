"""What a text uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.runner.media.uses import kind_of, meta_uses, uses_of

UP = "http://old.example/wp-content/uploads/2020/01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'<img src="{UP}/a.jpg">', [f"{UP}/a.jpg"]),
        (f"<img src='{UP}/a.jpg'>", [f"{UP}/a.jpg"]),
        (f"<img src={UP}/a.jpg>", ["//old.example/wp-content/uploads/2020/01/a.jpg"]),
        ("<img src=/wp-content/uploads/2020/01/a.jpg>", ["/wp-content/uploads/2020/01/a.jpg"]),
        (f'<img src = "{UP}/a b.jpg">', [f"{UP}/a b.jpg"]),
        (f'<img srcset="{UP}/a.jpg 1x, {UP}/b.jpg 2x">', [f"{UP}/a.jpg", f"{UP}/b.jpg"]),
        (
            '<img srcset="/wp-content/uploads/a-300x200.jpg 300w,\n/wp-content/uploads/a.jpg 1024w">',
            ["/wp-content/uploads/a-300x200.jpg", "/wp-content/uploads/a.jpg"],
        ),
        (f'<a href="{UP}/a.pdf?x=1#p">', [f"{UP}/a.pdf?x=1#p"]),
        (f'<a href="{UP}/a.blend">', [f"{UP}/a.blend"]),
        ('<a href="http://old.example/about/">', []),
        ('<a href="http://old.example/index.php?p=1">', []),
        ('<img alt="IMG_0123.jpg" title="a.jpg">', []),
        (
            f'<div style="background: url({UP}/a.jpg) top">',
            [f"{UP}/a.jpg"],
        ),
        ('<div style="background:url(&quot;/files/2020/01/a.jpg&quot;)">', ["/files/2020/01/a.jpg"]),
        ('<!-- wp:cover {"url":"http:\\/\\/old.example\\/a.jpg","id":3} -->', ["//old.example/a.jpg"]),
        ('<!-- wp:x {"u":"/a\\u0026b.jpg"} -->', []),
        (f"[audio mp3=\"{UP}/a.mp3\" ogg='{UP}/a.ogg']", [f"{UP}/a.mp3", f"{UP}/a.ogg"]),
        (f"[audio {UP}/a.mp3]", ["//old.example/wp-content/uploads/2020/01/a.mp3"]),
        (f"[audio:{UP}/a.mp3]", ["//old.example/wp-content/uploads/2020/01/a.mp3"]),
        (f"![x]({UP}/a.jpg) ![y](/wp-content/uploads/b.jpg)", ["/wp-content/uploads/b.jpg", f"{UP}/a.jpg"]),
        (f"See {UP}/a.pdf.", ["//old.example/wp-content/uploads/2020/01/a.pdf"]),
        (f'<img src="{UP}/a.jpg?w=300&amp;h=200">', [f"{UP}/a.jpg?w=300&h=200"]),
        (
            '<object data="/a.swf"></object><embed src="/b.swf"><video poster="/c.png">',
            ["/a.swf", "/b.swf", "/c.png"],
        ),
        ('<img src="data:image/png;base64,AAA/x.jpg">', []),
        ("[gallery]", ["@"]),
        ('[gallery ids="1,2, 3" columns="2"]', ["#1", "#2", "#3"]),
        ("[gallery include=&quot;4&quot;]", ["#4"]),
        ('[gallery id="7" link="file"]', ["@7"]),
        ("[gallery orderby=ids]", ["@"]),
        ('[playlist type="video" ids="5"]', ["#5"]),
        ('<!-- wp:gallery {"ids":[8,9]} -->', ["#8", "#9"]),
        ('<a href="/?attachment_id=12" rel="attachment wp-att-13">', ["#12", "#13"]),
        ('<!-- wp:block {"ref":21} /-->', ["^21"]),
    ],
)
def test_uses(text, expected):
    assert sorted(uses_of(text)) == sorted(expected)


def test_one_address_is_told_once():
    text = f'<a href="{UP}/a.jpg"><img src="{UP}/a.jpg"></a> {UP}/a.jpg'
    assert [*uses_of(text)] == [f"{UP}/a.jpg"]


def test_meta():
    meta = [
        ("_thumbnail_id", "5"),
        ("_thumbnail_id", "0"),
        ("_product_image_gallery", "6,7"),
        ("enclosure", f"{UP}/a.mp3\n1234\naudio/mpeg\n"),
        ("hero", f"{UP}/b.jpg"),
        ("_elementor_data", '[{"url":"https:\\/\\/old.example\\/wp-content\\/uploads\\/c.jpg"}]'),
        ("note", "and/or"),
    ]
    assert [*meta_uses(meta)] == [
        "#5",
        "#6",
        "#7",
        "//old.example/wp-content/uploads/2020/01/a.mp3",
        f"{UP}/b.jpg",
        "//old.example/wp-content/uploads/c.jpg",
    ]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("a.JPG", "image"),
        ("a.mp3?x", "audio"),
        ("a.b/c.mp4#t", "video"),
        ("a.pdf", "document"),
        ("a", "other"),
    ],
)
def test_kinds(url, kind):
    assert kind_of(url) == kind


@given(st.text(alphabet="a/.\"'=<>[]()&;\\u0026 \n#@^,", max_size=200))
def test_any_text_is_read(text):
    for use in uses_of(text):
        assert use
        assert "\n" not in use
    assert [*uses_of(text)] == [*uses_of(text)]


@given(
    st.sampled_from(["src", "href", "poster", "data-full-url"]),
    st.from_regex(r"[a-z0-9_-]{1,8}", fullmatch=True),
)
def test_a_file_in_any_attribute_is_found(name, stem):
    url = f"{UP}/{stem}.png"
    assert url in [*uses_of(f'<p><x {name}="{url}" class="y">text</x></p>')]
