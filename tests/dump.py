"""Everything that a marketplace keeps, as text, to look for somebody who should not be in it."""

import base64
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from core.kit.database import Database


def lines(database: Database, *folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (where, what) for every row of every table, and for every file below some folders."""
    with database.engine.connect() as connection:
        tables = connection.execute(
            text(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname IN ('public', 'ledger')"
            )
        ).scalars()
        for table in list(tables):
            for row in connection.execute(text(f"SELECT t::text FROM {table} t")).scalars():  # noqa: S608
                yield table, row.encode()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield str(path), path.name.encode() + b"\n" + path.read_bytes()


def shapes(marker: str) -> list[bytes]:
    """Return how a marker may be written: in plain, as JSON, in hex, in base64 wherever it begins."""
    raw = marker.encode()
    found = [raw, marker.lower().encode(), raw.hex().encode(), raw.hex().upper().encode()]
    found.append(marker.encode("unicode_escape"))
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(b"\0" * before + raw)
            found.append(whole[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6])
    return found


def traces(database: Database, markers: list[str], *folders: Path) -> dict[str, set[str]]:
    """Return where each marker that is left was found, by marker; empty where there is none."""
    wanted = {marker: shapes(marker) for marker in markers}
    found: dict[str, set[str]] = {}
    for where, what in lines(database, *folders):
        for marker, ways in wanted.items():
            if any(way in what or way in what.lower() for way in ways):
                found.setdefault(marker, set()).add(where)
    return found
