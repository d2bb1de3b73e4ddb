"""Twelve designs after schedules of Hong Kong circulars, drawn without a look at the rules, with the events that each tells.

An event is `day`, `day..day` or either with `HH:MM` behind it; None where a table may tell events or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from table_designs import LETTERHEAD, ZH_LETTERHEAD, Design, rows


class Schedule(NamedTuple):
    """A design and what happens when, row by row."""

    design: Design
    events: tuple[str, ...] | None = None


def schedule(name: str, lang: str, css: str, body: str, events: Sequence[str] | None = None) -> Schedule:
    """A design below its letterhead."""
    head = LETTERHEAD if lang == "en" else ZH_LETTERHEAD
    return Schedule(Design(name, lang, css, head + body), None if events is None else tuple(events))


def business_days(first: date, count: int) -> list[date]:
    """So many days from Monday to Friday."""
    days = (first + timedelta(number) for number in range(2 * count))
    return [day for day in days if day.weekday() < 5][:count]


def shown(day: date) -> str:
    return f"{day:%a}, {day.day} {day:%b %Y}"


DAYS = business_days(date(2027, 3, 1), 64)
SETTLEMENT = schedule(
    "settlement-calendar",
    "en",
    "td,th{padding:1.5pt 12pt 1.5pt 0} th{border-bottom:0.8pt solid #000}",
    "<p>Date: 11 January 2027</p><h1>Settlement calendar for the second quarter</h1>"
    "<p>Trades of the days below are settled two business days later. Days marked with H are half trading days.</p>"
    "<table><thead><tr><th>Trade date</th><th>Settlement date</th><th>Final instruction input</th><th>Mark</th></tr></thead><tbody>"
    + "".join(
        f"<tr><td>{shown(one)}</td><td>{shown(two)}</td><td>{'12:15' if number % 17 == 4 else '19:00'}</td>"
        f"<td>{'H' if number % 17 == 4 else ''}</td></tr>"
        for number, (one, two) in enumerate(zip(DAYS[:60], DAYS[2:62], strict=True))
    )
    + "</tbody></table><p>Any change will be announced by a further circular.</p><p>Marcus Lam<br>Operations</p>",
)
EXPIRY = schedule(
    "expiry-months-zh",
    "zh-Hant",
    "td,th{border:0.5pt solid #333;text-align:center;vertical-align:middle}",
    "<p>編號：NH/DER/061/2027</p><p>日期：2027年2月9日</p><h1>股票期權合約之到期日安排</h1><p>各合約月份的日期如下：</p>"
    "<table><tr><th rowspan=2>年份</th><th rowspan=2>合約月份</th><th colspan=2>最後交易日</th><th rowspan=2>最後結算日</th></tr>"
    "<tr><th>期貨</th><th>期權</th></tr>"
    "<tr><td rowspan=3>2027</td><td>四月</td><td colspan=2>4月29日（星期四）</td><td>4月30日</td></tr>"
    "<tr><td>五月</td><td>5月28日（星期五）</td><td>5月27日（星期四）</td><td>5月31日</td></tr>"
    "<tr><td>六月</td><td colspan=2>6月29日（星期二）</td><td rowspan=2>另行通知</td></tr>"
    "<tr><td rowspan=2>2028</td><td>三月</td><td>3月30日（星期四）</td><td>3月29日（星期三）</td></tr>"
    "<tr><td>六月</td><td>6月29日（星期四）</td><td>6月28日（星期三）</td><td>6月30日</td></tr></table>"
    "<p>如有查詢，請致電參與者熱線2979 7222。</p><p>衍生產品部主管<br>梁家寶 謹啟</p>",
)
FEES = schedule(
    "fees-footnotes",
    "en",
    "thead td,thead th{border-top:1pt solid #000;border-bottom:0.5pt solid #000} table{border-bottom:1pt solid #000} sup{font-size:6.5pt} .n{font-size:8pt;margin:0 0 2pt}",
    "<p>Ref. No.: NH/FIN/007/2027</p><p>Date: 3 February 2027</p><h1>Revision of fees</h1>"
    "<p>The Board has approved the following revision with effect from 1 April 2027.</p>"
    "<table><thead><tr><th>Item</th><th class=r>Present (HK$)</th><th class=r>Revised (HK$)</th><th>Charged</th></tr></thead><tbody>"
    "<tr><td>Stock settlement fee<sup>1</sup></td><td class=r>2.00</td><td class=r>2.20</td><td>per instruction</td></tr>"
    "<tr><td>Custody fee<sup>2</sup>, shares held in the depository on the last day of the month</td><td class=r>0.012</td><td class=r>0.011</td><td>per board lot</td></tr>"
    "<tr><td>Scrip withdrawal</td><td class=r>3.50</td><td class=r>5.00</td><td>per board lot or part of one</td></tr>"
    "<tr><td>Corporate action handling</td><td class=r>800.00</td><td class=r>1,000.00</td><td>per event<sup>3</sup></td></tr>"
    "<tr><td>Registration of transferees</td><td class=r>2.50</td><td class=r>2.50</td><td>per certificate</td></tr></tbody></table>"
    "<p class=n><sup>1</sup> A minimum of HK$2 and a maximum of HK$100 apply to each side of a trade.</p>"
    "<p class=n><sup>2</sup> Waived for participants that hold fewer than one hundred board lots.</p>"
    "<p class=n><sup>3</sup> Cash offers only.</p><p>Please update your systems and tell your clients.</p><p>Ruth Cheng<br>Chief Financial Officer</p>",
)
RESERVE = schedule(
    "reserve-test",
    "en",
    "td,th{border-top:0.4pt solid #777;border-bottom:0.4pt solid #777;vertical-align:middle} td:nth-child(1){width:24%} td:nth-child(2){width:20%}",
    "<p>Date: 20 September 2027</p><h1>Network failover and reserve site tests</h1><p>Tests are run on the Saturdays below. Each participant joins one of them.</p>"
    "<table><tr><th>Date</th><th>Time</th><th>Steps</th></tr>"
    "<tr><td>Saturday, 16 October 2027</td><td>09:30 – 12:00</td><td><ul><li>Connect to the reserve site with the test addresses, and log on with the user that was given for the test</li><li>Send ten test instructions</li><li>Compare the reports with the expected results</li></ul></td></tr>"
    "<tr><td>Saturday, 23 October 2027</td><td>14:00 – 17:30</td><td><ul><li>Repeat the steps of the first Saturday</li><li>Switch back to the production site</li></ul></td></tr>"
    "<tr><td>Monday, 25 October 2027</td><td>17:00</td><td><ul><li>Return the signed result form</li></ul></td></tr></table>"
    "<p>Participants who cannot join should tell us at once.</p><p>Victor Ng<br>Information Technology</p>",
    (
        "2027-10-16 09:30", "2027-10-16 09:30", "2027-10-16 09:30", "2027-10-23 14:00", "2027-10-23 14:00", "2027-10-25 17:00",
    ),
)  # fmt: skip
HOLIDAYS = schedule(
    "holidays-bilingual",
    "en",
    "td,th{padding:3pt 14pt 3pt 0} tr{border-bottom:0.3pt solid #bbb} td:nth-child(1){white-space:nowrap}",
    "<p>Date: 4 October 2027</p><h1>Holiday schedule for 2028 二零二八年假期表</h1><p>The markets are closed on the days below. 市場於下列日子休市。</p>"
    "<table><tr><th>Date 日期</th><th>Day 星期</th><th>Holiday 假期</th><th>Services 服務</th></tr>"
    + rows(
        "1 January 2028|Saturday<br>星期六|The first day of January<br>一月一日|Closed 休市",
        "26 January 2028|Wednesday<br>星期三|Lunar New Year's Day<br>農曆年初一|Closed 休市",
        "14 April 2028|Friday<br>星期五|Good Friday<br>耶穌受難節|Money settlement only<br>只設款項交收",
        "25 December 2028|Monday<br>星期一|Christmas Day<br>聖誕節|Closed 休市",
    )
    + "</table><p>Yours faithfully,</p><p>Celia Kwok<br>Market Operations</p>",
    tuple(day for day in ("2028-01-01", "2028-01-26", "2028-04-14", "2028-12-25") for _ in ("en", "zh")),  # one for each line of a cell
)
CONTACTS = schedule(
    "contacts",
    "en",
    "td,th{padding:2pt 10pt 2pt 0} th{text-decoration:underline}",
    "<p>Date: 18 May 2027</p><h1>Contacts during the migration weekend</h1><p>The following teams are on duty on 5 and 6 June 2027:</p>"
    "<table><tr><th>Team</th><th>Person</th><th>Telephone</th><th>E-mail</th></tr>"
    + rows(
        "Clearing operations|Wendy Leung|2979 7301|wleung@harbour.example",
        "|Tom Au-Yeung|2979 7302|tauyeung@harbour.example",
        "Risk management|Priya Nair|2979 7315|pnair@harbour.example",
        "Information technology, network and data centre|Jason Ho|2979 7340|jho@harbour.example",
    )
    + "</table><p>Calls are recorded.</p><p>Wendy Leung<br>Head of Clearing Operations</p>",
    (),
)
RIGHTS = schedule(
    "rights-issue",
    "en",
    "td:last-child{width:38%;text-align:right} td,th{padding:2pt 0} th{border-bottom:0.5pt solid #000} th:last-child{text-align:right}",
    "<p>Date: 2 August 2027</p><h1>Expected timetable of the rights issue</h1><p>The expected timetable is set out below. All times are Hong Kong times.</p>"
    "<table><tr><th>Event</th><th>Date and time</th></tr>"
    + rows(
        "Last day of dealings in the shares on a cum-rights basis|Wednesday, 11 August 2027",
        "Latest time for lodging transfers of shares in order to be qualified for the rights issue|4:30 p.m. on Friday, 13 August 2027",
        "Register of members closes (both days inclusive)|Monday, 16 August to Friday, 20 August 2027",
        "Record date|Friday, 20 August 2027",
        "Despatch of the prospectus documents|Monday, 23 August 2027",
        "Latest time for acceptance of and payment for the rights shares|4:00 p.m. on Tuesday, 7 September 2027",
    )
    + "</table><p>Dates may change if the conditions are not fulfilled.</p><p>By order of the Board<br>Simon Tse<br>Company Secretary</p>",
    (
        "2027-08-11", "2027-08-13 16:30", "2027-08-16..2027-08-20", "2027-08-20", "2027-08-23", "2027-09-07 16:00",
    ),
)  # fmt: skip
BESIDE = schedule(
    "two-beside",
    "en",
    "table{width:auto} .x{display:flex;gap:40pt} td,th{padding:2pt 10pt 2pt 0} th{border-bottom:0.5pt solid #000}",
    "<p>Date: 14 June 2027</p><h1>Cash and stock cut-off times</h1><p>The cut-off times of cash are shown on the left and those of stock on the right.</p>"
    "<div class=x><table><tr><th>Currency</th><th>Cut-off</th></tr>"
    + rows("HKD|15:30", "RMB|15:00", "USD|11:30")
    + "</table><table><tr><th>Batch</th><th>Starts</th><th>Ends</th></tr>"
    + rows("First|10:00|10:30", "Second|12:45|13:15", "Third|14:30|14:50", "Final|15:45|16:30")
    + "</table></div><p>Cut-off times of half days are announced separately.</p><p>Nora Yip<br>Settlement</p>",
    (),
)
LANDSCAPE = schedule(
    "landscape-limits",
    "en",
    "@page{size:A4 landscape} td,th{padding:2pt 8pt} thead th{background:#dde} tbody tr:nth-child(even) td{background:#f4f4f8}",
    "<p>Date: 9 November 2027</p><h1>Appendix: position limits and margin intervals</h1>"
    "<table><thead><tr><th rowspan=2>Code</th><th rowspan=2>Contract</th><th colspan=3>Position limit</th><th colspan=2>Margin interval (%)</th><th rowspan=2>Effective</th></tr>"
    "<tr><th class=r>Spot month</th><th class=r>Any month</th><th class=r>All months</th><th class=r>Present</th><th class=r>New</th></tr></thead><tbody>"
    + "".join(
        "<tr>" + "".join(f"<td{' class=r' if 2 <= at <= 6 else ''}>{cell}</td>" for at, cell in enumerate(line.split("|"))) + "</tr>"
        for line in (
            "CUS|USD/CNH Futures|8,000|16,000|30,000|1.9|2.1|1 December 2027",
            "CEU|EUR/CNH Futures|4,000|8,000|15,000|2.3|2.3|1 December 2027",
            "INR|INR Futures|5,000|–|25,000|2.8|3.0|1 December 2027",
            "GDU|USD Gold Futures|10,000|10,000|20,000|6.1|7.4|15 December 2027",
            "FEM|TSI Iron Ore Futures|6,000|12,000|20,000|11.5|12.0|15 December 2027",
        )
    )
    + "</tbody></table><p>Limits are counted in contracts, long or short.</p>",
)
DIVIDEND = schedule(
    "dividend-zh",
    "zh-Hant",
    "td,th{padding:4pt 16pt 4pt 0;text-align:justify} td:first-child{width:55%}",
    "<p>日期：2027年8月30日</p><h1>派發中期股息及暫停辦理股份過戶登記手續</h1><p>有關股息的時間表載列如下，除另有指明外，所有時間均為香港時間：</p>"
    "<table><tr><th>事項</th><th>日期及時間</th></tr>"
    + rows(
        "按連股息基準買賣股份的最後日期|2027年9月8日（星期三）",
        "按除股息基準買賣股份的首日|2027年9月9日（星期四）",
        "為符合資格收取中期股息而遞交股份過戶文件的最後時限，文件須送達香港股份過戶登記分處|2027年9月10日（星期五）下午4時30分",
        "暫停辦理股份過戶登記手續（首尾兩日包括在內）|2027年9月13日（星期一）至2027年9月15日（星期三）",
        "記錄日期|2027年9月15日（星期三）",
        "寄發股息單|2027年10月6日（星期三）",
    )
    + "</table><p>承董事會命</p><p>公司秘書<br>何慧敏</p>",
    (
        "2027-09-08", "2027-09-09", "2027-09-10 16:30", "2027-09-13..2027-09-15", "2027-09-15", "2027-10-06",
    ),
)  # fmt: skip
GROUPS = schedule(
    "groups-borderless",
    "en",
    "td,th{padding:2pt 8pt 2pt 0} .g td{padding-top:6pt;font-weight:bold} .i{padding-left:12pt}",
    "<p>Date: 5 July 2027</p><h1>Collateral haircuts</h1><p>The clearing house applies the haircuts below from 2 August 2027.</p>"
    "<table><tr><th>Collateral</th><th>Remaining life</th><th class=r>Haircut (%)</th></tr>"
    "<tr class=g><td colspan=3>A. Exchange Fund papers</td></tr>"
    "<tr><td class=i>Bills</td><td>up to one year</td><td class=r>1.0</td></tr><tr><td class=i>Notes</td><td>over one year</td><td class=r>3.5</td></tr>"
    "<tr class=g><td colspan=3>B. United States Treasury papers</td></tr>"
    "<tr><td class=i>Bills</td><td>up to one year</td><td class=r>1.5</td></tr><tr><td class=i>Notes and bonds</td><td>one to ten years</td><td class=r>4.0</td></tr>"
    "<tr><td class=i>Bonds</td><td>over ten years</td><td class=r>7.5</td></tr></table>"
    "<p>Collateral in another currency than the obligation takes a further cut of 4%.</p><p>Yours faithfully,</p><p>Gary Mok<br>Risk</p>",
    (),
)
SESSIONS = schedule(
    "sessions-zh",
    "zh-Hant",
    "td,th{border:0.6pt solid #000;vertical-align:middle} td:nth-child(1),td:nth-child(2){text-align:center} h2{font-size:11pt}",
    "<p>編號：NH/IT/033/2027</p><p>日期：2027年10月4日</p><h1>新結算系統市場演習安排</h1>"
    + "".join(
        f"<p>{number}. 參與者須預先安排人手參與演習，並按照附件的指引於各項步驟完成後向結算所匯報結果。演習期間如遇系統故障，參與者須即時通知結算所服務台，並保留有關紀錄。</p>"
        for number in range(1, 11)
    )
    + "<p>各演習的時間及步驟如下：</p><table><tr><th>日期</th><th>時間</th><th>步驟</th><th>參與者</th></tr>"
    "<tr><td rowspan=3>2027年11月6日（星期六）</td><td>上午9時</td><td>登入系統及核對測試資料</td><td rowspan=2>所有參與者</td></tr>"
    "<tr><td>上午10時30分</td><td>輸入交收指示，並確認對手方的指示</td></tr>"
    "<tr><td>下午2時</td><td>下載報表</td><td>直接結算參與者</td></tr>"
    "<tr><td rowspan=2>2027年11月13日（星期六）</td><td>上午9時30分</td><td>轉換至後備中心</td><td>全面結算參與者</td></tr>"
    "<tr><td>下午3時15分</td><td>由後備中心轉回主中心，並核對結餘</td><td>所有參與者</td></tr>"
    "<tr><td>2027年11月17日（星期三）</td><td>下午5時</td><td>交回結果表格</td><td>所有參與者</td></tr></table>"
    "<p>演習結果將另行公布。</p><p>資訊科技部主管<br>譚志明 謹啟</p>",
    (
        "2027-11-06 09:00", "2027-11-06 10:30", "2027-11-06 14:00", "2027-11-13 09:30", "2027-11-13 15:15", "2027-11-17 17:00",
    ),
)  # fmt: skip
SCHEDULES = (SETTLEMENT, EXPIRY, FEES, RESERVE, HOLIDAYS, CONTACTS, RIGHTS, BESIDE, LANDSCAPE, DIVIDEND, GROUPS, SESSIONS)
