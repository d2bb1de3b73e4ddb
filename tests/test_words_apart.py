"""Words that stand side by side on a page without rulings are a table only where headings or values show it; else a list, an address, a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from pdf_factory import missing, printed
from table_designs import BASE, LETTERHEAD, ZH_LETTERHEAD, Rows

from ingest import formats
from ingest.formats import flat

FIRMS = {
    "en": ("Ada Securities", "Harbour Brokers", "Kestrel Futures", "Lamma Dealers", "Mercer Clearing", "North Point Agents", "Oyster Bay Nominees", "Peak Trust"),
    "zh-Hant": ("東港證券", "南灣期貨", "西環代理人", "北角信託", "中區結算", "維港託管", "石澳商人", "太和交易"),
}  # fmt: skip
SIDE_BY_SIDE = {
    "en": (
        "Compliance|Operations|Legal|Treasury|Audit|Systems",
        "Head office|Branch|12 Des Voeux Road|8 Kwun Tong Road|Central|Kowloon",
        "Yes|No|Open an account|Close an account|Change of name|Change of address|Other|None",
        "Step 1|Log on to the terminal and press Settings|Step 2|Enter the new password twice and press OK|Step 3|Log off and log on again",
        "“Business Day”|a day on which banks are open|“Participant”|a person admitted to our services|“System”|what we operate",
        "Q|Do Participants need new software?|A|Yes, they update it.|Q|May this be put off?|A|No, it may not.",
        "For and on behalf of|For and on behalf of|Ada Securities|Harbour Brokers|Ann Ho|Ben Lee|Director|Secretary",
    ),
    "zh-Hant": (
        "合規部|營運部|法律部|庫務部|審計部|系統部",
        "總辦事處|分行|德輔道中12號|觀塘道8號|中環|九龍",
        "是|否|開立帳戶|結束帳戶|更改名稱|更改地址|其他|無",
        "步驟 1|登入終端機後按「設定」|步驟 2|輸入新密碼兩次，然後按「確定」|步驟 3|登出系統後重新登入",
        "「營業日」|香港銀行開門營業之日|「參與者」|獲接納參與服務之人士|「系統」|本所運作之系統",
        "問|參與者是否須更新軟件？|答|是，須於啟用前更新。|問|可否延期？|答|不可。",
        "代表|代表|東港證券|南灣期貨|何安|李本|董事|秘書",
    ),
}


def beside(words: Sequence[str], columns: int) -> str:
    rows = (words[at : at + columns] for at in range(0, len(words), columns))
    width = 100 // columns
    return "".join(
        '<div style="display:flex">' + "".join(f'<div style="width:{width}%">{one}</div>' for one in row) + "</div>" for row in rows
    )


def pages() -> Iterator[str]:
    for lang, letterhead, opening in (
        ("en", LETTERHEAD, "<p>Date: 6 April 2027</p><h1>Notice</h1><p>The following have been admitted:</p>"),
        ("zh-Hant", ZH_LETTERHEAD, "<p>日期：2027年4月6日</p><h1>通知</h1><p>下列機構已獲接納：</p>"),
    ):
        bodies = [beside(one.split("|"), 2) for one in SIDE_BY_SIDE[lang]]
        bodies += [beside(FIRMS[lang], 2), beside((*FIRMS[lang], FIRMS[lang][0]), 3)]
        bodies.append('<div style="column-count:2">' + "".join(f"<div>{one}</div>" for one in FIRMS[lang]) + "</div>")
        for body in bodies:
            yield f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><style>{BASE}</style>{letterhead}{opening}{body}<p>—</p></html>'


def test_words_side_by_side_on_a_page_are_no_table() -> None:
    if reason := missing("weasyprint"):
        pytest.skip(reason)
    read = [formats.read(data, "a.pdf") for data in printed("weasyprint", list(pages()))]
    assert len(read) == 20
    assert [one.text for one in read if one.grids or any("table" in warn.code for warn in one.warnings)] == []


@pytest.mark.parametrize(("rows", "is_so"), [
    ([["Ada Securities", "Harbour Brokers"], ["Kestrel Futures", "Lamma Dealers"]], True),
    ([["Yes", "No"], ["Open an account", "Close an account"]], True),
    ([["東港證券", "南灣期貨", "西環代理人"], ["北角信託", "中區結算", "維港託管"]], True),
    ([["Function", "Menu"], ["Position Transfer", "Clearing"]], False),  # headings that name their columns
    ([["產品", "安排"], ["指數期貨", "如常"]], False),
    ([["Ada Securities", "2979 7001"], ["Harbour Brokers", "2979 7002"]], False),  # values
    ([["Ada", "3 May 2027"], ["Ben", "4 May 2027"]], False),
    ([["Tier", "Who", "Why"], ["A", "All", "They clear the contracts of other firms"]], False),  # three columns with longer words
])  # fmt: skip
def test_words_apart_have_neither_headings_nor_values(rows: Rows, is_so: bool) -> None:
    assert flat.are_words_apart(rows) is is_so
