"""Deadlines: the last moment by which somebody must, should or may act.

Three places hold them: a phrase in a sentence with a duty (`must … before 28 April`), the entry of a schedule
(`28 April | Deadline for …`), and a date column whose heading says so (`Payment cut-off`).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeGuard

import msgspec

from ingest.calendar import Calendar
from ingest.extract.classes import classed
from ingest.extract.dates import shift_months
from ingest.extract.duties import (
    COMMA,
    Modal,
    act_end,
    act_start,
    bearers,
    clause_end,
    main_verbs,
    passive,
    right_behind,
    subject_of_list,
    without_stray_bracket,
)
from ingest.extract.layout import InOrder
from ingest.extract.leads import MARK, opened
from ingest.extract.listed import acts_below, goes_on, opens
from ingest.extract.named import Named
from ingest.extract.parties import Parties
from ingest.extract.tables import GROUPED, Entry, Sheet, due_column
from ingest.extract.times import timed
from ingest.lang.numerals import number
from ingest.lang.rules import Found, Survey, compose, hits, languages
from ingest.model import Clock, DateMention, Deadline, Duty, Modality, Relation, Span, TimeMention, Unexplained
from ingest.text import MARKS, fold, squeeze

BUSINESS = re.compile(r"business|working|trading|settlement|clearing|market|banking|dealing|营业|工作|交易|交收", re.IGNORECASE)


class Phrase(msgspec.Struct, frozen=True):
    """A deadline phrase: which relation, to which date or anchor."""

    span: Span
    relation: Relation
    rule: str
    hit: Found
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the earlier steps found, by place."""

    text: str
    masked: str
    dates: Mapping[Span, DateMention]
    days: InOrder[DateMention]
    times: InOrder[TimeMention]
    parties: Parties
    issued: date | None
    calendar: Calendar
    phrases: InOrder[Phrase]
    verbs: InOrder[Modal]
    bounds: Mapping[Span, list[Span]]
    named: Named
    above: Mapping[int, tuple[str, ...]]

    def date_at(self, span: Span) -> DateMention | None:
        return self.dates.get(span) if span[0] >= 0 else None

    def phrases_in(self, span: Span) -> list[Phrase]:
        return self.phrases.within(span)

    def verbs_in(self, span: Span) -> list[Modal]:
        return self.verbs.within(span)

    def time_in(self, span: Span) -> TimeMention | None:
        return next(iter(self.times.within(span)), None)


# In sentences --------------------------------------------------------------------------------------------------------


def in_prose(facts: Facts, paragraphs: Iterable[Span]) -> list[Deadline]:
    """Deadlines of the paragraphs, in order."""
    found: list[Deadline] = []
    lead: Lead | None = None
    paragraphs = list(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        item = _item(facts, paragraph) or _unmarked(facts, paragraphs, at)
        lead = lead if lead is not None and item is not None and item != lead.item else None
        if facts.phrases_in(paragraph):
            spans = facts.bounds[paragraph]
            for index, sentence in enumerate(spans):
                told = _in_sentence(facts, sentence, spans[index + 1 : index + 3], lead)
                if told and told[-1].action is None and opens(facts.masked, paragraph, sentence[1]):
                    told[-1] = msgspec.structs.replace(told[-1], action=_acts_of_list(facts, paragraphs, at))
                found += told
        lead = _lead(facts, paragraph, item) or lead
    return _with_classes(facts, paragraphs, found)


def _with_classes(facts: Facts, paragraphs: Sequence[Span], found: list[Deadline]) -> list[Deadline]:
    """The deadlines with those of lists that give each class its day; what an item says by itself is the same one."""
    told = []
    for one in classed(facts.parties, facts.text, facts.masked, paragraphs, facts.verbs_in):
        time = facts.time_in(one.span)
        due = _business(facts, on_date(facts.date_at(one.day), "by", (time.end_time or time.time) if time else None))
        item = _scheduled(facts, one.span, "by", "deadline.classed", due, one.action, tentative=False, modality=one.modality)
        told.append(msgspec.structs.replace(item, bearer=one.bearer))
    free = [item for item in found if not any(one.span[0] <= item.span[0] < one.span[1] for one in told)]
    return sorted([*free, *told], key=lambda item: item.span)


def _acts_of_list(facts: Facts, paragraphs: Sequence[Span], at: int) -> str | None:
    """What must be done by the day that stands over a list: `CPs must, by 3 May: (a) appoint an officer; (b) tell HKSCC`."""
    acts = [_cut(facts, *act) for _, act in acts_below(facts.masked, paragraphs, at, facts.verbs)]
    return "; ".join(act for act in acts if act) or None


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands over a list of duties (`CPs are required to:`): who bears them, and how strongly. `item` is its own mark."""

    bearer: tuple[str, ...]
    modality: Modality
    item: str | None
    frees: bool = False


def _item(facts: Facts, paragraph: Span) -> str | None:
    """Which kind of list item a paragraph is: by its mark, or `bare` where it goes on with a small letter, says what to do or by when."""
    mark = MARK.match(facts.masked, *paragraph)
    if mark is not None:
        return "letter" if mark.lastgroup == "roman" else mark.lastgroup
    said = facts.masked[slice(*paragraph)]
    begins = said[:1].islower() or _list("imperatives").match(said) or any(p.span[0] == paragraph[0] for p in facts.phrases_in(paragraph))
    return "bare" if begins else None


def _unmarked(facts: Facts, paragraphs: Sequence[Span], at: int) -> str | None:
    """進行分析，並於…前匯報；|保存紀錄。: an item in Chinese without a mark ends in a semicolon, the last one stands below such an item."""
    if not "一" <= facts.masked[paragraphs[at][0]] <= "鿿":
        return None
    return "bare" if any(goes_on(facts.masked, paragraph) for paragraph in paragraphs[max(0, at - 1) : at + 1]) else None


def _lead(facts: Facts, paragraph: Span, item: str | None) -> Lead | None:
    """The paragraph as the lead of a list; a list under `are reminded of the following:` must be done."""
    said = opened(facts.masked, paragraph)
    if not said.endswith(":") and not _list("leads_in").search(said):
        return None
    sentence = facts.bounds[paragraph][-1] if paragraph in facts.bounds else paragraph
    verbs = facts.verbs_in(sentence)
    if (verbs and verbs[-1].negated) or _list("needless").search(facts.masked, *sentence):  # 不得：, 毋須： (a) 於收到通知後十日內出售…
        return Lead((), "may", item, frees=True)
    if verbs:
        return Lead(bearers(facts.parties, facts.text, facts.masked, sentence, verbs[-1], verbs), verbs[-1].modality, item)
    if _list("tells_days").search(said):
        return Lead((), "must", item)
    if not _list("asks").search(facts.masked[slice(*sentence)]):
        return None
    return Lead(subject_of_list(facts.parties, facts.text, facts.masked, sentence), "must", item)


def find_phrases(masked: str, survey: Survey | None = None) -> list[Phrase]:
    """All deadline phrases of the text, in order; of two that overlap the longer stays."""
    found = []
    for section in ("deadlines", "duestatements", "refusals", "failings", "windows"):
        for language, hit in hits(section, masked, survey):
            low, high = _trimmed(masked, hit.span())
            found.append(Phrase((low, high), hit.rule.value, hit.rule.name, hit, language.code))  # type: ignore[arg-type]
    found.sort(key=lambda p: (p.span[0], -p.span[1]))
    kept: list[Phrase] = []
    for phrase in found:
        if kept and phrase.span[0] < kept[-1].span[1]:
            if phrase.span[1] > kept[-1].span[1]:
                kept[-1] = phrase
            continue
        kept.append(phrase)
    return kept


def _trimmed(masked: str, span: Span) -> Span:
    low, high = span
    while high > low and masked[high - 1] in " \n\t,，":
        high -= 1
    while low < high and (masked[low] in " \n\t,，、的" or _AND_ON.match(masked, low, high)):
        low += 1
    if masked.startswith(")", high) and masked.count("(", low, high) > masked.count(")", low, high):
        high += 1
    return low, high


_AND_ON = re.compile(r"[并並且][于在自]")


def _in_sentence(facts: Facts, sentence: Span, after: Sequence[Span], lead: Lead | None) -> list[Deadline]:
    phrases = [_without_parties(facts, phrase) for phrase in facts.phrases_in(sentence)]
    if not phrases or (lead is not None and lead.frees):
        return []
    verbs = facts.verbs_in(sentence)
    main = main_verbs(verbs, facts.masked)
    phrases = [phrase for phrase in phrases if not _window(phrase) or _acts_in(facts, sentence, phrase, phrases, verbs, main)]
    found: list[Deadline] = []
    for index, phrase in enumerate(phrases):
        statement = _statement(phrase)
        modal = None if lead and _goes_before(facts.masked, phrase, verbs) else _governing(facts.masked, verbs, main, phrase)
        acting = _list("fulfilled").search(facts.masked, sentence[0], phrase.span[0])
        if acting is None and _is_none(facts, sentence, phrase, modal):
            continue
        modal = _of_its_own(facts, sentence, phrase, modal, bare=not statement and lead is None)
        if statement and modal is not None and _AND_CLAUSE.search(facts.masked, phrase.span[1], modal.span[0]):
            modal = None  # `falls due on 1 October and should be paid by …`
        if acting is not None:
            modal = _at(acting.start(), "must", phrase)
        otherwise = _else(facts, (phrase.span[1], sentence[1]))
        if modal is None and not statement and lead is None and otherwise is None and not _imperative(facts.masked, sentence):
            continue
        if modal is None and not statement and lead is not None and _list("planned").search(facts.masked, sentence[0], phrase.span[0]):
            continue  # an item that tells what the house will do
        previous = phrases[index - 1].span if index else (sentence[0], sentence[0])
        item = _deadline(facts, sentence, after[0] if after else (0, 0), phrase, modal, verbs, previous)
        if modal is None and lead is not None and not statement:
            borne = lead.bearer or subject_of_list(facts.parties, facts.text, facts.masked, (sentence[0], phrase.span[0]))
            item = msgspec.structs.replace(item, bearer=borne, modality=lead.modality)
        brings = squeeze(facts.text[slice(*sentence)]) if _fails(phrase) else None  # if payment is not made by D, the licence lapses
        item = msgspec.structs.replace(item, consequence=otherwise or brings or _consequence(facts, after))
        if phrase.hit["more"]:
            found += _further(facts, phrase, item)
        else:
            found += _each_for_its_own(facts, sentence, phrase, item) or _respectively(facts, sentence, phrase, item)
    found = _on_one_day(facts, found)
    return [_restated(item, after) for item, after in zip(found, [*found[1:], None], strict=False)]


def _on_one_day(facts: Facts, found: Sequence[Deadline]) -> list[Deadline]:
    """`by 10:00 a.m. on D and confirm by 11:00 a.m.`, 於D上午10時前存入，並於上午11時前確認: a later hour is one of the same day."""
    told: list[Deadline] = []
    for item in found:
        before = told[-1] if told else None
        same = before is not None and _is_later_hour(facts, before, item)
        days = {"stated": before.stated, "due": before.due, "due_business": before.due_business, "why": None} if before and same else {}
        told.append(msgspec.structs.replace(item, **days))
    return told


def _is_later_hour(facts: Facts, before: Deadline, item: Deadline) -> bool:
    """Is an hour all that the clause says of its time? `by 5:00 p.m. on Friday`, 於兩日後下午5時前 tell a day that nobody has read."""
    if not item.rule.endswith(_DAILY) or item.stated is not None or None in (before.stated, before.due, before.time, item.time):
        return False
    if str(before.time) >= str(item.time) or _REPEATS.search(facts.text, before.span[0], item.span[1]):
        return False
    if item.rule.startswith("zh"):
        return _ONLY_HOUR.search(facts.masked, before.span[1], item.span[0]) is not None
    return _ENDS.match(facts.masked, item.span[1]) is not None


_ONLY_HOUR = re.compile(r"[,，]\s*(?:并|及|亦|再)?(?:必?须|应)?(?:[于於在]\s*)?$")
_ENDS = re.compile(r"\s*(?:[.;)]|\Z)")
_REPEATS = re.compile(
    r"\b(?:each|every|daily|thereafter|afterwards|normally|usually|if|unless|where|when)\b|每|其[後后]|一般|平日|[如若倘]", re.IGNORECASE
)


def _restated(told: Deadline, after: Deadline | None) -> Deadline:
    """須於開課前三個營業日，即5月3日或之前，遞交…: what is to be done stands behind the second of the two."""
    again = after is not None and told.action is not None and told.action.startswith("即") and after.stated is not None
    return msgspec.structs.replace(told, action=after.action) if after is not None and again else told


def _further(facts: Facts, phrase: Phrase, first: Deadline) -> list[Deadline]:
    """One for each day of a statement that gives several: 截止日期分別為4月23日及4月30日."""
    further = [first]
    for mention in facts.days.within(phrase.hit.span("more")):
        due = _business(facts, on_date(mention, phrase.relation, mention.time))
        due_of = {"stated": due.stated, "due": due.day, "due_business": due.business, "time": due.time, "why": due.why}
        further.append(msgspec.structs.replace(first, quote=mention.quote, span=mention.span, **due_of))
    return further


def _each_for_its_own(facts: Facts, sentence: Span, phrase: Phrase, told: Deadline) -> list[Deadline]:
    """`by D (for banks) and E (for all other FIs)`: one for each day, with whom its brackets name; a day to count from is none."""
    if phrase.relation not in ("by", "before", "until", "on"):
        return []
    stated = _group(phrase.hit, "date")[1]
    found, at = list[Deadline](), _first_for_its_own(facts, sentence, stated)
    if at != stated:
        told = msgspec.structs.replace(told, action=_cut(facts, phrase.span[1], act_end(facts.masked, phrase.span[1], sentence[1])))
    while mention := facts.date_at(at):
        whose = _FOR_WHOM.match(facts.masked, mention.span[1], sentence[1])
        if whose is None:
            break
        named = tuple(dict.fromkeys(party.name for party in facts.parties.find(facts.text, facts.masked, whose.span("who"))))
        due = _business(facts, on_date(mention, phrase.relation, mention.time))
        when = {"stated": due.stated, "due": due.day, "due_business": due.business, "time": due.time or told.time, "why": due.why}
        place = {} if mention.span == stated else {"quote": mention.quote, "span": mention.span}
        action = told.action if named or not told.action else f"{told.action} ({squeeze(facts.text[slice(*whose.span('who'))])})"
        found.append(msgspec.structs.replace(told, bearer=named or told.bearer, action=action, **place, **when))
        after = _NEXT_DAY.match(facts.masked, whose.end(), sentence[1])
        at = after.span("date") if after else (-1, -1)
    return found if len(found) > 1 else []


def _first_for_its_own(facts: Facts, sentence: Span, last: Span) -> Span:
    """6月30日（銀行）及9月30日（其他機構）或之前: Chinese says what binds them behind the last of the days."""
    for day in reversed(facts.days.within((sentence[0], last[0]))):
        whose = _FOR_WHOM.match(facts.masked, day.span[1], last[0])
        after = _NEXT_DAY.match(facts.masked, whose.end(), last[1]) if whose else None
        if after is None or after.start("date") != last[0]:
            break
        last = day.span
    return last


_FOR_WHOM = re.compile(r"\s*\((?:for\s+|in\s+the\s+case\s+of\s+)?(?P<who>[^()\n\ufdd0-\ufdd3]{2,60})\)")
_NEXT_DAY = re.compile(r"\s*(?:,|;|、|及|和|与|and|or|but|\s)+(?:by\s+|on\s+or\s+before\s+)?(?P<date>\ufdd0\ufdd1*)")


def _respectively(facts: Facts, sentence: Span, phrase: Phrase, told: Deadline) -> list[Deadline]:
    """`Class A and Class B must reply by D and E respectively`, 分別於D及E或之前: one for each day, in their order."""
    days = _listed_days(facts, sentence, _group(phrase.hit, "date")[1])
    if len(days) < 2 or not (
        _RESPECTIVELY.match(facts.masked, max(phrase.span[1], days[-1].span[1]), sentence[1])
        or _SEPARATELY.search(facts.masked, sentence[0], days[0].span[0])
    ):
        return [told]
    before = facts.masked[sentence[0] : days[0].span[0]]
    classes = [facts.text[sentence[0] + name.start() : sentence[0] + name.end()] for name in _list("class_names").finditer(before)]
    named = classes if len(classes) == len(days) else told.bearer
    parts = []
    for at, mention in enumerate(days):
        due = _business(facts, on_date(mention, phrase.relation, mention.time))
        due_of = {"stated": due.stated, "due": due.day, "due_business": due.business, "time": due.time, "why": due.why}
        inside = phrase.span[0] <= mention.span[0] < phrase.span[1]
        quoted = {} if inside else {"quote": mention.quote, "span": mention.span}
        parts.append(msgspec.structs.replace(told, bearer=(named[at],) if len(named) == len(days) else told.bearer, **quoted, **due_of))
    return parts


def _listed_days(facts: Facts, sentence: Span, date: Span) -> list[DateMention]:
    """The days that are listed with the one of a phrase, in order."""
    days = facts.days.within(sentence)
    at = next((index for index, day in enumerate(days) if day.span == date), None)
    if at is None:
        return []
    low = high = at
    while low and _AND_DAY.fullmatch(facts.masked, days[low - 1].span[1], days[low].span[0]):
        low -= 1
    while high + 1 < len(days) and _AND_DAY.fullmatch(facts.masked, days[high].span[1], days[high + 1].span[0]):
        high += 1
    return list(days[low : high + 1])


_AND_DAY = re.compile(r"(?:\s|[,、&()]|\b(?:and|by|on|at)\b|[\ufdd2\ufdd3]|[及和与于])*")
_RESPECTIVELY = re.compile(r"[\s,\ufdd2\ufdd3)]*(?:at\s+)?[\ufdd2\ufdd3]*\s*,?\s*respectively\b")
_SEPARATELY = re.compile(r"分\s?别\s?(?:[于在不最须][^,。;]{0,4})?$")


def _is_none(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None) -> bool:
    """Is it a condition, a report, a date that only describes, or what must not be done before (`must not … before D` opens a date)?"""
    if phrase.relation == "until" and not _statement(phrase) and _NOT_UNTIL.search(facts.masked, sentence[0], phrase.span[0]):
        return True  # `orders placed after noon will not be routed until D`
    if modal is None and phrase.relation == "until" and _list("window_open").search(facts.masked, sentence[0], phrase.span[0]):
        return False  # `corrections will be received until D`
    if _conditional(facts.masked, sentence, phrase, modal) or _freed(facts, sentence, phrase):
        return True
    if _statement(phrase):
        return not _states(facts, sentence, phrase)
    return modal is not None and (_told(facts.masked, sentence, modal, phrase) or (modal.negated and not _holds(phrase, modal)))


_NOT_UNTIL = re.compile(r"\b(?:not|no\s+longer|cannot)\s+(?:[a-z]+\s+){1,6}$")


def _freed(facts: Facts, sentence: Span, phrase: Phrase) -> bool:
    """毋須於5月3日前更新, 於5月3日或之前，參與者不一定須登記: the day is that of what nobody has to do."""
    masked = facts.masked
    start = max((clause.end() for clause in _CLAUSE.finditer(masked, sentence[0], phrase.span[0])), default=sentence[0])
    asked = [verb.span[1] for verb in facts.verbs_in((start, phrase.span[0]))]
    if _list("needless").search(masked, max([start, *asked]), phrase.span[1]):
        return True
    if asked or phrase.code != "zh":
        return False
    behind = _COMMA.match(masked, phrase.span[1])
    begin = behind.end() if behind else phrase.span[1]
    stop = _CLAUSE.search(masked, begin, sentence[1])
    end = min([stop.start() if stop else sentence[1], *(verb.span[0] for verb in facts.verbs_in((begin, sentence[1])))])
    return _list("needless").search(masked, begin, end) is not None


def _of_its_own(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, *, bare: bool) -> Modal | None:
    """The modal verb, or what the phrase says without one; `bare` is one that neither states a day nor stands under a lead."""
    if modal is None and bare and (at := _asked(facts, sentence, phrase)) is not None:
        modal = _at(at, "must", phrase)
    if _fails(phrase):
        return _at(phrase.span[0], "must", phrase)
    if _silent(phrase) or (modal is None and _window(phrase)):
        return _at(phrase.span[0], "may", phrase)
    if modal is None and bare and phrase.relation == "until" and _list("window_open").search(facts.masked, *sentence):
        return _at(phrase.span[0], "may", phrase)  # applications are now being accepted until D
    if modal is None and bare and _binding(facts.masked, sentence, phrase):
        return _at(phrase.span[0], "must", phrase)
    return modal


def _at(place: int, modality: Modality, phrase: Phrase) -> Modal:
    """A verb that nobody has printed, where it would stand."""
    return Modal((place, place), modality, phrase.rule)


def _stated(facts: Facts, phrase: Phrase) -> DateMention | None:
    return facts.date_at(_group(phrase.hit, "date")[1])


def _statement(phrase: Phrase) -> bool:
    """Does it say by itself that a day is the last one (`The deadline is …`, `Forms received after … will not be accepted`)?"""
    return any(f".{section}." in phrase.rule for section in ("duestatements", "refusals", "failings"))


def _fails(phrase: Phrase) -> bool:
    """Does it say what failing to act by the day brings (`if payment is not made by D`)?"""
    return ".failings." in phrase.rule or phrase.rule.endswith(".failing")


def _window(phrase: Phrase) -> bool:
    return ".windows." in phrase.rule


def _silent(phrase: Phrase) -> bool:
    """`If no objection is received by D`: whoever objects may do so until then."""
    return phrase.rule.endswith(".lacking")


def _acts_in(
    facts: Facts, sentence: Span, phrase: Phrase, phrases: Sequence[Phrase], verbs: Sequence[Modal], main: Sequence[Modal]
) -> bool:
    """`submit it from D to E`, `applications are accepted between D and E`: a stretch of days to act in, not one that something lasts.

    Where the sentence says of the same day that it is the last one (`and no later than E`), that is the deadline.
    """
    whole = _stated(facts, phrase)
    if whole is None or whole.end is None or (_group(phrase.hit, "first")[0] is None and whole.start == whole.end):
        return False
    if any(day.end == whole.end for other in phrases if other is not phrase and (day := _stated(facts, other)) is not None):
        return False
    modal = _governing(facts.masked, verbs, main, phrase)
    if modal is None:
        return bool(_list("window_open").search(facts.masked, *sentence)) or _asked(facts, sentence, phrase) is not None
    low = modal.span[1] if modal.span[1] <= phrase.span[0] else sentence[0]
    behind = modal.span[0] >= phrase.span[1] and not facts.masked[sentence[0] : phrase.span[0]].strip()
    if phrase.code == "en" and behind:  # `From 1 to 14 June members may nominate`
        low = modal.span[1]
    end = clause_end(facts.masked, low, sentence[1]) if behind else phrase.span[0]
    act = (low, end) if phrase.code == "en" else (phrase.span[1], clause_end(facts.masked, phrase.span[1], sentence[1]))
    return bool(_list("window_acts").search(facts.masked, *act))


def _holds(phrase: Phrase, modal: Modal) -> bool:
    """`must not be sent later than D` is a deadline with its own negation."""
    return phrase.span[0] <= modal.span[0] < phrase.span[1] and not modal.rule.startswith("zh")  # 不得遲於 is no prohibition there


@cache
def _list(name: str) -> re.Pattern[str]:
    phrases = [compose(phrase, {}, name) for language in languages().values() for phrase in language.lists.get(name, ())]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))


def _conditional(masked: str, sentence: Span, phrase: Phrase, modal: Modal | None) -> bool:
    """`if the signal is cancelled at or before noon` is no deadline; `must inform us if …, within one hour` is one."""
    if phrase.relation == "within" and modal is not None and modal.span[1] <= phrase.span[0]:
        return False
    if _IF.match(masked, phrase.span[1], sentence[1]):  # 2月9日前如需使用通道，請致電…
        return True
    if modal is not None and modal.span[0] >= phrase.span[1] and _list("described").match(masked, phrase.span[1], modal.span[0]):
        return True  # 就D前申請的保單，保險人可…
    clause = masked[max(sentence[0], modal.span[1] if modal and modal.span[1] <= phrase.span[0] else 0) : phrase.span[0]]
    clause = _CLOSED.sub("", clause)
    cut = max(clause.rfind(","), clause.rfind("，"), clause.rfind("、"))
    clause = clause[cut + 1 :]
    if modal is not None and _of_subject(masked, clause, phrase, modal):
        return True
    rest, done = _DONE.subn("", _HAVE_BEEN.sub("be", clause))
    return bool(_list("no_deadline").search(_AND_DONE.sub("", rest) if done else rest))


_IF = re.compile(r"[如若](?:需|要|欲|有)")
_CLOSED = re.compile(r"\([^()]*\)")  # `First closing date: D (unless extended)` and a line below it: the condition is the first one's
_COMMA = re.compile(r"[,;，；、]")


def _of_subject(masked: str, clause: str, phrase: Phrase, modal: Modal) -> bool:
    """Does the phrase tell only who must act (`firms that have not replied by D must …`)?"""
    ahead = modal.span[0] >= phrase.span[1] and _COMMA.search(masked, phrase.span[1], modal.span[0]) is None
    return ahead and _list("subject_clause").search(clause) is not None


_DONE = re.compile(
    r"^\s*be\s+(?:[a-z]+ly\s+)?[a-z]+\b(?:(?:\s*,)?\s*(?:\b(?:and|or)\s+)?(?:[a-z]+ly\s+)?[a-z]+(?:ed|en|nt|ade|ld)\b)*"
)  # `must be received by noon` tells somebody to act
_HAVE_BEEN = re.compile(r"^\s*have\s+been\b")
_AND_DONE = re.compile(
    r"\b(?:and|or)\s+(?:[a-z]+ly\s+)?(?:received|submitted|made|issued|published|recorded)\b"
)  # and so does `must be endorsed by the Board and submitted by noon`


def _governing(masked: str, verbs: Sequence[Modal], main: Sequence[Modal], phrase: Phrase) -> Modal | None:
    """The modal verb that the phrase belongs to: the last one before it, else the first one after it in the sentence."""
    before = [verb for verb in main if verb.span[0] < phrase.span[0]]
    inside = [verb for verb in verbs if phrase.span[0] <= verb.span[0] < phrase.span[1]]
    between = _BRACKETED.sub("", masked[before[-1].span[1] : phrase.span[0]]) if before else ""
    if inside and before and before[-1].modality == "may" and _CLAUSE.search(between):  # 可要求延長，惟時限不得遲於D
        return inside[0]
    own = next((verb for verb in verbs if verb.span[0] >= phrase.span[1]), None)
    if before and own is not None and _AT_ONCE.fullmatch(masked, phrase.span[1], own.span[0]) and _CLAUSE.search(between):
        return own  # 應於…提交申請，獲批後一個月內須完成測試
    if before and not re.search(r"[;。；]", between):
        return before[-1]
    after = [verb for verb in verbs if verb.span[0] >= phrase.span[1] and not _tells_failing(masked, phrase.span[1], verb.span[0])]
    first = (inside or after)[:1]
    if (
        first
        and len(masked[phrase.span[1] : first[0].span[0]]) <= 90
        and not re.search(r"[;；]", masked[phrase.span[1] : first[0].span[0]])
    ):
        return first[0]
    return before[-1] if before and _goes_on(masked[before[-1].span[1] : phrase.span[0]]) else None


_AT_ONCE = re.compile(r"\s*[均亦则即仍都]?")


def _tells_failing(masked: str, low: int, high: int) -> bool:
    """Does the clause before the verb tell what failing brings (`by D, failing which access may end, …`)?"""
    found = list(_else_clause().finditer(masked, low, high))
    return bool(found) and _CLAUSE.search(masked, found[-1].end(), high) is None


_AND_CLAUSE = re.compile(r"\b(?:and|but)\b|[并並且]")
_BRACKETED = re.compile(r"\([^()]*\)")


def _goes_before(masked: str, phrase: Phrase, verbs: Sequence[Modal]) -> bool:
    """2月12日前完成開啟，如遇異常應…: under a lead the phrase has its own act, and the verb of duty belongs to a later clause."""
    if any(verb.span[0] < phrase.span[1] for verb in verbs) or not _list("imperatives").match(masked, phrase.span[1]):
        return False
    return any(_CLAUSE.search(masked, phrase.span[1], verb.span[0]) for verb in verbs[:1])


def _states(facts: Facts, sentence: Span, phrase: Phrase) -> bool:
    """A statement of a day that can be read; `offers whose period closes on D` tells which offers, and states none."""
    said, place = _group(phrase.hit, "date")
    if said and facts.date_at(place) is None:
        return False
    return _fails(phrase) or not _list("describes").search(facts.masked, sentence[0], phrase.span[0])


def _told(masked: str, sentence: Span, modal: Modal, phrase: Phrase) -> bool:
    """早前要求…於…前回覆 tells what has been asked, `CPs may ask by D, and the Exchange will reply within 3 days` what the house plans."""
    if _list("reported").search(masked, sentence[0], modal.span[0]):
        return True
    if phrase.span[1] <= modal.span[0]:  # 本所會於D前公布，參與者應…
        before = _CLAUSE.split(masked[sentence[0] : phrase.span[0]])[-1]
        return bool(_list("planned").search(before)) and _CLAUSE.search(masked, phrase.span[1], modal.span[0]) is not None
    clause = _CLAUSE.split(masked[modal.span[1] : phrase.span[0]])
    return len(clause) > 1 and bool(_list("planned").search(clause[-1]))


def _goes_on(between: str) -> bool:
    """`CPs must: (a) submit …; (b) return …`: the clause behind the semicolon is a further thing to do."""
    clause = re.split(r"[;；]", between)[-1]
    clause = re.sub(r"^\s*(?:and|or)\b", "", clause)
    return bool(MARK.match(clause) or _list("imperatives").match(clause.strip()))


def _imperative(masked: str, sentence: Span) -> bool:
    """`Return the form by 3 May`: a list item or bullet that begins with what to do."""
    return bool(_list("imperatives").match(masked, _act(masked, sentence), sentence[1]))


def _act(masked: str, sentence: Span) -> int:
    """Where a sentence without a word of duty says what to do: `(1) To enrol, complete the form by 3 May`."""
    if slip := _SLIP.match(masked, *sentence):
        return slip.end()
    opening = _NUMBERED.match(masked, *sentence)
    purpose = _PURPOSE.match(masked, opening.end(), sentence[1]) if opening else None
    return purpose.end() if purpose else opening.end() if opening else sentence[0]


_SLIP = re.compile(r"[^().,;:\n]{0,60}[(（]\s*(?=[Tt]o\s+be\s)")  # Reply slip (To be returned by 3 May)
_NUMBERED = re.compile(r"[•\s0-9.()（）-]*")
_PURPOSE = re.compile(r"(?:To|In\s+order\s+to|If|For|Where|When)\s+[^,.;:]{2,80},\s+")


def _else(facts: Facts, rest: Span) -> str | None:
    """The clause of the same sentence that says what failing brings: `…, failing which …`, `……，否則……`."""
    match = _else_clause().search(facts.masked, *rest)
    return _cut(facts, match.start(1), rest[1]) if match else None


@cache
def _else_clause() -> re.Pattern[str]:
    return re.compile(rf"[,;，；]\s*({_list('else_clause').pattern})")


def _binding(masked: str, sentence: Span, phrase: Phrase) -> bool:
    """申請表最遲於…送達: the words say by themselves that somebody must act, unless it is a plan of the house."""
    clause = re.split(rf"[，;；。]|{COMMA}", masked[sentence[0] : phrase.span[0]])[-1]
    return bool(_list("binding").search(masked[slice(*phrase.span)])) and not _list("not_binding").search(clause)


def _asked(facts: Facts, sentence: Span, phrase: Phrase) -> int | None:
    """Where it says what to do, without a word of duty: 各會員單位次月10日前報送…, `Participants to return the form by D`.

    Those who act stand right before; 於D前報送… may name nobody. A day before the circular's own tells what has been.
    """
    stated = _stated(facts, phrase)
    if stated is not None and stated.end is not None and facts.issued is not None and stated.end < facts.issued:
        return None
    start = max((clause.end() for clause in _CLAUSE.finditer(facts.masked, sentence[0], phrase.span[0])), default=sentence[0])
    at, named = _behind_parties(facts, (start, phrase.span[0]))
    if named and (act := _list("asked_to").match(facts.masked, at, phrase.span[0])):
        return act.start()
    if facts.masked[at : phrase.span[0]].strip():
        return None
    begin = phrase.span[1] + facts.masked.startswith((",", "，"), phrase.span[1])
    at, behind = _behind_parties(facts, (begin, sentence[1]))
    if not _list("asked_by" if named or behind else "asked").match(facts.masked, at, sentence[1]):
        return None
    return at if named or behind else phrase.span[0]  # the clause before may name who acts: 未通過測試的公司，最晚在D提交…


_CLAUSE = re.compile(rf"(?:[;:，；：]|{COMMA})\s*")


def _without_parties(facts: Facts, phrase: Phrase) -> Phrase:
    """會員單位收到通知後5日內: who acts is no part of when."""
    if phrase.hit["anchor"] is None or phrase.hit.span("anchor")[0] != phrase.span[0]:
        return phrase
    if by := _AGENT.match(facts.masked, *phrase.span):  # 餘款則由保薦人|於獲批後十四日內付清
        doers, at = passive(facts.parties, facts.text, facts.masked, (by.end() - 1, phrase.span[1]))
        return msgspec.structs.replace(phrase, span=(at, phrase.span[1])) if doers and facts.masked[at] in "于在自" else phrase
    at, named = _behind_parties(facts, phrase.span)
    if not named or not (facts.masked[at] in "于在" or _list("anchors").match(facts.masked, at, phrase.span[1])):
        return phrase
    return msgspec.structs.replace(phrase, span=(at, phrase.span[1]))


_AGENT = re.compile(r"[^,，。;；于在\ufdd0-\ufddf]{0,16}?(?<![理自])由")


def _doer(facts: Facts, sentence: Span, phrase: Phrase) -> tuple[str, ...]:
    """Whom the words right before the phrase name behind 由: 餘款則由保薦人|於獲批後十四日內付清."""
    start = max((clause.end() for clause in _CLAUSE.finditer(facts.masked, sentence[0], phrase.span[0])), default=sentence[0])
    by = _AGENT.match(facts.masked, start, phrase.span[0])
    if by is None:
        return ()
    named, at = passive(facts.parties, facts.text, facts.masked, (by.end() - 1, phrase.span[0]))
    return named if not facts.masked[at : phrase.span[0]].strip() else ()


def _behind_parties(facts: Facts, span: Span) -> tuple[int, bool]:
    """Where the words behind the parties begin with which a part of the text begins, and whether there are any."""
    named = right_behind(facts.parties, facts.text, facts.masked, span)
    return (named[-1].span[1], True) if named else (span[0], False)


def _consequence(facts: Facts, after: Sequence[Span]) -> str | None:
    """The next sentence if it says what failing brings."""
    for span in after[:1]:
        if _list("consequence").search(facts.masked[slice(*span)]) and not facts.phrases_in(span):
            return squeeze(facts.text[slice(*span)])
    return None


def _deadline(
    facts: Facts, sentence: Span, after: Span, phrase: Phrase, modal: Modal | None, verbs: Sequence[Modal], previous: Span
) -> Deadline:
    due = _rolled(facts, _due(facts, phrase, sentence[0]), phrase.span, (phrase.span[1], sentence[1]), after)
    borne = bearers(facts.parties, facts.text, facts.masked, sentence, modal, verbs) if modal else ()
    borne = borne or (facts.above.get(modal.span[0], ()) if modal else ())
    borne = _doer(facts, sentence, phrase) or borne
    end = phrase.span[1]
    if modal and not borne and modal.span[1] <= phrase.span[0]:  # 須由參與者在…前送交
        borne, behind = passive(facts.parties, facts.text, facts.masked, (modal.span[1], phrase.span[0]))
        borne = borne if not facts.masked[behind : phrase.span[0]].strip() else ()
    if modal and not borne and _fails(phrase) and _group(phrase.hit, "action")[0]:  # 仍未回覆的結算參與者，將被視為…
        said, place = _group(phrase.hit, "date")
        before = facts.parties.find(facts.text, facts.masked, (phrase.span[0], place[0] if said else phrase.span[0]))
        named = before or facts.parties.find(facts.text, facts.masked, (_group(phrase.hit, "action")[1][1], phrase.span[1]))
        borne = tuple(dict.fromkeys(party.name for party in named))
    if modal and not borne:
        borne, end = passive(facts.parties, facts.text, facts.masked, (end, clause_end(facts.masked, end, sentence[1])))
    if modal is None and _statement(phrase):
        borne = _of_statement(facts, phrase)
    action = _action(facts, sentence, phrase, modal, previous, end) or _opened(facts, sentence, phrase)
    return Deadline(
        quote=facts.text[slice(*phrase.span)],
        span=phrase.span,
        rule=phrase.rule,
        stated=due.stated,
        relation=phrase.relation,
        due=due.day,
        due_business=due.business,
        time=due.time,
        why=due.why,
        bearer=borne,
        action=_BY_WHOM.sub("", action) if action and borne and _names_agent(facts, phrase, modal) else action,
        tentative=bool(_list("tentative").search(facts.masked[slice(*sentence)])),
        modality=modal.modality if modal else "must",
    )


def _of_statement(facts: Facts, phrase: Phrase) -> tuple[str, ...]:
    """`Submission by all CPs is required by D`, `is compulsory for each CP by D`: a statement that names who acts."""
    found = facts.parties.find(facts.text, facts.masked, phrase.span)
    return tuple(dict.fromkeys(party.name for party in found if _WHO.search(facts.masked, phrase.span[0], party.span[0])))


_WHO = re.compile(
    r"(?:\bby|\b(?:required|requested|compulsory|mandatory)\s+(?:of|for|from))\s+(?:(?:all|each|every|any|the|relevant)\s+)*$"
)


def _names_agent(facts: Facts, phrase: Phrase, modal: Modal | None) -> bool:
    """Does the clause say by whom: a passive verb, or a statement?"""
    return bool(_PASSIVE.match(facts.masked, modal.span[1])) if modal else _statement(phrase)


# When ----------------------------------------------------------------------------------------------------------------


class Due(msgspec.Struct, frozen=True):
    """The stated date, the last day in time, the last business day, the clock time, and why one of them is missing."""

    stated: date | None = None
    day: date | None = None
    business: date | None = None
    time: Clock | None = None
    why: str | None = None


def _group(hit: Found, name: str) -> tuple[str | None, Span]:
    for suffix in ("", "2", "3", "4"):
        if hit[name + suffix]:
            return hit[name + suffix], hit.span(name + suffix)
    return None, (-1, -1)


def clock_place(phrase: Phrase) -> Span:
    """Where its clock time stands: the part of that name (`from 4:00 p.m. to 11:00 a.m.` tells two), else anywhere in the phrase."""
    said, place = _group(phrase.hit, "time")
    return place if said or phrase.hit["more"] else phrase.span


def _due(facts: Facts, phrase: Phrase, start: int) -> Due:
    """When the phrase is due; `start` is where its sentence or entry begins."""
    mention = facts.date_at(_group(phrase.hit, "date")[1])
    if _window(phrase):
        return _business(facts, _closing(facts, phrase, mention))
    time = facts.time_in(clock_place(phrase))
    clock = (time.end_time or time.time) if time else _bracketed_time(facts, phrase)
    if time and mention and not (_group(phrase.hit, "time")[0] or phrase.hit["counted"]) and _has_timed_day_before(facts, phrase, mention):
        clock = mention.end_time or mention.time  # `opens at 9:00 a.m. on 18 May and closes on 27 May`
    if phrase.hit["counted"]:
        return _business(facts, _day_after(facts, phrase, mention, clock))
    if phrase.hit.said.keys() & {"nth", "side", "nth2", "nthof", "nthof2"} and phrase.relation in ("by", "before"):
        return _business(facts, _on_counted(facts, phrase, mention, clock))
    if phrase.relation == "within":
        return _business(facts, _within(facts, phrase, mention, start))
    if phrase.relation == "at-least-before":
        return _business(facts, msgspec.structs.replace(_at_least(facts, phrase, mention, start), time=_time_at(facts, phrase)))
    closes = phrase.relation == "before" and bool(_list("close_of_day").search(facts.masked[slice(*phrase.span)]))
    if phrase.hit.said.keys() & {"endyear", "endyear2", "endthis", "endthis2"}:
        return _business(facts, _end_of_year(facts, phrase.hit))
    if mention is not None and mention.start != mention.end and _CLOSES.search(facts.masked[slice(*phrase.span)]):
        return _business(facts, Due(mention.end, mention.end, None, clock))
    if mention is not None and _statement(phrase) and mention.start and mention.end and _FROM_TO.search(mention.quote):
        return _business(facts, Due(mention.end, mention.end, None, clock))
    if phrase.relation == "by" and _is_interval(mention) and _NO_LATER.match(facts.masked, *phrase.span):
        return _business(facts, Due(mention.end, mention.end, None, clock))
    if _group(phrase.hit, "endof")[0] and mention is not None:  # `by the end of the first quarter of 2024`
        return _business(facts, Due(mention.end, mention.end, None, clock))
    due = _elsewhere(facts, phrase, mention, start, clock)
    return _business(facts, due or on_date(mention, "by" if closes else phrase.relation, clock))


def _has_timed_day_before(facts: Facts, phrase: Phrase, mention: DateMention) -> bool:
    """Does the phrase name another day before its own, which has a clock time?"""
    return any(day.time is not None for day in facts.days.within((phrase.span[0], mention.span[0])))


def _is_interval(mention: DateMention | None) -> TypeGuard[DateMention]:
    return mention is not None and None not in (mention.start, mention.end) and mention.start != mention.end and mention.approx is None


_NO_LATER = re.compile(
    r"(?:[Bb]y\s+|[Ii]n\s+)?[Nn]ot?\s+(?:(?:case|event)\s+)?later\s+than\b|[Ll]atest\b"
)  # `no later than the second quarter of 2028`


def _elsewhere(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int, clock: Clock | None) -> Due | None:
    """By a day that another place of the text gives; None where the phrase has a day of its own."""
    if phrase.hit["thatday"] or (mention is None and _SAME_DAY.search(facts.text, *phrase.span)):
        return _on_that_day(facts, phrase, clock)
    if phrase.hit["tplus"]:
        return _trade_day(facts, phrase, start, clock)
    if mention is None and clock is not None and phrase.rule.endswith(_DAILY) and not _group(phrase.hit, "every")[0]:
        return _on_day_of_line(facts, phrase, clock)
    return _on_named(facts, phrase, clock) if mention is None and _group(phrase.hit, "anchor")[0] else None


_DAILY = (".daily", ".dailyuntil", ".dailybefore")


def _on_day_of_line(facts: Facts, phrase: Phrase, clock: Clock) -> Due | None:
    """`27 November 2024: … must be entered by 11:30 a.m.`: the day with which the paragraph begins, or that stands alone above it."""
    at = phrase.span[0]
    lines = [
        line
        for paragraph in facts.bounds
        if at - REACH_OF_DAY <= paragraph[1] and paragraph[0] <= at
        for line in _lines(facts, paragraph, at)
    ]
    for line in reversed(lines[-DAYS_ABOVE:]):
        days = facts.days.within((line[0], min(line[1], at)))
        opening = _OPENS_WITH_DAY.match(facts.masked, *line) or _DAY_ALONE.fullmatch(facts.masked, *line)
        if opening and days and days[0].span == opening.span("day") and len({day.start for day in days}) == 1:
            return on_date(days[0], phrase.relation, clock)
        if days or (line[1] > at and not MARK.match(facts.masked, *line)):
            return None
    return None


def _lines(facts: Facts, paragraph: Span, at: int) -> list[Span]:
    """The lines of a paragraph that begin with a day, each with those that follow it; the whole paragraph where none does."""
    starts = [paragraph[0], *(line.end() for line in _LINE_OF_DAY.finditer(facts.masked, paragraph[0], min(paragraph[1], at)))]
    return list(zip(starts, [*starts[1:], paragraph[1]], strict=True))


DAYS_ABOVE = 6
_LINE_OF_DAY = re.compile(r"\n(?=\s*(?:On\s+)?\ufdd0\ufdd1*\s*[:：])")
_DAY = r"(?:On\s+)?(?P<day>\ufdd0\ufdd1*)"
_OPENS_WITH_DAY = re.compile(rf"(?:{MARK.pattern})?\s*{_DAY}\s*(?:[:：]|[–—-]\s)")
_DAY_ALONE = re.compile(rf"(?:{MARK.pattern})?\s*{_DAY}[\s:：–—-]*")


def _bracketed_time(facts: Facts, phrase: Phrase) -> Clock | None:
    """The clock time of `by 15 December 2026 (12:00 noon Hong Kong time)`; hours from and to are those of an office."""
    behind = _TIME_IN_BRACKETS.match(facts.masked, phrase.span[1], phrase.span[1] + 60)
    time = facts.time_in(behind.span("time")) if behind else None
    return time.time if time and time.end_time is None else None


_TIME_IN_BRACKETS = re.compile(
    r"[\ufdd1\s]*(?:\([^()\ufdd2]{1,16}\)\s*)?\((?:\s|\b(?:at|by|before|(?:no|not)\s+later\s+than|Hong\s+Kong\s+time|HKT)\b|即|[一-鿿]{2,8}时间)*(?P<time>\ufdd2\ufdd3*)"
)
_FROM_TO = re.compile(r"日.*[至到–—~-]")  # 申報期限：11月2日至6日
_CLOSES = re.compile(r"[\ufdd1\s](?:结束|完结|终结)时?\s*或?\s*[之以]?前$")


def _end_of_year(facts: Facts, hit: Found) -> Due:
    """2026年底前, 今年第二季末前: the last day of the year, quarter or half."""
    said, this = _group(hit, "endyear")[0], _group(hit, "endthis")[0]
    shift = languages()["zh"].word("year", this) if this else None
    year = number(said) if said else facts.issued.year + shift if facts.issued and isinstance(shift, int) else None
    if year is None:
        return Due(why="no date is stated")
    quarter, half = _group(hit, "endquarter")[0], _group(hit, "endhalf")[0]
    month = 3 * (number(quarter) or 4) if quarter else 6 if half == "上" else 12
    day = shift_months(date(year, 1, 31), month - 1)
    return Due(day, day)


def on_date(mention: DateMention | None, relation: Relation, clock: Clock | None) -> Due:
    """`before D` without a clock time is due the day before; every other relation on D."""
    if mention is None:
        return Due(time=clock, why="no date is stated")
    first, last = mention.start or mention.end, mention.end or mention.start
    if last is not None and _END_OF.search(mention.quote):  # `by the end of May`, `before the end of May`: on 31 May at the latest
        return Due(last, last, None, clock)
    if relation == "before" and first is not None and first != last and mention.approx is None:  # `before June`: by the last day of May
        return Due(None, first - timedelta(days=1), None, clock)
    if first is None or first != last:
        return Due(time=clock, why="the stated date is an interval")
    return Due(first, first - timedelta(days=1) if relation == "before" and clock is None else first, None, clock)


_END_OF = re.compile(r"\b[Ee]nd(?:\s+of|\s*-|\s)\s*(?!.*(?:\bto\b|–|—))|[底末尾]$")


def _business(facts: Facts, due: Due) -> Due:
    if due.day is None:
        return due
    business = facts.calendar.last_on_or_before(due.day)
    why = None if business else facts.calendar.why(due.day)
    return Due(due.stated, due.day, business, due.time, why)


def _unit(hit: Found) -> tuple[int | None, str, bool]:
    """Count, unit and whether business days are counted."""
    said, unit = _group(hit, "count")[0], (_group(hit, "unit")[0] or "").lower()
    unit = unit if unit.isascii() else "".join(unit.split())
    return (_count(said) if said else 1), unit, bool(BUSINESS.search(unit))


def _count(said: str) -> int | None:
    for language in languages().values():
        value = language.words.get("count", {}).get(said.lower())
        if isinstance(value, int):
            return value
    return number(said)


def _within(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int) -> Due:
    count, unit, business = _unit(phrase.hit)
    stated = (mention.end or mention.start) if mention is not None else None  # `from 17 August` opens the date
    anchor = stated
    if not _group(phrase.hit, "count")[0] and mention is not None:  # `within the following business day`
        return Due(stated, stated)
    said = (_group(phrase.hit, "anchor")[0] or "").strip()
    if anchor is None and _list("own_date").search(said):
        anchor = facts.issued
    if anchor is None and _list("said_date").search(said):
        anchor = _only_day(facts, start, phrase.span[0])
    if anchor is None and said:
        anchor = facts.named.day(said)
    if anchor is None or count is None:
        return Due(stated, why="the day that it counts from is not known")
    if phrase.hit["inclusive"]:  # the day that it counts from is the first one
        return Due(stated, _moved(facts, anchor - timedelta(days=1), count, unit, business), why="the calendar does not cover it")
    return Due(stated, _moved(facts, anchor, count, unit, business), why="the calendar does not cover it")


def _on_counted(facts: Facts, phrase: Phrase, mention: DateMention | None, clock: Clock | None) -> Due:
    """`by the last business day of April 2023`, `before the business day following 6 April`."""
    start, end = (mention.start, mention.end) if mention is not None else _month_of(phrase.hit)
    if start is None or end is None:
        return Due(time=clock, why="the day that it counts from is not known")
    _, unit, business = _unit(phrase.hit)
    nth, side = _group(phrase.hit, "nth")[0] or _group(phrase.hit, "nthof")[0], _group(phrase.hit, "side")[0]
    last = nth is not None and nth.startswith(("last", "最后"))
    back = last if side is None else side[:1] in "bp"
    count = _ordinal(nth) if nth and not last else 1
    outside = timedelta(days=1 if side is None else 0)  # in `the last day of April` the count begins on the 1st of May
    day = count and _moved(facts, end + outside if back else start - outside, -count if back else count, unit, business)
    if not day:
        return Due(time=clock, why="the calendar does not cover it")
    stated = start if start == end else day
    return Due(stated, day - timedelta(days=1) if phrase.relation == "before" and clock is None else day, None, clock)


def _day_after(facts: Facts, phrase: Phrase, mention: DateMention | None, clock: Clock | None) -> Due:
    """`by the business day following 6 April`: the day is a date by itself."""
    counted, stated = facts.date_at(phrase.hit.span("counted")), mention.end if mention is not None else None
    if counted is None or counted.end is None:
        return Due(stated, time=clock, why="the day that it counts from is not known")
    strictly = phrase.relation == "before" and clock is None
    return Due(stated, counted.end - timedelta(days=1) if strictly else counted.end, None, clock)


def _closing(facts: Facts, phrase: Phrase, mention: DateMention | None) -> Due:
    """The end of a window, with the clock time that stands at its end."""
    times = facts.times.within((max(phrase.hit.span("first")[1], phrase.span[0]), phrase.span[1]))
    day = mention.end if mention is not None else None
    return Due(day, day, None, times[-1].time if times else None, None if day else "no date is stated")


def _month_of(hit: Found) -> tuple[date | None, date | None]:
    """First and last day of the month in 2026年4月的最後一個營業日."""
    year, month = (number(_group(hit, part)[0] or "") for part in ("ofyear", "ofmonth"))
    if year is None or month is None:
        return None, None
    first = date(year, month, 1)
    return first, shift_months(first, 1) - timedelta(days=1)


def _trade_day(facts: Facts, phrase: Phrase, start: int, clock: Clock | None) -> Due:
    """`for trades of 3 May by T+2`: so many business days after the one day that the sentence names before."""
    traded, count = _only_day(facts, start, phrase.span[0]), number(phrase.hit["tplus"] or "")
    if traded is None or count is None:
        return Due(time=clock, why="the day that it counts from is not known")
    return Due(traded, facts.calendar.shift(traded, count), None, clock, "the calendar does not cover it")


def _on_that_day(facts: Facts, phrase: Phrase, clock: Clock | None) -> Due:
    """`by noon on that day`: the day that the body named last, unless one of another kind (`on a business day`) stands between."""
    at = phrase.span[0]
    body = next(iter(facts.bounds), (at, at))[0]  # the day of the circular itself is not meant
    before = facts.days.within((max(at - REACH_OF_DAY, body), at))
    day = before[-1] if before else None
    if day is not None and day.time is None and not phrase.hit["thatday"] and len({one.start for one in before}) > 1:
        day = None  # one of several days: it is doubted where it stands
    if day is None or day.start is None or day.start != day.end or _SOME_DAY.search(facts.masked, day.span[1], at):
        return Due(time=clock, why="the day that it counts from is not known")
    return on_date(day, phrase.relation, clock)


REACH_OF_DAY = 300
_SAME_DAY = re.compile(r"\b(?:the|that)\s+same\s+(?:day|date)\b")
_SOME_DAY = re.compile(
    r"\b(?:an?|any|each|every|the|which|no)\s+(?:[A-Za-z-]+\s+){0,3}(?:[Dd]ay|[Dd]ate|[Dd]eadline)s?\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)


def _on_named(facts: Facts, phrase: Phrase, clock: Clock | None) -> Due:
    """`by the record date`: the day that the text calls so; what is done before a deadline may still be done on its day.

    接獲通知後第二個營業日上午十時前 counts from it.
    """
    said = (_group(phrase.hit, "anchor")[0] or "").strip()
    day = facts.named.day(said)
    if day is not None and _group(phrase.hit, "count")[0]:
        count, unit, business = _unit(phrase.hit)
        day = _moved(facts, day, count, unit, business) if count is not None else None
    if day is None:
        return Due(time=clock, why="the day that it counts from is not known")
    before = phrase.relation == "before" and clock is None and not _LAST_DAY.search(fold(said).lower())
    return Due(day, day - timedelta(days=1) if before else day, None, clock)


_LAST_DAY = re.compile(r"deadline|cut-?off|closing|截止|限期|期限|时限")


def _ordinal(said: str) -> int | None:
    if not said.isascii() or said.isdigit():
        return 1 if said == "首" else number(said)
    value = languages()["en"].word("ordinal", said)
    return value if isinstance(value, int) else number(said[:-2])


def _rolled(facts: Facts, due: Due, *places: Span) -> Due:
    """`or, if that is no business day, the following one`: said in the phrase, behind it, or in the sentence after it."""
    if due.day is None or due.day == due.business:  # a business day stays what it is
        return due
    said, rest, after = (fold(facts.text[slice(*place)]) for place in places)
    if _list("rolled_inside").search(said):  # 於…或（如該日並非營業日）下一個營業日或之前
        day = facts.calendar.first_on_or_after(due.day)
        return msgspec.structs.replace(due, day=day, business=day, why=None if day else facts.calendar.why(due.day))
    for name, moved in (("rolls_on", facts.calendar.first_on_or_after), ("rolls_back", facts.calendar.last_on_or_before)):
        if _list(name).match(rest) or _list(name).match(after):
            day = moved(due.day)
            return msgspec.structs.replace(due, day=day, business=day, why=None if day else facts.calendar.why(due.day))
    return due


def _only_day(facts: Facts, start: int, end: int) -> date | None:
    """The one day that the sentence names before: `for trades of 18 December within two days of the trade date`."""
    near = facts.days.starting((start, end))
    return near[0].start if len(near) == 1 and near[0].start == near[0].end else None


def _at_least(facts: Facts, phrase: Phrase, mention: DateMention | None, start: int) -> Due:
    count, unit, business = _unit(phrase.hit)
    stated = mention.start if mention is not None else None
    said = (_group(phrase.hit, "anchor")[0] or "").strip()
    if stated is None and _list("said_date").fullmatch(said):
        stated = _only_day(facts, start, phrase.span[0])
    anchor = stated or (facts.named.day(said) if said else None)
    if anchor is None or count is None:
        return Due(why="the day that it counts from is not known")
    if stated is not None and re.search(r"minute|分钟", unit):  # 於D早市開市前30分鐘
        return Due(stated, stated)
    if _group(phrase.hit, "clear")[0]:  # three clear days lie between the act and the day
        count += 1
    return Due(stated, _moved(facts, anchor, -count, unit, business), why="the calendar does not cover it")


def _time_at(facts: Facts, phrase: Phrase) -> Clock | None:
    """The clock time behind the days that are counted, not the one of the day that they are counted from."""
    time = facts.time_in(_group(phrase.hit, "attime")[1])
    return (time.end_time or time.time) if time else None


def _moved(facts: Facts, anchor: date, count: int, unit: str, business: bool) -> date | None:
    if business:
        return facts.calendar.shift(anchor, count)
    if re.search(r"month|月", unit):
        return shift_months(anchor, count)
    if re.search(r"year|年", unit):
        return shift_months(anchor, 12 * count)
    if re.search(r"week|星期|[周週]", unit):
        return anchor + timedelta(weeks=count)
    if re.search(r"hour|minute|小时|分钟", unit):
        return None
    return anchor + timedelta(days=count)


# What ----------------------------------------------------------------------------------------------------------------


def _action(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, previous: Span, end: int) -> str | None:
    """What must be done: between the modal verb and the phrase in English, behind the phrase (from `end` on) in Chinese."""
    said, place = _group(phrase.hit, "action")
    if said:
        return _cut(facts, *place)
    if modal is not None and phrase.rule.endswith(".stands"):  # `must meet the deadline of 3 May`
        word = facts.masked.find("deadline", *phrase.span)
        return _cut(facts, act_start(facts.parties, facts.text, facts.masked, sentence, modal), word + len("deadline"))
    if modal is None and _statement(phrase):  # `The deadline is extended to 3 May` names nothing to do
        due = _IS_DUE.search(facts.masked, sentence[0], phrase.span[0])
        return _cut(facts, *due.span("what")) if due else None
    start = act_start(facts.parties, facts.text, facts.masked, sentence, modal) if modal else _act(facts.masked, sentence)
    follows = phrase.span[1] <= start
    if follows:  # `By 3 May, CPs must …`
        return _cut(facts, start, clause_end(facts.masked, start, sentence[1]))
    low = max(start, previous[1]) if previous[1] <= phrase.span[0] else start
    between = _cut(facts, low, phrase.span[0])
    again = previous[0] < low == previous[1]
    if between and again and (_list("else_if").match(between) or _AGAIN.search(facts.masked, low, phrase.span[0])):
        between = None  # `on the day, or, where that cannot be, by 3 May`, `by noon on the day after it occurs and by noon every day`
    if between is None and start < previous[0]:  # `pay it within 5 days, and in any event by 3 May`
        between = _cut(facts, start, previous[0])
    if phrase.code == "en":
        said = _english_action(facts, sentence, phrase, modal, low, between)
        return _with_subject(facts, sentence, modal, said) if modal is not None and said == between else said
    said = _chinese_act(facts, sentence, phrase, between, low, end)
    return _with_thing(said, _subject_thing(facts, sentence, phrase, modal)) if not said or _IDLE.fullmatch(fold(said)) else said


def _chinese_act(facts: Facts, sentence: Span, phrase: Phrase, between: str | None, low: int, end: int) -> str | None:
    """What stands behind the phrase, unless that says nothing by itself and what stands `between` the verb (at `low`) and it does."""
    stop = act_end(facts.masked, end, sentence[1])
    following = _NEXT_ACT.search(facts.masked, end, stop)
    behind = _cut(facts, end, following.start() if following else stop)
    clauses = _CLAUSE.split(facts.masked[low : phrase.span[0]])
    if behind and between and (_WHEN.fullmatch(facts.masked, low, phrase.span[0]) or _only_agent(facts, low, phrase.span[0])):
        return behind
    if between and len(clauses) > 1 and _IN_ANY_CASE.fullmatch(clauses[-1]) and _AND_MORE.match(facts.masked, end):
        return between  # 應即時通知管理局，無論如何不得遲於翌日，並…
    own = clauses[-1].strip("并且及亦 ") or phrase.hit["anchor"] or (behind and clauses[-1].strip() and not _BARE.fullmatch(fold(behind)))
    if behind and between and len(clauses) > 1 and own:  # …記錄理由，並在要求時於兩日內出示; …交回表格，並於D或之前繳費
        return behind
    if between and behind and len(clauses) == 1 and (taken := _TAKING.match(facts.masked, low, phrase.span[0])):
        return squeeze(facts.text[taken.start("with") : phrase.span[0]]) + behind  # 應將結果|於5月3日前|回傳本公司
    return between if between and len(between) > 3 and (behind is None or len(behind) <= 3) else behind or between


def _english_action(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, low: int, between: str | None) -> str | None:
    """What stands between the verb and the phrase, else what the clause is about or what stands behind the phrase."""
    if (
        between
        and (len(between) > 3 or between in _SHORT)
        and not _EVERY.match(between)
        and not _INTERRUPTED.search(facts.masked, low, phrase.span[0])
    ):
        whole = _OBJECT.match(facts.masked, phrase.span[1], sentence[1])
        return f"{between} {_cut(facts, whole.start('object'), clause_end(facts.masked, whole.end(), sentence[1]))}" if whole else between
    thing = _thing_taken(facts, sentence, phrase, modal)
    if thing and (between is None or _EVERY.match(between)):
        return thing
    behind = _cut(facts, phrase.span[1], clause_end(facts.masked, phrase.span[1], sentence[1]))
    have = modal is not None and _HAVE_UNTIL.fullmatch(facts.masked, *modal.span)  # `CPs have until 3 May`: what to do is said before
    listed = facts.masked[sentence[0] : sentence[1]].rstrip(" -–—").endswith(":") or _DASH.search(facts.masked, *sentence)
    return behind or between or (_cut(facts, sentence[0], modal.span[0]) if modal and not have and not listed else None)


def _with_subject(facts: Facts, sentence: Span, modal: Modal, act: str | None) -> str | None:
    """`The annual return shall be | lodged`: a passive verb of one word says nothing without what it is done to."""
    if act is None or not _PASSIVE.match(facts.masked, modal.span[1]) or not _ONE_VERB.fullmatch(act):
        return act
    start = max((clause.end() for clause in _CLAUSE.finditer(facts.masked, sentence[0], modal.span[0])), default=sentence[0])
    said = facts.masked[start : modal.span[0]]
    if len(said) > LONGEST_THING or _NO_THING.search(said) or facts.parties.find(facts.text, facts.masked, (start, modal.span[0])):
        return act
    thing = _cut(facts, start, modal.span[0])
    thing = _ARTICLE.sub("", thing) if thing else None
    return f"{thing} {act}" if thing else act


LONGEST_THING = 70
_ONE_VERB = re.compile(r"(?:[a-z]+ly\s+)?[a-z]+(?:ed|en|de|id|nt|et|ht|ut|ld|wn)")
_ARTICLE = re.compile(r"^(?:The|An?|Any|Each|All|Such|the|an?|any|each|all|such)\s+")
# Pronouns, clauses and days are no thing that is done.
_NO_THING = re.compile(
    r"\b(?i:it|they|this|these|those|which|that|who|if|where|when|unless|must|shall|should|may|will|is|are)\b|[\ufdd0-\ufdd3\n\ufddc]|^\s*(?:and|or|but)\b"
)


def _thing_taken(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None) -> str | None:
    """What the sentence is about where its verb says nothing to do: `Comments are invited until D`, `a report is due every Tuesday`."""
    if modal is None or modal.span[1] > phrase.span[0]:
        return None
    if modal.span[0] == modal.span[1]:
        window = _list("window_open").search(facts.masked, sentence[0], phrase.span[0])
        verb = _OPEN_VERB.search(facts.masked, window.start(), window.end()) if window else None
        end = verb.start() if verb else -1
    else:
        end = modal.span[0] if _SAYS_NOTHING.search(facts.masked, *modal.span) else -1
    if end < 0:
        return None
    return _cut(facts, max((clause.end() for clause in _CLAUSE.finditer(facts.masked, sentence[0], end)), default=sentence[0]), end)


_SHORT = frozenset(("met", "put", "set", "cut", "pay", "sit", "act"))
_OPEN_VERB = re.compile(r"\b(?:is|are|will|can|may|stays?|remains?)\s")
_SAYS_NOTHING = re.compile(r"\b(?:due|invited|expected|requested|sought)\s*$")
_EVERY = re.compile(r"(?:on\s+)?(?:every|each)\s+\w+$|daily$|weekly$")


def _only_agent(facts: Facts, low: int, high: int) -> bool:
    """須|由結算參與者|於5月3日前繳付: who acts is no part of the act."""
    named, at = passive(facts.parties, facts.text, facts.masked, (low, high))
    return bool(named) and not facts.masked[at:high].strip()


def _with_thing(said: str | None, thing: str | None) -> str | None:
    """登記須於4月11日前|辦妥: a verb that says nothing by itself with what the clause is about, which alone tells it where no verb does."""
    if said is None:
        return thing
    return thing + said if thing and _THING.fullmatch(thing) else said


def _subject_thing(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None) -> str | None:
    """首次申報不得遲於…: where nothing is said to do, what the clause is about tells it, if that is no party."""
    end = min(phrase.span[0], modal.span[0] if modal else phrase.span[0])
    start = max((clause.end() for clause in _CLAUSE.finditer(facts.masked, sentence[0], end)), default=sentence[0])
    if facts.parties.find(facts.text, facts.masked, (start, end)) or end - start > LONGEST_SUBJECT:
        return None
    return _cut(facts, start, end)


_IN_ANY_CASE = re.compile(r"\s*(?:并|而|但|且|惟)?(?:无论如何|在?任何情况下|至迟|最迟)?\s*")
_AND_MORE = re.compile(r"\s*[,，]\s*[并並且及亦]")
LONGEST_SUBJECT = 24
_NEXT_ACT = re.compile(r"(?:以?及|并|並|和)[须須應应]?[于在於]\s*\ufdd0")  # 交回表格|及於11月30日或之前繳費
_IDLE = re.compile(r"办妥|办理|完成|进行")  # verbs that say nothing without their thing
# Nor do these without what is handed over: 填寫問卷，並於D前|交回.
_BARE = re.compile(rf"{_IDLE.pattern}|[交寄发發]回|[提递呈送报報][交送]|送达|上[载載传傳]|提出|作出")
_THING = re.compile(r"(?!有[關关]|相[關关]|上述|[該该此其])[一-鿿]{2,8}(?<![仍則则亦均都])")


def _opened(facts: Facts, sentence: Span, phrase: Phrase) -> str | None:
    """What a window is for that the sentence names before its days: 申請由…起接受，於…截止."""
    if not _window(phrase) and not phrase.rule.endswith((".closes", ".until")):
        return None
    subject = _list("window_subject").search(facts.masked, sentence[0], phrase.span[1])
    return _cut(facts, *subject.span()) if subject else None


_TAKING = re.compile(r"\s*(?:即|尽快)?(?P<with>(?:[把将向以经凭按就]|透过|通过)\s?[^,，。;；:：\s][^,，。;；]*$)")
_WHEN = re.compile(r"\s*[于在][^,。;]{1,24}[后时]的?\s*")  # 於接獲通知後|下一個營業日中午前


_INTERRUPTED = re.compile(r"\b(?:has|have|had|be|been|must|shall|should|will|may),\s*$")  # `provided that it has, by 3 May, filed …`
# What stands between two days of one act: `and in any event`, `, the first of which … (i.e.`.
_AGAIN = re.compile(r"\b(?:and|or)(?:\s*,?\s+in\s+any\s+(?:case|event)\s*,?)?\s*$|\(\s*(?:i\.?\s?e\.?|that\s+is|namely|即)[\s,:]*$")
_OBJECT = re.compile(r"\s+(?P<object>(?:that|whether)\b)")  # `confirm by 3 May that …`
_DASH = re.compile(r"\s[-–—]\s*$")
_HAVE_UNTIL = re.compile(r"(?:ha(?:s|ve)|.*(?:given|allowed|granted|gives|allows|grants))")
_IS_DUE = re.compile(r"(?:.*\bthat\s+)?(?P<what>[^;:]{2,120}?)\s+(?:is|are|falls?|becomes?|(?:will|shall)\s+be)\s+(?:[a-z]+\s+)?$")
_PASSIVE = re.compile(r"\s*be\s")
_BY_WHOM = re.compile(r"\s+by\s+(?:(?:the|all|each|every|any)\s+)*[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*$")


_LEADING = re.compile(
    r"^(?:(?:for\s+(?:instance|example)|accordingly|therefore|however|in\s+addition|thus|hence|as\s+such|in\s+particular)\s*,|(?:and|to|or|also|is|are|be|i\.e|namely)(?![A-Za-z])|[）)]|\s*[-–—]+$|\.|,|，|;|；|:|、|并|並|亦|[現现]?[將将](?=\s*[於于在会會由自从從])|\s|[•●▪◦*–-]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|[一二三四五六七八九十]{1,3}、|[（(](?:[^（）()A-Za-z]|[（(][^（）()]{1,6}[）)]){1,24}[）)](?=.))+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[（(]|(?:\s(?:and|but))?\sin\s+any\s+(?:event|case)|(?:並|并|而|但|且|惟)?(?:[无無]論如何|在?任何情[况況]下)|\s|,|，|;|；|、|\.|。|\band\b|\bor\b|\bbut\b|,\s*(?:i\.e|by)|并|並|及|,\s*with|:|：)+$"
)


def _cut(facts: Facts, low: int, high: int) -> str | None:
    """The words of a stretch, without what joins them to their neighbours."""
    said = facts.text[low:high]
    said = _TRAILING.sub("", said)
    said = _LEADING.sub("", said)
    said = re.sub(r",?\s+(?:during|in|within)\s+the\s+(?:period|window)$", "", said)
    said = re.sub(r"\s+within\s+the\s+(?:business|working)\s+days$", "", said)
    return without_stray_bracket(squeeze(said)) or None


def unheeded(text: str, masked: str, asked: Iterable[Duty], told: Sequence[Deadline]) -> list[Unexplained]:
    """By when a duty is to be done, where no deadline says it: its words are known to no rule."""
    found: dict[Span, Unexplained] = {}
    spans = dict.fromkeys(duty.span for duty in asked if duty.modality != "may" and not duty.rule.endswith("not"))
    for span in spans:
        by = _list("by_when").finditer(masked, *span) if masked.find(MARKS["date"], *span) >= 0 else ()
        within = _list("within_when").finditer(masked, *span) if masked.find("ithin", *span) >= 0 else ()
        for match in (*by, *within):
            low, high = match.span()
            if not any(one.span[0] < high and low < one.span[1] for one in told) and not _NOT_UNTIL.search(masked, span[0], low):
                why = "by when something is to be done, in no form that is known"
                found[low, high] = Unexplained(quote=text[low:high], span=(low, high), why=why)
    return list(found.values())


# In schedules --------------------------------------------------------------------------------------------------------


def is_tentative(masked: str, sheet: Sheet) -> bool:
    """Does the caption or a heading of the table say so?"""
    spans = [cell.span for cell in sheet.grid.cells if cell.row < sheet.header]
    spans += [sheet.grid.caption] if sheet.grid.caption else []
    return any(_list("tentative").search(masked[slice(*span)]) for span in spans)


def in_schedule(facts: Facts, sheet: Sheet, *, tentative: bool) -> list[Deadline]:
    """Deadlines in the entries of a timetable, and in its date columns whose heading is one."""
    columns = sheet.date_columns
    found: list[Deadline] = []
    if len(columns) == 1:
        near = _named_near(facts.masked, sheet.grid.span)
        for row in sheet.rows():
            found += _in_row(facts, sheet, row, columns[0], near, tentative)
    elif len(columns) > 1 and columns[0] > 0:
        found += _in_titled_rows(facts, sheet, columns, tentative)
    heads = {col: _heading(sheet, col) for col in columns if col != GROUPED}
    for col, head in heads.items():
        if head is not None:
            found += _in_column(facts, sheet, col, head, tentative)
    return found


def _in_row(facts: Facts, sheet: Sheet, row: int, date_col: int, near: Sequence[int], tentative: bool) -> list[Deadline]:
    when = sheet.inherited(row, date_col)
    if when is None or not sheet.dates[when]:
        return []
    clock = sheet.at.get((row, sheet.time_column)) if sheet.time_column is not None else None
    near_by = [phrase for cell in (when, clock) if cell for phrase in facts.phrases_in(cell.span)]
    by = next((phrase for phrase in near_by if phrase.relation in ("by", "before")), None)
    by = None if date_col != GROUPED and _heading(sheet, date_col) is not None else by  # its column tells each of its days already
    found: list[Deadline] = []
    act_cols, borne = _headed(sheet, "act_headings"), _borne(facts, sheet, row)
    for cell in sheet.filled(row):
        if cell.col == date_col:
            continue
        for entry, days in sheet.dated_entries(when, cell):
            mention = facts.dates.get(days[-1].span)
            if date_col == GROUPED and clock is not None and sheet.times[clock] and mention is not None and mention.time is None:
                mention = timed(mention, sheet.times[clock][0])
            acts = cell.col in act_cols
            item = _in_entry(facts, entry, mention, near, tentative) or (
                _by_the_day(facts, entry, by, mention, tentative, acts) if by else None
            )
            if item is not None and borne and not item.bearer:
                item = msgspec.structs.replace(item, bearer=borne)
            if item is not None and item not in found:
                found.append(item)
    return found


def _in_titled_rows(facts: Facts, sheet: Sheet, columns: Sequence[int], tentative: bool) -> list[Deadline]:
    """`Deadline for submission | 11 December | 8 January`: one for each class of those that the columns are headed by."""
    near = _named_near(facts.masked, sheet.grid.span)
    found: list[Deadline] = []
    for row in sheet.body():
        title = sheet.at.get((row, 0))
        hit = _named(facts.masked, title.span, near) if title is not None and title.row == row else None
        if hit is None:
            continue
        action = facts.text[slice(*_group(hit, "action")[1])] if _group(hit, "action")[0] else None
        for col in columns:
            cell = sheet.at.get((row, col))
            if cell is None or cell.row != row or cell.col != col or not sheet.dates[cell]:
                continue
            mention = facts.dates.get(sheet.dates[cell][-1].span)
            due = _business(facts, on_date(mention, "on", mention.time if mention else None))
            item = _scheduled(facts, cell.span, "on", hit.rule.name, due, action, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=_heads(facts, sheet, col)))
    return found


def _heads(facts: Facts, sheet: Sheet, col: int) -> tuple[str, ...]:
    """The parties whom the heading of a column names."""
    cell = next((sheet.at[row, col] for row in reversed(range(sheet.header)) if (row, col) in sheet.at), None)
    named = facts.parties.find(facts.text, facts.masked, cell.span) if cell else []
    return tuple(dict.fromkeys(party.name for party in named))


def _in_entry(facts: Facts, entry: Entry, mention: DateMention | None, near: Sequence[int], tentative: bool) -> Deadline | None:
    phrases = [phrase for phrase in facts.phrases_in(entry.span) if not _window(phrase)]
    said = _named(facts.masked, entry.span, near)
    if said is not None and not any(_group(p.hit, "date")[0] for p in phrases):
        hit = said
        due = _business(facts, on_date(mention, "on", mention.time if mention else None))
        place = _group(hit, "action")[1]
        at, named = _behind_parties(facts, place)
        action = _group(hit, "action")[0] and facts.text[slice(*place)]
        item = _scheduled(facts, entry.span, "on", hit.rule.name, due, action, tentative, "must")
        if not named:
            return item
        # 參與者核對結餘的最後日期, `Last time for Clearing Members to dispute …`: who acts stands before the act.
        who = tuple(dict.fromkeys(party.name for party in right_behind(facts.parties, facts.text, facts.masked, place)))
        return msgspec.structs.replace(item, bearer=who, action=_cut(facts, at, place[1])) if at < place[1] else item
    for phrase in phrases:
        if not _acts(facts, entry.span, phrase):
            continue
        due = _due(facts, phrase, entry.span[0])
        if due.stated is None and phrase.relation in ("by", "before", "until") and mention is not None:
            due = _business(facts, on_date(mention, phrase.relation, due.time))
        action = _cut(facts, phrase.span[1], entry.span[1]) or _cut(facts, entry.span[0], phrase.span[0])
        if phrase.code == "en":
            action = _cut(facts, entry.span[0], phrase.span[0]) or action
        verbs = facts.verbs_in(entry.span)
        return _scheduled(facts, entry.span, phrase.relation, phrase.rule, due, action, tentative, verbs[0].modality if verbs else "must")
    return None


def _by_the_day(facts: Facts, entry: Entry, phrase: Phrase, mention: DateMention | None, tentative: bool, acts: bool) -> Deadline | None:
    """`10月24日18:00前 | 提交測試報告`, `24 October | By noon | Submit the report`: what to do stands beside the words for by when.

    `acts` tells that the heading says so.
    """
    at, _ = _behind_parties(facts, entry.span)
    if not acts and not any(_list(name).match(facts.masked, at, entry.span[1]) for name in ("imperatives", "acts")):
        return None
    due = _due(facts, phrase, phrase.span[0])
    if due.stated is None:
        due = _business(facts, on_date(mention, phrase.relation, due.time))
    return _scheduled(facts, entry.span, phrase.relation, phrase.rule, due, facts.text[slice(*entry.span)], tentative, "must")


def _named_near(masked: str, span: Span) -> list[int]:
    """Where a word stands near which an entry may call itself a deadline, in order; few entries hold any."""
    return sorted(at for language in languages().values() for at in language.sections["due"].triggers.places(masked, *span))


def _named(masked: str, span: Span, near: Sequence[int]) -> Found | None:
    """An entry that calls itself a deadline."""
    first = bisect.bisect_left(near, span[0])
    if first == len(near) or near[first] >= span[1]:
        return None
    found = (language.sections["due"].opening(masked, *span, within=4) for language in languages().values())
    return next((hit for hit in found if hit is not None), None)


def _acts(facts: Facts, span: Span, phrase: Phrase) -> bool:
    """Does the entry tell somebody to act by then (交回結果表格), rather than describe (`submitted before …`)?"""
    masked = facts.masked
    before = masked[span[0] : phrase.span[0]]
    if _list("past").search(before[-30:]):
        return False
    return (
        bool(facts.verbs_in(span))
        or bool(_list("imperatives").match(masked[slice(*span)]))
        or bool(_list("imperatives").match(masked[phrase.span[1] : span[1]].lstrip()))
    )


def _scheduled(
    facts: Facts, span: Span, relation: Relation, rule: str, due: Due, action: str | None, tentative: bool, modality: Modality
) -> Deadline:
    return Deadline(
        quote=facts.text[slice(*span)],
        span=span,
        rule=rule,
        stated=due.stated,
        relation=relation,
        due=due.day,
        due_business=due.business,
        time=due.time,
        why=due.why,
        action=squeeze(action) if action else None,
        tentative=tentative,
        modality=modality,
    )


def _heading(sheet: Sheet, col: int) -> tuple[str, str] | None:
    """The rule and the action of a heading that names a deadline (`Payment cut-off`); `Due date` takes it from the caption."""
    found = due_column(sheet.folded_headings[col])
    if found is None:
        return None
    rule, action = found
    return rule, sheet.headings[col][slice(*action)] or _caption_word(sheet)


def _caption_word(sheet: Sheet) -> str:
    """What the caption of dates says that they are of: `Filing dates` → `Filing`; another caption leaves it to the rows."""
    if sheet.grid.caption is None:
        return ""
    caption = squeeze(sheet.text[slice(*sheet.grid.caption)])
    said, dated = re.subn(r"\s*(?i:dates?|timetable|schedule|calendar)\s*$|(?:日期|時間表|时间表|日程|安排)$", "", caption)
    return said.strip() if dated else ""


def _in_column(facts: Facts, sheet: Sheet, col: int, head: tuple[str, str], tentative: bool) -> list[Deadline]:
    rule, action = head
    found = []
    clock = _time_of_heading(sheet, col)
    for row in sheet.body():
        cell = sheet.at.get((row, col))
        if cell is None or cell.row != row:
            continue
        title = action or _beside(sheet, row, "act_headings") or _row_title(sheet, row, col)
        borne = _borne(facts, sheet, row)
        if (phrase := next(iter(facts.phrases_in(cell.span)), None)) is not None:  # 7月8日15:30前, `within 2 days of the launch`
            due = _due(facts, phrase, cell.span[0])
            item = _scheduled(facts, phrase.span, phrase.relation, rule, due, title, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=borne))
            continue
        for days in sheet.periods(cell):
            mention = facts.dates.get(days[0].span, days[0])
            due = _business(facts, on_date(mention, "on", mention.time or clock))
            low, high = cell.span
            item = _scheduled(facts, (low, high), "on", rule, due, title, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=borne))
    return found


def _beside(sheet: Sheet, row: int, headings: str) -> str:
    """What the row says in the column whose heading is one of these (須辦事項, `Action required`)."""
    cell = next((sheet.at[row, col] for col in _headed(sheet, headings) if (row, col) in sheet.at), None)
    return squeeze(sheet.string(cell)) if cell else ""


def _headed(sheet: Sheet, headings: str) -> list[int]:
    """The columns headed so; `By` over a column of dates names nobody."""
    if headings not in sheet.headed:
        said = ((col, squeeze(heading).strip(" :").lower()) for col, heading in enumerate(sheet.folded_headings))
        sheet.headed[headings] = [col for col, heading in said if col not in sheet.date_columns and _list(headings).fullmatch(heading)]
    return sheet.headed[headings]


def _borne(facts: Facts, sheet: Sheet, row: int) -> tuple[str, ...]:
    """Who acts by the day of the row, where a column says so (負責方, `Responsible party`)."""
    said = _beside(sheet, row, "bearer_headings")
    if not said:
        return ()
    return tuple(facts.parties.name(one) for one in _AND_PARTY.split(said) if one) if len(said) <= LONGEST_BEARER else ()


LONGEST_BEARER = 60
_AND_PARTY = re.compile(r"\s*(?:[、,，/;；]|\band\b|[及和]|(?<![參参])[與与])\s*")


def _time_of_heading(sheet: Sheet, col: int) -> Clock | None:
    """`Deadline (5:00 p.m.)`: the one clock time over a column, for its days without one."""
    over = (sheet.at.get((row, col)) for row in range(sheet.header))
    times = {time for cell in over if cell is not None for time in sheet.times[cell]}
    return next((time.end_time or time.time for time in times), None) if len(times) == 1 else None


def _row_title(sheet: Sheet, row: int, col: int) -> str:
    """What the row is about, where neither heading nor caption says what is due: its first cell that is no number."""
    said = (
        sheet.text[slice(*cell.span)] for other in range(col) if (cell := sheet.at.get((row, other))) and other not in sheet.date_columns
    )
    return next((words for words in said if not _NUMBERING.fullmatch(words)), "")


_NUMBERING = re.compile(r"[\s().（）]*(?:\d{1,3}|[a-z]|[ivx]+|[一二三四五六七八九十]{1,3})?[\s().、（）]*")
