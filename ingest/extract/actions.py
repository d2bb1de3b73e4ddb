"""What must be done by a deadline: the words of the clause, without who does it and by when."""

from __future__ import annotations

import re

from ingest.extract.duties import Modal, act_end, act_start, clause_end, passive, without_stray_bracket
from ingest.extract.phrases import CLAUSE, Facts, Phrase, group, is_statement, is_window
from ingest.lang.rules import word_list
from ingest.model import Span
from ingest.text import fold, squeeze


def act_place(masked: str, sentence: Span) -> int:
    """Where a sentence without a word of duty says what to do: `(1) To enrol, complete the form by 3 May`."""
    if slip := _SLIP.match(masked, *sentence):
        return slip.end()
    opening = _NUMBERED.match(masked, *sentence)
    purpose = _PURPOSE.match(masked, opening.end(), sentence[1]) if opening else None
    return purpose.end() if purpose else opening.end() if opening else sentence[0]


_SLIP = re.compile(r"[^().,;:\n]{0,60}[(（]\s*(?=[Tt]o\s+be\s)")  # Reply slip (To be returned by 3 May)


_NUMBERED = re.compile(r"[•\s0-9.()（）-]*")


_PURPOSE = re.compile(r"(?:To|In\s+order\s+to|If|For|Where|When)\s+[^,.;:]{2,80},\s+")


def action_of(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, previous: Span, end: int) -> str | None:
    """What must be done: between the modal verb and the phrase in English, behind the phrase (from `end` on) in Chinese."""
    said, place = group(phrase.hit, "action")
    if said:
        return cut_action(facts, *place)
    if is_window(phrase) and (subject := word_list("window_subject").match(facts.masked, *phrase.span)):  # 申請的期間為…
        return cut_action(facts, *subject.span())
    if modal is not None and phrase.rule.endswith(".stands"):  # `must meet the deadline of 3 May`
        word = facts.masked.find("deadline", *phrase.span)
        return cut_action(facts, act_start(facts.parties, facts.text, facts.masked, sentence, modal), word + len("deadline"))
    if modal is None and is_statement(phrase):  # `The deadline is extended to 3 May` names nothing to do
        due = _IS_DUE.search(facts.masked, sentence[0], phrase.span[0])
        return cut_action(facts, *due.span("what")) if due else None
    start = act_start(facts.parties, facts.text, facts.masked, sentence, modal) if modal else act_place(facts.masked, sentence)
    follows = phrase.span[1] <= start
    if follows:  # `By 3 May, CPs must …`
        return cut_action(facts, start, clause_end(facts.masked, start, sentence[1]))
    low = max(start, previous[1]) if previous[1] <= phrase.span[0] else start
    between = cut_action(facts, low, phrase.span[0])
    again = previous[0] < low == previous[1]
    if between and again and (word_list("else_if").match(between) or _AGAIN.search(facts.masked, low, phrase.span[0])):
        between = None  # `on the day, or, where that cannot be, by 3 May`, `by noon on the day after it occurs and by noon every day`
    if between is None and start < previous[0]:  # `pay it within 5 days, and in any event by 3 May`
        between = cut_action(facts, start, previous[0])
    if phrase.code == "en":
        said = _english_action(facts, sentence, phrase, modal, low, between)
        return _with_subject(facts, sentence, modal, said) if modal is not None and said == between else said
    said = _chinese_act(facts, sentence, phrase, between, low, end)
    return _with_thing(said, _subject_thing(facts, sentence, phrase, modal)) if not said or _IDLE.fullmatch(fold(said)) else said


def _chinese_act(facts: Facts, sentence: Span, phrase: Phrase, between: str | None, low: int, end: int) -> str | None:
    """What stands behind the phrase, unless that says nothing by itself and what stands `between` the verb (at `low`) and it does."""
    end = _past_other_days(facts, sentence, end)
    stop = act_end(facts.masked, end, sentence[1])
    following = _NEXT_ACT.search(facts.masked, end, stop)
    behind = cut_action(facts, end, following.start() if following else stop)
    behind = None if behind and (_ELSE.match(fold(behind)) or _CLOSED.match(facts.masked, end)) else behind
    clauses = CLAUSE.split(facts.masked[low : phrase.span[0]])
    if behind and between and (_WHEN.fullmatch(facts.masked, low, phrase.span[0]) or _only_agent(facts, low, phrase.span[0])):
        return behind
    if between and len(clauses) > 1 and _IN_ANY_CASE.fullmatch(clauses[-1]) and _AND_MORE.match(facts.masked, end):
        return between  # 應即時通知管理局，無論如何不得遲於翌日，並…
    own = clauses[-1].strip("并且及亦 ") or phrase.hit["anchor"] or (behind and clauses[-1].strip() and not _BARE.fullmatch(fold(behind)))
    if behind and between and len(clauses) > 1 and own:  # …記錄理由，並在要求時於兩日內出示; …交回表格，並於D或之前繳費
        return behind
    if between and behind is None and len(clauses) > 1 and any(one.span[1] == low for one in facts.phrases_in((sentence[0], low))):
        return cut_action(facts, phrase.span[0] - len(clauses[-1]), phrase.span[0]) or between  # …反饋結果，結果反饋最晚不超過D
    if between and behind and len(clauses) == 1 and (taken := _TAKING.match(facts.masked, low, phrase.span[0])):
        return squeeze(facts.text[taken.start("with") : phrase.span[0]]) + behind  # 應將結果|於5月3日前|回傳本公司
    return between if between and len(between) > 3 and (behind is None or len(behind) <= 3) else behind or between


_ELSE = re.compile(r"(?:[如若倘凡])?(?:逾期|逾时|逾限|过期|迟交)|否则|违者|不然")  # 受理申請至5月3日止，|逾期不受理


_CLOSED = re.compile(r"\s*[;；。]")  # 舊版表格可使用至7月31日止；|由8月1日開始…


def _past_other_days(facts: Facts, sentence: Span, end: int) -> int:
    """Behind the last of the phrases that tell one act its days: 須於三個月內，但無論如何須在大會前不少於21日，|送交年報."""
    for later in facts.phrases_in((end, sentence[1])):
        if not _AND_THEN_BY.fullmatch(facts.masked, end, later.span[0]):
            break
        end = later.span[1]
    return end


_AND_THEN_BY = re.compile(
    r"\s*[,，、]?\s*[(（]?(?:[并並且但惟而及和]|以及|或者?)?\s*(?:(?:无论|無論)如何|在?任何情[况況]下|至少)?"
    r"\s*(?:亦|均|[务務]?必)?[须須應应]?\s*(?:[至最]迟[于在]?)?\s*(?:(?<=[和及与])[^,，。;；须应前后于在]{2,6})?"
)


def _english_action(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None, low: int, between: str | None) -> str | None:
    """What stands between the verb and the phrase, else what the clause is about or what stands behind the phrase."""
    if (
        between
        and (len(between) > 3 or between in _SHORT)
        and not _EVERY.match(between)
        and not _INTERRUPTED.search(facts.masked, low, phrase.span[0])
        and not _HASTE.fullmatch(between)
    ):
        whole = _OBJECT.match(facts.masked, phrase.span[1], sentence[1])
        whole = whole or (_TO_WHOM.fullmatch(between) and _THE_OBJECT.match(facts.masked, phrase.span[1], sentence[1])) or None
        return (
            f"{between} {cut_action(facts, whole.start('object'), clause_end(facts.masked, whole.end(), sentence[1]))}"
            if whole
            else between
        )
    thing = _thing_taken(facts, sentence, phrase, modal)
    if thing and (between is None or _EVERY.match(between)):
        return thing
    behind = cut_action(facts, phrase.span[1], clause_end(facts.masked, phrase.span[1], sentence[1]))
    have = modal is not None and _HAVE_UNTIL.fullmatch(facts.masked, *modal.span)  # `CPs have until 3 May`: what to do is said before
    listed = facts.masked[sentence[0] : sentence[1]].rstrip(" -–—").endswith(":") or _DASH.search(facts.masked, *sentence)
    return behind or between or (cut_action(facts, sentence[0], modal.span[0]) if modal and not have and not listed else None)


def _with_subject(facts: Facts, sentence: Span, modal: Modal, act: str | None) -> str | None:
    """`The annual return shall be | lodged`: a passive verb of one word says nothing without what it is done to."""
    if act is None or not PASSIVE.match(facts.masked, modal.span[1]) or not _ONE_VERB.fullmatch(act):
        return act
    start = max((clause.end() for clause in CLAUSE.finditer(facts.masked, sentence[0], modal.span[0])), default=sentence[0])
    said = facts.masked[start : modal.span[0]]
    if len(said) > LONGEST_THING or _NO_THING.search(said) or facts.parties.find(facts.text, facts.masked, (start, modal.span[0])):
        return act
    thing = cut_action(facts, start, modal.span[0])
    thing = _ARTICLE.sub("", thing) if thing else None
    return f"{thing} {act}" if thing else act


LONGEST_THING = 70


_ONE_VERB = re.compile(r"(?:[a-z]+ly\s+)?[a-z]+(?:ed|en|de|id|nt|et|ht|ut|ld|wn)")


_ARTICLE = re.compile(r"^(?:The|An?|Any|Each|All|Such|the|an?|any|each|all|such)\s+")


# Pronouns, clauses and days are no thing that is done.
_NO_THING = re.compile(
    r"\b(?i:it|they|this|these|those|which|that|who|if|where|when|unless|must|shall|should|may|will|is|are|falls?|becomes?|remains?)\b|[\ufdd0-\ufdd3\n\ufddc]|^\s*(?:and|or|but)\b"
)


def _thing_taken(facts: Facts, sentence: Span, phrase: Phrase, modal: Modal | None) -> str | None:
    """What the sentence is about where its verb says nothing to do: `Comments are invited until D`, `a report is due every Tuesday`."""
    if modal is None or modal.span[1] > phrase.span[0]:
        return None
    if modal.span[0] == modal.span[1]:
        window = word_list("window_open").search(facts.masked, sentence[0], phrase.span[0])
        verb = _OPEN_VERB.search(facts.masked, window.start(), window.end()) if window else None
        end = verb.start() if verb else -1
    else:
        end = modal.span[0] if _SAYS_NOTHING.search(facts.masked, *modal.span) else -1
    if end < 0:
        return None
    return cut_action(facts, max((clause.end() for clause in CLAUSE.finditer(facts.masked, sentence[0], end)), default=sentence[0]), end)


# `must as soon as practicable, and in any event within two days, cease …`: how soon is no act.
_HASTE = re.compile(
    r"(?:as\s+soon\s+as\s+(?:(?:is\s+)?(?:reasonably\s+)?(?:practicable|practical|possible)|it\s+(?:can|is\s+able))|promptly|immediately|forthwith"
    r"|at\s+once|without\s+(?:undue\s+|further\s+)?delay)(?:\s*,?\s+(?:and|but|or)(?:\s*,?\s+in\s+any\s+(?:event|case))?)?"
)


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
    start = max((clause.end() for clause in CLAUSE.finditer(facts.masked, sentence[0], end)), default=sentence[0])
    if facts.parties.find(facts.text, facts.masked, (start, end)) or end - start > LONGEST_SUBJECT:
        return None
    return cut_action(facts, start, end)


_IN_ANY_CASE = re.compile(r"\s*(?:并|而|但|且|惟)?(?:无论如何|在?任何情况下|至迟|最迟)?\s*")


_AND_MORE = re.compile(r"\s*[,，]\s*[并並且及亦]")


LONGEST_SUBJECT = 24


_NEXT_ACT = re.compile(r"(?:以?及|并|並|和)[须須應应]?[于在於]\s*\ufdd0")  # 交回表格|及於11月30日或之前繳費


_IDLE = re.compile(r"办妥|办理|完成|进行")  # verbs that say nothing without their thing


# Nor do these without what is handed over: 填寫問卷，並於D前|交回.
_BARE = re.compile(rf"{_IDLE.pattern}|[交寄发發]回|[提递呈送报報][交送]|送达|上[载載传傳]|提出|作出")


_THING = re.compile(r"(?![最至][遲迟晚]|有[關关]|相[關关]|上述|[該该此其])[一-鿿]{2,8}(?<![仍則则亦均都])")


def opened_act(facts: Facts, sentence: Span, phrase: Phrase) -> str | None:
    """What a window is for that the sentence names before its days: 申請由…起接受，於…截止."""
    if not is_window(phrase) and not phrase.rule.endswith((".closes", ".until")):
        return None
    subject = word_list("window_subject").search(facts.masked, sentence[0], phrase.span[1])
    return cut_action(facts, *subject.span()) if subject else None


_TAKING = re.compile(
    r"\s*(?:即|尽快)?(?P<with>(?:[把将向以经凭按就]|透过|通过|(?:确保|保证|促使|督促|敦促|安排|指示|聘请|委[聘派托]|代表)(?![的和及或]))\s?[^,，。;；:：\s][^,，。;；]*$)"
)


_WHEN = re.compile(r"\s*[于在][^,。;]{1,24}[后时]的?\s*")  # 於接獲通知後|下一個營業日中午前


_INTERRUPTED = re.compile(r"\b(?:has|have|had|be|been|must|shall|should|will|may),\s*$")  # `provided that it has, by 3 May, filed …`


# What stands between two days of one act: `and in any event`, `, the first of which … (i.e.`.
_AGAIN = re.compile(r"\b(?:and|or)(?:\s*,?\s+in\s+any\s+(?:case|event)\s*,?)?\s*$|\(\s*(?:i\.?\s?e\.?|that\s+is|namely|即)[\s,:]*$")


_OBJECT = re.compile(r"\s+(?P<object>(?:that|whether)\b)")  # `confirm by 3 May that …`


# `submit to the SFC, by 3 May, | a summary`: what is handed over stands behind.
_TO_WHOM = re.compile(
    r"(?:submit|report|provide|give|send|deliver|pay|return|furnish|disclose|supply|forward|make|issue)\s+to\s+[^,]{2,50}"
)
_THE_OBJECT = re.compile(r",\s+(?P<object>(?:an?|the|its|their|all|any|such|copies)\s)")


_DASH = re.compile(r"\s[-–—]\s*$")


_HAVE_UNTIL = re.compile(r"(?:ha(?:s|ve)|.*(?:given|allowed|granted|gives|allows|grants))")


_IS_DUE = re.compile(r"(?:.*\bthat\s+)?(?P<what>[^;:]{2,120}?)\s+(?:is|are|falls?|becomes?|(?:will|shall)\s+be)\s+(?:[a-z]+\s+)?$")


PASSIVE = re.compile(r"\s*be\s")


BY_WHOM = re.compile(r"\s+by\s+(?:(?:the|all|each|every|any)\s+)*[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*$")


_LEADING = re.compile(
    r"^(?:(?:for\s+(?:instance|example)|accordingly|therefore|however|in\s+addition|thus|hence|as\s+such|in\s+particular)\s*,|(?:and|to|or|also|is|are|be|i\.e|namely)(?![A-Za-z])|[）)]|\s*[-–—]+$|\.|,|，|;|；|:|、|并|並|亦|[而惟](?=[一-鿿])|[現现]?[將将](?=\s*[於于在会會由自从從])|\s|[•●▪◦*–-]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s|[一二三四五六七八九十]{1,3}、|[（(](?:[^（）()A-Za-z]|[（(][^（）()]{1,6}[）)]){1,24}[）)](?=.))+",
    re.IGNORECASE,
)


_TRAILING = re.compile(
    r"(?:,?\s+(?:preferably|ideally|if\s+possible)|[（(]|(?:\s(?:and|but))?\s?,?\s(?:in\s+any\s+(?:event|case)|at\s+any\s+rate)|(?:並|并|而|但|且|惟)?(?:[无無]論如何|在?任何情[况況]下)|\s|,|，|;|；|、|\.|。|\band\b|\bor\b|\bbut\b|,\s*(?:i\.e|by)|并|並|及|,\s*with|:|：)+$"
)


# 登記（名額有限）：https://…: where to do it is no part of what.
_LINK_BEHIND = re.compile(r"(?:[（(][^（）()]{0,40}[）)])?\s*[:：]\s*(?:https?://|www\.)\S+\s*$")


_BELOW = re.compile(r"(?<=[一-鿿])[:：]\s*\n[\s\S]*")  # 以下列方式送交：|郵寄：…


def cut_action(facts: Facts, low: int, high: int) -> str | None:
    """The words of a stretch, without what joins them to their neighbours."""
    said = _BELOW.sub("", _LINK_BEHIND.sub("", facts.text[low:high]))
    said = _TRAILING.sub("", said)
    said = _LEADING.sub("", said)
    said = re.sub(r",?\s+(?:during|in|within)\s+the\s+(?:period|window)$", "", said)
    said = re.sub(r"\s+within\s+the\s+(?:business|working)\s+days$", "", said)
    return without_stray_bracket(squeeze(said)) or None
