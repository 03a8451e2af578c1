"""A business's website is looked at once at a time, and what is seen counts for that website alone."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from core.accounts import chats, workspaces
from core.accounts.schemas import Identity, OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.compliance import service as compliance
from core.compliance import website
from core.compliance.errors import WebsiteNotReachable
from core.compliance.models import Consent
from core.kit.actors import SYSTEM, Actor
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import OutsideCallInsideWork, Work, begin
from core.messaging import outbox
from core.messaging.states import PromiseKind
from runtime.parts import Runtime


@pytest.fixture
def kala(runtime: Runtime) -> tuple[Actor, UUID]:
    with begin(runtime.database, SYSTEM) as work:
        person = chats.recognise(work, Identity("web", "kala", "kala"), "Kala")
        own = Actor.person(person.id)
        return own, workspaces.open_workspace(
            work.acting_as(own), OpenWorkspace("Kala Chai", WorkspaceKind.BRAND, Currency.INR)
        ).id


def looks(work: Work) -> list[dict[str, str]]:
    claimed = outbox.claim(work, limit=20)
    return [promise.payload for promise in claimed if promise.kind == PromiseKind.CHECK_WEBSITE]


def test_a_hundred_presses_look_once(runtime: Runtime, kala: tuple[Actor, UUID]) -> None:
    own, workspace = kala
    with begin(runtime.database, own) as work:
        compliance.ask_website(work, workspace, "kala.example.com")
        for _ in range(100):
            assert compliance.look_at_website(work, workspace)
        assert len(looks(work)) == 1


def test_a_code_seen_at_one_website_verifies_no_other(runtime: Runtime, kala: tuple[Actor, UUID]) -> None:
    own, workspace = kala
    with begin(runtime.database, own) as work:
        first = compliance.ask_website(work, workspace, "mine.example.com")
        second = compliance.ask_website(work, workspace, "theirs.example.org")
        compliance.website_looked_at(work, workspace, first.code, found=True)
        assert workspaces.workspace_of(work, workspace).website == ""
        compliance.website_looked_at(work, workspace, second.code, found=True)
        assert workspaces.workspace_of(work, workspace).website == "theirs.example.org"


def test_an_agreement_is_taken_back_once_and_a_later_one_stands(
    runtime: Runtime, kala: tuple[Actor, UUID]
) -> None:
    own, _ = kala
    assert own.person_id is not None

    def agreements(work: Work) -> list[tuple[str, bool]]:
        rows = work.session.scalars(select(Consent).order_by(Consent.given_at, Consent.id))
        return [(row.purpose, row.withdrawn_at is None) for row in rows]

    with begin(runtime.database, own) as work:
        compliance.consent(work, "profile")
        compliance.consent(work, "payouts")
        work.session.flush()
        compliance.withdraw(work, own.person_id)
        work.session.flush()
        assert not any(stands for _, stands in agreements(work))
        compliance.consent(work, "profile")
        work.session.flush()
        assert sum(stands for _, stands in agreements(work)) == 1


def test_a_website_that_does_not_answer_is_said_and_none_is_asked_within_a_transaction(
    database: Database,
) -> None:
    def away(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("away", request=request)

    def look() -> bool:
        transport = httpx.MockTransport(away)
        return website.carries_code(
            "x.example", "c", resolve=lambda *_: ["93.184.216.34"], transport=transport
        )

    with pytest.raises(WebsiteNotReachable):
        look()
    with begin(database, SYSTEM), pytest.raises(OutsideCallInsideWork):
        look()


@pytest.mark.parametrize("of_the_front", [True, False])
def test_one_of_both_places_is_enough(of_the_front: bool) -> None:  # noqa: FBT001
    def answer(request: httpx.Request) -> httpx.Response:
        if (request.url.path == "/") is not of_the_front:
            raise httpx.ConnectError("away", request=request)
        shown = b'<meta name="nanoinfluencer-verification" content="c-1">' if of_the_front else b"c-1"
        return httpx.Response(200, stream=httpx.ByteStream(shown))

    far = httpx.MockTransport(answer)
    assert website.carries_code("x.example", "c-1", resolve=lambda *_: ["93.184.216.34"], transport=far)
