"""The words of headings and cells carry their own proof: every example has what it says in it, no counterexample anything."""

from __future__ import annotations

import pytest

from ingest.formats import kinds
from ingest.lang.rules import RuleSource
from ingest.text import fold

RULES = [(section, name, rule) for section, rules in kinds.cells().sources.items() for name, rule in rules.items()]


def identify(value: object) -> str:
    return value if isinstance(value, str) else ""


def quotes(section: str, name: str, text: str) -> list[str]:
    """What the rule finds in a text, in the words of the text."""
    return [text[slice(*hit.span())] for hit in kinds.rules(section).find(fold(text)) if hit.rule.name == f"cells.{section}.{name}"]


@pytest.mark.parametrize(("section", "name", "rule"), RULES, ids=identify)
def test_a_rule_finds_what_its_examples_say(section: str, name: str, rule: RuleSource) -> None:
    assert {text: " | ".join(quotes(section, name, text)) for text in rule.examples} == rule.examples


@pytest.mark.parametrize(("section", "name", "rule"), RULES, ids=identify)
def test_a_rule_finds_nothing_in_its_counterexamples(section: str, name: str, rule: RuleSource) -> None:
    assert [text for text in rule.counterexamples if quotes(section, name, text)] == []


@pytest.mark.parametrize(("section", "name", "rule"), RULES, ids=identify)
def test_a_rule_has_three_examples_and_two_counterexamples(section: str, name: str, rule: RuleSource) -> None:
    assert len(rule.examples) >= 3
    assert len(rule.counterexamples) >= 2


def test_what_is_known_in_english_is_known_in_chinese() -> None:
    assert [section for section, rules in kinds.cells().sources.items() if not {"en", "zh"} <= set(rules)] == []
