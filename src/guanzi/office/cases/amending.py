"""What the term sheets of a version would change of the signed one: what a new decision decides on, line by line."""

from __future__ import annotations

from typing import Any

from guanzi.advice.appraisal import Amended, amended
from guanzi.base.core import InvalidInput
from guanzi.deal.terms import TermSheet
from guanzi.office.cases.termsheets import kept_sheet, sheets_of
from guanzi.office.models import OfficeCase, Signing, Sitting


def amended_by(signing: Signing, sheet: TermSheet) -> Amended:
    """What a term sheet adds to the signed one, and loosens of it.

    Raises:
        InvalidInput: The signed text cannot be read any more.
    """
    return amended(kept_sheet(signing.path, signing.sha256), sheet)


def added_to(path: str, sha256: str, sheet: TermSheet) -> Amended:
    """What a term sheet adds to a kept one, and loosens of it.

    Raises:
        InvalidInput: The kept text cannot be read any more.
    """
    return amended(kept_sheet(path, sha256), sheet)


def changes_of(case: OfficeCase) -> dict[str, Any]:
    """What each readable term sheet of the newest version would change of the signed one, as a sitting keeps it.

    Returns:
        ``signed`` (hash of the signed text) and ``sheets``: path to ``sha256``, ``more`` (millions) and ``lines``.
    """
    signing: Signing | None = getattr(case, "signing", None)
    if signing is None:
        return {}
    sheets = {}
    for held in sheets_of(case):
        if held.sheet is None or held.sha256 == signing.sha256:
            continue
        try:
            found = amended_by(signing, held.sheet)
        except InvalidInput:
            return {}
        lines = [
            {"id": one.id, "kind": one.kind, "line": one.line, "text": one.message.as_dict()} for one in found.lines
        ]
        sheets[held.path] = {"sha256": held.sha256, "more": found.more, "lines": lines}
    return {"signed": signing.sha256, "sheets": sheets}


def was_shown(sitting: Sitting, signing: Signing, path: str, sha256: str) -> bool:
    """Whether a sitting was told what this text would change of what is signed now."""
    shown = sitting.changes.get("sheets", {}).get(path, {})
    return (sitting.changes.get("signed"), shown.get("sha256")) == (signing.sha256, sha256)
