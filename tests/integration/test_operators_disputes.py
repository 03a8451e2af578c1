"""A dispute is decided by what an operator says, never by what was left out or misread."""

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.app import STATIC, create
from core.creators import service as creators
from core.deals import endings, offers
from core.deals import views as deals
from core.deals.states import DealState
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.ledger import service as ledger
from runtime.parts import Runtime
from tests import seen
from tests.conftest import staff_key
from tests.integration.test_races import World
from tests.peers.whatsapp import node

HELD = 3_000_00
SPLIT: dict[str, Any] = {
    "decision": "split",
    "reason": "A third of the work was done.",
    "currency": "INR",
    "creator_gets_minor": 1_000_00,
    "brand_gets_minor": 2_000_00,
}
UNDECIDED: dict[str, tuple[dict[str, Any], int]] = {
    "a reason alone, which used to let the deal go on": ({"reason": "because of it"}, 422),
    "no amount, as after 1,500 was read as no number": ({**SPLIT, "creator_gets_minor": None}, 422),
    "an amount of a prompt that was cancelled: 0 for the creator, nothing for the brand": (
        {**SPLIT, "creator_gets_minor": 0, "brand_gets_minor": 0},
        400,
    ),
    "one share only": ({k: v for k, v in SPLIT.items() if k != "brand_gets_minor"}, 422),
    "shares that sum to less": ({**SPLIT, "brand_gets_minor": 1_999_99}, 400),
    "shares that sum to more": ({**SPLIT, "creator_gets_minor": HELD, "brand_gets_minor": 1}, 400),
    "a share below nothing": ({**SPLIT, "creator_gets_minor": -1, "brand_gets_minor": HELD + 1}, 422),
    "a fraction": ({**SPLIT, "creator_gets_minor": 1_000_00.0}, 422),
    "digits in a string": ({**SPLIT, "creator_gets_minor": "100000"}, 422),
    "a truth value": ({**SPLIT, "creator_gets_minor": True, "brand_gets_minor": HELD - 1}, 422),
    "rupees read as dollars": ({**SPLIT, "currency": "USD"}, 400),
    "no reason": ({**SPLIT, "reason": ""}, 422),
    "a decision nobody knows": ({**SPLIT, "decision": "close"}, 422),
    "going on, with an amount": ({**SPLIT, "decision": "resume"}, 422),
    "a field too many": ({**SPLIT, "creator_minor": 1}, 422),
}


def signed_in(runtime: Runtime) -> dict[str, str]:
    return {"Authorization": f"Bearer {staff_key(runtime.database)}"}


@pytest.fixture
def disputed(runtime: Runtime) -> UUID:
    world = World(runtime)
    deal_id = world.offer()
    with begin(runtime.database, Actor.person(world.person)) as work:
        offers.accept(work, deal_id, shown=seen.deal(work, deal_id))
    with begin(runtime.database, Actor.person(world.brand)) as work:
        endings.dispute(work, deal_id, "it never came", shown=seen.deal(work, deal_id))
    return deal_id


@pytest.fixture
def client(runtime: Runtime) -> Iterator[TestClient]:
    with TestClient(create(runtime), headers=signed_in(runtime)) as found:
        yield found


def marked(client: TestClient, body: dict[str, Any]) -> dict[str, Any]:
    """Return a decision on what the console shows now."""
    (shown,) = client.get("/admin/overview").json()["disputes"]
    return {**body, "shown": shown["mark"]}


def state_of(runtime: Runtime, deal_id: UUID) -> DealState:
    with begin(runtime.database, SYSTEM) as work:
        assert ledger.violations(work) == []
        return deals.get(work, deal_id).state


@pytest.mark.parametrize(("body", "status"), UNDECIDED.values(), ids=UNDECIDED)
def test_a_misread_decision_decides_nothing(
    client: TestClient, runtime: Runtime, disputed: UUID, body: dict[str, Any], status: int
) -> None:
    path = f"/admin/deals/{disputed}/resolve"
    assert client.post(path, json=marked(client, body)).status_code == status
    assert client.post(path, json=body).status_code == 422, "what was shown is named"
    assert state_of(runtime, disputed) is DealState.DISPUTED


def test_a_split_that_names_both_shares_ends_the_deal(
    client: TestClient, runtime: Runtime, disputed: UUID
) -> None:
    (shown,) = client.get("/admin/overview").json()["disputes"]
    assert (shown["held"], shown["decimal_places"]) == ({"minor": HELD, "currency": "INR"}, 2)
    answer = client.post(f"/admin/deals/{disputed}/resolve", json=marked(client, SPLIT))
    assert answer.status_code == 200
    assert state_of(runtime, disputed) is DealState.COMPLETED


def test_a_deal_goes_on_only_when_that_is_said(client: TestClient, runtime: Runtime, disputed: UUID) -> None:
    body = marked(client, {"decision": "resume", "reason": "a misunderstanding"})
    assert client.post(f"/admin/deals/{disputed}/resolve", json=body).status_code == 200
    assert state_of(runtime, disputed) is DealState.AGREED


def test_a_decision_on_what_was_not_shown_decides_nothing_and_shows_it(
    client: TestClient, runtime: Runtime, disputed: UUID
) -> None:
    body = marked(client, SPLIT)
    with begin(runtime.database, SYSTEM) as work:
        creator = creators.person_behind(work, deals.get(work, disputed).creator_id)
    with begin(runtime.database, Actor.person(creator)) as work:
        endings.answer_dispute(work, disputed, "I was ill.", shown=seen.deal(work, disputed))
    answer = client.post(f"/admin/deals/{disputed}/resolve", json=body)
    assert answer.status_code == 409
    assert answer.json()["code"] == "ShownChanged"
    assert answer.json()["now"]["dispute_answer"] == "I was ill."
    assert state_of(runtime, disputed) is DealState.DISPUTED
    again = {**body, "shown": answer.json()["now"]["mark"]}
    assert client.post(f"/admin/deals/{disputed}/resolve", json=again).status_code == 200


def test_an_operator_cancels_a_deal_as_it_was_shown(
    client: TestClient, runtime: Runtime, disputed: UUID
) -> None:
    path = f"/admin/deals/{disputed}"
    mark = client.get(path).json()["mark"]
    body = marked(client, {"decision": "resume", "reason": "a misunderstanding"})
    client.post(f"{path}/resolve", json=body)
    assert client.post(f"{path}/cancel", json={"reason": "by telephone"}).status_code == 422
    stale = client.post(f"{path}/cancel", json={"reason": "by telephone", "shown": mark})
    assert (stale.status_code, state_of(runtime, disputed)) == (409, DealState.AGREED)
    mark = stale.json()["now"]["mark"]
    cancelled = client.post(f"{path}/cancel", json={"reason": "by telephone", "shown": mark})
    assert (cancelled.status_code, state_of(runtime, disputed)) == (200, DealState.CANCELLED)


def test_a_task_is_shown_and_closed_with_its_outcome(client: TestClient, disputed: UUID) -> None:
    (task,) = client.get("/admin/overview").json()["tasks"]
    assert (task["kind"], task["subject_kind"], task["subject_id"]) == (
        "dispute_opened",
        "deal",
        str(disputed),
    )
    path = f"/admin/tasks/{task['id']}/close"
    assert client.post(path, json={"reason": ""}).status_code == 422
    closed = client.post(path, json={"reason": "decided by telephone"}).json()
    assert (closed["closed_by"], closed["outcome"]) == ("operator:mira", "decided by telephone")
    assert client.post(path, json={"reason": "again, please"}).status_code == 404


@pytest.mark.parametrize("path", ["faults", "network_faults"])
def test_no_fault_can_be_ordered_in_production(runtime: Runtime, path: str) -> None:
    settings = runtime.settings.model_copy(update={"environment": "production"})
    body = {"operation": "checkout", "fault": "refused", "calls": 1} if path == "faults" else {"calls": 1}
    key = signed_in(runtime)
    with TestClient(create(replace(runtime, settings=settings)), headers=key) as client:
        assert client.post(f"/admin/sandbox/{path}", json=body).status_code == 404
    with TestClient(create(runtime), headers=key) as client:
        assert client.post(f"/admin/sandbox/{path}", json=body).status_code == 204


AMOUNTS: list[tuple[str, int, int | None]] = [
    ("1500", 2, 1_500_00),
    ("1500.5", 2, 1_500_50),
    ("1500.05", 2, 1_500_05),
    ("0", 2, 0),
    (" 3000.00 ", 2, HELD),
    ("1500", 0, 1_500),
    ("1,500", 2, None),
    ("1.500,00", 2, None),
    ("1500.005", 2, None),
    ("1500.5", 0, None),
    ("3000.01", 2, None),
    ("", 2, None),
    ("-1", 2, None),
    ("1e3", 2, None),
    ("NaN", 2, None),
    ("₹1500", 2, None),
    ("١٥٠٠", 2, None),
    ("0x10", 2, None),
    (".5", 2, None),
    ("5.", 2, None),
]


def test_the_console_reads_an_amount_in_one_way_or_not_at_all() -> None:
    found = node()
    if found is None:
        pytest.skip("no Node here")
    source = Path(STATIC / "amounts.js").read_text()
    asked = json.dumps([[text, places, HELD] for text, places, _ in AMOUNTS])
    script = f"{source}\nconsole.log(JSON.stringify({asked}.map((one) => split(...one))))"
    answer = subprocess.run(  # noqa: S603  (our own script)
        [found, "--input-type=module", "-"], input=script, capture_output=True, text=True, check=True
    )
    for (text, _, minor), read in zip(AMOUNTS, json.loads(answer.stdout), strict=True):
        wanted = None if minor is None else {"creator": minor, "brand": HELD - minor}
        assert read == wanted, text


def test_the_console_asks_by_forms_and_never_by_prompts() -> None:
    script = (STATIC / "console.js").read_text()
    assert "prompt(" not in script
    assert "alert(" not in script
