"""Where targets put things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.targets import COMMONMARK, TARGETS
from wpmigrate.targets.paths import address_of, content_path, data_forms, data_path, output_path


@pytest.mark.parametrize(
    ("target", "stem", "path", "address"),
    [
        ("commonmark", "post/hello", "post/hello.md", "/post/hello"),
        ("commonmark", "_posts/2012-04-01-a", "_posts/2012-04-01-a.md", "/_posts/2012-04-01-a"),
        ("jekyll", "_posts/2012-04-01-a", "_posts/2012-04-01-a.md", "/2012/04/01/a/"),
        ("jekyll", "blog/_posts/2012-04-01-a", "blog/_posts/2012-04-01-a.md", "/blog/2012/04/01/a/"),
        ("jekyll", "page/team/index", "page/team/index-page.md", "/page/team/index/"),
        ("hugo", "page/Index", "content/page/Index-page.md", "/page/Index/"),
        ("hugo", "a", "content/a.md", "/a/"),
        ("hugo", "_posts/2012-04-01-a", "content/_posts/2012-04-01-a.md", "/2012/04/01/a/"),
        ("hugo", "a/%e6%98%a5", "content/a/%e6%98%a5.md", "/a/春/"),
        ("hugo", "a/100%", "content/a/100%.md", "/a/100%/"),
        ("hugo", "a/%2fb%e6", "content/a/%2fb%e6.md", "/a/%2fb%e6/"),
        ("mkdocs", "a/%e6%98%a5", "docs/a/春.md", "/a/春/"),
        ("commonmark", "a/%e6%98%a5", "a/%e6%98%a5.md", "/a/%e6%98%a5"),
        ("mkdocs", "page/README", "docs/page/README-page.md", "/page/README-page/"),
        ("mkdocs", "_posts/2012-04-01-a", "docs/2012/04/01/a.md", "/2012/04/01/a/"),
        ("mkdocs", "_posts/2012-04-01-index", "docs/2012/04/01/index-page.md", "/2012/04/01/index-page/"),
        ("nikola", "blog/_posts/2012-04-01-a", "content/blog/2012/04/01/a.md", "/blog/2012/04/01/a/"),
        ("nikola", "page/index", "content/page/index-page.md", "/page/index-page/"),
        ("astro", "post/日本", "src/content/post/日本.md", "/post/日本/"),
        ("mkdocs", "sitemap.xml", "docs/sitemap.xml-page.md", "/sitemap.xml-page/"),
        ("pelican", "media/hello", "content/media-pages/hello.md", "/media/hello/"),
        ("pelican", "post/hello", "content/post/hello.md", "/post/hello/"),
    ],
)
def test_paths_and_addresses(target, stem, path, address):
    assert output_path(TARGETS[target], stem, "markdown") == path
    assert address_of(TARGETS[target], stem) == address


def test_records_and_data_have_folders_of_their_own():
    assert output_path(TARGETS["hugo"], "a/b", "json") == "records/a/b.json"
    assert output_path(COMMONMARK, "a/b", "yaml") == "a/b.yaml"
    assert data_path(TARGETS["jekyll"], "site.yaml") == "_data/site.yaml"
    assert data_path(COMMONMARK, "site.yaml") == "site.yaml"


@pytest.mark.parametrize("name", [name for name in TARGETS if name != "commonmark"])
def test_drafts_lie_outside_what_the_builder_reads(name):
    target = TARGETS[name]
    path = output_path(target, "_drafts/a", "markdown", draft=True)
    assert path == "_drafts/a.md"
    assert name == "jekyll" or not path.startswith(content_path(target, "x")[:-1])


STEMS = st.lists(
    st.sampled_from(["a", "b", "index", "post", "2012-04-01-a", "_posts", "readme", "é"]),
    min_size=1,
    max_size=4,
).map("/".join)


@given(st.sampled_from(sorted(TARGETS)), STEMS, STEMS)
def test_two_entries_of_a_type_never_share_a_path(name, one, other):
    target = TARGETS[name]
    if one != other and "_posts/" not in one + other:
        paths = {output_path(target, stem, "markdown") for stem in (one, other)}
        assert len(paths) == 2
        assert address_of(target, one) != address_of(target, other)


@given(st.sampled_from(sorted(TARGETS)), STEMS)
def test_addresses_begin_at_the_root(name, stem):
    assert address_of(TARGETS[name], stem).startswith("/")
    assert "//" not in address_of(TARGETS[name], stem)


def test_the_data_folder_gets_one_format():
    assert data_forms(TARGETS["jekyll"], ("markdown", "json", "yaml")) == ("yaml",)
    assert data_forms(TARGETS["jekyll"], ("markdown", "json")) == ("json",)
    assert data_forms(COMMONMARK, ("markdown", "json", "yaml")) == ("json", "yaml")
