"""Term sheets simulated in the background: a few thousand paths on one thread, with progress, and ended on request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.tasks import task
from django.utils import timezone

from guanzi.advice.appraisal import Extent, appraise, prepare
from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, canonical_json, sha256_of
from guanzi.desk import release as releasing
from guanzi.desk import run as running_of
from guanzi.desk import unsimulated
from guanzi.engine.simulation import Running
from guanzi.office.cases.contents import read_tree, within
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.cases.storage import keep_within
from guanzi.office.faults import fault_of, problem_of
from guanzi.office.keeping.log import LogRecord, Subject, enter_action, turn
from guanzi.office.models import Blob, OfficeCase, Person, SheetRun
from guanzi.record.playbooks import load_playbook

PATHS, SEED = 4_096, 1
_QUICK = Extent(sensitivity=False, proposal=False)
_SHOWN = (
    "public.paid_mean",
    "budget.worst_year",
    "budget.npv",
    "budget.ahead",
    "exposure.failure_p95",
    "exposure.before_new_tier",
    "fund.npv",
    "fund.irr",
    "fund.moic",
    "fund.loss_probability",
    "fund.returned",
    "company.failure_probability_5y",
    "company.failure_probability_5y_without",
)
"""Figures of the desk."""
_TELL = 0.25
"""Seconds between two notes of progress."""


class RunCancelled(GuanziError):
    """Somebody asked to end it."""


def ask_run(case: OfficeCase, person: Person, tree: Mapping[str, str], path: str, tranche: str = "") -> SheetRun:
    """The run of these files, which is put in the queue unless it is there, within the transaction of an action."""
    asked = {"tree": dict(tree), "playbook": case.playbook, "paths": PATHS, "seed": SEED, "tranche": tranche}
    key = sha256_of(asked | ({"day": timezone.localdate().isoformat()} if tranche else {}))
    run, made = SheetRun.objects.get_or_create(
        case=case,
        key=key,
        defaults={
            "tree": dict(tree),
            "path": path,
            "tranche": tranche,
            "asked_by": person,
            "asked_at": timezone.now(),
        },
    )
    if not made and run.state in ("failed", "cancelled"):
        run.state, run.progress, run.cancel, run.problem, made = "queued", 0.0, False, [], True
        run.save()
    if made:
        size = Blob.objects.values_list("size", flat=True).get(sha256=tree[path])
        keep_within(case.organisation, {tree[path]: size, key: len(canonical_json(dict(tree)))})
        simulate_sheet.enqueue(run.pk)
    return run


@task()
def simulate_sheet(run_id: int) -> None:
    """Simulate what a row asks for, and write what was found, or what stands in the way, into it."""
    run = SheetRun.objects.select_related("case__organisation", "asked_by").filter(pk=run_id).first()
    if run is None or run.state != "queued":
        return
    if run.cancel:
        _end(run, "cancelled")
        return
    SheetRun.objects.filter(pk=run.pk).update(state="running")
    try:
        result = _stake(run) if run.tranche else _distribution(run)
    except RunCancelled:
        _end(run, "cancelled")
    except InvalidInput as error:
        folder = lay_out(run.case.slug, run.tree)
        _end(run, "failed", problem=[within(problem, folder).cause.as_dict() for problem in error.problems])
    except Exception as error:
        kind = fault_of(error)
        broke = Message.of("office.run.broke") if kind is None else problem_of(kind).cause
        _end(run, "failed", problem=[broke.as_dict()])
        raise
    else:
        _end(run, "done", result=result)


def _end(run: SheetRun, state: str, **values: Any) -> None:
    if state != "done":
        SheetRun.objects.filter(pk=run.pk).update(state=state, **values)
        return
    with turn() as log:
        SheetRun.objects.filter(pk=run.pk).update(state=state, progress=1.0, **values)
        case = run.case
        record = LogRecord(data={"run": run.pk, "sha256": sha256_of(values["result"])})
        subject = Subject(case.organisation.slug, case.slug, None, case.playbook_sha256)
        enter_action(log, "sheet.simulated", run.asked_by.username, subject, record)


def _distribution(run: SheetRun) -> dict[str, Any]:
    """Figures and the signature picture of a sheet."""
    case = read_tree(run.case.slug, run.tree)
    day = max(case.decision_date, *(sheet.known_on for sheet in case.sheets))
    method = load_playbook(run.case.playbook)
    prepared = prepare(case, day, method)
    if prepared.model is None or prepared.sheet is None:
        if prepared.sheet is None:
            raise InvalidInput(Problem(Message.of("office.run.no_sheet"), Place(run.path)))
        raise InvalidInput(unsimulated.not_simulable(prepared.sheet, prepared))
    running = Running(threads=1, progress=_telling(run, PATHS))
    found = appraise(case, day, method, PATHS, SEED, running, _QUICK)
    return {
        "as_of": day.isoformat(),
        "paths": PATHS,
        "figures": [found.figures[id].model_dump(mode="json") for id in _SHOWN if id in found.figures],
        "exposure": None if found.exposure is None else found.exposure.model_dump(mode="json"),
    }


def _stake(run: SheetRun) -> dict[str, Any]:
    """What is at stake with an instalment: both losses on the day, as signed and with the money bound."""

    @contextmanager
    def watching(what: Message, total: int) -> Iterator[running_of.Advance]:
        yield _telling(run, total)

    day = timezone.localdate()
    how = running_of.Run(paths=PATHS, seed=SEED, threads=1, watch=watching)
    with holding(lay_out(run.case.slug, run.tree)) as folder:
        asked = releasing.Request(str(folder), run.tranche, day, run.case.playbook, how)
        found = releasing.data(releasing.release(asked))
    return {name: found[name] for name in ("as_of", "tranche", "currency", "unit", "at_stake")}


def _telling(run: SheetRun, total: int) -> Callable[[int], None]:
    """Writes progress into the row now and then, and ends the work when the row asks for it."""
    done, told = 0, 0.0

    def advance(steps: int) -> None:
        nonlocal done, told
        done += steps
        if time.monotonic() - told < _TELL:
            return
        told = time.monotonic()
        SheetRun.objects.filter(pk=run.pk).update(progress=min(done / max(total, 1), 0.99))
        if SheetRun.objects.filter(pk=run.pk, cancel=True).exists():
            raise RunCancelled(Problem(Message.of("office.run.cancelled"), Place(run.path)))

    return advance
