"""E-mails: which of their parts are circulars, what each is called, and that no mail, however made, stops the others."""

from __future__ import annotations

import base64
import sqlite3
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ingest import formats
from ingest.errors import UnreadableSource
from ingest.formats import eml, html, plain
from ingest.formats.joined import joined
from ingest.model import Expression
from ingest.pipeline import parse_all
from ingest.settings import Settings
from kb.cli import circulars

HOW = Settings()
NOTICE = """Ref. No.: CD/OES/HKSCC/101/2026
Date: 3 August 2026

HONG KONG SECURITIES CLEARING COMPANY LIMITED

CIRCULAR

Subject: Renewal of Tokens
Enquiry: Hotline : 2979 7111

Participants must return the form no later than 14 August 2026.
"""
NOTICE_ZH = """編號：CD/OES/HKSCC/101/2026
日期：2026年8月3日

香港中央結算有限公司

事項：更換保安編碼器

參與者須於2026年8月14日或之前交回表格。
"""
PAGE = f"<!DOCTYPE html><html><body><main>{''.join(f'<p>{line}</p>' for line in NOTICE.splitlines() if line)}</main></body></html>"
COVER = "Dear all,\n\nPlease find attached our circular of today.\n\nRegards,\nMabel\n"
SIGNED_COVER = f"{COVER}Hong Kong Securities Clearing Company Limited\n"


def mail(text: str | None = COVER, *attached: tuple[str, bytes | str | EmailMessage], page: str | None = None) -> EmailMessage:
    """A mail as programs make it; what is attached is a name with bytes, text or another mail."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "Mabel <m@hkex.example>", "desk@broker.example", "Circular"
    message["Date"], message["Message-ID"] = "Mon, 03 Aug 2026 18:00:00 +0800", "<1@hkex.example>"
    if text is not None:
        message.set_content(text)
    if page is not None:
        message.add_alternative(page, subtype="html")
    for name, content in attached:
        if isinstance(content, bytes):
            message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        elif isinstance(content, str):
            message.add_attachment(content, filename=name)
        else:
            message.add_attachment(content)
    return message


def read(message: EmailMessage | bytes, how: Settings = HOW) -> list[Expression | UnreadableSource]:
    data = message if isinstance(message, bytes) else message.as_bytes()
    return list(parse_all(data, Path("in/mail.eml"), how))


def told(message: EmailMessage | bytes, how: Settings = HOW) -> list[str]:
    """What a mail gives, as `path number` and `path! reason`."""
    return [f"{one.source.path} {one.number}" if isinstance(one, Expression) else f"{one.path}! {one.reason}" for one in read(message, how)]


# Which parts are circulars ----------------------------------------------------------------------------------------------

OWN = "CD/OES/HKSCC/101/2026"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (mail(NOTICE), [f"in/mail.eml {OWN}"]),
        (mail("See below.", page=PAGE), [f"in/mail.eml {OWN}"]),
        (mail(COVER, ("notice.txt", NOTICE)), [f"in/mail.eml/notice.txt {OWN}"]),
        (mail(SIGNED_COVER, ("notice.txt", NOTICE)), [f"in/mail.eml/notice.txt {OWN}"]),
        (mail(None, ("notice.html", PAGE.encode())), [f"in/mail.eml/notice.html {OWN}"]),
        (mail(COVER, ("en.txt", NOTICE), ("zh.txt", NOTICE_ZH)), [f"in/mail.eml/en.txt {OWN}", f"in/mail.eml/zh.txt {OWN}"]),
        (mail(NOTICE.replace("101", "102"), ("form.txt", "Form of reply\n\nName:\n")), ["in/mail.eml CD/OES/HKSCC/102/2026", "in/mail.eml/form.txt None"]),
        (mail(NOTICE, ("notice.txt", NOTICE_ZH)), [f"in/mail.eml/notice.txt {OWN}"]),
        (mail(COVER, ("fwd", mail(COVER, ("notice.txt", NOTICE)))), [f"in/mail.eml/part-2.eml/notice.txt {OWN}"]),
        (mail(COVER, ("fwd", mail(NOTICE))), [f"in/mail.eml/part-2.eml {OWN}"]),
        (mail(COVER, ("saved.eml", mail(NOTICE).as_bytes())), [f"in/mail.eml/saved.eml {OWN}"]),
        (mail(COVER, ("a.txt", NOTICE), ("A.txt", NOTICE_ZH)), [f"in/mail.eml/a.txt {OWN}", f"in/mail.eml/A-2.txt {OWN}"]),
        (mail(COVER, ("../../etc/notice.txt", NOTICE)), [f"in/mail.eml/notice.txt {OWN}"]),
        (mail(COVER, ("C:\\temp\\通告.txt", NOTICE)), [f"in/mail.eml/通告.txt {OWN}"]),
        (mail(COVER, ("ATT00001.txt", "Disclaimer."), ("n.txt", NOTICE)), [f"in/mail.eml/n.txt {OWN}"]),
        (mail(COVER, ("n.txt", NOTICE), ("rates.xlsx", b"PK\x03\x04\x14\0\0\0xl/workbook.xml")),
         [f"in/mail.eml/n.txt {OWN}", "in/mail.eml/rates.xlsx! Excel workbook (XLSX; save it as PDF) is not a format that this version reads"]),
        (mail(COVER, ("n.txt", NOTICE), ("winmail.dat", b"\x78\x9f\x3e\x22")),
         [f"in/mail.eml/n.txt {OWN}", "in/mail.eml/winmail.dat! attachments in Outlook's own wrapping (TNEF) are not read"]),
    ],
)  # fmt: skip
def test_the_circulars_of_a_mail_are_its_attachments_or_its_text(message: EmailMessage, expected: list[str]) -> None:
    found = told(message)
    assert [line[: len(wanted)] for line, wanted in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (mail(COVER), "no circular in this e-mail: its text names no house and no number of a circular"),
        (mail(None), "no circular in this e-mail: e-mail without any text of its own"),
        (mail(COVER, ("a.bin", bytes(range(256)) * 9)), "no circular in this e-mail: a.bin: binary data"),
        (mail(COVER, ("a.gz", b"\x1f\x8b\x08")), "no circular in this e-mail: a.gz: compressed file is"),
    ],
)  # fmt: skip
def test_a_mail_without_a_circular_is_one_error_that_says_why(message: EmailMessage, reason: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(message)
    assert str(caught.value).startswith(f"in/mail.eml: {reason}")


def test_pictures_signatures_and_invitations_are_no_documents() -> None:
    message = mail(COVER, ("n.txt", NOTICE))
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<logo>")
    message.add_attachment(b"\x30\x80", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="invite.ics")
    assert told(message) == [f"in/mail.eml/n.txt {OWN}"]


def test_a_part_is_named_hashed_and_read_as_the_file_it_is() -> None:
    (part,) = read(mail(COVER, ("n.html", PAGE.encode())))
    (alone,) = parse_all(PAGE.encode(), Path("in/mail.eml/n.html"), HOW)
    assert part == alone


def test_a_mail_is_read_like_any_file_as_far_as_its_text_goes() -> None:
    document = formats.read(mail(NOTICE, ("winmail.dat", b"x")).as_bytes(), "mail.eml")
    assert (document.media_type, document.text) == ("message/rfc822", NOTICE.rstrip())
    assert [(warn.code, warn.message.split(":")[0]) for warn in document.warnings] == [("mail-part", "winmail.dat")]


# What is a mail ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "mails"),
    [
        (b"From: a@b.example\r\nMIME-Version: 1.0\r\n\r\nx", "a.txt", True),
        (b"From a@b.example Mon Aug  3\nReceived: by x\n with y\nSubject: z\n\n", "a", True),
        (b"\r\nSubject: z\nContent-Type: multipart/mixed\n\n", "a.mht", True),
        (b"From: Mabel\nTo: all\n\nPlease", "a.eml", True),
        (b"From: Clearing House\nTo: Participants\nDate: 3 August 2026\nSubject: Fees\n\nPlease", "memo.txt", False),
        (b"Subject: Fees\n\nMIME-Version: 1.0", "a.txt", False),
        (b"A text about Received: headers", "a.eml", False),
        (b"", "a.eml", False),
    ],
)  # fmt: skip
def test_a_mail_is_known_by_its_header(data: bytes, name: str, mails: bool) -> None:
    assert bool(eml.sniff(data, name)) is mails


# Damage and malice ------------------------------------------------------------------------------------------------------


def raw(*lines: str | bytes) -> bytes:
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in ("MIME-Version: 1.0", "From: a@b.example", *lines))


NOTICE_LINES = NOTICE.replace("\n", "\r\n")
CUT = base64.encodebytes(f"{NOTICE}\nThe English text prevails.\n".encode()).decode().rstrip("=\n")[:-1]
ENCODED = base64.encodebytes(NOTICE.encode()).decode()


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        pytest.param(raw("Content-Type: multipart/mixed; boundary=x", "", "--x", "Content-Type: text/plain", "", NOTICE_LINES), "it ends early", id="no closing boundary"),
        pytest.param(raw("Content-Type: multipart/mixed", "", "--x", "Content-Type: text/plain", "", NOTICE_LINES, "--x--"), "where its parts begin", id="no boundary"),
        pytest.param(raw("Content-Type: text/plain", "Content-Transfer-Encoding: base64", "", CUT), "damaged in the e-mail", id="base64 cut"),
        pytest.param(raw("Content-Type: text/plain", "Content-Transfer-Encoding: base64", "", "*?" + ENCODED), "damaged in the e-mail", id="base64 with other characters"),
        pytest.param(raw("Content-Type: text/plain; charset=klingon", "", NOTICE_LINES), None, id="unknown charset"),
        pytest.param(raw("Content-Type: text/plain; charset=us-ascii", "", "致：參與者", NOTICE_LINES), "declared as us-ascii", id="wrong charset"),
        pytest.param(raw("Content-Type: text/plain; charset=utf-8", "", NOTICE_ZH.encode("big5hkscs")), "declared as utf-8", id="Big5 that says UTF-8"),
        pytest.param(raw("Content-Type: text/plain; charset=\"", "Content-Disposition: ;;;", "", NOTICE_LINES), None, id="broken parameters"),
        pytest.param(raw("Content-Type: nonsense", "", NOTICE_LINES), None, id="no content type"),
        pytest.param(raw("Content-Transfer-Encoding: 7-bits", "", NOTICE_LINES), None, id="unknown transfer encoding"),
        pytest.param(raw("Content-Type: text/plain; format=flowed", "", NOTICE_LINES.replace("return the form", "return \r\nthe form")), None, id="flowed"),
        pytest.param(raw("Content-Type: application/octet-stream; name=\"=?gb2312?b?!!?=\"", "", NOTICE_LINES), None, id="the whole mail is one file"),
        pytest.param(raw("Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "", base64.encodebytes(raw("", NOTICE_LINES)).decode()), None, id="encoded mail"),
    ],
)  # fmt: skip
def test_a_damaged_mail_gives_what_is_left_of_it(data: bytes, warning: str | None) -> None:
    (one,) = [found for found in read(data) if isinstance(found, Expression)]
    assert (one.number, str(one.deadlines[0].due)) == (OWN, "2026-08-14")
    assert bool(one.warnings) is bool(warning)
    assert warning is None or warning in one.warnings[0].message


def nested(depth: int) -> bytes:
    message = mail(NOTICE)
    for _ in range(depth):
        message = mail(COVER, ("fwd", message))
    return message.as_bytes()


def test_mails_within_mails_are_opened_to_a_limit() -> None:
    assert told(nested(4)) == [f"in/mail.eml/{'part-2.eml/' * 4}".rstrip("/") + f" {OWN}"]
    with pytest.raises(UnreadableSource, match=r"more than 5 deep \(CIRCULARS_MAX_DEPTH\)"):
        told(nested(5))
    assert told(nested(5), Settings(max_depth=6)) == [f"in/mail.eml/{'part-2.eml/' * 5}".rstrip("/") + f" {OWN}"]


def test_parts_are_read_to_a_limit() -> None:
    part = b"--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n%d\r\n"
    data = (
        raw("Content-Type: multipart/mixed; boundary=x", "", NOTICE_LINES) + b"\r\n" + b"".join(part % number for number in range(10_000))
    )
    found = told(data, Settings(max_parts=20))
    assert len(found) == 21
    assert found[-1] == "in/mail.eml! more than 20 parts (CIRCULARS_MAX_PARTS); the rest was not read"


HOSTILE = {
    "multiparts, one in the other": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000)),
    "mails, one in the other": b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    "a header of a million fields": b"X-A: b\r\n" * 1_000_000,
    "a field of ten million bytes": b"Subject: " + b"a" * 3_000_000,
    "a field of many encoded words": b'Content-Disposition: attachment; filename="' + b"=?utf-8?b?QQ==?= " * 50_000 + b'"',
    "a boundary of nothing": b'Content-Type: multipart/mixed; boundary=""\r\n\r\n--\r\n--\r\n--\r\n',
    "parameters without end": b"Content-Type: text/plain" + b";a*0*=b" * 50_000,
    "a bomb of quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=\r\n" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_one_error_and_soon(name: str) -> None:
    start = time.process_time()
    with pytest.raises(UnreadableSource, match=r"^in/mail\.eml: "):
        told(b"MIME-Version: 1.0\r\nFrom: a@b.example\r\n" + HOSTILE[name])
    assert time.process_time() - start < 10


FIELDS = st.sampled_from(
    ["Content-Type: multipart/mixed; boundary=x", "Content-Type: multipart/alternative; boundary=\"y y\"", "Content-Type: text/html; charset=big5", "--x", "--x--", "--y y",
     "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: uuencode", "Content-Disposition: attachment; filename*=utf-8''%E9%80%9A.txt",
     "Content-Disposition: inline; filename=\"=?big5?b?s3GnaQ==?=\"", "", "", "Subject: 通告", NOTICE, ENCODED, "begin 644 a.txt", "\0", "<html><body><p>Notice</p></body></html>"]
)  # fmt: skip


@given(st.lists(FIELDS, max_size=30))
def test_any_mail_is_read_or_refused(lines: list[str]) -> None:
    try:
        found = read(raw(*lines))
    except UnreadableSource as error:
        assert str(error).startswith("in/mail.eml: ")  # noqa: PT017  either outcome is right; which one depends on the lines
    else:
        assert any(isinstance(one, Expression) for one in found)


# Through the door -------------------------------------------------------------------------------------------------------


def test_read_prints_one_line_for_each_circular_of_a_mail(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail(COVER, ("en.txt", NOTICE), ("zh.txt", NOTICE_ZH), ("x.gz", b"\x1f\x8b\x08")).as_bytes())
    result = CliRunner().invoke(circulars, ["read", str(path)])
    assert [line.split(",")[1].split('"')[-2] for line in result.stdout.splitlines()] == [f"{path}/en.txt", f"{path}/zh.txt"]
    assert result.stderr.startswith(f"{path}/x.gz: compressed file is not a format")
    assert result.exit_code == 1


def test_add_keeps_the_circulars_of_a_mail_and_reads_it_once(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(mail(COVER, ("en.txt", NOTICE), ("zh.txt", NOTICE_ZH)).as_bytes())
    command = ["add", str(tmp_path), "--db", str(tmp_path / "a.db")]
    first, second = CliRunner().invoke(circulars, command), CliRunner().invoke(circulars, command)
    assert (first.output, second.output) == ("2 read, 0 unchanged, 0 failed\n", "0 read, 1 unchanged, 0 failed\n")


def test_a_mail_is_read_again_when_the_reader_has_changed(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(mail(COVER, ("en.txt", NOTICE), ("zh.txt", NOTICE_ZH)).as_bytes())
    command = ["add", str(tmp_path), "--db", str(tmp_path / "a.db")]
    CliRunner().invoke(circulars, command)
    with sqlite3.connect(tmp_path / "a.db") as db:
        db.execute("UPDATE sources SET edition = 'older'")
    again, then = CliRunner().invoke(circulars, command), CliRunner().invoke(circulars, command)
    assert (again.output, then.output) == ("0 read, 2 read again, 0 unchanged, 0 failed\n", "0 read, 1 unchanged, 0 failed\n")


def test_a_mail_that_changes_replaces_what_it_said(tmp_path: Path) -> None:
    path, db = tmp_path / "mail.eml", tmp_path / "a.db"
    for message in (
        mail(COVER, ("en.txt", NOTICE), ("zh.txt", NOTICE_ZH)),
        mail(COVER, ("en.txt", NOTICE.replace("14 August", "21 August"))),
    ):
        path.write_bytes(message.as_bytes())
        assert CliRunner().invoke(circulars, ["add", str(path), "--db", str(db)]).exit_code == 0
    listed = CliRunner().invoke(circulars, ["due", "--all", "--format", "csv", "--db", str(db)]).output
    assert ("2026-08-21" in listed, "2026-08-14" in listed) == (True, False)


def test_a_notice_that_is_quoted_as_a_whole_reads_like_the_notice() -> None:
    alone = read(mail(NOTICE))[0]
    for mark in ("> ", ">", "> > ", ">>"):
        quoted = read(mail("FYI\n\n" + "".join(f"{mark}{line}\n" for line in NOTICE.splitlines())))[0]
        assert isinstance(alone, Expression)
        assert isinstance(quoted, Expression)
        assert quoted.text == f"FYI\n\n{alone.text}"
        assert (quoted.number, quoted.title) == (alone.number, alone.title)


def test_a_notice_passed_on_twice_loses_the_marks_of_both() -> None:
    inner = "".join(f">> {line}\n" for line in NOTICE.splitlines())
    (found,) = read(mail(f"FYI\n\n> From: Compliance\n> Sent: today\n> To: all\n>\n{inner}"))
    assert isinstance(found, Expression)
    assert ">" not in found.text
    assert found.number == OWN


@pytest.mark.parametrize(
    "subject", ["RE: Circular CD/ADM/CCASS/144/2026 - Christmas Eve", "=?utf-8?q?Fwd=3A_Circular_CD/ADM/CCASS/144/2026_-_Christmas_Eve?="]
)
def test_the_subject_of_a_mail_names_and_numbers_a_text_that_does_not(subject: str) -> None:
    text = "Dear Participants,\n\nParticipants must enter their instructions by 23 December 2026.\n\nHong Kong Securities Clearing Company Limited\n"
    (told,) = read(raw(f"Subject: {subject}", "", *text.split("\n")))
    assert isinstance(told, Expression)
    assert (told.number, told.title) == ("CD/ADM/CCASS/144/2026", "Circular CD/ADM/CCASS/144/2026 - Christmas Eve")


@pytest.mark.parametrize(
    ("subject", "above", "below", "issued"),
    [
        ("Year-end returns", "", "", "2026-12-03"),  # the mail is the circular: its day is the day of issue, and is said to be that
        ("FW: Year-end returns", "", "", None),
        ("Year-end returns", "", "\n7 December 2026\n", "2026-12-07"),
        ("Year-end returns", "FYI\n\nFrom: HKSCC\nSent: Wednesday, 2 December 2026 9:14 AM\nTo: all\nSubject: Returns\n\n", "", "2026-12-02"),
        (  # a mail may be passed on days after the circular in it was signed
            "Returns", "From: HKSCC\nSent: Wednesday, 2 December 2026 9:14 AM\nTo: all\nSubject: Returns\n\n", "\n30 November 2026\n", "2026-11-30",
        ),
    ],
)  # fmt: skip
def test_a_circular_without_a_day_has_that_of_its_mail(subject: str, above: str, below: str, issued: str | None) -> None:
    said = "Participants must send the returns for this year by 31 January."
    text = f"{above}{said}\n\nMabel Chan\nHong Kong Securities Clearing Company Limited\n{below}"
    message = mail(text)
    del message["Subject"], message["Date"]
    message["Subject"] = subject
    message["Date"] = "Thu, 3 Dec 2026 23:58:00 +0800"
    [found] = read(message)
    assert isinstance(found, Expression)
    assert (str(found.issued) if found.issued else None) == issued
    assert ("mail-date" in {warning.code for warning in found.warnings}) == (issued == "2026-12-03")


def test_a_quoted_line_among_others_stays() -> None:
    (found,) = read(mail(f"{NOTICE}\n> one line\nand another\n"))
    assert isinstance(found, Expression)
    assert "> one line" in found.text


def test_a_mailbox_is_no_mail() -> None:
    one = b"From a@b.hk Mon Jan  4 09:00:00 2027\n" + bytes(mail(NOTICE))
    assert told(one) == [f"in/mail.eml {OWN}"]
    with pytest.raises(UnreadableSource, match="mailbox of 2 e-mails; expected one"):
        read(one + b"\n\n" + one)
    assert told(mail(f"{NOTICE}\n\nFrom a@b.hk Mon Jan  4 09:00:00 2027\nTo: b\nDate: c\n")) == [f"in/mail.eml {OWN}"]


# Texts beside each other ------------------------------------------------------------------------------------------------

FOOTER = "<html><body><p>This e-mail may be privileged.</p></body></html>"
PLAIN, HTML, EMPTY = ("plain", NOTICE), ("html", PAGE), ("html", "<html><body><img src='http://a.example/x.gif'></body></html>")


def multipart(kind: str, *parts: tuple[str, str] | EmailMessage) -> EmailMessage:
    """Texts in a multipart of this kind, as no program of the standard library would arrange them."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["Date"], message["Subject"] = "m@hkex.example", "Mon, 03 Aug 2026 18:00:00 +0800", "Circular"
    message.add_header("Content-Type", f"multipart/{kind}")
    for part in parts:
        message.attach(part if isinstance(part, EmailMessage) else text_of(*part))
    return message


def text_of(subtype: str, text: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part.set_content(text, subtype=subtype)
    return part


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (multipart("mixed", PLAIN, ("html", FOOTER)), [1, 1]),
        (multipart("mixed", ("html", FOOTER), PLAIN), [1, 1]),
        (multipart("mixed", HTML, ("plain", "This e-mail may be privileged.")), [1, 1]),
        (multipart("mixed", multipart("alternative", PLAIN, HTML), ("plain", "This e-mail may be privileged.")), [1, 1]),
        (multipart("mixed", multipart("alternative", ("plain", "See below."), HTML), ("html", FOOTER)), [1, 1]),
        (multipart("alternative", PLAIN, multipart("mixed", HTML, ("html", FOOTER))), [1, 1]),
        (multipart("alternative", ("plain", "See below."), multipart("related", HTML)), [1, 0]),
        (multipart("alternative", PLAIN, EMPTY), [1, 0]),
        (multipart("mixed", PLAIN, HTML), [1, 0]),
        (multipart("mixed", HTML, PLAIN), [1, 0]),
    ],
)  # fmt: skip
def test_a_mail_says_all_its_texts_and_one_form_of_each(message: EmailMessage, said: list[int]) -> None:
    (found,) = read(message)
    assert isinstance(found, Expression)
    assert [found.text.count("14 August 2026"), found.text.count("may be privileged"), found.text.count("See below")] == [*said, 0]
    assert (found.number, [one.quote for one in found.deadlines]) == (OWN, ["no later than 14 August 2026"])


def test_what_is_joined_stands_where_its_parts_say() -> None:
    table = "<table><caption>Dates</caption><tr><th>Date<th>Event<tr><td>3 May 2027<td>Test<tr><td>4 May 2027<td>End</table>"
    parts = [plain.read(NOTICE.encode(), "a.txt"), html.read(f"<html><body><a href='https://a.example/'>Go</a>{table}".encode(), "a.html")]
    whole = joined(parts)
    (grid,), (before,) = whole.grids, parts[1].grids
    assert [whole.text[slice(*cell.span)] for cell in grid.cells] == [parts[1].text[slice(*cell.span)] for cell in before.cells]
    assert grid.caption
    assert (whole.text[slice(*grid.caption)], [whole.text[slice(*link.span)] for link in whole.links]) == ("Dates", ["Go"])
    assert [whole.text[slice(*block.span)] for block in whole.blocks] == [
        one.text[slice(*block.span)] for one in parts for block in one.blocks
    ]


def test_a_text_that_cannot_be_read_beside_another_is_told() -> None:
    unseen = "<html><body><p style='display: none'>Preview</p></body></html>"
    (found,) = read(multipart("mixed", PLAIN, EMPTY, ("html", unseen)))
    assert isinstance(found, Expression)
    assert [(warn.code, warn.message) for warn in found.warnings] == [
        ("mail-part", "a text of the e-mail was not read: HTML page without any text")
    ]


def test_a_mail_of_more_texts_than_are_read_says_so() -> None:
    found, _ = read(multipart("mixed", *[("plain", f"{NOTICE}\nCopy {number}") for number in range(3)]), Settings(max_parts=2))
    assert isinstance(found, Expression)
    assert [word in found.text for word in ("Copy 0", "Copy 1", "Copy 2")] == [True, True, False]
    assert "a text of the e-mail was not read: more than 2 parts (CIRCULARS_MAX_PARTS)" in " ".join(warn.message for warn in found.warnings)
