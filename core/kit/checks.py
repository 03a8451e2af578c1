"""What a doctor writes down: one thing looked at, how it is, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `mend` is the next step, also where all is well."""

    what: str
    good: bool
    found: str
    mend: str = ""
