"""A text layer that cannot be what the page shows is told apart from any circular."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import formats
from ingest.formats import garbage

HERE = Path(__file__).parent
CIRCULARS = HERE.parents[1] / "shared" / "circulars"
TEXTS = {
    path.relative_to(HERE).as_posix(): formats.read(path.read_bytes(), path.name).text
    for path in sorted((HERE / "circulars").rglob("*"))
    if path.suffix in {".txt", ".html"}
}
ENGLISH = {name: text for name, text in TEXTS.items() if sum("a" <= char <= "z" for char in text.lower()) > 0.6 * len(text)}
CHINESE = {name: text for name, text in TEXTS.items() if sum("\u4e00" <= char <= "\u9fff" for char in text) > 0.4 * len(text)}
BIG5 = bytes(byte for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (lead, trail)).decode(
    "big5", "ignore"
)
PLACE = {char: place for place, char in enumerate(BIG5)}

CANTONESE = (
    "Cheung Kwok Wing, Leung Kwong Yuk, Ng Wai Kwan, Wong Chi Keung, Kwan Yuk Ying, Fung Kwok Hung, Yeung Wing Kwong, Hui Ka Wah; " * 2
)


def test_there_are_texts_of_both_languages() -> None:
    assert len(ENGLISH) >= 5
    assert len(CHINESE) >= 3


@pytest.mark.parametrize("name", TEXTS)
def test_a_circular_is_no_garbage(name: str) -> None:
    assert garbage.why(TEXTS[name]) is None


@given(st.data())
def test_no_part_of_a_circular_is_garbage(data: st.DataObject) -> None:
    text = TEXTS[data.draw(st.sampled_from(sorted(TEXTS)))]
    start = data.draw(st.integers(0, max(0, len(text) - 300)))
    assert garbage.why(text[start : start + data.draw(st.integers(0, 2000))]) is None


@pytest.mark.parametrize("text", [
    "",
    "\uf0b7 \uf0b7 \uf0b7",  # bullets of a symbol font
    "\uf0b7 Clearing Participants must return the form.\n\uf0b7 A late form is not accepted.\n\uf0fc Enclosed",
    "\ufffd" * 5,  # too few to tell
    "HKSCC SEOCH HKCC CCASS HKATS OTP-C DCASS PRiME RMS CPs EPs " * 5,
    CANTONESE,
    "Trung tâm Giao dịch Chứng khoán, Société Générale, Zürich, naïve, ﬁnal ﬂoor",
    "α = 0.05, β = 1.2, Δ = 3 and Σ of the weights, as the rules of the Clearing House provide",
    "一二三四五六七八九十廿卅〇",
], ids=lambda text: ascii(text)[:30])  # fmt: skip
def test_what_looks_odd_is_no_garbage(text: str) -> None:
    assert garbage.why(text) is None


@pytest.mark.parametrize(("text", "said"), [
    ("\ufffd" * 30, "30 of 30 characters cannot be decoded"),
    ("Date: \ue001\ue002\ue003\ue004 \ue005\ue006 by \ue007\ue008 \ue009\ue010\ue011 2026", "11 of 22 characters cannot be decoded"),
    ("\x01\x02\x03\x04\x05" * 2, "10 of 10 characters cannot be decoded"),  # few, but nothing else
    ("\x01\x02\x03\x04\x05\x06" * 10, "60 of 60 characters cannot be decoded"),
    ("\u0420\u0430\u0441\u043f\u0438\u0441\u0430\u043d\u0438\u0435 of the \u0440\u0430\u0441\u0447\u0435\u0442\u043e\u0432 2026",
     "18 of 23 letters are of scripts in which no circular is written, such as '\u0420'"),
    ("XIPMMZ PXOFE TVCTJEJBSZ PG IPOH LPOH FYDIBOHFT BOE DMFBSJOH MJNJUFE " * 3, "174 letters, and not as often as English uses each"),
    ("軐鞿饓鑩龘虋讟豔鸝鑿爨籲鬱麤灪爩鱻齾驫靐" * 2, "40 Han characters, and hardly one of those that Chinese uses most"),
])  # fmt: skip
def test_garbage_is_named(text: str, said: str) -> None:
    assert garbage.why(text) == said


@given(st.sampled_from(sorted(ENGLISH)), st.integers(1, 25))
def test_letters_moved_in_the_alphabet_are_garbage(name: str, by: int) -> None:
    moved = "".join(chr((ord(char) - 97 + by) % 26 + 97) if "a" <= char <= "z" else char for char in ENGLISH[name].lower())
    assert garbage.why(moved)


@given(st.sampled_from(sorted(CHINESE)), st.integers(1, len(BIG5) - 1))
def test_characters_moved_in_their_set_are_garbage(name: str, by: int) -> None:
    moved = "".join(BIG5[(PLACE[char] + by) % len(BIG5)] if char in PLACE else char for char in CHINESE[name])
    assert garbage.why(moved)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=80))
def test_han_by_chance_is_garbage(text: str) -> None:
    assert len(set(text)) < 40 or garbage.why(text)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    assert garbage.why(text) is None or garbage.why(text)


@pytest.mark.skipif(not CIRCULARS.is_dir(), reason="the shared circulars are not beside the project")
def test_the_text_layers_of_the_shared_circulars_are_told_apart() -> None:
    judged = {}
    for path in sorted(CIRCULARS.rglob("*.pdf")):
        if "locked" in path.stem:
            continue
        with pdfium.PdfDocument(path) as file:
            judged[path.name] = [garbage.why(page.get_textpage().get_text_range()) for page in file]
    assert {name for name, pages in judged.items() if any(pages)} == {"hkfe-broken-en.pdf"}
