"""Why a deal is not simulated."""

from __future__ import annotations

from guanzi.advice.appraisal import Prepared, prepare_sheet
from guanzi.base.core import InvalidInput, Message, Problem
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import Case
from guanzi.record.playbooks import Playbook


def not_simulable(sheet: TermSheet, prepared: Prepared) -> list[Problem]:
    """Why a sheet is not simulated: the company has ended or cannot be forecast, no money moves, or values are open."""
    if prepared.ended is not None:
        what = Message.of(f"appraisal.ended.{prepared.ended.name}")
        cause = Message.of("desk.simulate.ended", what=what, at=str(prepared.ended.period))
        return [Problem(cause, sheet.place, Message.of("desk.simulate.ended.mend"))]
    if prepared.implausible:
        return [
            Problem(found.message, sheet.place, Message.of(f"desk.simulate.{found.KIND}.mend"))
            for found in prepared.implausible
        ]
    if not prepared.blocking:
        cause, fix = Message.of("desk.simulate.no_money"), Message.of("desk.simulate.no_money.mend")
        return [Problem(cause, sheet.place, fix)]
    fix = Message.of("desk.simulate.no_bracket.mend")
    return [Problem(Message.of("desk.simulate.no_bracket", what=g.what), g.place, fix) for g in prepared.blocking]


def not_followed(case: Case, sheet: TermSheet, playbook: Playbook, error: InvalidInput) -> list[Problem]:
    """Why a deal cannot be simulated as it was signed; ``error``: with which signing it was refused."""
    prepared = prepare_sheet(case.view(case.decision_date), playbook, sheet)
    if prepared.model is None or prepared.policy is None:
        return not_simulable(sheet, prepared)
    return list(error.problems)
