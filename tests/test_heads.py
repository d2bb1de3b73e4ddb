"""Heads of circulars in the layouts that houses print, written from the contract, not from the rules.

Each says issuer, own number, date and subject as the page does, and nothing that belongs to another circular.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings


class Head(NamedTuple):
    """What a head says; `others` are further numbers of its own."""

    issuer: str | None
    number: str | None
    issued: str | None
    title: str | None
    others: tuple[str, ...] = ()
    suffix: str = "txt"


def head(said: Expression, suffix: str) -> Head:
    return Head(said.issuer, said.number, str(said.issued) if said.issued else None, said.title, said.other_numbers, suffix)


ENGLISH: dict[str, tuple[Head, str]] = {
    "text right below the fields": (
        Head(None, "NH/1/2027", "2027-03-08", "Northern Harbour Clearing Limited"),
        """
Northern Harbour Clearing Limited
Ref. No.: NH/1/2027
Date: 8 March 2027
The timetable of the tests is set out below.

Monday, 3 May 2027

09:00 System opens
""",
    ),
    "subject without colon above the fields, in columns": (
        Head("HKFE", "MO/DT/118/26", "2026-07-02", "Revised Position Limits"),
        """
HONG KONG FUTURES EXCHANGE LIMITED

Subject	Revised Position Limits
Reference	MO/DT/118/26
Date	2 July 2026
Background	The Exchange concluded its consultation on position limits on 8 May 2026.
""",
    ),
    "day right of the name": (
        Head(None, None, "2026-08-04", "AMENDMENTS TO THE DELIVERY RULES"),
        """
Harbour Commodities Exchange                                     4 August 2026

            AMENDMENTS TO THE DELIVERY RULES

Members are hereby notified that the Exchange has amended Chapter 9 of its Rules.
""",
    ),
    "copy to another house": (
        Head(None, "NH/1/2027", "2027-03-08", "Fees"),
        """
Northern Harbour Clearing Limited
Ref. No.: NH/1/2027
Date: 8 March 2027
Subject: Fees

The fees are set out below and are charged from 3 May 2027.

c.c. Securities and Futures Commission
""",
    ),
    "topic below the title of a page": (
        Head("SFC", "26EC44", "2026-06-09", "Circular on algorithmic trading controls", suffix="html"),
        """
<h1>Circular on algorithmic trading controls</h1><dl><dt>Reference No.</dt><dd>26EC44</dd><dt>Issue date</dt><dd>9 June 2026</dd>
<dt>Topic</dt><dd>Electronic trading</dd></dl><p>The Securities and Futures Commission reminds licensed corporations of the Code.</p>
""",
    ),
    "hkscc separate lines": (
        Head("HKSCC", "CD/OES/CCASS/118/2024", "2024-06-14", "Enhancement of the Common Nominee Report Function"),
        """
Hong Kong Securities Clearing Company Limited
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

CIRCULAR

Date:
14 June 2024

Ref. No.:
CD/OES/CCASS/118/2024

Subject:
Enhancement of the Common Nominee Report Function

Enquiry:
Participant Services 2979 7111

Participants are informed that the report will carry a new column from 22 July 2024. The change was first announced in circular CD/OES/CCASS/077/2024 dated 2 April 2024.
""",
    ),
    "hkscc broken label": (
        Head("HKSCC", "CD/PS/CCASS/021/2023", "2023-03-09", "Revision of the Settlement Guide"),
        """
香港中央結算有限公司
HONG KONG SECURITIES CLEARING COMPANY LIMITED
(香港交易及結算所有限公司全資附屬公司)
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

通告 CIRCULAR

編號
Ref. CD/PS/CCASS/021/2023
No.:

日期
Date: 9/3/2023

事項
Subject: Revision of the Settlement Guide

查詢
Enquiry: Hotline 2979 7222

1. Please be advised that the Settlement Guide has been revised.
""",
    ),
    "seoch value between": (
        Head("SEOCH", "DCRM/SEOCH/142/2019", "2019-09-17", "Capital Adjustment for Options on Shares of Harbour Lantern Limited"),
        """
香港聯合交易所期權結算所有限公司
THE SEHK OPTIONS CLEARING HOUSE LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

Circular 通告

事項 Subject: Capital Adjustment for Options on Shares of Harbour Lantern Limited
編號 DCRM/SEOCH/142/2019 Ref. No.:
日期 17/09/2019 Date:
查詢 Enquiry: Mr. Peter Ho 2211 6142

Attention: All SEOCH Participants

In view of the rights issue, the exercise price will be adjusted with effect from 23 September 2019.
""",
    ),
    "seoch spaced number": (
        Head("SEOCH", "DCRM/SEOCH/061/2018", "2018-05-04", "Reserve Fund Requirement for May 2018"),
        """
THE SEHK OPTIONS CLEARING HOUSE LIMITED
香 港 聯合 交易 所期 權結 算 所有 限公 司
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

Ref. No.: (DCRM/ SEO CH/ 061/2018 )
Date: 4/5/2018
Subject: Reserve Fund Requirement for May 2018
Enquiry: Ms. Carol Lam

SEOCH Participants are notified of the reserve fund requirement.
""",
    ),
    "hkcc three lines": (
        Head("HKCC", "DCRM/HKCC/087/2017", "2017-03-21", "Margin Rates for Hang Seng Index Futures"),
        """
HKFE CLEARING CORPORATION LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

Circular

Subject

Margin Rates for Hang Seng Index Futures

編號

Ref. No.:

DCRM/HKCC/087/2017

日期

Date:

21 March 2017

HKCC Participants are advised that the following margin rates shall take effect on 23 March 2017.
""",
    ),
    "hkcc footer number": (
        Head("HKCC", "CLR/HKCC/204/2018", "2018-12-11", "Clearing Arrangement on Christmas Eve"),
        """
HKFE Clearing Corporation Limited

Subject: Clearing Arrangement on Christmas Eve

HKCC Participants please note that the clearing hours on 24 December 2018 will be shortened. The Day End will start at 1:30 p.m.

Should you have any questions, please contact the Clearing Hotline at 2979 7222.

Alan Siu
Vice President
Clearing Operations

Footnote 1: the times may change in severe weather.

Ref. No.: CLR/HKCC/204/2018
Date: 11/12/2018
""",
    ),
    "otcc plain": (
        Head("OTCC", "OTCCO/018/2022", "2022-11-07", "Amendment to the OTC Clear Clearing Procedures"),
        """
OTC CLEARING HONG KONG LIMITED
(A subsidiary of Hong Kong Exchanges and Clearing Limited)

CIRCULAR

Subject: Amendment to the OTC Clear Clearing Procedures
Enquiry: OTC Clear Hotline 2211 6990
Ref. No.: OTCCO/018/2022
Date: 7 November 2022

OTC Clear Clearing Members are hereby notified that the amendments to the Clearing Procedures will become effective on 28 November 2022.
""",
    ),
    "sehk date with issuer inside": (
        Head("SEHK", "MKD/EQD/12/19", "2019-01-15", "Holiday Trading Schedule for the Lunar New Year"),
        """
事項 Subject: Holiday Trading Schedule for the Lunar New Year
查詢 Enquiry: Ms. Yan Chow / Mr. Ben Ip 2840-3351 / 2840-3355
編號 Ref. No.: MKD/EQD/12/19
日期 香港聯合交易所有限公司 Date: 15/01/2019
The Stock Exchange of Hong Kong Limited
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

Exchange Participants should note that the securities market will be closed from 5 to 7 February 2019.
""",
    ),
    "sehk fused labels": (
        Head("SEHK", "MKS/EQD/27/20", "2020-07-16", "Introduction of a Volatility Control Mechanism in the Closing Auction Session"),
        """
The Stock Exchange of Hong Kong Limited
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

CIRCULAR

SubjectIntroduction of a Volatility Control Mechanism in the Closing Auction Session
EnquiryMs. Dora Fong
Ref. No.MKS/EQD/27/20
Date16 July 2020

To: All Exchange Participants

The Exchange announces that the mechanism will be launched in the fourth quarter of 2020.
""",
    ),
    "hkfe table tabs": (
        Head("HKFE", "MO/DT/091/21", "2021-08-02", "Position Limits for Mini-Hang Seng TECH Index Futures"),
        """
Hong Kong Futures Exchange Limited
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

Circular

Subject:	Position Limits for Mini-Hang Seng TECH Index Futures
Enquiry:	Mr. Gary Mok 2211-6360
Ref. No.:	MO/DT/091/21
Date:	02/08/2021

Exchange Participants are reminded of circular MO/DT/044/21 dated 16 April 2021.
""",
    ),
    "hkfe subject two lines": (
        Head(
            "HKFE", "MO/DT/155/22", "2022-09-30", "Results of the Practice Session of the After-hours Trading Session on 24 September 2022"
        ),
        """
HONG KONG FUTURES EXCHANGE LIMITED

Date: 30 September 2022 (Friday)
Ref: MO/DT/155/22

Subject: Results of the Practice Session of the After-hours Trading
Session on 24 September 2022

Exchange Participants are informed that the practice session was completed.
""",
    ),
    "hkex navigation": (
        Head("HKEX", "CT/117/19", "2019-12-19", "Launch of the New Participant Portal"),
        """
Skip to main content
Home
About HKEX
Market Data
Products
Services
News
Circulars and Notices
Updated 03 Jan 2020
HSI 28,451.50 +0.32%
A A A
Print
Share

Hong Kong Exchanges and Clearing Limited

CIRCULAR

Date: 19 December 2019
Ref. No.: CT/117/19
Subject: Launch of the New Participant Portal

All Participants of the three exchanges may log on to the portal from 6 January 2020.

Terms of Use | Privacy | Sitemap
© 2020 Hong Kong Exchanges and Clearing Limited. All rights reserved.
""",
    ),
    "sfc circular heading": (
        Head("SFC", "SFO/IS/041/2023", "2023-10-17", "Circular to licensed corporations on the handling of client assets"),
        """
Securities and Futures Commission

Circular to licensed corporations on the handling of client assets

17 October 2023

1. The Securities and Futures Commission (SFC) reminds licensed corporations of the circular of 31 May 2022.

2. Should you have any queries, please contact your case officer.

Intermediaries Supervision Department
Intermediaries Division
Securities and Futures Commission

End

SFO/IS/041/2023
""",
    ),
    "sfc ref line": (
        Head("SFC", "26EC08", "2026-02-05", "Circular to intermediaries – Quarterly return on virtual asset activities"),
        """
Home > Regulatory functions > Circulars
Circular to intermediaries – Quarterly return on virtual asset activities
5 Feb 2026
Reference No.: 26EC08

The Securities and Futures Commission (SFC) issues this circular to all intermediaries. It should be read with circular 25EC61 dated 28 November 2025.
""",
    ),
    "hkma two numbers": (
        Head("HKMA", "B9/25C", "2020-05-12", "Relief Measures for Small Borrowers", others=("B4/1C",)),
        """
Our Ref.:
B9/25C
B4/1C

12 May 2020

The Chief Executive
All Authorized Institutions

Dear Sir/Madam,

Relief Measures for Small Borrowers

I am writing to inform you of the measures announced on 6 May 2020.

Yours faithfully,

Raymond Tse
Executive Director (Banking Conduct)

c.c. The Hong Kong Association of Banks
HONG KONG MONETARY AUTHORITY
""",
    ),
    "hkma our your ref": (
        Head("HKMA", "B1/15C", "2021-06-03", "Supervisory Policy Manual: Revised Module OR-2"),
        """
HONG KONG MONETARY AUTHORITY
香港金融管理局

Our Ref: B1/15C
Your Ref: AB/2021/77

3 June 2021

To: The Chief Executive, All Authorized Institutions

Dear Sir/Madam

Supervisory Policy Manual: Revised Module OR-2

Further to our letter of 22 December 2020, I write to inform you that the revised module is issued today.
""",
    ),
    "mpfa circular letter": (
        Head("MPFA", "SU/CTR/2016/004", "2016-07-08", "Submission of Annual Returns through the New Portal"),
        """
Mandatory Provident Fund Schemes Authority
強制性公積金計劃管理局

Circular Letter: SU/CTR/2016/004

8 July 2016

To: All Approved Trustees

Dear Sirs,

Submission of Annual Returns through the New Portal

The Authority writes to remind approved trustees that annual returns for 2015 are due on 31 July 2016.
""",
    ),
    "mpfa principal intermediaries": (
        Head("MPFA", "MC/IIQE/CIR", "2013-04-19", "Continuing Professional Development Requirements"),
        """
To: All Principal Intermediaries

Our Ref.: MC/IIQE/CIR
Date: 19 April 2013

Dear Sir / Madam,

Continuing Professional Development Requirements

Please refer to the circular letter dated 10 January 2013.

Yours faithfully,

Helen Kwok
Head (Intermediaries)
Mandatory Provident Fund Schemes Authority
""",
    ),
    "ia letter": (
        Head("IA", "INS/TEC/6/145", "2024-08-22", "Circular on Cyber Security Assessments"),
        """
Insurance Authority
保險業監管局

Our Ref.: INS/TEC/6/145
22 August 2024

To: Chief Executives of all authorized insurers

Dear Sirs,

Circular on Cyber Security Assessments

This circular supersedes the one of 3 June 2019.
""",
    ),
    "sse english notice": (
        Head("SSE", "SSE[2021]No.45", "2021-08-06", "Notice on Adjusting the Transaction Unit Fees"),
        """
Shanghai Stock Exchange

Notice on Adjusting the Transaction Unit Fees

SSE [2021] No. 45

August 6, 2021

All members:

The fees below apply as of September 1, 2021.
""",
    ),
    "no number no date": (
        Head("OTCC", None, None, "System Maintenance Window"),
        """
OTC Clearing Hong Kong Limited

Subject: System Maintenance Window

Clearing Members please note that the portal will be closed for maintenance on 13 July 2024.
""",
    ),
    "cited number near no own": (
        Head("HKSCC", None, None, "Reminder on the Year-end Cash Forecast"),
        """
Hong Kong Securities Clearing Company Limited

Subject: Reminder on the Year-end Cash Forecast

Reference is made to circular CD/CDCO/CCASS/210/2022 dated 1 November 2022. Participants are reminded to file their forecast.
""",
    ),
    "several dates near": (
        Head("SEHK", "MKD/EQD/33/22", "2022-09-12", "Waiver of the Terminal Fee"),
        """
The Stock Exchange of Hong Kong Limited

Effective Date: 3 October 2022
Date: 12 September 2022
Expiry Date: 31 December 2022
Ref. No.: MKD/EQD/33/22
Our previous circular: MKD/EQD/21/22 dated 4 July 2022
Subject: Waiver of the Terminal Fee

Exchange Participants are pleased to note the waiver.
""",
    ),
    "banner other holiday": (
        Head("IA", "INS/TEC/4/88", "2022-06-30", "Guidance on Remote Onboarding"),
        """
[ Website service will be suspended on 1 July 2022 for the holiday ]
Search
Log in
繁體 | 简体 | English

Insurance Authority
Circulars
Date
30 June 2022
Subject
Guidance on Remote Onboarding
Reference
INS/TEC/4/88

Dear Sirs, Insurers should note the guidance.

Last Revision Date: 17/10/2022
""",
    ),
    "flat hkscc": (
        Head("HKSCC", "CD/OES/CCASS/201/2023", "2023-09-04", "Revised Schedule of Scrip Fee Collection", suffix="txt"),
        """
HONG KONG SECURITIES CLEARING COMPANY LIMITED (A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited) 香港中央結算有限公司 CIRCULAR Subject: Revised Schedule of Scrip Fee Collection Enquiry: CCASS Hotline 2979 7111 Ref. No.: CD/OES/CCASS/201/2023 Date: 4/9/2023
Participants are hereby informed that the schedule of scrip fee collection has been revised as set out in the Appendix. Please refer to circular CD/OES/CCASS/150/2023 dated 3 July 2023.
""",
    ),
    "flat seoch": (
        Head("SEOCH", "DCRM/SEOCH/077/2020", "2020-06-15", "Introduction of New Option Classes", suffix="txt"),
        """
THE SEHK OPTIONS CLEARING HOUSE LIMITED Circular 事項 Subject: Introduction of New Option Classes 查詢 Enquiry: Mr. Sam Lo 2211-6905 編號 Ref. No.: DCRM/SEOCH/077/2020 日期 Date: 15/6/2020 SEOCH Participants should note that new option classes will be introduced on 22 June 2020. The position limit will be 150,000 contracts.
""",
    ),
    "flat letter hkma": (
        Head("HKMA", "B1/15C", "2022-11-18", "Code of Practice on Person-to-Person Payment", others=("B9/67C",), suffix="txt"),
        """
HONG KONG MONETARY AUTHORITY 香港金融管理局 Our Ref.: B1/15C B9/67C 18 November 2022 The Chief Executive All Authorized Institutions Dear Sir/Madam,
Code of Practice on Person-to-Person Payment
I am writing to inform you that the code has been revised. The revised code takes effect on 1 January 2023.
""",
    ),
    "flat number first": (
        Head("SEHK", "MKD/EQD/102/18", "2018-12-21", "Trading Arrangement on Christmas Eve and New Year's Eve", suffix="txt"),
        """
Ref. No.: MKD/EQD/102/18 Date: 21/12/2018
The Stock Exchange of Hong Kong Limited
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)
CIRCULAR
Subject: Trading Arrangement on Christmas Eve
and New Year's Eve
Enquiry: Ms. Fanny Tang
1. Exchange Participants should note that there will be no afternoon session.
""",
    ),
    "footnote then number": (
        Head("HKSCC", "CD/PS/CCASS/144/2019", "2019-07-15", "Change of the Cut-off Time for Stock Withdrawal", suffix="txt"),
        """
Subject: Change of the Cut-off Time for Stock Withdrawal
Enquiry: Hotline 2979 7111

Participants are advised that the cut-off time for stock withdrawal will be changed to 10:00 a.m. with effect from 5 August 2019. Participants should adjust their procedures.

Susan Mak
Senior Vice President
Clearing Operations

1 Stock withdrawal requests entered after the cut-off time are processed on the next day.

Hong Kong Securities Clearing Company Limited
Ref. No.: CD/PS/CCASS/144/2019
Date: 15 July 2019
Page 1 of 1
""",
    ),
    "words lost issuer": (
        Head(None, "MKS/EQD/05/21", "2021-07-06", "Severe Weather Trading Reminder", suffix="txt"),
        """
THE OF LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)
編號
Ref. No.:
MKS/EQD/05/21
日期
Date:
6/7/2021
Subject: Severe Weather Trading Reminder
Enquiry: 2840-3351

Exchange Participants are reminded of the arrangements.
""",
    ),
    "page transcript": (
        Head("HKCC", "CLR/HKCC/019/2016", "2016-02-05", "Contingency Arrangement during Typhoon", suffix="txt"),
        """
Page 1:
HKFE CLEARING CORPORATION LIMITED
CIRCULAR
Ref. No.: CLR/HKCC/019/2016
Date: 5 February 2016
Subject: Contingency Arrangement during Typhoon
Enquiry: DCASS Hotline 2979 7222
HKCC Participants are requested to review their arrangements.
Page 1:
HKFE CLEARING CORPORATION LIMITED
CIRCULAR
Ref. No.: CLR/HKCC/019/2016
Date: 5 February 2016
""",
    ),
    "otcc member letter": (
        Head("OTCC", None, "2025-03-03", "Annual Default Drill", suffix="txt"),
        """
OTC Clearing Hong Kong Limited
香港場外結算有限公司

To: All OTC Clear Clearing Members
Date: 3 March 2025 (Monday)
Re: Annual Default Drill

Dear Members,

Please be informed that the annual default drill will take place from 24 to 26 March 2025.
""",
    ),
    "mpfa cir": (
        Head("MPFA", "MPFA/S/TR/58/1(C)", "2015-01-21", "Disclosure of Fund Information", suffix="txt"),
        """
By e-mail

Our Ref.: MPFA/S/TR/58/1(C)
Tel: 2292 1222
Fax: 2259 8806

21 January 2015

The Chief Executive Officers
All Approved Trustees

Dear Sir/Madam,

Disclosure of Fund Information

With reference to our letter of 3 November 2014, this letter sets out further requirements.

Yours sincerely,

Darren Chu
Executive Director (Regulation and Policy)

Mandatory Provident Fund Schemes Authority
""",
    ),
    "ia sub head": (
        Head(
            "IA",
            "INS/TEC/6/79",
            "2019-06-28",
            "Circular on Benefit Illustrations for Participating Policies – Transitional Arrangements",
            suffix="txt",
        ),
        """
Insurance Authority
19th Floor, 41 Heung Yip Road, Wong Chuk Hang, Hong Kong

Our Reference: INS/TEC/6/79
Your Reference:
Date: 28 June 2019

To: Chief Executives of all authorized insurers carrying on long term business

Dear Sirs,

Circular on Benefit Illustrations for Participating Policies
– Transitional Arrangements

Following the circular dated 10 May 2019, we set out the transitional arrangements.
""",
    ),
    "sfc html": (
        Head("SFC", "SFO/IS/012/2024", "2024-03-15", "Circular to intermediaries", suffix="html"),
        """
<html><head><title>Circulars | SFC</title></head><body><nav><ul><li>Home</li><li>About us</li><li>Published 1 January 2020</li></ul></nav>
<div id="main"><h1>Circular to intermediaries</h1><h2>Reminder on the Submission of Business Risk Questionnaires</h2><p>15 Mar 2024</p>
<p>1. The Securities and Futures Commission (SFC) reminds all intermediaries to submit the questionnaire by 30 April 2024.</p>
<p>2. This follows our circular dated 20 March 2023 (23EC14).</p><p>Securities and Futures Commission</p><p>End</p><p>SFO/IS/012/2024</p></div>
<footer>Last update: 16 Mar 2024</footer></body></html>
""",
    ),
    "hkscc html table": (
        Head("HKSCC", "CD/PRJ/CCASS/090/2025", "2025-06-25", "Launch of the Uncertificated Securities Market", suffix="html"),
        """
<html><body><div class="banner">Hong Kong Office closed on 1 July 2025</div>
<table><tr><td>Date</td><td>25 June 2025</td></tr><tr><td>Subject</td><td>Launch of the Uncertificated Securities Market</td></tr>
<tr><td>Ref. No.</td><td>CD/PRJ/CCASS/090/2025</td></tr><tr><td>Enquiry</td><td>Mr. Roy Fung 2840 3210</td></tr></table>
<p>Hong Kong Securities Clearing Company Limited</p>
<p>Participants are informed that the launch will take place on 16 November 2026.</p></body></html>
""",
    ),
    "hkfe html fused": (
        Head("HKFE", "MO/DT/140/22", "2022-08-12", "Reminder on the Trading Calendar for Weekly Options", suffix="html"),
        """
<html><body><h3>Hong Kong Futures Exchange Limited</h3><p>(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)</p>
<div>Date12/08/2022</div><div>Ref. No.MO/DT/140/22</div><div>SubjectReminder on the Trading Calendar for Weekly Options</div><div>EnquiryMr. Joe Wan</div>
<p>To: Exchange Participants</p><p>Exchange Participants are reminded of circular MO/DT/021/22.</p></body></html>
""",
    ),
    "sehk attachments date far": (
        Head("SEHK", "CT/055/24", "2024-05-17", "Enhancement of Order Types", suffix="txt"),
        """
The Stock Exchange of Hong Kong Limited
CIRCULAR
Subject: Enhancement of Order Types
Enquiry: Mr. Tony Kan / Ms. Amy Lo 2840-3401 / 2840-3402
Ref. No.: CT/055/24
Date: 17 May 2024 (Friday)

Further to circular CT/021/24 dated 4 March 2024, and CT/033/24 dated 2 April 2024, the rollout date has been fixed for 8 July 2024.

Last Revision Date: 17/10/2024
""",
    ),
    "markdown emphasis": (
        Head("HKSCC", "CD/OES/CCASS/222/2023", "2023-10-02", "Holiday Arrangement for the Chung Yeung Festival", suffix="txt"),
        """
**HONG KONG SECURITIES CLEARING COMPANY LIMITED**

**Date:** 2 October 2023
**Ref. No.:** CD/OES/CCASS/222/2023
**Subject:** *Holiday Arrangement for the Chung Yeung Festival*
**Enquiry:** [CCASS Hotline](tel:+85229797111)

Participants should note the arrangement on 23 October 2023.
""",
    ),
    "date words ordinal": (
        Head("HKCC", "CLR/HKCC/033/2018", "2018-03-28", "Temporary Suspension of the Web Portal", suffix="txt"),
        """
HKFE CLEARING CORPORATION LIMITED
Circular No.: CLR/HKCC/033/2018
Wednesday, 28th March, 2018
Subject: Temporary Suspension of the Web Portal
The portal is suspended on Saturday, 7th April, 2018.
""",
    ),
    "sfc letter numbered para": (
        Head(
            "SFC",
            "25EC40",
            "2025-08-08",
            "Circular to Management Companies of SFC-authorized Funds – Liquidity Risk Management",
            suffix="txt",
        ),
        """
SECURITIES AND FUTURES COMMISSION
證券及期貨事務監察委員會

Circular

Circular to Management Companies of SFC-authorized Funds –
Liquidity Risk Management

Circular reference: 25EC40
Issued: 8 August 2025

1. This circular reminds management companies of their obligations.
""",
    ),
    "hkma date right": (
        Head("HKMA", "B10/1C", "2024-02-28", "Consultation on SPM Module IC-7 “The Sharing and Use of Consumer Credit Data”", suffix="txt"),
        """
                                                        Hong Kong Monetary Authority

Our Ref: B10/1C                                         28 February 2024

The Chief Executive
All Authorized Institutions

Dear Sir/Madam,

Consultation on SPM Module IC-7 “The Sharing and Use of Consumer Credit Data”

I write to invite comments by 30 April 2024.
""",
    ),
    "hkscc dated sentence": (
        Head("HKSCC", "CD/DNS/CCASS/012/2022", "2022-04-06", "DISCONTINUATION OF PAPER STATEMENTS", suffix="txt"),
        """
HKSCC
Hong Kong Securities Clearing Company Limited

Notice to Participants
(CD/DNS/CCASS/012/2022 dated 6 April 2022)

RE: DISCONTINUATION OF PAPER STATEMENTS

Participants should note that paper statements will cease on 1 July 2022.
""",
    ),
    "hkfe ref in bracket": (
        Head("HKFE", "MO/DT/033/25", "2025-04-14", "Adjustment of Contract Specifications for Gold Futures", suffix="txt"),
        """
Hong Kong Futures Exchange Limited
Circular (Ref. MO/DT/033/25)
14 April 2025
Adjustment of Contract Specifications for Gold Futures
Exchange Participants are informed that the tick size will change from 2 June 2025.
""",
    ),
    "mpfa two col": (
        Head("MPFA", "SU/TRT/2019/007", "2019-12-09", "Year-end Returns", suffix="txt"),
        """
To:	All Approved Trustees
From:	Mandatory Provident Fund Schemes Authority
Ref.:	SU/TRT/2019/007
Date:	9 December 2019
Subject:	Year-end Returns
Please note the following dates.
""",
    ),
}

CHINESE: dict[str, tuple[Head, str]] = {
    "number in Chinese figures": (
        Head("FSC", "金管證券字第一一五〇三四二一八八號", "2026-06-22", "有關證券商辦理借貸業務應配合事項，請查照。"),
        """
金融監督管理委員會　函

發文日期：中華民國一一五年六月二十二日
發文字號：金管證券字第一一五〇三四二一八八號

主旨：有關證券商辦理借貸業務應配合事項，請查照。

說明：證券商應於民國一一五年七月三十一日前完成內部控制制度之修正。

正本：各證券商
副本：臺灣證券交易所股份有限公司
""",
    ),
    "text right below the fields": (
        Head(None, "NH/1/2027", "2027-03-08", "北港結算有限公司"),
        """
北港結算有限公司
編號：NH/1/2027
日期：2027年3月8日
測試時間表如下，參與者務請留意，如有查詢請與本公司聯絡。

2027年5月3日

上午9時系統開放
""",
    ),
    "zh hkscc separate": (
        Head("HKSCC", "CD/OES/CCASS/118/2024", "2024-06-14", "優化代理人報告功能"),
        """
香港中央結算有限公司
(香港交易及結算所有限公司全資附屬公司)

通告

日期：
2024年6月14日

編號：
CD/OES/CCASS/118/2024

事項：
優化代理人報告功能

查詢：
參與者服務熱線 2979 7111

參與者請注意，報告將由2024年7月22日起增加一欄。本公司曾於2024年4月2日發出通告（編號：CD/OES/CCASS/077/2024）。
""",
    ),
    "zh hkscc mixed": (
        Head("HKSCC", "CD/PS/CCASS/022/2023", "2023-03-09", "修訂交收指引"),
        """
香港中央結算有限公司
HONG KONG SECURITIES CLEARING COMPANY LIMITED
通告 CIRCULAR
編號 Ref. No.: CD/PS/CCASS/022/2023
日期 Date: 9/3/2023
事項 Subject: 修訂交收指引
查詢 Enquiry: 熱線 2979 7222

1. 交收指引已作修訂，請參與者留意。
""",
    ),
    "zh seoch spaced": (
        Head("SEOCH", "DCRM/SEOCH/143/2019", "2019-09-17", "港燈控股有限公司股票期權的資本調整"),
        """
香 港 聯合 交易 所期 權結 算 所有 限公 司
（香港交易及結算所有限公司全資附屬公司）

事項： 港 燈 控股 有限 公司 股票 期權 的 資本 調整
編號： DCRM/SEOCH/143/2019
日期： 17/09/2019
查詢： 何先生 2211 6142

聯交所期權結算所參與者請注意，行使價將作調整。
""",
    ),
    "zh seoch value between": (
        Head("SEOCH", "DCRM/SEOCH/062/2018", "2018-05-04", "2018年5月份儲備基金規定"),
        """
香港聯合交易所期權結算所有限公司
通告
事項 2018年5月份儲備基金規定 Subject:
編號 DCRM/SEOCH/062/2018 Ref. No.:
日期 4/5/2018 Date:
查詢 林女士 Enquiry:

期權結算所參與者現獲通知儲備基金的規定。
""",
    ),
    "zh hkcc three lines": (
        Head("HKCC", "DCRM/HKCC/088/2017", "2017-03-21", "恒生指數期貨的按金比率"),
        """
香港期貨結算有限公司
（香港交易及結算所有限公司全資附屬公司）

通告

事項

恒生指數期貨的按金比率

編號

Ref. No.:

DCRM/HKCC/088/2017

日期

Date:

2017年3月21日

期貨結算公司參與者請注意，以下按金將於2017年3月23日生效。
""",
    ),
    "zh hkcc footer": (
        Head("HKCC", "CLR/HKCC/205/2018", "2018-12-11", "聖誕節前夕的結算安排"),
        """
香港期貨結算有限公司

事項：聖誕節前夕的結算安排

期貨結算公司參與者請注意，2018年12月24日的結算時間將會縮短。日終處理將於下午1時30分開始。

如有查詢，請致電結算熱線2979 7222。

結算營運部
副總裁
蕭亞倫 謹啟

編號：CLR/HKCC/205/2018
日期：2018年12月11日
""",
    ),
    "zh otcc": (
        Head("OTCC", "OTCCO/019/2022", "2022-11-07", "修訂場外結算公司的結算程序"),
        """
香港場外結算有限公司
（香港交易及結算所有限公司附屬公司）

通告

事項: 修訂場外結算公司的結算程序
查詢: 場外結算熱線 2211 6990
編號: OTCCO/019/2022
日期: 二○二二年十一月七日

場外結算公司結算會員請注意，修訂將於2022年11月28日生效。
""",
    ),
    "zh sehk issuer inside": (
        Head("SEHK", "MKD/EQD/13/19", "2019-01-15", "農曆新年假期交易安排"),
        """
事項 Subject: 農曆新年假期交易安排
查詢 Enquiry: 周小姐 / 葉先生 2840-3351 / 2840-3355
編號 Ref. No.: MKD/EQD/13/19
日期 香港聯合交易所有限公司 Date: 15/01/2019
(香港交易及結算所有限公司全資附屬公司)

交易所參與者請注意，證券市場將於2019年2月5日至7日休市。
""",
    ),
    "zh sehk fused": (
        Head("SEHK", "MKS/EQD/28/20", "2020-07-16", "收市競價交易時段引入市場波動調節機制"),
        """
香港聯合交易所有限公司
通告
事項收市競價交易時段引入市場波動調節機制
查詢方小姐
編號MKS/EQD/28/20
日期2020年7月16日

致：所有交易所參與者

聯交所宣布，機制將於2020年第四季推出。
""",
    ),
    "zh hkfe tabs": (
        Head("HKFE", "MO/DT/092/21", "2021-08-02", "小型恒生科技指數期貨的持倉限額"),
        """
香港期貨交易所有限公司
(香港交易及結算所有限公司全資附屬公司)
通告
事項：	小型恒生科技指數期貨的持倉限額
查詢：	莫先生 2211-6360
編號：	MO/DT/092/21
日期：	02/08/2021

請交易所參與者參閱2021年4月16日的通告（MO/DT/045/21）。
""",
    ),
    "zh hkfe weekday": (
        Head("HKFE", "MO/DT/156/22", "2022-09-30", "收市後交易時段模擬測試結果"),
        """
香港期貨交易所有限公司

日期：2022年9月30日（星期五）
檔號：MO/DT/156/22
事由：收市後交易時段模擬測試結果

交易所參與者請注意，模擬測試已於2022年9月24日完成。
""",
    ),
    "zh hkex navigation": (
        Head("HKEX", "CT/118/19", "2019-12-19", "推出新的參與者網站"),
        """
跳到主要內容
主頁
關於香港交易所
市場數據
產品
服務
新聞
更新日期 2020年1月3日
恒生指數 28,451.50
列印
分享

香港交易及結算所有限公司

通告

日期：2019年12月19日
編號：CT/118/19
事項：推出新的參與者網站

三家交易所的參與者可由2020年1月6日起登入。

使用條款 | 私隱政策
""",
    ),
    "zh sfc": (
        Head("SFC", "SFO/IS/042/2023", "2023-10-17", "致持牌法團的通函 – 處理客戶資產"),
        """
證券及期貨事務監察委員會

致持牌法團的通函 – 處理客戶資產

2023年10月17日

1. 證券及期貨事務監察委員會（證監會）提醒持牌法團留意2022年5月31日的通函。

2. 如有任何疑問，請與你的個案主任聯絡。

證券及期貨事務監察委員會
中介機構部
中介機構監察科

完

SFO/IS/042/2023
""",
    ),
    "zh hkma two numbers": (
        Head("HKMA", "B9/25C", "2020-05-12", "小型借款人的紓緩措施", others=("B4/1C",)),
        """
本局檔號：
B9/25C
B4/1C

致：所有認可機構行政總裁

敬啟者：

小型借款人的紓緩措施

謹此通知貴機構於2020年5月6日公布的措施。

香港金融管理局
助理總裁（銀行操守）
謝立文 謹啟

2020年5月12日
""",
    ),
    "zh hkma our your": (
        Head("HKMA", "B1/15C", "2021-06-03", "《監管政策手冊》：經修訂的OR-2章節"),
        """
香港金融管理局
HONG KONG MONETARY AUTHORITY

本局檔號：B1/15C
來函檔號：AB/2021/77

2021年6月3日

致：認可機構行政總裁

敬啟者：

《監管政策手冊》：經修訂的OR-2章節

謹隨本局2020年12月22日的信函，通知貴機構經修訂的章節於今日發出。
""",
    ),
    "zh mpfa": (
        Head("MPFA", "SU/CTR/2016/004", "2016-07-08", "透過新網站提交周年報表"),
        """
強制性公積金計劃管理局
MANDATORY PROVIDENT FUND SCHEMES AUTHORITY

通函：SU/CTR/2016/004

致：所有核准受託人

敬啟者：

透過新網站提交周年報表

積金局謹此提醒核准受託人，2015年度的周年報表須於2016年7月31日或之前提交。

二零一六年七月八日
""",
    ),
    "zh ia": (
        Head("IA", "INS/TEC/6/146", "2024-08-22", "網絡安全評估通函"),
        """
保險業監管局
檔號:INS/TEC/6/146
致:所有獲授權保險人的行政總裁
敬啟者:
網絡安全評估通函
本通函取代2019年6月3日發出的通函。
保險業監管局
政策及法規部主管
梁志明
2024年8月22日
""",
    ),
    "zh sse": (
        Head("SSE", "上证发〔2021〕45号", "2021-08-06", "关于调整交易单元费用的通知"),
        """
上海证券交易所

关于调整交易单元费用的通知

上证发〔2021〕45号

各会员单位：

以下费用自2021年9月1日起执行。

特此通知。

上海证券交易所
二〇二一年八月六日
""",
    ),
    "zh szse": (
        Head("SZSE", "深证会〔2022〕310号", "2022-09-20", "关于做好国庆节假期休市安排的通知"),
        """
深圳证券交易所文件

深证会〔2022〕310号

关于做好国庆节假期休市安排的通知

各会员单位：

根据中国证监会《关于2022年部分节假日放假和休市安排有关问题的通知》（证监办发〔2021〕121号），现将有关事项通知如下。

深圳证券交易所
2022年9月20日
""",
    ),
    "zh no number": (
        Head("OTCC", None, None, "系統維修"),
        """
香港場外結算有限公司

事項：系統維修

結算會員請注意，網站將於2024年7月13日關閉。
""",
    ),
    "zh cited near": (
        Head("HKSCC", None, None, "年終現金預測提示"),
        """
香港中央結算有限公司

事項：年終現金預測提示

茲提述2022年11月1日發出的通告（編號CD/CDCO/CCASS/210/2022）。參與者請按時提交預測。
""",
    ),
    "zh several dates": (
        Head("SEHK", "MKD/EQD/34/22", "2022-09-12", "豁免終端機費用"),
        """
香港聯合交易所有限公司

生效日期：2022年10月3日
日期：2022年9月12日
截止日期：2022年12月31日
編號：MKD/EQD/34/22
事項：豁免終端機費用

交易所參與者請注意。
""",
    ),
    "tw letter": (
        Head("TDCC", "保結業字第1090005512號", "2020-03-30", "公告本公司業務操作辦法修正條文，並自即日起實施，請查照。"),
        """
臺灣集中保管結算所股份有限公司 函

發文日期：中華民國109年3月30日
發文字號：保結業字第1090005512號
主 旨：公告本公司業務操作辦法修正條文，並自即日起實施，請 查照。
說 明：一、依據金融監督管理委員會109年3月20日金管證交字第1090332210號函辦理。
正本：各參加人
副本：中華民國證券商業同業公會
""",
    ),
    "zh flat hkscc": (
        Head("HKSCC", "CD/OES/CCASS/202/2023", "2023-09-04", "修訂證券提取費收費時間表", suffix="txt"),
        """
香港中央結算有限公司 （香港交易及結算所有限公司全資附屬公司） 通告 事項：修訂證券提取費收費時間表 查詢：中央結算系統熱線 2979 7111 編號：CD/OES/CCASS/202/2023 日期：4/9/2023
參與者請注意，有關時間表已按附錄修訂。請參閱2023年7月3日的通告（CD/OES/CCASS/151/2023）。
""",
    ),
    "zh flat seoch": (
        Head("SEOCH", "DCRM/SEOCH/078/2020", "2020-06-15", "推出新期權類別", suffix="txt"),
        """
香港聯合交易所期權結算所有限公司 通告 事項 Subject: 推出新期權類別 查詢 Enquiry: 羅先生 2211-6905 編號 Ref. No.: DCRM/SEOCH/078/2020 日期 Date: 15/6/2020 期權結算所參與者請注意，新期權類別將於2020年6月22日推出。
""",
    ),
    "zh hkma letter": (
        Head("HKMA", "B1/15C", "2022-11-18", "《個人對個人支付作業守則》", others=("B9/67C",), suffix="txt"),
        """
本局檔號：B1/15C
　　　　　B9/67C

致：所有認可機構行政總裁

敬啟者：

《個人對個人支付作業守則》

本局謹通知貴機構，守則已作修訂，並將於2023年1月1日生效。

香港金融管理局
銀行操守部助理總裁
區毓麟

二零二二年十一月十八日
""",
    ),
    "zh number first": (
        Head("SEHK", "MKD/EQD/103/18", "2018-12-21", "聖誕節前夕及新年前夕的交易安排", suffix="txt"),
        """
編號：MKD/EQD/103/18　日期：21/12/2018
香港聯合交易所有限公司
（香港交易及結算所有限公司全資附屬公司）
通告
事項：聖誕節前夕及
新年前夕的交易安排
查詢：鄧小姐
1. 交易所參與者請注意，當日不設午市。
""",
    ),
    "zh footnote then number": (
        Head("HKSCC", "CD/PS/CCASS/145/2019", "2019-07-15", "更改提取股票截止時間", suffix="txt"),
        """
事項：更改提取股票截止時間
查詢：熱線 2979 7111

參與者請注意，提取股票的截止時間將由2019年8月5日起改為上午10時。

結算營運部
高級副總裁
麥淑嫻

1 截止時間後輸入的指示將於下一日處理。

香港中央結算有限公司
編號：CD/PS/CCASS/145/2019
日期：2019年7月15日
第1頁，共1頁
""",
    ),
    "zh otcc letter": (
        Head("OTCC", None, "2025-03-03", "年度違責演習", suffix="txt"),
        """
香港場外結算有限公司
致：所有場外結算公司結算會員
日期：2025年3月3日（星期一）
主題：年度違責演習

各結算會員：

年度違責演習將於2025年3月24日至26日舉行。
""",
    ),
    "zh ia letter": (
        Head("IA", "INS/TEC/6/80", "2019-06-28", "有關分紅保單利益說明的通函 ——過渡安排", suffix="txt"),
        """
保險業監管局
香港黃竹坑香葉道41號19樓

本局檔號：INS/TEC/6/80
來函檔號：

二零一九年六月二十八日

致：所有經營長期業務的獲授權保險人的行政總裁

執事先生：

有關分紅保單利益說明的通函
——過渡安排

繼2019年5月10日的通函，本局現列出過渡安排。
""",
    ),
    "zh sfc html": (
        Head("SFC", "SFO/IS/013/2024", "2024-03-15", "致中介人的通函", suffix="html"),
        """
<html><head><title>通函 | 證監會</title></head><body><nav><ul><li>主頁</li><li>關於證監會</li><li>發布日期 2020年1月1日</li></ul></nav>
<div id="main"><h1>致中介人的通函</h1><p>2024年3月15日</p>
<p>1. 證券及期貨事務監察委員會（證監會）提醒所有中介人於2024年4月30日或之前遞交問卷。</p>
<p>2. 請參閱本會2023年3月20日的通函（23EC14）。</p><p>證券及期貨事務監察委員會</p><p>完</p><p>SFO/IS/013/2024</p></div>
<footer>最後更新日期：2024年3月16日</footer></body></html>
""",
    ),
    "zh hkscc html table": (
        Head("HKSCC", "CD/PRJ/CCASS/091/2025", "2025-06-25", "推出無紙證券市場", suffix="html"),
        """
<html><body><div class="banner">本公司辦事處於2025年7月1日休息</div>
<table><tr><td>日期</td><td>2025年6月25日</td></tr><tr><td>事項</td><td>推出無紙證券市場</td></tr>
<tr><td>編號</td><td>CD/PRJ/CCASS/091/2025</td></tr><tr><td>查詢</td><td>馮先生 2840 3210</td></tr></table>
<p>香港中央結算有限公司</p>
<p>參與者請注意，無紙證券市場將於2026年11月16日推出。</p></body></html>
""",
    ),
    "zh sse head": (
        Head("SSE", "上证函〔2023〕1522号", "2023-09-20", "关于2023年中秋节、国庆节休市安排的通知", suffix="txt"),
        """
上海证券交易所
上证函〔2023〕1522号
关于2023年中秋节、国庆节休市安排的通知
各市场参与人：
根据中国证监会有关通知（证监办发〔2022〕117号），现将2023年中秋节、国庆节休市安排通知如下：
一、9月29日（星期五）至10月6日（星期五）休市。
上海证券交易所
2023年9月20日
""",
    ),
    "zh szse html": (
        Head("SZSE", "深证上〔2022〕333号", "2022-03-31", "关于发布《深圳证券交易所会员管理规则》的通知", suffix="html"),
        """
<html><body><div>首页 > 法律规则 > 本所业务规则</div><h2>关于发布《深圳证券交易所会员管理规则》的通知</h2><p>时间：2022年3月31日</p><p>深证上〔2022〕333号</p>
<p>各会员单位：</p><p>现予发布《会员管理规则》，自发布之日起施行。本所2019年5月31日发布的规则（深证上〔2019〕333号）同时废止。</p><p>深圳证券交易所</p><p>2022年3月31日</p></body></html>
""",
    ),
    "zh mpfa letter": (
        Head("MPFA", "SU/CTR/2003/001", "2003-02-10", "強積金中介人資格考試安排", others=("MC/IIQE/CIR",), suffix="txt"),
        """
通函：SU/CTR/2003/001
檔號:MC/IIQE/CIR
二○○三年二月十日

致：各主事中介人

執事先生：

強積金中介人資格考試安排

隨函附上新的考試時間表。

強制性公積金計劃管理局
監理部主管
何國強 謹啟
""",
    ),
    "zh spaced labels": (
        Head("HKCC", "CLR/HKCC/020/2016", "2016-02-05", "颱風期間的應變安排", suffix="txt"),
        """
香 港 期 貨 結 算 有 限 公 司
事 項 ： 颱風期間的應變安排
編 號 ： CLR/HKCC/020/2016
日 期 ： 2016 年 2 月 5 日
查 詢 ： 2979 7222
期貨結算公司參與者須檢視其安排。
""",
    ),
    "zh tw spaced": (
        Head(
            "TWSE",
            "臺證輔字第1150021234號",
            "2026-04-02",
            "檢送「證券商內部控制制度標準規範」修正條文，請於115年5月31日前完成調整。",
            suffix="txt",
        ),
        """
臺灣證券交易所股份有限公司　函
發文日期：中華民國１１５年４月２日
發文字號：臺證輔字第1150021234號
速別：普通件
附件：如文
主　　旨：檢送「證券商內部控制制度標準規範」修正條文，請於115年5月31日前完成調整。
說　　明：
一、依據金融監督管理委員會115年3月20日金管證券字第1150380123號函辦理。
正本：各證券商
""",
    ),
    "zh hkex nav far": (
        Head("HKFE", "MO/DT/088/23", "2023-04-21", "五一勞動節假期的收市後交易安排", suffix="txt"),
        """
語言
English
简体
市場動態
恒指 18,204
國指 6,230
產品
上市產品
證券
交易所買賣產品
市場推廣
結算
通告
搜尋
列印此頁

香港交易及結算所有限公司
香港期貨交易所有限公司
（香港交易及結算所有限公司全資附屬公司）

通告

編號：MO/DT/088/23
日期：2023年4月21日
事由：五一勞動節假期的收市後交易安排
查詢：熱線 2211 6360

交易所參與者請留意以下安排。
""",
    ),
    "zh hkma note": (
        Head("HKMA", "B10/1C", "2024-02-28", "有關《監管政策手冊》IC-7章節的諮詢", suffix="txt"),
        """
香港金融管理局
致：所有認可機構行政總裁
本局檔號：B10/1C
日期：2024年2月28日
敬啟者：
有關《監管政策手冊》IC-7章節的諮詢
現誠邀貴機構於2024年4月30日或之前提出意見。
""",
    ),
    "zh hkex both refs": (
        Head("SEHK", "CT/020/25", "2025-03-10", "八號或以上颱風信號期間的交易安排", others=("MO/DT/021/25",), suffix="txt"),
        """
香港聯合交易所有限公司
香港期貨交易所有限公司
(香港交易及結算所有限公司全資附屬公司)
通告
檔號：CT/020/25 及 MO/DT/021/25
日期：2025年3月10日
標題：八號或以上颱風信號期間的交易安排
參與者請留意下列安排。
""",
    ),
    "zh sse full": (
        Head("SSE", "上证发〔2023〕66号", "2023-04-28", "关于发布《上海证券交易所债券交易规则》的通知", suffix="txt"),
        """
索 引 号：bm56000001/2023-00012345
上海证券交易所文件
上证发〔2023〕66号
────────────
关于发布《上海证券交易所债券交易规则》的通知

各市场参与人：
为规范债券交易，本所制定了《上海证券交易所债券交易规则》，现予发布，自2023年6月1日起施行。
特此通知。
附件：上海证券交易所债券交易规则
上海证券交易所
二〇二三年四月二十八日
""",
    ),
    "zh otcc inline": (
        Head("OTCC", "OTCCO/031/2024", "2024-08-01", "更新違約基金供款", suffix="txt"),
        """
香港場外結算有限公司通告
編號OTCCO/031/2024　　2024年8月1日（星期四）
事項　更新違約基金供款
各結算會員須於2024年8月9日前補足供款。
""",
    ),
    "zh ia seal": (
        Head("IA", "INS/TEC/12/5", "2023-11-20", "反洗錢指引的修訂", suffix="txt"),
        """
保監局通函
檔號：INS/TEC/12/5
發出日期：2023年11月20日
生效日期：2024年1月1日
標題：反洗錢指引的修訂
致：獲授權保險人及持牌保險經紀公司
本通函列出主要修訂。
保險業監管局
""",
    ),
}

BILINGUAL: dict[str, tuple[Head, str]] = {
    "mul labelled": (
        Head("HKSCC", "CD/OES/CCASS/055/2024", "2024-03-08", "Maintenance of the Participant Portal 參與者網站維修", suffix="txt"),
        """
香港中央結算有限公司
HONG KONG SECURITIES CLEARING COMPANY LIMITED

編號 Ref. No.: CD/OES/CCASS/055/2024
日期 Date: 8/3/2024
Subject: Maintenance of the Participant Portal
事項：參與者網站維修
查詢 Enquiry: 2979 7111

Participants are advised that the portal will be closed for maintenance on the day named in the table below and that no instruction can be entered while it is closed. They should enter their instructions on the day before and check the reports on the day after.

參與者請注意，網站將於下表所示日期關閉以進行維修，期間不能輸入任何指示。參與者應於前一日輸入指示，並於翌日查閱報告。如有疑問，請與參與者服務聯絡。參與者亦應提醒其客戶有關安排，並確保其系統於維修後運作正常。有關維修不會影響其他服務，款項交收及證券交收均如常進行，所有報告將如常發放。
""",
    ),
    "mul letter": (
        Head("OTCC", None, "2025-01-10", "Maintenance of the Member Portal 會員網站維修", suffix="txt"),
        """
OTC Clearing Hong Kong Limited 香港場外結算有限公司

10 January 2025

Maintenance of the Member Portal
會員網站維修

Participants are advised that the portal will be closed for maintenance on the day named in the table below and that no instruction can be entered while it is closed. They should enter their instructions on the day before and check the reports on the day after.

參與者請注意，網站將於下表所示日期關閉以進行維修，期間不能輸入任何指示。參與者應於前一日輸入指示，並於翌日查閱報告。如有疑問，請與參與者服務聯絡。參與者亦應提醒其客戶有關安排，並確保其系統於維修後運作正常。有關維修不會影響其他服務，款項交收及證券交收均如常進行，所有報告將如常發放。
""",
    ),
    "mul second half": (
        Head("HKCC", "CLR/HKCC/010/2025", "2025-01-10", "Maintenance of DCASS 衍生產品結算及交收系統維修", suffix="txt"),
        """
HKFE Clearing Corporation Limited

Circular

Ref. No.: CLR/HKCC/010/2025
Date: 10 January 2025

Subject: Maintenance of DCASS

Participants are advised that the portal will be closed for maintenance on the day named in the table below and that no instruction can be entered while it is closed. They should enter their instructions on the day before and check the reports on the day after.

香港期貨結算有限公司

通告

編號：CLR/HKCC/010/2025
日期：2025年1月10日

事項：衍生產品結算及交收系統維修

參與者請注意，網站將於下表所示日期關閉以進行維修，期間不能輸入任何指示。參與者應於前一日輸入指示，並於翌日查閱報告。如有疑問，請與參與者服務聯絡。參與者亦應提醒其客戶有關安排，並確保其系統於維修後運作正常。有關維修不會影響其他服務，款項交收及證券交收均如常進行，所有報告將如常發放。
""",
    ),
    "house above a red rule, kind of paper": (
        Head(None, "金办发〔2026〕87号", "2026-11-06", "关于开展数据安全自查工作的通知", suffix="html"),
        """
<html><body><h2>金融监督管理总局办公厅文件</h2><p>金办发〔2026〕87号</p><p>关于开展数据安全自查工作的通知</p><p>各银行保险机构：</p><p>现就开展数据安全自查工作有关事项通知如下，请遵照执行。</p><p>2026年11月6日</p></body></html>
""",
    ),
    "site's own name, place on the site, facts below the title": (
        Head("FCA", "CP26/31", "2026-11-02", "CP26/31: Access to trading data", suffix="html"),
        """
<html><head><title>Access to trading data | FCA</title></head><body><p>Home / Publications / Papers</p><h1>CP26/31: Access to trading data</h1><dl><dt>Consultation closes</dt><dd>26 February 2027</dd><dt>Published</dt><dd>2 November 2026</dd></dl><p>We are consulting on changes to the rules under which venues sell data to their users, and on the reform of their charges.</p></body></html>
""",
    ),
    "kind above the title, day right behind the number": (
        Head("HKMA", "B10/1C", "2026-11-09", "Oversight of critical third parties"),
        """
HONG KONG MONETARY AUTHORITY

Our Ref.: B10/1C 9 November 2026

Public Statement

Oversight of critical third parties

Institutions must keep a register of those on whom they depend, and test at least once a year how they would do without them.
""",
    ),
    "number and day in a box below the first sentence": (
        Head("MAS", "CMI07/2026", "2026-10-28", "Reporting of Commodity Contracts"),
        """
Monetary Authority of Singapore

Reporting of Commodity Contracts

This circular tells all licensees of the arrangements for the reporting of their commodity contracts to a licensed repository.

At a glance

Circular No. CMI 07/2026

Issued 28 October 2026

Licensees must appoint a person whom we can ask.
""",
    ),
    "heading in two blocks": (
        Head("CSRC", "证监发〔2026〕37号", "2026-09-28", "关于做好2026年度证券公司信息技术应急演练工作的通知"),
        """
中国证券监督管理委员会文件

证监发〔2026〕37号

关于做好2026年度证券公司信息技术

应急演练工作的通知

各证监局，各证券公司：

为进一步提升行业信息系统安全运行水平，现就做好应急演练工作有关事项通知如下，请认真贯彻执行。

中国证监会

2026年9月28日
""",
    ),
    "letter to chiefs, site known by its copyright": (
        Head("MAS", None, "2026-10-01", "Dear CEO letter: Oversight of representatives", suffix="html"),
        """
<html><body><h1>Dear CEO letter: Oversight of representatives</h1><p>Date: 1 October 2026</p><p>This letter sets out what we expect.</p><p>You must review the position of each representative at least once a year and keep a record of it.</p><footer>© 2026 Monetary Authority of Singapore</footer></body></html>
""",
    ),
    "a kind before the title, the day behind a number of no known shape": (
        Head("IA", "LT-09/2026", "2026-11-02", "Circular: Annual return on premium financing", suffix="html"),
        """
<html><body><p>Insurance Authority</p><p>Circular No. LT-09/2026 2 November 2026</p><h1>Circular: Annual return on premium financing</h1><p>Insurers must file the return through the portal no later than 31 March 2027, and keep their working papers.</p></body></html>
""",
    ),
    "heading torn by what stands beside it": (
        Head("MAS", None, "2026-08-06", None),
        """
Monetary Authority of Singapore

6 August 2026

Circular on the Reporting of Outsourced Services by

See also
Guidelines on Outsourcing
Notice 1655

Capital Markets Intermediaries

Licensees must report their outsourced services to the Authority once a year and keep a register of all of them.
""",
    ),
    "contacts and number above a first sentence": (
        Head("ASX", "1187.26.11", "2026-11-23", None),
        """
AUSTRALIAN SECURITIES EXCHANGE

Notice number: 1187.26.11
Date of issue: 23 November 2026
E-mail: markets@asx.com.au

This notice sets out the changes to the closing auction of the equity
market

Participants must complete the tests before 30 August 2027 and tell us of any difference that they find.
""",
    ),
    "mul html": (
        Head("IA", None, "2025-01-10", "維修通知 Maintenance Notice", suffix="html"),
        """
<html><body><h1>維修通知 Maintenance Notice</h1><h2>Maintenance of the Return Portal</h2><h2>申報網站維修</h2><p>Date: 10 January 2025</p><p>Insurance Authority</p><p>Participants are advised that the portal will be closed for maintenance on the day named in the table below and that no instruction can be entered while it is closed. They should enter their instructions on the day before and check the reports on the day after.</p><p>參與者請注意，網站將於下表所示日期關閉以進行維修，期間不能輸入任何指示。參與者應於前一日輸入指示，並於翌日查閱報告。如有疑問，請與參與者服務聯絡。參與者亦應提醒其客戶有關安排，並確保其系統於維修後運作正常。有關維修不會影響其他服務，款項交收及證券交收均如常進行，所有報告將如常發放。</p></body></html>
""",
    ),
}


@pytest.mark.parametrize("name", [*ENGLISH, *CHINESE, *BILINGUAL])
def test_a_head_says_who_when_which_and_what(name: str) -> None:
    expected, text = {**ENGLISH, **CHINESE, **BILINGUAL}[name]
    said = parse(text.lstrip("\n").encode(), Path(f"page.{expected.suffix}"), Settings())
    assert head(said, expected.suffix) == expected


@pytest.mark.parametrize(
    "pasted",
    [
        "From: Circulars <circulars@hkex.example>\nSent: Tuesday, 5 January 2027 5:42 PM\nTo: All participants\nSubject: FW: [HKSCC] New margin calls",
        "寄件者: 香港交易所\n傳送日期: 2027年1月5日 17:42\n主旨: 轉寄：通告",
        "All,\n\nPlease see below.\n\nFrom: Circulars\nSent: Tuesday, 5 January 2027 5:42 PM\nTo: Desk\nSubject: FW: New margin calls",
    ],
)
def test_the_head_of_a_pasted_mail_gives_way_to_that_of_the_circular_below(pasted: str) -> None:
    circular = (
        f"{pasted}\n\nHong Kong Securities Clearing Company Limited\n\nCIRCULAR\n\nSubject: Intraday Margin Calls\n"
        "Ref. No.: CD/CDCRM/CCASS/003/2027\nDate: 06/01/2027\n\nClearing Participants must reply by 3 May 2027.\n"
    )
    read = parse(circular.encode(), Path("x.txt"), Settings())
    assert (read.issuer, read.number, str(read.issued), read.title) == (
        "HKSCC",
        "CD/CDCRM/CCASS/003/2027",
        "2027-01-06",
        "Intraday Margin Calls",
    )


def test_the_head_of_a_mail_that_a_circular_answers_is_none_of_its_own() -> None:
    circular = (
        "各位參與者：\n\n編號：CD/ADM/CCASS/144/2026\n\n參與者須於2026年12月15日或之前申請延長服務。\n\n香港中央結算有限公司\n\n"
        "寄件者：陳大文\n寄件日期：2026年12月1日 10:02\n主旨：提早收市？\n\n請問會否提早收市？\n"
    )
    read = parse(circular.encode(), Path("x.txt"), Settings())
    assert (read.number, read.issued, read.title) == ("CD/ADM/CCASS/144/2026", None, None)
    assert [str(one.due) for one in read.deadlines] == ["2026-12-15"]


def test_a_mail_without_a_circular_below_keeps_its_own_head() -> None:
    mail = "From: Clearing House <desk@hkex.example>\nSent: 5 January 2027\nSubject: Notice of test\n\nClearing Participants must reply by 3 May 2027.\n"
    read = parse(mail.encode(), Path("x.txt"), Settings())
    assert (str(read.issued), read.title) == ("2027-01-05", "Notice of test")


def test_a_mail_that_a_numbered_circular_answers_stays_below_it() -> None:
    mail = "关于做好年终结算工作的通知\n\n中结算发〔2026〕112号\n\n各结算参与人应于2026年12月25日前完成核对。\n\n发件人：李明\n发送时间：2026年11月5日\n主题：年终安排\n\n请于2026年11月7日前答复。\n"
    read = parse(mail.encode(), Path("x.txt"), Settings())
    assert (read.title, [str(one.due) for one in read.deadlines]) == ("关于做好年终结算工作的通知", ["2026-12-24"])
    assert [one.quote for one in read.unexplained] == ["于2026年11月7日前"]


def test_by_when_those_act_who_get_a_circular_sent_on_is_told() -> None:
    mail = (
        "Dear all,\n\nDesk heads must confirm to me by 27 November 2026.\n\nFrom: SFC\nSent: 9 November 2026\nSubject: Reports of the desks\n\n"
        "Securities and Futures Commission\n\nFirms must register by 8 January 2027.\n"
    )
    read = parse(mail.encode(), Path("x.txt"), Settings())
    assert [str(one.due) for one in read.deadlines] == ["2027-01-08"]
    assert [one.quote for one in read.unexplained] == ["by 27 November 2026"]


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize("parted", ["\n", ": ", " | "])
def test_a_fact_in_a_box_is_a_deadline_and_no_title(where: str, parted: str) -> None:
    box = f"Published{parted}2 November 2026\nConsultation closes{parted}26 February 2027\n\n"
    said = "We are consulting on changes to the rules under which trading venues and other providers sell data to their users.\n\n"
    text = f"Financial Conduct Authority\n\nAccess to trading data\n\n{box + said if where == 'above' else said + box}Next steps\n\nWe will tell you.\n"
    read = parse(text.encode(), Path("x.txt"), Settings())
    assert (read.title, [str(one.due) for one in read.deadlines]) == ("Access to trading data", ["2027-02-26"])


@pytest.mark.parametrize(("head", "lead", "items", "who"), [
    ("Securities and Futures Commission\n\nCIRCULAR\n\n2 November 2026\n\nContact persons of firms", "Firms must:",
     ("(a) review their controls; and", "(b) name a contact person by 18 December 2026."), "Firms"),
    ("Securities and Futures Commission\n\nCIRCULAR\n\n2 November 2026\n\nContact persons of firms", "Licensed corporations are required to:",
     ("• review their controls", "• name a contact person by 18 December 2026"), "Licensed corporations"),
    ("證券及期貨事務監察委員會\n\n通函\n\n2026年11月2日\n\n有關聯絡人的安排", "持牌法團應：",
     ("（一）檢視其內部監控措施；及", "（二）於2026年12月18日或之前指定一名聯絡人。"), "持牌法團"),
    ("证券及期货事务监察委员会\n\n通函\n\n2026年11月2日\n\n有关联络人的安排", "持牌法团须：",
     ("（一）检视其内部监控措施；及", "（二）于2026年12月18日或之前指定一名联络人。"), "持牌法团"),
])  # fmt: skip
def test_a_short_circular_may_begin_with_the_line_over_its_list(head: str, lead: str, items: tuple[str, ...], who: str) -> None:
    found = parse("\n\n".join([head, lead, *items]).encode(), Path("a.txt"), Settings())
    assert (found.issuer, found.title) == ("SFC", head.rpartition("\n")[2])
    assert [(fact.due, fact.bearer) for fact in found.deadlines] == [(date(2026, 12, 18), (who,))]


@pytest.mark.parametrize("between", ["", "\n", "\n一、"])
def test_what_an_explanation_says_first_is_text(between: str) -> None:
    text = f"某某股份有限公司通知\n2026年11月2日\n\n主旨：關於系統測試\n說明：{between}參與者須於2026年12月1日前交回表格。\n"
    told = parse(text.encode(), Path("a.txt"), Settings())
    assert told.title == "關於系統測試"
    assert [(one.due, one.bearer, one.action) for one in told.deadlines] == [(date(2026, 11, 30), ("參與者",), "交回表格")]
