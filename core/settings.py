"""Every setting of the marketplace, read once from the environment or `.env`.

`.env.example` documents each; a test compares the two. Secrets are `SecretStr`, so that a printed or
logged settings object shows none.
"""

import secrets
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, TypeVar
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.kit.crypto import Keyring, weakness

EMBEDDED = "embedded"
KEPT_IN = {"secret_keys": "secret_key"}
"""The secrets that a sandbox makes for itself, and the file of `STATE_DIR` that keeps each."""
PROXY_BITS_MIN = 8


class PlayInProduction(ValueError):
    """Production would run on a vendor of play: it does not start."""

    def __init__(self, setting: str, value: str) -> None:
        """Say which setting names it."""
        super().__init__(f"Production does not run on play vendors: {setting} is {value}.")


class Settings(BaseSettings):
    """How this installation runs."""

    model_config = SettingsConfigDict(
        env_file=".env", extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    environment: Literal["sandbox", "staging", "production"] = "sandbox"
    state_dir: Path = Path(".state")
    public_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    trusted_proxies: str = ""

    database_url: SecretStr = SecretStr(EMBEDDED)
    broker_url: SecretStr = SecretStr(EMBEDDED)
    cache_url: SecretStr = SecretStr(EMBEDDED)

    secret_keys: SecretStr = SecretStr("")

    payment_rail: Literal["sandbox"] = "sandbox"
    social_networks: Literal["sandbox"] = "sandbox"
    media_store: Literal["folder", "s3"] = "folder"
    s3_bucket: str = ""
    s3_region: str = ""
    s3_endpoint: str = ""
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    s3_encryption: Literal["AES256", "aws:kms", "none"] = "AES256"
    s3_kms_key: str = ""
    language_model: str = ""
    language_model_url: str = ""
    language_model_key: SecretStr = SecretStr("")
    language_model_seconds: Annotated[float, Field(gt=0, le=20)] = 4
    speech_url: str = ""
    speech_key: SecretStr = SecretStr("")
    speech_model: str = "whisper-1"
    speech_seconds: Annotated[float, Field(gt=0, le=60)] = 20
    media_max_bytes: Annotated[int, Field(ge=1_000, le=200_000_000)] = 20_000_000
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @model_validator(mode="after")
    def _outside_a_sandbox_it_is_safe(self) -> "Settings":
        if self.sandbox:
            return self
        wrong = [
            f"{name.upper()} {reason}"
            for name in KEPT_IN
            for reason in _reasons(getattr(self, name).get_secret_value())
        ]
        addresses = ["public_url", *(name for name in type(self).model_fields if name.endswith("_api_url"))]
        named = ("s3_endpoint", "language_model_url", "speech_url")
        addresses += [name for name in named if getattr(self, name)]
        wrong += [f"{name.upper()} is not https" for name in addresses if not _is_https(getattr(self, name))]
        if wrong:
            message = f"in {self.environment} this is not safe: {'; '.join(wrong)}"
            raise ValueError(message)
        return self

    @model_validator(mode="after")
    def _s3_has_a_bucket(self) -> "Settings":
        if self.media_store == "s3" and not self.s3_bucket:
            message = "MEDIA_STORE is s3, and S3_BUCKET names no bucket"
            raise ValueError(message)
        return self

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies_are_named(cls, value: str) -> str:
        for name in _listed(value):
            network = ip_network(name, strict=False)
            if network.prefixlen < PROXY_BITS_MIN:
                message = f"{name} is too much of the internet to be trusted"
                raise ValueError(message)
        return value

    @property
    def proxies(self) -> list[str]:
        """Return the addresses and networks whose word we take on whom they speak for."""
        return _listed(self.trusted_proxies)

    @property
    def keys(self) -> Keyring:
        """Return the keys that sign and seal."""
        return Keyring.of(self.secret_keys.get_secret_value())

    @property
    def sandbox(self) -> bool:
        """Tell whether this is a play world: movable time, play people, keys of its own making.

        Whether money or posts are play is each vendor's fact, not the environment's.
        """
        return self.environment == "sandbox"

    @property
    def secure(self) -> bool:
        """Tell whether people reach us over https."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def media_max_mb(self) -> int:
        """Return the largest file we take, in megabytes as people count them."""
        return self.media_max_bytes // 1_000_000

    @property
    def media_dir(self) -> Path:
        """Return the folder that uploaded files are kept in."""
        return self.state_dir / "media"


S = TypeVar("S", bound=Settings)


def _reasons(keys: str) -> list[str]:
    """Say what is wrong with each of several keys."""
    found = [weakness(key) for key in _listed(keys)] or ["is missing"]
    return [reason for reason in found if reason]


def _is_https(url: str) -> bool:
    """Tell whether an address is https, of a host that is named."""
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc


def _listed(value: str) -> list[str]:
    return [name for name in map(str.strip, value.split(",")) if name]


def completed(settings: S) -> S:
    """Return settings with the keys that a sandbox makes for itself and keeps."""
    for name, file in KEPT_IN.items():
        if not getattr(settings, name).get_secret_value():
            setattr(settings, name, SecretStr(_kept_secret(settings.state_dir / file)))
    return settings


def put_new_key_in_front(settings: Settings) -> bool:
    """Put a new key before the kept ones; False where `SECRET_KEYS` is set and its owner does that.

    `settings` are as they were read, without what `completed` adds.
    """
    if settings.secret_keys.get_secret_value():
        return False
    path = settings.state_dir / KEPT_IN["secret_keys"]
    kept = _kept_secret(path)
    beside = path.with_suffix(".new")
    beside.touch(mode=0o600)
    beside.write_text(f"{secrets.token_urlsafe(32)},{kept}")
    beside.replace(path)
    return True


def part(settings: Settings, kind: type[S]) -> S:
    """Return the settings of one part of ours: as they were set, or its defaults where nobody set them."""
    if isinstance(settings, kind):
        return settings
    found: S = kind.model_construct()  # type: ignore[assignment]  # the plugin forgets the type variable
    return found


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text()
