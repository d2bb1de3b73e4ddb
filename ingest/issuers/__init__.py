"""The houses that issue circulars: one TOML file each, and where a text names them."""

from __future__ import annotations

from ingest.issuers.files import houses, load
from ingest.issuers.names import NameHit, recognise

__all__ = ["NameHit", "houses", "load", "recognise"]
