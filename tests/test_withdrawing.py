"""A circular is taken back as a whole where the one that cites it says so, and only then."""

from __future__ import annotations

import pytest
from pair_factory import told
from test_matters import FIRST_NUMBER, later, later_zh
from thread_factory import FIRST

from kb import matters


def withdraws(text: str) -> bool:
    [older], [newer] = (matters.issues(circular, [(circular, told(one))]) for circular, one in enumerate((FIRST, text)))
    return matters.withdraws(older, newer)


@pytest.mark.parametrize(
    "text",
    [
        later(f"HKSCC hereby withdraws its circular dated 6 July 2026 (Ref. No.: {FIRST_NUMBER}) with immediate effect."),
        later(f"Our circular dated 6 July 2026 (Ref. No.: {FIRST_NUMBER}) is withdrawn."),
        later(
            f"Please be informed that the circular issued on 6 July 2026 (Ref. No.: {FIRST_NUMBER}) has been withdrawn and should be disregarded."
        ),
        later(f"Participants should note that our circular {FIRST_NUMBER} of 6 July 2026 has been withdrawn."),
        later(f"Please disregard our circular {FIRST_NUMBER} dated 6 July 2026. It was issued in error."),
        later(f"Circular {FIRST_NUMBER} was issued in error."),
        later(f"We refer to circular {FIRST_NUMBER}. The above-mentioned circular is hereby withdrawn."),
        later(f"HKSCC has withdrawn its circular {FIRST_NUMBER}."),
        later_zh(f"香港結算於2026年7月6日發出的通告（編號：{FIRST_NUMBER}）現予撤回。"),
        later_zh(f"請注意，通告{FIRST_NUMBER}現予撤回。"),
        later_zh(f"茲提述通告{FIRST_NUMBER}。上述通告現予撤回。"),
        later_zh(f"請毋須理會通告{FIRST_NUMBER}。"),
        later("The above-mentioned circular is hereby withdrawn.", title=f"Withdrawal of circular {FIRST_NUMBER}"),
    ],
)
def test_a_circular_is_taken_back(text: str) -> None:
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    [
        later(
            f"Participants should note that circular Ref. No. {FIRST_NUMBER} dated 6 July 2026 will be withdrawn if the proposed rules are approved."
        ),
        later(f"Circular {FIRST_NUMBER} is withdrawn if the proposed rules are approved."),
        later(f"HKSCC may withdraw circular {FIRST_NUMBER}."),
        later(f"HKSCC will not withdraw its circular {FIRST_NUMBER}."),
        later(f"Paragraph 3 of our circular (Ref. No. {FIRST_NUMBER}) is withdrawn."),
        later(f"The proposed withdrawal of circular {FIRST_NUMBER} will be discussed."),
        later(f"Designated Banks which have already replied should disregard circular {FIRST_NUMBER}."),
        later(f"Circular {FIRST_NUMBER} is withdrawn in part."),
        later(f"Please do not disregard circular {FIRST_NUMBER}."),
        later(f"We refer to circulars {FIRST_NUMBER} and CD/OES/CCASS/061/2026. The above circular is withdrawn."),
        later_zh(f"倘獲批准，通告{FIRST_NUMBER}將予撤回。"),
        later_zh(f"通告{FIRST_NUMBER}的第3段現予撤回。"),
        later_zh(f"本公司擬撤回通告{FIRST_NUMBER}。"),
    ],
)
def test_what_may_happen_or_is_said_of_a_part_or_of_some_takes_nothing_back(text: str) -> None:
    assert not withdraws(text)


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    text = "One. We refer to our circular (Ref. No. 5). Two."
    found = text.index("5")
    assert text[slice(*matters.sentence(text, (found, found + 1)))] == "We refer to our circular (Ref. No. 5)"
