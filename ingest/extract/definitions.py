"""Terms that a circular introduces in brackets: `Clearing Participants (CPs)`, 香港中央結算有限公司（「香港結算」）."""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from ingest.model import Definition

REACH = 90
# What may stand in the brackets: a quoted term, capitals, a capitalised name that is no weekday, Chinese characters.
_TERM = re.compile(
    r"(?:.{0,24}\s|(?:以下|下)?[简统合各下文][称稱]?[为為]?|[称稱][为為]?|以下)?[\"“‘'「『].+|(?:the\s+)?[A-Z0-9][A-Z0-9&/-]*[A-Z][A-Z0-9&/-]*s?"
    r"|(?!(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)(?:[a-z]*day)?$)[A-Z][a-z]+(?:\s+[A-Z][a-z]+){0,3}|(?!星期|周)[一-鿿]{2,6}"
)
_BRACKET = re.compile(r"\([^()\n]{1,60}\)")
_QUOTE = re.compile(r"[\"“‘'「『]")


class Kind(NamedTuple):
    """One way to introduce a term: what stands in the brackets, and what stands right before them.

    Neither holds a bracket itself, so they are read one after the other: the brackets first, which are short and rarely match.
    """

    name: str
    inside: re.Pattern[str]
    before: re.Pattern[str]


_ENGLISH = Kind(
    "initials",
    re.compile(
        r"\(\s*(?:the\s+|each\s+an?\s+|collectively,?\s+(?:the\s+)?)?[\"“”'‘’]?(?P<term>[A-Z0-9][\w&/.-]*(?:\s+[A-Z][\w&-]*){0,3})[\"“”'‘’]?\s*\)$"
    ),
    re.compile(r"(?P<full>(?:[A-Z0-9][\w&'’-]*(?:\s+(?:of|and|the|for|on|in|to|&)(?=\s+[A-Z]))*\s+){1,9})$"),
)
_LOWER = Kind("initials", re.compile(r"\(\s*(?P<term>[A-Z]{2,6}s?)\s*\)$"), re.compile(r"(?P<full>(?:[A-Za-z][a-z'’-]+\s+){1,6})$"))
_QUOTED = Kind(
    "quoted",
    re.compile(
        r"\(\s*(?:(?:together|jointly|collectively|hereinafter|hereafter|in\s+this\s+\w+),?\s+(?:(?:referred\s+to\s+as|called)\s+)?(?:the\s+)?"
        r"|the|each\s+an?|a)?\s*[\"“‘'](?P<term>[^\"”’'()]{2,40})[\"”’']\s*(?:[,;][^()]*)?\)$"
    ),
    re.compile(r"(?P<full>[A-Za-z][\w&'’. -]{2,80}?)\s*$"),
)
_CHINESE = Kind(
    "chinese",
    re.compile(r"[(（]\s*(?:以?下?[简統统合各称稱]*\s*)?[「“\"『](?P<term>[^」”\"』()（）]{1,20})[」”\"』]\s*(?:[,;][^()]*)?\)$"),
    re.compile(r"(?P<full>[一-鿿][一-鿿A-Za-z0-9]{1,39})\s*$"),
)
_CHINESE_BARE = Kind("chinese.bare", re.compile(r"\(\s*(?P<term>[一-鿿]{2,6})\s*\)$"), re.compile(r"(?P<full>[一-鿿]{5,30})\s*$"))


def find_definitions(text: str, masked: str) -> list[Definition]:
    """Every definition, in order; the full form is cut to the words whose initials or characters make the term."""
    found: list[Definition] = []
    for bracket in _BRACKET.finditer(masked):
        item = _defined(text, masked, *bracket.span())
        if item is not None:
            found.append(item)
            found += (
                _also(text, item, one) for one in _EACH.finditer(masked, *bracket.span()) if text[slice(*one.span("term"))] != item.term
            )
    return found


# The name of one of them, behind that of all: (“HKCC Participants”, each an “HP”).
_EACH = re.compile(r"[,;]\s*(?:and\s+)?each,?\s+an?\s+[\"“‘'](?P<term>[^\"”’'()]{2,40})[\"”’']")


def _also(text: str, item: Definition, each: re.Match[str]) -> Definition:
    return msgspec.structs.replace(item, term=text[slice(*each.span("term"))], rule="definition.each")


def _defined(text: str, masked: str, start: int, end: int) -> Definition | None:
    """The definition that ends with these brackets, if they hold one."""
    inner = masked[start + 1 : end - 1].strip()
    if not _TERM.fullmatch(inner):
        return None
    low = max(0, start - REACH)
    low = max(low, masked.rfind("\n\n", low, start))
    for kind in _kinds(inner):
        term = kind.inside.match(masked, start, end)
        full = kind.before.search(masked, low, start) if term is not None else None
        item = _definition(text, full, term, kind.name) if full is not None and term is not None else None
        if item is not None:
            return item
    return None


def _kinds(inner: str) -> tuple[Kind, ...]:
    """The kinds that what stands in the brackets may be."""
    if _QUOTE.search(inner):
        return (_QUOTED, _CHINESE)
    if "一" <= inner[0] <= "鿿":
        return (_CHINESE_BARE,)
    return (_ENGLISH, _LOWER)


def _definition(text: str, before: re.Match[str], inside: re.Match[str], name: str) -> Definition | None:
    term, full = inside["term"], before["full"].rstrip()
    start = before.start("full")
    if name == "chinese.bare" and not _abbreviates(full, term) and not _is_class_named_again(text, text[slice(*inside.span("term"))]):
        return None
    if name == "initials":
        cut = _initials(full, term)
        if cut is None:
            return None
        start += cut
    elif name == "chinese":
        start += _overlap(full, term)
    elif name == "quoted":
        start += _last_words(full)
    end = before.start("full") + len(full)
    return Definition(
        quote=text[start : inside.end()],
        span=(start, inside.end()),
        rule=f"definition.{name}",
        term=text[slice(*inside.span("term"))],
        full=" ".join(text[start:end].split()),
    )


def _initials(full: str, term: str) -> int | None:
    """Offset of the words whose initials make the term (`CPs`, `DNS`, `2FA`); None if they do not."""
    letters = re.sub(r"[^A-Z0-9]", "", term.removesuffix("s"))
    words = list(re.finditer(r"[A-Za-z0-9]+", full))
    if term in full:  # `SEOCH Participants (Participants)`: all of the name
        return _run(full)
    if len(letters) < 2 and not term.endswith("s"):
        return None
    for count in range(1, len(words) + 1):
        tail = words[-count:]
        said = "".join(word[0][0] for word in tail if word[0][0].isupper() or word[0][0].isdigit())
        if "".join(word[0][0] for word in tail).upper() == letters and term.endswith("s"):
            return tail[0].start()  # `licensed corporations (LCs)`
        if said == letters or said.replace("T", "2", 1) == letters:
            return tail[0].start()
    if len(term.split()) > 1 or (term[0].isupper() and term[1:].islower()):
        return words[0].start()
    loose = _loose(words, letters)
    if loose is None and term.endswith("s") and words[-1][0].endswith("s") and words[-1][0][0] == letters[-1:]:
        return _run(full)  # `HKCC Participants (CPs)`: only the last letter is that of its word
    return loose


def _run(full: str) -> int:
    """Offset of the capitalised words that end the full form."""
    match = re.search(r"(?:[A-Z0-9][\w&'’-]*\s+){0,5}[A-Z0-9][\w&'’-]*$", full)
    return match.start() if match else 0


def _loose(words: list[re.Match[str]], letters: str) -> int | None:
    """`CCASS Participants (CPs)`: the term's letters begin the words, other letters may stand between."""
    for count in range(1, min(len(words), 6) + 1):
        tail = words[-count:]
        if tail[0][0][:1].upper() != letters[:1]:
            continue
        rest = iter("".join(word[0] for word in tail).upper())
        if all(letter in rest for letter in letters):
            return tail[0].start()
    return None


def _abbreviates(full: str, term: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in term)


def _is_class_named_again(text: str, term: str) -> bool:
    """從事保證金融資的持牌法團（融資經紀行）: a class of its own name, by which the text goes on to call it."""
    return _CLASS.search(term) is not None and text.count(term) > 2


_CLASS = re.compile(r"[一-鿿]{2}(?:者|人|商|[会會][员員]|法[团團]|机[构構]|[银銀]?行|公司|券商)$")


def _overlap(full: str, term: str) -> int:
    """Offset of the full form: from the earliest character that the term shares, else all of it."""
    first = full.find(term[0])
    return max(
        (
            full.rfind(word) + len(word)
            for word in ("及", "和", "或", "由", "的", "向", "致", "与", "各", "所有", "全体", "全體", "任何", "凡")
            if 0 <= full.rfind(word) < max(first, 0)
        ),
        default=0,
    )


def _last_words(full: str) -> int:
    """Offset of the noun phrase: from the last capitalised run in the full form."""
    runs = list(re.finditer(r"[A-Z][\w&'’.-]*(?:\s+(?:(?:of|and|the|for|on|in|or)\s+)*[A-Z][\w&'’.-]*)*", full))
    return runs[-1].start() if runs else 0
