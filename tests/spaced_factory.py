"""Circulars as text whose tables are aligned by spaces, rulings or tab stops, each with what stands in its cells.

    for design in DESIGNS:
        read(design.text) == design.rows

The rows were drawn as an operations desk types them; `Way` says how they are set: how wide the columns are, which are set
flush right, what is ruled, what stands between two rows. A seed is not needed: a design gives the same text for ever.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Rules = Literal["", "lines", "head", "columns", "simple", "grid", "box", "bars", "psql", "markdown"]
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How a table is set. `widths` wrap the cells of each column; `right` names the columns set flush right.

    `counted` pads by characters and not by their width, as programs do that know no wide ones; `low` sets short headings on
    the lowest of their lines; `page` breaks the page before this row of the body, `again` with the headings repeated.
    """

    widths: tuple[int, ...]
    right: tuple[int, ...] = ()
    gap: int = 3
    indent: int = 0
    rules: Rules = ""
    apart: bool = False
    tabs: bool = False
    wide: bool = False
    counted: bool = False
    low: bool = False
    page: int | None = None
    again: bool = False


class Design(NamedTuple):
    """A circular as text; `rows` are the table's, headings first, and none where nobody can tell them (`lost`)."""

    name: str
    text: str
    rows: Rows
    heads: int = 1
    lost: bool = False


def width(text: str) -> int:
    """Columns that a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(cell: str, room: int) -> list[str]:
    """The lines of a cell: words stay whole, Chinese breaks anywhere but before a mark of punctuation."""
    lines: list[str] = []
    for stretch in cell.split("\n"):
        line = ""
        for word in re.findall(r"[\x21-\u2e7f]+\s*|[\u2e80-\uffff][，。、；：）」]*\s*|\s+", stretch):
            if line and width(line + word.rstrip()) > room:
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.append(line.rstrip())
    return lines


def set_out(rows: Rows, heads: int, way: Way) -> str:
    """The table as lines of text."""
    blocks = [[wrapped(cell, room) for cell, room in zip(row, way.widths, strict=True)] for row in rows]
    named = blocks[heads - 1 :]  # a heading above the others stands over all columns but the first
    rooms = [max(width(line) for block in named for line in block[col]) for col in range(len(way.widths))]
    lines = list(_lines(blocks, rooms, heads, way))
    return "\n".join((" " * way.indent + line).rstrip(" \u3000") if line else line for line in lines)


BARS = {"grid": "|", "bars": "|", "markdown": "|", "box": "│"}
CORNERS = {"grid": ("+++", "+++", "+++"), "bars": ("+++", "+++", "+++"), "box": ("┌┬┐", "├┼┤", "└┴┘")}


def _lines(blocks: Sequence[list[list[str]]], rooms: Sequence[int], heads: int, way: Way) -> Iterator[str]:
    yield from _edge(rooms, 0, way)
    for number, block in enumerate(blocks):
        if number < heads - 1:
            yield " " * (rooms[0] + way.gap) + _centred(block[1][0], sum(rooms[1:]) + way.gap * (len(rooms) - 2))
            continue
        if way.page is not None and number == heads + way.page:
            yield from _new_page(blocks[:heads], rooms, way)
        yield from _row(block, rooms, way, low=way.low and number < heads)
        if number == heads - 1:
            yield from _below_heads(rooms, way)
        elif number < len(blocks) - 1:
            yield from _between(rooms, way)
    yield from _edge(rooms, 2, way)


def _new_page(heads: Sequence[list[list[str]]], rooms: Sequence[int], way: Way) -> Iterator[str]:
    yield from ("", "Page 2", "")
    for head in heads if way.again else ():
        yield from _row(head, rooms, way, low=way.low)


def _edge(rooms: Sequence[int], side: int, way: Way) -> Iterator[str]:
    """What is drawn above (0) or below (2) the table."""
    if way.rules in CORNERS:
        yield _fence(rooms, CORNERS[way.rules][side], way)
    elif way.rules == "lines":
        yield "=" * _length(rooms, way)
    elif way.rules == "simple":
        yield _under(rooms, "=", way)


def _below_heads(rooms: Sequence[int], way: Way) -> Iterator[str]:
    if way.rules in CORNERS:
        yield _fence(rooms, CORNERS[way.rules][1], way).replace("-", "=" if way.rules == "grid" else "-")
    elif way.rules in ("lines", "head"):
        yield "-" * _length(rooms, way)
    elif way.rules in ("columns", "simple"):
        yield _under(rooms, "=" if way.rules == "simple" else "-", way)
    elif way.rules == "psql":
        yield _fence(rooms, " + ", way)[1:-1]
    elif way.rules == "markdown":
        yield _fence(rooms, "|||", way)
    elif way.apart:
        yield ""


def _between(rooms: Sequence[int], way: Way) -> Iterator[str]:
    if way.rules in ("grid", "box"):
        yield _fence(rooms, CORNERS[way.rules][1], way)
    elif way.apart:
        yield ""


def _length(rooms: Sequence[int], way: Way) -> int:
    return sum(rooms) + way.gap * (len(rooms) - 1)


def _under(rooms: Sequence[int], dash: str, way: Way) -> str:
    return (" " * way.gap).join(dash * room for room in rooms)


def _centred(heading: str, room: int) -> str:
    return " " * ((room - width(heading)) // 2) + heading


def _fence(rooms: Sequence[int], corners: str, way: Way) -> str:
    dash = "─" if way.rules == "box" else "-"
    return corners[0] + corners[1].join(dash * (room + 2) for room in rooms) + corners[2]


def _row(block: list[list[str]], rooms: Sequence[int], way: Way, *, low: bool) -> Iterator[str]:
    height = max(map(len, block))
    columns = [[""] * (height - len(cell)) + cell if low else cell + [""] * (height - len(cell)) for cell in block]
    for at in range(height):
        cells = [
            _padded(column[at], room, number in way.right, way) for number, (column, room) in enumerate(zip(columns, rooms, strict=True))
        ]
        if way.rules in ("grid", "bars", "markdown", "box"):
            bar = "│" if way.rules == "box" else "|"
            yield bar + bar.join(f" {cell} " for cell in cells) + bar
        elif way.rules == "psql":
            yield " " + " | ".join(cells)
        elif way.tabs:
            yield _tabbed([column[at] for column in columns], rooms)
        else:
            yield (" " * way.gap).join(cells).rstrip(" \u3000")


def _padded(cell: str, room: int, right: bool, way: Way) -> str:
    free = room - (len(cell) if way.counted else width(cell))
    pad = "\u3000" * (free // 2) + " " * (free % 2) if way.wide else " " * free
    return pad + cell if right else cell + pad


def _tabbed(cells: Sequence[str], rooms: Sequence[int]) -> str:
    """Tab stops every eight columns; the cells begin at one that all reach."""
    line, stop = "", 0
    for cell, room in zip(cells, rooms, strict=True):
        line += cell
        taken = stop + width(cell)
        stop += (room + 2 + 7) // 8 * 8
        line += "\t" * ((stop - taken + 7) // 8)
    return line.rstrip("\t")


# What stands around ---------------------------------------------------------------------------------------------------

OPENING = """NORTHERN HARBOUR CLEARING LIMITED

Ref. No.:    NH/OPS/2027/31
Date:        8 March 2027
To:          All Participants
Subject:     {title}

Participants are asked to note the particulars that follow, and to tell
the staff who look after their accounts. The rules apply as they stand,
and nothing here takes away a duty that exists under them.
"""
CLOSING = """
Questions may be put to the help desk, which is open on every business
day. This circular is also found on the website of the clearing house.

Yours faithfully,

Ida Poon                          Ben Ip
Head of Operations                Head of Risk
"""
OPENING_ZH = """北港結算有限公司

編號：    NH/OPS/2027/31
日期：    2027年3月8日
致：      全體參與者
事由：    {title}

　　參與者請留意以下各項詳情，並通知負責有關戶口的職員。現行規則
維持不變，本通告並不免除參與者根據規則所須履行的任何責任。
"""
CLOSING_ZH = """
如有查詢，請於辦公時間聯絡服務台。本通告亦載於結算所網站。

營運部主管                        風險管理部主管
潘艾達                            葉本
"""


def made(name: str, title: str, rows: Rows, way: Way, *, heads: int = 1, caption: str = "", lost: bool = False) -> Design:
    """A circular with this table in it."""
    zh = name.endswith("zh")
    opening, closing = (OPENING_ZH, CLOSING_ZH) if zh else (OPENING, CLOSING)
    table = set_out(rows, heads, way)
    named = f"{caption}\n\n" if caption else ""
    return Design(name, f"{opening.format(title=title)}\n{named}{table}\n{closing}", rows, heads, lost)


def rows(text: str) -> Rows:
    """The rows of a table as typed here: `|` between cells, `/` for a new line in one."""
    return tuple(tuple(cell.strip().replace(" // ", "\n") for cell in line.split("|")) for line in text.strip().split("\n"))


# What stands in them --------------------------------------------------------------------------------------------------

SETTLEMENT = rows("""
Time | Activity | Party
09:00 | Positions of the previous day are sent to the settlement bank together with the net figures | Clearing house
10:30 | First call for margin, payable in the currency of the contract | Participants
By 12:00 noon | Confirmation that the call has been met, by e-mail or through the terminal | Settlement bank
16:45 | Instructions for the next day close, late ones are returned unread | Participants
18:30 | Final report | Clearing house
""")
EXPIRY = rows("""
Contract Month | Last Trading Day | Final Settlement Day
April 2027 | 29 April 2027 | 30 April 2027
May 2027 | 28 May 2027 | 31 May 2027
June 2027 | 29 June 2027 | 30 June 2027
September 2027 | 29 September 2027 | 30 September 2027
""")
FEES = rows("""
Item | Basis | Fee (HK$)
Opening of an account | Once | 1,500.00
Keeping of an account with more than one user | Per month | 120.00
Statement by post | Per copy | 15.50
Late amendment of an instruction | Per instruction | 80.00
""")
CONTACTS = rows("""
Name | Title | Telephone | E-mail
Ida Poon | Head of Operations and Client Services | 2979 7411 | ida@northharbour.example
Ben Ip | Senior Manager | 2979 7412 | ben@northharbour.example
Mei Tsang | Assistant Manager, Risk and Margin Unit | 2979 7413 | mei@northharbour.example
""")
HOLIDAYS = rows("""
Date | Day | Holiday
26 March 2027 | Friday | Good Friday
27 March 2027 | Saturday | The day following Good Friday
29 March 2027 | Monday | Easter Monday
5 April 2027 | Monday | Ching Ming Festival
1 May 2027 | Saturday | Labour Day
""")
ROLLOUT = rows("""
Date | Event
12 April 2027 | • Test environment opens // • User guides are sent to all participants
10 May 2027 | • Deadline for test results // • Second round of tests for those who need one more
24 May 2027 | Launch of the new platform
""")
STAGES = rows("""
Stage | Period | Action required of Participants
Preparation and nomination | 12 April 2027 | Nominate two users who hold the rank of manager or above
Connectivity tests | 26 April 2027 | Run the script and return the form by the end of the day
Market rehearsal on a Saturday | 8 May 2027 | Take part from the production site with all users
Go-live | 17 May 2027 | Use the new screens only
""")
PERIODS = rows("""
Period | Arrangement
3 May 2027 to 7 May 2027 | Training, two seats for each participant in the first week
10 May 2027 to 14 May 2027 | Tests with dummy accounts
17 May 2027 onwards | Live use
""")
WEEKDAYS = rows("""
Date | Event | Venue
Monday, 3 May 2027 | Briefing on the new fees | Training room, 25th floor
Wednesday, 12 May 2027 | Briefing on margin and collateral for general participants | Online
Thursday, 20 May 2027 | Questions and answers | Training room, 25th floor
""")
CODES = rows("""
Code | Contract | Multiplier | Position Limit
HBI | Harbour Index Futures | 50 | 10,000
MHB | Mini Harbour Index Futures | 10 | 50,000
HBV | Volatility Index Futures and Options | 5,000 | 2,500
HBT | Technology Index Futures | 50 | 12,000
""")
DOCUMENTS = rows("""
No. | Document | Deadline
1 | Application form with the signatures of two directors | 16 April 2027
2 | Proof of the settlement account | 23 April 2027
3 | Declaration that the systems have been tested by the staff who will use them | 30 April 2027
""")
PHASES = rows("""
| First phase | Second phase | Third phase
Begins | 2 August 2027 | 6 September 2027 | 4 October 2027
Ends | 27 August 2027 | 24 September 2027 | 29 October 2027
Result form by | 31 August 2027 | 28 September 2027 | 2 November 2027
""")
TWO_LEVELS = rows("""
| Fee (HK$) |
Product | Present | New
Futures | 10.00 | 12.00
Options | 4.50 | 5.00
Swaps cleared for clients of a participant | 25.00 | 27.50
""")
WORDING = rows("""
Rule | Present text | New text
4.1 | A Participant shall deliver its margin not later than the time which is appointed for that day. | A Participant shall deliver its margin within one hour of the call.
4.2 | Cash is accepted in Hong Kong dollars only. | Cash is accepted in Hong Kong dollars and in United States dollars.
5.7 | Not used. | Collateral that cannot be valued may be refused.
""")
SESSIONS = rows("""
Session | Opens | Closes
Pre-opening | 9:00 a.m. | 9:30 a.m.
Morning | 9:30 a.m. | 12:00 noon
Afternoon | 1:00 p.m. | 4:00 p.m.
Closing auction | 4:00 p.m. | 4:10 p.m.
""")
MARKETS = rows("""
Market | Date | Event
Futures | 3 May 2027 | Tests begin
| 10 May 2027 | Tests end
Options | 17 May 2027 | Tests begin
| 24 May 2027 | Tests end
""")
GROUPS = rows("""
Item | Unit | Charge
A. Clearing | |
Futures | Per lot | HK$0.60
Options | Per lot | HK$1.15
B. Accounts | |
Opening | Each | HK$500.00
Yearly fee | Each | HK$1,200.00
""")
NOTHING = rows("""
Service | Present rate | New rate | Effective date
Storage of records | 0.010% | 0.012% | 1 July 2027
Handling of rights issues | 0.50% | N/A | 1 July 2027
Stock borrowing | – | 0.25% | 1 October 2027
""")
RESULTS = rows("""
Department | Subject of the meeting
Operations and Client Services | Two users for each office
Risk | Margin on holidays
Systems and Networks Support | New cables for the test room
""")
SETTLEMENT_ZH = rows("""
時間 | 程序 | 負責方
上午9時 | 將前一日的持倉及淨額送交結算銀行，並附上各參與者的報表 | 結算所
上午10時30分 | 首次追繳按金，須以合約貨幣支付 | 參與者
中午12時前 | 經電郵或終端機確認已收妥款項 | 結算銀行
下午4時45分 | 截止接收翌日指示，逾時遞交的指示將不獲處理 | 參與者
""")
EXPIRY_ZH = rows("""
合約月份 | 最後交易日 | 最後結算日
2027年4月 | 2027年4月29日 | 2027年4月30日
2027年5月 | 2027年5月28日 | 2027年5月31日
2027年9月 | 2027年9月29日 | 2027年9月30日
""")
FEES_ZH = rows("""
項目 | 單位 | 收費（港元）
開立戶口 | 每次 | 1,500.00
有多於一名使用者的戶口年費 | 每月 | 120.00
郵寄結單 | 每份 | 15.50
逾時修改指示 | 每項 | 80.00
""")
CONTACTS_ZH = rows("""
姓名 | 職位 | 電話 | 電郵
潘艾達 | 營運及客戶服務部主管 | 2979 7411 | ida@northharbour.example
葉本 | 高級經理 | 2979 7412 | ben@northharbour.example
曾美 | 風險及按金組助理經理 | 2979 7413 | mei@northharbour.example
""")
HOLIDAYS_ZH = rows("""
日期 | 星期 | 假期
2027年3月26日 | 星期五 | 耶穌受難節
2027年3月27日 | 星期六 | 耶穌受難節翌日
2027年4月5日 | 星期一 | 清明節
2027年5月1日 | 星期六 | 勞動節
""")
ROLLOUT_ZH = rows("""
日期 | 事項
2027年4月12日 | • 開放測試環境 // • 向所有參與者派發使用手冊
2027年5月10日 | • 遞交測試結果的截止日期 // • 為有需要的參與者安排第二輪測試
2027年5月24日 | 新平台推出
""")
STAGES_ZH = rows("""
階段 | 日期 | 參與者須採取的行動
籌備及提名使用者 | 2027年4月12日 | 提名兩名經理級或以上的使用者，並以電郵通知結算所
連接測試 | 2027年4月26日 | 執行測試程式，並於當日完結前交回表格
星期六市場演習 | 2027年5月8日 | 所有使用者須於生產場地參與演習
正式啟用 | 2027年5月17日 | 只使用新介面
""")
CODES_ZH = rows("""
代號 | 合約名稱 | 合約乘數 | 持倉限額
HBI | 海港指數期貨 | 50 | 10,000
MHB | 小型海港指數期貨 | 10 | 50,000
HBV | 波幅指數期貨及期權 | 5,000 | 2,500
""")
DOCUMENTS_ZH = rows("""
編號 | 文件 | 截止日期
1 | 由兩名董事簽署的申請表格，連同有關的董事會決議 | 2027年4月16日
2 | 結算戶口證明 | 2027年4月23日
3 | 系統已由使用者完成測試的聲明 | 2027年4月30日
""")
TWO_LEVELS_ZH = rows("""
| 收費（港元） |
產品 | 現行 | 新訂
期貨 | 10.00 | 12.00
期權 | 4.50 | 5.00
為客戶結算的掉期 | 25.00 | 27.50
""")
SESSIONS_ZH = rows("""
時段 | 開市 | 收市
開市前時段 | 上午9時 | 上午9時30分
早市 | 上午9時30分 | 中午12時
午市 | 下午1時 | 下午4時
""")
MIXED_ZH = rows("""
項目 Item | 日期 Date | 備註 Remarks
提名使用者 Nomination of users | 2027年7月5日 | 以電郵遞交 By e-mail
培訓 Training | 2027年7月12日 | 每家兩名 Two seats each
啟用 Go-live | 2027年8月2日 | 不適用 N/A
""")
GROUPS_ZH = rows("""
項目 | 單位 | 收費
甲、結算 | |
期貨 | 每張 | 0.60港元
期權 | 每張 | 1.15港元
乙、戶口 | |
開戶 | 每次 | 500.00港元
年費 | 每年 | 1,200.00港元
""")
RESULTS_ZH = rows("""
部門 | 會議議題
營運及客戶服務部 | 每個辦事處兩名使用者
風險管理部 | 假期的按金安排
系統及網絡支援部 | 測試室的新電線
""")

DESIGNS = (
    made("settlement", "Settlement timetable", SETTLEMENT, Way((14, 34, 16))),
    made("settlement-indented", "Settlement timetable", SETTLEMENT, Way((14, 30, 16), indent=4, gap=2)),
    made("settlement-apart", "Settlement timetable", SETTLEMENT, Way((8, 34, 10), apart=True)),
    made("expiry", "Expiry calendar", EXPIRY, Way((16, 16, 20)), caption="Table 1: Expiry calendar"),
    made("expiry-high-heads", "Expiry calendar", EXPIRY, Way((14, 18, 18), low=False, gap=4)),
    made("expiry-low-heads", "Expiry calendar", EXPIRY, Way((14, 18, 17), low=True, gap=2)),
    made("expiry-ruled", "Expiry calendar", EXPIRY, Way((14, 17, 20), rules="lines")),
    made("fees-right", "Fees", FEES, Way((24, 15, 9), right=(2,))),
    made("fees-lines", "Fees", FEES, Way((20, 15, 9), right=(2,), rules="lines"), caption="Schedule of fees"),
    made("fees-columns", "Fees", FEES, Way((22, 15, 9), right=(2,), rules="columns", gap=2)),
    made("fees-simple", "Fees", FEES, Way((22, 15, 9), right=(2,), rules="simple", gap=2)),
    made("fees-grid", "Fees", FEES, Way((18, 15, 9), right=(2,), rules="grid")),
    made("contacts", "Contacts", CONTACTS, Way((10, 20, 10, 25), gap=2)),
    made("contacts-grid", "Contacts", CONTACTS, Way((10, 18, 10, 25), rules="grid")),
    made("holidays", "Holidays", HOLIDAYS, Way((14, 9, 30))),
    made("holidays-tabs", "Holidays", HOLIDAYS, Way((14, 9, 30), tabs=True)),
    made("rollout-bullets", "New platform", ROLLOUT, Way((14, 36))),
    made("rollout-apart", "New platform", ROLLOUT, Way((14, 30), apart=True)),
    made("rollout-psql", "New platform", ROLLOUT, Way((14, 30), rules="psql")),
    made("stages", "New screens", STAGES, Way((18, 14, 28))),
    made("stages-apart", "New screens", STAGES, Way((16, 14, 24), apart=True)),
    made("stages-bars", "New screens", STAGES, Way((16, 14, 24), rules="bars")),
    made("stages-page", "New screens", STAGES, Way((18, 14, 28), page=2, again=True)),
    made("stages-tabs", "New screens", STAGES, Way((18, 14, 28), tabs=True)),
    made("periods", "Training", PERIODS, Way((13, 34))),
    made("weekdays", "Briefings", WEEKDAYS, Way((12, 24, 16))),
    made("weekdays-page", "Briefings", WEEKDAYS, Way((24, 24, 16), page=1)),
    made("codes-right", "Contracts", CODES, Way((6, 24, 10, 14), right=(2, 3))),
    made("codes-markdown", "Contracts", CODES, Way((6, 40, 10, 14), right=(2, 3), rules="markdown")),
    made("documents", "Documents", DOCUMENTS, Way((3, 32, 14))),
    made("phases", "Phases", PHASES, Way((16, 18, 18, 18))),
    made("two-levels", "Fees", TWO_LEVELS, Way((24, 10, 8), right=(1, 2)), heads=2),
    made("wording-grid", "Rules", WORDING, Way((4, 28, 28), rules="grid")),
    made("wording-apart", "Rules", WORDING, Way((4, 28, 28), apart=True)),
    made("sessions-box", "Sessions", SESSIONS, Way((16, 10, 10), rules="box")),
    made("markets", "Tests", MARKETS, Way((10, 14, 20))),
    made("groups", "Fees", GROUPS, Way((14, 10, 12), right=(2,))),
    made("nothing", "Rates", NOTHING, Way((16, 9, 9, 15))),
    made("results-lost", "Meetings", RESULTS, Way((20, 18)), lost=True),
    made("settlement-zh", "交收時間表", SETTLEMENT_ZH, Way((14, 28, 10))),
    made("settlement-apart-zh", "交收時間表", SETTLEMENT_ZH, Way((14, 24, 10), apart=True)),
    made("settlement-counted-zh", "交收時間表", SETTLEMENT_ZH, Way((14, 28, 10), rules="grid", counted=True)),
    made("expiry-zh", "到期日表", EXPIRY_ZH, Way((12, 16, 16)), caption="表一：到期日表"),
    made("expiry-wide-zh", "到期日表", EXPIRY_ZH, Way((12, 16, 16), wide=True, gap=4)),
    made("expiry-lines-zh", "到期日表", EXPIRY_ZH, Way((12, 16, 16), rules="lines")),
    made("fees-right-zh", "收費表", FEES_ZH, Way((16, 6, 14), right=(2,))),
    made("fees-simple-zh", "收費表", FEES_ZH, Way((16, 6, 14), right=(2,), rules="simple", gap=2)),
    made("contacts-zh", "聯絡人", CONTACTS_ZH, Way((8, 12, 10, 25))),
    made("holidays-tabs-zh", "假期表", HOLIDAYS_ZH, Way((15, 8, 16), tabs=True)),
    made("rollout-bullets-zh", "新平台", ROLLOUT_ZH, Way((16, 28))),
    made("rollout-box-zh", "新平台", ROLLOUT_ZH, Way((16, 24), rules="box")),
    made("stages-zh", "新介面", STAGES_ZH, Way((12, 15, 22))),
    made("stages-page-zh", "新介面", STAGES_ZH, Way((12, 15, 22), page=2, again=True)),
    made("stages-wide-zh", "新介面", STAGES_ZH, Way((16, 16, 24), wide=True, gap=4)),
    made("codes-zh", "合約", CODES_ZH, Way((6, 14, 8, 8), right=(2, 3))),
    made("codes-counted-zh", "合約", CODES_ZH, Way((6, 20, 8, 8), counted=True)),
    made("documents-zh", "文件", DOCUMENTS_ZH, Way((4, 26, 15), indent=2)),
    made("two-levels-zh", "收費表", TWO_LEVELS_ZH, Way((16, 14, 8), right=(2,)), heads=2),
    made("sessions-bars-zh", "交易時段", SESSIONS_ZH, Way((12, 14, 14), rules="bars")),
    made("mixed-zh", "安排", MIXED_ZH, Way((18, 16, 16))),
    made("groups-zh", "收費表", GROUPS_ZH, Way((10, 6, 14), right=(2,))),
    made("results-lost-zh", "會議", RESULTS_ZH, Way((10, 12)), lost=True),
)  # fmt: skip
