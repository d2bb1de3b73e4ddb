"""The numbers and bullets that a Word file prints before its list items, counted as Word counts them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

LEVELS = 9
PRIVATE = re.compile("[\uf000-\uf0ff]")
PLACE = re.compile(r"%([1-9])")
DIGITS, COUNTS = "〇一二三四五六七八九", "零一二三四五六七八九"
LEGAL = {"Simplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万"), "Traditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬")}
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip
CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ENCLOSED = {"decimalEnclosedParen": (0x2474, 20), "decimalEnclosedFullstop": (0x2488, 20), "ideographEnclosedCircle": (0x3280, 10)}

# What the fonts of symbols show for their codes; letters of Symbol are Greek.
SYMBOL = dict(zip(map(ord, "abcdefghijklmnopqrstuvwxyz"), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
SYMBOL |= dict(zip(map(ord, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
SYMBOL |= {0xB7: "•", 0x2D: "−", 0xB4: "×", 0xB8: "÷", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xB0: "°"}
SYMBOL |= {0xAE: "→", 0xAC: "←", 0xDE: "⇒", 0xD7: "⋅", 0xB2: "″", 0xA2: "′", 0xBC: "…", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0xA8: "♦"}
WINGDINGS = {0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "◆"}
WINGDINGS |= {0x77: "◆", 0x9F: "•", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xFC: "✓", 0xFB: "✗", 0xFD: "☒", 0xFE: "☑", 0xE0: "→", 0xDF: "←"}
WINGDINGS |= {0xF0: "⇨", 0xE8: "➔", 0x28: "☎", 0x29: "☎", 0x2A: "✉", 0x2B: "✉", 0x46: "☞", 0x45: "☜", 0xA1: "○", 0xA4: "◉", 0xAB: "★"}
WINGDINGS |= {0x9E: "·"} | {0x80 + number: chr(0x2460 + number - 1) for number in range(1, 11)}


class Level(NamedTuple):
    """How one level of a list is numbered. `restart` is the level after which it begins again: None any above it, 0 never."""

    form: str
    text: str
    start: int
    gap: str
    style: str | None
    restart: int | None
    legal: bool


class Numbering:
    """The lists of a document: each call of `label` counts one item. `unknown` gathers forms of numbers that we do not know."""

    def __init__(self, root: Element | None) -> None:
        self.abstract: dict[str, dict[int, Level]] = {}
        self.styled: dict[str, str] = {}
        self.defined_by: dict[str, str] = {}
        self.of: dict[str, str] = {}
        self.own: dict[str, dict[int, Level]] = {}
        self.starts: dict[str, dict[int, int]] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.seen: set[str] = set()
        self.unknown: set[str] = set()
        if root is not None:
            self._define(root)

    def _define(self, root: Element) -> None:
        for one in root.iterfind(f"{W}abstractNum"):
            name = one.get(f"{W}abstractNumId") or ""
            self.abstract[name] = {place: level for place, level in map(_level, one.iterfind(f"{W}lvl")) if 0 <= place < LEVELS}
            if (defines := value(one, "styleLink")) is not None:
                self.styled[defines] = name
            if (like := value(one, "numStyleLink")) is not None:
                self.defined_by[name] = like
        for one in root.iterfind(f"{W}num"):
            name = one.get(f"{W}numId") or ""
            self.of[name] = value(one, "abstractNumId") or ""
            for change in one.iterfind(f"{W}lvlOverride"):
                place = number(change.get(f"{W}ilvl"), 0)
                if (level := change.find(f"{W}lvl")) is not None:
                    self.own.setdefault(name, {})[place] = _level(level)[1]
                if (start := value(change, "startOverride")) is not None:
                    self.starts.setdefault(name, {})[place] = number(start, 1)

    def _abstract(self, name: str) -> str:
        """The definition behind a list; one that is defined by a style is found there."""
        abstract = self.of.get(name, "")
        return self.styled.get(self.defined_by.get(abstract, ""), abstract)

    def levels(self, name: str) -> dict[int, Level]:
        """The levels of a list, its own changes included; {} where the file does not define it."""
        return self.abstract.get(self._abstract(name), {}) | self.own.get(name, {})

    def level_of(self, name: str, style: str) -> int:
        """The level that belongs to a style; the first if none does."""
        return next((place for place, level in self.levels(name).items() if level.style == style), 0)

    def label(self, name: str, place: int) -> str:
        """The number or bullet of the next item on this level, with the space behind it; "" where nothing is printed."""
        levels = self.levels(name)
        level = levels.get(place)
        if level is None:
            return ""
        abstract = self._abstract(name)
        counts = self.counts.setdefault(abstract, [None] * LEVELS)
        if name not in self.seen:
            self.seen.add(name)
            for changed, start in self.starts.get(name, {}).items():
                if 0 <= changed < LEVELS:
                    counts[changed] = start - 1
        before = counts[place]
        counts[place] = level.start if before is None else before + 1
        for below in range(place + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or place < restart:
                counts[below] = None
        shown = PLACE.sub(lambda match: self._shown(levels, counts, int(match[1]) - 1, level.legal), level.text)
        return shown + level.gap if shown else ""

    def _shown(self, levels: dict[int, Level], counts: list[int | None], place: int, legal: bool) -> str:
        level = levels.get(place)
        if level is None:
            return ""
        count = counts[place]
        form = "decimal" if legal and level.form not in ("decimalZero", "none") else level.form
        shown = written(level.start if count is None else count, form)
        if shown is None:
            self.unknown.add(form)
            return str(level.start if count is None else count)
        return shown


def value(parent: Element | None, name: str) -> str | None:
    """What a child says in its attribute `val`; None where there is no such child."""
    child = None if parent is None else parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def number(stated: str | None, default: int) -> int:
    """A number as XML states it; what is none is the default. Hostile ones are cut to nine digits."""
    return int(stated[:9]) if stated is not None and stated[:9].removeprefix("-").isdecimal() and stated.isascii() else default


def _level(one: Element) -> tuple[int, Level]:
    form = value(one, "numFmt") or "decimal"
    text = value(one, "lvlText") or ""
    if form == "bullet":
        fonts = one.find(f"{W}rPr/{W}rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        text = bullet(text, font)
    gap = "" if value(one, "suff") == "nothing" else " "
    restart = value(one, "lvlRestart")
    legal = one.find(f"{W}isLgl")
    return number(one.get(f"{W}ilvl"), 0), Level(
        form,
        "" if form == "none" and not text else text,
        number(value(one, "start"), 1),
        gap,
        value(one, "pStyle"),
        None if restart is None else number(restart, 0),
        legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
    )


def bullet(text: str, font: str) -> str:
    """A bullet as a reader sees it; one whose shape is only in a font that we do not know is a plain one."""
    if font.lower().startswith("courier") and text == "o":
        return "◦"
    shown = symbols(text, font)
    return "".join("•" if "\ue000" <= char <= "\uf8ff" else char for char in shown)


def symbols(text: str, font: str) -> str:
    """Text in a font of symbols, as what it shows. A code that is not known stays what it is."""
    kind = font.lower()
    table = SYMBOL if kind.startswith("symbol") else WINGDINGS if kind.startswith("wingdings") else None
    if table is None:
        if text.isascii() or not PRIVATE.search(text):
            return text
        return "".join("•" if char in "\uf0b7\uf0a7" else char for char in text)
    return "".join(table.get(ord(char) & 0xFF, char) if ord(char) < 0x100 or "\uf000" <= char <= "\uf0ff" else char for char in text)


# Numbers as they are written -------------------------------------------------------------------------------------------


def written(count: int, form: str) -> str | None:
    """A number in one of Word's forms; None for a form that is not known. What has no such form is in digits."""
    if form in ("none", "bullet"):
        return ""
    if not 0 <= count <= 99_999:
        return str(count)
    if form in PLAIN:
        return PLAIN[form](count)
    if form in ("lowerRoman", "upperRoman"):
        return _cased(_roman(count) if 0 < count < 4000 else str(count), form)
    if form in ("lowerLetter", "upperLetter"):
        return _cased(_letters(count), form)
    if form.startswith(("decimalEnclosed", "ideographEnclosed")):
        return _enclosed(count, form)
    return _chinese(count, form)


def _cased(text: str, form: str) -> str:
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    out = ""
    for size, letters in ROMAN.items():
        out += letters * (count // size)
        count %= size
    return out


def _letters(count: int) -> str:
    """From a to z, then aa, bb: Word doubles the letter."""
    return chr(97 + (count - 1) % 26) * min(1 + (count - 1) // 26, 30) if count else "0"


def _ordinal(count: int) -> str:
    last = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{last}"


def _cardinal(count: int) -> str:
    if count < 20:
        said = CARDINALS[count]
    elif count < 100:
        said = TENS[count // 10 - 2] + (f"-{CARDINALS[count % 10]}" if count % 10 else "")
    else:
        return str(count)
    return said.capitalize()


def _enclosed(count: int, form: str) -> str:
    first, most = {
        "decimalEnclosedParen": (0x2474, 20),
        "decimalEnclosedFullstop": (0x2488, 20),
        "ideographEnclosedCircle": (0x3280, 10),
    }.get(form, (0x2460, 20))
    return chr(first + count - 1) if 1 <= count <= most else str(count)


def _chinese(count: int, form: str) -> str | None:
    if form in ("ideographTraditional", "ideographZodiac"):
        row = STEMS if form == "ideographTraditional" else BRANCHES
        return row[count - 1] if 1 <= count <= len(row) else str(count)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(DIGITS[int(digit)] for digit in str(count))
    if form == "ideographLegalTraditional":
        return _counted(count, *LEGAL["Traditional"], one=True)
    if form == "chineseLegalSimplified":
        return _counted(count, *LEGAL["Simplified"], one=True)
    if form in ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting"):
        return _counted(count, COUNTS, "十百千", "萬", one=False)
    return None


def _counted(count: int, digits: str, units: str, myriad: str, *, one: bool) -> str:
    """In Chinese: 二十一, 一百零五. Ten to nineteen begin with 十, unless the one is asked for (壹拾)."""
    if count >= 10_000:
        rest = count % 10_000
        gap = digits[0] if 0 < rest < 1000 else ""
        return (
            _counted(count // 10_000, digits, units, myriad, one=one)
            + myriad
            + (gap + _counted(rest, digits, units, myriad, one=True) if rest else "")
        )
    if count < 10:
        return digits[count]
    out, zero = "", False
    for place, digit in enumerate(map(int, str(count))):
        unit = len(str(count)) - 1 - place
        if digit:
            out += (digits[0] if zero else "") + digits[digit] + (units[unit - 1] if unit else "")
        zero = bool(out) and not digit
    return out[1:] if 10 <= count < 20 and not one else out


PLAIN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: str(count).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalFullWidth2": lambda count: str(count).translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalHalfWidth": str,
    "numberInDash": lambda count: f"- {count} -",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "hex": lambda count: f"{count:X}",
}
