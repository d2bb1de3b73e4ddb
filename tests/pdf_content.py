"""Invented circulars that know what they say: paragraphs, schedule, links and running heads, before anyone makes a page of them.

The houses are real; matters, numbers, people, telephones (2979 7xxx) and mailboxes (`*.example`) are invented. A seed gives
the same circular for ever.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

Lang = Literal["en", "zh-Hant"]
Kind = Literal["label", "title", "heading", "text", "item", "caption", "signature", "footnote"]

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh-Hant": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

HOUSE = {"en": "HONG KONG SECURITIES CLEARING COMPANY LIMITED", "zh-Hant": "香港中央結算有限公司"}
HEAD = {"en": "Participant Services · Volume {volume}", "zh-Hant": "參與者服務 · 第{volume}卷"}
FOOT = {"en": ("Page ", " of ", ""), "zh-Hant": ("第", "頁，共", "頁")}

MATTERS = {
    "en": ("New Archive Terminal", "Renewal of Dial-up Lines", "Move of the Vault Counter", "Second Rehearsal of the Relay Site"),
    "zh-Hant": ("新檔案終端機", "撥號線路續期", "倉庫櫃位搬遷", "後備中心第二次演習"),
}

# Sentences with places for a day, a clock time and a number; each states at most one day.
SENTENCES: dict[Lang, tuple[str, ...]] = {
    "en": (
        "Reference is made to the circular dated {day} on the same matter, which this circular supplements.",
        "HKSCC will carry out the migration in stages, so that no more than {n} terminals are out of use at the same time.",
        "CPs must return the signed acknowledgement form no later than {clock} on {day}.",
        "CPs that operate a back-up office should tell the project desk on 2979 7{n:03} which of their lines are leased.",
        "A walk-through for operators will be held on {day} from 10:00 to 11:30; seats are given in the order of application.",
        "Where a terminal cannot be replaced in time, the old one stays in service, and the fee for it is waived.",
        "The certificate of each operator card has to be renewed before {day}.",
        "Reports that are requested during the migration may arrive late; their content is not affected.",
        "CPs shall keep the log of the parallel run for {n} months and produce it when the auditors ask for it.",
        "Any change of the persons authorised to sign must reach HKSCC by {day}.",
        "The desk answers questions from 08:30 to 18:00 on business days; outside these hours please write to relay.desk@hkex.example.",
        "Counterparts in other markets have been told, and their cut-off times remain as they are.",
        "A refund of HK${n},500 is paid for each terminal that is handed back complete with its cables.",
        "If the test fails, the slot booked for {day} is kept free as a reserve.",
    ),
    "zh-Hant": (
        "茲提述本公司於{day}就同一事項發出的通告，本通告為該通告的補充。",
        "香港結算將分階段進行遷移，任何時候停用的終端機不多於{n}部。",
        "參與者必須不遲於{day}{clock}交回已簽署的確認表格。",
        "設有後備辦事處的參與者，應致電2979 7{n:03}通知項目支援組哪些線路屬租用線路。",
        "操作員講解會將於{day}上午10時至11時30分舉行，座位按申請先後次序分配。",
        "如終端機未能及時更換，舊終端機將繼續使用，有關費用獲豁免。",
        "每張操作員卡的證書須於{day}前續期。",
        "遷移期間索取的報告或會延遲送達，惟內容不受影響。",
        "參與者須保存並行運作的記錄{n}個月，以供核數師查閱。",
        "獲授權簽署人如有變更，必須於{day}或之前通知香港結算。",
        "支援組於營業日上午8時30分至下午6時解答查詢，其他時間請電郵至 relay.desk@hkex.example 。",
        "其他市場的對手方已獲通知，其截止時間維持不變。",
        "每部連同電線完整交還的終端機可獲退款{n},500港元。",
        "如測試失敗，已預留{day}的時段作後備。",
    ),
}
HEADINGS = {
    "en": ("Background", "What changes", "What CPs have to do", "Support", "Fees"),
    "zh-Hant": ("背景", "變更事項", "參與者須採取的行動", "支援", "費用"),
}
ITEMS = {
    "en": (
        "check that the serial number on the label agrees with the list sent to them;",
        "name two operators who attend the rehearsal on {day};",
        "switch off the old line only when the new one has run for {n} hours; and",
        "report faults to the desk within 2 business days.",
    ),
    "zh-Hant": (
        "核對標籤上的序號是否與已發出的名單相符；",
        "委派兩名操作員出席{day}的演習；",
        "待新線路運作滿{n}小時後方可關閉舊線路；及",
        "於兩個營業日內向支援組報告故障。",
    ),
}
LINKED = {
    "en": ("The forms can be downloaded from the", "participants’ page", "once the line has been tested."),
    "zh-Hant": ("有關表格可於線路測試後從", "參與者專頁", "下載。"),
}
FOOTNOTES = {
    "en": ("A terminal counts as one line, whatever the number of its screens.", "Business days are those of the securities market."),
    "zh-Hant": ("每部終端機不論屏幕數目均計為一條線路。", "營業日指證券市場的營業日。"),
}
SCHEDULE = {
    "en": ("Indicative timetable", ("Date", "Time", "Event", "Place")),
    "zh-Hant": ("暫定時間表", ("日期", "時間", "事項", "地點")),
}
EVENTS = {
    "en": ("Registration of lines opens", "Walk-through for operators", "Parallel run of old and new terminals", "Deadline for the signed form",
           "Rehearsal with the relay site", "Cards are handed out", "Old lines are cut", "Review with the auditors"),
    "zh-Hant": ("開始登記線路", "操作員講解會", "新舊終端機並行運作", "交回已簽署表格的截止日期", "與後備中心演習", "派發操作員卡", "停用舊線路", "與核數師檢討"),
}  # fmt: skip
PLACES = {"en": ("Portal", "Vault counter", "Relay site"), "zh-Hant": ("專頁", "倉庫櫃位", "後備中心")}
SIGNED = {"en": ("Jocelyn Mak", "Head of Participant Services"), "zh-Hant": ("麥祖怡", "參與者服務主管")}


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a part, and where a click on them leads."""

    words: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the text as it is printed; an item's text begins with its mark."""

    kind: Kind
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """A cell of the schedule that reaches over the ones below it."""

    row: int
    col: int
    rowspan: int


@dataclass(frozen=True, slots=True)
class Content:
    """A whole circular: `parts` before the schedule and `rest` behind it; `head` and `foot` stand on every page."""

    seed: int
    lang: Lang
    parts: tuple[Part, ...]
    rest: tuple[Part, ...]
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Merge, ...]
    head: str
    foot: tuple[str, str, str]
    days: tuple[date, ...] = field(default=())

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Every part's text in reading order, without the schedule."""
        return tuple(part.text for part in (*self.parts, *self.rest))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(part.link for part in (*self.parts, *self.rest) if part.link)

    def footer(self, page: int, pages: int) -> str:
        """What stands at the bottom of a page."""
        before, between, after = self.foot
        return f"{before}{page}{between}{pages}{after}"


class Writer:
    """Fills in days, clock times and numbers, and remembers the days."""

    def __init__(self, seed: int, lang: Lang) -> None:
        self.random = random.Random(f"{seed} {lang}")
        self.lang = lang
        self.base = date(2027, 1, 4) + timedelta(weeks=seed % 40) - timedelta(weeks=52 * (seed // 40 % 12))
        self.days: list[date] = []

    def day(self, after: int) -> str:
        """A day so many days after the circular's own, with its weekday."""
        day = self.base + timedelta(days=after)
        self.days.append(day)
        return printed(day, self.lang)

    def clock(self) -> str:
        hour, minute = self.random.randint(1, 6), self.random.choice(("00", "15", "30"))
        return f"{hour}:{minute} p.m." if self.lang == "en" else f"下午{hour}時{minute}分" if minute != "00" else f"下午{hour}時正"

    def fill(self, template: str) -> str:
        """A sentence with its places filled."""
        values: dict[str, object] = {"n": self.random.randint(2, 96)}
        if "{day}" in template:
            values["day"] = self.day(self.random.randint(2, 300))
        if "{clock}" in template:
            values["clock"] = self.clock()
        return template.format(**values)

    def sentences(self, count: int) -> str:
        """A paragraph of different sentences."""
        chosen = self.random.sample(SENTENCES[self.lang], count)
        return (" " if self.lang == "en" else "").join(self.fill(sentence) for sentence in chosen)


def printed(day: date, lang: Lang) -> str:
    """A day as a circular prints it."""
    weekday = WEEKDAYS[lang][day.weekday()]
    if lang == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year} ({weekday})"
    return f"{day.year}年{day.month}月{day.day}日（{weekday}）"


def content(seed: int, lang: Lang = "en", *, sections: int = 5, events: int = 12) -> Content:
    """The circular of this seed: two pages of prose for five sections, and a schedule of so many rows (0: none)."""
    writer = Writer(seed, lang)
    parts = [*header(writer, seed), *body(writer, sections)]
    rows, merged = schedule(writer, events) if events else ((), ())
    if events:
        parts.append(Part("caption", SCHEDULE[lang][0]))
    rest = [Part("text", writer.sentences(2)), *(Part("signature", line) for line in SIGNED[lang])]
    rest += [Part("footnote", f"{number} {text}") for number, text in enumerate(FOOTNOTES[lang], 1)]
    head = HEAD[lang].format(volume=seed % 9 + 2)
    return Content(seed, lang, tuple(parts), tuple(rest), rows, merged, head, FOOT[lang], tuple(writer.days))


def header(writer: Writer, seed: int) -> Iterator[Part]:
    """Number, date, house and subject."""
    number = f"CD/OES/CCASS/{seed % 900 + 100}/2027"
    writer.days.append(writer.base)
    issued = f"{writer.base:%d/%m/%Y}"
    matter = writer.random.choice(MATTERS[writer.lang])
    if writer.lang == "en":
        yield from (Part("label", f"Ref. No.: {number}"), Part("label", f"Date: {issued}"))
        yield from (Part("title", HOUSE["en"]), Part("title", "CIRCULAR"), Part("label", f"Subject: {matter}"))
        yield Part("label", "Enquiry: CCASS Hotline : 2979 7341 / E-mail : relay.desk@hkex.example")
    else:
        yield from (Part("label", f"編號： {number}"), Part("label", f"日期： {issued}"))
        yield from (Part("title", HOUSE["zh-Hant"]), Part("title", "通告"), Part("label", f"事項： {matter}"))
        yield Part("label", "查詢： 中央結算系統熱線：2979 7341 / 電郵：relay.desk@hkex.example")


def body(writer: Writer, sections: int) -> Iterator[Part]:
    """Sections of paragraphs; the second has list items, the third a link."""
    lang = writer.lang
    for number in range(sections):
        heading = HEADINGS[lang][number % len(HEADINGS[lang])]
        yield Part("heading", f"{number + 1}. {heading}" if lang == "en" else f"{'一二三四五六七八九'[number % 9]}、{heading}")
        yield from (Part("text", writer.sentences(writer.random.randint(3, 5))) for _ in range(3))
        if number % 5 == 1:
            marks = ("(a)", "(b)", "(c)", "(d)") if lang == "en" else ("（一）", "（二）", "（三）", "（四）")
            space = " " if lang == "en" else ""
            yield from (Part("item", f"{mark}{space}{writer.fill(item)}") for mark, item in zip(marks, ITEMS[lang], strict=True))
        if number % 5 == 2:
            before, words, after = LINKED[lang]
            joint = " " if lang == "en" else ""
            target = f"https://forms.posttrade.example/{lang[:2]}/{writer.base:%Y%m%d}"
            yield Part("text", joint.join((before, words, after)), Link(words, target))


def schedule(writer: Writer, events: int) -> tuple[tuple[tuple[str, ...], ...], tuple[Merge, ...]]:
    """A heading and so many rows in the order of their days; of every fifth day there are two rows, under one merged cell."""
    lang = writer.lang
    rows: list[tuple[str, ...]] = [SCHEDULE[lang][1]]
    merged: list[Merge] = []
    day = 20
    for number in range(events):
        second = number % 5 == 3
        day += 0 if second else writer.random.randint(1, 9)
        clock = f"{writer.random.randint(9, 17):02}:{writer.random.choice(('00', '15', '30'))}"
        event = EVENTS[lang][number % len(EVENTS[lang])]
        if second:
            merged.append(Merge(len(rows) - 1, 0, 2))
        rows.append(("" if second else writer.day(day), clock, event, writer.random.choice(PLACES[lang])))
    return tuple(rows), tuple(merged)
