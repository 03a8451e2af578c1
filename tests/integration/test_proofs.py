"""A post that nobody can look at: link and screenshot show it, the brand says yes or no, silence says yes."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api import app as web
from bots.cards import posts as post_cards
from core.accounts import members
from core.accounts.states import Role
from core.creators import service as creators
from core.creators.schemas import SaveProfile, SocialAccountView
from core.deals import endings, pieces
from core.deals import views as deals
from core.deals.errors import BothSides, NotYourStep, PictureMissing, ReasonMissing
from core.deals.models import Deliverable
from core.deals.schemas import ClaimPost
from core.deals.states import DeliverableState
from core.insights import service as insights
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock
from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import begin
from core.ledger import service as ledger
from core.media.schemas import Cleaned
from core.messaging import outbox
from core.messaging.messages import OutgoingMessage
from core.messaging.states import PromiseKind
from core.operators import tasks
from core.posts import service as posts
from core.posts.errors import PictureTaken, PostElsewhere, PostOfAnother, PostTaken
from core.posts.models import WatchedPost
from core.trust.models import ObservationRow
from core.trust.states import Observation
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain, signed_in
from tests.integration.test_posts import approved, published, state_of
from tests.integration.test_races import World, at_once

LINK = "https://www.facebook.com/reel/123456789012345/"
OTHER = "https://www.facebook.com/reel/543210987654321/"


def picture(world: World, content: bytes = b"a post") -> UUID:
    """Keep a screenshot as its creator's own."""
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        file = Cleaned("post.png", "image/png", content)
        return world.runtime.tools.media.keep_here(work, file).id


def on_facebook(runtime: Runtime, kind: DeliverableKind = DeliverableKind.REEL) -> tuple[World, UUID]:
    """Bring a piece that goes to Facebook to where its post may go out."""
    world = World(runtime)
    piece = approved(world, runtime)
    with begin(runtime.database, SYSTEM) as work:
        change = update(Deliverable).where(Deliverable.id == piece)
        work.session.execute(change.values(platform=Platform.FACEBOOK, kind=kind))
    return world, piece


def claim(world: World, piece: UUID, link: str = LINK, words: str = "", *pictures: UUID) -> None:
    shots = pictures or (picture(world),)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        shown = posts.Picture(shots, words)
        posts.submit(work, piece, link, world.runtime.networks, shown, shown=seen.piece(work, piece))


def refuse(world: World, piece: UUID, reason: str = "another shop's post") -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        posts.refuse(work, piece, reason, shown=seen.piece(work, piece))


def confirm(world: World, piece: UUID) -> None:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        pieces.confirm_post(work, piece, shown=seen.piece(work, piece))


def held(world: World, piece: UUID) -> int:
    with begin(world.runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        return deals.held_for(work, deals.get_by_piece(work, piece)[0]).minor


def observed(runtime: Runtime) -> set[Observation]:
    with begin(runtime.database, SYSTEM) as work:
        return set(work.session.scalars(select(ObservationRow.kind)))


def test_the_brand_s_yes_releases_and_what_nobody_reports_gone_is_paid(
    runtime: Runtime, clock: SetClock
) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece, LINK, "#ad chai in the rain")
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.CLAIMED
    assert held(world, piece) == 3_000_00
    confirm(world, piece)
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.LIVE
    assert held(world, piece) == 1_500_00
    clock.advance(timedelta(days=8))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.COMPLETED
    assert held(world, piece) == 0
    assert Observation.POST_ON_TIME in observed(runtime)
    assert Observation.POST_STAYED not in observed(runtime), "nobody knows whether it did"
    with begin(runtime.database, SYSTEM) as work:
        assert tasks.open_tasks(work) == []


def test_silence_says_yes_and_the_post_stays_from_when_it_was_handed_in(
    runtime: Runtime, clock: SetClock
) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    handed_in = clock.now
    with begin(runtime.database, SYSTEM) as work:
        hours = deals.get_by_piece(work, piece)[0].terms.review_hours
    clock.advance(timedelta(hours=hours - 1))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.CLAIMED
    clock.advance(timedelta(hours=2))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.LIVE
    with begin(runtime.database, SYSTEM) as work:
        _, found = deals.get_by_piece(work, piece)
    assert found.retained_until == handed_in + timedelta(days=7)


def test_a_post_sent_back_can_be_mended_in_time_of_its_own(runtime: Runtime, clock: SetClock) -> None:
    world, piece = on_facebook(runtime)
    with begin(runtime.database, SYSTEM) as work:
        due = deals.get_by_piece(work, piece)[1].post_due_at
    assert due is not None
    clock.now = due - timedelta(hours=1)
    claim(world, piece)
    clock.advance(timedelta(hours=40))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.CLAIMED, "what the brand takes makes nobody late"
    refuse(world, piece)
    clock.advance(timedelta(days=2))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.APPROVED
    claim(world, piece, OTHER)
    confirm(world, piece)
    assert state_of(runtime, piece) is DeliverableState.LIVE


def test_a_person_looks_at_the_third_no(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    for _ in range(3):
        claim(world, piece)
        refuse(world, piece)
    with begin(runtime.database, SYSTEM) as work:
        assert [task.kind for task in tasks.open_tasks(work)] == ["post_rejected_three_times"]


def test_one_post_shows_one_piece_alone_until_it_was_sent_back(runtime: Runtime) -> None:
    (world, piece), (second, other) = on_facebook(runtime), on_facebook(runtime)
    claim(world, piece)
    for written in (
        *(LINK, "https://m.facebook.com/reel/123456789012345?s=x", LINK.replace("/123", "/000123")),
        *("https://web.facebook.com/watch/?v=0123456789012345", "https://fb.com/asha/videos/123456789012345"),
        "https://m.facebook.com/story.php?story_fbid=123456789012345&id=100012345678901",
    ):
        with pytest.raises(PostTaken):
            claim(second, other, written, "", picture(second, content=written.encode()))
    refuse(world, piece)
    claim(second, other)
    assert state_of(runtime, other) is DeliverableState.CLAIMED


def owned(world: World, platform: Platform, handle: str) -> None:
    """Let the creator have told an account there."""
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        account = SocialAccountView(platform, handle, 900, None, None)
        creators.join(work, world.person, SaveProfile(accounts=(account,)))


def goes_to(world: World, piece: UUID, platform: Platform) -> None:
    with begin(world.runtime.database, SYSTEM) as work:
        change = update(Deliverable).where(Deliverable.id == piece)
        work.session.execute(change.values(platform=platform, kind=DeliverableKind.POST))


def proof_card(world: World, piece: UUID) -> OutgoingMessage:
    with begin(world.runtime.database, Actor.person(world.brand)) as work:
        return post_cards.proof(work, *deals.get_by_piece(work, piece))


def test_one_screenshot_shows_one_piece_alone_whoever_sends_it(runtime: Runtime) -> None:
    (world, piece), (second, other) = on_facebook(runtime), on_facebook(runtime)
    claim(world, piece)
    with pytest.raises(PictureTaken):
        claim(second, other, OTHER)
    assert state_of(runtime, other) is DeliverableState.APPROVED
    with pytest.raises(PictureTaken):
        claim(second, other, OTHER, "", picture(second, content=b"another"), picture(second))
    refuse(world, piece)
    claim(second, other, OTHER)
    with pytest.raises(PictureTaken):
        claim(world, piece)


def test_of_two_who_send_one_screenshot_at_once_one_is_told(runtime: Runtime) -> None:
    worlds = [on_facebook(runtime), on_facebook(runtime)]
    hands = [
        partial(claim, world, piece, link) for (world, piece), link in zip(worlds, (LINK, OTHER), strict=True)
    ]
    outcomes = at_once(*hands)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "PictureTaken"]


def test_what_showed_a_piece_that_was_cancelled_unpaid_is_free_for_another(runtime: Runtime) -> None:
    (world, piece), (second, other) = on_facebook(runtime), on_facebook(runtime)
    claim(world, piece)
    with begin(runtime.database, Actor.operator("mira")) as work:
        deal = deals.deal_of(work, piece)
        endings.cancel_by_operator(work, deal, "a shop that is none", shown=seen.deal(work, deal))
    assert state_of(runtime, piece) is DeliverableState.CANCELLED
    claim(second, other)
    assert state_of(runtime, other) is DeliverableState.CLAIMED


def test_what_was_paid_in_full_shows_no_other_piece_though_its_deal_was_cancelled(runtime: Runtime) -> None:
    (world, piece), (second, other) = on_facebook(runtime), on_facebook(runtime)
    claim(world, piece)
    with begin(runtime.database, SYSTEM) as work:
        endings.end_without_money(work, deals.deal_of(work, piece), "the brand has left")
    assert state_of(runtime, piece) is DeliverableState.CANCELLED
    with pytest.raises(PostTaken):
        claim(second, other, LINK, "", picture(second, content=b"another"))
    with pytest.raises(PictureTaken):
        claim(second, other, OTHER)


@pytest.mark.parametrize(
    ("platform", "link"),
    [
        (Platform.THREADS, "https://www.threads.com/@stranger/post/DAbC_12xyz"),
        (Platform.MOJ, "https://mojapp.in/@stranger/video/778899"),
        (Platform.FACEBOOK, "https://www.facebook.com/stranger/posts/123456789012345"),
        (Platform.FACEBOOK, "https://m.facebook.com/stranger/videos/123456789012345"),
        (Platform.LINKEDIN, "https://www.linkedin.com/posts/stranger_x-activity-7000000000000000001-AbCd"),
    ],
)
def test_a_stranger_s_post_is_not_claimed(runtime: Runtime, platform: Platform, link: str) -> None:
    world, piece = on_facebook(runtime)
    goes_to(world, piece, platform)
    claim(world, piece, link)
    assert "stranger. Creator told me no account" in proof_card(world, piece).text
    refuse(world, piece)
    owned(world, platform, "asha.eats" if platform is Platform.FACEBOOK else "ashaeats")
    with pytest.raises(PostOfAnother) as refused:
        claim(world, piece, link)
    assert refused.value.facts["found"] == "stranger"
    claim(world, piece, link.replace("stranger", "AshaEats"))
    assert "the account that Creator told me" in proof_card(world, piece).text


def test_a_link_without_a_name_says_so_and_a_number_is_no_other_name(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    owned(world, Platform.FACEBOOK, "asha.eats")
    for link in (LINK, "https://www.facebook.com/100012345678901/posts/123456789012345/"):
        claim(world, piece, link)
        shown = proof_card(world, piece).text
        assert "doesn't say whose post it is" in shown
        assert "Facebook gives one post several addresses" in shown
        refuse(world, piece)


def test_a_post_on_another_network_than_agreed_says_so(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    with pytest.raises(PostElsewhere) as refused:
        claim(world, piece, "https://www.threads.com/@c/post/DAbC_12xyz")
    assert refused.value.facts == {"found": "Threads", "agreed": "Facebook"}


@pytest.mark.parametrize("kind", ["none", "video"])
def test_a_link_alone_or_a_film_shows_nothing(runtime: Runtime, kind: str) -> None:
    world, piece = on_facebook(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work:
        film = runtime.tools.media.keep_here(work, Cleaned("a.mp4", "video/mp4", b"film")).id
        shown = posts.Picture((film,) if kind == "video" else ())
        with pytest.raises(PictureMissing):
            posts.submit(work, piece, LINK, runtime.networks, shown, shown=seen.piece(work, piece))


def test_the_table_itself_wants_a_picture_and_a_reason(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work, pytest.raises(PictureMissing):
        pieces.claim_post(work, ClaimPost(piece, LINK), shown=seen.piece(work, piece))
    claim(world, piece)
    with pytest.raises(ReasonMissing):
        refuse(world, piece, "  ")


def test_nobody_says_yes_to_a_post_of_her_own(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    with begin(runtime.database, Actor.person(world.person)) as work, pytest.raises(NotYourStep):
        pieces.confirm_post(work, piece, shown=seen.piece(work, piece))


def test_a_brand_says_no_yes_to_one_of_its_own(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        code = members.invite(work, world.workspace, Role.VIEWER)
    with begin(runtime.database, Actor.person(world.person)) as work:
        members.join(work, code)
    with pytest.raises(BothSides):
        confirm(world, piece)


def test_nobody_looks_at_what_only_a_picture_shows(runtime: Runtime, clock: SetClock) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    confirm(world, piece)
    with begin(runtime.database, SYSTEM) as work:
        deal = deals.deal_of(work, piece)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        endings.dispute(work, deal, "it is gone", shown=seen.deal(work, deal))
    with begin(runtime.database, Actor.operator("mira")) as work:
        endings.resolve(work, deal, "it is there", None, shown=seen.deal(work, deal))
    clock.advance(timedelta(hours=30))
    with begin(runtime.database, SYSTEM) as work:
        assert posts.promise_due_checks(work) == 0
        kinds = [promise.kind for promise in outbox.claim(work, limit=50)]
        assert PromiseKind.CHECK_POST not in kinds
        assert work.session.scalars(select(WatchedPost.watching)).all() == [False]


def test_a_post_on_our_own_network_forgets_the_picture_of_before(runtime: Runtime, clock: SetClock) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece, LINK, "#ad")
    refuse(world, piece)
    link = published(runtime)
    with begin(runtime.database, Actor.person(world.person)) as work:
        posts.submit(work, piece, link, runtime.networks, shown=seen.piece(work, piece))
    with begin(runtime.database, SYSTEM) as work:
        _, found = deals.get_by_piece(work, piece)
        assert (found.post_media, found.post_words) == ((), "")
        work.session.execute(update(Deliverable).values(platform=Platform.INSTAGRAM))
    drain(runtime)
    clock.advance(timedelta(days=8))
    drain(runtime)
    assert state_of(runtime, piece) is DeliverableState.COMPLETED


def test_the_screenshot_is_among_the_evidence(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece, LINK, "#ad chai in the rain")
    with begin(runtime.database, SYSTEM) as work:
        deal = deals.deal_of(work, piece)
    client = TestClient(web.create(runtime))
    found = client.get(f"/admin/deals/{deal}", headers=signed_in(runtime)).json()
    assert [file["name"] for file in found["files"]] == ["post.png"]
    assert found["deliverables"][0]["post_words"] == "#ad chai in the rain"
    (claimed,) = [event for event in found["history"] if event["step"] == "claim_post"]
    assert claimed["facts"]["url"] == LINK


def test_what_a_brand_only_took_on_trust_is_not_shown_as_seen(runtime: Runtime, clock: SetClock) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    confirm(world, piece)
    clock.advance(timedelta(days=8))
    drain(runtime)
    with begin(runtime.database, SYSTEM) as work:
        assert deals.published(work, [world.creator], 3)[world.creator] == []


def test_what_nobody_measures_is_said_so_and_costs_no_view(runtime: Runtime) -> None:
    world, piece = on_facebook(runtime)
    claim(world, piece)
    confirm(world, piece)
    with begin(runtime.database, Actor.person(world.brand)) as work:
        report = insights.report(work, world.campaign)
    assert report.total.cost_minor == 1_500_00
    assert (report.measured.cost_minor, report.unmeasured) == (0, 1)
    line = insights.as_csv(report).splitlines()[1]
    assert line.count("not measured") == 6
