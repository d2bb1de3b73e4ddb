"""Deadlines of one act are one obligation; two acts stay two; what disagrees is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from gold import SHARED, expression_from_gold, load
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Deadline, Expression, Lang, Source, Table
from kb.obligations import Obligation, kin, obligations

CORPUS = Path(__file__).parent / "circulars"
SEEDS = SHARED / "seeds"
JULY = date(2026, 7, 31)


def deadline(action: str, due: date | None = JULY, **fields: object) -> Deadline:
    found = Deadline(quote="by 31 July 2026", span=(0, 15), rule="test", stated=due, relation="by", due=due, action=action)
    return msgspec.structs.replace(found, **fields)


def circular(body: Sequence[Deadline] = (), schedule: Sequence[Deadline] = (), lang: Lang = "en", **fields: object) -> Expression:
    """A circular with these deadlines in its body and in its schedule, one after the other."""
    places = [msgspec.structs.replace(one, span=(20 * place, 20 * place + 15)) for place, one in enumerate((*body, *schedule))]
    table = Table(rows=(("Date", "Event"),), span=(20 * len(body), 20 * len(places) + 15), rule="test")
    source = Source(path="a.txt", sha256=lang, media_type="text/plain")
    told = Expression(source=source, lang=lang, issuer="SEOCH", number="X/1", text="", deadlines=tuple(places))
    return msgspec.structs.replace(told, tables=(table,) if schedule else (), **fields)


def scheduled(action: str, due: date | None = JULY, **fields: object) -> Deadline:
    return deadline(action, due, **{"relation": "on", "quote": f"Deadline for {action}", "tentative": True, **fields})


def shape(found: Sequence[Obligation]) -> list[tuple[date | None, int, bool]]:
    """Of each obligation its day, the number of its members, and whether they disagree."""
    return [(one.due, len(one.members), one.conflict is not None) for one in found]


# Within a language -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("verify", "verification"),
        ("register", "registration"),
        ("submit", "submission"),
        ("pay", "payment"),
        ("file", "filing"),
        ("enrol", "enrolment"),
        ("nominate", "nomination"),
        ("apply", "applications"),
        ("accept", "acceptance"),
    ],
)
def test_a_verb_and_its_noun_are_of_one_family(left: str, right: str) -> None:
    assert kin(left, right)
    assert kin(right, left)


@pytest.mark.parametrize(
    ("left", "right"), [("port", "portal"), ("mark", "market"), ("contact", "contract"), ("part", "participant"), ("form", "format")]
)
def test_words_that_only_begin_alike_are_not(left: str, right: str) -> None:
    assert not kin(left, right)


@pytest.mark.parametrize(
    ("body", "schedule"),
    [
        ("verify their connection to the new server", "verification of connection to the new server"),
        ("register the e-mail addresses of their users", "the registration of users' email addresses"),
        ("submit the return for the position of June", "Filing"),
        ("pay the additional contribution in Hong Kong dollars", "Payment"),
        ("為每名使用者登記一部流動裝置", "登記使用者流動裝置"),
        ("演習提名表格交回", "提交演習提名表格"),
    ],
)
def test_body_and_schedule_of_one_act_are_one_obligation(body: str, schedule: str) -> None:
    [found] = obligations([circular([deadline(body, bearer=("CPs",))], [scheduled(schedule)])])
    assert (found.action or found.action_zh, found.relation, found.tentative, found.conflict) == (body, "by", False, None)
    assert [member.deadline for member in found.members] == [0, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("submit the nomination form", "submit the result form"),
        ("register one device for each user", "verify the connection of each terminal"),
        ("提交演習提名表格", "提交演習結果表格"),
        ("return the Form A to the house", "return the Form B to the house"),
        ("complete Part I of the declaration", "complete Part II of the declaration"),
        ("upload the second batch of files", "upload the third batch of files"),
        ("交回表格甲", "交回表格乙"),
        ("提交第一批文件", "提交第二批文件"),
    ],
)
@pytest.mark.parametrize("places", ["body", "schedule", "both"])
def test_two_acts_on_one_day_stay_two(one: str, other: str, places: str) -> None:
    body = [deadline(one), deadline(other)] if places != "schedule" else []
    schedule = [scheduled(one), scheduled(other)] if places != "body" else []
    found = obligations([circular(body, schedule)])
    assert shape(found) == [(JULY, 2 if places == "both" else 1, False)] * 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"bearer": ("CPs",)}, {"bearer": ("DBs",)}),
        ({"time": "10:00"}, {"time": "15:00"}),
        ({"due": date(2026, 8, 31), "stated": date(2026, 8, 31)}, {}),
        (
            {"due": None, "stated": None, "quote": "within 5 days after the error"},
            {"due": None, "stated": None, "quote": "within 5 days of the bill"},
        ),
        ({"due": None, "stated": None}, {}),
    ],
)
def test_the_same_words_for_others_or_at_another_time_are_another_obligation(ours: dict[str, object], theirs: dict[str, object]) -> None:
    assert len(obligations([circular([deadline("pay the fee", **ours), deadline("pay the fee", **theirs)])])) == 2


def test_four_payments_on_four_days_are_four_obligations_with_names_of_their_own() -> None:
    days = [date(2026, month, 6) for month in (1, 4, 7, 10)]
    found = obligations([circular(schedule=[scheduled("Payment", day) for day in days])])
    assert [one.due for one in found] == days
    assert len({one.id for one in found}) == 4


def test_forms_on_neighbouring_days_are_obligations_that_do_not_disagree() -> None:
    forms = [deadline(f"return the Form {letter}", JULY if letter < "C" else date(2026, 8, 1)) for letter in "ABC"]
    assert shape(obligations([circular(forms)])) == [(JULY, 1, False)] * 2 + [(date(2026, 8, 1), 1, False)]
    assert len({one.id for one in obligations([circular(forms)])}) == 3


def test_one_act_on_neighbouring_days_is_as_many_obligations() -> None:
    days = [date(2026, 3, day) for day in (2, 3, 4)]
    body = [deadline("submit the daily test report", day, stated=day) for day in days[1:]]
    schedule = [scheduled("submission of the daily test report", day, stated=day) for day in days]
    assert shape(obligations([circular(body, schedule)])) == [(days[0], 1, False), (days[1], 2, False), (days[2], 2, False)]


def test_a_schedule_weeks_off_the_body_disagrees_with_it() -> None:
    day = date(2026, 8, 14)
    body = [deadline("register the device", bearer=("CPs",)), deadline("pay the fee")]
    schedule = [scheduled("registration of the device", day, stated=day), scheduled("payment of the fee")]
    assert shape(obligations([circular(body, schedule)])) == [(JULY, 2, True), (JULY, 2, False)]


@pytest.mark.parametrize(
    "rows",
    [
        [scheduled("registration of the device", date(2026, 8, day), stated=date(2026, 8, day)) for day in (14, 21)],
        [scheduled("registration of the device"), scheduled("registration of the device", date(2026, 8, 14), stated=date(2026, 8, 14))],
        [scheduled("registration of the device", date(2026, 12, 14), stated=date(2026, 12, 14))],
        [scheduled("registration of the device", date(2026, 8, 14), stated=date(2026, 8, 14), bearer=("DBs",))],
    ],
    ids=["two could be it", "one of them is it", "months away", "others"],
)
def test_a_row_of_another_day_that_may_be_another_act_stays_by_itself(rows: list[Deadline]) -> None:
    found = obligations([circular([deadline("register the device", bearer=("CPs",))], rows)])
    assert len(found) == len({JULY, *(row.due for row in rows)})
    assert {one.conflict for one in found} == {None}


def test_before_a_day_in_the_body_and_on_it_in_the_schedule_is_a_conflict_and_the_earlier_day_counts() -> None:
    body = deadline("verify the connection", date(2026, 7, 30), stated=JULY, relation="before", quote="before 31 July 2026")
    [found] = obligations([circular([body], [scheduled("verification of connection")])])
    assert (found.due, found.relation) == (date(2026, 7, 30), "before")
    assert found.conflict == (
        "'before 31 July 2026' in the body: due 30 July 2026; 'Deadline for verification of connection' in the schedule: due 31 July 2026"
    )


def test_a_clock_time_that_only_one_place_gives_is_no_conflict() -> None:
    [found] = obligations([circular([deadline("pay the fee", time="18:00")], [scheduled("Payment of the fee")])])
    assert (found.time, found.conflict) == ("18:00", None)


def test_the_force_of_an_act_is_what_the_body_says() -> None:
    [found] = obligations([circular([deadline("request a refund", modality="may")], [scheduled("refund requests")])])
    assert found.modality == "may"


def test_an_act_without_a_date_is_kept_and_comes_last() -> None:
    found = obligations([circular([deadline("pay", None, stated=None, relation="within"), deadline("file")])])
    assert [(one.action, one.due) for one in found] == [("file", JULY), ("pay", None)]


# Between languages ---------------------------------------------------------------------------------------------------------


def test_two_languages_are_joined_by_date_and_order() -> None:
    english = circular([deadline("register the device", bearer=("CPs",)), deadline("verify the connection", bearer=("CPs",))])
    chinese = circular([deadline("登記裝置", bearer=("參與者",)), deadline("核實連線", bearer=("參與者",))], lang="zh-Hant")
    found = obligations([english, chinese])
    assert [(one.action, one.action_zh, one.bearer) for one in found] == [
        ("register the device", "登記裝置", ("CPs", "參與者")),
        ("verify the connection", "核實連線", ("CPs", "參與者")),
    ]


def test_an_act_that_one_language_lacks_does_not_shift_the_others() -> None:
    english = circular([deadline("enrol", date(2026, 7, 15)), deadline("register the device"), deadline("pay", date(2026, 8, 7))])
    chinese = circular([deadline("報名", date(2026, 7, 15)), deadline("付款", date(2026, 8, 7))], lang="zh-Hant")
    assert [(one.action, one.action_zh) for one in obligations([english, chinese])] == [
        ("enrol", "報名"),
        ("register the device", None),
        ("pay", "付款"),
    ]


def test_languages_that_differ_by_a_day_or_an_hour_are_a_conflict_that_names_them() -> None:
    english = circular([deadline("pay", time="10:00", quote="by 10:00 a.m. on 31 July 2026")])
    chinese = circular([deadline("付款", time="11:00", quote="2026年7月31日上午11時或之前")], lang="zh-Hant")
    [found] = obligations([english, chinese])
    assert found.time == "10:00"
    assert found.conflict == (
        "'by 10:00 a.m. on 31 July 2026' in the body (English): due 31 July 2026 at 10:00; "
        "'2026年7月31日上午11時或之前' in the body (Chinese): due 31 July 2026 at 11:00"
    )


@pytest.mark.parametrize("day", [date(2026, 7, 10), date(2026, 8, 14), date(2027, 7, 31)])
def test_languages_that_differ_in_nothing_but_the_day_are_a_conflict(day: date) -> None:
    english = circular([deadline("enrol", date(2026, 7, 1)), deadline("pay the fee", time="17:30"), deadline("report", date(2026, 9, 1))])
    chinese = circular([deadline("報名", date(2026, 7, 1)), deadline("繳付費用", day, time="17:30"), deadline("匯報", date(2026, 9, 1))])
    found = {one.action: (one.action_zh, one.due, one.conflict is not None) for one in obligations([english, chinese])}
    assert found["pay the fee"] == ("繳付費用", min(JULY, day), True)
    assert len(found) == 3


@pytest.mark.parametrize(
    "other",
    [
        [deadline("登記裝置", date(2026, 8, 14), time="17:30")],
        [deadline("繳付費用", date(2026, 8, 14), time="10:00")],
        [deadline("繳付費用", date(2026, 8, 14), time="17:30", modality="may")],
        [deadline("繳付費用", date(2026, 8, 14), time="17:30"), deadline("繳付費用", date(2026, 8, 21), time="17:30")],
    ],
    ids=["another act", "another hour", "another force", "two could be it"],
)
def test_an_act_of_the_other_language_that_differs_in_more_than_the_day_stays_by_itself(other: list[Deadline]) -> None:
    found = obligations([circular([deadline("pay the fee", time="17:30")]), circular(other, lang="zh-Hant")])
    assert [one.conflict for one in found] == [None] * (1 + len(other))


def test_two_prints_of_one_number_with_two_days_are_a_conflict() -> None:
    prints = [circular([deadline("pay the fee", day, stated=day)]) for day in (JULY, date(2026, 7, 28))]
    assert shape(obligations(prints)) == [(date(2026, 7, 28), 2, True)]


def test_both_languages_in_one_file_are_joined_too() -> None:
    [found] = obligations([circular([deadline("pay"), deadline("付款")], lang="mul")])
    assert (found.action, found.action_zh, len(found.members)) == ("pay", "付款", 2)


# Names that last -------------------------------------------------------------------------------------------------------------


def test_a_name_outlives_a_moved_date_and_another_file() -> None:
    [before] = obligations([circular([deadline("pay the fee")])])
    moved = circular([deadline("pay the fee", date(2026, 9, 1))], source=Source(path="b.html", sha256="b", media_type="text/html"))
    [after] = obligations([moved])
    assert before.id == after.id


def test_another_circular_or_another_act_has_another_name() -> None:
    names = [
        obligations([told])[0].id
        for told in (
            circular([deadline("pay the fee")]),
            circular([deadline("pay the levy")]),
            circular([deadline("pay the fee")], number="X/2"),
            circular([deadline("pay the fee")], number=None, title="A"),
            circular([deadline("pay the fee")], number=None, title="B"),
        )
    ]
    assert len(set(names)) == len(names)


DEADLINES = st.builds(
    deadline,
    st.sampled_from(("pay the fee", "payment", "file the return", "提交表格", "付款")),
    st.sampled_from((None, JULY, date(2026, 8, 1), date(2026, 9, 1))),
    relation=st.sampled_from(("by", "before", "on")),
    time=st.sampled_from((None, "10:00", "18:00")),
    bearer=st.sampled_from(((), ("CPs",), ("DBs",))),
)


@given(st.lists(st.tuples(st.lists(DEADLINES, max_size=4), st.lists(DEADLINES, max_size=4)), min_size=1, max_size=2))
def test_every_deadline_is_a_member_of_exactly_one_obligation(parts: list[tuple[list[Deadline], list[Deadline]]]) -> None:
    told = [circular(body, schedule) for body, schedule in parts]
    found = obligations(told)
    members = sorted((member.expression, member.deadline) for one in found for member in one.members)
    assert members == [(index, place) for index, one in enumerate(told) for place in range(len(one.deadlines))]
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.due == min(told[m.expression].deadlines[m.deadline].due or date.max for m in one.members) or one.due is None


# Real circulars ----------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside this tree")
@pytest.mark.parametrize("name", ["000_ff6452a53264ad10", "002_89d6dd30a2e49a17"])
def test_a_seed_has_three_dated_obligations_two_of_which_disagree(name: str) -> None:
    found = obligations([load(SEEDS / f"{name}.txt")])
    assert [(one.due, str(one.action).split()[:2], one.conflict is not None) for one in found if one.due] == [
        (date(2023, 4, 19), ["register", "via"], False),
        (date(2023, 4, 27), ["register", "the"], True),
        (date(2023, 4, 27), ["verify", "their"], True),
    ]
    assert [len(one.members) for one in found if not one.due] == [1]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        # the connectivity check of the schedule has no word of the body's `confirm that every terminal can reach the service`
        (
            ["01-2fa-login/hkcc-en.html", "01-2fa-login/hkcc-zh.html"],
            [(date(2026, 7, 15), 2, True), (JULY, 2, False), (JULY, 2, False), (date(2026, 8, 7), 4, False)],
        ),
        (
            ["03-typhoon/hkscc-en.html", "03-typhoon/hkscc-zh.html"],
            [(date(2026, 5, 22), 2, False), (date(2026, 5, 29), 2, False), (None, 2, False)],
        ),
        (
            ["05-rollout/hkcc-zh.txt"],
            [
                (date(2026, 10, 11), 2, True),
                (date(2026, 11, 13), 2, False),
                (date(2026, 12, 5), 1, False),
                (None, 1, False),
                (None, 1, False),
            ],
        ),
        (
            ["11-default-fund/hkcc-en.txt"],
            [
                (date(2026, 10, 6), 2, False),
                (date(2026, 10, 7), 1, False),
                (date(2026, 11, 5), 1, False),
                (date(2026, 12, 4), 1, False),
                (date(2027, 1, 7), 1, False),
            ],
        ),
    ],
)
def test_the_obligations_of_a_development_circular(names: list[str], expected: list[tuple[date | None, int, bool]]) -> None:
    assert shape(obligations([load(CORPUS / name) for name in names])) == expected


def test_a_circular_without_deadlines_has_no_obligations() -> None:
    assert obligations([expression_from_gold({"lang": "en"}, "Nothing is due.")]) == []
