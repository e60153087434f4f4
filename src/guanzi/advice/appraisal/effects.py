"""What jobs and taxes of the region rest on beside the company: facts, studies, rules of tax, and named judgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import CompanyModel, Distribution, Effects, Parameter, ParameterOrigin, Taxes
from guanzi.record.evidence import Reading, View, annual, calendar, held_rate, tell_in
from guanzi.record.playbooks import Playbook
from guanzi.study.fiscal import (
    EffectsData,
    Market,
    countries,
    displacement_in,
    load_displacement,
    load_effects,
    load_tax_sharing,
    split_tax,
)

MARKET: Market = "tradable"
"""Makers that sell beyond their region; its displacement is that of tradable goods."""
TAXES = ("value_added_tax", "corporate_income_tax", "personal_income_tax")
OF_TAXES = ("vat_load", "vat_plant", "taxable", "income_tax", "profit_head_office", "profit_plant", "wage_tax")
PREFIX = "effect."
MILLION = 1e6
CARRIED_YEARS = 5
"""Years for which a loss may be set against later profit; the law gives firms of high technology ten since 2018."""


@dataclass(frozen=True, slots=True)
class LocalEffects:
    """The priors of an appraisal, and what is not there.

    Attributes:
        effects: What the simulation draws.
        parameters: The same with their origins, and the multiplier, which is applied to the result.
        multiplier: Jobs elsewhere for each direct one; None: no study was held on the day.
        no_jobs, no_payroll, no_tax, no_displacement: Why something is a gap; None: it is there.
        losses: Ids of the facts on losses that are carried forward.
    """

    effects: Effects
    parameters: tuple[Parameter, ...]
    multiplier: Distribution | None
    no_jobs: Message | None
    no_payroll: Message | None
    no_tax: Message | None
    no_displacement: Message | None
    losses: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """Ids of the parameters."""
        return tuple(f"parameter.{p.id}" for p in self.parameters)


def local_effects_of(view: View, sheet: TermSheet, playbook: Playbook, model: CompanyModel) -> LocalEffects:
    """What is known of wages, taxes, but-for, displacement and multipliers for a deal on the day of its view."""
    data, currency = load_effects(), sheet.currency
    found: list[Parameter] = []
    prior = playbook.but_for
    because = Message.of("appraisal.effect.but_for.because")
    but_for = _add(found, "but_for", _triangle(prior.low, prior.mode, prior.high), because)
    taken = displacement_in(load_displacement(), MARKET, view.as_of)
    share = taken.share
    displacement = None
    if share is not None:
        displacement = _add(found, "displacement", _triangle(share.low, share.mode, share.high), taken.message)
    wage = _wage(found, data, view, currency)
    taxes, losses = _taxes(found, data, view, sheet)
    multiplier, study = None, data.multiplier(view.region.country, view.as_of)
    if study is not None:
        multiplier = _add(
            found, "multiplier", _triangle(study.low, study.mode, study.high), Message.of(study.because), unit="x"
        )
    counted = any(model.parameters[name].origin.kind != "judgement" for name in ("headcount", "plant_jobs"))
    no_jobs = None if counted else Message.of("appraisal.gap.no_staff")
    no_wage = None if wage is not None else Message.of("appraisal.gap.no_wage", country=view.region.country)
    effects = Effects(
        but_for=but_for,
        displacement=displacement,
        wage=None if wage is None else Distribution(wage.kind, tuple(v / sheet.unit for v in wage.values)),
        taxes=taxes,
        jobs=counted,
    )
    return LocalEffects(
        effects=effects,
        parameters=tuple(found),
        multiplier=multiplier,
        no_jobs=no_jobs,
        no_payroll=no_jobs or no_wage,
        no_tax=None if taxes is not None else Message.of("appraisal.gap.no_tax_rule", country=view.region.country),
        no_displacement=None if displacement is not None else taken.message,
        losses=losses,
    )


def _triangle(low: float, mode: float, high: float) -> Distribution:
    return Distribution("triangular", (low, mode, high))


def _add(
    found: list[Parameter],
    name: str,
    spread: Distribution,
    because: Message,
    kind: str = "judgement",
    parents: tuple[str, ...] = (),
    unit: str = "ratio",
) -> Distribution:
    found.append(Parameter(f"{PREFIX}{name}", spread, unit, ParameterOrigin(kind, because, parents)))
    return spread


def _wage(found: list[Parameter], data: EffectsData, view: View, currency: str) -> Distribution | None:
    """Wage of one person and year in the currency: what the company plans to pay, else by the country's average."""
    told = tell_in(view, currency)
    for subject in ("company", "region"):
        planned = told.view.resolve("plan_wage", subject)
        if planned is not None and planned.fact.unit == currency and planned.value > 0:
            value = planned.value
            parents = told.parents(tuple(f.id for f in (planned.fact, *planned.others)))
            because = Message.of("appraisal.effect.wage.planned", value=value / MILLION, currency=currency)
            return _add(
                found, "wage", _triangle(0.8 * value, value, 1.1 * value), because, "trend", parents, unit=currency
            )
    level = data.wage(view.region.country, view.as_of)
    spread = data.judgement("wage_to_average", view.region.country)
    rate = None if level is None else held_rate(view, level.currency, currency)
    if level is None or spread is None or rate is None:
        return None
    because = Message.of(
        "appraisal.effect.wage.average",
        year=str(level.year),
        value=level.value / MILLION,
        currency=level.currency,
        document=data.source(level.source).publisher,
        reason=Message.of(spread.because),
    )
    ends = _triangle(*(level.value * rate.value * x for x in (spread.low, spread.mode, spread.high)))
    kind = "comparable" if rate.facts else "judgement"
    return _add(found, "wage", ends, because, kind, rate.facts, unit=currency)


def _taxes(
    found: list[Parameter], data: EffectsData, view: View, sheet: TermSheet
) -> tuple[Taxes | None, tuple[str, ...]]:
    country = view.region.country
    judged = {name: j for name in OF_TAXES if (j := data.judgement(name, country)) is not None}
    if country not in countries() or len(judged) < len(OF_TAXES):
        return None, ()
    sharing = load_tax_sharing(country)
    splits = {tax: split_tax(sharing, tax, 1.0, sheet.signed, view.as_of) for tax in TAXES}
    because = Message.of("appraisal.effect.city_part.because", taxes=tuple(s.message for s in splits.values()))
    _add(found, "city_part", Distribution("uniform", (0.0, 1.0)), because)
    spreads = {}
    for name, j in judged.items():
        spreads[name] = _add(found, name, _triangle(j.low, j.mode, j.high), Message.of(j.because))
    losses = tuple(_losses(view, sheet.currency, sheet.signed))
    total = sum(value for value, _ in losses) * MILLION / sheet.unit
    facts = tuple(dict.fromkeys(f for _, held in losses for f in held))
    city = tuple((tax, split.city.low, split.city.high) for tax, split in splits.items())
    return Taxes(city=city, losses=total, **spreads), facts


def _losses(view: View, currency: str, signed: date) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Losses of the years before signing, as far as facts say, in millions."""
    told = tell_in(view, currency)
    whole, newest = calendar(told.view, "net_loss"), annual(told.view, "net_loss")
    begun = newest is not None and (not whole or newest.period.start > whole[-1].period.end)
    part = (Reading(newest.amount, newest.period, newest.facts),) if newest is not None and begun else ()
    for point in (*whole, *part):
        if point.period.start.year >= signed.year - CARRIED_YEARS and point.value > 0:
            yield point.value, told.parents(point.facts)
