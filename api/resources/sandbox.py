"""What is play: the checkout of play money, the network of play, a sandbox's clock; labelled everywhere."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, status
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from api.dependencies import (
    InWork,
    WithRuntime,
    require_play_money,
    require_play_network,
    require_sandbox,
)
from api.pages.render import page
from core.insights import workload
from core.kit.clock import SandboxClock
from core.kit.crypto import fingerprint
from core.kit.vocabulary import DeliverableKind, Platform
from core.networks.sandbox import NewPost

router = APIRouter(prefix="/sandbox", tags=["sandbox"])
MONEY, NETWORK, WORLD = (
    [Depends(known)] for known in (require_play_money, require_play_network, require_sandbox)
)
DEFAULT_FOLLOWERS = 5_000


class Jump(BaseModel):
    """How far to move the sandbox's time."""

    hours: Annotated[float, Field(gt=0, le=24 * 60)]


@router.get("/checkout/{ref}", dependencies=MONEY)
def checkout(ref: str, runtime: WithRuntime) -> HTMLResponse:
    """Show the page on which play money is paid."""
    return page("checkout", runtime.settings, checkout=runtime.rail.read_checkout(ref))


@router.post("/checkout/{ref}", dependencies=MONEY)
def pay(ref: str, runtime: WithRuntime, answer: Annotated[str, Form()]) -> RedirectResponse:
    """Pay, or have the card declined."""
    runtime.rail.pay(ref, decline=answer == "decline")
    return RedirectResponse(f"/sandbox/checkout/{ref}", status.HTTP_303_SEE_OTHER)


@router.get("/network", dependencies=NETWORK)
def network(runtime: WithRuntime, owner: str = "") -> HTMLResponse:
    """Show the sandbox network: an account's posts, and a form to publish."""
    posts = runtime.network.posts_of(owner)
    kinds, platforms = list(DeliverableKind), list(Platform)
    return page("network", runtime.settings, posts=posts, owner=owner, kinds=kinds, platforms=platforms)


@router.post("/network", dependencies=NETWORK)
def publish(
    runtime: WithRuntime,
    owner: Annotated[str, Form(min_length=1, max_length=60)],
    platform: Annotated[Platform, Form()],
    kind: Annotated[DeliverableKind, Form()],
    caption: Annotated[str, Form(max_length=2_200)] = "",
    key: Annotated[str, Form(max_length=80)] = "",
) -> RedirectResponse:
    """Publish a post."""
    post = NewPost(platform, owner, kind, caption, DEFAULT_FOLLOWERS)
    once = fingerprint(f"{key or caption}:{owner}:{kind}")
    link = runtime.network.publish(post, f"page:{once}")
    return RedirectResponse(link, status.HTTP_303_SEE_OTHER)


@router.get("/network/p/{code}", dependencies=NETWORK)
def post(code: str, runtime: WithRuntime) -> HTMLResponse:
    """Show a post as its visitors see it."""
    found = runtime.network.peek(code, runtime.now())
    return page("post", runtime.settings, code=code, post=found)


@router.post("/network/p/{code}/{action}", dependencies=NETWORK)
def change(code: str, action: str, runtime: WithRuntime) -> RedirectResponse:
    """Delete a post or bring it back."""
    link = f"{runtime.settings.public_url}/sandbox/network/p/{code}"
    (runtime.network.restore if action == "restore" else runtime.network.delete)(link)
    return RedirectResponse(f"/sandbox/network/p/{code}", status.HTTP_303_SEE_OTHER)


@router.post("/clock", dependencies=WORLD)
def jump(to: Jump, work: InWork) -> dict[str, str]:
    """Move the sandbox's time forward."""
    SandboxClock.advance(work.session, timedelta(hours=to.hours))
    return {"now": (work.now + timedelta(hours=to.hours)).isoformat()}


@router.get("/work", dependencies=WORLD)
def waiting(work: InWork, runtime: WithRuntime) -> dict[str, Any]:
    """Return what the workers still have to do at this time."""
    load = workload.waiting(work, runtime.rails.facts())
    return {
        "now": work.now.isoformat(),
        "quiet": load.quiet,
        "promises": load.promises,
        "parked": load.parked,
        "timers": load.timers,
        "payouts": load.payouts,
        "checks": load.checks,
    }
