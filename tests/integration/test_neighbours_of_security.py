"""Neighbours of what was found in accounts, doors, staff, files and erasure: other ways to the same harm."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from api.app import create
from api.operators import deals as operators_deals
from bots.doors import delivery
from core.accounts import chats, people
from core.accounts.errors import NameNotAllowed, NameTaken
from core.accounts.schemas import Identity
from core.creators import service as creators
from core.deals import offers
from core.deals import views as deals
from core.kit import names
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import begin
from core.linking import service as linking
from core.linking.states import Kind
from core.media import intake
from core.messaging import arrivals, outbox
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage, RemoteFile
from core.messaging.receipts import Receipt
from core.operators.states import StaffRole
from core.payments import payee_accounts
from core.privacy import erasure, export, scope
from core.step_up.states import State
from market.stage import PNG
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, staff_key
from tests.integration.test_edge import CHAT, client, csrf  # noqa: F401  (fixtures)
from tests.integration.test_forgotten import PHONE, Life, heard
from tests.integration.test_import import take_in
from tests.integration.test_linking import agree, behind, confirm, enter, link, meet
from tests.integration.test_look_alikes import opened, verify
from tests.integration.test_races import RAIL, World
from tests.integration.test_step_up import HERS, HOUR, STOLEN
from tests.integration.test_step_up import Life as Changes
from tests.pictures import box, video

WHY = {"reason": "because of this test"}
AT_WORK = Address("web", "work")
PLACE = b"+19.0760+072.8777/"


# --- accounts that are brought together


def merged(life: Changes) -> UUID:
    """Bring her account to another one of hers, after the wait."""
    db = life.runtime.database
    other = meet(db, "work")
    request = enter(db, other, life.person, Kind.MERGE).id
    with begin(db, Actor.person(life.person)) as work:
        linking.agree(work, request, HERS, shown=linking.get(work, request).mark)
    with begin(db, Actor.person(other)) as work:
        linking.confirm(work, request, AT_WORK, shown=linking.get(work, request).mark)
    drain(life.runtime)
    life.wait(25 * HOUR)
    return other


def test_an_account_for_money_that_waited_before_a_merge_waits_no_more(
    runtime: Runtime, clock: SetClock
) -> None:
    life = Changes(runtime, clock)
    old = life.ask("thief@upi", STOLEN)
    other = merged(life)
    assert life.state(old) is State.FAILED
    with begin(runtime.database, Actor.person(other)) as work:
        shown = payee_accounts.payee_mark(work, life.creator)
        payee_accounts.set_up_payee(work, "asha@upi", RAIL, AT_WORK, shown=shown)
    drain(runtime)
    life.wait(24 * 5 * HOUR)
    assert life.goes_to() == "asha@upi"


def test_undoing_a_link_ends_the_links_to_her_data(runtime: Runtime) -> None:
    holder, other = meet(runtime.database, "holder"), meet(runtime.database, "other")
    link(runtime.database, holder, other)
    with begin(runtime.database, Actor.person(holder)) as work:
        asked = export.ask(work, runtime.settings.keys, "https://x", Address("web", "other"))
    with begin(runtime.database, Actor.person(holder)) as work:
        linking.undo(work)
    with TestClient(create(runtime)) as reader:
        assert reader.post("/my-data/" + asked.rpartition("/")[2]).status_code == 404


def two_chats(database: Database, name: str) -> UUID:
    person = meet(database, name)
    with begin(database, SYSTEM) as work:
        chats.attach(work, person, Identity("web", f"{name}2", f"{name}2"))
    return person


def both_agree(database: Database, holder: UUID, other: UUID) -> None:
    request = enter(database, holder, other).id
    agree(database, other, request)
    confirm(database, holder, request)


def test_an_account_goes_to_one_person(runtime: Runtime, clock: SetClock) -> None:
    db = runtime.database
    a, b, c = (two_chats(db, name) for name in "abc")
    for holder in (b, c):
        both_agree(db, holder, a)
    clock.advance(25 * HOUR)
    drain(runtime)
    now = behind(db, "a")
    with begin(db, SYSTEM) as work:
        assert people.row_of(work, a).linked_to == now
        assert a not in scope.of_person(work, c if now == b else b).people


def test_no_two_accounts_are_each_other_s(runtime: Runtime, clock: SetClock) -> None:
    db = runtime.database
    a, b = (two_chats(db, name) for name in "ab")
    for holder, other in ((b, a), (a, b)):
        both_agree(db, holder, other)
    clock.advance(25 * HOUR)
    drain(runtime)
    with begin(db, SYSTEM) as work:
        assert {people.row_of(work, a).linked_to, people.row_of(work, b).linked_to} in ({None, a}, {None, b})


# --- being forgotten while something is under way


class Door:
    """WhatsApp's, which forgets its person in the middle of what it does."""

    name = "whatsapp"

    def __init__(self, life: Life) -> None:
        self.life = life

    def _gone(self) -> None:
        with begin(self.life.runtime.database, SYSTEM) as work:
            erasure.erase(work, self.life.person)

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt:
        del message, key
        self._gone()
        return Receipt(f"wamid.{PHONE}", to, asks=False)

    def fetch(self, file: RemoteFile, limit: int) -> bytes:
        del file, limit
        self._gone()
        return PNG

    def acknowledge(self, incoming: IncomingMessage) -> None: ...

    def busy(self, chat: Address) -> None: ...

    def close(self) -> None: ...


def test_a_notice_under_way_leaves_nothing(runtime: Runtime) -> None:
    life = Life(runtime, "whatsapp")
    drain(runtime)
    runtime.channels["whatsapp"] = Door(life)
    with begin(runtime.database, SYSTEM) as work:
        outbox.tell(work, life.person, "data_asked", {"app": "web", "chat": ["whatsapp", life.chat.chat_id]})
    drain(runtime)
    assert life.left() == {}


def test_a_file_under_way_brings_nobody_back(runtime: Runtime) -> None:
    life = Life(runtime, "whatsapp")
    drain(runtime)
    runtime.channels["whatsapp"] = runtime.apps["whatsapp"] = Door(life)
    incoming = replace(heard("whatsapp", "look"), files=(RemoteFile("f", "x.png"),))
    with begin(runtime.database, SYSTEM) as work:
        arrivals.keep(work, incoming, 1)
    delivery.hear_next(runtime, incoming.chat)
    drain(runtime)
    assert life.left() == {}


def test_who_was_forgotten_is_not_imported_again(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id":"a1","name":"Zubeida Quartz","platform":"instagram","handle":"zubeida.quartz"}\n')
    take_in(runtime, path)
    with begin(runtime.database, SYSTEM) as work:
        erasure.erase(work, work.session.execute(text("SELECT person_id FROM creator")).scalar_one())
    drain(runtime)
    assert take_in(runtime, path).refused[0].reason == "asked to be forgotten"
    path.write_text('{"id":"b2","name":"Zubeida Quartz","platform":"instagram","handle":"Zubeida.Quartz"}\n')
    assert take_in(runtime, path).created == 0


# --- odd input


@pytest.mark.parametrize("kind", ["application/json", "application/JSON", "Application/vnd.x+JSON"])
def test_the_kind_of_a_body_has_no_case(client: TestClient, csrf: str, kind: str) -> None:  # noqa: F811
    headers = {"X-CSRF": csrf, "Content-Type": kind}
    answer = client.post(CHAT, content=b'{"event_id":"a\\u0000b","text":"hi"}', headers=headers)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    "row",
    [
        "[" * 100_000,
        '{"id":' + "9" * 5_000 + "}",
        '{"id":"2","name":"A","languages":"\\u0000"}',
        '{"id":"2","name":"A","languages":"\\ud800"}',
    ],
)
def test_one_odd_row_of_an_import_stops_no_other(runtime: Runtime, tmp_path: Path, row: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(row + '\n{"id":"good","name":"Asha"}\n')
    assert take_in(runtime, path).created >= 1


def test_an_id_is_no_way_to_a_name_of_ours(runtime: Runtime, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id":"NanoInfluencer Support ✓ verified","name":"Admin"}\n')
    take_in(runtime, path)
    with begin(runtime.database, SYSTEM) as work:
        [found] = creators.page(work)
    assert names.wrong_with(found.name) is None


MARKS = ("\U000e0100", "\u180f", "\u1dc4", "\u0483", "\u20dd", "\u02bc", "\ufe20", "\u1ab0")


@pytest.mark.parametrize(
    ("name", "twin"), [*(("Kala Chai", f"Kala{mark} Chai") for mark in MARKS), ("आशा", "\u0905\u093eशा")]
)
def test_no_mark_makes_a_second_verified_brand(database: Database, name: str, twin: str) -> None:
    first, _ = opened(database, name)
    verify(database, first)
    with pytest.raises((NameTaken, NameNotAllowed)):
        opened(database, twin)


@pytest.mark.parametrize(
    "name",
    ["Veri\U000e0100fied", "Verif\u1dc4ied", "NanoInf\U000e0101luencer", "Sup\u180fport", "Ad\u0483min"],
)
def test_no_mark_makes_a_word_of_ours_free(database: Database, name: str) -> None:
    with pytest.raises(NameNotAllowed):
        opened(database, name)


@pytest.mark.parametrize("name", ["काला चाय", "কলা চা", "தேநீர்", "Café Olé", "O'Neill", "Nguyễn", "ร้านชา"])
def test_names_that_people_have_are_taken(database: Database, name: str) -> None:
    opened(database, name)


@pytest.mark.parametrize(
    "hidden",
    [
        box(b"free", PLACE),
        box(b"skip", PLACE),
        box(b"moov", box(b"\xa9xyz", PLACE)),
        box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"udta", box(b"\xa9xyz", PLACE)))))),
    ],
)
def test_no_place_is_left_in_a_video(hidden: bytes) -> None:
    assert PLACE not in intake.look_through("a.mp4", video() + hidden, 20_000_000).content


# --- staff, and what is written once


@pytest.fixture
def desk(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime)) as found:
        yield found


def bearing(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("renewed", [False, True])
def test_who_was_shown_a_colleague_s_key_is_not_two_people(
    runtime: Runtime, desk: TestClient, *, renewed: bool
) -> None:
    asha, bela, _ = (bearing(staff_key(runtime.database, name)) for name in ("asha", "bela", "cyra"))
    known = {row["name"]: row["id"] for row in desk.get("/admin/staff", headers=asha).json()}
    lost = desk.post(f"/admin/staff/{known['cyra']}/key", json=WHY, headers=asha).json()
    given = desk.post(f"/admin/proposals/{lost['id']}/confirm", json=WHY, headers=bela).json()
    as_cyra = bearing(given["outcome"]["key"])
    if renewed:
        as_cyra = bearing(desk.post("/admin/key", json=WHY, headers=as_cyra).json()["key"])
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "Somebody").id
    for one, other in ((as_cyra, bela), (bela, as_cyra)):
        proposal = desk.post(f"/admin/people/{person}/erase", json=WHY, headers=one).json()
        decided = desk.post(f"/admin/proposals/{proposal['id']}/confirm", json=WHY, headers=other)
        assert (decided.status_code, decided.json()["code"]) == (403, "SameProposer")
    assert desk.post(f"/admin/proposals/{proposal['id']}/confirm", json=WHY, headers=asha).status_code == 200


def test_a_large_deal_is_cancelled_by_two(
    runtime: Runtime, desk: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(operators_deals.LARGE_MAJOR, Currency.INR, 3_000)
    world = World(runtime)
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    with begin(runtime.database, SYSTEM) as work:
        shown = seen.deal(work, deal_id)
    mona, nina = (bearing(staff_key(runtime.database, name, StaffRole.MONEY)) for name in ("mona", "nina"))
    asked = desk.post(f"/admin/deals/{deal_id}/cancel", json=WHY | {"shown": shown}, headers=mona)
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, deal_id).state == "agreed"
    path = f"/admin/proposals/{asked.json()['id']}/confirm"
    assert [desk.post(path, json=WHY, headers=who).status_code for who in (mona, nina)] == [403, 200]
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, deal_id).state == "cancelled"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM deal_event",
        "UPDATE deal_event SET step = 'x'",
        "TRUNCATE deal_event CASCADE",
        "DELETE FROM campaign_event",
        "UPDATE campaign_event SET actor = 'x'",
    ],
)
def test_nobody_changes_the_steps(runtime: Runtime, statement: str) -> None:
    World(runtime).offer()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        runtime.database.engine.begin() as connection,
    ):
        connection.execute(text(statement))
