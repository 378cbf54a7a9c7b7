"""The configuration file says what it means or is refused by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wpmigrate.config import CONVERT_KEYS, Config, build_options, parse_config, parse_formats
from wpmigrate.errors import ConfigError, UsageError
from wpmigrate.options import ExtractOptions, NormalizeOptions, RouteOptions, RunOptions, ShortcodeRule

WHOLE = """
[convert]
to = ["json", "markdown"]
jobs = 3
scheduler = "tcp://host:8786"
body = "html"
legacy_anchors = "keep"
strict = true
report = "r.json"
encoding = "utf-8"
drafts = "separate"
drafts_folder = "later/on"
emails = true
archives = false
uploads = ["files.zip"]
target = "commonmark"
scaffold = true
entry_seconds = 1.5
entry_megabytes = 200
[routes.types]
portfolio = "write"
[routes.statuses]
pending = "write"
[paths]
post = "{year}/{slug}"
[shortcodes.button]
action = "link"
url = "{href}"
"""


def test_every_key_arrives():
    options = build_options(parse_config(WHOLE, "c.toml"), {})
    assert options == RunOptions(
        to=("markdown", "json"),
        jobs=3,
        scheduler="tcp://host:8786",
        strict=True,
        report="r.json",
        entry_seconds=1.5,
        entry_megabytes=200,
        extract=options.extract,
        normalize=NormalizeOptions("html", "keep", {"button": ShortcodeRule(action="link", url="{href}")}),
        routes=RouteOptions(
            {"portfolio": "write"}, {"draft": "draft", "pending": "write", "future": "draft"}, "later/on"
        ),
        archives=False,
        scaffold=True,
        uploads=("files.zip",),
        paths={"post": "{year}/{slug}"},
    )
    assert options.extract == ExtractOptions("utf-8", emails=True)


def test_what_is_not_said_stays_as_it_was():
    before = build_options(parse_config(WHOLE, "c.toml"), {})
    assert build_options(Config(), {}, before) == before
    after = build_options(Config(), {"body": "text", "paths": {"page": "{path}"}}, before)
    assert after.normalize.shortcodes == before.normalize.shortcodes
    assert after.paths == {"post": "{year}/{slug}", "page": "{path}"}
    assert after.routes == before.routes


def test_what_is_private_is_not_a_draft():
    assert (
        not {"private", "protected", "trash"}
        & build_options(Config(), {"drafts": "separate"}).routes.statuses.keys()
    )


def test_the_whole_file_has_every_key():
    assert set(re.findall(r"^(\w+) =", WHOLE.partition("[routes")[0], re.M)) == set(CONVERT_KEYS)


def test_the_command_line_wins():
    options = build_options(
        parse_config(WHOLE, "c.toml"), {"jobs": 1, "to": ("yaml",), "strict": None, "force": True}
    )
    assert (options.jobs, options.to, options.strict, options.force) == (1, ("yaml",), True, True)


def test_nothing_said_is_the_defaults():
    assert build_options(Config(), {}) == RunOptions()
    assert build_options(parse_config("", "c.toml"), {"jobs": None}) == RunOptions()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[convert]\nto = \n", ["not TOML", "line 2"]),
        ("[convrt]", ["unknown key convrt", "did you mean convert?"]),
        ("[convert]\nlegacy-anchors = 'keep'", ["convert.legacy-anchors", "did you mean legacy_anchors?"]),
        ("[convert]\nzzz = 1", ["unknown key convert.zzz", "known are to, jobs"]),
        ("[convert]\njobs = 'many'", ["convert.jobs: must be a whole number, not text"]),
        ("[convert]\njobs = -1", ["convert.jobs", "a whole number >= 0, not -1"]),
        ("[convert]\nbody = 'htm'", ["convert.body: must be one of auto, classic, html, blocks, markdown, text, not 'htm'"]),
        ("[convert]\nto = 'markdown'", ["convert.to: must be a list, not text"]),
        ("[convert]\nstrict = 'yes'", ["convert.strict: must be true or false, not text"]),
        ("[convert]\nencoding = 'utf-9'", ["no encoding is called 'utf-9'; try utf-8"]),
        ("[convert]\nencoding = 'rot13'", ["no encoding is called 'rot13'"]),
        ("[convert]\ndrafts_folder = '../up'", ["convert.drafts_folder"]),
        ("[convert]\ndrafts_folder = '/abs'", ["convert.drafts_folder"]),
        ("[convert]\nentry_seconds = 0", ["convert.entry_seconds"]),
        ("[convert]\nentry_seconds = inf", ["convert.entry_seconds: must be a number <= 86400.0, not inf"]),
        ("[convert]\nentry_megabytes = 1", ["convert.entry_megabytes: must be at least 128, or 0 for no limit, not 1"]),
        ("[convert]\nentry_megabytes = 99999999999999999", ["convert.entry_megabytes: must be a whole number <= "]),
        ("[convert]\nencoding = \"a\\u0000b\"", ["no encoding is called"]),
        ("[convert]\nencoding = 'idna'", ["no encoding is called 'idna'"]),
        ("[convert]\nencoding = 'undefined'", ["no encoding is called 'undefined'"]),
        ("[routes.type]\npage = 'write'", ["routes.type", "did you mean types?"]),
        ("[routes.types]\npage = 'publish'", ["routes.types.page: must be one of write, draft, skip, not 'publish'"]),
        ("[shortcodes.x]\nactoin = 'drop'", ["shortcodes.x.actoin", "did you mean action?"]),
        ("[shortcodes.x]\naction = 'delete'", ["shortcodes.x.action: must be one of keep, unwrap, drop", "delete"]),
        ("[shortcodes.x]\naction = 'link'", ["shortcodes.x: the action link needs a url"]),
        ("[shortcodes.x]\naction = 'image'\ntext = 'y'", ["shortcodes.x: the action image needs a url"]),
        ("[shortcodes.x]\naction = 'drop'", ["shortcodes.x: the action drop needs a reason"]),
        ("[shortcodes]\nx = 3", ["shortcodes.x: must be a table, not a whole number"]),
        ("convert = 3", ["convert"]),
    ],
)
def test_what_is_wrong_is_named(text, words):
    with pytest.raises(ConfigError) as caught:
        parse_config(text, "c.toml")
    message = str(caught.value)
    assert "c.toml" in message
    for word in words:
        assert word in message


def test_formats():
    assert parse_formats(["json ", "markdown", "json"]) == ("markdown", "json")
    with pytest.raises(UsageError, match=r"markdwn; did you mean markdown\?"):
        parse_formats(["markdwn"])
    with pytest.raises(UsageError, match="no format"):
        parse_formats([" "])


def test_targets():
    with pytest.raises(UsageError, match="comonmark; did you mean commonmark"):
        build_options(Config({"target": "comonmark"}), {})


def test_every_documented_key_is_one():
    page = Path(__file__).parents[1] / "docs" / "configuration.md"
    table = page.read_text(encoding="utf-8").partition("## `[convert]`")[2].partition("\n## ")[0]
    documented = set(re.findall(r"^\| `(\w+)` \|", table, re.M))
    assert documented <= set(CONVERT_KEYS)


def test_a_folder_that_is_none_is_explained():
    with pytest.raises(ConfigError, match=r"a folder name below the output, such as _drafts, not '\.\./x'"):
        parse_config('[convert]\ndrafts_folder = "../x"', "c.toml")
