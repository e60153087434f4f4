"""The dossier: an appraisal as one self-contained page for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guanzi.advice.appraisal import Appraisal, Fan
from guanzi.advice.backtest import Hindsight
from guanzi.render import closed_up, mark_foreign, sections_html, stylesheet
from guanzi.reports import words
from guanzi.reports.cash_chart import cash_call_picture, cash_sentence
from guanzi.reports.chart import PageChart
from guanzi.reports.evidence import certainty, clause_groups, filters, in_order, streams_of_facts
from guanzi.reports.fan_chart import fan_picture, fan_sentence
from guanzi.reports.fiscal_tables import fiscal_table
from guanzi.reports.hindsight import Happened, happened, look_back
from guanzi.reports.pages import environment, unsaid
from guanzi.reports.plan_table import following, plan_table, questions_table
from guanzi.reports.sensitivity_chart import bars, sensitivity_picture
from guanzi.reports.signature import signature_picture
from guanzi.reports.tables import (
    ReportTable,
    cash_table,
    exposure_table,
    fan_table,
    payment_table,
    sensitivity_table,
    tier_table,
    trend_table,
)
from guanzi.reports.track_part import track_sections
from guanzi.reports.trend_chart import TrendPoint, trend_picture, trend_sentence
from guanzi.reports.workstreams import streams_table, unit_cost_charts

_RANK = ("deliveries", "vehicle_margin", "cash", "cash_without", "revenue", "gross_margin", "net_loss")


def dossier_html(appraisal: Appraisal, lang: str = "en", hindsight: Hindsight | None = None) -> str:
    """The dossier as HTML: one file without script and without outside requests, the same bytes for the same input.

    Args:
        appraisal: The appraisal, the only source of what the dossier says.
        lang: Language of the catalogues.
        hindsight: What happened; drawn over what was predicted, in a colour of its own. None: nothing is revealed.
    """
    page = DossierPage(appraisal, lang, hindsight)
    templates = environment(appraisal, lang)
    templates.globals |= {
        "a": appraisal,
        "lang": lang,
        "h": hindsight,
        "finding": {f.id: f for f in appraisal.findings},
        "source": {s.id: s for s in appraisal.sources},
    }
    needed = {part.id: part.needs(page) for part in PARTS if part.shown(page)}  # charts are drawn from here on
    written = {id: templates.get_template(f"{id}.html.j2").render(needs) for id, needs in needed.items()}
    text = templates.get_template("dossier.html.j2").render(
        css=stylesheet(lang), filters=filters(appraisal, lang), summary=written.pop(SUMMARY), parts=written
    )
    return mark_foreign(closed_up(text, lang), lang)


@dataclass(frozen=True)
class DossierPage:
    """What the parts of a dossier are written from."""

    appraisal: Appraisal
    lang: str
    hindsight: Hindsight | None

    @cached_property
    def seen(self) -> Happened:
        """What happened, by quantity; nothing unless it is revealed."""
        return happened(self.hindsight)


@dataclass(frozen=True, slots=True)
class DossierPart:
    """One part of the dossier.

    Attributes:
        id: Its anchor, its heading ``reports.section.<id>``, and its template ``<id>.html.j2``.
        needs: What the template needs beside the appraisal ``a``, the language ``lang``, ``finding`` and ``source`` by
            id, and ``h``, what happened.
        shown: Whether the dossier has it.
    """

    id: str
    needs: Callable[[DossierPage], Mapping[str, Any]] = lambda page: {}
    shown: Callable[[DossierPage], bool] = lambda page: True


def _summary(page: DossierPage) -> dict[str, Any]:
    appraisal, lang, exposure = page.appraisal, page.lang, page.appraisal.exposure
    leading = bars(appraisal.sensitivity, lang) if appraisal.sensitivity else ()
    return {
        "risks": unsaid(appraisal, appraisal.summary.risks),
        "assets": unsaid(appraisal, appraisal.summary.assets),
        "certainty": certainty(appraisal, lang),
        "leading": next((bar.name for bar in leading), ""),
        "signature_small": signature_picture(exposure, lang, small=True) if exposure else None,
    }


def _evidence(page: DossierPage) -> dict[str, Any]:
    return {
        "facts": in_order(page.appraisal, page.lang),
        "filters": filters(page.appraisal, page.lang),
        "fact_streams": streams_of_facts(page.appraisal),
    }


def _workstreams(page: DossierPage) -> dict[str, Any]:
    return {
        "streams_table": streams_table(page.appraisal, page.lang),
        "unit_costs": unit_cost_charts(page.appraisal, page.lang),
    }


def _trends(page: DossierPage) -> dict[str, Any]:
    found = (_trend(page.appraisal, id, page.lang) for id in _ranked(page.appraisal.trends))
    return {"trends": [trend for trend in found if trend]}


def _forecasts(page: DossierPage) -> dict[str, Any]:
    forecast, lang = page.appraisal.forecast, page.lang
    return {
        "seen": page.seen,
        "fans": [_fan(fan, page.appraisal, page.seen, lang) for fan in _fans(page.appraisal)],
        "failure_table": fiscal_table(forecast.failure, lang) if forecast else None,
        "ensemble_table": fiscal_table(forecast.ensemble, lang) if forecast else None,
    }


def _exposure(page: DossierPage) -> dict[str, Any]:
    exposure = page.appraisal.exposure
    return {
        "signature": signature_picture(exposure, page.lang) if exposure else None,
        "signature_tables": _signature_tables(page.appraisal, page.lang),
    }


def _questions(page: DossierPage) -> dict[str, Any]:
    return {
        "plan_table": plan_table(page.appraisal.plan, page.lang),
        "questions_table": questions_table(page.appraisal.plan, page.lang),
        "following": following(page.appraisal, page.lang),
    }


def _hindsight(page: DossierPage) -> dict[str, Any]:
    if page.hindsight is None:
        return {}
    return {
        "outcome_source": {s.id: s for s in page.hindsight.sources},
        "look": look_back(page.appraisal, page.hindsight, page.lang),
    }


def _track(page: DossierPage) -> dict[str, Any]:
    track = page.appraisal.track
    return {} if track is None else {"told": sections_html(tuple(track_sections(track)), page.lang)}


SUMMARY, HINDSIGHT = "summary", "hindsight"
PARTS: tuple[DossierPart, ...] = (
    DossierPart(SUMMARY, _summary),
    DossierPart("evidence", _evidence),
    DossierPart("findings"),
    DossierPart("workstreams", _workstreams),
    DossierPart("trends", _trends),
    DossierPart("terms", lambda page: {"clause_groups": clause_groups(page.appraisal)}),
    DossierPart("fans", _forecasts),
    DossierPart("exposure", _exposure),
    DossierPart("accounts", lambda page: {"cash": _cash(page.appraisal, page.seen, page.lang)}),
    DossierPart("fiscal", lambda page: {"fiscal": [(d, fiscal_table(d, page.lang)) for d in page.appraisal.fiscal]}),
    DossierPart("sensitivity", lambda page: {"sensitivity": _sensitivity(page.appraisal, page.lang)}),
    DossierPart("decision", lambda page: {"outside": fiscal_table(page.appraisal.outside, page.lang)}),
    DossierPart("questions", _questions),
    DossierPart("track", _track, lambda page: page.appraisal.track is not None),
    DossierPart(HINDSIGHT, _hindsight, lambda page: page.hindsight is not None),
    DossierPart("appendix"),
)
"""The parts of the dossier in reading order: the summary above the contents, the others below."""


def _fans(appraisal: Appraisal) -> Sequence[Fan]:
    """Fans, without the two of the signature picture."""
    exposure = appraisal.exposure
    drawn = {exposure.failure.id, exposure.departure.id} if exposure else set()
    fans = {fan.id: fan for fan in appraisal.fans.values() if fan.id not in drawn and fan.dates}
    return [fans[id] for id in _ranked(fans)]


def _ranked(ids: Iterable[str]) -> list[str]:
    """Quantities in the order in which a reader asks for them; those without a rank follow by name."""
    return sorted(ids, key=lambda id: (_RANK.index(id) if id in _RANK else len(_RANK), id))


def _fan(fan: Fan, appraisal: Appraisal, seen: Happened, lang: str) -> PageChart:
    label = words.tell(fan.label, lang)
    mine = seen.get(fan.id, {})
    picture = fan_picture(fan, appraisal.as_of, lang, mine)
    tables = [(fan_table(fan, lang, happened=mine), label), *_by_year(appraisal, (fan.id,), seen, lang)]
    return PageChart(fan.id, label, fan_sentence(fan, lang), picture, tuple(tables))


def _by_year(appraisal: Appraisal, ids: Iterable[str], seen: Happened, lang: str) -> list[tuple[ReportTable, str]]:
    """Tables of sums by calendar year, for those that the appraisal has."""
    found = [(appraisal.yearly[id], seen.get(f"{id}_year")) for id in ids if id in appraisal.yearly]
    return [
        (fan_table(fan, lang, by_year=True, happened=mine), words.tell(fan.label, lang))
        for fan, mine in found
        if fan.dates
    ]


def _trend(appraisal: Appraisal, id: str, lang: str) -> PageChart | None:
    """A trend; None without two values."""
    facts = {fact.id: fact for fact in appraisal.facts}
    observed = [o for o in appraisal.trends[id] if o.fact in facts]
    if len(observed) < 2:
        return None
    points = [TrendPoint(facts[o.fact].period, o.value) for o in observed]
    unit = facts[observed[0].fact].unit
    label = words.word("trend", id, lang)
    table = trend_table([facts[o.fact] for o in observed], lang)
    sentence = trend_sentence(label, unit, points, lang)
    return PageChart(id, label, sentence, trend_picture(label, unit, points, lang), ((table, label),))


def _cash(appraisal: Appraisal, seen: Happened, lang: str) -> PageChart | None:
    years = appraisal.accounts.years
    if not years:
        return None
    unit = f"{appraisal.case.currency} m"
    label = words.say("section.cash", lang)
    sentence = cash_sentence(years, unit, lang)
    picture = cash_call_picture(years, unit, lang)
    tables = [(cash_table(years, unit, lang), label), *_by_year(appraisal, ("payments", "receipts"), seen, lang)]
    return PageChart("cash", label, sentence, picture, tuple(tables))


def _sensitivity(appraisal: Appraisal, lang: str) -> PageChart | None:
    found = appraisal.sensitivity
    if found is None or not bars(found, lang):
        return None
    label = words.tell(found.result, lang)
    tables = ((sensitivity_table(found, lang), label),)
    return PageChart("sensitivity", label, words.tell(found.sentence, lang), sensitivity_picture(found, lang), tables)


def _signature_tables(appraisal: Appraisal, lang: str) -> tuple[tuple[ReportTable, str], ...]:
    exposure = appraisal.exposure
    if exposure is None:
        return ()
    found = [(exposure_table(exposure, lang), words.say("section.exposure", lang))]
    if exposure.tiers:
        found.append((tier_table(exposure, lang), words.say("chart.tiers", lang)))
    if exposure.payments:
        found.append((payment_table(exposure, lang), words.say("table.payments", lang)))
    return tuple(found)
