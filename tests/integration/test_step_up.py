"""What a thief would want waits, is asked about in every other chat, stopped from any, and happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from core.accounts import chats, people
from core.accounts.schemas import Identity
from core.kit.actors import CLOCK, SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Currency, Money
from core.kit.work import Work, begin
from core.ledger import service as ledger
from core.ledger.schemas import Account, Posting
from core.ledger.states import AccountKind as K
from core.ledger.states import PostingKind
from core.linking import service as linking
from core.linking.errors import AccountLeaves, NothingToUndo
from core.linking.states import Kind
from core.linking.states import State as LinkState
from core.messaging.messages import Address
from core.operators import tasks
from core.operators.states import Subject
from core.payments import payee_accounts, payouts
from core.payments.models import PayeeChange, Payout
from core.payments.rails.sandbox import Fault, Operation
from core.privacy import erasure
from core.privacy.errors import MoneyNotPaidOut
from core.step_up import service as step_up
from core.step_up.errors import ChangeIsOver, ChangeNotFound
from core.step_up.models import StepUp
from core.step_up.schemas import StepUpView
from core.step_up.states import FAILED_TOO_OFTEN, STOPPED_ELSEWHERE, WAITS, Change, State
from runtime.parts import Runtime
from tests.conftest import drain, promised
from tests.integration.test_races import RAIL, World
from workers import changes

INR = Currency.INR
HOUR = timedelta(hours=1)
STOLEN, HERS = Address("web", "stolen"), Address("web", "hers")


class Life:
    """A creator with two chats, one of which somebody else can read, and her money."""

    def __init__(self, runtime: Runtime, clock: SetClock) -> None:
        self.world, self.runtime, self.clock = World(runtime), runtime, clock
        self.person, self.creator = self.world.person, self.world.creator
        self.sit(self.person, STOLEN)
        self.sit(self.person, HERS)

    def sit(self, person: UUID, place: Address) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            chats.attach(work, person, Identity(place.channel, place.chat_id, place.chat_id))

    def do(self, run: Callable[[Work], object], person: UUID | None = None) -> object:
        with begin(self.runtime.database, Actor.person(person or self.person)) as work:
            return run(work)

    def ask(self, label: str = "thief@upi", here: Address | None = STOLEN) -> StepUpView:
        with begin(self.runtime.database, Actor.person(self.person)) as work:
            shown = payee_accounts.payee_mark(work, self.creator)
            found = payee_accounts.set_up_payee(work, label, RAIL, here, shown=shown)
        drain(self.runtime)
        return found

    def leave(self, here: Address | None = STOLEN) -> StepUpView:
        with begin(self.runtime.database, Actor.person(self.person)) as work:
            return erasure.ask(work, here, shown=erasure.mark_of(work, self.person))

    def yes(self, change: StepUpView, here: Address = HERS) -> StepUpView:
        with begin(self.runtime.database, Actor.person(self.person)) as work:
            shown = step_up.get(work, change.id).mark
            return step_up.confirm(work, change.id, here, shown=shown)

    def stop(self, change: StepUpView, here: Address | None = HERS) -> StepUpView:
        with begin(self.runtime.database, Actor.person(self.person)) as work:
            return step_up.stop(work, change.id, here)

    def wait(self, by: timedelta) -> None:
        self.clock.advance(by)
        drain(self.runtime)

    def goes_to(self) -> str:
        with begin(self.runtime.database, SYSTEM) as work:
            payee = payee_accounts.payee_of(work, self.creator)
            return payee.label if payee else ""

    def state(self, change: StepUpView) -> State:
        with begin(self.runtime.database, SYSTEM) as work:
            return step_up.view_of(work, change.id).state

    def settled(self) -> None:
        """Let her have an account that she confirmed."""
        self.yes(self.ask("asha@upi"))
        self.wait(24 * HOUR)
        assert self.goes_to() == "asha@upi"

    def earn(self, minor: int = 2_640_00) -> None:
        with begin(self.runtime.database, SYSTEM) as work:
            key = uuid4().hex
            account = Account(K.CREATOR_PAYABLE, INR, self.creator)
            lines = ledger.transfer_lines(Account(K.SUSPENSE, INR), account, Money(minor, INR))
            ledger.post(work, Posting(PostingKind.RELEASE, key, lines, "test", "test"))
            payouts.payable(work, self.creator, Money(minor, INR), key, 0)

    def paid_to(self) -> list[str]:
        """Return the labels of the accounts to which money was sent, the oldest first."""
        query = (
            "SELECT account.note FROM payout"
            " JOIN sandbox_rail_object sent ON sent.ref = payout.ref"
            " JOIN sandbox_rail_object account ON account.ref = sent.parent_ref"
            " WHERE payout.state = 'sent' ORDER BY payout.created_at"
        )
        with begin(self.runtime.database, SYSTEM) as work:
            return list(work.session.execute(text(query)).scalars())

    def told(self, notice: str) -> list[list[str]]:
        with begin(self.runtime.database, SYSTEM) as work:
            found = promised(work)
        return [each["facts"]["chat"] for each in found if each.get("notice") == notice]

    def is_gone(self) -> bool:
        with begin(self.runtime.database, SYSTEM) as work:
            return people.person_of(work, self.person).erased


@pytest.fixture
def life(runtime: Runtime, clock: SetClock) -> Life:
    return Life(runtime, clock)


def test_a_thief_with_one_of_two_chats_redirects_no_money(life: Life) -> None:
    life.settled()
    life.earn()
    change = life.ask("thief@upi")
    assert life.told("step_up_asked")[-1:] == [["web", "hers"]]
    life.wait(60 * HOUR)
    assert life.goes_to() == "asha@upi"
    assert life.paid_to() == ["asha@upi"], "what was due meanwhile went where it always goes"
    life.stop(change)
    assert life.told("step_up_stopped") == [["web", "stolen"]]
    life.earn()
    life.wait(200 * HOUR)
    assert (life.goes_to(), life.state(change)) == ("asha@upi", State.STOPPED)
    assert life.paid_to() == ["asha@upi", "asha@upi"]


def test_a_first_account_is_redirected_by_no_thief_either(life: Life) -> None:
    life.earn()
    change = life.ask("thief@upi")
    life.wait(71 * HOUR)
    assert (life.goes_to(), life.paid_to()) == ("", [])
    life.stop(change)
    life.wait(200 * HOUR)
    assert (life.goes_to(), life.paid_to()) == ("", []), "it waits for her"


def test_a_thief_cannot_say_yes_in_the_chat_that_asked(life: Life) -> None:
    change = life.ask()
    with pytest.raises(ChangeNotFound):
        life.yes(change, STOLEN)
    life.wait(71 * HOUR)
    assert life.goes_to() == ""


def test_a_chat_that_the_thief_brings_afterwards_is_not_asked(life: Life) -> None:
    change = life.ask()
    brought = Address("web", "brought")
    life.sit(life.person, brought)
    with pytest.raises(ChangeNotFound):
        life.yes(change, brought)


@pytest.mark.parametrize(
    ("said", "hours"), [("yes", 24), ("nothing", 72), ("yes after two days", 48), ("lost", 24), ("muted", 24)]
)
def test_a_yes_makes_it_quicker_and_silence_slower(life: Life, said: str, hours: int) -> None:
    with begin(life.runtime.database, SYSTEM) as work:
        if said == "lost":
            chats.lose(work, HERS.channel, HERS.chat_id)
        if said == "muted":
            chats.mute(work, HERS.channel, HERS.chat_id, muted=True)
    change = life.ask("asha@upi")
    if said == "yes":
        life.yes(change)
    if said == "yes after two days":
        life.clock.advance(48 * HOUR)
        life.yes(change)
        drain(life.runtime)
    else:
        life.wait(hours * HOUR - timedelta(minutes=1))
        assert life.goes_to() == ""
        life.wait(timedelta(minutes=1))
    assert life.goes_to() == "asha@upi"
    assert life.told("payee_changed"), "every chat hears of it"


def test_somebody_with_one_chat_waits_a_day_and_can_stop_it_there(runtime: Runtime, clock: SetClock) -> None:
    life = Life(runtime, clock)
    with begin(runtime.database, SYSTEM) as work:
        chats.lose(work, HERS.channel, HERS.chat_id)
    change = life.ask()
    assert (change.asked, change.due_at - change.asked_at) == (0, 24 * HOUR)
    assert life.stop(change, STOLEN).state is State.STOPPED
    life.wait(100 * HOUR)
    assert life.goes_to() == ""
    with begin(runtime.database, SYSTEM) as work:
        assert tasks.about(work, Subject.PERSON, life.person) == [], "she stopped what she asked for herself"


def test_stopping_twice_is_stopping_once_and_after_the_end_there_is_nothing_to_stop(life: Life) -> None:
    change = life.ask()
    assert life.stop(change).state is life.stop(change).state is State.STOPPED
    assert len(life.told("step_up_stopped")) == 1
    with pytest.raises(ChangeIsOver):
        life.yes(change)
    second = life.ask("asha@upi")
    life.yes(second)
    life.wait(24 * HOUR)
    with pytest.raises(ChangeIsOver):
        life.stop(second)
    assert life.goes_to() == "asha@upi"


def test_what_is_stopped_elsewhere_is_looked_at_by_a_person(life: Life) -> None:
    life.stop(life.ask())
    with begin(life.runtime.database, SYSTEM) as work:
        assert [task.kind for task in tasks.about(work, Subject.PERSON, life.person)] == [STOPPED_ELSEWHERE]


def test_a_yes_is_said_to_what_was_shown(life: Life) -> None:
    first = life.ask("asha@upi")
    second = life.ask("thief@upi")
    assert life.state(first) is State.REPLACED
    with begin(life.runtime.database, Actor.person(life.person)) as work:
        for change, shown, error in ((first, first.mark, ChangeIsOver), (second, first.mark, ShownChanged)):
            with pytest.raises(error):
                step_up.confirm(work, change.id, HERS, shown=shown)
        assert step_up.view_of(work, second.id).silent == 1


def test_money_is_asked_to_go_elsewhere_from_what_was_shown_to_wait(life: Life) -> None:
    with begin(life.runtime.database, Actor.person(life.person)) as work:
        shown = payee_accounts.payee_mark(work, life.creator)
    life.ask("asha@upi")
    with begin(life.runtime.database, Actor.person(life.person)) as work, pytest.raises(ShownChanged):
        payee_accounts.set_up_payee(work, "thief@upi", RAIL, shown=shown)


def test_a_stranger_sees_stops_and_confirms_nothing(life: Life) -> None:
    change = life.ask()
    elsewhere = Address("web", "stranger")
    for verb in (
        lambda work: step_up.get(work, change.id, elsewhere),
        lambda work: step_up.stop(work, change.id, elsewhere),
        lambda work: step_up.confirm(work, change.id, elsewhere, shown=change.mark),
        lambda work: step_up.stop(work, uuid4(), elsewhere),
    ):
        with pytest.raises(ChangeNotFound):
            life.do(verb, life.world.brand)


def test_a_chat_that_was_asked_may_stop_it_even_when_it_was_taken_from_her(life: Life) -> None:
    change = life.ask()
    other = life.world.brand
    with begin(life.runtime.database, SYSTEM) as work:
        work.session.execute(
            text("UPDATE channel_identity SET person_id = :other WHERE chat_id = 'hers'"), {"other": other}
        )
    stopped = life.do(lambda work: step_up.stop(work, change.id, HERS), other)
    assert isinstance(stopped, StepUpView)
    assert stopped.state is State.STOPPED


def test_an_account_that_the_provider_refuses_leaves_the_old_one(life: Life) -> None:
    life.settled()
    life.runtime.rail.order_fault(Operation.PAYEE, Fault.REFUSED, 1)
    change = life.ask("nonsense")
    assert life.state(change) is State.FAILED
    life.wait(100 * HOUR)
    assert life.goes_to() == "asha@upi"


def test_an_account_that_the_provider_has_not_answered_for_waits_for_it(life: Life) -> None:
    change = life.ask("asha@upi")
    life.yes(change)
    with begin(life.runtime.database, SYSTEM) as work:
        work.session.execute(text("UPDATE payee_change SET state = 'asked'"))
    life.wait(24 * HOUR)
    assert (life.goes_to(), life.state(change)) == ("", State.WAITING)
    with begin(life.runtime.database, SYSTEM) as work:
        work.session.execute(text("UPDATE payee_change SET state = 'active'"))
    life.wait(HOUR)
    assert (life.goes_to(), life.state(change)) == ("asha@upi", State.DONE)


def test_leaving_waits_three_days_and_is_taken_back_from_any_chat(life: Life) -> None:
    for here in (STOLEN, HERS):
        change = life.leave(STOLEN)
        life.wait(71 * HOUR)
        assert life.stop(change, here).state is State.STOPPED
        life.wait(100 * HOUR)
        assert not life.is_gone()
    change = life.leave()
    life.yes(change)
    life.wait(71 * HOUR)
    assert not life.is_gone(), "a yes makes this no quicker"
    life.wait(HOUR)
    assert life.is_gone()


def test_money_that_came_meanwhile_keeps_her_and_says_so(life: Life) -> None:
    change = life.leave()
    life.earn()
    life.wait(72 * HOUR)
    assert (life.is_gone(), life.state(change)) == (False, State.FAILED)
    assert sorted(life.told("step_up_failed")) == [["web", "hers"], ["web", "stolen"]]


def test_who_may_not_leave_now_waits_for_nothing(life: Life) -> None:
    life.earn()
    with pytest.raises(MoneyNotPaidOut):
        life.leave()


def test_leaving_is_agreed_to_as_it_was_shown(life: Life) -> None:
    with begin(life.runtime.database, Actor.person(life.person)) as work:
        shown = erasure.mark_of(work, life.person)
    life.world.offer()
    with begin(life.runtime.database, Actor.person(life.person)) as work, pytest.raises(ShownChanged):
        erasure.ask(work, STOLEN, shown=shown)


def test_whoever_is_erased_meanwhile_takes_what_waits_along(life: Life) -> None:
    change = life.ask()
    with begin(life.runtime.database, Actor.operator("mira")) as work:
        erasure.erase(work, life.person)
    with begin(life.runtime.database, SYSTEM) as work:
        assert work.session.query(StepUp).count() == work.session.query(PayeeChange).count() == 0
        assert work.session.execute(text("SELECT count(*) FROM step_up_chat")).scalar() == 0
        with pytest.raises(ChangeNotFound):
            step_up.view_of(work, change.id)
    life.wait(100 * HOUR)
    assert life.goes_to() == ""


def linked(life: Life, holder: UUID, other: UUID, kind: Kind, places: tuple[Address, Address]) -> UUID:
    code = str(life.do(linking.code, holder))
    with begin(life.runtime.database, Actor.person(other)) as work:
        request = linking.enter(work, code, kind, places[1].channel).id
        linking.agree(work, request, places[1], shown=linking.get(work, request).mark)
    with begin(life.runtime.database, Actor.person(holder)) as work:
        linking.confirm(work, request, places[0], shown=linking.get(work, request).mark)
    return request


def link_state(life: Life, request: UUID) -> LinkState:
    with begin(life.runtime.database, SYSTEM) as work:
        return linking.view_of(work, request).state


@pytest.mark.parametrize("side", ["taken in", "takes in"])
def test_a_thief_with_one_chat_brings_no_two_accounts_together(life: Life, side: str) -> None:
    """Whichever way round: her chats are asked where she has another one, and nothing moves meanwhile."""
    place = Address("web", "thief")
    with begin(life.runtime.database, SYSTEM) as work:
        thief = people.register(work, "Thief").id
    life.sit(thief, place)
    if side == "taken in":
        request = linked(life, thief, life.person, Kind.MERGE, (place, STOLEN))
    else:
        request = linked(life, life.person, thief, Kind.LINK, (STOLEN, place))
    assert link_state(life, request) is LinkState.AGREED
    assert life.told("step_up_asked") == [["web", "hers"]]
    with begin(life.runtime.database, SYSTEM) as work:
        change = step_up.about(work, request)
        assert change is not None
        assert change.due_at - change.asked_at == WAITS[Change.LINK].silent
    life.stop(change)
    life.wait(100 * HOUR)
    assert link_state(life, request) is LinkState.AGREED
    with begin(life.runtime.database, SYSTEM) as work:
        assert {c.user_id for c in chats.chats_of(work, life.person)} == {"stolen", "hers"}
    with pytest.raises(NothingToUndo):
        life.do(linking.undo)


def test_a_link_is_made_as_soon_as_every_other_chat_has_said_yes(life: Life) -> None:
    place = Address("web", "work")
    with begin(life.runtime.database, SYSTEM) as work:
        other = people.register(work, "Asha at work").id
    life.sit(other, place)
    request = linked(life, life.person, other, Kind.LINK, (STOLEN, place))
    with begin(life.runtime.database, SYSTEM) as work:
        change = step_up.about(work, request)
    assert change is not None
    life.yes(change)
    drain(life.runtime)
    assert link_state(life, request) is LinkState.DONE


def test_a_merge_takes_along_what_was_agreed_to_or_does_nothing(life: Life) -> None:
    place = Address("web", "work")
    with begin(life.runtime.database, SYSTEM) as work:
        other = people.register(work, "Asha at work").id
    life.sit(other, place)
    request = linked(life, life.person, other, Kind.LINK, (STOLEN, place))
    with begin(life.runtime.database, SYSTEM) as work:
        change = step_up.about(work, request)
        work.session.execute(
            text(
                "INSERT INTO member (workspace_id, person_id, role, since)"
                " VALUES (:workspace, :other, 'viewer', now())"
            ),
            {"workspace": life.world.workspace, "other": other},
        )
    assert change is not None
    life.wait(24 * HOUR)
    assert (link_state(life, request), life.state(change)) == (LinkState.AGREED, State.FAILED)


def test_nobody_is_brought_together_with_somebody_who_leaves(life: Life) -> None:
    place = Address("web", "work")
    with begin(life.runtime.database, SYSTEM) as work:
        other = people.register(work, "Asha at work").id
    life.sit(other, place)
    life.leave()
    with pytest.raises(AccountLeaves):
        linked(life, life.person, other, Kind.LINK, (STOLEN, place))


def test_a_change_that_fails_through_a_fault_of_ours_is_put_before_an_operator(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(work: Work, change: StepUpView) -> tuple[str, ...]:
        raise RuntimeError(change.id)

    monkeypatch.setitem(changes.EFFECTS, Change.ERASURE, broken)
    change = life.leave()
    life.wait(72 * HOUR)
    for _ in range(8):
        life.wait(12 * HOUR)
    assert (life.state(change), life.is_gone()) == (State.WAITING, False)
    with begin(life.runtime.database, SYSTEM) as work:
        assert [task.kind for task in tasks.about(work, Subject.PERSON, life.person)] == [FAILED_TOO_OFTEN]


def hands(*verbs: Callable[[], object]) -> list[str]:
    def hold(verb: Callable[[], object]) -> str:
        try:
            return str(verb())
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(hold, verbs))


def test_a_change_is_made_once_however_many_hands_make_it(life: Life) -> None:
    life.yes(life.ask("asha@upi"))
    life.clock.advance(24 * HOUR)
    assert hands(*[lambda: changes.make_due(life.runtime)] * 4) == ["0", "0", "0", "1"]
    assert len(life.told("payee_changed")) == 2, "once in each chat"


@pytest.mark.parametrize("_", range(4))
def test_a_stop_and_the_end_at_once_leave_one_of_them(life: Life, _: int) -> None:
    change = life.ask("thief@upi")
    life.clock.advance(72 * HOUR)
    stop = lambda: life.stop(change).state  # noqa: E731
    outcome = hands(stop, lambda: changes.make_due(life.runtime))
    drain(life.runtime)
    stopped = "stopped" in outcome
    assert stopped or "ChangeIsOver" in outcome
    assert (life.goes_to() == "thief@upi") is not stopped
    assert life.state(change) is (State.STOPPED if stopped else State.DONE)


@pytest.mark.parametrize("_", range(4))
def test_two_changes_asked_for_at_once_leave_one_that_waits(life: Life, _: int) -> None:
    with begin(life.runtime.database, Actor.person(life.person)) as work:
        shown = payee_accounts.payee_mark(work, life.creator)

    def ask(label: str) -> object:
        return life.do(lambda work: payee_accounts.set_up_payee(work, label, RAIL, shown=shown) and "asked")

    assert hands(lambda: ask("a@upi"), lambda: ask("b@upi")) == ["ShownChanged", "asked"]


def test_a_payout_under_way_goes_where_it_was_promised_to(life: Life) -> None:
    life.settled()
    life.yes(life.ask("new@upi"))
    life.earn()
    life.clock.advance(24 * HOUR)
    with begin(life.runtime.database, CLOCK) as work:
        payouts.pay_out_due(work, life.runtime.rails.facts())
        assert work.session.query(Payout).count() == 1
    drain(life.runtime)
    assert (life.paid_to(), life.goes_to()) == (["asha@upi"], "new@upi")
    life.earn()
    drain(life.runtime)
    assert life.paid_to() == ["asha@upi", "new@upi"]
