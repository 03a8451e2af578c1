"""A deal stands still as one: no clock runs out, no post is lost sight of, and all time is given back."""

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import select, update

from api.app import create
from core import migrate
from core.deals import endings, freezes, offers, pieces
from core.deals import views as deals
from core.deals.errors import AlreadyStanding, DealStandsStill, NotStanding, NotYourStep
from core.deals.models import DealTimer, Deliverable
from core.deals.schemas import Apply, DealView, DeliverableView, SubmitDraft
from core.deals.states import DealState, DeliverableState, Standing
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.crypto import Keyring
from core.kit.database import connect
from core.kit.errors import DomainError
from core.kit.money import Money
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.media.schemas import Cleaned
from core.networks.sandbox import NewPost
from core.operators import tasks
from core.payments import funding
from core.posts import service as posts
from core.posts.models import WatchedPost
from core.settings import Settings
from core.trust import service as trust
from market import servers
from runtime import parts
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, staff_key
from tests.integration.test_races import INR, World
from workers import rounds

STOOD = timedelta(hours=60)
DATES = (
    "draft_due_at",
    "post_due_at",
    "submitted_at",
    "posted_at",
    "live_at",
    "retained_until",
    "missing_since",
)
OPERATOR = Actor.operator("mira")
WORKED = ("drafting", "in_review", "changes_requested", "approved", "overdue")
PUBLISHED = ("posted", "claimed", "live", "missing")
OWN = {"cancelling": {"cancel_by_silence"}, "dispute": {"dispute_unanswered"}}
TABLE = [
    *[(stop, stage) for stop in ("operator", "chargeback") for stage in ("offered", "applied")],
    *[(stop, stage) for stop in ("operator", "chargeback", "dispute") for stage in (*WORKED, *PUBLISHED)],
    *[("cancelling", stage) for stage in WORKED],
]


class Stage(World):
    """A deal brought to a stage of its life, stopped and let go on."""

    deal: UUID
    piece: UUID
    link: str = ""
    chargeback: str = ""

    def __init__(self, runtime: Runtime, clock: SetClock, kind: DeliverableKind | None = None) -> None:
        super().__init__(runtime)
        self.clock, self.kind = clock, kind or DeliverableKind.REEL

    def take(self, actor: UUID | Actor, verb: Callable[..., object], *arguments: object) -> None:
        actor = actor if isinstance(actor, Actor) else Actor.person(actor)
        with begin(self.runtime.database, actor) as work:
            binds = "shown" in inspect.signature(verb).parameters
            verb(work, *arguments, **({"shown": seen.about(work, verb, arguments[0])} if binds else {}))

    def wait(self, *, hours: int, every: int = 3) -> None:
        """Let time pass a few hours at a time, as the workers see it."""
        until = self.clock.now + timedelta(hours=hours)
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + timedelta(hours=every), until)
            drain(self.runtime)

    def reach(self, stage: str) -> "Stage":
        if stage == "applied":
            with begin(self.runtime.database, Actor.person(self.person)) as work:
                command = Apply(self.campaign, Money(3_000_00, INR))
                self.deal = offers.apply(work, command, shown=seen.application(work, self.campaign)).id
        else:
            self.deal = self.offer()
        with begin(self.runtime.database, SYSTEM) as work:
            self.piece = deals.get(work, self.deal).deliverables[0].id
            work.session.execute(update(Deliverable).values(kind=self.kind))
        if stage not in {"offered", "applied"}:
            self.take(self.person, offers.accept, self.deal)
            getattr(self, f"to_{stage}", lambda: None)()
        if stage != "posted":
            drain(self.runtime)
        self.clock.advance(timedelta(hours=1))
        return self

    def to_in_review(self) -> None:
        self.take(self.person, pieces.submit_draft, SubmitDraft(self.piece, "#ad look"))

    def to_changes_requested(self) -> None:
        self.to_in_review()
        self.take(self.brand, pieces.request_changes, self.piece, "brighter")

    def to_approved(self) -> None:
        self.to_in_review()
        self.take(self.brand, pieces.approve_draft, self.piece)

    def to_overdue(self) -> None:
        drain(self.runtime)
        self.clock.advance(timedelta(days=10))

    def to_posted(self) -> None:
        self.to_approved()
        post = NewPost(Platform.INSTAGRAM, "c", self.kind, "#ad look", 9_000)
        self.link = self.runtime.network.publish(post, uuid4().hex)
        self.take(self.person, posts.submit, self.piece, self.link, self.runtime.networks)

    def to_claimed(self) -> None:
        self.to_approved()
        with begin(self.runtime.database, SYSTEM) as work:
            work.session.execute(update(Deliverable).values(platform=Platform.FACEBOOK))
        with begin(self.runtime.database, Actor.person(self.person)) as work:
            shot = self.runtime.tools.media.keep_here(work, Cleaned("post.png", "image/png", b"post"))
        link, picture = "https://www.facebook.com/reel/123456789012345/", posts.Picture((shot.id,))
        self.take(self.person, posts.submit, self.piece, link, self.runtime.networks, picture)

    def to_live(self) -> None:
        self.to_posted()
        drain(self.runtime)

    def to_missing(self) -> None:
        self.to_live()
        self.wait(hours=20)
        self.runtime.network.delete(self.link)
        self.take(SYSTEM, pieces.post_missing, self.piece)

    def stop(self, why: str) -> None:
        if why == "operator":
            self.take(OPERATOR, freezes.freeze_deal, self.deal, "a report is being looked into")
        if why == "dispute":
            self.take(self.brand, endings.dispute, self.deal, "not as agreed")
        if why == "cancelling":
            self.take(self.brand, endings.ask_to_cancel, self.deal, "plans changed")
        if why == "chargeback":
            with begin(self.runtime.database, SYSTEM) as work:
                (charge,) = funding.charges(work, self.campaign)
            self.chargeback = self.runtime.rail.dispute(charge)
            self.sweep()

    def release(self, why: str) -> None:
        if why == "operator":
            self.take(OPERATOR, freezes.unfreeze_deal, self.deal, "all is well")
        if why == "dispute":
            self.take(OPERATOR, endings.resolve, self.deal, "go on", None)
        if why == "cancelling":
            with begin(self.runtime.database, Actor.person(self.person)) as work:
                shown = seen.deal(work, self.deal)
                endings.answer_cancel(work, self.deal, agree=False, shown=shown)
        if why == "chargeback":
            self.runtime.rail.decide(self.chargeback, won=True)
            self.sweep()

    def sweep(self) -> None:
        rounds.sweep_rail(self.runtime)

    def view(self) -> tuple[DealView, DeliverableView]:
        with begin(self.runtime.database, SYSTEM) as work:
            return deals.get_by_piece(work, self.piece)

    def state(self) -> DeliverableState:
        return self.view()[1].state

    def dates(self) -> dict[str, datetime]:
        found = {name: getattr(self.view()[1], name) for name in DATES}
        return {name: at for name, at in found.items() if at is not None}

    def clocks(self) -> dict[str, tuple[datetime, bool]]:
        """Return each clock's time, and whether it stands."""
        with begin(self.runtime.database, SYSTEM) as work:
            rows = work.session.scalars(select(DealTimer))
            return {row.step: (row.due_at, row.paused_at is not None) for row in rows}

    def held(self) -> int:
        with begin(self.runtime.database, SYSTEM) as work:
            return deals.held_for(work, deals.get(work, self.deal)).minor

    def task_kinds(self) -> list[str]:
        with begin(self.runtime.database, SYSTEM) as work:
            return [task.kind for task in tasks.open_tasks(work)]


@pytest.fixture
def stage(runtime: Runtime, clock: SetClock) -> Stage:
    return Stage(runtime, clock)


@pytest.mark.parametrize(("stop", "at"), TABLE)
def test_whatever_stops_a_deal_wherever_it_is_gives_all_time_back(stage: Stage, stop: str, at: str) -> None:
    stage.reach(at)
    clocks, dates, before = stage.clocks(), stage.dates(), stage.view()
    stage.stop(stop)
    assert stage.view()[0].stands_for == (Standing(stop),)
    standing = stage.clocks()
    assert {step for step, (_, stands) in standing.items() if not stands} == OWN.get(stop, set())
    stage.wait(hours=60, every=20)
    assert stage.state() is before[1].state
    assert stage.dates() == dates
    stage.release(stop)
    deal, piece = stage.view()
    assert (deal.state, deal.stands_for, piece.state) == (before[0].state, (), before[1].state)
    assert stage.dates() == {name: date + STOOD for name, date in dates.items()}
    assert stage.clocks() == {step: (due + STOOD, False) for step, (due, _) in clocks.items()}


@pytest.mark.parametrize("first", ["operator", "dispute"])
def test_a_deal_goes_on_when_the_last_of_its_reasons_is_gone(stage: Stage, first: str) -> None:
    """Standing for 60 hours for one reason, with another for the last 40 and 20 more alone."""
    stage.reach("drafting")
    clocks, dates = stage.clocks(), stage.dates()
    stage.stop(first)
    stage.wait(hours=20)
    stage.stop("chargeback")
    assert all(stands for _, stands in stage.clocks().values())
    stage.wait(hours=20)
    stage.release("chargeback")
    assert stage.view()[0].stands_for == (Standing(first),)
    running = {step for step, (_, stands) in stage.clocks().items() if not stands}
    assert running == ({"dispute_unanswered"} if first == "dispute" else set())
    stage.wait(hours=20)
    stage.release(first)
    assert stage.dates() == {name: date + STOOD for name, date in dates.items()}
    assert stage.clocks() == {step: (due + STOOD, False) for step, (due, _) in clocks.items()}


def test_a_dispute_s_own_clock_runs_again_after_a_chargeback_was_won(stage: Stage) -> None:
    stage.reach("drafting")
    stage.stop("dispute")
    due = stage.clocks()["dispute_unanswered"][0]
    stage.stop("chargeback")
    stage.wait(hours=24)
    stage.release("chargeback")
    assert stage.clocks()["dispute_unanswered"] == (due + timedelta(hours=24), False)
    stage.wait(hours=9 * 24, every=24)
    assert "dispute_unanswered" in stage.task_kinds()


def test_disputing_a_cancellation_takes_its_place(stage: Stage) -> None:
    stage.reach("drafting")
    dates = stage.dates()
    stage.stop("cancelling")
    stage.wait(hours=10)
    stage.stop("dispute")
    assert stage.view()[0].stands_for == (Standing.DISPUTE,)
    stage.wait(hours=50)
    stage.release("dispute")
    assert stage.view()[0].state is DealState.AGREED
    assert stage.dates() == {name: date + STOOD for name, date in dates.items()}


def test_a_post_handed_in_before_a_dispute_is_verified_when_the_deal_goes_on(stage: Stage) -> None:
    stage.reach("posted")
    stage.stop("dispute")
    stage.wait(hours=40 * 24, every=48)
    assert stage.state() is DeliverableState.POSTED
    stage.release("dispute")
    drain(stage.runtime)
    assert stage.state() is DeliverableState.LIVE
    with begin(stage.runtime.database, SYSTEM) as work:
        assert trust.reliability(work, [stage.creator])[stage.creator].score == 88  # three good ones of three


@pytest.mark.parametrize("stop", ["dispute", "operator", "chargeback"])
def test_a_post_deleted_while_the_deal_stands_still_lapses_by_the_rule(stage: Stage, stop: str) -> None:
    stage.reach("live")
    stage.wait(hours=23)  # a whole day live
    stage.stop(stop)
    stage.runtime.network.delete(stage.link)
    stage.wait(hours=120)
    assert stage.state() is DeliverableState.LIVE
    stage.release(stop)
    drain(stage.runtime)
    assert stage.state() is DeliverableState.MISSING
    stage.wait(hours=25)
    _, piece = stage.view()
    assert piece.state is DeliverableState.LAPSED
    assert stage.held() == 0
    assert piece.released.minor == 1_500_00 + 214_29  # one day of seven


def test_a_post_restored_while_the_deal_stands_still_is_live_again(stage: Stage) -> None:
    stage.reach("missing")
    stage.stop("operator")
    stage.runtime.network.restore(stage.link)
    stage.wait(hours=72, every=12)
    stage.release("operator")
    drain(stage.runtime)
    assert stage.state() is DeliverableState.LIVE
    stage.wait(hours=192)
    assert stage.state() is DeliverableState.COMPLETED


def test_the_last_day_of_retention_is_not_free(stage: Stage) -> None:
    stage.reach("live")
    stage.wait(hours=137)
    stage.runtime.network.delete(stage.link)
    stage.wait(hours=32)
    assert stage.state() in {DeliverableState.LIVE, DeliverableState.MISSING}
    assert stage.held() == 1_500_00
    stage.wait(hours=60)
    assert stage.state() is DeliverableState.LAPSED
    assert stage.view()[1].released.minor < 3_000_00


def test_money_waits_for_a_look_and_an_operator_is_asked_and_may_vouch(stage: Stage) -> None:
    stage.reach("live")
    stage.wait(hours=160)
    with begin(stage.runtime.database, SYSTEM) as work:  # nobody can look any more
        work.session.execute(update(WatchedPost).values(watching=False))
    stage.wait(hours=48)
    assert (stage.state(), stage.task_kinds()) == (DeliverableState.LIVE, [])
    stage.wait(hours=48)
    assert (stage.state(), stage.task_kinds()) == (DeliverableState.LIVE, ["post_unseen"])
    with pytest.raises(NotYourStep):
        stage.take(stage.person, pieces.vouch, stage.piece, "it was up, I swear")
    stage.take(OPERATOR, pieces.vouch, stage.piece, "seen by hand")
    assert (stage.state(), stage.task_kinds()) == (DeliverableState.COMPLETED, [])
    assert stage.held() == 0


def test_an_overdue_piece_of_a_deal_that_stands_gets_its_days_afterwards(stage: Stage) -> None:
    stage.reach("overdue")
    stage.stop("operator")
    with pytest.raises(DealStandsStill):
        stage.take(OPERATOR, pieces.extend, stage.piece, 3)
    stage.release("operator")
    stage.take(OPERATOR, pieces.extend, stage.piece, 3)
    assert stage.state() is DeliverableState.DRAFTING


def test_money_that_waited_for_a_look_is_released_by_it(stage: Stage) -> None:
    stage.reach("live")
    stage.wait(hours=150)
    stage.clock.advance(timedelta(hours=60))  # no worker ran meanwhile
    drain(stage.runtime)
    assert stage.state() is DeliverableState.COMPLETED


# kind, hours after which it is complete and not before; how long after its publication the link is sent
ENDS = [
    (DeliverableKind.REEL, 168, 0),
    (DeliverableKind.STORY, 24, 0),
    (DeliverableKind.STORY, 18, 6),
    (DeliverableKind.LIVE, 0, 0),
]


@pytest.mark.parametrize(("kind", "hours", "late"), ENDS)
def test_each_kind_of_work_stays_up_as_long_as_it_is_made_for(
    runtime: Runtime, clock: SetClock, kind: DeliverableKind, hours: int, late: int
) -> None:
    stage = Stage(runtime, clock, kind).reach("approved")
    link = runtime.network.publish(NewPost(Platform.INSTAGRAM, "c", kind, "#ad look", 9_000), uuid4().hex)
    clock.advance(timedelta(hours=late))
    stage.take(stage.person, posts.submit, stage.piece, link, stage.runtime.networks)
    drain(runtime)
    if hours:
        stage.wait(hours=hours - 1)
        assert stage.state() is DeliverableState.LIVE
        stage.wait(hours=1)
    assert stage.state() is DeliverableState.COMPLETED
    assert stage.held() == 0


def test_a_story_deleted_early_is_paid_for_the_hours_it_lived(runtime: Runtime, clock: SetClock) -> None:
    stage = Stage(runtime, clock, DeliverableKind.STORY).reach("approved")
    post = NewPost(Platform.INSTAGRAM, "c", DeliverableKind.STORY, "#ad look", 9_000)
    link = runtime.network.publish(post, uuid4().hex)
    stage.take(stage.person, posts.submit, stage.piece, link, stage.runtime.networks)
    drain(runtime)
    stage.wait(hours=12)
    runtime.network.delete(link)
    stage.wait(hours=15, every=1)
    stage.wait(hours=30)
    _, piece = stage.view()
    assert piece.state is DeliverableState.LAPSED
    assert 1_500_00 < piece.released.minor < 3_000_00


def test_a_story_that_ends_as_stories_do_while_the_deal_stands_is_paid(
    runtime: Runtime, clock: SetClock
) -> None:
    stage = Stage(runtime, clock, DeliverableKind.STORY).reach("approved")
    post = NewPost(Platform.INSTAGRAM, "c", DeliverableKind.STORY, "#ad look", 9_000)
    stage.link = runtime.network.publish(post, uuid4().hex)
    stage.take(stage.person, posts.submit, stage.piece, stage.link, stage.runtime.networks)
    drain(runtime)
    stage.stop("dispute")
    stage.wait(hours=24)
    runtime.network.delete(stage.link)
    stage.wait(hours=30)
    stage.release("dispute")
    stage.wait(hours=30)
    assert stage.state() is DeliverableState.COMPLETED
    assert stage.held() == 0


@pytest.mark.parametrize("stop", ["operator", "dispute", "chargeback", "cancelling"])
def test_time_that_a_deal_stood_makes_nobody_late(stage: Stage, stop: str) -> None:
    stage.reach("drafting")
    stage.wait(hours=120, every=60)
    stage.stop(stop)
    stage.wait(hours=60)
    stage.release(stop)
    stage.wait(hours=24, every=24)
    stage.to_in_review()
    with begin(stage.runtime.database, SYSTEM) as work:
        found = trust.reliability(work, [stage.creator])[stage.creator]
    assert (found.score, found.observations) == (83, 1), "one good observation of one"


def test_while_an_operator_stops_a_deal_no_person_moves_it(stage: Stage) -> None:
    stage.reach("in_review")
    stage.stop("operator")
    tries: list[tuple[UUID, Callable[..., object], UUID, tuple[str, ...]]] = [
        (stage.brand, pieces.approve_draft, stage.piece, ()),
        (stage.brand, endings.dispute, stage.deal, ("why",)),
        (stage.person, endings.ask_to_cancel, stage.deal, ("why",)),
    ]
    for person, verb, thing, words in tries:
        with pytest.raises(DealStandsStill):
            stage.take(person, verb, thing, *words)
    stage.take(OPERATOR, endings.cancel_by_operator, stage.deal, "fraud")
    deal, piece = stage.view()
    assert (deal.state, deal.stands_for) == (DealState.CANCELLED, ())
    assert piece.state is DeliverableState.CANCELLED
    assert (stage.held(), stage.escrow(), stage.clocks()) == (0, 10_000_00, {})


def test_freezing_is_an_operator_s_act_once_with_a_reason(stage: Stage) -> None:
    stage.reach("drafting")
    with pytest.raises(NotYourStep):
        stage.take(stage.brand, freezes.freeze_deal, stage.deal, "I want to")
    with pytest.raises(DomainError, match="why"):
        stage.take(OPERATOR, freezes.freeze_deal, stage.deal, " ")
    with pytest.raises(NotStanding):
        stage.take(OPERATOR, freezes.unfreeze_deal, stage.deal, "go")
    stage.stop("operator")
    with pytest.raises(AlreadyStanding):
        stage.stop("operator")
    with begin(stage.runtime.database, OPERATOR) as work:
        (event,) = [e for e in deals.evidence(work, stage.deal) if e.step == "freeze"]
    assert (event.actor, event.from_state, event.to_state) == ("operator:mira", "agreed", "agreed")
    assert event.facts["reason"] == "a report is being looked into"


def test_operators_freeze_a_deal_over_their_api(stage: Stage) -> None:
    stage.reach("drafting")
    key = {"Authorization": f"Bearer {staff_key(stage.runtime.database)}"}
    with TestClient(create(stage.runtime), headers=key) as client:
        path = f"/admin/deals/{stage.deal}"
        assert client.post(f"{path}/freeze", json={"reason": ""}).status_code == 422
        frozen = client.post(f"{path}/freeze", json={"reason": "a report"}).json()
        assert frozen["stands_for"] == ["operator"]
        assert client.post(f"{path}/freeze", json={"reason": "a report"}).status_code == 409
        assert client.post(f"{path}/unfreeze", json={"reason": "mended"}).json()["stands_for"] == []
        (piece,) = client.get(path).json()["deliverables"]
        body = {"reason": "seen", "shown": piece["mark"]}
        vouched = client.post(f"/admin/deliverables/{stage.piece}/vouch", json=body)
        assert vouched.status_code == 409


def test_a_deal_whose_other_piece_was_cancelled_can_be_cancelled(stage: Stage) -> None:
    stage.reach("drafting")
    with begin(stage.runtime.database, SYSTEM) as work:
        other = Deliverable(
            deal_id=stage.deal,
            ordinal=2,
            kind=DeliverableKind.STORY,
            platform=Platform.INSTAGRAM,
            price_minor=1,
            state=DeliverableState.CANCELLED,
            draft_media=[],
        )
        work.session.add(other)
    stage.stop("cancelling")
    assert stage.view()[0].state is DealState.CANCELLING


@pytest.mark.parametrize(("stop", "reasons"), [("dispute", ["dispute"]), ("chargeback", ["chargeback"])])
def test_what_stood_before_the_migration_stands_after_it(
    url_of_an_old_database: str, clock: SetClock, tmp_path: Path, stop: str, reasons: list[str]
) -> None:
    database = connect(url_of_an_old_database, clock, Keyring("k"))
    settings = Settings(_env_file=None, state_dir=tmp_path, secret_keys=SecretStr("k"))
    runtime = parts.build(settings, database)
    stage = Stage(runtime, clock).reach("live")
    before, dates = stage.clocks(), stage.dates()
    stage.stop(stop)
    migrate.downgrade(database.engine, "0015_business_events")
    for each in (runtime.database.keys, database.keys):
        assert each is not None
        each.drop_all()  # the way back took them: whoever runs then has begun anew
    servers.prepare(database)
    assert [str(reason) for reason in stage.view()[0].stands_for] == reasons
    standing = stage.clocks()
    assert {step for step, (_, stands) in standing.items() if not stands} == OWN.get(stop, set())
    assert stage.dates() == dates
    stage.release(stop)
    assert set(stage.clocks()) == set(before)
    assert not any(stands for _, stands in stage.clocks().values())
    database.engine.dispose()
