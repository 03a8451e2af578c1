"""What a step of a deal costs the database: so many statements, whatever the deal."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from core.accounts import people
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import chargebacks, clocks, endings, freezes, offers, pieces
from core.deals import views as deals
from core.deals.schemas import MakeOffer, SubmitDraft
from core.deals.states import DealState
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.networks.sandbox import NewPost
from core.payments import funding
from core.posts import service as posts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import INR, World
from tests.integration.test_standing import OPERATOR, Stage

MOST = 15
"""What each verb may cost, all that it reads, writes and tells included. `complete` is two steps, the piece's
and its deal's; `accept` is as many as the deal has pieces, and one; `verify` begins with a look."""
CHARGEBACK_MOST = 60


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that are sent to the database by who has nobody's key at hand."""
    sent: list[str] = []
    assert database.keys is not None
    database.keys.drop_all()

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:  # noqa: ANN401  (SQLAlchemy's own)
        sent.append(" ".join(statement.split())[:150])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def look(runtime: Runtime, at: Callable[[Work, UUID], str], what: UUID) -> str:
    """Look at something, as the card that is pressed did before."""
    with begin(runtime.database, SYSTEM) as work:
        return at(work, what)


def test_a_step_of_a_deal_costs_so_many_statements_at_most(runtime: Runtime, clock: SetClock) -> None:
    world, costs = World(runtime), {}
    brand, person = Actor.person(world.brand), Actor.person(world.person)
    shown = look(runtime, seen.campaign, world.campaign)
    with counted(runtime.database) as sent, begin(runtime.database, brand) as work:
        command = MakeOffer(world.campaign, world.creator, Money(3_000_00, INR))
        deal = offers.offer(work, command, shown=shown)
    costs["offer"] = sent
    piece = deal.deliverables[0].id
    shown = look(runtime, seen.deal, deal.id)
    with counted(runtime.database) as sent, begin(runtime.database, person) as work:
        offers.accept(work, deal.id, shown=shown)
    costs["accept"] = sent
    with begin(runtime.database, person) as work:
        pieces.submit_draft(work, SubmitDraft(piece, "#ad look"), shown=seen.piece(work, piece))
    shown = look(runtime, seen.piece, piece)
    with counted(runtime.database) as sent, begin(runtime.database, brand) as work:
        pieces.approve_draft(work, piece, shown=shown)
    costs["approve"] = sent
    post = NewPost(Platform.INSTAGRAM, "c", DeliverableKind.REEL, "#ad look", 9_000)
    link = runtime.network.publish(post, uuid4().hex)
    with begin(runtime.database, person) as work:
        posts.submit(work, piece, link, runtime.networks, shown=seen.piece(work, piece))
    reading = runtime.network.read(link, clock.now)
    with counted(runtime.database) as sent, begin(runtime.database, SYSTEM) as work:
        posts.seen(work, piece, reading)
    costs["verify"] = sent
    drain(runtime)
    clock.advance(timedelta(hours=167))
    drain(runtime)
    clock.advance(timedelta(hours=1))
    with begin(runtime.database, CLOCK) as work:
        ((timer, _),) = clocks.due_timers(work)
    with counted(runtime.database) as sent, begin(runtime.database, CLOCK) as work:
        assert clocks.fire(work, timer, deal.id)
    costs["complete"] = sent
    with begin(runtime.database, SYSTEM) as work:
        assert deals.get(work, deal.id).state is DealState.COMPLETED
    over = {step: sent for step, sent in costs.items() if len(sent) > MOST}
    assert over == {}, "\n".join(f"{step} {len(sent)}: " + "\n  ".join(sent) for step, sent in over.items())


class Crowd(World):
    """A campaign with many open deals of one unit more than a piece costs."""

    def fill(self, number: int) -> None:
        """Bring some deals to an agreement, and offer as many more."""
        crowd = []
        with begin(self.runtime.database, SYSTEM) as work:
            for n in range(number):
                person = people.register(work, f"C{n}").id
                account = SocialAccountView(Platform.INSTAGRAM, f"c{n}", 9_000, 200, None)
                profile = SaveProfile(country="IN", accounts=(account,))
                crowd.append((person, creators.join(work, person, profile).id))
        for start in range(0, number, 50):
            with begin(self.runtime.database, Actor.person(self.brand)) as work:
                for n, (person, creator) in enumerate(crowd[start : start + 50]):
                    command = MakeOffer(self.campaign, creator, Money(10_00, INR))
                    deal = offers.offer(work, command, shown=seen.campaign(work, self.campaign))
                    if n % 2:
                        own = work.acting_as(Actor.person(person))
                        offers.accept(own, deal.id, shown=seen.deal(own, deal.id))

    def hear_of(self, ref: str) -> list[str]:
        """Take in what the bank says; returns the statements."""
        chargeback = self.runtime.rail.read_chargeback(ref)
        with begin(self.runtime.database, SYSTEM) as work, counted(self.runtime.database) as sent:
            chargebacks.seen(work, chargeback)
            work.session.flush()
        return sent


def cost(runtime: Runtime, number: int, *, won: bool) -> tuple[int, int]:
    """Return how many statements it costs to freeze so many deals, and to decide."""
    crowd = Crowd(runtime)
    crowd.fill(number)
    with begin(runtime.database, SYSTEM) as work:
        (charge,) = funding.charges(work, crowd.campaign)
    ref = runtime.rail.dispute(charge)
    freezing = crowd.hear_of(ref)
    with begin(runtime.database, SYSTEM) as work:
        assert {deal.stands_for for deal in deals.of_campaign(work, crowd.campaign)} == {("chargeback",)}
    runtime.rail.decide(ref, won=won)
    deciding = crowd.hear_of(ref)
    with begin(runtime.database, SYSTEM) as work:
        ended = {deal.state for deal in deals.of_campaign(work, crowd.campaign)}
        assert ended == ({DealState.OFFERED, DealState.AGREED} if won else {DealState.CANCELLED})
        assert ledger.violations(work) == []
    return len(freezing), len(deciding)


@pytest.mark.parametrize("won", [False, True])
def test_a_chargeback_costs_as_many_statements_for_six_deals_as_for_thirty(
    runtime: Runtime, *, won: bool
) -> None:
    few, many = cost(runtime, 6, won=won), cost(runtime, 30, won=won)
    assert few == many
    assert max(many) <= CHARGEBACK_MOST


@pytest.mark.slow(seconds=60)
@pytest.mark.parametrize("won", [False, True])
def test_a_chargeback_over_six_hundred_deals_costs_no_more(runtime: Runtime, *, won: bool) -> None:
    assert max(cost(runtime, 600, won=won)) <= CHARGEBACK_MOST


MORE = {"dispute while cancelling": 17, "cancel, published": 19, "resolve, split": 21}
"""What costs more, and may: two reasons change at once, or the deal's end and its pieces' are two steps."""


def test_every_other_verb_is_within_the_same_bound(runtime: Runtime, clock: SetClock) -> None:
    costs: dict[str, list[str]] = {}
    at = Stage(runtime, clock)

    def take(name: str, actor: UUID | Actor, verb: Callable[..., object], *arguments: object) -> None:
        with begin(runtime.database, SYSTEM) as work:
            binds = "shown" in inspect.signature(verb).parameters
            shown = {"shown": seen.about(work, verb, arguments[0])} if binds else {}
        actor = actor if isinstance(actor, Actor) else Actor.person(actor)
        with counted(runtime.database) as sent, begin(runtime.database, actor) as work:
            verb(work, *arguments, **shown)
        costs[name] = sent

    at.reach("offered")
    take("counter, a creator's", at.person, offers.counter, at.deal, Money(4_000_00, INR))
    take("counter, a brand's", at.brand, offers.counter, at.deal, Money(5_000_00, INR))
    take("decline", at.person, offers.decline, at.deal)
    at = Stage(runtime, clock).reach("applied")
    take("accept an application", at.brand, offers.accept, at.deal)
    take("submit a draft", at.person, pieces.submit_draft, SubmitDraft(at.piece, "#ad look"))
    take("request changes", at.brand, pieces.request_changes, at.piece, "brighter")
    take("ask to cancel", at.brand, endings.ask_to_cancel, at.deal, "no time")
    take("dispute while cancelling", at.person, endings.dispute, at.deal, "unfair")
    take("answer a dispute", at.brand, endings.answer_dispute, at.deal, "fair")
    take("resolve, go on", OPERATOR, endings.resolve, at.deal, "go on", None)
    take("dispute", at.person, endings.dispute, at.deal, "unfair")
    take("resolve, split", OPERATOR, endings.resolve, at.deal, "half", Money(1_000_00, INR))
    at = Stage(runtime, clock).reach("live")
    take("freeze", OPERATOR, freezes.freeze_deal, at.deal, "look")
    take("unfreeze", OPERATOR, freezes.unfreeze_deal, at.deal, "looked")
    take("cancel, published", SYSTEM, endings.end_without_money, at.deal, "lost")
    at = Stage(runtime, clock).reach("drafting")
    take("cancel, an operator's", OPERATOR, endings.cancel_by_operator, at.deal, "asked")
    over = {name: sent for name, sent in costs.items() if len(sent) > MORE.get(name, MOST)}
    assert over == {}, "\n".join(f"{name} {len(sent)}: " + "\n  ".join(sent) for name, sent in over.items())
