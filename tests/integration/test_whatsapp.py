"""WhatsApp on its own terms: signatures, the 24-hour window, templates, STOP, and its errors."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text as sql

from api import app as web
from bots.conversation.card import card
from bots.conversation.card import press as press_of
from bots.doors import delivery
from bots.doors.hearing import Hearer
from bots.doors.registry import Settings
from bots.doors.whatsapp import checks, flow, listen
from bots.doors.whatsapp.door import channel_of
from bots.doors.whatsapp.settings import WhatsAppSettings
from bots.phrases.languages import LANGUAGES, speaking
from bots.phrases.sentences import say
from core.accounts import chats, workspaces
from core.accounts.schemas import OpenWorkspace
from core.accounts.states import WorkspaceKind
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock, wall_now
from core.kit.database import Database
from core.kit.money import Currency
from core.kit.work import begin
from core.media.intake import look_through
from core.messaging import outbox
from core.messaging.messages import Address, Attachment, ChannelName
from core.settings import part
from market.embedded import free_port
from market.stage import PNG
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain
from tests.documents import pdf
from tests.peers import whatsapp
from tests.peers.telegram import served
from tests.peers.whatsapp import CloudApi, WhatsAppSeat

PHONE = "919800000001"
ASHA = Address("whatsapp", PHONE)


@pytest.fixture
def api() -> Iterator[CloudApi]:
    found = CloudApi()
    with served(found.app, free_port()) as url:
        found.url = url
        yield found


@pytest.fixture
def bot(
    api: CloudApi, database: Database, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Runtime]:
    settings = Settings(
        _env_file=None,
        state_dir=tmp_path,
        public_url="https://market.example.com",
        secret_keys=SecretStr("test-secret-key"),
        whatsapp_token=SecretStr("token"),
        whatsapp_app_secret=SecretStr(whatsapp.SECRET),
        whatsapp_phone_number_id=whatsapp.PHONE,
        whatsapp_business_id=whatsapp.BUSINESS,
        whatsapp_api_url=f"{api.url}/{whatsapp.VERSION}",
        whatsapp_flow_id=getattr(request, "param", ""),
    )
    runtime = parts.build(settings, database)
    yield runtime
    channel_of(runtime).close()


@pytest.fixture
def client(bot: Runtime) -> Iterator[TestClient]:
    with TestClient(web.create(bot)) as found:
        yield found


@pytest.fixture
def asha(api: CloudApi, client: TestClient, bot: Runtime) -> WhatsAppSeat:
    hearer: Hearer = client.app.state.hearer  # type: ignore[attr-defined]

    def post(*args: Any, **options: Any) -> Any:
        answer = client.post(*args, **options)
        assert hearer.settle(30)
        drain(bot)
        return answer

    return WhatsAppSeat(api, post, PHONE, "Asha")


def texts(seat: WhatsAppSeat) -> list[str]:
    return [line.message.text for line in seat.heard()]


def test_only_meta_gets_in(client: TestClient, bot: Runtime, api: CloudApi) -> None:
    token = listen.verify_token(bot.settings)
    asked = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "42"}
    assert client.get(listen.WEBHOOK_PATH, params=asked).text == "42"
    assert client.get(listen.WEBHOOK_PATH, params={**asked, "hub.verify_token": "x"}).status_code == 403
    raw = json.dumps(whatsapp.post_of(whatsapp.message(PHONE, text={"body": "hi"}))).encode()
    assert client.post(listen.WEBHOOK_PATH, content=raw).status_code == 401
    assert (
        client.post(listen.WEBHOOK_PATH, content=raw + b" ", headers=whatsapp.signed(raw)).status_code == 401
    )
    odd = b"[1]"
    assert client.post(listen.WEBHOOK_PATH, content=odd, headers=whatsapp.signed(odd)).status_code == 200
    assert api.posted == []


def test_a_message_is_read_typed_at_and_answered_once(
    asha: WhatsAppSeat, client: TestClient, api: CloudApi
) -> None:
    raw = json.dumps(whatsapp.post_of(whatsapp.message(PHONE, text={"body": "hi"}))).encode()
    for _ in range(3):
        assert client.post(listen.WEBHOOK_PATH, content=raw, headers=whatsapp.signed(raw)).status_code == 200
    hearer: Hearer = client.app.state.hearer  # type: ignore[attr-defined]
    assert hearer.settle(30)
    assert len(api.said_to(PHONE)) == 1
    assert len(api.read) == 1
    (hello,) = api.said_to(PHONE)
    assert [b["reply"]["title"] for b in hello["interactive"]["action"]["buttons"]] == [
        "I'm a brand",
        "I'm a creator",
        "I have a team code",
    ]
    del asha


def test_a_long_list_is_paged_and_the_question_is_not_asked_twice(asha: WhatsAppSeat, api: CloudApi) -> None:
    asha.say("hi")
    for label in ("I'm a creator", "I agree"):
        press(asha, label)
    asha.say("Asha Kulkarni")
    press(asha, "Instagram")
    asha.say("@asha.eats")
    asha.say("12k")
    before = len(api.posted)
    press(asha, "More")
    assert len(api.posted) == before + 1
    assert "More to choose from" in texts(asha)[-1]
    press(asha, "Travel") if any(b.label == "Travel" for b in last_buttons(asha)) else press(
        asha, last_buttons(asha)[0].label
    )
    assert api.faults == []


def last_buttons(seat: WhatsAppSeat) -> list[Any]:
    return [button for row in seat.heard()[-1].message.buttons for button in row]


def press(seat: WhatsAppSeat, label: str) -> None:
    shown = [b for line in reversed(seat.heard()) for row in line.message.buttons for b in row]
    seat.press(next(button for button in shown if button.label.startswith(label)))


def tell(bot: Runtime, notice: str, facts: dict[str, Any]) -> None:
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "whatsapp", PHONE)
        assert person is not None
        outbox.tell(work, person.id, notice, facts)
    drain(bot)


def test_outside_the_window_a_template_says_that_something_waits(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, clock: SetClock
) -> None:
    asha.say("hi")
    tell(bot, "answer", {"text": "**Inside** the window"})
    assert "**Inside** the window" in texts(asha)[-1]
    clock.advance(timedelta(hours=25))
    tell(bot, "answer", {"text": "The first piece of news"})
    tell(bot, "answer", {"text": "A second piece of news"})
    sent = [body["type"] for body in api.said_to(PHONE)]
    assert sent[-1] == "template"
    assert sent.count("template") == 1, "one, however much waits"
    press(asha, "Read it")
    told = "\n".join(texts(asha)[-2:])
    assert told.index("The first piece") < told.index("A second piece")
    press(asha, "Read it")
    assert "Write “menu”" in texts(asha)[-1], "read already"
    before = len(api.posted)
    asha.say("menu")
    assert len(api.posted) == before + 1, "held messages come once"


def test_each_kind_of_news_that_matters_is_announced_by_its_own_template(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, clock: SetClock
) -> None:
    asha.say("hi")
    clock.advance(timedelta(hours=25))
    tell(bot, "answer", {"text": "hello"})
    for amount in (90_000, 50_000):
        tell(bot, "payout_sent", {"amount_minor": amount, "currency": "INR"})
    names = [body["template"]["name"] for body in api.said_to(PHONE) if body["type"] == "template"]
    assert names == ["marketplace_news", "marketplace_money"]


@pytest.mark.parametrize("code", [132001, 132015])
def test_news_is_kept_where_its_template_is_refused(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, clock: SetClock, code: int
) -> None:
    asha.say("hi")
    clock.advance(timedelta(hours=25))
    api.order(400, code)
    tell(bot, "payout_sent", {"amount_minor": 90_000, "currency": "INR"})
    assert api.said_to(PHONE)[-1]["template"]["name"] == "marketplace_news", "the general one in its place"
    asha.say("hello")
    assert any("₹900" in text for text in texts(asha))


@pytest.mark.parametrize("codes", [(132001, 132001), (132015, 132001), (131049,)])
def test_news_is_kept_and_announced_later_where_no_template_goes_out(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, clock: SetClock, codes: tuple[int, ...]
) -> None:
    asha.say("hi")
    clock.advance(timedelta(hours=25))
    before = len(api.posted)
    for code in codes:
        api.order(400, code)
    tell(bot, "payout_sent", {"amount_minor": 90_000, "currency": "INR"})
    assert len(api.posted) == before
    with begin(bot.database, SYSTEM) as work:
        (waits,) = outbox.claim(work, limit=5, now=wall_now() + timedelta(hours=7))
    assert waits.kind == "chat.announce"
    delivery.announce(bot, waits)
    assert api.said_to(PHONE)[-1]["type"] == "template"
    asha.say("hello")
    assert any("₹900" in text for text in texts(asha))
    before = len(api.posted)
    delivery.announce(bot, waits)
    assert len(api.posted) == before, "what was told needs no announcement"


def test_much_that_waited_is_summed_up_and_nothing_is_dropped_unread(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, clock: SetClock
) -> None:
    asha.say("hi")
    clock.advance(timedelta(hours=25))
    for number in range(25):
        tell(bot, "payout_sent", {"amount_minor": 100 * (number + 1), "currency": "INR"})
    before = len(api.said_to(PHONE))
    asha.say("hello")
    told = texts(asha)[before:]
    (summary,) = [text for text in told if "While you were away" in text]
    assert summary.count("•") == 10
    assert "… and 15 more." in summary
    assert "₹25" in summary


def test_the_window_may_close_between_our_look_and_theirs(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime
) -> None:
    asha.say("hi")
    api.order(400, 131047)
    tell(bot, "answer", {"text": "late news"})
    assert api.said_to(PHONE)[-1]["type"] == "template"
    asha.say("hello")
    assert any("late news" in text for text in texts(asha))


def in_language(code: str, key: str, **facts: object) -> str:
    with speaking(code):
        return say(key, **facts)


def test_stop_is_obeyed_at_once_in_her_language_and_start_undoes_it(asha: WhatsAppSeat, bot: Runtime) -> None:
    asha.say("hi")
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "whatsapp", PHONE)
        assert person is not None
        assert chats.address_of(work, person.id) is not None
    for stop, start in (("STOP", "START"), ("बंद करो", "शुरू"), ("parar", "começar"), ("berhenti", "mulai")):
        asha.say(stop)
        assert texts(asha)[-1][:12] in {in_language(code, "stop.done")[:12] for code in LANGUAGES}
        with begin(bot.database, SYSTEM) as work:
            assert chats.address_of(work, person.id) is None
        asha.say("menu")
        assert texts(asha)[-1][:6] in {
            in_language(code, "start.hello", name="Asha")[:6] for code in LANGUAGES
        }
        before = len(texts(asha))
        asha.say(start)
        assert any(
            line[:10] in {in_language(code, "start.again")[:10] for code in LANGUAGES}
            for line in texts(asha)[before:]
        )
        with begin(bot.database, SYSTEM) as work:
            assert chats.address_of(work, person.id) is not None


@pytest.mark.parametrize(
    ("status", "code", "seconds"), [(429, 130429, 2), (400, 131056, 6), (500, 131000, 5)]
)
def test_what_heals_by_waiting_is_sent_again(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, status: int, code: int, seconds: int
) -> None:
    asha.say("hi")
    before = len(api.posted)
    api.order(status, code)
    asha.say("help")
    assert len(api.posted) == before
    with begin(bot.database, SYSTEM) as work:
        assert outbox.claim(work, limit=5, now=wall_now() + timedelta(seconds=seconds - 1)) == []
        (late,) = outbox.claim(work, limit=5, now=wall_now() + timedelta(seconds=seconds + 1))
    delivery.deliver(bot, late)
    assert len(api.posted) == before + 1


def test_who_cannot_be_reached_is_noted(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, client: TestClient
) -> None:
    asha.say("hi")
    ref = api.said_to(PHONE)[-1]["id"]
    status = {
        "id": ref,
        "status": "failed",
        "timestamp": "1",
        "recipient_id": PHONE,
        "errors": [{"code": 131026}],
    }
    body = whatsapp.post_of(whatsapp.message(PHONE))
    value = body["entry"][0]["changes"][0]["value"]
    value["messages"], value["statuses"] = [], [status]
    raw = json.dumps(body).encode()
    client.post(listen.WEBHOOK_PATH, content=raw, headers=whatsapp.signed(raw))
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "whatsapp", PHONE)
        assert person is not None
        assert chats.address_of(work, person.id) is None


def test_files_come_in_and_go_out(asha: WhatsAppSeat, api: CloudApi) -> None:
    asha.say("hi")
    asha.send_file("my draft", "a.png", PNG)
    asha.send_file("", "x.exe", b"MZ no picture")
    assert "I can take photos" in texts(asha)[-1]
    assert api.faults == []


def test_a_picture_is_uploaded_into_its_card(
    asha: WhatsAppSeat, api: CloudApi, bot: Runtime, client: TestClient
) -> None:
    asha.say("hi")
    file = look_through("chai.png", PNG, bot.settings.media_max_bytes)
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "whatsapp", PHONE)
        assert person is not None
        coming = bot.tools.media.expect(work.acting_as(Actor.person(person.id)), file)
    stored = bot.tools.media.put(coming)
    shown = Attachment(str(stored.id), stored.kind, stored.name)
    message = card("A draft", [press_of("Approve", "approve", "1")], [shown])
    bot.channels["whatsapp"].send(Address("whatsapp", PHONE), message, "k")
    sent = api.posted[-1]["interactive"]
    assert api.files[sent["header"]["image"]["id"]][:4] == PNG[:4]
    assert sent["action"]["buttons"][0]["reply"]["title"] == "Approve"
    assert api.faults == []


def test_five_files_are_one_answer(asha: WhatsAppSeat, api: CloudApi, client: TestClient) -> None:
    asha.say("hi")
    before = len(texts(asha))
    for number in range(5):
        api.files[f"many{number}"] = PNG
        content = whatsapp.message(
            asha.phone, "image", image={"id": f"many{number}", "mime_type": "image/png"}
        )
        raw = json.dumps(whatsapp.post_of(content, name="Asha")).encode()
        client.post(listen.WEBHOOK_PATH, content=raw, headers=whatsapp.signed(raw))
    assert client.app.state.hearer.settle(30)  # type: ignore[attr-defined]
    assert len([line for line in texts(asha)[before:] if "file" in line]) == 1


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        (
            "interactive",
            {"interactive": {"type": "nfm_reply", "nfm_reply": {"response_json": "{}"}}},
            "no form",
        ),
        ("revoke", {"revoke": {"original_message_id": "wamid.1"}}, "took a message back"),
        (
            "edit",
            {"edit": {"original_message_id": "w", "message": {"type": "text", "text": {"body": "no"}}}},
            "chang",
        ),
    ],
)
def test_what_was_passed_over_in_silence_is_answered(
    asha: WhatsAppSeat, client: TestClient, kind: str, body: dict[str, Any], said: str
) -> None:
    asha.say("hi")
    before = len(texts(asha))
    raw = json.dumps(whatsapp.post_of(whatsapp.message(asha.phone, kind, **body), name="Asha")).encode()
    client.post(listen.WEBHOOK_PATH, content=raw, headers=whatsapp.signed(raw))
    assert client.app.state.hearer.settle(30)  # type: ignore[attr-defined]
    assert said in "".join(texts(asha)[before:])


def test_a_brand_s_brief_comes_in_as_a_file(asha: WhatsAppSeat, api: CloudApi, bot: Runtime) -> None:
    asha.say("hi")
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, ChannelName.WHATSAPP, PHONE)
        assert person is not None
        own = work.acting_as(Actor.person(person.id))
        workspaces.open_workspace(own, OpenWorkspace("Kala Chai", WorkspaceKind.BRAND, Currency.INR))
    asha.send_file("budget 20k", "brief.pdf", pdf(["3 food creators in Pune, 1 reel each", "Product: chai"]))
    asked = texts(asha)[-1]
    assert "3 food creators" in asked, "what the file says is shown before it goes to anybody"
    press(asha, "Only the brief")
    assert "chai" in texts(asha)[-1]
    assert "₹20,000" in texts(asha)[-1]
    assert api.faults == []


def test_the_doctor_and_the_templates(bot: Runtime, api: CloudApi) -> None:
    found = {finding.what: finding for finding in checks.findings(part(bot.settings, WhatsAppSettings))}
    assert found["WhatsApp number"].good
    assert listen.verify_token(bot.settings) in found["WhatsApp webhook"].mend
    assert not found["WhatsApp template marketplace_news (en)"].good
    calls = checks.api_of(part(bot.settings, WhatsAppSettings))
    assert len(checks.submit(calls)) == 16
    assert checks.submit(calls) == []
    calls.close()
    assert {t["category"] for t in api.templates} == {"UTILITY"}


def deliver(client: TestClient, body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    assert client.post(listen.WEBHOOK_PATH, content=raw, headers=whatsapp.signed(raw)).status_code == 200
    hearer: Hearer = client.app.state.hearer  # type: ignore[attr-defined]
    assert hearer.settle(30)


def changed(sender: str, **told: Any) -> dict[str, Any]:
    body = whatsapp.post_of(whatsapp.message(sender, "system", system={"body": "changed", **told}))
    del body["entry"][0]["changes"][0]["value"]["contacts"]  # system messages have none
    return body


def test_a_known_creator_stays_herself_by_whatever_name_whatsapp_calls_her(
    asha: WhatsAppSeat, client: TestClient, bot: Runtime, api: CloudApi
) -> None:
    asha.say("hi")
    press(asha, "I'm a creator")
    deliver(client, whatsapp.post_of(whatsapp.message(PHONE, text={"body": "hello"}), user_id="IN.7"))
    assert "What brings you here?" not in texts(asha)[-1], "she is no stranger"
    hidden = whatsapp.message(PHONE, text={"body": "hello"})
    del hidden["from"]
    body = whatsapp.post_of({**hidden, "from": ""}, user_id="IN.7")
    del body["entry"][0]["changes"][0]["value"]["contacts"][0]["wa_id"]
    deliver(client, body)
    with begin(bot.database, SYSTEM) as work:
        assert work.session.execute(sql("SELECT count(*) FROM person")).scalar_one() == 1
    assert api.posted[-1]["recipient"] == "IN.7", "her number is not shared any more"
    assert "What brings you here?" not in json.dumps(api.posted[-1])


@pytest.mark.parametrize(
    ("told", "reached_at"),
    [
        ({"type": "user_changed_number", "wa_id": "919800000077"}, "919800000077"),
        (
            {
                "type": "user_changed_number",
                "wa_id": "919800000077",
                "user_id": "IN.8",
                "previous_user_id": "IN.7",
            },
            "919800000077",
        ),
        ({"type": "user_changed_user_id", "user_id": "IN.8", "previous_user_id": "IN.7"}, "IN.8"),
    ],
)
def test_a_new_number_takes_her_along_once(
    asha: WhatsAppSeat,
    client: TestClient,
    bot: Runtime,
    api: CloudApi,
    told: dict[str, str],
    reached_at: str,
) -> None:
    deliver(client, whatsapp.post_of(whatsapp.message(PHONE, text={"body": "hi"}), user_id="IN.7"))
    press(asha, "I'm a creator")
    moved = changed(PHONE, **told)
    deliver(client, moved)
    with begin(bot.database, SYSTEM) as work:
        person = chats.behind(work, "whatsapp", reached_at)
        assert person is not None
        assert chats.behind(work, "whatsapp", PHONE) is None
        before = person.id
    asha.say("hi")  # the old number has a new owner
    deliver(client, moved)  # and WhatsApp tells the old news again
    with begin(bot.database, SYSTEM) as work:
        stranger, still = (chats.behind(work, "whatsapp", name) for name in (PHONE, reached_at))
        assert stranger is not None
        assert still is not None
        assert still.id == before != stranger.id
    assert "What brings you here?" in texts(asha)[-1]


INTRODUCED = "Asha Kulkarni from Pune, food, English, insta @asha.eats 12k, reels ₹3,000"
TOO_LONG = json.dumps({"flow_token": "t", "name_0": "name", "words_0": "x" * flow.ANSWER_CHARACTERS_MAX})
ODD_FORMS = ["{}", "[1]", "no", '{"flow_token": 3}', '{"flow_token": ""}', "9" * 5_000, TOO_LONG]
WITH_FLOW = pytest.mark.parametrize("bot", [whatsapp.FLOW], indirect=True)


def introduced(asha: WhatsAppSeat) -> None:
    """Bring a creator as far as the review of her profile."""
    asha.say("hi")
    press(asha, "I'm a creator")
    asha.say(INTRODUCED)
    press(asha, "I agree")


@WITH_FLOW
def test_a_whole_form_is_offered_beside_its_question_and_taken(asha: WhatsAppSeat, api: CloudApi) -> None:
    introduced(asha)
    press(asha, "Change something")
    form = asha.offered_form()
    places = {form[f"name_{n}"]: n for n in range(flow.PLACES) if form[f"name_{n}"]}
    assert form[f"words_{places['name']}"] == "Asha Kulkarni"
    asha.send_form(form, name="Asha Rao")
    assert "Asha Rao" in texts(asha)[-1]
    assert "Kulkarni" not in texts(asha)[-1]
    assert api.faults == []


@WITH_FLOW
def test_who_does_not_open_the_form_answers_in_the_chat(asha: WhatsAppSeat, api: CloudApi) -> None:
    introduced(asha)
    press(asha, "Change something")
    asha.say("name Asha Rao")
    assert "Asha Rao" in texts(asha)[-1]


@WITH_FLOW
def test_what_is_needed_and_left_empty_stays_as_it_was(asha: WhatsAppSeat) -> None:
    introduced(asha)
    press(asha, "Change something")
    asha.send_form(asha.offered_form(), name="")
    assert "Asha Kulkarni" in texts(asha)[-1]


@WITH_FLOW
@pytest.mark.parametrize(
    "response", ["{}", "[1]", "no", '{"flow_token": 3}', '{"flow_token": ""}', "9" * 5_000]
)
def test_a_form_that_is_not_of_ours_is_answered_so(asha: WhatsAppSeat, response: str) -> None:
    asha.say("hi")
    told = {"type": "nfm_reply", "nfm_reply": {"response_json": response}}
    asha.send(whatsapp.message(asha.phone, "interactive", interactive=told))
    assert "no form" in texts(asha)[-1]


@WITH_FLOW
def test_a_form_of_a_press_that_is_over_binds_nobody(asha: WhatsAppSeat) -> None:
    introduced(asha)
    press(asha, "Change something")
    form = asha.offered_form()
    asha.say("cancel")
    asha.send_form(form, name="Asha Rao")
    assert "Asha Rao" not in " ".join(texts(asha)[-2:])


def test_without_a_flow_everything_is_asked_in_the_chat(asha: WhatsAppSeat, api: CloudApi) -> None:
    introduced(asha)
    press(asha, "Change something")
    assert "flow" not in [b.get("interactive", {}).get("type") for b in api.said_to(PHONE)]


@pytest.mark.parametrize(("state", "good"), [("PUBLISHED", True), ("DRAFT", False)])
@WITH_FLOW
def test_the_doctor_looks_at_the_flow(bot: Runtime, api: CloudApi, state: str, good: bool) -> None:  # noqa: FBT001
    api.flow_state = state
    found = {finding.what: finding for finding in checks.findings(part(bot.settings, WhatsAppSettings))}
    assert (found["WhatsApp Flow"].good, found["WhatsApp Flow"].found) == (good, state)
    calls = checks.api_of(part(bot.settings, WhatsAppSettings))
    assert checks.submit_flow(calls) == whatsapp.FLOW
    calls.close()
