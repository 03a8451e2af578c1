"""Teams: what each role may do and see, how a team changes, and whose it always is."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from bots.cards import campaigns as campaign_cards
from bots.cards import deals as deal_cards
from core.accounts import codes, members, people, permissions, team, workspaces
from core.accounts.errors import CodeNotValid, LastOwnerStays, MemberNotFound, RoleMissing
from core.accounts.models import Member
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import GRANTS, CodePurpose, Permission, Role, WorkspaceKind
from core.campaigns import service as campaigns
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.compliance import service as compliance
from core.deals import endings, offers
from core.deals import views as deals
from core.deals.schemas import MakeOffer
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.database import Database
from core.kit.errors import DomainError, NotFound, ShownChanged, TooOften
from core.kit.money import Currency, Money
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from core.payments import funding
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from runtime.parts import Runtime
from tests import seen
from tests.conftest import promised
from tests.integration.test_races import RAIL, World

INR = Currency.INR
BRIEF = Brief(text="x", deliverables=(DeliverableSpec(DeliverableKind.REEL),))
ROLE = list(Role)
STRANGER = "stranger"

GRANTED: dict[Role, set[str]] = {
    Role.OWNER: {"see", "run_campaigns", "approve", "fund", "see_money", "team"},
    Role.MANAGER: {"see", "run_campaigns", "approve", "see_money"},
    Role.APPROVER: {"see", "approve"},
    Role.FINANCE: {"see", "fund", "see_money"},
    Role.VIEWER: {"see"},
}


def client_of(agency: UUID) -> OpenWorkspace:
    return OpenWorkspace("C", WorkspaceKind.CLIENT, INR, parent_id=agency)


class Place:
    """A funded campaign of a brand, with one member of each role, and a stranger."""

    def __init__(self, runtime: Runtime) -> None:
        self.world = World(runtime)
        self.database = runtime.database
        self.people: dict[str, UUID] = {Role.OWNER: self.world.brand, STRANGER: self.meet("Stranger")}
        with begin(self.database, Actor.person(self.world.brand)) as work:
            self.workspace = campaigns.get(work, self.world.campaign).workspace_id
        for role in ROLE[1:]:
            self.people[role] = self.join(role)

    def meet(self, name: str) -> UUID:
        with begin(self.database, Actor.operator("x")) as work:
            return people.register(work, name).id

    def join(self, role: Role, workspace: UUID | None = None) -> UUID:
        person = self.meet(role.value)
        with begin(self.database, Actor.person(self.world.brand)) as work:
            code = members.invite(work, workspace or self.workspace, role)
        with begin(self.database, Actor.person(person)) as work:
            members.join(work, code)
        return person

    def take(self, who: UUID, verb: Callable[[Work], object]) -> object:
        with begin(self.database, Actor.person(who)) as work:
            return verb(work)

    def mark(self, workspace: UUID | None = None) -> str:
        with begin(self.database, Actor.operator("x")) as work:
            return team.mark_of(work, workspace or self.workspace)

    def roles(self, workspace: UUID | None = None) -> dict[UUID, Role]:
        with begin(self.database, Actor.operator("x")) as work:
            return {m.person.id: m.role for m in members.members_of(work, workspace or self.workspace)}


@pytest.fixture
def place(runtime: Runtime) -> Place:
    return Place(runtime)


Verb = Callable[[Place, Work], object]


def _draft(p: Place, work: Work) -> object:
    return campaigns.draft(work, DraftCampaign(p.workspace, "T", Money(10_000_00, INR), BRIEF, uuid4().hex))


def _offer(p: Place, work: Work) -> object:
    command = MakeOffer(p.world.campaign, p.world.creator, Money(3_000_00, INR))
    return offers.offer(work, command, shown=campaigns.get(work, p.world.campaign).mark)


def _fund(p: Place, work: Work) -> object:
    command = FundCampaign(p.world.campaign, Money(1_000_00, INR), uuid4().hex)
    return funding.fund(work, command, RAIL, shown=seen.funding(work, p.world.campaign))


def _close(p: Place, work: Work) -> object:
    shown = endings.closing_mark(work, campaigns.get(work, p.world.campaign))
    return endings.close_campaign(work, p.world.campaign, Rest.CREDIT, shown=shown)


def _invite(p: Place, work: Work) -> object:
    return members.invite(work, p.workspace, Role.VIEWER)


def _remove(p: Place, work: Work) -> object:
    return team.remove(work, p.workspace, p.people[Role.VIEWER], shown=team.mark_of(work, p.workspace))


def _promote(p: Place, work: Work) -> object:
    shown = team.mark_of(work, p.workspace)
    return team.change_role(work, p.workspace, p.people[Role.VIEWER], Role.OWNER, shown=shown)


def _take_over(p: Place, work: Work) -> object:
    own = work.actor.person_id
    assert own is not None
    return team.hand_over(work, p.workspace, own, shown=team.mark_of(work, p.workspace))


def _invitations(p: Place, work: Work) -> object:
    return team.invitations(work, p.workspace)


def _verify(p: Place, work: Work) -> object:
    return compliance.ask_website(work, p.workspace, "kalachai.com")


def _see(p: Place, work: Work) -> object:
    return campaigns.own(work, p.world.campaign)


VERBS: dict[str, tuple[Verb, Permission]] = {
    "see a campaign": (_see, Permission.SEE),
    "draft a campaign": (_draft, Permission.RUN_CAMPAIGNS),
    "make an offer": (_offer, Permission.RUN_CAMPAIGNS),
    "prove the website": (_verify, Permission.RUN_CAMPAIGNS),
    "pay in": (_fund, Permission.FUND),
    "close a campaign": (_close, Permission.FUND),
    "invite": (_invite, Permission.TEAM),
    "see invitations": (_invitations, Permission.TEAM),
    "remove a member": (_remove, Permission.TEAM),
    "make somebody an owner": (_promote, Permission.TEAM),
    "take the ownership": (_take_over, Permission.TEAM),
}


def test_the_roles_are_what_the_table_says() -> None:
    assert {role: {p.value for p in granted} for role, granted in GRANTS.items()} == GRANTED


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_for_the_roles_that_may_and_for_no_other(place: Place, verb: str) -> None:
    act, permission = VERBS[verb]
    for who, person in place.people.items():
        allowed = who != STRANGER and permission in GRANTS[Role(who)]
        with begin(place.database, Actor.person(person)) as work:
            nested = work.session.begin_nested()
            if allowed:
                act(place, work)
            else:
                with pytest.raises(NotFound if who == STRANGER else RoleMissing):
                    act(place, work)
            nested.rollback()


def test_what_is_granted_in_many_workspaces_is_what_is_granted_in_each(place: Place) -> None:
    with begin(place.database, Actor.person(place.world.brand)) as work:
        command = OpenWorkspace("Agency", WorkspaceKind.AGENCY, INR)
        agency = workspaces.open_workspace(work, command).id
        client = workspaces.open_workspace(
            work, OpenWorkspace("C", WorkspaceKind.CLIENT, INR, parent_id=agency)
        ).id
    place.people["agency's manager"] = place.join(Role.MANAGER, agency)
    for person in place.people.values():
        with begin(place.database, Actor.person(person)) as work:
            found = permissions.granted(work, [place.workspace, agency, client])
            for workspace, granted in found.items():
                each = {p for p in Permission if permissions.may(work, workspace, p)}
                assert granted == each, (person, workspace)


@pytest.mark.parametrize("role", ROLE)
def test_an_amount_is_shown_to_the_roles_that_may_see_money(place: Place, role: Role) -> None:
    place.world.offer()
    with begin(place.database, Actor.person(place.people[role])) as work:
        (deal,) = deals.of_campaign(work, place.world.campaign)
        granted = permissions.granted(work, [place.workspace])[place.workspace]
        cards = [
            campaign_cards.brand_campaign(work, campaigns.get(work, place.world.campaign)),
            deal_cards.brand_deal(deal_cards.scene(work, deal), granted),
        ]
    for found in cards:
        assert ("₹" in found.text) is (Permission.SEE_MONEY in GRANTS[role])
        for row in found.buttons:
            for button in row:
                assert ("₹" not in button.label) or Permission.FUND in GRANTS[role]


def test_a_viewer_s_stars_do_not_use_up_the_brand_s_review(place: Place) -> None:
    deal = place.world.offer()
    with begin(place.database, Actor.person(place.world.person)) as work:
        offers.accept(work, deal, shown=seen.deal(work, deal))
        endings.dispute(work, deal, "it rains", shown=seen.deal(work, deal))
    with begin(place.database, Actor.operator("x")) as work:
        endings.resolve(work, deal, "it does", Money(1_000_00, INR), shown=seen.deal(work, deal))
    for role in (Role.VIEWER, Role.FINANCE):
        with begin(place.database, Actor.person(place.people[role])) as work, pytest.raises(RoleMissing):
            endings.review(work, deal, 1, "no", shown=seen.deal(work, deal))
    with begin(place.database, Actor.person(place.people[Role.APPROVER])) as work:
        endings.review(work, deal, 5, "yes", shown=seen.deal(work, deal))


def test_whoever_is_removed_sees_nothing_and_their_invitations_open_nothing(place: Place) -> None:
    second = place.join(Role.OWNER)
    code = str(place.take(second, lambda work: members.invite(work, place.workspace, Role.OWNER)))
    place.take(
        place.world.brand,
        lambda w: team.remove(w, place.workspace, second, shown=team.mark_of(w, place.workspace)),
    )
    with begin(place.database, Actor.person(second)) as work:
        assert not permissions.may(work, place.workspace, Permission.SEE)
    with pytest.raises(CodeNotValid):
        place.take(second, lambda work: members.join(work, code))


@pytest.mark.parametrize("verb", ["remove", "demote", "leave"])
def test_the_only_owner_stays_and_the_second_may_go(place: Place, verb: str) -> None:
    def act(work: Work) -> None:
        shown = team.mark_of(work, place.workspace)
        if verb == "remove":
            team.remove(work, place.workspace, place.world.brand, shown=shown)
        elif verb == "demote":
            team.change_role(work, place.workspace, place.world.brand, Role.VIEWER, shown=shown)
        else:
            team.leave(work, place.workspace)

    with pytest.raises(LastOwnerStays):
        place.take(place.world.brand, act)
    place.join(Role.OWNER)
    place.take(place.world.brand, act)
    assert place.roles().get(place.world.brand) is not Role.OWNER


def test_a_team_that_changed_meanwhile_is_shown_again_first(place: Place) -> None:
    shown = place.mark()
    place.join(Role.VIEWER)
    verbs: list[Callable[[Work], object]] = [
        lambda w: team.remove(w, place.workspace, place.people[Role.VIEWER], shown=shown),
        lambda w: team.change_role(w, place.workspace, place.people[Role.VIEWER], Role.OWNER, shown=shown),
        lambda w: team.hand_over(w, place.workspace, place.people[Role.VIEWER], shown=shown),
    ]
    for verb in verbs:
        with pytest.raises(ShownChanged):
            place.take(place.world.brand, verb)
    assert place.roles()[place.people[Role.VIEWER]] is Role.VIEWER


def test_an_ownership_is_handed_over_and_money_goes_with_it(place: Place) -> None:
    heir = place.people[Role.FINANCE]
    place.take(
        place.world.brand,
        lambda w: team.hand_over(w, place.workspace, heir, shown=team.mark_of(w, place.workspace)),
    )
    roles = place.roles()
    assert (roles[heir], roles[place.world.brand]) == (Role.OWNER, Role.MANAGER)
    place.take(heir, lambda work: _fund(place, work))
    with pytest.raises(RoleMissing):
        place.take(place.world.brand, lambda work: _fund(place, work))


@pytest.mark.parametrize("verb", ["remove", "demote"])
def test_nobody_of_an_agency_keeps_an_older_role_in_its_clients(place: Place, verb: str) -> None:
    with begin(place.database, Actor.person(place.world.brand)) as work:
        agency = workspaces.open_workspace(work, OpenWorkspace("Agency", WorkspaceKind.AGENCY, INR)).id
    partner = place.join(Role.OWNER, agency)
    with begin(place.database, Actor.person(partner)) as work:
        client = workspaces.open_workspace(
            work, OpenWorkspace("C", WorkspaceKind.CLIENT, INR, parent_id=agency)
        ).id
    assert place.roles(client) == {partner: Role.OWNER}
    with begin(place.database, Actor.person(place.world.brand)) as work:
        shown = team.mark_of(work, agency)
        if verb == "remove":
            team.remove(work, agency, partner, shown=shown)
        else:
            team.change_role(work, agency, partner, Role.VIEWER, shown=shown)
    with begin(place.database, Actor.person(partner)) as work:
        assert not permissions.may(work, client, Permission.FUND)
    with begin(place.database, Actor.person(place.world.brand)) as work:
        assert permissions.may(work, client, Permission.FUND), "the agency answers for its clients"


def test_an_invitation_is_seen_and_taken_back(place: Place, clock: SetClock) -> None:
    owner = place.world.brand
    code = str(place.take(owner, lambda work: members.invite(work, place.workspace, Role.FINANCE)))
    with begin(place.database, Actor.person(owner)) as work:
        (found,) = team.invitations(work, place.workspace)
        assert (found.role, found.expires_at) == (Role.FINANCE, work.now + timedelta(days=7))
        with pytest.raises(CodeNotValid):
            team.revoke_invitation(work, place.workspace, found.reference[:-1])
        with pytest.raises(CodeNotValid):
            members.join(work, found.reference)
        team.revoke_invitation(work, place.workspace, found.reference)
        assert team.invitations(work, place.workspace) == []
    with pytest.raises(CodeNotValid):
        place.take(place.people[STRANGER], lambda work: members.join(work, code))
    place.take(owner, lambda work: members.invite(work, place.workspace, Role.FINANCE))
    clock.advance(timedelta(days=7))
    assert place.take(owner, lambda work: team.invitations(work, place.workspace)) == []


@pytest.mark.parametrize("who", [STRANGER, "nobody"])
def test_who_is_not_in_a_team_is_not_changed_in_it(place: Place, who: str) -> None:
    person = place.people.get(who, uuid4())
    for verb in (team.remove, team.hand_over):
        with pytest.raises(MemberNotFound):
            place.take(
                place.world.brand,
                lambda w, verb=verb: verb(w, place.workspace, person, shown=team.mark_of(w, place.workspace)),  # type: ignore[misc]
            )


def test_a_name_is_needed_and_hours_are_hours(database: Database) -> None:
    with begin(database, Actor.operator("x")) as work:
        person = people.register(work, " \u200b ").id
        assert people.person_of(work, person).name.strip()
    for name in ("", "   ", "\u0000"):
        with begin(database, Actor.person(person)) as work, pytest.raises(DomainError):
            people.rename(work, person, name)
    for hours in ((22, 22), (-1, 5), (0, 24), (99, 3)):
        with begin(database, Actor.person(person)) as work, pytest.raises(DomainError):
            people.keep_quiet(work, "UTC", hours)
    with begin(database, Actor.person(person)) as work, pytest.raises(DomainError):
        people.keep_quiet(work, "Mars/Olympus", (22, 8))


def test_of_two_people_of_one_name_the_older_is_found(database: Database, clock: SetClock) -> None:
    with begin(database, SYSTEM) as work:
        older = people.register(work, "Asha").id
    clock.now += timedelta(seconds=1)
    with begin(database, SYSTEM) as work:
        people.register(work, "Asha")
        found = people.find_by_name(work, "Asha")
    assert found is not None
    assert found.id == older


def test_who_brought_somebody_is_noted_once_and_a_code_of_nobody_s_is_passed_over(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        asha, ravi, meera = (people.register(work, name).id for name in ("Asha", "Ravi", "Meera"))

    def referred(code: object) -> UUID | None:
        with begin(database, Actor.person(asha)) as work:
            people.refer(work, str(code))
            return people.row_of(work, asha).referred_by

    assert [referred(code) for code in ("no code", uuid4(), asha)] == [None, None, None]
    assert referred(ravi) == ravi
    assert referred(meera) == ravi


def test_whose_role_changes_hears_of_it_and_whoever_hands_over_knows_it(place: Place) -> None:
    def told() -> list[tuple[str, str]]:
        with begin(place.database, SYSTEM) as work:
            heard = [each for each in promised(work) if each.get("notice") == "role_changed"]
        return [(each["person_id"], each["facts"]["role"]) for each in heard]

    viewer = place.people[Role.VIEWER]
    place.take(place.world.brand, lambda work: _promote(place, work))
    assert told() == [(str(viewer), "owner")]
    place.take(
        viewer,
        lambda w: team.hand_over(
            w, place.workspace, place.people[Role.APPROVER], shown=team.mark_of(w, place.workspace)
        ),
    )
    assert told()[1:] == [(str(place.people[Role.APPROVER]), "owner")]
    assert place.roles()[viewer] is Role.MANAGER


def test_so_many_codes_an_hour_and_then_it_is_said_how_long_to_wait(
    database: Database, clock: SetClock
) -> None:
    with begin(database, SYSTEM) as work:
        asha = people.register(work, "Asha").id

    def code() -> str:
        with begin(database, Actor.person(asha)) as work:
            return codes.issue(work, CodePurpose.LINK_CHANNEL, timedelta(minutes=10))

    for _ in range(codes.CODES_AN_HOUR[CodePurpose.LINK_CHANNEL]):
        code()
    clock.advance(timedelta(minutes=50))
    with pytest.raises(TooOften) as refused:
        code()
    assert refused.value.seconds == 601
    clock.advance(timedelta(seconds=601))
    assert code()


def test_who_goes_takes_their_own_invitations_along_and_nobody_else_s(place: Place) -> None:
    second = place.join(Role.OWNER)
    own = str(place.take(place.world.brand, lambda work: members.invite(work, place.workspace, Role.VIEWER)))
    theirs = str(place.take(second, lambda work: members.invite(work, place.workspace, Role.VIEWER)))
    place.take(second, lambda work: team.leave(work, place.workspace))
    with pytest.raises(CodeNotValid):
        place.take(place.people[STRANGER], lambda work: members.join(work, theirs))
    place.take(place.people[STRANGER], lambda work: members.join(work, own))


def test_what_is_taken_back_of_a_link_is_every_team_that_still_is_theirs(place: Place) -> None:
    with begin(place.database, SYSTEM) as work:
        asha, ravi = people.register(work, "Asha").id, people.register(work, "Ravi").id
        own = work.acting_as(Actor.person(asha))
        names = ("First Tea", "Second Tea", "Third Tea")
        commands = [OpenWorkspace(name, WorkspaceKind.BRAND, INR) for name in names]
        opened = [workspaces.open_workspace(own, command).id for command in commands]
        moved = members.hand_over_all(work, asha, ravi)
        left = UUID(moved[0]["workspace_id"])
        work.session.delete(work.session.get_one(Member, (left, ravi)))
        work.session.flush()
        members.take_back_all(work, asha, ravi, moved)
        back = {each.workspace.id for each in members.memberships_of(work, asha)}
    assert back == set(opened) - {left}
