"""Ways creators' profiles say no."""

from core.kit.errors import Conflict, InvalidInput, NotFound


class CreatorNotFound(NotFound):
    """We do not know that creator."""


class CreatorFrozen(Conflict):
    """An operator has stopped that creator for a while."""


class RowRefused(InvalidInput):
    """That row cannot be imported."""


class ListUnreadable(InvalidInput):
    """That file cannot be read as a list of creators."""


class FollowersOutOfRange(InvalidInput):
    """A follower count is a whole number from 0 to 1,000,000,000."""


class PictureNotAPhoto(InvalidInput):
    """A picture of somebody is a photo, not a video or a document."""


class RateOutOfRange(InvalidInput):
    """A rate is a positive amount of at most 10 million."""


class SharesOutOfRange(InvalidInput):
    """The shares of one kind are more than all of an audience, or one is named twice."""
