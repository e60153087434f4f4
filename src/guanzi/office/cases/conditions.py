"""Conditions of a decision as changes of the text that was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guanzi.base.core import InvalidInput
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.jobs.structuring import conditions as writing
from guanzi.office.cases.demanded import wanted_of
from guanzi.office.cases.termsheets import newest_sheets, sheet_of, text_of
from guanzi.office.models import Sitting


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
