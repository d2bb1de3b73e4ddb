"""The head of a circular: who issued it, its own number, its date, its subject, and in which language it is written.

The head ends where the body begins; a number or date in the body belongs to another circular.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from operator import ne

from ingest.extract import letterhead
from ingest.extract.dates import Candidate
from ingest.extract.layout import holding
from ingest.extract.numbers import NumberMention, squeezed
from ingest.formats import signs
from ingest.issuers import NameHit
from ingest.lang.rules import compose, languages
from ingest.model import Block, House, Lang, Span, Value
from ingest.text import MARKS, fold, squeeze

_HAN = re.compile(r"[㐀-鿿]+")
_LATIN = re.compile(r"[A-Za-z]+")
BODY_FROM, SENTENCE_FROM = 100, 30  # columns of a paragraph
NUMBERED_FROM = 60  # the same, of a numbered one in Chinese
FOOT_LINES = 12  # footnotes and the address of the house may stand below that
TAIL_LINES = 5  # where a circular without a head's number may print it, below its signature
LABEL_ROOM = 80  # more beside a number than labels is a sentence
BOX_LINES = 30  # below the head: a box beside the text of the first page may stand so far down
TITLE_LINES = 4
BODY_LINES = 40  # of a paragraph right below the subject
BOTH_FROM = 150  # Chinese characters beside English of the same length: two language versions
_SENTENCE = re.compile(r"[。;]$|[a-z]{3,}\s+[a-z]{2,}\s.*\.$|\s(?:is|are|was|were|has|have|will|shall)\s.*\.$")
_UNFINISHED = re.compile(
    r"(?:\b(?:[Oo]f|[Oo]n|[Ff]or|[Aa]nd|[Oo]r|[Tt]he|[Tt]o|[Ii]n|[Aa]t|[Bb]y|[Ff]rom|[Ww]ith|[Uu]nder|[Aa]n?|OF|ON|FOR|AND|THE|TO|IN|BY|FROM|WITH)|[&,–—])$"
)
_VALUES = frozenset("\ufdd0\ufdd1\ufdd4\ufdd5")  # marks of dates and numbers
FIELD_LINES = 8  # of a paragraph: its head stands in these
LETTERHEAD = 4000  # a subject line further down is no subject line


class Header(Value, frozen=True, kw_only=True):
    """What the head says; None where it says nothing. `demand` is a subject that is a sentence (主旨：請於…前完成…。);
    `sent` tells that `issued` is only the day on which the mail was sent.
    """

    issuer: str | None = None
    number: str | None = None
    other_numbers: tuple[str, ...] = ()
    issued: date | None = None
    title: str | None = None
    demand: Span | None = None
    end: int = 0
    sent: bool = False


@cache
def _list(name: str) -> re.Pattern[str]:
    phrases = [
        fold(compose(phrase, {}, name)) if _HAN.search(phrase) else compose(phrase, {}, name)
        for language in languages().values()
        for phrase in language.lists.get(name, ())
    ]
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases))


@cache
def _field_label() -> re.Pattern[str]:
    """The label of the number or the date with its value, a colon or nothing behind it; the issuer may stand between two labels."""
    label = rf"(?:{_list('number_labels').pattern}|{_list('date_labels').pattern})"
    return re.compile(
        rf"{label}[^\S\n::.]*(?:[::.|]|[\ufdd0\ufdd4]|$|\n|\t(?=[^\t\n]+(?:\n|$)))|{label}[^\n。;]{{0,40}}?{label}[\s::.]*(?:[\ufdd0\ufdd4]|$|\n)"
    )


@cache
def _salutation() -> re.Pattern[str]:
    return re.compile(rf"(?:{_list('salutations').pattern})[\s,:，：、]*")


@cache
def _addressees() -> re.Pattern[str]:
    """Those whom the body addresses in its first line (各会员单位：)."""
    return re.compile(rf"(?:{_list('addressees').pattern})\s*:")


@cache
def _inline_label() -> re.Pattern[str]:
    """A label inside a line, with the same label in Chinese before it (事項 Subject:), and the value that it has."""
    value = r"(?:\s*(?P<value>\ufdd0\ufdd1*|\ufdd4\ufdd5*))?"
    label = rf"(?:{_list('inline_labels').pattern})"
    return re.compile(rf"(?:^|(?<=[\s)]))(?:{label}\s+)?{label}\s*:{value}")


@cache
def _inline_salutation() -> re.Pattern[str]:
    return re.compile(rf"(?<=\s)(?:{_list('salutations').pattern})")


class Page:
    """The text by lines, with what is known of each; `running` are the houses named in the heads and feet of its pages."""

    def __init__(self, text: str, masked: str, blocks: Sequence[Block], names: Sequence[NameHit], running: Sequence[NameHit] = ()) -> None:
        self.text, self.masked, self.blocks, self.names, self.running = text, masked, blocks, names, running
        every = _lines(text)
        own = _behind_mail_head(masked, every)
        self.mails = sorted({*every} - {*own})  # lines of the heads of mails around the circular
        self.lines, self.parted = _parted(masked, own)
        self.house = letterhead.house_line(text, self.lines)
        self.signer = letterhead.signing_line(text, self.lines)
        self._houses = [*([self.house.span()] if self.house else ()), *(hit.span for hit in names if hit.full)]
        self.end = self._end()

    def _end(self) -> int:
        """Where the body begins: behind the subject and enquiry lines, else at the first paragraph."""
        near = (line for line in self.lines if line[0] <= LETTERHEAD)
        subject = next((i for i, line in enumerate(near) if _list("subject_labels").match(self.masked, *line)), None)
        if subject is None:
            paragraph, letter = self._first_paragraph(), self._behind_salutation()
            addressed = next(
                (line[0] for line in self.lines if line[0] < paragraph and _addressees().fullmatch(self.masked, *line)), paragraph
            )
            if letter is None:
                return addressed
            # A page that has lost its line breaks has letterhead and body in one paragraph.
            whole = any(block.span[0] == paragraph and letter <= block.span[1] for block in self.blocks)
            return letter if whole else min(paragraph, letter)
        index = subject
        if not self.is_label(self.lines[subject]):  # a subject without colon above the other fields
            below = range(subject + 1, min(subject + 3, len(self.lines)))
            index = next((at for at in below if self.is_label(self.lines[at])), subject)
        while index < len(self.lines) and self.is_label(self.lines[index]) and not _EXPLANATION.match(self.masked, *self.lines[index]):
            index = self._behind_value(index)
        return self.lines[index][0] if index < len(self.lines) else len(self.text)

    @property
    def rows(self) -> str:
        """The text with numbers and dates laid over, and a tab between two cells of a row."""
        return "".join("\t" if char == "\t" else laid for char, laid in zip(self.text[: self.end], self.masked, strict=False))

    def is_label(self, line: Span) -> bool:
        """Does the line begin with the label of a field of the head?"""
        return self.label(line) is not None

    def label(self, line: Span) -> re.Match[str] | None:
        """The label that begins the line; a sentence (`Reference is made to …`) has none."""
        if found := _list("labels").match(self.masked, *line):
            return found
        found = _field_label().match(self.masked, *line)
        return found if found and not _SENTENCE.search(self.masked, *line) else None

    def subject_of_letter(self) -> Span | None:
        """The subject of a letter stands behind its salutation, before the first sentence."""
        greeting = next(
            (i for i, line in enumerate(self.lines) if line[0] <= LETTERHEAD and _salutation().fullmatch(self.masked, *line)), None
        )
        if greeting is None:
            return None
        while greeting + 1 < len(self.lines) and self.is_label(self.lines[greeting + 1]):  # 各位受託人：/ 通函：SU/CCT/2026/004
            greeting += 1
        rest = self.lines[greeting + 1 : greeting + 1 + TITLE_LINES]
        whole = next((i for i in range(1, len(rest)) if self._begins_block(greeting + 1 + i) and not self._goes_on(rest[i])), 0)
        wrapped = self.wrapped(rest)
        if not rest or not _is_subject(self, rest[0]) or not (whole or self._stands_apart(rest, wrapped)):
            return None
        whole = whole or wrapped
        if any(re.search(r"[.。;；]$", self.text[slice(*line)]) for line in rest[:whole]):
            return None
        return rest[0][0], rest[whole - 1][1]

    def _goes_on(self, line: Span) -> bool:
        """Does a dash right below the line before carry it on (`Circular on … / – Transitional Arrangements`)?"""
        return self.text[line[0]] in "–—-" and not self.text[: line[0]].endswith("\n\n")

    def _stands_apart(self, lines: Sequence[Span], count: int) -> bool:
        """Do the first lines end before the width of the page does, and the next begin a sentence?"""
        if len(lines) <= count:
            return False
        widths = [high - low for low, high in lines]
        return max(widths[:count]) < 0.8 * max(widths[count:]) and not self.text[lines[count][0]].islower()

    def wrapped(self, lines: Sequence[Span]) -> int:
        """How many of these lines the first runs on over."""
        count = 1
        while count < len(lines) and self.runs_on(lines[count - 1], lines[count]):
            count += 1
        return count

    def runs_on(self, line: Span, after: Span) -> bool:
        """Is a line, by its last word or the next one's first, no more than a part of an English phrase (`Review of / fees`)?"""
        if self.text[line[1] : after[0]].count("\n") != 1:
            return False
        first = self.text[after[0] : after[0] + 2]
        return (first.islower() and first.isascii()) or bool(_UNFINISHED.search(self.text, *line))

    def heading_of(self, lines: Sequence[Span]) -> Span | None:
        """The block of two to four lines, Chinese or in English headline case, that ends with the last of these, and holds no other."""
        block = [line for line in self.lines if line[0] <= lines[-1][0]][-TITLE_LINES - 1 :]
        while any(self.text[line[1] : after[0]].count("\n") != 1 for line, after in itertools.pairwise(block)):
            block = block[1:]
        said = [self.text[slice(*line)] for line in block]
        alike = all(one.isascii() and _headline(one) for one in said) or all(_CHINESE_LINE.fullmatch(one) for one in said)
        if (
            not 1 < len(block) <= TITLE_LINES
            or not alike
            or any(line not in lines or one[-1] in ",:;." for line, one in zip(block, said, strict=True))
        ):
            return None
        return (block[0][0], block[-1][1]) if block[0][0] > self.lines[0][0] else None

    def _behind_salutation(self) -> int | None:
        """Where the body of a letter begins: behind its subject."""
        subject = self.subject_of_letter()
        return next((line[0] for line in self.lines if line[0] >= subject[1]), None) if subject else None

    def _behind_value(self, index: int) -> int:
        """The line behind a label's value; the value of a bare label stands on the next line, a long one goes on in its block."""
        line = self.lines[index]
        label = self.label(line)
        bare = label is not None and not self.text[label.end() : line[1]].strip(" :\uff1a") and self.masked[line[1] - 1] not in _VALUES
        index += 1
        if bare and index < len(self.lines) and not self.is_label(self.lines[index]):
            index += 1
        subject = _list("subject_labels").match(self.masked, *line) is not None
        while index < len(self.lines) and not self._begins_block(index) and not self.is_label(self.lines[index]):
            if subject and self.body_from(self.lines[index - 1], self.lines[index : index + BODY_LINES]):
                break
            index += 1
        return index

    def body_from(self, before: Span, lines: Sequence[Span]) -> bool:
        """Does the text begin right below the subject: a line that goes on from none, in a paragraph that ends as English sentences do?"""
        line = lines[0]
        first = self.text[line[0]]
        if not (first.isupper() and first.isascii()) or self.runs_on(before, line) or _headline(self.text[slice(*line)]):
            return False
        last = next((one for one, after in itertools.pairwise(lines) if self.text[one[1] : after[0]].count("\n") != 1), lines[-1])
        return self.text[last[1] - 1] == "." and len(self.text[line[0] : last[1]].split()) > 7

    def _begins_block(self, index: int) -> bool:
        before, here = self.lines[index - 1][0], self.lines[index][0]
        return "\n\n" in self.text[before:here] or here in self.parted or any(before < block.span[0] <= here for block in self.blocks)

    def _first_paragraph(self) -> int:
        """The first paragraph of some length, else the first that is a sentence."""
        for least in (BODY_FROM, SENTENCE_FROM):
            for block in self.blocks:
                said = self.text[slice(*block.span)]
                length = len(said) + 2 * sum(map(len, _HAN.findall(said)))
                if block.kind == "table" and not self._of_labels(block.span):
                    if least == SENTENCE_FROM:
                        return block.span[0]
                    break  # a short sentence may stand above it
                if _list("leads").search(self.masked[slice(*block.span)]) and not self.is_label(block.span):
                    return block.span[0]
                numbered = block.kind == "list_item" and said.endswith("。") and length >= NUMBERED_FROM
                if block.kind not in ("text", "list_item") or (length < least and not numbered) or not _ends_sentence(said):
                    continue
                if not self._letterhead(block.span) and not self.is_label(block.span):
                    return self._below_letterhead(block.span)
        return len(self.text)

    def _of_labels(self, span: Span) -> bool:
        """Does a table hold the fields of the head: a label begins its first line, or with its colon one of the first cells beside?"""
        lines = [line for line in self.lines[:LABEL_LINES] if span[0] <= line[0] < span[1]]
        if (
            sum(_INFORMATION.fullmatch(self.masked, *cell) is not None for line in lines for cell in _columns(self.text, line))
            >= FEWEST_FIELDS
        ):
            return True
        cells = (cell for line in lines[:3] for cell in _columns(self.text, line)[1:] if ":" in self.masked[slice(*cell)])
        return bool(lines) and (self.is_label(lines[0]) or any(_field_label().match(self.masked, *cell) for cell in cells))

    def _fields_above(self, lines: Sequence[Span]) -> int:
        """How many lines of a paragraph are the head's, with two fields or more right below each other; none where nothing is below."""
        labels = [at for at, line in enumerate(lines[:FIELD_LINES]) if self.is_label(line) and self.masked[line[1] - 1] not in ":："]
        together = [at for at in labels if at + 1 in labels or at - 1 in labels]
        return together[-1] + 1 if together and together[-1] + 1 < len(lines) else 0

    def _below_letterhead(self, span: Span) -> int:
        """Where the text begins in a paragraph: behind fields of the head, or below the house's name at the first line of full width."""
        lines = [line for line in self.lines if span[0] <= line[0] < span[1]]
        if fields := self._fields_above(lines):
            return lines[fields][0]
        named = any(lines and lines[0][0] <= low and high >= lines[0][1] - 4 for low, high in self._houses)
        if not named or len(lines) < 3:
            return span[0]
        widest = max(high - low for low, high in lines)
        return next((low for low, high in lines[1:] if high - low >= 0.8 * widest or self.text[high - 1] in ".。:：;；"), span[0])

    def _letterhead(self, span: Span) -> bool:
        return any(span[0] <= low < span[0] + 80 for low, _ in self._houses) and not re.search(r"\.\s*$|。", self.text[slice(*span)])

    def names_house(self, span: Span) -> bool:
        """Is most of the stretch the name of a house?"""
        said = self.text[slice(*span)].casefold()
        unlisted = (house["name"].casefold() for house in (self.house, self.signer) if house is not None)
        if any(len(name) > 0.6 * len(said) and name in said for name in unlisted):
            return True
        covered = [hit for hit in self.names if span[0] <= hit.span[0] < span[1]]
        return any(hit.full for hit in covered) and sum(hit.span[1] - hit.span[0] for hit in covered) > 0.6 * len(said)

    def in_facts(self, span: Span) -> bool:
        """Does the line stand in a list of facts: what it is, and right below it its value, of which two or more are days?"""
        at = bisect.bisect_right(self.lines, (span[0], len(self.text))) - 1
        low = high = max(at, 0)
        while low and self._next_to(low - 1):
            low -= 1
        while high + 1 < len(self.lines) and self._next_to(high):
            high += 1
        days = [_DAY_CELL.fullmatch(self.masked, *line) is not None for line in self.lines[low : high + 1]]
        return any(sum(days[first::2]) > 1 and not any(days[1 - first :: 2]) for first in (0, 1))

    def is_of_another_day(self, line: Span) -> bool:
        """Does the line right above say what else the day is that of (`Consultation closes`, 截止日期)?"""
        at = bisect.bisect_left(self.lines, line)
        return at > 0 and self._next_to(at - 1) and _list("other_dates").search(self.masked, *self.lines[at - 1]) is not None

    def _next_to(self, index: int) -> bool:
        """Does the line stand right above the next one?"""
        return self.text[self.lines[index][1] : self.lines[index + 1][0]].count("\n") == 1

    def head_lines(self) -> list[Span]:
        return [span for span in self.lines if span[0] < self.end]


_EXPLANATION = re.compile(r"\s*说\s*明\s*[:：]")  # 說明： below the subject opens the text, and is no field

# In folded characters: what the sites of mainland authorities print in a table above a paper, without colons.
_INFORMATION = re.compile(
    r"索\s*引\s*号|(?:发布|发文|制发)机[构关]|(?:发文|发布|成文|公布|公开|生成)(?:日期|时间)|(?:名\s*称|标\s*题|文\s*号|分\s*类|主\s*题\s*[词分]\s*类?)"
)
FEWEST_FIELDS = 3

# A line of a Chinese heading: no sentence, no list, and no name of a house.
_CHINESE_LINE = re.compile(r"(?=[^一-鿿]{0,12}[一-鿿]{3})[^\t,，。:：;；]{4,60}(?<![司局會会部處处科院所組组號号])")


def _headline(said: str) -> bool:
    """Has every longer word a capital, as in an English heading (`Cut-off Times and Fees`)?"""
    return all(not word[0].islower() for word in said.split() if len(word) > 4)


def _ends_sentence(said: str) -> bool:
    return _SENTENCE_END.search(said) is not None


# Inside a paragraph a full stop ends a sentence behind a word, not behind `Tel. No.`.
_SENTENCE_END = re.compile(r"""[.。:：;；]['"”」)）]?\s*$|(?:[a-z]{4}|[\d)"”\]])\.\s+(?=[A-Z"“(])|。""")


def _lines(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.split("\n"):
        if said := line.strip():
            low = at + len(line) - len(line.lstrip())
            spans.append((low, low + len(said)))
        at += len(line) + 1
    return spans


def _behind_mail_head(masked: str, lines: list[Span]) -> list[Span]:
    """The lines without the heads of mails (`From:`, `Sent:`, `Subject:`) pasted above a circular that has a subject line of its own.

    Mails that were sent on have a covering note above each head; one that is answered stands below the circular.
    """
    subjects = [line for line in lines if line[0] <= LETTERHEAD and _list("subject_labels").match(masked, *line)]
    gone: set[Span] = set()
    for at, line in enumerate(lines):
        if line in gone or not _list("mail_from").match(masked, *line):
            continue
        head = list(itertools.takewhile(lambda one: _list("mail_fields").match(masked, *one), lines[at:]))
        if any(_list("mail_sent").match(masked, *one) for one in head) and (
            subjects[-1:] != [one for one in head if one in subjects][-1:] or _has_head(masked, lines[:at])
        ):
            gone.update(head)
    return [line for line in lines if line not in gone] if not gone.isdisjoint(subjects) else lines


def quotes_mail(page: Page) -> bool:
    """Does the head of another mail, with lines that may be the circular's own, stand in the text?"""
    return _mail_head(page, page.lines) is not None


def mail_below(page: Page) -> int | None:
    """Where the head of the first other mail in the text begins."""
    return _mail_head(page, sorted({*page.lines, *page.mails}))


def _mail_head(page: Page, lines: Sequence[Span]) -> int | None:
    """Where lines with `From:` and `Sent:` stand together."""
    heads = (
        line[0]
        for at, line in enumerate(lines)
        if _list("mail_from").match(page.masked, *line)
        and any(_list("mail_sent").match(page.masked, *below) for below in lines[at + 1 : at + 5])
    )
    return next(heads, None)


def _has_head(masked: str, lines: Sequence[Span]) -> bool:
    """Does a number or a day with its label, or a number alone, stand in these lines? A mail below them is one that they answer."""
    return any(
        _ONLY_NUMBER.fullmatch(masked, *line) or (_field_label().match(masked, *line) and _VALUES & set(masked[slice(*line)]))
        for line in lines
    )


_ONLY_NUMBER = re.compile(r"[(（]?\ufdd4\ufdd5*[)）]?")


def _parted(masked: str, lines: list[Span]) -> tuple[list[Span], frozenset[int]]:
    """Lines with those parted again that a page has run together (`Subject: … Ref. No.: … Date: …`), and where values ended."""
    found: list[Span] = []
    ends: set[int] = set()
    for line in lines:
        if line[0] > LETTERHEAD or line[1] - line[0] < BODY_FROM or ":" not in masked[slice(*line)]:
            found.append(line)
            continue
        places, values = _fields(masked, line)
        ends |= values
        for low, high in zip([line[0], *places], [*places, line[1]], strict=True):
            said = masked[low:high]
            found.append((low + len(said) - len(said.lstrip()), low + len(said.rstrip())))
    return [span for span in found if span[0] < span[1]], frozenset(ends)


def _fields(masked: str, line: Span) -> tuple[list[int], set[int]]:
    """Where to part a line: before its labels and its salutation, behind a number or date. Fewer than three labels are a sentence's."""
    letter = _inline_salutation().search(masked, *line)
    if not letter and masked.count(":", *line) < 3:
        return [], set()
    labels = list(_inline_label().finditer(masked, *line))
    if len(labels) < 3 and not (letter and labels):
        return [], set()
    places, values = {label.start() for label in labels}, set()
    if letter:
        places.add(letter.start())
    for label in labels:
        at = label.end() if label["value"] else -1
        while at >= 0:
            behind = re.compile(r"\s+(?P<value>\ufdd0\ufdd1*|\ufdd4\ufdd5*)?").match(masked, at, line[1])
            if behind is None or behind.end() >= line[1]:
                break
            values.add(behind.start("value") if behind["value"] else behind.end())
            at = behind.end() if behind["value"] else -1
    return sorted((places | values) - {line[0]}), values - places


def find_header(
    page: Page, numbers: Sequence[NumberMention], dates: Sequence[Candidate], houses: Mapping[str, House], lang: Lang
) -> Header:
    """The head of the circular; `masked` of the page has numbers and dates laid over."""
    own, others = _numbers(page, numbers)
    row = _label_row(page)
    if own is None and row.get("number"):
        own = squeezed(page.text[slice(*row["number"])])
    subject = _labelled_title(page) or row.get("subject")
    title = subject or _in_two_blocks(page, _heading_title(page))
    if title and not subject and _is_torn(page, title):
        title = None
    other = _in_the_other_language(page, title) if title and lang == "mul" else None
    return Header(
        issuer=_issuer(page, own, houses),
        number=own,
        other_numbers=others,
        issued=_issued(page, dates) or _day_within(dates, row.get("date")),
        title=" ".join(squeeze(page.text[slice(*span)]) for span in sorted(filter(None, (title, other)))) or None,
        demand=subject if subject and page.text[subject[1] - 1] == "。" else None,
        end=page.end,
    )


def _label_row(page: Page) -> dict[str, Span]:
    """The values of a head that is a table with its labels in one row and what they label in the next."""
    for labels, values in itertools.pairwise(line for line in page.lines[:LABEL_LINES] if line[0] <= LETTERHEAD):
        if not _GAP.search(page.text, *labels):
            continue
        heads, cells = _columns(page.text, labels), _columns(page.text, values)
        if not len(heads) == len(cells) > 1 or any(high - low > LONGEST_LABEL for low, high in heads):
            continue
        names = [_named_field(page.masked[slice(*cell)]) for cell in heads]
        if all(names) and not any(_named_field(page.masked[slice(*cell)]) for cell in cells):
            return {name: cell for name, cell in zip(names, cells, strict=True) if name}
    return {}


LABEL_LINES = 12
LONGEST_LABEL = 24
_GAP = re.compile(r"\t|  ")
_COLUMN = re.compile(r"\S+(?:[^\S\n\t]\S+)*")


def _columns(text: str, line: Span) -> list[Span]:
    """The cells of a line, between tabs or more than one space."""
    return [match.span() for match in _COLUMN.finditer(text, *line)]


def _named_field(said: str) -> str | None:
    """Which field of the head a cell is the label of; `other` is one of no use here."""
    said = said.strip(" :.：")
    for name, kind in (("number_labels", "number"), ("date_labels", "date"), ("subject_labels", "subject"), ("labels", "other")):
        if any(match.end() - match.start() >= len(said) > 0 for match in _list(name).finditer(said)):
            return kind
    return None


def _day_within(dates: Sequence[Candidate], span: Span | None) -> date | None:
    """The one day that stands in a stretch of the text."""
    found = [item for item in dates if span is not None and span[0] <= item.span[0] and item.span[1] <= span[1]]
    return _day(found[0]) if len(found) == 1 and found[0].first == found[0].last else None


# Number --------------------------------------------------------------------------------------------------------------


def _numbers(page: Page, numbers: Sequence[NumberMention]) -> tuple[str | None, tuple[str, ...]]:
    """The own number (labelled, else alone on its line in the head), and further ones of its own."""
    by_start = {mention.span[0]: mention for mention in numbers}
    head = [mention for mention in numbers if mention.span[0] < page.end]
    matches = _labelled_number().finditer(page.masked, 0, _behind_last(page, "number"))
    labelled = [
        by_start[m.start("n")]
        for m in matches
        if m.start("n") in by_start and not _of_another(page, m.start()) and not holding(page.mails, m.start())
    ]
    alone = [mention for mention in head if _alone(page, mention.span)]
    opening = [mention for mention in head if _opens_heading(page, mention.span)]
    own = (labelled or alone or opening)[:1]
    tail = [mention for mention in numbers if mention.span[0] >= page.end and _alone(page, mention.span)]
    if not own:
        printed = _unknown_number(page) or _boxed_number(page)
        if printed is None:
            return _below_signature(page, tail), ()
        return printed, tuple(number for number in dict.fromkeys(_unknown_numbers(page)) if number != printed)
    listed = _listed(page, own[0], by_start)
    found = dict.fromkeys(mention.number for mention in (*listed, *labelled, *alone, *tail) if mention.number != own[0].number)
    return own[0].number, tuple(found)


def _boxed_number(page: Page) -> str | None:
    """The one number that stands with its label alone on a line of the first page, as in a box beside the text."""
    lines = [(above, line) for above, line in itertools.pairwise(page.lines[: 2 * BOX_LINES]) if page.end <= line[0] <= LETTERHEAD]
    shapes = (_labelled_unknown(), _labelled_number())
    found = [(above, match) for above, line in lines for shape in shapes if (match := shape.fullmatch(page.masked, *line))]
    found = [(above, match) for above, match in found if page.masked[above[1] - 1] not in ":：;；"]  # a list of others
    own = [match for above, match in found if not _of_another(page, match.start())]
    return squeezed(page.text[own[0].start("n") : own[0].end()]) if len(own) == 1 == len(found) else None


def _opens_heading(page: Page, span: Span) -> bool:
    """Is it the number before a colon or dash with which the title of a web page begins (`CP26/12: Fees and levies`)?"""
    titled = any(block.kind in ("title", "section_header") and block.span[0] == span[0] for block in page.blocks)
    return titled and re.compile(r"\s?(?::|\s[–—-])\s").match(page.text, span[1]) is not None


def _below_signature(page: Page, alone: Sequence[NumberMention]) -> str | None:
    """The number that a circular prints at its end, even before footnotes and an address if no other stands on a line of its own there."""
    if not alone:
        return None
    last, near = page.lines[-TAIL_LINES:][0][0], page.lines[-FOOT_LINES:][0][0]
    below = [mention for mention in alone if mention.span[0] >= last] or [mention for mention in alone[:1] if len(alone) == 1]
    return below[0].number if below and below[0].span[0] >= near else None


def _listed(page: Page, own: NumberMention, by_start: Mapping[int, NumberMention]) -> list[NumberMention]:
    """Numbers printed with the own one behind the same label (CT/020/25 及 MO/DT/021/25)."""
    found = [own]
    while behind := re.compile(r"[^\S\n]*(?:[/,、&;]|and\b|[及和与])[^\S\n]*(?=\ufdd4)").match(page.masked, found[-1].span[1]):
        if behind.end() not in by_start:
            break
        found.append(by_start[behind.end()])
    return found[1:]


def _behind_last(page: Page, kind: str) -> int:
    """Where to stop looking for what ends in a mark of this kind: behind the last one of the head."""
    return page.masked.rfind(MARKS[kind], 0, page.end) + 1


def _of_another(page: Page, at: int) -> bool:
    """Does the label stand in a sentence (`our circular dated … (Reference: …)`), or is it `Your Ref`?"""
    line = holding(page.lines, at) or (at, at)
    before = page.masked[line[0] : at]
    named = before.rstrip(" (（")
    if named and _list("no_subject").search(named) and not named.endswith(":"):  # Circular (Ref. …) names itself
        return False
    return (
        before.count("(") > before.count(")")
        or bool(re.search(r"[a-z]{3,}\s+[a-z]{2,}\s", before))
        or bool(_list("other_numbers").search(before))
    )


@cache
def _labelled_number() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_list('number_labels').pattern})[\s::.|]*(?:(?:{_list('number_labels').pattern}|No\.?|[一-鿿]{{0,4}})[\s::.|]*){{0,3}}(?P<n>\ufdd4)\ufdd5*"
    )


def _alone(page: Page, span: Span) -> bool:
    """Is the number all that its line holds, brackets and labels aside, and none that this circular takes the place of?"""
    line = holding(page.lines, span[0]) or span
    if _list("replaced_labels").search(page.masked[: line[0]].rstrip()[-30:]):
        return False
    rest = _but_house(page, line, span)
    if len(rest) > LABEL_ROOM:
        return False
    rest = re.sub(r"\bdated\s+\ufdd0\ufdd1*", "", _list("kinds").sub("", _list("number_labels").sub("", rest)))
    rest = re.sub(rf"(?:(?:{_list('date_labels').pattern})[\s::.]*)+\ufdd0\ufdd1*", "", rest)
    return not re.sub(r"[\s()（）\[\]:：.]|\ufdd4\ufdd5*", "", rest)


def _but_house(page: Page, line: Span, span: Span) -> str:
    """The line without the number, and without the name of a house in a column of its own (`ICE Clear Europe      CIRCULAR C26/087`)."""
    cells = [cell for cell in _columns(page.text, line) if (span[0] < cell[1] and cell[0] < span[1]) or not page.names_house(cell)]
    low, high = (cells[0][0], cells[-1][1]) if cells else line
    return (page.masked[low : span[0]] + page.masked[span[1] : high]).rstrip()


def _unknown_number(page: Page) -> str | None:
    """A number of a shape that nobody has listed, right behind its label on the same line."""
    shapes = (_labelled_unknown(), _before_subject(), _GAZETTED)
    match = next((found for shape in shapes if (found := shape.search(page.rows, 0, page.end))), None)
    match = match or next(filter(None, (_alone_unknown(page, line) for line in page.head_lines()[:LABEL_LINES])), None)
    return squeezed(page.text[slice(*match.span("n"))]) if match else None


def _unknown_numbers(page: Page) -> list[str]:
    """Further numbers of such shapes, each behind a label of the head: `Circular Ref. No: 58/2027` below `Download Ref No: …`."""
    found = (m for m in _labelled_unknown().finditer(page.masked, 0, page.end) if not _of_another(page, m.start()))
    return [squeezed(page.text[slice(*match.span("n"))]) for match in found if "/" in match["n"] or "-" in match["n"]]


def _alone_unknown(page: Page, line: Span) -> re.Match[str] | None:
    """A number of such a shape that is all of a line of the head, or its last words behind the kind of paper as a name."""
    return next((found for shape in (_NUMBER_LINE, *_named_numbers()) if (found := shape.fullmatch(page.masked, *line))), None)


@cache
def _named_numbers() -> tuple[re.Pattern[str], ...]:
    """The shapes of `Bulletin OPS-2027-04` and 規則通告 NB-2028-07, one by one: each has a group of the same name."""
    said = (fold(compose(phrase, {}, "named_numbers")) for lang in languages().values() for phrase in lang.lists.get("named_numbers", ()))
    return tuple(map(re.compile, said))


# OTCC/RM/L-2027/33: capitals, and parts between slashes and hyphens with a year or a serial among them.
_NUMBER_LINE = re.compile(r"(?P<n>(?=[^\s]{3,20}\d\d)[A-Z]{2,8}(?:[/-][A-Z0-9]{1,8}){2,5})")
_GAZETTED = re.compile(
    r"(?:^|\n)\s*(?P<n>(?:19|20)\d\d\s?年\s?第\s?\d{1,5}\s?[号號])\s?(?:政府|法律)?公告\s*(?=\n|$)"
)  # 2028年第1127號公告


@cache
def _labelled_unknown() -> re.Pattern[str]:
    labels = _list("number_labels").pattern
    lettered = r"[一-鿿]{1,8}字第[\d〇○零一二三四五六七八九]{4,12}[号號]"  # 金管證券字第一一五〇三四二一八八號
    counted = r"\d{1,4}/(?:(?:19|20)\d\d|\d\d)(?=\s?[号期])"  # 第12/2026號
    # 11 of 2027, ABC 2027-12, ABC 05/2027
    known = (
        r"(?:[A-Z][A-Z/]{1,12}(?:-(?=[A-Z]+-?\d))?[\sA-Z-]{0,6})?\d{1,4}\sof\s(?:19|20)\d\d"
        r"|[A-Z]{2,8}\s(?:(?:19|20)\d\d[/-]\d{1,4}|\d{1,4}/(?:(?:19|20)\d\d|\d\d))\b"
    )
    part = r"(?:\s\(\d{1,3}\)(?=[^\S\n]*(?:\n|$)))?"  # GCA.600-2/4/17 (9)
    number = rf"(?P<n>{lettered}|{counted}|{known}|(?=[^\s]*\d)[A-Za-z0-9][A-Za-z0-9/()\[\]〔〕_.-]{{2,30}}[A-Za-z0-9)]{part})"
    return re.compile(rf"(?:{labels})[ \t::.|]*(?:(?:{labels}|No\.?|第)[ \t::.|]*){{0,2}}{number}")


@cache
def _before_subject() -> re.Pattern[str]:
    """A number in brackets that opens the subject (`Subject: [OPS/2027/019] Arrangements`)."""
    number = r"(?P<n>\ufdd4\ufdd5*|(?=[^\s\])]*\d)[A-Z][A-Z0-9]*(?:[/-][A-Z0-9]+)+)"
    return re.compile(rf"(?:{_list('subject_labels').pattern})\s*[\[(]{number}[\])]")


# Date ----------------------------------------------------------------------------------------------------------------


def _issued(page: Page, dates: Sequence[Candidate]) -> date | None:
    """Labelled in the head, else alone on a line of the head, else alone on a line at the end (a signed letter's)."""
    whole = {item.span[0]: item for item in dates if item.first == item.last and item.first.day and item.first.year and item.first.month}
    begin = page.lines[0][0] if page.lines else 0
    sent = None  # a mail that was passed on may have been written days after the circular in it was signed
    for match in _labelled_date().finditer(page.masked, begin, _behind_last(page, "date")):
        if match.start("d") not in whole or _other_date(page, match.start()) or holding(page.mails, match.start()):
            continue
        if not _list("mail_sent").match(page.masked, *(holding(page.lines, match.start()) or match.span())):
            return _day(whole[match.start("d")])
        sent = sent or _day(whole[match.start("d")])
    tail = [span for span in page.lines if span[0] >= page.end]
    boxed = [line for line in tail[:BOX_LINES] if line[0] <= LETTERHEAD and _PUBLISHED.match(page.masked, *line)]
    for line in [*page.head_lines(), *boxed, *reversed(tail[-8:])]:
        if page.is_of_another_day(line):
            continue
        behind = (_labelled_date(), _behind_number(), _behind_unknown())
        label = next((found for shape in behind if (found := shape.match(page.masked, *line))), None)
        item = whole.get(label.start("d") if label else line[0])
        if item is not None and _only_that_day(page.masked, item, line, whole):
            return _day(item)
        if line[0] < page.end and (item := whole.get(_beside_name(page, line))) is not None:
            return _day(item)
    return sent


# In folded characters: what says of a day in a box beside the text that it is the circular's own.
_PUBLISHED = re.compile(
    r"(?i:issued|published|posted|released|date\s+of\s+(?:issue|publication)|issue\s+date)\b|[发刊](?:布|出|发)(?:日期)?\s?[::]?\s?\ufdd0"
)


def _beside_name(page: Page, line: Span) -> int:
    """Where the last column of a line begins if the others name a house, or are numbers of a file: `LCH Limited      20 August 2026`."""
    *names, last = _columns(page.masked, line) or [line]
    if not names or not _DAY_CELL.fullmatch(page.masked, *last):
        return -1
    said = (page.masked[slice(*cell)] for cell in names)
    own = (
        page.names_house(cell) or (_headline(one) and _BODY.search(one)) or _FILE_NUMBER.fullmatch(one) or _list("kinds").fullmatch(one)
        for cell, one in zip(names, said, strict=True)
    )
    return last[0] if all(own) else -1


_BODY = re.compile(r"[a-z] (?i:Limited|Ltd|Exchange|Authority|Commission|Corporation|Bank|Association|Clearing House)$")
_DAY_CELL = re.compile(r"\ufdd0\ufdd1*")
# MPFA/S/TR/61/9 (C) Pt. 4
_FILE_NUMBER = re.compile(
    r"(?=[^\s]*/)[A-Z][A-Z0-9]*(?:[/-][A-Z0-9]+)+(?:\s?\([A-Z0-9]{1,3}\))*(?:\s(?:Pt|Part|Vol)\.?\s?(?:\d{1,3}|[IVX]{1,4}))?|\ufdd4\ufdd5*"
)


def _other_date(page: Page, at: int) -> bool:
    """Is it a label of another day (`Effective Date`, 截止日期)?"""
    return bool(_list("other_dates").search(page.masked, max(0, at - 24), at))


def _only_that_day(masked: str, item: Candidate, line: Span, whole: Mapping[int, Candidate]) -> bool:
    """Is the day all that the line says, in one language or in two (`3 May 2026 / 2026年5月3日`)?"""
    rest = _beside_day().match(masked, item.span[1], line[1])
    at = rest.end() if rest else item.span[1]
    again = whole.get(at)
    return at >= line[1] - 1 or (again is not None and _day(again) == _day(item) and again.span[1] >= line[1] - 1)


@cache
def _beside_day() -> re.Pattern[str]:
    """What may stand behind the day of the circular on its line: marks between it and the same day again, the number with its label."""
    labels = _list("number_labels").pattern
    return re.compile(rf"[\s/|,，()（）]*(?:(?:(?:{labels})[\s::.]*)+\ufdd4\ufdd5*\s*)?")


@cache
def _labelled_date() -> re.Pattern[str]:
    labels = _list("date_labels").pattern
    return re.compile(rf"(?:{labels})[\s::.|]*(?:(?:{labels})[\s::.|]*)?(?P<d>\ufdd0)")


@cache
def _behind_number() -> re.Pattern[str]:
    """The date that stands on the line of the own number and behind it: a space is enough where the number has a label."""
    labels, days = _list("number_labels").pattern, _list("date_labels").pattern
    return re.compile(
        rf"(?P<l>(?:{labels})[\s::.]*(?:(?:{labels})[\s::.]*)?(?:No\.?[\s::.]*)?)?[(（]?\ufdd4\ufdd5*(?:[^\S\n]{{2,}}|(?(l)[^\S\n]|(?!))|[^\S\n]+dated[^\S\n]+|[^\S\n]+(?:(?:{days})[\s::.]*)+)(?P<d>\ufdd0)"
    )


@cache
def _behind_unknown() -> re.Pattern[str]:
    """The date behind the number of a shape that nobody has listed: a gap between them, or a space where the number has no other."""
    whole = r"[\s::.]*(?=[^\s\ufdd0]*\d)(?=[^\s\ufdd0]*[/-])[A-Z0-9][^\s\ufdd0]{2,29}[^\S\n]"
    return re.compile(rf"(?:{_list('number_labels').pattern})(?:[^\n\ufdd0]{{2,40}}?[^\S\n]{{2,}}|{whole})(?P<d>\ufdd0)")


def _day(item: Candidate) -> date | None:
    try:
        return date(item.first.year or 0, item.first.month or 0, item.first.day or 0)
    except ValueError:
        return None


# Subject -------------------------------------------------------------------------------------------------------------


def _labelled_title(page: Page, behind: int = 0) -> Span | None:
    for index, line in enumerate(page.lines):
        if line[0] < behind:
            continue
        if line[0] > page.end + 400:
            break
        match = _list("subject_labels").match(page.masked, line[0], line[1])
        if match is None:
            continue
        if _TOPIC.match(match[0]) and any(block.kind == "title" and block.span[1] <= line[0] for block in page.blocks):
            continue  # a page that has its title above says with it to what kind of matters that belongs
        rest = page.lines[index + 1 :]
        end = line[1]
        low = _behind_label(page, match.end(), end)
        while low >= end:  # a bare label: its value, or the same label in the other language, stands on the next line
            if not rest:
                return None
            (start, end), rest = rest[0], rest[1:]
            again = _list("subject_labels").match(page.masked, start, end)
            low = _behind_label(page, again.end(), end) if again else start
        cut = _without_label(page, low, end)
        demand = re.match(r"主\s*旨", page.masked[match.start() : match.end()]) is not None
        aligned = re.search(r"(?:[^\S\n]{3,}|\t)$", page.text[line[0] : low]) is not None
        bare = not aligned and not re.search("[:：]", page.text[match.start() : low])
        cell = page.text.find("\t", low, end)  # the next cell of a row is another field
        cut = min(cut, cell) if cell > low else cut
        high = cut if cut < end else _title_end(page, end, rest, demand=demand, aligned=aligned, bare=bare)
        return (low, high) if page.text[low:high].strip() else None
    return None


_TOPIC = re.compile(r"\s*topic", re.IGNORECASE)


def _behind_label(page: Page, low: int, high: int) -> int:
    while low < high and page.text[low] in " :：\t\u3000.-|｜":
        low += 1
    return low


_FIELD = re.compile(r"\S{2,20}(?: \S{1,16}){0,2}(?:[^\S\n]{3,}|\t)\S")  # a label and its value in columns of their own


_CAPITAL_LABEL = re.compile(r"[A-Z]{3,12}(?: [A-Z]{2,12}){0,3}:\s")  # SUBJECT: …, and below it OPTION SYMBOL: …


def _title_end(page: Page, high: int, rest: Sequence[Span], *, demand: bool, aligned: bool = False, bare: bool = False) -> int:
    """Where the subject ends: at an empty line, a label, or a new block unless a label follows without an empty line.

    Where the values of the head stand in a column (`aligned`), any line that begins with something else is another field; where its labels
    have no colon (`bare`), a line that begins with another one is.
    A Chinese subject is no sentence, unless it is a demand (主旨：請於…前完成…。).
    """
    body = next((other for other in rest[:TITLE_LINES] if page.text[other[1] - 1] == "。"), None)
    near = rest[:TITLE_LINES]
    label = next((index for index, other in enumerate(near) if page.is_label(other)), None)
    enclosed = label is not None and not re.search(r"\n[^\S\n]*\n", page.text[high : near[label][0]])
    line = page.text.rfind("\n", 0, high) + 1
    for index, other in enumerate(rest):
        if not enclosed and not demand and page.body_from((page.text.rfind("\n", 0, high) + 1, high), rest[index : index + BODY_LINES]):
            break
        if index == label or re.search(r"\n[^\S\n]*\n", page.text[high : other[0]]):
            break
        if aligned and page.text[other[0] - 1] == "\n" and _FIELD.match(page.text, *other):
            break
        if (bare and signs.BARE_LABEL.match(page.text, *other)) or (demand and _NEXT_FIELD.match(page.masked, *other)):
            break
        if _CAPITAL_LABEL.match(page.text, *other) and _CAPITAL_LABEL.match(page.text, line, high):
            break
        if not enclosed and not demand and body and not re.search(r"\n[^\S\n]*\n", page.text[high : body[0]]):
            break
        if not enclosed and (page.is_label(other) or _block_between(page, high, other[0]) or _is_sentence(page.text[slice(*other)])):
            break
        high = other[1]
    return high


# In folded characters: what stands below the subject of a Taiwanese letter.
_NEXT_FIELD = re.compile(r"(?:依据|说明|办法|附件|拟办|公告事项|正本|副本)\s*:")


def _is_sentence(said: str) -> bool:
    """An English line that begins and ends as a sentence does."""
    return said[0].isupper() and said[0].isascii() and said.endswith(".") and len(said.split()) > 5


def _without_label(page: Page, low: int, high: int) -> int:
    """Where the subject ends when the label in the other language stands behind it (事項 … Subject:)."""
    label = _closing_label().search(page.masked, low, high)
    apart = label is not None and (label[0][0].isspace() or ":" in label[0] or label[0].isascii())  # 關注事項 ends in no label
    return label.start() if label and apart and label.start() > low else high


@cache
def _closing_label() -> re.Pattern[str]:
    return re.compile(rf"(?<!\s)\s*(?:{_list('subject_labels').pattern})\s*$")


def _block_between(page: Page, before: int, after: int) -> bool:
    """Does a new block begin between the two places?"""
    return any(before <= block.span[0] <= after for block in page.blocks)


def _in_the_other_language(page: Page, title: Span) -> Span | None:
    """The subject of a circular that stands in both languages is printed in both: with a label each, or line by line."""
    if _in_both(page.text[slice(*title)]):
        return None
    labelled = _labelled_title(page, title[1])
    headings = [block.span for block in page.blocks if block.kind in ("title", "section_header") and block.span[0] <= page.end]
    before = [_paragraph_of(page, line) for line in page.lines if line[1] <= title[0]][-1:]
    after = [_paragraph_of(page, line) for line in page.lines if line[0] >= title[1]][:1]
    near = [span for span in (*headings, *before, *after) if _is_subject(page, span) and not _ends_sentence(page.text[slice(*span)])]
    said = page.text[slice(*title)]
    return next((span for span in (labelled, *near) if span and _chinese(page.text[slice(*span)]) is not _chinese(said)), None)


def _paragraph_of(page: Page, line: Span) -> Span:
    """The line with those that a narrow column has parted from it: the paragraph, where that is a heading's and holds no label."""
    block = next((block.span for block in page.blocks if block.span[0] <= line[0] and line[1] <= block.span[1]), line)
    lines = [one for one in page.lines if block[0] <= one[0] and one[1] <= block[1]]
    alike = len({_chinese(page.text[slice(*one)]) for one in lines}) == 1
    whole = 1 < len(lines) <= TITLE_LINES and alike and all(_is_subject(page, one) for one in lines)
    return (lines[0][0], lines[-1][1]) if whole else line


def _in_both(said: str) -> bool:
    """Does a line say its matter twice (維修通知 Maintenance Notice)?"""
    han, latin = 3 * sum(map(len, _HAN.findall(said))), sum(map(len, _LATIN.findall(said)))
    return min(han, latin) >= 0.5 * max(han, latin)


def _chinese(said: str) -> bool:
    return 3 * sum(map(len, _HAN.findall(said))) >= sum(map(len, _LATIN.findall(said)))


def _heading_title(page: Page) -> Span | None:
    """Without a label: the title or first heading of the head, else its last line that is none of the letterhead's."""
    headings = [block for block in page.blocks if block.kind in ("title", "section_header") and block.span[0] <= page.end]
    if not any(block.kind == "title" for block in headings) and (above := _above_addressees(page)):
        return _whole_heading(page, above)
    for block in sorted(headings, key=lambda block: block.kind != "title"):
        if _is_subject(page, block.span) and not _list("common_headings").fullmatch(page.masked, *block.span):
            return block.span
    if letter := page.subject_of_letter():
        return letter
    head = list(itertools.takewhile(lambda line: not _OPENS_TEXT.match(page.masked, *line), page.head_lines()))
    common = next((at for at, line in enumerate(head) if _list("common_headings").fullmatch(page.masked, *line)), len(head))
    lines, after = ([span for span in some if _is_subject(page, span)] for some in (head[:common], head[common:]))
    lines = lines or after  # `Purpose` opens the text
    lines = [line for line in lines if page.text[line[1] - 1] not in "。；"] or lines  # a short first sentence of the text
    return (_circular_to(page, lines) or _whole_heading(page, lines)) if lines else _paper_of_house(page)


# The text has begun, however its first sentence is parted.
_OPENS_TEXT = re.compile(
    r"This\s+(?:circular|letter|notice|memorandum|advisory|bulletin)\s+(?:is|are|[a-z]{3,}s)\b"
    r"|Please\s+(?:note|be\s+(?:advised|informed|reminded|notified)|(?:take\s+)?note|refer\s+to|find)\b"
    r"|(?:We|I)\s+(?:write|refer|are\s+writing|am\s+writing|would\s+like|wish)\b|Reference\s+is\s+made\b"
    r"|(?:谨此|兹)(?:通[知告]|提[醒述])|本(?:函|通[函告知])(?:旨在|载列|列明|通知)",
    re.IGNORECASE,
)


def _in_two_blocks(page: Page, title: Span | None) -> Span | None:
    """关于做好…信息技术 / 应急演练工作的通知: a Chinese heading in large print, whose lines a page has set as two blocks."""
    head = page.head_lines()
    at = next((index for index, line in enumerate(head) if title is not None and line[0] == title[0]), None)
    if title is None or at is None:
        return title
    pairs = itertools.pairwise(head[max(0, at - 1) : at + 2])
    joined = next((pair for pair in pairs if title in pair and _is_heading_in_two(page, *pair)), None)
    return (joined[0][0], joined[1][1]) if joined else title


def _is_heading_in_two(page: Page, line: Span, after: Span) -> bool:
    apart = page.text[line[1] : after[0]].strip(" \u3000\n") or page.is_label(after) or page.is_label(line)
    return not apart and bool(_OPENS_HEADING.fullmatch(page.masked, *line) and _CLOSES_HEADING.fullmatch(page.masked, *after))


_PAPERS = "通知|通函|通告|公告|决定|意见|办法|函|批复|通报|规定|安排"
# In folded characters: what a notice is about begins with 关于, and its kind ends it.
_OPENS_HEADING = re.compile(rf"(?!.*(?:{_PAPERS})$)[^\t,，。:：;；]{{0,24}}?(?:关\s?于|有关)[^\t。:：;；]{{2,60}}")
_CLOSES_HEADING = re.compile(rf"(?!关\s?于|有关|本|现)[^\t,，。:：;；]{{2,40}}(?:{_PAPERS})(?:\s*\([^()]{{1,12}}\))?")


def _paper_of_house(page: Page) -> Span | None:
    """中國人民銀行公告: where nothing else is a heading, the house with what its paper is called."""
    return next((line for line in page.head_lines() if page.names_house(line) and _HOUSE_PAPER.search(page.masked, *line)), None)


_HOUSE_PAPER = re.compile(r"(?:公告|令)\s*$")


def _above_addressees(page: Page) -> list[Span]:
    """A subject right below the circular's number, above date and addressees; what follows those is the first heading of the text."""
    to = _to_line(page)
    above = [line for line in page.head_lines() if to is not None and line[1] <= to[0] and _is_subject(page, line)]
    above = [line for line in above if not _VALUES & set(page.masked[slice(*line)]) and not re.search(r"\d{4}", page.masked[slice(*line)])]
    before = [line for line in page.lines if above and line[1] <= above[-1][0]][-1:]
    numbered = any(
        "\ufdd4" in page.masked[slice(*line)] or _alone_unknown(page, line) or _labelled_unknown().search(page.masked, *line)
        for line in before
    )
    return above if numbered else []


def _circular_to(page: Page, lines: Sequence[Span]) -> Span | None:
    """All lines right below `Circular to licensed corporations`, with that line where a dash or its last word joins them to it."""
    for at, line in enumerate(lines[:-1]):
        if not _CIRCULAR_TO.match(page.text, *line):
            continue
        joined = page.text[line[1] - 1] in "-–—:" or page.runs_on(line, lines[at + 1])
        low, high = line if joined else lines[at + 1]
        for after in lines[at + 1 : at + TITLE_LINES]:
            said = page.text[slice(*after)]
            if page.text[max(high, line[1]) : after[0]].count("\n") > 1 or _ends_sentence(said) or _PARAGRAPH.match(said):
                break
            high = after[1]
        return (low, high) if high > line[1] and page.text[line[1] : low].count("\n") <= 1 else None
    return None


_CIRCULAR_TO = re.compile(r"(?:Joint\s+)?[Cc]ircular\s+to\s+(?:all\s+)?[A-Za-z]")
_PARAGRAPH = re.compile(r"\(?\d{1,2}[.)]\s+[A-Z][\w’'-]*\s+[a-zA-Z(]")


def _is_torn(page: Page, title: Span) -> bool:
    """Is a line that breaks off (`Reporting of Outsourced Services by`) parted from this one by what stands beside them on the page?"""
    before = [line for line in page.head_lines() if line[1] <= title[0]][-TORN_LINES:]
    return any(
        (broken := _UNFINISHED.search(page.text, *line))
        and broken[0][0].isalpha()  # not the comma of `Dear Sir / Madam,` or of an address
        and len(page.text[slice(*line)].split()) > 3
        and not page.is_label(line)
        and page.text[line[1] :].startswith("\n\n")
        for line in before[:-1]
    )


TORN_LINES = 6


def _whole_heading(page: Page, lines: Sequence[Span]) -> Span:
    """The last of these lines with the one that a dash joins to it, or with those that run on into it."""
    low, high = lines[-1]
    for line, after in zip(lines[-2::-1], lines[:0:-1], strict=False):
        if not page.runs_on(line, after):
            break
        low = line[0]
    if low != lines[-1][0]:
        return low, high
    if (block := page.heading_of(lines)) is not None:
        return block
    if (
        len(lines) > 1
        and (page.text[lines[-2][1] - 1] in "–—" or page.text[low] in "–—")
        and page.text[lines[-2][1] : low].count("\n") == 1
    ):
        low = lines[-2][0]
    return low, high


def _is_subject(page: Page, span: Span) -> bool:
    said = page.masked[slice(*span)]
    if len(re.sub(r"[\W_\ufdd0-\ufdef]", "", said)) < 4 or _list("no_subject").search(said):
        return False
    if (
        page.names_house(span)
        or (page.is_label(span) and not _KIND_FIRST.fullmatch(said))
        or _list("other_numbers").match(said)
        or _only_label(said)
    ):
        return False
    if (label := _OTHER_LABEL.match(said)) and _list("other_dates").search(label["label"]):  # Effective Date: D
        return False
    if _VALUES & set(said) and len(re.sub(r"[\W_\ufdd0-\ufdef]", "", _label_words().sub("", said))) < 4:  # D\t檔案編號 Ref：
        return False
    if _is_row_of_values(page.text[slice(*span)], said):
        return False
    if _DATED_FIELD.fullmatch(said) or page.in_facts(span):
        return False
    if _ENTRY.match(said) or any(
        not re.search(r"[^\W_]", cell) for cell in said.split("\t")
    ):  # a bullet, a line of contents, a day in a row
        return False
    return not re.fullmatch(r"[\s(),（）\ufdd0-\ufdd9]+", said)


# `Circular: Reporting of incidents by banks`; behind a label of the number stands a number.
_KIND_FIRST = re.compile(r"(?:Circular|Notice|Letter|Advisory)\s*:\s*[A-Z][a-z]+(?:\s+[^\s\ufdd0-\ufdef]+){2,}")


# `Consultation closes: 26 February 2027`: a day and what it is the day of; `Default drill: first half of 2028` may be a subject.
_DATED_FIELD = re.compile(
    r"(?=[^:|\n]{0,60}(?:\b(?i:deadline|clos(?:es?|ing)|open(?:s|ing)|due|effective|expir(?:y|es)|published|issued|updated)\b|截止|限期|期限|结束|生效))"
    r"[^:|\n\ufdd0-\ufdef]{2,60}\s?[:|]\s*\ufdd0\ufdd1*[\s\ufdd2\ufdd3().,]*"
)
_OTHER_LABEL = re.compile(r"(?P<label>(?:[A-Za-z-]+\s){0,3}?)(?i:date|day)\s*[:：]\s*\ufdd0")


def _is_row_of_values(text: str, masked: str) -> bool:
    """A row of a table (`Response required by\t22 Sep 2026`) titles nothing, unless it says the same in both languages."""
    cells = [cell for cell in text.split("\t") if cell.strip()]
    one_script = len({bool(_HAN.search(cell)) for cell in cells}) == 1
    return len(cells) > 1 and (one_script or ":" in masked or bool(_VALUES & set(masked)))


_ENTRY = re.compile(
    r"[•●○▪■◆‣➢✓]|.*[^.…\s]\s?(?:\.{4,}|…{2,}|(?:\s\.){4,})[\s.…]*\d{1,3}\s*\Z|\d+(?:\.\d+)*[.)、]?\s[^\n]*\S[\s.…]+\d{1,3}\s*\Z"
)


@cache
def _label_words() -> re.Pattern[str]:
    return re.compile("|".join(_list(name).pattern for name in ("number_labels", "date_labels")))


def _only_label(said: str) -> bool:
    """A label of the number or the date on a line of its own."""
    return any(
        match.group() and match.span() == (0, len(said.rstrip(" :.")))
        for name in ("number_labels", "date_labels")
        for match in _list(name).finditer(said)
    )


# Issuer --------------------------------------------------------------------------------------------------------------


def _issuer(page: Page, number: str | None, houses: Mapping[str, House]) -> str | None:
    """The letterhead's name, who signs, whose number it is, whom its pages name, who introduces itself, or addresses its own."""
    full = [hit for hit in page.names if hit.full and not hit.parent_bracket and not _ends_longer_name(page, hit)]
    to = _to_line(page) or (0, 0)  # `To: All Exchange Participants of The Stock Exchange …` tells who is written to
    full = [hit for hit in full if not to[0] <= hit.span[0] < to[1] and not _has_copy(page, hit)]
    head = [hit for hit in full if hit.span[0] < page.end] or [hit for hit in page.names if _alone_on_top(page, hit)]
    if head:
        named = _not_the_parent(head, houses)
        children = {code: house for code, house in houses.items() if house.parent == named}
        return _owner(number, children) or named
    if page.house and page.house.start() < page.end and (said := letterhead.initials(page.text, page.house, number)):
        return said
    if said := letterhead.acronym(page.text, page.lines):
        return said
    if said := letterhead.introduced(page.text, [line for line in page.head_lines() if not to[0] <= line[0] < to[1]], page.end):
        return said
    tail = [hit for hit in full if hit.span[0] > len(page.text) * 0.5 and _signs(page, hit)]
    if tail:
        return tail[-1].code
    if owner := _owner(number, houses):
        return owner
    if page.signer and page.signer.start() >= page.end and (said := letterhead.initials(page.text, page.signer, number)):
        return said
    if running := [hit for hit in page.running if hit.full and not hit.parent_bracket]:
        return _not_the_parent(running, houses)
    if short := [hit for hit in page.names if not hit.full and not hit.parent_bracket and _signs_by_short_name(page, hit)]:
        return short[-1].code
    first = next((block.span for block in page.blocks if block.span[0] >= page.end and block.kind in ("text", "list_item")), None)
    introduced = [hit for hit in full if first and first[0] <= hit.span[0] < min(first[1], first[0] + 160)]
    if introduced:
        return introduced[0].code
    opening = (first[0], min(first[1], first[0] + 160)) if first else None
    return _addressing(page, number, houses, [line for line in (_to_line(page), opening) if line])


def _ends_longer_name(page: Page, hit: NameHit) -> bool:
    """Is the name the end of a longer one (`STRAITS CUSTOMS AND EXCISE DEPARTMENT`, `Bermuda Insurance Authority`)?"""
    low = page.text.rfind("\n", 0, hit.span[0]) + 1
    return _LONGER_NAME.fullmatch(page.text, low, hit.span[0]) is not None


_LONGER_NAME = re.compile(
    r"\s*(?:(?!(?i:the|hong|kong|hksar|logo|from|to|by|for|issuer|circular|notice|of|page|home|date|subject|re|cc|attn|attention|source|copyright)\b)"
    r"[A-Z][A-Za-z’'-]+\s){1,3}"
)


def _to_line(page: Page) -> Span | None:
    """The line of the head that says to whom the circular goes."""
    return next((line for line in page.lines if line[0] < page.end and _TO.match(page.masked, *line)), None)


def _has_copy(page: Page, hit: NameHit) -> bool:
    """Is the house among those to whom a copy goes, on the line that says so or right below it?"""
    low = page.text.rfind("\n\n", 0, hit.span[0]) + 1
    return any(_COPY.match(page.masked, *line) for line in page.lines if low <= line[0] <= hit.span[0])


_COPY = re.compile(r"\s*(?:[Cc]\.?[Cc]\.?\b|CC\b|[Cc]op(?:y|ies)\s+to\b|[副正]本\s*[:：送]|[抄主][送报報]\s*[:：])")
_TO = re.compile(r"\s*(?:To|TO|致|收件人|受文者)\s*[:：\t]")


def _addressing(page: Page, number: str | None, houses: Mapping[str, House], places: Sequence[Span]) -> str | None:
    """The house whose name or system is in what it calls those it writes to (SEOCH Participants, CCASS Participants).

    Where several houses number alike (SEHK and HKFE), a class that only one of them has tells them apart.
    """
    parents = {house.parent for house in houses.values()}  # HKEX shares the classes of its houses
    every = {code: house for code, house in houses.items() if code not in parents}
    alike = {code: house for code, house in every.items() if number and _has_shape(number, house)}
    for place in places:
        named = {code for code, pattern in _own_classes(tuple(every.values())) if pattern.search(page.text, *place)}
        if not named and len(alike) > 1:
            named = {code for code, pattern in _single_classes(tuple(alike.values())) if pattern.search(page.text, *place)}
        if len(named) == 1:
            return named.pop()
    return None


@lru_cache(maxsize=8)
def _own_classes(houses: tuple[House, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each house the classes of parties that bear its name or that of one of its systems, and that no other house has."""
    return tuple(
        (house.code, _any_of(own))
        for house in houses
        if (
            own := [
                term
                for term in _classes(house, houses)
                if term.startswith((*house.short.en, *house.short.zh, *house.systems.en, *house.systems.zh))
            ]
        )
    )


@lru_cache(maxsize=8)
def _single_classes(houses: tuple[House, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each house the classes of parties that none of the others has."""
    return tuple((house.code, _any_of(own)) for house in houses if (own := _classes(house, houses)))


def _classes(house: House, houses: Sequence[House]) -> list[str]:
    others = {term for other in houses if other is not house for term in (*other.parties.en, *other.parties.zh)}
    return [term for term in (*house.parties.en, *house.parties.zh) if term not in others]


def _any_of(terms: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![A-Za-z-]){re.escape(term)}(?![A-Za-z])" for term in sorted(terms, key=len, reverse=True)))


def _alone_on_top(page: Page, hit: NameHit) -> bool:
    """Is a short name (證監會, SFC) all that one of the first lines holds, but for what it heads (HKFE CIRCULAR, 期交所通告)?"""
    line = next((one for one in page.lines[: letterhead.HEAD_LINES] if one[0] == hit.span[0]), None)
    return not hit.parent_bracket and line is not None and _PAPER.fullmatch(page.masked, hit.span[1], line[1]) is not None


_PAPER = re.compile(r"\s*(?:(?i:circular|notice|memorandum|press\s+release)|[通公][告函知]|新闻稿)?")


def _owner(number: str | None, houses: Mapping[str, House]) -> str | None:
    """The one of these houses whose numbers have the shape of this one."""
    owners = [code for code, house in houses.items() if number and _has_shape(number, house)]
    return owners[0] if len(owners) == 1 else None


def _has_shape(number: str, house: House) -> bool:
    return any(re.fullmatch(fold(shape), fold(number)) for shape in house.number)


def _not_the_parent(hits: Sequence[NameHit], houses: Mapping[str, House]) -> str:
    """A letterhead that names issuer and parent: the parent is not the issuer."""
    parents = {houses[hit.code].parent for hit in hits}
    return next((hit.code for hit in hits if hit.code not in parents), hits[0].code)


def _signs(page: Page, hit: NameHit) -> bool:
    line = holding(page.lines, hit.span[0]) or hit.span
    return line[1] - line[0] <= (hit.span[1] - hit.span[0]) + 40


def _signs_by_short_name(page: Page, hit: NameHit) -> bool:
    """Does one of the last lines hold a short name and at most a department (期貨結算公司 結算運作部; Training Team, PCPD)?"""
    line = next((one for one in page.lines[-letterhead.TAIL_LINES :] if one[0] <= hit.span[0] < one[1]), None)
    if line is None or line[0] < page.end:
        return False
    before, behind = (line[0], hit.span[0]), (hit.span[1], line[1])
    return _DEPARTMENT_OF.fullmatch(page.masked, *before) is not None and _DEPARTMENT.fullmatch(page.masked, *behind) is not None


_DEPARTMENT = re.compile(r"\s*(?:[一-鿿]{2,10}[部科处组])?")
_DEPARTMENT_OF = re.compile(r"(?:(?:[A-Z][\w&-]*\s+){1,5}(?:Team|Division|Department|Section|Unit|Office|Branch)\s*(?:,|of|of\s+the)\s+)?")


# Language ------------------------------------------------------------------------------------------------------------


def language(text: str, blocks: Sequence[Block], start: int) -> Lang:
    """The language of the body; `mul` where both stand in full."""
    chinese = english = 0
    for block in blocks:
        if block.span[1] <= start < len(text):
            continue
        said = text[slice(*block.span)]
        han = 0 if said.isascii() else sum(map(len, _HAN.findall(said)))
        latin = sum(map(len, _LATIN.findall(said))) if han else len(said)
        if 3 * han >= latin:
            chinese += han
        else:
            english += latin
    alike = chinese and english and min(3 * chinese, english) >= 0.5 * max(3 * chinese, english)
    if alike and (chinese > BOTH_FROM or _sentences_in_both([text[slice(*block.span)] for block in blocks if block.span[1] > start])):
        return "mul"
    if 3 * chinese < english or not chinese:
        return "en"
    return _script(text)


def _sentences_in_both(said: Sequence[str]) -> bool:
    """Does a short circular say whole paragraphs in English and whole ones in Chinese?"""
    chinese = sum(sum(map(len, _HAN.findall(one))) for one in said if one.rstrip().endswith("。"))
    english = sum(len(one.split()) for one in said if one.rstrip().endswith(".") and not _HAN.search(one))
    return chinese >= 60 and english >= 25


def _script(text: str) -> Lang:
    """Traditional characters are those that folding changes; Simplified ones are those that they fold to."""
    han = "".join(_HAN.findall(text))
    changed = sum(map(ne, han, fold(han)))
    return "zh-Hant" if changed * 20 > len(han) else "zh-Hans"
