"""The test of the forecast of entries as a document: how each method did on the last window, and what that says."""

from __future__ import annotations

import math
from datetime import date

from guanzi import __version__
from guanzi.base.core import Message, Parameter
from guanzi.intake.industries import IndustryPanel
from guanzi.jobs.tracks.documents.scan_tables import points
from guanzi.render import Block, Cell, Column, Document, Row, Section, Sentence, Table
from guanzi.study.tracks import forecast, verdicts

_WORST = 8
"""Regions that are named where a simple method ranks as well."""
_FIGURES = ("roc_auc", "low", "high", "average_precision", "precision_at_k", "ece", "region_auc", "top")


def entry_test_document(found: forecast.Evaluation, panel: IndustryPanel) -> Document:
    """The document of a test.

    Args:
        found: How each method did.
        panel: On which industries, regions and years.
    """
    window = f"{found.window.origin}–{found.window.target}"
    heading, told = _message("title", window=window), points([*verdicts(found), *_no_better(found)])
    blocks: tuple[Block, ...] = (*_scope(found, panel, window), _table(found), told)
    return Document(
        id="entries",
        kicker=Message.of("scan.kicker"),
        title=heading,
        under=(),
        dated=date(found.window.target, 12, 31),
        sections=(Section("test", heading, blocks, first=True),),
        footer=_message("footer", version=__version__),
    )


def _message(id: str, **params: Parameter) -> Message:
    return Message.of(f"scan.evaluation.{id}", **params)


def _scope(found: forecast.Evaluation, panel: IndustryPanel, window: str) -> tuple[Sentence, ...]:
    """On what it was tested, and from what was learnt."""
    learnt = tuple(f"{w.origin}–{w.target}" for w in found.learnt.windows)
    counts: dict[str, Parameter] = {
        "cells": found.cells,
        "entries": found.entries,
        "share": found.entries / found.cells,
    }
    told = [
        _message("window", file=panel.name, window=window, **counts),
        _message("learnt", windows=learnt, cells=found.learnt.cells, share=found.learnt.rate),
    ]
    if found.left_out:
        told.append(_message("left_out", cells=found.left_out))
    return tuple(Sentence(words) for words in told)


def _table(found: forecast.Evaluation) -> Table:
    rows = []
    for name, m in found.methods.items():
        within = (m.region_auc, m.region_precision_at_10)
        figures = (m.roc_auc, *m.roc_auc_interval, m.average_precision, m.precision_at_k, m.ece, *within)
        cells = tuple(Cell(None if math.isnan(figure) else figure) for figure in figures)
        rows.append(Row(Cell(_message(f"method.{name}")), cells))
    columns = (
        Column("method", _message("column.method")),
        *(Column(n, _message(f"column.{n}"), "count") for n in _FIGURES),
    )
    return Table("methods", _message("methods"), columns, tuple(rows))


def _no_better(found: forecast.Evaluation) -> list[Message]:
    """For how many regions a simple method ranks as well, and for which."""
    said = []
    for other in ("density", "ubiquity"):
        regions = found.no_better_than(other)
        shown: dict[str, Parameter] = {"number": len(regions), "of": found.judged_regions, "regions": regions[:_WORST]}
        said.append(_message(f"no_better.{other}" if regions else f"better.{other}", **shown))
    return said
