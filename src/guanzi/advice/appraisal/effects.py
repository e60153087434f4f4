"""What jobs and taxes of the region rest on beside the company: facts, studies, rules of tax, and named judgements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet, owed_by
from guanzi.engine.company import CompanyModel, Distribution, Effects, Parameter, ParameterOrigin, Taxes
from guanzi.record.evidence import Reading, View, annual, calendar, converted_to, held_rate
from guanzi.record.playbooks import Playbook
from guanzi.study.fiscal import (
    Base,
    EffectsData,
    Level,
    Levy,
    Market,
    TaxSharing,
    countries,
    displacement_in,
    levy_on,
    load_displacement,
    load_effects,
    load_tax_sharing,
)

MARKET: Market = "tradable"
"""Makers that sell beyond their region; its displacement is that of tradable goods."""
RATE_OF: Mapping[str, Base] = {"vat_load": "value_added", "income_tax": "profit", "wage_tax": "wages"}
"""The parameter that says how much of what is taxed."""
OF_TAXES = ("vat_load", "vat_plant", "taxable", "income_tax", "profit_head_office", "profit_plant", "wage_tax")
PROPERTY: Base = "property"
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
    taxes, losses, no_tax = _taxes(found, data, view, sheet)
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
        no_tax=no_tax,
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
    told = converted_to(view, currency)
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
) -> tuple[Taxes | None, tuple[str, ...], Message | None]:
    """How activity turns into tax of those who pay, the facts on losses, and why it cannot be told."""
    country = view.region.country
    if country not in countries():
        return None, (), Message.of("appraisal.gap.no_tax_rule", country=country)
    sharing = load_tax_sharing(country)
    payers, state = payers_of(sheet, sharing), view.region.state
    levies = {b: levy_on(sharing, b, payers, sheet.signed, view.as_of, state) for b in (*RATE_OF.values(), PROPERTY)}
    spreads = {name: _load(name, levies, data, country) for name in OF_TAXES}
    on_property = levies[PROPERTY]
    if None in spreads.values() or (on_property.rate is None and on_property.splits):
        return None, (), Message.of("appraisal.gap.no_tax_rate", country=country)
    told = tuple(split.message for levy in levies.values() for split in levy.splits)
    form = "" if sharing.payer is not None else ".levels"
    because = Message.of(f"appraisal.effect.city_part.because{form}", taxes=told)
    _add(found, "city_part", Distribution("uniform", (0.0, 1.0)), because)
    drawn = {name: _add(found, name, *load) for name, load in spreads.items() if load is not None}
    property_tax = None
    if on_property.rate is not None and on_property.part.high > 0:
        because = Message.of("appraisal.service.told", parts=on_property.because)
        property_tax = _add(found, "property_tax", _spread(on_property.rate), because)
    losses = tuple(_losses(view, sheet.currency, sheet.signed))
    total = sum(value for value, _ in losses) * MILLION / sheet.unit
    facts = tuple(dict.fromkeys(f for _, held in losses for f in held))
    parts = tuple((base, levy.part.low, levy.part.high) for base, levy in levies.items())
    return Taxes(parts=parts, losses=total, property_tax=property_tax, **drawn), facts, None


def payers_of(sheet: TermSheet, sharing: TaxSharing) -> tuple[Level | None, ...]:
    """Level of each public party that pays, as its sheet states it, else as is usual in the country; None: any."""
    paying = {flow.payer for flow in owed_by(sheet, *sheet.public)} or set(sheet.public)
    levels: dict[str, Level] = {level: level for level in sharing.levels}
    return tuple(levels.get(p.level, sharing.payer) for p in sheet.parties if p.id in paying)


def _load(
    name: str, levies: Mapping[Base, Levy], data: EffectsData, country: str
) -> tuple[Distribution, Message] | None:
    """What a tax takes, or where it falls, with the reason: by the law, else by a judgement; None: not known."""
    levy = levies[RATE_OF[name]] if name in RATE_OF else None
    if levy is not None and levy.rate is not None:
        return _spread(levy.rate), Message.of("appraisal.service.told", parts=levy.because)
    judged = data.judgement(name, country)
    if judged is not None:
        return _triangle(judged.low, judged.mode, judged.high), Message.of(judged.because)
    on_sales = levies["value_added"]
    if name == "vat_plant" and on_sales.rate is not None and on_sales.rate[-1] == 0:
        return _spread((0.0, 0.0, 0.0)), Message.of("appraisal.effect.no_vat")
    return None


def _spread(ends: Sequence[float]) -> Distribution:
    """A triangle, or the point to which it shrinks."""
    return _triangle(ends[0], ends[1], ends[2]) if ends[0] < ends[-1] else Distribution("fixed", (ends[0],))


def _losses(view: View, currency: str, signed: date) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Losses of the years before signing, as far as facts say, in millions."""
    told = converted_to(view, currency)
    whole, newest = calendar(told.view, "net_loss"), annual(told.view, "net_loss")
    begun = newest is not None and (not whole or newest.period.start > whole[-1].period.end)
    part = (Reading(newest.amount, newest.period, newest.facts),) if newest is not None and begun else ()
    for point in (*whole, *part):
        if point.period.start.year >= signed.year - CARRIED_YEARS and point.value > 0:
            yield point.value, told.parents(point.facts)
