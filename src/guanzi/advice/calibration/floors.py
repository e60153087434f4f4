"""How often a company fails for causes other than a lack of money: a floor by class, from studies of default by rating.

Fraud, a recall or a new rule end companies that have money, too; the model knows only failure for lack of it. Defaults
of issuers who can pay show how often that is. Two classes lie far from the judgement of 0.4 to 2 % a year, which holds
for all others:

- **listed with cash**: its shares have a price, and it holds at least as much cash as it owes. From ``BBB`` to ``BB``.
- **unlisted entrant**: its shares have no price, and it has sold nothing yet. From ``BB`` to ``B``.

Which classes of rating stand for which class of company is a judgement. The rates are those of the latest study that
was out on the day (``library/priors/ratings.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from guanzi.advice.calibration.amounts import a_year, balance_of_cash, latest
from guanzi.advice.calibration.making import between, estimate
from guanzi.advice.calibration.valued import market_value
from guanzi.engine.company import Parameter
from guanzi.record.evidence import PRIOR, Prior, View, priors_on

STUDIED = "cumulative_default_rate"
ROWS: Mapping[str, tuple[str, ...]] = {
    "BBB": ("BBB", "Baa", "BBB-"),
    "BB": ("BB", "Ba"),
    "B": ("B",),
    "CCC": ("CCC/C", "Caa-C"),
}
"""Letter of a class to the rows of the studies that stand for it; better classes are in none of them."""
FLOORS: Mapping[str, tuple[str, str]] = {"listed_with_cash": ("BBB", "BB"), "unlisted_entrant": ("BB", "B")}
"""Class of a company to the letters between whose default rates of a year its floor lies; judgement."""
PERCENT = 100.0
QUARTER = 0.25


def default_study(day: date) -> Prior | None:
    """The latest study of default rates by class that was out; None before the first."""
    found: Sequence[Prior] = [p for p in priors_on(day).values() if p.quantity == STUDIED]
    return max(found, key=lambda p: p.known_on, default=None)


def default_rates(study: Prior, letter: str) -> tuple[float, ...] | None:
    """Cumulative probabilities of default by the years of a study; None where no row stands for the letter."""
    row = next((r for name in ROWS.get(letter, ()) if (r := study.rows.get(name)) is not None), None)
    return None if row is None else tuple(value / PERCENT for value in row)


def is_listed(view: View) -> bool:
    """Whether the shares have a price that was known on the day."""
    return view.resolve("share_price") is not None or market_value(view) is not None


def class_of_floor(view: View) -> tuple[str, tuple[str, ...]] | None:
    """The class of the company and the facts that tell it; None where none is told."""
    if is_listed(view):
        cash, debt = balance_of_cash(view), latest(view, "total_debt")
        if cash is not None and debt is not None and cash.value >= debt.value:
            return "listed_with_cash", (*cash.facts, *debt.facts)
        return None
    sales = a_year(view, "revenue")
    return ("unlisted_entrant", sales.facts) if sales is not None and sales.value <= 0.0 else None


def floor_parameters(view: View) -> Iterator[Parameter]:
    """The chance per quarter of failing for causes other than a lack of money, for a company of either class."""
    found, study = class_of_floor(view), default_study(view.as_of)
    if found is None or study is None:
        return
    name, facts = found
    low, high = (default_rates(study, letter) for letter in FLOORS[name])
    if low is None or high is None:
        return
    spread = between(*(1.0 - (1.0 - rates[0]) ** QUARTER for rates in (low, high)))
    parents = (*facts, f"{PRIOR}{study.id}")
    title = study.source.title
    yield estimate("other_failure", spread, "comparable", parents, name, low=low[0], high=high[0], study=title)
