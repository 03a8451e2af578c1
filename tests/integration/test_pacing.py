"""How fast we speak: shared by all processes, obedient to each app, and never a reason to lose a message."""

import threading
from collections.abc import Iterator

import pytest

from bots.conversation.card import card
from bots.doors.channel import ChannelUnavailable
from bots.doors.pacing import Bucket, Pace
from bots.doors.telegram.api import Access, BotApi
from bots.doors.telegram.channel import TelegramChannel
from core.messaging.messages import Address
from market.embedded import EmbeddedValkey, free_port
from runtime.parts import Runtime
from tests.peers.misbehaving import BotApi as Far
from tests.peers.telegram import TOKEN, served


@pytest.fixture(scope="module")
def cache_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = EmbeddedValkey(tmp_path_factory.mktemp("pace"))
    yield server.start()
    server.stop()


def test_two_processes_share_one_bucket(cache_url: str) -> None:
    one, two = Pace(cache_url), Pace(cache_url)
    slow = Bucket("shared", per_second=0.01, burst=3)
    taken = [pace.wait([slow]) for pace in (one, two, one, two)]
    assert taken[:3] == [0, 0, 0]
    assert 95 < taken[3] <= 100, "the next token comes in 100 seconds"


def test_a_token_is_taken_from_all_buckets_or_from_none(cache_url: str) -> None:
    pace = Pace(cache_url)
    wide, narrow = Bucket("wide", 0.01, 2), Bucket("narrow", 0.01, 1)
    assert pace.wait([wide, narrow]) == 0
    assert pace.wait([wide, narrow]) > 0
    assert pace.wait([wide]) == 0, "the refused try took nothing from the wide one"


def test_a_bucket_fills_again_and_a_hold_stops_everybody(cache_url: str) -> None:
    pace = Pace(cache_url)
    quick = Bucket("quick", per_second=200, burst=1)
    for _ in range(5):
        while (wait := pace.wait([quick])) > 0:
            assert wait <= 0.02
            threading.Event().wait(wait)
    pace.hold("quick", 30)
    assert 29 < Pace(cache_url).wait([quick]) <= 30


def test_without_valkey_we_send_unpaced() -> None:
    pace = Pace(f"redis://127.0.0.1:{free_port()}/0")
    assert pace.wait([Bucket("x", 0.001, 1)]) == 0
    pace.hold("x", 5)


def test_a_chat_that_gets_too_much_waits_and_telegrams_word_holds_that_chat_alone(
    cache_url: str, runtime: Runtime
) -> None:
    far = Far()
    with served(far.app, free_port()) as url:
        api = BotApi(Access(TOKEN, url))
        channel = TelegramChannel(api, runtime.database, runtime.tools.media, Pace(cache_url))
        asha, ravi = Address("telegram", "1"), Address("telegram", "2")
        for number in range(4):
            channel.send(asha, card("hi"), f"a{number}")
        pace = Pace(cache_url)
        pace.hold("telegram:1", 60)
        with pytest.raises(ChannelUnavailable) as waits:
            channel.send(asha, card("too much"), "a5")
        assert 58 < waits.value.retry_after_seconds <= 60
        channel.send(ravi, card("another chat goes on"), "r1")
        far.order("sendMessage", 429, "Too Many Requests: retry after 50", retry_after=50)
        with pytest.raises(ChannelUnavailable):
            channel.send(ravi, card("held"), "r2")
        made = len(far.made("sendMessage"))
        with pytest.raises(ChannelUnavailable):
            channel.send(ravi, card("held too"), "r3")
        assert len(far.made("sendMessage")) == made, "Telegram is not asked again before its time"
        channel.send(Address("telegram", "3"), card("not held"), "c1")
        assert len(far.made("sendMessage")) == made + 1, "other people's messages are not held"
        channel.close()
