"""The parameters of the company model of a view: facts of the case first, comparable companies next, judgement last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from guanzi.advice.calibration.amounts import ROUND_RATES, at_rate, home_rate, in_units_of
from guanzi.advice.calibration.base_rates import base_rate_parameters
from guanzi.advice.calibration.comparables import comparable_parameters
from guanzi.advice.calibration.deep_judgements import DEEP_JUDGEMENTS
from guanzi.advice.calibration.deep_judgements import RULES_VERSION as DEEP_VERSION
from guanzi.advice.calibration.deep_tech import deep_parameters
from guanzi.advice.calibration.fab import fab_parameters
from guanzi.advice.calibration.fab_judgements import FAB_JUDGEMENTS
from guanzi.advice.calibration.fab_judgements import RULES_VERSION as FAB_VERSION
from guanzi.advice.calibration.floors import floor_parameters
from guanzi.advice.calibration.judgements import JUDGEMENTS, RULES_VERSION
from guanzi.advice.calibration.making import estimate, fixed, judged
from guanzi.advice.calibration.own import own_parameters
from guanzi.advice.calibration.panels import RULES_VERSION as PANELS_VERSION
from guanzi.advice.calibration.panels import panel_parameters, panel_problems
from guanzi.advice.calibration.plant import plant_parameters
from guanzi.advice.calibration.scaled import first_plant_parameters, scaled_parameters
from guanzi.advice.calibration.staff import staff_parameters
from guanzi.advice.calibration.uninformative import judged_beside
from guanzi.advice.calibration.valued import valued_parameters
from guanzi.advice.calibration.yearly import yearly_parameters
from guanzi.base.core import InvalidInput, Message, Problem, Seam, money_form, sha256_of
from guanzi.deal.terms import Equity, TermSheet, Unknown, observables_of
from guanzi.engine.company import (
    MODELS,
    CapacityCycleFab,
    CompanyModel,
    Distribution,
    Parameter,
    ParameterOrigin,
    PreRevenueDeepTech,
    ScaleUpManufacturer,
    Streams,
)
from guanzi.record.evidence import (
    ConvertedView,
    Elicitation,
    Fact,
    View,
    converted_to,
    priors_sha256,
    product_unit,
    rate_name,
    recalled,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How the parameters of a model are made.

    Attributes:
        model: Id of the company model.
        version: Raised with every change of the rules.
        judgements: What holds when nothing better is known.
        derive: Parameters that a view yields; what comes later counts.
        prefix: Prefix of the message of a judgement on a parameter that makers have too.
    """

    model: str
    version: str
    judgements: Mapping[str, Distribution]
    derive: Callable[[View, date], Iterable[Parameter]]
    prefix: str = ""


SCALE_UP_JUDGED = (JUDGEMENTS["units"].median, JUDGEMENTS["price"].median)
"""Volume of a quarter and price of a unit that are judged of a maker of which neither was held."""


def _scale_up(view: View, signed: date) -> Iterable[Parameter]:
    yield from _recalled(view, comparable_parameters)
    yield from _recalled(view, base_rate_parameters)
    yield from _recalled(view, scaled_parameters)
    yield from _recalled(view, first_plant_parameters, *SCALE_UP_JUDGED)
    yield from _recalled(view, yearly_parameters)
    yield from _recalled(view, own_parameters, signed)
    yield from _of_any(view)
    yield from _recalled(view, plant_parameters, signed)


def _recalled[*Ts](view: View, rule: Callable[[View, *Ts], Iterable[Parameter]], *of: *Ts) -> Iterator[Parameter]:
    yield from recalled(view, _listed, rule, *of)


def _listed[*Ts](view: View, rule: Callable[[View, *Ts], Iterable[Parameter]], *of: *Ts) -> tuple[Parameter, ...]:
    return tuple(rule(view, *of))


def _of_any(view: View) -> Iterator[Parameter]:
    """Parameters of every kind of company."""
    for rule in (valued_parameters, floor_parameters, staff_parameters):
        yield from _recalled(view, rule)


def _fab(view: View, signed: date) -> Iterable[Parameter]:
    yield from _recalled(view, fab_parameters, signed)
    yield from _of_any(view)
    yield from _recalled(view, plant_parameters, signed)


def _deep_tech(view: View, signed: date) -> Iterable[Parameter]:
    yield from _recalled(view, deep_parameters)
    yield from _of_any(view)
    yield from _recalled(view, plant_parameters, signed)


RULES: Seam[Rules] = Seam(
    "CALIBRATIONS",
    (
        Rules(ScaleUpManufacturer.ID, RULES_VERSION, JUDGEMENTS, _scale_up),
        Rules(CapacityCycleFab.ID, FAB_VERSION, FAB_JUDGEMENTS, _fab, "fab"),
        Rules(PreRevenueDeepTech.ID, DEEP_VERSION, DEEP_JUDGEMENTS, _deep_tech, "deep"),
    ),
    lambda rules: rules.model,
)
"""Id of a company model to its rules."""
OF_NO_AMOUNT = frozenset({"through_founder", "listed_at_start", "window_open_at_start"})
"""Parameters that rest on a price or a round being there, whatever its amount: no rate stands behind them."""


def calibrate(view: View, sheet: TermSheet) -> CompanyModel:
    """The model of the case with every parameter as a distribution whose origin is stated.

    Args:
        view: What was known; no other figure enters.
        sheet: The term sheet; it gives the day of signing, the money in which it counts, and the share that the
            company keeps.

    Raises:
        InvalidInput: An amount that counts is in another currency, and no rate was held.
        KeyError: There is no model of the view's id; whoever calls checks it before.
    """
    found = _found(view, sheet.signed, sheet.currency)
    kept = _kept_share(sheet)
    if kept is not None:
        found[kept.id] = kept
    for parameter in _nobody_moves(view, sheet):
        found[parameter.id] = parameter
    return _model(view, found, sheet.currency, sheet.unit)


def calibrate_company(view: View, signed: date, currency: str = "", unit: float = 1e6) -> CompanyModel:
    """The model of a company alone, without a deal.

    What the view does not hold is judged: a company with few facts gets wide ranges, it is never refused for them.

    Args:
        view: What was known; no other figure enters.
        signed: The simulation begins with the quarter of this day.
        currency: Money in which the model counts; empty: that of the case.
        unit: Size of one unit of it.

    Raises:
        InvalidInput: An amount that counts is in another currency, and no rate was held.
    """
    currency = currency or view.currency
    return _model(view, _found(view, signed, currency), currency, unit)


def _found(view: View, signed: date, currency: str) -> dict[str, Parameter]:
    """Parameters by name, amounts in millions of the currency."""
    rules, units = RULES[view.model], MODELS[view.model].UNITS
    converted, home = converted_to(view, currency), home_rate(view, currency)
    _refuse_without_rate(view, signed, currency, converted)
    judgements = {name: judged(name, spread, _prefix(name, spread, rules)) for name, spread in rules.judgements.items()}
    found = {name: at_rate(parameter, units[name], home) for name, parameter in judgements.items()}
    for parameter in rules.derive(converted.view, signed):
        if parameter.id not in OF_NO_AMOUNT:
            parents = converted.parents(parameter.origin.parents)
            parameter = replace(parameter, origin=replace(parameter.origin, parents=parents))
        found[parameter.id] = parameter
    for name, parameter in found.items():
        if parameter.origin.kind == "judgement":
            found[name] = judged_beside(parameter, converted.view, rules.prefix)
    for parameter in panel_parameters(view.judgements, view.model, found, rules.judgements):
        found[parameter.id] = at_rate(parameter, units[parameter.id], home)
    return found


def _refuse_without_rate(view: View, signed: date, currency: str, converted: ConvertedView) -> None:
    """An amount that would count is not left out in silence, nor changed at a rate that nobody stated."""
    if not converted.without_rate:
        return
    seen = converted_to(view, currency, judged=ROUND_RATES)
    used = parents_of_rules(seen.view, signed)
    problems = [no_rate(fact, currency) for fact in converted.without_rate if fact.id in used]
    if problems:
        raise InvalidInput(problems)


def parents_of_rules(view: View, signed: date) -> set[str]:
    """Ids of the facts from which the rules of the view's company model make parameters; none without such a model."""
    if view.model not in RULES:
        return set()
    return {id for parameter in RULES[view.model].derive(view, signed) for id in parameter.origin.parents}


def no_rate(fact: Fact, currency: str) -> Problem:
    """The problem of a fact whose amount cannot be told in a currency, with the fact that would fix it."""
    own = (money_form(fact.unit) or ("", ""))[0]
    cause = Message.of("appraisal.fact.no_rate", fact=fact.id, unit=fact.unit, currency=currency)
    fix = Message.of("appraisal.fact.no_rate.mend", name=rate_name(own, currency), unit=f"{currency} per {own}")
    return Problem(cause, fact.place, fix)


def judgement_problems(panels: tuple[Elicitation, ...], model: str) -> tuple[Problem, ...]:
    """What of the panels of a case does not fit its company model; nothing where there is no such model."""
    return tuple(panel_problems(panels, model, RULES[model].judgements)) if model in RULES else ()


def _model(view: View, found: Mapping[str, Parameter], currency: str, unit: float) -> CompanyModel:
    kind, product = MODELS[view.model], product_unit(view)
    stated = {
        name: in_units_of(parameter, kind.UNITS[name], currency, unit, product) for name, parameter in found.items()
    }
    return kind(stated, Streams(company=view.company.id, track=view.industry))


def rules_sha256() -> str:
    """Hash of how parameters are made: versions of the rules and models, and every judgement."""
    return sha256_of(
        {
            "experts": PANELS_VERSION,
            "priors": priors_sha256(),
        }
        | {
            id: {
                "rules": rules.version,
                "model": MODELS[id].VERSION,
                "judgements": {name: [d.kind, *d.values] for name, d in rules.judgements.items()},
            }
            for id, rules in RULES.items()
        }
    )


def _prefix(name: str, spread: Distribution, rules: Rules) -> str:
    """Judgements that differ from a maker's have sentences of their own."""
    return rules.prefix if name in JUDGEMENTS and JUDGEMENTS[name] != spread else ""


MOVES = {"hq_local": ("headquarters_move", "headquarters_opened"), "rnd_local": ("research_move", "research_local")}
"""Place to the parameter of its move, and the fact that says that it is there."""


def _nobody_moves(view: View, sheet: TermSheet) -> Iterator[Parameter]:
    """Places that no clause asks for and no fact names: nothing says that they move."""
    asked = {observed.name for observed in observables_of(sheet)}
    for place, (name, opened) in MOVES.items():
        if place not in asked and not any(view.resolve(opened, subject) for subject in ("company", "region")):
            because = Message.of("appraisal.origin.no_clause_of_place")
            yield Parameter(name, fixed(0.0), "", ParameterOrigin("judgement", because))


def _kept_share(sheet: TermSheet) -> Parameter | None:
    if not sheet.of(Equity):
        return None
    equity = sheet.of(Equity)[0]
    share = equity.share
    if isinstance(share, Unknown):
        return None
    return estimate("founder_share", fixed(1.0 - share), "trend", (f"terms.{equity.id}",), share=1.0 - share)
