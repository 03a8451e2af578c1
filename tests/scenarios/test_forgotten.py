"""Who is forgotten is found nowhere: not in a row, not in a file, not in another way of writing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api import app as web
from core.kit.clock import SandboxClock
from market import seed
from market.stage import PNG, Stage
from market.story import ASHA, BRAND, MEERA, RAVI, Checks, Story
from runtime import parts
from runtime.parts import Runtime
from tests import dump
from tests.conftest import drain, staff_key

pytestmark = pytest.mark.slow(seconds=20)
OF_ASHA = [
    *("Asha Kulkarni", "asha.nashik", "asha-n", "Three plates", "reel-of-asha", "asha lost her purse"),
    *("The thali of asha is back", "asha thinks it is unfair", "Clear brief, says asha"),
]
OF_BRAND = ["Monsoon Kitchen", "27AAPFU0939F1ZV", "monsoon menu launch"]


@pytest.fixture
def sandbox(runtime: Runtime) -> Runtime:
    movable = replace(runtime.database, clock=SandboxClock())
    found = parts.build(runtime.settings, movable)
    seed.plant(found.database)
    return found


@pytest.fixture
def stage(sandbox: Runtime) -> Iterator[Stage]:
    with TestClient(web.create(sandbox)) as client:
        stage = Stage(client.request, staff_key(sandbox.database), lambda: drain(sandbox))
        for who in (BRAND, ASHA, RAVI, MEERA):
            stage.sit(who)
        yield stage


def lived(s: Stage) -> None:
    """Let Asha do all that she can do here: be found, paid, argue, ask a person, send files and words."""
    story = Story(s, Checks(lambda _: None), lambda _: None)
    story.brand_arrives()
    story.creators_arrive()
    story.campaign_begins()
    story.offers_go_out()
    s.press(ASHA, "Hand in reel")
    s.send_file(ASHA, "#ad The thali of asha is back! #MonsoonMenu", "reel-of-asha.png", PNG)
    s.press(ASHA, "Done")
    s.press(ASHA, "Send draft")
    s.press(BRAND, "Ask for changes")
    s.say(BRAND, "Asha Kulkarni, please say it louder.")
    s.press(BRAND, "Ask for it")
    s.say(ASHA, "human")
    s.say(ASHA, "asha lost her purse")
    s.say(ASHA, "work")
    s.press(ASHA, "Open a dispute")
    s.say(ASHA, "asha thinks it is unfair")
    s.press(ASHA, "Open dispute")
    s.press(BRAND, "Give my view")
    s.say(BRAND, "Asha Kulkarni never answered @asha.nashik")
    s.press(BRAND, "Send my view")
    found = s.operator("GET", "/overview")["disputes"][0]
    body = {
        "decision": "split",
        "reason": "Asha Kulkarni gets a part",
        "currency": found["held"]["currency"],
        "creator_gets_minor": 1_000_00,
        "brand_gets_minor": found["held"]["minor"] - 1_000_00,
        "shown": found["mark"],
    }
    s.operator("POST", f"/deals/{found['deal_id']}/resolve", body)
    s.settle()
    s.advance(timedelta(days=8), timedelta(days=1))


def forget(s: Stage, who: str) -> None:
    """Ask for it, and let the days pass in which it could be stopped."""
    s.say(who, "forget me")
    s.say(who, "delete my data")
    s.advance(timedelta(days=4), timedelta(days=1))


def left_of(sandbox: Runtime, markers: list[str]) -> dict[str, set[str]]:
    return dump.traces(sandbox.database, markers, sandbox.settings.state_dir)


def test_somebody_who_is_forgotten_is_found_nowhere(stage: Stage, sandbox: Runtime) -> None:
    of_others = left_of(sandbox, ["Asha Kulkarni"])  # the sandbox has a creator of her name
    lived(stage)
    assert set(left_of(sandbox, OF_ASHA)) >= {"Asha Kulkarni", "asha.nashik", "The thali of asha is back"}
    forget(stage, ASHA)
    assert left_of(sandbox, OF_ASHA) == of_others
