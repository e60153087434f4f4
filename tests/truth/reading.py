"""Everything that a reader would see of a case, as data.

``read(case)`` appraises a case once and makes its documents: dossier, brief, memorandum, minutes, money, monitor,
release, fund, and, as documents of sentences, the clauses in words, the linter's findings and the review. What a
checker needs from the facts it takes from ``Reading.view``, never from what wrote the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from tests.truth.generation import CaseData, load

from guanzi.advice.appraisal import Appraisal, commitments
from guanzi.base.core import InvalidInput, Message, Problem, render
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.decisions.documents.paper import memorandum, minutes
from guanzi.jobs.decisions.documents.paper_book import deal_money, money_document
from guanzi.jobs.evidence import review
from guanzi.jobs.following import fund, monitoring, release
from guanzi.jobs.shared.run import Run
from guanzi.jobs.terms import explanation, linting
from guanzi.record.evidence import Case, View
from guanzi.record.playbooks import load_playbook
from guanzi.render import Document, KeyFigures, Section, Sentence, Table, Words, localise

PATHS = 64
LATER = timedelta(days=500)
"""How long after signing a deal is looked at again."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words where they stand.

    Attributes:
        document: Id of the document.
        section: Id of the section; empty: the head of the document.
        place: Kind of block and field, e.g. ``sentence.words``, ``table.caption``.
        words: What is said.
        rests: Ids of what it rests on.
        tone: How it is shown.
        name: What it is about, where that is set before it.
    """

    document: str
    section: str
    place: str
    words: Words
    rests: tuple[str, ...] = ()
    tone: str = ""
    name: Words = ""


@dataclass
class Reading:
    """A case with all that is said of it.

    Attributes:
        data: The case as it was generated.
        case, view: As the product reads it.
        sheet: Its newest term sheet of the day; None: there is none, or it cannot be read.
        appraisal: The appraisal.
        documents: By what they are, e.g. ``dossier``, ``monitor``, ``release:i1``.
        refused: What was refused instead, with the problems that were told.
        later: What was known on the day of a document that is of another day.
        published: The data that the product publishes of the same result as a document, where it does.
        shown: Text of what was drawn of documents, by form, document and language, e.g. ``word:minutes:zh``.
        kept: What checkers computed from the data and the case, for readings of other documents of the same case too.
    """

    data: CaseData
    case: Case
    view: View
    sheet: TermSheet | None
    appraisal: Appraisal
    documents: dict[str, Document] = field(default_factory=dict)
    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    later: dict[str, View] = field(default_factory=dict)
    published: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.data.label

    def view_of(self, document: str) -> View:
        """What was known on the day of a document."""
        return self.later.get(document, self.view)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """All words of all documents."""
        return tuple(piece for name, document in self.documents.items() for piece in pieces(document, name))

    @cached_property
    def messages(self) -> tuple[tuple[Piece, Message], ...]:
        """All messages of all documents, those within others too."""
        return tuple((piece, message) for piece in self.pieces for message in within(piece.words))


MOST_WALKED = 64
"""So many documents are kept with their words."""
_WALKED: dict[tuple[int, str], tuple[Document, tuple[Piece, ...]]] = {}


def pieces(document: Document, name: str = "") -> tuple[Piece, ...]:
    """All words of a document, each with its place; one document is walked once for all who ask in turn."""
    key = (id(document), name or document.id)
    held = _WALKED.get(key)
    if held is None or held[0] is not document:
        while len(_WALKED) >= MOST_WALKED:
            del _WALKED[next(iter(_WALKED))]
        held = _WALKED[key] = (document, tuple(_walked(document, key[1])))
    return held[1]


@lru_cache(maxsize=1 << 15)
def rendered(message: Message, lang: str) -> str:
    """The sentence of a message in a language; a sentence is made once for all properties that read it."""
    return render(message, lang)


@lru_cache(maxsize=1 << 15)
def localised(words: Words, lang: str) -> str:
    """Words as a page has them in a language, made once for all properties that read them."""
    return localise(words, lang)


def _walked(document: Document, of: str) -> Iterator[Piece]:
    head = (document.kicker, document.title, *document.under, document.footer, document.notice)
    yield from (Piece(of, "", "head", words) for words in head if words)
    for section in document.sections:
        if section.heading:
            yield Piece(of, section.id, "heading", section.heading)
        for block in section.blocks:
            yield from _pieces(block, of, section.id, type(block).__name__.lower())


def _pieces(node: Any, document: str, section: str, place: str) -> Iterator[Piece]:
    """Words of a block: of each field of it that holds any."""
    if isinstance(node, Message | str):
        if node:
            yield Piece(document, section, place, node)
    elif isinstance(node, tuple):
        for item in node:
            yield from _pieces(item, document, section, place)
    elif isinstance(node, Sentence):
        for part in (node.name, node.words, node.cited):
            if part:
                yield Piece(document, section, f"{place}.sentence", part, node.rests, node.tone, node.name)
    elif isinstance(node, Table):
        yield from _pieces(node.caption, document, section, "table.caption")
        yield from _pieces((node.filters, node.columns), document, section, "table")
        for row in node.rows:
            for column, cell in zip(node.columns, (row.head, *row.cells), strict=False):
                for piece in _pieces(cell, document, section, "cell"):
                    keyed = column.id in KEYED and piece.place == "cell.value"
                    yield replace(piece, place="cell.key") if keyed else piece
    elif is_dataclass(node) and not isinstance(node, type):
        kind = type(node).__name__.lower()
        rests = getattr(node, "rests", ())
        for name in _worded(type(node)):
            for piece in _pieces(getattr(node, name), document, section, f"{kind}.{name}"):
                yield piece if piece.rests else Piece(document, section, piece.place, piece.words, rests, piece.tone)


_NO_WORDS = {"id", "rests", "tone", "form", "unit", "formula", "drawing", "codes", "kind", "link", "name", "grade"}
_NO_WORDS |= {"publisher", "title_text", "address", "chosen"}


@cache
def _worded(kind: type) -> tuple[str, ...]:
    """Fields of a kind of block that may hold words."""
    return tuple(held.name for held in fields(kind) if held.name not in _NO_WORDS)


def within(words: Any) -> Iterator[Message]:
    """A message and those within it."""
    if isinstance(words, Message):
        yield words
        for _, value in words.params:
            yield from within(value)
    elif isinstance(words, tuple):
        for item in words:
            yield from within(item)


def params(message: Message) -> Mapping[str, Any]:
    """The parameters of a message by name."""
    return dict(message.params)


def key_figures(document: Document) -> Iterator[Any]:
    """The key figures of a document."""
    for block in document.blocks():
        if isinstance(block, KeyFigures):
            yield from block.items


# -- from a case to its documents ----------------------------------------------------------------------------------


def read(
    data: CaseData,
    folder: Path,
    *,
    paths: int = PATHS,
    followed: int = 0,
    whole: bool = True,
    released: int | None = 1,
    funded: tuple[str, ...] = (),
) -> Reading:
    """Appraise a case and make its documents.

    Args:
        data: The case.
        folder: An empty folder for it.
        paths: Of the appraisal.
        followed: Paths of what monitor, release and fund simulate; 0: nothing.
        whole: Also what is said beside the appraisal: clauses, linter, review, monitor, release, fund.
        released: So many payments are tested; None: all.
        funded: Cases of the library that the fund holds beside this one.

    Raises:
        InvalidInput: The case cannot be read or appraised.
    """
    case = load(data, folder)
    run = Run(paths=paths, threads=1)
    found = appraising.appraise(appraising.Request(str(folder), data.day, run=run)).appraisal
    view = case.view(found.as_of)
    reading = Reading(data, case, view, _sheet(view), found)
    reading.documents |= _papers(reading)
    if whole:
        _add_lists(reading, folder)
        _add_watched(reading, folder, followed, released, funded)
    return reading


def _sheet(view: View) -> TermSheet | None:
    if view.sheet is None:
        return None
    try:
        return parse_sheet(view.sheet.document)
    except InvalidInput:
        return None


def _papers(reading: Reading) -> dict[str, Document]:
    found = reading.appraisal
    made = {
        "dossier": appraisal_document(found),
        "brief": brief_document(found),
        "memorandum": memorandum(found),
        "minutes": minutes(found),
    }
    if reading.sheet is not None:
        hurdle = load_playbook("hefei").hurdle_rate.value
        made["money"] = money_document(found, deal_money(reading.sheet, reading.view, hurdle))
    return made


def _add_lists(reading: Reading, folder: Path) -> None:
    """Clauses in words, findings of the linter, and what the case still needs, as documents."""
    name, day = str(folder), reading.view.as_of
    if reading.sheet is not None:
        told = explanation.explain_deal(explanation.Request(name, day))
        said = [Sentence(clause.message, name=f"`{clause.id}`") for clause in told.clauses]
        said += [Sentence(Message.of("cli.explain.assumptions", n=len(told.gaps)))] if told.gaps else []
        said += [Sentence(words, name=f"`{gap.clause}`") for gap in told.gaps for words in (gap.what, gap.assumption)]
        reading.documents["explain"] = _list("explain", said, day)
        linted = linting.lint_deals(linting.Request((name,), day))
        found = [words for one in linted for d in one.diagnostics for words in (d.message, d.fix) if words is not None]
        reading.documents["lint"] = _list("lint", [Sentence(one) for one in found], day)
    needs = review.settle(review.Request(name)).review.needs
    asked = [Sentence(words) for need in needs for words in (need.what, need.fix)]
    reading.documents["review"] = _list("review", asked, reading.case.decision_date)
    reading.later["review"] = reading.case.view(reading.case.decision_date)


def _list(id: str, said: list[Sentence], day: date) -> Document:
    return Document(id, "", "", (), day, (Section(id, "", tuple(said), first=True),), "")


def _add_watched(reading: Reading, folder: Path, paths: int, released: int | None, funded: tuple[str, ...]) -> None:
    """Monitor, release and fund: on the last day of which anything is known, and some time after signing."""
    name, sheet = str(folder), reading.sheet
    if sheet is None:
        return
    for mark, day in (("", None), ("@later", sheet.signed + LATER)):
        try:
            seen = monitoring.monitor(monitoring.Request(name, day, paths=paths))
        except InvalidInput as error:
            reading.refused[f"monitor{mark}"] = error.problems
            continue
        reading.documents[f"monitor{mark}"] = monitoring.document_of(seen)
        reading.published[f"monitor{mark}"] = monitoring.data(seen)
        reading.later[f"monitor{mark}"] = seen.watched.view
        playbook = load_playbook("hefei")
        for tranche in [one.id for one in commitments(sheet)[:released]]:
            try:
                tested = release.try_instalment(seen.watched, tranche, playbook)
            except InvalidInput as error:
                reading.refused[f"release{mark}:{tranche}"] = error.problems
                continue
            reading.documents[f"release{mark}:{tranche}"] = release.document_of(tested)
            reading.published[f"release{mark}:{tranche}"] = release.data(tested)
            reading.later[f"release{mark}:{tranche}"] = seen.watched.view
        try:
            held = fund.hold(fund.Request((name, *funded), day, run=Run(paths=paths, threads=1)))
        except InvalidInput as error:
            reading.refused[f"fund{mark}"] = error.problems
            continue
        reading.documents[f"fund{mark}"] = fund.document_of(held)
        reading.published[f"fund{mark}"] = fund.data(held)
        reading.later[f"fund{mark}"] = seen.watched.view


KEYED = ("id", "payer", "clause")
"""Columns of ids by which commands and files name things."""
OF_NO_CASE = ("window", "gaps", "portfolio")
"""Documents on a track, a chain and on deals of several cases."""
BESIDE = (*OF_NO_CASE, "changes", "comparison", "sensitivity", "difference", "structure", "walkaway")
"""Documents that are asked for beside an appraisal."""
