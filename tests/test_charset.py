"""Bytes are read in the character set that they were written in, whatever the file says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableSource
from ingest.formats import charset

CIRCULARS = sorted(path for path in (Path(__file__).parent / "circulars").glob("*/*") if path.suffix in (".txt", ".html"))
SHORT = [
    "事項：更改結算時間\n參與者須於2026年5月4日或之前回覆。",
    "各会员单位：\n请于2026年12月18日前完成调整。",
    "茲提述本公司的通告\n（編號：CD/001/2026）",
    "通告\n第2頁",
    "港股通开市日的通知\n2026年",
]
TEXTS = [*SHORT, *(path.read_text("utf-8") for path in CIRCULARS)]
NAMES = [*(text.split("\n")[0] for text in SHORT), *(f"{path.parent.name}/{path.name}" for path in CIRCULARS)]


CHARSETS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5hkscs", "gb18030", "cp1252"]


def can_write(name: str, text: str) -> bool:
    try:
        return bool(text.encode(name))
    except UnicodeEncodeError:
        return False


WRITTEN = [
    pytest.param(text, name, id=f"{label}-{name}")
    for text, label in zip(TEXTS, NAMES, strict=True)
    for name in CHARSETS
    if can_write(name, text)
]


@pytest.mark.parametrize(("text", "name"), WRITTEN)
def test_a_circular_is_read_in_any_of_its_character_sets(text: str, name: str) -> None:
    assert charset.decode(text.encode(name), "x.txt").text.lstrip("\ufeff") == text


@pytest.mark.parametrize("name", ["big5hkscs", "gb18030"])
@pytest.mark.parametrize("stated", ["utf-8", "big5", "gb2312", "iso-8859-1", "x-unknown"])
def test_a_declaration_that_lies_is_not_believed_and_named(name: str, stated: str) -> None:
    text = SHORT[0]
    decoded = charset.decode(text.encode(name), "x.html", stated)
    assert decoded.text == text
    expected = [] if charset.ALIASES.get(stated, stated) == name else [f"declared as {stated}, read as {name}"]
    assert [warning.message for warning in decoded.warnings] == expected


def test_utf8_that_a_page_declares_as_big5_is_named_too() -> None:
    decoded = charset.decode("通告 CIRCULAR".encode(), "x.html", "big5")
    assert (decoded.text, [warning.code for warning in decoded.warnings]) == ("通告 CIRCULAR", ["charset"])


@pytest.mark.parametrize("stated", ["big5", "iso-8859-1", "utf-8"])
def test_a_page_in_ascii_agrees_with_any_declaration(stated: str) -> None:
    assert charset.decode(b"Circular", "x.html", stated).warnings == ()


@pytest.mark.parametrize(
    ("data", "stated"),
    [
        (b'<html><head><meta charset="Big5">', "big5"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=GB2312'>", "gb2312"),
        (b'<?xml version="1.0" encoding="utf-8"?><html>', "utf-8"),
        (b"<html><p>charset=big5</p>", None),
    ],
)
def test_a_declaration_is_found_in_the_head_of_a_page(data: bytes, stated: str | None) -> None:
    assert charset.declared(data) == stated


def test_english_with_curly_quotes_of_windows_is_read() -> None:
    text = "the Participant’s “own” account – £5"
    assert charset.decode(text.encode("cp1252"), "x.txt").text == text


def test_hkscs_characters_are_read() -> None:
    text = "九龍深水埗及鰂魚涌邨的參與者須啟動裝置"
    assert charset.decode(text.encode("big5hkscs"), "x.txt").text == text


def test_a_few_damaged_bytes_are_marked_and_warned_of() -> None:
    data = "參與者必須於2026年8月7日或之前登記".encode()
    decoded = charset.decode(data[:9] + b"\xff" + data[9:], "x.txt")
    assert decoded.text == "參與者\ufffd必須於2026年8月7日或之前登記"
    assert [warning.code for warning in decoded.warnings] == ["invalid-bytes"]


@pytest.mark.parametrize(
    "data",
    [
        b"Date: 3 May\0 2026",
        "編號\0".encode(),
        bytes(range(1, 32)) * 20,
        bytes(range(256)) * 4,
        "通告".encode("big5") + b"\0",
        "Циркуляр для участников".encode("cp1251"),
    ],
)
def test_what_is_no_text_in_a_known_set_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"x\.txt: binary data"):
        charset.decode(data, "x.txt")


@pytest.mark.parametrize(("stated", "names"), [("big5", "張周吳"), ("gbk", "馮黃陈")])
def test_a_lone_chinese_name_on_an_english_page_is_in_the_declared_set(stated: str, names: str) -> None:
    for name in names:
        decoded = charset.decode(f"Enquiries: Mr. {name} by 3 May 2027.".encode(stated), "x.html", stated)
        assert (decoded.text, decoded.warnings) == (f"Enquiries: Mr. {name} by 3 May 2027.", ())


@pytest.mark.parametrize(("said", "written", "other"), [
    ("国", "gb18030", "gb18030"),
    ("陳", "big5", "gb18030"),
    ("业", "gb18030", "gb18030"),
    ("人", "gb18030", None),
    ("大文", "big5", None),
    ("–", "gb18030", None),
    ("é", "utf-8", None),
    ("é", "cp1252", None),
])  # fmt: skip
def test_a_lone_character_that_two_sets_read_as_well_is_told(said: str, written: str, other: str | None) -> None:
    data = f"Please see note {said} and reply by 3 May 2027.".encode(written)
    warnings = charset.decode(data, "a.txt").warnings
    assert [warn.message.partition("; ")[2] for warn in warnings] == ([f"as {other} it is as likely another character"] if other else [])
    stated = charset.decode(data, "a.txt", written)
    assert (stated.text, stated.warnings) == (data.decode(written), ())
