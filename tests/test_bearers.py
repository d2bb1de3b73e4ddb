"""Who bears a duty: all of a list, and not those who are excepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Duties\n\n"


@pytest.mark.parametrize(
    ("sentence", "bearer"),
    [
        ("CPs, EPs and DCPs must reply by 5 May 2027.", "CPs, EPs, DCPs"),
        ("CPs, EPs, and DCPs must reply by 5 May 2027.", "CPs, EPs, DCPs"),
        (
            "Clearing Participants, Exchange Participants and Direct Clearing Participants must reply by 5 May 2027.",
            "Clearing Participants, Exchange Participants, Direct Clearing Participants",
        ),
        ("EPs may ask, and CPs, EPs and DCPs must reply by 5 May 2027.", "CPs, EPs, DCPs"),
        ("The form must be submitted by CPs, EPs and DCPs by 5 May 2027.", "CPs, EPs, DCPs"),
        ("結算參與者、交易所參與者及託管商參與者須於2027年5月7日前提交。", "結算參與者, 交易所參與者, 託管商參與者"),
        # A comma that ends a clause still does.
        ("For CPs, EPs and DCPs must reply by 5 May 2027.", "EPs, DCPs"),
        ("If a CP fails, EPs and DCPs must reply by 5 May 2027.", "EPs, DCPs"),
        ("In case of default by a bank, CPs and EPs must reply by 5 May 2027.", "CPs, EPs"),
        # Those who are excepted.
        ("CPs, excluding EPs, must reply by 5 May 2027.", "CPs"),
        ("CPs (other than EPs and DCPs) must reply by 5 May 2027.", "CPs"),
        ("CPs other than EPs must reply by 5 May 2027.", "CPs"),
        ("CPs and EPs, except DCPs, must reply by 5 May 2027.", "CPs, EPs"),
        ("Except for EPs, all CPs must reply by 5 May 2027.", "CPs"),
        ("結算參與者（不包括託管商參與者）須於2027年5月7日前提交。", "結算參與者"),
        ("結算參與者，不包括託管商參與者，須於2027年5月7日前提交。", "結算參與者"),
        ("結算參與者（GCP除外）須於2027年5月7日前提交。", "結算參與者"),
        ("所有參與者（投資者戶口持有人除外）須於2027年5月7日前提交。", "參與者"),
        ("託管商參與者以外的結算參與者須於2027年5月7日前提交。", "結算參與者"),
        ("除託管商參與者外，結算參與者須於2027年5月7日前提交。", "結算參與者"),
        ("除另有規定外，結算參與者須於2027年5月7日前提交。", "結算參與者"),
        # A bracket that includes.
        ("CPs (including EPs) must reply by 5 May 2027.", "CPs, EPs"),
        ("結算參與者（包括託管商參與者）須於2027年5月7日前提交。", "結算參與者, 託管商參與者"),
        # An aside that names some of them, or others, ends no clause.
        ("Licensed corporations, in particular their Responsible Officers, must reply by 5 May 2027.", "Licensed corporations"),
        ("Licensed corporations, especially those with clients abroad, must reply by 5 May 2027.", "Licensed corporations"),
        ("Senior management, including Managers-In-Charge, bear responsibility and must reply by 5 May 2027.", "Senior management"),
        ("For Members, in particular new ones, the Exchange is the contact, and CPs must reply by 5 May 2027.", "CPs"),
    ],
)
def test_a_deadline_and_its_duty_name_those_who_are_bound(sentence: str, bearer: str) -> None:
    found = parse((HEAD + sentence).encode(), Path("a.txt"), Settings())
    assert [", ".join(item.bearer) for item in found.deadlines] == [bearer]
    assert {", ".join(item.bearer) for item in found.duties if item.modality == "must"} == {bearer}


@pytest.mark.parametrize("subject", ["董事證明書", "參與者申報表", "參與者的回條", "會員報告書"])
def test_a_paper_that_bears_the_name_of_a_party_binds_nobody(subject: str) -> None:
    text = f"日期：2026年11月16日\n\n事項：周年文件\n\n{subject}必須不遲於2027年5月5日送交本局。\n"
    assert [due.bearer for due in parse(text.encode(), Path("x.txt"), Settings()).deadlines] == [()]


@pytest.mark.parametrize(
    ("sentence", "bearers"),
    [
        ("EPs are reminded that failure to comply with Rule 409 may result in disciplinary action.", []),
        ("Participants are reminded that any breach of the Rules shall be dealt with under Chapter 7.", [()]),
        ("Participants are reminded that any breach of the Rules must be reported to us.", [("Participants",)]),
    ],
)
def test_what_follows_from_a_fault_is_no_duty_of_those_who_are_reminded_of_it(sentence: str, bearers: list[tuple[str, ...]]) -> None:
    assert [duty.bearer for duty in parse((HEAD + sentence).encode(), Path("a.txt"), Settings()).duties] == bearers
