"""What production and staging refuse to start with."""

from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from bots.doors.registry import Settings
from core.settings import KEPT_IN

STRONG = "k7Gq2vX9pLmZ4tRw8sBnY6cHj3fDa1Eu"
OTHER = "Qe5uTn8yVb2xKd7mRc4wLg9zPs6hJf3a"
SAFE: dict[str, Any] = {"public_url": "https://market.example", **dict.fromkeys(KEPT_IN, STRONG)}


def made(environment: str, **given: str) -> Settings:
    secret = {name: SecretStr(value) if name in KEPT_IN else value for name, value in given.items()}
    return Settings(_env_file=None, environment=environment, **secret)  # type: ignore[arg-type]


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_with_strong_keys_and_https_it_starts(environment: str) -> None:
    assert not made(environment, **SAFE).sandbox
    made(environment, **{**SAFE, "secret_keys": f"{STRONG},{OTHER}"})
    made(environment, **{**SAFE, "public_url": "https://market.example:8443/"})


@pytest.mark.parametrize("environment", ["staging", "production"])
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"secret_keys": ""}, "SECRET_KEYS is missing"),
        ({"secret_keys": " , "}, "SECRET_KEYS is missing"),
        ({"secret_keys": "x"}, "SECRET_KEYS has fewer than 32 characters"),
        ({"secret_keys": STRONG[:31]}, "SECRET_KEYS has fewer than 32 characters"),
        ({"secret_keys": "a" * 64}, "SECRET_KEYS has fewer than 10 different"),
        ({"secret_keys": "changeme-12" * 4}, "SECRET_KEYS repeats itself"),
        ({"secret_keys": "abcdefghijklmnopqrstuvwxyz012345"}, "SECRET_KEYS is a row of neighbours"),
        ({"secret_keys": f"{STRONG},old"}, "SECRET_KEYS has fewer than 32 characters"),
        ({"public_url": "http://market.example"}, "PUBLIC_URL is not https"),
        ({"public_url": "HTTP://market.example"}, "PUBLIC_URL is not https"),
        ({"public_url": "market.example"}, "PUBLIC_URL is not https"),
        ({"public_url": "https://"}, "PUBLIC_URL is not https"),
        ({"public_url": "https://me:pw@market.example"}, "PUBLIC_URL is not https"),
        ({"public_url": ""}, "PUBLIC_URL is not https"),
        ({"telegram_api_url": "http://api.telegram.org"}, "TELEGRAM_API_URL is not https"),
        ({"whatsapp_api_url": "http://graph.facebook.com/v23.0"}, "WHATSAPP_API_URL is not https"),
        ({"slack_api_url": "http://slack.com/api"}, "SLACK_API_URL is not https"),
    ],
)
def test_what_is_not_safe_is_refused_with_its_name_and_without_its_value(
    environment: str, given: dict[str, str], reason: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        made(environment, **{**SAFE, **given})
    said = refused.value.errors()[0]["msg"]
    assert reason in said
    told = said + str(refused.value)
    assert not any(len(key) > 3 and key in told for key in given.get("secret_keys", "").split(","))


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        made("production", public_url="http://x.example")
    said = refused.value.errors()[0]["msg"]
    assert all(name in said for name in ("PUBLIC_URL", *(name.upper() for name in KEPT_IN)))


def test_a_sandbox_starts_with_anything() -> None:
    assert made("sandbox", secret_keys="x", public_url="http://127.0.0.1:8000").sandbox


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(ValidationError):
        made("test", **SAFE)
