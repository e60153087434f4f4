"""The money of a deal as a workbook whose formulas compute headline figures again, beside those of the appraisal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from guanzi.advice.appraisal import Appraisal, Instalment, budget_parties, commitments, plan_of
from guanzi.deal.terms import TermSheet, owed_by
from guanzi.jobs.shared.documents.words import case_words, code_words, message, of_text
from guanzi.record.evidence import View
from guanzi.render import Cell, Column, Document, Row, Section, Sentence, Table, Words, write_document_book

MONTHS = 12
OWN = ""
"""Key of what all parties plan together that pay from the budget under examination."""
_TIED: Mapping[bool | None, int | str] = {False: 0, True: 1, None: ""}
"""How it is marked whether a payment waits for something; None: that was not seen."""
_ALONE = {"before_tier": "before_tier.alone", "npv_low": "npv.alone", "npv_high": "npv.alone"}
"""What is said of a formula beside which the appraisal has no figure."""
_RATE, _REVENUE = "{assumptions.value:1}", "{assumptions.value:2}"


@dataclass(frozen=True, slots=True)
class DealMoney:
    """What is planned, as the term sheet says, and at which rate it is discounted.

    Attributes:
        payments: Planned payments of public parties, amounts in millions of the currency of the case.
        parties: Id and name of each public party.
        own: Ids of the parties whose payments burden the budget.
        hurdle: Annual rate of the playbook.
        called: Which sums of the appraisal hold what may be called for beside, which those of the plan do not: ``all``
            public money, the ``own`` of the budget; ``apart``: the sum of all public money leaves it out.
        assumed: What the sheet marks as assumed, by clause.
    """

    payments: tuple[Instalment, ...]
    parties: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    hurdle: float
    called: frozenset[str] = frozenset()
    assumed: Mapping[str, Collection[str]] = field(default_factory=dict)


def deal_money(sheet: TermSheet, view: View, hurdle: float) -> DealMoney:
    """What a term sheet plans to pay, to be summed at a rate of so much a year."""
    names, own = {party.id: party.name or party.id for party in sheet.parties}, budget_parties(sheet, view)

    def holds(*payers: str) -> bool:
        return any(flow.nature == "contingent" for flow in owed_by(sheet, *payers))

    sums = {"all": holds(), "own": bool(own) and holds(*own), "apart": holds(*sheet.public) and not holds()}
    called = frozenset(name for name, so in sums.items() if so)
    parties = tuple((id, names.get(id, id)) for id in sheet.public)
    return DealMoney(commitments(sheet), parties, own, hurdle, called, sheet.assumed)


def money_book(appraisal: Appraisal, money: DealMoney, lang: str = "en") -> bytes:
    """The workbook: headline figures, years, payments, assumptions; the same bytes for the same input.

    Args:
        appraisal: What the figures are of.
        money: Planned payments and the rate.
        lang: Language.
    """
    buffer = BytesIO()
    write_document_book(money_document(appraisal, money), buffer, lang)
    return buffer.getvalue()


def money_document(appraisal: Appraisal, money: DealMoney) -> Document:
    """The document of the workbook: its tables hold the formulas."""
    sums = _Sums(appraisal, money)
    tables = (sums.headline(), sums.by_year(), sums.payments(), sums.assumptions())
    told = [Sentence(message("book.unit", currency=code_words("currency", appraisal.case.currency)))]
    if not sums.all_known:
        told.append(Sentence(message("book.unknown"), tone="unknown"))
    if money.called:
        told.append(Sentence(message(f"book.called.{'all' if 'all' in money.called else 'apart'}")))
    return Document(
        id="money",
        kicker=message("book.title"),
        title=case_words(appraisal.case),
        under=(message("page.as_of", day=appraisal.as_of.isoformat()),),
        dated=appraisal.as_of,
        sections=(Section("money", message("book.title"), (*told, *tables), first=True),),
        footer="",
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one party pays of an instalment; None: nothing is known of it."""

    payment: Instalment
    party: str
    amount: float | None


def step_times(appraisal: Appraisal) -> tuple[tuple[int, float], ...]:
    """Calendar year, and years since the first step, of each step that was simulated; empty without a simulation."""
    dates = appraisal.exposure.failure.dates if appraisal.exposure is not None else ()
    if len(dates) < 2:
        return ()
    first, second = (_months(day) for day in dates[:2])
    step = second - first
    at = ((first + t * step, t * step / MONTHS) for t in range(appraisal.versions.steps))
    return tuple(((month - 1) // MONTHS, years) for month, years in at)


def _months(day: date) -> int:
    return day.year * MONTHS + day.month


class _Sums:
    """What is planned and what is expected, by year, with the formulas that sum it."""

    def __init__(self, appraisal: Appraisal, money: DealMoney) -> None:
        self.a, self.money, self.unit = appraisal, money, f"{appraisal.case.currency} m"
        self.parts = [_Part(p, party, amount.mid) for p in money.payments for party, amount in p.by_party]
        self.plans = {
            id: {call.year: call.planned for call in plan_of(payers, money.payments).years}
            for id, payers in ((OWN, money.own), *((id, (id,)) for id, _ in money.parties))
        }
        self.times = step_times(appraisal)
        flows = [appraisal.yearly.get(name) for name in ("payments", "receipts")]
        self.means = [dict(zip((d.year for d in f.dates), f.mean, strict=False)) if f else {} for f in flows]
        planned = {part.payment.due.year for part in self.parts}
        told = planned | set(self.means[0]) | set(self.means[1]) | {y.year for y in appraisal.accounts.years}
        self.years = list(range(min(told), max(told) + 1)) if told else []

    @property
    def all_known(self) -> bool:
        """Whether each planned payment has an amount: a sum that leaves one out would pass for the whole."""
        return bool(self.parts) and all(part.amount is not None for part in self.parts)

    def headline(self) -> Table:
        """Headline figures by formula, beside those of the appraisal."""
        rows = (*self._planned_rows(), *self._value_rows())
        return self._table("headline", _columns("what", "formula", "says", "difference", "how"), rows)

    def _row(self, name: str, says: float | None, formula: Cell, *, alike: bool) -> Row:
        """A headline figure; ``alike``: formula and appraisal should agree."""
        difference = Cell("")
        if alike and says is not None and isinstance(formula.value, float):
            difference = Cell(formula.value - says, formula.unit, formula="{formula}-{says}")
        cells = (
            formula,
            Cell("" if says is None else says, formula.unit),
            difference,
            Cell(message(f"book.how.{name if says is not None or alike else _ALONE[name]}")),
        )
        planned = name in ("amount", "worst_planned", "before_tier")
        let_off = planned and not all(payment.cash for payment in self.money.payments)
        return Row(Cell(message(f"book.row.{name}{'.let_off' if let_off else ''}")), cells)

    def _planned_rows(self) -> Iterator[Row]:
        """Sums of what is planned; none where an amount is not known."""
        if not self.all_known:
            return
        total = sum((part.amount or 0.0 for part in self.parts), 0.0)
        if "all" not in self.money.called:
            planned = self._sum(total, "SUM({payments.amount})")
            yield self._row("amount", self._figure("public.amount"), planned, alike=True)
        ids = [id for id, _ in self.money.parties]
        own = [f"{{years.p{ids.index(id)}}}" for id in self.money.own] or ["{years.p0}"]
        each = own[0] if len(own) == 1 else f"INDEX({'+'.join(own)},0)"
        worst = self._sum(max((self._planned(year, OWN) for year in self.years), default=0.0), f"MAX({each})")
        yield self._row("worst_planned", self._figure("budget.worst_planned"), worst, alike=True)
        revenue = self._figure("known.budget_revenue")
        forgone = {p.payment.due.year for p in self.parts if p.party in self.money.own and not p.payment.cash}
        if revenue and "own" not in self.money.called and len(forgone) < 2:  # tax let off counts by its heaviest year
            mine = sum(self._planned(year, OWN) for year in self.years)
            share = Cell(mine / revenue, "ratio", formula=f"SUM({','.join(own)})/{_REVENUE}")
            yield self._row("to_budget", self._figure("public.amount_to_budget"), share, alike=True)
        free = sum((part.amount or 0.0 for part in self.parts if part.payment.tied is False), 0.0)
        before = self._sum(free, f"SUMIF({{payments.tied}},{_TIED[False]},{{payments.amount}})")
        yield self._row("before_tier", self._figure("exposure.before_new_tier"), before, alike=False)

    def _value_rows(self) -> Iterator[Row]:
        """The two ends between which the present value of the yearly flows lies."""
        if not self.times or not self.means[0]:
            return
        fund, given = self._figure("fund.npv_mean"), self._figure("public.given")
        npv = None if fund is None else fund - (given or 0.0)
        terminal, last = self._figure("fund.terminal") or 0.0, self.times[-1][1]
        kept = terminal / (1 + self.money.hurdle) ** last
        for end, name in enumerate(("low", "high")):
            value = sum(self._present(year)[end] for year in self.years) + kept
            formula = f"SUM({{years.{name}}})+{terminal!r}/(1+{_RATE})^{last!r}"
            yield self._row(f"npv_{name}", npv, self._sum(value, formula), alike=False)

    def _sum(self, value: float, formula: str) -> Cell:
        return Cell(float(value), self.unit, formula=formula)

    def _present(self, year: int) -> tuple[float, float]:
        early, late = self._span(year)
        out, back = (mean.get(year, 0.0) for mean in self.means)
        first, last = ((1 + self.money.hurdle) ** -t for t in (early, late))
        return back * last - out * first, back * first - out * last

    def _span(self, year: int) -> tuple[float, float]:
        held = [t for y, t in self.times if y == year] or [0.0]
        return held[0], held[-1]

    def by_year(self) -> Table:
        """Payments by year and party, and the expected flows of all public parties with their present value."""
        parties = tuple(Column(f"p{n}", name) for n, (_, name) in enumerate(self.money.parties))
        flows = _columns("out", "back", "early", "late", "low", "high") if self.times else ()
        columns = (*_columns("year"), *parties, *_columns("all"), *flows)
        return self._table("years", columns, tuple(self._year(year) for year in self.years))

    def _year(self, year: int) -> Row:
        planned = [self._paid(year, id) for id, _ in self.money.parties]
        names = ",".join(f"{{p{n}}}" for n in range(len(planned)))
        total = sum(self._planned(year, id) for id, _ in self.money.parties)
        cells = [*planned, self._sum(total, f"SUM({names})") if planned else Cell(0.0, self.unit)]
        if self.times and all(of != year for of, _ in self.times):  # nothing is forecast of it
            cells += [Cell("")] * 6
        elif self.times:
            (early, late), (low, high) = self._span(year), self._present(year)
            cells += [Cell(mean.get(year, 0.0), self.unit) for mean in self.means]
            cells += [Cell(early, "years"), Cell(late, "years")]
            for value, back, out in ((low, "late", "early"), (high, "early", "late")):
                discounted = f"{{back}}/(1+{_RATE})^{{{back}}}-{{out}}/(1+{_RATE})^{{{out}}}"
                cells.append(self._sum(value, discounted))
        return Row(Cell(str(year)), tuple(cells))

    def _paid(self, year: int, party: str) -> Cell:
        value = float(self._planned(year, party))
        if not self.parts:
            return Cell(value, self.unit)
        dates = '{payments.due},">="&DATE({year},1,1),{payments.due},"<="&DATE({year},12,31)'
        return self._sum(value, f"SUMIFS({{payments.amount}},{dates},{{payments.payer}},{self._number(party)})")

    def _number(self, party: str) -> int:
        """The number by which formulas name a party."""
        return [id for id, _ in self.money.parties].index(party) + 1

    def payments(self) -> Table:
        """Each planned payment of each party, from the term sheet, with what of it is assumed."""
        names = dict(self.money.parties)
        columns = _columns("payment", "due", "party", "payer", "amount", "conditional", "tied", "assumed")
        rows = tuple(
            Row(
                Cell(part.payment.called),
                (
                    Cell(part.payment.due),
                    Cell(names.get(part.party, part.party)),
                    Cell(self._number(part.party)),
                    Cell("" if part.amount is None else part.amount, self.unit),
                    Cell("" if part.payment.tied is None else int(part.payment.conditional)),
                    Cell(_TIED[part.payment.tied]),
                    Cell(_assumed(part.payment, self.money.assumed)),
                ),
                f"payment:{part.payment.id}",
            )
            for part in self.parts
        )
        return self._table("payments", columns, rows)

    def assumptions(self) -> Table:
        """The rate and the revenue that formulas name."""
        revenue = self.a.figures.get("known.budget_revenue")
        rows = (
            Row(Cell(message("book.rate")), (Cell(self.money.hurdle, "ratio"),)),
            Row(
                Cell(message("book.revenue") if revenue is None else of_text(revenue.label)),
                (Cell(None if revenue is None else revenue.value, self.unit),),
            ),
        )
        return self._table("assumptions", _columns("what", "value"), rows)

    def _table(self, id: str, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Table:
        return Table(id, message(f"book.sheet.{id}"), columns, rows, book_only=True)

    def _planned(self, year: int, party: str) -> float:
        return self.plans[party].get(year, 0.0)

    def _figure(self, id: str) -> float | None:
        return self.a.figures[id].value if id in self.a.figures else None


def _assumed(payment: Instalment, marked: Mapping[str, Collection[str]]) -> Words:
    """What of a payment is assumed: its day, how the whole is spread over days, its amount."""
    amount = not payment.amount.known or "amount" in marked.get(payment.clause.rpartition(".")[2], ())
    told = {"day": not payment.agreed, "spread": payment.spread, "amount": amount}
    parts = tuple(message(f"book.assumed.{name}") for name, holds in told.items() if holds)
    return message("book.assumed", parts=parts) if parts else ""


def _columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, message(f"book.head.{name}")) for name in names)
