"""Ways the terms of deals say no."""

from core.kit.errors import Conflict, InvalidInput


class TermUnknown(InvalidInput):
    """There is no such term."""


class TermOutOfRange(InvalidInput):
    """That term is outside what the marketplace allows."""


class TermsChanged(Conflict):
    """These terms have been changed since they were read."""
