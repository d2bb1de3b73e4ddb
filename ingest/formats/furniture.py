"""Lines that belong to the page and not to the circular: page numbers, skip links, revision dates of a web page."""

from __future__ import annotations

import re

# Where a word may be parted, which way it runs and how its letters join; and what is reserved for marking text.
UNSEEN = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufdd0-\ufdef"
ODD = re.compile(f"[\r\x0b\x0c\x85\u2028\u2029{UNSEEN}]")
DROPPED = re.compile(f"[{UNSEEN}]")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
MARKS = " \t\u3000*_#>|"
PAGE_LINE = re.compile(
    r"(?:Page|P\.)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*:?"
    r"|第\s*[\d一二三四五六七八九十]{1,3}\s*[頁页](?:\s*[，,/／（(]?\s*共\s*[\d一二三四五六七八九十]{1,3}\s*[頁页][）)]?)?"
    r"|[-–—]\s*\d{1,3}\s*[-–—]"
    r"|(?:Skip to|Jump to)(?: the)?(?: main)? (?:content|navigation)|Back to top|跳[至到](?:主要|主)?[內内]容|返回頁首|返回页首|回到頂部"
    r"|(?:您|你)?(?:所在|当前|當前|现在|現在|目前)(?:的)?位置\s*[:：].*"
    r"|(?:字[號号體体](?:大小)?\s*[:：])?(?:\s*[【\[](?:打印|列印|关闭|關閉|分享|收藏|大|中|小|返回)[】\]]){2,}\s*(?:分享[到至]?\s*[:：]?\s*)?",
    re.IGNORECASE,
)
MARKS_OF_RULES = tuple(" -–—=_*")
RULE = re.compile(r"\s*(?:[-–—=_*]{3,}|[*_-](?:\s+[*_-]){2,})\s*")
OWNER = r"(?:Copyright|©|(?:[一-鿿]{2,20}\s*)?(?:版權所有|版权所有)|[京津沪粤苏浙深渝][IＩ][CＣ][PＰ][备证]).{0,200}"
EDGE_LINE = re.compile(
    r"(?:(?:Page )?(?:Last (?:Revision|Revised|Review|Reviewed|Update|Updated)(?: Date| on)?|Updated(?: on)?|Revision Date|last reviewed)"
    r"\s*[:：]?\s*[\w /.,-]*\d[\w /.,:-]*"
    r"|(?:最後|最后|上次)?(?:修訂|更新|檢視|修订|检视)(?:日期|時間|时间)?\s*[:：]?\s*[\d年月日 /.:-]+)"
    rf"(?:[|•·]\s*{OWNER})?|{OWNER}|All rights reserved.{{0,100}}",
    re.IGNORECASE,
)
_ADDRESS = r"(?:https?|file)://\S+"
_PRINTED = (
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日)(?:,|\s)?\s*(?:[上下]午|[AP]\.?M\.?)?\s*"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]\.?M\.?)?"
)
_FOOT = re.compile(rf"{_ADDRESS}\s+\d{{1,4}}\s*/\s*\d{{1,4}}|\d{{1,4}} (?:of|/) \d{{1,4}}\s+{_PRINTED}", re.IGNORECASE)
_HEAD = re.compile(rf"{_PRINTED}(?:\s.{{1,200}})?|(?:.{{1,200}}\s)?{_ADDRESS}", re.IGNORECASE)


def tidy(text: str) -> str:
    """One kind of line end, and no character that nobody sees."""
    return DROPPED.sub("", LINE_ENDS.sub("\n", text)) if ODD.search(text) else text


def is_page_line(line: str) -> bool:
    """A page number, a skip link."""
    return 0 < len(line) < 60 and PAGE_LINE.fullmatch(line.strip(" \t*_#|") or line.strip()) is not None


def is_edge_line(line: str) -> bool:
    """What stands at the top or the bottom of a web page about the page itself."""
    return len(line) < 300 and EDGE_LINE.fullmatch(line.strip(MARKS)) is not None


def is_rule(line: str) -> bool:
    """A line drawn with dashes, stars or the like."""
    return line[:1] in MARKS_OF_RULES and RULE.fullmatch(line) is not None


def is_printed_foot(line: str) -> bool:
    """The foot of a web page that a browser printed: its address or when it was printed, and the number of the page among all."""
    return _FOOT.fullmatch(line.strip()) is not None


def is_printed_head(line: str) -> bool:
    """The head of such a page: when it was printed and its title, or its title and address."""
    return _HEAD.fullmatch(line.strip()) is not None
