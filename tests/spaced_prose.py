"""Text that stands in columns and is no table: labels with values, signatures, addresses, lists, columns of prose, contents."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from spaced_factory import width, wrapped

COUNTEREXAMPLES = {
    "labels": "Ref. No.:    NH/OPS/31\nDate:        6 July 2027\nTo:          All Participants\nSubject:     Fees",
    "labels without colon": "Date         6 July 2027\nTo           All Participants\nSubject      Fees",
    "labels zh": "編號：    NH/OPS/31\n日期：    2027年7月6日\n致：      全體參與者\n事由：    收費",
    "labels without colon zh": "日期      2027年7月6日\n致        全體參與者\n事由      收費",
    "labels twice": "Date:     6 July 2027     Ref.:     NH/31\nTo:       All             From:     Risk",
    "signatures": "Ida Poon                 Ben Ip\nHead of Operations       Head of Risk\nNorthern Harbour         Northern Harbour",
    "signatures zh": "潘艾達              葉本\n營運部主管          風險管理部主管\n北港結算            北港結算",
    "signatures dated": "Ida Poon                 Ben Ip\nHead of Operations       Head of Risk\n6 July 2027              6 July 2027",
    "signed lines": "____________________     ____________________\nIda Poon                 Ben Ip\nDate:                    Date:",
    "addresses": "Head Office              Branch Office\nPier Tower               Ferry House\n8 Ferry Road             9 Dock Street\nHong Kong                Kowloon",
    "addresses zh": "總辦事處            分行\n碼頭大廈            渡輪樓\n渡輪道8號           船塢街9號\n香港                九龍",
    "addresses with telephones": "Head Office              Branch Office\nPier Tower               Ferry House\nTel: 2979 7411           Tel: 2979 7412\nFax: 2979 7413           Fax: 2979 7414",
    "telephones": "Ida Poon            2979 7411\nBen Ip              2979 7412\nMei Tsang           2979 7413",
    "telephones zh": "潘艾達        2979 7411\n葉本          2979 7412\n曾美          2979 7413",
    "telephones below a heading": "Help desk\nIda Poon            2979 7411\nBen Ip              2979 7412",
    "telephones and mail": "Ida Poon            2979 7411      ida@desk.example\nBen Ip              2979 7412      ben@desk.example",
    "numbers": "1.   The fees rise on 3 May 2027 and stay\n     there for a year.\n2.   The forms are found on the website.\n3.   Participants tell their staff.",
    "numbers zh": "1.   收費於2027年5月3日調整，為期一\n     年。\n2.   表格載於網站。\n3.   參與者須通知職員。",
    "letters": "(a)  the application form;\n(b)  the declaration of the directors,\n     signed by two of them; and\n(c)  the fee.",
    "letters zh": "（甲）  申請表格；\n（乙）  由兩名董事簽署的\n        聲明；及\n（丙）  費用。",
    "bullets": "•    Forms are sent out on 3 May 2027\n•    The deadline for them is 10 May 2027,\n     for the fee too\n•    Launch is on 17 May 2027",
    "two levels": "1.   Scope\n     1.1   The rules apply to all.\n     1.2   They apply from 3 May 2027.\n2.   Fees",
    "definitions": "“Participant”     a person admitted to the clearing house\n                  under its rules\n“Business Day”    a day on which banks are open",
    "contents": "Contents                          Page\nScope                                3\nFees                                 5\nForms                                7",
    "contents with dots": "1. Scope ..................    3\n2. Fees ...................    5\n3. Forms ..................    7",
    "contents zh": "目錄                頁次\n範圍                   3\n收費                   5\n表格                   7",
    "days": "Launch is on      3 May 2027\nTests end on      10 May 2027",
    "one row": "Date              Event\n3 May 2027        Launch",
    "one value": "Item              Fee\nFutures",
    "double spaces": "The Date  of the Event is told below.  All fees\nare due on 3 May 2027.  They are paid  by cheque.\nNo fee  is due on 10 May 2027.",
    "spread heading": "N O T I C E     T O     P A R T I C I P A N T S\n\n3 May 2027\n\n10 May 2027",
    "boxed": "+----------------------------+\n| This notice takes effect   |\n| on 3 May 2027.             |\n+----------------------------+",
    "ruled heading": "Fees\n----\n\nThe fees are due on 3 May 2027.\n\nForms\n=====\n\nForms are sent out on 10 May 2027.",
    "form": "Name:  ______________      Date:  ______________\nFirm:  ______________      Tel.:  ______________",
    "quoted": "From: ida@desk.example         Sent: 3 May 2027\nTo: ben@desk.example           Subject: Fees",
    "sum": "Total:        HK$1,500.00\nDeposit:        HK$500.00\nDue:          HK$1,000.00",
    "head and foot": "Northern Harbour             3 May 2027\n\nThe fees are due on 10 May 2027.\n\nNorthern Harbour             3 May 2027",
    "two lists": "Participants                Banks\n• Pier Securities           • Dock Bank\n• Ferry Futures             • Quay Bank\n• Harbour Brokers           • Wharf Bank",
    "centred": "                    NOTICE\n\n               Date of Launch\n\n                 3 May 2027\n\n                10 May 2027",
    "indented quotation": "The rule says:\n\n     Fees are due on the first business day.\n     The date is told by notice.\n\nIt stays.",
    "languages": "Dear Participants,            各參與者：\n\nThe office is closed          本辦事處於2027年5月3日\non 3 May 2027.                休息。",
    "code": "if date > today:      # 3 May 2027\n    fee = 5           # HK$\n    send(fee)         # 10 May 2027",
}  # fmt: skip
"""By what they are; nothing of it is a table, nor was one."""

TOLD_BELOW = "\n\nThis is all that is to be said of it, and the rules stay as they stand."

SAID = (
    "the fees that are due on the date of the event are paid by each participant to the clearing house and no contract is closed "
    "before its last trading day unless the rules say so or a notice is given of 3 May 2027 in which case the limit of 10,000 lots "
    "applies from 9:00 a.m. of the day and the forms are sent to all markets"
)
HAN = "參與者須於2027年5月3日或之前向結算所繳付有關費用及交回表格，逾期繳付者須另繳附加費，金額按日計算，直至繳清為止。"


def paragraphs(seed: int, lang: str) -> list[str]:
    """Some paragraphs of words that also head columns, and values between them."""
    picked = random.Random(seed)
    if lang == "zh":
        return [("　　" if picked.random() < 0.5 else "") + HAN[picked.randrange(20) :] + HAN * picked.randint(1, 3) for _ in range(6)]
    made = []
    for _ in range(6):
        words = [picked.choice(SAID.split()) for _ in range(picked.randint(20, 90))]
        made.append(" ".join(words).capitalize() + ".")
    return made


def justified(lines: Sequence[str], room: int, seed: int) -> list[str]:
    """The lines of a paragraph made as wide as each other by wider gaps, as old printers did it."""
    picked = random.Random(seed)
    made = []
    for line in lines[:-1]:
        words = line.split(" ")
        gaps = [1] * (len(words) - 1)
        for _ in range(room - width(line) if gaps else 0):
            gaps[picked.randrange(len(gaps))] += 1
        made.append("".join(word + " " * gap for word, gap in zip(words, [*gaps, 0], strict=True)))
    return [*made, *lines[-1:]]


def beside(left: Sequence[str], right: Sequence[str], room: int, gap: int) -> str:
    """Two columns of lines beside each other."""
    height = max(len(left), len(right))
    pairs = zip([*left, *[""] * (height - len(left))], [*right, *[""] * (height - len(right))], strict=True)
    return "\n".join((one + " " * (room - width(one) + gap) + other).rstrip() for one, other in pairs)


def pages(count: int) -> Iterator[tuple[str, str]]:
    """Prose wrapped, justified, or in two columns, and what it is called."""
    for seed in range(count):
        for lang in ("en", "zh"):
            said = paragraphs(seed, lang)
            for room in (60, 72, 80):
                lines = [wrapped(one, room) for one in said]
                yield f"wrapped-{room}-{lang}-{seed}", "\n\n".join("\n".join(one) for one in lines)
                yield f"tight-{room}-{lang}-{seed}", "\n".join("\n".join(one) for one in lines)
                yield f"justified-{room}-{lang}-{seed}", "\n\n".join("\n".join(justified(one, room, seed)) for one in lines)
            for room, gap in ((26, 2), (32, 3), (38, 6)):
                lines = [[*wrapped(one, room), ""] for one in said]
                halves = [[line for one in half for line in one] for half in (lines[:3], lines[3:])]
                yield f"columns-{room}-{lang}-{seed}", beside(*halves, room, gap)
