"""A day for each class of those who act, or for each thing: within the sentence, in the list below it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import parse
from ingest.settings import Settings

HEADS = {
    "en": "Ref. No.: CD/OPS/CCASS/118/2026\nDate: 03/08/2026\n\nHONG KONG SECURITIES CLEARING COMPANY LIMITED\n\nSubject: Returns\n\n",
    "zh": "編號：CD/OPS/CCASS/118/2026\n日期：2026年8月3日\n\n香港中央結算有限公司\n\n事項：申報表\n\n",
}

CASES = [
    (
        "en",
        "Clearing Participants must submit the return by the following dates: (a) Class A: 4 September 2026; (b) Class B: 11 September 2026.",
        ["2026-09-04 must Class A | submit the return", "2026-09-11 must Class B | submit the return"],
    ),
    (
        "en",
        "EPs should complete the test according to the following schedule:\n\n(a) Category A EPs: 4 September 2026;\n(b) Category B EPs: 5:00 p.m. on 11 September 2026; and\n(c) Category C EPs: 18 September 2026.",
        [
            "2026-09-04 should Category A EPs | complete the test",
            "2026-09-11 17:00 should Category B EPs | complete the test",
            "2026-09-18 should Category C EPs | complete the test",
        ],
    ),
    (
        "en",
        "The deadlines for filing are as follows:\n\n• First batch – 4 September 2026\n• Second batch – 11 September 2026",
        ["2026-09-04 must First batch | filing", "2026-09-11 must Second batch | filing"],
    ),
    (
        "en",
        "Clearing Participants must return the forms no later than the dates shown below:\n\n(i) Form R1: 4 September 2026\n(ii) Form R2: 11 September 2026",
        ["2026-09-04 must Clearing Participants | return the forms: Form R1", "2026-09-11 must Clearing Participants | return the forms: Form R2"],
    ),
    (
        "en",
        "Clearing Participants must pay by the dates below:\n\n- 4 September 2026 for Group 1\n- 11 September 2026 for Group 2",
        ["2026-09-04 must Group 1 | pay", "2026-09-11 must Group 2 | pay"],
    ),
    ("en", "The rehearsals will be held on the following dates: (a) first: 5 September 2026; (b) second: 12 September 2026.", []),
    ("en", "Please note the following dates: 4 September 2026.", []),
    (
        "zh",
        "結算參與者須按下列日期遞交申報表：(a) 甲類：2026年9月4日；(b) 乙類：2026年9月11日。",
        ["2026-09-04 must 甲類 | 遞交申報表", "2026-09-11 must 乙類 | 遞交申報表"],
    ),
    (
        "zh",
        "參與者應於以下限期前完成測試：\n\n（一）第一批參與者：2026年9月4日下午5時；\n（二）第二批參與者：2026年9月11日。",
        ["2026-09-04 17:00 should 第一批參與者 | 完成測試", "2026-09-11 should 第二批參與者 | 完成測試"],
    ),
    (
        "zh",
        "参与者必须按照下列时间表提交材料：\n\n1. 甲类：2026年9月4日\n2. 乙类：2026年9月11日",
        ["2026-09-04 must 甲类 | 提交材料", "2026-09-11 must 乙类 | 提交材料"],
    ),
    (
        "zh",
        "交表限期如下：\n\n• 表格一：2026年9月4日\n• 表格二：2026年9月11日",
        ["2026-09-04 must  | 交表: 表格一", "2026-09-11 must  | 交表: 表格二"],
    ),
    ("zh", "演習將按下列日期舉行：(a) 首次：2026年9月5日；(b) 第二次：2026年9月12日。", []),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), CASES, ids=[text[:60] for _, text, _ in CASES])
def test_each_class_has_its_own_day(lang: str, text: str, expected: list[str]) -> None:
    read = parse((HEADS[lang] + text + "\n").encode(), Path("circular.txt"), Settings())
    told = [
        f"{d.due}{' ' + d.time if d.time else ''} {d.modality} {', '.join(d.bearer)} | {d.action}"
        for d in read.deadlines
        if d.relation == "by"
    ]
    assert told == expected
    assert all(read.text[slice(*d.span)] == d.quote for d in read.deadlines)
