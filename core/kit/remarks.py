"""What the core has to say to people: a code and its facts. The words are the bots', in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. A fact is text, a number, or words of our vocabulary as a list."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"code": self.code, "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Remark":
        """Read plain data back."""
        return cls(body["code"], body["facts"])
