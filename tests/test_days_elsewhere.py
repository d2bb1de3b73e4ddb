"""Deadlines whose day, act or bearer another place of the text gives: a defined day, the day named last, the list below or above."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Date: 16 November 2026\n\nSubject: Matters\n\n"
EFFECT = 'The amendments become effective on Monday, 19 July 2027 (the "Effective Date"). '
CASES = [
    (EFFECT + "Members must file a certificate on or before the Effective Date.", ["2027-07-19 by 2027-07-19 None file a certificate"]),
    (EFFECT + "Members may use the old form until the Effective Date.", ["2027-07-19 until 2027-07-19 None use the old form"]),
    (
        EFFECT + "Members should revisit standing orders before the Effective Date.",
        ["2027-07-19 before 2027-07-18 None revisit standing orders"],
    ),
    ("Members must file a certificate on or before the Effective Date.", ["None by None None file a certificate"]),
    (
        "Fees will be debited on 6 July 2027. Members should keep funds by 1:00 p.m. on that day.",
        ["2027-07-06 by 2027-07-06 13:00 keep funds"],
    ),
    (
        "The rules take effect on 3 May 2027. Where a call is made on any business day, the Member must pay it by 4:00 p.m. on that day.",
        ["None by None 16:00 pay it"],
    ),
    ("CPs must confirm the result on the same day, no later than 6 p.m.", ["None by None 18:00 confirm the result"]),
    (
        "A rehearsal is held on 17 January 2027. CPs must confirm the result on the same day, no later than 6 p.m.",
        ["2027-01-17 by 2027-01-17 18:00 confirm the result"],
    ),
    ("CPs must confirm the result on 17 January 2027, no later than 6 p.m.", ["2027-01-17 by 2027-01-17 18:00 confirm the result"]),
    ("CPs must confirm the result on 17 January 2027 before noon.", ["2027-01-17 before 2027-01-17 12:00 confirm the result"]),
    ("From March to May 2027 no fee is charged. Members must apply before that date.", ["None before None None apply"]),
    (
        "Members shall, before 31 January 2028:\n\n(a) appoint an officer;\n\n(b) report.",
        ["2028-01-31 before 2028-01-30 None appoint an officer; report"],
    ),
    (
        "The platform may continue, provided that it has, by 30 November 2027, filed an application.",
        ["2027-11-30 by 2027-11-30 None filed an application"],
    ),
    ("Guarantees maturing on or before 31 December 2027 may run on.", []),
    ("Records for the years up to 31 December 2019 may be destroyed.", []),
    (
        "The authority lapses on 31 December 2027 unless renewed in writing on or before 1 December 2027.",
        ["2027-12-01 by 2027-12-01 None renewed in writing"],
    ),
    (
        "The subscription (HK$1,380 for Fellows, HK$300 for Student Members) falls due on 1 October 2027 and should be paid by cheque.",
        ["2027-10-01 on 2027-10-01 None The subscription (HK$1,380 for Fellows, HK$300 for Student Members)"],
    ),
    (
        "各類參與者的截止日期如下:\n\n(a) 全面結算參與者：2027年9月10日或之前\n\n(b) 託管商參與者：2027年9月17日或之前",
        ["2027-09-10 by 2027-09-10 None None", "2027-09-17 by 2027-09-17 None None"],
    ),
]


@pytest.mark.parametrize(("body", "due"), CASES)
def test_a_deadline_is_told_by_another_place(body: str, due: list[str]) -> None:
    told = parse((HEAD + body + "\n").encode(), Path("x.txt"), Settings()).deadlines
    assert [f"{one.stated} {one.relation} {one.due} {one.time} {one.action}" for one in told] == due


def test_each_class_under_a_line_of_cut_off_dates_has_its_own() -> None:
    body = (
        "The cut-off dates differ from one class of Participants to another:\n\n"
        "   - General Clearing Participants:    by Friday, 10 September 2027\n   - Custodian Participants:    by Friday, 17 September 2027\n"
    )
    told = parse((HEAD + body).encode(), Path("x.txt"), Settings()).deadlines
    assert [(str(one.due), one.bearer, one.modality) for one in told] == [
        ("2027-09-10", ("General Clearing Participants",), "must"),
        ("2027-09-17", ("Custodian Participants",), "must"),
    ]
