"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.errors import ExtractError
from wpmigrate.extractors.encoding import decode

PAGE = "---\r\ntitle: Café “naïve”\r\n---\r\nbody\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "utf-8"),
        (b"\xff\xfe" + PAGE.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PAGE.encode("utf-16-be"), "utf-16-be"),
        (PAGE.encode("utf-16-le"), "utf-16-le"),
        (PAGE.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\0\0" + PAGE.encode("utf-32-le"), "utf-32-le"),
        (PAGE.encode("cp1252"), "windows-1252"),
    ],
)
def test_the_encoding_is_recognised(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (PAGE, encoding)


def test_a_guess_is_a_notice() -> None:
    (notice,) = decode("Café".encode("cp1252")).notices
    assert "windows-1252" in notice.what


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1254">', "cp1254"),
        ("<META charset='ISO-8859-9'/>", "iso8859-9"),
        ('<meta charset="iso-8859-1">', "windows-1252"),
        ('<meta charset="utf-8">', "windows-1252"),
        ('<meta charset="x-unknown">', "windows-1252"),
        ('<meta charset="koi8-r"', "koi8-r"),
        ('&lt;meta charset="koi8-r">', "windows-1252"),
        ('<meta charset="euc-jp">', "windows-1252"),
        ('<meta charset="base64">', "windows-1252"),
        ('<meta charset="utf-16le">', "windows-1252"),
        ('<meta charset="cp500">', "windows-1252"),
        ('<meta charset="unicode_escape">', "windows-1252"),
    ],
)
def test_what_a_page_says_of_itself(head: str, encoding: str) -> None:
    decoded = decode(f"---\ntitle: x\n---\n{head}\n<p>\xddl, de\xf0il</p>".encode("latin-1"))
    assert decoded.encoding == encoding
    assert ("says of itself" in decoded.notices[0].what) == (encoding != "windows-1252")


def test_stray_bytes_do_not_spoil_a_utf8_file() -> None:
    decoded = decode("Zürich, Köln, Łódź ".encode() + b"\x93quoted\x94")
    assert decoded.text == "Zürich, Köln, Łódź “quoted”"
    assert decoded.encoding == "utf-8"
    assert [(notice.kind, notice.count) for notice in decoded.notices] == [("repaired", 2)]


def test_bytes_without_a_character_in_windows_1252_stay_as_controls() -> None:
    assert decode(b"a\x81b\xe9").text == "a\x81bé"


def test_half_a_character_of_utf16() -> None:
    decoded = decode(b"\xff\xfea\0b")
    assert decoded.text.startswith("a")
    assert decoded.notices[0].kind == "repaired"


def test_a_forced_encoding_is_taken() -> None:
    assert decode("Привет".encode("koi8-r"), "KOI8-R").text == "Привет"


def test_a_forced_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ExtractError, match="not ascii"):
        decode("Café".encode(), "ascii")


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(ExtractError, match="utf-9"):
        decode(b"x", "utf-9")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_text_that_can_be_written(data: bytes) -> None:
    decode(data).text.encode("utf-8")


@given(st.text(max_size=100).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_utf8_is_never_guessed_otherwise(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())
