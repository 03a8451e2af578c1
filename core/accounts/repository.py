"""Every query about people and workspaces, and no decision."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from core.accounts.models import ChannelIdentity, Member, OneTimeCode, Person, Workspace
from core.accounts.states import CodePurpose, Role, Summaries
from core.kit.database import Table
from core.vault import service as vault

# built once: every turn begins with these, and building an expression costs as much as running it
NAMED = (
    Person.id == ChannelIdentity.person_id,
    ChannelIdentity.channel == bindparam("of_channel"),
    ChannelIdentity.user_id.in_(bindparam("names", expanding=True)),
)
KNOWN_BY = select(ChannelIdentity, Person, vault.wrapped_key(Person.id)).where(*NAMED)
HEARD = (
    update(ChannelIdentity)
    .where(*NAMED)
    .values(last_seen_at=bindparam("now"))
    .returning(ChannelIdentity, Person, vault.wrapped_key(Person.id))
    .execution_options(synchronize_session=False, populate_existing=True)
)
MEMBERSHIPS = (
    select(Member, Workspace)
    .join(Workspace, Workspace.id == Member.workspace_id)
    .where(Member.person_id == bindparam("person_id"))
    .order_by(Member.since, Workspace.id)
)


class AccountRepository:
    """Finds people and workspaces through one session."""

    def __init__(self, session: Session) -> None:
        """Use `session`; never commit it."""
        self._session = session
        self._read: list[Person] = []
        self.keys: dict[UUID, str | None] = {}

    def add(self, row: Table) -> None:
        """Save a new row and give it its id."""
        self._session.add(row)
        self._session.flush()

    def add_people(self, rows: list[dict[str, Any]]) -> None:
        """Write many new people at once."""
        if rows:
            self._session.execute(insert(Person), rows)

    def person(self, person_id: UUID) -> Person | None:
        """Return one person."""
        return self._session.get(Person, person_id)

    def person_named(self, name: str) -> Person | None:
        """Return the oldest person of exactly this name."""
        query = select(Person).where(Person.name == name).order_by(Person.created_at).limit(1)
        return self._session.scalars(query).one_or_none()

    def workspace(self, workspace_id: UUID) -> Workspace | None:
        """Return one workspace."""
        return self._session.get(Workspace, workspace_id)

    def workspaces(self, ids: list[UUID]) -> list[Workspace]:
        """Return several workspaces."""
        return list(self._session.scalars(select(Workspace).where(Workspace.id.in_(ids))))

    def identity(self, channel: str, user_id: str) -> ChannelIdentity | None:
        """Return one chat account."""
        query = select(ChannelIdentity).where(
            ChannelIdentity.channel == channel, ChannelIdentity.user_id == user_id
        )
        return self._session.scalars(query).one_or_none()

    def known_by(
        self, channel: str, names: Sequence[str], heard: datetime | None = None
    ) -> dict[str, ChannelIdentity]:
        """Return the chat accounts of these names, by name; their people and keys are read along.

        `heard` notes in the same statement when somebody spoke from them.
        """
        named: dict[str, Any] = {"of_channel": channel, "names": names}
        if heard is None:
            found = list(self._session.execute(KNOWN_BY, named))
        else:
            found = list(self._session.execute(HEARD, {**named, "now": heard}))
        self._read = [person for _, person, _ in found]  # a session forgets what nobody holds
        self.keys = {person.id: wrapped for _, person, wrapped in found}
        return {row.user_id: row for row, _, _ in found}

    def names_in(self, channel: str, person_id: UUID) -> list[ChannelIdentity]:
        """Return a person's accounts in one app, the surest names first."""
        query = (
            select(ChannelIdentity)
            .where(ChannelIdentity.channel == channel, ChannelIdentity.person_id == person_id)
            .order_by(ChannelIdentity.passes_on, ChannelIdentity.last_seen_at.desc(), ChannelIdentity.id)
        )
        return list(self._session.scalars(query))

    def drop(self, row: Table) -> None:
        """Delete a row."""
        self._session.delete(row)
        self._session.flush()

    def identities(self, person_id: UUID) -> list[ChannelIdentity]:
        """Return a person's chat accounts, the one used last first."""
        query = (
            select(ChannelIdentity)
            .where(ChannelIdentity.person_id == person_id)
            .order_by(ChannelIdentity.last_seen_at.desc(), ChannelIdentity.id)
        )
        return list(self._session.scalars(query))

    def behind(self, channel: str, chat_id: str) -> list[ChannelIdentity]:
        """Return the accounts written to in a chat: whose name it has first, then who was heard last."""
        query = select(ChannelIdentity).where(
            ChannelIdentity.channel == channel, ChannelIdentity.chat_id == chat_id
        )
        named = (ChannelIdentity.user_id == ChannelIdentity.chat_id).desc()
        order = named, ChannelIdentity.last_seen_at.desc(), ChannelIdentity.id
        return list(self._session.scalars(query.order_by(*order)))

    def users(self, channel: str, limit: int) -> list[tuple[ChannelIdentity, Person]]:
        """Return a channel's accounts and people, the oldest people first."""
        query = (
            select(ChannelIdentity, Person)
            .join(Person, Person.id == ChannelIdentity.person_id)
            .where(ChannelIdentity.channel == channel, Person.erased_at.is_(None))
            .order_by(Person.created_at, Person.name)
            .limit(limit)
        )
        return [(identity, person) for identity, person in self._session.execute(query)]

    def membership(self, workspace_id: UUID, person_id: UUID) -> Member | None:
        """Return what a person is to a workspace."""
        return self._session.get(Member, (workspace_id, person_id))

    def memberships(self, person_id: UUID) -> list[tuple[Member, Workspace]]:
        """Return a person's workspaces, the oldest first."""
        found = self._session.execute(MEMBERSHIPS, {"person_id": person_id})
        return [(member, workspace) for member, workspace in found]

    def roles_of(self, person_id: UUID) -> dict[UUID, Role]:
        """Return a person's role in each of their workspaces."""
        query = select(Member.workspace_id, Member.role).where(Member.person_id == person_id)
        return {row.workspace_id: row.role for row in self._session.execute(query)}

    def parents_of(self, workspace_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
        """Return the agency of each workspace that one looks after."""
        query = select(Workspace.id, Workspace.parent_id).where(Workspace.id.in_(workspace_ids))
        return {row.id: row.parent_id for row in self._session.execute(query)}

    def clients(self, agency_id: UUID) -> list[Workspace]:
        """Return the brands an agency looks after."""
        query = select(Workspace).where(Workspace.parent_id == agency_id).order_by(Workspace.name)
        return list(self._session.scalars(query))

    def members(self, workspace_id: UUID) -> list[tuple[Member, Person]]:
        """Return a workspace's members, the oldest first; their keys are read along."""
        query = (
            select(Member, Person, vault.wrapped_key(Person.id))
            .join(Person, Person.id == Member.person_id)
            .where(Member.workspace_id == workspace_id)
            .order_by(Member.since, Person.name)
        )
        found = list(self._session.execute(query))
        self.keys = {person.id: wrapped for _, person, wrapped in found}
        return [(member, person) for member, person, _ in found]

    def team(self, workspace_id: UUID) -> Sequence[Row[UUID, UUID, Role, datetime | None, str | None]]:
        """Return (workspace, person, role, frozen since, key) of members, the agency's too, oldest first."""
        agency = select(Workspace.parent_id).where(Workspace.id == workspace_id).scalar_subquery()
        frozen = select(Workspace.frozen_at).where(Workspace.id == workspace_id).scalar_subquery()
        query = (
            select(
                Member.workspace_id,
                Member.person_id,
                Member.role,
                frozen.label("frozen_at"),
                vault.wrapped_key(Member.person_id),
            )
            .join(Person, Person.id == Member.person_id)
            .where(or_(Member.workspace_id == workspace_id, Member.workspace_id == agency))
            .order_by(Member.since, Person.name)
        )
        return self._session.execute(query).all()

    def lock_workspace(self, workspace_id: UUID) -> None:
        """Lock a workspace's row until the work ends, so that its team changes one step at a time."""
        query = select(Workspace.id).where(Workspace.id == workspace_id)
        self._session.execute(query.with_for_update(key_share=True))

    def frozen_at(self, workspace_id: UUID) -> datetime | None:
        """Return since when a workspace is frozen, None where it is not, read afresh."""
        return self._session.scalar(select(Workspace.frozen_at).where(Workspace.id == workspace_id))

    def open_invitations(self, workspace_ids: Sequence[UUID], now: datetime) -> list[OneTimeCode]:
        """Return the invitations to some workspaces that can still be used, the oldest first."""
        query = select(OneTimeCode).where(
            OneTimeCode.workspace_id.in_(workspace_ids),
            OneTimeCode.used_at.is_(None),
            OneTimeCode.expires_at > now,
        )
        return list(self._session.scalars(query.order_by(OneTimeCode.expires_at)))

    def looking_like(self, skeleton: str) -> list[Workspace]:
        """Return the workspaces whose names look like this, locked against a new one until the work ends."""
        self._session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"name:{skeleton}"))))
        return list(self._session.scalars(select(Workspace).where(Workspace.skeleton == skeleton)))

    def hand_over_invitations(self, workspace_id: UUID, from_person: UUID, to_person: UUID) -> None:
        """Let the invitations that somebody gave to a team be another's."""
        theirs = OneTimeCode.workspace_id == workspace_id, OneTimeCode.person_id == from_person
        self._session.execute(update(OneTimeCode).where(*theirs).values(person_id=to_person))

    def codes_since(self, person_id: UUID, purpose: CodePurpose, expires_after: datetime) -> list[datetime]:
        """Return when the codes end that a person was given since some moment, the earliest first."""
        query = select(OneTimeCode.expires_at).where(
            OneTimeCode.person_id == person_id,
            OneTimeCode.purpose == purpose,
            OneTimeCode.expires_at > expires_after,
        )
        return list(self._session.scalars(query.order_by(OneTimeCode.expires_at)))

    def code(self, fingerprint: str) -> OneTimeCode | None:
        """Return a one-time code, locked until the work ends."""
        query = select(OneTimeCode).where(OneTimeCode.fingerprint == fingerprint)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def due_summaries(self, before: Mapping[Summaries, datetime]) -> list[Person]:
        """Return, locked, the members whose last summary (or beginning) is before their period's moment."""
        last = func.coalesce(Person.summarised_at, Person.created_at)
        due = or_(*(and_(Person.summaries == every, last <= moment) for every, moment in before.items()))
        member = exists().where(Member.person_id == Person.id)
        query = select(Person).where(due, member, Person.erased_at.is_(None))
        return list(self._session.scalars(query.with_for_update(skip_locked=True)))

    def lock_people(self, ids: Sequence[UUID]) -> None:
        """Lock people's rows, in this order; rows that only name one of them can be written meanwhile."""
        query = select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
        self._session.execute(query.with_for_update(key_share=True))

    def hand_over_identities(
        self, from_person: UUID, to_person: UUID, only: Sequence[UUID] | None = None
    ) -> list[UUID]:
        """Let `to_person` answer for the chat accounts of `from_person`, or some of them; returns which."""
        statement = update(ChannelIdentity).where(ChannelIdentity.person_id == from_person)
        if only is not None:
            statement = statement.where(ChannelIdentity.id.in_(only))
        moved = statement.values(person_id=to_person, chosen_at=None).returning(ChannelIdentity.id)
        return list(self._session.scalars(moved))
