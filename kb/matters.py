"""Obligations over several circulars: what one circular asks for and another reminds of, moves or withdraws is one thing to do.

Each issue of a circular tells its own obligations. Between two that are tied, the same acts are found by their words and days,
and how the later one speaks of an act says what becomes of it. Nothing depends on the order in which circulars were read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, islice
from typing import Literal, NamedTuple

import msgspec

from ingest.model import Deadline, Expression, Span
from kb import speaking, withdrawing
from kb.moves import CHANGING, MOST_ACTS, amended, matched, script, sentence
from kb.obligations import (
    ALIKE,
    SAME,
    Mention,
    Obligation,
    Script,
    act_likeness,
    anchors_agree,
    bearers_agree,
    mentions_of,
    near,
    obligation,
    obligations,
    urgency,
)
from kb.revisions import Moment, issue_of, moment, moments, revision

Speaks = Literal["same", "moves", "differs"]
"""How a later circular speaks of an act: on the same day, on another that counts from now on, or on another without saying why."""

_ENDS = re.compile(
    r"\bno\s+longer\s+(?:be\s+)?(?:needs?|needed|have\s+to|has\s+to|required?|obliged|necessary|appl(?:y|ies))\b"
    r"|\b(?:is|are|been)\s+(?:hereby\s+|now\s+|therefore\s+)*(?:cancelled|canceled|withdrawn|revoked|rescinded)\b"
    r"|[無毋][須需]再|不再需要|(?:現予|現已|已)(?:取消|撤銷)",
    re.IGNORECASE,
)
# `Those who have returned the form are no longer required to`: others are.
_SOME_ONLY = re.compile(r"\b(?:if|who|which|unless|except|already|where|those|provided)\b|[如若倘除]|已經|[的之]參與者", re.IGNORECASE)

_AMENDS = re.compile(r"\bamend|\bexten[ds]|\bpostpone|修訂|修订|修改|延[期長长後后]|押後|押后|展期", re.IGNORECASE)
"""What a title calls a circular that changes an earlier one and does not stand by itself."""

Place = tuple[int, int]
"""An obligation of an issue: which of several issues, and which of its obligations."""


class Issue(NamedTuple):
    """A circular as it came out on a day: its languages, and the obligations that they tell.

    `circular` and `rows` are what the caller knows the circular and its expressions by.
    """

    circular: int
    rows: tuple[int, ...]
    name: str
    issued: date | None
    revision: int
    house: str | None
    expressions: tuple[Expression, ...]
    obligations: tuple[Obligation, ...]


class Bond(NamedTuple):
    """An obligation of one issue that a later one tells again: both by their places."""

    older: Place
    newer: Place
    speaks: Speaks
    relation: str


class Withdrawal(NamedTuple):
    """An issue that a later one takes back, both by their places; of one that is only replaced, what is not told again may live on.

    With a `place` only that obligation of the issue ends.
    """

    older: int
    newer: int
    sure: bool = True
    place: int = -1


class Spoken(NamedTuple):
    """An obligation, by its place, that a later issue moves or corrects in a sentence with these days, in words that give no deadline."""

    older: Place
    newer: int
    days: tuple[date, ...]


Tie = tuple[int, int, str]
"""The newer circular, the older one, and how the newer speaks of it."""


def issues(circular: int, told: Sequence[tuple[int, Expression]]) -> list[Issue]:
    """The issues of a circular: one, unless a language was printed again on a later day, or on the same one with the mark of a revision."""
    when = [(row, expression, moment(expression)) for row, expression in told]
    again = moments([(expression.lang, one) for _, expression, one in when if one])
    parts: dict[Moment | None, list[tuple[int, Expression]]] = defaultdict(list)
    for row, expression, one in when:
        parts[issue_of(one, again) if again else None].append((row, expression))
    return [issue(circular, part) for part in parts.values()]


def issue(circular: int, told: Sequence[tuple[int, Expression]]) -> Issue:
    """One issue from its expressions; English comes first, and copies in the order of their bytes."""
    rows, expressions = zip(*sorted(told, key=lambda one: (one[1].lang != "en", one[1].lang, one[1].source.sha256)), strict=True)
    first = next((one for one in expressions if one.number), expressions[0])
    issued = min((one.issued for one in expressions if one.issued), default=None)
    house = next((one.issuer for one in expressions if one.issuer), None)
    name = first.number or first.title or first.source.path
    revised = max(revision(one.title, one.text) for one in expressions)
    return Issue(circular, rows, name, issued, revised, house, expressions, tuple(obligations(expressions)))


def order(issue: Issue) -> tuple[date, str, int, str]:
    """Oldest first; one without a day comes before all. Of one number on one day the mark of a revision tells."""
    return issue.issued or date.min, issue.name, issue.revision, issue.expressions[0].source.sha256


# Between two issues --------------------------------------------------------------------------------------------------


def bonds(told: Sequence[Issue], ties: Collection[Tie]) -> Iterator[Bond]:
    """What of these issues, which come oldest first, is told again in a later one."""
    for older, newer, relation in tied(told, ties):
        for i, j, speaks in again(told[older], told[newer], relation):
            yield Bond((older, i), (newer, j), speaks, relation)


def withdrawals(told: Sequence[Issue], ties: Collection[Tie]) -> Iterator[Withdrawal]:
    """What of these issues, oldest first, a later one takes back or replaces."""
    for older, newer, relation in tied(told, ties):
        one, other = told[older], told[newer]
        if one.house != other.house or one.circular == other.circular:
            continue
        if withdraws(one, other):
            yield Withdrawal(older, newer)
        else:
            yield from (Withdrawal(older, newer, place=place) for place in ended(one, other))
            if relation == "replaces":
                yield Withdrawal(older, newer, sure=False)


def spoken_of(told: Sequence[Issue], ties: Collection[Tie], known: Collection[Bond]) -> Iterator[Spoken]:
    """What of these issues, oldest first, a later one of the house moves or corrects without telling it as a deadline again."""
    for older, newer, _ in tied(told, ties):
        one, other = told[older], told[newer]
        if one.house != other.house or one.circular == other.circular or len(one.obligations) > MOST_ACTS:
            continue
        here = [bond for bond in known if (bond.older[0], bond.newer[0]) == (older, newer)]
        for place, act in enumerate(one.obligations):
            if any(bond.older == (older, place) for bond in here):
                continue
            days = tuple(
                dict.fromkeys(
                    day
                    for index, expression in enumerate(other.expressions)
                    for found in speaking.spoken_of(expression, acts(one, act), days_of(one, act), explained(other, index, here))
                    for day in found
                )
            )
            if days:
                yield Spoken((older, place), newer, days)


def explained(newer: Issue, index: int, known: Collection[Bond]) -> list[Span]:
    """Where an expression tells again what an earlier issue asks for."""
    members = (member for bond in known for member in newer.obligations[bond.newer[1]].members if member.expression == index)
    return [newer.expressions[index].deadlines[member.deadline].span for member in members]


def tied(told: Sequence[Issue], ties: Collection[Tie]) -> Iterator[tuple[int, int, str]]:
    """The places of two issues and how the later speaks of the earlier; what is printed again is issued anew."""
    relations = {(newer, older): relation for newer, older, relation in ties}
    for (older, one), (newer, other) in combinations(enumerate(told), 2):
        relation = "reissue" if one.circular == other.circular else relations.get((other.circular, one.circular))
        if relation:
            yield older, newer, relation


def again(older: Issue, newer: Issue, relation: str) -> list[tuple[int, int, Speaks]]:
    """The obligations, by their places, that a later issue tells again, and how it speaks of them; each at most once."""
    ours, theirs = older.obligations, newer.obligations
    if older.house != newer.house or not (0 < len(ours) <= MOST_ACTS and 0 < len(theirs) <= MOST_ACTS):
        return []
    alike = [
        (same(older, old, newer, new), score, i, j)
        for i, old in enumerate(ours)
        for j, new in enumerate(theirs)
        if (score := likeness(older, old, newer, new) or from_day(older, old, newer, new)) >= ALIKE
    ]
    found = []
    for i, j in matched(alike):
        speaks: Speaks | None = "same" if same(older, ours[i], newer, theirs[j]) else other_day(older, ours[i], newer, theirs[j], relation)
        if speaks:
            found.append((i, j, speaks))
    return found


def told(issue: Issue, one: Obligation) -> list[Deadline]:
    """The deadlines of an obligation of an issue."""
    return [issue.expressions[member.expression].deadlines[member.deadline] for member in one.members]


def acts(issue: Issue, one: Obligation) -> Mapping[Script, str]:
    """The act of an obligation in each of its languages."""
    found: dict[Script, str] = {}
    for deadline in told(issue, one):
        act = deadline.action or deadline.quote
        found.setdefault(script(act), act)
    if one.action:
        found["en"] = one.action
    if one.action_zh:
        found["zh"] = one.action_zh
    return found


def likeness(older: Issue, old: Obligation, newer: Issue, new: Obligation) -> float:
    """How alike two acts are, in the language where they are most so; 0 where they bind others."""
    if any(
        script(mine.action or mine.quote) == script(yours.action or yours.quote) and not bearers_agree(mine, yours)
        for mine in told(older, old)
        for yours in told(newer, new)
    ):
        return 0.0
    mine, yours = acts(older, old), acts(newer, new)
    return max((act_likeness(mine[lang], yours[lang], lang) for lang in mine.keys() & yours.keys()), default=0.0)


def from_day(older: Issue, old: Obligation, newer: Issue, new: Obligation) -> float:
    """As alike as need be where two acts have no language in common, and the later one is moved from the day of the only act on it."""
    if old.due is None or acts(older, old).keys() & acts(newer, new).keys() or sum(one.due == old.due for one in older.obligations) > 1:
        return 0.0
    for member, one in zip(new.members, told(newer, new), strict=True):
        expression = newer.expressions[member.expression]
        begin, stop = sentence(expression.text, one.span)
        days = {mention.start for mention in expression.dates if begin <= mention.span[0] < stop}
        if new.due != old.due and days & days_of(older, old) and amended(expression.text, one.span, one.action):
            return ALIKE
    return 0.0


def days_of(issue: Issue, one: Obligation) -> set[date]:
    """The days on which an act is due, as they are printed and as they are meant."""
    return {day for deadline in told(issue, one) for day in (deadline.stated, deadline.due) if day}


def same(older: Issue, old: Obligation, newer: Issue, new: Obligation) -> bool:
    """Whether both tell the same day and no other time; without a day, whether both count from the same event."""
    if old.due or new.due:
        return old.due == new.due and len({old.time, new.time} - {None}) < 2
    one, other = (next(mentions_of(0, alone(issue, it))) for issue, it in ((older, old), (newer, new)))
    return one.script == other.script and near(one.deadline, other.deadline) and anchors_agree(one, other)


def alone(issue: Issue, one: Obligation) -> Expression:
    """An expression with nothing but the first deadline of an obligation."""
    first = one.members[0]
    whole = issue.expressions[first.expression]
    return msgspec.structs.replace(whole, deadlines=(whole.deadlines[first.deadline],))


def other_day(older: Issue, old: Obligation, newer: Issue, new: Obligation, relation: str) -> Speaks | None:
    """What another day of the same act means; None where it is an act of its own, as that of the following year.

    A circular that changes the earlier one moves the day, and so do words of moving; a mere reminder contradicts. Once the day
    has passed only such words still move it.
    """
    if new.due is None or older.issued is None or newer.issued is None:
        return None
    if any(
        amended(newer.expressions[member.expression].text, one.span, one.action)
        for member, one in zip(new.members, told(newer, new), strict=True)
    ):
        return "moves"
    if old.due is not None and old.due < newer.issued:
        return None
    if relation in CHANGING:
        return "moves"
    return "differs" if relation == "reminds" and old.due else None


def withdraws(older: Issue, newer: Issue) -> bool:
    """Whether a later issue takes an earlier one back as a whole."""
    own = {number for one in older.expressions for number in (one.number, *one.other_numbers) if number}
    for expression in newer.expressions:
        cited = [
            (reference, reference.number in own if reference.number else reference.issued == older.issued is not None)
            for reference in expression.references
        ]
        if any(meant and withdrawing.takes_back(expression.text, reference.span) for reference, meant in cited):
            return True
        # `The above circular is withdrawn` where no other is cited
        if cited and all(meant for _, meant in cited) and withdrawing.above(expression.text):
            return True
    return False


def ended(older: Issue, newer: Issue) -> Iterator[int]:
    """The obligations, by their places, that a later issue ends in a sentence with their words and their day."""
    for expression in newer.expressions:
        for found in islice(_ENDS.finditer(expression.text), MOST_ACTS):
            begin, stop = sentence(expression.text, found.span())
            whole = expression.text[begin:stop]
            days = {mention.start for mention in expression.dates if begin <= mention.span[0] < stop}
            if not _SOME_ONLY.search(whole):
                for place, one in enumerate(older.obligations):
                    act = acts(older, one).get(script(whole))
                    if act and one.due in days and act_likeness(act, whole, script(whole)) >= SAME:
                        yield place


# One obligation from several issues ----------------------------------------------------------------------------------


def merged(told: Sequence[Issue], ties: Collection[Tie]) -> list[Obligation]:
    """The obligations of these issues, which come oldest first. Members count the expressions of all issues one after the other."""
    known, taken_back = list(bonds(told, ties)), list(withdrawals(told, ties))
    spoken = list(spoken_of(told, ties, known))
    offsets = [sum(len(one.expressions) for one in told[:place]) for place in range(len(told))]
    mentions = [
        {
            (index, mention.at.deadline): msgspec.structs.replace(mention, circular=one.name)
            for index, expression in enumerate(one.expressions)
            for mention in mentions_of(offset + index, expression)
        }
        for one, offset in zip(told, offsets, strict=True)
    ]
    found = []
    for group in grouped(told, known):
        parts = {
            place: [mentions[place[0]][member.expression, member.deadline] for member in told[place[0]].obligations[place[1]].members]
            for place in group
        }
        found.append(one_of(told, parts, [bond for bond in known if bond.newer in parts and bond.older in parts], taken_back, spoken))
    return sorted(found, key=lambda one: (one.due or date.max, one.time or "24:00", one.members[0].expression, one.members[0].deadline))


def grouped(told: Sequence[Issue], ties: Collection[Bond]) -> list[list[Place]]:
    """Places of one obligation, oldest first: the surest bonds count first, and none brings two acts of one issue together."""
    group = {(issue, place): [(issue, place)] for issue, one in enumerate(told) for place in range(len(one.obligations))}
    sureness = ("same", "moves", "differs")
    for bond in sorted(ties, key=lambda bond: (sureness.index(bond.speaks), bond.newer, bond.older)):
        ours, theirs = group[bond.older], group[bond.newer]
        if ours is not theirs and not {issue for issue, _ in ours} & {issue for issue, _ in theirs}:
            ours.extend(theirs)
            group.update(dict.fromkeys(theirs, ours))
    return [sorted(places) for places in {id(places): places for places in group.values()}.values()]


def one_of(
    told: Sequence[Issue],
    parts: Mapping[Place, Sequence[Mention]],
    ties: Sequence[Bond],
    taken_back: Collection[Withdrawal],
    spoken: Collection[Spoken] = (),
) -> Obligation:
    """One obligation from the places that tell it: the newest day that counts, what was said before, and what became of it."""
    gone = withdrawn(told, parts, ties, taken_back)
    alive = [place for place in parts if place not in gone]
    counting = governing(alive or list(parts), ties)
    whole = obligation(sorted((mention for place in counting for mention in parts[place]), key=urgency), "")
    older = [place for place in sorted(parts, reverse=True) if place not in counting]
    said = [told[issue].obligations[place] for issue, place in older]
    first = min(parts)
    reasons = [
        *doubts(told, parts, counting, taken_back, spoken),
        *hour_lost(told, whole, said, [bond for bond in ties if bond.newer in counting]),
    ]
    return msgspec.structs.replace(
        whole,
        id=told[first[0]].obligations[first[1]].id,
        bearer=whole.bearer or next((one.bearer for one in said if one.bearer), ()),
        action=whole.action or next((one.action for one in said if one.action), None),
        action_zh=whole.action_zh or next((one.action_zh for one in said if one.action_zh), None),
        consequence=whole.consequence or next((one.consequence for one in said if one.consequence), None),
        conflict="; ".join(filter(None, (whole.conflict, *(reasons if alive else ())))) or None,
        members=(*whole.members, *(msgspec.structs.replace(one.at, governs=False) for place in older for one in parts[place])),
        sequence=len({bond.newer[0] for bond in ties if bond.speaks == "moves"}) + len(set(gone.values())),
        withdrawn=None if alive else told[max(gone.values())].circular,
    )


def hour_lost(told: Sequence[Issue], whole: Obligation, before: Sequence[Obligation], ties: Sequence[Bond]) -> Iterator[str]:
    """That a day was moved without an hour where there was one, in words: `extended to 9 May` says nothing of 5:00 p.m.

    A circular that replaces the earlier one, or prints it anew, stands by itself: without an hour it gives the whole day.
    """
    moved = max((bond for bond in ties if bond.speaks == "moves"), key=lambda bond: bond.newer, default=None)
    last = next((one for one in before if one.time and one.due), None)
    if moved and last and moved.relation not in {"replaces", "reissue"} and whole.due and not whole.time and whole.due != last.due:
        yield f"{told[moved.newer[0]].name} moves this without a time of day ({last.time} on {last.due} before)"


def governing(places: Sequence[Place], ties: Sequence[Bond]) -> list[Place]:
    """The places whose day counts: all from the newest on that moves it."""
    newest = max((bond.newer for bond in ties if bond.speaks == "moves" and bond.newer in places), default=(0, 0))
    return [place for place in places if place[0] >= newest[0]]


def withdrawn(
    told: Sequence[Issue], places: Collection[Place], ties: Sequence[Bond], taken_back: Collection[Withdrawal]
) -> dict[Place, int]:
    """The places that no longer count, each with the issue that took it back: with a circular go its amendments and reminders."""
    gone: dict[Place, int] = {}
    for back in sorted(taken_back):
        if (back.older, back.place) in places:  # the act ends, whoever has told it until then
            gone.update((place, back.newer) for place in places if place[0] <= back.newer)
        elif back.sure and back.place < 0:
            gone.update((place, back.newer) for place in places if place[0] == back.older)
    for bond in sorted(ties, key=lambda bond: bond.newer):
        if bond.older in gone and bond.newer not in gone and not stands_alone(told, bond) and bond.newer[0] < gone[bond.older]:
            gone[bond.newer] = gone[bond.older]
    return gone


def stands_alone(told: Sequence[Issue], bond: Bond) -> bool:
    """Whether the later circular holds whatever becomes of the earlier one: it replaces it, or tells all of it anew."""
    older, newer = told[bond.older[0]], told[bond.newer[0]]
    amends = len(newer.obligations) < len(older.obligations) or any(_AMENDS.search(one.title or "") for one in newer.expressions)
    return bond.relation == "replaces" or (bond.relation == "reissue" and not amends)


def doubts(
    told: Sequence[Issue],
    places: Collection[Place],
    counting: Collection[Place],
    taken_back: Collection[Withdrawal],
    spoken: Collection[Spoken],
) -> Iterator[str]:
    """Why an obligation that counts may no longer do so, in words."""
    for back in sorted(taken_back):
        if back.place < 0 and back.newer > max(issue for issue, _ in counting):
            if back.sure and back.older in {issue for issue, _ in places}:
                yield f"{told[back.newer].name} withdraws {told[back.older].name}"
            elif back.older in {issue for issue, _ in counting}:
                yield f"{told[back.newer].name} replaces {told[back.older].name} and does not tell this"
    for one in sorted(spoken):
        if one.older in counting and one.newer not in {issue for issue, _ in places} and one.newer > max(issue for issue, _ in counting):
            yield f"{told[one.newer].name} moves or corrects {', '.join(map(str, one.days))} and is not understood"
