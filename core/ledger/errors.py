"""Ways the ledger says no."""

from core.kit.errors import Conflict


class NotEnoughMoney(Conflict):
    """There is not enough money on that account for this step."""


class PostingKeyReused(Conflict):
    """That posting was already made with other lines."""
