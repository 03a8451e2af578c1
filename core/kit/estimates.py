"""A number that nobody knows exactly: what we would say, between what it lies, and what it rests on."""

from dataclasses import dataclass
from typing import Any

from core.kit.remarks import Remark


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval. What is known exactly has none: `low`, `value` and `high` are the same."""

    value: int
    low: int
    high: int
    basis: Remark

    def __post_init__(self) -> None:
        """Insist that the value lies in its interval. Raises ValueError."""
        if not self.low <= self.value <= self.high:
            raise ValueError(self)

    @property
    def exact(self) -> bool:
        """Tell whether there is nothing to estimate."""
        return self.low == self.high

    @property
    def give_or_take(self) -> int:
        """Return how far from the value the truth may well be."""
        return max(self.value - self.low, self.high - self.value)

    @classmethod
    def known(cls, value: int, basis: Remark) -> "Estimate":
        """Return a number that is known."""
        return cls(value, value, value, basis)

    @classmethod
    def from_json(cls, value: int, body: dict[str, Any]) -> "Estimate":
        """Read plain data back, beside the value."""
        return cls(value, body["low"], body["high"], Remark.from_json(body["basis"]))

    def to_json(self) -> dict[str, Any]:
        """Return plain data, but for the value."""
        return {"low": self.low, "high": self.high, "basis": self.basis.to_json()}
