"""Tables whose rows are broken in the middle by the end of a page: ruled, half ruled, with lines or nothing between the rows; two languages."""

from __future__ import annotations

from collections.abc import Iterator

from table_designs import LETTERHEAD, ZH_LETTERHEAD, Design, rows

LOOKS = {
    "ruled": "td,th{border:0.6pt solid #000}",
    "half": "td,th{padding:3pt 8pt 3pt 0} thead th{border-top:1pt solid #000;border-bottom:.5pt solid #000}",
    "lines": "td,th{padding:3pt 8pt 3pt 0} tr{border-bottom:.4pt solid #888}",
    "none": "td,th{padding:3pt 8pt 3pt 0}",
}
ALL = " td:first-child{width:24%} tr{break-inside:auto}"
ONCE = " thead{display:table-row-group}"  # headings that are not repeated
ENDS = {
    "en": "<p>Forms are returned by e-mail.</p><p>Rowena Ip<br>Information Technology</p>",
    "zh-Hant": "<p>表格須以電郵交回。</p><p>資訊科技部<br>葉慧敏</p>",
}
HEADS = {
    "en": LETTERHEAD
    + "<p>Date: 8 March 2027</p><h1>Replacement of the terminal</h1><p>The milestones below are binding on all Participants.</p>",
    "zh-Hant": ZH_LETTERHEAD + "<p>日期：2027年3月8日</p><h1>更換結算終端機</h1><p>各階段之工作如下：</p>",
}
HEADINGS = {"en": ("Date", "Milestone", "Who"), "zh-Hant": ("日期", "工作", "負責人")}
WHO = {"en": ("All Participants", "Participants with their own lines", "Vendors"), "zh-Hant": ("所有參與者", "自設線路之參與者", "供應商")}
LONG = {
    "en": "Each Participant reviews the list of its users, confirms their rights to the operator in writing, removes those who have left, "
    "and appoints one coordinator and one deputy, whose names, telephone numbers and mail addresses are entered in the form attached. ",
    "zh-Hant": "各參與者須覆核其用戶名單，以書面向營運者確認用戶權限，刪除已離職之用戶，並委任一名統籌人及一名副統籌人，"
    "其姓名、電話號碼及電郵地址須填於隨附之表格內；營運者收妥表格後，將於五個營業日內以電郵回覆。",
}


def day(lang: str, number: int) -> str:
    return f"{number} June 2027" if lang == "en" else f"2027年6月{number}日"


def table(lang: str, body: str, columns: int = 3) -> str:
    head = "".join(f"<th>{one}</th>" for one in HEADINGS[lang][:columns])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def bodies(lang: str) -> Iterator[tuple[str, str]]:
    """Tables whose third row, or last one, goes on on the next page: one long cell in two columns or three, or bullets."""
    text, who = LONG[lang], WHO[lang]
    long = text * (5 if lang == "en" else 6)
    listed = "<ul>" + f"<li>{text}</li>" * 5 + "</ul>"
    short = "The new terminal goes live." if lang == "en" else "新終端機啟用。"
    for name, cells, columns in (("two", long, 2), ("three", long, 3), ("bullets", listed, 3), ("last", long, 3)):
        words = [cells, cells, cells, short] if name != "last" else [cells, short, cells, cells]
        lines = ([day(lang, 1 + 9 * at), one, who[at % 3]][:columns] for at, one in enumerate(words))
        yield name, table(lang, rows(*("|".join(line) for line in lines)), columns)


def breaks() -> Iterator[Design]:
    for at, (look, css) in enumerate(LOOKS.items()):
        for lang, head in HEADS.items():
            for number, (name, made) in enumerate(bodies(lang)):
                repeated = (at + number) % 2 == 0
                style = css + ALL + ("" if repeated else ONCE)
                yield Design(f"{look}-{lang[:2]}-{name}-{'repeated' if repeated else 'once'}", lang, style, head + made + ENDS[lang])


BREAKS = tuple(breaks())
