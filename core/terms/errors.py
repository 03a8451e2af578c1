"""Ways the terms of deals say no."""

from core.kit.errors import InvalidInput


class TermOutOfRange(InvalidInput):
    """That term is outside what the marketplace allows."""
