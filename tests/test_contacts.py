"""Who and what can be reached, in sentences written from the contract, not from the rules.

A number that is no telephone gives no contact; what is masked or has lost digits is reported.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

ENGLISH = [
    ("For enquiries, please contact Mr. Kelvin Tam or Ms. Joyce Lau at 2211-6901 and 2211-6905 respectively.", ["person Kelvin Tam", "person Joyce Lau", "tel +85222116901", "tel +85222116905"], []),
    ("Enquiry: Mr. Kelvin Tam / Ms. Joyce Lau 2211-6945 / 2211-6946", ["person Kelvin Tam", "person Joyce Lau", "tel +85222116945", "tel +85222116946"], []),
    ("Please call our hotline on 2979 7111 ext. 325 during office hours.", ["tel +85229797111"], []),
    ("Please call (852) 2840 3626 (Extension 12) for assistance.", ["tel +85228403626"], []),
    ("Participants may call the Clearing Hotline at 2979 7222, the CCASS Hotline at 2979 7111 or the Derivatives Hotline at 2211 6360.", ["tel +85229797222", "tel +85229797111", "tel +85222116360"], []),
    ("Questions may be sent to [email protected] before the session.", [], ["[email protected]"]),
    ("Tel: +852 2522 1122 Fax: +852 2295 0106", ["tel +85225221122", "fax +85222950106"], []),
    ("Completed forms should be faxed to (852) 2579 0106 for the attention of Ms. Irene Yip.", ["fax +85225790106", "person Irene Yip"], []),
    ("Contact us at [the service desk](mailto:Service.Desk@Hkex.com.hk) or [by phone](tel:+85229797111).", ["email service.desk@hkex.com.hk", "tel +85229797111"], []),
    ("E-mail: clearing-support@example.com.hk; website: https://www.example.com.hk/Clearing/Forms?id=7", ["email clearing-support@example.com.hk", "url https://www.example.com.hk/Clearing/Forms?id=7"], []),
    ("Mainland participants may call +86 21 6880 8888 (Shanghai) or 0755-8866 8888 (Shenzhen).", ["tel +862168808888", "tel +8675588668888"], []),
    ("The Macau office can be reached at +853 2856 8288.", ["tel +85328568288"], []),
    ("The London desk is at +44 20 7264 5000 and the New York desk is at +1 212 555 0100.", ["tel +442072645000", "tel +12125550100"], []),
    ("The hotline 2231 1222 is open from 9:00 a.m. to 6:00 p.m., Monday to Friday.", ["tel +85222311222"], []),
    ("The code of the stock is 2388 and its odd lot code is 28888.", [], []),
    ("Funds should be paid to the account 012-875-0-037512-9 with Bank of China (Hong Kong).", [], []),
    ("Please quote the reference number 2023 0415 on the deposit slip.", [], []),
    ("The fund has a size of HK$2845 6710 in thousands.", [], []),
    ("The total of 28,403,626 shares was deposited with CCASS.", [], []),
    ("Please see ISIN HK0000069689 and ISIN KYG875721634.", [], []),
    ("Participants may reach the Risk Management team (Tel: 2211-6139 E-mail: riskmgt@example.com).", ["tel +85222116139", "email riskmgt@example.com"], []),
    ("(Hotline 1 : 2211-6360\nHotline 2 : 2211-6361", ["tel +85222116360", "tel +85222116361"], []),
    ("For details, please contact your case officer.", [], []),
    ("Yours faithfully,\n\nStephen Cheung\nHead of Clearing Operations\nOperations Division", ["person Stephen Cheung"], []),
    ("Applications must be delivered to 8th Floor, Two Exchange Square, 8 Connaught Place, Central, Hong Kong.", ["address 8th Floor, Two Exchange Square, 8 Connaught Place, Central, Hong Kong"], []),
    ("Please write to the Insurance Authority, 19/F, 41 Heung Yip Road, Wong Chuk Hang, Hong Kong.", ["address 19/F, 41 Heung Yip Road, Wong Chuk Hang, Hong Kong"], []),
    ("Toll-free from the Mainland: 800 938 7066; local toll-free: 800 968 123", ["tel +868009387066", "tel +852800968123"], []),
    ("Call 2840 3401 / 2840 3402 / 2840 3403.", ["tel +85228403401", "tel +85228403402", "tel +85228403403"], []),
    ("WhatsApp: 9123 4567; Mobile: 6123-4567.", ["tel +85291234567", "tel +85261234567"], []),
    ("Telephone number: 2978 XXXX (to be confirmed)", [], ["2978 XXXX"]),
    ("Telephone: 2979 711", [], ["2979 711"]),
    ("Send an email to support(at)example.com.hk.", [], ["support(at)example.com.hk"]),
    ("Visit www.hkex.com.hk/services, or scan the code.", ["url www.hkex.com.hk/services"], []),
    ("Ms Winnie Poon (2878 8261, wpoon@example.org.hk) and Mr Andy Szeto (2878 8262, aszeto@example.org.hk) will answer questions.", ["person Winnie Poon", "person Andy Szeto", "tel +85228788261", "tel +85228788262", "email wpoon@example.org.hk", "email aszeto@example.org.hk"], []),
    ("Enquiry: Mr. Alan Chu/Ms. Betty Ng 2840-3351/2840-3355", ["person Alan Chu", "person Betty Ng", "tel +85228403351", "tel +85228403355"], []),
    ("For system issues, dial 2979 7111, then press 1 for CCASS and 2 for the report service.", ["tel +85229797111"], []),
    ("Participants with questions on account 2211 6360 0001 may ring 2211 6361.", ["tel +85222116361"], []),
    ("Please contact Mr. K. M. Chan (Tel: 2840-3210) or Ms. Mary-Anne O'Neil (Tel: 2840-3211).", ["person K. M. Chan", "person Mary-Anne O'Neil", "tel +85228403210", "tel +85228403211"], []),
    ("The support team is at +852-2211-6139 or +86-755-8866-8888.", ["tel +85222116139", "tel +8675588668888"], []),
    ("Fax the slip to 2868 0134; keep the original.", ["fax +85228680134"], []),
    ("Enquiry: Participant Services Hotline 2979 7111/12/13", ["tel +85229797111", "tel +85229797112", "tel +85229797113"], []),
    ("Tel 2533.0700, or +852.2533.0701 from abroad; the index closed at 2979.7111.", ["tel +85225330700", "tel +85225330701"], []),
    ("The toll-free number for North America is 1-800-938-5555, not 1-800-938-555.", ["tel +18009385555"], []),
    ("Hotline: 2840 1111 (Peter Lau)/2840 1112 (Amy Tsang); Office: 2840 1113 (Hong Kong)", ["tel +85228401111", "person Peter Lau", "tel +85228401112", "person Amy Tsang", "tel +85228401113"], []),
    ("Policy: Estella Chiu, Vice President  2840 3477\nSystem: Wong Ho Yin (Assistant Manager) at 2840 3498\nListing: Main Board Team, Vice President, 2840 3333", ["person Estella Chiu", "tel +85228403477", "person Wong Ho Yin", "tel +85228403498", "tel +85228403333"], []),
    ("Please contact Ada Kwong of the Settlement Department on 2211 6175.", ["person Ada Kwong", "tel +85222116175"], []),
    ("Tel. (852) 2231 1222    Fax (852) 2523 1203    Website www.sfc.hk", ["tel +85222311222", "fax +85225231203", "url www.sfc.hk"], []),
    ("Stock codes 2800 2822 and 3188 are eligible.", [], []),
    ("The ISINs are HK0388045442 and CNE100000296 and the SEDOL is 6267359.", [], []),
    ("Contact person: Ms. Judy Ho; telephone: 2899 4321; e-mail: judy.ho@example.com.hk.", ["person Judy Ho", "tel +85228994321", "email judy.ho@example.com.hk"], []),
    ("The index closed at 21540.55 and the turnover was 9876 5432 lots.", [], []),
    ("The period 2024 2025 and the plan 2025-2030 are reviewed.", [], []),
    ("Hotline: 2840 3401/3402", ["tel +85228403401", "tel +85228403402"], []),
    ("Send the form to ClearingPSD@HKEX.COM.HK, copied to ops_team+forms@mail.example.co.uk.", ["email clearingpsd@hkex.com.hk", "email ops_team+forms@mail.example.co.uk"], []),
    ("See https://www.hkex.com.hk/-/media/HKEX-Market/Services/Circulars-and-Notices/2024/CE_SEHK_CT_055_2024.pdf.", ["url https://www.hkex.com.hk/-/media/HKEX-Market/Services/Circulars-and-Notices/2024/CE_SEHK_CT_055_2024.pdf"], []),
    ("The seminar will be held at the Connect Hall, 1/F, One and Two Exchange Square, Central, Hong Kong on 3 May 2024.", [], []),
    ("Return the signed form by post to Participant General Services, 30/F, One Exchange Square, 8 Connaught Place, Central, Hong Kong.", ["address 30/F, One Exchange Square, 8 Connaught Place, Central, Hong Kong"], []),
    ("Mr. Chan of the SFC (2231-1234) and Mr. Lee of the HKMA (2878-1234) attended.", ["person Chan", "person Lee", "tel +85222311234", "tel +85228781234"], []),
    ("Call the operator on 100 or 2211 99 for help. Tel: 22119", [], ["22119"]),
    ("The Taipei office is at +886 2 8101 3101 and Singapore's at +65 6236 8888.", ["tel +886281013101", "tel +6562368888"], []),
    ("Contact [email protected] or call 2522-1122 (9:00-18:00).", ["tel +85225221122"], ["[email protected]"]),
    ("If you have any questions on this circular, please contact Mr Jack Ip at 2878 8123 or Ms Cindy Fung at 2878 8124.", ["person Jack Ip", "person Cindy Fung", "tel +85228788123", "tel +85228788124"], []),
    ("Enquiries: CCASS Hotline 2979 7111 (press 2), DCASS Hotline 2979 7222 (press 3).", ["tel +85229797111", "tel +85229797222"], []),
    ("The settlement amount of HKD 2345 6789 is due.", [], []),
    ("Use the toll-free number 800 930 345 from 9:00 to 18:00.", ["tel +852800930345"], []),
    ("CCASS Participant ID B01234 and stock code 80700 are affected; quote 2024 1231.", [], []),
    ("Tel: (852) 2211-6139/2211-6140; fax: (852) 2579-0106.", ["tel +85222116139", "tel +85222116140", "fax +85225790106"], []),
    ("Dr. Eric Lee will speak; register at https://forms.example.com/r/Ab12Cd.", ["url https://forms.example.com/r/Ab12Cd"], []),
]  # fmt: skip

CHINESE = [
    ("查詢：2979 7111/12/13；電話：2979.7110", ["tel +85229797111", "tel +85229797112", "tel +85229797113", "tel +85229797110"], []),
    ("熱線：2840 1111（甲組）／2840 1112（乙組）", ["tel +85228401111", "tel +85228401112"], []),
    ("如有查詢，請分別致電2211-6901及2211-6905與譚先生或劉小姐聯絡。", ["person 譚", "person 劉", "tel +85222116901", "tel +85222116905"], []),
    ("查詢：陳大文先生／李小明女士 2211-6945／2211-6946", ["person 陳大文", "person 李小明", "tel +85222116945", "tel +85222116946"], []),
    ("請於辦公時間內致電熱線2979 7111（內線325）。", ["tel +85229797111"], []),
    ("請致電（852）2840 3626轉12查詢。", ["tel +85228403626"], []),
    ("參與者可致電結算熱線2979 7222、中央結算系統熱線2979 7111或衍生產品熱線2211 6360。", ["tel +85229797222", "tel +85229797111", "tel +85222116360"], []),
    ("問題可於會前電郵至[email protected]。", [], ["[email protected]"]),
    ("電話：+852 2522 1122　傳真：+852 2295 0106", ["tel +85225221122", "fax +85222950106"], []),
    ("填妥的表格應傳真至2579 0106。", ["fax +85225790106"], []),
    ("請[電郵](mailto:Service.Desk@Hkex.com.hk)或[致電](tel:+85229797111)服務台。", ["email service.desk@hkex.com.hk", "tel +85229797111"], []),
    ("電郵：clearing-support@example.com.hk；網址：https://www.example.com.hk/chi/forms.htm。", ["email clearing-support@example.com.hk", "url https://www.example.com.hk/chi/forms.htm"], []),
    ("內地參與者可致電+86 21 6880 8888（上海）或0755-8866 8888（深圳）。", ["tel +862168808888", "tel +8675588668888"], []),
    ("澳門辦事處的電話為+853 2856 8288。", ["tel +85328568288"], []),
    ("倫敦辦事處的電話是+44 20 7264 5000。", ["tel +442072645000"], []),
    ("熱線2231 1222的服務時間為星期一至五上午9時至下午6時。", ["tel +85222311222"], []),
    ("該股份的股份代號為2388，碎股代號為28888。", [], []),
    ("款項應存入中國銀行（香港）戶口012-875-0-037512-9。", [], []),
    ("請在存款單上註明參考編號2023 0415。", [], []),
    ("合共28,403,626股已存入中央結算系統。", [], []),
    ("風險管理組（電話：2211-6139　電郵：riskmgt@example.com）", ["tel +85222116139", "email riskmgt@example.com"], []),
    ("CCASS 熱線 2979 7111 / 電郵 ccass-cs@example.com", ["tel +85229797111", "email ccass-cs@example.com"], []),
    ("如有疑問，請致電 2867 2600 或電郵至 help@example.org.hk 查詢。", ["tel +85228672600", "email help@example.org.hk"], []),
    ("如有任何問題，請聯絡你的個案主任。", [], []),
    ("結算營運部主管\n張志強\n謹啟", ["person 張志強"], []),
    ("申請須送交香港中環康樂廣場8號交易廣場二座8樓。", ["address 香港中環康樂廣場8號交易廣場二座8樓"], []),
    ("來函請寄香港黃竹坑香葉道41號19樓保險業監管局。", ["address 香港黃竹坑香葉道41號19樓"], []),
    ("請致電2840 3401／2840 3402／2840 3403。", ["tel +85228403401", "tel +85228403402", "tel +85228403403"], []),
    ("手提電話：9123 4567", ["tel +85291234567"], []),
    ("電話號碼：2978 XXXX（待定）", [], ["2978 XXXX"]),
    ("電話：2979 711", [], ["2979 711"]),
    ("联系人：王小明，联系电话：010-6621 0166，传真：010-6621 0167", ["person 王小明", "tel +861066210166", "fax +861066210167"], []),
    ("請瀏覽www.hkex.com.hk/services，或掃描二維碼。", ["url www.hkex.com.hk/services"], []),
    ("服务热线：400-888-9999", ["tel +864008889999"], []),
    ("查詢：朱先生/吳小姐 2840-3351/2840-3355", ["person 朱", "person 吳", "tel +85228403351", "tel +85228403355"], []),
    ("如遇系統問題，請致電2979 7111，再按1字選中央結算系統。", ["tel +85229797111"], []),
    ("請聯絡陳先生（電話：2840-3210）或何女士（電話：2840-3211）。", ["person 陳", "person 何", "tel +85228403210", "tel +85228403211"], []),
    ("支援組電話為+852-2211-6139或+86-755-8866-8888。", ["tel +85222116139", "tel +8675588668888"], []),
    ("回條請傳真至2868 0134，正本自行保存。", ["fax +85228680134"], []),
    ("電話：（852）2231 1222　圖文傳真：（852）2523 1203　網址：www.sfc.hk", ["tel +85222311222", "fax +85225231203", "url www.sfc.hk"], []),
    ("股份代號2800、2822及3188均為合資格證券。", [], []),
    ("聯絡人：何珠迪；電話：2899 4321；電郵：judy.ho@example.com.hk", ["person 何珠迪", "tel +85228994321", "email judy.ho@example.com.hk"], []),
    ("成交量為9876 5432手，指數收報21540.55點。", [], []),
    ("熱線：2840 3401/3402", ["tel +85228403401", "tel +85228403402"], []),
    ("請電郵至ClearingPSD@HKEX.COM.HK。", ["email clearingpsd@hkex.com.hk"], []),
    ("研討會將於香港中環交易廣場一及二座一樓聯交所展覽館舉行。", [], []),
    ("表格須郵寄至香港中環康樂廣場8號交易廣場一座30樓參與者服務部。", ["address 香港中環康樂廣場8號交易廣場一座30樓"], []),
    ("證監會陳先生（2231-1234）及金管局李先生（2878-1234）出席會議。", ["person 陳", "person 李", "tel +85222311234", "tel +85228781234"], []),
    ("台北辦事處電話：+886 2 8101 3101；新加坡：+65 6236 8888。", ["tel +886281013101", "tel +6562368888"], []),
    ("請致電２９７９ ７１１１或傳真至２５７９ ０１０６。", ["tel +85229797111", "fax +85225790106"], []),
    ("联系人：张伟、李娜，电话：021-68801234、021-68805678", ["person 张伟", "person 李娜", "tel +862168801234", "tel +862168805678"], []),
    ("如有疑問，請聯絡客戶服務主任張小明（電話：2979 7456）。", ["tel +85229797456"], []),
    ("電話：22119", [], ["22119"]),
    ("請致電29797111 查詢或瀏覽 https://www.hkexgroup.com/?sc_lang=zh-HK 。", ["tel +85229797111", "url https://www.hkexgroup.com/?sc_lang=zh-HK"], []),
    ("如對本通函有任何疑問，請與葉先生（2878 8123）或馮女士（2878 8124）聯絡。", ["person 葉", "person 馮", "tel +85228788123", "tel +85228788124"], []),
    ("查詢：中央結算系統熱線 2979 7111（按2字）、衍生產品熱線 2979 7222（按3字）。", ["tel +85229797111", "tel +85229797222"], []),
    ("交收款項為港幣2345 6789元。", [], []),
    ("免費熱線800 930 345於上午9時至下午6時運作。", ["tel +852800930345"], []),
    ("電話：（852）2211-6139／2211-6140；傳真：（852）2579-0106。", ["tel +85222116139", "tel +85222116140", "fax +85225790106"], []),
    ("请联系市场发展部 李雷 021-50182345，邮箱 lilei@example.com.cn。", ["tel +862150182345", "email lilei@example.com.cn"], []),
]  # fmt: skip


def read(text: str) -> Expression:
    return parse(f"Subject: Fees\n\n{text}\n".encode(), Path("page.txt"), Settings())


@pytest.mark.parametrize(("text", "reached", "doubted"), ENGLISH + CHINESE)
def test_a_sentence_says_whom_one_can_reach(text: str, reached: list[str], doubted: list[str]) -> None:
    said = read(text)
    assert sorted(f"{contact.kind} {contact.value}" for contact in said.contacts) == sorted(reached)
    assert [item.quote for item in said.unexplained] == doubted


# Who stands beside a number or below a letter: value, title, department, and the words of the number with its extension.
POSTS = [
    ("Please contact Ms. Amy Chan, Senior Manager, Clearing Operations Department, by mail.", ["Amy Chan | Senior Manager | Clearing Operations Department"]),
    ("Please write to Mr. K. M. Chan of the Listing Division.", ["K. M. Chan | - | Listing Division"]),
    ("Ms. Amy Chan (Head of Listing) will reply.", ["Amy Chan | Head of Listing | -"]),
    ("Mr. Kelvin Tam, who retires, will not reply.", ["Kelvin Tam | - | -"]),
    ("如有查詢，請與結算運作部高級經理陳大文先生聯絡。", ["陳大文 | 高級經理 | 結算運作部"]),
    ("請聯絡風險管理及監察部李小姐或結算部陳先生（主管）。", ["李 | - | 風險管理及監察部", "陳 | 主管 | -"]),
    ("請聯絡陳先生及結算部李女士。", ["陳 | - | -", "李 | - | 結算部"]),
    ("Yours faithfully,\n\nAmy Chan\nSenior Vice President\nClearing Operations Department", ["Amy Chan | Senior Vice President | Clearing Operations Department"]),
    ("Yours faithfully,\n\nAmy Chan, Head of Listing\nExample Exchange Limited", ["Amy Chan | Head of Listing | -"]),
    ("Yours faithfully,\n\nClearing Operations Department\nExample Exchange Limited", []),
    ("結算運作部\n主管\n陳大文\n謹啟", ["陳大文 | 主管 | 結算運作部"]),
    ("上市部主管 陳大文\n謹啟", ["陳大文 | 上市部主管 | -"]),
    ("產品發展部 羅子健 謹啟", ["羅子健 | - | 產品發展部"]),
    ("Enquiry: Clearing Operations Department, Tel: 2211 6901", ["2211 6901 | - | Clearing Operations Department"]),
    ("聯絡：結算運作部 電話：2211 6901", ["2211 6901 | - | 結算運作部"]),
    ("如有查詢，請聯絡參與者支援組 2979 7111。", ["2979 7111 | - | -"]),
    ("Please call our hotline at 2211 6901 (ext 45) or 2211-6902 x 17.", ["2211 6901 (ext 45) | - | -", "2211-6902 x 17 | - | -"]),
    ("如有查詢，請致電2211 6901 轉 123 或 2211 6902（內線 45）。", ["2211 6901 轉 123 | - | -", "2211 6902（內線 45） | - | -"]),
    ("Call 2211 6901 extra early.", ["2211 6901 | - | -"]),
    ("請致電2211 6901轉駁至熱線。", ["2211 6901 | - | -"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reached"), POSTS)
def test_a_contact_keeps_its_post_its_department_and_its_extension(text: str, reached: list[str]) -> None:
    shown = [
        f"{contact.value if contact.kind == 'person' else contact.quote} | {contact.title or '-'} | {contact.org or '-'}"
        for contact in read(text).contacts
    ]
    assert shown == reached


SHARED = sorted(path for folder in ("circulars", "seeds") for path in Path(f"../shared/{folder}").rglob("*.txt"))
LETTERHEADS = [
    ("Insurance Authority\n19th Floor, 41 Heung Yip Road, Wong Chuk Hang, Hong Kong\n\n5 May 2027\n\nDear Sirs,\n\nFees\n\nFees rise.", "19th Floor, 41 Heung Yip Road, Wong Chuk Hang, Hong Kong"),
    ("Fees\n\nFees rise.\n\n54/F, One Demo East, 18 Trial Road, Quarry Bay, Hong Kong\nTel: 2231 1222", "54/F, One Demo East, 18 Trial Road, Quarry Bay, Hong Kong"),
    ("保險業監管局\n香港黃竹坑香葉道41號19樓\n\n敬啟者：\n\n費用\n\n費用上調。", "香港黃竹坑香葉道41號19樓"),
    ("費用\n\n費用上調。\n\n香港鰂魚涌示範道18號海港示例大廈54樓\n電話：2231 1222", "香港鰂魚涌示範道18號海港示例大廈54樓"),
    ("Fees\n\nThe briefing is held as follows.\n\nVenue\tTraining Room 3, 12/F, Harbour Tower Two, Central, Hong Kong", None),
    ("費用\n\n簡介會如下。\n\n地點\t香港中環示範廣場1樓演講廳", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "address"), LETTERHEADS)
def test_the_address_of_a_letterhead_is_a_contact_and_a_venue_is_none(text: str, address: str | None) -> None:
    said = parse(f"{text}\n".encode(), Path("page.txt"), Settings())
    assert [contact.value for contact in said.contacts if contact.kind == "address"] == ([address] if address else [])


LABELS = [
    ("Please call the CCASS Hotline at 2979 7111.", "CCASS Hotline"),
    ("CCASS Hotline: 2979 7111", "CCASS Hotline"),
    ("Ring Mr Owen Fan or the Listing Operations on 2979 7111.", "Listing Operations"),
    ("The duty desk answers calls on 2979 7111.", "duty desk"),
    ("Participants are requested to return the reply slip by fax to 2979 7111.", None),
    ("For further details Participants may wish to contact the responsible officer at 2979 7111.", "responsible officer"),
    ("Whoever has not yet received the package that was sent to all firms in the first week of May finds it under 2979 7111.", None),
    ("如有查詢，請致電中央結算系統熱線2979 7111。", "中央結算系統熱線"),
    ("中央結算系統熱線：2979 7111", "中央結算系統熱線"),
    ("請填妥回條並傳真至2979 7111。", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label"), LABELS)
def test_the_label_of_a_number_is_a_name_and_no_piece_of_a_sentence(text: str, label: str | None) -> None:
    assert [contact.label for contact in read(text).contacts if contact.kind in ("tel", "fax")] == [label]


def told(said: Expression) -> list[str]:
    return [*(contact.quote for contact in said.contacts), *(item.quote for item in said.unexplained)]


@given(
    label=st.sampled_from(["Tel: ", "Fax no. ", "Hotline: ", "電話：", "傳真號碼：", "熱線"]),
    digits=st.from_regex(r"[2-9][0-9]{2,3}[ -]?[0-9]{2,5}", fullmatch=True),
)
def test_digits_behind_a_word_for_telephone_are_never_lost(label: str, digits: str) -> None:
    assert digits in told(read(f"{label}{digits}"))


@given(digits=st.from_regex(r"[2-9][0-9]{3}[ -]?[0-9]{4}", fullmatch=True), masked=st.integers(2, 4), char=st.sampled_from("X*•"))
def test_a_masked_telephone_is_never_lost(digits: str, masked: int, char: str) -> None:
    said = digits[:-masked] + char * masked
    assert said in told(read(f"Tel: {said} (to be confirmed)"))


@pytest.mark.skipif(not SHARED, reason="the shared circulars are not here")
@pytest.mark.parametrize("path", SHARED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_telephone_of_a_circular_is_told(path: Path) -> None:
    said = parse(path.read_bytes(), path, Settings())
    values = {re.sub(r"\D", "", contact.value)[-8:] for contact in said.contacts}
    printed = {re.sub(r"\D", "", found) for found in re.findall(r"(?<![\d-])[2-9]\d{3}[ -]\d{4}(?![\d-])", said.text)}
    assert printed <= values
