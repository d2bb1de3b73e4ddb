"""Glossary files of one's own: words of both languages besides those that come with the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import CircularError
from kb.wording import Words, add_words, glossary


def add_glossary(path: Path | None) -> None:
    """Know the words of this file, or of the files of this folder, besides those of the program; None for those alone.

    Raises CircularError where a file is no glossary: it names the file and the entry.
    """
    add_words({})
    found: Words = {}
    for file in sorted(path.glob("*.toml")) if path and path.is_dir() else [path] if path else []:
        for section, name, words in _entries(file):
            entry = found.setdefault(section, {}).setdefault(name, {"en": [], "zh": []})
            for lang in entry:
                entry[lang] += words[lang]
    add_words(found)


def _entries(path: Path) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """The entries of a glossary file; a section or binding force that nobody reads, or what is no pattern, is an error."""
    known = glossary()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CircularError(f"{path}: no TOML: {error}") from error
    for section, entries in data.items():
        if section not in known or not isinstance(entries, dict):
            raise CircularError(f"{path}: expected {', '.join(f'[{name}]' for name in known)}, found {section}")
        for name, words in entries.items():
            if not _is_entry(words) or (section == "modality" and name not in known[section]):
                raise CircularError(f"{path}: {section}.{name}: expected {{ en = [patterns], zh = [patterns] }}, found {words!r}")
            yield section, name, words


def _is_entry(words: object) -> bool:
    if not isinstance(words, dict) or set(words) != {"en", "zh"}:
        return False
    return all(isinstance(listed, list) and listed and all(map(_is_pattern, listed)) for listed in words.values())


def _is_pattern(text: object) -> bool:
    """Does it fit some word? It is made part of a larger pattern, so it captures nothing."""
    try:
        return isinstance(text, str) and not re.fullmatch(text, "") and not re.compile(text).groups
    except re.error:
        return False
