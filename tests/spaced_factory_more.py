"""More tables set out with spaces, drawn after the first ones had been mended and read once before anything else was."""

from __future__ import annotations

from spaced_factory import Way, made, rows

HALF_DAYS = rows("""
Date | Morning session | Afternoon session | After-hours session
24 December 2027 (Friday) | Open | Closed | Closed
27 December 2027 (Monday) | Closed | Closed | Closed
31 December 2027 (Friday) | Open | Closed | Closed
""")
MARGIN = rows("""
Contract | Clearing House Margin (HK$) | Client Margin (HK$) | With effect from
Harbour Index Futures | 98,500 | 123,125 | 6 May 2027
Mini Harbour Index Futures | 19,700 | 24,625 | 6 May 2027
Volatility Index Futures | 42,000 | 52,500 | 10 May 2027
""")
TESTS = rows("""
Session | Date and time | Who should take part
1 | 8 May 2027 10:00 – 12:00 | Participants who have not yet installed the new release
2 | 15 May 2027 14:00 – 16:30 | All participants and their vendors
3 | 22 May 2027 10:00 – 11:00 | Those who failed once
""")
CUTOFFS = rows("""
Instruction | Cut-off time | Late instructions
Delivery of stock | 3:45 p.m. | Held for the next day
Money settlement in renminbi | 11:30 a.m. | Refused
Money settlement in Hong Kong dollars, through the bank of the participant | 5:00 p.m. | Held for the next day
Change of standing instructions | 12:00 noon | Refused
""")
DIVIDENDS = rows("""
Stock Code | Company | Book close | Payment date | Amount
00101 | Harbour Lands | 3 – 7 May 2027 | 28 May 2027 | HK$0.52
02202 | Pier and Dock Company | 10 – 12 May 2027 | 4 June 2027 | RMB0.08
09909 | Northern Ferry Holdings | 17 – 19 May 2027 | 18 June 2027 | US$0.01
""")
ENQUIRIES = rows("""
Subject | Contact person | Hotline
Membership and forms | Ms. Joan Lau | 2979 7421
Clearing of options in the night session | Mr. Simon Hui | 2979 7422
Billing | Ms. Grace Ma | 2979 7423
""")
LIMITS = rows("""
Series | Position limit | Reporting level
All months together | 10,000 | 500
Spot month during the five days before expiry | 5,000 | 250
Any other month | 8,000 | 400
Total | 23,000 | 1,150
""")
QUARTERS = rows("""
Quarter | Statement sent | Payment due
Q1 2027 | 9 April 2027 | 30 April 2027
Q2 2027 | 9 July 2027 | 30 July 2027
Q3 2027 | 8 October 2027 | 29 October 2027
Q4 2027 | 7 January 2028 | 28 January 2028
""")
CHANGES = rows("""
Item | Until 30 June 2027 | From 1 July 2027
Minimum fee | HK$200 | HK$250
Fee for a report that is sent by courier | HK$80 | HK$95
Deposit | HK$5,000 | HK$5,000
""")
MILESTONES = rows("""
Timing | Milestone
Late April 2027 | Technical papers are published
May – June 2027 | Participants develop and test their own systems against the simulator
4 July 2027 | First mock
18 July 2027 | Second mock, with failover to the second site
Q4 2027 | Launch, subject to approval
""")
BENCHES = rows("""
Room | Seats | Opening hours
A1 | 12 | 9:00 a.m. to 6:00 p.m.
B22 | 8 | 9:00 a.m. to 1:00 p.m.
C3 (with screens for two operators) | 4 | By appointment
""")
STEPS = rows("""
Step | Action | By whom | By when
1 | Log in with the present password | User | 3 May 2027
2 | Choose “New token” and type the number on the back | User | 7 May 2027
3 | Approve the request | Delegated administrator | 14 May 2027
""")
HALF_DAYS_ZH = rows("""
日期 | 早市 | 午市 | 收市後交易時段
2027年12月24日（星期五） | 開市 | 休市 | 休市
2027年12月27日（星期一） | 休市 | 休市 | 休市
2027年12月31日（星期五） | 開市 | 休市 | 休市
""")
MARGIN_ZH = rows("""
合約 | 結算所按金（港元） | 客戶按金（港元） | 生效日期
海港指數期貨 | 98,500 | 123,125 | 2027年5月6日
小型海港指數期貨 | 19,700 | 24,625 | 2027年5月6日
波幅指數期貨 | 42,000 | 52,500 | 2027年5月10日
""")
CUTOFFS_ZH = rows("""
指示 | 截止時間 | 逾時指示
交付股份 | 下午3時45分 | 留待翌日處理
人民幣款項交收 | 上午11時30分 | 不獲接納
經參與者銀行進行的港元款項交收 | 下午5時 | 留待翌日處理
更改常設指示 | 中午12時 | 不獲接納
""")
DIVIDENDS_ZH = rows("""
股份代號 | 公司 | 截止過戶日期 | 派息日 | 金額
00101 | 海港置地 | 2027年5月3日至7日 | 2027年5月28日 | 0.52港元
02202 | 碼頭及船塢公司 | 2027年5月10日至12日 | 2027年6月4日 | 0.08元
09909 | 北渡輪控股 | 2027年5月17日至19日 | 2027年6月18日 | 0.01元
""")
ENQUIRIES_ZH = rows("""
查詢事項 | 聯絡人 | 熱線
會籍及表格 | 劉小姐 | 2979 7421
夜市期權結算及按金追收安排 | 許先生 | 2979 7422
帳單 | 馬小姐 | 2979 7423
""")
CHANGES_ZH = rows("""
項目 | 截至2027年6月30日 | 由2027年7月1日起
最低收費 | 200港元 | 250港元
以速遞寄送報表的收費 | 80港元 | 95港元
按金 | 5,000港元 | 5,000港元
""")
MILESTONES_ZH = rows("""
暫定時間 | 里程碑
2027年4月下旬 | 公布技術文件
2027年5月至6月 | 參與者以模擬器開發及測試其系統，並向結算所報告進度
2027年7月4日 | 首次演習
2027年7月18日 | 第二次演習，包括切換至後備中心
""")
STEPS_ZH = rows("""
步驟 | 行動 | 負責人 | 期限
1 | 以現有密碼登入 | 使用者 | 2027年5月3日
2 | 選擇「新編碼器」並輸入背面的號碼 | 使用者 | 2027年5月7日
3 | 批准要求 | 獲授權管理人 | 2027年5月14日
""")

MORE = (
    made("half-days", "Half days", HALF_DAYS, Way((17, 10, 10, 12))),
    made("half-days-ruled", "Half days", HALF_DAYS, Way((26, 16, 18, 20), rules="lines", gap=2)),
    made("margin", "Margin", MARGIN, Way((18, 15, 15, 12), right=(1, 2))),
    made("margin-low", "Margin", MARGIN, Way((18, 15, 15, 12), right=(1, 2), low=True, gap=2)),
    made("tests", "Tests", TESTS, Way((8, 14, 26))),
    made("tests-apart", "Tests", TESTS, Way((8, 14, 26), apart=True, gap=4)),
    made("cut-offs", "Cut-off times", CUTOFFS, Way((22, 13, 14))),
    made("cut-offs-tabs", "Cut-off times", CUTOFFS, Way((30, 13, 22), tabs=True)),
    made("dividends", "Dividends", DIVIDENDS, Way((6, 14, 16, 13, 8), right=(4,), gap=2)),
    made("dividends-bars", "Dividends", DIVIDENDS, Way((10, 14, 16, 13, 8), right=(4,), rules="bars")),
    made("enquiries", "Enquiries", ENQUIRIES, Way((20, 16, 10), indent=3), caption="Contact list"),
    made("limits", "Limits", LIMITS, Way((20, 14, 15), right=(1, 2), rules="head")),
    made("quarters", "Billing", QUARTERS, Way((9, 16, 16))),
    made("changes", "Fees", CHANGES, Way((18, 18, 16), right=(1, 2))),
    made("changes-grid", "Fees", CHANGES, Way((16, 12, 12), right=(1, 2), rules="grid")),
    made("milestones", "Milestones", MILESTONES, Way((16, 30))),
    made("milestones-page", "Milestones", MILESTONES, Way((16, 26), page=2, again=True)),
    made("rooms", "Test rooms", BENCHES, Way((18, 6, 24))),
    made("steps", "New tokens", STEPS, Way((5, 24, 14, 12))),
    made("steps-simple", "New tokens", STEPS, Way((5, 20, 13, 12), rules="simple", gap=1)),
    made("half-days-zh", "半日市", HALF_DAYS_ZH, Way((14, 8, 8, 14))),
    made("half-days-box-zh", "半日市", HALF_DAYS_ZH, Way((14, 8, 8, 14), rules="box")),
    made("margin-zh", "按金", MARGIN_ZH, Way((12, 12, 12, 14), right=(1, 2))),
    made("margin-counted-zh", "按金", MARGIN_ZH, Way((20, 18, 18, 15), counted=True)),
    made("cut-offs-zh", "截止時間", CUTOFFS_ZH, Way((16, 14, 14))),
    made("cut-offs-wide-zh", "截止時間", CUTOFFS_ZH, Way((16, 14, 14), wide=True, gap=2)),
    made("dividends-zh", "股息", DIVIDENDS_ZH, Way((8, 10, 14, 15, 8), right=(4,), gap=2)),
    made("enquiries-zh", "查詢", ENQUIRIES_ZH, Way((16, 8, 10))),
    made("changes-zh", "收費", CHANGES_ZH, Way((14, 12, 12), right=(1, 2))),
    made("milestones-zh", "里程碑", MILESTONES_ZH, Way((14, 24), apart=True)),
    made("milestones-tabs-zh", "里程碑", MILESTONES_ZH, Way((16, 28), tabs=True)),
    made("steps-zh", "新編碼器", STEPS_ZH, Way((4, 18, 8, 14))),
)
