"""Ten designs of fees, holidays, rehearsals, phases, margins and contacts, five in each language, drawn without a look at the rules."""

from __future__ import annotations

from table_designs import rows
from table_designs_third import schedule

CHARGES = schedule(
    "margin-fees-en",
    "en",
    "td,th{padding:2pt 6pt 2pt 0;vertical-align:top} th{border-bottom:0.5pt solid #000} td:nth-child(3),td:nth-child(4){text-align:right}",
    "<p>Date: 12 April 2027</p><h1>Revised scale of service charges</h1><p>The charges below replace those of Schedule 3 from 1 July 2027.</p>"
    "<table><tr><th>Item</th><th>Basis</th><th>Now (HK$)</th><th>New (HK$)</th><th>Collected</th></tr>"
    + rows(
        "Account maintenance|per account a month|500.00|550.00|monthly",
        "Issue of a replacement security device, including delivery by courier|per device|80.00|120.00|with the next bill",
        "Late amendment of a standing instruction|per instruction|25.00|30.00|daily",
        "Report on paper|per page|1.00|1.50|monthly",
    )
    + "</table><p>Questions may be put to your relationship manager.</p><p>Flora Ho<br>Chief Operating Officer</p>",
    (),
)
YEAR_END = schedule(
    "holiday-settlement-en",
    "en",
    "td,th{padding:3pt 8pt 3pt 0;vertical-align:top}",
    "<p>Date: 8 November 2027</p><h1>Settlement over the year end</h1><p>Settlement and services over the coming holidays are arranged as follows:</p>"
    "<table><tr><th>Date</th><th>Market</th><th>Settlement arrangement</th></tr>"
    + rows(
        "Friday, 24 December 2027|Half day|Morning batch only; the final batch runs at 12:45",
        "Monday, 27 December 2027|Closed|No settlement in Hong Kong dollars or United States dollars",
        "Friday, 31 December 2027|Half day|As on 24 December",
        "Monday, 3 January 2028|Open|Instructions that matured during the holidays are settled in the first batch",
    )
    + "</table><p>Participants should arrange their funding in time.</p><p>Yours faithfully,</p><p>Colin Au<br>Settlement Services</p>",
    ("2027-12-24 12:45", "2027-12-27", "2027-12-31", "2028-01-03"),
)
REHEARSALS = schedule(
    "rehearsal-en",
    "en",
    "td,th{padding:2pt 6pt 2pt 0;vertical-align:top} tr{border-bottom:0.3pt solid #999}",
    "<p>Date: 1 June 2027</p><h1>Market rehearsals</h1><p>Rehearsals will be held on the following Saturdays. Attendance is required.</p>"
    "<table><tr><th>Session</th><th>Date</th><th>Time</th><th>Scope</th></tr>"
    + rows(
        "1|Saturday, 10 July 2027|09:00 – 12:30|Connection and log-on of all terminals",
        "2|Saturday, 24 July 2027|09:00 – 17:00|Full trading day with clearing, including the handling of a simulated default of one participant",
        "3|Saturday, 7 August 2027|13:30 – 16:00|Fallback to the present system",
    )
    + "</table><p>Results must be reported within two business days.</p><p>Gavin Shum<br>Project Office</p>",
    ("2027-07-10 09:00", "2027-07-24 09:00", "2027-08-07 13:30"),
)
PHASES = schedule(
    "phases-en",
    "en",
    "td,th{padding:3pt 6pt;vertical-align:top;border:0.5pt solid #444}",
    "<p>Date: 15 March 2027</p><h1>Phased implementation of the new reporting rules</h1><p>The rules take effect in three phases:</p>"
    "<table><tr><th>Phase</th><th>Effective date</th><th>Requirements</th></tr>"
    "<tr><td>I</td><td>1 July 2027</td><td><ul><li>Daily reports of open positions</li><li>Registration of reporting officers, with their deputies, by electronic form</li></ul></td></tr>"
    "<tr><td>II</td><td>3 January 2028</td><td><ul><li>Unique trade identifiers in all reports</li><li>Valuation data</li></ul></td></tr>"
    "<tr><td>III</td><td>1 July 2028</td><td>Margin and collateral data</td></tr></table>"
    "<p>Further guidance will follow.</p><p>Irene Lo<br>Policy</p>",
    ("2027-07-01", "2027-07-01", "2028-01-03", "2028-01-03", "2028-07-01"),
)
EXPIRY = schedule(
    "last-trading-en",
    "en",
    "td,th{padding:2pt 10pt 2pt 0} th{border-top:1pt solid #000;border-bottom:0.5pt solid #000}",
    "<p>Date: 20 December 2027</p><h1>Expiry dates of index futures in 2028</h1><p>The dates for the quarterly months are:</p>"
    "<table><tr><th>Contract month</th><th>Last trading day</th><th>Final settlement day</th><th>Remark</th></tr>"
    + rows(
        "Mar 2028|30 March 2028|31 March 2028|",
        "Jun 2028|29 June 2028|30 June 2028|",
        "Sep 2028|28 September 2028|29 September 2028|Position limits are lowered two days earlier",
        "Dec 2028|28 December 2028|29 December 2028|",
    )
    + "</table><p>Brian Kan<br>Derivatives</p>",
    None,
)
ZH_CHARGES = schedule(
    "fees-zh",
    "zh-Hant",
    "td,th{padding:2pt 6pt 2pt 0;vertical-align:top} td:nth-child(2),td:nth-child(3){text-align:right}",
    "<p>日期：2027年4月12日</p><h1>調整服務收費</h1><p>下列收費由2027年7月1日起生效：</p>"
    "<table><tr><th>收費項目</th><th>現行（港元）</th><th>新訂（港元）</th><th>收費方式</th></tr>"
    + rows(
        "戶口月費|500.00|550.00|每月月底",
        "補發保安編碼器，連同速遞費用及行政費用在內|80.00|120.00|每次",
        "逾時修改常設指示|25.00|30.00|每項指示",
        "書面報表|1.00|1.50|每頁計算，不足一頁亦作一頁計",
    )
    + "</table><p>如有查詢，請致電2979 7000。</p><p>營運總監<br>何芳 謹啟</p>",
    (),
)
ZH_YEAR_END = schedule(
    "holiday-zh",
    "zh-Hant",
    "td,th{padding:3pt 8pt 3pt 0;vertical-align:top}",
    "<p>日期：2027年11月8日</p><h1>年底假期交收安排</h1><p>年底假期之交收及服務安排如下：</p>"
    "<table><tr><th>日期</th><th>市場</th><th>交收安排</th></tr>"
    + rows(
        "2027年12月24日（星期五）|半日市|只設早上批次交收，最後批次於中午12時45分進行",
        "2027年12月27日（星期一）|休市|不設港元及美元交收",
        "2027年12月31日（星期五）|半日市|與12月24日相同",
        "2028年1月3日（星期一）|開市|假期間到期之指示於首個批次交收",
    )
    + "</table><p>參與者須及早安排資金。</p><p>交收服務部<br>區志豪</p>",
    ("2027-12-24 12:45", "2027-12-27", "2027-12-31", "2028-01-03"),
)
ZH_REHEARSALS = schedule(
    "rehearsal-zh",
    "zh-Hant",
    "td,th{padding:3pt 6pt;vertical-align:middle;border-bottom:0.4pt solid #888}",
    "<p>日期：2027年6月1日</p><h1>市場演習</h1><p>演習將於下列星期六舉行，參與者必須參加：</p>"
    "<table><tr><th>節次</th><th>日期</th><th>時間</th><th>內容</th></tr>"
    + rows(
        "第一節|2027年7月10日（星期六）|上午9時|所有終端機連線及登入",
        "第二節|2027年7月24日（星期六）|上午9時30分|全日交易及結算，包括處理一名參與者模擬失責之程序及向客戶發出通知",
        "第三節|2027年8月7日（星期六）|下午1時30分|切換至現有系統",
    )
    + "</table><p>結果須於兩個營業日內呈報。</p><p>項目組<br>沈嘉文</p>",
    ("2027-07-10 09:00", "2027-07-24 09:30", "2027-08-07 13:30"),
)
ZH_MARGIN = schedule(
    "margin-zh",
    "zh-Hant",
    "td,th{padding:2pt 10pt 2pt 0} .r{text-align:right}",
    "<p>日期：2027年5月3日</p><h1>修訂按金水平</h1><p>由2027年5月10日起，按金水平修訂如下：</p>"
    "<table><tr><th>合約</th><th>代號</th><th class=r>基本按金</th><th class=r>維持按金</th></tr>"
    + "".join(
        f"<tr><td>{a}</td><td>{b}</td><td class=r>{c}</td><td class=r>{d}</td></tr>"
        for a, b, c, d in (
            ("恒港指數期貨", "HHI", "98,500", "78,800"),
            ("小型恒港指數期貨", "MHI", "19,700", "15,760"),
            ("恒港科技指數期貨及相關之每週到期期權合約", "HTI", "21,350", "17,080"),
            ("黃金期貨", "GDU", "8,240", "6,592"),
        )
    )
    + "</table><p>查詢請聯絡風險管理部。</p><p>風險管理部主管<br>莫家齊 謹啟</p>",
    (),
)
ZH_CONTACTS = schedule(
    "contacts-zh",
    "zh-Hant",
    "td,th{padding:2pt 8pt 2pt 0;vertical-align:top}",
    "<p>日期：2027年5月18日</p><h1>系統轉換期間聯絡人</h1><p>系統轉換期間，下列人員當值：</p>"
    "<table><tr><th>部門</th><th>聯絡人</th><th>電話</th><th>電郵</th></tr>"
    + rows(
        "結算運作部|梁婉婷|2979 7301|wleung@harbour.example",
        "|歐陽浩|2979 7302|tauyeung@harbour.example",
        "風險管理部|倪佩雅|2979 7315|pnair@harbour.example",
        "資訊科技部，包括網絡及數據中心支援|何志明|2979 7340|jho@harbour.example",
    )
    + "</table><p>通話將予錄音。</p><p>結算運作部主管<br>梁婉婷</p>",
    (),
)
FOURTH = (CHARGES, YEAR_END, REHEARSALS, PHASES, EXPIRY, ZH_CHARGES, ZH_YEAR_END, ZH_REHEARSALS, ZH_MARGIN, ZH_CONTACTS)
