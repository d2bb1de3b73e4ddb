"""Datasette over a knowledge base, on this machine."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
import webbrowser
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from ingest.errors import CircularError
from kb import pictures, plugin, resources, reviewing, signing, store

NAME = "circulars"
"""The database's name in addresses, whatever its file is called: links and the metadata keep working."""

SETTINGS = {
    "suggest_facets": False,  # 60 to 95 times slower on large tables; the useful facets are declared
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 500,
    "default_cache_ttl": 0,  # `circulars add` may run beside the server; a reload shows what it added
    "truncate_cells_html": 400,
}


def serve(db: Path, host: str, port: int, open_browser: bool, reviewers: Path | None = None) -> None:
    """Serve until Ctrl-C. Port 0 takes any that is free. With a file of reviewers those who are signed in may decide."""
    datasette = datasette_for(db, reviewers)
    listener = listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    print(f"Serving {db} at {address} (Ctrl-C ends it)", file=sys.stderr, flush=True)
    if open_browser:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(datasette.app(), log_level="warning", server_header=False, timeout_graceful_shutdown=3))
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """The listening socket, made here so that a port in use is one clear line and not a traceback."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CircularError(f"port {port} on {host} is in use; choose another one with --port") from error
        raise CircularError(f"cannot listen on {host} port {port}: {error.strerror or error}") from error
    # An answer is sent in several pieces; else each but the first waits 40 ms until the browser has confirmed the one before.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def datasette_for(db: Path, reviewers: Path | None = None) -> Datasette:
    """Datasette with our pages over one database, which it can only read; what reviewers decide is written beside it."""
    store.open_to_read(db).close()  # says in one line what is wrong with the file
    for module in (plugin, pictures, reviewing):
        if not pm.is_registered(module):
            pm.register(module, module.__name__)
    unchanging = frozen(db)
    if unchanging and reviewers:
        raise CircularError(f"{db}: cannot be written to, so nobody can review in the browser; serve it without --reviewers")
    datasette = Datasette(
        [] if unchanging else [str(db)],
        immutables=[str(db)] if unchanging else [],
        metadata=metadata(),
        template_dir=str(resources.templates()),
        static_mounts=[("static", str(resources.static()))],
        settings=SETTINGS,
    )
    database = next(found for found in datasette.databases.values() if found.path == str(db))
    datasette.remove_database(database.name)
    datasette.add_database(database, name=NAME)
    if reviewers:
        signing.open_to(datasette, reviewers)
    return datasette


def metadata() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(resources.metadata().read_text("utf-8"))
    return found


def frozen(db: Path) -> bool:
    """Whether nobody can write beside the file: SQLite then cannot make the lock files that a plain open of it needs."""
    return not (os.access(db, os.W_OK) and os.access(db.parent, os.W_OK))
