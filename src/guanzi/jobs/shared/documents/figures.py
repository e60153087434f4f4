"""Figures of an appraisal in words: a number with its unit and interval, to three significant digits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isclose
from types import MappingProxyType

from guanzi.advice.appraisal import HEADLINES, Appraisal, Figure, outlying
from guanzi.base.core import Message
from guanzi.engine.simulation import Z_95
from guanzi.jobs.shared.documents.words import message, of_text
from guanzi.render import (
    Cell,
    Column,
    Measurement,
    Row,
    Sentence,
    Table,
    Words,
    localise_interval,
    localise_middle,
    localise_quantity,
)


def quantity_of(figure: Figure, figures: Mapping[str, Figure] = MappingProxyType({})) -> Measurement:
    """The quantity of a figure; ``figures`` are those of the appraisal, among which it finds its parents."""
    error = Z_95 * figure.error if figure.error is not None and figure.id in HEADLINES else None
    sample = _sample(figure, figures)
    return Measurement(figure.value, figure.unit, figure.low, figure.high, figure.bounds, sample, error=error)


def mean_cell(mean: float | None, low: float | None, high: float | None) -> Cell:
    """A mean in a table beside its interval; where it lies outside, with the reason."""
    why = outlying(mean, low, high)
    return Cell(mean, notes=() if why is None else (Sentence(why),))


def figure_table(appraisal: Appraisal, id: str, ids: Iterable[str], caption: Words) -> Table:
    """Figures with their values, and with the deal where they are of several; each leads to where it comes from."""
    figures = [appraisal.figures[id] for id in ids]
    several = len({deal for figure in figures if (deal := deal_of(figure, appraisal))}) > 1
    columns = [Column("figure", message("paper.figure"), wide=5), Column("value", message("paper.value"), wide=7)]
    rows = [_row(appraisal, figure) for figure in figures]
    if several:
        columns.insert(1, Column("deal", message("deal.head"), wide=2))
        deals = [Cell(deal_of(figure, appraisal)) for figure in figures]
        rows = [replace(row, cells=(deal, *row.cells)) for row, deal in zip(rows, deals, strict=True)]
    return Table(f"figures-{id}", caption, tuple(columns), tuple(rows))


_OF_NO_DEAL = ("known.", "evidence.", "ratio.", "odds.success")
"""Figures of the facts alone, and what the register says of them."""


def deal_of(figure: Figure, appraisal: Appraisal) -> Words:
    """The deal that a figure is of: as proposed, or as its term sheet says; empty: none."""
    if figure.id.endswith("_without") or figure.id.startswith(_OF_NO_DEAL):
        return ""
    if figure.id.startswith("proposal.") and not figure.id.endswith("_signed"):
        return message("deal.proposed")
    return message(f"deal.{appraisal.sheet_status}") if appraisal.sheet else ""


def _row(appraisal: Appraisal, figure: Figure) -> Row:
    notes = () if figure.note is None else (Sentence(of_text(figure.note)),)
    value = Cell(quantity_of(figure, appraisal.figures), rests=(f"figure:{figure.id}",), notes=notes)
    return Row(Cell(of_text(figure.label)), (value,))


def format_figure(figure: Figure, lang: str = "en", figures: Mapping[str, Figure] = MappingProxyType({})) -> str:
    r"""The figure as a reader sees it; ``figures`` are those of the appraisal, among which it finds its parents.

    >>> from guanzi.advice.appraisal import Text
    >>> label = Text(id="reports.advice.back")
    >>> format_figure(Figure(id="n", label=label, value=7020.4, low=-2100, high=14300, unit="CNY m", kind="simulated"))
    '7.0 bn yuan; 90\xa0% between −2.1 and 14.3'
    >>> format_figure(Figure(id="jobs", label=label, value=None, unit="jobs", kind="gap"))
    'no evidence'
    """
    return localise_quantity(quantity_of(figure, figures), lang)


def format_value(figure: Figure, lang: str = "en") -> str:
    """The value with its unit, without interval; "no evidence" for a gap; both ends where there is nothing between."""
    return localise_middle(quantity_of(figure), lang)


def format_interval(figure: Figure, lang: str = "en") -> str:
    """The 90 % interval in the unit of the value; empty where none is stated, or it is the value."""
    return localise_interval(quantity_of(figure), lang)


def _sample(figure: Figure, figures: Mapping[str, Figure]) -> Message | None:
    if figure.sample is None:
        return None
    k, n = figure.sample
    kind = "paths" if is_simulated(figure, figures) else "checks" if "playbook" in figure.parents else "cases"
    if kind == "cases" and figure.value is not None and not isclose(figure.value, k / n, abs_tol=0.005):
        kind = "cases_shrunk"
    return Message.of(f"reports.figure.sample_{kind}", k=k, n=n)


def is_simulated(figure: Figure, figures: Mapping[str, Figure]) -> bool:
    """Whether a figure rests on simulated futures, by itself or by its parents among some figures."""
    if figure.kind == "simulated" or "simulation" in figure.parents:
        return True
    return any(is_simulated(figures[id], figures) for id in figure.parents if id in figures)
