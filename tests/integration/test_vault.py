"""What belongs to one person is sealed with a key of theirs, and ends with it."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bots.conversation.card import card
from bots.doors import delivery
from core import schema
from core.accounts import people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.compliance import service as compliance
from core.conversations import service as conversations
from core.deals import endings
from core.deals import views as deals
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.crypto import DataKeys, Keyring, NotOurs
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import Work, begin
from core.messaging import held, inbox, mailbox, outbox
from core.messaging.messages import Address, IncomingMessage
from core.operators import acts
from core.operators.states import Act, StaffRole, Stage, Subject
from core.payments import payee_accounts
from core.privacy import sealing, whom
from core.vault import service as vault
from core.vault.errors import KeyDestroyed
from market import keys
from runtime.parts import Runtime
from tests import seen
from tests.conftest import TEST_KEY, confirmed, drain, staff_key
from tests.integration.test_races import World
from tests.integration.test_standing import Stage as Deal

MARK = "Zanzibar-4711"
CHAT = Address("web", "asha")
NEW = "a-new-key-of-the-marketplace-00002"
OWNED = (
    *("outbox", "mailbox", "held_message", "conversation", "support_request"),
    *("payee_account", "payee_change"),
)
TABLES = (*OWNED, "workspace")


def registered(database: Database) -> UUID:
    with begin(database, SYSTEM) as work:
        return people.register(work, "Asha").id


def rows_of(database: Database, *tables: str) -> str:
    with begin(database, SYSTEM) as work:
        return "\n".join(
            str(work.session.execute(text(f"SELECT {table}::text FROM {table}")).all())  # noqa: S608
            for table in tables
        )


def sealed_with(database: Database, *ring: str) -> Database:
    """Return the same database as another process sees it, with these keys and none at hand."""
    return replace(database, keys=DataKeys(Keyring(*ring)))


def say(runtime: Runtime, words: str) -> None:
    incoming = IncomingMessage("web", "asha", "asha", uuid4().hex, "Asha", words)
    delivery.note(runtime, incoming)
    delivery.hear(runtime, incoming)


def test_what_is_said_and_asked_in_a_chat_is_in_no_row_in_plain(runtime: Runtime) -> None:
    say(runtime, "human")
    say(runtime, f"my parcel {MARK} is lost")
    say(runtime, f"campaign {MARK}")
    kept = rows_of(runtime.database, *TABLES)
    assert "lost" not in kept
    assert MARK not in kept
    with begin(runtime.database, SYSTEM) as work:
        assert any(MARK in letter.body["text"] for letter in mailbox.read(work, CHAT))
        assert MARK in conversations.waiting(work)[0].text
        conversations.answer_person(work, conversations.waiting(work)[0].id, f"found {MARK}")
    drain(runtime)
    assert MARK not in rows_of(runtime.database, *TABLES)
    with begin(runtime.database, SYSTEM) as work:
        assert f"found {MARK}" in mailbox.read(work, CHAT)[-1].body["text"]


def test_where_money_goes_and_a_tax_number_are_in_no_row_in_plain(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work:
        shown = payee_accounts.payee_mark(work, world.creator)
        payee_accounts.set_up_payee(work, f"{MARK}@upi", runtime.rail.facts, shown=shown)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        command = OpenWorkspace("Chai", WorkspaceKind.BRAND, Currency.INR)
        workspace = workspaces.open_workspace(work, command).id
        number = compliance.verify_tax_number(work, workspace, "27AAPFU0939F1ZV")
    confirmed(runtime)
    kept = rows_of(runtime.database, *TABLES)
    assert MARK not in kept
    assert number not in kept
    with begin(runtime.database, SYSTEM) as work:
        payee = payee_accounts.payee_of(work, world.creator)
        assert payee is not None
        assert payee.label == f"{MARK}@upi"
        assert workspaces.tax_number_of(work, workspace) == number


def test_a_new_root_key_wraps_anew_and_touches_nothing_that_was_sealed(runtime: Runtime) -> None:
    say(runtime, f"hello {MARK}")
    before = rows_of(runtime.database, "mailbox", "conversation")
    wrapped = rows_of(runtime.database, "data_key")
    assert keys.rotate(runtime.database, Keyring(NEW, TEST_KEY)) > 0
    assert keys.rotate(runtime.database, Keyring(NEW, TEST_KEY)) == 0
    assert rows_of(runtime.database, "mailbox", "conversation") == before
    assert rows_of(runtime.database, "data_key") != wrapped
    with begin(sealed_with(runtime.database, NEW), SYSTEM) as work:
        assert any(MARK in letter.body["text"] for letter in mailbox.read(work, CHAT))
    with begin(sealed_with(runtime.database, TEST_KEY), SYSTEM) as work, pytest.raises(NotOurs):
        mailbox.read(work, CHAT)


def test_a_sealed_text_opens_only_for_its_owner_and_in_its_place(database: Database) -> None:
    asha, ravi = registered(database), registered(database)
    with begin(database, SYSTEM) as work:
        sealed = vault.seal(work, asha, MARK, "a.b")
        assert vault.open_sealed(work, asha, sealed, "a.b") == MARK
        assert vault.seal(work, asha, MARK, "a.b") != sealed
        for owner, place in ((ravi, "a.b"), (asha, "a.c")):
            with pytest.raises(NotOurs):
                vault.open_sealed(work, owner, sealed, place)
        with pytest.raises(NotOurs):
            vault.open_sealed(work, asha, f"{sealed[:-4]}AAAA", "a.b")


def test_nothing_is_sealed_or_opened_with_a_key_that_is_destroyed(database: Database) -> None:
    asha = registered(database)
    with begin(database, SYSTEM) as work:
        sealed = vault.seal(work, asha, MARK, "a.b")
        vault.destroy(work, asha)
        assert not vault.has_key(work, asha)
        with pytest.raises(KeyDestroyed):
            vault.seal(work, asha, MARK, "a.b")
        with pytest.raises(KeyDestroyed):
            vault.open_sealed(work, asha, sealed, "a.b")
        assert vault.open_each(work, [(asha, sealed), (None, "plain")], "a.b") == [None, "plain"]


def test_a_process_with_the_key_at_hand_writes_nothing_once_it_is_destroyed(database: Database) -> None:
    asha = registered(database)
    other = sealed_with(database, TEST_KEY)
    with begin(other, SYSTEM) as work:
        sealed = vault.seal(work, asha, MARK, "a.b")
    with begin(database, SYSTEM) as work:
        vault.destroy(work, asha)
    with pytest.raises(IntegrityError), begin(other, SYSTEM) as work:
        mailbox.put(work, CHAT, {"k": {"text": MARK, "attachments": []}}, asha, incoming=True)
    with begin(other, SYSTEM) as work:
        assert vault.open_each(work, [(asha, sealed)], "a.b") == [None]


def test_no_key_is_destroyed_while_something_sealed_with_it_stands(database: Database) -> None:
    asha = registered(database)
    with begin(database, SYSTEM) as work:
        mailbox.put(work, CHAT, {"k": {"text": MARK, "attachments": []}}, asha, incoming=True)
    with pytest.raises(IntegrityError), begin(database, SYSTEM) as work:
        vault.destroy(work, asha)


def test_opened_keys_are_at_hand_for_a_short_time_only(database: Database) -> None:
    asha = registered(database)
    short = replace(database, keys=DataKeys(Keyring(TEST_KEY), lives_for_seconds=0))
    with begin(short, SYSTEM) as work:
        vault.seal(work, asha, MARK, "a.b")
    assert short.keys is not None
    assert short.keys.at_hand(asha) is None
    assert database.keys is not None
    assert database.keys.at_hand(asha) is not None


def test_a_message_to_nobody_we_know_is_gone_once_it_is_sent(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        (reply,) = outbox.say(work, CHAT, None, card(MARK))
    assert delivery.deliver(runtime, reply) is None
    assert MARK not in rows_of(runtime.database, "outbox")
    assert rows_of(runtime.database, "sent_words", "receipt") == "[]\n[]"


def test_an_app_s_event_is_known_again_and_its_name_is_kept_nowhere(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        assert inbox.accept(work, "chat:whatsapp", "4915112345678:wamid.1")
    assert "4915112345678" not in rows_of(database, "inbox")
    with begin(sealed_with(database, NEW, TEST_KEY), SYSTEM) as work:
        assert not inbox.accept(work, "chat:whatsapp", "4915112345678:wamid.1")
        assert inbox.accept(work, "chat:whatsapp", "4915112345678:wamid.2")
        assert inbox.accept(work, "chat:slack", "4915112345678:wamid.1")
    with begin(sealed_with(database, NEW, TEST_KEY), SYSTEM) as work:
        assert not inbox.accept(work, "chat:whatsapp", "4915112345678:wamid.2")


def words_of_audit(runtime: Runtime) -> list[str]:
    with begin(runtime.database, Actor.operator("mira")) as work:
        return [row.reason for row in acts.history(work)]


@pytest.mark.parametrize("subject", [Subject.PERSON, Subject.DEAL, Subject.CREATOR, Subject.DELIVERABLE])
def test_what_staff_wrote_of_somebody_ends_with_their_key_and_the_audit_stands(
    runtime: Runtime, clock: SetClock, subject: Subject
) -> None:
    stage = Deal(runtime, clock).reach("agreed")
    staff_key(runtime.database, "mira", StaffRole.ADMIN)
    ids = {
        Subject.PERSON: stage.person,
        Subject.DEAL: stage.deal,
        Subject.CREATOR: stage.creator,
        Subject.DELIVERABLE: stage.piece,
    }
    with begin(runtime.database, Actor.operator("mira")) as work:
        about = whom.concerned(work, subject, ids[subject])
        assert about == stage.person
        acts.note(work, Act.FREEZE_DEAL, Stage.DONE, subject, ids[subject], f"{MARK} asked", about=about)
    assert MARK not in rows_of(runtime.database, "operator_act")
    assert words_of_audit(runtime) == [f"{MARK} asked"]
    with begin(runtime.database, SYSTEM) as work:
        for table in OWNED:
            work.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        vault.destroy(work, stage.person)
    assert words_of_audit(runtime) == [acts.FORGOTTEN]


def test_what_people_wrote_with_a_step_ends_with_who_wrote_it(runtime: Runtime, clock: SetClock) -> None:
    stage = Deal(runtime, clock).reach("agreed")
    with begin(runtime.database, Actor.person(stage.person)) as work:
        endings.dispute(work, stage.deal, f"{MARK} first", shown=seen.deal(work, stage.deal))
    with begin(runtime.database, Actor.person(stage.brand)) as work:
        endings.answer_dispute(work, stage.deal, f"{MARK} second", shown=seen.deal(work, stage.deal))

    def read(work: Work) -> list[object]:
        found = deals.evidence(work, stage.deal)
        return [event.facts.get("reason") or event.facts.get("answer") for event in found[-2:]]

    assert MARK not in rows_of(runtime.database, "deal_event")
    with begin(runtime.database, SYSTEM) as work:
        assert read(work) == [f"{MARK} first", f"{MARK} second"]
        for table in OWNED:
            work.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
        vault.destroy(work, stage.person)
        assert read(work) == [None, f"{MARK} second"]
        assert [event.step for event in deals.evidence(work, stage.deal)][-2:] == [
            "dispute",
            "dispute_answer",
        ]


def test_what_was_in_plain_before_is_sealed_once_and_reads_as_before(runtime: Runtime) -> None:
    say(runtime, "human")
    say(runtime, f"my parcel {MARK} is lost")
    with begin(runtime.database, SYSTEM) as work:
        person = people.find_by_name(work, "Asha")
        assert person is not None
        held.keep_message(work, "k", CHAT, card(MARK), person.id)
        outbox.tell(work, person.id, "answer", {"text": MARK})
        workspace = workspaces.open_workspace(
            work.acting_as(Actor.person(person.id)), OpenWorkspace("Chai", WorkspaceKind.BRAND, Currency.INR)
        ).id
        workspaces.mark_verified(work, workspace, tax_number=MARK)
    unseal(runtime.database)
    assert rows_of(runtime.database, *TABLES).count(MARK) >= 6
    assert sealing.seal_plain(runtime.database) > 0
    assert sealing.seal_plain(runtime.database) == 0
    assert MARK not in rows_of(runtime.database, *TABLES)
    with begin(runtime.database, SYSTEM) as work:
        assert any(MARK in letter.body["text"] for letter in mailbox.read(work, CHAT))
        assert MARK in conversations.waiting(work)[0].text
        assert workspaces.tax_number_of(work, workspace) == MARK
        assert held.take(work, CHAT)[0][0].text == MARK


def unseal(database: Database) -> None:
    """Write every row as it was before there were keys."""
    with begin(database, SYSTEM) as work:
        for plain in sealing.PLAIN:
            names = [name.strip() for name in plain.key.split(",")]
            query = text(f"SELECT t.* FROM {plain.table} t")  # noqa: S608
            for row in work.session.execute(query).mappings().all():
                owner: UUID = row.get("owner_id") or row["id"]
                for name, place in plain.columns.items():
                    opened = (
                        vault.open_json(work, owner, row[name], place)
                        if isinstance(row[name], dict)
                        else vault.open_sealed(work, owner, row[name], place)
                    )
                    table = schema.metadata.tables[plain.table]
                    this = [table.c[key] == row[key] for key in names]
                    nobody = {"owner_id": None} if plain.marks_owner else {}
                    work.session.execute(table.update().where(*this).values({name: opened, **nobody}))
        work.session.execute(text("DELETE FROM data_key"))
    assert database.keys is not None
    database.keys.drop_all()
