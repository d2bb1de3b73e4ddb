"""Ways to reach somebody: telephone, fax, e-mail, web address, postal address, person, signatory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ingest.extract.layout import holding
from ingest.lang.rules import Found, Survey, Triggers, hits, languages, windows, word_list
from ingest.model import Contact, House, Link, Span, Unexplained
from ingest.text import BOUNDARY, fold, squeeze

_LOCAL = re.compile(r"[A-Za-z0-9][\w.+-]*$", re.ASCII)
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_URL = re.compile(
    r"[hHwW](?:(?<=[hH])ttps?://|(?<=[wW])ww\.)[^\s<>\"'，。；：、！？）」』】〉》\uff01-\uff5e\u3000-\u303f\u4e00-\u9fff\ufdd0-\ufdef]+",
    re.IGNORECASE,
)
_URL_MARKS = Triggers(("://", "ww.", "wW.", "Ww.", "WW."))
# An address without `www.` is one by its top level: those of this region, the general ones, and the one that examples use.
_TOP_LEVELS = ("com", "org", "net", "gov", "edu", "info", "int", "hk", "cn", "mo", "tw", "sg", "uk", "au", "jp", "eu", "example")
_HOST_MARKS = Triggers(f".{top}" for top in _TOP_LEVELS)
_HOST_BEGIN = re.compile(r"(?<![\w@.+/)\]-])(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){0,4}[A-Za-z0-9][A-Za-z0-9-]{0,62}$", re.ASCII)
_HOST = re.compile(
    rf"(?=[^.]*[A-Za-z])(?:[A-Za-z0-9-]+\.)+(?:{'|'.join(_TOP_LEVELS)})(?![\w@-]|\.\w)"
    r"(?:/[^\s<>\"'，。；：、！？）」』】〉》\uff01-\uff5e\u3000-\u303f\u4e00-\u9fff\ufdd0-\ufdef]*)?",
    re.ASCII,
)
_URL_BEGIN = re.compile(r"(?:https?|w)$", re.IGNORECASE)  # right before the mark
# Behind it may stand the next number (2979 7111/2979 7112) or its last digits (2840 3401/02, 2840 3401-05).
_TEL = re.compile(
    r"(?<![A-Za-z0-9_.@-])(?:(?<!/)|(?<=\d{4}/)|(?<=\)/)|(?<=[\ufdd6\ufdd7]/))"
    r"(?P<country>\(?\+\s?\d{1,3}\s?\)?[\s.-]{0,2}(?:\(0\)\s?)?|\(\s?(?:\d{1,3}|86\s\d{2,3})\s?\)[\s-]{0,2}|\d{2,3}[\s-]{1,2})?"
    r"(?P<local>(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4})|(?:[2-9]\d{3}[ .-]?\d{4})|(?:\(?0\d{1,3}\)?[ -]?\d{3,4}[ -]?\d{4})"
    r"|(?:[48]00(?:[ -]?\d{2,4}|\d-\d{3})[ -]?\d{3,4})|(?:1-8\d\d-\d{3}-\d{4})|(?:\(?0?\d{1,4}\)?[ -]\d{3,4}[ -]\d{3,4}(?!-\d)))"
    r"(?![A-Za-z0-9_@]|/\d(?!(?!\d)|\d{1,3}(?!\d)|\d{3}[ -]?\d{4}(?!\d))|-\d(?!\d{1,3}(?![\d-]))|\.\d|,\d{3}(?!\d))"
)
_FOUR_DIGITS = re.compile(r"[\d+](?:(?<=\d)\d{3}|(?<=8)00[ -]\d|(?<=\+)\d)")
_YEARS = re.compile(r"(?:19|20)\d\d[ -]\d{4}")  # 2024 2025, 2024 1231
_CHAIN = re.compile(r"\s*(?:\([^()\d]{1,30}\)\s*)?(?:/|(?:,\s*)?(?:及|和|或|and|or)|、|,|&|to|至)\s*")  # from one number to the next
_LAST_DIGITS = re.compile(
    r"(?:\s?/\s?(?=\d)|\s?(?:-|–|\bto\b|至)\s?(?=\d\d))(?P<end>\d{1,4})"
    r"(?![\d:.]|/(?!\d{2,3}(?![\d/]))|[ -]\d|\s?(?:hours?|hrs|小?时|[年月日元股%]))"
)


def find_links(text: str, masked: str) -> list[Contact]:
    """E-mail and web addresses as printed, in order."""
    found = []
    if "@" in masked:
        for match in _emails(masked):
            end = match.end() - (masked[match.end() - 1] in ".-")
            quote = text[match.start() : end]
            found.append(
                Contact(kind="email", value=masked[match.start() : end].lower(), quote=quote, span=(match.start(), end), rule="email")
            )
    for match in (*_urls(masked), *_hosts(masked)):
        end = _url_end(masked, match.start(), match.end())
        quote = text[match.start() : end]
        found.append(Contact(kind="url", value=_normal_url(quote), quote=quote, span=(match.start(), end), rule="url"))
    return sorted(found, key=lambda contact: contact.span)


def _emails(masked: str) -> Iterator[re.Match[str]]:
    """Searched outwards from each @, which is rarer than words."""
    at = masked.find("@")
    while at >= 0:
        begin = _LOCAL.search(masked, max(0, at - 64), at)
        match = _EMAIL.match(masked, begin.start()) if begin else None
        if match is not None:
            yield match
        at = masked.find("@", match.end() if match else at + 1)


def _urls(masked: str) -> Iterator[re.Match[str]]:
    """Searched from the marks that each holds near its beginning, which are rarer than h and w."""
    done = 0
    for at in _URL_MARKS.places(masked, 0, len(masked)):
        begin = _URL_BEGIN.search(masked, max(done, at - 5), at)
        match = _URL.match(masked, begin.start()) if begin else None
        if match is not None:
            done = match.end()
            yield match


def _hosts(masked: str) -> Iterator[re.Match[str]]:
    """Addresses without `www.`: `portal.hkex.com.hk/forms`."""
    done = 0
    for at in _HOST_MARKS.places(masked, 0, len(masked)):
        begin = _HOST_BEGIN.search(masked, max(done, at - 100), at)
        match = _HOST.match(masked, begin.start()) if begin and not _SPELT_AT.search(masked, max(0, at - 110), begin.start()) else None
        if match is not None and not match[0].lower().startswith("www."):
            done = match.end()
            yield match


_SPELT_AT = re.compile(r"[\[(]\s?(?:at|AT|@)\s?[\])]\s?$")  # `ops [at] clearing.example` is a mailbox


def _url_end(text: str, start: int, end: int) -> int:
    """A full stop or bracket that closes the sentence is no part of the address."""
    while end > start and (
        text[end - 1] in ".,;:!?*_'\""
        or (text[end - 1] in ")]" and text[start:end].count("(") < text[start:end].count(")") + (text[end - 1] == "]"))
    ):
        end -= 1
    return end


def _normal_url(url: str) -> str:
    scheme, found, rest = url.partition("://")
    if not found:
        scheme, rest = "", url
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{found}{host.lower()}{slash}{path}"


def _schemeless(value: str) -> str:
    """An address is the same with `https://` and without, as it is often printed."""
    return re.sub(r"^https?://", "", value).rstrip("/")


_NOT_REACHED = frozenset({"file", "javascript", "data", "about"})  # targets that nobody else can open


def linked(text: str, links: Iterable[Link], known: Iterable[Contact]) -> list[Contact]:
    """Addresses that stand only in the target of a hyperlink; the quote is the link's text."""
    said = {_schemeless(contact.value) for contact in known}
    found = []
    for link in links:
        scheme, _, rest = link.target.partition(":")
        kind, value = {"mailto": ("email", rest.partition("?")[0].lower()), "tel": ("tel", rest)}.get(
            scheme.lower(), ("url", _normal_url(link.target))
        )
        if kind == "tel":
            value = e164(rest) or ""
        if scheme.lower() in _NOT_REACHED:
            continue
        if value and _schemeless(value) not in said and link.span[0] < link.span[1]:
            said.add(_schemeless(value))
            found.append(Contact(kind=kind, value=value, quote=text[slice(*link.span)], span=link.span, rule="link"))  # type: ignore[arg-type]
    return found


_KNOWN_COUNTRIES = ("852", "853", "86", "886")  # printed without a + too
_TOLL_FREE = re.compile(r"(?:1-)?8(?:00|33|44|55|66|77|88)-\d{3}-\d{4}")  # of North America
# Numbers with an area code are none of Hong Kong's: 0755-8866 8888 and 400-888-8400 of the mainland, (02)8101-3101 of Taiwan.
_ABROAD = (
    (re.compile(r"(?:\([2-9]\d\d\) ?|(?![48]00)[2-9]\d\d-)[2-9]\d\d-\d{4}"), 1),  # so only North America prints them
    (re.compile(r"\(?0[2-8]\)?[ -]?\d{3,4}-?\d{4}"), 886),
    (
        re.compile(
            r"\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}|[48]00[ -]?\d{3}[ -]?\d{4}|400(?:[ -]?\d{4}|\d-\d{3})[ -]?\d{3}"
            r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
        ),
        86,
    ),
)


_OTHER_PLAN = re.compile(r"0[38]00")  # 0300 500 0597, 0800 111 6768: of the United Kingdom; no area of the mainland has them
_HOME_NUMBER = re.compile(r"\d{8,9}|18\d{5}")  # 1831 831 is a service's
_BRACKETED = re.compile(r"\(\s?(?!85[23]|86|886)[1-9]\d{0,2}\s?\)")  # (65) 6236 8433: a country without its +


HOME = "852"
_AREAS_NEEDED = ("86", "886")  # where a number without its area's may be anybody's
_PLACES = (  # what a letterhead says of where the house is
    ("853", re.compile(r"澳门|\bMaca[ou]\b", re.IGNORECASE)),
    ("852", re.compile(r"香港|\bHong\s+Kong\b|\bHKEX\b", re.IGNORECASE)),
    ("65", re.compile(r"新加坡|\bSingapore\b", re.IGNORECASE)),
    ("44", re.compile(r"\bLondon\b|\bUnited\s+Kingdom\b", re.IGNORECASE)),
    ("61", re.compile(r"\b(?:Sydney|Melbourne|Australia)\b", re.IGNORECASE)),
    ("81", re.compile(r"\b(?:Tokyo|Osaka)\b", re.IGNORECASE)),
    ("1", re.compile(r"\b(?:New\s+York|Chicago|Toronto)\b|\bWashington,?\s+D\.?C\b", re.IGNORECASE)),
)
# Countries whose numbers of many lengths are told by their own plan.
_PLANNED = {"33": "FR", "44": "GB", "61": "AU", "81": "JP", "1": "US"}


def country_of(head: str, lang: str, house: House | None) -> str:
    """The country code of numbers that print none: that of the house, by its file or by the place that its letterhead names."""
    if house is not None:
        return house.country
    named = places_of(head)
    if len(named) == 1:
        return named.pop()
    return "86" if lang == "zh-Hans" and not named else HOME


def places_of(head: str) -> set[str]:
    """The country codes of the places that a letterhead names."""
    return {code for code, place in _PLACES if place.search(head)}


@lru_cache(maxsize=4096)
def e164(number: str, home: str = HOME) -> str | None:
    """The normal form of a telephone number, of the `home` country when none is printed; None if there is no such number."""
    digits = re.sub(r"\D", "", number)
    if home in _PLANNED and "+" not in number and not _TOLL_FREE.fullmatch(number) and not _ABROAD[0][0].fullmatch(number):
        return _planned(number, _PLANNED[home])
    if not number.lstrip(" (").startswith("+") and (
        (len(digits) == 8 and digits[0] in "235689") or (len(digits) == 9 and digits.startswith("800"))
    ):
        return None if home in _AREAS_NEEDED else f"+{home}{digits}" if len(digits) == 8 else f"+{HOME}{digits}"
    if _TOLL_FREE.fullmatch(number):
        return f"+1{digits[-10:]}"
    for shape, country in _ABROAD:
        if shape.fullmatch(number):
            return None if _OTHER_PLAN.match(digits) else f"+{country}{digits.lstrip('0')}"
    bracketed = _BRACKETED.match(number) is not None
    if "+" not in number and len(digits) > 8 and not digits.startswith(_KNOWN_COUNTRIES) and not bracketed:
        return None
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number if "+" in number else f"+{digits}" if len(digits) > 8 else number, "HK")
    except phonenumbers.NumberParseException:
        return None
    if parsed.country_code in (852, 853) and not _HOME_NUMBER.fullmatch(str(parsed.national_number)):
        return None
    if not (phonenumbers.is_valid_number(parsed) if bracketed else phonenumbers.is_possible_number(parsed)):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _planned(number: str, region: str) -> str | None:
    """A number as the plan of its country has it; None where that knows no such number."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    national = number.lstrip("( ").startswith("0") and len(str(parsed.national_number)) > 8 and phonenumbers.is_possible_number(parsed)
    known = national or phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if known else None


def find_telephones(text: str, masked: str, row_label: dict[Span, Span], home: str = HOME) -> list[Contact]:
    """Telephone and fax numbers; those that print no country are of the `home` one.

    Eight digits without a gap, and two years, need a word beside them that says what they are.
    """
    found: list[Contact] = []
    labelled = sorted(row_label)
    masked = _in_figures(masked)
    for match in _numerals(masked):
        low, high, value = _dialled(masked, match, home)
        if found and _CHAIN.fullmatch(masked, found[-1].span[1], low) is not None:
            value = _in_that_area(found[-1], masked[low:high]) or value
        if value is None:
            continue
        before = _before(masked, low)
        place = holding(labelled, low)
        cell = row_label[place] if place else None
        context = before + (masked[slice(*cell)] if cell else "")
        chained = bool(found) and _CHAIN.fullmatch(masked, found[-1].span[1], low) is not None
        named = chained or any(word_list(name).search(context[-40:]) for name in ("tel_words", "fax_words"))
        last = _LAST_DIGITS.match(masked, high)
        if "." in masked[low:high] and "+" not in masked[low:high] and not _named_right_before(before):
            continue
        if not named and (re.fullmatch(r"\d{8}", masked[low:high]) or _YEARS.fullmatch(masked, low, high) or last):
            continue
        if word_list("no_tel_words").search(before[-24:]) and not _named_right_before(before):
            continue
        if word_list("no_tel_after").match(masked, high):
            continue
        kind = (
            found[-1].kind
            if chained
            else "fax"
            if word_list("fax_words").search(context[-30:]) and not word_list("tel_words").search(_after_last_fax(context))
            else "tel"
        )
        label = text[slice(*cell)].strip() if cell else (found[-1].label if chained else _label(text, masked, low))
        inside = word_list("extensions").match(masked, high)
        high = inside.end() if inside else high
        if behind := _KIND_BEHIND.match(masked, high):  # 2526 4417 (tel), 2526 4418 (fax)
            kind = "fax" if word_list("fax_words").search(behind[1]) else "tel"
        org = _department(text, masked, low, label)
        quote = text[low:high]
        found.append(Contact(kind=kind, value=value, label=label, org=org, quote=quote, span=(low, high), rule=f"{kind}.number"))
        while last is not None:
            span = last.span("end")
            other = value[: -(span[1] - span[0])] + masked[slice(*span)]
            found.append(Contact(kind=kind, value=other, label=label, quote=text[slice(*span)], span=span, rule=f"{kind}.lastdigits"))
            last = _LAST_DIGITS.match(masked, span[1])
    return found


@lru_cache(maxsize=1024)
def names_a_number(said: str) -> bool:
    """Is a cell the label of a telephone or fax number, and holds none itself?"""
    said = fold(said)
    return not _FOUR_DIGITS.search(said) and any(word_list(name).search(said) for name in ("tel_words", "fax_words"))


def _named_right_before(before: str) -> bool:
    """`Your Ref. Fax 2878 7297`: the nearest word tells, not the one before it."""
    named = (word for name in ("tel_words", "fax_words") for word in word_list(name).finditer(before))
    return any(not before[word.end() :].strip(" :.(") for word in named)


_KIND_BEHIND = re.compile(r"\s?\(\s?((?i:tel(?:ephone)?|fax|facsimile|phone)\.?|电话|传真)\s?\)")


def _in_that_area(before: Contact, said: str) -> str | None:
    """0755-2590 1188、2590 1196: a number behind one with an area's is of the same area, if it is as long as the other without it."""
    printed = re.match(r"\(?0\d{1,3}\)?[ -]?(?P<local>\d[\d -]{5,8}\d)$", before.quote)
    digits, local = re.sub(r"\D", "", said), re.sub(r"\D", "", printed["local"]) if printed else ""
    return before.value[: -len(local)] + digits if local and len(digits) == len(local) and before.value.endswith(local) else None


def unread_telephones(text: str, masked: str) -> Iterator[Unexplained]:
    """What is called a telephone number and has not become one: digits of no country that is known. `masked` has the others laid over."""
    for match in _NUMBERLIKE.finditer(masked):
        low, high = match.span("said")
        before = _before(masked, low)
        named = any(word_list(name).search(before[-40:]) for name in ("tel_words", "fax_words"))
        if not 7 <= sum(char.isdigit() for char in match["said"]) <= 13 or not (named or word_list("extensions").match(masked, high)):
            continue
        if word_list("no_tel_words").search(before[-24:]) or word_list("no_tel_after").match(masked, high):
            continue
        yield Unexplained(quote=text[low:high], span=(low, high), why=NO_SUCH_NUMBER)


NO_SUCH_NUMBER = "no telephone number has these digits"
_NUMBERLIKE = re.compile(r"(?<![\w/.,:$€£%-])(?P<said>\(?\+?\d{1,4}\)?(?:[ -]\d{2,5}){1,4}|\d{8})(?![\w/%]|[.,:]\d|-\d|\s?(?:年|月|日|元))")


def _dialled(masked: str, match: re.Match[str], home: str) -> tuple[int, int, str | None]:
    """Where the number stands and its normal form; digits before it that are no country's are no part of it."""
    low, high = match.span()
    while masked[low] in " -":
        low += 1
    value = e164(masked[low:high], home)
    if value is None and match["country"] and match["country"][0] in "123456789":  # 03-2034 7700 has an area's of some country
        low = match.start("local")
        value = e164(masked[low:high], home)
    return low, high, value


def _numerals(masked: str) -> Iterator[re.Match[str]]:
    """Whatever has the shape of a telephone number, near four digits or a + in a row."""
    for low, _, high in windows(masked, (m.start() for m in _FOUR_DIGITS.finditer(masked)), (24, 28), 0, len(masked)):
        yield from _TEL.finditer(masked, low, high)


def _in_figures(masked: str) -> str:
    """The text with telephone numbers in Chinese numerals (二五二二 七八三四／五) in figures, each in its place."""
    parts, at = [], 0
    for word in _CALLED.places(masked, 0, len(masked)):
        for match in _SPELT.finditer(masked, max(at, word), word + REACH_OF_NUMERALS):
            parts += [masked[at : match.start()], match[0].translate(_FIGURES)]
            at = match.end()
    return "".join((*parts, masked[at:])) if parts else masked


REACH_OF_NUMERALS = 60
_CALLED = Triggers(("电话", "致电", "热线", "传真", "请电", "电询"))
_HAN_DIGIT = "[〇零○一二三四五六七八九]"
_SPELT = re.compile(
    rf"(?<!{_HAN_DIGIT})(?=[二三五六八九]){_HAN_DIGIT}{{4}}[ -]?{_HAN_DIGIT}{{4}}(?:\s?/\s?{_HAN_DIGIT}{{1,4}})?(?!{_HAN_DIGIT}|[十百千])"
)
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")


def _after_last_fax(context: str) -> str:
    """What stands between the last word for fax and the number: `fax 1 / tel 2` must not make 2 a fax."""
    ends = [word.end() for word in word_list("fax_words").finditer(context)]
    return context[ends[-1] :] if ends else context


def _before(masked: str, at: int, reach: int = 60) -> str:
    """What stands before a place on its line, in its paragraph."""
    before = masked[max(0, at - reach) : at]
    return before[max(before.rfind("\n"), before.rfind(BOUNDARY)) + 1 :]


_NUMERAL = re.compile(r"\d{4}[ -]?\d{4}")  # the number before this one ends where its label may begin
_LABEL = re.compile(r"[^/;,()|\t\n.。、]{1,120}$")
LONGEST_LABEL = 40  # what is longer, or cut by the reach of the search, is a piece of a sentence


def _label(text: str, masked: str, at: int) -> str | None:
    """What is printed before the number in the same phrase: `CCASS Hotline`, 財務部."""
    before = _before(masked, at, 120)
    stripped = re.sub(r"[\s::(+\d]+$", "", before)
    stripped = "|" * (last := max((number.end() for number in _NUMERAL.finditer(stripped)), default=0)) + stripped[last:]
    match = _LABEL.search(stripped)
    if match is None:
        return None
    start = at - len(before) + match.start()
    end = at - len(before) + match.end()
    label = text[start:end]
    for word in word_list("label_heads").finditer(masked[start:end]):
        label = text[start + word.end() : end]
    label = _LABEL_ENDS.sub("", word_list("label_tails").sub("", label))
    return label if 0 < len(label) <= LONGEST_LABEL else None


_LABEL_ENDS = re.compile(r"^[\s:：)）]*(?:(?:or|and|或|及|和)(?:\s+|$))?(?:(?:[Tt]he|[Oo]ur)\s+)?|(?:[\s:：]|(?<!\w)(?:at|on|by))+$")


def _department(text: str, masked: str, at: int, label: str | None) -> str | None:
    """The department whose number this is: `Clearing Operations Department, Tel: …`, 結算運作部 電話：…; a label may be it already."""
    match = word_list("department_before").search(masked, at - len(_before(masked, at)), at)
    org = _group(text, match, "org") if match else None
    return None if org == label else org


def _group(text: str, match: re.Match[str], name: str) -> str | None:
    """A part of a match by the name that it has in one of the languages."""
    forms = (form for form in (name, f"{name}2") if match.re.groupindex.get(form) is not None and match[form])
    return next((text[slice(*match.span(form))].strip() for form in forms), None)


def find_persons(text: str, masked: str, survey: Survey | None = None) -> list[Contact]:
    """People named with an honorific; the honorific is left out of the value."""
    found = []
    for _, hit in hits("persons", masked, survey):
        low, high = hit.span("name")
        title, org = _post(text, masked, hit.span())
        quote = text[slice(*hit.span())]
        name = "".join(text[low:high].split()) if hit.rule.name.startswith("zh") else text[low:high]  # 赵  磊
        found.append(Contact(kind="person", value=name, title=title, org=org, quote=quote, span=hit.span(), rule=hit.rule.name))
        if (span := hit.span("name2")) != (-1, -1):
            found.append(Contact(kind="person", value=text[slice(*span)], quote=text[slice(*span)], span=span, rule=hit.rule.name))
    return found


def _post(text: str, masked: str, person: Span) -> tuple[str | None, str | None]:
    """Title and department beside a person: `Ms. A. Chan, Senior Manager, Clearing Department`, 結算部主管陳先生."""
    behind = word_list("post_behind").match(masked, person[1])
    before = word_list("post_before").search(masked, max(0, person[0] - 24), person[0])
    said = ((_group(text, match, "title"), _group(text, match, "org")) for match in (behind, before) if match is not None)
    return next((post for post in said if any(post)), (None, None))


def find_addresses(text: str, masked: str, survey: Survey | None = None) -> list[Contact]:
    """Postal addresses that the text asks to use or announces; a venue is none."""
    found = []
    for _, hit in hits("addresses", masked, survey):
        low, high = hit.span("address") if hit["address"] is not None else hit.span("address2")
        while text[high - 1] in " ,，":
            high -= 1
        found.append(Contact(kind="address", value=squeeze(text[low:high]), quote=text[low:high], span=(low, high), rule=hit.rule.name))
    return found


def damaged(text: str, masked: str, survey: Survey | None = None) -> Iterator[Unexplained]:
    """What is printed as a telephone number or an e-mail address and is none: hidden by a web page, masked, digits lost."""
    said = []
    for _, hit in (*hits("damaged", masked, survey), *hits("lostdigits", masked, survey)):
        low, high = hit.span("said")
        said.append((low, high))
        yield Unexplained(quote=text[low:high], span=(low, high), why=hit.rule.value or "")
    for doubt in unread_telephones(text, masked):
        if not any(low < doubt.span[1] and doubt.span[0] < high for low, high in said):
            yield doubt


def signatories(text: str, masked: str, lines: Sequence[Span], start: int) -> list[Contact]:
    """Those who sign: names beside titles in the last run of short lines that has both."""
    for low, high in reversed([line for line in lines if line[0] >= start and masked[line[1] - 1 : line[1]] in _SIGNED]):
        hit = _name(masked[low:high])
        if hit is not None and hit.rule.name.endswith(".signed"):
            org = hit.span("org")
            return [_person(text, low, hit, None, text[low + org[0] : low + org[1]] or None)]
    for run in reversed(_short_runs(masked, [line for line in lines[-TAIL_LINES:] if line[0] >= start], least=1)):
        hits = [(low, _name(masked[low:high])) for low, high in run if "一" <= masked[high - 1] <= "鿿"]
        titled = [(low, hit) for low, hit in hits if hit is not None and hit.rule.name.endswith((".titled", ".joined"))]
        if 1 <= len(titled) <= 2:
            return [_person(text, low, hit, text[low + hit.span("title")[0] : low + hit.span("title")[1]], None) for low, hit in titled]
    for run in reversed(_short_runs(masked, [line for line in lines if line[0] >= start])):
        if signers := list(_signers(text, masked, run)):
            return signers
    return []


def _short_runs(masked: str, lines: Sequence[Span], least: int = 2) -> list[list[Span]]:
    """Runs of so many to eight short lines without sentences, dates or tabs."""
    runs: list[list[Span]] = [[]]
    for low, high in lines:
        said = masked[low:high]
        if high - low <= 70 and not _NO_SIGNATURE.search(said):
            runs[-1].append((low, high))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if least <= len(run) <= 8]


TAIL_LINES = 14  # a list of names further up is none of those who sign
_SIGNED = ("启", "上")  # how a line ends that is signed as such: 謹啟, 敬上
_TWO_NAMES = re.compile(r"^(\(?[A-Z][A-Za-z .'-]*[A-Za-z.]\)?)\s*\(?[一-鿿]{2,4}\)?$")  # (Stephanie Ko) 高思慧: the same person twice
_NO_SIGNATURE = re.compile(r"[。;:!?\t\ufdd0-\ufddf•]|\.$|\d{3}")


def _signers(text: str, masked: str, run: Sequence[Span]) -> Iterator[Contact]:
    """Each name with the title next to it, which is nobody else's; without one, the name in the line of a title."""
    titles = [span for span in run if word_list("title_words").search(masked[slice(*span)])]
    free, found = list(titles), False
    for span in run:
        if not free or span in titles or word_list("org_words").search(masked[slice(*span)]):
            continue
        said = masked[slice(*span)]
        hit = _name(said) or _name(_TWO_NAMES.sub(r"\g<1>", said))
        if hit is None:
            continue
        title = min(free, key=lambda other: abs(run.index(other) - run.index(span)))
        if found and abs(run.index(title) - run.index(span)) > 1:  # the division of the one who signed above
            continue
        free.remove(title)
        found = True
        yield _person(text, span[0], hit, text[slice(*title)], _signed_for(text, masked, run, (span, title)))
    if not found and any(word_list("valediction").search(masked[slice(*span)]) for span in run):
        yield from itertools.islice(filter(None, (_in_one_line(text, masked, span) for span in titles)), 1)


def _signed_for(text: str, masked: str, run: Sequence[Span], taken: Sequence[Span]) -> str | None:
    """The department on a line of its own next to the name or the title."""
    beside = {run.index(span) + step for span in taken for step in (-1, 1)}
    lines = [span for index, span in enumerate(run) if index in beside and span not in taken]
    return next((text[slice(*span)] for span in lines if word_list("department").fullmatch(masked[slice(*span)].strip())), None)


def _in_one_line(text: str, masked: str, line: Span) -> Contact | None:
    """`Amy Chan, Head of Listing`, 上市部主管　陳大文."""
    low, high = line
    for gap in _PARTS.finditer(masked, low, high):
        for (start, end), title in (((low, gap.start()), (gap.end(), high)), ((gap.end(), high), (low, gap.start()))):
            hit, titles = _name(masked[start:end]), word_list("title_words")
            if hit is not None and titles.search(masked, *title) and not titles.search(masked, start, end):
                return _person(text, start, hit, text[slice(*title)], None)
    return None


_PARTS = re.compile(r"\s*,\s*|(?<=[一-鿿])\s+(?=[一-鿿])")


def _person(text: str, at: int, hit: Found, title: str | None, org: str | None) -> Contact:
    """The signatory whose line begins at a place."""
    low, high = at + hit.span("name")[0], at + hit.span("name")[1]
    quote = text[low:high]
    return Contact(kind="person", value=quote, title=title, org=org, role="signatory", quote=quote, span=(low, high), rule=hit.rule.name)


def _name(line: str) -> Found | None:
    """A line that is a name and nothing else."""
    for language in languages().values():
        for hit in language.sections["signatures"].find(line):
            if hit.span() == (0, len(line)):
                return hit
    return None
