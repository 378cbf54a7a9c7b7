"""Encodings of before UTF-8, known by the script of their text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors.encoding import decode
from wpmigrate.extractors.scripts import guess_encoding

TEXTS = {
    "gb18030": "这是一个用旧编码保存的页面，看看能不能读出来。",
    "big5hkscs": "這是用舊編碼儲存的頁面，看看能不能讀出來。",
    "cp949": "이것은 오래된 인코딩으로 저장된 페이지입니다.",
    "euc_jp": "これは古い文字コードで保存されたページです。",
    "cp932": "これは古い文字コードで保存された表示のページです。",
    "cp1251": "Это страница в старой кодировке — «кавычки».",
    "koi8_u": "Это страница в старой кодировке, и всё тут.",
    "iso8859_5": "Это страница в старой кодировке, и всё тут.",
    "cp866": "Это страница в старой кодировке, и всё тут.",
    "iso8859_7": "Άλλη μια σελίδα σε παλιά κωδικοποίηση.",
    "iso8859_6": "هذه صفحة قديمة في موقع قديم من المواقع",
    "cp1253": "Αυτή είναι μια σελίδα σε παλιά κωδικοποίηση.",
    "cp1255": "זהו דף בקידוד ישן של האתר הזה, ואין בו דבר.",
    "cp1256": "هذه صفحة قديمة في موقع قديم من المواقع",
    "cp874": "นี่คือหน้าเก่าของเว็บไซต์นี้ที่ต้องอ่านได้",
}
WESTERN = (
    "L’été où l’œuvre naïve « déjà » fût achevée… «\xa0À\xa0!\xa0» ÉÈÀÇÊ",
    "Größe: „Anführung“ – ÄÖÜ ß €",
    "¿Dónde está? ¡Aquí! ———————— ÑÑÑÑ",
    "Þið eruð öll æðisleg, það er gaman",
    "não está, ação, ÇÃO ÕES",
)


@pytest.mark.parametrize("encoding", TEXTS)
def test_the_script_tells_the_encoding(encoding: str) -> None:
    page = f"---\ntitle: x\n---\n<p>{TEXTS[encoding]}</p>\n<b>and words</b>\n"
    decoded = decode(page.encode(encoding))
    assert (decoded.text, decoded.encoding) == (page, encoding)
    assert [notice.kind for notice in decoded.notices] == ["mapped"]


@pytest.mark.parametrize("text", WESTERN)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp1250", "cp850"])
def test_western_text_is_left_to_windows_1252(text: str, encoding: str) -> None:
    assert guess_encoding(text.encode(encoding, "replace") * 3) == ""


def test_a_long_japanese_page_is_not_read_as_korean() -> None:
    text = "東京の天気はよいです。この本は歴史の本で、小説ではありません！価格は三百円（税込）。「また明日」と彼は言った。"
    for encoding in ("cp932", "euc_jp"):
        assert guess_encoding((text * 9).encode(encoding)) == encoding


@given(st.binary())
def test_any_bytes_have_an_answer(data: bytes) -> None:
    guess_encoding(data)
