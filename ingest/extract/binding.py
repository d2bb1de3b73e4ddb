"""Whether a phrase is a deadline: which verb of duty it belongs to, and what is none of them.

Conditions, reports, plans of the house and days that only describe are none; an order or a form of words may bind without a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from ingest.extract.actions import act_place, cut_action
from ingest.extract.duties import COMMA, Modal, clause_end, passive
from ingest.extract.leads import MARK
from ingest.extract.phrases import CLAUSE, Facts, Phrase, behind_parties, group, is_failing, is_lacking, is_statement, is_window, stated_day
from ingest.lang.rules import word_list
from ingest.model import Modality, Span


def is_none(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None) -> bool:
    """Is it a condition, a report, a date that only describes, or what must not be done before (`must not … before D` opens a date)?"""
    if phrase.relation == "until" and not is_statement(phrase) and NOT_UNTIL.search(facts.masked, sentence[0], phrase.span[0]):
        return True  # `orders placed after noon will not be routed until D`
    if phrase.relation == "until" and modal is not None and _LASTS.fullmatch(facts.masked, modal.span[1], phrase.span[0]):
        return True  # the revised levels shall remain in force until D
    if modal is None and phrase.relation == "until" and word_list("window_open").search(facts.masked, sentence[0], phrase.span[0]):
        return False  # `corrections will be received until D`
    if _conditional(facts.masked, sentence, phrase, modal) or _freed(facts, sentence, phrase):
        return True
    if is_statement(phrase):
        return not _states(facts, sentence, phrase)
    return modal is not None and (_told(facts.masked, sentence, modal, phrase) or (modal.negated and not _holds(phrase, modal)))


NOT_UNTIL = re.compile(r"\b(?:not|no\s+longer|cannot)\s+(?:[a-z]+\s+){1,6}$")


_LASTS = re.compile(
    r"\s*(?:also\s+|therefore\s+|then\s+)?(?:(?:remain|stay|continue(?:\s+to\s+be)?|be)\s+(?:in\s+(?:full\s+)?(?:force|effect|place|use)(?:\s+and\s+effect)?|effective|unchanged|valid|applicable|waived)"
    r"|(?:continue\s+to\s+)?apply)\s+(?:up\s+)?"
)


def _freed(facts: Facts, sentence: Span, phrase: Phrase) -> bool:
    """毋須於5月3日前更新, 於5月3日或之前，參與者不一定須登記: the day is that of what nobody has to do."""
    masked = facts.masked
    start = max((clause.end() for clause in CLAUSE.finditer(masked, sentence[0], phrase.span[0])), default=sentence[0])
    asked = [verb.span[1] for verb in facts.verbs_in((start, phrase.span[0]))]
    if word_list("needless").search(masked, max([start, *asked]), phrase.span[1]):
        return True
    if asked or phrase.code != "zh":
        return False
    behind = _COMMA.match(masked, phrase.span[1])
    begin = behind.end() if behind else phrase.span[1]
    stop = CLAUSE.search(masked, begin, sentence[1])
    end = min([stop.start() if stop else sentence[1], *(verb.span[0] for verb in facts.verbs_in((begin, sentence[1])))])
    return word_list("needless").search(masked, begin, end) is not None


def own_verb(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, *, bare: bool) -> Modal | None:
    """The modal verb, or what the phrase says without one; `bare` is one that neither states a day nor stands under a lead."""
    if modal is None and bare and (at := _asked(facts, sentence, phrase)) is not None:
        modal = verb_at(at, "must", phrase)
    if is_failing(phrase):
        return verb_at(phrase.span[0], "must", phrase)
    if is_lacking(phrase) or (modal is None and is_window(phrase)):
        return verb_at(phrase.span[0], "may", phrase)
    if modal is None and bare and phrase.relation == "until" and word_list("window_open").search(facts.masked, *sentence):
        return verb_at(phrase.span[0], "may", phrase)  # applications are now being accepted until D
    if modal is None and bare and _binding(facts.masked, sentence, phrase):
        return verb_at(phrase.span[0], "must", phrase)
    return modal


def verb_at(place: int, modality: Modality, phrase: Phrase) -> Modal:
    """A verb that nobody has printed, where it would stand."""
    return Modal((place, place), modality, phrase.rule)


def is_acted_in(
    facts: Facts, sentence: Span, phrase: Phrase, phrases: Sequence[Phrase], verbs: Sequence[Modal], main: Sequence[Modal]
) -> bool:
    """`submit it from D to E`, `applications are accepted between D and E`: a stretch of days to act in, not one that something lasts.

    Where the sentence says of the same day that it is the last one (`and no later than E`), that is the deadline.
    """
    whole = stated_day(facts, phrase)
    if whole is None or whole.end is None or (group(phrase.hit, "first")[0] is None and whole.start == whole.end):
        return False
    if any(day.end == whole.end for other in phrases if other is not phrase and (day := stated_day(facts, other)) is not None):
        return False
    modal = governing(facts.masked, verbs, main, phrase)
    if modal is None:
        return bool(word_list("window_open").search(facts.masked, *sentence)) or _asked(facts, sentence, phrase) is not None
    low = modal.span[1] if modal.span[1] <= phrase.span[0] else sentence[0]
    behind = modal.span[0] >= phrase.span[1] and not facts.masked[sentence[0] : phrase.span[0]].strip()
    if phrase.code == "en" and behind:  # `From 1 to 14 June members may nominate`
        low = modal.span[1]
    end = clause_end(facts.masked, low, sentence[1]) if behind else phrase.span[0]
    act = (low, end) if phrase.code == "en" else (phrase.span[1], clause_end(facts.masked, phrase.span[1], sentence[1]))
    return bool(word_list("window_acts").search(facts.masked, *act))


def _holds(phrase: Phrase, modal: Modal) -> bool:
    """`must not be sent later than D` is a deadline with its own negation."""
    return phrase.span[0] <= modal.span[0] < phrase.span[1] and not modal.rule.startswith("zh")  # 不得遲於 is no prohibition there


def _conditional(masked: str, sentence: Span, phrase: Phrase, modal: Modal | None) -> bool:
    """`if the signal is cancelled at or before noon` is no deadline; `must inform us if …, within one hour` is one."""
    if phrase.relation == "within" and modal is not None and modal.span[1] <= phrase.span[0]:
        return False
    if _IF.match(masked, phrase.span[1], sentence[1]):  # 2月9日前如需使用通道，請致電…
        return True
    if modal is not None and modal.span[0] >= phrase.span[1] and word_list("described").match(masked, phrase.span[1], modal.span[0]):
        return True  # 就D前申請的保單，保險人可…
    if modal is None and word_list("described_thing").match(masked, phrase.span[1], sentence[1]):
        return True  # （1）於D前簽立的單據，仍按現行稅率徵收
    clause = masked[max(sentence[0], modal.span[1] if modal and modal.span[1] <= phrase.span[0] else 0) : phrase.span[0]]
    clause = _CLOSED.sub("", clause)
    cut = max(clause.rfind(","), clause.rfind("，"), clause.rfind("、"))
    clause = clause[cut + 1 :]
    if modal is not None and _of_subject(masked, clause, phrase, modal):
        return True
    rest, done = _DONE.subn("", _HAVE_BEEN.sub("be", clause))
    return bool(word_list("no_deadline").search(_AND_DONE.sub("", rest) if done else rest))


_IF = re.compile(r"[如若](?:需|要|欲|有)")


_CLOSED = re.compile(r"\([^()]*\)")  # `First closing date: D (unless extended)` and a line below it: the condition is the first one's


_COMMA = re.compile(r"[,;，；、]")


def _of_subject(masked: str, clause: str, phrase: Phrase, modal: Modal) -> bool:
    """Does the phrase tell only who must act (`firms that have not replied by D must …`)?"""
    ahead = modal.span[0] >= phrase.span[1] and _COMMA.search(masked, phrase.span[1], modal.span[0]) is None
    return ahead and word_list("subject_clause").search(clause) is not None


_DONE = re.compile(
    r"^\s*be\s+(?:[a-z]+ly\s+)?[a-z]+\b(?:(?:\s*,)?\s*(?:\b(?:and|or)\s+)?(?:[a-z]+ly\s+)?[a-z]+(?:ed|en|nt|ade|ld)\b)*"
)  # `must be received by noon` tells somebody to act


_HAVE_BEEN = re.compile(r"^\s*have\s+been\b")


_AND_DONE = re.compile(
    r"\b(?:and|or)\s+(?:[a-z]+ly\s+)?(?:received|submitted|made|issued|published|recorded)\b"
)  # and so does `must be endorsed by the Board and submitted by noon`


def governing(masked: str, verbs: Sequence[Modal], main: Sequence[Modal], phrase: Phrase) -> Modal | None:
    """The modal verb that the phrase belongs to: the last one before it, else the first one after it in the sentence."""
    before = [verb for verb in main if verb.span[0] < phrase.span[0]]
    inside = [verb for verb in verbs if phrase.span[0] <= verb.span[0] < phrase.span[1]]
    between = _BRACKETED.sub("", masked[before[-1].span[1] : phrase.span[0]]) if before else ""
    if inside and before and before[-1].modality == "may" and CLAUSE.search(between):  # 可要求延長，惟時限不得遲於D
        return inside[0]
    own = next((verb for verb in verbs if verb.span[0] >= phrase.span[1]), None)
    if before and own is not None and _AT_ONCE.fullmatch(masked, phrase.span[1], own.span[0]) and CLAUSE.search(between):
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
    return bool(found) and CLAUSE.search(masked, found[-1].end(), high) is None


AND_CLAUSE = re.compile(r"\b(?:and|but)\b|[并並且]")


_BRACKETED = re.compile(r"\([^()]*\)")


def goes_before(masked: str, phrase: Phrase, verbs: Sequence[Modal]) -> bool:
    """2月12日前完成開啟，如遇異常應…: under a lead the phrase has its own act, and the verb of duty belongs to a later clause."""
    if any(verb.span[0] < phrase.span[1] for verb in verbs) or not word_list("imperatives").match(masked, phrase.span[1]):
        return False
    return any(CLAUSE.search(masked, phrase.span[1], verb.span[0]) for verb in verbs[:1])


def _states(facts: Facts, sentence: Span, phrase: Phrase) -> bool:
    """A statement of a day that can be read; `offers whose period closes on D` tells which offers, and states none."""
    said, place = group(phrase.hit, "date")
    if said and facts.date_at(place) is None:
        return False
    return is_failing(phrase) or not word_list("describes").search(facts.masked, sentence[0], phrase.span[0])


def _told(masked: str, sentence: Span, modal: Modal, phrase: Phrase) -> bool:
    """早前要求…於…前回覆 tells what has been asked, `CPs may ask by D, and the Exchange will reply within 3 days` what the house plans."""
    if word_list("reported").search(masked, sentence[0], modal.span[0]):
        return True
    if phrase.span[1] <= modal.span[0]:  # 本所會於D前公布，參與者應…
        before = CLAUSE.split(masked[sentence[0] : phrase.span[0]])[-1]
        return bool(word_list("planned").search(before)) and CLAUSE.search(masked, phrase.span[1], modal.span[0]) is not None
    clause = CLAUSE.split(masked[modal.span[1] : phrase.span[0]])
    return len(clause) > 1 and bool(word_list("planned").search(clause[-1]))


def _goes_on(between: str) -> bool:
    """`CPs must: (a) submit …; (b) return …`: the clause behind the semicolon is a further thing to do."""
    clause = re.split(r"[;；]", between)[-1]
    clause = re.sub(r"^\s*(?:and|or)\b", "", clause)
    return bool(MARK.match(clause) or word_list("imperatives").match(clause.strip()))


def is_order(masked: str, sentence: Span) -> bool:
    """`Return the form by 3 May`: a list item or bullet that begins with what to do."""
    return bool(word_list("imperatives").match(masked, act_place(masked, sentence), sentence[1]))


def failing_clause(facts: Facts, rest: Span) -> str | None:
    """The clause of the same sentence that says what failing brings: `…, failing which …`, `……，否則……`."""
    match = _else_clause().search(facts.masked, *rest)
    return cut_action(facts, match.start(1), rest[1]) if match else None


@cache
def _else_clause() -> re.Pattern[str]:
    return re.compile(rf"[,;，；]\s*({word_list('else_clause').pattern})")


def _binding(masked: str, sentence: Span, phrase: Phrase) -> bool:
    """申請表最遲於…送達: the words say by themselves that somebody must act, unless it is a plan of the house."""
    clause = re.split(rf"[，;；。]|{COMMA}", masked[sentence[0] : phrase.span[0]])[-1]
    if not clause.strip() and (plan := _PLAN.match(masked, phrase.span[1], sentence[1])):  # 不遲於D，香港結算將發出確認
        clause = plan[0]
    return bool(word_list("binding").search(masked[slice(*phrase.span)])) and not word_list("not_binding").search(clause)


_PLAN = re.compile(r"\s*[,，]\s*[\w（）()]{2,16}?(?:将会?|会)(?=[一-鿿])")


def _asked(facts: Facts, sentence: Span, phrase: Phrase) -> int | None:
    """Where it says what to do, without a word of duty: 各會員單位次月10日前報送…, `Participants to return the form by D`.

    Those who act stand right before; 於D前報送… may name nobody. A day before the circular's own tells what has been.
    """
    stated = stated_day(facts, phrase)
    if stated is not None and stated.end is not None and facts.issued is not None and stated.end < facts.issued:
        return None
    start = max((clause.end() for clause in CLAUSE.finditer(facts.masked, sentence[0], phrase.span[0])), default=sentence[0])
    at, named = behind_parties(facts, (start, phrase.span[0]))
    if named and (act := word_list("asked_to").match(facts.masked, at, phrase.span[0])):
        return act.start()
    if before := facts.masked[at : phrase.span[0]].strip():
        paid = word_list("paid_things").fullmatch(before) and word_list("paid_by").match(facts.masked, phrase.span[1], sentence[1])
        return phrase.span[0] if paid and phrase.relation in ("by", "before") else None
    begin = phrase.span[1] + facts.masked.startswith((",", "，"), phrase.span[1])
    at, behind = behind_parties(facts, (begin, sentence[1]))
    if not word_list("asked_by" if named or behind else "asked").match(facts.masked, at, sentence[1]):
        return None
    return at if named or behind else phrase.span[0]  # the clause before may name who acts: 未通過測試的公司，最晚在D提交…


def without_parties(facts: Facts, phrase: Phrase) -> Phrase:
    """會員單位收到通知後5日內: who acts is no part of when."""
    if phrase.hit["anchor"] is None or phrase.hit.span("anchor")[0] != phrase.span[0]:
        return phrase
    if by := _AGENT.match(facts.masked, *phrase.span):  # 餘款則由保薦人|於獲批後十四日內付清
        doers, at = passive(facts.parties, facts.text, facts.masked, (by.end() - 1, phrase.span[1]))
        return msgspec.structs.replace(phrase, span=(at, phrase.span[1])) if doers and facts.masked[at] in "于在自" else phrase
    at, named = behind_parties(facts, phrase.span)
    if not named or not (facts.masked[at] in "于在" or word_list("anchors").match(facts.masked, at, phrase.span[1])):
        return phrase
    return msgspec.structs.replace(phrase, span=(at, phrase.span[1]))


_AGENT = re.compile(r"[^,，。;；于在\ufdd0-\ufddf]{0,16}?(?<![理自])由")


def agents_of(facts: Facts, sentence: Span, phrase: Phrase) -> tuple[str, ...]:
    """Whom the words right before the phrase name behind 由: 餘款則由保薦人|於獲批後十四日內付清."""
    start = max((clause.end() for clause in CLAUSE.finditer(facts.masked, sentence[0], phrase.span[0])), default=sentence[0])
    by = _AGENT.match(facts.masked, start, phrase.span[0])
    if by is None:
        return ()
    named, at = passive(facts.parties, facts.text, facts.masked, (by.end() - 1, phrase.span[0]))
    return named if not facts.masked[at : phrase.span[0]].strip() else ()
