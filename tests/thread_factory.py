"""One matter as it goes on: a circular, its correction, a reminder, the other language and the sibling; small files written for this."""

from __future__ import annotations

from pathlib import Path

from pair_factory import told
from sqlite_utils import Database

from ingest.issuers import houses
from ingest.settings import settings
from kb import intake, store

FIRST = """\
Ref. No.: CD/OES/CCASS/071/2026
Date: 06/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: New Sign-in Page for CCASS Terminal

Enquiry: CCASS Hotline : 2979 7341 / E-mail : ccass.demo@hkex.example

Designated Banks must return the signed form no later than 5:00 p.m. on 15 July 2026 (Wednesday). CPs should complete the connection test \
by 31 August 2026.

Schedule of events

Date\tEvent
15 July 2026\tDeadline for the signed form
Late August 2026 - September 2026\tNew sign-in page goes live
"""

CHINESE = """\
編號 Ref. No.: CD/OES/CCASS/071/2026
日期 Date: 06/07/2026

香港中央結算有限公司

通告 CIRCULAR

事項： 中央結算系統終端機的新登入頁面

查詢： 中央結算系統熱線：2979 7341 / 電郵：ccass.demo@hkex.example

指定銀行必須不遲於2026年7月15日（星期三）下午5時正交回已簽署的表格。

時間表

日期\t事項
2026年7月15日\t交回已簽署表格的截止日期
2026年8月下旬至9月\t啟用新登入頁面
"""

CORRECTION = """\
Ref. No.: CD/OES/CCASS/075/2026
Date: 09/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Correction – New Sign-in Page

Further to our circular of 6 July 2026 (Reference: CD/OES/CCASS/071/2026), the last day is moved from 15 July 2026. Designated Banks must now \
return the signed form no later than 5:00 p.m. on 17 July 2026 (Friday).

Schedule of events

Date\tEvent
17 July 2026\tDeadline for the signed form
14 September 2026\tNew sign-in page goes live
"""

REMINDER = """\
Ref. No.: CD/OES/CCASS/076/2026
Date: 14/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Reminder – New Sign-in Page

Designated Banks are reminded, as told in circular CD/OES/CCASS/075/2026, that they must return the signed form by 17 July 2026. Reference is \
also made to circular CD/OES/CCASS/060/2026.
"""

WITHDRAWAL = """\
Ref. No.: CD/OES/CCASS/080/2026
Date: 15/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Withdrawal of circular

Circular CD/OES/CCASS/071/2026 is withdrawn with immediate effect.
"""

SIBLING = (
    FIRST.replace("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "THE SEHK OPTIONS CLEARING HOUSE LIMITED")
    .replace("CCASS/071", "SEOCH/072")
    .replace("CCASS", "CCMS")
    .replace("ccass", "ccms")
    .replace("2979 7341", "2979 7352")
)

TEXTS = {"first": FIRST, "zh": CHINESE, "correction": CORRECTION, "reminder": REMINDER, "sibling": SIBLING}


def added(db: Database, folder: Path, *names: str, **texts: str) -> None:
    """Add these circulars as files, one addition for each, in this order; `texts` are others by their names."""
    for name, text in {**{name: TEXTS[name] for name in names}, **texts}.items():
        path = folder / f"{name}.txt"
        path.write_text(text, "utf-8")
        intake.add(db, [path], houses(), intake.reader(settings()))


def kept(db: Database, **texts: str) -> None:
    """Keep what these texts say, one addition for each, in this order; they are read here, and not in a process of their own."""
    for name, text in texts.items():
        intake.relate(db, store.add(db, [told(text, f"{name}.txt")]), houses())
