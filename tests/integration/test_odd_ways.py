"""Odd ways around teams and accounts, and how often somebody may ask for something."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from core.accounts import chats, codes, members, people, team, workspaces
from core.accounts.codes import CODES_AN_HOUR
from core.accounts.errors import CodeNotValid
from core.accounts.people import NAMES_A_DAY
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import CodePurpose, Role, WorkspaceKind
from core.campaigns import service as campaigns
from core.conversations import service as conversations
from core.creators.errors import CreatorFrozen
from core.deals import freezes
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.errors import DomainError, TooOften
from core.kit.money import Money
from core.kit.work import Work, begin
from core.linking import service as linking
from core.linking.states import Kind
from core.messaging.messages import Address
from core.payments import funding
from core.payments.funding import OPEN_CHECKOUTS_AN_HOUR
from core.payments.schemas import FundCampaign
from core.privacy import erasure
from core.privacy.errors import LastOwner
from runtime.parts import Runtime
from tests import seen
from tests.integration.test_races import INR, RAIL, World

OPERATOR = Actor.operator("mira")
T = TypeVar("T")


class Team:
    """A brand with two owners and whoever else is asked in."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.first, self.second = self.meet("First"), self.meet("Second")
        command = OpenWorkspace("Rao Teas", WorkspaceKind.BRAND, INR)
        self.workspace = self.do(self.first, lambda work: workspaces.open_workspace(work, command)).id
        self.join(self.second, self.invite(self.first, Role.OWNER))

    def meet(self, name: str) -> UUID:
        with begin(self.database, SYSTEM) as work:
            person = people.register(work, name).id
            chats.attach(work, person, Identity("web", name.lower(), name.lower()))
            return person

    def do(self, person: UUID, run: Callable[[Work], T]) -> T:
        with begin(self.database, Actor.person(person)) as work:
            return run(work)

    def invite(self, person: UUID, role: Role) -> str:
        return self.do(person, lambda work: members.invite(work, self.workspace, role))

    def join(self, person: UUID, code: str) -> None:
        self.do(person, lambda work: members.join(work, code))

    def roles(self) -> dict[UUID, Role]:
        with begin(self.database, SYSTEM) as work:
            return {each.person.id: each.role for each in members.members_of(work, self.workspace)}

    def change(self, by: UUID, person: UUID, role: Role) -> None:
        def act(work: Work) -> None:
            shown = team.mark_of(work, self.workspace)
            team.change_role(work, self.workspace, person, role, shown=shown)

        self.do(by, act)


@pytest.fixture
def two(database: Database) -> Team:
    return Team(database)


def erased(two: Team, person: UUID, by: Actor = OPERATOR) -> None:
    with begin(two.database, by) as work:
        erasure.erase(work, person)


@pytest.mark.parametrize("how", ["left", "demoted", "erased", "removed"])
def test_an_invitation_is_worth_no_more_than_whoever_gave_it(two: Team, how: str) -> None:
    code, guest = two.invite(two.second, Role.OWNER), two.meet("Guest")
    match how:
        case "left":
            two.do(two.second, lambda work: team.leave(work, two.workspace))
        case "demoted":
            two.change(two.first, two.second, Role.VIEWER)
        case "erased":
            erased(two, two.second)
        case _:
            two.do(
                two.first,
                lambda work: team.remove(
                    work, two.workspace, two.second, shown=team.mark_of(work, two.workspace)
                ),
            )
    with pytest.raises(CodeNotValid):
        two.join(guest, code)
    assert guest not in two.roles()


def merged(two: Team, holder: UUID, other: UUID) -> None:
    code = two.do(holder, linking.code)
    places = {two.first: "first", two.second: "second"}
    with begin(two.database, Actor.person(other)) as work:
        request = linking.enter(work, code, Kind.MERGE, "web").id
        here = Address("web", places.get(other, "holder"))
        linking.agree(work, request, here, shown=linking.get(work, request).mark)
    with begin(two.database, Actor.person(holder)) as work:
        here = Address("web", places.get(holder, "holder"))
        linking.confirm(work, request, here, shown=linking.get(work, request).mark)


def test_invitations_go_along_with_a_merge(two: Team) -> None:
    code, holder, guest = two.invite(two.second, Role.FINANCE), two.meet("Holder"), two.meet("Guest")
    merged(two, holder, two.second)
    two.join(guest, code)
    assert two.roles()[guest] is Role.FINANCE


def test_an_undone_merge_gives_nobody_back_what_was_taken_since(two: Team) -> None:
    holder = two.meet("Holder")
    merged(two, holder, two.second)
    assert two.roles()[holder] is Role.OWNER
    two.change(two.first, holder, Role.VIEWER)
    two.do(holder, linking.undo)
    assert two.roles() == {two.first: Role.OWNER, two.second: Role.VIEWER}


def hands(*acts: Callable[[], object]) -> list[str]:
    def hold(act: Callable[[], object]) -> str:
        try:
            act()
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(hold, acts))


@pytest.mark.parametrize("_", range(3))
def test_two_owners_who_go_at_once_leave_one(two: Team, _: int) -> None:
    guest = two.meet("Guest")
    two.join(guest, two.invite(two.first, Role.VIEWER))
    outcome = hands(
        lambda: erased(two, two.first),
        lambda: two.do(two.second, lambda work: team.leave(work, two.workspace)),
    )
    assert outcome.count("done") == 1, outcome
    assert list(two.roles().values()).count(Role.OWNER) == 1


@pytest.mark.parametrize("_", range(3))
def test_two_owners_who_are_erased_at_once_leave_one(two: Team, _: int) -> None:
    guest = two.meet("Guest")
    two.join(guest, two.invite(two.first, Role.VIEWER))
    outcome = hands(lambda: erased(two, two.first), lambda: erased(two, two.second))
    assert sorted(outcome) == ["LastOwner", "done"]
    assert list(two.roles().values()).count(Role.OWNER) == 1


@pytest.mark.parametrize("_", range(3))
def test_a_merge_and_an_erasure_at_once_lose_no_team(two: Team, _: int) -> None:
    holder = two.meet("Holder")
    two.change(two.second, two.first, Role.VIEWER)  # the second one is the only owner now
    code = two.do(holder, linking.code)
    with begin(two.database, Actor.person(two.second)) as work:
        request = linking.enter(work, code, Kind.MERGE, "web").id
        shown = linking.get(work, request).mark
        linking.agree(work, request, Address("web", "second"), shown=shown)
    with begin(two.database, Actor.person(holder)) as work:
        shown = linking.get(work, request).mark

    def confirm() -> None:
        here = Address("web", "holder")
        two.do(holder, lambda work: linking.confirm(work, request, here, shown=shown))

    hands(confirm, lambda: erased(two, two.second))
    assert list(two.roles().values()).count(Role.OWNER) == 1


def test_an_operator_erases_no_last_owner(two: Team) -> None:
    two.change(two.first, two.second, Role.VIEWER)
    with pytest.raises(LastOwner):
        erased(two, two.first)


def test_who_is_stopped_does_not_slip_away(runtime: Runtime) -> None:
    world = World(runtime)
    with begin(runtime.database, OPERATOR) as work:
        shown = seen.about(work, freezes.freeze_creator, world.creator)
        freezes.freeze_creator(work, world.creator, "x", shown=shown)
    with begin(runtime.database, OPERATOR) as work, pytest.raises(CreatorFrozen):
        erasure.erase(work, world.person)
    empty = Team(runtime.database)
    empty.change(empty.first, empty.second, Role.VIEWER)
    with begin(runtime.database, OPERATOR) as work:
        shown = seen.about(work, freezes.freeze_workspace, empty.workspace)
        freezes.freeze_workspace(work, empty.workspace, "x", shown=shown)
    with pytest.raises(LastOwner):
        erased(empty, empty.first)


def spend(two: Team, clock: SetClock, most: int, act: Callable[[Work], object], window: timedelta) -> None:
    """Do something as often as one may, once more, and once more when the window is over."""
    for _ in range(most):
        two.do(two.first, act)
        clock.advance(timedelta(seconds=1))
    with pytest.raises(TooOften) as refused:
        two.do(two.first, act)
    assert 0 < refused.value.seconds <= window.total_seconds()
    two.do(two.second, act)
    clock.advance(timedelta(seconds=refused.value.seconds))
    two.do(two.first, act)


@pytest.mark.parametrize("purpose", list(CodePurpose))
def test_codes_are_given_so_often_an_hour(two: Team, clock: SetClock, purpose: CodePurpose) -> None:
    clock.advance(timedelta(hours=2))

    def act(work: Work) -> object:
        if purpose is CodePurpose.LINK_CHANNEL:
            return linking.code(work)
        return codes.issue(work, purpose, members.INVITATION_LIVES_FOR, two.workspace, Role.VIEWER)

    spend(two, clock, CODES_AN_HOUR[purpose], act, timedelta(hours=1))


def test_a_person_is_asked_for_so_often_an_hour(two: Team, clock: SetClock) -> None:
    def ask(work: Work) -> object:
        return conversations.ask_person(work, "help")

    spend(two, clock, conversations.REQUESTS_AN_HOUR, ask, timedelta(hours=1))


def test_an_answered_request_makes_room_for_the_next(two: Team) -> None:
    for _ in range(conversations.REQUESTS_AN_HOUR * 2):
        request = two.do(two.first, lambda work: conversations.ask_person(work, "help"))
        with begin(two.database, OPERATOR) as work:
            conversations.answer_person(work, request, "here")


def test_another_name_is_taken_so_often_a_day(two: Team, clock: SetClock) -> None:
    def rename(work: Work) -> None:
        assert work.actor.person_id is not None
        people.rename(work, work.actor.person_id, f"Asha {uuid4().hex[:6]}x")

    spend(two, clock, NAMES_A_DAY, rename, timedelta(days=1))


def test_the_same_name_is_no_other_name(two: Team) -> None:
    for _ in range(NAMES_A_DAY * 2):
        two.do(two.first, lambda work: people.rename(work, two.first, "First"))


def test_checkouts_that_nobody_pays_are_made_so_often_an_hour(runtime: Runtime, clock: SetClock) -> None:
    world = World(runtime)

    def check_out(minor: int) -> None:
        with begin(runtime.database, Actor.person(world.brand)) as work:
            campaign = campaigns.get(work, world.campaign)
            pay = FundCampaign(world.campaign, Money(minor, INR), uuid4().hex)
            funding.fund(work, pay, RAIL, shown=funding.mark_of(work, campaign))

    for minor in range(OPEN_CHECKOUTS_AN_HOUR):
        check_out(1_000_00 + minor)
    with pytest.raises(TooOften):
        check_out(2_000_00)
    check_out(1_000_00)  # a checkout that is open already is the same one
    clock.advance(timedelta(hours=1))
    check_out(2_000_00)
