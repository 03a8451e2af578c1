"""People: who they are, how they want to be spoken to, and being forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

from core.accounts.errors import HoursNotValid, NameMissing, NameNotAllowed, PersonNotFound
from core.accounts.models import Person
from core.accounts.repository import AccountRepository
from core.accounts.schemas import PersonView
from core.accounts.states import Summaries
from core.events import service as events
from core.kit import names
from core.kit.errors import TooOften
from core.kit.names import Wrong
from core.kit.work import Work
from core.kit.zones import zone_of
from core.vault import service as vault

HOURS_A_DAY = 24
MORNING_HOUR = 9
UNKNOWN_ZONE = "UTC"
NAME_CHARACTERS_MAX = 120
NAMELESS = "friend"
NAMES_A_DAY, NAMES_DAY = 5, timedelta(days=1)
PERIODS = {Summaries.DAILY: timedelta(days=1), Summaries.WEEKLY: timedelta(days=7)}


def register(work: Work, name: str, *, language: str = "en", timezone: str = UNKNOWN_ZONE) -> PersonView:
    """Write down a new person."""
    person = Person(
        name=names.tamed(name, NAME_CHARACTERS_MAX) or NAMELESS,
        language=language,
        timezone=timezone,
        created_at=work.now,
    )
    AccountRepository(work.session).add(person)
    vault.make(work, person.id)
    events.record(work, "person.registered", {"person_id": person.id})
    return view_of(person)


def register_many(work: Work, people: Sequence[tuple[str, str]]) -> list[UUID]:
    """Write down many new people, each (name, time zone), in one statement; returns their ids in order."""
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "name": names.tamed(name, NAME_CHARACTERS_MAX) or NAMELESS,
            "timezone": zone,
            "created_at": work.now,
        }
        for name, zone in people
    ]
    AccountRepository(work.session).add_people(rows)
    vault.make(work, *(row["id"] for row in rows))
    events.record_each(work, "person.registered", [{"person_id": row["id"]} for row in rows])
    return [row["id"] for row in rows]


def speak(work: Work, person_id: UUID, language: str) -> None:
    """Keep the language in which a person wants to be spoken to."""
    row_of(work, person_id).language = language


def live_in(work: Work, person_id: UUID, country: str, city: str = "") -> None:
    """Tell a person times by the clock of where they live; an unknown place changes nothing."""
    if zone := zone_of(country, city):
        row_of(work, person_id).timezone = zone


def rename(work: Work, person_id: UUID, name: str) -> None:
    """Call a person by another name.

    Raises:
        NameMissing, NameNotAllowed.
        TooOften: for more other names a day than `NAMES_A_DAY`.
    """
    row, wanted = row_of(work, person_id), allowed(name)
    if row.name == wanted:
        return
    if row.named_since is None or work.now - row.named_since >= NAMES_DAY:
        row.named_since, row.names = work.now, 0
    if row.names >= NAMES_A_DAY:
        raise TooOften(seconds=int((row.named_since + NAMES_DAY - work.now).total_seconds()) + 1)
    row.name, row.names = wanted, row.names + 1


def allowed(name: str) -> str:
    """Return a name as somebody may have it, a person or a business. Raises NameMissing, NameNotAllowed."""
    wanted = names.plain(name, NAME_CHARACTERS_MAX)
    wrong = names.wrong_with(wanted)
    if not wanted or wrong is Wrong.EMPTY:
        raise NameMissing
    if wrong is not None:
        raise NameNotAllowed(wrong=wrong)
    return wanted


def person_of(work: Work, person_id: UUID) -> PersonView:
    """Return one person. Raises PersonNotFound."""
    return view_of(row_of(work, person_id))


def find_by_name(work: Work, name: str) -> PersonView | None:
    """Return the person of exactly this name, if there is one."""
    row = AccountRepository(work.session).person_named(name)
    return view_of(row) if row else None


def summarise(work: Work, every: Summaries) -> None:
    """Tell the acting person so often what waits and what runs; the first time one period from now."""
    if work.actor.person_id is not None:
        person = row_of(work, work.actor.person_id)
        person.summaries, person.summarised_at = every, work.now


def take_due_summaries(work: Work) -> list[UUID]:
    """Return whose summary is due, and count it as told. One query over the members."""
    due = AccountRepository(work.session).due_summaries(
        {every: work.now - period for every, period in PERIODS.items()}
    )
    for person in due:
        person.summarised_at = work.now
    return [person.id for person in due]


def keep_quiet(work: Work, timezone: str, hours: tuple[int, int] | None) -> None:
    """Let notices to the acting person wait from one local hour until another; None: never.

    Raises:
        HoursNotValid: for hours that are no hours, or an unknown time zone.
    """
    valid = hours is None or (hours[0] != hours[1] and all(0 <= hour < HOURS_A_DAY for hour in hours))
    if not valid or not known_zone(timezone) or work.actor.person_id is None:
        raise HoursNotValid
    person = row_of(work, work.actor.person_id)
    person.timezone = timezone
    person.quiet_from, person.quiet_until = hours or (None, None)


def quiet_for(work: Work, person_id: UUID, at: datetime) -> timedelta:
    """Return how long a person wants no notices from this instant on, zero outside their quiet hours."""
    person = row_of(work, person_id)
    if person.quiet_from is None or person.quiet_until is None:
        return timedelta()
    local = at.astimezone(ZoneInfo(person.timezone))
    since = (local.hour - person.quiet_from) % HOURS_A_DAY
    length = (person.quiet_until - person.quiet_from) % HOURS_A_DAY
    if since >= length:
        return timedelta()
    passed = timedelta(hours=since, minutes=local.minute, seconds=local.second)
    return timedelta(hours=length) - passed


def morning_of(work: Work, person_id: UUID, at: datetime) -> datetime:
    """Return when it is next a person's morning, by their own clock: this instant where it is."""
    local = at.astimezone(ZoneInfo(row_of(work, person_id).timezone))
    if local.hour == MORNING_HOUR:
        return at
    day = local.date() + timedelta(days=local.hour > MORNING_HOUR)
    return datetime.combine(day, time(MORNING_HOUR), local.tzinfo).astimezone(UTC)


def refer(work: Work, code: str) -> None:
    """Note who brought the acting person, once; a code of nobody's, or one's own, is passed over."""
    try:
        referrer = AccountRepository(work.session).person(UUID(code))
    except ValueError:
        return
    person = row_of(work, work.actor.person_id) if work.actor.person_id else None
    if person and referrer and referrer.id != person.id and person.referred_by is None:
        person.referred_by = referrer.id


def erase(work: Work, person_id: UUID) -> None:
    """Note that a person is forgotten; what becomes of their rows is said in `core.privacy.map`."""
    person = row_of(work, person_id)
    if person.erased_at is not None:
        return
    person.erased_at = work.now
    events.record(work, "person.erased", {"person_id": person_id})


def known_zone(timezone: str) -> str:
    """Return a time zone's name, empty for one that there is not."""
    return timezone if timezone in _known_zones() else ""


@cache
def _known_zones() -> frozenset[str]:
    """Return the names of all time zones; finding them reads folders, so it is done once."""
    return frozenset(available_timezones())


def row_of(work: Work, person_id: UUID) -> Person:
    """Return one person's row. Raises PersonNotFound."""
    row = AccountRepository(work.session).person(person_id)
    if row is None:
        raise PersonNotFound(person_id=person_id)
    return work.hold(row)


def now_of(work: Work, person_id: UUID) -> UUID:
    """Return who answers for a person today: themselves, or whom their account was merged into."""
    return row_of(work, person_id).linked_to or person_id


def data_links(work: Work, person_id: UUID) -> str:
    """Return what a link to somebody's data has to carry, until `end_data_links`."""
    lock(work, person_id)
    row = row_of(work, person_id)
    row.data_links = row.data_links or uuid4().hex
    return row.data_links


def end_data_links(work: Work, person_id: UUID) -> bool:
    """Let no link to somebody's data count any more; tells whether one was ever made since the last time."""
    lock(work, person_id)
    row = row_of(work, person_id)
    had, row.data_links = row.data_links is not None, None
    return had


def view_of(row: Person) -> PersonView:
    """Return what callers see of a person."""
    return PersonView(
        row.id, row.name, row.language, row.timezone, row.erased_at is not None, row.referred_by
    )


def lock(work: Work, *person_ids: UUID) -> None:
    """Lock people until the work ends; in one order always, so that two works cannot block each other."""
    AccountRepository(work.session).lock_people(sorted(person_ids))
