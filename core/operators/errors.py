"""Ways the operators' desk says no."""

from core.kit.errors import Conflict, InvalidInput, NotAllowed, NotFound


class TaskNotFound(NotFound):
    """There is no such open task."""


class TaskEndsByAnAct(Conflict):
    """That task is closed by the act that settles it, and by nothing else."""


class StaffNotFound(NotFound):
    """Nobody of that name is on the staff."""


class StaffNameNotValid(InvalidInput):
    """A name of staff is 2 to 31 small letters, digits and hyphens, and is given once for ever."""


class StaffRoleMissing(NotAllowed):
    """Your role on the staff does not allow that."""


class LastAdmin(Conflict):
    """The last admin stays: add another one first."""


class ProposalNotFound(NotFound):
    """There is no such open proposal: it was decided, or it is older than three days."""


class SameProposer(NotAllowed):
    """Another of the staff must decide this: you proposed it, or one of you was shown the other's key."""


class ProposerGone(Conflict):
    """Whoever proposed this may not do it any more. Propose it anew."""
