"""Matters that go on, with known truth: reminders, amendments, re-issues, replacements and withdrawals of circulars with three acts.

Each case is one of a family; the obligations that its circulars tell are known, by the files and acts that belong to each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from base_factory import (
    HOUSES,
    MAIN,
    SISTER,
    WEEKDAYS_ZH,
    Circular,
    Matter,
    chinese,
    english,
    head,
    head_zh,
    matter,
    reference,
    said,
    said_zh,
    weekday,
)

PARTY, PARTY_ZH = HOUSES[MAIN][3:5]
Act = tuple[str, str, date, int]


class Told(NamedTuple):
    """An obligation: the files that tell it, which act it is, its day, and what became of it."""

    files: frozenset[str]
    act: str
    due: date
    withdrawn: bool = False
    conflict: bool = False


class Matters(NamedTuple):
    """Circulars, and the obligations that they tell."""

    circulars: tuple[Circular, ...]
    obligations: frozenset[Told]


class Case(NamedTuple):
    """What a family adds to a circular: its texts by name, and what becomes of each of the three acts."""

    texts: dict[str, str]
    fates: tuple[tuple[Told, ...], ...]


def matters(count: int) -> Matters:
    """So many circulars or a few more, the families in turn."""
    circulars: list[Circular] = []
    obligations: set[Told] = set()
    number = 0
    while len(circulars) < count:
        number += 1
        told = matter(Random(number), number)
        case = FAMILIES[number % len(FAMILIES)](told, number)
        texts = {"main-en": english(MAIN, told, number), "main-zh": chinese(MAIN, told, number), **case.texts}
        fates = list(case.fates)
        if number % 3 == 0:  # the sibling is told once more, and no one else reminds or moves it
            texts |= {"sister-en": english(SISTER, told, number), "sister-zh": chinese(SISTER, told, number)}
            fates += [(Told(frozenset({"sister-en", "sister-zh"}), act[0], act[2]),) for act in told.acts]
        circulars += [Circular(f"{number:05}-{name}.txt", text) for name, text in texts.items()]
        obligations |= {
            fate._replace(files=frozenset(f"{number:05}-{name}.txt" for name in fate.files)) for group in fates for fate in group
        }
    return Matters(tuple(circulars), frozenset(obligations))


# Pieces --------------------------------------------------------------------------------------------------------------

MAIN_FILES = frozenset({"main-en", "main-zh"})


def plain(act: Act, *more: str, due: date | None = None, withdrawn: bool = False, conflict: bool = False) -> tuple[Told, ...]:
    """An act of the first circular, which these files tell as well."""
    return (Told(MAIN_FILES | {*more}, act[0], due or act[2], withdrawn, conflict),)


def moved(act: Act, days: int = 7) -> Act:
    """The same act on a later day."""
    return (*act[:2], weekday(act[2] + timedelta(days=days)), act[3])


def duty(act: Act) -> str:
    return f"{PARTY} {act[0]} no later than {act[3]}:00 on {said(act[2])} ({act[2]:%A})."


def duty_zh(act: Act) -> str:
    return f"{PARTY_ZH}{act[1][:2]}不遲於{said_zh(act[2])}（星期{WEEKDAYS_ZH[act[2].weekday()]}）{act[3]}:00{act[1][2:]}。"


def later(told: Matter, number: int, title: str, *sentences: str, days: int = 2, department: str = "OPS") -> str:
    """A later English circular of the house about the matter."""
    issued = weekday(told.issued + timedelta(days=days))
    lines = head(MAIN, reference(MAIN, number, department), issued)
    return "\n".join([*lines, f"Subject: {title} – {told.subject[0]}", "", *(f"{one}\n" for one in sentences)])


def later_zh(told: Matter, number: int, *sentences: str) -> str:
    """The Chinese of it."""
    lines = head_zh(MAIN, reference(MAIN, number, "OPS"), weekday(told.issued + timedelta(days=2)))
    return "\n".join([*lines, f"事項： {told.subject[1]}", "", *(f"{one}\n" for one in sentences)])


# Families ------------------------------------------------------------------------------------------------------------


def alone(told: Matter, number: int) -> Case:
    """Nothing follows."""
    return Case({}, tuple(plain(act) for act in told.acts))


def reminder(told: Matter, number: int) -> Case:
    """Two acts are told again on their days, in both languages."""
    cited, (first, second, third) = reference(MAIN, number), told.acts
    again = f"{PARTY} are reminded, as told in circular {cited}, of the following."
    texts = {
        "later-en": later(told, number, "Reminder", again, duty(first), duty(second)),
        "later-zh": later_zh(told, number, f"謹提醒{PARTY_ZH}留意通告{cited}。", duty_zh(first), duty_zh(second)),
    }
    return Case(texts, (plain(first, *texts), plain(second, *texts), plain(third)))


def contradiction(told: Matter, number: int) -> Case:
    """A reminder has another day, and does not say why."""
    first, *others = told.acts
    again = f"{PARTY} are reminded, as told in circular {reference(MAIN, number)}, of the following."
    texts = {"later-en": later(told, number, "Reminder", again, duty(moved(first, 1)))}
    return Case(texts, (plain(first, *texts, conflict=True), *(plain(act) for act in others)))


def amendment(told: Matter, number: int) -> Case:
    """An act gets another day, in both languages."""
    cited, (first, *others) = reference(MAIN, number), told.acts
    new = moved(first)
    sentence = f"Further to our circular of {said(told.issued)} (Reference: {cited}), the last day is moved."
    texts = {
        "later-en": later(told, number, "Correction", sentence, duty(new)),
        "later-zh": later_zh(told, number, f"現修訂通告{cited}的限期。", duty_zh(new)),
    }
    return Case(texts, (plain(first, *texts, due=new[2]), *(plain(act) for act in others)))


def extension(told: Matter, number: int) -> Case:
    """A reminder says that the day was moved."""
    first, *others = told.acts
    new = moved(first)
    again = f"{PARTY} are reminded, as told in circular {reference(MAIN, number)}, of the following."
    told_again = f"{duty(new)[:-1]}, extended from {said(first[2])}."
    texts = {"later-en": later(told, number, "Reminder", again, told_again)}
    return Case(texts, (plain(first, *texts, due=new[2]), *(plain(act) for act in others)))


def issued_again(told: Matter, number: int) -> Case:
    """The circular comes out again under its number, with another day for an act."""
    first, *others = told.acts
    new = moved(first)
    issue = told._replace(issued=weekday(told.issued + timedelta(days=2)), acts=(new, *others))
    texts = {"again-en": english(MAIN, issue, number), "again-zh": chinese(MAIN, issue, number)}
    return Case(texts, (plain(first, *texts, due=new[2]), *(plain(act, *texts) for act in others)))


def replacement(told: Matter, number: int) -> Case:
    """Another circular takes its place, tells two acts and is silent on the third."""
    first, second, third = told.acts
    new = moved(first)
    sentence = f"This circular replaces circular {reference(MAIN, number)}."
    texts = {"later-en": later(told, number, "Revised arrangements", sentence, duty(new), duty(second))}
    return Case(texts, (plain(first, *texts, due=new[2]), plain(second, *texts), plain(third, conflict=True)))


def withdrawal(told: Matter, number: int) -> Case:
    """The whole circular is withdrawn, and with it a reminder."""
    first, *others = told.acts
    cited = reference(MAIN, number)
    again = f"{PARTY} are reminded, as told in circular {cited}, of the following."
    texts = {
        "later-en": later(told, number, "Reminder", again, duty(first)),
        "end-en": later(told, number, "Withdrawal", f"Circular {cited} dated {said(told.issued)} is withdrawn.", days=3, department="RMD"),
    }
    return Case(texts, (plain(first, "later-en", withdrawn=True), *(plain(act, withdrawn=True) for act in others)))


def release(told: Matter, number: int) -> Case:
    """One act is no longer asked for."""
    first, *others = told.acts
    act = first[0].removeprefix("must ")
    texts = {
        "end-en": later(
            told, number, "Update", f"The requirement to {act} by {said(first[2])} (circular {reference(MAIN, number)}) is cancelled."
        )
    }
    return Case(texts, (plain(first, withdrawn=True), *(plain(act) for act in others)))


def following_year(told: Matter, number: int) -> Case:
    """A year later the same is asked for again: obligations of their own."""
    first, *others = told.acts
    next_one = moved(first, 364)
    sentence = f"The arrangements of circular {reference(MAIN, number)} apply again."
    texts = {"later-en": later(told, number, "Annual exercise", sentence, duty(next_one), days=357)}
    own = Told(frozenset(texts), first[0], next_one[2])
    return Case(texts, ((*plain(first), own), *(plain(act) for act in others)))


FAMILIES: tuple[Callable[[Matter, int], Case], ...] = (
    alone,
    reminder,
    contradiction,
    amendment,
    extension,
    issued_again,
    replacement,
    withdrawal,
    release,
    following_year,
)
