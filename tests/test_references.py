"""What a sentence cites: relation, number and date, in sentences written from the contract, not from the rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

ENGLISH = [
    ("Reference is made to circular CD/OES/CCASS/077/2024 dated 2 April 2024.", ["cites CD/OES/CCASS/077/2024 2024-04-02"]),
    ("Further to our circular of 12 March 2021 (Ref. No.: DCRM/HKCC/030/2021), Participants are advised of the following.", ["cites DCRM/HKCC/030/2021 2021-03-12"]),
    ("This circular supersedes the circular issued on 5 May 2020.", ["replaces - 2020-05-05"]),
    ("This circular supersedes circular MO/DT/091/21 with immediate effect.", ["replaces MO/DT/091/21 -"]),
    ("Please refer to LC Paper No. CB(2)1414/07-08 for the background.", ["cites CB(2)1414/07-08 -"]),
    ("Members may refer to the minutes (LC Paper No. CB(1) 532/12-13(04)) for details.", ["cites CB(1)532/12-13(04) -"]),
    ("The circulars referenced MKD/EQD/12/19, MKD/EQD/14/19 and MKD/EQD/15/19 remain in force.", ["cites MKD/EQD/12/19 -", "cites MKD/EQD/14/19 -", "cites MKD/EQD/15/19 -"]),
    ("Participants are reminded of circular CD/PS/CCASS/021/2023 dated 9/3/2023.", ["reminds CD/PS/CCASS/021/2023 2023-03-09"]),
    ("As mentioned in the above circular, the fees are payable monthly.", []),
    ("Under Rule 1101 and Chapter 13 of the General Rules of CCASS, a Participant shall pay the fee.", []),
    ("This circular amends our circular dated 3 June 2019 (Ref: SFO/IS/021/2019).", ["amends SFO/IS/021/2019 2019-06-03"]),
    ("The circular (26EC08) issued by the SFC on 5 February 2026 sets out the return.", ["cites 26EC08 2026-02-05"]),
    ("See the letter from the HKMA dated 22 December 2020 on the same matter.", ["cites - 2020-12-22"]),
    ("The HKMA's circular of 14 August 2019 (B1/15C) requires an assessment.", ["cites B1/15C 2019-08-14"]),
    ("The page was last updated on 14 August 2019.", []),
    ("The User Guide (Version 3.2, last updated in March 2022) applies.", []),
    ("Section 4.5 of the Operational Procedures is amended.", []),
    ("Pursuant to circular no. cd/cdco /ccass 034/2020, the tariff applies.", ["cites cd/cdco/ccass034/2020 -"]),
    ("The Exchange's circulars dated 4 July 2022 and 12 September 2022 explained the waiver.", ["cites - 2022-07-04", "cites - 2022-09-12"]),
    ("The notice in SSE [2021] No. 45 has been repealed.", ["replaces SSE[2021]No.45 -"]),
    ("Please refer to the circular letter SU/CTR/2003/001 for the procedure.", ["cites SU/CTR/2003/001 -"]),
    ("The consultation conclusions published on 18 November 2022 are on our website.", ["cites - 2022-11-18"]),
    ("Our circular dated 10 January 2013, in which the requirements were explained, is replaced by this one.", ["replaces - 2013-01-10"]),
    ("Attached to circular INS/TEC/6/79 dated 7 August 2018 was a questionnaire.", ["cites INS/TEC/6/79 2018-08-07"]),
    ("The press release of 8 May 2023 announced the launch.", ["cites - 2023-05-08"]),
    ("Participants should submit form CLR/F/12 by 3 June 2024.", []),
    ("The ratio of 12/34 and the lot 100/200/300 are unchanged.", []),
    ("Reference is made to Circulars Nos. OTCCO/016/2022 to OTCCO/018/2022.", ["cites OTCCO/016/2022 -", "cites OTCCO/018/2022 -"]),
    ("We refer to our letter ref. B9/25C dated 12 May 2020 and the attachment to it.", ["cites B9/25C 2020-05-12"]),
    ("Please refer to our circulars Ref. No.: CD/OES/CCASS/101/2023 and CD/OES/CCASS/102/2023 both dated 5 May 2023.", ["cites CD/OES/CCASS/101/2023 2023-05-05", "cites CD/OES/CCASS/102/2023 2023-05-05"]),
    ("This Circular replaces our circular DCRM/HKCC/055/2019 of 17 June 2019, which is hereby withdrawn.", ["replaces DCRM/HKCC/055/2019 2019-06-17"]),
    ("Reference is made to the circulars dated 5 May 2023 (Ref. No.: CD/OES/CCASS/101/2023) and 9 June 2023 (Ref. No.: CD/OES/CCASS/131/2023).", ["cites CD/OES/CCASS/101/2023 2023-05-05", "cites CD/OES/CCASS/131/2023 2023-06-09"]),
    ("We refer to the joint announcement of the SFC and the CSRC dated 19 December 2022.", ["cites - 2022-12-19"]),
    ("The Panel discussed the paper (LC Paper No. CB(1)888/2022(03)) on 4 July 2022.", ["cites CB(1)888/2022(03) -"]),
    ("Participants are asked to note circular CT/033/24.", ["cites CT/033/24 -"]),
    ("The guidelines issued under Circular 033/B/2010-DSB/AMCM are revoked.", ["cites 033/B/2010-DSB/AMCM -"]),
    ("The circular will be issued on 5 June 2024.", []),
    ("A letter is to be sent to clients by 5 June 2024.", []),
    ("The notice period ends on 5 June 2024.", []),
    ("Supplementary to the circular MO/DT/100/22 dated 3 June 2022, the following is added.", ["appends MO/DT/100/22 2022-06-03"]),
    ("The misprint in circular MKD/EQD/38/21 dated 9 August 2021 is corrected as follows.", ["amends MKD/EQD/38/21 2021-08-09"]),
    ("See Chapter 8 of the Guidelines and Rule 14.20 of the Listing Rules.", []),
    ("As stated in HKMA circular “Enhancing Cyber Resilience” dated 3 November 2020, institutions should test their backups.", ["cites - 2020-11-03"]),
    ("On 8 March 2023, the SFC issued a circular (23EC10) on the same subject.", ["cites 23EC10 2023-03-08"]),
    ("The Exchange published the Consultation Paper on 17 June 2024.", ["cites - 2024-06-17"]),
    ("Participants should take note of the following circulars:\n(a) CT/011/24 dated 5 February 2024\n(b) CT/012/24 dated 6 February 2024", ["cites CT/011/24 2024-02-05", "cites CT/012/24 2024-02-06"]),
    ("The application form AB/12/24 is attached.", []),
    ("This circular should be read together with the circulars issued on 6 May 2022 and 9 June 2023.", ["cites - 2022-05-06", "cites - 2023-06-09"]),
    ("Participants are reminded of the arrangements set out in the circular ref. CD/OES/CCASS/101/2023 issued on 5 May 2023.", ["reminds CD/OES/CCASS/101/2023 2023-05-05"]),
    ("With effect from today, circular B1/15C of 3 June 2021 is superseded.", ["replaces B1/15C 2021-06-03"]),
    ("The deadline mentioned in our letter dated 3 June 2021 has passed.", ["cites - 2021-06-03"]),
    ("Members are referred to SFC’s circular of 12 January 2024 (24EC05).", ["cites 24EC05 2024-01-12"]),
    ("The meeting notice was sent on 5 May 2026 to all.", []),
]  # fmt: skip

CHINESE = [
    ("茲提述2024年4月2日發出的通告（編號：CD/OES/CCASS/077/2024）。", ["cites CD/OES/CCASS/077/2024 2024-04-02"]),
    ("繼本公司於2021年3月12日發出的通告（編號DCRM/HKCC/030/2021），現通知參與者下列安排。", ["cites DCRM/HKCC/030/2021 2021-03-12"]),
    ("本通告取代於2020年5月5日發出的通告。", ["replaces - 2020-05-05"]),
    ("本通告取代編號MO/DT/091/21的通告，並即時生效。", ["replaces MO/DT/091/21 -"]),
    ("背景請參閱立法會CB(2)1414/07-08號文件。", ["cites CB(2)1414/07-08 -"]),
    ("詳情見立法會CB(1) 532/12-13(04)號文件。", ["cites CB(1)532/12-13(04) -"]),
    ("編號MKD/EQD/12/19、MKD/EQD/14/19及MKD/EQD/15/19的通告仍然有效。", ["cites MKD/EQD/12/19 -", "cites MKD/EQD/14/19 -", "cites MKD/EQD/15/19 -"]),
    ("謹提醒參與者留意2023年3月9日的通告（CD/PS/CCASS/021/2023）。", ["reminds CD/PS/CCASS/021/2023 2023-03-09"]),
    ("如上述通告所述，費用須按月繳付。", []),
    ("根據《中央結算系統一般規則》第1101條及第13章，參與者須繳付費用。", []),
    ("本通函修訂2019年6月3日的通函（檔號：SFO/IS/021/2019）。", ["amends SFO/IS/021/2019 2019-06-03"]),
    ("證監會於2026年2月5日發出的通函（26EC08）列明申報表的內容。", ["cites 26EC08 2026-02-05"]),
    ("請參閱金管局2020年12月22日就同一事宜發出的信函。", ["cites - 2020-12-22"]),
    ("金管局2019年8月14日的通告（檔號：B1/15C）要求進行評估。", ["cites B1/15C 2019-08-14"]),
    ("本網頁最後更新日期為2019年8月14日。", []),
    ("運作程序第4.5條現予修訂。", []),
    ("根据中国证监会《关于节假日休市安排的通知》（证监办发〔2021〕121号），现通知如下。", ["cites 证监办发〔2021〕121号 -"]),
    ("依據中投信〔2022〕20號函辦理。", ["cites 中投信〔2022〕20號 -"]),
    ("聯交所於2022年7月4日及2022年9月12日發出的通告已解釋有關豁免。", ["cites - 2022-07-04", "cites - 2022-09-12"]),
    ("上证发〔2021〕45号同时废止。", ["replaces 上证发〔2021〕45号 -"]),
    ("程序請參閱通函SU/CTR/2003/001。", ["cites SU/CTR/2003/001 -"]),
    ("2022年11月18日刊發的諮詢總結已上載本公司網站。", ["cites - 2022-11-18"]),
    ("本局於二零一三年一月十日發出的通函由本通函取代。", ["replaces - 2013-01-10"]),
    ("於2018年8月7日發出的通函（INS/TEC/6/79）附有問卷。", ["cites INS/TEC/6/79 2018-08-07"]),
    ("2023年5月8日的新聞稿公布了推出日期。", ["cites - 2023-05-08"]),
    ("依據金融監督管理委員會109年3月20日金管證交字第1090332210號函辦理。", ["cites 金管證交字第1090332210號 2020-03-20"]),
    ("參與者須於2024年6月3日或之前遞交表格CLR/F/12。", []),
    ("茲提述編號OTCCO/016/2022至OTCCO/018/2022的通告。", ["cites OTCCO/016/2022 -", "cites OTCCO/018/2022 -"]),
    ("請參閱本局2020年5月12日的信函（檔號B9/25C）及其附件。", ["cites B9/25C 2020-05-12"]),
    ("請參閱2023年5月5日發出的通告（編號：CD/OES/CCASS/101/2023及CD/OES/CCASS/102/2023）。", ["cites CD/OES/CCASS/101/2023 2023-05-05", "cites CD/OES/CCASS/102/2023 2023-05-05"]),
    ("本通告取代本公司2019年6月17日的通告（DCRM/HKCC/055/2019），該通告現予撤回。", ["replaces DCRM/HKCC/055/2019 2019-06-17"]),
    ("茲提述2023年5月5日（編號：CD/OES/CCASS/101/2023）及2023年6月9日（編號：CD/OES/CCASS/131/2023）的通告。", ["cites CD/OES/CCASS/101/2023 2023-05-05", "cites CD/OES/CCASS/131/2023 2023-06-09"]),
    ("請參閱證監會與中國證監會2022年12月19日的聯合公告。", ["cites - 2022-12-19"]),
    ("委員會於2022年7月4日討論有關文件（立法會CB(1)888/2022(03)號文件）。", ["cites CB(1)888/2022(03) -"]),
    ("參與者請留意通告CT/033/24。", ["cites CT/033/24 -"]),
    ("設於澳門的銀行必須遵守第015/2021-AMCM號通告。", ["cites 015/2021-AMCM -"]),
    ("有關通告將於2024年6月5日發出。", []),
    ("通知期於2024年6月5日屆滿。", []),
    ("作為2022年6月3日通告（MO/DT/100/22）的補充，現增訂如下。", ["appends MO/DT/100/22 2022-06-03"]),
    ("2021年8月9日的通告（MKD/EQD/38/21）有誤，現更正如下。", ["amends MKD/EQD/38/21 2021-08-09"]),
    ("見《指引》第8章及《上市規則》第14.20條。", []),
    ("金管局於2020年11月3日發出題為《提升網絡防衛能力》的通告，要求機構測試備份。", ["cites - 2020-11-03"]),
    ("證監會於2023年3月8日就同一事宜發出通函（23EC10）。", ["cites 23EC10 2023-03-08"]),
    ("聯交所於2024年6月17日刊發諮詢文件。", ["cites - 2024-06-17"]),
    ("请各单位按照《关于进一步做好系统测试的通知》（中国结算发字〔2023〕88号）的要求办理。", ["cites 中国结算发字〔2023〕88号 -"]),
    ("根据本所2023年6月30日发布的《业务指南第2号》（深证上〔2023〕555号），现通知如下。", ["cites 深证上〔2023〕555号 2023-06-30"]),
    ("隨附表格AB/12/24。", []),
    ("本通函應與2022年5月6日及2023年6月9日發出的通函一併閱讀。", ["cites - 2022-05-06", "cites - 2023-06-09"]),
    ("參與者請留意2023年5月5日發出的編號CD/OES/CCASS/101/2023通告所載的安排。", ["cites CD/OES/CCASS/101/2023 2023-05-05"]),
    ("本局2021年6月3日的B1/15C號通告即日起由本通告取代。", ["replaces B1/15C 2021-06-03"]),
    ("請參閱證監會2024年1月12日的通函（24EC05）。", ["cites 24EC05 2024-01-12"]),
    ("详见《关于修订结算规则的通知》（中国结算发字〔2022〕20号，2022年3月4日）。", ["cites 中国结算发字〔2022〕20号 2022-03-04"]),
    ("會議通知已於2026年5月5日寄出。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited"), ENGLISH + CHINESE)
def test_a_sentence_says_what_it_cites(text: str, cited: list[str]) -> None:
    said = parse(f"Subject: Fees\n\n{text}\n".encode(), Path("page.txt"), Settings())
    assert sorted(f"{one.relation} {one.number or '-'} {one.issued or '-'}" for one in said.references) == sorted(cited)


SHARED = sorted(path for folder in ("circulars", "seeds") for path in Path(f"../shared/{folder}").rglob("*.txt"))


@pytest.mark.skipif(not SHARED, reason="the shared circulars are not here")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_number_of_a_circular_is_its_own_or_cited(path: Path) -> None:
    said = parse(path.read_bytes(), path, Settings())
    told = {said.number, *said.other_numbers, *(reference.number for reference in said.references)}
    assert set(re.findall(r"(?<![\w/])[A-Z]{2,6}(?:/[A-Z]{2,6}){1,2}/\d{1,4}/\d{2,4}(?![\w/])", said.text)) <= told
