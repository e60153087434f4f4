"""Files of bets of the user's own: what is answered of each, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.base.reading import Cell, Table, read_table
from guanzi.intake.bets.register import populations
from guanzi.intake.inputs import day_in

WORDS = ("parent", "volume", "offtake", "milestones")
REWORDED = ("in_business", "made_before")
BET_COLUMNS = (
    *("id", "population", "decided", "sector", "parent", "volume"),
    *("offtake", "sales_to_plan", "months_of_cash", "milestones"),
)
OUTCOME_COLUMNS = ("id", "outcome")
USED = (("population",), ("parent", "in_business"), ("volume", "made_before"), *((name,) for name in BET_COLUMNS[6:9]))
"""What moves a chance: one column of each is enough."""
MOST = {"sales_to_plan": 1e6, "months_of_cash": 1200.0}
"""Beyond it a number is a slip: sales of a million times the yearly plan, cash for a hundred years."""
FIRST_YEAR = 1900
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
NUMBER = re.compile(r"(\d+(?:\.\d*)?(?:e[+-]?\d+)?)\s*(%?)")
UNKNOWN = frozenset({"unknown", "na", "n/a", "?", "-", "未知", "不详", "不清楚", "不知道"})
ANSWER_WORDS = {
    **dict.fromkeys(("yes", "y", "true", "是", "有"), "yes"),
    **dict.fromkeys(("partly", "partial", "部分", "部分是"), "partly"),
    **dict.fromkeys(("no", "n", "false", "否", "无", "没有"), "no"),
}
CAME = {
    **dict.fromkeys(("worked", "success", "1", "1.0", "成功"), 1.0),
    **dict.fromkeys(("partly", "partial", "0.5", "部分", "部分成功"), 0.5),
    **dict.fromkeys(("failed", "failure", "0", "0.0", "失败"), 0.0),
}
OPEN = frozenset({"open", "ongoing", "未决", "进行中"})


@dataclass(frozen=True, slots=True)
class AskedBet:
    """A bet of a file.

    Attributes:
        id: Its own, unique in the file.
        population, decided, sector: As written; empty where the file does not say.
        answers: By column, what is answered: a word or a number; a column without an entry is unknown.
        success: 1, ½ or 0 where the file says what became of it; None where it does not.
    """

    id: str
    population: str
    decided: str
    sector: str
    answers: Mapping[str, str | float]
    success: float | None


@dataclass(frozen=True, slots=True)
class BetFile:
    """The bets of a file, and what a reader should know of it, such as columns that were not there or not read."""

    bets: tuple[AskedBet, ...]
    warnings: tuple[Problem, ...]


type Read[T] = Callable[[str], T]


def read_bets(path: Path, *, with_outcomes: bool = False) -> BetFile:
    """Read bets from a CSV file of any of the encodings that spreadsheets use.

    Args:
        path: A table with the columns of ``BET_COLUMNS``, and where wanted those of ``REWORDED``; all but ``id`` may be
            empty or absent.
        with_outcomes: A column ``outcome`` is read too, and must be there.

    Raises:
        InvalidInput: Everything that is wrong with the file, each at its row and column.
    """
    table = read_table(path)
    more = (*REWORDED, "outcome") if with_outcomes else REWORDED
    needed = OUTCOME_COLUMNS if with_outcomes else ("id",)
    names, problems = _columns(table, (*BET_COLUMNS, *more), needed)
    found, known = [], {population.id: population.id for population in populations()}
    for row, id in _rows(table, names, problems):
        cells = _Cells(table, row, problems)
        words = {name: cells.read(name, _word, "answer") for name in (*WORDS, *REWORDED)}
        sales = {"sales_to_plan": cells.read("sales_to_plan", _ratio, "ratio")}
        months = {"months_of_cash": cells.read("months_of_cash", _months, "months")}
        told = {name: value for name, value in (words | sales | months).items() if value is not None}
        cells.read("decided", _day, "decided")
        success = cells.read("outcome", _came, "outcome") if with_outcomes else None
        population, decided, sector = (cells.text(name) for name in ("population", "decided", "sector"))
        found.append(AskedBet(id, known.get(population.casefold(), population), decided, sector, told, success))
    _refuse(table, problems)
    return BetFile(tuple(found), (*table.source.warnings, *_silent(table, names)))


def read_outcomes(path: Path) -> Mapping[str, float | None]:
    """Success of bets by their id, of a CSV file with the columns ``id`` and ``outcome``; None where it is not settled.

    Raises:
        InvalidInput: Everything that is wrong with the file, each at its row and column.
    """
    table = read_table(path)
    names, problems = _columns(table, OUTCOME_COLUMNS, OUTCOME_COLUMNS)
    found = {}
    for row, id in _rows(table, names, problems):
        found[id] = _Cells(table, row, problems).read("outcome", _came, "outcome")
    _refuse(table, problems)
    return found


def _silent(table: Table, names: frozenset[str]) -> Iterator[Problem]:
    """What of a file moves no chance: columns that were not there or not read, and days that are still to come."""
    missing = tuple(" / ".join(either) for either in USED if not names & set(either))
    unread = tuple(cell.text for cell in table.columns if cell.text not in names)
    for kind, columns in (("missing", missing), ("unread", unread)):
        if columns:
            cause = Message.of(f"evidence.bets.{kind}", columns=columns)
            yield table.source.problem(cause, table.columns[0].place, severity="warning")
    for row in table.rows:
        day = day_in(row["decided"].text) if "decided" in row else None
        if day is not None and day > date.today():
            cause = Message.of("evidence.bets.ahead", text=row["decided"].text)
            yield table.source.problem(cause, _at(row["decided"], "decided"), severity="warning")


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row, and where its problems go."""

    table: Table
    row: Mapping[str, Cell]
    problems: list[Problem]

    def text(self, name: str) -> str:
        return self.row[name].text.strip() if name in self.row else ""

    def read[T](self, name: str, read: Read[T], kind: str) -> T | None:
        """A cell as what it must be; None where it is empty or says that it is unknown."""
        text = self.text(name)
        if not text or text.casefold() in UNKNOWN:
            return None
        try:
            return read(text.casefold())
        except ValueError:
            cause = Message.of(f"evidence.bets.{kind}", column=name, text=text)
            fix = Message.of(f"evidence.bets.{kind}.mend")
            self.problems.append(self.table.source.problem(cause, _at(self.row[name], name), fix, excerpt=text))
            return None


def _at(cell: Cell, name: str) -> Place:
    return Place(cell.place.file, cell.place.line, cell.place.column, field=name)


def _columns(table: Table, known: Iterable[str], needed: Iterable[str]) -> tuple[frozenset[str], list[Problem]]:
    """The columns that are read; what is missing, and what is nearly the name of one."""
    here = {cell.text for cell in table.columns}
    first = table.columns[0].place
    problems = [
        table.source.problem(
            Message.of("evidence.bets.column", column=name), first, Message.of("evidence.bets.column.mend")
        )
        for name in needed
        if name not in here
    ]
    for cell in table.columns:
        fix = None if cell.text in known else meant(cell.text, [name for name in known if name not in here], None)
        if fix is not None:
            cause = Message.of("evidence.bets.near", column=cell.text)
            problems.append(table.source.problem(cause, cell.place, fix, excerpt=cell.text))
    return frozenset(here & set(known)), problems


def _rows(table: Table, names: frozenset[str], problems: list[Problem]) -> Iterable[tuple[Mapping[str, Cell], str]]:
    """The rows with their ids; a row without one, and one whose id stood before, is a problem."""
    seen: dict[str, int] = {}
    for row in table.rows:
        if not row:
            continue
        id = row["id"].text.strip() if "id" in row else ""
        cell = row.get("id") or next(iter(row.values()))
        delete = Message.of("evidence.bets.control.mend")
        problems.extend(
            table.source.problem(Message.of("evidence.bets.control", column=name), _at(row[name], name), delete)
            for name in sorted(names & row.keys())
            if CONTROL.search(row[name].text)
        )
        if "id" in names and not id:
            cause, fix = Message.of("evidence.bets.no_id"), Message.of("evidence.bets.no_id.mend")
            problems.append(table.source.problem(cause, _at(cell, "id"), fix))
        elif id and id in seen:
            cause, fix = (
                Message.of("evidence.bets.twice", bet=id, line=seen[id]),
                Message.of("evidence.bets.twice.mend"),
            )
            problems.append(table.source.problem(cause, _at(cell, "id"), fix, excerpt=id))
        seen.setdefault(id, cell.place.line)
        yield row, id
    if not seen:
        cause, fix = Message.of("evidence.bets.none"), Message.of("evidence.bets.none.mend")
        problems.append(Problem(cause, Place(table.source.name), fix))


def _refuse(table: Table, problems: list[Problem]) -> None:
    if problems:
        raise InvalidInput(sorted(problems, key=lambda problem: (problem.place.line, problem.place.column)))


def _word(text: str) -> str:
    if text not in ANSWER_WORDS:
        raise ValueError(text)
    return ANSWER_WORDS[text]


def _number(text: str, most: float) -> float:
    """A plain number; marks of thousands are none, because a comma is the decimal point of half the world."""
    read = NUMBER.fullmatch(text)
    value = float(read[1]) * (0.01 if read[2] else 1.0) if read else most + 1.0
    if value > most:
        raise ValueError(text)
    return value


def _ratio(text: str) -> float:
    return _number(text, MOST["sales_to_plan"])


def _months(text: str) -> str | float:
    return ANSWER_WORDS[text] if text in ANSWER_WORDS else _number(text, MOST["months_of_cash"])


def _day(text: str) -> str:
    day = day_in(text)
    if day is None or day.year < FIRST_YEAR:
        raise ValueError(text)
    return text


def _came(text: str) -> float | None:
    if text in OPEN:
        return None
    if text not in CAME:
        raise ValueError(text)
    return CAME[text]
