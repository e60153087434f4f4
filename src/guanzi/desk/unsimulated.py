"""Why a deal is not simulated."""

from __future__ import annotations

from guanzi.advice.appraisal import Prepared
from guanzi.base.core import Message, Problem
from guanzi.deal.terms import TermSheet


def not_simulable(sheet: TermSheet, prepared: Prepared) -> list[Problem]:
    """Why a sheet is not simulated: the company has ended or cannot be forecast, no money moves, or values are open."""
    if prepared.ended is not None:
        what = Message.of(f"appraisal.ended.{prepared.ended.name}")
        cause = Message.of("desk.simulate.ended", what=what, at=str(prepared.ended.period))
        return [Problem(cause, sheet.place, Message.of("desk.simulate.ended.mend"))]
    if prepared.implausible:
        mend = Message.of("desk.simulate.implausible.mend")
        return [Problem(found.message, sheet.place, mend) for found in prepared.implausible]
    if not prepared.blocking:
        cause, mend = Message.of("desk.simulate.no_money"), Message.of("desk.simulate.no_money.mend")
        return [Problem(cause, sheet.place, mend)]
    mend = Message.of("desk.simulate.no_bracket.mend")
    return [Problem(Message.of("desk.simulate.no_bracket", what=g.what), g.place, mend) for g in prepared.blocking]
