"""Obligations: the deadlines of one matter for the same act, told as one thing to do.

A circular says a deadline in its body, again in its schedule, and all of it a second time in the other language.
Mentions are joined in two steps: within a language by the words of the act, between languages by date, relation, time
and order. A join is refused where it would bring two different acts together; what disagrees is kept and said.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Literal

import msgspec
from rapidfuzz.distance import Prefix

from ingest.model import Clock, Deadline, Expression, Lang, Modality, Relation, Value
from kb import labels, moments, zones
from kb.wording import concepts

Script = Literal["en", "zh"]

LANG: dict[Script, Lang] = {"en": "en", "zh": "zh-Hant"}

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WORD = re.compile(r"[a-z0-9]+")
EMPTY_EN = frozenset(
    re.split(
        r"\s+",
        "a an the of to for and or in on at by via with from through into as is are be been being their its his her our your any all each "
        "every that this these those such which who it they not no than later latest before after until within deadline time last day date",
    )
)
EMPTY_ZH = frozenset("的於于在及和與与或以之其所並并將将須须應应為为每名一由經经至日期前後后截止最時时限")
ENDINGS = frozenset(["", *re.split(r"\s+", "s es e ed d ing y ies ied ion ions ation ations ication ications ment ments ure")])
# A date column is headed by a bare noun (`Filing`, `Payment`) where the body has a verb of the same meaning.
SAME_ACT = (("file", "submit", "lodge", "return", "furnish", "deliver"), ("pay", "settle", "remit"))

ALIKE, SAME = 0.75, 0.9
"""How much of the shorter act's words the other shares: between body and schedule, and between two mentions in one place."""

MONTH = 31
"""So many days lie at most between a day in the body and the misprinted one in the schedule."""

STRENGTH: dict[Modality, int] = {"must": 0, "should": 1, "may": 2}


class Member(Value, frozen=True, kw_only=True):
    """A deadline of an obligation: which expression of the matter, and which of its deadlines.

    One that does not govern is history: a later circular gave another day, or took it back.
    """

    expression: int
    deadline: int
    governs: bool = True


class Obligation(Value, frozen=True, kw_only=True):
    """One act that somebody must, should or may do, and the last moment for it that any of its members gives.

    `id` is made of the circular and the act, so it outlives re-reading. `action` is English, `action_zh` Chinese.
    `zone` is that of `time` where it is not Hong Kong's: an IANA name, or the words of the text.
    `conflict` tells in words how the members that govern disagree, or is None. `sequence` counts how often a circular moved the
    day or took it back, `withdrawn` is the circular that took it back for good.
    """

    id: str
    due: date | None
    due_business: date | None = None
    time: Clock | None = None
    zone: str | None = None
    relation: Relation
    bearer: tuple[str, ...] = ()
    action: str | None = None
    action_zh: str | None = None
    consequence: str | None = None
    modality: Modality = "must"
    tentative: bool = False
    conflict: str | None = None
    sequence: int = 0
    withdrawn: int | None = None
    members: tuple[Member, ...]


class Mention(Value, frozen=True, kw_only=True):
    """A deadline where it stands. `place` counts the deadlines of its expression in reading order; `circular` names where several tell."""

    at: Member
    place: int
    deadline: Deadline
    script: Script
    scheduled: bool
    words: tuple[str, ...]
    circular: str | None = None
    zone: str | None = None


def obligations(expressions: Sequence[Expression]) -> list[Obligation]:
    """The obligations of one matter, earliest first and undated last; the circular that names them comes first in the sequence."""
    mentions = [mention for index, expression in enumerate(expressions) for mention in mentions_of(index, expression)]
    groups = sorted((sorted(group, key=urgency) for group in joined(mentions)), key=lambda group: urgency(group[0]))
    acts = act_keys(groups)
    return [obligation(group, identity(expressions, act)) for group, act in zip(groups, acts, strict=True)]


def mentions_of(index: int, expression: Expression) -> Iterator[Mention]:
    """The deadlines of an expression in reading order."""
    ordered = sorted(enumerate(expression.deadlines), key=lambda item: item[1].span)
    for place, (number, deadline) in enumerate(ordered):
        act = act_of(deadline)
        script: Script = "zh" if HAN.search(act) else "en"
        yield Mention(
            at=Member(expression=index, deadline=number),
            place=place,
            deadline=deadline,
            script=script,
            scheduled=any(start <= deadline.span[0] < end for start, end in (table.span for table in expression.tables)),
            words=content_zh(act) if script == "zh" else content_en(act),
            zone=zones.zone_of(expression, deadline),
        )


def act_of(deadline: Deadline) -> str:
    """What is to be done, in the words of the text."""
    return deadline.action or deadline.quote


# The words of an act -------------------------------------------------------------------------------------------------


def content_en(act: str) -> tuple[str, ...]:
    """The words that carry meaning, once each; `e-mail` and `email` are one."""
    words = WORD.findall(act.lower().replace("-", "").replace("'s", ""))
    return tuple(dict.fromkeys(word for word in words if word not in EMPTY_EN and len(word) > 1))


def content_zh(act: str) -> tuple[str, ...]:
    """Characters and their pairs: Chinese has no spaces, and a pair of characters tells 提名 from 結果."""
    characters = [letter for letter in HAN.findall(act) if letter not in EMPTY_ZH]
    pairs = [left + right for left, right in pairwise(characters)]
    return tuple(dict.fromkeys((*characters, *pairs)))


def kin(left: str, right: str) -> bool:
    """Two words of one family: `verify` and `verification`, `pay` and `payment`."""
    if left == right:
        return True
    common = Prefix.similarity(left, right)
    if common >= 5 and common >= min(len(left), len(right)) * 2 / 3:
        return True
    return common >= 3 and left[common:] in ENDINGS and right[common:] in ENDINGS


def same_meaning(left: str, right: str) -> bool:
    """Two words of one family, or of one kind of act."""
    if kin(left, right):
        return True
    return any(any(kin(left, word) for word in act) and any(kin(right, word) for word in act) for act in SAME_ACT)


def likeness(left: Mention, right: Mention) -> float:
    """The share of the shorter act's words that the longer one has too."""
    short, long = sorted((left.words, right.words), key=len)
    if not short or labels.differ(act_of(left.deadline), act_of(right.deadline)):
        return 0.0
    return likeness_zh(short, long) if left.script == "zh" else likeness_en(short, long)


def act_likeness(left: str, right: str, script: Script) -> float:
    """The share of the shorter act's words that the longer one has too, for two acts in one language; 0 for `Form A` and `Form B`."""
    cut = content_zh if script == "zh" else content_en
    short, long = sorted((cut(left), cut(right)), key=len)
    if not short or labels.differ(left, right):
        return 0.0
    return likeness_zh(short, long) if script == "zh" else likeness_en(short, long)


def likeness_en(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The share of the words of the first that the second has, in the same or a kindred form."""
    return sum(any(same_meaning(word, other) for other in long) for word in short) / len(short)


def likeness_zh(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """The mean of shared characters and shared pairs: word order differs between a verb phrase and its noun, characters do not."""
    shares = []
    for size in (1, 2):
        few, many = {word for word in short if len(word) == size}, {word for word in long if len(word) == size}
        shares.append(len(few & many) / len(few) if few else 1.0)
    return sum(shares) / 2


# What may be joined --------------------------------------------------------------------------------------------------


def near(left: Deadline, right: Deadline) -> bool:
    """Due on the same or the next day, or the same stated date; two without a date need the same relation and time."""
    if left.due and right.due and abs((left.due - right.due).days) <= 1:
        return True
    if left.stated != right.stated or left.relation != right.relation:
        return left.stated is not None and left.stated == right.stated and not (left.due and right.due)
    return left.stated is not None or not (left.due or right.due or left.time != right.time)


def bearers_agree(left: Deadline, right: Deadline) -> bool:
    """Nobody is named on one side, or somebody on both."""
    ours, theirs = (folded_parties(deadline) for deadline in (left, right))
    return not ours or not theirs or any(one in other or other in one for one in ours for other in theirs)


def folded_parties(deadline: Deadline) -> set[str]:
    return {party.casefold().removesuffix("s") for party in deadline.bearer}


def anchors_agree(left: Mention, right: Mention) -> bool:
    """A day is known, or both count from the same event: `within 5 days after the error` is not `within 5 days after the quarter`."""
    if left.deadline.due or right.deadline.due:
        return True
    cut = content_zh if left.script == "zh" else content_en
    ours, theirs = cut(left.deadline.quote), cut(right.deadline.quote)
    return likeness(msgspec.structs.replace(left, words=ours), msgspec.structs.replace(right, words=theirs)) >= SAME


def same_place(left: Mention, right: Mention) -> bool:
    """Both in the body, or both in the schedule, of one expression in one language."""
    return left.at.expression == right.at.expression and left.script == right.script and left.scheduled == right.scheduled


def apart(left: Mention, right: Mention) -> bool:
    """The two cannot be one act: other days, other people, another form, or told side by side in the same place in other words."""
    ours, theirs = left.deadline, right.deadline
    if not near(ours, theirs) or others_act(left, right):
        return True
    if not same_place(left, right):
        return False
    # `the daily report by 2 March`, `by 3 March`; but `before 3 March` and `by 2 March` are one day
    if ours.stated != theirs.stated and ours.due != theirs.due:
        return True
    if ours.time and theirs.time and ours.time != theirs.time:
        return True
    return ours.relation == theirs.relation and likeness(left, right) < SAME


def others_act(left: Mention, right: Mention) -> bool:
    """In one language: other people, another event that days are counted from, or another form, part or phase."""
    ours, theirs = left.deadline, right.deadline
    return left.script == right.script and not (
        bearers_agree(ours, theirs) and anchors_agree(left, right) and not labels.differ(act_of(ours), act_of(theirs))
    )


def links(mentions: Sequence[Mention]) -> Iterator[tuple[float, bool, int, int]]:
    """Pairs of mentions that speak of one act, with how sure that is and whether on one day; words count for more than order."""
    for left, right in combinations(range(len(mentions)), 2):
        one, other = mentions[left], mentions[right]
        if one.script != other.script or not near(one.deadline, other.deadline):
            continue
        alike = likeness(one, other)
        if alike >= (SAME if same_place(one, other) and one.deadline.relation == other.deadline.relation else ALIKE):
            yield 10 + alike, one.deadline.due == other.deadline.due, left, right
    for ours, theirs in combinations(sequences(mentions), 2):
        if mentions[ours[0]].script != mentions[theirs[0]].script:
            yield from aligned(mentions, ours, theirs)


def sequences(mentions: Sequence[Mention]) -> list[list[int]]:
    """The mentions of each expression and language, in reading order."""
    found: dict[tuple[int, Script], list[int]] = {}
    for index, mention in enumerate(mentions):
        found.setdefault((mention.at.expression, mention.script), []).append(index)
    return list(found.values())


def aligned(mentions: Sequence[Mention], ours: list[int], theirs: list[int]) -> Iterator[tuple[float, bool, int, int]]:
    """The best match of two languages that keeps the order of both, as in aligning two texts sentence by sentence."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, left in enumerate(ours):
        for j, right in enumerate(theirs):
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + agreement(mentions[left], mentions[right]))
    i, j = len(ours), len(theirs)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            one, other = mentions[ours[i]], mentions[theirs[j]]
            yield agreement(one, other), one.deadline.due == other.deadline.due, ours[i], theirs[j]


def agreement(left: Mention, right: Mention) -> float:
    """How well two mentions in different languages say the same; 0 where they cannot."""
    ours, theirs = left.deadline, right.deadline
    if not near(ours, theirs):
        return 0.0
    same = (
        ours.due == theirs.due,
        ours.relation == theirs.relation or {ours.relation, theirs.relation} == {"by", "until"},
        ours.time == theirs.time,
        ours.modality == theirs.modality,
        left.scheduled == right.scheduled,
        bool(ours.bearer) == bool(theirs.bearer),
    )
    return 1.0 + sum(same)


def joined(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Groups of mentions that speak of one act: the surest links first, each refused if it joins two that are apart.

    Then what is left over in one place is put to what is left over in another, where both can only be the same act.
    """
    group = {index: [index] for index in range(len(mentions))}
    for _, _, left, right in sorted(links(mentions), key=lambda link: (-link[0], -link[1], link[2:])):
        ours, theirs = group[left], group[right]
        if ours is theirs or any(apart(mentions[one], mentions[other]) for one in ours for other in theirs):
            continue
        unite(group, ours, theirs)
    for left, right in left_over(mentions, group):
        unite(group, group[left], group[right])
    unique = {id(members): members for members in group.values()}
    return [[mentions[index] for index in members] for members in unique.values()]


def unite(group: dict[int, list[int]], ours: list[int], theirs: list[int]) -> None:
    ours.extend(theirs)
    group.update(dict.fromkeys(theirs, ours))


# One act on two days -------------------------------------------------------------------------------------------------


def left_over(mentions: Sequence[Mention], group: Mapping[int, list[int]]) -> list[tuple[int, int]]:
    """Members of two groups that tell one act on two days: each the only one that the other can be, and neither told where the other is.

    A misprinted day would otherwise make two acts of one, and nothing would say that they disagree.
    """
    found: dict[frozenset[int], tuple[int, int]] = {}
    for left, right in (*worded(mentions), *between(mentions, group)):
        ours, theirs = group[left], group[right]
        if ours is not theirs and not {place_of(mentions[one]) for one in ours} & {place_of(mentions[other]) for other in theirs}:
            found.setdefault(frozenset((ours[0], theirs[0])), (left, right))
    count = Counter(end for ends in found for end in ends)
    return [pair for ends, pair in found.items() if all(count[end] == 1 for end in ends)]


def place_of(mention: Mention) -> tuple[int, Script, bool]:
    return mention.at.expression, mention.script, mention.scheduled


def worded(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Mentions in one language, in body and schedule or in two prints, that tell an act in the same words on days of one month."""
    for left, right in combinations(range(len(mentions)), 2):
        one, other = mentions[left], mentions[right]
        if one.script != other.script or same_place(one, other) or not one.deadline.due or not other.deadline.due:
            continue
        close = abs((one.deadline.due - other.deadline.due).days) <= MONTH
        if close and not others_act(one, other) and likeness(one, other) >= (ALIKE if one.scheduled != other.scheduled else SAME):
            yield left, right


def between(mentions: Sequence[Mention], group: Mapping[int, list[int]]) -> Iterator[tuple[int, int]]:
    """Mentions in two languages that agree in all but the day and are alone between the same neighbours."""
    for ours, theirs in combinations(sequences(mentions), 2):
        if mentions[ours[0]].script == mentions[theirs[0]].script:
            continue
        at = {id(group[index]): place for place, index in enumerate(theirs)}
        last = (-1, -1)
        for place, index in (*enumerate(ours), (len(ours), None)):
            met = len(theirs) if index is None else at.get(id(group[index]))
            if met is None:
                continue
            if (place - last[0], met - last[1]) == (2, 2):
                left, right = ours[place - 1], theirs[met - 1]
                if all_but_day(mentions[left], mentions[right]):
                    yield left, right
            last = (place, met)


def all_but_day(left: Mention, right: Mention) -> bool:
    """Whether two mentions in different languages are due at the same hour of two days, say as much of who must or may, and of what."""
    ours, theirs = left.deadline, right.deadline
    about, meant = concepts(act_of(ours), LANG[left.script]), concepts(act_of(theirs), LANG[right.script])
    return (
        ours.due is not None
        and theirs.due is not None
        and (ours.time, ours.modality, left.scheduled, bool(ours.bearer))
        == (theirs.time, theirs.modality, right.scheduled, bool(theirs.bearer))
        and (ours.relation == theirs.relation or {ours.relation, theirs.relation} <= {"by", "until", "on"})
        and (bool(about & meant) or not (about and meant))
    )


# One obligation from its members -------------------------------------------------------------------------------------


def urgency(mention: Mention) -> tuple[date, Clock, Script, bool, int, int]:
    """Earliest first; among equals English, then the body, then the order of reading."""
    deadline = mention.deadline
    clock = deadline.time or "24:00"
    return deadline.due or date.max, clock, mention.script, mention.scheduled, mention.at.expression, mention.place


def authority(mention: Mention) -> tuple[bool, bool, Script, int]:
    """Whose words tell the act: the body before the schedule, one that names the bearer, English, then the order of reading."""
    return mention.scheduled, not mention.deadline.bearer, mention.script, mention.place


def obligation(group: Sequence[Mention], name: str) -> Obligation:
    """The obligation of a group whose earliest member comes first."""
    first, told = group[0].deadline, sorted(group, key=authority)
    return Obligation(
        id=name,
        due=first.due,
        due_business=first.due_business,
        time=first.time,
        zone=next((mention.zone for mention in group if mention.zone and mention.deadline.time == first.time), None),
        relation=first.relation,
        bearer=tuple(dict.fromkeys(party for mention in told for party in mention.deadline.bearer)),
        action=said(told, lambda deadline: deadline.action, "en"),
        action_zh=said(told, lambda deadline: deadline.action, "zh"),
        consequence=said(told, lambda deadline: deadline.consequence),
        modality=modality(group),
        tentative=all(mention.deadline.tentative for mention in group),
        conflict=conflict(group),
        members=tuple(mention.at for mention in group),
    )


def said(told: Sequence[Mention], field: Callable[[Deadline], str | None], script: Script | None = None) -> str | None:
    """What the first mention that has it says, in the language asked for."""
    words = (field(mention.deadline) for mention in told if script in {None, mention.script})
    return next((word for word in words if word), None)


def modality(group: Sequence[Mention]) -> Modality:
    """The strongest word of the body; a schedule's bare date says nothing of its own where a body speaks."""
    body = [mention for mention in group if not mention.scheduled]
    return min((mention.deadline.modality for mention in body or group), key=STRENGTH.__getitem__)


def conflict(group: Sequence[Mention]) -> str | None:
    """How the members disagree on the day or the time, in words; None where they do not."""
    days = {mention.deadline.due for mention in group} - {None}
    clocks, places = {mention.deadline.time for mention in group} - {None}, {mention.zone for mention in group} - {None}
    if len(days) < 2 and len(clocks) < 2 and len(places) < 2:
        return None
    bilingual, several = len({mention.script for mention in group}) > 1, len({mention.circular for mention in group}) > 1
    readings: dict[tuple[date | None, Clock | None, str | None], Mention] = {}
    for mention in group:
        readings.setdefault((mention.deadline.due, mention.deadline.time, mention.zone), mention)
    return "; ".join(reading(mention, bilingual=bilingual, several=several) for mention in readings.values())


def reading(mention: Mention, *, bilingual: bool, several: bool) -> str:
    """One member's statement: its words, where they stand, and when that is."""
    deadline = mention.deadline
    quote = " ".join(deadline.quote.split())
    where = "schedule" if mention.scheduled else "body"
    language = {"en": " (English)", "zh": " (Chinese)"}[mention.script] if bilingual else ""
    circular = f" of {mention.circular}" if several else ""
    day = f"{deadline.due.day} {deadline.due:%B %Y}" if deadline.due else "a day not known"
    hour = moments.printed(None, deadline.time, mention.zone)
    return f"'{quote}' in the {where}{circular}{language}: due {day}" + (f" at {hour}" if hour else "")


# Names that last -----------------------------------------------------------------------------------------------------


def act_keys(groups: Sequence[Sequence[Mention]]) -> list[str]:
    """The act of each group in its own words, whatever their order; equal ones (`Payment` four times) are numbered by date."""
    seen: Counter[str] = Counter()
    keys = []
    for group in groups:
        first = min(group, key=authority)
        key = " ".join(sorted((*first.words, *labels.named(act_of(first.deadline)))))
        seen[key] += 1
        keys.append(f"{key} {seen[key]}")
    return keys


def identity(expressions: Sequence[Expression], act: str) -> str:
    """A name made of the circular and the act. A circular without a number is known by issuer, day and title, or else by its bytes."""
    named = next((expression for expression in expressions if expression.number), expressions[0])
    parts = (named.issuer, named.number) if named.number else (named.issuer, str(named.issued), named.title or named.source.sha256)
    return hashlib.sha256("\n".join((*(part or "" for part in parts), act)).encode()).hexdigest()[:16]
