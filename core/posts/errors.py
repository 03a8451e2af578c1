"""Ways the proof of a post says no."""

from core.kit.errors import Conflict, InvalidInput


class PostTaken(Conflict):
    """That post is the proof of another piece of work."""


class PictureTaken(Conflict):
    """That screenshot is the proof of another piece of work."""


class PostOfAnother(InvalidInput):
    """That link names another account than the creator's there."""


class PostElsewhere(InvalidInput):
    """That post is on another network than the agreed one."""
