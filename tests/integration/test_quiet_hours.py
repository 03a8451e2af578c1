"""Notices wait while their person sleeps, by the clock of her own city."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from bots.conversation.forms import NotUnderstood
from bots.dialogues import answers
from bots.doors import telling
from bots.doors.telling import PersonSleeps
from core.accounts import chats, people, workspaces
from core.accounts.errors import HoursNotValid
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.creators import service as creators
from core.creators.schemas import ImportReport, ImportRow, SaveProfile
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import begin
from core.kit.zones import zone_of
from core.messaging.messages import Promise
from runtime.parts import Runtime


def sleeper(database: Database, zone: str, hours: tuple[int, int] | None) -> object:
    with begin(database, SYSTEM) as work:
        person = chats.recognise(work, Identity("web", "asha", "asha"), "Asha")
        people.keep_quiet(work.acting_as(Actor.person(person.id)), zone, hours)
    return person.id


@pytest.mark.parametrize(
    ("utc", "hours", "wait"),
    [
        ("2026-11-22T16:29", (22, 8), timedelta()),  # 21:59 in Kolkata
        ("2026-11-22T16:30", (22, 8), timedelta(hours=10)),
        ("2026-11-22T20:30", (22, 8), timedelta(hours=6)),
        ("2026-11-23T02:30", (22, 8), timedelta()),  # 08:00
        ("2026-11-22T07:00", (12, 14), timedelta(hours=1, minutes=30)),  # a nap: 12:30
        ("2026-11-22T20:30", None, timedelta()),
    ],
)
def test_hours_are_those_of_her_own_city(
    database: Database, utc: str, hours: tuple[int, int] | None, wait: timedelta
) -> None:
    person_id = sleeper(database, "Asia/Kolkata", hours)
    with begin(database, SYSTEM) as work:
        at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
        assert people.quiet_for(work, person_id, at) == wait  # type: ignore[arg-type]


def test_hours_are_read_as_people_write_them() -> None:
    for said, hours in (
        ("22-8", [22, 8]),
        ("10 pm to 7 am", [22, 7]),
        ("from 23:00 until 6", [23, 6]),
        ("Never.", []),
    ):
        assert answers.hours(said, {}) == hours
    for said in ("late", "25-8", "8"):
        with pytest.raises(NotUnderstood):
            answers.hours(said, {})
    assert zone_of("IN", "Pune") == "Asia/Kolkata"
    assert zone_of("BR", "no such place") == "America/Sao_Paulo"
    assert zone_of("XX") == ""


def test_hours_that_are_none_are_refused(database: Database) -> None:
    for zone, hours in (("Asia/Kolkata", (8, 8)), ("Asia/Kolkata", (24, 3)), ("Mars/Base", (22, 8))):
        with pytest.raises(HoursNotValid):
            sleeper(database, zone, hours)


def test_a_notice_waits_until_she_wakes(runtime: Runtime) -> None:
    hour = datetime.now(UTC).hour
    person_id = sleeper(runtime.database, "UTC", (hour, (hour + 2) % 24))
    payload = {"person_id": str(person_id), "notice": "answer", "facts": {"text": "hello"}}
    promise = Promise(uuid4(), "notice.tell", f"person:{person_id}", payload, 0, 1, uuid4())
    with pytest.raises(PersonSleeps) as sleeps:
        telling.tell(runtime, promise)
    assert 3_500 < sleeps.value.retry_after_seconds <= 7_200


def test_people_go_by_the_clock_of_where_they_live(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        report = ImportReport()
        rows = [ImportRow(1, "a", SaveProfile(name="Ana", country="MX", city="Tijuana"))]
        creators.take_in(work, rows, report)
        imported = people.find_by_name(work, "Ana")
        assert imported is not None
        assert imported.timezone == "America/Tijuana"
        creators.join(work, imported.id, SaveProfile(country="BR", city="a hamlet"))
        assert people.person_of(work, imported.id).timezone == "America/Sao_Paulo"
        brand = people.register(work, "Brand").id
        own = work.acting_as(Actor.person(brand))
        workspaces.open_workspace(own, OpenWorkspace("B", WorkspaceKind.BRAND, Currency.INR, "IN"))
        assert people.person_of(work, brand).timezone == "Asia/Kolkata"
        nobody = people.register(work, "Nobody").id
        people.live_in(work, nobody, "XX", "nowhere")
        assert people.person_of(work, nobody).timezone == "UTC"
