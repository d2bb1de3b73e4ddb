"""Words that can be looked up: how a text is cut for the full-text index, and how a question is cut to meet it.

FTS5 finds no Chinese word inside a run of Chinese: its tokenizer takes the whole run for one. So each character is indexed
with the one that follows it (電郵地址 gives 電郵 郵地 地址 址), and a question is cut the same way: two characters are one
token, more of them a phrase, one is the beginning of a token. Everything else is left to FTS5, which knows English stems.

Text and question are folded first, so that 結算 finds 结算 and full-width digits are digits. This module knows no database
and nothing of the pipeline: the pages of a published site need it too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

HAN = r"々〇㐀-䶿一-鿿豈-﫿\U00020000-\U000323af"
RUN = re.compile(rf"[{HAN}](?:[^\S\n\t]?\n?[{HAN}])*")  # a line that was broken inside a word does not part it; a tab or an empty line does
SPACE = re.compile(r"\s+")
WORDLIKE = re.compile(r"[^\W_]")
PIECES = re.compile(r'"(?P<quoted>[^"]*)"?|(?P<bracket>[()])|(?P<bare>[^\s()"]+)')
NOTHING = '""'
"""What FTS5 takes for a phrase without words: no text holds it."""

MOST = 64
"""So many words of a question are looked up; what nobody types by hand does not keep the server busy."""


class Term(NamedTuple):
    """One thing that is looked for: its words as typed and folded, whether any longer word will do, whether texts with it are unwanted."""

    words: str
    prefix: bool = False
    unwanted: bool = False

    @property
    def phrase(self) -> str:
        """The term as FTS5 wants it."""
        cut, prefix = cut_folded(self.words).strip(), self.prefix
        run = last_run(self.words)
        if len(run) > 1:
            cut = cut[: cut.rindex(" ")]  # in a text, its last character has a neighbour
        elif run:
            prefix = True
        return f'"{cut}"' + " *" * prefix


class Question(NamedTuple):
    """What was asked: the expression for FTS5, which is always valid, and the terms in it."""

    match: str
    terms: tuple[Term, ...]


# Texts ------------------------------------------------------------------------------------------------------------------


@cache
def _folds() -> dict[int, str]:
    """Character by character what is folded into what; made by tools/folds.py from the folding of the reader."""
    left, right = files("kb").joinpath("folds.txt").read_text("utf-8").split("\n")[:2]
    return {ord(char): form for char, form in zip(left, right, strict=True)}


@cache
def edition() -> str:
    """A mark that changes when texts are cut another way: an index that was made with another one has to be made again."""
    own = files("kb")
    return hashlib.sha256(b"".join(own.joinpath(name).read_bytes() for name in ("terms.py", "folds.txt"))).hexdigest()[:16]


def fold(text: str) -> str:
    """Width, script and compatibility forms levelled; the length stays, so places stay."""
    return text if text.isascii() else text.translate(_folds())


def cut(text: str) -> str:
    """A text as it is indexed."""
    return cut_folded(fold(text))


def cut_folded(text: str) -> str:
    """Each run of Chinese characters as pairs of neighbours and, last, the one that has none after it."""
    return text if text.isascii() else RUN.sub(_pairs, text)


def _pairs(run: re.Match[str]) -> str:
    chars = SPACE.sub("", run[0])
    return f" {' '.join(map(''.join, pairwise(chars)))} {chars[-1]} "


def last_run(text: str) -> str:
    """The Chinese characters with which a text ends."""
    runs = [run for run in RUN.finditer(text) if run.end() == len(text)]
    return SPACE.sub("", runs[0][0]) if runs else ""


# Questions --------------------------------------------------------------------------------------------------------------


def question(typed: str) -> Question:
    """What somebody typed: words, "exact phrases", AND, OR, NOT (or -word), brackets, and word* for all that begin so.

    Nothing is an error: a bracket or quotation mark without its other half ends where the question ends, an operator that joins
    nothing is passed over, and where no word is left to look for (or only unwanted ones), nothing is found.
    """
    reader = Reader(list(tokens(fold(typed.replace("\0", " "))))[:MOST])
    match = " AND ".join(reader.parts())
    return Question(match or NOTHING, tuple(reader.terms))


class Token(NamedTuple):
    """A piece of a question: a word or phrase, an operator, or a bracket."""

    kind: str
    text: str


def tokens(typed: str) -> Iterator[Token]:
    for found in PIECES.finditer(typed):
        text = found[0]
        if found.lastgroup == "bracket":
            yield Token(text, text)
        elif found.lastgroup == "quoted":
            yield Token("phrase", found["quoted"])
        elif text in ("AND", "OR", "NOT"):
            yield Token(text, text)
        elif text.startswith("-") and len(text) > 1:
            yield from (Token("NOT", text), Token("word", text[1:]))
        else:
            yield Token("word", text)


class Reader:
    """Reads a question from left to right; OR binds less than what stands side by side, as FTS5 has it."""

    def __init__(self, pieces: Sequence[Token]) -> None:
        self.pieces, self.at, self.terms = pieces, 0, list[Term]()

    @property
    def kind(self) -> str:
        return self.pieces[self.at].kind if self.at < len(self.pieces) else ""

    def parts(self) -> Iterator[str]:
        """What is asked, part by part; a closing bracket that nothing opened parts two of them."""
        while self.kind:
            if found := self.either():
                yield found
            self.at += self.kind == ")"

    def either(self, unwanted: bool = False) -> str:
        found = [self.every(unwanted)]
        while self.kind == "OR":
            self.at += 1
            found.append(self.every(unwanted))
        return joined(" OR ", found)

    def every(self, unwanted: bool) -> str:
        """What has to be there, without what must not be; what must not be is no question by itself."""
        wanted, refused = [], []
        while self.kind not in ("", ")", "OR"):
            kind = self.kind
            if kind in ("AND", "NOT"):
                self.at += 1
            if kind == "NOT":
                refused.append(self.one(not unwanted))
            elif self.kind not in ("AND", "NOT"):
                wanted.append(self.one(unwanted))
        out, less = joined(" AND ", wanted), joined(" OR ", refused)
        return f"({out} NOT {less})" if out and less else out

    def one(self, unwanted: bool) -> str:
        """A word, a phrase, or what stands in brackets."""
        if self.kind in ("", ")", "OR", "AND", "NOT"):
            return ""
        piece = self.pieces[self.at]
        self.at += 1
        if piece.kind == "(":
            found = self.either(unwanted)
            self.at += self.kind == ")"
            return found
        return self.term(piece, unwanted)

    def term(self, piece: Token, unwanted: bool) -> str:
        words = SPACE.sub(" ", piece.text).strip(" *")
        if not WORDLIKE.search(words):
            return ""
        words = words[: max(found.end() for found in WORDLIKE.finditer(words))]
        self.terms.append(Term(words, piece.kind == "word" and piece.text.endswith("*"), unwanted))
        return self.terms[-1].phrase


def joined(operator: str, parts: Sequence[str]) -> str:
    there = [part for part in parts if part]
    return there[0] if len(there) == 1 else f"({operator.join(there)})" if there else ""
