"""Seals what was written in plain before there were keys. It can be run again and again, and in between.

Each table is told by where its plain rows are, whose they are, and which columns are sealed. A row whose
owner is not known, or was forgotten, is left: it ends with its time (`core.privacy.retention`). Reasons in
the audit of before stay plain, since nothing changes an audit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import text

from core import schema
from core.accounts import workspaces
from core.conversations import service as conversations
from core.deals import history
from core.kit import crypto
from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import Work, begin
from core.media import sealing as files
from core.messaging import held, inbox, mailbox, outbox
from core.payments import payee_accounts
from core.vault import service as vault

BATCH = 500
IN_CHAT = (
    "(SELECT person_id FROM channel_identity i WHERE i.channel = {channel} AND i.chat_id = {chat_id} LIMIT 1)"
)
"""Whose a chat is."""
OPEN_PROMISE = "t.state <> 'done' AND t.kind"


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain rows of one table. `owner` is SQL over the row `t`; `columns` name the seal's place."""

    table: str
    key: str
    owner: str
    columns: Mapping[str, str]
    where: str = "t.owner_id IS NULL"
    marks_owner: bool = field(default=True)


PLAIN = (
    Plain("support_request", "id", "t.person_id", dict.fromkeys(("text", "answer"), conversations.WORDS)),
    Plain("conversation", "channel, chat_id", "t.person_id", {"session": conversations.PLACE}),
    Plain(
        "payee_account",
        "creator_id",
        "(SELECT person_id FROM creator c WHERE c.id = t.creator_id)",
        {"label": payee_accounts.LABEL},
    ),
    Plain(
        "payee_change",
        "id",
        "(SELECT person_id FROM creator c WHERE c.id = t.creator_id)",
        {"label": payee_accounts.LABEL},
    ),
    Plain(
        "mailbox",
        "seq",
        IN_CHAT.format(channel="t.channel", chat_id="t.chat_id"),
        {"body": mailbox.PLACE},
    ),
    Plain(
        "held_message",
        "seq",
        IN_CHAT.format(channel="t.channel", chat_id="t.chat_id"),
        {"body": held.PLACE},
    ),
    Plain(
        "outbox",
        "id",
        "(t.payload ->> 'person_id')::uuid",
        {"payload": outbox.PLACE},
        f"t.owner_id IS NULL AND {OPEN_PROMISE} = 'notice.tell'",
    ),
    Plain(
        "outbox",
        "id",
        IN_CHAT.format(channel="t.payload ->> 'channel'", chat_id="t.payload ->> 'chat_id'"),
        {"payload": outbox.PLACE},
        f"t.owner_id IS NULL AND {OPEN_PROMISE} IN ('message.deliver', 'chat.announce', 'chat.menu')",
    ),
    Plain(
        "workspace",
        "id",
        "t.id",
        {"tax_number": workspaces.TAX_NUMBER},
        "t.tax_number <> '' AND t.tax_number NOT LIKE 'p1.%'",
        marks_owner=False,
    ),
)


def seal_plain(database: Database) -> int:
    """Seal everything that is left in plain; returns how many rows changed."""
    return sum(
        _until_done(database, step)
        for step in (_make_keys, _mark_events, _seal_words, _seal_files, *(_sealer(plain) for plain in PLAIN))
    )


def _until_done(database: Database, step: Callable[[Work], int]) -> int:
    changed = 0
    while True:
        with begin(database, SYSTEM) as work:
            now = step(work)
        changed += now
        if not now:
            return changed


def _make_keys(work: Work) -> int:
    """Make the keys of people and workspaces that have none."""
    query = text(
        "SELECT id FROM (SELECT id FROM person WHERE erased_at IS NULL UNION ALL SELECT id FROM workspace) o"
        " WHERE NOT EXISTS (SELECT 1 FROM data_key k WHERE k.owner_id = o.id) LIMIT :limit"
    )
    return vault.make_missing(work, work.session.execute(query, {"limit": BATCH}).scalars())


def _mark_events(work: Work) -> int:
    """Put marks in the place of what apps called their events."""
    query = text("SELECT source, event_id FROM inbox WHERE event_id !~ '^[0-9a-f]{64}$' LIMIT :limit")
    rows = work.session.execute(query, {"limit": BATCH}).all()
    change = text(
        "UPDATE inbox SET event_id = :mark WHERE source = :source AND event_id = :event_id"
        " AND NOT EXISTS (SELECT 1 FROM inbox WHERE source = :source AND event_id = :mark)"
    )
    for row in rows:
        known = {"source": row.source, "event_id": row.event_id}
        work.session.execute(change, {**known, "mark": inbox.marks(work, row.source, row.event_id)[0]})
        work.session.execute(text("DELETE FROM inbox WHERE source = :source AND event_id = :event_id"), known)
    return len(rows)


def _seal_words(work: Work) -> int:
    """Seal the words in the history of deals, each with its writer's key, staff's with the creator's."""
    rows = work.session.execute(
        text(
            "SELECT t.id, t.facts, coalesce(p.id, c.person_id) AS owner_id FROM deal_event t"
            " JOIN deal d ON d.id = t.deal_id JOIN creator c ON c.id = d.creator_id"
            " LEFT JOIN person p ON t.actor = 'person:' || p.id"
            " JOIN data_key k ON k.owner_id = coalesce(p.id, c.person_id)"
            " WHERE t.words_of IS NULL AND t.facts ?| ARRAY['reason', 'note', 'answer', 'url'] LIMIT :limit"
        ),
        {"limit": BATCH},
    ).all()
    table = schema.metadata.tables["deal_event"]
    for row in rows:
        facts = {key: value for key, value in row.facts.items() if key not in history.WORDS}
        words = history.sealed(work, row.owner_id, {k: row.facts[k] for k in history.WORDS if k in row.facts})
        kept = {"facts": facts, "words": words, "words_of": row.owner_id}
        work.session.execute(table.update().where(table.c.id == row.id).values(kept))
    return len(rows)


def _seal_files(work: Work) -> int:
    """Seal with their owners' keys those of files that the ring sealed."""
    rows = work.session.execute(
        text(
            "SELECT f.id, f.owner_id, f.sealed_key FROM media_file f JOIN data_key k USING (owner_id)"
            " WHERE f.sealed_key LIKE :by_the_ring LIMIT :limit FOR UPDATE OF f"
        ),
        {"by_the_ring": f"{crypto.SEALED}.%", "limit": BATCH},
    ).all()
    vault.ahead(work, [row.owner_id for row in rows])
    table = schema.metadata.tables["media_file"]
    for row in rows:
        anew = files.with_the_owner_s(work, row.owner_id, row.sealed_key, row.id)
        work.session.execute(table.update().where(table.c.id == row.id).values(sealed_key=anew))
    return len(rows)


def _sealer(plain: Plain) -> Callable[[Work], int]:
    return lambda work: _seal(work, plain)


def _seal(work: Work, plain: Plain) -> int:
    columns = ", ".join(f"t.{name}" for name in plain.columns)
    keys = ", ".join(f"t.{name.strip()}" for name in plain.key.split(","))
    query = (
        f"SELECT {keys}, {columns}, k.owner_id AS whose FROM {plain.table} t"  # noqa: S608  (names of ours)
        f" JOIN data_key k ON k.owner_id = {plain.owner} WHERE {plain.where} LIMIT :limit FOR UPDATE OF t"
    )
    rows = work.session.execute(text(query), {"limit": BATCH}).mappings().all()
    vault.ahead(work, [row["whose"] for row in rows])
    table = schema.metadata.tables[plain.table]
    for row in rows:
        kept: dict[str, Any] = {
            name: _sealed(work, row["whose"], row[name], place) for name, place in plain.columns.items()
        }
        if plain.marks_owner:
            kept["owner_id"] = row["whose"]
        this = [table.c[name.strip()] == row[name.strip()] for name in plain.key.split(",")]
        work.session.execute(table.update().where(*this).values(kept))
    return len(rows)


def _sealed(work: Work, owner_id: UUID, value: str | dict[str, Any], place: str) -> str | dict[str, Any]:
    if isinstance(value, str):
        return vault.seal(work, owner_id, value, place) if value else value
    return vault.seal_json(work, owner_id, value, place)
