"""People, workspaces, members, channel identities and one-time codes."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.accounts.states import CodePurpose, Role, Summaries, WorkspaceKind
from core.kit.database import Table, named
from core.kit.money import Currency


class Person(Table):
    """Somebody who talks to us, in one or more chat apps.

    `names` counts how often they took another name since `named_since`. `data_links` is what a link to their
    data has to carry: without it, none leads anywhere.
    """

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="en")
    timezone: Mapped[str] = mapped_column(String(48), default="UTC")
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    summaries: Mapped[Summaries] = mapped_column(named(Summaries), server_default="weekly")
    summarised_at: Mapped[datetime | None]
    referred_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    named_since: Mapped[datetime | None]
    names: Mapped[int] = mapped_column(default=0, server_default="0")
    linked_to: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    data_links: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Workspace(Table):
    """A brand, an agency, or a brand that an agency looks after.

    `skeleton` is what its name looks like; of those that look alike each has a number, `twin`.
    Its own key seals the tax number. `frozen_at` is since when an operator has stopped it, itself or with
    its agency.
    """

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("(kind = 'client') = (parent_id IS NOT NULL)", name="client_has_agency"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[WorkspaceKind] = mapped_column(named(WorkspaceKind))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("workspace.id"), index=True)
    currency: Mapped[Currency] = mapped_column(named(Currency, 3))
    country: Mapped[str] = mapped_column(String(2), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    company_page: Mapped[str] = mapped_column(String(200), default="", server_default="")
    tax_number: Mapped[str] = mapped_column(Text, default="")
    skeleton: Mapped[str] = mapped_column(String(240), index=True)
    twin: Mapped[int] = mapped_column(default=1, server_default="1")
    frozen_at: Mapped[datetime | None]
    stopped_itself: Mapped[bool] = mapped_column(default=False, server_default=false())
    verified_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ClientPlace(Table):
    """Which workspace a team's channel is for."""

    __tablename__ = "client_place"

    place: Mapped[str] = mapped_column(String(120), primary_key=True)
    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"))


class Member(Table):
    """One person's role in one workspace."""

    __tablename__ = "member"

    workspace_id: Mapped[UUID] = mapped_column(ForeignKey("workspace.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    role: Mapped[Role] = mapped_column(named(Role))
    since: Mapped[datetime]


class ChannelIdentity(Table):
    """One name of an account in one chat app, and the person behind it.

    `passes_on` marks a telephone number: one day it may be somebody else's.
    """

    __tablename__ = "channel_identity"
    __table_args__ = (UniqueConstraint("channel", "user_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(String(120))
    chat_id: Mapped[str] = mapped_column(String(120))
    passes_on: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    last_seen_at: Mapped[datetime]
    chosen_at: Mapped[datetime | None]
    opted_in_at: Mapped[datetime | None]
    muted_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]


class BrowserSession(Table):
    """A place at a chat of ours, in one browser. `fingerprint` is the hash of what its cookie holds."""

    __tablename__ = "browser_session"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    user_name: Mapped[str] = mapped_column(String(40), index=True)
    browser: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    renew: Mapped[bool]


class OneTimeCode(Table):
    """A code that links a channel or opens a team, stored as a fingerprint only."""

    __tablename__ = "one_time_code"

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[CodePurpose] = mapped_column(named(CodePurpose))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    workspace_id: Mapped[UUID | None] = mapped_column(ForeignKey("workspace.id"))
    role: Mapped[Role | None] = mapped_column(named(Role))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
