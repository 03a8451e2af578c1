"""Which payment provider a promise is kept with, and what is asked of it before anything is promised."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from api import app as web
from core.accounts import people, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.deals import endings
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import OutsideCallInsideWork, begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Posting
from core.ledger.states import AccountKind, PostingKind
from core.messaging import outbox
from core.payments import funding, payee_accounts, payouts
from core.payments.errors import CountryNotPaid, CurrencyNotTaken, RailNotConnected, RailRefused
from core.payments.models import Funding, PayeeChange, Payout, Refund
from core.payments.rails import choose as rails
from core.payments.rails.choose import Rails
from core.payments.rails.port import Order, RailFacts
from core.payments.rails.sandbox import Fault, Operation, SandboxRail
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from core.settings import PlayInProduction
from market import doctor
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import confirmed, drain
from workers import rounds

INR = Currency.INR


class Real(SandboxRail):
    """A second provider: it takes rupees only, pays into India only, and nothing below ₹500."""

    facts = RailFacts(
        "real",
        play_money=False,
        currencies=frozenset({INR}),
        payee_countries=frozenset({"IN"}),
        payout_minimums={INR: 500_00},
    )


class Market:
    """A brand, a creator, and a process whose new promises are made on `present`."""

    def __init__(self, runtime: Runtime, present: SandboxRail, *others: SandboxRail) -> None:
        self.database = runtime.database
        self.runtime = parts.build(runtime.settings, runtime.database, Rails(present, *others))
        self.rail = present.facts
        with begin(self.database, SYSTEM) as work:
            self.brand = people.register(work, "Brand").id
            self.creator_person = people.register(work, "Creator").id
            own = work.acting_as(Actor.person(self.brand))
            opened = OpenWorkspace("Brand", WorkspaceKind.BRAND, INR, "IN")
            self.workspace = workspaces.open_workspace(own, opened).id

    def move_to(self, present: SandboxRail, *others: SandboxRail) -> None:
        """Choose another rail for what is new."""
        self.runtime = parts.build(self.runtime.settings, self.database, Rails(present, *others))
        self.rail = present.facts

    def campaign(self, currency: Currency = INR) -> UUID:
        brief = Brief(text="tea", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
        with begin(self.database, Actor.person(self.brand)) as work:
            draft = DraftCampaign(self.workspace, "Tea", Money(1_000_00, currency), brief, uuid4().hex)
            return campaigns.draft(work, draft).id

    def fund(self, campaign: UUID) -> str:
        """Pay the campaign's budget by card; returns the charge."""
        with begin(self.database, Actor.person(self.brand)) as work:
            command = FundCampaign(campaign, Money(1_000_00, INR), uuid4().hex)
            funding.fund(work, command, self.rail, shown=seen.funding(work, campaign))
        drain(self.runtime)
        with begin(self.database, SYSTEM) as work:
            (ref,) = funding.open_checkouts(work, campaign)
        self.runtime.rail.pay(ref)
        drain(self.runtime)
        with begin(self.database, SYSTEM) as work:
            (charge,) = funding.charges(work, campaign)
        return charge


def _rails(runtime: Runtime) -> tuple[SandboxRail, Real]:
    return runtime.rail, Real(runtime.database, runtime.settings.public_url)


def test_old_money_goes_back_by_the_rail_it_came_by(runtime: Runtime) -> None:
    play, real = _rails(runtime)
    market = Market(runtime, play)
    old = market.campaign()
    market.fund(old)
    market.move_to(real, play)
    with begin(market.database, Actor.person(market.brand)) as work:
        endings.close_campaign(work, old, Rest.REFUND, shown=seen.closing(work, old))
        assert [row.rail for row in work.session.query(Refund)] == ["sandbox"]
    new = market.campaign()
    market.fund(new)
    drain(market.runtime)
    with begin(market.database, SYSTEM) as work:
        assert sorted(row.rail for row in work.session.query(Funding)) == ["real", "sandbox"]
        assert [row.state for row in work.session.query(Refund)] == ["sent"]
        assert campaigns.get(work, old).state == "closed"


def test_a_promise_on_a_rail_that_is_gone_waits_and_is_not_kept_with_another(runtime: Runtime) -> None:
    play, real = _rails(runtime)
    market = Market(runtime, play)
    campaign = market.campaign()
    market.fund(campaign)
    market.move_to(real)
    with begin(market.database, Actor.person(market.brand)) as work:
        endings.close_campaign(work, campaign, Rest.REFUND, shown=seen.closing(work, campaign))
    rounds.pass_once(market.runtime)
    with begin(market.database, SYSTEM) as work:
        assert [row.state for row in work.session.query(Refund)] == ["asked"]
        assert outbox.unkept(work) >= 1
    with pytest.raises(RailNotConnected):
        market.runtime.rails.named("sandbox")


def test_a_rail_is_asked_for_no_currency_that_it_does_not_take(runtime: Runtime) -> None:
    _, real = _rails(runtime)
    market = Market(runtime, real)
    campaign = market.campaign(Currency.USD)
    with begin(market.database, Actor.person(market.brand)) as work:
        command = FundCampaign(campaign, Money(1_000_00, Currency.USD), uuid4().hex)
        with pytest.raises(CurrencyNotTaken):
            funding.fund(work, command, market.rail, shown=seen.funding(work, campaign))


@pytest.mark.parametrize(("country", "paid"), [("IN", "paid"), ("", "paid"), ("US", "not")])
def test_a_rail_is_asked_for_no_country_that_it_does_not_pay_into(
    runtime: Runtime, country: str, paid: str
) -> None:
    assert Real.facts.pays_in(country) is (paid == "paid")
    assert SandboxRail.facts.pays_in(country)
    market = Market(runtime, _rails(runtime)[1])
    with begin(market.database, Actor.person(market.creator_person)) as work:
        creator = creators.join(work, market.creator_person, SaveProfile(country=country)).id
        shown = seen.payee(work, creator)
        if paid == "paid":
            payee_accounts.set_up_payee(work, "upi", market.rail, shown=shown)
            assert work.session.query(PayeeChange).one().rail == "real"
        else:
            with pytest.raises(CountryNotPaid):
                payee_accounts.set_up_payee(work, "upi", market.rail, shown=shown)


def test_what_is_less_than_a_rail_sends_waits_until_more_is_due(runtime: Runtime, clock: SetClock) -> None:
    market = Market(runtime, _rails(runtime)[1])
    market.fund(market.campaign())
    with begin(market.database, Actor.person(market.creator_person)) as work:
        creator = creators.join(work, market.creator_person, SaveProfile(country="IN")).id
        payee_accounts.set_up_payee(work, "upi", market.rail, shown=seen.payee(work, creator))
    confirmed(market.runtime)
    for day, due, sent in [(1, 499_99, 0), (2, 1, 1), (3, 499_99, 1)]:
        with begin(market.database, SYSTEM) as work:
            amount = Money(due, INR)
            source, payable = (
                Account(AccountKind.SUSPENSE, INR),
                Account(AccountKind.CREATOR_PAYABLE, INR, creator),
            )
            lines = ledger.transfer_lines(source, payable, amount)
            ledger.post(work, Posting(PostingKind.RELEASE, f"day:{day}", lines, "test", "test"))
            payouts.payable(work, creator, amount, f"day:{day}", delay_days=0)
            assert payouts.due_payouts(work, market.runtime.rails.facts()) == int(day == 2)
        drain(market.runtime)
        with begin(market.database, SYSTEM) as work:
            assert [row.rail for row in work.session.query(Payout)] == ["real"] * sent
    with begin(market.database, SYSTEM) as work:
        (wallet,) = payouts.wallets(work, creator)
        assert (wallet.paid_out, wallet.available) == (Money(500_00, INR), Money(499_99, INR))


PRODUCTION = [
    ({"payment_rail": "sandbox"}, "Production does not run on play vendors: PAYMENT_RAIL is sandbox."),
    ({"social_networks": "sandbox"}, "Production does not run on play vendors: SOCIAL_NETWORKS is sandbox."),
]


@pytest.mark.parametrize(("chosen", "sentence"), PRODUCTION)
def test_production_does_not_start_on_play_vendors(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str], sentence: str
) -> None:
    monkeypatch.setitem(rails.RAILS, "sandbox", SandboxRail if "payment_rail" in chosen else Real)
    settings = runtime.settings.model_copy(update={"environment": "production", **chosen})
    with pytest.raises(PlayInProduction) as refused:
        parts.check(settings)
    assert str(refused.value) == sentence
    with pytest.raises(PlayInProduction):
        parts.build(settings, runtime.database)
    bad = {finding.what for finding in doctor.vendors(settings) if not finding.good}
    assert ("Payments" in bad, "Networks" in bad) == ("payment_rail" in chosen, True)


def test_staging_may_play(runtime: Runtime) -> None:
    assert all(finding.good for finding in doctor.vendors(runtime.settings))


PRODUCTION_OF_PLAY = """
import sys
from bots.doors import registry
settings = registry.load().model_copy(update={"environment": "production"})
registry.load = lambda: settings
"""


@pytest.mark.parametrize(
    "start",
    [
        "sys.argv = ['market', 'start']; from market import cli; cli.main()",
        "from api.app import serve; serve()",
        "import workers.app",
    ],
)
def test_every_process_refuses_in_one_sentence(tmp_path: Path, start: str) -> None:
    done = subprocess.run(  # noqa: S603  (our own interpreter and words)
        [sys.executable, "-c", PRODUCTION_OF_PLAY + start],
        env={**os.environ, "STATE_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Production does not run on play vendors: PAYMENT_RAIL is sandbox." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("environment", ["sandbox", "staging"])
def test_the_chat_page_names_play_money_where_the_rail_is_play_and_nowhere_else(
    runtime: Runtime, environment: str
) -> None:
    play, real = _rails(runtime)
    settings = runtime.settings.model_copy(update={"environment": environment})
    for present, named in ((play, True), (real, False)):
        process = parts.build(settings, runtime.database, Rails(present, play))
        with TestClient(web.create(process)) as client:
            shown = client.post("/enter")  # and on to the chat it opens
            assert shown.url.path.startswith("/chat/guest-")
            assert ("Play money" in shown.text) is named


def test_a_card_that_is_declined_costs_no_fee(runtime: Runtime) -> None:
    rail = runtime.rail
    declined = rail.open_checkout(Money(100_00, INR), "a", "d")
    paid = rail.open_checkout(Money(100_00, INR), "a", "p")
    assert rail.pay(declined.ref, decline=True).fee == Money(0, INR)
    assert rail.pay(paid.ref).fee == Money(2_00, INR)


def test_a_transfer_beyond_the_platform_s_balance_is_its_own_trouble_and_one_to_nobody_is_not(
    runtime: Runtime,
) -> None:
    rail = runtime.rail
    payee = rail.onboard_payee("A", "a").ref
    for to, ours in (
        (payee, True),
        ("acct_nobody", False),
        (rail.open_checkout(Money(1_00, INR), "a", "c").ref, False),
    ):
        with pytest.raises(RailRefused) as refused:
            rail.transfer(Order(to, Money(1_00, INR), "m"), f"t:{to}")
        assert refused.value.facts["ours"] is ours
        assert not refused.value.facts["heals"]


OUTSIDE: dict[str, Callable[[SandboxRail], object]] = {
    "open_checkout": lambda rail: rail.open_checkout(Money(1_00, INR), "a", "k"),
    "read_checkout": lambda rail: rail.read_checkout("cs_x"),
    "pay": lambda rail: rail.pay("cs_x"),
    "dispute": lambda rail: rail.dispute("charge_x"),
    "decide": lambda rail: rail.decide("cb_x", won=True),
    "read_chargeback": lambda rail: rail.read_chargeback("cb_x"),
    "onboard_payee": lambda rail: rail.onboard_payee("a", "k"),
    "transfer": lambda rail: rail.transfer(Order("acct_x", Money(1_00, INR), "m"), "k"),
    "read_transfer": lambda rail: rail.read_transfer("tr_x"),
    "find_transfer": lambda rail: rail.find_transfer(Order("acct_x", Money(1_00, INR), "m")),
    "send_back": lambda rail: rail.send_back("tr_x", "x"),
    "refund": lambda rail: rail.refund(Order("charge_x", Money(1_00, INR), "m"), "k"),
    "read_refund": lambda rail: rail.read_refund("re_x"),
    "find_refund": lambda rail: rail.find_refund(Order("charge_x", Money(1_00, INR), "m")),
    "fail_refund": lambda rail: rail.fail_refund("re_x", "x"),
    "events": lambda rail: rail.events("", 1),
    "balance": lambda rail: rail.balance(INR),
    "order_fault": lambda rail: rail.order_fault(Operation.REFUND, Fault.UNANSWERED, 1),
}


@pytest.mark.parametrize("verb", OUTSIDE)
def test_no_rail_is_called_within_a_transaction(runtime: Runtime, verb: str) -> None:
    public = {name for name in vars(SandboxRail) if not name.startswith("_")} - {"facts"}
    assert public == set(OUTSIDE)
    with begin(runtime.database, SYSTEM), pytest.raises(OutsideCallInsideWork):
        OUTSIDE[verb](runtime.rail)
