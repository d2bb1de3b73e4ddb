"""What other readers of dates answer, as the contract has it: only the translation, so none of them need be here."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

import shapes

BASE = date(2026, 7, 6)


def brief(shape: shapes.Shape, raw: dict[str, Any]) -> list[str]:
    """`start/end time-end_time` of a date, `time-end_time` of a time."""
    lines = []
    for kind, fact in shape(raw, BASE):
        assert fact["quote"] == raw["quote"]
        clock = "-".join(part for part in (fact["time"], fact["end_time"]) if part)
        lines.append(f"{fact['start']}/{fact['end']} {clock}".strip() if kind == "dates" else clock)
    return lines


@pytest.mark.parametrize(
    ("quote", "grain"),
    [
        ("on or before 7 August 2026", "day"),
        ("August 2026", "month"),
        ("5:00 p.m. in August 2026", "month"),
        ("12 APR at 12:00", "day"),
        ("03/04/2026", "day"),
        ("2026-08-07", "day"),
        ("2026年8月", "month"),
        ("2026年8月7", "day"),
        ("二零二六年三月五日", "day"),
        ("二零二六年三月", "month"),
        ("下午5時30分", None),
        ("14:30 to 16:00", None),
        ("noon", None),
        ("Friday", None),
        ("2026", None),
        ("5 p.m.", None),
    ],
)
def test_a_string_shows_so_much_of_a_date(quote: str, grain: str | None) -> None:
    assert shapes.shown(quote) == grain


def at(day: str | None, time: str | None = "00:00") -> dict[str, Any]:
    return {"date": day, "time": time}


@pytest.mark.parametrize(
    ("quote", "value", "lines"),
    [
        ("7 August 2026", at("2026-08-07"), ["2026-08-07/2026-08-07"]),
        ("August 2026", at("2026-08-01"), ["2026-08-01/2026-08-31"]),
        ("23 July 2026 from 14:30", at("2026-07-23", "14:30"), ["2026-07-23/2026-07-23 14:30", "14:30"]),
        ("23 July 2026", at("2026-07-23", "14:30"), ["2026-07-23/2026-07-23 14:30", "14:30"]),
        ("5:00 p.m.", at("2026-07-06", "17:00"), ["17:00"]),
        ("Friday", at("2026-07-10"), []),
        ("30分", at("2026-07-05", "23:30"), []),
        ("14:30 to 16:00", [at(None, "14:30"), at(None, "16:00")], ["14:30-16:00"]),
        ("24 April to 26 April 2023", [at("2023-04-24", None), at("2023-04-26", None)], ["2023-04-24/2023-04-26"]),
    ],
)
def test_a_moment_is_what_its_string_shows(quote: str, value: Any, lines: list[str]) -> None:
    assert brief(shapes.moment, {"quote": quote, "value": value}) == lines


@pytest.mark.parametrize(
    ("quote", "kind", "values", "lines"),
    [
        ("7 August 2026", "date", [{"timex": "2026-08-07", "value": "2026-08-07"}], ["2026-08-07/2026-08-07"]),
        ("by 7 August 2026", "daterange", [{"timex": "2026-08-07", "Mod": "before", "end": "2026-08-07"}], ["2026-08-07/2026-08-07"]),
        ("May 2026", "daterange", [{"timex": "2026-05", "start": "2026-05-01", "end": "2026-06-01"}], ["2026-05-01/2026-05-31"]),
        (
            "24 April 2023 to 26 April 2023",
            "daterange",
            [{"timex": "(2023-04-24,2023-04-26,P2D)", "start": "2023-04-24", "end": "2023-04-26"}],
            ["2023-04-24/2023-04-26"],
        ),
        (
            "late August",
            "daterange",
            [
                {"timex": "XXXX-08", "Mod": "end", "start": "2025-08-16", "end": "2025-09-01"},
                {"timex": "XXXX-08", "Mod": "end", "start": "2026-08-16", "end": "2026-09-01"},
            ],
            ["2026-08-21/2026-08-31"],
        ),
        (
            "12 Apr at 12:00",
            "datetime",
            [{"timex": "XXXX-04-12T12:00", "value": "2026-04-12 12:00:00"}, {"timex": "XXXX-04-12T12:00", "value": "2027-04-12 12:00:00"}],
            ["2026-04-12/2026-04-12 12:00", "12:00"],
        ),
        ("by 5:00 p.m.", "timerange", [{"timex": "T17:00", "Mod": "before", "end": "17:00:00"}], ["17:00"]),
        ("14:30 to 16:00", "timerange", [{"timex": "(T14:30,T16:00,PT1H30M)", "start": "14:30:00", "end": "16:00:00"}], ["14:30-16:00"]),
        ("下午", "timerange", [{"timex": "TAF", "start": "12:00:00", "end": "16:00:00"}], []),
        ("Friday", "date", [{"timex": "XXXX-WXX-5", "value": "2026-07-10"}], []),
        ("2026", "daterange", [{"timex": "2026", "start": "2026-01-01", "end": "2027-01-01"}], []),
        ("one hour", "duration", [{"timex": "PT1H", "value": "3600"}], []),
    ],
)
def test_a_recognized_string_is_its_nearest_reading(quote: str, kind: str, values: Any, lines: list[str]) -> None:
    assert brief(shapes.recognized, {"quote": quote, "kind": kind, "values": values}) == lines


def parts(known: str, year: int = 2026, month: int = 7, day: int = 6, hour: int = 12, minute: int = 0) -> dict[str, Any]:
    return {"known": known.split(), "year": year, "month": month, "day": day, "hour": hour, "minute": minute}


@pytest.mark.parametrize(
    ("quote", "first", "second", "lines"),
    [
        ("7 August 2026", parts("year month day", month=8, day=7), None, ["2026-08-07/2026-08-07"]),
        ("May 2026", parts("year month", month=5, day=1), None, ["2026-05-01/2026-05-31"]),
        ("August – September 2026", parts("month", month=8), parts("year month", month=9), ["2026-08-01/2026-09-30"]),
        (
            "23 July 2026 from 14:30 to 16:00",
            parts("year month day hour minute", day=23, hour=14, minute=30),
            parts("year month day hour minute", day=23, hour=16),
            ["2026-07-23/2026-07-23 14:30-16:00", "14:30-16:00"],
        ),
        ("(Friday)", parts("weekday"), None, []),
        ("within one hour", parts("year month day hour minute", hour=1), None, []),
        ("tomorrow", parts("year month day", day=7), None, ["2026-07-07/2026-07-07"]),
    ],
)
def test_components_count_where_they_are_printed(quote: str, first: Any, second: Any, lines: list[str]) -> None:
    assert brief(shapes.chrono, {"quote": quote, "from": first, "to": second}) == lines


@pytest.mark.parametrize(
    ("quote", "kind", "time", "lines"),
    [
        ("2026年8月7日", "time_point", ["2026-08-07 00:00:00", "2026-08-07 23:59:59"], ["2026-08-07/2026-08-07"]),
        ("2026年8月下旬", "time_span", ["2026-08-21 00:00:00", "2026-08-31 23:59:59"], ["2026-08-21/2026-08-31"]),
        ("2026年3月5日起", "time_span", ["2026-03-05 00:00:00", "inf"], ["2026-03-05/2026-03-05"]),
        ("2026年3月5日前", "time_span", ["-inf", "2026-03-05 23:59:59"], ["2026-03-05/2026-03-05"]),
        ("8月7日下午5点30分", "time_point", ["2026-08-07 17:30:00", "2026-08-07 17:30:59"], ["2026-08-07/2026-08-07 17:30", "17:30"]),
        ("上午10点至12点", "time_span", ["2026-07-06 10:00:00", "2026-07-06 12:00:00"], ["10:00-12:00"]),
        ("2026年8月底", "time_span", ["2026-08-25 00:00:00", "2026-08-31 23:59:59"], ["2026-08-21/2026-08-31"]),
        ("8月7日上午11点前", "time_span", ["2026-07-06 00:00:00", "2026-08-07 11:59:59"], ["2026-08-07/2026-08-07 11:00", "11:00"]),
        ("12月31日午夜", "time_point", ["2026-12-31 00:00:00", "2026-12-31 00:59:59"], ["2026-12-31/2026-12-31 00:00", "24:00"]),
        ("30分", "time_delta", {"minute": 30.0}, []),
        ("2026", "time_span", ["2026-01-01 00:00:00", "2026-12-31 23:59:59"], []),
    ],
)
def test_a_pair_of_moments_is_an_interval_of_days_or_clocks(quote: str, kind: str, time: Any, lines: list[str]) -> None:
    assert brief(shapes.jionlp, {"quote": quote, "kind": kind, "time": time}) == lines
