"""Fourteen designs, seven in each language, drawn without a look at the rules: margins with a row of units, fees with subtotals, position
limits, holidays in two languages, rehearsals with notes between their rows, particulars with bullets, codes old and new, questions and
answers, check-lists, lists of codes in a cell, footnotes."""

from __future__ import annotations

from table_designs import rows
from table_designs_third import schedule

RULED = "td,th{border:0.6pt solid #000}"
OPEN = "td,th{padding:2pt 10pt 2pt 0} thead th{border-top:1pt solid #000;border-bottom:.5pt solid #000}"

MARGINS = schedule(
    "margins-units-en",
    "en",
    OPEN + " td:nth-child(n+3),th:nth-child(n+3){text-align:right}",
    "<p>Ref. No.: NH/RM/017/2027<br>Date: 12 March 2027</p><h1>Revision of margin levels</h1>"
    "<p>The following levels apply from the start of trading on 15 March 2027.</p>"
    "<table><thead><tr><th>Contract</th><th>Code</th><th>Present level</th><th>New level</th><th>Increase</th></tr></thead><tbody>"
    + rows(
        "||HK$|HK$|HK$",
        "Harbour Index Futures *|HIF|98,500|104,200|5,700",
        "Mini Harbour Index Futures|MHF|19,700|20,840|1,140",
        "Harbour Technology Futures #|HTF|31,050|29,980|-1,070",
        "Harbour Dividend Futures|HDF|2,400|2,400|0",
    )
    + "</tbody></table><p>* Per side.</p><p># Trading is suspended on 16 March 2027.</p><p>Angus Fong<br>Risk Management</p>",
    (),
)
FEES = schedule(
    "fees-subtotals-zh",
    "zh-Hant",
    RULED + " td:nth-child(n+2){text-align:right}",
    "<p>編號：NH/FIN/009/2027</p><p>日期：2027年4月6日</p><h1>2027年度會費</h1><p>各項收費如下：</p>"
    "<table><tr><th>項目</th><th>數量</th><th>單價（港元）</th><th>總額（港元）</th></tr>"
    "<tr><td colspan=4><b>甲、終端機</b></td></tr>"
    + rows("主終端機|2|12,000|24,000", "後備終端機|1|6,500|6,500", "小計|||30,500")
    + "<tr><td colspan=4><b>乙、線路</b></td></tr>"
    + rows("專線|3|8,200|24,600", "寬頻|2|1,150|2,300", "小計|||26,900", "總計|||57,400")
    + "</table><p>如有查詢，請致電2979 7055。</p><p>財務部<br>簡家寶</p>",
    (),
)
LIMITS = schedule(
    "position-limits-en",
    "en",
    "td,th{padding:3pt 6pt} tr{border-bottom:.4pt solid #888}",
    "<p>Ref. No.: NH/SUR/022/2027<br>Date: 3 May 2027</p><h1>Position limits and reporting levels</h1>"
    "<p>Participants are reminded of the limits in force.</p>"
    "<table><thead><tr><th>Product</th><th>Position limit</th><th>Large open position reporting level</th></tr></thead><tbody>"
    + rows(
        "Harbour Index Futures and Options|10,000 net long or short position delta for all contract months combined|500 contracts in any one contract month",
        "Single stock futures|5,000 net contracts in any one expiry month|100 contracts in any one expiry month",
        "Three-month Interbank Rate Futures|Not applicable|600 contracts in any one contract month, both long and short",
        "Gold Futures|20,000 net contracts for all contract months combined, and 10,000 in the spot month|500 contracts",
    )
    + "</tbody></table><p>“Net” is the balance of long and short positions.</p><p>Delia Wan<br>Surveillance</p>",
    (),
)
HOLIDAYS = schedule(
    "holidays-two-languages",
    "en",
    RULED,
    "<p>Ref. No.: NH/OPS/071/2027<br>Date: 1 September 2027</p><h1>Holiday schedule for 2028</h1>"
    "<p>The clearing house is closed on the days below.</p>"
    "<table><tr><th>Holiday<br>假期</th><th>Date<br>日期</th><th>Day<br>星期</th><th>Settlement<br>交收</th></tr>"
    + rows(
        "New Year's Day<br>一月一日|1 January 2028<br>2028年1月1日|Saturday<br>星期六|Closed<br>休市",
        "Lunar New Year<br>農曆年初一至初三|26 to 28 January 2028<br>2028年1月26日至28日|Wednesday to Friday<br>星期三至五|Closed<br>休市",
        "Eve of Lunar New Year<br>農曆年除夕|25 January 2028<br>2028年1月25日|Tuesday<br>星期二|Half day<br>半日",
        "Ching Ming Festival<br>清明節|4 April 2028<br>2028年4月4日|Tuesday<br>星期二|Closed<br>休市",
    )
    + "</table><p>Participants should plan their funding.</p><p>Marcus Lam<br>Operations</p>",
)
REHEARSAL = schedule(
    "rehearsal-notes-zh",
    "zh-Hant",
    RULED,
    "<p>編號：NH/IT/033/2027</p><p>日期：2027年5月10日</p><h1>新交易系統測試時間表</h1><p>各輪測試安排如下：</p>"
    "<table><tr><th>日期</th><th>時間</th><th>程序</th><th>參加者</th></tr>"
    "<tr><td rowspan=3>2027年6月5日（星期六）</td><td>上午9時正</td><td>登入及連線測試</td><td>所有參與者</td></tr>"
    + rows("上午10時30分|模擬開市前時段|交易所參與者", "下午1時正|模擬持續交易時段|交易所參與者")
    + "<tr><td colspan=4>註：參與者須於測試前核對其登入密碼。</td></tr>"
    "<tr><td rowspan=2>2027年6月12日（星期六）</td><td>上午9時正</td><td>切換至後備中心</td><td>所有參與者</td></tr>"
    + rows("下午2時15分|日終程序及檔案核對|結算參與者")
    + "</table><p>測試結果須於測試後以電郵交回。</p><p>資訊科技部<br>葉慧敏</p>",
    ("2027-06-05 09:00", "2027-06-05 10:30", "2027-06-05 13:00", "2027-06-12 09:00", "2027-06-12 14:15"),
)
PARTICULARS = schedule(
    "particulars-bullets-en",
    "en",
    "td{padding:3pt 8pt 3pt 0;border-bottom:.4pt solid #999} td:first-child{width:30%;font-weight:bold}",
    "<p>Ref. No.: NH/PRD/005/2027<br>Date: 7 June 2027</p><h1>Contract specifications of Harbour Green Futures</h1>"
    "<p>The specifications are set out below.</p><table>"
    + rows(
        "Underlying|Harbour Green Index",
        "Contract multiplier|HK$50 per index point",
        "Contract months|<ul><li>Spot month</li><li>The next calendar month</li><li>The next two calendar quarter months</li></ul>",
        "Minimum fluctuation|One index point",
        "Trading hours|<ul><li>9:15 a.m. to 12:00 noon and 1:00 p.m. to 4:30 p.m.</li><li>5:15 p.m. to 3:00 a.m. (after-hours session)</li></ul>",
        "Last trading day|The business day immediately before the last business day of the contract month",
        "Settlement|Cash",
    )
    + "</table><p>The Rules prevail.</p><p>Muriel Tse<br>Product Development</p>",
    (),
)
CODES = schedule(
    "codes-old-new-zh",
    "zh-Hant",
    OPEN,
    "<p>編號：NH/LST/088/2027</p><p>日期：2027年7月2日</p><h1>股份合併及更改買賣單位</h1><p>有關證券的臨時買賣安排如下：</p>"
    "<table><thead><tr><th>證券簡稱</th><th>原有股份代號</th><th>臨時股份代號</th><th>每手股數</th><th>生效日期</th></tr></thead><tbody>"
    + rows(
        "東港實業|03388|02988|2,000|2027年7月12日",
        "南灣科技|08126|08516|10,000|2027年7月19日",
        "西環地產|00747|02933|500|2027年7月26日",
        "北角能源|01658|02961|1,000|2027年8月2日",
    )
    + "</tbody></table><p>並行買賣將於三個星期後終止。</p><p>上市部<br>梁詠詩</p>",
    ("2027-07-12", "2027-07-19", "2027-07-26", "2027-08-02"),
)
QUESTIONS = schedule(
    "questions-zh",
    "zh-Hant",
    RULED + " td:first-child{width:8%}",
    "<p>編號：NH/COM/014/2027</p><p>日期：2027年8月9日</p><h1>客戶身份規則常見問題</h1><p>現就參與者提出的問題答覆如下：</p>"
    "<table><tr><th>編號</th><th>問題</th><th>答覆</th></tr>"
    + rows(
        "1|參與者可否以電子方式取得客戶的同意？|可以。參與者須備存同意書的紀錄，並在本所要求時提供。",
        "2|聯名帳戶的每名持有人是否均須提供編碼？|是。每名持有人均須提供其編碼，參與者須按訂明格式將所有編碼一併提交。",
        "3|客戶如未能在期限前提供資料，應如何處理？|參與者只可為其執行賣出指示，直至資料齊備為止。",
    )
    + "</table><p>如有其他問題，請以電郵查詢。</p><p>合規部<br>羅志遠</p>",
    (),
)
CHECKS = schedule(
    "check-list-en",
    "en",
    RULED + " td:nth-child(n+2),th:nth-child(n+2){text-align:center}",
    "<p>Ref. No.: NH/ADM/019/2027<br>Date: 20 August 2027</p><h1>Documents to be filed</h1>"
    "<p>The documents each class of Participant files are marked below.</p>"
    "<table><tr><th>Document</th><th>Direct Participant</th><th>General Participant</th><th>Agent</th></tr>"
    + rows(
        "Application form|✓|✓|✓",
        "Board resolution|✓|✓|✗",
        "Audited accounts of the last two years|✓|✗|N/A",
        "List of authorised signatories|✓|✓|N/A",
    )
    + "</table><p>✓ means required, ✗ not required.</p><p>Delia Wan<br>Admissions</p>",
    (),
)
UNITS = schedule(
    "units-zh",
    "zh-Hant",
    "td,th{padding:3pt 6pt;border-bottom:.4pt solid #888} td:nth-child(n+2),th:nth-child(n+2){text-align:right}",
    "<p>編號：NH/RM/028/2027</p><p>日期：2027年9月13日</p><h1>按金水平調整</h1><p>由2027年9月20日起，按金水平如下：</p>"
    "<table><tr><th>合約</th><th>現行水平</th><th>新水平</th><th>變動</th></tr><tr><td></td><td>（港元）</td><td>（港元）</td><td>（%）</td></tr>"
    + rows("北港指數期貨|88,000|92,400|5.0", "小型北港指數期貨*|17,600|18,480|5.0", "北港科技指數期貨|24,000|22,800|-5.0")
    + "</table><p>* 每張合約計。</p><p>風險管理部<br>方啟明</p>",
    (),
)
WINDOWS = schedule(
    "windows-notes-en",
    "en",
    "td,th{padding:2pt 8pt 2pt 0} tr{border-bottom:.4pt solid #888}",
    "<p>Ref. No.: NH/IT/052/2027<br>Date: 4 October 2027</p><h1>Migration of the report server</h1>"
    "<p>The windows for moving to the new server are as follows.</p>"
    "<table><tr><th>Date</th><th>Window</th><th>Group</th><th>Action</th></tr>"
    + rows(
        "Monday, 8 November 2027|6:00 p.m. to 8:00 p.m.|A|Connect to the new server",
        "Tuesday, 9 November 2027|6:00 p.m. to 8:00 p.m.|B|Connect to the new server",
    )
    + "<tr><td colspan=4>Participants of groups A and B keep the old connection until they are told otherwise.</td></tr>"
    + rows(
        "Wednesday, 17 November 2027|6:00 p.m. to 9:30 p.m.|C|Connect to the new server and fetch the reports of the last five days",
        "Friday, 26 November 2027|5:00 p.m.|All|The old server is switched off",
    )
    + "</table><p>Questions may be sent by e-mail.</p><p>Rowena Ip<br>Information Technology</p>",
    ("2027-11-08 18:00", "2027-11-09 18:00", "2027-11-17 18:00", "2027-11-26 17:00"),
)
LISTED = schedule(
    "lists-of-codes-en",
    "en",
    OPEN,
    "<p>Ref. No.: NH/MKT/031/2027<br>Date: 15 November 2027</p><h1>Phases of the closing auction</h1>"
    "<p>Securities enter the auction in phases.</p>"
    "<table><thead><tr><th>Phase</th><th>Effective date</th><th>Stock codes</th></tr></thead><tbody>"
    + rows(
        "1|6 December 2027|1, 2, 3, 5, 11, 16, 27, 66, 101, 175, 241, 267, 288, 291, 316, 322, 386, 388",
        "2|3 January 2028|669, 688, 700, 762, 823, 857, 868, 881, 883, 939, 941, 960, 968, 981, 992, 1024, 1038",
        "3|7 February 2028|1044, 1088, 1093, 1099, 1109, 1113, 1177, 1209, 1211, 1299",
    )
    + "</tbody></table><p>Others follow later.</p><p>Julian Mok<br>Market Operations</p>",
    ("2027-12-06", "2028-01-03", "2028-02-07"),
)
DUE = schedule(
    "filings-zh",
    "zh-Hant",
    RULED + " td,th{vertical-align:middle;text-align:center}",
    "<p>編號：NH/FIN/041/2027</p><p>日期：2027年11月22日</p><h1>2028年申報表提交日期</h1><p>各類申報表的提交日期如下：</p>"
    "<table><tr><th rowspan=2>申報期</th><th colspan=2>提交限期</th><th rowspan=2>備註</th></tr><tr><th>電子版</th><th>紙本</th></tr>"
    + rows(
        "2027年12月|2028年1月17日|2028年1月20日|須連同年度聲明",
        "2028年1月|2028年2月16日|2028年2月21日|",
        "2028年2月|2028年3月15日|2028年3月20日|#",
        "2028年3月|2028年4月18日|2028年4月21日|須經核數師簽署",
    )
    + "</table><p># 適逢系統更新，電子版可於下午8時前提交。</p><p>財務部<br>簡家寶</p>",
)
TOTALS = schedule(
    "levies-totals-en",
    "en",
    "td,th{padding:2pt 12pt 2pt 0} td:nth-child(n+2),th:nth-child(n+2){text-align:right}"
    " thead th{border-bottom:1pt solid #000} tr.t td{border-top:.5pt solid #000;font-weight:bold}",
    "<p>Ref. No.: NH/FIN/050/2027<br>Date: 6 December 2027</p><h1>Contributions to the guarantee fund</h1>"
    "<p>The contributions of the quarter are as follows.</p>"
    "<table><thead><tr><th>Class</th><th>Participants</th><th>Basic (HK$)</th><th>Additional (HK$)</th><th>Total (HK$)</th></tr></thead><tbody>"
    + rows("Direct|38|11,400,000|26,315,000|37,715,000", "General|9|13,500,000|41,280,000|54,780,000")
    + "<tr class=t><td>Subtotal</td><td>47</td><td>24,900,000</td><td>67,595,000</td><td>92,495,000</td></tr>"
    + rows("Agents|12|1,200,000|0|1,200,000")
    + "<tr class=t><td>Total</td><td>59</td><td>26,100,000</td><td>67,595,000</td><td>93,695,000</td></tr>"
    "</tbody></table><p>Payment is by direct debit.</p><p>Angus Fong<br>Finance</p>",
    (),
)
SIXTH = (MARGINS, FEES, LIMITS, HOLIDAYS, REHEARSAL, PARTICULARS, CODES, QUESTIONS, CHECKS, UNITS, WINDOWS, LISTED, DUE, TOTALS)
