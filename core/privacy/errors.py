"""Ways forgetting a person says no."""

from core.kit.errors import Conflict


class WorkNotPaidYet(Conflict):
    """Work that is published, or argued about, has to come to its end before its creator is forgotten."""


class MoneyNotPaidOut(Conflict):
    """Money that was earned has to reach its creator before they are forgotten."""


class LastOwner(Conflict):
    """They are the only owner of a team that still has money, campaigns or people."""
