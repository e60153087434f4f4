"""The report of a quarter over signed deals: what was called, paid and came back, computed in the background."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Period, Place, Problem
from guanzi.jobs.following import fund
from guanzi.jobs.shared import run
from guanzi.office.cases.termsheets import signed_tree
from guanzi.office.models import OfficeCase
from guanzi.office.paying.background import CaseAnswers

ANSWERS: CaseAnswers[fund.Result] = CaseAnswers("reporting")
"""The reports that were asked for."""


def report_over(cases: Sequence[OfficeCase], quarter: Period, today: date) -> Future[fund.Result]:
    """The signed deals as known at the end of a quarter, by plan and by what was paid; nothing is simulated.

    Args:
        cases: Signed cases; those signed after the quarter are left out.
        quarter: The quarter.
        today: Nothing later is asked: the running quarter is reported as of this day.

    Raises:
        InvalidInput: None was signed by then, they have several playbooks, or too many questions wait.
    """
    day = min(quarter.end, today)
    signed = [case for case in cases if case.signing.signed_on <= day]
    if not signed:
        raise InvalidInput(Problem(Message.of("office.report.none", quarter=str(quarter)), Place("")))
    playbook, *others = sorted({case.playbook for case in signed})
    if others:
        names = (playbook, *others)
        raise InvalidInput(Problem(Message.of("office.refused.playbooks_differ", names=names), Place("")))

    def find(folders: Sequence[Path]) -> fund.Result:
        names = tuple(map(str, folders))
        return fund.hold(fund.Request(names, day, playbook=playbook, run=run.Run(paths=0, threads=1)))

    return ANSWERS.ask((day, playbook), {case.slug: signed_tree(case) for case in signed}, find)
