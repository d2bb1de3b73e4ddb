"""Whether a circular is taken back as a whole where another one cites it.

`Circular X is withdrawn`, `this circular withdraws circular X`, 通告X現予撤回; not `the drill announced in circular X is cancelled`,
`paragraph 3 of circular X is withdrawn`, `circular X will be withdrawn if`: what stands before and after the number decides.
"""

from __future__ import annotations

import re
from itertools import islice

from ingest.model import Span
from kb.moves import sentence

MOST = 200
"""Places of one circular that are looked at."""

_LABEL = (
    r"[\s(\[（「“\"',，]*+(?:(?:reference|ref\.?|circular)?+\s*+(?:nos?\.?|number)?+\s*+:?+"
    r"|(?:(?:通告|檔案|参考|參考)?+編?+[號号]|檔號)?+\s*+[:：]?+)\s*+"
)
"""What may stand right before a number: `(Ref. No.: `, （編號：."""

_PRINTED = r"(?:dated|of|issued\s+(?:on|of)|published\s+on)\s+[^.;,]{6,24}?"
_TOLD = (
    r"(?:[A-Z][\w\s]{0,40}?\s(?:should|are\s+asked\s+to|are\s+advised\s+to)\s+note\s+|please\s+(?:note|be\s+(?:informed|advised|notified))\s+"
    r"|(?:participants|members|cps|you)\s+are\s+(?:hereby\s+)?(?:informed|notified|advised)\s+|we\s+(?:wish\s+to|would\s+like\s+to|hereby)\s+"
    r"(?:inform|advise|notify)\s+(?:you|participants|members)\s+|it\s+is\s+hereby\s+notified\s+|(?:accordingly|therefore|hence)\W+)(?:that\s+)?"
)
_TOLD_ZH = r"(?:敬?[請请]注意|(?:謹|谨|茲|兹|現|现|特)此?(?:通知|公布|公佈|告知)|[^，。；]{0,10}[應应]注意)[，,：:]?"
_SUBJECT = re.compile(
    rf"\W*(?:{_TOLD})?(?:(?:the|our|its|previous|earlier|captioned)\s+)*circulars?\b[^.;,]{{0,40}}{_LABEL}"
    rf"|\W*(?:{_TOLD_ZH})?[^,，。;；於在由]{{0,18}}(?:[於在由][^,，。;；]{{4,24}}(?:發出|发出|刊發|刊发|發布|发布|發佈|公布|公佈)[的之]?)?"
    rf"(?:通告|通函)[^,，。;；]{{0,16}}",
    re.IGNORECASE,
)
_GONE = r"(?:withdrawn|cancelled|canceled|revoked|rescinded|disregarded|issued\s+in\s+error|null\s+and\s+void|void)\b"
_WITHDRAWN = re.compile(
    rf"[\s)\]”\"']*+(?:{_PRINTED})?[\s)\]”\"',]*\b(?:(?:is|are|has\s+been|have\s+been|was|should\s+be|is\s+to\s+be)\s+"
    rf"(?:(?:hereby|now|therefore|also|accordingly|already)\s+)*{_GONE}|(?:is|are)\s+no\s+longer\s+(?:valid|in\s+force|effective|applicable)\b)"
    r"|[\s)）」』]*(?:現予|现予|現已|现已|已|將|将|即時|即时|予以|現|现|全部|即)*(?:撤回|撤銷|撤销|作廢|作废|廢止|废止|取消)(?!的)",
    re.IGNORECASE,
)
_WITHDRAWS = re.compile(
    r"(?<!\bnot\s)(?<!\bmay\s)(?<!\bmight\s)(?<!\bcould\s)(?<!\bwould\s)(?<!\bwill\s)(?<!\bproposes\sto\s)(?<!\bintends\sto\s)(?<!\bplans\sto\s)"
    r"(?<!\bproposed\s)(?<!\bpossible\s)(?<!\bplanned\s)"
    r"\b(?:withdraw(?:s|ing|n)?|withdrew|cancels?|revokes?|rescinds?|disregard|ignore|(?:withdrawal|cancellation|revocation)\s+of)\s+"
    rf"(?:(?:the|our|its|that|previous|earlier)\s+)*(?:circular\s*(?:{_PRINTED})?)?{_LABEL}\Z"
    r"|(?<![未不擬拟議议])(?:撤回|撤銷|撤销|廢止|废止|取消|毋須理會|无须理会|無須理會|請勿理會|不必理會)[^,，。;；所]{0,16}(?:通告|通函)?[^,，。;；所]{0,8}\Z",
    re.IGNORECASE,
)
# `is withdrawn if`, `is withdrawn in part`, `if circular X is withdrawn`, `those who have replied should disregard`
_LIMITED = re.compile(
    r"\b(?:if|unless|provided|subject\s+to|in\s+part|partially|to\s+the\s+extent|in\s*so\s*far|except|(?:who|which)\s+(?:have\s+)?already)\b"
    r"|[如若倘除]|部分|部份|視乎|待",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(?:\bthe\s+)?\b(?:above(?:-?mentioned)?|aforementioned|aforesaid|said|captioned)\s+circular\b|(?:上述|該|该|前述|標題所述|上開)(?:通告|通函)",
    re.IGNORECASE,
)


def takes_back(text: str, number: Span) -> bool:
    """Whether a circular is taken back where its number, or its day, is cited."""
    begin, stop = sentence(text, number)
    before, after = text[begin : number[0]], text[number[1] : stop]
    if _LIMITED.search(before) or _LIMITED.search(after):
        return False
    return bool(_WITHDRAWS.search(before) or (_SUBJECT.fullmatch(before) and _WITHDRAWN.match(after)))


def above(text: str) -> bool:
    """Whether the circular that was cited before is taken back: `The above circular is hereby withdrawn`."""
    return any(
        not _LIMITED.search(text[slice(*sentence(text, found.span()))]) and _WITHDRAWN.match(text, found.end())
        for found in islice(_ABOVE.finditer(text), MOST)
    )
