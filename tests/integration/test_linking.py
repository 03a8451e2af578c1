"""Bringing two accounts together: on purpose, both asked, everybody told, and taken back for three days."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.accounts import chats, members, people, workspaces
from core.accounts.errors import CodeNotValid
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import Role, WorkspaceKind
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.deals import offers
from core.kit.actors import Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.errors import DomainError, ShownChanged
from core.kit.money import Currency, Money
from core.kit.work import Work, begin
from core.linking import service as linking
from core.linking.errors import CannotMerge, LinkNotFound, NothingToUndo, ThingsOfItsOwn
from core.linking.owned import owned_by
from core.linking.schemas import LinkView
from core.linking.states import Kind, State
from core.messaging.messages import Address
from core.payments import payouts
from core.step_up import service as step_up
from runtime.parts import Runtime
from tests import seen
from tests.conftest import promised
from tests.integration.test_races import World
from workers import changes

DAY = timedelta(days=1)


def meet(database: Database, user: str, channel: str = "web") -> UUID:
    with begin(database, Actor.operator("x")) as work:
        return chats.recognise(work, Identity(channel, user, user), user.title()).id


def as_(database: Database, person: UUID, run: Callable[[Work], object]) -> object:
    with begin(database, Actor.person(person)) as work:
        return run(work)


def enter(database: Database, holder: UUID, other: UUID, kind: Kind = Kind.LINK) -> LinkView:
    with begin(database, Actor.person(holder)) as work:
        code = linking.code(work)
    with begin(database, Actor.person(other)) as work:
        return linking.enter(work, code, kind, "web")


def web(work: Work, person: UUID) -> Address | None:
    """Return the chat in which a person says yes."""
    return next((place for place in chats.open_chats(work, person) if place.channel == "web"), None)


def agree(database: Database, other: UUID, request: UUID) -> LinkView:
    with begin(database, Actor.person(other)) as work:
        return linking.agree(work, request, web(work, other), shown=linking.get(work, request).mark)


def confirm(database: Database, holder: UUID, request: UUID) -> LinkView:
    with begin(database, Actor.person(holder)) as work:
        return linking.confirm(work, request, web(work, holder), shown=linking.get(work, request).mark)


def link(database: Database, holder: UUID, other: UUID, kind: Kind = Kind.LINK) -> LinkView:
    request = enter(database, holder, other, kind).id
    agree(database, other, request)
    return confirm(database, holder, request)


def behind(database: Database, user: str) -> UUID:
    with begin(database, Actor.operator("x")) as work:
        found = chats.find_by_identity(work, "web", user)
        assert found is not None
        return found.id


def told(database: Database, notice: str) -> list[list[str]]:
    with begin(database, Actor.operator("x")) as work:
        found = promised(work)
    return [each["facts"]["chat"] for each in found if each.get("notice") == notice]


def test_a_code_alone_gives_nobodys_chat_away(database: Database) -> None:
    thief, victim = meet(database, "thief"), meet(database, "victim")
    request = enter(database, thief, victim)
    assert (behind(database, "victim"), request.state) == (victim, State.ENTERED)
    with begin(database, Actor.person(thief)) as work, pytest.raises(LinkNotFound):
        linking.confirm(work, request.id, shown=request.mark)
    assert behind(database, "victim") == victim


def test_one_yes_is_not_enough(database: Database) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    request = enter(database, holder, other).id
    agree(database, other, request)
    assert behind(database, "other") == other
    with begin(database, Actor.person(other)) as work, pytest.raises(LinkNotFound):
        linking.confirm(work, request, shown=linking.get(work, request).mark)
    assert confirm(database, holder, request).state is State.DONE
    assert behind(database, "other") == holder


def test_a_third_person_sees_and_answers_nothing(database: Database) -> None:
    holder, other, third = (meet(database, name) for name in ("holder", "other", "third"))
    request = enter(database, holder, other).id
    for verb in (
        lambda work: linking.get(work, request),
        lambda work: linking.refuse(work, request),
        lambda work: linking.agree(work, request, shown="x"),
        lambda work: linking.confirm(work, request, shown="x"),
    ):
        with pytest.raises(LinkNotFound):
            as_(database, third, verb)


def test_yes_is_said_to_what_was_shown(database: Database) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    request = enter(database, holder, other)
    with begin(database, Actor.person(holder)) as work:
        people.rename(work, holder, "Somebody Else")
    with begin(database, Actor.person(other)) as work, pytest.raises(ShownChanged):
        linking.agree(work, request.id, shown=request.mark)
    assert behind(database, "other") == other


@pytest.mark.parametrize("when", ["entered", "waiting"])
def test_what_is_not_answered_in_half_an_hour_is_over(database: Database, clock: SetClock, when: str) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    request = enter(database, holder, other).id
    if when == "waiting":
        agree(database, other, request)
    clock.advance(timedelta(minutes=30))
    with pytest.raises(LinkNotFound):
        (confirm if when == "waiting" else agree)(database, holder if when == "waiting" else other, request)


@pytest.mark.parametrize("side", ["holder", "other"])
def test_no_from_either_side_ends_it(database: Database, side: str) -> None:
    ids = {name: meet(database, name) for name in ("holder", "other")}
    request = enter(database, ids["holder"], ids["other"]).id
    agree(database, ids["other"], request)
    as_(database, ids[side], lambda work: linking.refuse(work, request))
    with pytest.raises(LinkNotFound):
        confirm(database, ids["holder"], request)


@pytest.mark.parametrize("code", ["", "ABCD2345", "own", "used"])
def test_a_code_that_is_none_asks_nobody(database: Database, code: str) -> None:
    holder, other, third = (meet(database, name) for name in ("holder", "other", "third"))
    real = str(as_(database, holder, linking.code))
    if code == "used":
        as_(database, third, lambda work: linking.enter(work, real, Kind.LINK, "web"))
    sent = real if code in {"own", "used"} else code
    with pytest.raises(CodeNotValid):
        as_(
            database,
            holder if code == "own" else other,
            lambda work: linking.enter(work, sent, Kind.LINK, "web"),
        )


def test_every_chat_of_the_holder_is_asked_and_every_chat_is_told(runtime: Runtime) -> None:
    database = runtime.database
    holder, other = meet(database, "holder"), meet(database, "other")
    with begin(database, Actor.operator("x")) as work:
        chats.attach(work, holder, Identity("telegram", "77", "77"))
    request = enter(database, holder, other).id
    agree(database, other, request)
    assert sorted(told(database, "link_asked")) == [["telegram", "77"], ["web", "holder"]]
    assert confirm(database, holder, request).state is State.AGREED
    assert told(database, "step_up_asked") == [["telegram", "77"]]
    with begin(database, Actor.person(holder)) as work:
        change = step_up.about(work, request)
        assert change is not None
        step_up.confirm(work, change.id, Address("telegram", "77"), shown=change.mark)
    changes.make_due(runtime)
    assert sorted(told(database, "linked")) == [["telegram", "77"], ["web", "holder"], ["web", "other"]]


@pytest.fixture
def world(runtime: Runtime) -> World:
    found = World(runtime)
    with begin(runtime.database, Actor.operator("x")) as work:
        chats.attach(work, found.person, Identity("web", "creator", "creator"))
        chats.attach(work, found.brand, Identity("web", "brand", "brand"))
    return found


@pytest.mark.parametrize("who", ["creator", "brand"])
def test_whoever_has_more_than_chats_is_not_swallowed_by_a_link(world: World, who: str) -> None:
    database = world.runtime.database
    stranger, owner = meet(database, "stranger"), {"creator": world.person, "brand": world.brand}[who]
    with pytest.raises(ThingsOfItsOwn):
        enter(database, stranger, owner)
    assert behind(database, who) == owner


def test_a_refused_link_leaves_its_code_for_a_merge(world: World) -> None:
    database, stranger = world.runtime.database, meet(world.runtime.database, "stranger")
    code = str(as_(database, stranger, linking.code))
    with begin(database, Actor.person(world.person)) as work:
        with pytest.raises(ThingsOfItsOwn), work.session.begin_nested():
            linking.enter(work, code, Kind.LINK, "web")
        assert linking.enter(work, code, Kind.MERGE, "web").owned.creator_id == world.creator


def test_what_came_to_the_chat_meanwhile_stops_a_link(database: Database) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    request = enter(database, holder, other).id
    agree(database, other, request)
    command = OpenWorkspace("Late", WorkspaceKind.BRAND, Currency.INR)
    as_(database, other, lambda work: workspaces.open_workspace(work, command))
    with pytest.raises((ThingsOfItsOwn, ShownChanged)):
        confirm(database, holder, request)


def earn(world: World, minor: int = 2_640_00) -> None:
    with begin(world.runtime.database, Actor.operator("x")) as work:
        payouts.payable(work, world.creator, Money(minor, Currency.INR), uuid4().hex, 5)


def test_a_merge_takes_profile_deals_money_and_teams_along_and_gives_them_back(world: World) -> None:
    database, holder = world.runtime.database, meet(world.runtime.database, "holder")
    deal = world.offer()
    earn(world)
    command = OpenWorkspace("Hers", WorkspaceKind.BRAND, Currency.INR)
    as_(database, world.person, lambda work: workspaces.open_workspace(work, command))
    with begin(database, Actor.person(holder)) as work:
        before = owned_by(work, world.person)
    assert (before.running_deals, before.money) == (1, (Money(2_640_00, Currency.INR),))
    assert link(database, holder, world.person, Kind.MERGE).owned.anything is False
    with begin(database, Actor.person(holder)) as work:
        assert owned_by(work, holder) == before
        assert creators.person_behind(work, world.creator) == holder
        offers.accept(work, deal, shown=seen.deal(work, deal))
    as_(database, holder, linking.undo)
    with begin(database, Actor.person(holder)) as work:
        assert owned_by(work, world.person) == before
        assert not owned_by(work, holder).anything
    assert behind(database, "creator") == world.person


def test_two_profiles_do_not_become_one(world: World) -> None:
    database = world.runtime.database
    second = meet(database, "second")
    as_(database, second, lambda work: creators.join(work, second, SaveProfile(name="Second")))
    with pytest.raises(CannotMerge):
        enter(database, second, world.person, Kind.MERGE)
    with pytest.raises(CannotMerge):
        enter(database, world.person, second, Kind.MERGE)


@pytest.mark.parametrize("way", ["brand takes in creator", "creator takes in brand"])
def test_nobody_becomes_both_sides_of_a_running_deal(world: World, way: str) -> None:
    world.offer()
    sides = (world.brand, world.person) if way.startswith("brand") else (world.person, world.brand)
    with pytest.raises(CannotMerge):
        enter(world.runtime.database, *sides, Kind.MERGE)


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [
        (Role.VIEWER, Role.OWNER, Role.OWNER),
        (Role.OWNER, Role.VIEWER, Role.OWNER),
        (Role.VIEWER, Role.FINANCE, Role.FINANCE),
        (Role.MANAGER, Role.MANAGER, Role.MANAGER),
    ],
)
def test_two_members_of_one_team_become_one_with_what_may_do_more(
    world: World, mine: Role, theirs: Role, after: Role
) -> None:
    database = world.runtime.database
    holder, other = meet(database, "holder"), meet(database, "other")
    with begin(database, Actor.person(world.brand)) as work:
        workspace = members.memberships_of(work, world.brand)[0].workspace.id
        wanted = {holder: mine, other: theirs}
        codes = {person: members.invite(work, workspace, role) for person, role in wanted.items()}
    for person, code in codes.items():
        as_(database, person, lambda work, code=code: members.join(work, code))  # type: ignore[misc]

    def roles() -> dict[UUID, Role]:
        with begin(database, Actor.person(world.brand)) as work:
            return {m.person.id: m.role for m in members.members_of(work, workspace)}

    before = roles()
    link(database, holder, other, Kind.MERGE)
    assert {k: v for k, v in roles().items() if k != world.brand} == {holder: after}
    as_(database, holder, linking.undo)
    assert roles() == before


def test_a_link_can_be_taken_back_from_any_chat_for_three_days(database: Database, clock: SetClock) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    link(database, holder, other)
    clock.advance(timedelta(hours=71))
    as_(database, holder, linking.undo)
    assert behind(database, "other") == other
    with pytest.raises(NothingToUndo):
        as_(database, holder, linking.undo)
    link(database, holder, other)
    clock.advance(timedelta(hours=72))
    with pytest.raises(NothingToUndo):
        as_(database, holder, linking.undo)


def test_news_for_whoever_went_over_reach_the_chats_they_went_to(database: Database) -> None:
    holder, other = meet(database, "holder"), meet(database, "other")
    link(database, holder, other)
    with begin(database, Actor.operator("x")) as work:
        found = chats.address_of(work, other)
        assert found is not None
        assert found.user_id in {"holder", "other"}


def test_two_confirmations_at_once_move_things_once(world: World) -> None:
    database, holder = world.runtime.database, meet(world.runtime.database, "holder")
    request = enter(database, holder, world.person, Kind.MERGE).id
    agree(database, world.person, request)

    def press(_: int) -> str:
        try:
            return confirm(database, holder, request).state
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == ["LinkNotFound"] * 3 + ["done"]
