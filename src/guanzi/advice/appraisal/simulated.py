"""Figures from the simulation, each with its parents."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isnan

from guanzi.advice.appraisal.book import MONEY, Estimated, FigureBook
from guanzi.advice.appraisal.commitments import at_most, commitments
from guanzi.advice.appraisal.deal import budget_parties, no_revenue, others_pay, party_names
from guanzi.advice.appraisal.fiscal import incentive_name, incentives_of
from guanzi.advice.appraisal.panel_record import trust_in_failure
from guanzi.advice.appraisal.public_value import BUDGET as BUDGET_EFFECTS
from guanzi.advice.appraisal.public_value import CLUSTER as CLUSTER_EFFECTS
from guanzi.advice.appraisal.public_value import uncounted
from guanzi.base.core import Message
from guanzi.deal.terms import Call, TermSheet
from guanzi.engine.simulation import SimulationResult
from guanzi.record.evidence import View, product_unit
from guanzi.record.playbooks import ButForPrior
from guanzi.study.fiscal import Triangular, but_for

MEDIANS = (
    ("fund.npv", MONEY),
    ("fund.irr", "ratio"),
    ("fund.moic", "x"),
    ("fund.net", MONEY),
    ("fund.paid", MONEY),
    ("fund.returned", MONEY),
    ("fund.peak", MONEY),
    ("fund.payback", "years"),
    ("budget.paid", MONEY),
    ("budget.net", MONEY),
    ("budget.npv", MONEY),
    ("budget.worst_year", MONEY),
)
"""Outputs shown by median and 90 % interval."""

MEANS = (
    ("from.put", MONEY),
    ("from.call", MONEY),
    ("from.exit", MONEY),
    ("from.failure", MONEY),
    ("fund.terminal", MONEY),
)
"""What each way of getting money back brings on average: their sum is the mean of all that comes back."""

FUND = (
    "fund.npv",
    "fund.npv_mean",
    "fund.npv_p5",
    "fund.irr",
    "fund.moic",
    "fund.ahead",
    "fund.loss_probability",
    "fund.invested_probability",
    "fund.shortfall",
    "fund.paid",
    "fund.returned",
    "fund.net",
    "fund.peak",
    "fund.payback",
    *(id for id, _ in MEANS),
    "put.price",
    "put.payable",
    "put.receipt_to_price",
    "put.missing",
    "put.claim_at_failure",
    "put.paid_at_failure",
)
OF_FUND = ("exposure.before_new_tier", "exposure.before_new_tier_share", "company.break_even_survival")
"""Figures of other accounts that ask for money of a fund."""

PAID = "paid."
"""Beginning of the figures that say how often a clause that waits for a condition is paid at all."""

OF_PUT = ("put.", "from.put")
OF_SHARES = ("put.", "from.")
"""Beginnings of the figures that only a deal with shares has."""

BUDGET = (
    "public.ahead",
    "public.paid_mean",
    "public.paid_in_full",
    "budget.worst_planned",
    "budget.worst_year",
    "budget.worst_year_share",
    "budget.paid",
    "budget.net",
    "budget.npv",
    "exposure.failure_p95",
    "exposure.own_failure_p95",
    "exposure.failure_p95_share",
    *BUDGET_EFFECTS,
)
CLUSTER = (
    "company.failure_probability_5y",
    "company.failure_probability_5y_without",
    "company.survival",
    "company.break_even_survival",
    "additionality.survival",
    "additionality.but_for",
    "cluster.vehicles",
    *CLUSTER_EFFECTS,
)
"""Figures of the three accounts, in reading order."""

UNITS = {
    **dict(MEDIANS),
    **dict(MEANS),
    "fund.npv_mean": MONEY,
    "fund.npv_p5": MONEY,
    "fund.ahead": "ratio",
    "public.ahead": "ratio",
    "fund.loss_probability": "ratio",
    "fund.invested_probability": "ratio",
    "fund.shortfall": MONEY,
    "put.price": MONEY,
    "put.payable": MONEY,
    "put.receipt_to_price": "ratio",
    "put.missing": MONEY,
    "put.claim_at_failure": MONEY,
    "put.paid_at_failure": MONEY,
    "budget.worst_year_share": "ratio",
    "exposure.failure_p95": MONEY,
    "exposure.failure_p95_share": "ratio",
    "exposure.before_new_tier": MONEY,
    "exposure.before_new_tier_share": "ratio",
    "company.failure_probability_5y": "ratio",
    "company.failure_probability_5y_without": "ratio",
    "company.survival": "ratio",
    "company.break_even_survival": "ratio",
    "additionality.survival": "ratio points",
    "additionality.but_for": "ratio",
    "cluster.vehicles": "units",
}


def accounts_of(sheet: TermSheet | None, book: FigureBook) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Figures of the three accounts that have a meaning for a deal: without a put, nothing is said of its price."""
    idle: set[str] = set()
    if sheet is not None and (sheet.moves_money or sheet.buys_shares is False):
        idle |= {*FUND, *OF_FUND} if sheet.only_gives else set()
        idle |= set() if sheet.public_puts else {id for id in FUND if id.startswith("put.")} | {"from.put"}
        idle |= set() if sheet.of(Call) else {"from.call"}
        idle |= set() if any(flow.shares for flow in sheet.flows()) else {"from.exit", "fund.terminal"}
    fund, budget, cluster = (
        tuple(id for id in ids if id in book and id not in idle) for ids in (FUND, BUDGET, CLUSTER)
    )
    return fund, budget, cluster


def enter_gaps(book: FigureBook, why: Message, idle: tuple[str, ...] = ()) -> None:
    """Without a simulation every simulated figure is a stated gap, but for those whose ids begin as in ``idle``."""
    for id, unit in UNITS.items():
        if id not in book and not id.startswith(idle):
            book.gap(id, unit, why)


def idle_of(sheet: TermSheet | None) -> tuple[str, ...]:
    """Beginnings of the figures of rights that the terms do not hold: one that is held and not reached has gaps."""
    if sheet is None or sheet.buys_shares is None or sheet.public_puts:
        return ()
    return OF_SHARES if sheet.only_gives else OF_PUT


def enter_no_fund(book: FigureBook) -> None:
    """Where nothing is bought or lent, a figure of the fund is no nought: there is no fund."""
    for id in (id for id in (*FUND, *OF_FUND) if not id.startswith(OF_SHARES)):
        book.gap(id, UNITS[id], Message.of("appraisal.gap.no_fund"))


class SimulatedFigures:
    """Enters what a simulation says into the book."""

    def __init__(
        self, book: FigureBook, result: SimulationResult, sheet: TermSheet, prior: ButForPrior, view: View
    ) -> None:
        self.book, self.result, self.sheet, self.prior = book, result, sheet, prior
        self.view, self.model, self.exact = view, view.model, result.exact
        self.scale = sheet.unit / 1e6
        self.money = tuple(dict.fromkeys(i.clause for i in commitments(sheet)))

    def enter(self) -> None:
        """All of them."""
        if self.sheet.only_gives:
            enter_no_fund(self.book)
        for id, unit in MEDIANS:
            if id not in self.book:
                self._median(id, unit, ("simulation", "playbook", *self.money))
        if not self.sheet.only_gives:
            for id, unit in MEANS:
                self._mean(id, unit, ("simulation", *self._rights(id)))
            self._fund()
            self._put()
        self._share("public.ahead", "public.ahead", ("simulation", "playbook", *self.money))
        self._budget()
        self._promised()
        self._exposure()
        self._company()
        enter_gaps(self.book, Message.of("appraisal.gap.not_reached"), (*idle_of(self.sheet), *uncounted(self.view)))

    def _rights(self, id: str) -> tuple[str, ...]:
        if id == "from.put":
            return tuple(f"terms.{put.id}" for put in self.sheet.public_puts) or self.money
        if id == "from.call":
            return tuple(f"terms.{call.id}" for call in self.sheet.of(Call)) or self.money
        return self.money

    def _scaled(self, unit: str, *values: float) -> tuple[float, ...]:
        factor = self.scale if unit == MONEY else 1.0
        return tuple(v * factor for v in values)

    def _median(self, id: str, unit: str, parents: Iterable[str], name: str = "") -> None:
        s = self.result.find_summary(name or id)
        note = self._other_forms() if id == "budget.worst_year" else None
        if s is None:
            return
        middle, low, high = self._scaled(unit, s.p50, s.p5, s.p95)
        error = self.exact.quantile(name or id, 0.5)
        sample = (s.n, self.result.paths) if s.n < self.result.paths else None
        self.book.add(
            id,
            Estimated(middle, interval=(low, high), sample=sample, error=self._error(unit, error)),
            unit,
            "simulated",
            parents,
            note=note,
        )

    def _other_forms(self) -> Message | None:
        """In which forms beside the stake the public side pays: a year may cost more than the stake."""
        kinds = dict.fromkeys(incentive.kind for incentive in incentives_of(self.sheet))
        if not kinds or not self.sheet.public_stakes:
            return None
        forms = tuple(map(incentive_name, kinds))
        return Message.of("appraisal.note.other_forms", forms=forms)

    def _error(self, unit: str, error: float | None) -> float | None:
        """A standard error in the unit of its figure."""
        return None if error is None else self._scaled(unit, error)[0]

    def _mean(self, id: str, unit: str, parents: Iterable[str], name: str = "", note: Message | None = None) -> None:
        s = self.result.find_summary(name or id)
        if s is None:
            return
        mean, low, high = self._scaled(unit, s.mean, s.p5, s.p95)
        sample = (s.n, self.result.paths) if s.n < self.result.paths else None
        error = self._error(unit, self.exact.mean(name or id))
        found = Estimated(mean, interval=(low, high), sample=sample, error=error)
        self.book.add(id, found, unit, "simulated", parents, note=note)

    def _share(self, id: str, name: str, parents: Iterable[str], note: Message | None = None) -> None:
        k, n = self.result.shares[name]
        found = Estimated(k / n, sample=(k, n), error=self.exact.share(name))
        self.book.add(id, found, "ratio", "simulated", parents, note=note)

    def _fund(self) -> None:
        paid = self.result.shares["fund.invested"]
        self._share("fund.invested_probability", "fund.invested", ("simulation",))
        if paid[0]:
            # A path in which nothing is paid loses nothing, and says nothing about the bet.
            lost = (self.result.shares["fund.loss"][0], paid[0])
            parents = ("simulation", *self.money)
            self._share("fund.ahead", "fund.ahead", ("simulation", "playbook", *self.money))
            error = self.exact.share("fund.loss", given="fund.invested")
            found = Estimated(lost[0] / lost[1], sample=lost, error=error)
            self.book.add("fund.loss_probability", found, "ratio", "simulated", parents)
        npv = self.result.find_summary("fund.npv")
        if npv is not None:
            mean, low, worst = self._scaled(MONEY, npv.mean, npv.p5, -npv.worst)
            named = (
                ("fund.npv_mean", mean, self.exact.mean("fund.npv")),
                ("fund.npv_p5", low, self.exact.quantile("fund.npv", 0.05)),
                ("fund.shortfall", worst, self.exact.tail("fund.npv")),
            )
            for id, value, error in named:
                found = Estimated(value, error=self._error(MONEY, error))
                self.book.add(id, found, MONEY, "simulated", ("simulation", "playbook", *self.money))

    def _put(self) -> None:
        """Wrong-way risk: what the put is worth where it matters, against its price."""
        for put in self.sheet.public_puts[:1]:
            clause = (f"terms.{put.id}", "simulation")
            price, paid = f"{put.id}.price_open|{put.id}.opened", f"{put.id}.payable_open|{put.id}.opened"
            self._mean("put.price", MONEY, clause, price)
            self._mean("put.payable", MONEY, clause, paid)
            asked, got = self.book.value("put.price"), self.book.value("put.payable")
            if asked and got is not None:
                pair = ("put.payable", "put.price")
                sample = self.result.shares[f"{put.id}.opened"]
                found = Estimated(got / asked, sample=sample, error=self.exact.ratio({paid: 1.0}, {price: 1.0}))
                self.book.add("put.receipt_to_price", found, "ratio", "derived", pair)
                self.book.add("put.missing", asked - got, MONEY, "derived", pair)
            self._mean("put.claim_at_failure", MONEY, clause, "fund.claim_at_failure|failed")
            self._mean("put.paid_at_failure", MONEY, clause, "fund.recovered_at_failure|failed")

    def _budget(self) -> None:
        revenue, worst = self.book.value("known.budget_revenue"), self.result.find_summary("budget.worst_year")
        if revenue and worst is not None:
            share, low, high = (v * self.scale / revenue for v in (worst.p95, worst.p5, worst.p95))
            parents = ("budget.worst_year", "known.budget_revenue")
            error = self.exact.quantile("budget.worst_year", 0.95)
            part = None if error is None else error * self.scale / revenue
            found = Estimated(share, interval=(low, high), error=part)
            self.book.add("budget.worst_year_share", found, "ratio", "derived", parents)
        elif not revenue:
            self.book.gap("budget.worst_year_share", "ratio", no_revenue(self.sheet, self.view))

    def _promised(self) -> None:
        """What is paid on average, and how often what waits for a condition is paid at all, and in full."""
        outlay = [
            s for year in self.result.years if (s := self.result.find_summary(f"public.outlay.{year}")) is not None
        ]
        parents = ("simulation", *self.money)
        if outlay and self.money:
            mean = sum(s.mean for s in outlay) * self.scale
            self.book.add("public.paid_mean", mean, MONEY, "simulated", parents)
        if "promised.in_full" in self.result.shares:
            self._share("public.paid_in_full", "promised.in_full", parents)
        for name in sorted(n for n in self.result.shares if n.startswith("promised.") and n.endswith(".any")):
            clause = name.removeprefix("promised.").removesuffix(".any")
            label = Message.of(
                "appraisal.figure.paid_at_all", clause=self.sheet.called(clause.removeprefix("incentive."))
            )
            k, n = self.result.shares[name]
            own = (f"terms.{clause}", "simulation")
            self.book.add(f"{PAID}{clause}", Estimated(k / n, sample=(k, n)), "ratio", "simulated", own, label=label)

    def _most_paid(self, *payers: str) -> float:
        """What is paid can be lost once: a quantile, which stands for its bin, is not above it."""
        most = at_most(self.sheet, *payers)
        return inf if most is None or most[0].high is None else most[0].high

    def _exposure(self) -> None:
        worst, error = self._worst("loss_on_failure")
        if worst is not None:
            most = min(worst, self._most_paid())
            parents = ("simulation", *self.money)
            self.book.add("exposure.failure_p95", Estimated(most, error=error), MONEY, "simulated", parents)
            self._own_exposure(most, error)
        if self.sheet.only_gives:
            return
        before, paid = self.result.find_summary("fund.paid_before_new_tier"), self.result.find_summary("fund.paid")
        tiers = tuple(f"terms.tier.{tier.id}" for tier in self.sheet.tiers if not tier.baseline)
        parents = ("simulation", *tiers, *self.money)
        self._mean("exposure.before_new_tier", MONEY, parents, "fund.paid_before_new_tier")
        if before is not None and paid is not None and paid.mean > 0:
            pair = ("exposure.before_new_tier", "fund.paid")
            error = self.exact.ratio({"fund.paid_before_new_tier": 1.0}, {"fund.paid": 1.0})
            share = Estimated(before.mean / paid.mean, error=error)
            self.book.add("exposure.before_new_tier_share", share, "ratio", "derived", pair)
        for tier in self.sheet.tiers:
            if not tier.baseline and self.result.find_summary(f"fund.paid_before.{tier.id}") is not None:
                id = f"exposure.before.{tier.id}"
                name = self.sheet.called(f"tier.{tier.id}")
                s = self.result.scalars[f"fund.paid_before.{tier.id}"]
                mean, low, high = self._scaled(MONEY, s.mean, s.p5, s.p95)
                label = Message.of("appraisal.figure.exposure.before_tier", tier=name)
                own = (f"terms.tier.{tier.id}", "simulation", *self.money)
                self.book.add(id, Estimated(mean, interval=(low, high)), MONEY, "simulated", own, label=label)

    def _worst(self, fan: str) -> tuple[float | None, float | None]:
        """The highest upper end of a fan, and the standard error of the surest step that reaches it; None: no value."""
        found = self.result.fans[fan]
        ends = [pair for pair in zip(found.p95, found.p95_error, strict=True) if not isnan(pair[0])]
        worst, error = max(ends, key=lambda end: (end[0], -end[1]), default=(None, None))
        return (None, None) if worst is None or error is None else (worst * self.scale, error * self.scale)

    def _own_exposure(self, most: float, error: float | None) -> None:
        """What the budget that is examined can lose, against its revenue: what others lose is not in it."""
        id, payers = "exposure.failure_p95", budget_parties(self.sheet, self.view)
        own = "budget_loss_on_failure"
        if own in self.result.fans and payers and others_pay(self.sheet, self.view):
            id, (worst, error) = "exposure.own_failure_p95", self._worst(own)
            label = Message.of(f"appraisal.figure.{id}", party=party_names(self.sheet, payers))
            most = min(worst or 0.0, self._most_paid(*payers))
            found = Estimated(most, error=error)
            self.book.add(id, found, MONEY, "simulated", ("simulation", *self.money), label=label)
        revenue = self.book.value("known.budget_revenue")
        if revenue:
            pair = (id, "known.budget_revenue")
            share = Estimated(most / revenue, error=None if error is None else error / revenue)
            self.book.add("exposure.failure_p95_share", share, "ratio", "derived", pair)
        else:
            self.book.gap("exposure.failure_p95_share", "ratio", no_revenue(self.sheet, self.view))

    def _company(self) -> None:
        trust = trust_in_failure(self.model)
        self._share("company.failure_probability_5y", "company.failed_5y", ("simulation",), trust)
        self._share("company.failure_probability_5y_without", "company.failed_5y_without", ("simulation",))
        (k, n), (bare, _) = self.result.shares["company.failed_5y"], self.result.shares["company.failed_5y_without"]
        pair = ("company.failure_probability_5y", "company.failure_probability_5y_without")
        gap = Estimated((bare - k) / n, error=self.exact.share_gap("company.failed_5y_without", "company.failed_5y"))
        self.book.add("additionality.survival", gap, "ratio points", "derived", pair)
        prior = Triangular(self.prior.low, self.prior.mode, self.prior.high)
        due = but_for(prior, 1 - k / n, 1 - bare / n)
        interval = (due.low, due.high)
        self.book.add(
            "additionality.but_for", Estimated(due.mean, interval=interval), "ratio", "derived", (*pair, "playbook")
        )
        self._break_even()
        if not uncounted(self.view):
            self._median("cluster.vehicles", product_unit(self.view), ("simulation",), "additional.local_units")

    def _break_even(self) -> None:
        """The share of futures in which the company must live to the horizon for the fund's mean value to be zero."""
        failed, n = self.result.shares["company.failed"]
        survival = Estimated(1 - failed / n, sample=(n - failed, n), error=self.exact.share("company.failed"))
        self.book.add("company.survival", survival, "ratio", "simulated", ("simulation",))
        if self.sheet.only_gives:
            return
        lives, dies = self.result.find_summary("fund.npv|survived"), self.result.find_summary("fund.npv|failed")
        if lives is not None and dies is not None and lives.mean > 0 > dies.mean:
            needed = -dies.mean / (lives.mean - dies.mean)
            parents = ("fund.npv_mean", "company.survival", "simulation")
            self.book.add("company.break_even_survival", needed, "ratio", "derived", parents)
