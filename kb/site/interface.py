"""The words of the pages in two languages, and how each writes days."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from sqlite3 import Row
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request

from kb import clock
from kb.saying import Voice

ISO_DAY = re.compile(r"(?<![\w/.-])\d{4}-\d\d-\d\d(?![\w/.-])", re.ASCII)
WEEKDAY_OF = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<weekday>[A-Z][a-z]+day)")
BOTH = re.compile(r"(?P<en>.*?)(?: · | (?=[\u3400-\u9fff]))(?P<zh>.*)", re.DOTALL)


class Interface:
    """The words of the pages in one language, and how that language writes days."""

    def __init__(self, lang: str, words: Mapping[str, Any]) -> None:
        self.lang, self.words, self.voice = lang, words, Voice(lang)

    def __getitem__(self, key: str) -> Any:
        return self.words[key]

    @property
    def tag(self) -> str:
        return "zh-Hant" if self.lang == "zh" else "en"

    def say(self, key: str, **values: object) -> str:
        return str(self.words[key]).format(**values)

    def message(self, message: str) -> str:
        """What a finding, the evidence of a pair, a reason or a warning says."""
        return self.days_in(self.voice.message(message))

    def value(self, value: str) -> str:
        """What a side of a finding says: days and weekdays as the language writes them, and words of ours."""
        if found := WEEKDAY_OF.fullmatch(value):
            return self.say("day_with", day=self.day(found["day"]), weekday=self.voice.word(found["weekday"]))
        return self.days_in(self.voice.word(value))

    def days_in(self, text: str) -> str:
        """A text of ours whose ISO days are written as the language writes them."""
        return ISO_DAY.sub(lambda found: self.day(found[0]), text)

    def fact(self, value: str | None) -> str:
        """A fact that stands as JSON: its fields with what they say, or the value that it is."""
        try:
            told = json.loads(value or '""')
        except ValueError:
            return value or ""
        if not isinstance(told, dict):
            return "" if told is None else self.day(str(told))
        return self.voice.series(f"{self.field(name)} {self.said(each)}" for name, each in told.items() if each)

    def field(self, name: str) -> str:
        """A field of a fact by its name; one that this program does not know stays as it is."""
        try:
            return self.voice.field(name).replace("_", " ")
        except KeyError:
            return name

    def said(self, value: object) -> str:
        """What a field says: days as the language writes them, and words of ours in it."""
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, list):
            return self.voice.clauses(map(str, value))
        return self.voice.word(self.day(str(value)))

    def tongue(self, text: str) -> str:
        """The language of some words, by their script."""
        return "zh" if re.search(r"[\u3400-\u9fff]", text) else "en" if re.search(r"[A-Za-z]{2}", text) else self.lang

    def check(self, name: str) -> str:
        """A check by its name, in Chinese with what it is about; one that this program does not know stays as it is."""
        try:
            return self.voice.check(name)
        except KeyError:
            return name

    def count(self, key: str, n: int) -> str:
        """A number of things; English has a form of its own for one."""
        return self.say(f"{key}_one" if n == 1 else key, n=n)

    def column(self, name: str) -> str:
        """What a column is called, beside its name in SQL; nothing where it is called just that."""
        called = str(self.words.get(f"column_{name}", ""))
        return "" if called.lower() == name else called

    def term(self, kind: str, value: str | None) -> str:
        """A word of a closed vocabulary; what is not in it is shown as it stands."""
        return str(self.words.get(f"{kind}_{value}", value or ""))

    def day(self, day: str | None) -> str:
        """An ISO day as the language writes it; what is no day is shown as it stands."""
        known = to_day(day)
        if known is None:
            return day or ""
        return self.say("year_month_day", year=known.year, month=self.words["months"][known.month - 1], day=known.day)

    def day_of(self, moment: str | None) -> str:
        """The day in Hong Kong of a moment, as the language writes it."""
        return self.day(clock.day_of(moment))

    def weekday(self, day: str) -> str:
        """An ISO day with its weekday."""
        known = to_day(day)
        if known is None:
            return day
        return self.say("weekday_day", weekday=self.words["weekdays"][known.weekday()], day=self.day(day))

    def interval(self, start: str | None, end: str | None) -> str:
        if start and end:
            return self.weekday(start) if start == end else f"{self.day(start)} – {self.day(end)}"
        if start:
            return self.say("onwards", day=self.day(start))
        return self.say("until", day=self.day(end)) if end else ""

    def put(self, relation: str, day: str | None) -> str:
        """How a deadline is put, with its day if that is to be named."""
        return self.term("relation", relation).replace("{day}", self.day(day)).strip()

    def away(self, day: str, today: date) -> str:
        """How far a day is from today; nothing for days that are gone."""
        known = to_day(day)
        days = (known - today).days if known else -1
        if days < 0:
            return ""
        return str(self.words[("today", "tomorrow")[days]]) if days < 2 else self.say("in_days", n=days)

    def first(self, english: str | None, chinese: str | None) -> str | None:
        """What stands in this language, else what stands in the other."""
        return (chinese or english) if self.lang == "zh" else (english or chinese)

    def title(self, row: Row) -> str:
        """The title of a circular in this language, else in the other, else that it has none."""
        return self.first(row["title_en"], row["title_zh"]) or self.say("untitled")

    def half(self, text: str) -> str:
        """The part in this language of a text in both: `English · 中文`, or sentences of one after those of the other."""
        found = BOTH.fullmatch(text)
        return found[self.lang] if found else text

    def parties(self, named: Sequence[str]) -> list[str]:
        """The parties as this language names them, where it names any; an obligation carries those of both."""
        own = [party for party in named if party.isascii() == (self.lang == "en")]
        return own or list(named)


def to_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def asked_language(request: Request) -> str | None:
    """The language that an address asks for: by `?lang=`, on Datasette's own pages, where that is a column, by `?_lang=`."""
    return next((lang for lang in map(request.args.get, ("_lang", "lang")) if lang in ("en", "zh")), None)


def interface_of(datasette: Datasette, request: Request) -> Interface:
    """The language that the address asks for, else the one that the browser prefers."""
    lang = asked_language(request) or preferred_language(request.headers.get("accept-language", ""))
    source, _, _ = datasette.jinja_env.loader.get_source(datasette.jinja_env, "interface.toml")
    return Interface(lang, words_in(source, lang))


@lru_cache(maxsize=8)
def words_in(source: str, lang: str) -> dict[str, Any]:
    """The words of one language in a catalogue."""
    return {key: word[lang] for section in tomllib.loads(source).values() for key, word in section.items()}


def preferred_language(header: str) -> str:
    """English or Chinese, whichever an Accept-Language header weighs more; English where it names neither."""
    weights = {"en": 0.0, "zh": 0.0}
    for found in re.finditer(r"(en|zh)(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.\d+)?))?\s*(?:,|$)", header.lower()):
        weights[found[1]] = max(weights[found[1]], float(found[2] or 1))
    return "zh" if weights["zh"] > weights["en"] else "en"
