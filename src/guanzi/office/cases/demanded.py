"""What an appraisal demands: the conditions on which a committee that backs with conditions backs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from guanzi.base.core import Message
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import AppraisalRun, ConditionWaiver, Sitting


@dataclass(frozen=True, slots=True)
class DecisionCondition:
    """A condition of a decision, and that it was waived or is asked to be; it stands until somebody else has agreed.

    The appraisal on which the committee sat tested it on the text that is signed: what it demands that text lacks.
    """

    id: str
    text: Mapping[str, Any]
    waiver: ConditionWaiver | None

    @property
    def stands(self) -> bool:
        """Whether it keeps the text from being signed."""
        return self.waiver is None or self.waiver.agreed_by_id is None


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
    return tuple(DecisionCondition(id, text, waivers.get(id)) for id, text in demanded.items())


def _demands(run: AppraisalRun) -> Mapping[str, dict[str, Any]]:
    sha256 = run.files.get("appraisal.json")
    return {} if sha256 is None else _read(sha256)


@lru_cache(maxsize=256)
def _read(sha256: str) -> Mapping[str, dict[str, Any]]:
    return {one["id"]: one["text"] for one in json.loads(content_of(sha256))["demands"]}
