"""A whole base of circulars with known truth, of any size: siblings, translations, corrections, and notices from one template.

A matter is a circular of one house in both languages; most have a sibling from the other house, some a correction. Notices of
typhoons say the same words on other days, and only the two languages of one belong together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

START = date(2014, 1, 6)
WEEKDAYS_ZH = "一二三四五六日"

HOUSES = {
    "HKSCC": ("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "香港中央結算有限公司", "CCASS", "CCASS Participants", "參與者", 2979),
    "SEOCH": (
        "THE SEHK OPTIONS CLEARING HOUSE LIMITED",
        "香港聯合交易所期權結算所有限公司",
        "CCMS",
        "SEOCH Participants",
        "期權結算參與者",
        2840,
    ),
}
MAIN, SISTER = "HKSCC", "SEOCH"

KINDS = (("New", "新"), ("Revised", "經修訂"), ("Temporary", "臨時"), ("Enhanced", "加強"), ("Annual", "年度"), ("Additional", "附加"))
THINGS = (
    ("Sign-in Page", "登入頁面"),
    ("Collateral Haircuts", "抵押品扣減率"),
    ("Penetration Test", "滲透測試"),
    ("Fee Schedule", "收費表"),
    ("Default Fund Drill", "違責基金演習"),
    ("Data File Layout", "數據檔案格式"),
    ("Account Opening Form", "開戶表格"),
    ("Money Settlement Window", "款項交收時段"),
    ("Corporate Action Screen", "公司行動畫面"),
    ("Stress Test Template", "壓力測試範本"),
    ("Contact Person Survey", "聯絡人調查"),
    ("Margin Report", "按金報告"),
)
PLACES = (("Terminals", "終端機"), ("Online Users", "網上用戶"), ("Back-office Systems", "後勤系統"), ("Nominee Accounts", "代理人戶口"))

ACTS = (
    ("must return the signed form", "必須交回已簽署的表格"),
    ("must complete the connection test", "必須完成連線測試"),
    ("must report the result of the drill", "必須報告演習結果"),
    ("must nominate two contact persons", "必須提名兩名聯絡人"),
    ("must confirm the fee account", "必須確認繳費戶口"),
    ("must remove the old software", "必須移除舊軟件"),
)


class Circular(NamedTuple):
    """One file: its name and its text."""

    name: str
    text: str


class Base(NamedTuple):
    """Circulars in the order of their issue, and which belong together: two places, the lower first, and how."""

    circulars: tuple[Circular, ...]
    pairs: frozenset[tuple[int, int, str]]


class Matter(NamedTuple):
    """What both houses tell in both languages."""

    issued: date
    subject: tuple[str, str]
    acts: tuple[tuple[str, str, date, int], ...]
    fee: int
    live: date


def base(count: int) -> Base:
    """So many circulars, one or two fewer or more: matters one after the other, every eighth of them a notice."""
    circulars: list[Circular] = []
    pairs: set[tuple[int, int, str]] = set()
    number = 0
    while len(circulars) < count:
        number += 1
        place = len(circulars)
        texts, ties = notice(number) if number % 8 == 0 else matter_texts(number)
        circulars += [Circular(f"{number:05}-{name}.txt", text) for name, text in texts]
        pairs |= {(place + left, place + right, relation) for left, right, relation in ties}
    return Base(tuple(circulars), frozenset(pairs))


Texts = list[tuple[str, str]]
Ties = list[tuple[int, int, str]]


def matter_texts(number: int) -> tuple[Texts, Ties]:
    """The circulars of one matter, and their ties by place."""
    random = Random(number)
    told = matter(random, number)
    texts = [("main-en", english(MAIN, told, number)), ("main-zh", chinese(MAIN, told, number))]
    ties = [(0, 1, "translation")]
    if random.random() < 0.6:
        texts += [("sister-en", english(SISTER, told, number)), ("sister-zh", chinese(SISTER, told, number))]
        ties += [(2, 3, "translation"), (0, 2, "sibling"), (1, 3, "sibling")]
    if random.random() < 0.25:
        ties.append((0, len(texts), "reissue"))
        texts.append(("correction-en", correction(told, number)))
    return texts, ties


def matter(random: Random, number: int) -> Matter:
    """The facts of a matter: three acts, a fee, and the day on which it begins."""
    issued = day_of(number)
    days = sorted(random.sample(range(6, 90), 4))
    kind, thing, place = random.choice(KINDS), random.choice(THINGS), random.choice(PLACES)
    acts = random.sample(ACTS, 3)
    dues = [weekday(issued + timedelta(days=days[place])) for place in range(3)]
    return Matter(
        issued=issued,
        subject=(f"{kind[0]} {thing[0]} for {place[0]}", f"{place[1]}的{kind[1]}{thing[1]}"),
        acts=tuple((*act, due, random.choice((10, 12, 15, 17))) for act, due in zip(acts, dues, strict=True)),
        fee=random.randrange(500, 90_000, 10),
        live=weekday(issued + timedelta(days=days[3])),
    )


def opened(number: int) -> date:
    """Three matters begin in two days."""
    return START + timedelta(days=number * 2 // 3)


def day_of(number: int) -> date:
    """The working day on which a matter comes out."""
    return weekday(opened(number))


def weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.isoweekday()) % 7 + 1) if day.isoweekday() > 5 else day


def reference(house: str, number: int, department: str = "OES") -> str:
    """A number of its own: the day of the year, twice, and which of that day it is."""
    day = opened(number)
    return f"CD/{department}/{HOUSES[house][2]}/{day.timetuple().tm_yday * 2 - number % 2:03}/{day.year}"


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def said_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def head(house: str, number: str, issued: date) -> Iterator[str]:
    yield f"Ref. No.: {number}"
    yield f"Date: {issued:%d/%m/%Y}"
    yield ""
    yield HOUSES[house][0]
    yield ""
    yield "CIRCULAR"
    yield ""


def head_zh(house: str, number: str, issued: date) -> Iterator[str]:
    yield f"編號 Ref. No.: {number}"
    yield f"日期 Date: {issued:%d/%m/%Y}"
    yield ""
    yield HOUSES[house][1]
    yield ""
    yield "通告 CIRCULAR"
    yield ""


def english(house: str, told: Matter, number: int) -> str:
    """The English circular of a house."""
    system, party = HOUSES[house][2:4]
    lines = [*head(house, reference(house, number), told.issued), f"Subject: {told.subject[0]}", ""]
    for act, _, due, hour in told.acts:
        lines += [f"{party} {act} no later than {hour}:00 on {said(due)} ({due:%A}).", ""]
    lines += [f"A fee of HK${told.fee:,} applies. Enquiries: {system} Hotline {HOUSES[house][5]} 7341.", "", "Schedule of events", ""]
    lines += ["Date\tEvent", *(f"{said(due)}\tDeadline: {act.removeprefix('must ')}" for act, _, due, _ in told.acts)]
    return "\n".join([*lines, f"{said(told.live)}\tService begins", "", "Jocelyn Mak", "Head of Participant Services", ""])


def chinese(house: str, told: Matter, number: int) -> str:
    """The Chinese circular of a house."""
    party = HOUSES[house][4]
    lines = [*head_zh(house, reference(house, number), told.issued), f"事項： {told.subject[1]}", ""]
    for _, act, due, hour in told.acts:
        lines += [f"{party}{act[:2]}不遲於{said_zh(due)}（星期{WEEKDAYS_ZH[due.weekday()]}）{hour}:00{act[2:]}。", ""]
    lines += [f"收費為{told.fee:,}港元。查詢熱線：{HOUSES[house][5]} 7341。", "", "時間表", ""]
    lines += ["日期\t事項", *(f"{said_zh(due)}\t截止日期：{act[2:]}" for _, act, due, _ in told.acts)]
    return "\n".join([*lines, f"{said_zh(told.live)}\t開始服務", "", "麥祖怡", "參與者服務主管", ""])


def correction(told: Matter, number: int) -> str:
    """A correction of the English circular: its first day is moved by a week."""
    act, _, due, hour = told.acts[0]
    issued, later = weekday(told.issued + timedelta(days=2)), due + timedelta(days=7)
    cited = f"our circular of {said(told.issued)} (Reference: {reference(MAIN, number)})"
    body = f"Further to {cited}, the last day is moved. {HOUSES[MAIN][3]} {act} no later than {hour}:00 on {said(later)} ({later:%A})."
    lines = head(MAIN, reference(MAIN, number, "CDCR"), issued)
    return "\n".join([*lines, f"Subject: Correction – {told.subject[0]}", "", body, ""])


def notice(number: int) -> tuple[Texts, Ties]:
    """A typhoon's notice in two languages: the same words each time, but for the day and the hour."""
    day, hour = day_of(number), 9 + number % 7
    following, week = weekday(day + timedelta(days=1)), WEEKDAYS_ZH[day.weekday()]
    said_en = (
        f"Typhoon Signal No. 8 was hoisted at {hour}:40 today. Settlement on {said(day)} ({day:%A}) is cancelled. The final money settlement "
        f"run of {said(day)} takes place at {hour + 2}:15 on {said(following)}. CCASS Participants must observe the announcements."
    )
    told_zh = (
        f"八號颱風信號已於今日{hour}:40懸掛。{said_zh(day)}（星期{week}）的交收取消。{said_zh(day)}的最後款項交收於"
        f"{said_zh(following)}{hour + 2}:15進行。參與者須留意公佈。"
    )
    own = reference(MAIN, number)
    english_lines = [*head(MAIN, own, day), "Subject: Arrangements under Typhoon Signal No. 8", "", said_en, ""]
    chinese_lines = [*head_zh(MAIN, own, day), "事項： 八號颱風信號下的安排", "", told_zh, ""]
    return [("en", "\n".join(english_lines)), ("zh", "\n".join(chinese_lines))], [(0, 1, "translation")]
