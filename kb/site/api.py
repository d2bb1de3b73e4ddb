"""What programs are told of the site: its JSON as OpenAPI 3.1, and where everything is as llms.txt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.utils.asgi import Request, Response

from kb.site.base import knowledge_base
from kb.site.feeds import FEEDS
from kb.site.interface import BOTH
from kb.site.page import OWN_POLICY

TYPES: Mapping[str, list[str]] = {
    "INTEGER": ["integer", "null"],
    "TEXT": ["string", "null"],
    "FLOAT": ["number", "null"],
    "REAL": ["number", "null"],
}
ANY = ["string", "integer", "number", "null"]
"""What a column of a view can hold: SQLite tells no type of it."""

PAGES = {
    "/": "what is due in the next 30 days",
    "/calendar": "a month",
    "/search": "circulars and facts by their words",
    "/findings": "what does not agree",
    "/houses": "houses with their contacts, and parties",
    "/gaps": "what is missing",
    "/overview": "pictures of the whole",
    "/quality": "how well the facts are read",
}


def routes() -> list[tuple[str, Callable[..., Any]]]:
    return [(r"^/openapi\.json$", openapi), (r"^/llms\.txt$", llms)]


def english(text: str | None) -> str:
    """The English half of a text in both languages, of a title as of a description."""
    found = BOTH.fullmatch(text or "")
    return (found["en"] if found else text or "").strip()


async def described(datasette: Datasette, database: Database) -> dict[str, Mapping[str, Any]]:
    """The tables and views that are not hidden, as their metadata describe them, in its order."""
    databases: Mapping[str, Any] = datasette.metadata("databases") or {}
    told: Mapping[str, Mapping[str, Any]] = databases.get(database.name, {}).get("tables", {})
    there = {*await database.table_names(), *await database.view_names()} - named(datasette, database).keys()
    return {name: about for name, about in told.items() if name in there and not about.get("hidden")}


def named(datasette: Datasette, database: Database) -> Mapping[str, Mapping[str, Any]]:
    databases: Mapping[str, Any] = datasette.metadata("databases") or {}
    queries: Mapping[str, Mapping[str, Any]] = databases.get(database.name, {}).get("queries", {})
    return queries


async def openapi(datasette: Datasette, request: Request) -> Response:
    """The JSON of tables, views and named queries, and the feeds."""
    database = await knowledge_base(datasette)
    paths = {
        f"/{database.name}/{name}.json": await of_table(database, name, about)
        for name, about in (await described(datasette, database)).items()
    }
    paths |= {f"/{database.name}/{name}.json": of_query(name, about) for name, about in named(datasette, database).items()}
    paths["/feeds/obligations.ics"] = of_feed(
        "obligations", "Obligations with a day, as a calendar", "text/calendar", ("house", "party", "q", "since", "alarm")
    )
    for name in FEEDS:
        asked = ("house", "party", "q") if name == "circulars" else ("house",)
        paths[f"/feeds/{name}.atom"] = of_feed(name, f"The newest {name}, as Atom", "application/atom+xml", asked)
    metadata = datasette.metadata()
    told = {
        "openapi": "3.1.0",
        "info": {"title": english(metadata.get("title")), "description": english(metadata.get("description")), "version": "1"},
        "servers": [{"url": datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")}],
        "paths": paths,
    }
    return Response.json(told, headers={"content-security-policy": OWN_POLICY})


async def of_table(database: Database, name: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """A table or view: each column is a filter, by `column` or `column__lookup`."""
    columns = {
        row["name"]: row["type"].upper()
        for row in (await database.execute("select name, type from pragma_table_info(:name)", {"name": name})).rows
    }
    texts = about.get("columns", {})
    fields = {column: {"type": TYPES.get(kind, ANY), "description": english(texts.get(column))} for column, kind in columns.items()}
    asked = [
        fixed("_shape", "objects", "Rows as objects"),
        optional("_size", "Rows on a page: a number, or max"),
        optional("_next", "Where the next page begins: `next` of the last one"),
        optional("_sort", "A column to sort by"),
        optional("_sort_desc", "A column to sort by, backwards"),
        *([optional("_search", "Words, as on the search page")] if about.get("fts_table") else []),
        *(
            optional(column, f"Rows with this {column}; other comparisons as {column}__gt, __lt, __contains, __in, __isnull")
            for column in columns
        ),
    ]
    told = {"type": "object", "required": ["rows", "next"], "properties": {"rows": listed(fields), "next": {"type": ["string", "null"]}}}
    return operation(
        f"table_{name}", english(about.get("title")) or name, english(about.get("description")), asked, "application/json", told
    )


def of_query(name: str, about: Mapping[str, Any]) -> dict[str, Any]:
    asked = [fixed("_shape", "array", "Rows as objects, and nothing around them"), *(required(param) for param in about.get("params", ()))]
    return operation(f"query_{name}", english(about.get("title")), english(about.get("description")), asked, "application/json", listed({}))


def of_feed(name: str, title: str, kind: str, asked: Iterable[str]) -> dict[str, Any]:
    return operation(f"feed_{name}", title, "", [optional(param, "") for param in (*asked, "lang")], kind, {"type": "string"})


def listed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": fields}}


def optional(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}


def required(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": True,
        "allowEmptyValue": True,
        "description": "Empty for any",
        "schema": {"type": "string"},
    }


def fixed(name: str, value: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": True, "description": text, "schema": {"type": "string", "enum": [value]}}


def operation(key: str, title: str, text: str, asked: list[dict[str, Any]], kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    answers = {
        "200": {"description": "The answer", "content": {kind: {"schema": schema}}},
        "400": {"description": "What is asked for cannot be"},
    }
    return {"get": {"operationId": key, "summary": title, "description": text, "parameters": asked, "responses": answers}}


async def llms(datasette: Datasette, request: Request) -> Response:
    """The way around the site for a program that reads prose."""
    database, metadata = await knowledge_base(datasette), datasette.metadata()

    def line(path: str, title: str, text: str = "") -> str:
        return f"- [{title}]({datasette.absolute_url(request, datasette.urls.path(path))}){f': {text}' if text else ''}"

    lines = [
        *(f"# {english(metadata.get('title'))}", "", f"> {english(metadata.get('description'))}", ""),
        "Every fact has its exact words (`quote`), the text that holds them (`expression`, `span_start`, `span_end`) and its rule.",
        "A day that is not known is null, with the reason in `why` or in `unexplained`. What binds is the circular itself.",
        "Pages stand in English and Traditional Chinese: `?lang=en`, `?lang=zh`.",
        *("", "## Questions", ""),
        *(
            line(f"/{database.name}/{name}.json", english(about.get("title")), english(about.get("description")))
            for name, about in named(datasette, database).items()
        ),
        *(
            "",
            "## Tables and views",
            "",
            "Each column is a filter (`?house=HKSCC`, `?due__gt=2027-01-01`); `_search` looks for words.",
            "",
        ),
        *(
            line(f"/{database.name}/{name}.json", name, english(about.get("description")))
            for name, about in (await described(datasette, database)).items()
        ),
        *("", "## Feeds", "", line("/feeds/obligations.ics", "Obligations as a calendar", "`house`, `party`, `q`")),
        *(line(f"/feeds/{name}.atom", f"The newest {name}") for name in FEEDS),
        *("", "## Pages", "", *(line(path, path, text) for path, text in PAGES.items())),
        *("", "## Description of the API", "", line("/openapi.json", "OpenAPI 3.1"), ""),
    ]
    return Response.text("\n".join(lines), headers={"content-security-policy": OWN_POLICY})
