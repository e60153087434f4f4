"""Single clauses: from rows of a workbook to the data of a term sheet, with the cell of every value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guanzi.base.core import Message, Place, Problem
from guanzi.intake.workbook import UNKNOWN, SheetRow

type Path = tuple[str | int, ...]

#: Fields of the head of a term sheet that have a column.
HEAD = ("deal", "title", "status", "currency", "unit", "known_on", "signed", "horizon", "step", "source", "note")


@dataclass(slots=True)
class ClauseDraft:
    """A clause under construction: its data, and the place of each value by its path within the clause."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def at(cls, row: SheetRow) -> ClauseDraft:
        """An empty clause that begins where a row begins."""
        clause = cls()
        clause.places[()] = row.place()
        return clause

    def take(self, row: SheetRow, *keys: str) -> ClauseDraft:
        """Copy plain cells; the data call them as the columns do. Words in two columns are one value."""
        for key in keys:
            self.put_words((key,), row, key)
        return self

    def put_words(self, path: Path, row: SheetRow, key: str) -> ClauseDraft:
        """Set the value of a cell at a path; with its Chinese, where that has a cell."""
        chinese = row.get(f"{key}_zh")
        if chinese is None:
            return self.put(path, row.get(key), row.place(key))
        self.put((*path, "en"), row.get(key), row.place(key))
        self.put((*path, "zh"), chinese, row.place(f"{key}_zh"))
        self.places[path] = row.place(key)
        return self

    def take_value(self, row: SheetRow, key: str, path: Path | None = None) -> ClauseDraft:
        """Copy a value that may be unknown, with a low, a high and a reason."""
        path = (key,) if path is None else path
        parts = {"low": f"{key}_low", "high": f"{key}_high", "note": f"{key}_why"}
        columns = {**parts, "zh": f"{key}_why_zh"}
        bracket = {part: row.get(column) for part, column in columns.items() if row.get(column) is not None}
        if not bracket:
            return self.put(path, row.get(key), row.place(key))
        if row.get(key) not in (None, UNKNOWN):
            cause = Message.of("terms.workbook.value_and_bracket")
            self.problems.append(Problem(cause, row.place(key), Message.of("terms.workbook.value_and_bracket.mend")))
        for part, column in parts.items():
            self.put_words((*path, UNKNOWN, part), row, column)
        self.places[path] = self.places[*path, UNKNOWN] = row.place(key)
        return self

    def put(self, path: Path, value: Any, place: Place) -> ClauseDraft:
        """Set a value at a path of keys; nothing when there is no value."""
        if value is None:
            return self
        inside = self.data
        for step in path[:-1]:
            inside = inside.setdefault(str(step), {})
        inside[str(path[-1])] = value
        self.places[path] = place
        return self

    def put_list(self, path: Path, items: Sequence[ClauseDraft]) -> ClauseDraft:
        """Set a list of clauses at a path."""
        if items:
            self.put(path, [item.data for item in items], items[0].places[()])
        for index, item in enumerate(items):
            self.adopt((*path, index), item)
        return self

    def adopt(self, path: Path, clause: ClauseDraft) -> None:
        """Take over places and problems of a clause whose data stand at a path."""
        self.places.update({(*path, *inner): place for inner, place in clause.places.items()})
        self.problems += clause.problems


def party(row: SheetRow) -> ClauseDraft:
    """A party."""
    return ClauseDraft.at(row).take(row, "role", "name", "budget", "level", "source", "note")


def covenant(row: SheetRow) -> ClauseDraft:
    """A promise of the company."""
    return ClauseDraft.at(row).take(row, "name", "require", "from", "until", "cure", "remedy", "text", "source", "note")


def tier(row: SheetRow) -> ClauseDraft:
    """A step of binding."""
    clause = ClauseDraft.at(row).take(row, "id", "name", "when", "baseline", "proof", "source", "note")
    low, high, source = (row.get(f"leaving_{part}") for part in ("low", "high", "source"))
    if low == UNKNOWN and high is None and source is None:
        return clause.put(("leaving_costs",), UNKNOWN, row.place("leaving_low"))
    for part in ("low", "high", "source"):
        clause.put_words(("leaving_costs", part), row, f"leaving_{part}")
    if "leaving_costs" in clause.data:
        clause.places["leaving_costs",] = row.place("leaving_low")
    return clause


def event(row: SheetRow) -> ClauseDraft:
    """Something that somebody must bring about."""
    return ClauseDraft.at(row).take(row, "name", "due").take_value(row, "probability").take(row, "by", "source", "note")


def support(row: SheetRow) -> ClauseDraft:
    """A grant or a rebate, once or every year, with what must be given back."""
    clause = ClauseDraft.at(row).take(row, "type", "name", "from").take_value(row, "amount")
    if row.get("per") == "year" and "amount" in clause.data:
        clause.data["amount"] = _each_year(clause.data["amount"])
    clause.take(row, "years", "start", "if")
    back = ClauseDraft.at(row).put(("when",), row.get("back_when"), row.place("back_when"))
    back.take_value(row, "back_part", ("recover",)).take_value(row, "back_chance", ("enforced",))
    if back.data:
        clause.put(("clawback",), back.data, row.place("back_when"))
        clause.adopt(("clawback",), back)
        clause.places["clawback",] = row.place("back_when")
    return clause.take(row, "source", "note")


def _each_year(amount: Any) -> Any:
    """An amount as it is written per year: ``60 per year``, also within a bracket."""
    if isinstance(amount, dict):
        return {key: _each_year(value) if key != "note" else value for key, value in amount.items()}
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        return amount
    return f"{int(amount) if float(amount).is_integer() else amount} per year"


def unknown_clause(row: SheetRow) -> ClauseDraft:
    """A clause whose text was not seen."""
    return ClauseDraft.at(row).take(row, "name", "text", "source", "note")


def right(row: SheetRow) -> ClauseDraft:
    """A put or a call."""
    clause = ClauseDraft.at(row).take(row, "type", "name", "on")
    holders, place = row.get("holders"), row.place("holders")
    if row.get("type") == "call" and isinstance(holders, list) and len(holders) == 1:
        clause.put(("holder",), holders[0], place)
    else:
        clause.put(("holders",), holders, place)
    clause.take(row, "obligors", "portion")
    brackets = [row.get(f"rate_{part}") for part in ("low", "high", "why")]
    if row.get("rate") == UNKNOWN and row.get("basis") is None and brackets == [None] * 3:
        clause.put(("price",), UNKNOWN, row.place("rate"))
    else:
        clause.take_value(row, "rate", ("price", "rate")).put(("price", "basis"), row.get("basis"), row.place("basis"))
        if "price" in clause.data:
            clause.places["price",] = row.place("rate")
    return clause.take(row, "when", "source", "note")


def stake(
    row: SheetRow, holders: Sequence[SheetRow], instalments: Sequence[SheetRow], contributions: Sequence[SheetRow]
) -> ClauseDraft:
    """New shares against instalments, from the rows of four sheets."""
    clause = ClauseDraft.at(row).put(("type",), "equity", row.place())
    clause.take(row, "name", "issuer").take_value(row, "share")
    seen: dict[str, Place] = {}
    for holder in holders:
        name = str(holder.get("party") or "")
        if _first(clause, seen, name, holder.place("party")):
            clause.take_value(holder, "share", ("holders", name)).take_value(holder, "split", ("split", name))
    for part in ("holders", "split"):
        if part in clause.data:
            clause.places[part,] = holders[0].place()
    clause.put_list(("tranches",), _tranches(clause, instalments))
    _contributions(clause, contributions)
    return clause.take(row, "source", "note")


def _first(clause: ClauseDraft, seen: dict[str, Place], id: str, place: Place) -> bool:
    """Whether an id is there for the first time; notes a missing or repeated one."""
    if not id:
        clause.problems.append(Problem(Message.of("terms.workbook.no_id"), place))
    elif id in seen:
        cause = Message.of("terms.workbook.duplicate", id=id, place=str(seen[id]))
        clause.problems.append(Problem(cause, place, Message.of("terms.workbook.duplicate.mend")))
    else:
        seen[id] = place
        return True
    return False


def _tranches(clause: ClauseDraft, rows: Sequence[SheetRow]) -> list[ClauseDraft]:
    """Instalments; rows of the same id with a payer are one instalment with an amount for each payer."""
    tranches: dict[str, ClauseDraft] = {}
    payers: dict[str, dict[str, Place]] = {}
    seen: dict[str, Place] = {}
    for row in rows:
        id, payer = str(row.get("id") or ""), row.get("payer")
        if id in payers and payer is not None:
            if _first(clause, payers[id], payer, row.place("payer")):
                tranches[id].take_value(row, "amount", ("amount", payer))
                _check_same(tranches[id], row)
        elif _first(clause, seen, id, row.place("id")):
            tranche = ClauseDraft.at(row).take(row, "id", "name", "due", "if", "expires", "source", "note")
            if payer is None:
                tranche.take_value(row, "amount")
            else:
                payers[id] = {payer: row.place("payer")}
                tranche.take_value(row, "amount", ("amount", payer))
                tranche.places["amount",] = row.place("amount")
            tranches[id] = tranche
    return list(tranches.values())


def _check_same(tranche: ClauseDraft, row: SheetRow) -> None:
    """Further rows of an instalment leave the other columns empty, or repeat them."""
    for key in ("name", "due", "if", "expires", "source", "note"):
        own = tranche.data.get(key)
        if row.get(key) not in (None, own["en"] if isinstance(own, dict) and "en" in own else own):
            cause = Message.of("terms.workbook.differs", field=key)
            tranche.problems.append(Problem(cause, row.place(key), Message.of("terms.workbook.differs.mend")))


def _contributions(clause: ClauseDraft, rows: Sequence[SheetRow]) -> None:
    by_party: dict[str, list[SheetRow]] = {}
    for row in rows:
        if row.get("party") is None:
            clause.problems.append(Problem(Message.of("terms.workbook.no_id"), row.place("party")))
        else:
            by_party.setdefault(row.get("party"), []).append(row)
    for name, own in by_party.items():
        contribution = _contribution(own)
        clause.put(("contribution", name), contribution.data, own[0].place())
        clause.adopt(("contribution", name), contribution)


def _contribution(rows: Sequence[SheetRow]) -> ClauseDraft:
    """What one party puts in: payments of cash, and assets."""
    clause = ClauseDraft.at(rows[0])
    cash = [row for row in rows if row.get("kind") == "cash"]
    assets = [row for row in rows if row.get("kind") != "cash"]
    if len(cash) == 1 and cash[0].get("due") is None:
        clause.take_value(cash[0], "amount", ("cash",))
    else:
        clause.put_list(("cash",), [ClauseDraft.at(row).take(row, "due").take_value(row, "amount") for row in cash])
    for row in assets[1:]:
        cause = Message.of("terms.workbook.duplicate", id="assets", place=str(assets[0].place("kind")))
        clause.problems.append(Problem(cause, row.place("kind"), Message.of("terms.workbook.duplicate.mend")))
    for row in assets[:1]:
        if row.get("basis") is None:
            clause.take_value(row, "amount", ("assets",))
        else:
            clause.take_value(row, "amount", ("assets", "value"))
            clause.put_words(("assets", "basis"), row, "basis")
            clause.places["assets",] = row.place()
    for row in rows:
        if row.get("source") not in (None, clause.data.get("source", row.get("source"))):
            cause = Message.of("terms.workbook.differs", field="source")
            clause.problems.append(Problem(cause, row.place("source"), Message.of("terms.workbook.differs.mend")))
        elif row.get("source") is not None:
            clause.put(("source",), row.get("source"), row.place("source"))
    return clause
