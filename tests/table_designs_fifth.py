"""Ten designs of meetings, haircuts, milestones, hours, tiers, deposits and periods, five in each language, drawn without a look at the rules."""

from __future__ import annotations

from table_designs import rows
from table_designs_third import schedule

MEETINGS = schedule(
    "meetings-en",
    "en",
    "td,th{padding:2pt 7pt 2pt 0} thead th{border-bottom:0.8pt solid #000}",
    "<p>Ref. No.: NH/SEC/008/2027<br>Date: 22 January 2027</p><h1>Meetings of the Participants' Consultative Group</h1>"
    "<p>Members are asked to note the meetings of the first half of the year.</p>"
    "<table><thead><tr><th>Meeting</th><th>Papers due</th><th>Date of meeting</th><th>Place</th></tr></thead><tbody>"
    + rows(
        "First|Friday, 12 February 2027|Thursday, 25 February 2027, 2:30 p.m.|Conference Room 3, 12th Floor, Harbour Tower",
        "Second|Monday, 12 April 2027|Wednesday, 21 April 2027, 2:30 p.m.|By video conference",
        "Third|Friday, 4 June 2027|Friday, 18 June 2027, 10:00 a.m.|Conference Room 3, 12th Floor, Harbour Tower",
    )
    + "</tbody></table><p>Apologies should reach the Secretary two days before.</p><p>Muriel Tse<br>Secretary</p>",
)
HAIRCUTS = schedule(
    "haircuts-en",
    "en",
    "td,th{padding:3pt 6pt} tr:nth-child(odd) td{background:#eef} th{background:#335;color:#fff} td:nth-child(n+2){text-align:right}",
    "<p>Date: 3 February 2027</p><h1>Haircuts for non-cash collateral</h1><p>The following haircuts apply with effect from 1 March 2027:</p>"
    "<table><tr><th>Collateral</th><th>Up to 1 year (%)</th><th>1 to 5 years (%)</th><th>Over 5 years (%)</th></tr>"
    + rows(
        "Exchange Fund Bills and Notes|1.0|2.5|4.0",
        "United States Treasury securities, principal and interest strips included|2.0|3.5|6.0",
        "Bank guarantees|–|–|–",
        "Renminbi sovereign bonds|3.0|5.0|8.5",
    )
    + "</table><p>“–” means not applicable.</p><p>Julian Mok<br>Risk Management</p>",
    (),
)
LONG = (
    "Each Participant reviews the list of its users, confirms their rights to the operator in writing, removes those who have left, "
    "and appoints one coordinator and one deputy, whose names, telephone numbers and mail addresses are entered in the form attached. "
)
MILESTONES = schedule(
    "milestones-en",
    "en",
    "td,th{border:0.6pt solid #000} td:first-child{width:24%} tr{break-inside:auto}",
    "<p>Ref. No.: NH/IT/040/2027<br>Date: 8 March 2027</p><h1>Replacement of the clearing terminal: milestones</h1>"
    "<p>The milestones below are binding on all Participants.</p>"
    "<table><thead><tr><th>Date</th><th>Milestone</th><th>Who</th></tr></thead><tbody>"
    + rows(
        f"1 June 2027|{LONG * 5}|All Participants",
        f"15 June 2027|{LONG * 5}|Participants with their own lines",
        f"30 June 2027|{LONG * 5}|Vendors",
        "12 July 2027|The new terminal goes live.|All Participants",
    )
    + "</tbody></table><p>Forms are returned by e-mail.</p><p>Rowena Ip<br>Information Technology</p>",
    ("2027-06-01", "2027-06-15", "2027-06-30", "2027-07-12"),
)
TIERS = schedule(
    "fee-tiers-en",
    "en",
    "td,th{padding:2pt 9pt 2pt 0} thead th{border-top:1pt solid #000;border-bottom:0.5pt solid #000} "
    "tbody tr:last-child td{border-bottom:1pt solid #000} td:nth-child(3){text-align:right}",
    "<p>Date: 19 April 2027</p><h1>Tiered fees for connection</h1><p>The tiers from the third quarter of the year are set out below.</p>"
    "<table><thead><tr><th>Service</th><th>Tier</th><th>Fee (HK$)</th><th>Charged</th></tr></thead><tbody>"
    + rows(
        "Dedicated line|Up to 10 sessions|4,500|monthly",
        "|11 to 50 sessions|9,800|monthly",
        "|More than 50 sessions|15,250|monthly",
        "Test environment|Any number of sessions|1,200|per week begun",
        "Certification|First attempt|Free|",
        "|Each further attempt|2,000|per attempt",
    )
    + "</tbody></table><p>Fees are debited on the last business day.</p><p>Karl Siu<br>Finance</p>",
    (),
)
PERIODS = schedule(
    "periods-en",
    "en",
    "td,th{padding:4pt 10pt 4pt 0;vertical-align:middle} th{text-align:center}",
    "<p>Date: 2 August 2027</p><h1>Migration of accounts in batches</h1><p>Accounts are migrated in the batches and periods below:</p>"
    "<table><tr><th>Batch</th><th>Period</th><th>Accounts</th><th>Last day for objections</th></tr>"
    + rows(
        "A|6 September 2027 – 10 September 2027|House accounts of Direct Participants|30 August 2027",
        "B|13 to 24 September 2027|Client accounts with no open positions in the month before the migration|6 September 2027",
        "C|From 27 September to 8 October 2027|All other accounts|20 September 2027",
    )
    + "</table><p>Batches cannot be exchanged.</p><p>Oliver Yip<br>Account Services</p>",
)
ACTION = schedule(
    "particulars-zh",
    "zh-Hant",
    "td{border:0.5pt solid #555;padding:3pt 6pt} td:first-child{width:30%;background:#eee}",
    "<p>編號：NH/CA/117/2027</p><p>日期：2027年3月22日</p><h1>供股安排</h1><p>有關供股之詳情如下：</p><table>"
    + rows(
        "股份代號|2988",
        "供股比例|每持有五股現有股份獲發兩股供股股份",
        "認購價|每股供股股份3.20港元",
        "除權日期|2027年4月1日（星期四）",
        "未繳股款供股權買賣期|2027年4月14日至2027年4月21日",
        "接納供股及繳款之最後時限|2027年4月26日下午4時正",
    )
    + "</table><p>參與者應及早通知客戶。</p><p>公司行動部<br>甘志強</p>",
)
HOURS = schedule(
    "hours-zh",
    "zh-Hant",
    "td,th{padding:3pt 9pt;text-align:center} thead tr:last-child th{border-bottom:0.8pt solid #000} thead tr:first-child th{border-top:0.8pt solid #000}",
    "<p>日期：2027年1月11日</p><h1>農曆新年前後之服務時間</h1><p>農曆新年前後，各櫃檯之服務時間如下：</p>"
    "<table><thead><tr><th rowspan=2>日期</th><th colspan=2>存入櫃檯</th><th rowspan=2>提取櫃檯</th></tr><tr><th>上午</th><th>下午</th></tr></thead><tbody>"
    + rows(
        "2027年2月4日（星期四）|9時至12時|2時至4時|10時至3時",
        "2027年2月5日（星期五）|9時至11時|休息|休息",
        "2027年2月10日（星期三）|10時至12時|2時至4時|10時至3時",
    )
    + "</tbody></table><p>2027年2月6日至9日各櫃檯休息。</p><p>託管服務部<br>冼慧珊</p>",
)
LONG_ZH = (
    "各參與者須覆核其用戶名單，以書面向營運者確認用戶權限，刪除已離職之用戶，並委任一名統籌人及一名副統籌人，"
    "其姓名、電話號碼及電郵地址須填於隨附之表格內；營運者收妥表格後，將於五個營業日內以電郵回覆。"
)
STAGES = schedule(
    "stages-zh",
    "zh-Hant",
    "td,th{padding:3pt 8pt 3pt 0} td:first-child{width:26%} tr{break-inside:auto}",
    "<p>編號：NH/IT/041/2027</p><p>日期：2027年3月8日</p><h1>更換結算終端機：各階段工作</h1><p>各階段之工作如下：</p>"
    "<table><thead><tr><th>日期</th><th>工作</th></tr></thead><tbody>"
    + rows(
        f"2027年6月1日（星期二）|{LONG_ZH * 6}",
        f"2027年6月15日（星期二）|{LONG_ZH * 6}",
        f"2027年6月30日（星期三）|{LONG_ZH * 6}",
        "2027年7月12日（星期一）|新終端機啟用。",
    )
    + "</tbody></table><p>表格須以電郵交回。</p><p>資訊科技部<br>葉慧敏</p>",
    ("2027-06-01", "2027-06-15", "2027-06-30", "2027-07-12"),
)
DEPOSITS = schedule(
    "deposits-zh",
    "zh-Hant",
    "td,th{border:0.5pt solid #000;padding:2pt 6pt} td:nth-child(n+3){text-align:right}",
    "<p>日期：2027年5月31日</p><h1>儲備基金供款</h1><p>下季度之儲備基金供款總額如下：</p>"
    "<table><tr><th>市場</th><th>參與者類別</th><th>數目</th><th>供款（百萬港元）</th></tr>"
    "<tr><td rowspan=2>現貨</td><td>直接結算參與者</td><td>412</td><td>1,236.0</td></tr><tr><td>全面結算參與者</td><td>18</td><td>270.0</td></tr>"
    "<tr><td rowspan=2>期貨</td><td>結算參與者</td><td>131</td><td>655.0</td></tr><tr><td>全面結算參與者</td><td>9</td><td>315.5</td></tr>"
    "<tr><td colspan=2>合計</td><td>570</td><td>2,476.5</td></tr></table>"
    "<p>款項將於2027年7月2日扣除。</p><p>財務部<br>俞國樑</p>",
    (),
)
TRAINING = schedule(
    "training-zh",
    "zh-Hant",
    "td,th{padding:3pt 6pt 3pt 0} tr{border-bottom:0.3pt solid #777} .s{font-size:8pt}",
    "<p>日期：2027年8月16日</p><h1>新系統培訓課程</h1><p>培訓課程之日期、時間及地點如下：</p>"
    "<table><tr><th>課程</th><th>日期</th><th>時間</th><th>語言</th><th>名額</th></tr>"
    + rows(
        "甲、登入及權限*|2027年9月7日（二）|上午10時|粵語|40",
        "乙、交收指示之輸入、修改及查詢#|2027年9月9日（四）|下午2時30分|粵語|40",
        "丙、風險參數|2027年9月14日（二）|上午10時|英語|25",
        "丁、報表下載及對賬|2027年9月16日（四）|下午2時30分|普通話|25",
    )
    + "</table><p class=s>* 新參與者必須參加。<br># 須先完成課程甲。</p><p>報名表格須於2027年8月30日或之前交回。</p><p>培訓組<br>童美玲</p>",
    ("2027-09-07 10:00", "2027-09-09 14:30", "2027-09-14 10:00", "2027-09-16 14:30"),
)
FIFTH = (MEETINGS, HAIRCUTS, MILESTONES, TIERS, PERIODS, ACTION, HOURS, STAGES, DEPOSITS, TRAINING)
