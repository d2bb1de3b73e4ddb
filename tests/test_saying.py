"""What findings say is told in Chinese too: every message that the checks can make."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pair_factory import TEXTS, edited, pair, told
from test_check_cases import CASES
from test_checks import CANNOT_SAY, DIFFERS
from test_checks_inside import INSIDE_DIFFERS

import ingest
from ingest.issuers import houses
from ingest.lang.rules import languages
from ingest.model import Finding
from kb.checks import compare, inside
from kb.cli import circulars
from kb.saying import Voice, said

HAN = re.compile(r"[\u3400-\u9fff]")
RARE = [
    "nothing of the two texts could be laid side by side",
    "the words say a@b.example, the link leads to c@b.example",
    "12 rows of this table, from this one on, find no answer on the right",
    "issued by HKSCC and by SEOCH; the English text (left) governs",
    "long.pdf is too large to be checked: 120000 characters and 90 facts; at most 100000 and 2000 are",
    "this duty stands on one side only",
    "one side negates what the other states",
    "one reads a@b.example, the other way leads to c@b.example",
    "2025-08-03 breaks the order of the schedule",
    "the total reads 1,650, the figures above it make 1550",
    "each has its own number",
]


def made() -> list[Finding]:
    found = [finding for relation, _, edit, _ in (*DIFFERS, *CANNOT_SAY) for finding in pair(relation, edit).findings]
    for case in CASES:
        left = told(f"{TEXTS['HKSCC en']}\n{case.left}")
        found += [
            one
            for words in (case.differs, case.cannot_say)
            for one in compare(left, told(f"{TEXTS[case.right]}\n{words}"), houses()).findings
        ]
    for text, old, new, _ in INSIDE_DIFFERS:
        found += inside(told(text.replace(old, new)), houses())
    return found


def test_every_message_is_told_in_chinese() -> None:
    messages = {finding.message for finding in made()} | set(RARE)
    assert len(messages) > 70
    assert [message for message in messages if not HAN.match(said(message, "zh")) and not HAN.search(said(message, "zh")[:60])] == []
    assert [message for message in messages if said(message, "en") != message] == []
    assert [message for message in messages if re.search(r"\b(?:the|on|only|another|stands)\b", _own_words(message))] == []


SAID_BY_THE_READER = {
    "table 1, row 15, column 1: 2026-01-11 stands below 2027-01-09; the other days are in order": (
        "表1第15列第1欄：2026-01-11列於2027-01-09之下；其他日期次序無誤"
    ),
    "table 2, row 3: not as many cells as the other rows; their columns are guessed": "表2第3列：格數少於其他各列；所屬的欄屬推測",
    "table 1, row 4, column 2: 2026-05-01 is a Friday, not a Monday": "表1第4列第2欄：2026-05-01為星期五，並非星期一",
    "302 of 1705 characters cannot be decoded; nothing was read of it (--ocr-garbage recognises it from the picture)": (
        "1705個字元中有302個無法解碼；未有讀取該頁（--ocr-garbage 可由圖像辨識）"
    ),
    "picture 2 in the page: a picture; its text was recognised from the picture": "頁內第2幅圖片：圖像；文字由圖像辨識而得",
    "149 characters of the site around the circular were left out; dates stand in “2026年通函” and 2 more": (
        "略去通告以外的網站文字149字；其中「2026年通函」及另外2處載有日期"
    ),
    "too many rulings; tables were looked for in the first 9 of them among 12 objects": "格線過多；只在首9條（12個物件之內）尋找表格",
    "the calendar covers 2012 to 2027, not 2031-05-01": "曆表涵蓋2012年至2027年，不包括2031-05-01",
    "impossible date: month 9 of 2026 has 30 days": "不存在的日期：2026年9月只有30日",
}


@pytest.mark.parametrize("message", SAID_BY_THE_READER)
def test_what_the_reader_says_is_told_in_chinese(message: str) -> None:
    assert said(message, "zh") == SAID_BY_THE_READER[message]


IN_PIECES = {"7; dates stand in “7”7", "7; nothing was read of it7", "too many rulings; tables were looked for in 7"}
"""Messages that are put together of pieces, so that the code has none of them whole; those above have one of each."""


def strings(node: ast.expr) -> list[str]:
    """What an expression can say, with 7 for what is filled in; nothing for what is no text of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(map(piece, node.values))]
    return [*strings(node.body), *strings(node.orelse)] if isinstance(node, ast.IfExp) else []


def piece(part: ast.expr) -> str:
    """A piece of a text: what stands there, 7 for what is filled in, the s of a plural."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "s" if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.BinOp) else "7"


def reasons() -> Iterator[str]:
    """What the reader warns of, and why it leaves something, as its code and its rules have it."""
    for path in Path(str(ingest.__file__)).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("why", "message"):
                yield from strings(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_doubt", "unread"):
                yield from strings(node.args[-1])
    for language in languages().values():
        for kind in ("doubts", "strays", "damaged", "lostdigits"):
            yield from (rule.value or "" for rule in language.sections[kind].rules.values())


def test_all_that_the_reader_says_is_told_in_chinese() -> None:
    told = {reason for reason in reasons() if re.search("[a-z]{2} [a-z]", reason)}
    assert len(told) > 60
    assert {reason for reason in told if not HAN.search(said(reason, "zh"))} == IN_PIECES


def _own_words(message: str) -> str:
    """The message in Chinese without what it quotes, which may be English."""
    return said(message, "zh") if not re.search(r"worded|addresses|cited only|belongs near", message) else ""


@pytest.mark.parametrize(
    ("message", "chinese"),
    [
        ("another deadline: 2026-07-15 on the left, 2026-07-16 on the right", "限期不同：左方為2026-07-15，右方為2026-07-16"),
        ("times only on the left: 14:30", "只有左方載有時間：14:30"),
        ("must on the left, may on the right; the English text (left) governs", "左方為「必須」，右方為「可」；以英文本（左方）為準"),
        ("2026-07-21 is a Tuesday, not a Monday", "2026-07-21為星期二，並非星期一"),
        (
            "this duty stands on the left only; on the right it belongs near “Reply by Friday.”",
            "此責任只見於左方；右方應載於「Reply by Friday.」附近",
        ),
        ("web address only on the right: https://a.example", "只有右方載有網址：https://a.example"),
        ("what nobody has said yet", "what nobody has said yet"),
    ],
)
def test_a_message_is_filled_with_what_it_tells(message: str, chinese: str) -> None:
    assert said(message, "zh") == chinese


@pytest.mark.parametrize(
    ("told", "chinese"),
    [
        (
            (
                "'by 10:00 a.m. on 31 July 2026' in the body (English): due 31 July 2026 at 10:00; "
                "'2026年7月31日上午11時或之前' in the body (Chinese): due 31 July 2026 at 11:00"
            ),
            (
                "英文本正文「by 10:00 a.m. on 31 July 2026」：限期為2026年7月31日10:00；"
                "中文本正文「2026年7月31日上午11時或之前」：限期為2026年7月31日11:00"
            ),
        ),
        (
            "'before 31 July 2026' in the body of CT/1/26: due 30 July 2026; 'Test' in the schedule of CT/2/26: due a day not known",
            "CT/1/26正文「before 31 July 2026」：限期為2026年7月30日；CT/2/26時間表「Test」：限期為日期不詳",
        ),
        ("CT/3/26 withdraws CT/2/26", "CT/3/26撤回CT/2/26"),
        ("CT/3/26 replaces CT/2/26 and does not tell this", "CT/3/26取代CT/2/26，但未載此事項"),
        ("CT/3/26 moves or corrects 2026-05-01 and is not understood", "CT/3/26更改或更正2026-05-01，未能辨讀"),
        ("in words of another kind", "in words of another kind"),
    ],
)
def test_statements_that_disagree_are_told_in_chinese_with_their_words(told: str, chinese: str) -> None:
    assert (Voice("zh").disagreement(told), Voice().disagreement(told)) == (chinese, told)


def test_nothing_but_messages_and_evidence_depends_on_the_language(tmp_path: Path) -> None:
    for name, text in (("left.txt", TEXTS["HKSCC en"]), ("right.txt", edited("HKSCC zh", ("下午5時正", "下午6時正")).text)):
        (tmp_path / name).write_text(text, "utf-8")
    files = [str(tmp_path / name) for name in ("left.txt", "right.txt")]
    english, chinese = (
        json.loads(CliRunner().invoke(circulars, ["diff", *files, "--format", "json", "--language", lang]).output) for lang in ("en", "zh")
    )
    assert "時間不同：左方為17:00，右方為18:00；以英文本（左方）為準" in [finding["message"] for finding in chinese["findings"]]
    for finding in (*english["findings"], *chinese["findings"]):
        finding.pop("message")
    assert chinese.pop("evidence") == ["發出機構及編號（CD/OES/CCASS/071/2026）相同，語言不同"]
    english.pop("evidence")
    assert english == chinese
