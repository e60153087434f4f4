"""What an appraisal demands: the conditions on which a committee that backs with conditions backs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanzi.base.core import Bilingual, Message, render
from guanzi.jobs.structuring import conditions as writing
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import ActionRun, AppraisalRun, ConditionWaiver, Sitting

WRITE = "condition.write"
"""The action that writes a condition into the text."""


@dataclass(frozen=True, slots=True)
class DecisionCondition:
    """A condition of a decision, and what became of it; it stands until it is written into the text or waived by two.

    The appraisal on which the committee sat tested it on the text that was decided: what it demands that text lacks.

    Attributes:
        written: It was written into the text that is signed, as proposed or otherwise with a reason.
    """

    id: str
    text: Mapping[str, Any]
    waiver: ConditionWaiver | None
    written: bool = False

    @property
    def stands(self) -> bool:
        """Whether it keeps the text from being signed."""
        return not self.written and (self.waiver is None or self.waiver.agreed_by_id is None)


def demands_of(run: AppraisalRun) -> tuple[dict[str, Any], ...]:
    """The demands of an appraisal as messages, in its order; none where it has not ended or demands nothing."""
    return tuple(_demands(run).values())


def conditions_of(sitting: Sitting) -> tuple[DecisionCondition, ...]:
    """The conditions on which a sitting backed the deal, in the order of the appraisal; none for any other result.

    Where the appraisal demands nothing, the condition is what the members wrote, which two people must hold met.
    """
    if sitting.state != "closed" or sitting.result != "back_with_conditions":
        return ()
    waivers = {one.condition: one for one in sitting.waivers.all()}
    demanded = _demands(sitting.appraisal) or {"reasons": Message.of("office.condition.reasons").as_dict()}
    runs = ActionRun.objects.filter(case=sitting.case_id, action=WRITE, answer__sitting=sitting.pk)
    written = (
        set() if sitting.upheld_id is None else {one["condition"] for one in runs.values_list("answer", flat=True)}
    )
    return tuple(DecisionCondition(id, text, waivers.get(id), id in written) for id, text in demanded.items())


def wanted_of(run: AppraisalRun) -> tuple[writing.WantedCondition, ...]:
    """Each demand of an appraisal in both languages, with its findings, figures and clauses of the term sheet."""
    sha256 = run.files.get("appraisal.json")
    read = {} if sha256 is None else _read(sha256)
    return tuple(
        writing.WantedCondition(id, Bilingual(render(text, "en"), render(text, "zh")), tuple(because))
        for id, (text, because) in read.items()
    )


def _demands(run: AppraisalRun) -> Mapping[str, dict[str, Any]]:
    sha256 = run.files.get("appraisal.json")
    return {} if sha256 is None else {id: text for id, (text, _) in _read(sha256).items()}


@lru_cache(maxsize=256)
def _read(sha256: str) -> Mapping[str, tuple[dict[str, Any], list[str]]]:
    return {one["id"]: (one["text"], one.get("because", [])) for one in json.loads(content_of(sha256))["demands"]}
