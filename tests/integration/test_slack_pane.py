"""Slack's assistant pane: a greeting, first questions by what one has open, a sign while we work, a title."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from bots.doors.slack import pane
from bots.phrases.languages import LANGUAGES, speaking
from core.deals import pieces
from core.deals import views as deals
from core.deals.schemas import SubmitDraft
from core.kit.actors import Actor
from core.kit.work import begin
from runtime.parts import Runtime
from tests import seen
from tests.conftest import drain
from tests.integration.test_races import World
from tests.integration.test_slack import (  # noqa: F401  (fixtures)
    api,
    bot,
    emulated,
    meera,
    ours,
    port,
    texts,
    workspace,
)
from tests.integration.test_slack_mentions import mention
from tests.integration.test_slack_modals import agreed, world  # noqa: F401  (fixtures)
from tests.peers.slack import SlackSeat, WebApi

STAMP = "1700000001.000200"


def open_pane(seat: SlackSeat, thread: str = STAMP, event_id: str = "") -> None:
    started = {
        "user_id": seat.user,
        "context": {"channel_id": "C01", "team_id": seat.team},
        "channel_id": "D1",
        "thread_ts": thread,
    }
    seat.event({"type": "assistant_thread_started", "assistant_thread": started}, event_id or uuid4().hex)


def ask(seat: SlackSeat, words: str, thread: str = STAMP) -> None:
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": seat.user, "text": words}
    seat.event({**said, "thread_ts": thread})


UNCLEAR = ("I didn't catch", "I'm not sure", "No te entend", "No estoy seguro")


def called(api: WebApi, method: str) -> list[dict[str, Any]]:  # noqa: F811
    return [sent for name, sent in api.calls if name == f"assistant.threads.{method}"]


def prompts(api: WebApi) -> list[tuple[str, str]]:  # noqa: F811
    return [
        (prompt["title"], prompt["message"]) for prompt in called(api, "setSuggestedPrompts")[-1]["prompts"]
    ]


def posted(api: WebApi) -> list[dict[str, Any]]:  # noqa: F811
    return [sent for name, sent in api.calls if name == "chat.postMessage"]


def test_a_stranger_is_greeted_in_the_thread_once_and_may_begin(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    open_pane(meera)
    (greeting,) = posted(api)
    assert "Hi, I'm Nano" in greeting["text"]
    assert greeting["thread_ts"] == STAMP
    assert [title for title, _ in prompts(api)] == [
        "How does it work?",
        "What does it cost?",
        "Is my money safe?",
    ]
    open_pane(meera)
    assert len(posted(api)) == 1, "a thread is greeted once, however often Slack says that it began"
    assert api.faults == []


def test_first_questions_are_of_what_waits(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    world: World,  # noqa: F811
) -> None:
    open_pane(meera)
    assert [title for title, _ in prompts(api)] == ["New campaign", "Campaigns", "Money"]
    deal_id = agreed(world)
    with begin(world.runtime.database, Actor.person(world.person)) as work:
        piece = deals.get(work, deal_id).deliverables[0]
        pieces.submit_draft(work, SubmitDraft(piece.id, "#ad chai"), shown=seen.piece(work, piece.id))
    drain(world.runtime)
    open_pane(meera, "1700000002.000200")
    assert prompts(api)[0] == ("1 draft waits for me", "drafts")
    assert len(prompts(api)) == 4


def test_whoever_presses_a_first_question_is_understood(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    world: World,  # noqa: F811
) -> None:
    del world
    for language in ("español", "english"):
        meera.say(language)
        open_pane(meera, thread := f"17000000{len(language)}0.000200")
        for _, words in prompts(api):
            ask(meera, words, thread)
            assert not any(unclear in texts(meera)[-1] for unclear in UNCLEAR), words
            ask(meera, "cancel", thread)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_stranger_may_ask_is_understood(bot: Runtime, language: str) -> None:  # noqa: F811
    with speaking(language):
        read = bot.tools.reader.read
        wanted = [read(prompt.words, "", date(2026, 11, 28)) for prompt in pane.strangers()]
    assert [(found.name, found.sure) for found in wanted] == [
        ("how_it_works", True),
        ("fees", True),
        ("safety", True),
    ]


def test_the_pane_is_the_private_chat_and_answers_in_its_thread(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    workspace(meera)
    api.calls.clear()
    meera.say("2 food creators in Pune, 1 reel each, under 20k INR")
    ask(meera, "make it 25k")
    assert "₹25,000" in posted(api)[-1]["text"]
    assert posted(api)[-1]["thread_ts"] == STAMP


def test_a_sign_is_shown_before_the_answer_and_only_in_a_thread(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    workspace(meera)
    api.calls.clear()
    ask(meera, "money")
    names = [name for name, _ in api.calls]
    assert names.index("assistant.threads.setStatus") < names.index("chat.postMessage")
    (status,) = called(api, "setStatus")
    assert (status["channel_id"], status["thread_ts"]) == ("D1", STAMP)
    assert status["status"] == "is working on it …"
    meera.say("money")
    mention(meera, "C01", "<@UBOT> help", ts=STAMP)
    assert len(called(api, "setStatus")) == 1


def test_the_first_words_of_a_thread_are_its_title(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    meera.say("hi")
    ask(meera, "what does   it cost? " + "x" * 100)
    ask(meera, "money")
    ask(meera, "help", "1700000009.000200")
    titles = [(sent["thread_ts"], sent["title"]) for sent in called(api, "setTitle")]
    assert [thread for thread, _ in titles] == [STAMP, "1700000009.000200"]
    assert titles[0][1].startswith("what does it cost? x")
    assert len(titles[0][1]) == 75


def test_a_press_shows_no_sign_that_nothing_would_take_away(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    ask(meera, "hi")
    before = len(called(api, "setStatus"))
    token = next(
        element["value"]
        for sent in posted(api)
        for block in sent["blocks"]
        for element in block.get("elements", [])
        if "I'm a brand" in str(element)
    )
    body = {
        "type": "block_actions",
        "user": {"id": meera.user, "team_id": meera.team, "username": "meera"},
        "team": {"id": meera.team},
        "trigger_id": api.trigger(meera.user),
        "channel": {"id": "D1"},
        "message": {"ts": "1700000003.000100", "thread_ts": STAMP},
        "actions": [{"type": "button", "action_id": "b0", "value": token, "action_ts": "1.2"}],
    }
    meera.interact(body)
    assert "agency called" in posted(api)[-1]["text"]
    assert posted(api)[-1]["thread_ts"] == STAMP
    assert len(called(api, "setStatus")) == before, "a question turns into its answer by an edit"


@pytest.mark.parametrize("method", ["setStatus", "setTitle", "setSuggestedPrompts"])
def test_a_courtesy_that_slack_refuses_holds_nothing_up(meera: SlackSeat, api: WebApi, method: str) -> None:  # noqa: F811
    api.order(f"assistant.threads.{method}", 200, "missing_scope")
    open_pane(meera)
    ask(meera, "help")
    assert posted(api)[-1]["thread_ts"] == STAMP


def test_what_somebody_looks_at_beside_the_pane_is_let_be(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    event = {"type": "assistant_thread_context_changed", "assistant_thread": {"user_id": meera.user}}
    assert meera.event(event).status_code == 200
    assert api.calls == []
