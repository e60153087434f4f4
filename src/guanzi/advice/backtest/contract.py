"""What the contract would have changed: the same company under the deal as signed, and under its tiered form.

Choice and contract are two skills. The choice is scored by what became of the companies. The contract is judged here,
on simulated paths, before any outcome is opened: if this company fails, how much does the public side lose under either
deal? Both run on the same draws, so a difference is one of terms and not of luck. The loss is everything that public
parties paid, lent and gave, less what came back, undiscounted.

The tiered form is made by a fixed transformation (:mod:`guanzi.advice.structuring.binding`). It also has a price,
which stands
beside it: money that comes later or not at all lets more companies fail, and reaches fewer that live.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.resources import files
from math import sqrt
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.appraisal import generic_model, policy_of, prepare, public_money
from guanzi.advice.backtest.replay import unnamed
from guanzi.advice.structuring import bind_to_tiers, make_simulable
from guanzi.base.core import InvalidInput
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import PLANNED, TermSheet, parse_sheet, public_flows
from guanzi.engine.company import CompanyModel, Policy
from guanzi.engine.simulation import Sampler
from guanzi.record.evidence import Case
from guanzi.record.playbooks import Playbook

OUTPUTS = ("public.npv", "with.failed_step", "fund.paid", "budget.spent")
NORMAL = 1.959963984540054
LEAST = 50
"""So many paths must fail under both deals before anything is said of them."""

type Floats = NDArray[np.float64]
type Silent = Literal["no_sheet", "not_simulated", "already_tied", "guarantee", "few_failures"]


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over paths with the 95 % interval of its Monte Carlo error."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, x: Floats) -> Mean:
        """Of one number per path, at least one."""
        half = NORMAL * float(x.std()) / sqrt(len(x))
        return cls(float(x.mean()), float(x.mean()) - half, float(x.mean()) + half)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two deals.

    Attributes:
        fails: Share of all paths on which the company fails.
        loss: Mean loss over the paths on which it fails under both deals, in millions of the currency.
        p5, p95: The band that holds nine of ten of these losses.
        reached: Mean sum that reached the company on the paths on which it lives under the deal as signed; None where
            several public parties give grants.
    """

    fails: Mean
    loss: Mean
    p5: float
    p95: float
    reached: Mean | None


@dataclass(frozen=True, slots=True)
class TieringEffect:
    """What the tiered form changes.

    Attributes:
        total: What the public side can come to pay, in millions; brackets at their middle.
        changed: Payments that were bound.
        kept: Payments that stay as they are.
        signed, bound: The deal as signed, and its tiered form.
        both: Paths on which the company fails under both.
        paths: Number of paths.
        saved: Mean of the paired difference of losses, signed less bound, over those paths.
        ratio: Loss under the tiered form by loss as signed, over those paths.
        more_failures: Paired difference of the shares of failures, bound less signed, over all paths.
    """

    total: float
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    signed: Side
    bound: Side
    both: int
    paths: int
    saved: Mean
    ratio: Mean | None
    more_failures: Mean


@dataclass(frozen=True, slots=True)
class Contract:
    """The effect for one bet, or why there is none.

    Attributes:
        bet: Id of the case, or of the illustrative bet.
        illustrative: The company is not that of a case: every parameter is a judgement, its size is that of the deal.
        currency: Of all amounts.
        effect: None when it is not known.
        because: Why not.
    """

    bet: str
    illustrative: bool
    currency: str
    effect: TieringEffect | None
    because: Silent | None = None


def contract_of_case(case: Case, playbook: Playbook, paths: int, seed: int, threads: int | None) -> Contract:
    """The effect for a case, as of its decision; its outcome is not opened."""
    bet, prepared = case.id, prepare(unnamed(case), None, playbook)
    if prepared.sheet is None:
        return Contract(bet, False, case.currency, None, "no_sheet")
    if prepared.model is None or prepared.policy is None:
        return Contract(bet, False, prepared.sheet.currency, None, "not_simulated")
    found = _effect(prepared.sheet, prepared.model, prepared.policy, paths, seed, threads)
    return _contract(bet, prepared.sheet, found, illustrative=False)


def illustrative_contracts(playbook: Playbook, paths: int, seed: int, threads: int | None) -> tuple[Contract, ...]:
    """The effect for deals whose company is not in the library."""
    found = []
    for bet, sheet in _bets().items():
        policy = policy_of(playbook, sheet.public[0])
        effect = _effect(sheet, generic_model(sheet), policy, paths, seed, threads)
        found.append(_contract(bet, sheet, effect, illustrative=True))
    return tuple(found)


def _contract(bet: str, sheet: TermSheet, found: TieringEffect | Silent, *, illustrative: bool) -> Contract:
    if isinstance(found, TieringEffect):
        return Contract(bet, illustrative, sheet.currency, found)
    return Contract(bet, illustrative, sheet.currency, None, found)


@cache
def _bets() -> Mapping[str, TermSheet]:
    folder = Path(str(files("guanzi"))) / "library" / "illustrative"
    return {path.stem: parse_sheet(read_yaml(path, path.name)) for path in sorted(folder.glob("*.yaml"))}


def _effect(
    sheet: TermSheet, model: CompanyModel, policy: Policy, paths: int, seed: int, threads: int | None
) -> TieringEffect | Silent:
    deal = bind_to_tiers(make_simulable(sheet, model)[0], model)
    if not deal.changed:
        return "already_tied" if public_flows(sheet, *PLANNED) else "guarantee"
    givers = {flow.payer for flow in public_flows(sheet, "given", "forgone")}
    undiscounted = replace(policy, hurdle=0.0, payers=(min(givers),) if givers else policy.payers)
    sampler = Sampler(OUTPUTS, paths=paths, seed=seed, threads=threads)
    try:
        one = sampler.draw(deal.signed, model, undiscounted)
        two = sampler.draw(deal.bound, model, undiscounted)
    except InvalidInput:
        return "not_simulated"
    scale = sheet.unit / 1e6
    fails = [draws["with.failed_step"] >= 0.0 for draws in (one, two)]
    both = fails[0] & fails[1]
    if int(both.sum()) < LEAST:
        return "few_failures"
    losses = [-draws["public.npv"][both] * scale for draws in (one, two)]
    sides = [
        Side(
            fails=Mean.of(failed.astype(np.float64)),
            loss=Mean.of(lost),
            p5=float(np.quantile(lost, 0.05)),
            p95=float(np.quantile(lost, 0.95)),
            reached=_reached(draws, ~fails[0], scale) if len(givers) < 2 else None,
        )
        for draws, failed, lost in zip((one, two), fails, losses, strict=True)
    ]
    return TieringEffect(
        total=public_money(deal.signed) * scale,
        changed=deal.changed,
        kept=deal.kept,
        signed=sides[0],
        bound=sides[1],
        both=int(both.sum()),
        paths=paths,
        saved=Mean.of(losses[0] - losses[1]),
        ratio=ratio_of_means(losses[1], losses[0]),
        more_failures=Mean.of(fails[1].astype(np.float64) - fails[0].astype(np.float64)),
    )


def _reached(draws: Mapping[str, Floats], lives: NDArray[np.bool_], scale: float) -> Mean | None:
    return Mean.of((draws["fund.paid"] + draws["budget.spent"])[lives] * scale) if lives.any() else None


def ratio_of_means(x: Floats, y: Floats) -> Mean | None:
    """Ratio of two means over the same paths, with its interval by the delta method; None for one by nought.

    >>> ratio_of_means(np.array([1.0, 2.0]), np.array([2.0, 4.0]))
    Mean(value=0.5, low=0.5, high=0.5)
    """
    whole = float(y.mean())
    if whole == 0.0:
        return None
    ratio = float(x.mean()) / whole
    half = NORMAL * float((x - ratio * y).std()) / (sqrt(len(x)) * abs(whole))
    return Mean(ratio, ratio - half, ratio + half)


def contract_data(contract: Contract) -> dict[str, Any]:
    """The effect as plain data."""
    return {
        "bet": contract.bet,
        "illustrative": contract.illustrative,
        "currency": contract.currency,
        "because": contract.because,
        "effect": None if contract.effect is None else asdict(contract.effect),
    }
