"""The letters and numbers that tell one form, part or phase from the next: `Form A`, `Part II`, `Phase 2B`, 表格甲, 第一批.

Two acts with the same words are two all the same where such labels differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

Labels = Mapping[str, frozenset[str]]
"""What is labelled (`form`, 階段), and with what, in one spelling: `ii`, `2` and 二 are `2`, 甲 is `甲`, `B` is `b`."""

_LABEL = r"[A-Z]{0,4}-?\d{1,4}[A-Z]?|[IVX]{1,5}|[A-Z]"
_NOUNS = (
    "form|part|annexe?|appendi(?:x|ce)|phase|tranche|schedule|classe?|batche?|stage|option|group|section|round|session|"
    "attachment|categor(?:y|ie)|series|level|tier|module|template|item|quarter"
)
_AND = r"\s*(?:,|/|&|\band\b|\bor\b|\bto\b|-|–)\s*"
_ENGLISH = re.compile(rf"\b(?P<noun>(?i:{_NOUNS}))s?\s+[(“\"']?(?P<labels>(?:{_LABEL})\b(?:{_AND}(?:{_LABEL})\b)*)")
_ORDINAL = re.compile(rf"\b(?P<labels>first|second|third|fourth|fifth|\d{{1,2}}(?:st|nd|rd|th))\s+(?P<noun>{_NOUNS})\b", re.IGNORECASE)

_SIGN = r"[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]{0,4}-?\d{1,4}[A-Za-z]?|[IVX]{2,5}|[A-Z]"
_COUNT = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![式份併并同次起個个覽览])"
_LIST = r"(?:\s*[、,，/及和與与至]\s*"
_KINDS = (
    "表格|附件|附錄|附录|附表|部分|部份|部|階段|阶段|批次|批|類別|类别|類|类|選項|选项|方案|組別|组别|組|组|期|輪|轮|場|场|季度|季|級|级"
)
_CHINESE = re.compile(
    rf"(?P<noun>表格|附件|附錄|附录|附表|階段|阶段|類別|类别|選項|选项|方案|組別|组别)\s*[(（「]?"
    rf"(?P<labels>(?:{_SIGN}|{_COUNT}){_LIST}(?:{_SIGN}|{_COUNT}))*)"
)
_NUMBERED = re.compile(rf"第\s*(?P<labels>(?:\d{{1,3}}|{_COUNT}){_LIST}第?\s*(?:\d{{1,3}}|{_COUNT}))*)\s*(?P<noun>{_KINDS})")
_LETTER = r"[甲乙丙丁戊己庚辛壬癸]|(?<![A-Za-z])[A-Z]"
_LETTERED = re.compile(
    rf"(?P<labels>(?:{_LETTER}){_LIST}(?:{_LETTER}))*)\s*(?P<noun>部分|部份|部|類別|类别|類|类|組別|组别|組|组|級|级|表)"
)

_FORMS = (_ENGLISH, _ORDINAL, _CHINESE, _NUMBERED, _LETTERED)
_ROMAN = {"I": 1, "V": 5, "X": 10}
_WORDS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5"}
_ONE = re.compile(rf"(?i:{'|'.join(_WORDS)})|\d{{1,2}}(?:st|nd|rd|th)|{_SIGN}|{_COUNT}")
_DIGITS = "零一二三四五六七八九"
_RANGE = re.compile(r"\s*(?:to|-|–|至)\s*第?")
_FOLD = str.maketrans("录阶类别选项组轮场级份", "錄階類別選項組輪場級分")


@lru_cache(maxsize=4096)
def labels(act: str) -> Labels:
    """What an act names by a label, and with which."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form in _FORMS:
        for match in form.finditer(act):
            found[_kind(match["noun"])].update(_each(match["labels"]))
    return {noun: frozenset(told) for noun, told in found.items()}


def differ(left: str, right: str) -> bool:
    """Whether two acts name other forms, parts or phases of one kind; not where only one of them says which."""
    ours, theirs = labels(left), labels(right)
    return any(not ours[noun] & theirs[noun] for noun in ours.keys() & theirs.keys())


def named(act: str) -> Iterator[str]:
    """Each label of an act with what it labels, for the name of the act."""
    for noun, told in labels(act).items():
        yield from (f"{noun}:{label}" for label in told)


def _kind(noun: str) -> str:
    """One word for singular and plural (the first letters tell all nouns apart), for both scripts of Chinese, and for 部 and 部分."""
    return re.sub(r"(?<=[季部批類組])[度分次別]$", "", noun.lower().translate(_FOLD))[:5]


def _each(listed: str) -> Iterator[str]:
    """The labels of a list; a range of letters or numbers is every one of them."""
    last, end = "", 0
    for match in _ONE.finditer(listed):
        label = _spelt(match.group())
        if last and _RANGE.fullmatch(listed, end, match.start()):
            yield from _between(last, label)
        yield label
        last, end = label, match.end()


def _between(first: str, last: str) -> Iterator[str]:
    if first.isdecimal() and last.isdecimal():
        yield from map(str, range(int(first) + 1, int(last)))
    elif len(first) == len(last) == 1:
        yield from map(chr, range(ord(first) + 1, ord(last)))


def _spelt(label: str) -> str:
    """A label in one spelling."""
    if set(label) <= _ROMAN.keys():
        return str(_roman(label))
    if re.fullmatch(_COUNT, label):
        return str(_count(label))
    return _WORDS.get(label.lower(), re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", label.lower()).replace("-", ""))


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _count(text: str) -> int:
    """From 一 to 九十九."""
    tens, ten, units = text.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(units) if units else 0)
