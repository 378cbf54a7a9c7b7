"""Damaged text is repaired; text that only looks so is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wpmigrate.wordpress import repair_metadata_text, repair_text
from wpmigrate.wordpress.repair import CONTROL, MAC_MOJIBAKE, MOJIBAKE, RETURN, WINDOWS_CONTROL, damaged_words

MOJIBAKE_CASES = [
    ("Ã©", "é"),
    ("cafÃ© et thÃ©", "café et thé"),
    ("Ã‰tat", "État"),
    ("SÃ£o Paulo, NÃ£o", "São Paulo, Não"),
    ("voilÃ\xa0.", "voilà."),
    ("itâ€™s", "it’s"),
    ("â€œhiâ€\x9d", "“hi”"),
    ("one â€“ two â€” threeâ€¦", "one – two — three…"),
    ("â\x80\x99", "’"),
    ("end.Â\xa0 Next", "end.\xa0 Next"),
    ("25Â°C, Â© and ACMEÂ®", "25°C, © and ACME®"),
    ("Ã–sterreich", "Österreich"),
    ("Å¡koda, sÄ…", "škoda, są"),
    ("Viá»‡t Nam", "Việt Nam"),
    ("â†’ âœ“ âˆ’", "→ ✓ −"),
    ("ðŸ˜€", "😀"),
    ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ("æ—¥æœ¬èªž", "日本語"),
    ("ï»¿Text", "\ufeffText"),
    ("Ã¢â‚¬â„¢", "’"),
    ("ÃƒÂ©tÃƒÂ©", "été"),
    ("KÃ–LN, cafÃ©", "KÖLN, café"),
]

SOUND = [
    ("no accents", "Text"),
    ("a capital alone", "Ã, Â, â"),
    ("Portuguese in capitals", "IRMÃO, AMANHÃ, NÃO"),
    ("Portuguese in capitals, quoted", "“AMANHÔ"),
    ("Portuguese in capitals before a dash", "AMANHÖHOJE"),
    ("Spanish quoted", "«está»… y “Ñ”"),
    ("French before a closing quotation mark", "« passé… » et jusqu'à\xa0»"),
    ("French quoted twice", "“il l’a passé…”"),
    ("German low quotation marks", "‚Ähnlich‘, ‚Äther‘"),
    ("German", "Spaß…” und „Ä“"),
    ("Danish", "»Å« og Ø…"),
    ("Icelandic", "það…” við\xa0"),
    ("Vietnamese", "Tiếng Việt: ÂU CƠ, LÃ"),
    ("Cyrillic", "привет…"),
    ("Japanese", "日本語「重要」"),
    ("zero-width and bidirectional marks", "a\u200bb\u200d\u200fc\u202ad\ufeff"),
    ("a control that Windows-1252 does not have either", "a\x81b"),
    ("white space", "a\tb\r\nc\n"),
]


@pytest.mark.parametrize(("damaged", "expected"), MOJIBAKE_CASES)
def test_mojibake(damaged: str, expected: str) -> None:
    text, rows = repair_text(damaged)
    assert text == expected
    assert [what for what, _ in rows] == [MOJIBAKE]


def test_mojibake_of_the_mac() -> None:
    assert repair_text("I‚Äôm ‚Äúhere‚Äù ‚Äì now‚Ä¶") == ("I’m “here” – now…", ((MAC_MOJIBAKE, 5),))


@pytest.mark.parametrize("text", [case[1] for case in SOUND], ids=[case[0] for case in SOUND])
def test_sound_text_stays(text: str) -> None:
    assert repair_text(text) == (text, ())


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("it\x92s", "it’s"),
        ("\x93hi\x94", "“hi”"),
        ("CAFÉ\x92S", "CAFÉ’S"),
        ("wait\x85", "wait…"),
        ("5 \x80", "5 €"),
    ],
)
def test_controls_that_were_windows_text(damaged: str, expected: str) -> None:
    text, rows = repair_text(damaged)
    assert text == expected
    assert [what for what, _ in rows] == [WINDOWS_CONTROL]


def test_both_accidents_in_turn() -> None:
    assert repair_text("donÂ’t") == ("don’t", ((MOJIBAKE, 1), (WINDOWS_CONTROL, 1)))


def test_other_controls() -> None:
    assert repair_text("a\x00b\x0bc\x0cd\x1be\x7f") == ("ab c de", ((CONTROL, 5),))


def test_line_ends_that_went_through_xml() -> None:
    assert repair_text("a&#13;\nb&#13;\r\nc&#13;d&#13;") == ("a\nb\r\nc&#13;d", ((RETURN, 3),))


def test_rows_count() -> None:
    assert repair_text("Ã©Ã© \x92\x92\x92 \x00") == (
        "éé ’’’ ",
        ((MOJIBAKE, 2), (WINDOWS_CONTROL, 3), (CONTROL, 1)),
    )


def test_a_value_that_syck_wrote() -> None:
    assert repair_metadata_text("descrÃ\xadben 2Â\xa0Â») Ã\x94") == ("descríben 2\xa0») Ô", ((MOJIBAKE, 4),))


@pytest.mark.parametrize(
    ("text", "expected", "what"),
    [("a&#47;b", "a/b", "slash written as &#47;"), ("b&#13;", "b", RETURN), ("é&#13;", "é", RETURN), ("a\x07", "a", CONTROL)],
)
def test_a_value_is_repaired_whether_it_is_ascii_or_not(text: str, expected: str, what: str) -> None:
    assert repair_metadata_text(text) == (expected, ((what, 1),))


@pytest.mark.parametrize("text", ["", "Text", "a &#38; b", "café", "NÃO", "日本", "Ã"])
def test_a_sound_value_stays(text: str) -> None:
    assert repair_metadata_text(text) == (text, ())


def test_a_value_that_is_damaged_in_part() -> None:
    assert repair_metadata_text("café, itâ€™s") == ("café, it’s", ((MOJIBAKE, 1),))


@given(st.text())
@example("<&#47;")
def test_what_is_repaired_is_sound(text: str) -> None:
    repaired, rows = repair_text(text)
    assert (repaired == text) == (not rows)
    assert not any(char in repaired for char in "\x00\x0b\x7f\x80\x92")


@given(
    st.text(st.sampled_from("éèçãõñöüß’–… aB.,"), min_size=2, max_size=20).filter(lambda text: "é" in text)
)
def test_damage_beside_letters_is_undone(text: str) -> None:
    word = f"x{text}x".replace("’", "").replace("–", "").replace("…", "")
    damaged = word.encode("utf-8").decode("latin-1")
    assert repair_text(damaged)[0] == word


@pytest.mark.parametrize("text", ["Ã©" * 50_000, "Ð¿" * 50_000, "passé…” " * 50_000, "\x00" * 500_000])
def test_a_heavy_text_has_an_answer(text: str) -> None:
    assert repair_text(text)[0] is not None


def test_damaged_words_are_shown_as_they_stood():
    text = '<b title="cafÃ©">cafÃ©</b> au thÃ©, itâ€™s\tend.Â\xa0 Next; cafÃ© ‚Äì or\x92 IRMÃO'
    repaired = repair_text(text)[0]
    assert damaged_words(MOJIBAKE, text, repaired) == "cafÃ© thÃ©, itâ€™s end.Â "
    assert damaged_words(MAC_MOJIBAKE, text, repaired) == "‚Äì"
    assert damaged_words(WINDOWS_CONTROL, text, repaired) == ""
    many = " ".join(f"thÃ©{number}" for number in range(1000))
    shown = damaged_words(MOJIBAKE, many, repair_text(many)[0])
    assert shown.startswith("thÃ©0 thÃ©1 ")
    assert shown.endswith(" …")
    assert len(shown) <= 2_002
