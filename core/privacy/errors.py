"""Ways forgetting a person, and giving them their data, say no."""

from core.kit.errors import Conflict, NotFound


class WorkNotPaidYet(Conflict):
    """Work that is published, or argued about, has to come to its end before its creator is forgotten."""


class MoneyNotPaidOut(Conflict):
    """Money that was earned has to reach its creator before they are forgotten."""


class LastOwner(Conflict):
    """They are the only owner of a team that still has money, campaigns or people."""


class DataLinkOver(NotFound):
    """A link to somebody's own data is over, is not ours, or its person was forgotten."""


class NoChatToTell(Conflict):
    """A person has no chat that takes news from us."""
