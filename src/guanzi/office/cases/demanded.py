"""What an appraisal demands: the conditions on which a committee that backs with conditions backs."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from guanzi.office.keeping.blobs import content_of
from guanzi.office.models import AppraisalRun


def demands_of(run: AppraisalRun) -> tuple[dict[str, Any], ...]:
    """The demands of an appraisal as messages, in its order; none where it has not ended or demands nothing."""
    sha256 = run.files.get("appraisal.json")
    return () if sha256 is None else _read(sha256)


@lru_cache(maxsize=256)
def _read(sha256: str) -> tuple[dict[str, Any], ...]:
    return tuple(one["text"] for one in json.loads(content_of(sha256))["demands"])
