"""Keeps the promise `website.check`: looks for our code on a business's website."""

from collections.abc import Callable
from uuid import UUID

from core.compliance import service as compliance
from core.compliance import website
from core.compliance.errors import WebsiteNotAccepted, WebsiteNotReachable
from core.kit.work import Work
from core.messaging.messages import Promise
from runtime.parts import Runtime


def check(runtime: Runtime, promise: Promise) -> Callable[[Work], None]:
    """Look, and tell whoever asked; a site that does not answer is told as not found, once."""
    del runtime
    body = promise.payload
    try:
        found, error = website.carries_code(body["domain"], body["code"]), ""
    except (WebsiteNotAccepted, WebsiteNotReachable) as problem:
        found, error = False, problem.code
    return lambda work: compliance.website_looked_at(
        work, UUID(body["workspace_id"]), body["code"], found=found, error=error
    )
