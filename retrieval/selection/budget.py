"""The best set of creators within a budget, solved exactly.

Dominance pruning keeps only who can be needed, then scipy's MILP proves the optimum. Greedy by value per
price loses about half (design: matching).
"""

import heapq

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

TIME_LIMIT_SECONDS = 5.0


class NoSetFound(RuntimeError):
    """The solver proved nothing within its time; the caller falls back to the ranked list."""


def prune(value: NDArray[np.float64], price: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """Return who can be needed: k cheaper and better ones make a candidate superfluous."""
    heap: list[float] = []
    keep: list[int] = []
    for i in np.lexsort((-value, price)):
        if len(heap) < k:
            heapq.heappush(heap, float(value[i]))
            keep.append(int(i))
        elif value[i] > heap[0]:
            heapq.heapreplace(heap, float(value[i]))
            keep.append(int(i))
    return np.array(keep, np.int64)


def best_set(value: NDArray[np.float64], price: NDArray[np.int64], budget: int, k: int) -> list[int]:
    """Return the indices of at most k candidates with the greatest total value within `budget`.

    Values are positive. Costs a sort of n and a MILP over a few hundred at most.

    Raises:
        NoSetFound: when the solver gives up.
    """
    affordable = np.flatnonzero(price <= budget)
    if not len(affordable) or k <= 0:
        return []
    pool = affordable[prune(value[affordable], price[affordable], k)]
    constraints = [
        LinearConstraint(price[pool][None].astype(np.float64), -np.inf, budget),
        LinearConstraint(np.ones((1, len(pool))), -np.inf, k),
    ]
    solved = milp(
        -value[pool],
        constraints=constraints,
        integrality=np.ones(len(pool)),
        bounds=Bounds(0, 1),
        options={"time_limit": TIME_LIMIT_SECONDS, "mip_rel_gap": 0},
    )
    if solved.x is None:
        raise NoSetFound(str(solved.message))
    return [int(i) for i in pool[solved.x > 0.5]]  # noqa: PLR2004  (binary variables)
