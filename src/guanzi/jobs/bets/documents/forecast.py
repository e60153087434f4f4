"""Odds of bets as a document: for each its chance, and what the answers did to it."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.base.core import Message
from guanzi.intake.bets import named
from guanzi.jobs.bets.documents.register import bets_document, part
from guanzi.jobs.shared.documents.words import heads, message
from guanzi.render import Cell, Document, Measurement, Row, Sentence, Table, Words
from guanzi.study.bets import COMMITTED, RATIO, REPLACED, SHORT, BetForecast


def forecast_document(found: Sequence[BetForecast], base_rate: float | None) -> Document:
    """The document of forecasts, with what is known of their skill first and what has no effect last."""
    skill = Sentence(message("bets.skill"), tone="caution")
    columns = heads("bets.head", "bet", "chance", "unanswered", "level", "effects")
    table = Table("forecasts", message("bets.forecasts"), columns, tuple(_row(one, base_rate) for one in found))
    notes = [Sentence(message("bets.how_wide"))]
    columns_told = {name for one in found for name in one.answers}
    if "months_of_cash" in columns_told:
        notes.append(Sentence(message("bets.months", committed=COMMITTED, short=SHORT)))
    if "sales_to_plan" in columns_told:
        notes.append(Sentence(message("bets.ratio", low=f"{10 ** RATIO[0]:g}", high=f"{10 ** RATIO[1]:g}")))
    if columns_told & set(REPLACED):
        notes.append(Sentence(message("bets.milestones")))
    if any(one.held_out for one in found):
        held = tuple(one.id for one in found if one.held_out)
        notes.append(Sentence(message("bets.held_out", bets=held)))
    return bets_document("forecast", message("bets.forecast.title"), (part("forecasts", "", skill, table, *notes),))


def _row(one: BetForecast, base_rate: float | None) -> Row:
    chance = Cell(Measurement(one.chance, "ratio", one.low, one.high))
    level = message(f"bets.level.{one.level}", population=named(one.population) or one.population, rate=base_rate)
    return Row(Cell(one.id), (chance, Cell(one.unanswered, "ratio"), Cell(level), Cell(_effects(one))))


def _effects(one: BetForecast) -> Words:
    """What each answer did to the chance, in points."""
    told = tuple(
        message(
            "bets.effect",
            question=Message.of(f"reports.bets.head.{effect.question}"),
            points=f"{100 * effect.change:+.1f}".replace("-", "−"),
        )
        for effect in one.effects
        if effect.column
    )
    return message("bets.effects", effects=told) if told else message("bets.no_answers")
