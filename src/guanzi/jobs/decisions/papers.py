"""The papers of a committee on an appraisal: memorandum and minutes as PDF and DOCX, the money of the deal as XLSX."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guanzi.advice.appraisal import Appraisal
from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.decisions import standing
from guanzi.jobs.decisions.decisions import FoundAppraisal, appraisal_decided_on
from guanzi.jobs.decisions.ledgers import Request as Ledger
from guanzi.jobs.shared.results import write_whole
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import View, open_case
from guanzi.record.playbooks import load_playbook

if TYPE_CHECKING:
    from guanzi.jobs.decisions.documents.paper import DecisionTaken

FORMATS = ("pdf", "docx", "xlsx")


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        case: Name or folder of the case.
        as_of: Knowledge date of the appraisal; None: the decision date of the case.
        playbook: Name or file of the playbook.
        out: Where the papers go, and where the appraisal lies or is put; None: the default folder of the appraisal.
        lang: Language of the papers.
        formats: Of :data:`FORMATS`.
        decided: Fill in the minutes from the newest decision on this appraisal in the ledger of the case.
        ledger: File or address of that ledger; None: the file beside the case.
        present: Name and office of those who were present, for the minutes.
        run: How it is appraised where there is no appraisal.
    """

    case: str
    as_of: date | None = None
    playbook: str = "hefei"
    out: Path | None = None
    lang: str = "en"
    formats: tuple[str, ...] = FORMATS
    decided: bool = False
    ledger: str | None = None
    present: tuple[tuple[str, str], ...] = ()
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class Papers:
    """What was written, and on which appraisal.

    Attributes:
        folder: Where the papers lie.
        files: Their names.
        appraisal_sha256: Of ``appraisal.json``, as the minutes name it.
        computed: The appraisal was made now, because there was none.
    """

    folder: Path
    files: tuple[str, ...]
    appraisal_sha256: str
    computed: bool


def formats_of(text: str) -> tuple[str, ...]:
    """The formats that a list with commas names, in the order of :data:`FORMATS`.

    Raises:
        InvalidInput: One is none of them; all such at once.
    """
    asked = [word.strip().lower() for word in text.split(",") if word.strip()]
    fix = Message.of("desk.papers.no_format.mend", formats=FORMATS)
    unknown = [word for word in asked if word not in FORMATS] or ([] if asked else [text])
    if unknown:
        causes = [Message.of("desk.papers.no_format", text=word) for word in unknown]
        raise InvalidInput([Problem(cause, Place("--format"), fix, excerpt=text) for cause in causes])
    return tuple(name for name in FORMATS if name in asked)


def present_of(texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Name and office of those present, each as ``name=office``; the office may be left out.

    Raises:
        InvalidInput: One has no name, or is named twice; all such at once.
    """
    people = [tuple(part.strip() for part in text.partition("=")[::2]) for text in texts]
    names = [name for name, _ in people]
    wrong = [
        ("nobody" if not name else "twice", text)
        for n, (name, text) in enumerate(zip(names, texts, strict=True))
        if not name or name in names[:n]
    ]
    if wrong:
        place = Place("--present")
        raise InvalidInput(
            [
                Problem(
                    Message.of(f"desk.papers.{what}", text=text), place,
                    Message.of(f"desk.papers.{what}.mend"), excerpt=text,
                )
                for what, text in wrong
            ]
        )  # fmt: skip
    return tuple((name, office) for name, office in people)


def write(request: Request) -> Papers:
    """Write the papers of an appraisal; it is read where it lies, and made where there is none.

    Raises:
        InvalidInput: There is no such case, nothing was decided on the appraisal where that is asked, the appraisal is
            no longer that of case, day and method, a format cannot be made on this machine, or the folder cannot be
            written.
    """
    case = open_case(request.case)
    view = case.view(request.as_of or case.decision_date)
    asked = appraising.Request(request.case, view.as_of, request.playbook, run=request.run)
    made = request.out is not None and not (request.out / "appraisal.json").exists()
    if made:
        appraising.write(appraising.appraise(asked), appraising.PagesRequest(request.lang, request.out))
    found = appraisal_decided_on(asked, view, request.out)
    taken = _taken(request, sha256(found.content).hexdigest()) if request.decided else None
    files = _files(found.appraisal, request, taken)
    if "xlsx" in request.formats and view.sheet is not None:
        files["money.xlsx"] = _book(found.appraisal, parse_sheet(view.sheet.document), view, request)
    write_whole(found.folder, files)
    return _papers_of(found, files, computed=made or found.computed)


def data(papers: Papers) -> dict[str, Any]:
    """What was written, as plain data."""
    return {
        "appraisal": papers.appraisal_sha256,
        "computed": papers.computed,
        "files": [str(papers.folder / name) for name in papers.files],
    }


def _papers_of(found: FoundAppraisal, files: Mapping[str, bytes], *, computed: bool) -> Papers:
    return Papers(found.folder, tuple(files), sha256(found.content).hexdigest(), computed)


def _files(appraisal: Appraisal, request: Request, taken: DecisionTaken | None) -> dict[str, bytes]:
    from guanzi.jobs.decisions.documents.paper import memorandum, minutes
    from guanzi.render import document_docx, document_pdf  # loads late: they ask for large libraries

    layouts = {"pdf": document_pdf, "docx": document_docx}
    papers = {"memorandum": memorandum(appraisal), "minutes": minutes(appraisal, taken, request.present)}
    forms = [form for form in request.formats if form in layouts]
    return {f"{name}.{form}": layouts[form](paper, request.lang) for name, paper in papers.items() for form in forms}


def _taken(request: Request, appraisal: str) -> DecisionTaken:
    """The newest decision on an appraisal; words that were forgotten stay forgotten, and the minutes say so."""
    from guanzi.jobs.decisions.documents.paper import DecisionTaken

    shown = standing.show(standing.Request(Ledger(request.case, request.ledger)))
    held = [decision for decision in shown.decisions if decision.body.appraisal.sha256 == appraisal]
    if not held:
        cause = Message.of("desk.papers.undecided", hash=appraisal, ledger=shown.ledger)
        fix = Message.of("desk.papers.undecided.mend", case=request.case)
        raise InvalidInput(Problem(cause, Place("--decided"), fix))
    decision, forgotten = held[-1], render(Message.of("desk.papers.forgotten"), request.lang)
    body, opened = decision.body, decision.opened
    votes = ((opened.get(f"vote.{n}", forgotten), vote.vote) for n, vote in enumerate(body.votes, 1))
    return DecisionTaken(
        decided_on=date.fromisoformat(body.decided_on),
        decision=body.decision,
        by=opened.get("decided_by", forgotten),
        reasons=opened.get("reasons", forgotten),
        dissent=opened.get("dissent", forgotten) if body.dissent is not None else "",
        votes=tuple(votes),
        entry=decision.seq,
    )


def _book(appraisal: Appraisal, sheet: TermSheet, view: View, request: Request) -> bytes:
    from guanzi.jobs.decisions.documents.paper_book import deal_money, money_book

    hurdle = load_playbook(request.playbook).hurdle_rate.value
    return money_book(appraisal, deal_money(sheet, view, hurdle), request.lang)
