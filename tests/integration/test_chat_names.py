"""A person is known by any name their app gives them, and by no number that has passed to somebody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.accounts import chats
from core.accounts.models import ChannelIdentity
from core.accounts.schemas import Identity
from core.conversations import service as conversations
from core.kit.actors import SYSTEM
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.work import Work, begin
from core.messaging.messages import Address

OLD, NEW = "911", "922"


def account(user: str = "", parent: str = "", number: str = "") -> Identity:
    sure = [name for name in (user, parent) if name] or [number]
    return Identity("whatsapp", sure[0], number or sure[0], tuple(sure[1:]), number)


def meet(work: Work, identity: Identity) -> str:
    return str(chats.meet(work, identity, "Asha").person.id)


@pytest.mark.parametrize(
    ("first", "then", "same"),
    [
        (account(number=OLD), account("IN.1", number=OLD), True),
        (account("IN.1", number=OLD), account("IN.1"), True),
        (account("IN.1", number=OLD), account(number=OLD), True),
        (account("IN.1", number=OLD), account("IN.1", number=NEW), True),
        (account("IN.1", "IN.ENT.9", OLD), account(parent="IN.ENT.9"), True),
        (account("IN.1", "IN.ENT.9", OLD), account("IN.2", "IN.ENT.9", NEW), True),
        (account(number=OLD), account(number=NEW), False),
        (account("IN.1", number=OLD), account("IN.2", number=OLD), False),  # the number is another's now
        (account("IN.1"), account("IN.2"), False),
    ],
)
def test_any_name_will_do_but_a_number_that_passed_on(
    database: Database, first: Identity, then: Identity, *, same: bool
) -> None:
    with begin(database, SYSTEM) as work:
        known = meet(work, first)
        assert (meet(work, then) == known) is same
        for name in then.names:
            found = chats.find_by_identity(work, "whatsapp", name)
            assert found is not None
            assert (str(found.id) == known) is same, name


def test_whose_number_passed_on_is_written_to_there_no_more(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        asha = chats.meet(work, account("IN.1", number=OLD), "Asha").person
        other = chats.meet(work, account("IN.2", number=OLD), "Bela")
        assert other.taken
        behind = chats.behind(work, "whatsapp", OLD)
        assert behind is not None
        assert behind.id == other.person.id
        assert [row.user_id for row in chats.chats_of(work, asha.id)] == ["IN.1"]


def test_what_was_begun_in_a_chat_is_not_its_next_owner_s(database: Database) -> None:
    chat = Address("whatsapp", OLD)
    with begin(database, SYSTEM) as work:
        asha = chats.meet(work, account("IN.1", number=OLD), "Asha").person
        conversations.load(work, *vars_of(chat), asha.id)
        conversations.save(work, chat, {"form": "payout"}, [("Accept", "c|accept|1")])
        assert conversations.load(work, *vars_of(chat), asha.id) == {"form": "payout"}
        other = chats.meet(work, account("IN.2", number=OLD), "Bela").person
        assert conversations.load(work, *vars_of(chat), other.id) == {}
        assert conversations.offered(work, chat) == []


def vars_of(chat: Address) -> tuple[str, str]:
    return chat.channel, chat.chat_id


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        (account(number=OLD), account(number=NEW), [OLD, "IN.1"]),
        (account("IN.1", number=OLD), account("IN.2", number=NEW), [OLD, "IN.1"]),
        (account("IN.1"), account("IN.2"), [OLD, "IN.1"]),  # a new number that is not shared with us
    ],
)
def test_the_new_names_stand_for_the_old(
    database: Database, before: Identity, after: Identity, gone: list[str]
) -> None:
    with begin(database, SYSTEM) as work:
        asha = chats.meet(work, account("IN.1", number=OLD), "Asha").person
        chats.mute(work, "whatsapp", OLD, muted=True)
        assert chats.rename(work, before, after) == (OLD,)
        assert {row.user_id for row in chats.chats_of(work, asha.id)} == set(after.names)
        assert {row.chat_id for row in chats.chats_of(work, asha.id)} == {after.chat_id}
        assert chats.address_of(work, asha.id) is None, "who said stop is not told more by moving"
        assert chats.meet(work, after, "Asha").person.id == asha.id
        assert [chats.find_by_identity(work, "whatsapp", name) for name in gone] == [None, None]


def test_nobody_is_renamed_by_names_we_never_heard(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        bela = meet(work, account("IN.2", number=NEW))
        assert chats.rename(work, account(number="999"), account("IN.2", number=NEW)) == ()
        assert meet(work, account("IN.2", number=NEW)) == bela


def test_news_go_to_the_chat_that_was_chosen_last(database: Database, clock: SetClock) -> None:
    with begin(database, SYSTEM) as work:
        person = chats.meet(work, account("IN.1"), "Asha").person.id
        chats.attach(work, person, Identity("telegram", "t-user", "t-chat"))
        chats.choose(work, "whatsapp", "IN.1")
        assert chats.address_of(work, person) == Identity("whatsapp", "IN.1", "IN.1")
    clock.advance(timedelta(minutes=1))
    with begin(database, SYSTEM) as work:
        chats.choose(work, "telegram", "t-chat")
        assert chats.address_of(work, person) == Identity("telegram", "t-user", "t-chat")


def test_a_number_passes_on_and_no_other_name_does(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        chats.meet(work, account("100", "950", OLD), "Asha")
        rows = work.session.scalars(select(ChannelIdentity))
        assert {row.user_id: row.passes_on for row in rows} == {"100": False, "950": False, OLD: True}
