"""Read a case with several playbooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Comparison, compare_playbooks
from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.jobs.appraisal.appraisal import default_folder
from guanzi.jobs.shared.results import write_results
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Case, CaseSource, open_case
from guanzi.record.playbooks import load_playbook, playbook_names

if TYPE_CHECKING:
    from guanzi.render import Document

CITIES = ("hefei", "shenzhen", "shanghai", "xian", "hangzhou")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        case: Name or folder of the case.
        playbooks: Names or files; one that is named twice counts once.
        as_of: Knowledge date; None: the decision date.
        run: How it is run; its paths are those of each playbook.
    """

    case: CaseSource
    playbooks: tuple[str, ...] = CITIES
    as_of: date | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Result:
    """The case, and what each playbook makes of it."""

    case: Case
    found: Comparison


def compare_methods(request: Request) -> Result:
    """Read a case with each playbook.

    Raises:
        InvalidInput: No playbook is named, or one, or the case, cannot be read.
    """
    names = tuple(name.strip() for name in request.playbooks if name.strip())
    if not names:
        cause = Message.of("desk.playbook.no_playbook")
        fix = Message.of("desk.playbook.no_playbook.mend", names=playbook_names())
        excerpt = ",".join(request.playbooks)
        raise InvalidInput(Problem(cause, Place("--playbooks"), fix, excerpt=excerpt))
    books, run = [load_playbook(name) for name in dict.fromkeys(names)], request.run
    case = open_case(request.case)
    with run.working("paths", run.paths * (len(books) + 1)) as advance:
        return Result(
            case, compare_playbooks(case, books, request.as_of, run.paths, run.seed, run.threads, progress=advance)
        )


def data(result: Result) -> dict[str, Any]:
    """The content of ``comparison.json``."""
    return result.found.model_dump(mode="json")


def document_of(result: Result) -> Document:
    """The case under the playbooks, as a document."""
    from guanzi.jobs.appraisal.documents.comparison import (
        comparison_document,  # loads late: charts need a large library
    )

    return comparison_document(result.found)


def write(result: Result, folder: Path | None, lang: str) -> Path:
    """Write ``comparison.json`` and ``comparison.html``.

    Args:
        result: What was found.
        folder: Where to; None: the folder of the case and the day.
        lang: Language of the page.

    Returns:
        The path of the page.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.render import document_html  # loads late: charts need a large library

    target = folder if folder is not None else default_folder(result.case.id, result.found.as_of)
    page = document_html(document_of(result), lang)
    write_results(target, {"comparison.json": dump_json(data(result)), "comparison.html": page})
    return target / "comparison.html"
