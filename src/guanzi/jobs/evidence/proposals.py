"""Facts that documents state, proposed to be confirmed: nothing becomes a fact by being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from errno import ENOENT
from pathlib import Path
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, reason_of, render
from guanzi.base.reading import new_workbook
from guanzi.intake.reading import FoundFact, Spot, Unread, WholeReading, read_document
from guanzi.jobs.evidence.assisting import Assistant
from guanzi.jobs.shared.run import USUAL, Run
from guanzi.record.evidence import (
    UNITS_BY_NAME,
    PlacedPage,
    cache_of_pages,
    files_in,
    new_file,
    read_placed,
    refuse_existing,
    unit_fits,
)

_COLUMNS = ("confirm", "name", "value", "low", "high", "unit", "period", "known_on", "document", "page", "box", "quote",
            "confidence", "reason")  # fmt: skip
_STATED = {"kWh": ("GWh", 1e-6), "kWh/year": ("GWh/year", 1e-6), "shares": ("million shares", 1e-6)}
"""Base units that facts state in larger ones, and by what the value is multiplied."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which documents are read.

    Attributes:
        paths: Files and folders.
        first: Number of the first page of each; what lies before is passed over.
        kept: Pages that were read once are kept in the user's cache, and taken from there.
        run: How it is run.
        assistant: A model that may propose, too; None: none is asked.
    """

    paths: tuple[Path, ...]
    first: int = 1
    kept: bool = True
    run: Run = USUAL
    assistant: Assistant | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as it was named, and what it states."""

    name: str
    reading: WholeReading


@dataclass(frozen=True, slots=True)
class Result:
    """What was read, and what is wrong with the documents that were refused."""

    documents: tuple[ReadDocument, ...]
    problems: tuple[Problem, ...]

    @property
    def found(self) -> tuple[tuple[ReadDocument, FoundFact], ...]:
        """All proposals with their documents."""
        return tuple((document, found) for document in self.documents for found in document.reading.found)

    @property
    def unread(self) -> tuple[tuple[ReadDocument, Unread], ...]:
        """All that was not read, with its document."""
        return tuple((document, unread) for document in self.documents for unread in document.reading.unread)


def read(request: Request) -> Result:
    """What documents state, page by page; one that is refused does not keep the others from being read.

    Raises:
        InvalidInput: There is no such file.
    """
    read: list[ReadDocument] = []
    problems: list[Problem] = []
    cache = cache_of_pages() if request.kept else None
    files = files_in(request.paths)
    with request.run.working("documents", len(files)) as advance:
        for path in files:
            try:
                pages = read_placed(path, str(path), request.first, cache)
                reading = _assisted(pages, str(path), request.assistant)
                if request.first > 1 and not reading.pages and not reading.unread:
                    raise InvalidInput(Problem(Message.of("desk.read.no_page", page=request.first), Place(str(path))))
                read.append(ReadDocument(str(path), reading))
            except InvalidInput as error:
                problems.extend(error.problems)
            advance(1)
    return Result(tuple(read), tuple(problems))


def _assisted(pages: Iterator[PlacedPage], name: str, assistant: Assistant | None) -> WholeReading:
    """What the pages of a document state, and what a model proposes of them beside it."""
    if assistant is None:
        return read_document(pages)
    told: list[FoundFact] = []

    def asked() -> Iterator[PlacedPage]:
        for page in pages:
            told.extend(assistant.propose(page, name))
            yield page

    reading = read_document(asked())
    known = {(one.fact, one.unit, one.period) for one in reading.found}
    more = [one for one in told if (one.fact, one.unit, one.period) not in known]
    found = sorted((*reading.found, *more), key=lambda one: one.spot.page)
    return replace(reading, found=tuple(found))


def data(result: Result, lang: str = "en") -> list[dict[str, Any]]:
    """The proposals as plain data, in base units; what has no place of its kind is None."""
    return [
        {
            "document": document.name,
            **_where(found.spot),
            "fact": found.fact,
            "value": _plain(found),
            "unit": found.unit,
            "period": str(found.period),
            "text": found.spot.text,
            "known_on": _day(document.reading.known_on.day),
            "confidence": found.confidence,
            "reason": reason_text(document, found, lang),
        }
        for document, found in result.found
    ]


def unread_data(result: Result, lang: str = "en") -> list[dict[str, Any]]:
    """What looks like a figure and was not read, as plain data."""
    return [
        {
            "document": document.name,
            **_where(unread.spot),
            "figure": unread.figure,
            "text": unread.spot.text,
            "why": unread.why,
            "reason": render(Message.of(f"reading.unread.{unread.why}"), lang),
        }
        for document, unread in result.unread
    ]


def reason_text(document: ReadDocument, found: FoundFact, lang: str) -> str:
    """What the confidence in a proposal rests on, and where the document says its day."""
    return render(Message.of("reading.reasons", reasons=(*found.reasons, document.reading.known_on.reason)), lang)


def refuse_outputs(unread: Path | None, workbook: Path | None) -> None:
    """Refuse, before anything is read, what could not be written in the end or would overwrite something.

    Raises:
        InvalidInput: A name has another ending than its kind, its folder is not there, or something has it already.
    """
    for path, ending in ((unread, ".json"), (workbook, ".xlsx")):
        if path is None:
            continue
        if path.suffix.lower() != ending:
            cause = Message.of("desk.workbook.ending", file=str(path), ending=ending)
            raise InvalidInput(Problem(cause, Place(""), Message.of("desk.workbook.ending.mend", ending=ending)))
        refuse_existing(path)
        if not path.parent.is_dir():
            reason = reason_of(FileNotFoundError(ENOENT, ""))
            raise InvalidInput(Problem(Message.of("evidence.new.unwritten", reason=reason), Place(str(path))))


def write_unread(result: Result, path: Path, lang: str = "en") -> None:
    """Write what was not read as JSON.

    Raises:
        InvalidInput: The file is there already or cannot be written.
    """
    with new_file(path) as draft:
        draft.write_text(dump_json(unread_data(result, lang)), encoding="utf-8", newline="\n")


def write_workbook(result: Result, path: Path, lang: str = "en") -> None:
    """Write the proposals as a sheet to be confirmed, in the units of facts and with the columns of the sheet of facts.

    Raises:
        InvalidInput: The file is there already or cannot be written.
    """
    with new_file(path) as draft, new_workbook(draft) as book:
        _fill(book, list(_rows(result, lang)), lang)


def _fill(book: Any, rows: list[dict[str, Any]], lang: str) -> None:
    sheet = book.add_worksheet(render(Message.of("desk.read.sheet"), lang))
    bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    sheet.freeze_panes(1, 0)
    for column, key in enumerate(_COLUMNS):
        sheet.set_column(column, column, 60 if key in ("quote", "reason") else 16, wrapped)
        sheet.write_string(0, column, render(Message.of(f"desk.read.column.{key}"), lang), bold)
    for number, row in enumerate(rows, start=1):
        for column, key in enumerate(_COLUMNS):
            if row[key] is not None:
                sheet.write(number, column, row[key])
    choice = {"validate": "list", "source": [render(Message.of(f"desk.read.{word}"), lang) for word in ("yes", "no")]}
    sheet.data_validation(1, 0, max(len(rows), 1), 0, choice)


def _rows(result: Result, lang: str) -> Iterator[dict[str, Any]]:
    for document, found in result.found:
        unit, factor = stated_unit(found.fact, found.unit)
        value = found.value
        low, high = value if isinstance(value, tuple) else (None, None)
        spot = found.spot
        yield {
            "confirm": None,
            "name": found.fact,
            "value": None if isinstance(value, tuple) else _times(value, factor),
            "low": _times(low, factor),
            "high": _times(high, factor),
            "unit": unit,
            "period": str(found.period),
            "known_on": _day(document.reading.known_on.day),
            "document": document.name,
            "page": f"{spot.sheet}!{spot.cell}" if spot.cell else spot.page,
            "box": ", ".join(f"{side:g}" for side in spot.box) if spot.box else None,
            "quote": spot.text,
            "confidence": found.confidence,
            "reason": reason_text(document, found, lang),
        }


def stated_unit(fact: str, unit: str) -> tuple[str, float]:
    """The unit in which facts of a name are stated, and by what a value in the base unit is multiplied.

    >>> stated_unit("revenue", "CNY"), stated_unit("unit_price", "CNY"), stated_unit("capacity", "vehicles/year")
    (('CNY m', 1e-06), ('CNY', 1.0), ('vehicles/year', 1.0))
    """
    if fact in UNITS_BY_NAME and not unit_fits(fact, unit) and unit_fits(fact, f"{unit} m"):
        return f"{unit} m", 1e-6
    return _STATED.get(unit, (unit, 1.0))


def _times(value: Any, factor: float) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    return float(f"{value * factor:.15g}")


def _where(spot: Spot) -> dict[str, Any]:
    if spot.cell:
        return {"sheet": spot.sheet, "cell": spot.cell}
    return {"page": spot.page, "box": list(spot.box) if spot.box is not None else None}


def _plain(found: FoundFact) -> Any:
    value = found.value
    return {"low": value[0], "high": value[1]} if isinstance(value, tuple) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
