"""Slack's installation and state stores: tokens sealed in our database, states signed and used once."""

import json
import secrets
from datetime import timedelta
from logging import Logger, getLogger

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore

from core.grants import service as grants
from core.grants.service import Place
from core.kit import crypto
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import inbox

APP = "slack"
STATE_LIVES_FOR = timedelta(minutes=10)


class SealedInstallationStore(InstallationStore):
    """Keeps what each workspace gave us; nobody can read it without our secret key."""

    def __init__(self, database: Database, secret_key: str) -> None:
        """Seal with a key derived from `secret_key`."""
        self._database, self._key = database, secret_key

    @property
    def logger(self) -> Logger:
        """Return the library's logger."""
        return getLogger(__name__)

    def save(self, installation: Installation) -> None:
        """Keep an installation."""
        sealed = crypto.seal(self._key, json.dumps(_plain(installation.to_dict())))
        place = _place(
            installation.enterprise_id,
            installation.team_id,
            is_enterprise=bool(installation.is_enterprise_install),
        )
        with begin(self._database, SYSTEM) as work:
            grants.keep(work, place, str(installation.user_id or ""), sealed)

    def save_bot(self, bot: Bot) -> None:
        """Do nothing: `save` keeps the bot with its installation."""
        del bot

    def find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,
        is_enterprise_install: bool | None = False,
    ) -> Installation | None:
        """Return the newest installation at a place, or that of the whole enterprise."""
        del user_id
        places = [_place(enterprise_id, team_id, is_enterprise=bool(is_enterprise_install))]
        if enterprise_id:
            places.append(_place(enterprise_id, None, is_enterprise=True))
        with begin(self._database, SYSTEM) as work:
            sealed = next((found for place in places if (found := grants.find(work, place))), None)
        opened = crypto.open_sealed(self._key, sealed) if sealed else None
        return Installation(**json.loads(opened)) if opened else None

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Return the bot of a place."""
        found = self.find_installation(
            enterprise_id=enterprise_id, team_id=team_id, is_enterprise_install=is_enterprise_install
        )
        return found.to_bot() if found else None

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget a place's tokens."""
        del user_id
        self.delete_all(enterprise_id=enterprise_id, team_id=team_id)

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a place's tokens."""
        self.delete_all(enterprise_id=enterprise_id, team_id=team_id)

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a place's tokens, at once."""
        with begin(self._database, SYSTEM) as work:
            grants.revoke(work, _place(enterprise_id, team_id, is_enterprise=not team_id))


class SignedStateStore(OAuthStateStore):
    """States that prove themselves, each used once."""

    def __init__(self, database: Database, secret_key: str) -> None:
        """Sign with `secret_key`."""
        self._database, self._key = database, secret_key

    @property
    def logger(self) -> Logger:
        """Return the library's logger."""
        return getLogger(__name__)

    def issue(self, *args: object, **kwargs: object) -> str:
        """Return a new state."""
        del args, kwargs
        until = int((wall_now() + STATE_LIVES_FOR).timestamp())
        return crypto.sign(self._key, "slack-state", {"until": until, "nonce": secrets.token_hex(8)})

    def consume(self, state: str) -> bool:
        """Tell whether a state is ours, young, and used for the first time."""
        claims = crypto.verify(self._key, "slack-state", state)
        if claims is None or claims["until"] < wall_now().timestamp():
            return False
        with begin(self._database, SYSTEM) as work:
            return inbox.accept(work, "slack-state", claims["nonce"])


def _place(enterprise_id: str | None, team_id: str | None, *, is_enterprise: bool) -> Place:
    return Place(APP, enterprise_id or "", "" if is_enterprise else team_id or "")


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Return an installation's fields as JSON; the library reads them back as they are."""
    dates = ("installed_at", "bot_token_expires_at", "user_token_expires_at")
    return {
        name: str(value) if name in dates and value is not None else value for name, value in values.items()
    }
