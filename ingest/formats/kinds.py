"""What a line or a cell is by its look alone: a date, a clock time, a number, a code, a sentence, or some other words.

Strict where `signs` guesses: nothing but dates is a date here, so that a table may be proved by it.
"""

from __future__ import annotations

import re
from typing import Literal

from ingest.formats import signs

Kind = Literal["date", "time", "number", "code", "none", "text", "prose"]

LONG = 160  # columns; no cell of a table on one line is longer

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_EACH_WEEKDAY = r"(?:星期|週|周|礼拜|禮拜)[一二三四五六日天]"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_NUMERAL = r"[〇零○一二三四五六七八九十廿卅]{1,4}"
_ATOMS = (
    (
        rf"(?:{_DAY}(?:\s*(?:,|&|and|to|[-–—/])\s*{_DAY}){{0,6}}\s*[-/ ]?\s*)?{MONTH}"
        rf"(?:\s*{_DAY}(?!\d)(?:\s*[-–—]\s*{_DAY}(?!\d))?)?(?:\s*[-,/]?\s*(?:(?:19|20)\d\d|\d\d(?!\d)))?"
    ),
    rf"{_DAY}[/.]\d{{1,2}}[/.](?:20)?\d\d(?!\d)",
    r"(?:19|20)\d\d[-/.](?:1[0-2]|0?[1-9])[-/.](?:[12]\d|3[01]|0?[1-9])(?!\d)",
    rf"(?:(?:\d{{2,4}}|{_NUMERAL})\s*年\s*)?(?:\d{{1,2}}|{_NUMERAL})\s*月(?:(?:\s*(?:\d{{1,2}}|{_NUMERAL})\s*[至、及和]){{0,6}}\s*(?:\d{{1,2}}|{_NUMERAL})\s*[日號号])?(?:[上中下]旬|[初中底末])?",
    rf"(?:\d{{1,2}}|{_NUMERAL})\s*日",
)
DATE = re.compile("|".join(_ATOMS), re.IGNORECASE)
_TIME = re.compile(
    r"\d{1,2}\s?[:.]\s?\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?|\b(?:noon|midnight)\b|\b\d{4}\s*(?:hours|hrs)\b"
    r"|(?:[上中下]午|早上|晚上|正午|午夜|中午)?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[時时](?:\s*(?:正|半|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*分))?|正午|午夜|中午",
    re.IGNORECASE,
)
_BESIDE_DATES = re.compile(
    rf"{_WEEKDAY}|{_EACH_WEEKDAY}"
    r"|\b(?:from|to|until|till|by|before|on|or|and|after|onwards|early|mid|late|tentative|the|of|through)\b|[至到起前及和與与或之以後后初末底由自於于暫暂定]",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[-–(+]?\s?(?:HK\$|US\$|RMB|HKD|USD|CNY|[$¥€£])?\s?(?:\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.\d+)?\s?(?:%|bps?|million|billion|港元|元|[萬万億亿])?\)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9./_-]{1,14}")
_NONE = re.compile(r"[-–—/]|n/?a|nil|none|tb[acd]|不適用|不适用|無|无|沒有|没有|待定", re.IGNORECASE)
_WORD = re.compile(r"\w")
_STOPPED = re.compile(r"[。；;!！?？]|[.:：]$|[a-z)]\.\s+[A-Z]")


def kind(cell: str) -> Kind:
    """What the cell is; `prose` is what no cell would hold: more than a line, or the end of a sentence."""
    said = cell.strip()
    if _NONE.fullmatch(said):
        return "none"
    if signs.width(said) > LONG:
        return "prose"
    if any(char.isdigit() for char in said) or "月" in said or _TIME.fullmatch(said):
        if _NUMBER.fullmatch(said):
            return "number"
        if _TIME.search(said) and not _WORD.search(_BESIDE_DATES.sub(" ", _TIME.sub(" ", said))):
            return "time"
        if is_dated(said):
            return "date"
        if _CODE.fullmatch(said):
            return "code"
    return "prose" if _STOPPED.search(said) else "text"


def is_dated(said: str) -> bool:
    """Dates, their weekdays and clock times, and what joins them; nothing else."""
    rest = DATE.sub(" ", said)
    return rest != said and not _WORD.search(_BESIDE_DATES.sub(" ", _TIME.sub(" ", rest)))
