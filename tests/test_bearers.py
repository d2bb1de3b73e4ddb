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
        ("謹提醒參與者，未能遵守規則第409條可導致紀律處分。", []),
        ("謹提醒會員，違反本規則可被處以罰款。", []),
        ("謹提醒會員，違反本規則的個案須向本公司匯報。", [("會員",)]),
    ],
)
def test_what_follows_from_a_fault_is_no_duty_of_those_who_are_reminded_of_it(sentence: str, bearers: list[tuple[str, ...]]) -> None:
    assert [duty.bearer for duty in parse((HEAD + sentence).encode(), Path("a.txt"), Settings()).duties] == bearers


CHINESE = "香港中央結算有限公司\n\n日期：2026年9月1日\n\n事由：安排\n\n"


def test_what_ought_to_be_done_begins_with_a_character_that_makes_another_word_too() -> None:
    """應付款項 is a noun, 應付清 a duty; 應對風險 copes with it, 應對風險作出評估 asks for something."""
    duties = (
        *("應計算按金", "應收集資料", "應付清欠款", "應變更設定", "應聘請顧問", "應邀請核數師出席", "應要求客戶確認", "應答覆查詢"),
        *("應對客戶進行審查", "应对照附件自查", "亦應對其系統作出測試", "應用書面方式確認", "須知會客戶", "須予披露", "不應對客戶作出保證"),
    )
    others = (
        *("有關應付款項已經結清", "應收帳款將予結算", "應用程式將會推出", "文件可應要求提供", "資料將應客戶要求提供", "應計利息將予派發"),
        *(
            "應急安排即時生效",
            "應變計劃已經檢討",
            "本所已制定措施以應對市場波動",
            "為應對颱風，本所將進行演練",
            "應聘者將獲通知",
            "本局應邀出席會議",
        ),
        *("登記須知已經刊發", "有關須予披露交易已經完成", "機構應對風險的能力已有改善", "可行方案將會公布", "此乃可轉讓信用證"),
    )
    read = {
        said: parse((CHINESE + "機構" * (said in duties) + said + "。").encode(), Path("a.txt"), Settings()).duties
        for said in (*duties, *others)
    }
    assert [said for said in duties if [duty.bearer for duty in read[said]] != [("機構",)]] == []
    assert [said for said in others if read[said]] == []


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (HEAD, "If you are not the intended recipient, please delete this e-mail within 24 hours and notify the sender."),
        (HEAD, "This message must be returned to us within 2 days if received in error."),
        (HEAD, "By no later than 27 November 2026, HKSCC will issue a confirmation."),
        (CHINESE, "如閣下並非指定收件人，請於24小時內刪除本電郵並通知發件人。"),
        (CHINESE, "如誤收此電郵，必須立即刪除。"),
        (CHINESE, "不遲於2026年11月27日，香港結算將發出確認電郵。"),
    ],
)
def test_a_notice_to_those_whom_a_mail_reaches_by_mistake_and_a_promise_of_the_house_bind_nobody(head: str, sentence: str) -> None:
    found = parse(f"{head}{sentence}\n".encode(), Path("a.txt"), Settings())
    assert [*found.duties, *found.deadlines] == []
    assert [item.quote for item in found.unexplained if item.why.startswith("sounds")] == []


def test_money_received_in_error_must_be_given_back() -> None:
    (due,) = parse(
        f"{HEAD}A Member which has received a payment in error must return it by 3 May 2027.".encode(), Path("a.txt"), Settings()
    ).deadlines
    assert str(due.due) == "2027-05-03"
