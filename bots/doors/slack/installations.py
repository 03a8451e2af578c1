"""Slack's installation and state stores: tokens sealed in our database, states signed and used once."""

import json
import secrets
from datetime import timedelta
from logging import Logger, getLogger

from slack_sdk.oauth.installation_store import Bot, Installation, InstallationStore
from slack_sdk.oauth.state_store import OAuthStateStore

from core.grants import service as grants
from core.grants.service import Place
from core.kit.actors import SYSTEM
from core.kit.clock import wall_now
from core.kit.crypto import Keyring
from core.kit.database import Database
from core.kit.work import begin
from core.messaging import inbox

APP, STATE = "slack", "slack-state"
STATE_LIVES_FOR = timedelta(minutes=10)


class SealedInstallationStore(InstallationStore):
    """Keeps what each workspace gave us; nobody can read it without our secret key."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        """Seal with `keys`."""
        self._database, self._keys = database, keys

    @property
    def logger(self) -> Logger:
        """Return the library's logger."""
        return getLogger(__name__)

    def save(self, installation: Installation) -> None:
        """Keep an installation."""
        given = json.dumps(_plain(installation.to_dict()))
        place = _place(
            installation.enterprise_id,
            installation.team_id,
            is_enterprise=bool(installation.is_enterprise_install),
        )
        with begin(self._database, SYSTEM) as work:
            grants.keep(work, self._keys, place, str(installation.user_id or ""), given)

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
            given = next((x for place in places if (x := grants.find(work, self._keys, place))), None)
        return Installation(**json.loads(given)) if given else None

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

    def __init__(self, database: Database, keys: Keyring) -> None:
        """Sign with `keys`."""
        self._database, self._keys = database, keys

    @property
    def logger(self) -> Logger:
        """Return the library's logger."""
        return getLogger(__name__)

    def issue(self, *args: object, **kwargs: object) -> str:
        """Return a new state."""
        del args, kwargs
        nonce = {"nonce": secrets.token_hex(8)}
        return self._keys.sign(STATE, nonce, wall_now(), STATE_LIVES_FOR)

    def consume(self, state: str) -> bool:
        """Tell whether a state is ours, young, and used for the first time."""
        claims = self._keys.verify(STATE, state, wall_now())
        if claims is None:
            return False
        with begin(self._database, SYSTEM) as work:
            return inbox.accept(work, STATE, claims["nonce"])


def _place(enterprise_id: str | None, team_id: str | None, *, is_enterprise: bool) -> Place:
    return Place(APP, enterprise_id or "", "" if is_enterprise else team_id or "")


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Return an installation's fields as JSON; the library reads them back as they are."""
    dates = ("installed_at", "bot_token_expires_at", "user_token_expires_at")
    return {
        name: str(value) if name in dates and value is not None else value for name, value in values.items()
    }
