"""Who must, should or may do what: sentences, their modal verbs and the parties before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from ingest.extract.layout import InOrder, holding
from ingest.extract.parties import Parties, Party
from ingest.extract.sentences import sentences
from ingest.extract.subjects import agent, described, named_there, names_people, opening, second
from ingest.lang.rules import Found, Survey, hits, word_list
from ingest.model import Duty, Modality, Span, Unexplained
from ingest.text import BOUNDARY, squeeze

_HAN = re.compile(r"[一-鿿]")


class Modal(msgspec.Struct, frozen=True):
    """A modal verb where it stands; `act` is what must be done where that stands inside it (`the duty to report rests with`)."""

    span: Span
    modality: Modality
    rule: str
    act: Span | None = None

    @property
    def negated(self) -> bool:
        """不得, 不應: the verb tells what is not to be done."""
        return self.rule.endswith("not")

    @property
    def of_noun(self) -> bool:
        """`Submission is mandatory for`: what must be done is the subject."""
        return self.rule.endswith((".mandatory", ".nounnot"))

    @property
    def names_behind(self) -> bool:
        """Does it end with a preposition behind which those stand who bear it, and nothing more?"""
        return self.of_noun or self.act is not None


# Modal verbs ---------------------------------------------------------------------------------------------------------


def find_modals(masked: str, survey: Survey | None = None) -> list[Modal]:
    """The modal verbs of the text, in order."""
    found = [
        Modal(hit.span(), hit.rule.value, hit.rule.name, _inside(hit))  # type: ignore[arg-type]  # the rules hold nothing else
        for _, hit in hits("modals", masked, survey)
    ]
    return sorted(
        (modal for modal in found if not (_binds_nobody(masked, modal) or _is_condition(masked, modal))), key=lambda modal: modal.span
    )


def _is_condition(masked: str, modal: Modal) -> bool:
    """`Where agreements have to be amended, …`, `If you need to change it, …`: what may turn out to be needed is asked of nobody."""
    if not masked.startswith(_NEEDED, modal.span[0]):
        return False
    low = max(0, modal.span[0] - REACH_OF_CONDITION)
    return _IF_SOMEBODY.search(masked, low, modal.span[0]) is not None and _THEN.match(masked, modal.span[1]) is not None


_NEEDED = ("has", "have", "need", "is", "are")
_IF_SOMEBODY = re.compile(
    r"(?:(?:^|[.;:,)•●–—-]\s|\n)(?:[Ii]f|[Ww]here|[Ww]hen(?:ever)?|[Uu]nless|[Oo]nce|[Ii]n\s+case)|\b(?:If|Where|When(?:ever)?|Unless|Once))"
    r"\s+(?:[\w’'-]+\s+){1,6}$"
)
_THEN = re.compile(r"[^,.;:\n]{2,120},\s+[A-Za-z(]")
REACH_OF_CONDITION = 90


def _binds_nobody(masked: str, modal: Modal) -> bool:
    """`No fee is payable`, `none of them is required to`: the noun takes back what the verb asks; `no member shall` forbids."""
    if modal.negated or modal.modality == "may":
        return False
    if masked.startswith(_FORBIDDING, modal.span[0]) and not _BE.match(masked, modal.span[1]):
        return _NOT_ALL.search(masked, max(0, modal.span[0] - REACH_OF_NOBODY), modal.span[0]) is not None
    return _taken_back(masked, modal.span[0])


def _taken_back(masked: str, at: int) -> bool:
    return _NOBODY.search(masked, max(0, at - REACH_OF_NOBODY), at) is not None


_BE = re.compile(r"\s+be\b")  # `no fee shall be payable`, `neither shall be charged`
_FORBIDDING = ("must", "shall", "should", "ought", "Please", "please", "Kindly", "kindly")
_NOBODY = re.compile(
    r"\b(?<!being\s)(?<!having\s)(?<!with\s)(?:[Nn]o(?!\s+(?:later|doubt|longer|more|less|fewer|sooner)\b)|[Nn]othing\s+(?:in|herein)|[Nn]one\s+of|[Nn]either(?:\s+of)?|[Nn]ot\s+(?:all|every))\s+"
    r"(?:(?!(?:that|and|but|so|who|which|as|because|if|when|where|unless)\b)[A-Za-z’'-]+\s+){1,7}$"
)
# `Not all CPs must pay` asks it of some, and does not say of whom.
_NOT_ALL = re.compile(
    r"\b[Nn]ot\s+(?:all|every|each)\s+(?:(?!(?:and|but|so|who|which|because|if|when|where|unless)\b)[A-Za-z’'-]+\s+){1,7}$"
)
REACH_OF_NOBODY = 80


def _inside(hit: Found) -> Span | None:
    return next((hit.span(name) for name in ("action", "action2") if hit[name]), None)


def subject(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, before: Sequence[Modal]) -> Span:
    """Where those who bear the duty stand: between the clause before and the modal verb. The commas of their list end no clause."""
    low = sentence[0]
    for other in before:
        if other.span[1] <= modal.span[0]:
            low = max(low, other.span[1])
    clauses = [clause for clause in _CLAUSE.finditer(masked, low, modal.span[0] + 1) if clause.end() <= modal.span[0]]
    if low > sentence[0] and (parted := _AND_SUBJECT.search(masked, low, modal.span[0])):
        low = parted.end()
    elif low > sentence[0] and (others := _AND_WHO.search(masked, low, modal.span[0])) and others["comma"] and names_people(others["who"]):
        low = others.start("who")  # must notify their customers, and | customers should …
    lists = _lists(masked, parties.find(text, masked, (low, modal.span[0]))) if any(match[0][0] == "," for match in clauses) else []
    for match in clauses:
        inside = modal.rule.startswith("zh") and _UNCLOSED.search(masked, low, match.start()) and ")" in masked[match.end() : modal.span[0]]
        if holding(lists, match.start()) is None and not inside and not word_list("excluding").match(masked, match.start() + 1):
            low = match.end()
    return low, modal.span[0]


_UNCLOSED = re.compile(r"\([^()]*$")  # 公司秘書（如屬法人團體，|則其董事）須…: a comma in brackets ends no clause


def _lists(masked: str, found: Sequence[Party]) -> list[Span]:
    """Where parties are listed as the subject (`CPs, EPs, and DCPs`), not behind a preposition (`for CPs, EPs and DCPs must`)."""
    return [
        (chain[0].span[0], chain[-1].span[1])
        for chain in _chains(masked, found)
        if len(chain) > 2
        and _LAST_OF_LIST.search(masked, chain[-2].span[1], chain[-1].span[0])
        and not _PREPOSED.search(masked, max(0, chain[0].span[0] - 30), chain[0].span[0])
    ]


_LAST_OF_LIST = re.compile(r"\b(?:and|or)\b|&|[及和与或]")
_PREPOSED = re.compile(r"\b(?i:by|to|from|of|with|against|between|for|in|on|under|unlike|than)\s+(?:[a-z]+\s+){0,2}$")


# Behind another duty: `it must make a call, and | the customer must satisfy it`.
_AND_SUBJECT = re.compile(
    r"(?:,\s+(?:and|but|whereas|while)|\s(?:and|but|whereas|while))\s+(?=(?:the|each|every|any|all|such)\s+(?:[a-z-]+\s+){1,3}(?:(?:in|of|for)\s+(?:[a-z-]+\s+){1,3})?$)"
    r"|,\s+(?:and|but|whereas|while)\s+(?:its|their)\s+(?=(?:[a-z-]+\s+){0,2}(?:clients?|customers?|directors?|officers?|staff|agents?|delegates?"
    r"|subsidiar(?:y|ies)|affiliates?|representatives?|members|employees|controllers?|auditors?|investors?|holders?|shareholders?)\s+$)"
)
_CLAUSE = re.compile(
    r"[;。；]|,\s+(?!(?:including|such\s+as|namely|in\s+particular|particularly|especially|notably|together\s+with|along\s+with|as\s+well\s+as)\b)(?:[a-z]+\s+){0,3}(?=[A-Z])|，|,(?=[一-鿿])"
)


def main_verbs(verbs: Sequence[Modal], masked: str) -> list[Modal]:
    """Without the verbs of subordinate clauses: in `must confirm that every terminal can reach …` the duty is `must`.

    What may happen and then must be met (`may result in a call which must be met`) are two, and so is what is asked of those who
    fail (`must reply, failing which an explanation should be given`).
    """
    kept: list[Modal] = []
    for verb in verbs:
        between = masked[kept[-1].span[1] : verb.span[0]] if kept else ""
        own = (
            bool(kept)
            and (kept[-1].modality == "may" or kept[-1].negated)
            and verb.modality == "must"
            and _WHICH.search(between) is not None
        )
        own = own or (verb.modality != "may" and _FAILING.search(between) is not None)
        own = own or ("must" == kept[-1].modality != verb.modality == "should" and _AND_WHICH.search(between) is not None if kept else own)
        own = own or (bool(kept) and verb.modality != "may" and _AND_ALSO.search(between) is not None)
        own = own or (verb.modality != "may" and _AND_WHICH.search(between) is not None and bool(_DONE_BY.match(masked, verb.span[1])))
        own = own or _BUT_OTHERS.search(between) is not None or (verb.modality != "may" and _IN_WHICH_CASE.search(between) is not None)
        own = own or (verb.modality != "may" and _new_subject(between))
        if ";" in between or own or _PROVISO.search(between) or not word_list("subordinate").search(_AS_SOON_AS.sub("", between)):
            kept.append(verb)
    return kept


def _new_subject(between: str) -> bool:
    """`shall, before doing so, obtain consent, and | the training provider must`: a clause with a subject of its own is on a par."""
    match = _AND_WHO.search(between)
    if match is None or word_list("subordinate").search(match["who"]):
        return False
    people = names_people(match["who"])
    return people and (match["comma"] is not None or _REPORTED.search(between) is None)


_AND_WHO = re.compile(
    r"(?P<comma>,)?\s+(?:and|but|while|whereas)\s+(?P<who>(?:(?:the|each|every|any|all|such|its|their)\s+)?(?:[A-Za-z-]+\s+){1,4})$"
)
_REPORTED = re.compile(r"\b(?:that|whether|if|where|when|unless)\b")


_AS_SOON_AS = re.compile(
    r"\bas\s+(?:soon|promptly|quickly|early|fully|accurately|closely|far)\s+as\s+(?:(?:is|it\s+is)\s+)?(?:reasonably\s+)?"
    r"(?:possible|practicable|practical)\b"
)
_BUT_OTHERS = re.compile(r"[,，]\s*(?:而|但|惟|至于)[^,，]*(?:则|均|亦|都)?$")  # X可…，而所有Y則須…: the clause is on a par
_WHICH = re.compile(r"\bwhich\s+$")
_IN_WHICH_CASE = re.compile(
    r",\s+in\s+(?:which|that|such)\s+(?:case|event)\b"
)  # `may ask for more time, in which case it shall do so by D`
_AND_WHICH = re.compile(
    r"[\w)\ufdd1],\s+(?:(?:all|both|each|copies)\s+of\s+)?which\s+$"
)  # `a questionnaire on D, which should be answered by E`
_AND_ALSO = re.compile(r"\S,\s+and\s+(?:also\s+)?$")  # `is required to pay when placing the order, and must collect it`
_DONE_BY = re.compile(r"\s+be\s[^,.;\n]{0,90}?(?:\ufdd0|\bwithin\s)")  # `a plan, which should be sent to us by D`
_PROVISO = re.compile(r"\b(?:save|except|provided)\s+that\b")  # `…, save that on 3 June the report must be given by noon`
_FAILING = re.compile(r"\bfailing\s+which\b(?![^,;]*\b(?:that|who|whom|whose|which|if|where|when)\b)")


def bearers(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, all_modals: Sequence[Modal]) -> tuple[str, ...]:
    """The parties that bear the duty, in order, each once."""
    done_by = _done_by(parties, text, masked, sentence, modal)
    if done_by is not None:
        return done_by
    low, high = subject(parties, text, masked, sentence, modal, all_modals)
    if low > sentence[0] and _ELLIPSIS.search(masked, low, high):  # `must appoint two administrators and should tell us`
        return _carried(parties, text, masked, sentence, modal, low, all_modals)
    if _OF_FAULT.search(masked, max(sentence[0], low - 1), high) and _LEADS_TO.match(masked, high, sentence[1]):
        return ()
    named = _spoken_to(parties, text, masked, sentence, modal)
    if not named and modal.of_noun:
        named = _doers_of_noun(parties, text, masked, (low, high))
    elif not named:
        named = _coordinated(masked, _addressed(masked, low, parties.find(text, masked, (low, high))))
        if not named or not _ARTICLE.fullmatch(masked, low, named[0].span[0]):
            begins = described(parties, text, masked, (low, high))
            if begins and named and _TOGETHER.fullmatch(masked, begins[-1].span[1], named[0].span[0]):
                named = [*begins, *named]
            named = begins if begins and (not named or begins[0].span[0] < named[0].span[0]) else named
        if modal.rule.startswith("zh"):
            named = _in_chinese(parties, text, masked, sentence, (low, high), named)
    named = [*named, *_and_theirs(parties, text, masked, named, high)] if named else named
    if not named and modal.negated:  # `No Clearing Participant shall …`
        known, told = parties.find(text, masked, modal.span), _none_of(parties, text, masked, modal.span)
        others = [party for party in told if not any(one.span[0] < party.span[1] and party.span[0] < one.span[1] for one in known)]
        named = told if len(told) > len(known) else sorted([*known, *others], key=lambda party: party.span)
    if not named and _THEY.match(masked[sentence[0] : modal.span[0]]):
        return _named_before(parties, text, masked, sentence[0])
    if not named and low > sentence[0]:
        return _carried(parties, text, masked, sentence, modal, low, all_modals)
    return tuple(dict.fromkeys(party.name for party in named))


def _done_by(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal) -> tuple[str, ...] | None:
    """Who acts by the words behind a passive verb; None where it is none, or names nobody."""
    if modal.rule.startswith("zh") and modal.modality != "may" and masked.startswith("由", modal.span[1]):  # 核數師應由股東委任
        doers_named, _ = passive(parties, text, masked, (modal.span[1], sentence[1]))
        if doers_named:
            return doers_named
    if _PASSIVE.match(masked, modal.span[1], sentence[1]):
        doers = agents(parties, text, masked, sentence, modal)
        if doers or _RECIPIENT.match(masked, modal.span[1], sentence[1]):
            return tuple(dict.fromkeys(party.name for party in doers))
    return None


# `EPs are reminded that | any breach of the Rules | may lead to …`: nobody's duty, but what follows from a fault.
_OF_FAULT = re.compile(
    r"\bthat,?\s+(?:(?:any|an?|the|such|their|its|repeated|persistent|continued|late|wilful|serious)\s+)*"
    r"(?:failures?|failing|breach(?:es)?|contraventions?|(?i:non-?compliance)|infringements?|violations?|defaults?|delays?|omissions?|submissions?|payments?)\b"
    r"|[,，:]\s*(?:任何)?(?:未能|未有|未按|不遵|不符|违反|逾期|没有|延误)[^,，。;]{0,24}$"
)
_LEADS_TO = re.compile(
    r"(?:可能?|将|应|须)会?被?(?:导致|引致|构成|招致|处以|处罚|面临|遭|受到|罚款)|(?:may|shall|must|will|can)\s+(?:also\s+)?(?:result\s+in|lead\s+to|attract|give\s+rise\s+to|constitute|incur|entail|trigger|expose|render|amount\s+to"
    r"|be\s+(?:an?\s+(?:criminal\s+)?offence|dealt\s+with|subject\s+to|treated|regarded|referred|viewed|taken|punish\w*|penali[sz]\w*))\b"
)


_JOINED = re.compile(r"[、及和与或]")
# Retail banks, together with | those SVF licensees that …
_TOGETHER = re.compile(r",?\s+(?:together\s+with|along\s+with|as\s+well\s+as)\s+(?:(?:the|those|their|its|any|all)\s+)*")


def _none_of(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """`No licensee may …`: whom the prohibition names by the word for people or firms."""
    if but := _NO_OTHER.match(masked, *span):  # No person other than | a licensed representative | may …
        return named_there(parties, text, masked, (but.end(), span[1]))
    no = _NO.match(masked, *span)
    nor = _NOR.search(masked, no.end(), span[1]) if no else None
    starts = [part.end() for part in (no, nor) if part]
    return [party for start in starts for party in named_there(parties, text, masked, (start, span[1]))]


def _doers_of_noun(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """`Participation by DCPs and GCPs is mandatory`, `Attendance of all licensees`: who does what the noun tells."""
    found = parties.find(text, masked, span)
    at = next((at for at, party in enumerate(found) if _OF_OR_BY.search(masked, span[0], party.span[0])), len(found))
    return _coordinated(masked, found[at:])


_CONDITION = re.compile(r"\b(?i:if|where|when|unless|which|that|who|as|whether|until)\b")  # where registration is mandatory, …
_NO = re.compile(r"[Nn](?:o(?:ne\s+of)?|either)\s+(?:(?:the|an?|its|their)\s+)?")
_NO_OTHER = re.compile(
    r"[Nn](?:o(?:body|\s+one|\s+(?:[a-z]+\s+){1,2}?(?=other|except|save))|one)\s*(?:other\s+than|except(?:\s+for)?|save(?:\s+for)?)\s+(?:(?:the|an?|its|their)\s+)?"
)
_NOR = re.compile(r"\bnor\s+(?:(?:the|an?|its|their|any)\s+)?")
_OF_OR_BY = re.compile(r"\b(?:by|of|from)\s+(?:(?:the|all|each|every|any|both)\s+)*$")


def _in_chinese(parties: Parties, text: str, masked: str, sentence: Span, subject: Span, named: list[Party]) -> list[Party]:
    """The parties of a Chinese subject: its whole list, 該參與者 by the full name, and those who belong to the ones named."""
    if subject[0] < subject[1] and (not named or _JOINED.search(masked, *subject)):
        named = _whole_list(named, opening(parties, text, masked, subject))
    return _their_own(parties, text, masked, [_meant(parties, text, masked, sentence, party) for party in named])


def _meant(parties: Parties, text: str, masked: str, sentence: Span, said: Party) -> Party:
    """倘結算參與者…，該|參與者|須…: the one that the clause before names in full, where it is the only such one."""
    if said.span[0] == sentence[0] or masked[said.span[0] - 1] != "该":
        return said
    before = parties.find(text, masked, (sentence[0], said.span[0]))
    full = {one.name: one for one in before if one.name.endswith(said.name)}
    return full.popitem()[1] if len(full) == 1 else said


def _whole_list(named: list[Party], subject: list[Party]) -> list[Party]:
    """The subject that the clause begins with, where no party of it is known, or only some of its list."""
    if not named:
        return subject
    return subject if len(subject) > len(named) and all(party in subject for party in named) else named


def _and_theirs(parties: Parties, text: str, masked: str, named: Sequence[Party], high: int) -> list[Party]:
    """`Trustees and their delegates`, `CPs and, where applicable, their agents`: who acts for those named bears it with them."""
    found: list[Party] = []
    at = named[-1].span[1]
    while theirs := second().match(masked, at, high):
        found.append(Party(theirs.span("who"), parties.name(text[slice(*theirs.span("who"))])))
        at = theirs.end()
    return found


def _named_before(parties: Parties, text: str, masked: str, at: int) -> tuple[str, ...]:
    """Whom `They must …` means: those of whom the sentence before tells, else those whom it names last."""
    start = max(0, at - REACH_OF_THEY, masked.rfind(BOUNDARY, 0, at) + 1)
    before = sentences(masked, (start, at))
    if not before:
        return ()
    chains = _chains(masked, parties.find(text, masked, before[-1]))
    last = tuple(dict.fromkeys(party.name for party in chains[-1])) if chains else ()
    return subject_of_list(parties, text, masked, before[-1]) or last


_THEY = re.compile(r"They\s+(?:also\s+|both\s+|all\s+)?$")
REACH_OF_THEY = 400
_ELLIPSIS = re.compile(r"[^\s;；]\s+(?:and|or|but)\s+(?:(?:also|then|further|therefore|thereafter)\s+)?$")
_ARTICLE = re.compile(r"\s*(?:(?:[Tt]he|[Aa]ll|[Ee]ach|[Ee]very|[Aa]ny|[Aa]n?)\s+)?")
# `forms must be returned by CPs …`, `clients should be sent …`.
_PASSIVE = re.compile(r"\s*(?:be\s+(?:[a-z]+ly\s+)?[a-z]+|(?:re)?payable)\b")
_RECIPIENT = re.compile(r"\s*be\s+(?:[a-z]+ly\s+)?(?:sent|given|provided|supplied|issued|notified|informed|told|offered|shown|charged)\b")
_WHOSE = re.compile(r"[’']s?\s")  # `accompanied by the Member's authority`
_BY = re.compile(r"\sby\s+(?:(?:the|all|each|every|any|such|relevant|individual)\s+)*$")
_BY_THE = re.compile(r"\sby\s+(?:the|an?|its|their|each|all|every)\s+(?:[a-z]+(?:\s[a-z]+)?[’']s?\s+)?(?=[A-Za-z])")
_OTHER_PASSIVE = re.compile(
    r"\b(?:being|been|is|are|was|were)\s+(?:[a-z]+ly\s+)?[a-z]+\s+by\s+(?:[a-z]+\s+)*$"
)  # `met when told by the bank`
REACH_OF_AGENT = 120


def agents(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal) -> list[Party]:
    """The parties by whom something must be done."""
    low, high = modal.span[1], min(sentence[1], modal.span[1] + REACH_OF_AGENT)
    if " by " not in masked[low:high]:
        return []
    found = parties.find(text, masked, (low, high))
    found = [party for party in found if not _WHOSE.match(masked, party.span[1])]
    by = next((index for index, party in enumerate(found) if _BY.search(masked[low : party.span[0]])), None)
    if by is None and (agent_of := _BY_THE.search(masked, low, high)) and not _OTHER_PASSIVE.search(masked, low, agent_of.end()):
        return named_there(parties, text, masked, (agent_of.end(), sentence[1]))
    if by is not None and _OTHER_PASSIVE.search(masked, low, found[by].span[0]):
        return []
    return _coordinated(masked, found[by:]) if by is not None else []


def subject_of_list(parties: Parties, text: str, masked: str, sentence: Span) -> tuple[str, ...]:
    """The parties that a sentence without a modal verb begins with (`CPs are reminded of the following:`)."""
    found = _addressed(masked, sentence[0], parties.find(text, masked, sentence))
    return tuple(dict.fromkeys(party.name for party in _coordinated(masked, found)))


def _spoken_to(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal) -> list[Party]:
    """請參與者…, 建議各會員…: some verbs have those whom they bind right behind them."""
    if not word_list("addressing").search(masked, *modal.span):
        return []
    named = _asked_of(parties, text, masked, (modal.span[1], min(sentence[1], modal.span[1] + 40)))
    who = None if named else _ADDRESSEE.match(masked, modal.span[1], sentence[1])
    if who:
        return parties.find(text, masked, who.span("whose"))
    return named or [party for party, _ in _someone(parties, text, masked, sentence, modal)]


def _someone(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal) -> list[tuple[Party, int]]:
    """`incumbent on | directors to …`, `rests with | the broker`: whom the word for people names, and where what to do begins."""
    start = _ARTICLES.match(masked, modal.span[1], sentence[1])
    named = named_there(parties, text, masked, (start.end(), min(sentence[1], start.end() + 60))) if start else []
    to = _TO.match(masked, named[0].span[1], sentence[1]) if named else None
    behind = to or modal.names_behind or _NO_CIRCUMSTANCES.search(masked, *modal.span)
    return [(named[0], to.end() if to else named[0].span[1])] if named and behind else []


_NO_CIRCUMSTANCES = re.compile(r"\bno\s+circumstances\b")  # in no circumstances shall | a licensee | hold …


_ARTICLES = re.compile(r"\s+(?:(?:the|all|each|every|any|an?|its|their)\s+)*")


def passive(parties: Parties, text: str, masked: str, span: Span) -> tuple[tuple[str, ...], int]:
    """Who acts in a passive sentence (指示必須於…前由參與者輸入), and where the words for it end."""
    by = word_list("passive_by").match(masked, *span)
    found = (right_behind(parties, text, masked, (by.end(), span[1])) or agent(parties, text, masked, (by.end(), span[1]))) if by else []
    return tuple(dict.fromkeys(party.name for party in found)), found[-1].span[1] if found else span[0]


def _asked_of(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """The parties with which the words behind a verb begin: those that are known, else by the word for people or firms (請託管行於…)."""
    named = right_behind(parties, text, masked, span)
    return _their_own(parties, text, masked, named or (opening(parties, text, masked, span) if _HAN.match(masked, span[0]) else []))


def _their_own(parties: Parties, text: str, masked: str, named: list[Party]) -> list[Party]:
    """信用機構的|分行, 參與者的|客戶: those who belong to the ones named act, not these."""
    own = _OWN_PEOPLE.match(masked, named[-1].span[1]) if named else None
    return [Party(own.span("who"), parties.name(text[slice(*own.span("who"))]))] if own else named


_OWN_PEOPLE = re.compile(
    r"[的之](?P<who>[一-鿿]{0,8}?(?:分行|分公司|附属公司|子公司|主管|人员|职员|代表|客户|核数师|精算师|总裁|董事|秘书|主任|经理|股东|代理人|管理层|负责人|(?:资讯|信息|资安|网络|财务|执行|风险|营运|合规|技术)[一-鿿]{0,3}[长官]))"
    r"(?=\s*[,，于在如若倘应须可必最均亦则就未不])"
)


def right_behind(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """The parties with which a part of the text begins."""
    named = parties.find(text, masked, span)
    at = span[0]
    kept: list[Party] = []
    for party in named:
        gap = masked[at : party.span[0]]
        if not (_JOINS.fullmatch(gap) if kept else word_list("all_of").fullmatch(gap.strip()) or not gap.strip()):
            break
        kept.append(party)
        at = party.span[1]
    return kept


def _addressed(masked: str, low: int, found: Sequence[Party]) -> list[Party]:
    """The parties that are neither spoken of (`to the CPs`) nor excepted (`excluding EPs`, 託管商參與者除外)."""
    kept: list[Party] = []
    excepted = -1
    for party in found:
        start, end = party.span
        if (
            word_list("excluding_before").search(masked, max(low, start - 60), start)
            or word_list("excluding_behind").match(masked, end)
            or (excepted >= 0 and _AND_SO.fullmatch(masked, excepted, start))
        ):
            excepted = end
        elif (
            not _OBLIQUE.search(masked[max(low, start - 24) : start])
            and not _IN_BRACKETS.search(masked, max(0, start - 120), start)
            and not (kept and _told_apart(masked, max(low, kept[-1].span[1]), start))
        ):
            kept.append(party)
    return kept


_IN_BRACKETS = re.compile(r"\([^()\n]*\b(?:for|of|to)\s+(?:the\s+)?$")  # the fee (HK$300 for Student Members) should be paid


def _told_apart(masked: str, low: int, at: int) -> bool:
    """管理層（包括負責監督的主管）: who is meant stands before the bracket; of a mere list (參與者（包括託管商參與者）) all are."""
    return _FOR_EXAMPLE.search(masked, low, at) is not None and not _JOINS.fullmatch(masked, low, at)


_FOR_EXAMPLE = re.compile(r"\((?:包括|例如|譬如|尤其|特别是|即|如|若|倘|不论|无论|或)[^()]*$")
_AND_SO = re.compile(r"(?:\s|、|/|&|\band\b|\bor\b|\bthe\b|\ball\b|以及|及|和|或|与)*")  # the exception goes on, but not over a comma


_JOINS = re.compile(
    r"(?:\s|[()\"“”「」]|\([^()]{0,40}\)|,|、|/|&|\band\b|\bor\b|\beach\b|\ball\b|\bany\b|\bthe\b|\btheir\b|\bthose\b|\bincluding\b|\b(?:together|along)\s+with\b|\bas\s+well\s+as\b|包括|以及|及其|及|和|或|与|每名|各)*"
)


def _chains(masked: str, found: Sequence[Party]) -> list[list[Party]]:
    """The parties that nothing but words of a list stand between, together."""
    chains: list[list[Party]] = []
    for party in found:
        if chains and _JOINS.fullmatch(masked, chains[-1][-1].span[1], party.span[0]):
            chains[-1].append(party)
        else:
            chains.append([party])
    return chains


def _coordinated(masked: str, found: Sequence[Party]) -> list[Party]:
    """The parties of one subject: `CPs and DBs`. English says it first (`LCs with many clients`), Chinese last (客戶眾多的持牌法團)."""
    chains = _chains(masked, found)
    if not chains:
        return []
    return chains[-1] if _HAN.search(masked[slice(*chains[-1][-1].span)]) else chains[0]


# A party in one of these phrases is spoken of, not spoken to.
_OBLIQUE = re.compile(
    r"\b(?:by|to|from|of|with|against|between|(?<!and\s)(?<!but\s)(?<!while\s)(?<!whereas\s)(?<!,\s)(?:their|its)|on\s+behalf\s+of|in\s+respect\s+of)\s+(?:(?:the|any|all|each|its|their|our|such)\s+)*$|[向由與与给致对对於于就为代替将把被让使从任除]\s*$"
)


def _carried(
    parties: Parties, text: str, masked: str, sentence: Span, modal: Modal, low: int, all_modals: Sequence[Modal]
) -> tuple[str, ...]:
    """A clause without a party of its own (`並應…`, `and should …`) is borne by the party of the clause before."""
    gap = re.split(rf"[;，；]|{COMMA}|\s(?=(?:and|or|but)\s)", masked[low : modal.span[0]])[-1].strip()
    if (len(gap) > 12 and not _CONTINUES.match(gap)) or parties.is_house(gap):
        return ()
    if _OWN_SUBJECT.match(gap) or _OWN_THING.fullmatch(gap) or (modal.rule.startswith("zh") and _WHOEVER.search(masked, sentence[0], low)):
        return ()
    topic = _TOPIC.search(masked, sentence[0], low) if modal.rule.startswith("zh") else None
    if topic and (of_whom := _opener(parties, text, masked, (topic.start("who"), low))):
        return tuple(dict.fromkeys(party.name for party in of_whom))
    before = [other for other in all_modals if sentence[0] <= other.span[0] and other.span[1] <= modal.span[0]]
    if before:
        named = parties.find(text, masked, (before[-1].span[1], low))
        such = named and _ALL_SUCH.match(masked, named[-1].span[0] - 1) and not _AND_THEN.match(gap)
        if such and not masked[named[-1].span[1] : low].strip(" ,，"):
            return (named[-1].name,)  # 凡須遵從規定的持牌人，均須…
        return bearers(parties, text, masked, sentence, before[-1], before[:-1])
    earlier = _opener(parties, text, masked, (sentence[0], low)) if modal.rule.startswith("zh") else []
    told = parties.find(text, masked, (sentence[0], low))
    earlier = earlier or _coordinated(masked, _addressed(masked, sentence[0], told)) or _agent_before(masked, sentence[0], told)
    if not earlier and _ELLIPSIS.search(masked, low, modal.span[0]):  # `For the first return, AIs are given a month more and should …`
        named = _coordinated(masked, _addressed(masked, low, parties.find(text, masked, (low, modal.span[0]))))
        earlier = named if named and _ARTICLE.fullmatch(masked, low, named[0].span[0]) else []
    earlier = _their_own(parties, text, masked, earlier)
    earlier = [party for party in earlier if not (_PERSON.fullmatch(masked, *party.span) and _CHANGES.match(masked, party.span[1]))]
    return tuple(dict.fromkeys(party.name for party in earlier))


# 參加測試者，|請於…報名: whom the clause before is about, and nothing more.
_TOPIC = re.compile(r"(?:^|[;；。,，])\s*(?P<who>[^;；。,，:\ufdd0-\ufddf]{1,20}者)[,，]\s*$")


# 如聯絡人有變，須通知本局: who is replaced tells nobody.
_PERSON = re.compile(r"[^,，。]{0,8}(?:人员|联络人|负责人|职员|董事|主管|代表|签署人|获授权人士)")
_CHANGES = re.compile(r"有(?:任何|所)?(?:变|更|改|异)|离职|离任|更换|变更|变动|未能|不能|辞")


def _opener(parties: Parties, text: str, masked: str, span: Span) -> list[Party]:
    """Whom the nearest clause before begins with: 認可機構|如察覺供應商出現中斷，須…."""
    starts = [span[0], *(clause.end() for clause in _CLAUSE.finditer(masked, *span) if clause.end() < span[1])]
    for start, end in zip(reversed(starts), (span[1], *reversed(starts)), strict=False):
        lines = [start, *(line.end() for line in _NEW_LINE.finditer(masked, start, end))]  # a heading may stand above
        if begins := next((found for line in lines if (found := opening(parties, text, masked, (line, span[1])))), []):
            return begins
    return []


_NEW_LINE = re.compile(r"\n")


def _agent_before(masked: str, low: int, told: Sequence[Party]) -> list[Party]:
    """Who acts in the passive clause before: 費用由申請人承擔，並須…."""
    return [party for party in told[-1:] if _AGENT.search(masked, max(low, party.span[0] - 8), party.span[0])]


_AGENT = re.compile(r"(?<![自理])由(?:各|所有|每名|有关|相关|其)?$")
_ALL_SUCH = re.compile(r"[的之]")
_AND_THEN = re.compile(r"[并並且亦及]")
_OWN_SUBJECT = re.compile(r"[而且惟但]?(?:所有|有[关關]|相[关關]|[该該]等)[一-鿿]{2,}[均亦都]?$")  # …，而所有高風險事項均須獲得糾正
_WHOEVER = re.compile(r"(?:^|[,，:：])\s*凡[^,，。;；\ufdd0-\ufddf]{2,60}者\s*[,，]\s*$")  # 請貴會提醒會員，凡轉移資料者，均應…: not 貴會
_OWN_THING = re.compile(r"(?:(?:and|but|whereas|while)\s+)?(?:its|their|the)\s+[a-z]+(?:\s+[a-z]+){0,3}")  # …, and its report must reach us
_CONTINUES = re.compile(
    r"(?:and|or|but|they|it|if|in\s+case|[于在最不自][^,，。;；]{0,40}[前后内日起]$|並|并|及|亦|其|同时|以及|如|若|倘)", re.IGNORECASE
)


def find_duties(
    text: str,
    masked: str,
    bounds: Iterable[Sequence[Span]],
    verbs: InOrder[Modal],
    parties: Parties,
    above: Mapping[int, tuple[str, ...]],
) -> list[Duty]:
    """What every clause with a modal verb asks or allows; the quote is the sentence. What may happen to nobody in particular is none.

    `bounds` are the sentences of each paragraph and cell, `above` the bearers that stand over a list, by the place of the verb.
    """
    found = []
    for paragraph in bounds:
        for sentence in paragraph:
            near = verbs.within(sentence)
            verbs_of_acts = [
                modal for modal in main_verbs(near, masked) if not (near[0] is not modal and _tells_when(masked, sentence, modal))
            ]
            found += [duty for modal in verbs_of_acts if (duty := _duty(text, masked, sentence, modal, near, parties, above))]
    return found


def _tells_when(masked: str, sentence: Span, modal: Modal) -> bool:
    """應盡早聯絡，且不得遲於12月31日: a clause that only tells by when asks for nothing more."""
    if not _NOT_LATER.match(masked, *modal.span):
        return False
    return _NO_ACT.fullmatch(masked, modal.span[1], clause_end(masked, modal.span[1], sentence[1])) is not None


_NOT_LATER = re.compile(r"不[得可应][迟晚]于")


# `CPs must, and DCPs may, | complete the test`: what they do stands behind the second verb.
SHARED_ACT = re.compile(r"\s*,\s*(?:and|or|but|while)\s+[^,;.:]{2,80}?\s+(?:must|shall|should|may|can|need\s+not)\s*,\s*")


def _duty(
    text: str,
    masked: str,
    sentence: Span,
    modal: Modal,
    verbs: Sequence[Modal],
    parties: Parties,
    above: Mapping[int, tuple[str, ...]],
) -> Duty | None:
    if asks_nobody(masked, sentence):
        return None
    begins = act_start(parties, text, masked, sentence, modal)
    start, end = modal.act or (begins, _act_end(masked, begins, sentence[1], verbs))
    named = bearers(parties, text, masked, sentence, modal, verbs) or above.get(modal.span[0], ())
    if not named:
        named, start = passive(parties, text, masked, (start, end))
    if modal.negated:  # without its negation a prohibition would read as its opposite
        start = modal.span[0]
    if modal.of_noun:
        start, end = subject(parties, text, masked, sentence, modal, verbs)
        if _CONDITION.search(masked, start, end):
            return None
        end = modal.span[1] if modal.negated else end
    if not named and modal.modality == "may":
        return None
    low, high = _stripped(text, sentence)
    return Duty(
        quote=text[low:high],
        span=(low, high),
        rule=modal.rule,
        bearer=named,
        modality=modal.modality,
        action=action_of(text, (start, end)),
    )


def asks_nobody(masked: str, sentence: Span) -> bool:
    """Is it a question (`What Participants must do`, `Who should apply?`), or for those whom a mail reaches by mistake?"""
    if _ASKS.fullmatch(masked, *sentence):
        return True
    short = sentence[1] - sentence[0] <= LENGTH_OF_NOTICE
    return short and _may_be_misdirected(masked) and word_list("misdirected").search(masked, *sentence) is not None


LENGTH_OF_NOTICE = 600


@lru_cache(maxsize=8)
def _may_be_misdirected(masked: str) -> bool:
    """Does any word of such a notice stand in the text? Few texts have one, and each sentence asks."""
    return any(word in masked for word in ("recipient", "addressee", "in error", "by mistake", "误", "收件", "收讯", "接收人"))


_ASKS = re.compile(r"\s*(?:(?:\d{1,2}|[A-Z])[.)]?\s+)?(?:What|Who|How|Why)\s[^.,;:\n]{2,90}\??\s*")


def _act_end(masked: str, start: int, sentence_end: int, verbs: Sequence[Modal]) -> int:
    """Where the act ends: behind what goes on with it (核對名單，並填妥表格), and not with its day alone (於5月3日前，把表格交回)."""
    end = clause_end(masked, start, sentence_end)
    limit = min((verb.span[0] for verb in verbs if verb.span[0] >= end), default=sentence_end)
    clause = start
    while end < limit and (
        further := _FURTHER.match(masked, end, limit) or (_NO_ACT.fullmatch(masked, clause, end) and _HAN_BEHIND.match(masked, end, limit))
    ):
        reach = clause_end(masked, further.end(), sentence_end)
        if reach > limit:
            break
        clause, end = further.end(), reach
    return end


def act_end(masked: str, start: int, sentence_end: int) -> int:
    """Where the clause of the act ends: not with when and how it is done (按附件的格式，|提交報告)."""
    end = clause_end(masked, start, sentence_end)
    while _NO_ACT.fullmatch(masked, start, end) and (behind := _HAN_BEHIND.match(masked, end, sentence_end)):
        start, end = behind.end(), clause_end(masked, behind.end(), sentence_end)
    return end


_FURTHER = re.compile(r"[,，]\s*(?:(?:并|並|且|然后|再|以及|及)(?![非不无])(?=[一-鿿\ufdd0\ufdd2]))")
# 自轉制日起，…; 不遲於3月14日下午5時30分，…; 在交收日前一天，…; 按附件的格式，…: when and how, and not yet what.
_NO_ACT = re.compile(
    r"[\s,，]*(?:(?:最[迟晚]|不[得可]?[迟晚])?[于在]?[^,，。;；]{0,40}"
    r"(?:[\ufdd0-\ufdd3]|[前内后时起]|[前后][一二三四五六七八九十两\d]{1,2}个?(?:[天日]|(?:工作|营业|交易)[天日]))"
    r"|(?:按照?|根据|依照|依据|透过|通过)(?:(?!输入|提交|递交|发出|发送|作出|下达)[^,，。;；]){1,24}(?:格式|规定|要求|程序|指引|方式|指示|安排|时间表|范本|平台|渠道|途径)|以[^,，。;；]{1,16}(?:表格|格式|方式|形式)"
    r"|就[^,，。;；]{2,40}(?:事项|项目|问题|事宜|方面|情况|事故|个案|安排)|或直?至[^,，。;；]{2,30}止\s*(?:\([^()]*\))?)\s*"
)
_HAN_BEHIND = re.compile(r"[,，]\s*(?=[一-鿿\ufdd0])")


def action_of(text: str, span: Span) -> str | None:
    """A stretch of text as an action: on one line, without the punctuation around it."""
    return without_stray_bracket(squeeze(text[slice(*span)]).strip(" ,;:.，；：。–—-")) or None


def without_stray_bracket(said: str) -> str:
    """Without the bracket at the end that opens before the act: （請於…前交回）."""
    return said[:-1].rstrip() if said[-1:] in (")", "）") and not any(mark in said for mark in "(（") else said


def unheard(text: str, masked: str, start: int, told: Sequence[Sequence[Span]], survey: Survey | None = None) -> list[Unexplained]:
    """What sounds like a duty behind `start` and stands neither in one nor in a deadline, nor is known to be none.

    `told` are lists of places in order: the sentences of the duties, the deadlines.
    """
    return [
        Unexplained(quote=text[slice(*hit.span())], span=hit.span(), why="sounds like a duty, but nothing is asked")
        for _, hit in hits("dutylike", masked, survey)
        if hit.rule.value is None
        and hit.span()[0] >= start
        and not _taken_back(masked, hit.span()[0])
        and not asks_nobody(masked, _line_of(masked, hit.span()[0]))
        and all(holding(spans, hit.span()[0]) is None for spans in told)
    ]


def _line_of(masked: str, at: int) -> Span:
    ends = [end for mark in ("\n", BOUNDARY) if (end := masked.find(mark, at)) >= 0]
    return max(masked.rfind(mark, 0, at) for mark in ("\n", BOUNDARY)) + 1, min(ends, default=len(masked))


COMMA = r",(?!(?<=\d,)\d{3}(?!\d))"
"""A comma that parts clauses; the one in `HK$5,000` parts thousands."""

# A comma ends the clause, but not in brackets, nor in `review, and where necessary update, the plans` or `complete, sign and return it`.
_CLAUSE_END = re.compile(
    r"[(（][^()（）\n]{1,80}[)）]"
    r"|,\s+(?:and\s+|or\s+)?(?:where|if|as)\s+(?:necessary|applicable|appropriate|required|relevant)\b[^,;.]{0,40},"
    r"|,(?=\s+(?!(?:and|or|but|which|who|where|if|unless|failing|subject|provided|including|in|for|by|at|on|with|when|as|so|that|otherwise|to|it|they|the|a|an|no|not|please)\b)[a-z]+(?:,\s+[a-z]+){0,4},?\s+(?:and|or)\s+(?!(?:shall|must|should|may)\b)[a-z]+\s)"
    rf"|(?P<end>[;，；。]|{COMMA}|\.(?=\s|$)(?<!\bM[rs]\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bNo\.)(?<!\b[A-Z]\.)(?<!\bi\.e\.)(?<!\be\.g\.)|\s(?:and|but)\s+(?=shall|must|should))"
)


def act_start(parties: Parties, text: str, masked: str, sentence: Span, modal: Modal) -> int:
    """Where it says what to do: behind the verb, and behind the parties of `it is recommended that CPs …`, `we urge CPs to …`."""
    if shared := SHARED_ACT.match(masked, modal.span[1], sentence[1]):
        return shared.end()
    if not word_list("addressing").search(masked, *modal.span):
        aside = _BUT_NEED_NOT.match(masked, modal.span[1], sentence[1])
        return aside.end() if aside else modal.span[1]
    addressed = _asked_of(parties, text, masked, (modal.span[1], min(sentence[1], modal.span[1] + 120)))
    if not addressed:
        who = _ADDRESSEE.match(masked, modal.span[1], sentence[1])
        if who:
            return who.end()
        return next((end for _, end in _someone(parties, text, masked, sentence, modal)), modal.span[1])
    to = _TO.match(masked, addressed[-1].span[1])
    return to.end() if to else addressed[-1].span[1]


_BUT_NEED_NOT = re.compile(
    r"\s*,\s*but\s+(?:(?:is|are|shall)\s+not\s+(?:be\s+)?(?:required|obliged|bound)\s+to|need\s+not|do(?:es)?\s+not\s+have\s+to)\s*,"
)
_TO = re.compile(r"\s*(?:to|could|would|will|shall|should)\b")
# `expects the Board and senior management of AIs to review`, `requires the directors of the firm to report`: they act for whom they are of.
_ADDRESSEE = re.compile(
    r"\s+(?:(?:the|all|each|every|any)\s+)*(?P<organ>(?:[A-Za-z-]+\s+){0,4}?(?i:boards?|management|directors|controllers|chief\s+executives?|officers|staff))"
    r"\s+of\s+(?P<whose>[^.,;:\n\ufdd0-\ufdef]{2,60}?)\s+to\b(?=\s+[a-z])"
)


def clause_end(masked: str, start: int, end: int) -> int:
    """Where the clause ends that goes on at `start`."""
    aside = None
    for match in _CLAUSE_END.finditer(masked, start, end):
        if match["end"]:
            if match.start() > start + 1 and not (aside is not None and match["end"] == "," and _ASIDE.match(masked, aside)):
                return match.start()
            opens_it = match.start() <= start + 1 and match["end"] == "," and not _HAN.match(masked, match.end())
            aside = match.end() if opens_it else None  # `must, | at their own cost, | appoint an agent`
    return end


_ASIDE = re.compile(
    r"\s*(?:at|in|on|with|without|within|where|if|as|by|to\s+the|subject|through|via|for|before|after|prior|upon|no|not|when|unless|under|pursuant|during|from|having|until)\b"
)


def _stripped(text: str, span: Span) -> Span:
    low, high = span
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high
