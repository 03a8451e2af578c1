"""How long messages take to be read, everyday ones and the nastiest: `python -m benchmarks.understanding`.

Every turn that brings free words reads them. At the median a message may take 2 ms by rules and 5 ms with the
encoder. The nastiest of 3,000 characters may take 50 ms of the processor: so much can anybody make us do. A
test holds them against a plain one.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from datetime import date

from bots.understanding import brief, intro
from bots.understanding.intents import Reader
from bots.understanding.wording import READ_CHARACTERS_MAX
from retrieval.embeddings.encoder import OfflineEncoder
from tests.evals import slots

FLOOR_MS = 50
TODAY = date(2026, 11, 2)
PLAIN = (
    "We are Kala Chai, a tea brand from Mumbai. Looking for 3 food creators with 5k to 50k followers, "
    "budget 20,000 INR, 1 reel and 2 stories each, posts live by 20 November. "
)
NASTY = (
    *(
        "½\t",
        "1 ",
        "9k ",
        "१ ",
        "20 ",
        "₹1 ",
        "Ⅷ ",
        "0x1 ",
        "1.1.1.",
        "1,000,",
        "- 1",
        "<1k ",
        "9" * 40 + " ",
    ),
    *("10k-20k ", "5k to ", "between 1 and 2 ", "1 lakh ", "in 2 weeks ", "01.02.2026 ", "within ", "jan "),
    *(
        "@",
        "@@@ ",
        "@a ",
        "insta @a ",
        "ig a 5k ",
        "youtube (a 5k) ",
        "instagram.com/a ",
        "a@b.c ",
        "#a ",
        "#",
    ),
    *(
        ",",
        ", ",
        "\n",
        "\t",
        " ",
        ".",
        "-",
        "_",
        "*",
        "**a** ",
        "(",
        "'",
        "a",
        "a.",
        "a ",
        "m ",
        "x ",
        "en ",
        "no ",
    ),
    *(
        "reel ",
        "1 reel ",
        "reels and ",
        "2 reels + ",
        "per creator ",
        "a creators ",
        "i am a ",
        "my name is ",
    ),
    *(
        "mumbai ",
        "delhi, ",
        "new york ",
        "new ",
        "são ",
        "english ",
        "followers ",
        "5k followers ",
        "budget ",
    ),
    *(
        "https://a.b ",
        "http",
        "www.",
        "हि ",
        "ی ",
        "и ",
        "😀",
        "\u200d",
        "\u0301",
        "1\u0301",
        "İ",
        "ﷺ",
        "A\u0301 ",
    ),
)
"""What was found to cost most, and its kin: repeated until a message is full."""

READERS: dict[str, Callable[[str], object]] = {
    "brief": lambda text: brief.slots(text, TODAY),
    "intro": intro.slots,
}


def filled(unit: str) -> str:
    """Return a message of the most characters that are read, of one thing again and again."""
    return (unit * (READ_CHARACTERS_MAX // len(unit) + 1))[:READ_CHARACTERS_MAX]


def took(reader: Callable[[str], object], text: str) -> float:
    """Return how long a message takes to be read, in milliseconds of this thread.

    What others do meanwhile does not count, nor that numpy lets a second thread spin.
    """
    began = time.thread_time()
    reader(text)
    return (time.thread_time() - began) * 1_000


def everyday() -> None:
    """Print the median of the labelled messages, each read once: briefs, introductions, what they want."""
    texts = {kind: [row["text"] for row in slots.rows(kind)] for kind in slots.READERS}
    with_meaning = Reader(OfflineEncoder().encode)
    with_meaning.learn()
    kinds: tuple[tuple[str, Callable[[str], object], Iterable[str]], ...] = (
        ("a brief", READERS["brief"], texts["briefs"]),
        ("an introduction", READERS["intro"], texts["intros"]),
        ("an intent by rules", Reader().read, (row["text"] for row in slots.rows("intents_unseen"))),
        (
            "an intent with the encoder",
            with_meaning.read,
            (row["text"] for row in slots.rows("intents_unseen")),
        ),
    )
    for name, reader, messages in kinds:
        spent = sorted(took(reader, text) for text in messages)
        most = spent[len(spent) * 95 // 100]
        print(f"{name}: median {statistics.median(spent):.2f} ms, 95 of a hundred within {most:.2f} ms")


def main() -> None:
    """Print what everyday messages take, and the five worst for each reader."""
    for reader in READERS.values():
        reader(f"{PLAIN} instagram.com/a")  # what is made once a process: places, patterns, public suffixes
    everyday()
    for name, reader in READERS.items():
        spent = {unit: took(reader, filled(unit)) for unit in (PLAIN, *NASTY)}
        print(f"{name}: plain {spent.pop(PLAIN):.0f} ms")
        for unit, ms in sorted(spent.items(), key=lambda one: -one[1])[:5]:
            print(f"  {ms:6.1f} ms  {unit!r}{'' if ms <= FLOOR_MS else '  above the floor'}")


if __name__ == "__main__":
    main()
