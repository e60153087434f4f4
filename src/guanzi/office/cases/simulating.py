"""What is simulated in the background: a few thousand paths on one thread, with progress, and ended on request."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.tasks import task
from django.utils import timezone

import guanzi
from guanzi.advice.appraisal import AppraisalOptions, appraise, prepare
from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem, canonical_json, sha256_of
from guanzi.jobs.appraisal import Running
from guanzi.jobs.following import release as releasing
from guanzi.jobs.shared import run as running_of
from guanzi.jobs.shared import unsimulated
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.cases.comparing import compare, compared_by, is_comparison
from guanzi.office.cases.contents import read_tree, within
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.cases.storage import keep_within
from guanzi.office.faults import fault_of, problem_of
from guanzi.office.models import AppraisalRun, Blob, OfficeCase, Person, SheetRun
from guanzi.record.playbooks import load_playbook

PATHS, SEED = 4_096, 1
_QUICK = AppraisalOptions(sensitivity=False, proposal=False)
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
_REPORT_EVERY = 0.25
"""Seconds between two notes of progress."""


class RunCancelled(GuanziError):
    """Somebody asked to end it."""


def ask_run(case: OfficeCase, person: Person, tree: Mapping[str, str], path: str, tranche: str = "") -> SheetRun:
    """The run of these files, which is put in the queue unless it is there, within the transaction of an action."""
    asked = {"tree": dict(tree), "playbook": case.playbook, "paths": PATHS, "seed": SEED, "tranche": tranche}
    key = sha256_of(asked | ({"day": timezone.localdate().isoformat()} if tranche else {}))
    size = Blob.objects.values_list("size", flat=True).get(sha256=tree[path])
    row = SheetRun(case=case, key=key, tree=dict(tree), path=path, tranche=tranche, asked_by=person)
    return _queued(row, {tree[path]: size})


def ask_changes(of: AppraisalRun, since: AppraisalRun, person: Person) -> SheetRun:
    """The run that compares an appraisal with an earlier one, which is put in the queue unless it is there."""
    path, tree = compared_by(of, since)
    key = sha256_of({"tree": tree, "guanzi": guanzi.__version__})
    return _queued(SheetRun(case=of.case, key=key, tree=tree, path=path, asked_by=person), {})


def _queued(asked: SheetRun, sizes: Mapping[str, int]) -> SheetRun:
    """The row of a run, in the queue; one that ended without a result is put there again."""
    run, made = SheetRun.objects.get_or_create(
        case=asked.case,
        key=asked.key,
        defaults={
            "tree": asked.tree,
            "path": asked.path,
            "tranche": asked.tranche,
            "asked_by": asked.asked_by,
            "asked_at": timezone.now(),
        },
    )
    if not made and run.state in ("failed", "cancelled"):
        run.state, run.progress, run.cancel, run.problem, made = "queued", 0.0, False, [], True
        run.save()
    if made:
        keep_within(run.case.organisation, {**sizes, run.key: len(canonical_json(run.tree))})
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
        result, files = _found(run)
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
        _keep(run, result, files)


def _end(run: SheetRun, state: str, **values: Any) -> None:
    SheetRun.objects.filter(pk=run.pk).update(state=state, **values)


def _keep(run: SheetRun, result: dict[str, Any], files: Mapping[str, bytes]) -> None:
    """Keep what was found with its files, and enter it in the log."""
    case, action = run.case, "appraisal.compared" if is_comparison(run) else "sheet.simulated"
    with write_transaction() as log:
        if files:
            kept = {name: keep_blob(content) for name, content in files.items()}
            keep_within(case.organisation, {kept[name]: len(content) for name, content in files.items()})
            result = result | {"files": kept}
        SheetRun.objects.filter(pk=run.pk).update(state="done", progress=1.0, result=result)
        record = LogRecord(data={"run": run.pk, "sha256": sha256_of(result)})
        subject = Subject(case.organisation.slug, case.slug, None, case.playbook_sha256)
        enter_action(log, action, run.asked_by.username, subject, record)


def _found(run: SheetRun) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    """What a run finds, and the files of it."""
    if is_comparison(run):
        return compare(run, _how(run))
    return (_loss_given_failure(run) if run.tranche else _distribution(run)), {}


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
    running = Running(threads=1, progress=_reporting(run, PATHS))
    found = appraise(case, day, method, PATHS, SEED, running, _QUICK)
    return {
        "as_of": day.isoformat(),
        "paths": PATHS,
        "figures": [found.figures[id].model_dump(mode="json") for id in _SHOWN if id in found.figures],
        "exposure": None if found.exposure is None else found.exposure.model_dump(mode="json"),
    }


def _loss_given_failure(run: SheetRun) -> dict[str, Any]:
    """What is at stake with an instalment: both losses on the day, as signed and with the money bound."""
    day, how = timezone.localdate(), _how(run)
    with holding(lay_out(run.case.slug, run.tree)) as folder:
        asked = releasing.Request(str(folder), run.tranche, day, run.case.playbook, how)
        found = releasing.data(releasing.release(asked))
    return {name: found[name] for name in ("as_of", "tranche", "currency", "unit", "at_stake")}


def _how(run: SheetRun) -> running_of.Run:
    """On one thread, with progress in the row."""

    @contextmanager
    def watching(what: Message, total: int) -> Iterator[running_of.Advance]:
        yield _reporting(run, total)

    return running_of.Run(paths=PATHS, seed=SEED, threads=1, watch=watching)


def _reporting(run: SheetRun, total: int) -> Callable[[int], None]:
    """Writes progress into the row now and then, and ends the work when the row asks for it."""
    done, told = 0, 0.0

    def advance(steps: int) -> None:
        nonlocal done, told
        done += steps
        if time.monotonic() - told < _REPORT_EVERY:
            return
        told = time.monotonic()
        SheetRun.objects.filter(pk=run.pk).update(progress=min(done / max(total, 1), 0.99))
        if SheetRun.objects.filter(pk=run.pk, cancel=True).exists():
            raise RunCancelled(Problem(Message.of("office.run.cancelled"), Place(run.path)))

    return advance
