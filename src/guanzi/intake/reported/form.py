"""The workbook in which a company reports a quarter: figures with their units, and milestones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from guanzi.base.core import Message, Period, render, unit_words
from guanzi.base.reading import new_workbook
from guanzi.record.evidence import UNCOUNTED, UNITS_BY_NAME, View, asked_of, product_unit

FIELDS = (
    "deliveries", "orders", "revenue", "gross_margin", "ebitda", "net_loss", "operating_cash_flow", "capex",
    "free_cash_flow", "cash_and_short_term_investments", "total_debt", "supplier_arrears", "headcount", "jobs_local",
    "tax_local", "local_plant_capacity", "localisation_share", "founder_share", "pledged_share", "frozen_share",
    "executives_left", "headquarters_opened", "research_local", "production_started", "listing_filed", "listed",
    "control_changed", "company_rescued", "company_taken_over", "company_restructured", "judgment_debtor",
    "going_concern_doubt", "insolvency_opened",
)  # fmt: skip
"""Names of the facts that are asked for, in the order of the workbook."""

STATED = ("management_changes", "pay_arrears")
"""Names of the facts that are asked for in words, after those in figures."""

PIECES = frozenset({"deliveries", "orders", "local_plant_capacity"})
"""Those that count what the company makes: in its unit; where nothing counts it, orders alone, by their number."""

STATES = frozenset({
    "orders", "cash_and_short_term_investments", "total_debt", "supplier_arrears", "headcount", "jobs_local",
    "local_plant_capacity", "localisation_share", "founder_share", "pledged_share", "frozen_share",
})  # fmt: skip
"""Those that are of the last day of the quarter; flags are, too."""

STANDS = ("promised", "reported", "not_reached", "verified", "not_verified")
"""What can be said of a milestone."""

HEAD = ("case", "quarter", "reported_on", "reported_by")
"""Cells at the top of the first sheet, one a row."""
COLUMNS = ("name", "what", "unit", "value", "note")
MILESTONE_COLUMNS = ("id", "milestone", "stand", "day", "who", "note")
FIRST_ROW = len(HEAD) + 2
"""Row of the first figure, from 1, below the titles of the columns."""
SHEETS = ("figures", "milestones")
_WIDTHS = {
    "name": 30,
    "what": 52,
    "unit": 16,
    "value": 18,
    "note": 50,
    "id": 26,
    "milestone": 52,
    "stand": 18,
    "day": 14,
    "who": 30,
}
_OPEN = "#FFF9E5"


def unit_of(name: str, currency: str) -> str:
    """The unit in which a figure is asked for: money in millions of the currency of the case."""
    units = UNITS_BY_NAME[name]
    if any(unit.endswith(" m") and len(unit) == 5 for unit in units):
        return f"{currency} m"
    return units[0]


def asked_figures(view: View) -> tuple[tuple[str, str], ...]:
    """What is asked of the company of a view: names of facts with their units."""
    product = product_unit(view)
    units = {name: unit_of(name, view.currency) for name in (*FIELDS, *STATED) if asked_of(view, name)}
    for name in PIECES:
        own = {product, f"{product}/year"} & {*UNITS_BY_NAME[name]} - {UNCOUNTED, f"{UNCOUNTED}/year"}
        if own or "count" in UNITS_BY_NAME[name]:
            units[name] = own.pop() if own else "count"
        else:
            del units[name]
    return tuple(units.items())


def localised_unit(unit: str, lang: str) -> str:
    """A unit as the workbook says it."""
    words = unit_words(unit)
    return render(words, lang) if isinstance(words, Message) else words


def title(kind: str, name: str, lang: str) -> str:
    """The words of a cell that the form writes."""
    return render(Message.of(f"importers.report.{kind}.{name}"), lang)


def write_report_form(
    path: Path,
    case: str,
    figures: Sequence[tuple[str, str]],
    quarter: Period,
    milestones: Sequence[tuple[str, str]],
    lang: str = "en",
) -> None:
    """Write the workbook of a quarter; the file appears whole or not at all, the same for the same input.

    Args:
        path: The file.
        case: Id of the case.
        figures: Name and unit of each figure that is asked for.
        quarter: The quarter.
        milestones: Id and name of each milestone of the deal.
        lang: Language.
    """
    with new_workbook(path, quarter.end) as book:
        formats = _formats(book)
        _figures(book, formats, case, figures, quarter, lang)
        _milestones(book, formats, tuple(milestones), lang)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "open": book.add_format({"bg_color": _OPEN, "border": 1, "border_color": "#D4CFC2"}),
        "day": book.add_format({"bg_color": _OPEN, "border": 1, "border_color": "#D4CFC2", "num_format": "yyyy-mm-dd"}),
    }


def _figures(
    book: Any, formats: dict[str, Any], case: str, figures: Sequence[tuple[str, str]], quarter: Period, lang: str
) -> None:
    sheet = book.add_worksheet(title("sheet", "figures", lang))
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS[name])
    for row, name in enumerate(HEAD):
        sheet.write_string(row, 0, title("head", name, lang), formats["head"])
    sheet.write_string(0, 1, case)
    sheet.write_string(1, 1, str(quarter))
    sheet.write_blank(2, 1, None, formats["day"])
    sheet.write_blank(3, 1, None, formats["open"])
    for column, name in enumerate(COLUMNS):
        sheet.write_string(FIRST_ROW - 2, column, title("column", name, lang), formats["head"])
    for row, (name, unit) in enumerate(figures, start=FIRST_ROW - 1):
        meaning = Message.of(f"evidence.meaning.{name}")
        told = Message.of("importers.report.loss", meaning=meaning) if name == "net_loss" else meaning
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, render(told, lang), formats["words"])
        sheet.write_string(row, 2, localised_unit(unit, lang))
        sheet.write_blank(row, 3, None, formats["open"])
        sheet.write_blank(row, 4, None, formats["open"])
    sheet.freeze_panes(FIRST_ROW - 1, 1)


def _milestones(book: Any, formats: dict[str, Any], milestones: tuple[tuple[str, str], ...], lang: str) -> None:
    sheet = book.add_worksheet(title("sheet", "milestones", lang))
    for column, name in enumerate(MILESTONE_COLUMNS):
        sheet.set_column(column, column, _WIDTHS[name])
        sheet.write_string(0, column, title("column", name, lang), formats["head"])
    for row, (id, name) in enumerate(milestones, start=1):
        sheet.write_string(row, 0, id)
        sheet.write_string(row, 1, name, formats["words"])
        for column in (2, 4, 5):
            sheet.write_blank(row, column, None, formats["open"])
        sheet.write_blank(row, 3, None, formats["day"])
    if milestones:
        words = [title("stand", stand, lang) for stand in STANDS]
        sheet.data_validation(1, 2, len(milestones), 2, {"validate": "list", "source": words})
    sheet.freeze_panes(1, 1)
