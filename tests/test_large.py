"""What keeps the pages of a large knowledge base fast, and that it never shows what is no longer so."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from site_fixture import filled, get

from ingest.issuers import houses
from kb import intake, serve, store
from kb.resources import examples
from kb.site.base import Kept


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return serve.datasette_for(filled(tmp_path_factory.mktemp("large") / "matter.db"))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE numbers (n INTEGER)")
    return path


def asked(kept: Kept, connection: sqlite3.Connection, least: int = 0) -> list[int]:
    return [n for (n,) in kept.rows(connection, "SELECT n FROM numbers WHERE n >= :least ORDER BY n", {"least": least})]


def write(base: Path, n: int) -> None:
    with closing(sqlite3.connect(base)) as connection, connection:
        connection.execute("INSERT INTO numbers VALUES (?)", [n])


def test_an_answer_is_kept_until_another_connection_writes(base: Path) -> None:
    kept, statements = Kept(), list[str]()
    with closing(sqlite3.connect(base)) as connection:
        connection.set_trace_callback(statements.append)
        write(base, 1)
        assert asked(kept, connection) == asked(kept, connection) == [1]
        assert len([sql for sql in statements if sql.startswith("SELECT")]) == 1
        write(base, 2)
        assert asked(kept, connection) == [1, 2]


def test_connections_share_answers_and_each_sees_what_changed(base: Path) -> None:
    kept, statements = Kept(), list[str]()
    with closing(sqlite3.connect(base)) as one, closing(sqlite3.connect(base)) as other:
        other.set_trace_callback(statements.append)
        assert asked(kept, one) == asked(kept, other) == asked(kept, one) == []
        write(base, 1)
        assert asked(kept, one) == [1]
        assert asked(kept, other) == [1]
        before = len(statements)
        assert asked(kept, other) == [1]
        assert [sql for sql in statements[before:] if sql.startswith("SELECT")] == []


def test_other_values_are_another_question(base: Path) -> None:
    kept = Kept()
    write(base, 1)
    with closing(sqlite3.connect(base)) as connection:
        assert asked(kept, connection) == [1]
        assert asked(kept, connection, least=2) == []


def test_an_answer_that_was_asked_before_a_change_is_not_kept(base: Path) -> None:
    kept = Kept()
    with closing(sqlite3.connect(base)) as slow, closing(sqlite3.connect(base)) as quick:

        def meanwhile(n: int) -> int:
            if not asked(kept, quick, least=1):
                write(base, 1)
                assert asked(kept, quick, least=1) == [1]
            return n

        slow.create_function("meanwhile", 1, meanwhile)
        write(base, 0)
        late = "SELECT meanwhile(n) FROM numbers ORDER BY n"
        kept.rows(slow, late, {})
        assert [n for (n,) in kept.rows(quick, "SELECT n FROM numbers ORDER BY n", {})] == [0, 1]
        assert not [sql for sql, _ in kept.answers if sql == late]


@pytest.mark.parametrize("path", ["/?on=2027-01-01", "/findings", "/houses", "/calendar?month=2027-01", "/circular/1"])
def test_a_running_site_shows_what_is_written_beside_it(path: str, tmp_path: Path) -> None:
    base = filled(tmp_path / "matter.db")
    site = serve.datasette_for(base)
    house = "The House That Was Renamed"
    assert house not in get(site, path).text
    with store.open_db(base) as db, store.writing(db):
        db.execute("UPDATE houses SET name_en = ?, code = code", [house])
        db.execute("UPDATE findings SET left_value = ?", [house])
    assert house in get(site, f"{path}{'&' if '?' in path else '?'}lang=en").text


def test_no_page_fails_while_circulars_are_added_beside(tmp_path: Path) -> None:
    base, paths = (
        filled(tmp_path / "matter.db"),
        ["/", "/circular/1", "/pair/2", "/findings", "/gaps", "/search?q=form", "/circulars/upcoming.json"],
    )
    site = serve.datasette_for(base)

    def add() -> None:
        with store.open_db(base) as db:
            intake.add(db, intake.collect([str(examples())]).files, houses())

    async def visited() -> list[int]:
        adding, seen = asyncio.create_task(asyncio.to_thread(add)), list[int]()
        while not adding.done():
            seen += [(await site.client.get(path)).status_code for path in paths]
        await adding
        return seen

    before = get(site, "/search?q=rehearsal").text
    assert set(asyncio.run(visited())) == {200}
    assert [row["id"] for row in get(site, "/circulars/circulars.json?_shape=array").json()] != [1, 2]
    after = get(site, "/search?q=rehearsal").text
    assert "CD/OES/CCASS/004/2027" in after
    assert "CD/OES/CCASS/004/2027" not in before


# Datasette's own answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "facets", "count"),
    [
        ("", False, False),
        ("_facet=house", True, False),
        ("_nofacet=", True, False),
        ("_nocount=", False, True),
        ("_search=Form", False, True),
        ("_size=1", False, False),
    ],
)
def test_rows_of_a_view_come_with_what_was_asked_for(site: Any, query: str, facets: bool, count: bool) -> None:
    answer = get(site, f"/circulars/deadlines_view.json?{query}").json()
    assert answer["rows"]
    assert (bool(answer["facet_results"]), answer["filtered_table_rows_count"] is not None) == (facets, count)


def test_rows_of_a_table_come_with_their_count(site: Any) -> None:
    assert get(site, "/circulars/circulars.json").json()["filtered_table_rows_count"] == 2
    assert get(site, "/elsewhere/circulars.json").status_code == 404


def test_the_page_of_a_table_still_has_its_facets(site: Any) -> None:
    assert 'class="facets"' in get(site, "/circulars/upcoming").text


@pytest.mark.parametrize(("limit", "rows"), [("", 2), ("1", 1), ("0", 2), ("-1", 2), ("many", 2)])
def test_a_named_query_gives_as_many_rows_as_it_may(site: Any, limit: str, rows: int) -> None:
    answer = get(site, f"/circulars/due_by_party.json?on=2000-01-01&party=&limit={limit}&_shape=array").json()
    assert len(answer) == rows


def test_an_answer_waits_for_no_confirmation_of_its_first_piece() -> None:
    with serve.listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
