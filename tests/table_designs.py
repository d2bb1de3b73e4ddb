"""Ten designs of tables as circulars print them, as HTML with CSS; what their cells should be is read from the markup itself.

A design is written for its look on paper (rules, shades, blanks, merged cells); the truth knows nothing of the look.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import lxml.html

Rows = list[list[str]]


class Design(NamedTuple):
    """One page design: name, language, style sheet and body."""

    name: str
    lang: str
    css: str
    body: str

    @property
    def html(self) -> str:
        return f'<!doctype html><html lang="{self.lang}"><meta charset="utf-8"><title>{self.name}</title><style>{BASE}{self.css}</style><body>{self.body}</body></html>'

    @property
    def truth(self) -> list[Rows]:
        return list(grids(self.html))


BASE = """
@page { size: A4; margin: 22mm 20mm; }
html { font-family: 'Liberation Sans', 'Noto Sans CJK HK', sans-serif; font-size: 10.5pt; line-height: 1.35; }
table { border-collapse: collapse; margin: 8pt 0; width: 100%; }
td, th { padding: 3pt 6pt; vertical-align: top; text-align: left; }
ul { margin: 0; padding-left: 13pt; } h1 { font-size: 13pt; } .small { font-size: 8pt; } .r, .r * { text-align: right; }
.c { text-align: center; }
"""


# What the markup says -----------------------------------------------------------------------------------------------------


def grids(html: str) -> Iterator[Rows]:
    """The cells of each table, a covered one empty."""
    return map(grid, lxml.html.document_fromstring(html).iter("table"))


def grid(table: lxml.html.HtmlElement) -> Rows:
    """Rows of cells in their columns."""
    taken: dict[tuple[int, int], str] = {}
    rows = table.xpath(".//tr")
    for at, row in enumerate(rows):
        column = 0
        for cell in row.xpath("td|th"):
            while (at, column) in taken:
                column += 1
            for down in range(int(cell.get("rowspan", 1))):
                for across in range(int(cell.get("colspan", 1))):
                    taken[at + down, column + across] = "" if down or across else said(cell)
    width = 1 + max(column for _, column in taken)
    return [[taken.get((at, column), "") for column in range(width)] for at in range(len(rows))]


def said(cell: lxml.html.HtmlElement) -> str:
    """The words of a cell, lines of its own apart."""
    for line in cell.iter("br", "li", "div"):
        line.text = "\n" + (line.text or "") if line.tag != "br" else line.text
        if line.tag == "br":
            line.tail = "\n" + (line.tail or "")
    lines = (" ".join(line.split()) for line in cell.text_content().split("\n"))
    return "\n".join(line for line in lines if line)


# Designs ------------------------------------------------------------------------------------------------------------------


def rows(*lines: str, sep: str = "|") -> str:
    """Rows of plain cells, one line each."""
    return "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in line.split(sep)) + "</tr>" for line in lines)


LETTERHEAD = "<p class=c><b>Northern Harbour Clearing Limited</b><br>(a recognised clearing house)</p>"
ZH_LETTERHEAD = "<p class=c><b>北港結算有限公司</b><br>（認可結算所）</p>"

MERGED = Design(
    "ruled-merged",
    "en",
    "td, th { border: 0.8pt solid #000 }",
    LETTERHEAD
    + """
<p>Ref. No.: NH/OPS/014/2027<br>Date: 8 March 2027</p><h1>Rehearsals of the new margin engine</h1>
<p>Clearing Participants are asked to take part in the rehearsals below. Each session opens at the time shown and ends when the operator says so.</p>
<table><tr><th rowspan=2>Date</th><th colspan=2>Session</th><th rowspan=2>Who takes part</th></tr><tr><th>Morning</th><th>Afternoon</th></tr>
<tr><td rowspan=2>Saturday, 10 April 2027</td><td>09:00 – 11:30</td><td>14:00 – 16:00</td><td>Direct Clearing Participants</td></tr>
<tr><td colspan=2>10:00 – 15:00 (without a break)</td><td>General Clearing Participants</td></tr>
<tr><td>Saturday, 17 April 2027</td><td>09:00 – 11:30</td><td>None</td><td rowspan=2>All Clearing Participants and their vendors, with one back-office terminal each</td></tr>
<tr><td>Saturday, 24 April 2027</td><td colspan=2>To be confirmed by e-mail</td></tr>
<tr><td colspan=4>Sessions in bad weather are held a week later at the same hours.</td></tr></table>
<p>Please return the attached form by 25 March 2027. Questions may be put to your relationship manager.</p>
<p>Harriet Poon<br>Head of Operations</p>""",
)

BULLETS = Design(
    "borderless-bullets",
    "en",
    "td:first-child, th:first-child { width: 30% }",
    LETTERHEAD
    + """
<p>Date: 12 April 2027</p><h1>Timetable for the change of settlement bank</h1>
<p>The steps and their dates are as follows:</p>
<table><tr><th>Date</th><th>What happens</th></tr>
<tr><td>Monday, 3 May 2027</td><td><ul><li>Mandate forms are sent to Participants</li><li>Test accounts are opened at the new settlement bank and their numbers are told to each Participant by e-mail</li></ul></td></tr>
<tr><td>Wednesday, 12 May 2027</td><td><ul><li>Deadline for returning the mandate forms (5:00 p.m.)</li></ul></td></tr>
<tr><td>Monday, 17 May to Friday, 21 May 2027</td><td><ul><li>Payments of one dollar are made to each account</li><li>Participants confirm the receipt of the payments on the day they arrive</li><li>Failed payments are repeated</li></ul></td></tr>
<tr><td>Monday, 7 June 2027</td><td><ul><li>The new settlement bank takes over</li></ul></td></tr></table>
<p class=small>* All dates may move if the bank's approval comes late.<br>* Times are Hong Kong times.</p>
<p>Yours faithfully,</p><p>&nbsp;</p><p>Desmond Yuen<br>Senior Vice President</p>""",
)

HALF_RULED = Design(
    "half-ruled-zh",
    "zh-Hant",
    "thead th { border-top: 1pt solid #000; border-bottom: 0.6pt solid #000 } tbody tr:last-child td { border-bottom: 1pt solid #000 }",
    ZH_LETTERHEAD
    + """
<p>編號：NH/FIN/022/2027<br>日期：2027年5月6日</p><h1>事項：2027年7月1日起之費用</h1>
<p>結算參與者務請注意，下列費用由2027年7月1日起生效：</p>
<table><thead><tr><th>項目</th><th>單位</th><th class=r>現行收費（港元）</th><th class=r>新收費（港元）</th></tr></thead><tbody>
<tr><td>期貨合約結算費</td><td>每張合約每邊</td><td class=r>0.54</td><td class=r>0.60</td></tr>
<tr><td>期權合約結算費，包括行使及轉讓時所收取之附加費用</td><td>每張合約每邊</td><td class=r>1.00</td><td class=r>1.15</td></tr>
<tr><td>結算賬戶年費</td><td>每個賬戶</td><td class=r>12,000.00</td><td class=r>13,500.00</td></tr>
<tr><td>額外終端機</td><td>每部每月</td><td class=r>850.00</td><td class=r>不變</td></tr>
<tr><td>逾時提交報表之罰款</td><td>每次</td><td class=r>2,000.00</td><td class=r>3,000.00</td></tr></tbody></table>
<p class=small>註：上述費用不包括任何稅項。</p><p>如有查詢，請與客戶服務部聯絡。</p><p>財務部主管<br>霍敏儀謹啟</p>""",
)

ZEBRA = Design(
    "zebra-bilingual",
    "en",
    "tr:nth-child(even) td { background: #dde6ee } th { background: #24476b; color: #fff }",
    """
<p>Ref. 編號: NH/MKT/031/2027<br>Date 日期: 2 June 2027</p><h1>Holiday arrangements 假期安排</h1>
<p>Services are given on the following days as shown. 下列日子之服務安排如下。</p>
<table><tr><th>Date<br>日期</th><th>Day<br>星期</th><th>Clearing<br>結算</th><th>Deposit counter<br>存款櫃檯</th></tr>
<tr><td>24 December 2027<br>2027年12月24日</td><td>Friday<br>星期五</td><td>Until 12:30 p.m.<br>至下午12時30分</td><td>Closed<br>關閉</td></tr>
<tr><td>27 December 2027<br>2027年12月27日</td><td>Monday<br>星期一</td><td>None<br>暫停</td><td>Closed<br>關閉</td></tr>
<tr><td>28 December 2027<br>2027年12月28日</td><td>Tuesday<br>星期二</td><td>As usual<br>如常</td><td>Opens at 10:00 a.m.<br>上午10時開放</td></tr>
<tr><td>31 December 2027<br>2027年12月31日</td><td>Friday<br>星期五</td><td>Until 12:30 p.m.<br>至下午12時30分</td><td>Until noon<br>至正午</td></tr></table>
<p>Participants should plan their payments accordingly. 參與者請預先安排付款。</p>""",
)

STUBS = Design(
    "booktabs-stubs",
    "en",
    """.top th { border-top: 1.2pt solid #000 } .group { border-bottom: 0.5pt solid #000 } .sub th { border-bottom: 0.7pt solid #000 }
tr.last td { border-bottom: 1.2pt solid #000 }""",
    LETTERHEAD
    + """
<p>Date: 21 June 2027</p><h1>Margin rates per contract</h1><p>The rates below apply from the close of business on 30 June 2027 until further notice.</p>
<table><tr class=top><th rowspan=2>Contract</th><th rowspan=2>Month</th><th colspan=2 class="group c">Client (HK$)</th><th colspan=2 class="group c">House (HK$)</th></tr>
<tr class=sub><th class=r>Initial</th><th class=r>Maintenance</th><th class=r>Initial</th><th class=r>Maintenance</th></tr>
<tr><td rowspan=3>Harbour Index Futures</td><td>July</td><td class=r>98,400</td><td class=r>78,720</td><td class=r>89,450</td><td class=r>71,560</td></tr>
<tr><td>August</td><td class=r>99,100</td><td class=r>79,280</td><td class=r>90,090</td><td class=r>72,072</td></tr>
<tr><td>September</td><td class=r>101,000</td><td class=r>80,800</td><td class=r>91,820</td><td class=r>73,456</td></tr>
<tr><td rowspan=2>Mini Harbour Index Futures</td><td>July</td><td class=r>19,680</td><td class=r>15,744</td><td class=r>17,890</td><td class=r>14,312</td></tr>
<tr class=last><td>August</td><td class=r>19,820</td><td class=r>15,856</td><td class=r>18,018</td><td class=r>14,414</td></tr></table>
<p class=small>Rates are rounded to the next dollar. Spread rates are published apart.</p><p>Ivan Leung<br>Risk Management</p>""",
)

_STEPS = (
    "交收指示須於當日下午三時前輸入系統",
    "參與者須核對每日持倉報表，如有差異應即時通知結算所",
    "結算所發出付款通知",
    "抵押品之提取申請於此日截止",
    "對賬及確認",
)
_LONG = [
    (f"2027年{month}月{day}日", _STEPS[(month * 3 + day) % 5], ("全體參與者", "直接結算參與者", "託管人參與者")[day % 3])
    for month in (8, 9, 10)
    for day in (2, 5, 9, 12, 16, 18, 23, 26, 30)
]
CONTINUED = Design(
    "continued-header-zh",
    "zh-Hant",
    "td, th { border: 0.6pt solid #333 } td { height: 21pt } tr { break-inside: avoid }",
    ZH_LETTERHEAD
    + """
<p>日期：2027年7月5日</p><h1>結算日程表</h1><p>第三季及第四季初之日程載於下表：</p>
<table><thead><tr><th style="width:24%">日期</th><th>事項</th><th style="width:24%">適用對象</th></tr></thead><tbody>"""
    + rows(*("|".join(row) for row in _LONG))
    + """</tbody></table>
<p>日程如有更改，另行通知。</p><p>營運部<br>區浩然謹啟</p>""",
)

_TASKS = (
    "Opening of accounts",
    "Upload of static data by each Participant, with a confirmation in writing",
    "Connection test",
    "Night run",
    "Comparison of positions and collateral with the old system",
)
_WEEKS = [
    (
        f"{day} {month} 2027",
        _TASKS[(day + len(month)) % 5],
        ("Participants", "Clearing house", "Vendors")[day % 3],
        f"{8 + day % 4}:30 a.m.",
    )
    for month in ("September", "October", "November")
    for day in (1, 6, 8, 13, 15, 20, 22, 27, 29)
]
CONTINUED_BORDERLESS = Design(
    "continued-borderless",
    "en",
    "td { padding: 6pt 6pt } tr { break-inside: avoid }",
    LETTERHEAD
    + """
<p>Date: 9 August 2027</p><h1>Tasks of the migration</h1><p>The tasks, who carries them out and when they begin:</p>
<table><tr><th style="width:23%">Date</th><th>Task</th><th style="width:20%">By</th><th style="width:15%">From</th></tr>"""
    + rows(*("|".join(row) for row in _WEEKS))
    + """</table>
<p>Tasks that fail are repeated on the next business day.</p><p>Yours faithfully,</p><p>Celia Mak<br>Project Office</p>""",
)

SIDE = Design(
    "side-by-side",
    "en",
    ".pair { display: flex; gap: 26pt } .pair > div { flex: 1 } .ruled td, .ruled th { border: 0.7pt solid #000 }",
    LETTERHEAD
    + """
<p>Date: 16 August 2027</p><h1>Expiry days and position limits</h1><p>Expiry days of the quarter stand on the left, limits on the right.</p>
<div class=pair><div><table class=ruled><tr><th>Month</th><th>Last trading day</th></tr>"""
    + rows(
        "September 2027|29 September 2027",
        "October 2027|28 October 2027",
        "November 2027|29 November 2027",
        "December 2027|30 December 2027",
    )
    + """</table></div>
<div><table class=ruled><tr><th>Contract</th><th class=r>Limit</th></tr><tr><td>Harbour Index</td><td class=r>10,000</td></tr><tr><td>Mini Harbour</td><td class=r>50,000</td></tr><tr><td>Dividend Point</td><td class=r>5,000</td></tr><tr><td>Sector A</td><td class=r>3,000</td></tr></table></div></div>
<p>Limits are counted in net long or short contracts, all months together. A Participant who comes near a limit should tell the clearing house at once.</p>""",
)

COLUMNS = Design(
    "in-two-columns",
    "en",
    ".text { columns: 2; column-gap: 24pt; font-size: 9.5pt; text-align: justify } table { break-inside: avoid } tr { border-bottom: 0.5pt solid #777 } tr:first-child { border-top: 1pt solid #000 } td, th { padding: 2pt 3pt; text-align: left }",
    LETTERHEAD
    + """
<p>Date: 30 August 2027</p><h1>Consultation on the hours of the collateral counter</h1><div class=text>
<p>1. The clearing house has kept the hours of its collateral counter since it was founded. Participants have asked more than once for longer hours in the afternoon, when most of the cover is called, and for an earlier start.</p>
<p>2. Three models are put forward. Each has been looked at with a group of Participants of different size, and with the banks on which the counter depends. The staff needed for each model is about the same.</p>
<p>3. The models and their hours are:</p>
<table><tr><th>Model</th><th>Opens</th><th>Closes</th></tr>"""
    + rows("Present|09:00|16:00", "Early|08:15|16:00", "Late|09:00|18:30", "Two shifts|08:00|19:00")
    + """</table>
<p>4. Comments are welcome by 15 October 2027. They may be sent by post or by electronic mail, in English or in Chinese, and will be published unless the sender asks otherwise.</p>
<p>5. A summary of the comments will be given to the user committee in November. If a model finds wide support, the new hours could begin in the first quarter of the following year, after notice of at least thirty days.</p>
<p>6. The counter will in any case stay closed on Saturdays, Sundays and general holidays. No change is proposed to the fees for deposits and withdrawals, or to the haircuts on the cover that is accepted.</p>
<p>7. Participants who would rather speak than write may call the collateral team on any business day. A note of such a talk is made and kept with the comments, and the caller is asked to confirm it.</p></div>""",
)

NESTED = Design(
    "dotted-nested-zh",
    "zh-Hant",
    "td, th { border-bottom: 0.8pt dotted #444; } th { border-bottom: 0.8pt solid #000 } ul ul { padding-left: 12pt }",
    ZH_LETTERHEAD
    + """
<p>日期：2027年9月13日</p><h1>新抵押品系統 (NCS) 推出安排</h1><p>推出各階段之安排如下：</p>
<table><tr><th style="width:22%">日期 Date</th><th style="width:50%">安排 Arrangement</th><th>地點 Place</th></tr>
<tr><td>2027年10月4日（星期一）</td><td><ul><li>系統使用手冊 (User Guide) 上載網站<ul><li>中文版</li><li>English version</li></ul></li><li>開始接受帳戶申請</li></ul></td><td>網站<br>www.northharbour.example</td></tr>
<tr><td>2027年10月18日至10月22日</td><td><ul><li>簡介會 Briefing，參與者可派兩名代表出席，座位有限，先到先得<ul><li>上午場 10:00</li><li>下午場 14:30</li></ul></li></ul></td><td>本公司會議廳<br>25th Floor, Pier Tower</td></tr>
<tr><td>2027年11月1日</td><td><ul><li>截止遞交申請</li></ul></td><td>以電郵遞交</td></tr>
<tr><td>2027年11月29日（星期一）</td><td><ul><li>NCS 正式啟用</li><li>舊系統停用</li></ul></td><td>不適用</td></tr></table>
<p>備註：日期如有更改，將另行通知。</p><p>抵押品部<br>凌志遠謹啟</p>""",
)

DESIGNS = (MERGED, BULLETS, HALF_RULED, ZEBRA, STUBS, CONTINUED, CONTINUED_BORDERLESS, SIDE, COLUMNS, NESTED)
