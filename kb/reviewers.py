"""Who may decide in the browser: people with a name, which stands in the log, and a password, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from ingest.errors import CircularError
from ingest.model import Value

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
SHORTEST = 8
"""So many characters a password has at least."""

HASHER = PasswordHasher()
"""Argon2id as RFC 9106 recommends it where memory is short: 64 MiB, three passes; one guess takes a tenth of a second or so."""


class Reviewer(Value, frozen=True, kw_only=True):
    """Somebody who may decide: the name that stands in the log, and the hash of the password."""

    name: str
    password_hash: str

    @property
    def mark(self) -> str:
        """What a session is tied to: another password, or no account any more, ends it."""
        return hashlib.sha256(f"{self.name}\0{self.password_hash}".encode()).hexdigest()[:16]


def load(path: Path) -> dict[str, Reviewer]:
    """The reviewers by account. A CircularError where the file is not there or not such a file."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Reviewer])
    except FileNotFoundError as error:
        raise CircularError(f"{path}: there are no reviewers; `circulars reviewer` lets somebody decide in the browser") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CircularError(f"{path}: not a file of reviewers, as `circulars reviewer` writes it: {error}") from error


def put(path: Path, account: str, name: str, password: str) -> None:
    """Let somebody decide, or give them another name or password."""
    if not ACCOUNT.fullmatch(account):
        raise CircularError(f"{account!r} is no account; it has small letters, digits, dots and hyphens, as in amy.chan")
    if not (name := " ".join(name.split())):
        raise CircularError("a reviewer needs the name that is to stand in the log; give it by --name")
    if len(password) < SHORTEST:
        raise CircularError(f"a password has {SHORTEST} characters at least")
    there = load(path) if path.exists() else {}
    write(path, {**there, account: Reviewer(name=name, password_hash=HASHER.hash(password))})


def remove(path: Path, account: str) -> None:
    """Let somebody decide no more; what they decided stays."""
    there = load(path)
    if account not in there:
        raise CircularError(f"{path}: there is no reviewer {account!r}; there are {', '.join(sorted(there)) or 'none'}")
    write(path, {name: one for name, one in there.items() if name != account})


def write(path: Path, reviewers: dict[str, Reviewer]) -> None:
    """The whole file or, whatever happens, the one before; nobody but its owner reads it."""
    encoded = msgspec.json.format(msgspec.json.encode(dict(sorted(reviewers.items()))), indent=2)
    with tempfile.NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}.", delete=False) as file:  # made with mode 0600
        try:
            file.write(encoded + b"\n")
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        finally:
            Path(file.name).unlink(missing_ok=True)  # nothing by now, unless something went wrong


def verified(reviewers: dict[str, Reviewer], account: str, password: str) -> Reviewer | None:
    """The reviewer with this account and password; an account that is not there takes as long as a wrong password."""
    found = reviewers.get(account)
    try:
        HASHER.verify(found.password_hash if found else NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return found


NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$RdescudvJCsgt3ub+b4dWRWJTmaaJObG+PXnNXtCXZ4"
"""A hash in the usual form; whose password it is does not matter, as there is no account."""
