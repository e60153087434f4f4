"""What the public side gets beside money back: jobs, payroll, taxes, and what they would have to be worth.

The three accounts stand side by side. What is in money is added once, beside its parts; jobs are never turned into
money. Instead the break-even says what each further unit, or each further year of a job, would have to be worth for the
deal to be whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

import numpy as np

from guanzi.advice.appraisal.apart import Margin
from guanzi.advice.appraisal.book import MONEY, PRICE, Estimated, FigureBook
from guanzi.advice.appraisal.commitments import commitments
from guanzi.advice.appraisal.effects import LocalEffects
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet
from guanzi.engine.company import TAX_BASES, Distribution
from guanzi.engine.simulation import Z_95, SimulationResult
from guanzi.record.evidence import UNCOUNTED, View, product_unit

CLUSTER = (
    "cluster.jobs",
    "cluster.jobs_without",
    "cluster.jobs_additional",
    "cluster.jobs_net",
    "cluster.jobs_elsewhere",
    "cluster.ahead",
    "cluster.payroll",
    "cluster.payroll_net",
    "cluster.supplier_share",
    "cluster.supplies",
    "cluster.supplies_additional",
)
BUDGET = ("budget.tax", *(f"budget.tax.{tier}" for tier in TAX_BASES), "budget.tax_year", "budget.ahead")
VALUE = (
    "fund.npv_mean",
    "public.given",
    "budget.tax",
    "public.value_mean",
    "public.value_ahead",
    "fund.ahead",
    "budget.ahead",
    "cluster.ahead",
    "break_even.unit",
    "break_even.job_year",
    "break_even.to_wage",
)
"""Figures of the accounts, and of all of them side by side, in reading order."""
GAPS = {
    "cluster.jobs": "jobs",
    "budget.tax": MONEY,
    "public.value_mean": MONEY,
    "break_even.unit": PRICE,
    "break_even.job_year": PRICE,
}
"""What is a stated gap where nothing is simulated, with its unit."""
GRID = (np.arange(20) + 0.5) / 20
"""Quantiles at which but-for and displacement are combined."""
OF_MAKERS = ("cluster.vehicles", "break_even.unit")
"""Figures of what a company makes: none of a deal that hangs on a project, whatever the company makes."""


def uncounted(view: View) -> tuple[str, ...]:
    """Figures of a product in pieces, where neither a fact nor the industry says what is made."""
    return OF_MAKERS if product_unit(view) == UNCOUNTED else ()


def enter_value_gaps(book: FigureBook, why: Message, idle: tuple[str, ...] = ()) -> None:
    """Without a simulation the headline figures of jobs, tax and value are stated gaps, but for those in ``idle``."""
    for id, unit in GAPS.items():
        if id not in book and id not in idle:
            label = Message.of("appraisal.figure.cluster.jobs_direct") if id == "cluster.jobs" else None
            book.gap(id, unit, why, label)


def value_sentence(book: FigureBook) -> Message | None:
    """How the public side comes out in money, and what is not counted in it; None where that cannot be told."""
    value, share = book.value("public.value_mean"), book.value("public.value_ahead")
    if value is None or share is None:
        return None
    margin = Margin(value, book.error("public.value_mean"))
    said = _value_message(book, margin, share)
    if not margin.unclear or margin.error is None:
        return said
    return book.say("appraisal.sentence.value_unclear", said=said, error=Z_95 * margin.error)


def _value_message(book: FigureBook, margin: Margin, share: float) -> Message:
    value, jobs = margin.value, book.figures().get("cluster.jobs_net")
    if margin.above:
        if jobs is None or jobs.value is None:
            return book.say("appraisal.sentence.value_in_money_without_jobs", value=value, share=share)
        year = jobs.label.params["year"]
        return book.say("appraisal.sentence.value_in_money", value=value, share=share, jobs=jobs.value, year=year)
    ids = ("break_even.unit", "break_even.job_year")
    told = needed_sentence({id: x for id in ids if (x := book.value(id)) is not None}, book.currency)
    return book.say("appraisal.sentence.cost_in_money", value=-value, share=share, needed=told)


def needed_sentence(break_even: Mapping[str, float], currency: str) -> Message:
    """What a further unit, or a further year of a job, would have to be worth; by the ids of figures."""
    names = {"break_even.unit": "unit", "break_even.job_year": "job"}
    held = {names[id]: value for id, value in break_even.items()}
    which = {0: "none", 1: next(iter(held), ""), 2: "both"}[len(held)]
    return Message.of_money(currency, f"appraisal.sentence.needed_{which}", **held)


def value_ids(book: FigureBook, ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the figures that are in the book."""
    return tuple(id for id in ids if id in book)


def last_full_year(result: SimulationResult) -> int:
    """The last calendar year of which every step was simulated, else the last year."""
    steps = Counter(day.year for day in result.dates)
    most = max(steps.values())
    return max(year for year, n in steps.items() if n == most)


OF_STAFF = ("headcount", "jobs_share", "jobs_share_bound", "plant_jobs", "plant_kept")
"""Parameters on which jobs rest."""


class PublicValue:
    """Enters jobs, taxes and what follows from them into the book, but for figures in ``idle``."""

    def __init__(
        self,
        book: FigureBook,
        result: SimulationResult,
        sheet: TermSheet,
        local: LocalEffects,
        idle: tuple[str, ...] = (),
    ) -> None:
        self.book, self.result, self.sheet, self.local, self.idle = book, result, sheet, local, idle
        self.money = tuple(dict.fromkeys(i.clause for i in commitments(sheet)))
        self.scale = sheet.unit / 1e6
        self.year = last_full_year(result)

    def enter(self) -> None:
        """All of them."""
        self._jobs()
        self._payroll()
        self._suppliers()
        self._taxes()
        self._value()
        self._break_even()

    # Parts.

    def _mean(
        self,
        id: str,
        name: str,
        unit: str,
        parents: Iterable[str],
        label: Message | None = None,
        kind: str = "simulated",
    ) -> bool:
        s = self.result.find_summary(name)
        if s is None:
            return False
        factor = self.scale if unit == MONEY else 1.0
        mean, low, high = (v * factor for v in (s.mean, s.p5, s.p95))
        error = self.result.exact.mean(name)
        self.book.add(
            id,
            Estimated(mean, interval=(low, high), error=None if error is None else error * factor),
            unit,
            "derived" if kind == "derived" else "simulated",
            parents,
            label=label or self._dated(id),
        )
        return True

    def _dated(self, id: str) -> Message:
        return Message.of(f"appraisal.figure.{id}", year=str(self.year))

    def _of(self, *names: str) -> tuple[str, ...]:
        """Parameters of the priors that are there."""
        held = set(self.local.parents)
        return tuple(id for name in names if (id := f"parameter.effect.{name}") in held)

    @property
    def _due(self) -> tuple[str, ...]:
        return self._of("but_for", "displacement")

    def _share(self, id: str, parents: Iterable[str]) -> None:
        if id in self.result.shares:
            k, n = self.result.shares[id]
            found = Estimated(k / n, sample=(k, n), error=self.result.exact.share(id))
            self.book.add(id, found, "ratio", "simulated", parents)

    # Jobs, payroll, suppliers.

    def _jobs(self) -> None:
        why, y = self.local.no_jobs, self.year
        if why is not None:
            self.book.gap("cluster.jobs", "jobs", why, Message.of("appraisal.figure.cluster.jobs_direct"))
            return
        staff = ("simulation", *(f"parameter.{name}" for name in OF_STAFF))
        self._mean("cluster.jobs", f"with.jobs_year.{y}", "jobs", staff)
        self._mean("cluster.jobs_without", f"without.jobs_year.{y}", "jobs", staff)
        pair = ("cluster.jobs", "cluster.jobs_without")
        self._mean("cluster.jobs_additional", f"gap.jobs_year.{y}", "jobs", pair, kind="derived")
        label = self._dated("cluster.jobs_due") if self.local.no_displacement is not None else None
        net = (*pair, "simulation", *self._due)
        self._mean("cluster.jobs_net", f"net.jobs_year.{y}", "jobs", net, label=label)
        self._share("cluster.ahead", net)
        self._elsewhere()

    def _elsewhere(self) -> None:
        """Jobs that follow at suppliers and in services; they come beside the direct ones, and hold none of them."""
        net, spread = self.result.find_summary(f"net.jobs_year.{self.year}"), self.local.multiplier
        label = self._dated("cluster.jobs_elsewhere")
        if spread is None or net is None:
            self.book.gap("cluster.jobs_elsewhere", "jobs", Message.of("appraisal.gap.no_multiplier"), label)
            return
        low, high = spread.quantile(np.array([0.05, 0.95]))
        ends = sorted(x * m for x in (net.p5, net.p95) for m in (low, high))
        value = net.mean * sum(spread.values) / 3
        parents = ("cluster.jobs_net", *self._of("multiplier"))
        interval = (float(ends[0]), float(ends[-1]))
        self.book.add(
            "cluster.jobs_elsewhere", Estimated(value, interval=interval), "jobs", "derived", parents, label=label
        )

    def _payroll(self) -> None:
        if self.local.no_payroll is not None:
            if self.local.no_jobs is None:
                label = self._dated("cluster.payroll")
                self.book.gap("cluster.payroll", MONEY, self.local.no_payroll, label)
            return
        wage = self._of("wage")
        self._mean("cluster.payroll", f"with.payroll_year.{self.year}", MONEY, ("cluster.jobs", "simulation", *wage))
        net = ("cluster.jobs_net", "simulation", *wage)
        self._mean("cluster.payroll_net", f"net.payroll_year.{self.year}", MONEY, net)

    def _suppliers(self) -> None:
        share = ("simulation", "parameter.supplier_share", "parameter.supplier_growth")
        self._mean("cluster.supplier_share", "with.supplier_share", "ratio", share)
        self._mean("cluster.supplies", "with.supplies", MONEY, ("cluster.supplier_share", "simulation"))
        self._mean("cluster.supplies_additional", "gap.supplies", MONEY, ("cluster.supplies", "simulation"))

    # Taxes and value.

    def _taxes(self) -> None:
        if self.local.no_tax is not None:
            self.book.gap("budget.tax", MONEY, self.local.no_tax)
            return
        rates = {
            "wages": ("cluster.payroll_net", *self._of("wage_tax")),
            "plant": self._of("vat_load", "vat_plant", "taxable", "income_tax", "profit_plant"),
            "headquarters": self._of("taxable", "income_tax", "profit_head_office"),
            "sales": self._of("vat_load", "vat_plant"),
            "property": self._of("property_tax"),
        }
        losses = tuple(self.local.losses)
        for tier in TAX_BASES:
            carried = losses if tier in ("plant", "headquarters") else ()
            parents = ("simulation", "playbook", *rates[tier], *self._of("city_part"), *self._due, *carried)
            if self.result.find_summary(f"net.tax.{tier}") is not None:
                self._mean(f"budget.tax.{tier}", f"net.tax.{tier}", MONEY, parents)
        parts = value_ids(self.book, (f"budget.tax.{tier}" for tier in TAX_BASES))
        self._mean("budget.tax", "net.tax", MONEY, parts, kind="derived")
        self._mean("budget.tax_year", f"net.tax_year.{self.year}", MONEY, ("simulation", *parts))
        self._share("budget.ahead", ("budget.npv", "budget.tax"))

    def _value(self) -> None:
        public, fund = self.result.find_summary("public.npv"), self.result.find_summary("fund.npv")
        if public is None or fund is None:
            return
        given = (fund.mean - public.mean) * self.scale
        parents = ("simulation", "playbook", *self.money)
        self.book.add("public.given", given, MONEY, "simulated", parents)
        returned = () if self.sheet.only_gives else ("fund.npv_mean",)
        parts = (*returned, "public.given", "budget.tax")
        if self.local.no_tax is not None:
            self.book.gap("public.value_mean", MONEY, self.local.no_tax)
            return
        self._mean("public.value_mean", "account.public", MONEY, parts, kind="derived")
        self._share("public.value_ahead", parts)

    # Break-even.

    def _break_even(self) -> None:
        """What a further unit and a further year of a job would have to be worth for the deal to be whole."""
        public = self.result.find_summary("public.npv")
        if public is None:
            return
        tax = () if self.local.no_tax is not None else ("budget.tax",)
        parents = ("public.given", *tax, "simulation", "playbook", *self._due)
        if not self.sheet.only_gives:
            parents = ("fund.npv_mean", *parents)
        if "break_even.unit" not in self.idle:
            self._needed("break_even.unit", "units", public.mean, ("cluster.vehicles", *parents))
        if self.local.no_jobs is not None:
            for id, unit in (("break_even.job_year", PRICE), ("break_even.to_wage", "x")):
                self.book.gap(id, unit, self.local.no_jobs)
            return
        self._needed("break_even.job_year", "jobs", public.mean, ("cluster.jobs_net", *parents))
        needed, wage = self.book.figures()["break_even.job_year"], self.local.effects.wage
        why = self.local.no_payroll
        if needed.value is None or wage is None:
            why = why or (None if needed.note is None else Message.from_dict(needed.note.model_dump()))
            self.book.gap("break_even.to_wage", "x", why or Message.of("appraisal.gap.not_reached"))
            return
        mean = sum(wage.values) / len(wage.values) * self.sheet.unit
        pair = ("break_even.job_year", *self._of("wage"))
        error = None if needed.error is None else needed.error / mean
        self.book.add("break_even.to_wage", Estimated(needed.value / mean, error=error), "x", "derived", pair)

    def _needed(self, id: str, name: str, public: float, parents: tuple[str, ...]) -> None:
        added = self._parts(name)
        if added is None:
            return
        if not self.sheet.only_gives and self._hardly(name):
            self.book.gap(id, PRICE, Message.of("appraisal.gap.hardly_any"))
            return
        if public == 0:
            self.book.gap(id, PRICE, Message.of("appraisal.gap.nothing_paid"))
            return
        tax = self._parts("tax") or (0.0, 0.0)
        priors = self.local.effects
        central = _ratio(public, tax, added, _middle(priors.but_for), _middle(priors.displacement))
        if central is None:
            self.book.gap(id, PRICE, Message.of("appraisal.gap.adds_nothing"))
            return
        found = [
            _ratio(public, tax, added, b, d)
            for b, d in product(priors.but_for.quantile(GRID), _quantiles(priors.displacement))
        ]
        known = [x for x in found if x is not None]
        whole = len(known) == len(found)
        low, high = np.quantile(known, (0.05, 0.95)) if whole else (None, None)
        unit = self.sheet.unit
        interval = (None, None) if low is None or not high else (float(low) * unit, float(high) * unit)
        note = Message.of("appraisal.note.already_whole") if central == 0 else None
        error = self._error(name, _middle(priors.but_for), _middle(priors.displacement)) if central > 0 else 0.0
        needed = Estimated(central * unit, interval=interval, error=None if error is None else error * unit)
        self.book.add(id, needed, PRICE, "derived", parents, note=note)

    def _error(self, name: str, but_for: float, displaced: float) -> float | None:
        """Standard error of :func:`_ratio` at one value of each prior."""
        left = 1 - displaced
        cost = {"public.npv": -1.0}
        if self._parts("tax") is not None:
            cost |= {"one.tax": -left, "both.tax": -left * but_for}
        return self.result.exact.ratio(cost, {f"one.{name}": left, f"both.{name}": left * but_for})

    def _hardly(self, name: str) -> bool:
        """Whether three futures in four bring none: a mean over the rest is no worth of one."""
        both = [self.result.find_summary(f"{world}.{name}") for world in ("one", "both")]
        return all(part is not None and part.p75 <= 0.0 for part in both)

    def _parts(self, name: str) -> tuple[float, float] | None:
        """Mean present values of what is due: where the company lives in one world only, and where it lives in both."""
        one, both = self.result.find_summary(f"one.{name}"), self.result.find_summary(f"both.{name}")
        return None if one is None or both is None else (one.mean, both.mean)


def _ratio(
    public: float, tax: tuple[float, float], added: tuple[float, float], but_for: float, displaced: float
) -> float | None:
    """Net public cost over what is added, at one value of each prior; None where nothing is added."""
    gained = (added[0] + but_for * added[1]) * (1 - displaced)
    if gained <= 0:
        return None
    cost = -public - (tax[0] + but_for * tax[1]) * (1 - displaced)
    return max(cost, 0.0) / gained + 0.0


def _middle(spread: Distribution | None) -> float:
    return 0.0 if spread is None else sum(spread.values) / len(spread.values)


def _quantiles(spread: Distribution | None) -> Iterable[float]:
    return (0.0,) if spread is None else spread.quantile(GRID)
