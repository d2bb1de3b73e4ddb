"""Those whom the line over a list names (`CPs which have no plan:`), for items that begin with their verb (`(a) should draw one up …`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.extract.duties import Modal, subject_of_list
from ingest.extract.layout import InOrder
from ingest.extract.parties import Parties
from ingest.extract.subjects import described
from ingest.model import Span

MARK = re.compile(
    r"\s*(?:(?P<bullet>[•●▪◦‧·*–-])|(?P<step>(?:Step|STEP)\s+\d{1,2}\s*[–—:.-])|\(?(?P<roman>[ivx]{1,4})[.)]|\(?(?P<letter>[a-z])[.)]|(?P<digits>\(\d{1,2}\))|(?P<hans>\([一二三四五六七八九十]{1,3}\))|\(?(?P<digit>\d{1,2})[.)]|\(?(?P<han>[一二三四五六七八九十]{1,3})[)、]|\(?(?P<stem>[甲乙丙丁戊己庚辛壬癸])[)、])\s*"
)
_ITEM = re.compile(rf"(?:{MARK.pattern})?(?:\s|\b(?:also|then|in\s+addition)\b|,)*")
_LEADS = frozenset(":：,，-–—")  # how a line ends that has not yet said what is to be done


def bearers_above(
    parties: Parties, text: str, masked: str, paragraphs: Sequence[Span], verbs: InOrder[Modal]
) -> Mapping[int, tuple[str, ...]]:
    """The bearers of the verbs with which the items of a list begin, by the place of the verb."""
    found: dict[int, tuple[str, ...]] = {}
    for at, paragraph in enumerate(paragraphs):
        if masked[paragraph[1] - 1] not in _LEADS or not (named := _named(parties, text, masked, paragraph, verbs)):
            continue
        for item in paragraphs[at + 1 :]:
            said = verbs.within(item)
            begins = bool(said) and _ITEM.match(masked, item[0], said[0].span[0])
            if begins and (begins.end() == said[0].span[0] or _only_condition(parties, text, masked, (begins.end(), said[0].span[0]))):
                found[said[0].span[0]] = named
            elif not MARK.match(masked, *item):
                break
    return found


def _only_condition(parties: Parties, text: str, masked: str, span: Span) -> bool:
    """(b) 如發生重大事故，|應即時匯報: a condition that names nobody stands before the verb."""
    return _CONDITION.fullmatch(masked, *span) is not None and not parties.find(text, masked, span)


_CONDITION = re.compile(r"(?:如果?|若|倘若?|一旦|(?i:if|where|when)\s)[^,，。;；:：]{1,60}[,，]\s*")


def _named(parties: Parties, text: str, masked: str, paragraph: Span, verbs: InOrder[Modal]) -> tuple[str, ...]:
    """The parties with which a paragraph begins that ends without having said what they do."""
    if verbs.within(paragraph):
        return ()
    opening = MARK.match(masked, *paragraph)
    span = (opening.end() if opening else paragraph[0], paragraph[1])
    named = tuple(dict.fromkeys(party.name for party in described(parties, text, masked, span)))
    return named or subject_of_list(parties, text, masked, span)


def opened(masked: str, paragraph: Span) -> str:
    """What a paragraph says, without the dash with which some houses open a list (`are required to –`, `that :-`): a colon instead."""
    said = masked[slice(*paragraph)].rstrip()
    return _DASHED.sub(":", said) if said[-1:] in _DASHES else said


_DASHES = ("-", "–", "—")
_DASHED = re.compile(r"(?:\s*:|(?<=[a-z])\s+|(?<=[一-鿿]))\s*[-–—]+$")
