"""Alternatives by criteria from YAML, CSV or a workbook, each wrong value with its place.

In CSV and workbooks the first row names the criteria; the rows ``weight`` and ``goal``, and where wanted
``indifference``, ``preference`` and ``title``, say what they are; every further row is an alternative.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from guanzi.base.core import LARGEST, InvalidInput, Message, Place, Problem
from guanzi.base.reading import Format, RawCell, filled_cells, open_workbook, read_table, read_yaml, scalar_value
from guanzi.intake.workbook import BadCell, ColumnKind, SheetColumn, cell_place, read_cell
from guanzi.record.evidence import Number, Words, validate

MOST_ALTERNATIVES, MOST_CRITERIA = 200, 50
_FIELDS = ("weight", "goal", "title", "indifference", "preference")
"""Rows of a table that are no alternatives."""


class CriterionEntry(Format):
    """What alternatives are judged by."""

    id: Words
    weight: Annotated[Number, Field(description="Not negative; the weights need not add up to 1")]
    goal: Annotated[Literal["max", "min"], Field(description="max: more is better; min: less is")]
    title: str = ""
    indifference: Annotated[Number | None, Field(description="Differences up to this count nothing")] = None
    preference: Annotated[Number | None, Field(description="Differences from this on count all")] = None


class AlternativeEntry(Format):
    """What is chosen among."""

    name: Words
    values: dict[str, Number]


class RankingFormat(Format):
    """A decision between alternatives."""

    format: Literal[1]
    title: str = ""
    criteria: tuple[CriterionEntry, ...]
    alternatives: tuple[AlternativeEntry, ...]


@dataclass(frozen=True)
class RankingFile:
    """A ranking as its file holds it, complete and without doubles.

    Attributes:
        title: Of the decision.
        criteria: In their order.
        alternatives: Name to its values, in the order of the criteria.
    """

    title: str
    criteria: tuple[CriterionEntry, ...]
    alternatives: Mapping[str, tuple[float, ...]]


def read_ranking(path: Path) -> RankingFile:
    """Read a ranking.

    Raises:
        InvalidInput: The file cannot be read, or something in it is missing, doubled or no number.
    """
    endings = {".yaml": _from_yaml, ".yml": _from_yaml, ".csv": _from_csv, ".xlsx": _from_workbook}
    read = endings.get(path.suffix.lower())
    if read is None:
        cause, fix = Message.of("evidence.ranking.ending"), Message.of("evidence.ranking.ending.mend")
        raise InvalidInput(Problem(cause, Place(str(path)), fix))
    return read(path)


type Where = Mapping[tuple[str, str], Place]


def _from_yaml(path: Path) -> RankingFile:
    document = read_yaml(path)
    form = validate(RankingFormat, document)
    places: dict[tuple[str, str], Place] = {("", ""): Place(str(path), 1, 1)}
    for i, criterion in enumerate(form.criteria):
        for field in ("id", *_FIELDS):
            places[field, criterion.id] = document.place(("criteria", i, field))
    for i, alternative in enumerate(form.alternatives):
        places["", alternative.name] = document.place(("alternatives", i, "name"))
        for id in {*(c.id for c in form.criteria), *alternative.values}:
            places[alternative.name, id] = document.place(("alternatives", i, "values", id))
    return _checked(form, places)


def _from_csv(path: Path) -> RankingFile:
    table = read_table(path)
    grid = [[(cell.text, cell.place) for cell in table.columns]]
    for row in table.rows:
        grid.append(
            [(row[c.text].text, row[c.text].place) if c.text in row else ("", Place("")) for c in table.columns]
        )
    return _from_grid([[(scalar_value(text), place) for text, place in row] for row in grid], path)


def _from_workbook(path: Path) -> RankingFile:
    grid: list[list[tuple[Any, Place]]] = []
    problems: list[Problem] = []
    width = 0
    with open_workbook(path, str(path)) as workbook:
        sheet = workbook.worksheets[0]
        for number, cells in filled_cells(sheet, columns=MOST_CRITERIA + 5, rows=MOST_ALTERNATIVES + 10):
            row: list[tuple[Any, Place]] = []
            width = max(width, *cells)
            for column in range(1, width + 1):
                place, raw = cell_place(str(path), sheet.title, number, column), cells.get(column)
                row.append((None if raw is None else _cell_value(raw, place, problems), place))
            grid.append(row)
    if problems:
        raise InvalidInput(problems)
    return _from_grid(grid, path)


def _cell_value(raw: RawCell, place: Place, problems: list[Problem]) -> Any:
    kind: ColumnKind = "number" if isinstance(raw.value, int | float) and not isinstance(raw.value, bool) else "words"
    try:
        return read_cell(raw, SheetColumn(kind, (kind, kind), kind, ("", "")))
    except BadCell as bad:
        problems.append(Problem(bad.cause, place, bad.fix, excerpt=raw.text[:200]))
        return None


def _from_grid(grid: list[list[tuple[Any, Place]]], path: Path) -> RankingFile:
    """A table whose first row and column are names."""
    problems: list[Problem] = []
    places: dict[tuple[str, str], Place] = {("", ""): Place(str(path))}
    header = [(str(value).strip(), place) for value, place in (grid[0][1:] if grid else []) if value not in (None, "")]
    said: dict[str, dict[str, Any]] = {}
    alternatives: list[dict[str, Any]] = []
    for id, place in header:
        places["id", id] = place
    for row in grid[1:]:
        name = "" if row[0][0] is None else str(row[0][0]).strip()
        if not name:
            problems.append(Problem(Message.of("evidence.ranking.no_name"), row[0][1]))
            continue
        places["", name] = row[0][1]
        cells = {id: value for (id, _), (value, _) in zip(header, row[1:], strict=False) if value not in (None, "")}
        for (id, _), (_, place) in zip(header, row[1:], strict=False):
            places[name, id] = place if place.file else row[0][1]
        if name.casefold() in _FIELDS:
            said[name.casefold()] = cells
            places |= {(name.casefold(), id): places[name, id] for id, _ in header}
        else:
            alternatives.append({"name": name, "values": cells})
    for name in ("weight", "indifference", "preference"):
        problems += _not_numbers(said.get(name, {}), name, places)
    for alternative in alternatives:
        problems += _not_numbers(alternative["values"], alternative["name"], places)
    for id, _ in header:
        for alternative in alternatives:
            if id not in alternative["values"]:
                problems.append(_lacks(alternative["name"], id, places))
        for field in ("weight", "goal"):
            if id not in said.get(field, {}):
                problems.append(_lacks(field, id, places))
        goal = str(said.get("goal", {}).get(id, "max")).strip().casefold()
        if goal not in ("max", "min"):
            problems.append(_problem("goal", places, "goal", id))
    if problems:
        raise InvalidInput(problems)
    criteria = [
        CriterionEntry(
            id=id,
            weight=float(said["weight"][id]),
            goal="min" if str(said["goal"][id]).strip().casefold() == "min" else "max",
            title=str(said.get("title", {}).get(id, "")),
            indifference=_number(said.get("indifference", {}).get(id)),
            preference=_number(said.get("preference", {}).get(id)),
        )
        for id, _ in header
    ]
    rows = tuple(
        AlternativeEntry(name=a["name"], values={id: float(v) for id, v in a["values"].items()}) for a in alternatives
    )
    return _checked(RankingFormat(format=1, title=path.stem, criteria=tuple(criteria), alternatives=rows), places)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _not_numbers(cells: Mapping[str, Any], name: str, places: Where) -> Iterator[Problem]:
    for id, value in cells.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
            cause = Message.of("evidence.ranking.no_number", text=str(value)[:60])
            yield Problem(
                cause, places[name, id], Message.of("evidence.ranking.no_number.mend"), excerpt=str(value)[:60]
            )


def _checked(form: RankingFormat, places: Where) -> RankingFile:
    """Complete, without doubles, with weights that can be added up."""
    problems: list[Problem] = []
    ids, names = [c.id for c in form.criteria], [a.name for a in form.alternatives]
    nowhere = places["", ""]
    if not 1 <= len(ids) <= MOST_CRITERIA or not 2 <= len(names) <= MOST_ALTERNATIVES:
        cause = Message.of("evidence.ranking.size", criteria=len(ids), alternatives=len(names))
        fix = Message.of("evidence.ranking.size.mend", criteria=MOST_CRITERIA, alternatives=MOST_ALTERNATIVES)
        problems.append(Problem(cause, nowhere, fix))
    for i, id in enumerate(ids):
        if id in ids[:i]:
            problems.append(_problem("twice", places, "id", id))
    for i, name in enumerate(names):
        if name in names[:i]:
            problems.append(_problem("twice", places, "", name))
    for c in form.criteria:
        if c.weight < 0.0:
            problems.append(_problem("weight", places, "weight", c.id))
        low, high = c.indifference or 0.0, c.preference
        if low < 0.0 or (high is not None and high < low):
            problems.append(_problem("thresholds", places, "preference", c.id))
    if form.criteria and not sum(max(c.weight, 0.0) for c in form.criteria) > 0.0:
        problems.append(_problem("no_weight", places, "weight", ids[0]))
    for alternative in form.alternatives:
        for id in ids:
            if id not in alternative.values:
                problems.append(_lacks(alternative.name, id, places))
        for id in alternative.values:
            if id not in ids:
                cause = Message.of("evidence.ranking.no_criterion", criterion=id)
                problems.append(Problem(cause, places.get((alternative.name, id), nowhere)))
    if problems:
        raise InvalidInput(problems)
    rows = {a.name: tuple(float(a.values[id]) for id in ids) for a in form.alternatives}
    return RankingFile(form.title, form.criteria, rows)


def _lacks(row: str, criterion: str, places: Where) -> Problem:
    cause = Message.of("evidence.ranking.lacks", row=row, criterion=criterion)
    place = places.get((row, criterion)) or places.get(("id", criterion)) or places["", ""]
    return Problem(cause, place, Message.of("evidence.ranking.lacks.mend"))


def _problem(what: str, places: Where, row: str, column: str) -> Problem:
    cause = Message.of(f"evidence.ranking.{what}", text=column)
    fix = Message.of(f"evidence.ranking.{what}.mend") if what in ("goal", "weight", "thresholds") else None
    return Problem(cause, places.get((row, column), places["", ""]), fix)
