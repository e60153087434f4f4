"""Actions on what was reported wrongly after signing: one person asks for a correction, another confirms or refuses it.

The old figure stays in the case, and a warning that went with it stays in the record as withdrawn by the correction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from pydantic import Field, create_model

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.base.reading import scalar_value
from guanzi.office.actions.framework import ActionContext, CaseInput, action
from guanzi.office.actions.milestones import VERIFIERS
from guanzi.office.actions.texts import LongText
from guanzi.office.actions.watching import (
    FIGURES_ASKED,
    REPORTERS,
    EnteredQuarter,
    QuarterInput,
    entered,
    fact_row,
    given_of,
)
from guanzi.office.deciding.gates import barred
from guanzi.office.models import FigureCorrection, WarningSeen
from guanzi.office.paying.afterwards import source_row, watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.reported import quarter_of, reported_figures
from guanzi.record.evidence import Fact


class CorrectionInput(QuarterInput):
    """A reported quarter, why it is corrected, and the figures that were wrong or missing, as they are."""

    why: str = Field(min_length=1, max_length=2_000)


CorrectFigures = create_model(
    "CorrectFigures", __base__=CorrectionInput, __doc__=CorrectionInput.__doc__, **FIGURES_ASKED
)


class AskedCorrection(TypedDict):
    """A correction that waits for somebody else."""

    correction: int
    quarter: str


@action("watch.correct", REPORTERS, asks=CorrectFigures)
def correct(context: ActionContext, asked: CorrectionInput) -> AskedCorrection:
    """Ask that reported figures of a quarter be corrected; until somebody else confirms it the old ones count."""
    quarter, given = given_of(context, asked)
    _reported(context, quarter, given)
    if FigureCorrection.objects.filter(case=context.of, quarter=str(quarter), state="asked").exists():
        cause = Message.of("office.refused.correction_waits", quarter=str(quarter))
        raise InvalidInput(Problem(cause, Place("quarter")))
    row = FigureCorrection.objects.create(
        case=context.of,
        quarter=str(quarter),
        figures=given,
        why=asked.why,
        asked_by=context.person,
        asked_at=context.at,
    )
    context.record.data |= {"correction": row.pk, "quarter": str(quarter), "figures": given}
    context.record.words["why"] = asked.why
    return {"correction": row.pk, "quarter": str(quarter)}


class ConfirmCorrection(CaseInput):
    """A correction that was asked for, by its number."""

    correction: int


class CorrectedQuarter(EnteredQuarter):
    """A correction that is made: name -> fact whose place was taken, and rules of the warnings that went with it."""

    correction: int
    corrected: dict[str, str]
    withdrawn: list[str]


@action("watch.confirm_correction", VERIFIERS, "decide")
def confirm(context: ActionContext, asked: ConfirmCorrection) -> CorrectedQuarter:
    """Confirm a correction: somebody else than who asked for it; the deal is tested by the new figures."""
    row = _asked(context, asked.correction)
    if row.asked_by == context.person:
        raise InvalidInput(Problem(Message.of("office.refused.own_correction"), Place("correction")))
    if barred(context.of).filter(person=row.asked_by).exists():
        raise InvalidInput(Problem(Message.of("office.refused.correction_with_interest"), Place("correction")))
    quarter = Period.parse(row.quarter)
    held = _reported(context, quarter, row.figures)
    id = f"report-{row.quarter.lower()}-corrected-{context.of.newest.number + 1}"
    facts, corrected = [], {}
    for name, value in row.figures.items():
        fact = fact_row(id, name, value, quarter, context) | {"note": row.why}
        if (old := held.get(name)) is not None:
            fact |= {"supersedes": old.id, "period": scalar_value(str(old.period))}
            corrected[name] = old.id
        facts.append(fact)
    source = source_row(
        context.of.company, f"Correction of the report to the public side for {quarter}", context.today, "B"
    )
    row.state, row.answered_by, row.answered_at = "done", context.person, context.at
    row.corrected, row.report = corrected, id
    row.save()
    answer = entered(context, id, {id: source}, facts, "correction", row)
    withdrawn = WarningSeen.objects.filter(case=context.of, withdrawn_by=row).order_by("pk")
    gone = list(withdrawn.values_list("rule", flat=True))
    context.record.data |= {"correction": row.pk, "quarter": row.quarter, "figures": row.figures}
    context.record.data |= {"corrected": corrected, "withdrawn": gone}
    context.record.who["asked"] = row.asked_by.username
    context.record.words["why"] = row.why
    return {**answer, "correction": row.pk, "corrected": corrected, "withdrawn": gone}


class RefuseCorrection(CaseInput):
    """A correction that was asked for, and why it is not made."""

    correction: int
    words: LongText = Field(min_length=1, max_length=5_000)


class RefusedCorrection(TypedDict):
    """A correction that is not made."""

    correction: int


@action("watch.refuse_correction", VERIFIERS, "decide")
def refuse(context: ActionContext, asked: RefuseCorrection) -> RefusedCorrection:
    """Refuse a correction, or take one's own back; what was reported stays."""
    row = _asked(context, asked.correction)
    row.state, row.answered_by, row.answered_at, row.words = "refused", context.person, context.at, asked.words
    row.save()
    context.record.data |= {"correction": row.pk, "quarter": row.quarter}
    context.record.words["words"] = asked.words
    return {"correction": row.pk}


def _reported(context: ActionContext, quarter: Period, given: Mapping[str, Any]) -> dict[str, Fact]:
    """The figures of a quarter that stand, by their names.

    Raises:
        InvalidInput: Nothing is reported of it, or figures would be corrected to what they are.
    """
    reported = reported_figures(DealNow(context.of), watched_deal(context.of, context.today))
    held = {one.fact.name: one.fact for one in reported.values() if quarter_of(one.fact) == quarter}
    if not held:
        cause = Message.of("office.refused.quarter_unreported", quarter=str(quarter))
        raise InvalidInput(Problem(cause, Place("quarter")))
    same = [name for name, value in given.items() if name in held and held[name].value == value]
    if same:
        raise InvalidInput([Problem(Message.of("office.refused.figure_same", name=name), Place(name)) for name in same])
    return held


def _asked(context: ActionContext, id: int) -> FigureCorrection:
    """A correction that waits."""
    row = FigureCorrection.objects.select_related("asked_by").filter(case=context.of, pk=id).first()
    if row is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_correction", id=id), Place("correction")))
    if row.state != "asked":
        raise InvalidInput(Problem(Message.of("office.refused.correction_answered"), Place("correction")))
    return row
