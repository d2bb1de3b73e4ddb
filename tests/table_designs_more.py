"""Ten more designs of tables, drawn without a look at the rules after the first ten had been mended: shades, rules one way only, groups."""

from __future__ import annotations

from table_designs import LETTERHEAD, ZH_LETTERHEAD, Design, rows

HEAD = "<p>Date: 7 June 2027</p><h1>Notice</h1><p>The particulars are shown here and apply until further notice.</p>"
HEAD_ZH = "<p>日期：2027年6月7日</p><h1>通告</h1><p>詳情載列如下，直至另行通知為止。</p>"
END = "<p>Please direct questions to the help desk.</p><p>Yours faithfully,</p><p>Ida Poon<br>Head of Operations</p>"
END_ZH = "<p>如有查詢，請聯絡服務台。</p><p>營運部主管<br>潘艾達謹啟</p>"
MORE = (
    Design(
        "dashed-fees",
        "en",
        "td,th{border:0.6pt dashed #000} td:last-child{text-align:right}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th>Service</th><th>Basis</th><th class=r>Fee (HK$)</th></tr>"
        + rows(
            "Account opening|Once|1,500.00",
            "Account keeping|Per month|120.00",
            "Statement by post|Per copy|15.50",
            "Late amendment of an instruction|Per instruction|80.00",
            "<b>Total of a typical year</b>||3,115.50",
        )
        + "</table>"
        + END,
    ),
    Design(
        "double-rules-zh",
        "zh-Hant",
        "table{border-top:3pt double #000;border-bottom:3pt double #000} th{border-bottom:0.7pt solid #000}",
        ZH_LETTERHEAD
        + HEAD_ZH
        + "<table><tr><th>日期</th><th>時間</th><th>事項</th><th>地點</th></tr>"
        + rows(
            "2027年7月5日（星期一）|上午10時|簡介會（第一場）|中環培訓室",
            "2027年7月6日（星期二）|下午2時30分|簡介會（第二場），歡迎後勤部門同事參加|網上",
            "2027年7月12日（星期一）|下午5時|截止遞交表格|電郵",
            "2027年7月26日（星期一）|上午9時|新系統啟用|不適用",
        )
        + "</table>"
        + END_ZH,
    ),
    Design(
        "borderless-codes",
        "en",
        "td,th{padding:2pt 10pt 2pt 0}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th>Code</th><th>Contract</th><th class=r>Multiplier</th><th class=r>Limit</th></tr>"
        + "".join(
            f"<tr><td>{a}</td><td>{b}</td><td class=r>{c}</td><td class=r>{d}</td></tr>"
            for a, b, c, d in [
                ("HBI", "Harbour Index Futures", "50", "10,000"),
                ("MHB", "Mini Harbour Index Futures", "10", "50,000"),
                ("HBD", "Dividend Point Futures", "50", "5,000"),
                ("HBV", "Volatility Index Futures", "5,000", "2,500"),
                ("HBT", "Technology Index Futures and Options", "50", "12,000"),
            ]
        )
        + "</table>"
        + END,
    ),
    Design(
        "left-head-column",
        "en",
        "td,th{border-bottom:0.5pt solid #888} th{background:#eee}",
        LETTERHEAD
        + HEAD
        + "<table><tr><td></td><th>First phase</th><th>Second phase</th><th>Third phase</th></tr><tr><th>Begins</th><td>2 August 2027</td><td>6 September 2027</td><td>4 October 2027</td></tr><tr><th>Ends</th><td>27 August 2027</td><td>24 September 2027</td><td>29 October 2027</td></tr><tr><th>Participants</th><td>Direct</td><td>Direct and general</td><td>All</td></tr><tr><th>Result form by</th><td>31 August 2027</td><td>28 September 2027</td><td>2 November 2027</td></tr></table>"
        + END,
    ),
    Design(
        "group-rows-zh",
        "zh-Hant",
        "td,th{border:0.6pt solid #000} .g td{background:#ddd}",
        ZH_LETTERHEAD
        + HEAD_ZH
        + "<table><tr><th>項目</th><th>單位</th><th class=r>收費（港元）</th></tr><tr class=g><td colspan=3>甲、結算</td></tr>"
        + rows("期貨|每張|0.60", "期權|每張|1.15")
        + "<tr class=g><td colspan=3>乙、戶口</td></tr>"
        + rows("開戶|每次|500.00", "年費|每年|1,200.00", "額外報表|每份|20.00")
        + "</table>"
        + END_ZH,
    ),
    Design(
        "long-prose-cells",
        "en",
        "td,th{border:0.6pt solid #000}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th style='width:12%'>Rule</th><th>Present text</th><th>New text</th></tr>"
        + rows(
            "4.1|A Participant shall deliver its margin to the clearing house not later than the time which the clearing house appoints for that day.|A Participant shall deliver its margin to the clearing house within one hour of the call, and in any case before the market closes.",
            "4.2|Cash is accepted in Hong Kong dollars only.|Cash is accepted in Hong Kong dollars, United States dollars and renminbi. A haircut applies to the latter two.",
            "5.7|(not used)|The clearing house may refuse collateral that it cannot value.",
        )
        + "</table>"
        + END,
    ),
    Design(
        "borderless-times-zh",
        "zh-Hant",
        "td,th{padding:4pt 14pt 4pt 0}",
        ZH_LETTERHEAD
        + HEAD_ZH
        + "<table><tr><th>時段</th><th>開市</th><th>收市</th></tr>"
        + rows(
            "開市前時段|上午9時|上午9時30分",
            "早市|上午9時30分|中午12時",
            "延續早市|中午12時|下午1時",
            "午市|下午1時|下午4時",
            "收市競價|下午4時|下午4時10分",
        )
        + "</table>"
        + END_ZH,
    ),
    Design(
        "vertical-only",
        "en",
        "td,th{border-left:0.7pt solid #000;border-right:0.7pt solid #000} table{border-top:0.7pt solid #000;border-bottom:0.7pt solid #000} th{border-bottom:0.7pt solid #000}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th>Month</th><th>Last trading day</th><th>Settlement day</th></tr>"
        + rows(
            "July 2027|29 July 2027|30 July 2027",
            "August 2027|30 August 2027|31 August 2027",
            "September 2027|29 September 2027|30 September 2027",
            "October 2027|28 October 2027|29 October 2027",
        )
        + "</table>"
        + END,
    ),
    Design(
        "bilingual-headings",
        "en",
        "td,th{border:0.6pt solid #000;text-align:center}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th>Item<br>項目</th><th>Date<br>日期</th><th>Remarks<br>備註</th></tr>"
        + rows(
            "Nomination of users<br>提名使用者|5 July 2027<br>2027年7月5日|By e-mail<br>以電郵遞交",
            "Training<br>培訓|12 – 16 July 2027<br>2027年7月12至16日|Two seats each<br>每家兩名",
            "Go-live<br>啟用|2 August 2027<br>2027年8月2日|–",
        )
        + "</table>"
        + END,
    ),
    Design(
        "narrow-wrapped",
        "en",
        "table{width:62%} td:first-child{width:36%} td,th{padding:5pt 8pt 5pt 0} tr{border-bottom:0.4pt solid #aaa}",
        LETTERHEAD
        + HEAD
        + "<table><tr><th>Date</th><th>Step</th></tr>"
        + rows(
            "Thursday, 1 July 2027|The new forms are put on the website of the clearing house",
            "Thursday, 15 July 2027|Deadline for the return of signed forms",
            "Monday, 19 July to Friday, 23 July 2027|Accounts are moved in five groups, one each night",
            "Monday, 26 July 2027|First day of service",
        )
        + "</table>"
        + END,
    ),
)
