"""A judged parameter of which facts are held that do not tell it: it never says that nothing was held.

Facts may be held and tell nothing that a rule can use: a count of nought, a capacity in another unit, a figure of
another time. The sentence of the judgement is then that of what was found, from the facts that the rules look for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guanzi.base.core import Message
from guanzi.engine.company import Parameter
from guanzi.record.evidence import View, means_absence, names_of

_COSTS = ("r_and_d", "sga")
_RAISED = ("equity_raised", "raised_to_date", "convertible_notes_raised", "capital_increase", "anchor_investment")
_WORTH = ("market_value", "post_money", "deal_valuation", *_RAISED)
_CAPACITY = ("plan_capacity", "plan_capacity_first_phase")
_INVESTMENT = ("plan_plant_investment", "plan_investment")
_STARTED = ("type_certificate", "production_certificate", "certification_basis")
_LOCAL = ("local_plant", "local_plant_capacity")

LOOKED_FOR: Mapping[str, tuple[str, ...]] = {
    "units": ("deliveries", "output"),
    "margin": ("vehicle_margin", "gross_margin", "automotive_gross_margin"),
    "cumulative_units": ("cumulative_deliveries", "deliveries"),
    "opex": _COSTS,
    "deep.opex": (*_COSTS, "net_loss", "operating_loss", "operating_cash_flow", "free_cash_flow"),
    "cash": ("cash", "cash_and_short_term_investments"),
    "debt": ("total_debt",),
    "assets": ("total_assets", "invested_to_date", "capex"),
    "equity": (*_WORTH, "equity", "total_assets", "revenue"),
    "volatility": ("volatility",),
    "capacity": ("capacity",),
    "project_capacity": _CAPACITY,
    "project_capex": _INVESTMENT,
    "plant_capex": _INVESTMENT,
    "capacity_local": _LOCAL,
    "capacity_share_local": _LOCAL,
    "plant_local": _LOCAL,
    "supplier_share": ("localisation_share",),
    "stage_at_start": _STARTED,
    "trial_units": ("deliveries", "cumulative_deliveries"),
    "headcount": ("headcount", "revenue"),
    "jobs_share": ("jobs_local", "local_site"),
    "jobs_share_bound": ("plan_jobs",),
    "listed_at_start": ("share_price",),
    "convertible": ("convertible_notes_raised",),
    "cycle_at_start": ("product_price_change",),
}
"""By the parameter, after the prefix of a kind of company where that looks for more: facts that bear on it."""


def judged_beside(parameter: Parameter, view: View, prefix: str = "") -> Parameter:
    """A judged parameter; where facts that bear on it are held, its reason names them and denies nothing.

    Args:
        parameter: It rests on a judgement.
        view: What was known.
        prefix: Of the messages of the kind of company.
    """
    looked = LOOKED_FOR.get(f"{prefix}.{parameter.id}") or LOOKED_FOR.get(parameter.id, ())
    names = dict.fromkeys(form for name in looked for form in names_of(name))
    held = tuple(Message.of(f"evidence.name.{name}") for name in names if _held(view, name))
    if not held:
        return parameter
    because = Message.of("appraisal.parameter.untold", names=held)
    return replace(parameter, origin=replace(parameter.origin, because=because))


def _held(view: View, name: str) -> bool:
    found = view.named(name)
    return any(not (isinstance(fact.value, str) and means_absence(fact.value)) for fact in found)
