"""Words of a term sheet say what the sheet says: its numbers, days and comparisons, and what kind of sheet it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.truth.faults import Fault
from tests.truth.pool import is_day
from tests.truth.reading import Reading, pieces, within

from guanzi.advice.appraisal import commitments
from guanzi.base.core import Message, catalogue
from guanzi.render import Bullets, Document

TERMS = "terms.words."
MARKS = {"below": "<", "above": ">", "months_below": "<", "months_above": ">", "at_least": ">=", "at_most": "<=",
         "months_at_least": ">=", "months_at_most": "<="}  # fmt: skip
"""Words of a comparison, by the mark that a term sheet has for them."""
OTHERWISE = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
"""The mark of what does not hold, by the mark of what holds."""
STATUS = ("definitive", "draft", "framework")
OF_STATUS = ("reports.sheet", "reports.deal", "terms.explain")
"""How messages begin that say what kind of sheet it is."""
DAYS = ("start", "day", "first", "until", "expires")
"""Parameters of the linter that are days of the clause that it names."""
USES = ("put", "call", "clawback", "covenant")
"""Ends of ids of the linter that say what kind of clause it is."""
PROPOSED = ("proposal",)
"""Sections on another deal than the signed one."""
CONDITIONS = {"when", "if", "require"}
"""Fields of a clause that are conditions."""
_NUMBER = re.compile(r"-?\d[\d_]*(?:\.\d+)?(?:e\d+)?")
_COMPARED = re.compile(r"([<>]=?)\s*(-?\d[\d_]*(?:\.\d+)?)")
_EVENT = re.compile(r"\b(after|before)\(['\"](\d{4}-\d\d-\d\d)['\"]\)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Written:
    """What a term sheet has, or one clause of it.

    Numbers, days, comparisons by their marks, days that it tests, and of how many parts all or one must hold.
    """

    numbers: frozenset[float]
    days: frozenset[str]
    compared: frozenset[tuple[str, float]]
    events: frozenset[tuple[str, str]]
    joined: frozenset[tuple[str, int]]


def written(node: Any) -> Written:
    """The numbers, days and comparisons of a term sheet or a clause."""
    numbers: set[float] = set()
    days: set[str] = set()
    compared: set[tuple[str, float]] = set()
    events: set[tuple[str, str]] = set()
    joined: set[tuple[str, int]] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            for key in CONDITIONS & {*node}:
                joined.update(_joined(str(node[key])))
            for value in (*node, *node.values()):
                collect(value)
        elif isinstance(node, list | tuple):
            for value in node:
                collect(value)
        elif isinstance(node, date):
            days.add(node.isoformat())
        elif isinstance(node, int | float) and not isinstance(node, bool):
            numbers.add(float(node))
        elif isinstance(node, str):
            days.update(_DAY.findall(node))
            events.update(_EVENT.findall(node))
            numbers.update(float(number.replace("_", "")) for number in _NUMBER.findall(node))
            for mark, number in _COMPARED.findall(node):
                compared.update(((mark, float(number)), (OTHERWISE[mark], float(number))))

    collect(node)
    return Written(frozenset(numbers), frozenset(days), frozenset(compared), frozenset(events), frozenset(joined))


def _joined(text: str) -> Iterator[tuple[str, int]]:
    """Of how many parts all or one must hold, as Python reads a condition; what is not so is joined the other way."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except SyntaxError:
        return
    denied = {id(one) for node in ast.walk(tree) if isinstance(node, ast.UnaryOp) for one in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp):
            whole = isinstance(node.op, ast.And)
            for op in {whole, whole != (id(node) in denied)}:
                yield from (("and" if op else "or", n) for n in {2, len(node.values)})  # in one line: by twos


def misworded(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """Words of terms that the term sheet of the case does not have."""
    view = reading.view_of(name)
    if view.sheet is None:
        return
    sheet, key = view.sheet.document.data, f"written {name}"
    if key not in reading.kept:
        reading.kept[key] = written(sheet)
    held: Written = reading.kept[key]
    for piece in pieces(document, name):
        for message in within(piece.words) if piece.section not in PROPOSED else ():
            for kind, against in _wrong(message, held, sheet):
                yield Fault("grounded", name, piece.section, message, against, f"{kind}:{message.id}")
            if name == "lint" and message.id.startswith("lint."):
                yield from _of_clause(reading, name, message, sheet)


def _wrong(message: Message, held: Written, sheet: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    stem, _, end = message.id.rpartition(".")
    if stem in OF_STATUS and end in STATUS and end != sheet["status"]:
        yield "status", f"the sheet is {sheet['status']}"
    if not message.id.startswith(TERMS):
        return
    values = dict(message.params)
    for value in values.values():
        if isinstance(value, str) and is_day(value) and value not in held.days:
            yield "term-day", "the term sheet has no such day"
    of = message.id.removeprefix(TERMS)
    if of in ("after", "before") and (of, values.get("day")) not in held.events:
        yield "term-event", f"no condition has {of}({values.get('day')})"
    numbers = _numbers(message)
    if of in JOINED and (joined := (JOINED[of], max(2, len(numbers)))) not in held.joined:
        yield "term-joined", f"no condition has {joined[1]} parts joined by {joined[0]}"
    if numbers != [*range(1, len(numbers) + 1)]:
        yield "term-order", f"the parts are counted off as {numbers}"
    if of in COUNTED and (number := _only(message)) is not None and not _has(held.numbers, number):
        yield "term-number", "the term sheet has no such number"
    limit = _only(next((values[key] for key in ("right", "months") if isinstance(values.get(key), Message)), message))
    if of in MARKS and limit is not None and not any((MARKS[of], x) in held.compared for x in forms(limit)):
        yield "term-mark", f"no condition has {MARKS[of]} {limit:g}"


JOINED = {"and": "and", "all": "and", "or": "or", "any": "or"}
"""How a condition joins its parts, by the words for it."""


def _numbers(message: Message) -> list[Any]:
    """The numbers by which the parts of a condition are counted off; none: they stand in one line."""
    rest, told = dict(message.params).get("items"), []
    while isinstance(rest, Message):
        values = dict(rest.params)
        told.append(dict(values.get("first", rest).params).get("number"))
        rest = values.get("rest")
    return told


COUNTED = ("count", "plain_count", "decimal", "plain_decimal", "consecutive")
"""Words of terms that have one number, which the term sheet states."""


def forms(value: float) -> tuple[float, ...]:
    """How a term sheet may write a number: as it is, as a share or in percent, in millions."""
    return value, round(value * 100, 9), round(value / 100, 9), value / 1e6


def _has(numbers: frozenset[float], value: float) -> bool:
    return any(x in numbers for x in forms(value))


def _only(message: Any) -> float | None:
    """The only number of a message, with those within it; None: there is none, or several."""
    numbers = [
        float(value)
        for one in within(message)
        for _, value in one.params
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]
    return numbers[0] if len(numbers) == 1 else None


def _of_clause(reading: Reading, name: str, message: Message, sheet: Any) -> Iterator[Fault]:
    """Days that the linter tells of a clause are those of the clause, and it is of the kind that it is told to be."""
    values = dict(message.params)
    clauses = list(clauses_of(sheet, str(values["id"]))) if "id" in values else []
    yield from _of_kind(name, message, str(values.get("id")), clauses)
    if not clauses or reading.sheet is None:
        return
    known = written(clauses).days | {reading.sheet.signed.isoformat()}
    known |= {paid.due.isoformat() for paid in commitments(reading.sheet)}
    for key in DAYS:
        day = values.get(key)
        if isinstance(day, str) and is_day(day) and day not in known:
            yield Fault("grounded", name, key, message, f"days of the clause: {sorted(known)}", f"day:{message.id}")


def _of_kind(name: str, message: Message, id: str, clauses: list[Any]) -> Iterator[Fault]:
    """A clause is of the kind that it is told to be, or has such a part; one without a name is called by its kind."""
    told = message.id.rpartition(".")[2]
    held = [clause for clause in clauses if isinstance(clause, dict)]
    kinds = {"covenant" if "require" in clause else str(clause.get("type")) for clause in held}
    called = {use for use in USES if catalogue("terms").get(f"terms.called.{use}") == id}
    if told in USES and (kinds or called) and not (told in kinds | called or f"'{told}'" in str(clauses)):
        yield Fault("grounded", name, "", message, f"it is {sorted(kinds | called)}", f"clause-kind:{message.id}")


def clauses_of(node: Any, id: str) -> Iterator[Any]:
    """Parts of a term sheet of an id, or of a name."""
    if isinstance(node, dict):
        for key, value in node.items():
            called = value.get("en") if isinstance(value, dict) else value
            if key == id:
                yield value
            elif key in ("id", "name") and called == id:
                yield node
            else:
                yield from clauses_of(value, id)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from clauses_of(item, id)


def repeated(name: str, document: Document) -> Iterator[Fault]:
    """No enumeration has one label twice."""
    for block in document.blocks():
        items = block.items if isinstance(block, Bullets) else ()
        options = [m.id for item in items for m in within(item.words) if m.id.startswith("ledger.decision.")]
        if len(options) != len(set(options)):
            yield Fault("grounded", name, "", str(options), "one choice is offered twice", "twice")
    for piece in pieces(document, name):
        for message in within(piece.words):
            for _, value in message.params:
                parts = value if isinstance(value, tuple) else ()
                told = [one.id for one in parts if isinstance(one, Message) and not one.params]
                if len(told) != len(set(told)):
                    yield Fault("grounded", name, piece.section, message, "one thing is named twice", "twice")
