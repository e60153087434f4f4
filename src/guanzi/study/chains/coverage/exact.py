"""The same questions to HiGHS: one thread, a fixed seed, a gap and a limit of nodes, so that answers repeat."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from guanzi.study.chains.coverage.reach import Floats, Ints, SiteReach

OPTIONS: Any = {"threads": 1, "random_seed": 1, "mip_rel_gap": 1e-4, "node_limit": 2_000}
"""No limit of time: it would give other answers on other machines."""


def exact_most(
    reach: SiteReach, weight: Floats, cost: Floats, budget: float, most: int, free: Ints
) -> tuple[Ints, float, bool] | None:
    """Maximal covering as a mixed-integer program: sites, upper bound, whether it is the best within the gap."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array, hstack, identity

    n, m = reach.sites, reach.points
    a: Any = csr_array((np.ones(len(reach.site)), reach.site, reach.of_point), shape=(m, n))
    both: Any = hstack([-a, identity(m)])
    rows = [LinearConstraint(both.tocsr(), -np.inf, np.zeros(m))]
    rows.append(LinearConstraint(np.concatenate([np.ones(n), np.zeros(m)])[None, :], -np.inf, float(most)))
    rows.append(LinearConstraint(np.concatenate([cost, np.zeros(m)])[None, :], -np.inf, budget))
    bounds = Bounds(np.zeros(n + m), np.concatenate([free.astype(float), np.ones(m)]))
    whole = np.concatenate([np.ones(n), np.zeros(m)])
    done = _solve(np.concatenate([np.zeros(n), -weight]), rows, bounds, whole)
    if done is None:
        return None
    chosen = (done.x[:n] > 0.5).astype(np.int64)
    return chosen, -float(done.mip_dual_bound), done.status == 0


def exact_cover(reach: SiteReach, cost: Floats) -> tuple[Ints, float, bool] | None:
    """Set covering as an integer program: sites, lower bound, whether it is the best within the gap."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array

    a: Any = csr_array((np.ones(len(reach.site)), reach.site, reach.of_point), shape=(reach.points, reach.sites))
    rows = [LinearConstraint(a, 1.0, np.inf)]
    done = _solve(cost, rows, Bounds(0.0, 1.0), np.ones(reach.sites))
    if done is None:
        return None
    return (done.x > 0.5).astype(np.int64), float(done.mip_dual_bound), done.status == 0


def _solve(objective: Floats, rows: list[Any], bounds: Any, whole: Floats) -> Any | None:
    """Ask HiGHS; None where it found nothing within its limit."""
    from scipy.optimize import milp

    with warnings.catch_warnings():
        # SciPy warns that it hands options to HiGHS that it does not know itself: the thread and the seed.
        warnings.simplefilter("ignore")
        kinds: Any = whole
        done = milp(objective, integrality=kinds, bounds=bounds, constraints=rows, options=OPTIONS)
    return done if done.x is not None else None


def exact_served(
    reach: SiteReach, weight: Floats, capacity: Floats, cost: Floats, budget: float, most: int, fixed: Ints
) -> tuple[Ints, float, bool] | None:
    """Covering with capacities as a mixed-integer program: sites, upper bound, whether none is better."""
    n, pairs = reach.sites, len(reach.point)
    objective, rows, bounds = _served(reach, weight, capacity, cost, budget, most, fixed)
    done = _solve(objective, rows, bounds, np.concatenate([np.ones(n), np.zeros(pairs)]))
    if done is None:
        return None
    return (done.x[:n] > 0.5).astype(np.int64), -float(done.mip_dual_bound), done.status == 0


def linear_served(
    reach: SiteReach,
    weight: Floats,
    capacity: Floats,
    chosen: Ints,
) -> float:
    """What chosen sites serve at most."""
    n = reach.sites
    objective, rows, bounds = _served(reach, weight, capacity, np.zeros(n), np.inf, n, chosen)
    bounds.ub[:n] = chosen
    return _most_served(reach, objective, rows, bounds)


def linear_bound(
    reach: SiteReach, weight: Floats, capacity: Floats, cost: Floats, budget: float, most: int, fixed: Ints
) -> float:
    """What no choice within the means can serve more of: the linear program over all choices."""
    return _most_served(reach, *_served(reach, weight, capacity, cost, budget, most, fixed))


def _most_served(reach: SiteReach, objective: Floats, rows: list[Any], bounds: Any) -> float:
    done = _solve(objective, rows, bounds, np.zeros(reach.sites + len(reach.point)))
    return float("inf") if done is None else -float(done.fun)


def _served(
    reach: SiteReach, weight: Floats, capacity: Floats, cost: Floats, budget: float, most: int, fixed: Ints
) -> tuple[Floats, list[Any], Any]:
    """Sites x, and what each serves of each point z: Σᵢ zᵢⱼ ≤ wⱼ and Σⱼ zᵢⱼ ≤ capacityᵢ xᵢ."""
    from scipy.optimize import Bounds, LinearConstraint
    from scipy.sparse import csr_array, hstack

    n, m, pairs = reach.sites, reach.points, len(reach.point)
    site = np.repeat(np.arange(n), np.diff(reach.of_site))
    each = np.arange(pairs)
    of_point = csr_array((np.ones(pairs), (reach.point, each)), shape=(m, pairs))
    of_site = csr_array((np.ones(pairs), (site, each)), shape=(n, pairs))
    nothing = csr_array((m, n))
    rows = [
        LinearConstraint(hstack([nothing, of_point]).tocsr(), -np.inf, weight),
        LinearConstraint(hstack([csr_array(np.diag(-capacity)), of_site]).tocsr(), -np.inf, np.zeros(n)),
        LinearConstraint(np.concatenate([1.0 - fixed, np.zeros(pairs)])[None, :], -np.inf, float(most)),
    ]
    if np.isfinite(budget):
        rows.append(LinearConstraint(np.concatenate([cost * (1 - fixed), np.zeros(pairs)])[None, :], -np.inf, budget))
    low = np.concatenate([fixed.astype(float), np.zeros(pairs)])
    bounds = Bounds(low, np.concatenate([np.ones(n), weight[reach.point]]))
    return np.concatenate([np.zeros(n), -np.ones(pairs)]), rows, bounds
