"""Telegram on its bad days: nothing lost, nothing twice, in order, and said in words."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.exc import OperationalError

from api import app as web
from bots.conversation.card import card
from bots.doors import delivery
from bots.doors.channel import CardGone
from bots.doors.hearing import Hearer
from bots.doors.reading import Heard
from bots.doors.registry import Settings
from bots.doors.telegram import listen, read
from bots.doors.telegram.door import channel_of
from bots.phrases.languages import LANGUAGES
from core.accounts import chats
from core.accounts.schemas import Identity
from core.creators import service as creators
from core.creators.schemas import SaveProfile
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import SetClock, wall_now
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import arrivals, outbox
from core.messaging.messages import Address, IncomingMessage, OutgoingMessage
from market.embedded import free_port
from market.stage import PNG
from runtime import parts
from runtime.parts import Runtime
from tests.conftest import drain
from tests.peers.misbehaving import BotApi
from tests.peers.telegram import TOKEN, served
from workers import rounds

ASHA = Address("telegram", "5")


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def bot(api: BotApi, database: Database, tmp_path: Path) -> Iterator[Runtime]:
    port = free_port()
    with served(api.app, port) as url:
        settings = Settings(
            _env_file=None,
            state_dir=tmp_path,
            public_url="https://market.example.com",
            secret_keys=SecretStr("test-secret-key"),
            telegram_token=SecretStr(TOKEN),
            telegram_mode="webhook",
            telegram_name="NanoBot",
            telegram_api_url=url,
            media_max_bytes=19_000_000,
        )
        runtime = parts.build(settings, database)
        yield runtime
        channel_of(runtime).close()


@pytest.fixture
def client(bot: Runtime) -> Iterator[TestClient]:
    with TestClient(web.create(bot)) as found:
        found.headers[listen.SECRET_HEADER] = listen.secret(bot.settings)
        yield found


def update(number: int, chat: int = 5, **message: Any) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": f"P{chat}"}
    body = {
        "message_id": number,
        "date": 1,
        "from": person,
        "chat": {"id": chat, "type": "private"},
        **message,
    }
    return {"update_id": number, "message": body}


def press(number: int, data: str, message: int, chat: int = 5) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": f"P{chat}"}
    hung_on = {"message_id": message, "date": 1, "chat": {"id": chat, "type": "private"}}
    query = {"id": f"q{number}", "from": person, "chat_instance": "1", "data": data, "message": hung_on}
    return {"update_id": number, "callback_query": query}


def hear(client: TestClient, *updates: dict[str, Any]) -> None:
    for body in updates:
        assert client.post(listen.WEBHOOK_PATH, json=body).status_code == 204
    hearer: Hearer = client.app.state.hearer  # type: ignore[attr-defined]
    assert hearer.settle(30)


def texts(api: BotApi) -> list[str]:
    return [p.get("text", "") for name, p in api.calls if name in {"sendMessage", "editMessageText"}]


def test_the_webhook_is_set_with_its_secret_and_nobody_else_gets_in(client: TestClient, api: BotApi) -> None:
    (made,) = api.made("setWebhook")
    assert made["url"] == "https://market.example.com/webhooks/telegram"
    assert made["secret_token"] == client.headers[listen.SECRET_HEADER]
    menus = {str(made.get("language_code", "en")): made["commands"] for made in api.made("setMyCommands")}
    assert set(menus) == set(LANGUAGES)
    assert {"help", "human"} <= {entry["command"] for entry in menus["hi"]}
    wrong = client.post(listen.WEBHOOK_PATH, json=update(1, text="hi"), headers={listen.SECRET_HEADER: "x"})
    assert wrong.status_code == 401
    assert (
        client.post(
            listen.WEBHOOK_PATH, content=b"{", headers={"content-type": "application/json"}
        ).status_code
        == 422
    )
    hear(client, {"update_id": 2}, {"update_id": 3, "message": {"odd": True}}, {})
    assert texts(api) == []


def test_a_deep_link_says_what_it_is_for(client: TestClient, api: BotApi, bot: Runtime) -> None:
    hear(client, update(1, text="hi"))
    hear(client, update(2, text="invite a friend"))
    code = texts(api)[-1].split("<b>invited ")[1].split("</b>")[0]
    button = api.made("sendMessage")[-1]["reply_markup"]["inline_keyboard"][0][0]
    assert button["url"] == f"https://t.me/NanoBot?start=ref_{code}"
    hear(client, update(3, chat=6, text=f"/start ref_{code}"), update(4, chat=6, text=f"/start ref_{code}"))
    with begin(bot.database, SYSTEM) as work:
        asha, friend = (chats.find_by_identity(work, "telegram", user) for user in ("5", "6"))
    assert asha is not None
    assert friend is not None
    assert friend.referred_by == asha.id
    assert asha.referred_by is None
    hear(client, update(5, text="link"))
    linked = texts(api)[-1].split("<b>link ")[1].split("</b>")[0]
    hear(client, update(6, chat=7, text=f"/start link_{linked}"))
    with begin(bot.database, SYSTEM) as work:
        second = chats.find_by_identity(work, "telegram", "7")
    assert second is not None
    assert second.id != asha.id, "a link asks, and gives nobody's chat away"
    assert "asked for this code" in texts(api)[-1]


def test_an_update_delivered_three_times_is_answered_once(client: TestClient, api: BotApi) -> None:
    hear(client, update(1, text="hi"), update(1, text="hi"), update(1, text="hi"))
    assert len(texts(api)) == 1


def test_a_day_later_a_repeat_is_nothing_and_what_was_late_is_answered(
    client: TestClient, api: BotApi, clock: SetClock
) -> None:
    hear(client, update(5, text="hi"))
    clock.advance(timedelta(days=1))
    hear(client, update(5, text="hi"))
    assert len(texts(api)) == 1
    hear(client, update(4, text="help"))
    assert "brand or a creator" in texts(api)[1], "sent before the other, delivered a day after it"


def test_updates_that_wait_together_are_heard_in_telegrams_order(bot: Runtime, api: BotApi) -> None:
    with begin(bot.database, SYSTEM) as work:
        for number in (4, 2, 3):
            heard = read.update(update(number, text="🙂" * number), "")
            assert isinstance(heard, Heard)
            assert arrivals.keep(work, heard.incoming, heard.order)
    with begin(bot.database, SYSTEM) as work:
        order = [arrivals.take(work, ASHA) for _ in range(4)]
    assert [m.message.text for m in order if m.message] == ["🙂🙂", "🙂🙂🙂", "🙂🙂🙂🙂"]
    assert [m.then for m in order] == [arrivals.NOW, arrivals.NOW, None, None]


def test_two_devices_and_a_double_tap_change_one_thing(client: TestClient, api: BotApi) -> None:
    hear(client, update(1, text="I'm a creator"), update(2, text="find work"))
    hear(client, press(3, "c|onboard|", 4))
    consent = api.calls[-1][1] if "reply_markup" in api.calls[-1][1] else api.made("sendMessage")[-1]
    yes = consent["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    asked = len(api.calls)
    hear(client, press(4, yes, asked), press(5, yes, asked), press(6, "f|999|n|confirm|old", asked))
    assert len(api.made("answerCallbackQuery")) == 4
    assert sum("earlier question" in text for text in texts(api)) == 2


def test_a_question_is_drawn_over_the_one_before_and_old_buttons_go(client: TestClient, api: BotApi) -> None:
    hear(client, update(1, text="hi"), press(2, "c|onboard|", 1))
    consent = api.made("sendMessage")[-1]
    yes = consent["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    asked = max(i for i, (name, _) in enumerate(api.calls, 1) if name == "sendMessage")
    hear(client, press(3, yes, asked))
    (edited,) = api.made("editMessageText")
    assert edited["message_id"] == asked
    hear(client, update(4, text="Asha Kulkarni"))
    assert api.made("editMessageReplyMarkup")[-1]["message_id"] == asked


def test_a_message_that_can_no_longer_be_edited_is_sent_anew(client: TestClient, api: BotApi) -> None:
    hear(client, update(1, text="hi"), press(2, "c|onboard|", 1))
    yes = api.made("sendMessage")[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    before = len(api.made("sendMessage"))
    api.order("editMessageText", 400, "Bad Request: message to edit not found")
    hear(client, press(3, yes, 99))
    assert len(api.made("sendMessage")) == before + 1


def test_a_picture_is_edited_by_its_caption_and_what_is_gone_is_said_to_be(bot: Runtime, api: BotApi) -> None:
    telegram, words = channel_of(bot), OutgoingMessage("**Draft**: approved", points="7")
    api.order("editMessageText", 400, "Bad Request: there is no text in the message to edit")
    telegram.edit(ASHA, "7", words)
    (edited,) = api.made("editMessageCaption")
    assert (edited["message_id"], edited["caption"]) == (7, "<b>Draft</b>: approved")
    assert "reply_markup" not in edited, "what is not named is taken away"
    api.order("editMessageText", 400, "Bad Request: message is not modified")
    telegram.edit(ASHA, "7", words)
    api.order("editMessageText", 400, "Bad Request: message can't be edited")
    with pytest.raises(CardGone):
        telegram.edit(ASHA, "7", words)
    telegram.send(ASHA, words, "key")
    assert api.made("sendMessage")[-1]["reply_parameters"]["message_id"] == 7


def test_too_many_requests_waits_as_long_as_telegram_says(
    client: TestClient, api: BotApi, bot: Runtime
) -> None:
    api.order("sendMessage", 429, "Too Many Requests: retry after 40", retry_after=40)
    hear(client, update(1, text="hi"))
    assert len(api.made("sendMessage")) == 1
    assert rounds.claim(bot) == []
    with begin(bot.database, SYSTEM) as work:
        (late,) = outbox.claim(work, limit=5, now=wall_now() + timedelta(seconds=41))
    assert delivery.deliver(bot, late) is None
    assert len(api.made("sendMessage")) == 2


@pytest.mark.parametrize("status", [500, 502])
def test_a_server_error_is_tried_again_and_later_messages_wait_behind(
    client: TestClient, api: BotApi, bot: Runtime, status: int
) -> None:
    api.order("sendMessage", status, "Internal Server Error")
    hear(client, press(1, "c|onboard|", 1))
    assert len(api.made("sendMessage")) == 1
    with begin(bot.database, SYSTEM) as work:
        due = outbox.claim(work, limit=5, now=wall_now() + timedelta(seconds=30))
    assert len(due) == 1, "the second message waits for the first"
    delivery.deliver(bot, due[0])
    with begin(bot.database, SYSTEM) as work:
        (second,) = outbox.claim(work, limit=5, now=wall_now() + timedelta(seconds=60))
    delivery.deliver(bot, second)
    assert "own words" in api.made("sendMessage")[1]["text"]
    assert "I agree" in api.made("sendMessage")[2]["text"]


def test_a_message_is_not_sent_twice_when_the_settling_was_lost(bot: Runtime, api: BotApi) -> None:
    with begin(bot.database, SYSTEM) as work:
        asha = chats.recognise(work, Identity(ASHA.channel, ASHA.chat_id, ASHA.chat_id), "Asha")
        (reply,) = outbox.say(work, ASHA, asha.id, card("once"))
    assert delivery.deliver(bot, reply) is None
    assert delivery.deliver(bot, replace(reply, attempts=2)) is None
    assert len(api.made("sendMessage")) == 1


def test_who_blocks_the_bot_is_noted_and_forgiven_when_they_write_again(
    client: TestClient, api: BotApi, bot: Runtime
) -> None:
    hear(client, update(1, text="hi"))
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "telegram", "5")
        assert person is not None
        assert chats.address_of(work, person.id) is not None
    api.order("sendMessage", 403, "Forbidden: bot was blocked by the user")
    hear(client, update(2, text="menu"))
    with begin(bot.database, SYSTEM) as work:
        assert chats.address_of(work, person.id) is None
    hear(client, update(3, text="hi again"))
    with begin(bot.database, SYSTEM) as work:
        assert chats.address_of(work, person.id) is not None
    gone = {"chat": {"id": 5, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    hear(client, {"update_id": 4, "my_chat_member": gone})
    with begin(bot.database, SYSTEM) as work:
        assert chats.address_of(work, person.id) is None


def test_files_come_in_albums_as_one_turn_and_large_ones_get_a_way_round(
    client: TestClient, api: BotApi, bot: Runtime
) -> None:
    api.files |= {"a": PNG, "b": PNG, "x": b"MZ not a picture"}
    sizes = [[{"file_id": name, "file_unique_id": name, "width": 9, "height": 9}] for name in "ab"]
    hear(client, update(1, text="hi"))
    hear(
        client,
        update(2, photo=sizes[0], media_group_id="G", caption="my work"),
        update(3, photo=sizes[1], media_group_id="G"),
    )
    assert len(api.made("getFile")) == 2
    heard = len(texts(api))
    assert heard == 2, "one answer to the album"
    huge = {
        "file_id": "v",
        "file_unique_id": "v",
        "file_size": 30_000_000,
        "width": 1,
        "height": 1,
        "duration": 1,
    }
    hear(client, update(4, video=huge))
    assert "larger than 19 MB" in texts(api)[-1]
    assert "paste a link" in texts(api)[-1]
    hear(client, update(5, document={"file_id": "x", "file_unique_id": "x", "file_size": 9}))
    assert "I can take photos" in texts(api)[-1]
    api.order("getFile", 400, "Bad Request: wrong file_id")
    hear(client, update(6, document={"file_id": "x", "file_unique_id": "x", "file_size": 9}))
    assert "couldn't fetch your file" in texts(api)[-1]


def test_in_a_group_the_bot_says_where_it_talks_once_an_hour(client: TestClient, api: BotApi) -> None:
    for number, text in ((1, "hello all"), (2, "@NanoBot hi"), (3, "@NanoBot again")):
        body = update(number, text=text)
        body["message"]["chat"] = {"id": -80, "type": "group"}
        hear(client, body)
    assert [p["chat_id"] for p in api.made("sendMessage")] == [-80]
    assert "https://t.me/NanoBot" in texts(api)[0]


def test_polling_confirms_only_what_is_kept(bot: Runtime, api: BotApi) -> None:
    api.updates = [update(7, text="hi"), update(8, chat=6, text="hi")]
    api.order("getUpdates", 502, "Bad Gateway")
    hearer, stopping = Hearer(bot), threading.Event()
    polling = threading.Thread(target=listen.poll, args=(bot, channel_of(bot), hearer, stopping))
    polling.start()
    while not any(p.get("offset") == 9 for p in api.made("getUpdates")):
        assert polling.is_alive()
    stopping.set()
    polling.join(20)
    hearer.close()
    assert {p["chat_id"] for p in api.made("sendMessage")} == {5, 6}


@pytest.mark.parametrize(
    "odd",
    [
        {"update_id": 2**70, "message": {"text": "x"}},
        {"update_id": 2**62, "message": {"text": "x"}},
        {"message": {"text": "no number"}},
        {"update_id": "7"},
        {"update_id": -1},
        {"update_id": True},
        {"update_id": 6, "message": {"chat": {"id": 5, "type": "private"}, "date": "yesterday", "text": {}}},
        {"update_id": 6, "message": {"chat": {"id": 2**80, "type": "private"}, "text": "x"}},
    ],
)
def test_an_odd_update_neither_ends_nor_deafens_polling(
    bot: Runtime, api: BotApi, odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The true ones around it are kept and confirmed, and one that comes later is heard."""
    monkeypatch.setattr(listen, "AGAIN_SECONDS", 0.01)
    api.updates = [odd, update(7, text="hi"), odd]
    hearer, stopping = Hearer(bot), threading.Event()
    polling = threading.Thread(target=listen.poll, args=(bot, channel_of(bot), hearer, stopping))
    polling.start()
    for number, chat in ((8, 5), (9, 6)):
        while not any(p.get("offset") == number for p in api.made("getUpdates")):
            assert polling.is_alive()
        api.updates.append(update(number, chat=chat, text="hi"))
    stopping.set()
    polling.join(20)
    assert not polling.is_alive()
    hearer.close()
    assert max(p["offset"] for p in api.made("getUpdates")) <= 10


def test_polling_waits_for_a_database_that_is_away_and_passes_nothing_over(
    bot: Runtime, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.updates = [update(7, text="hi")]
    hearer, stopping = Hearer(bot), threading.Event()
    monkeypatch.setattr(listen, "AGAIN_SECONDS", 0.01)
    monkeypatch.setattr(hearer, "receive", _fails_once(hearer.receive))
    polling = threading.Thread(target=listen.poll, args=(bot, channel_of(bot), hearer, stopping))
    polling.start()
    while not any(p.get("offset") == 8 for p in api.made("getUpdates")):
        assert polling.is_alive()
    stopping.set()
    polling.join(20)
    hearer.close()
    assert api.made("sendMessage"), "heard in the end"


def _fails_once(receive: Callable[..., None]) -> Callable[..., None]:
    failures = [OperationalError("SELECT", {}, Exception("away"))]

    def received(*args: Any) -> None:
        if failures:
            raise failures.pop()
        receive(*args)

    return received


@pytest.mark.slow(seconds=28)
def test_a_flood_is_answered_whole_once_and_in_order(client: TestClient, api: BotApi, bot: Runtime) -> None:
    """1,000 deliveries over 200 chats, one update in four delivered twice."""
    sent = [
        update(1_000 * n + chat, chat=1_000 + chat, text=f"question {n} of {chat}")
        for n in range(4)
        for chat in range(200)
    ]
    hear(client, *sent, *sent[::4])
    drain(bot)
    heard: dict[int, int] = {}
    for p in api.made("sendMessage"):
        heard[p["chat_id"]] = heard.get(p["chat_id"], 0) + 1
    assert len(heard) == 200
    assert set(heard.values()) == {4}
    with begin(bot.database, SYSTEM) as work:
        assert arrivals.left_over(work, ["telegram"], timedelta(), 10) == []


def test_the_menu_follows_what_somebody_is_and_the_language(
    client: TestClient, api: BotApi, bot: Runtime
) -> None:
    before = len(api.made("setMyCommands"))
    hear(client, update(1, text="hi"))
    drain(bot)
    assert len(api.made("setMyCommands")) == before, "a newcomer sees everybody's menu"
    with begin(bot.database, SYSTEM) as work:
        person = chats.find_by_identity(work, "telegram", "5")
        assert person is not None
        creators.join(work.acting_as(Actor.person(person.id)), person.id, SaveProfile(name="P5"))
    hear(client, update(2, text="menu"), update(3, text="help"))
    drain(bot)
    (made,) = api.made("setMyCommands")[before:]
    assert made["scope"] == {"type": "chat", "chat_id": 5}
    assert "offers" in {entry["command"] for entry in made["commands"]}
    hear(client, update(4, text="language"), update(5, text="português"))
    drain(bot)
    spoken = {entry["command"]: entry["description"] for entry in api.made("setMyCommands")[-1]["commands"]}
    assert spoken["help"] == "esta lista"


def test_what_an_app_left_that_is_no_longer_connected_waits_and_harms_nobody(
    bot: Runtime, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "LEFT_OVER_AFTER", timedelta(seconds=-1))
    with begin(bot.database, SYSTEM) as work:
        arrivals.keep(work, IncomingMessage("slack", "::U1", "::U1", "e1", text="hi"), 1)
        arrivals.keep(work, IncomingMessage("telegram", "5", "5", "e2", text="hi"), 1)
    assert rounds.hear_left_over(bot) == 1
    assert len(texts(api)) == 1
    with begin(bot.database, SYSTEM) as work:
        assert arrivals.first(work, Address("slack", "::U1"))[0] is not None


@pytest.mark.parametrize("digits", [101, 400, 4_000])
def test_an_id_that_no_app_gives_is_let_go(client: TestClient, bot: Runtime, digits: int) -> None:
    body = update(5, text="x")
    body["message"]["chat"]["id"] = body["message"]["from"]["id"] = "9" * digits
    assert client.post(listen.WEBHOOK_PATH, json=body).status_code == 204
    with begin(bot.database, SYSTEM) as work:
        assert arrivals.left_over(work, ["telegram"], timedelta(days=-1), 10) == []
