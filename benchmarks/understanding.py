"""How long the nastiest messages of 3,000 characters take to be read: `python -m benchmarks.understanding`.

Every turn that brings free words reads them: this is what anybody can make us do. The worst may take 50 ms of
the processor; a test holds the same messages against a plain one.
"""

import time
from collections.abc import Callable
from datetime import date

from bots.understanding import brief, intro
from bots.understanding.wording import READ_CHARACTERS_MAX

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


def main() -> None:
    """Print the five worst messages for each reader, in milliseconds of the processor."""
    for name, reader in READERS.items():
        reader("5k reel in mumbai, instagram.com/a")  # what is read once a process: places, public suffixes
        took = {}
        for unit in (PLAIN, *NASTY):
            began = time.process_time()
            reader(filled(unit))
            took[unit] = (time.process_time() - began) * 1_000
        print(f"{name}: plain {took.pop(PLAIN):.0f} ms")
        for unit, ms in sorted(took.items(), key=lambda one: -one[1])[:5]:
            print(f"  {ms:6.1f} ms  {unit!r}{'' if ms <= FLOOR_MS else '  above the floor'}")


if __name__ == "__main__":
    main()
