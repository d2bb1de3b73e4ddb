"""Word files (DOCX, DOCM, DOTX): what a reader of the printed page sees, with numbers of lists, results of fields and changes accepted.

The walk goes over the file's own XML, because what python-docx offers has neither changes nor fields, text boxes or
numbers. A story (the body, a cell, a text box, a page header) becomes parts; `flow` puts them together. Levels of the XML
are at most 256 (the parser's limit), so stories within stories cannot break the walk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from lxml.etree import _Element as Element

from ingest.errors import UnreadableSource
from ingest.formats import furniture, signs, wordtables
from ingest.formats.draft import Piece, joined
from ingest.formats.flattened import found_again
from ingest.formats.flow import Part, compose, kind_of
from ingest.formats.numbering import Numbering, W, number, symbols, value, written
from ingest.formats.ooxml import Package, folders
from ingest.formats.page import COMPANY, LETTERHEAD
from ingest.formats.wordstyles import Shape, Styles, is_on
from ingest.model import BlockKind, Document, Link, Warn
from ingest.settings import Settings, settings

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
MACROS = "application/vnd.ms-word.document.macroEnabled.12"

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"

TARGET = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
MOVING = re.compile(r"\s*(?:DATE|TIME|SAVEDATE|PRINTDATE)\b", re.IGNORECASE)
"""Fields that Word sets anew: to the day on which the file is opened, saved or printed."""
BLANK = " \t\n\u3000\xa0"
SPACED = 60  # twips between two paragraphs that look like an empty line
NOTE_AFTER = 100  # columns: a note stands below the paragraph that it belongs to, but not inside a letterhead

WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")} | {f"{MC}Choice", f"{MC}Fallback"}
REMOVED = {f"{W}del", f"{W}moveFrom"}
LEFT_OUT = REMOVED | {f"{W}{name}" for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "rubyPr", "delText", "delInstrText", "tblPr")}
CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
CHARACTERS |= dict.fromkeys((f"{W}{name}" for name in ("softHyphen", "footnoteRef", "endnoteRef")), "")
PICTURES = {"picture": "picture", "chart": "chart", "chartex": "chart", "diagram": "diagram (SmartArt)"}


def sniff(data: bytes, name: str) -> float:  # noqa: ARG001  every format is asked alike
    """A ZIP archive with a folder `word`."""
    return 0.95 if b"word" in folders(data) else 0.0


def read(data: bytes, name: str, how: Settings | None = None) -> Document:
    """The circular in a Word file."""
    package = Package(data, name, how or settings())
    path = next((one.target for one in package.relations("").values() if one.kind == "officeDocument"), "word/document.xml")
    root = package.main(path)
    body = root.find(f"{W}body")
    if body is None:
        raise UnreadableSource(name, f"{path} is no text of a Word file; it begins with <{root.tag}>")
    reader = _Reader(package, path)
    parts = list(reader.document(body))
    if not parts:
        seen = ", ".join(f"{count} {thing}" for thing, count in sorted(reader.unread.items()))
        raise UnreadableSource(name, f"Word file without any text{f'; it holds {seen}' if seen else ''}")
    draft = compose(list(wordtables.tabbed(parts)), "docx.table", lines_join=False)
    return found_again(draft.document(_media_type(package, path), reader.warnings()), "docx")


def _media_type(package: Package, path: str) -> str:
    """What the file says it is, and a warning if it carries a program."""
    types = package.part("[Content_Types].xml")
    stated = next((one.get("ContentType") or "" for one in (() if types is None else types) if one.get("PartName") == f"/{path}"), "")
    if "macroEnabled" in stated or any(member.endswith("vbaproject.bin") for member in package.members):
        package.warnings.append(Warn(code="macros", message="the file carries macros; none was run"))
        return MACROS
    return TEMPLATE if ".template." in stated else MEDIA_TYPE


class _Field:
    """A field between its begin and its end: what it asks for, what a form says there, whether what follows is its result, and that."""

    __slots__ = ("asked", "chosen", "linked", "result", "said")

    def __init__(self, chosen: str) -> None:
        self.asked, self.chosen, self.result, self.linked = "", chosen, False, False
        self.said = ""


class _Inline:
    """The text of one paragraph in the making."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.links: list[Link] = []
        self.open: list[tuple[str, int]] = []
        self.all_bold = True

    def add(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)

    def link(self, target: str) -> None:
        self.open.append((target, self.length))

    def unlink(self) -> None:
        """The innermost link ends; one that shows nothing is none."""
        if self.open:
            target, start = self.open.pop()
            if start < self.length and TARGET.match(target):
                self.links.append(Link(span=(start, self.length), target=target))

    def take(self) -> Piece:
        """The text without the white space around it."""
        while self.open:
            self.unlink()
        text = "".join(self.parts)
        shown = text.strip(BLANK)
        cut = len(text) - len(text.lstrip(BLANK))
        spans = ((max(0, link.span[0] - cut), min(len(shown), link.span[1] - cut), link.target) for link in self.links)
        return Piece(shown, tuple(Link(span=(start, end), target=target) for start, end, target in spans if start < end))


class _Paragraph(NamedTuple):
    """What one paragraph gives: its text, the stories anchored in it, and whether its end was deleted."""

    inline: _Inline
    boxes: list[Element]
    runs_on: bool


class _Reader:
    """One pass over the document, with the counters of its lists and notes."""

    def __init__(self, package: Package, path: str) -> None:
        self.package = package
        self.relations = package.relations(path)
        self.styles = Styles(self._related("styles"))
        self.lists = Numbering(self._related("numbering"))
        self.fields: list[_Field] = []
        self.notes: list[tuple[str, str, str]] = []
        self.noted: Counter[str] = Counter()
        self.unread: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.hidden = self.struck = 0
        self.comments = 0
        self.odd_symbols = 0
        self.moving: list[str] = []

    def _related(self, kind: str) -> Element | None:
        return self.package.part(self._path(kind))

    def _path(self, kind: str) -> str | None:
        return next((one.target for one in self.relations.values() if one.kind == kind), None)

    def document(self, body: Element) -> Iterator[Part]:
        """The letterhead, if it stands in the first page's header only; then the body, each note behind what it belongs to."""
        parts = list(self._with_notes(self.story(body)))
        return iter([*self._letterhead(body, parts), *parts])

    def warnings(self) -> list[Warn]:
        """What a reader of the facts has to know."""
        found = list(self.package.warnings)
        if self.changes:
            seen = ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in sorted(self.changes.items()))
            found.append(Warn(code="tracked-changes", message=f"changes are marked ({seen}); read as if all were accepted"))
        if self.hidden:
            found.append(Warn(code="hidden-text", message=f"{self.hidden} characters of hidden text were left out"))
        if self.struck:
            found.append(Warn(code="struck-text", message=f"{self.struck} characters of struck-out text were left out"))
        for shown in dict.fromkeys(self.moving):
            message = f"“{shown}” is set anew whenever the file is opened, saved or printed: it may not be the day that was published"
            found.append(Warn(code="field-date", message=message))
        if self.comments:
            found.append(Warn(code="comments", message=f"{self.comments} comment{'s' * (self.comments > 1)} in the margin not read"))
        if self.unread:
            seen = ", ".join(f"{count} {thing}{'s' * (count > 1)}" for thing, count in sorted(self.unread.items()))
            found.append(Warn(code="not-read", message=f"{seen}: text in there is not read"))
        if self.lists.unknown:
            forms = ", ".join(sorted(self.lists.unknown))
            found.append(Warn(code="numbering", message=f"list numbers of the form {forms} are shown in digits"))
        if self.odd_symbols:
            found.append(Warn(code="symbols", message=f"{self.odd_symbols} symbols of an unknown font, shown as \ufffd"))
        return found

    # Stories -----------------------------------------------------------------------------------------------------------

    def story(self, container: Element) -> Iterator[Part]:
        """The parts of a container in reading order."""
        above: Shape | None = None
        gap, carried = 0, None
        for block in self._blocks(container):
            if block.tag == f"{W}tbl":
                gap, above = 2, None
                for part in wordtables.parts(block, self.cell, self._is_left_out):
                    part.gap = max(part.gap, gap)
                    yield part
                    gap = 0
                gap = 2
                continue
            shape = self.styles.shape(block.find(f"{W}pPr"))
            paragraph = self._paragraph(block, shape, carried)
            carried = paragraph.inline if paragraph.runs_on else None
            if carried is None:
                piece = self._labelled(paragraph.inline.take(), shape)
                gap = max(gap, _gap(above, shape) if piece.text else 2 if above else 0)
                if piece.text:
                    for part in self._parts(piece, shape, paragraph.inline.all_bold):
                        yield Part(max(gap, part.gap), part.kind, part.piece, part.soft)
                        gap = 0
                    above = shape
            for box in paragraph.boxes:
                yield from self._boxed(box)
                gap = 2
        if carried is not None and (piece := carried.take()).text:
            yield Part(gap, "text", piece, soft=True)

    def _boxed(self, box: Element) -> Iterator[Part]:
        for place, part in enumerate(self.story(box)):
            part.gap = part.gap if place else 2
            yield part

    def cell(self, cell: Element) -> list[Part]:
        """What stands in a cell."""
        return list(self.story(cell))

    def _blocks(self, container: Element) -> Iterator[Element]:
        """Paragraphs and tables in order, out of whatever is wrapped around them."""
        stack = [iter(container)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag in (f"{W}p", f"{W}tbl"):
                yield child
            elif child.tag == f"{MC}AlternateContent":
                stack.append(iter(_chosen(child)))
            elif child.tag in WRAPPERS:
                self._count(child)
                stack.append(iter(child))
            elif child.tag in REMOVED:
                self.changes["deletion"] += 1
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.unread["included file"] += 1

    def _is_left_out(self, part: Element) -> bool:
        """A row or a cell that was deleted or hidden."""
        properties = part.find(f"{W}trPr" if part.tag == f"{W}tr" else f"{W}tcPr")
        if properties is None:
            return False
        if any(properties.find(f"{W}{change}") is not None for change in ("del", "cellDel")):
            self.changes["deletion"] += 1
            return True
        if any(properties.find(f"{W}{change}") is not None for change in ("ins", "cellIns")):
            self.changes["insertion"] += 1
        if properties.find(f"{W}cellMerge") is not None:
            self.changes["merge"] += 1
        return (hidden := properties.find(f"{W}hidden")) is not None and is_on(hidden)

    def _labelled(self, piece: Piece, shape: Shape) -> Piece:
        """The paragraph with its number in front. An empty one is counted too, as Word does."""
        if shape.list in (None, "0"):
            return piece
        level = shape.level if shape.level is not None else self.lists.level_of(shape.list, shape.style)
        label = self.lists.label(shape.list, level)
        return joined([Piece(label), piece], "") if piece.text and label else piece

    def _parts(self, piece: Piece, shape: Shape, all_bold: bool) -> Iterator[Part]:
        if shape.role == "title":
            yield Part(2, "title", piece)
        elif shape.role == "caption":
            yield Part(1, "caption", piece)
        elif shape.role:
            yield Part(2, "section_header", piece)
        else:
            kind: BlockKind = kind_of(piece.text, all_bold)
            listed = shape.list not in (None, "0") and kind == "text"
            yield Part(0, "list_item" if listed else kind, piece, soft=not listed)

    # Paragraphs --------------------------------------------------------------------------------------------------------

    def _paragraph(self, node: Element, shape: Shape, carried: _Inline | None) -> _Paragraph:
        inline = carried or _Inline()
        boxes: list[Element] = []
        stack: list[tuple[Element, bool]] = [(child, True) for child in reversed(node)]
        while stack:
            child, entering = stack.pop()
            if not entering:
                inline.unlink()
            elif child.tag == f"{W}r":
                if self._on(child, shape, "vanish"):
                    self.hidden += _length(child)
                elif self._on(child, shape, "strike") or self._on(child, shape, "dstrike"):
                    self.struck += _length(child)
                else:
                    stack += [(grandchild, True) for grandchild in reversed(self._run(child, inline, shape))]
            elif child.tag == f"{W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{MC}AlternateContent":
                stack += [(grandchild, True) for grandchild in reversed(_chosen(child))]
            elif child.tag in REMOVED:
                self.changes["deletion"] += 1
            elif child.tag not in LEFT_OUT and not self._enter(child, inline, stack):
                stack += [(grandchild, True) for grandchild in reversed(child)]
        self.fields = [field for field in self.fields if field.result]
        mark = node.find(f"{W}pPr/{W}rPr")
        deleted = mark is not None and mark.find(f"{W}del") is not None
        if deleted:
            self.changes["deletion"] += 1
        return _Paragraph(inline, boxes, deleted)

    def _enter(self, child: Element, inline: _Inline, stack: list[tuple[Element, bool]]) -> bool:
        """What is not a run but around runs, or beside them; True where nothing below it is to be read."""
        if child.tag == f"{W}hyperlink":
            inline.link(self._target(child))
            stack.append((child, False))
        elif child.tag == f"{W}fldSimple":
            asked = child.get(f"{W}instr") or ""
            if PAGE_FIELD.match(asked):
                return True
            match = HYPERLINK.match(asked)
            inline.link(match[1] if match else "")
            stack.append((child, False))
            if MOVING.match(asked):
                self._moves("".join(part.text or "" for part in child.iter(f"{W}t")))
        elif child.tag == f"{M}t":
            self._shown(child.text or "", inline)
        elif child.tag == f"{VML}textpath":
            self._shown(child.get("string") or "", inline)
        else:
            self._count(child)
        return False

    def _count(self, node: Element) -> None:
        """What is told in the warnings."""
        if node.tag == GRAPHIC:
            self.unread.update([thing] if (thing := PICTURES.get((node.get("uri") or "").rpartition("/")[2])) else [])
        elif node.tag == f"{VML}imagedata":
            self.unread["picture"] += 1
        elif node.tag == f"{OFFICE}OLEObject":
            self.unread["embedded object"] += 1
        elif node.tag == f"{W}commentReference":
            self.comments += 1
        elif node.tag in (f"{W}ins", f"{W}moveTo"):
            self.changes["insertion"] += 1

    def _target(self, link: Element) -> str:
        relation = self.relations.get(link.get(f"{R}id") or "")
        return relation.target if relation and relation.external else ""

    def _on(self, run: Element, shape: Shape, switch: str) -> bool:
        """Is a property of this run on: by itself, by its style, or by its paragraph's?"""
        properties = run.find(f"{W}rPr")
        if properties is not None:
            own = properties.find(f"{W}{switch}")
            if own is not None:
                return is_on(own)
            if self.styles.is_on(value(properties, "rStyle") or "", switch):
                return True
        return self.styles.is_on(shape.style, switch)

    def _run(self, run: Element, inline: _Inline, shape: Shape) -> list[Element]:
        """Write the text of a run; gives its children that hold more than text."""
        properties = run.find(f"{W}rPr")
        fonts = None if properties is None else properties.find(f"{W}rFonts")
        font = "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
        raised = self.styles.is_raised(properties)
        before = inline.length
        rest: list[Element] = []
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                text = _text(child)
                self._shown(signs.raised(text) if raised else symbols(text, font), inline)
            elif (shown := self._character(child)) is not None:
                self._shown(shown, inline)
            elif tag == f"{W}fldChar":
                self._field(child, inline)
            elif tag == f"{W}instrText":
                self._ask(child.text or "")
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                self._note(child, inline)
            elif tag not in LEFT_OUT:
                rest.append(child)
        if inline.length > before and not inline.parts[-1].isspace():
            inline.all_bold &= self._on(run, shape, "b")
        return rest

    def _character(self, node: Element) -> str | None:
        """What is one character by its tag; None for everything else."""
        if node.tag == f"{W}sym":
            return self._symbol(node)
        return CHARACTERS.get(node.tag)

    def _shown(self, text: str, inline: _Inline) -> None:
        """Text joins the paragraph, unless it stands in the part of a field that is not shown."""
        if all(field.result and not PAGE_FIELD.match(field.asked) for field in self.fields):
            inline.add(furniture.tidy(text))
            for field in self.fields:
                field.said += text

    def _symbol(self, node: Element) -> str:
        code = node.get(f"{W}char") or ""
        char = chr(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else "\ufffd"
        shown = symbols(char, node.get(f"{W}font") or "")
        if "\ue000" <= shown <= "\uf8ff" or "\ud800" <= shown <= "\udfff" or shown == "\ufffd":
            self.odd_symbols += 1
            return "\ufffd"
        return shown

    def _ask(self, text: str) -> None:
        if self.fields and not self.fields[-1].result:
            self.fields[-1].asked += text

    def _field(self, node: Element, inline: _Inline) -> None:
        """Begin, separate, end: only what stands between the last two is shown, or in a form without it what was chosen."""
        step = node.get(f"{W}fldCharType")
        if step == "begin":
            self.fields.append(_Field(_chosen_in_form(node.find(f"{W}ffData"))))
        elif step == "separate" and self.fields:
            field = self.fields[-1]
            field.result = True
            if match := HYPERLINK.match(field.asked):
                field.linked = True
                inline.link(match[1])
        elif step == "end" and self.fields:
            field = self.fields.pop()
            if field.linked:
                inline.unlink()
            if not field.result:
                self._shown(field.chosen, inline)
            elif MOVING.match(field.asked):
                self._moves(field.said)

    def _moves(self, said: str) -> None:
        """What is shown of a date that Word sets anew."""
        if any(char.isdigit() for char in said):
            self.moving.append(said.strip())

    # Notes -------------------------------------------------------------------------------------------------------------

    def _note(self, node: Element, inline: _Inline) -> None:
        """The mark of a note: its number, or the sign that the author chose, which then follows as text."""
        kind = "footnotes" if node.tag == f"{W}footnoteReference" else "endnotes"
        mark = ""
        if node.get(f"{W}customMarkFollows") in (None, "0", "false"):
            self.noted[kind] += 1
            mark = signs.raised(str(self.noted[kind])) if kind == "footnotes" else f"[{written(self.noted[kind], 'lowerRoman')}]"
            self._shown(mark, inline)
        self.notes.append((kind, node.get(f"{W}id") or "", mark))

    def _with_notes(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Notes below the paragraph or table that refers to them; those of a letterhead below the first paragraph."""
        paths = {kind: self._path(kind) for kind in ("footnotes", "endnotes")}
        roots = {kind: self.package.part(path) for kind, path in paths.items()}
        texts = {kind: {one.get(f"{W}id"): one for one in (() if root is None else root)} for kind, root in roots.items()}
        for part in chain(parts, [None]):
            if part is not None:
                yield part
                if not part.layout and signs.width(part.piece.text) < NOTE_AFTER:
                    continue
            waiting, self.notes = self.notes, []
            for kind, name, mark in waiting:
                with self._relations_of(paths[kind]):
                    yield from self._written(texts[kind].get(name), mark)

    @contextmanager
    def _relations_of(self, path: str | None) -> Iterator[None]:
        """Links and pictures are named anew in each part of the package."""
        before, self.relations = self.relations, self.package.relations(path or "")
        yield
        self.relations = before

    def _written(self, note: Element | None, mark: str) -> Iterator[Part]:
        if note is None:
            self.package.warnings.append(Warn(code="damaged-part", message=f"the note {mark or '*'} is missing from the file"))
            return
        for place, part in enumerate(self.story(note)):
            piece = joined([Piece(mark), part.piece], " ") if not place and mark and not part.layout else part.piece
            yield Part(2 if not place else 1, part.kind if part.layout else "footnote", piece, layout=part.layout)

    # The first page's header -------------------------------------------------------------------------------------------

    def _letterhead(self, body: Element, parts: Sequence[Part]) -> list[Part]:
        """The header of the first page, where it looks like a letterhead and says what the body does not."""
        section = next(body.iter(f"{W}sectPr"), None)
        if section is None:
            return []
        first = section.find(f"{W}titlePg")
        wanted = "first" if first is not None and is_on(first) else "default"
        name = next((one.get(f"{R}id") for one in section.iterfind(f"{W}headerReference") if one.get(f"{W}type") == wanted), None)
        relation = self.relations.get(name or "")
        root = self.package.part(relation.target) if relation else None
        if root is None or relation is None:
            return []
        with self._relations_of(relation.target):
            found = list(self.story(root))
        said = {line for part in parts for line in _lines(part)}
        fresh = [part for part in found if not all(line in said or furniture.is_page_line(line) for line in _lines(part))]
        if not any(signs.is_label(line) or LETTERHEAD.search(line) or COMPANY.search(line) for part in fresh for line in _lines(part)):
            return []
        if parts:
            parts[0].gap = 2
        return fresh


def _lines(part: Part) -> list[str]:
    texts = [slot.piece.text for slot in part.layout.slots] if part.layout else [part.piece.text]
    return [" ".join(line.split()) for text in texts for line in text.split("\n") if line.strip()]


def _gap(above: Shape | None, shape: Shape) -> int:
    """An empty line between two paragraphs that stand apart; none between items of a list."""
    if above is None:
        return 2
    if (above.list == shape.list not in (None, "0")) or (above.close and shape.close and above.style == shape.style):
        return 1
    return 2 if max(above.after, shape.before) > SPACED else 1


def _chosen(alternatives: Element) -> list[Element]:
    """The first of two ways to say the same, unless it is empty."""
    return next(([child] for child in alternatives if child.tag in (f"{MC}Choice", f"{MC}Fallback") and len(child)), [])


def _chosen_in_form(form: Element | None) -> str:
    """What a form's own list or text field shows; "" for none and for every other field."""
    if form is None:
        return ""
    listed = form.find(f"{W}ddList")
    if listed is None:
        return value(form.find(f"{W}textInput"), "default") or ""
    entries = [entry.get(f"{W}val") or "" for entry in listed.iterfind(f"{W}listEntry")]
    place = number(value(listed, "result") or value(listed, "default"), 0)
    return entries[place] if 0 <= place < len(entries) else ""


def _length(run: Element) -> int:
    return sum(len(text.text or "") for text in run.iter(f"{W}t"))


def _text(node: Element) -> str:
    """Text as Word shows it: white space at its ends only where it is kept expressly, and no line ends."""
    text = (node.text or "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return text if node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" else text.strip(" \t")
