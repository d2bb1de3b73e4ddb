"""What ought to agree in a pair: each check agrees, differs, and cannot say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import gold
import pytest
from pair_factory import HKSCC_EN, HKSCC_ZH, edited, pair, told

from ingest import pipeline
from ingest.issuers import houses
from ingest.model import Finding
from kb.checks import CHECKS, compare, units

SIBLING, TRANSLATION = "sibling", "translation"
CIRCULARS = Path(__file__).parent / "circulars"
Values = tuple[str | None, str | None]


def said(found: Finding) -> tuple[str, str, Values]:
    return found.level, found.check, (found.left and found.left.value, found.right and found.right.value)


def disagreements(relation: str, *edits: tuple[str, str]) -> list[tuple[str, str, Values]]:
    return [said(finding) for finding in pair(relation, *edits).findings if finding.level == "error"]


@pytest.mark.parametrize("relation", [SIBLING, TRANSLATION])
@pytest.mark.parametrize("check", [name for name, check in CHECKS.items() if check.pair])
def test_check_agrees_on_a_pair_that_agrees(check: str, relation: str) -> None:
    found = pair(relation, only=(check,)).findings
    assert [finding for finding in found if finding.level != "note"] == []


# One edit of the right side, and the one error that it deserves.
DIFFERS = [
    (SIBLING, "header", ("Date: 06/07/2026", "Date: 07/07/2026"), ("2026-07-06", "2026-07-07")),
    (SIBLING, "dates", ("21 July 2026 (Tuesday)", "20 July 2026 (Tuesday)"), ("2026-07-21", "2026-07-20")),
    (SIBLING, "dates", ("13 July 2026\t", "13 June 2026\t"), ("2026-07-13", "2026-06-13")),
    (SIBLING, "dates", ("21 July 2026 (Tuesday) and ", ""), ("2026-07-21", None)),
    (SIBLING, "weekdays", ("21 July 2026 (Tuesday)", "21 July 2026 (Monday)"), ("2026-07-21 Tuesday", "2026-07-21 Monday")),
    (SIBLING, "deadlines", ("on 15 July 2026 (Wednesday)", "on 16 July 2026 (Thursday)"), ("2026-07-15", "2026-07-16")),
    (SIBLING, "deadlines", ("before 31 July", "by 31 July"), ("2026-07-30", "2026-07-31")),
    (SIBLING, "times", ("14:30", "15:30"), ("14:30", "15:30")),
    (SIBLING, "times", ("5:00 p.m.", "5:00 a.m."), ("17:00", "05:00")),
    (SIBLING, "contacts", ("2979 7408", "2979 7409"), ("+85229797408", "+85229797409")),
    (SIBLING, "urls", ("signin.posttrade.", "signin.posttrades."), ("https://signin.posttrade.example/check", "https://signin.posttrades.example/check")),
    (SIBLING, "references", ("SFO/IS/041/2026", "SFO/IS/042/2026"), ("SFO/IS/041/2026", "SFO/IS/042/2026")),
    (SIBLING, "amounts", ("HK$1,250", "HK$1,260"), ("HK$1,250", "HK$1,260")),
    (SIBLING, "amounts", ("2.5%", "3.5%"), ("2.5%", "3.5%")),
    (SIBLING, "numbers", ("fewer than 12", "fewer than 15"), ("12", "15")),
    (SIBLING, "modality", ("must return", "may return"), ("must", "may")),
    (SIBLING, "parties", ("Participants may ask", "General Participants may ask"), ("CPs", "General Participants")),
    (SIBLING, "rows", ("3 August 2026\tNew sign-in page goes live\tTerminals\n", ""), ("3 August 2026 | New sign-in page goes live | Terminals", None)),
    (SIBLING, "duties", ("Participants shall keep a copy of the form for the auditors. ", ""), ("CPs shall keep a copy of the form for the auditors.", None)),
    (SIBLING, "text", ("are charged monthly", "are not charged monthly"), ("CPs are charged monthly", "Participants are not charged monthly")),
    (TRANSLATION, "header", ("日期 Date: 06/07/2026", "日期 Date: 07/07/2026"), ("2026-07-06", "2026-07-07")),
    (TRANSLATION, "dates", ("2026年7月21日（星期二）", "2026年7月20日（星期二）"), ("2026-07-21", "2026-07-20")),
    (TRANSLATION, "weekdays", ("2026年7月21日（星期二）", "2026年7月21日（星期一）"), ("2026-07-21 Tuesday", "2026-07-21 Monday")),
    (TRANSLATION, "deadlines", ("2026年7月15日（星期三）", "2026年7月16日（星期四）"), ("2026-07-15", "2026-07-16")),
    (TRANSLATION, "deadlines", ("（星期五）前", "（星期五）或之前"), ("2026-07-30", "2026-07-31")),
    (TRANSLATION, "times", ("下午5時正", "下午6時正"), ("17:00", "18:00")),
    (TRANSLATION, "contacts", ("2979 7408", "2979 7409"), ("+85229797408", "+85229797409")),
    (TRANSLATION, "contacts", ("ccass.demo", "ccas.demo"), ("ccass.demo@hkex.example", "ccas.demo@hkex.example")),
    (TRANSLATION, "urls", ("posttrade.example", "postrade.example"), ("https://signin.posttrade.example/check", "https://signin.postrade.example/check")),
    (TRANSLATION, "references", ("SFO/IS/041/2026", "SFO/IS/042/2026"), ("SFO/IS/041/2026", "SFO/IS/042/2026")),
    (TRANSLATION, "amounts", ("1,250港元", "1,260港元"), ("HK$1,250", "1,260港元")),
    (TRANSLATION, "numbers", ("12部", "15部"), ("12", "15")),
    (TRANSLATION, "modality", ("必須不遲於", "可不遲於"), ("must", "may")),
    (TRANSLATION, "parties", ("參與者可於", "直接結算參與者可於"), ("CPs", "直接結算參與者")),
    (TRANSLATION, "rows", ("2026年8月3日\t啟用新登入頁面\t終端機\n", ""), ("3 August 2026 | New sign-in page goes live | Terminals", None)),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "check", "edit", "values"), DIFFERS)
def test_one_change_is_one_error(relation: str, check: str, edit: tuple[str, str], values: Values) -> None:
    assert disagreements(relation, edit) == [("error", check, values)]


# What cannot be judged, or may well be meant: a warning at most, never an error.
CANNOT_SAY = [
    (SIBLING, "header", ("Ref. No.: CD/OES/SEOCH/072/2026\n", ""), ("CD/OES/CCASS/071/2026", None)),
    (SIBLING, "header", ("Date: 06/07/2026\n", ""), ("2026-07-06", None)),
    (SIBLING, "dates", ("22 July 2026 (Wednesday)", "202622"), ("2026-07-22", "202622")),
    (SIBLING, "contacts", ("2979 7408", "2979 7555"), ("+85229797408", "+85229797555")),
    (SIBLING, "contacts", ("on 2979 7408 ", ""), ("+85229797408", None)),
    (SIBLING, "urls", (" and at https://signin.posttrade.example/check", ""), ("https://signin.posttrade.example/check", None)),
    (SIBLING, "references", ("in circular SFO/IS/041/2026 and ", ""), ("SFO/IS/041/2026", None)),
    (SIBLING, "text", ("late forms", "overdue forms"), ("late", "overdue")),
    (TRANSLATION, "dates", ("2026年7月22日（星期三）", "202622（星期三）"), ("2026-07-22", "202622（星期三）")),
    (TRANSLATION, "times", ("下午2時30分至4時正", ""), ("14:30", None)),
    (TRANSLATION, "amounts", ("1,250港元", "款項"), ("HK$1,250", None)),
    (TRANSLATION, "modality", ("應致電", "須致電"), ("should", "must")),
    (TRANSLATION, "references", ("通函 SFO/IS/041/2026 及", "通函及"), ("SFO/IS/041/2026", None)),
]  # fmt: skip


@pytest.mark.parametrize(("relation", "check", "edit", "values"), CANNOT_SAY)
def test_what_cannot_be_judged_is_a_warning(relation: str, check: str, edit: tuple[str, str], values: Values) -> None:
    found = [said(finding) for finding in pair(relation, edit).findings]
    assert ("warning", check, values) in found
    assert not [finding for finding in found if finding[0] == "error"]


def test_a_weekday_printed_on_one_side_only_is_nothing() -> None:
    assert disagreements(SIBLING, ("21 July 2026 (Tuesday)", "21 July 2026")) == []


def test_a_deadline_read_on_one_side_only_is_nothing() -> None:
    assert disagreements(TRANSLATION, ("申請退回1,250港元", "獲退回1,250港元")) == []


@pytest.mark.parametrize(
    ("changed", "values"),
    [
        ("星期一至五", None),
        ("週一及週五", None),
        ("週一至週五（每周一次除外）", None),
        ("星期二至五", ("Monday", "Tuesday")),
        ("星期一至星期六", ("Friday", "Saturday")),
    ],
)
def test_days_of_the_week_without_a_date_are_compared(changed: str, values: Values | None) -> None:
    left = edited("HKSCC en", ("CPs may ask", "The counter is open on Mondays to Fridays. CPs may ask"))
    right = edited("HKSCC zh", ("參與者可於", f"櫃檯於{changed}開放。參與者可於"))
    found = [said(one) for one in compare(left, right, houses()).findings if one.level == "error"]
    assert found == ([("error", "weekdays", values)] if values else [])


def test_a_contact_printed_in_place_of_its_neighbour_is_an_error() -> None:
    more = "CPs are charged monthly. The second line is 2979 7409.", "Participants are charged monthly. The second line is 2979 7409."
    left = edited("HKSCC en", ("CPs are charged monthly.", more[0]))
    right = edited("SEOCH en", ("Participants are charged monthly.", more[1]), ("2979 7408", "2979 7409"))
    found = [said(one) for one in compare(left, right, houses()).findings if one.level == "error"]
    assert found == [("error", "contacts", ("+85229797408", "+85229797409"))]


def test_a_damaged_date_that_prints_another_weekday_is_an_error() -> None:
    edit = "2026年7月22日（星期三）", "202622（星期四）"
    assert disagreements(TRANSLATION, edit) == [("error", "weekdays", ("2026-07-22", "Thursday"))]


def test_a_number_in_words_is_the_same_number() -> None:
    assert disagreements(TRANSLATION, ("12部", "十二部")) == []


def test_a_duty_in_a_heading_obliges_nobody() -> None:
    assert disagreements(SIBLING, ("Schedule of events", "What Participants must do\n\nSchedule of events")) == []


@pytest.mark.parametrize(
    ("enquiry", "number"),
    [
        ("Enquiries: 2979 7341", "Ref. No.: CD/{}/005/2026"),
        ("Enquiry\n2979 7341", "Our Ref.: CD/{}/005/2026"),
        ("查詢：2979 7341", "編號：CD/{}/005/2026"),
    ],
)
def test_enquiries_below_the_body_do_not_make_a_heading_of_it(enquiry: str, number: str) -> None:
    """A short circular ends with them: its deadline was compared with nothing, and that was not said."""
    head = "{}\n\nDate: 6 July 2026\n\nSubject: Fees\n\n" + number
    body = "\n\nClearing Participants must pay the fee by {} July 2026.\n\n" + enquiry + "\n"
    left = (head + body).format("HONG KONG SECURITIES CLEARING COMPANY LIMITED", "CCASS", 31)
    right = (head + body).format("THE SEHK OPTIONS CLEARING HOUSE LIMITED", "SEOCH", 30)
    found = [said(one) for one in compare(told(left), told(right), houses()).findings if one.level != "note"]
    assert found == [("error", "deadlines", ("2026-07-31", "2026-07-30"))]


def test_a_pair_of_which_nothing_could_be_compared_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were all of both taken for their headings, silence would look like agreement."""
    monkeypatch.setattr(units, "_heading_end", lambda expression, _: len(expression.text))
    found = compare(edited("HKSCC en"), edited("SEOCH en"), houses()).findings
    assert [said(one) for one in found if one.level != "note"] == [("warning", "text", (None, None))]


def test_party_named_otherwise_throughout_is_no_error() -> None:
    whole = edited("SEOCH en").text.replace("Participants", "General Participants").replace("(General", "(")
    assert [f for f in compare(edited("HKSCC en"), told(whole), houses()).findings if f.check == "parties"] == []


def test_swapped_cells_are_one_error_with_the_row() -> None:
    table = "Fee\tOld\tNew\nMonthly charge\tHK$80\tHK$95\nPaper copy\tHK$5\tHK$7\n"
    left, right = edited("HKSCC en").text + table, edited("SEOCH en").text + table.replace("HK$80\tHK$95", "HK$95\tHK$80")
    found = [said(f) for f in compare(told(left), told(right), houses()).findings if f.level == "error"]
    assert found == [("error", "rows", ("Monthly charge | HK$80 | HK$95", "Monthly charge | HK$95 | HK$80"))]


def test_a_lost_table_is_one_warning() -> None:
    text = edited("SEOCH en").text
    start = text.index("Schedule of events")
    end = text.index("Jocelyn")
    found = [said(f) for f in compare(edited("HKSCC en"), told(text[:start] + text[end:]), houses()).findings]
    assert [level for level, check, _ in found if check == "rows"] == ["warning"]
    assert not [finding for finding in found if finding[0] == "error"]


def test_a_lost_bullet_is_told_with_its_words() -> None:
    row = "13 July 2026\t• Registration opens • Help desk starts • Guide appears\n"
    left, right = (
        edited("HKSCC en").text + "Date\tEvent\n" + row,
        edited("SEOCH en").text + "Date\tEvent\n" + row.replace("• Help desk starts ", ""),
    )
    found = [said(f) for f in compare(told(left), told(right), houses()).findings if f.check == "events"]
    assert found == [("error", "events", ("Help desk starts", None))]


def test_tables_of_other_width_are_a_warning() -> None:
    narrow = re.sub(r"\t(Portal|Terminals|Place)(?=\n)", "", edited("SEOCH en").text)
    found = [said(f) for f in compare(edited("HKSCC en"), told(narrow), houses(), ("tables",)).findings]
    assert [(level, check) for level, check, _ in found] == [("warning", "tables")]


EVENTS_ZH = "日期\t事項\t地點\n"
HOURS = "Service\tUp to 27 November 2026\nCounter\t9:00 am to 5:30 pm\nTelephone\t8:30 am to 6:30 pm\n"
HOURS_ZH = "服務\t至2026年11月27日止\n櫃檯\t上午9時至下午5時30分\n電話\t上午8時30分至下午6時30分\n"


@pytest.mark.parametrize(
    ("right", "edit", "level"),
    [
        (TRANSLATION, (EVENTS_ZH, ""), "error"),
        (TRANSLATION, (EVENTS_ZH, "日期事項地點\n\n"), "warning"),  # its words may be those of the heading row
        (SIBLING, ("Date\tEvent\tPlace\n", ""), "error"),
    ],
)
def test_a_lost_heading_row_is_told_where_the_other_side_has_it(right: str, edit: tuple[str, str], level: str) -> None:
    found = [said(f) for f in pair(right, edit).findings if f.level != "note"]
    assert found == [(level, "tables", ("Date | Event | Place", None))]


def test_a_row_that_is_read_as_a_heading_leaves_the_heading_lost_and_no_row() -> None:
    left, right = told(f"{HKSCC_EN}\n{HOURS}"), told(f"{HKSCC_ZH}\n{HOURS_ZH.partition(chr(10))[2]}")
    found = [said(f) for f in compare(left, right, houses()).findings]
    assert found == [("error", "tables", ("Service | Up to 27 November 2026", None))]
    assert [said(f)[2] for f in compare(right, left, houses()).findings] == [(None, "Service | Up to 27 November 2026")]


def test_own_numbers_and_hotlines_of_siblings_are_notes() -> None:
    notes = {said(finding)[1:] for finding in pair(SIBLING).findings}
    assert ("contacts", ("+85229797341", "+85229797352")) in notes
    assert ("references", ("CD/OES/CCASS/058/2026", "CD/OES/SEOCH/058/2026")) in notes
    assert ("header", ("HKSCC", "SEOCH")) in notes


def test_a_slip_in_a_known_contact_is_an_error() -> None:
    left = told(edited("HKSCC en").text.replace("2979 7341", "2979 7111"))
    right = told(edited("SEOCH en").text.replace("2979 7352", "2979 7221"))
    found = [said(f) for f in compare(left, right, houses()).findings if f.level == "error"]
    assert found == [("error", "contacts", ("+85229797222", "+85229797221"))]


def test_a_link_that_leads_elsewhere_is_an_error_in_a_translation() -> None:
    right = told(edited("HKSCC zh").text.replace("ccass.demo@hkex.example", "[ccass.demo@hkex.example](mailto:ccas.demo@hkex.example)"))
    found = [said(f) for f in compare(edited("HKSCC en"), right, houses()).findings if f.level == "error"]
    assert found == [("error", "contacts", (None, "ccas.demo@hkex.example"))]


def test_the_message_names_the_text_that_governs() -> None:
    (finding,) = [f for f in pair(TRANSLATION, ("下午5時正", "下午6時正")).findings if f.level == "error"]
    assert finding.message.endswith("the English text (left) governs")


def test_an_announced_change_of_a_correction_is_a_note() -> None:
    left = edited("HKSCC en")
    right = told(
        left.text.replace("071/2026", "075/2026")
        .replace("Date: 06/07/2026", "Date: 09/07/2026")
        .replace("Subject: New", "Subject: Correction – New")
        .replace("CD/OES/CCASS/058/2026", "CD/OES/CCASS/071/2026")
        .replace("on 15 July 2026 (Wednesday).", "on 17 July 2026 (Friday). The earlier date was 15 July 2026.")
    )
    comparison = compare(left, right, houses())
    assert comparison.relation == "reissue"
    assert ("note", "deadlines", ("2026-07-15", "2026-07-17")) in [said(finding) for finding in comparison.findings]
    unannounced = told(right.text.replace("HK$1,250", "HK$1,260"))
    assert [said(f) for f in compare(left, unannounced, houses()).findings if f.level == "error"] == [
        ("error", "amounts", ("HK$1,250", "HK$1,260"))
    ]


def test_unrelated_circulars_are_not_compared() -> None:
    comparison = compare(edited("HKSCC en"), pipeline.read(CIRCULARS / "07-consultation/sfc-en.html"), houses())
    assert (comparison.relation, comparison.findings, comparison.agreed) == ("unrelated", (), ())


def test_quotes_are_verbatim_where_their_spans_say() -> None:
    for relation, _, edit, _ in DIFFERS:
        comparison = pair(relation, edit)
        for finding in comparison.findings:
            for expression, side in ((comparison.left, finding.left), (comparison.right, finding.right)):
                if side and side.span and side.quote is not None:
                    assert expression.text[slice(*side.span)] == side.quote
                    assert len(side.quote) <= 300


def test_comparing_is_blind_to_the_side() -> None:
    for relation, check, edit, values in DIFFERS:
        comparison = pair(relation, edit)
        turned = compare(comparison.right, comparison.left, houses())
        assert [said(f) for f in turned.findings if f.level == "error"] == [("error", check, values[::-1])], edit


def test_every_check_says_what_ought_to_hold() -> None:
    descriptions = [check.description for check in CHECKS.values()]
    assert all(text.endswith(".") and len(text) > 20 for text in descriptions)
    assert len(set(descriptions)) == len(CHECKS)


# The development corpus -----------------------------------------------------------------------------------------------


def corpus_pairs() -> Iterator[tuple[str, str, list[Values]]]:
    for path in sorted(CIRCULARS.rglob("pairs.json")):
        for item in json.loads(path.read_text("utf-8")):
            sides = [(path.parent / item[side]).resolve() for side in ("left", "right")]
            if all(side.exists() for side in sides):
                planted = [(error["left_value"], error["right_value"]) for error in item["errors"]]
                yield str(sides[0].relative_to(CIRCULARS)), str(sides[1].relative_to(CIRCULARS)), planted


@pytest.mark.parametrize(("left", "right", "planted"), list(corpus_pairs()))
def test_planted_errors_are_found_and_nothing_else(left: str, right: str, planted: list[Values]) -> None:
    found = compare(*(pipeline.read(CIRCULARS / name) for name in (left, right)), houses()).findings
    values = [said(finding)[2] for finding in found if finding.level == "error"]
    assert sorted(map(str, values)) == sorted(map(str, planted))


@pytest.mark.skipif(not gold.SHARED.exists(), reason="the shared seeds are not here")
def test_seeds_are_siblings_without_a_false_alarm() -> None:
    left, right = (pipeline.read(path) for path in sorted((gold.SHARED / "seeds").glob("*.txt")))
    comparison = compare(left, right, houses())
    assert comparison.relation == "sibling"
    assert {finding.level for finding in comparison.findings} == {"warning", "note"}


# A duty beside a permission or in a definition, and whether its translation swallowed it: then on which side it stands alone.
SWALLOWED = [
    ("CPs may collect the tokens in person, and must return all old tokens that are no longer in use.", "參與者可親身領取編碼器。", "left"),
    ("A User means a person whom the CP has named in writing, and must be registered.", "使用者指參與者以書面指定的人士。", "left"),
    ("CPs may collect the tokens in person at the counter.", "參與者可親身到櫃檯領取編碼器，並須交回所有不再使用的舊編碼器。", "right"),
    ("CPs may collect the tokens in person, and must return all old tokens.", "參與者可親身領取編碼器，並須交回所有舊編碼器。", None),
    ("CPs may collect the tokens in person, and must return all old tokens.", "參與者可親身領取編碼器，並應交回所有舊編碼器。", None),
    ("CPs may collect the tokens in person at the counter.", "參與者可親身到櫃檯領取編碼器。", None),
]


@pytest.mark.parametrize(("english", "chinese", "alone"), SWALLOWED)
def test_a_duty_that_its_translation_swallowed_beside_a_permission_stands_alone(english: str, chinese: str, alone: str | None) -> None:
    left = told(HKSCC_EN.replace("CPs are charged monthly.", f"CPs are charged monthly.\n\n{english}"))
    right = told(HKSCC_ZH.replace("參與者按月繳費。", f"參與者按月繳費。\n\n{chinese}"))
    found = compare(left, right, houses(), ("duties",)).findings
    assert [(finding.level, "left" if finding.left else "right") for finding in found] == ([("error", alone)] if alone else [])


@pytest.mark.parametrize(
    ("relation", "check", "gone", "near"),
    [
        (SIBLING, "rows", "3 August 2026\tNew sign-in page goes live\tTerminals\n", "15 July 2026 | Deadline for the signed form | Portal"),
        (SIBLING, "duties", "Participants shall keep a copy of the form for the auditors. ", "A surcharge of 2.5% applies to late forms."),
        (TRANSLATION, "rows", "2026年8月3日\t啟用新登入頁面\t終端機\n", "2026年7月15日 | 交回已簽署表格的截止日期 | 專頁"),
    ],
)
def test_what_one_side_lacks_is_told_with_the_place_where_it_lacks_it(relation: str, check: str, gone: str, near: str) -> None:
    (finding,) = [one for one in pair(relation, (gone, "")).findings if (one.check, one.level) == (check, "error")]
    what = {"rows": "row", "duties": "duty"}[check]
    assert finding.message == f"this {what} stands on the left only; on the right it belongs near “{near}”"


def test_what_the_left_side_lacks_is_placed_too_and_a_long_passage_is_cut() -> None:
    left = told(HKSCC_EN.replace("A surcharge of 2.5% applies to late forms. CPs shall keep a copy of the form for the auditors. ", ""))
    found = compare(left, edited("SEOCH en"), houses(), ("duties", "text")).findings
    assert {one.message.partition("; ")[2] for one in found if one.right and not one.left} == {
        "on the left it belongs near “CPs may ask for a refund of HK$1,250 before 31 July 2026…”"
    }


@pytest.mark.parametrize(
    ("english", "chinese", "found"),
    [
        ("Direct Clearing Participants", "直接結算參與者", 0),
        ("General Clearing Participants", "全面結算參與者", 0),
        ("Non-Clearing Participants", "非結算參與者", 0),
        ("Overseas Clearing Participants", "直接結算參與者", 1),
        ("CPs", "直接結算參與者", 1),
    ],
)
def test_a_class_of_parties_that_both_languages_limit_alike_is_no_finding(english: str, chinese: str, found: int) -> None:
    left, right = (edited(name).text for name in ("HKSCC en", "HKSCC zh"))
    left += f"\n{english} may call the desk.\n"
    right += f"\n{chinese}可致電支援組。\n"
    assert len([f for f in compare(told(left), told(right), houses()).findings if f.check == "parties"]) == found
