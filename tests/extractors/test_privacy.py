"""What must not leave the source."""

import pytest

from wpmigrate.extractors.privacy import hidden_statuses, without_secrets


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
