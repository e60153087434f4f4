"""The brief: the paper of a committee, on exactly one printed A4 page."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from guanzi.advice.appraisal import Appraisal, Year
from guanzi.base.core import catalogue_languages, width
from guanzi.jobs.appraisal.documents.annex import footer_words, hashes_of, no_risks
from guanzi.jobs.appraisal.documents.dossier import under_title
from guanzi.jobs.appraisal.documents.front import opening_of, unsaid
from guanzi.jobs.shared.documents.figures import mean_cell
from guanzi.jobs.shared.documents.words import case_words, message, no_calls, of_text
from guanzi.render import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Measurement,
    Row,
    Section,
    Sentence,
    Table,
    Words,
    document_html,
    localise,
)

MOST = 2
"""Reasons, and risks."""
COLUMN = 56
"""Characters that a line of a column of the printed page holds at the least; a Chinese character counts twice."""
WHOLE = 2 * COLUMN
POINT_LINES = 5
"""As many lines of a reason or a risk are printed (see ``.brief`` in the stylesheet)."""
PAGE_LINES = 22
"""Lines of the printed page for all that varies in length; the rest is headings, picture, figures and what is below."""
NEXT = 3
"""Lines of the next action and the heading below it, beside which stands what would change the advice."""
ROW = 1.2
"""Height of a row of the table of money, in lines."""
MOST_YEARS = 6
LEAD = 2
"""Sentences below the headline for which the page has room in any case."""
WORTH = ("appraisal.sentence.value_in_money", "appraisal.sentence.cost_in_money", "appraisal.sentence.value_unclear")
"""Ids of the sentence on value to the public side."""
DISSENTERS = 3


def brief_html(appraisal: Appraisal, lang: str = "en") -> str:
    """The brief as a page: the same bytes for the same input."""
    return document_html(brief_document(appraisal), lang)


def brief_document(appraisal: Appraisal) -> Document:
    """The document of the brief.

    What does not fit one page in every language is in the dossier, and the brief says so: at most two reasons and
    two risks, as many conditions as have room, and the years in which the public side pays.
    """
    return Document(
        id="brief",
        kicker=message("brief.kicker"),
        title=case_words(appraisal.case),
        under=under_title(appraisal),
        dated=appraisal.as_of,
        sections=tuple(_sections(appraisal)),
        footer=footer_words(appraisal),
    )


def _sections(appraisal: Appraisal) -> Iterator[Section]:
    known = () if appraisal.forecast is None else (Sentence(of_text(appraisal.forecast.brief), tone="quiet"),)
    parts = (
        _points("reasons", _reasons(appraisal), message("brief.no_reasons")),
        _points("risks", _risks(appraisal), no_risks(appraisal)),
    )
    yield from opening_of(appraisal, known, parts, brief=True).sections()
    conditions = message(f"brief.conditions.{appraisal.advice}")
    yield Section("conditions", conditions, tuple(_conditions(appraisal)), first=True, level=3)
    yield Section("money", message("brief.money"), tuple(_money(appraisal)))
    note = Sentence(message("brief.dissent_note"), tone="quiet")
    yield Section("dissent", message("brief.dissent"), (note, _blank("dissent", ("name", "why", "date"), DISSENTERS)))
    vote = ("for", "against", "abstained", "chair", "date")
    yield Section("vote", message("brief.vote"), (_blank("vote", vote, 1),))
    named = tuple(message("brief.hash", name=name, hash=text) for name, text in hashes_of(appraisal))
    yield Section("hashes", "", (Sentence(message("parts", parts=named), tone="quiet"),))


def _reasons(appraisal: Appraisal) -> list[Words]:
    return [of_text(reason) for reason in appraisal.summary.reasons[:MOST]]


def _risks(appraisal: Appraisal) -> list[Words]:
    findings = {finding.id: finding for finding in appraisal.findings}
    return [of_text(findings[id].text) for id in unsaid(appraisal, appraisal.summary.risks)[:MOST]]


def _points(id: str, sentences: Sequence[Words], none: Words) -> Section:
    empty = Sentence(none, tone="unknown")
    block: Block = Bullets(tuple(Sentence(words) for words in sentences), "steps") if sentences else empty
    return Section(id, message(f"brief.{id}"), (block,), first=True, level=3)


def _conditions(appraisal: Appraisal) -> Iterator[Block]:
    demands = [*_missing(appraisal), *(of_text(demand.text) for demand in appraisal.demands)]
    if not demands:
        yield Sentence(message("empty.demands"), tone="unknown")
        return
    shown = min(_room(appraisal, demands, lang) for lang in catalogue_languages())
    yield Bullets(tuple(Sentence(words) for words in demands[:shown]), "steps")
    if shown < len(demands):
        yield Sentence(message("brief.more_conditions", n=len(demands) - shown), tone="quiet")


def _room(appraisal: Appraisal, demands: Sequence[Words], lang: str) -> int:
    """How many conditions the page has room for in a language."""
    above = [appraisal.summary.question, appraisal.summary.headline, *appraisal.summary.lead[LEAD:]]
    taken = sum(lines_of(localise(of_text(text), lang), WHOLE) for text in above)
    taken += max(_height(points, lang) for points in (_reasons(appraisal), _risks(appraisal)))
    worth = _worth(appraisal)
    taken += lines_of(localise(worth, lang), WHOLE) if worth else 0
    years = min(len(_years(appraisal)), MOST_YEARS)
    left = PAGE_LINES - taken - (ROW * years if years else 1)
    told = [localise(words, lang) for words in demands]
    return fitting(told, COLUMN, math.floor(left) - NEXT)


def _missing(appraisal: Appraisal) -> list[Words]:
    """What to fetch before a vote, where the evidence does not suffice: the gaps that no reason has named."""
    if appraisal.advice != "insufficient_evidence":
        return []
    findings = {finding.id: finding for finding in appraisal.findings}
    return [of_text(findings[id].text) for id in unsaid(appraisal, appraisal.summary.gaps)[:MOST]]


def _worth(appraisal: Appraisal) -> Words:
    """How the public side comes out in money, and what is not counted in it; empty where that cannot be told."""
    return next((of_text(s) for s in appraisal.summary.sentences if s.id.startswith(WORTH)), "")


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


def _height(points: Sequence[Words], lang: str) -> int:
    return sum(min(lines_of(localise(point, lang), COLUMN), POINT_LINES) for point in points)


def _years(appraisal: Appraisal) -> list[Year]:
    """The years in which the public side pays."""
    return [y for y in appraisal.accounts.years if y.planned or y.high]


def _money(appraisal: Appraisal) -> Iterator[Block]:
    """The years of payment, of which those that have no room are the last ones, and what comes back over all years."""
    years, unit = _years(appraisal), f"{appraisal.case.currency} m"
    if not years:
        yield Sentence(no_calls(appraisal), tone="unknown")
    else:
        names = ("year", "planned", "expected", "interval", "share")
        columns = tuple(Column(name, message(f"brief.{name}")) for name in names)
        rows = tuple(_row(year, unit) for year in years[:MOST_YEARS])
        yield Table("years", message("brief.money_caption"), columns, rows, unit)
        every = appraisal.accounts.years
        back = Measurement(sum(y.receipts_mean for y in every), unit)
        told = [message("brief.receipts", first=str(every[0].year), last=str(every[-1].year), value=back)]
        if len(years) > MOST_YEARS:
            told.append(message("brief.more_years", n=len(years) - MOST_YEARS))
        yield Sentence(message("parts_said", parts=tuple(told)), tone="quiet")
    if worth := _worth(appraisal):
        yield Sentence(worth, tone="quiet")


def _row(year: Year, unit: str) -> Row:
    interval = Measurement(year.mean, unit, year.low, year.high, bounds=True)
    cells = (
        Cell(year.planned),
        mean_cell(year.mean, year.low, year.high),
        Cell(interval),
        Cell(year.share_of_budget, "ratio"),
    )
    return Row(Cell(str(year.year)), cells)


def _blank(id: str, names: Sequence[str], rows: int) -> Table:
    columns = tuple(Column(name, message(f"brief.{name}")) for name in names)
    return Table(f"{id}-lines", "", columns, (Row(Cell(""), (Cell(""),) * (len(names) - 1)),) * rows, blank=True)
