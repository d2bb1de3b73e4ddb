"""Amounts in prose and in tables, what the columns of a table are for, and whether two languages say the same."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pair_factory import told

from ingest.extract.amounts import find_amounts
from ingest.issuers import houses
from ingest.lang.numerals import quantity
from ingest.text import fold
from kb import sheets
from kb.checks import compare

ENGLISH = "Ref. No.: CD/OES/CCASS/071/2026\nDate: 6 July 2026\n\nSubject: Fees\n\n{}\n"


@pytest.mark.parametrize(("text", "amounts"), [
    ("a fee of HK$5,000, or 0.5% of it", ["HKD 5000 money", "% 0.5 percentage"]),
    ("港幣5,000元", ["HKD 5000 money"]),
    ("5 million", ["None 5000000 quantity"]),
    ("五百萬元", ["None 5000000 money"]),
    ("百分之五", ["% 5 percentage"]),
    ("3 basis points", ["bp 3 percentage"]),
    ("10 lots", ["lot 10 quantity"]),
    ("港幣（下同）一億二千萬元", ["HKD 120000000 money"]),
    ("HK$5.5百萬元及US$3", ["HKD 5500000 money", "USD 3 money"]),
    ("HK$1,250 million", ["HKD 1250000000 money"]),
    ("every 2,000 shares at HK$ 30", ["share 2000 quantity", "HKD 30 money"]),
    ("港幣1億2,000萬元", ["HKD 120000000 money"]),
    ("3億5千萬元", ["None 350000000 money"]),
    ("百分之零點五及零點五個百分點", ["% 0.5 percentage", "% 0.5 percentage"]),
    ("HK$5M, HK$10K and US$3B", ["HKD 5000000 money", "HKD 10000 money", "USD 3000000000 money"]),
    ("HK$1 000 000, or HK$9-million", ["HKD 1000000 money", "HKD 9000000 money"]),
    ("HK$7 hundred million for HK$5 B shares", ["HKD 700000000 money", "HKD 5 money"]),
    ("HK$12,34 and HK$10,00,000", []),  # told as damaged
    ("三千五元", []),  # 3,500 or 3,005: nobody can tell
    ("no amount on page 5 of Rule 12", []),
    ("HK$123456789012.123456", []),  # more digits than a database keeps
])  # fmt: skip
def test_amounts_have_value_and_unit(text: str, amounts: list[str]) -> None:
    assert [f"{one.unit} {one.value} {one.kind}" for one in find_amounts(text, fold(text))] == amounts


@pytest.mark.parametrize(("text", "ends"), [
    ("a rate of 5–10% applies", ["5 = % 5", "10% = % 10"]),
    ("a rate of 5-10 basis points", ["5 = bp 5", "10 basis points = bp 10"]),
    ("5 to 10 per cent", ["5 = % 5", "10 per cent = % 10"]),
    ("HK$1,000 to HK$2,000 each", ["HK$1,000 = HKD 1000", "HK$2,000 = HKD 2000"]),
    ("HK$1,000–2,000.", ["HK$1,000 = HKD 1000", "2,000 = HKD 2000"]),
    ("HK$1–2 million", ["HK$1 = HKD 1000000", "2 million = HKD 2000000"]),
    ("10 to 20 lots", ["10 = lot 10", "20 lots = lot 20"]),
    ("百分之五至百分之十", ["百分之五 = % 5", "百分之十 = % 10"]),
    ("費率為百分之五至十。", ["百分之五 = % 5", "十 = % 10"]),
    ("5至10%", ["5 = % 5", "10% = % 10"]),
    ("1,000至2,000港元", ["1,000 = HKD 1000", "2,000港元 = HKD 2000"]),
    ("港幣1,000至2,000元", ["港幣1,000 = HKD 1000", "2,000元 = HKD 2000"]),
    ("一百萬至二百萬元", ["一百萬 = None 1000000", "二百萬元 = None 2000000"]),
    ("HK$500,000 to 1 million", ["HK$500,000 = HKD 500000", "1 million = HKD 1000000"]),
    ("HK$1,000 to 5 million", ["HK$1,000 = HKD 1000", "5 million = HKD 5000000"]),
    ("港幣500元至1萬元", ["港幣500元 = HKD 500", "1萬元 = HKD 10000"]),
    ("港幣5元至10萬元", ["港幣5元 = HKD 5", "10萬元 = HKD 100000"]),
    ("1,000至5萬元", ["1,000 = None 1000", "5萬元 = None 50000"]),
    ("5至10萬元", ["5 = None 50000", "10萬元 = None 100000"]),
    ("五至十萬元", ["五 = None 50000", "十萬元 = None 100000"]),
    ("五千至十萬元", ["五千 = None 5000", "十萬元 = None 100000"]),
    ("by HK$100 to 150 days", ["HK$100 = HKD 100"]),  # 150 of something else
    ("Section 12 - 5%", ["5% = % 5"]),
    ("Rule 4 to 10 lots", ["10 lots = lot 10"]),
    ("from 20 to 5%", ["5% = % 5"]),
    ("HK$10 to 12 participants", ["HK$10 = HKD 10"]),
    ("第五至百分之十", ["百分之十 = % 10"]),
])  # fmt: skip
def test_both_ends_of_a_range_are_amounts(text: str, ends: list[str]) -> None:
    assert [f"{one.quote} = {one.unit} {one.value}" for one in find_amounts(text, fold(text))] == ends


@pytest.mark.parametrize(("text", "unit"), [
    ("A fee of $500 is payable.", None),
    ("A fee of $500 is payable. All fees in this circular are in Hong Kong dollars.", "HKD"),
    ("In this circular, “$” means HK$. A fee of $500 is payable.", "HKD"),
    ("A fee of $500 is payable. Fees are in HKD, and amounts abroad are in USD.", None),
    ("費用為五百元。", None),
    ("費用為五百元。所有金額均以港元計算。", "HKD"),
    ("費用為港幣（下同）五百元。", "HKD"),
])  # fmt: skip
def test_a_bare_dollar_is_of_the_currency_that_the_text_states(text: str, unit: str | None) -> None:
    assert [one.unit for one in find_amounts(text, fold(text)) if one.value == 500] == [unit]


@pytest.mark.parametrize(("text", "doubts"), [
    ("A fee of HK$12,34 is payable.", ["HK$12,34"]),
    ("A fee of HK$10,00,000 is payable.", ["HK$10,00,000"]),
    ("A fee of HK$1,234.50 is payable, for 5, 10 or 15 copies.", []),
])  # fmt: skip
def test_a_sum_of_damaged_digits_is_doubted_and_not_cut(text: str, doubts: list[str]) -> None:
    found = told(ENGLISH.format(text))
    assert [item.quote for item in found.unexplained] == doubts
    assert [one.quote for one in found.amounts] == ([] if doubts else ["HK$1,234.50"])


@pytest.mark.parametrize(("heading", "value", "unit"), [
    ("Amount (HK$’000)", "1234000", "HKD"),
    ("Amount (HK$'000)", "1234000", "HKD"),
    ("Size (HK$m)", "1234000000", "HKD"),
    ("Size (HK$ Mn)", "1234000000", "HKD"),
    ("金額（千元）", "1234000", None),
    ("成交額（百萬元）", "1234000000", None),
    ("Amount (HK$)", "1234", "HKD"),
])  # fmt: skip
def test_a_heading_in_thousands_or_millions_scales_its_numbers(heading: str, value: str, unit: str | None) -> None:
    (read,) = told(ENGLISH.format(f"The fees are below.\n\nItem\t{heading}\nA\t1,234\nB\t1,234\n")).tables
    assert [(cell.kind, cell.value, cell.unit) for cell in read.cells if cell.col] == [("amount", value, unit)] * 2


@pytest.mark.parametrize(("first", "header"), [
    ("Item\t2025\t2026", 1), ("Item\tQ1\t1H2026", 1), ("項目\t2025年\t2026/27", 1), ("Item A\t150\t2026", 0),
])  # fmt: skip
def test_years_and_quarters_over_numbers_are_headings(first: str, header: int) -> None:
    (read,) = told(ENGLISH.format(f"The figures are below.\n\n{first}\nA\t100\t110\nB\t50\t60\nTotal\t150\t170\n")).tables
    assert read.header == header


def test_years_over_years_are_data() -> None:
    (read,) = told(ENGLISH.format("The firms are below.\n\nA\t2019\t2020\nB\t2021\t2022\nC\t2023\t2024\n")).tables
    assert read.header == 0


def test_a_range_in_a_cell_is_its_value() -> None:
    table = "Product\tFee\nFutures\tHK$5–10 per lot\nOptions\tHK$7\nBonds\t0.5% to 1%\n"
    (read,) = told(ENGLISH.format(f"The fees are below.\n\n{table}")).tables
    assert [(cell.kind, cell.value, cell.unit) for cell in read.cells if cell.col] == [
        ("amount", "5/10", "HKD"),
        ("amount", "7", "HKD"),
        ("percentage", "0.5/1", "%"),
    ]
    assert [sheets.value(cell) and sheets.value(cell)[0] for cell in read.cells if cell.col] == [None, 7, None]


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**7),
    st.sampled_from(["HK${:,} to {:,} million", "港幣{}至{}萬元", "{}至{}億元", "US${}–{:,} billion"]),
)
def test_the_ends_of_a_range_ascend(lower: int, higher: int, form: str) -> None:
    text = form.format(min(lower, higher), max(lower, higher))
    values = [one.value for one in find_amounts(text, fold(text))]
    assert values == sorted(values)


@given(st.integers(1, 10**11))
def test_a_number_in_chinese_words_is_read_back(value: int) -> None:
    assert quantity(words(value)) == value


def words(value: int) -> str:
    """A number in Chinese words, written in full."""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("千", 10**3), ("百", 10**2), ("十", 10)):
        head, rest = divmod(value, size)
        if head:
            gap = "零" if 0 < rest < size // 10 else ""
            return words(head) + unit + (gap + words(rest) if rest else "")
    return "零一二三四五六七八九"[value]


def test_an_amount_is_no_part_of_a_date_time_number_or_telephone() -> None:
    text = "By 5:00 p.m. on 5 May 2026, call 2979 7111 about circular CD/OES/CCASS/070/2026 and pay HK$80."
    assert [one.quote for one in told(ENGLISH.format(text)).amounts] == ["HK$80"]


TABLES = [
    (
        ("Product\tCode\tFee (HK$)\tRate (%)\tEffective date\tTime\tNotice\nHSI Futures\tHSI\t1,250\t2.5\t3 August 2026\t9:15 a.m.\t14 days\n"
         "Mini HSI Futures\tMHI\t(80.50)\t0.5\t10 August 2026\t9:15 a.m. - 4:30 p.m.\t5 business days\n"),
        [("contract", None), ("code", None), ("amount", "HKD"), ("percentage", "%"), ("date", None), ("time", None), ("period", None)],
        ["HSI Futures", "HSI", "1250", "2.5", "2026-08-03", "09:15", "P14D",
         "Mini HSI Futures", "MHI", "-80.5", "0.5", "2026-08-10", "09:15/16:30", "P5D"],
    ),
    (
        "日期\t地點\t語言\t對象\t名額\t費用（百萬港元）\n2026年8月3日\t中環交易廣場\t粵語\t結算參與者\t120\t1.5\n2026年8月10日至12日\t網上\t英語及普通話\t結算參與者\t80\t12\n",
        [("date", None), ("place", None), ("language", None), ("party", None), ("number", None), ("amount", "HKD")],
        ["2026-08-03", "中環交易廣場", "yue", "結算參與者", "120", "1500000",
         "2026-08-10/2026-08-12", "網上", "en cmn", "結算參與者", "80", "12000000"],
    ),
    (
        "Stock\tCode\tShares\tCharge\nTracker Fund\t02800\t500\tHK$5 per lot\nNone known\tN/A\t-\tHK$1.2 million\n",
        [("text", None), ("code", None), ("quantity", "share"), ("amount", "HKD")],
        ["02800", "500", "5", "1200000"],
    ),
    (
        "Day\tTime\n21, 22 and 23 July 2026\t14:30 - 16:00 (doors open at 14:00)\n3 August 2026 (moved from 4 August 2026)\t9:00 (or later)\n5 August 2026\t10:00\n",
        [("date", None), ("time", None)],
        ["2026-07-21 2026-07-22 2026-07-23", "14:30/16:00", "09:00", "2026-08-05", "10:00"],  # which of two days holds is not for us to say
    ),
    (
        "日期\t月份\n2026年7月21、22及23日\t2026年11月、12月及2027年3月\n2026年8月3日\t2026年11月\n",
        [("date", None), ("period", None)],
        ["2026-07-21 2026-07-22 2026-07-23", "2026-11-01/2026-11-30 2026-12-01/2026-12-31 2027-03-01/2027-03-31",
         "2026-08-03", "2026-11-01/2026-11-30"],
    ),
]  # fmt: skip

SPANNED = (
    '<table><tr><th rowspan="2">Product</th><th colspan="2">Initial margin (HK$)</th><th rowspan="2">Limit (lots)</th></tr>'
    "<tr><th>Present</th><th>New</th></tr><tr><td>Futures</td><td>48,500</td><td>62,000</td><td>300</td></tr>"
    "<tr><td>Options</td><td>9,700</td><td>12,400</td><td>500</td></tr></table>"
)
"""Headings over two columns, whose unit theirs is."""
TABBED = (
    "產品\t基本按金(港元)\t\t維持按金(港元)\t\n\t現行\t假期\t現行\t假期\n"
    "期貨\t48,500\t62,000\t38,800\t49,600\n期權\t9,700\t12,400\t7,760\t9,920\n"
)


@pytest.mark.parametrize(("text", "headings", "units"), [
    (f"<p>Date: 6 July 2026</p><p>The margins are below.</p>{SPANNED}",
     ["Product", "Initial margin (HK$) – Present", "Initial margin (HK$) – New", "Limit (lots)"], [None, "HKD", "HKD", "lot"]),
    (f"日期：2026年7月6日\n\n按金如下：\n\n{TABBED}",
     ["產品", "基本按金(港元) – 現行", "基本按金(港元) – 假期", "維持按金(港元) – 現行", "維持按金(港元) – 假期"],
     [None, "HKD", "HKD", "HKD", "HKD"]),
])  # fmt: skip
def test_a_column_has_the_headings_over_several_and_their_unit(text: str, headings: list[str], units: list[str | None]) -> None:
    (found,) = told(text, "notice.html" if text.startswith("<") else "notice.txt").tables
    assert [(column.heading, column.unit) for column in found.columns] == list(zip(headings, units, strict=True))


@pytest.mark.parametrize(("table", "columns", "values"), TABLES)
def test_columns_have_types_and_cells_values(table: str, columns: list[tuple[str, str | None]], values: list[str]) -> None:
    expression = told(ENGLISH.format("The fees are below.\n\n" + table))
    [found] = expression.tables
    assert [(column.kind, column.unit) for column in found.columns] == columns
    assert [cell.value for cell in found.cells] == values
    assert all(expression.text[slice(*cell.span)] == found.rows[cell.row][cell.col] for cell in found.cells)


def differing(left: str, right: str) -> list[tuple[str, str | None, str | None]]:
    body = "Participants must pay {} for each terminal by 15 July 2026. The test takes place on 20 July 2026 in the Exchange Hall."
    chinese = (
        "編號：CD/OES/CCASS/071/2026\n日期：2026年7月6日\n\n事由：費用\n\n"
        "參與者須於2026年7月15日或之前為每部終端機繳付{}。測試於2026年7月20日在交易大堂舉行。\n"
    )
    pair = compare(told(ENGLISH.format(body.format(left))), told(chinese.format(right)), houses(), ("amounts",))
    return [(f.level, f.left and f.left.value, f.right and f.right.value) for f in pair.findings]


@pytest.mark.parametrize(
    ("left", "right"), [("HK$5 million", "五百萬港元"), ("HK$5 million", "五百萬元"), ("0.03%", "三個基點"), ("5 per cent", "百分之五")]
)
def test_the_same_sum_in_other_words_agrees(left: str, right: str) -> None:
    assert differing(left, right) == []


def test_another_sum_in_words_differs() -> None:
    assert differing("HK$5 million", "六百萬港元") == [("error", "HK$5 million", "六百萬港元")]


def test_a_sum_on_one_side_only_cannot_be_judged() -> None:
    assert differing("HK$5 million", "費用") == [("warning", "HK$5 million", None)]


def test_the_value_of_an_amount_is_a_decimal() -> None:
    [amount] = find_amounts("HK$0.50", "HK$0.50")
    assert amount.value == Decimal("0.5")


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Participants must pay the fee of HK$5,000 by 31 July 2027.", "pay the fee of HK$5,000"),
        ("CPs shall deposit HK$1,250,000.50 in cash by 31 July 2027, failing which interest accrues.", "deposit HK$1,250,000.50 in cash"),
        ("參與者須於2027年7月31日前繳付費用5,000元，逾期將被罰款。", "繳付費用5,000元"),
        ("參與者須於2027年7月31日前交回１，２００份表格。", "交回１，２００份表格"),
    ],
)
def test_the_comma_between_thousands_ends_no_clause(text: str, action: str) -> None:
    read = told(f"HKSCC\n\nDate: 1 January 2027\n\n{text}\n")
    assert [one.action for one in read.deadlines] == [action]
    assert [action in (one.action or "") for one in read.duties] == [True]


@pytest.mark.parametrize(
    "text", ["By 3 May 2027, 200 CPs must reply.", "In 2027, 100 members paid; CPs must reply by 3 May 2027."], ids=["date", "year"]
)
def test_the_comma_before_a_number_of_its_own_parts_clauses(text: str) -> None:
    (duty,) = told(f"HKSCC\n\nDate: 1 January 2027\n\n{text}\n").duties
    assert (duty.bearer, (duty.action or "")[:5]) == (("CPs",), "reply")
