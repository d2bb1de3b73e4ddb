"""What the English and the Chinese of one circular say alike in words of their own, and what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.issuers import houses
from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings
from kb.checks import compare

EN = """HKFE Clearing Corporation Limited
CIRCULAR
Subject: Revision of margins
Ref. No.: RMD/HKCC/034/2027
Date: 18 June 2027

Clearing Participants are requested to note that the margins will be revised. Clearing Participants must notify their clients by 21 June 2027.

{said}

Clearing Participants should inform their staff of the above.
"""
ZH = """香港期貨結算有限公司
通告
事項：調整按金
檔號：RMD/HKCC/034/2027
日期：2027年6月18日

結算參與者請注意，有關按金將作出調整。結算參與者須於2027年6月21日或之前通知其客戶。

{said}

結算參與者應將上述事項通知其員工。
"""


def differences(english: str, chinese: str) -> list[str]:
    """`check level` of each finding but notes."""
    left, right = read(EN.format(said=english)), read(ZH.format(said=chinese))
    return [f"{finding.check} {finding.level}" for finding in compare(left, right, houses()).findings if finding.level != "note"]


def read(text: str) -> Expression:
    return parse(text.encode(), Path("a.txt"), Settings())


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "Client margins must be collected at once; otherwise Clearing Participants may close out the positions of the clients.",
            "客戶按金須即時收取；否則結算參與者可將客戶之持倉平倉。",
        ),
        (
            "HKCC may take action under Rule 510 without further notice where a Clearing Participant does not pay.",
            "如結算參與者未有繳款，本公司可根據規則第510條採取行動，毋須另行通知。",
        ),
        (
            "A Clearing Participant which has not tested will not be permitted to trade from 1 July 2027.",
            "未曾測試之結算參與者，將由2027年7月1日起不獲准進行交易。",
        ),
        (
            "Clearing Participants should not open new accounts from 1 July 2027 and should close the old ones.",
            "結算參與者由2027年7月1日起不應開立新戶口，並應結束舊戶口。",
        ),
        ("Trading is suspended on 28 March 2027 (the day following the festival).", "2027年3月28日（復活節翌日）暫停交易。"),
        (
            "The circular issued by HKCC on 25 May 2027 (Ref. No. RMD/MM/2027-029) is superseded.",
            "本公司於2027年5月25日發出之通告（檔號：RMD/MM/2027-029）已被取代。",
        ),
    ],
)
def test_what_both_languages_say_alike_is_no_difference(english: str, chinese: str) -> None:
    assert differences(english, chinese) == []


@pytest.mark.parametrize(
    ("english", "chinese", "finding"),
    [
        (
            "A Clearing Participant which has not tested may be permitted to trade from 1 July 2027.",
            "未曾測試之結算參與者，將由2027年7月1日起不獲准進行交易。",
            "modality error",
        ),
        ("Other Clearing Participants must pay the fee at once.", "結算參與者必須即時繳付費用。", "parties error"),
    ],
)
def test_what_one_language_says_otherwise_is_told(english: str, chinese: str, finding: str) -> None:
    assert finding in differences(english, chinese)
