"""Checks of what is said: duties, rows, and the wording itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

from ingest.model import Expression, Finding, Level, Side, Span, Table
from kb.checks.align import Match, all_mentions
from kb.checks.headings import LostHeading, lost_headings
from kb.checks.items import lost_items
from kb.checks.pairing import Paired, passage, share, unit_side
from kb.checks.units import Unit, closed, words
from kb.facts import Key, Mention
from kb.substitute import PARTY, marks
from kb.wording import Bond, Force, bonds, concepts, duty, forces, narrow, prevails, senses, squeeze, subjects

_VALUE = {"must": "must", "must-not": "must", "may-not": "must", "should": "should", "may": "may", "need-not": "may"}
# Translators render `should` by 須 and 宜 alike; only a change of these kinds turns a duty into an option or back.
_OPPOSED = ({"must", "may"}, {"must", "need-not"}, {"must-not", "may"}, {"must-not", "need-not"}, {"must", "must-not"})
_NEGATION = {"not", "no", "never", "cannot", "unless", "except", "without", "不", "未", "非", "無", "无", "毋", "除"}
_CLAUSE = re.compile(r"[,;:，；：。！？\n]|\.\s")
_BULLET = re.compile(r"[•●▪◦‧]")
_JOINING = {"and", "or", "and/or", "及", "和", "或", "each", "of", "the", "every", "any"}
_ENUMERATOR = re.compile(r"[(（]?(?:\d{1,2}|[a-z]|[ivx]+|[A-Z])[)）.、]\s")
_SIGNATURE = 8
_REACH = 80
_BOTH_LANGUAGES = re.compile(r"\bEnglish\b.*\bChinese\b|\bChinese\b.*\bEnglish\b|中英文|中、英文|[中英]文.*[中英]文")
_SHORT = 4
_FACTS = ("date", "amount", "percentage", "contact")
_HALF = 0.55
_CLEARLY = 0.1
# Where a further thing to do begins, and what tells that a sentence defines.
_CLAUSES = re.compile(r"[,;，；]\s*|\s(?=(?:and|but)\s+(?:must|shall|may)\b)")
_DEFINES = re.compile(r"\b(?:means?|refers?\s+to)\b|[是乃]?指(?![示定引])")


# Modality -------------------------------------------------------------------------------------------------------------


def modality(pair: Paired) -> Iterator[Finding]:
    """What must be done on one side must be done on the other."""
    for match in pair.answered:
        for one, other in side_by_side(match):
            said, answered = _bonds(pair.left, one), _bonds(pair.right, other)
            left, right = _plain_bonds(said, answered)
            mine, yours = _excess(left, right), _excess(right, left)
            for a, b in zip(mine, yours, strict=False):
                if _unable(a, said) and not _allowed(pair.right, right):
                    continue
                if _unable(b, answered) and not _allowed(pair.left, left):
                    continue
                level = _modal_level(pair, a.force, b.force)
                message = f"{a.force} on the left, {b.force} on the right"
                sides = _bound(pair.left, a), _bound(pair.right, b)
                yield pair.differs("modality", pair.level(match, level), message, *sides)


def side_by_side(match: Match) -> list[tuple[Sequence[Unit], Sequence[Unit]]]:
    """As many sentences on either side answer each other in their order."""
    if len(match.left) != len(match.right):
        return [(match.left, match.right)]
    return [((mine,), (yours,)) for mine, yours in zip(match.left, match.right, strict=True)]


def _bonds(expression: Expression, units: Sequence[Unit]) -> list[Bond]:
    out = []
    for unit in units:
        start, end = unit.span
        out += [
            Bond(bond.force, (bond.span[0] + start, bond.span[1] + start))
            for bond in bonds(expression.text[start:end])
            if bond.force not in ("ask", "bound") and not prevails(unit.text)
        ]
    return out


def _plain_bonds(mine: Sequence[Bond], yours: Sequence[Bond]) -> tuple[list[Bond], list[Bond]]:
    """What `may not` says is what the other side says: that something is forbidden, or that it may not come about."""
    said = Counter(bond.force for bond in mine), Counter(bond.force for bond in yours)
    return _decided(mine, said[0], said[1]), _decided(yours, said[1], said[0])


def _decided(bonds_: Sequence[Bond], own: Counter[Force], other: Counter[Force]) -> list[Bond]:
    doubtful = "may-not" in own and other["may-not"] < own["may-not"]
    forbids, allows = other["must-not"] > own["must-not"], other["may"] > own["may"]
    force = {"may-not": ("must-not" if forbids or not allows else "may") if doubtful else "may-not"}
    counts = own["cannot"] > other["cannot"] and (forbids or allows)
    force["cannot"] = "must-not" if counts else "cannot"
    return [Bond(force.get(bond.force, bond.force), bond.span) for bond in bonds_ if counts or bond.force != "cannot"]


def _unable(bond: Bond, said: Sequence[Bond]) -> bool:
    """Whether the words of a prohibition are `cannot`, which states as well what is out of one's power."""
    return bond.force == "must-not" and Bond("cannot", bond.span) in said


def _allowed(expression: Expression, bonds_: Sequence[Bond]) -> bool:
    """Is something allowed in a clause that denies nothing?"""
    return any(bond.force == "may" and not senses("negation", _clause(expression, bond), expression.lang) for bond in bonds_)


def _clause(expression: Expression, bond: Bond) -> str:
    """What stands around a binding word up to the next stop or comma."""
    start, end = bond.span
    low = max(0, start - _REACH)
    first = max((match.end() for match in _CLAUSE.finditer(expression.text, low, start)), default=low)
    stop = _CLAUSE.search(expression.text, end, end + _REACH)
    return expression.text[first : stop.start() if stop else end + _REACH]


def _excess(mine: Sequence[Bond], yours: Sequence[Bond]) -> list[Bond]:
    """The words by which `mine` binds otherwise than `yours`, in reading order."""
    spare = Counter(bond.force for bond in mine) - Counter(bond.force for bond in yours)
    blocks = SequenceMatcher(None, [bond.force for bond in mine], [bond.force for bond in yours], autojunk=False).get_opcodes()
    moved = [bond for tag, i, j, _, _ in blocks if tag != "equal" for bond in mine[i:j]]
    out = []
    for bond in [*moved, *mine]:
        if spare[bond.force] > 0 and bond not in out:
            spare[bond.force] -= 1
            out.append(bond)
    return sorted(out, key=lambda bond: bond.span)


def _modal_level(pair: Paired, left: Force, right: Force) -> Level:
    if pair.relation == "reissue":
        return "warning"
    if pair.one_language or {left, right} in _OPPOSED:
        return "error"
    return "warning"


def _bound(expression: Expression, bond: Bond) -> Side:
    """The binding word with the clause that it opens: the shortest quote that shows what is bound."""
    start, end = bond.span
    stop = _CLAUSE.search(expression.text, end, min(len(expression.text), end + 40))
    upto = stop.start() if stop else min(len(expression.text), end + 40)
    if not stop and upto < len(expression.text) and expression.text[upto - 1].isascii():
        upto = max(end, expression.text.rfind(" ", end, upto))
    return passage(expression, (start, upto), _VALUE[bond.force])


# Rows and tables ------------------------------------------------------------------------------------------------------


def rows(pair: Paired) -> Iterator[Finding]:
    """Each row of a table has its counterpart, and its cells stand in the same order."""
    for left in (True, False):
        yield from _lone_rows(pair, left)
    swapped = [match for match in pair.answered if _swapped(match)]
    tabular = sum(match.left[0].kind == "row" for match in pair.answered)
    if len(swapped) * 2 <= max(tabular, 2):  # columns that stand in another order throughout are no slip
        for match in swapped:
            sides = unit_side(pair.left, match.left), unit_side(pair.right, match.right)
            yield pair.differs("rows", pair.level(match), "the cells of this row are swapped", *sides)


def _lone_rows(pair: Paired, left: bool) -> Iterator[Finding]:
    """A row that a table lacks which otherwise aligns; where the whole table finds no answer, that is said once."""
    lone: dict[int, list[Unit]] = {}
    answered: Counter[int] = Counter()
    as_heading = {lost.first.span for lost in lost_headings(pair) if lost.left == left}
    for match in pair.matches:
        mine, yours = (match.left, match.right) if left else (match.right, match.left)
        if mine and mine[0].kind == "row":
            if yours or mine[0].span in as_heading:
                answered[mine[0].paragraph] += not yours or yours[0].kind == "row"
            else:
                lone.setdefault(mine[0].paragraph, []).extend(mine)
    for table, units in lone.items():
        if len(units) > answered[table]:
            yield _lone_table(pair, units, left)
        else:
            yield from (_lone_row(pair, [unit], left) for unit in units)


def _lone_row(pair: Paired, units: Sequence[Unit], left: bool) -> Finding:
    mild: Level = "note" if pair.relation == "reissue" else "warning"
    level: Level = mild if pair.relation == "reissue" or pair.narrow or pair.stated_elsewhere(units, left) else "error"
    return pair.lone("rows", level, "row", units, left)


def _lone_table(pair: Paired, units: Sequence[Unit], left: bool) -> Finding:
    one = unit_side(pair.left if left else pair.right, units[:1])
    level: Level = "note" if pair.relation == "reissue" else "warning"
    message = f"{len(units)} rows of this table, from this one on, find no answer on the {'right' if left else 'left'}"
    return pair.differs("rows", level, message, *((one, None) if left else (None, one)))


def _swapped(match: Match) -> bool:
    """Do facts of one cell stand in a second one on the other side, and those of the second in the first?"""
    left, right = match.left[0], match.right[0]
    if left.kind != right.kind or not left.cells or len(left.cells) != len(right.cells):
        return False
    mine, yours = _places(left), _places(right)
    moves = {(cell, yours[key]) for key, cell in mine.items() if yours.get(key, cell) != cell}
    return any((there, here) in moves for here, there in moves)


def _places(row: Unit) -> dict[Key, int]:
    """The cell of each fact that a row states once."""
    found = [(m.kind, *m.key) for m in row.mentions if m.kind != "code"]
    spans = [span for _, span in row.cells]
    return {
        key: next(cell for cell, span in enumerate(spans) if span[0] <= m.span[0] < span[1])
        for m in row.mentions
        if found.count(key := (m.kind, *m.key)) == 1
    }


def events(pair: Paired) -> Iterator[Finding]:
    """A row that lists several items lists as many on the other side."""
    for match in pair.answered:
        if match.left[0].kind != "row" or match.right[0].kind != "row":
            continue
        for (mine, at), (yours, there) in zip(match.left[0].cells, match.right[0].cells, strict=False):
            left, right = _items(mine), _items(yours)
            if len(left) != len(right) and min(len(left), len(right)) >= 1 and max(len(left), len(right)) > 1:
                yield from _lone_items(pair, match, (left, at), (right, there))


def _items(cell: str) -> list[str]:
    """The bullets of a cell; without bullets, a cell is one item."""
    parts = [squeeze(part) for part in _BULLET.split(cell)] if _BULLET.search(cell) else [squeeze(cell)]
    return [part for part in parts if part]


def _lone_items(pair: Paired, match: Match, left: tuple[list[str], Span], right: tuple[list[str], Span]) -> Iterator[Finding]:
    longer_left = len(left[0]) > len(right[0])
    (items, span), (others, _) = (left, right) if longer_left else (right, left)
    if not any(_BULLET.search(unit.text) for unit in match.right + match.left) or not _bulleted(pair, match):
        return
    expression = pair.left if longer_left else pair.right
    for item in sorted(items, key=lambda text: max((_alike(pair, text, other) for other in others), default=0.0))[
        : len(items) - len(others)
    ]:
        one = passage(expression, _place(expression, item, span), item)
        yield pair.differs(
            "events",
            pair.level(match),
            f"this entry stands on the {'left' if longer_left else 'right'} only",
            *((one, None) if longer_left else (None, one)),
        )


def _bulleted(pair: Paired, match: Match) -> bool:
    """Bullets are lost in a web page, so they only count where both sides print them."""
    texts = pair.left.text[slice(*match.left[0].span)], pair.right.text[slice(*match.right[0].span)]
    return all(_BULLET.search(text) for text in texts)


def _alike(pair: Paired, left: str, right: str) -> float:
    if pair.one_language:
        return fuzz.ratio(left, right) / 100
    langs = (pair.left.lang, pair.right.lang)
    both = [{*concepts(left, lang)} for lang in langs], [{*concepts(right, lang)} for lang in langs]
    mine, yours = both[0][0] | both[0][1], both[1][0] | both[1][1]
    return len(mine & yours) / max(len(mine | yours), 1)


def _place(expression: Expression, item: str, span: Span) -> Span:
    at = expression.text.find(item, *span)
    return (at, at + len(item)) if at >= 0 else span


def tables(pair: Paired) -> Iterator[Finding]:
    """Tables have the same number of columns, and a heading row on both sides or on neither."""
    yield from (_lone_heading(pair, lost) for lost in lost_headings(pair))
    if len(pair.left.tables) != len(pair.right.tables):
        return
    for left, right in zip(pair.left.tables, pair.right.tables, strict=True):
        if _columns(left) != _columns(right):
            message = f"{_columns(left)} columns on the left, {_columns(right)} on the right"
            yield pair.differs("tables", "warning", message, _table_side(pair.left, left), _table_side(pair.right, right))


def _lone_heading(pair: Paired, lost: LostHeading) -> Finding:
    mild: Level = "note" if pair.relation == "reissue" else "warning"
    level: Level = "error" if lost.sure and pair.relation != "reissue" and not pair.narrow else mild
    one = unit_side(pair.left if lost.left else pair.right, [lost.heading])
    message = f"this heading row stands on the {'left' if lost.left else 'right'} only"
    return pair.differs("tables", level, message, *((one, None) if lost.left else (None, one)))


def _columns(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _table_side(expression: Expression, table: Table) -> Side:
    heading = " | ".join(squeeze(cell) for cell in table.rows[0] if cell) if table.rows else ""
    return passage(expression, (table.span[0], min(table.span[1], table.span[0] + 60)), heading)


# Duties and paragraphs ------------------------------------------------------------------------------------------------


def duties(pair: Paired) -> Iterator[Finding]:
    """Each sentence that binds somebody has its counterpart."""
    if pair.relation == "reissue":
        return
    for match in pair.matches:
        lone = match.left or match.right
        if match.left and match.right:
            yield from _half_lost(pair, match)
        elif lone[0].kind == "sentence" and any(duty(unit.text) for unit in lone) and not _said_beside(pair, lone, bool(match.left)):
            yield _lone_duty(pair, lone, bool(match.left))


def _said_beside(pair: Paired, units: Sequence[Unit], left: bool) -> bool:
    """Has a translator joined it with the sentence beside it?"""
    return not pair.one_language and pair.merged(units, left)


def _lone_duty(pair: Paired, units: Sequence[Unit], left: bool) -> Finding:
    """The whole sentence as value; between siblings the quote is its binding part, which both would print alike."""
    mild = pair.narrow or _title_like(units) or pair.stated_elsewhere(units, left)
    found = _lone(pair, "duties", units, left, "warning" if mild else "error")
    one = found.left or found.right
    if not pair.one_language or one is None:
        return found
    expression = pair.left if left else pair.right
    own = [(a + unit.span[0], b + unit.span[0]) for unit in units for a, b, _ in marks(expression.text[slice(*unit.span)], pair.terms)]
    bond = next(bond for bond in _bonds(expression, units) if bond.force in ("must", "must-not", "need-not"))
    end = min([a for a, _ in own if a >= bond.span[1]] + [units[-1].span[1]])
    short = passage(expression, (bond.span[0], end), one.value)
    if len(short.quote or "") < 12:
        return found
    return pair.differs("duties", found.level, found.message, *((short, None) if left else (None, short)))


def _title_like(units: Sequence[Unit]) -> bool:
    """A heading such as `What participants have to do` obliges nobody by itself."""
    return len(units) == 1 and not closed(units[0].text)


def _half_lost(pair: Paired, match: Match) -> Iterator[Finding]:
    """A duty that was cut out of its sentence: the words of one side are not there on the other."""
    if pair.one_language:
        for region in regions(pair, match):
            side_of = _cut_duty(pair, region)
            if side_of is not None:
                yield pair.differs("duties", pair.level(match), "this duty stands on one side only", *side_of)
        return
    if pair.narrow or match.left[0].kind != "sentence":
        return
    for left in (True, False):
        units, other = (match.left, match.right) if left else (match.right, match.left)
        lost = [unit for unit in units if duty(unit.text)]
        if lost and not any(duty(unit.text) for unit in other) and _fits_better(pair, match, lost, left):
            yield _lone_duty(pair, lost, left)


def _half_told(pair: Paired, match: Match) -> Iterator[Finding]:
    """Sentences of a match whose days, sums and contacts are all missing from the other side, which is shorter by about as much."""
    for left in (True, False):
        units, other = (match.left, match.right) if left else (match.right, match.left)
        there = {(m.kind, m.key) for m in all_mentions(other)}
        told = [(unit, [m for m in unit.mentions if m.kind in _FACTS]) for unit in units if unit.kind == "sentence"]
        lost = [unit for unit, found in told if found and all((m.kind, m.key) not in there and pair.rarer(m, not left) for m in found)]
        if (
            lost
            and len(units) > max(len(lost), len(other))
            and not any(duty(unit.text) for unit in lost)
            and _fits_better(pair, match, lost, left)
        ):
            yield _lone(pair, "text", lost, left, pair.level(match))


def _half_said(pair: Paired, match: Match) -> Iterator[Finding]:
    """A sentence without figures that finds no room on the other side: the rest is as long as what stands there, and speaks of the same."""
    for left in (True, False):
        units, other = (match.left, match.right) if left else (match.right, match.left)
        if len(units) <= len(other) or pair.narrow or any(unit.kind != "sentence" for unit in (*units, *other)):
            continue
        langs = (pair.left.lang, pair.right.lang) if left else (pair.right.lang, pair.left.lang)
        there = subjects(" ".join(unit.text for unit in other), langs[1])
        odd = [unit for unit in units if not _spoken_of(subjects(unit.text, langs[0]), there)]
        for unit in odd[:1]:
            if words(unit.text, langs[0]) >= _SHORT and _fits_better(pair, match, [unit], left):
                yield _lone_duty(pair, [unit], left) if duty(unit.text) else _lone(pair, "text", [unit], left, "warning")


def _spoken_of(mine: frozenset[str], there: frozenset[str]) -> bool:
    return len(mine & there) > len(mine) / 2


def _fits_better(pair: Paired, match: Match, lost: Sequence[Unit], left: bool) -> bool:
    """Would the rest be about as long as the other side? Then these sentences have no counterpart there."""
    sizes = [
        sum(words(unit.text, lang) for unit in units)
        for units, lang in (
            (match.left, pair.left.lang),
            (match.right, pair.right.lang),
            (lost, pair.left.lang if left else pair.right.lang),
        )
    ]
    ratio = pair.ratio(left=True)
    mine, yours, gone = (sizes[0] * ratio, sizes[1], sizes[2] * ratio) if left else (sizes[1], sizes[0] * ratio, sizes[2])
    if len(match.left if left else match.right) == len(lost):
        return yours < mine * _HALF or _clause_lost(pair, match, lost, left)
    return share(mine - gone, yours) > share(mine, yours) + _CLEARLY


def _clause_lost(pair: Paired, match: Match, lost: Sequence[Unit], left: bool) -> bool:
    """A duty in a sentence that also permits or defines: the other side keeps that, asks nothing, and is rather as long as the rest."""
    lang = pair.left.lang if left else pair.right.lang
    clauses = [clause for unit in lost for clause in _CLAUSES.split(unit.text)]
    rest = " ".join(clause for clause in clauses if not duty(clause))
    other = " ".join(unit.text for unit in (match.right if left else match.left))
    kept, said = forces(rest), forces(other)
    if not (kept["may"] or _DEFINES.search(rest)) or kept["may"] != said["may"] or said["should"] or said["ask"]:
        return False
    ratio = pair.ratio(left=True) if left else 1 / pair.ratio(left=True)
    mine, gone = (ratio * words(said_there, lang) for said_there in (" ".join(clauses), " ".join(filter(duty, clauses))))
    yours = words(other, pair.right.lang if left else pair.left.lang)
    return share(mine - gone, yours) > share(mine, yours)


def _lone(pair: Paired, check: str, units: Sequence[Unit], left: bool, level: Level) -> Finding:
    return pair.lone(check, level, "duty" if check == "duties" else "passage", units, left)


def text(pair: Paired) -> Iterator[Finding]:
    """Paragraphs are there on both sides, and siblings say the same in the same words."""
    if pair.relation == "reissue":
        return
    yield from _lost_paragraphs(pair)
    for match in pair.answered:
        if pair.one_language:
            yield from _wording(pair, match)
        else:
            told = list(_half_told(pair, match))
            yield from told or _half_said(pair, match)


def _lost_paragraphs(pair: Paired) -> Iterator[Finding]:
    whole = [_paragraph_sizes(layout.body) for layout in pair.layouts]
    told = {unit.span for left in (True, False) for units in lost_items(pair, left) for unit in units}
    for match in pair.matches:
        lone = match.left or match.right
        if (match.left and match.right) or lone[0].kind != "sentence" or any(duty(unit.text) or unit.span in told for unit in lone):
            continue
        left = bool(match.left)
        if _said_beside(pair, lone, left) or (not pair.one_language and any(_of_languages(unit.text) for unit in lone)):
            continue
        alone = whole[0 if left else 1][lone[0].paragraph] == len(lone)
        lang = pair.left.lang if left else pair.right.lang
        long = sum(words(unit.text, lang) for unit in lone) >= _SIGNATURE
        facts = any(m.kind in ("date", "time", "amount", "percentage", "contact") for m in all_mentions(lone))
        if not long:
            continue
        lost = (
            facts
            and (alone if pair.one_language else _left_out(pair, lone, left))
            and not pair.narrow
            and not pair.stated_elsewhere(lone, left)
        )
        level: Level = "error" if lost else "warning"
        yield _lone(pair, "text", lone, left, level)


def _of_languages(text: str) -> bool:
    """The sentence that tells in which languages the circular is issued, and which of them governs: one of them may say it alone."""
    return prevails(text) or _BOTH_LANGUAGES.search(text) is not None


def _left_out(pair: Paired, units: Sequence[Unit], left: bool) -> bool:
    """Does the other side print a day, a sum or a contact of these units less often?"""
    return any(m.kind in _FACTS and pair.rarer(m, not left) for m in all_mentions(units))


def _paragraph_sizes(units: Sequence[Unit]) -> Counter[int]:
    return Counter(unit.paragraph for unit in units if unit.kind == "sentence")


def _wording(pair: Paired, match: Match) -> Iterator[Finding]:
    """One warning for a passage that is worded otherwise, with the first words that differ."""
    for region in regions(pair, match):
        if region.facts or region.binding:
            continue
        if region.negation:
            yield pair.differs("text", pair.level(match), "one side negates what the other states", *region.sides(pair, context=True))
            return
        left, right = region.sides(pair)
        if (left and words(left.value, pair.left.lang)) or (right and words(right.value, pair.right.lang)):
            yield pair.differs("text", "warning", "worded otherwise", left, right)
            return


# Differences of words -------------------------------------------------------------------------------------------------


class Token(NamedTuple):
    """A word, a fact, or one of a house's own terms."""

    norm: str
    span: Span
    fact: bool = False


class Region(NamedTuple):
    """Neighbouring words that one side has and the other has otherwise or not at all."""

    left: tuple[Token, ...]
    right: tuple[Token, ...]
    at: tuple[Span, Span]
    binding: bool

    @property
    def facts(self) -> bool:
        """Is nothing but facts different? They have checks of their own."""
        return all(token.fact for token in (*self.left, *self.right))

    @property
    def negation(self) -> bool:
        """Does one side say no more than a `not` too much?"""
        tokens = {token.norm for token in (*self.left, *self.right)}
        return bool(tokens) and len(tokens) <= 2 and (not self.left or not self.right) and bool(tokens & _NEGATION)

    def sides(self, pair: Paired, context: bool = False) -> tuple[Side | None, Side | None]:
        """Both sides as quotes; with context, the words around."""
        wide = context or not self.left or not self.right
        return (
            _region_side(pair.left, self.left, self.at[0], wide) if self.left or context else None,
            _region_side(pair.right, self.right, self.at[1], wide) if self.right or context else None,
        )


def _region_side(expression: Expression, tokens: Sequence[Token], at: Span, wide: bool) -> Side:
    span = (tokens[0].span[0], tokens[-1].span[1]) if tokens and not wide else at
    return passage(expression, span)


def regions(pair: Paired, match: Match) -> tuple[Region, ...]:
    """Where the words of a match differ, facts and the houses' own terms set aside."""
    left, right = tokens_of(pair, pair.left, match.left), tokens_of(pair, pair.right, match.right)
    blocks = SequenceMatcher(None, [token.norm for token in left], [token.norm for token in right], autojunk=False).get_opcodes()
    out = []
    for tag, i, j, k, m in blocks:
        if tag != "equal":
            mine, yours = tuple(left[i:j]), tuple(right[k:m])
            near = _span(left, max(0, i - 2), min(len(left), j + 2)), _span(right, max(0, k - 2), min(len(right), m + 2))
            out.append(Region(mine, yours, near, _bindings(pair.left, left, i, j) != _bindings(pair.right, right, k, m)))
    return tuple(out)


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return (tokens[start].span[0], tokens[end - 1].span[1]) if start < end else (0, 0)


def _bindings(expression: Expression, tokens: Sequence[Token], start: int, end: int) -> Counter[Force]:
    """The binding words inside a stretch; a Chinese one may begin a character before it."""
    if start >= end:
        return Counter()
    wide = _span(tokens, max(0, start - 1), min(len(tokens), end + 1))
    inner = _span(tokens, start, end)
    return Counter(
        bond.force
        for bond in bonds(expression.text[slice(*wide)])
        if bond.span[0] + wide[0] < inner[1] and bond.span[1] + wide[0] > inner[0]
    )


def _cut_duty(pair: Paired, region: Region) -> tuple[Side | None, Side | None] | None:
    """A stretch of several words with a binding one, against nothing."""
    for mine, other, expression, left in ((region.left, region.right, pair.left, True), (region.right, region.left, pair.right, False)):
        if len(mine) >= 6 and len(other) * 4 <= len(mine):
            span = mine[0].span[0], mine[-1].span[1]
            piece = Unit("sentence", span, squeeze(expression.text[slice(*span)]), ())
            if duty(piece.text) and not pair.stated_elsewhere([piece], left):
                one = passage(expression, span)
                return (one, None) if left else (None, one)
    return None


def tokens_of(pair: Paired, expression: Expression, units: Sequence[Unit]) -> list[Token]:
    """The words of some units; facts and own terms are one token each, a list of parties too."""
    found: list[Token] = []
    for unit in units:
        found += _unit_tokens(pair, expression, unit)
    return _one_party(found)


def _unit_tokens(pair: Paired, expression: Expression, unit: Unit) -> Iterator[Token]:
    start, end = unit.span
    text = expression.text
    special = sorted(
        [
            *(
                (m.span, f"§{m.kind}:{'' if m.kind in ('contact', 'reference') else '|'.join(m.key)}", True)
                for m in _plain_facts(unit.mentions)
            ),
            *(((a + start, b + start), kind, False) for a, b, kind in marks(text[start:end], pair.terms)),
        ]
    )
    at = start + (enumerator.end() if (enumerator := _ENUMERATOR.match(text[start:end])) else 0)
    for (left, right), norm, fact in special:
        if left < at:
            continue
        yield from _words(text, at, left)
        yield Token(norm, (left, right), fact)
        at = right
    yield from _words(text, at, end)


def _plain_facts(found: Sequence[Mention]) -> Iterator[Mention]:
    return (mention for mention in found if mention.kind != "weekday")


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    for match in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff_]+(?:['’][a-z]+)?", text[start:end]):
        yield Token(narrow(match.group()).lower(), (match.start() + start, match.end() + start))


def _one_party(found: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in found:
        if token.norm == PARTY:
            back = len(out)
            while back and out[back - 1].norm in _JOINING:
                back -= 1
            if back and out[back - 1].norm == PARTY:
                del out[back:]
                out[-1] = Token(PARTY, (out[-1].span[0], token.span[1]))
                continue
        out.append(token)
    return out
