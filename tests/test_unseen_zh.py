"""Deadlines in Chinese as whole circulars said them that no rule had been written from, each with other wordings of its family."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Deadline
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "日期：2026年11月16日\n\n事項：有關安排\n\n致：各參與者\n\n"


def told(said: str) -> tuple[Deadline, ...]:
    return parse((HEAD + said + "\n").encode(), Path("a.txt"), Settings()).deadlines


@pytest.mark.parametrize(
    ("said", "relation", "due", "time", "action"),
    [
        (
            "參與者應立即聯絡本公司，無論如何不得遲於付款日前一個營業日中午十二時。",
            "at-least-before",
            None,
            "12:00",
            "立即聯絡本公司",
        ),
        ("參與者須於付款日前最少一個營業日中午十二時前提交。", "at-least-before", None, "12:00", "提交"),
        ("參與者須於2027年1月29日前一個營業日下午三時前上載檔案。", "at-least-before", "2027-01-28", "15:00", "上載檔案"),
        ("參與者須於接獲通知後第二個營業日或之前付款。", "by", None, None, "付款"),
        ("參與者須於接獲通知後下一個營業日中午前付款。", "before", None, "12:00", "付款"),
        ("參與者於2026年12月3日提交的指示，須於次一交易日內確認。", "within", "2026-12-04", None, "確認"),
        ("首份報告獲准延至2027年10月29日或之前提交。", "by", "2027-10-29", None, "提交"),
    ],
)
def test_a_day_that_is_counted_keeps_its_clock_time(said: str, relation: str, due: str | None, time: str | None, action: str) -> None:
    assert [(one.relation, one.due and str(one.due), one.time, one.action) for one in told(said)] == [(relation, due, time, action)]


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("最後期限由2027年1月29日延至2027年2月5日。", None),
        ("本會決定將提交限期由2027年1月29日延長至2027年2月5日。", "提交"),
        ("原定於2027年1月29日截止的集體報名，現延至2027年2月5日。", "集體報名"),
        ("提交報告的限期（原為2027年1月29日）已延至2027年2月5日。", "提交報告"),
        ("限期獲延長一星期，由2027年1月29日順延至2027年2月5日。", None),
        ("登記期限將不再是2027年1月29日，而會推遲至2027年2月5日。", "登記"),
        ("現決定把2027年1月29日的提交期限順延至2027年2月5日。", "提交"),
        ("該等事務所仍未呈交者，其限期已獲延長至2027年2月5日。", None),
    ],
)
def test_of_a_deadline_that_moves_only_the_new_day_is_due(said: str, action: str | None) -> None:
    assert [(str(one.due), one.action) for one in told(said)] == [("2027-02-05", action)]


@pytest.mark.parametrize(
    "said",
    [
        "於2027年4月16日（星期五）後收到的申請概不受理。",
        "2027年4月16日後提交的申請，本所不予受理。",
        "在2027年4月16日後始遞交的表格，香港結算一律不予處理。",
        "於2027年4月16日後收到的票據視為無效。",
        "遲於2027年4月16日遞交的申請將不獲受理。",
        "如於2027年4月16日後遞交申請，將不獲處理。",
    ],
)
def test_what_comes_too_late_to_be_taken_may_come_until_the_day(said: str) -> None:
    assert [(one.relation, str(one.due)) for one in told(said)] == [("until", "2027-04-16")]


@pytest.mark.parametrize("said", ["2027年4月16日後收到的申請，將撥入下一輪處理。", "過渡期由2027年1月29日延長至2027年2月5日。"])
def test_what_binds_nobody_is_no_deadline(said: str) -> None:
    assert told(said) == ()


BODY = "\n\n本公司謹此通知各參與者，下列安排將於2027年3月1日起實施，詳情載於附件，敬請留意並預早作出所需準備。\n"


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("香港聯合交易所有限公司\n\n二零二七年五月四日\n\n通函：莊家的報價責任\n\n敬啟者：", None, "莊家的報價責任"),
        ("會計及財務匯報局\n\n通函：年度審計 — 關注事項\n\n參考編號　AFRC/INS/2026/31", "AFRC/INS/2026/31", "年度審計 — 關注事項"),
        ("香港銀行學會\n\n通告第 8/2027 號\n\n致：各企業會員\n\n考試報名安排\n\n2027年1月8日", "8/2027", "考試報名安排"),
        ("香港物業管理師公會\n\n會員通訊第31/26號\n日期：2026年9月14日\n\n各位會員：\n\n關於會籍續期之安排", "31/26", "關於會籍續期之安排"),
        ("通告號碼： OTCC/028/2026\n日　　期： 2026年12月7日\n標　　題： 倉盤壓縮服務", "OTCC/028/2026", "倉盤壓縮服務"),
        ("參考編號｜CCASS/2027/031\n日期｜2027年1月27日\n事項｜電子指示時間調整", "CCASS/2027/031", "電子指示時間調整"),
        ("2027年5月4日\n\n致：各受託人\n\n強積金成分基金評估\n首份報告的提交及刊發", None, "強積金成分基金評估首份報告的提交及刊發"),
        ("日期 Date：\n2027年5月4日\t檔案編號 Ref：\nEQD/MM/017/27\n\n通函：莊家的報價責任", "EQD/MM/017/27", "莊家的報價責任"),
    ],
)
def test_heads_that_houses_invent_are_read(head: str, number: str | None, title: str) -> None:
    found = parse((head + BODY).encode(), Path("a.txt"), Settings())
    assert (found.number, found.title and "".join(found.title.split())) == (number, "".join(title.split()))


def test_the_title_of_a_page_goes_before_a_smaller_heading_above_it() -> None:
    page = (
        "<html><body><h2>致資料使用者函件</h2><h1>關於資料外洩事故通報新安排</h1>"
        "<p>發布日期：2027年4月15日</p><p>有關安排將於2027年5月1日起實施，敬請留意。</p>"
    )
    assert parse(page.encode(), Path("a.html"), Settings()).title == "關於資料外洩事故通報新安排"


@pytest.mark.parametrize(
    ("said", "relation", "bearer", "modality"),
    [
        ("會員宜於畢業前兩個月提交轉會申請。", "at-least-before", ("會員",), "should"),
        ("表格務請於大會指定舉行時間四十八小時前交回。", "at-least-before", (), "must"),
        ("賣方會員最遲應在2027年9月16日下午3時前提交倉單。", "before", ("賣方會員",), "should"),
        ("法人客戶須在2027年8月25日收市前調整持倉。", "before", ("法人客戶",), "must"),
        ("客戶款項須於收取後一個營業日內存入獨立帳戶。", "within", (), "must"),
        ("擬開展該等服務的中介人，在展開業務前最少30個曆日須通知本會。", "at-least-before", ("中介人",), "must"),
        ("凡須遵從規定的個人持牌人，均須於2027年3月15日或之前申報。", "by", ("個人持牌人",), "must"),
        ("認可機構應於一月內登記，登記獲批後的一個月內須完成測試。", "within", ("認可機構",), "must"),
    ],
)
def test_whoever_is_bound_keeps_the_class_and_the_verb_of_the_clause(
    said: str, relation: str, bearer: tuple[str, ...], modality: str
) -> None:
    one = told(said)[-1]
    assert (one.relation, one.bearer, one.modality) == (relation, bearer, modality)


def test_a_statement_of_several_days_is_a_deadline_each() -> None:
    assert [(str(one.due), one.action) for one in told("報名截止日期分別為2027年4月23日及4月30日。")] == [
        ("2027-04-23", "報名"),
        ("2027-04-30", "報名"),
    ]


@pytest.mark.parametrize("said", ["最遲的一宗於事發後五個月才作出通報。", "本所會於2027年1月8日前公布結果，參與者應留意。"])
def test_what_is_told_or_planned_is_no_deadline(said: str) -> None:
    assert told(said) == ()


@pytest.mark.parametrize(
    ("said", "quote"),
    [("持牌人須於豁免期屆滿前完成測試。", "於豁免期屆滿前"), ("參與者須於上述最後期限前提交。", "於上述最後期限前")],
)
def test_a_limit_without_a_day_is_told(said: str, quote: str) -> None:
    found = parse((HEAD + said + "\n").encode(), Path("a.txt"), Settings())
    assert [one.quote for one in found.unexplained if one.why == "deadline without a date"] == [quote]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("查詢請電秘書處二五二二　七八三三或二五二二　七八三四／五。", ["+85225227833", "+85225227834", "+85225227835"]),
        ("業務諮詢：021-68807291，4008888400。", ["+862168807291", "+864008888400"]),
        ("電話：2211 6901（李經理）", ["+85222116901", "李"]),
        ("請致電2292 1515。\n\n會長　馮兆基\n義務秘書　關潔儀　同啟", ["+85222921515", "馮兆基", "關潔儀"]),
        ("請致電2292 1515。\n\n某管理局\n高級經理（受託人監督）周曉彤", ["+85222921515", "周曉彤"]),
    ],
)
def test_whoever_can_be_reached_is_found(said: str, values: list[str]) -> None:
    assert [one.value for one in parse((HEAD + said + "\n").encode(), Path("a.txt"), Settings()).contacts] == values


def test_days_that_each_have_the_time_behind_them_share_it() -> None:
    found = parse((HEAD + "講座於4月28日及5月5日（均為星期三）下午3時舉行。\n").encode(), Path("a.txt"), Settings())
    assert [one.time for one in found.dates[1:]] == ["15:00", "15:00"]


@pytest.mark.parametrize(
    ("said", "relation", "due", "time"),
    [
        ("新規則將於2027年3月15日（「生效日期」）生效。參與者須於生效日期或之前完成改造。", "by", "2027-03-15", None),
        ("期權將於2027年2月1日（「推出日期」）開始買賣。參與者須於推出日期前完成測試。", "before", "2027-01-31", None),
        ("新規則於2027年3月15日（「生效日期」）生效。參與者須於生效日期下午3時前付款。", "before", "2027-03-15", "15:00"),
        ("參與者須於記錄日或之前交回表格。", "by", None, None),
        ("本所將於2027年1月7日收市後收取按金。有關款項須於翌日上午9時30分前備妥。", "before", "2027-01-08", "09:30"),
    ],
)
def test_a_day_that_has_a_name_is_due_where_the_text_tells_it(said: str, relation: str, due: str | None, time: str | None) -> None:
    assert [(one.relation, one.due and str(one.due), one.time) for one in told(said)] == [(relation, due, time)]


def test_a_day_of_another_sentence_is_no_anchor_unless_the_sentence_goes_on_with_it() -> None:
    assert told("市場於2027年1月8日休市。參與者須於翌日或之前匯報交易。")[0].due is None


def test_a_condition_behind_its_day_gives_no_deadline() -> None:
    assert told("2月9日前如需使用應急通道，請致電結算部。") == ()
