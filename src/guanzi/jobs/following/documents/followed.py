"""A watched deal forecast with what came: the rule on holding, forecasts by quantity, where the public side stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from guanzi.advice.appraisal import Fan, Observation, text
from guanzi.advice.following import Band, Followed, FollowedSeries, HoldingAdvice, sentence_parts
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet, money_unit, public_flows
from guanzi.jobs.appraisal.documents.fan_chart import FanDrawing
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import message
from guanzi.record.evidence import View, product_unit
from guanzi.render import Block, Cell, Chart, Column, Measurement, Row, Sentence, Table, Tone, Words
from guanzi.study.monitoring import Attribution, Examined, Position

MONEY = frozenset({"revenue", "cash"})
_TONES: dict[str, Tone] = {"failed": "risk", "warned": "caution", "unknown": "unknown"}
_QUANTILES = ("5", "25", "50", "75", "95")


def followed_blocks(found: Followed, view: View) -> Iterator[Block]:
    """The forecasts, and what came against plan and against no deal."""
    yield from _charts(found, view)
    if found.outcome:
        yield _outcome(found, view)


def _unit(found: Followed, quantity: str, view: View) -> str:
    if quantity in MONEY:
        return money_unit(found.signed.sheet.currency, 1e6)
    return product_unit(view)


def _what(quantity: str) -> Message:
    return message(f"monitor.followed.{quantity}")


def advice_lead(advice: HoldingAdvice, examined: Examined) -> Iterator[Sentence]:
    """Whether to hold, to stop or to leave, and why."""
    then = message("monitor.course.then.stop" if advice.owed else "monitor.course.then.exit")
    more = {"then": then} if advice.course == "unknown" else {}
    yield Sentence(message(f"monitor.course.{advice.course}", **more), tone=_TONES.get(advice.course, "strong"))
    if advice.course == "hold":
        yield Sentence(message("monitor.course.add"))
    if advice.lent and advice.course != "failed":
        kind, owed = sentence_parts(advice.lent, advice.currency)
        yield Sentence(message(f"monitor.lent.{kind}", **owed), tone="unknown" if kind == "unseen" else "plain")
        if notes := tuple(debt.name for debt in advice.lent if debt.converts):
            yield Sentence(message("monitor.lent.converts", names=notes))
    for trigger in advice.triggers:
        if trigger.met is not False:
            state = "untold" if trigger.met is None else "there"
            state = state if trigger.about else {"untold": "silent", "there": "simply"}[state]
            names = tuple(_called(examined, trigger.id, about) for about in trigger.about)
            what = message(f"monitor.trigger.{trigger.id}")
            told = message(f"monitor.trigger.{state}", what=what, names=names)
            yield Sentence(told, tone="unknown" if trigger.met is None else "risk")
    if advice.course != "failed" and any(trigger.met is None for trigger in advice.triggers):
        yield Sentence(message("monitor.followed.ask"))


def followed_lead(found: Followed) -> Iterator[Sentence]:
    """Whether the forecast has learnt, and what waiting is worth by it."""
    learnt = found.conditioned
    if learnt.refused is not None:
        yield Sentence(message("monitor.followed.refused", why=learnt.refused))
    elif learnt.used:
        yield Sentence(message("monitor.followed.kept", effective=learnt.effective, paths=len(learnt.weights)))
    if learnt.surprises:
        least = min(learnt.surprises, key=lambda x: x.chance)
        period = message("date.period", period=str(found.signed.period(least.actual.step)))
        what = _what(least.actual.quantity)
        yield Sentence(message("monitor.followed.surprise", what=what, period=period, chance=least.chance))
    if found.waiting is not None:
        unit, waits = money_unit(found.signed.sheet.currency, 1e6), found.waiting
        ends = {name: Measurement(getattr(waits, name), unit) for name in ("mean", "low", "high", "now")}
        yield Sentence(message("monitor.followed.waiting", better=waits.better, **ends))


def _called(examined: Examined, trigger: str, id: str) -> Words:
    """What a covenant, a tier, a right or a rule of warning is called."""
    if trigger == "sign":
        return message(f"monitor.rule.{id}")
    covenants, tiers = {c.id: c.name for c in examined.covenants}, {tier.id: tier.name for tier in examined.tiers}
    names = tiers if trigger == "tier_missed" else covenants if trigger == "breach" else {}
    rights = {right.id: right.name for right in examined.rights}
    return names[id] if id in names else message("monitor.clause", name=rights.get(id, id))


def _charts(found: Followed, view: View) -> Iterator[Chart]:
    for series in found.series:
        if not any(came is not None for came in series.came) and series.quantity == "cash":
            continue
        yield _signed(found, series, view)
        if any(band is not None for band in series.reforecast):
            yield _ahead(found, series, view)


def _came(series: FollowedSeries) -> Mapping[date, float]:
    return {p.end: c.value for p, c in zip(series.periods, series.came, strict=True) if c is not None}


def _signed(found: Followed, series: FollowedSeries, view: View) -> Chart:
    unit, came = _unit(found, series.quantity, view), _came(series)
    bands = {p.end: b for p, b in zip(series.periods, series.signed, strict=True)}
    known = [(b, c) for b, c in zip(series.signed, series.came, strict=True) if c is not None]
    title = message("monitor.followed.signed", what=_what(series.quantity))
    finding = message(
        "monitor.followed.signed_sentence" if known else "monitor.followed.nothing_came",
        what=_what(series.quantity),
        n=len(known),
        half=sum(b[1] <= c.value <= b[3] for b, c in known),
        nine=sum(b[0] <= c.value <= b[4] for b, c in known),
    )
    drawing = FanDrawing(_fan(series.quantity, unit, bands), found.signed.sheet.signed, came)
    id, facts = f"signed-{series.quantity}", rests(fact for _, c in known for fact in c.facts)
    return Chart(id, title, Sentence(finding, facts), drawing, (_bands(id, title, unit, bands, came),))


def _ahead(found: Followed, series: FollowedSeries, view: View) -> Chart:
    unit = _unit(found, series.quantity, view)
    chosen = series.learnt if found.conditioned.refused is None and found.conditioned.used else series.reforecast
    name = "learnt" if chosen is series.learnt else "fresh"
    bands = {
        p.end: b
        for p, b, came in zip(series.periods, chosen, series.came, strict=True)
        if b is not None and came is None and p.end > found.as_of
    } or {p.end: b for p, b in zip(series.periods, series.reforecast, strict=True) if b is not None}
    observed = tuple(
        Observation(date=p.end, value=c.value, fact=c.facts[0] if c.facts else "")
        for p, c in zip(series.periods, series.came, strict=True)
        if c is not None
    )
    last, band = next(reversed(bands.items()))
    period = next(p for p in series.periods if p.end == last)
    title = message(f"monitor.followed.{name}", what=_what(series.quantity))
    finding = message(
        "monitor.followed.ahead_sentence" if band[4] else "monitor.followed.ahead_none",
        label=title,
        period=message("date.period", period=str(period)),
        middle=Measurement(band[2], unit),
        low=Measurement(band[0], unit),
        high=Measurement(band[4], unit),
    )
    drawing, id = FanDrawing(_fan(series.quantity, unit, bands, observed), found.as_of), f"{name}-{series.quantity}"
    return Chart(id, title, Sentence(finding), drawing, (_bands(id, title, unit, bands),))


def _fan(quantity: str, unit: str, bands: Mapping[date, Band], observed: tuple[Observation, ...] = ()) -> Fan:
    p5, p25, p50, p75, p95 = zip(*bands.values(), strict=True)
    return Fan(
        id=quantity,
        label=text(Message.of(f"reports.monitor.followed.{quantity}")),
        unit=unit,
        dates=tuple(bands),
        p5=p5,
        p25=p25,
        p50=p50,
        p75=p75,
        p95=p95,
        observed=observed,
    )


def _bands(
    id: str, title: Words, unit: str, bands: Mapping[date, Band], came: Mapping[date, float] | None = None
) -> Table:
    columns = [
        Column("day", message("monitor.head.day")),
        *(Column(f"p{q}", message(f"table.p{q}")) for q in _QUANTILES),
    ]
    if came:
        columns.append(Column("came", message("table.happened")))
    rows = []
    for day, band in bands.items():
        happened = (Cell((came or {}).get(day, ""), tone="outcome"),) if came else ()
        rows.append(Row(Cell(day), (*(Cell(x) for x in band), *happened)))
    return Table(id, title, tuple(columns), tuple(rows), unit)


OF_STAKE = ("proceeds", "break_even", "left", "share", "recovering")
"""Rows of the position that only a stake has."""


def _realised_rows(stands: Position, behind: Mapping[str, tuple[str, ...]], view: View) -> Iterator[Row]:
    """Multiples and rates of what was paid and came back, as far as they can be told."""
    came, valued = stands.realised, behind.get("value")
    if came is None:
        return
    facts = rests((*behind.get("paid", ()), *behind.get("returned", ())))
    at = {"day": view.fact(valued[-1]).period.end.isoformat()} if valued else {}
    sold = (*facts, *rests(valued or ()))
    yield _realised("dpi", Cell(came.dpi, "x", facts))
    yield _realised("tvpi_at" if at else "tvpi", Cell(came.tvpi, "x", sold), **at)
    yield _realised("xirr", rate_cell(came.xirr, facts))
    yield _realised("xirr_held_at" if at else "xirr_held", rate_cell(came.xirr_held, sold), **at)


def _realised(id: str, cell: Cell, **params: str) -> Row:
    return Row(Cell(message(f"monitor.position.{id}", **params)), (cell,), f"position:{id.removesuffix('_at')}")


def rate_cell(span: tuple[float, float] | None, facts: tuple[str, ...]) -> Cell:
    """A rate a year; its ends where the days of payments are not known."""
    if span is None or span[0] == span[1]:
        return Cell(None if span is None else span[0], "ratio", facts)
    low, high = span
    return Cell(Measurement((low + high) / 2, "ratio", low=low, high=high, bounds=True), "ratio", facts)


def position_table(stands: Position, behind: Mapping[str, tuple[str, ...]], sheet: TermSheet, view: View) -> Table:
    """Where the public side stands: what it paid, answers for and got back, what a sale brings, without a forecast."""
    unit = money_unit(sheet.currency, 1e6)
    values: dict[str, float | None] = {
        "paid": stands.paid,
        "returned": stands.returned,
        "outstanding": stands.outstanding,
        "proceeds": None if stands.proceeds is None else stands.proceeds[1],
        "break_even": stands.break_even,
        "left": stands.left,
        "recycled": stands.recycled,
        "share": stands.share,
        "recovering": stands.recovering,
    }
    whole = stands.outstanding is not None and stands.outstanding <= 0.0  # nothing is left to be made whole
    valued = behind.get("value")
    rows = []
    if stands.share == 0.0:  # without a stake nothing of it can be sold
        values = {name: value for name, value in values.items() if name not in OF_STAKE}
    for name, value in values.items():
        facts = behind.get("value" if name == "proceeds" else name, ())
        open_ = name == "outstanding" and stands.returned is None
        label = message("monitor.position.outstanding_open" if open_ else f"monitor.position.{name}")
        if name == "proceeds" and valued:
            label = message("monitor.position.proceeds_at", day=view.fact(valued[-1]).period.end.isoformat())
        cell = Cell(value, "ratio" if name in ("share", "recovering") else "", rests(facts[-1:]))
        if whole and name in ("break_even", "recovering"):
            cell = Cell(message("monitor.position.whole"))
        if name == "paid" and value is None and stands.most is not None:
            most = Measurement(stands.most, unit)
            cell = Cell(message("monitor.position.paid_open", most=most), tone="unknown")
        rows.append(Row(Cell(label), (cell,), f"position:{name}"))
    rows += _realised_rows(stands, behind, view)
    for flow in public_flows(sheet, "contingent"):
        if flow.failed and flow.due <= view.as_of and (flow.expires is None or view.as_of <= flow.expires):
            limit = None if flow.high is None else flow.high * sheet.unit / 1e6
            label = message("monitor.position.answered", name=sheet.called(flow.id))
            rows.append(Row(Cell(label), (Cell(limit),), f"position:{flow.id}"))
    columns = (Column("position", message("monitor.head.position")), Column("amount", message("monitor.head.value")))
    return Table("position", message("monitor.caption.position"), columns, tuple(rows), unit)


def _outcome(found: Followed, view: View) -> Table:
    rows = []
    for row in found.outcome:
        unit = _unit(found, row.quantity, view)
        without: Words | None = None
        if row.without is not None:
            low, high = Measurement(row.without[0], unit), Measurement(row.without[2], unit)
            without = message("monitor.followed.range", low=low, high=high)
        promised = row.promised
        cells = (
            Cell(None) if promised is None else Cell(promised.value, unit, rests(promised.facts)),
            _came_cell(row, unit),
            Cell(without),
            Cell(message(f"monitor.claim.{row.claim}")),
        )
        period = message("date.period", period=str(row.period))
        rows.append(Row(Cell(message("monitor.followed.row", what=_what(row.quantity), period=period)), cells))
    names = ("outcome", "plan", "came", "without", "claim")
    columns = tuple(Column(name, message(f"monitor.head.{name}")) for name in names)
    return Table("outcome", message("monitor.caption.outcome"), columns, tuple(rows))


def _came_cell(row: Attribution, unit: str) -> Cell:
    """What came of a period, or of the part of it that is known."""
    if row.came is not None:
        return Cell(row.came.value, unit, rests(row.came.facts))
    if row.part is None:
        return Cell(None)
    told = message("monitor.followed.part", amount=Measurement(row.part.value, unit), months=row.months)
    return Cell(told, rests=rests(row.part.facts))


def cited_by(found: Followed) -> set[str]:
    """Ids of the facts behind what is shown."""
    ids = {f for s in found.series for c in s.came if c is not None for f in c.facts}
    ids |= {f for facts in found.behind.values() for f in facts}
    for row in found.outcome:
        for stated in (row.came, row.part, row.promised):
            ids |= set(stated.facts) if stated is not None else set()
    return ids
