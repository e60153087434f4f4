"""How likely the company fails without the deal: a model, a rating or score class, and comparable bets, and their pool.

Each member is a cumulative curve. They are pooled in log-odds (:mod:`guanzi.study.forecasting.hazard`), and each is
shown beside the pool.

The class is found by a rule. A rating that is held counts first. Else the balance sheet tells a score (Altman's Z″ for
emerging markets), and the score a rating. Else no class is said, but what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from guanzi.advice.calibration import default_rates, default_study, is_listed
from guanzi.base.core import Message
from guanzi.record.evidence import PRIOR, View, builtin_precedents, priors_on
from guanzi.study.diligence import distress_scores
from guanzi.study.forecasting import FailureCurve, FailurePool, Floats, pooled_failure
from guanzi.study.precedents import Profile, outside_view

HORIZONS = (1.0, 3.0, 5.0, 10.0)
"""Years of the curves."""
WEIGHTS: Mapping[str, float] = {"structural": 1.0, "rating": 1.0, "reference": 1.0}
"""Of the members, before they are scaled to sum to one over those that there are."""
FEW = 20.0
"""Comparable bets count as much as another member when there are many: by n / (n + this)."""
SCORES = "em-score-ratings"
BET_YEARS = 5
"""Years within which comparable bets were judged. Only bets of so long before the day count: of younger ones, those
that failed are settled, and those that may succeed are not."""
MOODYS = re.compile(r"\b(Aaa|Aa[123]?|A[123]|Baa[123]?|Ba[123]?|B[123]|Caa[123]?|Ca)(?![A-Za-z])")
SP = re.compile(r"\b(AAA|AA|A|BBB|BB|B|CCC|CC|C|D)(?=\b|[+-])\s*(\+|-|plus|minus)?")
LETTERS: Mapping[str, str] = {
    "Baa": "BBB", "Ba": "BB", "B": "B", "Caa": "CCC", "Ca": "CCC", "C": "CCC", "CC": "CCC", "D": "CCC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FailureMember:
    """One view of how likely the company fails.

    Attributes:
        curve: Cumulative probability.
        parents: Ids of what it rests on.
        source: What it is, in words.
        sample: Failures and cases, where they were counted.
    """

    curve: FailureCurve
    parents: tuple[str, ...]
    source: Message
    sample: tuple[int, int] | None = None


def distress_step(flags: Floats) -> Floats:
    """The step in which each path is in distress for the first time; infinite where it never is.

    Args:
        flags: 1 where a path is in distress: (steps, paths).
    """
    hit = flags > 0.5
    return np.where(hit.any(axis=0), hit.argmax(axis=0).astype(np.float64), np.inf)


def structural_member(steps: Floats, per_year: int, last: int) -> FailureMember:
    """The share of paths in distress within the horizons that the simulation reaches.

    Args:
        steps: Step of the first distress of each path (see :func:`distress_step`).
        per_year: Steps of a year.
        last: Number of steps.
    """
    years = tuple(y for y in HORIZONS if y * per_year <= last)
    values = tuple(float(np.mean(steps < y * per_year)) for y in years)
    return FailureMember(
        FailureCurve(years, values), ("simulation",), Message.of("appraisal.failure.structural", n=len(steps))
    )


def rating_member(view: View) -> FailureMember | None:
    """The cumulative default rates of the company's class in the latest study that was out; None where none fits."""
    found = _class_of(view)
    study = default_study(view.as_of)
    if found is None or study is None:
        return None
    letter, facts, how = found
    rates = default_rates(study, letter)
    if rates is None:
        return None
    curve = FailureCurve(tuple(float(y) for y in study.columns["years"]), rates)
    words = Message.of(f"appraisal.failure.rating.{how}", letter=letter, study=study.source.title)
    return FailureMember(curve, (*facts, f"{PRIOR}{study.id}"), words)


def unclassed(view: View) -> Message | None:
    """What a class lacks where neither a rating nor a score tells it; None where one does."""
    if _class_of(view) is not None:
        return None
    if not view.named("total_assets"):
        return Message.of("appraisal.differ.no_class")
    missing = tuple(Message.of(f"evidence.name.{name}") for name in distress_scores(view)[1].missing)
    return Message.of("appraisal.differ.no_class.unscored", missing=missing) if missing else None


def reference_member(view: View) -> FailureMember | None:
    """How many bets on the same kind of company came to nothing; None where none is old enough."""
    profile = Profile(view.id, view.company.id, view.region.id, view.region.country, view.industry, view.model)
    grown = [p for p in builtin_precedents() if p.decided <= _years_before(view.as_of, BET_YEARS)]
    found = outside_view(profile, grown, as_of=view.as_of).nested[1]
    if not found.n:
        return None
    lost = found.n - found.successes
    curve = FailureCurve((float(BET_YEARS),), (1.0 - found.rate,))
    told = "appraisal.failure.reference.apart" if is_listed(view) else "appraisal.failure.reference"
    words = Message.of(told, n=found.n, lost=lost)
    return FailureMember(curve, tuple(f"precedent.{case}" for case in found.cases), words, (round(lost), found.n))


def weights_of(view: View, weights: Mapping[str, float] = WEIGHTS) -> Mapping[str, float]:
    """Weights of the members: a lost bet is not a failed company, and does not count where the shares have a price.

    Args:
        view: What was known.
        weights: Of the members, before.
    """
    return {**weights, "reference": 0.0} if is_listed(view) else weights


def pool_of(members: Mapping[str, FailureMember], weights: Mapping[str, float] = WEIGHTS) -> FailurePool:
    """The pooled curve; weights are scaled to sum to one, and comparable bets count by their number."""
    curves = {name: member.curve for name, member in members.items()}
    scaled = {
        name: weights.get(name, 0.0) * (1.0 if m.sample is None else m.sample[1] / (m.sample[1] + FEW))
        for name, m in members.items()
    }
    return pooled_failure(curves, scaled, years=HORIZONS)


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February where there is none."""
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _class_of(view: View) -> tuple[str, tuple[str, ...], str] | None:
    """Letter of the class, facts behind it, and how it was found."""
    rated = view.resolve("credit_rating")
    letter = rating_letter(rated.text) if rated is not None else None
    if rated is not None and letter is not None:
        return letter, (rated.fact.id,), "held"
    score = distress_scores(view)[1]
    table = priors_on(view.as_of).get(SCORES)
    if score.value is not None and table is not None:
        return score_letter(score.value, table.value), (*score.facts, f"{PRIOR}{SCORES}"), "score"
    return None


def rating_letter(text: str) -> str | None:
    """The class of a rating as agencies write it; None where the text has none.

    >>> rating_letter("B plus, called fair"), rating_letter("Caa1"), rating_letter("BBB-"), rating_letter("none")
    ('B', 'CCC', 'BBB', None)
    """
    found = MOODYS.search(text)
    if found is not None:
        stem = found[1].rstrip("123")
        return LETTERS.get(stem, stem.upper())
    seen = SP.search(text)
    return None if seen is None else LETTERS.get(seen[1], seen[1])


def score_letter(score: float, lowest: Mapping[str, float]) -> str:
    """The class of a score: the best rating whose least score it reaches; below all of them the worst.

    >>> score_letter(4.2, {"BB": 4.95, "B": 4.15, "CCC": 2.5}), score_letter(-8.0, {"B": 4.15, "CCC": 2.5})
    ('B', 'CCC')
    """
    reached = [name for name, least in sorted(lowest.items(), key=lambda x: -x[1]) if score >= least]
    stem = (reached[0] if reached else "CCC").rstrip("+-")
    return LETTERS.get(stem, stem)
