"""People and workspaces: who is talking, for whom, and what they may do."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

from core.accounts.errors import (
    CodeNotValid,
    HoursNotValid,
    NameMissing,
    PersonNotFound,
    RoleMissing,
    WorkspaceNotFound,
)
from core.accounts.models import ChannelIdentity, ClientPlace, Member, OneTimeCode, Person, Workspace
from core.accounts.repository import AccountRepository
from core.accounts.schemas import (
    Identity,
    MembershipView,
    OpenWorkspace,
    PersonView,
    WorkspaceView,
)
from core.accounts.states import GRANTS, CodePurpose, Permission, Role, Summaries, WorkspaceKind
from core.events import service as events
from core.kit import crypto
from core.kit.text import clean
from core.kit.work import Work
from core.kit.zones import zone_of

CODE_LIVES_FOR = timedelta(minutes=30)
INVITATION_LIVES_FOR = timedelta(days=7)
HOURS_A_DAY = 24
UNKNOWN_ZONE = "UTC"
PERIODS = {Summaries.DAILY: timedelta(days=1), Summaries.WEEKLY: timedelta(days=7)}


def recognise(work: Work, identity: Identity, name: str, timezone: str = "") -> PersonView:
    """Return the person behind a chat account; at first sight, write them down under `name`.

    A new person's language is empty: not known yet. `timezone` is what their app says, if it says any.
    """
    accounts = AccountRepository(work.session)
    known = accounts.identity(identity.channel, identity.user_id)
    if known is None:
        person = register(work, name, language="", timezone=_zone(timezone) or UNKNOWN_ZONE)
        attach(work, person.id, identity)
        return person
    known.last_seen_at = work.now
    known.chat_id = identity.chat_id
    known.lost_at = None
    return person_of(work, known.person_id)


def register(work: Work, name: str, *, language: str = "en", timezone: str = UNKNOWN_ZONE) -> PersonView:
    """Write down a new person."""
    person = Person(
        name=clean(name, 120) or "friend",
        language=language,
        timezone=timezone,
        created_at=work.now,
    )
    AccountRepository(work.session).add(person)
    events.record(work, "person.registered", {"person_id": person.id})
    return _person(person)


def register_many(work: Work, people: Sequence[tuple[str, str]]) -> list[UUID]:
    """Write down many new people, each (name, time zone), in one statement; returns their ids in order."""
    rows: list[dict[str, Any]] = [
        {"id": uuid4(), "name": clean(name, 120) or "friend", "timezone": zone, "created_at": work.now}
        for name, zone in people
    ]
    AccountRepository(work.session).add_people(rows)
    events.record_each(work, "person.registered", [{"person_id": row["id"]} for row in rows])
    return [row["id"] for row in rows]


def speak(work: Work, person_id: UUID, language: str) -> None:
    """Keep the language in which a person wants to be spoken to."""
    _require_person(work, person_id).language = language


def live_in(work: Work, person_id: UUID, country: str, city: str = "") -> None:
    """Tell a person times by the clock of where they live; an unknown place changes nothing."""
    if zone := zone_of(country, city):
        _require_person(work, person_id).timezone = zone


def attach(work: Work, person_id: UUID, identity: Identity) -> None:
    """Let a person be reached through one more chat account; does nothing if it is known."""
    accounts = AccountRepository(work.session)
    if accounts.identity(identity.channel, identity.user_id) is None:
        accounts.add(
            ChannelIdentity(
                channel=identity.channel,
                user_id=identity.user_id,
                chat_id=identity.chat_id,
                person_id=person_id,
                opted_in_at=work.now,
                last_seen_at=work.now,
            )
        )
        facts = {"channel": identity.channel}
        events.record(work, "person.chat_attached", {"person_id": person_id}, facts)


def rename(work: Work, person_id: UUID, name: str) -> None:
    """Call a person by another name. Raises NameMissing for an empty one."""
    wanted = clean(name, 120)
    if not wanted:
        raise NameMissing
    _require_person(work, person_id).name = wanted


def person_of(work: Work, person_id: UUID) -> PersonView:
    """Return one person. Raises PersonNotFound."""
    return _person(_require_person(work, person_id))


def find_by_name(work: Work, name: str) -> PersonView | None:
    """Return the person of exactly this name, if there is one."""
    row = AccountRepository(work.session).person_named(name)
    return _person(row) if row else None


def find_by_identity(work: Work, channel: str, user_id: str) -> PersonView | None:
    """Return the person behind a chat account, if there is one."""
    known = AccountRepository(work.session).identity(channel, user_id)
    return person_of(work, known.person_id) if known else None


def chats_of(work: Work, person_id: UUID) -> list[Identity]:
    """Return every chat account of a person."""
    rows = AccountRepository(work.session).identities(person_id)
    return [Identity(row.channel, row.user_id, row.chat_id) for row in rows]


def summarise(work: Work, every: Summaries) -> None:
    """Tell the acting person so often what waits and what runs; the first time one period from now."""
    if work.actor.person_id is not None:
        person = _require_person(work, work.actor.person_id)
        person.summaries, person.summarised_at = every, work.now


def take_due_summaries(work: Work) -> list[UUID]:
    """Return whose summary is due, and count it as told. One query over the members."""
    due = AccountRepository(work.session).due_summaries(
        {every: work.now - period for every, period in PERIODS.items()}
    )
    for person in due:
        person.summarised_at = work.now
    return [person.id for person in due]


def address_of(work: Work, person_id: UUID) -> Identity | None:
    """Return where a person hears from us: the chat they chose, else the last one used that takes notices."""
    all_rows = AccountRepository(work.session).identities(person_id)
    open_rows = [row for row in all_rows if row.lost_at is None and row.muted_at is None]
    chosen = [row for row in open_rows if row.chosen_at is not None]
    rows = sorted(chosen, key=lambda row: row.chosen_at or row.last_seen_at, reverse=True) or open_rows
    return Identity(rows[0].channel, rows[0].user_id, rows[0].chat_id) if rows else None


def lose(work: Work, channel: str, chat_id: str) -> UUID | None:
    """Note that a chat no longer takes our messages, until its person writes again.

    Returns who is behind it, None if that was known before or nobody is.
    """
    lost = [row for row in AccountRepository(work.session).behind(channel, chat_id) if row.lost_at is None]
    for row in lost:
        row.lost_at = work.now
    return lost[0].person_id if lost else None


def choose(work: Work, channel: str, chat_id: str) -> None:
    """Send the notices of whoever is behind a chat there, whichever chat they use last."""
    for row in AccountRepository(work.session).behind(channel, chat_id):
        row.chosen_at, row.muted_at = work.now, None


def keep_quiet(work: Work, timezone: str, hours: tuple[int, int] | None) -> None:
    """Let notices to the acting person wait from one local hour until another; None: never.

    Raises:
        HoursNotValid: for hours that are no hours, or an unknown time zone.
    """
    valid = hours is None or (hours[0] != hours[1] and all(0 <= hour < HOURS_A_DAY for hour in hours))
    if not valid or not _zone(timezone) or work.actor.person_id is None:
        raise HoursNotValid
    person = _require_person(work, work.actor.person_id)
    person.timezone = timezone
    person.quiet_from, person.quiet_until = hours or (None, None)


def quiet_for(work: Work, person_id: UUID, at: datetime) -> timedelta:
    """Return how long a person wants no notices from this instant on, zero outside their quiet hours."""
    person = _require_person(work, person_id)
    if person.quiet_from is None or person.quiet_until is None:
        return timedelta()
    local = at.astimezone(ZoneInfo(person.timezone))
    since = (local.hour - person.quiet_from) % HOURS_A_DAY
    length = (person.quiet_until - person.quiet_from) % HOURS_A_DAY
    if since >= length:
        return timedelta()
    passed = timedelta(hours=since, minutes=local.minute, seconds=local.second)
    return timedelta(hours=length) - passed


def mute(work: Work, channel: str, chat_id: str, *, muted: bool) -> None:
    """Send no notices into a chat, or send them again. Answers to what is said there go on."""
    for row in AccountRepository(work.session).behind(channel, chat_id):
        row.muted_at = work.now if muted else None
        row.opted_in_at = row.opted_in_at if muted else work.now


def behind(work: Work, channel: str, chat_id: str) -> PersonView | None:
    """Return who is written to in a chat, None where nobody is known."""
    rows = AccountRepository(work.session).behind(channel, chat_id)
    return person_of(work, rows[0].person_id) if rows else None


def heard_at(work: Work, channel: str, chat_id: str) -> datetime | None:
    """Return when somebody last wrote in a chat, None where nobody ever did."""
    rows = AccountRepository(work.session).behind(channel, chat_id)
    return max((row.last_seen_at for row in rows), default=None)


def players(work: Work, channel: str, limit: int) -> list[tuple[str, PersonView]]:
    """Return (user id, person) of a channel's accounts, the oldest people first: for a sandbox's page."""
    rows = AccountRepository(work.session).users(channel, limit)
    return [(identity.user_id, _person(person)) for identity, person in rows]


def open_workspace(work: Work, command: OpenWorkspace) -> WorkspaceView:
    """Open a workspace; the acting person becomes its owner.

    Raises:
        NameMissing: without a name.
        RoleMissing: when a client brand is opened by somebody who does not run the agency's team.
    """
    name = clean(command.name, 120)
    if not name or work.actor.person_id is None:
        raise NameMissing
    if command.parent_id is not None:
        require(work, command.parent_id, Permission.TEAM)
    workspace = Workspace(
        name=name,
        kind=WorkspaceKind.CLIENT if command.parent_id else command.kind,
        parent_id=command.parent_id,
        currency=command.currency,
        country=command.country.upper()[:2],
        website=clean(command.website, 200),
        created_at=work.now,
    )
    accounts = AccountRepository(work.session)
    accounts.add(workspace)
    accounts.add(
        Member(
            workspace_id=workspace.id,
            person_id=work.actor.person_id,
            role=Role.OWNER,
            since=work.now,
        )
    )
    _record_opened(work, workspace)
    if _require_person(work, work.actor.person_id).timezone == UNKNOWN_ZONE:
        live_in(work, work.actor.person_id, workspace.country)
    return _workspace(workspace)


def workspace_of(work: Work, workspace_id: UUID) -> WorkspaceView:
    """Return one workspace. Raises WorkspaceNotFound."""
    return _workspace(_require_workspace(work, workspace_id))


def clients_of(work: Work, agency_id: UUID) -> list[WorkspaceView]:
    """Return the brands an agency looks after."""
    return [_workspace(row) for row in AccountRepository(work.session).clients(agency_id)]


def memberships_of(work: Work, person_id: UUID) -> list[MembershipView]:
    """Return a person's workspaces, the oldest first."""
    person = person_of(work, person_id)
    return [
        MembershipView(_workspace(workspace), person, member.role)
        for member, workspace in AccountRepository(work.session).memberships(person_id)
    ]


def members_of(work: Work, workspace_id: UUID) -> list[MembershipView]:
    """Return a workspace's members."""
    workspace = workspace_of(work, workspace_id)
    return [
        MembershipView(workspace, _person(person), member.role)
        for member, person in AccountRepository(work.session).members(workspace_id)
    ]


def people_who_may(work: Work, workspace_id: UUID, permission: Permission) -> list[UUID]:
    """Return the members whose role grants `permission`."""
    rows = AccountRepository(work.session).members(workspace_id)
    return [person.id for member, person in rows if permission in GRANTS[member.role]]


def may(work: Work, workspace_id: UUID, permission: Permission) -> bool:
    """Tell whether the acting person may do that; agency members act for the agency's clients."""
    person_id = work.actor.person_id
    if person_id is None:
        return False
    accounts = AccountRepository(work.session)
    member = accounts.membership(workspace_id, person_id)
    if member is None:
        workspace = accounts.workspace(workspace_id)
        if workspace is not None and workspace.parent_id is not None:
            member = accounts.membership(workspace.parent_id, person_id)
    return member is not None and permission in GRANTS[member.role]


def belongs(work: Work, workspace_id: UUID, person_id: UUID) -> bool:
    """Tell whether a person is a member of a workspace, or of the agency that looks after it."""
    accounts = AccountRepository(work.session)
    if accounts.membership(workspace_id, person_id) is not None:
        return True
    parent_id = _require_workspace(work, workspace_id).parent_id
    return parent_id is not None and accounts.membership(parent_id, person_id) is not None


def assign_place(work: Work, place: str, workspace_id: UUID) -> None:
    """Let a team's channel be for one workspace. Raises WorkspaceNotFound, RoleMissing."""
    require(work, workspace_id, Permission.RUN_CAMPAIGNS)
    work.session.merge(ClientPlace(place=place, workspace_id=workspace_id))


def workspace_at(work: Work, place: str) -> UUID | None:
    """Return the workspace a team's channel is for, None where nobody said."""
    row = work.session.get(ClientPlace, place) if place else None
    return row.workspace_id if row else None


def require(work: Work, workspace_id: UUID, permission: Permission) -> None:
    """Insist that the acting person may do that.

    Raises:
        WorkspaceNotFound: for somebody who may not even see the workspace.
        RoleMissing: for a member whose role does not grant it.
    """
    if may(work, workspace_id, permission):
        return
    if may(work, workspace_id, Permission.SEE):
        raise RoleMissing(permission=permission)
    raise WorkspaceNotFound(workspace_id=workspace_id)


def mark_verified(work: Work, workspace_id: UUID, *, tax_number: str = "", website: str = "") -> None:
    """Note a business's details. Only a website that showed our code makes it verified."""
    workspace = _require_workspace(work, workspace_id)
    if website:
        workspace.verified_at = work.now
        events.record(work, "workspace.verified", {"workspace_id": workspace_id})
    workspace.tax_number = tax_number or workspace.tax_number
    workspace.website = website or workspace.website


def invite(work: Work, workspace_id: UUID, role: Role) -> str:
    """Return a one-time code that makes its bearer a member. Raises RoleMissing."""
    require(work, workspace_id, Permission.TEAM)
    return _issue(work, CodePurpose.JOIN_TEAM, INVITATION_LIVES_FOR, workspace_id, role)


def join(work: Work, code: str) -> WorkspaceView:
    """Use an invitation. Raises CodeNotValid."""
    found = _use(work, code, CodePurpose.JOIN_TEAM)
    if found.workspace_id is None or found.role is None or work.actor.person_id is None:
        raise CodeNotValid
    accounts = AccountRepository(work.session)
    if accounts.membership(found.workspace_id, work.actor.person_id) is None:
        accounts.add(
            Member(
                workspace_id=found.workspace_id,
                person_id=work.actor.person_id,
                role=found.role,
                since=work.now,
            )
        )
        about = {"workspace_id": found.workspace_id, "person_id": work.actor.person_id}
        events.record(work, "member.joined", about, {"role": found.role})
    return workspace_of(work, found.workspace_id)


def link_code(work: Work) -> str:
    """Return a one-time code that brings another chat account to the acting person."""
    return _issue(work, CodePurpose.LINK_CHANNEL, CODE_LIVES_FOR)


def link(work: Work, code: str) -> PersonView:
    """Bring the acting person's chat accounts to the person who asked for the code.

    Raises:
        CodeNotValid: for an unknown, used or old code, or one's own.
    """
    found = _use(work, code, CodePurpose.LINK_CHANNEL)
    if work.actor.person_id is None or found.person_id == work.actor.person_id:
        raise CodeNotValid
    AccountRepository(work.session).hand_over_identities(work.actor.person_id, found.person_id)
    facts = {"from_person_id": work.actor.person_id}
    events.record(work, "person.chats_linked", {"person_id": found.person_id}, facts)
    return person_of(work, found.person_id)


def refer(work: Work, code: str) -> None:
    """Note who brought the acting person, once; a code of nobody's, or one's own, is passed over."""
    try:
        referrer = AccountRepository(work.session).person(UUID(code))
    except ValueError:
        return
    person = _require_person(work, work.actor.person_id) if work.actor.person_id else None
    if person and referrer and referrer.id != person.id and person.referred_by is None:
        person.referred_by = referrer.id


def erase(work: Work, person_id: UUID) -> None:
    """Forget a person: the name, the chat accounts, the memberships. The id stays as a pseudonym."""
    person = _require_person(work, person_id)
    person.name = f"erased-{str(person.id)[:8]}"
    person.erased_at = work.now
    AccountRepository(work.session).forget(person_id)
    events.record(work, "person.erased", {"person_id": person_id})


def _record_opened(work: Work, workspace: Workspace) -> None:
    if work.actor.person_id is None:
        return
    about = {"workspace_id": workspace.id, "person_id": work.actor.person_id}
    facts: dict[str, events.Value] = {"kind": workspace.kind, "currency": workspace.currency}
    if workspace.parent_id is not None:
        facts["parent_id"] = workspace.parent_id
    events.record(work, "workspace.opened", about, facts)


def _issue(
    work: Work,
    purpose: CodePurpose,
    lives_for: timedelta,
    workspace_id: UUID | None = None,
    role: Role | None = None,
) -> str:
    if work.actor.person_id is None:
        raise PersonNotFound
    code = crypto.code()
    AccountRepository(work.session).add(
        OneTimeCode(
            fingerprint=crypto.fingerprint(code),
            purpose=purpose,
            person_id=work.actor.person_id,
            workspace_id=workspace_id,
            role=role,
            expires_at=work.now + lives_for,
        )
    )
    return code


def _use(work: Work, code: str, purpose: CodePurpose) -> OneTimeCode:
    wanted = crypto.fingerprint(code.strip().upper())
    found = AccountRepository(work.session).code(wanted)
    if (
        found is None
        or found.purpose is not purpose
        or found.used_at is not None
        or found.expires_at <= work.now
    ):
        raise CodeNotValid
    found.used_at = work.now
    return found


def _zone(timezone: str) -> str:
    return timezone if timezone in _known_zones() else ""


@cache
def _known_zones() -> frozenset[str]:
    """Return the names of all time zones; finding them reads folders, so it is done once."""
    return frozenset(available_timezones())


def _require_person(work: Work, person_id: UUID) -> Person:
    row = AccountRepository(work.session).person(person_id)
    if row is None:
        raise PersonNotFound(person_id=person_id)
    return work.hold(row)


def _require_workspace(work: Work, workspace_id: UUID) -> Workspace:
    row = AccountRepository(work.session).workspace(workspace_id)
    if row is None:
        raise WorkspaceNotFound(workspace_id=workspace_id)
    return row


def _person(row: Person) -> PersonView:
    return PersonView(
        row.id, row.name, row.language, row.timezone, row.erased_at is not None, row.referred_by
    )


def _workspace(row: Workspace) -> WorkspaceView:
    return WorkspaceView(
        id=row.id,
        name=row.name,
        kind=row.kind,
        parent_id=row.parent_id,
        currency=row.currency,
        country=row.country,
        website=row.website,
        tax_number=row.tax_number,
        verified_at=row.verified_at,
    )
