"""Every spelling of an address that WordPress answers has one key."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.wordpress.urls import address_key, entry_key, original_key, upload_key

HOSTS = frozenset({"example.org", "old.example.net"})
HOME = "https://www.example.org/blog"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org/blog/2012/04/hello/", "/2012/04/hello"),
        ("http://www.EXAMPLE.org:80/blog/2012/04/Hello", "/2012/04/hello"),
        ("//example.org/blog/hello/#part", "/hello"),
        ("/blog/hello/", "/hello"),
        ("hello/", "/hello"),
        ("/blog/index.php/2012/hello/", "/2012/hello"),
        ("/blog/index.php?p=17", "?p=17"),
        ("/blog/?p=17", "?p=17"),
        ("?page_id=017", "?p=17"),
        ("/blog/?attachment_id=17#x", "?p=17"),
        ("/blog/?post_type=book&#038;p=17", "?p=17"),
        ("/blog/?utm_source=x&amp;p=17", "?p=17"),
        ("/blog/hello/?p=17", "?p=17"),
        ("/blog/hello/?utm_source=x&fbclid=1&replytocom=5", "/hello"),
        ("/blog/?cat=3", "?cat=3"),
        ("/blog/?author=2&paged=3", "?author=2"),
        ("/blog/?book=Slug", "?book=slug"),
        ("/blog/hello/?book=slug", "/hello"),
        ("/blog/hello/?feed=rss2", "/hello?feed=rss2"),
        ("/blog/?s=words", "?s=words"),
        ("/blog//a/./b/../c/", "/a/c"),
        ("\n /blog/hello/ ", "/hello"),
        ("https://user:secret@example.org/blog/x", "/x"),
        ("https://example.org/blog", "/"),
        ("https://example.org/blog/?utm_source=x", "/"),
        ("https://old.example.net/2010/x", "/2010/x"),
        ("https://old.example.net/blog/x", "/x"),
        ("https://old.example.net/wp/?p=3", "?p=3"),
        ("/blog/%E6%97%A5/", "/日"),
        ("/blog/%e6%97%a5/", "/日"),
        ("/blog/日/", "/日"),
        ("/blog/%e6%97/", "/\\xe6\\x97"),
        ("/blog\\hello", "/hello"),
        ("https://example.org/shop/x", ""),
        ("/shop/x", ""),
        ("/", ""),
        ("https://example.org:8080/blog/x", ""),
        ("https://example.com/blog/x", ""),
        ("mailto:a@example.org", ""),
        ("javascript:void(0)", ""),
        ("#part", ""),
        ("../x", ""),
        ("./x", ""),
        ("", ""),
        ("http:", ""),
    ],
)
def test_an_address(url, key):
    assert address_key(url, HOSTS, HOME) == key


def test_without_a_home_every_path_of_the_host_counts():
    assert address_key("http://example.org/blog/x/", HOSTS, "") == "/blog/x"
    assert address_key("http://example.org/blog/?p=3", HOSTS, "") == "?p=3"
    assert address_key("/x", frozenset(), "") == "/x"


def test_the_port_of_the_home_is_the_sites():
    assert address_key("http://localhost:8888/x", frozenset({"localhost"}), "http://localhost:8888") == "/x"
    assert address_key("http://localhost:9999/x", frozenset({"localhost"}), "http://localhost:8888") == ""


def test_international_host_names():
    assert address_key("http://münchen.example/x", frozenset({"xn--mnchen-3ya.example"}), "") == "/x"


_parts = st.text(
    st.characters(codec="utf-8", exclude_characters="/?#\\.&:", exclude_categories=("Cc", "Zs", "Zl", "Zp")),
    min_size=1,
    max_size=8,
)


@given(st.lists(_parts, min_size=1, max_size=4), st.data())
def test_all_spellings_of_a_permalink_have_its_key(parts, data):
    draw = data.draw
    path = "/".join(quote(part, safe="") for part in parts)
    plain = address_key(f"https://www.example.org/blog/{path}/", HOSTS, HOME)
    origin = draw(
        st.sampled_from(
            ["", "http://example.org", "https://WWW.example.org", "//example.org", "http://example.org:80"]
        )
    )
    middle = draw(st.sampled_from(["/blog/", "/blog/index.php/", "/blog//"]))
    if draw(st.booleans()):
        path = path.lower()
    end = draw(st.sampled_from(["", "/", "/#x", "?utm_medium=a", "/?fbclid=b&#038;amp=1"]))
    assert plain
    assert address_key(origin + middle + path + end, HOSTS, HOME) == plain


@given(st.text(), st.text())
def test_no_text_crashes(url, base):
    key = address_key(url, HOSTS, base)
    assert key == "" or key[0] in "/?"
    key.encode("utf-8")
    upload_key(url).encode("utf-8", "surrogatepass")
    entry_key(url)


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("/hello/2", "/hello"),
        ("/hello/page/2", "/hello"),
        ("/hello/comment-page-3", "/hello"),
        ("/hello/amp", "/hello"),
        ("/hello/embed", "/hello"),
        ("/category/x/page/12", "/category/x"),
        ("/hello/feed", ""),
        ("/hello/trackback", ""),
        ("/2", ""),
        ("/page/2", ""),
        ("/hello", ""),
        ("?p=2", ""),
    ],
)
def test_a_view_of_an_entry(key, entry):
    assert entry_key(key) == entry


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://example.org/wp-content/uploads/2012/04/A%20photo.jpg?w=300#x", "2012/04/A photo.jpg"),
        ("/wp-content/uploads/2012/04/photo.jpg", "2012/04/photo.jpg"),
        ("https://example.org/blog/wp-content/uploads/sites/3/2012/photo.jpg", "2012/photo.jpg"),
        ("https://example.org/wp-content/blogs.dir/3/files/2012/04/photo.jpg", "2012/04/photo.jpg"),
        ("https://example.org/files/2012/04/photo.jpg", "2012/04/photo.jpg"),
        ("https://some.files.wordpress.com/2012/04/photo.jpg?w=300", "2012/04/photo.jpg"),
        ("https://i0.wp.com/some.files.wordpress.com/2012/04/photo.jpg?fit=3", "2012/04/photo.jpg"),
        ("https://i2.wp.com/example.org/wp-content/uploads/photo.jpg", "photo.jpg"),
        ("//example.org/wp-content/uploads//a/../photo.jpg", "photo.jpg"),
        ("https://example.org/wp-content/uploads/../../../etc/passwd", "etc/passwd"),
        ("https://example.org/files/manual.pdf", ""),
        ("https://example.org/photo.jpg", ""),
        ("data:image/png;base64,/wp-content/uploads/x", ""),
        ("", ""),
    ],
)
def test_an_upload(url, key):
    assert upload_key(url) == key


def test_uploads_of_other_sites_are_none():
    url = "https://elsewhere.example/wp-content/uploads/2012/photo.jpg"
    assert upload_key(url, HOSTS) == ""
    assert upload_key(url.replace("elsewhere.example", "www.example.org"), HOSTS) == "2012/photo.jpg"
    files = "https://some.files.wordpress.com/2012/04/photo.jpg"
    assert upload_key(files, frozenset({"some.wordpress.com"})) == "2012/04/photo.jpg"
    assert upload_key(files, HOSTS) == ""


@pytest.mark.parametrize(
    ("key", "original"),
    [
        ("2012/photo-300x200.jpg", "2012/photo.jpg"),
        ("photo-scaled.jpg", "photo.jpg"),
        ("photo-rotated.png", "photo.png"),
        ("photo-e1393389743-150x150.jpg", "photo.jpg"),
        ("photo.jpg", "photo.jpg"),
        ("map-of-300x200-miles.jpg", "map-of-300x200-miles.jpg"),
        ("photo-e12.jpg", "photo-e12.jpg"),
    ],
)
def test_an_original(key, original):
    assert original_key(key) == original
