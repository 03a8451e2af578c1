"""Cards in Slack: a creator's picture stands in her card, or beside it where Slack does not take it."""

from typing import Any

import pytest

from bots.conversation.card import card, headed, press
from bots.doors.slack import door as slack_door
from core.kit.actors import Actor
from core.kit.work import begin
from core.media.intake import look_through
from core.messaging.cards import Living
from core.messaging.messages import Address, Attachment, OutgoingMessage
from market.stage import PNG
from runtime.parts import Runtime
from tests.integration.test_races import World
from tests.integration.test_slack import api, bot, emulated, meera, ours, port  # noqa: F401  (fixtures)
from tests.peers.slack import SlackSeat, WebApi


@pytest.fixture
def portrait(bot: Runtime) -> Attachment:  # noqa: F811
    """A picture that a creator gave."""
    world = World(bot)
    file = look_through("asha.png", PNG, bot.settings.media_max_bytes)
    with begin(bot.database, Actor.person(world.person)) as work:
        coming = bot.tools.media.expect(work, file)
    stored = bot.tools.media.put(coming)
    return Attachment(str(stored.id), stored.kind, stored.name)


def shown(seat: SlackSeat, bot: Runtime, message: OutgoingMessage) -> None:  # noqa: F811
    who = f":{seat.team}:{seat.user}"
    slack_door.channel_of(bot).send(Address("slack", who), message, "key")


def kinds(sent: dict[str, Any]) -> list[str]:
    return [block["type"] for block in sent["blocks"]]


def sent_by(api: WebApi, method: str) -> list[dict[str, Any]]:  # noqa: F811
    return [sent for name, sent in api.calls if name == method]


def test_a_creator_s_picture_stands_in_her_card(
    bot: Runtime,  # noqa: F811
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    portrait: Attachment,
) -> None:
    shown(meera, bot, headed(card("**Asha**\n@asha", [press("Swap", "swap", "1")], [portrait])))
    (sent,) = sent_by(api, "chat.postMessage")
    assert kinds(sent) == ["header", "image", "section", "actions"]
    (kept,) = sent_by(api, "files.completeUploadExternal")
    assert sent["blocks"][1]["slack_file"]["id"] == kept["files"][0]["id"]
    assert sent["blocks"][1]["alt_text"] == "Asha"
    assert not kept.get("channel_id"), "it is shown to nobody outside of the card"
    assert api.faults == []


def test_where_slack_does_not_take_it_there_the_picture_goes_beside_the_card(
    bot: Runtime,  # noqa: F811
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    portrait: Attachment,
) -> None:
    api.order("chat.postMessage", 200, "invalid_blocks")
    shown(meera, bot, headed(card("**Asha**\n@asha", attachments=[portrait])))
    (sent,) = sent_by(api, "chat.postMessage")
    assert kinds(sent) == ["header", "section"]
    assert sent_by(api, "files.completeUploadExternal")[-1]["channel_id"]
    assert api.faults == []


@pytest.mark.parametrize("about", ["deal:" + "f" * 32, ""])
def test_the_picture_of_what_is_edited_or_has_no_heading_is_a_message_of_its_own(
    bot: Runtime,  # noqa: F811
    meera: SlackSeat,  # noqa: F811
    api: WebApi,  # noqa: F811
    portrait: Attachment,
    about: str,
) -> None:
    living = Living(about, "v1") if about else None
    shown(meera, bot, card("**Draft**\n#ad", attachments=[portrait], living=living))
    (sent,) = sent_by(api, "chat.postMessage")
    assert "image" not in kinds(sent)
    assert sent_by(api, "files.completeUploadExternal")[-1]["channel_id"]
