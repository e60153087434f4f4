"""A small invented deal and a full set of invented parameters, to test the machinery (not the figures)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.holding import GROUPS

from guanzi.advice.calibration.model import RULES
from guanzi.base.core import Message, Place
from guanzi.deal.program import ExitPolicy
from guanzi.deal.terms import (
    Call,
    Condition,
    Contribution,
    Covenant,
    DealParty,
    Equity,
    Event,
    Put,
    TermSheet,
    Tier,
    Tranche,
    Unknown,
)
from guanzi.deal.terms.conditions import (
    Consecutive,
    EventHappened,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    TierInForce,
    Total,
    Type,
)
from guanzi.deal.terms.instruments import in_order
from guanzi.engine.company import (
    MODELS,
    CompanyModel,
    Distribution,
    Parameter,
    ParameterOrigin,
    Policy,
    ScaleUpManufacturer,
    Streams,
)
from guanzi.engine.company.models.scale_up import UNITS

AT = Place("example.yaml", 1, 1)
ORIGIN = ParameterOrigin("judgement", Message.of("simulation.test"))
POLICY = Policy(ExitPolicy(12.0, 0.1, 0.2), 0.08, 0.04, ("city",))


def truth(name: str) -> Observable:
    return Observable(name, Type.TRUTH, "", AT)


def number(name: str) -> Observable:
    return Observable(name, Type.NUMBER, "", AT)


def condition(tree: object) -> Condition:
    return Condition("", tree, AT)  # type: ignore[arg-type]


def sheet(**changes: object) -> TermSheet:
    """Three instalments, one of them tied to a tier, from two public parties; put, call, covenant, an unknown."""
    plant = condition(truth("plant_local"))
    place = Place("example.yaml", 7, 3)
    unlisted = Negation(truth("listed"), AT)
    late = Logic("and", (Relation(">", MonthsSince("t1", AT), Number(48.0, AT), AT), unlisted), AT)
    low_year = Relation("<", Total(number("units"), None, AT), Number(20000.0, Place("example.yaml", 9, 4)), AT)
    trigger = Logic("or", (late, Consecutive(low_year, 2, AT), truth("control_changed")), AT)
    parties = (
        DealParty("company", "issuer", "Company", AT),
        DealParty("city", "public", "City", AT),
        DealParty("province", "public", "Province", AT),
        DealParty("founder", "holder", "Founder", AT, {"total": 300.0}),
    )
    assets = condition(EventHappened("assets", AT))
    moved = condition(TierInForce("headquarters", AT))
    tranches = (
        Tranche("t1", {"city": 2500.0, "province": Unknown(AT, 800.0, 1200.0)}, date(2020, 6, 30), AT),
        Tranche("t2", {"city": 1000.0, "province": 500.0}, date(2020, 9, 30), AT, assets, date(2022, 1, 1)),
        Tranche("t3", {"city": 1000.0, "province": 500.0}, date(2021, 3, 31), AT, moved),
    )
    contribution = Contribution("founder", AT, ((date(2020, 9, 30), 400.0),), 17000.0, "valuation")
    holders = {"city": 0.16, "province": 0.08}
    lock = condition(Relation(">=", number("founder_share"), Number(0.6, place), AT))
    holds = tuple(holders)
    base: dict[str, object] = {
        "deal": "example",
        "status": "definitive",
        "currency": "CNY",
        "unit": 1e6,
        "known_on": date(2020, 4, 29),
        "signed": date(2020, 4, 29),
        "horizon": 10,
        "step": 3,
        "parties": parties,
        "equities": (Equity("stake", "company", 0.24, holders, tranches, AT, (contribution,)),),
        "puts": (Put("put", "stake", holds, ("company", "founder"), 0.085, "compound", condition(trigger), AT),),
        "calls": (Call("call", "stake", "company", 0.5, "city", 0.10, "simple", condition(unlisted), AT),),
        "covenants": (Covenant("lock", lock, AT, until=condition(truth("listed")), remedy="put"),),
        "tiers": (Tier("plant", plant, AT, baseline=True), Tier("headquarters", condition(truth("hq_local")), AT)),
        "events": (Event("assets", date(2020, 6, 30), Unknown(AT, 0.5, 0.9), AT),),
        "unknown": (),
        "place": AT,
    }
    groups = [(base | changes).pop(name) for name in GROUPS if name in base | changes]
    parts = {name: value for name, value in (base | changes).items() if name not in GROUPS}
    items = in_order(item for group in groups for item in group)  # type: ignore[attr-defined]
    return TermSheet(instruments=items, **parts)  # type: ignore[arg-type]


VALUES: dict[str, tuple[str, tuple[float, ...]]] = {
    "units": ("lognormal", (5000.0, 0.2)),
    "growth": ("normal", (0.08, 0.06)),
    "growth_long": ("normal", (0.02, 0.01)),
    "growth_persistence": ("uniform", (0.7, 0.95)),
    "growth_shock": ("fixed", (0.05,)),
    "growth_tail": ("uniform", (0.0, 0.1)),
    "growth_news": ("uniform", (0.0, 0.2)),
    "units_noise": ("fixed", (0.15,)),
    "units_ceiling": ("lognormal", (80000.0, 0.7)),
    "ceiling_growth": ("uniform", (0.0, 0.03)),
    "slump": ("uniform", (0.0, 0.5)),
    "slump_fade": ("fixed", (0.4,)),
    "launch": ("fixed", (0.05,)),
    "launch_size": ("uniform", (0.1, 0.3)),
    "season_0": ("fixed", (0.9,)),
    "season_1": ("fixed", (1.0,)),
    "season_2": ("fixed", (1.2,)),
    "season_3": ("uniform", (0.8, 1.0)),
    "price": ("fixed", (0.38,)),
    "price_drift": ("triangular", (-0.02, -0.005, 0.0)),
    "margin": ("normal", (-0.08, 0.02)),
    "margin_cap": ("triangular", (0.12, 0.2, 0.25)),
    "learning": ("triangular", (0.02, 0.08, 0.15)),
    "cumulative_units": ("fixed", (32000.0,)),
    "opex": ("triangular", (1500.0, 2000.0, 2600.0)),
    "opex_inflation": ("fixed", (0.005,)),
    "opex_cut": ("uniform", (0.02, 0.15)),
    "opex_least": ("triangular", (0.4, 0.6, 0.9)),
    "opex_share": ("uniform", (0.12, 0.2)),
    "opex_reversion": ("fixed", (0.01,)),
    "capex_share": ("uniform", (0.05, 0.15)),
    "cash": ("fixed", (3000.0,)),
    "debt": ("fixed", (10500.0,)),
    "interest": ("fixed", (0.04,)),
    "payables": ("fixed", (1.1,)),
    "payables_stretch": ("uniform", (0.1, 0.5)),
    "trade_credit": ("uniform", (0.0, 0.2)),
    "assets": ("fixed", (9000.0,)),
    "depreciation": ("fixed", (0.03,)),
    "fire_sale": ("triangular", (0.1, 0.33, 0.5)),
    "equity": ("lognormal", (18000.0, 0.3)),
    "required_return": ("uniform", (0.06, 0.12)),
    "volatility": ("uniform", (0.4, 0.9)),
    "burn_ahead": ("uniform", (2.0, 8.0)),
    "sector_part": ("fixed", (0.3,)),
    "growth_part": ("uniform", (0.2, 0.5)),
    "round_discount": ("fixed", (0.05,)),
    "discount_slope": ("uniform", (0.1, 0.3)),
    "discount_shut": ("fixed", (0.1,)),
    "hot_issue": ("uniform", (0.0, 0.1)),
    "urgent_quarters": ("uniform", (0.5, 3.0)),
    "debt_due": ("fixed", (0.03,)),
    "round_half": ("uniform", (0.2, 0.8)),
    "round_shut": ("fixed", (0.5,)),
    "takeover": ("fixed", (0.15,)),
    "takeover_kept": ("uniform", (0.0, 0.3)),
    "exchange": ("fixed", (0.2,)),
    "exchange_kept": ("fixed", (0.1,)),
    "exchange_cut": ("uniform", (0.2, 0.5)),
    "convertible": ("uniform", (0.0, 0.6)),
    "conversion": ("fixed", (1.3,)),
    "regime_growth": ("fixed", (0.01,)),
    "regime_window": ("uniform", (0.2, 0.8)),
    "hot_at_start": ("fixed", (0.5,)),
    "hot_ends": ("uniform", (0.1, 0.2)),
    "cold_ends": ("fixed", (0.15,)),
    "listed_at_start": ("fixed", (0.0,)),
    "window_opens": ("uniform", (0.2, 0.6)),
    "window_shuts": ("uniform", (0.1, 0.4)),
    "window_open_at_start": ("fixed", (0.3,)),
    "runway_target": ("uniform", (3.0, 6.0)),
    "raise_cap": ("uniform", (0.05, 0.25)),
    "issuer_dilution": ("uniform", (0.0, 0.5)),
    "through_founder": ("uniform", (0.0, 1.0)),
    "put_borrowing": ("uniform", (0.0, 0.2)),
    "put_reserve": ("fixed", (1.0,)),
    "other_failure": ("fixed", (0.002,)),
    "filing_sales": ("fixed", (10000.0,)),
    "filing": ("uniform", (0.02, 0.1)),
    "listing": ("uniform", (0.05, 0.2)),
    "control_change": ("fixed", (0.003,)),
    "founder_share": ("fixed", (0.76,)),
    "headquarters_move": ("uniform", (0.3, 0.8)),
    "research_move": ("uniform", (0.05, 0.3)),
    "plant_local": ("fixed", (1.0,)),
    "capacity_local": ("fixed", (50000.0,)),
    "capacity_use": ("uniform", (0.2, 1.0)),
    "supplier_share": ("uniform", (0.05, 0.15)),
    "supplier_growth": ("uniform", (0.0, 0.01)),
    "headcount": ("lognormal", (7000.0, 0.2)),
    "labour_in_cost": ("uniform", (0.05, 0.2)),
    "staff_pace": ("uniform", (0.2, 0.6)),
    "jobs_share": ("fixed", (0.1,)),
    "jobs_share_bound": ("triangular", (0.1, 0.3, 0.8)),
    "plant_quarters": ("triangular", (4.0, 6.0, 9.0)),
    "plant_late": ("uniform", (0.0, 3.0)),
    "plant_ramp": ("uniform", (2.0, 6.0)),
    "plant_kept": ("triangular", (0.5, 1.0, 1.2)),
    "plant_jobs": ("fixed", (0.0,)),
    "plant_units": ("fixed", (0.0,)),
    "plant_investment": ("fixed", (0.0,)),
    "plant_loan": ("uniform", (0.3, 0.6)),
}


def model(**changes: tuple[str, tuple[float, ...]]) -> ScaleUpManufacturer:
    """The company model with the invented parameters, some of them changed."""
    values = VALUES | changes
    return ScaleUpManufacturer({n: Parameter(n, Distribution(*values[n]), UNITS[n], ORIGIN) for n in UNITS})


PRIORS: Mapping[str, Mapping[str, Distribution]] = {
    **{id: rules.judgements for id, rules in RULES.items()},
    ScaleUpManufacturer.ID: {name: Distribution(*value) for name, value in VALUES.items()},
}
"""Model to a full set of parameters."""


OWN = Streams()


def company(id: str, streams: Streams = OWN, **changes: Distribution) -> CompanyModel:
    """A company of a kind, with its prior parameters, some of them changed."""
    kind = MODELS[id]
    spread = {**PRIORS[id], **changes}
    parameters = {n: Parameter(n, spread[n], kind.UNITS[n], ORIGIN) for n in kind.UNITS}
    return kind(parameters, streams)


def known(value: float) -> Distribution:
    """A parameter without uncertainty."""
    return Distribution("fixed", (value,))
