"""English as clearing houses and regulators write it: sentences and whole circulars that no rule was written from.

Every expectation comes from the contract; days and weekdays are those of the real calendar. Each sentence is read under the
header of a circular of 3 August 2026 (a Monday).
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.model import DateMention, Deadline, Expression
from ingest.pipeline import read

HEAD = """Ref. No.: CD/OPS/CCASS/118/2026
Date: 03/08/2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Arrangements for Clearing Participants

Enquiry: CCASS Hotline 2979 7111

"""


class Due(NamedTuple):
    """What a sentence asks: the quote, what it means, and who must do what."""

    quote: str
    relation: str
    stated: str | None
    due: str | None
    bearer: str = ""
    action: str | None = None
    modality: str = "must"
    time: str | None = None


def read_text(folder: Path, text: str, suffix: str = ".txt") -> Expression:
    path = folder / f"circular{suffix}"
    path.write_text(text, "utf-8")
    return read(path)


def interval(mention: DateMention) -> str:
    """`quote = start[/end]` and the flags that are set."""
    start, end = mention.start or "", mention.end or ""
    clock = f" {mention.time or ''}{'-' + mention.end_time if mention.end_time else ''}" if mention.time or mention.end_time else ""
    flags = "".join(
        [
            f" {mention.approx}" if mention.approx else "",
            " relative" if mention.relative else "",
            " inferred" if mention.year_inferred and not mention.relative else "",
            " WEEKDAY" if mention.weekday_ok is False else "",
        ]
    )
    return f"{mention.quote} = {start if start == end else f'{start}/{end}'}{clock}{flags}"


def duty(deadline: Deadline) -> Due:
    def day(value: object) -> str | None:
        return str(value) if value else None

    return Due(
        quote=deadline.quote,
        relation=deadline.relation,
        stated=day(deadline.stated),
        due=day(deadline.due),
        bearer=", ".join(deadline.bearer),
        action=deadline.action,
        modality=deadline.modality,
        time=deadline.time,
    )


def body(expression: Expression) -> list[DateMention]:
    """The dates after the header."""
    return [m for m in expression.dates if m.span[0] > expression.text.find("Hotline")]


DATES: list[tuple[str, list[str]]] = [
    (
        "Contracts for the delivery months of Nov, Dec 2026, Mar & Jun 2027 will be listed.",
        [
            "Nov = 2026-11-01/2026-11-30",
            "Dec 2026 = 2026-12-01/2026-12-31",
            "Mar = 2027-03-01/2027-03-31",
            "Jun 2027 = 2027-06-01/2027-06-30",
        ],
    ),
    ("User acceptance tests will be arranged in April and May 2027.", ["April and May 2027 = 2027-04-01/2027-05-31"]),
    (
        "The expiry months available are Feb 27, Mar 27 and Jun 27.",
        ["Feb 27 = 2027-02-01/2027-02-28", "Mar 27 = 2027-03-01/2027-03-31", "Jun 27 = 2027-06-01/2027-06-30"],
    ),
    (
        "No physical scrip counter service is offered on 30 April, 4 and 5 May 2027.",
        ["30 April = 2027-04-30", "4 = 2027-05-04", "5 May 2027 = 2027-05-05"],
    ),
    (
        "The counters close on 25 to 26 December 2026 and 1 January 2027 respectively.",
        ["25 to 26 December 2026 = 2026-12-25/2026-12-26", "1 January 2027 = 2027-01-01"],
    ),
    (
        "Rehearsals take place on Saturdays, 5, 12 and 19 September 2026.",
        ["5 = 2026-09-05", "12 = 2026-09-12", "19 September 2026 = 2026-09-19"],
    ),
    ("Connectivity tests run from 14 September to 9 October 2026.", ["14 September to 9 October 2026 = 2026-09-14/2026-10-09"]),
    (
        "The service is suspended between 28 December 2026 and 4 January 2027, both dates inclusive.",
        ["28 December 2026 and 4 January 2027 = 2026-12-28/2027-01-04"],
    ),
    ("The new haircut rates apply with effect from Monday, 7 September 2026.", ["Monday, 7 September 2026 = 2026-09-07/"]),
    ("The revised fee schedule becomes effective on Thursday, October 15, 2026.", ["Thursday, October 15, 2026 = 2026-10-15"]),
    ("The 1st of September, 2026 is a trading day.", ["1st of September, 2026 = 2026-09-01"]),
    (
        "A briefing was held on 22nd July 2026 and another on the 23rd July 2026.",
        ["22nd July 2026 = 2026-07-22", "23rd July 2026 = 2026-07-23"],
    ),
    ("Please note that Friday, 16 September 2026 is a normal business day.", ["Friday, 16 September 2026 = 2026-09-16 WEEKDAY"]),
    ("The migration weekend is 24/25 October 2026.", ["24 = 2026-10-24", "25 October 2026 = 2026-10-25"]),
    (
        "Phase 2 will be launched in mid-November 2026, and Phase 3 by the end of the first quarter of 2027.",
        ["mid-November 2026 = 2026-11-11/2026-11-20 mid", "the first quarter of 2027 = 2027-01-01/2027-03-31"],
    ),
    (
        "Results will be announced in late October or early November 2026.",
        ["late October = 2026-10-21/2026-10-31 late", "early November 2026 = 2026-11-01/2026-11-10 early"],
    ),
    ("The trial lasts until end of March 2027.", ["end of March 2027 = /2027-03-31 late"]),
    ("Applications opened on 15 June this year.", ["15 June this year = 2026-06-15 inferred"]),
    ("The third Wednesday of June 2027 is the last trading day.", ["third Wednesday of June 2027 = 2027-06-16"]),
    ("The contract (code 2018) settles on T+2 under Rule 20.12, Section 4.7 and version 3.11.", []),
    ("Details are set out in Chapter 12 of the User Guide v2.5 dated 09-10-2026.", ["09-10-2026 = 2026-10-09"]),
    ("The tariff of HK$12.05 and the limit of 1,200 lots for 2026/27 are unchanged.", []),
    (
        "Shares in Orchid Peak Ltd (stock code: 2026) are suspended from 9:00 a.m. on 12 August 2026 (Wednesday).",
        ["12 August 2026 (Wednesday) = 2026-08-12/ 09:00"],
    ),
    (
        "The system will be closed from 6:30 p.m. on 9 October 2026 (Friday) to 7:00 a.m. on 12 October 2026 (Monday).",
        ["9 October 2026 (Friday) = 2026-10-09 18:30", "12 October 2026 (Monday) = 2026-10-12 07:00"],
    ),
    (
        "Half-day trading applies on 24 Dec 2026 (Thu) and 31 Dec 2026 (Thu).",
        ["24 Dec 2026 (Thu) = 2026-12-24", "31 Dec 2026 (Thu) = 2026-12-31"],
    ),
    ("Record dates fall on 2026-09-30 and 2026.10.15.", ["2026-09-30 = 2026-09-30", "2026.10.15 = 2026-10-15"]),
    ("A second drill is planned for 31 November 2026.", []),
    ("The arrangement published on5 May2026 continues to apply.", ["5 May2026 = 2026-05-05"]),
    (
        "As announced on 20 July, the drill on 12 Sep and the drill on 9 Jan 2027 are open to all.",
        ["20 July = 2026-07-20 inferred", "12 Sep = 2026-09-12 inferred", "9 Jan 2027 = 2027-01-09"],
    ),
    (
        "We refer to our letter of 17 July 2026; the Authority issued a further letter on the same day.",
        ["17 July 2026 = 2026-07-17", "the same day = 2026-07-17 relative"],
    ),
    (
        "The Board approved the amendments today and they take effect tomorrow.",
        ["today = 2026-08-03 relative", "tomorrow = 2026-08-04 relative"],
    ),
    (
        "Interest accrues from and including 1 October 2026 up to but excluding 31 December 2026.",
        ["1 October 2026 = 2026-10-01/", "31 December 2026 = 2026-12-31"],
    ),
    ("The waiver is valid through 30 June 2027.", ["30 June 2027 = /2027-06-30"]),
    ("Stamp duty was lowered as from 17 November 2023.", ["17 November 2023 = 2023-11-17/"]),
    (
        "The holiday schedule covers January to March 2027 and the fourth quarter of 2027.",
        ["January to March 2027 = 2027-01-01/2027-03-31", "the fourth quarter of 2027 = 2027-10-01/2027-12-31"],
    ),
    ("The window opens in the first half of 2027 and closes early next year.", ["the first half of 2027 = 2027-01-01/2027-06-30"]),
    (
        "Since 2 January 2025, and again on 7 April 2025, the limits were raised.",
        ["2 January 2025 = 2025-01-02/", "7 April 2025 = 2025-04-07"],
    ),
    (
        "Sessions: Mon 7 Sep, Tue 8 Sep and Wed 9 Sep 2026.",
        ["Mon 7 Sep = 2026-09-07", "Tue 8 Sep = 2026-09-08", "Wed 9 Sep 2026 = 2026-09-09"],
    ),
    ("Amounts as at close of business on Sept. 30, 2026 are used.", ["Sept. 30, 2026 = 2026-09-30"]),
    (
        "The months May, June and July 2027 each have their own limit.",
        ["May = 2027-05-01/2027-05-31", "June = 2027-06-01/2027-06-30", "July 2027 = 2027-07-01/2027-07-31"],
    ),
    ("Trading hours on 24, 28-31 December 2026 are unchanged.", ["24 = 2026-12-24", "28-31 December 2026 = 2026-12-28/2026-12-31"]),
    ("The attestation was signed on 31 Jul 26 and on 3 Jun 26.", ["31 Jul 26 = 2026-07-31", "3 Jun 26 = 2026-06-03"]),
    ("The meeting takes place on Wednesday, the 26th day of August, 2026.", ["Wednesday, the 26th day of August, 2026 = 2026-08-26"]),
    (
        "Under Article 5, 3 May is a holiday, and under Rules 2 and 3 May 2027 is mentioned.",
        ["3 May = 2027-05-03 inferred", "3 May 2027 = 2027-05-03"],
    ),
    ("CPs may march their systems to the new release; this may be done at any time.", []),
]

TIMES: list[tuple[str, list[str]]] = [
    ("Input closes at 5.30 pm and reports are ready from 19:00 to 20:30.", ["5.30 pm = 17:30", "19:00 to 20:30 = 19:00-20:30"]),
    (
        "The hotline is staffed from 8:30 a.m. to 12:30 p.m. and 1:30 - 6:00 p.m.",
        ["8:30 a.m. to 12:30 p.m. = 08:30-12:30", "1:30 - 6:00 p.m. = 13:30-18:00"],
    ),
    ("Files are accepted until 12:00 midnight; the batch starts at 0:15 am.", ["12:00 midnight = 24:00", "0:15 am = 00:15"]),
    ("The after-hours session runs from 5:15 pm to 3 am.", ["5:15 pm to 3 am = 17:15-03:00"]),
    ("Money settlement takes place around noon and at 1630 hours.", ["noon = 12:00", "1630 hours = 16:30"]),
    ("The ratio is 1:10, the haircut 12.30% and the price HK$9.15.", []),
    ("The call is made at 11 a.m., 2 p.m. and 4 p.m.", ["11 a.m. = 11:00", "2 p.m. = 14:00", "4 p.m. = 16:00"]),
]

DEADLINES: list[tuple[str, list[Due]]] = [
    (
        "CPs must submit the declaration form by 30 September 2026 and confirm their contact persons by 15 October 2026.",
        [
            Due("by 30 September 2026", "by", "2026-09-30", "2026-09-30", "CPs", "submit the declaration form"),
            Due("by 15 October 2026", "by", "2026-10-15", "2026-10-15", "CPs", "confirm their contact persons"),
        ],
    ),
    (
        (
            "Clearing Participants are required to:\n\n(a) submit the enrolment form on or before 11 September 2026 (Friday);\n\n"
            "(b) complete the connectivity test no later than 5:00 p.m. on 25 September 2026 (Friday); and\n\n"
            "(c) return the signed declaration before 12 October 2026."
        ),
        [
            Due(
                "on or before 11 September 2026 (Friday)",
                "by",
                "2026-09-11",
                "2026-09-11",
                "Clearing Participants",
                "submit the enrolment form",
            ),
            Due(
                "no later than 5:00 p.m. on 25 September 2026 (Friday)",
                "by",
                "2026-09-25",
                "2026-09-25",
                "Clearing Participants",
                "complete the connectivity test",
                time="17:00",
            ),
            Due("before 12 October 2026", "before", "2026-10-12", "2026-10-11", "Clearing Participants", "return the signed declaration"),
        ],
    ),
    (
        "Participants are reminded of the following:\n\n• Return the reply slip by 14 August 2026.\n\n• Nominate two users before 21 August 2026.",
        [
            Due("by 14 August 2026", "by", "2026-08-14", "2026-08-14", "Participants", "Return the reply slip"),
            Due("before 21 August 2026", "before", "2026-08-21", "2026-08-20", "Participants", "Nominate two users"),
        ],
    ),
    (
        "The completed forms should be returned to HKSCC by CPs not later than 28 August 2026.",
        [Due("not later than 28 August 2026", "by", "2026-08-28", "2026-08-28", "CPs", "returned to HKSCC", "should")],
    ),
    (
        "Applications must be received by the Exchange by 12:00 noon on Wednesday, 26 August 2026.",
        [Due("by 12:00 noon on Wednesday, 26 August 2026", "by", "2026-08-26", "2026-08-26", "", "received by the Exchange", time="12:00")],
    ),
    (
        "CPs which have not yet registered, must do so on or before 31 August 2026.",
        [Due("on or before 31 August 2026", "by", "2026-08-31", "2026-08-31", "CPs", "do so")],
    ),
    (
        "Broker Participants that wish to join the pilot should send an email to HKSCC by 7 September 2026.",
        [Due("by 7 September 2026", "by", "2026-09-07", "2026-09-07", "Broker Participants", "send an email to HKSCC", "should")],
    ),
    (
        "It is recommended that CPs complete the upgrade before 1 December 2026.",
        [Due("before 1 December 2026", "before", "2026-12-01", "2026-11-30", "CPs", "complete the upgrade", "should")],
    ),
    (
        "You are requested to complete the survey by 18 September 2026.",
        [Due("by 18 September 2026", "by", "2026-09-18", "2026-09-18", "", "complete the survey", "should")],
    ),
    (
        "Licensed corporations must file the return within 5 working days after the end of each calendar month.",
        [
            Due(
                "within 5 working days after the end of each calendar month",
                "within",
                None,
                None,
                "Licensed corporations",
                "file the return",
            )
        ],
    ),
    (
        "Authorized institutions should reply within 14 days of the date of this circular.",
        [Due("within 14 days of the date of this circular", "within", None, "2026-08-17", "Authorized institutions", "reply", "should")],
    ),
    (
        "Insurers shall notify the IA at least 7 business days before 30 September 2026.",
        [
            Due(
                "at least 7 business days before 30 September 2026",
                "at-least-before",
                "2026-09-30",
                "2026-09-21",
                "Insurers",
                "notify the IA",
            )
        ],
    ),
    (
        "Exchange Participants must apply at least three clear business days prior to 2 November 2026.",
        [
            Due(
                "at least three clear business days prior to 2 November 2026",
                "at-least-before",
                "2026-11-02",
                "2026-10-27",
                "Exchange Participants",
                "apply",
            )
        ],
    ),
    (
        "CPs may withdraw their instructions until 4:00 p.m. on 10 September 2026.",
        [
            Due(
                "until 4:00 p.m. on 10 September 2026",
                "until",
                "2026-09-10",
                "2026-09-10",
                "CPs",
                "withdraw their instructions",
                "may",
                "16:00",
            )
        ],
    ),
    (
        "The deadline for submission of the self-assessment is 16 October 2026.",
        [
            Due(
                "deadline for submission of the self-assessment is 16 October 2026",
                "on",
                "2026-10-16",
                "2026-10-16",
                "",
                "submission of the self-assessment",
            )
        ],
    ),
    (
        "The closing date for applications is 5:00 p.m. on Friday, 23 October 2026.",
        [
            Due(
                "closing date for applications is 5:00 p.m. on Friday, 23 October 2026",
                "on",
                "2026-10-23",
                "2026-10-23",
                "",
                "applications",
                time="17:00",
            )
        ],
    ),
    (
        "Please return the attached form to us by fax on or before 20 August 2026.",
        [Due("on or before 20 August 2026", "by", "2026-08-20", "2026-08-20", "", "return the attached form to us by fax")],
    ),
    (
        "By 30 November 2026, all trustees must have migrated their accounts.",
        [Due("By 30 November 2026", "by", "2026-11-30", "2026-11-30", "trustees", "have migrated their accounts")],
    ),
    (
        "No later than 2 October 2026, each Participant shall appoint an emergency contact.",
        [Due("No later than 2 October 2026", "by", "2026-10-02", "2026-10-02", "Participant", "appoint an emergency contact")],
    ),
    (
        "Participants must not dispose of the records before 31 December 2027.",
        [],
    ),
    ("Applications will be accepted not earlier than 1 September 2026.", []),
    ("The Exchange received 12 late returns by 30 June 2026, and three firms had missed the date of 15 July 2026.", []),
    (
        "CPs must deposit the margin by 11:00 a.m. on each business day.",
        [Due("by 11:00 a.m. on each business day", "by", None, None, "CPs", "deposit the margin", time="11:00")],
    ),
    (
        "CPs intending to participate are advised to enrol by end of September 2026.",
        [Due("by end of September 2026", "by", "2026-09-30", "2026-09-30", "CPs", "enrol", "should")],
    ),
    (
        (
            "Clearing Participants (“CPs”) and their settlement banks must test the link between 7 and 18 September 2026 and "
            "report the results latest by 22 September 2026."
        ),
        [
            Due(
                "latest by 22 September 2026",
                "by",
                "2026-09-22",
                "2026-09-22",
                "CPs, settlement banks",
                "test the link between 7 and 18 September 2026 and report the results",
            )
        ],
    ),
    (
        "Firms have until 30 October 2026 to respond to the consultation.",
        [Due("until 30 October 2026", "until", "2026-10-30", "2026-10-30", "Firms", "respond to the consultation", "may")],
    ),
    (
        "Comments should reach the SFC no later than 9 November 2026.",
        [Due("no later than 9 November 2026", "by", "2026-11-09", "2026-11-09", "", "reach the SFC", "should")],
    ),
    (
        "Written submissions are invited by 27 November 2026.",
        [Due("by 27 November 2026", "by", "2026-11-27", "2026-11-27", "", "Written submissions", "may")],
    ),
    (
        "CPs are reminded to update their records within two weeks from 17 August 2026.",
        [Due("within two weeks from 17 August 2026", "within", "2026-08-17", "2026-08-31", "CPs", "update their records")],
    ),
    (
        "An insurer shall inform the Authority in writing within one month after 31 August 2026.",
        [Due("within one month after 31 August 2026", "within", "2026-08-31", "2026-09-30", "insurer", "inform the Authority in writing")],
    ),
    (
        "Trustees must respond within 3 business days after receipt of this letter.",
        [Due("within 3 business days after receipt of this letter", "within", None, None, "Trustees", "respond")],
    ),
    (
        "Except for those listed in the Annex, CPs must, on or before 4 September 2026, complete the form set out in Appendix 2.",
        [Due("on or before 4 September 2026", "by", "2026-09-04", "2026-09-04", "CPs", "complete the form set out in Appendix 2")],
    ),
    (
        "Registration for the briefing closes at 6:00 p.m. on 21 August 2026.",
        [
            Due(
                "Registration for the briefing closes at 6:00 p.m. on 21 August 2026",
                "on",
                "2026-08-21",
                "2026-08-21",
                "",
                "Registration for the briefing",
                time="18:00",
            )
        ],
    ),
    (
        "The deadline is extended from 31 August 2026 to 30 September 2026.",
        [Due("deadline is extended from 31 August 2026 to 30 September 2026", "on", "2026-09-30", "2026-09-30", "", None)],
    ),
    ("The deadline for the second batch will be announced separately.", []),
    (
        "The Authority requires all AIs to complete the self-assessment by 30 October 2026.",
        [Due("by 30 October 2026", "by", "2026-10-30", "2026-10-30", "AIs", "complete the self-assessment")],
    ),
    (
        "The first report, covering the period from 1 July 2026 to 31 December 2026, is to be submitted by 31 January 2027.",
        [Due("by 31 January 2027", "by", "2027-01-31", "2027-01-31", "", "submitted")],
    ),
    (
        "Each Clearing Participant must, no later than one month before 1 January 2027, notify HKSCC of any change.",
        [
            Due(
                "no later than one month before 1 January 2027",
                "at-least-before",
                "2027-01-01",
                "2026-12-01",
                "Clearing Participant",
                "notify HKSCC of any change",
            )
        ],
    ),
    (
        "Quarterly returns for Q3 2026 shall be submitted on or before the 21st day of the following month.",
        [Due("on or before the 21st day of the following month", "by", None, None, "", "submitted")],
    ),
    (
        "The Exchange expects Exchange Participants to have completed system changes before end-October 2026.",
        [
            Due(
                "before end-October 2026",
                "before",
                "2026-10-31",
                "2026-10-31",
                "Exchange Participants",
                "have completed system changes",
                "should",
            )
        ],
    ),
    (
        "It is mandatory for all CPs to register by 31 August 2026.",
        [Due("by 31 August 2026", "by", "2026-08-31", "2026-08-31", "CPs", "register")],
    ),
    (
        "Submission deadline: Friday, 25 September 2026",
        [Due("Submission deadline: Friday, 25 September 2026", "on", "2026-09-25", "2026-09-25", "", "Submission")],
    ),
    (
        "The forms are due on 30 September 2026.",
        [Due("The forms are due on 30 September 2026", "on", "2026-09-30", "2026-09-30", "", "The forms")],
    ),
    (
        "Members must register by no later than 21 August 2026 (Fri), 6:00pm.",
        [Due("by no later than 21 August 2026 (Fri), 6:00pm", "by", "2026-08-21", "2026-08-21", "Members", "register", time="18:00")],
    ),
    ("HKSCC has on 31 July 2026 completed the upgrade which was due by 30 June 2026.", []),
    ("EPs that fail to return the form by 14 August 2026 will be deemed to have no objection.", []),
    (
        "Applications received after 5:00 p.m. on 28 August 2026 will not be accepted.",
        [
            Due(
                "Applications received after 5:00 p.m. on 28 August 2026 will not be accepted",
                "until",
                "2026-08-28",
                "2026-08-28",
                "",
                "Applications",
                time="17:00",
            )
        ],
    ),
    ("The HKMA will revert by the end of September 2026.", []),
]

UNEXPLAINED: list[tuple[str, list[str]]] = [
    ("A second drill is planned for 31 November 2026.", ["31 November 2026"]),
    ("The deadline for the second batch will be announced separately.", ["The deadline for the second batch will be announced"]),
    ("CPs must complete the migration by early next year.", ["early next year"]),
    ("CPs must complete the tests by 30 Februray 2026.", ["30 Februray 2026"]),
    ("Please reply by 2026 09 0 at the latest.", ["2026 09 0"]),
]

CONTACTS: list[tuple[str, list[str]]] = [
    (
        "For enquiries, please contact Mr. Alan Poon / Ms. Betty Sze at 2979-7145 / 2979-7105.",
        ["person Alan Poon", "person Betty Sze", "tel +85229797145", "tel +85229797105"],
    ),
    (
        "Questions may be directed to Ms Chow (Tel: 2979-7139 E-mail: carol.chow@hkscc.example).",
        ["person Chow", "tel +85229797139", "email carol.chow@hkscc.example"],
    ),
    (
        "Call our Participant Hotline (852) 2979 7222 or write to Ops.Desk@HKSCC.example.",
        ["tel +85229797222", "email ops.desk@hkscc.example"],
    ),
    ("Fax: 2979 7455; overseas callers dial +44 20 7946 0123.", ["fax +85229797455", "tel +442079460123"]),
    (
        "The form is at www.hkscc.example/forms/a-12.pdf and https://portal.hkscc.example/login?x=1.",
        ["url www.hkscc.example/forms/a-12.pdf", "url https://portal.hkscc.example/login?x=1"],
    ),
    ("Please contact your case officer or e-mail [email protected] for help.", []),
    ("Payments of HK$29,797,111 go to account 012-345-6-789012.", []),
    ("For details call 2979 7300 (ext. 12) during office hours.", ["tel +85229797300"]),
]

REFERENCES: list[tuple[str, list[str]]] = [
    ("Please refer to our circular dated 15 June 2026 (Ref. No.: CD/OPS/CCASS/094/2026).", ["cites CD/OPS/CCASS/094/2026 2026-06-15"]),
    ("This circular supersedes the circular CD/OPS/CCASS/012/2024 of 9 February 2024.", ["replaces CD/OPS/CCASS/012/2024 2024-02-09"]),
    (
        "Further to circulars CD/OPS/CCASS/100/2026 and CD/OPS/CCASS/101/2026 issued on 29 June 2026, the trial goes on.",
        ["cites CD/OPS/CCASS/100/2026 2026-06-29", "cites CD/OPS/CCASS/101/2026 2026-06-29"],
    ),
    (
        "We refer to the SFC circular 26EC44 and to the HKMA letter B1/15C dated 2 July 2026.",
        ["cites 26EC44 None", "cites B1/15C 2026-07-02"],
    ),
    ("CPs are reminded of our circular dated 5 May 2026 (DCRM/HKEx/190/2026).", ["reminds DCRM/HKEx/190/2026 2026-05-05"]),
    ("This amends the circular (MKD/EQD/038/26) published on 1 June 2026.", ["amends MKD/EQD/038/26 2026-06-01"]),
    ("Chapter 7 of the General Rules and section 23 of the Ordinance apply.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), DATES, ids=[text[:50] for text, _ in DATES])
def test_a_date_is_the_interval_that_the_sentence_states(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    assert [interval(m) for m in body(read_text(tmp_path, HEAD + sentence))] == expected


@pytest.mark.parametrize(("sentence", "expected"), TIMES, ids=[text[:50] for text, _ in TIMES])
def test_a_clock_time_has_24_hours(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    found = read_text(tmp_path, HEAD + sentence).times
    assert [f"{m.quote} = {m.time}{'-' + m.end_time if m.end_time else ''}" for m in found] == expected


@pytest.mark.parametrize(("sentence", "expected"), DEADLINES, ids=[text[:50] for text, _ in DEADLINES])
def test_a_deadline_says_who_does_what_by_when(tmp_path: Path, sentence: str, expected: list[Due]) -> None:
    assert [duty(d) for d in read_text(tmp_path, HEAD + sentence).deadlines] == expected


@pytest.mark.parametrize(("sentence", "expected"), UNEXPLAINED, ids=[text[:50] for text, _ in UNEXPLAINED])
def test_what_cannot_be_understood_is_reported(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    assert [u.quote for u in read_text(tmp_path, HEAD + sentence).unexplained] == expected


@pytest.mark.parametrize(("sentence", "expected"), CONTACTS, ids=[text[:50] for text, _ in CONTACTS])
def test_a_contact_has_its_normal_form(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    own = "+85229797111"
    assert [f"{c.kind} {c.value}" for c in read_text(tmp_path, HEAD + sentence).contacts if c.value != own] == expected


@pytest.mark.parametrize(("sentence", "expected"), REFERENCES, ids=[text[:50] for text, _ in REFERENCES])
def test_a_reference_has_number_date_and_relation(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    found = read_text(tmp_path, HEAD + sentence).references
    assert [f"{r.relation} {r.number} {r.issued}" for r in found if r.number or r.issued] == expected


class Facts(NamedTuple):
    """What a whole circular says."""

    issuer: str | None
    number: str | None
    issued: str | None
    title: str | None
    dates: list[str]
    deadlines: list[Due]
    contacts: list[str]
    references: list[str]
    events: list[str]
    unexplained: list[str]


def facts(expression: Expression) -> Facts:
    return Facts(
        issuer=expression.issuer,
        number=expression.number,
        issued=str(expression.issued) if expression.issued else None,
        title=expression.title,
        dates=[interval(m) for m in expression.dates],
        deadlines=[duty(d) for d in expression.deadlines],
        contacts=[f"{c.kind} {c.value}" for c in expression.contacts],
        references=[f"{r.relation} {r.number} {r.issued}" for r in expression.references if r.number or r.issued],
        events=[
            f"{e.start or ''}{'' if e.start == e.end else f'/{e.end or str()}'}{' ' + e.time if e.time else ''} {e.title}"
            for e in expression.events
        ],
        unexplained=[u.quote for u in expression.unexplained],
    )


LABELS_ON_THEIR_OWN_LINES = """編號
Ref. No.:
DCRM/HKCC/207/2026
日期
Date:
11/09/2026
香港期貨結算有限公司
(香港交易及結算所有限公司全資附屬公司)
HKFE CLEARING CORPORATION LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)
通告
CIRCULAR
事項
Subject:
Holiday Margin Arrangement for the National Day Holiday
查詢
Enquiry:
Mr. Colin Tam / Ms. Doris Wu 2979-7145 / 2979-7105
Clearing Participants ("CPs") are informed of the margin arrangement for the National Day holiday on 1 October 2026 (Thursday).
The holiday margin is called at 9:15 a.m. on 30 September 2026 (Wednesday). CPs must have sufficient funds in their settlement
accounts by 9:15 a.m., 30 September 2026. CPs failing to meet the call may be declared in default.
CPs may apply for an exemption in writing at least 2 business days before 30 September 2026.
For the arrangement of last year, please refer to circular DCRM/HKCC/211/2025 dated 12 September 2025.
Edwin Mok
Senior Vice President
Clearing Risk
"""

FUSED_LABELS = """編號 DCRM/SEOCH/190/2026 Ref. No.:
日期 香港聯合交易所期權結算所有限公司 Date: 6/10/2026

THE SEHK OPTIONS CLEARING HOUSE LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

通告 CIRCULAR

SubjectIntroduction of Weekly Expiries for Stock Options
EnquiryMs. Lucky Yeung 2979-7211 / E-mail: weekly@seoch.example

Weekly expiries will be introduced for five option classes on Monday, 16 November 2026. SEOCH Participants are
required to complete the readiness form and return it by fax to 2979 7299 no later than Friday, 30 October 2026.

Readiness tests are open on 24, 31 October and 7 November 2026. Participants which do not take part in any test
should explain the reason in writing within 3 business days after 7 November 2026.

The tentative timetable is as follows:

Date\tEvent
30 October 2026\t• Deadline for readiness forms
24 & 31 October 2026\t• Readiness tests
7 November 2026 (Saturday)\t• Last readiness test• Fallback check
Mid-November 2026\t• First trading day

Frances Leung
Head of Options Clearing
"""

LETTER_WITH_TWO_NUMBERS = """HONG KONG MONETARY AUTHORITY
香港金融管理局

Our Ref.: B9/188C
B4/7C

17 November 2026

The Chief Executive
All Authorized Institutions

Dear Sir/Madam,

Survey on Tokenised Deposits

I write to invite authorized institutions (AIs) to take part in a survey on tokenised deposits. The survey follows our
letter of 25 May 2026 (B9/101C).

AIs are requested to submit the completed questionnaire through the STET system on or before 18 December 2026. AIs that
have no plan in this area need not respond, but should inform the HKMA by e-mail (survey@hkma.example) by
4 December 2026.

A briefing will be held at 2:30 p.m. on 25 November 2026 (Wednesday). Seats are limited and each institution may register
two persons by noon on 20 November 2026.

Should you have any questions, please contact Ms Irene Hui at 2979 7641 or Mr Jack Kan at 2979 7642.

Yours faithfully,

Laura Szeto
Executive Director (Financial Infrastructure)
"""

HARD_WRAPPED = """致：所有交易所參與者
To: All Exchange Participants
Ref. No.: MO/DT/077/26
Date: 2 November 2026
THE STOCK EXCHANGE OF HONG KONG LIMITED
CIRCULAR
Subject: Trading Arrangements on the Eves of
Christmas and New Year
Enquiry: Market Operations, Tel: 2979 7477
1. There will be no afternoon trading session on Thursday, 24 December
2026 and Thursday, 31 December 2026. The market is closed on 25
December 2026 and 1 January 2027.
2. Exchange Participants should submit the list of staff on duty by 5:00
p.m. on 11 December 2026. A participant which does not submit the list by
then will be treated as having no staff on duty.
3. Orders for securities must be cancelled by Exchange Participants before
12:30 p.m. on 24 December 2026.
4. The times above will be reviewed in December 2026.
Brian Lo
Head of Market Operations
"""

HTML_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>26EC77 - Circular</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li>News 1 Oct 2026</li></ul></nav>
<main><h1>Securities and Futures Commission</h1><h2>Circular to intermediaries on cold wallet controls</h2>
<table><tr><td>Date</td><td>9 Oct 2026</td></tr><tr><td>Circular reference</td><td>26EC77</td></tr></table>
<p>1. This circular supplements the circular of 14 August 2026 (26EC60).</p>
<p>2. Licensed corporations (LCs) must review their wallet controls and:</p>
<ol><li>submit the findings of the review to the SFC by 31 December 2026;</li>
<li>fix any weakness within 3 months of the date of this circular; and</li>
<li>keep the records for 7 years.</li></ol>
<p>3. It is recommended that LCs engage an external reviewer before the end of November 2026.</p>
<p>4. An LC may apply for more time until 5:30 pm on Friday, 13 November 2026.</p>
<p>5. Please contact Ms Helen Yau on 2979 7521 or wallets@sfc.example.</p>
<p>Intermediaries Supervision Department<br>Intermediaries Division<br>Securities and Futures Commission</p></main>
<footer>Last update: 9 Oct 2026</footer></body></html>
"""

LETTER_WITHOUT_FORM = """INSURANCE AUTHORITY

Our Ref: IA/LTB/2026/14

1 December 2026

To: Chief Executives of all authorized insurers carrying on long term business

Dear Sirs,

Annual Review of Illustration Rates

Following the consultation which ended on 30 September 2026, the Insurance Authority (IA) has revised the caps on
illustration rates. The revised caps apply to policies issued on or after 1 July 2027.

Insurers are expected to adjust their systems by the end of May 2027 and shall file a compliance statement signed by
the appointed actuary within 30 days after 1 July 2027. The first statement should reach the IA not later than Friday,
30 July 2027.

The previous letter (IA/LTB/2023/09) dated 5 May 2023 is withdrawn.

For enquiries please call the Long Term Business hotline at (852) 2979 7800.

Yours faithfully,

Marcus Ip
Executive Director, Long Term Business
"""

CIRCULARS: dict[str, tuple[str, str, Facts]] = {
    "labels on lines of their own": (
        LABELS_ON_THEIR_OWN_LINES,
        ".txt",
        Facts(
            issuer="HKCC",
            number="DCRM/HKCC/207/2026",
            issued="2026-09-11",
            title="Holiday Margin Arrangement for the National Day Holiday",
            dates=[
                "11/09/2026 = 2026-09-11",
                "1 October 2026 (Thursday) = 2026-10-01",
                "30 September 2026 (Wednesday) = 2026-09-30 09:15",
                "30 September 2026 = 2026-09-30 09:15",
                "30 September 2026 = 2026-09-30",
                "12 September 2025 = 2025-09-12",
            ],
            deadlines=[
                Due(
                    "by 9:15 a.m., 30 September 2026",
                    "by",
                    "2026-09-30",
                    "2026-09-30",
                    "CPs",
                    "have sufficient funds in their settlement accounts",
                    time="09:15",
                ),
                Due(
                    "at least 2 business days before 30 September 2026",
                    "at-least-before",
                    "2026-09-30",
                    "2026-09-28",
                    "CPs",
                    "apply for an exemption in writing",
                    "may",
                ),
            ],
            contacts=["person Colin Tam", "person Doris Wu", "tel +85229797145", "tel +85229797105", "person Edwin Mok"],
            references=["cites DCRM/HKCC/211/2025 2025-09-12"],
            events=[],
            unexplained=[],
        ),
    ),
    "fused labels and a timetable": (
        FUSED_LABELS,
        ".txt",
        Facts(
            issuer="SEOCH",
            number="DCRM/SEOCH/190/2026",
            issued="2026-10-06",
            title="Introduction of Weekly Expiries for Stock Options",
            dates=[
                "6/10/2026 = 2026-10-06",
                "Monday, 16 November 2026 = 2026-11-16",
                "Friday, 30 October 2026 = 2026-10-30",
                "24 = 2026-10-24",
                "31 October = 2026-10-31",
                "7 November 2026 = 2026-11-07",
                "7 November 2026 = 2026-11-07",
                "30 October 2026 = 2026-10-30",
                "24 = 2026-10-24",
                "31 October 2026 = 2026-10-31",
                "7 November 2026 (Saturday) = 2026-11-07",
                "Mid-November 2026 = 2026-11-11/2026-11-20 mid",
            ],
            deadlines=[
                Due(
                    "no later than Friday, 30 October 2026",
                    "by",
                    "2026-10-30",
                    "2026-10-30",
                    "SEOCH Participants",
                    "complete the readiness form and return it by fax to 2979 7299",
                ),
                Due(
                    "within 3 business days after 7 November 2026",
                    "within",
                    "2026-11-07",
                    "2026-11-11",
                    "Participants",
                    "explain the reason in writing",
                    "should",
                ),
                Due("Deadline for readiness forms", "on", "2026-10-30", "2026-10-30", "", "readiness forms"),
            ],
            contacts=["person Lucky Yeung", "tel +85229797211", "email weekly@seoch.example", "fax +85229797299", "person Frances Leung"],
            references=[],
            events=[
                "2026-10-30 Deadline for readiness forms",
                "2026-10-24/2026-10-31 Readiness tests",
                "2026-11-07 Last readiness test",
                "2026-11-07 Fallback check",
                "2026-11-11/2026-11-20 First trading day",
            ],
            unexplained=[],
        ),
    ),
    "letter with two numbers": (
        LETTER_WITH_TWO_NUMBERS,
        ".txt",
        Facts(
            issuer="HKMA",
            number="B9/188C",
            issued="2026-11-17",
            title="Survey on Tokenised Deposits",
            dates=[
                "17 November 2026 = 2026-11-17",
                "25 May 2026 = 2026-05-25",
                "18 December 2026 = 2026-12-18",
                "4 December 2026 = 2026-12-04",
                "25 November 2026 (Wednesday) = 2026-11-25 14:30",
                "20 November 2026 = 2026-11-20 12:00",
            ],
            deadlines=[
                Due(
                    "on or before 18 December 2026",
                    "by",
                    "2026-12-18",
                    "2026-12-18",
                    "AIs",
                    "submit the completed questionnaire through the STET system",
                    "should",
                ),
                Due(
                    "by\n4 December 2026",
                    "by",
                    "2026-12-04",
                    "2026-12-04",
                    "AIs",
                    "inform the HKMA by e-mail (survey@hkma.example)",
                    "should",
                ),
                Due("by noon on 20 November 2026", "by", "2026-11-20", "2026-11-20", "institution", "register two persons", "may", "12:00"),
            ],
            contacts=[
                "email survey@hkma.example",
                "person Irene Hui",
                "tel +85229797641",
                "person Jack Kan",
                "tel +85229797642",
                "person Laura Szeto",
            ],
            references=["cites B9/101C 2026-05-25"],
            events=[],
            unexplained=[],
        ),
    ),
    "hard-wrapped lines without blank ones": (
        HARD_WRAPPED,
        ".txt",
        Facts(
            issuer="SEHK",
            number="MO/DT/077/26",
            issued="2026-11-02",
            title="Trading Arrangements on the Eves of Christmas and New Year",
            dates=[
                "2 November 2026 = 2026-11-02",
                "Thursday, 24 December\n2026 = 2026-12-24",
                "Thursday, 31 December 2026 = 2026-12-31",
                "25\nDecember 2026 = 2026-12-25",
                "1 January 2027 = 2027-01-01",
                "11 December 2026 = 2026-12-11 17:00",
                "24 December 2026 = 2026-12-24 12:30",
                "December 2026 = 2026-12-01/2026-12-31",
            ],
            deadlines=[
                Due(
                    "by 5:00\np.m. on 11 December 2026",
                    "by",
                    "2026-12-11",
                    "2026-12-11",
                    "Exchange Participants",
                    "submit the list of staff on duty",
                    "should",
                    "17:00",
                ),
                Due(
                    "before\n12:30 p.m. on 24 December 2026",
                    "before",
                    "2026-12-24",
                    "2026-12-24",
                    "Exchange Participants",
                    "cancelled",
                    time="12:30",
                ),
            ],
            contacts=["tel +85229797477", "person Brian Lo"],
            references=[],
            events=[],
            unexplained=[],
        ),
    ),
    "web page": (
        HTML_PAGE,
        ".html",
        Facts(
            issuer="SFC",
            number="26EC77",
            issued="2026-10-09",
            title="Circular to intermediaries on cold wallet controls",
            dates=[
                "9 Oct 2026 = 2026-10-09",
                "14 August 2026 = 2026-08-14",
                "31 December 2026 = 2026-12-31",
                "the end of November 2026 = 2026-11-21/2026-11-30 late",
                "Friday, 13 November 2026 = 2026-11-13 17:30",
            ],
            deadlines=[
                Due("by 31 December 2026", "by", "2026-12-31", "2026-12-31", "LCs", "submit the findings of the review to the SFC"),
                Due("within 3 months of the date of this circular", "within", None, "2027-01-09", "LCs", "fix any weakness"),
                Due(
                    "before the end of November 2026", "before", "2026-11-30", "2026-11-30", "LCs", "engage an external reviewer", "should"
                ),
                Due(
                    "until 5:30 pm on Friday, 13 November 2026",
                    "until",
                    "2026-11-13",
                    "2026-11-13",
                    "LCs",
                    "apply for more time",
                    "may",
                    "17:30",
                ),
            ],
            contacts=["person Helen Yau", "tel +85229797521", "email wallets@sfc.example"],
            references=["appends 26EC60 2026-08-14"],
            events=[],
            unexplained=[],
        ),
    ),
    "letter without a form": (
        LETTER_WITHOUT_FORM,
        ".txt",
        Facts(
            issuer="IA",
            number="IA/LTB/2026/14",
            issued="2026-12-01",
            title="Annual Review of Illustration Rates",
            dates=[
                "1 December 2026 = 2026-12-01",
                "30 September 2026 = 2026-09-30",
                "1 July 2027 = 2027-07-01/",
                "the end of May 2027 = 2027-05-21/2027-05-31 late",
                "1 July 2027 = 2027-07-01",
                "Friday,\n30 July 2027 = 2027-07-30",
                "5 May 2023 = 2023-05-05",
            ],
            deadlines=[
                Due("by the end of May 2027", "by", "2027-05-31", "2027-05-31", "Insurers", "adjust their systems", "should"),
                Due(
                    "within 30 days after 1 July 2027",
                    "within",
                    "2027-07-01",
                    "2027-07-31",
                    "Insurers",
                    "file a compliance statement signed by the appointed actuary",
                ),
                Due("not later than Friday,\n30 July 2027", "by", "2027-07-30", "2027-07-30", "", "reach the IA", "should"),
            ],
            contacts=["tel +85229797800", "person Marcus Ip"],
            references=["replaces IA/LTB/2023/09 2023-05-05"],
            events=[],
            unexplained=[],
        ),
    ),
}


@pytest.mark.parametrize("field", Facts._fields)
@pytest.mark.parametrize("name", CIRCULARS)
def test_a_whole_circular_says_no_more_and_no_less(tmp_path: Path, name: str, field: str) -> None:
    text, suffix, expected = CIRCULARS[name]
    assert getattr(facts(read_text(tmp_path, text, suffix)), field) == getattr(expected, field)
