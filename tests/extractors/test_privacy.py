"""What must not leave the source."""

import pytest

from wpmigrate.extractors import extract
from wpmigrate.extractors.privacy import hidden_statuses, take_secrets, without_secrets


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("a: 1\npassword: geheim\nb: 2\n", "a: 1\npassword: [removed]\nb: 2\n"),
        ("post_password: 'x y'\n", "post_password: [removed]\n"),
        ("password: |-\n  a\n  b\nc: 1\n", "password: [removed]\n\n\nc: 1\n"),
        ("password: !binary |-\nZ2VoZWlt\nc: 1\n", "password: [removed]\n\nc: 1\n"),
        ("password:\n  geheim\n", "password: [removed]\n\n"),
        ("{a: 1, 'password': geheim}\n", "{a: 1, 'password': [removed]\n"),
        ("  password: x\n  b: 1\n", "  password: [removed]\n  b: 1\n"),
        ("password: ''\nb: 1\n", "password: ''\nb: 1\n"),
        ("password:\nb: 1\n", "password:\nb: 1\n"),
        ("title: Your password: a guide\n", "title: Your password: a guide\n"),
        ("title: x\r\nPassword: geheim\r\nb: 1", "title: x\r\nPassword: [removed]\r\nb: 1"),
    ],
)
def test_passwords_are_removed_and_nothing_else(block: str, expected: str) -> None:
    assert without_secrets(block) == expected


@pytest.mark.parametrize(
    "block", [" " * 200_000, "password" * 30_000, "a," * 100_000, "password:\n" * 50_000]
)
def test_long_blocks(block: str) -> None:
    assert len(without_secrets(block)) == len(block)


def test_a_status_that_is_indented_is_found() -> None:
    assert hidden_statuses("a:\n  status: private\n\tdraft: true\nstatus: publish") == {
        "status": "private",
        "draft": "true",
    }


def test_passwords_at_any_depth() -> None:
    values = {"a": 1, "Password": "x", "m": {"post_password": "y", "l": [{"PASSWORD": ""}]}}
    assert sorted(take_secrets(values)) == ["Password", "post_password"]
    assert values == {"a": 1, "m": {"l": [{}]}}


@pytest.mark.parametrize(
    "line",
    [
        "password: geheim",
        "PassWord: geheim",
        "meta: {post_password: geheim}",
        """meta: {x: 'a:1:{s:13:"post_password";s:6:"geheim";}'}""",
        "comments: [{id: 1, password: geheim}]",
        "password: [geheim]",
        "a: x: y\npassword: geheim",
        "password: geheim\npassword: ''",
        "a: x: y\npassword: geheim\npassword: ''",
    ],
)
def test_a_password_stays_in_the_source(line: str) -> None:
    (entry,) = extract(f"---\ntitle: T\n{line}\n---\nBody\n".encode(), "a.md")
    assert entry.fields.protected
    shown = (entry.fields, entry.metadata, entry.notices, entry.findings)
    assert "geheim" not in repr(shown)


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("post_status: private", "private"),
        ("status: publish\npost_status: private", "private"),
        ("visibility: private", "private"),
        ("visibility: public", "publish"),
        ("draft: 'true'", "draft"),
        ("draft: yes", "draft"),
        ("draft: 1", "draft"),
        ("draft: false", "publish"),
        ("draft: false\nstatus: draft", "draft"),
        ("published: 0", "draft"),
        ("status: Publish ", "publish"),
        ("status: private\nstatus: publish", "private"),
        ("status: publish\nstatus: private", "private"),
        ("a: x: y\nstatus: private\nstatus: publish", "private"),
        ("published: false\npublished: true", "draft"),
    ],
)
def test_what_says_against_publishing_wins(lines: str, status: str) -> None:
    (entry,) = extract(f"---\ntitle: T\n{lines}\n---\nBody\n".encode(), "a.md")
    assert entry.fields.status == status
