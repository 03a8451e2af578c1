"""The edges of campaigns, one rule a test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from core.accounts import people
from core.accounts.errors import RoleMissing
from core.accounts.models import Member
from core.accounts.states import Permission, Role
from core.campaigns import service as campaigns
from core.campaigns.errors import (
    BudgetTooLarge,
    BudgetTooSmall,
    CampaignFrozen,
    CampaignNotFound,
    CampaignStepNotPossible,
    CampaignStepNotYours,
    DeadlineInThePast,
    LandingNotALink,
    NoDeliverables,
    NumberOutOfRange,
)
from core.campaigns.models import Campaign
from core.campaigns.schemas import Brief, DeliverableSpec, DraftCampaign
from core.campaigns.states import CampaignState
from core.kit.actors import SYSTEM, Actor
from core.kit.errors import DomainError
from core.kit.money import Currency, Money
from core.kit.process import UnknownVersion
from core.kit.vocabulary import DeliverableKind
from core.kit.work import Work, begin
from runtime.parts import Runtime
from tests.conftest import MORNING
from tests.integration.test_races import INR, World

TODAY = MORNING.date()
REEL = DeliverableKind.REEL


@pytest.fixture
def world(runtime: Runtime) -> World:
    return World(runtime)


def brief(**wishes: object) -> Brief:
    return replace(Brief(text="tea", deliverables=(DeliverableSpec(REEL),)), **wishes)  # type: ignore[arg-type]


# what is drafted, with which budget -> the error; None: it is taken
DRAFTS: list[tuple[Brief, Money, type[DomainError] | None]] = [
    (brief(), Money(10_00, INR), None),
    (brief(), Money(9_99, INR), BudgetTooSmall),
    (brief(), Money(10, Currency.JPY), None),
    (brief(), Money(9, Currency.JPY), BudgetTooSmall),
    (brief(), Money(50_000_000_00, INR), None),
    (brief(), Money(50_000_000_01, INR), BudgetTooLarge),
    (brief(deliverables=()), Money(10_00, INR), NoDeliverables),
    (brief(deliverables=(DeliverableSpec(REEL, 0),)), Money(10_00, INR), NumberOutOfRange),
    (brief(deliverables=(DeliverableSpec(REEL, 20),)), Money(10_00, INR), None),
    (brief(deliverables=(DeliverableSpec(REEL, 21),)), Money(10_00, INR), NumberOutOfRange),
    (brief(creators_max=0), Money(10_00, INR), NumberOutOfRange),
    (brief(creators_max=1), Money(10_00, INR), None),
    (brief(creators_max=500), Money(10_00, INR), None),
    (brief(creators_max=501), Money(10_00, INR), NumberOutOfRange),
    (brief(landing_url="https://tea.example/x"), Money(10_00, INR), None),
    (brief(landing_url="https://[your-shop].com/tea"), Money(10_00, INR), LandingNotALink),
    (brief(landing_url="tea"), Money(10_00, INR), LandingNotALink),
    (brief(deadline=TODAY), Money(10_00, INR), None),
    (brief(deadline=TODAY - timedelta(days=1)), Money(10_00, INR), DeadlineInThePast),
    (brief(deadline=date(1970, 1, 1)), Money(10_00, INR), DeadlineInThePast),
]


@pytest.mark.parametrize(("wanted", "budget", "error"), DRAFTS)
def test_a_campaign_is_taken_within_its_limits_and_not_beyond(
    world: World, wanted: Brief, budget: Money, error: type[DomainError] | None
) -> None:
    command = DraftCampaign(world.workspace, "T", budget, wanted, uuid4().hex)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        if error is None:
            assert campaigns.draft(work, command).state is CampaignState.AWAITING_FUNDS
            return
        with pytest.raises(error):
            campaigns.draft(work, command)


FIND: list[Callable[[Work, World], object]] = [
    lambda work, world: campaigns.own(work, world.campaign, Permission.RUN_CAMPAIGNS),
    lambda work, world: campaigns.lock_own(work, world.campaign, Permission.RUN_CAMPAIGNS),
]


@pytest.mark.parametrize("find", FIND)
def test_a_campaign_is_found_by_its_own_and_run_by_who_may(
    world: World, find: Callable[[Work, World], object]
) -> None:
    with begin(world.runtime.database, Actor.person(world.person)) as work, pytest.raises(CampaignNotFound):
        find(work, world)
    with begin(world.runtime.database, SYSTEM) as work:
        viewer = people.register(work, "Viewer").id
        row = {"workspace_id": world.workspace, "person_id": viewer, "role": Role.VIEWER, "since": work.now}
        work.session.add(Member(**row))
    with begin(world.runtime.database, Actor.person(viewer)) as work, pytest.raises(RoleMissing):
        find(work, world)
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        assert find(work, world)


def test_a_campaign_that_is_not_there_is_not_found(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        for find in (campaigns.get, campaigns.own, campaigns.lock):
            with pytest.raises(CampaignNotFound):
                find(work, uuid4())


def test_a_step_is_taken_by_its_party_from_its_state_and_not_while_the_bank_decides(world: World) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        with pytest.raises(CampaignStepNotYours):
            campaigns.step(work, world.campaign, "freeze")
        with pytest.raises(CampaignStepNotPossible):
            campaigns.step(work, world.campaign, "cancel")
        campaigns.step(work.acting_as(SYSTEM), world.campaign, "freeze")
        with pytest.raises(CampaignFrozen):
            campaigns.step(work, world.campaign, "settle")
        assert not campaigns.advance(work, world.campaign, "settle")
        campaigns.step(work.acting_as(SYSTEM), world.campaign, "unfreeze")
        assert campaigns.step(work, world.campaign, "settle").state is CampaignState.SETTLING


def test_a_campaign_of_a_version_that_nobody_knows_says_so(world: World) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        work.session.execute(update(Campaign).values(process_version=9))
    for take in (campaigns.step, campaigns.advance):
        with (
            begin(world.runtime.database, Actor.person(world.brand)) as work,
            pytest.raises(UnknownVersion, match=r"version 9 of \[1\]"),
        ):
            take(work, world.campaign, "settle")
