"""Reading is a fixed number of statements, however much there is to read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import ColumnElement, event, select, text
from sqlalchemy.orm import class_mapper

from api.app import create
from bots.conversation.dialogue import Talk
from bots.dialogues import campaigns as campaign_talk
from bots.dialogues import drafts, reports, wallet
from bots.dialogues import work as work_talk
from core.accounts import people
from core.campaigns.models import Campaign
from core.creators.models import Creator
from core.deals import views as deals
from core.deals.models import Deal, Deliverable
from core.deals.states import DealState, DeliverableState
from core.insights import service as insights
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database, Table
from core.kit.process import Party
from core.kit.work import Work, begin
from core.media.schemas import Cleaned
from core.messaging.messages import Address
from runtime.parts import Runtime
from tests.conftest import signed_in
from tests.integration.test_races import World

FEW, MANY = 3, 300
PAGE_STATEMENTS_MAX = 12


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that go to the database."""
    seen: list[str] = []

    def keep(_: object, __: object, statement: str, *___: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", keep)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", keep)


class Crowd:
    """A campaign with many deals, and a creator with many; made by copying one, without their histories."""

    def __init__(self, world: World) -> None:
        self.world, self.database = world, world.runtime.database
        self.first = world.offer()
        with begin(self.database, Actor.person(world.brand)) as work:
            file = Cleaned("draft.png", "image/png", b"a draft")
            self.file = world.runtime.tools.media.keep_here(work, file).id

    def creators(self, number: int, state: DealState, piece: DeliverableState) -> None:
        """Bring the campaign to this many deals, each with a creator of its own."""
        with begin(self.database, SYSTEM) as work:
            missing = number - self._there(work, Deal.campaign_id == self.world.campaign)
            names = people.register_many(work, [("Creator", "UTC")] * missing)
            made = [_copy(work, Creator, self.world.creator, person_id=n, external_id=None) for n in names]
            self._deals(work, [(self.world.campaign, creator) for creator in made])
            self._stand(work, state, piece)

    def campaigns(self, number: int, state: DealState, piece: DeliverableState) -> None:
        """Bring the creator to this many deals, each in a campaign of its own."""
        with begin(self.database, SYSTEM) as work:
            missing = number - self._there(work, Deal.creator_id == self.world.creator)
            made = [
                _copy(work, Campaign, self.world.campaign, request_key=uuid4().hex, version=1)
                for _ in range(missing)
            ]
            self._deals(work, [(campaign, self.world.creator) for campaign in made])
            self._stand(work, state, piece)

    def _there(self, work: Work, which: ColumnElement[bool]) -> int:
        return len(work.session.scalars(select(Deal.id).where(which)).all())

    def _deals(self, work: Work, wanted: list[tuple[UUID, UUID]]) -> None:
        work.session.flush()
        (piece,) = work.session.scalars(select(Deliverable.id).where(Deliverable.deal_id == self.first))
        made = [_copy(work, Deal, self.first, campaign_id=c, creator_id=p, version=1) for c, p in wanted]
        work.session.flush()
        for deal in made:
            _copy(work, Deliverable, piece, deal_id=deal, version=1)
        work.session.flush()

    def _stand(self, work: Work, state: DealState, piece: DeliverableState) -> None:
        for deal in work.session.scalars(select(Deal)):
            deal.state, deal.turn, deal.terms_hash = state, Party.CREATOR, "agreed"
            for deliverable in deal.deliverables:
                deliverable.state, deliverable.draft_media = piece, [str(self.file)]

    def talk(self, work: Work, person: UUID) -> Talk:
        return Talk(work, people.person_of(work, person), Address("web", "x"), self.world.runtime.tools)


def _copy(work: Work, table: type[Table], key: UUID, **changed: object) -> UUID:
    row, made = work.session.get(table, key), uuid4()
    kept = {column.key: getattr(row, column.key) for column in class_mapper(table).column_attrs}
    work.session.add(table(**{**kept, "id": made, **changed}))
    return made


@pytest.fixture
def crowd(world: World) -> Crowd:
    return Crowd(world)


@pytest.fixture
def world(runtime: object) -> World:
    return World(runtime)  # type: ignore[arg-type]


OFFERED = (DealState.OFFERED, DeliverableState.PLANNED)
IN_REVIEW = (DealState.AGREED, DeliverableState.IN_REVIEW)
DISPUTED = (DealState.DISPUTED, DeliverableState.DRAFTING)

BRAND_PAGES: list[tuple[str, tuple[DealState, DeliverableState], Callable[[Talk, Crowd], object]]] = [
    ("deals", OFFERED, lambda talk, crowd: campaign_talk.show_deals(talk, crowd.world.campaign)),
    ("drafts", IN_REVIEW, lambda talk, _: drafts.show_drafts(talk, "")),
    ("campaigns", OFFERED, lambda talk, _: campaign_talk.show_all(talk, "")),
    ("which report", OFFERED, lambda talk, _: reports._campaign(talk, None)),  # noqa: SLF001
    ("report", IN_REVIEW, lambda talk, crowd: insights.report(talk.work, crowd.world.campaign)),
    ("money", IN_REVIEW, lambda talk, crowd: deals.money_of(talk.work, crowd.world.campaign)),
]
CREATOR_PAGES: list[tuple[str, tuple[DealState, DeliverableState], Callable[[Talk, Crowd], object]]] = [
    ("offers", OFFERED, lambda talk, _: work_talk.offers(talk, "")),
    ("work", IN_REVIEW, lambda talk, _: work_talk.my_work(talk, "")),
    ("find work", OFFERED, lambda talk, _: work_talk.find_work(talk, "")),
    ("wallet", IN_REVIEW, lambda talk, _: wallet.wallet(talk, "")),
]


@pytest.mark.parametrize(("name", "stand", "page"), BRAND_PAGES, ids=[row[0] for row in BRAND_PAGES])
def test_a_brand_s_pages_cost_the_same_for_three_deals_and_for_three_hundred(
    crowd: Crowd, name: str, stand: tuple[DealState, DeliverableState], page: Callable[[Talk, Crowd], object]
) -> None:
    del name
    spent = []
    for number in (FEW, MANY):
        crowd.creators(number, *stand)
        with begin(crowd.database, SYSTEM) as work:
            talk = crowd.talk(work, crowd.world.brand)
            with counted(crowd.database) as statements:
                assert page(talk, crowd)
        spent.append(len(statements))
    assert spent[0] == spent[1] <= PAGE_STATEMENTS_MAX, statements


@pytest.mark.parametrize(("name", "stand", "page"), CREATOR_PAGES, ids=[row[0] for row in CREATOR_PAGES])
def test_a_creator_s_pages_cost_the_same_for_three_deals_and_for_three_hundred(
    crowd: Crowd, name: str, stand: tuple[DealState, DeliverableState], page: Callable[[Talk, Crowd], object]
) -> None:
    del name
    spent = []
    for number in (FEW, MANY):
        crowd.campaigns(number, *stand)
        with begin(crowd.database, SYSTEM) as work:
            talk = crowd.talk(work, crowd.world.person)
            with counted(crowd.database) as statements:
                assert page(talk, crowd)
        spent.append(len(statements))
    assert spent[0] == spent[1] <= PAGE_STATEMENTS_MAX, statements


@pytest.mark.parametrize("path", ["/admin/overview", "/admin/campaigns"])
def test_an_operator_s_pages_cost_the_same_for_three_deals_and_for_three_hundred(
    crowd: Crowd, path: str
) -> None:
    with TestClient(create(crowd.world.runtime), headers=signed_in(crowd.world.runtime)) as client:
        spent = []
        for number in (FEW, MANY):
            crowd.creators(number, *DISPUTED)
            client.get(path)
            with counted(crowd.database) as statements:
                assert client.get(path).status_code == 200
            spent.append(len(statements))
    assert spent[0] == spent[1], statements


def test_an_offer_costs_the_same_in_a_campaign_of_three_hundred(crowd: Crowd) -> None:
    spent = []
    for number in (FEW, MANY):
        crowd.creators(number, DealState.DECLINED, DeliverableState.CANCELLED)
        with counted(crowd.database) as statements:
            crowd.world.offer()
        spent.append(len(statements))
    assert spent[0] == spent[1], statements


# what is asked of tables that grow for ever
ASKED = [
    "SELECT 1 FROM ledger.account WHERE owner = 'x'",
    "SELECT 1 FROM ledger.account WHERE kind = 'campaign_escrow' AND currency = 'INR'",
    "SELECT 1 FROM ledger.entry WHERE account_id = 1",
    "SELECT 1 FROM payable WHERE payout_id = gen_random_uuid()",
    "SELECT 1 FROM payable WHERE creator_id = gen_random_uuid()",
    "SELECT 1 FROM payable WHERE payout_id IS NULL AND available_at <= now()",
    "SELECT min(price_minor) FROM deal WHERE state = 'completed' AND work = 'reel' AND currency = 'INR'",
    "SELECT 1 FROM deal_event WHERE deal_id = gen_random_uuid()",
    "SELECT 1 FROM deal_timer WHERE due_at <= now() AND paused_at IS NULL AND parked_at IS NULL",
    "SELECT 1 FROM deal_timer WHERE deal_id = gen_random_uuid()",
    "SELECT 1 FROM trust_observation WHERE subject_id = gen_random_uuid()",
    "SELECT 1 FROM watched_post WHERE watching AND next_check_at <= now()",
    "SELECT 1 FROM operator_task WHERE closed_at IS NULL ORDER BY opened_at",
]


@pytest.mark.parametrize("query", ASKED)
def test_what_is_asked_of_a_growing_table_has_its_index(runtime: Runtime, query: str) -> None:
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(work.session.execute(text(f"EXPLAIN {query}")).scalars())
    assert "Seq Scan" not in plan, plan
