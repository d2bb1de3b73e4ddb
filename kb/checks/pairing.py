"""Two expressions laid side by side once, for all checks: units matched, facts that are left over on either side paired."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from rapidfuzz import fuzz

from ingest.model import Expression, Finding, House, Level, Side, Span
from kb.checks.align import SIBLINGS, TRANSLATED, Match, Score, align, all_mentions, coverage, length_ratio, other_language, same_language
from kb.checks.units import Layout, Unit, layout, words
from kb.comparison import PairRelation
from kb.facts import Key, Kind, Mention, days, same_amount, sort_of
from kb.substitute import Terms, replaced, terms
from kb.wording import english_prevails

_QUOTE = 240
_BEGINNING = 60
_SURE = 0.15
_TORN = 3
_ENOUGH = 2
_VERBATIM = 95
# Below this share a document is a short notice beside a longer one: what it leaves out is no disagreement.
_NARROW = 0.5
_NUMBER_WORDS = (
    (), ("one", "once", "first", "single", "一", "首"), ("two", "both", "twice", "second", "二", "兩", "两"), ("three", "third", "三"),
    ("four", "fourth", "四"), ("five", "fifth", "五"), ("six", "sixth", "六"), ("seven", "seventh", "七"), ("eight", "eighth", "八"),
    ("nine", "ninth", "九"), ("ten", "tenth", "十"), ("eleven", "十一"), ("twelve", "十二"),
)  # fmt: skip


class Residue(NamedTuple):
    """A fact of one side to which the matched unit of the other gives another answer, or none."""

    left: Mention | None
    right: Mention | None
    match: Match


class Paired:
    """A pair under comparison; everything that several checks need is computed once."""

    def __init__(self, left: Expression, right: Expression, relation: PairRelation, houses: Mapping[str, House]) -> None:
        self.left, self.right, self.relation, self.houses = left, right, relation, houses
        self.one_language = left.lang == right.lang
        self.same_house = left.issuer == right.issuer or left.issuer is None or right.issuer is None

    @cached_property
    def terms(self) -> Terms:
        """The own words of both houses; where a house is unknown, those of all."""
        known = [house for code in (self.left.issuer, self.right.issuer) if (house := self.houses.get(code or ""))]
        return terms(known if len(known) == 2 or (known and self.same_house) else self.houses.values(), (self.left, self.right))

    @cached_property
    def layouts(self) -> tuple[Layout, Layout]:
        """Both sides cut into units."""
        return layout(self.left), layout(self.right)

    @cached_property
    def matches(self) -> list[Match]:
        """The bodies matched unit by unit, and the subject lines as one more match."""
        left, right = self.layouts
        found = align(left.body, right.body, self._score(left, right), SIBLINGS if self.one_language else TRANSLATED)
        if left.subject and right.subject:
            return [Match((left.subject,), (right.subject,), 1.0), *found]
        return found

    def _score(self, left: Layout, right: Layout) -> Score:
        if self.one_language:
            return same_language(self.terms, left.lang)
        return other_language(left.lang, right.lang, length_ratio(left.body, right.body, left.lang, right.lang))

    @cached_property
    def answered(self) -> list[Match]:
        """Matches with both sides."""
        return [match for match in self.matches if match.left and match.right]

    @cached_property
    def narrow(self) -> bool:
        """Does one side cover only a part of the other's matter?"""
        return min(coverage(self.matches)) < _NARROW

    @cached_property
    def english_governs(self) -> bool:
        """Do the texts say that the English version prevails, and is one of them English?"""
        return not self.one_language and english_prevails(self.left.text, self.right.text)

    # Facts ------------------------------------------------------------------------------------------------------------

    @cached_property
    def residues(self) -> list[Residue]:
        """Every fact of a matched unit that the other side does not state, paired with what stands there instead."""
        found = [residue for match in self.answered for residue in self._residues(match)]
        return self._without_moved(found)

    def _residues(self, match: Match) -> Iterator[Residue]:
        left, right = all_mentions(match.left), all_mentions(match.right)
        mine, yours = left_over(left, right), left_over(right, left)
        if not self.one_language:
            mine, yours = self._unworded(mine, match.right), self._unworded(yours, match.left)
        mine, yours = _without_spanned(mine, yours)
        yours, mine = _without_spanned(yours, mine)
        pairs, mine, yours = pair_up(mine, yours)
        for a, b in pairs:
            yield Residue(a, b, match)
        for mention in mine:
            if not _covered(mention, right):
                yield Residue(mention, None, match)
        for mention in yours:
            if not _covered(mention, left):
                yield Residue(None, mention, match)

    def _unworded(self, found: list[Mention], other: Sequence[Unit]) -> list[Mention]:
        """Without the numbers that the other language writes in words."""
        text = " ".join(unit.text for unit in other).lower()
        return [mention for mention in found if not (mention.kind == "number" and in_words(mention.key[0], text))]

    def _without_moved(self, found: list[Residue]) -> list[Residue]:
        """A fact that one unit lost and a neighbour gained has only been matched crookedly."""
        lost = Counter((r.left.kind, r.left.key) for r in found if r.left and not r.right)
        gained = Counter((r.right.kind, r.right.key) for r in found if r.right and not r.left)
        loose_left = Counter((m.kind, m.key) for match in self.matches if not match.right for m in all_mentions(match.left))
        loose_right = Counter((m.kind, m.key) for match in self.matches if not match.left for m in all_mentions(match.right))
        out = []
        for residue in found:
            if residue.left and not residue.right and (gained + loose_right)[residue.left.kind, residue.left.key]:
                continue
            if residue.right and not residue.left and (lost + loose_left)[residue.right.kind, residue.right.key]:
                continue
            out.append(residue)
        return out

    def of_kind(self, *kinds: Kind) -> Iterator[Residue]:
        """The residues of these kinds."""
        return (residue for residue in self.residues if (residue.left or residue.right or _NEVER).kind in kinds)

    def agreed(self, *kinds: Kind) -> int:
        """How many facts of these kinds both sides state."""
        count = 0
        for match in self.answered:
            left = Counter((m.kind, m.key) for m in all_mentions(match.left) if m.kind in kinds)
            right = Counter((m.kind, m.key) for m in all_mentions(match.right) if m.kind in kinds)
            count += (left & right).total()
        return count

    # Saying -----------------------------------------------------------------------------------------------------------

    def level(self, match: Match, wanted: Level = "error") -> Level:
        """An error needs two units that surely speak of the same; between a notice and a timetable that takes more."""
        if wanted == "error" and (match in self.crooked or (self.narrow and _agreeing(match) < _ENOUGH)):
            return "warning"
        if wanted != "error" or match.score >= (0.3 if self.narrow else 0.06):
            return wanted
        return "error" if not self.narrow and match in self.held else "warning"

    @cached_property
    def crooked(self) -> list[Match]:
        """Matches in which more facts differ than agree: what the layout has torn apart cannot be judged."""
        out = []
        for match in self.answered:
            found = [residue for residue in self.residues if residue.match is match]
            kinds = {(residue.left or residue.right or _NEVER).kind for residue in found}
            # A list of days that shares one month changes as a whole: that is one slip and no torn layout.
            ragged = len(kinds) > 1 or sum(not (residue.left and residue.right) for residue in found) > 1
            if len(found) >= _TORN and ragged and len(found) > _agreeing(match):
                out.append(match)
        return out

    def stated_elsewhere(self, units: Sequence[Unit], left: bool) -> bool:
        """Does the other side say it after all, in a place where no unit answers?"""
        wanted_facts = {(m.kind, m.key) for m in all_mentions(units) if m.kind in ("date", "time", "amount", "percentage", "contact")}
        lone = [match.right if left else match.left for match in self.matches if not (match.left if left else match.right)]
        loose = {(mention.kind, mention.key) for units_ in lone for mention in all_mentions(units_)}
        if wanted_facts and wanted_facts <= loose:
            return True
        if not self.one_language:
            return False
        wanted = replaced(" ".join(unit.text for unit in units).replace(" | ", " "), self.terms).lower()
        return fuzz.partial_ratio(wanted, self._plain[1 if left else 0], score_cutoff=_VERBATIM) > 0

    def rarer(self, mention: Mention, left: bool) -> bool:
        """Does this side state the fact less often than the other one, and is there no figure in it that could not be read?"""
        here, there = self._stated[:: 1 if left else -1]
        return here[mention.kind, mention.key] < there[mention.kind, mention.key] and not any(kind == "unexplained" for kind, _ in here)

    @cached_property
    def _stated(self) -> tuple[Counter[tuple[Kind, Key]], Counter[tuple[Kind, Key]]]:
        left, right = (
            Counter((m.kind, m.key) for m in all_mentions([*([cut.subject] if cut.subject else []), *cut.head, *cut.body]))
            for cut in self.layouts
        )
        return left, right

    @cached_property
    def _plain(self) -> tuple[str, str]:
        left, right = (replaced(" ".join(expression.text.split()), self.terms).lower() for expression in (self.left, self.right))
        return left, right

    @cached_property
    def held(self) -> list[Match]:
        """Matches between two others, one of them sure: short rows that lost their only fact are still each other's."""
        scores = [match.score if match.left and match.right else -1.0 for match in self.matches]
        beside = zip(self.matches[1:], scores, [*scores[2:], 0.0], strict=False)
        return [match for match, before, after in beside if min(before, after) >= 0 and max(before, after) >= _SURE]

    def merged(self, units: Sequence[Unit], left: bool) -> bool:
        """May these units be said in what answers their neighbour? Then that is longer than the neighbour, and by about as much."""
        langs = (self.left.lang, self.right.lang) if left else (self.right.lang, self.left.lang)
        own = sum(words(unit.text, langs[0]) for unit in units) * self.ratio(left)
        for match in self.answered:
            mine, yours = (match.left, match.right) if left else (match.right, match.left)
            if mine[0].kind != "sentence" or not any(unit.paragraph == units[0].paragraph for unit in mine):
                continue
            beside = sum(words(unit.text, langs[0]) for unit in mine) * self.ratio(left)
            there = sum(words(unit.text, langs[1]) for unit in yours)
            if share(beside + own, there) > share(beside, there):
                return True
        return False

    def ratio(self, left: bool) -> float:
        """How many words of the other side stand for one of this side, over all that is answered."""
        mine = sum(words(unit.text, self.left.lang) for match in self.answered for unit in match.left)
        yours = sum(words(unit.text, self.right.lang) for match in self.answered for unit in match.right)
        ratio = yours / mine if mine and yours else 1.0
        return ratio if left else 1 / ratio

    def lone(self, check: str, level: Level, what: str, units: Sequence[Unit], left: bool) -> Finding:
        """A finding that one side lacks these units of the other, and near what it lacks them."""
        here, there = ("left", "right") if left else ("right", "left")
        one = unit_side(self.left if left else self.right, units)
        near = self.near(units[0].span, left)
        place = f"; on the {there} it belongs near “{shortened(near.text)}”" if near else ""
        return self.differs(check, level, f"this {what} stands on the {here} only{place}", *((one, None) if left else (None, one)))

    def near(self, span: Span, left: bool) -> Unit | None:
        """What stands on the other side where this place of one side would be; None before the first that has an answer."""
        spans = self._told[0 if left else 1]
        at = bisect_right(spans, span[0], key=itemgetter(0)) - 1
        return self._near[left, spans[at]] if at >= 0 and span[0] < spans[at][1] else None

    @cached_property
    def _told(self) -> tuple[list[Span], list[Span]]:
        """Where the units of each side stand that have something before or beside them on the other, in their order."""
        return tuple(sorted(span for side, span in self._near if side is left) for left in (True, False))  # type: ignore[return-value]

    @cached_property
    def _near(self) -> dict[tuple[bool, Span], Unit]:
        """For the units of each side what stands there on the other: in their match, or else in the last one before that has it."""
        found: dict[tuple[bool, Span], Unit] = {}
        last: dict[bool, Unit] = {}
        for match in self.matches:
            for left, mine, yours in ((True, match.left, match.right), (False, match.right, match.left)):
                if yours:
                    last[left] = yours[-1]
                if left in last:
                    found.update(((left, unit.span), last[left]) for unit in mine)
        return found

    def governs(self, message: str) -> str:
        """The message, with the text that governs."""
        if not self.english_governs:
            return message
        side = "left" if self.left.lang == "en" else "right"
        return f"{message}; the English text ({side}) governs"

    def differs(self, check: str, level: Level, message: str, left: Side | None, right: Side | None) -> Finding:
        """A finding about this pair."""
        if left and right:
            return Finding(check=check, level=level, message=self.governs(message), left=left, right=right)
        one = left or right
        unit = self.near(one.span, left is not None) if one and one.span else None
        near = unit_side(self.right if left else self.left, [unit]) if unit else None
        return Finding(check=check, level=level, message=message, left=left, right=right, near=near)


_NEVER = Mention("code", (), "", "", (0, 0))


def share(left: float, right: float) -> float:
    """How much of the longer of two lengths the shorter is."""
    return min(left, right) / max(left, right, 1.0)


def _agreeing(match: Match) -> int:
    left = Counter((mention.kind, mention.key) for mention in all_mentions(match.left))
    return (left & Counter((mention.kind, mention.key) for mention in all_mentions(match.right))).total()


def side(mention: Mention | None) -> Side | None:
    """A fact as one side of a finding."""
    return Side(value=mention.value, quote=mention.quote, span=mention.span, page=mention.page) if mention else None


def passage(expression: Expression, span: Span, value: str | None = None) -> Side:
    """A piece of text as one side of a finding; a long quote is cut, verbatim."""
    start, end = span
    end = min(end, start + _QUOTE)
    page = next((block.page for block in expression.blocks if block.span[0] <= start < block.span[1]), None)
    text = expression.text[start:end]
    return Side(
        value=value if value is not None else " ".join(expression.text[start : span[1]].split()), quote=text, span=(start, end), page=page
    )


def shortened(text: str) -> str:
    """The beginning of a passage, by which a reader finds it."""
    if len(text) <= _BEGINNING:
        return text
    cut = text[:_BEGINNING]
    whole = cut.rpartition(" ")[0] if text[_BEGINNING - 1 : _BEGINNING + 1].isascii() else cut  # no word of English is cut
    return f"{(whole or cut).rstrip()}…"


def unit_side(expression: Expression, units: Iterable[Unit]) -> Side:
    """Whole units as one side: a row by its cells, sentences as they stand."""
    chosen = list(units)
    span = chosen[0].span[0], chosen[-1].span[1]
    return passage(expression, span, " ".join(unit.text for unit in chosen))


def left_over(mine: Sequence[Mention], yours: Sequence[Mention]) -> list[Mention]:
    """What `mine` states oftener than `yours`."""
    rest = list(yours)
    out = []
    for mention in mine:
        twin = next((other for other in rest if same(mention, other)), None)
        if twin:
            rest.remove(twin)
        else:
            out.append(mention)
    return out


def _without_spanned(mine: list[Mention], yours: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Without a stretch of days of the one side whose first and last day the other states: `from 9:00 a.m. on D to 4:00 p.m. on E`."""
    for span in [mention for mention in mine if mention.kind == "date" and mention.key[0] != mention.key[1]]:
        ends = [next((other for other in yours if other.kind == "date" and other.key == (day, day)), None) for day in span.key]
        if None not in ends:
            mine = [mention for mention in mine if mention is not span]
            yours = [mention for mention in yours if not any(mention is end for end in ends)]
    return mine, yours


def same(left: Mention, right: Mention) -> bool:
    """Do two mentions state the same fact?"""
    if left.kind != right.kind:
        return False
    return same_amount(left.key, right.key) if left.kind == "amount" else left.key == right.key


def pair_up(mine: list[Mention], yours: list[Mention]) -> tuple[list[tuple[Mention, Mention]], list[Mention], list[Mention]]:
    """Pair what is left on both sides: like with like, the most alike first; then a fact with what could not be read."""
    pairs = []
    for may_pair in (_like, _misread):
        ranked = sorted(((_alike(a, b), -i, -j) for i, a in enumerate(mine) for j, b in enumerate(yours) if may_pair(a, b)), reverse=True)
        used: tuple[set[int], set[int]] = (set(), set())
        for _, i, j in ranked:
            if -i not in used[0] and -j not in used[1]:
                used[0].add(-i)
                used[1].add(-j)
                pairs.append((mine[-i], yours[-j]))
        mine = [mention for i, mention in enumerate(mine) if i not in used[0]]
        yours = [mention for j, mention in enumerate(yours) if j not in used[1]]
    return pairs, mine, yours


def _like(left: Mention, right: Mention) -> bool:
    if left.kind == "weekday" == right.kind:
        return left.key[0] == right.key[0]  # the weekday of another date is no disagreement of its own
    return left.kind == right.kind and (left.kind != "contact" or sort_of(left) == sort_of(right))


def _misread(left: Mention, right: Mention) -> bool:
    """One side could not be read as what the other side states."""
    raw: tuple[Kind, ...] = ("unexplained", "number", "code")
    read: tuple[Kind, ...] = ("date", "time", "amount", "percentage", "contact")
    one, other = (left, right) if left.kind in read else (right, left)
    if one.kind not in read or other.kind not in raw:
        return False
    if re.fullmatch(r"(?:19|20)\d\d", other.quote):
        return False  # a year alone is part of what was read on one side only
    return other.kind == "unexplained" or damaged(other.quote) or fuzz.ratio(one.quote, other.quote) >= 50


def damaged(quote: str) -> bool:
    """A run of digits that has lost its separators: a date or number that cannot be judged."""
    return bool(re.fullmatch(r"\d{5,8}", quote))


def _alike(left: Mention, right: Mention) -> float:
    return fuzz.ratio(" ".join(left.key), " ".join(right.key)) + fuzz.ratio(left.quote, right.quote) / 10


def _covered(mention: Mention, other: Sequence[Mention]) -> bool:
    """Does the other side say it in another way: as often as it needs, or a list of days as a range?"""
    if any(same(mention, candidate) for candidate in other):
        return True
    if mention.kind == "weekday":
        return True
    if mention.kind != "date":
        return False
    there = [days(candidate) for candidate in other if candidate.kind == "date"]
    wanted = days(mention)
    return bool(wanted) and wanted <= frozenset().union(*there)


def in_words(number: str, text: str) -> bool:
    """Is the number written in words in the text?"""
    return number.isdigit() and 0 < int(number) < len(_NUMBER_WORDS) and any(word in text for word in _NUMBER_WORDS[int(number)])
