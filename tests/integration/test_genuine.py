"""“Is this you?” says yes to what we sent, sign by sign, and to nothing that was made to look like it."""

import pytest

from core.kit.actors import SYSTEM
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import sent_words
from core.messaging.messages import Address

CHAT = Address("web", "asha")
OURS = (
    "**Offer from Kala Chai**\nYou get ₹4,500 for 1 reel.\n"
    "Pay-out details: https://market.example/pay?a=1&b=2. It’s yours until 10:30."
)


def is_ours(database: Database, text: str) -> bool:
    with begin(database, SYSTEM) as work:
        sent_words.note(work, CHAT, OURS)
        return sent_words.sent_at(work, [CHAT], text) is not None


@pytest.mark.parametrize(
    "copied",
    [
        OURS,
        OURS.replace("**", ""),  # Telegram, Slack and the browser show bold without signs
        OURS.replace("**", "*"),  # WhatsApp copies its own signs
        OURS.replace("\n", " "),
        OURS.replace("\n", "\r\n") + "\n",
        f"  {OURS}  ",
    ],
)
def test_what_we_sent_is_ours_however_an_app_copies_it(database: Database, copied: str) -> None:
    assert is_ours(database, copied)


@pytest.mark.parametrize(
    ("genuine", "forged"),
    [
        ("https://market.example/pay", "https://marketexample/pay"),
        ("https://market.example/pay", "https://market-example.com/pay"),
        ("https://market.example/pay", "https://mark.etexample/pay"),
        ("https://market.example/pay", "https://market.example.pay"),
        ("https://market.example/pay", "https://market.example@pay"),
        ("https://market.example/pay", "http://market.example/pay"),
        ("https://market.example/pay", "https://Market.example/pay"),
        ("https://market.example/pay", "https://market．example/pay"),  # a full-width dot
        ("https://market.example/pay", "https://mаrket.example/pay"),  # a Cyrillic а
        ("https://market.example/pay", "https://market\u200b.example/pay"),
        ("https://market.example/pay", "https://market.example/*pay*"),
        ("https://market.example/pay", "https://market. example/pay"),
        ("?a=1&b=2", "?a=1b=2"),
        ("₹4,500", "₹4.500"),
        ("₹4,500", "₹45,00"),
        ("₹4,500", "$4,500"),
        ("10:30", "1030"),
        ("10:30.", "10:30"),
        ("It’s", "Its"),
        ("Kala Chai", "KALA CHAI"),
        ("Kala Chai", "KalaChai"),
        ("1 reel", "1 reel or more"),
    ],
)
def test_what_differs_by_a_sign_is_not_ours(database: Database, genuine: str, forged: str) -> None:
    assert genuine in OURS
    assert not is_ours(database, OURS.replace(genuine, forged))


def test_what_another_chat_got_is_not_ours_here(database: Database) -> None:
    with begin(database, SYSTEM) as work:
        sent_words.note(work, Address("web", "ben"), OURS)
        assert sent_words.sent_at(work, [CHAT], OURS) is None
        assert sent_words.sent_at(work, [], OURS) is None
