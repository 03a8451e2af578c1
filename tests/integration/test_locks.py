"""One order of locks, the campaign first: nobody waits for somebody who waits for them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from psycopg.errors import DeadlockDetected
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from core.accounts import people
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import offers
from core.deals.schemas import MakeOffer
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.vocabulary import Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.payments import funding
from core.payments.schemas import FundCampaign
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, RAIL, World
from workers import keeping, rounds

OFFERING, ROUNDS, TOP_UPS = 4, 12, 10


@contextmanager
def campaigns_locked(database: Database) -> Iterator[list[UUID]]:
    """Note the campaigns that are locked while this is open, in the order they are asked for."""
    locked: list[UUID] = []

    def note(_: object, __: object, statement: str, parameters: dict[str, object], *___: object) -> None:
        if "FROM campaign" in statement and "FOR UPDATE" in statement:
            locked.extend(value for value in parameters.values() if isinstance(value, UUID))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield locked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def hire(world: World, number: int) -> UUID:
    with begin(world.runtime.database, SYSTEM) as work:
        person = people.register(work, f"Creator {number}").id
        account = SocialAccountView(Platform.INSTAGRAM, f"c{number}", 9_000, 200, None)
        return creators.join(work, person, SaveProfile(country="IN", accounts=(account,))).id


def top_ups(world: World) -> list[str]:
    """Open checkouts and pay them at the provider; what it says of them is still to be taken in."""
    for _ in range(TOP_UPS):
        with begin(world.runtime.database, Actor.person(world.brand)) as work:
            shown = seen.funding(work, world.campaign)
            funding.fund(
                work, FundCampaign(world.campaign, Money(100_00, INR), uuid4().hex), RAIL, shown=shown
            )
    for promise in rounds.claim(world.runtime):
        keeping.keep(world.runtime, promise)
    with begin(world.runtime.database, SYSTEM) as work:
        refs = funding.open_checkouts(work, world.campaign)
    for ref in refs:
        world.runtime.rail.pay(ref)
    return refs


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def deadlocks(hands: list[Callable[[], None]]) -> list[DBAPIError]:
    """Let all hands work at once; return what the database had to stop."""
    found: list[DBAPIError] = []

    def counted(hand: Callable[[], None]) -> None:
        try:
            hand()
        except DomainError:
            return  # frozen meanwhile: said, and nothing half done
        except DBAPIError as error:
            if not isinstance(error.orig, DeadlockDetected):
                raise
            found.append(error)

    with ThreadPoolExecutor(len(hands)) as pool:
        list(pool.map(counted, hands))
    return found


def test_offers_and_money_coming_in_never_wait_for_each_other(world: World) -> None:
    database, rail = world.runtime.database, world.runtime.rail
    creators_hired = [hire(world, number) for number in range(OFFERING)]
    refs = top_ups(world)
    with begin(database, SYSTEM) as work:
        (charge, *_) = funding.charges(work, world.campaign)

    def offering(creator: UUID) -> Callable[[], None]:
        def hand() -> None:
            for _ in range(ROUNDS):
                with begin(database, Actor.person(world.brand)) as work:
                    command = MakeOffer(world.campaign, creator, Money(500_00, INR))
                    made = offers.offer(work, command, shown=seen.campaign(work, world.campaign)).id
                with begin(database, Actor.person(world.brand)) as work:
                    offers.withdraw(work, made, shown=seen.deal(work, made))

        return hand

    def taking_in() -> None:
        for ref in refs:
            checkout = rail.read_checkout(ref)
            with begin(database, SYSTEM) as work:
                funding.checkout_seen(work, checkout)

    def disputing() -> None:
        ref = rail.dispute(charge)
        rounds.sweep_rail(world.runtime)
        rail.decide(ref, won=True)
        rounds.sweep_rail(world.runtime)

    assert deadlocks([*map(offering, creators_hired), taking_in, taking_in, disputing]) == []
    drain(world.runtime)
    with begin(database, SYSTEM) as work:
        assert ledger.violations(work) == []
