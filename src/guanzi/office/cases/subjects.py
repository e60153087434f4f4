"""What a discussion can be about: the case, a finding of the appraisal or of a term sheet, a clause, a question."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from guanzi.base.core import Bilingual, InvalidInput, Message
from guanzi.deal.terms import explain
from guanzi.office.cases.termsheets import TERMS, kept_sheet
from guanzi.office.deciding.panels import OfficePanel
from guanzi.office.models import OfficeCase

_CODE = re.compile(r"[A-Z][A-Z0-9-]{2,100}")


def reason_key(reason: Mapping[str, Any]) -> str:
    """The id under which a reason of an appraisal is discussed: the same while its figures alone change.

    Args:
        reason: The message as plain data; its own id is not enough, because several reasons share it.
    """
    said = "\n".join(_ids(reason)).encode()
    return f"{reason['id']}~{hashlib.sha256(said).hexdigest()[:12]}"


def _ids(message: Mapping[str, Any]) -> Iterator[str]:
    """Ids of a message and of those within it, lists of facts left out."""
    yield message["id"]
    for name, value in sorted(message["params"].items()):
        if isinstance(value, Mapping) and "id" in value:
            yield name
            yield from _ids(value)


def subject_of(case: OfficeCase, kind: str, about: str, panels: Iterable[OfficePanel]) -> Message | None:
    """What a subject of a case is, in words; None: the case has none of this kind and id.

    Args:
        case: The case.
        kind: ``case``, ``finding``, ``clause`` or ``question``.
        about: Empty for the case; key of a reason of the newest appraisal, or ``sheet.yaml:CODE`` of a finding on a
            term sheet; ``sheet.yaml:clause``; ``panel/question``.
        panels: Those of the case.
    """
    sheet, _, part = about.partition(":")
    match kind:
        case "case":
            return None if about else Message.of("office.discussion.of.case")
        case "finding" if f"{TERMS}{sheet}" in case.tree and _CODE.fullmatch(part):
            return Message.of("office.discussion.of.finding", sheet=sheet, code=part)
        case "finding":
            run = case.appraisals.filter(state="done").order_by("-pk").first()
            reasons = [] if run is None or run.headline is None else run.headline["reasons"]
            return next((Message.from_dict(one) for one in reasons if about in (reason_key(one), one["id"])), None)
        case "clause":
            return _clause(case, sheet, part)
        case "question":
            asked = {f"{one.id}/{q.id}": q for one in panels for q in one.asked.form.questions}
            found = asked.get(about)
            words = None if found is None else Bilingual(found.text, found.text_zh or "")
            return None if words is None else Message.of("office.discussion.of.question", text=words)
    return None


def _clause(case: OfficeCase, sheet: str, id: str) -> Message | None:
    path = f"{TERMS}{sheet}"
    if path not in case.tree:
        return None
    try:
        clauses = explain(kept_sheet(path, case.tree[path]))
    except InvalidInput:
        return None
    return next((one.message for one in clauses if one.id == id), None)
