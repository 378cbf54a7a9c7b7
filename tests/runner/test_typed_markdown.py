"""Signs of Markdown in an item of an export: WordPress showed them as they stand, unless a plugin's meta says otherwise."""

from __future__ import annotations

import pytest

from wpmigrate.extractors.wxr import read_item
from wpmigrate.model import Site
from wpmigrate.normalizer import normalize
from wpmigrate.options import NormalizeOptions
from wpmigrate.targets import COMMONMARK
from wpmigrate.verifier import verify
from wpmigrate.writers import write

BODY = "Notes\n\n# one\n\n* two\n* three\n\nsee [a](http://a.example/b), **c** and `d`"
META = "<wp:postmeta><wp:meta_key>_wpcom_is_markdown</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"


@pytest.mark.parametrize(("meta", "dialect", "shown"), [("", "text", "\\# one"), (META.format(0), "text", "\\# one"), (META.format(1), "markdown", "\n# one")])
def test_the_meta_decides(meta: str, dialect: str, shown: str) -> None:
    data = f"<item><title>T</title><content:encoded><![CDATA[{BODY}]]></content:encoded><wp:post_id>1</wp:post_id><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{meta}</item>"
    source = read_item(data.encode(), "x.xml", "1")
    entry = normalize(source, Site(), NormalizeOptions())
    assert entry.source.body == dialect
    entry.content.data = None  # the text itself, which the runner takes out
    files = write(entry, "p", ("markdown", "json"), COMMONMARK)
    assert shown in files[0].data.decode()
    assert verify(source, files, COMMONMARK, NormalizeOptions(), entry.notices) == ()
