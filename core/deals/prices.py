"""What each piece of a deal is worth: the whole price by the creator's own rates. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from core.kit.money import Money, split
from core.kit.vocabulary import DeliverableKind


def work_of(kinds: Iterable[DeliverableKind]) -> str:
    """Return what work a deal is, in one word for all deals of the same work: "reel:1,story:2"."""
    counts = Counter(kinds)
    return ",".join(f"{kind}:{counts[kind]}" for kind in sorted(counts))


def parts(
    price_minor: int, kinds: Sequence[DeliverableKind], rates: Mapping[DeliverableKind, Money]
) -> list[int]:
    """Split a price over pieces in proportion to the creator's rates, equally where one is unknown.

    No piece of what is paid for is free: each gets one minor unit before the rest is split by largest
    remainder. Where no cash is paid at all, none gets any. Raises ValueError for a price between the two.
    """
    if price_minor == 0:
        return [0] * len(kinds)
    if price_minor < len(kinds):
        raise ValueError(price_minor)
    weights = [rates[kind].minor if kind in rates else 0 for kind in kinds]
    shares = split(price_minor, weights if all(weights) else [1] * len(kinds))
    if all(shares):
        return shares
    rest = split(price_minor - len(kinds), weights if all(weights) else [1] * len(kinds))
    return [1 + share for share in rest]
