"""Ways compliance says no."""

from core.kit.errors import InvalidInput, Unavailable


class TaxNumberNotValid(InvalidInput):
    """That is not a valid GSTIN."""


class WebsiteNotAccepted(InvalidInput):
    """That website cannot be used to verify a business."""


class WebsiteNotReachable(Unavailable):
    """The website did not answer."""
