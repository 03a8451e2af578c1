"""One card a thing in each chat: edited as the thing moves, and nothing stale can be pressed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bots.cards import now
from bots.conversation.card import card, press
from bots.conversation.dialogue import Talk
from bots.doors import living
from bots.doors.channel import CardGone, ChannelUnavailable
from bots.doors.slack import render as slack
from core.accounts import chats, people
from core.accounts.schemas import Identity
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.deals import offers, pieces
from core.deals import views as deals
from core.deals.schemas import SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock, wall_now
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import begin
from core.messaging import cards, mailbox, outbox
from core.messaging.messages import Address, Button, OutgoingMessage
from core.messaging.receipts import Receipt
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, World
from workers import keeping


@dataclass
class App:
    """An app that can edit: what each chat shows now, and what is to fail next."""

    name: str
    shown: dict[str, OutgoingMessage] = field(default_factory=dict)
    rang: list[str] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def send(self, to: Address, message: OutgoingMessage, key: str) -> Receipt:
        ref = str(len(self.rang) + 1)
        self.shown[ref] = message
        self.rang.append(ref)
        return Receipt(ref, to, asks=False)

    def edit(self, to: Address, ref: str, message: OutgoingMessage) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.shown[ref] = message
        self.edits.append(ref)

    def find(self, words: str) -> list[str]:
        return [ref for ref, message in self.shown.items() if words in message.text]


class Plain(App):
    """An app in which nothing can be edited."""

    edit = None  # type: ignore[assignment]


def pressable(message: OutgoingMessage) -> list[Button]:
    return [button for row in message.buttons for button in row if button.action]


def commands(message: OutgoingMessage) -> list[str]:
    return [button.action.split("|")[1] for button in pressable(message)]


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def meet(world: World, app: App, *, brand: str = "brand", creator: str = "asha") -> App:
    """Give both sides a chat in an app."""
    world.runtime.channels[app.name] = app
    with begin(world.runtime.database, SYSTEM) as work:
        for person, chat in ((world.brand, brand), (world.person, creator)):
            chats.attach(work, person, Identity(app.name, chat, chat))
    return app


@pytest.fixture
def app(world: World) -> App:
    return meet(world, App("telegram"))


def offered(world: World) -> UUID:
    deal_id = world.offer()
    drain(world.runtime)
    return deal_id


def accept(world: World, deal_id: UUID, *, hear: bool = True) -> UUID:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = offers.accept(work, deal_id, shown=seen.deal(work, deal_id)).deliverables[0]
    if hear:
        drain(world.runtime)
    return piece.id


def counter(world: World, deal_id: UUID, person: UUID, minor: int) -> None:
    with begin(world.runtime.database, Actor.person(person)) as work:
        offers.counter(work, deal_id, Money(minor, INR), shown=seen.deal(work, deal_id))


def hand_in(world: World, piece_id: UUID, caption: str) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        pieces.submit_draft(work, SubmitDraft(piece_id, caption), shown=seen.piece(work, piece_id))
    drain(world.runtime)


def say_card(world: World, person: UUID, chat: Address, about: str) -> None:
    """Show somebody the card of a thing, as a turn of theirs does."""
    runtime = world.runtime
    with begin(runtime.database, SYSTEM) as work:
        found = chats.behind(work, chat.channel, chat.chat_id)
        assert found is not None
        message = now.shown(Talk(work, found, chat, runtime.tools), about)
    with begin(runtime.database, SYSTEM) as work:
        replies = outbox.say(work, chat, person, message)
    for reply in replies:
        assert keeping.keep(runtime, reply) == "done"


def test_what_an_offer_asks_and_pays_and_until_when_stands_in_columns_in_slack(
    world: World, app: App
) -> None:
    offered(world)
    (card,) = app.find("Offer from")
    fields = [field["text"] for block in slack.blocks(app.shown[card]) for field in block.get("fields", ())]
    labels = {field.partition("\n")[0] for field in fields}
    assert {"*You make*", "*They pay*", "*Your answer*"} <= labels


def test_an_offer_becomes_the_deal_on_the_same_card(world: World, app: App) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    assert commands(app.shown[card])[:3] == ["accept", "counter", "decline"]
    rang = len(app.rang)
    piece_id = accept(world, deal_id)
    assert "Offer from" not in app.shown[card].text
    assert "accept" not in commands(app.shown[card])
    assert f"c|draft|{piece_id.hex}" in "".join(b.action for b in pressable(app.shown[card]))
    assert app.shown[card].about == cards.deal(deal_id)
    assert len(app.rang) == rang + 1, "the brand hears of it; who accepted has the edited card"


def test_what_must_be_noticed_is_a_short_message_that_points_to_the_card(world: World, app: App) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    counter(world, deal_id, world.person, 4_000_00)
    drain(world.runtime)
    (of_brand,) = app.find("proposes ₹4,000")
    rang = len(app.rang)
    counter(world, deal_id, world.brand, 3_500_00)
    drain(world.runtime)
    (note,) = app.rang[rang:]
    assert "₹3,500" in app.shown[note].text
    assert app.shown[note].points == card
    assert not pressable(app.shown[note]), "what the card offers is pressed on the card"
    assert "accept" in commands(app.shown[card])
    rang = len(app.rang)
    counter(world, deal_id, world.person, 3_800_00)
    drain(world.runtime)
    (headline,) = app.rang[rang:]
    assert app.shown[headline].points == of_brand
    assert "\n" not in app.shown[headline].text, "a whole card is not said a second time"
    assert pressable(app.shown[of_brand])[0].label == "Accept ₹3,800"


def test_an_ended_deal_says_what_came_of_it_in_one_line(world: World, app: App) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        offers.decline(work, deal_id, "no time", shown=seen.deal(work, deal_id))
    drain(world.runtime)
    assert app.shown[card].text.startswith("**T**: declined by Creator, ₹3,000, ")
    assert "\n" not in app.shown[card].text
    assert not app.shown[card].buttons


def test_a_draft_that_was_decided_keeps_no_buttons_and_never_becomes_the_next(world: World, app: App) -> None:
    deal_id = offered(world)
    piece_id = accept(world, deal_id)
    hand_in(world, piece_id, "#ad first")
    (first,) = app.find("#ad first")
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        pieces.request_changes(work, piece_id, "The cup, please.", shown=seen.piece(work, piece_id))
    drain(world.runtime)
    assert app.shown[first].text.startswith("**Creator, reel**: changes asked for by B, ₹3,000, ")
    hand_in(world, piece_id, "#ad second")
    (second,) = app.find("#ad second")
    assert second != first
    assert not app.shown[first].buttons
    assert commands(app.shown[second]) == ["approve", "changes"]


def test_a_card_that_is_shown_again_takes_the_buttons_off_the_one_before(world: World, app: App) -> None:
    deal_id = offered(world)
    (old,) = app.find("Offer from")
    say_card(world, world.person, Address("telegram", "asha"), cards.deal(deal_id))
    drain(world.runtime)
    assert not app.shown[old].buttons
    assert "further down" in app.shown[old].text
    new = app.rang[-1]
    accept(world, deal_id)
    assert "draft" in commands(app.shown[new]), "the newest lives on"
    assert "further down" in app.shown[old].text, "and the older one stays as it is"


def test_what_moved_while_its_card_was_sent_is_redrawn(world: World, app: App) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    send = app.send

    def slow(to: Address, message: OutgoingMessage, key: str) -> Receipt:
        sent = send(to, message, key)
        if "Offer from" in message.text:
            app.send = send  # type: ignore[method-assign]
            accept(world, deal_id)
        return sent

    app.send = slow  # type: ignore[method-assign]
    say_card(world, world.person, Address("telegram", "asha"), cards.deal(deal_id))
    drain(world.runtime)
    newest = max(app.find("draft to come") or ["0"], key=int)
    assert int(newest) > int(card)
    assert "accept" not in [c for message in app.shown.values() for c in commands(message)]


def test_a_card_is_not_edited_where_nothing_has_changed(world: World, app: App) -> None:
    deal_id = offered(world)
    before = list(app.edits)
    with begin(world.runtime.database, SYSTEM) as work:
        outbox.redraw(work, cards.deal(deal_id))
    drain(world.runtime)
    assert app.edits == before


def test_a_card_that_cannot_be_edited_any_more_is_sent_anew(world: World, app: App) -> None:
    deal_id = offered(world)
    (old,) = app.find("Offer from")
    app.fails.append(CardGone("message can't be edited"))
    rang = len(app.rang)
    counter(world, deal_id, world.person, 4_000_00)
    drain(world.runtime)
    anew = [ref for ref in app.rang[rang:] if app.shown[ref].about == cards.deal(deal_id)]
    assert len(anew) == 2, "the brand's first card, and the creator's in the place of the one that is gone"
    assert "Offer from" in app.shown[old].text
    accept_of = [ref for ref in anew if "proposes" not in app.shown[ref].text]
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    drain(world.runtime)
    assert "draft" in commands(app.shown[accept_of[0]]), "it lives on in the new one"


def test_an_app_that_does_not_answer_is_asked_again_and_holds_no_other_chat_up(
    world: World, app: App
) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    app.fails.append(ChannelUnavailable("slow"))
    accept(world, deal_id)
    assert "Offer from" in app.shown[card].text
    with begin(world.runtime.database, SYSTEM) as work:
        (waits,) = [
            one
            for one in outbox.claim(work, limit=9, now=wall_now().replace(year=2040))
            if one.kind == "card.redraw"
        ]
    assert keeping.keep(world.runtime, waits) == "done"
    assert "draft" in commands(app.shown[card])


def test_where_nothing_can_be_edited_the_next_card_says_that_it_replaces_the_former(world: World) -> None:
    app = meet(world, Plain("whatsapp"))
    deal_id = offered(world)
    counter(world, deal_id, world.person, 4_000_00)
    drain(world.runtime)
    counter(world, deal_id, world.brand, 3_500_00)
    drain(world.runtime)
    counter(world, deal_id, world.person, 3_800_00)
    drain(world.runtime)
    first, second = app.find("proposes ₹4,000")[0], app.find("proposes ₹3,800")[0]
    assert "replaces the earlier" not in app.shown[first].text
    assert "replaces the earlier" in app.shown[second].text
    assert commands(app.shown[second])[0] == "accept"


def test_a_line_of_our_own_transcript_is_edited_in_its_place(world: World) -> None:
    world.runtime.channels.pop("telegram", None)
    with begin(world.runtime.database, SYSTEM) as work:
        chats.attach(work, world.person, Identity("web", "asha", "asha"))
    deal_id = offered(world)
    with begin(world.runtime.database, SYSTEM) as work:
        (line,) = mailbox.read(work, Address("web", "asha"))
    accept(world, deal_id)
    with begin(world.runtime.database, SYSTEM) as work:
        (edited,) = mailbox.read(work, Address("web", "asha"), after=line.changed)
        assert [each.seq for each in mailbox.read(work, Address("web", "asha"))] == [line.seq]
    assert edited.seq == line.seq
    assert edited.changed > line.changed
    assert "accept" not in commands(OutgoingMessage.from_json(edited.body))


def test_a_reader_who_may_not_see_a_thing_any_more_sees_nothing_of_it(world: World, app: App) -> None:
    deal_id = offered(world)
    (card,) = app.find("Offer from")
    with begin(world.runtime.database, SYSTEM) as work:
        stranger = chats.recognise(work, Identity("telegram", "other", "other"), "Other").id
        work.session.execute(
            text("UPDATE channel_identity SET person_id = :other WHERE chat_id = 'asha'"), {"other": stranger}
        )
    accept(world, deal_id)
    assert app.shown[card].text == "This is not open to you any more."
    assert not app.shown[card].buttons


def three_pieces(world: World) -> UUID:
    """Let an offer of three pieces be accepted; returns the deal."""
    with begin(world.runtime.database, SYSTEM) as work:
        spec = DeliverableSpec(DeliverableKind.REEL, 3)
        own = work.acting_as(Actor.person(world.brand))
        brief = Brief(text="x", deliverables=(spec,))
        command = DraftCampaign(world.workspace, "Three", Money(10_000_00, INR), brief, uuid4().hex)
        world.campaign = campaigns.draft(own, command).id
    world.pay()
    deal_id = offered(world)
    accept(world, deal_id)
    return deal_id


def test_three_reminders_are_one_message_in_the_morning_and_one_on_the_last_day(
    world: World, app: App, clock: SetClock
) -> None:
    deal_id = three_pieces(world)
    with begin(world.runtime.database, SYSTEM) as work:
        due = deals.get(work, deal_id).deliverables[0].draft_due_at
    assert due is not None
    rang = len(app.rang)
    zone = ZoneInfo("Asia/Kolkata")
    clock.now = due - timedelta(hours=48)
    drain(world.runtime)
    assert len(app.rang) == rang, "what is due in two days waits for the morning"
    morning = datetime.combine(clock.now.astimezone(zone).date() + timedelta(days=1), time(9), zone)
    clock.now = morning.astimezone(UTC)
    drain(world.runtime)
    (reminder,) = app.rang[rang:]
    assert app.shown[reminder].text.count("•") == 3
    card = app.shown[reminder].points
    assert app.shown[card].about == cards.deal(deal_id)
    assert app.shown[card].text.count("30 hours left (until") == 3, "a reminder edits the card"
    assert not pressable(app.shown[reminder])
    clock.now = due - timedelta(hours=4)
    drain(world.runtime)
    (last,) = app.rang[rang + 1 :]
    assert app.shown[last].text.count("•") == 3, "due within a day, it rings by itself, at any hour"
    assert app.shown[card].text.count("4 hours left (until") == 3


def test_what_became_late_in_one_deal_is_one_message_and_one_card(
    world: World, app: App, clock: SetClock
) -> None:
    deal_id = three_pieces(world)
    rang = len(app.rang)
    clock.advance(timedelta(days=9))
    drain(world.runtime)
    late = [ref for ref in app.rang[rang:] if "is overdue" in app.shown[ref].text]
    of_brand = [ref for ref in late if app.shown[ref].about == cards.deal(deal_id)]
    assert len(late) == 2, "one to each side"
    assert len(of_brand) == 1
    assert commands(app.shown[of_brand[0]]).count("cancel_piece") == 3
    assert commands(app.shown[of_brand[0]]).count("cancel_deal") == 1


def test_a_notice_on_a_card_brings_no_button_a_second_time(world: World, app: App) -> None:
    deal_id, chat = offered(world), Address("telegram", "elsewhere")
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        talk = Talk(work, people.person_of(work, world.brand), chat, world.runtime.tools)
        takes_back, *_, history = pressable(now.shown(talk, cards.deal(deal_id)))
        notice = card("News.", [takes_back, history, press("Help", "help")])
        (told,), _ = living.fitted(talk, app, {"deal_id": str(deal_id)}, [notice])
    asked = commands(told)
    assert asked[0] == "withdraw"
    assert asked.count("history") == 1
    assert "help" in asked
