"""Why a deal is not simulated."""

from __future__ import annotations

from guanzi.advice.appraisal import Prepared
from guanzi.base.core import Message, Problem
from guanzi.deal.terms import TermSheet


def not_simulable(sheet: TermSheet, prepared: Prepared) -> list[Problem]:
    """Why a sheet cannot be simulated: it moves no money, or values are unknown and have no bracket."""
    if not prepared.blocking:
        cause, mend = Message.of("desk.simulate.no_money"), Message.of("desk.simulate.no_money.mend")
        return [Problem(cause, sheet.place, mend)]
    mend = Message.of("desk.simulate.no_bracket.mend")
    return [Problem(Message.of("desk.simulate.no_bracket", what=g.what), g.place, mend) for g in prepared.blocking]
