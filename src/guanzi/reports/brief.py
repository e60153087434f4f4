"""The brief: the paper of a committee, on exactly one printed A4 page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from hashlib import sha256

from guanzi.advice.appraisal import Appraisal, Year, to_json
from guanzi.base.core import width
from guanzi.render import closed_up, decimals, joint, mark_foreign, number, scale_for, stylesheet
from guanzi.reports.figures import format_value
from guanzi.reports.pages import environment, unsaid
from guanzi.reports.tables import ReportTable, TableNumber, cash_table
from guanzi.reports.words import say, tell

MOST = 3
"""Reasons, and risks."""
COLUMN = 56
"""Characters that a line of a column of the printed page holds at the least; a Chinese character counts twice."""
WHOLE = 2 * COLUMN
POINT_LINES = 5
"""As many lines of a reason or a risk are printed (see ``.points`` in the stylesheet)."""
PAGE_LINES = 36
"""Lines of the printed page for all that varies in length; the rest is headings, figures, dissent, vote and footer."""
ROW = 1.2
"""Height of a row of the table of money, in lines."""
MOST_YEARS = 6
WORTH = ("appraisal.sentence.value_in_money", "appraisal.sentence.cost_in_money")
"""Ids of the sentence on value to the public side."""


def brief_html(appraisal: Appraisal, lang: str = "en") -> str:
    """The brief as HTML: one file without script and without outside requests, the same bytes for the same input.

    What does not fit one page is in the dossier, and the brief says so: at most three reasons and three risks, as many
    conditions as have room, and the years in which the public side pays.
    """
    findings = {finding.id: finding for finding in appraisal.findings}
    demands = [*_missing(appraisal, lang), *(tell(demand.text, lang) for demand in appraisal.demands)]
    reasons = [tell(reason, lang) for reason in appraisal.summary.reasons[:MOST]]
    risks = [tell(findings[id].text, lang) for id in unsaid(appraisal, appraisal.summary.risks)[:MOST]]
    money = _money(appraisal, lang)
    above = [tell(text, lang) for text in (appraisal.summary.question, appraisal.summary.headline)]
    taken = sum(lines_of(text, WHOLE) for text in above) + max(_height(reasons), _height(risks))
    worth = _worth(appraisal, lang)
    taken += lines_of(worth, WHOLE) if worth else 0
    left = PAGE_LINES - taken - (ROW * len(money.rows) if money else 1)
    shown = fitting(demands, COLUMN, math.floor(2 * left) - 2)  # two columns, which break between conditions
    page = (
        environment(appraisal, lang)
        .get_template("brief.html.j2")
        .render(
            a=appraisal,
            lang=lang,
            css=stylesheet(lang),
            figures=[(appraisal.figures[id], format_value(appraisal.figures[id], lang)) for id in _figures(appraisal)],
            reasons=[tell(reason, lang) for reason in appraisal.summary.reasons[:MOST]],
            risks=[tell(findings[id].text, lang) for id in unsaid(appraisal, appraisal.summary.risks)[:MOST]],
            demands=demands[:shown],
            unshown=len(demands) - shown,
            money=money,
            receipts=_receipts(appraisal, lang),
            worth=worth,
            sha256=sha256(to_json(appraisal).encode()).hexdigest(),
        )
    )
    return mark_foreign(closed_up(page, lang), lang)


def _missing(appraisal: Appraisal, lang: str) -> list[str]:
    """What to fetch before a vote, where the evidence does not suffice: the gaps that no reason has named."""
    if appraisal.advice != "insufficient_evidence":
        return []
    findings = {finding.id: finding for finding in appraisal.findings}
    return [tell(findings[id].text, lang) for id in unsaid(appraisal, appraisal.summary.gaps)[:MOST]]


def _worth(appraisal: Appraisal, lang: str) -> str:
    """How the public side comes out in money, and what is not counted in it; empty where that cannot be told."""
    return next((tell(s, lang) for s in appraisal.summary.sentences if s.id.startswith(WORTH)), "")


def lines_of(text: str, columns: int) -> int:
    """Lines that a text fills; wide characters count twice.

    >>> lines_of("合肥", 3)
    2
    """
    return max(1, math.ceil(width(text) / columns))


def fitting(texts: Sequence[str], columns: int, lines: int) -> int:
    """How many of the texts, from the first, fit into so many lines."""
    used = 0
    for i, text in enumerate(texts):
        used += lines_of(text, columns)
        if used > lines:
            return i
    return len(texts)


def _height(points: Sequence[str]) -> int:
    return sum(min(lines_of(point, COLUMN), POINT_LINES) for point in points)


def _figures(appraisal: Appraisal) -> Sequence[str]:
    return appraisal.summary.figures[:4]


def _money(appraisal: Appraisal, lang: str) -> ReportTable | None:
    """The years in which the public side pays; those that have no room are the last ones."""
    years = [y for y in appraisal.accounts.years if y.planned or y.high]
    if not years:
        return None
    table = cash_table(years[:MOST_YEARS], f"{appraisal.case.currency} m", lang)
    head = tuple(say(f"brief.{name}", lang) for name in ("year", "planned", "expected", "interval", "share"))
    rows = tuple((year, _row(cells, lang)) for year, cells in table.rows)
    return ReportTable(table.unit, head, rows)


def _row(cells: Sequence[TableNumber], lang: str) -> tuple[TableNumber, ...]:
    """Both ends of the interval in one cell; what comes back is said below the table."""
    planned, expected, low, high, _, share = cells
    return planned, expected, TableNumber(say("figure.range", lang, low=low.text, high=high.text)), share


def _receipts(appraisal: Appraisal, lang: str) -> str:
    """What comes back over all years, as a mean; and the years of payment that have no room."""
    years: Sequence[Year] = appraisal.accounts.years
    if not years:
        return ""
    total = sum(y.receipts_mean for y in years)
    scale = scale_for(f"{appraisal.case.currency} m", (total,), lang)
    value = total / scale.divisor
    text = say(
        "brief.receipts",
        lang,
        first=str(years[0].year),
        last=str(years[-1].year),
        value=scale.label(number(value, decimals([value], scale)), lang),
    )
    unshown = sum(bool(y.planned or y.high) for y in years) - MOST_YEARS
    return text if unshown <= 0 else text + joint("sentence", lang) + say("brief.more_years", lang, n=unshown)
