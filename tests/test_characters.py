"""What is printed like a hyphen, a colon or nothing reads like one, in every kind of fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.model import Expression
from ingest.pipeline import parse
from ingest.settings import Settings

HEAD = "Hong Kong Securities Clearing Company Limited\nDate: 4 January 2027\n\nSubject: Fees\n\n"


def read(text: str, name: str = "fees.txt") -> Expression:
    return parse(text.encode(), Path(name), Settings())


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u2012", "\u2212", "\ufe63", "\uff0d"])
def test_every_hyphen_parts_a_date_and_a_telephone(hyphen: str) -> None:
    said = "CPs must pay by 28-Apr-2027.\n\n參與者須於2027-05-04或之前繳付費用。\n\nTel: 2979-7111"
    told = read(HEAD + said.replace("-", hyphen))
    assert [due.due for due in told.deadlines] == [date(2027, 4, 28), date(2027, 5, 4)]
    assert [contact.value for contact in told.contacts] == ["+85229797111"]
    assert told.unexplained == ()


@pytest.mark.parametrize("colon", [":", "：", "\u2236", "\ufe55", "\ufe13", "\ufe30"])
def test_every_colon_parts_hours_and_minutes(colon: str) -> None:
    (due,) = read(HEAD + f"參與者須於2027年5月3日下午5{colon}30或之前繳付費用。").deadlines
    assert (due.due, due.time) == (date(2027, 5, 3), "17:30")


@pytest.mark.parametrize(
    "unseen", ["\xad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u202a", "\u202c", "\u2068", "\ufeff"]
)
@pytest.mark.parametrize("written", ["text", "page", "page by code", "cell", "text by code"])
def test_what_nobody_sees_parts_no_word(unseen: str, written: str) -> None:
    said = "C|Ps must pay by| 3| M|ay 20|27.".replace("|", f"&#{ord(unseen)};" if "code" in written else unseen)
    text, name = HEAD + said, "fees.txt"
    if written.startswith(("page", "cell")):
        holder = f"<table><tr><td>Act<td>Duty<tr><td>Pay<td>{said}</table>" if written == "cell" else f"<p>{said}</p>"
        text, name = f"<html><body><pre>{HEAD}</pre>{holder}</body></html>", "fees.html"
    told = read(text, name)
    assert [mention.start for mention in told.dates] == [date(2027, 1, 4), date(2027, 5, 3)]
    assert "CPs must pay by 3 May 2027." in told.text


@pytest.mark.parametrize("text", ["CPs should not pay 3–5 May 2027", "a — b", "1 ~ 2", "a…b", "é", "「費用」"])
def test_other_signs_stay_as_they_are(text: str) -> None:
    assert text in read(HEAD + text).text
