"""What is answered of a bet, as numbers: five plain questions of which each is a column of the design."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Answers = Mapping[str, str | float | None]
"""What is said of a bet: ``yes``, ``partly``, ``no``, a number, or nothing where it is unknown."""

QUESTIONS = ("in_business", "made_before", "offtake", "finance", "sales_to_plan")
"""What has a coefficient, in the order of the columns."""
REPLACED = ("milestones",)
"""What is asked and has none: nearly every row of a programme has the same answer, so nothing can be learnt of it."""
STAND_INS = {"in_business": "parent", "made_before": "volume"}
"""The first wording of two questions, which stands in where the second is not answered; its ``partly`` is unknown."""
CODES = {"yes": 0.5, "partly": 0.0, "no": -0.5}
RATIO = (-2.0, 1.0)
"""Ends of the decimal logarithm of sales to a year's plan; beyond them it counts as the end."""
PLAN_YEARS = 3.0
"""Over so many years a planned investment is spread: one rule for all, because few plans say their years."""
COMMITTED, SHORT = 36.0, 12.0
"""Months of cash from which a plan of three years counts as financed, and below which it counts as not."""


def coded(answers: Answers) -> Floats:
    """A row of the design: +½ for yes, −½ for no, 0 for partly and for what is unknown; the ratio from −½ to +½.

    >>> coded({"in_business": "yes", "offtake": "no", "sales_to_plan": 10.0}).tolist()
    [0.5, 0.0, -0.5, 0.0, 0.5]
    """
    row = [CODES.get(str(answers.get(name) or ""), 0.0) for name in QUESTIONS[:-1]]
    ratio = answers.get(QUESTIONS[-1])
    if ratio is None:
        return np.array([*row, 0.0])
    low, high = RATIO
    value = low if float(ratio) <= 0.0 else min(max(math.log10(float(ratio)), low), high)
    return np.array([*row, (value - (low + high) / 2) / (high - low)])


def sales_to_plan(sales: float | None, investment: float | None) -> float | None:
    """Sales of the year before by a year of the plan, both in one currency; None where one of them is unknown.

    >>> sales_to_plan(600.0, 900.0)
    2.0
    """
    return None if sales is None or not investment else PLAN_YEARS * sales / investment


def finance_of(months: str | float | None) -> str | None:
    """Whether the first phase is financed, of months of cash or of a word that says it.

    >>> finance_of(40.0), finance_of(18.0), finance_of(3.0), finance_of("partly"), finance_of(None)
    ('yes', 'partly', 'no', 'partly', None)
    """
    if months is None or isinstance(months, str):
        return months
    return "yes" if months >= COMMITTED else "partly" if months >= SHORT else "no"


def stood_in(answers: Answers) -> dict[str, str | float | None]:
    """The answers, with the first wording of a question in the place of the second where only that was answered."""
    found = dict(answers)
    for name, other in STAND_INS.items():
        if not found.get(name) and found.get(other) in ("yes", "no"):
            found[name] = found[other]
    return found
