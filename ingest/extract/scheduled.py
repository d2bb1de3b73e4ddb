"""Deadlines of schedules: entries that call themselves one (`28 April | Deadline for …`), and columns whose heading does so."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import msgspec

from ingest.extract.actions import cut_action
from ingest.extract.due import due_by, entered, on_date, with_business
from ingest.extract.duties import right_behind
from ingest.extract.phrases import Facts, Phrase, behind_parties, group, is_window
from ingest.extract.tables import GROUPED, ORDINAL, Entry, Sheet, due_column, title_columns
from ingest.extract.times import timed
from ingest.lang.rules import Found, languages, word_list
from ingest.model import Clock, DateMention, Deadline, Span
from ingest.text import squeeze


def is_tentative(masked: str, sheet: Sheet) -> bool:
    """Does the caption or a heading of the table say so?"""
    spans = [cell.span for cell in sheet.grid.cells if cell.row < sheet.header]
    spans += [sheet.grid.caption] if sheet.grid.caption else []
    return any(word_list("tentative").search(masked[slice(*span)]) for span in spans)


def in_schedule(facts: Facts, sheet: Sheet, *, tentative: bool) -> list[Deadline]:
    """Deadlines in the entries of a timetable, and in its date columns whose heading is one."""
    columns = sheet.date_columns
    found: list[Deadline] = []
    if len(columns) == 1:
        near = _named_near(facts.masked, sheet.grid.span)
        for row in sheet.rows():
            found += _in_row(facts, sheet, row, columns[0], near, tentative)
    elif len(columns) > 1 and columns[0] > 0:
        found += _in_titled_rows(facts, sheet, columns, tentative)
    heads = {col: _heading(sheet, col) for col in columns if col != GROUPED}
    for col, head in heads.items():
        if head is not None:
            found += _in_column(facts, sheet, col, head, tentative)
    return found


def _in_row(facts: Facts, sheet: Sheet, row: int, date_col: int, near: Sequence[int], tentative: bool) -> list[Deadline]:
    when = sheet.inherited(row, date_col)
    if when is None or not sheet.dates[when]:
        return []
    clock = sheet.at.get((row, sheet.time_column)) if sheet.time_column is not None else None
    near_by = [phrase for cell in (when, clock) if cell for phrase in facts.phrases_in(cell.span)]
    by = next((phrase for phrase in near_by if phrase.relation in ("by", "before")), None)
    by = None if date_col != GROUPED and _heading(sheet, date_col) is not None else by  # its column tells each of its days already
    found: list[Deadline] = []
    act_cols, borne = _headed(sheet, "act_headings"), _borne(facts, sheet, row)
    done_cols = _done_by_then(sheet, date_col, act_cols) if by is None else ()
    for cell in sheet.filled(row):
        if cell.col == date_col:
            continue
        for entry, days in sheet.dated_entries(when, cell):
            mention = facts.dates.get(days[-1].span)
            if date_col == GROUPED and clock is not None and sheet.times[clock] and mention is not None and mention.time is None:
                mention = timed(mention, sheet.times[clock][0])
            acts = cell.col in act_cols
            item = _in_entry(facts, entry, mention, near, tentative) or (
                _by_the_day(facts, entry, by, mention, tentative, acts) if by else None
            )
            if item is None and cell.col in done_cols:
                item = _done_on(facts, entry, mention, tentative)
            if item is not None and borne and not item.bearer:
                item = msgspec.structs.replace(item, bearer=borne)
            if item is not None and item not in found:
                found.append(item)
    return found


def _done_by_then(sheet: Sheet, date_col: int, act_cols: Sequence[int]) -> Sequence[int]:
    """The columns of what is to be done by the days under 完成日期; a table that names neither acts nor who acts only reports."""
    heading = sheet.folded_headings[date_col] if date_col != GROUPED else ""
    if not word_list("done_headings").fullmatch(squeeze(heading).strip(" :").lower()):
        return ()
    who = _headed(sheet, "bearer_headings")
    return act_cols or [col for col in title_columns(sheet, date_col) if col not in who][:1] if act_cols or who else ()


def _done_on(facts: Facts, entry: Entry, mention: DateMention | None, tentative: bool) -> Deadline | None:
    """What is to be done by a single day still to come."""
    day = mention.start if mention is not None and mention.start == mention.end else None
    if mention is None or day is None or (facts.issued is not None and day < facts.issued):
        return None
    due = with_business(facts, on_date(mention, "on", mention.time))
    return entered(facts, entry.span, "on", "deadline.done", due, facts.text[slice(*entry.span)], tentative, "must")


def _in_titled_rows(facts: Facts, sheet: Sheet, columns: Sequence[int], tentative: bool) -> list[Deadline]:
    """`Deadline for submission | 11 December | 8 January`: one for each class of those that the columns are headed by."""
    near = _named_near(facts.masked, sheet.grid.span)
    found: list[Deadline] = []
    for row in sheet.body():
        title = sheet.at.get((row, 0))
        hit = _named(facts.masked, title.span, near) if title is not None and title.row == row else None
        if hit is None:
            continue
        action = facts.text[slice(*group(hit, "action")[1])] if group(hit, "action")[0] else None
        for col in columns:
            cell = sheet.at.get((row, col))
            if cell is None or cell.row != row or cell.col != col or not sheet.dates[cell]:
                continue
            mention = facts.dates.get(sheet.dates[cell][-1].span)
            due = with_business(facts, on_date(mention, "on", mention.time if mention else None))
            item = entered(facts, cell.span, "on", hit.rule.name, due, action, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=_heads(facts, sheet, col)))
    return found


def _heads(facts: Facts, sheet: Sheet, col: int) -> tuple[str, ...]:
    """The parties whom the heading of a column names."""
    cell = next((sheet.at[row, col] for row in reversed(range(sheet.header)) if (row, col) in sheet.at), None)
    named = facts.parties.find(facts.text, facts.masked, cell.span) if cell else []
    return tuple(dict.fromkeys(party.name for party in named))


def _in_entry(facts: Facts, entry: Entry, mention: DateMention | None, near: Sequence[int], tentative: bool) -> Deadline | None:
    phrases = [phrase for phrase in facts.phrases_in(entry.span) if not is_window(phrase)]
    said = _named(facts.masked, entry.span, near)
    if said is not None and not any(group(p.hit, "date")[0] for p in phrases):
        hit = said
        due = with_business(facts, on_date(mention, "on", mention.time if mention else None))
        place = group(hit, "action")[1]
        at, named = behind_parties(facts, place)
        action = group(hit, "action")[0] and facts.text[slice(*place)]
        item = entered(facts, entry.span, "on", hit.rule.name, due, action, tentative, "must")
        if not named:
            return item
        # 參與者核對結餘的最後日期, `Last time for Clearing Members to dispute …`: who acts stands before the act.
        who = tuple(dict.fromkeys(party.name for party in right_behind(facts.parties, facts.text, facts.masked, place)))
        return msgspec.structs.replace(item, bearer=who, action=cut_action(facts, at, place[1])) if at < place[1] else item
    for phrase in phrases:
        if not _acts(facts, entry.span, phrase):
            continue
        due = due_by(facts, phrase, entry.span[0])
        if due.stated is None and phrase.relation in ("by", "before", "until") and mention is not None:
            due = with_business(facts, on_date(mention, phrase.relation, due.time))
        action = cut_action(facts, phrase.span[1], entry.span[1]) or cut_action(facts, entry.span[0], phrase.span[0])
        if phrase.code == "en":
            action = cut_action(facts, entry.span[0], phrase.span[0]) or action
        verbs = facts.verbs_in(entry.span)
        return entered(facts, entry.span, phrase.relation, phrase.rule, due, action, tentative, verbs[0].modality if verbs else "must")
    return None


def _by_the_day(facts: Facts, entry: Entry, phrase: Phrase, mention: DateMention | None, tentative: bool, acts: bool) -> Deadline | None:
    """`10月24日18:00前 | 提交測試報告`, `24 October | By noon | Submit the report`: what to do stands beside the words for by when.

    `acts` tells that the heading says so.
    """
    at, _ = behind_parties(facts, entry.span)
    if not acts and not any(word_list(name).match(facts.masked, at, entry.span[1]) for name in ("imperatives", "acts")):
        return None
    due = due_by(facts, phrase, phrase.span[0])
    if due.stated is None:
        due = with_business(facts, on_date(mention, phrase.relation, due.time))
    return entered(facts, entry.span, phrase.relation, phrase.rule, due, facts.text[slice(*entry.span)], tentative, "must")


def _named_near(masked: str, span: Span) -> list[int]:
    """Where a word stands near which an entry may call itself a deadline, in order; few entries hold any."""
    return sorted(at for language in languages().values() for at in language.sections["due"].triggers.places(masked, *span))


def _named(masked: str, span: Span, near: Sequence[int]) -> Found | None:
    """An entry that calls itself a deadline."""
    first = bisect.bisect_left(near, span[0])
    if first == len(near) or near[first] >= span[1]:
        return None
    found = (language.sections["due"].opening(masked, *span, within=4) for language in languages().values())
    return next((hit for hit in found if hit is not None), None)


def _acts(facts: Facts, span: Span, phrase: Phrase) -> bool:
    """Does the entry tell somebody to act by then (交回結果表格), rather than describe (`submitted before …`)?"""
    masked = facts.masked
    before = masked[span[0] : phrase.span[0]]
    if word_list("past").search(before[-30:]):
        return False
    return (
        bool(facts.verbs_in(span))
        or bool(word_list("imperatives").match(masked[slice(*span)]))
        or bool(word_list("imperatives").match(masked[phrase.span[1] : span[1]].lstrip()))
    )


def _heading(sheet: Sheet, col: int) -> tuple[str, str] | None:
    """The rule and the action of a heading that names a deadline (`Payment cut-off`); `Due date` takes it from the caption."""
    found = due_column(sheet.folded_headings[col])
    if found is None:
        return None
    rule, action = found
    return rule, sheet.headings[col][slice(*action)] or _caption_word(sheet)


def _caption_word(sheet: Sheet) -> str:
    """What the caption of dates says that they are of: `Filing dates` → `Filing`; another caption leaves it to the rows."""
    if sheet.grid.caption is None:
        return ""
    caption = squeeze(sheet.text[slice(*sheet.grid.caption)])
    said, dated = re.subn(r"\s*(?i:dates?|timetable|schedule|calendar)\s*$|(?:日期|時間表|时间表|日程|安排)$", "", caption)
    return said.strip() if dated else ""


def _in_column(facts: Facts, sheet: Sheet, col: int, head: tuple[str, str], tentative: bool) -> list[Deadline]:
    rule, action = head
    found = []
    clock = _time_of_heading(sheet, col)
    for row in sheet.body():
        cell = sheet.at.get((row, col))
        if cell is None or cell.row != row:
            continue
        when = sheet.inherited(row, col) or cell if sheet.is_ditto(cell) else cell
        # Of papers each with its day the row says which: `Document | Submission deadline`.
        title = (_beside(sheet, row, "thing_headings") if " " not in action else "") or action
        title = title or _beside(sheet, row, "act_headings") or _row_title(sheet, row, col)
        borne = _borne(facts, sheet, row)
        if (phrase := next(iter(facts.phrases_in(when.span)), None)) is not None:  # 7月8日15:30前, `within 2 days of the launch`
            due = due_by(facts, phrase, when.span[0])
            item = entered(facts, phrase.span if when is cell else cell.span, phrase.relation, rule, due, title, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=borne))
            continue
        for days in sheet.periods(when):
            mention = facts.dates.get(days[0].span, days[0])
            due = with_business(facts, on_date(mention, "on", mention.time or clock))
            low, high = cell.span
            item = entered(facts, (low, high), "on", rule, due, title, tentative, "must")
            found.append(msgspec.structs.replace(item, bearer=borne))
    return found


def _beside(sheet: Sheet, row: int, headings: str) -> str:
    """What the row says in the column whose heading is one of these (須辦事項, `Action required`)."""
    cell = next((sheet.at[row, col] for col in _headed(sheet, headings) if (row, col) in sheet.at), None)
    cell = sheet.inherited(row, cell.col) if cell and sheet.is_ditto(cell) else cell
    said = squeeze(sheet.string(cell)) if cell else ""
    return "" if ORDINAL.fullmatch("".join(said.split())) else said


def _headed(sheet: Sheet, headings: str) -> list[int]:
    """The columns headed so; `By` over a column of dates names nobody."""
    if headings not in sheet.headed:
        said = ((col, squeeze(heading).strip(" :").lower()) for col, heading in enumerate(sheet.folded_headings))
        sheet.headed[headings] = [col for col, heading in said if col not in sheet.date_columns and word_list(headings).fullmatch(heading)]
    return sheet.headed[headings]


def _borne(facts: Facts, sheet: Sheet, row: int) -> tuple[str, ...]:
    """Who acts by the day of the row, where a column says so (負責方, `Responsible party`)."""
    said = _beside(sheet, row, "bearer_headings")
    if not said:
        return ()
    return tuple(facts.parties.name(one) for one in _AND_PARTY.split(said) if one) if len(said) <= LONGEST_BEARER else ()


LONGEST_BEARER = 60


_AND_PARTY = re.compile(r"\s*(?:[、,，/;；]|\band\b|[及和]|(?<![參参])[與与])\s*")


def _time_of_heading(sheet: Sheet, col: int) -> Clock | None:
    """`Deadline (5:00 p.m.)`: the one clock time over a column, for its days without one."""
    over = (sheet.at.get((row, col)) for row in range(sheet.header))
    times = {time for cell in over if cell is not None for time in sheet.times[cell]}
    return next((time.end_time or time.time for time in times), None) if len(times) == 1 else None


def _row_title(sheet: Sheet, row: int, col: int) -> str:
    """What the row is about, where neither heading nor caption says what is due: its first cell that is no number."""
    said = (
        sheet.text[slice(*cell.span)] for other in range(col) if (cell := sheet.at.get((row, other))) and other not in sheet.date_columns
    )
    return next((words for words in said if (bare := "".join(words.split())) and not ORDINAL.fullmatch(bare)), "")
