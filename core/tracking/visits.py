"""Who made a visit: a person in a browser, an app's own browser too, or a program that looks instead.

A browser says that it is one. What says so and is none is told by a kept list (`crawleruseragents`) and ours.
"""

import re
from dataclasses import dataclass

from crawleruseragents import is_crawler

AGENT_CHARACTERS_MAX = 512
BROWSER = re.compile(r"(?:Mozilla|Opera|UCWEB)/\d")
"""How every browser begins. Libraries and servers that fetch a link for their readers do not."""
IN_AN_APP = re.compile(r"(?<![a-z])(?:whatsapp|viber|bluesky|mastodon)(?![a-z])", re.IGNORECASE)
"""Apps that open links within themselves, and whose fetchers have the same names and are no browsers."""
ENGINE = re.compile(r"AppleWebKit/|Gecko/\d|Android|iPhone|iPad", re.IGNORECASE)
PROGRAMS = re.compile(
    r"(?<!cu)bot|crawl|spider|preview|scanner|headless|lighthouse|monitor|thirdlandingpagefeinfra|https?://",
    re.IGNORECASE,
)
"""Beside the kept list: what it does not name, and whoever gives the address of a page about itself."""
COMPATIBLE = re.compile(r"\(compatible; (?!MSIE|Trident)", re.IGNORECASE)
AHEAD = re.compile(r"prefetch|preview|prerender|instant", re.IGNORECASE)
"""Purposes of a browser that looks before its person does: `prefetch;prerender` is one of them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request for a link tells about its visitor; `query` is what the link was passed on with."""

    user_agent: str
    address: str
    method: str = "GET"
    purpose: str = ""
    query: str = ""


def by_a_person(visit: Visit) -> bool:
    """Tell whether a person looks: no robot, no scanner, no preview, nothing that is fetched ahead."""
    if visit.method != "GET" or AHEAD.search(visit.purpose):
        return False
    return is_browser(visit.user_agent)


def is_browser(user_agent: str) -> bool:
    """Tell whether this is the name of a browser that people use, one within an app too."""
    agent = user_agent[:AGENT_CHARACTERS_MAX]
    if not BROWSER.match(agent) or COMPATIBLE.search(agent):
        return False
    rest = IN_AN_APP.sub("", agent) if ENGINE.search(agent) else agent
    return PROGRAMS.search(rest) is None and not is_crawler(rest)
