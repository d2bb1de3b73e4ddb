"""Who a clause is about where no party term stands before its verb, or only one of those listed.

`Candidates who are ill must …`, `A body with no plan may …`, 結算代理人及託管商均應….
"""

from __future__ import annotations

import re
from functools import cache

from ingest.extract.parties import Parties, Party
from ingest.lang.rules import compose, languages
from ingest.model import Span


def described(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """Those whom the clause begins with, by the word for them and what stands before it; what tells them from others is left out."""
    if _people().isdisjoint(word.lower() for word in masked[span[0] : min(span[1], span[0] + _NEAR)].split()):
        return []
    condition = _CONDITION.match(masked, *span)
    start = condition.end() if condition else span[0]
    told = _TOLD.match(masked, start, span[1])
    start = told.end() if told else start
    opening = _opening().match(masked, start, span[1]) or _behind_introduction(masked, (start, span[1]))
    if opening is None:
        return []
    return [
        Party(one.span("who"), parties.name(text[slice(*one.span("who"))])) for one in _one().finditer(masked, *opening.span("subject"))
    ]


def _behind_introduction(masked: str, span: Span) -> re.Match[str] | None:
    """`As announced on D, a firm which holds client assets`: the subject behind what introduces the sentence."""
    introduction = _FURTHER.match(masked, *span) or _INTRODUCTION.match(masked, *span)
    return _opening().match(masked, introduction.end(), span[1]) if introduction else None


_FURTHER = re.compile(
    r"\s*(?:In\s+addition|In\s+particular|Further(?:more)?|Moreover|However|Accordingly|Therefore|Also|In\s+this\s+(?:connection|regard)),\s+"
)
_NEAR = 180  # no introduction and subject are longer
_INTRODUCTION = re.compile(r"\s*[A-Z][^,;:\n]{2,80},\s+(?=(?:an?|the|each|every|any|all|such)\s+[a-z])")
# `The Commission reminds | licensed corporations that they`: who is told, not who tells.
_TOLD = re.compile(
    r"\s*(?:This\s+(?:(?:circular|notice|letter)\s+)?(?:(?:is|serves)\s+to\s+)?)?"
    r"(?:(?:The|We|Our)\s+)?(?:[A-Z][\w’'-]*\s+(?:(?:and|of|[A-Z][\w’'-]*)\s+){0,5})?"
    r"(?:(?:also|therefore|hereby|again|would\s+like\s+to|wish(?:es)?\s+to)\s+){0,3}"
    r"(?:(?:remind|inform|advis|tell|warn)(?:s|e|es|ed|ing)?|notif(?:y|ies|ied|ying)|told)\s+(?=[^,;:\n]{2,80}\s+that\s+(?:they|it|the\s+latter)\s*$)"
)
_CONDITION = re.compile(r"\s*(?:Where|If|Should|When|Once|Unless)\s+(?=[^;:]+,\s+(?:it|they)\s*$)")


@cache
def _people() -> frozenset[str]:
    """The words for people and firms, also as they stand before a comma."""
    people = [*(word for word in languages()["en"].lists["people"] if word.isalpha()), *_ORGANS]
    return frozenset((*people, *(f"{word}," for word in people)))


def names_people(said: str) -> bool:
    """Do these words end with a word for people or firms, as a subject does (`the training provider`)?"""
    return said.rsplit(maxsplit=1)[-1].lower() in _people() if said.split() else False


# `The senior management of each LC should …`; the management of risks is nobody.
_ORGANS = ("management", "board", "boards")


@cache
def _person() -> str:
    people = sorted((word for word in _people() if word.isalpha() and word != "management"), key=len, reverse=True)
    return rf"(?i:{'|'.join(people)}|(?:(?<=senior\s)|(?<=executive\s)|(?<=top\s))management)(?![\w’'-])"


def named_there(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """Whom an English clause names with its next words, by the word for people or firms: `by the | Chief Risk Officer`."""
    one = _one().match(masked, *span)
    if one is None or one["who"].lower().endswith(_ORGANS):  # a plan endorsed by the board is another's to send
        return []
    return [Party(one.span("who"), parties.name(text[slice(*one.span("who"))]))]


@cache
def second() -> re.Pattern[str]:
    """Who acts for those named before, at the end of a subject: `and their delegates`, `or, where applicable, its agent`."""
    words = languages()["en"].lists["subject_words"][0]
    applicable = r"(?:where|if)\s+(?:applicable|appropriate|relevant|any|appointed)"
    return re.compile(
        rf"\s*(?:,|,?\s*(?:and|or)\b)\s*,?\s*(?:{applicable}\s*,\s*)?(?:(?:their|its)\s+(?:respective\s+|own\s+)?|the\s+)"
        rf"(?P<who>{words}{_person()})(?=\s*(?:,|\(|$|\bof\b|and\b|or\b))"
    )


@cache
def _one() -> re.Pattern[str]:
    """One of those named: no article, up to four words, and the word for a person or firm."""
    return re.compile(rf"(?P<who>\b{languages()['en'].lists['subject_words'][0]}{_person()})")


@cache
def _opening() -> re.Pattern[str]:
    """The subject that a clause begins with, up to what describes it or to the verb."""
    language = languages()["en"]
    before, behind = (language.lists[name][0] for name in ("before_subject", "behind_subject"))
    one = _one().pattern.replace("?P<who>", "?:")
    return re.compile(
        rf"\s*(?:{before})(?P<subject>{one}(?:(?:\s*,\s*|\s+(?:and|or)\s+)(?:(?:the|their|its|all)\s+)?{one}){{0,3}})(?:{behind})"
    )


# Chinese: those who act stand at the head of their clause, behind 各, 如 or what tells them from others (未能按時付款的).


def opening(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """Those whom a Chinese clause begins with; a party term at the same place says how the text names them."""
    subject = _subject().match(masked, *span)
    if subject is None:
        return []
    known = parties.find(text, masked, span)
    low, high = subject.span("subject")
    found = []
    for one in _word().finditer(masked, low, high):
        term = next((party for party in known if party.span[0] < one.end() and one.start() < party.span[1]), None)
        if term is None or term not in found:
            found.append(term or Party(one.span(), parties.name(text[slice(*one.span())])))
    return found


def agent(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """Whom a passive clause names behind 由, by the word for people or firms that it begins with: 由|獲授權簽署人|簽署."""
    one = _word().match(masked, *span)
    return [Party(one.span(), parties.name(text[slice(*one.span())]))] if one else []


@cache
def _chinese(name: str) -> str:
    return compose(languages()["zh"].lists[name][0], {}, name)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(_chinese("subject_words"))


@cache
def _subject() -> re.Pattern[str]:
    word, joins = _chinese("subject_words"), _chinese("subject_joins")
    told = _chinese("subject_told")
    return re.compile(
        rf"{_chinese('before_subject')}(?P<subject>{word}(?:{joins}{word}){{0,5}}?(?:{joins}{told}{word})?)(?={_chinese('behind_subject')})"
    )
