"""Reference numbers: the strings by which circulars name themselves and one another.

Found before dates, so that `DCRM/HKCC/03/04/2023` never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from ingest.lang.rules import Triggers, windows
from ingest.model import House, Span
from ingest.text import fold

_NOT_FIRST = "日号年月据照见及和与于以第对将按"  # words before a number that are no part of it: 依據…, 11月20日…
# Shapes that every house uses, whoever it is; those that only one uses stand in its file.
SHAPES = (
    # CD/OES/CCASS/013/2023, DCRM/ SEO CH/ 059/2017
    r"[A-Z][A-Za-z]{1,7}(?:\s?/\s?[A-Za-z][A-Za-z0-9 ]{0,9}){1,3}\s?/\s?\d{1,4}[A-Z]?\s?/\s?(?:19|20)?\d\d",
    r"[A-Z]{2,6}/\d{2,4}/(?:20)?\d\d",  # CT/146/26
    r"[A-Z]{2,6}/(?:19|20)\d\d/\d{2,4}",  # CIR/2026/014
    r"[A-Z]{1,4}/[A-Z]{2,6}/(?:19|20)\d\d/\d{2,4}",  # SU/CTR/2003/001
    r"[A-Z]{2,4}/[A-Z]{2,4}/\d{2,4}/(?:19|20)\d\d",  # SFO/IS/006/2026
    r"\d\d[A-Z]{2}\d{1,3}",  # 26EC91
    r"[A-Z]\d{1,2}/\d{1,4}[A-Z]",  # B9/25C
    r"HKEX-[A-Z]{2}\d{1,3}-\d{1,3}",  # HKEX-LD43-3
    r"\d{3}(?:/[A-Z])?/(?:19|20)\d\d-(?:[A-Z]{2,4}/)?AMCM",  # 033/B/2010-DSB/AMCM
    r"(?:中国|国家|中华|最高|上海|深圳|北京)(?:(?!["
    + _NOT_FIRST
    + r"])[一-鿿]){3,14}(?:公告|令)[^\S\n]?[〔\[(]\s?(?:19|20)\d\d\s?[〕\])]\s?第?\s?\d{1,5}\s?号",
    r"(?:(?![" + _NOT_FIRST + r"])[一-鿿]){2,8}[^\S\n]?[〔\[(]\s?(?:19|20)\d\d\s?[〕\])]\s?第?\s?\d{1,5}\s?号",  # 中投信〔2022〕20號
    r"(?<![一-鿿])[〔\[]\s?(?:19|20)\d\d\s?[〕\]]\s?第?\s?\d{1,5}\s?号",  # 〔2026〕第9号 below the name of a house
    r"(?:(?![" + _NOT_FIRST + r"])[一-鿿]){2,8}(?:\([一-鿿]{1,2}\))?字第\s?\d{6,12}\s?号",  # 臺證輔字第1150021234號
    r"[A-Z][A-Za-z]{1,11}(?:\s(?!No\b)[A-Z][A-Za-z]{1,11}){0,2}\s?[\[〔]\s?(?:19|20)\d\d\s?[\]〕]\s?No\.?\s?\d{1,5}",  # SSE [2021] No. 45
    r"(?:CB|FS|LS|CP)\s?\(\d\)\s?\d{1,5}/(?:\d\d-\d\d|20\d\d(?:-\d\d)?)(?:\(\d\d\))?",  # CB(2)1414/07-08
)
# Words of the sentence before a number that begins with Han characters: 兹就|上证发〔2025〕77号, 本行|銀發〔2026〕18號.
_LEADING = re.compile(
    r"(?:[兹现]?[就将]|(?:敬|谨)?请?(?:查阅|参阅|参见|参照|查看|留意|详见|遵照|遵守|执行|落实)|(?:本|贵|该|我)(?:行|所|司|会|局|处|署|部|公司|中心)|(?:公告|通知|通函|通告|文件)?(?:补充|取代|代替|废止|修订|修改|撤销|更正|参考|遵循|转发|贯彻)|[的之本该由因如依原]|[一-鿿]+(?:交易所|委员会|管理局|公司|总局|协会|银行)(?!公告|令|通知))*(?=[一-鿿]{2}|[^一-鿿]|$)"
)
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![A-Za-z0-9/@.=?-])", r"(?![A-Za-z0-9]|/[A-Za-z0-9])"


class NumberMention(msgspec.Struct, frozen=True, kw_only=True):
    """A reference number where it stands; `number` has its spaces squeezed out."""

    number: str
    quote: str
    span: Span


@cache
def _pattern(shapes: tuple[str, ...]) -> re.Pattern[str]:
    inner = "|".join(f"(?:{fold(shape)})" for shape in (*shapes, *SHAPES))
    return re.compile(f"{_EDGE_BEFORE}(?:{inner}){_EDGE_AFTER}")


# What every shape holds somewhere.
_TRIGGERS = Triggers(
    (
        *(f"/{gap}{digit}" for gap in ("", " ", "\n") for digit in range(10)),
        "〔",
        "[",
        "(20",
        "(19",
        "( 20",
        "(1)",
        "(2)",
        "(3)",
        "(4)",
        "/C",
        "/I",
        "EC",
        "PR",
        "HKEX-",
        "GOV",
        "MBS",
        "ESMA",
        " of 20",
        *(f".{year}." for year in range(15, 40)),
        "字第",
        "字 第",
        "令第",
        "令 第",
    )
)


def find_numbers(text: str, masked: str, houses: Iterable[House]) -> list[NumberMention]:
    """Every reference number, in order. `text` is the original, `masked` the folded one."""
    pattern = _pattern(tuple(shape for house in houses for shape in house.number))
    found = []
    for left, _, right in windows(masked, _TRIGGERS.places(masked, 0, len(masked)), (40, 40), 0, len(masked)):
        for match in pattern.finditer(masked, left, right):
            low, high = match.span()
            low += len(_LEADING.match(match[0])[0])  # type: ignore[index]  # it matches nothing, too
            found.append(NumberMention(number=squeezed(text[low:high]), quote=text[low:high], span=(low, high)))
    return found


def squeezed(number: str) -> str:
    """The number as printed, without white space."""
    return "".join(number.split())
