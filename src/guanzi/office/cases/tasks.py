"""What takes long and runs beside the pages: appraisals, in a process of their own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.tasks import task
from django.utils import timezone

from guanzi.base.core import InvalidInput, Message, Place, Problem, canonical_json
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
from guanzi.office.cases.contents import within
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.cases.storage import keep_within
from guanzi.office.faults import fault_of, problem_of
from guanzi.office.models import AppraisalRun

if TYPE_CHECKING:
    from guanzi.jobs.appraisal import Appraisal

SIMULATED = 0.8
"""Share of the progress bar that the simulation of paths is; reading and writing are the rest."""
_PAUSE = 0.5
"""Seconds between two looks at whether it goes on."""
_logger = logging.getLogger("guanzi.office")


class Cancelled(Exception):
    """Nobody wants the result any more."""


@task
def appraise(run: int) -> None:
    """Appraise a version of a case, and keep what was found; whatever goes wrong is said in the row."""
    found = AppraisalRun.objects.select_related("case__organisation", "version", "asked_by").get(pk=run)
    begun = AppraisalRun.objects.filter(pk=run, state="queued", cancel=False).update(state="running", progress=0.01)
    if not begun:
        AppraisalRun.objects.filter(pk=run, state="queued").update(state="cancelled", done_at=timezone.now())
        return
    try:
        _keep(found, *_compute(found))
    except Cancelled:
        _end(found, "cancelled")
    except InvalidInput as error:
        folder = lay_out(found.case.slug, found.version.tree)
        _end(found, "failed", [_plain(within(problem, folder)) for problem in error.problems])
    except Exception as error:  # the row must never say for ever that it is running
        _logger.exception("appraisal %s failed", run)
        kind = fault_of(error)
        broke = Problem(Message.of("office.appraisal.broke"), Place(""))
        _end(found, "failed", [_plain(broke if kind is None else problem_of(kind, sent=False))])


def _compute(run: AppraisalRun) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Files of the result, and what lists show of it."""
    from guanzi.jobs.appraisal import appraisal as service
    from guanzi.jobs.appraisal import dossier_html, to_json
    from guanzi.jobs.shared import run as running

    folder = lay_out(run.case.slug, run.version.tree)
    clock = _Progress(run)
    how = running.Run(paths=run.paths, threads=1, watch=clock.watch)  # one processor stays for the pages
    with holding(folder):
        result = service.appraise(service.Request(str(folder), run.as_of, run.playbook, run=how))
    clock.tell(SIMULATED)
    view = result.case.view(run.as_of)
    files = {
        "appraisal.json": to_json(result.appraisal).encode(),
        "evidence.json": canonical_json(view.content()).encode(),
    }
    for done, lang in ((0.9, "en"), (1.0, "zh")):
        files[f"dossier.{lang}.html"] = dossier_html(result.appraisal, lang).encode()
        clock.tell(done)
    return files, _headline(result.appraisal, view.sha256)


def _headline(appraisal: Appraisal, evidence: str) -> dict[str, Any]:
    from guanzi.jobs.shared import format_figure

    summary, versions = appraisal.summary, appraisal.versions
    figures = [appraisal.figures[id] for id in summary.figures[:3]]
    return {
        "advice": appraisal.advice,
        "headline": summary.headline.model_dump(mode="json"),
        "figures": [
            {
                "label": figure.label.model_dump(mode="json"),
                **{lang: format_figure(figure, lang, appraisal.figures) for lang in ("en", "zh")},
            }
            for figure in figures
        ],
        "reasons": [reason.model_dump(mode="json") for reason in summary.reasons],
        "evidence": evidence,
        "method": versions.method_sha256,
        "playbook": appraisal.playbook.id,
        "seed": versions.seed,
        "guanzi": versions.guanzi,
    }


def _keep(run: AppraisalRun, files: dict[str, bytes], headline: dict[str, Any]) -> None:
    """Keep the result and enter it in the log, unless it was cancelled meanwhile."""
    with write_transaction() as log:
        kept = {name: keep_blob(content) for name, content in files.items()}
        keep_within(run.case.organisation, {kept[name]: len(content) for name, content in files.items()})
        done = AppraisalRun.objects.filter(pk=run.pk, state="running", cancel=False).update(
            state="done",
            progress=1.0,
            files=kept,
            sha256=kept["appraisal.json"],
            advice=headline["advice"],
            headline=headline,
            done_at=timezone.now(),
        )
        if not done:
            raise Cancelled
        case = run.case
        subject = Subject(case.organisation.slug, case.slug, run.version.sha256, case.playbook_sha256)
        record = LogRecord(data={"appraisal": run.number, "sha256": kept["appraisal.json"], "paths": run.paths})
        record.data |= {name: headline[name] for name in ("advice", "evidence", "method", "seed")}
        enter_action(log, "appraisal.done", run.asked_by.username, subject, record)


def _end(run: AppraisalRun, state: str, problem: list[dict[str, Any]] | None = None) -> None:
    AppraisalRun.objects.filter(pk=run.pk, state="running").update(state=state, problem=problem, done_at=timezone.now())


def _plain(problem: Problem) -> dict[str, Any]:
    """A problem as a row holds it."""
    fix = problem.fix.as_dict() if problem.fix is not None else None
    return {"cause": problem.cause.as_dict(), "mend": fix, "place": str(problem.place)}


class _Progress:
    """Tells the row how far the work is, and stops it when nobody wants it any more."""

    def __init__(self, run: AppraisalRun) -> None:
        self.run = run
        self.next = 0.0

    def tell(self, share: float) -> None:
        """Say how far it is."""
        going = AppraisalRun.objects.filter(pk=self.run.pk, state="running", cancel=False)
        if not going.update(progress=share):
            raise Cancelled
        self.next = time.monotonic() + _PAUSE

    @contextmanager
    def watch(self, what: Message, total: int) -> Iterator[Callable[[int], None]]:
        """Follow a piece of work of so many steps."""
        done = 0

        def advance(steps: int) -> None:
            nonlocal done
            done += steps
            if time.monotonic() >= self.next:
                self.tell(SIMULATED * min(1.0, done / max(1, total)))

        yield advance
