"""The apps that a story is told in: who sits where, and what the books say of it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import text

from api import app as web
from bots.doors.hearing import Hearer
from bots.doors.telegram import listen
from core.kit.actors import SYSTEM, Actor
from core.kit.work import begin
from core.posts import service as posts
from market.stage import Seat, Stage
from runtime.parts import Runtime
from tests.conftest import drain, staff_key
from tests.peers import slack, telegram
from tests.peers.slack import SlackSeat, WebApi
from tests.peers.telegram import ShowsSecret, TelegramPeer, TelegramSeat
from tests.peers.whatsapp import CloudApi, WhatsAppSeat

BRAND, CREATOR = "kulfi", "priya"
DOORS = (("slack", "telegram"), ("web", "whatsapp"), ("web", "web"))
"""The brand's door and the creator's, so that each of both is gone through."""
EVERY = os.environ.get("STORIES") == "all"
"""Whether each story is told on every door (`make stories`), and not only each once."""


@dataclass(frozen=True)
class Apps:
    """The far ends of the chat apps."""

    telegram: TelegramPeer
    whatsapp: CloudApi
    slack: WebApi


@contextmanager
def playing(
    bot: Runtime, apps: Apps, doors: tuple[str, str], kind: Callable[..., Stage] = Stage
) -> Iterator[Stage]:
    """Serve the application, and let the brand and the creator sit down at their doors."""
    app = web.create(bot)
    hearer: Hearer = app.state.hearer
    secured = ShowsSecret(app, listen.secret(bot.settings))
    with telegram.served(secured, bot.settings.port) as url, httpx.Client(base_url=url, timeout=30) as client:
        seats: dict[str, Seat] = {}
        if doors[0] == "slack":
            seats[BRAND] = SlackSeat(apps.slack, client.post, *slack.install(client, apps.slack))
        if doors[1] == "telegram":
            seats[CREATOR] = TelegramSeat(apps.telegram, 1_001, "P")
        if doors[1] == "whatsapp":
            seats[CREATOR] = WhatsAppSeat(apps.whatsapp, client.post, "919800000002", "P")

        def settle() -> None:
            assert hearer.settle(30)
            drain(bot)

        yield kind(client.request, staff_key(bot.database), settle, seats=seats)
        assert [*apps.slack.faults, *apps.whatsapp.faults] == []


@dataclass(frozen=True)
class Books:
    """What the tables say while a story is told."""

    bot: Runtime

    def one(self, query: str) -> str:
        """Return the one value that the tables have for a question."""
        with self.bot.database.engine.connect() as connection:
            return str(connection.execute(text(query)).scalar())

    def others(self, own_name: str) -> list[tuple[str, str]]:
        """Return (first name, key) of who is in the chosen set beside the story's creator."""
        query = (
            "SELECT split_part(c.name, ' ', 1) AS name, c.id FROM campaign_suggestion s"
            " JOIN creator c ON c.id = s.creator_id WHERE s.listed = 'chosen'"
            " AND c.name <> :own ORDER BY c.name"
        )
        with self.bot.database.engine.connect() as connection:
            return [(row.name, row.id.hex[:12]) for row in connection.execute(text(query), {"own": own_name})]

    def piece(self) -> str:
        """Return how the creator's piece stands."""
        return self.one(
            "SELECT p.state FROM deliverable p JOIN deal d ON d.id = p.deal_id"
            " WHERE d.state IN ('agreed', 'completed')"
        )

    def publish(self) -> str:
        """Post the approved draft on the network, as people do outside of any talk; returns its link."""
        query = text(
            "SELECT p.id, c.person_id FROM deliverable p JOIN deal d ON d.id = p.deal_id"
            " JOIN creator c ON c.id = d.creator_id WHERE p.state = 'approved'"
        )
        with begin(self.bot.database, SYSTEM) as work:
            piece, hers = work.session.execute(query).one()
        with begin(self.bot.database, Actor.person(hers)) as work:
            posts.publish_in_sandbox(work, piece)
        drain(self.bot)
        code = self.one("SELECT code FROM sandbox_post")
        return f"{self.bot.settings.public_url}/sandbox/network/p/{code}"
