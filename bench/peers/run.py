"""A reader of dates and times by other people, on the texts of standard input: runs in their environment, not in ours.

    python run.py READER < jobs > answers

A job is a line of JSON, `{"lang": "en" | "zh", "base": "YYYY-MM-DD", "text"}`. For each there is one line in the order given,
`{"found": [...], "seconds", "failed"}`: what the reader found in its own terms (`bench/shapes.py` translates it), the
processor time it took, and its own error if it had one. The first line names the version.

Each reader is told the language and the date of the circular, and that the day stands before the month where it can be told so.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
import types
from collections.abc import Callable
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

Found = list[dict[str, Any]]
Reader = Callable[[str, str, datetime], Found]


LOCALES = {"en": "en", "zh": "zh"}
STRATEGIES = {"en": "ngram", "zh": "split"}


def plain(value: object) -> Any:
    """A value as JSON can hold it: `{"date", "time"}`, or a list of such."""
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, datetime):
        return {"date": value.date().isoformat(), "time": value.strftime("%H:%M")}
    if isinstance(value, date):
        return {"date": value.isoformat(), "time": None}
    return {"date": None, "time": value.strftime("%H:%M")} if hasattr(value, "strftime") else None


def use_dateparser() -> Reader:
    """`search_dates` gives the string and a datetime, but no place: strings are looked for one behind the other.

    Its slower strategy finds more in English, and less in Chinese.
    """
    from dateparser.search import search_dates

    def read(text: str, lang: str, base: datetime) -> Found:
        settings: dict[str, Any] = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY" if lang == "en" else "YMD", "PREFER_DAY_OF_MONTH": "first"}
        found, at = [], 0
        for quote, value in search_dates(text, languages=[LOCALES[lang]], settings=settings, strategy=STRATEGIES[lang]) or ():
            start = max(text.find(quote, at), at)
            at = start + len(quote)
            found.append({"quote": quote, "start": start, "value": plain(value.replace(tzinfo=None))})
        return found

    return read


def use_datefinder() -> Reader:
    import datefinder

    def read(text: str, lang: str, base: datetime) -> Found:  # noqa: ARG001
        found = datefinder.find_dates(text, source=True, index=True, base_date=base, first="day")
        return [{"quote": text[start:end], "start": start, "value": plain(value.replace(tzinfo=None))} for value, _, (start, end) in found]

    return read


def use_parsedatetime() -> Reader:
    """Day first by its British constants; without PyICU it knows them all the same."""
    import parsedatetime

    constants = parsedatetime.Constants(localeID="en_AU", usePyICU=False)
    calendar = parsedatetime.Calendar(constants, version=parsedatetime.VERSION_CONTEXT_STYLE)

    def read(text: str, lang: str, base: datetime) -> Found:  # noqa: ARG001
        found = calendar.nlp(text, sourceTime=base.timetuple()) or ()
        return [{"quote": text[start:end], "start": start, "value": plain(value)} for value, _, start, end, _ in found]

    return read


def use_timefhuman() -> Reader:
    from timefhuman import tfhConfig, timefhuman

    def read(text: str, lang: str, base: datetime) -> Found:  # noqa: ARG001
        found = timefhuman(text, config=tfhConfig(now=base, infer_datetimes=False, return_matched_text=True))
        return [{"quote": text[start:end], "start": start, "value": plain(value)} for _, (start, end), value in found]

    return read


def use_recognizers() -> Reader:
    from recognizers_date_time import Culture, recognize_datetime

    cultures = {"en": "en-gb", "zh": Culture.Chinese}

    def read(text: str, lang: str, base: datetime) -> Found:
        found = recognize_datetime(text, cultures[lang], reference=base)
        return [
            {
                "quote": text[item.start : item.end + 1],
                "start": item.start,
                "kind": item.type_name.rpartition(".")[2],
                "values": (item.resolution or {}).get("values") or [],
            }
            for item in found
        ]

    return read


def use_jionlp() -> Reader:
    """The package that cuts words (`jiojio`, GPL) is not installed: time is read without it."""
    sys.modules.setdefault("jiojio", types.ModuleType("jiojio"))
    import jionlp

    def read(text: str, lang: str, base: datetime) -> Found:  # noqa: ARG001
        found = jionlp.ner.extract_time(text, time_base=base, with_parsing=True)
        return [
            {"quote": item["text"], "start": item["offset"][0], "kind": item["type"], "time": item["detail"]["time"]}
            for item in found
            if isinstance(item["detail"]["time"], list)
        ]

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "dateparser": use_dateparser,
    "datefinder": use_datefinder,
    "parsedatetime": use_parsedatetime,
    "timefhuman": use_timefhuman,
    "recognizers-text-date-time": use_recognizers,
    "jionlp": use_jionlp,
}


def main(name: str) -> None:
    """Answer every job; what a reader prints of its own goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        read = READERS[name]()
    print(json.dumps({"version": version(name)}), flush=True)
    for job in map(json.loads, sys.stdin):
        with contextlib.redirect_stdout(sys.stderr):
            answer = timed(read, job["text"], job["lang"], datetime.fromisoformat(job["base"]))
        print(json.dumps(answer, ensure_ascii=False), flush=True)


def timed(read: Reader, text: str, lang: str, base: datetime) -> dict[str, Any]:
    """What was found, in how many seconds of processor time."""
    start, found, failed = time.process_time(), [], None
    try:
        found = read(text, lang, base)
    except Exception as error:  # noqa: BLE001 - whatever a reader may raise is its answer to this text
        failed = repr(error)
    return {"found": found, "seconds": time.process_time() - start, "failed": failed}


if __name__ == "__main__":
    main(*sys.argv[1:])
