"""How good odds were, as a document: each measure with its interval and its test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanzi.jobs.bets.documents.register import bets_document, part
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Cell, Document, Row, Sentence, Table
from guanzi.study.bets import SkillMeasure, SkillScores


def score_document(
    found: SkillScores, pooled: float, few: Mapping[str, Any], unsettled: int, strangers: int
) -> Document:
    """The document of measures, with the bets that could not be scored.

    Args:
        few: From how many bets on a mean has an interval: ``least``, ``rare``, and how many are ``rarer`` here.
    """
    columns = heads("bets.head", "measure", "value", "low", "high", "test", "right")
    measures = (
        ("auc", found.auc),
        ("brier", found.brier),
        ("against_own", found.against_own),
        ("against_pooled", found.against_pooled),
        ("slope", found.slope),
        ("intercept", found.intercept),
    )
    table = Table("measures", message("bets.measures"), columns, tuple(_row(*one) for one in measures))
    notes = [Sentence(message("bets.scored", bets=found.n, rate=found.rate, pooled=pooled), tone="strong")]
    if found.auc is None:
        notes.append(Sentence(message("bets.one_class"), tone="caution"))
    if found.brier.low is None:
        notes.append(Sentence(message("bets.few", bets=found.n, **few), tone="caution"))
    if unsettled:
        notes.append(Sentence(message("bets.unsettled", bets=unsettled), tone="caution"))
    if strangers:
        notes.append(Sentence(message("bets.strangers", bets=strangers), tone="caution"))
    how = Sentence(message("bets.score.how"), tone="quiet")
    return bets_document("score", message("bets.score.title"), (part("measures", "", *notes, table, how),))


def _row(name: str, measure: SkillMeasure | None) -> Row:
    right = Cell(message(f"bets.right.{name}{_holds_one(measure) if name == 'slope' else ''}"))
    head = Cell(message(f"bets.measure.{name}"))
    if measure is None:
        return Row(head, (Cell(message("bets.cannot")), Cell(""), Cell(""), Cell(""), right))
    return Row(
        head, (*(Cell(_number(x)) for x in (measure.value, measure.low, measure.high)), Cell(_test(measure.p)), right)
    )


def _holds_one(slope: SkillMeasure | None) -> str:
    if slope is None or slope.low is None or slope.high is None:
        return ""
    return ".inside" if slope.low <= 1.0 <= slope.high else ".outside"


def _test(p: float | None) -> str:
    """A share of random deals; three digits of none are never told as none."""
    return "< 0.001" if p is not None and p < 0.001 else _number(p)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}".replace("-", "−")
