"""The page of a plan of stations: the map, what each phase covers and costs, and how far from the best it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guanzi import __version__
from guanzi.render import closed_up, joint, mark_foreign, stylesheet
from guanzi.reports.chart import PageChart
from guanzi.reports.coverage_map import MOST_POINTS, coverage_map
from guanzi.reports.pages import plain_environment
from guanzi.reports.tables import ReportTable, TableNumber
from guanzi.reports.words import say

if TYPE_CHECKING:
    from guanzi.study.chains import coverage

NAMED = 60
"""Sites that are named for a phase; the rest are counted."""


def coverage_html(placed: coverage.Placed, lang: str = "en") -> str:
    """The page as HTML: one file without script and without outside requests, the same bytes for the same input."""
    page = (
        plain_environment(lang)
        .get_template("coverage.html.j2")
        .render(
            version=__version__,
            lang=lang,
            css=stylesheet(lang),
            placed=placed,
            aim=placed.asked.aim,
            n=len(placed.file.sites),
            points=len(placed.file.points),
            map=_map(placed, lang),
            gridded=len(placed.file.points) > MOST_POINTS,
            best=all(plan.gap < 1e-6 for plan in placed.plans),
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def _map(placed: coverage.Placed, lang: str) -> PageChart:
    last = placed.plans[-1]
    new = sum(len(plan.chosen) for plan in placed.plans)
    if placed.reach is None:
        sentence = say("cover.see.near", lang, new=new, value=last.value / max(float(placed.file.weight.sum()), 1e-300))
    else:
        sentence = say(
            "cover.see.map", lang, new=new, radius=placed.asked.radius, covered=last.covered, before=placed.standing
        )
    label = say("cover.section.map", lang)
    tables = ((_phases(placed, lang), say("cover.section.phases", lang)),)
    return PageChart("map", label, sentence, coverage_map(placed, sentence, lang), tables)


def _phases(placed: coverage.Placed, lang: str) -> ReportTable:
    near = placed.reach is None
    costed = placed.file.cost is not None
    heads = ("phase", "new", *(("cost",) if costed else ()), "way" if near else "covered", "gap", "sites")
    rows = []
    for k, plan in enumerate(placed.plans, start=1):
        names = [placed.file.sites[i] for i in plan.chosen[:NAMED]]
        more = len(plan.chosen) - len(names)
        listed = joint("item", lang).join(names) + (say("cover.more", lang, n=more) if more else "")
        value = plan.value / max(float(placed.file.weight.sum()), 1e-300) if near else plan.covered
        cells = [TableNumber(str(len(plan.chosen)))]
        cells += [TableNumber(say("cover.number", lang, value=plan.cost))] if costed else []
        cells += [TableNumber(say("cover.km" if near else "cover.part", lang, value=value))]
        cells += [TableNumber(say("cover.gap", lang, value=plan.gap)), TableNumber(listed, mark="words")]
        rows.append((str(k), tuple(cells)))
    return ReportTable("", tuple(say(f"cover.head.{name}", lang) for name in heads), tuple(rows))
