"""Distress scores from financial statements, with the warning of where they mislead.

Altman's Z″ (1995, for non-manufacturers and emerging markets; E. I. Altman, J. Hartzell and M. Peck, *Emerging Markets
Corporate Bonds: A Scoring System*, Salomon Brothers 1995; E. I. Altman and E. Hotchkiss, *Corporate Financial Distress
and Bankruptcy*, 3rd ed., Wiley 2006, ch. 11-12), and the probit of M. E. Zmijewski, *Methodological Issues Related to
the Estimation of Financial Distress Prediction Models*, Journal of Accounting Research 22 (1984), Supplement, 59-82.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import erf, sqrt
from typing import Literal

from guanzi.base.core import Message
from guanzi.record.evidence import Reading, View, at, latest, year_to

EMERGING_MARKET_CONSTANT = 3.25

_COMMON = ("total_assets", "total_liabilities", "current_assets", "current_liabilities", "net_loss")

type Zone = Literal["distress", "grey", "safe"]


@dataclass(frozen=True, slots=True)
class Score:
    """A distress score.

    Attributes:
        id: ``altman_z2``, ``altman_z2_em`` or ``zmijewski``.
        value: The score; for ``zmijewski`` the probability of distress; None when an input is missing.
        zone: Where the authors' cut-offs put it.
        missing: Names of the facts that would be needed.
        facts: Ids of the facts it rests on.
        result: How the operating result was found: ``stated``, ``from_costs`` or ``net_loss`` (then a loss is
            overstated by interest); None when the score does not use it.
    """

    id: str
    value: float | None
    zone: Zone | None
    missing: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """The inputs of the scores, all of one closing day, in one currency and unit."""

    total_assets: float
    total_liabilities: float
    current_assets: float
    current_liabilities: float
    retained_earnings: float
    operating_result: float
    net_result: float


def altman_z2(s: Statements, *, emerging_market: bool = False) -> float:
    """Altman's Z″: below 1.10 distress, above 2.60 safe; with the emerging-market constant, below 4.35 and above 5.85.

    ``Z″ = 6.56 WC/TA + 3.26 RE/TA + 6.72 EBIT/TA + 1.05 BVE/TL`` (+ 3.25).

    >>> round(altman_z2(Statements(100, 50, 60, 40, 20, 10, 5)), 3)
    3.686
    """
    z = (
        6.56 * (s.current_assets - s.current_liabilities) / s.total_assets
        + 3.26 * s.retained_earnings / s.total_assets
        + 6.72 * s.operating_result / s.total_assets
        + 1.05 * (s.total_assets - s.total_liabilities) / s.total_liabilities
    )
    return z + EMERGING_MARKET_CONSTANT if emerging_market else z


def zmijewski(s: Statements) -> float:
    """Zmijewski's probability of distress: a probit, so the score goes through the normal distribution function.

    ``X = -4.336 - 4.513 NI/TA + 5.679 TL/TA + 0.004 CA/CL``; distress above a half.

    >>> round(zmijewski(Statements(100, 50, 60, 40, 20, 10, 5)), 4)
    0.0431
    """
    x = (
        -4.336
        - 4.513 * s.net_result / s.total_assets
        + 5.679 * s.total_liabilities / s.total_assets
        + 0.004 * s.current_assets / s.current_liabilities
    )
    return (1 + erf(x / sqrt(2))) / 2


def distress_scores(view: View) -> tuple[Score, Score, Score]:
    """Altman's Z″, its emerging-market form and Zmijewski's probability at the latest closing day held."""
    assets = _positive(latest(view, "total_assets"))
    if assets is None:
        missing = tuple(n for n in (*_COMMON, "accumulated_deficit") if n == "total_assets" or not view.named(n))
        without = tuple(name for name in missing if name != "accumulated_deficit")
        return (
            Score("altman_z2", None, None, missing),
            Score("altman_z2_em", None, None, missing),
            Score("zmijewski", None, None, without),
        )
    end = assets.period.end
    held: dict[str, Reading | None] = {
        "total_assets": assets,
        "total_liabilities": _positive(at(view, "total_liabilities", end)),
        "current_assets": at(view, "current_assets", end),
        "current_liabilities": _positive(at(view, "current_liabilities", end)),
        "accumulated_deficit": at(view, "accumulated_deficit", end),
    }
    held["net_loss"] = year_to(view, "net_loss", end)
    operating, how = _operating_result(view, held["net_loss"], end)

    missing_z = tuple(n for n in (*_COMMON[:4], "accumulated_deficit") if held[n] is None)
    missing_z += () if operating is not None else ("net_loss",)
    missing_p = tuple(n for n in _COMMON if held[n] is None)

    def number(name: str) -> float:
        reading = held[name]
        return 0.0 if reading is None else reading.value

    statements = Statements(
        total_assets=assets.value,
        total_liabilities=number("total_liabilities"),
        current_assets=number("current_assets"),
        current_liabilities=number("current_liabilities"),
        retained_earnings=-number("accumulated_deficit"),
        operating_result=operating.value if operating is not None else 0.0,
        net_result=-number("net_loss"),
    )
    facts_p = _facts(held[n] for n in _COMMON)
    facts_z = _facts([*(held[n] for n in (*_COMMON[:4], "accumulated_deficit")), operating])
    z = None if missing_z else altman_z2(statements)
    p = None if missing_p else zmijewski(statements)
    return (
        Score("altman_z2", z, _zone(z, 1.10, 2.60), missing_z, facts_z, how),
        Score(
            "altman_z2_em",
            None if z is None else z + EMERGING_MARKET_CONSTANT,
            _zone(z, 1.10, 2.60),
            missing_z,
            facts_z,
            how,
        ),
        Score("zmijewski", p, None if p is None else "distress" if p > 0.5 else "safe", missing_p, facts_p),
    )


def ratio_warning() -> Message:
    """Where static ratios mislead. What later years taught stands in the documentation: a dossier may not know it."""
    return Message.of("diligence.ratios.warning")


def _operating_result(view: View, net_loss: Reading | None, end: date) -> tuple[Reading | None, str | None]:
    """Earnings before interest and tax of the year: stated, or gross profit less costs, or the net result."""
    if net_loss is None:
        return None, None
    stated = year_to(view, "operating_loss", end)
    if stated is not None:
        return Reading(-stated.value, stated.period, stated.facts), "stated"
    parts = [year_to(view, name, end) for name in ("gross_profit", "r_and_d", "sga")]
    known = [part for part in parts if part is not None]
    if len(known) == len(parts):
        value = known[0].value - known[1].value - known[2].value
        return Reading(value, known[0].period, _facts(known)), "from_costs"
    return Reading(-net_loss.value, net_loss.period, net_loss.facts), "net_loss"


def _positive(reading: Reading | None) -> Reading | None:
    """The reading if something can be divided by it."""
    return reading if reading is not None and reading.value > 0 else None


def _facts(readings: Iterable[Reading | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for reading in readings if reading is not None for fact in reading.facts))


def _zone(value: float | None, low: float, high: float) -> Zone | None:
    if value is None:
        return None
    return "distress" if value < low else "safe" if value > high else "grey"
