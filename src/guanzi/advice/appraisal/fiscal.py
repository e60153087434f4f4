"""What the finance bureau asks: calls, debt limit, debt service, taxes, displacement and revenue forgone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from math import ceil, floor, log10

from guanzi.advice.appraisal.book import MONEY, FigureBook, text
from guanzi.advice.appraisal.commitments import assumed_of, at_most, let_off, paid_by, plan_of
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.deal import (
    Bracket,
    Instalment,
    bracket,
    budget_of,
    budget_parties,
    examined_budget,
    others_pay,
    party_name,
)
from guanzi.advice.appraisal.table_data import Column, TableData
from guanzi.base.core import Message, catalogue
from guanzi.deal.terms import ConvertibleNote, Flow, Guarantee, Loan, TermSheet, owed_by, years_on
from guanzi.record.evidence import View, product_unit
from guanzi.record.playbooks import Playbook
from guanzi.study.fiscal import (
    CashPlan,
    ForgoneEntry,
    Incentive,
    Level,
    Market,
    Range,
    against_debt_limit,
    countries,
    displacement_in,
    forgone_table,
    known_debt_limit,
    load_displacement,
    load_tax_sharing,
    net_of_displacement,
    service_if_borrowed,
    split_tax,
)

COLUMN_OF: Mapping[Level, str] = {"nation": "nation", "state": "state", "local": "municipal"}
"""Beginning of the columns on the part of a level."""
MARKET: Market = "tradable"
"""Makers that sell beyond their region; its displacement is that of tradable goods."""
MILLION = 1e6

type Cell = float | str | Text | None
type Rows = tuple[tuple[Cell, ...], ...]


def fiscal_tables(
    view: View, book: FigureBook, sheet: TermSheet | None, planned: Sequence[Instalment], playbook: Playbook
) -> tuple[TableData, ...]:
    """The tables, in the order in which a finance bureau reads them."""
    payers = () if sheet is None else budget_parties(sheet, view)
    plan = plan_of(payers, planned, book.value("known.budget_revenue"))
    found: list[TableData] = []
    if plan.years:
        found.append(_calls(view, book, plan, sheet, payers, planned))
    borrowed = [(i.due, amount) for i, amount in paid_by(payers, planned) if amount is not None and i.cash]
    rate = _rate(view, playbook)
    if borrowed and rate is not None:
        found.append(_service(view, book, borrowed, sheet, rate))
    found += _taxes(view)
    found += _displacement(view, book)
    if sheet is not None:
        found += _budgets(view, sheet)
        found += _forgone(sheet, planned)
    return tuple(found)


def _budgets(view: View, sheet: TermSheet) -> Iterator[TableData]:
    """Where several public parties pay: what each is asked for at most, against a year's revenue of its own budget."""
    if not others_pay(sheet, view):
        return
    rows: list[tuple[Cell, ...]] = []
    parents: list[str] = []
    unknown: list[str] = []
    payers = dict.fromkeys(flow.payer for flow in owed_by(sheet, *sheet.public))
    for party in (party for party in sheet.public if party in payers):
        held = view.resolve("budget_revenue", budget_of(sheet, view, party))
        revenue = None if held is None else held.value
        most = at_most(sheet, party)
        amount = None if most is None else most[0].high
        yearly = at_most(sheet, party, a_year=True)
        load = None if yearly is None else yearly[0].high
        share = _share(sheet, (party,), load, revenue)
        rows.append((text(Message.of("appraisal.named", name=party_name(sheet, party))), amount, load, revenue, *share))
        parents += [] if held is None else [fact.id for fact in (held.fact, *held.others)]
        unknown += [party_name(sheet, party)] if held is None else []
    sentence = Message.of("appraisal.table.budgets.sentence")
    if unknown:
        sentence = Message.of("appraisal.table.budgets.unknown", parties=tuple(unknown))
    if any(flow.payee in payers for flow in owed_by(sheet, *sheet.public)):
        sentence = Message.of("appraisal.table.budgets.within", sentence=sentence)
    columns = (
        ("party", ""),
        ("at_most", MONEY),
        ("weighed", MONEY),
        ("own_revenue", MONEY),
        ("share_of_budget_low", "ratio"),
        ("share_of_budget_high", "ratio"),
    )
    yield _table("budgets", _in_currency(columns, view.currency), tuple(rows), sentence, *dict.fromkeys(parents))


def _in_currency(columns: Sequence[tuple[str, str]], currency: str) -> list[tuple[str, str]]:
    """Columns with amounts in a currency."""
    return [(name, unit.format(currency)) for name, unit in columns]


def _table(
    id: str,
    columns: Sequence[tuple[str, str]],
    rows: Rows,
    sentence: Message,
    *parents: str,
    label: Message | None = None,
) -> TableData:
    return TableData(
        id=id,
        label=text(label or Message.of(f"appraisal.table.{id}")),
        columns=tuple(_column(name, unit) for name, unit in columns),
        rows=rows,
        sentence=text(sentence),
        parents=parents,
    )


def _calls(
    view: View,
    book: FigureBook,
    plan: CashPlan,
    sheet: TermSheet | None,
    payers: tuple[str, ...],
    planned: Sequence[Instalment],
) -> TableData:
    """Planned payments of the budget that is examined, against it and its room under the debt limit."""
    limit, revenue = known_debt_limit(view, examined_budget(sheet, view)), book.value("known.budget_revenue")
    against = against_debt_limit(plan, limit)
    shares = [_share(sheet, payers, call.planned, revenue, call.year) for call in plan.years]
    rows = tuple(
        (str(call.year), call.planned, *share, year.cumulative, year.share_of_room)
        for call, share, year in zip(plan.years, shares, against.years, strict=True)
    )
    columns = (
        ("year", ""),
        ("planned", MONEY),
        ("share_of_budget_low", "ratio"),
        ("share_of_budget_high", "ratio"),
        ("cumulative", MONEY),
        ("share_of_room", "ratio"),
    )
    own = [i for i, _ in paid_by(payers, planned)]
    sentence = _dated(against.message, own)
    parents = ("known.budget_revenue", *limit.facts)
    form = "" if all(i.cash for i in own) else ".both" if any(i.cash for i in own) else ".let_off"
    label = Message.of(f"appraisal.table.calls{form}")
    return _table("calls", _in_currency(columns, book.currency), rows, sentence, *parents, label=label)


def _share(
    sheet: TermSheet | None, payers: tuple[str, ...], load: float | None, revenue: float | None, year: int | None = None
) -> tuple[float | None, float | None]:
    """A load on a year's revenue: with the tax in it of which the project brings a part, and without."""
    if load is None or not revenue:
        return None, None
    tax = 0.0 if sheet is None else let_off(sheet, payers, year)[1]
    return load / (revenue + tax), load / revenue


def _dated(message: Message, planned: Sequence[Instalment]) -> Message:
    """What is said of planned payments; with a word on what of them is assumed."""
    assumed = assumed_of(planned)
    return Message.of("appraisal.service.told", parts=(message, *assumed)) if assumed else message


CHINA = "CN"
"""Country for whose cities the playbooks state what borrowing costs."""


type Rate = tuple[float, Message, str]
"""Interest a year, where it comes from, and the parent that says so."""


def _rate(view: View, playbook: Playbook) -> Rate | None:
    """What borrowing costs a government there: the playbook tells it of China, elsewhere only a fact does."""
    if view.region.country in ("", CHINA):
        return (
            playbook.discount_rate.value,
            Message.of("appraisal.service.rate", reason=playbook.discount_rate.origin.reason()),
            "playbook",
        )
    free = view.resolve("risk_free_rate", "market")
    if free is None:
        return None
    return free.value, Message.of("appraisal.service.rate.free", period=str(free.fact.period)), free.fact.id


def _service(
    view: View, book: FigureBook, own: Sequence[tuple[date, float]], sheet: TermSheet | None, rate: Rate
) -> TableData:
    """Interest if all of the city's money were borrowed: an upper bound, not a fact of the record."""
    until = date((sheet.signed.year if sheet is not None else own[0][0].year) + 5, 12, 31)
    revenue = book.value("known.budget_revenue")
    yearly, origin, parent = rate
    service = service_if_borrowed(own, 1.0, yearly, until, (), revenue, book.currency)
    rows = tuple((str(y.year), y.drawn, y.outstanding, y.interest, y.share) for y in service.years)
    columns = (
        ("year", ""),
        ("drawn", MONEY),
        ("outstanding", MONEY),
        ("interest", MONEY),
        ("share_of_budget", "ratio"),
    )
    sentence = Message.of("appraisal.service.told", parts=(service.message, origin))
    return _table("service", _in_currency(columns, book.currency), rows, sentence, parent)


def _taxes(view: View) -> Iterator[TableData]:
    """Whose a unit of each tax that the region's state levies is, and by which documents."""
    if view.region.country not in countries():
        return
    sharing = load_tax_sharing(view.region.country)
    by_law = sharing.payer is None
    rows: list[tuple[Cell, ...]] = []
    absent: list[Message] = []
    beside: list[Message] = []
    documents: dict[str, None] = {}
    for tax in (tax for tax in sharing.taxes if by_law or tax.base is not None):
        split = split_tax(sharing, tax.id, 1.0, view.as_of, view.as_of)
        if tax.absent is not None:
            absent.append(split.message)
            continue
        rate = sharing.rate(tax, view.as_of, view.as_of, view.region.state)
        if rate is not None and rate.state is not None and rate.high == 0.0:
            absent.append(Message.of(rate.because))
            continue
        documents |= dict.fromkeys(source.title for source in split.sources)
        if split.exceptions is not None:
            beside.append(Message.of("appraisal.table.taxes.but", tax=Message.of(tax.name), told=split.exceptions))
        parts = (
            [split.whole(level) for level in sharing.levels] if by_law else [split.national, split.local, split.city]
        )
        rows.append((text(Message.of(tax.name)), *(end for part in parts for end in _ends(part))))
    columns = [("tax", "")]
    of_parts = [COLUMN_OF[level] for level in sharing.levels] if by_law else ["national", "local", "city"]
    columns += [(f"{part}_{end}", "ratio") for part in of_parts for end in ("low", "high")]
    told = [Message.of(f"appraisal.table.taxes.sentence{'.levels' if by_law else ''}"), *absent, *beside]
    told += [Message.of("appraisal.table.taxes.by", documents=tuple(documents))] if documents else []
    sentence = Message.of("appraisal.service.told", parts=tuple(told))
    yield _table("taxes", columns, tuple(rows), sentence)


def _displacement(view: View, book: FigureBook) -> Iterator[TableData]:
    """Gained activity, gross and net of what other local firms lose: each column adds up, to the digits shown."""
    prior = displacement_in(load_displacement(), MARKET, view.as_of)
    gross = book.value("cluster.vehicles")
    if prior.share is None or gross is None:
        return
    if gross <= 0:  # rows of nought would say that nothing can be taken
        most = book.figures()["cluster.vehicles"].high or 0.0
        lost = net_of_displacement(max(most, 0.0), prior.share).displaced_interval.high
        sentence = Message.of("appraisal.table.displacement.none")
        if most > 0:
            sentence = Message.of("appraisal.table.displacement.few", most=most, lost=lost)
        yield _table("displacement", (), (), sentence, "cluster.vehicles")
        return
    parts = net_of_displacement(gross, prior.share)
    digits = 2 - floor(log10(gross))
    whole = round(gross, digits)
    losses = (parts.displaced_interval.low, parts.displaced.low, parts.displaced_interval.high)
    taken = tuple(round(loss, digits) for loss in losses)
    rows: Rows = (
        (_part("gross"), *(whole for _ in taken)),
        (_part("displaced"), *taken),
        (_part("net"), *(whole - loss for loss in taken)),
    )
    unit = product_unit(view)
    columns = (("part", ""), ("little_taken", unit), ("taken_on_average", unit), ("much_taken", unit))
    yield _table("displacement", columns, rows, prior.message, "cluster.vehicles")


def _forgone(sheet: TermSheet, planned: Sequence[Instalment]) -> Iterator[TableData]:
    """Revenue forgone and other commitments, after the model of GASB statement 77."""
    table = forgone_table(incentives_of(sheet), sheet.currency)
    names = {
        **{p.id: p.name for p in sheet.parties if p.name},
        **{item.id: sheet.called(item.id) for item in sheet.instruments},
        **{promise.id: sheet.called(f"promise.{promise.id}") for promise in sheet.promises},
    }
    for part, entries, sentence in (
        ("abatements", table.abatements, table.message),
        ("commitments", table.others, table.others_message),
    ):
        clauses = [f"terms.incentive.{entry.id}" for entry in entries]
        yield TableData(
            id=part,
            label=text(Message.of(f"appraisal.table.{part}")),
            columns=(
                *(_column(name, "") for name in ("incentive", "kind", "party")),
                *(_column("of_year", MONEY.format(sheet.currency), year=str(y.year)) for y in table.years),
            ),
            rows=tuple(_row(entry, names) for entry in entries),
            sentence=text(_dated(sentence, [i for i in planned if i.clause in clauses])),
            parents=tuple(clauses),
        )


def _column(name: str, unit: str, **params: str) -> Column:
    return Column(label=text(Message.of(f"appraisal.column.{name}", **params)), unit=unit)


def _part(name: str) -> Text:
    return text(Message.of(f"appraisal.part.{name}"))


def _row(entry: ForgoneEntry, names: Mapping[str, str]) -> tuple[Cell, ...]:
    clause, party = (names.get(id, id) for id in (entry.id, entry.party))
    return (
        text(Message.of("appraisal.named", name=clause)),
        text(incentive_name(entry.kind)),
        text(Message.of("appraisal.named", name=party)),
        *(None if a is None else a.middle for a in entry.amounts),
    )


def incentives_of(sheet: TermSheet) -> Iterator[Incentive]:
    """What the public side gives by the sheet beside money for shares and loans, in CNY m by year.

    Of a purchase it is what is paid above the worth of the goods.
    """
    scale = sheet.unit / MILLION
    found = (f for f in sheet.flows() if f.payer in sheet.public and not f.shares)
    beside = (f for f in found if f.nature not in ("invested", "lent"))
    for id, flows in groupby(beside, key=lambda flow: flow.instrument):
        years = tuple(flows)
        first = years[0]
        amounts = tuple((year, _given(flow, scale)) for flow in years for year in _years(flow, sheet))
        recapture = Message.of("appraisal.forgone.clawback") if first.recoverable else None
        abatement = first.nature == "forgone"
        contingent = first.nature == "contingent"
        yield Incentive(id, first.word, first.payer, amounts, abatement, contingent, first.failed, recapture=recapture)
    paid = {flow.instrument for flow in sheet.flows()}
    for promise in (promise for promise in sheet.promises if promise.id not in paid):
        yield Incentive(promise.id, "promise", promise.party, ((promise.due.year, 0.0),))


def _years(flow: Flow, sheet: TermSheet) -> Iterable[int]:
    """Calendar years in which a flow can be paid: what is called when the company fails, in each until it ends.

    A guarantee of one debt ends with it; of one that waits for something it is not known when it is drawn.
    """
    debt = next((g.debt for g in sheet.of(Guarantee) if g.id == flow.instrument), "")
    lent: tuple[Loan | ConvertibleNote, ...] = (*sheet.of(Loan), *sheet.of(ConvertibleNote))
    behind = next((one for one in lent if one.id == debt), None)
    ends = None if behind is None or behind.condition else years_on(behind.already or behind.drawn, ceil(behind.years))
    last = flow.expires or ends or years_on(sheet.signed, sheet.horizon)
    return range(flow.due.year, last.year + 1) if flow.failed else (flow.due.year,)


def _given(flow: Flow, scale: float) -> Range | None:
    amount, worth = _range(bracket(flow.amount, scale)), _range(bracket(flow.worth, 1.0))
    if amount is None or worth is None:
        return None
    return Range(amount.low * (1 - worth.high), amount.high * (1 - worth.low))


def incentive_name(kind: str) -> Message:
    """What a kind of incentive is called; one that has no words goes by the word with which sheets name it."""
    id = f"appraisal.incentive.{kind}"
    return Message.of(id) if id in catalogue("appraisal", "en") else Message.of("appraisal.named", name=kind)


def _range(amount: Bracket) -> Range | None:
    return None if amount.low is None or amount.high is None else Range(amount.low, amount.high)


def _ends(range: Range) -> tuple[float, float]:
    return range.low, range.high
