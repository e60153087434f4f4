"""The part of a watched deal that looks ahead and back: forecasts with what came, holding on, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from guanzi.advice.appraisal import Fan, Observation, text
from guanzi.advice.following import Band, Followed, FollowedSeries
from guanzi.base.core import Message, render, said
from guanzi.deal.terms import money_unit
from guanzi.record.evidence import View
from guanzi.render import Scale, decimals, joint, number, scale_for
from guanzi.reports.chart import Chart
from guanzi.reports.fan_chart import fan_picture
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import period, say
from guanzi.study.monitoring import Position

MONEY = frozenset({"revenue", "cash"})
POSITION = ("paid", "returned", "outstanding", "proceeds", "break_even", "left", "recycled")


@dataclass(frozen=True, slots=True)
class FollowedPart:
    """What the page shows of a followed deal.

    Attributes:
        lead: Sentences: what the rule says and why, whether the forecast has learnt.
        charts: Each quantity, with what came.
        position: Where the public side stands.
        outcome: What came against promise and against the company alone.
    """

    lead: tuple[str, ...]
    charts: tuple[Chart, ...]
    position: ReportTable
    outcome: ReportTable


def followed_part(found: Followed, view: View, lang: str) -> FollowedPart:
    """The part, in a language."""
    return FollowedPart(
        tuple(_lead(found, lang)),
        tuple(_charts(found, view, lang)),
        position_table(found.position, found.behind, found.signed.sheet.currency, view, lang),
        _outcome(found, lang),
    )


def _unit(found: Followed, quantity: str, view: View) -> str:
    if quantity in MONEY:
        return money_unit(found.signed.sheet.currency, 1e6)
    held = view.named("deliveries")
    return held[0].unit if held else "units"


def _what(quantity: str, lang: str) -> str:
    return say(f"monitor.followed.{quantity}", lang)


def _lead(found: Followed, lang: str) -> Iterator[str]:
    yield say(f"monitor.course.{found.course}", lang)
    if found.course == "hold":
        yield say("monitor.course.add", lang)
    for trigger in found.triggers:
        if trigger.met is not False:
            state = "untold" if trigger.met is None else "there" if trigger.about else "simply"
            names = joint("item", lang).join(_called(found, about, lang) for about in trigger.about)
            yield say(f"monitor.trigger.{state}", lang, what=say(f"monitor.trigger.{trigger.id}", lang), names=names)
    if any(trigger.met is None for trigger in found.triggers):
        yield say("monitor.followed.ask", lang)
    learnt = found.conditioned
    if learnt.refused is not None:
        yield say("monitor.followed.refused", lang, why=render(learnt.refused, lang))
    elif learnt.used:
        yield say("monitor.followed.kept", lang, effective=learnt.effective, paths=len(learnt.weights))
    if learnt.surprises:
        least = min(learnt.surprises, key=lambda x: x.chance)
        yield say(
            "monitor.followed.surprise",
            lang,
            what=_what(least.actual.quantity, lang),
            period=period(str(found.signed.period(least.actual.step)), lang),
            chance=least.chance,
        )
    if found.waiting is not None:
        unit = money_unit(found.signed.sheet.currency, 1e6)
        waits = found.waiting
        scale = scale_for(unit, [waits.mean, waits.low, waits.high, waits.now], lang)
        told = {
            name: _amount(value, scale)
            for name, value in (("mean", waits.mean), ("low", waits.low), ("high", waits.high), ("now", waits.now))
        }
        yield say("monitor.followed.waiting", lang, unit=scale.title(lang), better=waits.better, **told)


def _called(found: Followed, id: str, lang: str) -> str:
    """What a covenant or tier is called; a right has its id alone."""
    names = {c.id: c.name for c in found.examined.covenants} | {tier.id: tier.name for tier in found.examined.tiers}
    return said(names[id], lang) if id in names else say("monitor.clause", lang, name=id)


def _charts(found: Followed, view: View, lang: str) -> Iterator[Chart]:
    for series in found.series:
        if not any(came is not None for came in series.came) and series.quantity == "cash":
            continue
        yield _signed(found, series, view, lang)
        if any(band is not None for band in series.fresh):
            yield _ahead(found, series, view, lang)


def _came(series: FollowedSeries) -> Mapping[date, float]:
    return {p.end: c.value for p, c in zip(series.periods, series.came, strict=True) if c is not None}


def _signed(found: Followed, series: FollowedSeries, view: View, lang: str) -> Chart:
    unit, came = _unit(found, series.quantity, view), _came(series)
    fan = _fan(series.quantity, unit, {p.end: b for p, b in zip(series.periods, series.signed, strict=True)})
    inside = [
        (b[1] <= c.value <= b[3], b[0] <= c.value <= b[4])
        for b, c in zip(series.signed, series.came, strict=True)
        if c is not None
    ]
    label = say("monitor.followed.signed", lang, what=_what(series.quantity, lang))
    sentence = say(
        "monitor.followed.signed_sentence" if inside else "monitor.followed.nothing_came",
        lang,
        what=_what(series.quantity, lang),
        n=len(inside),
        half=sum(x[0] for x in inside),
        nine=sum(x[1] for x in inside),
    )
    drawn = fan_picture(fan, found.signed.sheet.signed, lang, came)
    table = _bands(series.quantity, unit, {p.end: b for p, b in zip(series.periods, series.signed, strict=True)}, lang)
    return Chart(f"signed-{series.quantity}", label, sentence, drawn, ((table, label),))


def _ahead(found: Followed, series: FollowedSeries, view: View, lang: str) -> Chart:
    unit = _unit(found, series.quantity, view)
    chosen = series.learnt if found.conditioned.refused is None and found.conditioned.used else series.fresh
    name = "learnt" if chosen is series.learnt else "fresh"
    bands = {
        p.end: b
        for p, b, came in zip(series.periods, chosen, series.came, strict=True)
        if b is not None and came is None and p.end > found.as_of
    } or {p.end: b for p, b in zip(series.periods, series.fresh, strict=True) if b is not None}
    observed = tuple(
        Observation(date=p.end, value=c.value, fact=c.facts[0] if c.facts else "")
        for p, c in zip(series.periods, series.came, strict=True)
        if c is not None
    )
    fan = _fan(series.quantity, unit, bands, observed)
    last = next(reversed(bands.items()))
    scale = scale_for(unit, list(last[1]), lang)
    label = say(f"monitor.followed.{name}", lang, what=_what(series.quantity, lang))
    sentence = say(
        "monitor.followed.ahead_sentence",
        lang,
        label=label,
        period=period(str(next(p for p in series.periods if p.end == last[0])), lang),
        middle=_amount(last[1][2], scale),
        low=_amount(last[1][0], scale),
        high=_amount(last[1][4], scale),
        unit=scale.title(lang),
    )
    drawn = fan_picture(fan, found.as_of, lang)
    return Chart(f"{name}-{series.quantity}", label, sentence, drawn, ((_bands("", unit, bands, lang), label),))


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


def _bands(quantity: str, unit: str, bands: Mapping[date, Band], lang: str) -> ReportTable:
    scale = scale_for(unit, [x for b in bands.values() for x in b], lang)
    heads = (say("monitor.head.day", lang), "5 %", "25 %", "50 %", "75 %", "95 %")
    rows = tuple((day.isoformat(), tuple(TableNumber(_amount(x, scale)) for x in band)) for day, band in bands.items())
    return ReportTable(scale.title(lang), heads, rows)


def _amount(value: float, scale: Scale) -> str:
    shown = value / scale.divisor
    return number(shown, decimals([shown], scale))


def position_table(
    stands: Position, behind: Mapping[str, tuple[str, ...]], currency: str, view: View, lang: str
) -> ReportTable:
    """Where the public side stands: what it paid, what came back, what a sale brings; it needs no forecast."""
    values: dict[str, float | None] = {
        "paid": stands.paid,
        "returned": stands.returned,
        "outstanding": stands.outstanding,
        "proceeds": None if stands.proceeds is None else stands.proceeds[1],
        "break_even": stands.break_even,
        "left": stands.left,
        "recycled": stands.recycled,
    }
    unit = money_unit(currency, 1e6)
    scale = scale_for(unit, [v for v in values.values() if v is not None], lang)
    told = {name: None if value is None else _amount(value, scale) for name, value in values.items()}
    for name, part in (("share", stands.share), ("recovering", stands.recovering)):
        told[name] = None if part is None else f"{number(part * 100, 1)} %"
    if stands.outstanding <= 0.0 and stands.paid > 0.0:  # nothing is left to be made whole
        told["break_even"] = told["recovering"] = say("monitor.position.whole", lang)
    valued = behind.get("value")
    rows = []
    for name in (*POSITION, "share", "recovering"):
        facts = behind.get("value" if name == "proceeds" else name)
        label = say(f"monitor.position.{name}", lang)
        if name == "proceeds" and valued:
            label = say("monitor.position.proceeds_at", lang, day=view.fact(valued[-1]).period.end.isoformat())
        anchor = f"fact-{facts[-1]}" if facts else ""
        rows.append((label, (TableNumber(told[name] or say("monitor.followed.unknown", lang), anchor=anchor),)))
    heads = (say("monitor.head.position", lang), scale.title(lang))
    return ReportTable("", heads, tuple(rows))


def _outcome(found: Followed, lang: str) -> ReportTable:
    rows = []
    for row in found.outcome:
        money = row.quantity in MONEY
        unit = money_unit(found.signed.sheet.currency, 1e6) if money else "units"
        values = [x.value for x in (row.came, row.promised) if x is not None]
        scale = scale_for(unit, [*values, *(row.without or ())], lang)
        none = say("monitor.followed.unknown", lang)
        without = (
            none
            if row.without is None
            else say(
                "monitor.followed.range", lang, low=_amount(row.without[0], scale), high=_amount(row.without[2], scale)
            )
        )
        cells = (
            TableNumber(none if row.promised is None else _amount(row.promised.value, scale)),
            TableNumber(
                none if row.came is None else _amount(row.came.value, scale),
                anchor=f"fact-{row.came.facts[0]}" if row.came is not None and row.came.facts else "",
            ),
            TableNumber(without),
            TableNumber(say(f"monitor.claim.{row.claim}", lang), mark="words"),
        )
        label = "monitor.followed.row" if money else "monitor.followed.row_units"
        when = period(str(row.period), lang)
        what = say(label, lang, what=_what(row.quantity, lang), unit=scale.title(lang), period=when)
        rows.append((what, cells))
    heads = tuple(say(f"monitor.head.{name}", lang) for name in ("outcome", "plan", "came", "without", "claim"))
    return ReportTable("", heads, tuple(rows))


def cited_by(found: Followed) -> set[str]:
    """Ids of the facts behind what is shown."""
    ids = {f for s in found.series for c in s.came if c is not None for f in c.facts}
    ids |= {f for facts in found.behind.values() for f in facts}
    for row in found.outcome:
        for stated in (row.came, row.promised):
            ids |= set(stated.facts) if stated is not None else set()
    return ids
