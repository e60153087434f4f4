"""A term sheet drafted from a contract: clauses with their quotes, and what of the contract no clause covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, hash_of_file, render
from guanzi.base.reading import TextFile, parse_yaml, yaml_text
from guanzi.deal.drafting import draft_sheet
from guanzi.deal.lint import BESIDE_CLAUSES, Diagnostic, lint, located
from guanzi.deal.terms import Clause, ClauseQuote, ContractLine, explain, read_sheet
from guanzi.intake.contracts import day_of_contract, read_sentences
from guanzi.intake.reading import day_of_document
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import Case, cache_of_pages, files_in, new_file, open_case, read_index, read_placed

_MOST_SENTENCES = 5_000
"""Sentences of a contract; a longer one is no contract."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which contracts are read.

    Attributes:
        paths: Files and folders.
        case: Whose deal it is: its currency stands where a contract names none, and its data room names the documents.
        known_on: Day of a contract that does not say its own; None: none is given.
        currency: Of amounts whose currency is not named; empty: that of the case.
        out: File into which the sheet of a single contract is written; None: nowhere.
        run: How it is run.
    """

    paths: tuple[Path, ...]
    case: str = ""
    known_on: date | None = None
    currency: str = ""
    out: Path | None = None
    run: Run = USUAL


@dataclass(frozen=True, slots=True)
class ReadContract:
    """A contract and the sheet that was drafted from it.

    Attributes:
        name: By which the contract was named.
        text: The sheet as a file.
        clauses: The sheet in words.
        quotes: On which its clauses rest.
        uncovered: Sentences of the contract that no clause quotes.
        found: What lint says of the sheet.
        sentences: How many sentences the contract has.
    """

    name: str
    text: str
    clauses: tuple[Clause, ...]
    quotes: tuple[ClauseQuote, ...]
    uncovered: tuple[ContractLine, ...]
    found: tuple[Diagnostic, ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class Result:
    """The contracts that were read, and what is wrong with the others."""

    contracts: tuple[ReadContract, ...]
    problems: tuple[Problem, ...]


def read_contracts(request: Request) -> Result:
    """Term sheets drafted from contracts; one that is refused does not keep the others from being read.

    Raises:
        InvalidInput: There is no such file or case, or several contracts are to go into one file.
    """
    case = open_case(request.case) if request.case else None
    files = files_in(request.paths)
    if request.out is not None and len(files) != 1:
        fix = Message.of("desk.contract.one_out.mend")
        raise InvalidInput(Problem(Message.of("desk.contract.one_out", n=len(files)), Place("--out"), fix))
    read: list[ReadContract] = []
    problems: list[Problem] = []
    with request.run.working("documents", len(files)) as advance:
        for path in files:
            try:
                read.append(_read(path, request, case))
            except InvalidInput as error:
                problems.extend(error.problems)
            advance(1)
    if request.out is not None and read:
        with new_file(request.out) as draft:
            draft.write_text(read[0].text, encoding="utf-8", newline="\n")
    return Result(tuple(read), tuple(problems))


def _read(path: Path, request: Request, case: Case | None) -> ReadContract:
    pages = list(read_placed(path, str(path), cache=cache_of_pages()))
    sentences = read_sentences(pages)
    if not sentences or len(sentences) > _MOST_SENTENCES:
        cause = Message.of("desk.contract.no_text" if not sentences else "desk.contract.too_long", most=_MOST_SENTENCES)
        raise InvalidInput(Problem(cause, Place(str(path)), Message.of("desk.contract.no_text.mend")))
    told = day_of_document(pages)
    day = day_of_contract(one.text for one in sentences) or (told.day if told.is_own else None) or request.known_on
    if day is None:
        fix = Message.of("desk.contract.undated.mend")
        raise InvalidInput(Problem(Message.of("desk.contract.undated"), Place(str(path)), fix))
    currency = request.currency or (case.currency if case is not None else "")
    deal = re.sub(r"[^a-z0-9]+", "-", (case.id if case is not None else path.stem).lower()).strip("-") or "contract"
    drafted = draft_sheet(sentences, _named(path, case), deal, day, currency)
    if not drafted.currency:
        fix = Message.of("desk.contract.no_currency.mend")
        raise InvalidInput(Problem(Message.of("desk.contract.no_currency"), Place(str(path)), fix))
    text = yaml_text(drafted.data)
    document = parse_yaml(TextFile(f"{path.stem}.yaml", text, tuple(text.split("\n"))))
    reading = read_sheet(document)
    if reading.sheet is None:
        raise InvalidInput([problem for problem in reading.problems if problem.severity == "error"])
    sheet = reading.sheet
    uncovered = sheet.contract.uncovered(sheet.quotes) if sheet.contract is not None else ()
    found = located(lint(sheet), document)
    return ReadContract(str(path), text, explain(sheet), sheet.quotes, uncovered, found, len(sentences))


def _named(path: Path, case: Case | None) -> str:
    """How clauses name a document: by its source in the case whose data room holds it, else by its file."""
    if case is not None:
        held = hash_of_file(path)
        for entry in read_index(case.folder):
            if entry.sha256 == held and entry.source:
                return entry.source
    return path.name


def data(result: Result, lang: str = "en") -> dict[str, Any]:
    """The sheets as plain data: their text, every clause with its quotes, and what no clause covers."""
    return {"contracts": [_plain(one, lang) for one in result.contracts]}


def _plain(contract: ReadContract, lang: str) -> dict[str, Any]:
    quotes: dict[str, list[dict[str, Any]]] = {}
    for one in contract.quotes:
        told = {"document": one.document, "page": one.page, "clause": one.clause, "quote": one.quote}
        quotes.setdefault(one.of, []).append(told)
    return {
        "document": contract.name,
        "sheet": contract.text,
        "sentences": contract.sentences,
        "clauses": [
            {
                "clause": clause.id,
                "group": clause.group,
                "state": clause.state,
                "text": render(clause.message, lang),
                "quotes": quotes.get(clause.place.field, []),
            }
            for clause in contract.clauses
        ],
        "uncovered": [
            {"clause": line.clause, "page": line.page, "subject": line.subject, "text": line.text}
            for line in contract.uncovered
        ],
        "findings": [one.as_dict() for one in contract.found if one.code not in BESIDE_CLAUSES],
    }
