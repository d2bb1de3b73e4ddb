"""Where sentences end, and whom they address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.definitions import find_definitions
from ingest.extract.parties import HOLDS, Parties, general_pattern
from ingest.extract.sentences import sentences
from ingest.issuers import houses
from ingest.text import fold


@pytest.mark.parametrize(("text", "found"), [
    ("CPs must register. Failure to do so has consequences.", ["CPs must register.", "Failure to do so has consequences."]),
    ("Signal No. 8 or above is in force. All stop.", ["Signal No. 8 or above is in force.", "All stop."]),
    ("See Cap. 571 of the laws. It applies.", ["See Cap. 571 of the laws.", "It applies."]),
    ("Mr. Chan and Ms. Lee answer. Call them.", ["Mr. Chan and Ms. Lee answer.", "Call them."]),
    ("It is paid to ABC Ltd. and others.", ["It is paid to ABC Ltd. and others."]),
    ("The issuer is ABC Ltd. The price is fixed.", ["The issuer is ABC Ltd.", "The price is fixed."]),
    ("version 3.2 is used. Next", ["version 3.2 is used.", "Next"]),
    ("參與者必須登記。逾期不獲受理。", ["參與者必須登記。", "逾期不獲受理。"]),
    ("參與者（「參與者」）須付款；如未付款，可被平倉。", ["參與者（「參與者」）須付款；如未付款，可被平倉。"]),
    ("one sentence without a stop", ["one sentence without a stop"]),
    ("", []),
])  # fmt: skip
def test_sentences_end_where_they_end(text: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in sentences(fold(text), (0, len(text)))] == found


@pytest.mark.parametrize(("text", "defined"), [
    ("CCASS Participants (CPs) and Designated Banks (DBs) must", [("CPs", "CCASS Participants"), ("DBs", "Designated Banks")]),
    ("HKCC Participants (CPs) shall", [("CPs", "HKCC Participants")]),
    ("SEOCH Participants (Participants) shall", [("Participants", "SEOCH Participants")]),
    ("licensed corporations (LCs) may", [("LCs", "licensed corporations")]),
    ("to enable Two-Factor Authentication (2FA) to", [("2FA", "Two-Factor Authentication")]),
    ("香港中央結算有限公司（「香港結算」）公布", [("香港結算", "香港中央結算有限公司")]),
    ("證券及期貨事務監察委員會（證監會）今天", [("證監會", "證券及期貨事務監察委員會")]),
    ("on 28 April 2023 (Friday) and", []),
    ("the table (see below) shows", []),
])  # fmt: skip
def test_terms_in_brackets_are_defined(text: str, defined: list[tuple[str, str]]) -> None:
    assert [(item.term, item.full) for item in find_definitions(text, fold(text))] == defined


@pytest.mark.parametrize(("text", "named"), [
    ("CCASS Participants (CPs) must pay. Each CP shall", ["CPs", "CPs", "CPs"]),
    ("期權結算所參與者（「參與者」）必須；參與者應", ["參與者", "參與者", "參與者"]),
    ("Interested parties may reply", ["Interested parties"]),
    ("Nobody in particular", []),
])  # fmt: skip
def test_parties_are_named_as_the_text_defines_them(text: str, named: list[str]) -> None:
    folded = fold(text)
    parties = Parties(find_definitions(text, folded), houses().values())
    assert [party.name for party in parties.find(text, folded, (0, len(text)))] == named


@pytest.mark.parametrize("code", ["en", "zh"])
@given(data=st.data())
def test_a_general_term_holds_what_is_looked_for_first(code: str, data: st.DataObject) -> None:
    assert HOLDS[code].search(data.draw(st.from_regex(general_pattern(code))))
