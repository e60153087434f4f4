"""A term sheet as a form: the money, days, conditions and remedies of each clause, and the text with other ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from guanzi.advice.structuring import SheetFigure, TextPassage, figures, redrafted, written
from guanzi.base.core import InvalidInput, Message, Place, Problem, parse_number, parse_ratio
from guanzi.base.reading import YamlDocument

type ClauseRole = Literal["money", "when", "if", "remedy", "other"]

_WHEN = frozenset({"when", "until", "sale"})
_IF = frozenset({"if", "require"})
REMEDY = "remedy"


@dataclass(frozen=True, slots=True)
class ClauseField:
    """A value of a clause that can be agreed otherwise.

    Attributes:
        address: How it is called, e.g. ``stake.t2.amount``.
        role: Money, a time, a condition, a remedy, or anything else.
        kind: ``amount``, ``ratio``, ``number``, ``day`` or ``words``.
        text: As it stands in the sheet.
        line: Of the text.
    """

    address: str
    role: ClauseRole
    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ClauseFields:
    """A clause by its id, with its values in the order of the text."""

    id: str
    fields: tuple[ClauseField, ...]


def clause_fields(document: YamlDocument, clauses: Iterable[str]) -> tuple[ClauseFields, ...]:
    """The clauses of a text in its order, each with its values; numbers within a condition are read with it.

    Args:
        document: The text.
        clauses: Ids of its clauses; a value of none of them goes by the instrument or covenant in which it stands.
    """
    known, found = set(clauses), dict[str, list[ClauseField]]()
    for figure in _values(document).values():
        field = ClauseField(figure.address, _role(figure), figure.kind, _shown(figure), figure.parts[0].start[0] + 1)
        found.setdefault(_clause(figure.address, known), []).append(field)
    made = (ClauseFields(id, tuple(fields)) for id, fields in found.items())
    return tuple(sorted(made, key=lambda one: min(field.line for field in one.fields)))


def with_fields(document: YamlDocument, given: Mapping[str, str]) -> str:
    """The text with other values; comments and everything else stay as they are.

    Args:
        document: The text.
        given: Address to what is to stand there, as people write it; one that is as it was changes nothing.

    Raises:
        InvalidInput: A value is none of its kind, an address is none, or what comes out is no YAML; all at once.
    """
    known, changes, problems = _values(document), list[tuple[TextPassage, str]](), list[Problem]()
    for address, text in given.items():
        figure = known.get(address)
        if figure is None:
            problems.append(Problem(Message.of("desk.clauseform.no_field", address=address[:200]), Place(address)))
        elif text.strip() != _shown(figure):
            try:
                changes += _changed(document, figure, text.strip())
            except (ValueError, InvalidInput):
                cause = Message.of(f"desk.clauseform.{figure.kind}", address=address, text=text[:100])
                problems.append(Problem(cause, Place(address)))
    if problems:
        raise InvalidInput(problems)
    return redrafted(document, changes).source.text if changes else document.source.text


def _values(document: YamlDocument) -> dict[str, SheetFigure]:
    whole = {address: one for address, one in figures(document).items() if ":" not in address}
    covenants = document.data.get("covenants")
    for id, entry in covenants.items() if isinstance(covenants, dict) else ():
        if isinstance(entry, dict) and isinstance(entry.get(REMEDY), str):
            place = document.place(("covenants", id, REMEDY))
            start = (place.line - 1, place.column - 1)
            held = TextPassage(start, (start[0], start[1] + len(entry[REMEDY])), entry[REMEDY])
            address = f"covenant.{id}.{REMEDY}"
            whole[address] = SheetFigure(address, "words", entry[REMEDY], (held,))
    return whole


def _role(figure: SheetFigure) -> ClauseRole:
    key = figure.address.rpartition(".")[2]
    if key == REMEDY:
        return "remedy"
    if figure.condition:
        return "when" if key in _WHEN else "if"
    return "when" if figure.kind == "day" else "money" if figure.kind in ("amount", "ratio") else "other"


def _clause(address: str, known: set[str]) -> str:
    """The longest id of a clause with which an address begins; else its first part, or two of a covenant or tier."""
    parts = address.split(".")
    ids = (".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    of_section = parts[0] in ("covenant", "tier", "incentive", "promise")
    return next((id for id in ids if id in known), ".".join(parts[: 2 if of_section else 1]))


def _shown(figure: SheetFigure) -> str:
    """A value as it stands; of several parts their sum."""
    if len(figure.parts) == 1 or figure.total:
        return " ".join(figure.parts[0].text.split())
    return f"{figure.value:g}"


def _changed(document: YamlDocument, figure: SheetFigure, text: str) -> tuple[tuple[TextPassage, str], ...]:
    if figure.kind == "day":
        return written(figure, date.fromisoformat(text))
    if figure.kind == "words":
        if not text or "\n" in text:
            raise ValueError(text)
        return written(replace(figure, value=text), _quoted(document, figure.parts[0], text))
    value = parse_ratio(text) if text.endswith("%") else parse_number(text)
    if value < 0.0 or (figure.kind == "ratio" and value > 1.0):
        raise ValueError(text)
    return written(figure, value)


def _quoted(document: YamlDocument, passage: TextPassage, text: str) -> str:
    """A text as it stands within the quotes that hold the passage."""
    row, column = passage.start
    mark = document.source.lines[row][column - 1 : column]
    return text.replace("'", "''") if mark == "'" else text.replace('"', '\\"') if mark == '"' else text
