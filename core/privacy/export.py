"""What a person gets of their own data: every row of theirs that the map names, opened, as JSON and CSV.

What others wrote of them or to them outside of their own chats is not theirs and is not in it. Nothing is
kept ready: an archive is put together when its link is opened, so it is always of now, and a link that is
over, or whose person was forgotten, opens nothing.
"""

import csv
import io
import json
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from sqlalchemy import select

from core.accounts import chats, people
from core.accounts.schemas import PersonView
from core.events import service as events
from core.kit.crypto import Keyring
from core.kit.money import Currency, Money
from core.kit.work import Work
from core.media import service as media
from core.media.schemas import MediaView
from core.messaging import outbox
from core.messaging.messages import Address
from core.privacy import forgetting, scope
from core.privacy import map as places
from core.privacy.entries import Entry, Whose
from core.privacy.errors import DataLinkOver, NoChatToTell
from core.vault import service as vault

LINK, LIVES_FOR = "my-data", timedelta(hours=24)
FILES_BYTES_MAX = 200_000_000
IN_MEMORY_BYTES = 5_000_000
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""How a spreadsheet's formulas begin (OWASP, CSV injection)."""
SPREADSHEET = "utf-8-sig"  # without the mark at its beginning, Excel takes UTF-8 for something older
MINOR, LEDGER = "_minor", ("debits", "credits")
LEFT_OUT = "files/left-out.txt"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OwnData:
    """A person's own rows by table, and their files."""

    tables: dict[str, list[Row]]
    files: list[MediaView]


def ask(work: Work, keys: Keyring, public_url: str, here: Address) -> str:
    """Return a link to the acting person's own data; every other chat of theirs hears that it was asked for.

    Whoever has one chat of somebody could take all that we know of them: so it is never done in silence.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise DataLinkOver
    _tell_others(work, person_id, here, "data_asked")
    return _link(work, keys, public_url, person_id)


def send(work: Work, person_id: UUID) -> None:
    """Promise to send somebody who asked for it elsewhere the link, into their own chat and to nobody else.

    Raises:
        PersonNotFound: for nobody of ours, or somebody who was forgotten.
        NoChatToTell: where they have no chat that takes news.
    """
    people.person_of(work, person_id)
    there = chats.address_of(work, person_id)
    if there is None:
        raise NoChatToTell
    _tell_others(work, person_id, Address(there.channel, there.chat_id), "data_sent")
    outbox.tell(work, person_id, "data_ready", {"person_id": str(person_id)})


def link_for(work: Work, keys: Keyring, public_url: str, person_id: UUID) -> str:
    """Return the link that `send` promised, for the chat where the person hears from us."""
    return _link(work, keys, public_url, person_id)


def end_links(work: Work) -> bool:
    """Let no link to the acting person's data lead anywhere any more; tells whether there was one."""
    if work.actor.person_id is None:
        return False
    ended = people.end_data_links(work, work.actor.person_id)
    if ended:
        events.record(work, "person.data_links_ended", {"person_id": work.actor.person_id})
    return ended


def linked(work: Work, keys: Keyring, token: str) -> PersonView:
    """Return whose data a link leads to.

    Raises:
        DataLinkOver: for one that is not ours, that is over or was ended, or whose person was forgotten.
    """
    claims = keys.verify(LINK, token, work.now)
    if claims is None:
        raise DataLinkOver
    row = people.row_of(work, UUID(claims["person"]))
    if row.erased_at is not None or row.data_links is None or row.data_links != claims.get("of"):
        raise DataLinkOver
    return people.view_of(row)


def collect(work: Work, person_id: UUID) -> OwnData:
    """Return what is theirs: a statement for each of the map's entries that names something to export."""
    theirs = scope.of_person(work, person_id)
    vault.ahead(work, theirs.people)
    tables: dict[str, list[Row]] = defaultdict(list)
    for entry in places.MAP:
        if entry.export and any(theirs.of[whose] for whose in entry.found.values()):
            tables[entry.table] += _rows(work, entry, theirs.of)
    currencies = {deal["id"]: deal["currency"] for deal in tables.get("deal", ())}
    for rows in tables.values():
        for row in rows:
            _make_readable(row, row.get("currency") or currencies.get(row.get("deal_id", "")))
    return OwnData(dict(tables), media.of_people(work, theirs.people))


def archive(found: OwnData, readme: str, open_file: Callable[[UUID], bytes | None]) -> IO[bytes]:
    """Return a ZIP (at its beginning) of everything: README.txt, everything.json, a CSV a table, the files.

    Args:
        found: what `collect` returned; its work has ended.
        readme: what is what, in the person's language.
        open_file: returns the bytes of a file, None where nobody has them any more.
    """
    spool = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  (the caller closes it)
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("README.txt", readme)
        packed.writestr("everything.json", json.dumps(found.tables, ensure_ascii=False, indent=1))
        for table, rows in found.tables.items():
            if not rows:
                continue
            packed.writestr(f"{table}.csv", _csv(rows).encode(SPREADSHEET))
        left, missing = FILES_BYTES_MAX, list[str]()
        for file in found.files:
            content = open_file(file.id) if file.size_bytes <= left else None
            if content is None:
                missing.append(file.name)
                continue
            left -= len(content)
            packed.writestr(f"files/{file.id.hex[:8]}-{file.name}", content)
        if missing:
            packed.writestr(LEFT_OUT, "\n".join(missing) + "\n")
    spool.seek(0)
    return spool


def _tell_others(work: Work, person_id: UUID, here: Address, told: str) -> None:
    events.record(work, "person.data_asked", {"person_id": person_id})
    for other in chats.chats_of(work, person_id):
        if (other.channel, other.chat_id) != (here.channel, here.chat_id):
            facts = {"app": here.channel, "chat": [other.channel, other.chat_id]}
            outbox.tell(work, person_id, told, facts)


def _link(work: Work, keys: Keyring, public_url: str, person_id: UUID) -> str:
    claims = {"person": person_id.hex, "of": people.data_links(work, person_id)}
    token = keys.sign(LINK, claims, work.now, LIVES_FOR)
    return f"{public_url.rstrip('/')}/my-data/{token}"


def _rows(work: Work, entry: Entry, found: dict[Whose, list[Any]]) -> list[Row]:
    table, theirs = forgetting.rows_of(entry, found)
    names = entry.export.split()
    also = [entry.owner] if entry.sealed and entry.owner not in names else []
    columns = [table.c[name] for name in (*names, *also)]
    if entry.sealed:
        whose = table.c[entry.owner]
        theirs = theirs & (whose.is_(None) | whose.in_(found[Whose.PERSON]))
    rows = work.session.execute(select(*columns).where(theirs).order_by(*table.primary_key)).mappings()
    return [_plain(work, entry, row, names) for row in rows]


def _plain(work: Work, entry: Entry, row: Any, names: list[str]) -> Row:  # noqa: ANN401  (a row of any table)
    plain: Row = {}
    for name in names:
        value = row[name]
        if name in entry.sealed and row[entry.owner] is not None:
            opens = vault.open_json if isinstance(value, dict) else vault.open_sealed
            value = opens(work, row[entry.owner], value, entry.sealed[name])
        plain[name] = value if isinstance(value, (dict, list, int, float, bool, type(None))) else _said(value)
    return plain


def _make_readable(row: Row, currency: str | None) -> None:
    """Add to each amount in minor units the same in the currency's own decimals."""
    for name in [name for name in row if name.endswith(MINOR) or name in LEDGER]:
        if currency and row[name] is not None:
            readable = name.removesuffix(MINOR) if name.endswith(MINOR) else f"{name}_readable"
            row[readable] = str(Money(row[name], Currency(currency)).major)


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _csv(rows: list[Row]) -> str:
    page = io.StringIO()
    names = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(page, names, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return page.getvalue()


def _cell(value: object) -> object:
    """Return what a spreadsheet shows and never runs."""
    if isinstance(value, (dict, list)):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    return value
