"""What could happen: to the company, to the public side, and on what the result depends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from guanzi.advice.appraisal import Appraisal, Exposure, FactData, Fan, SensitivityData
from guanzi.base.core import money_form
from guanzi.jobs.appraisal.documents.cash_chart import CashDrawing, cash_sentence
from guanzi.jobs.appraisal.documents.chart_tables import cash_table, fan_table, sensitivity_table, stated, trend_table
from guanzi.jobs.appraisal.documents.fan_chart import NOTHING, FanDrawing, fan_sentence
from guanzi.jobs.appraisal.documents.fiscal_tables import fiscal_table
from guanzi.jobs.appraisal.documents.hindsight import Happened
from guanzi.jobs.appraisal.documents.sensitivity_chart import SensitivityDrawing
from guanzi.jobs.appraisal.documents.trend_chart import TrendDrawing, TrendPoint, trend_sentence
from guanzi.jobs.shared.documents.figures import figure_table, quantity_of
from guanzi.jobs.shared.documents.parents import Parents
from guanzi.jobs.shared.documents.words import code_words, message, no_calls, no_exposure, of_text
from guanzi.render import Block, Bullets, Cell, Chart, Column, Measurement, Row, Section, Sentence, Table
from guanzi.study.forecasting import REPLAYED

_RANK = ("deliveries", "vehicle_margin", "cash", "cash_without", "revenue", "gross_margin", "net_loss")
GROWTH, OF_CLASS = "parameter.growth_long", "appraisal.origin.base_rate"
"""Long-run growth of volume among the parameters, and how the reason begins where a class of companies gives it."""
ACCOUNTS = ("fund", "budget", "cluster")


def exposure(appraisal: Appraisal) -> Section:
    """What the public side could lose, and which tiers of binding stand against it."""
    found = appraisal.exposure
    blocks: list[Block] = [] if found is None else [Sentence(message("intro.exposure"))]
    if appraisal.summary.sentences:
        blocks.append(Bullets(tuple(Sentence(of_text(sentence)) for sentence in appraisal.summary.sentences)))
    if found is None:
        return Section(
            "exposure", message("section.exposure"), (*blocks, Sentence(no_exposure(appraisal), tone="unknown"))
        )
    paid = appraisal.figures.get(found.paid_before_any_new_tier)
    if paid is not None and paid.value is not None:
        value = message("figures.value", value=quantity_of(paid))
        blocks.append(Sentence(value, (f"figure:{paid.id}",), name=of_text(paid.label)))
    if found.tiers:
        blocks.append(_tiers(found))
    return Section("exposure", message("section.exposure"), tuple(blocks))


def _tiers(found: Exposure) -> Table:
    columns = tuple(Column(name, message(f"table.{name}")) for name in ("tier", "in_force", "proof", "leaving"))
    rows = []
    for tier in found.tiers:
        state = message("exposure.baseline") if tier.baseline else message("exposure.share", share=tier.share[-1])
        leaving = Cell(None)
        if tier.leaving_low is not None and tier.leaving_high is not None:
            low, high = tier.leaving_low, tier.leaving_high
            notes = (Sentence(tier.leaving_source),) if tier.leaving_source else ()
            leaving = Cell(Measurement((low + high) / 2, found.unit, low, high, bounds=True), full=True, notes=notes)
        rows.append(Row(Cell(of_text(tier.label)), (Cell(state), Cell(tier.proof or None), leaving)))
    return Table("tiers", message("table.tiers"), columns, tuple(rows))


def empty_account(appraisal: Appraisal, name: str) -> Sentence:
    """Why an account has no figure: of the fund's its first figure says so."""
    npv = appraisal.figures.get("fund.npv") if name == "fund" else None
    reference = message("empty.account") if npv is None or npv.note is None else of_text(npv.note)
    return Sentence(reference, tone="unknown")


def accounts(appraisal: Appraisal, seen: Happened) -> Iterator[Section]:
    """The three accounts, never mixed; all three side by side; cash calls by year."""
    yield Section("accounts", message("section.accounts"), (Sentence(message("intro.accounts")),))
    held = appraisal.accounts
    for name, ids in zip(ACCOUNTS, (held.fund, held.budget, held.cluster), strict=True):
        caption = message(f"account.{name}")
        block: Block = figure_table(appraisal, name, ids, caption) if ids else empty_account(appraisal, name)
        yield Section(f"account-{name}", caption, (block,), level=3)
    if held.value:
        table = figure_table(appraisal, "value", held.value, message("account.value"))
        yield Section("account-value", message("account.value"), (Sentence(message("intro.value")), table), level=3)
    yield Section("cash", message("section.cash"), (_cash(appraisal, seen),), level=3)


def _cash(appraisal: Appraisal, seen: Happened) -> Block:
    years = appraisal.accounts.years
    if not years:
        return Sentence(no_calls(appraisal), tone="unknown")
    unit, label = f"{appraisal.case.currency} m", message("section.cash")
    tables = (cash_table(years, unit, label), *_by_year(appraisal, ("payments", "receipts"), seen))
    revenue = appraisal.figures.get("known.budget_revenue")  # an earlier appraisal may lack it
    why = None if revenue is None or revenue.note is None else of_text(revenue.note)
    finding = Sentence(cash_sentence(years, unit, why))
    return Chart("cash-calls", label, finding, CashDrawing(years, unit, why), tables, message("chart.cash_key"))


def fiscal(appraisal: Appraisal, parents: Parents) -> Iterator[Section]:
    """What the finance bureau asks."""
    empty = () if appraisal.fiscal else (Sentence(message("empty.fiscal"), tone="unknown"),)
    yield Section("fiscal", message("section.fiscal"), (Sentence(message("intro.fiscal")), *empty))
    for table in appraisal.fiscal:
        sentence = of_text(table.sentence)
        blocks: tuple[Block, ...] = (Sentence(sentence, tone="unknown"),)
        if table.rows:
            behind = parents.rests(table.parents)
            said = Sentence(sentence, behind, cited=message("figures.from") if behind else "")
            blocks = (said, fiscal_table(table))
        yield Section(f"fiscal-{table.id}", of_text(table.label), blocks, level=3)


def fans(appraisal: Appraisal, seen: Happened) -> Iterator[Section]:
    """What could happen to the company, and what others foresee."""
    found = _fans(appraisal)
    reference = Sentence(message("empty.fans.implausible" if appraisal.implausible else "empty.fans"), tone="unknown")
    if found:
        reference = Sentence(message("intro.fans", n=appraisal.versions.paths), ("simulation",))
    yield Section("fans", message("section.fans"), (reference,))
    for fan in found:
        drawn = (_fan(fan, appraisal, seen), *_trusted(fan.id, appraisal))
        yield Section(f"fan-{fan.id}", of_text(fan.label), drawn, level=3)
    forecast = appraisal.forecast
    if forecast is not None:
        blocks = [
            block
            for t in (forecast.failure, forecast.ensemble)
            for block in (Sentence(of_text(t.sentence)), fiscal_table(t))
        ]
        yield Section("forecast", message("forecast.heading"), tuple(blocks), level=3)
        differ = tuple(Sentence(of_text(sentence)) for sentence in forecast.sentences[1:])
        yield Section("differ", message("forecast.differ"), differ, level=3)


def _trusted(id: str, appraisal: Appraisal) -> Iterator[Sentence]:
    """From which class of companies a volume's growth comes, and how often such a band held what came."""
    record = REPLAYED.get(id)
    if record is None:
        return
    for growth in appraisal.parameters:
        if growth.id == GROWTH and growth.because.id.startswith(OF_CLASS):
            yield Sentence(message("fan.growth_from", because=of_text(growth.because)), (*growth.parents, GROWTH))
    yield Sentence(message("fan.replayed", **asdict(record)), tone="unknown")


def _fans(appraisal: Appraisal) -> Sequence[Fan]:
    """Fans, without the two of the signature picture."""
    drawn = {appraisal.exposure.failure.id, appraisal.exposure.departure.id} if appraisal.exposure else set()
    found = {fan.id: fan for fan in appraisal.fans.values() if fan.id not in drawn and (fan.dates or fan.ends)}
    return [found[id] for id in _ranked(found)]


def _ranked(ids: Iterable[str]) -> list[str]:
    """Quantities in the order in which a reader asks for them; those without a rank follow by name."""
    return sorted(ids, key=lambda id: (_RANK.index(id) if id in _RANK else len(_RANK), id))


def _fan(fan: Fan, appraisal: Appraisal, seen: Happened) -> Block:
    if fan.ends is not None and not fan.dates:
        return Sentence(of_text(fan.ends), tone="unknown")
    mine = seen.get(fan.id, NOTHING)
    legend = message("hindsight.key_day") if fan.id in seen else ""
    if not legend and f"{fan.id}_year" in seen:
        legend = message("hindsight.by_year")
    tables = (fan_table(fan, f"fan-{fan.id}-table", happened=mine), *_by_year(appraisal, (fan.id,), seen))
    drawing = FanDrawing(fan, appraisal.as_of, mine)
    return Chart(f"fan-{fan.id}", of_text(fan.label), Sentence(fan_sentence(fan)), drawing, tables, legend)


def _by_year(appraisal: Appraisal, ids: Iterable[str], seen: Happened) -> Iterator[Table]:
    """Tables of sums by calendar year, for those that the appraisal has."""
    for id in ids:
        fan = appraisal.yearly.get(id)
        if fan is not None and fan.dates:
            yield fan_table(fan, f"{id}-by-year", by_year=True, happened=seen.get(f"{id}_year"))


def sensitivity(appraisal: Appraisal) -> Section:
    """On what the result depends."""
    return Section("sensitivity", message("section.sensitivity"), tuple(sensitivity_blocks(appraisal.sensitivity)))


def sensitivity_blocks(found: SensitivityData | None) -> Iterator[Sentence | Chart]:
    """What the result hangs on: how it was found, and the bars of the assumptions with their data."""
    if found is None:
        yield Sentence(message("empty.sensitivity"), tone="unknown")
        return
    finding = Sentence(of_text(found.sentence))
    if all(bar.at_low is None for bar in found.swings):
        yield finding
        return
    result = of_text(found.result)
    yield Sentence(message("intro.sensitivity", result=result, n=found.paths))
    legend = message("chart.sensitivity_key", mean=found.mean)
    yield Chart("swings", result, finding, SensitivityDrawing(found), (sensitivity_table(found),), legend)


def trends(appraisal: Appraisal) -> Iterator[Section]:
    """What was observed, quantity by quantity."""
    charts = [chart for id in _ranked(appraisal.trends) if (chart := _trend(appraisal, id)) is not None]
    empty = () if charts else (Sentence(message("empty.trends"), tone="unknown"),)
    yield Section("trends", message("section.trends"), empty, folded=True)
    for chart in charts:
        yield Section(chart.id, chart.title, (chart,), level=3)


def _signed(fact: FactData, reference: float) -> FactData:
    """A fact with the sign that it has in a trend: a profit that is told among losses is less than nothing."""
    value = stated(fact)
    return fact if value is None else fact.model_copy(update={"value": math.copysign(value, reference)})


def _trend(appraisal: Appraisal, id: str) -> Chart | None:
    """A trend; None without two values."""
    held = {fact.id: fact for fact in appraisal.facts}
    observed = [o for o in appraisal.trends[id] if o.fact in held]
    if len(observed) < 2:
        return None
    facts = [_signed(held[o.fact], o.value) for o in observed]
    points = tuple(TrendPoint(fact.period, o.value) for fact, o in zip(facts, observed, strict=True))
    source_unit, label = facts[0].unit, code_words("trend", id)
    unit = source_unit if money_form(source_unit) is None else f"{appraisal.case.currency} m"
    table = trend_table(facts, f"trend-{id}-table", label)
    change = appraisal.trend_changes.get(id)
    drawing = TrendDrawing(label, unit, points, change)
    said = trend_sentence(label, unit, points, change)
    odd = {fact for finding in appraisal.findings if finding.id == "unvalidated.parts" for fact in finding.facts}
    if periods := tuple(message("date.period", period=fact.period) for fact in facts if fact.id in odd):
        said = message("parts_said", parts=(said, message("chart.trend_doubted", periods=periods)))
    return Chart(f"trend-{id}", label, Sentence(said), drawing, (table,))
