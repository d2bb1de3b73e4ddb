"""Sums of money, rates and numbers of things, in figures and in words, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

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
    return kept


def _read(text: str, masked: str, survey: Survey | None) -> Iterator[Amount]:
    for language, hit in hits("amounts", masked, survey):
        value = _value(hit, language)
        if value is None:
            continue
        low, high = hit.span()
        yield Amount(
            quote=text[low:high],
            span=(low, high),
            rule=hit.rule.name,
            kind=hit.rule.value,  # type: ignore[arg-type]  # the rules hold nothing else
            value=value,
            unit=_unit(hit, language),
        )


def _value(hit: Found, language: Language) -> Decimal | None:
    """The figure times its scale; None for words that are no number, and for more digits than a database keeps."""
    figure, words, scale = hit["figure"] or hit["figure2"], hit["words"], hit["scale"]
    if figure is not None:
        many = Decimal(figure.replace(",", ""))
    else:
        counted = language.words.get("count", {}).get((words or "").lower(), quantity(words or ""))
        if counted is None:
            return None
        many = Decimal(counted)
    value = plain(many * int(language.word("scale", scale) or 1) if scale else many)
    return value if len(value.normalize().as_tuple().digits) <= DIGITS else None


def plain(value: Decimal) -> Decimal:
    """The number without zeros that say nothing, and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _unit(hit: Found, language: Language) -> str | None:
    if hit["currency"] is not None:
        return _known("currency", hit["currency"], language)
    if hit["unit"] is not None:
        return _known("counted", hit["unit"], language)
    return "%" if hit.rule.value == "percentage" else None


def _known(kind: str, said: str, language: Language) -> str | None:
    """What a word for a currency or a thing stands for; a Chinese text may use the signs of the English one."""
    for one in (language, *languages().values()):
        if (unit := one.word(kind, " ".join(said.split()))) is not None:
            return str(unit)
    return None


class Unit(NamedTuple):
    """What the bare numbers of a column count: HK$ million is `HKD` and 1000000."""

    kind: CellKind
    unit: str | None
    scale: int


def unit_of(heading: str) -> Unit | None:
    """The unit that a heading gives, in brackets or at its end (`Fee (HK$)`, 成交額（百萬港元）); `heading` is folded."""
    for language, hit in hits("units", heading):
        said = hit["scale"] or hit["scale2"]
        scale = int(language.word("scale", said) or 1) if said else 1
        unit = _unit(hit, language)
        kind: CellKind = "amount" if hit.rule.value == "money" else "percentage" if unit in ("%", "bp") else "quantity"
        return Unit(kind, unit, scale)
    return None
