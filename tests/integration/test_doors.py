"""What comes through the doors, good or bad: a clear sentence, and nothing lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text as sql

from api import app as web
from bots.doors import delivery
from core.accounts import chats, members, workspaces
from core.conversations import service as conversations
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import wall_now
from core.kit.database import Database
from core.kit.work import OutsideCallInsideWork, begin
from core.messaging import mailbox, outbox, sent_words
from core.messaging.errors import LeaseLost
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage
from core.messaging.states import PromiseKind
from core.terms import service as conditions
from market import seed
from market.stage import PNG
from runtime.parts import Runtime
from tests.conftest import confirmed, drain, signed_in

Say = Callable[..., list[OutgoingMessage]]


@pytest.fixture
def say(runtime: Runtime) -> Say:
    def speak(
        text: str = "", *, who: str = "brand", pressed: str = "", event: str = ""
    ) -> list[OutgoingMessage]:
        address = Address("web", who)
        with begin(runtime.database, SYSTEM) as work:
            after = max((x.changed for x in mailbox.read(work, address)), default=0)
        incoming = IncomingMessage("web", who, who, event or uuid4().hex, who.title(), text, pressed)
        delivery.hear(runtime, incoming)
        drain(runtime)
        with begin(runtime.database, SYSTEM) as work:
            return [OutgoingMessage.from_json(x.body) for x in mailbox.read(work, address, after=after)]

    return speak


@pytest.fixture
def world(runtime: Runtime) -> Runtime:
    seed.plant(runtime.database)
    drain(runtime)
    return runtime


@pytest.fixture
def client(world: Runtime) -> Iterator[TestClient]:
    with TestClient(web.create(world)) as opened:
        yield opened


NASTY = [
    "",
    " ",
    "x" * 20_000,
    "\0\0\0",
    "🚀🎉👩‍👩‍👧‍👦",
    "مرحبا كيف حالك",
    "\u202egnp.exe",
    "'; DROP TABLE person; --",
    "{name} %s {0}",
    "<script>alert(1)</script>",
    "-1",
    "999999999999999999999999999999",
    "NaN",
    "http://169.254.169.254/latest/meta-data",
    "back",
    "cancel",
]


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_said_to_whatever_question_gets_an_answer(world: Runtime, say: Say, text: str) -> None:
    for opening in ("", "3 food creators in Pune, 1 reel, 20k INR", "verify", "team", "human"):
        if opening:
            say(opening)
        replies = say(text)
        assert replies, opening
        assert not any("went wrong" in reply.text for reply in replies), opening
        say("cancel")


def test_a_redelivered_event_is_answered_once(world: Runtime, say: Say) -> None:
    assert say("menu", event="same")
    assert say("menu", event="same") == []


def test_a_button_of_somebody_else_does_nothing(world: Runtime, say: Say) -> None:
    say("1 food creator in Pune, 1 reel, 20k INR")
    pressed = say("yes")[-1].buttons[0][0].action
    assert pressed.startswith("c|pay_set|")
    refused = say(who="asha", pressed=pressed)
    assert "can't find that campaign" in refused[0].text
    forged = say(who="asha", pressed="c|approve|not-an-id")
    assert "not yours" in forged[0].text
    assert "earlier question" in say(who="asha", pressed="z|0|?")[0].text


def test_a_budget_that_is_too_small_is_asked_again_and_nothing_else(world: Runtime, say: Say) -> None:
    say("1 food creator in Pune, 1 reel, ₹5 budget by 20 December")
    replies = say("2")
    refused = say("yes")
    texts = " ".join(reply.text for reply in [*replies, *refused])
    assert "below the smallest budget" in texts or "What is your budget" in texts
    assert "I understood" in say("20,000")[-1].text


def test_nobody_fits_and_the_bot_says_which_wish_to_give_up(world: Runtime, say: Say) -> None:
    say("2 gaming creators in Reykjavik, 1 reel, 20k INR")
    texts = " ".join(reply.text for reply in say("yes"))
    assert "Nobody fits every wish" in texts
    assert "I'd find" in texts


def test_every_suggestion_satisfies_every_wish(world: Runtime, say: Say) -> None:
    say("5 food creators in Pune, 1 reel, 60k INR, 2k-25k followers")
    shown = " ".join(reply.text for reply in say("yes"))
    assert "Asha Kulkarni" in shown
    assert "Nisha Verma" not in shown


def test_files_are_checked_by_what_they_are(client: TestClient) -> None:
    client.post("/enter", data={"user": "asha"})
    page = client.get("/chat/asha")
    csrf = page.text.split('data-csrf="')[1].split('"')[0]

    def send(name: str, content: bytes) -> str:
        answer = client.post(
            "/chat/asha/files",
            data={"event_id": uuid4().hex},
            files={"file": (name, content)},
            headers={"X-CSRF": csrf},
        )
        assert answer.status_code == 204
        return str(client.get("/chat/asha/letters").json()["letters"][-1]["body"]["text"])

    assert "larger than 20 MB" in send("big.mp4", b"\0" * 30_000_000)
    assert "I can take photos" in send("evil.png", b"MZ not a picture")
    assert "don't need a file" in send("look.png", PNG)


def test_the_chat_is_closed_to_others_and_to_other_sites(client: TestClient) -> None:
    assert client.get("/chat/asha").status_code == 401
    client.post("/enter", data={"user": "asha"})
    assert client.get("/chat/asha").status_code == 200
    assert client.get("/chat/brand").status_code == 401
    body = {"event_id": "1", "text": "hi"}
    assert client.post("/chat/asha/messages", json=body).status_code == 403
    assert client.get(f"/chat/asha/media/{uuid4()}").status_code == 404


def test_operators_need_their_key(client: TestClient, world: Runtime) -> None:
    assert client.get("/admin/overview").status_code == 401
    wrong = {"Authorization": "Bearer guess"}
    assert client.get("/admin/overview", headers=wrong).status_code == 401
    assert client.get("/admin/overview", headers=signed_in(world)).json()["books"]["violations"] == []


def test_operators_change_terms_within_limits(client: TestClient, world: Runtime) -> None:
    key = signed_in(world)
    with begin(world.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", "brand")
        assert person is not None
        workspace = members.memberships_of(work, person.id)[0].workspace.id
    path = f"/admin/workspaces/{workspace}/terms"
    body = {"version": 0, "changes": {"commission_bps": 1_000}, "reason": "a large agency"}
    assert client.put(path, json=body, headers=key).json()["version"] == 1
    with begin(world.database, SYSTEM) as work:
        assert conditions.terms_of(work, workspace).commission_bps == 1_000


def test_a_promise_survives_its_keeper(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        outbox.promise(work, PromiseKind.TELL, "person:1", {"n": 1})
        outbox.promise(work, PromiseKind.TELL, "person:1", {"n": 2})
        outbox.promise(work, PromiseKind.TELL, "person:2", {"n": 3})
    with begin(database, SYSTEM) as work:
        first = outbox.claim(work, limit=10)
        assert [p.payload["n"] for p in first] == [1, 3]
    with begin(database, SYSTEM) as work:
        assert outbox.claim(work, limit=10) == []
        late = outbox.claim(work, limit=10, now=wall_now() + timedelta(minutes=5))
        assert [p.payload["n"] for p in late] == [1, 3]
        outbox.done(work, late[0])
    with begin(database, SYSTEM) as work, pytest.raises(LeaseLost):
        outbox.done(work, first[1])
    with begin(database, SYSTEM) as work:
        assert [p.payload["n"] for p in outbox.claim(work, limit=10)] == [2]


def test_no_vendor_is_called_inside_a_transaction(runtime: Runtime) -> None:
    with begin(runtime.database, Actor.operator("x")), pytest.raises(OutsideCallInsideWork):
        runtime.rail.events("", 1)
    with begin(runtime.database, SYSTEM) as work, pytest.raises(OutsideCallInsideWork):
        runtime.network.read("https://x/sandbox/network/p/abcdefghij", work.now)


def test_an_introduction_given_instead_of_a_name_is_read_for_its_facts(world: Runtime, say: Say) -> None:
    say("hi", who="zoya")
    say(who="zoya", pressed="c|onboard|")
    say("I agree", who="zoya")
    asked = say(
        "I'm Zoya Khan from Jaipur, food blogger, insta @zoya.eats 9k followers, I speak Hindi", who="zoya"
    )
    assert "which currency" in asked[-1].text
    say("INR", who="zoya")
    say("reel", who="zoya")
    say("2,500", who="zoya")
    shown = say("skip", who="zoya")[-1].text
    assert "Zoya Khan" in shown
    assert "@zoya.eats on Instagram, 9K followers" in shown


def test_the_words_of_a_cards_button_can_be_typed(say: Say, world: Runtime) -> None:
    assert "What brings you here" in say("hi", who="newcomer")[0].text
    asked = say("i'm a creator", who="newcomer")
    assert any("I agree" in button.label for message in asked for row in message.buttons for button in row)
    say("cancel", who="newcomer")
    assert "Which language" in say("language", who="newcomer")[0].text


def test_words_that_could_mean_two_buttons_press_none(say: Say, world: Runtime) -> None:
    with begin(world.database, SYSTEM) as work:
        conversations.offer(
            work, Address("web", "brand"), [("Report", "c|report|1"), ("Report", "c|report|2")]
        )
    say("hi")
    with begin(world.database, SYSTEM) as work:
        buttons = [("✓ Do it", "c|hello|"), ("✓ Do it", "c|menu|")]
        conversations.offer(work, Address("web", "brand"), buttons)
    assert "not sure what you mean" in say("do it")[0].text


def test_a_doubted_message_is_known_or_warned_of(say: Say, world: Runtime) -> None:
    ours = say("menu")[0].text
    say("is this you?")
    assert "that was me" in say(ours.replace("**", ""))[0].text, "apps copy bold words without their signs"
    say("is this you?")
    answer = say("Congratulations! Pay a small fee of ₹500 to get your campaign.")[0]
    assert "did not write you that" in answer.text
    assert world.settings.public_url in answer.text
    say("is this you?", who="asha")
    assert "did not write" in say(ours, who="asha")[0].text, "what another person was told is not hers"
    say("delete my data", who="asha")
    say("delete my data", who="asha")
    confirmed(world)
    with begin(world.database, SYSTEM) as work:
        rows = work.session.execute(sql("SELECT count(*) FROM sent_words WHERE chat_id = 'asha'"))
        assert rows.scalar_one() == 0


def test_a_long_message_of_ours_can_be_doubted_too(say: Say, world: Runtime) -> None:
    words = "\n".join(f"• line {number} of a long card" for number in range(110))
    with begin(world.database, SYSTEM) as work:
        sent_words.note(work, Address("web", "asha"), words)
    say("is this you?", who="asha")
    assert len(words) > 2_000
    assert "Yes, that was me" in say(words, who="asha")[-1].text


def test_anybody_can_check_a_badge(client: TestClient, world: Runtime) -> None:
    with begin(world.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "web", "brand")
        assert person is not None
        brand = members.memberships_of(work, person.id)[0].workspace
    page = client.get(f"/badges/{brand.id}")
    assert brand.name in page.text
    assert "has <strong>not</strong> shown" in page.text
    with begin(world.database, SYSTEM) as work:
        workspaces.mark_verified(work, brand.id, website="kala.example.com")
    assert "kala.example.com" in client.get(f"/badges/{brand.id}").text
    assert client.get(f"/badges/{uuid4()}").status_code == 404


def test_what_a_button_stands_for_is_understood_like_the_words(say: Say, world: Runtime) -> None:
    say("3 food creators in Pune, under 20k INR")
    asked = say("1 reel and 2 stories")
    assert "1 reel and 2 stories" in asked[0].text
    assert "I understood" in asked[0].text
