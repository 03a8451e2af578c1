"""Ways the proof of a post says no."""

from core.kit.errors import Conflict


class PostTaken(Conflict):
    """That post is the proof of another piece of work."""
