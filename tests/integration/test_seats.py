"""Places at the browser chat: proved by a random token alone, listed, ended at once, never by a name."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

import api.dependencies
from api import browsers
from api.app import create
from api.dependencies import Seat
from api.resources import chat, home
from core.accounts import chats, people, seats
from core.accounts.schemas import Identity
from core.kit import crypto
from core.kit.actors import SYSTEM, Actor
from core.kit.clock import wall_now
from core.kit.work import begin
from core.messaging import mailbox
from core.messaging.messages import Address
from core.privacy import erasure
from runtime.parts import Runtime
from tests.conftest import signed_in

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"


def browser(runtime: Runtime, user: str = "asha", agent: str = PHONE) -> TestClient:
    client = TestClient(create(runtime), headers={"User-Agent": agent})
    assert client.post("/enter", data={"user": user}, follow_redirects=False).status_code == 303
    return client


def csrf_of(client: TestClient, user: str = "asha") -> str:
    return client.get(f"/chat/{user}").text.split('data-csrf="')[1].split('"')[0]


def say(client: TestClient, words: str, csrf: str = "", user: str = "asha") -> int:
    body = {"event_id": uuid4().hex, "text": words}
    headers = {"X-CSRF": csrf or csrf_of(client, user)}
    return client.post(f"/chat/{user}/messages", json=body, headers=headers).status_code


def last_words(client: TestClient, user: str = "asha") -> str:
    return str(client.get(f"/chat/{user}/letters").json()["letters"][-1]["body"]["text"])


def press(client: TestClient, label: str, user: str = "asha") -> int:
    body = client.get(f"/chat/{user}/letters").json()["letters"][-1]["body"]
    button = next(b for row in body["buttons"] for b in row if b["label"] == label)
    pressed = {"event_id": uuid4().hex, "pressed": button["action"], "label": label}
    headers = {"X-CSRF": csrf_of(client, user)}
    return client.post(f"/chat/{user}/messages", json=pressed, headers=headers).status_code


def is_in(client: TestClient, user: str = "asha") -> bool:
    return client.get(f"/chat/{user}").status_code == 200


def person_of(runtime: Runtime, user: str = "asha") -> UUID:
    with begin(runtime.database, SYSTEM) as work:
        return chats.recognise(work, Identity("web", user, user), user.title()).id


def rows(runtime: Runtime) -> list[Any]:
    with begin(runtime.database, SYSTEM) as work:
        return list(work.session.execute(text("SELECT * FROM browser_session ORDER BY made_at")))


def at_another_time(monkeypatch: pytest.MonkeyPatch, later: timedelta) -> None:
    def moved() -> datetime:
        return wall_now() + later

    for module in (api.dependencies, chat, home):
        monkeypatch.setattr(module, "wall_now", moved)


def test_a_place_is_kept_without_what_opens_it(runtime: Runtime) -> None:
    client = browser(runtime)
    token = client.cookies["seat"]
    assert len(token) >= 22, "128 bits or more"
    row = rows(runtime)[0]
    assert (row.fingerprint, row.user_name, row.browser) == (
        crypto.fingerprint(token),
        "asha",
        "Chrome, Android",
    )
    assert token not in str(row)
    assert browser(runtime).cookies["seat"] != token, "the same chat again is another token"


def test_drawing_a_name_gives_nothing(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    client = TestClient(create(runtime))
    name = client.post("/enter", follow_redirects=False).headers["location"].removeprefix("/chat/")
    assert name.startswith("guest-")
    thief = TestClient(create(runtime))
    for cookie in (name, name.removeprefix("guest-"), crypto.fingerprint(name), "x", ""):
        thief.cookies.set("seat", cookie)
        assert not is_in(thief, name)
    drawn = iter([name.removeprefix("guest-"), "known", "fresh"])
    person_of(runtime, "guest-known")
    monkeypatch.setattr(crypto, "code", lambda _: next(drawn).upper())
    again = thief.post("/enter", follow_redirects=False)
    assert again.headers["location"] == "/chat/guest-fresh", "a name that somebody has or had is drawn anew"


def test_a_signed_cookie_of_before_opens_nothing_and_its_browser_gets_a_fresh_seat(runtime: Runtime) -> None:
    client = TestClient(create(runtime))
    old = runtime.settings.keys.sign("seat", {"user": "guest-k7qm2x"}, wall_now(), timedelta(days=30))
    client.cookies.set("seat", old)
    assert client.get("/chat/guest-k7qm2x").status_code == 401
    entered = client.post("/enter", follow_redirects=False)
    place = entered.headers["location"]
    assert place != "/chat/guest-k7qm2x"
    client.cookies.clear()
    client.cookies.set("seat", entered.cookies["seat"])
    assert client.get(place).status_code == 200


def test_a_token_of_one_chat_opens_no_other(runtime: Runtime) -> None:
    client = browser(runtime)
    other = browser(runtime, "ravi")
    client.cookies.clear()
    client.cookies.set("seat", other.cookies["seat"])
    assert not is_in(client)


def test_signing_out_ends_every_route_at_once(runtime: Runtime) -> None:
    client = browser(runtime)
    csrf = csrf_of(client)
    assert say(client, "hi", csrf) == 204
    assert client.post("/chat/asha/leave").status_code == 403, "another site cannot sign somebody out"
    token = client.cookies["seat"]
    left = client.post("/chat/asha/leave", headers={"X-CSRF": csrf})
    assert left.status_code == 204
    assert "Max-Age=0" in left.headers["set-cookie"]
    client.cookies.set("seat", token)
    form, headers = {"event_id": "f"}, {"X-CSRF": csrf}
    answers = [
        client.get("/chat/asha"),
        client.get("/chat/asha/letters"),
        client.get("/chat/asha/stream"),
        client.get(f"/chat/asha/media/{uuid4()}"),
        client.post("/chat/asha/messages", json={"event_id": "1", "text": "hi"}, headers=headers),
        client.post("/chat/asha/files", data=form, files={"file": ("a", b"x")}, headers=headers),
        client.post("/chat/asha/leave", headers=headers),
    ]
    assert {answer.status_code for answer in answers} == {401}


def stream_of(runtime: Runtime, session_id: UUID, changes: Callable[[str], AsyncIterator[str]]) -> list[str]:
    watcher = SimpleNamespace(require_room=lambda _: None, changes=changes)
    request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(watcher=watcher)))

    async def read() -> list[str]:
        answer = await chat.stream(Seat("asha", "", session_id, renew=False), runtime, request)
        return [str(part).partition("\n")[0] async for part in answer.body_iterator]

    return asyncio.run(read())


def test_an_open_stream_ends_with_its_place(runtime: Runtime) -> None:
    browser(runtime)
    session_id = rows(runtime)[0].id

    async def changes(_: str) -> AsyncIterator[str]:
        yield "letters"
        with begin(runtime.database, SYSTEM) as work:
            seats.end(work, session_id)
        yield "letters"
        yield "letters"

    assert stream_of(runtime, session_id, changes) == ["event: open", "event: letters", "event: ended"]


def test_whoever_watches_is_woken_when_a_place_ends(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(runtime)
    woken: list[Address] = []
    monkeypatch.setattr(mailbox, "wake", lambda _, address: woken.append(address))
    with begin(runtime.database, SYSTEM) as work:
        seats.end(work, rows_in(work)[0])
    assert woken == [Address("web", "asha")]


def rows_in(work: Any) -> list[UUID]:  # noqa: ANN401
    return list(work.session.execute(text("SELECT id FROM browser_session")).scalars())


@pytest.mark.parametrize(
    ("later", "open_still"),
    [
        (timedelta(days=13, hours=23), True),
        (timedelta(days=14), False),
        (timedelta(days=40), False),
    ],
)
def test_an_idle_place_ends_after_two_weeks(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, later: timedelta, *, open_still: bool
) -> None:
    client = browser(runtime)
    at_another_time(monkeypatch, later)
    assert is_in(client) is open_still


def test_a_place_in_use_ends_after_thirty_days(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser(runtime)
    for days in (10, 20, 29):
        at_another_time(monkeypatch, timedelta(days=days))
        assert is_in(client)
    at_another_time(monkeypatch, timedelta(days=30))
    assert not is_in(client)
    browser(runtime, "ravi")
    assert [row.user_name for row in rows(runtime)] == ["ravi"], "what is over is swept away"


def test_of_one_chat_so_many_places_stay(runtime: Runtime) -> None:
    first = browser(runtime)
    with begin(runtime.database, SYSTEM) as work:
        now = wall_now()
        for number in range(seats.OF_ONE_CHAT_MAX):
            seats.open_seat(work, "asha", "x" * 99, now + timedelta(seconds=number + 1))
    assert len(rows(runtime)) == seats.OF_ONE_CHAT_MAX
    assert not is_in(first)


def test_a_browser_that_enters_again_leaves_its_place_before(runtime: Runtime) -> None:
    client = browser(runtime)
    token = client.cookies["seat"]
    client.cookies.clear()
    client.cookies.set("seat", token)
    client.post("/enter", data={"user": "ravi"}, follow_redirects=False)
    assert [row.user_name for row in rows(runtime)] == ["ravi"]


def test_somebody_sees_where_they_are_signed_in_and_signs_out_there(runtime: Runtime) -> None:
    here, there = browser(runtime), browser(runtime, agent=DESK)
    assert say(here, "sessions") == 204
    words = last_words(here)
    assert "2 browsers" in words
    assert "Chrome, Android (asha)" in words
    assert "Firefox, Linux (asha)" in words
    assert "only way in" in words
    numbers = [line for line in words.splitlines() if "Firefox" in line]
    assert press(here, f"Sign out {numbers[0][0]}") == 204
    assert "1 browser is signed out" in last_words(here)
    assert (is_in(here), is_in(there)) == (True, False)
    stranger = browser(runtime, "ravi")
    assert say(here, "sign out") == 204
    assert press(here, "Sign out everywhere") == 204
    assert (is_in(here), is_in(stranger, "ravi")) == (False, True)


def test_nobody_signs_out_a_stranger(runtime: Runtime) -> None:
    victim, mine = browser(runtime), person_of(runtime, "ravi")
    person_of(runtime)
    session_id = rows(runtime)[0].id
    with begin(runtime.database, SYSTEM) as work:
        assert seats.end_of_person(work, mine, session_id) == 0
        assert seats.end_of_person(work, mine) == 0
        assert seats.of_person(work, mine, wall_now()) == []
    assert is_in(victim)


def test_who_has_another_app_is_not_warned_and_without_a_browser_nothing_is_listed(runtime: Runtime) -> None:
    client, person = browser(runtime), person_of(runtime)
    with begin(runtime.database, SYSTEM) as work:
        chats.attach(work, person, Identity("telegram", "7", "7"))
    say(client, "sessions")
    assert "only way in" not in last_words(client)


def test_when_a_chat_gets_another_person_the_others_end_and_the_last_one_gets_a_new_token(
    runtime: Runtime,
) -> None:
    old, last = browser(runtime), browser(runtime, agent=DESK)
    mine, to = person_of(runtime), person_of(runtime, "ravi")
    with begin(runtime.database, SYSTEM) as work:
        work.session.execute(
            text(
                "UPDATE browser_session SET seen_at = seen_at - interval '1 hour'"
                " WHERE browser LIKE 'Chrome%'"
            )
        )
    with begin(runtime.database, Actor.person(mine)) as work:
        moved = chats.hand_over(work, mine, to)
    assert not is_in(old)
    token = last.cookies["seat"]
    shown = last.get("/chat/asha")
    renewed = shown.cookies["seat"]
    assert renewed != token
    thief = TestClient(create(runtime))
    thief.cookies.set("seat", token)
    assert not is_in(thief)
    last.cookies.clear()
    last.cookies.set("seat", renewed)
    assert "set-cookie" not in last.get("/chat/asha").headers, "once"
    with begin(runtime.database, SYSTEM) as work:
        chats.take_back(work, mine, to, moved)
    assert "set-cookie" in last.get("/chat/asha").headers


def test_who_is_forgotten_is_signed_out(runtime: Runtime) -> None:
    client, person = browser(runtime), person_of(runtime)
    with begin(runtime.database, Actor.person(person)) as work:
        erasure.erase(work, person)
    assert not is_in(client)
    assert rows(runtime) == []


def test_an_operator_signs_somebody_out_and_says_why(runtime: Runtime) -> None:
    client, person = browser(runtime), person_of(runtime)
    desk = TestClient(create(runtime))
    headers = signed_in(runtime)
    url = f"/admin/people/{person}/sign-out"
    assert desk.post(url, json={}, headers=headers).status_code == 422
    answer = desk.post(url, json={"reason": "lost her phone"}, headers=headers)
    assert answer.json() == {"ended": 1}
    assert not is_in(client)


def test_what_protects_a_write_belongs_to_one_place(runtime: Runtime) -> None:
    one, other = browser(runtime), browser(runtime, agent=DESK)
    assert say(one, "hi", csrf_of(other)) == 403


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Chrome, Android"),
        (DESK, "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/130 Safari/537 Edg/130", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Chrome/130 Safari/537", "Chrome, Mac"),
        ("curl/8", ""),
        ("", ""),
        ("x" * 9_000, ""),
    ],
)
def test_of_a_browser_its_kind_is_kept_and_no_more(agent: str, name: str) -> None:
    assert browsers.named(agent) == name


def test_nobody_without_a_browser_has_a_place(runtime: Runtime) -> None:
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "Asha").id
        assert seats.of_person(work, person, wall_now()) == []
        assert seats.sit(work, "nothing", wall_now()) is None
        assert seats.renew(work, uuid4()) is None
        seats.passed_on(work, [])


def test_a_new_chat_s_name_was_never_anybody_s_in_the_browser(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["TAKEN", "SEATED", "ELSEWHERE"])
    monkeypatch.setattr(crypto, "code", lambda _: next(drawn))
    with begin(runtime.database, SYSTEM) as work:
        person = people.register(work, "A").id
        chats.attach(work, person, Identity("web", "guest-taken", "guest-taken"))
        chats.attach(work, person, Identity("whatsapp", "guest-elsewhere", "guest-elsewhere"))
        seats.open_seat(work, "guest-seated", "Firefox", wall_now())
        assert seats.free_name(work) == "guest-elsewhere"


def test_a_place_is_noted_as_seen_every_five_minutes(runtime: Runtime) -> None:
    began = wall_now()
    with begin(runtime.database, SYSTEM) as work:
        token = seats.open_seat(work, "guest-a", "Firefox", began)
        moments = [timedelta(minutes=5), timedelta(minutes=5, seconds=1), timedelta(minutes=10)]
        sat = [seats.sit(work, token, began + after) for after in moments]
    assert [seat.seen_at - began for seat in sat if seat] == [timedelta(), moments[1], moments[1]]
