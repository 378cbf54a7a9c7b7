"""Latin encodings of before UTF-8, known by the letters of one language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpmigrate.extractors.alphabets import guess_latin
from wpmigrate.extractors.encoding import decode

TEXTS = {
    "Polish": ("cp1250", "Zażółć gęślą jaźń: poszliśmy do „Łazienek” – była ładna pogoda, więc wróciliśmy późno."),
    "Polish of the standard": ("iso8859_2", "Zażółć gęślą jaźń: poszliśmy do parku, była ładna pogoda."),
    "Czech": ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy. Přišli jsme později než „včera“."),
    "Slovak": ("cp1250", "Vypätá dcéra grófa Maxwella s IQ nižším ako kôň núti čeľaď hrýzť hŕbu jabĺk, však."),
    "Hungarian": ("cp1250", "Árvíztűrő tükörfúrógép, és még néhány szó arról, hogyan kell a gépet időben előre beállítani."),
    "Romanian": ("cp1250", "Această pagină a fost scrisă înainte de a şti cineva ce înseamnă o ţară întreagă cu diacritice."),
    "Croatian": ("cp1250", "Đak šalje čaj i žetončiće; već je kasno, žao mi je što ćemo morati ići."),
    "Turkish": ("cp1254", "Bugün hava güzeldi, “İstanbul’a” gittik. Nasıl kurulduğunu biliyor musun? Iğdır’da ısı düştü."),
    "Lithuanian": ("cp1257", "Įlinkdama fechtuotojo špaga sublykčiojusi pragręžė apvalų arbūzą, ir dėl to ačiū."),
    "Latvian": ("cp1257", "Glāžšķūņa rūķīši dzērumā čiepj Baha koncertflīģeļu vākus."),
    "Vietnamese": ("cp1258", "Đây là mô\u0323t trang cu\u0303, đươ\u0323c viê\u0301t tư\u0300 lâu, và ngươ\u0300i đo\u0323c không đo\u0323c đươ\u0323c."),
}
WESTERN = {
    "French": "L’été où l’œuvre naïve fût achevée, déjà ; garçon, août, maïs, Noël, forêt, ça, là-bas…",
    "Italian": "Perché la città è così? Più tardi andrò là, né prima né dopo: però è già lunedì, e sì.",
    "Icelandic": "Þið eruð öll æðisleg, það er gaman að sjá ykkur; ég þarf að fara út núna, á sjóinn.",
    "Catalan": "L’Àngel d’Ålborg és allà: això és un camí ràpid, però ningú no ho sabia, així ha anat.",
    "Portuguese": "Não está à venda; as ações, os corações e os avôs também não. Três lições, pôr do sol, vovô.",
    "Estonian": "Õunapuu all sõi söögilõunat mõni täiskasvanu, kes žürii šokolaadi tõi.",
    "German, Spanish, French": "Größe, Straße, Mädchen. ¿Dónde está? ¡Mañana! Où ça? Déjà vu, à côté, naïf.",
    "few": "Łódź",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_letters_tell_the_encoding(name: str) -> None:
    encoding, text = TEXTS[name]
    page = f"---\ntitle: x\n---\n<p>{text}</p>\n<b>and words</b>\n"
    decoded = decode(page.encode(encoding))
    assert (decoded.text, decoded.encoding) == (page, encoding)
    assert [notice.kind for notice in decoded.notices] == ["mapped"]


@pytest.mark.parametrize("name", WESTERN)
@pytest.mark.parametrize("times", [1, 9])
def test_western_text_is_left_to_windows_1252(name: str, times: int) -> None:
    encoding = "cp1250" if name == "few" else "cp1252"
    assert guess_latin(WESTERN[name].encode(encoding, "replace") * times) == ""


@given(st.binary())
def test_any_bytes_have_an_answer(data: bytes) -> None:
    guess_latin(data)
