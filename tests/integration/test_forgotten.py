"""Who is forgotten is found nowhere: not in a row, not in a file, not in another way of writing."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from bots.conversation import turn
from bots.conversation.card import card
from bots.doors import incoming_files
from core.accounts import chats, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.compliance import service as compliance
from core.conversations import service as conversations
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import endings, messages, offers, pieces
from core.deals.schemas import MakeOffer, SubmitDraft, WriteMessage
from core.kit.actors import SYSTEM, Actor
from core.kit.money import Currency, Money
from core.kit.vocabulary import Platform
from core.kit.work import begin
from core.messaging import held, receipts, sent_words
from core.messaging.messages import IncomingMessage
from core.messaging.receipts import Receipt
from core.operators import acts
from core.operators.states import Act, StaffRole, Subject
from core.payments import payee_accounts
from core.privacy import erasure, whom
from core.privacy import map as places
from market.stage import PNG
from runtime.parts import Runtime
from tests import dump, seen
from tests.conftest import confirmed, drain, staff_key
from tests.integration.test_races import World

INR = Currency.INR
PHONE = "919800004711"
NAME, HANDLE, LABEL, CAPTION = "Zubeida Quartz", "zubeida.quartz", "zubeida-4711@okbank", "Nihari at midnight"
DISPUTE, SUPPORT, FILE, REASON = (
    "they never answered me",
    "my parcel is lost",
    "nihari-4711.png",
    "zubeida rang",
)
MARKERS = [NAME, HANDLE, LABEL, CAPTION, DISPUTE, SUPPORT, FILE, REASON, PHONE, "U4711ZQ", "4711990011"]
DOORS = {
    "whatsapp": ("IN.4711", PHONE, PHONE),
    "telegram": ("4711990011", "4711990011", ""),
    "slack": (":T47:U4711ZQ", "T47:D4711ZQ", ""),
    "web": ("zubeida-quartz", "zubeida-quartz", ""),
}


def heard(channel: str, words: str) -> IncomingMessage:
    """Return what she says in one of her apps."""
    user, chat, telephone = DOORS[channel]
    also = (telephone,) if telephone else ()
    return IncomingMessage(
        channel, user, chat, uuid4().hex, NAME, words, also=also, telephone=telephone, language="en"
    )


class Life:
    """Somebody who does here what can be done, in one app, through the real turns and verbs."""

    def __init__(self, runtime: Runtime, channel: str) -> None:
        """Meet them, and let them ask a person of ours something."""
        self.runtime, self.channel = runtime, channel
        self.chat = heard(channel, "").chat
        for words in ("human", SUPPORT, f"help {NAME}"):
            turn.take(runtime.tools, runtime.book, heard(channel, words))
        with begin(runtime.database, SYSTEM) as work:
            known = chats.behind(work, channel, self.chat.chat_id)
            assert known is not None
            self.person: UUID = known.id

    def work_as_creator(self) -> None:
        """Be offered work, hand something in, argue about it, say where money shall go."""
        runtime, world = self.runtime, World(self.runtime)
        account = SocialAccountView(Platform.INSTAGRAM, f"@{HANDLE}", 9_000, 200, None)
        with begin(runtime.database, SYSTEM) as work:
            profile = SaveProfile(country="IN", name=NAME, bio=f"{NAME} eats", accounts=(account,))
            self.creator = creators.join(work, self.person, profile).id
        with begin(runtime.database, Actor.person(world.brand)) as work:
            command = MakeOffer(world.campaign, self.creator, Money(3_000_00, INR), f"Dear {NAME}")
            self.deal = offers.offer(work, command, shown=seen.campaign(work, world.campaign)).id
        with begin(runtime.database, Actor.person(self.person)) as work:
            deal = offers.accept(work, self.deal, shown=seen.deal(work, self.deal))
            piece = deal.deliverables[0].id
        file = incoming_files.keep(runtime, turn.identity_of(heard(self.channel, "")), NAME, FILE, PNG).file
        with begin(runtime.database, Actor.person(self.person)) as work:
            draft = SubmitDraft(piece, f"#ad {CAPTION}", (UUID(file.media_id),))
            pieces.submit_draft(work, draft, shown=seen.piece(work, piece))
            payee_accounts.set_up_payee(
                work, LABEL, runtime.rail.facts, shown=payee_accounts.payee_mark(work, self.creator)
            )
        confirmed(runtime)
        with begin(runtime.database, Actor.person(self.person)) as work:
            endings.dispute(work, self.deal, DISPUTE, shown=seen.deal(work, self.deal))
            proof = WriteMessage(self.deal, DISPUTE, (UUID(file.media_id),), evidence=True)
            messages.write(work, proof)
        staff_key(runtime.database, "mira", StaffRole.ADMIN)
        with begin(runtime.database, Actor.operator("mira")) as work:
            about = whom.concerned(work, Subject.DEAL, self.deal)
            acts.record(work, Act.RESOLVE_DISPUTE, Subject.DEAL, self.deal, REASON, about=about)
            shown = seen.deal(work, self.deal)
            endings.resolve(work, self.deal, f"{NAME}: {REASON}", Money(0, INR), shown=shown)

    def be_told(self) -> None:
        """Be told things in the app, now, later, and twice."""
        with begin(self.runtime.database, SYSTEM) as work:
            receipts.note(work, "k", Receipt(f"wamid.{PHONE}", self.chat, asks=True))
            sent_words.note(work, self.chat, f"Hello {NAME}")
            held.keep_message(work, "k", self.chat, card(f"Hello {NAME}"), self.person)
            conversations.offer(work, self.chat, [(f"Call {NAME}", "c|x|1")])

    def be_forgotten(self) -> None:
        """Be forgotten, with the files."""
        with begin(self.runtime.database, SYSTEM) as work:
            erasure.erase(work, self.person)
        drain(self.runtime)

    def left(self) -> dict[str, set[str]]:
        """Return where something of theirs is still found."""
        return dump.traces(self.runtime.database, MARKERS, self.runtime.settings.state_dir)


@pytest.fixture
def live(runtime: Runtime) -> Callable[[str], Life]:
    def begin_in(channel: str) -> Life:
        life = Life(runtime, channel)
        life.work_as_creator()
        life.be_told()
        return life

    return begin_in


@pytest.mark.parametrize("channel", DOORS)
def test_a_creator_who_is_forgotten_is_found_nowhere(live: Callable[[str], Life], channel: str) -> None:
    life = live(channel)
    assert set(life.left()) >= {NAME, HANDLE, CAPTION, FILE}, "else it would prove nothing"
    life.be_forgotten()
    assert life.left() == {}


TAKEN_OUT = (
    "deal_message",
    *("person", "creator", "social_account", "channel_identity", "conversation", "outbox", "receipt"),
    *("sent_words", "held_message", "support_request", "payee_account", "deliverable", "deal"),
    "sandbox_rail_object",
)


@pytest.mark.parametrize("table", TAKEN_OUT)
def test_a_map_without_one_of_its_entries_is_found_out(
    live: Callable[[str], Life], monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    life = live("whatsapp")
    monkeypatch.setattr(places, "MAP", tuple(entry for entry in places.MAP if entry.table != table))
    try:
        life.be_forgotten()
    except IntegrityError:
        return  # a row that is sealed with her key still stands: nothing was done at all
    if table == "sent_words":
        with begin(life.runtime.database, SYSTEM) as work:
            assert sent_words.sent_at(work, [life.chat], f"Hello {NAME}") is not None
        return
    assert life.left() != {}


def test_a_team_goes_with_its_only_member(runtime: Runtime) -> None:
    life = Life(runtime, "slack")
    with begin(runtime.database, Actor.person(life.person)) as work:
        workspace = workspaces.open_workspace(work, OpenWorkspace(NAME, WorkspaceKind.BRAND, INR)).id
        compliance.verify_tax_number(work, workspace, "27AAPFU0939F1ZV")
    assert NAME in life.left()
    life.be_forgotten()
    assert life.left() == {}
    with begin(runtime.database, SYSTEM) as work:
        assert workspaces.tax_number_of(work, workspace) == ""


def test_an_account_that_was_merged_into_hers_goes_with_her(runtime: Runtime) -> None:
    life, other = Life(runtime, "whatsapp"), Life(runtime, "telegram")
    with begin(runtime.database, SYSTEM) as work:
        chats.hand_over(work, other.person, life.person)
    life.be_forgotten()
    assert life.left() == {}


def test_whoever_writes_after_being_forgotten_is_somebody_new(runtime: Runtime) -> None:
    life = Life(runtime, "whatsapp")
    life.be_forgotten()
    turn.take(runtime.tools, runtime.book, heard("whatsapp", "hello"))
    with begin(runtime.database, SYSTEM) as work:
        known = chats.behind(work, "whatsapp", PHONE)
        assert known is not None
        assert known.id != life.person
