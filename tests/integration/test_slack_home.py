"""Slack's first impression: the pages of the installation, the greeting after it, and the App Home."""

import json
from dataclasses import replace

import httpx
import pytest

from bots.conversation.card import card
from bots.doors.slack import door as slack_door
from bots.doors.slack import home
from bots.doors.slack.home import Home
from core.deals import pieces
from core.deals import views as deals
from core.deals.schemas import SubmitDraft
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.media.intake import look_through
from core.messaging.messages import Attachment
from market.stage import PNG
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
    press,
    texts,
    workspace,
)
from tests.integration.test_slack_modals import agreed, world  # noqa: F401  (fixtures)
from tests.peers import slack
from tests.peers.slack import SlackSeat, WebApi


def open_home(seat: SlackSeat, api: WebApi) -> str:  # noqa: F811
    seat.event({"type": "app_home_opened", "tab": "home", "user": seat.user, "channel": "D1"})
    return json.dumps(api.views[-1], ensure_ascii=False)


def is_ours(page: httpx.Response) -> bool:
    """Tell whether our security policy lets everything of a page through."""
    foreign = ("<style", "<script", "style=", "src=", "http-equiv")
    assert "style-src 'self'" in page.headers["content-security-policy"]
    return not any(part in page.text for part in foreign) and "/static/market.css" in page.text


def test_the_pages_of_an_installation_are_ours_and_in_the_language_of_the_browser(
    ours: httpx.Client,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    page = ours.get("/slack/install", headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert is_ours(page)
    assert "Añadir a Slack" in page.text
    refused = ours.get("/slack/oauth_redirect", params={"error": "access_denied"})
    assert is_ours(refused)
    assert 'href="/slack/install"' in refused.text
    odd = ours.get("/slack/oauth_redirect", params={"error": "<script>alert(1)</script>"})
    assert "<script" not in odd.text
    assert api.faults == []


def test_who_installed_is_greeted_with_a_first_button(
    ours: httpx.Client,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    team, user = slack.install(ours, api)
    seat = SlackSeat(api, ours.settled, team, user)  # type: ignore[attr-defined]
    ours.settled("/slack/events")  # type: ignore[attr-defined]  # until everything is done
    assert "Hi, I'm Nano" in texts(seat)[-1]
    press(seat, "I'm a brand")
    assert "What is your brand or agency called?" in texts(seat)[-1]


def test_a_stranger_s_home_has_its_first_buttons(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    assert "c|brand|" in open_home(meera, api)
    assert api.faults == []


def test_a_home_is_in_its_person_s_language_and_a_new_workspace_has_a_button(
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
) -> None:
    workspace(meera)
    shown = open_home(meera, api)
    assert '"c|campaign|"' in shown
    meera.say("español")
    shown = open_home(meera, api)
    assert "Nueva campaña" in shown
    assert "New campaign" not in shown
    assert api.faults == []


def test_what_is_pressed_at_home_changes_the_home(meera: SlackSeat, api: WebApi) -> None:  # noqa: F811
    meera.say("hi")
    open_home(meera, api)
    before = len(api.views)
    body = {
        "type": "block_actions",
        "user": {"id": meera.user, "team_id": meera.team, "username": "meera"},
        "team": {"id": meera.team},
        "trigger_id": api.trigger(meera.user),
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "home", "id": "V1"},
        "actions": [{"type": "button", "action_id": "0.b0", "value": "c|brand|", "action_ts": "1.2"}],
    }
    meera.interact(body)
    assert len(api.views) == before + 1
    assert "What is your brand or agency called?" in texts(meera)[-1]


def test_a_draft_at_home_has_its_picture(
    bot: Runtime,  # noqa: F811
    meera: SlackSeat,  # noqa: F811
    world: World,  # noqa: F811
) -> None:
    deal_id = agreed(world)
    with begin(bot.database, SYSTEM) as work:
        piece = deals.get(work, deal_id).deliverables[0]
    file = look_through("chai.png", PNG, bot.settings.media_max_bytes)
    with begin(bot.database, Actor.person(world.person)) as work:
        coming = bot.tools.media.expect(work, file)
    stored = bot.tools.media.put(coming)
    with begin(bot.database, Actor.person(world.person)) as work:
        draft = SubmitDraft(piece.id, "#ad chai", (stored.id,))
        pieces.submit_draft(work, draft, shown=seen.piece(work, piece.id))
    drain(bot)
    reachable = bot.settings.model_copy(update={"public_url": "https://market.example.com"})
    shown = home.of(replace(bot, settings=reachable), f":{meera.team}:{meera.user}")
    assert list(shown.pictures) == [str(stored.id)]
    assert home.of(bot, f":{meera.team}:{meera.user}").pictures == {}, "Slack could not fetch it from here"


@pytest.mark.parametrize("pictures", [{}, {"f": "https://market.example.com/files/x"}])
def test_a_home_whose_pictures_slack_cannot_fetch_is_shown_without_them(
    bot: Runtime,  # noqa: F811
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    pictures: dict[str, str],
) -> None:
    shown = Home((card("A draft", attachments=[Attachment("f", "photo", "chai.png")]),), pictures)
    channel, who = slack_door.channel_of(bot), f":{meera.team}:{meera.user}"
    channel.publish_home(who, shown)
    assert ("image" in [block["type"] for block in api.views[-1]["blocks"]]) == bool(pictures)
    assert api.faults == []
    if pictures:
        api.order("views.publish", 200, "invalid_blocks")
        channel.publish_home(who, shown)
        assert "image" not in [block["type"] for block in api.views[-1]["blocks"]]
