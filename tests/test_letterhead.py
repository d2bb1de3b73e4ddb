"""Heads of houses that no file describes, and heads of other make: mails, cells, labels that run together."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

BODY = """

The annual dinner will be held on 12 March 2027. Members who wish to attend must reply by 26 February 2027 on the enclosed form, and should note that seats are limited.

Yours faithfully

John Wong
Secretary
"""


@pytest.mark.parametrize(
    ("head", "issuer", "number", "title"),
    [
        (
            "The Actuarial Society of Hong Kong\n\nDate: 8 February 2027\nOur ref: ASHK/ADM/27-03\n\nTo: All Fellows\n\nAnnual dinner of the Society",
            "ASHK",
            "ASHK/ADM/27-03",
            "Annual dinner of the Society",
        ),
        ("Hong Kong Mortgage Corporation Limited (HKMC)\n8 February 2027\n\nDear Lender\n\nAnnual Dinner", "HKMC", None, "Annual Dinner"),
        (
            (
                "                THE HONG KONG FEDERATION OF INSURERS\n                香港保險業聯會\n\nYour Ref:\nOur Ref: HKFI/C/27/044\n\n"
                "8 February 2027\n\nTo : Member Companies\n\nAnnual dinner"
            ),
            "HKFI",
            "HKFI/C/27/044",
            "Annual dinner",
        ),
        (
            (
                "From: Treasury Markets Association\nSent: Monday, 8 February 2027 10:22 AM\nTo: members@tma.org.hk\n"
                "Subject: (TMA/CIR/2027/05) Annual dinner"
            ),
            "TMA",
            "TMA/CIR/2027/05",
            "(TMA/CIR/2027/05) Annual dinner",
        ),
        (
            (
                "CIRCULAR\n\nThe Chamber of Hong Kong Listed Companies\n\nRef: CHKLC 2027-12        8 February 2027\n\n"
                "RE: ANNUAL DINNER OF THE CHAMBER AND\nREVISED CATEGORIES"
            ),
            "CHKLC",
            "CHKLC2027-12",
            "ANNUAL DINNER OF THE CHAMBER AND REVISED CATEGORIES",
        ),
        (
            "HONG KONG SECURITIES INSTITUTE\nCircular No. 12/2027\n8 February 2027\n\nAnnual Dinner and Revised\nMembership Categories",
            None,
            "12/2027",
            "Annual Dinner and Revised Membership Categories",
        ),
        (
            "The Securities Institute\nNotice to Members No. 11 of 2027\n8 February 2027\n\nAnnual dinner",
            None,
            "11of2027",
            "Annual dinner",
        ),
        (
            "The Chairperson\nThe Hong Kong Association of Banks (HKAB)\n\n8 February 2027\n\nDear Madam\n\nAnnual Dinner",
            None,
            None,
            "Annual Dinner",
        ),
        (
            "OTC Clearing Hong Kong Limited\n\nCIRCULAR                     OTCC/CIR/2026/031\n                    8 February 2027\n\nAnnual Dinner",
            "OTCC",
            "OTCC/CIR/2026/031",
            "Annual Dinner",
        ),
        (
            "HONG KONG EXCHANGES AND CLEARING LIMITED\n\nRef. No.: CD/OPS/CCASS/017/2027\nDate: 8 February 2027\nSubject: Annual dinner",
            "HKSCC",
            "CD/OPS/CCASS/017/2027",
            "Annual dinner",
        ),
    ],
)
def test_a_head_is_read_whatever_its_house(head: str, issuer: str | None, number: str | None, title: str) -> None:
    told = parse((head + BODY).encode(), Path("dinner.txt"), Settings())
    assert (told.issuer, told.number, str(told.issued), told.title) == (issuer, number, "2027-02-08", title)


def test_fields_in_cells_are_the_head_of_a_page() -> None:
    page = (
        "<h2>The Stock Exchange of Hong Kong Limited</h2><h2>TRADING NOTICE TO EXCHANGE PARTICIPANTS</h2><table><tr><td>Notice No.</td>"
        "<td>TRD/NP/2027/0411</td></tr><tr><td>Date of issue</td><td>Mon, 8-Feb-27</td></tr><tr><td>In relation to</td>"
        "<td>Sun Tai Logistics Group Limited: Change in Board Lot Size</td></tr></table><p>" + BODY + "</p>"
    )
    told = parse(page.encode(), Path("notice.html"), Settings())
    assert (told.number, str(told.issued)) == ("TRD/NP/2027/0411", "2027-02-08")
    assert told.title == "Sun Tai Logistics Group Limited: Change in Board Lot Size"


def test_the_name_of_the_house_is_no_subject_below_the_menu_of_a_page() -> None:
    page = (
        "Home   Forms   Circulars\n\nCompanies Registry\n\nCompanies Registry External Circular No. 4/2027\n\nRenewal of licences"
        + BODY.replace("Secretary", "Companies Registry, tcsp@cr.gov.hk\n\nCompanies Registry\n8 February 2027")
    )
    told = parse(page.encode(), Path("circular.txt"), Settings())
    assert (told.issuer, told.number, told.title) == ("CR", "4/2027", "Renewal of licences")


def test_the_word_for_a_missing_picture_is_no_part_of_the_letterhead() -> None:
    head = "logo The Institute of Trust Professionals (ITP)\n\n8 February 2027\n\nAnnual dinner"
    told = parse((head + BODY).encode(), Path("x.txt"), Settings())
    assert (told.issuer, told.title) == ("ITP", "Annual dinner")
