"""What a line or a table shows by its own words: a caption, a footnote, a list item, a heading row, a letterhead.

All formats share these signs. They look at strings only, and doubt is None or False.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SEEN = 6  # rows that show what a column holds

Rows = Sequence[Sequence[str]]

NAMED_CAPTION = re.compile(
    r"(?:(?:Table|Schedule|Exhibit|Figure)\s+\w{1,4}|(?:附)?[表圖图]\s*[一二三四五六七八九十甲乙丙丁戊0-9A-Z]{1,3})\s*(?:[–—:：.、-]|$)",
    re.IGNORECASE,
)
CLOSED = (":", "：", "。", ".", ";", "；", ",", "，", "!", "！", "?", "？", "、")
NUMBERED = re.compile(
    r"(?:[A-Z][.)]|[IVX]{1,5}[.)]|[一二三四五六七八九十]{1,3}、|[甲乙丙丁戊己庚辛壬癸]、|[（(][一二三四五六七八九十甲乙丙丁]{1,3}[)）]|第[一二三四五六七八九十]+[章節节部])\s*\S"
)
APPENDED = re.compile(r"(?:Appendix|Annex|Annexure|Attachment|附錄|附件|附表|附录)(?![a-z])", re.IGNORECASE)
BULLETS = "•●▪◦■◆‣➢"
SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf076": "◆", "\uf0fc": "✓"}
"""Bullets by their codes in fonts of symbols, which word processors write into PDFs, and what is seen of them."""
LISTED = re.compile(
    rf"[ \t\u3000]*(?:[{BULLETS}·–*+-][ \t]|[{BULLETS}]|\(?\d{{1,2}}[.)、](?!\d)|\(?[a-z]{{1,2}}\)|\(?[ivx]{{1,5}}[.)]\s"
    r"|[（(]\d{1,2}[)）]|[（(](?:[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛壬癸])[)）]|[一二三四五六七八九十]{1,3}、|[甲乙丙丁戊己庚辛壬癸]、|[A-Za-z][.)]\s)"
)
NOTED = re.compile(
    r"\s*(?:[*^†‡§]+\s*\S|[⁰¹²³⁴-⁹]{1,3}\s*\S|#(?!#)\s*\S|(?:Note|Notes|Remark|Remarks)\s*\d*\s*[:：.]|[註注][\s\d一二三四五]*[:：]|備註\s*[:：]|备注\s*[:：]|附註\s*[:：])"
)
_LABELS = (
    r"(?:Subject|Enquir(?:y|ies)|(?:Our |Your |File |Circular )?Ref(?:erence)?(?:[\s.]*No)?|Circular (?:No|Letter)|No|Date|To|From"
    r"|Attention|Attn|Cc|Tel|Fax|E-?mail|Category|Dear \w+|事\s?項|查\s?詢|編\s?號|檔\s?號|(?:本|貴|本公)[局署處會行所司]檔號"
    r"|來函檔號|日\s?期|致|由|主\s?旨"
    r"|發文字號|發文日期|通函編號|通函|電話|傳真|電郵|類別|事项|查询|编号|档号|电话|传真|电邮|类别|文号|发文日期)"
)
LABEL = re.compile(rf"{_LABELS}[\s.]*(?:[:：]|$)", re.IGNORECASE)
LABELLED = re.compile(rf"{_LABELS}(?:\s+{_LABELS})?[\s.]*[:：]", re.IGNORECASE)
"""A label of the letterhead with its colon, in one language or in both (事項 Subject:)."""
BARE_LABEL = re.compile(
    r"(?:Enquir(?:y|ies)|Contacts?|(?:Our |Your |File )?Ref(?:erence)?(?:\.? ?No)?\.?|Date|Attention|Attn|Cc|Tel(?:ephone)?|Fax|E-?mail)"
    r"\s+[A-Z0-9+(]"
    r"|(?:查\s?詢|查询|編\s?號|编号|檔\s?號|档号|日\s?期|電話|电话|傳真|传真|電郵|电邮|聯絡人?|联络人?)\s+\S"
)
"""A label in front of its value without a colon, as in a head that is laid out in columns."""
FUSED_LABEL = re.compile(r"(?:Subject|Enquiry|Enquiries)(?=[A-Z])|(?:事項|查詢|編號|日期|事项|查询|编号)\s*\S")
ENUMERATOR = re.compile(rf"[{BULLETS}·*–-]|\(?\w{{1,4}}[.)、]|[（(]\w{{1,3}}[)）]")
SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
ENTRY = re.compile(r"(?:Appendix|Annex|Chapter|Part|Section|第|附[件錄录])|\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")
LEADER = re.compile(r"(?:[.…·．]\s?){5}")
PAGED = re.compile(r"Page(?:\s+No\.?)?|頁(?:次|碼|數)?|页(?:次|码|数)?", re.IGNORECASE)
CONTACT = re.compile(
    r"(?P<line>(?:Tel|Telephone|Phone|Hotline|電話|电话)[\s.:：]*\+?[\d(])|(?P<fax>(?:Fax|Facsimile|傳真|传真)[\s.:：]*\+?[\d(])"
    r"|(?P<mail>(?:(?:E-?mail|電郵|电邮)[\s:：]*)?[\w.+-]+@[\w-]+\.)|(?P<web>(?:Website[\s:：]*)?(?:https?://|www\.))",
    re.IGNORECASE,
)
NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?[A-Z][a-z'-]*\.?(?:\s+[A-Z][A-Za-z'-]*\.?){1,4}(?:\s*[\u4e00-\u9fff]{2,4})?|[\u4e00-\u9fff]{2,4}(?:先生|女士)?"
)
POST = re.compile(
    r"\b(?:Director|President|Head|Manager|Officer|Counsel|Secretary|Executive|Chairman|Chairwoman|Registrar|Commissioner)\b"
    r"|總裁|总裁|總監|总监|主管|經理|经理|主席|秘書|秘书|處長|处长|部長|部长|主任"
)
MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
DATED = re.compile(rf"\d\s*(?:月|年(?!(?:日期|時間|时间))|[-/ ]?{MONTH}|[/-]\d{{1,2}}[/-]\d)|{MONTH}[a-z]*\.?\s+\d")
# One class of characters comes first, which the matcher finds fast.
TIMED = re.compile(r"[\d上下時时](?:(?<=\d)(?:\d?[:.]\d{2}|\s*[ap]\.?m\b)|(?<=[上下])午|(?<=[時时]))", re.IGNORECASE)
DIGIT = re.compile(r"\d")
LETTER = re.compile(r"[^\W\d_年月日]")
WIDE = re.compile("[\u2e80-\uffef]")
ENDED = re.compile(r"[\w)）]{2}[.。]\s*$")
"""The end of a sentence."""
NOTE_MARK = re.compile(r"[\s(\[]*[0-9]+(?:\s?[,、-]\s?[0-9]+)*[)\]\s]*")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
GLUED = re.compile(r"[/_]$|[A-Za-z]-$")


def raised(text: str) -> str:
    """What is printed above the line: the number of a note in raised figures, so that it joins no figure before it; all else as it is."""
    return text.translate(RAISED) if NOTE_MARK.fullmatch(text) else text


def is_caption(line: str) -> bool:
    """A short line that stands right before a table and names it; a sentence that announces the table does not."""
    line = line.strip()
    if NAMED_CAPTION.match(line):
        return _fits(line, 160)
    return bool(line) and _fits(line, 80) and not line.endswith(CLOSED) and not is_heading(line) and not is_label(line) and "@" not in line


def is_heading(line: str) -> bool:
    """A line of its own that is numbered or appended like a section, and does not end like a sentence."""
    line = line.strip()
    return bool(NUMBERED.match(line) or APPENDED.match(line)) and _fits(line, 140) and not line.endswith(CLOSED)


def is_bare_heading(line: str) -> bool:
    """A line of its own without number that may be a heading: short, no label, no date or contact alone, no full stop."""
    line = line.strip()
    if not line or not _fits(line, 100) or line.endswith(CLOSED) or is_label(line) or "@" in line or "\t" in line or "：" in line[:4]:
        return False
    letters = len(LETTER.findall(line))
    return letters > len(line) / 3 and letters > len(DIGIT.findall(line))


def is_label(line: str) -> bool:
    """A label of the letterhead, alone or before its value."""
    line = line.strip()
    return bool(LABEL.match(line) or LABELLED.match(line) or FUSED_LABEL.match(line))


def is_list_item(line: str) -> bool:
    """A line that begins with a bullet or a number."""
    return LISTED.match(line) is not None


def is_note(line: str) -> bool:
    """A line that begins like a footnote."""
    return NOTED.match(line) is not None


def is_letterhead(rows: Rows) -> bool:
    """Labels with their values, as at the head of a circular: laid out in columns, and still no table."""
    filled = [[cell for cell in row if cell] for row in rows]
    paired = [row for row in filled if len(row) != 1]
    return len(paired) * 2 >= len(filled) and all(map(_are_labelled, paired))


def _are_labelled(row: Sequence[str]) -> bool:
    """Labels and their values by turns; one may hold its value itself (`Reference:`, `CD/CA/CCASS/118/2026`, `Date: 3 May 2026`)."""
    at = 0
    while at < len(row):
        label = LABELLED.match(row[at].strip()) if at else None
        if label and label.end() < len(row[at].strip()):
            at += 1
        elif at + 1 < len(row) and _names_value(row[at]):
            at += 2
        else:
            return False
    return True


def is_numbered_list(rows: Rows) -> bool:
    """A list whose numbers or bullets stand in a column of their own."""
    return all(ENUMERATOR.fullmatch(row[0]) for row in rows if row and row[0])


def are_paragraphs(rows: Rows) -> bool:
    """Numbered paragraphs whose numbers (1., 1.1, (a)) hang in the margin: numbers and sentences, nothing else."""
    if any(len(row) != 2 for row in rows):
        return False
    marks, words = [row[0] for row in rows if row[0]], sorted(len(row[1]) + len(WIDE.findall(row[1])) for row in rows)
    return all(ENUMERATOR.fullmatch(mark) or SECTION.fullmatch(mark) for mark in marks) and (
        words[len(words) // 2] > 60 or all(ENUMERATOR.fullmatch(mark) for mark in marks)
    )


def are_headed_paragraphs(rows: Rows) -> bool:
    """Such paragraphs with a heading in the margin beside the first ones of a section: no row has anything but a mark in its middle."""
    if any(len(row) != 3 or not row[1] or not row[2] for row in rows):
        return False
    headings = [row[0] for row in rows if row[0]]
    short = all(len(heading) <= 60 and not heading.endswith(CLOSED) for heading in headings)
    marks = [ENUMERATOR.fullmatch(row[1]) or SECTION.fullmatch(row[1]) for row in rows]
    return len(rows) > 2 and all(marks) and 0 < len(headings) < len(rows) and short and are_paragraphs([row[1:] for row in rows])


def is_contents(rows: Rows) -> bool:
    """A table of contents: dots that lead to page numbers; else entries that are numbered or under a word for a page, and rising pages."""
    if 2 * sum(any(LEADER.search(cell) for cell in row) for row in rows) >= len(rows):
        return True
    last = [row[-1].strip() for row in rows]
    headed = PAGED.fullmatch(last[0]) is not None
    pages = [cell for cell in last[headed:] if cell]
    if len(pages) < 3 or not all(re.fullmatch(r"\d{1,3}", page) for page in pages):
        return False
    firsts = [row[0] for row in rows[headed:] if row[0]]
    numbered = sum(
        LISTED.match(first) is not None or NUMBERED.match(first) is not None or ENTRY.match(first) is not None for first in firsts
    )
    return sorted(pages, key=int) == pages and (headed or 4 * numbered >= 3 * len(firsts))


def is_contact_block(rows: Rows) -> bool:
    """Addresses side by side: one column has telephone, mailbox and the like below each other, each with its own label."""
    for column in zip(*rows, strict=True):
        kinds = {match.lastgroup for cell in column if (match := CONTACT.match(cell))}
        if "line" in kinds and len(kinds) > 1:
            return True
    return False


def are_translations(rows: Rows) -> bool:
    """A letter in two languages, side by side: what is said on one side in English is said on the other in Chinese, row by row."""
    both = [row for row in rows if len(row) == 2 and all(row)]
    if len(both) < 3 or len(both) + 1 < len(rows) or sum(bool(ENDED.search(row[0]) and ENDED.search(row[1])) for row in both) < 2:
        return False
    wide = [[(len(WIDE.findall(cell)), len(cell)) for cell in row] for row in both]
    return any(all(10 * row[one][0] < row[one][1] and row[1 - one][0] > 1 for row in wide) for one in (0, 1))


def are_signatures(rows: Rows) -> bool:
    """Two or three who sign side by side: their names in one row, and their posts below or above; no number but a day below them."""
    if not 2 <= len(rows) <= 4 or not all(all(row) for row in rows[:2]):
        return False
    if any(DIGIT.search(cell) for row in rows[:2] for cell in row):
        return False
    signed = any(
        all(NAME.fullmatch(name) for name in names) and all(POST.search(post) for post in posts) for names, posts in (rows[:2], rows[1::-1])
    )
    further = [cell for row in rows[2:] for cell in row if DIGIT.search(cell)]
    return signed and all(DATED.search(cell.lower()) for cell in further)


_YEAR = r"(?:19|20)\d\d"
PERIOD = re.compile(
    rf"(?:FY\s?)?{_YEAR}(?:\s?[/–-]\s?(?:\d\d|{_YEAR}))?\s?年?度?|(?:{_YEAR}\s?)?(?:[1-4]Q|Q[1-4]|[12]H|H[12])(?:\s?(?:{_YEAR}|[\x27’]?\d\d))?"
    rf"|{_YEAR}\s?年\s?(?:第[一二三四]季度?|[上下]半年)|第[一二三四]季度?|[上下]半年",
    re.IGNORECASE,
)
"""A year, half or quarter alone in a cell."""


_CURRENCY = r"(?:in\s+)?(?:HK\$|US\$|RMB|HKD|USD|CNY|CNH|EUR|MOP|NT\$|TWD|SGD|A\$|AUD|JPY|GBP|[$¥€£])"
UNITS = re.compile(
    rf"[(（\[]?\s*(?:{_CURRENCY}(?:\s*(?:[\x27’]?000s?|millions?|mil|mn|m|billions?|bn))?"
    r"|%|‰|bps?|basis points|percent|per cent|points?|contracts?|lots?|shares?|days?|百分比"
    r"|[百千萬万億亿]{0,2}(?:港元|港幣|美元|人民幣|人民币|元|澳門元|新台幣|張|张|手|股|點|点|日))"
    r"(?:\s?(?:/|per)\s?[a-z ]{1,20})?\s*[)）\]]?",
    re.IGNORECASE,
)
"""A unit alone in a cell, as in the row of units below headings."""


def header_rows(rows: Rows) -> int | None:
    """How many rows are headings; 0 where the first row is data already; None where the cells do not tell."""
    count = _headings(rows)
    return count + 1 if count and count + 1 < len(rows) and _are_units(rows[count]) else count


def _are_units(row: Sequence[str]) -> bool:
    """A row of units below the headings: several in brackets, and nothing else but what the first column is headed by."""
    said = [cell.strip() for cell in row[1:] if cell.strip()]
    first = row[0].strip()
    bracketed = sum(cell[0] in "(（[" for cell in said)
    return len(said) > 1 and 2 * bracketed > len(said) and all(map(UNITS.fullmatch, said)) and (not first or first[0] in "(（[")


def _headings(rows: Rows) -> int | None:
    if len(rows) < 2:
        return None
    if len(rows) > 2 and (_completes(rows[0], rows[1]) or _heads_groups(rows)):
        return 2
    first, rest = rows[0], rows[1:SEEN]
    if not first[0] and any(first[1:]) and any(row[0] for row in rows[1:]):
        return 1
    if _names_periods(first, rest):
        return 1
    same = other = 0
    for col, cell in enumerate(first):
        kinds = [kind for row in rest if (kind := _kind(row[col]))] if cell else []
        usual = max(kinds, key=kinds.count, default="text")
        if usual != "text":
            same += _kind(cell) == usual
            other += _kind(cell) != usual
    if same > other:
        return 0
    return 1 if other else None


def _names_periods(first: Sequence[str], rest: Rows) -> bool:
    """`Item | 2025 | 2026` over numbers that are no years: the years, halves and quarters are headings."""
    columns = [col for col, cell in enumerate(first) if PERIOD.fullmatch(cell.strip())]
    return (
        bool(columns)
        and all(_kind(cell) in (None, "text") for col, cell in enumerate(first) if col not in columns)
        and any(_kind(row[col]) == "number" for row in rest for col in columns)
        and not any(PERIOD.fullmatch(row[col].strip()) for row in rest for col in columns)
    )


def _completes(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Two heading rows: where the upper is merged, the lower goes on; where the upper stands for both, the lower is empty."""
    merged = [col for col, cell in enumerate(upper) if col and not cell]
    return bool(merged) and not lower[0] and all(lower[col] for col in merged) and any(lower)


def _heads_groups(rows: Rows) -> bool:
    """Words over some columns only, above headings of all columns that have dates, times or numbers below most of them."""
    upper, lower, rest = rows[0], rows[1], rows[2:SEEN]
    if (
        upper[0]
        or not any(upper)
        or all(upper[1:])
        or not all(lower)
        or any(_kind(cell) not in (None, "text") for cell in (*upper, *lower))
    ):
        return False
    kinds = [[kind for row in rest if (kind := _kind(row[col]))] for col in range(len(lower))]
    figured = sum(bool(column) and max(column, key=column.count) != "text" for column in kinds)
    return 2 * figured > len(lower)


def _kind(cell: str) -> str | None:
    if not cell:
        return None
    if len(cell) > 60 or not DIGIT.search(cell):
        return "text"
    if DATED.search(cell.lower()):
        return "date"
    if TIMED.search(cell):
        return "time"
    return "number" if len(DIGIT.findall(cell)) >= len(LETTER.findall(cell)) else "text"


def _names_value(cell: str) -> bool:
    return cell.rstrip().endswith((":", "：")) or LABEL.fullmatch(cell.strip()) is not None


def _fits(line: str, columns: int) -> bool:
    """Is the line no longer than this on paper, where a Han character takes two columns?"""
    return len(line) <= columns and (line.isascii() or len(line) + len(WIDE.findall(line)) <= columns)


def shown(text: str) -> str:
    """The text with the bullets that are seen for codes of symbol fonts, character by character."""
    for code, bullet in SYMBOLS.items():
        if code in text:
            text = text.replace(code, bullet)
    return text


def width(line: str) -> int:
    """Columns that a line takes; a Chinese character takes two."""
    return len(line) if line.isascii() else sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def joint(upper: str, lower: str) -> str:
    """What stands between two lines that were one: nothing between Chinese characters and inside addresses, else a space."""
    if not upper or not lower or upper[-1] > "\u2e7f" or lower[0] > "\u2e7f" or GLUED.search(upper):
        return ""
    return " "
