"""What a bank takes beyond the money of its campaign: owed by the brand, settled, or written off by two."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create
from core.campaigns import service as campaigns
from core.deals import endings
from core.deals import views as deals
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Currency, Money
from core.kit.work import begin
from core.ledger import service as ledger
from core.ledger.schemas import Posting
from core.ledger.states import AccountKind, PostingKind
from core.operators import tasks
from core.operators.errors import TaskEndsByAnAct
from core.operators.states import StaffRole, Subject
from core.payments import books, funding, losses
from core.payments.errors import NothingOwed, SettledOutOfRange
from core.payments.states import Rest, SettledFrom
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, staff_key
from tests.integration.test_payments_chargebacks import Paid
from tests.integration.test_posts import posted
from tests.integration.test_races import INR, World

STAFF = Actor.operator("mira")
OWED = 1_500_00  # the first half of a reel of 3,000


class Lost(World):
    """A campaign whose only card was taken back when half of a reel had been released."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        posted(self, runtime)
        drain(runtime)
        with begin(runtime.database, SYSTEM) as work:
            (charge,) = funding.charges(work, self.campaign)
        ref = runtime.rail.dispute(charge)
        drain(runtime)
        runtime.rail.decide(ref, won=False)
        drain(runtime)

    def total(self, kind: AccountKind) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            assert ledger.violations(work) == []
            assert deals.money_of(work, self.campaign).adds_up
            return ledger.total(work, kind, INR).minor

    def tasks(self) -> list[tuple[str, bool, str]]:
        with begin(self.runtime.database, SYSTEM) as work:
            found = tasks.about(work, Subject.CAMPAIGN, self.campaign)
            return [(task.kind, task.closed_at is None, task.outcome) for task in found]

    def shown(self) -> str:
        with begin(self.runtime.database, SYSTEM) as work:
            return losses.owed(work, self.campaign)[2]

    def settle(self, minor: int, source: SettledFrom, currency: Currency = INR, shown: str = "") -> int:
        shown = shown or self.shown()
        with begin(self.runtime.database, STAFF) as work:
            amount = Money(minor, currency)
            return losses.settle(work, self.campaign, amount, source, "wired", shown=shown).minor

    def give_credit(self, minor: int) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            campaign = campaigns.get(work, self.campaign)
            clearing = books.platform(AccountKind.RAIL_CLEARING, INR)
            lines = ledger.transfer_lines(clearing, books.credit(campaign), Money(minor, INR))
            ledger.post(work, Posting(PostingKind.CREDIT_KEPT, "test", lines, "test", "1"))


@pytest.fixture
def lost(runtime: Runtime) -> Lost:
    return Lost(runtime)


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime)) as found:
        yield found


def test_what_the_bank_took_beyond_the_campaign_is_owed_and_before_the_operators(lost: Lost) -> None:
    assert lost.total(AccountKind.BRAND_RECEIVABLE) == OWED
    assert lost.total(AccountKind.CHARGEBACK_LOSS) == 0
    assert lost.tasks() == [("loss_open", True, "")]
    with begin(lost.runtime.database, SYSTEM) as work:
        money = deals.money_of(work, lost.campaign)
        assert (money.paid_in.minor, money.lost_to_chargebacks.minor) == (10_000_00, 8_500_00)
        (task,) = tasks.open_tasks(work)
        assert task.facts == {"amount_minor": OWED, "owed_minor": OWED, "currency": "INR"}
        with pytest.raises(TaskEndsByAnAct):
            tasks.close(work.acting_as(STAFF), task.id, "looks fine")


@pytest.mark.parametrize("source", [SettledFrom.BRAND, SettledFrom.CREATOR])
def test_money_that_came_to_our_own_account_settles_what_is_owed_in_parts(
    lost: Lost, source: SettledFrom
) -> None:
    clearing = lost.total(AccountKind.RAIL_CLEARING)
    assert lost.settle(500_00, source) == OWED - 500_00
    assert lost.tasks() == [("loss_open", True, "")]
    assert lost.settle(OWED - 500_00, source) == 0
    assert lost.tasks() == [("loss_open", False, "wired")]
    assert lost.total(AccountKind.BRAND_RECEIVABLE) == 0
    assert lost.total(AccountKind.RAIL_CLEARING) == clearing + OWED


def test_what_is_owed_is_taken_from_the_brand_s_credit_as_far_as_it_goes(lost: Lost) -> None:
    with pytest.raises(SettledOutOfRange):
        lost.settle(1, SettledFrom.CREDIT)
    lost.give_credit(600_00)
    with pytest.raises(SettledOutOfRange):
        lost.settle(600_01, SettledFrom.CREDIT)
    assert lost.settle(600_00, SettledFrom.CREDIT) == OWED - 600_00
    assert lost.total(AccountKind.WORKSPACE_CREDIT) == 0


# minor units, currency, what was shown -> the error
REFUSED: list[tuple[int, Currency, str, type[DomainError]]] = [
    (0, INR, "", SettledOutOfRange),
    (-1, INR, "", SettledOutOfRange),
    (OWED + 1, INR, "", SettledOutOfRange),
    (100, Currency.USD, "", SettledOutOfRange),
    (100, INR, "an older card", ShownChanged),
]


@pytest.mark.parametrize(("minor", "currency", "shown", "error"), REFUSED)
def test_nothing_else_settles_it(
    lost: Lost, minor: int, currency: Currency, shown: str, error: type[DomainError]
) -> None:
    with pytest.raises(error):
        lost.settle(minor, SettledFrom.BRAND, currency, shown)
    assert lost.total(AccountKind.BRAND_RECEIVABLE) == OWED


def test_a_campaign_that_lost_nothing_owes_nothing(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, STAFF) as work:
        for act in (losses.owed, lambda work, about: losses.write_off(work, about, "x", shown="x")):
            with pytest.raises(NothingOwed):
                act(work, world.campaign)


def test_two_people_write_a_loss_off_and_the_platform_bears_it(lost: Lost, client: TestClient) -> None:
    mira, noor = (
        {"Authorization": f"Bearer {staff_key(lost.runtime.database, name, StaffRole.MONEY)}"}
        for name in ("mira", "noor")
    )
    path = f"/admin/campaigns/{lost.campaign}/loss"
    seen = client.get(path, headers=mira).json()
    assert (seen["owed"]["minor"], seen["credit"]["minor"]) == (OWED, 0)
    body = {"reason": "the brand is gone", "shown": seen["shown"]}
    assert client.post(f"{path}/write_off", json=body | {"shown": "x" * 10}, headers=mira).status_code == 409
    proposal = client.post(f"{path}/write_off", json=body, headers=mira).json()
    assert lost.total(AccountKind.BRAND_RECEIVABLE) == OWED
    confirm = f"/admin/proposals/{proposal['id']}/confirm"
    assert client.post(confirm, json={"reason": "me too"}, headers=mira).status_code == 403
    assert client.post(confirm, json={"reason": "looked at it"}, headers=noor).status_code == 200
    assert lost.total(AccountKind.BRAND_RECEIVABLE) == 0
    assert lost.total(AccountKind.CHARGEBACK_LOSS) == OWED
    assert lost.tasks() == [("loss_open", False, "the brand is gone")]
    again = client.post(f"{path}/write_off", json=body, headers=mira)
    assert again.status_code == 409


def test_a_proposal_whose_loss_was_settled_in_part_is_not_carried_out(lost: Lost, client: TestClient) -> None:
    mira, noor = (
        {"Authorization": f"Bearer {staff_key(lost.runtime.database, name, StaffRole.MONEY)}"}
        for name in ("mira", "noor")
    )
    path = f"/admin/campaigns/{lost.campaign}/loss"
    shown = client.get(path, headers=mira).json()["shown"]
    body = {"reason": "the brand is gone", "shown": shown}
    proposal = client.post(f"{path}/write_off", json=body, headers=mira).json()
    settled = {
        "amount_minor": 500_00,
        "currency": "INR",
        "source": "brand",
        "reason": "wired",
        "shown": shown,
    }
    found = client.post(f"{path}/settle", json=settled, headers=noor).json()
    assert found["still_owed"]["minor"] == OWED - 500_00
    confirm = f"/admin/proposals/{proposal['id']}/confirm"
    assert client.post(confirm, json={"reason": "looked at it"}, headers=noor).status_code == 409
    assert lost.total(AccountKind.CHARGEBACK_LOSS) == 0


def test_two_cards_lost_after_closing_with_credit_are_two_tasks_and_the_credit_settles_both(
    runtime: Runtime, clock: SetClock
) -> None:
    paid = Paid(runtime, clock)
    with begin(runtime.database, Actor.person(paid.brand)) as work:
        shown = seen.closing(work, paid.campaign)
        endings.close_campaign(work, paid.campaign, Rest.CREDIT, shown=shown)
    for charge in (paid.first, paid.second):
        (ref,) = paid.dispute(charge)
        paid.decide(ref, won=False)
    assert paid.state() == "closed"
    with begin(runtime.database, STAFF) as work:
        assert [task.facts["owed_minor"] for task in tasks.open_tasks(work)] == [5_000_00, 10_000_00]
        owed, credit, mark = losses.owed(work, paid.campaign)
        assert (owed.minor, credit.minor) == (10_000_00, 10_000_00)
        losses.settle(work, paid.campaign, owed, SettledFrom.CREDIT, "its credit", shown=mark)
        assert tasks.open_tasks(work) == []
    for kind in (AccountKind.BRAND_RECEIVABLE, AccountKind.WORKSPACE_CREDIT, AccountKind.CHARGEBACK_LOSS):
        assert paid.total(kind) == 0


def test_a_card_disputed_after_its_refund_has_nothing_to_lose(runtime: Runtime, clock: SetClock) -> None:
    paid = Paid(runtime, clock)
    with begin(runtime.database, Actor.person(paid.brand)) as work:
        shown = seen.closing(work, paid.campaign)
        endings.close_campaign(work, paid.campaign, Rest.REFUND, shown=shown)
    drain(runtime)
    (ref,) = paid.dispute(paid.first)
    paid.decide(ref, won=False)
    assert paid.state() == "closed"
    assert paid.total(AccountKind.BRAND_RECEIVABLE) == paid.total(AccountKind.DISPUTE_RECEIVABLE) == 0
