"""The words of the map: whose a row is, what becomes of it when a person is forgotten, what is exported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, literal_column

PSEUDONYM: ColumnElement[str] = literal_column("'erased-' || left(id::text, 8)")
NOTHING: ColumnElement[list[str]] = literal_column("'[]'::jsonb")
BOOKS = "Books and their proofs are kept for as long as tax and company law ask; they name ids, not people."
STEP = "That something happened, and when, stays; it names an id that means nobody any more."


class Whose(StrEnum):
    """How the rows of a person are found: each is a list of ids (or of pairs) that belongs to them."""

    PERSON = "person"  # the person, and accounts that were merged into theirs
    ACTOR = "actor"  # as whom they act: "person:ID"
    CREATOR = "creator"  # their profile
    CHAT = "chat"  # (channel, chat id) of their chats, past ones included
    SEAT = "seat"  # the names of their chats in the browser
    PROMISE = "promise"  # the outbox's aggregates that are about them
    DEAL = "deal"  # deals of their profile
    PIECE = "piece"  # pieces of work in these
    HANDLE = "handle"  # their names on networks, without @
    SLACK = "slack"  # (team, user) of their Slack accounts
    SUBJECT = "subject"  # everything above that staff's tasks and acts are about, by id
    DISPUTED = "disputed"  # deals that they disputed, as whichever side
    ANSWERED = "answered"  # deals whose dispute they answered
    NOTED = "noted"  # deals to which they wrote the note
    CHANGED = "changed"  # pieces of which they asked for changes
    REVIEWED = "reviewed"  # reviews that they wrote
    STEP_UP = "step_up"  # changes that they asked for, or were asked about
    PAYEE = "payee"  # accounts at the provider that money of theirs went to
    SUPPORT = "support"  # what they asked a person of ours
    WORKSPACE = "workspace"  # workspaces that nobody is left in without them
    CAMPAIGN = "campaign"  # campaigns of these
    TEAM_DEAL = "team_deal"  # deals of these
    CHECKOUT = "checkout"  # checkouts of these
    OWN_CAMPAIGN = "own_campaign"  # campaigns that they wrote


class Fate(StrEnum):
    """What becomes of a row when its person is forgotten."""

    DELETED = "deleted"
    BLANKED = "blanked"
    SEALED = "sealed"  # the row stands; what is personal in it is unreadable without the person's key
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Entry:
    """One table, or part of it.

    Attributes:
        table: its name, with the schema where it is not the usual one.
        found: by which column (or columns, "channel chat_id") a person's rows are found, by whose it is.
        fate: what becomes of the rows.
        personal: the columns with something personal in them.
        blank: for BLANKED, what these columns become.
        why: the reason, in the words of docs/privacy.md.
        export: which columns a person gets of their own rows; none where they hold nothing of their own.
        sealed: of these, the sealed ones, by the place of their seal; `owner` is the column of whose key.
        done_by: the verb that does it, where it is more than rows (files, an index).
    """

    table: str
    found: Mapping[str, Whose]
    fate: Fate
    personal: str
    why: str
    blank: Mapping[str, Any] = field(default_factory=dict)
    export: str = ""
    sealed: Mapping[str, str] = field(default_factory=dict)
    owner: str = "owner_id"
    done_by: str = ""
