"""Ways accounts say no."""

from core.kit.errors import Conflict, InvalidInput, NotAllowed, NotFound


class PersonNotFound(NotFound):
    """We do not know that person."""


class WorkspaceNotFound(NotFound):
    """That workspace does not exist, or is not yours to see."""


class RoleMissing(NotAllowed):
    """Your role in this workspace does not allow that."""


class CodeNotValid(InvalidInput):
    """That code is unknown, used or too old."""


class MemberNotFound(NotFound):
    """Nobody of that team is that person."""


class LastOwnerStays(Conflict):
    """A team always has an owner: make somebody else one first."""


class NameMissing(InvalidInput):
    """A name is needed."""


class NameNotAllowed(InvalidInput):
    """A name has no sign or word that only we use, and no word in several alphabets."""


class NameTaken(Conflict):
    """A verified brand has a name that looks the same."""


class WorkspaceFrozen(Conflict):
    """An operator has stopped that workspace for a while."""


class HoursNotValid(InvalidInput):
    """Those are no hours of a day."""
