"""What changed between two appraisals of a case: computed in the background, and kept as a page in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanzi.base.core import LANGUAGES
from guanzi.jobs.appraisal import changes
from guanzi.jobs.shared import run as running
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.folders import holding, lay_out
from guanzi.office.models import AppraisalRun, OfficeCase, SheetRun

_PATH = "appraisals/{of}/since/{since}"
_NEWER, _EARLIER = "newer.json", "appraisal.json"


@dataclass(frozen=True, slots=True)
class AppraisalPair:
    """Two appraisals that are compared, with the run that does it."""

    run: SheetRun
    of: AppraisalRun
    since: AppraisalRun

    @property
    def address(self) -> str:
        """Where the case shows it, within the case."""
        return f"{self.run.path}/"


def compared_by(of: AppraisalRun, since: AppraisalRun) -> tuple[str, dict[str, str]]:
    """The path and the files of the run that compares two appraisals."""
    return _PATH.format(of=of.pk, since=since.pk), {_NEWER: of.sha256, _EARLIER: since.sha256}


def is_comparison(run: SheetRun) -> bool:
    """Whether a run compares two appraisals, and simulates no term sheet."""
    return _NEWER in run.tree


def comparisons_of(case: OfficeCase) -> list[AppraisalPair]:
    """The comparisons of a case, the newest first; of two appraisals the last one that was asked for."""
    done = {run.pk: run for run in case.appraisals.filter(state="done")}
    found: dict[str, AppraisalPair] = {}
    for run in SheetRun.objects.filter(case=case, path__startswith="appraisals/").order_by("-asked_at"):
        _, of, _, since = run.path.split("/")
        if int(of) in done and int(since) in done:
            found.setdefault(run.path, AppraisalPair(run, done[int(of)], done[int(since)]))
    return list(found.values())


def compare(run: SheetRun, how: running.Run) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    """Whether the newer appraisal still comes out as it was kept, and the pages by their names.

    Raises:
        InvalidInput: The earlier one is of a later day.
    """
    from guanzi.jobs.appraisal import to_json
    from guanzi.render import document_html

    _, of, _, _ = run.path.split("/")
    newer = AppraisalRun.objects.select_related("version").get(pk=int(of))
    folder, earlier = lay_out(run.case.slug, newer.version.tree), lay_out(run.case.slug, {_EARLIER: run.tree[_EARLIER]})
    asked = changes.Request(str(folder), str(earlier), newer.as_of, newer.playbook, newer.paths, run=how)
    with holding(folder), holding(earlier):
        found = changes.find_changes(asked)
    document = changes.document_of(found)
    same = to_json(found.attribution.after).encode() == content_of(newer.sha256)
    pages = {f"changes.{lang}.html": document_html(document, lang).encode() for lang in LANGUAGES}
    return {"same": same}, pages
