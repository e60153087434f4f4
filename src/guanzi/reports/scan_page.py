"""The page of a scan: what one region could enter next; each place on the list answers five questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from guanzi import __version__
from guanzi.base.core import Message, render, said
from guanzi.intake.industries import is_made_up
from guanzi.record.evidence import City, Fact, Source
from guanzi.render import closed_up, exact, joint, mark_foreign, stylesheet, typeset
from guanzi.reports import words
from guanzi.reports.chart import PageChart
from guanzi.reports.evidence import cited_source
from guanzi.reports.industry_space import MOST, composition_picture, drawn, space_picture
from guanzi.reports.pages import plain_environment
from guanzi.reports.scan_charts import Spot, calibration_picture, course_picture, map_picture, window_picture
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.study.tracks import (
    FIRST,
    QUESTIONS,
    Opening,
    Recommendation,
    RegionScan,
    answers,
    signed,
    tell_standing,
    tell_supposed,
    tell_tested,
    window_verdict,
)

_PROFILE = (
    "gdp", "budget_revenue", "budget_expenditure", "debt_outstanding", "registered_population", "resident_population",
    "land_area", "universities", "property_investment", "r_and_d_intensity", "nev_output", "state_listed_firms",
)  # fmt: skip
_FAR = date(9999, 1, 1)


def scan_html(scan: RegionScan, lang: str = "en", city: City | None = None) -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input.

    Args:
        scan: What was found.
        lang: Language.
        city: Whose own facts are shown; None: none.
    """
    templates = plain_environment(lang)
    templates.globals["s"] = lambda id, **params: told(id, lang, **params)
    page = templates.get_template("scan.html.j2").render(
        version=__version__,
        lang=lang,
        css=stylesheet(lang),
        made_up=is_made_up(scan.panel),
        region=scan.region,
        scan=scan,
        first=FIRST,
        lead=rendered(tell_standing(scan), lang),
        recommendations=[(r, scan_answers(scan, r, lang)) for r in scan.recommendations],
        questions=QUESTIONS,
        charts=list(_charts(scan, lang)),
        ranking=_ranking(scan, lang),
        test=scan_tested(scan, lang),
        windows=[_window(found, lang) for found in {o.track.id: o for _, o in scan.openings}.values()],
        changes=_changes(scan, lang),
        supposed=rendered([tell_supposed(scan)], lang)[0] if scan.supposed else "",
        profile=None if city is None else _profile(city, lang),
        sources=[cited_source(s) for s in _sources(scan, city)],
    )
    return mark_foreign(closed_up(page, lang), lang)


def told(id: str, lang: str, /, **params: Any) -> str:
    """A sentence of the catalogue of scans."""
    return typeset(render({"id": id, "params": params}, lang))


def scan_answers(scan: RegionScan, chosen: Recommendation, lang: str) -> dict[str, str]:
    """Why this, why us, why now, how sure, what would change it: a paragraph each."""
    between = joint("sentence", lang)
    return {name: between.join(rendered(said, lang)) for name, said in answers(scan, chosen).items()}


def scan_tested(scan: RegionScan, lang: str) -> list[str]:
    """What the backtest on the window before says, of all regions and of this one."""
    return rendered(tell_tested(scan), lang)


def rendered(messages: Iterable[Message], lang: str) -> list[str]:
    """Sentences in a language."""
    return [typeset(render(message, lang)) for message in messages]


def _charts(scan: RegionScan, lang: str) -> Iterable[PageChart]:
    fronts = sum(r.front for r in scan.ranked)
    if scan.ranked:
        see = told("scan.see.map", lang, n=len(scan.ranked), front=fronts)
        seen = ((row.candidate, row.front) for row in scan.ranked)
        spots = [Spot(c.industry, c.probability, c.gain, c.size, front) for c, front in seen]
        yield PageChart("map", told("scan.section.map", lang), see, map_picture(spots, see, lang), ())
    see = told("scan.see.space", lang, drawn=len(drawn(scan)), of=len(scan.panel.industries), most=MOST)
    yield PageChart("space", told("scan.section.space", lang), see, space_picture(scan, see, lang), ())
    see = told("scan.see.composition", lang)
    head = tuple(told(f"scan.head.{name}", lang) for name in ("industry", "share", "quotient"))
    rows = tuple(
        (said(name, lang), (TableNumber(told("scan.share", lang, share=share)), TableNumber(f"{quotient:.2f}")))
        for name, share, quotient in scan.composition
    )
    label = told("scan.section.composition", lang)
    pictured = composition_picture(scan, see, lang)
    yield PageChart("composition", label, see, pictured, ((ReportTable("", head, rows), label),))
    see = told("scan.see.course", lang, first=str(scan.stands[0].year), last=str(scan.stands[-1].year))
    head = tuple(told(f"scan.head.{name}", lang) for name in ("year", "held", "place"))
    rows = tuple(
        (str(s.year), (TableNumber(str(s.diversity)), TableNumber("–" if s.place is None else f"{s.place}/{s.of}")))
        for s in scan.stands
    )
    label = told("scan.section.course", lang)
    yield PageChart("course", label, see, course_picture(scan, see, lang), ((ReportTable("", head, rows), label),))
    test = scan.forecast.backtest
    if test is not None:
        see = told("scan.see.calibration", lang, window=f"{test.window.origin}–{test.window.target}")
        head = tuple(told(f"scan.head.{name}", lang) for name in ("forecast", "entered", "cells"))
        rows = tuple(
            (
                told("scan.share", lang, share=p),
                (TableNumber(told("scan.share", lang, share=share)), TableNumber(str(cells))),
            )
            for p, share, cells in test.calibration
        )
        label = told("scan.section.calibration", lang)
        pictured = calibration_picture(test.calibration, see, lang)
        yield PageChart("calibration", label, see, pictured, ((ReportTable("", head, rows), label),))


def _ranking(scan: RegionScan, lang: str) -> ReportTable:
    heads = ("industry", "front", "probability", "interval", "gain", "size", "growth", "rank", "top")
    head = tuple(told(f"scan.head.{name}", lang, first=FIRST) for name in heads)
    rows = []
    for row in scan.ranked:
        c = row.candidate
        growth = (
            TableNumber("–", mark="none")
            if c.growth is None
            else TableNumber(told("scan.growth", lang, growth=c.growth))
        )
        rows.append(
            (
                said(c.industry, lang),
                (
                    TableNumber("●" if row.front else ""),
                    TableNumber(told("scan.share", lang, share=c.probability)),
                    TableNumber(told("scan.interval", lang, low=c.low, high=c.high)),
                    TableNumber(signed(c.gain)),
                    TableNumber(told("scan.size", lang, size=c.size)),
                    growth,
                    TableNumber(f"{row.rank[1]} ({row.rank[0]}–{row.rank[2]})"),
                    TableNumber(told("scan.share", lang, share=row.top)),
                ),
            )
        )
    return ReportTable("", head, tuple(rows))


def _window(found: Opening, lang: str) -> dict[str, Any]:
    sentence = typeset(render(window_verdict(found), lang))
    if found.curve is not None:
        early, _, late = found.half
        id = (
            "scan.window.half"
            if late is not None
            else "scan.window.half_open"
            if early is not None
            else "scan.window.far"
        )
        see = told(id, lang, early=str(early), late=str(late), last=str(found.curve.last_year))
    else:
        see = told("scan.window.no_curve", lang, n=len(found.points))
    head = tuple(told(f"scan.head.{name}", lang) for name in ("evidence", "says", "figures"))
    rows = []
    for signal in found.signals:
        says = TableNumber(
            told(f"scan.tendency.{signal.tendency}", lang), mark="none" if signal.tendency == "unknown" else "words"
        )
        figures = joint("clause", lang).join(_figure(f, lang) for f in signal.facts[-3:])
        rows.append((told(f"scan.kind.{signal.kind}", lang), (says, TableNumber(figures, mark="words"))))
    return {
        "name": said(found.track.name, lang),
        "sentence": sentence,
        "see": see,
        "picture": window_picture(found, see, lang),
        "table": ReportTable("", head, tuple(rows)),
        "id": found.track.id,
    }


def _figure(fact: Fact, lang: str) -> str:
    return told(
        "scan.figure",
        lang,
        period=words.period(str(fact.period), lang),
        value=exact(fact.number, fact.unit, lang),
        source=fact.source,
    )


def _changes(scan: RegionScan, lang: str) -> ReportTable | None:
    if not scan.changes:
        return None
    head = tuple(told(f"scan.head.{name}", lang) for name in ("industry", "now", "then"))
    rows = tuple(
        (said(c.industry, lang), tuple(TableNumber(told("scan.share", lang, share=p)) for p in (c.now, c.then)))
        for c in scan.changes[: 2 * FIRST]
    )
    return ReportTable("", head, rows)


def _profile(city: City, lang: str) -> dict[str, Any]:
    head = tuple(told(f"scan.head.{name}", lang) for name in ("figure", "period", "value", "source"))
    rows = []
    for name in _PROFILE:
        held = city.named(name, _FAR)
        if not held:
            rows.append(
                (
                    _name(name, lang),
                    (TableNumber(""), TableNumber(told("scan.profile.none", lang), mark="none"), TableNumber("")),
                )
            )
            continue
        fact = held[-1]
        value = TableNumber(exact(fact.number, fact.unit, lang))
        rows.append(
            (
                _name(name, lang),
                (
                    TableNumber(words.period(str(fact.period), lang)),
                    value,
                    TableNumber(fact.source, anchor=f"source-{fact.source}", mark="words"),
                ),
            )
        )
    return {
        "name": city.name_zh if lang == "zh" and city.name_zh else city.name,
        "table": ReportTable("", head, tuple(rows)),
    }


def _name(name: str, lang: str) -> str:
    return words.word("fact", name, lang)


def _sources(scan: RegionScan, city: City | None) -> list[Source]:
    cited: dict[str, Source] = {}
    for _, found in scan.openings:
        used = {f.source for signal in found.signals for f in signal.facts}
        cited |= {s.id: s for s in found.track.sources if s.id in used}
    if city is not None:
        cited |= {s.id: s for s in city.sources}
    return [cited[id] for id in sorted(cited)]
