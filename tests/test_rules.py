"""Rules carry their own proof: every example is understood as it says, no counterexample is matched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ingest.calendar import business_days
from ingest.errors import BadRule
from ingest.extract import amounts, columns, dates, phrases, tense, times
from ingest.formats.kinds import cells
from ingest.lang.rules import Found, Language, RuleSource, Section, groups, languages, load
from ingest.model import DateMention, TimeMention
from ingest.text import Mask, fold

LANGUAGES = languages()


def rules(*sections: str) -> list[tuple[Language, str, str, RuleSource]]:
    return [
        (lang, section, name, rule)
        for lang in LANGUAGES.values()
        for section in sections
        for name, rule in lang.sources.get(section, {}).items()
    ]


def identify(value: object) -> str:
    return value.code if isinstance(value, Language) else value if isinstance(value, str) else ""


def read_dates(text: str, issued: str | None) -> tuple[list[DateMention], Mask]:
    day = date.fromisoformat(issued) if issued else None
    mask = Mask(fold(text))
    found = dates.candidates(mask.text)
    mask = mask.lay("date", (item.span for item in found))
    clock = times.find_times(text, mask.text)
    mask = mask.lay("time", (item.span for item in clock))
    whole = (0, len(text))
    context = dates.Context(
        day,
        lambda _: whole,
        lambda _: whole,
        lambda _: (),
        lambda _: False,
        business_days("hk").shift,
        lambda span: tense.direction(mask.text, whole, span),
    )
    hours = {item.span[0] for item in clock if item.end_time}
    return dates.resolve(text, dates.opened(found, mask.text, hours), context)[0], mask


def edtf(mention: DateMention) -> str:
    start = mention.start.isoformat() if mention.start else ".."
    end = mention.end.isoformat() if mention.end else ".."
    return start if start == end else f"{start}/{end}"


def clock(mention: TimeMention) -> str:
    return mention.time + (f"/{mention.end_time}" if mention.end_time else "")


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("dates"), ids=identify)
def test_a_date_rule_understands_its_examples(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert {text: " ".join(map(edtf, read_dates(text, rule.issued)[0])) for text in rule.examples} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("times"), ids=identify)
def test_a_time_rule_understands_its_examples(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert {text: " ".join(map(clock, times.find_times(text, fold(text)))) for text in rule.examples} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), [*rules("doubts"), *rules("strays")], ids=identify)
def test_a_doubt_is_reported_in_the_words_of_the_text(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert {text: " ".join(u.quote for u in dates.leftovers(text, fold(text))) for text in rule.examples} == rule.examples


def meaning(text: str, section: str) -> list[str]:
    found, mask = read_dates(text, None)
    by_place = {mention.span: mention for mention in found}
    said = []
    for phrase in phrases.find_phrases(mask.text):
        if f".{section}." not in phrase.rule:
            continue
        low, high = phrases.clock_place(phrase)
        place = next((phrase.hit.span(part) for part in ("date", "date2", "date3") if phrase.hit[part]), None)
        day = by_place.get(place) if place else None  # 發現次日: a day of no date
        stated = (day.end or day.start) if day else None
        time = next(
            (t.time for t in times.find_times(text, Mask(fold(text)).lay("date", by_place).text) if low <= t.span[0] < high),
            None,
        )
        said.append(" ".join(filter(None, (phrase.relation, stated.isoformat() if stated else "-", time))))
    return said


@pytest.mark.parametrize(
    ("lang", "section", "name", "rule"), rules("deadlines", "duestatements", "refusals", "failings", "windows"), ids=identify
)
def test_a_deadline_rule_understands_its_examples(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert {text: "; ".join(meaning(text, section)) for text in rule.examples} == rule.examples


PARTS = {
    "persons": ("name",),
    "signatures": ("name",),
    "addresses": ("address", "address2"),
    "damaged": ("said",),
    "lostdigits": ("said",),
    "papers": ("number", "number2", "number3"),
    "due": ("action", "action2", "action3", "action4", "action5"),
    "duecolumns": ("action",),
}


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules(*PARTS), ids=identify)
def test_a_rule_with_a_named_part_cuts_it_as_its_examples_say(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    cut = {}
    for text in rule.examples:
        hits = [hit for hit in lang.sections[section].find(fold(text)) if hit.rule.name.endswith(f".{name}")]
        spans = [next((hit.span(part) for part in PARTS[section] if hit[part] is not None), (0, 0)) for hit in hits]
        cut[text] = " | ".join(text[slice(*span)] for span in spans)
    assert cut == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("modals"), ids=identify)
def test_a_modal_verb_has_its_modality(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert {
        text: " ".join(str(hit.rule.value) for hit in lang.sections[section].find(fold(text))) for text in rule.examples
    } == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("dutylike"), ids=identify)
def test_what_sounds_like_a_duty_is_found_in_its_words(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = {text: [hit for hit in lang.sections[section].find(fold(text)) if hit.rule.name.endswith(name)] for text in rule.examples}
    assert {text: " ".join(text[slice(*hit.span())] for hit in hits) for text, hits in found.items()} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("amounts"), ids=identify)
def test_an_amount_has_its_value_and_unit(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = {text: amounts.find_amounts(text, fold(text)) for text in rule.examples}
    assert {text: "; ".join(f"{one.unit or ''} {one.value}".strip() for one in told) for text, told in found.items()} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("units"), ids=identify)
def test_a_heading_gives_the_unit_of_its_column(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = {text: amounts.unit_of(fold(text)) for text in rule.examples}
    assert {text: f"{one.unit} {one.scale}" for text, one in found.items() if one} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("periods"), ids=identify)
def test_a_length_of_time_is_a_duration(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = {text: columns.duration(fold(text)) for text in rule.examples}
    assert {text: " ".join(filter(None, one)) for text, one in found.items() if one} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("counts"), ids=identify)
def test_a_number_of_things_in_words_has_its_unit(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = {text: columns.in_words(fold(text)) for text in rule.examples}
    assert {text: f"{one[2]} {one[1]}" for text, one in found.items() if one} == rule.examples


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules("citations"), ids=identify)
def test_a_citation_names_its_date(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    cited = {}
    for text in rule.examples:
        found, mask = read_dates(text, None)
        by_place = {mention.span: mention for mention in found}
        cited[text] = " ".join(str(by_place[hit.span("date")].start) for hit in lang.sections[section].find(mask.text))
    assert cited == rule.examples


@pytest.mark.parametrize(
    ("lang", "section", "name", "rule"), rules(*sorted({s for lang in LANGUAGES.values() for s in lang.sources})), ids=identify
)
def test_no_rule_matches_its_counterexamples(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    masked = {text: read_dates(text, None)[1].text if section not in ("dates", "times") else fold(text) for text in rule.counterexamples}
    assert [
        text
        for text, said in masked.items()
        for hit in lang.sections[section].find(said)
        if hit.rule.name == f"{lang.code}.{section}.{name}"
    ] == []


@pytest.mark.parametrize(
    ("lang", "section", "name", "rule"), rules(*sorted({s for lang in LANGUAGES.values() for s in lang.sources})), ids=identify
)
def test_every_rule_has_three_examples_and_two_counterexamples(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    assert len(rule.examples) >= 3
    assert len(rule.counterexamples) >= 2


def shape(text: str) -> set[str]:
    """Runs of three characters, whatever the figures, months and weekdays: what the wording of an example is."""
    plain = re.sub(r"[\d〇零○一二三四五六七八九十廿卅]+", "#", text.lower())
    plain = re.sub(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", "@", plain)
    return {plain[at : at + 3] for at in range(len(plain) - 2)} or {plain}


@pytest.mark.parametrize(
    ("lang", "section", "name", "rule"), rules(*sorted({s for lang in LANGUAGES.values() for s in lang.sources})), ids=identify
)
def test_three_examples_of_a_rule_differ_in_their_wording(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    kept: list[set[str]] = []
    for words in map(shape, rule.examples):
        if all(len(words & other) < 0.6 * len(words | other) for other in kept):
            kept.append(words)
    assert len(kept) >= 3


@pytest.mark.parametrize(("toml", "named"), [
    ('code = "xx"\ncolour = "red"', "colour"),
    ('code = "xx"\n[rules.dates.bad]\npattern = "("', "rules.dates.bad"),
    ('code = "xx"\n[rules.dates.bad]\npattern = "{nothing}"', "nothing"),
    ('code = "xx"\n[rules.dates.bad]\npatern = "x"', "patern"),
    ('code = "xx"\n[parts]\na = "{b}"\nb = "{a}"\n[rules.dates.bad]\npattern = "{a}"', "contain one another"),
    ("code = ", "xx.toml"),
])  # fmt: skip
def test_a_wrong_rule_file_is_refused_by_name(toml: str, named: str) -> None:
    with pytest.raises(BadRule, match=named):
        load("xx", toml).build()


@pytest.mark.parametrize("code", ["en", "zh", "cells"])
def test_groups_are_counted_as_the_matcher_counts_them(code: str) -> None:
    for section in (cells() if code == "cells" else LANGUAGES[code]).sections.values():
        for pattern in filter(None, (section.pattern, section.gate)):
            assert groups(pattern.pattern) == (pattern.groups, dict(pattern.groupindex))


@pytest.mark.parametrize(
    "pattern", [r"\((a)", r"[(](a)", r"[](](a)", r"[^](](?P<x>a)", r"[\](](?:a)(b)", r"(?i:(a))(?=b)(?<!c)(?>(d))", r"\\(a)"]
)
def test_brackets_that_open_no_group_are_not_counted(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert groups(pattern) == (compiled.groups, dict(compiled.groupindex))


def test_what_english_knows_chinese_knows_too() -> None:
    assert set(LANGUAGES["en"].sources) == set(LANGUAGES["zh"].sources)


# The groups that are read by a number behind their name, and up to which; 9 marks a copy in a lookahead, which nobody reads.
NUMBERED = {
    "amounts": 3, "dates": 3, "deadlines": 5, "due": 5, "duestatements": 5, "failings": 5, "refusals": 5, "times": 4, "units": 3, "windows": 5
}  # fmt: skip
READ = {
    name for path in (Path(dates.__file__).parent).glob("*.py") for name in re.findall(r"[\"']([a-z]+\d?)[\"']", path.read_text("utf-8"))
}


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules(*LANGUAGES["en"].sources), ids=identify)
def test_every_named_group_of_a_rule_is_read_by_somebody(lang: Language, section: str, name: str, rule: RuleSource) -> None:
    found = next(one for one in lang.sections[section].rules.values() if one.name == f"{lang.code}.{section}.{name}")
    bare = {group: re.fullmatch(r"([a-z]+?)(\d?)", group) for group in found.groups}
    unread = [
        group
        for group, cut in bare.items()
        if group not in READ and not (cut and cut[1] in READ and (cut[2] == "9" or 1 < int(cut[2] or 0) <= NUMBERED.get(section, 0)))
    ]
    assert unread == []


@pytest.mark.parametrize(("lang", "section", "name", "rule"), rules(*LANGUAGES["en"].sources), ids=identify)
def test_the_gate_of_a_section_opens_where_an_example_begins_within_a_text(
    lang: Language, section: str, name: str, rule: RuleSource
) -> None:
    """At the very start of a text every rule is tried, with its gate or without."""
    whole = lang.sections[section]
    if whole.gate is None:
        return
    anchored = [text for text in rule.examples if not any(hit.rule.name.endswith(f".{name}") for hit in laid(whole, text))]
    inside = [text for text in rule.examples if not any(hit.rule.name.endswith(f".{name}") for hit in laid(whole, f"\n{text}"))]
    assert inside == anchored


def laid(section: Section, text: str) -> list[Found]:
    """What the rules of a section find in a text whose dates and clock times are marks."""
    mask = Mask(fold(text))
    if section.rules and next(iter(section.rules.values())).name.split(".")[1] not in ("dates", "times", "addresses", "papers"):
        mask = mask.lay("date", (item.span for item in dates.candidates(mask.text)))
        mask = mask.lay("time", (item.span for item in times.find_times(text, mask.text)))
    return list(section.find(mask.text))
