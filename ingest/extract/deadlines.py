"""Deadlines: the last moment by which somebody must, should or may act.

Three places hold them: a phrase in a sentence with a duty (`must … before 28 April`), the entry of a schedule
(`28 April | Deadline for …`), and a date column whose heading says so (`Payment cut-off`). Here are those of sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from ingest.extract.actions import BY_WHOM, PASSIVE, action_of, cut_action, opened_act
from ingest.extract.binding import (
    AND_CLAUSE,
    NOT_UNTIL,
    agents_of,
    failing_clause,
    goes_before,
    governing,
    is_acted_in,
    is_none,
    is_order,
    own_verb,
    verb_at,
    without_parties,
)
from ingest.extract.classes import classed
from ingest.extract.due import Due, due_by, entered, on_date, rolled, with_business
from ingest.extract.duties import SHARED_ACT, Modal, act_end, asks_nobody, bearers, clause_end, main_verbs, passive, subject_of_list
from ingest.extract.leads import MARK, opened
from ingest.extract.listed import acts_below, goes_on, opens
from ingest.extract.phrases import DAILY, Facts, Phrase, group, is_failing, is_statement, is_window
from ingest.extract.subjects import opening
from ingest.lang.rules import word_list
from ingest.model import DateMention, Deadline, Duty, Modality, Span, Unexplained
from ingest.text import MARKS, squeeze


def in_prose(facts: Facts, paragraphs: Iterable[Span]) -> list[Deadline]:
    """Deadlines of the paragraphs, in order."""
    found: list[Deadline] = []
    lead: Lead | None = None
    paragraphs = list(paragraphs)
    for at, paragraph in enumerate(paragraphs):
        item = _item(facts, paragraph) or _unmarked(facts, paragraphs, at)
        if lead is not None and lead.at == at - 1 and item is not None and _is_first(item):
            lead = replace(lead, nested=_beside(item, lead.item))  # 1. below 1.: a list within it, marked as it is
        own = lead is not None and lead.nested and not facts.verbs_in(paragraph)
        lead = lead if lead is not None and item is not None and (own or not _beside(item, lead.item)) else None
        if facts.phrases_in(paragraph):
            spans = facts.bounds[paragraph]
            for index, sentence in enumerate(spans):
                told = _in_sentence(facts, sentence, spans[index + 1 : index + 3], lead)
                closing = item == "bare" and lead is not None and not opened(facts.masked, paragraph).endswith(":")
                if told and told[-1].action is None and not closing and opens(facts.masked, paragraph, sentence[1]):
                    told[-1] = msgspec.structs.replace(told[-1], action=_acts_of_list(facts, paragraphs, at))
                found += told
        below = _with_day(facts, paragraph, _lead(facts, paragraph, item))
        lead = replace(below, at=at) if below else lead
    return _with_classes(facts, paragraphs, found)


# `CPs shall report the state of August by D; | and that of September by E`: behind a semicolon the same is asked of the same.
_AND_THAT = re.compile(r"\s*;\s*and\s(?P<what>[^;.]{2,120})")
MILESTONES = (".milestoneby", ".milestonebefore")


def _with_classes(facts: Facts, paragraphs: Sequence[Span], found: list[Deadline]) -> list[Deadline]:
    """The deadlines with those of lists that give each class its day; what an item says by itself is the same one."""
    told = []
    for one in classed(facts.parties, facts.text, facts.masked, paragraphs, facts.verbs_in):
        time = facts.time_in(one.span)
        due = with_business(facts, on_date(facts.date_at(one.day), "by", (time.end_time or time.time) if time else None))
        item = entered(facts, one.span, "by", "deadline.classed", due, one.action, tentative=False, modality=one.modality)
        told.append(msgspec.structs.replace(item, bearer=one.bearer))
    free = [item for item in found if not any(one.span[0] <= item.span[0] < one.span[1] for one in told)]
    return sorted([*free, *told], key=lambda item: item.span)


def _acts_of_list(facts: Facts, paragraphs: Sequence[Span], at: int) -> str | None:
    """What must be done by the day that stands over a list: `CPs must, by 3 May: (a) appoint an officer; (b) tell HKSCC`."""
    acts = [cut_action(facts, *act) for _, act in acts_below(facts.masked, paragraphs, at, facts.verbs)]
    return "; ".join(act for act in acts if act) or None


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands over a list of duties (`CPs are required to:`): who bears them, and how strongly.

    `item` is its own mark, `at` its place among the paragraphs; the marks of the list below are of the same shape if it is `nested`.
    """

    bearer: tuple[str, ...]
    modality: Modality
    item: str | None
    frees: bool = False
    day: DateMention | None = None
    at: int = -1
    nested: bool = False


def _item(facts: Facts, paragraph: Span) -> str | None:
    """Which kind of list item a paragraph is: by the shape of its mark and the mark, or `bare` where it goes on with a small letter,
    says what to do or by when.
    """
    mark = MARK.match(facts.masked, *paragraph)
    if mark is not None:
        kind = mark.lastgroup or ""
        below = _BELOW.match(facts.masked, mark.end(), paragraph[1]) if kind == "digit" else None  # 3.1 is an item of 3.
        return f"{_MARKS.sub('0', mark[0].strip())}{below[0].count('.') + 1 if below else ''} {kind} {mark[kind]}"
    said = facts.masked[slice(*paragraph)]
    opens_at = paragraph[0] + (joint.end() if (joint := _JOINT.match(said)) else 0)
    begins = said[:1].islower() or word_list("imperatives").match(said) or any(p.span[0] == opens_at for p in facts.phrases_in(paragraph))
    return "bare" if begins else None


_MARKS = re.compile(r"\w+")
_BELOW = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[.\s])")
# How a line goes on from the list above it: 並於…前送達, `and by 5 May`.
_JOINT = re.compile(r"(?:[并且及]|and\b|or\b)\s*")


def _beside(item: str, over: str | None) -> bool:
    """Are two list items of one level? (i) stands below (a), unless it is behind (h)."""
    if over is None or item == "bare" or over == "bare":
        return item == over
    (shape, kind, mark), (shape_over, kind_over, mark_over) = item.split(), over.split()
    if shape != shape_over or kind == kind_over:
        return shape == shape_over
    return len(mark) == len(mark_over) == 1 and ord(mark) == ord(mark_over) + 1


def _is_first(item: str) -> bool:
    return item.rsplit(maxsplit=1)[-1] in ("1", "a", "A", "i", "I", "一", "甲")


def _unmarked(facts: Facts, paragraphs: Sequence[Span], at: int) -> str | None:
    """進行分析，並於…前匯報；|保存紀錄。: an item in Chinese without a mark ends in a semicolon, the last one stands below such an item."""
    if not "一" <= facts.masked[slice(*paragraphs[at])][:1] <= "鿿":
        return None
    return "bare" if any(goes_on(facts.masked, paragraph) for paragraph in paragraphs[max(0, at - 1) : at + 1]) else None


def _lead(facts: Facts, paragraph: Span, item: str | None) -> Lead | None:
    """The paragraph as the lead of a list; a list under `are reminded of the following:` must be done."""
    said = opened(facts.masked, paragraph)
    if not said.endswith(":") and not word_list("leads_in").search(said):
        return None
    sentence = facts.bounds[paragraph][-1] if paragraph in facts.bounds else paragraph
    verbs = facts.verbs_in(sentence)
    if (verbs and verbs[-1].negated) or word_list("needless").search(facts.masked, *sentence):  # 不得：, 毋須： (a) 於收到通知後十日內出售…
        return Lead((), "may", item, frees=True)
    if verbs:
        return Lead(bearers(facts.parties, facts.text, facts.masked, sentence, verbs[-1], verbs), verbs[-1].modality, item)
    if word_list("tells_days").search(said):
        return Lead((), "must", item)
    if not word_list("asks").search(facts.masked[slice(*sentence)]):
        return None
    return Lead(subject_of_list(facts.parties, facts.text, facts.masked, sentence), "must", item)


def _with_day(facts: Facts, paragraph: Span, lead: Lead | None) -> Lead | None:
    """結算會員於最後營業日（D）應：: the one day that a lead ends with is that of the hours below it."""
    over = _DAY_OVER_LIST.search(facts.masked, *paragraph) if lead is not None else None
    days = facts.days.within(paragraph) if over else []
    return replace(lead, day=days[0]) if lead and over and len(days) == 1 and days[0].span[0] == over.start("day") else lead


_DAY_OVER_LIST = re.compile(
    r"[于在]\s?(?:[^,，。;；:：\ufdd0-\ufddf]{0,16}\(即?\s?)?(?P<day>\ufdd0\ufdd1*)\s*\)?(?![前后起止至或之以])[^,，。;；:：\ufdd0-\ufddf]{0,24}[:：]\s*$"
)


def _on_day_of_lead(facts: Facts, sentence: Span, item: Deadline, lead: Lead | None) -> Deadline:
    """（一）上午11時前，…, 於同日下午5時前 below such a lead."""
    if lead is None or lead.day is None or item.stated is not None or item.due is not None or item.time is None:
        return item
    alone = item.rule.endswith(DAILY) and not _REPEATS.search(facts.text, sentence[0], item.span[1])
    if not (alone or _THAT_DAY.match(item.quote)) or facts.days.within(sentence):
        return item
    due = with_business(facts, on_date(lead.day, item.relation, item.time))
    return msgspec.structs.replace(item, stated=due.stated, due=due.day, due_business=due.business, why=due.why)


_THAT_DAY = re.compile(r"[於于在]?\s?[同當当該该是][日天]")


def _in_sentence(facts: Facts, sentence: Span, after: Sequence[Span], lead: Lead | None) -> list[Deadline]:
    phrases = [without_parties(facts, phrase) for phrase in facts.phrases_in(sentence)]
    if not phrases or (lead is not None and lead.frees) or asks_nobody(facts.masked, sentence):
        return []
    verbs = facts.verbs_in(sentence)
    main = main_verbs(verbs, facts.masked)
    phrases = [phrase for phrase in phrases if not is_window(phrase) or is_acted_in(facts, sentence, phrase, phrases, verbs, main)]
    found: list[Deadline] = []
    for index, phrase in enumerate(phrases):
        statement = is_statement(phrase)
        modal = None if lead and goes_before(facts.masked, phrase, verbs) else governing(facts.masked, verbs, main, phrase)
        acting = word_list("fulfilled").search(facts.masked, sentence[0], phrase.span[0])
        if acting is None and is_none(facts, sentence, phrase, modal):
            continue
        modal = own_verb(facts, sentence, phrase, modal, bare=not statement and lead is None)
        if statement and modal is not None and AND_CLAUSE.search(facts.masked, phrase.span[1], modal.span[0]):
            modal = None  # `falls due on 1 October and should be paid by …`
        if acting is not None:
            modal = verb_at(acting.start(), "must", phrase)
        otherwise = failing_clause(facts, (phrase.span[1], sentence[1]))
        and_that = _and_that(facts, found[-1:], phrase, verbs) if modal is None and not statement else None
        if and_that is not None:
            found.append(and_that)
            continue
        if modal is None and not statement and lead is None and otherwise is None and not is_order(facts.masked, sentence):
            continue
        if modal is None and not statement and lead is not None and word_list("planned").search(facts.masked, sentence[0], phrase.span[0]):
            continue  # an item that tells what the house will do
        told = [one.span for one in phrases[:index] if not is_window(one) or (found and found[-1].span == one.span)]
        previous = told[-1] if told else (sentence[0], sentence[0])
        item = _deadline(facts, sentence, after[0] if after else (0, 0), phrase, modal, verbs, previous)
        if found and found[-1].span == previous and (others := _others_too(facts, previous[1], phrase.span[0])):
            item = msgspec.structs.replace(item, bearer=others, action=found[-1].action)
        if modal is None and lead is not None and (not statement or phrase.rule.endswith(MILESTONES)):
            borne = lead.bearer or subject_of_list(facts.parties, facts.text, facts.masked, (sentence[0], phrase.span[0]))
            item = msgspec.structs.replace(item, bearer=borne, modality=lead.modality)
        item = _on_day_of_lead(facts, sentence, _on_day_before(facts, sentence, item), lead)
        brings = squeeze(facts.text[slice(*sentence)]) if is_failing(phrase) else None  # if payment is not made by D, the licence lapses
        item = msgspec.structs.replace(item, consequence=otherwise or brings or _consequence(facts, after))
        found += _of_others(facts, sentence, modal, verbs, item)
        if phrase.hit["more"]:
            found += _further(facts, phrase, item)
        else:
            found += _each_for_its_own(facts, sentence, phrase, item) or _respectively(facts, sentence, phrase, item)
    found = _in_brackets(facts, _on_one_day(facts, found))
    return [_restated(item, after) for item, after in zip(found, [*found[1:], None], strict=False)]


def _and_that(facts: Facts, before: Sequence[Deadline], phrase: Phrase, verbs: Sequence[Modal]) -> Deadline | None:
    """The deadline of a part of the sentence that has no verb of its own and goes on from the deadline before it."""
    low = before[0].span[1] if before else phrase.span[0]
    joined = _AND_THAT.fullmatch(facts.masked, low, phrase.span[0])
    if joined is None or any(low < verb.span[0] < phrase.span[0] for verb in verbs):
        return None
    due = due_by(facts, phrase, low)
    item = entered(
        facts,
        phrase.span,
        phrase.relation,
        phrase.rule,
        due,
        cut_action(facts, *joined.span("what")),
        before[0].tentative,
        before[0].modality,
    )
    return msgspec.structs.replace(item, bearer=before[0].bearer)


def _others_too(facts: Facts, low: int, high: int) -> tuple[str, ...]:
    """`CPs must report by D and | GCPs | by E`: nothing but other parties stands between two deadlines, and they do the same."""
    if case := _IN_CASE_OF.fullmatch(facts.masked, low, high):  # `by D, or, for RIs with processing centres abroad, by E`
        return tuple(dict.fromkeys(one.name for one in facts.parties.find(facts.text, facts.masked, case.span("who"))))
    joined = _AND_OTHERS.match(facts.masked, low, high)
    named = facts.parties.find(facts.text, facts.masked, (joined.end(), high)) if joined else []
    if not named:
        return ()
    left = [facts.masked[one.span[1] : after] for one, after in zip(named, [*(one.span[0] for one in named[1:]), high], strict=True)]
    return tuple(dict.fromkeys(one.name for one in named)) if _ONLY_OTHERS.fullmatch("".join(left)) else ()


_IN_CASE_OF = re.compile(
    r"\s*,?\s*(?:and|or|but)\s*,?\s*(?:for|in\s+the\s+case\s+of|in\s+respect\s+of)\s+(?P<who>[A-Za-z][^,;.\ufdd0-\ufdd3]{2,80}),\s*"
)
_AND_OTHERS = re.compile(
    r"(?:\s*,\s*|\s+)(?:(?:and|but|while|whereas)\s+)?(?:(?:in\s+the\s+case\s+of|for)\s+)?(?:(?:all|any|the|each|every|other)\s+)*(?=[A-Z])"
)
_ONLY_OTHERS = re.compile(r"(?:\s|,|&|/|\band\b|\bor\b|\ball\b|\bother\b)*")


def _of_others(facts: Facts, sentence: Span, modal: Modal | None, verbs: Sequence[Modal], told: Deadline) -> list[Deadline]:
    """`CPs must, and DCPs may, complete the test by D`: those before the comma have the same day, each with their own verb."""
    shared = (verb for verb in verbs if modal is not None and verb.span[1] < modal.span[0] and not verb.negated)
    first = next((verb for verb in shared if modal and _shares(facts, verb, modal)), None)
    if first is None:
        return []
    borne = bearers(facts.parties, facts.text, facts.masked, sentence, first, verbs)
    return [msgspec.structs.replace(told, bearer=borne, modality=first.modality)]


def _shares(facts: Facts, verb: Modal, modal: Modal) -> bool:
    act = SHARED_ACT.match(facts.masked, verb.span[1])
    return act is not None and act.start() < modal.span[0] and not facts.masked[modal.span[1] : act.end()].strip(" ,")


def _on_one_day(facts: Facts, found: Sequence[Deadline]) -> list[Deadline]:
    """`by 10:00 a.m. on D and confirm by 11:00 a.m.`, 於D上午10時前存入，並於上午11時前確認: a later hour is one of the same day."""
    told: list[Deadline] = []
    for item in found:
        before = told[-1] if told else None
        same = before is not None and _is_later_hour(facts, before, item)
        days = {"stated": before.stated, "due": before.due, "due_business": before.due_business, "why": None} if before and same else {}
        told.append(msgspec.structs.replace(item, **days))
    return told


def _in_brackets(facts: Facts, found: Sequence[Deadline]) -> list[Deadline]:
    """應在收到通知後14天內（惟無論如何須於D或之前）提出上訴: what a bracket adds to a deadline binds the same people."""
    told: list[Deadline] = []
    for item in found:
        before = told[-1] if told else None
        added = before is not None and _ADDED.fullmatch(facts.masked, before.span[1], item.span[0])
        told.append(msgspec.structs.replace(item, bearer=before.bearer) if before and added and not item.bearer else item)
    return told


_ADDED = re.compile(r"[,，]?\s*\((?:\s*(?:[惟但而且及并]|无论如何|在?任何情况下|[须应]|必须|最[迟晚])|[a-z\s,]{3,40}\b)*\s*", re.IGNORECASE)


def _on_day_before(facts: Facts, sentence: Span, item: Deadline) -> Deadline:
    """測試於D上午9時至下午4時進行，參與者須於下午6時前完成: an hour alone is one of the day whose earlier hour stands right before."""
    if not item.rule.startswith("zh") or not item.rule.endswith(DAILY) or item.stated is not None or item.time is None:
        return item
    days = facts.days.within((sentence[0], item.span[0]))
    day = days[-1] if days else None
    if day is None or day.start is None or day.start != day.end or day.time is None or str(day.end_time or day.time) >= str(item.time):
        return item
    between = facts.masked[day.span[1] : item.span[0]]
    if not _NEXT_CLAUSE.fullmatch(between) or _REPEATS.search(facts.text, sentence[0], item.span[1]):
        return item
    due = with_business(facts, on_date(day, item.relation, item.time))
    return msgspec.structs.replace(item, stated=due.stated, due=due.day, due_business=due.business, why=due.why)


def _is_later_hour(facts: Facts, before: Deadline, item: Deadline) -> bool:
    """Is an hour all that the clause says of its time? `by 5:00 p.m. on Friday`, 於兩日後下午5時前 tell a day that nobody has read."""
    if not item.rule.endswith(DAILY) or item.stated is not None or None in (before.stated, before.due, before.time, item.time):
        return False
    if str(before.time) >= str(item.time) or _REPEATS.search(facts.text, before.span[0], item.span[1]):
        return False
    if item.rule.startswith("zh"):
        return _ONLY_HOUR.search(facts.masked, before.span[1], item.span[0]) is not None
    return _ENDS.match(facts.masked, item.span[1]) is not None


_ONLY_HOUR = re.compile(r"[,，]\s*(?:并|及|亦|再)?(?:必?须|应)?(?:[于於在]\s*)?$")


# One clause on, which names no day of its own: 星期五, 兩日後, 翌日.
_NEXT_CLAUSE = re.compile(r"[^,，]*[,，][^,，日天后後星期周週月\ufdd0]*")


_ENDS = re.compile(r"\s*(?:[.;)]|\Z)")


_REPEATS = re.compile(
    r"\b(?:each|every|daily|thereafter|afterwards|normally|usually|if|unless|where|when)\b"
    r"|每|[其此][後后]|一般|平日|[如若倘]",
    re.IGNORECASE,
)


def _restated(told: Deadline, after: Deadline | None) -> Deadline:
    """須於開課前三個營業日，即5月3日或之前，遞交…: what is to be done stands behind the second of the two."""
    again = after is not None and told.action is not None and told.action.startswith("即") and after.stated is not None
    return msgspec.structs.replace(told, action=after.action) if after is not None and again else told


def _further(facts: Facts, phrase: Phrase, first: Deadline) -> list[Deadline]:
    """One for each day of a statement that gives several: 截止日期分別為4月23日及4月30日."""
    further = [first]
    for mention in facts.days.within(phrase.hit.span("more")):
        due = with_business(facts, on_date(mention, phrase.relation, mention.time))
        due_of = {"stated": due.stated, "due": due.day, "due_business": due.business, "time": due.time, "why": due.why}
        further.append(msgspec.structs.replace(first, quote=mention.quote, span=mention.span, **due_of))
    return further


def _each_for_its_own(facts: Facts, sentence: Span, phrase: Phrase, told: Deadline) -> list[Deadline]:
    """`by D (for banks) and E (for all other FIs)`: one for each day, with whom its brackets name; a day to count from is none."""
    if phrase.relation not in ("by", "before", "until", "on"):
        return []
    stated = group(phrase.hit, "date")[1]
    found, at = list[Deadline](), _first_for_its_own(facts, sentence, stated)
    if at != stated:
        told = msgspec.structs.replace(told, action=cut_action(facts, phrase.span[1], act_end(facts.masked, phrase.span[1], sentence[1])))
    while mention := facts.date_at(at):
        whose = _FOR_WHOM.match(facts.masked, mention.span[1], sentence[1])
        if whose is None:
            break
        named = tuple(dict.fromkeys(party.name for party in facts.parties.find(facts.text, facts.masked, _who(whose))))
        due = with_business(facts, on_date(mention, phrase.relation, mention.time))
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


def _who(whose: re.Match[str]) -> Span:
    return whose.span("who" if whose["who"] else "who2")


_FOR_WHOM = re.compile(
    r"\s*\((?:for\s+|in\s+the\s+case\s+of\s+)?(?P<who>[^()\n\ufdd0-\ufdd3]{2,60})\)"
    r"|\s+(?:for|in\s+the\s+case\s+of)\s+(?P<who2>(?!the\s+(?:purpose|benefit|avoidance)\b)[^().,;\n\ufdd0-\ufdd3]{2,60}?)"
    r"(?=\s*(?:[.;]|,?\s+(?:and|but|while|or)\s+(?:(?:to|until|by|on)\s+)?(?:the\s+)?[\ufdd0\ufdd2]|,\s+(?:(?:to|until|by|on)\s+)?[\ufdd0\ufdd2]|$))"
)


_NEXT_DAY = re.compile(
    r"\s*(?:,|;|、|及|和|与|and|or|but|while|\s)+(?:(?:to|until|by|on)\s+(?:[\ufdd2\ufdd3]+\s+on\s+)?|on\s+or\s+before\s+)?(?P<date>\ufdd0\ufdd1*)"
)


def _respectively(facts: Facts, sentence: Span, phrase: Phrase, told: Deadline) -> list[Deadline]:
    """`Class A and Class B must reply by D and E respectively`, 分別於D及E或之前: one for each day, in their order."""
    days = _listed_days(facts, sentence, group(phrase.hit, "date")[1])
    if len(days) < 2 or not (
        _RESPECTIVELY.match(facts.masked, max(phrase.span[1], days[-1].span[1]), sentence[1])
        or _SEPARATELY.search(facts.masked, sentence[0], days[0].span[0])
    ):
        return [told]
    before = facts.masked[sentence[0] : days[0].span[0]]
    classes = [facts.text[sentence[0] + name.start() : sentence[0] + name.end()] for name in word_list("class_names").finditer(before)]
    named = classes if len(classes) == len(days) else told.bearer
    parts = []
    for at, mention in enumerate(days):
        due = with_business(facts, on_date(mention, phrase.relation, mention.time))
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


def _consequence(facts: Facts, after: Sequence[Span]) -> str | None:
    """The next sentence if it says what failing brings."""
    for span in after[:1]:
        if word_list("consequence").search(facts.masked[slice(*span)]) and not facts.phrases_in(span):
            return squeeze(facts.text[slice(*span)])
    return None


_BY_ITS_OWN = re.compile(r"[,，]?\s*由(?=其(?![他它余])|[总分支]行|总公司|总部)")


def _deadline(
    facts: Facts, sentence: Span, after: Span, phrase: Phrase, modal: Modal | None, verbs: Sequence[Modal], previous: Span
) -> Deadline:
    due = rolled(facts, due_by(facts, phrase, sentence[0]), phrase.span, (phrase.span[1], sentence[1]), after)
    due = _told_behind(facts, phrase, due)
    borne = bearers(facts.parties, facts.text, facts.masked, sentence, modal, verbs) if modal else ()
    borne = borne or (facts.above.get(modal.span[0], ()) if modal else ())
    borne = agents_of(facts, sentence, phrase) or _own_subject(facts, phrase, modal) or borne
    end = phrase.span[1]
    if modal and borne and (by := _BY_ITS_OWN.match(facts.masked, end, sentence[1])):  # 银行须在…前|由总行提交
        own, behind = passive(facts.parties, facts.text, facts.masked, (by.end() - 1, sentence[1]))
        borne, end = (own, behind) if own else (borne, end)
    if modal and not borne and modal.span[1] <= phrase.span[0]:  # 須由參與者在…前送交
        borne, behind = passive(facts.parties, facts.text, facts.masked, (modal.span[1], phrase.span[0]))
        borne = borne if not facts.masked[behind : phrase.span[0]].strip() else ()
    if modal and not borne and is_failing(phrase) and group(phrase.hit, "action")[0]:  # 仍未回覆的結算參與者，將被視為…
        said, place = group(phrase.hit, "date")
        before = facts.parties.find(facts.text, facts.masked, (phrase.span[0], place[0] if said else phrase.span[0]))
        named = before or facts.parties.find(facts.text, facts.masked, (group(phrase.hit, "action")[1][1], phrase.span[1]))
        borne = tuple(dict.fromkeys(party.name for party in named))
        borne = borne or subject_of_list(facts.parties, facts.text, facts.masked, (sentence[0], phrase.span[0]))
    if modal and not borne:
        borne, end = passive(facts.parties, facts.text, facts.masked, (end, clause_end(facts.masked, end, sentence[1])))
    if modal is None and is_statement(phrase):
        borne = _of_statement(facts, phrase)
    action = action_of(facts, sentence, phrase, modal, previous, end) or opened_act(facts, sentence, phrase)
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
        action=BY_WHOM.sub("", action) if action and borne and _names_agent(facts, phrase, modal) else action,
        tentative=bool(word_list("tentative").search(facts.masked[slice(*sentence)])),
        modality=modal.modality if modal else "must",
    )


def _own_subject(facts: Facts, phrase: Phrase, modal: Modal | None) -> tuple[str, ...]:
    """機構應當配合，託管人|最晚於…發送: a clause that begins with those who act needs no verb of its own before 最晚."""
    if modal is None or modal.span[1] > phrase.span[0] or not _BY_ITSELF.match(facts.masked, phrase.span[0]):
        return ()
    clause = _WHO_FIRST.search(facts.masked, modal.span[1], phrase.span[0])
    named = opening(facts.parties, facts.text, facts.masked, clause.span("who")) if clause else []
    return tuple(dict.fromkeys(party.name for party in named))


_BY_ITSELF = re.compile(r"最[迟晚]|至迟|不[得可应]?[迟晚]于")
_WHO_FIRST = re.compile(r"[,，;；]\s*(?P<who>[^,，;；:\ufdd0-\ufddf]{2,24})$")


def _told_behind(facts: Facts, phrase: Phrase, due: Due) -> Due:
    """假期前五個營業日（即1月29日）: the day that is counted from what is not known stands in brackets right behind."""
    told = (
        _THAT_IS.match(facts.masked, phrase.span[1]) if due.day is None and phrase.relation in ("within", "at-least-before", "by") else None
    )
    mention = facts.date_at(told.span("date")) if told else None
    if mention is None or mention.start != mention.end:
        return due
    return with_business(facts, on_date(mention, "by", mention.time or due.time))


_THAT_IS = re.compile(r"\s*\(\s*(?:即|i\.?\s?e\.?|that\s+is|namely)[\s,:为是]*(?P<date>\ufdd0\ufdd1*)[\s\ufdd2\ufdd3]*\)")


def _of_statement(facts: Facts, phrase: Phrase) -> tuple[str, ...]:
    """`Submission by all CPs is required by D`, `is compulsory for each CP by D`: a statement that names who acts."""
    found = facts.parties.find(facts.text, facts.masked, phrase.span)
    return tuple(dict.fromkeys(party.name for party in found if _WHO.search(facts.masked, phrase.span[0], party.span[0])))


_WHO = re.compile(
    r"(?:\bby|\b(?:required|requested|compulsory|mandatory)\s+(?:of|for|from))\s+(?:(?:all|each|every|any|the|relevant)\s+)*$"
)


def _names_agent(facts: Facts, phrase: Phrase, modal: Modal | None) -> bool:
    """Does the clause say by whom: a passive verb, or a statement?"""
    return bool(PASSIVE.match(facts.masked, modal.span[1])) if modal else is_statement(phrase)


def unheeded(text: str, masked: str, asked: Iterable[Duty], told: Sequence[Deadline]) -> list[Unexplained]:
    """By when a duty is to be done, where no deadline says it: its words are known to no rule."""
    found: dict[Span, Unexplained] = {}
    why = "by when something is to be done, in no form that is known"
    spans = dict.fromkeys(duty.span for duty in asked if duty.modality != "may" and not duty.rule.endswith("not"))
    for span in spans:
        by = word_list("by_when").finditer(masked, *span) if masked.find(MARKS["date"], *span) >= 0 else ()
        within = word_list("within_when").finditer(masked, *span) if masked.find("ithin", *span) >= 0 else ()
        for match in (*by, *within):
            low, high = match.span()
            if not any(one.span[0] < high and low < one.span[1] for one in told) and not NOT_UNTIL.search(masked, span[0], low):
                found[low, high] = Unexplained(quote=text[low:high], span=(low, high), why=why)
    unbound = (some for some in _UNBOUND.finditer(masked) if not _NO_ORDER.search(masked, max(0, some.start() - 40), some.start()))
    for some in itertools.chain(_NOT_ALL.finditer(masked), unbound):
        low, high = some.span("by")
        if not any(one.span[0] < high and low < one.span[1] for one in told):
            found.setdefault((low, high), Unexplained(quote=text[low:high], span=(low, high), why=why))
    return list(found.values())


# 更正情况由总行于D前报送我局: no word binds, and the day may be a last one.
_UNBOUND = re.compile(
    r"(?P<by>于?\ufdd0\ufdd1*(?:\ufdd2\ufdd3*)?(?:或?之前|以前|前))(?:(?:(?![不毋勿无])[^\W\d_]){1,8}?)?"
    r"(?:报送|上报|报备|提交|递交|呈交|缴付|缴纳|缴交|交回|送交|送达|回复|回覆|申报|报名)(?!的|者|了|之)"
)
# What is done already (已于D前提交), a condition (如于D前提交), and what others were told (要求其于D前提交).
_NO_ORDER = re.compile(r"(?:[如若倘凡未无毋不已曾]|要求|没有)[^,，。;；\n\ufddc]*\Z")
# `Not all CPs are required to reply by D`.
_NOT_ALL = re.compile(
    r"\b[Nn]ot\s+(?:all|every|each)\s[^.;\ufdd0-\ufdd3]{3,60}?\s(?:must|shall|should|(?:is|are)\s+(?:required|requested|expected|obliged)|ha(?:s|ve)\s+to|needs?\s+to)\s"
    r"[^.;\ufdd0-\ufdd3]{0,100}?(?P<by>\b(?:by|before|on\s+or\s+before|(?:no|not)\s+later\s+than|until)\s+(?:\ufdd2\ufdd3*\s*(?:on\s+)?)?\ufdd0\ufdd1*)"
)
