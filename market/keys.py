"""Rotation of `SECRET_KEYS`: a new key in front, and everything sealed with older ones sealed anew."""

from collections.abc import Callable

from core.grants import service as grants
from core.kit.actors import SYSTEM
from core.kit.crypto import Keyring
from core.kit.database import Database
from core.kit.work import Work, begin
from core.vault import service as vault

RESEAL: tuple[Callable[[Work, Keyring], int], ...] = (grants.reseal, vault.rewrap)
"""Every place that keeps what the ring sealed; each returns how many it sealed anew."""


def rotate(database: Database, keys: Keyring) -> int:
    """Seal with the newest key all that older ones sealed; returns how many texts changed.

    Raises:
        NotOurs: when something opens with none of the keys; nothing is changed there.
    """
    changed = 0
    for reseal in RESEAL:
        with begin(database, SYSTEM) as work:
            changed += reseal(work, keys)
    return changed
