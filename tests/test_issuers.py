"""House files are read strictly, and the names of houses are found where they stand."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadRule
from ingest.issuers import NameHit, houses, load, recognise
from ingest.model import House

HOUSES = houses()
CORPUS = Path(__file__).parent / "circulars"
GOLD = [json.loads(path.read_text("utf-8")) for path in sorted(CORPUS.rglob("*.gold.json"))]
ALPHA = 'code = "ALPHA"\n[name]\nen = ["Alpha Clearing Limited"]\nzh = ["甲結算有限公司"]\n'


def alpha(top: str = "", bottom: str = "") -> dict[str, str]:
    """A house file with further keys before and after its tables."""
    return {"alpha.toml": f"{top}\n{ALPHA}{bottom}"}


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.code, text[hit.span[0] : hit.span[1]]) for hit in recognise(text, HOUSES)]


# Files ---------------------------------------------------------------------------------------------------------------


def test_the_houses_are_there() -> None:
    assert (
        " ".join(HOUSES)
        == "AFRC AMCM ASX BSE CED CFFEX CR CSDC CSRC CZCE DCE DTCC ESMA FCA FINRA FSC HKCC HKEX HKFE HKMA HKSCC IA ICAC ICEU IRD MAS MPFA OCC OTCC "
        "PBC PCPD SAFE SEHK SEOCH SFC SGX SHFE SSE SZSE TAIFEX TDCC TPEX TWSE"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (alpha('sytems = ["X"]'), "alpha.toml: Object contains unknown field `sytems`"),
        (alpha(bottom='[short]\nfr = ["A"]'), r"alpha.toml: Object contains unknown field `fr` - at `\$.short`"),
        ({"alpha.toml": 'code = "ALPHA"'}, "alpha.toml: Object missing required field `name`"),
        ({"alpha.toml": 'code = "ALPHA"\n[name]\nen = ["Alpha"]'}, "alpha.toml: name.zh: a house has at least one full name"),
        (alpha('calendar = "uk"'), r"alpha.toml: Invalid enum value 'uk' - at `\$.calendar`"),
        (alpha("number = [1]"), r"alpha.toml: Expected `str`, got `int` - at `\$.number\[0\]`"),
        (alpha("number = ['A', 'B(']"), r"alpha.toml: number\[1\]: 'B\('"),
        (alpha('counterparts = ["BETA"]'), r"alpha.toml: counterparts\[0\]: no other house 'BETA'"),
        (alpha('counterparts = ["ALPHA"]'), r"alpha.toml: counterparts\[0\]: no other house 'ALPHA'"),
        (alpha('parent = "BETA"'), "alpha.toml: parent: no other house 'BETA'"),
        (alpha("number = "), "alpha.toml: Invalid value"),
        ({"beta.toml": ALPHA}, "beta.toml: code: 'ALPHA' belongs into alpha.toml"),
        (
            alpha() | {"beta.toml": 'code = "BETA"\n[name]\nen = ["ALPHA CLEARING LIMITED"]\nzh = ["乙"]'},
            "beta.toml: name: 'ALPHA CLEARING LIMITED' is also a name in alpha.toml",
        ),
    ],
)
def test_a_wrong_house_file_is_refused_by_file_and_key(content: dict[str, str], message: str) -> None:
    with pytest.raises(BadRule, match=message):
        load(content)


def test_a_house_of_its_own_needs_one_file() -> None:
    house = load(alpha())["ALPHA"]
    assert (house.name.en, house.calendar, house.counterparts) == (("Alpha Clearing Limited",), "hk", ())


@pytest.mark.parametrize("house", HOUSES.values(), ids=HOUSES)
def test_a_house_says_what_others_rely_on(house: House) -> None:
    for words in (house.name, house.short, house.parties, house.systems, house.namesakes):
        for listed in (words.en, words.zh):
            assert len(set(listed)) == len(listed)
            assert all(word == word.strip() != "" for word in listed)
    assert all((*(words for side in (house.short, house.parties, house.systems) for words in (side.en, side.zh)), house.number))
    for contact in house.contacts:
        assert contact.value == contact.value.lower()
        assert contact.kind != "tel" or re.fullmatch(r"\+\d{8,15}", contact.value)


def test_counterparts_know_each_other() -> None:
    pairs = {(house.code, other) for house in HOUSES.values() for other in house.counterparts}
    assert pairs == {(other, code) for code, other in pairs}


def test_only_houses_outside_hong_kong_have_no_calendar() -> None:
    assert {code for code, house in HOUSES.items() if house.calendar == "none"} == {
        "AMCM",
        "ASX",
        "BSE",
        "CFFEX",
        "CSDC",
        "CSRC",
        "CZCE",
        "DCE",
        "DTCC",
        "ESMA",
        "FCA",
        "FINRA",
        "FSC",
        "ICEU",
        "MAS",
        "OCC",
        "PBC",
        "SAFE",
        "SGX",
        "SHFE",
        "SSE",
        "SZSE",
        "TAIFEX",
        "TDCC",
        "TPEX",
        "TWSE",
    }
    assert {house.country for house in HOUSES.values() if house.calendar == "hk"} == {"852"}
    assert {code: house.country for code, house in HOUSES.items() if house.calendar == "none"} == dict.fromkeys(
        ("BSE", "CFFEX", "CSDC", "CSRC", "CZCE", "DCE", "PBC", "SAFE", "SHFE", "SSE", "SZSE"), "86"
    ) | {
        "AMCM": "853",
        "ASX": "61",
        **dict.fromkeys(("DTCC", "FINRA", "OCC"), "1"),
        "ESMA": "33",
        **dict.fromkeys(("FCA", "ICEU"), "44"),
        **dict.fromkeys(("MAS", "SGX"), "65"),
        **dict.fromkeys(("FSC", "TAIFEX", "TDCC", "TPEX", "TWSE"), "886"),
    }


# Numbers -------------------------------------------------------------------------------------------------------------


def owners(number: str) -> set[str]:
    return {code for code, house in HOUSES.items() if any(re.fullmatch(pattern, number) for pattern in house.number)}


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("CD/OES/CCASS/013/2023", {"HKSCC"}),
        ("CD/CDCO/CCASS/034/2020", {"HKSCC"}),
        ("CD/CDCO/CCASS034/2020", {"HKSCC"}),
        ("DCRM/SEOCH/059/2017", {"SEOCH"}),
        ("DCRM/HKCC/211/2016", {"HKCC"}),
        ("DCRM/HKEx/190/2011", {"HKEX"}),
        ("CD/OCS/OTCC/004/2024", {"OTCC"}),
        ("MKS/EQD/38/21", {"SEHK", "HKFE"}),
        ("CT/146/26", {"SEHK", "HKFE"}),
        ("26EC51", {"SFC"}),
        ("SFO/IS/006/2026", {"SFC"}),
        ("B9/25C", {"HKMA"}),
        ("B1/15C", {"HKMA"}),
        ("SU/CTR/2003/001", {"MPFA"}),
        ("SU/CCI/2026/014A", {"MPFA"}),
        ("MC/IIQE/CIR", {"IA"}),
        ("上证函〔2026〕9127号", {"SSE"}),
        ("上證發〔2023〕26號", {"SSE"}),
        ("深证会〔2022〕123号", {"SZSE"}),
        ("24/09/2020", set()),
        ("CB(2)1414/07-08", set()),
        ("中投信〔2022〕20號", set()),
    ],
)
def test_a_number_tells_its_house(number: str, codes: set[str]) -> None:
    assert owners(number) == codes


@pytest.mark.parametrize("text", ["CD/OES/CCASS/013/2023", "RMD/SEOCH/212/2026", "SFO/IS/041/2026", "SU/CCI/2026/014"])
def test_the_short_pattern_finds_no_part_of_a_long_number(text: str) -> None:
    assert not any(re.search(pattern, text) for pattern in HOUSES["SEHK"].number)


@pytest.mark.parametrize("code", HOUSES)
def test_the_shapes_of_a_house_are_proved_by_three_numbers_and_two_that_are_none(code: str) -> None:
    house = HOUSES[code]
    assert len(set(house.examples)) >= 3
    assert len(set(house.counterexamples)) >= 2
    assert [said for said in house.examples if not any(re.fullmatch(shape, said) for shape in house.number)] == []
    assert [shape for shape in house.number if not any(re.fullmatch(shape, said) for said in house.examples)] == []
    assert [said for said in house.counterexamples if any(re.fullmatch(shape, said) for shape in house.number)] == []


def test_the_corpus_numbers_belong_to_their_houses() -> None:
    gold = [
        (one["issuer"], number) for one in GOLD for number in (one["number"], *(one.get("other_numbers") or ())) if one["issuer"] and number
    ]
    assert len(gold) > 10
    assert [(issuer, number) for issuer, number in gold if issuer not in owners(number)] == []


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("HONG KONG SECURITIES CLEARING COMPANY LIMITED", [("HKSCC", "HONG KONG SECURITIES CLEARING COMPANY LIMITED")]),
        ("HONG KONG SECURITIES\n   CLEARING COMPANY", [("HKSCC", "HONG KONG SECURITIES\n   CLEARING COMPANY")]),
        ("HKFE Clearing Corporation", [("HKCC", "HKFE Clearing Corporation")]),
        ("The SEHK Options Clearing House Limited", [("SEOCH", "The SEHK Options Clearing House Limited")]),
        ("the Stock Exchange of Hong Kong Limited", [("SEHK", "Stock Exchange of Hong Kong Limited")]),
        ("香 港 聯合 交易 所期 權結 算 所有 限公 司", [("SEOCH", "香 港 聯合 交易 所期 權結 算 所有 限公 司")]),
        ("香\n港期貨結算有限公司", [("HKCC", "香\n港期貨結算有限公司")]),
        ("香港联合交易所", [("SEHK", "香港联合交易所")]),
        ("聯交所及聯交所期權結算所", [("SEHK", "聯交所"), ("SEOCH", "聯交所期權結算所")]),
        ("由HKEX公布，SEHK/HKFE亦然", [("HKEX", "HKEX"), ("SEHK", "SEHK"), ("HKFE", "HKFE")]),
        ("formerly HKEx, now HKEX's", [("HKEX", "HKEx"), ("HKEX", "HKEX")]),
        ("上海證券交易所（上交所）、深圳证券交易所", [("SSE", "上海證券交易所"), ("SSE", "上交所"), ("SZSE", "深圳证券交易所")]),
        (
            "證監會 (SFC) 與金管局、積金局、保監局",
            [("SFC", "證監會"), ("SFC", "SFC"), ("HKMA", "金管局"), ("MPFA", "積金局"), ("IA", "保監局")],
        ),
        ("中國證監會、中国证监会、新加坡金管局", [("CSRC", "中國證監會"), ("CSRC", "中国证监会"), ("MAS", "新加坡金管局")]),
        ("HKSCC Nominees Limited", []),
        ("CD/OES/SEOCH/057/2023 and DCRM/HKCC/ 211/2016", []),  # a reference number names no house
        ("www.HKEX.com.hk, info@SFC.example, a@HKEX", []),
        ("SEHKX, XSEHK, Hkex, Ia, Sse", []),
        ("香港\n\n結算", []),  # a blank line parts
        ("", []),
    ],
)
def test_a_name_is_found_where_it_stands(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(text) == hits


def test_a_hit_tells_a_full_name_from_a_short_one() -> None:
    assert recognise("香港中央結算有限公司（「香港結算」）", HOUSES) == [
        NameHit(span=(0, 10), code="HKSCC", full=True, parent_bracket=False),
        NameHit(span=(12, 16), code="HKSCC", full=False, parent_bracket=False),
    ]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)", True),
        ("(A wholly-owned subsidiary\nof the Hong Kong Exchanges and\nClearing Limited)", True),
        ("(香港交易及結算所有限公司全資附屬公司)", True),
        ("（香 港 交 易 及 結 算 所 有 限 公 司 全 資 附 屬 公 司）", True),
        ("（香港交易及结算所有限公司的全资附属公司）", True),
        ("Hong Kong Exchanges and Clearing Limited", False),
        ("香港交易及結算所有限公司", False),
        ("Subsidiaries pay Hong Kong Exchanges and Clearing Limited", False),
    ],
)
def test_the_owner_in_a_letterhead_is_marked(text: str, owner: bool) -> None:
    assert [(hit.code, hit.parent_bracket) for hit in recognise(text, HOUSES)] == [("HKEX", owner)]


CHINESE = [(house.code, name) for house in HOUSES.values() for name in (*house.name.zh, *house.short.zh)]
ENGLISH = [(house.code, name) for house in HOUSES.values() for name in house.name.en]


@given(st.sampled_from(CHINESE), st.data())
def test_a_chinese_name_is_found_however_it_is_spaced(pair: tuple[str, str], data: st.DataObject) -> None:
    code, name = pair
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "　", "\n", " \n  "]), min_size=len(name) - 1, max_size=len(name) - 1))
    text = "".join(a + b for a, b in zip(name, [*gaps, ""], strict=True))
    assert found(f"，{text}。") == [(code, text)]


@given(st.sampled_from(ENGLISH), st.data())
def test_an_english_name_is_found_in_capitals_and_over_line_breaks(pair: tuple[str, str], data: st.DataObject) -> None:
    code, name = pair
    words = (name.upper() if data.draw(st.booleans()) else name).split()
    text = words[0] + "".join(data.draw(st.sampled_from([" ", "\n", "\n   ", ""])) + word for word in words[1:])
    assert found(f"({text})") == [(code, text)]


@given(st.text(alphabet="香港聯合交易所期權結算有限公司 \nHKEXSOC/.", max_size=60))
def test_hits_are_in_order_and_do_not_overlap(text: str) -> None:
    edges = [edge for hit in recognise(text, HOUSES) for edge in hit.span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_names_in_a_circular_of_the_corpus_lead_to_its_issuer() -> None:
    letterheads = [path for path in sorted(CORPUS.rglob("*.txt")) if path.with_suffix("").with_suffix(".gold.json").exists()]
    assert letterheads
    for path in letterheads:
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        hits = recognise(path.read_text("utf-8"), HOUSES)
        assert next(hit.code for hit in hits if hit.full and not hit.parent_bracket) == gold["issuer"], path.name


def test_without_houses_nothing_is_found() -> None:
    assert recognise("HKEX", load({})) == []


def test_a_long_gap_in_a_name_ends_it() -> None:
    spaces = " " * 20_000
    assert found(f"香{spaces}港{spaces}結") == []


def test_every_house_has_its_file() -> None:
    names = {entry.name for entry in files("ingest").joinpath("issuers").iterdir() if entry.name.endswith(".toml")}
    assert names == {f"{code.lower()}.toml" for code in HOUSES}


def test_whom_the_corpus_addresses_is_listed_by_the_house() -> None:
    asked = [(one["issuer"], bearer) for one in GOLD for deadline in one["deadlines"] for bearer in deadline.get("bearer", ())]
    assert len(asked) > 20
    listed = {code: {*house.parties.en, *house.parties.zh} for code, house in HOUSES.items()}
    assert [(issuer, bearer) for issuer, bearer in asked if bearer not in listed[issuer]] == []
