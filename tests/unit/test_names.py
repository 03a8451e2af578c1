"""What people may be called: nothing unseen, nothing of ours, nothing that passes for another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.kit import names
from core.kit.confusables import PROTOTYPES
from core.kit.names import Wrong

ALIKE = [
    ("Kala Chai", "KALA  CHAI"),
    ("Kala Chai", "Kala\u200bChai"),  # a space of no width
    ("Kala Chai", "Kala\u00adChai"),  # a soft hyphen
    ("Kala Chai", "\u041a\u0430\u043ba Chai".replace("\u043b", "l")),  # Cyrillic Ka and a
    ("Kala Chai", "\uff2b\uff41\uff4c\uff41 Chai"),  # fullwidth
    ("Kala Chai", "K\u00e0la Cha\u00ed"),
    ("Kala Chai", "Kala-Chai!"),
    ("Kala Chai", "Ka1a Cha1"),
    ("Kala Chai", "Ka\u0131a Chai"),
    ("Modern", "Modem"),
    ("Walmart", "vvalrnart"),
    ("PAYPAL", "paypaI"),
    ("Oslo", "0s1o"),
    ("\u0421\u043e\u0441\u043e", "Coco"),  # a whole word in Cyrillic
    ("caf\u00e9", "cafe\u0301"),
]
APART = [
    ("Kala Chai", "Kala Chaiwala"),
    ("Kala Chai", "Kala Chai Pune"),
    ("\u0915\u0932\u093e", "\u0915\u0932"),  # kala and kal: a vowel sign is a letter's own
    ("\u0410\u043d\u043d\u0430", "\u0418\u043d\u043d\u0430"),
    ("Asha", "Usha"),
    ("\u674e\u660e", "\u674e\u660c"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert names.skeleton(one) == names.skeleton(other) != ""


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_that_can_be_told_apart_have_two(one: str, other: str) -> None:
    assert names.skeleton(one) != names.skeleton(other)


TAKEN = [
    *(
        "Asha Kulkarni",
        "Sof\u00eda M\u00e1rquez",
        "\u0905\u0936\u093e",
        "\u0410\u043d\u043d\u0430",
        "Anna \u0410\u043d\u043d\u0430",
    ),
    *(
        "\u674e\u660e Li",
        "Support Coffee",
        "The Tea Market",
        "Stafford",
        "Administer",
        "Moderato",
        "Team Rubicon",
        "O'Brien",
    ),
    *("Kala Chai (Pune)", "7-Eleven", "\u0627\u0644\u0633\u0648\u0642", "Ravi \U0001f338"),
]
REFUSED = [
    *((f"Kala Chai {sign}", Wrong.SIGN) for sign in "\u2713\u2714\u2611\u2705\U0001f5f8\U0001f5f9\u221a"),
    *((word, Wrong.WORD) for word in ("admin", "ADMIN", "Adm1n", "A d m i n", "a.d.m.i.n", "Asha Admin")),
    *(
        (word, Wrong.WORD)
        for word in (
            "Kala Chai verified",
            "Verified",
            "verificado",
            "\u0938\u0924\u094d\u092f\u093e\u092a\u093f\u0924",
        )
    ),
    *(
        (word, Wrong.WORD)
        for word in ("Support", "Customer Support", "Official Help Desk", "support-team", "Moderator")
    ),
    *((word, Wrong.WORD) for word in ("NanoInfluencer", "nano influencer help", "The Nan0lnfluencer Market")),
    *(
        (word, Wrong.SCRIPTS)
        for word in ("K\u0430la", "\u0430dmin", "\u0405upport", "p\u0430yp\u0430l", "\u0391dmin")
    ),
    *((word, Wrong.EMPTY) for word in ("", "\U0001f338", "---", "\u200b", "\u3164", "\u2800")),
]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_like_anybody_s_is_taken_as_it_is(name: str) -> None:
    assert names.wrong_with(name) is None
    assert names.plain(name, 120) == name == names.tamed(name, 120)


@pytest.mark.parametrize(("name", "wrong"), REFUSED)
def test_a_name_that_is_ours_or_passes_for_another_is_refused(name: str, wrong: Wrong) -> None:
    assert names.wrong_with(names.plain(name, 120)) is wrong


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Kala Chai \u2713 verified", "Kala Chai"),
        ("Asha \u2705 Admin", "Asha"),
        ("Support", ""),
        ("\u202eahsA", "ahsA"),
        ("Asha\n\tK", "Asha K"),
        ("A\u200bs\u2060h\ufeffa", "Asha"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),  # a joiner behind a virama is read
        ("Asha\u200d", "Asha"),
        ("A\ufe0f", "A"),
        ("\ufb01ne", "fine"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_name_that_an_app_gives_keeps_what_it_may(given_name: str, kept: str) -> None:
    assert names.tamed(given_name, 120) == kept


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Support local weavers", "Support local weavers"),
        ("Diwali \u2713", "Diwali"),
        ("Verified reviews", "reviews"),
        ("NanoInfluencer week", "week"),
        ("K\u0430la", ""),
        ("The team of Kala Chai", "The team of Kala Chai"),
    ],
)
def test_a_title_says_neither_verified_nor_our_name(title: str, kept: str) -> None:
    assert names.tamed_title(title, 120) == kept


@given(st.text(max_size=60))
def test_whatever_is_kept_may_be_kept_and_stays(text: str) -> None:
    kept = names.tamed(text, 120)
    assert kept == names.plain(kept, 120)
    assert not kept or names.wrong_with(kept) is None
    assert not any(unicodedata.category(c) == "Cf" and c not in names.JOINERS for c in kept)
    assert names.skeleton(text) == names.skeleton(text.upper()) or not text.isascii()


def test_what_looks_like_our_letters_are_letters_of_others() -> None:
    assert len(PROTOTYPES) > 500
    for odd, plain in PROTOTYPES.items():
        assert not chr(odd).isascii()
        assert plain.isascii()
        assert plain.isalnum()
        assert unicodedata.normalize("NFKC", chr(odd)) == chr(odd)
