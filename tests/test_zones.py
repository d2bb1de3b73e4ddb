"""Clock times of other time zones are told as they are printed, and a warning says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\n\nDate: 4 January 2027\n\nSubject: Dates\n\n"


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("CPs must submit by 11:59 p.m. EST on 3 May 2027.", ["11:59 p.m. EST"]),
        ("CPs must submit by 23:59 UTC on 5 May 2027.", ["23:59 UTC"]),
        ("CPs must submit before 5:00 p.m. (London time) on 5 May 2027.", ["5:00 p.m. (London time"]),
        ("CPs must submit by 5 May 2027 (5:00 p.m. New York time).", ["5:00 p.m. New York time"]),
        ("參與者須於2027年5月3日倫敦時間下午5時前提交。", ["倫敦時間下午5時"]),
        ("Date\tEvent\n3 May 2027, 5:00 p.m. London time\tDeadline for A\n4 May 2027\tB\n", ["5:00 p.m. London time"]),
        ("CPs must submit by 5:00 p.m. (Hong Kong time) on 5 May 2027.", []),
        ("CPs must submit by 5:00 p.m. HKT on 5 May 2027.", []),
        ("CPs must submit by 5:00 p.m. Beijing time on 5 May 2027.", []),
        ("CPs must submit by 17:00 GMT+8 on 5 May 2027.", []),
        ("CPs must submit by 5:00 p.m. on 5 May 2027. London time is not meant.", []),
        ("參與者須於2027年5月5日北京時間下午5時前提交。", []),
    ],
)
def test_an_hour_of_another_zone_has_a_warning(text: str, quotes: list[str]) -> None:
    found = parse((HEAD + text).encode(), Path("a.txt"), Settings())
    assert [warning.message.split("”")[0][1:] for warning in found.warnings if warning.code == "other-zone"] == quotes
    assert {item.time for item in found.times} <= {"17:00", "23:59"}
