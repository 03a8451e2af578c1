"""Every verb of the core that a brand's people come to, with the permission it needs, and every role at each.

The table is written by hand. Whoever takes a check out of a verb, or lets it ask for less, fails the first
test; whoever lets a role do more fails the second.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.accounts import members, team, workspaces
from core.accounts.errors import RoleMissing
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import GRANTS, Permission, Role, WorkspaceKind
from core.campaigns import briefs, shortlist
from core.campaigns import service as campaigns
from core.campaigns.schemas import ChangeCampaign, DraftCampaign, Suggestion
from core.compliance import service as compliance
from core.deals import briefs as deal_briefs
from core.deals import endings, engine, messages, offers, sets
from core.deals import views as deals
from core.deals.deal_table import DEAL
from core.deals.piece_table import DELIVERABLE
from core.deals.schemas import MakeOffer, WriteMessage
from core.kit.actors import Actor
from core.kit.errors import DomainError, NotFound
from core.kit.estimates import Estimate
from core.kit.money import Money
from core.kit.process import Party
from core.kit.remarks import Remark
from core.kit.work import Work, begin
from core.payments import funding
from core.payments.schemas import FundCampaign
from core.payments.states import Rest
from runtime.parts import Runtime
from tests.conftest import drain
from tests.integration.test_accounts import BRIEF, STRANGER, Place, place
from tests.integration.test_races import INR, RAIL

__all__ = ["place"]
CORE = Path(__file__).parents[2] / "core"
P = Permission

# every function of core that asks whether a role may, and for what
ASKED: dict[str, set[Permission]] = {
    "accounts.members.invite": {P.TEAM},
    "accounts.team.change_role": {P.TEAM},
    "accounts.team.hand_over": {P.TEAM},
    "accounts.team.invitations": {P.TEAM},
    "accounts.team.remove": {P.TEAM},
    "accounts.team.revoke_invitation": {P.TEAM},
    "accounts.workspaces.assign_place": {P.RUN_CAMPAIGNS},
    "accounts.workspaces.open_workspace": {P.TEAM},
    "campaigns.service.draft": {P.RUN_CAMPAIGNS},
    "campaigns.service.drop": {P.RUN_CAMPAIGNS},
    "campaigns.service.move": {P.RUN_CAMPAIGNS},
    "campaigns.briefs.relax": {P.RUN_CAMPAIGNS},
    "campaigns.shortlist.choose": {P.RUN_CAMPAIGNS},
    "campaigns.shortlist.keep": {P.RUN_CAMPAIGNS},
    "campaigns.shortlist.note": {P.RUN_CAMPAIGNS},
    "campaigns.shortlist.remove": {P.RUN_CAMPAIGNS},
    "compliance.service.ask_website": {P.RUN_CAMPAIGNS},
    "compliance.service.keep_company_page": {P.RUN_CAMPAIGNS},
    "compliance.service.look_at_website": {P.RUN_CAMPAIGNS},
    "compliance.service.verify_tax_number": {P.RUN_CAMPAIGNS},
    "deals.endings.close_campaign": {P.FUND},
    "deals.endings.review": {P.APPROVE},
    "deals.briefs.change": {P.RUN_CAMPAIGNS},
    "deals.messages.write": {P.APPROVE},
    "deals.offers.offer": {P.RUN_CAMPAIGNS},
    "deals.parcels.of_deal": {P.RUN_CAMPAIGNS},
    "deals.sets.send": {P.RUN_CAMPAIGNS},
    "payments.funding.fund": {P.FUND},
    "payments.funding.pay_checkout": {P.FUND},
}

# every step of a deal or a piece that a brand takes; the engine asks
STEPS: dict[str, Permission] = {
    "deal.offer": P.RUN_CAMPAIGNS,
    "deal.counter": P.RUN_CAMPAIGNS,
    "deal.accept_application": P.RUN_CAMPAIGNS,
    "deal.accept": P.RUN_CAMPAIGNS,
    "deal.decline": P.RUN_CAMPAIGNS,
    "deal.withdraw": P.RUN_CAMPAIGNS,
    "deal.cancel_request": P.RUN_CAMPAIGNS,
    "deal.cancel_agree": P.RUN_CAMPAIGNS,
    "deal.cancel_refuse": P.RUN_CAMPAIGNS,
    "deal.dispute": P.RUN_CAMPAIGNS,
    "deal.send_gift": P.RUN_CAMPAIGNS,
    "deal.call_off": P.RUN_CAMPAIGNS,
    "deal.dispute_answer": P.RUN_CAMPAIGNS,
    "deliverable.approve_draft": P.APPROVE,
    "deliverable.request_changes": P.APPROVE,
    "deliverable.confirm_post": P.APPROVE,
    "deliverable.refuse_post": P.APPROVE,
    "deliverable.extend_draft": P.RUN_CAMPAIGNS,
    "deliverable.extend_changes": P.RUN_CAMPAIGNS,
    "deliverable.extend_post": P.RUN_CAMPAIGNS,
    "deliverable.cancel": P.RUN_CAMPAIGNS,
}


def asked_in(function: ast.FunctionDef) -> set[Permission]:
    """Return the permissions that a function insists on, by `require` or as the owner of a campaign."""
    found = set()
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or ast.unparse(call.func) not in {
            *("permissions.require", "campaigns.own", "campaigns.lock_own", "own"),
        }:
            continue
        for argument in call.args:
            if isinstance(argument, ast.Attribute) and ast.unparse(argument.value) == "Permission":
                found.add(Permission[argument.attr])
    return found


def test_every_verb_asks_for_what_the_table_says() -> None:
    found = {}
    for path in CORE.rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and (asked := asked_in(node)):
                place = ".".join(path.relative_to(CORE).with_suffix("").parts)
                found[f"{place}.{node.name}"] = asked
    assert found == ASKED


def test_every_step_of_a_brand_stands_in_the_table() -> None:
    found = {
        f"{process.name}.{row.name}"
        for process in (DEAL, DELIVERABLE)
        for row in process.transitions.values()
        if Party.BRAND in row.actors
    }
    assert found == set(STEPS)


def outcome(place: Place, who: UUID, verb: Callable[[Work], object]) -> str:
    """Try a verb and take it back: "done", or the code of what it was refused with."""
    with begin(place.database, Actor.person(who)) as work:
        nested = work.session.begin_nested()
        try:
            verb(work)
        except RoleMissing:
            return "RoleMissing"
        except NotFound:
            return "NotFound"
        except DomainError as error:
            return error.code
        finally:
            if nested.is_active:
                nested.rollback()
        return "done"


def verbs(place: Place) -> dict[str, Callable[[Work], object]]:
    """Return each verb of the table with what it would be called with, but shown nothing that is."""
    workspace, campaign, viewer = place.workspace, place.world.campaign, place.people[Role.VIEWER]
    client = OpenWorkspace("Client", WorkspaceKind.CLIENT, INR, parent_id=workspace)
    draft = DraftCampaign(workspace, "T", Money(10_000_00, INR), BRIEF, uuid4().hex)
    offer = MakeOffer(campaign, place.world.creator, Money(3_000_00, INR))
    pay = FundCampaign(campaign, Money(1_000_00, INR), uuid4().hex)
    changed = ChangeCampaign(campaign, Money(10_000_00, INR), BRIEF)
    price = Estimate.known(3_000_00, Remark("price_own"))
    found = Suggestion(place.world.creator, INR, price, 0.5)
    return {
        "accounts.members.invite": lambda work: members.invite(work, workspace, Role.VIEWER),
        "accounts.team.change_role": lambda w: team.change_role(w, workspace, viewer, Role.OWNER, shown="x"),
        "accounts.team.hand_over": lambda work: team.hand_over(work, workspace, viewer, shown="x"),
        "accounts.team.invitations": lambda work: team.invitations(work, workspace),
        "accounts.team.remove": lambda work: team.remove(work, workspace, viewer, shown="x"),
        "accounts.team.revoke_invitation": lambda work: team.revoke_invitation(work, workspace, "0" * 16),
        "accounts.workspaces.assign_place": lambda work: workspaces.assign_place(work, "C1", workspace),
        "accounts.workspaces.open_workspace": lambda work: workspaces.open_workspace(work, client),
        "campaigns.service.draft": lambda work: campaigns.draft(work, draft),
        "campaigns.service.drop": lambda work: campaigns.drop(work, campaign, shown="x"),
        "campaigns.service.move": lambda work: campaigns.move(work, campaign, "C1"),
        "campaigns.briefs.relax": lambda work: briefs.relax(work, campaign, "cities", shown="x"),
        "campaigns.shortlist.choose": lambda work: shortlist.choose(work, campaign, found),
        "campaigns.shortlist.keep": lambda work: shortlist.keep(work, campaign, [found]),
        "campaigns.shortlist.note": lambda work: shortlist.note(work, campaign, [found]),
        "campaigns.shortlist.remove": lambda work: shortlist.remove(work, campaign, found.creator_id),
        "compliance.service.ask_website": lambda work: compliance.ask_website(
            work, workspace, "kalachai.com"
        ),
        "compliance.service.keep_company_page": lambda work: compliance.keep_company_page(
            work, workspace, "https://www.linkedin.com/company/kala-chai/"
        ),
        "compliance.service.look_at_website": lambda work: compliance.look_at_website(work, workspace),
        "compliance.service.verify_tax_number": lambda w: compliance.verify_tax_number(w, workspace, "x"),
        "deals.briefs.change": lambda work: deal_briefs.change(work, changed, shown="x"),
        "deals.endings.close_campaign": lambda w: endings.close_campaign(w, campaign, Rest.CREDIT, shown="x"),
        "deals.offers.offer": lambda work: offers.offer(work, offer, shown="x"),
        "deals.sets.send": lambda work: sets.send(work, campaign, shown="x"),
        "payments.funding.fund": lambda work: funding.fund(work, pay, RAIL, shown="x"),
    }


ELSEWHERE = {
    "deals.endings.review": "test_accounts: a viewer's stars do not use up the brand's review",
    "deals.messages.write": "below: it needs a deal",
    "deals.parcels.of_deal": "test_parcels: an address is read by the two sides while the deal lasts",
    "payments.funding.pay_checkout": "below: it needs a checkout that is open",
}


@pytest.mark.parametrize("name", sorted(set(ASKED) - set(ELSEWHERE)))
def test_a_role_that_may_not_is_refused_and_one_that_may_is_not(place: Place, name: str) -> None:
    (permission,) = ASKED[name]
    verb = verbs(place)[name]
    for who, person in place.people.items():
        found = outcome(place, person, verb)
        if who == STRANGER:
            assert found == "NotFound", who
        else:
            assert (found == "RoleMissing") is (permission not in GRANTS[Role(who)]), (who, found)


def test_a_checkout_is_paid_by_whoever_may_pay_in(place: Place, runtime: Runtime) -> None:
    with begin(place.database, Actor.person(place.world.brand)) as work:
        shown = funding.mark_of(work, campaigns.get(work, place.world.campaign))
        pay = FundCampaign(place.world.campaign, Money(1_000_00, INR), uuid4().hex)
        checkout = funding.fund(work, pay, RAIL, shown=shown).id
    assert checkout is not None
    drain(runtime)
    for who, person in place.people.items():
        found = outcome(place, person, lambda work: funding.pay_checkout(work, checkout, shown="x"))
        may = who != STRANGER and Permission.FUND in GRANTS[Role(who)]
        assert (found == "ShownChanged") is may, (who, found)


def test_a_message_is_written_by_whoever_may_answer_for_the_brand(place: Place) -> None:
    hello = WriteMessage(place.world.offer(), "hello")
    for who, person in place.people.items():
        found = outcome(place, person, lambda work: messages.write(work, hello))
        if who == STRANGER:
            assert found == "NotFound"
        else:
            assert (found == "RoleMissing") is (Permission.APPROVE not in GRANTS[Role(who)]), (who, found)


@pytest.mark.parametrize("name", sorted(set(STEPS) - {"deal.offer"}))
def test_a_step_is_refused_to_every_role_that_may_not_take_it(place: Place, name: str) -> None:
    process, _, step = name.partition(".")
    deal_id = place.world.offer()
    with begin(place.database, Actor.person(place.world.brand)) as work:
        piece_id = deals.get(work, deal_id).deliverables[0].id
    take, thing = (engine.take, deal_id) if process == "deal" else (engine.take_piece, piece_id)
    for who, person in place.people.items():
        found = outcome(place, person, lambda work: take(work, step, thing, {}, shown="x"))
        if who == STRANGER:
            assert found == "NotFound"
        else:
            assert (found == "RoleMissing") is (STEPS[name] not in GRANTS[Role(who)]), (who, found)
