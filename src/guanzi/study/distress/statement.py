"""The statement of a case as the models want it: items of the latest closing day that a view holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from guanzi.record.evidence import Reading, View, at, latest, year_to
from guanzi.study.distress.card import Card
from guanzi.study.distress.items import statement_ratios
from guanzi.study.distress.scoring import Scored, score
from guanzi.study.distress.shipped import load_model, model_known_on

#: Items of the closing day, and of the year that ends on it, by the fact that states them; the sign turns losses.
_OF_THE_DAY = {
    "total_assets": ("total_assets", 1),
    "total_liabilities": ("total_liabilities", 1),
    "current_assets": ("current_assets", 1),
    "current_liabilities": ("current_liabilities", 1),
    "inventory": ("inventory", 1),
    "retained_earnings": ("accumulated_deficit", -1),
}
_OF_THE_YEAR = {
    "net_income": (("net_profit", 1), ("net_loss", -1)),
    "net_sales": (("revenue", 1),),
    "gross_profit": (("gross_profit", 1),),
    "ebit": (("operating_loss", -1),),
}


@dataclass(frozen=True, slots=True)
class FinancialStatement:
    """Items of one closing day.

    Attributes:
        closing: The day, as text.
        items: Name to amount, in millions of the currency of the case.
        facts: Ids of the facts they rest on.
    """

    closing: str
    items: dict[str, float]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseScore:
    """A case scored by the model that was known then.

    Attributes:
        card: Of the model.
        statement: What was scored.
        scored: The score; its probability is at the base rate and horizon that were asked for.
    """

    card: Card
    statement: FinancialStatement
    scored: Scored


def statement(view: View) -> FinancialStatement | None:
    """The items of the latest closing day for which total assets are held; None when no day has them."""
    assets = latest(view, "total_assets")
    if assets is None or assets.value <= 0:
        return None
    end = assets.period.end
    found: dict[str, tuple[Reading, int]] = {}
    for item, (name, sign) in _OF_THE_DAY.items():
        if (reading := at(view, name, end)) is not None:
            found[item] = (reading, sign)
    for item, names in _OF_THE_YEAR.items():
        for name, sign in names:
            if item not in found and (reading := year_to(view, name, end)) is not None:
                found[item] = (reading, sign)
    items = {item: sign * reading.value for item, (reading, sign) in found.items()}
    facts = [fact for reading, _ in found.values() for fact in reading.facts]
    costs = [year_to(view, name, end) for name in ("gross_profit", "r_and_d", "sga")]
    if "ebit" not in items and all(cost is not None for cost in costs):
        gross, research, selling = (cost.value for cost in costs if cost is not None)
        items["ebit"] = gross - research - selling
        facts += [fact for cost in costs if cost is not None for fact in cost.facts]
    return FinancialStatement(end.isoformat(), items, tuple(dict.fromkeys(facts)))


def score_case(view: View, base_rate: float | None = None, horizon: int | None = None) -> CaseScore | None:
    """The score of a case by the shipped model whose data could be held on the as-of date.

    Args:
        view: What was known.
        base_rate: Stated share of failures within the horizon; None: the training rate.
        horizon: Years; None: those of the model.

    Returns:
        The score; None when the view holds no statement, or no model of that day finds half of its columns in it.
    """
    held = statement(view)
    if held is None:
        return None
    ratios = statement_ratios({name: np.array([value]) for name, value in held.items.items()}, size=False)
    card = model_known_on(view.as_of, [name for name, value in ratios.items() if np.isfinite(value).all()])
    if card is None:
        return None
    model, card = load_model(card.id)
    values = np.array([[float(ratios[name][0]) if name in ratios else np.nan for name in card.columns]])
    (scored,) = score(model, card, values, base_rate, horizon)
    return CaseScore(card, held, scored)
