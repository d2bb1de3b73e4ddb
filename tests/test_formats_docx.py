"""Word files: what a reader of the printed page sees is in the text, what he does not see is not, and no file is trusted."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.enum.text import WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import formats
from ingest.errors import UnreadableSource
from ingest.formats.numbering import written
from ingest.model import Document, Expression, Grid
from ingest.pipeline import parse_all
from ingest.settings import Settings

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
CORPUS = sorted((SHARED / "circulars").glob("*/*.docx"))

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
STYLES = (
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="HH"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="loop"/><w:basedOn w:val="L2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="loop 2"/><w:basedOn w:val="L"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="Raised"><w:name w:val="raised"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mark"><w:name w:val="mark"/><w:basedOn w:val="Raised"/></w:style>'
    '<w:style w:type="character" w:styleId="X"><w:name w:val="unseen"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def word(body: str, types: str = MAIN, **parts: str | bytes) -> bytes:
    """A Word file with this body; `parts` are further ones by their names, related by what they are called."""
    related = {"styles": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>"} | parts
    links = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{re.sub("[0-9]", "", name)}" Target="{name}.xml"/>'
        for name in related
        if "." not in name
    )
    links += f'<Relationship Id="out" Type="{OFFICE}/hyperlink" Target="https://www.hkex.example/form" TargetMode="External"/>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": body if body.startswith("<?") else f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
    }
    files |= {name if "." in name else f"word/{name}.xml": content for name, content in related.items()}
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def read(data: bytes, how: Settings | None = None) -> Document:
    return formats.read(data, "a.docx", how or Settings())


def p(*runs: str, style: str = "", more: str = "") -> str:
    """A paragraph; a run that is no XML yet is text."""
    marked = "".join(run if run.startswith("<") else r(run) for run in runs)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{marked}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(number: int, level: int, text: str) -> str:
    return p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblPr/>{grid}{''.join(rows)}</w:tbl>"


def row(*cells: str, more: str = "") -> str:
    """A row; a cell that is no XML yet is one paragraph of text."""
    return f"<w:tr><w:trPr>{more}</w:trPr>{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tc(content: str, more: str = "") -> str:
    inside = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{inside}</w:tc>"


CUT = "<w:cellDel/>"
SPAN, START, ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def rows(document: Document, grid: Grid) -> list[list[str]]:
    full = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        full[cell.row][cell.col] = document.text[slice(*cell.span)]
    return full


def field(asked: str, shown: str) -> str:
    steps = [f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end")]
    return f"{steps[0]}<w:r><w:instrText>{asked}</w:instrText></w:r>{steps[1]}{r(shown)}{steps[2]}"


LISTED = "<w:listEntry w:val='3 May'/><w:listEntry w:val='4 May'/>"


def form(data: str, shown: str | None = None) -> str:
    """A field of a form; nothing stands in it unless somebody filled it in."""
    begin = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>"
    result = "" if shown is None else f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{r(shown)}"
    return f"{begin}{result}<w:r><w:fldChar w:fldCharType='end'/></w:r>"


# What is seen -----------------------------------------------------------------------------------------------------------

BOX = f"<w:txbxContent>{p('In a box')}{p('second line')}</w:txbxContent>"
SHAPE = f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(p("3 ", "August ", "2026"), "3 August 2026", id="runs"),
        pytest.param(p(" \u3000Two spaces  in it "), "Two spaces  in it", id="white space at the ends"),
        pytest.param("<w:p><w:r><w:t> trimmed </w:t><w:t>parts</w:t></w:r></w:p>", "trimmedparts", id="white space that is not kept"),
        pytest.param(p("香港", "<w:r><w:lastRenderedPageBreak/><w:t>結算</w:t></w:r>"), "香港結算", id="no space between Chinese runs"),
        pytest.param(p("a", "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:br w:type='page'/></w:r>"), "a\tb\nc\nd", id="tabs and breaks"),
        pytest.param(p("2979", "<w:r><w:noBreakHyphen/><w:t>7111 dead\u00adline re</w:t><w:softHyphen/><w:t>ply</w:t></w:r>"), "2979-7111 deadline reply", id="hyphens"),
        pytest.param(p("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='Symbol' w:char='F0A3'/></w:r>", "5"), "✓≤5", id="symbols"),
        pytest.param(p("2026", r("1", "<w:vertAlign w:val='superscript'/>"), r("st", "<w:vertAlign w:val='superscript'/>")), "2026¹st", id="raised figures do not join a year"),
        pytest.param(p("HK$8", r("2", "<w:rStyle w:val='Mark'/>"), " million"), "HK$8² million", id="raised by a style"),
        pytest.param(p("HK$8", r("2", "<w:position w:val='6'/>"), r("3", "<w:position w:val='-6'/>")), "HK$8²3", id="lifted above the line, and set below it"),
        pytest.param(p("HK$8", r("2", "<w:rStyle w:val='Mark'/><w:vertAlign w:val='baseline'/>")), "HK$82", id="a style set aside"),
        pytest.param(p("28 April 2027", "<w:r><w:br w:type='page'/></w:r>", "5 May"), "28 April 2027\n5 May", id="a page break parts words"),
        pytest.param(p("Fee HK$5", "<w:r><w:br w:type='column'/><w:t>3. CPs</w:t></w:r>"), "Fee HK$5\n3. CPs", id="a column break parts words"),
        pytest.param(p("by ", form("<w:ddList><w:result w:val='1'/>" + LISTED + "</w:ddList>"), "."), "by 4 May.", id="what was chosen in a list"),
        pytest.param(p("by ", form("<w:ddList><w:default w:val='1'/>" + LISTED + "</w:ddList>"), "."), "by 4 May.", id="what a list shows first"),
        pytest.param(p("by ", form("<w:ddList>" + LISTED + "</w:ddList>"), "."), "by 3 May.", id="the first of a list"),
        pytest.param(p("by ", form("<w:textInput><w:default w:val='5 May'/></w:textInput>"), "."), "by 5 May.", id="what a form says by itself"),
        pytest.param(p("by ", form("<w:textInput><w:default w:val='5 May'/></w:textInput>", "6 May"), "."), "by 6 May.", id="what was filled in"),
        pytest.param(p("due ", r("8 May", "<w:strike/>"), r("9 May", "<w:dstrike/>"), r("10 May", "<w:strike w:val='0'/>")), "due 10 May", id="struck-out text"),
        pytest.param(p("Page ", field("REF x", "by 5 May"), " end"), "Page by 5 May end", id="result of a field"),
        pytest.param(p("On ", "<w:fldSimple w:instr='DATE'>" + r("5 May") + "</w:fldSimple>"), "On 5 May", id="result of a simple field"),
        pytest.param(p("a", "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>IF</w:instrText><w:t>no</w:t></w:r>") + p("b"), "a\nb", id="a field without an end hides nothing below it"),
        pytest.param(p("due ", "<w:ins>" + r("9 May") + "</w:ins>", "<w:del><w:r><w:delText>8 May</w:delText></w:r></w:del>"), "due 9 May", id="changes as accepted"),
        pytest.param(p("moved ", "<w:moveFrom>" + r("here") + "</w:moveFrom><w:moveTo>" + r("there") + "</w:moveTo>"), "moved there", id="moves as accepted"),
        pytest.param(p("joined ", more="<w:rPr><w:del/></w:rPr>") + p("by a deleted end") + p("next"), "joined by a deleted end\nnext", id="a deleted end of a paragraph"),
        pytest.param(p("seen", r(" unseen", "<w:vanish/>"), r(" nor this", "<w:rStyle w:val='X'/>"), r(" again", "<w:rStyle w:val='X'/><w:vanish w:val='0'/>")), "seen again", id="hidden text"),
        pytest.param(p("Above", SHAPE) + p("Below"), "Above\n\nIn a box\nsecond line\n\nBelow", id="a text box once, behind its paragraph"),
        pytest.param(p("<w:r><w:pict><v:shape><v:textpath string='CIRCULAR'/></v:shape></w:pict></w:r>"), "CIRCULAR", id="letters as a drawing"),
        pytest.param(p("<w:smartTag>" + r("5 ") + "</w:smartTag><w:sdt><w:sdtContent>" + r("May") + "</w:sdtContent></w:sdt>"), "5 May", id="tags and controls"),
        pytest.param("<w:sdt><w:sdtPr/><w:sdtContent>" + p("a") + "</w:sdtContent></w:sdt><w:customXml>" + p("b") + "</w:customXml>", "a\nb", id="wrapped paragraphs"),
        pytest.param(p("<w:r><w:ruby><w:rt>" + r("dai") + "</w:rt><w:rubyBase>" + r("大") + "</w:rubyBase></w:ruby></w:r>"), "大", id="readings above characters"),
        pytest.param(p("x = ", "<m:oMath><m:r><m:t>2.5%</m:t></m:r></m:oMath>"), "x = 2.5%", id="formulas"),
        pytest.param(p("a") + p("") + p("b"), "a\n\nb", id="an empty paragraph is an empty line"),
        pytest.param(p("a", more='<w:spacing w:after="200"/>') + p("b"), "a\n\nb", id="space below a paragraph is an empty line"),
        pytest.param(p("x", style="L"), "x", id="styles based on each other"),
        pytest.param(p("\ufdd0a\u2028b\ufeff"), "a\nb", id="reserved characters"),
    ],
)  # fmt: skip
def test_the_text_is_what_a_reader_sees(body: str, text: str) -> None:
    assert read(word(body)).text == text


LEVELS = "".join(
    f'<w:abstractNum w:abstractNumId="{name}">{levels}</w:abstractNum>'
    for name, levels in {
        0: '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl>',
        1: '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="taiwaneseCountingThousand"/><w:lvlText w:val="%1、"/><w:suff w:val="nothing"/></w:lvl>',
        2: '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr></w:lvl>'
        '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0d8"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>'
        '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\ue123"/><w:rPr><w:rFonts w:ascii="Mine"/></w:rPr></w:lvl>',
        3: '<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Part %1"/><w:pStyle w:val="P"/></w:lvl>',
        4: '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="thaiCounting"/><w:lvlText w:val="%1)"/></w:lvl>',
    }.items()
)  # fmt: skip
NUMBERING = (
    f"<w:numbering {NAMESPACES}>{LEVELS}"
    + "".join(f'<w:num w:numId="{name + 1}"><w:abstractNumId w:val="{name}"/></w:num>' for name in range(5))
    + '<w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ([(1, 0), (1, 0), (1, 0)], ["1. x", "2. x", "3. x"]),
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1. x", "(a) x", "(b) x", "2. x", "(a) x"]),
        ([(1, 0), (1, 1), (1, 2), (1, 2)], ["1. x", "(a) x", "1.1.1 x", "1.1.2 x"]),
        ([(1, 1), (1, 2)], ["(a) x", "1.1.1 x"]),
        ([(1, 0), (6, 0), (6, 0), (1, 0)], ["1. x", "1. x", "2. x", "3. x"]),
        ([(2, 0), (2, 0), (2, 0)], ["一、x", "二、x", "三、x"]),
        ([(3, 0), (3, 1), (3, 2), (3, 3)], ["• x", "◦ x", "➢ x", "• x"]),
        ([(4, 0), (4, 0)], ["Part IX x", "Part X x"]),
        ([(0, 0), (99, 0), (1, 8), (1, 77)], ["x", "x", "x", "x"]),
    ],
)
def test_items_of_lists_have_their_printed_numbers(items: list[tuple[int, int]], lines: list[str]) -> None:
    document = read(word("".join(item(number, level, "x") for number, level in items), numbering=NUMBERING))
    assert document.text.split("\n") == lines


def test_a_style_can_number_its_paragraphs_and_an_empty_one_counts() -> None:
    document = read(word(p("a", style="N") + p("", style="N") + p("b", style="N"), numbering=NUMBERING))
    assert [line for line in document.text.split("\n") if line] == ["1. a", "3. b"]
    assert [block.kind for block in document.blocks] == ["list_item", "list_item"]


def test_an_unknown_form_of_numbers_is_told() -> None:
    document = read(word(item(5, 0, "x"), numbering=NUMBERING))
    assert (document.text, [warn.code for warn in document.warnings]) == ("1) x", ["numbering"])


@pytest.mark.parametrize(
    ("form", "count", "shown"),
    [
        ("decimalZero", 7, "07"), ("decimalFullWidth", 12, "１２"), ("numberInDash", 3, "- 3 -"), ("ordinal", 22, "22nd"), ("ordinal", 112, "112th"),
        ("cardinalText", 21, "Twenty-one"), ("upperRoman", 1994, "MCMXCIV"), ("upperLetter", 28, "BB"), ("lowerLetter", 0, "0"),
        ("chineseCounting", 10, "十"), ("chineseCountingThousand", 105, "一百零五"), ("japaneseCounting", 110, "一百一十"), ("ideographDigital", 2026, "二〇二六"),
        ("ideographTraditional", 10, "癸"), ("ideographTraditional", 11, "11"), ("ideographZodiac", 12, "亥"), ("ideographLegalTraditional", 15, "壹拾伍"),
        ("chineseLegalSimplified", 6, "陆"), ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircleChinese", 21, "21"), ("decimalEnclosedParen", 1, "⑴"),
        ("bullet", 1, ""), ("decimal", -1, "-1"), ("thaiCounting", 1, None),
    ],
)  # fmt: skip
def test_numbers_are_written_in_the_form_of_their_list(form: str, count: int, shown: str | None) -> None:
    assert written(count, form) == shown


def test_blocks_have_the_kind_of_their_style() -> None:
    bold = r("Bold heading", "<w:b/>")
    body = p("Title", style="T") + p("One", style="H") + p("Two", style="HH") + p("Text.") + p(bold) + p("• item") + p("Note: x")
    kinds = ["title", "section_header", "section_header", "text", "section_header", "list_item", "footnote"]
    assert [block.kind for block in read(word(body)).blocks] == kinds


def test_links_stand_where_they_are_clicked() -> None:
    body = p(
        "The ", '<w:hyperlink r:id="out">' + r("form") + "</w:hyperlink>", " or ", field('HYPERLINK "mailto:a@b.example"', "mail"), "."
    )
    body += p(
        "<w:hyperlink r:id='out' w:anchor='x'>" + r(" indented") + "</w:hyperlink>",
        '<w:hyperlink w:anchor="top">' + r(" up") + "</w:hyperlink>",
    )
    document = read(word(body))
    assert [(document.text[slice(*link.span)], link.target) for link in document.links] == [
        ("form", "https://www.hkex.example/form"),
        ("mail", "mailto:a@b.example"),
        ("indented", "https://www.hkex.example/form"),
    ]


LONG = "Participants have to return the form in good time, because the old tokens will stop working on that very day. "


def test_footnotes_stand_below_the_paragraph_that_refers_to_them() -> None:
    notes = f"<w:footnotes {NAMESPACES}>" + "".join(
        f'<w:footnote w:id="{name}">{p("<w:r><w:footnoteRef/></w:r>", " " + text)}</w:footnote>' for name, text in {-1: "line", 2: "First.", 3: "Second."}.items()
    ) + "</w:footnotes>"  # fmt: skip
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    document = read(word(p("Subject: Tokens", mark.format(2)) + p(LONG, "2026", mark.format(3)) + p("End"), footnotes=notes))
    assert document.text == f"Subject: Tokens¹\n{LONG}2026²\n\n¹ First.\n\n² Second.\nEnd"
    assert [block.kind for block in document.blocks] == ["text", "text", "footnote", "footnote", "text"]


def test_a_note_that_is_missing_is_told() -> None:
    document = read(word(p("Tokens", '<w:r><w:footnoteReference w:id="7"/></w:r>')))
    assert (document.text, [warn.message for warn in document.warnings]) == ("Tokens¹", ["the note ¹ is missing from the file"])


# Tables -----------------------------------------------------------------------------------------------------------------

WIDTHS = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in (2000, 50, 3000)) + "</w:tblGrid>"


@pytest.mark.parametrize(
    ("body", "grid", "merged"),
    [
        pytest.param(table(row("Date", "Event"), row("5 May", "Start")), [["Date", "Event"], ["5 May", "Start"]], [], id="plain"),
        pytest.param(table(row(tc("Month", START), tc("Cycle", SPAN)), row(tc("", ON), "Day", "Time"), row("May", "5", "9:00")),
                     [["Month", "Cycle", ""], ["", "Day", "Time"], ["May", "5", "9:00"]], [(0, 0, 2, 1), (0, 1, 1, 2)], id="merged both ways"),
        pytest.param(table(row(tc("A", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "B"), row("1", "2", "3")), [["A", "", "B"], ["1", "2", "3"]], [(0, 0, 1, 2)], id="merged the old way"),
        pytest.param(table(row("Date", "Event"), row("5 May", tc(p("• One") + p("") + p("• Two", "<w:r><w:tab/></w:r>", "x")))), [["Date", "Event"], ["5 May", "• One\n• Two x"]], [], id="paragraphs in a cell"),
        pytest.param(table(row("Date", "Event"), row("", ""), row("5 May", "Start")), [["Date", "Event"], ["5 May", "Start"]], [], id="an empty row takes no place"),
        pytest.param(table(row("Date", tc("Old", CUT), "Event"), row("3 May", tc("1 May", CUT), "A"), row("4 May", tc("2 May", CUT), "B")),
                     [["Date", "Event"], ["3 May", "A"], ["4 May", "B"]], [], id="a column that was deleted"),
        pytest.param(table(row("Month", "Day"), row(tc("May", START), "5"), row(tc("", ON), "6"), row(tc("", ON + CUT), "9"), row(tc("", ON), "8")),
                     [["Month", "Day"], ["May", "5"], ["", "6"], ["", "9"], ["", "8"]], [(1, 0, 2, 1)], id="a merged cell that ends where it was deleted"),
        pytest.param(table(row("Date", "Details"), row("3 May 2027", "word " * 420), row("4 May 2027", "x")),
                     [["Date", "Details"], ["3 May 2027", ("word " * 420).strip()], ["4 May 2027", "x"]], [], id="a long cell among dates"),
        pytest.param(table(row("x", "y"), row("1", "2", more="<w:del/>"), row("3", "4", more="<w:ins/>")), [["x", "y"], ["3", "4"]], [], id="rows that were deleted and inserted"),
        pytest.param(table(row("a", "b", more='<w:gridBefore w:val="1"/>'), row("1", "2", "3")), [["", "a", "b"], ["1", "2", "3"]], [], id="a row that begins further right"),
        pytest.param(table(row("Date", tc("Event", SPAN)), row(tc("5 May", SPAN), "Start"), grid=WIDTHS), [["Date", "Event"], ["5 May", "Start"]], [], id="edges that nearly meet are one"),
        pytest.param(table(row("Date", "Event"), row("5 May", tc(table(row("in", "side"), row("of", "it"))  + p("")))), [["Date", "Event"], ["5 May", "in side\nof it"]], [], id="a small table in a cell"),
        pytest.param(p("Date\tEvent") + p("5 May 2026 \t\tStart\t") + p("9 May 2026\tEnd"), [["Date", "Event"], ["5 May 2026", "Start"], ["9 May 2026", "End"]], [], id="paragraphs with tabs"),
        pytest.param(table(row(tc(p("x") + table(row("Date", "Event"), row("5 May", "Start of trading")))), row("y")), [["Date", "Event"], ["5 May", "Start of trading"]], [], id="a frame around a table"),
    ],
)  # fmt: skip
def test_tables_are_grids_with_merged_cells(body: str, grid: list[list[str]], merged: list[tuple[int, ...]]) -> None:
    document = read(word(body))
    assert [rows(document, one) for one in document.grids] == [grid]
    cells = document.grids[0].cells
    assert [(cell.row, cell.col, cell.rowspan, cell.colspan) for cell in cells if cell.rowspan * cell.colspan > 1] == merged


def test_rows_that_repeat_on_every_page_are_the_heading_and_the_caption_is_known() -> None:
    body = p("Timetable", style="C") + table(*(row(f"a{n}", f"b{n}", more="<w:tblHeader/>" if n < 2 else "") for n in range(4)))
    (grid,) = (document := read(word(body))).grids
    assert (grid.header, grid.caption and document.text[slice(*grid.caption)]) == (2, "Timetable")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (table(row("Subject:", "Tokens"), row("Date", "5 May 2026")), "Subject: Tokens\nDate 5 May 2026"),
        (table(row("1.", "First"), row("2.", tc(p("Second") + p("and more")))), "1. First\n2. Second\nand more"),
        (table(row("In a frame")), "In a frame"),
        (p("Subject:\tTokens") + p("Date:\t5 May 2026") + p("Enquiry:\tHotline"), "Subject:\tTokens\nDate:\t5 May 2026\nEnquiry:\tHotline"),
        (
            p("1.\tOn 5 May 2026") + p("2.\tOn 6 May 2026") + p("3.\tOn 7 May 2026"),
            "1.\tOn 5 May 2026\n2.\tOn 6 May 2026\n3.\tOn 7 May 2026",
        ),
        (p("Yours\tfaithfully") + p("A\tB") + p("C\tD"), "Yours\tfaithfully\nA\tB\nC\tD"),
        (table(row(tc(p("Left") + p("Address")), tc(p("Right")))), "Left\nAddress\n\nRight"),
    ],
)
def test_tables_that_only_arrange_the_page_are_text(body: str, text: str) -> None:
    document = read(word(body))
    assert (document.text, document.grids) == (text, ())


# Page headers -----------------------------------------------------------------------------------------------------------

LETTERHEAD = p("HONG KONG SECURITIES CLEARING COMPANY LIMITED") + p("Ref. No.: CD/OES/HKSCC/101/2026") + p("Date: 3 August 2026")
BODY = p("Subject: Renewal of Tokens") + p("Participants must return the form no later than 14 August 2026.")


def header(kind: str, content: str, title: str = "<w:titlePg/>") -> dict[str, str]:
    return {
        "body": f'{BODY}<w:sectPr><w:headerReference w:type="{kind}" r:id="header1"/>{title}</w:sectPr>',
        "header1": f"<w:hdr {NAMESPACES}>{content}</w:hdr>",
    }


@pytest.mark.parametrize(
    ("parts", "number"),
    [
        (header("first", LETTERHEAD), "CD/OES/HKSCC/101/2026"),
        (header("default", LETTERHEAD, ""), "CD/OES/HKSCC/101/2026"),
        (header("default", LETTERHEAD), None),
        (header("first", LETTERHEAD, '<w:titlePg w:val="0"/>'), None),
    ],
)
def test_a_letterhead_in_the_header_of_the_first_page_is_read(parts: dict[str, str], number: str | None) -> None:
    (told,) = parse_all(word(**parts), Path("a.docx"), Settings())
    assert isinstance(told, Expression)
    assert (told.number, told.issued is not None, told.title) == (number, number is not None, "Renewal of Tokens")


def test_the_name_of_a_company_in_the_header_of_the_first_page_is_read() -> None:
    assert read(word(**header("first", p("OTC Clearing Hong Kong Limited")))).text.startswith("OTC Clearing Hong Kong Limited\n\nSubject")


@pytest.mark.parametrize("content", [p("Page ", field("PAGE", "1"), " of 3"), p("RESTRICTED"), p("Subject: Renewal of Tokens"), ""])
def test_other_page_headers_are_left_out(content: str) -> None:
    parts = header("default", content, "")
    assert read(word(**parts)).text == read(word(BODY)).text


# What is not read is told -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (p("a", "<w:ins>" + r("b") + "</w:ins>", "<w:del/>"), "tracked-changes", "changes are marked (1 deletion, 1 insertion); read as if all were accepted"),
        (table(row(tc("Date"), tc("Old", "<w:cellDel/>")), row(tc("3 May", "<w:cellIns/>"), tc("1 May", "<w:cellDel/>"))), "tracked-changes",
         "changes are marked (2 deletions, 1 insertion); read as if all were accepted"),
        (p("a", r("bcd", "<w:vanish/>")), "hidden-text", "3 characters of hidden text were left out"),
        *((p("Date: ", field(f'{kind} \\\\@ "d MMMM yyyy"', "3 May 2027")), "field-date",
           "“3 May 2027” is set anew whenever the file is opened, saved or printed: it may not be the day that was published")
          for kind in ("DATE", "TIME", "SAVEDATE", "PRINTDATE")),
        (p("Date: ", '<w:fldSimple w:instr=" DATE "><w:r><w:t>3 May 2027</w:t></w:r></w:fldSimple>'), "field-date",
         "“3 May 2027” is set anew whenever the file is opened, saved or printed: it may not be the day that was published"),
        (p("a", r("bcd", "<w:strike/>"), r("e", "<w:dstrike/>")), "struck-text", "4 characters of struck-out text were left out"),
        (p("a", "<w:r><w:commentReference w:id='1'/></w:r>"), "comments", "1 comment in the margin not read"),
        (p("a", "<w:r><w:drawing><a:graphicData uri='http://x/2006/picture'/></w:drawing><w:drawing><a:graphicData uri='http://x/2006/chart'/></w:drawing></w:r>"),
         "not-read", "1 chart, 1 picture: text in there is not read"),
        (p("a", "<w:r><w:object><o:OLEObject/></w:object></w:r>"), "not-read", "1 embedded object: text in there is not read"),
        (p("a") + '<w:altChunk r:id="x"/>', "not-read", "1 included file: text in there is not read"),
        (p("a", "<w:r><w:sym w:font='Mine' w:char='F0FC'/></w:r>"), "symbols", "1 symbols of an unknown font, shown as \ufffd"),
    ],
)  # fmt: skip
def test_what_is_not_read_as_it_stands_is_a_warning(body: str, code: str, message: str) -> None:
    assert [(warn.code, warn.message) for warn in read(word(body)).warnings] == [(code, message)]


@pytest.mark.parametrize(
    ("types", "parts", "media_type", "codes"),
    [
        (MAIN, {}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", []),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", {}, "application/vnd.openxmlformats-officedocument.wordprocessingml.template", []),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", {"word/vbaProject.bin": b"x"}, "application/vnd.ms-word.document.macroEnabled.12", ["macros"]),
        ("text/plain", {}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", []),
    ],
)  # fmt: skip
def test_kinds_of_word_files(types: str, parts: dict[str, bytes], media_type: str, codes: list[str]) -> None:
    document = read(word(p("a"), types=types, **parts))
    assert (document.media_type, [warn.code for warn in document.warnings]) == (media_type, codes)


# Damage and malice --------------------------------------------------------------------------------------------------------

ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [{ENTITIES}]><w:document {NAMESPACES}><w:body>{p("&l9;")}</w:body></w:document>'
OUTSIDE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {NAMESPACES}><w:body>{p("&e;")}</w:body></w:document>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def without(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(word(p("a")))) as package:
        return zipped({one: package.read(one) for one in package.namelist() if one != name})


def encrypted() -> bytes:
    """A Word file whose ZIP entries say that they are encrypted."""
    return re.sub(rb"(PK\x03\x04..)\x00|(PK\x01\x02....)\x00", lambda match: match[0][:-1] + b"\x01", word(p("a")), flags=re.DOTALL)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (word(LAUGHS), "word/document.xml in it declares a document type; Word files have none"),
        (word(OUTSIDE), "word/document.xml in it declares a document type; Word files have none"),
        (word(p("a") + " " * 3_000_000), "word/document.xml in it inflates to more than 400 times its size"),
        (word(p("a"), styles=" " * 3_000_000), "word/styles.xml in it inflates to more than 400 times its size"),
        (word("<w:p>" * 300 + "</w:p>" * 300), "damaged Word file: word/document.xml: Excessive depth in document"),
        (word("<w:p>"), "damaged Word file: word/document.xml: Opening and ending tag mismatch"),
        (without("word/document.xml"), "damaged Word file: no word/document.xml in it"),
        (word(p("a"))[:700], "damaged Word file: File is not a zip file"),
        (b"PK\x03\x04\x14\0\0\0" + bytes(22) + b"word/document.xml", "damaged Word file: File is not a zip file"),
        (encrypted(), "_rels/.rels in it is encrypted; expected a file without password"),
        (word("<?xml version='1.0'?><html/>"), "word/document.xml is no text of a Word file; it begins with <html>"),
        (word(p("")), "Word file without any text"),
        (word(p("<w:r><w:drawing><a:graphicData uri='http://x/2006/picture'/></w:drawing></w:r>")), "Word file without any text; it holds 1 picture"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Office document with a password is not a format"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "Outlook message (MSG; save it as EML) is not a format"),
        (OLE + "WordDocument".encode("utf-16-le"), "old Office document (DOC, XLS; save it as DOCX or PDF) is not a format"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_error(data: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableSource) as caught:
        read(data)
    assert str(caught.value).startswith(f"a.docx: {reason}")
    assert time.process_time() - start < 10


def test_a_file_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.ooxml.MOST_ELEMENTS", 1000)
    assert read(word(p("a") * 100)).text.count("a") == 100
    with pytest.raises(UnreadableSource, match=r"word/document\.xml in it has more than 1000 elements"):
        read(word(p("a") * 1000))


def test_the_limit_on_inflation_can_be_changed() -> None:
    data = word(p("Notice " * 2000))
    with pytest.raises(UnreadableSource, match=r"inflates to more than 0\.01 MB \(CIRCULARS_MAX_INFLATED\)"):
        read(data, Settings(max_inflated=10_000))
    assert read(data, Settings(max_inflated=50_000)).text.startswith("Notice Notice")


@pytest.mark.parametrize("name", ["_rels/.rels", "[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml"])
def test_a_part_that_is_missing_costs_no_more_than_what_it_says(name: str) -> None:
    assert read(without(name)).text == "a"


def test_a_damaged_part_is_left_out_and_told() -> None:
    document = read(word(item(1, 0, "a"), numbering="<w:numbering"))
    assert (document.text, [warn.code for warn in document.warnings]) == ("a", ["damaged-part"])


def test_the_strict_vocabulary_is_read_alike() -> None:
    data = word(p("a", style="H"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    usual, strict = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    again = read(zipped({name: content.replace(usual, strict) for name, content in files.items()}))
    assert (again.text, again.blocks) == (read(data).text, read(data).blocks)


TEXTS = st.text(st.characters(categories=["L", "N", "P"], include_characters=" ", exclude_characters="<>&"), min_size=1, max_size=20)
NODES = st.recursive(
    TEXTS.map(r) | st.sampled_from(["<w:tab/>", "<w:br/>", "<w:sectPr/>", "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "<w:r><w:fldChar w:fldCharType='end'/></w:r>", item(1, 0, "x")]),
    lambda inner: st.tuples(
        st.sampled_from(["p", "tbl", "tr", "tc", "ins", "del", "sdt", "sdtContent", "hyperlink", "txbxContent", "pict", "r"]), st.lists(inner, max_size=4)
    ).map(lambda pair: f"<w:{pair[0]}>{''.join(pair[1])}</w:{pair[0]}>"),
    max_leaves=20,
)  # fmt: skip


@given(st.lists(NODES, max_size=5).map("".join))
def test_any_tree_is_read_or_refused(body: str) -> None:
    try:
        document = read(word(body, numbering=NUMBERING))
    except UnreadableSource as error:
        assert "without any text" in str(error)  # noqa: PT017  either outcome is right; which one depends on the tree
        return
    assert all(0 <= start < end <= len(document.text) for start, end in (block.span for block in document.blocks))
    assert all("\t" not in cell for grid in document.grids for line in rows(document, grid) for cell in line)


@settings(max_examples=25)  # python-docx takes its time to write a file
@given(st.lists(TEXTS.filter(lambda text: text.strip() == text), min_size=1, max_size=8))
def test_paragraphs_and_cells_keep_their_characters(texts: list[str]) -> None:
    document = python_docx.Document()
    for text in texts:
        document.add_paragraph(text)
    grid = document.add_table(rows=0, cols=1)
    for text in texts:
        grid.add_row().cells[0].text = text
    out = io.BytesIO()
    document.save(out)
    assert "".join(read(out.getvalue()).text.split()) == "".join("".join(texts * 2).split())


# Whole circulars --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_tables_and_header_of_a_circular_equal_the_gold(path: Path) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
    (told,) = parse_all(path.read_bytes(), path, Settings())
    assert isinstance(told, Expression)
    assert [[list(line) for line in one.rows] for one in told.tables] == [one["rows"] for one in gold["tables"]]
    assert [[(m.row, m.col, m.rowspan, m.colspan) for m in one.merged] for one in told.tables] == [
        [(m["row"], m["col"], m["rowspan"], m["colspan"]) for m in one.get("merged", [])] for one in gold["tables"]
    ]
    assert {key: str(getattr(told, key)) for key in ("issuer", "number", "issued", "title")} == {
        key: gold[key] for key in ("issuer", "number", "issued", "title")
    }


def test_the_corpus_is_there() -> None:
    if not SHARED.is_dir():
        pytest.skip("the corpus lies outside the project")
    assert len(CORPUS) >= 2


@pytest.mark.parametrize("path", sorted((HERE / "circulars").glob("*/*.txt")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_circular_says_the_same_in_word_as_in_text(path: Path) -> None:
    """The text, set in Word as its lines and tables stand there, gives the same header, dates and tables."""
    source = formats.read(path.read_bytes(), path.name)
    document = python_docx.Document()
    tables = {grid.span: grid for grid in source.grids}
    for block in source.blocks:
        if grid := tables.get(block.span):
            shown = document.add_table(grid.height, grid.width)
            for cell in grid.cells:
                shown.cell(cell.row, cell.col).text = source.text[slice(*cell.span)]
            continue
        run = document.add_paragraph().add_run()
        for place, line in enumerate(source.text[slice(*block.span)].split("\n")):
            if place:
                run.add_break(WD_BREAK.LINE)
            run.add_text(line)
    out = io.BytesIO()
    document.save(out)
    (ours,) = parse_all(out.getvalue(), Path("a.docx"), Settings())
    (theirs,) = parse_all(path.read_bytes(), path, Settings())
    assert isinstance(ours, Expression)
    assert isinstance(theirs, Expression)
    assert (ours.issuer, ours.number, ours.issued, ours.title) == (theirs.issuer, theirs.number, theirs.issued, theirs.title)
    assert [one.rows for one in ours.tables] == [one.rows for one in theirs.tables]
    assert [(one.quote.split(), one.start, one.end) for one in ours.dates] == [
        (one.quote.split(), one.start, one.end) for one in theirs.dates
    ]
    assert [(one.due, one.relation) for one in ours.deadlines] == [(one.due, one.relation) for one in theirs.deadlines]
