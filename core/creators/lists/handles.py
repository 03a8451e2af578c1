"""A cell that says where somebody is on a network: a handle, one with @, the address of a profile."""

import re

from core.kit.vocabulary import Platform
from core.networks import links

LOWER_WORD = re.compile(r"[a-z0-9._]*[a-z][a-z0-9._]*")
"""What a column of handles looks like that is called a column of names."""


def is_handle(cell: str) -> bool:
    """Tell whether a cell is surely somebody: an address at a network, or a name with @."""
    return of_address(cell) is not None or (cell.strip().startswith("@") and bool(of_word(cell)))


def of_address(cell: str) -> tuple[Platform, str] | None:
    """Return the network and the handle of an address; the handle is empty where it names nobody."""
    address = cell.strip()
    whose = links.profile(address if "://" in address else f"https://{address}")
    return (whose.platform, whose.handle) if whose else None


def of_word(cell: str) -> str:
    """Return a typed handle as it is kept, empty for what is none: words, an e-mail, a number of a row."""
    return links.handle_of(cell, "")
