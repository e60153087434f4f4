"""The page of a fund on a day: exposure against binding, calls, what comes back, concentration, and the tail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi import __version__
from guanzi.advice.following import Fund, FundRow, LossTail
from guanzi.base.core import Message, Period, catalogue, render, said
from guanzi.deal.terms import money_unit
from guanzi.record.evidence import View
from guanzi.render import Scale, closed_up, decimals, joint, mark_foreign, number, scale_for, stylesheet
from guanzi.reports import words
from guanzi.reports.chart import PageChart
from guanzi.reports.fund_charts import BindingBar, CallBar, binding_picture, calls_picture
from guanzi.reports.pages import plain_environment
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import period, say

BEFORE, AFTER = 8, 24
"""Quarters before and after the day that the picture of calls shows; the table has all."""
AHEAD = 4
_TRUTHS = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class FundStudy:
    """What the page tells: a fund, what was known of each deal on the day, and paths of each."""

    as_of: date
    found: Fund
    views: tuple[View, ...]
    paths: int

    @property
    def unit(self) -> str:
        """Of all amounts."""
        return money_unit(self.found.currency, 1e6)


def fund_html(study: FundStudy, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    found = study.found
    page = (
        plain_environment(lang)
        .get_template("fund.html.j2")
        .render(
            version=__version__,
            study=study,
            lang=lang,
            css=stylesheet(lang),
            lead=tuple(_lead(study, lang)),
            exposure=_exposure(study, lang),
            tiers=_tiers(study, lang),
            calls=_calls(study, lang),
            proceeds=_proceeds(study, lang),
            shares=[(by, _shares(study, by, lang), _spread(study, by, lang)) for by in range(len(found.shares))],
            tail=_tail(study, lang),
            notes=[render(note, lang) for note in found.notes],
            unsimulated=[(said(row.title, lang), _why(row, lang)) for row in found.rows if row.expected_calls is None],
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def _why(row: FundRow, lang: str) -> str:
    return joint("clause", lang).join(render(why, lang) for why in row.why)


def _scale(study: FundStudy, values: list[float | None], lang: str) -> Scale:
    return scale_for(study.unit, [v for v in values if v is not None], lang)


def _cell(value: float | None, scale: Scale, lang: str) -> TableNumber:
    if value is None:
        return TableNumber(say("fund.unknown", lang), mark="none")
    shown = value / scale.divisor
    return TableNumber(number(shown, decimals([shown], scale)))


def _amount(study: FundStudy, value: float, lang: str) -> str:
    if value == 0.0:
        return say("fund.nothing", lang)
    scale = scale_for(study.unit, [value], lang)
    shown = value / scale.divisor
    return scale.label(number(shown, decimals([shown], scale)), lang)


def _heads(names: tuple[str, ...], lang: str) -> tuple[str, ...]:
    return tuple(say(f"fund.head.{name}", lang) for name in names)


def _lead(study: FundStudy, lang: str) -> Iterator[str]:
    found = study.found
    planned = sum(row.planned for row in found.rows)
    before = sum(row.before for row in found.rows)
    yield say(
        "fund.lead.planned",
        lang,
        n=len(found.rows),
        planned=_amount(study, planned, lang),
        before=_amount(study, before, lang),
    )
    told = [row for row in found.rows if row.paid is not None]
    if told:
        paid, back = sum(row.paid or 0.0 for row in told), sum(row.returned or 0.0 for row in told)
        yield say(
            "fund.lead.paid",
            lang,
            n=len(told),
            of=len(found.rows),
            paid=_amount(study, paid, lang),
            back=_amount(study, back, lang),
        )
    else:
        yield say("fund.lead.none_paid", lang)
    ahead = [call for call in found.calls if call.mean is not None][:AHEAD]
    if ahead:
        mean, plan = sum(call.mean or 0.0 for call in ahead), sum(call.planned for call in ahead)
        yield say("fund.lead.ahead", lang, mean=_amount(study, mean, lang), planned=_amount(study, plan, lang))
    if found.tail is not None:
        tail = found.tail
        yield say(
            "fund.lead.tail",
            lang,
            n=len(tail.deals),
            apart=_amount(study, tail.apart.worst, lang),
            together=_amount(study, tail.together.worst, lang),
        )
    left = sum(row.expected_calls is None for row in found.rows)
    if left:
        yield say("fund.lead.unsimulated", lang, n=left, planned=_amount(study, found.outside, lang))


def _exposure(study: FundStudy, lang: str) -> PageChart | None:
    rows = study.found.rows
    scale = _scale(study, [x for r in rows for x in (r.planned, r.paid)], lang)
    table = ReportTable(
        scale.title(lang),
        _heads(("deal", "planned", "before", "bound", "due", "paid", "unseen"), lang),
        tuple(
            (
                said(row.title, lang),
                (
                    *(_cell(v, scale, lang) for v in (row.planned, row.before, row.bound, row.due, row.paid)),
                    TableNumber(str(len(row.unknown))),
                ),
            )
            for row in rows
        ),
    )
    label = say("fund.section.exposure", lang)
    planned = sum(row.planned for row in rows)
    bound = sum(row.bound for row in rows)
    sentence = say("fund.exposure_none", lang)
    if planned > 0.0:
        sentence = say(
            "fund.exposure_sentence", lang, bound=_amount(study, bound, lang), share=1.0 - bound / planned
        )  # fmt: skip
    bars = [BindingBar(said(r.title, lang), r.before, r.bound, r.paid) for r in rows if r.planned or r.paid]
    if not bars:
        return None
    return PageChart("exposure", label, sentence, binding_picture(bars, study.unit, sentence, lang), ((table, label),))


def _tiers(study: FundStudy, lang: str) -> ReportTable:
    tiers = [(row, tier) for row in study.found.rows for tier in row.tiers]
    scale = _scale(study, [x for _, t in tiers for x in (t.waits, t.ahead)], lang)
    rows = tuple(
        (
            said(row.title, lang),
            (
                TableNumber(said(tier.name or tier.id, lang), mark="words"),
                _cell(tier.ahead, scale, lang),
                _cell(tier.waits, scale, lang),
                TableNumber(
                    say(f"monitor.truth.{_TRUTHS[tier.now]}", lang), mark="none" if tier.now is None else "words"
                ),
            ),
        )
        for row, tier in tiers
    )
    return ReportTable(scale.title(lang), _heads(("deal", "tier", "ahead", "waits", "in_force"), lang), rows)


def _calls(study: FundStudy, lang: str) -> PageChart | None:
    calls = study.found.calls
    today = Period.of("quarter", study.as_of)
    shown = [c for c in calls if today.shift(-BEFORE) <= c.period <= today.shift(AFTER)]
    if not calls:
        return None
    scale = _scale(study, [x for c in calls for x in (c.planned, c.paid, c.high)], lang)
    table = ReportTable(
        scale.title(lang),
        _heads(("quarter", "plan", "unseen", "paid", "mean", "low", "high"), lang),
        tuple(
            (
                period(str(c.period), lang),
                (
                    _cell(c.planned, scale, lang),
                    TableNumber(str(c.unknown)),
                    *(_cell(v, scale, lang) for v in (c.paid, c.mean, c.low, c.high)),
                ),
            )
            for c in calls
        ),
    )
    label = say("fund.section.calls", lang)
    worst = max((c for c in calls if c.mean is not None), key=lambda c: (c.mean or 0.0, c.planned), default=None)
    if worst is None or worst.mean is None:
        sentence = say("fund.calls_none", lang)
    else:
        sentence = say(
            "fund.calls_sentence",
            lang,
            quarter=str(worst.period),
            mean=_amount(study, worst.mean, lang),
            high=_amount(study, worst.high or 0.0, lang),
        )
    bars = [CallBar(c.period, c.planned, c.paid, c.mean, c.low, c.high, c.unknown > 0) for c in shown or calls]
    return PageChart("calls", label, sentence, calls_picture(bars, study.unit, sentence, lang), ((table, label),))


def _proceeds(study: FundStudy, lang: str) -> ReportTable:
    rows = study.found.rows
    values = [(r.paid, r.returned, r.sale, r.expected_calls, r.expected_back, r.expected_stake) for r in rows]
    scale = _scale(study, [x for row in values for x in row], lang)
    return ReportTable(
        scale.title(lang),
        _heads(("deal", "paid", "returned", "sale", "calls", "back", "stake", "forecast"), lang),
        tuple(
            (
                said(row.title, lang),
                (
                    *(_cell(v, scale, lang) for v in told),
                    TableNumber(say(f"fund.forecast.{_forecast(row)}", lang), mark="words"),
                ),
            )
            for row, told in zip(rows, values, strict=True)
        ),
    )


def _forecast(row: FundRow) -> str:
    return "none" if row.expected_calls is None else "learnt" if row.learnt else "signed"


def member_name(study: FundStudy, by: str, code: str, lang: str) -> str:
    """A company, industry or region of the fund in words."""
    if by == "industry":
        id = f"appraisal.outside.industry.{code}"
        return (
            render(Message.of(id), lang) if id in catalogue("appraisal", "en") else words.word("industry", code, lang)
        )
    named = next(x for view in study.views if (x := getattr(view, by)).id == code)
    return said(named.name_zh if lang == "zh" and named.name_zh else named.name, lang)


def _shares(study: FundStudy, at: int, lang: str) -> ReportTable:
    part = study.found.shares[at]
    rows = tuple(
        (member_name(study, part.by, code, lang), (TableNumber(say("table.share", lang, share=share)),))
        for code, share in part.shares
    )
    return ReportTable("", _heads((part.by, "share"), lang), rows)


def _spread(study: FundStudy, at: int, lang: str) -> str:
    part = study.found.shares[at]
    if part.herfindahl is None or part.effective is None:
        return say("fund.no_amounts", lang)
    told = {"index": number(part.herfindahl, 2), "effective": number(part.effective, 1)}
    return say(f"fund.spread.{part.by}", lang, **told)


def _tail(study: FundStudy, lang: str) -> ReportTable | None:
    tail = study.found.tail
    if tail is None:
        return None
    kinds: list[tuple[str, LossTail | None]] = [
        ("common", tail.common), ("apart", tail.apart), ("together", tail.together)
    ]  # fmt: skip
    scale = _scale(study, [x for _, t in kinds if t is not None for x in (t.mean, t.exceeded, t.worst)], lang)
    rows = tuple(
        (
            say(f"fund.tail.{kind}", lang),
            tuple(
                _cell(None if t is None else getattr(t, name), scale, lang) for name in ("mean", "exceeded", "worst")
            ),
        )
        for kind, t in kinds
    )
    return ReportTable(scale.title(lang), _heads(("tail", "loss_mean", "exceeded", "worst"), lang), rows)
