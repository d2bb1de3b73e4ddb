"""One matter as four circulars, small enough to see every fact, read by the real reader; a test edits one of them."""

from __future__ import annotations

import hashlib
from functools import cache

from ingest import formats, pipeline
from ingest.issuers import houses
from ingest.model import Expression, Source
from kb.checks import compare
from kb.comparison import Comparison

HKSCC_EN = """\
Ref. No.: CD/OES/CCASS/071/2026
Date: 06/07/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: New Sign-in Page for CCASS Terminal

Enquiry: CCASS Hotline : 2979 7341 / E-mail : ccass.demo@hkex.example

Reference is made to our circular dated 1 June 2026 (Reference: CD/OES/CCASS/058/2026).

HKSCC will hold workshops on 21 July 2026 (Tuesday) and 22 July 2026 (Wednesday) from 14:30 to 16:00. CCASS Participants (CPs) must return \
the signed form no later than 5:00 p.m. on 15 July 2026 (Wednesday). CPs should tell the project desk on 2979 7408 if fewer than 12 \
terminals are in use.

CPs may ask for a refund of HK$1,250 before 31 July 2026 (Friday). A surcharge of 2.5% applies to late forms. CPs shall keep \
a copy of the form for the auditors. CPs are charged monthly.

The background is described in circular SFO/IS/041/2026 and at https://signin.posttrade.example/check.

Schedule of events

Date\tEvent\tPlace
13 July 2026\tRegistration of terminals opens\tPortal
15 July 2026\tDeadline for the signed form\tPortal
3 August 2026\tNew sign-in page goes live\tTerminals
10 August 2026\tOld sign-in page is removed\tTerminals

Jocelyn Mak
Head of Participant Services

This circular is issued in English and Chinese. Should the two versions differ, the English version is to be followed.
"""

HKSCC_ZH = """\
編號 Ref. No.: CD/OES/CCASS/071/2026
日期 Date: 06/07/2026

香港中央結算有限公司

通告 CIRCULAR

事項： 中央結算系統終端機的新登入頁面

查詢： 中央結算系統熱線：2979 7341 / 電郵：ccass.demo@hkex.example

茲提述本公司於2026年6月1日發出的通告（編號：CD/OES/CCASS/058/2026）。

香港結算將於2026年7月21日（星期二）及2026年7月22日（星期三）下午2時30分至4時正舉辦工作坊。中央結算系統參與者（「參與者」）必須不遲於\
2026年7月15日（星期三）下午5時正交回已簽署的表格。參與者如使用少於12部終端機，應致電 2979 7408 通知項目支援組。

參與者可於2026年7月31日（星期五）前申請退回1,250港元。逾期交回表格須繳付2.5%的附加費。參與者須保存表格副本供核數師查閱。參與者按月繳費。

有關背景載於通函 SFO/IS/041/2026 及 https://signin.posttrade.example/check 。

時間表

日期\t事項\t地點
2026年7月13日\t開始登記終端機\t專頁
2026年7月15日\t交回已簽署表格的截止日期\t專頁
2026年8月3日\t啟用新登入頁面\t終端機
2026年8月10日\t移除舊登入頁面\t終端機

麥祖怡
參與者服務主管

本通告備有中、英文版本；兩者如有出入，以英文版本為準。
"""

_OWN_WORDS = (
    ("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "THE SEHK OPTIONS CLEARING HOUSE LIMITED"),
    ("CD/OES/CCASS/071/2026", "CD/OES/SEOCH/072/2026"),
    ("CD/OES/CCASS/058/2026", "CD/OES/SEOCH/058/2026"),
    ("2979 7341", "2979 7352"),
    ("ccass.demo", "ccms.demo"),
    ("CCASS Participants (CPs)", "SEOCH Participants (Participants)"),
    ("CPs", "Participants"),
    ("HKSCC", "SEOCH"),
    ("CCASS", "CCMS"),
)


def _as_seoch(text: str) -> str:
    for ours, theirs in _OWN_WORDS:
        text = text.replace(ours, theirs)
    return text


TEXTS = {"HKSCC en": HKSCC_EN, "HKSCC zh": HKSCC_ZH, "SEOCH en": _as_seoch(HKSCC_EN)}


@cache
def told(text: str, name: str = "circular.txt") -> Expression:
    """The expression that the reader makes of a text."""
    data = text.encode()
    document = formats.read(data, name)
    source = Source(path=name, sha256=hashlib.sha256(data).hexdigest(), media_type=document.media_type)
    return pipeline.expression(document, source, houses())


def edited(which: str, *edits: tuple[str, str]) -> Expression:
    """One of the circulars with some of its words replaced; each must have stood there once."""
    text = TEXTS[which]
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return told(text, f"{which.replace(' ', '-').lower()}.txt")


def pair(relation: str, *edits: tuple[str, str], only: tuple[str, ...] = ()) -> Comparison:
    """The pair of this relation, its right side edited."""
    right = {"sibling": "SEOCH en", "translation": "HKSCC zh"}[relation]
    return compare(edited("HKSCC en"), edited(right, *edits), houses(), only)
