"""E-mails (EML, and web archives, which are made alike): the message's own text as a document, and what is attached to it.

A mail is a document like any other as far as its text goes; `parts` gives its attachments, which are files of their own. The
older policy of the standard library is used on purpose: the newer one raises on headers that are merely badly written.
"""

from __future__ import annotations

import base64
import io
import mimetypes
import re
from collections.abc import Callable, Iterator
from datetime import date
from email import message_from_bytes
from email.errors import MessageError
from email.generator import BytesGenerator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from itertools import groupby
from typing import NamedTuple

import msgspec

from ingest.errors import UnreadableSource
from ingest.formats import charset, html, picture, plain
from ingest.formats.joined import joined
from ingest.model import Document, Warn
from ingest.settings import Settings, settings

MEDIA_TYPE = "message/rfc822"

HEAD = 65_536  # bytes in which the header of a mail ends, or enough of it stands to know it
FIELD = re.compile(rb"([!-9;-~]{1,76}):")
PROOF = {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"content-type", b"content-transfer-encoding"}
HEADER_END = re.compile(rb"\n\r?\n")
BODY_NAME = re.compile(r"att\d{5,}\.(?:txt|html?)", re.IGNORECASE)  # how Exchange calls a message's own text behind an attachment
# In a mailbox each mail begins so, behind an empty line and before fields of its own.
NEXT_MAIL = re.compile(
    rb"\n\r?\nFrom \S[^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,40}\d{4}[^\r\n]{0,20}\r?\n"
    rb"(?=[!-9;-~]{1,76}:[^\r\n]*\r?\n[!-9;-~ \t])"
)
NO_BASE64 = re.compile("[^A-Za-z0-9+/]")
WINMAIL = re.compile(r"winmail\d*\.dat", re.IGNORECASE)
BOUNDARY = re.compile(rb"^--([!-~]{1,70})[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)
TAG = re.compile("<[^<>]*>|&nbsp;")
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
QUOTED = re.compile(r"^> ?")
SENT_ON = re.compile(r"(?:(?:re|fwd?|fw|[回答][覆复]|[轉转][寄發发])\s*[:：]\s*)+", re.IGNORECASE)
LONGEST_SUBJECT = 300  # characters
LEAST_QUOTED, MOST_LEVELS = 3, 10  # lines that are a quotation, quotations within each other
LONGEST_NAME, LONGEST_FIELD = 120, 10_000  # characters
MOST_FIELDS = 2_000  # of one header; real ones have some dozens
SIGNATURES = {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-keys"}
BESIDE = {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/css", "text/rfc822-headers", "message/delivery-status",
          "message/disposition-notification"}  # fmt: skip
DAMAGED = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)


class Part(NamedTuple):
    """An attachment: a name without folders, that no other part of this mail has, and its bytes.

    `shown` is a picture that stands in the text, where a notice may be pasted as a scan, and any other picture may be too.
    """

    name: str
    data: bytes
    warnings: tuple[Warn, ...] = ()
    shown: bool = False


class _Leaf(NamedTuple):
    """A part of the MIME tree that has no parts itself; `related` if it only serves another one (a picture of a page).

    Leaves with the same `choice` are forms of one text, of which a reader shows one.
    """

    node: Message
    related: bool
    choice: int | None = None


def sniff(data: bytes, name: str) -> float:
    """Fields of a header from the first line on, one of which only mails have; a memo has `From:` and `Date:` too."""
    fields: set[bytes] = set()
    for line in data[:HEAD].lstrip(b"\r\n").splitlines():
        if line[:1] in (b" ", b"\t") or (not fields and line.startswith((b"From ", b">From "))):
            continue
        field = FIELD.match(line)
        if field is None:
            break
        fields.add(field[1].lower())
    named = name.lower().endswith((".eml", ".mht", ".mhtml"))
    return 0.97 if len(fields) > 1 and (named or not fields.isdisjoint(PROOF)) else 0.0


def read(data: bytes, name: str, how: Settings | None = None) -> Document:
    """What the message itself says, without its header: of two forms of one text the page if there is one, and all other texts."""
    message = _message(data, name)
    leaves = list(_leaves(message))
    bodies = [leaf for leaf in leaves if _is_body(leaf)]
    most = (how or settings()).max_parts
    found: list[Document | UnreadableSource] = []
    for _, group in groupby(bodies[:most], lambda leaf: leaf.choice or id(leaf.node)):
        found += _one_form([leaf.node for leaf in group], name, how)
    if len(bodies) > most:
        found.append(UnreadableSource(name, too_many(most)))
    documents = [one for one in found if isinstance(one, Document)]
    refused = [one for one in found if isinstance(one, UnreadableSource)]
    if not documents:
        raise refused[0] if refused else UnreadableSource(name, "e-mail without any text of its own")
    unread = (Warn(code="mail-part", message=f"a text of the e-mail was not read: {error.reason}") for error in refused)
    document = joined(documents)
    warnings = (*document.warnings, *unread, *_harm(message), *_unread(leaves))
    return msgspec.structs.replace(document, media_type=MEDIA_TYPE, warnings=warnings, subject=_subject(message), sent=_sent(message))


def parts(data: bytes, name: str, how: Settings) -> Iterator[Part | UnreadableSource]:
    """The attachments of a mail in their order, an attached mail among them, and why one cannot be taken out."""
    message = _message(data, name)
    taken: set[str] = set()
    harm = _harm(message)
    for count, leaf in enumerate(_leaves(message)):
        if count >= how.max_parts:
            yield UnreadableSource(name, too_many(how.max_parts))
            return
        shown = _is_shown(leaf)
        if _is_body(leaf) or (_is_beside(leaf) and not shown):
            continue
        called = _unused(_name(leaf.node, count), taken)
        if why := _sealed(leaf.node, called):
            yield UnreadableSource(f"{name}/{called}", why)
            continue
        try:
            inside, warnings = _bytes(leaf.node)
            yield Part(called, inside, (*warnings, *harm), shown)
        except RecursionError:  # mails within mails, beyond what Python itself follows
            yield UnreadableSource(f"{name}/{called}", too_deep(how))
        except DAMAGED as error:
            yield UnreadableSource(f"{name}/{called}", f"damaged attachment: {str(error) or type(error).__name__}")


def too_many(most: int) -> str:
    """Why the last parts of a mail are not read."""
    return f"more than {most} parts (CIRCULARS_MAX_PARTS); the rest was not read"


def too_deep(how: Settings) -> str:
    """Why a mail in a mail in a mail is not opened."""
    return f"e-mail within e-mails, more than {how.max_depth} deep (CIRCULARS_MAX_DEPTH)"


# The tree of parts ------------------------------------------------------------------------------------------------------


def _message(data: bytes, name: str) -> Message:
    mails = len(NEXT_MAIL.findall(data)) if data.lstrip(b"\r\n").startswith(b"From ") else 0
    if mails:
        raise UnreadableSource(name, f"mailbox of {mails + 1} e-mails; expected one: save each as a file of its own")
    head = HEADER_END.search(data, 2)
    lines = data.count(b"\n", 0, head.start() if head else len(data))
    if lines > 10 * MOST_FIELDS:
        raise UnreadableSource(name, f"damaged e-mail: a header of {lines} lines; expected at most {10 * MOST_FIELDS}")
    try:
        message = message_from_bytes(data.lstrip(b"\r\n"))
        _refuse_long(message, name)
        found = None if message.is_multipart() or message.get_content_maintype() != "multipart" else BOUNDARY.search(data)
        if found is None:
            return message
        again = message_from_bytes(b'Content-Type: multipart/mixed; boundary="' + found[1] + b'"\r\n\r\n' + data[found.start() :])
    except RecursionError as error:
        raise UnreadableSource(name, "damaged e-mail: its parts are nested too deep") from error
    except DAMAGED as error:
        raise UnreadableSource(name, f"damaged e-mail: {error}") from error
    again.defects += message.defects
    return again


def _refuse_long(message: Message, name: str) -> None:
    """Each question to a header goes through all of it, so a header without end costs time without end."""
    fields = max(len(node.keys()) for node in message.walk())
    if fields > MOST_FIELDS:
        raise UnreadableSource(name, f"damaged e-mail: a header of {fields} fields; expected at most {MOST_FIELDS}")


def _harm(message: Message) -> tuple[Warn, ...]:
    """What is wrong with the tree of parts, so that some may be missing."""
    found = dict.fromkeys(
        type(defect).__name__ for node in message.walk() if node.get_content_maintype() == "multipart" for defect in node.defects
    )
    said = {"CloseBoundaryNotFoundDefect": "it ends early", "NoBoundaryInMultipartDefect": "it does not say where its parts begin"}
    reasons = "; ".join(said.get(name, name) for name in found)
    return (Warn(code="mail-part", message=f"damaged e-mail: {reasons}; parts of it may be missing"),) if found else ()


def _leaves(message: Message) -> Iterator[_Leaf]:
    """The parts in their order; a mail that is attached is one of them, whatever is in it."""
    stack = [_Leaf(message, related=False)]
    while stack:
        leaf = stack.pop()
        node = leaf.node
        payload = node.get_payload()
        if node.is_multipart() and node.get_content_maintype() != "message" and isinstance(payload, list):
            serves = node.get_content_type() == "multipart/related"
            choice = leaf.choice or (id(node) if node.get_content_type() == "multipart/alternative" else None)
            below = [
                _Leaf(child, leaf.related or (serves and place > 0), choice)
                for place, child in enumerate(payload)
                if isinstance(child, Message)
            ]
            stack += reversed(below)
        else:
            yield leaf


def _disposition(node: Message) -> str | None:
    try:
        return node.get_content_disposition()
    except DAMAGED:
        return None


def _is_body(leaf: _Leaf) -> bool:
    """Text of the message itself: it has no name, or one that a mail server made up."""
    if leaf.node.get_content_type() not in ("text/plain", "text/html") or leaf.related:
        return False
    name = _filename(leaf.node)
    return (not name and _disposition(leaf.node) != "attachment") or BODY_NAME.fullmatch(name) is not None


def _is_beside(leaf: _Leaf) -> bool:
    """What is no document: pictures in a page, signatures, invitations, visiting cards, receipts."""
    node, kind = leaf.node, leaf.node.get_content_type()
    if kind in SIGNATURES or kind in BESIDE or node.get_content_maintype() == "multipart":
        return True
    shown = leaf.related or _disposition(node) == "inline" or node.get("Content-ID") is not None
    return shown and (leaf.related or node.get_content_maintype() in ("image", "audio", "video", "font"))


def _is_shown(leaf: _Leaf) -> bool:
    """A picture in the text that is as large as a page; those of a saved page, which name their place in the web, are no notice."""
    node = leaf.node
    if not _is_beside(leaf) or node.get_content_maintype() not in ("image", "application") or node.get("Content-Location") is not None:
        return False
    try:
        return picture.is_page(_bytes(node)[0])
    except (RecursionError, *DAMAGED):
        return False


def _sealed(node: Message, name: str) -> str | None:
    """Why this part cannot be opened, where that is known from its kind."""
    kind = node.get_content_type()
    if kind in ("application/ms-tnef", "application/vnd.ms-tnef") or WINMAIL.fullmatch(name):
        return "attachments in Outlook's own wrapping (TNEF) are not read; have them sent as plain attachments"
    if kind in ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"):
        return "encrypted or sealed e-mail (S/MIME, PGP); expected one that is opened and saved"
    if kind in ("message/partial", "message/external-body"):
        return f"the attachment is elsewhere ({kind}); expected it in the e-mail"
    return None


def _unread(leaves: list[_Leaf]) -> list[Warn]:
    """The sealed parts, for who reads the message's own text."""
    sealed = [(name, why) for count, leaf in enumerate(leaves) if (why := _sealed(leaf.node, name := _name(leaf.node, count)))]
    return [Warn(code="mail-part", message=f"{name}: {why}") for name, why in sealed]


def _name(node: Message, count: int) -> str:
    """The name of an attachment as one word of a path; one without a name is called by its place and kind."""
    name = UNSAFE.sub("", re.split(r"[/\\]", _filename(node))[-1]).strip(" .")
    if not name:
        kind = node.get_content_type()
        return f"part-{count + 1}{'.eml' if kind == MEDIA_TYPE else mimetypes.guess_extension(kind) or ''}"
    stem, dot, suffix = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else f"{(stem or suffix)[: LONGEST_NAME - 10]}{dot}{suffix[:8]}"


def _unused(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    count, candidate = 1, name
    while candidate.lower() in taken:
        count += 1
        candidate = f"{stem}-{count}{dot}{suffix}" if stem else f"{name}-{count}"
    taken.add(candidate.lower())
    return candidate


def _filename(node: Message) -> str:
    """The name as it was meant, whichever way it was written; "" where there is none."""
    try:
        if any(len(str(node.get(field, ""))) > LONGEST_FIELD for field in ("Content-Disposition", "Content-Type")):
            return ""
        stated = node.get_param("filename", None, "content-disposition") or node.get_param("name", None, "content-type")
        if not stated:
            return ""
        name = collapse_rfc2231_value(stated)
        if "=?" in name:
            name = str(make_header(decode_header(name)))
        if UNSAFE.search(name):  # bytes that were written as they are
            name = charset.decode(name.encode("utf-8", "surrogateescape"), name).text
    except (*DAMAGED, UnreadableSource):
        return ""
    return name.strip()


def _sent(message: Message) -> date | None:
    """The day on the sender's clock when it was written; None of a mail that answers another or passes one on."""
    if message.get("In-Reply-To") or SENT_ON.match(_headline(message) or ""):
        return None
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except DAMAGED:
        return None


def _headline(message: Message) -> str | None:
    """The subject field as it was meant, white space folded."""
    said = message.get("Subject")
    if not isinstance(said, str) or len(said) > LONGEST_FIELD:
        return None
    try:
        return " ".join(str(make_header(decode_header(said))).split())
    except DAMAGED:
        return None


def _subject(message: Message) -> str | None:
    """What the mail is about, without the marks of one that was sent on or answers another."""
    said = SENT_ON.sub("", _headline(message) or "")
    return None if UNSAFE.search(said) else said[:LONGEST_SUBJECT] or None


# Their bytes ------------------------------------------------------------------------------------------------------------


def _bytes(node: Message) -> tuple[bytes, tuple[Warn, ...]]:
    """The bytes of an attachment, and what was wrong with them."""
    payload = node.get_payload()
    if isinstance(payload, list):
        inner = payload[0]
        if not isinstance(inner, Message):
            raise TypeError("no e-mail in it")
        if str(node.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            return base64.b64decode(str(inner.get_payload())), ()  # against the standard, and done all the same
        out = io.BytesIO()
        BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(inner)
        return out.getvalue(), ()
    data = node.get_payload(decode=True)
    wrong = list(dict.fromkeys(type(defect).__name__ for defect in node.defects))
    if "InvalidBase64LengthDefect" in wrong:
        data = _cut_off(str(payload))
    message = f"damaged in the e-mail ({', '.join(wrong)})"
    return data if isinstance(data, bytes) else b"", (Warn(code="mail-part", message=message),) if wrong else ()


def _cut_off(encoded: str) -> bytes:
    """Base64 that ends within a group: what stands before it."""
    letters = NO_BASE64.sub("", encoded)
    return base64.b64decode(letters[: len(letters) // 4 * 4])


def _decoded(node: Message, name: str, stated: str | None) -> charset.Decoded:
    data, warnings = _bytes(node)
    decoded = charset.decode(data, name, stated)
    return decoded._replace(warnings=(*decoded.warnings, *warnings))


def _one_form(nodes: list[Message], name: str, how: Settings | None) -> list[Document | UnreadableSource]:
    """The pages among these parts, else the texts, and why one of them could not be read; nothing of empty ones."""
    pages = _all_of("text/html", _page, nodes, name, how)
    return pages if any(isinstance(one, Document) for one in pages) else _all_of("text/plain", _text, nodes, name, how) or pages


def _all_of(
    kind: str, reader: Callable[[Message, str, Settings | None], Document | None], nodes: list[Message], name: str, how: Settings | None
) -> list[Document | UnreadableSource]:
    found: list[Document | UnreadableSource] = []
    for node in nodes:
        try:
            document = reader(node, name, how) if node.get_content_type() == kind else None
        except UnreadableSource as error:
            found.append(error)
            continue
        if document:
            found.append(document)
    return found


def _page(node: Message, name: str, how: Settings | None) -> Document | None:
    decoded = _decoded(node, name, node.get_content_charset() or charset.declared(_bytes(node)[0]))
    if "data:" not in decoded.text and not TAG.sub("", decoded.text).strip():
        return None
    return html.page(decoded, name, how or settings())


def _text(node: Message, name: str, how: Settings | None) -> Document | None:
    if not _bytes(node)[0].strip():
        return None
    decoded = _decoded(node, name, node.get_content_charset())
    document = plain.read(_unquoted(_unfolded(decoded.text, node)).encode(), name, how)
    return msgspec.structs.replace(document, warnings=(*document.warnings, *decoded.warnings))


def _unquoted(text: str) -> str:
    """Text that is quoted as a whole, as in a mail passed on: without the marks, level by level; a quoted line among others stays."""
    return "\n".join(_without_marks(text.replace("\r\n", "\n").split("\n"), MOST_LEVELS))


def _without_marks(lines: list[str], levels: int) -> list[str]:
    """The lines without the marks of quotations in them, and in these, to so many levels."""
    found = list(lines)
    for start, end in _quotes(lines) if levels else ():
        found[start:end] = _without_marks([QUOTED.sub("", line, count=1) for line in lines[start:end]], levels - 1)
    return found


def _quotes(lines: list[str]) -> list[tuple[int, int]]:
    """Where so many lines follow each other that are quoted or empty, that a circular may be in them."""
    found, start = list[tuple[int, int]](), 0
    for quoted, group in groupby(lines, lambda line: not line.strip() or QUOTED.match(line) is not None):
        end = start + len(list(group))
        if quoted and sum(bool(line.strip()) for line in lines[start:end]) >= LEAST_QUOTED:
            found.append((start, end))
        start = end
    return found


def _unfolded(text: str, node: Message) -> str:
    """Text whose paragraphs were folded for transport (`format=flowed`), a space at the end of each line that goes on."""
    if str(node.get_param("format", "") or "").lower() != "flowed":
        return text
    joint = "" if str(node.get_param("delsp", "") or "").lower() == "yes" else " "
    out: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        shown = line.removeprefix(" ") if line.startswith((" >", " From", "  ")) else line
        soft = shown.endswith(" ") and shown != "-- "
        said = shown.rstrip(" ") + joint if soft else shown
        if goes_on:
            out[-1] += said
        else:
            out.append(said)
        goes_on = soft
    return "\n".join(out)
