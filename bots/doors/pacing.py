"""How fast we may speak: token buckets and holds in Valkey, shared by all processes.

An app's own "wait so long" becomes a hold, and nobody sends through that account or into that chat until it
is over. Where Valkey does not answer we send unpaced: the app's refusals are then the brake, and nothing is
lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event

import redis
import structlog

from bots.doors.channel import ChannelUnavailable

KEY = "pace:"
TIMEOUT_SECONDS = 1.0
IN_LINE_SECONDS = 2.0
MS_PER_SECOND = 1_000
log = structlog.get_logger(__name__)

TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, left = 0, {}
for i, key in ipairs(KEYS) do
  local rate, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  wait = math.max(wait, redis.call('PTTL', key .. ':hold'))
  local kept = redis.call('HMGET', key, 'tokens', 'at')
  local grown = (now - (tonumber(kept[2]) or now)) * rate / 1000
  local tokens = math.min(burst, (tonumber(kept[1]) or burst) + grown)
  left[i] = tokens
  if tokens < 1 then wait = math.max(wait, math.ceil((1 - tokens) * 1000 / rate)) end
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'tokens', left[i] - 1, 'at', now)
  redis.call('EXPIRE', key, 3600) -- an idle bucket is full again
end
return 0
"""
"""Take one token from every bucket, or from none; returns the milliseconds until all have one."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many messages a second on average, and so many at once after a pause."""

    name: str
    per_second: float
    burst: int = 1


class Pace:
    """The speed limits of this installation."""

    def __init__(self, url: str, mark: Callable[[str], str] = str) -> None:
        """Keep the buckets on the server at `url`; the first connection is made when first used.

        A bucket is named there by a `mark`, since a chat may be a telephone number.
        """
        self._mark = mark
        self._client = redis.Redis.from_url(
            url, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS
        )
        self._take = self._client.register_script(TAKE)

    def wait(self, buckets: Sequence[Bucket]) -> float:
        """Take a token from each bucket and return 0, or return the seconds until that is possible."""
        numbers = [n for bucket in buckets for n in (bucket.per_second, bucket.burst)]
        try:
            return (
                int(self._take([KEY + self._mark(bucket.name) for bucket in buckets], numbers))
                / MS_PER_SECOND
            )
        except redis.RedisError as error:
            log.warning("unpaced", error=type(error).__name__)
            return 0.0

    def hold(self, name: str, seconds: float) -> None:
        """Let nobody use this bucket for a while: its app said so."""
        try:
            self._client.set(f"{KEY}{self._mark(name)}:hold", 1, px=max(1, round(seconds * MS_PER_SECOND)))
        except redis.RedisError as error:
            log.warning("hold not kept", error=type(error).__name__)


def wait_in_line(pace: Pace | None, buckets: Sequence[Bucket]) -> None:
    """Wait until every bucket has a token, if that is soon.

    Raises:
        ChannelUnavailable: when it is not; with the seconds until it is.
    """
    waited = 0.0
    while pace is not None and (wait := pace.wait(buckets)) > 0:
        if waited + wait > IN_LINE_SECONDS:
            raise ChannelUnavailable("paced", wait)
        Event().wait(wait)
        waited += wait
