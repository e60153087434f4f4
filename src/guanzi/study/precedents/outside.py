"""The outside view: how often bets of this kind came out well, with what is known of how often.

Reference classes are nested: all bets, those on the same kind of company (its model stands for its stage: before
revenue, growing, price cycle), those in the same industry. Each class is shrunk towards the wider one that holds it:

    rate = (successes + k * rate of the wider class) / (n + k)

with k = 4, as if four bets of the wider class had been seen; the widest is shrunk towards one half likewise. It is the
posterior mean of a Beta-binomial model; the interval is that of its Beta posterior. A partial success counts half.

What the case itself, its company or its city did later never counts: a bet is held out together with every bet on
the same company and every bet of the same city.

References:
    Kahneman, Lovallo: Timid choices and bold forecasts. Management Science 39 (1993).
    Flyvbjerg: From Nobel Prize to project management: getting risks right. Project Management Journal 37 (2006).
    Gelman et al.: Bayesian Data Analysis (3rd ed. 2013), chapter 5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.record.evidence import Precedent

SHRINKAGE = 4.0
"""So many bets of the wider class weigh as much as the class's own; a judgement, made before any outcome was scored."""
EVEN = 0.5

type HoldOut = Literal["company", "city"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a bet before its outcome: by which others it is compared."""

    case: str
    company: str
    region: str
    country: str
    industry: str
    model: str
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassRate:
    """How often bets of one reference class came out well.

    Attributes:
        kind: ``all``, ``model``, ``industry``, ``country`` or ``instrument``.
        name: Which one; empty for all.
        successes: Sum of successes, a partial one counting half.
        n: Number of bets.
        rate: Shrunk rate of success.
        low, high: 90 % interval of that rate.
        cases: Ids of the bets.
    """

    kind: str
    name: str
    successes: float
    n: int
    rate: float
    low: float
    high: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutsideView:
    """The outside view on one bet.

    Attributes:
        nested: From the widest class to the narrowest; the last one is the view.
        beside: Classes that cut across, shown and not used.
    """

    nested: tuple[ClassRate, ...]
    beside: tuple[ClassRate, ...]

    @property
    def rate(self) -> float:
        """Probability of success by the narrowest class."""
        return self.nested[-1].rate


def outside_view(
    profile: Profile, precedents: Sequence[Precedent], *, as_of: date | None = None, hold_out: HoldOut = "city"
) -> OutsideView:
    """How often comparable bets came out well.

    Args:
        profile: The bet.
        precedents: Decided cases.
        as_of: Only bets whose outcome was known by this day count; None: all do.
        hold_out: Leave out bets on the same ``company`` only, or also those of the same ``city``. The case itself never
            counts.
    """
    kept = [p for p in precedents if _counts(p, profile, as_of, hold_out)]
    nested: list[ClassRate] = []
    centre = EVEN
    for kind, name, belongs in _nested(profile):
        nested.append(class_rate(kind, name, [p for p in kept if belongs(p)], centre))
        centre = nested[-1].rate
    whole = nested[0].rate
    beside = [
        class_rate(kind, name, [p for p in kept if belongs(p)], whole) for kind, name, belongs in _beside(profile)
    ]
    return OutsideView(tuple(nested), tuple(beside))


def class_rate(kind: str, name: str, members: Sequence[Precedent], centre: float) -> ClassRate:
    """The rate of a class, shrunk towards ``centre``.

    >>> round(class_rate("all", "", [], 0.5).rate, 2)
    0.5
    """
    from scipy.special import betaincinv  # the distribution itself would take half a second to load

    successes, n = sum(p.success for p in members), len(members)
    a, b = successes + SHRINKAGE * centre, n - successes + SHRINKAGE * (1.0 - centre)
    low, high = float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95))
    return ClassRate(kind, name, successes, n, a / (a + b), low, high, tuple(p.case for p in members))


type _Class = tuple[str, str, Callable[[Precedent], bool]]


def _nested(profile: Profile) -> tuple[_Class, ...]:
    return (
        ("all", "", lambda p: True),
        ("model", profile.model, lambda p: p.model == profile.model),
        ("industry", profile.industry, lambda p: p.model == profile.model and p.industry == profile.industry),
    )


def _beside(profile: Profile) -> tuple[_Class, ...]:
    country: _Class = ("country", profile.country, lambda p: p.country == profile.country)
    kinds = tuple(("instrument", kind, _with(kind)) for kind in profile.instruments)
    return (country, *kinds)


def _with(kind: str) -> Callable[[Precedent], bool]:
    return lambda p: kind in p.instruments


def _counts(precedent: Precedent, profile: Profile, as_of: date | None, hold_out: HoldOut) -> bool:
    own = precedent.case == profile.case or precedent.company == profile.company
    city = hold_out == "city" and precedent.region == profile.region
    return not own and not city and (as_of is None or precedent.settled <= as_of)
