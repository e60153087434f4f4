"""Appraise a case, and write what was found: the appraisal, the dossier, the brief, the look back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import (
    Appraisal,
    AppraisalOptions,
    Reached,
    Section,
    parse_precision,
    paths_for,
    prepare,
    to_json,
)
from guanzi.advice.appraisal import appraise as compose
from guanzi.base.core import Message, dump_json
from guanzi.engine.simulation import Remembered
from guanzi.jobs.appraisal.earlier import earlier_result, pages_on_request, replacement
from guanzi.jobs.shared.results import write_results
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Case, CaseSource, open_case
from guanzi.record.playbooks import load_playbook

if TYPE_CHECKING:
    from guanzi.advice.backtest import Hindsight
    from guanzi.jobs.tracks.regionscan import PanelBeside
    from guanzi.study.tracks import RegionScan


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        case: Name or folder of the case, or one that was read.
        as_of: Knowledge date; None: that of the decision.
        playbook: Name or file of the playbook.
        later_sources: Add the appendix of the auditor.
        beside: A panel of industries with the region of the case: adds the section of tracks. None: none.
        run: How it is run.
        precision: How small the sampling error of which figure is to be, in place of the paths of the run; None: not
            asked.
    """

    case: CaseSource
    as_of: date | None = None
    playbook: str = "hefei"
    later_sources: bool = False
    run: Run = USUAL
    beside: PanelBeside | None = None
    precision: str | None = None

    @property
    def name(self) -> str:
        """The case as commands name it."""
        return self.case.id if isinstance(self.case, Case) else self.case


@dataclass(frozen=True, slots=True)
class Result:
    """An appraisal with the case that it is of.

    Attributes:
        scan: Of its region, where a panel was given.
        reached: Where the search for a precision stopped; None: none was asked, or nothing is simulated.
    """

    case: Case
    appraisal: Appraisal
    scan: RegionScan | None = None
    reached: Reached | None = None

    @property
    def folder(self) -> Path:
        """Where it goes unless told otherwise."""
        return default_folder(self.case.id, self.appraisal.as_of)


@dataclass(frozen=True, slots=True)
class PagesRequest:
    """What is written beside ``appraisal.json`` and ``dossier.html``.

    Attributes:
        lang: Language of the pages.
        folder: Where to; None: :attr:`Result.folder`.
        brief: Also ``brief.html``.
        reveal: Once ``appraisal.json`` is written, open the outcome, write ``hindsight.json``, draw it into the page.
    """

    lang: str = "en"
    folder: Path | None = None
    brief: bool = False
    reveal: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in the folder now.

    Attributes:
        dossier: Path of the dossier.
        brief: Path of the brief; None when it was not asked for.
        hindsight: The look back; None when it was not asked for.
        replaced: Sentences on an earlier result that was replaced.
    """

    dossier: Path
    brief: Path | None
    hindsight: Hindsight | None
    replaced: tuple[Message, ...]


def default_folder(case_id: str, as_of: date) -> Path:
    """Where results go unless told otherwise."""
    return Path("guanzi-out") / case_id / as_of.isoformat()


def appraise(request: Request) -> Result:
    """Appraise a case with what was known on a day.

    Raises:
        InvalidInput: There is no such case or playbook, or one of them has errors, or the panel cannot be used, or the
            precision is none.
    """
    case, method, run = open_case(request.case), load_playbook(request.playbook), request.run
    scan: RegionScan | None = None
    further: tuple[Section, ...] = ()
    if request.beside is not None:  # loads late: it stands on a large library
        from guanzi.advice.appraisal import track_section
        from guanzi.jobs.tracks.regionscan import scan_on

        scan = scan_on(request.beside, request.as_of or case.decision_date, case.industry, run)
        further = (track_section(scan, request.beside.industry),)
    paths, reached, memory = run.paths, None, None
    if request.precision is not None:
        memory = Remembered()  # the last run of the search is that of the appraisal
        with run.simulating(0) as running:
            asked, remembering = parse_precision(request.precision), replace(running, memory=memory)
            reached = paths_for(prepare(case, request.as_of, method), asked, run.seed, remembering)
        paths = paths if reached is None else reached.paths
    with run.simulating(paths) as running:
        options = AppraisalOptions(later_sources=request.later_sources, further=further)
        how = replace(running, memory=memory)
        found = compose(case, request.as_of, method, paths, run.seed, how, options)
    return Result(case, found, scan, reached)


def data(result: Result) -> dict[str, Any]:
    """The content of ``appraisal.json``."""
    return result.appraisal.model_dump(mode="json", by_alias=True)


def write(result: Result, pages: PagesRequest) -> Written:
    """Write the result and its pages into one folder; the outcome is opened only after ``appraisal.json`` is written.

    Raises:
        InvalidInput: The folder cannot be written.
    """
    from guanzi.jobs.appraisal.documents.brief import brief_html
    from guanzi.jobs.appraisal.documents.dossier import dossier_html  # loads late: charts need a large library

    appraisal, lang = result.appraisal, pages.lang
    content = to_json(appraisal)
    folder = pages.folder if pages.folder is not None else result.folder
    earlier = earlier_result(folder, content)
    asked_before = pages_on_request(folder)
    beside = {"brief.html": brief_html(appraisal, lang)} if pages.brief else {}
    if result.scan is not None:
        from guanzi.jobs.tracks import regionscan

        beside |= regionscan.pages(regionscan.Result(result.scan), lang)
    look = None
    if pages.reveal:
        from guanzi.advice.backtest import hindsight  # loads late: it stands on all studies

        write_results(folder, {"appraisal.json": content})
        look = hindsight(result.case, appraisal, sha256(content.encode()).hexdigest())
        beside["hindsight.json"] = dump_json(look.model_dump(mode="json"))
    write_results(folder, {"appraisal.json": content, "dossier.html": dossier_html(appraisal, lang, look), **beside})
    replaced = [] if earlier is None else replacement(earlier, appraisal, folder, asked_before - set(beside))
    brief = folder / "brief.html" if pages.brief else None
    return Written(folder / "dossier.html", brief, look, tuple(replaced))
