"""Companies that the model of their case does not fit, whatever it would say of them: nothing is forecast of them.

The model for makers that are not self-supporting yet fits none that earns its plan and all that is given in a year. The
model before a first product judges sales as those of aircraft: it fits no other product of which nothing is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from guanzi.advice.appraisal.commitments import at_most
from guanzi.advice.appraisal.deal import known_part
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import MODELS, CompanyModel, PreRevenueDeepTech, ScaleUpManufacturer
from guanzi.record.evidence import View, annual, flag, latest, product_unit

SALES, OF_AIRCRAFT = ("price", "launch_units", "units_ceiling"), "aircraft"
"""What sales before the first product rest on, and the product of which they are judged."""


@dataclass(frozen=True, slots=True)
class SelfFunded:
    """A company whose earnings of a year exceed its plan and all that is given: no gift decides whether it lives.

    Attributes:
        as_message: The newest profit, with its months.
        plan: Cost of the plan, millions of ``currency``.
        given: The most that the public side gives, millions of ``currency``.
        jobs: Jobs that are planned; None: the facts name none.
        in_part: Clauses were not seen: what is given is the part of which the amount is known.
    """

    KIND: ClassVar[str] = "self_funded"
    profit: Message
    plan: float
    given: float
    currency: str
    jobs: float | None = None
    in_part: bool = False

    @property
    def message(self) -> Message:
        """Why nothing is forecast of it, and what the gift hangs on instead."""
        form, each = ("", 0.0) if not self.jobs else (".jobs", self.given / self.jobs)
        return Message.of_money(
            self.currency,
            f"appraisal.self_funded{form}{'.known' if self.in_part else ''}",
            told=self.profit,
            plan=self.plan,
            given=self.given,
            jobs=self.jobs,
            each=each,
        )


def self_funded(view: View, sheet: TermSheet) -> SelfFunded | None:
    """A company of the model for makers that are not self-supporting yet, of which the facts say that it is.

    Args:
        as_message: What was known, with amounts in the currency of the sheet.
        sheet: The deal; None is answered for one that does more than give.
    """
    profit, plan, most = annual(view, "net_loss"), latest(view, "plan_plant_investment"), at_most(sheet)
    plan = plan or latest(view, "plan_investment")
    if MODELS[view.model] is not ScaleUpManufacturer or not sheet.only_gives:
        return None
    doubt = flag(view, "going_concern_doubt")
    if profit is None or plan is None or most is None or most[0].high is None or (doubt is not None and doubt[0]):
        return None
    if -profit.value < plan.value + most[0].high:
        return None
    jobs = latest(view, "plan_jobs")
    told_of = profit.opposite.as_message(view.currency)
    count = None if jobs is None else jobs.value
    return SelfFunded(told_of, plan.value, most[0].high, view.currency, count, known_part(sheet) is not None)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A company before its first product that makes no aircraft, whose sales would be judged as those of aircraft.

    Attributes:
        names: Parameters that no fact and no expert tells.
    """

    KIND: ClassVar[str] = "borrowed"
    names: tuple[str, ...]

    @property
    def message(self) -> Message:
        """What would be taken from aircraft."""
        meanings = PreRevenueDeepTech.MEANINGS
        return Message.of("appraisal.borrowed", names=tuple(Message.of(meanings[name]) for name in self.names))


def borrowed(view: View, model: CompanyModel) -> Borrowed | None:
    """Price and volume that the model for aircraft would lend to another product; None where it lends nothing."""
    if model.ID != PreRevenueDeepTech.ID or product_unit(view) == OF_AIRCRAFT:
        return None
    names = tuple(name for name in SALES if model.parameters[name].origin.kind == "judgement")
    return Borrowed(names) if names else None
