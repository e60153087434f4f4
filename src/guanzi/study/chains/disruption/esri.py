"""Systemic risk: what part of all output is lost where one firm fails, for every firm, with an error bound.

The economic systemic risk index of Diem, Borsos, Reisch, Kertész and Thurner (2022). A firm that fails takes inputs
from its buyers and sales from its suppliers; both spread until nothing moves. Full sweeps do that for one firm; here
each firm's shock walks only where it is felt, until less than a residual is left to be passed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from guanzi.study.chains.disruption.kernels import spread, sweep
from guanzi.study.chains.disruption.network import Arrays, Floats, Ints, Network

RESIDUAL = 1e-3
"""Part of a firm's output below which a loss is not passed on."""
_EXACT = 1e-12
_MOST_ROUNDS = 10_000


@dataclass(frozen=True, eq=False)
class SystemicRisk:
    """The index of some firms.

    Attributes:
        firms: Their numbers.
        index: Part of all output that is lost where the firm fails alone. Never more than the exact one.
        bound: By which the exact one can be larger at most.
        touched: Number of firms that lose something.
        residual: That was not passed on.
    """

    firms: Ints
    index: Floats
    bound: Floats
    touched: Ints
    residual: float


@dataclass(frozen=True, eq=False)
class Failure:
    """Losses of every firm where some fail together, exactly.

    Attributes:
        down: Part of output lost for want of inputs.
        up: Part of output lost for want of buyers.
        index: Part of all output that is lost.
        sweeps: That it took.
    """

    down: Floats
    up: Floats
    index: float
    sweeps: int

    @property
    def loss(self) -> Floats:
        """Part of output that each firm loses: what bites harder."""
        return np.maximum(self.down, self.up)


def systemic_risk(
    network: Network, firms: Sequence[int] | Ints | None = None, residual: float = RESIDUAL, threads: int = 1
) -> SystemicRisk:
    """The index of every firm, or of some.

    The bound has two parts. Upstream losses are linear: what a firm did not pass on would have added its amount times
    what a unit of lost sales there is worth in the end. Downstream losses are the largest of linear ones: what was not
    passed on anywhere adds no more than the least fixed point of the same map under the residual at every firm.

    Args:
        network: Firms and links.
        firms: Numbers of those that are asked for; None: all.
        residual: Below which a loss is not passed on; the smaller, the more exact and the slower.
        threads: To share the firms; the result is the same for any number.
    """
    asked = np.arange(network.size) if firms is None else np.asarray(firms, dtype=np.int64)
    a, whole = network.arrays, float(network.output.sum())
    weight = worth_of_sales(a, network.output)
    loss, left, touched = np.zeros(len(asked)), np.zeros(len(asked)), np.zeros(len(asked), np.int64)

    def work(part: slice) -> None:
        results = np.zeros(len(asked[part])), np.zeros(len(asked[part])), np.zeros(len(asked[part]), np.int64)
        spread(
            np.ascontiguousarray(asked[part]), a.out, a.out_buyer, a.out_group, a.out_down, a.group_essential,
            a.into, a.into_supplier, a.into_up, network.output, weight, residual, *results,
        )  # fmt: skip
        loss[part], left[part], touched[part] = results

    parts = [slice(i, None, max(threads, 1)) for i in range(max(threads, 1))]
    with ThreadPoolExecutor(len(parts)) as pool:
        list(pool.map(work, parts))
    below = residual_downstream(network, residual)
    return SystemicRisk(asked, loss / whole, (left + below) / whole, touched, residual)


def failure(network: Network, firms: Sequence[int] | Ints, part: float | Floats = 1.0) -> Failure:
    """Losses where these firms lose a part of their output together, by full sweeps.

    Args:
        network: Firms and links.
        firms: Those that are hit.
        part: Of its output that each loses, one for all or one each; the whole: it fails.

    Raises:
        ValueError: A part is outside 0 to 1.
    """
    if np.min(part, initial=0.0) < 0.0 or np.max(part, initial=0.0) > 1.0:
        raise ValueError(part)
    a, at_once = network.arrays, np.zeros(network.size)
    at_once[np.asarray(firms, dtype=np.int64)] = part
    down, up = np.zeros(network.size), np.zeros(network.size)
    rounds = sweep(
        at_once, a.out, a.out_buyer, a.out_group, a.out_down, a.group_essential,
        a.group_buyer, a.into, a.into_supplier, a.into_up, network.output, _EXACT, down, up,
    )  # fmt: skip
    lost = float((network.output * np.maximum(down, up)).sum())
    return Failure(down, up, lost / float(network.output.sum()), int(rounds))


def worth_of_sales(a: Arrays, output: Floats) -> Floats:
    """What a unit of loss at a firm takes from the output of its suppliers, theirs, and so on: v = Uᵀ (x + v).

    Finite where some output goes to final demand on every way; elsewhere all output bounds it.
    """
    n = len(output)
    buyer = np.repeat(np.arange(n), np.diff(a.into))
    worth, whole = np.zeros(n), float(output.sum())
    for _ in range(_MOST_ROUNDS):
        before = worth
        worth = np.minimum(np.bincount(buyer, a.into_up * (output + worth)[a.into_supplier], n), whole)
        if np.abs(worth - before).max(initial=0.0) <= 1e-12 * whole:
            break
    return worth


def residual_downstream(network: Network, residual: float) -> float:
    """Output that can be lost beyond what was said, where every firm holds back the residual of its loss downstream."""
    a, n = network.arrays, network.size
    supplier = np.repeat(np.arange(n), np.diff(a.out))
    held = np.zeros(n)
    for _ in range(_MOST_ROUNDS):
        share = np.bincount(a.out_group, a.out_down * (held + residual)[supplier], len(a.group_essential))
        linear = np.bincount(a.group_buyer, np.where(a.group_essential, 0.0, share), n)
        most = np.zeros(n)
        np.maximum.at(most, a.group_buyer, np.where(a.group_essential, share, 0.0))
        step = np.minimum(np.maximum(most, linear), 1.0)
        if np.abs(step - held).max(initial=0.0) <= 1e-9 * residual:
            break
        held = step
    return float((network.output * held).sum())
