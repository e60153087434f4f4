"""Replay decided cases with what was known, and score the forecasts against what happened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.backtest import Backtest, backtest_data, backtest_json, load_library, work
from guanzi.advice.backtest import backtest as replay
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.jobs.shared.results import write_results
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.playbooks import load_playbook

if TYPE_CHECKING:
    from guanzi.render import Document


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        library: Folder of case folders; None: the shipped cases of the day on which the method was fixed.
        playbook: Name or file of the playbook.
        doubtful: Also report what doubtful facts would change.
        run: How it is run; its paths are those of each case.
    """

    library: Path | None = None
    playbook: str = "hefei"
    doubtful: bool = False
    run: Run = USUAL


def replay_cases(request: Request) -> Backtest:
    """Replay the cases of a library and score the forecasts.

    Raises:
        InvalidInput: There is no such folder or engine, the folder holds no case, or the workers are gone.
    """
    library, run = request.library, request.run
    if library is not None and not library.is_dir():
        fix = Message.of("desk.backtest.empty.mend")
        raise InvalidInput(Problem(Message.of("desk.backtest.no_folder"), Place(str(library)), fix))
    cases, problems = load_library(library)
    if not cases:
        fix = Message.of("desk.backtest.empty.mend")
        raise InvalidInput(problems or [Problem(Message.of("desk.backtest.empty"), Place(str(library)), fix)])
    method, doubtful = load_playbook(request.playbook), request.doubtful
    with run.simulating(work(cases, doubtful=doubtful), "replays") as running:
        return replay(cases, method, run.paths, run.seed, running, doubtful=doubtful, unreadable=problems)


def data(found: Backtest) -> dict[str, Any]:
    """The content of ``backtest.json``."""
    return backtest_data(found)


def document_of(found: Backtest) -> Document:
    """The backtest as a document."""
    from guanzi.jobs.backtest.documents.backtest import backtest_document  # loads late: charts need a large library

    return backtest_document(found)


def write(found: Backtest, folder: Path, lang: str) -> Path:
    """Write ``backtest.json`` and ``backtest.html``.

    Returns:
        The path of the page.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.render import document_html  # loads late: charts need a large library

    page = document_html(document_of(found), lang)
    write_results(folder, {"backtest.json": backtest_json(found), "backtest.html": page})
    return folder / "backtest.html"
