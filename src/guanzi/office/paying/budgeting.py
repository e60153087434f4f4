"""One year's budget over open cases, computed in the background: which to sign, and what that displaces."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared import run
from guanzi.jobs.structuring import budgeting
from guanzi.office.models import OfficeCase
from guanzi.office.paying.background import CaseAnswers

PATHS = 4_096
"""Paths of each candidate."""
ANSWERS: CaseAnswers[budgeting.Result] = CaseAnswers("budgeting")
"""The choices that were asked for."""


def budget_over(cases: Sequence[OfficeCase], budget: float) -> Future[budgeting.Result]:
    """The choice among cases as their files stand now; the first to ask begins it, and the same is computed once.

    Args:
        cases: Open cases, each with its newest version.
        budget: Money of the year, in millions of the currency of the first case.

    Raises:
        InvalidInput: No case is named, or one that is not open; they have several playbooks; too many questions wait.
    """
    if not cases or any(case.state != "open" for case in cases):
        raise InvalidInput(Problem(Message.of("office.budget.no_case"), Place("case")))
    playbook, *others = sorted({case.playbook for case in cases})
    if others:
        names = (playbook, *others)
        raise InvalidInput(Problem(Message.of("office.refused.playbooks_differ", names=names), Place("case")))
    how = run.Run(paths=PATHS, threads=1)

    def find(folders: Sequence[Path]) -> budgeting.Result:
        names = tuple(map(str, folders))
        return budgeting.choose_within(budgeting.Request(names, budget, playbook=playbook, run=how))

    return ANSWERS.ask((budget, playbook), {case.slug: case.tree for case in cases}, find)
