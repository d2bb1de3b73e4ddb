"""Text layers that cannot be what the page shows: fonts without a map to Unicode, or with a wrong one.

A PDF draws shapes and only says which characters they are. Where it says so wrongly, every character may be a good one and the
text still nonsense: `XIPMMZ PXOFE` for `wholly owned`. So a page is asked four things, each only where it has enough of the
characters concerned to tell: are they characters at all, are they of scripts in which circulars are written, do the Han
characters come as often as Chinese uses them, and the letters as often as English does.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache

SAMPLE = 20_000
"""Characters that are looked at: a page has fewer, and more would not change the answer."""

UNDECODED = 0.1
"""The share of characters without meaning beyond which a page is not read; symbol fonts give a few for bullets and ticks."""
FOREIGN = 0.1
"""The share of letters of other scripts: formulas have a few Greek ones."""
FREQUENT = 0.45
"""The share of Han characters among the frequent ones below which a text is not Chinese: circulars have 0.77 and more, a text moved by
one place in its character set 0.25."""
FITTING = -3.25
"""The mean log-likelihood of a letter in English below which a text is neither English nor its abbreviations: circulars have
-3.06 and more, a text moved by one letter in the alphabet -3.4 and less."""
ENOUGH_HAN = 30
ENOUGH_LETTERS = 120
ENOUGH = 20
FEW = 8
"""Of fewer characters than enough, so many without meaning, and most of them, are no bullets or ticks."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ASCII, _BEYOND = bytes(range(128)), bytes(range(128, 256))
# Latin with its accents and ligatures, Greek (formulas), Han and what is written with it, full and half width forms.
_OURS = re.compile(
    r"[\u0000-\u024f\u0300-\u03ff\u1e00-\u2bff\u2e80-\u31ff\u3200-\ua4cf\uf900-\ufb06\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff]"
)

# How often English uses each letter, in thousandths. Raised are the rare ones, for tables are full of codes, and those of
# which Cantonese names are made, for a circular may list dozens (Cheung Kwok Wing, Ng Wai Kwan).
_ENGLISH = {
    "e": 115, "t": 80, "n": 80, "a": 75, "o": 72, "i": 70, "s": 65, "r": 60, "h": 48, "l": 41, "d": 38, "c": 38, "u": 38,
    "g": 35, "w": 28, "m": 27, "k": 26, "f": 24, "p": 24, "y": 22, "b": 14, "v": 10, "x": 4, "j": 4, "q": 3, "z": 3,
}  # fmt: skip

# The characters that written Chinese uses most, in both scripts, and those of circulars: together three quarters of any text.
_CHINESE = frozenset(
    "的一是在不有人為這中大上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得"
    "經十三之進著等部度家電力里如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日那社"
    "義事平形相全表間樣與關各重新線內數正心反你明看原又利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想已通並"
    "提直題程展五果料象員位入常文總次品式活設及管特件長求頭基資邊流路級少圖山統接知較將組見計別手角期根論運指幾九區強放決西被"
    "做必先回則任取據處隊南給色光門即保治北造百規熱領七海口東導世金增階術極交受聯認六共權收證改清再採轉更單風切教速帶安場身"
    "車例務具萬每目至達走積示議報完類八離名確才科信馬節話整空元況今集傳許步群廣記需段研界律且究觀越算低持音書布復容須際商非"
    "連斷深難近千週委素技備半辦列習約支般便團往市何除消構稱準精值號率維劃選標寫存效院查型按格易置派層片始卻專狀識適屬包住調"
    "局照參細引聽該價嚴香港司附編期詢請閣港元未英版暫截毋申登輸網介准投押抵供颱逾繳終停樓星期午晚函通告敬啟僑款戶息股券貨幣"
    "为这个国时来们对会发动过说产种学经进实两体机当点从业应开还义间样与关线内数气变条结问无军总题员设长头资边级图统见计别论运"
    "几区强决处队给门规热领东导极联认权证单风带场车务万达积报类离确节话况传广记观复际连断难备办习约团构称准号划选标写专状识适属"
    "调参细听价严么吗你您"
)


def why(text: str) -> str | None:
    """What is wrong with the text of a page, in words for a warning; None where it may be what the page shows."""
    text = text[:SAMPLE]
    marks = _marks(text)
    return _undecoded(marks) or _foreign(marks, text) or _han(marks) or _letters(marks)


SPACE, UNDECODED_MARK, STRANGE, HAN, FREQUENT_HAN, LETTER, OTHER = " !?HFL."
"""What a character is to the questions above; the letters from a to z stand for themselves."""
_MEANINGLESS = frozenset(("Cc", "Cn", "Co", "Cs"))


def _marks(text: str) -> str:
    """Each character's mark, in any order: those of ASCII first, for such strings are translated much faster."""
    data = text.encode("utf-8", "surrogatepass")
    plain, beyond = data.translate(None, _BEYOND).decode("ascii"), data.translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return plain.translate(_TABLE) + beyond.translate(_TABLE)


class _Table(dict[int, str]):
    """The marks of every character that was met."""

    def __missing__(self, code: int) -> str:
        marks = "".join(map(_mark, unicodedata.normalize("NFKC", chr(code)).lower()))
        if code < 0x10000:  # there are a million characters beyond, and hardly any of them is met twice
            self[code] = marks
        return marks


_TABLE = _Table()


def _mark(char: str) -> str:
    if char.isspace():
        return SPACE
    if char == "\ufffd" or unicodedata.category(char) in _MEANINGLESS:
        return UNDECODED_MARK
    if "a" <= char <= "z":
        return char
    if _HAN.match(char):
        return FREQUENT_HAN if char in _CHINESE else HAN
    if char.isalpha():
        return LETTER if _OURS.match(char) else STRANGE
    return OTHER


def _undecoded(marks: str) -> str | None:
    """Replacement characters, controls, private and unassigned ones, which no reader can make sense of."""
    total, bad = len(marks) - marks.count(SPACE), marks.count(UNDECODED_MARK)
    if bad <= UNDECODED * total or (total < ENOUGH and (bad < FEW or 2 * bad <= total)):
        return None
    return f"{bad} of {total} characters cannot be decoded"


def _foreign(marks: str, text: str) -> str | None:
    letters = len(marks) - sum(map(marks.count, (SPACE, UNDECODED_MARK, OTHER)))
    strange = marks.count(STRANGE)
    if letters < ENOUGH or strange <= FOREIGN * letters:
        return None
    one = next(char for char in text if STRANGE in _TABLE[ord(char)])
    return f"{strange} of {letters} letters are of scripts in which no circular is written, such as {one!r}"


def _han(marks: str) -> str | None:
    frequent = marks.count(FREQUENT_HAN)
    han = frequent + marks.count(HAN)
    if han < ENOUGH_HAN or frequent >= FREQUENT * han:
        return None
    return f"{han} Han characters, and hardly one of those that Chinese uses most"


def _letters(marks: str) -> str | None:
    letters = {char: marks.count(char) for char in _ENGLISH}
    total = sum(letters.values())
    if total < ENOUGH_LETTERS or sum(count * _weights()[char] for char, count in letters.items()) >= FITTING * total:
        return None
    return f"{total} letters, and not as often as English uses each"


@cache
def _weights() -> dict[str, float]:
    total = sum(_ENGLISH.values())
    return {char: math.log(count / total) for char, count in _ENGLISH.items()}
