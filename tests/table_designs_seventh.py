"""Seventeen designs after schedules of exchanges, drawn without a look at the rules: expiry calendars, contract adjustments, trading over
holidays, margins, fees by tiers, drills hour by hour, cut-off times, limits, settlement days of markets, functions, reports, dividends,
parallel trading, rehearsals by half-days, stock connect, margins per lot, contract terms. Eight in English, seven in Chinese, two in both."""

from __future__ import annotations

from table_designs import rows
from table_designs_third import schedule

RULED = "td,th{border:0.6pt solid #000}"
OPEN = "td,th{padding:2pt 10pt 2pt 0} thead th{border-top:1pt solid #000;border-bottom:.5pt solid #000}"
LINES = "td,th{padding:3pt 6pt} tr{border-bottom:.4pt solid #888}"
BARE = "td,th{padding:2pt 12pt 2pt 0}"

EXPIRY = schedule(
    "expiry-three-days-en",
    "en",
    OPEN,
    "<p>Ref. No.: NH/DER/014/2028<br>Date: 10 January 2028</p><h1>Expiry calendar of stock futures for 2028</h1>"
    "<p>Participants should note the days below.</p>"
    "<table><thead><tr><th>Contract month</th><th>Last Trading Day</th><th>Final Settlement Day</th></tr></thead><tbody>"
    + rows(
        "Jan-28|28 Jan 2028 (Fri)|31 Jan 2028 (Mon)",
        "Feb-28|25 Feb 2028 (Fri)|28 Feb 2028 (Mon)",
        "Mar-28|30 Mar 2028 (Thu)|31 Mar 2028 (Fri)",
        "Apr-28|27 Apr 2028 (Thu)|28 Apr 2028 (Fri)",
        "May-28|30 May 2028 (Tue)|31 May 2028 (Wed)",
    )
    + "</tbody></table><p>The days may change in case of typhoons.</p><p>Julian Mok<br>Market Operations</p>",
)
ADJUSTED = schedule(
    "adjustment-old-new-en",
    "en",
    RULED + " td,th{text-align:center}",
    "<p>Ref. No.: NH/DER/022/2028<br>Date: 7 February 2028</p><h1>Adjustment of Peak Holdings futures and options</h1>"
    "<p>Because of the rights issue, outstanding contracts are adjusted at the close of 11 February 2028 by the factor 0.9412.</p>"
    "<table><tr><th rowspan=2>Contract</th><th colspan=2>Before adjustment</th><th colspan=2>After adjustment</th></tr>"
    "<tr><th>Strike (HK$)</th><th>Multiplier</th><th>Strike (HK$)</th><th>Multiplier</th></tr>"
    + rows(
        "PKH Mar-28 call|32.50|1,000|30.59|1,062.4734",
        "PKH Mar-28 put|35.00|1,000|32.94|1,062.4734",
        "PKH Jun-28 call|37.50|1,000|35.30|1,062.4734",
        "PKH Jun-28 put|40.00|1,000|37.65|1,062.4734",
    )
    + "</table><p>New series are listed on 14 February 2028.</p><p>Muriel Tse<br>Product Development</p>",
    (),
)
HOLIDAYS = schedule(
    "holiday-trading-zh",
    "zh-Hant",
    RULED,
    "<p>編號：NH/OPS/101/2027</p><p>日期：2027年12月3日</p><h1>農曆新年期間之互聯互通交易安排</h1><p>2028年農曆新年前後之安排如下：</p>"
    "<table><tr><th>日期</th><th>北向交易</th><th>南向交易</th><th>備註</th></tr>"
    + rows(
        "2028年1月24日（星期一）|開放|開放|",
        "2028年1月25日（星期二）|關閉|上午交易時段開放|半日市",
        "2028年1月26日至28日|關閉|關閉|公眾假期",
        "2028年1月31日（星期一）|關閉|關閉|內地假期",
        "2028年2月8日（星期二）|開放|開放|恢復正常",
    )
    + "</table><p>參與者應通知客戶。</p><p>營運部<br>林子明</p>",
    ("2028-01-24", "2028-01-25", "2028-01-26..2028-01-28", "2028-01-31", "2028-02-08"),
)
MARGINS = schedule(
    "margins-groups-en",
    "en",
    LINES + " td:nth-child(n+3),th:nth-child(n+3){text-align:right}",
    "<p>Ref. No.: NH/RM/004/2028<br>Date: 14 February 2028</p><h1>Margin requirements</h1>"
    "<p>With effect from the commencement of trading on 18 February 2028 the requirements are as below (HK$ per contract).</p>"
    "<table><tr><th>HKATS Code</th><th>Contract</th><th>Clearing House Margin</th><th>Maintenance</th><th>Initial</th></tr>"
    "<tr><td colspan=5><b>Index futures</b></td></tr>"
    + rows("HBI|Harbour Index|96,300|102,500|128,125", "MHB|Mini Harbour Index|19,260|20,500|25,625")
    + "<tr><td colspan=5><b>Stock futures</b></td></tr>"
    + rows("PKH|Peak Holdings|4,210|4,480|5,600", "SWT|South Wan Technology|1,055|1,120|1,400", "WDP|West Dock Properties|870|930|1,163")
    + "</table><p>Spread margins are published on the website.</p><p>Angus Fong<br>Risk Management</p>",
    (),
)
TIERS = schedule(
    "fee-tiers-zh",
    "zh-Hant",
    RULED,
    "<p>編號：NH/FIN/003/2028</p><p>日期：2028年1月17日</p><h1>修訂交易費用</h1><p>由2028年4月1日起，交易費用按每月成交量計算：</p>"
    "<table><tr><th>產品</th><th>級別</th><th>每月成交合約張數</th><th>每張費用</th></tr>"
    "<tr><td rowspan=3>指數期貨</td><td>一</td><td>首20,000張</td><td>10.00港元</td></tr>"
    + rows("二|20,001至50,000張|8.50港元", "三|50,000張以上|7.00港元")
    + "<tr><td rowspan=2>股票期權</td><td>一</td><td>首100,000張</td><td>3.00港元</td></tr>"
    + rows("二|100,000張以上|1.00港元")
    + "</table><p>費用於每月首個營業日扣除。</p><p>財務部<br>簡家寶</p>",
    (),
)
DRILL = schedule(
    "drill-hours-en",
    "en",
    RULED,
    "<p>Ref. No.: NH/IT/061/2028<br>Date: 8 May 2028</p><h1>Disaster recovery drill</h1><p>The timetable of the drill is as follows.</p>"
    "<table><tr><th>Time</th><th>Activity</th><th>Responsible party</th></tr><tr><td colspan=3><b>Saturday, 10 June 2028</b></td></tr>"
    + rows(
        "8:30 a.m.|Start of system logon at the back-up centre|Participants",
        "9:00 a.m. – 10:00 a.m.|Input of test instructions|Participants",
        "10:15 a.m.|Multi-batch settlement run|Clearing house",
    )
    + "<tr><td colspan=3><b>Sunday, 11 June 2028</b></td></tr>"
    + rows("9:00 a.m.|Logon at the primary centre|Participants", "By 12:00 noon|Return of the result form|Participants")
    + "</table><p>Production data is not affected.</p><p>Rowena Ip<br>Information Technology</p>",
    ("2028-06-10 08:30", "2028-06-10 09:00", "2028-06-10 10:15", "2028-06-11 09:00", "2028-06-11 12:00"),
)
CUTOFFS = schedule(
    "currency-cut-offs-zh",
    "zh-Hant",
    OPEN,
    "<p>編號：NH/OPS/019/2028</p><p>日期：2028年3月6日</p><h1>款項收付截止時間</h1><p>各貨幣存入及提取指示之截止時間如下：</p>"
    "<table><thead><tr><th>貨幣</th><th>存入</th><th>提取</th><th>同日到賬</th></tr></thead><tbody>"
    + rows(
        "港元|下午5時30分|上午11時正|是", "人民幣|下午4時正|上午10時30分|是", "美元|下午3時正|上午10時正|否", "日圓|不適用|上午9時30分|否"
    )
    + "</tbody></table><p>逾時指示於下一營業日處理。</p><p>營運部<br>林子明</p>",
    (),
)
LIMITS = schedule(
    "limits-by-tier-en",
    "en",
    BARE + " thead th{border-bottom:.8pt solid #000} td:nth-child(n+2),th:nth-child(n+2){text-align:right}",
    "<p>Ref. No.: NH/SUR/009/2028<br>Date: 3 April 2028</p><h1>Position limits of stock options</h1>"
    "<p>The tier of each class is reviewed each year.</p>"
    "<table><thead><tr><th>Tier</th><th>Limit (contracts)</th><th>Reporting level (contracts)</th><th>Classes</th></tr></thead><tbody>"
    + rows("1|50,000|1,000|41", "2|100,000|1,000|23", "3|150,000|1,500|17", "4|250,000|2,500|6")
    + "</tbody></table><p>Limits apply to all expiry months together.</p><p>Delia Wan<br>Surveillance</p>",
    (),
)
MARKETS = schedule(
    "settlement-markets-two-languages",
    "en",
    RULED + " td,th{vertical-align:middle}",
    "<p>Ref. No.: NH/OPS/033/2028<br>Date: 18 April 2028</p><h1>Settlement over the May holidays 五月假期交收安排</h1>"
    "<p>Trades are settled on the days below. 各市場之交收日如下。</p>"
    "<table><tr><th>Market<br>市場</th><th>Trade date<br>交易日</th><th>Settlement date<br>交收日</th></tr>"
    "<tr><td rowspan=2>Hong Kong<br>香港</td><td>28 April 2028<br>2028年4月28日</td><td>3 May 2028<br>2028年5月3日</td></tr>"
    + rows("3 May 2028<br>2028年5月3日|5 May 2028<br>2028年5月5日")
    + "<tr><td rowspan=2>Shanghai<br>上海</td><td>28 April 2028<br>2028年4月28日</td><td>28 April 2028<br>2028年4月28日</td></tr>"
    + rows("4 May 2028<br>2028年5月4日|4 May 2028<br>2028年5月4日")
    + "</table><p>Money obligations are due in the morning.</p><p>Marcus Lam<br>Operations</p>",
)
FUNCTIONS = schedule(
    "functions-en",
    "en",
    LINES,
    "<p>Ref. No.: NH/IT/070/2028<br>Date: 5 June 2028</p><h1>Functions of the new clearing terminal</h1>"
    "<p>The functions below are changed by the release.</p>"
    "<table><thead><tr><th>Function</th><th>Menu</th><th>Change</th></tr></thead><tbody>"
    + rows(
        "Give-up Instruction Enquiry|Clearing – Trade – Give-up|Fields for the account at the executing broker and the remarks of the taker are added",
        "Position Transfer|Clearing – Position – Transfer|Renamed from Internal Position Transfer",
        "Collateral Withdrawal|Treasury – Collateral – Withdraw|A second officer confirms every withdrawal, whatever its amount",
        "User Maintenance|Administration – Users|None",
    )
    + "</tbody></table><p>The user guide is updated accordingly.</p><p>Rowena Ip<br>Information Technology</p>",
    (),
)
REPORTS = schedule(
    "reports-retrieval-zh",
    "zh-Hant",
    LINES,
    "<p>編號：NH/IT/075/2028</p><p>日期：2028年6月19日</p><h1>報表提取時間</h1><p>參與者可按下列時間提取報表：</p>"
    "<table><tr><th>報表代號</th><th>報表名稱</th><th>提供時間</th><th>提取方式</th></tr>"
    + rows(
        "CPSTR01|成交紀錄表|下午5時15分|終端機",
        "CPSCL04|持倉對賬表|下午6時30分|終端機及檔案傳送",
        "CPSRM11|按金計算表|晚上7時正|檔案傳送",
        "CPSFN02|費用月結單|每月首個營業日上午9時正|電郵",
    )
    + "</table><p>報表保留七個營業日。</p><p>資訊科技部<br>葉慧敏</p>",
    (),
)
DIVIDENDS = schedule(
    "dividends-two-languages",
    "zh-Hant",
    OPEN,
    "<p>編號：NH/NOM/044/2028</p><p>日期：2028年5月15日</p><h1>股息表 Dividends</h1><p>參與者請留意以下股息。 Participants please note.</p>"
    "<table><thead><tr><th>代號<br>Code</th><th>名稱<br>Name</th><th>每股股息<br>Dividend per share</th><th>除淨日<br>Ex-date</th>"
    "<th>派息日<br>Payment date</th></tr></thead><tbody>"
    + rows(
        "03388|東港實業<br>East Harbour|HK$0.35|2028/05/29|2028/06/16",
        "08126|南灣科技<br>South Wan Tech|RMB 0.12|2028/06/01|2028/06/23",
        "00747|西環地產<br>West Dock|US$0.045|2028/06/06|2028/07/03",
    )
    + "</tbody></table><p>以港元以外貨幣派發者，可選擇收取港元。</p><p>代理人服務部<br>梁詠詩</p>",
)
PARALLEL = schedule(
    "parallel-trading-en",
    "en",
    BARE + " td:first-child{width:42%}",
    "<p>Ref. No.: NH/LST/058/2028<br>Date: 26 June 2028</p><h1>Consolidation of shares of North Point Energy</h1>"
    "<p>The trading arrangement is set out below.</p><table><thead><tr><th>Date</th><th>Event</th></tr></thead><tbody>"
    + rows(
        "9:00 a.m. on 10 July 2028|The original counter in board lots of 5,000 shares closes temporarily",
        "9:00 a.m. on 10 July 2028|The temporary counter 02961 in board lots of 500 shares opens",
        "24 July 2028|The original counter reopens in board lots of 2,000 consolidated shares",
        "24 July to 11 August 2028 (both days inclusive)|Parallel trading in both forms of certificates",
        "4:10 p.m. on 11 August 2028|The temporary counter closes",
    )
    + "</tbody></table><p>Certificates are exchanged free of charge until 15 August 2028.</p><p>Grace Leung<br>Listing</p>",
    ("2028-07-10 09:00", "2028-07-10 09:00", "2028-07-24", "2028-07-24..2028-08-11", "2028-08-11 16:10"),
)
HALVES = schedule(
    "rehearsal-halves-zh",
    "zh-Hant",
    RULED + " td,th{vertical-align:middle;text-align:center}",
    "<p>編號：NH/IT/082/2028</p><p>日期：2028年7月10日</p><h1>新結算系統演習</h1><p>演習程序及負責單位如下：</p>"
    "<table><tr><th>日期</th><th>時段</th><th>時間</th><th>程序</th><th>負責單位</th></tr>"
    "<tr><td rowspan=4>2028年8月19日（星期六）</td><td rowspan=2>上午</td><td>9時30分</td><td>登入系統</td><td>參與者</td></tr>"
    + rows("11時正|輸入結算指示|參與者")
    + "<tr><td rowspan=2>下午</td><td>2時正</td><td>日終批次處理</td><td>結算所</td></tr>"
    + rows("4時45分|下載報表|參與者")
    + "<tr><td rowspan=2>2028年8月26日（星期六）</td><td>上午</td><td>10時正</td><td>核對持倉</td><td>參與者</td></tr>"
    + rows("下午|3時正|回復生產環境|結算所")
    + "</table><p>參與者須於2028年8月30日前交回結果。</p><p>資訊科技部<br>葉慧敏</p>",
    ("2028-08-19 09:30", "2028-08-19 11:00", "2028-08-19 14:00", "2028-08-19 16:45", "2028-08-26 10:00", "2028-08-26 15:00"),
)
NORTHBOUND = schedule(
    "northbound-grouped-zh",
    "zh-Hant",
    "table{width:100%} td,th{padding:2pt 4pt;text-align:center} thead tr:last-child th{border-bottom:1pt solid #333}"
    " thead tr:first-child th{border-top:1pt solid #333} td:last-child,th:last-child{text-align:left}",
    "<p>編號：NH/CON/090/2028</p><p>日期：2028年8月21日</p><h1>國慶假期安排</h1><p>參與者請注意以下安排：</p>"
    "<table><thead><tr><th rowspan=2>日期</th><th rowspan=2>星期</th><th rowspan=2>本地市場</th><th colspan=2>互聯互通</th>"
    "<th rowspan=2>備註</th></tr><tr><th>北向交易</th><th>南向交易</th></tr></thead><tbody>"
    + rows(
        "2028年9月28日|四|開市|開市|關閉|南向交收日休市",
        "2028年9月29日|五|半日市|關閉|關閉|",
        "2028年10月2日|一|休市|關閉|關閉|補假",
        "2028年10月9日|一|開市|開市|開市|恢復正常",
    )
    + "</tbody></table><p>查詢請電郵至本所。</p><p>市場營運部<br>蘇慧賢</p>",
    ("2028-09-28", "2028-09-29", "2028-10-02", "2028-10-09"),
)
LOTS = schedule(
    "margin-per-lot-en",
    "en",
    "td,th{padding:2pt 10pt;text-align:right} td:first-child,td:nth-child(2),th{text-align:left} thead th{background:#ddd}",
    "<p>Ref. No.: NH/RM/101/2028<br>Date: 4 September 2028</p><h1>Revision of margins</h1><p>The margins below apply from 6 September 2028.</p>"
    "<table><thead><tr><th rowspan=2>Product</th><th rowspan=2>Code</th><th colspan=2>Initial margin (HK$/lot)</th>"
    "<th colspan=2>Maintenance margin (HK$/lot)</th></tr><tr><th>Current</th><th>New</th><th>Current</th><th>New</th></tr></thead><tbody>"
    + rows(
        "Harbour Index Futures|HBX|88,150|94,200|70,520|75,360",
        "Mini Harbour Index Futures|MHB|17,630|18,840|14,104|15,072",
        "Technology Index Futures|TEX|21,900|–|17,520|–",
        "Silver Futures|SVU|7,120.5|7,350|5,696.4|5,880",
    )
    + "</tbody></table><p>Questions go to the hotline.</p><p>Nora Fong<br>Risk Management</p>",
)
CONTRACT = schedule(
    "contract-with-lists-en",
    "en",
    "@page{size:A5} table{width:100%} td{padding:4pt 7pt;vertical-align:top} td:first-child{width:26%} ul{margin:0;padding-left:13pt}",
    "<p>Ref. No.: NH/PRD/117/2028</p><h1>Weekly options</h1><p>The terms are as follows.</p><table><tbody>"
    "<tr><td>Underlying index</td><td>Technology Index</td></tr>"
    "<tr><td>Contract multiplier</td><td>HK$50 per index point</td></tr>"
    "<tr><td>Contract weeks</td><td>The current week and the following week, except the week in which the monthly contract expires</td></tr>"
    "<tr><td>Trading hours</td><td><ul><li>Day session: 9:15 a.m. to 12:00 noon and 1:00 p.m. to 4:30 p.m.</li>"
    "<li>Evening session: 5:15 p.m. to 3:00 a.m. of the day after, but not on the eve of a holiday</li></ul></td></tr>"
    "<tr><td>Option premium</td><td>Quoted in whole points. Its cash value is the premium multiplied by the contract multiplier.</td></tr>"
    "<tr><td>Exercise style</td><td>European style. Options may only be exercised at expiry.</td></tr>"
    "</tbody></table><p>Irene Ko<br>Products</p>",
)
SEVENTH = (
    EXPIRY, ADJUSTED, HOLIDAYS, MARGINS, TIERS, DRILL, CUTOFFS, LIMITS, MARKETS, FUNCTIONS, REPORTS, DIVIDENDS, PARALLEL, HALVES,
    NORTHBOUND, LOTS, CONTRACT,
)  # fmt: skip
