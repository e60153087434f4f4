"""An elicitation as YAML text, and its place in a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, reason_of, scratch_directory
from guanzi.base.reading import yaml_text
from guanzi.record.evidence import ElicitationFormat

FOLDER = "judgements"
"""Where a case keeps its elicitations."""


def elicitation_text(form: ElicitationFormat) -> str:
    """The elicitation as YAML that reads back as the same."""
    data = form.model_dump(mode="python", exclude_defaults=True)
    return yaml_text(_plain(data))


def store_elicitation(folder: Path, form: ElicitationFormat) -> Path:
    """Write an elicitation into ``judgements/`` of a case; an older file of the same panel is replaced.

    Raises:
        InvalidInput: The folder is no case, or cannot be written.
    """
    if not (folder / "case.yaml").is_file():
        cause, fix = Message.of("evidence.case.no_case_yaml"), Message.of("evidence.case.no_case_yaml.mend")
        raise InvalidInput(Problem(cause, Place(str(folder)), fix))
    target = folder / FOLDER / f"{form.panel}.yaml"
    try:
        target.parent.mkdir(exist_ok=True)
        with scratch_directory(target.parent, ".panel-") as work:
            draft = work / target.name
            draft.write_text(elicitation_text(form), encoding="utf-8")
            draft.replace(target)
    except OSError as error:
        raise InvalidInput(
            Problem(Message.of("evidence.new.failed", reason=reason_of(error)), Place(str(target)))
        ) from error
    return target


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    return data
