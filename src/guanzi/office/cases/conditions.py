"""Conditions of a decision as changes of the text that was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from guanzi.base.core import InvalidInput
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.jobs.structuring import conditions as writing
from guanzi.office.cases.demanded import demands_of, wanted_of
from guanzi.office.cases.termsheets import as_written, newest_sheets, sheet_of, text_of
from guanzi.office.deciding.gates import FOR
from guanzi.office.deciding.now import CaseNow
from guanzi.office.models import AppraisalRun, OfficeCase, Sitting


def decided_sheet(sitting: Sitting) -> tuple[str, str] | None:
    """Path and hash of the term sheet on which a committee decided; None: there was none."""
    return newest_sheets([sitting.appraisal.version.tree])[0]


def current_text(sitting: Sitting) -> tuple[str, str] | None:
    """Path and text of the decided term sheet as it stands in the newest version."""
    decided = decided_sheet(sitting)
    sha256 = None if decided is None else sitting.case.tree.get(decided[0])
    return None if decided is None or sha256 is None else (decided[0], text_of(sha256))


def changes_for(sitting: Sitting) -> Mapping[str, tuple[writing.ConditionChange, ...]]:
    """How the decided text would change for each condition of a decision that can be written by rule."""
    held = current_text(sitting)
    if held is None:
        return {}
    try:
        return writing.written_conditions(document_of(*held), sheet_of(*held), wanted_of(sitting.appraisal))
    except InvalidInput:  # the text has errors, which are told where it is edited
        return {}


@dataclass(frozen=True, slots=True)
class ProposedSheet:
    """A term sheet as an appraisal would have it.

    Attributes:
        run: The appraisal.
        text: The whole text.
        changes: Each demand in words, as a message, with a passage that it changes.
        left: How many demands no rule can write.
    """

    run: AppraisalRun
    text: str
    changes: tuple[tuple[Mapping[str, Any], writing.ConditionChange], ...]
    left: int


def proposed_sheet(case: OfficeCase, path: str) -> ProposedSheet | None:
    """The text of a term sheet with all that the appraisal of the newest version demands and a rule can write.

    None where nothing can be written, the appraisal is not of this text, or the committee has decided.
    """
    run = CaseNow(case).appraisal
    if run is None or case.state != "open" or newest_sheets([case.tree])[0] != (path, case.tree.get(path)):
        return None
    if case.sittings.filter(Q(state="open") | Q(state="closed", result__in=FOR)).exists():
        return None
    told, written = dict(zip((one.id for one in wanted_of(run)), demands_of(run), strict=True)), set[str]()
    text, changes = text_of(case.tree[path]), list[tuple[Mapping[str, Any], writing.ConditionChange]]()
    try:
        for wanted in wanted_of(run):
            document = document_of(path, text)
            made = writing.written_conditions(document, sheet_of(path, text), [wanted]).get(wanted.id, ())
            if made:
                text = writing.with_conditions(document, made)
                written.add(wanted.id)
                changes += [(told[wanted.id], one) for one in made]
    except InvalidInput:  # the text has errors, which are told beside it
        return None
    return ProposedSheet(run, as_written(text), tuple(changes), len(told) - len(written)) if changes else None


def document_of(path: str, text: str) -> YamlDocument:
    """A text of a term sheet with the places of everything in it.

    Raises:
        InvalidInput: It is no YAML.
    """
    return parse_yaml(TextFile(path, text, tuple(text.split("\n"))))


def otherwise(change: writing.ConditionChange, text: str) -> writing.ConditionChange:
    """The change with another wording of what is to stand there."""
    passage, proposed = change.passage
    return replace(change, after=text, passage=(passage, proposed.replace(change.after, text)))
