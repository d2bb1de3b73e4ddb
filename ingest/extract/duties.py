"""Who must, should or may do what: sentences, their modal verbs and the parties before them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ingest.extract.parties import Parties, Party
from ingest.lang.rules import languages
from ingest.model import Duty, Modality, Span

_HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal verb where it stands."""

    span: Span
    modality: Modality
    rule: str


# Modal verbs ---------------------------------------------------------------------------------------------------------


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def span(self) -> Span: ...


Item = TypeVar("Item", bound=Placed)


def within(items: Sequence[Item], span: Span) -> list[Item]:
    """The items, which are in order, that lie in a part of the text."""
    start = bisect.bisect_left(items, span[0], key=lambda item: item.span[0])
    found = []
    for item in items[start:]:
        if item.span[0] >= span[1]:
            break
        if item.span[1] <= span[1]:
            found.append(item)
    return found


def find_modals(masked: str) -> list[Modal]:
    """The modal verbs of the text, in order."""
    found = []
    for language in languages().values():
        for hit in language.sections["modals"].find(masked):
            found.append(Modal(hit.span(), hit.rule.value, hit.rule.name))  # type: ignore[arg-type]
    return sorted(found, key=lambda modal: modal.span)


def subject(masked: str, sentence: Span, modal: Modal, before: Sequence[Modal]) -> Span:
    """Where the one who bears the duty stands: between the clause before and the modal verb."""
    low = sentence[0]
    for other in before:
        if other.span[1] <= modal.span[0]:
            low = max(low, other.span[1])
    for match in re.compile(r"[;。；]|,\s+(?:[a-z]+\s+){0,3}(?=[A-Z])|，|,(?=[一-鿿])").finditer(masked, low, modal.span[0]):
        low = match.end()
    return low, modal.span[0]


def bearers(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, all_modals: Sequence[Modal]) -> tuple[str, ...]:
    """The parties that bear the duty, in order, each once."""
    low, high = subject(masked, sentence, modal, all_modals)
    found = parties.find(text, masked, (low, high))
    named = _coordinated(masked, _addressed(masked, low, found))
    if not named and low > sentence[0]:
        return _carried(parties, text, masked, sentence, modal, low)
    return tuple(dict.fromkeys(party.name for party in named))


def _addressed(masked: str, low: int, found: Sequence[Party]) -> list[Party]:
    return [party for party in found if not _OBLIQUE.search(masked[max(low, party.span[0] - 24) : party.span[0]])]


_JOINS = re.compile(
    r"(?:\s|[()\"“”「」]|\([^()]{0,40}\)|,|、|/|&|\band\b|\bor\b|\beach\b|\ball\b|\bany\b|\bthe\b|以及|及|和|或|与|每名|各)*"
)


def _coordinated(masked: str, found: Sequence[Party]) -> list[Party]:
    """The parties of one subject: `CPs and DBs`. English says it first (`LCs with many clients`), Chinese last (客戶眾多的持牌法團)."""
    chains: list[list[Party]] = []
    for party in found:
        if chains and _JOINS.fullmatch(masked, chains[-1][-1].span[1], party.span[0]):
            chains[-1].append(party)
        else:
            chains.append([party])
    if not chains:
        return []
    return chains[-1] if _HAN.search(masked[slice(*chains[-1][-1].span)]) else chains[0]


# A party in one of these phrases is spoken of, not spoken to.
_OBLIQUE = re.compile(
    r"\b(?:by|to|from|of|with|against|between|their|its|on\s+behalf\s+of|in\s+respect\s+of)\s+(?:(?:the|any|all|each|its|their|our|such)\s+)*$|[向由與与给致对对於于]\s*$"
)


def _carried(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, low: int) -> tuple[str, ...]:
    """A clause without a party of its own (`並應…`, `and should …`) is borne by the party of the clause before."""
    gap = re.split(r"[,;，；]", masked[low : modal.span[0]])[-1].strip()
    if len(gap) > 12 and not _CONTINUES.match(gap):
        return ()
    earlier = _coordinated(masked, _addressed(masked, sentence[0], parties.find(text, masked, (sentence[0], low))))
    return tuple(dict.fromkeys(party.name for party in earlier))


_CONTINUES = re.compile(r"(?:and|or|but|they|it|if|in\s+case|並|并|及|亦|其|同时|以及|如|若|倘)", re.IGNORECASE)


def find_duties(text: str, masked: str, bounds: Mapping[Span, Sequence[Span]], verbs: Sequence[Modal], parties: Parties) -> list[Duty]:
    """Every sentence with a modal verb whose bearer the text names; the quote is the sentence. `bounds` are the sentences of each paragraph."""
    found = []
    for spans in bounds.values():
        for sentence in spans:
            duty = _duty(text, masked, sentence, within(verbs, sentence), parties)
            if duty is not None:
                found.append(duty)
    return found


def _duty(text: str, masked: str, sentence: Span, verbs: Sequence[Modal], parties: Parties) -> Duty | None:
    for modal in verbs:
        if modal.modality == "may":
            continue
        named = bearers(parties, text, masked, sentence, modal, verbs)
        if not named:
            continue
        low, high = _stripped(text, sentence)
        start, end = _stripped(text, (modal.span[1], high))
        return Duty(quote=text[low:high], span=(low, high), rule=modal.rule, bearer=named, modality=modal.modality, action=text[start:end])
    return None


def _stripped(text: str, span: Span) -> Span:
    low, high = span
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
