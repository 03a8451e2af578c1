"""Keys: what one purpose or key made serves no other, and a new key ends nothing."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from core.kit import crypto
from core.kit.crypto import CLOCK_SKEW_SECONDS, DataKeys, Keyring, NotOurs, weakness

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
OLD, NEW = "an-old-key-of-the-marketplace-0001", "a-new-key-of-the-marketplace-00002"
BEFORE, BETWEEN, AFTER = Keyring(OLD), Keyring(NEW, OLD), Keyring(NEW)


def segment(value: Any) -> str:  # noqa: ANN401
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_token_carries_its_key_its_purpose_and_both_its_times() -> None:
    token = BEFORE.sign("report", {"campaign": "c"}, NOW, HOUR)
    header, body, _ = (base64.urlsafe_b64decode(part + "==") for part in token.split("."))
    assert json.loads(header)["kid"] == BEFORE.newest.id
    start = int(NOW.timestamp())
    assert json.loads(body) == {"campaign": "c", "aud": "report", "iat": start, "exp": start + 3_600}


SKEW = timedelta(seconds=CLOCK_SKEW_SECONDS)


@pytest.mark.parametrize(
    ("ring", "purpose", "moment", "opens"),
    [
        (BEFORE, "report", NOW, True),
        (BEFORE, "report", NOW + HOUR, True),
        (BEFORE, "report", NOW + HOUR + SKEW + timedelta(seconds=1), False),
        (BEFORE, "report", NOW - SKEW - timedelta(seconds=1), False),  # made in the future
        (BEFORE, "seat", NOW, False),
        (BETWEEN, "report", NOW, True),
        (AFTER, "report", NOW, False),
    ],
)
def test_a_token_serves_its_purpose_until_its_end_as_long_as_its_key_is_kept(
    ring: Keyring, purpose: str, moment: datetime, *, opens: bool
) -> None:
    token = BEFORE.sign("report", {"campaign": "c"}, NOW, HOUR)
    assert (ring.verify(purpose, token, moment) is not None) == opens


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "none", "kid": BEFORE.newest.id},
        {"alg": "HS512", "kid": BEFORE.newest.id},
        {"alg": "HS256"},
        {"alg": "HS256", "kid": None},
        {"alg": "HS256", "kid": "../../etc/passwd"},
        [],
        None,
    ],
)
def test_a_token_with_another_header_is_none_of_ours(header: Any) -> None:  # noqa: ANN401
    _, body, mac = BEFORE.sign("report", {"campaign": "c"}, NOW, HOUR).split(".")
    for signature in (mac, ""):
        assert BEFORE.verify("report", f"{segment(header)}.{body}.{signature}", NOW) is None


def test_a_token_without_an_end_is_none_of_ours() -> None:
    head, _, mac = BEFORE.sign("report", {}, NOW, HOUR).split(".")
    assert BEFORE.verify("report", f"{head}.{segment({'aud': 'report'})}.{mac}", NOW) is None


@given(st.text() | st.lists(st.text(), min_size=3, max_size=3).map(".".join))
def test_no_text_is_a_token_or_a_fault(text: str) -> None:
    assert BEFORE.verify("report", text, NOW) is None
    with pytest.raises(NotOurs):
        BEFORE.open_sealed("grants", text, "row")


@given(st.binary())
def test_what_is_sealed_opens_to_the_same_and_shows_nothing(raw: bytes) -> None:
    sealed = BEFORE.seal("grants", raw, "row-1")
    assert BEFORE.open_sealed("grants", sealed, "row-1") == raw
    assert sealed != BEFORE.seal("grants", raw, "row-1")


@pytest.mark.parametrize(
    ("ring", "purpose", "context"),
    [(BEFORE, "media", "row-1"), (BEFORE, "grants", "row-2"), (AFTER, "grants", "row-1")],
)
def test_what_is_sealed_opens_for_no_other_purpose_place_or_key(
    ring: Keyring, purpose: str, context: str
) -> None:
    sealed = BEFORE.seal("grants", "xoxb-token", "row-1")
    with pytest.raises(NotOurs):
        ring.open_sealed(purpose, sealed, context)


@pytest.mark.parametrize("place", [0, 4, 12, -1])
def test_what_was_changed_does_not_open(place: int) -> None:
    form, key, content = BEFORE.seal("grants", "xoxb-token", "row-1").split(".")
    raw = bytearray(base64.urlsafe_b64decode(content + "=" * (-len(content) % 4)))
    raw[place] ^= 1
    changed = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    with pytest.raises(NotOurs):
        BEFORE.open_sealed("grants", f"{form}.{key}.{changed}", "row-1")


def test_sealing_anew_moves_to_the_newest_key_once_and_then_the_old_one_may_go() -> None:
    sealed = BEFORE.seal("grants", "xoxb-token", "row-1")
    anew = BETWEEN.resealed("grants", sealed, "row-1")
    assert anew is not None
    assert BETWEEN.resealed("grants", anew, "row-1") is None
    assert AFTER.open_sealed("grants", anew, "row-1") == b"xoxb-token"
    with pytest.raises(NotOurs):
        AFTER.resealed("grants", sealed, "row-1")


def test_what_was_sealed_before_keys_had_ids_opens_and_is_sealed_anew() -> None:
    import hashlib  # noqa: PLC0415  (what sealing was then)

    digest = hashlib.sha256(f"seal:{OLD}".encode()).digest()
    sealed = Fernet(base64.urlsafe_b64encode(digest)).encrypt(b"xoxb-token").decode()
    assert BETWEEN.open_sealed("grants", sealed, "row-1") == b"xoxb-token"
    anew = BEFORE.resealed("grants", sealed, "row-1")
    assert anew is not None
    assert anew.startswith(f"k1.{BEFORE.newest.id}.")
    with pytest.raises(NotOurs):
        AFTER.open_sealed("grants", sealed, "row-1")


def test_a_mark_of_an_older_key_counts_and_of_a_lost_one_does_not() -> None:
    mark = BEFORE.mark("csrf", "asha")
    assert BETWEEN.is_mark("csrf", mark, "asha")
    assert not AFTER.is_mark("csrf", mark, "asha")
    assert not BEFORE.is_mark("csrf", mark, "ben")
    assert not BEFORE.is_mark("webhook", mark, "asha")
    assert not BEFORE.is_mark("csrf", "", "asha")
    assert BETWEEN.mark("csrf", "asha") == AFTER.mark("csrf", "asha")
    assert BEFORE.is_mark("csrf", mark[:32], "asha", characters=32)


def test_no_two_purposes_share_a_key_and_none_is_the_root() -> None:
    derived = {BEFORE.newest.derive(purpose) for purpose in ("sign:a", "seal:a", "mark:a", "sign:b")}
    assert len(derived) == 4
    assert OLD.encode() not in derived
    assert OLD not in repr(BEFORE.newest)


def test_the_setting_names_keys_with_commas_between_newest_first() -> None:
    assert Keyring.of(f" {NEW} , {OLD},").newest.id == AFTER.newest.id
    for nothing in ("", " , "):
        with pytest.raises(ValueError, match="needs a key"):
            Keyring.of(nothing)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "fewer than 32"),
        ("x", "fewer than 32"),
        ("k7Gq2vX9pLmZ4tRw8sBnY6cHj3fDa1E", "fewer than 32"),  # 31
        ("a" * 64, "different"),
        ("abababab" * 8, "different"),
        ("0123456789abcdef" * 2, "repeats"),
        ("k7Gq2vX9pLmZ4t" * 3, "repeats"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "neighbours"),
        ("k7Gq2vX9pLmZ4tRw8sBnY6cHj3fDa1Eu", ""),
        ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", ""),
    ],
)
def test_a_key_that_can_be_guessed_is_told_from_one_that_cannot(key: str, why: str) -> None:
    found = weakness(key)
    assert why in found
    assert bool(why) == bool(found)


def test_a_token_that_we_signed_without_an_end_is_none_of_ours() -> None:
    head = {"alg": "HS256", "kid": BEFORE.newest.id}
    key = OctKey.import_key(BEFORE.newest.derive("sign:report"))
    times = {"iat": int(NOW.timestamp()), "exp": int((NOW + HOUR).timestamp())}
    assert BEFORE.verify("report", jwt.encode(head, {"aud": "report", **times}, key), NOW) is not None
    for missing in ("iat", "exp", "aud"):
        claims = {name: value for name, value in {"aud": "report", **times}.items() if name != missing}
        assert BEFORE.verify("report", jwt.encode(head, claims, key), NOW) is None


def test_so_many_opened_keys_are_at_hand_for_so_long_and_the_oldest_gives_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crypto, "AT_HAND_MAX", 2)
    now = 100.0
    monkeypatch.setattr("core.kit.crypto.time.monotonic", lambda: now)
    keys, owners = DataKeys(BEFORE, 30.0), [uuid4() for _ in range(3)]
    for number, owner in enumerate(owners):
        keys.remember(owner, bytes([number]))
    assert [keys.at_hand(owner) for owner in owners] == [None, b"\x01", b"\x02"]
    keys.remember(owners[1], b"\x01")
    keys.remember(owners[0], b"\x00")
    assert [keys.at_hand(owner) for owner in owners] == [b"\x00", b"\x01", None]
    now += 29.9
    assert keys.at_hand(owners[0]) is not None
    now += 0.1
    assert keys.at_hand(owners[0]) is None
    keys.remember(owners[0], b"\x00")
    keys.drop(owners[0])
    assert keys.at_hand(owners[0]) is None
    keys.remember(owners[0], b"\x00")
    keys.drop_all()
    assert keys.at_hand(owners[0]) is None


def test_what_is_sealed_says_in_which_form_and_another_form_opens_nothing() -> None:
    form, rest = BEFORE.seal("grants", b"x", "row").split(".", 1)
    assert form == "k1"
    for other in ("k0", "k2", "p1", ""):
        with pytest.raises(NotOurs):
            BEFORE.open_sealed("grants", f"{other}.{rest}", "row")


@pytest.mark.parametrize("text", ["k1", "k1.", f"k1.{BEFORE.newest.id}", f"k1.{BEFORE.newest.id}.a.b", ".."])
def test_what_has_too_few_parts_or_too_many_is_not_sealed(text: str) -> None:
    with pytest.raises(NotOurs):
        BEFORE.open_sealed("grants", text, "row")
