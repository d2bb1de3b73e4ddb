"""Bytes to characters: which character set, when the file says nothing, or says something wrong.

UTF-8 proves itself. Big5 and GB18030 do not: nearly every byte pair of one is some character of the other, so both are
decoded strictly and the reading in common characters wins. Common are the characters that the designers of Big5 and of
GB 2312 put first because they are frequent; the standards' own order is the word list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.errors import Unrecognised
from ingest.model import Warn

# A page that calls itself GB2312 or ISO-8859-1 is written in the larger set that browsers read instead.
ALIASES = {
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cp950", "ms950", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "ms936", "euc-cn", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "windows-1252", "cp1252", "us-ascii", "ascii"), "cp1252"),
    "utf8": "utf-8",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
LEGACY = ("big5hkscs", "gb18030", "cp1252")
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAMPLE = 65536
FEW = 4  # characters beyond ASCII that tell no set
PLAUSIBLE = 0.6
DECLARED = re.compile(
    rb"""<meta\b[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
# Curly quotes, dashes, bullets, signs and accented letters; one at a time, for only a wrong reading has them in rows.
WESTERN = re.compile(
    "(?<![\x80-\U0010ffff])[\u2018-\u201a\u201c-\u201e\u2013\u2014\u2022\u2026\u2122\u20ac\xa0\xa3\xa5\xa7\xa9\xab\xae\xb0-\xb7\xbb-\xbe\xc0-\xff](?![\x80-\U0010ffff])"
)
# A dash of GB18030 between English words is a Han character in Big5, so this decides where both readings are plausible.
LONE_HAN = re.compile("(?<![\x80-\U0010ffff])[\u3400-\u9fff](?![\x80-\U0010ffff])")
PUNCTUATION = frozenset(
    "\u3000、。，．·；：？！…‥—–─「」『』（）《》〈〉〔〕【】“”‘’•●○◎★☆※→←↑↓％＄￥＃＊＋－＝／×÷±℃°〇①②③④⑤⑥⑦⑧⑨⑩②ⅠⅡⅢⅣⅤ–│├┼"
)


class Decoded(NamedTuple):
    """The characters, the set they were written in, and what the user has to know about it."""

    text: str
    charset: str
    warnings: tuple[Warn, ...] = ()


def declared(data: bytes) -> str | None:
    """The character set that a page states in its head, as it is written there."""
    found = DECLARED.search(data, 0, 4096)
    return (found[1] or found[2]).decode("ascii").lower() if found else None


def decode(data: bytes, name: str, stated: str | None = None) -> Decoded:
    """Read bytes as text; `stated` is believed only if the result is plausible."""
    decoded = _by_mark(data) or _as_utf16(data) or _as_stated(data, stated) or _as_utf8(data) or _as_legacy(data, stated)
    if decoded is None or _is_binary(decoded.text):
        raise Unrecognised(name, "binary data")
    if stated and not data.isascii() and ALIASES.get(stated, stated) != decoded.charset.removesuffix("-sig"):
        said = Warn(code="charset", message=f"declared as {stated}, read as {decoded.charset}")
        decoded = decoded._replace(warnings=(said, *decoded.warnings))
    return decoded if stated else decoded._replace(warnings=(*decoded.warnings, *_doubts(data, decoded)))


def _doubts(data: bytes, decoded: Decoded) -> Iterator[Warn]:
    """A warning where so few characters are beyond ASCII that another set reads them as well, and nothing says which is meant."""
    sample = decoded.text[:SAMPLE]
    beyond = len(sample) - len(sample.encode("ascii", "ignore"))
    if not 0 < beyond <= FEW or decoded.charset.startswith(("utf-16", "utf-32", "utf-8-sig")):
        return
    if decoded.charset == "utf-8" and plausibility(decoded.text) >= PLAUSIBLE:
        return
    for other in filter(None, (_strict(data, charset) for charset in LEGACY)):
        likely = plausibility(other.text) >= PLAUSIBLE and _likelihood(other, None) >= _likelihood(decoded, None)
        if likely and other.text != decoded.text:
            said = next(char for char in decoded.text if char > "\x7f")
            yield Warn(
                code="charset", message=f"“{said}” is read as {decoded.charset}; as {other.charset} it is as likely another character"
            )


def plausibility(text: str) -> float:
    """How much of the text beyond ASCII is what circulars are written in: 1 all, 0 nothing."""
    wide = [char for char in text[:SAMPLE] if char > "\x7f"]
    if not wide:
        return 1.0
    common = _common()
    western = len(WESTERN.findall(text[:SAMPLE]))
    return max(western, sum(char in common for char in wide)) / len(wide)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, charset in BOMS:
        if data.startswith(mark):
            return _lenient(data, charset)
    return None


def _as_utf8(data: bytes) -> Decoded | None:
    """Strictly, or with a few damaged bytes among many good sequences; no other set forms those by chance."""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        decoded = _lenient(data, "utf-8")
        bad = decoded.text.count("\ufffd")
        good = sum(char > "\x7f" for char in decoded.text) - bad
        return decoded if good > 4 * bad else None


def _as_stated(data: bytes, stated: str | None) -> Decoded | None:
    """In the set that the file states, where a few of its characters are by chance good UTF-8 that says nothing."""
    wanted = ALIASES.get(stated or "")
    if wanted not in LEGACY or (chance := _strict(data, "utf-8")) is None or plausibility(chance.text) >= PLAUSIBLE:
        return None
    said = _strict(data, wanted)
    return said if said and plausibility(said.text) >= PLAUSIBLE else None


def _as_utf16(data: bytes) -> Decoded | None:
    """Without a mark it shows by NUL bytes, which no other text has."""
    if b"\0" not in data[:SAMPLE]:
        return None
    for charset in ("utf-16-le", "utf-16-be"):
        decoded = _strict(data, charset)
        if decoded and not _is_binary(decoded.text) and plausibility(decoded.text) >= PLAUSIBLE:
            return decoded
    return None


def _as_legacy(data: bytes, stated: str | None) -> Decoded | None:
    if b"\0" in data:
        return None
    wanted = ALIASES.get(stated or "")
    order = sorted(LEGACY, key=lambda charset: charset != wanted)
    readings = [decoded for charset in order if (decoded := _strict(data, charset))]
    readings = readings or [_lenient(data, charset) for charset in order]
    best = max(readings, key=lambda decoded: _likelihood(decoded, wanted))
    return best if plausibility(best.text) >= PLAUSIBLE else None


def _likelihood(decoded: Decoded, wanted: str | None) -> tuple[float, bool, int]:
    """How plausible a reading is; of two that are as plausible the declared one wins, then the one with fewer lone characters."""
    return plausibility(decoded.text), decoded.charset == wanted, -len(LONE_HAN.findall(decoded.text[:SAMPLE]))


def _strict(data: bytes, charset: str) -> Decoded | None:
    try:
        return Decoded(data.decode(charset), charset)
    except UnicodeDecodeError:
        return None


def _lenient(data: bytes, charset: str) -> Decoded:
    text = data.decode(charset, "replace")
    bad = text.count("\ufffd")
    message = f"{bad} damaged place{'s' * (bad > 1)} in {charset.removesuffix('-sig')} text, shown as \ufffd"
    return Decoded(text, charset, (Warn(code="invalid-bytes", message=message),) if bad else ())


def _is_binary(text: str) -> bool:
    sample = text[:SAMPLE]
    return "\0" in text or len(CONTROLS.findall(sample)) > len(sample) / 50


@cache
def _common() -> frozenset[str]:
    """The first levels of Big5 (5,401 characters) and of GB 2312 (3,755), full width forms and punctuation."""
    big5 = bytes(byte for lead in range(0xA4, 0xC7) for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for byte in (lead, trail))
    gb = bytes(byte for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for byte in (lead, trail))
    han = big5.decode("big5", "ignore") + gb.decode("gb2312", "ignore")
    return frozenset(han) | frozenset(map(chr, range(0xFF01, 0xFF5F))) | PUNCTUATION
