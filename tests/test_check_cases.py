"""Every check agrees, differs and cannot say: those of pairs and those inside one circular."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from pair_factory import HKSCC_EN, TEXTS, told
from test_checks import CANNOT_SAY, DIFFERS, Values, said
from test_checks_inside import INSIDE_CANNOT_SAY, INSIDE_DIFFERS

from ingest.issuers import houses
from kb.checks import CHECKS, compare, inside


class Case(NamedTuple):
    """Words added to both circulars of a pair: what agrees, what differs and the values told, and what nobody can judge."""

    check: str
    right: str
    left: str
    agrees: str
    differs: str
    told: tuple[str, Values]
    cannot_say: str


LIST = "1. Open the page on the terminal.\n2. Read the code aloud to the desk.\n3. Close the page again at once.\n"
LIST_ZH = "1. 在終端機上開啟有關頁面。\n2. 向支援組讀出畫面顯示的代碼。\n3. 隨即關閉該頁面。\n"
BULLETS = "Date\tEvent\n13 July 2026\t• Registration opens • Help desk starts • Guide appears\n"
FEES = "Fee\tOld\tNew\nMonthly charge\tHK$80\tHK$95\nPaper copy\tHK$5\tHK$7\n"
FEES_ZH = "費用\t舊\t新\n月費\t80港元\t95港元\n紙本\t5港元\t7港元\n"
COUNTER = "The counter is open on Mondays to Fridays.\n"

CASES = [
    Case("items", "SEOCH en", LIST, LIST, LIST.replace("2. Read the code aloud to the desk.\n", ""), ("error", ("Read the code aloud to the desk.", None)), "\n"),
    Case("items", "HKSCC zh", LIST, LIST_ZH, LIST_ZH.replace("2. 向支援組讀出畫面顯示的代碼。\n", ""), ("error", ("Read the code aloud to the desk.", None)), "\n"),
    Case("events", "SEOCH en", BULLETS, BULLETS, BULLETS.replace("• Help desk starts ", ""), ("error", ("Help desk starts", None)), BULLETS.replace("• ", "")),
    Case("rows", "SEOCH en", FEES, FEES, FEES.replace("HK$80\tHK$95", "HK$95\tHK$80"), ("error", ("Monthly charge | HK$80 | HK$95", "Monthly charge | HK$95 | HK$80")), "\n"),
    Case("rows", "HKSCC zh", FEES, FEES_ZH, FEES_ZH.replace("80港元\t95港元", "95港元\t80港元"), ("error", ("Monthly charge | HK$80 | HK$95", "月費 | 95港元 | 80港元")), "\n"),
    Case("tables", "SEOCH en", FEES, FEES, FEES.replace("\tOld", "").replace("\tHK$80", "").replace("\tHK$5", ""), ("warning", ("Fee | Old | New", "Fee | New")), "\n"),
    Case("weekdays", "SEOCH en", COUNTER, COUNTER, COUNTER.replace("Fridays", "Thursdays"), ("error", ("Friday", "Thursday")), "The counter is open daily.\n"),
    Case("weekdays", "HKSCC zh", COUNTER, "櫃檯於星期一至五開放。\n", "櫃檯於星期一至四開放。\n", ("error", ("Friday", "Thursday")), "櫃檯每日開放。\n"),
    Case("deadlines", "SEOCH en", "CPs must send the file by 4 August 2026.\n", "Participants must send the file by 4 August 2026.\n", "Participants must send the file before 4 August 2026.\n", ("error", ("2026-08-04", "2026-08-03")), "Participants must send the file by 202684.\n"),
    Case("numbers", "SEOCH en", "The limit is 400 lines.\n", "The limit is 400 lines.\n", "The limit is 500 lines.\n", ("error", ("400", "500")), "The limit is low.\n"),
    Case("parties", "HKSCC zh", "CPs may call the desk.\n", "參與者可致電支援組。\n", "海外參與者可致電支援組。\n", ("error", ("CPs", "海外參與者")), "各方可致電支援組。\n"),
    Case("limits", "SEOCH en", "The buffer holds at least 40 lines.\n", "The buffer holds at least 40 lines.\n", "The buffer holds at most 40 lines.\n", ("error", ("at least", "at most")), "The buffer holds 40 lines.\n"),
    Case("limits", "HKSCC zh", "The buffer holds not less than 40 lines and must not at any time exceed 90.\n", "緩衝區存有不少於40行，任何時候均不得超過90行。\n", "緩衝區存有不多於40行，任何時候均不得超過90行。\n", ("error", ("at least", "at most")), "緩衝區存有40至90行。\n"),
    Case("recurrence", "SEOCH en", "The desk sends a daily list.\n", "The desk sends a daily list.\n", "The desk sends a monthly list.\n", ("error", ("daily", "monthly")), "The desk sends a list.\n"),
    Case("recurrence", "HKSCC zh", "The desk sends a list to each firm every business day.\n", "支援組於每個營業日向各商號發送清單。\n", "支援組於每月向各商號發送清單。\n", ("error", ("daily", "monthly")), "支援組定期向各商號發送清單。\n"),
    Case("negation", "HKSCC zh", "Accounts that are opened by the desk will not be charged.\n", "由支援組開立的帳戶將不會被收取費用。\n", "由支援組開立的帳戶將會被收取費用。\n", ("error", ("plain", "由支援組開立的帳戶將會被收取費用。")), "由支援組開立的帳戶費用全免。\n"),
    Case("order", "HKSCC zh", "Records that were made before 4 August 2026 are kept.\n", "在2026年8月4日前備存的紀錄將予保留。\n", "在2026年8月4日後備存的紀錄將予保留。\n", ("error", ("before", "after")), "2026年8月4日的紀錄將予保留。\n"),
    Case("order", "HKSCC zh", "Replies reach the desk within three weeks after the end of the month.\n", "回覆會在月底後三個星期內送達支援組。\n", "回覆會在月底後三個星期後送達支援組。\n", ("error", ("within", "after")), "回覆會在三個星期間送達支援組。\n"),
    Case("order", "SEOCH en", "Lists are sent after 4:00 p.m. to the desk.\n", "Lists are sent after 4:00 p.m. to the desk.\n", "Lists are sent before 4:00 p.m. to the desk.\n", ("error", ("after", "before")), "Lists are sent at 4:00 p.m. to the desk.\n"),
    Case("duties", "SEOCH en", "Each form shall bear a stamp of the firm.\n", "Each form shall bear a stamp of the firm.\n", "\n", ("error", ("Each form shall bear a stamp of the firm.", None)), "What forms shall bear\n"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}, {case.right}")
def test_check_agrees_differs_and_cannot_say(case: Case) -> None:
    def found(words: str) -> list[tuple[str, str, Values]]:
        sides = (f"{TEXTS['HKSCC en']}\n{case.left}", f"{TEXTS[case.right]}\n{words}")
        return [said(one) for one in compare(*map(told, sides), houses(), (case.check,)).findings if one.level != "note"]

    level, values = case.told
    assert found(case.agrees) == []
    assert found(case.differs) == [(level, case.check, values)]
    assert "error" not in [level for level, _, _ in found(case.cannot_say)]


TABLE = "\nItem\tFee (HK$)\tLines\nTerminals\t1,250\t12\nPaper\t300\t3\nTotal\t{}\t15\n\nThe desk is open.\n"


@pytest.mark.parametrize(
    ("total", "wrong"),
    [("1,550", []), ("1,650", [("1650", "1550")]), ("to be fixed", [])],
)
def test_totals_are_added_up(total: str, wrong: list[Values]) -> None:
    found = inside(told(HKSCC_EN + TABLE.format(total)), houses(), ("sums",))
    assert [(one.left and one.left.value, one.right and one.right.value) for one in found] == wrong


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("甲\t12\n乙\t3\n小計\t15\n丙\t4\n丁\t6\n小計\t10\n總計\t25\n", []),
        ("甲\t12\n乙\t3\n小計\t15\n丙\t4\n丁\t6\n小計\t11\n總計\t25\n", ["11"]),
        ("甲\t33.3%\n乙\t33.3%\n丙\t33.3%\n合計\t100%\n", []),  # rounded
        ("甲\t12\n乙\t待定\n合計\t15\n", []),
    ],
)
def test_totals_of_parts_and_of_rounded_figures(rows: str, wrong: list[str]) -> None:
    text = told(f"{TEXTS['HKSCC zh']}\n項目\t數目\n{rows}\n請留意。\n")
    assert [one.left and one.left.value for one in inside(text, houses(), ("sums",))] == wrong


def test_every_check_has_all_three_cases() -> None:
    pairs = {name for name, check in CHECKS.items() if check.pair}
    assert {check for _, check, _, _ in DIFFERS} | {case.check for case in CASES} == pairs
    assert {check for _, check, _, _ in CANNOT_SAY} | {case.check for case in CASES} == pairs
    alone = {name for name, check in CHECKS.items() if check.inside}
    assert {check for _, _, _, (_, check, _) in INSIDE_DIFFERS} | {"links", "sums"} == alone
    assert {check for check, *_ in INSIDE_CANNOT_SAY} | {"sums"} == alone
