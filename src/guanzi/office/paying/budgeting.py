"""One year's budget over open cases, computed behind what people do: which to sign, and what that displaces."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Lock

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared import run
from guanzi.jobs.structuring import budgeting
from guanzi.office.cases.contents import within
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.models import OfficeCase

PATHS = 4_096
"""Paths of each candidate."""
_KEPT = 32
"""Answers that a process keeps, those that were asked for last."""
_QUEUE = 8
"""Budgets that wait for their turn at the most."""
_worker = ThreadPoolExecutor(1, "budgeting")
_kept: OrderedDict[tuple[object, ...], Future[budgeting.Result]] = OrderedDict()
_lock = Lock()


def budget_over(cases: Sequence[OfficeCase], budget: float) -> Future[budgeting.Result]:
    """The choice among cases as their files stand now; the first to ask begins it, and the same is computed once.

    Args:
        cases: Open cases, each with its newest version.
        budget: Money of the year, in millions of the currency of the first case.

    Raises:
        InvalidInput: No case is named, or one that is not open; they have several playbooks; too many budgets wait.
    """
    if not cases or any(case.state != "open" for case in cases):
        raise InvalidInput(Problem(Message.of("office.budget.no_case"), Place("case")))
    playbook, *others = sorted({case.playbook for case in cases})
    if others:
        names = (playbook, *others)
        raise InvalidInput(Problem(Message.of("office.budget.playbooks", names=names), Place("case")))
    trees = tuple((case.slug, dict(case.tree)) for case in sorted(cases, key=lambda case: case.slug))
    key = (budget, playbook, tuple((slug, frozenset(tree.items())) for slug, tree in trees))
    with _lock:
        if key not in _kept:
            if sum(not one.done() for one in _kept.values()) >= _QUEUE:
                raise InvalidInput(Problem(Message.of("office.budget.busy"), Place("budget")))
            held = ExitStack()
            folders = tuple(held.enter_context(holding(lay_out(slug, tree))) for slug, tree in trees)
            _kept[key] = _worker.submit(_compute, held, folders, budget, playbook)
        _kept.move_to_end(key)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        return _kept[key]


def _compute(held: ExitStack, folders: Sequence[Path], budget: float, playbook: str) -> budgeting.Result:
    """The choice among cases that are laid out and held as folders, which are let go afterwards."""
    how = run.Run(paths=PATHS, threads=1)
    with held:
        try:
            return budgeting.choose_within(
                budgeting.Request(tuple(map(str, folders)), budget, playbook=playbook, run=how)
            )
        except InvalidInput as error:
            problems = list(error.problems)
            for folder in folders:
                problems = [within(problem, folder) for problem in problems]
            raise InvalidInput(problems) from error
