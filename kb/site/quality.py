"""How well the facts are read, as measured: on the circulars that the rules were written with, and on those that nobody had seen."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from kb.site.interface import interface_of
from kb.site.page import render

LANGS = ("en", "zh")
FIRST = ("header", "dates", "times", "deadlines", "bearer", "contacts", "references")
"""The kinds of facts whose first scores are kept."""


class Score(NamedTuple):
    """A kind of facts in one language: precision, recall, F1, and how many facts there were to find."""

    p: float
    r: float
    f1: float
    facts: int


@cache
def figures() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(files("kb").joinpath("accuracy.json").read_text("utf-8"))
    return found


@cache
def first_scores() -> list[Mapping[str, Any]]:
    """Sets of circulars as they were read for the first time, the last one first."""
    sets: list[Mapping[str, Any]] = tomllib.loads(files("kb").joinpath("first_scores.toml").read_text("utf-8"))["set"]
    return sets[::-1]


@cache
def first_tables() -> list[Mapping[str, Any]]:
    """Schedules in each form as they were read for the first time, the last ones first."""
    forms: list[Mapping[str, Any]] = tomllib.loads(files("kb").joinpath("first_scores.toml").read_text("utf-8"))["tables"]
    groups = [list(group) for _, group in groupby(forms, key=lambda form: form["designs"])]
    return [form for group in reversed(groups) for form in group]


def table(told: Mapping[str, Any]) -> list[tuple[str, dict[str, Score]]]:
    """The kinds of facts in their order, each with its scores by language; files in both languages count with neither."""
    scores: Mapping[str, Any] = told["readers"][0]["scores"]
    kinds = dict.fromkeys(name.rpartition(".")[0] for name in scores)
    return [
        (kind, {lang: score(scores[f"{kind}.{lang}"]) for lang in LANGS if f"{kind}.{lang}" in scores})
        for kind in kinds
        if kind != "expect"
    ]


def score(one: Mapping[str, Any]) -> Score:
    return Score(one["p"], one["r"], one["f1"], one["right"] + one["missing"])


async def quality(datasette: Datasette, request: Request) -> Response:
    """Accuracy by kind of fact and language, with the corpus, the day and the version, and what is not measured."""
    told = figures()
    return await render(
        datasette,
        request,
        interface_of(datasette, request),
        "quality.html",
        told=told,
        version=told["readers"][0]["version"],
        table=table(told),
        langs=LANGS,
        first=FIRST,
        sets=first_scores(),
        forms=first_tables(),
    )
