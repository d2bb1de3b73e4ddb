"""Sums of money, rates and numbers of things, in figures and in words, where they stand; a range is two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec

from ingest.lang.numerals import quantity
from ingest.lang.rules import Found, Language, Survey, hits, languages
from ingest.model import Amount, CellKind

DIGITS = 15
"""So many significant digits a number of SQLite keeps exactly."""


def find_amounts(text: str, masked: str, survey: Survey | None = None) -> list[Amount]:
    """Every amount, in order; of those that overlap the longest. `text` is the original, `masked` the folded one under its marks."""
    found = sorted(_read(text, masked, survey), key=lambda amount: (amount.span[0], -amount.span[1]))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.span[0] >= kept[-1].span[1]:
            kept.append(amount)
    return list(_in_stated_currency(masked, _with_ranges(text, masked, kept)))


def _in_stated_currency(masked: str, found: Sequence[Amount]) -> Iterator[Amount]:
    """A bare `$` or 元 is of the currency that the text says all its amounts are in; without such words it stays unknown."""
    unknown = any(amount.kind == "money" and amount.unit is None for amount in found)
    stated = _stated_currency(masked) if unknown else None
    for amount in found:
        bare = amount.kind == "money" and amount.unit is None
        yield msgspec.structs.replace(amount, unit=stated) if bare and stated else amount


def _stated_currency(masked: str) -> str | None:
    """The one currency that the text says its amounts are in; None where it says nothing, or two."""
    said = {
        _known("currency", match["currency"], language)
        for language in languages().values()
        for pattern in language.lists["currency_stated"]
        for match in re.finditer(pattern, masked)
    }
    return said.pop() if len(said) == 1 else None


def _read(text: str, masked: str, survey: Survey | None) -> Iterator[Amount]:
    for language, hit in hits("amounts", masked, survey):
        value = _value(hit, language)
        if value is None:
            continue
        low, high = hit.span()
        sign = _NEGATIVE.search(masked, max(0, low - 8), low)
        if sign is not None:
            low = sign.start()
        if sign is not None or hit["negative"]:
            value = -value
        yield Amount(
            quote=text[low:high],
            span=(low, high),
            rule=hit.rule.name,
            kind=hit.rule.value,  # type: ignore[arg-type]  # the rules hold nothing else
            value=value,
            unit=_unit(hit, language),
        )


# `-HK$5,000`, `minus 3%`, 负港币5,000元; a dash behind another figure joins the two, and one with a space behind it is none.
_NEGATIVE = re.compile(r"(?:(?<![A-Za-z0-9_.,%)\]-])(?<![\d%元]\s)-|(?<![A-Za-z])(?i:minus|negative)\s|负)$")


def _value(hit: Found, language: Language) -> Decimal | None:
    """The figure times its scale; None for words that are no number, and for more digits than a database keeps."""
    figure, words, scale = hit["figure"] or hit["figure2"] or hit["spaced"], hit["words"], hit["scale"]
    if figure is not None:
        many = _printed(figure)
    else:
        counted = language.words.get("count", {}).get((words or "").lower(), quantity(words or ""))
        if counted is None:
            return None
        many = Decimal(counted)
    value = plain(many * _factor(scale, language) + _printed(hit["figure3"] or "0") * _factor(hit["scale3"], language))
    return value if len(value.normalize().as_tuple().digits) <= DIGITS else None


def _printed(figure: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", figure))


def _factor(scale: str | None, language: Language) -> int:
    return int(language.word("scale", " ".join(scale.split())) or 1) if scale else 1


def plain(value: Decimal) -> Decimal:
    """The number without zeros that say nothing, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _unit(hit: Found, language: Language) -> str | None:
    if hit["currency"] is not None:
        return _known("currency", hit["currency"], language)
    if hit["unit"] is not None:
        return _known("counted", hit["unit"], language)
    return "%" if hit.rule.value == "percentage" else None


def unit_named(said: str, language: Language) -> str | None:
    """What a word for a thing that is counted stands for."""
    return _known("counted", said.lower(), language)


def _known(kind: str, said: str, language: Language) -> str | None:
    """What a word for a currency or a thing stands for; a Chinese text may use the signs of the English one."""
    for one in (language, *languages().values()):
        if (unit := one.word(kind, " ".join(said.split()))) is not None:
            return str(unit)
    return None


# Ranges: `5–10%`, `HK$1–2 million`, 百分之五至十 ----------------------------------------------------------------------

_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,9}(?:\.\d{1,6})?|[零〇一二两三四五六七八九十百千万亿]{1,12})"
_JOIN = r"\s?(?:[-–—~]|to|至|到)\s?"
_JOINED = re.compile(_JOIN)
_LOWER = re.compile(rf"(?<![\w.,/$€£¥%-])(?<![第之])(?<![Rr]ule )(?<!ection )(?<!tem )(?P<figure>{_FIGURE}){_JOIN}$")
_HIGHER = re.compile(
    rf"{_JOIN}(?P<figure>{_FIGURE})(?P<scale>\s?(?:[mk]|mn|bn|million|billion)\b)?(?=\s*(?:[,;:)。、]|\.(?:\s|$)|$|per\b|each\b|an?\b|for\b|and\b|or\b|之间|不等|的))"
)


def _with_ranges(text: str, masked: str, found: Sequence[Amount]) -> list[Amount]:
    """The amounts, and the ends of ranges that leave their unit to the other end."""
    whole: list[Amount] = []
    for at, amount in enumerate(found):
        if whole and _JOINED.fullmatch(masked, whole[-1].span[1], amount.span[0]):
            whole[-1], other = _shared(masked, whole[-1], amount)
            whole.append(other)
            continue
        if (lower := _lower(text, masked, amount)) is not None and (not whole or whole[-1].span[1] <= lower.span[0]):
            whole.append(lower)
        whole.append(amount)
        following = found[at + 1].span[0] if at + 1 < len(found) else len(masked)
        if (higher := _higher(text, masked, amount, following)) is not None:
            whole.append(higher)
    return whole


def _shared(masked: str, lower: Amount, higher: Amount) -> tuple[Amount, Amount]:
    """Both ends of a range in one currency and scale: `HK$1–2 million`, 港幣1,000至2,000元."""
    if lower.kind == "money" and lower.unit and higher.unit is None and (higher.kind == "money" or higher.rule.endswith(".scaled")):
        scale = _scale(masked, higher) if _scale(masked, lower) == 1 else Decimal(1)
        higher = msgspec.structs.replace(higher, kind="money", unit=lower.unit)
        if lower.quote[-1].isdigit():  # 港幣5元至10萬元: an end with a unit of its own is what it says
            lower = msgspec.structs.replace(lower, value=_scaled(lower.value, scale, higher.value))
    elif higher.kind == lower.kind == "money" and lower.unit is None and higher.unit:
        lower = msgspec.structs.replace(lower, unit=higher.unit)
    return lower, higher


def _scaled(lower: Decimal, scale: Decimal, higher: Decimal) -> Decimal:
    """The lower end in the scale of the higher one, as long as it stays below (`HK$1–2 million`, but `HK$1,000 to 5 million`)."""
    return plain(lower * scale) if lower * scale < higher else lower


def _scale(masked: str, amount: Amount) -> Decimal:
    """What the figure is multiplied by, in words too (五十万元: 10,000)."""
    said = masked[slice(*amount.span)]
    if (words := _LARGE_WORDS.search(said)) is not None:
        return _LARGE[words[1]]
    figure = re.search(r"\d[\d,.]*\d|\d", said)
    printed = Decimal(figure[0].replace(",", "")) if figure else Decimal(0)
    return amount.value / printed if printed else Decimal(1)


_LARGE_WORDS = re.compile(r"^[零〇一二两三四五六七八九十百千]+(万亿|万|亿)(?![零〇一二两三四五六七八九十百千])")
_LARGE = {"万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}


def _lower(text: str, masked: str, amount: Amount) -> Amount | None:
    """The lower end before an amount that begins with its figure."""
    low = amount.span[0]
    match = _LOWER.search(masked, max(low - 24, 0), low)
    if match is None or re.match(_FIGURE, masked[low : low + 1]) is None:
        return None
    value = _bare(match["figure"])
    return _end(text, match.span("figure"), value and _scaled(value, _scale(masked, amount), amount.value), amount, below=True)


def _higher(text: str, masked: str, amount: Amount, limit: int) -> Amount | None:
    """The higher end behind an amount that begins with its unit: a sign of a currency, 百分之."""
    match = None if masked[amount.span[0]].isdigit() else _HIGHER.match(masked, amount.span[1], min(limit, amount.span[1] + 40))
    if match is None or amount.kind == "quantity" or (amount.kind == "money" and not match["figure"][0].isdigit()):
        return None
    scale = {"m": 10**6, "k": 10**3, "b": 10**9}[match["scale"].strip()[0]] if match["scale"] else 1
    value = _bare(match["figure"])
    return _end(
        text, (match.start("figure"), match.end("scale" if match["scale"] else "figure")), value and value * scale, amount, below=False
    )


def _bare(said: str) -> Decimal | None:
    many = said.replace(",", "") if said[0].isdigit() else quantity(said)
    return None if many is None else Decimal(many)


def _end(text: str, span: tuple[int, int], value: Decimal | None, other: Amount, *, below: bool) -> Amount | None:
    """The other end of a range; None for two numbers in an order that no range has."""
    if value is None or (value >= other.value if below else value <= other.value):
        return None
    return msgspec.structs.replace(other, quote=text[slice(*span)], span=span, value=plain(value))


def is_range(masked: str, ends: Sequence[Amount]) -> bool:
    """Are these two amounts the ends of one range?"""
    joined = len(ends) == 2 and (ends[0].kind, ends[0].unit) == (ends[1].kind, ends[1].unit) and ends[0].value < ends[1].value
    return joined and _JOINED.fullmatch(masked, ends[0].span[1], ends[1].span[0]) is not None


class Unit(NamedTuple):
    """What the bare numbers of a column count: HK$ million is `HKD` and 1000000."""

    kind: CellKind
    unit: str | None
    scale: int


@lru_cache(maxsize=1024)
def unit_of(heading: str) -> Unit | None:
    """The unit that a heading gives, in brackets or at its end (`Fee (HK$)`, 成交額（百萬港元）); `heading` is folded."""
    for language, hit in hits("units", heading):
        said = hit["scale"] or hit["scale2"]
        scale = int(language.word("scale", said) or 1) if said else 1
        unit = _unit(hit, language)
        kind: CellKind = "amount" if hit.rule.value == "money" else "percentage" if unit in ("%", "bp") else "quantity"
        return Unit(kind, unit, scale)
    return None
