"""Two thousand random steps over both processes, with faults of the rail and the network on demand.

After every step the books must balance; at the end every step and every kind of posting was reached, and
the counts are printed. The walk prefers what it has done least, so that no corner stays dark. One seed is one
walk, its ids too; `make walk` takes many that nobody has walked yet.
"""

import inspect
import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from random import Random
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.accounts import people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, ChangeCampaign, DeliverableSpec, DraftCampaign
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import briefs, endings, freezes, offers, parcels, pieces
from core.deals import views as deals
from core.deals.deal_table import DEAL
from core.deals.errors import NotYourStep
from core.deals.piece_table import DELIVERABLE
from core.deals.schemas import Apply, DealView, DeliverableView, MakeOffer, SubmitDraft
from core.deals.states import DealState, Standing
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Currency, Money
from core.kit.process import Party
from core.kit.vocabulary import DeliverableKind, Handing, Platform
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.ledger.states import AccountKind, PostingKind
from core.media.schemas import Cleaned
from core.networks.sandbox import NewPost
from core.operators import tasks
from core.payments import funding, losses, payee_accounts
from core.payments.models import Funding, Payout, Refund
from core.payments.rails.sandbox import Fault, Operation, SandboxRail
from core.payments.schemas import FundCampaign
from core.payments.states import Rest, SettledFrom
from core.posts import service as posts
from core.privacy import erasure
from runtime.parts import Runtime
from tests import seen
from tests.conftest import MORNING, drain, empty
from tests.scenarios.waiting_money import waits_for_ever

Act = Callable[[], object]
Options = list[tuple[str, Act]]
STEPS_EACH, LOOKS_EVERY = 250, 10
WALKS = int(os.environ.get("WALKS", "8"))
WAITING = 0.35
WEIGHTS = {
    "dispute_charge": 0.3,
    "freeze": 0.3,
    "freeze_workspace": 0.2,
    "freeze_creator": 0.3,
    "close": 0.2,
    "operator_cancel": 0.1,
    "decline": 0.3,
    "withdraw": 0.3,
    "ask_cancel": 0.3,
}
WEIGHTS |= {
    "post": 5.0,
    "approve": 5.0,
    "claim": 2.0,
    "submit_draft": 5.0,
    "restore_post": 20.0,
    "decide_charge": 8.0,
    "unfreeze": 4.0,
    "unfreeze_workspace": 12.0,
    "unfreeze_creator": 6.0,
    "extend": 5.0,
    "accept": 4.0,
}
WAITS_HOURS = (2, 4, 4, 7, 13, 25, 25, 49, 75, 170, 240)
INR = Currency.INR
RAIL = SandboxRail.facts
BUDGET = Money(40_000_00, INR)
NO_CASH = Money(0, INR)
GIFTS_SHARE = 0.2
TRIED: Counter[str] = Counter()
REACHED: Counter[str] = Counter()
POSTED: Counter[str] = Counter()
OPERATOR = Actor.operator("walk")
Verb = Callable[..., object]
ABOUT_DEALS: dict[str, tuple[Verb, tuple[object, ...]]] = {
    "accept": (offers.accept, ()),
    "counter": (offers.counter, (Money(700_00, INR),)),
    "decline": (offers.decline, ()),
    "withdraw": (offers.withdraw, ()),
    "cancel": (endings.ask_to_cancel, ("old card",)),
    "cancel_yes": (partial(endings.answer_cancel, agree=True), ()),
    "cancel_no": (partial(endings.answer_cancel, agree=False), ()),
    "dispute": (endings.dispute, ("old card",)),
    "dispute_answer": (endings.answer_dispute, ("old card",)),
    "review": (endings.review, (1, "old card")),
    "address": (parcels.give_address, ("old card",)),
    "send_gift": (parcels.send, ()),
    "arrived": (parcels.arrived, ()),
    "not_arrived": (parcels.not_arrived, ()),
    "call_off": (parcels.call_off, ("old card",)),
    "brief_yes": (partial(briefs.answer, agree=True), ()),
    "brief_no": (partial(briefs.answer, agree=False), ()),
}
ABOUT_PIECES: dict[str, tuple[Verb, tuple[object, ...]]] = {
    "approve": (pieces.approve_draft, ()),
    "changes": (pieces.request_changes, ("old card",)),
    "extend": (pieces.extend, (3,)),
    "cancel_piece": (pieces.cancel_piece, ()),
    "post": (pieces.submit_post, ("https://example.com/old",)),
    "confirm_post": (pieces.confirm_post, ()),
    "refuse_post": (posts.refuse, ("old card",)),
}
"""Every button a card about a deal, or about a piece, can have."""


@dataclass
class Walk:
    """A small world and the steps one can take in it."""

    runtime: Runtime
    clock: SetClock
    random: Random
    brand: UUID = field(default_factory=uuid4)
    workspace: UUID = field(default_factory=uuid4)
    people: list[UUID] = field(default_factory=list)
    persons: dict[UUID, UUID] = field(default_factory=dict)
    campaign: UUID = field(default_factory=uuid4)
    gifts: UUID = field(default_factory=uuid4)
    done: Counter[str] = field(default_factory=Counter)
    cards: dict[str, UUID] = field(default_factory=dict)
    pressed: int = 0
    charged: list[str] = field(default_factory=list)

    def begin(self) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            self.brand = people.register(work, "Brand").id
            own = work.acting_as(Actor.person(self.brand))
            opened = workspaces.open_workspace(own, OpenWorkspace("Brand", WorkspaceKind.BRAND, INR, "IN"))
            self.workspace = opened.id
            for n in range(3):
                person = people.register(work, f"Creator {n}").id
                account = SocialAccountView(Platform.INSTAGRAM, f"walker{n}", 9_000, 250, None)
                profile = SaveProfile(country="IN", accounts=(account,))
                creators.join(work.acting_as(Actor.person(person)), person, profile)
                self.people.append(person)
        for person in self.people[:2]:
            with begin(self.runtime.database, Actor.person(person)) as work:
                creator = creators.of_person(work, person)
                assert creator is not None
                payee_accounts.set_up_payee(work, "upi", RAIL, shown=seen.payee(work, creator.id))
        self.new_campaign()
        self.begin_gifts()
        drain(self.runtime)

    def begin_gifts(self) -> None:
        """Begin the campaign that pays no cash and sends something instead."""
        asked = (DeliverableSpec(DeliverableKind.REEL),)
        brief = Brief(text="gifts", deliverables=asked, goods="tea", handing=Handing.SENT)
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            command = DraftCampaign(self.workspace, "Gifts", NO_CASH, brief, uuid4().hex)
            self.gifts = campaigns.draft(work, command).id

    def new_campaign(self) -> None:
        brief = Brief(
            text="walk",
            deliverables=(DeliverableSpec(DeliverableKind.REEL), DeliverableSpec(DeliverableKind.STORY)),
            platforms=(Platform.FACEBOOK,),
            landing_url="https://example.com/a",
        )
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            command = DraftCampaign(self.workspace, "Walk", BUDGET, brief, uuid4().hex)
            self.campaign = campaigns.draft(work, command).id
            pay = FundCampaign(self.campaign, BUDGET, uuid4().hex)
            funding.fund(work, pay, RAIL, shown=seen.funding(work, self.campaign))
        drain(self.runtime)
        self.pay(decline=False)

    def pay(self, *, decline: bool) -> None:
        for ref in self.open_checkouts():
            self.runtime.rail.pay(ref, decline=decline)

    def open_checkouts(self) -> list[str]:
        with begin(self.runtime.database, SYSTEM) as work:
            return funding.open_checkouts(work, self.campaign)

    def deals(self) -> list[DealView]:
        with begin(self.runtime.database, SYSTEM) as work:
            return [deal for found in (self.campaign, self.gifts) for deal in deals.of_campaign(work, found)]

    def walk(self) -> None:
        """Begin, take every step, and look from time to time whether somebody's money waits for ever."""
        self.begin()
        for number in range(1, STEPS_EACH + 1):
            self.step()
            if number % LOOKS_EVERY == 0:
                with begin(self.runtime.database, SYSTEM) as work:
                    assert waits_for_ever(work) == []

    def step(self) -> None:
        options = self.options()
        weights = [WEIGHTS.get(name, 1.0) / (1 + self.done[name]) for name, _ in options]
        name, act = self.random.choices(options, weights)[0]
        if self.random.random() < WAITING:
            hours = self.random.choice(WAITS_HOURS)
            name = "wait"
            act = partial(self.clock.advance, timedelta(hours=hours))
        self.done[name] += 1
        try:
            act()
        except DomainError:
            self.done[f"refused:{name}"] += 1
        drain(self.runtime)
        self.go_where_there_is_money()
        self.press_old_cards()
        with begin(self.runtime.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            money = deals.money_of(work, self.campaign)
            assert money.adds_up, money
            in_transit = ledger.total(work, AccountKind.PAYOUT_IN_TRANSIT, INR)
            assert not in_transit
            cleared = ledger.total(work, AccountKind.RAIL_CLEARING, INR)
        assert cleared == self.runtime.rail.balance(INR)

    def press_old_cards(self) -> None:
        """Press a button of every card whose thing has changed since: nothing may come of it."""
        shown: dict[str, UUID] = {}
        of_deals: dict[UUID, DealView] = {}
        for deal in self.deals():
            shown[deal.mark] = deal.id
            shown |= {piece.mark: piece.id for piece in deal.deliverables}
            of_deals |= dict.fromkeys((deal.id, *(piece.id for piece in deal.deliverables)), deal)
        for mark, thing in self.cards.items():
            if mark in shown or thing not in of_deals:
                continue
            self.pressed += 1
            deal = of_deals[thing]
            verbs = ABOUT_DEALS if thing == deal.id else ABOUT_PIECES
            name = sorted(verbs)[self.pressed % len(verbs)]
            verb, more = verbs[name]
            either = self.person_of(deal) if self.pressed % 2 else self.brand
            person = {"post": self.person_of(deal)}.get(name, either if thing == deal.id else self.brand)
            acting = begin(self.runtime.database, Actor.person(person))
            with acting as work, pytest.raises((ShownChanged, NotYourStep)):
                verb(work, thing, *more, shown=mark)
        self.cards = shown

    def options(self) -> Options:
        found: Options = [
            ("offer", self.offer),
            ("apply", self.apply),
            ("edit", self.edit),
            ("fault", self.fault),
            ("network_fault", self.network_fault),
            ("close", self.close),
            ("dispute_charge", self.dispute_charge),
            *([("decide_charge", self.decide_charge)] if self.charged else []),
            ("top_up", self.top_up),
            *self.freezing_options(),
        ]
        for deal in self.deals():
            if not deal.ended or deal.review_until is not None:
                found += self.deal_options(deal)
            if not deal.ended:
                found += self.standing_options(deal)
        return found

    def freezing_options(self) -> Options:
        """Stop the brand or one of the creators, and let whoever is stopped go on."""
        with begin(self.runtime.database, SYSTEM) as work:
            stopped = workspaces.workspace_of(work, self.workspace).frozen_at is not None
            creator = creators.of_person(work, self.random.choice(self.people))
        verb = freezes.unfreeze_workspace if stopped else freezes.freeze_workspace
        found: Options = [(verb.__name__, lambda: self.operate(verb, self.workspace, "walk"))]
        if creator is not None:
            act = freezes.unfreeze_creator if creator.frozen_at else freezes.freeze_creator
            found.append((act.__name__, lambda: self.operate(act, creator.id, "walk")))
        return found

    def standing_options(self, deal: DealView) -> Options:
        """Stop a deal and let it go on; what is published goes and comes back while it stands still, too."""
        found: Options = [("freeze", lambda: self.operate(freezes.freeze_deal, deal.id, "walk"))]
        if Standing.OPERATOR in deal.stands_for:
            found = [("unfreeze", lambda: self.operate(freezes.unfreeze_deal, deal.id, "walk"))]
        if deal.state is DealState.DISPUTED:
            for piece in deal.deliverables:
                found += self.post_options(piece)
        return found

    def deal_options(self, deal: DealView) -> Options:
        found: Options = []
        brand, creator = self.brand, self.person_of(deal)
        sides = {Party.BRAND: brand, Party.CREATOR: creator}
        state = str(deal.state)
        turn, waiting = sides[deal.turn], sides[Party.BRAND if deal.turn is Party.CREATOR else Party.CREATOR]
        either = self.random.choice([brand, creator])
        other = creator if either == brand else brand
        if state in {"offered", "applied"}:
            price = Money(self.random.randint(500_00, 9_000_00), INR)
            found += [
                ("accept", lambda: self.take(turn, offers.accept, deal.id)),
                ("counter", lambda: self.take(turn, offers.counter, deal.id, price)),
                ("decline", lambda: self.take(turn, offers.decline, deal.id)),
                ("withdraw", lambda: self.take(waiting, offers.withdraw, deal.id)),
            ]
        found += self.parcel_options(deal)
        if not deal.ended and state != "disputed":
            found.append(
                ("operator_cancel", lambda: self.operate(endings.cancel_by_operator, deal.id, "walk"))
            )
        if state == "agreed":
            if deal.brief_asked is not None:
                found.append(("agree_brief", lambda: self.take(creator, self.take_brief, deal.id)))
                found.append(("refuse_brief", lambda: self.take(creator, self.keep_brief, deal.id)))
            found.append(("ask_cancel", lambda: self.take(either, endings.ask_to_cancel, deal.id, "walk")))
            found.append(("dispute", lambda: self.take(either, endings.dispute, deal.id, "walk")))
            for piece in deal.deliverables:
                found += self.piece_options(deal, piece)
        if state == "cancelling":
            asker = sides[deal.cancel_by or Party.BRAND]
            answerer = creator if asker == brand else brand
            found.append(("dispute", lambda: self.take(either, endings.dispute, deal.id, "walk")))
            found.append(("cancel_agree", lambda: self.take(answerer, self.agree, deal.id)))
            found.append(("cancel_refuse", lambda: self.take(answerer, self.refuse, deal.id)))
        if state == "disputed":
            share = Money(self.random.randint(0, deal.price.minor), INR)
            found += [
                ("dispute_answer", lambda: self.take(other, endings.answer_dispute, deal.id, "walk")),
                ("resolve_close", lambda: self.operate(endings.resolve, deal.id, "walk", share)),
                ("resolve_resume", lambda: self.operate(endings.resolve, deal.id, "walk", None)),
            ]
        if deal.review_until is not None:
            found.append(("review", lambda: self.take(either, endings.review, deal.id, 4, "fine")))
        return found

    def parcel_options(self, deal: DealView) -> Options:
        """Send a gift, take it or miss it, or call it off before."""
        creator, either = self.person_of(deal), self.random.choice([self.brand, self.person_of(deal)])
        found: Options = []
        if deal.state in {DealState.AWAITING_ADDRESS, DealState.TO_SEND}:
            found.append(("address", lambda: self.take(creator, parcels.give_address, deal.id, "12 Baner")))
            found.append(("call_off", lambda: self.take(either, parcels.call_off, deal.id, "walk")))
        if deal.state is DealState.TO_SEND:
            found.append(("send_gift", lambda: self.take(self.brand, parcels.send, deal.id)))
        if deal.state is DealState.ON_ITS_WAY:
            found.append(("arrived", lambda: self.take(creator, parcels.arrived, deal.id)))
            found.append(("not_arrived", lambda: self.take(creator, parcels.not_arrived, deal.id)))
            found.append(("dispute", lambda: self.take(either, endings.dispute, deal.id, "walk")))
        return found

    def piece_options(self, deal: DealView, piece: DeliverableView) -> Options:
        creator, state = self.person_of(deal), str(piece.state)
        found: Options = []
        if state in {"drafting", "changes_requested", "approved", "overdue"}:
            found.append(("more_time", lambda: self.ask_more_time(creator, piece.id)))
        if state in {"drafting", "changes_requested"}:
            draft = SubmitDraft(piece.id, "#ad walk")
            found.append(("submit_draft", lambda: self.take(creator, pieces.submit_draft, draft)))
        if state == "in_review":
            found.append(("approve", lambda: self.take(self.brand, pieces.approve_draft, piece.id)))
            found.append(("changes", lambda: self.take(self.brand, pieces.request_changes, piece.id, "x")))
        if state == "approved":
            found.append(("post", lambda: self.publish(deal, piece, good=True)))
            found.append(("bad_post", lambda: self.publish(deal, piece, good=False)))
            found.append(("claim", lambda: self.claim(creator, piece)))
        if state == "claimed":
            found.append(("confirm", lambda: self.take(self.brand, pieces.confirm_post, piece.id)))
            found.append(("not_right", lambda: self.take(self.brand, posts.refuse, piece.id, "walk")))
        found += self.post_options(piece)
        if state == "overdue":
            found.append(("extend", lambda: self.take(self.brand, pieces.extend, piece.id, 5)))
            found.append(("cancel_piece", lambda: self.take(self.brand, pieces.cancel_piece, piece.id)))
        return found

    def post_options(self, piece: DeliverableView) -> Options:
        url, state = piece.post_url, str(piece.state)
        gone = state == "missing" or (state == "live" and piece.doubted_at is not None)
        if gone:
            return [("restore_post", lambda: self.runtime.network.restore(url))]
        return [("delete_post", lambda: self.runtime.network.delete(url))] if state == "live" else []

    def take(self, person: UUID, verb: Verb, *arguments: object) -> None:
        """Look at what a verb is about, and take it."""
        with begin(self.runtime.database, Actor.person(person)) as work:
            verb(work, *arguments, shown=seen.about(work, verb, arguments[0]))

    def ask_more_time(self, creator: UUID, piece_id: UUID) -> None:
        with begin(self.runtime.database, Actor.person(creator)) as work:
            pieces.ask_more_time(work, piece_id, 3, "walk")

    def operate(self, verb: Verb, *arguments: object) -> None:
        with begin(self.runtime.database, OPERATOR) as work:
            binds = "shown" in inspect.signature(verb).parameters
            verb(work, *arguments, **({"shown": seen.about(work, verb, arguments[0])} if binds else {}))

    @staticmethod
    def agree(work: Work, deal_id: UUID, *, shown: str) -> None:
        endings.answer_cancel(work, deal_id, agree=True, shown=shown)

    @staticmethod
    def refuse(work: Work, deal_id: UUID, *, shown: str) -> None:
        endings.answer_cancel(work, deal_id, agree=False, shown=shown)

    @staticmethod
    def take_brief(work: Work, deal_id: UUID, *, shown: str) -> None:
        briefs.answer(work, deal_id, agree=True, shown=shown)

    @staticmethod
    def keep_brief(work: Work, deal_id: UUID, *, shown: str) -> None:
        briefs.answer(work, deal_id, agree=False, shown=shown)

    def edit(self, kinds: tuple[DeliverableKind, ...] = ()) -> None:
        """Let the brand ask for something else, sometimes for more or fewer pieces."""
        with begin(self.runtime.database, SYSTEM) as work:
            campaign = campaigns.get(work, self.campaign)
        kinds = kinds or tuple(self.random.choices(list(DeliverableKind), k=self.random.randint(1, 3)))
        asked = tuple(DeliverableSpec(kind) for kind in dict.fromkeys(kinds))
        brief = replace(campaign.brief, dos=(uuid4().hex,), deliverables=asked)
        self.take(self.brand, briefs.change, ChangeCampaign(campaign.id, campaign.budget, brief))

    def person_of(self, deal: DealView) -> UUID:
        if deal.creator_id not in self.persons:
            with begin(self.runtime.database, SYSTEM) as work:
                self.persons[deal.creator_id] = creators.person_behind(work, deal.creator_id)
        return self.persons[deal.creator_id]

    def offer(self) -> None:
        person = self.random.choice(self.people)
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            creator = creators.of_person(work, person)
            assert creator is not None
            price = Money(self.random.randint(500_00, 9_000_00), INR)
            gives = self.random.random() < GIFTS_SHARE
            campaign, price = (self.gifts, NO_CASH) if gives else (self.campaign, price)
            command = MakeOffer(campaign, creator.id, price)
            offers.offer(work, command, shown=seen.campaign(work, campaign))

    def apply(self) -> None:
        person = self.random.choice(self.people)
        price = Money(self.random.randint(500_00, 9_000_00), INR)
        self.take(person, offers.apply, Apply(self.campaign, price))

    def publish(self, deal: DealView, piece: DeliverableView, *, good: bool) -> None:
        person = self.person_of(deal)
        with begin(self.runtime.database, SYSTEM) as work:
            creator = creators.of_person(work, person)
        assert creator is not None
        caption = "#ad look" if good else "look"
        post = NewPost(piece.platform, creator.accounts[0].handle, piece.kind, caption, 9_000)
        url = self.runtime.network.publish(post, uuid4().hex)
        self.take(person, posts.submit, piece.id, url, self.runtime.networks)

    def claim(self, creator: UUID, piece: DeliverableView) -> None:
        """Show a post by link and screenshot, where nobody can look."""
        with begin(self.runtime.database, Actor.person(creator)) as work:
            shot = self.runtime.tools.media.keep_here(work, Cleaned("post.png", "image/png", b"post"))
        link = f"https://www.facebook.com/reel/{self.random.randint(10**14, 10**15)}/"
        picture = posts.Picture((shot.id,), "#ad walk")
        self.take(creator, posts.submit, piece.id, link, self.runtime.networks, picture)

    def network_fault(self) -> None:
        """Leave the next look at the network unanswered: the check after it must find all as it was."""
        self.runtime.network.fail_next(1)

    def fault(self) -> None:
        operation, fault = self.random.choice(list(Operation)), self.random.choice(list(Fault))
        if fault in {Fault.UNANSWERED, Fault.LOST_REPLY, Fault.REFUSED_FOR_NOW}:
            return  # those are retried after real seconds: tests of their own show them
        self.runtime.rail.order_fault(operation, fault, 1)

    def given(self) -> UUID:
        """Return a fresh deal that is agreed for a gift."""
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            creator = creators.of_person(work, self.people[0])
            assert creator is not None
            command = MakeOffer(self.gifts, creator.id, NO_CASH)
            deal = offers.offer(work, command, shown=seen.campaign(work, self.gifts))
        self.take(self.people[0], offers.accept, deal.id)
        return deal.id

    def agreed(self) -> UUID:
        """Return the first piece of a fresh deal that is agreed."""
        with begin(self.runtime.database, Actor.person(self.brand)) as work:
            creator = creators.of_person(work, self.people[0])
            assert creator is not None
            command = MakeOffer(self.campaign, creator.id, Money(3_000_00, INR))
            deal = offers.offer(work, command, shown=seen.campaign(work, self.campaign))
        self.take(self.people[0], offers.accept, deal.id)
        return deal.deliverables[0].id

    def follow(self, piece_id: UUID, *steps: str) -> None:
        """Take these steps of a piece."""
        for name in steps:
            with begin(self.runtime.database, SYSTEM) as work:
                deal, piece = deals.get_by_piece(work, piece_id)
            dict(self.piece_options(deal, piece))[name]()
            drain(self.runtime)

    def wait(self, hours: int) -> None:
        """Let time pass and the workers work."""
        self.clock.advance(timedelta(hours=hours))
        drain(self.runtime)

    def top_up(self) -> None:
        amount = Money(self.random.randint(1_000_00, 5_000_00), INR)
        self.take(self.brand, funding.fund, FundCampaign(self.campaign, amount, uuid4().hex), RAIL)
        drain(self.runtime)
        self.pay(decline=self.random.random() < 0.3)

    def close(self) -> None:
        rest = self.random.choice(list(Rest))
        if self.random.random() < 0.4:
            self.runtime.rail.order_fault(Operation.REFUND, Fault.REFUSED, 1)
        self.take(self.brand, endings.close_campaign, self.campaign, rest)

    def dispute_charge(self) -> None:
        """Let a bank take back a card payment, or part of it; it decides later, or after the next one."""
        with begin(self.runtime.database, SYSTEM) as work:
            charges = funding.charges(work, self.campaign)
        if charges:
            part = Money(self.random.choice([100_00, 5_000_00, 20_000_00]), INR)
            whole = self.random.random() < 0.3
            charge = self.random.choice(charges)
            ref = self.runtime.rail.dispute(charge, None if whole else self.at_most(charge, part))
            if ref not in self.charged:
                self.charged.append(ref)

    def at_most(self, charge: str, part: Money) -> Money:
        """Return no more than what a card has paid and not got back."""
        with begin(self.runtime.database, SYSTEM) as work:
            row = work.session.scalars(select(Funding).where(Funding.charge_ref == charge)).one()
            return Money(min(part.minor, row.amount_minor - row.refunded_minor), INR)

    def decide_charge(self) -> None:
        ref = self.charged.pop(self.random.randrange(len(self.charged)))
        self.runtime.rail.decide(ref, won=self.random.random() < 0.6)

    def go_where_there_is_money(self) -> None:
        """Begin another campaign where this one has ended."""
        with begin(self.runtime.database, SYSTEM) as work:
            ended = campaigns.get(work, self.campaign).state in {"closed", "settling"}
            frozen = workspaces.workspace_of(work, self.workspace).frozen_at is not None
        if ended and frozen:
            self.operate(freezes.unfreeze_workspace, self.workspace, "walk")
        if ended:
            self.new_campaign()
            drain(self.runtime)


def overdue(walk: Walk, *steps: str) -> None:
    """Let an agreed piece become overdue in the state these steps lead to, and give more days."""
    piece = walk.agreed()
    walk.follow(piece, *steps)
    walk.wait(10 * 24)
    walk.take(walk.brand, pieces.extend, piece, 5)


def gone(walk: Walk) -> str:
    """Let a live post disappear and be missed; returns its link."""
    piece = walk.agreed()
    walk.follow(piece, "submit_draft", "approve", "post")
    with begin(walk.runtime.database, SYSTEM) as work:
        url = deals.get_by_piece(work, piece)[1].post_url
    walk.runtime.network.delete(url)
    for hours in (29, 4, 4):
        walk.wait(hours)
    return url


def restored(walk: Walk) -> None:
    """Let a live post be missed and come back."""
    walk.runtime.network.restore(gone(walk))
    walk.wait(4)


def refund_refused(walk: Walk) -> None:
    """Close a campaign while the rail refuses refunds."""
    walk.runtime.rail.order_fault(Operation.REFUND, Fault.REFUSED, 1)
    walk.take(walk.brand, endings.close_campaign, walk.campaign, Rest.REFUND)
    drain(walk.runtime)


def refunded(walk: Walk) -> None:
    """Close a campaign whose rest goes back to the card."""
    walk.take(walk.brand, endings.close_campaign, walk.campaign, Rest.REFUND)
    drain(walk.runtime)


def paid_out(walk: Walk) -> None:
    """Let every piece of a deal be live until its money is due."""
    first = walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        pieces_of_it = [piece.id for piece in deals.get_by_piece(work, first)[0].deliverables]
    for piece in pieces_of_it:
        walk.follow(piece, "submit_draft", "approve", "post")
    for _ in range(6):
        walk.wait(2 * 24)


def won(walk: Walk) -> None:
    """Let a bank take back a payment and give it back."""
    with begin(walk.runtime.database, SYSTEM) as work:
        (charge,) = funding.charges(work, walk.campaign)
    ref = walk.runtime.rail.dispute(charge)
    drain(walk.runtime)
    walk.runtime.rail.decide(ref, won=True)
    drain(walk.runtime)


def disputed(walk: Walk, *, answered: bool) -> None:
    """Let a brand dispute a deal, and its creator answer, or say nothing until it is too late."""
    piece = walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        deal = deals.get_by_piece(work, piece)[0]
    walk.take(walk.brand, endings.dispute, deal.id, "walk")
    if answered:
        walk.take(walk.people[0], endings.answer_dispute, deal.id, "walk")
    walk.wait(8 * 24)
    walk.operate(endings.resolve, deal.id, "walk", None)


def asking(walk: Walk) -> None:
    """Let a creator ask for more time."""
    walk.ask_more_time(walk.people[0], walk.agreed())


def changed(walk: Walk, verb: Verb | None) -> None:
    """Change what is asked for while a deal is agreed, and let its creator answer."""
    piece = walk.agreed()
    walk.edit((DeliverableKind.STORY,))
    with begin(walk.runtime.database, SYSTEM) as work:
        deal = deals.get_by_piece(work, piece)[0]
    if verb is not None:
        walk.take(walk.people[0], verb, deal.id)


def sent_back(walk: Walk) -> None:
    """Show a post by a picture that its brand does not take."""
    walk.follow(walk.agreed(), "submit_draft", "approve", "claim", "not_right")


def taken_on_trust(walk: Walk, *answer: str) -> None:
    """Show a post by a picture, and let its brand say yes, or nothing."""
    walk.follow(walk.agreed(), "submit_draft", "approve", "claim", *answer)
    walk.wait(4 * 24)


def rejected(walk: Walk) -> None:
    """Hand in a post that does not say that it is an advertisement."""
    piece = walk.agreed()
    walk.follow(piece, "submit_draft", "approve", "bad_post")


def too_late(walk: Walk) -> None:
    """Let a piece become overdue, and nobody do anything about it."""
    walk.agreed()
    for _ in range(5):
        walk.wait(4 * 24)


def payout_refused(walk: Walk) -> None:
    """Let a post be live until its money is due, while the rail refuses payouts."""
    walk.follow(walk.agreed(), "submit_draft", "approve", "post")
    walk.runtime.rail.order_fault(Operation.TRANSFER, Fault.REFUSED, 1)
    walk.wait(6 * 24)


def payout_returned(walk: Walk) -> None:
    """Let what was sent to a creator come back."""
    paid_out(walk)
    with begin(walk.runtime.database, SYSTEM) as work:
        refs = [row.ref for row in work.session.query(Payout)]
    for ref in refs:
        walk.runtime.rail.send_back(ref, "walk")
    drain(walk.runtime)


def refund_failed(walk: Walk) -> None:
    """Let a refund fail after it was sent."""
    refunded(walk)
    with begin(walk.runtime.database, SYSTEM) as work:
        refs = [row.ref for row in work.session.query(Refund)]
    for ref in refs:
        walk.runtime.rail.fail_refund(ref, "walk")
    drain(walk.runtime)


def cancelling(walk: Walk, answer: Callable[..., object] | None) -> None:
    """Let a brand ask to cancel a deal, and its creator answer, or say nothing until it is too late."""
    piece = walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        deal = deals.get_by_piece(work, piece)[0]
    walk.take(walk.brand, endings.ask_to_cancel, deal.id, "walk")
    if answer is not None:
        walk.take(walk.people[0], answer, deal.id)
    walk.wait(4 * 24)


def lost(walk: Walk) -> None:
    """Let a bank take back everything while a deal is agreed."""
    walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        (charge,) = funding.charges(work, walk.campaign)
    ref = walk.runtime.rail.dispute(charge)
    drain(walk.runtime)
    walk.runtime.rail.decide(ref, won=False)
    drain(walk.runtime)


def left(walk: Walk) -> None:
    """Let a creator leave the marketplace in the middle of a deal."""
    walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        erasure.erase(work, walk.people[0])


def lapsed(walk: Walk) -> None:
    """Let a live post disappear and never come back."""
    gone(walk)
    walk.wait(25)


def owing(walk: Walk, act: Callable[[Work, UUID, Money, str], object]) -> None:
    """Let a bank take back what was paid out in part, and an operator end what the brand owes for it."""
    walk.follow(walk.agreed(), "submit_draft", "approve", "post")
    with begin(walk.runtime.database, SYSTEM) as work:
        (charge,) = funding.charges(work, walk.campaign)
    ref = walk.runtime.rail.dispute(charge)
    drain(walk.runtime)
    walk.runtime.rail.decide(ref, won=False)
    drain(walk.runtime)
    with begin(walk.runtime.database, OPERATOR) as work:
        assert waits_for_ever(work) == []
        owed, _, shown = losses.owed(work, walk.campaign)
        act(work, walk.campaign, owed, shown)
        assert tasks.open_tasks(work) == []


def settled(work: Work, campaign_id: UUID, owed: Money, shown: str) -> None:
    losses.settle(work, campaign_id, owed, SettledFrom.BRAND, "wired", shown=shown)


def written_off(work: Work, campaign_id: UUID, _: Money, shown: str) -> None:
    losses.write_off(work, campaign_id, "gone", shown=shown)


def stopped(walk: Walk, freeze: Verb, go_on: Verb) -> None:
    """Stop one side of a deal and let it go on."""
    piece = walk.agreed()
    with begin(walk.runtime.database, SYSTEM) as work:
        deal = deals.get_by_piece(work, piece)[0]
    side = deal.creator_id if freeze is freezes.freeze_creator else walk.workspace
    walk.operate(freeze, side, "walk")
    walk.wait(24)
    walk.operate(go_on, side, "walk")


def silent(walk: Walk, *, sent: bool | None) -> None:
    """Let a deal for a gift wait for its address, the gift, or its arrival, and nobody do anything."""
    deal = walk.given()
    if sent is not None:
        walk.take(walk.people[0], parcels.give_address, deal, "12 Baner")
    if sent:
        walk.take(walk.brand, parcels.send, deal)
    for _ in range(8):
        walk.wait(2 * 24)


def missed(walk: Walk) -> None:
    """Send a gift that does not arrive, send it again, and let it arrive."""
    deal = walk.given()
    walk.take(walk.people[0], parcels.give_address, deal, "12 Baner")
    for verb in (parcels.not_arrived, parcels.arrived):
        walk.take(walk.brand, parcels.send, deal)
        walk.take(walk.people[0], verb, deal)


CORNERS: dict[str, Callable[[Walk], None]] = {
    "deal.cancel_by_system": left,
    "deal.cancel_unfunded": lost,
    "deal.cancel_agree": lambda walk: cancelling(walk, Walk.agree),
    "deal.cancel_refuse": lambda walk: cancelling(walk, Walk.refuse),
    "deal.stop_with_workspace": lambda w: stopped(w, freezes.freeze_workspace, freezes.unfreeze_workspace),
    "deal.stop_with_creator": lambda w: stopped(w, freezes.freeze_creator, freezes.unfreeze_creator),
    "deal.cancel_by_silence": lambda walk: cancelling(walk, None),
    **dict.fromkeys(("deal.no_address", "deal.remind_address"), partial(silent, sent=None)),
    **dict.fromkeys(("deal.not_sent", "deal.remind_to_send"), partial(silent, sent=False)),
    **dict.fromkeys(("deal.arrived_by_silence", "deal.remind_arrival"), partial(silent, sent=True)),
    **dict.fromkeys(("deal.gift_arrived", "deal.not_arrived"), missed),
    "deal.call_off": lambda walk: walk.take(walk.brand, parcels.call_off, walk.given(), "walk"),
    "deliverable.ask_more_time": asking,
    "deliverable.refuse_post": sent_back,
    "deliverable.confirm_post": lambda walk: taken_on_trust(walk, "confirm"),
    "deliverable.confirm_by_silence": taken_on_trust,
    "deal.ask_brief": lambda walk: changed(walk, None),
    "deal.agree_brief": lambda walk: changed(walk, walk.take_brief),
    "deal.refuse_brief": lambda walk: changed(walk, walk.keep_brief),
    "deliverable.leave_out": lambda walk: changed(walk, walk.take_brief),
    "deliverable.lapse": lapsed,
    "deliverable.extend_draft": overdue,
    "deliverable.extend_changes": lambda walk: overdue(walk, "submit_draft", "changes"),
    "deliverable.extend_post": lambda walk: overdue(walk, "submit_draft", "approve"),
    "deliverable.restore": restored,
    "deal.go_on_with_workspace": lambda w: stopped(w, freezes.freeze_workspace, freezes.unfreeze_workspace),
    "deal.go_on_with_creator": lambda w: stopped(w, freezes.freeze_creator, freezes.unfreeze_creator),
    "deal.dispute_answer": lambda walk: disputed(walk, answered=True),
    "deal.dispute_unanswered": lambda walk: disputed(walk, answered=False),
    "deal.complete": paid_out,
    "deliverable.cancel_overdue": too_late,
    "deliverable.reject_post": rejected,
    "chargeback_won": won,
    "refund_sent": refunded,
    "refund_refused": refund_refused,
    "payout_refused": payout_refused,
    "payout_returned": payout_returned,
    "refund_failed": refund_failed,
    "loss_settled": lambda walk: owing(walk, settled),
    "write_off": lambda walk: owing(walk, written_off),
}


def count(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        REACHED.update(deals.steps_taken(work))
        POSTED.update({str(kind): number for kind, number in ledger.counts(work).items()})


@pytest.mark.slow(seconds=130)
def test_nothing_breaks_in_two_thousand_steps(
    runtime: Runtime, clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    @settings(
        max_examples=WALKS,
        deadline=None,
        database=None,
        derandomize="WALKS" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32))
    def walk(seed: int) -> None:
        empty(runtime.database)
        clock.now = MORNING
        one = Walk(runtime, clock, Random(seed), done=Counter(TRIED))
        dice = Random(seed).randbytes  # ids and references come from here, and rows in their order
        with patch.object(os, "urandom", dice), patch.object(random, "_urandom", dice):
            one.walk()
        TRIED.update(one.done - TRIED)
        count(runtime)

    walk()
    steps = {f"deal.{name}" for name in DEAL.transitions}
    steps |= {f"deliverable.{name}" for name in DELIVERABLE.transitions}
    kinds = {str(kind) for kind in PostingKind}
    for corner, guide in CORNERS.items():  # a rare corner that chance did not find is walked to on purpose
        if corner not in {**REACHED, **POSTED}:
            empty(runtime.database)
            clock.now = MORNING
            one = Walk(runtime, clock, Random(corner))
            one.begin()
            guide(one)
            count(runtime)
    with capsys.disabled():
        print(f"\n{sum(TRIED.values())} steps over both processes")
        for counts in (REACHED, POSTED):
            print("  " + ", ".join(f"{name} {count}" for name, count in sorted(counts.items())))
    assert steps - set(REACHED) == set()
    assert kinds - set(POSTED) == set()
