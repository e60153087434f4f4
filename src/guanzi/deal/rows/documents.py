"""From a workbook to term sheets: documents whose places are cells, so that the reader of term sheets checks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug, one_of
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.rows import clauses
from guanzi.deal.rows.clauses import HEAD, ClauseDraft
from guanzi.intake.workbook import Book, PlacedDraft, SheetRow

#: Sections of a term sheet that are lists; the others map ids to clauses.
LISTS = frozenset(("tiers",))
#: Section of a term sheet, sheet of the workbook, and how a row becomes a clause.
SECTIONS: tuple[tuple[str, str, Callable[[SheetRow], ClauseDraft]], ...] = (
    ("parties", "parties", clauses.party),
    ("covenants", "covenants", clauses.covenant),
    ("events", "events", clauses.event),
    ("tiers", "tiers", clauses.tier),
    ("incentives", "support", clauses.support),
    ("unknown_clauses", "unknown", clauses.unknown_clause),
)
_OF_STAKES = ("holders", "instalments", "contributions")
_SHEETS = (*(sheet for _, sheet, _ in SECTIONS), "stakes", *_OF_STAKES, "rights", "other")


@dataclass(slots=True)
class _Sheet:
    """One term sheet under construction: its head, and its rows by sheet of the workbook."""

    name: str
    head: SheetRow
    rows: dict[str, list[SheetRow]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def sheet_documents(book: Book) -> tuple[dict[str, YamlDocument], list[Problem]]:
    """The term sheets of a workbook by name, and what is wrong with how its sheets hang together.

    The clauses themselves are checked by :func:`guanzi.deal.terms.read_sheet`, which names the cells.
    """
    problems: list[Problem] = []
    sheets = _heads(book, problems)
    for key in _SHEETS:
        for row in book.sheet(key):
            if (sheet := _owner(row, sheets, problems)) is not None:
                sheet.rows.setdefault(key, []).append(row)
    documents = {}
    for name, sheet in sheets.items():
        documents[name] = _document(sheet)
        problems += sheet.problems
    return documents, problems


def decode(name: str, head: SheetRow, rows: Mapping[str, Sequence[SheetRow]]) -> tuple[YamlDocument, list[Problem]]:
    """One term sheet from its rows."""
    sheet = _Sheet(name, head, {key: list(own) for key, own in rows.items()})
    return _document(sheet), sheet.problems


def _heads(book: Book, problems: list[Problem]) -> dict[str, _Sheet]:
    sheets: dict[str, _Sheet] = {}
    for row in book.sheet("terms"):
        name, place = row.get("sheet"), row.place("sheet")
        if name is None:
            problems.append(Problem(Message.of("terms.workbook.no_id"), place))
        elif name in sheets:
            problems.append(_duplicate(name, sheets[name].head.place("sheet"), place))
        else:
            try:
                check_slug(name, place)  # it becomes the name of a file
            except InvalidInput as error:
                problems += error.problems
            sheets[name] = _Sheet(name, row)
    return sheets


def _owner(row: SheetRow, sheets: Mapping[str, _Sheet], problems: list[Problem]) -> _Sheet | None:
    """The term sheet of a row; without a name, the only one."""
    name = row.get("sheet")
    if name is None and len(sheets) == 1:
        return next(iter(sheets.values()))
    if name is None or name not in sheets:
        problems.append(_unknown("sheet", name, row.place("sheet"), tuple(sheets)))
        return None
    return sheets[name]


def _document(sheet: _Sheet) -> YamlDocument:
    draft = PlacedDraft(sheet.name)
    head = ClauseDraft.at(sheet.head).take(sheet.head, *HEAD)
    data = head.data
    draft.places.update(head.places)
    for section, key, make in SECTIONS[:1]:
        _section(sheet, draft, data, section, [(row, make(row)) for row in sheet.rows.get(key, ())])
    _section(sheet, draft, data, "instruments", _instruments(sheet))
    for section, key, make in SECTIONS[1:]:
        _section(sheet, draft, data, section, [(row, make(row)) for row in sheet.rows.get(key, ())])
    _others(sheet, draft, data)
    return draft.document(data, sheet.head.place())


def _instruments(sheet: _Sheet) -> list[tuple[SheetRow, ClauseDraft]]:
    stakes = sheet.rows.get("stakes", [])
    ids = [row.get("id") for row in stakes]
    parts: dict[str, dict[Any, list[SheetRow]]] = {key: {} for key in _OF_STAKES}
    for key in _OF_STAKES:
        for row in sheet.rows.get(key, ()):
            stake = row.get("stake")
            if stake is None and len(ids) == 1:
                stake = ids[0]
            if stake in ids:
                parts[key].setdefault(stake, []).append(row)
            else:
                sheet.problems.append(_unknown("stake", stake, row.place("stake"), tuple(filter(None, ids))))
    made = [
        (row, clauses.stake(row, *(parts[key].get(row.get("id"), []) for key in _OF_STAKES)))
        for row in stakes
        if row.get("id") is None or ids.index(row.get("id")) == stakes.index(row)
    ]
    repeated = [
        (row, ClauseDraft.at(row))
        for row in stakes
        if row.get("id") is not None and row not in [first for first, _ in made]
    ]
    return [*made, *repeated, *((row, clauses.right(row)) for row in sheet.rows.get("rights", ()))]


def _section(
    sheet: _Sheet, draft: PlacedDraft, data: dict[str, Any], section: str, made: Sequence[tuple[SheetRow, ClauseDraft]]
) -> None:
    """Put the clauses of a section under their ids (tiers: in a list)."""
    if not made:
        return
    draft.places[section,] = made[0][0].place()
    seen: dict[str, Place] = {}
    entries: list[tuple[str, Any]] = []
    for row, clause in made:
        id = row.get("id")
        sheet.problems += clause.problems
        if id is None:
            sheet.problems.append(Problem(Message.of("terms.workbook.no_id"), row.place("id")))
        elif id in seen:
            sheet.problems.append(_duplicate(id, seen[id], row.place("id")))
        else:
            seen[id] = row.place("id")
            step = len(entries) if section in LISTS else id
            draft.places.update({(section, step, *path): place for path, place in clause.places.items()})
            entries.append((id, clause.data))
    data[section] = [entry for _, entry in entries] if section in LISTS else dict(entries)


# -- clauses that travel as YAML -------------------------------------------------------------------------------


def _others(sheet: _Sheet, draft: PlacedDraft, data: dict[str, Any]) -> None:
    """Put the clauses of the sheet Other clauses where they belong, in the order of their positions."""
    rows = sheet.rows.get("other", [])
    last = len(rows) + sum(len(own) for own in sheet.rows.values()) + 1
    for row in sorted(rows, key=lambda row: _position(row, last)):
        section, text = row.get("section"), row.get("yaml")
        if section is None or text is None:
            sheet.problems.append(Problem(Message.of("terms.workbook.other_incomplete"), row.place()))
            continue
        place = row.place("yaml")
        try:
            inner = parse_yaml(TextFile(place.file, text, tuple(text.split("\n"))))
        except InvalidInput as error:
            sheet.problems += error.problems
            continue
        if row.get("id") is None and row.get("position") is None:
            _put_section(sheet, draft, data, section, row, inner)
        else:
            _put_entry(sheet, draft, data, section, row, inner, _position(row, last))


def _put_section(
    sheet: _Sheet, draft: PlacedDraft, data: dict[str, Any], section: str, row: SheetRow, inner: YamlDocument
) -> None:
    if section in data:
        sheet.problems.append(_duplicate(section, draft.places[section,], row.place("section")))
        return
    data[section] = inner.data
    draft.places.update({(section, *path): place for path, place in inner.places.items()})


def _put_entry(
    sheet: _Sheet,
    draft: PlacedDraft,
    data: dict[str, Any],
    section: str,
    row: SheetRow,
    inner: YamlDocument,
    position: int,
) -> None:
    found = data.setdefault(section, [] if section in LISTS else {})
    draft.places.setdefault((section,), row.place())
    if isinstance(found, list) and section in LISTS:
        index = min(position - 1, len(found))
        moved = {path: place for path, place in draft.places.items() if path[:1] == (section,) and len(path) > 1}
        for path in moved:
            del draft.places[path]
        for path, place in moved.items():
            number = int(path[1])
            draft.places[section, number + (number >= index), *path[2:]] = place
        found.insert(index, inner.data)
        draft.places.update({(section, index, *path): place for path, place in inner.places.items()})
        return
    id = row.get("id")
    if not isinstance(found, dict) or id in found:
        sheet.problems.append(_duplicate(id, draft.places.get((section, id), draft.places[section,]), row.place("id")))
        return
    entries = list(found.items())
    entries.insert(min(position - 1, len(entries)), (id, inner.data))
    data[section] = dict(entries)
    draft.places.update({(section, id, *path): place for path, place in inner.places.items()})


def _position(row: SheetRow, last: int) -> int:
    position = row.get("position")
    return int(position) if isinstance(position, int | float) and 1 <= position < last else last


# -- problems --------------------------------------------------------------------------------------------------


def _duplicate(id: str, first: Place, place: Place) -> Problem:
    cause = Message.of("terms.workbook.duplicate", id=id, place=str(first))
    return Problem(cause, place, Message.of("terms.workbook.duplicate.mend"), excerpt=id)


def _unknown(what: str, name: str | None, place: Place, valid: tuple[str, ...]) -> Problem:
    if name is None:
        cause = Message.of(f"terms.workbook.{what}_missing")
    else:
        cause = Message.of(f"terms.workbook.{what}_unknown", name=name)
    return Problem(cause, place, one_of(name or "", valid))
