"""Keeps the promises about posts: reads the network, and returns what to write down."""

from collections.abc import Callable
from uuid import UUID

from core.kit.vocabulary import DeliverableKind, Platform
from core.kit.work import Work
from core.messaging import outbox
from core.messaging.messages import Promise
from core.networks.sandbox import NewPost
from core.posts import service as posts
from runtime.parts import Runtime


def check(runtime: Runtime, promise: Promise) -> Callable[[Work], None]:
    """Look at a post."""
    network = runtime.networks.of_link(promise.payload["url"])
    reading = network.read(promise.payload["url"], runtime.now())
    deliverable_id = UUID(promise.payload["deliverable_id"])

    def settle(work: Work) -> None:
        posts.seen(work, deliverable_id, reading)
        posts.account_seen(work, deliverable_id, reading)

    return settle


def publish(runtime: Runtime, promise: Promise) -> Callable[[Work], None]:
    """Publish a draft on the sandbox network and send its creator the link."""
    body = promise.payload
    post = NewPost(
        Platform(body["platform"]),
        body["owner"],
        DeliverableKind(body["kind"]),
        body["caption"],
        body["followers"],
    )
    url = runtime.network.publish(post, promise.idempotency_key)
    facts = {"url": url, "deal_id": body["deal_id"], "deliverable_id": body["deliverable_id"]}
    return lambda work: outbox.tell(work, UUID(body["person_id"]), "sandbox_posted", facts)
