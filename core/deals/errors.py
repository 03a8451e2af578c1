"""Ways deals say no."""

from core.kit.errors import Conflict, InvalidInput, NotAllowed, NotFound


class DealNotFound(NotFound):
    """That deal does not exist, or is not yours to see."""


class StepNotPossible(Conflict):
    """That step is not possible any more."""


class DealStandsStill(Conflict):
    """This deal stands still; nothing of it moves until it goes on."""


class AlreadyStanding(Conflict):
    """The deal stands still for this reason already."""


class NotStanding(Conflict):
    """The deal does not stand still for this reason."""


class StillToBeSeen(Conflict):
    """Nobody has looked at the post shortly enough before its end, or the last look did not find it."""


class NotYourStep(NotAllowed):
    """That step is for the other side to take."""


class BothSides(NotAllowed):
    """Nobody can be the brand and the creator of one deal."""


class AskedAlready(Conflict):
    """More time was asked for already, and nobody has answered yet."""


class MessageEmpty(InvalidInput):
    """A message needs words or a file."""


class MessageNotFound(NotFound):
    """That message does not exist, or is not yours to see."""


class TalkOver(Conflict):
    """The deal has ended, and nobody writes in it any more."""


class NotYourTurn(Conflict):
    """It is the other side's turn to answer."""


class NoRoundsLeft(Conflict):
    """All rounds of negotiation are used; accept or decline."""


class NoAccountThere(InvalidInput):
    """The creator has no account where a piece of the work is to go."""


class PictureMissing(InvalidInput):
    """That post can only be proved by a picture of it."""


class NoRevisionsLeft(Conflict):
    """All agreed rounds of changes are used; approve, or talk to us."""


class CampaignNotFunded(Conflict):
    """No offer goes out before the campaign is funded."""


class AlreadyEngaged(Conflict):
    """There is already an open deal with this creator in this campaign."""


class PriceOutOfRange(InvalidInput):
    """That price cannot be offered: it is not between `least` and `most`."""


class AskedOutOfRange(PriceOutOfRange):
    """That price cannot be asked for; up to what it could is the brand's own business."""


class DraftEmpty(InvalidInput):
    """A draft needs a caption or a file."""


class ReasonMissing(InvalidInput):
    """Please say in a few words why."""


class AlreadyPublished(Conflict):
    """Work that is published cannot be cancelled; you can open a dispute instead."""


class WorkHandedIn(Conflict):
    """What would be left out was handed in already."""


class AmendmentUnpaid(Conflict):
    """The campaign has less free than the creators who agreed would get more."""


class AmendmentNotCovered(Conflict):
    """The money for the change is not there any more; the deal stays as it was agreed."""


class AddressMissing(InvalidInput):
    """A gift is sent somewhere: the whole address is wanted."""


class NothingHeld(Conflict):
    """There is no money left in this deal to argue about."""


class SharesDoNotAdd(InvalidInput):
    """The two shares don't add up to what is held."""


class SplitOutOfRange(InvalidInput):
    """The creator's share must be between nothing and everything that is held."""


class DealsStillOpen(Conflict):
    """Some deals of this campaign are still running."""


class CreatorNotAvailable(Conflict):
    """This creator takes no offers at the moment."""
